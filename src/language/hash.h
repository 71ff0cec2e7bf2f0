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

namespace detail {

inline std::uint64_t load_8(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}
// 1 to 7 bytes as the low bytes of a number, read as two loads that may overlap.
inline std::uint64_t load_few(const char* at, std::size_t n) {
  if (n >= 4) {
    std::uint32_t low, high;
    std::memcpy(&low, at, 4);
    std::memcpy(&high, at + n - 4, 4);
    return low | std::uint64_t{high} << (8 * (n - 4));
  }
  const auto byte = [at](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i); };
  return byte(0) | byte(n / 2) | byte(n - 1);
}
constexpr std::uint64_t absorb(std::uint64_t h, std::uint64_t word) {
  return std::rotl((h ^ word) * 0x9FB21C651E98DF25ULL, 29);
}
constexpr std::uint64_t hash_start(std::size_t size, std::uint64_t seed) {
  return seed ^ (size * 0xD6E8FEB86659FD93ULL);
}

}  // namespace detail

inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0) {
  std::uint64_t h = detail::hash_start(bytes.size(), seed);
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) h = detail::absorb(h, detail::load_8(at));
  if (left > 0) h = detail::absorb(h, detail::load_few(at, left));
  return mix(h);
}

// The same for bytes behind which seven more may be read: without a branch on how many are left.
inline std::uint64_t hash_padded(const char* at, std::size_t size) {
  std::uint64_t h = detail::hash_start(size, 0);
  std::size_t left = size;
  for (; left >= 8; at += 8, left -= 8) h = detail::absorb(h, detail::load_8(at));
  if (left > 0) h = detail::absorb(h, detail::load_8(at) & ((std::uint64_t{1} << (8 * left)) - 1));
  return mix(h);
}

}  // namespace chancery
