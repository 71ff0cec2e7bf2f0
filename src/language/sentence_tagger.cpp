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
  const bool shouting = is_shouting(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    candidates_.add(tokens[i], strings.substr(tokens[i].form_begin, tokens[i].form_size), i == 0, tables_,
                    without == nullptr ? nullptr : without + i);
  views_.assign(tokens.size() + 2 * kPadding, TokenView{});
  for (std::size_t i = 0; i < tokens.size(); ++i)
    views_[kPadding + i] = view_of(tokens[i], strings.substr(tokens[i].form_begin, tokens[i].form_size), candidates_[i],
                                   candidates_.known(i), tables_, i == 0, shouting);
}

void SentenceTagger::tag(std::span<const Surface> tokens, std::string_view strings) {
  prepare(tokens, strings);
  chosen_.resize(tokens.size());
  TaggerHistory history;
  const bool scoring = tables_.tagger.loaded();
  FeatureHashes features{}, next{};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::span<const LexiconReading> readings = candidates_[i];
    chosen_[i] = 0;
    features = next;
    if (scoring && i + 1 < tokens.size() && candidates_[i + 1].size() > 1) look_ahead(i + 1, next);
    if (scoring && readings.size() > 1) {
      if (i == 0) text_features(view(0), features);
      history_features(view(i), history, features);
      chosen_[i] = static_cast<std::uint8_t>(tables_.tagger.choose(features, readings));
    }
    remember(history, *view(i), readings[chosen_[i]].tag, tables_);
  }
}

void SentenceTagger::look_ahead(std::size_t i, FeatureHashes& features) const {
  text_features(view(i), features);
  for (std::size_t f = 0; f < kTextFeatures; ++f) tables_.tagger.prefetch(features[f]);
}

}  // namespace chancery
