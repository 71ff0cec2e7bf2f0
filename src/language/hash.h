// One 64-bit hash for words and features, the same in the lexicon compiler, in training and at run time. It only has to
// spread well and be quick on words of a dozen bytes; it need not withstand an adversary, because every table that is
// keyed by it is bounded.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace chancery {

static_assert(std::endian::native == std::endian::little, "mapped files hold little-endian numbers");

constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0x9E3779B97F4A7C15ULL;
  x ^= x >> 29;
  x *= 0xBF58476D1CE4E5B9ULL;
  x ^= x >> 32;
  return x;
}

inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0) {
  std::uint64_t h = seed ^ (bytes.size() * 0xD6E8FEB86659FD93ULL);
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  while (left >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    h = std::rotl((h ^ word) * 0x9FB21C651E98DF25ULL, 29);
    at += 8;
    left -= 8;
  }
  if (left > 0) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    h = std::rotl((h ^ word) * 0x9FB21C651E98DF25ULL, 29);
  }
  return mix(h);
}

}  // namespace chancery
