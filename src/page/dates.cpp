// Digits are read by hand and in bounds; a date is taken only if the calendar has it.
#include "page/dates.h"

#include <array>
#include <cstdio>

#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::array<int, 12> kDaysOfMonth = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// The number of `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_ascii_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::size_t digit_run(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  return end - at;
}

// The number that a word is or begins with (« 1er », "21st"), if of one to four digits; -1 otherwise.
int leading_number(std::string_view word) {
  const std::size_t run = digit_run(word, 0);
  if (run == 0 || run > 4 || word.size() > run + 4) return -1;
  return digits(word, 0, run);
}

std::optional<CalendarDate> checked(int year, int month, int day) {
  const CalendarDate date{year, month, day};
  if (month == 0 || !is_plausible(date)) return std::nullopt;
  return date;
}

int full_year(int year, std::size_t written_digits) {
  if (written_digits == 4) return year;
  if (written_digits != 2) return -1;
  return year < 70 ? 2000 + year : 1900 + year;
}

class LineDates {
 public:
  LineDates(std::string_view text, const std::vector<LineWord>& line, const PageCues::Tables& tables)
      : text_(text), line_(line), tables_(tables) {}

  std::optional<DateInLine> at(std::size_t first) const {
    if (auto found = without_weekday(first)) return found;
    // « mar » may be a weekday or a month, so a weekday is passed over only where no date begins.
    if (!has(first) || (tables_.classes(line_[first]) & kWeekday) == 0) return std::nullopt;
    auto found = without_weekday(first + 1);
    if (found) ++found->words;
    return found;
  }

 private:
  std::optional<DateInLine> without_weekday(std::size_t at) const {
    if (!has(at)) return std::nullopt;
    for (const auto read : {&LineDates::day_month_year, &LineDates::month_day_year, &LineDates::figures})
      if (auto found = (this->*read)(at)) return found;
    return std::nullopt;
  }
  bool has(std::size_t at) const { return at < line_.size(); }
  std::string_view word(std::size_t at) const { return text_.substr(line_[at].span.begin, line_[at].span.size()); }
  int number(std::size_t at) const { return has(at) ? leading_number(word(at)) : -1; }
  int month(std::size_t at) const { return has(at) ? tables_.month(line_[at]) : 0; }
  bool is_year(std::size_t at) const { return has(at) && line_[at].number && word(at).size() == 4; }
  bool is_short_word(std::size_t at) const { return has(at) && word(at).size() <= 3 && !line_[at].number; }
  std::string_view between(std::size_t at) const {
    return text_.substr(line_[at].span.end, line_[at + 1].span.begin - line_[at].span.end);
  }

  // « 12. 3. 2019 »
  static std::string_view unspaced(std::string_view gap) {
    return gap.size() == 2 && gap == ". " ? gap.substr(0, 1) : gap;
  }

  std::optional<DateInLine> day_month_year(std::size_t at) const {
    const int day = number(at);
    if (day < 1 || day > 31) return std::nullopt;
    // « 21 de enero de 2022 »: a word of two letters may stand between the parts.
    const std::size_t name = at + 1 + static_cast<std::size_t>(month(at + 1) == 0 && is_short_word(at + 1));
    if (month(name) == 0) return std::nullopt;
    const std::size_t year = name + 1 + static_cast<std::size_t>(!is_year(name + 1) && is_short_word(name + 1));
    if (!is_year(year)) return std::nullopt;
    const auto date = checked(number(year), month(name), day);
    return date ? std::optional(DateInLine{*date, year + 1 - at}) : std::nullopt;
  }

  std::optional<DateInLine> month_day_year(std::size_t at) const {
    const int day = number(at + 1);
    if (month(at) == 0 || day < 1 || day > 31 || !is_year(at + 2)) return std::nullopt;
    const auto date = checked(number(at + 2), month(at), day);
    return date ? std::optional(DateInLine{*date, 3}) : std::nullopt;
  }

