// Each stretch is read three times: by the tagger, for what it looks like and how much of everything stands before each
// token, and from place to place.
#include "language/flat_text.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "text/unicode.h"

namespace chancery {
namespace {

// Classes of words beside those of Upos: what contracts two words.
constexpr std::uint8_t kContracted = 40;
constexpr std::size_t kLookAhead = 40;  // tokens to the next mark

// Keeps these features apart from those of paragraphs, which the same table holds.
constexpr std::uint64_t kFlat = 0x5851F42D4C957F2DULL;

// One multiplication a feature; the parts are small numbers or hashes.
constexpr std::uint64_t key(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
  std::uint64_t h = a ^ std::rotl(b, 21) ^ std::rotl(c, 42) ^ kind * kFlat;
  h *= 0x9E3779B97F4A7C15ULL;
  return h ^ h >> 32;
}

enum Shape : std::uint64_t { kSmall = 1, kCapital, kCapitals, kNumber, kDash, kQuote, kOther, kMarks = 100 };

std::uint64_t length_class(std::size_t n) { return n < 2 ? 0 : n < 4 ? 1 : n < 8 ? 2 : n < 14 ? 3 : n < 30 ? 4 : 5; }

bool is_closed(Upos upos) { return is_closed_class(upos) || upos == Upos::PUNCT; }

// Whether a word of this class, with a small letter, cannot be the last of a sentence.
bool governs_next(Upos upos) {
  return upos == Upos::ADP || upos == Upos::DET || upos == Upos::CCONJ || upos == Upos::SCONJ;
}

char32_t first_char(const Surface& token, std::string_view text) {
  std::uint32_t at = token.span.begin;
  return next_code_point(text, at);
}

// Whether a mark belongs to what follows.
bool parts_off(char32_t c) { return c == '(' || c == '[' || c == 0xAB || c == 0x201C; }

bool opens(char32_t c) { return parts_off(c) || c == '"' || c == 0x2022; }

}  // namespace

namespace {

std::uint64_t pair_key(const Surface& a, const Surface& b) { return mix(a.hash * 3 + b.hash) | 1; }

void count(std::uint16_t& n) {
  if (n < std::numeric_limits<std::uint16_t>::max()) ++n;
}

std::uint64_t few_of(unsigned n) { return std::min(n, 2U); }

}  // namespace

std::size_t FlatText::slot_of(std::uint64_t key) const {
  std::size_t at = key & (seen_.size() - 1);
  while (seen_[at].key != 0 && seen_[at].key != key) at = (at + 1) & (seen_.size() - 1);
  return at;
}

FlatText::Seen& FlatText::note(std::uint64_t key) {
  Seen& seen = seen_[slot_of(key)];
  seen.key = key;
  return seen;
}

// Words with a capital and what stands at the edges of sentences: a small part of most texts.
void FlatText::survey(std::span<const Surface> tokens) {
  of_tag_.clear();
  for (const TagFacts& tag : tables_.facts) of_tag_.push_back(word_of(tag));
  seen_.assign(std::bit_ceil(tokens.size() * 4 + 16), {});  // three entries a token at most
  bool begins = true;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Surface& token = tokens[i];
    const bool opens = begins;
    begins = token.ends_sentence;
    if (opens && i + 1 < tokens.size()) count(note(pair_key(token, tokens[i + 1])).opens);
    if (!token.capitalised) continue;
    if (i > 0) count(note(pair_key(tokens[i - 1], token)).inner);
    const bool inner = !opens && tokens[i - 1].kind == SurfaceKind::word && !tokens[i - 1].capitalised;
    if (opens || inner) count(opens ? note(token.hash | 1).opens : note(token.hash | 1).inner);
  }
}

// How often the word begins a sentence and how often it has a capital in the middle of one.
std::uint64_t FlatText::seen_class(std::size_t i) const {
  if (i >= tokens_.size() || tokens_[i].kind != SurfaceKind::word) return 200;
  const Seen& seen = seen_[slot_of(tokens_[i].hash | 1)];
  return few_of(seen.inner) + 3 * few_of(seen.opens);
}

// Whether the words on either side stand side by side elsewhere, and whether these two begin sentences.
std::uint64_t FlatText::pair_class(std::size_t i) const {
  const unsigned across = seen_[slot_of(pair_key(tokens_[i - 1], tokens_[i]))].inner;
  unsigned opens = 0;
  if (i + 1 < tokens_.size()) opens = seen_[slot_of(pair_key(tokens_[i], tokens_[i + 1]))].opens;
  return few_of(std::max(across, 1U) - 1) + 3 * few_of(opens);
}

