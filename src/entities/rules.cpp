// Compiling a pack's entity files. All of it happens once; what is wrong in a file is told with the file's name and
// line.
#include "entities/rules.h"

#include <toml++/toml.h>
#include <algorithm>

#include "language/hash.h"
#include "text/fold.h"

namespace chancery {
namespace entities {
namespace {

std::uint64_t edge_key(std::uint32_t node, WordId word) { return (std::uint64_t{node} << 32) | word; }

std::size_t edge_slot(std::uint64_t key, std::size_t mask) {
  key *= 0x9E3779B97F4A7C15ULL;
  return static_cast<std::size_t>(key >> 32) & mask;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Gender gender_of(std::string_view text) {
  return text == "m" ? Gender::masc : text == "f" ? Gender::fem : Gender::none;
}

Number number_of(std::string_view text) {
  return text == "s" ? Number::sing : text == "p" ? Number::plur : Number::none;
}

std::vector<std::string_view> split_columns(std::string_view line) {
  std::vector<std::string_view> columns;
  while (true) {
    const std::size_t tab = line.find('\t');
    columns.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return columns;
    line.remove_prefix(tab + 1);
  }
}

// Calls `use(columns, line number)` for each line that is neither empty nor a comment.
template <class Use>
void for_each_row(std::string_view text, Use use) {
  std::size_t line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && line.front() != '#') use(split_columns(line), line_number);
  }
}

class Compiler {
 public:
  explicit Compiler(EntityRules::Tables& tables) : tables_(tables) {}

  Result<void> words(std::string_view file);
  Result<void> titles(std::string_view file);
  void first_names(std::string_view file);
  // Notes at each word which phrases it may open, so that most words need no walk.
  void mark_openers();

 private:
  std::vector<WordId> phrase(std::string_view text) {
    const NameWords split = split_name_words(text);
    std::vector<WordId> out;
    for (std::size_t i = 0; i < split.words.size(); ++i) out.push_back(tables_.words.intern(split.word(i)));
    return out;
  }
  void mark(const toml::table& section, std::string_view key, std::uint32_t word_class) {
    for_each_string(section, key, [&](std::string_view text) {
      const bool accented = (word_class & kLittleWords) != 0 && !is_ascii(text);
      for (const WordId word : phrase(text)) {
        WordInfo& info = tables_.words.info(word);
        (accented ? info.accented_classes : info.classes) |= word_class;
      }
    });
  }
  template <class Use>
  static void for_each_string(const toml::table& section, std::string_view key, Use use) {
    if (const toml::array* list = section[key].as_array())
      for (const toml::node& one : *list)
        if (const auto text = one.value<std::string_view>()) use(*text);
  }
  void add_words(const toml::table& section, std::string_view key, WordSet& set) {
    for_each_string(section, key, [&](std::string_view text) { set.add(text); });
  }
  std::uint8_t role_set(std::string_view name) const {
    for (std::size_t i = 0; i < tables_.role_sets.size(); ++i)
      if (tables_.role_sets[i].name == name) return static_cast<std::uint8_t>(i);
    return 0;
  }
  void phrases(const toml::table& section, std::string_view key, PhraseTrie& trie, PhraseForm base = {});
  void phrase_list(const toml::table& section, std::string_view key, PhraseTrie& trie, PhraseForm base = {});
  void joining(const toml::table& section);
  void persons(const toml::table& section);
  void adjectives(const toml::table& section);