  // 21/01/2022, 21.01.22, 2022-01-21: three numbers with one and the same separator.
  std::optional<DateInLine> figures(std::size_t at) const {
    if (!has(at + 2) || !line_[at].number || !line_[at + 1].number) return std::nullopt;
    const std::string_view separator = unspaced(between(at));
    if (separator != unspaced(between(at + 1)) || (separator != "/" && separator != "." && separator != "-"))
      return std::nullopt;
    const int a = number(at), b = number(at + 1), c = number(at + 2);
    if (a < 0 || b < 0 || c < 0) return std::nullopt;
    std::optional<CalendarDate> date;
    if (word(at).size() == 4)
      date = checked(a, b, c);
    else {
      const int year = full_year(c, digit_run(word(at + 2), 0));
      date = tables_.day_first ? checked(year, b, a) : checked(year, a, b);
      if (!date) date = tables_.day_first ? checked(year, a, b) : checked(year, b, a);
    }
    return date && date->day != 0 ? std::optional(DateInLine{*date, 3}) : std::nullopt;
  }

  std::string_view text_;
  const std::vector<LineWord>& line_;
  const PageCues::Tables& tables_;
};

// English month names of RFC 822 dates, which are no matter of the page's language.
int rfc822_month(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  if (name.size() < 3) return 0;
  std::string low;
  for (const char c : name.substr(0, 3)) low += static_cast<char>(c | 0x20);
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == low) return static_cast<int>(i) + 1;
  return 0;
}

// "Fri, 21 Jan 2022 …", "21 January 2022", "January 21, 2022", "Jan 21, 2022 2:30 PM".
std::optional<CalendarDate> date_with_month_name(std::string_view value) {
  value = value.substr(0, 64);
  int month = 0, day = 0, year = 0;
  for (std::size_t at = 0; at < value.size();) {
    const char c = value[at];
    if (is_ascii_digit(c)) {
      const std::size_t run = digit_run(value, at);
      const bool clock = at + run < value.size() && value[at + run] == ':';
      if (run == 4 && year == 0 && !clock)
        year = digits(value, at, 4);
      else if (run <= 2 && day == 0 && !clock)
        day = digits(value, at, run);
      at += run;
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
      std::size_t end = at;
      while (end < value.size() && (value[end] | 0x20) >= 'a' && (value[end] | 0x20) <= 'z') ++end;
      if (month == 0) month = rfc822_month(value.substr(at, end - at));
      at = end;
    } else {
      ++at;
    }
  }
  return month != 0 && day != 0 && year != 0 ? checked(year, month, day) : std::nullopt;
}

bool is_separator(char c) { return c == '-' || c == '/' || c == '_' || c == '.'; }

bool is_web_year(int year) { return year >= 1985 && year <= 2199; }

// yyyy?mm?dd at `at`, with one separator or none between its parts.
std::optional<CalendarDate> url_day_at(std::string_view url, std::size_t at) {
  const int year = digits(url, at, 4);
  if (!is_web_year(year)) return std::nullopt;
  std::size_t next = at + 4;
  const bool separated = next < url.size() && is_separator(url[next]);
  if (separated) ++next;
  std::size_t run = digit_run(url, next);
  if (separated ? run < 1 || run > 2 : run != 4) return std::nullopt;
  const std::size_t month_digits = separated ? run : 2;
  const int month = digits(url, next, month_digits);
  next += month_digits;
  if (separated) {
    if (next >= url.size() || !is_separator(url[next])) return std::nullopt;
    ++next;
    run = digit_run(url, next);
    if (run < 1 || run > 2) return std::nullopt;
    // /2023/10/3-raisons is October, and three reasons.
    if (run == 1 && next + 1 < url.size() && url[next + 1] != '/') return std::nullopt;
    return checked(year, month, digits(url, next, run));
  }
  return checked(year, month, digits(url, next, 2));
}

