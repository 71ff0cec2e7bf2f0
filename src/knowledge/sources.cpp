// Reading the tables. A table is known by its columns; every row is checked where it stands, so that a message can name
// file and line. What rows say of each other is checked when they are compiled (compile.cpp).
#include "knowledge/sources.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "knowledge/image.h"
#include "text/fold.h"
#include "time/time.h"

namespace chancery {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = text.find(separator, at);
    parts.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return parts;
    at = end + 1;
  }
}

std::vector<std::string> folded_words(std::string_view text) {
  const NameWords words = split_name_words(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.words.size(); ++i) out.emplace_back(words.word(i));
  return out;
}

// ONU, OSCE, RDA: one word of two to seven capitals or digits.
bool is_acronym(std::string_view text) {
  if (text.size() < 2 || text.size() > 7) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_id(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix) || text.size() == prefix.size()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
  });
}

struct TableKind {
  std::string_view key;  // the column that no other table has
  std::string_view name;
  std::string_view columns;  // allowed, apart from those that end in _<language>
};
constexpr std::array<TableKind, 10> kTables = {{
    {"capital", "states", "id capital article start end wikidata weight"},
    {"flags", "organisations", "id kind flags state owner role seat start end wikidata weight"},
    {"surnames", "persons", "id surnames state woman wikidata weight"},
    {"latitude", "places", "id state latitude longitude wikidata weight source"},
    {"owner", "offices", "id role owner start end wikidata weight"},
    {"metonym", "metonyms", "metonym language thing"},
    {"every_state", "roles", "role kind every_state weight"},
    {"title", "titles", "role owners gender number title"},
    {"person", "tenures", "office person start end source"},
    {"members", "members", "organisation members"},
}};

// "names_fr" → "fr"; empty if the column is of no language.
std::string_view language_of(std::string_view column) {
  for (const std::string_view stem : {"names_", "adjectives_", "demonyms_", "prefixes_"})
    if (column.starts_with(stem) && column.size() == stem.size() + 2) return column.substr(stem.size());
  return {};
}

const TableKind* table_of(const std::vector<std::string_view>& columns) {
  const auto has = [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  };
  for (const TableKind& table : kTables)
    if (has(table.key)) return &table;
  return nullptr;
}

bool allowed(const TableKind& table, std::string_view column) {
  if (!language_of(column).empty()) return true;
  const auto columns = split(table.columns, ' ');
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::optional<float> number(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  const float value = std::strtof(copy.c_str(), &end);
  if (copy.empty() || end != copy.c_str() + copy.size()) return std::nullopt;
  return value;
}

}  // namespace

// One row, its cells by column.
struct Sources::Row {
  const std::vector<std::string_view>& columns;
  std::vector<std::string_view> cells;
  Where where;
  const std::string& file;

  std::string_view operator[](std::string_view column) const {
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i)
      if (columns[i] == column) return cells[i];
    return {};
  }
  tl::unexpected<Error> refuse(const std::string& reason) const {
    return fail(ErrorCode::malformed, file + ":" + std::to_string(where.line) + ": " + reason);
  }
  // Reads "1991", "1991-12" or "1991-12-25"; an empty cell leaves the sides open.
  Result<Interval> date(std::string_view column) const {
    const std::string_view value = (*this)[column];
    if (value.empty()) return Interval{};
    const auto interval = value.front() >= '0' && value.front() <= '9' ? interval_from_iso(value) : std::nullopt;
    if (!interval) return refuse(std::string(column) + " is no date: " + std::string(value));
    return *interval;
  }
  Result<void> dates(std::int32_t& start, std::int32_t& end, Granularity* granularity) const {
    const auto from = date("start");
    if (!from) return tl::unexpected(from.error());
    const auto to = date("end");
    if (!to) return tl::unexpected(to.error());
    if (from->start) start = from->start->value;
    if (to->end) end = to->end->value;
    if (start > end) return refuse("it ends before it starts");
    if (granularity != nullptr) *granularity = std::max(from->granularity, to->granularity);
    return {};
  }
};

