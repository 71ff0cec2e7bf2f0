// Checking and mending UTF-8, for text.cpp and decode.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chancery {

// Length of the well-formed sequence at `at` (1 … 4), or 0 if there is none (Unicode, table 3-7: no overlong forms, no
// surrogates, nothing above U+10FFFF).
std::size_t utf8_sequence(std::string_view bytes, std::size_t at);
bool is_valid_utf8(std::string_view bytes);

struct Utf8Census {
  std::size_t wide = 0;       // well-formed sequences of two bytes or more
  std::size_t malformed = 0;  // maximal malformed subparts, each of which becomes one U+FFFD
};
Utf8Census take_census(std::string_view bytes);

// The bytes with each malformed subpart replaced by U+FFFD.
std::string mend_utf8(std::string_view bytes);

}  // namespace chancery
