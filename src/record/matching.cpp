// The rules in words are in docs/record-format.md; each function here is one paragraph there.
#include "record/matching.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "record/bytes.h"
#include "time/time.h"

namespace chancery {
namespace {

using Ids = std::vector<std::string>;

// --- Kinds -----------------------------------------------------------------------------------------------------------

template <std::size_t N>
bool one_of(std::string_view value, const std::array<std::string_view, N>& values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// What one page calls a meeting another calls talks or, with a third party in the chair, a mediation.
constexpr std::array<std::string_view, 3> kContacts = {"meet", "negotiate", "mediate"};
// Kinds in which all who take part stand on one side.
constexpr std::array<std::string_view, 8> kMutual = {"meet",  "negotiate", "mediate",   "call",
                                                     "agree", "exchange",  "ceasefire", "other-cooperate"};
// Different matters are different events.
constexpr std::array<std::string_view, 7> kVerbal = {"agree",  "promise", "propose", "request",
                                                     "reject", "accuse",  "threaten"};
// The person to whom it happens is what tells one from another.
constexpr std::array<std::string_view, 6> kPersonal = {"detain", "convict", "release", "expel", "recall", "appoint"};

std::string_view family(std::string_view kind) { return one_of(kind, kContacts) ? kContacts[0] : kind; }
bool is_mutual(std::string_view kind) { return one_of(kind, kMutual); }
bool is_verbal(std::string_view kind) { return one_of(kind, kVerbal); }
// Kinds in which a day, the participants and a place or person are enough to recognise a happening.
bool is_contact(std::string_view kind) { return one_of(kind, kContacts) || kind == "call" || kind == "exchange"; }

// --- Days ------------------------------------------------------------------------------------------------------------

constexpr int kSpanDays = 31;       // longer intervals are wide
constexpr int kWideDays = 3700;     // longer ones say nothing
constexpr int kPastWindow = 45;     // an undated happening lies so many days before its page
constexpr int kFutureWindow = 120;  // an undated plan so many behind it
constexpr int kTightPast = 10;      // likewise, where only the participants speak for it
constexpr int kTightFuture = 45;
constexpr int kMoved = 10;         // days by which a meeting may be moved and still be the one that was planned
constexpr int kUndatedPages = 10;  // days between pages that tell the same undated event

std::optional<std::int32_t> day_number(std::string_view iso) {
  const std::optional<Day> day = Day::parse(iso);
  if (!day) return std::nullopt;
  return day->value;
}

struct Days {
  std::int32_t first = 0, last = 0;
};

std::optional<Days> published_days(const Facts& facts) {
  if (!facts.document.published) return std::nullopt;
  const auto interval = interval_from_iso(facts.document.published->value);
  if (!interval || !interval->start || !interval->end) return std::nullopt;
  return Days{interval->start->value, interval->end->value};
}

int gap(Days a, Days b) {
  if (a.last < b.first) return b.first - a.last;
  if (b.last < a.first) return a.first - b.last;
  return 0;
}

// --- Ids -------------------------------------------------------------------------------------------------------------

void sort_and_unite(Ids& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool begins(std::string_view id, std::string_view prefix) { return id.substr(0, prefix.size()) == prefix; }

// "local/annalena-baerbock" → "baerbock".
std::string_view last_word(std::string_view id) {
  const std::size_t cut = id.find_last_of("/- ");
  return cut == std::string_view::npos ? id : id.substr(cut + 1);
}

// Things known from before are told apart by their ids; one that is local to its page may be another's surname.
bool same_thing(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (!begins(a, "local/") && !begins(b, "local/")) return false;
  if (begins(a, "state/") || begins(b, "state/")) return false;
  const std::string_view word = last_word(a);
  return word.size() > 3 && word == last_word(b);
}

std::size_t shared_things(const Ids& a, const Ids& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const std::string& one) {
    return std::any_of(b.begin(), b.end(), [&](const std::string& other) { return same_thing(one, other); });
  }));
}

// --- Traits ----------------------------------------------------------------------------------------------------------

const EntityFact* find_entity(const Facts& facts, std::string_view id) {
  const auto found = std::find_if(facts.entities.begin(), facts.entities.end(),
                                  [&](const EntityFact& entity) { return entity.id == id; });
  return found == facts.entities.end() ? nullptr : &*found;
}

// The state that a participant acts for, or the participant.
void add_party(const Facts& facts, const Named& one, Ids& parties, Ids& persons) {
  const EntityFact* entity = find_entity(facts, one.id);
  const bool person = entity != nullptr ? entity->kind == "person" : begins(one.id, "person/");
  if (person) persons.push_back(one.id);
  const bool acts_for_a_state = entity != nullptr && !entity->state.empty() && entity->kind != "place";
  parties.push_back(acts_for_a_state ? entity->state : one.id);
}

void take_parties(const Facts& facts, const EventFact& event, EventTraits& traits) {
  for (const Named& one : event.actors) add_party(facts, one, traits.actors, traits.persons);
  Ids& second = is_mutual(event.kind) ? traits.actors : traits.targets;
  for (const Named& one : event.targets) add_party(facts, one, second, traits.persons);
}

void take_place(const Facts& facts, const EventFact& event, EventTraits& traits) {
  if (!event.place) return;
  traits.place = event.place->id;
  const EntityFact* entity = find_entity(facts, traits.place);
  if (begins(traits.place, "state/")) {
    traits.place_state = traits.place;
  } else if (entity != nullptr) {
    traits.place_state = entity->state;
  }
  // Whoever goes to Riyadh visits Saudi Arabia.
  if (event.kind == "visit" && traits.targets.empty() && !traits.place_state.empty())
    traits.targets.push_back(traits.place_state);
}

// An interval that is open on one side is known by the other.
std::optional<Days> event_days(const EventFact& event) {
  const auto start = day_number(event.date.start);
  const auto end = day_number(event.date.end);
  if (!start && !end) return std::nullopt;
  if (!start) return Days{*end, *end};
  if (!end) return Days{*start, *start};
  return Days{std::min(*start, *end), std::max(*start, *end)};
}

void take_date(const Facts& facts, const EventFact& event, EventTraits& traits) {
  if (const auto days = event_days(event)) {
    const int length = days->last - days->first + 1;
    if (length > kWideDays) return;
    traits.first = days->first;
    traits.last = days->last;
    traits.form = length == 1 ? TimeForm::day : length <= kSpanDays ? TimeForm::span : TimeForm::wide;
    return;
  }
  const auto page = published_days(facts);
  if (!page || page->last - page->first >= kSpanDays) return;
  traits.form = TimeForm::undated;
  traits.reference = page->last;
  traits.first = traits.future ? page->last : page->last - kPastWindow;
  traits.last = traits.future ? page->last + kFutureWindow : page->last;
}

void take_words(const EventFact& event, EventTraits& traits) {
  if (!is_verbal(event.kind)) return;
  traits.words = content_words(event.content);
  if (!traits.words.empty()) return;
  traits.words = content_words(event.sentence_text);
  traits.weak_words = true;
}

void write(ByteWriter& out, const Ids& ids) {
  out.number(ids.size());
  for (const std::string& id : ids) out.text(id);
}

Ids read_ids(ByteReader& in) {
  Ids ids(in.count());
  for (std::string& id : ids) id = in.text();
  return ids;
}

template <class Number>
void write_hashes(ByteWriter& out, const std::vector<Number>& hashes) {
  out.number(hashes.size());
  for (const Number hash : hashes) {
    out.fixed(static_cast<std::uint32_t>(hash));
    if constexpr (sizeof(Number) == 8) out.fixed(static_cast<std::uint32_t>(hash >> 32));
  }
}

template <class Number>
std::vector<Number> read_hashes(ByteReader& in) {
  std::vector<Number> hashes(in.count());
  for (Number& hash : hashes) {
    hash = in.fixed();
    if constexpr (sizeof(Number) == 8) hash |= static_cast<Number>(in.fixed()) << 32;
  }
  return hashes;
}

std::string encode(const EventTraits& traits) {
  ByteWriter out;
  out.text(traits.kind);
  out.flag(traits.future);
  out.number(static_cast<std::uint64_t>(traits.form));
  out.signed_number(traits.first);
  out.signed_number(traits.last);
  out.signed_number(traits.reference);
  write(out, traits.actors);
  write(out, traits.targets);
  write(out, traits.persons);
  out.text(traits.place);
  out.text(traits.place_state);
  write_hashes(out, traits.words);
  out.flag(traits.weak_words);
  out.text(traits.salt);
  return out.take();
}

std::string salt_of(const Facts& facts, std::uint32_t position) {
  return facts.document.id + "#" + std::to_string(position);
}

// --- Agreement of events ---------------------------------------------------------------------------------------------

// Collects the points; the reasons only where somebody will read them.
class Judge {
 public:
  Judge(const EventTraits& a, const EventTraits& b, bool explaining) : a_(a), b_(b), explaining_(explaining) {}

