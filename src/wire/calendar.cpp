// RFC 5545. Lines end with CR LF and are folded at 75 octets, never inside a character.
#include <algorithm>

#include "time/time.h"
#include "wire/escape.h"
#include "wire/formats.h"

namespace chancery {
namespace {

std::string folded(const std::string& line) {
  constexpr std::size_t kMost = 75;
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t next = at + 1;
    while (next < line.size() && (static_cast<unsigned char>(line[next]) & 0xC0) == 0x80) ++next;
    if (column + next - at > kMost) {
      out += "\r\n ";
      column = 1;
    }
    out.append(line, at, next - at);
    column += next - at;
    at = next;
  }
  return out + "\r\n";
}

std::string compact(std::string day) {
  day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
  return day;
}

std::string names(const std::vector<Named>& all) {
  std::string out;
  for (const Named& one : all) out += (out.empty() ? "" : ", ") + one.name;
  return out;
}

class CalendarWriter : public EventWriter {
 public:
  std::string head() override {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Chancery//Record//EN\r\nCALSCALE:GREGORIAN\r\n";
  }
  std::string foot() override { return "END:VCALENDAR\r\n"; }

  std::string event(const RecordedEvent& event) override {
    constexpr int kMostDays = 27;  // a month is no appointment
    const auto first = Day::parse(event.date.start.empty() ? event.date.end : event.date.start);
    const auto last = Day::parse(event.date.end.empty() ? event.date.start : event.date.end);
    if (!first || !last || *last < *first || last->value - first->value >= kMostDays) return {};
    std::string out = "BEGIN:VEVENT\r\n";
    const auto put = [&](const char* key, const std::string& value) {
      if (!value.empty()) out += folded(std::string(key) + calendar_escaped(value));
    };
    put("UID:", event.id + "@chancery");
    out += "DTSTAMP:" + compact(last_page(event)) + "T000000Z\r\n";
    out += "DTSTART;VALUE=DATE:" + compact(first->iso()) + "\r\n";
    out += "DTEND;VALUE=DATE:" + compact(Day{last->value + 1}.iso()) + "\r\n";
    put("SUMMARY:", event.kind + ": " + names(event.actors) +
                        (event.targets.empty() ? "" : " \xE2\x86\x92 " + names(event.targets)));
    if (event.place) put("LOCATION:", event.place->name);
    std::string description = "status: " + event.status;
    for (const Evidence& one : event.evidence) description += "\n" + one.published + " " + one.sentence_text;
    put("DESCRIPTION:", description);
    put("CATEGORIES:", event.kind);
    const bool off = event.status == "cancelled" || event.status == "denied";
    const bool told = event.status == "happened" || event.status == "ongoing";
    out += off ? "STATUS:CANCELLED\r\n" : told ? "STATUS:CONFIRMED\r\n" : "STATUS:TENTATIVE\r\n";
    out += "TRANSP:TRANSPARENT\r\n";
    return out + "END:VEVENT\r\n";
  }

 private:
  static std::string last_page(const RecordedEvent& event) {
    std::string last = "1970-01-01";
    for (const Evidence& one : event.evidence)
      if (one.published.size() == last.size() && one.published > last) last = one.published;
    return last;
  }
};

}  // namespace

std::unique_ptr<EventWriter> calendar_writer() { return std::make_unique<CalendarWriter>(); }

}  // namespace chancery
