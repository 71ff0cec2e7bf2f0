// One pass in text order. The state is small: the page's day, the last day told (« la veille » hangs on it), the last
// year said outright (a year-less date of a look back belongs to it) and, within a sentence, the day that a clock time
// belongs to.
#include "time/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace chancery::time_rules {
namespace {

constexpr std::uint32_t kVerbReach = 12;      // words on either side in which a verb counts
constexpr std::uint32_t kSentenceReach = 60;  // words of a sentence in which its first verb is looked for
constexpr std::uint32_t kCommaCost = 3;       // a comma between verb and expression weighs as many words
constexpr int kWrongWeekday = 200;            // days that a wrong weekday weighs: papers err, too
constexpr int kDaysLeaning = 250;             // how much farther a date may lie on the side that the verb points to
constexpr std::ptrdiff_t kQuoteReach = 200;   // words before an expression in which its quotation opened
constexpr std::size_t kSpeakingReach = 3;     // expressions on either side that may say the day of speaking
constexpr std::size_t kNamedReach = 6;  // words behind « cinq jours » in which the noun of « après ce sommet » stands
constexpr std::size_t kNamedBack = 400;         // words before it in which that noun was said
constexpr std::uint32_t kBareDaySentences = 3;  // behind a date in which « le 14 » is of its month
constexpr std::uint32_t kStorySentences = 8;    // behind the last day of a story of another year in which it goes on
constexpr std::uint32_t kYearSentences = 3;     // behind a year, likewise
constexpr int kStoryDays = 60;                  // and days
constexpr int kStoryBack = 3;
constexpr int kHistoryDays = 330;
constexpr int kUpdateDays = 6;  // behind the page's day in which an update counts
constexpr int kYearOfDays = 366;
constexpr int kYearsOfLookBack = 2;  // a year this far from the page's makes a look back

std::string iso_week(Day day) {
  const Day thursday{day.value - (day.weekday() - 1) + 3};
  const int year = thursday.civil().year;
  const int week = (thursday.value - Day::from_civil(year, 1, 1)->value) / 7 + 1;
  return fmt::format("{:04}-W{:02}", year, week);
}

Day monday_of(Day day) { return Day{day.value - (day.weekday() - 1)}; }

std::string amount_text(std::int32_t thousandths) {
  if (thousandths == kUnknownAmount) return "X";
  std::string text = std::to_string(thousandths / 1000);
  if (int rest = thousandths % 1000) {
    std::string decimals = fmt::format("{:03}", rest);
    while (decimals.back() == '0') decimals.pop_back();
    text += "." + decimals;
  }
  return text;
}

std::string scaled(std::int32_t amount, int by) {
  return amount_text(amount == kUnknownAmount ? kUnknownAmount : amount * by);
}

// "P3D", "PT1H30M"; `plus` counts the next smaller unit.
std::string duration_value(std::int32_t amount, Code unit, std::int32_t plus) {
  const std::string more = plus == kAbsent ? std::string() : std::to_string(plus);
  switch (unit) {
    case Code::year:
      return "P" + amount_text(amount) + "Y" + (more.empty() ? "" : more + "M");
    case Code::month:
      return "P" + amount_text(amount) + "M" + (more.empty() ? "" : more + "D");
    case Code::week:
      return "P" + amount_text(amount) + "W" + (more.empty() ? "" : more + "D");
    case Code::day:
      return "P" + amount_text(amount) + "D" + (more.empty() ? "" : "T" + more + "H");
    case Code::weekend:
      return "P" + amount_text(amount) + "WE";
    case Code::quarter:
      return "P" + scaled(amount, 3) + "M";
    case Code::half:
      return "P" + scaled(amount, 6) + "M";
    case Code::decade:
      return "P" + scaled(amount, 10) + "Y";
    case Code::century:
      return "P" + scaled(amount + (plus == kAbsent ? 0 : plus * 10), 100) + "Y";
    case Code::hour:
      return "PT" + amount_text(amount) + "H" + (more.empty() ? "" : more + "M");
    case Code::minute:
      return "PT" + amount_text(amount) + "M" + (more.empty() ? "" : more + "S");
    case Code::second:
      return "PT" + amount_text(amount) + "S";
    default:
      return "PX";
  }
}

int floor_div(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

std::optional<Interval> month_interval(int months_since_zero) {
  return interval_from_iso(fmt::format("{:04}-{:02}", floor_div(months_since_zero, 12),
                                       months_since_zero - 12 * floor_div(months_since_zero, 12) + 1));
}

// The day `months` later, or the last day of that month where it is shorter.
std::optional<Day> months_later(Day day, int months) {
  const Day::Civil date = day.civil();
  const auto target = month_interval(date.year * 12 + date.month - 1 + months);
  if (!target) return std::nullopt;
  return Day{std::min(target->start->value + date.day - 1, target->end->value)};
}

bool is_finite_or_participle(const Token& token) {
  return (token.upos == Upos::VERB || token.upos == Upos::AUX) &&
         (token.morph.is_finite() || (token.morph.is_participle() && token.morph.tense == Tense::past));
}

bool belongs(const Rules& rules, std::string_view form, Symbol symbol) {
  for (const Role& role : rules.vocabulary.entries[rules.vocabulary.find(form)].roles)
    if (role.symbol == symbol) return symbol != kNoSymbol;
  return false;
}

// Whether the present form at `at` makes a past of the participle behind it: « a », « s'est ».
bool is_perfect(const Analysis& analysis, const Rules& rules, const Sentence& sentence, std::uint32_t at) {
  if (belongs(rules, analysis.form(at), rules.perfect)) return true;
  return at > sentence.first && belongs(rules, analysis.form(at - 1), rules.reflexive);
}

// The finite auxiliary within four words before a participle; none for a bare one.
const Token* auxiliary_before(const Analysis& analysis, const Sentence& sentence, std::uint32_t at) {
  const std::uint32_t least = at >= sentence.first + 4 ? at - 4 : sentence.first;
  for (std::uint32_t i = at; i-- > least;)
    if (analysis.tokens[i].upos == Upos::AUX && analysis.tokens[i].morph.is_finite()) return &analysis.tokens[i];
  return nullptr;
}

// What the verb group that the token at `at` belongs to says; none for a bare participle. `verb` becomes its finite
// verb.
Direction direction_of_group(const Analysis& analysis, const Rules& rules, const Sentence& sentence, std::uint32_t at,
                             const Token*& verb) {
  verb = &analysis.tokens[at];
  bool compound = false;
  if (verb->morph.is_participle()) {
    const Token* auxiliary = auxiliary_before(analysis, sentence, at);
    if (auxiliary == nullptr) return Direction::none;
    const auto auxiliary_at = static_cast<std::uint32_t>(auxiliary - analysis.tokens.data());
    // « est annulé » is a present, « est parti », « s'est noyé » and « a annulé » are pasts.
    compound = is_perfect(analysis, rules, sentence, auxiliary_at) ||
               belongs(rules, analysis.lemma(*verb), rules.perfect_verb);
    verb = auxiliary;
    if (!compound && verb->morph.tense == Tense::pres) return Direction::none;
  } else if (verb->upos == Upos::AUX && verb->morph.tense == Tense::pres) {
    // Behind « a » whatever looks like an adjective is a participle, too; behind « est » alone it may be one.
    const bool perfect = is_perfect(analysis, rules, sentence, at);
    const std::uint32_t most = std::min(at + 5, sentence.last);
    for (std::uint32_t i = at + 1; i < most; ++i) {
      const Token& next = analysis.tokens[i];
      if (next.upos == Upos::PUNCT || next.upos == Upos::DET) break;
      const bool participle = next.morph.is_participle() && next.morph.tense == Tense::past;
      if (perfect && (participle || next.upos == Upos::ADJ)) compound = true;
      if (participle && belongs(rules, analysis.lemma(next), rules.perfect_verb)) compound = true;
    }
  }
  if (verb->morph.mood == Mood::cnd) return compound ? Direction::past : Direction::future;
  switch (verb->morph.tense) {
    case Tense::fut:
      return compound ? Direction::none : Direction::future;
    case Tense::past:
    case Tense::imp:
      return Direction::past;
    case Tense::pres:
      if (compound) return Direction::past;
      return verb->upos == Upos::AUX ? Direction::none : Direction::present;  // a copula says nothing
    case Tense::none:
      return Direction::none;
  }
  return Direction::none;
}

const Sentence* sentence_of(const Analysis& analysis, Span span) {
  const auto& sentences = analysis.sentences;
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), span.begin,
                                      [](std::uint32_t offset, const Sentence& s) { return offset < s.span.begin; });
  return after == sentences.begin() ? nullptr : &*(after - 1);
}

