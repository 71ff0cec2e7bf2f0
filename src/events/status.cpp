// The status of an event as the page sees it: the words around the trigger first (« annulé », « en cas de »), then
// negation, then what governs it, then tense and mood.
#include <algorithm>

#include "events/draft.h"

namespace chancery::frames {
namespace {

constexpr std::uint8_t kCancelled = static_cast<std::uint8_t>(EventStatus::cancelled);

class StatusReader {
 public:
  StatusReader(const PageView& view, const Phrases& phrases, const Clauses& clauses, Draft& draft)
      : view_(view), phrases_(phrases), clauses_(clauses), draft_(draft) {}

  void run() {
    draft_.status = draft_.frame->status.value_or(EventStatus::happened);
    if (draft_.verbal)
      of_verb(draft_.phrase);
    else
      of_noun();
    if (draft_.status == EventStatus::planned && (is_contact(draft_.kind) || draft_.kind == EventKind::visit))
      by_what_became_of_it();
  }

 private:
  const Phrase& at(std::uint32_t phrase) const { return phrases_.phrases[phrase]; }
  const WordCues& cues(WordId word) const { return view_.rules.cues[word]; }
  const WordCues& cues_of_token(std::uint32_t token) const {
    const WordCues& by_lemma = cues(phrases_.words[token]);
    return by_lemma.modifier != kNoStatus || by_lemma.predicate != kNoStatus ? by_lemma : cues(phrases_.forms[token]);
  }

  bool decide(EventStatus status, std::uint32_t first, std::uint32_t last) {
    draft_.status = status;
    draft_.status_by_word = true;
    if (first >= last || last > view_.analysis.tokens.size()) return true;
    draft_.status_span = Span{view_.analysis.tokens[first].span.begin, view_.analysis.tokens[last - 1].span.end};
    return true;
  }
  bool decide(std::uint8_t status, std::uint32_t token) {
    return decide(static_cast<EventStatus>(status), token, token + 1);
  }

  // « devait rencontrer X ; il a annulé sa venue », « devaient avoir lieu au Caire mais Moscou les a reportées »
  void by_what_became_of_it() {
    const std::uint32_t governor =
        draft_.verbal ? clauses_.governing(draft_.phrase, draft_.sentence).verb : draft_.governing.verb;
    if (governor == kNoPhrase || !at(governor).imperfect || at(governor).mood != Mood::ind) return;
    const std::uint32_t last = clauses_.end(draft_.sentence);
    for (std::uint32_t i = std::max(governor, draft_.phrase_last) + 1; i < last && i < governor + 24; ++i) {
      const Phrase& verb = at(i);
      if (verb.kind != PhraseKind::verb || verb.shape != VerbShape::finite || verb.mood != Mood::ind) continue;
      if (verb.negated || verb.tense == VerbTime::future || cues(verb.word).predicate != kCancelled) continue;
      const bool of_other = !has_clitic(verb) && i + 1 < last && at(i + 1).kind == PhraseKind::noun &&
                            at(i + 1).preposition == 0 && at(i + 1).determiner != Determiner::possessive;
      if (of_other || has_new_day(i)) continue;
      decide(EventStatus::cancelled, verb.first, verb.last);
      return;
    }
  }

  // « les a reportées »
  bool has_clitic(const Phrase& verb) const {
    for (std::uint32_t token = verb.first; token < verb.head; ++token)
      if (view_.analysis.tokens[token].upos == Upos::PRON &&
          (view_.rules.flag(phrases_.forms[token]) & kObjectPronoun) != 0)
        return true;
    return false;
  }

  // --- verbs ---

