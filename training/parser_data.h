// Treebank sentences as the parser's trainer needs them: tagged by the engine, each word with its keys, its gold head
// and relation.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "conllu_reader.h"
#include "language/analyser.h"
#include "language/parser_features.h"
#include "parser_network.h"

namespace chancery::training {

struct ParsedWord {
  ParserKeys keys{};
  std::int32_t vector = -1;  // its number in the word vectors
  int head = 0;
  int relation = 0;
};

struct ParsedSentence {
  std::vector<ParsedWord> words;
  int bank = 0;  // which treebank's habits it follows: 0 Sequoia's and FQB's, 1 GSD's
  float weight = 1;
};

// Vectors of words, from extract_vectors.py.
class WordVectors {
 public:
  bool open(const std::string& path);
  int width() const { return width_; }
  std::int32_t find(std::uint64_t form_hash) const;
  const float* vector(std::int32_t number) const { return values_.data() + static_cast<std::size_t>(number * width_); }
  const std::vector<std::pair<std::string, std::int32_t>>& words() const { return words_; }

 private:
  int width_ = 0;
  std::vector<float> values_;
  std::vector<std::pair<std::string, std::int32_t>> words_;
  std::unordered_map<std::uint64_t, std::int32_t> index_;
};

// The relations that the parser knows; 0 is none, so that numbers are those of Token::deprel.
class Relations {
 public:
  int number(const std::string& name) const;  // -1: unknown
  const std::string& name(int number) const { return names_[static_cast<std::size_t>(number)]; }
  int size() const { return static_cast<int>(names_.size()); }
  void count(const std::vector<GoldSentence>& sentences, std::size_t at_least);

 private:
  std::vector<std::string> names_ = {""};
};

// The engine's tokens for a gold sentence, words as the treebank has them.
Analysis analysed(const GoldSentence& sentence, const LanguagePack::Tables& tables);
ParsedSentence parsed(const GoldSentence& sentence, const LanguagePack::Tables& tables, const WordVectors& vectors,
                      const Relations& relations);

// Which keys have a row of their own, and how often the training text has each.
class RowIndex {
 public:
  void count(const ParsedSentence& sentence);
  // Keys seen often enough get rows, in an order that depends on nothing but the keys.
  void close();
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t find(std::uint64_t key) const;
  std::uint32_t times(std::uint64_t key) const;
  const std::map<std::uint64_t, std::uint32_t>& rows() const { return rows_; }

 private:
  std::map<std::uint64_t, std::uint32_t> rows_;
  std::unordered_map<std::uint64_t, std::uint32_t> found_, counts_;
  std::unordered_map<std::uint64_t, std::uint8_t> kinds_;
};

// Adds a sentence to a batch. `drop`: how eagerly rare words are hidden, 0 for scoring.
void add_to(Batch& batch, const ParsedSentence& sentence, const RowIndex& rows, const WordVectors& vectors, float drop,
            std::mt19937* random);

}  // namespace chancery::training
