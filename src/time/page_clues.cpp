// The order matters: years said outright first, then the weekdays that choose a year within them, then the days that
// take their year from those.
#include "time/page_clues.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace chancery::time_rules {
namespace {

constexpr std::uint32_t kLeadBlocks = 8;    // paragraphs (and captions, and the title) that count as the page's head
constexpr std::uint32_t kLeadBytes = 2500;  // of article text before the paragraph
constexpr std::uint32_t kLedeBlocks = 2;    // title and first paragraph
constexpr std::uint32_t kTopBlocks = 4;     // title, standfirst, first paragraphs
constexpr std::size_t kMostExpressions = 1000;  // that are weighed
constexpr int kNearDays = 70;                   // between a year-less date and the whole date that lends it the year
constexpr int kYear = 365;                      // a year-less date lies nearer than this
constexpr int kOwnDays = 2;                     // « avant-hier, mardi 3 mars » lies no farther
constexpr int kWeekdayDays = 13;       // a past date with its weekday and without its year lies nearer than this
constexpr int kNarrowDays = 300;       // a window in which a day and month are one day
constexpr int kSlackDays = 200;        // how far a year-less date may lie outside such a window
constexpr int kYearsAhead = 4;         // of the latest year told in which the page may stand
constexpr int kYearsBefore = 2;        // of a day foretold, likewise
constexpr int kMostYears = 60;         // that a weekday chooses from
constexpr int kExactYears = 9;         // « il y a sept ans » is exact, « il y a dix ans » may be round
constexpr std::uint32_t kPairGap = 9;  // bytes between « l'an dernier » and « 2011 »: « , en », « ( »
constexpr int kToldWithin = 3;         // days from the latest date told to a bare weekday of the same story

std::int32_t code(Code value) { return static_cast<std::int32_t>(value); }

}  // namespace

PageClues::PageClues(const std::vector<Found>& found, const Rules& rules, const Page& page, const Analysis& analysis,
                     std::span<const Interval> within)
    : found_(found), rules_(rules), analysis_(analysis), within_(within) {
  std::uint32_t count = 0;
  std::uint32_t bytes = 0;
  for (std::uint32_t i = 0; i < page.blocks.size(); ++i) {
    if (page.blocks[i].kind == BlockKind::boilerplate) continue;
    places_.resize(i + 1, Place{kLeadBlocks, kLeadBytes});
    places_[i] = Place{count++, bytes};
    bytes += page.blocks[i].span.size();
  }
  limit_ = std::min(found.size(), kMostExpressions);
  if (!within_.empty()) {
    least_ = within_.front().start;
    most_ = within_.back().end;
  }
  mark();
  bound_by_years();
  bound_by_pairs();
  year_of_weekdays();
  note_latest();
  bound_by_days();
  complete_by_window();
}

bool PageClues::is_day(const Found& one) {
  return (one.kind == ActionKind::date || one.kind == ActionKind::time) && one.has(Field::day) &&
         one.has(Field::month) && !one.has(Field::generic) && !one.has(Field::shift);
}

std::optional<Day> PageClues::whole_date(const Found& one) {
  if (!is_day(one) || !one.has(Field::year)) return std::nullopt;
  return Day::from_civil(one[Field::year], one[Field::month], one[Field::day]);
}

bool PageClues::is_yearless(const Found& one) const {
  return is_day(one) && !one.has(Field::year) && !one.has(Field::short_year);
}

void PageClues::mark() {
  speaks_of_its_day_ =
      std::any_of(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(limit_), is_of_page_day);
  marks_.resize(limit_);
  for (std::size_t i = 0; i < limit_; ++i) {
    const Found& one = found_[i];
    if (one.kind != ActionKind::date && one.kind != ActionKind::time) continue;
    if (!one.has(Field::year) && !one.has(Field::month) && !one.has(Field::weekday)) continue;
    marks_[i].telling = telling_at(analysis_, rules_, one.span);
    if (one.has(Field::direction) && one[Field::direction] != code(Code::nearest))
      marks_[i].ahead = one[Field::direction] == code(Code::future);
    else
      marks_[i].ahead = one.future_cue || direction_at(analysis_, rules_, one.span) == Direction::future;
    if (marks_[i].ahead && marks_[i].telling == Telling::told) marks_[i].telling = Telling::none;
  }
}

