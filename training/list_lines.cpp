// Prints the lines of pages with their signs, for train_layout.py: one JSON object a page, in the order of the paths:
// a list of [begin, end, bits of the zones it may stand in, signs …], spans in code points.
//
//   list_lines LANGUAGES-FOLDER PAGE…
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "page/cues.h"
#include "page/furniture.h"

namespace {

using namespace chancery;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

nlohmann::json describe(const Text& text, const PageCues& cues) {
  auto rows = nlohmann::json::array();
  for (const LineLayout& line : layout_of(text, cues.tables())) {
    nlohmann::json row = {text.code_point(line.span.begin), text.code_point(line.span.end), line.zones};
    for (std::size_t i = 0; i < kSigns; ++i)
      if (i < kLineSigns ? (line.signs >> i & 1) != 0 : (line.places >> (i - kLineSigns) & 1) != 0)
        row.push_back(std::string(sign_name(i)));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

int main(int argc, char** argv) {
  PageCues cues;
  for (const char* language : {"fr", "en"})
    if (const auto added = cues.add(language, slurp(std::string(argv[1]) + "/" + language + "/page.toml")); !added) {
      std::cerr << added.error().message() << "\n";
      return 2;
    }
  for (int i = 2; i < argc; ++i) {
    const auto text = decode(slurp(argv[i]), "");
    std::cout << (text ? describe(*text, cues) : nlohmann::json::array()).dump() << "\n";
  }
  return 0;
}
