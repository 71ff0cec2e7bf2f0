// Universal Dependencies' word classes and the features that the engine uses, packed into one word each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chancery {

enum class Upos : std::uint8_t {
  ADJ,
  ADP,
  ADV,
  AUX,
  CCONJ,
  DET,
  INTJ,
  NOUN,
  NUM,
  PART,
  PRON,
  PROPN,
  PUNCT,
  SCONJ,
  SYM,
  VERB,
  X
};
inline constexpr int kUposCount = 17;
std::string_view name(Upos upos);
std::optional<Upos> upos_from(std::string_view name);

enum class Gender : std::uint8_t { none, masc, fem };
enum class Number : std::uint8_t { none, sing, plur };
enum class Mood : std::uint8_t { none, ind, cnd, sub, imp };
enum class Tense : std::uint8_t {
  none,
  pres,
  past,
  imp,
  fut
};  // imp: French imparfait; past: passé simple, past part.
enum class VerbForm : std::uint8_t { none, fin, inf, part, ger };

struct Morph {
  Gender gender = Gender::none;
  Number number = Number::none;
  std::uint8_t person = 0;  // 1, 2, 3; 0: none
  Mood mood = Mood::none;
  Tense tense = Tense::none;
  VerbForm verb_form = VerbForm::none;

  bool is_finite() const { return verb_form == VerbForm::fin; }
  bool is_infinitive() const { return verb_form == VerbForm::inf; }
  bool is_participle() const { return verb_form == VerbForm::part; }
  friend bool operator==(const Morph&, const Morph&) = default;
};
// CoNLL-U's FEATS column: "Gender=Masc|Number=Sing", keys sorted; "_" for none.
std::string feats(const Morph& morph);
// The inverse; features that the engine does not use are left out.
Morph morph_from(std::string_view cell);

}  // namespace chancery
