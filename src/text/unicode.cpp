// The tables below U+0100 are made at compile time from a handful of ranges; everything above asks ICU.
#include "text/unicode.h"

#include <unicode/uchar.h>

namespace chancery {
namespace detail {
namespace {

constexpr bool in(int c, int low, int high) { return c >= low && c <= high; }

constexpr std::uint8_t latin_class(int c) {
  std::uint8_t classes = 0;
  const bool upper = in(c, 'A', 'Z') || (in(c, 0xC0, 0xDE) && c != 0xD7);
  const bool lower = in(c, 'a', 'z') || (in(c, 0xDF, 0xFF) && c != 0xF7) || c == 0xB5;
  if (upper) classes |= kUpper;
  if (lower) classes |= kLower;
  if (upper || lower || c == 0xAA || c == 0xBA || c == 0xAD) classes |= kLetter;
  if (in(c, '0', '9')) classes |= kDigit;
  if (c == ' ' || in(c, 9, 13) || c == 0x85 || c == 0xA0) classes |= kSpace;
  if (c == '-') classes |= kDash;
  if (c == '\'' || c == '`' || c == 0xB4) classes |= kApostrophe;
  if (c == '"' || c == 0xAB || c == 0xBB) classes |= kQuote;
  return classes;
}

constexpr std::array<std::uint8_t, 256> make_latin_classes() {
  std::array<std::uint8_t, 256> table{};
  for (int c = 0; c < 256; ++c) table[static_cast<std::size_t>(c)] = latin_class(c);
  return table;
}

bool is_wide_space(char32_t c) { return c == 0x200B || c == 0xFEFF || u_isUWhiteSpace(static_cast<UChar32>(c)); }

bool is_wide_apostrophe(char32_t c) {
  return c == 0x2019 || c == 0x2018 || c == 0x201B || c == 0x02BC || c == 0x02B9 || c == 0x2032 || c == 0xFF07;
}

bool is_wide_quote(char32_t c) {
  return (c >= 0x201C && c <= 0x201F) || c == 0x2039 || c == 0x203A || c == 0x2033 || c == 0xFF02;
}

bool is_wide_dash(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || u_charType(static_cast<UChar32>(c)) == U_DASH_PUNCTUATION;
}

}  // namespace

const std::array<std::uint8_t, 256> kLatinClasses = make_latin_classes();

bool is_class_beyond_latin(char32_t c, std::uint8_t wanted) {
  const auto code = static_cast<UChar32>(c);
  switch (wanted) {
    case kLetter:
      return u_isalpha(code) || (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
    case kUpper:
      return u_isupper(code) || u_istitle(code);
    case kLower:
      return u_islower(code);
    case kDigit:
      return u_isdigit(code);
    case kSpace:
      return is_wide_space(c);
    case kDash:
      return is_wide_dash(c);
    case kApostrophe:
      return is_wide_apostrophe(c);
    case kQuote:
      return is_wide_quote(c);
    default:
      return false;
  }
}

char32_t next_beyond_ascii(std::string_view text, std::uint32_t& offset) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data()) + offset;
  const std::size_t left = text.size() - offset;
  const unsigned char lead = bytes[0];
  if (lead < 0xE0 && left >= 2) {
    offset += 2;
    return (char32_t{lead} & 0x1F) << 6 | (bytes[1] & 0x3F);
  }
  if (lead < 0xF0 && left >= 3) {
    offset += 3;
    return (char32_t{lead} & 0x0F) << 12 | (char32_t{bytes[1]} & 0x3F) << 6 | (bytes[2] & 0x3F);
  }
  if (left >= 4) {
    offset += 4;
    return (char32_t{lead} & 0x07) << 18 | (char32_t{bytes[1]} & 0x3F) << 12 | (char32_t{bytes[2]} & 0x3F) << 6 |
           (bytes[3] & 0x3F);
  }
  offset = static_cast<std::uint32_t>(text.size());  // no valid UTF-8: never loop, never read behind the end
  return 0xFFFD;
}

char32_t to_lower_beyond_ascii(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }

}  // namespace detail

char32_t previous_code_point(std::string_view text, std::uint32_t& offset) {
  do --offset;
  while (offset > 0 && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80);
  std::uint32_t walk = offset;
  return next_code_point(text, walk);
}

void append_code_point(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

}  // namespace chancery
