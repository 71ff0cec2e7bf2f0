// The order of the stages: page → words → times → entities → statements → events. One step goes back: a page that
// nothing dates is dated by the offices of its persons, which are known only once it is read.
#include "record/reading.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace chancery {
namespace {

// All that one language needs, compiled once.
struct LoadedPack {
  std::shared_ptr<const LanguagePack> pack;
  TimeRules times;
  EntityRules entities;
  StatementRules statements;
  EventRules events;
};

Result<std::string> slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::io, path.string());
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Result<LoadedPack> load_pack(const std::filesystem::path& directory) {
  auto pack = LanguagePack::load(directory);
  if (!pack) return tl::unexpected(pack.error());
  auto times = TimeRules::compile(**pack);
  if (!times) return tl::unexpected(times.error());
  auto entities = EntityRules::compile(**pack);
  if (!entities) return tl::unexpected(entities.error());
  auto statements = StatementRules::compile(**pack);
  if (!statements) return tl::unexpected(statements.error());
  auto events = EventRules::compile(**pack);
  if (!events) return tl::unexpected(events.error());
  return LoadedPack{std::move(*pack), std::move(*times), std::move(*entities), std::move(*statements),
                    std::move(*events)};
}

// Whether a day of the page still waits for its year: « mardi 3 mars », XXXX-03-03.
bool waits_for_year(const Times& times) {
  if (times.day && times.day->is_day()) return false;
  return std::any_of(times.mentions.begin(), times.mentions.end(), [](const TimeMention& one) {
    return one.value.size() >= 10 && one.value.starts_with("XXXX-") && one.value[5] != 'W' && one.value[7] == '-' &&
           one.value[8] != 'X';
  });
}

// When the person held the office that the page calls him by, in order. None where the words say no office that he
// held, or where something other than a determiner stands before them (« l'ancien président »).
std::vector<Interval> tenures_of(const Mention& mention, const Reading& reading, const Knowledge& knowledge) {
  std::vector<Interval> out;
  if (mention.form != MentionForm::office || !mention.entity || mention.quoted) return out;
  const Entity& entity = reading.entities.entities[mention.entity];
  if (entity.kind != ThingKind::person || !entity.thing) return out;
  if (mention.first_token == 0 || mention.first_token >= reading.analysis.tokens.size()) return out;
  const Token& before = reading.analysis.tokens[mention.first_token - 1];
  if (before.upos != Upos::DET && before.upos != Upos::PUNCT && before.upos != Upos::ADP) return out;
  const Candidates offices = knowledge.lookup(reading.page.text[mention.span], Interval{});
  for (const Tenure& one : knowledge.offices(entity.thing, Interval{})) {
    const bool named = std::any_of(offices.begin(), offices.end(),
                                   [&](const Candidate& candidate) { return candidate.thing == one.office; });
    if (named) out.push_back(one.interval);
  }
  return out;
}

// The days common to two lists of intervals, both in order; open sides reach for ever.
std::vector<Interval> common(const std::vector<Interval>& some, const std::vector<Interval>& others) {
  std::vector<Interval> out;
  for (const Interval& one : some)
    for (const Interval& other : others) {
      if (!one.overlaps(other)) continue;
      Interval both{one.start, one.end, Granularity::other};
      if (other.start && (!both.start || *other.start > *both.start)) both.start = other.start;
      if (other.end && (!both.end || *other.end < *both.end)) both.end = other.end;
      out.push_back(both);
    }
  std::sort(out.begin(), out.end(), [](const Interval& a, const Interval& b) { return a.start < b.start; });
  return out;
}

constexpr std::size_t kHoldersThatAgree = 2;  // one alone may be called by an office that he held once
constexpr std::size_t kMostTenures = 16;

// When all the persons whom the page calls by their offices held them: the page was written then. Empty where fewer
// than two are called so, or where no day has them all.
std::vector<Interval> days_of_holders(const Reading& reading, const Knowledge& knowledge) {
  std::vector<Interval> days;
  std::vector<ThingId> persons;
  for (const Mention& mention : reading.entities.mentions.rows()) {
    const std::vector<Interval> tenures = tenures_of(mention, reading, knowledge);
    if (tenures.empty()) continue;
    const ThingId person = reading.entities.entities[mention.entity].thing;
    if (std::find(persons.begin(), persons.end(), person) != persons.end()) continue;
    days = persons.empty() ? tenures : common(days, tenures);
    if (days.empty() || days.size() > kMostTenures) return {};
    persons.push_back(person);
  }
  if (persons.size() < kHoldersThatAgree) return {};
  return days;
}

}  // namespace