// The class that the lexicon gives the word first, and whether it may be a name; from 1 on.
std::uint64_t FlatText::lexical(std::size_t i) {
  if (i >= tokens_.size() || tokens_[i].kind != SurfaceKind::word) return 100;
  std::uint32_t& lexical = words_[i].lexical;
  if (lexical != 0) return lexical;
  const LexiconSet* set = tables_.lexicon.find_set(tokens_[i].hash);
  lexical = 101;
  if (set != nullptr) {
    const Upos upos = tables_.facts[tables_.lexicon.readings_of(set).front().tag].upos;
    lexical = 1 + static_cast<std::uint32_t>(upos) + 32U * set->has_name;
  }
  return lexical;
}

void FlatText::begin(std::span<const Surface> stretch, std::string_view strings) {
  previous_ = tokens_.empty() ? 0 : shape(0);
  tokens_ = stretch;
  strings_ = strings;
  tagger_.tag(stretch, strings);
  words_.resize(stretch.size());
  semicolons_ = 0;
  for (std::size_t i = 0; i < stretch.size(); ++i) {
    words_[i] = of_tag_[tagger_.chosen(i).tag];
    words_[i].shape = static_cast<std::uint32_t>(shape_of(i));
    semicolons_ += words_[i].shape == kMarks + U';' ? 1 : 0;
  }
  find_places();
  sums_.clear();
  if (!places_.empty()) find_verbs();
}

FlatText::Word FlatText::word_of(const TagFacts& tag) {
  const bool contracted = tag.parts > 1;
  Word word;
  word.upos = contracted ? kContracted : static_cast<std::uint8_t>(tag.upos);
  word.closed = contracted || is_closed(tag.upos);
  word.mark = tag.upos == Upos::PUNCT;
  word.governs = contracted || governs_next(tag.upos);
  word.finite = (tag.upos == Upos::VERB || tag.upos == Upos::AUX) && tag.morph.is_finite();
  return word;
}

void FlatText::find_places() {
  places_.clear();
  bool quoted = false;  // in straight quotes
  for (std::size_t i = 1; i < tokens_.size(); ++i) {
    const bool quote = tokens_[i - 1].mark == Mark::straight_quote;
    quoted = quoted != quote;
    const bool plain = words_[i].shape == kSmall && words_[i - 1].shape < kMarks;  // most words
    if (!plain && !(quote && quoted) && may_start(i)) places_.push_back(static_cast<std::uint32_t>(i));
  }
}

void FlatText::find_verbs() {
  const std::size_t end = tokens_.size();
  finite_.resize(end + 1);
  mark_.resize(end + 1);
  finite_[end] = 0;
  mark_[end] = static_cast<std::uint32_t>(end);
  for (std::size_t i = end; i-- > 0;) {
    finite_[i] = finite_[i + 1] + (words_[i].finite ? 1 : 0);
    mark_[i] = words_[i].mark ? static_cast<std::uint32_t>(i) : mark_[i + 1];
  }
}

// What a sentence is made of matters only where a place may be true.
void FlatText::add_up() {
  if (!sums_.empty()) return;
  sums_.resize(tokens_.size() + 1);
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    sums_[i + 1] = sums_[i];
    add(i, sums_[i + 1]);
  }
}

void FlatText::add(std::size_t i, Sums& sums) const {
  const Surface& token = tokens_[i];
  sums.marks += words_[i].mark ? 1 : 0;
  if (token.kind == SurfaceKind::word) {
    ++sums.words;
    sums.capitalised += token.capitalised ? 1 : 0;
  }
  if (token.kind != SurfaceKind::punctuation) return;
  const char32_t c = first_char(token, text_);
  if (c == '(' || c == '[') ++sums.brackets;
  if (c == ')' || c == ']') --sums.brackets;
  if (c == '"') ++sums.straight;
  if (c == 0xAB || c == 0x201C) ++sums.quotes;
  if (c == 0xBB || c == 0x201D) --sums.quotes;
  sums.commas += c == ',' ? 1 : 0;
  sums.colons += c == ':' || c == ';' ? 1 : 0;
}

// Whether a word is written in capitals: one of a single letter, « À », « L' », if one beside it is.
bool FlatText::in_capitals(std::size_t i) const {
  if (tokens_[i].all_capitals) return true;
  if (!tokens_[i].capitalised || tokens_[i].form_size > 2) return false;
  const auto all_capitals = [&](std::size_t k) { return k < tokens_.size() && tokens_[k].all_capitals; };
  return all_capitals(i + 1) || all_capitals(i - 1);
}

