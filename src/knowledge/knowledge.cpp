// Opening the compiled file and answering from it. Names are one tree over word numbers: a word of the page costs one
// hash and one probe of the vocabulary, which most words fail at once.
#include "knowledge/knowledge.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "knowledge/mapped.h"
#include "knowledge/sources.h"

namespace chancery {

std::string_view name(ThingKind kind) {
  switch (kind) {
    case ThingKind::person:
      return "person";
    case ThingKind::office:
      return "office";
    case ThingKind::state:
      return "state";
    case ThingKind::organisation:
      return "organisation";
    case ThingKind::place:
      return "place";
    case ThingKind::group:
      return "group";
  }
  return "place";
}

Knowledge::Mapped::~Mapped() {
  if (mapped) ::munmap(const_cast<char*>(data), size);
}

std::uint32_t Knowledge::Mapped::word(std::string_view folded) const {
  return word(folded, image::slot_hash(image::word_hash(folded)));
}

std::uint32_t Knowledge::Mapped::word(std::string_view folded, std::uint32_t hash) const {
  const std::size_t mask = vocabulary.size() - 1;
  for (std::size_t slot = hash & mask; vocabulary[slot].word != image::kNone; slot = (slot + 1) & mask)
    if (vocabulary[slot].hash == hash && text(words[vocabulary[slot].word].text) == folded)
      return vocabulary[slot].word;
  return image::kNone;
}

std::uint32_t Knowledge::Mapped::step(std::uint32_t node, std::uint32_t word_number) const {
  if (word_number == image::kNone) return image::kNone;
  const auto first = edges.begin() + nodes[node].edges;
  const auto last = edges.begin() + nodes[node + 1].edges;
  const auto found = std::lower_bound(first, last, word_number,
                                      [](const image::EdgeRow& edge, std::uint32_t w) { return edge.word < w; });
  return found != last && found->word == word_number ? found->node : image::kNone;
}

Result<void> Knowledge::Mapped::lay_out() {
  const auto bad = [](const char* what) { return fail(ErrorCode::malformed, std::string("knowledge: ") + what); };
  if (size < sizeof header) return bad("too short");
  std::memcpy(&header, data, sizeof header);
  if (!std::equal(std::begin(image::kMagic), std::end(image::kMagic), header.magic)) return bad("not a knowledge file");
  if (header.version != image::kVersion || header.sections != static_cast<std::uint32_t>(image::SectionId::count))
    return fail(ErrorCode::unsupported, "knowledge: version " + std::to_string(header.version));
  if (header.size != size) return bad("cut short");
  if (header.checksum != image::hash_bytes(std::string_view(data, size).substr(sizeof header)))
    return bad("wrong checksum");

  bool fits = true;
  const auto place = [&]<class RowType>(image::SectionId id, std::span<const RowType>& rows) {
    const image::Section section = header.section[static_cast<std::size_t>(id)];
    const std::uint64_t end = std::uint64_t{section.offset} + std::uint64_t{section.rows} * sizeof(RowType);
    if (end > size || section.offset % alignof(RowType) != 0) {
      fits = false;
      return;
    }
    rows = std::span<const RowType>(reinterpret_cast<const RowType*>(data + section.offset), section.rows);
  };
  std::span<const char> letters;
  place(image::SectionId::strings, letters);
  place(image::SectionId::things, thing_rows);
  place(image::SectionId::names, names);
  place(image::SectionId::vocabulary, vocabulary);
  place(image::SectionId::words, words);
  place(image::SectionId::nodes, nodes);
  place(image::SectionId::edges, edges);
  place(image::SectionId::entries, entries);
  place(image::SectionId::titles, titles);
  place(image::SectionId::tenures, tenures);
  place(image::SectionId::by_person, by_person);
  place(image::SectionId::members, members);
  place(image::SectionId::offices, offices);
  if (!fits || nodes.size() < 3 || vocabulary.empty()) return bad("a section outside the file");
  strings = std::string_view(letters.data(), letters.size());
  first_words.assign(kFirstBits / 64, 0);
  for (const image::WordSlot& slot : vocabulary) {
    if (slot.word == image::kNone || words[slot.word].first_node == image::kNone) continue;
    const std::uint32_t bit = slot.hash % kFirstBits;
    first_words[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }

  things.reserve(thing_rows.size());
  for (const image::ThingRow& row : thing_rows) {
    if (std::uint64_t{row.id.begin} + row.id.size > strings.size()) return bad("a string outside the file");
    Thing thing;
    thing.id = text(row.id);
    thing.kind = static_cast<ThingKind>(row.kind);
    thing.wikidata = text(row.wikidata);
    thing.state = ThingId(row.state);
    thing.seat = ThingId(row.seat);
    thing.woman = (row.flags & image::kWoman) != 0;
    thing.capital = (row.flags & image::kCapital) != 0;
    thing.outlet = (row.flags & image::kOutlet) != 0;
    thing.body_of_state = (row.flags & image::kBodyOfState) != 0;
    thing.circle = (row.flags & image::kCircle) != 0;
    thing.weight = row.weight;
    things.push_back(thing);
  }
  capitals.resize(things.size());
  for (std::uint32_t i = 0; i < things.size(); ++i) {
    const ThingId state = things[i].state;
    if (!things[i].capital || !state || state.value >= capitals.size()) continue;
    ThingId& town = capitals[state.value];
    if (!town || things[i].weight > things[town.value].weight) town = ThingId(i);
  }
  return {};
}

Knowledge::Knowledge() : mapped_(std::make_unique<Mapped>()) {}
Knowledge::~Knowledge() = default;

Result<std::shared_ptr<const Knowledge>> Knowledge::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(ErrorCode::not_found, file.string());
  struct stat status {};
  void* bytes = MAP_FAILED;
  if (::fstat(descriptor, &status) == 0 && status.st_size > 0)
    bytes = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (bytes == MAP_FAILED) return fail(status.st_size == 0 ? ErrorCode::malformed : ErrorCode::io, file.string());
  std::shared_ptr<Knowledge> knowledge(new Knowledge());
  knowledge->mapped_->data = static_cast<const char*>(bytes);
  knowledge->mapped_->size = static_cast<std::size_t>(status.st_size);
  knowledge->mapped_->mapped = true;
  if (auto done = knowledge->mapped_->lay_out(); !done)
    return fail(done.error().code, file.string() + ": " + done.error().detail);
  return std::shared_ptr<const Knowledge>(std::move(knowledge));
}

Result<std::shared_ptr<const Knowledge>> Knowledge::from_bytes(std::string_view bytes) {
  std::shared_ptr<Knowledge> knowledge(new Knowledge());
  Mapped& mapped = *knowledge->mapped_;
  mapped.owned.resize((bytes.size() + 7) / 8);
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(mapped.owned.data()));
  mapped.data = reinterpret_cast<const char*>(mapped.owned.data());
  mapped.size = bytes.size();
  if (auto done = mapped.lay_out(); !done) return tl::unexpected(done.error());
  return std::shared_ptr<const Knowledge>(std::move(knowledge));
}