  void of_verb(std::uint32_t verb) {
    const Phrase& group = at(verb);
    if (group.negated && !draft_.frame->negated) {
      if (!by_conjunction(verb)) decide(EventStatus::denied, group.first, group.last);
      return;
    }
    // « Aucun accord n'a été trouvé »
    if (group.shape == VerbShape::finite && !draft_.frame->negated) {
      const std::uint32_t subject = clauses_.subject(verb, draft_.sentence);
      if (subject != kNoPhrase && at(subject).determiner == Determiner::negative)
        return (void)decide(EventStatus::denied, at(subject).first, at(subject).first + 1);
    }
    if (group.preposition != 0 && cues(group.preposition).opener != kNoStatus &&
        (!group.compound || cues(group.preposition).opener == static_cast<std::uint8_t>(EventStatus::denied))) {
      if (cues(group.preposition).opener == static_cast<std::uint8_t>(EventStatus::happened))
        return as_what_governs(verb);  // « avant d'accuser X »
      if (is_contact(draft_.kind) && is_matter_of_contact(verb)) return as_what_governs(verb);
      if (is_contact(draft_.kind) && is_reason_to_come(verb)) {
        decide(EventStatus::planned, group.preposition_token, group.preposition_token + 1);
        return;
      }
      decide(cues(group.preposition).opener, group.preposition_token);
      return;
    }
    if (group.shape == VerbShape::infinitive) {
      of_infinitive(verb);
      return;
    }
    if (group.shape != VerbShape::finite) {
      of_participle(verb);
      return;
    }
    if (by_clause(verb)) return;
    by_tense(verb);
  }

  // « se rendra à Bamako pour rencontrer X »
  bool is_reason_to_come(std::uint32_t verb) const {
    const Governing up = clauses_.governing(verb, draft_.sentence);
    return up.verb != kNoPhrase && at(up.verb).kind == PhraseKind::verb && !at(up.verb).negated &&
           (view_.rules.flag(at(up.verb).word) & kGatheringVerb) != 0;
  }

  // « ont tenu des entretiens pour discuter du retrait »: what they met for they did there.
  bool is_matter_of_contact(std::uint32_t verb) const {
    const Governing up = clauses_.governing(verb, draft_.sentence);
    if (up.verb == kNoPhrase || at(up.verb).kind != PhraseKind::verb) return false;
    if ((view_.rules.flag(at(up.verb).word) & kLightVerb) == 0) return false;
    for (std::uint32_t i = up.verb + 1; i < verb; ++i)
      if (phrases_.event_noun[i] != 0) return true;
    return false;
  }

  void as_what_governs(std::uint32_t verb) {
    const Governing up = clauses_.governing(verb, draft_.sentence);
    if (up.verb != kNoPhrase && at(up.verb).shape == VerbShape::finite) by_tense(up.verb);
  }

  void of_infinitive(std::uint32_t verb) {
    if (at(verb).compound && !is_bare_passive(verb)) return by_governor_of_compound(verb);
    std::uint32_t one = verb;
    for (int step = 0; step < 4; ++step) {
      const Governing up = clauses_.governing(one, draft_.sentence);
      if (up.noun != kNoPhrase && by_cue(up.noun)) return;
      if (up.verb == kNoPhrase) break;
      if (by_cue(up.verb)) return;
      const Phrase& governor = at(up.verb);
      if (governor.negated && is_not_only(up.verb)) return;
      if (governor.negated) {
        decide(EventStatus::denied, governor.first, governor.last);
        return;
      }
      if (governor.shape == VerbShape::finite) {
        // « est venu accueillir X »
        const bool comes = is_coming(governor) && at(one).preposition == 0;
        if (is_auxiliary_like(governor) || comes) {
          by_tense(up.verb);
          return;
        }
        break;
      }
      // « l'émissaire, venu plaider pour une trêve »
      if (governor.shape == VerbShape::participle && is_coming(governor) && at(one).preposition == 0) {
        draft_.background = true;
        return;
      }
      one = up.verb;
    }
    draft_.status = EventStatus::proposed;  // an infinitive alone tells a wish or an aim
  }

  // « devait être reçu »: a passive, and no more finished than « devait recevoir »; not « avoir été reçu ».
  bool is_bare_passive(std::uint32_t verb) const {
    const Phrase& group = at(verb);
    if (group.voice != Voice::passive) return false;
    for (std::uint32_t token = group.first; token < group.head; ++token) {
      const std::uint64_t flags = view_.rules.flag(phrases_.words[token]);
      if ((flags & kPassiveAuxiliary) != 0) return true;
      if ((flags & kAuxiliaryVerb) != 0) return false;
    }
    return false;
  }

