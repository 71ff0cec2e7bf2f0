// Two passes. The first walks each paragraph with a stack of open marks; what each glyph can be (opening, closing,
// either) follows from the glyph and from the white space beside it. The second joins what a paragraph left open with
// the paragraph that closes it. Wrong marks are mended where only one reading makes sense, else the mark is dropped,
// since an invented quotation is worse than a lost one.
#include "statements/quotations.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/unicode.h"

namespace chancery::speech {

namespace {

// Marks that close each other.
enum class Family : std::uint8_t { guillemet, curly, straight, single, apostrophe, angle };
constexpr int kFamilies = 6;
constexpr std::size_t kMaxDepth = 8;
constexpr std::uint32_t kFarthestCue = 2000;            // bytes between a mark and the cue that shows it unclosed
constexpr std::uint32_t kLongestApostropheQuote = 400;  // bytes; beyond that an apostrophe was no quotation mark

struct Mark {
  std::uint32_t offset = 0;
  std::uint8_t size = 0;
  Family family = Family::straight;
  bool opens = false, closes = false;  // by glyph and context; both: the state decides
  bool after_sentence = false;         // the text before it ends a sentence, or there is none
};

struct Open {
  std::size_t mark = 0;
};

struct Pair {
  std::size_t open = 0, close = 0;
  std::uint8_t depth = 0;
};

// One paragraph's marks and how they pair.
struct BlockMarks {
  std::uint32_t block = 0;
  std::vector<Mark> marks;
  std::vector<Pair> pairs;
  std::vector<std::size_t> left_open;    // outermost first
  std::vector<std::size_t> left_closed;  // closings without an opening
};

bool is_opening_bracket(char32_t c) { return c == '(' || c == '[' || c == '{'; }
bool ends_sentence(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ':'; }
bool follows_words(char32_t c) {
  return c == ',' || c == '.' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' || c == 0x2026;
}

// What stands beside a mark.
struct Beside {
  char32_t before = 0, after = 0;  // 0: the paragraph begins or ends here
  bool free_before = true;         // nothing, white space, a bracket, a dash or an apostrophe stands before
  bool free_after = true;          // nothing, white space or closing punctuation stands behind
};

Beside look_beside(std::string_view text, Span block, std::uint32_t begin, std::uint32_t end) {
  Beside beside;
  if (begin > block.begin) {
    std::uint32_t at = begin;
    beside.before = previous_code_point(text, at);
    beside.free_before = is_space(beside.before) || is_opening_bracket(beside.before) || is_dash(beside.before) ||
                         is_apostrophe(beside.before) || is_quote(beside.before) || beside.before == ':';
  }
  if (end < block.end) {
    std::uint32_t at = end;
    beside.after = next_code_point(text, at);
    beside.free_after =
        is_space(beside.after) || follows_words(beside.after) || is_quote(beside.after) || is_dash(beside.after);
  }
  return beside;
}

// Whether the text before `offset` ends a sentence (or the paragraph begins there).
bool after_sentence(std::string_view text, Span block, std::uint32_t offset) {
  // A few steps back are enough; a run of marks and white space tells nothing.
  for (int steps = 0; offset > block.begin; ++steps) {
    if (steps == 8) return false;
    std::uint32_t at = offset;
    const char32_t c = previous_code_point(text, at);
    if (!is_space(c) && !is_dash(c) && !is_quote(c)) return ends_sentence(c);
    offset = at;
  }
  return true;
}

void decide_straight(const Beside& beside, Mark& mark) {
  mark.opens = beside.free_before || !beside.free_after;
  mark.closes = beside.free_after || !beside.free_before;
  if (beside.free_before && !beside.free_after) mark.closes = false;
  if (!beside.free_before && beside.free_after) mark.opens = false;
}

// The mark that begins at `at`, if one does.
bool read_mark(std::string_view text, Span block, std::uint32_t at, Mark& mark) {
  const auto byte = static_cast<unsigned char>(text[at]);
  mark = Mark{};
  mark.offset = at;
  if (byte == '"') {
    mark.size = 1;
    decide_straight(look_beside(text, block, at, at + 1), mark);
    const Beside beside = look_beside(text, block, at, at + 1);
    if (is_digit(beside.before)) mark.opens = false;  // inches and seconds open nothing
    return true;
  }
  std::uint32_t end = at;
  const char32_t c = next_code_point(text, end);
  mark.size = static_cast<std::uint8_t>(end - at);
  const Beside beside = look_beside(text, block, at, end);
  switch (c) {
    case 0xAB:
      mark.family = Family::guillemet;
      mark.opens = true;
      return true;
    case 0xBB:
      mark.family = Family::guillemet;
      mark.closes = true;
      // A closing guillemet glued to the word behind it and free before it was meant to open.
      mark.opens = beside.free_before && !is_space(beside.before) && is_letter(beside.after);
      mark.opens = mark.opens || (is_space(beside.before) && is_letter(beside.after));
      return true;
    case 0x2039:
      mark.family = Family::angle;
      mark.opens = true;
      return true;
    case 0x203A:
      mark.family = Family::angle;
      mark.closes = true;
      return true;
    case 0x201E:
      mark.family = Family::curly;
      mark.opens = true;
      return true;
    case 0x201C:
    case 0x201F:
      mark.family = Family::curly;
      mark.opens = true;
      mark.closes = !beside.free_before || beside.free_after;  // „ … “ and “ … “
      return true;
    case 0x201D:
    case 0x2033:
      mark.family = Family::curly;
      mark.closes = true;
      mark.opens = beside.free_before && !beside.free_after;  // ” … ”
      return true;
    case 0x2018:
      mark.family = Family::single;
      mark.opens = beside.free_before && !beside.free_after;
      return mark.opens;
    case '\'':
    case 0x2019: {
      if (end < block.end && text.substr(end, mark.size) == text.substr(at, mark.size) && mark.size > 0) {
        const Beside wide = look_beside(text, block, at, end + mark.size);
        mark.family = Family::straight;  // two apostrophes are typed for one "
        mark.size = static_cast<std::uint8_t>(mark.size * 2);
        decide_straight(wide, mark);
        return true;
      }
      mark.family = c == '\'' ? Family::apostrophe : Family::single;
      const bool bare_before = beside.before == 0 || is_space(beside.before) || is_opening_bracket(beside.before) ||
                               is_quote(beside.before) || beside.before == ':';
      mark.opens = c == '\'' && bare_before && (is_letter(beside.after) || is_digit(beside.after));
      mark.closes = !bare_before && beside.free_after;
      return mark.opens || mark.closes;
    }
    default:
      return false;
  }
}

constexpr std::array<std::uint8_t, 256> make_mark_bytes() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t byte : {0x22, 0x27, 0xC2, 0xE2}) table[byte] = 1;
  return table;
}
constexpr std::array<std::uint8_t, 256> kMarkBytes = make_mark_bytes();

