// Splitting sentences into name words, one pass over the text of the sentences.
#include "entities/words.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "language/hash.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery::entities {
namespace {

constexpr std::size_t kKept = 256;  // folded words that are kept; a power of two

// Which quotation marks are open; « and “ know which side they are, " does not.
struct Quotes {
  int depth = 0;
  bool straight = false;
  bool open() const { return depth > 0 || straight; }
  // Returns whether the mark opens.
  bool pass(char32_t c) {
    if (c == U'"') {
      straight = !straight;
      return straight;
    }
    const bool opens = c == U'«' || c == U'“' || c == U'„' || c == U'‹';
    if (opens && depth < 8) ++depth;
    if (!opens && depth > 0) --depth;
    return opens;
  }
};

struct Between {
  Gap gap = Gap::space;
  bool opening = false;
};

Gap gap_of(char32_t c) {
  if (is_apostrophe(c)) return Gap::apostrophe;
  if (c == U'.') return Gap::period;
  if (c == U',') return Gap::comma;
  if (c == U'(') return Gap::parenthesis;
  if (is_dash(c)) return Gap::hyphen;
  return Gap::other;
}

// Reads what stands between two words and keeps count of the quotation marks.
Between read_between(std::string_view text, std::uint32_t begin, std::uint32_t end, Quotes& quotes) {
  Between between;
  bool spaced = false, marked = false;
  std::uint32_t at = begin;
  while (at < end) {
    const char32_t c = next_code_point(text, at);
    if (is_space(c)) {
      spaced = true;
      continue;
    }
    if (is_quote(c)) between.opening = quotes.pass(c);
    if (c == U':') between.opening = true;
    between.gap = marked ? Gap::other : gap_of(c);
    marked = true;
  }
  // A dash between spaces parts phrases; a hyphen joins words.
  if (between.gap == Gap::hyphen && spaced) between.gap = Gap::other;
  if (!marked && !spaced) between.gap = Gap::other;
  return between;
}

bool all_capitals(std::string_view word) {
  std::uint32_t at = 0, letters = 0;
  while (at < word.size()) {
    const char32_t c = next_code_point(word, at);
    if (is_lower(c)) return false;
    if (is_letter(c)) ++letters;
  }
  return letters >= 2;
}

// Letters and digits of ASCII.
constexpr std::array<bool, 256> kInWord = [] {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  return table;
}();
bool in_word(unsigned char ascii) { return kInWord[ascii]; }

// The bytes of the mark at a place, 0 if a letter, a digit or a character that may belong to a word stands there: white
// space and punctuation of ASCII, the no-break space, « and », U+2010 … U+2026.
std::uint32_t mark_at(std::string_view text, std::uint32_t at) {
  const auto byte = [&](std::uint32_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) < 0x80) return in_word(static_cast<unsigned char>(text[at])) ? 0 : 1;
  if (byte(at) == 0xC2) return byte(at + 1) == 0xA0 || byte(at + 1) == 0xAB || byte(at + 1) == 0xBB ? 2 : 0;
  return byte(at) == 0xE2 && byte(at + 1) == 0x80 && byte(at + 2) >= 0x90 && byte(at + 2) <= 0xA6 ? 3 : 0;
}

// Whether a mark, or nothing, stands right behind or right before a place; false where that is not told at a glance.
bool ends_at(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return true;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? !in_word(byte) : mark_at(text, at) != 0;
}
bool begins_at(std::string_view text, std::uint32_t at) {
  if (at == 0 || static_cast<unsigned char>(text[at - 1]) < 0x80)
    return at == 0 || !in_word(static_cast<unsigned char>(text[at - 1]));
  return (at >= 2 && mark_at(text, at - 2) == 2) || (at >= 3 && mark_at(text, at - 3) == 3);
}

constexpr std::uint64_t each_byte(std::uint64_t byte) { return byte * 0x0101010101010101ULL; }

// The high bits of those of eight bytes that are a to z. No sum carries into the next byte, because only seven bits of
// each are added to.
constexpr std::uint64_t kHighBits = each_byte(0x80);
constexpr std::uint64_t plain_bytes(std::uint64_t bytes) {
  const std::uint64_t low = bytes & ~kHighBits;
  return (low + each_byte(0x80 - 'a')) & ~(low + each_byte(0x7F - 'z')) & ~bytes & kHighBits;
}

// Whether the form that stands at `begin` of `strings` is a to z alone: then it is a name word as it stands, folding
// changes nothing.
bool is_plain(std::string_view strings, std::uint32_t begin, std::uint32_t size) {
  std::uint32_t at = begin, left = size;
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t bytes;
    std::memcpy(&bytes, strings.data() + at, 8);
    if (plain_bytes(bytes) != kHighBits) return false;
  }
  if (left == 0) return true;
  if (at + 8 > strings.size()) return plain_end(strings, at, at + left) == at + left;
  std::uint64_t bytes;
  std::memcpy(&bytes, strings.data() + at, 8);
  return (~plain_bytes(bytes) & kHighBits) << (64 - 8 * left) == 0;
}

