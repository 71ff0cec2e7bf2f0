// Pages one after the other out of files, folders, standard input, JSONL and WARC. A folder is listed when its turn
// comes; a file is read when its page is asked for.
#include "page/source.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <system_error>

#include "page/warc.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRow = std::size_t{32} << 20;  // parsing a row takes several times its size

std::string lower_case(std::string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return low;
}

bool ends_with_any(std::string_view low, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return low.ends_with(end); });
}

// ---- what lies beside pages in folders --------------------------------------------------------------------------

// Ends of the names of files that are never pages and that nobody expects to be read.
constexpr std::array<std::string_view, 58> kAssetEnds = {
    ".js",         ".mjs",  ".css",   ".scss", ".less", ".map", ".json", ".wasm",  ".png", ".jpg",
    ".jpeg",       ".jpe",  ".gif",   ".webp", ".avif", ".svg", ".ico",  ".bmp",   ".tif", ".tiff",
    ".heic",       ".woff", ".woff2", ".ttf",  ".otf",  ".eot", ".mp3",  ".m4a",   ".ogg", ".oga",
    ".opus",       ".wav",  ".aac",   ".flac", ".mp4",  ".m4v", ".webm", ".ogv",   ".avi", ".mov",
    ".mkv",        ".vtt",  ".srt",   ".swf",  ".xml",  ".rss", ".atom", ".xsl",   ".dtd", ".download",
    ".crdownload", ".part", ".tmp",   ".bak",  ".log",  ".lnk", ".url",  ".webloc"};

// The end of a file's name that says what it is: "" for a name without a dot.
std::string end_of_name(const std::string& low_name) {
  const std::size_t dot = low_name.rfind('.');
  return dot == std::string::npos || dot == 0 ? std::string() : low_name.substr(dot);
}

bool is_asset_name(const std::string& low_name) {
  const std::string end = end_of_name(low_name);
  return std::find(kAssetEnds.begin(), kAssetEnds.end(), end) != kAssetEnds.end();
}

// The stem of the page whose assets a folder of this name would hold, as the browsers call it: « Titre_files »,
// « Titre_fichiers », « Titre-Dateien »; empty for any other name.
std::string_view page_of_asset_folder(std::string_view name) {
  constexpr std::array<std::string_view, 16> kEnds = {
      "_files", "_fichiers", "-dateien", "_archivos", "_arquivos",  "_bestanden", "_file",      "-filer",
      "_pliki", "_soubory",  "_elemei",  "_dosyalar", "_ficheiros", "_failid",    "_tiedostot", "_fitxers"};
  const std::string low = lower_case(name);
  for (const std::string_view end : kEnds)
    if (low.size() > end.size() && low.ends_with(end)) return name.substr(0, name.size() - end.size());
  return {};
}

bool is_asset_folder(const fs::path& folder) {
  const std::string name = folder.filename().string();
  const std::string_view stem = page_of_asset_folder(name);
  if (stem.empty()) return false;
  std::error_code error;
  for (const char* end : {".html", ".htm", ".xhtml"})
    if (fs::exists(folder.parent_path() / (std::string(stem) + end), error)) return true;
  return false;
}

// Counts what was left out, by kind.
class LeftOut {
 public:
  void count(const std::string& kind) { ++kinds_[kind]; }
  std::string sentence() const {
    std::uint64_t all = 0;
    std::string list;
    for (const auto& [kind, number] : kinds_) {
      all += number;
      list += (list.empty() ? "" : ", ") + kind + " " + std::to_string(number);
    }
    if (all == 0) return {};
    return std::to_string(all) + (all == 1 ? " file that is no page" : " files that are no pages") +
           " left out: " + list;
  }

 private:
  std::map<std::string, std::uint64_t> kinds_;
};