  Match judge() {
    if (kind() && parties() && persons() && place() && date() && words()) return std::move(match_);
    match_.score = kNoMatch;
    return std::move(match_);
  }

 private:
  bool add(std::string_view field, int points, std::string_view why) {
    match_.score += points;
    if (explaining_) match_.reasons.push_back({field, points, why});
    return true;
  }
  bool refuse(std::string_view field, std::string_view why) {
    if (explaining_) match_.reasons.push_back({field, 0, why});
    return false;
  }

  bool kind() {
    if (a_.kind == b_.kind) return add("kind", 10, "the same kind");
    if (family(a_.kind) == family(b_.kind)) return add("kind", 6, "kinds of one family");
    return refuse("kind", "different kinds");
  }

  enum class Relation { equal, within, overlapping, silent, different };
  static Relation relate(const Ids& a, const Ids& b) {
    if (a.empty() || b.empty()) return Relation::silent;
    const std::size_t smaller = std::min(a.size(), b.size());
    const std::size_t larger = std::max(a.size(), b.size());
    const std::size_t shared = std::min(shared_things(a, b), shared_things(b, a));
    if (shared == smaller && smaller == larger) return Relation::equal;
    if (shared == smaller) return Relation::within;
    return shared >= 2 && 2 * shared >= larger ? Relation::overlapping : Relation::different;
  }

