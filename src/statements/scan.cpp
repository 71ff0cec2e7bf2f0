// One walk over the tokens with two hash look-ups each, which notes where anything may begin; after that only those
// places are visited, and the tokens of quotations, times and mentions.
#include "statements/scan.h"

#include <algorithm>
#include <array>

#include "text/unicode.h"

namespace chancery::speech {

namespace {

// First bytes of what may be punctuation: no letter or digit of ASCII, no letter of two bytes.
constexpr std::array<bool, 256> make_punctuation_bytes() {
  std::array<bool, 256> table{};
  for (const char c : {',', ':', ';', '.', '!', '?', '(', '[', ')', ']', '"', '-'})
    table[static_cast<unsigned char>(c)] = true;
  for (std::size_t byte : {0xC2, 0xE2, 0xE3, 0xEF}) table[byte] = true;
  return table;
}
constexpr std::array<bool, 256> kPunctuationBytes = make_punctuation_bytes();

Punctuation punctuation_of(std::string_view text) {
  if (text.empty() || !kPunctuationBytes[static_cast<unsigned char>(text[0])]) return Punctuation::none;
  std::uint32_t at = 0;
  const char32_t c = next_code_point(text, at);
  switch (c) {
    case ',':
      return Punctuation::comma;
    case ':':
      return Punctuation::colon;
    case ';':
      return Punctuation::semicolon;
    case '.':
    case '!':
    case '?':
    case 0x2026:
      return Punctuation::stop;
    case '(':
    case '[':
      return Punctuation::open_bracket;
    case ')':
    case ']':
      return Punctuation::close_bracket;
    default:
      break;
  }
  if (is_quote(c)) return Punctuation::quote;
  if (is_dash(c) && at == text.size()) return Punctuation::dash;
  return Punctuation::none;
}

// The hash of a contraction as the page writes it, in lower case; 0 if it is too long for one.
std::uint64_t surface_hash(std::string_view text) {
  std::array<char, 16> lower{};
  if (text.size() > lower.size()) return 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
  return hash_bytes(std::string_view(lower.data(), text.size()));
}

// « 10h50 • A »: what parts an hour from its news.
bool bullet(std::string_view text) {
  if (text.size() < 2 || text.size() > 3) return false;
  std::uint32_t at = 0;
  const char32_t c = next_code_point(text, at);
  return at == text.size() && (c == 0x2022 || c == 0xB7 || c == 0x25CF || c == 0x25A0 || c == 0x25BA);
}

bool all_capitals(std::string_view word) {
  return word.size() >= 3 && std::all_of(word.begin(), word.end(), [](char c) { return c < 'a' || c > 'z'; });
}

constexpr std::uint32_t kLongestDateline = 18;  // words and marks
constexpr std::uint64_t kStarts = kAdverbialStart | kSourceStart | kAdditionStart;

}  // namespace

Scan::Scan(const Page& page_, const Analysis& analysis_, const Times& times_, const Entities& entities_,
           const StatementRules::Tables& tables_)
    : page(page_), analysis(analysis_), times(times_), entities(entities_), tables(tables_) {
  for (const Quotation& q : find_quotations(page, QuotationOptions{tables.paragraphs_unclosed}))
    if (q.depth == 0) quotations.push_back(q);
  words.resize(analysis.tokens.size());
  classify();
  mark_quotations();
  mark_times();
  mark_mentions();
  mark_adverbials();
}

void Scan::classify() {
  const std::string_view text = page.text.bytes();
  for (std::uint32_t s = 0; s < analysis.sentences.size(); ++s) {
    for (std::uint32_t i = analysis.sentences[s].first; i < analysis.sentences[s].last && i < size(); ++i) {
      const Token& t = token(i);
      Word& word = words[i];
      word.sentence = s;
      const SpeechWord form = tables.forms.find(t.form_hash);
      const SpeechWord lemma = t.lemma_size > 0 ? tables.lemmas.find(t.lemma_hash) : SpeechWord{};
      word.classes = form.classes | lemma.classes;
      if (t.part == 1)  // phrases are written with contractions
        word.classes |= tables.forms.find(surface_hash(text.substr(t.span.begin, t.span.size()))).classes & kStarts;
      if (t.upos == Upos::NOUN && !t.known && word.classes == 0) word.classes = classes_behind_hyphen(t);
      word.cues = lemma.list;
      const bool verb = t.upos == Upos::VERB || t.upos == Upos::AUX;
      if (form.list != 0 && (!verb || word.cues == 0)) {
        word.cues = form.list & kListBits;
        word.maybe_participle = (form.list & kParticipleForm) != 0;
        word.maybe_finite = (form.list & kFiniteForm) != 0;
        word.maybe_gerund = (form.list & kGerundForm) != 0;
      }
      if (word.cues != 0) cue_tokens.push_back(i);
      if ((word.classes & kAdverbialStart) != 0) adverbial_starts_.push_back(i);
      // « A l'entendre » with the accent lost; « a » elsewhere is a verb.
      if ((word.classes & kSourceStart) != 0 && !(verb && !t.capitalised && t.form_size == 1))
        source_starts.push_back(i);
      if (t.upos == Upos::ADV) word.adverbial = true;
      if (t.upos == Upos::PUNCT || t.form_size <= 3)
        word.punctuation = punctuation_of(text.substr(t.span.begin, t.span.size()));
    }
  }
}

// « le vice-gouverneur », « l'ex-ministre »: what the word behind the hyphen is.
std::uint64_t Scan::classes_behind_hyphen(const Token& token) const {
  const std::string_view word = page.text[token.span];
  const std::size_t at = word.rfind('-');
  if (at == std::string_view::npos || at < 2 || at + 4 > word.size()) return 0;
  return tables.lemmas.find(word.substr(at + 1)).classes & (kSourceNoun | kBodyNoun | kTextNoun);
}

void Scan::mark_quotations() {
  quotation_first.assign(quotations.size(), kNoIndex);
  quotation_last.assign(quotations.size(), 0);
  std::uint32_t i = 0;
  for (std::uint32_t q = 0; q < quotations.size(); ++q) {
    const Quotation& quotation = quotations[q];
    const auto first =
        std::partition_point(analysis.tokens.begin() + i, analysis.tokens.end(),
                             [&](const Token& before) { return before.span.end <= quotation.outer.begin; });
    i = static_cast<std::uint32_t>(first - analysis.tokens.begin());
    // A token may hold a mark and a word where the tokeniser did not part them: it belongs to the quotation.
    for (; i < size() && token(i).span.begin < quotation.outer.end; ++i) {
      const Span span = token(i).span;
      words[i].quotation = q;
      words[i].mark = span.end <= quotation.inner.begin || span.begin >= quotation.inner.end;
      if (quotation_first[q] == kNoIndex) quotation_first[q] = i;
      quotation_last[q] = i + 1;
    }
  }
}

void Scan::mark_times() {
  std::uint32_t i = 0;
  for (const TimeMention& time : times.mentions) {
    while (i < size() && token(i).span.end <= time.span.begin) ++i;
    for (std::uint32_t j = i; j < size() && token(j).span.begin < time.span.end; ++j) words[j].in_time = true;
  }
}

// « confie une Française »: behind an indefinite article the name of a people is one person without a name.
bool Scan::one_of_a_people(const Mention& mention) const {
  if (mention.form != MentionForm::name || !mention.entity || mention.first_token == 0 ||
      mention.last_token != mention.first_token + 1)
    return false;
  const Entity& entity = entities.entities[mention.entity];
  // Somebody local is one of a people where the word is no name: « une Française ».
  const bool somebody = entity.kind == ThingKind::person && !entity.thing && entity.gender != Gender::none &&
                        entity.name == page.text[mention.span] && token(mention.first_token).upos != Upos::PROPN;
  return (entity.kind == ThingKind::state || somebody) && is(mention.first_token - 1, kIndefinite) &&
         token(mention.first_token - 1).upos == Upos::DET;
}

// « une source à l'aéroport », « une diplomate française »: those whom the page calls by a noun of those who speak, and
// who are nobody told of before, are told apart here, by all the words that belong to the noun.
bool Scan::nameless_source(const Mention& mention) const {
  if (one_of_a_people(mention)) return true;
  const bool nominal = mention.form == MentionForm::nominal;
  if ((!nominal && mention.form != MentionForm::office) || !mention.entity || mention.head_token >= size())
    return false;
  const Entity& entity = entities.entities[mention.entity];
  if (!is(mention.head_token, kSourceNoun)) return false;
  if (nominal && entity.kind == ThingKind::group && !entity.thing && !is(mention.head_token, kBodyNoun) &&
      token(mention.head_token).morph.number == Number::sing)
    return true;
  if (entity.kind != ThingKind::person && entity.kind != ThingKind::office) return false;
  // « le diplomate turc » of whom nothing was told stays as the entities call him.
  if (!entity.thing && (entity.kind != ThingKind::office || mention.number == Number::plur)) return false;
  std::uint32_t i = mention.first_token;
  while (i > 0 && mention.first_token - i < 2 && token(i - 1).upos == Upos::ADJ) --i;
  return is(mention.first_token, kIndefinite) || (i > 0 && is(i - 1, kIndefinite));
}

void Scan::mark_mentions() {
  std::uint32_t end = 0;
  for (std::uint32_t m = 0; m < entities.mentions.size(); ++m) {
    const Mention& mention = this->mention(m);
    if (mention.span.begin < end || mention.form == MentionForm::adjective) continue;  // nested, or a mere clue
    if (nameless_source(mention)) {
      nameless_.push_back(token(mention.head_token).lemma_hash);
      continue;
    }
    // « ce diplomate », where the page has told of one without a name
    if (mention.form == MentionForm::nominal && mention.head_token < size() &&
        std::find(nameless_.begin(), nameless_.end(), token(mention.head_token).lemma_hash) != nameless_.end())
      continue;
    end = mention.span.end;
    for (std::uint32_t i = mention.first_token; i < mention.last_token && i < size(); ++i) words[i].mention = m;
  }
}

void Scan::mark_adverbials() {
  for (const std::uint32_t i : adverbial_starts_) {
    const std::uint32_t length = phrase_at(tables.adverbials, i);
    for (std::uint32_t j = i; j < i + length; ++j) words[j].adverbial = true;
  }
}

// A number or part of a day or an hour.
bool Scan::clock_word(std::uint32_t i) const {
  const char first = page.text.bytes()[token(i).span.begin];
  return words[i].in_time || token(i).upos == Upos::NUM || (first >= '0' && first <= '9');
}

std::uint32_t Scan::behind_dateline(std::uint32_t i) const {
  if (i >= size() || quoted(i) || !(token(i).capitalised || clock_word(i))) return i;
  const Sentence& sentence = sentence_of(i);
  if (i != sentence.first || (i > 0 && sentence_of(i - 1).block == sentence.block)) return i;
  std::uint32_t depth = 0, behind = i;
  // Capitals throughout, a day or a bracket: « Paul Verneuil – le ministre – viendra » has none of them.
  bool sure = all_capitals(page.text[token(i).span]);
  for (std::uint32_t k = i; k < sentence.last && k < i + kLongestDateline; ++k) {
    const Word& word = words[k];
    if (quoted(k) || finite(k)) return behind;
    if (word.punctuation == Punctuation::open_bracket) ++depth;
    if (word.punctuation == Punctuation::close_bracket && depth > 0) --depth;
    sure = sure || depth > 0 || clock_word(k);
    const char first = page.text.bytes()[token(k).span.begin];
    const bool dash = word.punctuation == Punctuation::dash || first == '-' || bullet(page.text[token(k).span]);
    if (dash && k > i && depth == 0 && token(k).space_before) {
      if (!sure || k + 1 >= sentence.last || !token(k + 1).space_before) return behind;
      behind = k + 1;
      sure = false;  // « AGENCE — ALGER, 12 mars 2019 - »: another one must be as sure
      continue;
    }
    const bool dated = (k > i && clock_word(k - 1)) || (k + 1 < sentence.last && clock_word(k + 1));  // « 15 jan 2025 »
    if (depth == 0 && !punctuation(k) && !token(k).capitalised && !clock_word(k) && !dated &&
        token(k).upos != Upos::ADP && token(k).upos != Upos::DET)
      return behind;
  }
  return behind;
}

std::uint32_t Scan::phrase_at(const SpeechPhrases& table, std::uint32_t i, std::uint32_t* which) const {
  // Phrases are written as the page writes them, so « du » is one word there though it is two tokens here.
  const auto hash_at = [&](std::uint32_t k) {
    return token(k).part == 0 ? token(k).form_hash : surface_hash(page.text[token(k).span]);
  };
  const auto behind = [&](std::uint32_t k) {
    const Span span = token(k).span;
    do ++k;
    while (k < size() && token(k).part > 1 && token(k).span == span);
    return k;
  };
  if (token(i).part > 1) return 0;
  const std::uint32_t list = table.first.find(hash_at(i)).list;
  if (list == 0) return 0;
  const std::uint32_t second = behind(i);
  const std::uint64_t second_hash = second < size() ? hash_at(second) : 0;
  for (const std::uint32_t number : table.by_first[list - 1]) {
    const std::vector<std::uint64_t>& phrase = table.phrases[number];
    if (phrase.size() > 1 && phrase[1] != second_hash &&
        !(phrase.size() == 2 && second < size() && token(second).part == 1))
      continue;
    std::uint32_t k = second;
    std::size_t w = 1;
    while (w < phrase.size() && k < size() && hash_at(k) == phrase[w]) {
      ++w;
      k = behind(k);
    }
    // « aux dires du sinologue »: the last « de » may stand in a contraction.
    if (w + 1 == phrase.size() && w > 0 && k < size() && token(k).part == 1 && token(k).form_hash == phrase[w]) {
      ++w;
      ++k;
    }
    if (w < phrase.size()) continue;
    if (which != nullptr) *which = number;
    return k - i;
  }
  return 0;
}

}  // namespace chancery::speech
