// How the phrases of a sentence hang together, as far as frames need to know: the subject of a verb, what governs a
// noun phrase or an infinitive, the verb on whose clause another depends. Every walk is bounded by the sentence and by
// a fixed number of phrases.
#pragma once

#include <vector>

#include "events/phrases.h"

namespace chancery::frames {

enum class Relation : std::uint8_t { none, subject, object, oblique };

struct Governing {
  std::uint32_t verb = kNoPhrase;
  Relation relation = Relation::none;
  std::uint32_t noun = kNoPhrase;  // the noun phrase that it complements, if one stands right before it
};

// A filler found for a slot: a phrase, or a single mention where `phrase` is none (a clitic, an adjective).
struct Argument {
  Slot slot = Slot::subject;
  WordId preposition = 0;
  std::uint32_t phrase = kNoPhrase;
  std::uint32_t mention = kNoToken;
};

class Clauses {
 public:
  Clauses(const PageView& view, const Phrases& phrases, const Matches& matches)
      : view_(view), phrases_(phrases), matches_(matches) {}

  // The phrases of the sentence that holds phrase `p`: [begin, end). Sentences are given by their index.
  std::uint32_t begin(std::uint32_t sentence) const { return phrases_.begin[sentence]; }
  std::uint32_t end(std::uint32_t sentence) const { return phrases_.begin[sentence + 1]; }
  const Phrase& at(std::uint32_t phrase) const { return phrases_.phrases[phrase]; }

  // The noun phrase that is the (grammatical) subject of a verb group, through relatives, coordination and control;
  // none if the sentence does not show it.
  std::uint32_t subject(std::uint32_t verb, std::uint32_t sentence) const;
  // The entity of an inverted pronoun or clitic subject, as a mention index; none if there is none.
  Governing governing(std::uint32_t phrase, std::uint32_t sentence) const;
  // The verb group on which the clause of `verb` depends by a conjunction, and the conjunction.
  std::uint32_t parent(std::uint32_t verb, std::uint32_t sentence, std::uint32_t* conjunction) const;
  // The verb whose object the noun is in a relative clause right behind it (« le sommet que A et B devaient tenir »).
  std::uint32_t relative_verb(std::uint32_t noun, std::uint32_t sentence) const;
  // « doit entrer »: the infinitive that a modal verb carries, else the verb itself.
  std::uint32_t carried(std::uint32_t verb, std::uint32_t sentence) const;
  // What stands behind a verb group or noun phrase and belongs to it.
  // Phrases up to `within`, which the trigger itself takes in, do not close the row.
  std::vector<Argument> arguments_behind(std::uint32_t phrase, std::uint32_t sentence, bool of_verb,
                                         std::uint32_t within = 0) const;
  // The relative pronoun that opens the clause of a verb, and the noun phrase that it stands for; none if none does.
  std::uint32_t relative_of(std::uint32_t verb, std::uint32_t sentence) const;
  std::uint32_t antecedent(std::uint32_t relative, std::uint32_t sentence) const;
  // « C'est à Genève, le 4 juin, que X et Y ont signé »: from « que » back to the first phrase that the cleft sets in
  // front; `conjunction` itself where there is no cleft.
  std::uint32_t cleft(std::uint32_t conjunction, std::uint32_t sentence) const;
  // The noun phrase that a participle without auxiliary describes.
  std::uint32_t described(std::uint32_t participle, std::uint32_t sentence) const;
  // From the comma that closes a parenthesis back to the one that opens it; none if what lies between is none.
  std::uint32_t before_parenthesis(std::uint32_t comma, std::uint32_t first) const;
  // The governor cue whose match covers one of the phrase's tokens; null if none.
  const Match* governor_cue(std::uint32_t phrase) const;

 private:
  std::uint32_t next_finite(std::uint32_t from, std::uint32_t sentence) const;
  bool opens_headline(std::uint32_t verb, std::uint32_t first) const;
  std::uint32_t subject_once(std::uint32_t verb, std::uint32_t sentence, std::uint32_t* follow) const;
  std::uint32_t behind_aside(std::uint32_t comma, std::uint32_t last) const;
  // Likewise behind a noun, where « de » or « par » goes on behind the aside; else the comma.
  std::uint32_t behind_aside_of_noun(std::uint32_t comma, std::uint32_t last) const;
  bool is_own_preposition(WordId preposition) const;
  std::uint32_t behind_relative(std::uint32_t from, std::uint32_t last) const;
  std::uint32_t previous_finite(std::uint32_t from, std::uint32_t first) const;
  std::uint32_t main_verb_before(std::uint32_t gerund, std::uint32_t first) const;
  std::uint32_t subject_behind(std::uint32_t verb, std::uint32_t sentence) const;
  std::uint32_t coordinated_verb(std::uint32_t verb, std::uint32_t from, std::uint32_t first) const;

  const PageView& view_;
  const Phrases& phrases_;
  const Matches& matches_;
};

}  // namespace chancery::frames