std::uint64_t FlatText::shape_of(std::size_t i) const {
  const Surface& token = tokens_[i];
  if (token.kind == SurfaceKind::number) return kNumber;
  if (token.kind == SurfaceKind::word) return in_capitals(i) ? kCapitals : token.capitalised ? kCapital : kSmall;
  if (token.kind != SurfaceKind::punctuation) return kOther;
  const char32_t c = first_char(token, text_);
  if (is_dash(c) || c == 0x2022) return kDash;
  if (c == '"' || c == 0xAB || c == 0x201C) return kQuote;
  return kMarks + c;
}

std::uint64_t FlatText::ending(std::size_t i) const {
  const std::string_view form = strings_.substr(tokens_[i].form_begin, tokens_[i].form_size);
  std::uint64_t ending = 0;
  for (const char c : form.substr(form.size() - std::min<std::size_t>(form.size(), 3)))
    ending = ending << 8 | static_cast<unsigned char>(c);
  return ending;
}

bool FlatText::may_start(std::size_t i) const {
  const Surface& token = tokens_[i];
  if (!token.space_before || (words_[i - 1].governs && !tokens_[i - 1].capitalised)) return false;
  if (tokens_[i - 1].kind == SurfaceKind::punctuation && parts_off(first_char(tokens_[i - 1], text_))) return false;
  if (token.kind == SurfaceKind::number) return true;
  if (token.kind == SurfaceKind::word) return token.capitalised || is_behind_stop(i);
  if (token.kind != SurfaceKind::punctuation) return false;
  const char32_t c = first_char(token, text_);
  return is_dash(c) ? may_start_item(i) : opens(c);
}

// Whether a small letter may begin a sentence here: behind a full stop that cannot be an abbreviation's, or behind what
// parts the items of a list: one that began with a small letter or a dash itself, or has several.
bool FlatText::is_behind_stop(std::size_t i) const {
  const std::uint64_t last = shape(i - 1);
  const bool list = shape(0) == kSmall || shape(0) == kDash;
  if (last == kMarks + U':') return list;
  if (last == kMarks + U';') return list || semicolons_ > 1;
  if (last != kMarks + U'.' || tokens_[i - 1].form_size != 1 || i < 2) return false;
  const Surface& word = tokens_[i - 2];
  return word.form_size > 3 || words_[i - 2].closed ||
         (word.form_size > 1 && !word.capitalised && tagger_.known(i - 2));
}

// The dash of an item, not one of those between which something is put in: a capital, a number or a mark follows it, or
// a list is under way.
bool FlatText::may_start_item(std::size_t i) const {
  if (i + 1 >= tokens_.size() || !tokens_[i + 1].space_before) return false;
  const std::uint64_t next = shape(i + 1), before = shape(i - 1);
  if (next == kSmall) return shape(0) == kDash || before == kMarks + U';' || before == kMarks + U':';
  std::size_t dash = i + 1;
  while (dash < tokens_.size() && dash < i + kLookAhead && shape(dash) != kDash) ++dash;
  const bool put_in = dash + 1 < tokens_.size() && shape(dash) == kDash && shape(dash + 1) == kSmall;
  return !put_in;
}

// How many of the words between the sentence's beginning and here have a capital: one or none, some, half, all.
std::uint64_t FlatText::capitals(std::size_t first, std::size_t i) const {
  const std::uint32_t words = sums_[i].words - sums_[first].words;
  const std::uint32_t capitalised = sums_[i].capitalised - sums_[first].capitalised;
  if (words == 0) return 0;
  if (capitalised == words) return 3;
  return capitalised * 2 >= words ? 2 : capitalised > 1 ? 1 : 0;
}

// Whether a bracket or a quotation is open.
std::uint64_t FlatText::inside(std::size_t first, std::size_t i) const {
  const Sums &from = sums_[first], &to = sums_[i];
  const bool quotes = to.quotes > from.quotes || ((to.straight - from.straight) & 1U) != 0;
  return (to.brackets > from.brackets ? 1U : 0U) + (quotes ? 2U : 0U);
}

// Whether the word stands in the sentence before it already: at its beginning, at its end, in between.
std::uint64_t FlatText::repeats(std::size_t first, std::size_t i) const {
  const std::uint64_t here = tokens_[i].hash;
  if (tokens_[first].hash == here) return 1;
  if (tokens_[i - 1].hash == here) return 2;
  for (std::size_t k = i; k-- > first && k + kLookAhead > i;)
    if (tokens_[k].hash == here) return 3;
  return 0;
}