  EntityRules::Tables& tables_;
};

void Compiler::phrases(const toml::table& section, std::string_view key, PhraseTrie& trie, PhraseForm base) {
  const toml::array* list = section[key].as_array();
  if (list == nullptr) return;
  for (const toml::node& node : *list) {
    const toml::table* row = node.as_table();
    if (row == nullptr) continue;
    PhraseForm form = base;
    form.gender = gender_of((*row)["gender"].value_or(std::string_view()));
    form.number = number_of((*row)["number"].value_or(std::string_view()));
    if ((*row)["plural"].value_or(false)) form.number = Number::plur;
    form.role_set = role_set((*row)["roles"].value_or(std::string_view()));
    const std::string_view kind = (*row)["kind"].value_or(std::string_view());
    form.state = base.state || kind == "state";
    form.party = kind == "party";
    form.movement = kind == "movement";
    form.power = kind == "power";
    form.ministry = kind == "ministry";
    const auto value = static_cast<std::uint16_t>(tables_.phrases.size());
    tables_.phrases.push_back(form);
    for_each_string(*row, "forms", [&](std::string_view text) { trie.add(phrase(text), value); });
  }
}

void Compiler::phrase_list(const toml::table& section, std::string_view key, PhraseTrie& trie, PhraseForm base) {
  const auto value = static_cast<std::uint16_t>(tables_.phrases.size());
  tables_.phrases.push_back(base);
  for_each_string(section, key, [&](std::string_view text) { trie.add(phrase(text), value); });
}

void Compiler::joining(const toml::table& section) {
  mark(section, "articles", kArticle);
  mark(section, "definite", kDefinite);
  mark(section, "of", kOf);
  mark(section, "at", kAt);
  mark(section, "and", kAnd);
  mark(section, "possessives", kPossessive);
  mark(section, "demonstratives", kDemonstrative);
  mark(section, "former", kFormer);
  mark(section, "locative", kLocative);
  mark(section, "prepositions", kPreposition);
  mark(section, "place_nouns", kPlaceNoun);
  phrase_list(section, "title_modifiers", tables_.modifiers);
  tables_.and_word = section["and_word"].value_or(std::string("&"));
  tables_.of_word = section["of_word"].value_or(std::string(" / "));
  tables_.elided_of = section["elided_of"].value_or(tables_.of_word);
  if (const toml::table* contractions = section["contractions"].as_table())
    for (const auto& [key, value] : *contractions) {
      const WordId article = tables_.words.intern(value.value_or(std::string_view()));
      tables_.words.info(tables_.words.intern(key.str())).contraction = article;
    }
}

void Compiler::persons(const toml::table& section) {
  phrases(section, "courtesy", tables_.courtesy);
  PhraseForm rank;
  rank.rank = true;
  phrases(section, "ranks", tables_.courtesy, rank);
  phrases(section, "title_heads", tables_.title_heads);
  mark(section, "particles", kParticle);
  add_words(section, "saying", tables_.saying);
  add_words(section, "weak_saying", tables_.weak_saying);
  add_words(section, "giving", tables_.giving);
  add_words(section, "giving_nouns", tables_.giving_nouns);
  mark(section, "years", kYears);
  add_words(section, "impersonal_verbs", tables_.impersonal_verbs);
  add_words(section, "impersonal_clause_verbs", tables_.impersonal_clause_verbs);
  add_words(section, "impersonal_predicates", tables_.impersonal_predicates);
}

void Compiler::adjectives(const toml::table& section) {
  const toml::table* rows = section["adjectives"].as_table();
  if (rows == nullptr) return;
  for (const auto& [id, forms] : *rows) {
    for_each_string(*rows, id.str(), [&](std::string_view text) {
      for (const WordId word : phrase(text))
        tables_.words.info(word).adjective_of = static_cast<std::uint32_t>(tables_.adjective_things.size());
    });
    tables_.adjective_things.emplace_back(id.str());
  }
}

Result<void> Compiler::words(std::string_view file) {
  toml::table root;
  try {
    root = toml::parse(file);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::malformed, "entities.toml line " + std::to_string(error.source().begin.line) + ": " +
                                          std::string(error.description()));
  }
  static const toml::table kEmpty;
  const auto section = [&](std::string_view name) -> const toml::table& {
    const toml::table* found = root[name].as_table();
    return found == nullptr ? kEmpty : *found;
  };
  tables_.role_sets.push_back({"", {"*"}});
  for (const auto& [key, value] : section("roles")) {
    RoleSet set{std::string(key.str()), {}};
    for_each_string(section("roles"), key.str(), [&](std::string_view text) { set.patterns.emplace_back(text); });
    tables_.role_sets.push_back(std::move(set));
  }
  tables_.bodies = role_set("bodies");
  tables_.posted = role_set("posted");
  tables_.presided = role_set("presided");
  tables_.stand_for = role_set("stand_for_states");
  joining(section("joining"));
  persons(section("persons"));
  phrases(section("pronouns"), "subject", tables_.pronouns);
  phrases(section("pronouns"), "oblique", tables_.oblique);
  phrases(section("pronouns"), "last_named", tables_.last_named);
  mark(section("pronouns"), "oblique_after", kObliqueAfter);
  add_words(section("pronouns"), "possessives", tables_.possessives);
  add_words(section("pronouns"), "plural_possessives", tables_.plural_possessives);
  add_words(section("pronouns"), "first_person", tables_.first_person);
  add_words(section("pronouns"), "anybody", tables_.anybody);
  mark(section("pronouns"), "clause_openers", kClauseOpener);
  mark(section("pronouns"), "existential", kExistential);
  phrases(section("sources"), "nouns", tables_.sources);
  phrases(section("sources"), "staff", tables_.staff);
  phrases(section("collectives"), "rule", tables_.rules);
  phrase_list(section("states"), "home_titles", tables_.home_titles);
  for_each_string(section("states"), "feminine_endings",
                  [&](std::string_view text) { tables_.feminine_endings.emplace_back(text); });
  tables_.home = section("states")["home"].value_or(std::string());
  phrases(section("groups"), "nouns", tables_.groups);
  mark(section("groups"), "bare", kBarePlural);
  if (const toml::table* numbers = section("groups")["numbers"].as_table())
    for (const auto& [key, value] : *numbers)
      tables_.words.info(tables_.words.intern(key.str())).number = static_cast<std::uint8_t>(value.value_or(0));
  phrases(section("nominals"), "person", tables_.persons);
  phrases(section("nominals"), "body", tables_.movements);
  if (const toml::table* counterpart = section("nominals")["counterpart"].as_table()) {
    PhraseForm one, many;
    one.number = Number::sing;
    many.number = Number::plur;
    phrase_list(*counterpart, "singular", tables_.counterparts, one);
    phrase_list(*counterpart, "plural", tables_.counterparts, many);
  }
  PhraseForm body;
  body.body = true;
  phrases(section("collectives"), "state", tables_.collectives);
  phrases(section("collectives"), "body", tables_.collectives, body);
  mark(section("organisations"), "heads", kOrganisationHead);
  mark(section("organisations"), "before", kBodyNoun);
  mark(section("organisations"), "nominal", kOrganisationNominal);
  mark(section("places"), "heads", kPlaceHead);
  mark(section("places"), "name_heads", kPlaceNameHead);
  mark(section("places"), "capital", kCapitalNoun);
  phrase_list(section("places"), "same", tables_.same);
  mark(section("places"), "nominal", kPlaceNominal);
  mark(section("organisations"), "name_heads", kBodyNameHead);
  adjectives(section("organisations"));
  mark(section("states"), "nominal", kStateNominal);
  return {};
}

Result<void> Compiler::titles(std::string_view file) {
  // The first row names the columns, so their order is the file's own affair.
  int role = -1, owners = -1, gender = -1, number = -1, title = -1;
  const auto read_head = [&](const std::vector<std::string_view>& row) {
    for (int i = 0; i < static_cast<int>(row.size()); ++i) {
      const std::string_view name = row[static_cast<std::size_t>(i)];
      if (name == "role") role = i;
      if (name == "owners") owners = i;
      if (name == "gender") gender = i;
      if (name == "number") number = i;
      if (name == "title") title = i;
    }
  };
  Result<void> result;
  for_each_row(file, [&](const std::vector<std::string_view>& row, std::size_t line) {
    if (!result) return;
    if (role < 0) {
      read_head(row);
      if (role < 0 || title < 0)
        result = fail(ErrorCode::malformed, "titles.tsv line " + std::to_string(line) + ": no columns role and title");
      return;
    }
    const auto column = [&](int i) {
      return i < 0 || static_cast<std::size_t>(i) >= row.size() ? std::string_view() : row[static_cast<std::size_t>(i)];
    };
    const std::string_view role_name = column(role);
    if (role_name.empty() || role_name.front() == '@' || column(title).empty()) return;
    TitleForm form;
    const auto found = std::find(tables_.roles.begin(), tables_.roles.end(), role_name);
    form.role = static_cast<std::uint32_t>(found - tables_.roles.begin());
    if (found == tables_.roles.end()) tables_.roles.emplace_back(role_name);
    form.gender = gender_of(column(gender));
    form.number = column(number) == "p" ? Number::plur : Number::sing;
    std::string_view list = column(owners);
    while (!list.empty()) {
      const std::size_t space = list.find(' ');
      if (space != 0) form.owners.emplace_back(list.substr(0, space));
      list.remove_prefix(space == std::string_view::npos ? list.size() : space + 1);
    }
    const auto value = static_cast<std::uint16_t>(tables_.title_forms.size());
    tables_.title_forms.push_back(std::move(form));
    tables_.titles.add(phrase(column(title)), value);
  });
  return result;
}

void Compiler::first_names(std::string_view file) {
  for_each_row(file, [&](const std::vector<std::string_view>& row, std::size_t) {
    WordInfo& info = tables_.words.info(tables_.words.intern(row[0]));
    info.classes |= kFirstName;
    info.first_name = row.size() > 1 ? gender_of(row[1]) : Gender::none;
  });
}

void Compiler::mark_openers() {
  const auto& t = tables_;
  for (WordId word = 0; word < tables_.words.size(); ++word) {
    WordInfo& info = tables_.words.info(word);
    if (t.titles.opens_with(word) || t.title_heads.opens_with(word) || t.collectives.opens_with(word))
      info.classes |= kOpensTitle;
    const auto opens = [&](bool whether, std::uint16_t opener) {
      if (whether) info.references |= opener;
    };
    opens(t.last_named.opens_with(word), kOpensLastNamed);
    opens(info.number != 0 || (info.classes & kBarePlural) != 0, kOpensGroup);
    opens(t.counterparts.opens_with(word), kOpensCounterpart);
    opens(t.pronouns.opens_with(word), kOpensPronoun);
    opens(t.oblique.opens_with(word), kOpensOblique);
    opens(t.persons.opens_with(word) || t.movements.opens_with(word), kOpensPerson);
    const std::uint32_t things = kStateNominal | kOrganisationNominal | kCapitalNoun | kPlaceNominal;
    opens((info.classes & things) != 0, kOpensThing);
    opens(t.sources.opens_with(word), kOpensSource);
    opens(t.rules.opens_with(word), kOpensRule);
    opens(t.staff.opens_with(word), kOpensStaff);
    if (info.references != 0) info.classes |= kOpensReference;
    if (info.contraction != kNoWord) info.classes |= kContraction;
    if (info.adjective_of != kNoWord) info.classes |= kBodyAdjective;
    if (t.courtesy.opens_with(word)) info.classes |= kOpensCourtesy;
  }
}

bool fits(std::string_view pattern, std::string_view role) {
  if (pattern == "*") return true;
  if (pattern.ends_with('*')) return role.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return role.ends_with(pattern.substr(1));
  return pattern == role;
}

}  // namespace

