// Telling at a glance that a sentence holds no expression. Every word sequence of a rule has a step that few sentences
// hold (« an », « mardi », a figure): its key. A sentence without a figure and without a key word of any rule is not
// even split into words; which words are keys is computed from the rules.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "language/analysis.h"

namespace chancery::time_rules {

struct Rules;

// A set of words by hash_bytes() of their lower-case form. Immutable once settled.
class KeyWords {
 public:
  void add(std::string_view word);
  // Call it once, behind the last word.
  void settle();
  bool holds(std::uint64_t hash) const {
    return ((bits_[hash % kBits / 64] >> (hash % 64)) & 1) != 0 && is_known(hash);
  }

 private:
  static constexpr std::size_t kBits = 1U << 15;
  bool is_known(std::uint64_t hash) const;

  std::vector<std::uint64_t> bits_ = std::vector<std::uint64_t>(kBits / 64, 0);
  std::vector<std::uint64_t> hashes_;  // in order
};

// The key words of all rules that mean something. Words of the symbol `function_word` are keys only where a sequence
// has nothing else.
KeyWords key_words(const Rules& rules, std::uint32_t function_word);

// Whether a rule may find something in the sentence. `text` is the page's.
bool may_hold_expression(const Analysis& analysis, const Sentence& sentence, std::string_view text,
                         const KeyWords& keys);

}  // namespace chancery::time_rules
