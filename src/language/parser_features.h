// What the parser looks at: each word as the keys of a few rows of numbers that are added up (its form, lemma, ending,
// tag, class and shape). Which word stands near which is left to the network. Shared by the engine and by training, so
// the two cannot drift.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "language/analysis.h"
#include "language/hash.h"

namespace chancery {

// The kinds of row, in the order of a word's keys.
enum class ParserRow : std::uint8_t { form, lemma, ending, tag, upos, shape };
inline constexpr std::size_t kParserRows = 6;
using ParserKeys = std::array<std::uint64_t, kParserRows>;

// The key that stands for every word whose own key of this kind has no row.
constexpr std::uint64_t unknown_key(ParserRow kind) { return 1 + static_cast<std::uint64_t>(kind); }
// The row of the root, which stands before each sentence, and the one that is added to every word.
inline constexpr std::uint64_t kRootKey = 101, kCommonKey = 102;

constexpr std::uint64_t parser_key(ParserRow kind, std::uint64_t value) {
  return mix(value + static_cast<std::uint64_t>(kind) * 0x9E3779B97F4A7C15ULL) | 1ULL << 63;
}
// The key of a form's row by its hash.
inline std::uint64_t form_key(std::uint64_t form_hash) { return parser_key(ParserRow::form, form_hash); }

// `first`: the word opens its sentence, so that its capital tells nothing.
// `tag_hash`: of the token's tag, TagFacts::hash.
inline ParserKeys parser_keys(const Token& token, std::string_view form, bool first, std::uint64_t tag_hash) {
  std::uint64_t ending = 0;
  for (std::size_t i = form.size() < 3 ? 0 : form.size() - 3; i < form.size(); ++i)
    ending = ending << 8 | static_cast<unsigned char>(form[i]);
  const std::uint64_t upos = static_cast<std::uint64_t>(token.upos);
  const std::uint64_t shape = (token.capitalised ? 1U : 0U) | (first ? 2U : 0U) | (token.known ? 4U : 0U) |
                              (token.part > 0 ? 8U : 0U) | (form.size() == 1 ? 16U : 0U);
  return {form_key(token.form_hash),
          parser_key(ParserRow::lemma, mix(token.lemma_hash + upos)),
          parser_key(ParserRow::ending, ending),
          parser_key(ParserRow::tag, tag_hash),
          parser_key(ParserRow::upos, upos),
          parser_key(ParserRow::shape, shape)};
}

// How far a head stands from its dependent, by positions (0 is the root), as one of kDistances classes: the root, then
// nine classes before the dependent and nine behind it.
inline constexpr std::size_t kDistances = 32;
constexpr std::size_t distance_class(std::size_t dependent, std::size_t head) {
  if (head == 0) return 0;
  const std::size_t away = head < dependent ? dependent - head : head - dependent;
  constexpr std::uint8_t kSteps[26] = {0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8};
  return (head < dependent ? 1U : 10U) + kSteps[away < 25 ? away : 25];
}

}  // namespace chancery
