// Quotations that no cue claimed: behind colons, in interviews and radio talk, and those that go on.
#include "statements/finder.h"

#include <algorithm>

#include "statements/clauses.h"
#include "text/unicode.h"

namespace chancery::speech {
namespace {

constexpr std::uint32_t kLongestFragment = 14;  // words and marks
constexpr std::size_t kLongestQuestion = 400;   // bytes of an interviewer's question

}  // namespace

void Finder::take_fragments() {
  for (std::uint32_t q = 0; q < scan_.quotations.size(); ++q) {
    if (used_[q] || scan_.quotation_first[q] == kNoIndex) continue;
    if (scan_.quotation_last[q] > scan_.quotation_first[q] + kLongestFragment || begins_upper(q)) continue;
    const std::uint32_t g = governor_of(q);
    if (g == kNoIndex || sentence_like(scan_, q) || adjunct_quotation(scan_, q)) continue;
    const VerbGroup& group = cues_.groups[g];
    Speaker speaker = subject_before(scan_, group);
    if (speaker.speakerless || (speaker.inherit && of_a_thing(group))) continue;
    if (!speaker.found && !speaker.inherit) {
      if (group.form != GroupForm::finite || !sentence_initial(group)) continue;
      speaker.inherit = true;
    }
    Draft draft = draft_of(g, Shape::object, scan_.quotation_first[q], scan_.quotation_last[q]);
    draft.speaker = speaker;
    draft.span = scan_.quotations[q].inner;
    draft.mode = StatementMode::mixed;
    add(draft);
  }
}

std::uint32_t Finder::governor_of(std::uint32_t q) const {
  const std::uint32_t first = scan_.quotation_first[q];
  if (first == 0 || scan_.is(first - 1, kNamedThing | kAsMarker)) return kNoIndex;
  const auto behind = std::partition_point(cues_.groups.begin(), cues_.groups.end(),
                                           [&](const VerbGroup& group) { return group.head < first; });
  if (behind == cues_.groups.begin()) return kNoIndex;
  const std::uint32_t g = static_cast<std::uint32_t>(behind - cues_.groups.begin()) - 1;
  const VerbGroup& group = cues_.groups[g];
  if (scan_.words[group.head].sentence != scan_.words[first].sentence || group.end > first) return kNoIndex;
  // « X, dit « le Taureau » »: what stands straight behind a verb of clauses has been looked at.
  if (group.end == first && (cue_of(g).constructions & kClause) != 0) return kNoIndex;
  if (group.negated || (cue_of(g).constructions & (kObject | kOfQuoted | kAttributeAs | kFragment)) == 0)
    return kNoIndex;
  // « appelle à « la retenue »», not « X, appelé « le Taureau » ».
  if ((cue_of(g).flags & kNaming) != 0 && !scan_.is(group.end, kToMarker)) return kNoIndex;
  bool as = (cue_of(g).constructions & kAttributeAs) == 0;
  for (std::uint32_t i = group.end; i < first; ++i) {
    if (scan_.quoted(i)) continue;
    const Punctuation p = scan_.words[i].punctuation;
    as = as || scan_.is(i, kAsMarker);
    if (scan_.finite(i) || scan_.is(i, kRelative | kComplementiser)) return kNoIndex;
    if (p != Punctuation::none && p != Punctuation::quote && !(p == Punctuation::comma && scan_.quoted(i - 1)))
      return kNoIndex;
  }
  return as ? g : kNoIndex;
}

void Finder::take_free_quotations() {
  for (std::uint32_t q = 0; q < scan_.quotations.size(); ++q) {
    if (used_[q] || scan_.quotation_first[q] == kNoIndex) continue;
    const std::uint32_t first = scan_.quotation_first[q];
    if (take_quoted_verb(q, first)) continue;
    if (!sentence_like(scan_, q) || take_open_incise(q)) continue;
    const bool after_colon =
        first > 0 && block_of(first - 1) == block_of(first) && scan_.words[first - 1].punctuation == Punctuation::colon;
    if (after_colon) {
      take_colon(q, first);
    } else if (const std::uint32_t name = name_behind_colon(q); name != kNoIndex) {
      Draft draft;
      draft.shape = Shape::quotation;
      draft.colon = true;
      set_content(first, scan_.quotation_last[q], draft);
      draft.speaker = source_at(scan_, name, false);
      add(draft);
    } else if (opens_sentence(first) && closes_sentence(q) && begins_upper(q)) {
      Draft draft;
      draft.shape = Shape::in_force;
      set_content(first, scan_.quotation_last[q], draft);
      if (const Speaker told = told_behind(q); told.found) {
        draft.shape = Shape::quotation;
        draft.speaker = told;
        add(draft);
        continue;
      }
      draft.speaker.inherit = true;
      draft.follows_next = touches_next(q);
      add(draft);
    }
  }
}

bool Finder::take_open_incise(std::uint32_t q) {
  const std::uint32_t last = scan_.quotation_last[q];
  if (last + 1 >= scan_.size() || scan_.quoted(last) || block_of(last) != block_of(scan_.quotation_first[q]))
    return false;
  const bool inner = last > 2 && (comma(last - 2) || scan_.words[last - 2].punctuation == Punctuation::stop);
  const std::uint32_t begin = comma(last) ? last + 1 : last;
  if (begin == last && !inner) return false;
  VerbGroup group;
  group.begin = begin;
  group.head = open_verb(begin, group.end);
  if (group.head == kNoIndex || cues_.at[group.begin] != 0) return false;
  group.number = scan_.token(group.begin).morph.number;
  if (group.end < scan_.size() && hung_pronoun(group.end)) group.inverted_pronoun = group.end++;
  Speaker speaker = subject_behind(scan_, group);
  if (!speaker.found || speaker.speakerless) return false;
  if (group.inverted_pronoun == kNoIndex) {
    if (speaker.begin == kNoIndex || speaker.begin > group.end + 6) return false;
    const bool somebody = !speaker.entities.empty() || named_source(speaker);
    if (!somebody || (speaker.end < scan_.size() && scan_.is(speaker.end, kComplementiser))) return false;
  }
  Draft draft;
  draft.shape = Shape::incise;
  draft.open_verb = group.head;
  set_content(scan_.quotation_first[q], last, draft);
  draft.order = group.head;
  draft.speaker = speaker;
  add(draft);
  return true;
}

std::uint32_t Finder::open_verb(std::uint32_t i, std::uint32_t& end) const {
  const std::uint32_t last = sentence_last(i);
  const std::uint32_t limit = std::min(last, i + 4);
  while (i < limit && scan_.is(i, kClitic) && scan_.token(i).upos != Upos::DET) ++i;
  if (i >= limit || scan_.quoted(i) || !scan_.finite(i)) return kNoIndex;
  std::uint32_t head = i;
  if (scan_.is(i, kPerfectAuxiliary)) {
    do ++head;
    while (head < last && head < i + 4 && (scan_.words[head].adverbial || hung_pronoun(head)));
    if (head >= last || !scan_.verb(head) || !scan_.token(head).morph.is_participle()) return kNoIndex;
  } else if (scan_.token(i).upos != Upos::VERB) {
    return kNoIndex;
  }
  end = head + 1;
  return head;
}

std::uint32_t Finder::name_behind_colon(std::uint32_t q) const {
  const std::uint32_t colon = scan_.quotation_last[q];
  if (colon + 1 >= scan_.size() || block_of(colon) != block_of(scan_.quotation_first[q]) || scan_.quoted(colon) ||
      scan_.words[colon].punctuation != Punctuation::colon || scan_.words[colon + 1].mention == kNoIndex)
    return kNoIndex;
  return names_person(colon + 1) ? colon + 1 : kNoIndex;
}

bool Finder::take_quoted_verb(std::uint32_t q, std::uint32_t first) {
  if (first == 0 || first + 1 >= scan_.size() || scan_.words[first - 1].mention == kNoIndex) return false;
  if (block_of(first - 1) != block_of(first) || !scan_.finite(first + 1)) return false;
  VerbGroup group;
  group.head = group.begin = first + 1;
  group.number = scan_.token(first + 1).morph.number;
  const Mention& mention = scan_.mention(scan_.words[first - 1].mention);
  if (!mention.entity || mention.form == MentionForm::pronoun) return false;
  const Entity& entity = scan_.entities.entities[mention.entity];
  if (!entity.thing && entity.kind != ThingKind::person) return false;
  group.begin = first;
  const Speaker speaker = subject_before(scan_, group);
  if (speaker.entities.empty() || speaker.end != first || speaker.speakerless) return false;
  const std::uint32_t end = clause_end(scan_, cues_, first);
  if (end <= scan_.quotation_last[q]) return false;
  Draft draft;
  draft.shape = Shape::object;
  set_content(first, end, draft);
  draft.speaker = speaker;
  add(draft);
  return true;
}

void Finder::take_dialogue() {
  bool broadcast = false;
  const std::vector<Turn> turns = find_turns(broadcast);
  if (turns.size() < 2) return;
  const bool several =
      std::any_of(turns.begin(), turns.end(), [&](const Turn& turn) { return turn.speaker != turns.front().speaker; });
  if (broadcast && several) return;
  for (const Turn& turn : turns) {
    const std::uint32_t begin = turn.colon == kNoIndex ? turn.begin : turn.colon + 1;
    if (begin >= turn.last || scan_.quoted(begin) || !has_finite_verb(scan_, begin, turn.last)) continue;
    Draft draft;
    draft.shape = Shape::quotation;
    draft.colon = draft.turn = true;
    draft.first = draft.order = begin;
    draft.last = turn.last;
    draft.span = Span{scan_.token(begin).span.begin, scan_.token(turn.last - 1).span.end};
    draft.mode = StatementMode::direct;
    draft.speaker.found = true;
    draft.speaker.how = SpeakerHow::named;
    if (turn.colon != kNoIndex) {
      draft.speaker.begin = turn.begin;
      draft.speaker.end = turn.colon;
      std::uint32_t name_end = turn.colon;
      while (name_end > turn.begin + 1 && scan_.punctuation(name_end - 1)) --name_end;
      draft.speaker.span = Span{scan_.token(turn.begin).span.begin, scan_.token(name_end - 1).span.end};
    }
    draft.speaker.entities.assign(1, turn.speaker);
    drafts_.push_back(draft);
  }
}

std::vector<Finder::Turn> Finder::find_turns(bool& broadcast) const {
  std::vector<Turn> turns;
  std::uint32_t block = kNoIndex;
  bool open = false;   // whether the paragraph is a turn
  bool asked = false;  // whether the one before is a question
  for (const Sentence& sentence : scan_.analysis.sentences) {
    if (sentence.first >= sentence.last) continue;
    if (sentence.block == block) {
      if (open) turns.back().last = sentence.last;
      continue;
    }
    block = sentence.block;
    broadcast = broadcast || led_by_presenter(sentence);
    open = false;
    const bool answers = asked;
    asked = question(sentence);
    if (const std::optional<Turn> turn = turn_of(sentence)) {
      turns.push_back(*turn);
      open = true;
    } else if (answers && !asked && !turns.empty()) {
      // « Et demain ? » and the answer, each a paragraph: he who was named at his first turn goes on.
      turns.push_back(Turn{sentence.first, kNoIndex, sentence.last, turns.front().speaker});
      open = true;
    }
  }
  const bool several =
      std::any_of(turns.begin(), turns.end(), [&](const Turn& turn) { return turn.speaker != turns.front().speaker; });
  if (several) std::erase_if(turns, [](const Turn& turn) { return turn.colon == kNoIndex; });
  return turns;
}

bool Finder::question(const Sentence& sentence) const {
  const Span span = scan_.page.blocks[sentence.block].span;
  const std::string_view text = scan_.page.text[span];
  return !text.empty() && text.back() == '?' && text.size() < kLongestQuestion;
}

std::optional<Finder::Turn> Finder::turn_of(const Sentence& sentence) const {
  Turn turn{sentence.first, behind_name(sentence), sentence.last, {}};
  if (turn.colon != kNoIndex) {
    turn.speaker = scan_.mention(scan_.words[sentence.first].mention).entity;
    turn.last = std::max(turn.last, scan_.sentence_of(turn.colon).last);
  } else {
    turn.colon = behind_initials(sentence, turn.speaker);
    if (turn.colon == kNoIndex) return std::nullopt;
    turn.last = std::max(turn.last, scan_.sentence_of(turn.colon).last);
  }
  if (scan_.entities.entities[turn.speaker].kind != ThingKind::person) return std::nullopt;
  return turn;
}

bool Finder::led_by_presenter(const Sentence& sentence) const {
  std::uint32_t i = sentence.first;
  if (scan_.token(i).upos == Upos::DET) ++i;
  return i + 1 < sentence.last && scan_.is(i, kPresenter) && scan_.words[i + 1].punctuation == Punctuation::colon;
}

std::uint32_t Finder::behind_initials(const Sentence& sentence, EntityId& speaker) const {
  std::string initials;
  std::uint32_t i = sentence.first;
  for (; i < scan_.size() && i < sentence.first + 8 && block_of(i) == sentence.block; ++i) {
    const std::string_view word = scan_.page.text[scan_.token(i).span];
    if (scan_.words[i].punctuation == Punctuation::colon) break;
    for (const char c : word) {
      if (c >= 'A' && c <= 'Z') initials += c;
      if (!(c >= 'A' && c <= 'Z') && c != '.' && c != '-') return kNoIndex;
    }
  }
  if (initials.size() < 2 || initials.size() > 4 || i >= scan_.size() || block_of(i) != sentence.block ||
      scan_.words[i].punctuation != Punctuation::colon)
    return kNoIndex;
  speaker = EntityId{};
  for (std::uint32_t e = 0; e < scan_.entities.entities.size(); ++e) {
    const Entity& entity = scan_.entities.entities[EntityId(e)];
    if (entity.kind != ThingKind::person || !has_initials(entity.name, initials)) continue;
    if (speaker) return kNoIndex;
    speaker = EntityId(e);
  }
  return speaker ? i : kNoIndex;
}

bool Finder::has_initials(std::string_view name, std::string_view initials) {
  const NameWords split = split_name_words(name);
  if (split.words.size() != initials.size()) return false;
  for (std::size_t i = 0; i < split.words.size(); ++i) {
    const std::string_view word = split.word(i);
    if (word.size() < 2 || word[0] != static_cast<char>(initials[i] + 32)) return false;
  }
  return true;
}

std::uint32_t Finder::behind_name(const Sentence& sentence) const {
  const std::uint32_t index = scan_.words[sentence.first].mention;
  if (index == kNoIndex) return kNoIndex;
  const Mention& mention = scan_.mention(index);
  if (mention.form != MentionForm::name || !mention.entity) return kNoIndex;
  std::uint32_t i = sentence.first;
  while (i < sentence.last && scan_.words[i].mention == index) ++i;
  if (i < sentence.last && scan_.words[i].punctuation == Punctuation::colon) return i;
  // « X Y. — A »
  const bool dash = i + 2 < scan_.size() && block_of(i + 1) == sentence.block &&
                    scan_.words[i].punctuation == Punctuation::stop &&
                    scan_.words[i + 1].punctuation == Punctuation::dash;
  return dash ? i + 1 : kNoIndex;
}

void Finder::take_colon(std::uint32_t q, std::uint32_t first) {
  Draft draft;
  draft.shape = Shape::quotation;
  draft.colon = true;
  set_content(first, scan_.quotation_last[q], draft);
  draft.speaker = first_subject(scan_, first - 1);
  // « C'est par ces mots que X a ouvert la séance : « A » »: the subject of the last verb.
  if (draft.speaker.speakerless)
    if (const Speaker last = last_subject(first - 1); last.found && !last.speakerless) draft.speaker = last;
  if (draft.speaker.entities.empty() && !draft.speaker.person_pronoun)
    if (const Speaker whose = whose_words(first - 1); whose.found) draft.speaker = whose;
  // « Selon X, rien n'est décidé : « A » »
  for (auto it = drafts_.rbegin(); it != drafts_.rend() && it - drafts_.rbegin() < 6; ++it)
    if (it->shape == Shape::according_to && it->last + 1 >= first && it->last < first) draft.speaker = it->speaker;
  if (draft.speaker.speakerless) draft.speaker = Speaker{};
  if (topic_alone(first - 1))
    if (const Speaker known = signed_behind(scan_.quotation_last[q]); known.found) draft.speaker = known;
  if (draft.speaker.entities.empty() && !draft.speaker.person_pronoun && draft.speaker.found &&
      draft.speaker.begin != kNoIndex && !scan_.is(draft.speaker.end - 1, kSourceNoun))
    draft.speaker.inherit = false;
  // « Et d'enfoncer le clou : « A » »
  if (!draft.speaker.found) {
    const std::uint32_t head = scan_.sentence_of(first - 1).first;
    draft.speaker.inherit = scan_.is(head, kCoordinator) && !has_finite_verb(scan_, head, first - 1);
  }
  draft.speaker.how = SpeakerHow::in_force;
  add(draft);
}

bool Finder::topic_alone(std::uint32_t colon) const {
  const std::uint32_t first = scan_.sentence_of(colon).first;
  if (colon == first || colon > first + 4 || scan_.words[first].mention == kNoIndex || scan_.quoted(first))
    return false;
  for (std::uint32_t i = first; i < colon; ++i)
    if (scan_.words[i].mention != scan_.words[first].mention) return false;
  const Mention& mention = scan_.mention(scan_.words[first].mention);
  if (!mention.entity) return false;
  const ThingKind kind = scan_.entities.entities[mention.entity].kind;
  return kind == ThingKind::state || kind == ThingKind::place || mention.as_place;
}

Speaker Finder::signed_behind(std::uint32_t i) const {
  if (i + 2 >= scan_.size() || scan_.words[i].punctuation != Punctuation::open_bracket) return {};
  const Speaker speaker = source_at(scan_, i + 1, false);
  const bool closes = speaker.found && speaker.end != kNoIndex && speaker.end < scan_.size() &&
                      scan_.words[speaker.end].punctuation == Punctuation::close_bracket;
  return closes ? speaker : Speaker{};
}

Speaker Finder::told_behind(std::uint32_t q) const {
  std::uint32_t i = scan_.quotation_last[q];
  while (i < scan_.size() && scan_.punctuation(i) && !scan_.quoted(i)) ++i;
  if (i >= scan_.size() || scan_.quoted(i) || block_of(i) > block_of(i - 1) + 1) return {};
  const std::uint32_t length = scan_.phrase_at(scan_.tables.afterwords, i);
  if (length == 0) return {};
  const Speaker speaker = source_at(scan_, i + length, false);
  return speaker.found && !speaker.speakerless ? speaker : Speaker{};
}

Speaker Finder::last_subject(std::uint32_t i) const {
  const std::uint32_t begin = scan_.sentence_of(i).first;
  while (i > begin) {
    --i;
    if (!scan_.quoted(i) && scan_.finite(i)) return subject_of(scan_, i);
  }
  return {};
}

Speaker Finder::whose_words(std::uint32_t colon) const {
  const std::uint32_t first = scan_.sentence_of(colon).first;
  if (const std::uint32_t length = scan_.phrase_at(scan_.tables.hearings, first); length > 0)
    return source_at(scan_, first + length, false);
  for (std::uint32_t k = first; k < colon; ++k) {
    if (scan_.quoted(k) || scan_.words[k].mention != kNoIndex || !scan_.noun(k)) continue;
    // « Réaction de X : »: at the head of a sentence the tagger may take the noun for a name.
    if (!scan_.is(k, kWordsNoun) &&
        !(k == first && (scan_.tables.lemmas.find(scan_.token(k).form_hash).classes & kWordsNoun) != 0))
      continue;
    if (k == first && k + 2 < colon && scan_.is(k + 1, kOfMarker)) return source_at(scan_, k + 2, false);
    // « Le mot est de X : »
    if (k + 3 < colon && scan_.finite(k + 1) && scan_.is(k + 2, kOfMarker)) return source_at(scan_, k + 3, false);
    std::uint32_t begin = k;
    while (begin > first && (scan_.token(begin - 1).upos == Upos::DET || scan_.token(begin - 1).upos == Upos::ADJ ||
                             scan_.is(begin - 1, kPossessive)))
      --begin;
    if (const Speaker whose = source_at(scan_, begin); whose.found && !(whose.begin <= k && k < whose.end))
      return whose;
  }
  return {};
}

bool Finder::opens_sentence(std::uint32_t first) const {
  if (first == 0 || block_of(first - 1) != block_of(first)) return true;
  const Word& before = scan_.words[first - 1];
  if (before.punctuation == Punctuation::stop || before.punctuation == Punctuation::dash) return true;
  return scan_.sentence_of(first).first == first || scan_.quoted(first - 1);
}

bool Finder::closes_sentence(std::uint32_t q) const {
  const std::uint32_t last = scan_.quotation_last[q];
  if (last >= scan_.size() || block_of(last) != scan_.sentence_of(last - 1).block) return true;
  if (scan_.sentence_of(last - 1).last <= last) return true;
  if (scan_.words[last].punctuation == Punctuation::stop) return true;
  if (scan_.quoted(last)) return true;
  // The splitter may have run the next sentence into this one.
  return scan_.token(last).capitalised && !scan_.punctuation(last);
}

bool Finder::begins_upper(std::uint32_t q) const {
  const std::string_view text = scan_.page.text.bytes();
  std::uint32_t at = scan_.quotations[q].inner.begin;
  while (at < scan_.quotations[q].inner.end) {
    const char32_t c = next_code_point(text, at);
    if (is_letter(c)) return is_upper(c);
    if (is_digit(c)) return true;
  }
  return false;
}

bool Finder::touches_next(std::uint32_t q) const {
  if (q + 1 >= scan_.quotations.size()) return false;
  const std::uint32_t last = scan_.quotation_last[q];
  const std::uint32_t next = scan_.quotation_first[q + 1];
  if (next == kNoIndex || block_of(next) != scan_.sentence_of(last - 1).block) return false;
  for (std::uint32_t i = last; i < next; ++i)
    if (!scan_.punctuation(i)) return false;
  return true;
}

}  // namespace chancery::speech
