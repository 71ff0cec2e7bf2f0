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
// What may come about again and again between the same parties in one place: without a day it is known only for days.
constexpr std::array<std::string_view, 4> kRecurring = {"attack", "deploy", "aid", "protest"};
// Kinds in which all who take part stand on one side.
constexpr std::array<std::string_view, 8> kMutual = {"meet",  "negotiate", "mediate",   "call",
                                                     "agree", "exchange",  "ceasefire", "other-cooperate"};
// Different matters are different events.
constexpr std::array<std::string_view, 7> kVerbal = {"agree",  "promise", "propose", "request",
                                                     "reject", "accuse",  "threaten"};
// The person to whom it happens is what tells one from another.
constexpr std::array<std::string_view, 6> kPersonal = {"detain", "convict", "release", "expel", "recall", "appoint"};

// What hardly happens twice within days between the same parties.
constexpr std::array<std::string_view, 6> kRare = {"expel",           "recall",        "restrict-mission",
                                                   "restore-mission", "lift-sanction", "ceasefire"};

std::string_view family(std::string_view kind) { return one_of(kind, kContacts) ? kContacts[0] : kind; }
bool is_mutual(std::string_view kind) { return one_of(kind, kMutual); }
// Kinds in which a day, the participants and a place or person are enough to recognise a happening.
bool is_contact(std::string_view kind) { return one_of(kind, kContacts) || kind == "call" || kind == "exchange"; }

// --- Days ------------------------------------------------------------------------------------------------------------

constexpr int kSpanDays = 31;       // longer intervals are wide
constexpr int kWideDays = 400;      // longer ones say nothing
constexpr int kPastWindow = 45;     // an undated happening lies so many days before its page
constexpr int kFutureWindow = 120;  // an undated plan so many behind it
constexpr int kTightPast = 10;      // likewise, where only the participants speak for it
constexpr int kTightFuture = 45;
constexpr int kMoved = 10;         // days by which a meeting may be moved and still be the one that was planned
constexpr int kUndatedPages = 10;  // days between pages that tell the same undated event
constexpr int kOftenPages = 3;     // likewise, where it may come about again any day

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

// « des militaires », « une source »: known to its page alone, and not by a name. Such a one is nobody whom another
// page could know again.
bool is_nameless(const Named& one) {
  if (!begins(one.id, "local/") || one.name.empty()) return false;
  const auto first = static_cast<std::uint8_t>(one.name[0]);
  const auto second = one.name.size() > 1 ? static_cast<std::uint8_t>(one.name[1]) : 0;
  return (first >= 'a' && first <= 'z') || (first == 0xC3 && second >= 0x9F);  // ß à … ÿ
}

// The state that a participant acts for, or the participant.
void add_party(const Facts& facts, const Named& one, Ids& parties, Ids& persons) {
  const EntityFact* entity = find_entity(facts, one.id);
  const bool person = entity != nullptr ? entity->kind == "person" : begins(one.id, "person/");
  // A movement or an armed group that is at home in a state does not act for it, nor does an outlet.
  const bool own_side = entity != nullptr && (entity->outlet || (entity->kind == "group" && !begins(one.id, "local/")));
  const bool acts_for_a_state = entity != nullptr && !entity->state.empty() && entity->kind != "place" && !own_side;
  if (!acts_for_a_state && is_nameless(one)) return;
  if (person && !is_nameless(one)) persons.push_back(one.id);
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
  traits.first = traits.future ? page->last : page->last - (traits.off ? kTightPast : kPastWindow);
  traits.last = traits.future || traits.off ? page->last + kFutureWindow : page->last;
}

