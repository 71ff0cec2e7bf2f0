// Islands, and the description of their words.
#include "entities/name_features.h"

#include <algorithm>

#include "language/hash.h"
#include "text/unicode.h"

namespace chancery::entities {
namespace {

constexpr std::uint32_t kLongestIsland = 24;  // words
constexpr std::uint32_t kLongestBridge = 3;   // words in lower case between two with capitals
constexpr std::uint32_t kLongestTail = 4;     // and behind the last one
constexpr std::uint32_t kLongestListed = 6;   // words of a listed name
constexpr std::uint32_t kEdgeOfSentence = 0xF;
constexpr std::uint32_t kFarthestQuote = 8;  // bytes
constexpr std::uint32_t kLongestTopic = 64;  // words of a sentence that are counted

constexpr std::uint64_t blend(std::uint64_t a, std::uint64_t b) {
  return (a + (b << 32 | b >> 32)) * 0x9FB21C651E98DF25ULL;
}

// A feature: which template, and one to three values.
constexpr std::uint32_t feature(std::uint64_t which, std::uint64_t a) {
  return static_cast<std::uint32_t>((a + which * 0xD6E8FEB86659FD93ULL) * 0x9E3779B97F4A7C15ULL >> 32);
}
constexpr std::uint32_t feature(std::uint64_t which, std::uint64_t a, std::uint64_t b) {
  return feature(which, blend(a, b));
}
constexpr std::uint32_t feature(std::uint64_t which, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return feature(which, blend(blend(a, b), c));
}

bool may_be_inside(Upos upos) {
  return upos == Upos::ADJ || upos == Upos::NOUN || upos == Upos::ADP || upos == Upos::DET || upos == Upos::CCONJ ||
         upos == Upos::PROPN || upos == Upos::X || upos == Upos::NUM;
}

}  // namespace

// The capital that opens a sentence is no sign of a name where the word is a little one and no capital follows.
bool NameFeatures::begins(std::uint32_t i) const {
  const Word& word = words_.words[i];
  if (!word.upper) return false;
  if (!word.opening || word.capitals) return true;
  const Upos upos = page_.upos(i);
  if (upos == Upos::PROPN || upos == Upos::NOUN || upos == Upos::X || upos == Upos::ADJ) return true;
  return words_.joined(i + 1) && words_.words[i + 1].upper;
}

bool NameFeatures::goes_on(std::uint32_t i) const {
  if (words_.joined(i)) return true;
  return i < words_.size() && words_.words[i].gap == Gap::period && words_.words[i - 1].upper &&
         words_.words[i - 1].folded_size <= 2;
}

NameFeatures::Island NameFeatures::next_island(std::uint32_t from) const {
  std::uint32_t first = from;
  while (first < words_.size() && !begins(first)) ++first;
  if (first >= words_.size()) return {};
  std::uint32_t last = first + 1;
  bool common = page_.token(first).known;  // « Ligue », « Union »: words that others in lower case may follow
  for (std::uint32_t i = last; i - first < kLongestIsland && goes_on(i); ++i) {
    if (words_.words[i].upper) {
      last = i + 1;
      common = page_.token(i).known;
      continue;
    }
    if (i - last >= kLongestBridge || !may_be_inside(page_.upos(i))) break;
  }
  if (common)
    for (std::uint32_t i = last; i - last < kLongestTail && goes_on(i) && may_be_inside(page_.upos(i)); ++i)
      if (page_.upos(i) == Upos::ADJ || page_.upos(i) == Upos::NOUN) last = i + 1;
  return {first, last};
}

NameModel::Known NameFeatures::word_of(std::uint32_t i) const {
  const std::string_view text = page_.page.text.bytes();
  const std::vector<Word>& words = words_.words;
  std::uint32_t first = i, last = i + 1;
  while (first > 0 && i - first < 4 && words[first].gap == Gap::hyphen) --first;
  while (last < words.size() && last - i < 4 && words[last].gap == Gap::hyphen) ++last;
  if (last - first > 1) {
    const Span span = words_.span(first, last);
    const NameModel::Known whole = model_.word(name_word_key(text.substr(span.begin, span.size())));
    if (whole.vector != 0) return whole;
  }
  return model_.word(key_of(i));
}

// The key of a word's vector. In lower case the word is its token's form as a rule, whose hash is known.
std::uint64_t NameFeatures::key_of(std::uint32_t i) const {
  const Word& word = words_.words[i];
  const Token& token = page_.token(i);
  if (!word.upper && token.part == 0 && token.span == word.span && token.form_size == token.span.size())
    return token.form_hash;
  return name_word_key(page_.page.text.bytes().substr(word.span.begin, word.span.size()));
}

std::uint32_t NameFeatures::shape_of(std::uint32_t i) const {
  const Word& word = words_.words[i];
  const std::string_view text = words_.text(i);
  const bool digit = !text.empty() && text.front() >= '0' && text.front() <= '9';
  const std::uint32_t length = text.size() <= 1 ? 0 : text.size() <= 3 ? 1 : text.size() <= 5 ? 2 : 3;
  return (word.upper ? 1U : 0U) | (word.capitals ? 2U : 0U) | (digit ? 4U : 0U) | (word.opening ? 8U : 0U) |
         (length << 4) | (page_.token(i).known ? 64U : 0U);
}

std::uint32_t NameFeatures::class_bits(std::uint32_t i) const {
  const Word& word = words_.words[i];
  std::uint32_t bits = 0;
  const auto set = [&](std::uint32_t classes, std::uint32_t bit) {
    if ((word.classes & classes) != 0) bits |= 1U << bit;
  };
  set(kFirstName, 0);
  set(kOrganisationHead, 1);
  set(kParticle, 2);
  set(kPlaceHead, 3);
  set(kBodyNoun, 4);
  set(kOpensCourtesy, 5);
  set(kArticle | kDefinite, 6);
  set(kLocative | kAt, 7);
  set(kOpensTitle, 8);
  if (word.classes != 0 && word.id != kNoWord && (word.classes & kFirstName) != 0)
    bits |= static_cast<std::uint32_t>(page_.rules.words.info(word.id).first_name) << 9;
  return bits;
}

NameFeatures::View NameFeatures::describe(std::uint32_t i) const {
  View out;
  out.form = words_.words[i].hash;
  out.word = word_of(i);
  if (out.word.vector != 0) {
    out.fine = model_.fine(out.word.vector - 1) + 1;
    out.coarse = model_.coarse(out.word.vector - 1) + 1;
  }
  out.shape = shape_of(i);
  out.classes = class_bits(i);
  out.upos = static_cast<std::uint32_t>(page_.upos(i));
  return out;
}

std::uint32_t NameFeatures::known_kinds(std::uint32_t i) const {
  const std::uint32_t at = page_.name_at[i];
  if (at == kNone) return 0;
  const Draft& draft = page_.drafts[at];
  if (draft.kind == DraftKind::adjective) return 64;
  std::uint32_t bits = 0;
  for (const NameEntry& entry : draft.entries) {
    const ThingKind kind = page_.knowledge[entry.thing].kind;
    bits |= entry.form == NameForm::demonym || entry.form == NameForm::adjective ? 32U
            : entry.form == NameForm::surname                                    ? 1U
            : kind == ThingKind::person                                          ? 2U
            : kind == ThingKind::state                                           ? 4U
            : kind == ThingKind::place                                           ? 8U
                                                                                 : 16U;
  }
  return bits;
}

void NameFeatures::mark_known() {
  for (std::uint32_t i = island_.first; i < island_.last; ++i) {
    if (const std::uint32_t kinds = known_kinds(i); kinds != 0) {
      const std::uint32_t end = std::min(page_.drafts[page_.name_at[i]].last, island_.last);
      const std::uint32_t more = end - i > 1 ? 256U : 0U;
      for (std::uint32_t k = i; k < end; ++k) view(k).known = kinds | more | (k > i ? 128U : 0U);
    }
    if (page_.title_at[i] == kNone) continue;
    const Draft& title = page_.drafts[page_.title_at[i]];
    for (std::uint32_t k = i; k < std::min(title.last, island_.last); ++k)
      view(k).known |= title.kind == DraftKind::title ? 512U : 1024U;
  }
}

void NameFeatures::mark_listed() {
  for (std::uint32_t i = island_.first; i < island_.last;) {
    std::uint32_t end = i, kinds = 0;
    if (words_.words[i].upper) {
      std::uint64_t key = kListRoot;
      for (std::uint32_t k = i; k < island_.last && k - i < kLongestListed && (k == i || goes_on(k)); ++k) {
        key = list_key(key, view(k).form);
        const std::uint32_t bits = model_.listed(key);
        if ((bits & kListedKinds) != 0) end = k + 1, kinds = bits & kListedKinds;
        if ((bits & kListedOn) == 0) break;
      }
    }
    for (std::uint32_t k = i; k < end; ++k) view(k).listed = kinds | (k > i ? 16U : 0U) | (end - i > 1 ? 32U : 0U);
    i = std::max(end, i + 1);
  }
}

// Runs of capitalised words: where in its run a word stands, how the run begins, and the noun before it.
void NameFeatures::mark_runs() {
  for (std::uint32_t i = island_.first; i < island_.last;) {
    if (!words_.words[i].upper) {
      ++i;
      continue;
    }
    std::uint32_t end = i + 1;
    while (end < island_.last && words_.words[end].upper && goes_on(end)) ++end;
    std::uint64_t governor = kEdgeOfSentence;
    for (std::uint32_t k = i; k > 0 && i - k < 4 && words_.words[k].gap != Gap::start; --k) {
      const Upos upos = page_.upos(k - 1);
      if (upos == Upos::NOUN || upos == Upos::VERB || words_.words[k - 1].upper) {
        governor = words_.words[k - 1].hash;
        break;
      }
    }
    for (std::uint32_t k = i; k < end; ++k) {
      view(k).place = std::min(k - i, 3U) * 4 + std::min(end - k - 1, 3U);
      view(k).head = view(i).form;
      view(k).head_leaning = view(i).word.leaning;
      view(k).governor = governor;
    }
    i = end;
  }
}

// Quotation marks right before the words (1) and right behind them (2): « Titre » is a work more often than a name.
std::uint32_t NameFeatures::quotes_around(std::uint32_t first, std::uint32_t last) const {
  const std::string_view text = page_.page.text.bytes();
  const auto marked = [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end;)
      if (is_quote(next_code_point(text, at))) return true;
    return false;
  };
  std::uint32_t out = 0;
  const std::uint32_t begin = words_.words[first].span.begin, end = words_.words[last - 1].span.end;
  const std::uint32_t before = first > 0 ? words_.words[first - 1].span.end : 0;
  if (words_.words[first].opening && marked(begin - before > kFarthestQuote ? begin : before, begin)) out |= 1;
  const std::uint32_t behind =
      last < words_.size() ? words_.words[last].span.begin : static_cast<std::uint32_t>(text.size());
  if (behind - end > 1 && behind - end <= kFarthestQuote && marked(end, behind)) out |= 2;
  return out;
}

