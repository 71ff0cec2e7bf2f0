#include "statements/statement_cases.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "statements/quotations.h"
#include "support/case_file.h"
#include "support/data.h"

namespace chancery::test {

namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message());
  return std::move(*result);
}

StatementStages load(const std::string& language) {
  const std::filesystem::path folder = data_directory() / "languages" / language;
  std::shared_ptr<const LanguagePack> pack = must(LanguagePack::load(folder));
  PageCues cues;
  if (Result<void> added = cues.add(language, slurp(folder / "page.toml")); !added)
    throw std::runtime_error(added.error().message());
  return StatementStages{pack,
                         must(Knowledge::open(data_directory() / "knowledge.bin")),
                         std::move(cues),
                         must(TimeRules::compile(*pack)),
                         must(EntityRules::compile(*pack)),
                         must(StatementRules::compile(*pack))};
}

constexpr const char* kModes[] = {"direct", "indirect", "mixed"};
constexpr const char* kStances[] = {"neutral",   "asserting",   "denying",  "demanding",
                                    "promising", "threatening", "conceding"};

std::string names(const Entities& entities, const std::vector<EntityId>& ids) {
  std::string out;
  for (const EntityId id : ids) out += (out.empty() ? "" : ", ") + entities.entities[id].name;
  return out;
}

// One line, whatever line ends the page has.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string(" / ") : std::string(1, c);
  return out;
}

}  // namespace

const StatementStages& StatementStages::of(const std::string& language) {
  static std::map<std::string, std::unique_ptr<StatementStages>> loaded;
  std::unique_ptr<StatementStages>& stages = loaded[language];
  if (!stages) stages = std::make_unique<StatementStages>(load(language));
  return *stages;
}

StatementReading read_statements(const std::string& text, const std::string& language, const std::string& published) {
  const StatementStages& stages = StatementStages::of(language);
  PageOptions options;
  options.language = language;
  options.published = published;
  options.cues = &stages.cues;
  StatementReading reading;
  reading.page = must(read_page(text, options));
  reading.analysis = analyse(reading.page, *stages.pack);
  reading.times = find_times(reading.page, reading.analysis, stages.times);
  reading.entities = find_entities(reading.page, reading.analysis, reading.times, *stages.knowledge, stages.entities);
  reading.statements = find_statements(reading.page, reading.analysis, reading.times, reading.entities,
                                       *stages.knowledge, stages.statements);
  return reading;
}

std::string dump_statements(const StatementReading& reading, bool with_days) {
  std::string out;
  for (const Statement& s : reading.statements) {
    out += kModes[static_cast<int>(s.mode)];
    const std::string speakers = names(reading.entities, s.speakers);
    out += " · " + (speakers.empty() ? "?" : speakers);
    out += " · " + (s.cue_lemma.empty() ? "-" : s.cue_lemma);
    if (s.stance != Stance::neutral) out += std::string(" (") + kStances[static_cast<int>(s.stance)] + ")";
    if (!s.addressees.empty()) out += " · to " + names(reading.entities, s.addressees);
    if (!s.via.empty()) out += " · via " + names(reading.entities, s.via);
    if (with_days && s.date && s.date->start) out += " · " + s.date->start->iso();
    out += " · " + one_line(reading.page.text[s.span]) + "\n";
  }
  return out;
}

std::string dump_quotations(const Page& page) {
  std::string out;
  for (const speech::Quotation& q : speech::find_quotations(page)) {
    out += std::string(q.depth * 2U, ' ') + "[" + one_line(page.text[q.inner]) + "]";
    out += q.repaired ? " mended\n" : "\n";
  }
  return out;
}

namespace {

std::string dump(const Case& one, const std::string& language) {
  if (one.option("show") == "quotations") {
    PageOptions options;
    options.language = language;
    return dump_quotations(must(read_page(one.input, options)));
  }
  const StatementReading reading = read_statements(one.input, language, one.option("published"));
  return dump_statements(reading, !one.option("published").empty());
}

const bool cases_registered = register_cases("statements", dump);

}  // namespace

}  // namespace chancery::test
