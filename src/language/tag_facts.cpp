// See the header.
#include "language/tag_facts.h"

namespace chancery {
namespace {

// The class of a tag and what may agree, one bit each, so that a set of readings is a union.
std::uint64_t agreement_bits(const LexiconTag& tag) {
  const Morph& m = tag.morph;
  return std::uint64_t{1} << (static_cast<unsigned>(m.gender) + 3 * static_cast<unsigned>(m.number));
}

std::uint64_t ambiguity_bits(const LexiconTag& tag) {
  const std::uint64_t word_class = std::uint64_t{1} << (static_cast<unsigned>(tag.upos) + (tag.parts > 1 ? 20 : 0));
  std::uint64_t verb = 0;
  if (tag.morph.verb_form != VerbForm::none)
    verb = std::uint64_t{1} << (50 + static_cast<unsigned>(tag.morph.verb_form));
  if (tag.morph.is_finite()) verb |= std::uint64_t{1} << (56 + tag.morph.person);
  return word_class | verb | agreement_bits(tag) << 40;
}

}  // namespace

TagFacts facts_of(const LexiconTag& tag) {
  TagFacts facts;
  facts.hash = hash_bytes(tag.features, hash_bytes(tag.name));
  facts.bits = ambiguity_bits(tag);
  facts.upos = tag.upos;
  facts.morph = tag.morph;
  facts.parts = tag.parts;
  if (tag.upos == Upos::AUX) facts.auxiliary = 1;
  if (tag.upos == Upos::VERB || tag.upos == Upos::PUNCT || tag.upos == Upos::SCONJ) facts.auxiliary = 2;
  if (tag.upos == Upos::PUNCT || tag.upos == Upos::CCONJ || tag.upos == Upos::SCONJ) facts.verb = 5;
  if (tag.morph.is_finite()) facts.verb = tag.upos == Upos::AUX ? 6 : 7;
  return facts;
}

LexiconSet set_of(std::span<const LexiconReading> readings, const std::vector<TagFacts>& facts) {
  LexiconSet set;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const TagFacts& tag = facts[readings[i].tag];
    bits |= tag.bits;
    if (tag.upos == Upos::PROPN) set.has_name = 1;
    if (readings[i].count > readings[set.likely].count) set.likely = static_cast<std::uint8_t>(i);
  }
  set.ambiguity = mix(bits);
  set.classes = mix(bits & ((std::uint64_t{1} << 40) - 1));
  set.size = static_cast<std::uint16_t>(readings.size());
  return set;
}

}  // namespace chancery
