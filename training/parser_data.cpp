// The engine itself cuts and tags, so that training sees the words as the parser will.
#include "parser_data.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

namespace chancery::training {

bool WordVectors::open(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  const std::string bytes = all.str();
  std::uint32_t sizes[3];
  if (bytes.size() < 20 || bytes.compare(0, 8, "CHVECTOR") != 0) return false;
  std::memcpy(sizes, bytes.data() + 8, sizeof(sizes));
  width_ = static_cast<int>(sizes[2]);
  values_.resize(std::size_t{sizes[1]} * sizes[2]);
  std::memcpy(values_.data(), bytes.data() + 20, values_.size() * 4);
  std::size_t at = 20 + values_.size() * 4;
  for (std::uint32_t i = 0; i < sizes[0]; ++i) {
    std::uint32_t row = 0;
    std::uint16_t size = 0;
    std::memcpy(&row, bytes.data() + at, 4);
    std::memcpy(&size, bytes.data() + at + 4, 2);
    words_.emplace_back(bytes.substr(at + 6, size), static_cast<std::int32_t>(row));
    index_[hash_bytes(words_.back().first)] = static_cast<std::int32_t>(row);
    at += 6U + size;
  }
  return true;
}

std::int32_t WordVectors::find(std::uint64_t form_hash) const {
  const auto found = index_.find(form_hash);
  return found == index_.end() ? -1 : found->second;
}

int Relations::number(const std::string& name) const {
  const auto found = std::find(names_.begin() + 1, names_.end(), name);
  return found == names_.end() ? -1 : static_cast<int>(found - names_.begin());
}

void Relations::count(const std::vector<GoldSentence>& sentences, std::size_t at_least) {
  std::map<std::string, std::size_t> counts;
  for (const GoldSentence& sentence : sentences)
    for (const GoldToken& token : sentence.tokens)
      for (const GoldWord& word : token.words)
        if (word.relation != "root") ++counts[word.relation];
  for (const auto& [name, n] : counts)
    if (n >= at_least) names_.push_back(name);
}

Analysis analysed(const GoldSentence& sentence, const LanguagePack::Tables& tables) {
  std::string text, strings;
  std::vector<Surface> surfaces;
  const auto add = [&](const std::string& form, std::size_t words) {
    Surface surface = surface_of(form, strings);
    surface.words = static_cast<std::uint8_t>(words);
    surface.span.begin = static_cast<std::uint32_t>(text.size());
    text += form;
    surface.span.end = static_cast<std::uint32_t>(text.size());
    surfaces.push_back(surface);
  };
  for (const GoldToken& token : sentence.tokens) {
    std::string form;
    append_form(token.form, form);
    const std::uint32_t entry = tables.multiwords.find(form);
    if (token.words.size() > 1 && entry != WordTable::kNone &&
        tables.multiword_parts[entry].size() == token.words.size()) {
      add(token.form, 2);
    } else {
      for (const GoldWord& word : token.words) add(token.words.size() == 1 ? token.form : word.form, 1);
    }
  }
  Analyser analyser(text, tables);
  analyser.strings() = std::move(strings);
  analyser.add_sentence(surfaces, 0);
  return analyser.take();
}

ParsedSentence parsed(const GoldSentence& sentence, const LanguagePack::Tables& tables, const WordVectors& vectors,
                      const Relations& relations) {
  ParsedSentence out;
  out.bank = sentence.id.starts_with("fr-ud-") ? 1 : 0;
  const Analysis analysis = analysed(sentence, tables);
  std::size_t i = 0;
  for (const GoldToken& token : sentence.tokens)
    for (const GoldWord& gold : token.words) {
      if (i >= analysis.tokens.size()) return {};
      const std::string_view form = analysis.form(i);
      ParsedWord word;
      word.keys = parser_keys(analysis.tokens[i], form, i == 0, tables.facts[analysis.tokens[i].tag].hash);
      word.vector = vectors.find(hash_bytes(form));
      word.head = gold.head;
      word.relation = gold.head == 0 ? -1 : relations.number(gold.relation);
      out.words.push_back(word);
      ++i;
    }
  if (i != analysis.tokens.size()) return {};
  return out;
}

void RowIndex::count(const ParsedSentence& sentence) {
  for (const ParsedWord& word : sentence.words)
    for (std::size_t kind = 0; kind < kParserRows; ++kind) {
      ++counts_[word.keys[kind]];
      kinds_[word.keys[kind]] = static_cast<std::uint8_t>(kind);
    }
}

void RowIndex::close() {
  constexpr std::uint32_t kAtLeast[kParserRows] = {2, 2, 3, 2, 1, 3};
  for (const auto& [key, n] : counts_)
    if (n >= kAtLeast[kinds_.at(key)]) rows_[key] = 0;
  for (std::size_t kind = 0; kind < kParserRows; ++kind) rows_[unknown_key(static_cast<ParserRow>(kind))] = 0;
  for (std::uint64_t bank = 0; bank < 3; ++bank) rows_[kCommonKey + bank] = 0;
  rows_[kRootKey] = 0;
  std::uint32_t next = 0;
  for (auto& [key, row] : rows_) {
    row = next++;
    found_[key] = row;
  }
}

std::uint32_t RowIndex::find(std::uint64_t key) const {
  const auto found = found_.find(key);
  return found == found_.end() ? kNone : found->second;
}

std::uint32_t RowIndex::times(std::uint64_t key) const {
  const auto found = counts_.find(key);
  return found == counts_.end() ? 0 : found->second;
}

void add_to(Batch& batch, const ParsedSentence& sentence, const RowIndex& rows, const WordVectors& vectors, float drop,
            std::mt19937* random) {
  if (batch.begins.empty()) batch.begins.push_back(0);
  const auto chance = [&](float p) { return random != nullptr && static_cast<float>((*random)()) < p * 4294967296.0F; };
  Batch::Word root;
  const std::uint32_t bank = rows.find(kCommonKey + static_cast<std::uint64_t>(sentence.bank));
  root.rows = {rows.find(kRootKey), bank};
  batch.words.push_back(root);
  for (const ParsedWord& word : sentence.words) {
    Batch::Word out;
    out.head = word.head;
    out.relation = word.relation;
    out.weight = sentence.weight;
    bool hidden = false;
    for (std::size_t kind = 0; kind < kParserRows; ++kind) {
      const auto row_kind = static_cast<ParserRow>(kind);
      bool gone = false;
      if (row_kind == ParserRow::form || row_kind == ParserRow::lemma)
        gone = chance(drop / (drop + static_cast<float>(rows.times(word.keys[kind]))));
      else if (row_kind != ParserRow::shape)
        gone = chance(0.04F);
      if (gone && row_kind == ParserRow::form) hidden = true;
      std::uint32_t row = gone ? RowIndex::kNone : rows.find(word.keys[kind]);
      if (row == RowIndex::kNone) row = rows.find(unknown_key(row_kind));
      out.rows.push_back(row);
    }
    out.rows.push_back(bank);
    if (word.vector >= 0 && !(hidden && chance(0.3F))) out.vector = vectors.vector(word.vector);
    batch.words.push_back(std::move(out));
  }
  batch.begins.push_back(static_cast<int>(batch.words.size()));
}

}  // namespace chancery::training
