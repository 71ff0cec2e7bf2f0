// The order of the search, what is dropped in the end, and the statements as others see them.
#include "statements/finder.h"

#include <algorithm>

#include "statements/clauses.h"

namespace chancery::speech {

Finder::Finder(const Page& page, const Analysis& analysis, const Times& times, Entities& entities,
               const StatementRules::Tables& tables)
    : scan_(page, analysis, times, entities, tables), cues_(find_cues(scan_)), sources_(scan_, entities) {
  used_.assign(scan_.quotations.size(), false);
  last_of_quotation_.assign(scan_.quotations.size(), kNoIndex);
  for (const Mention& mention : entities.mentions) {
    if (!mention.entity) continue;
    if (mention.form == MentionForm::nominal) note_number(mention.entity, mention.number);
    note_article(mention);
  }
}

Statements Finder::run() {
  for (std::uint32_t g = 0; g < cues_.groups.size(); ++g) take_group(g);
  take_insets();
  take_sources();
  take_fragments();
  take_free_quotations();
  take_dialogue();
  std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  drop_embedded();
  resolve_speakers();
  drop_speakerless();
  drop_repeated_headings();
  sources_.finish();
  return finish();
}

void Finder::note_article(const Mention& mention) {
  if (scan_.entities.entities[mention.entity].kind != ThingKind::person || mention.form == MentionForm::pronoun) return;
  std::uint32_t i = mention.first_token;
  for (int steps = 0; i > 0 && steps < 3; ++steps, --i) {
    const Token& before = scan_.token(i - 1);
    if (before.upos == Upos::DET) {
      if (mention.form == MentionForm::name && steps == 0) return;  // « la Panenka » is a kick
      if (before.morph.gender != Gender::fem || before.morph.number == Number::plur) return;
      if (feminine_.size() <= mention.entity.value) feminine_.resize(mention.entity.value + 1, false);
      feminine_[mention.entity.value] = true;
      return;
    }
    if ((!scan_.is(i - 1, kSourceNoun) || scan_.is(i - 1, kBodyNoun | kTextNoun)) && before.upos != Upos::ADJ) return;
  }
}

void Finder::note_number(EntityId entity, Number number) {
  if (plural_.size() <= entity.value) plural_.resize(entity.value + 1, false);
  plural_[entity.value] = number == Number::plur;
}

// --- building ---

Draft Finder::draft_of(std::uint32_t g, Shape shape, std::uint32_t begin, std::uint32_t end) {
  const VerbGroup& group = cues_.groups[g];
  Draft draft;
  draft.shape = shape;
  draft.group = g;
  draft.cue = group.cue;
  draft.has_cue = true;
  draft.cue_first = group.head;
  draft.cue_last = group.end;
  set_content(begin, end, draft);
  return draft;
}

bool Finder::trimmed_behind(std::uint32_t i) const {
  if (scan_.quoted(i)) return false;
  const Punctuation p = scan_.words[i].punctuation;
  return p == Punctuation::comma || p == Punctuation::colon || p == Punctuation::semicolon || p == Punctuation::stop ||
         p == Punctuation::dash || scan_.is(i, kCoordinator);
}

bool Finder::trimmed_before(std::uint32_t i) const {
  if (scan_.quoted(i)) return false;
  const Punctuation p = scan_.words[i].punctuation;
  const bool dashes =
      scan_.token(i).upos == Upos::PUNCT && scan_.page.text.bytes()[scan_.token(i).span.begin] == '-';  // « -- »
  return dashes || p == Punctuation::comma || p == Punctuation::colon || p == Punctuation::stop ||
         p == Punctuation::dash || p == Punctuation::semicolon;
}

bool Finder::joins(std::uint32_t i, Shape shape) const {
  return (shape == Shape::incise || shape == Shape::according_to) && scan_.is(i, kCoordinator) &&
         scan_.token(i).capitalised && !scan_.quoted(i);
}

void Finder::set_content(std::uint32_t begin, std::uint32_t end, Draft& draft) const {
  while (begin < end && (trimmed_before(begin) || joins(begin, draft.shape))) ++begin;
  while (end > begin && trimmed_behind(end - 1)) --end;
  draft.first = begin;
  draft.last = end;
  if (begin >= end) return;
  draft.order = draft.has_cue ? draft.cue_first : begin;
  draft.span = Span{scan_.token(begin).span.begin, scan_.token(end - 1).span.end};
  draft.mode = StatementMode::indirect;
  for (std::uint32_t i = begin; i < end; ++i) {
    if (!scan_.quoted(i)) continue;
    const std::uint32_t q = scan_.words[i].quotation;
    if (scan_.quotation_first[q] <= begin && scan_.quotation_last[q] >= end) {
      draft.mode = StatementMode::direct;
      draft.quotation = q;
      draft.span = scan_.quotations[q].inner;
      // Part of a longer quotation: as far as it is told here.
      if (scan_.quotation_first[q] < begin)
        draft.span.begin = std::max(draft.span.begin, scan_.token(begin).span.begin);
    } else {
      draft.mode = StatementMode::mixed;
      // The span holds whole quotations, marks and all.
      draft.span = cover(draft.span, scan_.quotations[q].outer);
    }
    break;
  }
}

void Finder::add(Draft draft) {
  if (draft.first >= draft.last || draft.span.empty()) return;
  for (std::uint32_t i = draft.first; i < draft.last; ++i) {
    if (!scan_.quoted(i)) continue;
    const std::uint32_t q = scan_.words[i].quotation;
    used_[q] = true;
    i = std::max(i, scan_.quotation_last[q] - 1);
  }
  if (draft.quotation != kNoIndex) {
    draft.previous = last_of_quotation_[draft.quotation];
    last_of_quotation_[draft.quotation] = static_cast<std::uint32_t>(drafts_.size());
  }
  drafts_.push_back(std::move(draft));
}

// --- choosing ---

void Finder::drop_embedded() {
  std::vector<std::uint32_t> around;
  for (std::uint32_t d = 0; d < drafts_.size(); ++d) {
    Draft& draft = drafts_[d];
    if (draft.dropped) continue;
    while (!around.empty() && drafts_[around.back()].span.end <= draft.span.begin) around.pop_back();
    if (!around.empty()) {
      const Draft& outer = drafts_[around.back()];
      draft.embedded = true;
      const bool crosses = draft.span.end > outer.span.end;
      const bool same = draft.span == outer.span;
      const Cue& cue = scan_.tables.cues[draft.cue];
      const bool words_said = draft.has_cue && cue.stance != Stance::promising && cue.stance != Stance::threatening &&
                              cue.stance != Stance::demanding && (cue.flags & (kAgreeing | kOpinion)) == 0 &&
                              draft.shape == Shape::clause && !draft.speaker.inherit && !draft.speaker.person_pronoun &&
                              draft.cue_first >= outer.first;
      const bool retold = outer.turn && draft.speaker.found && !draft.speaker.inherit && !draft.speaker.speakerless;
      // « X met en garde : A, prévient Y »: A is Y's.
      // « Ce que contestent les habitants : « A », dit X »: A is X's too.
      const bool contested = outer.shape == Shape::quotation && outer.has_cue &&
                             scan_.tables.cues[outer.cue].stance == Stance::denying && draft.group != outer.group;
      if (same && outer.colon && (outer.shape == Shape::clause || contested) && draft.shape == Shape::incise) {
        drafts_[around.back()].dropped = true;
        around.back() = d;
        draft.embedded = false;
        continue;
      }
      if (outer.turn) draft.turn_around = around.back();
      if (crosses || same || !(words_said || retold) || draft.act) draft.dropped = true;
      if (draft.dropped) continue;
    }
    if (!draft.act) around.push_back(d);
  }
}

// --- headings ---

bool Finder::heading(const Draft& draft) const {
  const BlockKind kind = scan_.page.blocks[block_of(draft.first)].kind;
  return kind == BlockKind::title || kind == BlockKind::heading || kind == BlockKind::caption;
}

std::vector<std::string> Finder::content_words(Span span) const {
  std::vector<std::string> found;
  const NameWords words = split_name_words(scan_.page.text.bytes(), span);
  for (std::size_t i = 0; i < words.words.size(); ++i)
    if (words.word(i).size() >= 4) found.emplace_back(words.word(i).substr(0, 6));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void Finder::drop_repeated_headings() {
  std::vector<std::vector<std::string>> body;
  bool gathered = false;
  for (Draft& draft : drafts_) {
    if (draft.dropped || !heading(draft)) continue;
    if (!gathered) {
      for (const Draft& other : drafts_)
        if (!other.dropped && !other.act && !heading(other)) body.push_back(content_words(other.span));
      gathered = true;
    }
    const std::vector<std::string> words = content_words(draft.span);
    for (const std::vector<std::string>& other : body) {
      std::size_t shared = 0;
      for (const std::string& word : words)
        if (std::binary_search(other.begin(), other.end(), word)) ++shared;
      if (shared * 2 >= words.size()) {
        draft.dropped = true;
        break;
      }
    }
  }
}

// --- the day ---

std::optional<Interval> Finder::day_of(const Draft& draft) const {
  const std::optional<Interval>& page_day = scan_.times.day;
  if (draft.has_cue) {
    const Sentence& sentence = scan_.sentence_of(draft.cue_first);
    const TimeMention* best = nullptr;
    std::uint32_t best_distance = kNoIndex;
    const Span cue = scan_.token(draft.cue_first).span;
    auto it = std::lower_bound(scan_.times.mentions.begin(), scan_.times.mentions.end(), sentence.span.begin,
                               [](const TimeMention& time, std::uint32_t at) { return time.span.end <= at; });
    for (; it != scan_.times.mentions.end() && it->span.begin < sentence.span.end; ++it) {
      if (!it->interval || it->interval->granularity != Granularity::day || !it->interval->is_day()) continue;
      if (draft.span.overlaps(it->span)) continue;
      if (page_day && page_day->end && *it->interval->start > *page_day->end) continue;
      if (in_other_content(it->span)) continue;
      const std::uint32_t distance =
          it->span.begin < cue.begin ? cue.begin - it->span.begin : it->span.begin - cue.begin;
      if (distance < best_distance) {
        best = &*it;
        best_distance = distance;
      }
    }
    if (best != nullptr && best_distance < 160) return best->interval;
    if (best != nullptr && best->span.begin < sentence.span.begin + 16) return best->interval;
  }
  if (page_day && page_day->is_day()) return page_day;
  return std::nullopt;
}

bool Finder::in_other_content(Span span) const {
  const std::uint32_t token = static_cast<std::uint32_t>(scan_.analysis.token_at(span.begin));
  if (token >= scan_.size()) return false;
  if (scan_.quoted(token)) return true;
  auto it = std::lower_bound(drafts_.begin(), drafts_.end(), span.begin,
                             [](const Draft& draft, std::uint32_t at) { return draft.span.begin <= at; });
  for (int steps = 0; it != drafts_.begin() && steps < 4; ++steps) {
    --it;
    if (!it->dropped && !it->act && it->span.contains(span)) return true;
  }
  return false;
}

// --- the end ---

double Finder::base_confidence(const Draft& draft) const {
  const Confidence& c = scan_.tables.confidence;
  if (draft.embedded) return c.embedded;
  switch (draft.shape) {
    case Shape::clause:
      return draft.mode == StatementMode::mixed ? c.mixed : c.clause;
    case Shape::question:
      return c.question;
    case Shape::infinitive:
      return c.infinitive;
    case Shape::marked_infinitive:
      return c.marked_infinitive;
    case Shape::quotation:
      return draft.colon ? c.direct_colon : c.direct_beside_cue;
    case Shape::attribute:
      return c.attribute;
    case Shape::object:
      return c.object;
    case Shape::incise:
      return draft.mode == StatementMode::direct ? c.direct_beside_cue : c.incise;
    case Shape::according_to:
      return c.according_to;
    case Shape::in_force:
      return c.direct_in_force;
  }
  return 0.5;
}

float Finder::confidence_of(const Draft& draft) const {
  const Confidence& c = scan_.tables.confidence;
  double factor = c.unknown;
  if (!draft.speaker.entities.empty()) {
    factor = draft.speaker.how == SpeakerHow::named     ? c.named
             : draft.speaker.how == SpeakerHow::source  ? c.source
             : draft.speaker.how == SpeakerHow::pronoun ? c.pronoun
                                                        : c.in_force;
    if (draft.shape == Shape::in_force) factor = 1.0;  // its base counts the speaker in
  }
  return static_cast<float>(base_confidence(draft) * factor);
}

Statements Finder::finish() {
  Statements statements;
  for (const Draft& draft : drafts_) {
    if (draft.dropped || draft.act) continue;
    Statement s;
    s.span = draft.span;
    s.mode = draft.mode;
    s.speakers = draft.speaker.entities;
    s.speaker_span = draft.speaker.span;
    if (draft.has_cue) {
      const Cue& cue = scan_.tables.cues[draft.cue];
      s.cue_span = Span{scan_.token(draft.cue_first).span.begin, scan_.token(draft.cue_last - 1).span.end};
      if (draft.group != kNoIndex) s.cue_span = cue_words(draft);
      s.cue_lemma = cue.lemma;
      s.stance = cue.stance;
    }
    if (draft.open_verb != kNoIndex) {
      s.cue_span = scan_.token(draft.open_verb).span;
      s.cue_lemma = scan_.analysis.lemma(draft.open_verb);
    }
    s.addressees = draft.addressees;
    s.date = day_of(draft);
    s.via = draft.via;
    s.sentence = scan_.words[draft.first].sentence;
    s.confidence = confidence_of(draft);
    statements.push_back(std::move(s));
  }
  return statements;
}

Span Finder::cue_words(const Draft& draft) const {
  const VerbGroup& group = cues_.groups[draft.group];
  std::uint32_t end = group.end;
  if (group.inverted_pronoun != kNoIndex && group.inverted_pronoun + 1 == end) --end;
  return Span{scan_.token(group.head).span.begin, scan_.token(std::max(end, group.head + 1) - 1).span.end};
}

}  // namespace chancery::speech

namespace chancery {

Statements find_statements(const Page& page, const Analysis& analysis, const Times& times, Entities& entities,
                           const Knowledge&, const StatementRules& rules) {
  if (analysis.tokens.empty()) return {};
  return speech::Finder(page, analysis, times, entities, rules.tables()).run();
}

}  // namespace chancery
