// Whose words each statement is: the speaker told, meant by a pronoun, or in force.
#include "statements/finder.h"

#include <algorithm>

namespace chancery::speech {

void Finder::resolve_speakers() {
  std::vector<std::uint32_t> order;
  for (std::uint32_t d = 0; d < drafts_.size(); ++d)
    if (!drafts_[d].dropped) order.push_back(d);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return drafts_[a].order < drafts_[b].order; });
  for (std::size_t k = 0; k < order.size(); ++k) {
    Draft& draft = drafts_[order[k]];
    if (draft.shape == Shape::in_force) continue;
    settle(draft);
    // « Il m'a répondu que A »: he who tells it is not who said it.
    if (draft.turn_around != kNoIndex && draft.speaker.entities == drafts_[draft.turn_around].speaker.entities)
      draft.dropped = true;
    if (!draft.embedded) remember(draft);
  }
  // Bare quotations go on with what stands before them in the text; those that touch a later one wait for it.
  in_force_ = InForce{};
  std::vector<std::uint32_t> by_text(order);
  std::sort(by_text.begin(), by_text.end());
  for (const std::uint32_t d : by_text) {
    Draft& draft = drafts_[d];
    if (draft.shape == Shape::in_force) settle_free(d, by_text);
    if (!draft.embedded && (draft.shape != Shape::in_force || !draft.speaker.entities.empty())) remember(draft);
  }
}

void Finder::remember(const Draft& draft) {
  in_force_.entities = draft.speaker.entities;
  in_force_.span = draft.speaker.span;
  in_force_.token = std::max(draft.last, draft.has_cue ? draft.cue_last : 0U);
  in_force_.block = scan_.sentence_of(draft.last - 1).block;
  in_force_.known = !draft.speaker.entities.empty();
}

bool Finder::compatible(const Speaker& pronoun, const std::vector<EntityId>& entities) const {
  if (entities.empty()) return false;
  if (pronoun.number == Number::sing && entities.size() > 1) return false;
  if (pronoun.number == Number::plur && entities.size() < 2) {
    const ThingKind kind = scan_.entities.entities[entities[0]].kind;
    if (kind == ThingKind::person) return false;
  }
  const Entity& entity = scan_.entities.entities[entities[0]];
  if (pronoun.number == Number::sing && entities[0].value < plural_.size() && plural_[entities[0].value]) return false;
  // « a-t-il dit » is said of a man sooner than of a state.
  if (pronoun.person_pronoun && !pronoun.owner && entity.kind == ThingKind::state && entity.gender == Gender::none)
    return false;
  const bool feminine = entities[0].value < feminine_.size() && feminine_[entities[0].value];
  const Gender gender = feminine ? Gender::fem : entity.gender;
  return gender == Gender::none || pronoun.gender == Gender::none || gender == pronoun.gender;
}

bool Finder::near(std::uint32_t token) const {
  if (!in_force_.known) return false;
  const std::uint32_t block = block_of(token);
  return block >= in_force_.block && block - in_force_.block <= 2;
}

