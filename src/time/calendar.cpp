// Days and intervals: civil dates to day numbers and back, ISO 8601 values to the days that they cover. The day numbers
// are those of the proleptic Gregorian calendar; the arithmetic shifts the year to begin in March, so that the leap
// day is its last day and every 400 years have the same number of days.
#include <array>
#include <charconv>

#include "time/time.h"

namespace chancery {
namespace {

constexpr int kDaysPerEra = 146097;       // 400 years
constexpr int kDaysBeforeEpoch = 719468;  // from 0000-03-01 to 1970-01-01
constexpr int kFirstYear = -9999;
constexpr int kLastYear = 9999;

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::int32_t day_number(int year, int month, int day) {
  const int shifted_year = month <= 2 ? year - 1 : year;
  const int era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  const int year_of_era = shifted_year - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysBeforeEpoch;
}

// All of `text` as an unsigned decimal number.
std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string padded(int value, std::size_t width) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return value < 0 ? "-" + digits : digits;
}

Interval days(Day start, Day end, Granularity granularity) { return Interval{start, end, granularity}; }

// Month `first` to month `last` of one year, whole.
std::optional<Interval> months(int year, int first, int last, Granularity granularity) {
  const auto start = Day::from_civil(year, first, 1);
  const auto end = Day::from_civil(year, last, days_in_month(year, last));
  if (!start || !end) return std::nullopt;
  return days(*start, *end, granularity);
}

// The Monday of ISO week 1: the week that holds 4 January.
Day first_monday(int year) {
  const Day fourth{day_number(year, 1, 4)};
  return Day{fourth.value - (fourth.weekday() - 1)};
}

std::optional<Interval> iso_week(int year, int week) {
  if (week < 1) return std::nullopt;
  const Day start{first_monday(year).value + 7 * (week - 1)};
  if (start >= first_monday(year + 1)) return std::nullopt;
  return days(start, Day{start.value + 6}, Granularity::week);
}

// Meteorological seasons, as TIMEX3 names them; winter is named after the year in which it begins.
std::optional<Interval> season(int year, std::string_view code) {
  if (code == "SP") return months(year, 3, 5, Granularity::season);
  if (code == "SU") return months(year, 6, 8, Granularity::season);
  if (code == "FA") return months(year, 9, 11, Granularity::season);
  if (code != "WI") return std::nullopt;
  const auto start = Day::from_civil(year, 12, 1);
  const auto end = Day::from_civil(year + 1, 2, days_in_month(year + 1, 2));
  if (!start || !end) return std::nullopt;
  return days(*start, *end, Granularity::season);
}

// What follows "YYYY-": a month, a quarter, a half, a season or a week.
std::optional<Interval> part_of_year(int year, std::string_view part) {
  if (part.size() == 2 && part[0] == 'Q') {
    const int quarter = part[1] - '0';
    if (quarter < 1 || quarter > 4) return std::nullopt;
    return months(year, 3 * quarter - 2, 3 * quarter, Granularity::quarter);
  }
  if (part == "H1") return months(year, 1, 6, Granularity::half_year);
  if (part == "H2") return months(year, 7, 12, Granularity::half_year);
  if (part.size() == 3 && part[0] == 'W') {
    const auto week = number(part.substr(1));
    return week ? iso_week(year, *week) : std::nullopt;
  }
  if (part.size() != 2) return std::nullopt;
  if (const auto month = number(part)) {
    if (*month < 1 || *month > 12) return std::nullopt;
    return months(year, *month, *month, Granularity::month);
  }
  return season(year, part);
}

}  // namespace

std::optional<Day> Day::from_civil(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > days_in_month(year, month)) return std::nullopt;
  return Day{day_number(year, month, day)};
}

Day::Civil Day::civil() const {
  const int shifted = value + kDaysBeforeEpoch;
  const int era = (shifted >= 0 ? shifted : shifted - (kDaysPerEra - 1)) / kDaysPerEra;
  const int day_of_era = shifted - era * kDaysPerEra;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return Civil{year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

int Day::weekday() const {
  const int since_monday = (value + 3) % 7;  // 1970-01-01 was a Thursday
  return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

std::string Day::iso() const {
  const Civil date = civil();
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

std::optional<Day> Day::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = number(iso.substr(0, 4));
  const auto month = number(iso.substr(5, 2));
  const auto day = number(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return from_civil(*year, *month, *day);
}

bool Interval::overlaps(const Interval& other) const {
  const bool begins_after = start && other.end && *start > *other.end;
  const bool ends_before = end && other.start && *end < *other.start;
  return !begins_after && !ends_before;
}

Interval interval_of(Day day) { return Interval{day, day, Granularity::day}; }

std::optional<Interval> interval_from_iso(std::string_view value) {
  // A clock time or a part of the day means its day here.
  if (value.size() > 11 && value[10] == 'T') value = value.substr(0, 10);
  if (value.size() == 10) {
    const auto day = Day::parse(value);
    if (!day) return std::nullopt;
    return interval_of(*day);
  }
  if (value.size() == 2 || value.size() == 3) {  // a century, a decade
    const auto digits = number(value);
    if (!digits) return std::nullopt;
    const int years = value.size() == 2 ? 100 : 10;
    const auto start = Day::from_civil(*digits * years, 1, 1);
    const auto end = Day::from_civil(*digits * years + years - 1, 12, 31);
    if (!start || !end) return std::nullopt;
    return days(*start, *end, years == 10 ? Granularity::decade : Granularity::other);
  }
  if (value.size() < 4) return std::nullopt;
  const auto year = number(value.substr(0, 4));
  if (!year) return std::nullopt;
  if (value.size() == 4) return months(*year, 1, 12, Granularity::year);
  if (value[4] != '-') return std::nullopt;
  return part_of_year(*year, value.substr(5));
}

}  // namespace chancery
