// The words of a page as the time rules see them: runs of letters and figures, numbers put together (« vingt et un »,
// 70.000, 30,4), and the pack's own expressions of several words (« avant-hier », « week-end ») as one word each.
// A word that no rule knows has the entry 0 and ends every match, so most of a page costs one hash look-up a word.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/analysis.h"
#include "text/span.h"

namespace chancery::time_rules {

// What a rule's step may ask for: a literal word, a class of words, or a class of numbers. Indices into Vocabulary.
using Symbol = std::uint32_t;
inline constexpr Symbol kNoSymbol = 0xFFFFFFFF;

// How a number is written.
enum NumberForm : std::uint8_t { kFigures = 1, kWords = 2, kOrdinal = 4, kDecimal = 8 };

struct TimeWord {
  Span span;
  std::uint32_t entry = 0;   // into Vocabulary::entries; 0: unknown to the rules
  std::int32_t number = -1;  // its value, in thousandths if `form` is kDecimal; -1: no number
  std::uint8_t form = 0;     // of the number, one NumberForm
  std::uint8_t figures = 0;  // how many figures a number in figures has
  bool glued = false;        // no white space before it
  bool capitalised = false;
  bool block_start = false;  // the first word of its block
};

// A word's part in one class: the value that the pack gives it there, a number or a code.
struct Role {
  Symbol symbol = kNoSymbol;
  std::int32_t value = 0;
};

struct Entry {
  std::vector<Role> roles;      // the literal word itself first
  std::int32_t number = -1;     // as a number word
  bool multiplies = false;      // cent, mille: multiplies what stands before it
  bool joins = false;           // « et », « - » within a number
  bool ordinal_suffix = false;  // « er », « e » behind figures
  bool opens_phrase = false;    // an expression of several words begins with it
};

struct NumberClass {
  Symbol symbol = kNoSymbol;
  std::int32_t least = 0, most = 0;
  std::uint8_t forms = 0;    // the NumberForms that count
  std::uint8_t figures = 0;  // exactly so many figures; 0: any
};

// All words that the rules of a pack name. Immutable once compiled.
class Vocabulary {
 public:
  Vocabulary();
  // The entry of a lower-case word, made if it is new.
  std::uint32_t add(std::string_view word);
  // The entry of an expression of one or several words, made if it is new.
  std::uint32_t add_phrase(std::string_view phrase);
  // The entry of an expression that is one word to the rules, 0 if there is none; likewise for a single word.
  std::uint32_t find_phrase(std::string_view phrase) const;
  // The lower-case words of a literal.
  std::vector<std::string> words_of(std::string_view text) const;
  // Accented words are also known without their accents, where no other word is written so. Call it last.
  void add_unaccented(const std::vector<std::string>& never);

  // The entry of a lower-case word, 0 if unknown.
  std::uint32_t find(std::string_view word) const;
  // Makes the words known by their hashes, too. Call it behind add_unaccented().
  void settle();
  // Splits a stretch of text into words, appended to `out`; `raw` is room to work in.
  void split(std::string_view text, Span stretch, std::vector<TimeWord>& raw, std::vector<TimeWord>& out) const;
  // The same for the tokens [first, last), by their forms where a token is one word.
  void split(std::string_view text, const Analysis& analysis, std::uint32_t first, std::uint32_t last,
             std::vector<TimeWord>& raw, std::vector<TimeWord>& out) const;

  // All single words with their entries, those without their accents too, in no order that means anything; and all
  // expressions of several words, lower case.
  std::vector<std::pair<std::string_view, std::uint32_t>> words() const;
  const std::vector<std::pair<std::string, std::uint32_t>>& phrases() const { return phrases_; }

  std::vector<Entry> entries;  // 0 is the unknown word
  std::vector<NumberClass> number_classes;

 private:
  struct Slot {
    std::uint32_t hash = 0, begin = 0, entry = 0;
    std::uint16_t size = 0;
  };
  // The entry of a word of ASCII letters in any case, whose lower-case form has this hash.
  std::uint32_t find_ascii(std::string_view word, std::uint32_t hash) const;
  void grow();
  void insert(std::string_view word, std::uint32_t entry);
  std::uint32_t step(std::uint32_t node, std::uint32_t entry) const;
  void split_raw(std::string_view text, Span stretch, bool glued, std::vector<TimeWord>& out) const;
  // Puts numbers and expressions of several words together.
  void join(std::string_view text, const std::vector<TimeWord>& raw, std::vector<TimeWord>& out) const;
  std::uint32_t find_hash(std::uint64_t hash) const;
  std::size_t merge_number(const std::vector<TimeWord>& words, std::size_t at, std::string_view text,
                           TimeWord& merged) const;

  std::string strings_;
  std::vector<Slot> slots_;
  struct HashSlot {
    std::uint64_t hash = 0;
    std::uint32_t entry = 0;
  };
  std::vector<HashSlot> by_hash_;           // all single words by hash_bytes(), open-addressed
  std::array<std::uint32_t, 128> marks_{};  // the entries of words that are one ASCII character
  std::uint32_t used_ = 0;
  std::size_t longest_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> phrase_steps_;  // node << 32 | entry → node
  std::vector<std::uint32_t> phrase_ends_;                         // node → entry of the whole expression, or 0
  std::vector<std::pair<std::string, std::uint32_t>> phrases_;
};

// The lower-case form, apostrophes as U+0027, appended.
void lower_append(std::string_view text, std::string& out);

}  // namespace chancery::time_rules
