#include "record/differences.h"

#include <algorithm>

#include "text/fold.h"

namespace chancery {
namespace {

constexpr std::size_t kMostWords = 500;

struct Words {
  std::vector<std::string> written, folded;
};

// Written words are parted by white space; marks that stand alone belong to the word before.
Words words_of(std::string_view text) {
  Words out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    at = end;
    std::string plain;
    const NameWords split = split_name_words(word);
    for (std::size_t i = 0; i < split.words.size(); ++i) plain += std::string(split.word(i)) + " ";
    if (plain.empty() && !out.written.empty()) {
      out.written.back() += " " + std::string(word);
      continue;
    }
    out.written.emplace_back(word);
    out.folded.push_back(std::move(plain));
  }
  return out;
}

void add(std::vector<WordRun>& runs, Wording in, const std::string& word) {
  if (runs.empty() || runs.back().in != in) {
    runs.push_back({in, word});
  } else {
    runs.back().words += " " + word;
  }
}

}  // namespace

std::vector<WordRun> word_differences(std::string_view first, std::string_view second) {
  const Words a = words_of(first), b = words_of(second);
  const std::size_t rows = a.folded.size(), columns = b.folded.size();
  std::vector<WordRun> runs;
  if (rows > kMostWords || columns > kMostWords)
    return {{Wording::first_only, std::string(first)}, {Wording::second_only, std::string(second)}};
  // lengths[i][j]: the longest common subsequence of what follows word i and word j.
  std::vector<std::uint16_t> lengths((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return lengths[i * (columns + 1) + j]; };
  for (std::size_t i = rows; i-- > 0;)
    for (std::size_t j = columns; j-- > 0;)
      at(i, j) = a.folded[i] == b.folded[j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1)
                                            : std::max(at(i + 1, j), at(i, j + 1));
  for (std::size_t i = 0, j = 0; i < rows || j < columns;) {
    if (i < rows && j < columns && a.folded[i] == b.folded[j]) {
      add(runs, Wording::both, b.written[j]);
      ++i, ++j;
    } else if (j == columns || (i < rows && at(i + 1, j) >= at(i, j + 1))) {
      add(runs, Wording::first_only, a.written[i++]);
    } else {
      add(runs, Wording::second_only, b.written[j++]);
    }
  }
  return runs;
}

}  // namespace chancery