// dd-mm-yyyy at `at`, where the first number cannot be a month or the order is the usual one of such addresses.
std::optional<CalendarDate> url_day_first_at(std::string_view url, std::size_t at) {
  const int day = digits(url, at, 2), month = digits(url, at + 3, 2), year = digits(url, at + 6, 4);
  if (day < 0 || month < 0 || !is_web_year(year) || digit_run(url, at + 6) != 4) return std::nullopt;
  if (!is_separator(url[at + 2]) || url[at + 5] != url[at + 2] || url[at + 2] == '/') return std::nullopt;
  return checked(year, month, day);
}

std::optional<CalendarDate> url_month_at(std::string_view url, std::size_t at) {
  const int year = digits(url, at, 4);
  if (!is_web_year(year) || at + 7 >= url.size() || url[at + 4] != '/' || url[at + 7] != '/') return std::nullopt;
  return checked(year, digits(url, at + 5, 2), 0);
}

std::string_view path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t path = url.find('/', scheme + 3);
  if (path == std::string_view::npos) return {};
  return url.substr(path, url.find_first_of("?#", path) - path).substr(0, 2048);
}

}  // namespace

std::string CalendarDate::iso() const {
  char out[16];
  if (day != 0)
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
  else if (month != 0)
    std::snprintf(out, sizeof out, "%04d-%02d", year, month);
  else
    std::snprintf(out, sizeof out, "%04d", year);
  return out;
}

bool is_plausible(const CalendarDate& date) {
  if (date.year < 1600 || date.year > 2199 || date.month < 0 || date.month > 12 || date.day < 0) return false;
  if (date.month == 0) return date.day == 0;
  if (date.day > kDaysOfMonth[static_cast<std::size_t>(date.month - 1)]) return false;
  const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return !(date.month == 2 && date.day == 29 && !leap);
}

namespace {

// Days in the proleptic Gregorian calendar, from a March-based year.
std::int64_t days_from_civil(const CalendarDate& date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = year / 400, of_era = year % 400;
  const std::int64_t of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

}  // namespace

std::int64_t days_between(const CalendarDate& from, const CalendarDate& to) {
  return days_from_civil(to) - days_from_civil(from);
}

std::optional<DateInLine> date_at(std::string_view text, const std::vector<LineWord>& line, std::size_t at,
                                  const PageCues::Tables& tables) {
  return LineDates(text, line, tables).at(at);
}

std::optional<CalendarDate> date_from_value(std::string_view value) {
  while (!value.empty() && (value.front() == ' ' || value.front() == '\n' || value.front() == '\t'))
    value.remove_prefix(1);
  const std::size_t run = digit_run(value, 0);
  if (run == 8 || run == 14) return checked(digits(value, 0, 4), digits(value, 4, 2), digits(value, 6, 2));
  if (run == 4 && value.size() > 4 && is_separator(value[4])) {
    const std::size_t month_run = digit_run(value, 5);
    if (month_run == 0 || month_run > 2) return std::nullopt;
    const int month = digits(value, 5, month_run);
    const std::size_t next = 5 + month_run;
    if (next >= value.size() || value[next] != value[4]) return checked(digits(value, 0, 4), month, 0);
    const std::size_t day_run = digit_run(value, next + 1);
    if (day_run == 0 || day_run > 2) return std::nullopt;
    return checked(digits(value, 0, 4), month, digits(value, next + 1, day_run));
  }
  return date_with_month_name(value);
}

std::optional<CalendarDate> date_from_url(std::string_view url) {
  const std::string_view path = path_of(url);
  std::optional<CalendarDate> month;
  for (std::size_t at = 1; at + 4 <= path.size(); ++at) {
    if (!is_ascii_digit(path[at]) || is_ascii_digit(path[at - 1])) continue;
    if (const auto day = url_day_at(path, at)) return day;
    if (const auto day = url_day_first_at(path, at)) return day;
    if (!month && path[at - 1] == '/') month = url_month_at(path, at);
  }
  return month;
}

}  // namespace chancery
