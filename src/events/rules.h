// The event frames of a pack, compiled: one vocabulary of all words that frames name, patterns indexed by their first
// word, and for each frame its kind, roles and constraints. docs/events.md specifies the file they come from.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/events.h"

namespace chancery::frames {

// A word that some frame, cue or list names; 0 is every other word.
using WordId = std::uint32_t;

// String to WordId: open addressing over one pool, because it is asked once for each word of a page.
class Vocabulary {
 public:
  Vocabulary();
  WordId add(std::string_view word);
  // 0 if the word is unknown. Words are compared by their hash alone (language/hash.h): 64 bits over some thousands.
  WordId find(std::string_view word) const;
  WordId find(std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      if (slots_[at].id == 0) return 0;
      if (slots_[at].hash == hash) return slots_[at].id;
    }
  }
  // Asks for the place of a word that will soon be looked up.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(slots_.data() + (hash & (slots_.size() - 1))); }
  std::string_view text(WordId id) const;
  std::uint32_t size() const { return static_cast<std::uint32_t>(begins_.size()); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    WordId id = 0;  // 0: empty
  };
  void insert(std::uint64_t hash, WordId id);
  void grow();
  std::string pool_;
  std::vector<std::uint32_t> begins_, sizes_;  // by id; id 0 is the empty word
  std::vector<Slot> slots_;
};

enum class WordClass : std::uint8_t { any, verb, reflexive_verb, plain_verb, noun, adjective, adverb, number };
// What stands in for a word in a pattern: « @state » and the like.
enum class Filler : std::uint8_t { none, gap, number, state, person, organisation, actor, place, infinitive, time };

// A word's place in a filter of 63 bits; 0 for the unknown word. The last bit stands for patterns that any word may
// follow.
constexpr std::uint64_t kAnyWordBit = std::uint64_t{1} << 63;
constexpr std::uint64_t word_bit(WordId word) {
  return word == 0 ? 0 : std::uint64_t{1} << ((word * 0x9E3779B97F4A7C15ULL) >> 32) % 63;
}

// Its place in a second filter, told by other digits of the same number: what both let through is rarely wrong.
constexpr std::uint64_t second_bit(WordId word) {
  return word == 0 ? 0 : std::uint64_t{1} << ((word * 0xD6E8FEB86659FD93ULL) >> 40) % 63;
}

struct PatternElement {
  std::vector<WordId> words;  // any of them, rising; empty for fillers
  std::uint64_t bits = 0;     // sums of their word_bit()
  std::uint64_t second = 0;   // and of their second_bit()
  WordClass word_class = WordClass::any;
  Filler filler = Filler::none;
  std::uint8_t gap = 0;   // of a gap: how many words it may pass over
  bool any_word = false;  // of a gap: nouns and verbs too
  bool anything = false;  // of a gap: whole clauses
  bool by_form = false;   // compare the word as written, not its lemma
  bool either = false;    // compare both
  bool optional = false;
  bool marked = false;  // part of the trigger
};

// What tells at a glance that a pattern does not begin at a word. Words are given as sums of word_bit().
struct PatternStart {
  std::uint64_t next = 0;   // which words may follow the first one
  std::uint64_t third = 0;  // and which may follow those
  std::uint64_t later = 0;  // of which one must stand somewhere behind the first word
  std::uint64_t later_second = 0;
  std::uint32_t pattern = 0;
  WordClass word_class = WordClass::any;  // of the first word
  bool by_form = false;                   // of the first word
};

// What the starts of a whole block have in common, so that the long rows of frequent words are passed over by the
// block.
struct StartBlock {
  static constexpr std::uint32_t kSize = 8;
  std::uint64_t next = 0, third = 0, later = 0, later_second = 0;  // sums of those of its starts
};

enum class Purpose : std::uint8_t { trigger, nothing, preposition, governor };

struct Pattern {
  std::vector<PatternElement> elements;
  Purpose purpose = Purpose::trigger;
  std::uint32_t target = 0;     // index of a frame, WordId of a preposition, or EventStatus of a governor
  bool object_control = false;  // of a governor: whom it addresses does what it governs
};

enum class Role : std::uint8_t { none, actor, target, mediator, place, host, content };
// Where a role's filler stands. Prepositions are named by their WordId.
enum class Slot : std::uint8_t { subject, object, preposition, adjective, name, possessive, governor, owner };

// Which things may fill a role.
enum : std::uint8_t { kPerson = 1, kState = 2, kOrganisation = 4, kPlace = 8, kGroup = 16, kOffice = 32 };
inline constexpr std::uint8_t kAnyActor = kPerson | kState | kOrganisation | kGroup | kOffice;

struct RoleRule {
  Slot slot = Slot::subject;
  WordId preposition = 0;
  Role role = Role::actor;
  std::uint8_t things = kAnyActor;
  bool required = false;
};

