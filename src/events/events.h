// What happened, is planned, proposed or denied, between whom, where and when: PLOVER events from the frames of the
// language pack (languages/<code>/frames.toml), one for each real-world happening that the page tells.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entities/entities.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/page.h"
#include "statements/statements.h"
#include "text/span.h"
#include "time/time.h"

namespace chancery {

// The kinds of record.md, in its order.
enum class EventKind : std::uint8_t {
  meet,
  call,
  negotiate,
  visit,
  mediate,
  agree,
  promise,
  propose,
  request,
  reject,
  accuse,
  threaten,
  sanction,
  lift_sanction,
  expel,
  recall,
  restrict_mission,
  restore_mission,
  appoint,
  exchange,
  release,
  detain,
  convict,
  deploy,
  attack,
  ceasefire,
  withdraw,
  aid,
  vote,
  protest,
  other_cooperate,
  other_conflict
};
inline constexpr int kEventKindCount = 32;
std::string_view name(EventKind kind);  // "restrict-mission"
std::optional<EventKind> event_kind_from(std::string_view name);

struct Plover {
  std::string_view type;  // "CONSULT"
  std::string_view mode;  // "third-party" or empty
};
Plover plover(EventKind kind);

enum class EventStatus : std::uint8_t { happened, ongoing, planned, proposed, conditional, denied, cancelled };
std::string_view name(EventStatus status);
std::optional<EventStatus> event_status_from(std::string_view name);

struct Event {
  EventKind kind = EventKind::meet;
  Span trigger;                  // the first mention's trigger
  std::vector<Span> mentions;    // triggers of all mentions, the first included, in text order
  std::vector<EntityId> actors;  // states, organisations, persons; plural entities are expanded
  std::vector<EntityId> targets;
  std::vector<EntityId> mediators;
  ThingId place;  // the narrowest place that the page names for it; none if it names none
  std::optional<Span> place_span;
  std::optional<Interval> date;
  std::optional<Span> date_span;
  std::optional<Interval> deadline;
  EventStatus status = EventStatus::happened;
  std::optional<Span> status_span;  // the words that decide the status, where words do
  std::vector<EntityId> attributed_to;
  std::uint32_t sentence = 0;   // of the first mention
  std::optional<Span> content;  // what a verbal act is about
  // The events that a verbal act is about, as indices into Events: « demander le retrait » is a demand and a
  // withdrawal.
  std::vector<std::uint32_t> about;
  std::uint32_t round = 0;  // which round of talks it is, where the page counts them; 0: it does not
  float confidence = 0;     // calibrated: that kind and actors are right
};

using Events = std::vector<Event>;  // in order of their first mention

class EventRules {
 public:
  static Result<EventRules> compile(const LanguagePack& pack);
  // The same from the text of a frames.toml. Fails with malformed, naming the line.
  static Result<EventRules> compile(std::string_view frames);
  EventRules(EventRules&&) noexcept;
  EventRules& operator=(EventRules&&) noexcept;
  ~EventRules();
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  EventRules();
  std::unique_ptr<Tables> tables_;
};

Events find_events(const Page& page, const Analysis& analysis, const Times& times, const Entities& entities,
                   const Statements& statements, const Knowledge& knowledge, const EventRules& rules);

}  // namespace chancery
