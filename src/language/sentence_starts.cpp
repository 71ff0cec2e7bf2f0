// The features speak of classes that the lexicon gives first, because nothing has been tagged yet.
#include "language/sentence_starts.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "language/tables.h"
#include "language/tokenise.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kLookAround = 40;  // tokens that are looked at on either side
constexpr std::uint8_t kUnknown = 99;    // Glance::what of a word that the lexicon lacks

constexpr std::uint64_t key(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0) {
  return mix(a ^ mix(b + kind * 0x9E3779B97F4A7C15ULL));
}

bool is_dash_token(const Surface& token, std::string_view text) {
  if (token.kind != SurfaceKind::punctuation) return false;
  std::uint32_t at = token.span.begin;
  return is_dash(next_code_point(text, at));
}

bool is_mark(const Surface& token, std::string_view text, char mark) {
  return token.kind == SurfaceKind::punctuation && text[token.span.begin] == mark;
}

bool is_closing(const Surface& token, std::string_view text) {
  std::uint32_t at = token.span.begin;
  const char32_t mark = next_code_point(text, at);
  return mark == ')' || mark == ']' || mark == 0xBB || mark == 0x201D;
}

std::size_t length_bucket(std::size_t n) { return n < 2 ? 0 : n < 4 ? 1 : n < 8 ? 2 : n < 14 ? 3 : n < 30 ? 4 : 5; }

}  // namespace

const StartFinder::Glance& StartFinder::glance(std::size_t i) {
  if (glances_.empty()) glances_.resize(tokens_.size());
  Glance& glance = glances_[i];
  if (glance.seen) return glance;
  glance.seen = true;
  const Surface& token = tokens_[i];
  if (token.kind != SurfaceKind::word) {
    glance.what = static_cast<std::uint8_t>(100 + static_cast<int>(token.kind));
    return glance;
  }
  const LexiconSet* set = tables_.lexicon.find_set(token.hash);
  if (set == nullptr) {
    glance.what = kUnknown;
    glance.name = true;
    return glance;
  }
  const TagFacts& tag = tables_.facts[tables_.lexicon.readings_of(set).front().tag];
  const bool open = tag.upos == Upos::NOUN || tag.upos == Upos::ADJ || tag.upos == Upos::VERB ||
                    tag.upos == Upos::PROPN || tag.upos == Upos::NUM || tag.upos == Upos::X;
  glance.what = static_cast<std::uint8_t>(tag.upos);
  glance.finite = (tag.upos == Upos::VERB || tag.upos == Upos::AUX) && tag.morph.is_finite();
  glance.function = !open;
  glance.governs = tag.upos == Upos::ADP || tag.upos == Upos::DET || tag.upos == Upos::CCONJ || tag.upos == Upos::SCONJ;
  glance.name = set->has_name != 0;
  return glance;
}

bool StartFinder::has_verb(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (glance(i).finite) return true;
  return false;
}

// The word itself if it is a little one or a mark, else its class.
std::uint64_t StartFinder::word_of(std::size_t i) {
  const Glance& here = glance(i);
  return here.function || tokens_[i].kind == SurfaceKind::punctuation ? tokens_[i].hash : here.what;
}

// The next dash between spaces before the sentence's end; tokens_.size() if there is none near.
std::size_t StartFinder::next_dash(std::size_t i) const {
  for (std::size_t k = i + 1; k + 1 < tokens_.size() && k < i + kLookAround && !tokens_[k].ends_sentence; ++k)
    if (tokens_[k].space_before && tokens_[k + 1].space_before && is_dash_token(tokens_[k], text_)) return k;
  return tokens_.size();
}

// « - » before the item of a list: behind a mark that announces it, whatever the item begins with; before a capital, a
// number or an opening mark also behind another item. Neither what is put in
// between dashes nor what stands behind a dateline or a time of day (« NIAMEY - Le … », « 14h30 – Les … »).
bool StartFinder::may_start_item(std::size_t first, std::size_t i) {
  const Surface& before = tokens_[i - 1];
  const Surface& next = tokens_[i + 1];
  if (!next.space_before || glance(i - 1).governs) return false;
  if (is_mark(before, text_, ';') || is_mark(before, text_, ':')) return true;
  if (before.kind == SurfaceKind::punctuation && !is_closing(before, text_)) return false;
  if (!next.capitalised && next.kind != SurfaceKind::number && next.kind != SurfaceKind::punctuation) return false;
  const std::size_t dash = next_dash(i);
  if (dash < tokens_.size() && !tokens_[dash + 1].capitalised) return false;
  return is_dash_token(tokens_[first], text_);
}

