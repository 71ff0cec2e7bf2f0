// When: the temporal expressions of a page as TIMEX3 (ISO-TimeML), each resolved to an interval of days, and the day
// of the page itself where its text fixes it.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/page.h"
#include "text/span.h"

namespace chancery {

// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
struct Day {
  std::int32_t value = 0;

  static std::optional<Day> from_civil(int year, int month, int day);  // nullopt if there is no such day
  struct Civil {
    int year, month, day;  // month and day from 1
  };
  Civil civil() const;
  int weekday() const;                                    // 1 Monday … 7 Sunday, as ISO 8601
  std::string iso() const;                                // "2025-02-18"
  static std::optional<Day> parse(std::string_view iso);  // "2025-02-18" only
  friend constexpr auto operator<=>(Day, Day) = default;
};

enum class Granularity : std::uint8_t { day, week, month, quarter, half_year, season, year, decade, other };

// Days [start, end], both included. A missing side is open and says so.
struct Interval {
  std::optional<Day> start;
  std::optional<Day> end;
  Granularity granularity = Granularity::day;

  bool known() const { return start || end; }
  bool is_day() const { return start && end && *start == *end; }
  // Open sides reach for ever; an interval unknown on both sides overlaps all.
  bool overlaps(const Interval& other) const;
  friend bool operator==(const Interval&, const Interval&) = default;
};
Interval interval_of(Day day);
// "2025", "2025-02", "2025-02-18" (and weeks "2025-W07", quarters "2025-Q1") to an interval; nullopt if it is none.
std::optional<Interval> interval_from_iso(std::string_view value);

enum class TimexType : std::uint8_t { date, time, duration, set };

// What the word before an expression makes of it: « depuis 2022 » begins then and stays open, « jusqu'à mardi » and
// « d'ici à mardi » end then, « avant mardi » ends before.
enum class Bound : std::uint8_t { none, since, until, before };

struct TimeMention {
  Span span;
  TimexType type = TimexType::date;
  std::string value;                 // TIMEX3 value, "2025-02-18", "P3D", "XXXX-XX-XX" where nothing fixes it
  std::string mod;                   // TIMEX3 mod (START, END, APPROX …), empty if none
  std::optional<Interval> interval;  // what the value means in days; none for sets and unresolved dates. A duration
                                     // that leads to a day (« il y a trois jours », « dans deux ans ») has that day's
  std::optional<Interval> range;  // of « du 3 au 5 juin »: on both mentions, from the first's start to the last's end
  Bound bound = Bound::none;
  std::uint32_t sentence = 0;  // index into Analysis::sentences
  bool relative = false;       // resolved against the page's day or the narrative, not by itself
};

struct Times {
  std::vector<TimeMention> mentions;  // in text order, disjoint
  std::optional<PageDate> published;  // Page::published if it has one, else inferred, else none: never a guess
  // The same as an interval; narrower where the text leaves few days of a month or year (« ont signé mercredi 31
  // juillet »: that day or the next).
  std::optional<Interval> day;
  float confidence = 0;  // in `published` where the text gave it, 0 … 1: by the kind of clue, a cautious estimate
};

// The compiled time rules of one pack (languages/<code>/time.txt, whose notation docs/time.md specifies). Immutable,
// shareable between threads.
class TimeRules {
 public:
  static Result<TimeRules> compile(const LanguagePack& pack);
  // The same from the text of the rules; fails with malformed, naming the line.
  static Result<TimeRules> compile(std::string_view source);
  TimeRules(TimeRules&&) noexcept;
  TimeRules& operator=(TimeRules&&) noexcept;
  ~TimeRules();
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  TimeRules();
  std::unique_ptr<Tables> tables_;
};

// Linear in the length of the page. `within`, if not empty, are intervals, in order and disjoint, one of which holds
// the day of a page that nothing dates: what facts from outside the page say of it, the tenures of those whom it calls
// by their offices. Pure.
Times find_times(const Page& page, const Analysis& analysis, const TimeRules& rules,
                 std::span<const Interval> within = {});

}  // namespace chancery
