// One verb, several events in a row: « s'est rendu à Kiev, puis mardi à Varsovie » tells of two visits, « s'est
// entretenu avec X puis avec Y » of two meetings. What stands behind « puis » in the slot of what went before is an
// event of its own, with the day beside it.
#include <algorithm>

#include "events/draft.h"

namespace chancery::frames {
namespace {

constexpr std::uint32_t kFar = 16;  // phrases behind the trigger, at most

class SequelReader {
 public:
  SequelReader(const PageView& view, const Phrases& phrases, const Clauses& clauses)
      : view_(view), phrases_(phrases), clauses_(clauses) {}

  void run(std::vector<Draft>& drafts) const {
    const std::size_t count = drafts.size();
    for (std::size_t i = 0; i < count; ++i)
      if (may_go_on(drafts[i])) follow(i, drafts);
  }

 private:
  const Phrase& at(std::uint32_t phrase) const { return phrases_.phrases[phrase]; }

  static bool may_go_on(const Draft& draft) {
    if (draft.kind == EventKind::visit) return true;
    return draft.verbal && is_contact(draft.kind) && draft.kind != EventKind::mediate;
  }

  void follow(std::size_t first, std::vector<Draft>& drafts) const {
    std::vector<EntityId> partners;
    std::uint32_t from = drafts[first].phrase_last + 1;
    for (std::uint32_t i = from; i < clauses_.end(drafts[first].sentence) && i - from < kFar; ++i) {
      const Phrase& one = at(i);
      if (one.kind == PhraseKind::relative || one.kind == PhraseKind::stop || one.kind == PhraseKind::subordinator)
        return;
      if (one.kind == PhraseKind::verb && one.shape != VerbShape::participle) return;
      if (one.kind != PhraseKind::noun) continue;
      const RoleRule* rule = rule_for(drafts[first], one);
      if (rule == nullptr) {
        meet_elsewhere(first, i, drafts);
        continue;
      }
      const std::vector<EntityId> named = named_in(one, *rule);
      const std::uint32_t then = sequel_before(i);
      if (then == kNoToken) {
        partners.insert(partners.end(), named.begin(), named.end());
        continue;
      }
      const bool visit = drafts[first].kind == EventKind::visit;
      if (visit ? !place_in(one) : named.empty() || partners.empty()) continue;
      Draft next = drafts[first];
      begin_at(next, then, i);
      if (visit)
        move(drafts[first], next, one);
      else
        exchange(drafts[first], next, partners, named);
      next.number = static_cast<std::uint32_t>(drafts.size());
      if (drafts[first].sequel_from == kNoPhrase) drafts[first].sequel_from = phrase_at(then, i);
      drafts.push_back(std::move(next));
      partners.insert(partners.end(), named.begin(), named.end());
    }
  }

  // « s'étaient parlé à Gomel, puis le 3 mars à Brest »: the same who, at another place.
  void meet_elsewhere(std::size_t first, std::uint32_t phrase, std::vector<Draft>& drafts) const {
    const Phrase& one = at(phrase);
    if (drafts[first].kind == EventKind::visit || drafts[first].kind == EventKind::call || one.preposition == 0) return;
    if ((view_.rules.flag(one.preposition) & kPlacePreposition) == 0) return;
    const std::uint32_t then = sequel_before(phrase);
    const Mention* where = then == kNoToken ? nullptr : place_in(one);
    if (where == nullptr) return;
    Draft next = drafts[first];
    begin_at(next, then, phrase);
    next.place = place_of(*where);
    next.place_span = where->span;
    next.number = static_cast<std::uint32_t>(drafts.size());
    if (drafts[first].place == next.place) {
      drafts[first].place = ThingId();
      drafts[first].place_span.reset();
    }
    if (drafts[first].sequel_from == kNoPhrase) drafts[first].sequel_from = phrase_at(then, phrase);
    drafts.push_back(std::move(next));
  }

  // The frame's rule for the slot in which the phrase stands; null if it has none of who or where.
  const RoleRule* rule_for(const Draft& draft, const Phrase& one) const {
    const bool agent = one.preposition == view_.rules.by && draft.verbal && at(draft.phrase).voice == Voice::passive;
    const Slot slot = one.preposition == 0 ? Slot::object : agent ? Slot::subject : Slot::preposition;
    for (const RoleRule& rule : draft.frame->roles)
      if (rule.slot == slot && (slot != Slot::preposition || rule.preposition == one.preposition) &&
          (rule.role == Role::actor || rule.role == Role::host || rule.role == Role::place))
        return &rule;
    return nullptr;
  }

