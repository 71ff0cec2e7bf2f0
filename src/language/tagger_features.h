// What the tagger looks at: the features of one token in its sentence, as row numbers of the weight table. Shared by
// the engine and by training, so the two cannot drift.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "language/hash.h"
#include "language/readings.h"
#include "language/tables.h"

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
  std::uint64_t previous = 1, before = 2;  // hashes of the last two tags
  std::uint64_t noun = 3;                  // agreement of the last noun or pronoun
  std::uint64_t auxiliary = 4;             // form of the last auxiliary since the last verb or mark
  std::uint64_t verb = 5;                  // whether a finite verb stood since the last mark or conjunction
};

inline constexpr std::size_t kTaggerFeatures = 28;
using FeatureHashes = std::array<std::uint64_t, kTaggerFeatures>;

// A tag's hash and bits, kept in the tables.
std::uint64_t tag_hash(const LexiconTag& tag);
std::uint64_t ambiguity_bits(const LexiconTag& tag);

// `shouting`: the sentence is written in capitals.
TokenView view_of(const Surface& token, std::string_view form, std::span<const LexiconReading> readings, bool known,
                  const LanguagePack::Tables& tables, bool first, bool shouting);
// The tag chosen for `token` becomes history.
void remember(TaggerHistory& history, const TokenView& token, std::uint16_t tag, const LanguagePack::Tables& tables);

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
inline constexpr std::size_t kTextFeatures = 15;
inline void text_features(const TokenView* views, FeatureHashes& out) {
  const TokenView& here = views[0];
  out[0] = feature(1, here.form);
  out[1] = feature(2, views[-1].form);
  out[2] = feature(3, views[1].form);
  out[3] = feature(7, here.form, views[1].form);
  out[4] = feature(8, views[-1].form, here.form);
  out[5] = feature(10, here.ambiguity, views[1].ambiguity);
  out[6] = feature(13, here.ambiguity, views[-1].form);
  out[7] = feature(14, here.ambiguity, views[1].form);
  out[8] = feature(15, here.ambiguity, views[1].ambiguity, views[2].ambiguity);
  out[9] = feature(16, views[-2].form);
  out[10] = feature(17, views[2].form);
  out[11] = feature(18, here.ending, here.shape);
  out[12] = feature(20, here.shape, here.ambiguity, views[-1].shape);
  out[13] = feature(25, here.ambiguity, views[1].likely);
  out[16] = feature(27, here.ambiguity, views[1].likely, views[2].likely);
  out[14] = feature(29, here.form, views[1].classes);
  out[15] = feature(30, here.ambiguity, views[1].classes, views[2].classes);
}
// The others.
inline void history_features(const TokenView* views, const TaggerHistory& history, FeatureHashes& out) {
  const TokenView& here = views[0];
  out[17] = feature(4, history.previous);
  out[18] = feature(6, here.form, history.previous);
  out[19] = feature(9, here.ambiguity, history.previous);
  out[20] = feature(11, here.ambiguity, history.previous, views[1].ambiguity);
  out[21] = feature(12, here.ambiguity, history.previous, history.before);
  out[22] = feature(19, here.ending, history.previous);
  out[23] = feature(21, here.ambiguity, history.noun);
  out[24] = feature(22, here.ambiguity, history.verb);
  out[25] = feature(23, here.ambiguity, history.auxiliary);
  out[26] = feature(26, here.ambiguity, history.previous, views[1].likely);
  out[27] = feature(28, here.form, history.previous, views[1].likely);
}
inline void tagger_features(const TokenView* views, const TaggerHistory& history, FeatureHashes& out) {
  text_features(views, out);
  history_features(views, history, out);
}

}  // namespace chancery