  // « n'est pas le seul à négocier »
  bool is_not_only(std::uint32_t verb) const {
    const std::uint32_t from = at(verb).first;
    for (std::uint32_t token = from; token < view_.analysis.tokens.size() && token < at(verb).last + 3; ++token)
      if ((view_.rules.flag(phrases_.words[token]) & kNotOnly) != 0) return true;
    return false;
  }

  bool is_coming(const Phrase& verb) const { return (view_.rules.flag(verb.word) & kGatheringVerb) != 0; }

  bool is_auxiliary_like(const Phrase& verb) const {
    return (view_.rules.flag(verb.word) & (kLightVerb | kOccurrenceVerb | kHostVerb)) != 0;
  }

  // « nier avoir rencontré », « pour avoir attaqué »
  void by_governor_of_compound(std::uint32_t verb) {
    const Governing up = clauses_.governing(verb, draft_.sentence);
    if (up.verb == kNoPhrase) return;
    draft_.background = true;  // it was before the day of what governs it
    const Match* cue = clauses_.governor_cue(up.verb);
    if (cue == nullptr) return;
    const auto status = static_cast<EventStatus>(view_.rules.patterns[cue->pattern].target);
    if (status == EventStatus::denied) decide(status, cue->first, cue->last);
  }

  // « une visite prévue » is found by the noun; « les troupes déployées » has happened unless its noun is only planned.
  void of_participle(std::uint32_t verb) {
    const Phrase& group = at(verb);
    if (group.shape != VerbShape::gerund) draft_.background = true;
    for (std::uint32_t token = group.first; token < group.last; ++token)
      if (cues_of_token(token).modifier != kNoStatus && token != group.head) {
        decide(cues_of_token(token).modifier, token);
        return;
      }
  }

  // « si », « pour que »
  std::uint8_t subordinator_of(std::uint32_t conjunction) const {
    const Phrase& one = at(conjunction);
    if (cues(one.word).subordinator != kNoStatus || one.preposition == 0) return cues(one.word).subordinator;
    const std::string whole =
        std::string(view_.rules.words.text(one.preposition)) + " " + std::string(view_.rules.words.text(one.word));
    return cues(view_.rules.words.find(whole)).subordinator;
  }

  // « si A ne retire pas ses troupes »
  bool by_conjunction(std::uint32_t verb) {
    std::uint32_t conjunction = kNoPhrase;
    clauses_.parent(verb, draft_.sentence, &conjunction);
    if (conjunction == kNoPhrase) return false;
    const std::uint8_t status = subordinator_of(conjunction);
    return status != kNoStatus && decide(status, at(conjunction).first);
  }

  // The clause's conjunction and what governs it.
  bool by_clause(std::uint32_t verb) {
    std::uint32_t one = verb;
    for (int step = 0; step < 3; ++step) {
      std::uint32_t conjunction = kNoPhrase;
      const std::uint32_t parent = clauses_.parent(one, draft_.sentence, &conjunction);
      if (conjunction == kNoPhrase) return false;
      const std::uint8_t by_conjunction = subordinator_of(conjunction);
      if (by_conjunction != kNoStatus) return decide(by_conjunction, at(conjunction).first);
      if (parent == kNoPhrase) return false;
      const Match* cue = clauses_.governor_cue(parent);
      if (cue != nullptr) {
        const auto status = static_cast<EventStatus>(view_.rules.patterns[cue->pattern].target);
        const Mood mood = at(one).mood;
        if (status == EventStatus::denied || mood == Mood::sub) return decide(status, cue->first, cue->last);
      }
      if (at(parent).kind != PhraseKind::verb) return false;
      one = parent;
    }
    return false;
  }

