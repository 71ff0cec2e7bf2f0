// The door of the room: decode, tell HTML from plain text, and let what the user vouches for win over what was found.
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "page/cue_tables.h"
#include "page/dates.h"
#include "page/furniture.h"
#include "page/html.h"
#include "page/languages.h"
#include "page/page.h"

namespace chancery {
namespace {

// A script, a style sheet or a table of data, and no text that anybody wrote to be read: of prose not one sign in a
// hundred is of these.
bool is_code(std::string_view text) {
  constexpr std::size_t kSample = std::size_t{2} << 10;
  text = text.substr(0, kSample);
  static constexpr std::array<bool, 256> kSigns = [] {
    std::array<bool, 256> signs{};
    for (const char c : std::string_view("{};=<>|&\\")) signs[static_cast<unsigned char>(c)] = true;
    return signs;
  }();
  std::size_t signs = 0;
  char previous = 0;
  for (const char c : text) {
    // A ruled line is no code.
    signs += static_cast<std::size_t>(kSigns[static_cast<unsigned char>(c)]) & static_cast<std::size_t>(c != previous);
    previous = c;
  }
  return text.size() >= 200 && signs * 25 > text.size();
}

void read_plain_text(const PageCues::Tables& cues, Page& page) {
  CleanText clean = clean_text(page.text, cues);
  page.blocks = std::move(clean.blocks);
  page.title = std::move(clean.title);
  page.byline = std::move(clean.byline);
  page.outlet = std::move(clean.outlet);
  page.language = std::move(clean.language);
  page.published = std::move(clean.published);
  page.modified = std::move(clean.modified);
  if (!page.title.empty()) page.witness.title = Witness::text;
  if (!page.byline.empty()) page.witness.byline = Witness::text;
  if (!page.outlet.empty()) page.witness.outlet = Witness::text;
  if (!page.language.empty()) page.witness.language = Witness::words;
  part_foreign(cues, clean.shown, page);
}

// « 52.4 MB of text, at most 2.0 MB are read »
tl::unexpected<Error> too_large(std::size_t bytes, std::size_t most, std::string_view what) {
  // Rounded up to a tenth, so that no two sizes look alike where one is too large.
  const auto megabytes = [](std::size_t n) {
    const std::size_t tenths = (n * 10 + (std::size_t{1} << 20) - 1) >> 20;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB ";
  };
  return fail(ErrorCode::too_large, megabytes(bytes) + std::string(what) + ", at most " + megabytes(most) + "are read");
}

// A day after the one on which the page was taken is another's: an event's, or a clock's that was wrong. The crawl
// counts in universal time, so one day later may be the outlet's same day.
bool is_after_capture(const std::string& value, const std::string& captured) {
  const auto of_page = date_from_value(value), of_crawl = date_from_value(captured);
  if (!of_page || !of_crawl || !of_page->is_day() || !of_crawl->is_day()) return false;
  return days_between(*of_crawl, *of_page) > 1;
}

void drop_future(const PageOptions& options, Page& page) {
  if (options.captured.empty()) return;
  if (page.published && is_after_capture(page.published->value, options.captured)) page.published.reset();
  if (page.modified && is_after_capture(page.modified->value, options.captured)) page.modified.reset();
  if (!page.published && page.modified) page.published = page.modified;
}

void settle_date(const PageOptions& options, Page& page) {
  if (!options.published.empty()) {
    page.published = PageDate{options.published, DateHow::given, std::nullopt, Witness::given};
    return;
  }
  drop_future(options, page);
  if (page.published && page.published->value.size() == 10) return;
  const std::string& url = page.canonical_url.empty() ? options.uri : page.canonical_url;
  const auto found = date_from_url(url);
  if (found && (!page.published || found->is_day()) && !is_after_capture(found->iso(), options.captured))
    page.published = PageDate{found->iso(), DateHow::url, std::nullopt, Witness::url};
}

// A page is not changed before it is published.
void settle_modified(Page& page) {
  if (page.modified && page.published && page.modified->value < page.published->value) page.modified.reset();
}

}  // namespace

std::string_view name_of(Witness witness) {
  switch (witness) {
    case Witness::none:
      return "none";
    case Witness::given:
      return "given";
    case Witness::json_ld:
      return "json-ld";
    case Witness::open_graph:
      return "opengraph";
    case Witness::meta:
      return "meta";
    case Witness::microdata:
      return "microdata";
    case Witness::markup:
      return "markup";
    case Witness::text:
      return "text";
    case Witness::url:
      return "url";
    case Witness::words:
      return "words";
  }
  return "none";
}

std::string content_id(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id = "sha256:";
  for (unsigned int i = 0; i < size; ++i) {
    id += kHex[digest[i] >> 4];
    id += kHex[digest[i] & 15];
  }
  return id;
}

Result<Page> read_page(std::string_view bytes, const PageOptions& options) {
  if (bytes.size() > options.max_bytes) return too_large(bytes.size(), options.max_bytes, "of page");
  const bool html = looks_like_html(bytes);
  std::string charset = options.declared_charset;
  if (html && charset.empty()) charset = charset_of_html(bytes);
  Result<Text> text = decode(bytes, charset);
  if (!text) return tl::unexpected<Error>(text.error());
  Page page;
  page.id = content_id(bytes);
  page.uri = options.uri;
  if (html || looks_like_html(text->bytes().substr(0, 4096))) {
    const auto read = read_html(text->bytes(), options, page);
    if (!read) return tl::unexpected<Error>(read.error());
    if (page.text.size() > options.max_text_bytes)
      return too_large(page.text.size(), options.max_text_bytes, "of text");
  } else {
    if (text->size() > options.max_text_bytes) return too_large(text->size(), options.max_text_bytes, "of text");
    if (is_code(text->bytes())) return fail(ErrorCode::no_article, "a script, a style sheet or a table of data");
    page.text = std::move(*text);
    static const PageCues no_cues;
    read_plain_text((options.cues != nullptr ? *options.cues : no_cues).tables(), page);
  }
  if (!options.language.empty()) {
    page.language = options.language;
    page.witness.language = Witness::given;
  }
  settle_date(options, page);
  settle_modified(page);
  return page;
}

}  // namespace chancery
