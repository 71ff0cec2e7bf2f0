// What a pack holds once loaded: the lexicon, the tables by which words are cut, and the text files for the rooms
// above. For the language room and its tests only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/hash.h"
#include "language/lexicon.h"
#include "language/morphology.h"
#include "language/pack.h"
#include "language/parser.h"
#include "language/sentence_starts.h"
#include "language/tag_facts.h"
#include "language/tagger.h"

namespace chancery {

// A flat hash table from word hashes to small numbers, filled once.
class WordTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  void add(std::string_view word, std::uint32_t value);
  // kNone if the table has no word of this hash.
  std::uint32_t find(std::uint64_t hash) const;
  std::uint32_t find(std::string_view word) const { return find(hash_bytes(word)); }
  bool empty() const { return size_ == 0; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t value = kNone;
  };
  void grow();
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

// How words are cut, from tokens.tsv and abbreviations.tsv.
struct TokenRules {
  // Values of `elisions` and `abbreviations`.
  static constexpr std::uint32_t kPlain = 0, kMayBeWhole = 1;  // whether some whole form begins so
  static constexpr std::uint32_t kInside = 0, kEither = 1, kBeforeNumber = 2, kBeforeName = 3;
  WordTable elisions;       // "l'"
  WordTable enclitics;      // "-t-il"
  WordTable particles;      // "-là"
  WordTable wholes;         // "aujourd'hui"
  WordTable units;          // "h"
  WordTable links;          // "de" of « M. de la Tour »
  WordTable abbreviations;  // "mme."
};

// A word of a multiword token.
struct MultiwordPart {
  std::string form, lemma;
  std::uint64_t form_hash = 0, lemma_hash = 0;
  std::uint16_t tag = 0;
};

struct LanguagePack::Tables {
  std::string code, name;
  std::vector<std::pair<std::string, std::string>> files;  // name, contents; sorted by name
  Lexicon lexicon;
  Parser parser;                 // not loaded where the pack has none: then there are no trees
  Tagger tagger;                 // not loaded where the pack has none: then the lexicon's first reading wins
  std::vector<LexiconTag> tags;  // the lexicon's, then what the other tables add
  std::vector<TagFacts> facts;   // of each tag
  TokenRules rules;
  SentenceStarts starts;  // empty where the pack has none
  WordTable multiwords;   // "du" → index into multiword_parts
  std::vector<std::vector<MultiwordPart>> multiword_parts;
  std::vector<std::string> relations = {""};
  // Readings of tokens that no lexicon can list.
  std::uint16_t url = 0, email = 0, hashtag = 0, mention = 0, symbol = 0, punctuation = 0, number = 0;
  std::vector<std::uint16_t> unknown_capitalised, unknown;

  std::uint16_t tag(std::string_view name, std::string_view features);  // added if there is none
};

}  // namespace chancery