  void by_tense(std::uint32_t verb) {
    const Phrase& group = at(verb);
    const std::uint32_t bearer = group.auxiliary != kNoToken ? group.auxiliary : group.head;
    if (group.mood == Mood::cnd) {
      const bool future_in_past = !group.compound && reported_in_past(verb);
      decide(future_in_past ? EventStatus::planned : EventStatus::conditional, bearer, bearer + 1);
    } else if (group.tense == VerbTime::future && !draft_.frame->negated) {
      if (!by_condition_behind(verb)) decide(EventStatus::planned, bearer, bearer + 1);
    } else if (group.tense == VerbTime::present && draft_.frame->durative && draft_.verbal && group.mood == Mood::ind) {
      draft_.status = EventStatus::ongoing;
    }
  }

  // « sera levé si X respecte … »
  bool by_condition_behind(std::uint32_t verb) {
    for (std::uint32_t i = verb + 1; i < clauses_.end(draft_.sentence) && i < verb + 12; ++i) {
      if (at(i).kind == PhraseKind::verb || at(i).kind == PhraseKind::stop || at(i).kind == PhraseKind::relative)
        return false;
      if (at(i).kind != PhraseKind::subordinator) continue;
      return cues(at(i).word).subordinator == static_cast<std::uint8_t>(EventStatus::conditional) &&
             decide(EventStatus::conditional, at(i).first, at(i).last);
    }
    return false;
  }

  // « il a dit qu'il se rendrait » looks ahead from the past; « il se rendrait » doubts.
  bool reported_in_past(std::uint32_t verb) const {
    std::uint32_t conjunction = kNoPhrase;
    const std::uint32_t parent = clauses_.parent(verb, draft_.sentence, &conjunction);
    if (parent != kNoPhrase && at(parent).kind == PhraseKind::verb) return at(parent).tense == VerbTime::past;
    return false;
  }

  // A governor's cue; under a negation or another cue of its own it turns.
  bool by_cue(std::uint32_t phrase) {
    const Match* cue = clauses_.governor_cue(phrase);
    if (cue == nullptr) return false;
    const Phrase& governor = at(phrase);
    auto status = static_cast<EventStatus>(view_.rules.patterns[cue->pattern].target);
    // « convenir de poursuivre les discussions »: what is to be gone on with is governed in turn.
    if (status == EventStatus::ongoing && governor.kind == PhraseKind::verb &&
        governor.shape == VerbShape::infinitive && !governor.compound && phrase != draft_.phrase) {
      of_infinitive(phrase);
      if (draft_.status_by_word) return true;
    }
    if (governor.kind == PhraseKind::noun && governor.determiner == Determiner::negative)
      status = EventStatus::denied;  // « n'avoir aucune intention de »
    else if (governor.kind == PhraseKind::verb && governor.negated && !holds_negation(*cue))
      status = status == EventStatus::denied ? EventStatus::proposed : EventStatus::denied;  // « n'a pas exclu »
    else if (status == EventStatus::happened && governor.kind == PhraseKind::verb) {
      if (governor.tense == VerbTime::future) status = EventStatus::planned;
      if (governor.mood == Mood::cnd) status = EventStatus::conditional;
    }
    return decide(status, cue->first, cue->last);
  }

  // « ne cesse de », « n'a pas manqué de »: the cue itself is negated.
  bool holds_negation(const Match& cue) const { return (view_.rules.flag(phrases_.words[cue.first]) & kNegation) != 0; }

  // --- nouns ---

  void of_noun() {
    const Phrase& noun = at(draft_.phrase);
    if (noun.determiner == Determiner::negative) {
      decide(EventStatus::denied, noun.first, noun.first + 1);
      return;
    }
    if (by_end()) return;
    if (by_modifier()) return;
    if (by_settled_verb()) return;
    if (noun.preposition != 0 && cues(noun.preposition).opener != kNoStatus) {
      decide(static_cast<EventStatus>(cues(noun.preposition).opener), noun.preposition_token,
             noun.coordinated != kNoPhrase ? noun.preposition_token + 1
                                           : std::max(noun.first, noun.preposition_token + 1));
      return;
    }
    // A demand that is refused has been made.
    if (is_verbal_act(draft_.kind) && draft_.kind != EventKind::agree) return;
    // « a demandé une faveur lors d'un appel »: what else is told of it is not of the call.
    const bool circumstance = follows_clause(draft_.governing);
    if (!circumstance && by_governing_noun()) return;
    by_governing_verb(circumstance);
    if (!draft_.status_by_word && draft_.relative != kNoPhrase) by_relative();
  }

