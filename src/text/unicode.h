// What we ask of Unicode: walking code points and the few classes that reading the press needs. ICU answers beyond
// ASCII and Latin-1; tables answer below, inline, because every stage asks for every character.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

namespace detail {

inline constexpr std::uint8_t kLetter = 1, kUpper = 2, kLower = 4, kDigit = 8, kSpace = 16, kDash = 32,
                              kApostrophe = 64, kQuote = 128;
// The classes of U+0000 … U+00FF, one bit each.
extern const std::array<std::uint8_t, 256> kLatinClasses;
bool is_class_beyond_latin(char32_t c, std::uint8_t wanted);
inline bool is_class(char32_t c, std::uint8_t wanted) {
  return c < 256 ? (kLatinClasses[c] & wanted) != 0 : is_class_beyond_latin(c, wanted);
}
char32_t next_beyond_ascii(std::string_view text, std::uint32_t& offset);
char32_t to_lower_beyond_ascii(char32_t c);

}  // namespace detail

// The code point at byte `offset` of valid UTF-8, and `offset` moved behind it. `offset` must be < text.size().
inline char32_t next_code_point(std::string_view text, std::uint32_t& offset) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte < 0x80) {
    ++offset;
    return byte;
  }
  return detail::next_beyond_ascii(text, offset);
}
// The code point that ends at byte `offset` (> 0), and `offset` moved before it.
char32_t previous_code_point(std::string_view text, std::uint32_t& offset);
void append_code_point(std::string& out, char32_t c);

// Letters of any script, the marks that combine with them, and the soft hyphen, which only ever stands inside a word.
inline bool is_letter(char32_t c) { return detail::is_class(c, detail::kLetter); }
inline bool is_upper(char32_t c) { return detail::is_class(c, detail::kUpper); }
inline bool is_lower(char32_t c) { return detail::is_class(c, detail::kLower); }
// Unicode decimal digits.
inline bool is_digit(char32_t c) { return detail::is_class(c, detail::kDigit); }
// White_Space, with the no-break spaces and U+200B, U+FEFF.
inline bool is_space(char32_t c) { return detail::is_class(c, detail::kSpace); }
// Hyphens and dashes.
inline bool is_dash(char32_t c) { return detail::is_class(c, detail::kDash); }
// ' ’ ʼ ‘ ‛ ´ `
inline bool is_apostrophe(char32_t c) { return detail::is_class(c, detail::kApostrophe); }
// " “ ” „ « » ‹ ›, no apostrophes.
inline bool is_quote(char32_t c) { return detail::is_class(c, detail::kQuote); }
inline char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return detail::to_lower_beyond_ascii(c);
}

}  // namespace chancery
