// The names of classes and features, in both directions.
#include "language/morphology.h"

#include <array>

namespace chancery {
namespace {

constexpr std::array<std::string_view, kUposCount> kUposNames = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                                 "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                                 "PUNCT", "SCONJ", "SYM", "VERB", "X"};
constexpr std::array<std::string_view, 3> kGenders = {"", "Masc", "Fem"};
constexpr std::array<std::string_view, 3> kNumbers = {"", "Sing", "Plur"};
constexpr std::array<std::string_view, 5> kMoods = {"", "Ind", "Cnd", "Sub", "Imp"};
constexpr std::array<std::string_view, 5> kTenses = {"", "Pres", "Past", "Imp", "Fut"};
constexpr std::array<std::string_view, 5> kVerbForms = {"", "Fin", "Inf", "Part", "Ger"};
constexpr std::array<std::string_view, 4> kPersons = {"", "1", "2", "3"};

template <std::size_t N>
std::uint8_t index_of(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 1; i < N; ++i)
    if (names[i] == name) return static_cast<std::uint8_t>(i);
  return 0;
}

void append(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (!out.empty()) out += '|';
  out.append(key).append("=").append(value);
}

}  // namespace

std::string_view name(Upos upos) { return kUposNames[static_cast<std::size_t>(upos)]; }

std::optional<Upos> upos_from(std::string_view name) {
  for (std::size_t i = 0; i < kUposNames.size(); ++i)
    if (kUposNames[i] == name) return static_cast<Upos>(i);
  return std::nullopt;
}

std::string feats(const Morph& morph) {
  std::string out;
  append(out, "Gender", kGenders[static_cast<std::size_t>(morph.gender)]);
  append(out, "Mood", kMoods[static_cast<std::size_t>(morph.mood)]);
  append(out, "Number", kNumbers[static_cast<std::size_t>(morph.number)]);
  append(out, "Person", kPersons[morph.person < kPersons.size() ? morph.person : 0]);
  append(out, "Tense", kTenses[static_cast<std::size_t>(morph.tense)]);
  append(out, "VerbForm", kVerbForms[static_cast<std::size_t>(morph.verb_form)]);
  return out.empty() ? "_" : out;
}

Morph morph_from(std::string_view cell) {
  Morph morph;
  while (!cell.empty() && cell != "_") {
    const std::size_t bar = cell.find('|');
    const std::string_view pair = cell.substr(0, bar);
    cell = bar == std::string_view::npos ? std::string_view() : cell.substr(bar + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = pair.substr(0, equals);
    const std::string_view value = pair.substr(equals + 1);
    if (key == "Gender") morph.gender = static_cast<Gender>(index_of(kGenders, value));
    if (key == "Number") morph.number = static_cast<Number>(index_of(kNumbers, value));
    if (key == "Mood") morph.mood = static_cast<Mood>(index_of(kMoods, value));
    if (key == "Tense") morph.tense = static_cast<Tense>(index_of(kTenses, value));
    if (key == "VerbForm") morph.verb_form = static_cast<VerbForm>(index_of(kVerbForms, value));
    if (key == "Person") morph.person = index_of(kPersons, value);
  }
  return morph;
}

}  // namespace chancery
