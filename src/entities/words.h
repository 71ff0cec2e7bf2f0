// The words of a page as names are read: the same split as the knowledge's names, each word with its token, its classes
// and what stands before it. All finders of this room walk this one array.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "entities/rules.h"
#include "language/analysis.h"
#include "page/page.h"

namespace chancery::entities {

// What stands between a word and the one before it in its sentence.
enum class Gap : std::uint8_t {
  start,   // the sentence begins here
  space,   // white space alone
  hyphen,  // a hyphen without spaces
  apostrophe,
  period,  // a full stop, and white space or nothing: « M. », « J. D. »
  comma,
  parenthesis,  // an opening bracket
  other,        // closing brackets, quotation marks, colons, dashes between spaces …
};

struct Word {
  Span span;
  std::uint64_t hash = 0;                           // hash_bytes() of the folded word
  std::uint32_t folded_begin = 0, folded_size = 0;  // in PageWords::folded
  WordId id = kNoWord;                              // in the pack's table
  std::uint32_t token = 0;                          // the token that holds its first byte
  std::uint32_t sentence = 0;
  std::uint32_t classes = 0;  // WordClass
  Gap gap = Gap::start;
  bool upper = false;     // begins with a capital
  bool capitals = false;  // two letters or more, all capitals
  bool opening = false;   // first of a sentence or behind an opening quotation mark or a colon: its capital says little
  bool quoted = false;    // inside quotation marks
};

struct PageWords {
  std::vector<Word> words;
  std::vector<std::uint32_t> brackets;        // the words right behind an opening bracket
  std::vector<std::uint32_t> sentence_first;  // for each sentence its first word; one more for the end
  std::string folded;                         // the forms of the page's tokens, then what is folded otherwise

  std::string_view text(std::uint32_t i) const {
    return std::string_view(folded).substr(words[i].folded_begin, words[i].folded_size);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(words.size()); }
  bool is(std::uint32_t i, std::uint32_t classes) const { return (words[i].classes & classes) != 0; }
  // Whether word i stands in the same sentence as word i - 1.
  bool continues(std::uint32_t i) const { return i < words.size() && words[i].gap != Gap::start; }
  // Whether word i follows word i - 1 inside one phrase: nothing but white space, a hyphen or an apostrophe between.
  bool joined(std::uint32_t i) const {
    return i < words.size() &&
           (words[i].gap == Gap::space || words[i].gap == Gap::hyphen || words[i].gap == Gap::apostrophe);
  }
  Span span(std::uint32_t first, std::uint32_t last) const {
    return Span{words[first].span.begin, words[last - 1].span.end};
  }
};

PageWords read_words(const Page& page, const Analysis& analysis, const EntityRules::Tables& rules);

}  // namespace chancery::entities
