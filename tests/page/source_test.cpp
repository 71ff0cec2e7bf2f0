// Where pages come from: files, folders, JSONL and WARC, whole and broken. The files are made in a folder of their own.
#include "page/source.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace chancery {
namespace {

namespace fs = std::filesystem;

class Sources : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("chancery-" + std::to_string(getpid()) + "-" + test->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  // One line a page or error, paths without the folder.
  std::string all_of(const std::vector<std::string>& paths) {
    const auto source = open_pages(paths);
    std::string out;
    for (int i = 0; i < 1000; ++i) {
      const auto page = source->next();
      if (page && !*page) {
        EXPECT_LE(source->bytes_done(), source->bytes_total());
        return without_folder(out);
      }
      if (page)
        out += (**page).uri + " | " + (**page).declared_charset + " | " + (**page).published + " | " + (**page).bytes +
               "\n";
      else
        out += "error: " + page.error().message() + "\n";
    }
    return "endless";
  }

  std::string without_folder(std::string text) const {
    const std::string prefix = folder_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
      text.erase(at, prefix.size());
    return text;
  }

  fs::path folder_;
};

std::string gzipped(const std::string& plain) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string record(const std::string& type, const std::string& uri, const std::string& content_type,
                   const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri + "\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string response(const std::string& uri, const std::string& headers, const std::string& body) {
  return record("response", uri, "application/http; msgtype=response",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n" + headers + "\r\n" + body);
}

TEST_F(Sources, ReadFilesInTheOrderGivenAndFoldersSorted) {
  const std::string last = write("z.txt", "Z");
  write("pages/b.txt", "B");
  write("pages/a/c.txt", "C");
  write("pages/.hidden", "H");
  write("pages/.git/x", "X");
  EXPECT_EQ(all_of({last, (folder_ / "pages").string()}),
            "z.txt |  |  | Z\npages/a/c.txt |  |  | C\npages/b.txt |  |  | B\n");
}

TEST_F(Sources, LeaveOutOfAFolderWhatBrowsersSaveBesideAPage) {
  write("Visite.html", "page");
  write("Visite_fichiers/saved_resource.html", "advertising");
  write("Visite_fichiers/style.css", "p {}");
  write("notes_files/kept.txt", "no page of that name stands beside it");
  write("script.JS", "var a");
  write("photo", "\x89PNG and more");
  write("font", std::string("wOF2\0\0", 6));
  write("text", "a page without an end to its name");
  const auto source = open_pages({folder_.string()});
  std::string uris;
  for (auto page = source->next(); page && *page; page = source->next()) uris += (**page).uri + "\n";
  EXPECT_EQ(without_folder(uris), "Visite.html\nnotes_files/kept.txt\ntext\n");
  EXPECT_EQ(source->left_out(),
            "5 files that are no pages left out: .js 1, by their first bytes 2, saved with a page 2");
  // What the user names is read, or refused by name.
  const auto named = open_pages({(folder_ / "script.JS").string()});
  EXPECT_TRUE(named->next().value().has_value());
  EXPECT_EQ(named->left_out(), "");
}

TEST_F(Sources, FollowNoLoopOfLinks) {
  write("a/page.txt", "page");
  fs::create_directory_symlink(folder_ / "a", folder_ / "a" / "again");
  fs::create_symlink(folder_ / "round", folder_ / "round");
  EXPECT_EQ(all_of({folder_.string()}), "a/page.txt |  |  | page\n");
  EXPECT_EQ(all_of({(folder_ / "round").string()}), "error: not found: round\n");
}

TEST_F(Sources, NameWhatIsMissingAndGoOn) {
  const std::string there = write("a.txt", "A");
  EXPECT_EQ(all_of({(folder_ / "none.txt").string(), there}), "error: not found: none.txt\na.txt |  |  | A\n");
}

TEST_F(Sources, ReadJsonlRowByRow) {
  const std::string rows =
      write("p.jsonl",
            "{\"id\": \"1\", \"text\": \"Un\", \"published\": \"1987-12-08\"}\r\n\n"
            "{\"url\": \"https://x.test/2\", \"html\": \"<p>Deux\"}\nnot json\n{\"id\": \"4\"}\n{\"text\": \"Cinq\"}");
  const std::string all = all_of({rows});
  EXPECT_NE(all.find("1 | utf-8 | 1987-12-08 | Un\n"), std::string::npos) << all;
  EXPECT_NE(all.find("https://x.test/2 | utf-8 |  | <p>Deux\n"), std::string::npos) << all;
  EXPECT_NE(all.find("error: the input breaks its own format: p.jsonl:4"), std::string::npos) << all;
  EXPECT_NE(all.find("p.jsonl:5: a row needs"), std::string::npos) << all;
  EXPECT_NE(all.find("p.jsonl:6 | utf-8 |  | Cinq\n"), std::string::npos) << all;
}

TEST_F(Sources, ReadWarcRecordsThatArePages) {
  const std::string warc =
      record("warcinfo", "", "application/warc-fields", "software: x") +
      record("request", "https://x.test/1", "application/http", "GET / HTTP/1.1\r\n\r\n") +
      response("https://x.test/1", "", "<p>Un</p>") +
      response("https://x.test/2", "Transfer-Encoding: chunked\r\n", "3\r\n<p>\r\n4;x=y\r\nDeux\r\n0\r\n\r\n") +
      response("https://x.test/3", "Content-Encoding: gzip\r\n", gzipped("<p>Trois</p>")) +
      response("https://x.test/4", "Content-Encoding: gzip\r\n", "<p>Quatre</p>") +
      record("response", "https://x.test/5", "application/http", "HTTP/1.1 404 Not Found\r\n\r\nnon") +
      record("response", "https://x.test/6", "application/http",
             "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx") +
      record("resource", "https://x.test/7", "text/html", "<p>Sept</p>") +
      record("conversion", "https://x.test/8", "text/plain", "Huit");
  const std::string expected =
      "https://x.test/1 | iso-8859-1 |  | <p>Un</p>\nhttps://x.test/2 | iso-8859-1 |  | <p>Deux\n"
      "https://x.test/3 | iso-8859-1 |  | <p>Trois</p>\nhttps://x.test/4 | iso-8859-1 |  | <p>Quatre</p>\n"
      "https://x.test/7 |  |  | <p>Sept</p>\nhttps://x.test/8 |  |  | Huit\n";
  EXPECT_EQ(all_of({write("a.warc", warc)}), expected);
  EXPECT_EQ(all_of({write("whole.warc.gz", gzipped(warc))}), expected);
}

TEST_F(Sources, KeepTheRecordsBeforeATruncationAndSayTheLoss) {
  const std::string one = response("https://x.test/1", "", "<p>Un</p>");
  const std::string two = response("https://x.test/2", "", "<p>Deux</p>" + std::string(5000, 'x'));
  const std::string packed = gzipped(one) + gzipped(two);
  const std::string found =
      all_of({write("cut.warc.gz", packed.substr(0, packed.size() - 40)), write("after.txt", "A")});
  EXPECT_EQ(
      found,
      "https://x.test/1 | iso-8859-1 |  | <p>Un</p>\nerror: the input breaks its own format: cut.warc.gz, record 2: "
      "the compression is broken; it and what follows are lost\nafter.txt |  |  | A\n");
  const std::string plain = one + two;
  EXPECT_EQ(all_of({write("cut.warc", plain.substr(0, plain.size() - 100))}),
            "https://x.test/1 | iso-8859-1 |  | <p>Un</p>\nerror: the input breaks its own format: cut.warc, record 2: "
            "the file ends within the record; it and what follows are lost\n");
}

TEST_F(Sources, KeepTheRecordsBeforeABreakInTheMiddleAndSayTheLoss) {
  const std::string second = gzipped(response("https://x.test/2", "", "<p>Deux</p>"));
  const std::string broken = gzipped(response("https://x.test/1", "", "<p>Un</p>")) +
                             second.substr(0, second.size() / 2) +
                             gzipped(response("https://x.test/3", "", "<p>Trois</p>"));
  const std::string read = all_of({write("broken.warc.gz", broken)});
  EXPECT_TRUE(read.starts_with("https://x.test/1 | iso-8859-1 |  | <p>Un</p>\n")) << read;
  EXPECT_NE(read.find("error: the input breaks its own format: broken.warc.gz, record 2: "), std::string::npos) << read;
  EXPECT_NE(read.find("lost"), std::string::npos) << read;
}

TEST_F(Sources, NeverLoopOrCrashOnWarcsCutAnywhere) {
  const std::string plain = response("https://x.test/1", "Transfer-Encoding: chunked\r\n", "3\r\n<p>\r\n0\r\n\r\n") +
                            record("resource", "https://x.test/7", "text/html", "<p>Sept</p>");
  for (const bool packed : {false, true}) {
    const std::string whole = packed ? gzipped(plain) : plain;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_NE(all_of({write(packed ? "c.warc.gz" : "c.warc", whole.substr(0, size))}), "endless") << size;
    }
  }
}

TEST_F(Sources, RefuseABombAndGoOn) {
  const std::string inner = gzipped(std::string(80'000'000, ' '));
  const std::string warc = gzipped(response("https://x.test/1", "Content-Encoding: gzip\r\n", inner)) +
                           gzipped(response("https://x.test/2", "", "<p>Deux</p>"));
  EXPECT_EQ(all_of({write("bomb.warc.gz", warc)}),
            "error: the page is too large: https://x.test/1: more than 64 MB\nhttps://x.test/2 | iso-8859-1 |  | "
            "<p>Deux</p>\n");
}

}  // namespace
}  // namespace chancery