Result<void> Sources::add_table(std::string_view text, const std::string& file, const std::string& language) {
  files_.push_back(file);
  std::vector<std::string_view> columns;
  const TableKind* table = nullptr;
  std::set<std::string_view> ids;
  std::uint32_t line_number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++line_number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const Row row{columns, split(line, '\t'), Where{static_cast<std::uint32_t>(files_.size() - 1), line_number, layer_},
                  file};
    if (table == nullptr) {
      table = table_of(row.cells);
      if (table == nullptr) return row.refuse("no table has these columns");
      for (const std::string_view column : row.cells)
        if (!allowed(*table, column))
          return row.refuse("a table of " + std::string(table->name) + " has no column " + std::string(column));
      columns = row.cells;
      continue;
    }
    if (row.cells.size() > columns.size()) return row.refuse("more cells than columns");
    if (!row["id"].empty() && !ids.insert(row["id"]).second)
      return row.refuse("the id stands twice: " + std::string(row["id"]));
    Result<void> added;
    if (table->name == "states")
      added = add_thing(row, ThingKind::state);
    else if (table->name == "organisations")
      added = add_thing(row, ThingKind::organisation);
    else if (table->name == "persons")
      added = add_thing(row, ThingKind::person);
    else if (table->name == "places")
      added = add_thing(row, ThingKind::place);
    else if (table->name == "offices")
      added = add_thing(row, ThingKind::office);
    else if (table->name == "metonyms")
      added = add_metonym(row);
    else if (table->name == "roles")
      added = add_role(row);
    else if (table->name == "titles")
      added = add_title(row, language);
    else if (table->name == "tenures")
      added = add_tenure(row);
    else
      added = add_members(row);
    if (!added) return added;
  }
  if (table == nullptr) return fail(ErrorCode::malformed, file + ": no line of columns");
  return {};
}

void Sources::add_name(const std::string& thing, std::string_view text, NameForm form, Where where) {
  if (text.starts_with('!')) return;  // for printing alone: as a name it would mislead (Dominique, Jordan)
  NameSource name{where, thing, {}, form, true, false};
  if (text.starts_with('~')) {  // counts in lower case too
    name.upper_only = false;
    text.remove_prefix(1);
  }
  if (form == NameForm::adjective) name.upper_only = false;
  name.acronym = name.upper_only && is_acronym(text);
  name.words = folded_words(text);
  if (!name.words.empty()) names_.push_back(std::move(name));
}

Result<void> Sources::add_names(const Row& row, const std::string& thing, std::string_view stem, NameForm form) {
  for (std::size_t i = 0; i < row.columns.size() && i < row.cells.size(); ++i) {
    const std::string_view column = row.columns[i];
    if (!column.starts_with(stem) || language_of(column).empty()) continue;
    if (row.cells[i].empty()) continue;
    const std::string language(language_of(column));
    if (stem == "adjectives_") things_[thing].adjectives[language].clear();
    bool first = true;
    for (const std::string_view text : split(row.cells[i], '|')) {
      if (text.empty() || text == "~" || text == "!") return row.refuse("an empty name in " + std::string(column));
      if (first && stem == "names_")
        things_[thing].names[language] = text.substr(text.front() == '~' || text.front() == '!' ? 1 : 0);
      if (form == NameForm::adjective && stem == "adjectives_") things_[thing].adjectives[language].emplace_back(text);
      add_name(thing, text, form, row.where);
      first = false;
    }
  }
  return {};
}

