// Trains the pack's sentence-starts.tsv: logistic regression on the places inside the lines that come out when a
// treebank's sentences are joined with spaces; one model for lines that are paragraphs (StartFinder), one for texts
// that have lost their lines (FlatText).
//
// usage: train_starts PACK_FOLDER TRAIN.conllu[,MORE.conllu] DEV.conllu OUT.tsv [--little N] [--other N] … [--flat N]
//        [--text FILE]
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "conllu_reader.h"
#include "language/flat_text.h"
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
  double flat = -0.3;       // the same in texts that have lost their lines
  int draws = 30;           // how often sentences are drawn anew
  int flat_draws = 200;     // likewise for texts that have lost their lines
  int rare = 15;            // features seen less often are not learnt
  int flat_rare = 12;       // likewise in texts that have lost their lines
  double decay = 0.0005;
  double flat_decay = 0.004;
  int least = 50;  // weights nearer to 0 are left out there, in thousandths
};

struct Example {
  std::vector<std::uint64_t> features;  // the first one tells its place alone
  bool begins = false;
};

using Drawn = std::vector<const GoldSentence*>;

// Sentences joined with spaces, cut into tokens, and where they begin.
struct Line {
  Line(std::span<const GoldSentence* const> sentences, const LanguagePack::Tables& tables) {
    for (const GoldSentence* sentence : sentences) {
      begins.insert(static_cast<std::uint32_t>(text.size()));
      text += sentence->text + " ";
    }
    begin_strings(text, strings);
    tokenise(text, Span{0, static_cast<std::uint32_t>(text.size())}, tables, tokens, strings);
  }
  std::string text, strings;
  std::set<std::uint32_t> begins;
  std::vector<Surface> tokens;
};

template <class Features>
Example example_of(const Features& features, bool begins) {
  return {{features.begin(), features.end()}, begins};
}

// Joins sentences into paragraphs and adds every place that may_start(), with the truth. Once a true beginning is met,
// the next sentence counts from there.
void add_paragraphs(const Drawn& sentences, const LanguagePack::Tables& tables, std::vector<Example>& out) {
  constexpr std::size_t kLine = 30;
  for (std::size_t s = 0; s < sentences.size(); s += kLine) {
    const Line line({sentences.data() + s, std::min(kLine, sentences.size() - s)}, tables);
    StartFinder finder(line.tokens, line.text, line.strings, tables);
    std::size_t first = 0;
    for (std::size_t i = 0; i < line.tokens.size(); ++i) {
      if (finder.may_start(first, i)) {
        const bool start = line.begins.contains(line.tokens[i].span.begin);
        out.push_back(example_of(finder.features(first, i), start));
        if (start) first = i;
      }
      if (line.tokens[i].ends_sentence) first = i + 1;
    }
  }
}

// Likewise, all sentences on one line.
void add_flat_text(const Drawn& sentences, const LanguagePack::Tables& tables, std::vector<Example>& out) {
  const Line line(sentences, tables);
  const std::span<const Surface> tokens = line.tokens;
  SentenceTagger tagger(tables);
  FlatText flat(line.text, tables, tagger);
  for (std::size_t first = 0, last = 0; last < tokens.size(); ++last) {
    if (!tokens[last].ends_sentence) continue;
    flat.begin(tokens.subspan(first, last + 1 - first), line.strings);
    for (std::size_t i = first; i <= last; ++i) {
      const bool start = i > first && line.begins.contains(tokens[i].span.begin);
      if (flat.may_start()) out.push_back(example_of(flat.features(), start));
      flat.pass(start && flat.may_start());
    }
    first = last + 1;
  }
}

