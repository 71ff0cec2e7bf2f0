// Sources that prepositions name: « selon X », « pour X », « de l'avis de X », and the clauses that stand on them.
#include "statements/finder.h"

#include "statements/clauses.h"

namespace chancery::speech {

void Finder::take_sources() {
  std::uint32_t behind = 0;
  for (const std::uint32_t i : scan_.source_starts) {
    if (i < behind || scan_.quoted(i)) continue;
    std::uint32_t which = 0;
    const std::uint32_t length = scan_.phrase_at(scan_.tables.prepositions, i, &which);
    if (length == 0) continue;
    // « a-t-on appris de source diplomatique »: the last word begins another phrase, which names the source.
    if (length > 2 && scan_.phrase_at(scan_.tables.prepositions, i + length - 1) > 1) continue;
    take_source(i, length, scan_.tables.preposition_cues[which]);
    behind = i + length;
  }
}

void Finder::take_source(std::uint32_t i, std::uint32_t length, std::uint16_t cue_number) {
  const Cue& cue = scan_.tables.cues[cue_number];
  if ((cue.constructions & (kSourceAfter | kViaAfter)) == 0) return;  // « selon toute vraisemblance »
  if (i + length < scan_.size() && scan_.is(i + length, kRelative) && (cue.constructions & kSourceAfter) != 0) {
    if (scan_.is(i + length, kPersonRelative)) {
      take_antecedent(i, length, cue_number);
    } else if ((cue.flags & kPersonOnly) == 0) {
      take_content_of_noun(i, length, cue_number);
    }
    return;
  }
  // « de source diplomatique »: the phrase holds its noun.
  const bool holds_noun = length > 1 && scan_.is(i + length - 1, kSourceNoun);
  Speaker speaker = (cue.flags & kHoldsPronoun) != 0 ? pronoun_inside(i, length, cue)
                                                     : source_at(scan_, holds_noun ? i + length - 1 : i + length);
  if (!speaker.found || speaker.speakerless) return;
  if (speaker.end == kNoIndex) return;
  const Sentence& sentence = scan_.sentence_of(i);
  if ((cue.constructions & kViaAfter) != 0) {
    if (speaker.outlet && i > sentence.first) add_via(speaker, sentence.first, i);
    return;
  }
  std::uint32_t first = sentence.first;
  while (first < i && (scan_.is(first, kCoordinator) || scan_.words[first].adverbial ||
                       (scan_.punctuation(first) && !scan_.quoted(first))))
    ++first;
  // A capital tells that a sentence begins here, whatever the page has run into it.
  const bool initial = first == i || scan_.token(i).capitalised ||
                       scan_.words[i - 1].punctuation == Punctuation::open_bracket ||
                       scan_.words[i - 1].punctuation == Punctuation::colon || behind_coordinator(i, speaker.end);
  // « Malheureusement pour X » is no opinion of his.
  const bool leads = i == sentence.first || !scan_.is(i - 1, kEvaluative);
  if ((cue.flags & kPersonOnly) != 0 &&
      !(initial && leads && (person_speaks(speaker) || body_speaks(speaker) || noun_speaks(speaker))))
    return;
  if (initial) {
    take_source_before(i, length, cue_number, speaker);
  } else {
    take_source_behind(i, length, cue_number, speaker);
  }
}

bool Finder::behind_coordinator(std::uint32_t i, std::uint32_t end) const {
  const std::uint32_t first = scan_.sentence_of(i).first;
  return i > first + 2 && scan_.is(i - 1, kCoordinator) && !scan_.quoted(i - 1) && comma(i - 2) &&
         has_finite_verb(scan_, first, i) && end + 2 < sentence_last(i) && comma(end) &&
         has_finite_verb(scan_, end, sentence_last(i));
}

Speaker Finder::pronoun_inside(std::uint32_t i, std::uint32_t length, const Cue& cue) const {
  Speaker speaker;
  speaker.found = speaker.person_pronoun = true;
  speaker.how = SpeakerHow::pronoun;
  speaker.number = (cue.flags & kSeveral) != 0 ? Number::plur : Number::sing;
  speaker.begin = i;
  speaker.end = i + length;
  speaker.span = Span{scan_.token(i).span.begin, scan_.token(i + length - 1).span.end};
  return speaker;
}

void Finder::take_antecedent(std::uint32_t i, std::uint32_t length, std::uint16_t cue) {
  if (!comma_before(i)) return;
  const Sentence& sentence = scan_.sentence_of(i);
  Speaker speaker;
  for (auto it = drafts_.rbegin(); it != drafts_.rend() && it - drafts_.rbegin() < 6 && !speaker.found; ++it)
    if (it->speaker.found && it->speaker.end != kNoIndex && it->speaker.end < i &&
        it->speaker.begin >= sentence.first && no_other_person(it->speaker.end, i))
      speaker = it->speaker;
  for (std::uint32_t k = i - 1; k > sentence.first && i - k < 14 && !speaker.found;) {
    --k;
    if (scan_.quoted(k) || scan_.verb(k)) break;
    if (scan_.words[k].mention == kNoIndex || !names_person(k)) continue;
    speaker = source_at(scan_, k);
  }
  if (!speaker.found || speaker.speakerless) return;
  const std::uint32_t begin = i + length + 1;
  const std::uint32_t end = clause_end(scan_, cues_, begin, ClausePlace{true, false});
  if (end <= begin || !content_has_verb(begin, end)) return;
  add(source_draft(i, length, cue, speaker, begin, end));
}

bool Finder::names_person(std::uint32_t i) const {
  const Mention& mention = scan_.mention(scan_.words[i].mention);
  return mention.form == MentionForm::name && mention.entity &&
         scan_.entities.entities[mention.entity].kind == ThingKind::person &&
         (i == 0 || scan_.words[i - 1].mention != scan_.words[i].mention);
}

bool Finder::no_other_person(std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t i = begin; i < end; ++i)
    if (scan_.words[i].mention != kNoIndex && names_person(i)) return false;
  return true;
}

