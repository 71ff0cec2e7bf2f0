// From scores of arcs to a tree: the spanning tree of the highest sum in which exactly one word hangs on the root (Chu
// and Liu 1965, Edmonds 1967). Shared by the engine and by training.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chancery {

// Keeps its buffers from sentence to sentence; for one thread.
class TreeFinder {
 public:
  // `scores[dependent * (words + 1) + head]`: words are 1 … words, 0 is the root; the row of dependent 0 is not read.
  // Gives the head of each word, heads[1 … words]; heads[0] is 0. Equal scores: the lower head wins. Of the words that
  // might be the only one on the root the four likeliest are tried. At most about words² steps a cycle; in most
  // sentences the best heads make a tree at once.
  const std::vector<std::uint32_t>& find(std::span<const std::int32_t> scores, std::uint32_t words);

 private:
  void take_best_heads(std::span<const std::int32_t> scores, std::uint32_t root);
  void keep_likely_roots(std::span<const std::int32_t> scores, std::vector<std::uint32_t>& roots) const;
  bool find_cycle();
  std::int64_t solve(std::span<const std::int32_t> scores, std::uint32_t root);

  std::uint32_t words_ = 0;
  std::vector<std::uint32_t> heads_, best_, mark_;
  std::vector<std::int64_t> weights_;              // of contracted arcs, [head][dependent]
  std::vector<std::uint32_t> old_head_, old_dep_;  // the word's arc that each contracted arc stands for
  std::vector<std::uint32_t> cycle_;
};

}  // namespace chancery
