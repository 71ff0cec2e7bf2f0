// The compiled speech rules of one pack: words of saying by lemma, small words by class, phrases by their first word.
// Built once from speech.toml and speech-cues.tsv; at run time a word costs two looks at a filter, and two look-ups if
// it may be known.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/hash.h"
#include "statements/statements.h"

// Internals live in a namespace of their own: other rooms have words, phrases and tables too.
namespace chancery::speech {

// What a word of saying may be followed by, or stand in. docs/statements.md shows each.
enum Construction : std::uint32_t {
  kClause = 1 << 0,            // declares that …
  kQuestion = 1 << 1,          // explained how …
  kInfinitive = 1 << 2,        // says to have …
  kOfInfinitive = 1 << 3,      // advises « de » …
  kToInfinitive = 1 << 4,      // calls « à » …
  kQuote = 1 << 5,             // a quotation beside it
  kIncise = 1 << 6,            // an unquoted clause before it: « A, a déclaré X »
  kObject = 1 << 7,            // a quoted object
  kOfQuoted = 1 << 8,          // « accuser de "…" »
  kAttribute = 1 << 9,         // « juger X "…" »
  kAttributeMarked = 1 << 10,  // « qualifier X de … »
  kAttributeAs = 1 << 11,      // « décrire X comme "…" »
  kSource = 1 << 12,           // a noun that can be a source
  kChannel = 1 << 13,          // a noun of where it was said
  kSourceAfter = 1 << 14,      // « selon X »
  kViaAfter = 1 << 15,         // « citant X »
  kPredicate = 1 << 17,        // a noun with its article: « y voit une victoire »
  kFragment = 1 << 16,         // some quoted words in what it is about: « promet un « nouveau départ » »
};

enum CueFlag : std::uint32_t {
  kContinuing = 1 << 0,  // goes on with the same speaker: ajouter
  kRelaying = 1 << 1,    // what outlets do: rapporter
  kOpinion = 1 << 2,     // a thought; words are certain only beside quotation marks
  kAgreeing = 1 << 3,
  kAsking = 1 << 4,
  kObjectAddressee = 1 << 5,  // takes the one spoken to as its object: avertir X que
  kNaming = 1 << 6,           // what is quoted behind it is a name
  kPersonOnly = 1 << 7,
  kInanimate = 1 << 8,      // figures and facts do it too: an unknown subject is nobody
  kBody = 1 << 9,           // nouns: not one person but a body, « le syndicat »
  kText = 1 << 10,          // nouns: something written, « l'étude »
  kWords = 1 << 11,         // nouns: somebody's words, « selon les propos de X »
  kAct = 1 << 12,           // what it does is an event: a bare infinitive behind it is no statement
  kBeing = 1 << 13,         // its auxiliary is that of the passive: « sont convenus que »
  kHoldsPronoun = 1 << 14,  // prepositions: the pronoun for the source stands inside, « à l'en croire »
  kSeveral = 1 << 15,       // that pronoun is a plural
  kDenied = 1 << 16,        // counts where it is denied: « ne cache pas que »
};

enum class CueClass : std::uint8_t { verb, noun, preposition };

struct Cue {
  std::string lemma;               // as printed
  std::vector<std::string> words;  // without the reflexive
  CueClass word_class = CueClass::verb;
  bool reflexive = false;
  std::string clitic;  // the pronoun that it asks for: « y voir »
  std::uint32_t constructions = 0;
  std::uint32_t flags = 0;
  Stance stance = Stance::neutral;
};

// Classes of small words, one bit each.
enum WordClass : std::uint64_t {
  kComplementiser = 1ULL << 0,
  kInterrogative = 1ULL << 1,
  kFreeRelativeHead = 1ULL << 2,
  kRelative = 1ULL << 3,
  kSubjectRelative = 1ULL << 4,
  kSubjectPronoun = 1ULL << 5,
  kSpeakerlessPronoun = 1ULL << 6,
  kMasculinePronoun = 1ULL << 7,
  kFemininePronoun = 1ULL << 8,
  kPluralPronoun = 1ULL << 9,
  kInvertedPronoun = 1ULL << 10,
  kClitic = 1ULL << 11,
  kReflexive = 1ULL << 12,
  kPossessive = 1ULL << 13,
  kNegation = 1ULL << 14,
  kNegationComplement = 1ULL << 15,
  kCoordinator = 1ULL << 16,
  kPreposition = 1ULL << 17,
  kAddresseePreposition = 1ULL << 18,
  kPerfectAuxiliary = 1ULL << 19,
  kActiveAuxiliary = 1ULL << 20,
  kInfinitiveLead = 1ULL << 21,
  kGerundLead = 1ULL << 22,
  kOfMarker = 1ULL << 23,
  kToMarker = 1ULL << 24,
  kAttributeMarker = 1ULL << 25,
  kAsMarker = 1ULL << 26,
  kConditionalConjunction = 1ULL << 27,
  kConjunctionLead = 1ULL << 28,
  kObliquePronoun = 1ULL << 29,
  // first words of phrases, so that most words need no look-up there
  kAdverbialStart = 1ULL << 30,
  kSourceStart = 1ULL << 31,
  kAdditionStart = 1ULL << 32,
  kNameConnector = 1ULL << 33,
  kDefinite = 1ULL << 34,
  kAdversative = 1ULL << 35,
  kAsLead = 1ULL << 36,
  kObjectClitic = 1ULL << 37,
  kIndefinitePronoun = 1ULL << 38,
  kQuantifier = 1ULL << 39,
  kEvaluative = 1ULL << 53,
  kIndefinite = 1ULL << 54,
  kAnybody = 1ULL << 55,
  kStateLead = 1ULL << 56,
  kPresenter = 1ULL << 57,
  kAudience = 1ULL << 58,
  kPair = 1ULL << 59,
  kPersonRelative = 1ULL << 60,
  kSame = 1ULL << 61,
  kDescriptive = 1ULL << 62,
  kSubordinator = 1ULL << 63,
  // by lemma
  kLightVerb = 1ULL << 40,
  kLightVerbPast = 1ULL << 41,
  kAuxiliaryLemma = 1ULL << 42,
  kActiveAuxiliaryLemma = 1ULL << 43,
  kInfinitiveCopula = 1ULL << 44,
  kConviction = 1ULL << 45,
  kNamedThing = 1ULL << 46,
  kSourceNoun = 1ULL << 47,
  kOutletNoun = 1ULL << 48,
  kChannelNoun = 1ULL << 49,
  kBodyNoun = 1ULL << 50,
  kTextNoun = 1ULL << 51,
  kWordsNoun = 1ULL << 52,
};

// What the rules know of one word, by form or by lemma.
struct SpeechWord {
  std::uint64_t classes = 0;  // WordClass bits
  std::uint32_t list = 0;     // 1 + index of a list (of cues, of phrases); the highest bits hold kinds of forms
};
constexpr std::uint32_t kGerundForm = 1U << 29;
constexpr std::uint32_t kParticipleForm = 1U << 30;
constexpr std::uint32_t kFiniteForm = 1U << 31;
constexpr std::uint32_t kListBits = kGerundForm - 1;

// A hash table of words, filled once. Keys are compared by their hash alone: 64 bits over a few thousand words. Most
// words of a page are unknown to it, and a filter of one bit a hash says so for most of those.
class SpeechWords {
 public:
  SpeechWord& at(std::uint64_t hash);  // made if it is not there; valid until the next call
  SpeechWord& at(std::string_view word) { return at(hash_bytes(word)); }
  SpeechWord find(std::string_view word) const { return find(hash_bytes(word)); }
  // An empty one if the word is unknown.
  SpeechWord find(std::uint64_t hash) const {
    if ((filter_[(hash >> 6) % kFilterWords] >> (hash & 63) & 1) == 0) return {};
    for (std::size_t i = first_slot(hash);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i].hash == hash) return slots_[i].word;
      if (slots_[i].hash == 0) return {};
    }
  }

 private:
  static constexpr std::size_t kFilterWords = 512;
  struct Slot {
    std::uint64_t hash = 0;  // 0: empty
    SpeechWord word;
  };
  std::size_t first_slot(std::uint64_t hash) const { return (hash >> 15) & (slots_.size() - 1); }
  void grow();
  std::array<std::uint64_t, kFilterWords> filter_{};
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

