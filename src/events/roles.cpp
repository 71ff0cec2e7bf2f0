// Who takes part, and where: the slots around a trigger are read off the phrases and given to the frame's roles.
#include <algorithm>

#include "events/draft.h"

namespace chancery::frames {
namespace {

std::uint8_t sort_of(ThingKind kind) {
  switch (kind) {
    case ThingKind::person:
      return kPerson;
    case ThingKind::office:
      return kOffice;
    case ThingKind::state:
      return kState;
    case ThingKind::organisation:
      return kOrganisation;
    case ThingKind::place:
      return kPlace;
    case ThingKind::group:
      return kGroup;
  }
  return 0;
}

void add_once(std::vector<EntityId>& list, EntityId id) {
  if (id && std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

class RoleReader {
 public:
  RoleReader(const PageView& view, const Phrases& phrases, const Clauses& clauses, Draft& draft)
      : view_(view), phrases_(phrases), clauses_(clauses), draft_(draft) {}

  void run() {
    if (draft_.verbal)
      collect_of_verb();
    else if (draft_.by_preposition)
      collect_led();
    else
      collect_of_noun();
    // « le blocus de Cuba par A », « l'attaque de A contre B »: what « de » means depends on what the others say.
    if (!draft_.verbal)
      std::stable_partition(arguments_.begin(), arguments_.end(),
                            [&](const Argument& one) { return one.preposition != view_.rules.of; });
    if (!heads_fit()) {
      draft_.missing = true;
      return;
    }
    for (const Argument& argument : arguments_) assign(argument);
    if (draft_.verbal && draft_.actors.empty()) take_speaker();
    if (draft_.verbal && draft_.actors.empty()) take_cue_speaker();
    if (draft_.verbal && draft_.actors.empty() && !draft_.sides) take_told_before();
    if (draft_.verbal && draft_.actors.empty() && !draft_.sides) take_own_country();
    take_post();
    take_mission();
    take_body_of_post();
    take_light_subject();
    take_home();
    // « un accord est signé »: by whom the page tells beside it.
    if (draft_.verbal && draft_.kind == EventKind::agree && draft_.actors.empty() &&
        at(draft_.phrase).voice == Voice::passive && at(draft_.phrase).shape == VerbShape::finite && is_pact_signed())
      draft_.sides = true;
    if (draft_.actors.empty() && draft_.targets.empty()) take_pair_of_sentence();
    std::erase_if(draft_.targets, [&](EntityId id) {  // « a fermé l'espace aérien du pays »: nobody does it to himself
      return std::find(draft_.actors.begin(), draft_.actors.end(), id) != draft_.actors.end() || is_own_state(id);
    });
    if (wants_host() && !draft_.place) take_host_of_pronoun();
    for (const RoleRule& rule : draft_.frame->roles)
      if (rule.required && !has_role(rule.role)) {
        if (rule.role == Role::actor && is_said_by_somebody())
          draft_.unnamed = true;
        else
          draft_.missing = true;
      }
    // A call has two places and none; a sanction lies nowhere, an envoy comes home.
    if (draft_.kind == EventKind::call || draft_.kind == EventKind::recall || draft_.kind == EventKind::expel ||
        draft_.kind == EventKind::sanction || draft_.kind == EventKind::lift_sanction) {
      draft_.place = ThingId();
      draft_.place_span.reset();
      return;
    }
    if (!draft_.place) take_host();
    if (!draft_.place) find_place();
    if (!draft_.place) take_place_of_pronoun();
    if (draft_.kind == EventKind::meet && draft_.actors.size() == 1 && draft_.mediators.empty()) take_host_of_guest();
  }

 private:
  const Phrase& at(std::uint32_t phrase) const { return phrases_.phrases[phrase]; }
  const Mention& mention(std::uint32_t index) const { return view_.entities.mentions.rows()[index]; }

  // « A et B ont planté leur première borne, en vertu d'un arrangement conclu en mars »: what two do together and
  // nobody is named for is of the two who are the subject of the sentence, where it names no others.
  void take_pair_of_sentence() {
    const bool mutual = draft_.kind == EventKind::agree || draft_.kind == EventKind::ceasefire ||
                        (is_contact(draft_.kind) && draft_.kind != EventKind::mediate);
    if (!mutual || draft_.by_preposition || !may_be_of_pair()) return;
    std::vector<EntityId> pair;
    for (std::uint32_t i = clauses_.begin(draft_.sentence); i < clauses_.end(draft_.sentence) && pair.empty(); ++i) {
      if (at(i).kind != PhraseKind::noun || at(i).preposition != 0 || at(i).coordinated != kNoPhrase) continue;
      // « le sommet que critiquent A et B »
      if (i > clauses_.begin(draft_.sentence) && at(i - 1).kind == PhraseKind::verb) continue;
      const std::vector<std::uint32_t> list = coordinated_with(i);
      if (list.size() < 2) continue;
      for (const std::uint32_t phrase : list)
        for (std::uint32_t k = at(phrase).mention_begin; k < at(phrase).mention_end; ++k)
          if (const EntityId side = side_of(mention(phrases_.mentions[k]))) add_once(pair, side);
      if (pair.size() != 2) pair.clear();
    }
    if (pair.empty() || names_others(pair)) return;
    draft_.actors = pair;
    draft_.by_context = true;
  }

  // Not what a pronoun does, nor what only qualifies a noun: « les sujets d'accord ».
  bool may_be_of_pair() const {
    const Phrase& trigger = at(draft_.phrase);
    if (!draft_.verbal) return trigger.preposition != view_.rules.of || trigger.determiner != Determiner::none;
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    return subject != kNoPhrase && !at(subject).pronoun &&
           (draft_.kind == EventKind::agree || (view_.rules.flag(at(subject).word) & kCountedSide) != 0);
  }

  // The state that a name stands for, or that the person named acts for; a body or group without one is its own side.
  EntityId side_of(const Mention& one) const {
    if (!one.entity || one.form == MentionForm::pronoun) return {};
    const Entity& named = view_.entities.entities[one.entity];
    if (named.kind == ThingKind::state) return one.entity;
    if (named.kind == ThingKind::place) return state_of_capital(one.entity);
    if (named.state) return entity_of(named.state);
    return named.kind == ThingKind::person || !named.thing ? EntityId() : one.entity;
  }

  bool names_others(const std::vector<EntityId>& pair) const {
    const Span span = view_.analysis.sentences[draft_.sentence].span;
    const auto [first, last] = view_.entities.mentions_between(span.begin, span.end);
    for (std::uint32_t i = first; i < last; ++i) {
      const Mention& one = mention(i);
      if (!span.contains(one.span)) continue;
      // « à Lima » is no side.
      if (one.as_place && one.governor != Mention::kNoToken &&
          (view_.rules.flag(phrases_.words[one.governor]) & kPlacePreposition) != 0)
        continue;
      const EntityId side = side_of(one);
      if (side && std::find(pair.begin(), pair.end(), side) == pair.end()) return true;
    }
    return false;
  }

  // « X a proposé un sommet à Nairobi »: not to his own state.
  bool is_own_state(EntityId id) const {
    const ThingId state = view_.entities.entities[id].thing;
    if (!is_verbal_act(draft_.kind) || view_.entities.entities[id].kind != ThingKind::state || !state) return false;
    return draft_.actors.size() == 1 && view_.entities.entities[draft_.actors.front()].state == state &&
           view_.entities.entities[draft_.actors.front()].kind == ThingKind::person;
  }

  bool wants_host() const {
    return draft_.verbal && std::any_of(draft_.frame->roles.begin(), draft_.frame->roles.end(),
                                        [](const RoleRule& rule) { return rule.role == Role::host; });
  }

  // « une délégation y est arrivée »
  void take_host_of_pronoun() {
    take_place_of_pronoun();
    if (draft_.place) add_once(draft_.targets, entity_of(view_.knowledge.state_of(draft_.place)));
  }

  // « le roi X, reçu mardi à Washington »: by the state whose capital that is.
  void take_host_of_guest() {
    if (!draft_.verbal || (at(draft_.phrase).voice != Voice::passive && !received_by_nobody())) return;
    if (!draft_.place) return take_seat();
    if (view_.knowledge[draft_.place].kind == ThingKind::state) return;
    const ThingId host = view_.knowledge.state_of(draft_.place);
    const Entity& guest = view_.entities.entities[draft_.actors.front()];
    if (guest.kind == ThingKind::organisation) return;  // « les ministres de l'Union, réunis à Luxembourg »
    if (host && guest.state != host && guest.thing != host) add_once(draft_.actors, entity_of(host));
  }

  // « Le président a reçu X »: an office that no page names.
  bool received_by_nobody() const {
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    return subject != kNoPhrase && at(subject).agent && at(subject).mention_begin == at(subject).mention_end &&
           at(subject).adjective_begin == at(subject).adjective_end;
  }

  // « reçu mardi à l'Élysée »: by the state whose seat that is.
  void take_seat() {
    for (std::uint32_t i = draft_.phrase + 1; i < clauses_.end(draft_.sentence) && i < draft_.phrase + 8; ++i) {
      const Phrase& one = at(i);
      if (one.kind != PhraseKind::noun && one.kind != PhraseKind::time) return;
      if (one.preposition == 0 || (view_.rules.flag(one.preposition) & kPlacePreposition) == 0) continue;
      for (std::uint32_t k = one.mention_begin; k < one.mention_end; ++k) {
        const EntityId id = mention(phrases_.mentions[k]).entity;
        if (!id || view_.entities.entities[id].kind != ThingKind::organisation) continue;
        if (!view_.entities.entities[id].state) continue;
        const EntityId state = entity_of(view_.entities.entities[id].state);
        return add_once(draft_.actors, state ? state : id);
      }
    }
  }

  // Whether the subject and object are what the frame wants them to be: « quitter » is a recall where an ambassador
  // does.
  bool heads_fit() const {
    const auto fits = [&](Slot slot, const std::vector<WordId>& words) {
      if (words.empty()) return true;
      return std::any_of(arguments_.begin(), arguments_.end(), [&](const Argument& one) {
        return one.slot == slot && one.phrase != kNoPhrase && holds_word(one.phrase, words);
      });
    };
    return fits(Slot::subject, draft_.frame->subject_words) && fits(Slot::object, draft_.frame->object_words);
  }

  // « une dizaine de diplomates »: what a noun of number counts stands behind it.
  bool holds_word(std::uint32_t phrase, const std::vector<WordId>& words) const {
    const std::uint32_t next = phrase + 1;
    if (has_word(phrase, words)) return true;
    return next < clauses_.end(draft_.sentence) && (view_.rules.flag(at(phrase).word) & kBroadNoun) != 0 &&
           at(phrase).determiner != Determiner::definite && at(next).kind == PhraseKind::noun &&
           at(next).preposition == view_.rules.of && has_word(next, words);
  }

  bool has_word(std::uint32_t phrase, const std::vector<WordId>& words) const {
    for (std::uint32_t token = at(phrase).first; token < at(phrase).last; ++token)
      if (std::find(words.begin(), words.end(), phrases_.words[token]) != words.end()) return true;
    return false;
  }

  bool has_role(Role role) const {
    switch (role) {
      case Role::actor:
        return !draft_.actors.empty() || draft_.sides;
      case Role::target:
        return !draft_.targets.empty();
      case Role::mediator:
        return !draft_.mediators.empty();
      case Role::host:
      case Role::place:
        return static_cast<bool>(draft_.place) || !draft_.targets.empty();
      default:
        return true;
    }
  }

  // « elle accuse Israël », « les dirigeants somment le Niger »: a pronoun or officials whom nothing names say
  // something to a state, or of it.
  bool is_said_by_somebody() const {
    const EventKind kind = draft_.kind;
    const bool said = kind == EventKind::accuse || kind == EventKind::threaten || kind == EventKind::request ||
                      kind == EventKind::reject;
    if (!said || !draft_.verbal || at(draft_.phrase).shape != VerbShape::finite) return false;
    if (at(draft_.phrase).voice == Voice::passive || at(draft_.phrase).negated) return false;
    const bool of_state = std::any_of(draft_.targets.begin(), draft_.targets.end(), [&](EntityId id) {
      return view_.entities.entities[id].kind == ThingKind::state;
    });
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    if (!of_state || subject == kNoPhrase || at(subject).mention_begin != at(subject).mention_end) return false;
    if (at(subject).pronoun) {
      const std::uint64_t flags = view_.rules.flag(phrases_.forms[at(subject).head]);
      return (flags & kSubjectPronoun) != 0 && (flags & (kPronounFirst | kSidePronoun)) == 0;
    }
    return at(subject).agent && at(subject).determiner == Determiner::definite;
  }

  // « Nous condamnons … », a déclaré X: who speaks of himself in his own words acts by them.
  void take_speaker() {
    if (draft_.kind == EventKind::vote || rule_for({Slot::subject, 0, 0, kNoToken}) == nullptr) return;
    if (at(draft_.phrase).voice == Voice::passive && !draft_.frame->stative) return;  // « j'ai été critiqué »
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    if (subject == kNoPhrase || !at(subject).pronoun || at(subject).mention_begin != at(subject).mention_end) return;
    const std::uint32_t head = at(subject).head;
    if (((view_.rules.flag(phrases_.words[head]) | view_.rules.flag(phrases_.forms[head])) & kPronounFirst) == 0)
      return;
    const auto behind = std::upper_bound(
        view_.statements.begin(), view_.statements.end(), draft_.trigger.begin,
        [](std::uint32_t offset, const Statement& statement) { return offset < statement.span.begin; });
    const std::ptrdiff_t reach = std::min<std::ptrdiff_t>(behind - view_.statements.begin(), 4);
    for (auto it = behind - reach; it != behind; ++it) {
      if (it->mode != StatementMode::direct || !it->span.contains(draft_.trigger)) continue;
      for (const EntityId id : it->speakers)
        if (view_.entities.entities[id].thing || view_.entities.entities[id].state) add_once(draft_.actors, id);
      draft_.by_context = true;
    }
  }

  // « …, tranche la ministre X, avant d'accuser Y », « …, lance-t-elle, appelant Z à … »: whose words the verb before
  // tells.
  void take_cue_speaker() {
    const RoleRule* rule = rule_for({Slot::subject, 0, 0, kNoToken});
    const VerbShape shape = at(draft_.phrase).shape;
    if (rule == nullptr || rule->role != Role::actor) return;
    if (shape != VerbShape::infinitive && shape != VerbShape::gerund) return;
    for (std::uint32_t i = draft_.phrase; i-- > clauses_.begin(draft_.sentence) && draft_.phrase - i < 10;) {
      if (at(i).kind == PhraseKind::stop || at(i).kind == PhraseKind::relative) return;
      if (at(i).kind != PhraseKind::verb || at(i).shape != VerbShape::finite) continue;
      for (const EntityId id : speakers_at(view_.analysis.tokens[at(i).head].span))
        if ((sort_of(view_.entities.entities[id].kind) & rule->things) != 0) add_once(draft_.actors, id);
      return;
    }
  }

  // « L'Ukraine renoncerait à … En échange, elle réclame un traité »: the pronoun that nobody has resolved is the state
  // or body that was the subject before, where its gender does not speak against it.
  void take_told_before() {
    const RoleRule* rule = rule_for({Slot::subject, 0, 0, kNoToken});
    if (rule == nullptr || rule->role != Role::actor) return;
    if (at(draft_.phrase).shape != VerbShape::finite || at(draft_.phrase).voice == Voice::passive) return;
    const std::uint32_t pronoun = clauses_.subject(draft_.phrase, draft_.sentence);
    if (pronoun == kNoPhrase || !is_unresolved(pronoun)) return;
    const std::uint32_t before = subject_before(at(pronoun).head);
    if (before == kNoToken) return;
    const EntityId id = mention(before).entity;
    const ThingKind kind = view_.entities.entities[id].kind;
    if ((sort_of(kind) & rule->things) == 0 || kind == ThingKind::person) return;
    add_once(draft_.actors, id);
    draft_.by_context = true;
  }

  bool is_unresolved(std::uint32_t phrase) const {
    const Phrase& one = at(phrase);
    if (one.kind != PhraseKind::noun || !one.pronoun) return false;
    const Morph& morph = view_.analysis.tokens[one.head].morph;
    if (morph.number != Number::sing || morph.gender == Gender::none) return false;
    if ((view_.rules.flag(phrases_.forms[one.head]) & kSubjectPronoun) == 0) return false;
    for (std::uint32_t i = one.mention_begin; i < one.mention_end; ++i)
      if (mention(phrases_.mentions[i]).entity) return false;
    return true;
  }

  // What stands first as a subject does in the sentence before the pronoun, else in the sentence before, as a mention:
  // a name of its gender.
  std::uint32_t subject_before(std::uint32_t pronoun) const {
    const std::uint32_t offset = view_.analysis.tokens[pronoun].span.begin;
    for (std::uint32_t back = 0; back < 2 && back <= draft_.sentence; ++back) {
      const Span span = view_.analysis.sentences[draft_.sentence - back].span;
      const auto [first, last] = view_.entities.mentions_between(span.begin, std::min(span.end, offset));
      for (std::uint32_t i = first; i < last; ++i) {
        const Mention& one = mention(i);
        if (!one.subject || !one.entity || !span.contains(one.span) || one.span.end > offset) continue;
        return one.form == MentionForm::name && has_gender(one, view_.analysis.tokens[pronoun].morph.gender) ? i
                                                                                                             : kNoToken;
      }
    }
    return kNoToken;
  }

  // By the article before it, or its own; « l'Ukraine » may have either.
  bool has_gender(const Mention& name, Gender wanted) const {
    const bool led = name.first_token > 0 && view_.analysis.tokens[name.first_token - 1].upos == Upos::DET;
    const Gender gender = led ? view_.analysis.tokens[name.first_token - 1].morph.gender : name.gender;
    return gender == Gender::none || gender == wanted;
  }

  // « X a assuré que son pays n'avait pas attaqué … »: the state of who says so.
  void take_own_country() {
    const RoleRule* rule = rule_for({Slot::subject, 0, 0, kNoToken});
    if (rule == nullptr || rule->role != Role::actor || (rule->things & kState) == 0) return;
    if (at(draft_.phrase).voice == Voice::passive) return;
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    if (subject == kNoPhrase || at(subject).determiner != Determiner::possessive) return;
    if (at(subject).mention_begin < at(subject).mention_end || at(subject).last - at(subject).first != 2) return;
    if ((view_.rules.flag(at(subject).word) & (kBroadNoun | kHomeNoun | kGoverningNoun)) == 0) return;
    const auto behind = std::upper_bound(
        view_.statements.begin(), view_.statements.end(), draft_.trigger.begin,
        [](std::uint32_t offset, const Statement& statement) { return offset < statement.span.begin; });
    const std::ptrdiff_t reach = std::min<std::ptrdiff_t>(behind - view_.statements.begin(), 4);
    for (auto it = behind - reach; it != behind; ++it)
      if (it->span.contains(draft_.trigger) && it->speakers.size() == 1)
        add_once(draft_.actors, entity_of(view_.entities.entities[it->speakers.front()].state));
  }

  // « L'ambassadeur portugais à Rome a été convoqué »: where he is posted they have summoned him.
  void take_post() {
    if (draft_.kind != EventKind::protest || !draft_.verbal || !draft_.actors.empty()) return;
    if (at(draft_.phrase).voice != Voice::passive || draft_.frame->object_words.empty()) return;
    const std::uint32_t envoy = clauses_.subject(draft_.phrase, draft_.sentence);
    if (envoy == kNoPhrase) return;
    const Span span = span_of(envoy);
    const auto [first, last] = view_.entities.mentions_between(span.begin, span.end);
    for (std::uint32_t i = first; i < last; ++i) {
      const Mention& one = mention(i);
      if (!one.entity || !span.contains(one.span) || one.governor == Mention::kNoToken) continue;
      if ((view_.rules.flag(phrases_.words[one.governor]) & kPlacePreposition) == 0) continue;
      const EntityId capital = state_of_capital(one.entity);
      const bool state = view_.entities.entities[one.entity].kind == ThingKind::state;
      if (!capital && !state) continue;
      add_once(draft_.actors, capital ? capital : one.entity);
      if (const ThingId town = place_named(one); town && view_.knowledge[town].kind == ThingKind::place)
        take_place(town, one.span);
    }
  }

  // « X a été désigné à la tête de l'Otan », « élue présidente de la Commission »: the body has given itself a head.
  void take_body_of_post() {
    if (draft_.kind != EventKind::appoint || !draft_.verbal || !draft_.actors.empty()) return;
    if (at(draft_.phrase).voice != Voice::passive && draft_.frame->roles.front().role != Role::target) return;
    for (std::uint32_t i = draft_.phrase + 1; i < clauses_.end(draft_.sentence) && i < draft_.phrase_last + 7; ++i) {
      const Phrase& one = at(i);
      if (one.kind == PhraseKind::time || (one.kind == PhraseKind::noun && one.mention_begin == one.mention_end))
        continue;
      if (one.kind != PhraseKind::noun) return;
      const bool owns = one.preposition == view_.rules.of || leads_owner(one.preposition) || i <= draft_.phrase_last;
      for (std::uint32_t k = one.mention_begin; owns && k < one.mention_end; ++k) {
        const Mention& name = mention(phrases_.mentions[k]);
        if (!name.entity || name.form == MentionForm::pronoun) continue;
        const ThingKind kind = view_.entities.entities[name.entity].kind;
        if (kind == ThingKind::organisation || kind == ThingKind::state) add_once(draft_.actors, name.entity);
      }
      for (std::uint32_t k = one.mention_begin; draft_.actors.empty() && k < one.mention_end; ++k)
        take_body_of_office(mention(phrases_.mentions[k]));
      if (owns || !draft_.actors.empty()) return;
    }
  }

  // « élu président de la Commission de l'Union africaine »: whoever the page takes that to be, whose office it is.
  void take_body_of_office(const Mention& office) {
    if (!office.entity || office.form != MentionForm::office) return;
    const Entity& holder = view_.entities.entities[office.entity];
    const EntityId body = entity_of(holder.body ? holder.body : holder.state);
    if (body) add_once(draft_.actors, body);
  }

  // « rassemblés devant l'ambassade de France »: against whose it is.
  void take_mission() {
    if (draft_.kind != EventKind::protest || !draft_.targets.empty()) return;
    for (std::uint32_t p = draft_.phrase; p <= draft_.phrase_last; ++p)
      for (std::uint32_t i = at(p).mention_begin; at(p).kind == PhraseKind::noun && i < at(p).mention_end; ++i) {
        const EntityId id = mention(phrases_.mentions[i]).entity;
        if (!id || view_.entities.entities[id].kind == ThingKind::person) continue;
        const EntityId state = entity_of(view_.entities.entities[id].state);
        if (state && std::find(draft_.actors.begin(), draft_.actors.end(), state) == draft_.actors.end())
          add_once(draft_.targets, state);
      }
  }

  // Who speaks by the verb that stands there; nobody where it is the cue of no statement.
  std::vector<EntityId> speakers_at(Span verb) const {
    const auto behind = std::upper_bound(
        view_.statements.begin(), view_.statements.end(), verb.end,
        [](std::uint32_t offset, const Statement& statement) { return offset < statement.span.begin; });
    const std::ptrdiff_t reach = std::min<std::ptrdiff_t>(behind - view_.statements.begin(), 6);
    for (auto it = behind - reach; it != behind; ++it)
      if (it->cue_span && it->cue_span->begin <= verb.end && verb.begin <= it->cue_span->end) return it->speakers;
    return {};
  }

  // « à Washington, où X doit le recevoir »: the one person named before in the sentence, or in the one before it.
  void collect_object_clitic() {
    const bool of_person = is_contact(draft_.kind) || draft_.kind == EventKind::detain ||
                           draft_.kind == EventKind::release || draft_.kind == EventKind::propose ||
                           draft_.kind == EventKind::visit;
    if (!of_person || !has_object_clitic()) return;
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    const std::uint32_t offset = view_.analysis.tokens[at(draft_.phrase).first].span.begin;
    for (std::uint32_t back = 0; back < 2 && back <= draft_.sentence; ++back) {
      const std::uint32_t found = person_before(draft_.sentence - back, offset, subject);
      if (found == kNoToken) continue;
      arguments_.push_back({Slot::object, 0, kNoPhrase, found});
      return;
    }
  }

  bool has_object_clitic() const {
    const Phrase& group = at(draft_.phrase);
    if (group.voice != Voice::active || group.clitic_begin < group.clitic_end) return false;
    for (std::uint32_t token = group.first; token < group.head; ++token)
      if (view_.analysis.tokens[token].upos == Upos::PRON &&
          (view_.rules.flag(phrases_.forms[token]) & kObjectClitic) != 0)
        return true;
    return false;
  }

  // The person whom the sentence names before the byte, as a mention: the only one, or the only one that stands as a
  // subject does. Who is the subject of the verb at hand is passed over.
  std::uint32_t person_before(std::uint32_t sentence, std::uint32_t offset, std::uint32_t subject) const {
    const Span span = view_.analysis.sentences[sentence].span;
    const auto [first, last] = view_.entities.mentions_between(span.begin, std::min(span.end, offset));
    std::vector<std::uint32_t> all, subjects;
    for (std::uint32_t i = first; i < last; ++i) {
      const Mention& one = mention(i);
      if (!one.entity || !span.contains(one.span) || one.span.end > offset) continue;
      if (view_.entities.entities[one.entity].kind != ThingKind::person || names(subject, one.entity)) continue;
      add_other(all, i);
      if (one.subject) add_other(subjects, i);
    }
    if (all.size() == 1) return all.front();
    return subjects.size() == 1 ? subjects.front() : kNoToken;
  }

  void add_other(std::vector<std::uint32_t>& mentions, std::uint32_t index) const {
    for (const std::uint32_t other : mentions)
      if (mention(other).entity == mention(index).entity) return;
    mentions.push_back(index);
  }

  bool names(std::uint32_t phrase, EntityId id) const {
    if (phrase == kNoPhrase) return false;
    for (std::uint32_t i = at(phrase).mention_begin; i < at(phrase).mention_end; ++i)
      if (mention(phrases_.mentions[i]).entity == id) return true;
    return false;
  }

  // --- which slots are filled ---

  void collect_of_verb() {
    const std::uint32_t verb = draft_.phrase;
    const Phrase& group = at(verb);
    const bool passive = group.voice == Voice::passive && !draft_.frame->stative;
    // « …, a-t-il suggéré »: the pronoun behind it is the subject, whatever stands before.
    const std::uint32_t subject = group.inverted == kNoPhrase ? clauses_.subject(verb, draft_.sentence) : kNoPhrase;
    arguments_ = clauses_.arguments_behind(verb, draft_.sentence, true, draft_.phrase_last);
    if (passive) {
      // No object stands behind a passive: « ont été priés de quitter l'Autriche ».
      std::erase_if(arguments_, [](const Argument& argument) { return argument.slot == Slot::object; });
      for (Argument& argument : arguments_)
        if (argument.slot == Slot::preposition && argument.preposition == view_.rules.by)
          argument = {Slot::subject, 0, argument.phrase, kNoToken};
      if (subject != kNoPhrase) {
        collect_of_passive_subject(subject);
        arguments_.insert(arguments_.begin(), {Slot::object, 0, subject, kNoToken});
      }
    } else if (subject != kNoPhrase) {
      arguments_.insert(arguments_.begin(), {Slot::subject, 0, subject, kNoToken});
    } else if (const std::uint32_t inverted = inverted_subject(verb); inverted != kNoPhrase) {
      arguments_.insert(arguments_.begin(), {Slot::subject, 0, kNoPhrase, inverted});
    }
    if (draft_.phrase_last > verb + 1) collect_mediators_between(verb + 1, draft_.phrase_last);
    for (std::uint32_t i = group.clitic_begin; i < group.clitic_end; ++i)
      arguments_.push_back({Slot::object, 0, kNoPhrase, phrases_.mentions[i]});
    collect_object_clitic();
    // « ont signé le pacte franco-soviétique »: whose it is stands in what the trigger takes in.
    for (std::uint32_t p = verb + 1; p <= draft_.phrase_last; ++p)
      for (std::uint32_t i = at(p).adjective_begin; at(p).kind == PhraseKind::noun && i < at(p).adjective_end; ++i)
        arguments_.push_back({Slot::adjective, 0, kNoPhrase, phrases_.mentions[i]});
    // « X, avec lequel il s'est entretenu »: the relative's filler is what it stands for.
    const std::uint32_t relative = clauses_.relative_of(verb, draft_.sentence);
    if (relative != kNoPhrase && !at(relative).relative_subject) {
      const std::uint32_t antecedent = clauses_.antecedent(relative, draft_.sentence);
      const bool where = (view_.rules.flag(at(relative).word) & kPlaceRelative) != 0;
      if (antecedent != kNoPhrase && at(relative).preposition != 0)
        arguments_.push_back({Slot::preposition, at(relative).preposition, antecedent, kNoToken});
      else if (antecedent != kNoPhrase && !passive && !where && is_object_relative(relative))
        arguments_.push_back({Slot::object, 0, antecedent, kNoToken});
    }
    // Adverbials that open the clause, behind its days as well: « Le 17 juillet, par l'entremise de X, … »
    bool opening = true;
    bool behind_time = false;
    for (std::uint32_t i = clauses_.begin(draft_.sentence); i < verb; ++i) {
      opening = opening && (at(i).kind != PhraseKind::noun || at(i).preposition != 0);
      if (opening && (at(i).kind == PhraseKind::time || at(i).kind == PhraseKind::comma)) {
        behind_time = true;
        continue;
      }
      if (at(i).kind != PhraseKind::noun || opens_another_clause(verb)) break;
      // « Lors d'un appel avec X, Y a évoqué … »: what complements another event's noun is that one's.
      const bool of_noun = at(i).preposition == view_.rules.by && !passive;  // « après l'invasion par A, B … »
      bool of_other = of_noun || (i > clauses_.begin(draft_.sentence) && phrases_.event_noun[i - 1] != 0);
      if (behind_time && at(i - 1).kind == PhraseKind::noun) of_other = true;
      if (at(i).preposition != 0 && at(i).coordinated == kNoPhrase && !of_other)
        arguments_.push_back({Slot::preposition, at(i).preposition, i, kNoToken});
    }
  }

  // « les diplomates que Paris a renvoyés »: not « dont », which stands for an owner.
  bool is_object_relative(std::uint32_t relative) const {
    return (view_.rules.flag(at(relative).word) & kObjectRelative) != 0;
  }

  // « a-t-il annoncé », « tranche-t-elle, avant d'accuser … »: the pronoun behind the verb, or behind the one that an
  // infinitive hangs on.
  std::uint32_t inverted_subject(std::uint32_t verb) const {
    if (at(verb).inverted != kNoPhrase || at(verb).shape == VerbShape::finite) return at(verb).inverted;
    const std::uint32_t up = clauses_.governing(verb, draft_.sentence).verb;
    return up != kNoPhrase ? at(up).inverted : kNoPhrase;
  }

  // « le traité franco-allemand entre A et B est signé »: who does it together stands with the noun.
  void collect_of_passive_subject(std::uint32_t subject) {
    const Phrase& one = at(subject);
    for (std::uint32_t i = one.adjective_begin; i < one.adjective_end; ++i)
      arguments_.push_back({Slot::adjective, 0, kNoPhrase, phrases_.mentions[i]});
    for (const Argument& argument : clauses_.arguments_behind(subject, draft_.sentence, false))
      if (argument.preposition != view_.rules.of) arguments_.push_back(argument);
  }

  // Whether a conjunction or another finite verb parts the verb from the sentence's beginning.
  bool opens_another_clause(std::uint32_t verb) const {
    for (std::uint32_t i = clauses_.begin(draft_.sentence); i < verb; ++i) {
      const PhraseKind kind = at(i).kind;
      if (kind == PhraseKind::subordinator || kind == PhraseKind::relative || kind == PhraseKind::stop) return true;
      if (kind == PhraseKind::verb && at(i).shape == VerbShape::finite) return true;
    }
    return false;
  }

  // « À la demande de A, B se retire »: of A by the preposition; whoever does what is asked for is B.
  void collect_led() {
    arguments_.push_back({Slot::preposition, at(draft_.phrase).preposition, draft_.phrase, kNoToken});
    const std::uint32_t verb = draft_.governing.verb;
    if (verb == kNoPhrase || at(verb).voice == Voice::passive) return;
    const std::uint32_t subject = clauses_.subject(verb, draft_.sentence);
    if (subject != kNoPhrase) arguments_.push_back({Slot::governor, 0, subject, kNoToken});
  }

  // « ont conclu, sous les auspices de l'ONU, un cycle de pourparlers »: what stands between verb and object.
  void collect_mediators_between(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
      if (at(i).kind != PhraseKind::noun || at(i).preposition == 0 || at(i).preposition == view_.rules.by) continue;
      const Argument argument{Slot::preposition, at(i).preposition, i, kNoToken};
      const RoleRule* rule = rule_for(argument);
      const bool known =
          std::any_of(arguments_.begin(), arguments_.end(), [&](const Argument& one) { return one.phrase == i; });
      if (rule != nullptr && rule->role == Role::mediator && !known) arguments_.push_back(argument);
    }
  }

  void collect_of_noun() {
    for (std::uint32_t p = draft_.phrase; p <= draft_.phrase_last; ++p) collect_inside(p);
    for (std::uint32_t p = draft_.phrase; p <= draft_.phrase_last; ++p)  // « le retrait de ses troupes »
      if (at(p).determiner == Determiner::possessive) collect_possessive(p);
    const auto behind = clauses_.arguments_behind(draft_.phrase_last, draft_.sentence, false);
    arguments_.insert(arguments_.end(), behind.begin(), behind.end());
    const Governing& up = draft_.governing;
    if (up.verb == kNoPhrase) return;
    const std::uint32_t carried = clauses_.carried(up.verb, draft_.sentence);  // « doit se tenir à Genève »
    const std::uint64_t verb_flags = view_.rules.flag(at(carried).word);
    const bool occurrence = (verb_flags & kOccurrenceVerb) != 0;
    // « L'invasion a été condamnée par la France »: the agent is that of the verb, unless the verb has none of its own.
    const bool lends_agent = (verb_flags & (kLightVerb | kOccurrenceVerb | kIntendingVerb | kHostVerb)) != 0;
    if (up.relation == Relation::subject &&
        (occurrence || at(up.verb).voice != Voice::active || is_contact(draft_.kind)))
      for (const Argument& argument : clauses_.arguments_behind(carried, draft_.sentence, true))
        if (argument.slot == Slot::preposition && argument.preposition != view_.rules.of &&
            ((lends_agent && !is_contact(draft_.kind)) || argument.preposition != view_.rules.by))
          arguments_.push_back(argument);
    if (up.relation == Relation::object && lends_agent && up.verb < draft_.phrase)
      collect_mediators_between(up.verb + 1, draft_.phrase);
    // « L'opposition de Paris », « Paris, dont l'opposition … »: the antecedent owns the noun.
  }

  // Names and adjectives of states in the trigger's own noun phrase.
  void collect_inside(std::uint32_t phrase) {
    const Phrase& one = at(phrase);
    for (std::uint32_t token = one.first; token < one.last; ++token)
      if (view_.analysis.tokens[token].upos == Upos::ADJ) take_against(token);
    // « retrait des troupes soviétiques »: whose troops they are is said as by « de ».
    const bool owned = phrase != draft_.phrase && one.agent;
    for (std::uint32_t i = one.adjective_begin; i < one.adjective_end; ++i)
      arguments_.push_back(
          {owned ? Slot::preposition : Slot::adjective, owned ? view_.rules.of : 0, kNoPhrase, phrases_.mentions[i]});
    for (std::uint32_t i = one.mention_begin; i < one.mention_end; ++i) {
      const Mention& name = mention(phrases_.mentions[i]);
      const bool holds_trigger = name.first_token <= draft_.first && draft_.last <= name.last_token;
      if (!holds_trigger) arguments_.push_back({Slot::name, 0, kNoPhrase, phrases_.mentions[i]});
    }
  }

  // « sanctions antirusses »: against whom, in the word itself.
  void take_against(std::uint32_t token) {
    const std::string_view form = view_.analysis.form(token);
    for (const std::string& prefix : view_.rules.against) {
      if (!form.starts_with(prefix) || form.size() <= prefix.size() + 2) continue;
      const Interval any_day;
      for (const Candidate& candidate : view_.knowledge.lookup(form.substr(prefix.size()), any_day)) {
        if (candidate.form != NameForm::adjective && candidate.form != NameForm::demonym) continue;
        add_once(draft_.targets, entity_of(candidate.thing));
        return;
      }
    }
  }

  // « sa visite »: what the possessive was resolved to, else the subject of the clause that the noun stands in, else
  // nobody.
  void collect_possessive(std::uint32_t phrase) {
    const Phrase& one = at(phrase);
    const MentionId resolved = view_.entities.mention_at(view_.analysis.tokens[one.first].span.begin);
    if (resolved && view_.entities.mentions[resolved].entity && may_possess(view_.entities.mentions[resolved].entity) &&
        view_.entities.mentions[resolved].last_token <= one.first + 1) {
      arguments_.push_back({Slot::possessive, 0, kNoPhrase, resolved.value});
      return;
    }
    if (const RoleRule* rule = rule_for({Slot::possessive, 0, 0, kNoToken});
        rule != nullptr && rule->role == Role::target) {
      collect_possessed_person(phrase);
      return;
    }
    const Governing& up = draft_.governing;
    const std::uint32_t addressed = addressed_before(phrase);
    if (addressed != kNoPhrase) {
      arguments_.push_back({Slot::possessive, 0, addressed, kNoToken});
      return;
    }
    const bool of_object = up.verb != kNoPhrase && (view_.rules.flag(at(up.verb).word) & kCauseVerb) != 0;
    const std::uint32_t subject = up.verb == kNoPhrase || up.relation == Relation::subject || of_object
                                      ? kNoPhrase
                                      : clauses_.subject(up.verb, draft_.sentence);
    if (subject != kNoPhrase && at(subject).mention_begin < at(subject).mention_end) {
      arguments_.push_back({Slot::possessive, 0, subject, kNoToken});
      return;
    }
    if (subject != kNoPhrase && at(subject).pronoun) return;  // nobody whom the page has named
    for (std::uint32_t p = draft_.phrase; p-- > clauses_.begin(draft_.sentence);) {
      if (at(p).kind != PhraseKind::noun || at(p).mention_begin == at(p).mention_end) continue;
      arguments_.push_back({Slot::possessive, 0, p, kNoToken});
      return;
    }
  }

  // « exiger de Moscou le retrait de ses troupes »: whose they are stands between, as whom a demand is made of.
  std::uint32_t addressed_before(std::uint32_t phrase) const {
    const Governing& up = draft_.governing;
    if (up.verb == kNoPhrase || up.relation != Relation::object || up.verb >= phrase) return kNoPhrase;
    const Match* cue = clauses_.governor_cue(up.verb);
    if (cue == nullptr) return kNoPhrase;
    if (static_cast<EventStatus>(view_.rules.patterns[cue->pattern].target) != EventStatus::proposed) return kNoPhrase;
    for (std::uint32_t i = up.verb + 1; i < draft_.phrase; ++i) {
      const bool whom = at(i).kind == PhraseKind::noun && at(i).mention_begin < at(i).mention_end &&
                        (at(i).preposition == view_.rules.of || at(i).preposition == view_.rules.to);
      if (whom) return i;
      if (at(i).kind != PhraseKind::time) return kNoPhrase;
    }
    return kNoPhrase;
  }

  // « sa libération » is no state's and no ministry's.
  bool may_possess(EntityId id) const {
    const RoleRule* rule = rule_for({Slot::possessive, 0, 0, kNoToken});
    if (rule == nullptr || rule->role != Role::target) return true;
    const ThingKind kind = view_.entities.entities[id].kind;
    return kind == ThingKind::person || kind == ThingKind::group || kind == ThingKind::office;
  }

  // « A a demandé sa libération »: of the one who was named before, and not of who asks for it.
  void collect_possessed_person(std::uint32_t phrase) {
    const Governing& up = draft_.governing;
    const std::uint32_t subject = up.verb == kNoPhrase ? kNoPhrase : clauses_.subject(up.verb, draft_.sentence);
    const std::uint32_t offset = view_.analysis.tokens[at(phrase).first].span.begin;
    for (std::uint32_t back = 0; back < 2 && back <= draft_.sentence; ++back) {
      const std::uint32_t found = person_before(draft_.sentence - back, offset, subject);
      if (found == kNoToken) continue;
      arguments_.push_back({Slot::possessive, 0, kNoPhrase, found});
      return;
    }
  }

  // « X a tenu une réunion », « X, à l'issue de pourparlers avec Y »: the subject of the governing verb takes part.
  void take_light_subject() {
    const RoleRule* rule = rule_for({Slot::governor, 0, 0, kNoToken});
    if (draft_.verbal || draft_.by_preposition || rule == nullptr) return;
    if (draft_.relative != kNoPhrase) {
      const std::uint32_t subject = clauses_.subject(draft_.relative, draft_.sentence);
      if (subject != kNoPhrase) give({Slot::governor, 0, subject, kNoToken}, *rule);
    }
    if (draft_.governing.verb == kNoPhrase) return;
    const Governing& up = draft_.governing;
    const Phrase& verb = at(up.verb);
    const std::uint64_t verb_flags = view_.rules.flag(verb.word);
    const bool announced = draft_.frame->announced && draft_.actors.empty() &&
                           (verb_flags & kAnnouncingVerb) != 0;  // a measure of its own
    // Who approves or examines a proposal has not made it.
    const bool made_by_another = is_verbal_act(draft_.kind) && draft_.kind != EventKind::agree;
    const std::uint64_t wanted = made_by_another ? kLightVerb : kLightVerb | kIntendingVerb;
    const bool light = up.relation == Relation::object && ((verb_flags & wanted) != 0 || announced);
    const bool light_oblique = up.relation == Relation::oblique && (verb_flags & kLightVerb) != 0 &&
                               (has_partner() || at(draft_.phrase).preposition == view_.rules.to) &&
                               !has_object_before(up.verb);
    // « a annulé la rencontre avec X », « réclame un sommet avec X »: who rules a meeting with somebody takes part.
    const bool circumstance =
        (up.relation == Relation::oblique ||
         (is_contact(draft_.kind) && verb.voice == Voice::active && up.relation == Relation::object)) &&
        has_partner() && draft_.actors.size() < 2 && draft_.frame->participants > 1;
    if (light && verb.voice == Voice::passive) {
      for (const Argument& argument : clauses_.arguments_behind(up.verb, draft_.sentence, true))
        if (argument.preposition == view_.rules.by) give(argument, *rule);
      return;
    }
    // « Lors d'un entretien à Genève, A et B ont évoqué … »: those who do something together there.
    const bool together = !circumstance && up.relation == Relation::oblique && is_contact(draft_.kind) &&
                          draft_.actors.empty() && verb.voice != Voice::passive && is_joint_circumstance(up.verb);
    // « En visite à Berlin, X a déclaré … »
    const bool travelling = up.relation == Relation::oblique && draft_.kind == EventKind::visit &&
                            draft_.actors.empty() &&
                            (view_.rules.flag(at(draft_.phrase).preposition) & kSameTimePreposition) != 0;
    if (!light && !light_oblique && !circumstance && !together && !travelling && !hopes_for(up)) return;
    if (travelling && give_traveller(*rule)) return;
    const std::uint32_t subject = clauses_.subject(up.verb, draft_.sentence);
    if (subject != kNoPhrase)
      give({Slot::governor, 0, subject, kNoToken}, *rule);
    else if (verb.inverted != kNoPhrase)
      give({Slot::governor, 0, kNoPhrase, verb.inverted}, *rule);
  }

  // Whether the noun is an occasion of its clause, whose subjects are several.
  bool is_joint_circumstance(std::uint32_t verb) const {
    if ((view_.rules.flag(at(draft_.phrase).preposition) & kSameTimePreposition) == 0) return false;
    const std::uint32_t subject = clauses_.subject(verb, draft_.sentence);
    if (subject == kNoPhrase || at(verb).shape != VerbShape::finite) return false;
    std::vector<ThingId> states;
    for (const std::uint32_t phrase : coordinated_with(subject)) {
      for (std::uint32_t i = at(phrase).mention_begin; i < at(phrase).mention_end; ++i) {
        const EntityId id = mention(phrases_.mentions[i]).entity;
        if (!id) continue;
        for (const EntityId member : view_.entities.expand(id)) {
          const Entity& one = view_.entities.entities[member];
          const ThingId state = one.kind == ThingKind::state ? one.thing : one.state;
          if (state && std::find(states.begin(), states.end(), state) == states.end()) states.push_back(state);
          // « les ministres des Vingt-Sept »
          const bool many = view_.analysis.tokens[at(subject).head].morph.number == Number::plur;
          if (many && one.kind == ThingKind::organisation && !one.state) return true;
        }
      }
    }
    return states.size() > 1;
  }

  // « Berlin, Paris et Moscou misent sur un sommet »: those who count on it, where nobody else is named.
  bool hopes_for(const Governing& up) const {
    if (!is_contact(draft_.kind) || up.relation != Relation::oblique || !draft_.actors.empty()) return false;
    const Match* cue = clauses_.governor_cue(up.verb);
    if (cue == nullptr || at(up.verb).shape != VerbShape::finite) return false;
    const Pattern& pattern = view_.rules.patterns[cue->pattern];
    const bool takes_preposition = cue->last - 1 == at(draft_.phrase).preposition_token && pattern.elements.size() > 1;
    return takes_preposition && static_cast<EventStatus>(pattern.target) == EventStatus::planned;
  }

  // « a assuré le ministre X, en visite à Y »: who stands right before travels.
  bool give_traveller(const RoleRule& rule) {
    std::uint32_t before = draft_.phrase;
    while (before > clauses_.begin(draft_.sentence) && draft_.phrase - before < 3) {
      --before;
      if (at(before).kind == PhraseKind::comma) continue;
      if (at(before).kind != PhraseKind::noun || at(before).preposition != 0) return false;
      for (std::uint32_t i = at(before).mention_begin; i < at(before).mention_end; ++i) {
        const EntityId id = mention(phrases_.mentions[i]).entity;
        if (id && view_.entities.entities[id].kind == ThingKind::person)
          return give({Slot::governor, 0, before, kNoToken}, rule);
      }
      return false;
    }
    return false;
  }

  // « a fait référence aux attaques »: behind an object of its own the verb is not a light one.
  bool has_object_before(std::uint32_t verb) const {
    for (std::uint32_t i = verb + 1; i < draft_.phrase; ++i)
      if (at(i).kind == PhraseKind::noun && at(i).preposition == 0) return true;
    return false;
  }

  // « Le Kazakhstan a hébergé une réunion »: the host gives the place.
  void take_host() {
    if (draft_.verbal || draft_.governing.verb == kNoPhrase || draft_.governing.relation != Relation::object) return;
    const std::uint32_t verb = draft_.governing.verb;
    if ((view_.rules.flag(at(verb).word) & kHostVerb) == 0) return;
    const std::uint32_t subject = clauses_.subject(verb, draft_.sentence);
    if (subject == kNoPhrase) return;
    // « Ankara s'est dite prête à accueillir des pourparlers »: a capital that speaks for its state says not where.
    const bool accomplished = at(verb).shape == VerbShape::finite && at(verb).mood == Mood::ind;
    for (std::uint32_t i = at(subject).mention_begin; i < at(subject).mention_end; ++i) {
      const Mention& one = mention(phrases_.mentions[i]);
      const bool speaks = one.as_place && one.entity && view_.knowledge[one.as_place].kind == ThingKind::place &&
                          view_.entities.entities[one.entity].kind == ThingKind::state;
      if (speaks && !accomplished) continue;
      if (const ThingId place = place_named(one)) take_place(place, one.span);
    }
  }

  bool has_partner() const {
    return std::any_of(arguments_.begin(), arguments_.end(), [&](const Argument& argument) {
      return (argument.slot == Slot::preposition && argument.preposition == view_.rules.with) ||
             argument.slot == Slot::possessive;
    });
  }

  // --- who fills them ---

  const RoleRule* rule_for(const Argument& argument) const {
    for (const RoleRule& rule : draft_.frame->roles)
      if (rule.slot == argument.slot && rule.preposition == argument.preposition) return &rule;
    return nullptr;
  }

  // « réclame des excuses à Moscou », « demande à Kiev de … »: a capital that is spoken to is its state, and no place;
  // right behind the verb it may be where the words fell.
  bool take_addressed_capital(const Argument& argument) {
    const bool aids = draft_.kind == EventKind::aid;  // « livrer des armes à Kiev »: to whom, and not where
    if (argument.phrase == kNoPhrase || !(aids || (draft_.verbal && is_verbal_act(draft_.kind)))) return false;
    const RoleRule* rule = rule_for(argument);
    if (rule == nullptr || rule->role != Role::target || argument.preposition != view_.rules.to) return false;
    const bool behind_object = std::any_of(arguments_.begin(), arguments_.end(), [&](const Argument& one) {
      return one.slot == Slot::object && one.phrase != kNoPhrase && one.phrase < argument.phrase &&
             one.phrase > draft_.phrase;
    });
    const std::uint32_t next = argument.phrase + 1;
    const bool before_infinitive = next < clauses_.end(draft_.sentence) && at(next).kind == PhraseKind::verb &&
                                   at(next).shape == VerbShape::infinitive && at(next).preposition == view_.rules.of;
    // « soumettre à X un plan », « lancer un ultimatum à X »
    const bool within_trigger = draft_.phrase_last > draft_.phrase &&
                                (argument.phrase == draft_.phrase + 1 || argument.phrase == draft_.phrase_last + 1);
    if (!aids && !behind_object && !before_infinitive && !within_trigger) return false;
    bool found = false;
    for (std::uint32_t i = at(argument.phrase).mention_begin; i < at(argument.phrase).mention_end; ++i) {
      const Mention& one = mention(phrases_.mentions[i]);
      const ThingId place = place_named(one);
      if (!place || !view_.knowledge[place].capital) continue;
      const EntityId state = entity_of(view_.knowledge.state_of(place));
      add_once(draft_.targets, state ? state : one.entity);
      found = true;
    }
    if (found) used_.push_back(argument.phrase);
    return found;
  }

  // « s'oppose à l'adhésion de A à B »: the second « à » belongs to the noun behind the first.
  bool is_second_address(const Argument& argument) const {
    if (!draft_.verbal || draft_.kind != EventKind::reject || argument.phrase == kNoPhrase) return false;
    if (argument.slot != Slot::preposition || argument.preposition != view_.rules.to) return false;
    return std::any_of(arguments_.begin(), arguments_.end(), [&](const Argument& one) {
      return one.slot == Slot::preposition && one.preposition == argument.preposition && one.phrase != kNoPhrase &&
             one.phrase < argument.phrase && one.phrase > draft_.phrase_last;
    });
  }

  void assign(const Argument& argument) {
    if (is_second_address(argument) || take_addressed_capital(argument)) return;
    const auto& rules = draft_.frame->roles;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!fits(rules[i], argument)) continue;
      // Of several roles for one slot, one that is filled leaves the filler to the next: « retrait russe d'Ukraine ».
      const bool has_next = std::any_of(rules.begin() + static_cast<std::ptrdiff_t>(i) + 1, rules.end(),
                                        [&](const RoleRule& next) { return fits(next, argument); });
      if (has_next && is_filled(rules[i].role)) continue;
      if (has_next && rules[i].role == Role::actor && names_pact(argument)) continue;
      if (give(argument, rules[i])) return;
    }
  }