void Finder::take_content_of_noun(std::uint32_t i, std::uint32_t length, std::uint16_t cue) {
  const Sentence& sentence = scan_.sentence_of(i);
  Speaker speaker;
  for (std::uint32_t k = i; k > sentence.first && i - k < 12 && !speaker.found;) {
    --k;
    if (scan_.quoted(k) || scan_.verb(k)) break;
    if (scan_.is(k, kOfMarker) && k + 1 < i) speaker = source_at(scan_, k + 1);
    if (scan_.is(k, kPossessive)) {
      std::uint32_t verb = k;
      while (verb > sentence.first && !(scan_.finite(verb - 1) && !scan_.quoted(verb - 1))) --verb;
      if (verb == sentence.first) return;
      speaker = subject_of(scan_, verb - 1);
    }
  }
  if (!speaker.found) speaker = who_vouches(i);
  if (!speaker.found || speaker.speakerless || speaker.begin == kNoIndex) return;
  const std::uint32_t begin = i + length + 1;
  std::uint32_t end = clause_end(scan_, cues_, begin);
  // As the subject of a sentence the noun has a verb behind the clause: the second one, where nothing opens another.
  if (!has_finite_verb(scan_, sentence.first, i)) end = std::min(end, before_second_verb(begin));
  if (end <= begin || !content_has_verb(begin, end)) return;
  add(source_draft(i, length, cue, speaker, begin, end));
}

std::uint32_t Finder::before_second_verb(std::uint32_t begin) const {
  bool one = false;
  for (std::uint32_t i = begin; i < sentence_last(begin); ++i) {
    if (scan_.quoted(i)) continue;
    if (scan_.is(i, kRelative | kComplementiser | kSubordinator | kCoordinator)) return begin;
    if (!scan_.finite(i)) continue;
    if (one) return scan_.is(i - 1, kClitic | kNegation) ? i - 1 : i;
    one = true;
  }
  return begin;
}

bool Finder::body_speaks(const Speaker& speaker) const {
  if (speaker.entities.size() != 1 || speaker.end >= scan_.size() || !comma(speaker.end)) return false;
  const Entity& entity = scan_.entities.entities[speaker.entities[0]];
  return entity.kind == ThingKind::organisation && entity.thing;
}

bool Finder::noun_speaks(const Speaker& speaker) const {
  if (!speaker.entities.empty() || speaker.end == kNoIndex || speaker.end == 0 || speaker.end >= scan_.size())
    return false;
  const std::uint32_t noun = speaker.end - 1;
  if (!scan_.is(noun, kSourceNoun) || scan_.is(noun, kTextNoun | kBodyNoun | kChannelNoun)) return false;
  if (scan_.token(noun).morph.number == Number::plur || !scan_.is(speaker.begin, kDefinite)) return false;
  const std::uint32_t behind = behind_noun(speaker.end, sentence_last(noun));
  return behind < scan_.size() && comma(behind);
}