// Defined below.
Direction direction_by(const Analysis& analysis, const Rules& rules, Span span, const Token*& verb);

class Resolver {
 public:
  Resolver(const Rules& rules, const Analysis& analysis, const std::optional<Interval>& page_day)
      : rules_(rules), analysis_(analysis), page_day_(page_day) {
    if (page_day_ && page_day_->is_day()) today_ = page_day_->start;
    if (page_day_ && page_day_->start && page_day_->end &&
        (page_day_->granularity == Granularity::day || page_day_->granularity == Granularity::month ||
         page_day_->granularity == Granularity::week))
      around_ = page_day_->start;
  }

  std::vector<TimeMention> resolve(const std::vector<Found>& found) {
    std::vector<TimeMention> out;
    out.reserve(found.size());
    found_ = &found;
    is_history_ = std::none_of(found.begin(), found.end(), is_of_page_day);
    note_update(found);
    days_.assign(found.size(), std::nullopt);
    flashback_.assign(found.size(), false);
    for (at_ = 0; at_ < found.size(); ++at_) {
      const Found& one = found[at_];
      TimeMention mention;
      mention.span = one.span;
      mention.sentence = sentence_index(one.span);
      if (one.has(Field::mod)) mention.mod = text(one[Field::mod]);
      say(one, mention);
      if (is_no_day(mention.value)) {  // « 30 février »: no time at all
        days_[at_].reset();
        mention.value.clear();
      }
      if (!mention.interval && mention.type != TimexType::duration && mention.type != TimexType::set)
        mention.interval = interval_of_value(mention.value);
      if (one.since) mention.bound = Bound::since;
      if (one.until) mention.bound = Bound::until;
      if (one.before) mention.bound = Bound::before;
      remember(one, mention);
      out.push_back(std::move(mention));
    }
    complete_clock_times(out);
    count_from_speaking(out);
    join_ranges(out);
    out.erase(std::remove_if(out.begin(), out.end(), [](const TimeMention& m) { return m.value.empty(); }), out.end());
    return out;
  }

 private:
  const std::string& text(std::int32_t code) const { return rules_.strings[static_cast<std::size_t>(code)]; }
  static Code code(std::int32_t value) {
    return value >= 0 && value < static_cast<std::int32_t>(kCodeNames.size()) ? static_cast<Code>(value) : Code::none;
  }

  std::uint32_t sentence_index(Span span) const {
    const Sentence* sentence = sentence_of(analysis_, span);
    return sentence == nullptr ? 0 : static_cast<std::uint32_t>(sentence - analysis_.sentences.data());
  }

  void say(const Found& one, TimeMention& mention) {
    switch (one.kind) {
      case ActionKind::duration:
        return say_duration(one, mention);
      case ActionKind::set:
        return say_set(one, mention);
      case ActionKind::time:
        mention.type = TimexType::time;
        break;
      default:
        mention.type = TimexType::date;
        break;
    }
    if (one.has(Field::ref) && (!one.has(Field::shift) || is_opening_remark(one))) {
      mention.type = TimexType::time;
      mention.value = text(one[Field::ref]);
      return;
    }
    if (one.has(Field::generic) && one.has(Field::part)) {
      mention.value = "T" + text(one[Field::part]);
      return;
    }
    mention.value = date_value(one, mention);
    if (mention.type == TimexType::time) mention.value += clock(one);
  }

  // « Hier, il pleuvait. Aujourd'hui, il neige. »
  bool stands_beside_deictic() const {
    const auto is_deictic = [&](std::size_t i) {
      const Found& other = (*found_)[i];
      return other.has(Field::shift) && other[Field::shift] != 0 && !other.has(Field::anchor) &&
             code(other[Field::unit]) == Code::day && other.block == (*found_)[at_].block;
    };
    return (at_ > 0 && is_deictic(at_ - 1)) || (at_ + 1 < found_->size() && is_deictic(at_ + 1));
  }

  // « Aujourd'hui, la ville vit du tourisme »: the word opens its sentence, a comma sets it apart, and the verb tells
  // neither what happened nor what is to come. Then it means these years, not this day.
  bool is_opening_remark(const Found& one) const {
    if (stands_beside_deictic()) return false;
    const Sentence* sentence = sentence_of(analysis_, one.span);
    if (sentence == nullptr || sentence->span.begin != one.span.begin) return false;
    for (std::uint32_t i = sentence->first; i < sentence->last; ++i) {
      if (analysis_.tokens[i].span.begin < one.span.end) continue;
      if (analysis_.form(i) != ",") return false;
      const Direction verb = direction_at(analysis_, rules_, one.span);
      return verb == Direction::present || verb == Direction::none;
    }
    return false;
  }

  // ---- durations and sets

  void say_duration(const Found& one, TimeMention& mention) {
    mention.type = TimexType::duration;
    const std::int32_t amount = one.has(Field::amount) ? one[Field::amount] : 1000;
    const Code unit = code(one[Field::unit]);
    mention.value = duration_value(amount, unit, one[Field::plus]);
    if (!one.has(Field::back)) return;
    // « il y a trois jours », « dans deux ans », « trois jours plus tard »: the duration leads to a day.
    const auto base = base_of_walk(one, unit);
    if (!base || amount == kUnknownAmount) return;
    mention.relative = true;
    const int count = amount / 1000;
    const int back = one[Field::back];
    if (one.has(Field::range)) {
      // « dans la semaine à venir », « ces trois derniers jours »: all the days between.
      const auto other = moved(*base, unit, back * count);
      if (!other) return;
      mention.interval = Interval{std::min(*base, *other), std::max(*base, *other), Granularity::other};
      return;
    }
    mention.interval = landing(*base, unit, back * count);
    if (mention.interval && one.since) mention.interval->end.reset();
  }

  std::optional<Day> base_of_walk(const Found& one, Code unit) const {
    if (!one.has(Field::anchor)) return today_;
    if (code(one[Field::anchor]) == Code::named) return day_of_named(one);
    if (!told_is_wide_) return told_or_today();
    // « En juin 2013 … Deux mois plus tard »: from a month only months and years lead on.
    const bool wide = unit != Code::day && unit != Code::week && unit != Code::hour && unit != Code::minute;
    return wide ? told_start_ : std::nullopt;
  }