void take_words(const EventFact& event, EventTraits& traits) {
  if (!is_verbal_act(event.kind)) return;
  if (says_what(event)) traits.words = content_words(event.content);
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
  out.flag(traits.off);
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

// When something undated was, or was to be, where little else speaks for it.
Days tight_days(const EventTraits& one) {
  return {one.reference - (one.future ? 0 : kTightPast), one.reference + (one.future || one.off ? kTightFuture : 0)};
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
    both_sides_ = equal_pair_ || (relation == Relation::equal && a_.kind == "ceasefire");  // one side may lay down arms
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
    both_sides_ = actors == Relation::equal && targets == Relation::equal;
    // One side alone does not tell one attack from the next.
    const bool enough = silent_alike && (both_sides_ || !one_of(a_.kind, kRecurring));
    equal_pair_ = enough && actors != Relation::within && targets != Relation::within;
    agreed_ = enough;
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

  // Who travels is what tells one visit from another, unless they came on the same day.
  bool one_travels_alone() const {
    const bool same_day = a_.form == TimeForm::day && b_.form == TimeForm::day && a_.first == b_.first;
    return persons_differ_ && a_.kind == "visit" && !same_day;
  }

  bool place() {
    if (a_.place.empty() || b_.place.empty()) {
      if (persons_differ_ && is_contact(a_.kind)) return refuse("persons", "different persons, and no place in common");
      return !one_travels_alone() || refuse("persons", "different travellers");
    }
    if (one_travels_alone()) return refuse("persons", "different travellers");
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
      const bool sides = is_mutual(a_.kind) ? agreed_ : both_sides_ || (a_.kind == "withdraw" && agreed_);
      if (a_.place == b_.place && place_equal_ && sides && !persons_differ_)
        return add("date", 1, "one gives no time, place and participants agree");
      return refuse("date", "one gives no time, and too little else agrees");
    }
    if (has_days(a_) && has_days(b_)) return both_dated();
    if (!has_days(a_) && !has_days(b_)) return both_undated();
    return one_dated(has_days(a_) ? a_ : b_, has_days(a_) ? b_ : a_);
  }

  // A bare day and one common participant are not enough: a state meets many on one day.
  bool enough_with_a_day() const {
    if (agreed_ || place_equal_ || persons_shared_ || (one_of(a_.kind, kRare) && both_sides_)) return true;
    return !is_mutual(a_.kind) && equal_pair_;
  }

  // The days of something undated that happens often.
  static Days near_days(const EventTraits& undated) {
    if (undated.future) return {undated.first, undated.last};
    return {undated.reference - kOftenPages, undated.reference};
  }

  bool both_dated() {
    const int distance = gap({a_.first, a_.last}, {b_.first, b_.last});
    if (distance == 0) {
      const bool days = a_.form == TimeForm::day && b_.form == TimeForm::day;
      if (a_.actors.empty() || b_.actors.empty()) {
        if (!(days && (place_equal_ || persons_shared_))) return refuse("date", "too little agrees beside the date");
      } else if (!enough_with_a_day()) {
        return refuse("date", "too little agrees beside the date");
      }
      if (days) return add("date", 20, "the same day");
      if (a_.form != TimeForm::wide && b_.form != TimeForm::wide) return add("date", 12, "days within each other");
      if (!strong()) return refuse("date", "too little agrees beside the year");
      return add("date", 4, "one day within the other's year");
    }
    const bool neighbours = distance == 1 && a_.form == TimeForm::day && b_.form == TimeForm::day;
    if (neighbours && one_of(a_.kind, kRare) && both_sides_) return add("date", 3, "neighbouring days");
    const bool visit = a_.kind == "visit" && (both_sides_ || persons_shared_);
    if (!(is_contact(a_.kind) || visit) || !equal_pair_ || !place_equal_) return refuse("date", "different days");
    if (a_.future != b_.future && distance <= kMoved) return add("date", 2, "planned for one day, held on another");
    if (neighbours) return add("date", 3, "neighbouring days");
    return refuse("date", "different days");
  }

  bool known_by_parties() const {
    return (is_contact(a_.kind) && equal_pair_) || (one_of(a_.kind, kRare) && both_sides_);
  }
  bool strong() const { return agreed_ && (place_equal_ || persons_shared_ || is_verbal_act(a_.kind)); }

  bool one_dated(const EventTraits& dated, const EventTraits& undated) {
    if (gap({dated.first, dated.last}, {undated.first, undated.last}) > 0)
      return refuse("date", "the day lies outside the undated one's time");
    if (one_of(a_.kind, kRecurring) && gap({dated.first, dated.last}, near_days(undated)) > 0)
      return refuse("date", "the page of the undated one is too far for what happens often");
    if (dated.form == TimeForm::wide && !strong()) return refuse("date", "too little agrees beside the year");
    if (strong()) return add("date", 6, "one gives no day, the rest agrees");
    if (undated.off && !dated.future && !dated.off) return refuse("date", "one was called off, the other was not");
    if (known_by_parties() && gap({dated.first, dated.last}, tight_days(undated)) == 0)
      return add("date", 4, "one gives no day, but its page is near");
    if (undated.future && !dated.future && both_sides_ && !is_mutual(a_.kind))
      return add("date", 3, "what one side meant to do to the other");
    return refuse("date", "one gives no day, and too little else agrees");
  }

  bool both_undated() {
    const int apart = std::abs(a_.reference - b_.reference);
    if (apart > (one_of(a_.kind, kRecurring) ? kOftenPages : kUndatedPages))
      return refuse("date", "told at different times");
    if (strong() || known_by_parties()) return add("date", 4, "told in the same days");
    return refuse("date", "neither gives a day, and too little else agrees");
  }

  bool words() {
    if (!is_verbal_act(a_.kind)) return true;
    const std::size_t smaller = std::min(a_.words.size(), b_.words.size());
    if (smaller == 0) {
      const bool days = a_.form == TimeForm::day && b_.form == TimeForm::day;
      if (days && equal_pair_) return true;
      return refuse("content", "one does not say what about");
    }
    const bool same_day = a_.form == TimeForm::day && b_.form == TimeForm::day && a_.first == b_.first;
    const std::size_t shared = count_shared(a_.words, b_.words);
    const bool weak = a_.weak_words || b_.weak_words;
    const std::size_t needed = std::min(smaller, weak ? std::size_t{3} : std::size_t{2});
    if (weak && a_.kind == "agree" && same_day && equal_pair_) return add("content", 0, "one does not say what about");
    // In fifths and twentieths, so that no machine rounds differently.
    if (shared < needed || shared * 20 < smaller * (weak ? 7 : 10)) return refuse("content", "about different matters");
    return add("content", static_cast<int>(20 * shared / smaller), "about the same matter");
  }

  const EventTraits& a_;
  const EventTraits& b_;
  bool explaining_;
  Match match_;
  bool equal_pair_ = false;  // the participants are the same, and enough to tell an event
  bool both_sides_ = false;  // the participants are the same on both sides, and named on both
  bool agreed_ = false;      // none of them contradicts, and both name enough
  bool persons_shared_ = false;
  bool persons_differ_ = false;
  bool place_equal_ = false;
};

