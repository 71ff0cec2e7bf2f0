// Pages one after the other out of files, folders, standard input, JSONL and WARC. A folder is listed when its turn
// comes; a file is read when its page is asked for.
#include "page/source.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "page/warc.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPage = std::size_t{256} << 20;
constexpr std::size_t kMaxRow = std::size_t{64} << 20;

bool ends_with_any(const std::string& path, std::initializer_list<std::string_view> ends) {
  std::string low = path;
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return low.ends_with(end); });
}

// Reads a stream to its end, or to one byte more than the limit.
Result<std::string> read_all(std::istream& in, const std::string& name) {
  std::string bytes;
  std::vector<char> buffer(std::size_t{256} << 10);
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    bytes.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kMaxPage) return fail(ErrorCode::too_large, name);
  }
  if (in.bad()) return fail(ErrorCode::io, name);
  return bytes;
}

// One row of JSONL to a page: "text" or "html", with "url" or "id", "published", "title", "language".
Result<RawPage> page_of_row(simdjson::dom::parser& parser, const std::string& row, const std::string& where) {
  simdjson::dom::element root;
  if (const auto error = parser.parse(row).get(root); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, where + ": " + simdjson::error_message(error));
  const auto field = [&](const char* key) {
    std::string_view value;
    return root[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  RawPage page;
  page.bytes = field("html");
  if (page.bytes.empty()) page.bytes = field("text");
  if (page.bytes.empty()) return fail(ErrorCode::malformed, where + ": a row needs \"text\" or \"html\"");
  page.declared_charset = "utf-8";  // JSON is UTF-8; a meta element of the page it holds no longer applies
  page.uri = field("url");
  if (page.uri.empty()) page.uri = field("uri");
  if (page.uri.empty()) page.uri = field("id");
  if (page.uri.empty()) page.uri = where;
  page.published = field("published");
  page.title = field("title");
  page.language = field("language");
  return page;
}

class JsonlSource {
 public:
  JsonlSource(std::unique_ptr<std::istream> in, std::string name) : in_(std::move(in)), name_(std::move(name)) {}

  Result<std::optional<RawPage>> next() {
    while (read_row()) {
      ++number_;
      if (!row_.empty() && row_.back() == '\r') row_.pop_back();
      if (number_ == 1 && row_.starts_with("\xEF\xBB\xBF")) row_.erase(0, 3);
      if (row_.find_first_not_of(" \t") == std::string::npos) continue;
      const std::string where = name_ + ":" + std::to_string(number_);
      if (row_.size() >= kMaxRow) return fail(ErrorCode::too_large, where);
      auto page = page_of_row(parser_, row_, where);
      if (!page) return tl::unexpected<Error>(page.error());
      return std::optional<RawPage>(std::move(*page));
    }
    return std::optional<RawPage>();
  }
  std::uint64_t bytes_done() const { return bytes_; }

 private:
  // The next row without its line end; of a longer one than a page may be the rest is passed over.
  bool read_row() {
    row_.clear();
    std::streambuf& buffer = *in_->rdbuf();
    int c = buffer.sbumpc();
    if (c == std::char_traits<char>::eof()) return false;
    for (; c != std::char_traits<char>::eof() && c != '\n'; c = buffer.sbumpc()) {
      ++bytes_;
      if (row_.size() < kMaxRow) row_ += static_cast<char>(c);
    }
    bytes_ += static_cast<std::uint64_t>(c == '\n');
    return true;
  }

  std::unique_ptr<std::istream> in_;
  std::string name_;
  std::string row_;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
  simdjson::dom::parser parser_;
};

class PathSource : public PageSource {
 public:
  explicit PathSource(std::vector<std::string> paths) : waiting_(paths.begin(), paths.end()) {
    for (const std::string& path : waiting_) total_ += size_of(path);
  }

  Result<std::optional<RawPage>> next() override {
    for (;;) {
      if (jsonl_) {
        auto page = jsonl_->next();
        if (!page || *page) return page;
        done_ += jsonl_->bytes_done();
        jsonl_.reset();
      }
      if (warc_) {
        auto page = warc_->next();
        if (!page || *page) return page;
        done_ += warc_->bytes_done();
        warc_.reset();
      }
      if (waiting_.empty()) return std::optional<RawPage>();
      const std::string path = std::move(waiting_.front());
      waiting_.pop_front();
      std::error_code error;
      if (path == "-") return whole(std::cin, path);
      const fs::file_status status = fs::status(path, error);
      if (!fs::exists(status)) return fail(ErrorCode::not_found, path);
      if (fs::is_directory(status)) {
        if (auto listed = list(path); !listed) return tl::unexpected<Error>(listed.error());
        continue;
      }
      auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
      if (!*file) return fail(ErrorCode::io, path);
      if (ends_with_any(path, {".jsonl", ".ndjson"}))
        jsonl_ = std::make_unique<JsonlSource>(std::move(file), path);
      else if (ends_with_any(path, {".warc", ".warc.gz"}))
        warc_ = std::make_unique<WarcReader>(std::move(file), path);
      else
        return whole(*file, path);
    }
  }

  std::uint64_t bytes_done() const override {
    return done_ + (jsonl_ ? jsonl_->bytes_done() : 0) + (warc_ ? warc_->bytes_done() : 0);
  }
  std::uint64_t bytes_total() const override { return total_; }

 private:
  Result<std::optional<RawPage>> whole(std::istream& in, const std::string& path) {
    auto bytes = read_all(in, path);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    done_ += bytes->size();
    RawPage page;
    page.bytes = std::move(*bytes);
    page.uri = path;
    return std::optional<RawPage>(std::move(page));
  }

  // Puts the folder's files in front of what waits, sorted by path.
  Result<void> list(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    auto walk = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      const bool hidden = walk->path().filename().string().starts_with('.');
      std::error_code ignored;
      if (hidden && walk->is_directory(ignored))
        walk.disable_recursion_pending();
      else if (!hidden && walk->is_regular_file(ignored))
        files.push_back(walk->path().string());
    }
    if (error) return fail(ErrorCode::io, folder + ": " + error.message());
    std::sort(files.begin(), files.end());
    for (auto file = files.rbegin(); file != files.rend(); ++file) waiting_.push_front(std::move(*file));
    return {};
  }

  static std::uint64_t size_of(const std::string& path) {
    std::error_code error;
    if (path == "-") return 0;
    if (!fs::is_directory(path, error)) {
      const auto size = fs::file_size(path, error);
      return error ? 0 : size;
    }
    std::uint64_t total = 0;
    auto walk = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      std::error_code ignored;
      if (walk->path().filename().string().starts_with('.')) {
        if (walk->is_directory(ignored)) walk.disable_recursion_pending();
        continue;
      }
      const auto size = walk->is_regular_file(ignored) ? walk->file_size(ignored) : 0;
      if (!ignored) total += size;
    }
    return total;
  }

  std::deque<std::string> waiting_;
  std::unique_ptr<JsonlSource> jsonl_;
  std::unique_ptr<WarcReader> warc_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

std::unique_ptr<PageSource> open_pages(std::vector<std::string> paths) {
  return std::make_unique<PathSource>(std::move(paths));
}

}  // namespace chancery