std::array<std::uint64_t, FlatText::kPlaceFeatures> FlatText::place(std::size_t i) {
  const std::size_t end = tokens_.size();
  // Below i - 1 and i - 2 the number wraps around, which is outside as well.
  const std::uint64_t here = shape(i), last = shape(i - 1), sides = here + 256 * last;
  const std::uint64_t u = upos(i), before = upos(i - 1), next = upos(i + 1);
  const std::uint64_t rest = length_class(end - i);
  const std::size_t mark = std::min<std::size_t>(mark_[i], i + kLookAhead);
  const std::uint64_t verbs = (finite(i, mark) ? 1 : 0) + (finite(i, end) ? 2 : 0);
  const std::uint64_t stop = tokens_[end - 1].kind == SurfaceKind::word ? 1 : form(end - 1);
  const std::uint64_t pair = pair_class(i), seen_here = seen_class(i);
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
          key(12, rest, here),
          key(17, stop, here, verbs),
          key(18, form(i)),
          key(19, form(i - 1)),
          key(20, form(i - 1), form(i)),
          key(21, form(i), form(i + 1)),
          key(23, before, word(i)),
          key(24, here, u, word(i + 1)),
          key(25, sides, before, verbs),
          key(26, word(i), last, verbs),
          key(31, ending(i - 1), here),
          key(32, ending(i), here),
          key(39, seen_here, here, last == kSmall ? 1 : 0),
          key(40, seen_class(i - 1), seen_here, here),
          key(41, pair, here),
          key(42, pair, seen_here, u),
          key(43, lexical(i), here, last),
          key(45, lexical(i - 1), lexical(i), sides),
          key(46, lexical(i), lexical(i + 1), sides),
          key(49, form(i - 2), form(i - 1), form(i)),
          key(50, form(i), form(i + 1), form(i + 2)),
          key(51, form(i - 1), form(i), form(i + 1))};
}

std::array<std::uint64_t, FlatText::kCutFeatures> FlatText::cut(std::size_t first, std::size_t i) {
  add_up();
  const std::size_t end = tokens_.size();
  const std::uint64_t here = shape(i), last = shape(i - 1), sides = here + 256 * last;
  const std::uint64_t u = upos(i), before = upos(i - 1), next = upos(i + 1), length = length_class(i - first);
  const std::size_t mark = std::min<std::size_t>(mark_[i], i + kLookAhead);
  const std::uint64_t verb_before = finite(first, i) ? 1 : 0, verb_to_mark = finite(i, mark) ? 2 : 0;
  const std::uint64_t verbs = verb_before + (finite(i, end) ? 4 : 0), all_verbs = verbs + verb_to_mark;
  const std::uint64_t closed = words_[i].closed && !words_[i].mark ? 1 : 0;
  const std::uint64_t opening = shape(first), few = std::min<std::size_t>(i - first, 12);
  const Sums &from = sums_[first], &to = sums_[i];
  const std::uint64_t caps = capitals(first, i), same = repeats(first, i), open = inside(first, i);
  const std::uint64_t marks = (to.commas > from.commas ? 1U : 0U) + (to.colons > from.colons ? 2U : 0U) + 4 * caps;
  return {key(60, all_verbs, sides),
          key(61, all_verbs, length, here),
          key(62, length, here),
          key(63, opening, here),
          key(64, opening, sides, verbs),
          key(65, upos(first), here, verb_before),
          key(66, word(i), last, all_verbs),
          key(67, sides, before, all_verbs),
          key(68, upos(first), here, closed + 2 * verbs),
          key(69, few, here, closed + 2 * verbs),
          key(70, (to.marks > from.marks ? 1U : 0U) + 2 * closed, verbs, sides),
          key(71, u, next, verbs + (i - first < 8 ? 8 : 0)),
          key(72, form(first), here),
          key(73, opening, sides, closed),
          key(74, open, here),
          key(75, open, last, closed),
          key(76, marks, here, verbs + closed * 2),
          key(77, caps, u, verbs),
          key(78, lexical(i), u, verbs),
          key(79, previous_, opening, here + 1024 * last),
          key(80, same, here, closed),
          key(81, same, u, verbs),
          key(82, lexical(i - 1), word(i), verbs),
          key(83, seen_class(i), lexical(i), verbs)};
}

