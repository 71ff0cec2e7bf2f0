// Mentions of one event become one event. A page tells its main meeting ten times over, in other words each time, and
// each time leaves out what the reader knows already: what fits in kind, participants, place, time and status is the
// same event, and every mention adds the slots it names. What is said (a demand, a promise) is the same only when it
// is about the same matter.
#include <algorithm>

#include "events/draft.h"

namespace chancery::frames {
namespace {

constexpr std::size_t kSides = 16;      // a page about more sides than these has no two that it is about
constexpr std::uint32_t kNear = 8;      // sentences between « les deux parties » and those who are meant, at most
constexpr std::uint32_t kLead = 6;      // sentences behind a headline that tell what it says, at most
constexpr std::size_t kPactReach = 30;  // events around an agreement among which its meeting is looked for
constexpr std::size_t kLookBack = 60;   // events that a mention is compared with at most

struct Built {
  Event event;
  const Frame* frame = nullptr;
  std::vector<EntityId> persons, parties;  // parties: states and other bodies, those behind persons too
  std::vector<std::uint32_t> content;      // tokens of what it is about
  std::uint32_t last_sentence = 0;
  bool distinct = false;
  bool status_by_word = false;
  bool definite_only = false;  // so far only « la réunion », « ces discussions »
  bool indefinite = false;
  bool foreign = false;
  bool unnamed = false;  // by somebody whom nothing names
  bool owned_target = false;
  bool noun = false;            // no verb has told of it yet
  std::uint8_t side_count = 0;  // « les deux présidents »: so many of them
  bool sides = false;           // done by « les deux parties »
  bool named_by_page = false;   // its actors are those that the page tells of beside it
  bool bare = false;            // « la trêve », with nothing to tell it from another
  bool gone = false;            // joined to another
  bool named = false;           // participants stand in one of its own sentences
  std::uint64_t word = 0;       // hash of the lemma of its trigger's verb, or else of its noun
  bool headline = false;        // so far only the page's title tells of it
  bool before = false;          // in the pluperfect: it went before the page's news
  float strength = 0;
  std::vector<std::uint32_t> drafts, within;  // numbers of its drafts, and of the acts that they hang on
};

void add_once(std::vector<EntityId>& list, EntityId id) {
  if (id && std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

bool shares(const std::vector<EntityId>& a, const std::vector<EntityId>& b) {
  return std::any_of(a.begin(), a.end(), [&](EntityId id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

bool within(const std::vector<EntityId>& small, const std::vector<EntityId>& large) {
  return std::all_of(small.begin(), small.end(),
                     [&](EntityId id) { return std::find(large.begin(), large.end(), id) != large.end(); });
}

bool told_as_fact(EventStatus status) { return status == EventStatus::happened || status == EventStatus::ongoing; }
bool looks_ahead(EventStatus status) {
  return status == EventStatus::planned || status == EventStatus::proposed || status == EventStatus::conditional;
}

struct StateCount {
  std::uint32_t mentions = 0;
  ThingId state;
};

// The states of the page, by themselves or in those who act for them, most often named first.
std::vector<StateCount> states_by_mentions(const PageView& view) {
  const auto& mentions = view.entities.mentions.rows();
  std::vector<StateCount> counts;
  for (std::uint32_t i = 0; i < mentions.size() && i < 2000; ++i) {
    if (!mentions[i].entity) continue;
    const Entity& one = view.entities.entities[mentions[i].entity];
    const ThingId state = one.kind == ThingKind::state ? one.thing : one.state;
    if (!state) continue;
    const auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& row) { return row.state == state; });
    if (known != counts.end())
      ++known->mentions;
    else
      counts.push_back({1, state});
  }
  std::sort(counts.begin(), counts.end(), [](const StateCount& a, const StateCount& b) {
    return a.mentions != b.mentions ? a.mentions > b.mentions : a.state < b.state;
  });
  return counts;
}

class Merger {
 public:
  explicit Merger(const PageView& view) : view_(view) {
    const auto& rows = view.entities.entities.rows();
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      if (rows[i].kind == ThingKind::state && rows[i].thing) states_.emplace_back(rows[i].thing, EntityId(i));
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      if ((rows[i].kind == ThingKind::organisation || rows[i].kind == ThingKind::group) && rows[i].thing)
        bodies_.emplace_back(rows[i].thing, EntityId(i));
    std::sort(states_.begin(), states_.end());
    std::sort(bodies_.begin(), bodies_.end());
    for (const Block& block : view.page.blocks)
      if (block.kind == BlockKind::title) titles_.push_back(block.span);
  }

  Events run(std::vector<Draft> drafts) {
    for (Draft& draft : drafts) {
      Built one = build(draft);
      Built* same = find_same(one, draft);
      if (same != nullptr)
        join(*same, one);
      else
        built_.push_back(std::move(one));
    }
    join_headlines();
    name_known_meetings();
    name_sides();
    name_fighters();
    name_talks();
    name_sanctioned();
    join_named();
    name_mediated();
    place_agreements();
    collect_political_persons();
    built_.erase(std::remove_if(built_.begin(), built_.end(), [&](Built& one) { return !finish(one); }), built_.end());
    link_acts();
    Events events;
    for (Built& one : built_) events.push_back(std::move(one.event));
    return events;
  }

 private:
  const Entity& entity(EntityId id) const { return view_.entities.entities[id]; }

  // What drafts hang on, told of the events that they have become.
  void link_acts() {
    const EventOf event_of = events_of_drafts();
    for (std::uint32_t i = 0; i < built_.size(); ++i)
      for (const std::uint32_t act : built_[i].within) {
        const std::uint32_t at = event_of_draft(event_of, act);
        if (at == kNoPhrase || at == i) continue;
        std::vector<std::uint32_t>& about = built_[at].event.about;
        if (std::find(about.begin(), about.end(), i) == about.end()) about.push_back(i);
      }
  }

  // Numbers of drafts, in order, each with the event that it has become.
  using EventOf = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  EventOf events_of_drafts() const {
    EventOf event_of;
    for (std::uint32_t i = 0; i < built_.size(); ++i)
      for (const std::uint32_t draft : built_[i].drafts) event_of.emplace_back(draft, i);
    std::sort(event_of.begin(), event_of.end());
    return event_of;
  }

  static std::uint32_t event_of_draft(const EventOf& event_of, std::uint32_t draft) {
    const auto found = std::lower_bound(event_of.begin(), event_of.end(), std::pair(draft, 0U));
    return found == event_of.end() || found->first != draft ? kNoPhrase : found->second;
  }

  // « Le sommet de Moscou, prévu en février, … » on a page where the same two sides meet and agree throughout: theirs.
  void name_known_meetings() {
    const Built* model = nullptr;
    for (const Built& one : built_) {
      if (!is_contact(one.event.kind) && one.event.kind != EventKind::agree) continue;
      if (sides(one).size() >= 2 && (model == nullptr || sides(one).size() > sides(*model).size())) model = &one;
    }
    if (model == nullptr || sides(*model).size() > kSides) return;
    for (const Built& one : built_)
      if (is_contact(one.event.kind) && !within(sides(one), sides(*model))) return;
    for (Built& one : built_) {
      if (!is_contact(one.event.kind) || !sides(one).empty() || !one.definite_only || !one.event.place) continue;
      one.event.actors = sides(*model);
      collect_parties(one);
    }
  }

  // « Les deux parties sont convenues … »: those who meet, talk or agree nearest before, or else nearest behind.
  void name_sides() {
    for (std::size_t i = 0; i < built_.size(); ++i) {
      if (!wants_sides(built_[i], i)) continue;
      const Built* model = nullptr;
      const std::uint32_t here = built_[i].event.sentence;
      for (std::size_t k = i; k-- > 0 && model == nullptr;)
        if (may_be_sides(built_[k]) && counts_agree(built_[i], built_[k]) &&
            (is_far_reaching(built_[i]) || here - std::min(here, built_[k].last_sentence) <= kNear))
          model = &built_[k];
      for (std::size_t k = i + 1; k < built_.size() && model == nullptr; ++k)
        if (may_be_sides(built_[k]) && counts_agree(built_[i], built_[k]) &&
            (is_far_reaching(built_[i]) || built_[k].event.sentence - here <= kNear))
          model = &built_[k];
      if (model == nullptr) continue;
      built_[i].event.actors = sides_of(*model);
      built_[i].named_by_page = true;
      collect_parties(built_[i]);
    }
  }

  // « a plaidé pour un cessez-le-feu »: between those who fight on this page, or make truces or talk there: the pair of
  // states or groups that most of these events are about; nobody where two pairs are named as often.
  void name_fighters() {
    std::vector<std::pair<int, std::pair<EntityId, EntityId>>> pairs;
    for (const Built& one : built_) count_fighters(one, pairs);
    const auto more = [](const auto& a, const auto& b) { return a.first > b.first; };
    std::stable_sort(pairs.begin(), pairs.end(), more);
    if (pairs.empty() || (pairs.size() > 1 && pairs[0].first == pairs[1].first)) return;
    if (pairs[0].first < 2 && !are_foremost(pairs[0].second)) return;
    std::vector<std::uint32_t> truces;  // the sentences that tell of one, in order
    for (const Built& one : built_)
      if (one.event.kind == EventKind::ceasefire) truces.push_back(one.event.sentence);
    std::sort(truces.begin(), truces.end());
    for (Built& one : built_) {
      if (!one.parties.empty() || !one.persons.empty() || !is_matter_of_truce(one, truces)) continue;
      one.event.actors = {pairs[0].second.first, pairs[0].second.second};
      one.named_by_page = true;
      collect_parties(one);
    }
  }

  // « Une nouvelle séance est prévue », « des entretiens secrets »: talks of nobody are of those who talk and agree on
  // this page twice as often as any others.
  void name_talks() {
    std::vector<std::pair<int, std::vector<EntityId>>> circles;
    for (const Built& one : built_) {
      if (!may_be_sides(one) || one.event.status == EventStatus::denied) continue;
      std::vector<EntityId> circle = one.parties;
      std::sort(circle.begin(), circle.end());
      const auto same = [&](const auto& row) { return row.second == circle; };
      const auto known = std::find_if(circles.begin(), circles.end(), same);
      const int weight = one.event.kind == EventKind::negotiate ? 2 : 1;
      if (known != circles.end())
        known->first += weight;
      else
        circles.emplace_back(weight, std::move(circle));
    }
    std::stable_sort(circles.begin(), circles.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    if (circles.empty() || circles[0].first < 3) return;
    if (circles.size() > 1 && circles[1].first * 2 > circles[0].first) return;
    for (Built& one : built_) {
      const bool coming = one.event.date_span && one.event.status == EventStatus::planned;
      const bool placed = one.event.place && view_.knowledge.state_of(one.event.place);
      const bool talks = one.event.kind == EventKind::negotiate && (placed || coming);
      const bool told = talks || (one.event.kind == EventKind::meet && one.event.date_span);
      if (!told || !one.noun || !one.parties.empty() || !one.persons.empty()) continue;
      one.event.actors = circles[0].second;
      one.named_by_page = true;
      collect_parties(one);
    }
  }

  // « Téhéran a offert sa médiation »: between the two who talk, agree or fight beside it, or else on the page more
  // than any others.
  void name_mediated() {
    std::vector<std::pair<int, std::pair<EntityId, EntityId>>> pairs;
    for (const Built& one : built_) count_fighters(one, pairs);
    const auto more = [](const auto& a, const auto& b) { return a.first > b.first; };
    std::stable_sort(pairs.begin(), pairs.end(), more);
    if (pairs.empty() || (pairs.size() > 1 && pairs[0].first == pairs[1].first) || pairs[0].first < 2) return;
    if (!are_foremost(pairs[0].second, 2)) return;
    const std::vector<EntityId> sides = {pairs[0].second.first, pairs[0].second.second};
    for (Built& one : built_) {
      if (one.event.kind != EventKind::mediate || !one.event.targets.empty() || one.parties.empty()) continue;
      if (shares(one.parties, sides)) continue;
      one.event.targets = sides;
      collect_parties(one);
    }
  }

  // Whether both are among the states that are named most often, or no states: who only talk may be two of many.
  bool are_foremost(const std::pair<EntityId, EntityId>& pair, std::size_t most = 3) const {
    const std::vector<StateCount> counts = states_by_mentions(view_);
    const auto foremost = [&](EntityId id) {
      if (entity(id).kind != ThingKind::state) return true;
      for (std::size_t i = 0; i < counts.size() && i < most; ++i)
        if (counts[i].state == entity(id).thing) return true;
      return false;
    };
    return foremost(pair.first) && foremost(pair.second);
  }

  // A truce, an exchange of prisoners, and beside a truce the withdrawal that goes with it.
  static bool is_matter_of_truce(const Built& one, const std::vector<std::uint32_t>& truces) {
    if (one.event.kind == EventKind::ceasefire || one.event.kind == EventKind::exchange) return true;
    if (one.event.kind != EventKind::withdraw || !one.noun) return false;
    const std::uint32_t here = one.event.sentence;
    const auto near = std::lower_bound(truces.begin(), truces.end(), here > 0 ? here - 1 : 0);
    return near != truces.end() && *near <= here + 1;
  }

  void count_fighters(const Built& one, std::vector<std::pair<int, std::pair<EntityId, EntityId>>>& pairs) const {
    const EventKind kind = one.event.kind;
    const bool truce = kind == EventKind::ceasefire || kind == EventKind::exchange;
    if (!truce && kind != EventKind::attack && kind != EventKind::negotiate) return;
    std::vector<EntityId> sides;
    for (const EntityId id : one.parties)
      if (entity(id).kind != ThingKind::place) sides.push_back(id);
    if (sides.size() != 2) return;
    if (kind == EventKind::attack && (one.event.actors.empty() || one.event.targets.empty())) return;
    std::sort(sides.begin(), sides.end());
    const std::pair<EntityId, EntityId> pair{sides[0], sides[1]};
    const auto known = std::find_if(pairs.begin(), pairs.end(), [&](const auto& row) { return row.second == pair; });
    const int weight = truce ? 3 : kind == EventKind::attack ? 2 : 1;
    if (known != pairs.end())
      known->first += weight;
    else
      pairs.emplace_back(weight, pair);
  }

  // « La levée des sanctions », « les sanctions seront maintenues »: those that the page tells of elsewhere, where they
  // are against one side alone; else they weigh on the state that demands that they be lifted.
  void name_sanctioned() {
    const Built* model = nullptr;
    for (const Built& one : built_) {
      if (!is_about_sanctions(one) || !names_state(one.event.targets)) continue;
      if (model != nullptr && !shares(model->event.targets, one.event.targets)) return;
      if (model == nullptr || model->event.actors.empty()) model = &one;
    }
    const EventOf event_of = events_of_drafts();
    for (Built& one : built_) {
      if (!is_about_sanctions(one) || !one.event.targets.empty() || &one == model) continue;
      if (!one.noun && !one.event.actors.empty()) continue;
      const bool lifts = one.event.kind == EventKind::lift_sanction;
      const std::vector<EntityId> demanded_by = lifts ? demanding(one, event_of) : std::vector<EntityId>();
      if (!within(demanded_by, one.event.actors)) {
        one.event.targets = demanded_by;
      } else if (model != nullptr && !shares(one.event.actors, model->event.targets)) {
        one.event.targets = model->event.targets;
        if (one.event.actors.empty() && one.event.kind == EventKind::lift_sanction)
          one.event.actors = model->event.actors;
      }
      one.named_by_page = !one.event.targets.empty();
      collect_parties(one);
    }
  }

  // « … se sont rencontrés mardi à Minsk. … Ils sont convenus d'un échange »: what two agree on where they meet lies
  // there, and on that day if it has none of its own.
  void place_agreements() {
    for (std::size_t i = 0; i < built_.size(); ++i) {
      Event& pact = built_[i].event;
      if (pact.kind != EventKind::agree || pact.status != EventStatus::happened || pact.place) continue;
      if (built_[i].parties.size() < 2 || built_[i].before) continue;
      const Built* met = nullptr;
      for (std::size_t k = i > kPactReach ? i - kPactReach : 0; k < built_.size() && k < i + kPactReach; ++k)
        if (may_have_agreed_at(built_[i], built_[k])) {
          if (met != nullptr && met->event.place != built_[k].event.place) {
            met = nullptr;
            break;
          }
          met = &built_[k];
        }
      if (met == nullptr) continue;
      pact.place = met->event.place;
      pact.place_span = met->event.place_span;
      if (!pact.date_span && met->event.date_span) pact.date = met->event.date;
    }
  }

  static bool may_have_agreed_at(const Built& pact, const Built& met) {
    const EventKind kind = met.event.kind;
    if (kind != EventKind::meet && kind != EventKind::negotiate) return false;
    if (!told_as_fact(met.event.status) || !met.event.place || met.before) return false;
    const std::uint32_t a = pact.event.sentence;
    const std::uint32_t b = met.event.sentence;
    if (std::max(a, b) - std::min(a, b) > kNear) return false;
    if (pact.event.date && met.event.date && pact.event.date_span && !pact.event.date->overlaps(*met.event.date))
      return false;
    return within(pact.parties, met.parties);
  }

  bool names_state(const std::vector<EntityId>& ids) const {
    return std::any_of(ids.begin(), ids.end(), [&](EntityId id) { return entity(id).kind == ThingKind::state; });
  }

  // States, and bodies that are known: « le Parlement européen demande la libération de X ».
  bool names_public_body(const std::vector<EntityId>& ids) const {
    return names_state(ids) || std::any_of(ids.begin(), ids.end(), [&](EntityId id) {
             return entity(id).kind == ThingKind::organisation && entity(id).thing;
           });
  }

  static bool is_about_sanctions(const Built& one) {
    return one.event.kind == EventKind::sanction || one.event.kind == EventKind::lift_sanction;
  }

  // The states that ask for what one of the drafts of the event is about.
  std::vector<EntityId> demanding(const Built& one, const EventOf& event_of) const {
    std::vector<EntityId> states;
    for (const std::uint32_t draft : one.within) {
      const std::uint32_t act = event_of_draft(event_of, draft);
      if (act == kNoPhrase || built_[act].event.kind != EventKind::request) continue;
      for (const EntityId id : built_[act].event.actors)
        if (entity(id).kind == ThingKind::state) add_once(states, id);
    }
    return states;
  }

  // « Les deux parties », and what is told of as known without a name: « la trêve », « l'accord », « les pourparlers ».
  static bool wants_sides(const Built& one, std::size_t place) {
    if (one.sides) return one.parties.size() < 2;
    const EventKind kind = one.event.kind;
    const bool mutual = kind == EventKind::ceasefire || kind == EventKind::agree || kind == EventKind::negotiate ||
                        kind == EventKind::exchange;
    const bool told = told_as_fact(one.event.status) || one.event.status == EventStatus::planned;
    return mutual && told && one.noun && one.bare && one.parties.empty() && one.persons.empty() &&
           (one.definite_only || place == 0);
  }

  // A headline tells in few words and in its own tense what the page tells next: « X rappelle son ambassadeur » is what
  // X « a décidé de » do, « X et Y s'entretiennent » the call that the first sentence tells of.
  void join_headlines() {
    for (std::size_t i = 0; i < built_.size() && built_[i].headline; ++i) {
      for (std::size_t k = i + 1; k < built_.size(); ++k) {
        Built& body = built_[k];
        if (body.gone || body.headline || body.before || !told_by_headline(built_[i], body)) continue;
        settle_by_body(built_[i], body);
        if (is_contact(body.event.kind)) built_[i].event.kind = body.event.kind;
        join(built_[i], body);
        body.gone = true;
        break;
      }
    }
    built_.erase(std::remove_if(built_.begin(), built_.end(), [](const Built& one) { return one.gone; }), built_.end());
  }

  // A measure that a headline tells as taken is taken by being announced; all else is as far on as the body says.
  static void settle_by_body(Built& headline, const Built& body) {
    if (is_measure(body.event.kind) && told_as_fact(headline.event.status)) return;
    headline.event.status = body.event.status;
    headline.event.status_span = body.event.status_span;
    headline.status_by_word = body.status_by_word;
    if (told_as_fact(body.event.status) || body.event.date || headline.event.date_span) return;
    headline.event.date.reset();  // the page's day was the headline's, had it happened
  }

  static bool is_measure(EventKind kind) {
    return kind == EventKind::expel || kind == EventKind::recall || kind == EventKind::restrict_mission ||
           kind == EventKind::restore_mission || kind == EventKind::sanction || kind == EventKind::lift_sanction;
  }

  bool told_by_headline(const Built& headline, const Built& body) const {
    const Event& a = headline.event;
    const Event& b = body.event;
    const bool contacts =
        is_contact(a.kind) && is_contact(b.kind) && (b.kind == EventKind::call || a.kind == EventKind::call);
    if (a.kind != b.kind && !(contacts && !a.place && !b.place)) return false;
    // « Téhéran accepte de négocier »: an act told twice in one word
    if (is_verbal_act(a.kind) && (headline.word == 0 || headline.word != body.word || parties_fit(headline, body) != 2))
      return false;
    if (b.sentence > headline.last_sentence + kLead) return false;
    if (a.status == EventStatus::denied || b.status == EventStatus::denied || b.status == EventStatus::cancelled ||
        a.status == EventStatus::cancelled)
      return a.status == b.status && parties_fit(headline, body) == 2;
    // « Moscou annonce une trêve »: whose it is the body says.
    const bool of_others = a.kind == EventKind::ceasefire && headline.noun && headline.parties.empty();
    return (parties_fit(headline, body) == 2 || of_others) && place_fits(a, b) && date_fits(a, b);
  }

  bool in_title(Span trigger) const {
    return std::any_of(titles_.begin(), titles_.end(), [&](Span title) { return title.contains(trigger); });
  }

  // What the page's sides have been given to may now be an event told elsewhere on it.
  void join_named() {
    for (std::size_t i = 0; i < built_.size(); ++i) {
      if (!built_[i].named_by_page) continue;
      std::size_t best = i;
      int best_score = 0;
      for (std::size_t k = 0; k < built_.size(); ++k) {
        if (k == i || built_[k].gone || !same_group(built_[k], built_[i], false)) continue;
        const int score = likeness(built_[k], built_[i], false);
        if (score > best_score) {
          best_score = score;
          best = k;
        }
      }
      if (best == i) continue;
      Built& first = built_[std::min(best, i)];
      Built& second = built_[std::max(best, i)];
      join(first, second);
      second.gone = true;
      std::sort(first.event.mentions.begin(), first.event.mentions.end(),
                [](Span a, Span b) { return a.begin < b.begin; });
    }
    built_.erase(std::remove_if(built_.begin(), built_.end(), [](const Built& one) { return one.gone; }), built_.end());
  }

  // States, bodies and whoever acts for none of them: a rebel beside a president is his movement's side.
  std::vector<EntityId> sides_of(const Built& model) const {
    std::vector<EntityId> sides = model.parties;
    for (const EntityId id : model.persons)
      if (!state_entity(entity(id).state)) add_once(sides, id);
    return sides;
  }

  // « les deux parties » are those of the page; « les trois dirigeants », whoever was named near them.
  static bool is_far_reaching(const Built& one) { return one.sides && one.side_count == 0; }

  static bool counts_agree(const Built& one, const Built& model) {
    return one.side_count == 0 || one.side_count == model.parties.size() || one.side_count == model.persons.size();
  }

  static bool may_be_sides(const Built& one) {
    const EventKind kind = one.event.kind;
    const bool mutual = (is_contact(kind) && kind != EventKind::call) || kind == EventKind::agree ||
                        kind == EventKind::ceasefire || kind == EventKind::exchange;
    return mutual && !one.sides && one.parties.size() >= 2 && one.parties.size() <= kSides;
  }

  static const std::vector<EntityId>& sides(const Built& one) {
    return one.parties.size() >= 2 || one.persons.empty() ? one.parties : one.persons;
  }

  EntityId state_entity(ThingId state) const {
    const auto found = std::lower_bound(states_.begin(), states_.end(), std::pair(state, EntityId(0)));
    return found != states_.end() && found->first == state ? found->second : EntityId();
  }

  Built build(const Draft& draft) const {
    Built one;
    Event& event = one.event;
    event.kind = draft.kind;
    event.trigger = draft.trigger;
    event.mentions = {draft.trigger};
    event.actors = with_states(bodies_as_states(draft.actors));
    // « a convoqué l'ambassadeur X »: whoever the envoy is, it is said to his state.
    event.targets = draft.kind == EventKind::protest ? with_states(bodies_as_states(draft.targets))
                                                     : with_states_of_offices(bodies_as_states(draft.targets));
    event.mediators = bodies_as_states(draft.mediators);
    event.place = draft.place;
    event.place_span = draft.place_span;
    event.date = draft.date;
    event.date_span = draft.date_span;
    event.deadline = draft.deadline;
    event.status = draft.status;
    event.status_span = draft.status_span;
    event.attributed_to = draft.attributed_to;
    event.sentence = draft.sentence;
    event.content = draft.content;
    event.round = draft.round;
    one.drafts = {draft.number};
    if (draft.within != kNoPhrase) one.within = {draft.within};
    one.frame = draft.frame;
    one.strength = draft.confidence;
    one.last_sentence = draft.sentence;
    one.distinct = draft.distinct;
    one.status_by_word = draft.status_by_word;
    one.indefinite =
        !draft.verbal && (draft.determiner == Determiner::indefinite || draft.determiner == Determiner::none);
    one.definite_only = !draft.verbal && !one.indefinite;
    one.noun = !draft.verbal;
    one.foreign = draft.foreign;
    one.unnamed = draft.unnamed;
    one.owned_target = draft.owned_target;
    one.sides = draft.sides;
    one.side_count = draft.side_count;
    one.bare = draft.bare;
    one.headline = in_title(draft.trigger);
    one.word = word_of(draft);
    one.before = draft.before;
    collect_parties(one);
    one.named = !one.parties.empty() || !one.persons.empty();
    one.content = content_words(draft);
    return one;
  }

  // « le gouvernement américain », « l'armée russe » are their states.
  std::vector<EntityId> bodies_as_states(const std::vector<EntityId>& ids) const {
    std::vector<EntityId> all;
    for (const EntityId id : ids) add_once(all, is_body_of_state(entity(id)) ? state_entity(entity(id).state) : id);
    return all;
  }

  bool is_body_of_state(const Entity& one) const {
    if (one.kind != ThingKind::organisation && one.kind != ThingKind::group) return false;
    if (!one.state || !state_entity(one.state)) return false;
    const std::string_view name = one.name;
    const WordId head = view_.rules.words.find(name.substr(0, name.find(' ')));
    return head != 0 && (view_.rules.flag(head) & kGoverningNoun) != 0;
  }

  // Officials act for their states.
  std::vector<EntityId> with_states(const std::vector<EntityId>& ids) const {
    std::vector<EntityId> all = ids;
    for (const EntityId id : ids) {
      const Entity& one = entity(id);
      const bool body = one.kind == ThingKind::organisation && one.thing && !one.outlet;  // le Kremlin, Tsahal
      if (one.kind == ThingKind::person || one.kind == ThingKind::office || body)
        add_once(all, one.state ? state_entity(one.state) : body_entity(one.body));
    }
    return all;
  }

  // « le secrétaire général de l'Otan »: the body for which he acts.
  EntityId body_entity(ThingId body) const {
    if (!body) return {};
    const auto found = std::lower_bound(bodies_.begin(), bodies_.end(), std::pair(body, EntityId(0)));
    return found != bodies_.end() && found->first == body ? found->second : EntityId();
  }

  // « convoquer l'ambassadeur d'Éthiopie »: whoever it is, it is done to the state.
  std::vector<EntityId> with_states_of_offices(const std::vector<EntityId>& ids) const {
    std::vector<EntityId> all = ids;
    for (const EntityId id : ids)
      if (entity(id).kind == ThingKind::office) add_once(all, state_entity(entity(id).state));
    return all;
  }

  void collect_parties(Built& one) const {
    one.persons.clear();
    one.parties.clear();
    for (const auto* list : {&one.event.actors, &one.event.targets})
      for (const EntityId id : *list) {
        const Entity& who = entity(id);
        if (who.kind == ThingKind::person || who.kind == ThingKind::office) {
          add_once(one.persons, id);
          if (const EntityId state = state_entity(who.state)) add_once(one.parties, state);
        } else {
          add_once(one.parties, id);
        }
      }
  }

  std::uint64_t word_of(const Draft& draft) const {
    for (const Upos wanted : {Upos::VERB, Upos::NOUN})
      for (std::uint32_t i = draft.first; i < draft.last; ++i)
        if (view_.analysis.tokens[i].upos == wanted) return view_.analysis.tokens[i].lemma_hash;
    return 0;
  }

  // Nouns, verbs and names behind the trigger up to the end of the sentence: what a verbal act is about.
  std::vector<std::uint32_t> content_words(const Draft& draft) const {
    std::vector<std::uint32_t> words;
    if (!is_verbal_act(draft.kind)) return words;
    const std::uint32_t last = view_.analysis.sentences[draft.sentence].last;
    for (std::uint32_t i = draft.last; i < last && i < draft.last + 25; ++i) {
      const Upos upos = view_.analysis.tokens[i].upos;
      if (upos == Upos::NOUN || upos == Upos::VERB || upos == Upos::PROPN) words.push_back(i);
    }
    return words;
  }

  // --- the same event? ---

  static int group(EventKind kind) {
    if (kind == EventKind::meet || kind == EventKind::negotiate) return -1;
    return static_cast<int>(kind);
  }

  bool same_group(const Built& a, const Built& b, bool points_back) const {
    if (group(a.event.kind) == group(b.event.kind)) return true;
    return points_back && is_contact(a.event.kind) && is_contact(b.event.kind);
  }

  Built* find_same(const Built& one, const Draft& draft) {
    const bool points_back = draft.determiner == Determiner::demonstrative;
    Built* best = nullptr;
    int best_score = 0;
    for (std::size_t i = built_.size(), seen = 0; i-- > 0 && seen < kLookBack; ++seen) {
      Built& other = built_[i];
      if (!same_group(other, one, points_back)) continue;
      const int score = likeness(other, one, points_back);
      if (score > best_score) {
        best_score = score;
        best = &other;
      }
    }
    return best;
  }

  // 0: another event. More: the surer.
  int likeness(const Built& known, const Built& one, bool points_back) const {
    if (one.event.round != 0 && known.event.round != 0 && one.event.round != known.event.round) return 0;
    if (!points_back && (lies_long_back(one, known) || lies_long_back(known, one))) return 0;
    if (went_before(one, known) || went_before(known, one)) return 0;
    if (one.distinct != known.distinct && !points_back && (one.distinct || one.indefinite)) return 0;
    if (one.distinct && !known.distinct) return 0;
    const int parties = parties_fit(known, one);
    if (parties == 0) return 0;
    if (!place_fits(known.event, one.event) || !date_fits(known.event, one.event)) return 0;
    if (!status_fits(known, one)) return 0;
    if (is_verbal_act(one.event.kind)) return verbal_likeness(known, one, points_back, parties);
    int score = 0;
    if (parties == 2) score += 4;
    if (points_back) score += 3;
    const bool silent = one.parties.empty() && one.persons.empty();
    const bool known_silent = known.parties.empty() && known.persons.empty();
    if (silent && one.indefinite && !points_back) return 0;  // « une réunion » tells of a new one
    if (one.indefinite && known.indefinite && parties != 2) return 0;
    // nor does « des entretiens bilatéraux » between two tell of the summit of one, or of a headline far above
    const bool between_two = one.parties.size() >= 2 && known.parties.size() < 2;
    const bool far_headline = known.headline && one.event.sentence > known.last_sentence + kLead;
    if (one.indefinite && between_two && !points_back && far_headline) return 0;
    // « la reprise des combats, le 27 septembre » and « la ville a été bombardée » are two, whoever fights.
    const bool dated_apart = known.event.date_span && !one.event.date_span && !one.definite_only;
    const bool told_apart = one.event.kind == EventKind::attack && !points_back && parties != 2 &&
                            (dated_apart || !(silent ? one.bare : known.bare));
    if (silent && (one.definite_only || points_back) && !told_apart) score += 2;
    if (known_silent && known.definite_only && !told_apart) score += 2;
    if (known.event.date && one.event.date) score += *known.event.date == *one.event.date ? 3 : 0;
    if (known.event.place && one.event.place && known.event.place == one.event.place) score += 2;
    if (score == 0) return 0;
    const std::uint32_t distance = one.event.sentence - std::min(one.event.sentence, known.last_sentence);
    return score * 8 + (distance < 4 ? 7 - static_cast<int>(distance) : 0);
  }

  // « avaient signé en 2014 » is not what was signed today.
  bool lies_long_back(const Built& old, const Built& other) const {
    const auto& day = view_.times.day;
    if (!day || !day->start || !old.event.date || !old.event.date_span || !old.event.date->end) return false;
    return day->start->value - old.event.date->end->value > 60 && !other.event.date_span &&
           (other.event.date || !other.definite_only);
  }

  // « ils s'étaient rencontrés en février »: not what the headline or the page's day tells of.
  static bool went_before(const Built& old, const Built& other) {
    if (!old.before || other.before) return false;
    if (other.headline) return true;
    return old.event.date && old.event.date_span && other.event.date && !other.event.date_span &&
           !other.event.date->overlaps(*old.event.date);
  }

  // 0: other participants; 1: one side is silent; 2: they agree.
  int parties_fit(const Built& known, const Built& one) const {
    const bool silent =
        (known.parties.empty() && known.persons.empty()) || (one.parties.empty() && one.persons.empty());
    if (silent) return 1;
    if (!known.persons.empty() && !one.persons.empty() && !shares(known.persons, one.persons)) {
      // Two persons of one side are two delegations, unless the mentions name different sides.
      if (side_clash(known.persons, one.persons)) return 0;
    }
    if (is_contact(one.event.kind) && meets_another(known.persons, one.persons) &&
        meets_another(one.persons, known.persons))
      return 0;
    if (known.parties.empty() || one.parties.empty()) return shares(known.persons, one.persons) ? 2 : 0;
    if (!directed(one.event.kind)) {
      if (meets_others(known, one) || meets_others(one, known)) return 0;
      const auto& small = known.parties.size() < one.parties.size() ? known.parties : one.parties;
      const auto& large = known.parties.size() < one.parties.size() ? one.parties : known.parties;
      // « s'est entretenu avec A », « a participé au sommet du G7 »: who was at both was at two.
      return within(small, large) ? 2 : 0;
    }
    if (!known.event.actors.empty() && !one.event.actors.empty() && !shares(known.event.actors, one.event.actors))
      return 0;
    if (!known.event.targets.empty() && !one.event.targets.empty() && !shares(known.event.targets, one.event.targets))
      return 0;
    return shares(known.parties, one.parties) ? 2 : 0;
  }

  // « A a reçu B. Il s'est ensuite entretenu avec C. »: two who are named, and one of them nowhere in the other.
  bool meets_another(const std::vector<EntityId>& some, const std::vector<EntityId>& others) const {
    const auto is_person = [&](EntityId id) { return entity(id).kind == ThingKind::person; };
    return std::count_if(some.begin(), some.end(), is_person) > 1 &&
           std::any_of(some.begin(), some.end(), [&](EntityId id) {
             return is_person(id) && std::find(others.begin(), others.end(), id) == others.end();
           });
  }

  // « A et B se sont entretenus », « A et B ont été reçus par C »: who meets one more, of another side, meets again.
  bool meets_others(const Built& few, const Built& many) const {
    if (few.headline || many.headline || few.persons.size() < 2 || !within(few.persons, many.persons)) return false;
    return std::any_of(many.persons.begin(), many.persons.end(), [&](EntityId id) {
      const EntityId state = state_entity(entity(id).state);
      return state && std::find(few.persons.begin(), few.persons.end(), id) == few.persons.end() &&
             std::find(few.parties.begin(), few.parties.end(), state) == few.parties.end();
    });
  }

  static bool directed(EventKind kind) {
    return !is_contact(kind) && kind != EventKind::exchange && kind != EventKind::ceasefire;
  }

  // Whether both name a person of the same state, and not the same one.
  bool side_clash(const std::vector<EntityId>& a, const std::vector<EntityId>& b) const {
    const auto is_person = [&](EntityId id) { return entity(id).kind == ThingKind::person; };
    for (const EntityId x : a)
      for (const EntityId y : b)  // « l'ambassadeur de France » may be any person of France
        if (entity(x).state && entity(x).state == entity(y).state && is_person(x) && is_person(y)) return true;
    return false;
  }

  bool place_fits(const Event& a, const Event& b) const {
    if (!a.place || !b.place || a.place == b.place) return true;
    return view_.knowledge.state_of(a.place) == b.place || view_.knowledge.state_of(b.place) == a.place ||
           (view_.knowledge[a.place].kind != view_.knowledge[b.place].kind &&
            view_.knowledge.state_of(a.place) == view_.knowledge.state_of(b.place));
  }

  static bool date_fits(const Event& a, const Event& b) {  // A day that only the story gave binds nothing.
    return !a.date || !b.date || !a.date_span || !b.date_span || a.date->overlaps(*b.date);
  }

  static bool status_fits(const Built& known, const Built& one) {
    if (known.event.status == one.event.status) return true;
    if (told_as_fact(known.event.status) && told_as_fact(one.event.status)) return true;
    if (looks_ahead(known.event.status) && looks_ahead(one.event.status)) return true;
    // A bare noun phrase that points back takes the status of what it points to.
    // Unless it names sides of its own, none of which the other has: « les consultations débuteront », « le sommet du
    // G7 ».
    const bool fits = (one.parties.empty() && one.persons.empty()) || shares(known.parties, one.parties) ||
                      shares(known.persons, one.persons);
    if (!one.status_by_word && one.definite_only && fits) return true;
    if (!known.status_by_word && known.definite_only && one.event.status != EventStatus::denied) return true;
    return known.event.date && one.event.date && *known.event.date == *one.event.date && !is_verbal_act(one.event.kind);
  }

  int verbal_likeness(const Built& known, const Built& one, bool points_back, int parties) const {
    if (points_back || (one.definite_only && parties == 2 && one.content.size() < 3))
      return parties * 8 + (one.event.sentence - known.last_sentence < 4 ? 4 : 1);
    // Two who agree on a page agree once, in many points; a demand named again by a noun is the demand.
    const bool nouns = one.noun && known.noun;
    if (parties == 2 && (nouns || (one.event.kind == EventKind::agree && known.parties.size() > 1 &&
                                   within(one.parties, known.parties))))
      return 16;
    if (parties != 2 || known.content.empty() || one.content.empty()) return 0;
    std::size_t common = 0;
    for (const std::uint32_t a : one.content)
      common += std::any_of(known.content.begin(), known.content.end(),
                            [&](std::uint32_t b) { return view_.analysis.lemma(a) == view_.analysis.lemma(b); });
    const std::size_t smaller = std::min(known.content.size(), one.content.size());
    // « rejette la liste », « a rejeté samedi la liste des demandes »: a headline says it in a word.
    const bool enough = common >= 2 || (common == 1 && smaller == 1 &&
                                        (known.event.sentence < 2 || one.event.sentence - known.last_sentence <= 2));
    return enough && common * 2 >= smaller ? static_cast<int>(8 + common) : 0;
  }

  // --- joining ---

  void join(Built& known, const Built& one) const {
    Event& event = known.event;
    const Event& more = one.event;
    event.mentions.push_back(more.trigger);
    for (const EntityId id : more.actors)
      if (std::find(event.targets.begin(), event.targets.end(), id) == event.targets.end()) add_once(event.actors, id);
    for (const EntityId id : more.targets)
      if (std::find(event.actors.begin(), event.actors.end(), id) == event.actors.end()) add_once(event.targets, id);
    for (const EntityId id : more.mediators) add_once(event.mediators, id);
    join_place(event, more);
    join_date(event, more);
    if (!event.deadline) event.deadline = more.deadline;
    if (!event.content) event.content = more.content;
    if (event.round == 0) event.round = more.round;
    known.drafts.insert(known.drafts.end(), one.drafts.begin(), one.drafts.end());
    known.within.insert(known.within.end(), one.within.begin(), one.within.end());
    const bool settles = one.event.status != EventStatus::ongoing && (one.named || !known.named);
    if (!known.status_by_word && one.status_by_word && known.definite_only && settles) {
      event.status = more.status;
      event.status_span = more.status_span;
      known.status_by_word = true;
    }
    if (event.attributed_to.empty() && !known.named) event.attributed_to = more.attributed_to;
    known.definite_only = known.definite_only && one.definite_only;
    known.headline = known.headline && one.headline;
    known.before = known.before && one.before;
    known.named = known.named || one.named;
    known.foreign = known.foreign || one.foreign;
    known.unnamed = known.unnamed || one.unnamed;
    known.owned_target = known.owned_target && one.owned_target;
    known.strength = std::max(known.strength, one.strength);
    known.last_sentence = std::max(known.last_sentence, one.last_sentence);
    known.content.insert(known.content.end(), one.content.begin(), one.content.end());
    if (known.content.size() > 60) known.content.resize(60);
    if (one.frame->participants < known.frame->participants) known.frame = one.frame;
    collect_parties(known);
  }

  void join_place(Event& event, const Event& more) const {
    if (!more.place) return;
    const bool narrower = event.place && view_.knowledge[event.place].kind == ThingKind::state &&
                          view_.knowledge[more.place].kind == ThingKind::place;
    if (event.place && !narrower) return;
    event.place = more.place;
    event.place_span = more.place_span;
  }

  // « du 3 au 5 juin »: the days that an event lasts, told more fully than by its month or by one of its days.
  static bool is_span(const Interval& date) { return date.granularity == Granularity::other && date.start && date.end; }

  static void join_date(Event& event, const Event& more) {
    if (!more.date) return;
    const bool spans = event.date && event.date_span && more.date_span && is_span(*more.date) &&
                       !is_span(*event.date) && event.date->overlaps(*more.date);
    const bool keeps = event.date && event.date_span && is_span(*event.date) && more.date->overlaps(*event.date);
    const bool better = !event.date || spans || (!event.date->is_day() && more.date->is_day()) ||
                        (!event.date_span && more.date_span && !(*event.date == *more.date));
    if (!better || keeps) return;
    event.date = more.date;
    event.date_span = more.date_span;
  }

  // --- what may stand ---

  bool is_political(EntityId id) const {
    const Entity& one = entity(id);
    if (one.outlet) return false;
    if (one.kind == ThingKind::person) return one.thing || one.state;
    return one.kind != ThingKind::place;
  }

  // Persons of whom the page tells what states do with each other: « l'échange de A contre B », « demande la libération
  // de A ». What befell them before belongs to it, whoever they are.
  void collect_political_persons() {
    const EventOf event_of = events_of_drafts();
    for (const Built& one : built_) {
      const bool treated = one.event.kind == EventKind::exchange || is_verbal_act(one.event.kind);
      if (!(treated && names_public_body(one.parties)) && !is_matter_of_states(one, event_of)) continue;
      for (const EntityId id : one.event.targets)
        if (entity(id).kind == ThingKind::person) add_once(matters_of_state_, id);
    }
  }

  // « accuse Moscou de l'empoisonnement de A »: what states demand, promise or blame each other for.
  bool is_matter_of_states(const Built& one, const EventOf& event_of) const {
    return std::any_of(one.within.begin(), one.within.end(), [&](std::uint32_t draft) {
      const std::uint32_t act = event_of_draft(event_of, draft);
      return act != kNoPhrase && names_public_body(built_[act].parties);
    });
  }

  // « Le coup d'État du 26 juillet » lies in the state that the page is about, where no other place is told.
  void place_at_home(Event& event) const {
    if (event.place || event.kind != EventKind::other_conflict || !told_as_fact(event.status)) return;
    if (!event.actors.empty() || !event.targets.empty() || !event.date_span) return;
    if (const EntityId home = state_of_page(view_)) event.place = entity(home).thing;
  }

  bool finish(Built& one) const {
    Event& event = one.event;
    const Frame& frame = *one.frame;
    const auto political = [&](const std::vector<EntityId>& ids) {
      return std::any_of(ids.begin(), ids.end(), [&](EntityId id) { return is_political(id); });
    };
    const bool held =
        (event.kind == EventKind::release || event.kind == EventKind::detain || event.kind == EventKind::convict ||
         event.kind == EventKind::exchange || event.kind == EventKind::attack) &&
        (one.foreign || shares(event.targets, matters_of_state_));
    if (frame.place_enough) place_at_home(event);
    if (frame.authority && event.actors.empty()) {
      if (!held && frame.object_words.empty() && !political(event.targets) && !concerns_other_state(event))
        return false;  // a crime at home
      act_in_place(event);
    }
    // Talks of nobody are held in a town: « en Afrique du Sud » may be where somebody speaks of them.
    const bool vague =
        event.kind == EventKind::negotiate && event.place && view_.knowledge[event.place].kind == ThingKind::state;
    const bool placed = frame.place_enough && event.place && !vague;
    if (!political(event.actors) && !political(event.targets) && !held && !placed) return false;
    if (frame.needs_actor && event.actors.empty()) return false;
    if (frame.needs_target && event.targets.empty()) return false;
    // « a fermé l'espace aérien du pays aux vols du Mali »: nobody does it to himself.
    if (event.kind == EventKind::other_conflict || event.kind == EventKind::sanction ||
        event.kind == EventKind::restrict_mission || event.kind == EventKind::expel)
      std::erase_if(event.targets, [&](EntityId id) { return within({id}, event.actors); });
    // Who attacks a town of his own state fights there with somebody whom nobody names.
    if (event.kind == EventKind::attack && event.place && view_.knowledge[event.place].kind == ThingKind::place &&
        within(event.targets, event.actors))
      event.targets.clear();
    // « l'armée prend le contrôle du pays »: nobody attacks or accuses himself.
    if ((event.kind == EventKind::attack || event.kind == EventKind::accuse || event.kind == EventKind::threaten) &&
        !event.targets.empty() && within(event.targets, event.actors))
      return false;
    // « Kigali est accusé de … »: by whomever, where the frame does without.
    const bool blamed = frame.passive && std::any_of(event.targets.begin(), event.targets.end(),
                                                     [&](EntityId id) { return entity(id).thing || entity(id).state; });
    const bool unnamed = one.unnamed && event.actors.empty();
    const bool spoken = political(event.actors) || event.kind == EventKind::agree || blamed || unnamed;
    if (is_verbal_act(event.kind) && !spoken) return false;
    // « sera tenue responsable »: whoever says so has said it.
    if (blamed && event.actors.empty() && event.status == EventStatus::planned) event.status = EventStatus::happened;
    // « des armes capables de menacer la côte », « pourrait menacer »: nobody has threatened anybody.
    if (event.kind == EventKind::threaten && event.status == EventStatus::conditional) return false;
    if (event.kind == EventKind::attack && is_fire(frame)) fire_at_nobody(event);
    if (event.kind == EventKind::attack && !one.owned_target) place_at_target(event);
    if (event.kind == EventKind::attack && may_hit_place(frame)) aim_at_state(event);
    if (event.kind == EventKind::visit && (stays_at_home(event) || (!one.noun && !political(event.actors))))
      return false;
    const ConfidenceRules& rules = view_.rules.confidence;
    float confidence = one.strength;
    if (!one.named && (!placed || frame.participants > 1)) confidence *= rules.unnamed;
    if (frame.participants > 1 && count_sides(one) < 2 && !placed) confidence *= rules.one_sided;
    if (event.mentions.size() > 1) confidence = std::min(0.98F, confidence * rules.repeated);
    const bool unsaid = (frame.passive || one.unnamed) && event.actors.empty();
    if (unnamed) confidence *= rules.unnamed;
    if (is_verbal_act(event.kind) && !unsaid && !speaks_for_state(event)) confidence *= rules.collective;
    if (is_verbal_act(event.kind) && event.kind != EventKind::agree && speaks_alone(one)) confidence *= rules.alone;
    const bool unsided =
        ((event.kind == EventKind::mediate || event.kind == EventKind::protest) && event.targets.empty()) ||
        (event.kind == EventKind::release && event.actors.empty());
    if (unsided) confidence = std::max(confidence * rules.unsided, std::min(confidence, rules.least));
    if (political(event.actors) && political(event.targets))
      confidence = std::min(0.98F, confidence * rules.both_sides);
    event.confidence = calibrated(confidence);
    return confidence >= rules.least;
  }

  // « condamné à Tunis », « arrêté au Bénin »: by the state that has a say there, where nobody is named.
  void act_in_place(Event& event) const {
    const EntityId state = event.place ? state_entity(state_around(event.place)) : EntityId();
    if (state && !within({state}, event.targets)) event.actors = {state};
  }

  // The mentions of its sentence and of those before and behind it, by their numbers.
  auto mentions_beside(const Event& event) const {
    const auto& sentences = view_.analysis.sentences;
    const std::uint32_t first = event.sentence > 0 ? event.sentence - 1 : 0;
    const std::size_t last = std::min<std::size_t>(event.sentence + 1, sentences.size() - 1);
    return view_.entities.mentions_between(sentences[first].span.begin, sentences[last].span.end);
  }

  // Whether another state than that of its place is named in its sentence or beside it.
  bool concerns_other_state(const Event& event) const {
    if (!event.place) return false;
    const ThingId home = state_around(event.place);
    const auto [begin, end] = mentions_beside(event);
    for (std::uint32_t i = begin; i < end; ++i) {
      const Mention& mention = view_.entities.mentions.rows()[i];
      if (!mention.entity) continue;
      const Entity& other = entity(mention.entity);
      const ThingId state = other.kind == ThingKind::state ? other.thing : other.state;
      if (state && state != home) return true;
    }
    return false;
  }

  // What is fired must be fired at something: the frame wants it behind a preposition.
  static bool is_fire(const Frame& frame) {
    return std::any_of(frame.roles.begin(), frame.roles.end(), [](const RoleRule& rule) {
      return rule.role == Role::target && rule.required && rule.slot == Slot::preposition;
    });
  }

  // « a tiré un missile vers la mer »: at what is no state's, nobody is attacked.
  void fire_at_nobody(Event& event) const {
    if (event.targets.size() != 1 || event.actors.empty()) return;
    const Entity& target = entity(event.targets.front());
    if (target.kind != ThingKind::place || !target.thing || view_.knowledge.state_of(target.thing)) return;
    event.kind = EventKind::other_conflict;
    event.targets.clear();
    if (!event.place) event.place = target.thing;
  }

  // A head of state in a hospital of his capital is on no visit that the record keeps.
  bool stays_at_home(const Event& event) const {
    if (!event.place) return false;
    const ThingId there = state_around(event.place);
    return there && std::any_of(event.actors.begin(), event.actors.end(), [&](EntityId id) {
             const Entity& one = entity(id);
             return one.state == there || one.thing == there;
           });
  }

  // A government that asks or promises something where no other side is named beside it is mostly at home.
  bool speaks_alone(const Built& one) const {
    const Event& event = one.event;
    if (!event.targets.empty() || one.parties.size() > 1) return false;
    const auto [begin, end] = mentions_beside(event);
    for (std::uint32_t i = begin; i < end; ++i) {
      const Mention& mention = view_.entities.mentions.rows()[i];
      if (!mention.entity) continue;
      const Entity& other = entity(mention.entity);
      if (other.outlet || (!other.thing && !other.state)) continue;
      const EntityId state =
          other.kind == ThingKind::place || other.kind == ThingKind::person
              ? state_entity(other.kind == ThingKind::place ? view_.knowledge.state_of(other.thing) : other.state)
              : mention.entity;
      if (state && !within({state}, one.parties) && !within({mention.entity}, one.persons)) return false;
    }
    return true;
  }

  bool speaks_for_state(const Event& event) const {
    return std::any_of(event.actors.begin(), event.actors.end(), [&](EntityId id) {
      const Entity& one = entity(id);
      // Persons whom the knowledge holds are in office: « le secrétaire général de l'ONU ».
      const bool known = one.thing && (one.kind == ThingKind::organisation || one.kind == ThingKind::group ||
                                       one.kind == ThingKind::person);
      return one.kind == ThingKind::state || one.state || known;
    });
  }

  // Between the points that the pack gives, on a straight line.
  float calibrated(float confidence) const {
    const auto& points = view_.rules.confidence.points;
    if (points.empty()) return confidence;
    std::size_t i = 0;
    while (i < points.size() && points[i].first < confidence) ++i;
    if (i == 0) return points.front().second;
    if (i == points.size()) return points.back().second;
    const auto& [from, low] = points[i - 1];
    const auto& [to, high] = points[i];
    return low + (high - low) * (confidence - from) / (to - from);
  }

  // An attack on one state lies there, where the page names no narrower place.
  void place_at_target(Event& event) const {
    if (event.place || event.targets.size() != 1) return;
    const Entity& target = entity(event.targets.front());
    if (target.kind == ThingKind::state || target.kind == ThingKind::place) event.place = target.thing;
  }

  // A town is hit in a state and with it: « bombarder Kharkiv », « une roquette est tombée à Haïfa »; unless that state
  // is among those who do it, or two fight there.
  void aim_at_state(Event& event) const {
    if (!event.place || event.actors.size() > 1) return;
    const bool places = std::all_of(event.targets.begin(), event.targets.end(),
                                    [&](EntityId id) { return entity(id).kind == ThingKind::place; });
    const EntityId state = state_entity(state_around(event.place));
    if (!places || !state) return;
    // A town of one's own is fought for with somebody whom nobody names.
    event.targets.clear();
    if (!within({state}, event.actors)) event.targets = {state};
  }

  static bool may_hit_place(const Frame& frame) {
    return std::any_of(frame.roles.begin(), frame.roles.end(),
                       [](const RoleRule& rule) { return rule.role == Role::target && (rule.things & kPlace) != 0; });
  }

  ThingId state_around(ThingId place) const {
    return view_.knowledge[place].kind == ThingKind::state ? place : view_.knowledge.state_of(place);
  }

  // Organisations and groups are many; two persons are two sides. One body meets, but negotiates with another.
  std::size_t count_sides(const Built& one) const {
    const bool among = one.event.kind == EventKind::meet || one.event.kind == EventKind::call ||
                       (one.event.kind == EventKind::agree && !one.noun);
    const bool alone = one.parties.size() == 1 && !among && entity(one.parties.front()).kind == ThingKind::organisation;
    if (alone) return std::max<std::size_t>(one.persons.size(), 1);
    for (const EntityId id : one.parties)
      if (entity(id).kind == ThingKind::organisation || entity(id).kind == ThingKind::group) return 2;
    std::size_t sides = one.parties.size();
    for (const EntityId id : one.persons) sides += state_entity(entity(id).state) ? 0 : 1;
    return std::max(one.persons.size(), sides);
  }

  const PageView& view_;
  std::vector<std::pair<ThingId, EntityId>> states_, bodies_;
  std::vector<Span> titles_;  // of the page; one at most in ordinary pages
  std::vector<Built> built_;
  std::vector<EntityId> matters_of_state_;  // persons, see collect_political_persons()
};

}  // namespace

EntityId state_of_page(const PageView& view) {
  const std::vector<StateCount> counts = states_by_mentions(view);
  if (counts.empty() || counts[0].mentions < 3) return {};
  if (counts.size() > 1 && counts[0].mentions < 2 * counts[1].mentions) return {};
  const auto& entities = view.entities.entities.rows();
  for (std::uint32_t i = 0; i < entities.size(); ++i)
    if (entities[i].kind == ThingKind::state && entities[i].thing == counts[0].state) return EntityId(i);
  return {};
}

Events merge_drafts(const PageView& view, std::vector<Draft> drafts) { return Merger(view).run(std::move(drafts)); }

}  // namespace chancery::frames