void Finder::settle(Draft& draft) {
  Speaker& speaker = draft.speaker;
  if (speaker.person_pronoun) {
    const bool in_force = near(draft.order) && compatible(speaker, in_force_.entities);
    const std::uint32_t own = draft.group != kNoIndex ? cues_.groups[draft.group].begin : draft.order;
    const bool unbroken = in_force && only_speech_between(in_force_.token, std::min(draft.first, own));
    // « A, a-t-il dit »: the pronoun goes on with who spoke; the names in A are not meant.
    if (speaker.fixed || take_topic(draft)) return;
    const bool inserted = draft.shape == Shape::incise && speaker.begin != kNoIndex && draft.group != kNoIndex &&
                          cues_.groups[draft.group].inverted_pronoun == speaker.begin;
    // Straight behind the words of somebody whom nobody knows, the pronoun means him, and no name to the left.
    const bool unknown = !in_force_.known && in_force_.token > 0 && draft.shape == Shape::incise &&
                         in_force_.block == block_of(draft.order) &&
                         only_speech_between(in_force_.token, std::min(draft.first, draft.order));
    if (unknown) {
      speaker.entities.clear();
      return;
    }
    // Straight behind somebody's words « il » means him, whoever is named in them.
    const bool by_his_word = in_force && draft.shape == Shape::according_to &&
                             in_force_.block == block_of(draft.order) &&
                             scan_.words[in_force_.token - 1].sentence + 1 >= scan_.words[draft.order].sentence;
    if (unbroken || by_his_word) {
      speaker.entities = in_force_.entities;
    } else if (!inserted && take_own_subject(draft, own)) {
      return;
    } else if (inserted || speaker.entities.empty()) {
      take_subject_before(draft);
    }
    if (speaker.entities.empty() && in_force && in_force_.block == block_of(draft.order))
      speaker.entities = in_force_.entities;
    if (speaker.entities.empty()) look_up_pronoun(draft, block_of(draft.order));
    if (speaker.entities.empty() && in_force) speaker.entities = in_force_.entities;
    if (speaker.entities.empty()) look_up_pronoun(draft, 0);
    if (speaker.entities.empty() && speaker.number == Number::plur) take_two_before(draft);
    return;
  }
  if (speaker.one_of_them) return take_one_of_them(draft);
  if (take_one_of_two(draft) || take_pair(draft) || take_same(draft) || take_source_again(draft) ||
      take_text_in_force(draft))
    return;
  if (speaker.entities.empty() && !speaker.inherit && speaker.found) look_up_outlet(draft);
  if (speaker.entities.empty() && !speaker.inherit) name_source(draft);
  if (!speaker.entities.empty() && !(speaker.inherit && same_sentence(draft))) return;
  if (speaker.inherit && !speaker.found && gerund(draft) && (take_subject_behind(draft) || take_nearest_subject(draft)))
    return;
  if (speaker.inherit && speaker.found && speaker.entities.empty() && !same_sentence(draft)) {
    name_source(draft);
    if (!speaker.entities.empty()) return;
  }
  const bool shares_clause = draft.group != kNoIndex && cues_.groups[draft.group].form != GroupForm::infinitive &&
                             cues_.groups[draft.group].form != GroupForm::finite;
  if (speaker.inherit && in_force_.known && near(draft.order) && (same_sentence(draft) || !shares_clause)) {
    // A coordinated cue with a subject of its own keeps it unless the statement before stands in its sentence.
    speaker.entities = in_force_.entities;
    if (!speaker.span) speaker.span = in_force_.span;
    speaker.how = same_sentence(draft) ? SpeakerHow::pronoun : SpeakerHow::in_force;
    return;
  }
  if (speaker.inherit && speaker.entities.empty()) {
    const Speaker subject = first_subject(scan_, draft.order);
    if (subject.speakerless) return;
    speaker.entities = subject.entities;
    speaker.span = subject.span;
    speaker.person_pronoun = subject.person_pronoun;
    speaker.gender = subject.gender;
    speaker.number = subject.number;
    speaker.found = subject.found;
    speaker.how = SpeakerHow::pronoun;
    if (speaker.entities.empty() && speaker.person_pronoun) look_up_pronoun(draft, 0);
    if (speaker.entities.empty() && !speaker.person_pronoun) {
      speaker.begin = subject.begin;
      speaker.end = subject.end;
      name_source(draft);
    }
    if (speaker.entities.empty() && !speaker.found && near(draft.order)) speaker.entities = in_force_.entities;
  }
}

bool Finder::take_topic(Draft& draft) const {
  const std::uint32_t pronoun = draft.speaker.begin;
  if (pronoun == kNoIndex || pronoun >= scan_.size()) return false;
  const std::uint32_t first = scan_.sentence_of(pronoun).first;
  if (pronoun < first + 3 || !comma(pronoun - 1)) return false;
  const std::uint32_t length = scan_.phrase_at(scan_.tables.topics, first);
  if (length == 0) return false;
  const Speaker topic = source_at(scan_, first + length, false);
  if (topic.entities.empty() || topic.end + 6 < pronoun || !compatible(draft.speaker, topic.entities)) return false;
  draft.speaker.entities = topic.entities;
  return true;
}

bool Finder::take_own_subject(Draft& draft, std::uint32_t own) const {
  if (draft.shape == Shape::according_to || draft.shape == Shape::incise) return false;
  const std::uint32_t first = scan_.sentence_of(own).first;
  for (std::uint32_t k = own; k > first;) {
    --k;
    if (scan_.quoted(k) || !scan_.finite(k)) continue;
    const Speaker subject = subject_of(scan_, k);
    if (subject.entities.size() != 1 || !compatible(draft.speaker, subject.entities)) return false;
    if (scan_.entities.entities[subject.entities[0]].kind != ThingKind::person) return false;
    if (in_force_.token > first && in_force_.known && in_force_.entities != subject.entities) return false;
    draft.speaker.entities = subject.entities;
    return true;
  }
  return false;
}

