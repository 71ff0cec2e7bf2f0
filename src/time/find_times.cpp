// The door: compile a pack's rules once; then for each page match, find the page's day, resolve.
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

Times find_times(const Page& page, const Analysis& analysis, const TimeRules& rules) {
  const time_rules::Rules& compiled = rules.tables().rules;
  const std::vector<time_rules::Found> found = time_rules::match(page, compiled);
  Times times;
  times.published = page.published ? page.published : time_rules::infer_page_date(found, compiled, page, analysis);
  if (times.published) times.day = interval_from_iso(times.published->value);
  times.mentions = time_rules::resolve(found, compiled, analysis, times.day);
  return times;
}

}  // namespace chancery
