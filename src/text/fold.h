// Folding: the form in which names and words are compared. Lower case, no diacritics (é → e, ł → l), ligatures opened
// (œ → oe, ß → ss), every apostrophe U+0027, every dash '-', every space U+0020. Folding is for lookup only; what is
// printed is always the page's own characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace chancery {

// The folded form. Fast for ASCII and Latin-1; ICU decomposes the rest. Idempotent.
std::string fold(std::string_view text);
// The same, appended to `out`, so a loop need not allocate.
void fold_append(std::string_view text, std::string& out);

// Where the run of a to z, most of every word, that begins at byte `at` ends, at `limit` (≤ text.size()) at the latest.
// Folding and lower case leave such a run as it is.
inline std::uint32_t plain_end(std::string_view text, std::uint32_t at, std::uint32_t limit) {
  while (at < limit && static_cast<unsigned char>(text[at] - 'a') < 26) ++at;
  return at;
}

// The folded form with, for each of its bytes, the byte of `text` that it comes from; one more entry for the end.
struct FoldedText {
  std::string bytes;
  std::vector<std::uint32_t> origin;  // bytes.size() + 1 entries
};
FoldedText fold_with_map(std::string_view text);

// A name word: a run of letters and digits (any script). Apostrophes, hyphens, full stops and spaces part words, so
// « États-Unis », "Etats Unis" and « ETATS-UNIS » are the same two words, and « l'Élysée » is "l", "elysee".
// Names are compared word by word; knowledge and entities use the same split, so they cannot drift.
struct NameWord {
  Span span;                       // in the text that was split
  std::uint32_t folded_begin = 0;  // [folded_begin, folded_end) in NameWords::folded
  std::uint32_t folded_end = 0;
  bool upper = false;  // begins with an upper-case letter
};
struct NameWords {
  std::vector<NameWord> words;
  std::string folded;
  std::string_view word(std::size_t i) const {
    return std::string_view(folded).substr(words[i].folded_begin, words[i].folded_end - words[i].folded_begin);
  }
};
// Splits `text` (all of it, or `within` it; spans count from the start of `text`).
NameWords split_name_words(std::string_view text);
NameWords split_name_words(std::string_view text, Span within);
// The same, put into `out`, whose storage is used again.
void split_name_words(std::string_view text, Span within, NameWords& out);

}  // namespace chancery
