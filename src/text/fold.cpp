// Folding one code point at a time: ASCII runs are lowered without branches, Latin-1 and Latin Extended-A come from a
// table, the rest is ICU's compatibility decomposition with its marks dropped. A code point's folding never depends on
// its neighbours, so folding a part is the same as a part of the folding.
#include "text/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <array>
#include <string_view>

#include "text/unicode.h"

namespace chancery {
namespace {

constexpr char32_t kTableBegin = 0xC0, kTableEnd = 0x180;
// U+00C0 … U+017F. × and ÷ stay themselves and are handled before.
constexpr std::array<std::string_view, kTableEnd - kTableBegin> kLatinTable = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // 00C0
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",  // 00D0
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // 00E0
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y",   // 00F0
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",   // 0100
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",   // 0110
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",   // 0120
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",   // 0130
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",   // 0140
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",   // 0150
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",   // 0160
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s",   // 0170
};

constexpr char fold_ascii(char c) {
  const auto u = static_cast<unsigned char>(c);
  const unsigned lowered = u + (static_cast<unsigned char>(u - 'A') < 26U ? 32U : 0U);
  const unsigned spaced = static_cast<unsigned char>(u - 9) < 5U ? 32U : lowered;
  return static_cast<char>(u == '`' ? static_cast<unsigned>('\'') : spaced);
}

bool is_dropped(char32_t c) { return c == 0xAD || c == 0x200C || c == 0x200D || c == 0x2060; }

// The marks, spaces and quotes that have one form; false if `c` is none of them.
bool fold_punctuation(char32_t c, std::string& out) {
  if (is_dropped(c)) return true;
  if (is_apostrophe(c))
    out += '\'';
  else if (is_dash(c))
    out += '-';
  else if (is_space(c))
    out += ' ';
  else
    return false;
  return true;
}

bool is_mark(UChar32 c) { return u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK; }

void fold_part(char32_t part, std::string& out) {
  if (part < 0x80) {
    out += fold_ascii(static_cast<char>(part));
    return;
  }
  if (is_mark(static_cast<UChar32>(part)) || fold_punctuation(part, out)) return;
  const char32_t low = to_lower(part);
  if (low >= kTableBegin && low < kTableEnd && !kLatinTable[low - kTableBegin].empty())
    out += kLatinTable[low - kTableBegin];
  else
    append_code_point(out, low);
}

const UNormalizer2* compatibility_normalizer() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFKDInstance(&status);  // ICU's own singleton; cannot fail once its data is linked in
}

void fold_decomposed(char32_t c, std::string& out) {
  constexpr int kCapacity = 40;  // the longest decomposition, U+FDFA, has 18 units
  UChar units[kCapacity];
  UErrorCode status = U_ZERO_ERROR;
  const bool hangul = c >= 0xAC00 && c <= 0xD7A3;
  const int length =
      hangul ? -1
             : unorm2_getDecomposition(compatibility_normalizer(), static_cast<UChar32>(c), units, kCapacity, &status);
  if (length < 0 || U_FAILURE(status)) return fold_part(c, out);
  for (int i = 0; i < length;) {
    UChar32 part;
    U16_NEXT(units, i, length, part);
    fold_part(static_cast<char32_t>(part), out);
  }
}

void fold_below_table(char32_t c, std::string& out) {
  switch (c) {
    case 0xAA:
      out += 'a';
      return;
    case 0xB2:
      out += '2';
      return;
    case 0xB3:
      out += '3';
      return;
    case 0xB9:
      out += '1';
      return;
    case 0xBA:
      out += 'o';
      return;
    case 0xB5:
      append_code_point(out, 0x3BC);
      return;
    default:
      if (!fold_punctuation(c, out)) append_code_point(out, c);
  }
}

void fold_beyond_ascii(char32_t c, std::string& out) {
  if (c < kTableBegin) return fold_below_table(c, out);
  if (c < kTableEnd) {
    const std::string_view folded = kLatinTable[c - kTableBegin];
    if (folded.empty())
      append_code_point(out, c);
    else
      out += folded;
    return;
  }
  if (fold_punctuation(c, out)) return;
  fold_decomposed(c, out);
}

std::size_t ascii_run(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) ++end;
  return end;
}

void append_ascii(std::string_view run, std::string& out) {
  const std::size_t at = out.size();
  out.resize(at + run.size());
  char* to = out.data() + at;
  for (std::size_t i = 0; i < run.size(); ++i) to[i] = fold_ascii(run[i]);
}

// Appends the run of a to z that begins at `at` as it is; returns its end.
std::uint32_t take_plain(std::string_view text, std::uint32_t at, std::uint32_t limit, std::string& out) {
  const std::uint32_t end = plain_end(text, at, limit);
  out.append(text.substr(at, end - at));
  return end;
}

void fold_one(char32_t c, std::string& out) {
  if (c < 0x80)
    out += fold_ascii(static_cast<char>(c));
  else
    fold_beyond_ascii(c, out);
}

}  // namespace

void fold_append(std::string_view text, std::string& out) {
  std::uint32_t at = 0;
  while (at < text.size()) {
    const std::size_t end = ascii_run(text, at);
    append_ascii(text.substr(at, end - at), out);
    at = static_cast<std::uint32_t>(end);
    if (at < text.size()) fold_beyond_ascii(next_code_point(text, at), out);
  }
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  fold_append(text, out);
  return out;
}

FoldedText fold_with_map(std::string_view text) {
  FoldedText folded;
  folded.bytes.reserve(text.size());
  folded.origin.reserve(text.size() + 1);
  std::uint32_t at = 0;
  while (at < text.size()) {
    const std::uint32_t begin = at;
    const char32_t c = next_code_point(text, at);
    fold_one(c, folded.bytes);
    folded.origin.resize(folded.bytes.size(), begin);
  }
  folded.origin.push_back(static_cast<std::uint32_t>(text.size()));
  return folded;
}

NameWords split_name_words(std::string_view text) {
  return split_name_words(text, Span{0, static_cast<std::uint32_t>(text.size())});
}

NameWords split_name_words(std::string_view text, Span within) {
  NameWords result;
  split_name_words(text, within, result);
  return result;
}

void split_name_words(std::string_view text, Span within, NameWords& result) {
  result.words.clear();
  result.folded.clear();
  std::uint32_t at = within.begin;
  while (at < within.end) {
    std::uint32_t begin = at;
    char32_t c = next_code_point(text, at);
    if (!is_letter(c) && !is_digit(c)) continue;
    NameWord word;
    word.upper = is_upper(c);
    word.folded_begin = static_cast<std::uint32_t>(result.folded.size());
    fold_one(c, result.folded);
    while ((at = take_plain(text, at, within.end, result.folded)) < within.end) {
      std::uint32_t next = at;
      c = next_code_point(text, next);
      if (!is_letter(c) && !is_digit(c)) break;
      fold_one(c, result.folded);
      at = next;
    }
    word.span = Span{begin, at};
    word.folded_end = static_cast<std::uint32_t>(result.folded.size());
    if (word.folded_end > word.folded_begin) result.words.push_back(word);  // a lone mark folds to nothing
  }
}

}  // namespace chancery
