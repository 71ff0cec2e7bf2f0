// Two wordings of one quotation, word by word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

enum class Wording : std::uint8_t { both, first_only, second_only };
struct WordRun {
  Wording in = Wording::both;
  std::string words;  // as the text that holds them writes them, one space between them
};

// The words of both in order, runs of one kind together: a longest common subsequence by folded words. Texts of more
// than 500 words are not compared: each is a run of its own. Pure.
std::vector<WordRun> word_differences(std::string_view first, std::string_view second);

}  // namespace chancery
