// The compiled knowledge as it lies in the file: a header, then sections of fixed-size rows that are used where they
// are mapped, and one section of strings. Little-endian, each section at a multiple of 8. docs/knowledge.md has the
// format with an example.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "knowledge/knowledge.h"

namespace chancery::image {

inline constexpr char kMagic[8] = {'C', 'H', 'K', 'N', 'O', 'W', '\r', '\n'};
inline constexpr std::uint32_t kVersion = 4;
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;
inline constexpr std::int32_t kOpenStart = INT32_MIN;
inline constexpr std::int32_t kOpenEnd = INT32_MAX;

// A run of rows in a section; `begin` counts rows (bytes, for strings).
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

enum class SectionId : std::uint32_t {
  strings,
  things,
  names,
  vocabulary,
  words,
  nodes,
  edges,
  entries,
  titles,
  tenures,
  by_person,
  members,
  offices,
  count
};

struct Section {
  std::uint32_t offset = 0;  // from the start of the file
  std::uint32_t rows = 0;
};

struct Header {
  char magic[8];
  std::uint32_t version = 0;
  std::uint32_t sections = 0;
  std::uint64_t size = 0;      // of the whole file
  std::uint64_t checksum = 0;  // of all bytes behind the header
  std::uint32_t root = 0;      // node where names start
  std::uint32_t title_root = 0;
  std::uint32_t slot = 0;  // the word that stands for a state's adjective inside a title
  std::uint32_t reserved = 0;
  Section section[static_cast<std::size_t>(SectionId::count)];
};

enum ThingFlag : std::uint8_t { kWoman = 1, kCapital = 2, kOutlet = 4, kBodyOfState = 8, kPlaced = 16, kCircle = 32 };

struct ThingRow {  // ordered by id
  Run id, wikidata, role;
  Run names;   // rows of `names`, the primary name in each language
  std::uint32_t seat = kNone;  // of a body: the place where it sits
  std::uint32_t kept = 0;
  std::uint32_t state = kNone;
  std::uint32_t owner = kNone;
  std::int32_t start = kOpenStart, end = kOpenEnd;
  float weight = 0, latitude = 0, longitude = 0;
  std::uint8_t kind = 0, flags = 0;
  std::uint16_t reserved = 0;
};

struct NameRow {
  char language[4];
  Run text;
};

struct WordSlot {  // open addressing, a power of two, linear probing
  std::uint32_t hash = 0;
  std::uint32_t word = kNone;
};

enum WordFlag : std::uint32_t { kArticle = 1, kOf = 2, kAt = 4 };

struct WordRow {
  Run text;
  std::uint32_t first_node = kNone;  // the node that the word leads to from the root
  std::uint32_t flags = 0;           // WordFlag: how it may join the parts of a title
};

struct NodeRow {  // the next row's begins are this row's ends
  std::uint32_t edges = 0, entries = 0, titles = 0;
};

struct EdgeRow {  // ordered by word within a node
  std::uint32_t word = 0, node = 0;
};

// Flags of titles: only a woman is called so; the owner is one who does not bear the title that others bear.
inline constexpr std::uint32_t kFeminine = 1, kBarred = 2;

struct TitleRow {  // a title form that ends at a node
  Run role;
  std::uint32_t owner = kNone;  // the only owner, or none if the words around must say
  std::uint32_t flags = 0;      // kFeminine, kBarred
};

struct TenureRow {  // ordered by office, start, person
  std::uint32_t person = 0, office = 0;
  std::int32_t start = kOpenStart, end = kOpenEnd;
  std::uint32_t granularity = 0;
};

struct MemberRow {  // ordered
  std::uint32_t member = 0, organisation = 0;
};

struct OfficeRow {  // ordered by role, owner
  Run role;
  std::uint32_t owner = 0, office = 0;
};

static_assert(std::is_trivially_copyable_v<NameEntry> && sizeof(NameEntry) == 8);

// Mixes eight bytes at a time: a word is hashed in a few cycles.
inline std::uint64_t mix(std::uint64_t hash, std::uint64_t bytes) {
  hash = (hash ^ bytes) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}
inline std::uint64_t hash_bytes(std::string_view text) {
  std::uint64_t hash = text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t block;
    std::memcpy(&block, at, 8);
    hash = mix(hash, block);
  }
  if (left > 0) {
    std::uint64_t block = 0;
    std::memcpy(&block, at, left);
    hash = mix(hash, block);
  }
  return hash;
}

// The hash of a folded word. Computed as language/hash.h computes the hash of forms, which this room may not see, so
// that whoever has one need not read the word again; a test of the entities holds the two equal.
inline std::uint64_t word_hash(std::string_view word) {
  std::uint64_t hash = word.size() * 0xD6E8FEB86659FD93ULL;
  const char* at = word.data();
  std::size_t left = word.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t block;
    std::memcpy(&block, at, 8);
    hash = std::rotl((hash ^ block) * 0x9FB21C651E98DF25ULL, 29);
  }
  if (left > 0) {
    std::uint64_t block = 0;
    std::memcpy(&block, at, left);
    hash = std::rotl((hash ^ block) * 0x9FB21C651E98DF25ULL, 29);
  }
  hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15ULL;
  hash = (hash ^ hash >> 29) * 0xBF58476D1CE4E5B9ULL;
  return hash ^ hash >> 32;
}
// What the vocabulary keeps of it.
constexpr std::uint32_t slot_hash(std::uint64_t word_hash) { return static_cast<std::uint32_t>(word_hash); }

}  // namespace chancery::image
