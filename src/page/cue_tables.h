// What PageCues holds once compiled, and how phrases are matched. Words are looked up once, when a line is split; after
// that, matching compares numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page/cues.h"
#include "page/layout.h"
#include "text/span.h"

namespace chancery {

// Classes of words, one bit each.
enum WordClass : std::uint32_t {
  kNetwork = 1U << 0,
  kShare = 1U << 1,
  kGlue = 1U << 2,
  kSection = 1U << 3,
  kNav = 1U << 4,
  kHome = 1U << 5,
  kAgency = 1U << 6,
  kConsentStrong = 1U << 7,
  kConsentWeak = 1U << 8,
  kReader = 1U << 9,
  kOutlet = 1U << 10,
  kBylineWord = 1U << 11,
  kDateLineWord = 1U << 12,
  kWeekday = 1U << 13,
  kCredit = 1U << 14,
  kIssuer = 1U << 15,
  kAddress = 1U << 16,
  kPress = 1U << 18,      // stands in the names of outlets
  kCopyright = 1U << 19,  // « copyright »
  kCueWord = 1U << 17,    // stands in a phrase of furniture
};

enum class PhraseKind : std::uint8_t {
  whole,
  opener,
  label,
  inline_label,
  links,
  comments,
  end,
  published,
  updated,
  date_label,
  byline,
  contents,
  box,
  box_end,
  bio,
  rights,
  of_outlet,
  with_agencies
};

struct PhraseElement {
  enum class Kind : std::uint8_t { word, word_class, number, gap } kind = Kind::word;
  std::uint32_t value = 0;  // the word's index, or the class's bit
};

struct Phrase {
  PhraseKind kind = PhraseKind::whole;
  std::vector<PhraseElement> elements;
};

struct KnownWord {
  std::string folded;
  std::uint32_t classes = 0;
  std::uint64_t languages = 0;         // bit i: a function word of PageCues::Tables::languages[i]
  std::uint8_t month = 0;              // 1 … 12; 0: none
  std::vector<std::uint32_t> phrases;  // those that begin with this word
};

inline constexpr std::uint32_t kUnknownWord = 0xFFFFFFFF;

// One word of a line. `known` is an index into Tables::words.
struct LineWord {
  Span span;
  std::uint32_t known = kUnknownWord;
  bool upper = false;   // begins with an upper-case letter
  bool number = false;  // all digits
};

struct PageCues::Tables {
  std::vector<std::string> languages;
  std::vector<std::string> supported;  // those with a page.toml of their own
  std::vector<KnownWord> words;
  std::vector<Phrase> phrases;
  std::vector<std::uint32_t> number_phrases;  // those that begin with {number}
  std::vector<std::uint32_t> slots;           // open addressing: index into words, or kUnknownWord
  std::vector<std::string> command_endings;   // of a verb that bids the reader do something
  LayoutWeights layout;
  bool day_first = true;  // whether 03/04/2022 is the third of April

  std::uint32_t find(std::string_view folded) const;
  std::uint32_t add_word(std::string_view folded);
  // Splits into words as split_name_words() does, and also where lower case turns to upper case inside a word
  // (« surTelegram »). At most `limit` words, appended to `out`.
  void split(std::string_view text, Span within, std::size_t limit, std::vector<LineWord>& out) const;

  std::uint32_t classes(const LineWord& word) const {
    return word.known == kUnknownWord ? 0 : words[word.known].classes;
  }
  std::uint8_t month(const LineWord& word) const { return word.known == kUnknownWord ? 0 : words[word.known].month; }

  // Length in words of the longest phrase of `kind` that stands at line[at]; 0 if none does.
  std::size_t match(PhraseKind kind, const std::vector<LineWord>& line, std::size_t at) const;
};

}  // namespace chancery
