// Where a sentence begins in the middle of a line though no mark ends the one before it: a title that runs into the
// text. A linear model over a few features of the capital in question, trained by training/train_starts.cpp, read from
// the pack's sentence-starts.tsv; a pack without that file never parts a line so.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "language/hash.h"
#include "language/pack.h"

namespace chancery {

struct Surface;

class SentenceStarts {
 public:
  static constexpr std::size_t kFeatures = 15;
  using Features = std::array<std::uint64_t, kFeatures>;

  // Reads lines of feature (hexadecimal) and weight. Fails with malformed, naming the line.
  static Result<SentenceStarts> read(std::string_view tsv);
  bool empty() const { return weights_.empty(); }
  bool begins(const Features& features) const {
    int sum = 0;
    for (const std::uint64_t feature : features) {
      const auto found = weights_.find(feature);
      if (found != weights_.end()) sum += found->second;
    }
    return sum > 0;
  }

 private:
  std::unordered_map<std::uint64_t, int> weights_;
};

// Whether token i could be such a beginning at all: a word with a capital that is also a common word, behind a word, a
// number, a semicolon or a closing bracket or quotation mark. `first` is where its line's sentence begins.
bool may_start(std::span<const Surface> tokens, std::size_t first, std::size_t i, std::string_view text,
               const LanguagePack::Tables& tables);
// What the model sees of token i, which may_start(). Shared by the engine and by training. Looks back to `first` and
// ahead to the next mark, at most a few dozen tokens.
SentenceStarts::Features start_features(std::span<const Surface> tokens, std::size_t first, std::size_t i,
                                        const LanguagePack::Tables& tables);

}  // namespace chancery
