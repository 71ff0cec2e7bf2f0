// The compiled words of one pack: every word that entities.toml, titles.tsv and first-names.tsv name is interned once
// and carries its classes, so reading a page costs one look-up a word; phrases are tries over these words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entities/entities.h"
#include "entities/name_model.h"

namespace chancery {
namespace entities {

// What a word may be. A word may be several things; the place decides.
enum WordClass : std::uint32_t {
  kArticle = 1U << 0,
  kDefinite = 1U << 1,
  kOf = 1U << 2,
  kAt = 1U << 3,
  kAnd = 1U << 4,
  kPossessive = 1U << 5,
  kDemonstrative = 1U << 6,
  kFormer = 1U << 7,
  kLocative = 1U << 8,
  kPreposition = 1U << 9,
  kPlaceNoun = 1U << 10,
  kParticle = 1U << 11,
  kFirstName = 1U << 12,
  kOrganisationHead = 1U << 13,
  kOrganisationNominal = 1U << 14,
  kStateNominal = 1U << 15,
  kPlaceHead = 1U << 16,
  kObliqueAfter = 1U << 17,
  kBarePlural = 1U << 18,
  kClauseOpener = 1U << 19,
  kExistential = 1U << 20,
  kOpensTitle = 1U << 21,      // some title or collective begins with it
  kOpensReference = 1U << 22,  // some pronoun or nominal does
  kOpensCourtesy = 1U << 23,   // some word of courtesy or rank does
  kBodyNoun = 1U << 25,        // before the name of a body: société, géant, chez
  kYears = 1U << 24,           // the word behind an age, « 17 ans »
  kPlaceNameHead = 1U << 26,   // a noun that is part of the names of places: mer, golfe, canal
  kBodyNameHead = 1U << 27,    // likewise of bodies: université
  kBodyAdjective = 1U << 28,   // européenne: WordInfo::adjective_of
  kContraction = 1U << 29,     // au: WordInfo::contraction
  kCapitalNoun = 1U << 30,     // capitale: with a state's adjective behind it, a town
  kPlaceNominal = 1U << 31,    // « cette ville »: the place last named
};

using WordId = std::uint32_t;
inline constexpr WordId kNoWord = 0xFFFFFFFF;

// The classes of little words, for which an accent makes another word: « à » and « a », « dès » and « des ».
inline constexpr std::uint32_t kLittleWords = kArticle | kDefinite | kOf | kAt | kAnd | kPossessive | kDemonstrative |
                                              kLocative | kPreposition | kObliqueAfter | kClauseOpener;

// Which tables of references have a phrase that begins with a word, so that the others need not be asked.
enum ReferenceOpener : std::uint16_t {
  kOpensLastNamed = 1U << 0,
  kOpensGroup = 1U << 1,
  kOpensCounterpart = 1U << 2,
  kOpensPronoun = 1U << 3,
  kOpensOblique = 1U << 4,
  kOpensPerson = 1U << 5,
  kOpensThing = 1U << 6,
  kOpensSource = 1U << 7,
  kOpensRule = 1U << 8,
  kOpensStaff = 1U << 9,
};

struct WordInfo {
  std::uint32_t classes = 0;
  std::uint32_t accented_classes = 0;    // of the little words that the pack writes with an accent
  Gender first_name = Gender::none;      // of a given name; none: either
  std::uint8_t number = 0;               // deux: 2
  std::uint16_t references = 0;          // ReferenceOpener
  WordId contraction = kNoWord;          // au → le
  std::uint32_t adjective_of = kNoWord;  // européenne: index into Tables::adjective_things
};

// Strings to dense ids; open addressing, nothing is ever removed.
class WordTable {
 public:
  // kNoWord if the word is unknown. Words are compared by their hash alone (language/hash.h): 64 bits over some
  // ten thousands.
  WordId find(std::string_view word) const;
  WordId find(std::uint64_t hash) const {
    if (slots_.empty()) return kNoWord;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      if (slots_[i].id == kNoWord) return kNoWord;
      if (slots_[i].hash == hash) return slots_[i].id;
    }
  }
  // Asks for the place of a word that will soon be looked up.
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(slots_.data() + (hash & (slots_.size() - 1)));
  }
  WordId intern(std::string_view word);
  std::string_view text(WordId id) const;
  WordInfo& info(WordId id) { return infos_[id]; }
  const WordInfo& info(WordId id) const { return infos_[id]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(infos_.size()); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    WordId id = kNoWord;
  };
  void insert(std::uint64_t hash, WordId id);
  void grow();
  std::vector<Slot> slots_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_;  // in bytes_: begin, size
  std::vector<WordInfo> infos_;
  std::string bytes_;
};

