// One walk over the tokens with two hash look-ups each; the walks over quotations, times and mentions go side by side
// with it, since all are in text order.
#include "statements/scan.h"

#include <algorithm>

#include "text/unicode.h"

namespace chancery::speech {

namespace {

Punctuation punctuation_of(std::string_view text) {
  if (text.empty()) return Punctuation::none;
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
      const std::string_view form = analysis.form(t);
      word.classes = tables.forms.find(t.form_hash);
      if (t.lemma_size > 0) {
        word.classes |= tables.lemmas.find(t.lemma_hash);
        word.cues = static_cast<std::uint32_t>(tables.cue_heads.find(t.lemma_hash));
      }
      const bool verb = t.upos == Upos::VERB || t.upos == Upos::AUX;
      if (!verb || word.cues == 0)
        if (const std::uint64_t cues = tables.cue_forms.find(t.form_hash); cues != 0) {
          word.cues = static_cast<std::uint32_t>(cues);
          word.maybe_participle = (cues & kParticipleForm) != 0;
          word.maybe_finite = (cues & kFiniteForm) != 0;
        }
      if (t.upos == Upos::ADV) word.adverbial = true;
      if (t.upos == Upos::PUNCT || form.size() <= 3)
        word.punctuation = punctuation_of(text.substr(t.span.begin, t.span.size()));
    }
  }
}

void Scan::mark_quotations() {
  quotation_first.assign(quotations.size(), kNoIndex);
  quotation_last.assign(quotations.size(), 0);
  std::uint32_t q = 0;
  for (std::uint32_t i = 0; i < size(); ++i) {
    const Span span = token(i).span;
    while (q < quotations.size() && quotations[q].outer.end <= span.begin) ++q;
    if (q == quotations.size()) return;
    // A token may hold a mark and a word where the tokeniser did not part them: it belongs to the quotation.
    if (span.end <= quotations[q].outer.begin) continue;
    words[i].quotation = q;
    words[i].mark = span.end <= quotations[q].inner.begin || span.begin >= quotations[q].inner.end;
    if (quotation_first[q] == kNoIndex) quotation_first[q] = i;
    quotation_last[q] = i + 1;
  }
}

void Scan::mark_times() {
  std::uint32_t i = 0;
  for (const TimeMention& time : times.mentions) {
    while (i < size() && token(i).span.end <= time.span.begin) ++i;
    for (std::uint32_t j = i; j < size() && token(j).span.begin < time.span.end; ++j) words[j].in_time = true;
  }
}

void Scan::mark_mentions() {
  std::uint32_t end = 0;
  for (std::uint32_t m = 0; m < entities.mentions.size(); ++m) {
    const Mention& mention = this->mention(m);
    if (mention.span.begin < end || mention.form == MentionForm::adjective) continue;  // nested, or a mere clue
    end = mention.span.end;
    for (std::uint32_t i = mention.first_token; i < mention.last_token && i < size(); ++i) words[i].mention = m;
  }
}

void Scan::mark_adverbials() {
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (!may_start(i, kAdverbialStart)) continue;
    const std::uint32_t length = phrase_at(tables.adverbials, i);
    for (std::uint32_t j = i; j < i + length; ++j) words[j].adverbial = true;
  }
}

std::uint32_t Scan::phrase_at(const SpeechPhrases& table, std::uint32_t i, std::uint32_t* which) const {
  // Phrases are written as the page writes them, so « du » is one word there though it is two tokens here.
  const std::string_view text = page.text.bytes();
  std::string buffer;
  const auto form_at = [&](std::uint32_t k) -> std::string_view {
    if (token(k).part == 0) return analysis.form(k);
    buffer.assign(text.substr(token(k).span.begin, token(k).span.size()));
    if (!buffer.empty() && buffer[0] >= 'A' && buffer[0] <= 'Z') buffer[0] = static_cast<char>(buffer[0] + 32);
    return buffer;
  };
  if (token(i).part > 1) return 0;
  const std::uint64_t list = token(i).part == 0 ? table.first.find(token(i).form_hash) : table.first.find(form_at(i));
  if (list == 0) return 0;
  for (const std::uint32_t number : table.by_first[list - 1]) {
    const std::vector<std::string>& phrase = table.phrases[number];
    std::uint32_t k = i;
    std::size_t w = 0;
    while (w < phrase.size() && k < size() && form_at(k) == phrase[w]) {
      ++w;
      const Span span = token(k).span;
      do ++k;
      while (k < size() && token(k).span == span);
    }
    if (w < phrase.size()) continue;
    if (which != nullptr) *which = number;
    return k - i;
  }
  return 0;
}

}  // namespace chancery::speech