struct Reader::Parts {
  std::shared_ptr<const Knowledge> knowledge;
  PageCues cues;
  std::vector<LoadedPack> packs;

  const LoadedPack* find(std::string_view language) const {
    for (const LoadedPack& one : packs)
      if (one.pack->code() == language) return &one;
    return nullptr;
  }
};

namespace {

// A page that nothing dates to the day may be dated by those whom it calls by their offices; then its times and
// entities are read again in that light.
void settle_day(Reading& reading, const Knowledge& knowledge, const TimeRules& times, const EntityRules& entities) {
  if (!waits_for_year(reading.times)) return;
  const std::vector<Interval> within = days_of_holders(reading, knowledge);
  if (within.empty()) return;
  Times settled = find_times(reading.page, reading.analysis, times, within);
  if (settled.day == reading.times.day) return;
  reading.times = std::move(settled);
  reading.entities = find_entities(reading.page, reading.analysis, reading.times, knowledge, entities);
}

}  // namespace

Reader::Reader() : parts_(std::make_unique<Parts>()) {}
Reader::~Reader() = default;

Result<std::shared_ptr<const Reader>> Reader::open(const std::filesystem::path& data,
                                                   const std::vector<std::filesystem::path>& knowledge_files) {
  std::shared_ptr<Reader> reader(new Reader());
  auto knowledge = Knowledge::open(data / "knowledge.bin", knowledge_files);
  if (!knowledge) return tl::unexpected(knowledge.error());
  reader->parts_->knowledge = std::move(*knowledge);

  std::error_code error;
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(data / "languages", error))
    if (entry.is_directory()) folders.push_back(entry.path());
  if (error) return fail(ErrorCode::not_found, (data / "languages").string() + ": " + error.message());
  std::sort(folders.begin(), folders.end());  // the order of the file system is no order

  for (const auto& folder : folders) {
    if (std::filesystem::exists(folder / "page.toml")) {
      auto toml = slurp(folder / "page.toml");
      if (!toml) return tl::unexpected(toml.error());
      if (auto added = reader->parts_->cues.add(folder.filename().string(), *toml); !added)
        return tl::unexpected(added.error());
    }
    // A folder without pack.toml only helps to recognise its language and clean its pages.
    if (!std::filesystem::exists(folder / "pack.toml")) continue;
    auto pack = load_pack(folder);
    if (!pack) return tl::unexpected(pack.error());
    reader->parts_->packs.push_back(std::move(*pack));
  }
  return std::shared_ptr<const Reader>(std::move(reader));
}

PageOptions Reader::page_options() const {
  PageOptions options;
  options.cues = &parts_->cues;
  return options;
}

const Knowledge& Reader::knowledge() const { return *parts_->knowledge; }

const LanguagePack* Reader::pack(std::string_view language) const {
  const LoadedPack* found = parts_->find(language);
  return found == nullptr ? nullptr : found->pack.get();
}

Reading Reader::read(Page page) const {
  Reading reading;
  reading.page = std::move(page);
  const LoadedPack* language = parts_->find(reading.page.language);
  if (language == nullptr) {
    reading.times.published = reading.page.published;
    return reading;
  }
  const Knowledge& known = *parts_->knowledge;
  reading.analysis = analyse(reading.page, *language->pack);
  reading.times = find_times(reading.page, reading.analysis, language->times);
  reading.entities = find_entities(reading.page, reading.analysis, reading.times, known, language->entities);
  settle_day(reading, known, language->times, language->entities);
  reading.statements =
      find_statements(reading.page, reading.analysis, reading.times, reading.entities, known, language->statements);
  reading.events = find_events(reading.page, reading.analysis, reading.times, reading.entities, reading.statements,
                               known, language->events);
  return reading;
}

}  // namespace chancery
