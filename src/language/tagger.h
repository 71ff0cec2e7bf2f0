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

inline constexpr std::size_t kPriorBuckets = 32;

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

// A reading's bucket from its count and that of all the form's readings.
std::size_t prior_bucket(std::uint32_t count, std::uint32_t total);

class Tagger {
 public:
  static constexpr std::uint32_t kVersion = 1;
  Tagger() = default;
  // Fails with not_found, malformed or unsupported, naming the file.
  static Result<Tagger> open(const std::filesystem::path& file, const std::vector<LexiconTag>& tags);

  // Asks for the row of a feature that will soon be needed.
  void prefetch(std::uint64_t feature) const;
  bool loaded() const { return rows_ != nullptr; }
  // The index of the best reading of the token that has these features (tagger_features()).
  std::size_t choose(std::span<const std::uint64_t> features, std::span<const LexiconReading> readings) const;

 private:
  MappedFile file_;
  const std::uint8_t* rows_ = nullptr;
  int shift_ = 64;
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