// --- Standing keys of events -----------------------------------------------------------------------------------------

// What a node may be found by. The scopes follow the rules of agreement above: whoever can match stands under a common
// one. Where little else speaks for a match, the days must be near, so a popular pair or name is asked for a few days
// only; over the long windows of what is undated, a scope holds a place, a person or a word as well.
enum class Scope : std::uint8_t {
  pair,      // two participants, of mutual kinds; tight
  actor,     // of other kinds, tight
  target,    // likewise
  spot,      // a place alone, on one day
  sides,     // actor and target of a plan without a day, and of what happened on some day
  placed,    // a participant and the place or its state
  person,    // a person by the last word of the name
  word,      // a participant and a word of the matter
  timeless,  // as `placed`, of those without any time and for them
};

// How the days of a node lie: classes, and how far each reaches behind its first day.
using Reaches = std::array<int, 5>;  // of days, spans, what is undated and past, or future, and wide intervals
constexpr Reaches kTight = {0, kSpanDays, kTightPast, kTightPast + kTightFuture, kWideDays};
constexpr Reaches kLoose = {0, kSpanDays, kPastWindow, kTightPast + kFutureWindow, kWideDays};

std::size_t class_of(const EventTraits& node) {
  switch (node.form) {
    case TimeForm::day:
      return 0;
    case TimeForm::span:
      return 1;
    case TimeForm::undated:
      return node.future || node.off ? 3 : 2;
    case TimeForm::wide:
    case TimeForm::timeless:
      break;
  }
  return 4;
}

