// Many mentions, one event: the slots united, the disagreements kept beside them. Every choice between values is made
// by counting pages and then by canonical order (day of publication, document, position), so it is the same whoever
// came first.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "record/matching.h"
#include "record/record.h"
#include "text/fold.h"
#include "time/time.h"

namespace chancery {
namespace {

// --- Order -----------------------------------------------------------------------------------------------------------

bool is_plan(std::string_view status) { return status == "planned" || status == "proposed" || status == "conditional"; }

// Undated pages that plan come first, those that know the outcome last: they cannot have been written before it.
std::string order_day(const Evidence& one) {
  if (!one.published.empty()) return one.published;
  return is_plan(one.status) ? "" : "9999-12-31";
}

auto canonical(const Evidence& one) { return std::make_tuple(order_day(one), one.document, one.position); }
auto canonical(const Variant& one) {
  return std::make_tuple(one.published.empty() ? std::string("9999-12-31") : one.published, one.document, one.position);
}

int participant_order(std::string_view id) {
  static constexpr std::array<std::string_view, 3> kOrder = {"state/", "organisation/", "group/"};
  for (std::size_t i = 0; i < kOrder.size(); ++i)
    if (id.substr(0, kOrder[i].size()) == kOrder[i]) return static_cast<int>(i);
  return static_cast<int>(kOrder.size());
}

// --- Uniting names ---------------------------------------------------------------------------------------------------

// Ids with the name that most mentions give them.
class NameUnion {
 public:
  void add(const std::vector<Named>& names) {
    for (const Named& one : names) ++names_[one.id][one.name];
  }
  bool has(const std::string& id) const { return names_.contains(id); }
  void drop(const std::string& id) { names_.erase(id); }

  std::vector<Named> sorted() const {
    std::vector<Named> out;
    for (const auto& [id, counts] : names_)
      if (!is_known_otherwise(id)) out.push_back({id, commonest(counts)});
    std::stable_sort(out.begin(), out.end(),
                     [](const Named& a, const Named& b) { return participant_order(a.id) < participant_order(b.id); });
    return out;
  }

 private:
  static std::string commonest(const std::map<std::string, int>& counts) {
    const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
    return std::max_element(counts.begin(), counts.end(), more)->first;
  }
  static std::string_view last_word(std::string_view id) {
    const std::size_t cut = id.find_last_of("/- ");
    return cut == std::string_view::npos ? id : id.substr(cut + 1);
  }
  // A name that one page knows only by itself is left out where another page says who it is, and a bare surname where
  // another gives the whole name.
  bool is_known_otherwise(const std::string& id) const {
    constexpr std::string_view kLocal = "local/";
    if (id.rfind(kLocal, 0) != 0) return false;
    const bool bare = id.substr(kLocal.size()) == last_word(id);
    return std::any_of(names_.begin(), names_.end(), [&](const auto& other) {
      const bool whole = other.first.rfind("person/", 0) == 0 || (bare && other.first.rfind(kLocal, 0) == 0);
      return whole && other.first != id && last_word(other.first) == last_word(id);
    });
  }