  bool parties() { return is_mutual(a_.kind) ? mutual_parties() : directed_parties(); }

  bool mutual_parties() {
    const Relation relation = relate(a_.actors, b_.actors);
    const std::size_t smaller = std::min(a_.actors.size(), b_.actors.size());
    equal_pair_ = relation == Relation::equal && smaller >= 2;
    agreed_ = equal_pair_ || (relation == Relation::within && smaller >= 2);
    switch (relation) {
      case Relation::equal:
        return add("participants", smaller >= 2 ? 20 : 10, "the same participants");
      case Relation::within:
        return add("participants", smaller >= 2 ? 14 : 7, "one names some of the other's participants");
      case Relation::overlapping:
        return add("participants", 8, "most participants in common");
      case Relation::silent:
        return add("participants", 0, "one names no participant");
      case Relation::different:
        break;
    }
    return refuse("participants", "different participants");
  }

  bool directed_parties() {
    const Relation actors = relate(a_.actors, b_.actors);
    const Relation targets = relate(a_.targets, b_.targets);
    if (actors == Relation::different) return refuse("actors", "different actors");
    if (targets == Relation::different) return refuse("targets", "different targets");
    const bool nobody = a_.actors.empty() && b_.actors.empty() && a_.targets.empty() && b_.targets.empty();
    if (nobody) return add("participants", 0, "neither names a participant");
    if (actors == Relation::silent && targets == Relation::silent) return refuse("participants", "nobody in common");
    const bool silent_alike = a_.targets.empty() == b_.targets.empty() && a_.actors.empty() == b_.actors.empty();
    equal_pair_ = silent_alike && actors != Relation::within && targets != Relation::within;
    agreed_ = silent_alike;
    const auto points = [](Relation relation) {
      return relation == Relation::equal ? 12 : relation == Relation::silent ? 0 : 8;
    };
    add("actors", points(actors), actors == Relation::silent ? "one names no actor" : "the same actors");
    return add("targets", points(targets), targets == Relation::silent ? "one names no target" : "the same targets");
  }

