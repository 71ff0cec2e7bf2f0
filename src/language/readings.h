// What a surface token may be: the candidates among which the tagger chooses, and the lemma of the one it chose. Shared
// by the engine and by training, so the two cannot drift.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "language/tables.h"
#include "language/tokenise.h"

namespace chancery {

// The readings of one token; at most kMost, in the lexicon's order.
struct Candidates {
  static constexpr std::size_t kMost = 32;
  std::array<LexiconReading, kMost> own;     // readings made up here
  std::span<const LexiconReading> readings;  // never empty
  bool known = false;                        // the lexicon has the form

  void add(const LexiconReading& reading, std::size_t& n) {
    if (n < kMost) own[n++] = reading;
  }
};
// Fills `out`; `out.readings` may point into the lexicon or into `out` itself, so `out` must stay where it is.
void find_candidates(const Surface& token, std::string_view form, bool first_in_sentence,
                     const LanguagePack::Tables& tables, Candidates& out);

// Appends the lemma of `token` in this reading to `out`. `surface` is the token as the page writes it.
void append_lemma(const LexiconReading& reading, std::string_view form, std::string_view surface,
                  const Lexicon& lexicon, std::string& out);

}  // namespace chancery
