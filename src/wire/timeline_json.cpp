// https://timeline.knightlab.com/docs/json-format.html. TimelineJS takes texts for HTML, so they are escaped as such.
#include "time/time.h"
#include "wire/escape.h"
#include "wire/formats.h"
#include "wire/json_parts.h"

namespace chancery {
namespace {

using namespace wire;

std::string names(const std::vector<Named>& all) {
  std::string out;
  for (const Named& one : all) out += (out.empty() ? "" : ", ") + escaped(one.name);
  return out;
}

Json date(Day day) {
  const auto civil = day.civil();
  return {{"year", civil.year}, {"month", civil.month}, {"day", civil.day}};
}

class TimelineWriter : public EventWriter {
 public:
  explicit TimelineWriter(std::string title) : title_(std::move(title)) {}

  std::string head() override {
    return "{\"title\":" + line({{"text", {{"headline", escaped(title_)}}}}) + ",\n\"events\":[";
  }
  std::string foot() override { return "\n]}\n"; }

  std::string event(const RecordedEvent& event) override {
    const auto first = Day::parse(event.date.start.empty() ? event.date.end : event.date.start);
    const auto last = Day::parse(event.date.end.empty() ? event.date.start : event.date.end);
    if (!first || !last) return {};
    std::string told = "<p>" + escaped(event.status);
    if (event.place) told += " \xC2\xB7 " + escaped(event.place->name);
    told += "</p>";
    for (const Evidence& one : event.evidence) told += "<p>" + escaped(one.sentence_text) + "</p>";
    Json out = {{"start_date", date(*first)}};
    if (*first < *last) out["end_date"] = date(*last);
    out["text"] = {{"headline", event.kind + ": " + names(event.actors) +
                                    (event.targets.empty() ? "" : " \xE2\x86\x92 " + names(event.targets))},
                   {"text", told}};
    out["group"] = event.kind;
    out["unique_id"] = event.id;
    const std::string before = first_ ? "\n" : ",\n";
    first_ = false;
    return before + line(out);
  }

 private:
  std::string title_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<EventWriter> timeline_writer(std::string title) {
  return std::make_unique<TimelineWriter>(std::move(title));
}

}  // namespace chancery
