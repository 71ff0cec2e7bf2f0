// The walk keeps all nodes of the trie that the words so far allow. Leftmost wins, then longest, then the rule that
// stands first in the file.
#include "time/match.h"

#include <algorithm>

namespace chancery::time_rules {
namespace {

constexpr std::uint32_t kMostTokens = 1U << 17;   // are worked on together
constexpr std::uint32_t kMostStretch = 1U << 20;  // a block is worked on in stretches of this size
constexpr std::size_t kCueReach = 6;              // words before an expression in which a cue counts

class Matcher {
 public:
  Matcher(const Page& page, const Rules& rules) : text_(page.text.bytes()), rules_(rules) {}

  void read(Span stretch, std::uint32_t block, std::uint32_t words_before, bool opens_block, std::vector<Found>& out) {
    words_.clear();
    rules_.vocabulary.split(text_, stretch, raw_, words_);
    read_words(block, words_before, opens_block, out);
  }
  // The same of the tokens [first, last).
  void read(const Analysis& analysis, std::uint32_t first, std::uint32_t last, std::uint32_t block,
            std::uint32_t words_before, bool opens_block, std::vector<Found>& out) {
    words_.clear();
    rules_.vocabulary.split(text_, analysis, first, last, raw_, words_);
    read_words(block, words_before, opens_block, out);
  }
  std::size_t words() const { return words_.size(); }
  std::uint64_t steps() const { return steps_; }

 private:
  void read_words(std::uint32_t block, std::uint32_t words_before, bool opens_block, std::vector<Found>& out) {
    if (!words_.empty()) words_.front().block_start = opens_block;
    block_ = block;
    words_before_ = words_before;
    for (std::size_t at = 0; at < words_.size();) at = match_at(at, out);
  }

  template <class Visit>
  void each_symbol(const TimeWord& word, Visit visit) const {
    if (word.entry != 0)
      for (const Role& role : rules_.vocabulary.entries[word.entry].roles) visit(role.symbol);
    if (word.number < 0) return;
    for (const NumberClass& numbers : rules_.vocabulary.number_classes)
      if (holds(numbers, word)) visit(numbers.symbol);
  }

  static bool holds(const NumberClass& numbers, const TimeWord& word) {
    if ((numbers.forms & word.form) == 0) return false;
    if (numbers.figures != 0 && numbers.figures != word.figures) return false;
    const std::int32_t value = word.form == kDecimal ? word.number / 1000 : word.number;
    return value >= numbers.least && value <= numbers.most;
  }

  bool has_symbol(std::size_t at, Symbol symbol) const {
    if (at >= words_.size() || symbol == kNoSymbol) return false;
    for (const Role& role : rules_.vocabulary.entries[words_[at].entry].roles)
      if (role.symbol == symbol) return true;
    return false;
  }

  // Neither letter nor figure: a punctuation mark.
  bool is_mark(const TimeWord& word) const {
    const char c = text_[word.span.begin];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return !letter &&
           (word.span.size() == 1 || static_cast<unsigned char>(c) == 0xE2 || static_cast<unsigned char>(c) == 0xC2);
  }
  bool ends_sentence(const TimeWord& word) const {
    const char c = text_[word.span.begin];
    return word.span.size() == 1 && (c == '.' || c == '!' || c == '?' || c == ';');
  }

  bool counts_something(std::size_t at) const {
    return at + 1 < words_.size() &&
           (has_symbol(at + 1, rules_.noun_like) || (words_[at + 1].number >= 0 && words_[at + 1].form == kFigures));
  }

  // A number that is followed by what it counts is no year.
  bool stands_alone(std::size_t at) const {
    if (at + 1 >= words_.size()) return true;
    const TimeWord& next = words_[at + 1];
    if (has_symbol(at + 1, rules_.noun_like)) return false;
    if (next.number >= 0) return false;
    if (is_mark(next)) return true;
    return !next.glued && (next.entry != 0 || next.capitalised);
  }