bool Finder::take_pair(Draft& draft) const {
  const Speaker& speaker = draft.speaker;
  if (!speaker.found || speaker.begin == kNoIndex || speaker.end == kNoIndex) return false;
  const std::uint32_t from = speaker.begin > 0 ? speaker.begin - 1 : 0;
  bool pair = false;
  for (std::uint32_t i = from; i < speaker.end && i < scan_.size(); ++i) pair = pair || scan_.is(i, kPair);
  if (!pair) return false;
  for (const EntityId id : speaker.entities) {
    const Entity& entity = scan_.entities.entities[id];
    if (entity.kind != ThingKind::person && entity.thing) return false;
  }
  std::uint32_t sentence = scan_.words[std::min(draft.first, draft.order)].sentence;
  for (int steps = 0; sentence > 0 && steps < 6; ++steps) {
    const std::vector<EntityId> found = two_persons(scan_.analysis.sentences[--sentence]);
    if (found.size() != 2) continue;
    draft.speaker.entities = found;
    draft.speaker.how = SpeakerHow::pronoun;
    return true;
  }
  return false;
}

void Finder::take_one_of_them(Draft& draft) const {
  constexpr std::uint32_t kThemBefore = 60;  // words
  for (std::uint32_t i = draft.first, steps = 0; i > 0 && steps < kThemBefore; ++steps) {
    --i;
    if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (!mention.entity || mention.number != Number::plur) continue;
    const Entity& entity = scan_.entities.entities[mention.entity];
    if (entity.kind != ThingKind::group || entity.thing || !entity.members.empty()) continue;
    draft.speaker.entities.assign(1, mention.entity);
    draft.speaker.how = SpeakerHow::source;
    return;
  }
  const bool several = near(draft.order) && in_force_.entities.size() == 1 &&
                       scan_.entities.entities[in_force_.entities[0]].kind == ThingKind::group;
  if (several) draft.speaker.entities = in_force_.entities;
}

bool Finder::take_one_of_two(Draft& draft) const {
  Speaker& speaker = draft.speaker;
  if (!speaker.found || speaker.begin == kNoIndex || speaker.end == kNoIndex || speaker.end < 2) return false;
  const std::uint32_t at = speaker.end - 2;
  const bool former = scan_.phrase_at(scan_.tables.former_of_two, at) == 2;
  if (!former && scan_.phrase_at(scan_.tables.latter_of_two, at) != 2) return false;
  std::uint32_t sentence = scan_.words[std::min(draft.first, at)].sentence;
  for (int steps = 0; sentence > 0 && steps < 4; ++steps) {
    const std::vector<EntityId> found = two_of_kind(scan_.analysis.sentences[--sentence]);
    if (found.size() != 2) continue;
    speaker.entities.assign(1, found[former ? 0 : 1]);
    speaker.how = SpeakerHow::pronoun;
    return true;
  }
  return false;
}

std::vector<EntityId> Finder::two_of_kind(const Sentence& sentence) const {
  for (const ThingKind kind : {ThingKind::person, ThingKind::state}) {
    std::vector<EntityId> found;
    for (std::uint32_t i = sentence.first; i < sentence.last && i < scan_.size(); ++i) {
      if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
      for (const EntityId id : scan_.entities.expand(scan_.mention(scan_.words[i].mention).entity))
        if (scan_.entities.entities[id].kind == kind && std::find(found.begin(), found.end(), id) == found.end())
          found.push_back(id);
    }
    if (found.size() == 2) return found;
    if (!found.empty() && kind == ThingKind::person && found.size() > 2) break;
  }
  return {};
}

bool Finder::take_source_again(Draft& draft) const {
  Speaker& speaker = draft.speaker;
  if (!speaker.found || speaker.inherit || speaker.begin == kNoIndex || speaker.begin == 0 || !near(draft.order))
    return false;
  const std::uint32_t index = scan_.words[speaker.begin].mention;
  if (index == kNoIndex || in_force_.entities.size() != 1) return false;
  const Mention& mention = scan_.mention(index);
  if (mention.head_token >= scan_.size()) return false;
  if (mention.form == MentionForm::office) return take_title_again(draft, mention);
  if (mention.form != MentionForm::nominal) return false;
  const std::uint32_t first = mention.first_token;
  if (!scan_.is(first, kDefinite) && !(first > 0 && scan_.is(first - 1, kDefinite))) return false;
  const Entity& spoke = scan_.entities.entities[in_force_.entities[0]];
  const std::string_view noun = scan_.page.text[scan_.token(mention.head_token).span];
  const bool called = sources_.called(mention.head_token) == in_force_.entities[0] ||
                      (!spoke.thing && spoke.name.find(noun) != std::string::npos);
  if (!called || scan_.token(mention.head_token).morph.number == Number::plur) return false;
  speaker.entities = in_force_.entities;
  speaker.how = SpeakerHow::pronoun;
  return true;
}