std::array<std::uint64_t, FlatText::kPieceFeatures> FlatText::piece(std::size_t first, std::size_t end) {
  add_up();
  const Sums &from = sums_[first], &to = sums_[end];
  // How it ends: at a closing mark, or without one.
  const std::uint64_t stop = end < tokens_.size() ? 0 : tokens_[end - 1].kind == SurfaceKind::word ? 1 : form(end - 1);
  const std::uint64_t ends = end < tokens_.size() ? 0 : 1, starts = first == 0 ? 2 : 0, sides = starts + ends;
  const std::uint64_t finite_verbs = std::min<std::uint32_t>(finite_[first] - finite_[end], 3);
  const std::uint64_t verb = finite_verbs > 0 ? 4 : 0, length = length_class(end - first);
  const std::uint64_t opening = shape(first), u = upos(first), last = upos(end - 1);
  const std::uint64_t caps = capitals(first, end), open = inside(first, end);
  const std::uint64_t marks = (to.commas > from.commas ? 1U : 0U) + (to.colons > from.colons ? 2U : 0U);
  return {key(90, sides + verb, length),
          key(91, sides + verb, opening, u),
          key(92, sides + verb, word(first)),
          key(93, sides + verb, caps, length),
          key(94, sides + verb, opening, shape(end - 1)),
          key(95, sides + verb, last),
          key(96, u, last, verb + ends),
          key(97, open, ends),
          key(98, lexical(first), verb, ends),
          key(99, finite_verbs, length, ends),
          key(100, stop, verb, length),
          key(101, opening, shape(first + 1), ends + verb),
          key(102, seen_class(first), verb),
          key(103, marks, verb + ends, caps),
          key(104, word(first), word(first + 1), verb),
          key(105, stop, u, verb),
          key(106, form(first), verb),
          key(107, opening, caps + 8 * length, sides + verb)};
}

namespace {

// The likeliest of all ways to part a stretch, by dynamic programming over the places that could be true at all.
class Parting {
 public:
  Parting(FlatText& flat, const SentenceStarts& starts) : flat_(flat), starts_(starts) {}

  // Marks the ends of the sentences in the stretch that `flat` has begun; whether there are any but the last.
  bool run(std::span<Surface> stretch);

 private:
  // A place, or an end of the stretch: the best score of what stands before it, and where its last sentence begins.
  struct Node {
    std::size_t token = 0;
    int score = 0;
    std::size_t from = 0;
  };
  static constexpr std::size_t kWindow = 6;  // places before a node at which its last sentence may begin
  static constexpr int kLeast = -600;        // a place of a lower score by itself is none

  void find_nodes(std::size_t size);
  int score_of(std::size_t from, std::size_t to);
  void choose_beginning(std::size_t to);

  FlatText& flat_;
  const SentenceStarts& starts_;
  std::vector<Node> nodes_;
};

void Parting::find_nodes(std::size_t size) {
  nodes_.assign(1, {});
  for (const std::uint32_t place : flat_.places()) {
    const int score = starts_.sum(flat_.place(place));
    if (score > kLeast) nodes_.push_back({place, score, 0});
  }
  if (nodes_.size() > 1) nodes_.push_back({size, 0, 0});
}

int Parting::score_of(std::size_t from, std::size_t to) {
  const std::size_t first = nodes_[from].token, end = nodes_[to].token;
  const int piece = nodes_[from].score + starts_.sum(flat_.piece(first, end));
  return to + 1 < nodes_.size() ? piece + starts_.sum(flat_.cut(first, end)) : piece;
}

void Parting::choose_beginning(std::size_t to) {
  std::size_t from = to > kWindow ? to - kWindow : 0;
  int best = score_of(from, to);
  for (std::size_t other = from + 1; other < to; ++other) {
    const int score = score_of(other, to);
    if (score <= best) continue;
    best = score;
    from = other;
  }
  nodes_[to].from = from;
  nodes_[to].score += best;
}

bool Parting::run(std::span<Surface> stretch) {
  find_nodes(stretch.size());
  if (nodes_.size() == 1) return false;
  for (std::size_t to = 1; to < nodes_.size(); ++to) choose_beginning(to);
  std::size_t node = nodes_.back().from;
  const bool parted = node > 0;
  for (; node > 0; node = nodes_[node].from) stretch[nodes_[node].token - 1].ends_sentence = true;
  return parted;
}

}  // namespace

bool part_stretch(FlatText& flat, std::string_view strings, const SentenceStarts& starts, std::span<Surface> stretch) {
  flat.begin(stretch, strings);
  return !flat.places().empty() && Parting(flat, starts).run(stretch);
}

}  // namespace chancery