  bool persons() {
    if (a_.persons.empty() || b_.persons.empty()) return true;
    if (shared_things(a_.persons, b_.persons) > 0) {
      persons_shared_ = true;
      return add("persons", 8, "the same persons");
    }
    if (one_of(a_.kind, kPersonal)) return refuse("persons", "different persons");
    persons_differ_ = true;
    return true;
  }

  bool place() {
    if (a_.place.empty() || b_.place.empty()) {
      if (persons_differ_ && is_contact(a_.kind)) return refuse("persons", "different persons, and no place in common");
      return true;
    }
    if (a_.place == b_.place) {
      place_equal_ = true;
      return add("place", 15, "the same place");
    }
    if (a_.place == b_.place_state || b_.place == a_.place_state) {
      place_equal_ = true;
      return add("place", 8, "one place lies in the other");
    }
    const bool same_day = a_.form == TimeForm::day && b_.form == TimeForm::day && a_.first == b_.first;
    if (is_contact(a_.kind) && a_.kind == b_.kind && persons_shared_ && equal_pair_ && same_day)
      return add("place", -6, "different places, but the same persons on the same day");
    return refuse("place", "different places");
  }

  static bool has_days(const EventTraits& one) { return one.form < TimeForm::undated; }

  bool date() {
    if (a_.form == TimeForm::timeless || b_.form == TimeForm::timeless) {
      if (place_equal_ && agreed_) return add("date", 1, "one gives no time, place and participants agree");
      return refuse("date", "one gives no time, and too little else agrees");
    }
    if (has_days(a_) && has_days(b_)) return both_dated();
    if (!has_days(a_) && !has_days(b_)) return both_undated();
    return one_dated(has_days(a_) ? a_ : b_, has_days(a_) ? b_ : a_);
  }

  // A bare day and one common participant are not enough: a state meets many on one day.
  bool enough_with_a_day() const {
    if (agreed_ || place_equal_ || persons_shared_) return true;
    return !is_mutual(a_.kind) && equal_pair_;
  }

  bool both_dated() {
    const int distance = gap({a_.first, a_.last}, {b_.first, b_.last});
    if (distance == 0) {
      const bool days = a_.form == TimeForm::day && b_.form == TimeForm::day;
      if (a_.actors.empty() || b_.actors.empty()) {
        if (!(days && place_equal_)) return refuse("date", "too little agrees beside the date");
      } else if (!enough_with_a_day()) {
        return refuse("date", "too little agrees beside the date");
      }
      if (days) return add("date", 20, "the same day");
      if (a_.form != TimeForm::wide && b_.form != TimeForm::wide) return add("date", 12, "days within each other");
      if (!agreed_) return refuse("date", "too little agrees beside the year");
      return add("date", 4, "one day within the other's year");
    }
    if (!is_contact(a_.kind) || !equal_pair_ || !place_equal_) return refuse("date", "different days");
    if (a_.future != b_.future && distance <= kMoved) return add("date", 2, "planned for one day, held on another");
    if (distance == 1 && a_.form == TimeForm::day && b_.form == TimeForm::day)
      return add("date", 3, "neighbouring days");
    return refuse("date", "different days");
  }

  bool strong() const { return agreed_ && (place_equal_ || persons_shared_ || is_verbal(a_.kind)); }