Result<std::shared_ptr<const Knowledge>> Knowledge::open(const std::filesystem::path& file,
                                                         const std::vector<std::filesystem::path>& tables) {
  auto base = open(file);
  if (!base || tables.empty()) return base;
  Sources sources = Sources::from(**base);
  for (const auto& table : tables) {
    std::ifstream in(table, std::ios::binary);
    if (!in) return fail(ErrorCode::not_found, table.string());
    std::ostringstream text;
    text << in.rdbuf();
    sources.begin_layer();
    if (auto added = sources.add_table(text.str(), table.string()); !added) return tl::unexpected(added.error());
  }
  const auto bytes = sources.compile();
  if (!bytes) return tl::unexpected(bytes.error());
  return from_bytes(*bytes);
}

const Thing& Knowledge::operator[](ThingId id) const {
  CHECK(id.value < mapped_->things.size());
  return mapped_->things[id.value];
}

std::uint32_t Knowledge::size() const { return static_cast<std::uint32_t>(mapped_->things.size()); }

ThingId Knowledge::find(std::string_view id) const {
  const auto& things = mapped_->things;
  const auto found = std::lower_bound(things.begin(), things.end(), id,
                                      [](const Thing& thing, std::string_view i) { return thing.id < i; });
  if (found == things.end() || found->id != id) return {};
  return ThingId(static_cast<std::uint32_t>(found - things.begin()));
}

std::string_view Knowledge::name(ThingId id, std::string_view language) const {
  CHECK(id.value < mapped_->things.size());
  const image::Run names = mapped_->thing_rows[id.value].names;
  std::string_view english, any;
  for (std::uint32_t i = 0; i < names.size; ++i) {
    const image::NameRow& row = mapped_->names[names.begin + i];
    const std::string_view code(row.language);
    if (code == language) return mapped_->text(row.text);
    if (code == "en") english = mapped_->text(row.text);
    if (any.empty()) any = mapped_->text(row.text);
  }
  return english.empty() ? any : english;
}

Knowledge::Node Knowledge::root() const { return mapped_->header.root; }

Knowledge::Node Knowledge::step(Node node, std::string_view folded_word) const {
  return step(node, folded_word, image::word_hash(folded_word));
}

Knowledge::Node Knowledge::step(Node node, std::string_view folded_word, std::uint64_t word_hash) const {
  const std::uint32_t hash = image::slot_hash(word_hash);
  const bool first = node == mapped_->header.root;
  if (first && !mapped_->may_begin(hash)) return kNoNode;
  const std::uint32_t word = mapped_->word(folded_word, hash);
  if (word == image::kNone) return kNoNode;
  return first ? mapped_->words[word].first_node : mapped_->step(node, word);
}