WordId WordTable::find(std::string_view word) const { return find(hash_bytes(word)); }

WordId WordTable::intern(std::string_view word) {
  const std::uint64_t hash = hash_bytes(word);
  const WordId known = find(hash);
  if (known != kNoWord) return known;
  if (infos_.size() * 2 >= slots_.size()) grow();
  const auto id = static_cast<WordId>(infos_.size());
  places_.emplace_back(static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(word.size()));
  bytes_ += word;
  infos_.emplace_back();
  insert(hash, id);
  return id;
}

std::string_view WordTable::text(WordId id) const {
  return std::string_view(bytes_).substr(places_[id].first, places_[id].second);
}

void WordTable::insert(std::uint64_t hash, WordId id) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].id != kNoWord) i = (i + 1) & mask;
  slots_[i] = Slot{hash, id};
}

void WordTable::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), Slot{});
  for (WordId id = 0; id < infos_.size(); ++id) insert(hash_bytes(text(id)), id);
}

void WordSet::add(std::string_view word) {
  const std::uint64_t hash = hash_bytes(word);
  if (hash == 0 || holds(hash)) return;
  if (++used_ * 4 > slots_.size()) {
    std::vector<std::uint64_t> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const std::uint64_t one : old)
      if (one != 0) put(one);
  }
  put(hash);
}

