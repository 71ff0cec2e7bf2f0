// The day of a page that no metadata dates: what its own text fixes, or nothing.
#pragma once

#include <optional>
#include <vector>

#include "language/analysis.h"
#include "time/match.h"

namespace chancery::time_rules {

// Never a guess: a day that two readings of the text contradict is not given. Pure.
std::optional<PageDate> infer_page_date(const std::vector<Found>& found, const Rules& rules, const Page& page,
                                        const Analysis& analysis);

}  // namespace chancery::time_rules
