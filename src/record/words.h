// Texts as numbers, for comparing them: folded words become hashes, runs of words become shingles, and a few shingles
// chosen by their own value stand for the whole. Two texts that share a long run choose the same shingles in it,
// whatever stands around.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// The same on every machine and in every version: hashes are stored.
std::uint64_t hash_of(std::string_view bytes);
std::uint64_t mix(std::uint64_t hash, std::uint64_t with);

// One hash for each folded word, in order.
std::vector<std::uint32_t> word_hashes(std::string_view text);

// Hashes of the words that carry content, sorted, each once: folded, at least four letters, cut to six so that
// inflected forms fall together. No list of words is needed, so any language will do.
std::vector<std::uint32_t> content_words(std::string_view text);

// Winnowing (Schleimer, Wilkerson and Aiken, 2003): of every `window` neighbouring shingles of `length` words the one
// with the smallest hash. A common run of window + length - 1 words yields a common shingle. Sorted, each once; one
// hash of the whole if it is shorter than a shingle, none if it is empty.
std::vector<std::uint64_t> winnow(const std::vector<std::uint32_t>& words, std::size_t length, std::size_t window);

// A sample of the shingles by which two texts of any lengths can be compared: the upper halves of those hashes that lie
// below 2^64 / rate, where `rate` is the smallest power of two that leaves about `aim` of them. Sorted, each once.
struct ShingleSample {
  std::uint32_t rate = 1;
  std::vector<std::uint32_t> hashes;
};
ShingleSample sample_shingles(const std::vector<std::uint32_t>& words, std::size_t length, std::size_t aim);

// The `most` shingles of the smallest hashes, smallest first: what is kept of a text chooses the same ones.
std::vector<std::uint64_t> smallest_shingles(const std::vector<std::uint32_t>& words, std::size_t length,
                                             std::size_t most);

// Elements that two sorted sequences without repetition share.
template <class Value>
std::size_t count_shared(const std::vector<Value>& a, const std::vector<Value>& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] < b[j]) {
      ++i;
    } else if (b[j] < a[i]) {
      ++j;
    } else {
      ++shared, ++i, ++j;
    }
  }
  return shared;
}

}  // namespace chancery