// The days that a whole date, a month or a year said outright covers.
std::optional<Interval> PageClues::absolute(const Found& one) {
  if (one.kind != ActionKind::date || !one.has(Field::year) || one.has(Field::shift)) return std::nullopt;
  const int year = one[Field::year];
  if (one.has(Field::day) || one.has(Field::month)) {
    if (!one.has(Field::month)) return std::nullopt;
    if (!one.has(Field::day)) return interval_from_iso(fmt::format("{:04}-{:02}", year, one[Field::month]));
    const auto day = Day::from_civil(year, one[Field::month], one[Field::day]);
    if (!day) return std::nullopt;
    return interval_of(*day);
  }
  if (one.has(Field::quarter)) return interval_from_iso(fmt::format("{:04}-Q{}", year, one[Field::quarter]));
  if (one.has(Field::half)) return interval_from_iso(fmt::format("{:04}-H{}", year, one[Field::half]));
  return interval_from_iso(fmt::format("{:04}", year));
}

void PageClues::not_before(Day day, std::size_t by) {
  if (least_ && *least_ >= day) return;
  least_ = day;
  least_is_told_ = true;
  evidence_ = found_[by].span;
}
void PageClues::not_after(Day day, std::size_t by) {
  // What is foretold of a day that another sentence tells as past was foretold in a story.
  if ((most_ && *most_ <= day) || (least_ && *least_ > day)) return;
  most_ = day;
  evidence_ = found_[by].span;
}

void PageClues::bound_by_years() {
  for (std::size_t i = 0; i < limit_; ++i) {
    const Found& one = found_[i];
    const auto days = absolute(one);
    if (!days) continue;
    if (!marks_[i].ahead && (!latest_year_ || one[Field::year] > *latest_year_)) latest_year_ = one[Field::year];
    if (days->is_day()) whole_.push_back(Dated{*days->start, i});
    if (marks_[i].telling == Telling::told) not_before(*days->start, i);
  }
  // « La décision sera rendue le 22 janvier 1973 » is how a history tells what came after; only of a page that those in
  // office bound is what is foretold still to come. There a year to come is not the page's own.
  for (std::size_t i = 0; i < limit_ && !within_.empty(); ++i) {
    const auto days = absolute(found_[i]);
    if (!days || marks_[i].telling != Telling::foretold) continue;
    not_after(found_[i].has(Field::month) ? *days->end : Day{days->start->value - 1}, i);
  }
  std::sort(whole_.begin(), whole_.end(), [](const Dated& a, const Dated& b) { return a.day < b.day; });
}

// « L'an dernier, en 2011 », « il y a sept ans (2005) », « cette année 2012 »: the page's year.
std::optional<int> PageClues::year_by_pair(const Found& relative, const Found& other) const {
  if (!absolute(other) || relative.has(Field::year)) return std::nullopt;
  if (relative.has(Field::anchor) || relative.has(Field::range) || relative.has(Field::mod)) return std::nullopt;
  if (relative[Field::unit] != code(Code::year)) return std::nullopt;
  const int year = other[Field::year];
  if (relative.kind == ActionKind::date && relative.has(Field::shift)) return year - relative[Field::shift];
  if (relative.kind != ActionKind::duration || !relative.has(Field::back) || !relative.has(Field::amount))
    return std::nullopt;
  const int amount = relative[Field::amount];
  if (amount <= 0 || amount % 1000 != 0 || amount / 1000 > kExactYears) return std::nullopt;
  return year - relative[Field::back] * (amount / 1000);
}

void PageClues::bound_by_pairs() {
  for (std::size_t i = 0; i < limit_; ++i) {
    std::optional<Interval> days;
    const Found& one = found_[i];
    if (one.has(Field::anchor) && one[Field::anchor] == code(Code::page) && !one.has(Field::day) &&
        marks_[i].telling != Telling::told)
      days = absolute(one);
    if (!days && i + 1 < limit_ && found_[i + 1].block == one.block &&
        found_[i + 1].span.begin - one.span.end <= kPairGap) {
      auto year = year_by_pair(one, found_[i + 1]);
      if (!year) year = year_by_pair(found_[i + 1], one);
      if (year) days = interval_from_iso(fmt::format("{:04}", *year));
    }
    if (!days || (least_ && *days->end < *least_) || (most_ && *days->start > *most_)) continue;
    not_before(*days->start, i);
    not_after(*days->end, i);
  }
}

bool PageClues::may_stand_on(const Interval& days) const {
  return within_.empty() ||
         std::any_of(within_.begin(), within_.end(), [&](const Interval& one) { return one.overlaps(days); });
}

