// Trains the pack's sentence-starts.tsv: logistic regression on the capitals inside the lines that come out when a
// treebank's sentences are joined with spaces, one line for each stretch of a text.
//
// usage: train_starts PACK_FOLDER TRAIN.conllu DEV.conllu OUT.tsv [THRESHOLD [HEAD]]
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "conllu_reader.h"
#include "language/pack.h"
#include "language/sentence_starts.h"
#include "language/tables.h"
#include "language/tokenise.h"

namespace chancery::training {
namespace {

struct Example {
  SentenceStarts::Features features;
  bool begins = false;
};

// Every capital that may_start(), with the truth. Once a true beginning is met, the next sentence counts from there.
std::vector<Example> examples_of(const std::string& path, const LanguagePack::Tables& tables) {
  std::vector<Example> out;
  const std::vector<GoldSentence> sentences = read_conllu(path);
  constexpr std::size_t kLine = 30;
  for (std::size_t s = 0; s < sentences.size(); s += kLine) {
    std::string text;
    std::map<std::uint32_t, bool> begins;
    for (std::size_t k = s; k < std::min(s + kLine, sentences.size()); ++k) {
      begins[static_cast<std::uint32_t>(text.size())] = true;
      text += sentences[k].text + " ";
    }
    std::vector<Surface> tokens;
    std::string strings;
    begin_strings(text, strings);
    tokenise(text, Span{0, static_cast<std::uint32_t>(text.size())}, tables, tokens, strings);
    std::size_t first = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (may_start(tokens, first, i, text, tables)) {
        const bool start = begins.contains(tokens[i].span.begin);
        out.push_back({start_features(tokens, first, i, tables), start});
        if (start) first = i;
      }
      if (tokens[i].ends_sentence) first = i + 1;
    }
  }
  return out;
}

double sum_of(const std::map<std::uint64_t, double>& weights, const Example& example) {
  double sum = 0;
  for (const std::uint64_t feature : example.features) {
    const auto found = weights.find(feature);
    if (found != weights.end()) sum += found->second;
  }
  return sum;
}

int run(int argc, char** argv) {
  auto pack = LanguagePack::load(argv[1]);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().message().c_str()), 1;
  auto& tables = const_cast<LanguagePack::Tables&>((*pack)->tables());
  tables.starts = {};  // the lines are cut as if there were no model
  const std::vector<Example> train = examples_of(argv[2], tables), dev = examples_of(argv[3], tables);
  const double threshold = argc > 5 ? std::atof(argv[5]) : 1;
  std::map<std::uint64_t, int> seen;
  for (const Example& example : train)
    for (const std::uint64_t feature : example.features) ++seen[feature];
  std::map<std::uint64_t, double> weights;
  for (const auto& [feature, n] : seen)
    if (n >= 3) weights[feature] = 0;
  constexpr int kEpochs = 60;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    const double rate = 0.1 / (1 + epoch * 0.2);
    for (const Example& example : train) {
      const double error = (example.begins ? 1 : 0) - 1 / (1 + std::exp(-sum_of(weights, example)));
      for (const std::uint64_t feature : example.features) {
        const auto found = weights.find(feature);
        if (found != weights.end()) found->second += rate * (error - 0.002 * found->second);
      }
    }
  }
  for (const double bar : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    int right = 0, wrong = 0, missed = 0;
    for (const Example& example : dev) {
      const bool found = sum_of(weights, example) > bar;
      right += found && example.begins ? 1 : 0;
      wrong += found && !example.begins ? 1 : 0;
      missed += !found && example.begins ? 1 : 0;
    }
    std::printf("threshold %.1f: dev right %d, wrong %d, missed %d\n", bar, right, wrong, missed);
  }
  std::ofstream out(argv[4]);
  if (argc > 6) out << std::ifstream(argv[6]).rdbuf();
  char line[64];
  bool first = true;
  for (const auto& [feature, weight] : weights) {
    // The feature that every capital has carries the threshold.
    const bool always = seen.at(feature) == static_cast<int>(train.size()) && first;
    if (always) first = false;
    const long whole = std::lround((weight - (always ? threshold : 0)) * 1000);
    if (whole == 0) continue;
    std::snprintf(line, sizeof(line), "%016llx\t%ld\n", static_cast<unsigned long long>(feature), whole);
    out << line;
  }
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  if (argc < 5) return std::fprintf(stderr, "usage: train_starts PACK TRAIN.conllu DEV.conllu OUT.tsv\n"), 2;
  return chancery::training::run(argc, argv);
}
