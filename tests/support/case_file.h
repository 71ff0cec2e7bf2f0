// Tests as text. A .case file holds any number of cases:
//
//   # a comment before the first case, free text
//   === a name for the case
//   published: 2025-02-18            (options, one a line, "key: value"; may be absent)
//   --- input
//   The text that goes in, any number of lines.
//   --- expected
//   The dump that must come out.
//
// Trailing blank lines of input and expected do not count. `<room>_test --update` (or CHANCERY_UPDATE=1) rewrites what
// is expected to what comes out; the change is then reviewed as a diff.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chancery::test {

struct Case {
  std::string name;
  std::map<std::string, std::string> options;
  std::string input;
  std::string expected;
  // The option, or `otherwise`.
  std::string option(const std::string& key, const std::string& otherwise = {}) const;
};

struct CaseFile {
  std::string head;  // comments before the first case
  std::vector<Case> cases;
};
CaseFile parse_case_file(std::string_view text);
std::string print_case_file(const CaseFile& file);

using Dump = std::function<std::string(const Case&, const std::string& language)>;

// Registers one gtest for each case of tests/cases/<room>/<language>/*.case. Call it before main runs the tests, from a
// static initialiser:  static const bool cases = register_cases("time", dump);
bool register_cases(const std::string& room, Dump dump);

}  // namespace chancery::test
