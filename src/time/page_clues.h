// What the expressions of a page say together about the day on which it was written: days told as past cannot lie
// behind it, days foretold cannot lie before it, a weekday beside a date allows one year in six, and « l'an dernier, en
// 2011 » names the year outright. All of it narrows one window of days; nothing in here guesses.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "language/analysis.h"
#include "time/match.h"
#include "time/resolve.h"

namespace chancery::time_rules {

class PageClues {
 public:
  // `within` as in infer_page_day().
  PageClues(const std::vector<Found>& found, const Rules& rules, const Page& page, const Analysis& analysis,
            std::span<const Interval> within);

  // How many expressions of the page are weighed; beyond the first thousand more of a long page adds nothing.
  std::size_t size() const { return limit_; }
  const Found& operator[](std::size_t i) const { return found_[i]; }

  // Where the block of an expression stands among the article's blocks.
  struct Place {
    std::uint32_t index = 0;  // among the blocks that are article
    std::uint32_t bytes = 0;  // of article before it
  };
  const Place& place(const Found& one) const { return places_[one.block]; }
  // Whether it is told as something to come, by its verb or by a word such as « prévu ».
  bool is_ahead(std::size_t i) const { return marks_[i].ahead; }
  // A day and month with the year that it has or that the page gives it.
  std::optional<Day> completed(const Found& one) const;
  // The latest day that is told and not foretold.
  std::optional<Day> latest() const { return latest_; }

  // The window of the page's own day, an open side where nothing bounds it, and the expression that bounds it last.
  std::optional<Day> least() const { return least_; }
  std::optional<Day> most() const { return most_; }
  std::optional<Span> evidence() const { return evidence_; }
  // The first and the last of these days on which the page's own weekday (« ce jeudi », « hier mercredi ») falls; none
  // if nothing says it, or it falls on none of them.
  std::optional<std::pair<Day, Day>> days_of_weekday(Day first, Day last) const;
  // The day of a weekday that the head of the page tells as past with nothing else (« a annoncé mercredi »), where the
  // window is narrow enough to choose it.
  std::optional<Day> told_weekday() const;

  // Whether the page speaks of its own day at all: « hier », « ce matin », a bare weekday. A history does not.
  bool speaks_of_its_day() const { return speaks_of_its_day_; }

  // Whether what is known from outside allows the page to be of one of these days.
  bool may_stand_on(const Interval& days) const;

  static bool is_day(const Found& one);
  static std::optional<Day> whole_date(const Found& one);
  static bool weekday_fits(const Found& one, Day day) {
    return !one.has(Field::weekday) || day.weekday() == one[Field::weekday];
  }

 private:
  struct Marks {
    bool ahead = false;
    Telling telling = Telling::none;
  };
  struct Dated {
    Day day;
    std::size_t found = 0;
  };

  // 1 to 7; none if nothing or two things say it.
  std::optional<int> weekday() const;
  void mark();
  void bound_by_years();
  void bound_by_pairs();
  void year_of_weekdays();
  std::vector<int> years_that_fit(const std::vector<std::size_t>& dates, int first, int last) const;
  std::vector<int> years_of_page(const std::vector<std::size_t>& dates) const;
  bool may_be(std::size_t i, Day day) const;
  void bound_by_days();
  void note_latest();
  void complete_by_window();
  void not_before(Day day, std::size_t by);
  void not_after(Day day, std::size_t by);
  bool is_yearless(const Found& one) const;
  static std::optional<Interval> absolute(const Found& one);
  std::optional<int> year_by_pair(const Found& relative, const Found& other) const;

  const std::vector<Found>& found_;
  const Rules& rules_;
  const Analysis& analysis_;
  std::span<const Interval> within_;
  std::vector<Place> places_;
  std::size_t limit_ = 0;
  std::vector<Marks> marks_;
  std::vector<Dated> whole_;        // all days whose year is known, in order of day
  std::optional<int> latest_year_;  // of those said outright and not as something to come
  std::optional<Day> latest_;
  std::optional<Day> least_, most_;
  bool least_is_told_ = false;  // by the page, not by a term of office
  std::optional<Day> fresh_;    // the latest day told, where it has its weekday and stands in the head: it is days old
  std::optional<Span> evidence_;
  bool speaks_of_its_day_ = false;
};

}  // namespace chancery::time_rules
