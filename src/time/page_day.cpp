// Clues are weighed in the order of their strength; the first that speaks decides, unless the rest of the text speaks
// against it.
//   1. A dateline: a whole date at the head of a paragraph or alone on its line, near the top; or in brackets or behind
//   a
//      place at the end of the title.
//   2. The page's day named as such: « ce jeudi 12 juillet », « hier, le 9 juin », « aujourd'hui 4 mai ».
//   3. The lead's own date: near the top a paragraph opens with a day without its year, tells what happened on it, and
//      nothing past that the page tells is later.
//   4. The window that all that is told and foretold leaves (page_clues.h), with the page's own weekday in it.
//   5. A scrap: a year and month in figures at the very top. It gives the month alone.
// A date without a year takes it from a whole date of the page that lies near, or from a year that the page allows and
// in which the weekday is right. All else leaves the page undated.
#include "time/page_day.h"

#include <algorithm>
#include <cstdlib>

#include "text/unicode.h"
#include "time/page_clues.h"

namespace chancery::time_rules {
namespace {

constexpr std::uint32_t kLeadBlocks = 8;    // paragraphs (and captions, and the title) that count as the page's head
constexpr std::uint32_t kLeadBytes = 2500;  // of article text before the paragraph
constexpr std::uint32_t kDatelineBlocks = 6;
constexpr std::uint32_t kDatelineWords = 9;  // words before a dateline's date: « À Genève, notre correspondant, le »
constexpr std::uint32_t kTitleBlocks = 3;    // among which a title may stand, behind the name of who publishes
constexpr std::uint32_t kTitleBytes = 200;   // of a title
constexpr std::uint32_t kLooseBytes = 40;    // of other text on a line that is a date line
constexpr std::uint32_t kScrapBytes = 40;    // from the top of the page
constexpr std::size_t kSentenceClues = 6;    // expressions on either side that may share its sentence
constexpr int kFewDays = 300;                // days left in which a day and month are one day

// Cautious estimates: on pages whose day is known (bench/page_dates.py) none of these conclusions was wrong, but there
// were few of the last two kinds.
constexpr float kSureDateline = 0.97F;
constexpr float kSureDay = 0.9F;
constexpr float kSureWindow = 0.85F;

class Dater {
 public:
  Dater(const PageClues& clues, const Rules& rules, const Page& page, const Analysis& analysis)
      : clues_(clues), rules_(rules), page_(page), analysis_(analysis), text_(page.text.bytes()) {}

  PageDay date() const {
    PageDay out;
    const auto settle = [&](std::optional<PageDate> clue, float confidence) {
      if (!clue) return false;
      out.days = interval_from_iso(clue->value);
      out.confidence = confidence;
      out.published = std::move(clue);
      return true;
    };
    if (settle(dateline(), kSureDateline) || settle(title(), kSureDay) || settle(named_day(), kSureDay) ||
        settle(named_end(), kSureDay) || settle(lead(), kSureDay))
      return out;
    const std::optional<PageDate> month = scrap();
    const Window window = narrowest(month);
    std::optional<PageDate> clue = by_window(window);
    if (clue && month && clue->value.size() <= month->value.size()) clue.reset();  // the scrap says as much
    if (settle(std::move(clue), kSureWindow) || settle(month, kSureDateline)) narrow(window, out);
    return out;
  }

 private:
  struct Window {
    std::optional<Day> least, most;
  };

