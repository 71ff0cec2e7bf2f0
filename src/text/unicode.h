// What we ask of Unicode: walking code points and the few classes that reading the press needs. ICU answers beyond
// ASCII and Latin-1; tables answer below.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

// The code point at byte `offset` of valid UTF-8, and `offset` moved behind it. `offset` must be < text.size().
char32_t next_code_point(std::string_view text, std::uint32_t& offset);
// The code point that ends at byte `offset` (> 0), and `offset` moved before it.
char32_t previous_code_point(std::string_view text, std::uint32_t& offset);
void append_code_point(std::string& out, char32_t c);

bool is_letter(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_digit(char32_t c);       // Unicode decimal digits
bool is_space(char32_t c);       // White_Space, with the no-break spaces and U+200B, U+FEFF
bool is_dash(char32_t c);        // hyphens and dashes
bool is_apostrophe(char32_t c);  // ' ’ ʼ ‘ ´ `
bool is_quote(char32_t c);       // " “ ” „ « » ‹ ›, no apostrophes
char32_t to_lower(char32_t c);

}  // namespace chancery