bool Finder::take_title_again(Draft& draft, const Mention& mention) const {
  if (!mention.entity || mention.number == Number::plur || !one_voice(in_force_.entities[0])) return false;
  const Entity& title = scan_.entities.entities[mention.entity];
  const std::uint32_t first = mention.first_token;
  if (title.thing || title.kind != ThingKind::office || first == 0 || !scan_.is(first - 1, kDefinite)) return false;
  const Entity& spoke = scan_.entities.entities[in_force_.entities[0]];
  if (title.state && title.state != spoke.state) return false;
  Speaker like = draft.speaker;
  like.number = Number::sing;
  if (!compatible(like, in_force_.entities)) return false;
  const std::uint32_t sentence = scan_.words[draft.order].sentence;
  if (scan_.words[std::min(in_force_.token, scan_.size()) - 1].sentence + 2 < sentence) return false;
  for (const Mention& other : scan_.entities.mentions) {
    if (other.span.begin >= mention.span.begin) break;
    if (other.entity == mention.entity) return false;
  }
  draft.speaker.entities = in_force_.entities;
  draft.speaker.how = SpeakerHow::pronoun;
  return true;
}

bool Finder::take_text_in_force(Draft& draft) const {
  Speaker& speaker = draft.speaker;
  if (!speaker.found || speaker.inherit || !speaker.entities.empty() || speaker.end == kNoIndex || speaker.end == 0 ||
      speaker.end >= scan_.size())
    return false;
  const std::uint32_t noun = speaker.end - 1;
  if (!scan_.is(noun, kTextNoun) || noun == 0 || !scan_.is(noun - 1, kDefinite)) return false;
  if (scan_.is(speaker.end, kOfMarker)) return false;
  if (const EntityId state = state_of_adjective(speaker.end); state) {
    speaker.entities.assign(1, body_of_state(state, noun));
    speaker.how = SpeakerHow::source;
    return true;
  }
  if (scan_.token(speaker.end).upos == Upos::ADJ || sources_.called(noun)) return false;
  const bool pointed = (scan_.tables.demonstratives.find(scan_.token(noun - 1).form_hash).classes & kDefinite) != 0;
  if (pointed && scan_.token(noun).morph.number == Number::plur) return false;
  const bool issued = pointed || scan_.is(noun, kChannelNoun);
  constexpr std::uint32_t kTextBefore = 90;  // words
  const std::string_view lemma = scan_.analysis.lemma(noun);
  for (std::uint32_t i = noun, steps = 0; i > 1 && steps < kTextBefore; ++steps) {
    --i;
    if (!scan_.is(i, kTextNoun) || scan_.quoted(i)) continue;
    if (scan_.analysis.lemma(i) != lemma) {
      if (!issued || steps > kTextBefore / 2 || !scan_.is(i, kChannelNoun)) continue;
    } else if (!issued && (!scan_.is(i - 1, kIndefinite) || i < 2 || !scan_.preposition(i - 2))) {
      return false;
    }
    // « X a annoncé la fermeture dans un communiqué »: who is told to have issued it, else who spoke.
    return issued_by(draft, first_subject(scan_, sentence_last(i) - 1));
  }
  if (!scan_.is(noun, kChannelNoun)) return false;
  const std::uint32_t first = scan_.sentence_of(std::min(draft.first, draft.order)).first;
  return first > 0 && block_of(first - 1) + 1 >= block_of(first) && issued_by(draft, first_subject(scan_, first - 1));
}

bool Finder::issued_by(Draft& draft, const Speaker& issuer) const {
  const bool body = !issuer.entities.empty() && !issuer.person_pronoun;
  if (!body && !near(draft.order)) return false;
  const std::vector<EntityId>& who = body ? issuer.entities : in_force_.entities;
  if (std::any_of(who.begin(), who.end(), [&](EntityId id) { return scan_.entities.entities[id].outlet; }))
    return false;
  draft.speaker.entities = body ? issuer.entities : in_force_.entities;
  draft.speaker.how = SpeakerHow::pronoun;
  return !draft.speaker.entities.empty();
}

EntityId Finder::state_of_adjective(std::uint32_t i) const {
  if (i >= scan_.size() || scan_.token(i).upos != Upos::ADJ) return {};
  const std::vector<Mention>& all = scan_.entities.mentions.rows();
  const std::uint32_t at = scan_.token(i).span.begin;
  const auto it = std::partition_point(all.begin(), all.end(), [&](const Mention& one) { return one.span.begin < at; });
  if (it == all.end() || it->span.begin != at || it->form != MentionForm::adjective || !it->entity) return {};
  const ThingKind kind = scan_.entities.entities[it->entity].kind;
  return kind == ThingKind::state || kind == ThingKind::organisation ? it->entity : EntityId{};
}

