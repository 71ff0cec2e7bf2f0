// Typed 4-byte ids. Everything that is kept in a table is named by its index there, so structures hold no
// pointers into each other, can be copied, and cannot mix up a sentence with a statement.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace chancery {

template <class Tag>
struct Id {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t value = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t v) : value(v) {}
  // False for the id that names nothing.
  constexpr explicit operator bool() const { return value != kNone; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace chancery

template <class Tag>
struct std::hash<chancery::Id<Tag>> {
  std::size_t operator()(chancery::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>()(id.value); }
};