bool plain_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// A letter of ASCII or the first byte of one beyond it.
bool begins_letter(char c) { return plain_letter(c) || c == '\xC3'; }

// The next byte from `at` on that may begin a mark; four at a time, because hardly any does.
std::uint32_t skip_to_mark_byte(std::string_view text, std::uint32_t at, std::uint32_t end) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  while (at + 4 <= end && (kMarkBytes[bytes[at]] | kMarkBytes[bytes[at + 1]] | kMarkBytes[bytes[at + 2]] |
                           kMarkBytes[bytes[at + 3]]) == 0)
    at += 4;
  while (at < end && kMarkBytes[bytes[at]] == 0) ++at;
  return at;
}

// Most bytes that could begin a mark are apostrophes inside words, or the first byte of a no-break space or a dash.
bool may_begin_mark(std::string_view text, Span block, std::uint32_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == '"') return true;
  const auto inside_word = [&](std::uint32_t end) {
    return at > block.begin && end < block.end && plain_letter(text[at - 1]) && begins_letter(text[end]);
  };
  if (byte == '\'') return !inside_word(at + 1);
  const auto second = at + 1 < block.end ? static_cast<unsigned char>(text[at + 1]) : 0;
  if (byte == 0xC2) return second == 0xAB || second == 0xBB;
  return second == 0x80 && !(text[at + 2] == '\x99' && inside_word(at + 3));
}

void collect_marks(std::string_view text, Span block, std::vector<Mark>& marks) {
  for (std::uint32_t at = block.begin;; ++at) {
    at = skip_to_mark_byte(text, at, block.end);
    if (at >= block.end) return;
    if (!may_begin_mark(text, block, at)) continue;
    Mark mark;
    if (!read_mark(text, block, at, mark)) continue;
    mark.after_sentence = after_sentence(text, block, at);
    marks.push_back(mark);
    at += mark.size - 1U;
  }
}

// Pairs the marks of one paragraph.
class Pairing {
 public:
  Pairing(std::string_view text, BlockMarks& block) : text_(text), block_(block) {
    for (const Mark& mark : block.marks)
      if (mark.closes) ++closings_[static_cast<int>(mark.family)];
  }

