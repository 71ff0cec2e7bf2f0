// One sentence at a time: its tokens' candidates, what the tagger sees of them, and the reading of each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/readings.h"
#include "language/tables.h"
#include "language/tagger_features.h"
#include "language/tokenise.h"

namespace chancery {

// Keeps its buffers from sentence to sentence; for one thread.
class SentenceTagger {
 public:
  explicit SentenceTagger(const LanguagePack::Tables& tables) : tables_(tables) {}

  // Chooses a reading for each token; readings(i) and the results are valid until the next call.
  void tag(std::span<const Surface> tokens, std::string_view strings);
  const LexiconReading& chosen(std::size_t i) const { return candidates_[i][chosen_[i]]; }
  bool known(std::size_t i) const { return candidates_.known(i); }

  // The first half of tag(), which training shares: candidates and views. `without` is for training, one tag a token.
  void prepare(std::span<const Surface> tokens, std::string_view strings, const std::uint16_t* without = nullptr);
  const CandidateLists& candidates() const { return candidates_; }
  const TokenView* view(std::size_t i) const { return views_.data() + kPadding + i; }

 private:
  static constexpr std::size_t kPadding = 2;
  // The rows of those features of token i that are known before the tokens to its left are tagged.
  // A word that the lexicon lacks and that has a capital in the middle of a sentence is a name, or foreign, whatever
  // its ending looks like: « l'agence Interfax ».
  bool is_common(const LexiconReading& reading) const;
  std::span<const LexiconReading> names_of(std::span<const LexiconReading> readings) const;
  void look_ahead(std::size_t i, TaggerRows& rows) const;
  const LanguagePack::Tables& tables_;
  CandidateLists candidates_;
  std::vector<TokenView> views_;
  std::vector<std::uint8_t> chosen_;
};

}  // namespace chancery