struct Frame {
  EventKind kind = EventKind::meet;
  std::vector<RoleRule> roles;
  float strength = 0.8F;
  std::uint8_t participants = 1;  // how many actors and targets it needs, those of the page's context counted
  bool durative = false;          // its present tense is ongoing
  bool background = false;        // gets no date from the page's day
  bool needs_target = false;
  bool needs_actor = false;
  bool weak = false;                      // only with what it needs in its own sentence, never by context
  std::optional<EventStatus> complement;  // status of the events in its complement
  std::optional<EventStatus> status;      // status where nothing else decides
  bool object_control = false;
  std::optional<EventStatus> announced;  // whoever announces it does it: its status then
  bool place_enough = false;             // where it names the place, nobody need be named: « un attentat à Kaboul »
  bool finite = false;                   // not by a participle alone: « le dauphin désigné »
  bool negated = false;                  // only by a negated verb: « n'accepte pas » is a refusal that was made
  bool affirmed = false;                 // not by a negated verb: « n'exclut pas » is no refusal
  bool passive = false;                  // only by a verb in the passive: « est accusé de »
  bool authority = false;  // where nobody is named, the state in which it is done: « condamné à Tunis »
  bool stative = false;    // « être opposé à »: no passive, whatever it looks like
  // Nouns of which one must head the subject or the object, wherever in the sentence they stand; empty: any.
  std::vector<WordId> subject_words, object_words;
};

// Closed classes of words.
enum WordFlag : std::uint64_t {
  kReflexive = 1U << 0,
  kNegation = 1U << 1,         // ne
  kNegator = 1U << 2,          // pas, jamais, plus
  kRelative = 1U << 3,         // qui, que, dont, où
  kRelativeSubject = 1U << 4,  // qui
  kSubjectPronoun = 1U << 5,
  kAgentNoun = 1U << 6,       // armée, délégation: acts for the state it belongs to
  kLightVerb = 1U << 7,       // its subject takes part in the event that its object names
  kOccurrenceVerb = 1U << 8,  // its subject is the event: avoir lieu, se tenir
  kPassiveAuxiliary = 1U << 9,
  kEtreVerb = 1U << 10,  // takes the passive's auxiliary in its active compound tenses
  kDemonstrative = 1U << 11,
  kPossessive = 1U << 12,
  kNoDeterminer = 1U << 13,  // aucun
  kDefinite = 1U << 14,
  kIndefinite = 1U << 15,
  kDistinct = 1U << 16,  // nouveau, autre, deuxième: another event than the one before
  kPlacePreposition = 1U << 17,
  kDeadlinePreposition = 1U << 18,
  kSameTimePreposition = 1U << 19,  // lors de, à l'issue de: on the day of the clause
  kCoordinator = 1U << 20,
  kPartitive = 1U << 21,  // des: behind a verb an article, elsewhere « de les »
  kSpeechVerb = 1U << 22,
  kBroadNoun = 1U << 23,  // dirigeant, pays: nouns of plural participants
  kSincePreposition = 1U << 24,
  kTakesOf = 1U << 25,  // parler, discuter: verbs with « de » before what they are about
  kPronounFirst = 1U << 26,
  kObjectPronoun = 1U << 27,
  kIntendingVerb = 1U << 28,  // prévoir, nier: its subject would do what its object names
  kAuxiliaryVerb = 1U << 29,
  kTopicPreposition = 1U << 30,     // sur, au sujet de: what is only talked about
  kHostVerb = 1U << 31,             // its subject gives the place to the event that its object names
  kAnnouncingVerb = 1ULL << 32,     // annoncer: its subject does what is a measure of its own
  kGoverningNoun = 1ULL << 33,      // gouvernement, armée: a body that is its state
  kPlaceRelative = 1ULL << 35,      // où: its clause lies where the antecedent is
  kRoundNoun = 1ULL << 36,          // cycle, session: counted by an ordinal
  kSideNoun = 1ULL << 37,           // partie, délégation: the sides of what the page has just told of
  kGroupNoun = 1ULL << 38,          // rebelles, guérilla: the group that the page has named
  kPlacePronoun = 1ULL << 39,       // y
  kAfterPreposition = 1ULL << 40,   // behind a span of time: its noun lies so much earlier
  kBeforePreposition = 1ULL << 41,  // and so much later
  kNextDayPreposition = 1ULL << 42,
  kEvePreposition = 1ULL << 43,
  kObjectRelative = 1ULL << 45,  // que
  kHomeNoun = 1ULL << 46,        // armée, gouvernement: of the state that the page is about
  kPactNoun = 1ULL << 47,
  kCauseVerb = 1ULL << 48,          // condamner, remercier: what stands behind « pour » has been
  kGatheringVerb = 1ULL << 49,      // se réunir, se retrouver: « pour un sommet » is where they do
  kPresupposingVerb = 1ULL << 50,   // appliquer, violer: its object has been agreed before
  kSayingVerb = 1ULL << 51,         // dire, indiquer: behind a comma its subject stands behind it
  kNotOnly = 1ULL << 53,            // seul: « n'est pas le seul à … » denies nothing
  kSequel = 1ULL << 62,             // puis: what stands behind it came next
  kCountedSide = 1ULL << 60,        // dirigeant, président: « les deux présidents » are those told of
  kWhenWord = 1ULL << 58,           // lorsque, quand: its clause goes with the other on one day
  kThenWord = 1ULL << 61,           // alors: on the day that was told last
  kEndingVerb = 1ULL << 54,         // cesser: what has not ceased goes on
  kSourcePreposition = 1ULL << 55,  // selon: before who says so
  kPlaceNoun = 1ULL << 52,          // ville, région: what it belongs to is a place
  kSidePronoun = 1ULL << 44,        // on: whoever the page tells of
  kObjectClitic = 1ULL << 57,       // le, la, l': a person named before, where a contact is told
  kQuantityWord = 1ULL << 56,       // plus, moins, près: before « de » and a number they only measure
  kMeasureNoun = 1ULL << 59,        // dizaine, millier: what it counts stands behind it
  kNamingPreposition = 1ULL << 34,  // comme: what something is called, not what happened
};

