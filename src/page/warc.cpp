// Records are read one after the other out of a window of input, inflated on the way if the file is gzipped. A record
// that is no page is passed over without being kept. Sizes that a record claims are believed only up to a limit, so
// neither a wrong length nor a bomb takes more memory than one page may have.
#include "page/warc.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "page/html.h"

namespace chancery {
namespace {

constexpr std::size_t kWindow = std::size_t{64} << 10;
constexpr std::size_t kMaxHeader = std::size_t{64} << 10;
constexpr std::size_t kMaxBody = kMaxPageBytes;      // of a page, as it lies in the record
constexpr std::size_t kMaxInflated = kMaxPageBytes;  // and once its own compression is undone
constexpr const char* kTooLarge = ": more than 64 MB";
static_assert(kMaxPageBytes == std::size_t{64} << 20, "the message says so");

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower_case(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), lower);
  return low;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// Header lines "Name: value", names in lower case; the first of a name counts.
class Headers {
 public:
  explicit Headers(std::string_view block) {
    std::size_t at = 0;
    while (at < block.size() && fields_.size() < 200) {
      const std::size_t end = std::min(block.find('\n', at), block.size());
      const std::string_view line = block.substr(at, end - at);
      const std::size_t colon = line.find(':');
      if (colon != std::string_view::npos)
        fields_.emplace_back(lower_case(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
      at = end + 1;
    }
  }
  std::string_view operator[](std::string_view name) const {
    for (const auto& [key, value] : fields_)
      if (key == name) return value;
    return {};
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// The number at the head of `text`, or nothing.
std::optional<std::uint64_t> number_in(std::string_view text, int base) {
  std::uint64_t value = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    const char low = lower(c);
    int digit = -1;
    if (low >= '0' && low <= '9')
      digit = low - '0';
    else if (base == 16 && low >= 'a' && low <= 'f')
      digit = low - 'a' + 10;
    if (digit < 0) break;
    if (++digits > 15) return std::nullopt;
    value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
  }
  return digits == 0 ? std::nullopt : std::optional(value);
}

// Chunked transfer coding undone; what a broken chunk leaves readable is kept.
std::string unchunk(std::string_view body) {
  std::string out;
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t line_end = body.find('\n', at);
    if (line_end == std::string_view::npos) break;
    const auto size = number_in(trimmed(body.substr(at, line_end - at)), 16);
    if (!size) return out.empty() ? std::string(body) : out;  // it never was chunked
    if (*size == 0) break;
    at = line_end + 1;
    const std::size_t take = std::min<std::uint64_t>(*size, body.size() - at);
    out.append(body, at, take);
    at += take;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return out;
}

// gzip, zlib or raw deflate undone, up to a limit; what stands before a break is kept.
std::string inflate_body(std::string_view body, int window_bits) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  std::string out;
  std::vector<char> window(kWindow);
  int status = Z_OK;
  while (status == Z_OK && out.size() < kMaxInflated) {
    stream.next_out = reinterpret_cast<Bytef*>(window.data());
    stream.avail_out = static_cast<uInt>(window.size());
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(window.data(), window.size() - stream.avail_out);
    if (stream.avail_in == 0 && stream.avail_out != 0) break;
  }
  inflateEnd(&stream);
  return out;
}

constexpr int kGzipOrZlib = 15 + 32;
constexpr int kRawDeflate = -15;

std::string decompress(std::string body, std::string_view encoding) {
  if (encoding.find("gzip") != std::string_view::npos || encoding.find("deflate") != std::string_view::npos) {
    std::string plain = inflate_body(body, kGzipOrZlib);
    if (plain.empty() && encoding.find("deflate") != std::string_view::npos) plain = inflate_body(body, kRawDeflate);
    if (!plain.empty()) return plain;  // many crawls keep the header and undo the compression
  }
  return body;
}

bool is_page_type(std::string_view type) {
  return type.find("html") != std::string_view::npos || type.find("text/plain") != std::string_view::npos;
}

std::string charset_of_type(std::string_view type) {
  const std::size_t at = type.find("charset=");
  if (at == std::string_view::npos) return {};
  std::string_view name = type.substr(at + 8, 40);
  name = name.substr(0, name.find_first_of("; "));
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == '"' || name.back() == '\'')) name.remove_suffix(1);
  return std::string(name);
}

std::size_t end_of_headers(std::string_view bytes) {
  const std::size_t crlf = bytes.find("\r\n\r\n");
  const std::size_t lf = bytes.find("\n\n");
  if (crlf != std::string_view::npos && (lf == std::string_view::npos || crlf < lf)) return crlf + 4;
  return lf == std::string_view::npos ? lf : lf + 2;
}

}  // namespace

