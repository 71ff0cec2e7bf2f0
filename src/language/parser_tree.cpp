// Best heads first: mostly they are a tree. Where they are not, the likeliest of the words that the best heads hang on
// the root are tried as the only one there, and cycles are contracted one after the other.
#include "language/parser_tree.h"

#include <algorithm>
#include <utility>

namespace chancery {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::int64_t kNever = -(std::int64_t{1} << 60);
constexpr std::size_t kRootsTried = 4;

}  // namespace

// `root`: the only word that may hang on the root, or kNone if any may.
void TreeFinder::take_best_heads(std::span<const std::int32_t> scores, std::uint32_t root) {
  const std::uint32_t width = words_ + 1;
  heads_.assign(width, 0);
  for (std::uint32_t d = 1; d < width; ++d) {
    if (d == root) continue;
    const std::int32_t* row = scores.data() + std::size_t{d} * width;
    std::uint32_t best = root == kNone ? 0 : kNone;
    for (std::uint32_t h = 1; h < width; ++h)
      if (h != d && (best == kNone || row[h] > row[best])) best = h;
    heads_[d] = best == kNone ? 0 : best;
  }
}

// Whether the heads hold a cycle; cycle_ lists its words.
bool TreeFinder::find_cycle() {
  mark_.assign(words_ + 1, 0);
  mark_[0] = kNone;
  cycle_.clear();
  for (std::uint32_t start = 1; start <= words_; ++start) {
    std::uint32_t at = start;
    while (mark_[at] == 0) {
      mark_[at] = start;
      at = heads_[at];
    }
    if (mark_[at] != start) continue;
    for (std::uint32_t word = at; cycle_.empty() || word != at; word = heads_[word]) cycle_.push_back(word);
    return true;
  }
  return false;
}

// The best tree whose only word on the root is `root`; heads_ is the tree. Contracted nodes live in the place of their
// first word; each contraction remembers the arcs that it swallowed, to be undone in reverse order.
std::int64_t TreeFinder::solve(std::span<const std::int32_t> scores, std::uint32_t root) {
  const std::uint32_t width = words_ + 1;
  const auto at = [width](std::uint32_t head, std::uint32_t dep) { return std::size_t{head} * width + dep; };
  weights_.assign(std::size_t{width} * width, kNever);
  old_head_.resize(weights_.size());
  old_dep_.resize(weights_.size());
  for (std::uint32_t h = 0; h < width; ++h)
    for (std::uint32_t d = 1; d < width; ++d) {
      if (h == d || (h == 0) != (d == root)) continue;
      weights_[at(h, d)] = scores[at(d, h)];
      old_head_[at(h, d)] = h;
      old_dep_[at(h, d)] = d;
    }
  struct Contraction {
    std::vector<std::uint32_t> nodes;              // the cycle's, the first one stands for all
    std::vector<std::uint32_t> heads, dependents;  // the arcs within the cycle, by words
  };
  std::vector<Contraction> contractions;
  std::vector<std::uint32_t> nodes(width), group(width);  // nodes left; the node that each node has become part of
  for (std::uint32_t i = 0; i < width; ++i) nodes[i] = group[i] = i;
  heads_.assign(width, 0);
  while (true) {
    for (const std::uint32_t d : nodes) {
      if (d == 0) continue;
      std::uint32_t best = kNone;
      for (const std::uint32_t h : nodes)
        if (h != d && (best == kNone || weights_[at(h, d)] > weights_[at(best, d)])) best = h;
      heads_[d] = best;
    }
    mark_.assign(width, 0);
    mark_[0] = kNone;
    cycle_.clear();
    for (const std::uint32_t start : nodes) {
      if (start == 0) continue;
      std::uint32_t node = start;
      while (mark_[node] == 0) {
        mark_[node] = start;
        node = heads_[node];
      }
      if (mark_[node] != start) continue;
      for (std::uint32_t n = node; cycle_.empty() || n != node; n = heads_[n]) cycle_.push_back(n);
      break;
    }
    if (cycle_.empty()) break;
    Contraction contraction;
    contraction.nodes = cycle_;
    for (const std::uint32_t n : cycle_) {
      contraction.heads.push_back(old_head_[at(heads_[n], n)]);
      contraction.dependents.push_back(old_dep_[at(heads_[n], n)]);
    }
    const std::uint32_t one = cycle_.front();
    for (const std::uint32_t other : nodes) {
      if (std::find(cycle_.begin(), cycle_.end(), other) != cycle_.end()) continue;
      std::size_t leaving = at(one, other), entering = 0;
      std::int64_t best_entering = 2 * kNever;
      for (const std::uint32_t n : cycle_) {
        if (weights_[at(n, other)] > weights_[leaving]) leaving = at(n, other);
        const std::int64_t gain = weights_[at(other, n)] - weights_[at(heads_[n], n)];
        if (gain > best_entering) {
          best_entering = gain;
          entering = at(other, n);
        }
      }
      const std::int64_t out = weights_[leaving];
      const std::uint32_t out_head = old_head_[leaving], out_dep = old_dep_[leaving];
      const std::uint32_t in_head = old_head_[entering], in_dep = old_dep_[entering];
      weights_[at(one, other)] = out;
      old_head_[at(one, other)] = out_head;
      old_dep_[at(one, other)] = out_dep;
      weights_[at(other, one)] = std::max(best_entering, kNever);
      old_head_[at(other, one)] = in_head;
      old_dep_[at(other, one)] = in_dep;
    }
    std::erase_if(
        nodes, [&](std::uint32_t n) { return n != one && std::find(cycle_.begin(), cycle_.end(), n) != cycle_.end(); });
    contractions.push_back(std::move(contraction));
  }
  best_.assign(width, kNone);
  for (const std::uint32_t d : nodes)
    if (d != 0) best_[old_dep_[at(heads_[d], d)]] = old_head_[at(heads_[d], d)];
  // A word that has a head already was entered from outside: its own arc within the cycle is dropped. Which word of a
  // swallowed node was entered is found by asking its words, so the lists are kept by words.
  std::vector<std::vector<std::uint32_t>> members(width);
  for (std::uint32_t i = 0; i < width; ++i) members[i] = {i};
  std::vector<std::vector<std::vector<std::uint32_t>>> parts;  // for each contraction, the words of each node
  for (const Contraction& contraction : contractions) {
    std::vector<std::vector<std::uint32_t>> own;
    std::vector<std::uint32_t> all;
    for (const std::uint32_t n : contraction.nodes) {
      own.push_back(members[n]);
      all.insert(all.end(), members[n].begin(), members[n].end());
    }
    members[contraction.nodes.front()] = std::move(all);
    parts.push_back(std::move(own));
  }
  for (std::size_t c = contractions.size(); c-- > 0;) {
    const Contraction& contraction = contractions[c];
    for (std::size_t n = 0; n < contraction.nodes.size(); ++n) {
      const bool entered =
          std::any_of(parts[c][n].begin(), parts[c][n].end(), [&](std::uint32_t word) { return best_[word] != kNone; });
      if (!entered) best_[contraction.dependents[n]] = contraction.heads[n];
    }
  }
  std::int64_t total = 0;
  heads_[0] = 0;
  for (std::uint32_t d = 1; d < width; ++d) {
    heads_[d] = best_[d];
    total += scores[at(d, best_[d])];
  }
  return total;
}