  std::map<std::string, std::map<std::string, int>> names_;
};

template <class Mentions, class Get>
std::vector<Named> unite(const Mentions& mentions, Get get) {
  NameUnion names;
  for (const auto& one : mentions) names.add(get(one));
  return names.sorted();
}

// --- Choosing a date -------------------------------------------------------------------------------------------------

bool agree(const DateRange& a, const DateRange& b) {
  const bool a_before = !a.end.empty() && !b.start.empty() && a.end < b.start;
  const bool b_before = !b.end.empty() && !a.start.empty() && b.end < a.start;
  return !a_before && !b_before;
}

int length(const DateRange& one) {
  const auto start = Day::parse(one.start);
  const auto end = Day::parse(one.end);
  if (!start || !end) return 1 << 20;
  return end->value - start->value;
}

std::string print(const DateRange& one) {
  if (one.start == one.end) return one.start;
  return (one.start.empty() ? ".." : one.start) + "/" + (one.end.empty() ? ".." : one.end);
}

using Documents = std::set<std::string>;

std::vector<std::string> list(const Documents& documents) { return {documents.begin(), documents.end()}; }

struct DateVote {
  DateRange value;
  Documents told;      // by pages that give this very value
  Documents happened;  // of them, those that tell it as no plan
  Documents agreeing;  // by pages whose value does not contradict it
  std::size_t first = 0;
};

std::vector<DateVote> date_votes(const std::vector<EventMention>& mentions) {
  std::vector<DateVote> votes;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const EventFact& fact = mentions[i].fact;
    if (!fact.date.known()) continue;
    auto vote = std::find_if(votes.begin(), votes.end(), [&](const DateVote& one) { return one.value == fact.date; });
    if (vote == votes.end()) vote = votes.insert(votes.end(), DateVote{fact.date, {}, {}, {}, i});
    vote->told.insert(mentions[i].evidence.document);
    if (!is_plan(fact.status)) vote->happened.insert(mentions[i].evidence.document);
  }
  for (DateVote& one : votes)
    for (const DateVote& other : votes)
      if (agree(one.value, other.value)) one.agreeing.insert(other.told.begin(), other.told.end());
  return votes;
}

// Kinds that may go on for days, so that a day inside is a part of it.
bool lasts(std::string_view kind) {
  static constexpr std::array<std::string_view, 5> kLasting = {"meet", "negotiate", "mediate", "visit", "call"};
  return std::find(kLasting.begin(), kLasting.end(), kind) != kLasting.end();
}

// An interval told as days from and to, not a week-end, a week or longer, by which pages only say about when.
bool is_run_of_days(const DateRange& one) {
  constexpr int kMostDays = 10;
  const auto start = Day::parse(one.start);
  const auto end = Day::parse(one.end);
  if (!start || !end || end->value <= start->value || end->value - start->value >= kMostDays) return false;
  const int weekday = ((start->value + 3) % 7 + 7) % 7;  // 0: Monday; day 0 was a Thursday
  const int days = end->value - start->value + 1;
  return !(weekday == 0 && (days == 7 || days == 5)) && !(weekday == 5 && days == 2);
}

bool within(const DateRange& inner, const DateRange& outer) {
  return outer.start <= inner.start && inner.end <= outer.end;
}

// Where the chosen day lies in a run of days that another page tells, the whole run is the event's date.
const DateVote* whole_run(const std::vector<DateVote>& votes, const DateVote& chosen) {
  const DateVote* run = nullptr;
  for (const DateVote& one : votes) {
    if (!is_run_of_days(one.value) || !within(chosen.value, one.value) || one.value == chosen.value) continue;
    if (one.happened.empty() && !chosen.happened.empty()) continue;
    if (run == nullptr || one.told.size() > run->told.size() ||
        (one.told.size() == run->told.size() && length(one.value) > length(run->value)))
      run = &one;
  }
  return run;
}

// What was told of the event itself counts before what was planned, then precision, then the number of pages.
void choose_date(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  const std::vector<DateVote> votes = date_votes(mentions);
  if (votes.empty()) return;
  const bool lasting = lasts(event.kind);
  const auto weight = [&](const DateVote& one) {
    const int length_of = lasting && is_run_of_days(one.value) ? 0 : length(one.value);
    return std::make_tuple(!one.happened.empty(), -length_of, one.agreeing.size(), one.told.size(),
                           -static_cast<int>(one.first));
  };
  const DateVote* chosen = &*std::max_element(
      votes.begin(), votes.end(), [&](const DateVote& a, const DateVote& b) { return weight(a) < weight(b); });
  if (const DateVote* run = lasting ? whole_run(votes, *chosen) : nullptr) chosen = run;
  event.date = chosen->value;
  Conflict conflict{"date", {{print(chosen->value), list(chosen->agreeing)}}};
  for (const DateVote& one : votes)
    if (!agree(one.value, chosen->value)) conflict.values.push_back({print(one.value), list(one.told)});
  if (conflict.values.size() < 2) return;
  std::sort(conflict.values.begin() + 1, conflict.values.end(),
            [](const ConflictValue& a, const ConflictValue& b) { return a.value < b.value; });
  event.conflicts.push_back(std::move(conflict));
}

// --- Choosing a place ------------------------------------------------------------------------------------------------

struct PlaceVote {
  Named place;
  std::string state;
  Documents told;
  std::size_t first = 0;
};

std::vector<PlaceVote> place_votes(const std::vector<EventMention>& mentions) {
  std::vector<PlaceVote> votes;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const auto& place = mentions[i].fact.place;
    if (!place) continue;
    auto vote =
        std::find_if(votes.begin(), votes.end(), [&](const PlaceVote& one) { return one.place.id == place->id; });
    if (vote == votes.end()) vote = votes.insert(votes.end(), PlaceVote{*place, {}, {}, i});
    if (vote->state.empty()) vote->state = mentions[i].place_state;
    vote->told.insert(mentions[i].evidence.document);
  }
  return votes;
}

