// The file of the name tagger (languages/<code>/names.model): what it knows of words and names, and its weights. One
// block of bytes that is used where it lies; training/train_names.cpp writes it. docs/entities.md tells of its parts.
//
// Words: to each frequent word the number of its vector, and to each vector a coarse and a fine cluster; words of a
// cluster stand in the same company. To each of them that may be a name also its leaning: the class of words that a
// teacher takes for persons, places and bodies as readily as it. Names: names of places, people and bodies of free
// lists, walked word by word.
// Rows: a feature's weight for each label, one row of 16 bytes, the last two telling whose row it is.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "language/hash.h"

namespace chancery::entities {

// Labels of words: outside, and the first and further words of a name of each kind.
enum class NameKind : std::uint8_t { person, place, organisation, other };
inline constexpr std::size_t kNameKinds = 4;
inline constexpr std::size_t kNameLabels = 1 + 2 * kNameKinds;
inline constexpr std::size_t kOutside = 0;
constexpr std::size_t first_label(NameKind kind) { return 1 + 2 * static_cast<std::size_t>(kind); }
constexpr bool is_further(std::size_t label) { return label != kOutside && label % 2 == 0; }
constexpr NameKind kind_of(std::size_t label) { return static_cast<NameKind>((label - 1) / 2); }
// Whether a word with label b may stand behind one with label a; kNameLabels as a: the beginning.
constexpr bool may_follow(std::size_t a, std::size_t b) { return !is_further(b) || a == b || a + 1 == b; }

inline constexpr std::size_t kNameRow = 16;      // bytes
inline constexpr std::size_t kEdgeClasses = 16;  // what stands between two words, and how the second begins
inline constexpr std::size_t kMarginSteps = 32;  // of the table from margins to confidences
inline constexpr int kMarginStep = 16;           // in units of score

struct NameModelHeader {
  char magic[8];  // "CHNAMESM"
  std::uint32_t version;
  std::uint32_t header_size;
  std::uint64_t file_size;
  std::uint64_t checksum;  // of the bytes behind the header
  std::uint32_t text_size, row_bits, word_bits, list_bits, vectors, reserved;
  std::int16_t edges[kEdgeClasses][kNameLabels + 1][kNameLabels];
  std::uint8_t confidence[kNameKinds][kMarginSteps];  // in percent
};
inline constexpr char kNameModelMagic[8] = {'C', 'H', 'N', 'A', 'M', 'E', 'S', 'M'};

// Bits of a word's vector and of its leaning.
inline constexpr std::uint32_t kVectorBits = 15, kLeaningBits = 5, kLeanings = 1U << kLeaningBits;

// Bits of a listed name.
inline constexpr std::uint32_t kListedKinds = 15, kListedOn = 16;  // one bit a kind; a longer name goes on from here

class NameModel {
 public:
  static constexpr std::uint32_t kVersion = 3;
  NameModel() = default;
  // `bytes` must outlive the model and be aligned to 16. Fails with malformed or unsupported.
  static Result<NameModel> read(std::string_view bytes);

  bool loaded() const { return header_ != nullptr; }
  // What is known of a word by its key.
  struct Known {
    std::uint32_t vector = 0;   // one more than the number of its vector; 0: an unknown word
    std::uint32_t leaning = 0;  // below kLeanings; 0: none
  };
  Known word(std::uint64_t key) const;
  // Asks for the place of a word that will soon be looked up.
  void prefetch(std::uint64_t key) const { __builtin_prefetch(&words_[static_cast<std::uint32_t>(key) & word_mask_]); }
  // Of a vector: what Known says of a known word, less one.
  std::uint32_t coarse(std::uint32_t vector) const { return coarse_[vector]; }
  std::uint32_t fine(std::uint32_t vector) const { return fine_[vector]; }
  // The bits of a listed name by its key (name_key.h), 0 if neither it nor a longer one is listed.
  std::uint32_t listed(std::uint64_t key) const;

  const std::int8_t* row(std::uint32_t feature) const {
    return rows_ + std::size_t{feature >> (32 - row_bits_)} * kNameRow;
  }
  // By which a feature knows its row again: the bits behind those that number the rows.
  static constexpr std::uint16_t check(std::uint32_t feature, std::uint32_t row_bits) {
    return static_cast<std::uint16_t>(feature << row_bits >> 16 | 1U);
  }
  std::uint32_t row_bits() const { return row_bits_; }
  const std::int16_t* edges(std::size_t edge_class, std::size_t from) const { return header_->edges[edge_class][from]; }
  // How likely a name of this kind is right that the best other reading trails by `margin`.
  float confidence(NameKind kind, int margin) const;

 private:
  const NameModelHeader* header_ = nullptr;
  std::uint32_t row_bits_ = 0, word_mask_ = 0, list_mask_ = 0;
  const std::int8_t* rows_ = nullptr;
  const std::uint32_t* words_ = nullptr;  // fingerprint << 20 | leaning << 15 | vector + 1
  const std::uint32_t* lists_ = nullptr;  // fingerprint << 5 | bits
  std::span<const std::uint8_t> coarse_;
  std::span<const std::uint16_t> fine_;
};

// The keys of words and lists, shared with training: of a word as the page writes it, which in lower case is its
// token's form, so that Token::form_hash is its key.
inline std::uint64_t name_word_key(std::string_view word) { return hash_bytes(word); }
constexpr std::uint64_t list_key(std::uint64_t before, std::uint64_t folded_word_hash) {
  return (before * 0x9E3779B97F4A7C15ULL ^ folded_word_hash) * 0xBF58476D1CE4E5B9ULL;
}
inline constexpr std::uint64_t kListRoot = 0x51ED270B2F6A3C11ULL;

}  // namespace chancery::entities