  // The token of « puis » before a phrase, or before the day that stands before it.
  std::uint32_t sequel_before(std::uint32_t phrase) const {
    std::uint32_t token = at(phrase).first;
    const std::uint32_t preposition = at(phrase).preposition_token;
    if (preposition != kNoToken && preposition < token && token - preposition < 5 && !holds_phrase(preposition, token))
      token = preposition;
    for (int step = 0; step < 8 && token > 0; ++step) {
      --token;
      if (((view_.rules.flag(phrases_.words[token]) | view_.rules.flag(phrases_.forms[token])) & kSequel) != 0)
        return token;
      const std::uint32_t before = phrases_.phrase_of[token];
      if (before == kNoPhrase || at(before).kind != PhraseKind::time) return kNoToken;
    }
    return kNoToken;
  }

  bool holds_phrase(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t token = from; token < to; ++token)
      if (phrases_.phrase_of[token] != kNoPhrase && at(phrases_.phrase_of[token]).kind != PhraseKind::noun) return true;
    return false;
  }

  std::uint32_t phrase_at(std::uint32_t token, std::uint32_t otherwise) const {
    const std::uint32_t found = phrases_.phrase_of[token];
    return found == kNoPhrase ? otherwise : found;
  }

  void begin_at(Draft& next, std::uint32_t then, std::uint32_t phrase) const {
    next.first = then;
    next.last = at(phrase).last;
    next.trigger = Span{view_.analysis.tokens[then].span.begin, view_.analysis.tokens[at(phrase).last - 1].span.end};
    next.sequel = phrase;
    next.distinct = true;
    next.sequel_from = kNoPhrase;
  }

  std::vector<EntityId> named_in(const Phrase& one, const RoleRule& rule) const {
    std::vector<EntityId> all;
    if (rule.role != Role::actor) return all;
    for (std::uint32_t i = one.mention_begin; i < one.mention_end; ++i) {
      const EntityId id = view_.entities.mentions.rows()[phrases_.mentions[i]].entity;
      if (!id) continue;
      for (const EntityId member : view_.entities.expand(id))
        if (std::find(all.begin(), all.end(), member) == all.end()) all.push_back(member);
    }
    return all;
  }

  const Mention* place_in(const Phrase& one) const {
    for (std::uint32_t i = one.mention_begin; i < one.mention_end; ++i) {
      const Mention& mention = view_.entities.mentions.rows()[phrases_.mentions[i]];
      if (place_of(mention)) return &mention;
    }
    return nullptr;
  }

  ThingId place_of(const Mention& mention) const {
    if (mention.as_place) return mention.as_place;
    if (!mention.entity) return {};
    const Entity& entity = view_.entities.entities[mention.entity];
    return entity.kind == ThingKind::place || entity.kind == ThingKind::state ? entity.thing : ThingId();
  }

  // « puis à Varsovie »: the host is the state of the town, and no longer that of the first visit.
  void move(Draft& first, Draft& next, const Phrase& where) const {
    const Mention& mention = *place_in(where);
    next.place = place_of(mention);
    next.place_span = mention.span;
    next.targets.clear();
    const EntityId host = host_of(next.place);
    if (!host || host == host_of(first.place)) return;
    if (std::find(next.actors.begin(), next.actors.end(), host) == next.actors.end()) next.targets.push_back(host);
    std::erase(first.targets, host);
  }

  EntityId host_of(ThingId place) const {
    if (!place) return {};
    const ThingId state = view_.knowledge[place].kind == ThingKind::state ? place : view_.knowledge.state_of(place);
    const auto& rows = view_.entities.entities.rows();
    for (std::uint32_t i = 0; state && i < rows.size(); ++i)
      if (rows[i].thing == state) return EntityId(i);
    return {};
  }

  static void exchange(Draft& first, Draft& next, const std::vector<EntityId>& before,
                       const std::vector<EntityId>& named) {
    const auto among = [](const std::vector<EntityId>& list) {
      return [&list](EntityId id) { return std::find(list.begin(), list.end(), id) != list.end(); };
    };
    std::erase_if(next.actors, among(before));
    std::erase_if(next.actors, among(named));
    next.actors.insert(next.actors.end(), named.begin(), named.end());
    std::erase_if(first.actors, [&](EntityId id) { return among(named)(id) && !among(before)(id); });
  }

  const PageView& view_;
  const Phrases& phrases_;
  const Clauses& clauses_;
};

}  // namespace

void add_sequels(const PageView& view, const Phrases& phrases, const Clauses& clauses, std::vector<Draft>& drafts) {
  SequelReader(view, phrases, clauses).run(drafts);
}

}  // namespace chancery::frames
