// CoNLL-U, trusting: the treebanks are ours to check.
#include "conllu_reader.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <string_view>

namespace chancery::training {

std::vector<GoldSentence> read_conllu(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<GoldSentence> sentences;
  GoldSentence sentence;
  std::string line;
  int last_of_token = 0;
  while (std::getline(in, line)) {
    if (line.empty()) {
      if (!sentence.tokens.empty()) sentences.push_back(std::move(sentence));
      sentence = {};
      last_of_token = 0;
      continue;
    }
    if (line.starts_with("# text = ")) sentence.text = line.substr(9);
    if (line.starts_with("# sent_id = ")) sentence.id = line.substr(12);
    if (line[0] == '#') continue;
    std::array<std::string, 10> cells;
    std::size_t n = 0, at = 0;
    for (; n < 10; ++n) {
      const std::size_t tab = std::min(line.find('\t', at), line.size());
      cells[n] = line.substr(at, tab - at);
      at = tab + 1;
      if (tab == line.size()) break;
    }
    if (cells[0].find('.') != std::string::npos) continue;
    const std::size_t dash = cells[0].find('-');
    if (dash != std::string::npos) {
      sentence.tokens.push_back({cells[1], {}});
      last_of_token = std::atoi(cells[0].c_str() + dash + 1);
      continue;
    }
    const int id = std::atoi(cells[0].c_str());
    GoldWord word{cells[1], cells[2], cells[3], cells[5], cells[7], std::atoi(cells[6].c_str())};
    if (id > last_of_token) sentence.tokens.push_back({cells[1], {}});
    sentence.tokens.back().words.push_back(std::move(word));
  }
  if (!sentence.tokens.empty()) sentences.push_back(std::move(sentence));
  return sentences;
}

}  // namespace chancery::training