  bool one_dated(const EventTraits& dated, const EventTraits& undated) {
    if (gap({dated.first, dated.last}, {undated.first, undated.last}) > 0)
      return refuse("date", "the day lies outside the undated one's time");
    if (dated.form == TimeForm::wide && !strong()) return refuse("date", "too little agrees beside the year");
    if (strong()) return add("date", 6, "one gives no day, the rest agrees");
    const Days tight = undated.future ? Days{undated.reference, undated.reference + kTightFuture}
                                      : Days{undated.reference - kTightPast, undated.reference};
    if (is_contact(a_.kind) && equal_pair_ && gap({dated.first, dated.last}, tight) == 0)
      return add("date", 4, "one gives no day, but its page is near");
    return refuse("date", "one gives no day, and too little else agrees");
  }

  bool both_undated() {
    if (std::abs(a_.reference - b_.reference) > kUndatedPages) return refuse("date", "told at different times");
    if (strong() || (is_contact(a_.kind) && equal_pair_)) return add("date", 4, "told in the same days");
    return refuse("date", "neither gives a day, and too little else agrees");
  }

  bool words() {
    if (!is_verbal(a_.kind)) return true;
    const std::size_t smaller = std::min(a_.words.size(), b_.words.size());
    if (smaller == 0) {
      const bool same_day = a_.form == TimeForm::day && b_.form == TimeForm::day;
      if (same_day && equal_pair_) return true;
      return refuse("content", "one does not say what about");
    }
    const std::size_t shared = count_shared(a_.words, b_.words);
    const bool weak = a_.weak_words || b_.weak_words;
    const std::size_t needed = std::min(smaller, weak ? std::size_t{3} : std::size_t{2});
    // In fifths and twentieths, so that no machine rounds differently.
    if (shared < needed || shared * 20 < smaller * (weak ? 7 : 10)) return refuse("content", "about different matters");
    return add("content", static_cast<int>(20 * shared / smaller), "about the same matter");
  }

  const EventTraits& a_;
  const EventTraits& b_;
  bool explaining_;
  Match match_;
  bool equal_pair_ = false;  // the participants are the same, and enough to tell an event
  bool agreed_ = false;      // none of them contradicts, and both name enough
  bool persons_shared_ = false;
  bool persons_differ_ = false;
  bool place_equal_ = false;
};

// --- Standing keys of events -----------------------------------------------------------------------------------------

// What a node may be found by. Its scopes: pairs of participants, its place, its only participant.
enum class Scope : std::uint8_t { pair, place, only, one_of };
// How long the days of a node reach behind its first, at most.
struct Class {
  std::uint8_t tag;
  int reach;
};
constexpr Class kNarrow{'N', kFutureWindow + 1};
constexpr Class kWide{'W', kWideDays};
constexpr Class kTimeless{'T', 0};

Class class_of(const EventTraits& node) {
  if (node.form == TimeForm::timeless) return kTimeless;
  return node.form == TimeForm::wide ? kWide : kNarrow;
}

struct ScopeKey {
  Scope scope;
  std::uint64_t hash;
};

std::uint64_t scope_hash(std::uint64_t family, Scope scope, std::string_view first, std::string_view second = {}) {
  return mix(mix(mix(family, static_cast<std::uint64_t>(scope)), hash_of(first)), hash_of(second));
}

// Things that are local to a page are compared by their last word, so they stand under it too.
std::string_view key_name(std::string_view id) { return begins(id, "state/") ? id : last_word(id); }

constexpr std::size_t kPairsOf = 4;  // of more participants only neighbours in the order are paired

std::vector<std::string_view> party_names(const EventTraits& node) {
  std::vector<std::string_view> names;
  for (const std::string& id : node.actors) names.push_back(key_name(id));
  for (const std::string& id : node.targets) names.push_back(key_name(id));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// The scopes under which a node stands. A node with several participants stands under each of them for those that
// name one only, which stand under `only`.
std::vector<ScopeKey> scopes(const EventTraits& node) {
  const std::uint64_t kind = hash_of(family(node.kind));
  const auto names = party_names(node);
  std::vector<ScopeKey> out;
  const std::size_t reach = names.size() <= kPairsOf ? names.size() : 1;
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size() && j <= i + reach; ++j)
      out.push_back({Scope::pair, scope_hash(kind, Scope::pair, names[i], names[j])});
  if (names.size() == 1) {
    out.push_back({Scope::only, scope_hash(kind, Scope::only, names[0])});
  } else if (node.form != TimeForm::timeless && node.form != TimeForm::wide) {
    for (const std::string_view name : names) out.push_back({Scope::one_of, scope_hash(kind, Scope::one_of, name)});
  }
  if (!node.place.empty()) out.push_back({Scope::place, scope_hash(kind, Scope::place, node.place)});
  return out;
}

std::uint64_t with_class(std::uint64_t hash, Class one) { return mix(hash, one.tag); }

constexpr std::int32_t kEarliest = std::numeric_limits<std::int32_t>::min() / 2;
constexpr std::int32_t kLatest = std::numeric_limits<std::int32_t>::max() / 2;

// Everything of class `one` under `hash` whose days may come near the node's.
Probe probe_of(const EventTraits& node, std::uint64_t hash, Class one) {
  if (one.tag == kTimeless.tag) return {with_class(hash, one), 0, 0};
  if (node.form == TimeForm::timeless) return {with_class(hash, one), kEarliest, kLatest};
  return {with_class(hash, one), node.first - one.reach - kMoved, node.last + kMoved};
}

}  // namespace

