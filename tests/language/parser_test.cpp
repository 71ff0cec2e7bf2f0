// The parser's parts against slow, obvious ones: trees against all trees, vector loops against plain ones.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <vector>

#include "language/parser_features.h"
#include "language/parser_kernels.h"
#include "language/parser_tree.h"

namespace chancery {
namespace {

// Whether the heads of the words 1 … n make a tree with one word on the root.
bool is_tree(const std::vector<std::uint32_t>& heads) {
  std::size_t roots = 0;
  for (std::size_t d = 1; d < heads.size(); ++d) {
    roots += heads[d] == 0 ? 1 : 0;
    std::size_t at = d;
    for (std::size_t steps = 0; at != 0; ++steps) {
      if (steps > heads.size()) return false;
      at = heads[at];
    }
  }
  return roots == 1;
}

std::int64_t sum_of(const std::vector<std::int32_t>& scores, const std::vector<std::uint32_t>& heads) {
  std::int64_t sum = 0;
  for (std::size_t d = 1; d < heads.size(); ++d) sum += scores[d * heads.size() + heads[d]];
  return sum;
}

// The highest sum of all trees whose only word on the root is `root` (0: any), by trying them all.
std::int64_t best_of_all(const std::vector<std::int32_t>& scores, std::size_t words) {
  std::vector<std::uint32_t> heads(words + 1, 0);
  std::int64_t best = INT64_MIN;
  while (true) {
    if (is_tree(heads)) best = std::max(best, sum_of(scores, heads));
    std::size_t d = 1;
    while (d <= words && heads[d] == words) heads[d++] = 0;
    if (d > words) return best;
    ++heads[d];
  }
}

RC_GTEST_PROP(TreeFinder, FindsTrees, ()) {
  const auto words = *rc::gen::inRange<std::uint32_t>(1, 40);
  const auto scores =
      *rc::gen::container<std::vector<std::int32_t>>((words + 1) * (words + 1), rc::gen::inRange(-1000, 1000));
  TreeFinder finder;
  const std::vector<std::uint32_t> heads = finder.find(scores, words);
  RC_ASSERT(heads.size() == words + 1);
  RC_ASSERT(is_tree(heads));
}

// With one word that the root wants far more than any other, the tree is the best of all.
RC_GTEST_PROP(TreeFinder, FindsTheBestTree, ()) {
  const auto words = *rc::gen::inRange<std::uint32_t>(1, 6);
  auto scores = *rc::gen::container<std::vector<std::int32_t>>((words + 1) * (words + 1), rc::gen::inRange(-100, 100));
  const auto root = *rc::gen::inRange<std::uint32_t>(1, words + 1);
  for (std::uint32_t d = 1; d <= words; ++d) scores[d * (words + 1)] = d == root ? 10000 : -10000;
  TreeFinder finder;
  const std::vector<std::uint32_t> heads = finder.find(scores, words);
  RC_ASSERT(is_tree(heads));
  RC_ASSERT(sum_of(scores, heads) == best_of_all(scores, words));
}

rc::Gen<std::vector<std::int16_t>> numbers(std::size_t size, int most) {
  return rc::gen::container<std::vector<std::int16_t>>(
      size, rc::gen::map(rc::gen::inRange(-most, most + 1), [](int x) { return static_cast<std::int16_t>(x); }));
}

RC_GTEST_PROP(Kernels, MultiplyAlike, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 15);
  const std::size_t inputs = 2 * *rc::gen::inRange<std::size_t>(1, 20),
                    outputs = 16 * *rc::gen::inRange<std::size_t>(1, 7);
  const auto in = *numbers(rows * inputs, kernels::kOne);
  const auto weights = *numbers(inputs * outputs, 20000);
  const std::vector<std::int32_t> bias(outputs, 77);
  std::vector<std::int32_t> quick(rows * outputs), slow(rows * outputs);
  kernels::best().multiply(rows, inputs, outputs, in.data(), inputs, weights.data(), bias.data(), quick.data());
  kernels::plain().multiply(rows, inputs, outputs, in.data(), inputs, weights.data(), bias.data(), slow.data());
  RC_ASSERT(quick == slow);
  std::int32_t first = 77;
  for (std::size_t k = 0; k < inputs; ++k) first += in[k] * weights[k / 2 * outputs * 2 + k % 2];
  RC_ASSERT(slow[0] == first);
}

RC_GTEST_PROP(Kernels, StepAndProductsAlike, ()) {
  const std::size_t half = 16 * *rc::gen::inRange<std::size_t>(1, 8);
  const auto gates = *rc::gen::container<std::vector<std::int32_t>>(3 * half, rc::gen::inRange(-9000000, 9000000));
  const auto skip = *numbers(half, kernels::kOne);
  std::vector<std::int32_t> quick(half, 5), slow(half, 5);
  std::vector<std::int16_t> out(half), same(half);
  kernels::best().step(half, 11, gates.data(), skip.data(), quick.data(), out.data());
  kernels::plain().step(half, 11, gates.data(), skip.data(), slow.data(), same.data());
  RC_ASSERT(quick == slow && out == same);
  for (const std::int16_t x : out) RC_ASSERT(x >= -kernels::kOne && x <= kernels::kOne);
  std::vector<std::int32_t> sums(2), plain(2);
  const auto a = *numbers(half, 8191), b = *numbers(2 * half, kernels::kOne);
  kernels::best().products(2, half, a.data(), b.data(), half, sums.data());
  kernels::plain().products(2, half, a.data(), b.data(), half, plain.data());
  RC_ASSERT(sums == plain);
}

TEST(Parser, TellsDistancesApart) {
  EXPECT_EQ(distance_class(5, 0), 0U);
  EXPECT_NE(distance_class(5, 4), distance_class(5, 6));
  EXPECT_NE(distance_class(5, 4), distance_class(5, 3));
  EXPECT_EQ(distance_class(200, 100), distance_class(200, 1));
  EXPECT_LT(distance_class(1, 200), kDistances);
}

}  // namespace
}  // namespace chancery
