// chancery analyse: given tokens in, tags and trees out, so that both are scored apart from the tokenizer.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "cli/commands.h"
#include "cli/data_path.h"
#include "cli/terminal.h"
#include "language/conllu.h"

namespace chancery {
namespace {

Result<std::string> slurp(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, path);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Result<std::string> analysed(const TagOptions& options) {
  auto data = find_data();
  if (!data) return tl::unexpected(data.error());
  auto pack = LanguagePack::load(*data / "languages" / options.language);
  if (!pack) return tl::unexpected(pack.error());
  auto input = slurp(options.file);
  if (!input) return input;
  return analyse_conllu(*input, **pack);
}

}  // namespace

int run_analyse(const TagOptions& options) {
  auto out = analysed(options);
  if (!out) {
    say(out.error());
    return kWrongUse;
  }
  std::fwrite(out->data(), 1, out->size(), stdout);
  return kDone;
}

}  // namespace chancery
