// The door: compile a pack's rules once; then for each page match, find the page's day, resolve.
#include <algorithm>

#include "time/match.h"
#include "time/page_day.h"
#include "time/resolve.h"
#include "time/rules.h"
#include "time/time.h"

namespace chancery {

struct TimeRules::Tables {
  time_rules::Rules rules;
};

TimeRules::TimeRules() = default;
TimeRules::TimeRules(TimeRules&&) noexcept = default;
TimeRules& TimeRules::operator=(TimeRules&&) noexcept = default;
TimeRules::~TimeRules() = default;

Result<TimeRules> TimeRules::compile(const LanguagePack& pack) {
  const auto source = pack.file("time.txt");
  if (!source) return tl::unexpected<Error>(source.error());
  return compile(*source);
}

Result<TimeRules> TimeRules::compile(std::string_view source) {
  auto rules = time_rules::compile_rules(source);
  if (!rules) return tl::unexpected<Error>(rules.error());
  TimeRules out;
  out.tables_ = std::make_unique<Tables>(Tables{std::move(*rules)});
  return out;
}

namespace {

// What comes out alike from the first and the last of the days that the page may be of is sure; the rest is as open as
// the month leaves it. Both lists hold the same expressions, but for those without a value.
std::vector<TimeMention> agreed(std::vector<TimeMention> first, const std::vector<TimeMention>& last,
                                const std::vector<TimeMention>& open) {
  const auto at = [](const std::vector<TimeMention>& all, std::uint32_t begin) {
    const auto found =
        std::lower_bound(all.begin(), all.end(), begin,
                         [](const TimeMention& one, std::uint32_t offset) { return one.span.begin < offset; });
    return found != all.end() && found->span.begin == begin ? &*found : nullptr;
  };
  for (TimeMention& one : first) {
    const TimeMention* other = at(last, one.span.begin);
    if (other != nullptr && other->value == one.value && other->interval == one.interval) continue;
    const TimeMention* wide = at(open, one.span.begin);
    if (wide == nullptr)
      one.value.clear();
    else
      one = *wide;
  }
  std::erase_if(first, [](const TimeMention& one) { return one.value.empty(); });
  return first;
}

}  // namespace

Times find_times(const Page& page, const Analysis& analysis, const TimeRules& rules, std::span<const Interval> within) {
  const time_rules::Rules& compiled = rules.tables().rules;
  const std::vector<time_rules::Found> found = time_rules::match(page, analysis, compiled);
  const auto resolved = [&](const std::optional<Interval>& day) {
    return time_rules::resolve(found, compiled, analysis, day);
  };
  Times times;
  if (page.published) {
    times.published = page.published;
    times.day = interval_from_iso(page.published->value);
    times.mentions = resolved(times.day);
    return times;
  }
  time_rules::PageDay day = time_rules::infer_page_day(found, compiled, page, analysis, within);
  times.published = std::move(day.published);
  times.day = day.days;
  times.confidence = day.confidence;
  const auto whole = times.published ? interval_from_iso(times.published->value) : std::nullopt;
  times.mentions = resolved(whole);
  if (times.day && times.day != whole)
    times.mentions =
        agreed(resolved(interval_of(*times.day->start)), resolved(interval_of(*times.day->end)), times.mentions);
  return times;
}

}  // namespace chancery