  std::optional<PageDate> dateline() const {
    for (std::size_t i = 0; i < clues_.size(); ++i) {
      const Found& one = clues_[i];
      if (clues_.place(one).index >= kDatelineBlocks) return std::nullopt;
      const auto day = PageClues::is_day(one) ? clues_.completed(one) : std::nullopt;
      if (!day || !PageClues::weekday_fits(one, *day) || one.word > kDatelineWords) continue;
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
    for (std::size_t i = 0; i < clues_.size(); ++i) {
      if (i == first) continue;
      const auto other = PageClues::whole_date(clues_[i]);
      if (other && *other != day && clues_[i].word <= 1 && heads_dateline(clues_[i], page_.blocks[clues_[i].block]))
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
    return *small == 0 && one.word <= 4 && one.has(Field::year) && clues_.place(one).index > 0 &&
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

  // « Point de presse (Genève, 3 mars 2021) », « Communiqué, Oslo, le 3 mars 2021 »: at the end of the title, behind a
  // mark, of a page that speaks of its own day: « Bataille d'Austerlitz, 2 décembre 1805 » is a history's title.
  std::optional<PageDate> title() const {
    for (std::size_t i = 0; i < clues_.size(); ++i) {
      const Found& one = clues_[i];
      if (clues_.place(one).index >= kTitleBlocks) return std::nullopt;
      // « Bruxelles, le 18 février 2022 », with nothing but its place, is no story's title.
      const bool is_place =
          one.word <= 3 && small_words(Span{page_.blocks[one.block].span.begin, one.span.begin}) == 0U;
      if (!clues_.speaks_of_its_day() && !is_place) continue;
      const auto day = PageClues::whole_date(one);
      const Block& block = page_.blocks[one.block];
      if (clues_.place(one).index > 0 && block.span.size() > kTitleBytes) continue;
      if (!day || clues_.is_ahead(i) || one.span.end + 1 < block.span.end) continue;
      if (clues_.latest() && *clues_.latest() > *day) continue;
      if (behind_mark(one, block)) return fixed(*day, one, DateHow::text);
    }
    return std::nullopt;
  }
  bool behind_mark(const Found& one, const Block& block) const {
    std::uint32_t at = one.span.begin;
    while (at > block.span.begin && text_[at - 1] == ' ') --at;
    if (at == block.span.begin) return false;
    if (text_[at - 1] == ',' || text_[at - 1] == '(') return true;
    std::uint32_t mark = at - 1;
    while (mark > block.span.begin && (static_cast<unsigned char>(text_[mark]) & 0xC0) == 0x80) --mark;
    return is_dash(next_code_point(text_, mark));
  }

  // « La saison 2012 a débuté hier, le 9 juin »: the year that its sentence names before it, else behind it.
  std::optional<Day> with_year_of_sentence(std::size_t at) const {
    const Found& one = clues_[at];
    const std::size_t sentence = analysis_.sentence_at(one.span.begin);
    if (one.has(Field::year) || sentence >= analysis_.sentences.size()) return std::nullopt;
    const Span span = analysis_.sentences[sentence].span;
    std::optional<int> year;
    const std::size_t first = at > kSentenceClues ? at - kSentenceClues : 0;
    for (std::size_t i = first; i < std::min(clues_.size(), at + kSentenceClues); ++i) {
      const Found& other = clues_[i];
      if (other.span.begin < span.begin || other.span.end > span.end || !other.has(Field::year)) continue;
      if (i > at && year) break;
      year = other[Field::year];
    }
    if (!year) return std::nullopt;
    const auto day = Day::from_civil(*year, one[Field::month], one[Field::day]);
    return day && PageClues::weekday_fits(one, *day) ? day : std::nullopt;
  }

  std::optional<PageDate> named_day() const {
    std::optional<Day> day;
    std::size_t by = 0;
    for (std::size_t i = 0; i < clues_.size(); ++i) {
      const Found& one = clues_[i];
      if (!PageClues::is_day(one) || (!one.has(Field::anchor) && !one.has(Field::back))) continue;
      auto named = clues_.completed(one);
      if (!named) named = with_year_of_sentence(i);
      if (!named) continue;
      const Day candidate{named->value - (one.has(Field::back) ? one[Field::back] : 0)};
      if (day && *day != candidate) return std::nullopt;  // the page speaks of two days as its own
      if (!day) by = i;
      day = candidate;
    }
    if (!day || !clues_.may_stand_on(interval_of(*day)) || (clues_.latest() && *clues_.latest() > *day))
      return std::nullopt;
    return fixed(*day, clues_[by], DateHow::inferred);
  }

  // « Les journées, du 22 au 24 juin 2012, ont débuté aujourd'hui »: the end of the range that the verb names.
  std::optional<PageDate> named_end() const {
    for (std::size_t i = 1; i < clues_.size(); ++i) {
      const Found& one = clues_[i];
      if (one.kind != ActionKind::date || !one.has(Field::shift) || one[Field::shift] != 0) continue;
      if (one.has(Field::anchor) || one[Field::unit] != static_cast<std::int32_t>(Code::day)) continue;
      if (one.beginning_cue == one.ending_cue) continue;
      const std::size_t first = i > kSentenceClues ? i - kSentenceClues : 0;
      for (std::size_t k = first; k + 1 < i; ++k) {
        if (!clues_[k].opens_range || !same_sentence(clues_[k], one)) continue;
        const auto day = PageClues::whole_date(clues_[one.beginning_cue ? k : k + 1]);
        if (day && clues_.may_stand_on(interval_of(*day))) return fixed(*day, one, DateHow::inferred);
      }
    }
    return std::nullopt;
  }
  bool same_sentence(const Found& one, const Found& other) const {
    return analysis_.sentence_at(one.span.begin) == analysis_.sentence_at(other.span.begin);
  }

  std::optional<PageDate> lead() const {
    for (std::size_t i = 0; i < clues_.size(); ++i) {
      const Found& one = clues_[i];
      if (clues_.place(one).index >= kLeadBlocks || clues_.place(one).bytes >= kLeadBytes) return std::nullopt;
      if (!PageClues::is_day(one) || one.has(Field::direction) || one.kind != ActionKind::date) continue;
      // The press names the year of a day only where it is not this one's.
      if (one.word != 0 || one.has(Field::year) || page_.blocks[one.block].kind != BlockKind::paragraph) continue;
      const auto day = clues_.completed(one);
      if (!day) continue;
      if (clues_.is_ahead(i) || !tells_past(analysis_, rules_, one.span)) continue;
      if (clues_.latest() && *clues_.latest() > *day) continue;
      return fixed(*day, one, DateHow::inferred);
    }
    return std::nullopt;
  }

  std::optional<PageDate> scrap() const {
    if (clues_.size() == 0) return std::nullopt;
    const Found& one = clues_[0];
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

  // The window of the clues, cut down to the month that a scrap names.
  Window narrowest(const std::optional<PageDate>& month) const {
    Window window{clues_.least(), clues_.most()};
    const auto days = month ? interval_from_iso(month->value) : std::nullopt;
    if (!days) return window;
    if (!window.least || *window.least < *days->start) window.least = days->start;
    if (!window.most || *window.most > *days->end) window.most = days->end;
    if (*window.least > *window.most) window = Window{days->start, days->end};  // the scrap is the page's own word
    return window;
  }

  std::optional<PageDate> by_window(Window window) const {
    if (!window.least || !window.most || *window.least > *window.most) return std::nullopt;
    if (!clues_.may_stand_on(Interval{window.least, window.most, Granularity::other})) return std::nullopt;
    const auto days =
        clues_.days_of_weekday(*window.least, *window.most).value_or(std::pair(*window.least, *window.most));
    if (days.first == days.second) return dated(days.first.iso());
    const std::string from = window.least->iso();
    const std::string to = window.most->iso();
    if (from.substr(0, 7) == to.substr(0, 7)) return dated(from.substr(0, 7));
    // What a bare weekday tells in the head is less than a week old.
    if (const auto told = clues_.told_weekday()) {
      const std::string month = told->iso().substr(0, 7);
      if (Day{told->value + 6}.iso().substr(0, 7) == month) return dated(month);
    }
    if (from.substr(0, 4) == to.substr(0, 4)) return dated(from.substr(0, 4));
    return std::nullopt;
  }
  PageDate dated(std::string value) const { return PageDate{std::move(value), DateHow::inferred, clues_.evidence()}; }

  // The days that are left, fewer than the month or year that is published; fewer still where the head tells of a
  // weekday in them: the press writes on it or the day after. What comes out alike on the first and the last of them is
  // sure.
  void narrow(Window window, PageDay& out) const {
    if (!window.least || !window.most || (out.days && out.days->is_day())) return;
    if (const auto told = clues_.told_weekday()) {
      window.least = std::max(*window.least, *told);
      window.most = std::min(*window.most, Day{told->value + 1});
    }
    if (*window.least > *window.most || window.most->value - window.least->value > kFewDays) return;
    const Interval left{window.least, window.most, Granularity::other};
    if (out.days && left.start == out.days->start && left.end == out.days->end) return;
    out.days = left;
  }

  static PageDate fixed(Day day, const Found& one, DateHow how) { return PageDate{day.iso(), how, one.span}; }

  const PageClues& clues_;
  const Rules& rules_;
  const Page& page_;
  const Analysis& analysis_;
  std::string_view text_;
};

}  // namespace

PageDay infer_page_day(const std::vector<Found>& found, const Rules& rules, const Page& page, const Analysis& analysis,
                       std::span<const Interval> within) {
  return Dater(PageClues(found, rules, page, analysis, within), rules, page, analysis).date();
}

}  // namespace chancery::time_rules