// The treebanks' development and test parts are drawn sentence by sentence, so that neighbours there were none in the
// texts; training sees as much: all sentences in order, and then some draws of every sixth on average.
std::vector<Example> examples_of(const std::vector<GoldSentence>& sentences, const LanguagePack::Tables& tables,
                                 int draws, bool flat) {
  std::vector<Example> out;
  const auto add = flat ? add_flat_text : add_paragraphs;
  Drawn drawn;
  for (const GoldSentence& sentence : sentences) drawn.push_back(&sentence);
  add(drawn, tables, out);
  std::mt19937 random(1);
  for (int draw = 0; draw < draws; ++draw) {
    drawn.clear();
    for (const GoldSentence& sentence : sentences)
      if (random() % 6 == 0) drawn.push_back(&sentence);
    add(drawn, tables, out);
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
    Indexed indexed{{}, example.features.front(), example.begins};
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
  for (const double bar : {-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    int right = 0, wrong = 0, missed = 0;
    for (const Indexed& example : dev) {
      if (place != 0 && example.place != place) continue;
      const bool found = sum_of(weights, example) > bar;
      right += found && example.begins ? 1 : 0;
      wrong += found && !example.begins ? 1 : 0;
      missed += !found && example.begins ? 1 : 0;
    }
    std::printf("threshold %.1f: dev right %d, wrong %d, missed %d\n", bar, right, wrong, missed);
  }
}

// One of the two models: features and weights in order, so that the file is the same each time.
struct Model {
  std::vector<std::uint64_t> features;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  std::vector<double> weights;
  std::vector<Indexed> dev;

  Model(const std::vector<Example>& train, const std::vector<Example>& development, int rare, double decay) {
    std::map<std::uint64_t, int> seen;
    for (const Example& example : train)
      for (const std::uint64_t feature : example.features) ++seen[feature];
    for (const auto& [feature, n] : seen) {
      if (n < rare) continue;
      numbers[feature] = static_cast<std::uint32_t>(features.size());
      features.push_back(feature);
    }
    std::vector<Indexed> examples = index_of(train, numbers);
    dev = index_of(development, numbers);
    weights.resize(features.size());
    learn(weights, examples, decay);
    std::printf("%zu places, %zu features\n", examples.size(), features.size());
  }
  // Lets a feature that all places of a kind have carry their threshold.
  void set_threshold(std::uint64_t feature, double threshold) {
    const auto found = numbers.find(feature);
    if (found != numbers.end()) weights[found->second] -= threshold;
  }
  // Weights count in thousandths; what moves nothing is left out.
  void write(std::ostream& out, long least) const {
    char line[64];
    for (std::size_t i = 0; i < features.size(); ++i) {
      const long whole = std::lround(weights[i] * 1000);
      if (std::abs(whole) < least) continue;
      std::snprintf(line, sizeof(line), "%016llx\t%ld\n", static_cast<unsigned long long>(features[i]), whole);
      out << line;
    }
  }
};

std::vector<GoldSentence> read_all(const std::string& paths) {
  std::vector<GoldSentence> out;
  std::istringstream list(paths);
  for (std::string path; std::getline(list, path, ',');)
    for (GoldSentence& sentence : read_conllu(path)) out.push_back(std::move(sentence));
  return out;
}

int run(const Settings& settings) {
  auto pack = LanguagePack::load(settings.pack);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().message().c_str()), 1;
  auto& tables = const_cast<LanguagePack::Tables&>((*pack)->tables());
  tables.starts = {};  // the lines are cut as if there were no model
  const std::vector<GoldSentence> train = read_all(settings.train), dev = read_all(settings.dev);
  std::ofstream out(settings.out);
  out << settings.text;
  Model paragraphs(examples_of(train, tables, settings.draws, false), examples_of(dev, tables, 0, false), settings.rare,
                   settings.decay);
  for (std::uint64_t place = 0; place < settings.thresholds.size(); ++place) {
    const std::uint64_t feature = SentenceStarts::place_feature(place);
    std::printf("kind of place %d\n", static_cast<int>(place));
    report(paragraphs.weights, paragraphs.dev, feature);
    paragraphs.set_threshold(feature, settings.thresholds[place]);
  }
  paragraphs.write(out, 1);
  const std::vector<Example> places = examples_of(train, tables, settings.flat_draws, true);
  Model flat(places, examples_of(dev, tables, 0, true), settings.flat_rare, settings.flat_decay);
  std::printf("lines lost\n");
  report(flat.weights, flat.dev, 0);
  std::set<std::uint64_t> sides;
  for (const Example& place : places) sides.insert(place.features[FlatText::kPlace]);
  for (const std::uint64_t feature : sides) flat.set_threshold(feature, settings.flat);
  flat.write(out, settings.least);
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
  options.read("--flat", settings.flat);
  options.read("--flat-draws", settings.flat_draws);
  options.read("--flat-rare", settings.flat_rare);
  options.read("--flat-decay", settings.flat_decay);
  options.read("--least", settings.least);
  options.read("--small", settings.thresholds[chancery::SentenceStarts::kSmall]);
  options.read("--draws", settings.draws);
  options.read("--rare", settings.rare);
  options.read("--decay", settings.decay);
  options.read_file("--text", settings.text);
  return chancery::training::run(settings);
}
