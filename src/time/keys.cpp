// Sequences with one possible key force it; the others are content with keys that are there already, else they add the
// step with the fewest words.
#include "time/keys.h"

#include <algorithm>
#include <array>

#include "language/hash.h"
#include "text/fold.h"
#include "time/rules.h"

namespace chancery::time_rules {
namespace {

constexpr std::uint32_t kStride = 16;  // bytes looked at together

// What a symbol may stand for: words, numbers in figures, numbers in words.
struct Reach {
  std::vector<std::uint32_t> entries;
  bool figures = false;
  bool number_words = false;
  bool function_words = false;
};

std::vector<Reach> reach_of_symbols(const Rules& rules, Symbol function_word) {
  std::vector<Reach> reach(rules.symbols);
  const auto& entries = rules.vocabulary.entries;
  for (std::uint32_t entry = 1; entry < entries.size(); ++entry) {
    const auto& roles = entries[entry].roles;
    const bool is_function =
        std::any_of(roles.begin(), roles.end(), [&](const Role& role) { return role.symbol == function_word; });
    for (const Role& role : roles) {
      reach[role.symbol].entries.push_back(entry);
      reach[role.symbol].function_words |= is_function;
    }
  }
  for (const NumberClass& numbers : rules.vocabulary.number_classes) {
    reach[numbers.symbol].figures = true;
    reach[numbers.symbol].number_words |= (numbers.forms & kWords) != 0;
  }
  return reach;
}

class Chooser {
 public:
  Chooser(const Rules& rules, Symbol function_word)
      : rules_(rules),
        reach_(reach_of_symbols(rules, function_word)),
        chosen_(rules.vocabulary.entries.size(), false) {}

  std::vector<bool> choose() {
    for (const Sequence& sequence : rules_.sequences) {
      if (!means_something(sequence)) continue;
      const std::vector<Symbol> steps = candidates(sequence);
      if (steps.size() == 1) take(steps[0]);
    }
    for (const Sequence& sequence : rules_.sequences) {
      if (!means_something(sequence)) continue;
      const std::vector<Symbol> steps = candidates(sequence);
      if (std::any_of(steps.begin(), steps.end(), [&](Symbol symbol) { return is_taken(symbol); })) continue;
      take(*std::min_element(steps.begin(), steps.end(),
                             [&](Symbol a, Symbol b) { return reach_[a].entries.size() < reach_[b].entries.size(); }));
    }
    return std::move(chosen_);
  }

 private:
  // What only says that nothing stands here needs no key of its own.
  bool means_something(const Sequence& sequence) const {
    const auto& actions = rules_.rules[sequence.rule].actions;
    return std::any_of(actions.begin(), actions.end(),
                       [](const Action& action) { return action.kind != ActionKind::nothing; });
  }

  // The steps that may be the key; all of them where none is any good.
  std::vector<Symbol> candidates(const Sequence& sequence) const {
    std::vector<Symbol> out;
    for (const Step& step : sequence.steps)
      if (!reach_[step.symbol].number_words && !reach_[step.symbol].function_words) out.push_back(step.symbol);
    if (!out.empty()) return out;
    for (const Step& step : sequence.steps) out.push_back(step.symbol);
    return out;
  }

  bool is_taken(Symbol symbol) const {
    const Reach& reach = reach_[symbol];
    return !reach.number_words &&
           std::all_of(reach.entries.begin(), reach.entries.end(), [&](std::uint32_t entry) { return chosen_[entry]; });
  }
  void take(Symbol symbol) {
    for (const std::uint32_t entry : reach_[symbol].entries) chosen_[entry] = true;
    if (!reach_[symbol].number_words) return;
    const auto& entries = rules_.vocabulary.entries;
    for (std::uint32_t entry = 1; entry < entries.size(); ++entry)
      if (entries[entry].number >= 0) chosen_[entry] = true;
  }

  const Rules& rules_;
  std::vector<Reach> reach_;  // by symbol
  std::vector<bool> chosen_;  // by entry
};

bool is_telling_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return static_cast<unsigned char>(byte - '0') < 10 || byte == '-' || byte == '/';
}

// A figure, or a mark that may join a key to another word: « mi-mars », « mardi/mercredi ».
bool has_telling_byte(std::string_view text) {
  std::size_t at = 0;
  for (; at + kStride <= text.size(); at += kStride) {
    unsigned found = 0;
    for (std::uint32_t i = 0; i < kStride; ++i) found |= static_cast<unsigned>(is_telling_byte(text[at + i]));
    if (found != 0) return true;
  }
  return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_telling_byte);
}

}  // namespace

void KeyWords::add(std::string_view word) {
  const std::uint64_t hash = hash_bytes(word);
  bits_[hash % kBits / 64] |= std::uint64_t{1} << (hash % 64);
  hashes_.push_back(hash);
}

void KeyWords::settle() { std::sort(hashes_.begin(), hashes_.end()); }

bool KeyWords::is_known(std::uint64_t hash) const { return std::binary_search(hashes_.begin(), hashes_.end(), hash); }

KeyWords key_words(const Rules& rules, Symbol function_word) {
  const std::vector<bool> chosen = Chooser(rules, function_word).choose();
  std::vector<bool> wanted = chosen;
  KeyWords keys;
  // An expression of several words may be one token (« aujourd'hui »), else its longest word tells of it.
  for (const auto& [phrase, entry] : rules.vocabulary.phrases()) {
    if (!chosen[entry]) continue;
    keys.add(phrase);
    keys.add(fold(phrase));
    const auto words = rules.vocabulary.words_of(phrase);
    const auto longest = std::max_element(
        words.begin(), words.end(), [&](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    wanted[rules.vocabulary.find(*longest)] = true;
  }
  for (const auto& [word, entry] : rules.vocabulary.words())
    if (wanted[entry]) keys.add(word);
  keys.settle();
  return keys;
}

bool may_hold_expression(const Analysis& analysis, const Sentence& sentence, std::string_view text,
                         const KeyWords& keys) {
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i)
    if (keys.holds(analysis.tokens[i].form_hash)) return true;
  return has_telling_byte(text.substr(sentence.span.begin, sentence.span.size()));
}

}  // namespace chancery::time_rules
