// The compiled lexicon: every form of the language with its readings (tag, lemma, how often the treebanks have it), and
// for forms that it lacks the readings that their endings suggest. One mapped file, looked up by hash: forms are not
// stored, a bucket of one cache line holds fingerprints of 40 bits (with the bucket's number 56 bits tell two forms
// apart) and the number of a set of readings, and sets are shared, because lemmas are kept as « cut n bytes, append x
// ». tools/compile_lexicon.cpp writes the file; docs/language-pack.md gives its layout.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/hash.h"
#include "language/mapped_file.h"
#include "language/morphology.h"

namespace chancery {

// One way to read a form.
struct LexiconReading {
  std::uint16_t tag = 0;           // index into the tags
  std::uint16_t count = 0;         // how often the treebanks have it, 65535 at most; 0: only the word list knows it
  std::uint32_t append_begin = 0;  // what the lemma ends with, in the file's strings
  std::uint8_t append_size = 0;
  std::uint8_t cut = 0;            // bytes of the form that the lemma lacks
  std::uint8_t keep_case : 4 = 0;  // 1: the lemma begins as the page writes the word (names)
  std::uint8_t listed : 4 = 0;     // 1: the word list has it, whatever the treebanks say
  std::uint8_t bucket = 0;         // bucket of frequency among the readings that it stands with (prior_bucket())
};
static_assert(sizeof(LexiconReading) == 12);

// How often a reading is meant, in kPriorBuckets steps, from its count and that of all readings of the form.
inline constexpr std::size_t kPriorBuckets = 32;
std::uint8_t prior_bucket(std::uint32_t count, std::uint32_t total);
// The bucket of each of a form's readings.
void set_buckets(std::span<LexiconReading> readings);

// What is known of a form's readings as a whole, so that they need not be walked for every word of a text.
struct LexiconSet {
  std::uint64_t ambiguity = 0;  // hash of the classes and agreements that they allow (tagger_features.h)
  std::uint64_t classes = 0;    // hash of the classes alone
  std::uint32_t first = 0;      // of its readings
  std::uint16_t size = 0;
  std::uint8_t likely = 0;    // which of them the treebanks have most often
  std::uint8_t has_name = 0;  // 1: one of them is a proper name
};
static_assert(sizeof(LexiconSet) == 24);

// A class with all its features, as CoNLL-U has them. A tag may stand for several words (« ADP+DET »): then `parts` is
// more than 1 and the class is that of the first.
struct LexiconTag {
  Upos upos = Upos::X;
  Morph morph;
  std::uint8_t parts = 1;
  std::string name;      // "NOUN", "ADP+DET"
  std::string features;  // "Gender=Masc|Number=Sing", "_"
};

// The tag of this class (or classes, joined with '+') and these features.
LexiconTag tag_from(std::string_view name, std::string_view features);

// Immutable after opening; may be shared between threads.
class Lexicon {
 public:
  static constexpr std::uint32_t kVersion = 2;
  static constexpr std::size_t kMostReadings = 40;  // of a form
  static constexpr std::size_t kLongestEnding = 6;  // bytes
  static constexpr std::size_t kShortestEnding = 2;

  // Fails with not_found, malformed (a bad checksum or size) or unsupported (another version), naming the file.
  static Result<Lexicon> open(const std::filesystem::path& file);

  // Readings of a form (lower case, accents as written, apostrophe U+0027) by its hash; empty if it is not known.
  std::span<const LexiconReading> find(std::uint64_t form_hash) const { return readings_of(find_set(form_hash)); }
  std::span<const LexiconReading> find(std::string_view form) const { return find(hash_bytes(form)); }
  // The same as a set; nullptr if it is not known.
  const LexiconSet* find_set(std::uint64_t form_hash) const { return look_up(words_, form_hash); }
  std::span<const LexiconReading> readings_of(const LexiconSet* set) const {
    return set == nullptr ? std::span<const LexiconReading>() : readings_.subspan(set->first, set->size);
  }
  // Asks for the place of a form that will soon be looked up.
  void prefetch(std::uint64_t form_hash) const { __builtin_prefetch(words_.slots + (form_hash & words_.mask) * 8); }
  // Readings that the ending of an unknown form suggests, likeliest first; nullptr for endings never seen.
  const LexiconSet* guess(std::string_view form) const;
  // Readings of a token with digits by its shape; see shape_of().
  const LexiconSet* find_shape(std::string_view form) const;

  std::string_view append_of(const LexiconReading& reading) const {
    return strings_.substr(reading.append_begin, reading.append_size);
  }
  const std::vector<LexiconTag>& tags() const { return tags_; }
  // The tag with this class and these features; tags().size() if there is none.
  std::uint16_t tag(std::string_view name, std::string_view features) const;

  static std::uint64_t ending_hash(std::string_view ending) { return hash_bytes(ending, 0x2545F4914F6CDD1DULL); }
  static std::uint64_t shape_hash(std::string_view form);

 private:
  struct Slots {
    const std::uint64_t* slots = nullptr;  // 8 a bucket
    std::uint64_t mask = 0;                // number of buckets less one
  };
  const LexiconSet* look_up(const Slots& table, std::uint64_t hash) const;
  bool is_sound() const;  // every number that look_up() and append_of() trust is in range

  MappedFile file_;
  Slots words_;
  Slots endings_;
  std::span<const LexiconSet> sets_;
  std::span<const LexiconReading> readings_;
  std::string_view strings_;
  std::vector<LexiconTag> tags_;
};

// The file's layout. Sections follow the header in this order, each aligned to 64 bytes.
struct LexiconHeader {
  char magic[8];  // "CHLEXICN"
  std::uint32_t version;
  std::uint32_t header_size;
  std::uint64_t file_size;
  std::uint64_t checksum;                                                   // checksum_of() the bytes behind the header
  std::uint64_t word_buckets, ending_buckets;                               // powers of two
  std::uint64_t words, endings, sets, readings, tags_bytes, strings_bytes;  // sizes: sections' at, in bytes or entries
};
inline constexpr char kLexiconMagic[8] = {'C', 'H', 'L', 'E', 'X', 'I', 'C', 'N'};
constexpr std::size_t align64(std::size_t n) { return (n + 63) / 64 * 64; }
std::uint64_t checksum_of(std::string_view bytes);

inline constexpr std::uint64_t kSetBits = 24;  // a slot: fingerprint << 24 | (set + 1); 0: empty
constexpr std::uint64_t fingerprint_of(std::uint64_t hash) { return hash >> kSetBits; }

inline const LexiconSet* Lexicon::look_up(const Slots& table, std::uint64_t hash) const {
  const std::uint64_t fingerprint = fingerprint_of(hash);
  for (std::uint64_t bucket = hash & table.mask, tries = 0; tries <= table.mask; ++tries) {
    const std::uint64_t* slot = table.slots + bucket * 8;
    for (int i = 0; i < 8; ++i) {
      if (slot[i] == 0) return nullptr;
      if (slot[i] >> kSetBits != fingerprint) continue;
      const std::uint64_t set = (slot[i] & ((std::uint64_t{1} << kSetBits) - 1)) - 1;
      return set < sets_.size() ? &sets_[set] : nullptr;
    }
    bucket = (bucket + 1) & table.mask;
  }
  return nullptr;
}

}  // namespace chancery
