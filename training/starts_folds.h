// The folds of a cross-validation of FlatText, made by fold_packs.py: the sentences of each, and packs whose lexicon
// and tagger saw no sentence of one fold (pack3) or of two (pack13), so that texts are tagged as unseen texts are.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "language/pack.h"
#include "starts_model.h"

namespace chancery::training {

constexpr int kFolds = 5;

inline LanguagePack::Tables& tables_of(const std::shared_ptr<const LanguagePack>& pack) {
  return const_cast<LanguagePack::Tables&>(pack->tables());
}

// A pack that cuts lines as if it had no model of sentence starts.
inline std::shared_ptr<const LanguagePack> load_pack(const std::string& folder) {
  auto pack = LanguagePack::load(folder);
  if (!pack) std::fprintf(stderr, "%s\n", pack.error().message().c_str()), std::exit(1);
  tables_of(*pack).starts = {};
  return *pack;
}

struct Folds {
  explicit Folds(const std::string& where) : folder(where) {
    for (int k = 0; k < kFolds; ++k) sentences.push_back(read_conllu(folder + "/" + std::to_string(k) + ".conllu"));
  }
  // The pack that knows neither fold; they may be the same.
  std::shared_ptr<const LanguagePack> pack_without(int a, int b) const {
    const std::string less = std::to_string(std::min(a, b)), more = std::to_string(std::max(a, b));
    return load_pack(folder + "/pack" + (a == b ? less : less + more));
  }
  // Draws of every fold but one, tagged by the pack that knows neither; kFolds: of all.
  std::vector<Stretch> draws_without(int fold, const FlatSettings& settings) const {
    std::vector<Stretch> out;
    std::mt19937 random(1);
    for (int k = 0; k < kFolds; ++k) {
      if (k == fold) continue;
      const auto pack = pack_without(k, fold == kFolds ? k : fold);
      for (int draw = 0; draw < settings.draws; ++draw)
        add_flat_text(draw_of(sentences[static_cast<std::size_t>(k)], random, settings.share), pack->tables(), out);
    }
    return out;
  }

  std::string folder;
  std::vector<std::vector<GoldSentence>> sentences;
};

}  // namespace chancery::training
