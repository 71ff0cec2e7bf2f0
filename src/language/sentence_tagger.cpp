// Candidates first, then views, because a token's features look two tokens ahead; then greedily from left to right.
#include "language/sentence_tagger.h"

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
    }
    chosen_[i] = static_cast<std::uint8_t>(chosen);
    remember(history, *view(i), tables_.facts[readings[chosen].tag]);
  }
}

void SentenceTagger::look_ahead(std::size_t i, TaggerRows& rows) const {
  std::array<std::uint64_t, kTextFeatures> features;
  text_features(view(i), features.data());
  tables_.tagger.add(features, rows);
}

}  // namespace chancery