  // « l'accord d'Alger », « les négociations de Vienne »: called by where it was made, unless one side is told with
  // « avec ».
  bool names_pact(const Argument& argument) const {
    if (draft_.verbal || argument.preposition != view_.rules.of || argument.phrase == kNoPhrase || has_partner())
      return false;
    if (!is_contact(draft_.kind) && draft_.kind != EventKind::agree && draft_.kind != EventKind::ceasefire)
      return false;
    const Phrase& one = at(argument.phrase);
    if (one.mention_begin + 1 != one.mention_end || one.last - one.first > 2) return false;
    const Mention& town = mention(phrases_.mentions[one.mention_begin]);
    if (!town.as_place && !town.metonym) return false;
    const ThingId place = place_named(town);
    return place && view_.knowledge[place].kind == ThingKind::place;
  }

  static bool fits(const RoleRule& rule, const Argument& argument) {
    return rule.slot == argument.slot && rule.preposition == argument.preposition;
  }
  bool is_filled(Role role) const {
    return role == Role::actor ? !draft_.actors.empty() : role == Role::target && !draft_.targets.empty();
  }

  // Gives a filler to a role; false if nothing in it fits.
  bool give(const Argument& argument, const RoleRule& rule) {
    if (rule.role == Role::none) return true;
    if (rule.role == Role::content) {
      if (argument.phrase != kNoPhrase) draft_.content = span_of(argument.phrase);
      return true;
    }
    bool given = false;
    if (argument.phrase == kNoPhrase) {
      given = give_mention(argument.mention, rule);
    } else {
      for (const std::uint32_t phrase : coordinated_with(argument.phrase)) {
        const bool taken = give_named_behind(phrase, rule) || give_phrase(phrase, rule);
        given = taken || given;
        const bool of_who = rule.role != Role::place && rule.role != Role::host;
        if (taken && of_who && phrase != argument.phrase) used_.push_back(phrase);
      }
      given = give_name_beside(argument.phrase, rule) || given;
      given = given || give_what_is_known(argument.phrase, rule);
      if (given && rule.role != Role::place && rule.role != Role::host) used_.push_back(argument.phrase);
      if (given && rule.role == Role::mediator) note_mediation(argument);
    }
    return given;
  }