// Whether the page may tell this day as it does, by what bounds the page's own.
bool PageClues::may_be(std::size_t i, Day day) const {
  const bool ahead = marks_[i].telling == Telling::foretold;
  const bool told = marks_[i].telling == Telling::told;
  // « Ce mardi 18 février » is the page's own day, « hier, le 9 juin » the one before.
  const bool own = found_[i].has(Field::anchor) || found_[i].has(Field::back);
  const int before = own ? kOwnDays : (ahead ? 0 : kYear);
  const int behind = own ? kOwnDays : (told ? 0 : kYear);
  if (within_.empty()) {
    if (least_ && day.value < least_->value - before) return false;
    return !most_ || day.value <= most_->value + behind;
  }
  if (least_ && day.value < least_->value - before) return false;
  if (most_ && day.value > most_->value + behind) return false;
  return std::any_of(within_.begin(), within_.end(), [&](const Interval& one) {
    return (!one.start || day.value >= one.start->value - before) && (!one.end || day.value <= one.end->value + behind);
  });
}

// The years in which all the dates fall on their weekdays.
std::vector<int> PageClues::years_that_fit(const std::vector<std::size_t>& dates, int first, int last) const {
  std::vector<int> years;
  for (int year = first; year <= last; ++year) {
    const bool fits = std::all_of(dates.begin(), dates.end(), [&](std::size_t i) {
      const auto day = Day::from_civil(year, found_[i][Field::month], found_[i][Field::day]);
      return day && weekday_fits(found_[i], *day) && may_be(i, *day);
    });
    if (fits) years.push_back(year);
  }
  return years;
}

// The years in which the dates fall on their weekdays and which the rest of the page allows. Where nothing bounds it
// from above, a page is of the latest year that it names in every other case, and of any other year too seldom for a
// weekday, which is right in one year of six by chance, to say so.
std::vector<int> PageClues::years_of_page(const std::vector<std::size_t>& dates) const {
  if (!most_ && within_.empty()) {
    if (!latest_year_) return {};
    const std::vector<int> years = years_that_fit(dates, *latest_year_, *latest_year_ + kYearsAhead - 1);
    if (!years.empty() && years[0] != *latest_year_) return {};
    return years;
  }
  if (!least_ && !most_) return {};
  const int first = least_ ? least_->civil().year - 1 : most_->civil().year - kYearsBefore;
  const int last = most_ ? most_->civil().year + 1 : least_->civil().year + kYearsAhead;
  if (last - first > kMostYears) return {};
  return years_that_fit(dates, first, last);
}

void PageClues::year_of_weekdays() {
  std::vector<std::size_t> dates;
  for (std::size_t i = 0; i < limit_; ++i) {
    if (!is_yearless(found_[i]) || !found_[i].has(Field::weekday)) continue;
    // « En 2009 … le mardi 3 mars »: a look back, whose weekday is of that year.
    const bool looks_back = i > 0 && found_[i - 1].block == found_[i].block && absolute(found_[i - 1]);
    if (!looks_back) dates.push_back(i);
  }
  if (dates.empty()) return;
  const std::vector<int> years = years_of_page(dates);
  if (years.size() != 1) return;
  for (const std::size_t i : dates)
    whole_.push_back(Dated{*Day::from_civil(years[0], found_[i][Field::month], found_[i][Field::day]), i});
  if (!latest_year_ || *latest_year_ < years[0]) latest_year_ = years[0];
  std::sort(whole_.begin(), whole_.end(), [](const Dated& a, const Dated& b) { return a.day < b.day; });
}

std::optional<Day> PageClues::completed(const Found& one) const {
  if (const auto day = whole_date(one)) return day;
  if (one.has(Field::short_year)) return std::nullopt;
  std::optional<Day> best;
  int best_distance = kNearDays + 1;
  for (const Dated& told : whole_) {
    const int year = told.day.civil().year;
    // A year that a later one follows was named because it is not the page's.
    if (latest_year_ && year < *latest_year_) continue;
    for (int candidate = year - 1; candidate <= year + 1; ++candidate) {
      const auto day = Day::from_civil(candidate, one[Field::month], one[Field::day]);
      if (!day || !weekday_fits(one, *day)) continue;
      const int distance = std::abs(day->value - told.day.value);
      if (distance >= best_distance) continue;
      best = day;
      best_distance = distance;
    }
  }
  return best;
}

void PageClues::note_latest() {
  for (std::size_t i = 0; i < limit_; ++i) {
    if (marks_[i].ahead) continue;
    std::optional<Day> day;
    // Of a month or year « en 2014 » may be to come without a word that says so.
    const auto days = absolute(found_[i]);
    if (days && (days->is_day() || marks_[i].telling == Telling::told)) day = days->start;
    if (!day && is_yearless(found_[i])) day = completed(found_[i]);
    if (day && (!latest_ || *day > *latest_)) latest_ = day;
  }
}