// A small letter behind a full stop, which stands behind a word of small letters that is no abbreviation.
bool StartFinder::may_start_small(std::size_t i) {
  const Surface& stop = tokens_[i - 1];
  if (i < 2 || stop.kind != SurfaceKind::punctuation || stop.form_size != 1 || text_[stop.span.begin] != '.')
    return false;
  const Surface& last = tokens_[i - 2];
  if (stop.space_before) return false;
  if (last.kind == SurfaceKind::punctuation) return is_closing(last, text_);
  if (last.kind == SurfaceKind::number) return last.form_size == 4;  // a year
  if (last.kind != SurfaceKind::word) return false;
  const Glance& word = glance(i - 2);
  const bool whole = word.what == kUnknown ? last.form_size > 5 : last.form_size > 3 || word.function || word.finite;
  if (!whole || last.form_size < 2) return false;
  std::string abbreviation(strings_.substr(last.form_begin, last.form_size));
  abbreviation += '.';
  return tables_.rules.abbreviations.find(abbreviation) == WordTable::kNone;
}

// Where a heading in capitals begins or ends: two words of capitals before a word that only begins with one, or three
// of them behind one that is none.
bool StartFinder::may_part_heading(std::size_t first, std::size_t i) {
  const auto all_capitals = [&](std::size_t k) { return tokens_[k].all_capitals; };
  if (!tokens_[i].all_capitals) {
    if (all_capitals(i + 1) || !all_capitals(i - 1) || i < first + 2) return false;
    const bool elided = tokens_[i - 2].capitalised && tokens_[i - 2].form_size <= 2;  // « D'OBSERVATION »
    const std::size_t other = elided && i >= first + 3 ? i - 3 : i - 2;
    return all_capitals(other) && tokens_[i - 1].form_size + tokens_[other].form_size > 6;
  }
  return i + 3 < tokens_.size() && !all_capitals(i - 1) && tokens_[i - 1].form_size > 1 && all_capitals(i + 1) &&
         all_capitals(i + 2) && tokens_[i - 1].kind != SurfaceKind::punctuation;
}

bool StartFinder::may_start(std::size_t first, std::size_t i) {
  const Surface& token = tokens_[i];
  if (i == first || i + 1 >= tokens_.size() || !token.space_before) return false;
  if (is_dash_token(token, text_)) return may_start_item(first, i);
  if (token.kind != SurfaceKind::word) return false;
  if (!token.capitalised) return may_start_small(i);
  const Surface& before = tokens_[i - 1];
  if (before.kind == SurfaceKind::punctuation && !is_closing(before, text_) && !is_mark(before, text_, ';'))
    return false;
  if (may_part_heading(first, i)) return true;
  if (glance(i - 1).governs) return false;
  const Glance& here = glance(i);
  if (here.what == kUnknown || here.what == static_cast<std::uint8_t>(Upos::PROPN)) return false;
  // « VOIE D'ADMINISTRATION », « ES Pro », « l'océan Indien. », « a déclaré Grazioso. »
  const bool in_heading = token.form_size <= 2 && tokens_[i + 1].all_capitals;
  if (in_heading || token.all_capitals || i + 3 >= tokens_.size() || tokens_[i + 1].ends_sentence ||
      tokens_[i + 2].ends_sentence)
    return false;
  // « BBC Sport », « Paris Match », « 500 Somaliens », « vitamine D »: there only the little words begin sentences.
  return here.function || (!before.capitalised && before.kind != SurfaceKind::number && token.form_size > 1);
}

std::uint64_t StartFinder::place_of(std::size_t first, std::size_t i) {
  const Surface& token = tokens_[i];
  const Glance& here = glance(i);
  if (token.kind == SurfaceKind::punctuation) return SentenceStarts::kItem;
  if (token.kind == SurfaceKind::word && !token.capitalised) return SentenceStarts::kSmall;
  if (may_part_heading(first, i)) return SentenceStarts::kHeading;
  if (here.what == kUnknown || here.what == static_cast<std::uint8_t>(Upos::PROPN)) return SentenceStarts::kName;
  return here.function || is_mark(tokens_[i - 1], text_, ';') ? SentenceStarts::kLittle : SentenceStarts::kOther;
}

