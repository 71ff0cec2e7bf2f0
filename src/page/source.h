// Where pages come from: files, folders (sorted by path, so the order is stable), standard input, JSONL, WARC. A source
// hands out raw pages one at a time and never holds more than one in memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "page/page.h"

namespace chancery {

// Raw bytes of one page with what its container says about it.
struct RawPage {
  std::string bytes;
  std::string uri;
  std::string declared_charset;  // from a WARC or HTTP header
  std::string published;         // the "published" of a JSONL row
  std::string title;             // likewise, or empty
  std::string captured;          // the day of a WARC record
  std::string language;
};

class PageSource {
 public:
  virtual ~PageSource() = default;
  // The next page; nullopt at the end; an error names the page it concerns, and the next call goes on behind it.
  virtual Result<std::optional<RawPage>> next() = 0;
  // Bytes consumed and bytes expected in all (0 if unknown), for the progress bar.
  virtual std::uint64_t bytes_done() const = 0;
  virtual std::uint64_t bytes_total() const = 0;
  // The files of folders that were passed over so far because they are no pages, in a sentence for the user; empty if
  // there were none. « 9 files that are no pages left out: .css 2, .js 3, saved with a page 4 »
  virtual std::string left_out() const { return {}; }
};

// Opens paths in the order given: a file, a folder (recursively), "-" for standard input. Of a folder hidden files are
// left out, and what browsers save beside a page: scripts, styles, images, fonts, media by their names' ends or first
// bytes, and folders such as « Titre_fichiers » beside « Titre.html ». Links to folders are not followed.
// .jsonl and .ndjson are read row by row, .warc and .warc.gz record by record. A path that does not exist is an error
// from next(), not here. A page, a row or a record of more than kMaxPageBytes is an error of its own.
std::unique_ptr<PageSource> open_pages(std::vector<std::string> paths);

}  // namespace chancery
