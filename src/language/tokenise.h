// Cutting one block of text into surface tokens and marking where sentences end. A surface token is what stands between
// two cuts in the text; words that it contracts (« du ») are unfolded later, when its reading is known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/tables.h"
#include "text/span.h"

namespace chancery {

// The little words that begin sentences rather than names: articles, prepositions, pronouns, conjunctions, adverbs and
// auxiliaries.
constexpr bool is_closed_class(Upos upos) {
  switch (upos) {
    case Upos::ADP:
    case Upos::ADV:
    case Upos::AUX:
    case Upos::CCONJ:
    case Upos::DET:
    case Upos::PRON:
    case Upos::SCONJ:
      return true;
    default:
      return false;
  }
}

enum class SurfaceKind : std::uint8_t { word, number, punctuation, symbol, url, email, hashtag, mention };

// What a token may mean for the end of a sentence: `stop` a closing mark or a word that ends with a full stop.
enum class Mark : std::uint8_t { none, stop, straight_quote };

// A block of more tokens than any paragraph has lost its line ends: FlatText looks for sentences in it.
inline constexpr std::size_t kFlatTextTokens = 800;

struct Surface {
  Span span;                     // in the text
  std::uint32_t form_begin = 0;  // in the strings: lower case, apostrophe U+0027
  std::uint32_t form_size = 0;
  std::uint64_t hash = 0;  // of the form
  SurfaceKind kind = SurfaceKind::word;
  Mark mark = Mark::none;
  bool space_before = true;
  bool capitalised = false;   // begins with an upper-case letter
  bool all_capitals = false;  // two letters at least and no lower-case one
  bool has_hyphen = false;
  bool ends_sentence = false;  // the last token of a sentence
  std::uint8_t words = 0;      // how many words it is, where that is given; 0: the tagger decides
};

// Begins the strings of a text: the text itself in lower case, as far as that moves no byte (ASCII and Latin-1), and a
// few bytes more, so that a whole vector may be read anywhere. The form of nearly every token is a part of it.
void begin_strings(std::string_view text, std::string& strings);

// Appends the tokens of text[block] to `tokens` and the forms that do not stand there yet to `strings`, which
// begin_strings() must have begun. Linear in the block's size.
void tokenise(std::string_view text, Span block, const LanguagePack::Tables& tables, std::vector<Surface>& tokens,
              std::string& strings);

// A token that is given (a treebank's): its form is appended to `strings`, its span is left to the caller.
Surface surface_of(std::string_view token, std::string& strings);

// The lower-case form of a word as the lexicon has it; for whole words only, without cutting.
void append_form(std::string_view word, std::string& out);

}  // namespace chancery
