// Where a sentence begins in the middle of a line though no mark ends the one before it, or none that ends sentences by
// itself: a title that runs into the text, the items of a list, a small letter behind a full stop. A linear model over
// a few features of the place in question, trained by training/train_starts.cpp, read from the pack's
// sentence-starts.tsv; a pack without that file never parts a line so.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "language/hash.h"
#include "language/pack.h"

namespace chancery {

struct Surface;

class SentenceStarts {
 public:
  static constexpr std::size_t kFeatures = 29;
  using Features = std::array<std::uint64_t, kFeatures>;
  // The kinds of places: a little word with a capital, another word with a capital, the dash of an item, a small letter
  // behind a full stop, either end of a heading in capitals, a name. One of the features tells nothing else.
  enum Place : std::uint64_t { kLittle, kOther, kItem, kSmall, kHeading, kName, kPlaces };
  static constexpr std::size_t kPlace = 0;  // its number
  static std::uint64_t place_feature(std::uint64_t place);

  // Reads lines of feature (hexadecimal) and weight. Fails with malformed, naming the line.
  static Result<SentenceStarts> read(std::string_view tsv);
  bool empty() const { return slots_.empty(); }
  // Features of StartFinder or of FlatText.
  int sum(std::span<const std::uint64_t> features) const {
    int sum = 0;
    for (const std::uint64_t feature : features) sum += weight(feature);
    return sum;
  }
  bool begins(std::span<const std::uint64_t> features) const { return sum(features) > 0; }

 private:
  struct Slot {
    std::uint64_t feature = 0;
    int weight = 0;  // 0: an empty slot
  };
  int weight(std::uint64_t feature) const {
    std::size_t at = feature & (slots_.size() - 1);
    while (slots_[at].weight != 0 && slots_[at].feature != feature) at = (at + 1) & (slots_.size() - 1);
    return slots_[at].weight;
  }
  std::vector<Slot> slots_;  // a power of two of them, half of them empty
};

// The places of one line at which a sentence may begin so, and what the model sees of them. Shared by the engine and by
// training. `tokens` are those of the line, a paragraph's (flat_text.h is for longer ones), their forms in `strings`;
// the ends of sentences that marks tell must be in them already.
class StartFinder {
 public:
  StartFinder(std::span<const Surface> tokens, std::string_view text, std::string_view strings,
              const LanguagePack::Tables& tables)
      : tokens_(tokens), text_(text), strings_(strings), tables_(tables) {}

  // Whether token i could be such a beginning at all; `first` is where its sentence began.
  bool may_start(std::size_t first, std::size_t i);
  // What the model sees of token i, which may_start(). Looks at a few dozen tokens on either side, at most.
  SentenceStarts::Features features(std::size_t first, std::size_t i);

 private:
  // What a token is at first sight, before anything has been tagged: a class of the lexicon, or its kind.
  struct Glance {
    std::uint8_t what = 0;
    bool seen = false;
    bool finite = false;    // likeliest a finite verb
    bool function = false;  // likeliest of a closed class
    bool governs = false;   // likeliest a preposition, an article or a conjunction: no sentence ends with it
    bool name = false;      // may be a proper name, or is unknown
  };
  const Glance& glance(std::size_t i);
  bool has_verb(std::size_t first, std::size_t last);
  std::size_t next_dash(std::size_t i) const;
  std::uint64_t place_of(std::size_t first, std::size_t i);
  bool may_start_item(std::size_t first, std::size_t i);
  bool may_start_small(std::size_t i);
  bool may_part_heading(std::size_t first, std::size_t i);
  std::uint64_t word_of(std::size_t i);

  std::span<const Surface> tokens_;
  std::string_view text_, strings_;
  const LanguagePack::Tables& tables_;
  std::vector<Glance> glances_;  // of each token, as soon as one is asked for
};

}  // namespace chancery