void WordSet::put(std::uint64_t hash) {
  std::size_t i = hash & mask_;
  while (slots_[i] != 0) i = (i + 1) & mask_;
  slots_[i] = hash;
}

PhraseTrie::Node PhraseTrie::step(Node node, WordId word) const {
  if (word == kNoWord) return kNone;
  const std::uint64_t key = edge_key(node, word);
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t i = edge_slot(key, mask);; i = (i + 1) & mask) {
    if (edges_[i].key == key) return edges_[i].to;
    if (edges_[i].key == ~0ULL) return kNone;
  }
}

void PhraseTrie::grow() {
  std::vector<Edge> old(edges_.size() * 2);
  old.swap(edges_);
  const std::size_t mask = edges_.size() - 1;
  for (const Edge& edge : old) {
    if (edge.key == ~0ULL) continue;
    std::size_t i = edge_slot(edge.key, mask);
    while (edges_[i].key != ~0ULL) i = (i + 1) & mask;
    edges_[i] = edge;
  }
}

PhraseTrie::Node PhraseTrie::add_edge(Node node, WordId word) {
  const Node known = step(node, word);
  if (known != kNone) return known;
  if (++used_ * 2 > edges_.size()) grow();
  const std::uint64_t key = edge_key(node, word);
  const std::size_t mask = edges_.size() - 1;
  std::size_t i = edge_slot(key, mask);
  while (edges_[i].key != ~0ULL) i = (i + 1) & mask;
  edges_[i] = {key, static_cast<Node>(values_.size())};
  values_.emplace_back();
  return edges_[i].to;
}

