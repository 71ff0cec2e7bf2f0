// Loading a pack: its text files are read whole (they are small), its own tables become hash tables, its lexicon is
// mapped. Every failure names the file, and the line where there is one.
#include "language/pack.h"

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <sstream>

#include "language/tables.h"
#include "language/tagger_features.h"

namespace chancery {

void WordTable::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(std::max<std::size_t>(16, old.size() * 2), Slot{});
  for (const Slot& slot : old) {
    if (slot.value == kNone) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].value != kNone) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

void WordTable::add(std::string_view word, std::uint32_t value) {
  if ((size_ + 1) * 2 > slots_.size()) grow();
  const std::uint64_t hash = hash_bytes(word);
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].value != kNone && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  if (slots_[at].value == kNone) ++size_;
  slots_[at] = {hash, value};
}

std::uint32_t WordTable::find(std::uint64_t hash) const {
  if (slots_.empty()) return kNone;
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].value != kNone) {
    if (slots_[at].hash == hash) return slots_[at].value;
    at = (at + 1) & (slots_.size() - 1);
  }
  return kNone;
}

std::uint16_t LanguagePack::Tables::tag(std::string_view wanted, std::string_view features) {
  for (std::size_t i = 0; i < tags.size(); ++i)
    if (tags[i].name == wanted && tags[i].features == features) return static_cast<std::uint16_t>(i);
  LexiconTag fresh;
  fresh.name = std::string(wanted);
  fresh.features = std::string(features);
  fresh.upos = upos_from(wanted).value_or(Upos::X);
  fresh.morph = morph_from(features);
  tags.push_back(std::move(fresh));
  return static_cast<std::uint16_t>(tags.size() - 1);
}

namespace {

constexpr std::uintmax_t kMaxTextFile = std::uintmax_t{64} << 20;

bool is_text_file(const std::filesystem::path& path) { return path.extension() != ".bin"; }

Result<void> read_files(const std::filesystem::path& directory, LanguagePack::Tables& tables) {
  std::error_code error;
  std::filesystem::directory_iterator listing(directory, error);
  if (error) return fail(ErrorCode::not_found, directory.string());
  for (const auto& entry : listing) {
    if (!entry.is_regular_file(error) || !is_text_file(entry.path())) continue;
    if (entry.file_size(error) > kMaxTextFile) return fail(ErrorCode::too_large, entry.path().string());
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) return fail(ErrorCode::io, entry.path().string());
    tables.files.emplace_back(entry.path().filename().string(), out.str());
  }
  std::sort(tables.files.begin(), tables.files.end());
  return {};
}

std::string_view find_file(const LanguagePack::Tables& tables, std::string_view name) {
  for (const auto& [file, contents] : tables.files)
    if (file == name) return contents;
  return {};
}

struct Line {
  std::vector<std::string_view> cells;
  std::size_t number = 0;
};

// The lines of a TSV file that are neither empty nor comments, cut at tabs.
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.empty() || row.front() == '#') continue;
    Line line;
    line.number = number;
    for (std::size_t tab = row.find('\t'); tab != std::string_view::npos; tab = row.find('\t')) {
      line.cells.push_back(row.substr(0, tab));
      row.remove_prefix(tab + 1);
    }
    line.cells.push_back(row);
    lines.push_back(std::move(line));
  }
  return lines;
}

tl::unexpected<Error> malformed(std::string_view file, std::size_t line, std::string_view why) {
  return fail(ErrorCode::malformed, std::string(file) + ", line " + std::to_string(line) + ": " + std::string(why));
}

Result<void> read_token_rules(LanguagePack::Tables& tables) {
  TokenRules& rules = tables.rules;
  const std::vector<Line> lines = lines_of(find_file(tables, "tokens.tsv"));
  for (const Line& line : lines) {
    if (line.cells.size() != 2) return malformed("tokens.tsv", line.number, "two columns are wanted, kind and form");
    const std::string_view kind = line.cells[0], form = line.cells[1];
    if (kind == "elision") {
      const bool whole = std::any_of(lines.begin(), lines.end(), [&](const Line& other) {
        return other.cells.size() == 2 && other.cells[0] == "whole" && other.cells[1].starts_with(form);
      });
      rules.elisions.add(form, whole ? TokenRules::kMayBeWhole : TokenRules::kPlain);
    } else if (kind == "enclitic") {
      rules.enclitics.add(form, 0);
    } else if (kind == "particle") {
      rules.particles.add(form, 0);
    } else if (kind == "whole") {
      rules.wholes.add(form, 0);
    } else if (kind == "unit") {
      rules.units.add(form, 0);
    } else if (kind == "link") {
      rules.links.add(form, 0);
    } else {
      return malformed("tokens.tsv", line.number, "no such kind: " + std::string(kind));
    }
  }
  return {};
}