  bool is_joint(const TimeWord& word) const {
    return word.span.size() == 1 && (text_[word.span.begin] == '-' || text_[word.span.begin] == '/');
  }
  // A mark (none that makes a number of it), the end, or a word that nothing counts.
  bool is_closed(std::size_t at) const {
    if (at > 0 && words_[at].glued && is_joint(words_[at - 1])) return false;  // « n° 103-2015 »
    if (at + 1 >= words_.size()) return true;
    const TimeWord& next = words_[at + 1];
    if (next.number >= 0) return false;
    if (has_symbol(at + 1, rules_.function_word)) return true;
    if (!is_mark(next)) return false;
    const std::string_view mark = text_.substr(next.span.begin, next.span.size());
    return mark != "%" && mark != "€" && mark != "$" && mark != "£" && mark != "°" && !(next.glued && mark == "-");
  }
  bool precedes_name(std::size_t at) const {
    return at + 1 < words_.size() && words_[at + 1].capitalised && !is_mark(words_[at + 1]);
  }

  bool allows(const Sequence& sequence, std::size_t at) const {
    for (std::size_t i = 0; i < sequence.steps.size(); ++i) {
      const Step& step = sequence.steps[i];
      const TimeWord& word = words_[at + i];
      if (step.lower && word.capitalised) return false;
      if (step.upper && !word.capitalised) return false;
      if (step.glued && !word.glued) return false;
      if (step.first && !word.block_start) return false;
      if (step.alone && !stands_alone(at + i)) return false;
      if (step.bare && counts_something(at + i)) return false;
      if (step.closed && !is_closed(at + i)) return false;
      if (step.common && precedes_name(at + i)) return false;
    }
    return true;
  }

  // The best sequence of those that end at `node`, or none.
  const Sequence* best_of(std::uint32_t node, std::size_t at, const Sequence* best) const {
    for (const std::uint32_t index : rules_.ends[node]) {
      const Sequence& sequence = rules_.sequences[index];
      const bool better = best == nullptr || sequence.steps.size() > best->steps.size() || sequence.rule < best->rule;
      if (better && allows(sequence, at)) best = &sequence;
    }
    return best;
  }

  // Whether one look at a word and the next tells that nothing begins here, as at most words.
  bool is_hopeless(std::size_t at) const {
    if (words_[at].number >= 0) return false;
    const std::uint8_t begins = rules_.begins[words_[at].entry];
    if (begins == Rules::kAlone) return false;
    if (begins == Rules::kNothing || at + 1 >= words_.size()) return true;
    const TimeWord& next = words_[at + 1];
    return next.number < 0 && (rules_.follows[words_[at].entry] & rules_.symbols_of[next.entry]) == 0;
  }

  // The best sequence that begins at the word `at`, or none.
  const Sequence* best_at(std::size_t at) {
    if (is_hopeless(at)) return nullptr;
    active_.clear();
    each_symbol(words_[at], [&](Symbol symbol) {
      if (rules_.opens[symbol] != 0) active_.push_back(rules_.opens[symbol]);
    });
    steps_ += 1 + active_.size();
    const Sequence* best = nullptr;
    for (std::size_t end = at + 1; !active_.empty(); ++end) {
      const Sequence* here = nullptr;
      for (const std::uint32_t node : active_) here = best_of(node, at, here);
      if (here != nullptr) best = here;
      if (end >= words_.size() || (words_[end].entry == 0 && words_[end].number < 0)) break;
      steps_ += active_.size();
      next_.clear();
      each_symbol(words_[end], [&](Symbol symbol) {
        for (const std::uint32_t node : active_)
          if (const std::uint32_t to = rules_.step(node, symbol)) next_.push_back(to);
      });
      active_.swap(next_);
    }
    return best;
  }