  // « condamné pour l'assassinat de X », « appliquer l'accord »: it has been. « se réuniront pour un sommet »: as the
  // verb.
  bool by_settled_verb() {
    const Governing& up = draft_.governing;
    if (up.verb == kNoPhrase || at(up.verb).kind != PhraseKind::verb) return false;
    const std::uint64_t flags = view_.rules.flag(at(up.verb).word);
    const Phrase& noun = at(draft_.phrase);
    const bool opened = noun.preposition != 0 && cues(noun.preposition).opener != kNoStatus;
    if (opened && up.relation == Relation::oblique && (flags & kGatheringVerb) != 0) {
      const Match* cue = clauses_.governor_cue(up.verb);  // « est attendu à Bari pour le sommet »
      if (cue != nullptr &&
          view_.rules.patterns[cue->pattern].target == static_cast<std::uint32_t>(EventStatus::planned))
        return decide(EventStatus::planned, cue->first, cue->last);
      if (at(up.verb).shape == VerbShape::finite) by_tense(up.verb);
      return true;
    }
    const bool caused = opened && up.relation == Relation::oblique && (flags & kCauseVerb) != 0;
    const bool agreed = draft_.kind == EventKind::agree && up.relation == Relation::object &&
                        noun.determiner == Determiner::definite && (flags & kPresupposingVerb) != 0;
    if (!caused && !agreed) return false;
    draft_.background = true;
    return true;
  }

  // « la rencontre prévue mardi a été annulée »: what became of it goes before what it was to be.
  bool by_end() {
    const Governing& up = draft_.governing;
    if (up.verb == kNoPhrase || at(up.verb).kind != PhraseKind::verb || follows_clause(up)) return false;
    const Phrase& verb = at(up.verb);
    if (up.relation != Relation::subject && verb.voice != Voice::passive) return by_renouncing(up);
    for (std::uint32_t token = verb.first; token < verb.last; ++token)
      if (cues_of_token(token).predicate == static_cast<std::uint8_t>(EventStatus::cancelled) &&
          verb.shape == VerbShape::finite && verb.mood == Mood::ind)
        return decide(has_new_day(up.verb) ? EventStatus::planned : EventStatus::cancelled, token, token + 1);
    // « un sommet prévu le 15 janvier n'a jamais eu lieu »
    if (up.relation == Relation::subject && verb.negated && verb.compound && verb.shape == VerbShape::finite &&
        verb.mood == Mood::ind && is_occurrence(verb) && by_modifier() && draft_.status == EventStatus::planned)
      return decide(EventStatus::cancelled, verb.first, verb.last);
    return draft_.status_by_word;
  }

  // « a annulé la rencontre prévue mardi »
  bool by_renouncing(const Governing& up) {
    const Phrase& verb = at(up.verb);
    const Match* cue = clauses_.governor_cue(up.verb);
    if (cue == nullptr || verb.negated || verb.shape != VerbShape::finite || verb.mood != Mood::ind) return false;
    if (up.relation != Relation::object && !is_addressed_content(up)) return false;
    const auto status = static_cast<EventStatus>(view_.rules.patterns[cue->pattern].target);
    return status == EventStatus::cancelled && decide(status, cue->first, cue->last);
  }

  // « le sommet que A et B doivent tenir »
  void by_relative() {
    const Phrase& verb = at(draft_.relative);
    if (verb.negated) {
      decide(EventStatus::denied, verb.first, verb.last);
    } else if (verb.shape == VerbShape::infinitive) {
      of_infinitive(draft_.relative);
    } else {
      by_tense(draft_.relative);
    }
  }