// A state that holds another of the places says the same less narrowly.
bool holds_another(const PlaceVote& one, const std::vector<PlaceVote>& votes) {
  return std::any_of(votes.begin(), votes.end(), [&](const PlaceVote& other) {
    return other.place.id != one.place.id && other.state == one.place.id;
  });
}

void choose_place(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  const std::vector<PlaceVote> votes = place_votes(mentions);
  const PlaceVote* chosen = nullptr;
  for (const PlaceVote& one : votes) {
    if (holds_another(one, votes)) continue;
    if (chosen == nullptr || one.told.size() > chosen->told.size()) chosen = &one;
  }
  if (chosen == nullptr && !votes.empty()) chosen = &votes.front();
  if (chosen == nullptr) return;
  event.place = chosen->place;
  Conflict conflict{"place", {{chosen->place.name, list(chosen->told)}}};
  for (const PlaceVote& one : votes)
    if (&one != chosen && one.place.id != chosen->state) conflict.values.push_back({one.place.name, list(one.told)});
  if (conflict.values.size() > 1) event.conflicts.push_back(std::move(conflict));
}

// --- Status and history ----------------------------------------------------------------------------------------------

// What a day's pages say together: who reports the deed knows more than who still announces it.
int knowledge_of(std::string_view status) {
  static constexpr std::array<std::string_view, 7> kOrder = {"conditional", "proposed", "planned", "denied",
                                                             "cancelled",   "ongoing",  "happened"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), status) - kOrder.begin());
}

// What has happened stays so, whatever later pages still say of plans; a doubt is kept as a conflict.
bool follows(std::string_view now, std::string_view next) {
  if (now == next || now == "happened") return false;
  return now != "ongoing" || !is_plan(next);
}

void tell_history(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  for (std::size_t i = 0; i < mentions.size();) {
    const std::string day = order_day(mentions[i].evidence);
    const EventMention* best = &mentions[i];
    for (; i < mentions.size() && order_day(mentions[i].evidence) == day; ++i)
      if (knowledge_of(mentions[i].fact.status) > knowledge_of(best->fact.status)) best = &mentions[i];
    if (!event.history.empty() && !follows(event.history.back().status, best->fact.status)) continue;
    event.history.push_back({best->evidence.published, best->fact.status});
  }
  event.status = event.history.back().status;
}

// From the first page that announces it.
void tell_plan(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  const auto first =
      std::find_if(mentions.begin(), mentions.end(), [](const EventMention& one) { return is_plan(one.fact.status); });
  if (first == mentions.end()) return;
  Plan plan{first->evidence.published, first->fact.date, "pending"};
  const bool told = event.status == "happened" || event.status == "ongoing";
  if (told) plan.outcome = agree(plan.date, event.date) ? "held" : "moved";
  if (event.status == "cancelled") plan.outcome = "cancelled";
  event.plan = std::move(plan);
}

// A denial stands beside what it denies.
void contradict(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  std::map<std::string, Documents> told;
  for (const EventMention& one : mentions) {
    const std::string& status = one.fact.status;
    if (status == "happened" || status == "ongoing" || status == "denied") told[status].insert(one.evidence.document);
  }
  if (!told.contains("denied") || told.size() < 2) return;
  Conflict conflict{"status", {}};
  for (const auto& [status, documents] : told) conflict.values.push_back({status, list(documents)});
  std::stable_partition(conflict.values.begin(), conflict.values.end(),
                        [&](const ConflictValue& one) { return one.value == event.status; });
  event.conflicts.push_back(std::move(conflict));
}

// --- The rest of the slots -------------------------------------------------------------------------------------------

// Of kinds that were taken for one, the one that says most, if at least half of the mentions call it so.
std::string merged_kind(const std::vector<EventMention>& mentions) {
  for (const std::string_view kind : {"negotiate", "mediate", "meet"}) {
    const auto so =
        std::count_if(mentions.begin(), mentions.end(), [&](const EventMention& one) { return one.fact.kind == kind; });
    if (so > 0 && static_cast<std::size_t>(so) * 2 >= mentions.size()) return std::string(kind);
  }
  return mentions.front().fact.kind;
}

void take_kind(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  event.kind = merged_kind(mentions);
  const auto first = std::find_if(mentions.begin(), mentions.end(),
                                  [&](const EventMention& one) { return one.fact.kind == event.kind; });
  event.plover_type = first->fact.plover_type;
  event.plover_mode = first->fact.plover_mode;
}