  // What stands before the bracket only says how to read it: an expression that begins behind it and reaches farther
  // wins, so « en [février] » gives way to « février 2022 ».
  std::size_t match_at(std::size_t at, std::vector<Found>& out) {
    const Sequence* best = best_at(at);
    if (best == nullptr) return at + 1;
    const std::size_t end = at + best->stretches.back().second;
    const std::size_t lead = at + best->stretches.front().first;
    for (std::size_t later = at + 1; later <= lead; ++later) {
      const Sequence* other = best_at(later);
      if (other != nullptr && later + other->stretches.back().second > end) return later;
    }
    const Rule& rule = rules_.rules[best->rule];
    for (std::size_t i = 0; i < best->stretches.size(); ++i) add(*best, i, rule, at, out);
    return std::max(at + 1, at + best->stretches.back().second);
  }

  std::int32_t slot_value(const Sequence& sequence, std::int32_t slot, std::size_t at) const {
    for (std::size_t i = 0; i < sequence.steps.size(); ++i) {
      if (sequence.steps[i].slot != slot) continue;
      const TimeWord& word = words_[at + i];
      for (const Role& role : rules_.vocabulary.entries[word.entry].roles)
        if (role.symbol == sequence.steps[i].symbol) return role.value;
      return word.number;
    }
    return kAbsent;
  }

  bool slot_is_decimal(const Sequence& sequence, std::int32_t slot, std::size_t at) const {
    for (std::size_t i = 0; i < sequence.steps.size(); ++i)
      if (sequence.steps[i].slot == slot) return words_[at + i].form == kDecimal;
    return false;
  }

  void add(const Sequence& sequence, std::size_t index, const Rule& rule, std::size_t at, std::vector<Found>& out) {
    const Action& action = rule.actions[index];
    if (action.kind == ActionKind::nothing) return;
    const auto [first, last] = sequence.stretches[index];
    Found found;
    found.kind = action.kind;
    found.rule = sequence.rule;
    found.span = Span{words_[at + first].span.begin, words_[at + last - 1].span.end};
    found.block = block_;
    found.word = words_before_ + static_cast<std::uint32_t>(at + first);
    found.fields.fill(kAbsent);
    for (const Assignment& assignment : action.assignments) {
      std::int32_t value = assignment.slot < 0 ? assignment.constant : slot_value(sequence, assignment.slot, at);
      if (value == kAbsent) continue;
      if (assignment.field == Field::amount || assignment.field == Field::plus) {
        const bool decimal = assignment.slot >= 0 && slot_is_decimal(sequence, assignment.slot, at);
        const bool unknown = value == static_cast<std::int32_t>(Code::unknown) &&
                             (assignment.slot < 0 ? assignment.code : is_word_role(sequence, assignment.slot, at));
        if (unknown)
          value = kUnknownAmount;
        else if (!decimal && value < 2000000 && assignment.field == Field::amount)
          value *= 1000;
      }
      if (assignment.negated) value = -value;
      found.fields[static_cast<std::size_t>(assignment.field)] = value;
    }
    found.opens_range = index == 0 && rule.actions.size() == 2 && found.has(Field::range);
    add_cues(at + first, found);
    out.push_back(found);
  }

  // Whether the slot's value comes from a class of words (and so may be a code) rather than from a number.
  bool is_word_role(const Sequence& sequence, std::int32_t slot, std::size_t at) const {
    for (std::size_t i = 0; i < sequence.steps.size(); ++i)
      if (sequence.steps[i].slot == slot) return words_[at + i].number < 0;
    return false;
  }

  void add_cues(std::size_t first, Found& found) const {
    const std::size_t reach = std::min(first, kCueReach);
    for (std::size_t back = 1; back <= reach; ++back) {
      const std::size_t at = first - back;
      if (ends_sentence(words_[at])) return;
      if (words_[at].entry == 0) continue;
      found.future_cue = found.future_cue || has_symbol(at, rules_.future_cue);
      found.past_cue = found.past_cue || has_symbol(at, rules_.past_cue);
      found.published_cue = found.published_cue || has_symbol(at, rules_.published_cue);
      found.updated_cue = found.updated_cue || has_symbol(at, rules_.updated_cue);
      found.beginning_cue = found.beginning_cue || has_symbol(at, rules_.beginning_cue);
      found.ending_cue = found.ending_cue || has_symbol(at, rules_.ending_cue);
      if (back > 2) continue;
      found.since = found.since || has_symbol(at, rules_.since);
      found.until = found.until || has_symbol(at, rules_.until);
      found.before = found.before || has_symbol(at, rules_.before);
    }
  }