// Statuses that single words give, by where they stand. kNoStatus: none.
inline constexpr std::uint8_t kNoStatus = 0xFF;
struct WordCues {
  std::uint8_t modifier = kNoStatus;      // beside the noun: éventuel, prévu, annulé
  std::uint8_t predicate = kNoStatus;     // verb whose subject the noun is: être annulé
  std::uint8_t opener = kNoStatus;        // preposition before the noun: en cas de
  std::uint8_t subordinator = kNoStatus;  // si
};

struct Context {
  std::vector<WordId> words;
  std::uint32_t kinds = 0;       // bit set of kinds that it blocks
  std::uint8_t in_sentence = 1;  // so many of its words in the sentence
  std::uint8_t in_page = 3;      // or so many in the page
};

// How sure an event is: its frame's strength, lowered or raised by how the page tells it, then led by a table of points
// (fitted on annotated pages) to the share of such events that are right.
struct ConfidenceRules {
  float unnamed = 0.85F;   // nobody is named in a sentence of its own
  float one_sided = 0.6F;  // it takes two, and the page names one
  float repeated = 1.05F;  // the page comes back to it
  float both_sides = 1;    // it names who does it and to whom
  float alone = 1;         // said by one state, with nobody else named near it
  float unsided = 1;       // a mediation, protest or release that leaves open between or against whom
  float home = 1;          // one of a state asks or accuses another of the same
  float collective = 1;    // said or done by a crowd or a group that acts for no state
  float least = 0.5F;      // events less sure than this are left out
  std::vector<std::pair<float, float>> points;  // from, to; rising; none: as it is
};

struct Tables {
  Vocabulary words;
  std::vector<std::uint64_t> flags;        // by WordId
  std::vector<WordCues> cues;              // by WordId
  std::vector<std::uint32_t> contexts_of;  // by WordId: bit set of contexts
  std::vector<std::uint8_t> ordinals;      // by WordId: 2 for « deuxième »; 0: none
  std::vector<std::uint8_t> numbers;       // by WordId: 2 for « deux »; 0: none
  std::vector<std::uint64_t> bits;         // by WordId: word_bit()
  std::vector<std::uint64_t> second_bits;  // by WordId: second_bit()
  std::vector<Pattern> patterns;
  std::vector<std::uint32_t> pattern_begin;  // by WordId: first entry in pattern_starts; one more at the end
  std::vector<PatternStart> pattern_starts;
  std::vector<StartBlock> start_blocks;    // of each word's pattern_starts, kSize or what is left of them
  std::vector<std::uint32_t> block_begin;  // by WordId: its first block
  std::vector<Frame> frames;
  std::vector<Context> contexts;
  ConfidenceRules confidence;
  WordId of = 0, by = 0, between = 0, to = 0, with = 0;  // the prepositions that the reading of phrases knows by role
  std::vector<std::string> against;  // prefixes of adjectives that turn a state into the target: anti
  WordId adverbial = 0;              // stands for every phrase of the list of adverbials
  WordId coordination = 0;           // stands for every phrase that joins as « et » does: « ainsi que »
  WordId other = 0;                  // stands for every preposition that no list names

  std::uint64_t flag(WordId id) const { return flags[id]; }
};

}  // namespace chancery::frames

struct chancery::EventRules::Tables : chancery::frames::Tables {};