EventTraits event_traits(const Facts& facts, std::uint32_t position) {
  const EventFact& event = facts.events[position];
  EventTraits traits;
  traits.kind = event.kind;
  traits.future = event.status == "planned" || event.status == "proposed" || event.status == "conditional";
  take_parties(facts, event, traits);
  take_place(facts, event, traits);
  take_date(facts, event, traits);
  take_words(event, traits);
  sort_and_unite(traits.actors);
  sort_and_unite(traits.targets);
  sort_and_unite(traits.persons);
  // What would not even be recognised by itself cannot be the same as another.
  if (Judge(traits, traits, false).judge().score < 0) traits.salt = salt_of(facts, position);
  return traits;
}

std::string event_signature(const Facts& facts, std::uint32_t position) {
  return encode(event_traits(facts, position));
}

EventTraits EventRule::decode(std::string_view signature) {
  ByteReader in(signature);
  EventTraits traits;
  traits.kind = in.text();
  traits.future = in.flag();
  traits.form = static_cast<TimeForm>(std::min<std::uint64_t>(in.number(), 4));
  traits.first = static_cast<std::int32_t>(in.signed_number());
  traits.last = static_cast<std::int32_t>(in.signed_number());
  traits.reference = static_cast<std::int32_t>(in.signed_number());
  traits.actors = read_ids(in);
  traits.targets = read_ids(in);
  traits.persons = read_ids(in);
  traits.place = in.text();
  traits.place_state = in.text();
  traits.words = read_hashes<std::uint32_t>(in);
  traits.weak_words = in.flag();
  traits.salt = in.text();
  return traits;
}

std::vector<StandingKey> EventRule::keys(const Traits& node) {
  std::vector<StandingKey> out;
  if (!node.salt.empty()) return out;
  const Class own = class_of(node);
  const bool timeless = node.form == TimeForm::timeless;
  for (const ScopeKey& one : scopes(node))
    if (!timeless || one.scope == Scope::place) out.push_back({with_class(one.hash, own), timeless ? 0 : node.first});
  return out;
}