EntityId Finder::body_of_state(EntityId state, std::uint32_t before) const {
  constexpr std::uint32_t kBodyBefore = 50;  // words
  const ThingId thing = scan_.entities.entities[state].thing;
  for (std::uint32_t i = before, steps = 0; i > 0 && steps < kBodyBefore; ++steps) {
    --i;
    if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (!mention.entity) continue;
    const Entity& entity = scan_.entities.entities[mention.entity];
    if (entity.kind == ThingKind::organisation && !entity.outlet && thing && entity.state == thing)
      return mention.entity;
  }
  return state;
}

void Finder::take_two_before(Draft& draft) const {
  std::uint32_t sentence = scan_.words[std::min(draft.first, draft.order)].sentence;
  for (int steps = 0; sentence > 0 && steps < 2; ++steps) {
    const std::vector<EntityId> found = two_persons(scan_.analysis.sentences[--sentence], true);
    if (found.size() == 2) {
      draft.speaker.entities = found;
      return;
    }
  }
}

bool Finder::take_same(Draft& draft) const {
  Speaker& speaker = draft.speaker;
  if (!speaker.found || speaker.begin == kNoIndex || speaker.end == kNoIndex || !in_force_.known) return false;
  const std::uint32_t from = speaker.begin > 0 ? speaker.begin - 1 : 0;
  bool same = false;
  for (std::uint32_t i = from; i < speaker.end && i < scan_.size(); ++i) same = same || scan_.is(i, kSame);
  if (!same || !scan_.is(speaker.end - 1, kSourceNoun | kSame)) return false;
  const bool person = scan_.entities.entities[in_force_.entities[0]].kind == ThingKind::person;
  if (person && scan_.is(speaker.end - 1, kTextNoun)) return false;  // « les mêmes études » are none of his
  speaker.entities = in_force_.entities;
  speaker.how = SpeakerHow::pronoun;
  return true;
}

std::vector<EntityId> Finder::two_persons(const Sentence& sentence, bool joined_only) const {
  std::vector<EntityId> all;
  EntityId before;
  bool joined = false;
  for (std::uint32_t i = sentence.first; i < sentence.last && i < scan_.size(); ++i) {
    joined = joined || scan_.is(i, kCoordinator);
    if (scan_.finite(i) || scan_.words[i].punctuation == Punctuation::comma) joined = false, before = EntityId{};
    if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (i > sentence.first && scan_.words[i - 1].mention == scan_.words[i].mention) continue;
    if (!mention.entity || scan_.entities.entities[mention.entity].kind != ThingKind::person) continue;
    if (before && joined && before != mention.entity) return {before, mention.entity};
    before = mention.entity;
    joined = false;
    if (std::find(all.begin(), all.end(), mention.entity) == all.end()) all.push_back(mention.entity);
  }
  if (joined_only) all.clear();
  return all;
}

bool Finder::gerund(const Draft& draft) const {
  return draft.group != kNoIndex && cues_.groups[draft.group].form == GroupForm::gerund;
}

bool Finder::take_subject_behind(Draft& draft) {
  const VerbGroup& group = cues_.groups[draft.group];
  if (!sentence_initial(group)) return false;
  const std::uint32_t last = sentence_last(group.head);
  for (std::uint32_t k = draft.last; k < last; ++k) {
    if (scan_.quoted(k) || !scan_.finite(k)) continue;
    const Speaker subject = subject_of(scan_, k);
    if (!subject.found || subject.speakerless || subject.begin == kNoIndex || subject.begin < draft.last) return false;
    return speak_by(draft, subject);
  }
  return false;
}

// Gives the words to the subject of another clause, as itself and not as whoever spoke before.
bool Finder::speak_by(Draft& draft, const Speaker& subject) {
  draft.speaker = subject;
  draft.speaker.inherit = false;
  settle(draft);
  return true;
}

bool Finder::take_nearest_subject(Draft& draft) {
  const std::uint32_t floor =
      std::max(scan_.sentence_of(draft.order).first, same_sentence(draft) ? in_force_.token : 0U);
  for (std::uint32_t k = cues_.groups[draft.group].begin; k > floor;) {
    --k;
    if (scan_.quoted(k) || !scan_.finite(k)) continue;
    Speaker subject = subject_of(scan_, k);
    // « C'est ce qu'a déclaré X, ajoutant que A »: the subject behind its verb of saying.
    if (!subject.found && cues_.at[k] != 0 && k > floor && scan_.is(k - 1, kComplementiser))
      subject = subject_behind(scan_, cues_.groups[cues_.at[k] - 1]);
    if (!subject.found || subject.speakerless || (subject.begin != kNoIndex && subject.begin < floor)) return false;
    return speak_by(draft, subject);
  }
  return false;
}