SentenceStarts::Features StartFinder::features(std::size_t first, std::size_t i) {
  const Surface& token = tokens_[i];
  const Surface& before = tokens_[i - 1];
  const Surface& after = tokens_[i + 1];
  const Glance here = glance(i), last = glance(i - 1), next = glance(i + 1);
  const std::uint64_t place = place_of(first, i);
  const std::size_t length = i - first;
  const std::uint64_t bucket = length_bucket(length);
  const std::uint64_t verb_before = has_verb(i - std::min(length, kLookAround), i) ? 1 : 0;
  std::size_t end = i + 1;
  while (end < tokens_.size() && end < i + kLookAround && tokens_[end].kind != SurfaceKind::punctuation) ++end;
  const std::uint64_t verb_after = has_verb(i, end) ? 1 : 0;
  std::size_t stop = i + 1;  // the sentence's end, if the place began one
  while (stop < tokens_.size() && stop < i + kLookAround && !tokens_[stop].ends_sentence) ++stop;
  const std::uint64_t verb_to_stop = verb_after != 0 || has_verb(end, stop) ? 1 : 0;
  const std::uint64_t capitals = (token.all_capitals ? 1U : 0U) | (before.capitalised ? 2U : 0U) |
                                 (before.all_capitals ? 4U : 0U) | (after.capitalised ? 8U : 0U);
  const std::uint64_t word = word_of(i), word_before = word_of(i - 1), word_after = word_of(i + 1);
  const std::uint64_t word_before_that = length >= 2 ? word_of(i - 2) : 98;
  const std::uint64_t opening = (tokens_[first].capitalised ? 1U : 0U) |
                                (is_dash_token(tokens_[first], text_) ? 2U : 0U) |
                                (tokens_[first].kind == SurfaceKind::number ? 4U : 0U);
  const std::uint64_t names = (here.name ? 1U : 0U) | (last.name ? 2U : 0U) | (next.name ? 4U : 0U);
  return {SentenceStarts::place_feature(place),
          key(2, word, place),
          key(3, word, after.capitalised ? 1 : 0),
          key(4, word_before, place),
          key(5, here.what, word_before),
          key(6, here.what, next.what),
          key(7, capitals, place),
          key(8, bucket, verb_before + 8 * place),
          key(9, verb_before + 2 * verb_after + 8 * place),
          key(10, last.what, capitals),
          key(11, opening, bucket),
          key(12, here.function ? 1 : 0, capitals),
          key(13, word, last.what),
          key(14, word, verb_before),
          key(15, last.what, next.what),
          key(16, opening, place + 8 * verb_before),
          key(17, verb_before + 2 * verb_to_stop, place + 8 * bucket),
          key(18, names, place),
          key(19, names, capitals),
          key(20, word_before, word_before_that),
          key(21, word_after, place),
          key(22, word, word_after),
          key(23, length_bucket(stop - i), place + 8 * verb_to_stop),
          key(24, last.what, verb_before + 8 * place),
          key(25, last.what, bucket + 16 * place),
          key(27, glance(first).function ? 1 : 0, place + 8 * verb_before),
          key(28, glance(first).what, place + 8 * verb_before),
          key(29, place + 8 * verb_before + 16 * verb_to_stop, opening + 8 * (glance(first).function ? 1 : 0)),
          key(26, last.what, verb_before + 2 * verb_after + 4 * (here.function ? 1 : 0))};
}

std::uint64_t SentenceStarts::place_feature(std::uint64_t place) { return key(1, place); }

Result<SentenceStarts> SentenceStarts::read(std::string_view tsv) {
  std::vector<Slot> found;
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
    if (weight != 0) found.push_back({feature, weight});
  }
  SentenceStarts starts;
  if (found.empty()) return starts;
  starts.slots_.resize(std::bit_ceil(found.size() * 2 + 1));
  for (const Slot& slot : found) {
    std::size_t at = slot.feature & (starts.slots_.size() - 1);
    while (starts.slots_[at].weight != 0 && starts.slots_[at].feature != slot.feature)
      at = (at + 1) & (starts.slots_.size() - 1);
    starts.slots_[at] = slot;
  }
  return starts;
}

}  // namespace chancery