Speaker Finder::who_vouches(std::uint32_t i) const {
  const Sentence& sentence = scan_.sentence_of(i);
  for (std::uint32_t k = i, steps = 0; k > sentence.first && steps < 8; ++steps) {
    --k;
    if (scan_.quoted(k)) continue;
    if (scan_.punctuation(k)) return {};
    if (cues_.at[k] == 0) continue;
    const VerbGroup& group = cues_.groups[cues_.at[k] - 1];
    const Cue& cue = scan_.tables.cues[group.cue];
    const bool asserts = cue.stance == Stance::asserting && (cue.constructions & kClause) != 0 && !group.negated;
    return asserts && group.form == GroupForm::finite ? subject_before(scan_, group) : Speaker{};
  }
  return {};
}

bool Finder::person_speaks(const Speaker& speaker) const {
  if (speaker.person_pronoun) return true;
  return !speaker.entities.empty() && scan_.entities.entities[speaker.entities[0]].kind == ThingKind::person;
}

Draft Finder::source_draft(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker,
                           std::uint32_t begin, std::uint32_t end) {
  Draft draft;
  draft.shape = Shape::according_to;
  draft.cue = cue;
  draft.has_cue = true;
  draft.cue_first = i;
  draft.cue_last = i + length;
  set_content(begin, end, draft);
  draft.speaker = speaker;
  return draft;
}

std::uint32_t Finder::behind_noun(std::uint32_t i, std::uint32_t last) const {
  for (int steps = 0; i < last && steps < 6 && !scan_.quoted(i); ++steps) {
    const bool of = scan_.is(i, kOfMarker);
    if (!of && (scan_.token(i).upos != Upos::ADJ || scan_.words[i].mention != kNoIndex)) break;
    i = of ? skip_phrase(scan_, i, last) : i + 1;
  }
  return i;
}

void Finder::take_source_before(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker) {
  const std::uint32_t last = sentence_last(i);
  std::uint32_t begin = speaker.entities.empty() ? behind_noun(speaker.end, last) : speaker.end;
  // The source may be longer than its mention: up to the comma, as long as no verb stands before it.
  const bool relative = begin < last && scan_.is(begin, kRelative);
  for (std::uint32_t k = begin; k < last && k < begin + 30; ++k) {
    if (scan_.quoted(k)) break;
    if (comma(k)) {
      // « Selon X, ministre de Y, A », « Selon X, qui cite Y, A »: an apposition goes with the source.
      begin = k + 1;
      if (begin < last && scan_.is(begin, kSubjectRelative)) {
        begin = behind_relative(begin, last);
        break;
      }
      std::uint32_t next = begin;
      while (next < last && !comma(next) && !scan_.finite(next) && !scan_.quoted(next) && next < begin + 14) ++next;
      if (next < last && comma(next) && appositive(begin, next)) begin = next + 1;
      break;
    }
    if (scan_.words[k].punctuation == Punctuation::colon) {
      begin = k + 1;
      break;
    }
    if (scan_.finite(k) && !relative) break;
  }
  if (begin >= last && !(begin < scan_.size() && scan_.quoted(begin))) return;
  begin = behind_anybody(begin);
  const std::uint32_t end = clause_end(scan_, cues_, begin);
  if (end <= begin || !content_has_verb(begin, end)) return;
  add(source_draft(i, length, cue, speaker, begin, end));
}

std::uint32_t Finder::behind_anybody(std::uint32_t begin) const {
  if (begin >= scan_.size() || !scan_.is(begin, kAnybody) || scan_.quoted(begin)) return begin;
  const std::uint32_t limit = std::min(sentence_last(begin), begin + 4);
  for (std::uint32_t i = begin + 1; i < limit; ++i)
    if (cues_.at[i] != 0 && cues_.complements[cues_.at[i] - 1])
      return std::max(begin, cues_.complements[cues_.at[i] - 1]->begin);
  return begin;
}

std::uint32_t Finder::behind_relative(std::uint32_t begin, std::uint32_t last) const {
  bool verb = false;
  for (std::uint32_t i = begin; i < last && i < begin + 40 && !scan_.quoted(i); ++i) {
    verb = verb || scan_.finite(i);
    if (verb && comma(i)) return i + 1;
  }
  return begin;
}

