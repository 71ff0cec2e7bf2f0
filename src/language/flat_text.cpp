// Each stretch is read three times: by the tagger, for where its verbs and marks stand, and from place to place.
#include "language/flat_text.h"

#include <algorithm>

#include "text/unicode.h"

namespace chancery {
namespace {

// Classes of words beside those of Upos: what contracts two words.
constexpr std::uint8_t kContracted = 40;
constexpr std::size_t kLookAhead = 40;  // tokens to the next mark

// Keeps these features apart from those of paragraphs, which the same table holds.
constexpr std::uint64_t kFlat = 0x5851F42D4C957F2DULL;

constexpr std::uint64_t key(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
  return mix(a ^ mix(b ^ mix(c + kind * 0x9E3779B97F4A7C15ULL + kFlat)));
}

enum Shape : std::uint64_t { kSmall = 1, kCapital, kCapitals, kNumber, kDash, kQuote, kOther };

std::uint64_t length_class(std::size_t n) { return n < 2 ? 0 : n < 4 ? 1 : n < 8 ? 2 : n < 14 ? 3 : n < 30 ? 4 : 5; }

bool is_closed(Upos upos) { return is_closed_class(upos) || upos == Upos::PUNCT; }

char32_t first_char(const Surface& token, std::string_view text) {
  std::uint32_t at = token.span.begin;
  return next_code_point(text, at);
}

bool opens(char32_t c) { return c == '(' || c == '[' || c == '"' || c == 0xAB || c == 0x201C || c == 0x2022; }

}  // namespace

void FlatText::begin(std::span<const Surface> stretch, std::string_view strings) {
  tokens_ = stretch;
  strings_ = strings;
  first_ = at_ = 0;
  behind_ = {};
  tagger_.tag(stretch, strings);
  words_.resize(stretch.size());
  finite_.assign(stretch.size() + 1, 0);
  mark_.assign(stretch.size() + 1, static_cast<std::uint32_t>(stretch.size()));
  for (std::size_t i = 0; i < stretch.size(); ++i) {
    const TagFacts& tag = tables_.facts[tagger_.chosen(i).tag];
    const bool contracted = tag.parts > 1;
    words_[i] = {contracted ? kContracted : static_cast<std::uint8_t>(tag.upos), contracted || is_closed(tag.upos),
                 tag.upos == Upos::PUNCT};
    const bool finite = (tag.upos == Upos::VERB || tag.upos == Upos::AUX) && tag.morph.is_finite();
    finite_[i + 1] = finite_[i] + (finite ? 1 : 0);
  }
  for (std::size_t i = stretch.size(); i-- > 0;)
    mark_[i] = words_[i].mark ? static_cast<std::uint32_t>(i) : mark_[i + 1];
}

// Whether a word is written in capitals: one of a single letter, « À », « L' », if one beside it is.
bool FlatText::in_capitals(std::size_t i) const {
  if (tokens_[i].all_capitals) return true;
  if (!tokens_[i].capitalised || tokens_[i].form_size > 2) return false;
  const auto all_capitals = [&](std::size_t k) { return k < tokens_.size() && tokens_[k].all_capitals; };
  return all_capitals(i + 1) || all_capitals(i - 1);
}

std::uint64_t FlatText::shape(std::size_t i) const {
  if (i >= tokens_.size()) return kOutside;
  const Surface& token = tokens_[i];
  if (token.kind == SurfaceKind::number) return kNumber;
  if (token.kind == SurfaceKind::word) return in_capitals(i) ? kCapitals : token.capitalised ? kCapital : kSmall;
  if (token.kind != SurfaceKind::punctuation) return kOther;
  const char32_t c = first_char(token, text_);
  if (is_dash(c) || c == 0x2022) return kDash;
  if (c == '"' || c == 0xAB || c == 0x201C) return kQuote;
  return 100 + c;
}

std::uint64_t FlatText::ending(std::size_t i) const {
  const std::string_view form = strings_.substr(tokens_[i].form_begin, tokens_[i].form_size);
  std::uint64_t ending = 0;
  for (const char c : form.substr(form.size() - std::min<std::size_t>(form.size(), 3)))
    ending = ending << 8 | static_cast<unsigned char>(c);
  return ending;
}

bool FlatText::may_start() const {
  if (at_ == first_ || !tokens_[at_].space_before) return false;
  const Surface& token = tokens_[at_];
  if (token.kind == SurfaceKind::number) return true;
  if (token.kind == SurfaceKind::word) return token.capitalised || is_behind_stop();
  if (token.kind != SurfaceKind::punctuation) return false;
  const char32_t c = first_char(token, text_);
  return is_dash(c) ? may_start_item() : opens(c);
}

// Whether a full stop stands before the token at hand that cannot be an abbreviation's.
bool FlatText::is_behind_stop() const {
  if (shape(at_ - 1) != 100 + U'.' || tokens_[at_ - 1].form_size != 1 || at_ < 2) return false;
  return tokens_[at_ - 2].form_size > 3 || words_[at_ - 2].closed;
}

// The dash of an item, not one of those between which something is put in: a capital, a number or a mark follows it, or
// a list is under way.
bool FlatText::may_start_item() const {
  if (at_ + 1 >= tokens_.size() || !tokens_[at_ + 1].space_before) return false;
  const std::uint64_t next = shape(at_ + 1), before = shape(at_ - 1);
  if (next == kSmall) return shape(first_) == kDash || before == 100 + U';' || before == 100 + U':';
  std::size_t dash = at_ + 1;
  while (dash < tokens_.size() && dash < at_ + kLookAhead && shape(dash) != kDash) ++dash;
  const bool put_in = dash + 1 < tokens_.size() && shape(dash) == kDash && shape(dash + 1) == kSmall;
  return !put_in;
}

// How many of the words between the sentence's beginning and here have a capital: one or none, some, half, all.
std::uint64_t FlatText::capitals() const {
  if (behind_.words == 0) return 0;
  if (behind_.capitalised == behind_.words) return 3;
  return behind_.capitalised * 2 >= behind_.words ? 2 : behind_.capitalised > 1 ? 1 : 0;
}

FlatText::Features FlatText::features() const {
  const std::size_t i = at_, end = tokens_.size();
  // Below i - 1 and i - 2 the number wraps around, which is outside as well.
  const std::uint64_t here = shape(i), last = shape(i - 1), sides = here + 16 * last;
  const std::uint64_t u = upos(i), before = upos(i - 1), next = upos(i + 1);
  const std::uint64_t length = length_class(i - first_), rest = length_class(end - i);
  const std::size_t mark = std::min<std::size_t>(mark_[i], i + kLookAhead);
  const std::uint64_t verb_before = finite(first_, i) ? 1 : 0, verb_to_mark = finite(i, mark) ? 2 : 0;
  const std::uint64_t verbs = verb_before + (finite(i, end) ? 4 : 0), all_verbs = verbs + verb_to_mark;
  const std::uint64_t closed = words_[i].closed && !words_[i].mark ? 1 : 0;
  const std::uint64_t opening = shape(first_), stop = tokens_[end - 1].kind == SurfaceKind::word ? 1 : form(end - 1);
  const std::uint64_t few = std::min<std::size_t>(i - first_, 12);
  const std::uint64_t inside = (behind_.brackets > 0 ? 1U : 0U) + (behind_.quotes ? 2U : 0U);
  const std::uint64_t marks = (behind_.comma ? 1U : 0U) + (behind_.colon ? 2U : 0U) + 4 * capitals();
  return {key(1, sides),
          key(2, sides, shape(i + 1), shape(i - 2)),
          key(3, word(i)),
          key(4, word(i - 1)),
          key(5, word(i + 1), here),
          key(6, word(i - 1), word(i)),
          key(7, word(i), word(i + 1)),
          key(8, before, u),
          key(9, before, u, next),
          key(10, upos(i - 2), before, u),
          key(11, length, here),
          key(12, rest, here),
          key(13, all_verbs, sides),
          key(14, all_verbs, length, here),
          key(15, opening, here),
          key(16, opening, sides, verbs),
          key(17, stop, here, verbs >> 2),
          key(18, form(i)),
          key(19, form(i - 1)),
          key(20, form(i - 1), form(i)),
          key(21, form(i), form(i + 1)),
          key(22, upos(first_), here, verb_before),
          key(23, before, word(i)),
          key(24, here, u, word(i + 1)),
          key(25, word(i), last, all_verbs),
          key(26, sides, before, all_verbs),
          key(27, upos(first_), here, closed + 2 * verbs),
          key(28, few, here, closed + 2 * verbs),
          key(29, (behind_.marks ? 1U : 0U) + 2 * closed, verbs, sides),
          key(30, u, next, verbs + (i - first_ < 8 ? 8 : 0)),
          key(31, ending(i - 1), here, verb_before),
          key(32, ending(i), here, verb_before),
          key(33, form(first_), here),
          key(34, opening, sides, closed),
          key(35, inside, here),
          key(36, inside, last, closed),
          key(37, marks, here, verbs + closed * 2),
          key(38, capitals(), u, verbs)};
}

void FlatText::add_behind(std::size_t i) {
  const Surface& token = tokens_[i];
  behind_.marks = behind_.marks || words_[i].mark;
  if (token.kind == SurfaceKind::word) {
    ++behind_.words;
    behind_.capitalised += token.capitalised ? 1 : 0;
  }
  if (token.kind != SurfaceKind::punctuation) return;
  const char32_t c = first_char(token, text_);
  if (c == '(' || c == '[') ++behind_.brackets;
  if ((c == ')' || c == ']') && behind_.brackets > 0) --behind_.brackets;
  if (c == '"') behind_.quotes = !behind_.quotes;
  if (c == 0xAB || c == 0x201C) behind_.quotes = true;
  if (c == 0xBB || c == 0x201D) behind_.quotes = false;
  behind_.comma = behind_.comma || c == ',';
  behind_.colon = behind_.colon || c == ':' || c == ';';
}

void FlatText::pass(bool starts) {
  if (starts) {
    first_ = at_;
    behind_ = {};
  }
  add_behind(at_);
  ++at_;
}

bool part_stretch(FlatText& flat, std::string_view strings, const SentenceStarts& starts, std::span<Surface> stretch) {
  bool parted = false;
  flat.begin(stretch, strings);
  for (std::size_t i = 0; i < stretch.size(); ++i) {
    const bool begins = flat.may_start() && starts.begins(flat.features());
    if (begins) stretch[i - 1].ends_sentence = true;
    parted = parted || begins;
    flat.pass(begins);
  }
  return parted;
}

}  // namespace chancery