Days days_in(const EventTraits& node, bool tight) {
  if (!tight || node.form != TimeForm::undated) return {node.first, node.last};
  return tight_days(node);
}

struct ScopeKey {
  Scope scope;
  std::uint64_t hash;
};

// Things that are local to a page are compared by their last word, so they stand under it too.
std::string_view key_name(std::string_view id) { return begins(id, "state/") ? id : last_word(id); }

constexpr std::size_t kPairsOf = 4;  // of more participants only neighbours in the order are paired
constexpr std::size_t kWordsOf = 6;  // so many words of a matter are keys: those of the smallest hash
constexpr std::size_t kNamesOf = 6;  // so many participants, likewise of ids

std::vector<std::string_view> key_names(const Ids& ids) {
  std::vector<std::string_view> names;
  for (const std::string& id : ids) names.push_back(key_name(id));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() > kNamesOf) names.resize(kNamesOf);
  return names;
}

bool plans_without_a_day(const EventTraits& node) { return node.form == TimeForm::undated && node.future; }

class ScopesOf {
 public:
  explicit ScopesOf(const EventTraits& node)
      : node_(node),
        kind_(hash_of(family(node.kind))),
        actors_(key_names(node.actors)),
        targets_(key_names(node.targets)) {}

  std::vector<ScopeKey> all() {
    if (node_.form == TimeForm::timeless) {
      placed(Scope::timeless);
      return std::move(out_);
    }
    if (node_.form != TimeForm::wide) near();
    sides();
    placed(Scope::placed);
    for (const std::string& person : node_.persons) add(Scope::person, last_word(person));
    words();
    return std::move(out_);
  }
  // Those that a node with a time probes to find the timeless.
  std::vector<ScopeKey> timeless() {
    placed(Scope::timeless);
    return std::move(out_);
  }

 private:
  void add(Scope scope, std::string_view first, std::string_view second = {}) {
    out_.push_back({scope, mix(mix(mix(kind_, static_cast<std::uint64_t>(scope)), hash_of(first)), hash_of(second))});
  }
  void near() {
    if (is_mutual(node_.kind)) {
      const std::size_t reach = actors_.size() <= kPairsOf ? actors_.size() : 1;
      for (std::size_t i = 0; i < actors_.size(); ++i)
        for (std::size_t j = i + 1; j < actors_.size() && j <= i + reach; ++j) add(Scope::pair, actors_[i], actors_[j]);
      if (actors_.size() == 1 && one_of(node_.kind, kRare)) add(Scope::pair, actors_[0]);
    } else {
      for (const std::string_view one : actors_) add(Scope::actor, one);
      for (const std::string_view one : targets_) add(Scope::target, one);
    }
    if (!node_.place.empty() && node_.form == TimeForm::day) add(Scope::spot, node_.place);
  }
  void sides() {
    if (is_mutual(node_.kind) || !(node_.form <= TimeForm::span || plans_without_a_day(node_))) return;
    for (const std::string_view one : actors_)
      for (const std::string_view other : targets_) add(Scope::sides, one, other);
  }
  void placed(Scope scope) {
    if (node_.place.empty()) return;
    for (const auto* names : {&actors_, &targets_}) {
      for (const std::string_view one : *names) {
        add(scope, one, node_.place);
        if (!node_.place_state.empty() && node_.place_state != node_.place) add(scope, one, node_.place_state);
      }
    }
  }
  void words() {
    if (!is_verbal_act(node_.kind)) return;
    const std::size_t most = std::min(node_.words.size(), kWordsOf);
    for (const std::string_view one : actors_.empty() ? targets_ : actors_) {
      const std::uint64_t name = mix(mix(kind_, static_cast<std::uint64_t>(Scope::word)), hash_of(one));
      for (std::size_t i = 0; i < most; ++i) out_.push_back({Scope::word, mix(name, node_.words[i])});
    }
  }

  const EventTraits& node_;
  std::uint64_t kind_;
  std::vector<std::string_view> actors_, targets_;
  std::vector<ScopeKey> out_;
};