void NameFeatures::mark_quotes() {
  const std::uint32_t all = quotes_around(island_.first, island_.last) << 2;
  for (std::uint32_t i = island_.first; i < island_.last;) {
    std::uint32_t end = i + 1;
    while (end < island_.last && words_.words[end].upper == words_.words[i].upper && goes_on(end)) ++end;
    const std::uint32_t own = quotes_around(i, end);
    for (std::uint32_t k = i; k < end; ++k) view(k).quotes = all | own;
    i = end;
  }
}

// What the sentence is about: the coarse cluster of most of its nouns and verbs.
void NameFeatures::find_topic() {
  const std::uint32_t sentence = words_.words[island_.first].sentence;
  if (sentence == topic_sentence_) return;
  topic_sentence_ = sentence;
  topic_ = 0;
  std::array<std::uint8_t, 256> counts{};
  const std::uint32_t first = words_.sentence_first[sentence];
  const std::uint32_t last = std::min(words_.sentence_first[sentence + 1], first + kLongestTopic);
  std::array<std::uint64_t, kLongestTopic> keys;
  std::size_t asked = 0;
  for (std::uint32_t i = first; i < last; ++i) {
    const Upos upos = page_.upos(i);
    if (words_.words[i].upper || (upos != Upos::NOUN && upos != Upos::VERB)) continue;
    keys[asked] = key_of(i);
    model_.prefetch(keys[asked++]);
  }
  for (std::size_t i = 0; i < asked; ++i) {
    const NameModel::Known word = model_.word(keys[i]);
    if (word.vector == 0) continue;
    const std::uint32_t cluster = model_.coarse(word.vector - 1);
    if (++counts[cluster] > (topic_ == 0 ? 0 : counts[topic_ - 1])) topic_ = cluster + 1;
  }
}

