// The calendar: civil dates against known weekdays, round trips over all days, ISO values against the days they cover.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "time/time.h"

namespace chancery {
namespace {

std::string days_of(std::string_view value) {
  const auto interval = interval_from_iso(value);
  if (!interval) return "none";
  return interval->start->iso() + ".." + interval->end->iso();
}

TEST(Day, CountsFromTheEpoch) {
  EXPECT_EQ(Day::from_civil(1970, 1, 1)->value, 0);
  EXPECT_EQ(Day::from_civil(2000, 3, 1)->value, 11017);
  EXPECT_EQ(Day::from_civil(1969, 12, 31)->value, -1);
}

TEST(Day, KnowsItsWeekday) {
  EXPECT_EQ(Day::parse("1985-11-19")->weekday(), 2);  // the Geneva summit opened on a Tuesday
  EXPECT_EQ(Day::parse("1789-07-14")->weekday(), 2);
  EXPECT_EQ(Day::parse("1944-06-06")->weekday(), 2);
  EXPECT_EQ(Day::parse("1970-01-01")->weekday(), 4);
  EXPECT_EQ(Day::parse("2000-02-27")->weekday(), 7);
}

TEST(Day, RefusesDaysThatAreNone) {
  EXPECT_FALSE(Day::from_civil(2023, 2, 29));
  EXPECT_TRUE(Day::from_civil(2024, 2, 29));
  EXPECT_FALSE(Day::from_civil(1900, 2, 29));
  EXPECT_FALSE(Day::from_civil(2024, 13, 1));
  EXPECT_FALSE(Day::from_civil(2024, 4, 31));
  EXPECT_FALSE(Day::parse("2024-4-30"));
  EXPECT_FALSE(Day::parse("2024-04-30 "));
  EXPECT_FALSE(Day::parse("20x4-04-30"));
}

RC_GTEST_PROP(Day, ComesBackFromCivilAndFromText, ()) {
  const Day day{*rc::gen::inRange(-700000, 2900000)};
  const Day::Civil date = day.civil();
  RC_ASSERT(Day::from_civil(date.year, date.month, date.day) == day);
  if (date.year >= 0) RC_ASSERT(Day::parse(day.iso()) == day);
  RC_ASSERT(Day{day.value + 1}.weekday() == day.weekday() % 7 + 1);
}

TEST(Interval, ReadsIsoValues) {
  EXPECT_EQ(days_of("2025"), "2025-01-01..2025-12-31");
  EXPECT_EQ(days_of("2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(days_of("2025-02-18"), "2025-02-18..2025-02-18");
  EXPECT_EQ(days_of("2025-02-18T15:00"), "2025-02-18..2025-02-18");
  EXPECT_EQ(days_of("2025-W01"), "2024-12-30..2025-01-05");
  EXPECT_EQ(days_of("2020-W53"), "2020-12-28..2021-01-03");
  EXPECT_EQ(days_of("2025-W53"), "none");
  EXPECT_EQ(days_of("2025-Q1"), "2025-01-01..2025-03-31");
  EXPECT_EQ(days_of("2025-H2"), "2025-07-01..2025-12-31");
  EXPECT_EQ(days_of("2024-WI"), "2024-12-01..2025-02-28");
  EXPECT_EQ(days_of("198"), "1980-01-01..1989-12-31");
  EXPECT_EQ(days_of("XXXX-04-10"), "none");
  EXPECT_EQ(days_of("P3D"), "none");
  EXPECT_EQ(days_of(""), "none");
  EXPECT_EQ(days_of("2025-"), "none");
  EXPECT_EQ(days_of("2025-00"), "none");
  EXPECT_EQ(days_of("2025-Q5"), "none");
}

TEST(Interval, OverlapsWithOpenSides) {
  const Interval february = *interval_from_iso("2025-02");
  const Interval until_january{std::nullopt, Day::parse("2025-01-31"), Granularity::other};
  const Interval since_february{Day::parse("2025-02-18"), std::nullopt, Granularity::other};
  EXPECT_FALSE(february.overlaps(until_january));
  EXPECT_TRUE(february.overlaps(since_february));
  EXPECT_FALSE(until_january.overlaps(since_february));
  EXPECT_TRUE(Interval().overlaps(february));
  EXPECT_TRUE(interval_of(*Day::parse("2025-02-18")).is_day());
  EXPECT_FALSE(february.is_day());
  EXPECT_FALSE(Interval().known());
}

}  // namespace
}  // namespace chancery