void PhraseTrie::add(const std::vector<WordId>& phrase, std::uint16_t value) {
  if (phrase.empty()) return;
  Node node = root();
  for (const WordId word : phrase) node = add_edge(node, word);
  values_[node].push_back(value);
}

}  // namespace entities

bool EntityRules::Tables::role_fits(std::uint8_t set, std::string_view role) const {
  const std::vector<std::string>& patterns = role_sets[set].patterns;
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& one) { return entities::fits(one, role); });
}

EntityRules::EntityRules() : tables_(std::make_unique<Tables>()) {}
EntityRules::EntityRules(EntityRules&&) noexcept = default;
EntityRules& EntityRules::operator=(EntityRules&&) noexcept = default;
EntityRules::~EntityRules() = default;

namespace {

// The rules may outlive the pack, so they keep the model's bytes.
Result<void> read_names(std::string_view bytes, EntityRules::Tables& tables) {
  auto& blocks = tables.name_bytes.blocks;
  blocks.resize((bytes.size() + sizeof(NameBytes::Block) - 1) / sizeof(NameBytes::Block));
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(blocks.data()));
  auto model = entities::NameModel::read({reinterpret_cast<const char*>(blocks.data()), bytes.size()});
  if (!model) return tl::unexpected<Error>(model.error());
  tables.names = *model;
  return {};
}

}  // namespace

Result<EntityRules> EntityRules::compile(const LanguagePack& pack) {
  EntityRules rules;
  rules.tables_->language = pack.code();
  entities::Compiler compiler(*rules.tables_);
  const auto words = pack.file("entities.toml");
  if (!words) return fail(words.error().code, words.error().detail);
  if (const auto done = compiler.words(*words); !done) return fail(done.error().code, done.error().detail);
  // A pack without titles or given names still reads names; it only knows fewer of them.
  if (const auto titles = pack.file("titles.tsv"))
    if (const auto done = compiler.titles(*titles); !done) return fail(done.error().code, done.error().detail);
  if (const auto names = pack.file("first-names.tsv")) compiler.first_names(*names);
  compiler.mark_openers();
  if (const auto model = pack.file("names.model"))
    if (const auto done = read_names(*model, *rules.tables_); !done)
      return fail(done.error().code, done.error().detail);
  return rules;
}

}  // namespace chancery