// The file as plain bytes, through a window.
class WarcReader::Inflater {
 public:
  explicit Inflater(std::unique_ptr<std::istream> in) : in_(std::move(in)), raw_(kWindow), plain_(kWindow) {
    fill_raw();
    gzipped_ = raw_size_ >= 2 && raw_[0] == '\x1F' && raw_[1] == '\x8B';
    if (gzipped_) gzipped_open_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~Inflater() {
    if (gzipped_open_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // The next byte, or -1 at the end.
  int get() {
    if (at_ == size_ && !fill()) return -1;
    return static_cast<unsigned char>(plain_[at_++]);
  }
  int peek() {
    if (at_ == size_ && !fill()) return -1;
    return static_cast<unsigned char>(plain_[at_]);
  }
  // Takes up to `count` bytes, of which it appends up to `keep`; returns how many it took.
  std::uint64_t take(std::uint64_t count, std::size_t keep, std::string& out) {
    std::uint64_t taken = 0;
    while (taken < count) {
      if (at_ == size_ && !fill()) break;
      const std::size_t part = static_cast<std::size_t>(std::min<std::uint64_t>(count - taken, size_ - at_));
      if (out.size() < keep) out.append(plain_.data() + at_, std::min(part, keep - out.size()));
      at_ += part;
      taken += part;
    }
    return taken;
  }
  bool broken() const { return broken_; }
  std::uint64_t bytes_done() const { return done_; }

 private:
  void fill_raw() {
    in_->read(raw_.data(), static_cast<std::streamsize>(raw_.size()));
    raw_size_ = static_cast<std::size_t>(in_->gcount());
    raw_at_ = 0;
    done_ += raw_size_;
  }

  bool fill() {
    at_ = size_ = 0;
    if (!gzipped_) {
      if (raw_at_ == raw_size_) fill_raw();
      std::swap(raw_, plain_);
      raw_.resize(kWindow);
      size_ = std::exchange(raw_size_, 0);
      raw_at_ = 0;
      return size_ > 0;
    }
    while (size_ == 0 && !broken_) {
      if (raw_at_ == raw_size_) fill_raw();
      if (raw_size_ == 0) {
        broken_ = inside_member_;  // the file ends within a member
        return false;
      }
      inflate_some();
    }
    return size_ > 0;
  }

  void inflate_some() {
    stream_.next_in = reinterpret_cast<Bytef*>(raw_.data() + raw_at_);
    stream_.avail_in = static_cast<uInt>(raw_size_ - raw_at_);
    stream_.next_out = reinterpret_cast<Bytef*>(plain_.data());
    stream_.avail_out = static_cast<uInt>(plain_.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    raw_at_ = raw_size_ - stream_.avail_in;
    size_ = plain_.size() - stream_.avail_out;
    inside_member_ = status != Z_STREAM_END;
    if (status == Z_STREAM_END)
      inflateReset(&stream_);  // the next member, if any
    else if (status != Z_OK && status != Z_BUF_ERROR)
      broken_ = true;
  }

  std::unique_ptr<std::istream> in_;
  std::vector<char> raw_, plain_;
  std::size_t raw_at_ = 0, raw_size_ = 0;
  std::size_t at_ = 0, size_ = 0;
  z_stream stream_{};
  bool gzipped_ = false;
  bool gzipped_open_ = false;
  bool inside_member_ = false;
  bool broken_ = false;
  std::uint64_t done_ = 0;
};

WarcReader::WarcReader(std::unique_ptr<std::istream> in, std::string name)
    : in_(std::make_unique<Inflater>(std::move(in))), name_(std::move(name)) {}

WarcReader::~WarcReader() = default;

std::uint64_t WarcReader::bytes_done() const { return in_->bytes_done(); }

tl::unexpected<Error> WarcReader::stop(ErrorCode code, const std::string& what) {
  ended_ = true;
  return fail(code, name_ + ", record " + std::to_string(records_) + ": " + what);
}

// The header block of the next record, up to its empty line; empty at the end of the file.
Result<std::string> WarcReader::read_header() {
  while (in_->peek() == '\r' || in_->peek() == '\n') in_->get();
  std::string header;
  if (in_->peek() < 0) {
    if (in_->broken()) return stop(ErrorCode::malformed, "the compression is broken; what follows is lost");
    return header;
  }
  ++records_;
  while (header.size() < kMaxHeader) {
    const int c = in_->get();
    if (c < 0) return stop(ErrorCode::malformed, "the file ends within a record's header; the record is lost");
    header += static_cast<char>(c);
    if (header.ends_with("\r\n\r\n") || header.ends_with("\n\n")) break;
  }
  if (!header.starts_with("WARC/")) return stop(ErrorCode::malformed, "no WARC header; what follows is lost");
  return header;
}

Result<std::optional<RawPage>> WarcReader::next() {
  while (!ended_) {
    const auto header = read_header();
    if (!header) return tl::unexpected<Error>(header.error());
    if (header->empty()) break;
    const Headers headers(*header);
    const auto length = number_in(headers["content-length"], 10);
    if (!length) return stop(ErrorCode::malformed, "no length; what follows is lost");
    const std::string type = lower_case(headers["warc-type"]);
    const bool wanted = type == "response" || type == "resource" || type == "conversion";
    std::string block;
    const std::uint64_t taken = in_->take(*length, wanted ? kMaxBody : 0, block);
    if (taken < *length) {
      return stop(ErrorCode::malformed,
                  std::string(in_->broken() ? "the compression is broken" : "the file ends within the record") +
                      "; it and what follows are lost");
    }
    if (!wanted) continue;
    RawPage page;
    page.uri = std::string(headers["warc-target-uri"]);
    if (page.uri.size() > 2 && page.uri.front() == '<' && page.uri.back() == '>')
      page.uri = page.uri.substr(1, page.uri.size() - 2);
    if (page.uri.empty()) page.uri = name_ + "#" + std::to_string(records_);
    if (*length > kMaxBody) return fail(ErrorCode::too_large, page.uri + kTooLarge);
    std::string content_type = lower_case(headers["content-type"]);
    if (type == "response" && !unwrap_response(block, content_type)) continue;
    if (!is_page_type(content_type)) continue;
    page.declared_charset = charset_of_type(content_type);
    page.captured = std::string(headers["warc-date"].substr(0, 10));
    page.bytes = std::move(block);
    if (page.bytes.size() >= kMaxInflated) return fail(ErrorCode::too_large, page.uri + kTooLarge);
    page.bytes.shrink_to_fit();
    if (page.bytes.empty()) continue;
    return std::optional<RawPage>(std::move(page));
  }
  return std::optional<RawPage>();
}

// HTTP's own header off, its codings undone; false for what is no page or no success.
bool WarcReader::unwrap_response(std::string& block, std::string& content_type) {
  if (!block.starts_with("HTTP/")) return false;
  const std::size_t end = end_of_headers(block);
  if (end == std::string::npos) return false;
  const std::string head = block.substr(0, std::min(end, kMaxHeader));
  const std::size_t space = head.find(' ');
  if (space == std::string::npos || head.compare(space + 1, 1, "2") != 0) return false;
  const Headers http(head);
  content_type = lower_case(http["content-type"]);
  block.erase(0, end);
  if (content_type.empty()) content_type = looks_like_html(block) ? "text/html" : "";
  if (!is_page_type(content_type)) return false;
  if (lower_case(http["transfer-encoding"]).find("chunked") != std::string::npos) block = unchunk(block);
  block = decompress(std::move(block), lower_case(http["content-encoding"]));
  return true;
}

}  // namespace chancery
