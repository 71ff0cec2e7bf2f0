// The tagger: from left to right, each token gets the candidate reading with the highest score. A score is linear:
// every feature of the token (tagger_features.h) names one row of the table, a cache line of 60 odd small weights, one
// for each lane; lanes are the atoms that tags are made of (the class, each feature), and a reading scores the sum of
// its tag's lanes, and a weight for how often the treebanks have it. Tokens with one candidate are not scored at all.
// training/train_tagger.cpp makes the file.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/lexicon.h"
#include "language/mapped_file.h"

namespace chancery {

inline constexpr std::size_t kRowBytes = 64;  // a cache line
inline constexpr std::size_t kLanes = 63;     // the last byte tells whose row it is

// The byte by which a feature knows its row again: the bits of the hash next to those that number the rows. Features
// that have no row of their own count nothing.
constexpr std::uint8_t row_check(std::uint64_t feature, int row_bits) {
  return static_cast<std::uint8_t>(feature >> (56 - row_bits));
}

// Which lanes each tag scores, and how readings are sorted into buckets of frequency.
class LaneMap {
 public:
  // Lane names as the model has them: "NOUN", "Gender=Masc", "Fin:Number=Sing".
  LaneMap(const std::vector<std::string>& names, const std::vector<LexiconTag>& tags);
  LaneMap() = default;
  // Lanes of a tag, ended by kLanes.
  const std::uint8_t* lanes(std::uint16_t tag) const { return lanes_.data() + std::size_t{tag} * kPerTag; }
  static std::vector<std::string> atoms(const LexiconTag& tag);

 private:
  static constexpr std::size_t kPerTag = 12;
  std::vector<std::uint8_t> lanes_;
};

// The rows of a token's features, of those that have one.
struct TaggerRows {
  static constexpr std::size_t kMost = 32;
  std::array<const std::uint8_t*, kMost> rows;
  std::size_t size = 0;
};

class Tagger {
 public:
  static constexpr std::uint32_t kVersion = 1;
  Tagger() = default;
  // Fails with not_found, malformed or unsupported, naming the file.
  static Result<Tagger> open(const std::filesystem::path& file, const std::vector<LexiconTag>& tags);

  bool loaded() const { return rows_ != nullptr; }
  // Adds the rows of features to a list, as long as it has room, and asks for them.
  template <std::size_t N>
  void add(const std::array<std::uint64_t, N>& features, TaggerRows& rows) const {
    static_assert(N <= TaggerRows::kMost);
    if (rows.size + N > TaggerRows::kMost) return;
    // Without a branch, because whether a feature has a row is anyone's guess.
    std::size_t size = rows.size;
    for (const std::uint64_t feature : features) {
      const std::size_t row = feature >> shift_;
      const std::uint8_t* at = rows_ + row * kRowBytes;
      rows.rows[size] = at;
      __builtin_prefetch(at);
      size += checks_[row] == row_check(feature, 64 - shift_) ? 1 : 0;
    }
    rows.size = size;
  }
  // The index of the best reading of the token whose features have these rows.
  std::size_t choose(const TaggerRows& rows, std::span<const LexiconReading> readings) const;

 private:
  MappedFile file_;
  const std::uint8_t* rows_ = nullptr;
  std::vector<std::uint8_t> checks_;  // the last byte of each row, side by side: they stay in the nearest cache
  int shift_ = 63;
  std::array<std::int16_t, kPriorBuckets> priors_{};
  LaneMap lanes_;
};

// The file: this header, the text (lines "key: value": licence, data, scores, and "lane: NAME" in order), rows of
// kLanes weights of one byte, 128 added, and row_check() of the feature that the row belongs to. Sections on 64-byte
// bounds.
struct TaggerHeader {
  char magic[8];  // "CHTAGGER"
  std::uint32_t version;
  std::uint32_t header_size;
  std::uint64_t file_size;
  std::uint64_t checksum;  // of what follows the header
  std::uint64_t text_size;
  std::uint64_t row_bits;  // 2^row_bits rows
  std::array<std::int16_t, kPriorBuckets> priors;
};
inline constexpr char kTaggerMagic[8] = {'C', 'H', 'T', 'A', 'G', 'G', 'E', 'R'};

}  // namespace chancery
