// Clues are weighed in the order of their strength; the first that speaks decides, unless the rest of the text speaks
// against it.
//   1. A dateline: a whole date at the head of a paragraph or alone on its line, near the top.
//   2. The page's day named as such: « ce jeudi 12 juillet », « hier, le 9 juin », « aujourd'hui 4 mai ».
//   3. The lead's own date: near the top a paragraph opens with a day without its year, tells what happened on it, and
//      nothing past that the page tells is later.
//   4. A scrap: a year and month in figures at the very top. It gives the month alone.
// A date without a year takes it from a whole date of the page that lies near, or from a year that the page names and
// in which the weekday is right. All else leaves the page undated.
#include "time/page_day.h"

#include <algorithm>
#include <cstdlib>

#include "text/unicode.h"
#include "time/resolve.h"

namespace chancery::time_rules {
namespace {

constexpr std::uint32_t kLeadBlocks = 8;    // paragraphs (and captions, and the title) that count as the page's head
constexpr std::uint32_t kLeadBytes = 2500;  // of article text before the paragraph
constexpr std::uint32_t kDatelineBlocks = 6;
constexpr std::uint32_t kDatelineWords = 9;  // words before a dateline's date: « À Genève, notre correspondant, le »
constexpr std::uint32_t kLooseBytes = 40;    // of other text on a line that is a date line
constexpr std::uint32_t kScrapBytes = 40;    // from the top of the page
constexpr int kNearDays = 70;                // between a year-less date and the whole date that lends it the year
constexpr std::size_t kMostExpressions = 1000;  // beyond the head, more of a long page adds nothing

struct Told {
  Day day;
  std::size_t found = 0;
};

class Dater {
 public:
  Dater(const std::vector<Found>& found, const Rules& rules, const Page& page, const Analysis& analysis)
      : found_(found), rules_(rules), page_(page), analysis_(analysis), text_(page.text.bytes()) {
    for (std::uint32_t i = 0; i < page.blocks.size(); ++i) {
      if (page.blocks[i].kind == BlockKind::boilerplate) continue;
      places_.resize(i + 1, Place{kLeadBlocks, kLeadBytes});
      places_[i] = Place{count_++, bytes_};
      bytes_ += page.blocks[i].span.size();
    }
    limit_ = std::min(found.size(), kMostExpressions);
  }

  std::optional<PageDate> date() {
    collect();
    if (const auto clue = dateline()) return clue;
    if (const auto clue = named_day()) return clue;
    if (const auto clue = lead()) return clue;
    return scrap();
  }

 private:
  struct Place {
    std::uint32_t index = 0;  // among the blocks that are article
    std::uint32_t bytes = 0;  // of article before it
  };

  static bool is_day(const Found& one) {
    return (one.kind == ActionKind::date || one.kind == ActionKind::time) && one.has(Field::day) &&
           one.has(Field::month) && !one.has(Field::generic) && !one.has(Field::shift);
  }
  static std::optional<Day> whole_date(const Found& one) {
    if (!is_day(one) || !one.has(Field::year)) return std::nullopt;
    return Day::from_civil(one[Field::year], one[Field::month], one[Field::day]);
  }
  bool is_ahead(const Found& one) const {
    if (one.has(Field::direction)) return one[Field::direction] == static_cast<std::int32_t>(Code::future);
    return one.future_cue || direction_at(analysis_, rules_, one.span) == Direction::future;
  }
  const Place& place(const Found& one) const { return places_[one.block]; }