bool Finder::appositive(std::uint32_t begin, std::uint32_t end) const {
  if (begin >= end) return false;
  // « Selon X, la Y, … » would need its verb; an apposition has none, and begins with a noun or a relative.
  const std::uint32_t k = begin;
  const bool participle = scan_.verb(k) && scan_.token(k).morph.is_participle();  // « , cité par Y, »
  return scan_.noun(k) || scan_.is(k, kSubjectRelative) || participle ||
         (scan_.words[k].mention != kNoIndex && scan_.mention(scan_.words[k].mention).form != MentionForm::pronoun &&
          scan_.token(k).upos != Upos::DET && !scan_.preposition(k));
}

bool Finder::content_has_verb(std::uint32_t begin, std::uint32_t end) const {
  return has_finite_verb(scan_, begin, end) || bare_verb(begin, end);
}

bool Finder::bare_verb(std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t i = begin + 1; i + 2 < end; ++i)
    if (scan_.token(i).upos == Upos::NOUN && !scan_.token(i).capitalised && scan_.words[i].mention == kNoIndex &&
        scan_.words[i - 1].mention != kNoIndex && scan_.token(i).known &&
        (scan_.token(i + 1).upos == Upos::DET || scan_.words[i + 1].mark) && !scan_.quoted(i) &&
        scan_.token(i).part == 0)
      return true;
  return false;
}

std::uint32_t Finder::before_anybody(std::uint32_t end, std::uint32_t first) const {
  std::uint32_t i = end;
  bool anybody = false;
  while (i > first && end - i < 5 && !scan_.quoted(i - 1) && !comma(i - 1)) {
    --i;
    anybody = anybody || (scan_.is(i, kInvertedPronoun) && scan_.is(i, kSpeakerlessPronoun));
  }
  if (!anybody || i == first) return end;
  return comma(i - 1) ? i - 1 : scan_.quoted(i - 1) ? i : end;
}

std::uint32_t Finder::behind_footnote(std::uint32_t i, std::uint32_t last) const {
  const bool note = i + 2 < last && scan_.words[i].punctuation == Punctuation::open_bracket &&
                    scan_.token(i + 1).upos == Upos::NUM &&
                    scan_.words[i + 2].punctuation == Punctuation::close_bracket;
  return note ? i + 3 : i;
}

bool Finder::bare_act(const Draft& draft) const {
  return draft.shape == Shape::marked_infinitive && (scan_.tables.cues[draft.cue].flags & kAct) != 0;
}

void Finder::take_fragment_behind(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker,
                                  std::uint32_t behind) {
  const std::uint32_t begin = behind + 1;
  if (begin >= scan_.size() || !comma(behind) || !scan_.opens_quotation(begin)) return;
  const std::uint32_t q = scan_.words[begin].quotation;
  if (used_[q] || !has_finite_verb(scan_, begin, scan_.quotation_last[q])) return;
  add(source_draft(i, length, cue, speaker, begin, scan_.quotation_last[q]));
}

bool Finder::take_judgement(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker) {
  if (!scan_.finite(i - 1) || scan_.token(i - 1).upos == Upos::AUX) return false;
  const std::uint32_t first = scan_.sentence_of(i).first;
  std::uint32_t relative = i - 1;
  while (relative > first && !scan_.is(relative - 1, kRelative) && !scan_.punctuation(relative - 1)) --relative;
  if (relative == first || !scan_.is(relative - 1, kRelative)) return false;
  for (std::uint32_t k = speaker.end; k < sentence_last(i) && k < speaker.end + 4; ++k)
    if (scan_.opens_quotation(k) && !used_[scan_.words[k].quotation])
      add(source_draft(i, length, cue, speaker, k, scan_.quotation_last[scan_.words[k].quotation]));
  return true;
}

bool Finder::bare_headline(std::uint32_t begin, std::uint32_t end) const {
  const std::uint32_t first = scan_.sentence_of(begin).first;
  if ((begin != first && scan_.behind_dateline(first) != begin) || end < begin + 2) return false;
  if (scan_.preposition(begin) || scan_.words[begin].in_time || scan_.words[begin].adverbial) return false;
  const Upos upos = scan_.token(begin).upos;
  return upos == Upos::NUM || upos == Upos::NOUN || upos == Upos::DET || scan_.quoted(begin);
}