  // « réunis sous l'égide de X »: a phrase says so; « organisée par X » says less.
  void note_mediation(const Argument& argument) {
    const Phrase& one = at(argument.phrase);
    if (one.preposition == view_.rules.by || one.preposition_token == kNoToken) return;
    const auto& tokens = view_.analysis.tokens;
    if (one.first <= one.preposition_token) return;
    draft_.mediator_span = Span{tokens[one.preposition_token].span.begin, tokens[one.first - 1].span.end};
  }

  // « le Sénégalais X »: who he is and whose are two phrases side by side.
  bool give_named_behind(std::uint32_t phrase, const RoleRule& rule) {
    const std::uint32_t next = phrase + 1;
    if (next >= clauses_.end(draft_.sentence) || at(phrase).determiner != Determiner::definite) return false;
    const Phrase& name = at(next);
    if (name.kind != PhraseKind::noun || name.preposition != 0 || name.determiner != Determiner::none) return false;
    if (name.first != at(phrase).last || name.coordinated != kNoPhrase || name.mention_begin == name.mention_end)
      return false;
    const EntityId person = mention(phrases_.mentions[name.mention_begin]).entity;
    if (!person || view_.entities.entities[person].kind != ThingKind::person) return false;
    return give_phrase(next, rule);
  }