// A set of words that is asked by hash (language/hash.h): a token's form_hash or lemma_hash.
class WordSet {
 public:
  void add(std::string_view word);
  bool holds(std::uint64_t hash) const {
    for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
      if (slots_[i] == hash) return true;
      if (slots_[i] == 0) return false;
    }
  }

 private:
  void put(std::uint64_t hash);
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(16);  // a power of two, a quarter used; 0: empty
  std::size_t mask_ = 15, used_ = 0;
};

// Phrases of words, each ending in values. Edges are hashed by (node, word).
class PhraseTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNone = 0xFFFFFFFF;
  Node root() const { return 0; }
  Node step(Node node, WordId word) const;
  const std::vector<std::uint16_t>& values(Node node) const { return values_[node]; }
  void add(const std::vector<WordId>& phrase, std::uint16_t value);
  bool opens_with(WordId word) const { return step(root(), word) != kNone; }

 private:
  Node add_edge(Node node, WordId word);
  void grow();
  struct Edge {
    std::uint64_t key = ~0ULL;
    Node to = kNone;
  };
  std::vector<Edge> edges_ = std::vector<Edge>(64);
  std::uint32_t used_ = 0;
  std::vector<std::vector<std::uint16_t>> values_ = std::vector<std::vector<std::uint16_t>>(1);
};

// A title of titles.tsv: a role, and for some only in these states or bodies.
struct TitleForm {
  std::uint32_t role = 0;           // index into Tables::roles
  std::vector<std::string> owners;  // ids of things; empty: any
  Gender gender = Gender::none;
  Number number = Number::sing;
};

struct RoleSet {
  std::string name;
  std::vector<std::string> patterns;  // "foreign-minister", "president*", "*-minister", "*"
};

// A phrase of entities.toml.
struct PhraseForm {
  Gender gender = Gender::none;
  Number number = Number::none;
  std::uint8_t role_set = 0;  // index into Tables::role_sets; 0: anyone
  bool state = false;         // a group noun: of states, not of persons
  bool party = false;         // a group noun: of states, movements and bodies, « les deux parties »
  bool movement = false;      // a nominal: those who fight a state, « les rebelles »
  bool ministry = false;      // a nominal: the ministry that is spoken of, « le ministère »
  bool power = false;         // a nominal: those who rule the state of which the page tells, « la junte »
  bool body = false;          // a collective that may be an organisation of its own
  bool rank = false;          // a word before a name that is a rank, not a courtesy
};

}  // namespace entities

// Bytes that begin at a multiple of 64, as the parts of a model do.
struct NameBytes {
  struct alignas(64) Block {
    char bytes[64];
  };
  std::vector<Block> blocks;
};

struct EntityRules::Tables {
  entities::WordTable words;
  std::vector<std::string> roles;
  std::vector<entities::RoleSet> role_sets;
  std::vector<std::string> adjective_things;  // ids

  entities::PhraseTrie titles;  // values: indices into title_forms
  std::vector<entities::TitleForm> title_forms;
  entities::PhraseTrie title_heads, courtesy, persons, movements, same, groups, collectives, pronouns, oblique,
      last_named, counterparts, sources, modifiers, rules, staff, home_titles;
  std::vector<entities::PhraseForm> phrases;  // values of all tries but titles

  std::vector<std::uint16_t> no_titles;  // always empty

  entities::WordSet possessives, plural_possessives;  // folded: of one owner, of several
  entities::WordSet anybody;                          // folded: on
  entities::WordSet first_person;                     // folded: je, nous, mon, notre …
  entities::WordSet giving, giving_nouns;             // lemmas before « à » and whoever gets it
  entities::WordSet saying, weak_saying, impersonal_verbs, impersonal_clause_verbs;  // of lemmas
  entities::WordSet impersonal_predicates;                                           // of forms and lemmas
  std::uint8_t bodies = 0;                                                           // the role set of bodies
  std::uint8_t posted = 0;                    // the role set of those who are posted somewhere
  std::uint8_t presided = 0;                  // of bodies that one may preside
  std::uint8_t stand_for = 0;                 // of bodies that stand for their states
  std::vector<std::string> feminine_endings;  // folded: of states whose elided article tells no gender
  std::string and_word;
  std::string of_word, elided_of;  // « de », « d' » as they stand before a name
  std::string home;                // id of the state whose press writes in the language, for its home_titles
  std::string language;

  NameBytes name_bytes;       // of names.model
  entities::NameModel names;  // in name_bytes; not loaded where the pack has none

  bool is_saying(const Token& token) const { return saying.holds(token.lemma_hash); }
  bool is_weak_saying(const Token& token) const { return weak_saying.holds(token.lemma_hash); }
  // Whether the role is in the set.
  bool role_fits(std::uint8_t set, std::string_view role) const;
};

}  // namespace chancery
