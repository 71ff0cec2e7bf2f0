// Any text through analyse(): the result is walked and must hold what the headers promise. Needs the built pack
// (ninja -C build/fuzz data), found beside the build or by CHANCERY_DATA.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "language/conllu.h"
#include "text/unicode.h"

namespace {

using namespace chancery;

void require(bool holds) {
  if (!holds) std::abort();
}

const LanguagePack& pack() {
  static const std::shared_ptr<const LanguagePack> loaded = [] {
    const char* given = std::getenv("CHANCERY_DATA");
    const std::filesystem::path data = given != nullptr ? given : CHANCERY_SOURCE "/build/fuzz/data";
    auto result = LanguagePack::load(data / "languages" / "fr");
    if (!result) {
      std::fprintf(stderr, "%s\n", result.error().message().c_str());
      std::exit(1);
    }
    return *result;
  }();
  return *loaded;
}

void walk(const Page& page, const Analysis& analysis) {
  std::uint32_t at = 0, next = 0;
  for (const Sentence& sentence : analysis.sentences) {
    require(sentence.first == next && sentence.first < sentence.last && sentence.last <= analysis.tokens.size());
    next = sentence.last;
  }
  require(next == analysis.tokens.size());
  for (const Token& token : analysis.tokens) {
    require(page.text.is_boundary(token.span.begin) && page.text.is_boundary(token.span.end));
    require(token.span.begin < token.span.end && (token.part > 1 ? token.span.end == at : token.span.begin >= at));
    while (at < token.span.begin) require(is_space(next_code_point(page.text.bytes(), at)));
    at = token.span.end;
  }
  while (at < page.text.size()) require(is_space(next_code_point(page.text.bytes(), at)));
}

// One root a sentence, heads within it, no cycle: each word is followed up to a word that is known to reach the root.
void walk_trees(const Analysis& analysis) {
  std::vector<bool> reaches(analysis.tokens.size());
  std::vector<std::uint32_t> path;
  for (const Sentence& sentence : analysis.sentences) {
    std::size_t roots = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      roots += analysis.tokens[i].head == Token::kNoHead ? 1 : 0;
      path.clear();
      std::uint32_t word = i;
      while (!reaches[word] && analysis.tokens[word].head != Token::kNoHead) {
        path.push_back(word);
        word = analysis.tokens[word].head;
        require(word >= sentence.first && word < sentence.last);
        require(path.size() <= sentence.last - sentence.first);
      }
      reaches[word] = true;
      for (const std::uint32_t passed : path) reaches[passed] = true;
    }
    require(roots == 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = decode(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!text) return 0;
  Page page;
  page.text = std::move(*text);
  page.blocks.push_back({Span{0, page.text.size()}, BlockKind::paragraph});
  const Analysis analysis = analyse(page, pack(), AnalyseOptions{.tree = true});
  walk(page, analysis);
  if (analysis.parsed) walk_trees(analysis);
  require(analyse_conllu(to_conllu(page, analysis, &pack()), pack()).has_value());
  return 0;
}