  // « le vice-premier ministre, ministre des Affaires étrangères, X », « le ministre des Affaires étrangères du Y, X »:
  // the person who is named behind his titles.
  bool give_name_beside(std::uint32_t phrase, const RoleRule& rule) {
    // « un ressortissant français, X, est détenu »
    const bool held =
        rule.role == Role::target &&
        (draft_.kind == EventKind::detain || draft_.kind == EventKind::release || draft_.kind == EventKind::convict);
    if ((!at(phrase).agent && !held) || rule.role == Role::place || rule.role == Role::host) return false;
    if (held && at(phrase).adjective_begin < at(phrase).adjective_end) draft_.foreign = true;
    bool behind_comma = false;
    for (std::uint32_t i = phrase + 1; i < clauses_.end(draft_.sentence) && i < phrase + 14; ++i) {
      const Phrase& one = at(i);
      if (one.kind == PhraseKind::comma) {
        behind_comma = true;
        continue;
      }
      const bool joins = one.kind == PhraseKind::coordinator && !behind_comma;
      if (joins && i + 1 < clauses_.end(draft_.sentence) && at(i + 1).determiner == Determiner::none) continue;
      if (one.kind != PhraseKind::noun) return false;
      if (one.preposition != 0 || !behind_comma) {
        if (behind_comma && one.preposition != view_.rules.of) return false;
        if (one.preposition == 0 && one.determiner != Determiner::none) return false;
        continue;
      }
      // « Condamné par un tribunal de A, B … »: whom the participle tells of.
      if (draft_.verbal && i == clauses_.subject(draft_.phrase, draft_.sentence)) return false;
      for (std::uint32_t k = one.mention_begin; k < one.mention_end; ++k)
        if (is_named_person(phrases_.mentions[k])) return give_mention(phrases_.mentions[k], rule);
      if (!one.agent || one.determiner != Determiner::none) return false;  // another title stands without article
    }
    return false;
  }

