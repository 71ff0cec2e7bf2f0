// Plain values as compact bytes and back: variable-length numbers, length-prefixed strings. Signatures and the stored
// facts are written so; equal values give equal bytes on every machine. A reader never runs past its bytes: after a
// fault it gives zeros and empty strings, and ok() is false.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

class ByteWriter {
 public:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
  }
  // Small negative numbers stay small.
  void signed_number(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
  }
  // Four bytes, little end first: for hashes, which variable length would only swell.
  void fixed(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes_.push_back(static_cast<char>(value >> shift));
  }
  void flag(bool value) { bytes_.push_back(value ? '\1' : '\0'); }

  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = next();
      value |= (byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  std::int64_t signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  std::string_view view() {
    const std::uint64_t size = number();
    if (size > bytes_.size() - at_) {
      fail();
      return {};
    }
    const std::string_view value = bytes_.substr(at_, size);
    at_ += size;
    return value;
  }
  std::string text() { return std::string(view()); }
  std::uint32_t fixed() {
    std::uint32_t value = 0;
    for (int shift = 0; shift < 32; shift += 8) value |= static_cast<std::uint32_t>(next()) << shift;
    return value;
  }
  bool flag() { return next() != 0; }
  // A number of elements that follow, each at least one byte long: never more than there are bytes left.
  std::size_t count() {
    const std::uint64_t value = number();
    if (value <= bytes_.size() - at_) return static_cast<std::size_t>(value);
    fail();
    return 0;
  }

  bool ok() const { return ok_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::uint8_t next() {
    if (at_ < bytes_.size()) return static_cast<std::uint8_t>(bytes_[at_++]);
    fail();
    return 0;
  }
  void fail() {
    ok_ = false;
    at_ = bytes_.size();
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace chancery