// Reads a stream to its end, or a little beyond the limit. Grows by fixed pieces, so that no more is taken than twice
// what is read.
Result<std::string> read_all(std::istream& in, const std::string& name) {
  std::string bytes;
  std::vector<char> buffer(std::size_t{256} << 10);
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    bytes.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kMaxPageBytes)
      return fail(ErrorCode::too_large, name + ": more than " + std::to_string(kMaxPageBytes >> 20) + " MB");
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
      if (row_.size() >= kMaxRow)
        return fail(ErrorCode::too_large, where + ": more than " + std::to_string(kMaxRow >> 20) + " MB");
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
    bool any = false;
    while (at_ < window_.size() || fill()) {
      any = true;
      const std::string_view rest = std::string_view(window_).substr(at_);
      const std::size_t line = rest.find('\n');
      const std::size_t size = std::min(line, rest.size());
      row_.append(rest, 0, std::min(size, kMaxRow - row_.size()));
      at_ += std::min(size + 1, rest.size());
      if (line != std::string_view::npos) break;
    }
    return any;
  }

  bool fill() {
    window_.resize(std::size_t{64} << 10);
    in_->read(window_.data(), static_cast<std::streamsize>(window_.size()));
    window_.resize(static_cast<std::size_t>(in_->gcount()));
    bytes_ += window_.size();
    at_ = 0;
    return !window_.empty();
  }

  std::unique_ptr<std::istream> in_;
  std::string name_;
  std::string window_;  // what was read ahead
  std::size_t at_ = 0;  // and how far it is used up
  std::string row_;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
  simdjson::dom::parser parser_;
};

class PathSource : public PageSource {
 public:
  explicit PathSource(std::vector<std::string> paths) {
    for (std::string& path : paths) {
      total_ += size_of(path);
      waiting_.push_back(Waiting{std::move(path), false});
    }
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
      const Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      const std::string& path = next.path;
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
      const std::string low = lower_case(path);
      if (ends_with_any(low, {".jsonl", ".ndjson"}))
        jsonl_ = std::make_unique<JsonlSource>(std::move(file), path);
      else if (ends_with_any(low, {".warc", ".warc.gz"}))
        warc_ = std::make_unique<WarcReader>(std::move(file), path);
      else if (next.listed && is_media(*file))
        left_out_.count("by their first bytes");
      else
        return whole(*file, path);
    }
  }

  std::uint64_t bytes_done() const override {
    return done_ + (jsonl_ ? jsonl_->bytes_done() : 0) + (warc_ ? warc_->bytes_done() : 0);
  }
  std::uint64_t bytes_total() const override { return total_; }
  std::string left_out() const override { return left_out_.sentence(); }

 private:
  struct Waiting {
    std::string path;
    bool listed = false;  // found in a folder, not named by the user
  };

  // Whether the file's first bytes are an image's, a font's or a recording's. The stream is wound back.
  static bool is_media(std::istream& in) {
    std::array<char, 16> head{};
    in.read(head.data(), head.size());
    const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
    const bool media = is_media_file(bytes);
    in.clear();
    in.seekg(0);
    return media;
  }

  Result<std::optional<RawPage>> whole(std::istream& in, const std::string& path) {
    auto bytes = read_all(in, path);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    bytes->shrink_to_fit();
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
      const std::string name = walk->path().filename().string();
      std::error_code ignored;
      if (walk->is_directory(ignored)) {
        if (name.starts_with('.')) {
          walk.disable_recursion_pending();
        } else if (!walk->is_symlink(ignored) && is_asset_folder(walk->path())) {
          walk.disable_recursion_pending();
          count_assets(walk->path());
        }
        continue;
      }
      if (name.starts_with('.') || !walk->is_regular_file(ignored)) continue;
      if (is_asset_name(lower_case(name)))
        left_out_.count(end_of_name(lower_case(name)));
      else
        files.push_back(walk->path().string());
    }
    if (error) return fail(ErrorCode::io, folder + ": " + error.message());
    std::sort(files.begin(), files.end());
    for (auto file = files.rbegin(); file != files.rend(); ++file) waiting_.push_front(Waiting{std::move(*file), true});
    return {};
  }

  void count_assets(const fs::path& folder) {
    std::error_code error;
    auto walk = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      std::error_code ignored;
      if (walk->is_regular_file(ignored)) left_out_.count("saved with a page");
    }
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

  std::deque<Waiting> waiting_;
  LeftOut left_out_;
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