  bool is_named_person(std::uint32_t index) const {
    const EntityId id = mention(index).entity;
    return id && mention(index).form == MentionForm::name && view_.entities.entities[id].kind == ThingKind::person;
  }

  // « les rebelles »: the group that the page has named last; « les deux parties »: whoever meets there, found when all
  // of the page is read.
  bool give_what_is_known(std::uint32_t phrase, const RoleRule& rule) {
    const Phrase& one = at(phrase);
    const std::uint64_t flags = view_.rules.flag(one.word);
    const bool mutual = is_contact(draft_.kind) || draft_.kind == EventKind::agree ||
                        draft_.kind == EventKind::ceasefire || draft_.kind == EventKind::exchange;
    if (one.pronoun && (flags & kSidePronoun) != 0 && draft_.kind == EventKind::agree && rule.role == Role::actor) {
      draft_.sides = true;
      return true;
    }
    const bool known = one.determiner == Determiner::definite || one.determiner == Determiner::demonstrative;
    if (!known && !(rule.role == Role::target && draft_.kind == EventKind::attack)) return false;
    if ((flags & kGroupNoun) != 0 && (rule.role == Role::actor || rule.role == Role::target) &&
        (rule.things & kGroup) != 0)
      if (const EntityId group = group_before(view_.analysis.tokens[one.first].span.begin)) {
        add_once(list_of(rule.role), group);
        return true;
      }
    if ((flags & kHomeNoun) != 0 && known && one.adjective_begin == one.adjective_end && rule.role != Role::mediator) {
      home_ = rule.role;
      return true;
    }
    if (mutual && rule.role == Role::actor && draft_.verbal && (rule.things & kState) != 0) {
      if (known && (flags & kCountedSide) != 0) return give_counted(one);
      // « des émissaires des quatre pays »
      const std::uint32_t owner = phrase + 1;
      if (owner < clauses_.end(draft_.sentence) && at(owner).kind == PhraseKind::noun &&
          at(owner).preposition == view_.rules.of && at(owner).determiner == Determiner::definite &&
          (view_.rules.flag(at(owner).word) & kCountedSide) != 0)
        return give_counted(at(owner));
    }
    const bool may_be_both = mutual || (is_verbal_act(draft_.kind) && draft_.kind != EventKind::accuse);
    if (!may_be_both || !known || (flags & kSideNoun) == 0 || rule.role != Role::actor || (rule.things & kState) == 0)
      return false;
    if (view_.analysis.tokens[one.head].morph.number != Number::plur) return false;
    draft_.sides = true;
    return true;
  }

