// What the tagger looks at: the features of one token in its sentence, as row numbers of the weight table. Shared by
// the engine and by training, so the two cannot drift.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "language/hash.h"
#include "language/lexicon.h"
#include "language/tag_facts.h"
#include "language/tokenise.h"

namespace chancery {

// What is known of a token before it is tagged.
struct TokenView {
  std::uint64_t form = 0;       // hash of the form
  std::uint64_t ambiguity = 0;  // hash of the classes and agreements that its readings allow
  std::uint64_t classes = 0;    // hash of the classes alone
  std::uint64_t ending = 0;     // its last three bytes
  std::uint64_t likely = 0;     // hash of the tag that the treebanks have most often for it
  std::uint32_t shape = 0;      // capitals, kind, place
};

// What tagging has found so far in the sentence, to the left of the token.
struct TaggerHistory {
  std::uint64_t previous = 1;   // hash of the last tag
  std::uint64_t auxiliary = 4;  // form of the last auxiliary since the last verb or mark
  std::uint64_t verb = 5;       // whether a finite verb stood since the last mark or conjunction
};

inline constexpr std::size_t kTextFeatures = 11, kHistoryFeatures = 5;
inline constexpr std::size_t kTaggerFeatures = kTextFeatures + kHistoryFeatures;
using FeatureHashes = std::array<std::uint64_t, kTaggerFeatures>;

// `shouting`: the sentence is written in capitals. `set`: what its candidates are as a whole.
inline TokenView view_of(const Surface& token, std::string_view form, const LexiconSet& set, std::uint64_t likely,
                         bool known, bool first, bool shouting) {
  TokenView view;
  view.form = token.hash;
  view.ambiguity = set.ambiguity;
  view.classes = set.classes;
  view.likely = likely;
  const auto byte = [form](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(form[form.size() - i])}; };
  if (form.size() >= 3) {
    view.ending = byte(3) << 16 | byte(2) << 8 | byte(1);
  } else {
    for (const char c : form) view.ending = view.ending << 8 | static_cast<unsigned char>(c);
  }
  view.ending *= 0x9E3779B97F4A7C15ULL;
  view.shape = (token.capitalised ? 1u : 0u) | (token.all_capitals ? 2u : 0u) | (first ? 4u : 0u) | (known ? 8u : 0u) |
               (token.has_hyphen ? 16u : 0u) | (shouting ? 32u : 0u) | static_cast<std::uint32_t>(token.kind) << 6;
  return view;
}

// The tag chosen for `token` becomes history.
inline void remember(TaggerHistory& history, const TokenView& token, const TagFacts& tag) {
  history.previous = tag.hash;
  history.auxiliary = tag.auxiliary == 0 ? history.auxiliary : tag.auxiliary == 1 ? token.form : 4;
  history.verb = tag.verb != 0 ? tag.verb : history.verb;
}

// One to three things seen at once, as one hash; `kind` keeps the templates apart.
constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a) {
  return (a ^ (kind * 0x9E3779B97F4A7C15ULL)) * 0xBF58476D1CE4E5B9ULL;
}
constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a, std::uint64_t b) {
  return feature(kind, a ^ std::rotl(b * 0x94D049BB133111EBULL, 27));
}
constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return feature(kind, a ^ std::rotl(c * 0xD6E8FEB86659FD93ULL, 41), b);
}

// The features that do not depend on what has been tagged: the first kTextFeatures. They can be known, and their rows
// asked for, while the token before is still being tagged. `views[0]` is the token; views[-2 … 2] must be readable (pad
// a sentence with two empty views on either side).
inline void text_features(const TokenView* views, std::uint64_t* out) {
  const TokenView& here = views[0];
  out[0] = feature(2, views[-1].form);
  out[1] = feature(3, views[1].form);
  out[2] = feature(7, here.form, views[1].form);
  out[3] = feature(10, here.ambiguity, views[1].ambiguity);
  out[4] = feature(13, here.ambiguity, views[-1].form);
  out[5] = feature(16, views[-2].form);
  out[6] = feature(18, here.ending, here.shape);
  out[7] = feature(25, here.ambiguity, views[1].likely);
  out[8] = feature(29, here.form, views[1].classes);
  out[9] = feature(30, here.ambiguity, views[1].classes, views[2].classes);
  out[10] = feature(27, here.ambiguity, views[1].likely, views[2].likely);
}
// The others.
inline void history_features(const TokenView* views, const TaggerHistory& history, std::uint64_t* out) {
  const TokenView& here = views[0];
  out[0] = feature(4, history.previous);
  out[1] = feature(9, here.ambiguity, history.previous);
  out[2] = feature(22, here.ambiguity, history.verb);
  out[3] = feature(23, here.ambiguity, history.auxiliary);
  out[4] = feature(26, here.ambiguity, history.previous, views[1].likely);
}
inline void tagger_features(const TokenView* views, const TaggerHistory& history, FeatureHashes& out) {
  text_features(views, out.data());
  history_features(views, history, out.data() + kTextFeatures);
}

}  // namespace chancery