bool is_tight(Scope scope) { return scope <= Scope::spot; }

// Keys lie in the table by stretches of days, so that a record of years is asked in the corner of these months; the
// classes of one key lie next to each other there.
constexpr std::int32_t kStretch = 128;  // days
std::int32_t stretch_of(std::int32_t day) { return (day - (day < 0 ? kStretch - 1 : 0)) / kStretch; }
std::uint64_t placed_hash(std::uint64_t hash, std::int32_t stretch, std::size_t one) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(stretch) & 0xFFFFU) << 48 |
         (hash >> 16 & ~std::uint64_t{7}) | one;
}

// Whether the rules ask for no more than the parties, so that what is undated stands under a tight scope.
bool stands_undated(const EventTraits& node, Scope scope) {
  if (is_contact(node.kind)) return scope == Scope::pair;
  return one_of(node.kind, kRare) && (scope == Scope::pair || scope == Scope::actor);
}

// The classes in which a node's matches may stand under a tight scope.
bool asks(const EventTraits& node, Scope scope, std::size_t other) {
  if (scope == Scope::sides) return plans_without_a_day(node) ? other <= 1 : other == 3;
  if (!is_tight(scope)) return true;
  const bool undated = node.form == TimeForm::undated || other == 2 || other == 3;
  return other != 4 && (!undated || stands_undated(node, scope));
}

// Everything of class `other` under the key whose days may come near the node's.
void probe(const EventTraits& node, const ScopeKey& key, std::size_t other, std::vector<Probe>& out) {
  const bool tight = is_tight(key.scope);
  const int reach = (tight ? kTight : kLoose)[other];
  const bool both_undated = node.form == TimeForm::undated && (other == 2 || other == 3);
  const int slack = !tight ? kMoved : both_undated ? kUndatedPages : one_of(node.kind, kRare) ? 1 : 0;
  const Days days = days_in(node, tight);
  const std::int32_t first = days.first - reach - slack, last = days.last + slack;
  for (std::int32_t stretch = stretch_of(first); stretch <= stretch_of(last); ++stretch)
    out.push_back({placed_hash(key.hash, stretch, other), first, last});
}

}  // namespace

// Things known from before are told apart by their ids; one that is local to its page may be another's surname.
bool same_thing(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (!begins(a, "local/") && !begins(b, "local/")) return false;
  if (begins(a, "state/") || begins(b, "state/")) return false;
  const std::string_view word = last_word(a);
  return word.size() > 3 && word == last_word(b);
}

bool is_verbal_act(std::string_view kind) { return one_of(kind, kVerbal); }

bool says_what(const EventFact& event) {
  std::vector<std::uint32_t> names;
  for (const auto* slot : {&event.actors, &event.targets})
    for (const Named& one : *slot)
      for (const std::uint32_t word : content_words(one.name)) names.push_back(word);
  const std::vector<std::uint32_t> words = content_words(event.content);
  return std::count_if(words.begin(), words.end(), [&](std::uint32_t word) {
           return std::find(names.begin(), names.end(), word) == names.end();
         }) >= 2;
}

EventTraits event_traits(const Facts& facts, std::uint32_t position) {
  const EventFact& event = facts.events[position];
  EventTraits traits;
  traits.kind = event.kind;
  traits.future = event.status == "planned" || event.status == "proposed" || event.status == "conditional";
  traits.off = event.status == "cancelled";
  take_parties(facts, event, traits);
  take_place(facts, event, traits);
  take_date(facts, event, traits);
  take_words(event, traits);
  sort_and_unite(traits.actors);
  sort_and_unite(traits.targets);
  sort_and_unite(traits.persons);
  // What would not even be recognised by itself cannot be the same as another.
  // Only a plan of one side for the other may wait to be known again by what came of it.
  const bool may_come = plans_without_a_day(traits) && !is_mutual(traits.kind) && !traits.actors.empty() &&
                        !traits.targets.empty() && !is_verbal_act(traits.kind);
  if (!may_come && Judge(traits, traits, false).judge().score < 0) traits.salt = salt_of(facts, position);
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
  traits.off = in.flag();
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
  const bool undated = node.form == TimeForm::undated;
  for (const ScopeKey& one : ScopesOf(node).all()) {
    const bool tight = is_tight(one.scope);
    if (tight && undated && !stands_undated(node, one.scope)) continue;
    if (one.scope == Scope::timeless) {
      out.push_back({one.hash, 0});
    } else {
      const std::int32_t day = days_in(node, tight).first;
      out.push_back({placed_hash(one.hash, stretch_of(day), class_of(node)), day});
    }
  }
  if (node.form != TimeForm::timeless)  // for the timeless, who ask whenever it was
    for (const ScopeKey& one : ScopesOf(node).timeless()) out.push_back({mix(one.hash, 1), 0});
  return out;
}