  // « les deux présidents », « les quatre dirigeants » did: so many of those told of; not « les deux présidents
  // africains ».
  bool give_counted(const Phrase& phrase) {
    std::uint8_t count = 0;
    for (std::uint32_t token = phrase.first; token < phrase.last; ++token) {
      const Upos upos = view_.analysis.tokens[token].upos;
      if (upos == Upos::NUM) count = view_.rules.numbers[phrases_.words[token]];
      if (token != phrase.head && upos != Upos::DET && upos != Upos::NUM) return false;
    }
    if (count < 2) return false;
    draft_.side_count = count;
    draft_.sides = true;
    return true;
  }

  // The group (an armed movement, a party) that is named last before the byte; none if none is.
  EntityId group_before(std::uint32_t offset) const {
    const auto [first, last] = view_.entities.mentions_between(0, offset);
    for (std::uint32_t i = last; i-- > first && last - i < 300;) {
      const EntityId id = mention(i).entity;
      if (mention(i).sentence + 6 < draft_.sentence) return {};
      if (!id || mention(i).span.begin >= offset) continue;
      if (view_.entities.entities[id].kind == ThingKind::group && view_.entities.entities[id].thing) return id;
    }
    return {};
  }

  bool is_pact_signed() const {
    const std::uint32_t subject = clauses_.subject(draft_.phrase, draft_.sentence);
    return subject != kNoPhrase && (view_.rules.flag(at(subject).word) & kPactNoun) != 0;
  }

  // « deux rebelles tués par l'armée », « l'accord entre le gouvernement et les rebelles »: beside another side only,
  // for at home an army or a government does much that is no diplomacy.
  void take_home() {
    if (home_ == Role::none) return;
    const auto other = [&](EntityId id) {
      const ThingKind kind = view_.entities.entities[id].kind;
      return kind == ThingKind::group || kind == ThingKind::state || kind == ThingKind::organisation;
    };
    const bool beside = std::any_of(draft_.actors.begin(), draft_.actors.end(), other) ||
                        std::any_of(draft_.targets.begin(), draft_.targets.end(), other);
    const EntityId home = beside ? state_of_page(view_) : EntityId();
    if (!home || std::find(draft_.actors.begin(), draft_.actors.end(), home) != draft_.actors.end() ||
        std::find(draft_.targets.begin(), draft_.targets.end(), home) != draft_.targets.end())
      return;
    add_once(list_of(home_ == Role::target ? Role::target : Role::actor), home);
  }

  // « le mouvement rebelle »: a group that only this page knows is the one it has named.
  EntityId named_group(const Mention& one, EntityId id) const {
    const Entity& entity = view_.entities.entities[id];
    if (entity.kind != ThingKind::group || entity.thing || entity.state || one.form == MentionForm::name) return id;
    for (std::uint32_t token = one.first_token; token < one.last_token; ++token)
      if ((view_.rules.flag(phrases_.words[token]) & kGroupNoun) != 0) {
        const EntityId group = group_before(one.span.begin);
        return group ? group : id;
      }
    return id;
  }

  std::vector<std::uint32_t> coordinated_with(std::uint32_t phrase) const {
    std::vector<std::uint32_t> all{phrase};
    const std::uint32_t last = clauses_.end(draft_.sentence);
    for (std::uint32_t i = phrase + 1; i < last && i < phrase + 24; ++i) {
      if (at(i).kind == PhraseKind::verb || at(i).kind == PhraseKind::stop) break;
      if (at(i).kind != PhraseKind::noun || at(i).coordinated == kNoPhrase ||
          std::find(all.begin(), all.end(), at(i).coordinated) == all.end())
        continue;
      // « une pluie de roquettes s'abattait sur la ville et X avertissait Y »: X is the next clause's.
      const bool opens_clause = i + 1 < last && at(i + 1).kind == PhraseKind::verb &&
                                at(i + 1).shape == VerbShape::finite && stands_behind_verb(phrase);
      if (!opens_clause) all.push_back(i);
    }
    add_adjectives(phrase, last, all);
    // « les chefs d'état-major russe et américain »
    if (stands_for_owner(at(phrase)) && phrase + 1 < last && at(phrase + 1).preposition == view_.rules.of)
      for (std::uint32_t i = phrase + 2; i < last && i < phrase + 8; ++i)
        if (at(i).coordinated >= phrase + 1 && at(i).coordinated < i && is_listed_adjective(i)) all.push_back(i);
    // « les ministres de la France et de l'Espagne »: the second owner is a second minister.
    if (names_owner(at(phrase)))
      add_owners(phrase, last, all);
    else if (phrase + 1 < last && stands_for_owner(at(phrase)) && at(phrase + 1).preposition == view_.rules.of)
      add_owners(phrase + 1, last, all);  // « les représentants de Delhi et d'Islamabad »
    return all;
  }

  bool stands_behind_verb(std::uint32_t phrase) const {
    for (std::uint32_t i = phrase; i-- > draft_.phrase;)
      if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::finite) return true;
    return false;
  }

  // « les dirigeants sud-africain, sénégalais et comorien »: each is of another state.
  void add_adjectives(std::uint32_t phrase, std::uint32_t last, std::vector<std::uint32_t>& all) const {
    if (!at(phrase).agent || at(phrase).adjective_begin == at(phrase).adjective_end) return;
    for (std::uint32_t i = phrase + 1; i + 1 < last && i < phrase + 12; i += 2) {
      const bool joins = at(i).kind == PhraseKind::comma || at(i).kind == PhraseKind::coordinator;
      const Phrase& one = at(i + 1);
      if (!joins || one.kind != PhraseKind::noun || one.determiner != Determiner::none) return;
      if (one.adjective_begin == one.adjective_end || one.last - one.first > 1) return;
      if (std::find(all.begin(), all.end(), i + 1) == all.end()) all.push_back(i + 1);
    }
  }

  // « de la France, de l'Italie et de l'Espagne » behind the first owner: a list that ends in « et ».
  void add_owners(std::uint32_t phrase, std::uint32_t last, std::vector<std::uint32_t>& all) const {
    std::vector<std::uint32_t> owners;
    for (std::uint32_t i = phrase + 1; i + 1 < last && owners.size() < 12; i += 2) {
      const bool joined = at(i).kind == PhraseKind::coordinator;
      if (!joined && at(i).kind != PhraseKind::comma) return;
      const Phrase& owner = at(i + 1);
      if (owner.kind != PhraseKind::noun || owner.preposition != view_.rules.of) return;
      owners.push_back(i + 1);
      if (!joined) continue;
      all.insert(all.end(), owners.begin(), owners.end());
      return;
    }
  }

  bool names_anyone(std::uint32_t phrase) const {
    for (std::uint32_t i = at(phrase).mention_begin; i < at(phrase).mention_end; ++i)
      if (mention(phrases_.mentions[i]).form == MentionForm::name) return true;
    return false;
  }

  bool names_owner(const Phrase& phrase) const {
    for (std::uint32_t token = phrase.first; token < phrase.last; ++token)
      if (phrases_.words[token] == view_.rules.of) return true;
    return leads_owner(phrase.preposition);
  }

  // « sous l'égide de A et de B »
  bool leads_owner(WordId preposition) const {
    const std::string_view of = view_.rules.words.text(view_.rules.of);
    const std::string_view text = view_.rules.words.text(preposition);
    return text.size() > of.size() && text.ends_with(of) && text[text.size() - of.size() - 1] == ' ';
  }

  bool give_phrase(std::uint32_t phrase, const RoleRule& rule) {
    // « a appelé toutes les parties »: nobody in particular.
    if (rule.role == Role::target && (view_.rules.flag(at(phrase).word) & kSideNoun) != 0 &&
        is_verbal_act(draft_.kind) && !names_anyone(phrase) && at(phrase).adjective_begin == at(phrase).adjective_end)
      return false;
    const bool wants_place = rule.role == Role::place || rule.role == Role::host;
    std::uint32_t p = phrase;
    for (int step = 0; step < 4; ++step) {
      const Phrase& one = at(p);
      owner_ = (p != phrase && at(phrase).agent) || (one.preposition == view_.rules.of && rule.slot == Slot::subject);
      bool given = false;
      const bool administration = governed_by(one) != EntityId();
      acts_for_state_ = is_official(one);
      for (std::uint32_t i = one.mention_begin; i < one.mention_end && !administration; ++i)
        if (!is_private(one, phrases_.mentions[i], rule) && !is_counted_as_one(one, phrases_.mentions[i]))
          given = give_mention(phrases_.mentions[i], rule) || given;
      given = given || give_administration(one, rule);
      if (given && rule.role == Role::target && (one.adjective_begin < one.adjective_end || names_nation_beside(one)))
        draft_.foreign = true;
      if (given && rule.role == Role::target && is_envoy_matter() && one.agent)  // whoever he is, his state is meant
        for (std::uint32_t i = one.adjective_begin; i < one.adjective_end; ++i)
          give_mention(phrases_.mentions[i], rule);
      if (given) return true;
      if (p != phrase && give_known_group(one, rule)) return true;
      // « le gouvernement de transition du Mali »: what is no name is passed over.
      const bool between = p != phrase && one.determiner == Determiner::none && one.mention_begin == one.mention_end;
      const bool adjective = p == phrase && one.last - one.first == 1 && one.adjective_begin < one.adjective_end &&
                             one.determiner == Determiner::none && stands_for_owner(at(first_listed(p)));
      if (!stands_for_owner(one) && !wants_place && !between && !adjective && !is_penalty_on(rule) &&
          !is_held_one(one, rule))
        return false;
      acts_for_state_ = is_official(at(phrase)) || adjective;
      for (std::uint32_t i = one.adjective_begin; i < one.adjective_end; ++i)
        given = give_mention(phrases_.mentions[i], rule) || given;
      acts_for_state_ = false;
      if (given && rule.role == Role::target) draft_.owned_target = true;
      if (given) return true;
      // « la délégation de la Russie », « dans l'est de l'Ukraine »
      if (p + 1 >= clauses_.end(draft_.sentence) || at(p + 1).kind != PhraseKind::noun ||
          at(p + 1).preposition != view_.rules.of)
        return give_listed(p, rule);
      ++p;
    }
    return false;
  }

  // « le Norvégien X »: of which nation he is stands before his name.
  bool names_nation_beside(const Phrase& one) const {
    if (!is_held_kind() || one.mention_begin == one.mention_end) return false;
    const Interval any_day;
    for (std::uint32_t token = one.first; token < mention(phrases_.mentions[one.mention_begin]).first_token; ++token) {
      if (view_.analysis.tokens[token].upos == Upos::DET) continue;
      for (const Candidate& candidate : view_.knowledge.lookup(view_.analysis.form(token), any_day))
        if (candidate.form == NameForm::demonym || candidate.form == NameForm::adjective) return true;
    }
    return false;
  }

  bool is_held_kind() const {
    return draft_.kind == EventKind::detain || draft_.kind == EventKind::release || draft_.kind == EventKind::convict ||
           draft_.kind == EventKind::exchange;
  }