void Finder::name_source(Draft& draft) {
  Speaker& speaker = draft.speaker;
  if (!speaker.found || speaker.speakerless || speaker.begin == kNoIndex || speaker.end == kNoIndex) return;
  if (speaker.begin >= speaker.end || speaker.end > scan_.size()) return;
  if (take_owner(draft)) return;
  const std::uint32_t flags = draft.has_cue ? scan_.tables.cues[draft.cue].flags : std::uint32_t{kOpinion};
  // « les pays de l'Alliance ont dénoncé un « acte irresponsable » »: who condemns or salutes is somebody.
  const bool judges = draft.shape == Shape::object && draft.has_cue && draft.mode == StatementMode::mixed &&
                      (scan_.tables.cues[draft.cue].constructions & kObject) != 0;
  const bool any_noun = (flags & (kInanimate | kOpinion)) == 0 && draft.shape != Shape::attribute &&
                        (draft.shape != Shape::object || judges) && draft.shape != Shape::in_force;
  const std::uint32_t cue = draft.group != kNoIndex ? cues_.groups[draft.group].begin : draft.cue_first;
  const std::uint32_t limit = draft.has_cue && cue >= speaker.end ? cue : scan_.size();
  const Naming naming = sources_.name(speaker, any_noun, limit);
  if (naming == Naming::named && speaker.end - 1 < scan_.size() && !scan_.unknown_name(speaker.end - 1))
    note_number(speaker.entities[0], scan_.token(speaker.end - 1).morph.number);
  if (naming == Naming::named || naming == Naming::nobody) return;
  // « le joueur »: who spoke before, else the only person of whom the last sentences tell.
  Speaker like = speaker;
  like.number = Number::sing;
  like.gender = Gender::none;
  const bool goes_on = naming == Naming::told_before || only_speech_between(in_force_.token, draft.first) ||
                       (in_force_.known && in_force_.token > 0 &&
                        scan_.words[in_force_.token - 1].sentence + 1 >= scan_.words[draft.first].sentence);
  if (near(draft.order) && goes_on && compatible(like, in_force_.entities) && one_voice(in_force_.entities[0])) {
    speaker.entities = in_force_.entities;
  } else {
    speaker.entities = only_person_before(draft);
  }
  speaker.how = SpeakerHow::pronoun;
  if (speaker.entities.empty()) take_named_now(draft);
  if (speaker.entities.empty() && naming == Naming::told_or_new) sources_.name(speaker, any_noun, limit, true);
}

bool Finder::one_voice(EntityId id) const {
  const Entity& entity = scan_.entities.entities[id];
  if (entity.outlet) return false;
  const std::string_view head = std::string_view(entity.name).substr(0, entity.name.find(' '));
  if (entity.kind == ThingKind::group && (scan_.tables.lemmas.find(head).classes & (kBodyNoun | kTextNoun)) != 0)
    return false;
  const bool nameless = !entity.thing && entity.kind == ThingKind::group && entity.members.empty() &&
                        !(id.value < plural_.size() && plural_[id.value]);
  return entity.kind == ThingKind::person || nameless;
}

void Finder::take_named_now(Draft& draft) {
  constexpr std::uint32_t kLongestWay = 90;  // words
  const std::uint32_t noun = draft.speaker.end - 1;
  const std::string_view lemma = scan_.analysis.lemma(noun);
  for (std::uint32_t i = draft.speaker.begin, steps = 0; i > 1 && steps < kLongestWay; ++steps) {
    --i;
    if (!scan_.noun(i) || scan_.quoted(i) || scan_.words[i].mention != kNoIndex || scan_.analysis.lemma(i) != lemma)
      continue;
    std::uint32_t first = i;
    while (first > 0 && i - first < 3 && scan_.token(first - 1).upos == Upos::ADJ) --first;
    if (first == 0 || !scan_.is(first - 1, kIndefinite)) return;
    Speaker before;
    before.found = true;
    before.begin = first - 1;
    before.end = i + 1;
    if (sources_.name(before, true, scan_.size()) == Naming::named) draft.speaker.entities = before.entities;
    return;
  }
}

bool Finder::take_owner(Draft& draft) {
  Speaker& speaker = draft.speaker;
  const std::uint32_t noun = speaker.end - 1;
  if (speaker.owner || !scan_.is(noun, kTextNoun | kWordsNoun)) return false;
  std::uint32_t i = noun;
  while (i > 0 && noun - i < 3 && scan_.token(i - 1).upos == Upos::ADJ && scan_.words[i - 1].mention == kNoIndex) --i;
  if (i == 0 || !scan_.is(i - 1, kPossessive)) return false;
  speaker.owner = speaker.person_pronoun = true;
  speaker.gender = Gender::none;
  speaker.number = Number::sing;
  settle(draft);
  return true;
}

