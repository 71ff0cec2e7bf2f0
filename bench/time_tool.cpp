// Reads plain text files and prints what the time room finds in each, one JSON object a line in the form of a reading's
// "times" (spans in code points), for bench/time_accuracy.py. Each line of a file counts as a paragraph, so nothing is
// taken for furniture, unless --read has the file go through the whole of read_page(). With --speed it instead times
// the room alone on analysed text.
//
//   bench_time_tool DATA [--published DAY] [--read] [--speed] FILE…      DATA holds languages/fr
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "language/analysis.h"
#include "language/pack.h"
#include "page/cues.h"
#include "page/page.h"
#include "text/text.h"
#include "time/time.h"

namespace {

using namespace chancery;

Page page_of(std::string text, const std::string& published) {
  Page page;
  page.text = Text(std::move(text));
  page.language = "fr";
  if (!published.empty()) page.published = PageDate{published, DateHow::given, std::nullopt};
  const std::string_view bytes = page.text.bytes();
  std::uint32_t begin = 0;
  while (begin < bytes.size()) {
    std::size_t end = bytes.find('\n', begin);
    if (end == std::string_view::npos) end = bytes.size();
    Span span{begin, static_cast<std::uint32_t>(end)};
    while (span.begin < span.end && bytes[span.begin] == ' ') ++span.begin;
    while (span.begin < span.end && (bytes[span.end - 1] == ' ' || bytes[span.end - 1] == '\r')) --span.end;
    if (!span.empty()) page.blocks.push_back(Block{span, BlockKind::paragraph});
    begin = static_cast<std::uint32_t>(end) + 1;
  }
  return page;
}

const char* type_name(TimexType type) {
  switch (type) {
    case TimexType::date:
      return "DATE";
    case TimexType::time:
      return "TIME";
    case TimexType::duration:
      return "DURATION";
    case TimexType::set:
      return "SET";
  }
  return "";
}

void print(const std::string& file, const Page& page, const Times& times) {
  std::printf("{\"file\": \"%s\", \"published\": ", file.c_str());
  if (times.published)
    std::printf("\"%s\", \"evidence\": \"%s\"", times.published->value.c_str(),
                times.published->evidence ? std::string(page.text[*times.published->evidence]).c_str() : "");
  else
    std::printf("null");
  std::printf(", \"times\": [");
  bool first = true;
  for (const TimeMention& mention : times.mentions) {
    std::printf("%s{\"span\": [%u, %u], \"type\": \"%s\", \"value\": \"%s\"", first ? "" : ", ",
                page.text.code_point(mention.span.begin), page.text.code_point(mention.span.end),
                type_name(mention.type), mention.value.c_str());
    if (!mention.mod.empty()) std::printf(", \"mod\": \"%s\"", mention.mod.c_str());
    if (mention.interval && mention.interval->start)
      std::printf(", \"start\": \"%s\"", mention.interval->start->iso().c_str());
    if (mention.interval && mention.interval->end)
      std::printf(", \"end\": \"%s\"", mention.interval->end->iso().c_str());
    std::printf("}");
    first = false;
  }
  std::printf("]}\n");
}

void time_it(const Page& page, const Analysis& analysis, const TimeRules& rules) {
  double best = 1e9;
  std::size_t mentions = 0;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t start = std::clock();  // of the processor: other programs do not count
    mentions = find_times(page, analysis, rules).mentions.size();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::printf("%.1f MB/s, %zu mentions in %u bytes\n", page.text.size() / best / 1e6, mentions, page.text.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bench_time_tool DATA [--published DAY] [--read] [--speed] FILE...\n");
    return 2;
  }
  const auto pack = LanguagePack::load(std::string(argv[1]) + "/languages/fr");
  if (!pack) {
    std::fprintf(stderr, "%s\n", pack.error().message().c_str());
    return 1;
  }
  const auto rules = TimeRules::compile(**pack);
  if (!rules) {
    std::fprintf(stderr, "%s\n", rules.error().message().c_str());
    return 1;
  }
  std::string published;
  bool speed = false;
  bool whole = false;
  PageCues cues;
  if (const auto toml = (*pack)->file("page.toml")) static_cast<void>(cues.add("fr", *toml));
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--published" && i + 1 < argc) {
      published = argv[++i];
      continue;
    }
    if (argument == "--read") {
      whole = true;
      continue;
    }
    if (argument == "--speed") {
      speed = true;
      continue;
    }
    std::ifstream in(argument, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    auto decoded = decode(text.str());
    if (!decoded) {
      std::fprintf(stderr, "%s: %s\n", argument.c_str(), decoded.error().message().c_str());
      continue;
    }
    Page page;
    if (whole) {
      PageOptions options;
      options.uri = argument;
      options.published = published;
      options.language = "fr";
      options.cues = &cues;
      auto read = read_page(text.str(), options);
      if (!read) {
        std::fprintf(stderr, "%s: %s\n", argument.c_str(), read.error().message().c_str());
        continue;
      }
      page = std::move(*read);
    } else {
      page = page_of(std::string(decoded->bytes()), published);
    }
    const Analysis analysis = analyse(page, **pack);
    if (speed)
      time_it(page, analysis, *rules);
    else
      print(argument, page, find_times(page, analysis, *rules));
  }
  return 0;
}
