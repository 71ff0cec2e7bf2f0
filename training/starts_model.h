// What the two programs about sentence starts share: places inside the lines that come out when a treebank's sentences
// are joined with spaces, with the truth, and the two models that learn from them.
#pragma once

#include <cstdint>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "conllu_reader.h"
#include "language/tables.h"
#include "language/tokenise.h"
#include "options.h"

namespace chancery::training {

using Drawn = std::vector<const GoldSentence*>;

// All sentences in order, or as many of them as `share` says, drawn at random. The treebanks' development and test
// parts are such draws, so that neighbours there were none in the texts.
Drawn all_of(const std::vector<GoldSentence>& sentences);
Drawn draw_of(const std::vector<GoldSentence>& sentences, std::mt19937& random, double share);

// Sentences joined with spaces, cut into tokens, and where they begin.
struct Line {
  Line(const Drawn& sentences, const LanguagePack::Tables& tables);
  std::string text, strings;
  std::set<std::uint32_t> begins;
  std::vector<Surface> tokens;
};

// A place of a paragraph (StartFinder), with the truth.
struct Example {
  std::vector<std::uint64_t> features;  // the first one tells its place alone
  bool begins = false;
};

// Joins sentences into paragraphs and adds every place that may_start(). Once a true beginning is met, the next
// sentence counts from there.
void add_paragraphs(const Drawn& sentences, const LanguagePack::Tables& tables, std::vector<Example>& out);

// Features as indices into the weights; those too rare to learn have none.
struct Indexed {
  std::vector<std::uint32_t> features;
  std::uint64_t place = 0;  // the feature that all places of a kind have
  bool begins = false;
};

// Features in order, so that a file is the same each time, and their weights.
struct Weights {
  std::vector<std::uint64_t> features;
  std::vector<double> weights;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;

  // Those that were seen at least `rare` times.
  void number(const std::unordered_map<std::uint64_t, std::uint32_t>& seen, std::uint32_t rare);
  void append(const std::vector<std::uint64_t>& keys, std::vector<std::uint32_t>& out) const;
  // Lets a feature that all places of a kind have carry their threshold.
  void set_threshold(std::uint64_t feature, double threshold);
  // Weights count in thousandths; those nearer to 0 than `least` are left out.
  void write(std::ostream& out, long least) const;
};

// Logistic regression over the places of paragraphs.
struct ParagraphModel : Weights {
  ParagraphModel(const std::vector<Example>& train, std::uint32_t rare, double decay);
  std::vector<Indexed> index(const std::vector<Example>& examples) const;
  double sum_of(const Indexed& example) const;
};

// A stretch of a flat text: what the model sees of each node between its beginning and its end, and of the sentence
// from node i to node j.
struct Stretch {
  std::size_t nodes = 0;
  std::vector<std::vector<std::uint64_t>> places;  // of each node
  std::vector<std::vector<std::uint64_t>> pieces;  // of (i, j), i < j, at j (j - 1) / 2 + i
  std::vector<bool> begins;                        // of each node
};

// Joins all sentences into one text and adds its stretches, less the few that have very many places.
void add_flat_text(const Drawn& sentences, const LanguagePack::Tables& tables, std::vector<Stretch>& out);

struct FlatSettings {
  int draws = 60;           // how often sentences are drawn anew, of each part
  double share = 0.5;       // of the part
  int rare = 12;            // features seen less often are not learnt
  int epochs = 12;          // the weights are the mean over the second half of them
  double rate = 0.05;       // falls from epoch to epoch
  double decay = 0.012;     // of the weights, at each step
  double threshold = -0.3;  // what a place's weights must exceed for nothing
  long least = 50;          // weights nearer to 0 are left out, in thousandths

  void read(const Options& options);
};

// A conditional random field over the partings of a stretch (semi-Markov: its features see whole sentences).
struct FlatModel : Weights {
  FlatModel(std::vector<Stretch>&& train, const FlatSettings& settings);
};

}  // namespace chancery::training
