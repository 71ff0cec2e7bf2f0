// Any bytes in any declared charset: what decodes is valid UTF-8 whose offset maps agree with counting by hand, and
// folds to something that folds to itself.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "text/fold.h"
#include "text/text.h"
#include "text/unicode.h"

using namespace chancery;

namespace {

void check_text(const Text& text) {
  std::uint32_t at = 0, index = 0;
  while (at < text.size()) {
    CHECK(text.is_boundary(at));
    CHECK(text.code_point(at) == index);
    CHECK(text.byte(index) == at);
    next_code_point(text.bytes(), at);
    ++index;
  }
  CHECK(index == text.length());
  CHECK(text.code_point(text.size()) == text.length());
}

void check_folding(const Text& text) {
  const std::string folded = fold(text.bytes());
  CHECK(fold(folded) == folded);
  const FoldedText mapped = fold_with_map(text.bytes());
  CHECK(mapped.bytes == folded);
  CHECK(mapped.origin.size() == folded.size() + 1);
  std::uint32_t end = 0;
  const NameWords words = split_name_words(text.bytes());
  for (const NameWord& word : words.words) {
    CHECK(word.span.begin >= end && word.span.end > word.span.begin);
    CHECK(text.is_boundary(word.span.begin) && text.is_boundary(word.span.end));
    end = word.span.end;
  }
  CHECK(end <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<const char*, 8> kCharsets = {"",       "utf-8", "iso-8859-1",  "windows-1251",
                                                    "utf-16", "gbk",   "iso-2022-jp", "?"};
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto text = decode(bytes, kCharsets[data[0] % kCharsets.size()]);
  if (!text) return 0;
  check_text(*text);
  check_folding(*text);
  return 0;
}
