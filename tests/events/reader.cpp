#include "events/reader.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/data.h"

namespace chancery::test {
namespace {

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message().c_str());
  std::abort();
}

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string names(const ReadPage& read, const std::vector<EntityId>& ids) {
  std::string out;
  for (const EntityId id : ids) out += (out.empty() ? "" : ", ") + read.entities.entities[id].name;
  return out;
}

std::string days(const Interval& interval) {
  const std::string start = interval.start ? interval.start->iso() : "…";
  const std::string end = interval.end ? interval.end->iso() : "…";
  return start == end ? start : start + "/" + end;
}

}  // namespace

const EventReader& EventReader::get() {
  static const EventReader reader;
  return reader;
}

EventReader::EventReader() {
  const std::filesystem::path folder = data_directory() / "languages" / "fr";
  pack_ = must(LanguagePack::load(folder));
  knowledge_ = must(Knowledge::open(data_directory() / "knowledge.bin"));
  must(cues_.add("fr", slurp(folder / "page.toml")).map([] { return 0; }));
  times_ = std::make_unique<TimeRules>(must(TimeRules::compile(*pack_)));
  entities_ = std::make_unique<EntityRules>(must(EntityRules::compile(*pack_)));
  statements_ = std::make_unique<StatementRules>(must(StatementRules::compile(*pack_)));
  events_ = std::make_unique<EventRules>(must(EventRules::compile(*pack_)));
}

ReadPage EventReader::read(const std::string& text, const std::string& published, const EventRules* rules) const {
  PageOptions options;
  options.cues = &cues_;
  options.language = "fr";
  options.published = published;
  ReadPage out;
  out.page = must(read_page(text, options));
  out.analysis = analyse(out.page, *pack_);
  out.times = find_times(out.page, out.analysis, *times_);
  out.entities = find_entities(out.page, out.analysis, out.times, *knowledge_, *entities_);
  out.statements = find_statements(out.page, out.analysis, out.times, out.entities, *knowledge_, *statements_);
  out.events = find_events(out.page, out.analysis, out.times, out.entities, out.statements, *knowledge_,
                           rules != nullptr ? *rules : *events_);
  return out;
}

std::string dump_events(const ReadPage& read, const Knowledge& knowledge) {
  std::string out;
  for (const Event& event : read.events) {
    out += std::string(name(event.kind)) + " " + std::string(name(event.status)) + " « " +
           std::string(read.page.text[event.trigger]) + " »";
    if (event.mentions.size() > 1) out += " ×" + std::to_string(event.mentions.size());
    if (event.status_span) out += " [" + std::string(read.page.text[*event.status_span]) + "]";
    out += "\n";
    const auto line = [&](const char* key, const std::string& value) {
      if (!value.empty()) out += std::string("  ") + key + ": " + value + "\n";
    };
    line("actors", names(read, event.actors));
    line("targets", names(read, event.targets));
    line("mediators", names(read, event.mediators));
    if (event.place) line("place", std::string(knowledge.name(event.place, "fr")));
    if (event.date) line("date", days(*event.date));
    if (event.deadline) line("deadline", days(*event.deadline));
    line("said by", names(read, event.attributed_to));
    if (event.round != 0) line("round", std::to_string(event.round));
    std::string about;
    for (const std::uint32_t other : event.about)
      about += (about.empty() ? "« " : ", « ") + std::string(read.page.text[read.events[other].trigger]) + " »";
    line("about", about);
  }
  return out.empty() ? "nothing" : out;
}

}  // namespace chancery::test