  void run() {
    for (std::size_t i = 0; i < block_.marks.size(); ++i) {
      const Mark& mark = block_.marks[i];
      if (mark.closes) --closings_[static_cast<int>(mark.family)];
      take(i, mark);
    }
    for (const Open& open : stack_) block_.left_open.push_back(open.mark);
    std::sort(block_.pairs.begin(), block_.pairs.end(), [](const Pair& a, const Pair& b) { return a.open < b.open; });
  }

 private:
  // Height of the innermost open mark of the family, plus one; 0 if none is open.
  std::size_t height(Family family) const {
    for (std::size_t h = stack_.size(); h > 0; --h)
      if (block_.marks[stack_[h - 1].mark].family == family) return h;
    return 0;
  }

  void take(std::size_t i, const Mark& mark) {
    const std::size_t open = height(mark.family);
    if (open > 0 && mark.closes && (!mark.opens || mark.family == Family::straight || mark.family == Family::curly)) {
      if (mark.family == Family::apostrophe &&
          mark.offset - block_.marks[stack_[open - 1].mark].offset > kLongestApostropheQuote) {
        stack_.resize(open - 1);
        return;
      }
      close(open, i);
    } else if (mark.opens) {
      push(i, mark, open);
    } else if (!close_other_family(i, mark)) {
      if (mark.family != Family::apostrophe && mark.family != Family::single) block_.left_closed.push_back(i);
    }
  }

  void push(std::size_t i, const Mark& mark, std::size_t open) {
    if (open > 0 && mark.after_sentence && mark.family == Family::straight) {
      // Straight marks do not nest at a sentence's head: either the words go on, or the first mark was never closed.
      const std::uint32_t begin = block_.marks[stack_[open - 1].mark].offset;
      if (!left_words(begin, mark.offset)) return;
      stack_.resize(open - 1);
      open = 0;
    }
    // A second opening behind a sentence's end inside an open quotation marks a new paragraph of the same words.
    if (open > 0 && mark.after_sentence && closings_[static_cast<int>(mark.family)] < static_cast<int>(open) + 1 &&
        mark.family != Family::apostrophe)
      return;
    if (stack_.size() < kMaxDepth) stack_.push_back(Open{i});
  }

  // « "Pourquoi ? a demandé X. »: behind a question mark a small letter tells that somebody else goes on.
  bool left_words(std::uint32_t begin, std::uint32_t end) const {
    bool asked = false;
    for (std::uint32_t at = begin; at < end && at < begin + kFarthestCue;) {
      const char32_t c = next_code_point(text_, at);
      if (is_space(c)) continue;
      if (asked && is_lower(c)) return true;
      asked = c == '?' || c == '!';
    }
    return false;
  }

  void close(std::size_t open, std::size_t i) {
    stack_.resize(open);  // whatever was opened inside and not closed is dropped
    block_.pairs.push_back(Pair{stack_.back().mark, i, 0});
    stack_.pop_back();
  }

  // « words" — a closing mark of another family closes when no mark of the right family will.
  bool close_other_family(std::size_t i, const Mark& mark) {
    if (stack_.empty() || mark.family == Family::apostrophe || mark.family == Family::single) return false;
    const Mark& top = block_.marks[stack_.back().mark];
    if (top.family == Family::apostrophe || closings_[static_cast<int>(top.family)] > 0) return false;
    close(stack_.size(), i);
    return true;
  }

  std::string_view text_;
  BlockMarks& block_;
  std::vector<Open> stack_;
  std::array<int, kFamilies> closings_{};  // still to come
};

Span trim(std::string_view text, Span span) {
  while (span.begin < span.end) {
    std::uint32_t at = span.begin;
    if (!is_space(next_code_point(text, at))) break;
    span.begin = at;
  }
  while (span.begin < span.end) {
    std::uint32_t at = span.end;
    if (!is_space(previous_code_point(text, at))) break;
    span.end = at;
  }
  return span;
}

Quotation quotation_between(std::string_view text, const BlockMarks& first, std::size_t open, const BlockMarks& last,
                            std::size_t close) {
  const Mark& a = first.marks[open];
  const Mark& b = last.marks[close];
  Quotation q;
  q.outer = Span{a.offset, b.offset + b.size};
  q.inner = trim(text, Span{a.offset + a.size, b.offset});
  q.first_block = first.block;
  q.last_block = last.block;
  q.repaired = a.family != b.family;
  return q;
}