// Leaves the few words that gain most, or lose least, by hanging on the root: each costs a tree of its own.
void TreeFinder::keep_likely_roots(std::span<const std::int32_t> scores, std::vector<std::uint32_t>& roots) const {
  const std::size_t most = roots.empty() ? 1 : kRootsTried;
  if (roots.empty())
    for (std::uint32_t d = 1; d <= words_; ++d) roots.push_back(d);
  const auto gain = [&](std::uint32_t d) {
    const std::int32_t* row = scores.data() + std::size_t{d} * (words_ + 1);
    std::int64_t other = kNever;
    for (std::uint32_t h = 1; h <= words_; ++h)
      if (h != d) other = std::max<std::int64_t>(other, row[h]);
    return row[0] - other;
  };
  std::vector<std::pair<std::int64_t, std::uint32_t>> order;
  for (const std::uint32_t d : roots) order.emplace_back(-gain(d), d);
  std::sort(order.begin(), order.end());
  order.resize(std::min(order.size(), most));
  roots.clear();
  for (const auto& [loss, d] : order) roots.push_back(d);
}

const std::vector<std::uint32_t>& TreeFinder::find(std::span<const std::int32_t> scores, std::uint32_t words) {
  words_ = words;
  take_best_heads(scores, kNone);
  std::vector<std::uint32_t> roots;
  for (std::uint32_t d = 1; d <= words; ++d)
    if (heads_[d] == 0) roots.push_back(d);
  if (roots.size() == 1 && !find_cycle()) return heads_;
  keep_likely_roots(scores, roots);
  std::vector<std::uint32_t> winner;
  std::int64_t most = 2 * kNever;
  for (const std::uint32_t root : roots) {
    take_best_heads(scores, root);
    std::int64_t total = 0;
    if (words == 1 || find_cycle()) {
      total = solve(scores, root);
    } else {
      for (std::uint32_t d = 1; d <= words; ++d) total += scores[std::size_t{d} * (words + 1) + heads_[d]];
    }
    if (total > most) {
      most = total;
      winner = heads_;
    }
  }
  heads_ = std::move(winner);
  return heads_;
}

}  // namespace chancery
