// The day of a page that no metadata dates: what its own text fixes, or nothing.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "language/analysis.h"
#include "time/match.h"

namespace chancery::time_rules {

struct PageDay {
  std::optional<PageDate> published;  // as precise as it is sure: a day, a month or a year
  std::optional<Interval> days;  // the days that the text leaves open, where they are few; else those of `published`
  float confidence = 0;          // in `published`, 0 … 1
};

// Never a guess: a day that two readings of the text contradict is not given. `within`, if not empty, are intervals, in
// order and disjoint, one of which holds the page's day by facts from outside the page. Pure.
PageDay infer_page_day(const std::vector<Found>& found, const Rules& rules, const Page& page, const Analysis& analysis,
                       std::span<const Interval> within);

}  // namespace chancery::time_rules
