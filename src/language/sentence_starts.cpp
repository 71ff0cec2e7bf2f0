// The features speak of classes that the lexicon gives first, because nothing has been tagged yet.
#include "language/sentence_starts.h"

#include <algorithm>
#include <charconv>

#include "language/tables.h"
#include "language/tokenise.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kLookAround = 40;  // tokens that are looked at on either side

// What a token is at first sight: a class of the lexicon, or its kind.
struct Glance {
  std::uint64_t what = 0;
  bool finite = false;    // likeliest a finite verb
  bool function = false;  // likeliest of a closed class
};

Glance glance(const Surface& token, const LanguagePack::Tables& tables) {
  if (token.kind != SurfaceKind::word) return {100 + static_cast<std::uint64_t>(token.kind), false, false};
  const auto readings = tables.lexicon.find(token.hash);
  if (readings.empty()) return {99, false, false};
  const LexiconTag& tag = tables.tags[readings.front().tag];
  const bool open = tag.upos == Upos::NOUN || tag.upos == Upos::ADJ || tag.upos == Upos::VERB ||
                    tag.upos == Upos::PROPN || tag.upos == Upos::NUM || tag.upos == Upos::X;
  const bool verb = tag.upos == Upos::VERB || tag.upos == Upos::AUX;
  return {static_cast<std::uint64_t>(tag.upos), verb && tag.morph.is_finite(), !open};
}

bool has_verb(std::span<const Surface> tokens, const LanguagePack::Tables& tables) {
  return std::any_of(tokens.begin(), tokens.end(), [&](const Surface& t) { return glance(t, tables).finite; });
}

std::uint64_t key(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0) {
  return mix(a ^ mix(b + kind * 0x9E3779B97F4A7C15ULL));
}

}  // namespace

bool may_start(std::span<const Surface> tokens, std::size_t first, std::size_t i, std::string_view text,
               const LanguagePack::Tables& tables) {
  const Surface& token = tokens[i];
  if (i == first || i + 1 >= tokens.size() || token.kind != SurfaceKind::word || !token.capitalised ||
      !token.space_before)
    return false;
  const Surface& before = tokens[i - 1];
  if (before.kind == SurfaceKind::punctuation) {
    std::uint32_t at = before.span.begin;
    const char32_t mark = next_code_point(text, at);
    if (mark != ')' && mark != ']' && mark != 0xBB && mark != 0x201D && mark != ';') return false;
  }
  const auto readings = tables.lexicon.find(token.hash);
  if (readings.empty() || tables.tags[readings.front().tag].upos == Upos::PROPN) return false;
  // « BBC Sport », « Paris Match »: behind a capital only the little words begin sentences.
  return !before.capitalised || glance(token, tables).function;
}

SentenceStarts::Features start_features(std::span<const Surface> tokens, std::size_t first, std::size_t i,
                                        const LanguagePack::Tables& tables) {
  const Surface& token = tokens[i];
  const Surface& before = tokens[i - 1];
  const Surface& after = tokens[i + 1];
  const Glance here = glance(token, tables), last = glance(before, tables), next = glance(after, tables);
  const std::size_t length = i - first;
  const std::size_t bucket = length < 2 ? 0 : length < 4 ? 1 : length < 8 ? 2 : length < 14 ? 3 : 4;
  const bool verb_before =
      has_verb(tokens.subspan(i - std::min(length, kLookAround), std::min(length, kLookAround)), tables);
  std::size_t end = i + 1;
  while (end < tokens.size() && end < i + kLookAround && tokens[end].kind != SurfaceKind::punctuation) ++end;
  const bool verb_after = has_verb(tokens.subspan(i, end - i), tables);
  const std::uint64_t capitals = (token.all_capitals ? 1U : 0U) | (before.capitalised ? 2U : 0U) |
                                 (before.all_capitals ? 4U : 0U) | (after.capitalised ? 8U : 0U);
  const std::uint64_t word = here.function ? token.hash : here.what;
  const std::uint64_t word_before = last.function || before.kind == SurfaceKind::punctuation ? before.hash : last.what;
  return {key(1, 0),
          key(2, word),
          key(3, word, after.capitalised ? 1 : 0),
          key(4, word_before),
          key(5, here.what, word_before),
          key(6, here.what, next.what),
          key(7, capitals),
          key(8, bucket, verb_before ? 1 : 0),
          key(9, verb_before ? 1 : 0, verb_after ? 1 : 0),
          key(10, last.what, capitals),
          key(11, tokens[first].capitalised ? 1 : 0, bucket),
          key(12, here.function ? 1 : 0, capitals),
          key(13, word, last.what),
          key(14, word, verb_before ? 1 : 0),
          key(15, last.what, next.what)};
}

Result<SentenceStarts> SentenceStarts::read(std::string_view tsv) {
  SentenceStarts starts;
  for (std::size_t number = 1; !tsv.empty(); ++number) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    const std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    if (line.empty() || line.front() == '#') continue;
    const char* stop = line.data() + line.size();
    std::uint64_t feature = 0;
    int weight = 0;
    const auto [tab, bad_key] = std::from_chars(line.data(), stop, feature, 16);
    const bool parted = bad_key == std::errc() && tab != stop && *tab == '\t';
    if (!parted || std::from_chars(tab + 1, stop, weight).ec != std::errc() || weight < -1000000 || weight > 1000000)
      return fail(ErrorCode::malformed, "sentence-starts.tsv, line " + std::to_string(number) +
                                            ": a hexadecimal feature and a weight are wanted");
    starts.weights_[feature] = weight;
  }
  return starts;
}

}  // namespace chancery