  std::string_view text_;
  const Rules& rules_;
  std::vector<TimeWord> words_, raw_;
  std::vector<std::uint32_t> active_, next_;
  std::uint32_t block_ = 0;
  std::uint32_t words_before_ = 0;
  std::uint64_t steps_ = 0;
};

// The end of a stretch that begins at `begin`: the block's end, or white space near the limit.
std::uint32_t stretch_end(std::string_view text, std::uint32_t begin, std::uint32_t block_end) {
  if (block_end - begin <= kMostStretch) return block_end;
  const std::size_t space = text.rfind(' ', begin + kMostStretch);
  if (space != std::string_view::npos && space > begin + kMostStretch / 2) return static_cast<std::uint32_t>(space);
  std::uint32_t end = begin + kMostStretch;
  while (end < block_end && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end;
}

// Reads one stretch of a block in pieces of bounded size.
void read_stretch(Matcher& matcher, std::string_view text, Span stretch, std::uint32_t block, bool opens_block,
                  std::uint32_t& words_before, std::vector<Found>& out) {
  for (std::uint32_t begin = stretch.begin; begin < stretch.end;) {
    const std::uint32_t end = stretch_end(text, begin, stretch.end);
    matcher.read(Span{begin, end}, block, words_before, opens_block && begin == stretch.begin, out);
    words_before += static_cast<std::uint32_t>(matcher.words());
    begin = end;
  }
}

}  // namespace

bool is_of_page_day(const Found& one) {
  if (one.kind != ActionKind::date && one.kind != ActionKind::time) return false;
  if (one.has(Field::anchor)) return one[Field::anchor] == static_cast<std::int32_t>(Code::page);
  if (one.has(Field::shift)) return one[Field::unit] == static_cast<std::int32_t>(Code::day);
  return one.has(Field::weekday) && !one.has(Field::day) && !one.has(Field::month) && !one.has(Field::ordinal);
}

std::vector<Found> match(const Page& page, const Analysis& analysis, const Rules& rules) {
  std::vector<Found> out;
  Matcher matcher(page, rules);
  const std::string_view text = page.text.bytes();
  const auto& sentences = analysis.sentences;
  std::uint32_t words_before = 0;
  for (std::size_t i = 0; i < sentences.size();) {
    const std::uint32_t block = sentences[i].block;
    const bool opens_block = i == 0 || sentences[i - 1].block != block;
    if (opens_block) words_before = 0;
    if (!may_hold_expression(analysis, sentences[i], text, rules.keys)) {
      words_before += sentences[i].last - sentences[i].first;
      ++i;
      continue;
    }
    // Sentences that stand together are read together: where they were cut may be wrong.
    const std::uint32_t first = sentences[i].first;
    std::uint32_t last = sentences[i].last;
    for (++i; i < sentences.size() && sentences[i].block == block; ++i) {
      if (!may_hold_expression(analysis, sentences[i], text, rules.keys)) break;
      last = sentences[i].last;
    }
    for (std::uint32_t begin = first; begin < last; begin += kMostTokens) {
      const std::uint32_t end = std::min(last, begin + kMostTokens);
      matcher.read(analysis, begin, end, block, words_before, opens_block && begin == first, out);
      words_before += static_cast<std::uint32_t>(matcher.words());
    }
  }
  return out;
}

std::vector<Found> match_all(const Page& page, const Rules& rules, std::uint64_t* steps) {
  std::vector<Found> out;
  Matcher matcher(page, rules);
  for (std::uint32_t block = 0; block < page.blocks.size(); ++block) {
    if (page.blocks[block].kind == BlockKind::boilerplate) continue;
    std::uint32_t words_before = 0;
    read_stretch(matcher, page.text.bytes(), page.blocks[block].span, block, true, words_before, out);
  }
  if (steps != nullptr) *steps += matcher.steps();
  return out;
}

}  // namespace chancery::time_rules