Result<void> Sources::add_thing(const Row& row, ThingKind kind) {
  static constexpr std::array<std::string_view, 6> kPrefixes = {"person/", "office/", "state/",
                                                                "org/",    "place/",  "org/"};
  const std::string id(row["id"]);
  if (row["kind"] == "group")
    kind = ThingKind::group;
  else if (!row["kind"].empty() && row["kind"] != "organisation")
    return row.refuse("kind is organisation or group");
  const std::string_view prefix = kPrefixes[static_cast<std::size_t>(kind)];
  if (!is_id(id, prefix)) return row.refuse("no id of the form " + std::string(prefix) + "…: " + id);
  ThingSource& thing = things_[id];
  thing.where = row.where;
  thing.kind = kind;
  const auto keep = [&](std::string_view column, std::string& field) {
    if (!row[column].empty()) field = row[column];
  };
  keep("wikidata", thing.wikidata);
  keep("state", thing.state);
  keep("owner", thing.owner);
  keep("role", thing.role);
  keep("seat", thing.seat);
  keep("capital", thing.capital_place);
  thing.woman = row["woman"] == "yes";
  for (const std::string_view flag : split(row["flags"], '|')) {
    if (flag == "outlet")
      thing.outlet = true;
    else if (flag == "body")
      thing.body_of_state = true;
    else if (flag == "circle")
      thing.circle = true;
    else if (!flag.empty())
      return row.refuse("no such flag: " + std::string(flag));
  }
  for (const auto& [column, field, low, high] :
       {std::tuple<std::string_view, float*, float, float>{"weight", &thing.weight, 0.0F, 1.0F},
        {"latitude", &thing.latitude, -90.0F, 90.0F},
        {"longitude", &thing.longitude, -180.0F, 180.0F}}) {
    if (row[column].empty()) continue;
    const auto value = number(row[column]);
    if (!value || !(*value >= low && *value <= high)) return row.refuse(std::string(column) + " is out of range");
    *field = *value;
    if (column == "latitude") thing.placed = true;
  }
  if (const auto dated = row.dates(thing.start, thing.end, nullptr); !dated) return dated;
  for (const auto& [stem, form] :
       {std::pair<std::string_view, NameForm>{"names_", kind == ThingKind::office ? NameForm::title : NameForm::name},
        {"adjectives_", NameForm::adjective},
        {"prefixes_", NameForm::adjective},
        {"demonyms_", NameForm::demonym}})
    if (const auto added = add_names(row, id, stem, form); !added) return added;
  if (!row["surnames"].empty())
    for (const std::string_view surname : split(row["surnames"], '|'))
      add_name(id, surname, NameForm::surname, row.where);
  if (thing.names.empty()) return row.refuse("no name");
  return {};
}

Result<void> Sources::add_metonym(const Row& row) {
  if (row["metonym"].empty() || row["thing"].empty()) return row.refuse("metonym and thing must be given");
  add_name(std::string(row["thing"]), row["metonym"], NameForm::metonym, row.where);
  return {};
}

Result<void> Sources::add_role(const Row& row) {
  RoleSource role;
  role.role = row["role"];
  if (role.role.empty()) return row.refuse("no role");
  if (row["kind"] != "office" && row["kind"] != "body") return row.refuse("kind is office or body");
  role.body = row["kind"] == "body";
  role.every_state = row["every_state"] == "yes";
  if (!row["weight"].empty()) {
    const auto weight = number(row["weight"]);
    if (!weight || *weight < 0 || *weight > 1) return row.refuse("weight is out of range");
    role.weight = *weight;
  }
  roles_[role.role] = role;
  return {};
}

Result<void> Sources::add_title(const Row& row, const std::string& language) {
  const std::string_view role = row["role"];
  if (role.empty() || row["title"].empty()) return row.refuse("role and title must be given");
  if (role.starts_with('@')) {
    std::uint32_t flag = 0;
    if (role == "@article") flag = image::kArticle;
    if (role == "@of") flag = image::kOf;
    if (role == "@at") flag = image::kAt;
    if (flag == 0) return row.refuse("no such joining words: " + std::string(role));
    for (const std::string& word : folded_words(row["title"])) joining_words_[word] |= flag;
    return {};
  }
  TitleSource title{std::string(role),         language, std::string(row["gender"]), std::string(row["number"]),
                    std::string(row["title"]), {}};
  if (title.gender != "m" && title.gender != "f" && title.gender != "c") return row.refuse("gender is m, f or c");
  if (title.number != "s" && title.number != "p") return row.refuse("number is s or p");
  for (const std::string_view owner : split(row["owners"], ' '))
    if (!owner.empty()) title.owners.emplace_back(owner);
  titles_.push_back(std::move(title));
  return {};
}

Result<void> Sources::add_tenure(const Row& row) {
  TenureSource tenure;
  tenure.where = row.where;
  tenure.office = row["office"];
  tenure.person = row["person"];
  if (tenure.office.empty() || tenure.person.empty()) return row.refuse("office and person must be given");
  if (const auto dated = row.dates(tenure.start, tenure.end, &tenure.granularity); !dated) return dated;
  tenures_.push_back(std::move(tenure));
  return {};
}

Result<void> Sources::add_members(const Row& row) {
  if (row["organisation"].empty()) return row.refuse("no organisation");
  for (const std::string_view member : split(row["members"], ' '))
    if (!member.empty())
      members_.push_back({row.where, std::string(row["organisation"]), "state/" + std::string(member)});
  return {};
}

}  // namespace chancery
