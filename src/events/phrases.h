// A shallow reading of each sentence: noun phrases with their preposition, verb groups with voice, mood and negation,
// and the words that join or part clauses. Frames read their roles off this row of phrases; where the pack has no
// parser it stands in for the tree. Linear in the length of the page.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "events/rules.h"

namespace chancery::frames {

constexpr std::uint32_t kNoPhrase = 0xFFFFFFFF;
constexpr std::uint32_t kNoToken = 0xFFFFFFFF;

enum class PhraseKind : std::uint8_t {
  noun,  // a noun phrase, a name, a pronoun
  verb,  // a verb group
  time,  // a temporal expression
  comma,
  stop,         // ; : and dashes, parentheses
  coordinator,  // et, ou, mais
  relative,     // qui, que, dont
  subordinator  // que, si, lorsque
};

enum class Determiner : std::uint8_t { none, definite, indefinite, demonstrative, possessive, negative };
enum class Voice : std::uint8_t { active, passive, reflexive };
enum class VerbShape : std::uint8_t { finite, infinitive, participle, gerund };
enum class VerbTime : std::uint8_t { present, past, future };

struct Phrase {
  PhraseKind kind = PhraseKind::comma;
  std::uint32_t first = 0, last = 0;           // tokens [first, last)
  WordId preposition = 0;                      // before a noun phrase, a time or an infinitive
  std::uint32_t preposition_token = kNoToken;  // where the preposition begins
  WordId word = 0;                             // of the head, the main verb or the joining word
  std::uint32_t head = kNoToken;               // token of the head noun, main verb or predicate adjective

  // Noun phrases.
  Determiner determiner = Determiner::none;
  bool pronoun = false;
  bool agent = false;                                    // its head noun acts for the state it belongs to
  bool distinct = false;                                 // « nouveau », « deuxième »: not the one told of before
  std::uint32_t mention_begin = 0, mention_end = 0;      // in Phrases::mentions: names and nominals in it
  std::uint32_t adjective_begin = 0, adjective_end = 0;  // in Phrases::mentions: adjectives of states in it
  std::uint32_t coordinated = kNoPhrase;                 // the noun phrase that it is joined to by « et »
  std::uint32_t apposed = kNoPhrase;                     // the noun phrase that it stands beside, behind a comma
  std::uint32_t time = kNoPhrase;                        // of a time phrase: index into Times::mentions

  // Verb groups.
  VerbShape shape = VerbShape::finite;
  Voice voice = Voice::active;
  VerbTime tense = VerbTime::present;
  Mood mood = Mood::ind;
  bool compound = false;  // with an auxiliary: a finished act
  bool negated = false;
  bool copula = false;  // être + adjective: the head is the adjective
  bool imperfect = false;
  std::uint32_t auxiliary = kNoToken;              // the finite token that carries tense
  std::uint32_t clitic_begin = 0, clitic_end = 0;  // in Phrases::mentions: object pronouns
  std::uint32_t inverted = kNoPhrase;              // subject behind the verb
  bool relative_subject = false;
  std::uint32_t shared = kNoPhrase;  // the verb group whose auxiliary (and subject) a participle shares
};

struct Phrases {
  std::vector<WordId> words;             // by token: WordId of its lemma
  std::vector<WordId> forms;             // by token: WordId of its form
  std::vector<std::uint32_t> phrase_of;  // by token: the phrase that holds it, or kNoPhrase
  std::vector<Phrase> phrases;           // in text order
  std::vector<std::uint8_t> event_noun;  // by phrase: whether an event's noun stands in it
  std::vector<std::uint32_t> begin;      // by sentence: its first phrase; one more at the end
  std::vector<std::uint32_t> mentions;   // pool of mention indices
};

// The patterns that match, found in one pass over the words.
struct Match {
  std::uint32_t pattern = 0;
  std::uint32_t first = 0, last = 0;                  // tokens [first, last) of the whole match
  std::uint32_t trigger_first = 0, trigger_last = 0;  // and of its marked part
  std::uint32_t others_begin = 0, others_end = 0;     // in Matches::others: what else may be meant, likeliest first
};
struct Matches {
  std::vector<Match> triggers;          // longest at each place, none overlapping, in text order
  std::vector<std::uint32_t> governor;  // by token: 1 + index into governors of the match that covers it; 0: none
  std::vector<Match> others;            // other patterns at the same words, or at some of them
  std::vector<Match> governors;
  std::vector<std::uint32_t> preposition_end;  // by token: where a preposition that begins here ends; 0: none
  std::vector<WordId> preposition;             // and which it is
};

struct PageView {
  const Page& page;
  const Analysis& analysis;
  const Times& times;
  const Entities& entities;
  const Statements& statements;
  const Knowledge& knowledge;
  const Tables& rules;
};

// WordIds of all tokens.
void look_up_words(const PageView& view, Phrases& phrases);
Matches match_patterns(const PageView& view, const Phrases& phrases);
void find_phrases(const PageView& view, const Matches& matches, Phrases& phrases);

}  // namespace chancery::frames