  bool is_envoy_matter() const {
    return draft_.kind == EventKind::protest || draft_.kind == EventKind::expel || draft_.kind == EventKind::recall;
  }

  // « les cadres de la guérilla »: of the group that the page has named.
  bool give_known_group(const Phrase& one, const RoleRule& rule) {
    const bool wanted = (rule.role == Role::actor || rule.role == Role::target) && (rule.things & kGroup) != 0;
    if (!wanted || one.determiner != Determiner::definite) return false;
    if ((view_.rules.flag(one.word) & kGroupNoun) == 0 || one.mention_begin < one.mention_end) return false;
    const EntityId group = group_before(view_.analysis.tokens[one.first].span.begin);
    add_once(list_of(rule.role), group);
    return static_cast<bool>(group);
  }

  // « l'administration Trump »: the state that he governs.
  bool give_administration(const Phrase& one, const RoleRule& rule) {
    if (rule.role != Role::actor && rule.role != Role::target) return false;
    if (governed_by(one) == EntityId()) return false;
    add_once(list_of(rule.role), governed_by(one));
    return true;
  }

  EntityId governed_by(const Phrase& one) const {
    if ((view_.rules.flag(one.word) & kGoverningNoun) == 0) return {};
    for (std::uint32_t i = one.mention_begin; i < one.mention_end; ++i) {
      const Mention& name = mention(phrases_.mentions[i]);
      if (name.form != MentionForm::name || !name.entity || name.first_token <= one.head) continue;
      const Entity& person = view_.entities.entities[name.entity];
      if (person.kind == ThingKind::person) return entity_of(person.state);
    }
    return {};
  }

  // « une vingtaine de pays, dont la France, l'Allemagne et le Canada »: those of them who are named.
  bool give_listed(std::uint32_t phrase, const RoleRule& rule) {
    const std::uint32_t last = clauses_.end(draft_.sentence);
    std::uint32_t i = phrase + 1;
    if (i < last && at(i).kind == PhraseKind::comma) ++i;
    if (i + 1 >= last || at(i).kind != PhraseKind::relative || at(i).relative_subject) return false;
    const std::uint64_t flags = view_.rules.flag(at(i).word);
    if ((flags & (kObjectRelative | kPlaceRelative)) != 0 || at(i).preposition != 0) return false;
    if (at(i + 1).kind != PhraseKind::noun || at(i + 1).preposition != 0) return false;
    std::vector<std::uint32_t> listed = coordinated_with(i + 1);
    if (listed.back() + 1 < last && at(listed.back() + 1).kind == PhraseKind::verb) return false;
    bool given = false;
    for (const std::uint32_t one : listed)
      for (std::uint32_t k = at(one).mention_begin; k < at(one).mention_end; ++k)
        given = give_mention(phrases_.mentions[k], rule) || given;
    return given;
  }

  // « sept banques russes », « 58 employés de l'ambassade américaine »: whatever is sanctioned and whoever is sent
  // away is of a state.
  bool is_penalty_on(const RoleRule& rule) const {
    return rule.role == Role::target && (draft_.kind == EventKind::sanction ||
                                         draft_.kind == EventKind::lift_sanction || draft_.kind == EventKind::expel);
  }

  // « un journaliste polonais »: whoever is held, freed or sentenced is of the state that his adjective names.
  bool is_held_one(const Phrase& one, const RoleRule& rule) const {
    return rule.role == Role::target && one.adjective_begin < one.adjective_end && is_held_kind();
  }

  // « un Rwandais a demandé … »: somebody of a state, not the state.
  bool is_private(const Phrase& phrase, std::uint32_t index, const RoleRule& rule) const {
    const Mention& one = mention(index);
    if (!one.entity || view_.entities.entities[one.entity].kind != ThingKind::state) return false;
    // « huit Nigérians accusés d'escroquerie »
    if (rule.role == Role::target && draft_.frame->passive && draft_.kind == EventKind::accuse)
      return !phrase.agent && (phrase.determiner == Determiner::indefinite || is_counted(phrase));
    return rule.role == Role::actor && phrase.determiner == Determiner::indefinite;
  }

  // « les deux hommes » of whom one alone was found: nobody knows who the pair is.
  bool is_counted_as_one(const Phrase& phrase, std::uint32_t index) const {
    const Mention& one = mention(index);
    if (one.form != MentionForm::nominal || !one.entity || (view_.rules.flag(phrase.word) & kCountedSide) == 0)
      return false;
    const Entity& entity = view_.entities.entities[one.entity];
    if (entity.kind != ThingKind::person || !entity.members.empty()) return false;
    for (std::uint32_t token = phrase.first; token < phrase.last; ++token)
      if (view_.rules.numbers[phrases_.words[token]] > 1) return true;
    return false;
  }

  bool is_counted(const Phrase& phrase) const {
    for (std::uint32_t token = phrase.first; token < phrase.last; ++token)
      if (view_.analysis.tokens[token].upos == Upos::NUM) return true;
    return false;
  }

  bool stands_for_owner(const Phrase& phrase) const {
    return phrase.agent || (view_.rules.flag(phrase.word) & kBroadNoun) != 0;
  }

  // « l'ancien ministre russe »: nobody whom the page names, but somebody of a state; not « les soldats russes », who
  // are many.
  bool is_official(const Phrase& phrase) const {
    return phrase.agent && (view_.rules.flag(phrase.word) & kHomeNoun) == 0;
  }

  // What the phrase is listed with first: « des chercheurs brésiliens et américains » are researchers.
  std::uint32_t first_listed(std::uint32_t phrase) const {
    while (at(phrase).coordinated != kNoPhrase) phrase = at(phrase).coordinated;
    return phrase;
  }

  // « les ministres français, allemand et polonais »: an adjective alone that is listed with others of one noun.
  bool is_listed_adjective(std::uint32_t phrase) const {
    const Phrase& one = at(phrase);
    if (!stands_for_owner(at(first_listed(phrase)))) return false;
    return one.coordinated != kNoPhrase && one.determiner == Determiner::none && one.mention_begin == one.mention_end &&
           one.adjective_begin < one.adjective_end && view_.analysis.tokens[one.head].upos == Upos::ADJ;
  }

  bool give_mention(std::uint32_t index, const RoleRule& rule) {
    const Mention& one = mention(index);
    if (rule.role == Role::place || rule.role == Role::host) return give_place(one, rule);
    if (!one.entity) return false;
    bool given = false;
    // « son ambassadeur à Ankara »: from the state that the town is the capital of.
    if (draft_.kind == EventKind::recall && rule.role == Role::target)
      if (const ThingId place = place_named(one)) add_once(draft_.targets, entity_of(view_.knowledge.state_of(place)));
    // « celle de Washington, qui avait ordonné … », « les représentants d'Islamabad »
    const bool owns = rule.slot == Slot::subject || rule.slot == Slot::possessive || rule.slot == Slot::governor;
    const bool acts = rule.role == Role::actor && (owns || owner_);
    if (acts || rule.things == kState)  // where a state is wanted, its capital stands for it
      if (const EntityId state = state_of_capital(one.entity)) {
        add_once(list_of(rule.role), state);
        return true;
      }
    const std::vector<EntityId> members = view_.entities.expand(one.entity);
    if (rule.slot == Slot::object && members.size() > 1 && is_contact(draft_.kind) && holds_actor(members))
      return false;
    for (const EntityId member : members) {
      const EntityId id = named_group(one, member);
      const Entity& entity = view_.entities.entities[id];
      const bool by_official = acts_for_state_ && one.form != MentionForm::name && (rule.things & kOffice) != 0 &&
                               (entity.kind == ThingKind::state || entity.kind == ThingKind::organisation);
      if ((sort_of(entity.kind) & rule.things) == 0 && !by_official) continue;
      add_once(list_of(rule.role), id);
      given = true;
      // « bombarder Tripoli » is an act against a state, in its town.
      if (rule.role == Role::target && draft_.kind == EventKind::attack && one.as_place)
        take_place(one.as_place, one.span);
    }
    return given;
  }

  // « X a accueilli les deux hommes »: X is none of them.
  bool holds_actor(const std::vector<EntityId>& members) const {
    return std::any_of(members.begin(), members.end(), [&](EntityId id) {
      return std::find(draft_.actors.begin(), draft_.actors.end(), id) != draft_.actors.end();
    });
  }

  // A seat of government that acts is its state.
  EntityId state_of_capital(EntityId id) const {
    const Entity& one = view_.entities.entities[id];
    if (one.kind != ThingKind::place || !one.thing || !view_.knowledge[one.thing].capital) return {};
    return entity_of(view_.knowledge.state_of(one.thing));
  }

  std::vector<EntityId>& list_of(Role role) {
    return role == Role::target ? draft_.targets : role == Role::mediator ? draft_.mediators : draft_.actors;
  }

  bool give_place(const Mention& one, const RoleRule& rule) {
    const ThingId place = place_named(one);
    if (place) take_place(place, one.span);
    if (rule.role != Role::host) return static_cast<bool>(place);
    // The host: the state itself, or the state of the town.
    if (!one.entity) return static_cast<bool>(place);
    const Entity& entity = view_.entities.entities[one.entity];
    EntityId host;
    if (entity.kind == ThingKind::state || entity.kind == ThingKind::organisation)
      host = one.entity;
    else if (place)
      host = entity_of(view_.knowledge.state_of(place));
    if (std::find(draft_.actors.begin(), draft_.actors.end(), host) == draft_.actors.end())
      add_once(draft_.targets, host);
    return true;
  }

  EntityId entity_of(ThingId thing) const {
    if (!thing) return {};
    const auto& rows = view_.entities.entities.rows();
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      if (rows[i].thing == thing) return EntityId(i);
    return {};
  }

  // --- where ---

  ThingId place_named(const Mention& one) const {
    if (one.form == MentionForm::pronoun || one.form == MentionForm::adjective) return {};
    if (one.as_place) return one.as_place;
    if (!one.entity) return {};
    const Entity& entity = view_.entities.entities[one.entity];
    if (entity.kind == ThingKind::place || entity.kind == ThingKind::state) return entity.thing;
    return {};
  }

  // The narrower of two wins: a town over a state.
  void take_place(ThingId place, Span span) {
    if (draft_.place) {
      const bool narrower =
          view_.knowledge[draft_.place].kind == ThingKind::state && view_.knowledge[place].kind == ThingKind::place;
      if (!narrower) return;
    }
    draft_.place = place;
    draft_.place_span = span;
  }

  bool take_place_of(std::uint32_t phrase) {
    const Phrase& one = at(phrase);
    if (one.kind != PhraseKind::noun || one.preposition == 0 ||
        (view_.rules.flag(one.preposition) & kPlacePreposition) == 0)
      return false;
    if (is_used(phrase) || belongs_to_other(phrase)) return false;
    if (is_topic(one) || is_of_officials(one)) return false;
    std::uint32_t p = phrase;
    for (int step = 0; step < 4; ++step) {
      for (std::uint32_t i = at(p).mention_begin; i < at(p).mention_end; ++i)
        if (const ThingId place = place_named(mention(phrases_.mentions[i]))) {
          take_place(place, mention(phrases_.mentions[i]).span);
          return true;
        }
      if (p == phrase && take_seat_of(one)) return true;
      if (p + 1 >= clauses_.end(draft_.sentence) || at(p + 1).kind != PhraseKind::noun ||
          at(p + 1).preposition != view_.rules.of || (view_.rules.flag(at(p).word) & kPlaceNoun) == 0)
        return false;  // « dans les affaires de l'Ukraine »
      ++p;
    }
    return false;
  }

