// Dates that fix a page's own day: in a line's words, in ISO 8601 values of metadata, in URLs. What a sentence of the
// article says about time is the time room's business; here only days count that the page prints about itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/cue_tables.h"

namespace chancery {

struct CalendarDate {
  int year = 0;
  int month = 0;  // 0: unknown
  int day = 0;    // 0: unknown

  std::string iso() const;  // "2022-01-21", "2022-01", "2022"
  bool is_day() const { return day != 0; }
};

// Whether such a day exists, in a year that a page of the web or a scanned archive may bear (1600 … 2199).
bool is_plausible(const CalendarDate& date);

// From the one to the other, both days; negative if `to` is earlier.
std::int64_t days_between(const CalendarDate& from, const CalendarDate& to);

struct DateInLine {
  CalendarDate date;
  std::size_t words = 0;  // how many words of the line it takes
};
// The full date that stands at line[at]: « 21 janvier 2022 », « vendredi 1er avril 2022 », "21/01/2022", "2022-01-21",
// "January 21, 2022". Nothing for a date without a year.
std::optional<DateInLine> date_at(std::string_view text, const std::vector<LineWord>& line, std::size_t at,
                                  const PageCues::Tables& tables);

// The date at the head of a metadata value: "2022-01-21T14:30:00+01:00", "2022-01-21", "20220121", "2022-01",
// "Fri, 21 Jan 2022 13:30:00 GMT", "2022/01/21".
std::optional<CalendarDate> date_from_value(std::string_view value);

// The date that a URL's path bears: /2022/01/21/, /2022-01-21-, _20220121; a month where only that stands.
std::optional<CalendarDate> date_from_url(std::string_view url);

}  // namespace chancery
