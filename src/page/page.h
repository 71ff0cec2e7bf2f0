// One page as the engine sees it: the text, which of it is article and which is furniture, and what the page says about
// itself. For plain text the text is the decoded file, character for character, with its furniture marked; for HTML it
// is the article that was extracted, one block a paragraph, blank line between blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/span.h"
#include "text/text.h"

namespace chancery {

class PageCues;

enum class BlockKind : std::uint8_t {
  title,
  heading,
  paragraph,
  list_item,
  caption,
  byline,
  dateline,
  boilerplate,  // navigation, consent, share bars, related links, credits: kept in the text, never analysed
};

// Whether the page tells something there. Furniture tells nothing, and who wrote a page takes no part in what it tells.
constexpr bool is_told(BlockKind kind) { return kind != BlockKind::boilerplate && kind != BlockKind::byline; }
// Whether a reader counts it to the article: a dateline on a line of its own is told, and yet is none of it.
constexpr bool is_article(BlockKind kind) { return is_told(kind) && kind != BlockKind::dateline; }

struct Block {
  Span span;  // without the line ends around it
  BlockKind kind = BlockKind::paragraph;
};

// Where on a page a metadatum was found.
enum class Witness : std::uint8_t {
  none,
  given,       // by the user, or by the row or record that holds the page
  json_ld,     // schema.org, in a script
  open_graph,  // meta elements og:… and article:…
  meta,        // other meta elements
  microdata,   // itemprop
  markup,      // other elements and their names: title, h1, time, rel
  text,        // words that a reader sees: « Publié le », « Par »
  url,
  words,  // the language, by the words of the article
};

// How a date came to be known. `text` is a visible date line of the page; `inferred` is the time room's conclusion.
enum class DateHow : std::uint8_t { metadata, url, text, given, inferred };

struct PageDate {
  std::string value;  // ISO 8601, as precise as it is known: "2025-02-18", "2025-02", "2025"
  DateHow how = DateHow::given;
  std::optional<Span> evidence;  // where the text says so, if it does
  Witness witness = Witness::none;
};

// A passage in another language than the page's.
struct ForeignPassage {
  Span span;
  std::string language;  // as Page::language
};

struct Page {
  std::string id;   // "sha256:" and 64 hexadecimal digits of the raw bytes
  std::string uri;  // where it came from: path, URL, or WARC record
  Text text;
  // In order, disjoint, none empty; what no block covers is white space, or a paragraph in another language than the
  // page's, which is in `foreign`.
  std::vector<Block> blocks;
  // In order, disjoint: foreign paragraphs, and foreign quotations of some length inside the page's own paragraphs. The
  // latter stay parts of their blocks, because the sentence around them needs them.
  std::vector<ForeignPassage> foreign;
  std::string title;
  std::string byline;  // empty if unknown; likewise outlet and canonical_url
  std::string outlet;
  std::string canonical_url;
  std::string language;               // ISO 639-1 (ISO 639-3 where the former has none), empty if unknown
  std::optional<PageDate> published;  // from metadata, URL, a visible date line, or as given
  std::optional<PageDate> modified;   // the last change that the page tells of, never before `published`
  struct {
    Witness title = Witness::none, byline = Witness::none, outlet = Witness::none, canonical_url = Witness::none,
            language = Witness::none;
  } witness;  // of those above; the dates have theirs
};

// « json-ld », « opengraph », « meta », « microdata », « markup », « text », « url », « words », « given », « none »
std::string_view name_of(Witness witness);

// No press page is larger. What is, is refused with too_large, so that the memory a page takes stays bounded: a few
// times its bytes here, and some eighty times its text in all the stages together.
inline constexpr std::size_t kMaxPageBytes = std::size_t{64} << 20;
// The longest text of one page, article and furniture together; several books.
inline constexpr std::size_t kMaxTextBytes = std::size_t{2} << 20;

struct PageOptions {
  std::string uri;
  std::string declared_charset;  // from an HTTP header; empty if unknown
  std::string published;         // an ISO 8601 date that the user vouches for; empty if none. Wins over all else
  std::string captured;  // the ISO 8601 day on which a crawl took the page; empty if unknown. No page is younger
  std::string language;  // forces the language; empty: detect
  const PageCues* cues = nullptr;  // words of all loaded packs; without them nothing language-bound is recognised
  std::size_t max_bytes = kMaxPageBytes;
  std::size_t max_text_bytes = kMaxTextBytes;
};

// Bytes to page. HTML is recognised by its tags, whatever the name of the file. Never fails for a page that holds
// text; fails as decode() does, with too_large, or with no_article. Pure: same bytes and options, same page.
Result<Page> read_page(std::string_view bytes, const PageOptions& options);

// "sha256:…" of the bytes.
std::string content_id(std::string_view bytes);

}  // namespace chancery