// Phrases that begin with the same word, as the hashes of their words.
struct SpeechPhrases {
  std::vector<std::vector<std::uint64_t>> phrases;
  std::vector<std::vector<std::uint32_t>> by_first;  // lists of phrases, longest first
  SpeechWords first;                                 // word → list in by_first
  void add(const std::vector<std::string>& words);
};

struct Confidence {
  double direct_beside_cue = 0, direct_colon = 0, direct_in_force = 0, mixed = 0, clause = 0, question = 0,
         infinitive = 0, marked_infinitive = 0, incise = 0, according_to = 0, attribute = 0, object = 0, embedded = 0;
  // factors by how the speaker is named
  double named = 0, source = 0, pronoun = 0, in_force = 0, unknown = 0;
};

}  // namespace chancery::speech

namespace chancery {

struct StatementRules::Tables {
  std::vector<speech::Cue> cues;
  std::vector<std::vector<std::uint16_t>> cue_lists;  // cues that share their head, longest first
  speech::SpeechWords forms;                    // by form: classes; cues, where the tagger errs, with the kind of form
  speech::SpeechWords demonstratives;           // by form
  speech::SpeechWords lemmas;                   // by lemma: classes; cues whose head it is
  speech::SpeechPhrases prepositions;           // phrases that name a source
  std::vector<std::uint16_t> preposition_cues;  // parallel to prepositions.phrases
  speech::SpeechPhrases additions;
  speech::SpeechPhrases adverbials;
  speech::SpeechPhrases hearings;     // « écoutez », « la parole à »: who speaks follows
  speech::SpeechPhrases topics;       // « quant à »: a pronoun behind the comma means whom it names
  speech::SpeechPhrases attachments;  // « chargé de », « allié à »: what follows tells who somebody is
  speech::SpeechPhrases namings;      // « qui se fait appeler »: his name follows
  speech::SpeechPhrases former_of_two, latter_of_two;  // « le premier », « la seconde »
  speech::SpeechPhrases one_of_them;                   // « l'un d'eux »
  speech::SpeechPhrases afterwords;                    // « c'est par ces mots que »: whose they were follows
  speech::SpeechPhrases standings;                     // « au pouvoir » behind « le parti »
  speech::SpeechPhrases voices;                        // « par la voix de »: who speaks for the subject
  speech::Confidence confidence;
  std::uint32_t cue_to_clause = 24;
  std::uint32_t cue_to_subject = 12;
  std::uint32_t paragraphs_unclosed = 6;
};

}  // namespace chancery