std::vector<Probe> EventRule::probes(const Traits& node) {
  std::vector<Probe> out;
  if (!node.salt.empty()) return out;
  for (const ScopeKey& one : ScopesOf(node).all()) {
    if (one.scope == Scope::timeless) {
      out.push_back({one.hash, 0, 0});
      out.push_back({mix(one.hash, 1), 0, 0});
    } else {
      for (std::size_t other = 0; other < kTight.size(); ++other)
        if (asks(node, one.scope, other)) probe(node, one, other, out);
    }
  }
  if (node.form != TimeForm::timeless)
    for (const ScopeKey& one : ScopesOf(node).timeless()) out.push_back({one.hash, 0, 0});
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
  // Who says what an act is about comes before who only says that it was done, so that the latter joins one matter.
  const int matter = is_verbal_act(node.kind) && !node.weak_words ? 8 : 0;
  const int place = node.place.empty() ? 0 : node.place == node.place_state ? 2 : 3;
  return 2 * (kTime[static_cast<std::size_t>(node.form)] + place + parties + persons + matter) + (node.future ? 0 : 1);
}

// --- Statements ------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kShortWords = 6;  // shorter quotations must be equal word for word
constexpr std::size_t kShingle = 4;
constexpr std::size_t kWindow = 6;          // a common run of nine words makes two meet
constexpr std::size_t kAnybodysWords = 10;  // so many words are known again in another's mouth
constexpr std::size_t kLongShingle = 8;

bool has_speaker(const StatementTraits& one) { return !one.speakers.empty(); }

}  // namespace