std::vector<Probe> EventRule::probes(const Traits& node) {
  std::vector<Probe> out;
  if (!node.salt.empty()) return out;
  const std::uint64_t kind = hash_of(family(node.kind));
  const bool timeless = node.form == TimeForm::timeless;
  for (const ScopeKey& one : scopes(node)) {
    if (one.scope == Scope::one_of) continue;
    if (timeless && one.scope != Scope::place) continue;
    out.push_back(probe_of(node, one.hash, kNarrow));
    out.push_back(probe_of(node, one.hash, kWide));
    if (one.scope == Scope::place) out.push_back(probe_of(node, one.hash, kTimeless));
  }
  if (timeless || node.form == TimeForm::wide) return out;
  const auto names = party_names(node);
  for (const std::string_view name : names) {
    const Scope other = names.size() == 1 ? Scope::one_of : Scope::only;
    out.push_back(probe_of(node, scope_hash(kind, other, name), kNarrow));
  }
  return out;
}

int EventRule::score(const Traits& a, const Traits& b) {
  if (!a.salt.empty() || !b.salt.empty()) return kNoMatch;
  return Judge(a, b, false).judge().score;
}

Match EventRule::explain(const Traits& a, const Traits& b) { return Judge(a, b, true).judge(); }

int EventRule::rank(const Traits& node) {
  static constexpr std::array<int, 5> kTime = {16, 12, 8, 4, 0};
  const auto parties = static_cast<int>(std::min<std::size_t>(node.actors.size() + node.targets.size(), 3));
  const auto persons = static_cast<int>(std::min<std::size_t>(node.persons.size(), 2));
  const int place = node.place.empty() ? 0 : node.place == node.place_state ? 2 : 3;
  return 2 * (kTime[static_cast<std::size_t>(node.form)] + place + parties + persons) + (node.future ? 0 : 1);
}

// --- Statements ------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kShortWords = 6;  // shorter quotations must be equal word for word
constexpr std::size_t kShingle = 6;
constexpr std::size_t kWindow = 4;

}  // namespace

std::string statement_signature(const Facts& facts, std::uint32_t position) {
  const StatementFact& statement = facts.statements[position];
  Ids speakers;
  for (const Named& one : statement.speakers) speakers.push_back(one.id);
  sort_and_unite(speakers);
  const std::vector<std::uint32_t> words = word_hashes(statement.text);
  std::string salt;
  if (words.size() < kShortWords || speakers.empty()) {
    // « Non » may be said twice: what is short is the same only on the same day, and by somebody.
    const std::string& day = statement.date.start;
    const bool known = !speakers.empty() && words.size() >= 2 && !day.empty() && day == statement.date.end;
    salt = known ? day : salt_of(facts, position);
  }
  ByteWriter out;
  write(out, speakers);
  write_hashes(out, words);
  out.text(salt);
  return out.take();
}

StatementTraits StatementRule::decode(std::string_view signature) {
  ByteReader in(signature);
  StatementTraits traits;
  traits.speakers = read_ids(in);
  traits.words = read_hashes<std::uint32_t>(in);
  traits.salt = in.text();
  traits.sorted = traits.words;
  std::sort(traits.sorted.begin(), traits.sorted.end());
  traits.sorted.erase(std::unique(traits.sorted.begin(), traits.sorted.end()), traits.sorted.end());
  return traits;
}

// Short ones meet by equal signatures alone.
std::vector<StandingKey> StatementRule::keys(const Traits& node) {
  std::vector<StandingKey> out;
  if (!node.salt.empty()) return out;
  const std::vector<std::uint64_t> marks = winnow(node.words, kShingle, kWindow);
  for (const std::string& speaker : node.speakers) {
    const std::uint64_t name = hash_of(last_word(speaker));
    for (const std::uint64_t mark : marks) out.push_back({mix(name, mark), 0});
  }
  return out;
}

std::vector<Probe> StatementRule::probes(const Traits& node) {
  std::vector<Probe> out;
  for (const StandingKey& key : keys(node)) out.push_back({key.hash, 0, 0});
  return out;
}

