// What tagging asks of tags and of sets of readings, boiled down to a few bytes. Shared by the engine, by training and
// by the lexicon's compiler, so that they cannot drift.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "language/lexicon.h"
#include "language/morphology.h"

namespace chancery {

struct TagFacts {
  std::uint64_t hash = 0;  // for the tagger's features
  std::uint64_t bits = 0;  // the class and what may agree, one bit each
  Upos upos = Upos::X;
  Morph morph;
  std::uint8_t parts = 1;      // LexiconTag::parts
  std::uint8_t auxiliary = 0;  // what becomes of the last auxiliary: 0 it stays, 1 this word is it, 2 it is forgotten
  std::uint8_t verb = 0;       // what becomes of the last finite verb: 0 it stays, else TaggerHistory::verb
};

TagFacts facts_of(const LexiconTag& tag);
// What a set of readings is as a whole: all of LexiconSet but where they lie. `facts`: of all tags.
LexiconSet set_of(std::span<const LexiconReading> readings, const std::vector<TagFacts>& facts);

}  // namespace chancery
