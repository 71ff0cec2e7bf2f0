// Views and histories; see the header.
#include "language/tagger_features.h"

namespace chancery {
namespace {

// The class of a tag and what may agree, one bit each, so that a set of readings is a union.
std::uint64_t agreement_bits(const LexiconTag& tag) {
  const Morph& m = tag.morph;
  return std::uint64_t{1} << (static_cast<unsigned>(m.gender) + 3 * static_cast<unsigned>(m.number));
}

}  // namespace

std::uint64_t ambiguity_bits(const LexiconTag& tag) {
  const std::uint64_t word_class = std::uint64_t{1} << (static_cast<unsigned>(tag.upos) + (tag.parts > 1 ? 20 : 0));
  std::uint64_t verb = 0;
  if (tag.morph.verb_form != VerbForm::none)
    verb = std::uint64_t{1} << (50 + static_cast<unsigned>(tag.morph.verb_form));
  if (tag.morph.is_finite()) verb |= std::uint64_t{1} << (56 + tag.morph.person);
  return word_class | verb | agreement_bits(tag) << 40;
}

std::uint64_t tag_hash(const LexiconTag& tag) { return hash_bytes(tag.features, hash_bytes(tag.name)); }

TokenView view_of(const Surface& token, std::string_view form, std::span<const LexiconReading> readings, bool known,
                  const LanguagePack::Tables& tables, bool first, bool shouting) {
  TokenView view;
  view.form = token.hash;
  std::uint64_t bits = 0;
  for (const LexiconReading& reading : readings) bits |= tables.tag_bits[reading.tag];
  view.ambiguity = mix(bits);
  view.classes = mix(bits & ((std::uint64_t{1} << 40) - 1));
  std::size_t likely = 0;
  for (std::size_t i = 1; i < readings.size(); ++i)
    if (readings[i].count > readings[likely].count) likely = i;
  view.likely = tables.tag_hashes[readings[likely].tag];
  for (std::size_t i = form.size() < 3 ? 0 : form.size() - 3; i < form.size(); ++i)
    view.ending = view.ending << 8 | static_cast<unsigned char>(form[i]);
  view.ending = view.ending * 0x9E3779B97F4A7C15ULL;
  view.shape = (token.capitalised ? 1u : 0u) | (token.all_capitals ? 2u : 0u) | (first ? 4u : 0u) | (known ? 8u : 0u) |
               (token.has_hyphen ? 16u : 0u) | (shouting ? 32u : 0u) | static_cast<std::uint32_t>(token.kind) << 6;
  return view;
}

void remember(TaggerHistory& history, const TokenView& token, std::uint16_t tag, const LanguagePack::Tables& tables) {
  const LexiconTag& chosen = tables.tags[tag];
  history.before = history.previous;
  history.previous = tables.tag_hashes[tag];
  switch (chosen.upos) {
    case Upos::NOUN:
    case Upos::PROPN:
    case Upos::PRON:
      history.noun =
          mix(static_cast<std::uint64_t>(chosen.morph.gender) + 8 * static_cast<std::uint64_t>(chosen.morph.number) +
              64 * static_cast<std::uint64_t>(chosen.upos) + 2048 * std::uint64_t{chosen.morph.person});
      break;
    case Upos::AUX:
      history.auxiliary = token.form;
      break;
    case Upos::VERB:
      history.auxiliary = 4;
      break;
    case Upos::PUNCT:
    case Upos::CCONJ:
    case Upos::SCONJ:
      history.verb = 5;
      history.auxiliary = chosen.upos == Upos::CCONJ ? history.auxiliary : 4;
      break;
    default:
      break;
  }
  if (chosen.morph.is_finite()) history.verb = chosen.upos == Upos::AUX ? 6 : 7;
}

}  // namespace chancery
