// Candidates first, then views, because a token's features look two tokens ahead; then greedily from left to right.
#include "language/sentence_tagger.h"

#include <algorithm>

namespace chancery {
namespace {

// Whether a sentence is written in capitals: then they tell nothing.
bool is_shouting(std::span<const Surface> tokens) {
  std::size_t words = 0, capitals = 0;
  for (const Surface& token : tokens) {
    if (token.kind != SurfaceKind::word || token.form_size < 2) continue;
    ++words;
    capitals += token.all_capitals ? 1 : 0;
  }
  return words >= 3 && capitals * 4 >= words * 3;
}

// Whether a word is written as names are, with a capital and small letters.
bool is_name_like(const Surface& token, std::string_view form) {
  return token.kind == SurfaceKind::word && token.capitalised && !token.all_capitals && !token.has_hyphen &&
         token.form_size > 2 && std::none_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void SentenceTagger::prepare(std::span<const Surface> tokens, std::string_view strings, const std::uint16_t* without) {
  candidates_.clear();
  views_.assign(tokens.size() + 2 * kPadding, TokenView{});
  const bool shouting = is_shouting(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view form = strings.substr(tokens[i].form_begin, tokens[i].form_size);
    candidates_.add(tokens[i], form, i == 0, tables_, without == nullptr ? nullptr : without + i);
    const LexiconSet& set = candidates_.set(i);
    views_[kPadding + i] = view_of(tokens[i], form, set, tables_.facts[candidates_[i][set.likely].tag].hash,
                                   candidates_.known(i), i == 0, shouting);
  }
}

void SentenceTagger::tag(std::span<const Surface> tokens, std::string_view strings) {
  prepare(tokens, strings);
  chosen_.resize(tokens.size());
  TaggerHistory history;
  const Tagger& tagger = tables_.tagger;
  const auto form_of = [&](const Surface& token) { return strings.substr(token.form_begin, token.form_size); };
  TaggerRows rows, next;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::span<const LexiconReading> readings = candidates_[i];
    std::size_t chosen = 0;
    rows = next;
    next.size = 0;
    if (tagger.loaded() && i + 1 < tokens.size() && candidates_.set(i + 1).size > 1) look_ahead(i + 1, next);
    if (tagger.loaded() && readings.size() > 1) {
      if (i == 0) look_ahead(0, rows);
      std::array<std::uint64_t, kHistoryFeatures> features;
      history_features(view(i), history, features.data());
      tagger.add(features, rows);
      chosen = tagger.choose(rows, readings);
      const bool unknown = i > 0 && !candidates_.known(i) && is_common(readings[chosen]);
      if (unknown && is_name_like(tokens[i], form_of(tokens[i])))
        if (const auto names = names_of(readings); !names.empty()) chosen = tagger.choose(rows, names);
    }
    chosen_[i] = static_cast<std::uint8_t>(chosen);
    remember(history, *view(i), tables_.facts[readings[chosen].tag]);
  }
}

// A word of a class that has any number of words, but no name.
bool SentenceTagger::is_common(const LexiconReading& reading) const {
  const Upos upos = tables_.facts[reading.tag].upos;
  return upos == Upos::ADJ || upos == Upos::VERB || upos == Upos::ADV || upos == Upos::NOUN;
}

// The readings as a name, which stand first where the lexicon lacks the word.
std::span<const LexiconReading> SentenceTagger::names_of(std::span<const LexiconReading> readings) const {
  std::size_t n = 0;
  while (n < readings.size() && tables_.facts[readings[n].tag].upos == Upos::PROPN) ++n;
  return readings.first(n);
}

void SentenceTagger::look_ahead(std::size_t i, TaggerRows& rows) const {
  std::array<std::uint64_t, kTextFeatures> features;
  text_features(view(i), features.data());
  tables_.tagger.add(features, rows);
}

}  // namespace chancery
