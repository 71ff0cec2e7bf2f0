// Trains the pack's sentence-starts.tsv: logistic regression on the places inside the lines that come out when a
// treebank's sentences are joined with spaces, one line for each stretch of a text; twice, for lines that are
// paragraphs and for texts that have lost their lines.
//
// usage: train_starts PACK_FOLDER TRAIN.conllu DEV.conllu OUT.tsv [--little N] [--other N] … [--lost N] [--text FILE]
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "conllu_reader.h"
#include "language/pack.h"
#include "language/sentence_starts.h"
#include "language/tables.h"
#include "language/tokenise.h"
#include "options.h"

namespace chancery::training {
namespace {

struct Settings {
  std::string pack, train, dev, out, text;
  std::array<double, SentenceStarts::kPlaces> thresholds = {
      0.5, 1.5, 0.5, 0.5};  // by kind of place: what the weights' sum must exceed
  double lost_lines = 0.4;  // where lines are lost, for all but other words
  int draws = 30;           // how often sentences are drawn anew
  int rare = 15;            // features seen less often are not learnt
  double decay = 0.0005;
};

struct Example {
  SentenceStarts::Features features;
  bool begins = false;
};

// Joins sentences into lines and adds every place that may_start(), with the truth. Once a true beginning is met, the
// next sentence counts from there.
void add_examples(const std::vector<const GoldSentence*>& sentences, const LanguagePack::Tables& tables,
                  bool lost_lines, std::vector<Example>& out) {
  constexpr std::size_t kLine = 30;
  for (std::size_t s = 0; s < sentences.size(); s += kLine) {
    std::string text;
    std::map<std::uint32_t, bool> begins;
    for (std::size_t k = s; k < std::min(s + kLine, sentences.size()); ++k) {
      begins[static_cast<std::uint32_t>(text.size())] = true;
      text += sentences[k]->text + " ";
    }
    std::vector<Surface> tokens;
    std::string strings;
    begin_strings(text, strings);
    tokenise(text, Span{0, static_cast<std::uint32_t>(text.size())}, tables, tokens, strings);
    StartFinder finder(tokens, text, strings, tables, lost_lines);
    std::size_t first = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (finder.may_start(first, i)) {
        const bool start = begins.contains(tokens[i].span.begin);
        out.push_back({finder.features(first, i), start});
        if (start) first = i;
      }
      if (tokens[i].ends_sentence) first = i + 1;
    }
  }
}

// The treebanks' development and test parts are drawn sentence by sentence, so that neighbours there were none in the
// texts; training sees as much: all sentences in order, and then some draws of every sixth on average.
std::vector<Example> examples_of(const std::string& path, const LanguagePack::Tables& tables, int draws) {
  std::vector<Example> out;
  const std::vector<GoldSentence> sentences = read_conllu(path);
  std::vector<const GoldSentence*> drawn;
  for (const GoldSentence& sentence : sentences) drawn.push_back(&sentence);
  for (const bool lost_lines : {false, true}) add_examples(drawn, tables, lost_lines, out);
  std::mt19937 random(1);
  for (int draw = 0; draw < draws; ++draw) {
    drawn.clear();
    for (const GoldSentence& sentence : sentences)
      if (random() % 6 == 0) drawn.push_back(&sentence);
    for (const bool lost_lines : {false, true}) add_examples(drawn, tables, lost_lines, out);
  }
  return out;
}

// Features as indices into the weights; those too rare to learn have none.
struct Indexed {
  std::vector<std::uint32_t> features;
  std::uint64_t place = 0;  // the feature that all places of a kind have
  bool begins = false;
};

std::vector<Indexed> index_of(const std::vector<Example>& examples,
                              const std::unordered_map<std::uint64_t, std::uint32_t>& numbers) {
  std::vector<Indexed> out;
  for (const Example& example : examples) {
    Indexed indexed{{}, example.features[SentenceStarts::kPlace], example.begins};
    for (const std::uint64_t feature : example.features) {
      const auto found = numbers.find(feature);
      if (found != numbers.end()) indexed.features.push_back(found->second);
    }
    out.push_back(std::move(indexed));
  }
  return out;
}

double sum_of(const std::vector<double>& weights, const Indexed& example) {
  double sum = 0;
  for (const std::uint32_t feature : example.features) sum += weights[feature];
  return sum;
}

void learn(std::vector<double>& weights, std::vector<Indexed>& examples, double decay) {
  constexpr int kEpochs = 20;
  std::mt19937 random(2);
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = examples.size(); i > 1; --i) std::swap(examples[i - 1], examples[random() % i]);
    const double rate = 0.05 / (1 + epoch * 0.3);
    for (const Indexed& example : examples) {
      const double error = (example.begins ? 1 : 0) - 1 / (1 + std::exp(-sum_of(weights, example)));
      for (const std::uint32_t feature : example.features)
        weights[feature] += rate * (error - decay * weights[feature]);
    }
  }
}