// Days without their year lie near the page's, those with their weekday nearer.
void PageClues::bound_by_days() {
  const std::uint32_t lede = weekday() ? kTopBlocks : kLedeBlocks;
  for (std::size_t i = 0; i < limit_; ++i) {
    const Found& one = found_[i];
    if (!is_day(one) || marks_[i].telling == Telling::none) continue;
    const auto day = completed(one);
    const bool is_weekday = one.has(Field::weekday);
    // A day with its year may be any; with its weekday and in the lead it is the news.
    if (!day || (!is_yearless(one) && (!is_weekday || place(one).index >= lede))) continue;
    if (marks_[i].telling == Telling::foretold) {
      not_after(*day, i);
      continue;
    }
    not_before(*day, i);
    const bool fresh = is_weekday && latest_ && *day == *latest_ && place(one).index < kLeadBlocks;
    if (fresh && least_ == day) fresh_ = day;
    // In a history days without their year are of the year that it has come to.
    if (fresh || (is_yearless(one) && speaks_of_its_day_))
      not_after(Day{day->value + (fresh ? kWeekdayDays : kYear)}, i);
  }
}

// In a window of some months a day and month are one day.
void PageClues::complete_by_window() {
  if (!least_ || !most_ || most_->value - least_->value > kNarrowDays) return;
  const Day first = *least_;
  const Day last = *most_;
  for (std::size_t i = 0; i < limit_; ++i) {
    const Found& one = found_[i];
    if (!is_yearless(one) || marks_[i].telling == Telling::none || completed(one)) continue;
    const bool told = marks_[i].telling == Telling::told;
    const Day from{first.value - (told ? kSlackDays : 0)};
    const Day to{last.value + (told ? 0 : kSlackDays)};
    std::optional<Day> only;
    for (int year = from.civil().year; year <= to.civil().year; ++year) {
      const auto day = Day::from_civil(year, one[Field::month], one[Field::day]);
      if (!day || *day < from || *day > to || !weekday_fits(one, *day)) continue;
      if (only) {
        only.reset();
        break;
      }
      only = day;
    }
    if (!only) continue;
    if (told)
      not_before(*only, i);
    else
      not_after(*only, i);
  }
}

std::optional<std::pair<Day, Day>> PageClues::days_of_weekday(Day first, Day last) const {
  const auto wanted = weekday();
  if (!wanted) return std::nullopt;
  // A weekday beside a date of the last days is one of the same days.
  if (fresh_ == first) last = std::min(last, Day{first.value + 6});
  const Day from{first.value + (*wanted - first.weekday() + 7) % 7};
  const Day to{last.value - (last.weekday() - *wanted + 7) % 7};
  if (from > to) return std::nullopt;
  return std::pair(from, to);
}

std::optional<int> PageClues::weekday() const {
  std::optional<int> said;
  for (std::size_t i = 0; i < limit_; ++i) {
    const Found& one = found_[i];
    if (!one.has(Field::weekday) || one.has(Field::day) || one.has(Field::weekday2)) continue;
    int day = 0;
    if (one.has(Field::shift) && one[Field::unit] == code(Code::day) && !one.has(Field::anchor))
      day = (one[Field::weekday] - 1 - one[Field::shift] % 7 + 7) % 7 + 1;
    else if (one[Field::direction] == code(Code::nearest) && !marks_[i].ahead)
      day = one[Field::weekday];
    else
      continue;
    if (said && *said != day) return std::nullopt;
    said = day;
  }
  return said;
}

std::optional<Day> PageClues::told_weekday() const {
  if (!least_ || !least_is_told_) return std::nullopt;  // a term of office is no news
  for (std::size_t i = 0; i < limit_; ++i) {
    const Found& one = found_[i];
    if (place(one).index >= kTopBlocks) return std::nullopt;
    if (!one.has(Field::weekday) || one.has(Field::day) || one.has(Field::shift) || one.has(Field::direction)) continue;
    if (one.kind != ActionKind::date && one.kind != ActionKind::time) continue;
    if (marks_[i].telling != Telling::told || one.has(Field::anchor) || one.has(Field::ordinal)) continue;
    const int ahead = (one[Field::weekday] - least_->weekday() + 7) % 7;
    if (ahead > kToldWithin || (most_ && least_->value + ahead > most_->value)) return std::nullopt;
    return Day{least_->value + ahead};
  }
  return std::nullopt;
}

}  // namespace chancery::time_rules