  // All days that the page fixes: first the whole dates, then the year-less ones that they complete.
  void collect() {
    for (std::size_t i = 0; i < limit_; ++i) {
      const auto day = whole_date(found_[i]);
      if (day) whole_.push_back(Told{*day, i});
      if (found_[i].kind == ActionKind::date && found_[i].has(Field::year)) years_.push_back(found_[i][Field::year]);
    }
    std::sort(years_.begin(), years_.end());
    years_.erase(std::unique(years_.begin(), years_.end()), years_.end());
    std::sort(whole_.begin(), whole_.end(), [](const Told& a, const Told& b) { return a.day < b.day; });
    for (const Told& one : whole_)
      if (!is_ahead(found_[one.found])) latest_ = one.day;
    for (std::size_t i = 0; i < limit_; ++i) {
      const Found& one = found_[i];
      if (one.kind != ActionKind::date || !one.has(Field::year) || one.has(Field::day) || is_ahead(one)) continue;
      const auto start = Day::from_civil(one[Field::year], one.has(Field::month) ? one[Field::month] : 1, 1);
      if (start && (!latest_ || *start > *latest_)) latest_ = start;
    }
    for (std::size_t i = 0; i < limit_; ++i) {
      if (!is_day(found_[i]) || found_[i].has(Field::year) || found_[i].has(Field::short_year)) continue;
      if (is_ahead(found_[i])) continue;
      const auto day = completed(found_[i]);
      if (day && (!latest_ || *day > *latest_)) latest_ = day;
    }
  }

  // A day and month with the year that the page gives them.
  std::optional<Day> completed(const Found& one) const {
    if (const auto day = whole_date(one)) return day;
    if (one.has(Field::short_year)) return std::nullopt;
    std::optional<Day> best;
    int best_distance = kNearDays + 1;
    for (const Told& told : whole_) {
      const int year = told.day.civil().year;
      for (int candidate = year - 1; candidate <= year + 1; ++candidate) {
        const auto day = Day::from_civil(candidate, one[Field::month], one[Field::day]);
        if (!day || !weekday_fits(one, *day)) continue;
        const int distance = std::abs(day->value - told.day.value);
        if (distance >= best_distance) continue;
        best = day;
        best_distance = distance;
      }
    }
    if (best || !one.has(Field::weekday)) return best;
    // The weekday is right in one year of six: of the years that the page names, only one may fit.
    for (const int year : years_) {
      const auto day = Day::from_civil(year, one[Field::month], one[Field::day]);
      if (!day || !weekday_fits(one, *day)) continue;
      if (best) return std::nullopt;
      best = day;
    }
    return best;
  }
  static bool weekday_fits(const Found& one, Day day) {
    return !one.has(Field::weekday) || day.weekday() == one[Field::weekday];
  }

  std::optional<PageDate> dateline() const {
    for (std::size_t i = 0; i < limit_; ++i) {
      const Found& one = found_[i];
      if (place(one).index >= kDatelineBlocks) return std::nullopt;
      const auto day = is_day(one) ? completed(one) : std::nullopt;
      if (!day || !weekday_fits(one, *day) || one.word > kDatelineWords) continue;
      const Block& block = page_.blocks[one.block];
      const bool by_kind = block.kind == BlockKind::dateline || block.kind == BlockKind::byline;
      const bool alone = block.span.size() <= one.span.size() + kLooseBytes && block.kind != BlockKind::title &&
                         one.has(Field::year) && (one.published_cue || block.span.size() <= one.span.size() + 3);
      if (by_kind || alone) return fixed(*day, one, DateHow::text);
      if (heads_dateline(one, block) && !is_chronology(i, *day)) return fixed(*day, one, DateHow::text);
    }
    return std::nullopt;
  }

  // Several paragraphs headed by days of their own: a chronology, and none of them is the page's.
  bool is_chronology(std::size_t first, Day day) const {
    for (std::size_t i = 0; i < limit_; ++i) {
      if (i == first) continue;
      const auto other = whole_date(found_[i]);
      if (other && *other != day && found_[i].word <= 1 && heads_dateline(found_[i], page_.blocks[found_[i].block]))
        return true;
    }
    return false;
  }