// How a quotation that a paragraph left open ends in a later one.
struct Ending {
  bool found = false;
  std::size_t block = 0;  // index into the list of paragraphs
  std::size_t close = 0;  // its mark
};

const Pair* pair_opened_by(const BlockMarks& block, std::size_t mark) {
  for (const Pair& pair : block.pairs)
    if (pair.open == mark) return &pair;
  return nullptr;
}

Ending find_ending(const std::vector<BlockMarks>& blocks, std::size_t from, Family family, std::uint32_t limit,
                   const Page& page) {
  for (std::size_t j = from + 1; j < blocks.size() && j <= from + limit; ++j) {
    const BlockMarks& block = blocks[j];
    const Span span = page.blocks[block.block].span;
    if (!block.left_closed.empty() && block.marks[block.left_closed.front()].family == family) {
      const std::size_t close = block.left_closed.front();
      // A closing mark at the paragraph's very head repeats the old way of marking that the words go on.
      if (block.marks[close].offset > span.begin) return Ending{true, j, close};
      if (block.left_closed.size() > 1) return Ending{true, j, block.left_closed[1]};
      continue;
    }
    if (block.marks.empty() || block.marks.front().family != family) {
      if (block.marks.empty()) continue;
      return {};
    }
    if (block.marks.front().offset > span.begin) return {};
    if (!block.left_open.empty() && block.left_open.front() == 0) continue;
    const Pair* pair = pair_opened_by(block, 0);
    if (pair == nullptr) return {};
    return Ending{true, j, pair->close};
  }
  return {};
}

// Marks at the heads of the paragraphs that a quotation runs through open nothing of their own.
void forget_repeated_openings(std::vector<BlockMarks>& blocks, std::size_t from, const Ending& ending) {
  for (std::size_t j = from + 1; j <= ending.block; ++j) {
    BlockMarks& block = blocks[j];
    if (!block.left_open.empty() && block.left_open.front() == 0) block.left_open.erase(block.left_open.begin());
    if (j == ending.block)
      std::erase_if(block.pairs, [&](const Pair& pair) { return pair.open == 0 && pair.close == ending.close; });
  }
}

}  // namespace

std::vector<Quotation> find_quotations(const Page& page, const QuotationOptions& options) {
  const std::string_view text = page.text.bytes();
  std::vector<BlockMarks> blocks;
  for (std::uint32_t b = 0; b < page.blocks.size(); ++b) {
    if (page.blocks[b].kind == BlockKind::boilerplate) continue;
    BlockMarks marks;
    marks.block = b;
    collect_marks(text, page.blocks[b].span, marks.marks);
    Pairing(text, marks).run();
    blocks.push_back(std::move(marks));
  }

  std::vector<Quotation> found;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const BlockMarks& block = blocks[i];
    for (const Pair& pair : block.pairs) found.push_back(quotation_between(text, block, pair.open, block, pair.close));
    if (block.left_open.empty()) continue;
    const std::size_t open = block.left_open.front();
    const Mark& mark = block.marks[open];
    if (mark.family == Family::apostrophe || mark.family == Family::single) continue;
    const Ending ending = find_ending(blocks, i, mark.family, options.max_paragraphs, page);
    if (ending.found) {
      forget_repeated_openings(blocks, i, ending);
      found.push_back(quotation_between(text, block, open, blocks[ending.block], ending.close));
    } else if (mark.after_sentence && open + 1 == block.marks.size()) {
      // Nothing closes it: the words run to the end of the paragraph.
      Quotation q;
      q.outer = Span{mark.offset, page.blocks[block.block].span.end};
      q.inner = trim(text, Span{mark.offset + mark.size, q.outer.end});
      q.first_block = q.last_block = block.block;
      q.repaired = true;
      found.push_back(q);
    }
  }

  std::sort(found.begin(), found.end(), [](const Quotation& a, const Quotation& b) {
    return a.outer.begin != b.outer.begin ? a.outer.begin < b.outer.begin : a.outer.end > b.outer.end;
  });
  // Depth by containment; a quotation that crosses the one around it is dropped, and so is one without words.
  std::vector<Quotation> kept;
  std::vector<std::uint32_t> ends;
  for (Quotation& q : found) {
    if (q.inner.empty()) continue;
    while (!ends.empty() && ends.back() <= q.outer.begin) ends.pop_back();
    if (!ends.empty() && q.outer.end > ends.back()) continue;
    q.depth = static_cast<std::uint8_t>(std::min<std::size_t>(ends.size(), 255));
    ends.push_back(q.outer.end);
    kept.push_back(q);
  }
  return kept;
}

}  // namespace chancery::speech
