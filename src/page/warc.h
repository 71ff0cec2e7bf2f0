// WARC files (ISO 28500), plain or gzipped record by record, as a stream of pages: the HTML and text of response,
// resource and conversion records. Memory holds one record.
#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "page/source.h"

namespace chancery {

class WarcReader {
 public:
  // Whether the stream is gzipped shows by its first bytes.
  WarcReader(std::unique_ptr<std::istream> in, std::string name);
  ~WarcReader();
  // The next page. Records of other kinds, and bodies that are neither HTML nor text, are passed over. A broken record
  // is an error that names it; behind a broken compression nothing can be read, and the error says so.
  Result<std::optional<RawPage>> next();
  std::uint64_t bytes_done() const;

 private:
  class Inflater;
  Result<std::string> read_header();
  static bool unwrap_response(std::string& block, std::string& content_type);
  // The error, after which nothing more is read.
  tl::unexpected<Error> stop(ErrorCode code, const std::string& what);

  std::unique_ptr<Inflater> in_;
  std::string name_;
  std::uint64_t records_ = 0;
  bool ended_ = false;
};

}  // namespace chancery