  // « Cinq jours après ce sommet »: the day told in the last sentence that has the noun.
  std::optional<Day> day_of_named(const Found& one) const {
    const auto& tokens = analysis_.tokens;
    const auto here =
        static_cast<std::size_t>(std::partition_point(tokens.begin(), tokens.end(),
                                                      [&](const Token& t) { return t.span.begin < one.span.end; }) -
                                 tokens.begin());
    std::size_t noun = here;
    const std::size_t most = std::min(tokens.size(), here + kNamedReach);
    while (noun < most && tokens[noun].upos != Upos::NOUN) ++noun;
    if (noun == most) return std::nullopt;
    const std::size_t least = here > kNamedBack ? here - kNamedBack : 0;
    for (std::size_t i = here; i-- > least;) {
      if (tokens[i].upos != Upos::NOUN || tokens[i].lemma_hash != tokens[noun].lemma_hash) continue;
      const std::uint32_t sentence = sentence_index(tokens[i].span);
      const auto said = std::find_if(said_days_.rbegin(), said_days_.rend(),
                                     [&](const SaidDay& day) { return day.sentence <= sentence; });
      if (said == said_days_.rend() || said->sentence != sentence) return std::nullopt;
      return said->day;
    }
    return std::nullopt;
  }

  static std::optional<Day> moved(Day base, Code unit, int count) {
    if (count > 4000 || count < -4000) return std::nullopt;
    switch (unit) {
      case Code::day:
        return Day{base.value + count};
      case Code::week:
        return Day{base.value + 7 * count};
      case Code::month:
        return months_later(base, count);
      case Code::quarter:
        return months_later(base, 3 * count);
      case Code::half:
        return months_later(base, 6 * count);
      case Code::year:
        return months_later(base, 12 * count);
      case Code::decade:
        return months_later(base, 120 * count);
      case Code::hour:
        return Day{base.value + count / 24};
      case Code::minute:
      case Code::second:
        return base;
      default:
        return std::nullopt;
    }
  }

  // Where a walk of so many units ends, as precisely as the unit speaks: three days ago is a day, two years ago a year.
  static std::optional<Interval> landing(Day base, Code unit, int count) {
    const auto day = moved(base, unit, count);
    if (!day) return std::nullopt;
    switch (unit) {
      case Code::week:
        return interval_from_iso(iso_week(*day));
      case Code::month:
        return interval_from_iso(day->iso().substr(0, 7));
      case Code::year:
        return interval_from_iso(day->iso().substr(0, 4));
      case Code::decade:
      case Code::century:
        return std::nullopt;
      default:
        return interval_of(*day);
    }
  }

  void say_set(const Found& one, TimeMention& mention) {
    mention.type = TimexType::set;
    if (one.has(Field::weekday)) {
      mention.value = fmt::format("XXXX-WXX-{}", one[Field::weekday]);
      if (one.has(Field::part)) mention.value += "T" + text(one[Field::part]);
    } else if (one.has(Field::part) && !one.has(Field::unit)) {
      mention.value = "XXXX-XX-XXT" + text(one[Field::part]);
    } else if (one.has(Field::season)) {
      mention.value = "XXXX-" + text(one[Field::season]);
    } else {
      mention.value =
          duration_value(one.has(Field::amount) ? one[Field::amount] : 1000, code(one[Field::unit]), kAbsent);
    }
  }

  // ---- dates

  std::optional<Day> told_or_today() const { return told_ ? told_ : today_; }
  // « Ils parleront jusqu'à vendredi. La veille, il avait appelé »: what is told as past hangs on no day to come.
  std::optional<Day> base_of_eve() const {
    if (!told_ || !today_ || *told_ <= *today_ || direction() != Direction::past) return told_or_today();
    return told_past_ ? told_past_ : today_;
  }

  std::string date_value(const Found& one, TimeMention& mention) {
    if (one.has(Field::shift)) return shifted(one, mention);
    if (one.has(Field::easter) || one.has(Field::feast)) return feast(one, mention);
    if (one.has(Field::weekday) && one.has(Field::month) && one.has(Field::ordinal))
      return weekday_of_month(one, mention);
    if (one.has(Field::weekday) && !one.has(Field::day)) return weekday(one, mention);
    if (one.has(Field::day)) return around_day(one, day_of_month(one, mention));
    if (one.has(Field::month)) return month(one, mention);
    if (one.has(Field::season)) return season(one, mention);
    if (one.has(Field::quarter)) return part_of_year(one, mention, fmt::format("Q{}", one[Field::quarter]));
    if (one.has(Field::half)) return part_of_year(one, mention, fmt::format("H{}", one[Field::half]));
    if (one.has(Field::decade)) return decade(one[Field::decade]);
    if (one.has(Field::century)) return fmt::format("{:02}", one[Field::century] - 1);
    if (const auto year = own_year(one)) return fmt::format("{:04}", *year);
    if (mention.type == TimexType::time) {
      // A clock time alone: its day is found once the whole sentence is known.
      days_[at_] = one.has(Field::anchor) ? kSameMoment : kNoDay;
      mention.relative = true;
      return "";
    }
    return "XXXX";
  }

  // « La semaine du 10 mars », « le week-end du 8 mai ».
  static std::string around_day(const Found& one, std::string value) {
    if (!one.has(Field::unit)) return value;
    const auto day = Day::parse(value);
    const Code unit = code(one[Field::unit]);
    if (!day || (unit != Code::week && unit != Code::weekend)) return value;
    return iso_week(*day) + (unit == Code::weekend ? "-WE" : "");
  }

  std::optional<int> own_year(const Found& one) const {
    if (one.has(Field::year)) return one[Field::year];
    if (!one.has(Field::short_year)) return std::nullopt;
    const int two = one[Field::short_year];
    const int current = around_ ? around_->civil().year : 2000;
    const int year = current / 100 * 100 + two;
    return year > current + 20 ? year - 100 : year;
  }

  std::string decade(int value) const {
    if (value >= 1000) return std::to_string(value / 10);
    return fmt::format("{}", 190 + value / 10);
  }