// Who is an actor for one page is no target for another.
void take_participants(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  NameUnion actors, targets;
  std::set<std::string> acting, concerned;
  for (const EventMention& one : mentions) {
    actors.add(one.fact.actors);
    targets.add(one.fact.targets);
    acting.insert(one.actors.begin(), one.actors.end());
    concerned.insert(one.targets.begin(), one.targets.end());
  }
  event.actors = actors.sorted();
  for (const Named& actor : event.actors) targets.drop(actor.id);
  event.targets = targets.sorted();
  event.mediators = unite(mentions, [](const EventMention& one) { return one.fact.mediators; });
  event.parties.assign(acting.begin(), acting.end());
  for (const std::string& one : concerned)
    if (!acting.contains(one)) event.parties.push_back(one);
  const auto by_kind = [](const std::string& a, const std::string& b) {
    return participant_order(a) < participant_order(b);
  };
  const auto middle = event.parties.begin() + static_cast<std::ptrdiff_t>(acting.size());
  std::stable_sort(event.parties.begin(), middle, by_kind);
  std::stable_sort(middle, event.parties.end(), by_kind);
}

// What a verbal act is about: the first words of a page that say it, else the sentence that tells the act.
void take_content(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  if (!is_verbal_act(event.kind)) return;
  for (const EventMention& one : mentions) {
    if (!says_what(one.fact)) continue;
    event.content = one.fact.content;
    return;
  }
  for (const EventMention& one : mentions)
    if (event.content.empty()) event.content = one.evidence.sentence_text;
  for (const EventMention& one : mentions)
    if (event.content.empty()) event.content = one.fact.content;
}

void take_words(const std::vector<EventMention>& mentions, RecordedEvent& event) {
  take_content(mentions, event);
  for (const EventMention& one : mentions) {
    if (!event.deadline.known()) event.deadline = one.fact.deadline;
    event.confidence = std::max(event.confidence, one.fact.confidence);
  }
  event.attributed_to = unite(mentions, [](const EventMention& one) { return one.fact.attributed_to; });
}

// --- Ids -------------------------------------------------------------------------------------------------------------

// The readable end of an id, or of any name: lower-case letters and digits, parted by hyphens.
std::string slug(std::string_view id) {
  constexpr std::size_t kMost = 40;
  const std::size_t cut = id.rfind('/');
  std::string out;
  for (const char c : fold(cut == std::string_view::npos ? id : id.substr(cut + 1))) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != '-') {
      out.push_back('-');
    }
    if (out.size() == kMost) break;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

// "2025-02-18", "2025-02", "2025", or "undated".
std::string date_slug(const DateRange& date) {
  if (!date.known()) return "undated";
  const std::string& day = date.start.empty() ? date.end : date.start;
  if (date.start.empty() || date.end.empty() || date.start == date.end) return day;
  for (const std::size_t size : {std::size_t{7}, std::size_t{4}}) {
    const auto whole = interval_from_iso(day.substr(0, size));
    if (whole && whole->start && whole->end && whole->start->iso() == date.start && whole->end->iso() == date.end)
      return day.substr(0, size);
  }
  return day;
}

std::string hexadecimal(std::uint64_t value, int digits) {
  std::string out;
  for (int i = 0; i < digits; ++i) out.push_back("0123456789abcdef"[(value >> (60 - 4 * i)) & 15]);
  return out;
}

}  // namespace

EventMention event_mention(const Facts& facts, std::uint32_t position) {
  EventTraits traits = event_traits(facts, position);
  const EventFact& fact = facts.events[position];
  EventMention mention;
  mention.fact = fact;
  mention.actors = std::move(traits.actors);
  mention.targets = std::move(traits.targets);
  mention.place_state = std::move(traits.place_state);
  Evidence& evidence = mention.evidence;
  evidence.document = facts.document.id;
  evidence.position = position;
  if (facts.document.published) evidence.published = facts.document.published->value;
  evidence.sentence = fact.sentence;
  evidence.sentence_text = fact.sentence_text;
  evidence.trigger = fact.trigger;
  evidence.status = fact.status;
  evidence.date = fact.date;
  evidence.place = fact.place;
  evidence.attributed_to = fact.attributed_to;
  evidence.leads_to = leads_to(facts, position);
  return mention;
}