  // « éventuel sommet », « visite prévue », « sommet annulé »
  bool by_modifier() {
    for (std::uint32_t p = draft_.phrase; p <= draft_.phrase_last; ++p)
      for (std::uint32_t token = at(p).first; token < at(p).last; ++token)
        if (const std::uint8_t status = cues_of_token(token).modifier; status != kNoStatus)
          return decide(status, token);
    const std::uint32_t last = clauses_.end(draft_.sentence);
    for (std::uint32_t i = draft_.phrase_last + 1; i < last && i < draft_.phrase_last + 6; ++i) {
      const Phrase& one = at(i);
      if (one.kind == PhraseKind::verb) {
        if (one.shape != VerbShape::participle || describes_last_noun(one.head)) return false;
        if (const std::uint8_t status = cues_of_token(one.head).modifier; status != kNoStatus)
          return decide(status, one.head);
        return false;
      }
      if (one.kind == PhraseKind::noun && (one.preposition == 0 || one.coordinated != kNoPhrase)) return false;
      if (one.kind != PhraseKind::noun && one.kind != PhraseKind::time) return false;
    }
    return false;
  }

  // « la levée des sanctions imposées »: the participle agrees with what is lifted, and not with its end.
  bool describes_last_noun(std::uint32_t participle) const {
    const std::uint32_t first = at(draft_.phrase).head;
    const std::uint32_t last = at(draft_.phrase_last).head;
    if (draft_.phrase == draft_.phrase_last || first == kNoToken || last == kNoToken) return false;
    const auto agrees = [&](std::uint32_t noun) {
      const Morph& a = view_.analysis.tokens[noun].morph;
      const Morph& b = view_.analysis.tokens[participle].morph;
      return (a.number == Number::none || b.number == Number::none || a.number == b.number) &&
             (a.gender == Gender::none || b.gender == Gender::none || a.gender == b.gender);
    };
    return agrees(last) && !agrees(first);
  }

  // « une proposition de cessez-le-feu », « l'appel à un retrait »
  bool by_governing_noun() {
    std::uint32_t p = draft_.phrase;
    for (int step = 0; step < 3; ++step) {
      const Governing up = clauses_.governing(p, draft_.sentence);
      if (up.noun == kNoPhrase) return false;
      const Match* cue = clauses_.governor_cue(up.noun);
      if (cue != nullptr && cue->first <= at(up.noun).head && at(up.noun).head < cue->last &&
          at(up.noun).kind == PhraseKind::noun)
        return by_cue(up.noun);
      if (at(up.noun).mention_begin != at(up.noun).mention_end) return false;
      p = up.noun;
    }
    return false;
  }

  void by_governing_verb(bool circumstance) {
    const Governing& up = draft_.governing;
    if (up.verb == kNoPhrase) return;
    const Phrase& verb = at(up.verb);
    if (up.relation == Relation::subject || (verb.voice == Voice::passive && !circumstance)) {
      for (std::uint32_t token = verb.first; token < verb.last; ++token) {
        const std::uint8_t status = cues_of_token(token).predicate;
        if (status == kNoStatus) continue;
        if (verb.negated && status != static_cast<std::uint8_t>(EventStatus::cancelled)) break;
        // « ont duré toute la nuit »: what has lasted is over.
        if (verb.compound && verb.mood == Mood::ind && status == static_cast<std::uint8_t>(EventStatus::ongoing)) {
          decide(EventStatus::happened, verb.first, verb.last);
          return;
        }
        const bool moved = status == static_cast<std::uint8_t>(EventStatus::cancelled) && has_new_day(up.verb);
        decide(moved ? static_cast<std::uint8_t>(EventStatus::planned) : status, token);
        return;
      }
      if (up.relation == Relation::subject) {
        if (verb.negated && is_occurrence(verb)) {
          const bool goes_on = (view_.rules.flag(verb.word) & kEndingVerb) != 0;
          decide(goes_on ? EventStatus::ongoing : EventStatus::denied, verb.first, verb.last);
          return;
        }
        const bool supposed = verb.mood == Mood::cnd && !verb.compound && !is_verbal_act(draft_.kind);
        if (supposed && !is_occurrence(verb)) {  // « toute attaque entraînerait une riposte »
          decide(EventStatus::conditional, verb.first, verb.last);
          return;
        }
        if (is_occurrence(verb) || verb.tense == VerbTime::future) by_tense(up.verb);
        if (verb.shape == VerbShape::finite && is_occurrence(verb)) by_clause(up.verb);
        return;
      }
    }
    if (up.relation == Relation::object || is_addressed_content(up)) {
      if (by_announcement(up) || by_cue(up.verb)) return;
      if (verb.negated) {
        if (is_auxiliary_like(verb)) decide(EventStatus::denied, verb.first, verb.last);
        return;
      }
    }
    if (verb.shape == VerbShape::infinitive && (up.relation == Relation::object || is_auxiliary_like(verb))) {
      of_infinitive(up.verb);
      if (!draft_.status_by_word && !is_auxiliary_like(verb))
        draft_.status = draft_.frame->status.value_or(EventStatus::happened);
      return;
    }
    if (verb.shape == VerbShape::finite && (is_auxiliary_like(verb) || follows_clause(up))) {
      // « a décrété un embargo »: what lasts begins there.
      const bool begun = up.relation == Relation::object && verb.mood == Mood::ind &&
                         cues(verb.word).modifier == static_cast<std::uint8_t>(EventStatus::happened);
      if (begun && draft_.status == EventStatus::ongoing && verb.tense != VerbTime::future)
        draft_.status = EventStatus::happened;
      if (by_clause(up.verb)) return;
      by_tense(up.verb);
    }
  }

