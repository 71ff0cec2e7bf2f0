// Runs the language room alone, for measuring: `language_tool PACK conllu FILE` analyses given tokens, `raw FILE` reads
// plain text of one paragraph a line and prints CoNLL-U, `speed FILE` prints words a second of processor
// time, `trees FILE` the same with trees.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "language/conllu.h"

int main(int argc, char** argv) {
  using namespace chancery;
  if (argc != 4) {
    std::fprintf(stderr, "usage: language_tool PACK conllu|raw|speed|trees FILE\n");
    return 2;
  }
  const auto begin_load = std::chrono::steady_clock::now();
  const auto pack = LanguagePack::load(argv[1]);
  if (!pack) {
    std::fprintf(stderr, "%s\n", pack.error().message().c_str());
    return 1;
  }
  const std::chrono::duration<double> load = std::chrono::steady_clock::now() - begin_load;
  std::ifstream in(argv[3], std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  const std::string mode = argv[2];
  if (mode == "conllu") {
    const auto out = analyse_conllu(all.str(), **pack);
    std::fputs(out ? out->c_str() : out.error().message().c_str(), stdout);
    return out ? 0 : 1;
  }
  const auto text = decode(all.str());
  if (!text) return 1;
  Page page;
  page.text = *text;
  const std::string_view bytes = page.text.bytes();
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    if (end > at)
      page.blocks.push_back(
          {Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, BlockKind::paragraph});
    at = end + 1;
  }
  if (mode == "raw") {
    std::fputs(to_conllu(page, analyse(page, **pack, AnalyseOptions{.tree = true}), pack->get()).c_str(), stdout);
    return 0;
  }
  std::vector<Page> parts;  // each line as a page of its own
  for (const Block& block : page.blocks) {
    const auto line = decode(bytes.substr(block.span.begin, block.span.size()));
    if (!line) continue;
    Page part;
    part.text = *line;
    part.blocks.push_back({Span{0, static_cast<std::uint32_t>(part.text.bytes().size())}, BlockKind::paragraph});
    parts.push_back(std::move(part));
  }
  double best = 1e9;
  std::size_t words = 0;
  for (int run = 0; run < 5; ++run) {
    const std::clock_t begin = std::clock();
    words = 0;
    for (const Page& part : parts)
      words += analyse(part, **pack, AnalyseOptions{.tree = mode == "trees"}).tokens.size();
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  std::printf("load %.1f ms; %zu bytes, %zu words, %.0f words/s, %.3f us a word, %.2f MB/s\n", load.count() * 1e3,
              bytes.size(), words, static_cast<double>(words) / best, best * 1e6 / static_cast<double>(words),
              static_cast<double>(bytes.size()) / best / 1e6);
  return 0;
}
