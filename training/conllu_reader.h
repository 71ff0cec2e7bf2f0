// Treebank sentences as the trainers need them: surface tokens, each with its gold words.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chancery::training {

struct GoldWord {
  std::string form, lemma, upos, features, relation;
  int head = 0;  // 1-based word number in the sentence, 0 for the root
};

struct GoldToken {
  std::string form;
  std::vector<GoldWord> words;  // more than one for a multiword token
};

struct GoldSentence {
  std::string id, text;
  std::vector<GoldToken> tokens;
};

std::vector<GoldSentence> read_conllu(const std::filesystem::path& path);

}  // namespace chancery::training
