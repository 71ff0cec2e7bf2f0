// A half-open range of bytes [begin, end) of one page's text. Spans are the currency of the engine: every claim
// carries one. They count bytes inside the engine and become code points only at the surfaces (Text::code_point).
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace chancery {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  constexpr bool contains(std::uint32_t offset) const { return begin <= offset && offset < end; }
  constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

// The smallest span that holds both.
constexpr Span cover(Span a, Span b) { return Span{std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

}  // namespace chancery
