// Hashing is FNV-1a, finished by the mixer of splitmix64 so that every bit of the result depends on every byte.
#include "record/words.h"

#include <algorithm>

#include "text/fold.h"

namespace chancery {
namespace {

constexpr std::size_t kContentLetters = 4;
constexpr std::size_t kStemLetters = 6;

template <class Value>
void sort_and_unite(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::uint64_t finish(std::uint64_t hash) {
  hash ^= hash >> 30;
  hash *= 0xBF58476D1CE4E5B9U;
  hash ^= hash >> 27;
  hash *= 0x94D049BB133111EBU;
  return hash ^ (hash >> 31);
}

// The hash of each run of `length` words.
std::vector<std::uint64_t> shingles(const std::vector<std::uint32_t>& words, std::size_t length) {
  std::vector<std::uint64_t> out;
  if (words.empty()) return out;
  const std::size_t size = std::min(length, words.size());
  out.reserve(words.size() - size + 1);
  for (std::size_t i = 0; i + size <= words.size(); ++i) {
    std::uint64_t hash = size;
    for (std::size_t k = 0; k < size; ++k) hash = hash * 0x9E3779B97F4A7C15U + words[i + k];
    out.push_back(finish(hash));
  }
  return out;
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char byte : bytes) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001B3U;
  return finish(hash);
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t with) { return finish(hash * 0x9E3779B97F4A7C15U + with); }

std::vector<std::uint32_t> word_hashes(std::string_view text) {
  const NameWords split = split_name_words(text);
  std::vector<std::uint32_t> out;
  out.reserve(split.words.size());
  for (std::size_t i = 0; i < split.words.size(); ++i)
    out.push_back(static_cast<std::uint32_t>(hash_of(split.word(i)) >> 32));
  return out;
}

std::vector<std::uint32_t> content_words(std::string_view text) {
  const NameWords split = split_name_words(text);
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < split.words.size(); ++i) {
    const std::string_view word = split.word(i);
    if (word.size() < kContentLetters) continue;
    out.push_back(static_cast<std::uint32_t>(hash_of(word.substr(0, kStemLetters)) >> 32));
  }
  sort_and_unite(out);
  return out;
}

std::vector<std::uint64_t> winnow(const std::vector<std::uint32_t>& words, std::size_t length, std::size_t window) {
  const std::vector<std::uint64_t> all = shingles(words, length);
  std::vector<std::uint64_t> out;
  if (all.empty()) return out;
  const std::size_t size = std::min(window, all.size());
  for (std::size_t i = 0; i + size <= all.size(); ++i)
    out.push_back(*std::min_element(all.begin() + static_cast<std::ptrdiff_t>(i),
                                    all.begin() + static_cast<std::ptrdiff_t>(i + size)));
  sort_and_unite(out);
  return out;
}

ShingleSample sample_shingles(const std::vector<std::uint32_t>& words, std::size_t length, std::size_t aim) {
  constexpr std::uint32_t kCoarsest = 1U << 20;
  std::vector<std::uint64_t> all = shingles(words, length);
  ShingleSample sample;
  while (sample.rate < kCoarsest && all.size() / sample.rate > aim) sample.rate *= 2;
  const std::uint64_t below = ~std::uint64_t{0} / sample.rate;
  all.erase(std::remove_if(all.begin(), all.end(), [&](std::uint64_t hash) { return hash > below; }), all.end());
  sort_and_unite(all);
  for (const std::uint64_t hash : all) {
    const auto half = static_cast<std::uint32_t>(hash >> 32);
    if (sample.hashes.empty() || sample.hashes.back() != half) sample.hashes.push_back(half);
  }
  return sample;
}

std::vector<std::uint64_t> smallest_shingles(const std::vector<std::uint32_t>& words, std::size_t length,
                                             std::size_t most) {
  std::vector<std::uint64_t> all = shingles(words, length);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), 2 * most));
  std::nth_element(all.begin(), middle, all.end());
  all.erase(middle, all.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace chancery