void report(const std::vector<double>& weights, const std::vector<Indexed>& dev, std::uint64_t place) {
  for (const double bar : {-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    int right = 0, wrong = 0, missed = 0;
    for (const Indexed& example : dev) {
      if (example.place != place) continue;
      const bool found = sum_of(weights, example) > bar;
      right += found && example.begins ? 1 : 0;
      wrong += found && !example.begins ? 1 : 0;
      missed += !found && example.begins ? 1 : 0;
    }
    std::printf("threshold %.1f: dev right %d, wrong %d, missed %d\n", bar, right, wrong, missed);
  }
}

int run(const Settings& settings) {
  auto pack = LanguagePack::load(settings.pack);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().message().c_str()), 1;
  auto& tables = const_cast<LanguagePack::Tables&>((*pack)->tables());
  tables.starts = {};  // the lines are cut as if there were no model
  const std::vector<Example> train = examples_of(settings.train, tables, settings.draws);
  std::map<std::uint64_t, int> seen;  // ordered, so that the file is
  for (const Example& example : train)
    for (const std::uint64_t feature : example.features) ++seen[feature];
  std::vector<std::uint64_t> features;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  for (const auto& [feature, n] : seen) {
    if (n < settings.rare) continue;
    numbers[feature] = static_cast<std::uint32_t>(features.size());
    features.push_back(feature);
  }
  std::vector<Indexed> examples = index_of(train, numbers);
  const std::vector<Indexed> dev = index_of(examples_of(settings.dev, tables, 0), numbers);
  std::vector<double> weights(features.size());
  learn(weights, examples, settings.decay);
  std::printf("%zu places, %zu features\n", examples.size(), features.size());
  for (const bool lost_lines : {false, true}) {
    for (std::uint64_t place = 0; place < settings.thresholds.size(); ++place) {
      const std::uint64_t feature = SentenceStarts::place_feature(place, lost_lines);
      std::printf("kind of place %d%s\n", static_cast<int>(place), lost_lines ? ", lines lost" : "");
      report(weights, dev, feature);
      if (numbers.contains(feature))
        weights[numbers[feature]] -=
            lost_lines && place != SentenceStarts::kOther ? settings.lost_lines : settings.thresholds[place];
    }
  }
  std::ofstream out(settings.out);
  out << settings.text;
  char line[64];
  for (std::size_t i = 0; i < features.size(); ++i) {
    const long whole = std::lround(weights[i] * 1000);
    if (whole == 0) continue;
    std::snprintf(line, sizeof(line), "%016llx\t%ld\n", static_cast<unsigned long long>(features[i]), whole);
    out << line;
  }
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr,
                 "usage: train_starts PACK TRAIN.conllu DEV.conllu OUT.tsv [--little N] [--other N] [--item N] "
                 "[--small N] ...\n");
    return 2;
  }
  chancery::training::Settings settings;
  settings.pack = argv[1];
  settings.train = argv[2];
  settings.dev = argv[3];
  settings.out = argv[4];
  const chancery::training::Options options(argc, argv, 5);
  options.read("--little", settings.thresholds[chancery::SentenceStarts::kLittle]);
  options.read("--other", settings.thresholds[chancery::SentenceStarts::kOther]);
  options.read("--item", settings.thresholds[chancery::SentenceStarts::kItem]);
  options.read("--heading", settings.thresholds[chancery::SentenceStarts::kHeading]);
  options.read("--lost", settings.lost_lines);
  options.read("--small", settings.thresholds[chancery::SentenceStarts::kSmall]);
  options.read("--draws", settings.draws);
  options.read("--rare", settings.rare);
  options.read("--decay", settings.decay);
  options.read_file("--text", settings.text);
  return chancery::training::run(settings);
}
