// Cross-validation of FlatText: each fold of FOLDS (fold_packs.py) is cut by a model that learnt from the other four.
// Prints F1 of sentences as bench/language_accuracy.py counts it, and at what places the errors stand.
//
// usage: cross_validate_starts FOLDS [--tests N] [--flat N] [--flat-draws N] … [--errors FILE]
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <sstream>
#include <utility>

#include "language/flat_text.h"
#include "language/sentence_starts.h"
#include "options.h"
#include "starts_folds.h"

namespace chancery::training {
namespace {

struct Settings {
  std::string folds, errors;
  int tests = 4;        // how often sentences of a fold are drawn to be cut, beside all of them
  double share = 0.74;  // as many as the treebank's test part has
  FlatSettings flat;
};

struct Score {
  int right = 0, gold = 0, found = 0;
  int missed = 0, missed_small = 0;  // beginnings, and those with a small letter
  int wrong = 0, wrong_mark = 0;     // beginnings that are none, and those behind a closing mark
  Score& operator+=(const Score& o) {
    right += o.right, gold += o.gold, found += o.found;
    missed += o.missed, missed_small += o.missed_small, wrong += o.wrong, wrong_mark += o.wrong_mark;
    return *this;
  }
  void print(const std::string& name) const {
    std::printf("%-14s F1 %.2f  sentences %d, found %d  missed %d and %d small; wrong %d and %d at marks\n",
                name.c_str(), 200.0 * right / (gold + found), gold, found, missed, missed_small, wrong, wrong_mark);
  }
};

using Sentences = std::set<std::pair<std::uint32_t, std::uint32_t>>;

Sentences true_sentences(const Drawn& sentences) {
  Sentences out;
  std::uint32_t at = 0;
  for (const GoldSentence* sentence : sentences) {
    const auto size = static_cast<std::uint32_t>(sentence->text.size());
    out.insert({at, at + size});
    at += size + 1;
  }
  return out;
}

Sentences found_sentences(const std::vector<Surface>& tokens) {
  Sentences out;
  for (std::size_t first = 0, i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].ends_sentence) continue;
    out.insert({tokens[first].span.begin, tokens[i].span.end});
    first = i + 1;
  }
  return out;
}

void print_error(std::FILE* out, const char* kind, const std::string& text, std::uint32_t at) {
  constexpr std::uint32_t kBefore = 110, kBehind = 90;
  if (out == nullptr) return;
  const std::uint32_t from = at - std::min(at, kBefore);
  std::fprintf(out, "%s\t%s ## %s\n", kind, text.substr(from, at - from).c_str(), text.substr(at, kBehind).c_str());
}

// Cuts the sentences, joined into one text.
Score test(const Drawn& sentences, const LanguagePack::Tables& tables, std::FILE* errors) {
  Line line(sentences, tables);
  const std::span<Surface> tokens(line.tokens);
  SentenceTagger tagger(tables);
  FlatText flat(line.text, tables, tagger);
  flat.survey(tokens);
  std::vector<bool> mark(tokens.size());
  for (std::size_t first = 0, i = 0; i < tokens.size(); ++i) {
    mark[i] = tokens[i].ends_sentence;
    if (!mark[i]) continue;
    part_stretch(flat, line.strings, tables.starts, tokens.subspan(first, i + 1 - first));
    first = i + 1;
  }
  Score score;
  const Sentences gold = true_sentences(sentences), found = found_sentences(line.tokens);
  score.gold = static_cast<int>(gold.size()), score.found = static_cast<int>(found.size());
  for (const auto& sentence : found) score.right += gold.contains(sentence) ? 1 : 0;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const bool begins = line.begins.contains(tokens[i].span.begin);
    if (begins == tokens[i - 1].ends_sentence) continue;
    const bool small = tokens[i].kind == SurfaceKind::word && !tokens[i].capitalised;
    ++(begins ? small ? score.missed_small : score.missed : mark[i - 1] ? score.wrong_mark : score.wrong);
    print_error(errors, begins ? "missed" : "wrong", line.text, tokens[i].span.begin);
  }
  return score;
}

// Sequoia's sentences are named after its four sources, those of the other treebanks after them.
std::string source_of(const GoldSentence& sentence) { return sentence.id.substr(0, 5); }
bool is_sequoia(const std::string& source) { return source != "FQB_C" && source != "fr-ud" && source[0] != 'F'; }

int run(const Settings& settings) {
  const Folds folds(settings.folds);
  std::FILE* errors = settings.errors.empty() ? nullptr : std::fopen(settings.errors.c_str(), "w");
  std::map<std::string, Score> totals;
  for (int k = 0; k < kFolds; ++k) {
    const FlatModel model(folds.draws_without(k, settings.flat), settings.flat);
    std::ostringstream tsv;
    model.write(tsv, settings.flat.least);
    const auto pack = folds.pack_without(k, k);
    tables_of(pack).starts = *SentenceStarts::read(tsv.str());
    std::map<std::string, std::vector<GoldSentence>> sources;
    for (const GoldSentence& sentence : folds.sentences[static_cast<std::size_t>(k)]) {
      sources[source_of(sentence)].push_back(sentence);
      if (is_sequoia(source_of(sentence))) sources["Sequoia"].push_back(sentence);
    }
    for (const auto& [source, sentences] : sources)
      if (source[0] != 'F') totals[source] += test(all_of(sentences), pack->tables(), errors);
    std::mt19937 random(7);
    for (int i = 0; i < settings.tests; ++i)
      totals["Sequoia drawn"] += test(draw_of(sources["Sequoia"], random, settings.share), pack->tables(), nullptr);
    std::printf("fold %d: %zu features\n", k, model.features.size());
  }
  for (const auto& [name, score] : totals) score.print(name);
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: cross_validate_starts FOLDS [--tests N] [--flat N] ...\n"), 2;
  chancery::training::Settings settings;
  settings.folds = argv[1];
  const chancery::training::Options options(argc, argv, 2);
  options.read("--tests", settings.tests);
  options.read("--errors", settings.errors);
  settings.flat.read(options);
  return chancery::training::run(settings);
}
