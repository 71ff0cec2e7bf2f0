// Whose words they are: the subject of a cue, before it or behind it, the source behind « selon », the people spoken
// to, the outlets on the way. Mentions and what they mean come from the entities; here it is decided which of them
// speaks.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "statements/clauses.h"
#include "statements/cues.h"
#include "statements/scan.h"

namespace chancery::speech {

enum class SpeakerHow : std::uint8_t { named, source, pronoun, in_force, unknown };

struct Speaker {
  std::vector<EntityId> entities;
  std::optional<Span> span;                        // the words that name him here
  std::uint32_t begin = kNoIndex, end = kNoIndex;  // their tokens
  SpeakerHow how = SpeakerHow::unknown;
  bool found = false;           // some subject stands there, known or not
  bool speakerless = false;     // « on », « je »: nobody in particular
  bool inherit = false;         // no subject of its own: the one before goes on
  bool person_pronoun = false;  // il, elle: who it is may have to be looked up in what was said before
  bool outlet = false;          // an agency or outlet speaks
  bool fixed = false;           // who it is was told in the same sentence
  bool owner = false;           // « son communiqué »: whose it is
  bool one_of_them = false;     // « l'un d'eux »
  bool cut_name = false;        // a name that nobody knows, cut off from the words before it: its tokens are sure
  Gender gender = Gender::none;
  Number number = Number::none;
};

// The subject before the group, in its sentence.
Speaker subject_before(const Scan& scan, const VerbGroup& group);
// The subject behind an inverted group.
Speaker subject_behind(const Scan& scan, const VerbGroup& group);
// The source that begins at token i, behind a preposition.
// `words`: whether it may be somebody's words, « selon les propos de X ».
Speaker source_at(const Scan& scan, std::uint32_t i, bool words = true);
// The first token of the name that nobody knows and that ends with `last_word`.
std::uint32_t name_begin(const Scan& scan, std::uint32_t last_word, std::uint32_t first);
// The subject of the finite verb at the token.
Speaker subject_of(const Scan& scan, std::uint32_t verb);
// The first subject of the sentence that holds token i, before it.
Speaker first_subject(const Scan& scan, std::uint32_t i);

// Those who are spoken to, between the group and `end`.
std::vector<EntityId> addressees_between(const Scan& scan, const VerbGroup& group, std::uint32_t end,
                                         const Speaker& speaker);

}  // namespace chancery::speech