  std::string shifted(const Found& one, TimeMention& mention) {
    mention.relative = true;
    const bool narrative = one.has(Field::anchor) && code(one[Field::anchor]) == Code::told;
    const auto base = narrative ? base_of_eve() : today_;
    const Code unit = code(one[Field::unit]);
    const int shift = one[Field::shift];
    const auto wide_told = told_start_ ? told_start_ : around_;
    const auto wide_base = narrative ? wide_told : (base ? base : around_);
    switch (unit) {
      case Code::day:
        return base ? Day{base->value + shift}.iso() : "XXXX-XX-XX";
      case Code::week:
        return base ? iso_week(Day{base->value + 7 * shift}) : "XXXX-WXX";
      case Code::weekend:
        return base ? weekend(*base, shift) : "XXXX-WXX-WE";
      case Code::month: {
        if (!wide_base) return "XXXX-XX";
        const auto moved_day = months_later(*wide_base, shift);
        if (!moved_day) return "XXXX-XX";
        if (one.has(Field::day)) {
          const Day::Civil date = moved_day->civil();
          return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, one[Field::day]);
        }
        return moved_day->iso().substr(0, 7);
      }
      case Code::quarter:
        return wide_base ? quarter_of(*wide_base, shift, 3, 'Q') : "XXXX-QX";
      case Code::half:
        return wide_base ? quarter_of(*wide_base, shift, 6, 'H') : "XXXX-HX";
      case Code::year: {
        const auto year_base = wide_base || narrative ? wide_base : some_day_of_page();
        if (!year_base) return "XXXX";
        const int year = year_base->civil().year + shift;
        if (one.has(Field::day)) return fmt::format("{:04}-{:02}-{:02}", year, one[Field::month], one[Field::day]);
        if (one.has(Field::month)) return fmt::format("{:04}-{:02}", year, month_or_own(one[Field::month]));
        if (one.has(Field::season)) return fmt::format("{:04}-{}", year, text(one[Field::season]));
        if (one.has(Field::quarter)) return fmt::format("{:04}-Q{}", year, one[Field::quarter]);
        if (one.has(Field::half)) return fmt::format("{:04}-H{}", year, one[Field::half]);
        return fmt::format("{:04}", year);
      }
      case Code::decade:
        return wide_base ? std::to_string(wide_base->civil().year / 10 + shift) : "XXX";
      case Code::century:
        return wide_base ? std::to_string(wide_base->civil().year / 100 + shift) : "XX";
      default:
        return "XXXX-XX-XX";
    }
  }

  // « L'an dernier à la même époque »: month 0 is the page's own.
  int month_or_own(int month) const { return month == 0 && around_ ? around_->civil().month : std::max(month, 1); }

  // Of a page of which only the year is known, any day will do for « l'an dernier ».
  std::optional<Day> some_day_of_page() const {
    const bool known = page_day_ && page_day_->start && page_day_->end;
    if (!known || page_day_->start->civil().year != page_day_->end->civil().year) return std::nullopt;
    return page_day_->start;
  }

  // « ce week-end » on a Monday looks back, or forward where the verb does; else it is the week's own.
  std::string weekend(Day base, int shift) {
    if (shift == 0 && base.weekday() <= 3 && direction() != Direction::future) --shift;
    return iso_week(Day{monday_of(base).value + 7 * shift}) + "-WE";
  }

  static std::string quarter_of(Day base, int shift, int months, char letter) {
    const Day::Civil date = base.civil();
    const int number = date.year * (12 / months) + (date.month - 1) / months + shift;
    const int in_year = 12 / months;
    return fmt::format("{:04}-{}{}", floor_div(number, in_year), letter,
                       number - in_year * floor_div(number, in_year) + 1);
  }

  Direction direction() const {
    const Found& one = (*found_)[at_];
    if (one.has(Field::direction)) {
      if (code(one[Field::direction]) == Code::past) return Direction::past;
      if (code(one[Field::direction]) == Code::future) return Direction::future;
    }
    if (one.future_cue) return Direction::future;
    if (one.past_cue) return Direction::past;
    const Direction verb = direction_at(analysis_, rules_, one.span);
    // « Les pourparlers durent jusqu'à vendredi » looks ahead.
    return one.until && verb != Direction::past ? Direction::future : verb;
  }
  bool says_direction() const {
    const Found& one = (*found_)[at_];
    return one.has(Field::direction) && code(one[Field::direction]) != Code::nearest;
  }

  // « Publié le 5 août, mis à jour le 6 »: what an update added is counted from its day.
  void note_update(const std::vector<Found>& found) {
    if (!today_) return;
    for (const Found& one : found) {
      if (!one.updated_cue || !one.has(Field::year) || !one.has(Field::month) || !one.has(Field::day)) continue;
      const auto day = Day::from_civil(one[Field::year], one[Field::month], one[Field::day]);
      if (day && *day > *today_ && day->value - today_->value <= kUpdateDays) updated_ = day;
    }
  }
  // The last such weekday before the update, where it lies behind the page's first day.
  std::optional<Day> weekday_of_update(int wanted) const {
    if (!updated_) return std::nullopt;
    const Day last{updated_->value - (updated_->weekday() - wanted + 7) % 7};
    if (last <= *today_) return std::nullopt;
    return last;
  }

  std::string weekday(const Found& one, TimeMention& mention) {
    mention.relative = true;
    const int wanted = one[Field::weekday];
    const bool narrative = one.has(Field::anchor) && code(one[Field::anchor]) == Code::told;
    const auto base = narrative ? told_or_today() : today_;
    if (!base) return fmt::format("XXXX-WXX-{}", wanted);
    const int back = (base->weekday() - wanted + 7) % 7;  // days since the last one, 0 for today
    const int forth = back == 0 ? 0 : 7 - back;
    if (one.has(Field::ordinal)) return Day{monday_of(*base).value + 7 * one[Field::ordinal] + wanted - 1}.iso();
    const Direction way = direction();
    if (!narrative && !one.has(Field::direction) && is_within_old_story(sentence_index(one.span)) &&
        tells_in_simple_past())
      return Day{told_->value + (wanted - told_->weekday() + 7) % 7}.iso();
    if (says_direction()) {
      const int strictly_back = back == 0 ? 7 : back;
      return Day{base->value + (way == Direction::past ? -strictly_back : 7 - strictly_back + (back == 0 ? 7 : 0))}
          .iso();
    }
    if (const auto last = weekday_of_update(wanted); last && !narrative && way != Direction::future) return last->iso();
    if (narrative) return Day{base->value + (back <= 3 ? -back : forth)}.iso();
    const bool nearest = one.has(Field::direction);  // « ce jeudi »
    if (nearest && back == 0) return base->iso();
    if (way == Direction::future) return Day{base->value + forth}.iso();
    // « Lundi, la reine cède » is how a story is told in the present, « la reine reçoit lundi » a plan.
    if (way == Direction::present && !nearest)
      return Day{base->value + (back <= (is_fronted() ? 2 : 1) || goes_on_from_told(*base, back) ? -back : forth)}
          .iso();
    if (way == Direction::present || (nearest && way == Direction::none))
      return Day{base->value + (back <= 2 ? -back : forth)}.iso();
    return Day{base->value - back}.iso();
  }

  // The year of the narrative, where it looks back: the year that was said in this sentence or the one before.
  std::optional<int> year_of_look_back() const {
    const std::uint32_t sentence = sentence_index((*found_)[at_].span);
    if (!said_year_ || sentence > said_year_sentence_ + 1) return std::nullopt;
    if (around_ && *said_year_ > around_->civil().year) return std::nullopt;
    const Direction way = direction();
    if (way != Direction::past && !(way == Direction::none && sentence == said_year_sentence_)) return std::nullopt;
    if (sentence != said_year_sentence_ && said_year_bare_ && tells_in_perfect() && !opens_sentence(sentence))
      return std::nullopt;
    if (around_ && std::abs(around_->civil().year - *said_year_) < kYearsOfLookBack) return std::nullopt;
    return said_year_;
  }

  // « Le 14 octobre 1962 … Le 22 octobre »: a story of another year goes on in it while its days come soon one upon the
  // other.
  bool is_within_old_story(std::uint32_t sentence) const {
    const bool old = around_ ? told_ && told_->civil().year <= around_->civil().year - kYearsOfLookBack : is_history_;
    return told_ && told_with_year_ && old && sentence <= told_sentence_ + kStorySentences;
  }
  std::optional<Day> next_of_story(int month, int day, std::int32_t weekday) const {
    const std::uint32_t sentence = sentence_index((*found_)[at_].span);
    if (!is_within_old_story(sentence) || direction() == Direction::future) return std::nullopt;
    if (sentence > told_sentence_ + 1 && tells_in_perfect() && !opens_sentence(sentence)) return std::nullopt;
    for (int year = told_->civil().year; year <= told_->civil().year + 1; ++year) {
      const auto candidate = Day::from_civil(year, month, day);
      if (!candidate || (weekday != kAbsent && candidate->weekday() != weekday)) continue;
      const int ahead = candidate->value - told_->value;
      if (ahead >= -kStoryBack && ahead <= story_days()) return candidate;
    }
    return std::nullopt;
  }
  bool is_fronted() const { return opens_sentence(sentence_index((*found_)[at_].span)); }
  // Whether the weekday opens its sentence and the story is at a day of the week past, not behind it.
  bool goes_on_from_told(Day today, int back) const {
    return is_fronted() && told_past_ && told_past_->value >= today.value - 7 &&
           told_past_->value <= today.value - back;
  }
  // « Fin avril 2019, il part. En mai, il tire »: what is told in the present lies in the year said last, not ahead.
  std::optional<int> year_of_story(int month, int day) const {
    const Direction way = direction();
    if (!said_year_ || !today_ || !is_fronted() || way == Direction::future || way == Direction::past)
      return std::nullopt;
    if (sentence_index((*found_)[at_].span) > said_year_sentence_ + kYearSentences) return std::nullopt;
    if (*said_year_ >= today_->civil().year) return std::nullopt;
    const auto candidate = Day::from_civil(*said_year_, month, day);
    if (!candidate || (told_start_ && *candidate < *told_start_)) return std::nullopt;
    return said_year_;
  }
  // A page that never speaks of its own day tells nothing but its story.
  int story_days() const { return is_history_ ? kHistoryDays : kStoryDays; }
  std::optional<std::string> month_of_story(int month) const {
    if (!is_within_old_story(sentence_index((*found_)[at_].span)) || direction() == Direction::future)
      return std::nullopt;
    if (tells_in_perfect() && !is_history_) return std::nullopt;
    const Day::Civil told = told_->civil();
    const int ahead = (month - told.month + 12) % 12;
    if (30 * ahead > story_days()) return std::nullopt;
    return fmt::format("{:04}-{:02}", told.year + (month < told.month ? 1 : 0), month);
  }
  // A bare weekday told in the simple past is one of the story's days.
  bool tells_in_simple_past() const {
    const Token* verb = nullptr;
    direction_by(analysis_, rules_, (*found_)[at_].span, verb);
    return verb != nullptr && verb->morph.is_finite() && verb->morph.tense == Tense::past;
  }

  // « En 1971, Londres en avait expulsé cent. Cette fois, Paris a agi le 26 mars »: the tense of the news, with the
  // date in its middle, is back in the page's year; « Le 26 mars, Paris a agi » goes on with the story.
  bool tells_in_perfect() const {
    const Token* verb = nullptr;
    const Direction way = direction_by(analysis_, rules_, (*found_)[at_].span, verb);
    return way == Direction::past && verb != nullptr && verb->morph.tense == Tense::pres;
  }
  bool opens_sentence(std::uint32_t sentence) const {
    if (sentence >= analysis_.sentences.size()) return false;
    const std::uint32_t second = analysis_.sentences[sentence].first + 1;
    return second >= analysis_.tokens.size() || (*found_)[at_].span.begin <= analysis_.tokens[second].span.begin;
  }
  // « Avait demandé dimanche »: a look back from the story, which does not stay there.
  bool is_flashback(Span span) const {
    const Token* verb = nullptr;
    const Direction way = direction_by(analysis_, rules_, span, verb);
    return way == Direction::past && verb != nullptr && verb->upos == Upos::AUX && verb->morph.tense == Tense::imp;
  }

  std::string day_of_month(const Found& one, TimeMention& mention) {
    const int day = one[Field::day];
    if (!one.has(Field::month)) {
      mention.relative = true;
      return day_alone(day);
    }
    const int month = one[Field::month];
    if (const auto year = own_year(one)) return fmt::format("{:04}-{:02}-{:02}", *year, month, day);
    mention.relative = true;
    if (is_told(one))
      return beside_told(one, fmt::format("{:02}-{:02}", month, day))
          .value_or(fmt::format("XXXX-{:02}-{:02}", month, day));
    if (const auto year = year_of_look_back(); year && !says_direction())
      return fmt::format("{:04}-{:02}-{:02}", *year, month, day);
    if (const auto next = next_of_story(month, day, one[Field::weekday]);
        next && !says_direction() && !one.has(Field::anchor))
      return next->iso();
    const std::string open = fmt::format("XXXX-{:02}-{:02}", month, day);
    if (one.has(Field::generic) || !around_) return open;
    const auto chosen = nearest_date(month, day, one[Field::weekday]);
    if (chosen && today_ && *chosen > *today_ && !one.has(Field::weekday) && !says_direction())
      if (const auto year = year_of_story(month, day)) return fmt::format("{:04}-{:02}-{:02}", *year, month, day);
    return chosen ? chosen->iso() : open;
  }

  // « le 14 », its month being the one told last, in the sentences right before, else the page's: behind a day of that
  // story the next one, unless it lies beyond the page; beside the page's own day the verb says on which side.
  std::string day_alone(int day) const {
    const std::uint32_t sentence = sentence_index((*found_)[at_].span);
    const Direction way = direction();
    const bool goes_on = told_start_ && sentence <= told_start_sentence_ + kBareDaySentences &&
                         !(way == Direction::future && today_ && *told_start_ < *today_);
    const auto base = goes_on ? told_start_ : today_;
    if (!base) return fmt::format("XXXX-XX-{:02}", day);
    const Day::Civil date = base->civil();
    int months = 0;
    if (goes_on && !told_is_wide_ && day < date.day && !is_flashback((*found_)[at_].span)) {
      const auto next = in_month(date, 1, day);
      if (next && (!today_ || *next <= *today_ || way == Direction::future)) months = 1;
    }
    if (!goes_on && way == Direction::past && day > date.day) months = -1;
    if (!goes_on && way == Direction::future && day < date.day) months = 1;
    const auto found = in_month(date, months, day);
    return found ? found->iso() : fmt::format("XXXX-XX-{:02}", day);
  }

  // The day in the month so many months from that of the date, if it has one.
  static std::optional<Day> in_month(Day::Civil date, int months, int day) {
    const int since_zero = date.year * 12 + date.month - 1 + months;
    return Day::from_civil(floor_div(since_zero, 12), since_zero - 12 * floor_div(since_zero, 12) + 1, day);
  }

  std::optional<Day> nearest_date(int month, int day, std::int32_t weekday) const {
    const Direction way = direction();
    const bool strict = says_direction();
    std::optional<Day> best;
    int best_cost = 0;
    const int year = around_->civil().year;
    for (int candidate_year = year - 8; candidate_year <= year + 8; ++candidate_year) {
      const bool near = candidate_year >= year - 1 && candidate_year <= year + 1;
      if (!near && !(month == 2 && day == 29)) continue;
      const auto candidate = Day::from_civil(candidate_year, month, day);
      if (!candidate) continue;
      const int distance = candidate->value - around_->value;
      if (strict && (way == Direction::past ? distance >= 0 : distance <= 0)) continue;
      int cost = std::abs(distance);
      if (way == Direction::past && distance > 0) cost += kDaysLeaning;
      if (way == Direction::future && distance < 0) cost += kDaysLeaning;
      if (weekday != kAbsent && candidate->weekday() != weekday) cost += kWrongWeekday;
      if (!best || cost < best_cost) {
        best = candidate;
        best_cost = cost;
      }
    }
    return best;
  }

  std::string month(const Found& one, TimeMention& mention) {
    const int month = one[Field::month];
    if (const auto year = own_year(one)) return fmt::format("{:04}-{:02}", *year, month);
    mention.relative = true;
    if (one.has(Field::generic)) return fmt::format("XXXX-{:02}", month);
    if (is_told(one)) return beside_told(one, fmt::format("{:02}", month)).value_or(fmt::format("XXXX-{:02}", month));
    if (const auto year = year_of_look_back(); year && !says_direction())
      return fmt::format("{:04}-{:02}", *year, month);
    if (const auto value = month_of_story(month); value && !says_direction()) return *value;
    if (!around_) return fmt::format("XXXX-{:02}", month);
    const Day::Civil today = around_->civil();
    const int back = (today.month - month + 12) % 12;
    const Direction way = direction();
    bool past = back <= 8;
    int months_back = back;
    if (says_direction()) {
      past = way == Direction::past;
      if (back == 0) months_back = 12;
      if (!past && back == 0) return fmt::format("{:04}-{:02}", today.year + 1, month);
    } else if (way == Direction::past) {
      past = back <= 10;
    } else if (way == Direction::future) {
      past = back <= 1;
    }
    if (!past && !says_direction())
      if (const auto year = year_of_story(month, 1)) return fmt::format("{:04}-{:02}", *year, month);
    const int months = today.year * 12 + today.month - 1 + (past ? -months_back : 12 - back);
    return fmt::format("{:04}-{:02}", floor_div(months, 12), month);
  }

  // « le premier dimanche de mars », « le dernier jeudi de mai »: the n-th such weekday of the month; -1 is the last.
  std::string weekday_of_month(const Found& one, TimeMention& mention) {
    const auto whole = interval_from_iso(month(one, mention));
    if (!whole) return fmt::format("XXXX-{:02}-XX", one[Field::month]);
    const int ordinal = one[Field::ordinal];
    if (ordinal < 0) return Day{whole->end->value - (whole->end->weekday() - one[Field::weekday] + 7) % 7}.iso();
    const Day first{whole->start->value + (one[Field::weekday] - whole->start->weekday() + 7) % 7};
    const Day wanted{first.value + 7 * (ordinal - 1)};
    return wanted <= *whole->end ? wanted.iso() : fmt::format("XXXX-{:02}-XX", one[Field::month]);
  }

  // « L'automne suivant », « en mars suivant »: the next, or the last, from what was told.
  static bool is_told(const Found& one) {
    return one.has(Field::ordinal) && one.has(Field::anchor) && code(one[Field::anchor]) == Code::told;
  }
  std::optional<std::string> beside_told(const Found& one, std::string_view part) const {
    const auto base = told_start_ ? told_start_ : around_;
    if (!base) return std::nullopt;
    const int way = one[Field::ordinal];
    for (int step = -1; step <= 1; ++step) {
      std::string value = fmt::format("{:04}-{}", base->civil().year + (way > 0 ? step : -step), part);
      const auto days = interval_from_iso(value);
      if (days && (way > 0 ? *days->start > *base : *days->end < *base)) return value;
    }
    return std::nullopt;
  }

  std::string season(const Found& one, TimeMention& mention) {
    const std::string& name = text(one[Field::season]);
    if (const auto year = own_year(one)) return fmt::format("{:04}-{}", *year, name);
    mention.relative = true;
    if (is_told(one)) return beside_told(one, name).value_or("XXXX-" + name);
    if (one.has(Field::generic) || !around_) return "XXXX-" + name;
    // The nearest one by its middle; explicit words and the verb may push it to one side.
    std::string best;
    int best_cost = 0;
    const Direction way = direction();
    const int year = around_->civil().year;
    for (int candidate_year = year - 2; candidate_year <= year + 1; ++candidate_year) {
      const auto interval = interval_from_iso(fmt::format("{:04}-{}", candidate_year, name));
      if (!interval) continue;
      if (says_direction() && way == Direction::past && *interval->end >= *around_) continue;
      if (says_direction() && way == Direction::future && *interval->start <= *around_) continue;
      const int middle = (interval->start->value + interval->end->value) / 2 - around_->value;
      int cost = std::abs(middle);
      if (way == Direction::past && *interval->start > *around_) cost += kDaysLeaning;
      if (way == Direction::future && *interval->end < *around_) cost += kDaysLeaning;
      if (best.empty() || cost < best_cost) {
        best = fmt::format("{:04}-{}", candidate_year, name);
        best_cost = cost;
      }
    }
    return best.empty() ? "XXXX-" + name : best;
  }

  std::string part_of_year(const Found& one, TimeMention& mention, const std::string& part) {
    if (const auto year = own_year(one)) return fmt::format("{:04}-{}", *year, part);
    mention.relative = true;
    if (!around_) return "XXXX-" + part;
    const int year = around_->civil().year;
    const auto same = interval_from_iso(fmt::format("{:04}-{}", year, part));
    const bool ahead = same && *same->start > *around_ && direction() != Direction::future;
    return fmt::format("{:04}-{}", ahead ? year - 1 : year, part);
  }

  std::string feast(const Found& one, TimeMention& mention) {
    const auto day_in = [&](int year) -> std::optional<Day> {
      if (one.has(Field::feast)) return Day::from_civil(year, one[Field::feast] / 100, one[Field::feast] % 100);
      const auto sunday = easter(year);
      if (!sunday) return std::nullopt;
      return Day{sunday->value + one[Field::easter]};
    };
    if (const auto year = own_year(one)) {
      const auto day = day_in(*year);
      return day ? day->iso() : "XXXX-XX-XX";
    }
    mention.relative = true;
    if (!around_) {
      if (!one.has(Field::feast)) return "XXXX-XX-XX";
      return fmt::format("XXXX-{:02}-{:02}", one[Field::feast] / 100, one[Field::feast] % 100);
    }
    std::optional<Day> best;
    int best_cost = 0;
    const Direction way = direction();
    const int year = around_->civil().year;
    for (int candidate_year = year - 1; candidate_year <= year + 1; ++candidate_year) {
      const auto day = day_in(candidate_year);
      if (!day) continue;
      const int distance = day->value - around_->value;
      int cost = std::abs(distance);
      if (way == Direction::past && distance > 0) cost += kDaysLeaning;
      if (way == Direction::future && distance < 0) cost += kDaysLeaning;
      if (!best || cost < best_cost) {
        best = day;
        best_cost = cost;
      }
    }
    return best ? best->iso() : "XXXX-XX-XX";
  }

  // ---- clock times

  std::string clock(const Found& one) const {
    if (!one.has(Field::hour)) return one.has(Field::part) ? "T" + text(one[Field::part]) : "";
    int hour = one[Field::hour];
    if (one.has(Field::part) && hour >= 1 && hour < 12) {
      const std::string& part = text(one[Field::part]);
      if (part == "AF" || part == "EV" || (part == "NI" && hour >= 8)) hour += 12;
    }
    std::string value = fmt::format("T{:02}:{:02}", hour, one.has(Field::minute) ? one[Field::minute] : 0);
    if (one.has(Field::second)) value += fmt::format(":{:02}", one[Field::second]);
    if (one.has(Field::zone)) value += text(one[Field::zone]);
    return value;
  }

  // A clock time belongs to the day named before it in its sentence, else to the one that follows at once, else to the
  // last day told, else to the page's.
  void complete_clock_times(std::vector<TimeMention>& mentions) const {
    std::optional<Day> before;
    std::uint32_t before_sentence = 0;
    bool before_is_night = false;
    std::optional<Day> told, told_past;
    const TimeMention* moment = nullptr;  // the last clock time or part of a day, for « à ce moment-là »
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      TimeMention& mention = mentions[i];
      if (days_[i] == kSameMoment) {
        mention.value = moment ? moment->value : "PAST_REF";
        if (moment) mention.interval = moment->interval;
        continue;
      }
      if (mention.type == TimexType::time && !mention.value.ends_with("_REF")) moment = &mention;
      if (days_[i] != kNoDay) {
        if (mention.interval && mention.interval->is_day() &&
            (mention.type == TimexType::date || mention.type == TimexType::time)) {
          const bool background = before && before_sentence == mention.sentence && *mention.interval->start < *before;
          before = mention.interval->start;
          if (!background && !flashback_[i] && mention.bound != Bound::since) {
            told = before;
            if (today_ && *told <= *today_) told_past = told;
          }
          before_sentence = mention.sentence;
          before_is_night = mention.value.ends_with("TNI");
        }
        continue;
      }
      std::optional<Day> day;
      if (before && before_sentence == mention.sentence) {
        // The small hours of « la nuit de samedi à dimanche » are Sunday's.
        const bool small_hours = before_is_night && mention.value.size() > 2 && mention.value < "T09";
        day = Day{before->value + (small_hours ? 1 : 0)};
      }
      if (!day) day = day_behind(mentions, i);
      if (!day) day = told ? told : today_;
      // What is told as past, and a ticker's times, are of no day to come that was told above.
      if (day == told && told && today_ && *told > *today_ &&
          ((*found_)[i].word == 0 || direction_at(analysis_, rules_, mention.span) == Direction::past))
        day = told_past ? told_past : today_;
      mention.value.insert(0, day ? day->iso() : "XXXX-XX-XX");
      if (day) mention.interval = interval_of(*day);
    }
  }

  // ---- quotations

  // Whether the span stands between quotation marks that opened in its sentence.
  bool is_quoted(const Sentence& sentence, Span span) const {
    const auto begin = analysis_.tokens.begin() + sentence.first;
    const auto end = analysis_.tokens.begin() + sentence.last;
    const auto here = std::partition_point(begin, end, [&](const Token& t) { return t.span.begin < span.begin; });
    const auto first = here - begin > kQuoteReach ? here - kQuoteReach : begin;
    bool quoted = false;
    for (auto token = first; token != here; ++token) {
      if (token->upos != Upos::PUNCT) continue;
      const std::string_view mark = analysis_.form(*token);
      if (mark == "«" || mark == "“") quoted = true;
      if (mark == "»" || mark == "”") quoted = false;
      if (mark == "\"") quoted = !quoted;
    }
    return quoted;
  }

  // « Nous signerons demain », a-t-il dit mardi: the words of a quotation count from the day of speaking, where its
  // sentence says it outside the quotation.
  void count_from_speaking(std::vector<TimeMention>& mentions) const {
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      const Found& one = (*found_)[i];
      if (!one.has(Field::shift) || one.has(Field::anchor) || code(one[Field::unit]) != Code::day) continue;
      TimeMention& mention = mentions[i];
      if (mention.value.size() < 10 || !mention.interval) continue;
      const auto spoken = day_of_speaking(mentions, i);
      if (!spoken) continue;
      const Day day{spoken->value + one[Field::shift]};
      mention.value.replace(0, 10, day.iso());
      mention.interval = interval_of(day);
    }
  }

  std::optional<Day> day_of_speaking(const std::vector<TimeMention>& mentions, std::size_t at) const {
    if (mentions[at].sentence >= analysis_.sentences.size()) return std::nullopt;
    const Sentence& sentence = analysis_.sentences[mentions[at].sentence];
    if (!is_quoted(sentence, mentions[at].span)) return std::nullopt;
    const std::size_t first = at > kSpeakingReach ? at - kSpeakingReach : 0;
    for (std::size_t i = first; i < std::min(mentions.size(), at + kSpeakingReach + 1); ++i) {
      const TimeMention& other = mentions[i];
      if (i == at || other.sentence != mentions[at].sentence || !other.interval || !other.interval->is_day()) continue;
      if (other.type != TimexType::date && other.type != TimexType::time) continue;
      if (is_quoted(sentence, other.span) || telling_at(analysis_, rules_, other.span) != Telling::told) continue;
      return other.interval->start;
    }
    return std::nullopt;
  }

  std::optional<Day> day_behind(const std::vector<TimeMention>& mentions, std::size_t at) const {
    for (std::size_t i = at + 1; i < mentions.size() && i <= at + 3; ++i) {
      if (mentions[i].sentence != mentions[at].sentence) break;
      if (days_[i] == kNoDay) continue;
      if (mentions[i].span.begin - mentions[at].span.end > 24) break;
      if (mentions[i].interval && mentions[i].interval->is_day() && mentions[i].type != TimexType::duration)
        return mentions[i].interval->start;
    }
    return std::nullopt;
  }

  // ---- the state

  std::optional<Interval> interval_of_value(const std::string& value) const {
    if (value.size() == 11 && value.ends_with("-WE")) {
      auto week = interval_from_iso(std::string_view(value).substr(0, 8));
      if (!week) return std::nullopt;
      return Interval{Day{week->start->value + 5}, week->end, Granularity::other};
    }
    return interval_from_iso(value);
  }

  static bool is_no_day(std::string_view value) {
    return value.size() >= 10 && value.front() != 'X' && value.front() != 'P' && value[4] == '-' && value[7] == '-' &&
           !Day::parse(value.substr(0, 10));
  }

  void remember(const Found& one, const TimeMention& mention) {
    // « Deux jours plus tard » carries the narrative on; « deux jours plus tôt » looks aside.
    const bool leads_on = mention.type == TimexType::duration && one.has(Field::anchor) && one[Field::back] == 1;
    if (leads_on && mention.interval && mention.interval->is_day() && told_) told_ = mention.interval->start;
    if (mention.type != TimexType::date && mention.type != TimexType::time) return;
    // « La veille » is an aside: the narrative goes on from the day that it hung on.
    // « depuis le 9 janvier » dates the background of what has been told by then.
    // « A attaqué lundi le convoi qui avait quitté Goma samedi » goes on from Monday.
    const bool is_day = mention.interval && mention.interval->is_day();
    const bool background = is_day && told_ && told_sentence_ == mention.sentence && *mention.interval->start < *told_;
    const bool aside = (one.has(Field::anchor) && one.has(Field::shift) && one[Field::shift] < 0) ||
                       (mention.bound == Bound::since && told_.has_value()) || background;
    if (is_day) {
      said_days_.push_back(SaidDay{mention.sentence, *mention.interval->start});
      flashback_[at_] = is_flashback(one.span);
    }
    if (is_day && !aside) {
      const Day day = *mention.interval->start;
      const bool old = !around_ || day.civil().year <= around_->civil().year - kYearsOfLookBack;
      told_with_year_ = own_year(one).has_value() || (told_with_year_ && old);
      told_ = day;
      told_sentence_ = mention.sentence;
      if (today_ && *told_ <= *today_) told_past_ = told_;
    }
    if (mention.interval && mention.interval->start && !aside) {
      told_start_ = mention.interval->start;
      told_start_sentence_ = mention.sentence;
      const bool narrow = mention.interval->end && mention.interval->end->value - told_start_->value <= kYearOfDays;
      if (!one.has(Field::anchor) && narrow) told_is_wide_ = !is_day;
      if (is_day) told_is_wide_ = false;
    }
    if (const auto year = own_year(one); year && !one.has(Field::aside)) {
      said_year_ = year;
      said_year_bare_ = !one.has(Field::month);
      said_year_sentence_ = mention.sentence;
    }
  }

  void join_ranges(std::vector<TimeMention>& mentions) const {
    for (std::size_t i = 0; i + 1 < mentions.size(); ++i) {
      if (!(*found_)[i].opens_range) continue;
      auto& first = mentions[i];
      auto& second = mentions[i + 1];
      if (!first.interval || !second.interval || !first.interval->start || !second.interval->end) continue;
      // « de lundi à mercredi »: the second weekday is the one behind the first.
      if ((*found_)[i + 1].has(Field::weekday) && !(*found_)[i + 1].has(Field::day) && second.interval->is_day()) {
        const int ahead = (second.interval->start->weekday() - first.interval->start->weekday() + 7) % 7;
        second.interval = interval_of(Day{first.interval->start->value + ahead});
        second.value = second.interval->start->iso();
      }
      if (*second.interval->end < *first.interval->start) continue;
      first.range = second.range = Interval{first.interval->start, second.interval->end, Granularity::other};
    }
  }

  static constexpr Day kNoDay{std::numeric_limits<std::int32_t>::min()};
  static constexpr Day kSameMoment{std::numeric_limits<std::int32_t>::min() + 1};

  const Rules& rules_;
  const Analysis& analysis_;
  std::optional<Interval> page_day_;
  std::optional<Day> today_;    // the page's day, if known to the day
  bool is_history_ = false;     // the page never speaks of its own day
  std::optional<Day> updated_;  // the day of the page's last change, if the page says one behind its own
  std::optional<Day> around_;   // a day near the page's, if known at least to the month
  std::optional<Day> told_;
  std::optional<Day> told_past_;   // the last one told that is not to come
  std::optional<Day> told_start_;  // where the last interval told begins, whatever its width
  std::uint32_t told_start_sentence_ = 0;
  bool told_is_wide_ = false;  // whether that was more than a day
  std::uint32_t told_sentence_ = 0;
  bool told_with_year_ = false;  // whether that day was said with its year, or the story came to it from one that was
  struct SaidDay {
    std::uint32_t sentence;
    Day day;
  };
  std::vector<SaidDay> said_days_;  // in text order
  std::optional<int> said_year_;
  std::uint32_t said_year_sentence_ = 0;
  bool said_year_bare_ = false;  // whether without a month
  const std::vector<Found>* found_ = nullptr;
  std::size_t at_ = 0;
  std::vector<bool> flashback_;           // by expression: a day told in the pluperfect
  std::vector<std::optional<Day>> days_;  // kNoDay for a clock time that waits for its day
};

}  // namespace

