// The order of the stages, and nothing else: page → words → times → entities → statements → events.
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
  reading.statements =
      find_statements(reading.page, reading.analysis, reading.times, reading.entities, known, language->statements);
  reading.events = find_events(reading.page, reading.analysis, reading.times, reading.entities, reading.statements,
                               known, language->events);
  return reading;
}

}  // namespace chancery