  // « PARIS, 3 février 2012 (AFP) - », « 22 mai 2012. – »: names and commas before it, a dash or bracket behind it.
  bool heads_dateline(const Found& one, const Block& block) const {
    const std::optional<std::uint32_t> small = small_words(Span{block.span.begin, one.span.begin});
    if (!small || *small > 1) return false;
    if (!one.has(Field::year) && (one.word == 0 || *small > 0)) return false;  // without its year it needs its place
    std::uint32_t at = one.span.end;
    bool stopped = false;
    while (at < block.span.end) {
      const char32_t c = next_code_point(text_, at);
      if (is_space(c)) continue;
      if (is_dash(c) || c == U':' || c == U'|' || c == U'/') return true;
      if (c == U'(') return true;
      // « Moscou, le 12 mars 2022. La Russie … »
      if (stopped) return is_letter(c) && *small == 0 && one.word <= 4 && one.has(Field::year);
      if (c != U'.') return false;
      stopped = true;
    }
    return *small == 0 && one.word <= 4 && one.has(Field::year) && place(one).index > 0 &&
           block.kind != BlockKind::title;
  }
  // How many words of the span begin small; none if a sentence ends in it.
  std::optional<std::uint32_t> small_words(Span span) const {
    std::uint32_t at = span.begin;
    bool word_start = true;
    std::uint32_t small = 0;
    while (at < span.end) {
      const char32_t c = next_code_point(text_, at);
      if (is_letter(c)) {
        if (word_start && !is_upper(c)) ++small;
        word_start = false;
      } else {
        if (c == U'.' || c == U';' || c == U'?' || c == U'!') return std::nullopt;
        word_start = !is_dash(c) && !is_apostrophe(c);
      }
    }
    return small;
  }

  std::optional<PageDate> named_day() const {
    std::optional<Day> day;
    std::size_t by = 0;
    for (std::size_t i = 0; i < limit_; ++i) {
      const Found& one = found_[i];
      if (!is_day(one) || (!one.has(Field::anchor) && !one.has(Field::back))) continue;
      const auto named = completed(one);
      if (!named) continue;
      const Day candidate{named->value - (one.has(Field::back) ? one[Field::back] : 0)};
      if (day && *day != candidate) return std::nullopt;  // the page speaks of two days as its own
      if (!day) by = i;
      day = candidate;
    }
    if (!day || (latest_ && *latest_ > *day)) return std::nullopt;
    return fixed(*day, found_[by], DateHow::inferred);
  }

  std::optional<PageDate> lead() const {
    for (std::size_t i = 0; i < limit_; ++i) {
      const Found& one = found_[i];
      if (place(one).index >= kLeadBlocks || place(one).bytes >= kLeadBytes) return std::nullopt;
      if (!is_day(one) || one.has(Field::direction) || one.kind != ActionKind::date) continue;
      // The press names the year of a day only where it is not this one's.
      if (one.word != 0 || one.has(Field::year) || page_.blocks[one.block].kind != BlockKind::paragraph) continue;
      const auto day = completed(one);
      if (!day) continue;
      if (is_ahead(one) || !tells_past(analysis_, rules_, one.span)) continue;
      if (latest_ && *latest_ > *day) continue;
      return fixed(*day, one, DateHow::inferred);
    }
    return std::nullopt;
  }

  std::optional<PageDate> scrap() const {
    if (found_.empty()) return std::nullopt;
    const Found& one = found_.front();
    if (one.kind != ActionKind::date || !one.has(Field::month) || !one.has(Field::year) || one.has(Field::day))
      return std::nullopt;
    if (one.span.begin > kScrapBytes || one.word > 2) return std::nullopt;
    const char first = text_[one.span.begin];
    if (first < '0' || first > '9') return std::nullopt;
    const auto start = Day::from_civil(one[Field::year], one[Field::month], 1);
    if (!start) return std::nullopt;
    const std::string month = start->iso().substr(0, 7);
    return PageDate{month, DateHow::text, one.span};
  }

  static PageDate fixed(Day day, const Found& one, DateHow how) { return PageDate{day.iso(), how, one.span}; }

  const std::vector<Found>& found_;
  const Rules& rules_;
  const Page& page_;
  const Analysis& analysis_;
  std::string_view text_;
  std::vector<Place> places_;
  std::uint32_t count_ = 0;
  std::uint32_t bytes_ = 0;
  std::size_t limit_ = 0;
  std::vector<Told> whole_;
  std::vector<int> years_;
  std::optional<Day> latest_;  // the latest day that the page tells as past
};

}  // namespace

std::optional<PageDate> infer_page_date(const std::vector<Found>& found, const Rules& rules, const Page& page,
                                        const Analysis& analysis) {
  return Dater(found, rules, page, analysis).date();
}

}  // namespace chancery::time_rules