std::string statement_signature(const Facts& facts, std::uint32_t position) {
  const StatementFact& statement = facts.statements[position];
  Ids speakers;
  for (const Named& one : statement.speakers) speakers.push_back(one.id);
  sort_and_unite(speakers);
  const std::vector<std::uint32_t> words = word_hashes(statement.text);
  std::string salt;
  if (words.size() < (speakers.empty() ? kAnybodysWords : kShortWords)) {
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

// Short ones meet by equal signatures alone. The keys of one speaker lie together, so that whoever speaks much today
// is looked up in one corner of the table.
std::vector<StandingKey> StatementRule::keys(const Traits& node) {
  std::vector<StandingKey> out;
  if (!node.salt.empty()) return out;
  const std::vector<std::uint64_t> marks = winnow(node.words, kShingle, kWindow);
  const auto under = [&](std::uint64_t name, std::uint64_t mark) {
    out.push_back({(name & 0xFFFFFF) << 40 | mark >> 24, 0});
  };
  for (const std::string& speaker : node.speakers) {
    const std::uint64_t name = hash_of(last_word(speaker));
    for (const std::uint64_t mark : marks) under(name, mark);
  }
  if (node.words.size() >= kAnybodysWords)
    for (const std::uint64_t mark : smallest_shingles(node.words, kLongShingle, 2)) under(mark >> 8, mark << 24);
  return out;
}

std::vector<Probe> StatementRule::probes(const Traits& node) {
  std::vector<Probe> out;
  for (const StandingKey& key : keys(node)) out.push_back({key.hash, 0, 0});
  return out;
}

// The same words in another's mouth, or in nobody's, must be nearly all the words of both.
int StatementRule::score(const Traits& a, const Traits& b) {
  if (!a.salt.empty() || !b.salt.empty()) return kNoMatch;
  const bool same_speaker = shared_things(a.speakers, b.speakers) > 0;
  const std::size_t smaller = std::min(a.sorted.size(), b.sorted.size());
  const std::size_t larger = std::max(a.sorted.size(), b.sorted.size());
  const std::size_t shared = count_shared(a.sorted, b.sorted);
  if (smaller == 0 || shared * 100 < smaller * 75) return kNoMatch;
  const int score = static_cast<int>(1000 * shared / smaller + std::min<std::size_t>(shared, 200));
  if (same_speaker) return 2000 + score;
  if (std::min(a.words.size(), b.words.size()) < kAnybodysWords) return kNoMatch;
  if (has_speaker(a) && has_speaker(b)) return shared * 100 < larger * 85 ? kNoMatch : score;
  return shared * 100 < smaller * 90 ? kNoMatch : 1000 + score;
}

// Who is named counts before how much is told.
int StatementRule::rank(const Traits& node) {
  return (has_speaker(node) ? 1 << 20 : 0) + static_cast<int>(std::min<std::size_t>(node.words.size(), 1 << 19));
}

// --- Texts -----------------------------------------------------------------------------------------------------------

namespace {

constexpr int kReprintDays = 10;         // a text is printed again within so many days
constexpr int kBucketDays = 32;          // keys lie together by the days of such a stretch
constexpr std::size_t kSketch = 160;     // shingles that are compared, about
constexpr std::size_t kLeastShared = 6;  // fewer in common prove nothing
constexpr std::size_t kLeastSketch = 6;  // smaller samples must be equal
constexpr std::size_t kLeastMarks = 16;
constexpr std::size_t kMostMarks = 64;
constexpr std::size_t kWordsAMark = 40;      // one mark more for each
constexpr std::size_t kFreeMarks = 4;        // marks by which pages without a day find those with one
constexpr std::size_t kLeastNarrative = 40;  // words outside quotation marks; of fewer, quotations count too
constexpr int kAlike = 43;                   // in a hundred shingles of the smaller sample; bench/record_reprints.py

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

// What stands between quotation marks (« », “ ”, " ") is left out: two stories of one matter quote the same words, and
// a reprint may leave them out. A mark that is not closed soon opens nothing.
std::string outside_quotations(const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kMarks = {
      {{"\u00AB", "\u00BB"}, {"\u201C", "\u201D"}, {"\"", "\""}}};
  constexpr std::size_t kLongest = 1500;    // bytes
  std::array<std::size_t, 3> closing = {};  // where the next closing mark stands, as far as is known
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '"' && text[at] != '\xC2' && text[at] != '\xE2') continue;  // the first bytes of the marks
    for (std::size_t i = 0; i < kMarks.size(); ++i) {
      const auto& [open, close] = kMarks[i];
      if (text.compare(at, open.size(), open) != 0) continue;
      if (closing[i] != std::string::npos && closing[i] <= at) closing[i] = text.find(close, at + open.size());
      if (closing[i] == std::string::npos || closing[i] > at + kLongest) continue;
      out.append(text, copied, at - copied);
      out += ' ';
      at = closing[i] + close.size() - 1;
      copied = at + 1;
      break;
    }
  }
  return out.append(text, copied);
}

std::vector<std::uint32_t> narrative_words(const Facts& facts) {
  const std::string article = article_text(facts);
  std::vector<std::uint32_t> words = word_hashes(outside_quotations(article));
  return words.size() < kLeastNarrative ? word_hashes(article) : words;
}

enum class TextKey : std::uint64_t { dated, free, undated };

// Three ranges of one table: dated pages by stretches of days, so that those of these days lie together; a few marks of
// dated pages without their day; pages without a day.
std::uint64_t text_key(TextKey which, std::int32_t bucket, std::uint32_t mark) {
  const std::uint64_t high =
      static_cast<std::uint64_t>(which) << 30 | (static_cast<std::uint32_t>(bucket) & 0x3FFFFFFFU);
  return high << 32 | mark;
}
std::int32_t bucket_of(std::int32_t day) { return (day - (day < 0 ? kBucketDays - 1 : 0)) / kBucketDays; }

}  // namespace

