// chancery who: whom a name or title means, on a day. The knowledge alone answers; no page is read.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/data_path.h"
#include "cli/phrases.h"
#include "cli/terminal.h"

namespace chancery {
namespace {

std::string_view form_phrase(NameForm form) {
  switch (form) {
    case NameForm::name:
      return "name";
    case NameForm::surname:
      return "surname";
    case NameForm::adjective:
      return "adjective";
    case NameForm::demonym:
      return "demonym";
    case NameForm::metonym:
      return "metonym";
    case NameForm::title:
      return "title";
  }
  return "name";
}

// "foreign-minister of Russie since 2004-03-09": what a person held on the day.
std::string offices_phrase(const Knowledge& known, ThingId person, const Interval& day, const std::string& language) {
  std::string out;
  for (const Tenure& tenure : known.offices(person, day)) {
    out += (out.empty() ? "" : "; ") + std::string(known.name(tenure.office, language));
    out += fmt::format(" ({} – {})", tenure.interval.start ? tenure.interval.start->iso() : "",
                       tenure.interval.end ? tenure.interval.end->iso() : "");
  }
  return out;
}

}  // namespace

int run_who(const WhoOptions& options) {
  auto reader = open_reader(options.knowledge);
  if (!reader) {
    say(reader.error());
    return kWrongUse;
  }
  const Knowledge& known = (*reader)->knowledge();
  const Interval day = options.on.empty() ? Interval() : interval_from_iso(options.on).value_or(Interval());
  const Candidates candidates = known.lookup(options.name, day);
  if (candidates.empty()) {
    say("nothing known by the name " + options.name);
    return kDone;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Candidate& one : candidates) {
    const Thing& thing = known[one.thing];
    rows.push_back({fmt::format("{:.2f}", one.score), std::string(known.name(one.thing, options.language)),
                    std::string(form_phrase(one.form)), std::string(thing.id), std::string(thing.wikidata),
                    thing.kind == ThingKind::person ? offices_phrase(known, one.thing, day, options.language) : ""});
  }
  const std::string printed = table(rows, {0, 0, 0, 0, 0, 0});
  std::fwrite(printed.data(), 1, printed.size(), stdout);
  return kDone;
}

}  // namespace chancery
