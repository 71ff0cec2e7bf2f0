// From what an expression says to what it means: values and intervals, counted from the page's day or from the last day
// that the narrative told.
#pragma once

#include <optional>
#include <vector>

#include "language/analysis.h"
#include "time/match.h"
#include "time/time.h"

namespace chancery::time_rules {

// What the verb beside an expression says about its direction.
enum class Direction : std::uint8_t { none, past, present, future };

// Resolves all expressions in text order. `page_day` is the day (or month, or year) of the page, if known. Pure.
std::vector<TimeMention> resolve(const std::vector<Found>& found, const Rules& rules, const Analysis& analysis,
                                 const std::optional<Interval>& page_day);

// The direction that the verbs around a span give it. Looks at a bounded number of words.
Direction direction_at(const Analysis& analysis, const Rules& rules, Span span);

// Whether the verb beside a span tells it as something that happened, or as something to come; none where neither is
// sure: « devait », « se tiendrait », « prévu ».
enum class Telling : std::uint8_t { none, told, foretold };
Telling telling_at(const Analysis& analysis, const Rules& rules, Span span);

// Whether the first verb of the sentence that holds the span tells the past.
bool tells_past(const Analysis& analysis, const Rules& rules, Span span);

// The day that a feast counted from Easter falls on, in the Gregorian calendar.
std::optional<Day> easter(int year);

}  // namespace chancery::time_rules
