// The dependency parser: a mapped model and what runs it. Each word is a sum of rows (parser_features.h); recurrent
// layers read the sentence in both directions; two scorers judge every arc and then the relation of each arc of the
// best tree (parser_tree.h). All arithmetic is in whole numbers, so every machine builds the same tree. Models are made
// by training/train_parser.cpp; training/README.md tells the method and its scores.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/analysis.h"
#include "language/mapped_file.h"
#include "language/pack.h"
#include "language/parser_features.h"
#include "language/parser_tree.h"

namespace chancery {

// A matrix as the kernels want it, with its bias; both lie in the mapped file.
struct ParserMatrix {
  const std::int32_t* bias = nullptr;
  const std::int16_t* weights = nullptr;
};

// The file: this header, the text (lines "key: value": licence, data, scores, `join: NAME`, and `relation: NAME` in
// order), then sections on 64-byte bounds: slots (key >> 32, row + 1; 0 is empty; found from key & (slots - 1)
// onwards), one shift a row, the rows (width bytes each: the number times 2^shift, where kOne is one), and each
// matrix's bias and weights: of each layer forward and backward, of the hidden units, of arcs, then a row of 16-bit
// numbers for each class of distance, then of relations.
struct ParserHeader {
  char magic[8];  // "CHPARSER"
  std::uint32_t version;
  std::uint32_t header_size;
  std::uint64_t file_size;
  std::uint64_t checksum;  // of what follows the header
  std::uint64_t text_size;
  std::uint64_t slots, rows;  // slots: a power of two
  std::uint32_t width, layers, arc, relation, relations;
  std::uint32_t weight_bits;  // weights count in units of 2^-weight_bits
};
inline constexpr char kParserMagic[8] = {'C', 'H', 'P', 'A', 'R', 'S', 'E', 'R'};

// Immutable after opening; may be shared between threads.
class Parser {
 public:
  static constexpr std::uint32_t kVersion = 1;
  // Fails with not_found, malformed or unsupported, naming the file.
  static Result<Parser> open(const std::filesystem::path& file);
  bool loaded() const { return rows_ != nullptr; }
  // Relations by number; 0 is none.
  const std::vector<std::string>& relations() const { return relations_; }

 private:
  friend class SentenceParser;
  struct Slot {
    std::uint32_t check = 0, row = 0;
  };
  static constexpr std::uint32_t kNoRow = 0xFFFFFFFF;
  bool lay_out(std::string_view sections);
  void read_text(std::string_view text);
  std::uint32_t find(std::uint64_t key) const;
  const Slot* slot_of(std::uint64_t key) const { return slots_ + (key & (header_.slots - 1)); }

  MappedFile file_;
  ParserHeader header_{};
  const Slot* slots_ = nullptr;
  const std::uint8_t* shifts_ = nullptr;
  const std::int8_t* rows_ = nullptr;
  std::vector<std::array<ParserMatrix, 2>> layers_;
  ParserMatrix hidden_, arcs_, out_;
  const std::int16_t* distances_ = nullptr;
  std::array<std::uint32_t, kParserRows> unknown_{};
  std::uint32_t root_ = 0, common_ = 0;
  std::uint8_t join_ = 0;  // how a stretch of an overlong sentence hangs on the first one
  std::vector<std::string> relations_ = {""};
};

// Parses one sentence after the other; keeps its buffers; for one thread.
class SentenceParser {
 public:
  explicit SentenceParser(const LanguagePack::Tables& tables) : tables_(tables) {}
  // Fills in head and deprel of the sentence's tokens: one root, no cycle. Sentences of more than kLongest words are
  // parsed in stretches. Needs a loaded parser.
  void parse(Analysis& analysis, const Sentence& sentence);
  static constexpr std::uint32_t kLongest = 200;

 private:
  std::uint32_t parse_stretch(Analysis& analysis, std::uint32_t first, std::uint32_t last,
                              std::uint32_t sentence_first);
  void add_rows(const Analysis& analysis, std::uint32_t first, std::uint32_t last, std::uint32_t sentence_first);
  void add_row(std::uint32_t row, std::int16_t* sums) const;
  void run_layers(std::size_t positions);
  void score_arcs(const Analysis& analysis, std::uint32_t first, std::size_t positions);
  void choose_relations(Analysis& analysis, std::uint32_t first, std::size_t positions);

  const LanguagePack::Tables& tables_;
  TreeFinder finder_;
  std::vector<ParserKeys> keys_;
  std::vector<std::int16_t> states_, next_, heads_, dependents_, arc_keys_, active_;
  std::vector<std::int32_t> sums_, hidden_, cells_, scores_;
};

}  // namespace chancery