  // « annonce le retrait de ses troupes »: a measure that is announced is taken, or still to come, as its frame says.
  bool by_announcement(const Governing& up) {
    const Phrase& verb = at(up.verb);
    if (!draft_.frame->announced || up.relation != Relation::object || verb.negated || verb.shape != VerbShape::finite)
      return false;
    if ((view_.rules.flag(verb.word) & kAnnouncingVerb) == 0 || verb.mood != Mood::ind) return false;
    if (verb.tense == VerbTime::future) return false;
    return decide(*draft_.frame->announced, verb.head, verb.head + 1);
  }

  // « a été reportée au 10 mai », « à une date ultérieure »: what is put off to a day is still to come.
  bool has_new_day(std::uint32_t verb) const {
    const std::uint32_t last = clauses_.end(draft_.sentence);
    for (std::uint32_t i = verb + 1; i < last && i < verb + 4; ++i) {
      const Phrase& one = at(i);
      if (one.kind == PhraseKind::time && one.preposition != 0)
        return (view_.rules.flag(one.preposition) & kSincePreposition) == 0;
      if (one.kind == PhraseKind::noun && one.preposition == view_.rules.to && one.mention_begin == one.mention_end)
        return true;
      if (one.kind != PhraseKind::time && one.kind != PhraseKind::noun) return false;
    }
    return false;
  }

  bool is_occurrence(const Phrase& verb) const { return (view_.rules.flag(verb.word) & kOccurrenceVerb) != 0; }

  // « appeler à un cessez-le-feu », « s'opposer au déploiement »: the noun is what the governor speaks of.
  bool is_addressed_content(const Governing& up) const {
    // « Au téléphone avec X, Y a demandé … »: what opens the clause is not what is asked for.
    if (up.relation != Relation::oblique || (draft_.phrase < up.verb && at(up.verb).shape == VerbShape::finite))
      return false;
    const WordId preposition = at(draft_.phrase).preposition;
    if (preposition != 0 && (view_.rules.flag(preposition) & kTopicPreposition) != 0)
      return true;  // « s'accorder sur »
    return preposition == view_.rules.to || preposition == view_.rules.of || preposition == view_.rules.other;
  }

  // « se rendra à X pour une rencontre »: what happens within a clause shares its future.
  bool follows_clause(const Governing& up) const {
    if (up.relation != Relation::oblique) return false;
    const WordId preposition = at(draft_.phrase).preposition;
    return preposition != 0 && (view_.rules.flag(preposition) & kSameTimePreposition) != 0;
  }

  const PageView& view_;
  const Phrases& phrases_;
  const Clauses& clauses_;
  Draft& draft_;
};

}  // namespace

void read_status(const PageView& view, const Phrases& phrases, const Clauses& clauses, Draft& draft) {
  StatusReader(view, phrases, clauses, draft).run();
}

}  // namespace chancery::frames
