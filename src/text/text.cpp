// The map between bytes and code points keeps one count for every 256 bytes; a query counts the rest. A text of pure
// ASCII needs no map at all.
#include "text/text.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "text/utf8.h"

namespace chancery {
namespace {

constexpr std::uint32_t kStep = 256;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::uint32_t count_code_points(const char* from, const char* to) {
  std::uint32_t count = 0;
  for (; from != to; ++from) count += static_cast<std::uint32_t>(!is_continuation(*from));
  return count;
}

}  // namespace

Text::Text(std::string utf8) : bytes_(std::move(utf8)) {
  CHECK(bytes_.size() < 0xFFFFFFFFULL);
  CHECK(is_valid_utf8(bytes_));
  const char* data = bytes_.data();
  marks_.reserve(bytes_.size() / kStep + 1);
  for (std::size_t at = 0; at < bytes_.size(); at += kStep) {
    marks_.push_back(length_);
    length_ += count_code_points(data + at, data + std::min<std::size_t>(at + kStep, bytes_.size()));
  }
  if (length_ == bytes_.size()) marks_ = {};
}

std::uint32_t Text::code_point(std::uint32_t offset) const {
  CHECK(offset <= bytes_.size());
  if (length_ == bytes_.size()) return offset;
  if (offset == bytes_.size()) return length_;
  const std::uint32_t step = offset / kStep;
  return marks_[step] + count_code_points(bytes_.data() + step * kStep, bytes_.data() + offset);
}

std::uint32_t Text::byte(std::uint32_t index) const {
  if (index >= length_) return size();
  if (length_ == bytes_.size()) return index;
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), index);
  const auto step = static_cast<std::uint32_t>(after - marks_.begin()) - 1;
  std::uint32_t at = step * kStep;
  std::uint32_t left = index - marks_[step];  // code points that begin in this step before the wanted one
  for (;; ++at) {
    if (is_continuation(bytes_[at])) continue;
    if (left == 0) return at;
    --left;
  }
}

bool Text::is_boundary(std::uint32_t offset) const {
  return offset == bytes_.size() || (offset < bytes_.size() && !is_continuation(bytes_[offset]));
}

}  // namespace chancery
