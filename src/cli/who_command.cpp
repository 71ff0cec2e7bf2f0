// chancery who: whom a name or title means, on a day. The knowledge alone answers; no page is read.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
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

nlohmann::ordered_json day_json(const std::optional<Day>& day) {
  return day ? nlohmann::ordered_json(day->iso()) : nlohmann::ordered_json();
}

// One candidate: {"id", "kind", "name", "wikidata", "state", "form", "score", "offices": [{"id", "name", "start",
// "end"}]}.
std::string candidate_json(const Knowledge& known, const Candidate& one, const Interval& day,
                           const std::string& language) {
  const Thing& thing = known[one.thing];
  nlohmann::ordered_json row = {{"id", thing.id},
                                {"kind", name(thing.kind)},
                                {"name", known.name(one.thing, language)},
                                {"wikidata", nullptr},
                                {"state", nullptr},
                                {"form", form_phrase(one.form)},
                                {"score", std::round(static_cast<double>(one.score) * 100.0) / 100.0},
                                {"offices", nlohmann::ordered_json::array()}};
  if (!thing.wikidata.empty()) row["wikidata"] = thing.wikidata;
  if (thing.state) row["state"] = known[thing.state].id;
  if (thing.kind == ThingKind::person)
    for (const Tenure& tenure : known.offices(one.thing, day))
      row["offices"].push_back({{"id", known[tenure.office].id},
                                {"name", known.name(tenure.office, language)},
                                {"start", day_json(tenure.interval.start)},
                                {"end", day_json(tenure.interval.end)}});
  return row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
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
  if (options.json) {
    for (const Candidate& one : candidates) fmt::print("{}\n", candidate_json(known, one, day, options.language));
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