int StatementRule::score(const Traits& a, const Traits& b) {
  if (!a.salt.empty() || !b.salt.empty() || shared_things(a.speakers, b.speakers) == 0) return kNoMatch;
  const std::size_t smaller = std::min(a.sorted.size(), b.sorted.size());
  const std::size_t shared = count_shared(a.sorted, b.sorted);
  if (smaller == 0 || shared * 100 < smaller * 75) return kNoMatch;
  return static_cast<int>(1000 * shared / smaller + std::min<std::size_t>(shared, 200));
}

int StatementRule::rank(const Traits& node) { return static_cast<int>(node.words.size()); }

// --- Texts -----------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kMostMarks = 256;
constexpr std::size_t kMostSketch = 2048;
constexpr int kReprintDays = 10;         // a text is printed again within so many days
constexpr std::size_t kLeastSketch = 6;  // smaller samples prove nothing

// The page's words without what is furniture. Ranges count code points, so the text is walked once.
std::string article_text(const Facts& facts) {
  const auto& ranges = facts.document.boilerplate;
  if (ranges.empty()) return facts.text;
  std::string out;
  std::uint32_t index = 0;
  std::size_t next = 0;
  for (const char byte : facts.text) {
    const bool begins_character = (static_cast<std::uint8_t>(byte) & 0xC0) != 0x80;
    if (begins_character) ++index;
    const std::uint32_t here = index == 0 ? 0 : index - 1;
    while (next < ranges.size() && ranges[next].end <= here) ++next;
    if (next == ranges.size() || here < ranges[next].begin) out.push_back(byte);
  }
  return out;
}

}  // namespace

std::string text_signature(const Facts& facts) {
  const std::vector<std::uint32_t> words = word_hashes(article_text(facts));
  const auto page = published_days(facts);
  const bool dated = page && page->last - page->first < kSpanDays;
  ByteWriter out;
  out.flag(dated);
  out.signed_number(dated ? page->last : 0);
  out.text(facts.document.id);
  write_hashes(out, sample_shingles(words, 3, 4, kMostSketch));
  write_hashes(out, sample_shingles(words, 6, 32, kMostMarks));
  return out.take();
}

TextTraits TextRule::decode(std::string_view signature) {
  ByteReader in(signature);
  TextTraits traits;
  traits.dated = in.flag();
  traits.day = static_cast<std::int32_t>(in.signed_number());
  traits.document = in.text();
  traits.sketch = read_hashes<std::uint64_t>(in);
  traits.marks = read_hashes<std::uint64_t>(in);
  return traits;
}

// Pages without a date stand apart: they are compared with each other and with all that are dated.
std::vector<StandingKey> TextRule::keys(const Traits& node) {
  std::vector<StandingKey> out;
  for (const std::uint64_t mark : node.marks) out.push_back({mix(mark, node.dated ? 1 : 0), node.day});
  return out;
}

std::vector<Probe> TextRule::probes(const Traits& node) {
  std::vector<Probe> out;
  for (const std::uint64_t mark : node.marks) {
    out.push_back({mix(mark, 0), 0, 0});
    out.push_back({mix(mark, 1), node.dated ? node.day - kReprintDays : kEarliest,
                   node.dated ? node.day + kReprintDays : kLatest});
  }
  return out;
}

int TextRule::score(const Traits& a, const Traits& b) {
  if (a.dated && b.dated && std::abs(a.day - b.day) > kReprintDays) return kNoMatch;
  const std::size_t smaller = std::min(a.sketch.size(), b.sketch.size());
  if (smaller < kLeastSketch) return a.sketch == b.sketch && smaller > 0 ? 1000 : kNoMatch;
  const std::size_t shared = count_shared(a.sketch, b.sketch);
  if (shared * 100 < smaller * 30) return kNoMatch;
  return static_cast<int>(1000 * shared / smaller);
}

int TextRule::rank(const Traits& node) { return node.dated ? -node.day : std::numeric_limits<int>::min(); }

}  // namespace chancery