void NameFeatures::enter(Island island) {
  island_ = island;
  find_topic();
  View edge;
  edge.form = 1;
  edge.shape = kEdgeOfSentence << 8;
  views_.assign(island.last - island.first + 2 * kBeside, edge);
  for (std::uint32_t i = island.first; i < island.last; ++i) view(i) = describe(i);
  for (std::uint32_t k = 1; k <= kBeside && k <= island.first; ++k) {
    if (words_.words[island.first - k + 1].gap == Gap::start) break;
    views_[kBeside - k] = describe(island.first - k);
  }
  for (std::uint32_t k = 0; k < kBeside && words_.continues(island.last + k); ++k)
    view(island.last + k) = describe(island.last + k);
  mark_known();
  mark_listed();
  mark_runs();
  mark_quotes();
}

std::size_t NameFeatures::edge_class(std::uint32_t i) const {
  const Word& word = words_.words[i];
  return (static_cast<std::size_t>(word.gap) << 1 | (word.upper ? 1U : 0U)) % kEdgeClasses;
}

void NameFeatures::features(std::uint32_t i, NameFeatureList& out) const {
  const std::size_t at = i + kBeside - island_.first;
  const View &b = views_[at - 2], &a = views_[at - 1], &w = views_[at], &n = views_[at + 1], &m = views_[at + 2];
  const std::string_view text = words_.text(i);
  const auto gap = static_cast<std::uint64_t>(words_.words[i].gap);
  const std::uint64_t gap_behind =
      words_.continues(i + 1) ? static_cast<std::uint64_t>(words_.words[i + 1].gap) : kEdgeOfSentence;
  std::size_t k = 0;
  const auto put = [&](auto... values) {
    out[k] = feature(k + 1, static_cast<std::uint64_t>(values)...);
    ++k;
  };
  put(w.form);
  put(w.word.vector);
  put(w.fine, w.shape);
  put(w.coarse, w.shape, gap);
  put(a.form);
  put(n.form, gap_behind);
  put(b.form, a.form);
  put(n.form, m.form);
  put(a.fine, gap);
  put(n.fine, gap_behind);
  put(b.fine);
  put(m.fine);
  put(a.coarse, w.coarse, gap);
  put(w.coarse, n.coarse, gap_behind);
  put(a.coarse, w.coarse, n.coarse);
  put(a.form, w.coarse, w.shape);
  put(n.form, w.coarse, w.shape);
  put(a.form, w.form);
  put(w.form, n.form);
  put(hash_bytes(text.substr(0, std::min<std::size_t>(3, text.size()))));
  put(hash_bytes(text.substr(text.size() - std::min<std::size_t>(3, text.size()))));
  put(hash_bytes(text.substr(text.size() - std::min<std::size_t>(4, text.size()))), w.shape);
  put(a.shape, w.shape, n.shape << 8 | gap << 4 | gap_behind);
  put(w.listed, w.shape);
  put(a.listed, w.listed, n.listed);
  put(w.listed, w.coarse);
  put(a.upos << 8 | w.upos << 4, n.upos, b.upos);
  put(w.upos, w.shape, a.form);
  put(a.classes, w.classes, n.classes);
  put(w.classes, w.shape);
  put(w.known, w.shape);
  put(a.known, w.known, n.known);
  put(w.governor, w.place);
  put(w.governor, w.coarse);
  put(w.place, gap, gap_behind);
  put(w.head, w.place);
  put(w.known, w.listed, a.fine);
  put(w.place, w.classes, w.listed);
  put(w.quotes, w.shape, n.shape);
  put(w.quotes, w.place);
  put(topic_, w.listed << 8 | w.place, w.known);
  put(topic_, w.coarse);
  put(w.word.leaning, w.shape);
  put(a.word.leaning, w.word.leaning, n.word.leaning);
  put(w.word.leaning, a.form);
  put(w.word.leaning, n.form, gap_behind);
  put(w.word.leaning, w.place, w.listed);
  put(w.word.leaning, w.governor);
  put(w.word.leaning, topic_);
  put(w.word.leaning, w.head_leaning, w.place);
}

}  // namespace chancery::entities
