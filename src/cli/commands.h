// The commands of docs/commands.md, each a function from its options to an exit status: 0 done, 1 some pages could not
// be read (each named on standard error, the rest done), 2 wrong use. Data goes to standard output, messages to
// standard error.
#pragma once

#include <string>
#include <vector>

namespace chancery {

inline constexpr int kDone = 0;
inline constexpr int kSomePagesFailed = 1;
inline constexpr int kWrongUse = 2;

enum class ReadFormat { json, text, conllu };

struct ReadOptions {
  std::vector<std::string> pages;
  ReadFormat format = ReadFormat::json;
  std::string published;
  std::string language;
  std::vector<std::string> knowledge;  // the user's own TSV files
  unsigned jobs = 0;                   // 0: as many as the machine has cores
};
int run_read(const ReadOptions& options);

// Parses the arguments, runs the command that they name, and returns its exit status.
int run_command_line(int argc, char** argv);

}  // namespace chancery