Result<void> read_abbreviations(LanguagePack::Tables& tables) {
  static constexpr std::array<std::string_view, 4> kKinds = {"inside", "either", "number", "name"};
  for (const Line& line : lines_of(find_file(tables, "abbreviations.tsv"))) {
    if (line.cells.size() != 2) return malformed("abbreviations.tsv", line.number, "two columns are wanted");
    const auto kind = std::find(kKinds.begin(), kKinds.end(), line.cells[1]);
    if (kind == kKinds.end())
      return malformed("abbreviations.tsv", line.number, "no such kind: " + std::string(line.cells[1]));
    tables.rules.abbreviations.add(line.cells[0], static_cast<std::uint32_t>(kind - kKinds.begin()));
  }
  return {};
}

// "de ADP _ de"
bool read_part(std::string_view cell, LanguagePack::Tables& tables, MultiwordPart& part) {
  std::array<std::string_view, 4> fields;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t end = i == 3 ? cell.size() : cell.find(' ');
    if (end == std::string_view::npos) return false;
    fields[i] = cell.substr(0, end);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  if (!upos_from(fields[1])) return false;
  part.form = std::string(fields[0]);
  part.tag = tables.tag(fields[1], fields[2]);
  part.lemma = std::string(fields[3]);
  part.form_hash = hash_bytes(part.form);
  part.lemma_hash = hash_bytes(part.lemma);
  return true;
}

Result<void> read_multiwords(LanguagePack::Tables& tables) {
  for (const Line& line : lines_of(find_file(tables, "multiword.tsv"))) {
    if (line.cells.size() < 3 || line.cells.size() > 5)
      return malformed("multiword.tsv", line.number, "a form and two to four words are wanted");
    std::vector<MultiwordPart> parts(line.cells.size() - 1);
    for (std::size_t i = 1; i < line.cells.size(); ++i)
      if (!read_part(line.cells[i], tables, parts[i - 1]))
        return malformed("multiword.tsv", line.number, "a word is form, class, features and lemma");
    tables.multiwords.add(line.cells[0], static_cast<std::uint32_t>(tables.multiword_parts.size()));
    tables.multiword_parts.push_back(std::move(parts));
  }
  return {};
}

// "NUM NumType=Card"
Result<std::uint16_t> read_class(std::string_view text, LanguagePack::Tables& tables) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view name = text.substr(0, space);
  const std::string_view features = space < text.size() ? text.substr(space + 1) : "_";
  if (!upos_from(name)) return fail(ErrorCode::malformed, "pack.toml: no such word class: " + std::string(name));
  return tables.tag(name, features);
}

Result<void> read_classes(const toml::table& pack, LanguagePack::Tables& tables) {
  const std::pair<std::string_view, std::uint16_t*> keys[] = {
      {"url", &tables.url},         {"email", &tables.email},   {"hashtag", &tables.hashtag},
      {"mention", &tables.mention}, {"symbol", &tables.symbol}, {"punctuation", &tables.punctuation},
      {"number", &tables.number}};
  for (const auto& [key, place] : keys) {
    const auto value = pack["tokens"][key].value<std::string>();
    if (!value) return fail(ErrorCode::malformed, "pack.toml: [tokens] lacks " + std::string(key));
    const auto tag = read_class(*value, tables);
    if (!tag) return tl::unexpected<Error>(tag.error());
    *place = *tag;
  }
  const std::pair<std::string_view, std::vector<std::uint16_t>*> lists[] = {
      {"unknown", &tables.unknown}, {"unknown_capitalised", &tables.unknown_capitalised}};
  for (const auto& [key, place] : lists) {
    const toml::array* values = pack["tokens"][key].as_array();
    if (values == nullptr || values->empty() || values->size() > 8)
      return fail(ErrorCode::malformed, "pack.toml: [tokens] lacks the list " + std::string(key));
    for (const toml::node& value : *values) {
      const auto tag = read_class(value.value_or(std::string()), tables);
      if (!tag) return tl::unexpected<Error>(tag.error());
      place->push_back(*tag);
    }
  }
  return {};
}