std::vector<EntityId> Finder::only_person_before(const Draft& draft) const {
  const std::uint32_t sentence = scan_.words[draft.order].sentence;
  EntityId found;
  for (std::uint32_t i = draft.order, steps = 0; i > 0 && steps < 120; ++steps) {
    --i;
    if (scan_.words[i].sentence + 2 < sentence) break;
    if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (!mention.entity || scan_.entities.entities[mention.entity].kind != ThingKind::person) continue;
    if (found && mention.entity != found) return {};
    found = mention.entity;
  }
  return found ? std::vector<EntityId>{found} : std::vector<EntityId>{};
}

bool Finder::same_sentence(const Draft& draft) const {
  return in_force_.known && in_force_.token > 0 &&
         scan_.words[std::min(in_force_.token, scan_.size()) - 1].sentence == scan_.words[draft.order].sentence;
}

void Finder::take_subject_before(Draft& draft) const {
  const std::uint32_t first = scan_.sentence_of(std::min(draft.first, draft.order)).first;
  if (first == 0 || block_of(first - 1) + 1 < block_of(first)) return;
  const Speaker subject = first_subject(scan_, first - 1);
  if (!subject.entities.empty() && compatible(draft.speaker, subject.entities))
    draft.speaker.entities = subject.entities;
}

void Finder::look_up_pronoun(Draft& draft, std::uint32_t block) const {
  const std::uint32_t begin = scan_.token(draft.order).span.begin;
  std::uint32_t steps = 0;
  for (std::uint32_t i = draft.order; i > 0 && steps < 120; ++steps) {
    --i;
    if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
    if (block_of(i) < block) return;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (!mention.entity || mention.span.begin >= begin) continue;
    const Entity& entity = scan_.entities.entities[mention.entity];
    if (entity.kind != ThingKind::person) continue;
    const std::vector<EntityId> candidates = scan_.entities.expand(mention.entity);
    if (!compatible(draft.speaker, candidates)) continue;
    draft.speaker.entities = candidates;
    return;
  }
}

bool Finder::named_behind(Speaker& speaker) const {
  std::uint32_t i = speaker.end;
  for (int steps = 0; steps < 3 && i < scan_.size() && scan_.words[i].mention == kNoIndex && !scan_.unknown_name(i) &&
                      (scan_.preposition(i) || scan_.noun(i) || scan_.token(i).upos == Upos::ADJ);
       ++steps)
    ++i;
  if (i < scan_.size() && scan_.unknown_name(i) && !scan_.quoted(i)) return true;  // « l'agence officielle X »
  if (i >= scan_.size() || scan_.words[i].mention == kNoIndex || scan_.quoted(i)) return false;
  const Mention& mention = scan_.mention(scan_.words[i].mention);
  if (mention.form != MentionForm::name || !mention.entity) return false;
  const ThingKind kind = scan_.entities.entities[mention.entity].kind;
  if (kind == ThingKind::state || kind == ThingKind::place) return false;  // « le Journal officiel de l'Angola »
  speaker.entities = scan_.entities.expand(mention.entity);
  speaker.span = cover(*speaker.span, mention.span);
  speaker.end = mention.last_token;
  speaker.outlet = scan_.entities.entities[mention.entity].outlet;
  return true;
}

void Finder::look_up_outlet(Draft& draft) const {
  Speaker& speaker = draft.speaker;
  if (speaker.end == kNoIndex || speaker.end == 0 || !scan_.is(speaker.end - 1, kOutletNoun)) return;
  if (speaker.end - speaker.begin != 2) return;  // « un autre journal » is another one
  if (named_behind(speaker)) return;
  std::uint32_t steps = 0;
  for (std::uint32_t i = speaker.begin; i > 0 && steps < 250; ++steps) {
    --i;
    if (scan_.words[i].mention == kNoIndex) continue;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (!mention.entity || !scan_.entities.entities[mention.entity].outlet) continue;
    speaker.entities.assign(1, mention.entity);
    speaker.how = SpeakerHow::pronoun;
    speaker.outlet = true;
    return;
  }
  if (const EntityId outlet = outlet_called(speaker.begin); outlet) {
    speaker.entities.assign(1, outlet);
    speaker.how = SpeakerHow::pronoun;
  }
}

