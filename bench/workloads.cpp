// A menu of named workloads over the shipped samples and, where it is at hand, the news text beside the checkout. Each
// prints MB/s of input and words/s of processor time on one core, and its ratio to a yardstick that runs beside it:
// counting the words of the same bytes. The ratio is what can be compared between machines; the absolute figures
// cannot.
//
// usage: bench_workloads [--data DIR] [--pages PATH]… [--seconds N] [page|reading|json|add]…
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "page/source.h"
#include "record/facts.h"
#include "record/reading.h"
#include "store/store.h"
#include "wire/reading_json.h"

namespace chancery {
namespace {

struct Corpus {
  std::vector<RawPage> raw;
  std::vector<Page> pages;
  std::size_t bytes = 0;
  std::size_t text_bytes = 0;
  std::size_t words = 0;
};

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    words += !space && !inside ? 1 : 0;
    inside = !space;
  }
  return words;
}

Result<Page> page_of(const Reader& reader, const RawPage& raw) {
  PageOptions options = reader.page_options();
  options.uri = raw.uri;
  options.published = raw.published;
  return read_page(raw.bytes, options);
}

Corpus load(const Reader& reader, const std::vector<std::string>& paths) {
  Corpus corpus;
  auto source = open_pages(paths);
  for (;;) {
    auto raw = source->next();
    if (!raw) continue;
    if (!*raw) break;
    auto page = page_of(reader, **raw);
    if (!page) continue;
    corpus.bytes += (**raw).bytes.size();
    corpus.text_bytes += page->text.size();
    corpus.words += count_words(page->text.bytes());
    corpus.raw.push_back(std::move(**raw));
    corpus.pages.push_back(std::move(*page));
  }
  return corpus;
}

// Processor time of this thread, so that a busy machine does not count against the engine.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Processor seconds of one pass over the corpus: the best of as many passes as fit into `seconds`, at least two.
double time_of(double seconds, const std::function<void()>& pass) {
  double best = 1e9;
  const double start = now();
  for (int i = 0; i < 2 || now() - start < seconds; ++i) {
    const double before = now();
    pass();
    best = std::min(best, now() - before);
  }
  return best;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

volatile std::size_t sink = 0;  // keeps results alive

void add_all(const std::vector<Facts>& facts, const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix, ignored);
  auto store = Store::open(path.string(), StoreMode::create);
  if (!store) std::exit(1);
  store->save_together(512);
  for (const Facts& one : facts)
    if (!store->save(one)) std::exit(1);
  if (!store->settle()) std::exit(1);
}

void run(const Reader& reader, const std::string& label, const Corpus& corpus, const std::string& name,
         double seconds) {
  std::vector<Facts> facts;
  if (name == "add")
    for (const Page& page : corpus.pages) facts.push_back(facts_of(reader.read(page), reader.knowledge()));
  const auto record = std::filesystem::temp_directory_path() / "chancery-bench.chancery";
  const std::function<void()> pass = [&] {
    if (name == "page") {
      for (const RawPage& raw : corpus.raw) sink = sink + page_of(reader, raw)->blocks.size();
    } else if (name == "add") {
      add_all(facts, record);
    } else {
      for (const Page& page : corpus.pages) {
        const Reading reading = reader.read(page);
        sink = sink + reading.events.size();
        if (name == "json") sink = sink + reading_json(facts_of(reading, reader.knowledge())).size();
      }
    }
  };
  const double yardstick = time_of(0.2, [&] {
    for (const RawPage& raw : corpus.raw) sink = sink + count_words(raw.bytes);
  });
  const double taken = time_of(seconds, pass);
  const double megabytes = static_cast<double>(name == "page" ? corpus.bytes : corpus.text_bytes) / 1e6;
  fmt::print("{:8} {:8} {:7} pages {:8.2f} MB {:9.2f} MB/s {:11.0f} words/s {:9.1f} × yardstick {:7.0f} MB peak\n",
             name, label, corpus.pages.size(), megabytes, megabytes / taken, static_cast<double>(corpus.words) / taken,
             taken / yardstick, peak_megabytes());
  std::fflush(stdout);
}

int main_of(int argc, char** argv) {
  std::string data = std::getenv("CHANCERY_DATA") != nullptr ? std::getenv("CHANCERY_DATA") : "build/release/data";
  std::vector<std::string> names;
  std::vector<std::pair<std::string, std::vector<std::string>>> corpora;
  double seconds = 2;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--data" && i + 1 < argc)
      data = argv[++i];
    else if (argument == "--seconds" && i + 1 < argc)
      seconds = std::atof(argv[++i]);
    else if (argument == "--pages" && i + 1 < argc)
      corpora.push_back({"given", {argv[++i]}});
    else
      names.push_back(argument);
  }
  if (corpora.empty()) {
    corpora.push_back({"samples", {"examples/arms-talks"}});
    if (std::filesystem::exists("../shared/data/news"))
      corpora.push_back({"news", {"../shared/data/news"}});
    else
      fmt::print("news: skipped, ../shared/data/news is not here\n");
  }
  if (names.empty()) names = {"page", "reading", "json", "add"};
  auto reader = Reader::open(data);
  if (!reader) {
    fmt::print(stderr, "{}\n", reader.error().message());
    return 1;
  }
  for (const auto& [label, paths] : corpora) {
    const Corpus corpus = load(**reader, paths);
    for (const std::string& name : names) run(**reader, label, corpus, name, seconds);
  }
  return 0;
}

}  // namespace
}  // namespace chancery

int main(int argc, char** argv) { return chancery::main_of(argc, argv); }