// Whether a form is letters a to z and those of Latin-1, lower case: one name word, whose folding is its own.
bool is_latin(std::string_view form) {
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (static_cast<unsigned char>(form[at] - 'a') < 26) continue;
    // U+00E0 … U+00FF but the sign of division.
    if (form[at] != '\xC3' || at + 1 >= form.size()) return false;
    const auto second = static_cast<unsigned char>(form[++at]);
    if (second < 0xA0 || second > 0xBF || second == 0xB7) return false;
  }
  return true;
}

// What folding makes of U+00E0 … U+00FF; _ where that is not one letter.
constexpr char kLatinFolded[] = "aaaaaa_ceeeeiiii_nooooo__uuuuy_y";

// The bytes of an apostrophe at a place, 0 if another character stands there.
std::uint32_t apostrophe_at(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return 0;
  return text[at] == '\'' ? 1 : text.substr(at).starts_with("\u2019") ? 3 : 0;
}

// Where the marks that belong to no word end.
std::uint32_t marks_end(std::string_view text, std::uint32_t at, std::uint32_t end) {
  while (at < end) {
    const std::uint32_t mark = mark_at(text, at);
    if (mark == 0) break;
    at += mark;
  }
  return at;
}

// Walks the tokens and the text between them. Most tokens are name words with the same letters; what is not, and what
// stands between, is split as the knowledge's names are.
class Reader {
 public:
  Reader(const Page& page, const Analysis& analysis, const EntityRules::Tables& rules)
      : text_(page.text.bytes()), analysis_(analysis), rules_(rules) {
    out_.words.reserve(analysis.tokens.size());
    out_.sentence_first.reserve(analysis.sentences.size() + 1);
    out_.folded.reserve(analysis.strings.size() + text_.size() / 2);
    out_.folded = analysis.strings;
  }

  PageWords run() {
    std::uint32_t block = Token::kNoHead;
    for (std::uint32_t s = 0; s < analysis_.sentences.size(); ++s) {
      if (analysis_.sentences[s].block != block) quotes_ = {};
      block = analysis_.sentences[s].block;
      out_.sentence_first.push_back(out_.size());
      read(analysis_.sentences[s], s);
    }
    out_.sentence_first.push_back(out_.size());
    look_up();
    return std::move(out_);
  }

 private:
  // A name word before it is known what stands around it. `folded_size` is 0 where there is none.
  struct Piece {
    Span span;
    std::uint32_t folded_begin = 0, folded_size = 0;
    std::uint64_t hash = 0;
  };

