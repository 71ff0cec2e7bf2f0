// Words of saying and what is said beside them: incises, complements, second halves, cues inside the marks.
#include "statements/finder.h"

#include <algorithm>

#include "statements/clauses.h"

namespace chancery::speech {
namespace {

constexpr std::uint32_t kLongestLedge = 14;  // words between a cut quotation's cue and its second half

}  // namespace

void Finder::take_group(std::uint32_t g) {
  const VerbGroup& group = cues_.groups[g];
  const Cue& cue = cue_of(g);
  if (group.negated && cue.stance != Stance::denying && cue.stance != Stance::promising) return;
  if (take_as_said(g)) return;
  if (take_incise(g)) return;
  if (cues_.complements[g]) {
    take_complement(g, *cues_.complements[g]);
    return;
  }
  take_subject_first(g);
}

std::uint32_t Finder::said_before(std::uint32_t begin) const {
  if (begin == 0) return kNoIndex;
  std::uint32_t i = begin - 1;
  const std::uint32_t block = block_of(begin);
  if (block_of(i) != block) return kNoIndex;
  while (scan_.words[i].adverbial && !scan_.quoted(i) && i > 0 && block_of(i - 1) == block && begin - i < 4) --i;
  if (scan_.quoted(i)) return i;
  if (!comma(i) && scan_.words[i].punctuation != Punctuation::dash && scan_.words[i].punctuation != Punctuation::stop)
    return kNoIndex;
  if (i == 0 || block_of(i - 1) != block) return kNoIndex;
  if (scan_.words[i].punctuation == Punctuation::stop && !scan_.quoted(i - 1)) return kNoIndex;
  return i - 1;
}

bool Finder::take_incise(std::uint32_t g) {
  const VerbGroup& group = cues_.groups[g];
  const Cue& cue = cue_of(g);
  if (group.form != GroupForm::finite || (cue.constructions & (kQuote | kIncise)) == 0) return false;
  const std::uint32_t end_of_said = said_before(group.begin);
  if (end_of_said == kNoIndex) return false;
  // « , en riposte aux mesures »: a noun that the tagger took for a verb.
  if (scan_.is(group.begin, kGerundLead) && group.inverted_pronoun == kNoIndex) return false;
  const bool quoted = scan_.quoted(end_of_said);
  if (!quoted && (cue.constructions & kIncise) == 0) return false;
  Speaker speaker = subject_behind(scan_, group);
  if (!speaker.found) return false;
  if (group.inverted_pronoun == kNoIndex && !inverted_here(g, speaker, quoted)) return false;
  const std::uint32_t said_end = end_of_said + 1;
  std::uint32_t said_begin = clause_begin(scan_, said_end, floor_for(said_end));
  // « A, indique une étude, a annoncé X »: both are what X announced.
  if (!quoted && said_begin < said_end && behind_inner_cue(said_begin) && !has_finite_verb(scan_, said_begin, said_end))
    said_begin = clause_begin(scan_, said_end, 0);
  if (said_begin >= said_end) return false;
  // « que son « ami Y » souhaite la paix », « X, tout en saluant « un pas », a regretté le reste »: marks around a
  // part.
  const bool part =
      end_of_said + 1 == group.begin || (!scan_.quoted(said_begin) && !has_finite_verb(scan_, said_begin, said_end));
  if (quoted && part && group.inverted_pronoun == kNoIndex && speaker.entities.empty() && !speaker.inherit &&
      !sentence_like(scan_, scan_.words[end_of_said].quotation) && !named_source(speaker))
    return false;
  if (!quoted && only_relative(said_begin, said_end)) return false;
  // « il serait naïf, prévient X, de relâcher »
  const std::uint32_t behind = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
  if (!quoted && behind + 2 < scan_.size() && comma(behind) && infinitive_behind_of(behind + 1) &&
      take_inserted(g, speaker, behind_introduction(said_begin, said_end, speaker)))
    return true;
  if (!quoted && !has_finite_verb(scan_, said_begin, said_end) && !exclaimed(said_begin, g, speaker)) {
    // « Le sommet, a-t-il précisé, aura lieu mardi »: the cue stands inside the clause.
    return take_inserted(g, speaker, said_begin);
  }
  if (relays(g, speaker, said_begin, said_end)) return true;
  if (!quoted || !scan_.quoted(said_begin)) said_begin = behind_introduction(said_begin, said_end, speaker);
  Draft draft = draft_of(g, Shape::incise, said_begin, said_end);
  draft.speaker = speaker;
  draft.addressees = addressees_between(scan_, group, sentence_last(group.head), speaker);
  add(draft);
  take_second_half(g, draft);
  if (!quoted) take_explanation(g, draft);
  if (!quoted) take_main_clause(g, draft);
  return true;
}

void Finder::take_main_clause(std::uint32_t g, const Draft& first) {
  const VerbGroup& group = cues_.groups[g];
  std::uint32_t k = first.first;
  while (k > 0 && k < first.last && scan_.punctuation(k)) ++k;
  if (!scan_.is(k, kSubordinator)) return;
  for (std::uint32_t i = k; i < first.last; ++i)
    if (comma(i) && !scan_.quoted(i)) return;  // its main clause may stand before the cue
  const std::uint32_t behind = first.speaker.end == kNoIndex ? group.end : std::max(group.end, first.speaker.end);
  if (behind + 2 >= sentence_last(group.head) || !comma(behind)) return;
  const std::uint32_t end = clause_end(scan_, cues_, behind + 1);
  if (end <= behind + 1 || !has_finite_verb(scan_, behind + 1, end)) return;
  Draft draft = draft_of(g, Shape::incise, behind + 1, end);
  draft.speaker = first.speaker;
  draft.same_as = first.group;
  add(draft);
}

void Finder::take_explanation(std::uint32_t g, const Draft& first) {
  const VerbGroup& group = cues_.groups[g];
  const std::uint32_t last = sentence_last(group.head);
  std::uint32_t i = first.speaker.end == kNoIndex ? group.end : std::max(group.end, first.speaker.end);
  for (const std::uint32_t limit = std::min(last, i + kLongestLedge); i < limit; ++i) {
    if (scan_.words[i].punctuation == Punctuation::colon) break;
    if (scan_.quoted(i) || cues_.at[i] != 0 || scan_.finite(i) || scan_.is(i, kRelative)) return;
  }
  if (i + 1 >= last || scan_.words[i].punctuation != Punctuation::colon || scan_.opens_quotation(i + 1)) return;
  const std::uint32_t end = clause_end(scan_, cues_, i + 1);
  if (end <= i + 1 || !has_finite_verb(scan_, i + 1, end)) return;
  Draft draft = draft_of(g, Shape::incise, i + 1, end);
  draft.speaker = first.speaker;
  draft.same_as = first.group;
  add(draft);
}

bool Finder::exclaimed(std::uint32_t begin, std::uint32_t g, const Speaker& speaker) const {
  if (speaker.entities.empty() && !speaker.person_pronoun) return false;
  // « X, une habitante, a déclaré à Y : « A » »: the subject must stand straight behind the verb.
  const std::uint32_t end = cues_.groups[g].end;
  if (cues_.complements[g] || (end < scan_.size() && scan_.preposition(end) && !scan_.words[end].adverbial))
    return false;
  const bool adverb = scan_.words[begin].adverbial && !scan_.is(begin, kNegationComplement);
  if (adverb || scan_.preposition(begin) || scan_.words[begin].in_time) return false;
  const VerbGroup& group = cues_.groups[g];
  const std::uint32_t first = scan_.sentence_of(group.head).first, last = sentence_last(group.head);
  if (scan_.behind_dateline(first) != begin && first != begin) return false;
  const std::uint32_t behind = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
  // « « Violation sans motif » de la souveraineté, a tonné X, en congé »
  if (scan_.quoted(begin) && behind < last && comma(behind)) return true;
  return behind >= last || scan_.words[behind].punctuation == Punctuation::stop ||
         scan_.words[behind].punctuation == Punctuation::colon;
}

std::uint32_t Finder::behind_introduction(std::uint32_t begin, std::uint32_t end, Speaker& speaker) const {
  bool cue = false;
  for (std::uint32_t i = begin; i + 1 < end && !scan_.quoted(i); ++i) {
    cue = cue || cues_.at[i] != 0;
    if (scan_.words[i].punctuation != Punctuation::colon) continue;
    if (!speaker.person_pronoun) return cue ? i + 1 : begin;  // « X met en garde : A, prévient le chef de Y »
    const Speaker subject = first_subject(scan_, i);
    // « Le chercheur n'y croit pas : A, prévient-il »
    if (subject.entities.empty() && subject.found && !subject.person_pronoun && !subject.speakerless &&
        named_source(subject) && subject.number != Number::plur) {
      speaker = subject;
      return i + 1;
    }
    if (subject.entities.empty() || !compatible(speaker, subject.entities) || !has_finite_verb(scan_, begin, i))
      return begin;
    if (scan_.entities.entities[subject.entities[0]].kind != ThingKind::person) return begin;
    speaker.entities = subject.entities;
    speaker.fixed = true;
    return i + 1;
  }
  return begin;
}

bool Finder::take_as_said(std::uint32_t g) {
  const VerbGroup& group = cues_.groups[g];
  if (group.form != GroupForm::finite || (cue_of(g).constructions & (kClause | kIncise)) == 0) return false;
  const Sentence& sentence = scan_.sentence_of(group.head);
  if (group.begin == sentence.first || cue_of(g).stance == Stance::denying) return false;
  if (cues_.complements[g] && cues_.complements[g]->shape == Shape::attribute)
    return false;  // « ce que X juge « utile » »
  bool pronoun = false;
  for (std::uint32_t i = group.begin; i < group.head; ++i) pronoun = pronoun || scan_.is(i, kObjectClitic);
  Speaker speaker;
  std::uint32_t lead = lead_before(group.begin, sentence.first, pronoun);
  if (lead != kNoIndex) {
    speaker = subject_behind(scan_, group);
  } else if (may_have_lead(sentence, group.begin)) {
    speaker = subject_before(scan_, group);
    if (!speaker.found || speaker.begin == kNoIndex || speaker.begin <= sentence.first) return false;
    // The title stands before the name: « comme le capitaine X l'a écrit ».
    for (std::uint32_t i = speaker.begin, steps = 0; i > sentence.first && steps < 5 && lead == kNoIndex; ++steps) {
      lead = lead_before(i, sentence.first, pronoun);
      const Upos upos = scan_.token(--i).upos;
      if (upos != Upos::DET && upos != Upos::NOUN && upos != Upos::ADJ && upos != Upos::PROPN) break;
    }
  }
  if (lead == kNoIndex || !speaker.found || speaker.speakerless || scan_.quoted(lead)) return false;
  std::uint32_t first = sentence.first;
  while (first < lead && scan_.punctuation(first) && !scan_.quoted(first)) ++first;
  if (lead > first && !comma(lead - 1)) return false;
  std::uint32_t begin = 0, end = 0;
  if (lead == first) {
    begin = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
    while (begin < sentence.last && !comma(begin)) ++begin;
    if (begin + 1 >= sentence.last) return false;
    end = clause_end(scan_, cues_, ++begin);
  } else if (const std::uint32_t behind = goes_on_behind(group, speaker, lead, sentence.last); behind != 0) {
    begin = behind;
    end = clause_end(scan_, cues_, begin);
  } else {
    end = lead - 1;
    begin = clause_begin(scan_, end, floor_for(end));
  }
  if (begin >= end || !has_finite_verb(scan_, begin, end)) return false;
  Draft draft = draft_of(g, Shape::incise, begin, end);
  draft.speaker = speaker;
  add(draft);
  return true;
}

std::uint32_t Finder::goes_on_behind(const VerbGroup& group, const Speaker& speaker, std::uint32_t lead,
                                     std::uint32_t last) const {
  std::uint32_t i = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
  while (i < last && !comma(i) && !scan_.quoted(i) && !scan_.finite(i)) ++i;
  if (i + 1 >= last || !comma(i)) return 0;
  if (scan_.is(i + 1, kComplementiser)) return i + 2;
  return lead > 1 && scan_.is(lead - 2, kConditionalConjunction | kComplementiser | kRelative) ? i + 1 : 0;
}

std::uint32_t Finder::lead_before(std::uint32_t i, std::uint32_t first, bool pronoun) const {
  if (i <= first) return kNoIndex;
  if (pronoun && scan_.is(i - 1, kAsLead)) return i - 1;
  const bool what =
      i > first + 2 && scan_.is(i - 1, kComplementiser) && scan_.is(i - 2, kFreeRelativeHead) && comma(i - 3);
  return what ? i - 2 : kNoIndex;
}

bool Finder::may_have_lead(const Sentence& sentence, std::uint32_t begin) const {
  for (std::uint32_t i = begin, steps = 0; i > sentence.first && steps < 12; ++steps)
    if (scan_.is(--i, kAsLead | kFreeRelativeHead)) return true;
  return false;
}

bool Finder::behind_inner_cue(std::uint32_t begin) const {
  if (drafts_.empty()) return false;
  const Draft& inner = drafts_.back();
  return inner.shape == Shape::incise && inner.mode == StatementMode::indirect && inner.has_cue &&
         inner.cue_last <= begin && scan_.words[inner.cue_first].sentence == scan_.words[begin].sentence;
}

bool Finder::inverted_here(std::uint32_t g, const Speaker& speaker, bool quoted) const {
  const VerbGroup& group = cues_.groups[g];
  const bool known =
      !speaker.entities.empty() || (speaker.end != kNoIndex && speaker.end > 0 &&
                                    (scan_.is(speaker.end - 1, kSourceNoun) || scan_.unknown_name(speaker.end - 1)));
  if (!quoted && !known) return false;
  const std::uint32_t end = speaker.end == kNoIndex ? group.end : speaker.end;
  const std::uint32_t last = sentence_last(group.head);
  if (group.number == Number::plur && speaker.entities.size() == 1 && speaker.number == Number::sing) return false;
  if (!quoted && closes_apposition(group.begin) && !told_of_another(group.begin)) return false;
  // « L'UE, qui a tout reçu, accuse la Russie »: a verb that takes people for its object has one here.
  const std::uint32_t constructions = cue_of(g).constructions;
  if (!quoted && (constructions & kClause) == 0 &&
      (constructions & (kObject | kOfQuoted | kToInfinitive | kAttributeMarked | kAttributeAs)) != 0)
    return false;
  if (!quoted && end < last) {
    // « Le président, X, a averti Moscou que … »
    if (cues_.complements[g] && cues_.complements[g]->shape != Shape::quotation) return false;
    if (scan_.is(end, kComplementiser)) return false;
  }
  return true;
}

bool Finder::closes_apposition(std::uint32_t begin) const {
  if (begin < 2 || !comma(begin - 1) || scan_.words[begin - 2].mention == kNoIndex) return false;
  const std::uint32_t mention = scan_.words[begin - 2].mention;
  std::uint32_t i = begin - 2;
  while (i > 0 && scan_.words[i - 1].mention == mention) --i;
  return i > 0 && comma(i - 1) && scan_.mention(mention).form == MentionForm::name;
}

bool Finder::told_of_another(std::uint32_t begin) const {
  const std::uint32_t first = scan_.sentence_of(begin).first;
  bool relative = false;
  for (std::uint32_t i = first; i < begin; ++i) {
    relative = relative || (scan_.is(i, kRelative | kComplementiser) && !scan_.quoted(i));
    if (scan_.finite(i) && !scan_.quoted(i)) return !relative;
  }
  return false;
}

std::uint32_t Finder::floor_for(std::uint32_t end) const {
  std::uint32_t floor = 0;
  for (auto it = drafts_.rbegin(); it != drafts_.rend() && drafts_.rend() - it > 0; ++it) {
    const Draft& draft = *it;
    // What another cue tells to its right may itself be told: « X a promis de venir, a dit Y ».
    if (draft.last > end || (draft.shape != Shape::incise && draft.shape != Shape::according_to)) continue;
    const std::uint32_t behind = std::max(draft.last, draft.cue_last);
    floor = std::max(floor, behind);
    if (it - drafts_.rbegin() > 4) break;
  }
  while (floor < end && (scan_.punctuation(floor) && !scan_.quoted(floor))) ++floor;
  return floor;
}

bool Finder::relays(std::uint32_t g, const Speaker& speaker, std::uint32_t begin, std::uint32_t end) {
  // An outlet that nobody knows is on the way all the same; it only cannot be named.
  if ((cue_of(g).flags & kRelaying) == 0 || (!speaker.outlet && !speaker.entities.empty())) return false;
  if (speaker.entities.empty() && speaker.end != kNoIndex && !scan_.unknown_name(speaker.end - 1)) return false;
  return add_via(speaker, begin, end);
}

bool Finder::add_via(const Speaker& speaker, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t sentence = scan_.words[end - 1].sentence;
  bool found = false;
  for (auto it = drafts_.rbegin(); it != drafts_.rend() && it - drafts_.rbegin() < 6; ++it) {
    Draft& draft = *it;
    if (draft.dropped || draft.first >= end) continue;
    if (draft.last <= begin && scan_.words[draft.first].sentence != sentence &&
        scan_.words[draft.last - 1].sentence != sentence)
      continue;
    for (const EntityId id : speaker.entities)
      if (std::find(draft.via.begin(), draft.via.end(), id) == draft.via.end()) draft.via.push_back(id);
    found = true;
  }
  return found;
}

bool Finder::only_relative(std::uint32_t begin, std::uint32_t end) const {
  bool relative = false, closed = false;
  for (std::uint32_t i = begin; i < end; ++i) {
    if (scan_.quoted(i)) return false;
    if (i > begin && scan_.is(i, kSubjectRelative) && comma(i - 1)) relative = true;
    if (relative && comma(i)) closed = true;
    if (scan_.finite(i) && (!relative || closed)) return false;
  }
  return relative;
}

bool Finder::take_inserted(std::uint32_t g, const Speaker& speaker, std::uint32_t begin) {
  const VerbGroup& group = cues_.groups[g];
  std::uint32_t behind = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
  const std::uint32_t last = sentence_last(group.head);
  while (behind < last && !comma(behind)) ++behind;
  if (behind + 1 >= last) return false;
  const std::uint32_t end = clause_end(scan_, cues_, behind + 1);
  if (!has_finite_verb(scan_, behind + 1, end) && !infinitive_behind_of(behind + 1)) return false;
  // « Faute de quoi, prévient-il, « A » »: his words are A alone.
  const bool adverbial = scan_.words[begin].adverbial || scan_.preposition(begin);
  if (adverbial && scan_.opens_quotation(behind + 1) && sentence_like(scan_, scan_.words[behind + 1].quotation))
    begin = behind + 1;
  Draft draft = draft_of(g, Shape::incise, begin, end);
  draft.speaker = speaker;
  add(draft);
  return true;
}

bool Finder::infinitive_behind_of(std::uint32_t i) const {
  return i + 1 < scan_.size() && scan_.is(i, kOfMarker) && scan_.infinitive(i + 1);
}

void Finder::take_second_half(std::uint32_t g, const Draft& first) {
  const VerbGroup& group = cues_.groups[g];
  std::uint32_t i = first.speaker.end == kNoIndex ? group.end : std::max(group.end, first.speaker.end);
  const std::uint32_t limit = std::min(sentence_last(group.head), i + kLongestLedge);
  for (; i < limit; ++i) {
    if (scan_.opens_quotation(i)) break;
    if (cues_.at[i] != 0 || scan_.finite(i) || scan_.is(i, kRelative)) return;
  }
  if (i >= limit || !scan_.opens_quotation(i) || i == 0) return;
  if (!comma(i - 1) && scan_.words[i - 1].punctuation != Punctuation::colon &&
      scan_.words[i - 1].punctuation != Punctuation::dash)
    return;
  const std::uint32_t q = scan_.words[i].quotation;
  if (used_[q]) return;
  Draft draft = draft_of(g, Shape::quotation, i, scan_.quotation_last[q]);
  draft.speaker = first.speaker;
  draft.addressees = first.addressees;
  draft.same_as = first.group;
  add(draft);
}

void Finder::take_complement(std::uint32_t g, const Complement& complement) {
  const VerbGroup& group = cues_.groups[g];
  const Cue& cue = cue_of(g);
  Speaker speaker = subject_before(scan_, group);
  if (!speaker.found && group.form == GroupForm::finite && complement.shape == Shape::quotation)
    speaker = subject_behind(scan_, group);
  // « ce qu'a dit X : A »
  if (complement.colon && group.form == GroupForm::finite && group.begin > 0 &&
      scan_.is(group.begin - 1, kComplementiser))
    speaker = subject_behind(scan_, group);
  // « il s'est entendu dire que A »: it was said to him.
  if ((cue.flags & kAgreeing) != 0 && scan_.infinitive(group.end)) return;
  // Chains without a subject need someone to go on for.
  if (speaker.speakerless || (speaker.inherit && of_a_thing(group))) return;
  if (!speaker.found && !speaker.inherit) {
    speaker.inherit = group.form == GroupForm::finite;
    if (complement.shape != Shape::quotation) {
      if (!sentence_initial(group)) return;
    }
  }
  if ((cue.flags & kOpinion) != 0 && speaker.entities.empty() && !speaker.inherit && !speaker.person_pronoun &&
      !named_source(speaker))
    return;
  std::uint32_t end = complement.end;
  const bool in_relative = group.begin > 0 && scan_.is(group.begin - 1, kSubjectRelative);
  const bool behind_complementiser = complement.shape == Shape::clause || complement.shape == Shape::infinitive ||
                                     complement.shape == Shape::marked_infinitive;
  if (end == 0)
    end = clause_end(scan_, cues_, complement.begin,
                     ClausePlace{in_relative, behind_complementiser, opens_subordinate(scan_, group.begin),
                                 group.form == GroupForm::gerund, complement.shape == Shape::infinitive});
  if (end <= complement.begin) return;
  if (complement.shape == Shape::quotation && !complement.colon) end = quotation_clause_end(complement);
  Draft draft = draft_of(g, complement.shape, complement.begin, end);
  draft.colon = complement.colon;
  draft.speaker = speaker;
  draft.addressees = addressees_between(scan_, group, complement.begin, speaker);
  if (complement.shape == Shape::attribute || complement.shape == Shape::object) fragment_mode(complement, draft);
  const bool wanted = complement.shape == Shape::marked_infinitive ||
                      (complement.shape == Shape::clause && !complement.colon && cue.stance == Stance::demanding);
  draft.act = (cue.flags & kAct) != 0 && wanted && draft.mode == StatementMode::indirect;
  if (complement.shape == Shape::marked_infinitive && draft.mode == StatementMode::direct) {
    // « conseille de « patienter » »: the fragment with its marks is the clause.
    draft.mode = StatementMode::mixed;
    draft.span = scan_.quotations[draft.quotation].outer;
  }
  add(draft);
  // « … que A : « B » »
  if (end < scan_.size() && scan_.words[end].punctuation == Punctuation::colon && end + 1 < scan_.size() &&
      scan_.opens_quotation(end + 1) && sentence_like(scan_, scan_.words[end + 1].quotation) &&
      !quoted_within(complement.begin, end)) {
    Draft more = draft_of(g, Shape::quotation, end + 1, scan_.quotation_last[scan_.words[end + 1].quotation]);
    more.speaker = speaker;
    more.addressees = draft.addressees;
    more.colon = true;
    add(more);
  }
}

bool Finder::quoted_within(std::uint32_t begin, std::uint32_t colon) const {
  for (std::uint32_t i = begin; i < colon; ++i)
    if (cues_.at[i] != 0 && cues_.complements[cues_.at[i] - 1] && cues_.complements[cues_.at[i] - 1]->colon &&
        cues_.groups[cues_.at[i] - 1].inverted_pronoun == kNoIndex)
      return true;
  return false;
}

bool Finder::of_a_thing(const VerbGroup& group) const {
  if (group.form != GroupForm::gerund || group.begin == 0 || scan_.is(group.begin, kGerundLead)) return false;
  // « pousse le président à la démission, estimant que A »: things do not judge.
  const Cue& cue = scan_.tables.cues[group.cue];
  if ((cue.constructions & kAttribute) != 0 && (cue.constructions & kClause) != 0 && (cue.flags & kInanimate) == 0)
    return false;
  std::uint32_t i = group.begin - 1;
  if (i > 0 && scan_.is(i, kClitic)) --i;  // a pronoun that the tagger took for an article
  while (i > 0 && scan_.words[i].mention == kNoIndex &&
         (scan_.token(i).upos == Upos::ADJ ||
          (scan_.token(i).upos == Upos::NOUN && scan_.token(i - 1).upos == Upos::NOUN)))
    --i;
  return !scan_.quoted(i) && scan_.token(i).upos == Upos::NOUN && scan_.words[i].mention == kNoIndex &&
         !scan_.is(i, kSourceNoun | kChannelNoun) && scan_.sentence_of(i).first == scan_.sentence_of(group.head).first;
}

bool Finder::named_source(const Speaker& speaker) const {
  return speaker.found && speaker.end != kNoIndex && speaker.end > 0 && speaker.end <= scan_.size() &&
         (scan_.is(speaker.end - 1, kSourceNoun) || scan_.unknown_name(speaker.end - 1));
}

bool Finder::sentence_initial(const VerbGroup& group) const {
  std::uint32_t i = group.begin;
  const std::uint32_t first = scan_.sentence_of(group.head).first;
  while (i > first && (scan_.words[i - 1].adverbial || scan_.is(i - 1, kCoordinator) || scan_.punctuation(i - 1))) --i;
  return i == first;
}

std::uint32_t Finder::quotation_clause_end(const Complement& complement) const {
  const std::uint32_t end = complement.end;
  if (sentence_like(scan_, complement.quotation) || end >= scan_.size()) return end;
  if (scan_.punctuation(end) || scan_.words[end].sentence != scan_.words[complement.begin].sentence) return end;
  if (complement.begin + 1 < scan_.size() && scan_.infinitive(complement.begin + 1))
    return clause_end(scan_, cues_, complement.begin);
  return end;
}

void Finder::fragment_mode(const Complement& complement, Draft& draft) const {
  if (complement.quotation == kNoIndex) {
    draft.mode = StatementMode::indirect;
    return;
  }
  draft.span = scan_.quotations[complement.quotation].inner;
  draft.mode = StatementMode::mixed;
}

void Finder::take_subject_first(std::uint32_t g) {
  const VerbGroup& group = cues_.groups[g];
  if (group.form != GroupForm::finite || (cue_of(g).constructions & kQuote) == 0) return;
  if (cue_of(g).stance == Stance::denying) return;  // « « A. » Le gouvernement dément. »: what another has said
  Speaker speaker = subject_before(scan_, group);
  if (!speaker.found || speaker.begin == kNoIndex || speaker.begin == 0 || speaker.speakerless) return;
  std::uint32_t begin = speaker.begin;
  while (begin > 0 && scan_.token(begin - 1).upos == Upos::DET && !scan_.quoted(begin - 1)) --begin;
  const std::uint32_t end_of_said = said_before(begin);
  if (end_of_said == kNoIndex || !scan_.quoted(end_of_said)) return;
  // Behind a full stop the subject may begin a sentence of its own; then the cue must be all of it.
  const std::uint32_t last = sentence_last(group.head);
  std::uint32_t behind = group.end;
  while (behind < last && (scan_.words[behind].adverbial || scan_.words[behind].in_time)) ++behind;
  if (behind < last && !scan_.punctuation(behind)) return;
  const std::uint32_t said_end = end_of_said + 1;
  if (used_[scan_.words[end_of_said].quotation]) return;
  const std::uint32_t said_begin = clause_begin(scan_, said_end, floor_for(said_end));
  if (said_begin >= said_end) return;
  Draft draft = draft_of(g, Shape::incise, said_begin, said_end);
  draft.speaker = speaker;
  add(draft);
}

// --- cues inside the marks ---

void Finder::take_insets() {
  for (const std::uint32_t i : scan_.cue_tokens)
    if (i > 0 && i + 1 < scan_.size() && scan_.quoted(i) && !scan_.words[i].mark) take_inset(i);
}

void Finder::take_inset(std::uint32_t head) {
  const Cue* cue = nullptr;
  std::uint16_t number = 0;
  for (const std::uint16_t candidate : scan_.tables.cue_lists[scan_.words[head].cues - 1]) {
    const Cue& one = scan_.tables.cues[candidate];
    if (one.word_class != CueClass::verb || one.words.size() > 1 || (one.constructions & kQuote) == 0) continue;
    cue = &one;
    number = candidate;
    break;
  }
  if (cue == nullptr) return;
  const std::uint32_t q = scan_.words[head].quotation;
  const std::uint32_t q_first = scan_.quotation_first[q], q_last = scan_.quotation_last[q];
  // Left: the verb's own words up to a comma or a stop.
  std::uint32_t begin = head;
  std::uint32_t pronoun = kNoIndex;
  bool auxiliary = false;
  while (begin > q_first + 1 && head - begin < 5) {
    const std::uint32_t k = begin - 1;
    if (scan_.is(k, kPerfectAuxiliary) || scan_.is(k, kReflexive) || scan_.words[k].adverbial) {
      auxiliary = auxiliary || scan_.is(k, kPerfectAuxiliary);
    } else if (hung_pronoun(k)) {
      pronoun = k;
    } else {
      break;
    }
    begin = k;
  }
  if (begin <= q_first + 1) return;
  const Punctuation before = scan_.words[begin - 1].punctuation;
  if (before != Punctuation::comma && before != Punctuation::stop && before != Punctuation::dash) return;
  std::uint32_t end = head + 1;
  if (pronoun == kNoIndex && end < q_last && hung_pronoun(end)) pronoun = end++;
  if (!auxiliary && pronoun == kNoIndex && !scan_.finite(head)) return;
  Speaker speaker = inset_speaker(pronoun, end, q_last);
  if (!speaker.found || speaker.speakerless) return;
  if (speaker.end != kNoIndex) end = std::max(end, speaker.end);
  // Right: a comma, a stop or the closing mark, a few words of day or place away.
  std::uint32_t after = end;
  while (after < q_last && after < end + 5 && !scan_.punctuation(after)) ++after;
  if (after >= q_last || !scan_.punctuation(after)) return;
  used_[q] = true;
  // « "A, a-t-il dit. "B", a dit Y: the first mark was never closed, and B is Y's.
  if (scan_.words[after].punctuation == Punctuation::stop && after + 1 < q_last &&
      scan_.words[after + 1].punctuation == Punctuation::quote) {
    cut_unclosed(q, after + 2);
    add_inset(number, head, speaker, std::max(q_first, inset_floor(q_first, begin)), begin, false);
    return;
  }
  add_inset(number, head, speaker, std::max(q_first, inset_floor(q_first, begin)), begin);
  // « …, explique X, directeur de Y, B »: the apposition is the writer's.
  std::uint32_t next = after + 1;
  while (next < q_last && !scan_.punctuation(next) && !scan_.finite(next) && next < after + 16) ++next;
  if (pronoun == kNoIndex && next < q_last && comma(next) && appositive(after + 1, next)) after = next;
  if (!scan_.words[after].mark) add_inset(number, head, speaker, after + 1, q_last);
}

bool Finder::hung_pronoun(std::uint32_t i) const {
  return scan_.is(i, kInvertedPronoun) && !scan_.token(i).space_before && !scan_.is(i, kSpeakerlessPronoun);
}

Speaker Finder::inset_speaker(std::uint32_t pronoun, std::uint32_t end, std::uint32_t q_last) const {
  VerbGroup group;
  group.head = group.begin = end - 1;
  group.end = end;
  group.inverted_pronoun = pronoun;
  if (pronoun != kNoIndex) return subject_behind(scan_, group);
  Speaker speaker;
  std::uint32_t i = end;
  while (i < q_last && i < end + 4 &&
         (scan_.token(i).upos == Upos::DET || scan_.words[i].in_time || scan_.words[i].adverbial) &&
         scan_.words[i].mention == kNoIndex)
    ++i;
  if (i >= q_last || scan_.words[i].mention == kNoIndex) return speaker;
  const Mention& mention = scan_.mention(scan_.words[i].mention);
  if (!mention.entity || mention.form == MentionForm::pronoun) return speaker;
  speaker.found = true;
  speaker.begin = i;
  speaker.end = i;
  while (speaker.end < q_last && scan_.words[speaker.end].mention == scan_.words[i].mention) ++speaker.end;
  speaker.entities = scan_.entities.expand(mention.entity);
  speaker.span = mention.span;
  speaker.how = SpeakerHow::named;
  return speaker;
}

std::uint32_t Finder::inset_floor(std::uint32_t q_first, std::uint32_t begin) {
  for (auto it = drafts_.rbegin(); it != drafts_.rend() && it->inset && it - drafts_.rbegin() < 8; ++it)
    if (it->first >= q_first && it->first < begin && it->last > begin) {
      const std::uint32_t first = it->first;
      drafts_.erase(std::next(it).base());
      return first;
    }
  return q_first;
}

void Finder::cut_unclosed(std::uint32_t q, std::uint32_t begin) {
  if (begin >= scan_.size()) return;
  for (std::uint32_t d = last_of_quotation_[q]; d != kNoIndex; d = drafts_[d].previous) {
    Draft& draft = drafts_[d];
    if (draft.inset || draft.first >= begin || draft.last <= begin) continue;
    draft.first = begin;
    draft.span.begin = scan_.token(begin).span.begin;
  }
}

void Finder::add_inset(std::uint16_t cue, std::uint32_t head, const Speaker& speaker, std::uint32_t begin,
                       std::uint32_t end, bool all_of_it) {
  while (begin < end && (scan_.words[begin].mark || scan_.punctuation(begin))) ++begin;
  while (end > begin && (scan_.words[end - 1].mark || scan_.words[end - 1].punctuation == Punctuation::comma)) --end;
  if (begin >= end) return;
  Draft draft;
  draft.shape = Shape::incise;
  draft.cue = cue;
  draft.has_cue = true;
  draft.inset = true;
  draft.cue_first = head;
  draft.cue_last = head + 1;
  draft.first = begin;
  draft.last = end;
  draft.order = head;
  draft.mode = StatementMode::direct;
  draft.quotation = scan_.words[head].quotation;
  draft.span = Span{scan_.token(begin).span.begin, scan_.token(end - 1).span.end};
  draft.speaker = speaker;
  // What was told of the whole quotation is told of its halves now.
  const Span whole = scan_.quotations[draft.quotation].outer;
  for (std::uint32_t d = last_of_quotation_[draft.quotation]; d != kNoIndex; d = drafts_[d].previous)
    if (Draft& other = drafts_[d];
        all_of_it && !other.inset && other.mode == StatementMode::direct && whole.contains(other.span))
      other.dropped = true;
  drafts_.push_back(draft);
}

}  // namespace chancery::speech