RecordedEvent merge_event(std::vector<EventMention> mentions) {
  std::sort(mentions.begin(), mentions.end(),
            [](const EventMention& a, const EventMention& b) { return canonical(a.evidence) < canonical(b.evidence); });
  RecordedEvent event;
  take_kind(mentions, event);
  take_participants(mentions, event);
  choose_date(mentions, event);
  choose_place(mentions, event);
  tell_history(mentions, event);
  tell_plan(mentions, event);
  contradict(mentions, event);
  take_words(mentions, event);
  Documents documents;
  for (EventMention& one : mentions) {
    documents.insert(one.evidence.document);
    event.evidence.push_back(std::move(one.evidence));
  }
  event.documents = static_cast<std::uint32_t>(documents.size());
  return event;
}

void judge_plan(RecordedEvent& event, std::string_view day) {
  constexpr int kPatience = 10;  // days
  if (!event.plan || event.plan->outcome != "pending") return;
  const DateRange& date = event.date.known() ? event.date : event.plan->date;
  const auto last = Day::parse(date.end);
  const auto until = Day::parse(day);
  if (last && until && until->value > last->value + kPatience) event.plan->outcome = "unreported";
}

namespace {

constexpr std::array<std::string_view, 6> kTogether = {"meet", "negotiate", "mediate", "call", "visit", "agree"};

bool brings_together(std::string_view kind) {
  return std::find(kTogether.begin(), kTogether.end(), kind) != kTogether.end();
}

}  // namespace

std::set<std::string> all_parties(const RecordedEvent& event) {
  std::set<std::string> out(event.parties.begin(), event.parties.end());
  for (const auto* role : {&event.actors, &event.targets, &event.mediators})
    for (const Named& one : *role) out.insert(one.id);
  return out;
}

std::optional<std::pair<std::string, std::string>> planned_days(const RecordedEvent& event) {
  constexpr int kMostDays = 10;
  if (!event.plan || !brings_together(event.kind) || event.parties.size() < 2) return std::nullopt;
  const DateRange& date = event.date.known() ? event.date : event.plan->date;
  if (date.start.empty() || date.end.empty() || length(date) >= kMostDays) return std::nullopt;
  return std::make_pair(date.start, date.end);
}

bool bears_out(const RecordedEvent& other, const RecordedEvent& event) {
  const auto days = planned_days(event);
  if (!days || !brings_together(other.kind) || (other.status != "happened" && other.status != "ongoing")) return false;
  const std::string& day = other.date.start.empty() ? other.date.end : other.date.start;
  if (day < days->first || day > days->second) return false;
  const std::set<std::string> there = all_parties(other);
  return std::count_if(event.parties.begin(), event.parties.end(),
                       [&](const std::string& one) { return there.contains(one); }) >= 2;
}

std::string base_id(const RecordedEvent& event) {
  constexpr std::size_t kMostParties = 4;
  std::string id = "event/" + date_slug(event.date) + "-" + event.kind;
  std::size_t named = 0;
  for (const std::string& party : event.parties) {
    const std::string part = slug(party);
    if (part.empty() || named == kMostParties) continue;
    id += "-" + part;
    ++named;
  }
  if (named == 0 && event.place) id += "-" + slug(event.place->id);
  return id;
}

std::string marked_id(std::string_view base, std::uint64_t mark) {
  return std::string(base) + "-" + hexadecimal(mark, 8);
}

StatementMention statement_mention(const Facts& facts, std::uint32_t position) {
  const StatementFact& fact = facts.statements[position];
  StatementMention mention;
  mention.fact = fact;
  Variant& variant = mention.variant;
  variant.document = facts.document.id;
  variant.position = position;
  if (facts.document.published) variant.published = facts.document.published->value;
  variant.span = fact.span;
  variant.text = fact.text;
  variant.mode = fact.mode;
  variant.cue_lemma = fact.cue_lemma;
  variant.sentence = fact.sentence;
  variant.via = fact.via;
  for (const Named& speaker : fact.speakers) {
    const auto entity = std::find_if(facts.entities.begin(), facts.entities.end(),
                                     [&](const EntityFact& one) { return one.id == speaker.id; });
    if (entity != facts.entities.end() && !entity->state.empty()) mention.states.push_back(entity->state);
  }
  std::sort(mention.states.begin(), mention.states.end());
  return mention;
}