std::span<const NameEntry> Knowledge::entries(Node node) const {
  const std::uint32_t begin = mapped_->nodes[node].entries;
  return mapped_->entries.subspan(begin, mapped_->nodes[node + 1].entries - begin);
}

std::vector<std::pair<std::string_view, Knowledge::Node>> Knowledge::following(Node node, std::size_t most) const {
  std::vector<std::pair<std::string_view, Node>> out;
  const std::uint32_t begin = mapped_->nodes[node].edges, end = mapped_->nodes[node + 1].edges;
  for (std::uint32_t i = begin; i < end && out.size() < most; ++i)
    if (mapped_->edges[i].word != mapped_->header.slot)
      out.emplace_back(mapped_->text(mapped_->words[mapped_->edges[i].word].text), mapped_->edges[i].node);
  return out;
}

Interval interval_of(const image::TenureRow& tenure) {
  Interval interval;
  if (tenure.start != image::kOpenStart) interval.start = Day{tenure.start};
  if (tenure.end != image::kOpenEnd) interval.end = Day{tenure.end};
  interval.granularity = static_cast<Granularity>(tenure.granularity);
  return interval;
}

namespace {

std::vector<Tenure> overlapping(std::span<const image::TenureRow> rows, const Interval& day) {
  std::vector<Tenure> out;
  for (const image::TenureRow& row : rows) {
    const Interval interval = interval_of(row);
    if (interval.overlaps(day)) out.push_back({ThingId(row.person), ThingId(row.office), interval});
  }
  return out;
}

// The rows whose key is `value`, in a span ordered by the key.
template <class RowType, class Key>
std::span<const RowType> with_key(std::span<const RowType> rows, std::uint32_t value, Key key) {
  const auto first = std::lower_bound(rows.begin(), rows.end(), value,
                                      [&](const RowType& row, std::uint32_t v) { return key(row) < v; });
  const auto last =
      std::upper_bound(first, rows.end(), value, [&](std::uint32_t v, const RowType& row) { return v < key(row); });
  return {first, last};
}

}  // namespace

std::vector<Tenure> Knowledge::holders(ThingId office, const Interval& day) const {
  return overlapping(with_key(mapped_->tenures, office.value, [](const auto& row) { return row.office; }), day);
}

std::vector<Tenure> Knowledge::offices(ThingId person, const Interval& day) const {
  return overlapping(with_key(mapped_->by_person, person.value, [](const auto& row) { return row.person; }), day);
}

ThingId Knowledge::office(std::string_view role, ThingId state_or_organisation) const {
  const auto found = std::lower_bound(mapped_->offices.begin(), mapped_->offices.end(), role,
                                      [&](const image::OfficeRow& row, std::string_view r) {
                                        const int order = mapped_->text(row.role).compare(r);
                                        return order != 0 ? order < 0 : row.owner < state_or_organisation.value;
                                      });
  if (found == mapped_->offices.end() || mapped_->text(found->role) != role ||
      found->owner != state_or_organisation.value)
    return {};
  return ThingId(found->office);
}

std::string_view Knowledge::role(ThingId office) const {
  CHECK(office.value < mapped_->things.size());
  return mapped_->text(mapped_->thing_rows[office.value].role);
}

std::vector<ThingId> Knowledge::members(ThingId organisation) const {
  std::vector<ThingId> out;
  for (const image::MemberRow& row : mapped_->members)
    if (row.organisation == organisation.value) out.emplace_back(row.member);
  return out;
}

ThingId Knowledge::state_of(ThingId id) const {
  const Thing& thing = (*this)[id];
  return thing.kind == ThingKind::state ? id : thing.state;
}

ThingId Knowledge::capital(ThingId state) const {
  return state && state.value < mapped_->capitals.size() ? mapped_->capitals[state.value] : ThingId();
}

ThingId Knowledge::owner(ThingId office) const {
  CHECK(office.value < mapped_->things.size());
  return ThingId(mapped_->thing_rows[office.value].owner);
}

Interval Knowledge::existed(ThingId id) const {
  CHECK(id.value < mapped_->things.size());
  const image::ThingRow& row = mapped_->thing_rows[id.value];
  image::TenureRow span;
  span.start = row.start;
  span.end = row.end;
  return interval_of(span);
}

std::optional<Knowledge::Coordinates> Knowledge::coordinates(ThingId id) const {
  CHECK(id.value < mapped_->things.size());
  const image::ThingRow& row = mapped_->thing_rows[id.value];
  if ((row.flags & image::kPlaced) == 0) return std::nullopt;
  return Coordinates{row.latitude, row.longitude};
}

}  // namespace chancery