std::vector<TimeMention> resolve(const std::vector<Found>& found, const Rules& rules, const Analysis& analysis,
                                 const std::optional<Interval>& page_day) {
  return Resolver(rules, analysis, page_day).resolve(found);
}

namespace {

// The direction that the verbs around a span give it, and the finite verb that does; null for a bare participle.
Direction direction_by(const Analysis& analysis, const Rules& rules, Span span, const Token*& verb) {
  verb = nullptr;
  const Sentence* found = sentence_of(analysis, span);
  if (found == nullptr) return Direction::none;
  const Sentence& sentence = *found;
  const auto begin = analysis.tokens.begin() + sentence.first;
  const auto end = analysis.tokens.begin() + sentence.last;
  const auto here = static_cast<std::uint32_t>(
      std::partition_point(begin, end, [&](const Token& t) { return t.span.begin < span.begin; }) -
      analysis.tokens.begin());
  std::uint32_t left_cost = 0;
  Direction left = Direction::none;
  std::uint32_t cost = 0;
  for (std::uint32_t i = here; i-- > sentence.first && cost <= kVerbReach;) {
    const Token& token = analysis.tokens[i];
    cost += token.upos == Upos::PUNCT ? kCommaCost : 1;
    if (!is_finite_or_participle(token)) continue;
    left = direction_of_group(analysis, rules, sentence, i, verb);
    // « arrivé lundi soir », « entamée dimanche »: a bare participle at the expression's side tells of the past.
    const bool bare = token.morph.is_participle() && auxiliary_before(analysis, sentence, i) == nullptr;
    if (bare && cost <= 2) left = Direction::past;
    if (bare) verb = nullptr;
    left_cost = cost;
    if (left != Direction::none) break;
  }
  std::uint32_t i = here;
  while (i < sentence.last && analysis.tokens[i].span.begin < span.end) ++i;
  cost = 0;
  for (; i < sentence.last && cost <= kVerbReach; ++i) {
    const Token& token = analysis.tokens[i];
    cost += token.upos == Upos::PUNCT ? kCommaCost : 1;
    if (left != Direction::none && cost >= left_cost) return left;
    // « partira en mai, a annoncé X »: the verb behind the comma tells of somebody's words.
    if (left != Direction::none && token.upos == Upos::PUNCT && i + 1 < sentence.last &&
        analysis.tokens[i + 1].morph.is_finite())
      return left;
    if (!is_finite_or_participle(token)) continue;
    const Token* other = nullptr;
    const Direction right = direction_of_group(analysis, rules, sentence, i, other);
    if (right != Direction::none) {
      verb = other;
      return right;
    }
  }
  return left;
}

}  // namespace