namespace {

bool is_person(std::string_view id) { return id.rfind("person/", 0) == 0 || id.rfind("local/", 0) == 0; }

// Whether two pages name one speaker: one person, or a state or body and who acts for the same state.
bool same_speakers(const StatementMention& a, const StatementMention& b) {
  for (const Named& one : a.fact.speakers)
    for (const Named& other : b.fact.speakers)
      if (same_thing(one.id, other.id)) return true;
  const auto persons = [](const StatementMention& one) {
    return std::all_of(one.fact.speakers.begin(), one.fact.speakers.end(),
                       [](const Named& x) { return is_person(x.id); });
  };
  if (persons(a) && persons(b)) return false;
  return std::any_of(a.states.begin(), a.states.end(), [&](const std::string& state) {
    return std::binary_search(b.states.begin(), b.states.end(), state);
  });
}

std::string speakers_of(const StatementMention& one) {
  std::string out;
  for (const Named& speaker : one.fact.speakers) out += (out.empty() ? "" : ", ") + speaker.name;
  return out;
}

// Who said it: whom most pages name, persons before bodies, then the first page. Others are a conflict.
void take_speakers(const std::vector<StatementMention>& mentions, RecordedStatement& statement) {
  struct Vote {
    const StatementMention* mention;
    Documents documents;
    bool person = false;
  };
  std::vector<Vote> votes;
  for (const StatementMention& one : mentions) {
    if (one.fact.speakers.empty()) continue;
    auto vote =
        std::find_if(votes.begin(), votes.end(), [&](const Vote& other) { return same_speakers(*other.mention, one); });
    if (vote == votes.end()) vote = votes.insert(votes.end(), Vote{&one, {}, false});
    vote->documents.insert(one.variant.document);
    vote->person = vote->person || is_person(one.fact.speakers.front().id);
  }
  if (votes.empty()) return;
  const auto weight = [](const Vote& one) { return std::make_tuple(one.documents.size(), one.person); };
  const auto chosen =
      std::max_element(votes.begin(), votes.end(), [&](const Vote& a, const Vote& b) { return weight(a) < weight(b); });
  NameUnion names;
  for (const StatementMention& one : mentions)
    if (!one.fact.speakers.empty() && same_speakers(*chosen->mention, one)) names.add(one.fact.speakers);
  statement.speakers = names.sorted();
  // A body that is named beside one of its persons says less than the person.
  const bool person = std::any_of(statement.speakers.begin(), statement.speakers.end(),
                                  [](const Named& one) { return is_person(one.id); });
  if (person && statement.speakers.size() > chosen->mention->fact.speakers.size())
    std::stable_partition(statement.speakers.begin(), statement.speakers.end(),
                          [](const Named& one) { return is_person(one.id); });
  if (votes.size() < 2) return;
  Conflict conflict{"speaker", {{speakers_of(*chosen->mention), list(chosen->documents)}}};
  for (const Vote& one : votes)
    if (&one != &*chosen) conflict.values.push_back({speakers_of(*one.mention), list(one.documents)});
  std::sort(conflict.values.begin() + 1, conflict.values.end(),
            [](const ConflictValue& a, const ConflictValue& b) { return a.value < b.value; });
  statement.conflicts.push_back(std::move(conflict));
}

}  // namespace

RecordedStatement merge_statement(std::vector<StatementMention> mentions, std::uint64_t mark) {
  std::sort(mentions.begin(), mentions.end(), [](const StatementMention& a, const StatementMention& b) {
    return canonical(a.variant) < canonical(b.variant);
  });
  const auto fullest = std::max_element(mentions.begin(), mentions.end(), [](const auto& a, const auto& b) {
    return a.fact.text.size() < b.fact.text.size();
  });
  RecordedStatement statement;
  statement.text = fullest->fact.text;
  statement.mode = fullest->fact.mode;
  statement.stance = fullest->fact.stance;
  take_speakers(mentions, statement);
  statement.addressees = unite(mentions, [](const StatementMention& one) { return one.fact.addressees; });
  statement.via = unite(mentions, [](const StatementMention& one) { return one.fact.via; });
  for (const StatementMention& one : mentions) {
    const DateRange& date = one.fact.date;
    if (date.known() && (!statement.date.known() || length(date) < length(statement.date))) statement.date = date;
    statement.confidence = std::max(statement.confidence, one.fact.confidence);
  }
  statement.id = "statement/" + date_slug(statement.date);
  if (!statement.speakers.empty()) statement.id += "-" + slug(statement.speakers.front().id);
  statement.id += "-" + hexadecimal(mark, 8);
  for (StatementMention& one : mentions) statement.variants.push_back(std::move(one.variant));
  return statement;
}

}  // namespace chancery