Result<void> read_pack_toml(LanguagePack::Tables& tables) {
  const std::string_view text = find_file(tables, "pack.toml");
  if (text.empty()) return fail(ErrorCode::not_found, "pack.toml");
  try {
    const toml::table pack = toml::parse(text, std::string_view("pack.toml"));
    const auto format = pack["format"].value_or(std::int64_t{0});
    if (format != 1)
      return fail(ErrorCode::unsupported, "pack.toml has format " + std::to_string(format) + ", this program reads 1");
    tables.code = pack["code"].value_or(std::string());
    tables.name = pack["name"].value_or(std::string());
    if (tables.code.empty()) return fail(ErrorCode::malformed, "pack.toml: code is missing");
    return read_classes(pack, tables);
  } catch (const toml::parse_error& error) {
    return malformed("pack.toml", error.source().begin.line, error.description());
  }
}

Result<void> read_starts(LanguagePack::Tables& tables) {
  auto starts = SentenceStarts::read(find_file(tables, "sentence-starts.tsv"));
  if (!starts) return tl::unexpected<Error>(starts.error());
  tables.starts = std::move(*starts);
  return {};
}

Result<void> fill(const std::filesystem::path& directory, LanguagePack::Tables& tables) {
  if (auto done = read_files(directory, tables); !done) return done;
  if (find_file(tables, "pack.toml").empty()) return fail(ErrorCode::not_found, (directory / "pack.toml").string());
  auto lexicon = Lexicon::open(directory / "lexicon.bin");
  if (!lexicon) return tl::unexpected<Error>(lexicon.error());
  tables.lexicon = std::move(*lexicon);
  tables.tags = tables.lexicon.tags();
  for (auto step : {read_pack_toml, read_token_rules, read_abbreviations, read_multiwords, read_starts})
    if (auto done = step(tables); !done)
      return fail(done.error().code, directory.string() + ": " + done.error().detail);
  for (const LexiconTag& tag : tables.tags) tables.facts.push_back(facts_of(tag));
  auto tagger = Tagger::open(directory / "models" / "tagger.bin", tables.tags);
  if (tagger) {
    tables.tagger = std::move(*tagger);
  } else if (tagger.error().code != ErrorCode::not_found) {
    return tl::unexpected<Error>(tagger.error());
  }
  auto parser = Parser::open(directory / "models" / "parser.bin");
  if (parser) {
    tables.parser = std::move(*parser);
    tables.relations = tables.parser.relations();
  } else if (parser.error().code != ErrorCode::not_found) {
    return tl::unexpected<Error>(parser.error());
  }
  return {};
}

}  // namespace

LanguagePack::LanguagePack() : tables_(std::make_unique<Tables>()) {}
LanguagePack::~LanguagePack() = default;

Result<std::shared_ptr<const LanguagePack>> LanguagePack::load(const std::filesystem::path& directory) {
  std::shared_ptr<LanguagePack> pack(new LanguagePack());
  if (auto done = fill(directory, *pack->tables_); !done) return tl::unexpected<Error>(done.error());
  return std::shared_ptr<const LanguagePack>(std::move(pack));
}

std::string_view LanguagePack::code() const { return tables_->code; }

Result<std::string_view> LanguagePack::file(std::string_view name) const {
  for (const auto& [file, contents] : tables_->files)
    if (file == name) return std::string_view(contents);
  return fail(ErrorCode::not_found, std::string(name) + " in the pack " + tables_->code);
}

std::string_view LanguagePack::tag_features(std::uint16_t tag) const {
  return tag < tables_->tags.size() ? std::string_view(tables_->tags[tag].features) : std::string_view("_");
}

std::string_view LanguagePack::relation(std::uint8_t deprel) const {
  return deprel < tables_->relations.size() ? std::string_view(tables_->relations[deprel]) : std::string_view();
}

}  // namespace chancery