Direction direction_at(const Analysis& analysis, const Rules& rules, Span span) {
  const Token* verb = nullptr;
  return direction_by(analysis, rules, span, verb);
}

Telling telling_at(const Analysis& analysis, const Rules& rules, Span span) {
  const Token* verb = nullptr;
  const Direction way = direction_by(analysis, rules, span, verb);
  if (verb == nullptr) return way == Direction::past ? Telling::told : Telling::none;
  // « Le sommet devait se tenir le 11 février », « qui se tiendrait en juin »: it may have, and may yet.
  if (verb->morph.mood == Mood::cnd || belongs(rules, analysis.lemma(*verb), rules.modal)) return Telling::none;
  if (way == Direction::past) return Telling::told;
  return way == Direction::future && verb->morph.tense == Tense::fut ? Telling::foretold : Telling::none;
}

bool tells_past(const Analysis& analysis, const Rules& rules, Span span) {
  const Sentence* sentence = sentence_of(analysis, span);
  if (sentence == nullptr) return false;
  const std::uint32_t most = std::min(sentence->last, sentence->first + kSentenceReach);
  for (std::uint32_t i = sentence->first; i < most; ++i) {
    if (!is_finite_or_participle(analysis.tokens[i])) continue;
    const Token* verb = nullptr;
    const Direction way = direction_of_group(analysis, rules, *sentence, i, verb);
    if (way != Direction::none) return way == Direction::past;
  }
  return false;
}

// The computus of the Gregorian calendar (Meeus, Jones, Butcher).
std::optional<Day> easter(int year) {
  if (year < 1583 || year > 4099) return std::nullopt;
  const int golden = year % 19;
  const int century = year / 100;
  const int skipped = century / 4;
  const int correction = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - skipped - correction + 15) % 30;
  const int sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 100 % 4) % 7;
  const int late = (golden + 11 * epact + 22 * sunday) / 451;
  const int sum = epact + sunday - 7 * late + 114;
  return Day::from_civil(year, sum / 31, sum % 31 + 1);
}

}  // namespace chancery::time_rules