  // « reçu à l'Élysée », « réunis à la Maison-Blanche »: in the town where the body sits.
  bool take_seat_of(const Phrase& phrase) {
    if (!is_contact(draft_.kind) && draft_.kind != EventKind::visit && draft_.kind != EventKind::agree) return false;
    for (std::uint32_t i = phrase.mention_begin; i < phrase.mention_end; ++i) {
      const Mention& one = mention(phrases_.mentions[i]);
      if (one.form != MentionForm::name || !one.entity) continue;
      const ThingId body = view_.entities.entities[one.entity].thing;
      if (!body || !view_.knowledge[body].body_of_state || !view_.knowledge[body].seat) continue;
      take_place(view_.knowledge[body].seat, one.span);
      return true;
    }
    return false;
  }

  // « opposant au pouvoir malien »: who governs is no place.
  bool is_of_officials(const Phrase& phrase) const {
    return phrase.agent && phrase.mention_begin < phrase.mention_end &&
           mention(phrases_.mentions[phrase.mention_begin]).form != MentionForm::name;
  }

  // « une résolution sur le Kosovo », « l'accord sur la Syrie »: not where, but about what.
  bool is_topic(const Phrase& phrase) const {
    if ((view_.rules.flag(phrase.preposition) & kTopicPreposition) == 0) return false;
    return is_contact(draft_.kind) || is_verbal_act(draft_.kind) || draft_.kind == EventKind::vote;
  }

  // « menacer d'une réponse en cas d'invasion en Ukraine »: the place right behind another event's noun is that one's.
  bool belongs_to_other(std::uint32_t place) const {
    for (std::uint32_t i = place; i-- > draft_.phrase_last + 1 && place - i < 6;) {
      // « du retour des ambassadeurs à Moscou et à Washington »
      if (at(i).kind == PhraseKind::coordinator && at(i + 1).coordinated != kNoPhrase) continue;
      if (at(i).kind != PhraseKind::noun) return false;
      if (phrases_.event_noun[i] != 0 && at(i).preposition == 0)  // « a demandé une trêve à Gaza »
        return draft_.verbal && is_verbal_act(draft_.kind) && draft_.kind != EventKind::agree;
      if (phrases_.event_noun[i] != 0) return (view_.rules.flag(at(i).preposition) & kSameTimePreposition) == 0;
      if (at(i).preposition == 0 && at(i).coordinated == kNoPhrase) return false;
    }
    return false;
  }

  // Whether a role other than a place took the phrase: « demander à Moscou » is no place.
  bool is_used(std::uint32_t phrase) const { return std::find(used_.begin(), used_.end(), phrase) != used_.end(); }

  void find_place() {
    // Behind the trigger first, then behind the verb that it depends on, then what opens the clause.
    if (search_behind(draft_.verbal ? draft_.phrase : draft_.phrase_last)) return;
    if (draft_.relative != kNoPhrase && search_behind(draft_.relative)) return;
    const std::uint32_t verb = draft_.verbal ? draft_.phrase : draft_.governing.verb;
    if (!draft_.verbal && verb != kNoPhrase && verb > draft_.phrase &&
        search_behind(clauses_.carried(verb, draft_.sentence)))
      return;
    if (!draft_.verbal && !shares_place(verb)) return;
    // « a promis à l'Allemagne de signer »: what stands before belongs to the governing verb; not so « pour signer ».
    const WordId leading = at(draft_.phrase).preposition;
    const bool governed = leading == view_.rules.of || leading == view_.rules.to;
    if (draft_.verbal && at(draft_.phrase).shape == VerbShape::infinitive && governed) return;
    // « a offert à A de reprendre les négociations »: likewise of the noun that the infinitive has.
    const bool carried = !draft_.verbal && verb != kNoPhrase && at(verb).kind == PhraseKind::verb &&
                         at(verb).shape == VerbShape::infinitive;
    if (carried && (at(verb).preposition == view_.rules.of || at(verb).preposition == view_.rules.to)) {
      for (std::uint32_t i = verb + 1; i < draft_.phrase; ++i) take_place_of(i);
      return;
    }
    const std::uint32_t stop = verb != kNoPhrase ? std::min(verb, draft_.phrase) : draft_.phrase;
    for (std::uint32_t i = stop; i-- > clauses_.begin(draft_.sentence);) {
      const PhraseKind kind = at(i).kind;
      if (kind == PhraseKind::relative || kind == PhraseKind::subordinator)  // « C'est à Genève que X et Y … »
        for (std::uint32_t k = clauses_.cleft(i, draft_.sentence); k < i; ++k) take_place_of(k);
      if (kind == PhraseKind::relative || kind == PhraseKind::subordinator || kind == PhraseKind::stop) break;
      const bool modal = draft_.verbal && i + 1 == draft_.phrase && leading == 0 &&
                         at(draft_.phrase).shape == VerbShape::infinitive;  // « à Bruxelles, X devait rencontrer Y »
      if (kind == PhraseKind::verb && at(i).shape == VerbShape::finite && !modal) break;
      // « Séoul, qui n'exclut pas de livrer des armes à Kiev, a convoqué … »: the aside is no part of the clause.
      if (kind == PhraseKind::comma && i + 1 == stop)
        if (const std::uint32_t opening = behind_relative_aside(i); opening != kNoPhrase) {
          i = opening;
          continue;
        }
      if (!follows_participle(i)) take_place_of(i);
    }
    if (!draft_.place) take_place_of_relative();
    if (draft_.place || draft_.verbal || verb == kNoPhrase) return;
    for (std::uint32_t i = verb + 1; i < draft_.phrase; ++i) take_place_of(i);
  }

  // « Il y a rencontré X »: the place named last before, in this sentence or the two before it.
  void take_place_of_pronoun() {
    const std::uint32_t verb = draft_.verbal ? draft_.phrase : draft_.governing.verb;
    if (verb == kNoPhrase || at(verb).kind != PhraseKind::verb || !has_place_pronoun(verb)) return;
    const std::uint32_t offset = view_.analysis.tokens[at(verb).first].span.begin;
    const auto [first, last] = view_.entities.mentions_between(0, offset);
    for (std::uint32_t i = last; i-- > first && last - i < 60;) {
      const Mention& one = mention(i);
      if (one.sentence + 2 < draft_.sentence) return;
      if (one.span.end > offset || one.form != MentionForm::name || one.governor == Mention::kNoToken) continue;
      if ((view_.rules.flag(phrases_.words[one.governor]) & kPlacePreposition) == 0) continue;
      if (const ThingId place = place_named(one)) return take_place(place, one.span);
    }
  }

  bool has_place_pronoun(std::uint32_t verb) const {
    if ((view_.rules.flag(at(verb).word) & kAuxiliaryVerb) != 0) return false;  // « il y a eu »
    for (std::uint32_t token = at(verb).first; token < at(verb).last; ++token)
      if ((view_.rules.flag(phrases_.forms[token]) & kPlacePronoun) != 0) return true;
    return false;
  }

  // « à Paris, où il a rencontré X »
  void take_place_of_relative() {
    std::uint32_t verb = draft_.verbal ? draft_.phrase : draft_.governing.verb;
    if (verb == kNoPhrase || at(verb).kind != PhraseKind::verb) return;
    if (!draft_.verbal && !shares_place(verb)) return;
    if (at(verb).shape == VerbShape::infinitive) {  // « à Moscou, où il doit rencontrer X »
      const std::uint32_t up = clauses_.governing(verb, draft_.sentence).verb;
      if (up != kNoPhrase) verb = up;
    }
    const std::uint32_t relative = clauses_.relative_of(verb, draft_.sentence);
    if (relative == kNoPhrase || (view_.rules.flag(at(relative).word) & kPlaceRelative) == 0) return;
    const std::uint32_t antecedent = clauses_.antecedent(relative, draft_.sentence);
    if (antecedent == kNoPhrase) return;
    for (std::uint32_t i = at(antecedent).mention_begin; i < at(antecedent).mention_end; ++i)
      if (const ThingId place = place_named(mention(phrases_.mentions[i])))
        take_place(place, mention(phrases_.mentions[i]).span);
  }

  // From the comma that closes a relative clause to the one that opens it; none if none is closed there.
  std::uint32_t behind_relative_aside(std::uint32_t comma) const {
    const std::uint32_t opening = clauses_.before_parenthesis(comma, clauses_.begin(draft_.sentence));
    if (opening == kNoPhrase || at(opening + 1).kind != PhraseKind::relative) return kNoPhrase;
    return opening;
  }

  // « X, arrêté à Y, a été libéré »: Y is the place of the participle. « l'a invité à se rendre en Y, avant d'être reçu
  // »: likewise of the infinitive.
  bool follows_participle(std::uint32_t place) const {
    for (std::uint32_t i = place; i-- > clauses_.begin(draft_.sentence) && place - i < 8;) {
      if (at(i).kind == PhraseKind::comma || at(i).kind == PhraseKind::stop) return false;
      if (at(i).kind == PhraseKind::verb)
        return at(i).shape == VerbShape::participle || at(i).shape == VerbShape::infinitive;
    }
    return false;
  }

  // Whether a noun's event lies where its clause does: « A Genève, X a tenu une réunion », not « A Genève, X a évoqué
  // l'invasion ».
  bool shares_place(std::uint32_t verb) const {
    if (verb == kNoPhrase) return true;
    if ((view_.rules.flag(at(verb).word) & (kLightVerb | kOccurrenceVerb | kHostVerb)) != 0)
      return draft_.governing.relation == Relation::object || draft_.governing.relation == Relation::subject ||
             is_contact(draft_.kind);
    const WordId preposition = at(draft_.phrase).preposition;
    return is_contact(draft_.kind) && preposition != 0 && (view_.rules.flag(preposition) & kSameTimePreposition) != 0;
  }

  bool search_behind(std::uint32_t from) {
    const std::uint32_t last = clauses_.end(draft_.sentence);
    for (std::uint32_t i = from + 1; i < last && i < from + 24; ++i) {
      const PhraseKind kind = at(i).kind;
      if (kind == PhraseKind::relative || kind == PhraseKind::subordinator) break;
      // « échangent les instruments du traité signé à X »: the place of the participle is not the verb's.
      if (kind == PhraseKind::verb && (draft_.verbal || at(i).shape != VerbShape::participle)) break;
      // « un sommet consacré à la crise dans l'est du Congo »: not where it is held.
      if (kind == PhraseKind::verb && is_contact(draft_.kind) && i + 1 < last && at(i + 1).kind == PhraseKind::noun &&
          at(i + 1).preposition == view_.rules.to && at(i + 1).mention_begin == at(i + 1).mention_end)
        break;
      if (kind == PhraseKind::coordinator && i + 1 < last && at(i + 1).kind != PhraseKind::noun &&
          at(i + 1).kind != PhraseKind::time)
        break;
      // « au sommet du G7 en Cornouailles, puis à celui de l'Otan à Bruxelles »
      if (kind == PhraseKind::coordinator && i + 1 < last && at(i + 1).kind == PhraseKind::noun && at(i + 1).pronoun)
        break;
      // A town may be followed by its country: « à Genève, en Suisse » stays Geneva.
      take_place_of(i);
    }
    return static_cast<bool>(draft_.place);
  }

  Span span_of(std::uint32_t phrase) const {
    const Phrase& one = at(phrase);
    return Span{view_.analysis.tokens[one.first].span.begin, view_.analysis.tokens[one.last - 1].span.end};
  }

  const PageView& view_;
  const Phrases& phrases_;
  const Clauses& clauses_;
  Draft& draft_;
  std::vector<Argument> arguments_;
  Role home_ = Role::none;           // the role of « l'armée », where nobody says whose it is
  bool owner_ = false;               // the phrase at hand names the owner of an agent noun
  bool acts_for_state_ = false;      // the phrase at hand is an official without a name
  std::vector<std::uint32_t> used_;  // phrases whose things fill roles of who, not where
};

}  // namespace

void read_roles(const PageView& view, const Phrases& phrases, const Clauses& clauses, Draft& draft) {
  RoleReader(view, phrases, clauses, draft).run();
}

}  // namespace chancery::frames