bool Finder::closes_all(std::uint32_t i) const {
  return i >= sentence_last(i > 0 ? i - 1 : i) || scan_.words[i].punctuation == Punctuation::stop;
}

void Finder::take_source_behind(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker) {
  const Sentence& sentence = scan_.sentence_of(i);
  const std::uint32_t source_end = behind_footnote(speaker.end, sentence.last);
  std::uint32_t end = i;
  while (end > sentence.first && (comma(end - 1) || scan_.words[end - 1].punctuation == Punctuation::dash ||
                                  scan_.words[end - 1].punctuation == Punctuation::open_bracket))
    --end;
  end = before_anybody(end, sentence.first);
  const bool parted = end < i || (end > 0 && scan_.quoted(end - 1)) ||
                      (end > 0 && scan_.finite(end - 1) && source_end < sentence.last && scan_.verb(source_end));
  std::uint32_t behind = speaker.end;
  while (behind < sentence.last && !comma(behind) && !scan_.punctuation(behind) && behind < speaker.end + 16 &&
         !scan_.finite(behind))
    ++behind;
  const bool closes = behind >= sentence.last || scan_.punctuation(behind) || scan_.is(behind, kCoordinator);
  if (!parted && !(closes && behind - speaker.end <= 8)) return;
  // Inside what somebody else is reported to say, « selon lui » is part of it.
  for (const Draft& draft : drafts_) {
    if (draft.dropped || bare_act(draft)) continue;
    if (draft.first <= i && i < draft.last) return;
    if (scan_.words[draft.first].sentence == scan_.words[i].sentence && draft.has_cue &&
        draft.shape != Shape::according_to && (draft.last == end || draft.cue_last <= i)) {
      if (draft.last <= i && speaker.outlet) add_via(speaker, sentence.first, i);
      return;
    }
  }
  // « les failles qui, selon X, … »: part of a clause within the clause.
  if (end > 0 && scan_.is(end - 1, kRelative | kComplementiser)) {
    if (scan_.is(end - 1, kRelative)) take_fragment_behind(i, length, cue, speaker, behind);
    return;
  }
  if (end == i && end > 0 && take_judgement(i, length, cue, speaker)) return;
  std::uint32_t begin = clause_begin(scan_, end, floor_for(end));
  if (begin >= end) return;
  // « Elle l'a fait, selon X, « à la suite de … » »
  if (end < i && behind + 1 < scan_.size() && comma(behind) && scan_.opens_quotation(behind + 1) &&
      content_has_verb(begin, end)) {
    add(source_draft(i, length, cue, speaker, behind + 1, scan_.quotation_last[scan_.words[behind + 1].quotation]));
    return;
  }
  std::uint32_t content_end = end;
  const bool inside_group = end == i && end > begin && scan_.finite(end - 1) &&
                            scan_.token(end - 1).upos == Upos::AUX && source_end < sentence.last &&
                            scan_.verb(source_end);
  if (inside_group) {
    content_end = clause_end(scan_, cues_, source_end);  // « aurait selon X payé »
  } else if (behind + 1 < sentence.last && comma(behind) && end < i && scan_.finite(end - 1) &&
             ((scan_.verb(behind + 1) && !scan_.token(behind + 1).morph.is_finite()) ||
              scan_.token(end - 1).upos == Upos::AUX)) {
    // « une arme qui pourrait, selon lui, tout détruire »: the source stands inside the verb group.
    for (std::uint32_t k = end; k > begin; --k)
      if (!scan_.quoted(k - 1) && scan_.is(k - 1, kComplementiser)) {
        begin = k;
        break;
      }
    content_end = clause_end(scan_, cues_, behind + 1);
  } else if (!content_has_verb(begin, end)) {
    if (end < i && bare_headline(begin, end) && closes_all(behind)) {
      add(source_draft(i, length, cue, speaker, begin, end));
      return;
    }
    // « Le sommet, selon Moscou, aura lieu mardi »
    if (behind >= sentence.last || !comma(behind)) return;
    content_end = clause_end(scan_, cues_, behind + 1);
    if (!content_has_verb(begin, content_end)) return;
  }
  add(source_draft(i, length, cue, speaker, begin, content_end));
}

}  // namespace chancery::speech