  void read(const Sentence& sentence, std::uint32_t number) {
    previous_ = sentence.span.begin;
    first_ = true;
    number_ = number;
    std::uint32_t at = sentence.span.begin;
    for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
      const Token& token = analysis_.tokens[t];
      if (token.span.begin < at) continue;
      const Piece piece = piece_of(token);
      if (piece.folded_size == 0) continue;
      split(at, token.span.begin);
      token_ = t;
      add(piece);
      at = piece.span.end;
    }
    split(at, sentence.span.end);
    read_between(text_, previous_, sentence.span.end, quotes_);
  }

  // The one name word that a token is, « moscou », « décembre », « l' », « du »; none if it is none or several.
  Piece piece_of(const Token& token) {
    if (!begins_at(text_, token.span.begin)) return {};
    if (token.part != 0) return token.part == 1 ? contraction(token) : Piece();
    const std::uint32_t size = token.form_size;
    if (size == token.span.size()) {
      if (!ends_at(text_, token.span.end)) return {};
      if (is_plain(analysis_.strings, token.form_begin, size))
        return {token.span, token.form_begin, size, token.form_hash};
      if (is_latin(analysis_.form(token))) return folded(token);
    }
    return elided(token);
  }

  // « l' », « d' »: the apostrophe is no part of the word.
  Piece elided(const Token& token) const {
    const std::string_view form = analysis_.form(token);
    if (form.size() < 2 || form.back() != '\'') return {};
    const std::uint32_t size = token.form_size - 1, end = token.span.begin + size;
    if (apostrophe_at(text_, end) == 0 || !is_plain(analysis_.strings, token.form_begin, size)) return {};
    return {Span{token.span.begin, end}, token.form_begin, size, hash_bytes(form.substr(0, size))};
  }

  // « du », « aux »: the token's form is that of its first part, so the text itself is read.
  Piece contraction(const Token& token) {
    if (!ends_at(text_, token.span.end) || !is_plain(text_, token.span.begin, token.span.size())) return {};
    const std::string_view written = text_.substr(token.span.begin, token.span.size());
    const auto begin = static_cast<std::uint32_t>(out_.folded.size());
    out_.folded += written;
    return {token.span, begin, token.span.size(), hash_bytes(written)};
  }

  // « été », « président »: a page has the same words with accents again and again, so the last folded are kept.
  Piece folded(const Token& token) {
    Kept& kept = kept_[token.form_hash % kKept];
    if (kept.form != token.form_hash) {
      kept.form = token.form_hash;
      kept.begin = static_cast<std::uint32_t>(out_.folded.size());
      append_folded(analysis_.form(token));
      const std::string_view word = std::string_view(out_.folded).substr(kept.begin);
      kept.size = static_cast<std::uint32_t>(word.size());
      kept.hash = hash_bytes(word);
    }
    return {token.span, kept.begin, kept.size, kept.hash};
  }

  // As fold_append() does it, for a form that is_latin().
  void append_folded(std::string_view form) {
    std::array<char, 48> letters;
    std::size_t size = 0;
    for (std::size_t i = 0; i < form.size(); ++i, ++size) {
      if (size == letters.size()) return fold_append(form, out_.folded);
      letters[size] = form[i];
      if (static_cast<unsigned char>(form[i]) < 0x80) continue;
      letters[size] = kLatinFolded[static_cast<unsigned char>(form[++i]) - 0xA0];
      if (letters[size] == '_') return fold_append(form, out_.folded);
    }
    out_.folded.append(letters.data(), size);
  }

  void split(std::uint32_t begin, std::uint32_t end) {
    if (begin >= end || (end == begin + 1 && text_[begin] == ' ')) return;
    begin = marks_end(text_, begin, end);
    if (begin < end) split_words(begin, end);
  }
  void split_words(std::uint32_t begin, std::uint32_t end) {
    split_name_words(text_, Span{begin, end}, split_);
    const auto base = static_cast<std::uint32_t>(out_.folded.size());
    out_.folded += split_.folded;
    for (std::size_t i = 0; i < split_.words.size(); ++i) {
      const NameWord& found = split_.words[i];
      while (token_ + 1 < analysis_.tokens.size() && analysis_.tokens[token_].span.end <= found.span.begin) ++token_;
      add({found.span, base + found.folded_begin, found.folded_end - found.folded_begin, hash_bytes(split_.word(i))});
    }
  }

  Between between(std::uint32_t begin, std::uint32_t end) {
    if (end == begin + 1 && text_[begin] == ' ') return {};
    if (begin < end && apostrophe_at(text_, begin) == end - begin) return {Gap::apostrophe, false};
    return read_between(text_, begin, end, quotes_);
  }

  bool is_upper_at(std::uint32_t at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    return byte < 0x80 ? byte >= 'A' && byte <= 'Z' : is_upper(next_code_point(text_, at));
  }

  void add(const Piece& piece) {
    const Between before = between(previous_, piece.span.begin);
    previous_ = piece.span.end;
    Word& word = out_.words.emplace_back();
    word.span = piece.span;
    word.hash = piece.hash;
    word.folded_begin = piece.folded_begin;
    word.folded_size = piece.folded_size;
    word.token = token_;
    word.sentence = number_;
    word.gap = first_ ? Gap::start : before.gap;
    if (word.gap == Gap::parenthesis) out_.brackets.push_back(out_.size() - 1);
    word.opening = first_ || before.opening;
    word.quoted = quotes_.open();
    word.upper = is_upper_at(piece.span.begin);
    first_ = false;
    if (word.upper) word.capitals = all_capitals(text_.substr(piece.span.begin, piece.span.size()));
  }

  // What the pack knows of the words, once all are there, so that each one's place is asked for before it is needed.
  void look_up() {
    constexpr std::size_t kAhead = 8;
    for (std::size_t i = 0; i < out_.words.size(); ++i) {
      if (i + kAhead < out_.words.size()) rules_.words.prefetch(out_.words[i + kAhead].hash);
      Word& word = out_.words[i];
      word.id = rules_.words.find(word.hash);
      if (word.id != kNoWord) word.classes = classes_of(rules_.words.info(word.id), word);
    }
  }

  // A little word is itself only with its own accents; a capital may have lost them.
  std::uint32_t classes_of(const WordInfo& info, const Word& word) const {
    if ((info.accented_classes | (info.classes & kLittleWords)) == 0) return info.classes;
    if (word.upper) return info.classes | info.accented_classes;
    // Folding drops accents, and with them bytes.
    return word.folded_size == word.span.size() ? info.classes : (info.classes & ~kLittleWords) | info.accented_classes;
  }

  std::string_view text_;
  const Analysis& analysis_;
  const EntityRules::Tables& rules_;
  PageWords out_;
  NameWords split_;
  struct Kept {
    std::uint64_t form, hash;  // of the token's form, 0 where nothing is kept; of the folded word
    std::uint32_t begin, size;
  };
  std::array<Kept, kKept> kept_{};
  Quotes quotes_;
  std::uint32_t token_ = 0, previous_ = 0, number_ = 0;
  bool first_ = true;
};

}  // namespace

PageWords read_words(const Page& page, const Analysis& analysis, const EntityRules::Tables& rules) {
  return Reader(page, analysis, rules).run();
}

}  // namespace chancery::entities