// « le quotidien X … Le journal estime »: an outlet that only the page knows.
EntityId Finder::outlet_called(std::uint32_t before) const {
  constexpr std::uint32_t kOutletBefore = 120;  // words
  for (std::uint32_t i = before, steps = 0; i > 0 && steps < kOutletBefore; ++steps) {
    --i;
    if (!scan_.is(i, kOutletNoun) || scan_.quoted(i) || scan_.words[i].mention != kNoIndex) continue;
    std::uint32_t k = i + 1;
    while (k < before && k < i + 4 && scan_.words[k].mention == kNoIndex && !scan_.punctuation(k)) ++k;
    if (k >= before || scan_.words[k].mention == kNoIndex || scan_.preposition(k - 1)) continue;
    const Mention& mention = scan_.mention(scan_.words[k].mention);
    if (mention.form != MentionForm::name || !mention.entity) continue;
    const Entity& entity = scan_.entities.entities[mention.entity];
    if (!entity.thing && entity.kind != ThingKind::place) return mention.entity;
  }
  return {};
}

void Finder::settle_free(std::uint32_t d, const std::vector<std::uint32_t>& order) {
  Draft& draft = drafts_[d];
  draft.speaker.how = SpeakerHow::in_force;
  draft.follows_speech = in_force_.token > 0 && in_force_.block == block_of(draft.first) &&
                         draft.first <= in_force_.token + 16 && draft.first >= in_force_.token &&
                         only_speech_between(in_force_.token, draft.first);
  if (draft.follows_speech) {
    draft.speaker.entities = in_force_.entities;
    return;
  }
  if (draft.follows_next) {
    const auto at = std::upper_bound(order.begin(), order.end(), d);
    for (auto it = at; it != order.end(); ++it) {
      const Draft& next = drafts_[*it];
      if (next.dropped || next.embedded) continue;
      if (next.shape == Shape::in_force && next.follows_next) continue;
      if (next.shape == Shape::incise && block_of(next.first) == block_of(draft.first)) {
        draft.speaker.entities = next.speaker.entities;
        draft.speaker.span = next.speaker.span;
      }
      break;
    }
    if (!draft.speaker.entities.empty()) return;
  }
  const std::vector<EntityId> about = subject_of_sentence_before(draft.first);
  if (!about.empty()) {
    draft.speaker.entities = about;
    return;
  }
  if (near(draft.first)) draft.speaker.entities = in_force_.entities;
}

bool Finder::only_speech_between(std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t i = begin; i < end; ++i)
    if (scan_.finite(i) && !scan_.quoted(i)) return false;
  return true;
}

std::vector<EntityId> Finder::subject_of_sentence_before(std::uint32_t first) const {
  if (first == 0) return {};
  const std::uint32_t sentence = scan_.words[first - 1].sentence;
  if (scan_.analysis.sentences[sentence].block + 1 < block_of(first)) return {};
  const Speaker subject = first_subject(scan_, first - 1);
  if (subject.entities.size() != 1 || scan_.quoted(first - 1)) return {};
  if (scan_.entities.entities[subject.entities[0]].kind != ThingKind::person) return {};
  return subject.entities;
}

void Finder::drop_speakerless() {
  for (Draft& draft : drafts_) {
    if (draft.dropped || !draft.speaker.entities.empty()) continue;
    if (draft.shape == Shape::in_force && !draft.follows_speech) draft.dropped = true;
    if (draft.shape == Shape::attribute || draft.shape == Shape::object) draft.dropped = true;
    const bool noun =
        draft.speaker.begin != kNoIndex && draft.speaker.end > 0 && draft.speaker.end <= scan_.size() &&
        (scan_.is(draft.speaker.end - 1, kSourceNoun) || scan_.token(draft.speaker.end - 1).upos == Upos::PROPN);
    const bool name = draft.speaker.end != kNoIndex && draft.speaker.end > 0 && draft.speaker.end <= scan_.size() &&
                      scan_.token(draft.speaker.end - 1).capitalised && !scan_.token(draft.speaker.end - 1).known;
    if (name) continue;
    const bool anybody = draft.speaker.found && draft.speaker.begin != kNoIndex && draft.has_cue &&
                         (scan_.tables.cues[draft.cue].flags & (kInanimate | kOpinion)) == 0 &&
                         draft.shape == Shape::clause;
    if (anybody) continue;
    const bool finding = draft.has_cue && (scan_.tables.cues[draft.cue].flags & kInanimate) != 0 &&
                         draft.mode == StatementMode::mixed && draft.shape == Shape::clause;
    if ((draft.mode == StatementMode::indirect || finding) && !noun && !draft.speaker.person_pronoun)
      draft.dropped = true;
  }
}

}  // namespace chancery::speech