std::string text_signature(const Facts& facts) {
  const std::vector<std::uint32_t> words = narrative_words(facts);
  const auto page = published_days(facts);
  const bool dated = page && page->last - page->first < kSpanDays;
  const ShingleSample sketch = sample_shingles(words, 3, kSketch);
  std::vector<std::uint32_t> marks;
  for (const std::uint64_t mark :
       smallest_shingles(words, 4, std::min(kLeastMarks + words.size() / kWordsAMark, kMostMarks)))
    marks.push_back(static_cast<std::uint32_t>(mark >> 32) ^ static_cast<std::uint32_t>(mark));
  ByteWriter out;
  out.flag(dated);
  out.signed_number(dated ? page->last : 0);
  out.text(facts.document.id);
  out.number(sketch.rate);
  write_hashes(out, sketch.hashes);
  write_hashes(out, marks);
  return out.take();
}

TextTraits TextRule::decode(std::string_view signature) {
  ByteReader in(signature);
  TextTraits traits;
  traits.dated = in.flag();
  traits.day = static_cast<std::int32_t>(in.signed_number());
  traits.document = in.text();
  traits.rate = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(in.number()));
  traits.sketch = read_hashes<std::uint32_t>(in);
  traits.marks = read_hashes<std::uint32_t>(in);
  return traits;
}

std::vector<StandingKey> TextRule::keys(const Traits& node) {
  std::vector<StandingKey> out;
  for (std::size_t i = 0; i < node.marks.size(); ++i) {
    const std::uint32_t mark = node.marks[i];
    if (!node.dated) {
      out.push_back({text_key(TextKey::undated, 0, mark), 0});
      continue;
    }
    out.push_back({text_key(TextKey::dated, bucket_of(node.day), mark), node.day});
    if (i < kFreeMarks) out.push_back({text_key(TextKey::free, 0, mark), 0});
  }
  return out;
}

std::vector<Probe> TextRule::probes(const Traits& node) {
  std::vector<Probe> out;
  for (std::size_t i = 0; i < node.marks.size(); ++i) {
    const std::uint32_t mark = node.marks[i];
    if (node.dated) {
      const std::int32_t first = node.day - kReprintDays, last = node.day + kReprintDays;
      for (std::int32_t bucket = bucket_of(first); bucket <= bucket_of(last); ++bucket)
        out.push_back({text_key(TextKey::dated, bucket, mark), first, last});
      if (i < kFreeMarks) out.push_back({text_key(TextKey::undated, 0, mark), 0, 0});
    } else {
      out.push_back({text_key(TextKey::free, 0, mark), 0, 0});
      out.push_back({text_key(TextKey::undated, 0, mark), 0, 0});
    }
  }
  return out;
}

// The share of the smaller sample that the other has too, both at the coarser rate of the two.
int TextRule::score(const Traits& a, const Traits& b) {
  if (a.dated && b.dated && std::abs(a.day - b.day) > kReprintDays) return kNoMatch;
  const std::uint32_t below = std::numeric_limits<std::uint32_t>::max() / std::max(a.rate, b.rate);
  const auto size = [&](const Traits& one) {
    return static_cast<std::size_t>(std::upper_bound(one.sketch.begin(), one.sketch.end(), below) - one.sketch.begin());
  };
  const std::size_t smaller = std::min(size(a), size(b));
  if (smaller < kLeastSketch) return a.sketch == b.sketch && !a.sketch.empty() ? 1000 : kNoMatch;
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < size(a) && j < size(b);) {
    shared += a.sketch[i] == b.sketch[j] ? 1 : 0;
    const bool first = a.sketch[i] <= b.sketch[j];
    const bool second = b.sketch[j] <= a.sketch[i];
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
  if (shared < kLeastShared || shared * 100 < smaller * kAlike) return kNoMatch;
  return static_cast<int>(1000 * shared / smaller);
}

int TextRule::rank(const Traits& node) { return node.dated ? -node.day : std::numeric_limits<int>::min(); }

}  // namespace chancery
