// Trains the pack's sentence-starts.tsv on the lines that come out when a treebank's sentences are joined with spaces:
// logistic regression for lines that are paragraphs (StartFinder), a random field for texts that have lost their lines
// (FlatText), which learns from the folds of cross_validate_starts.
//
// usage: train_starts PACK_FOLDER TRAIN.conllu DEV.conllu FOLDS OUT.tsv [--little N] [--other N] … [--flat N]
//        [--text FILE]
#include <array>
#include <cstdio>
#include <fstream>

#include "language/sentence_starts.h"
#include "options.h"
#include "starts_folds.h"

namespace chancery::training {
namespace {

struct Settings {
  std::string pack, train, dev, folds, out, text;
  std::array<double, SentenceStarts::kPlaces> thresholds = {
      0.5, 1.5, 0.5, 0.5};  // by kind of place: what the weights' sum must exceed
  int draws = 30;           // how often sentences are drawn anew
  std::uint32_t rare = 15;  // features seen less often are not learnt
  double decay = 0.0005;
  FlatSettings flat;
};

// All sentences in order, and then some draws of every sixth on average.
std::vector<Example> examples_of(const std::vector<GoldSentence>& sentences, const LanguagePack::Tables& tables,
                                 int draws) {
  std::vector<Example> out;
  add_paragraphs(all_of(sentences), tables, out);
  std::mt19937 random(1);
  for (int draw = 0; draw < draws; ++draw) {
    Drawn drawn;
    for (const GoldSentence& sentence : sentences)
      if (random() % 6 == 0) drawn.push_back(&sentence);
    add_paragraphs(drawn, tables, out);
  }
  return out;
}

void report(const ParagraphModel& model, const std::vector<Indexed>& dev, std::uint64_t place) {
  for (const double bar : {-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    int right = 0, wrong = 0, missed = 0;
    for (const Indexed& example : dev) {
      if (example.place != place) continue;
      const bool found = model.sum_of(example) > bar;
      right += found && example.begins ? 1 : 0;
      wrong += found && !example.begins ? 1 : 0;
      missed += !found && example.begins ? 1 : 0;
    }
    std::printf("threshold %.1f: dev right %d, wrong %d, missed %d\n", bar, right, wrong, missed);
  }
}

void train_paragraphs(const Settings& settings, std::ostream& out) {
  const auto pack = load_pack(settings.pack);
  ParagraphModel model(examples_of(read_conllu(settings.train), pack->tables(), settings.draws), settings.rare,
                       settings.decay);
  const std::vector<Indexed> dev = model.index(examples_of(read_conllu(settings.dev), pack->tables(), 0));
  for (std::uint64_t place = 0; place < settings.thresholds.size(); ++place) {
    const std::uint64_t feature = SentenceStarts::place_feature(place);
    std::printf("kind of place %d\n", static_cast<int>(place));
    report(model, dev, feature);
    model.set_threshold(feature, settings.thresholds[place]);
  }
  model.write(out, 1);
}

int run(const Settings& settings) {
  std::ofstream out(settings.out);
  out << settings.text;
  train_paragraphs(settings, out);
  const FlatModel flat(Folds(settings.folds).draws_without(kFolds, settings.flat), settings.flat);
  flat.write(out, settings.flat.least);
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr,
                 "usage: train_starts PACK TRAIN.conllu DEV.conllu FOLDS OUT.tsv [--little N] [--other N] [--item N] "
                 "[--small N] ...\n");
    return 2;
  }
  using chancery::SentenceStarts;
  chancery::training::Settings settings;
  settings.pack = argv[1];
  settings.train = argv[2];
  settings.dev = argv[3];
  settings.folds = argv[4];
  settings.out = argv[5];
  const chancery::training::Options options(argc, argv, 6);
  options.read("--little", settings.thresholds[SentenceStarts::kLittle]);
  options.read("--other", settings.thresholds[SentenceStarts::kOther]);
  options.read("--item", settings.thresholds[SentenceStarts::kItem]);
  options.read("--heading", settings.thresholds[SentenceStarts::kHeading]);
  options.read("--small", settings.thresholds[SentenceStarts::kSmall]);
  options.read("--draws", settings.draws);
  options.read("--rare", settings.rare);
  options.read("--decay", settings.decay);
  settings.flat.read(options);
  options.read_file("--text", settings.text);
  return chancery::training::run(settings);
}
