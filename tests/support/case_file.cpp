#include "support/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/data.h"

namespace chancery::test {
namespace {

bool updating() {
  if (std::getenv("CHANCERY_UPDATE") != nullptr) return true;
  const auto arguments = ::testing::internal::GetArgvs();
  return std::find(arguments.begin(), arguments.end(), "--update") != arguments.end();
}

std::string without_trailing_newlines(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

class CaseTest : public ::testing::Test {
 public:
  CaseTest(std::filesystem::path path, std::size_t index, std::string language, Dump dump)
      : path_(std::move(path)), index_(index), language_(std::move(language)), dump_(std::move(dump)) {}

  void TestBody() override {
    CaseFile file = parse_case_file(slurp(path_));
    ASSERT_LT(index_, file.cases.size());
    Case& one = file.cases[index_];
    const std::string found = without_trailing_newlines(dump_(one, language_));
    if (updating()) {
      if (found == one.expected) return;
      one.expected = found;
      std::ofstream(path_, std::ios::binary) << print_case_file(file);
      return;
    }
    EXPECT_EQ(one.expected, found) << path_.string() << ": " << one.name;
  }

 private:
  std::filesystem::path path_;
  std::size_t index_;
  std::string language_;
  Dump dump_;
};

}  // namespace

std::string Case::option(const std::string& key, const std::string& otherwise) const {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : found->second;
}

CaseFile parse_case_file(std::string_view text) {
  CaseFile file;
  enum class Part { head, options, input, expected } part = Part::head;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string line(text.substr(at, end - at));
    at = end + 1;
    if (line.starts_with("=== ")) {
      file.cases.push_back(Case{line.substr(4), {}, {}, {}});
      part = Part::options;
    } else if (part != Part::head && line == "--- input") {
      part = Part::input;
    } else if (part != Part::head && line == "--- expected") {
      part = Part::expected;
    } else if (part == Part::head) {
      file.head += line + "\n";
    } else if (part == Part::options) {
      const std::size_t colon = line.find(": ");
      if (colon != std::string::npos) file.cases.back().options[line.substr(0, colon)] = line.substr(colon + 2);
    } else {
      (part == Part::input ? file.cases.back().input : file.cases.back().expected) += line + "\n";
    }
  }
  for (Case& one : file.cases) {
    one.input = without_trailing_newlines(std::move(one.input));
    one.expected = without_trailing_newlines(std::move(one.expected));
  }
  return file;
}

std::string print_case_file(const CaseFile& file) {
  std::string out = file.head;
  for (const Case& one : file.cases) {
    out += "=== " + one.name + "\n";
    for (const auto& [key, value] : one.options) out += key + ": " + value + "\n";
    out += "--- input\n" + one.input + "\n--- expected\n" + one.expected + "\n\n";
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

bool register_cases(const std::string& room, Dump dump) {
  const std::filesystem::path root = source_directory() / "tests" / "cases" / room;
  if (!std::filesystem::exists(root)) return false;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    const std::string language = path.parent_path().filename().string();
    const CaseFile file = parse_case_file(slurp(path));
    for (std::size_t i = 0; i < file.cases.size(); ++i) {
      std::string name = path.stem().string() + "/" + file.cases[i].name;
      ::testing::RegisterTest((room + "_cases_" + language).c_str(), name.c_str(), nullptr, nullptr, path.c_str(),
                              static_cast<int>(i) + 1,
                              [=]() -> CaseTest* { return new CaseTest(path, i, language, dump); });
    }
  }
  return !paths.empty();
}

}  // namespace chancery::test
