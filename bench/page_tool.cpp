// Prints what the page room makes of pages, for the scripts that measure it: one JSON object a line with uri, title,
// date, language, article text and the furniture's spans in code points. `--time` prints seconds and bytes instead.
//
//   page_tool LANGUAGES-FOLDER [--time] PAGE…      (PAGE as open_pages() takes it; "URI=PATH" gives a page its address)
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "page/cues.h"
#include "page/page.h"
#include "page/source.h"

namespace {

using namespace chancery;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

nlohmann::json describe(const Page& page) {
  nlohmann::json row;
  row["uri"] = page.uri;
  row["title"] = page.title;
  row["byline"] = page.byline;
  row["outlet"] = page.outlet;
  row["language"] = page.language;
  row["date"] = page.published ? page.published->value : "";
  row["modified"] = page.modified ? page.modified->value : "";
  row["url"] = page.canonical_url;
  row["foreign"] = nlohmann::json::array();
  for (const ForeignPassage& passage : page.foreign)
    row["foreign"].push_back({passage.language, std::string(page.text[passage.span])});
  std::string article;  // what is article, in whatever language, without its title, captions and signature
  std::size_t foreign = 0;
  const auto add = [&](Span span) {
    if (!article.empty()) article += "\n\n";
    article += page.text[span];
  };
  // Foreign paragraphs are in no block; foreign quotations are.
  const auto add_foreign_before = [&](const Block* block) {
    for (; foreign < page.foreign.size() && (block == nullptr || page.foreign[foreign].span.begin < block->span.end);
         ++foreign)
      if (block == nullptr || page.foreign[foreign].span.end <= block->span.begin) add(page.foreign[foreign].span);
  };
  auto furniture = nlohmann::json::array();
  for (const Block& block : page.blocks) {
    add_foreign_before(&block);
    if (block.kind == BlockKind::boilerplate) {
      furniture.push_back({page.text.code_point(block.span.begin), page.text.code_point(block.span.end)});
      continue;
    }
    if (block.kind == BlockKind::title || block.kind == BlockKind::caption || block.kind == BlockKind::byline) continue;
    add(block.span);
  }
  add_foreign_before(nullptr);
  row["text"] = article;
  row["furniture"] = furniture;
  return row;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: page_tool LANGUAGES-FOLDER [--time] PAGE...\n";
    return 2;
  }
  PageCues cues;
  for (const char* language : {"fr", "en"})
    if (const auto added = cues.add(language, slurp(std::string(argv[1]) + "/" + language + "/page.toml")); !added) {
      std::cerr << added.error().message() << "\n";
      return 2;
    }
  bool timing = false;
  std::vector<RawPage> pages;
  for (int i = 2; i < argc; ++i) {
    std::string path = argv[i];
    if (path == "--time") {
      timing = true;
      continue;
    }
    std::string uri;
    if (const auto equals = path.rfind('='); equals != std::string::npos && path.find("://") < equals) {
      uri = path.substr(0, equals);
      path = path.substr(equals + 1);
    }
    const auto source = open_pages({path});
    for (;;) {
      auto next = source->next();
      if (!next) {
        std::cerr << next.error().message() << "\n";
        continue;
      }
      if (!*next) break;
      if (!uri.empty()) (*next)->uri = uri;
      pages.push_back(std::move(**next));
    }
  }
  const std::clock_t start = std::clock();  // of this process, so that neighbours on the machine do not count
  std::size_t bytes = 0;
  for (const RawPage& raw : pages) {
    PageOptions options;
    options.uri = raw.uri;
    options.declared_charset = raw.declared_charset;
    options.published = raw.published;
    options.cues = &cues;
    const auto page = read_page(raw.bytes, options);
    bytes += raw.bytes.size();
    if (timing) continue;
    const nlohmann::json row =
        page ? describe(*page) : nlohmann::json{{"uri", raw.uri}, {"error", page.error().message()}};
    std::cout << row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (timing)
    std::printf("%zu pages, %.1f MB in %.3f s: %.1f MB/s, %.0f pages/s\n", pages.size(),
                static_cast<double>(bytes) / 1e6, seconds, static_cast<double>(bytes) / 1e6 / seconds,
                static_cast<double>(pages.size()) / seconds);
}
