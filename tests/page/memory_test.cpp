// Hostile pages in bounded memory: each is read in a process of its own, whose peak the system tells. The bound is what
// the contract gives: ten times the page and 500 MB.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "page/page.h"
#include "page/page_support.h"
#include "page/source.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CHANCERY_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CHANCERY_SANITIZED 1
#endif
#endif

namespace chancery {
namespace {

// Peak memory in MB of a child that runs `work`; -1 if it did not end well.
long peak_of(const std::function<bool()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? usage.ru_maxrss / 1024 : -1;
}

// Whether the bytes are a page, or are refused for a reason.
bool ends_well(const std::string& bytes) {
  PageOptions options;
  options.cues = &test::page_cues();
  const auto page = read_page(bytes, options);
  return page || !page.error().message().empty();
}

std::string filled(std::size_t bytes, const std::string& piece) {
  std::string out;
  out.reserve(bytes + piece.size());
  while (out.size() < bytes) out += piece;
  return out;
}

class Memory : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef CHANCERY_SANITIZED
    GTEST_SKIP() << "a sanitizer's own memory would be measured";
#endif
    (void)test::page_cues();
  }
};

TEST_F(Memory, StaysBoundedForHostilePages) {
  constexpr std::size_t kSize = std::size_t{6} << 20;
  for (const std::string piece :
       {"<div>", "<p>a", "<a href=x>", "&amp;", "<table><tr><td>", "a ", "Lire aussi : vous\n", "<li>é</li>", "<!--",
        "<time datetime=2020-01-01>", "<h1>a</h1>", "<base href=\"/a\">"}) {
    const long peak = peak_of([&] { return ends_well("<!doctype html><body>" + filled(kSize, piece)); });
    EXPECT_GT(peak, 0) << piece;
    EXPECT_LT(peak, 100) << piece;
  }
}

TEST_F(Memory, StaysBoundedForLongTextsAndAttributes) {
  std::string attributes = "<p";
  for (int i = 0; i < 200'000; ++i) attributes += " a" + std::to_string(i) + "=\"" + std::to_string(i) + "\"";
  for (const std::string& page : {filled(std::size_t{50} << 20, "Le ministre est venu. "), attributes + ">Bonjour.</p>",
                                  filled(std::size_t{4} << 20, "a\n"), std::string(10'000'000, '\0')}) {
    const long peak = peak_of([&] { return ends_well(page); });
    EXPECT_GT(peak, 0) << page.substr(0, 20);
    EXPECT_LT(peak, 250) << page.substr(0, 20);
  }
}

TEST_F(Memory, StaysBoundedForFilesOfAnySize) {
  // A hole of 200 MB takes no room on the disk.
  const std::string path = std::filesystem::temp_directory_path() / ("chancery-hole-" + std::to_string(getpid()));
  for (const char* end : {".html", ".jsonl", ".warc"}) {
    std::ofstream(path + end, std::ios::binary) << "<p>";
    std::filesystem::resize_file(path + end, std::uintmax_t{200} << 20);
    const long peak = peak_of([&] {
      const auto source = open_pages({path + end});
      const auto page = source->next();
      return !page && page.error().message().find(path) != std::string::npos;
    });
    EXPECT_GT(peak, 0) << end;
    EXPECT_LT(peak, 350) << end;
    std::filesystem::remove(path + end);
  }
}

TEST(Page, RefusesTextsLongerThanAnyPage) {
  PageOptions options;
  options.cues = &test::page_cues();
  const auto text = read_page(filled(kMaxTextBytes + 1, "Le ministre est venu. "), options);
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().message(), "the page is too large: 2.1 MB of text, at most 2.0 MB are read");
  const auto html =
      read_page("<html><body><article>" + filled(2 * kMaxTextBytes, "<p>Le ministre est venu hier.</p>"), options);
  ASSERT_FALSE(html.has_value());
  EXPECT_EQ(html.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace chancery
