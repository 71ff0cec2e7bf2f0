// Verb groups around words of saying: « a de nouveau souligné », « s'est-il exclamé », « tient à rappeler »,
// « ajoutant ». The group says where it begins and ends, who it agrees with, and whether it tells that something was
// said at all (not denied, not future, not merely possible).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "statements/scan.h"

namespace chancery::speech {

enum class GroupForm : std::uint8_t {
  finite,      // affirme, a affirmé, vient d'affirmer
  gerund,      // affirmant, en affirmant
  participle,  // « et affirmé », its auxiliary stands with a verb before it
  infinitive,  // « avant d'affirmer », « et X d'affirmer »
};

struct VerbGroup {
  std::uint16_t cue = 0;             // index into Tables::cues
  std::uint32_t head = 0;            // token of the cue's first word
  std::uint32_t begin = 0, end = 0;  // tokens of the whole group, clitics and auxiliaries included
  GroupForm form = GroupForm::finite;
  Number number = Number::none;
  std::uint32_t inverted_pronoun = kNoIndex;  // « a-t-il »: its token
  std::uint32_t lead = kNoIndex;              // the preposition before an infinitive
  bool conditional = false;                   // « aurait déclaré »: the writer does not vouch for it
  bool negated = false;
};

// The verb groups of all words of saying outside quotation marks, in text order.
std::vector<VerbGroup> find_verb_groups(const Scan& scan);

}  // namespace chancery::speech
