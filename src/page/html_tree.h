// A page's elements as far as they matter to find the article: the block elements with what their markup says of them,
// and the runs of text between block boundaries, white space collapsed as a browser does. Formatting elements leave no
// trace but the length of links.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "page/html_tokens.h"
#include "text/span.h"

namespace chancery {

// What an element's own tag, class, id and role say; on a node also what its ancestors say.
enum Hint : std::uint32_t {
  kHidden = 1U << 0,      // not shown
  kSuspect = 1U << 1,     // named as furniture: navigation, sharing, related links, advertising …
  kTalk = 1U << 2,        // readers' comments
  kBodyHint = 1U << 3,    // named as the article's text
  kArticleTag = 1U << 4,  // <article> or <main>
  kInCaption = 1U << 5,
  kInQuote = 1U << 6,
  kInList = 1U << 7,
  kInTable = 1U << 8,
  kInPre = 1U << 9,
  kBylineHint = 1U << 10,
  kDateHint = 1U << 11,
  kTitleHint = 1U << 12,
  kInHeader = 1U << 13,  // the header of the page or of the article
  kInLink = 1U << 14,
  kMetaHint = 1U << 15,  // the line of author, date and section
};
// Those that concern everything below the element.
inline constexpr std::uint32_t kInherited = kHidden | kSuspect | kTalk | kBodyHint | kInCaption | kInQuote | kInList |
                                            kInTable | kInPre | kBylineHint | kDateHint | kInHeader | kMetaHint;

struct HtmlNode {
  std::uint32_t parent = 0;  // index; the root is its own parent
  Tag tag = Tag::other;
  std::uint32_t own = 0;    // hints of the element itself
  std::uint32_t hints = 0;  // with the inherited ones
};

struct HtmlBlock {
  Span span;                       // in HtmlTree::text
  std::uint32_t node = 0;          // the innermost block element
  std::uint32_t link_bytes = 0;    // of the text that is in links
  std::uint32_t strong_bytes = 0;  // in bold
};

struct TimeElement {
  std::string_view datetime;  // raw attribute, maybe empty
  Span text;                  // what it shows, in HtmlTree::text
  std::uint32_t node = 0;
  bool published = false;  // its markup says that it is the day of publication
  bool updated = false;    // or of the last change
  bool microdata = false;  // and says so by itemprop
};

// What stands in an element that is named or marked as the author.
struct AuthorElement {
  Span text;  // in HtmlTree::text
  std::uint32_t node = 0;
  bool marked = false;  // by rel or itemprop, which say more than a class
};

struct HtmlHead {
  std::string title;
  std::string language;
  std::string canonical;
  std::vector<std::pair<std::string, std::string>> metas;  // name, property or itemprop in lower case; content
  std::vector<std::string_view> json_ld;
};

struct HtmlTree {
  std::vector<HtmlNode> nodes;    // in document order, so a parent comes before its children
  std::vector<HtmlBlock> blocks;  // in document order
  std::string text;
  std::vector<TimeElement> times;
  std::vector<AuthorElement> authors;
  HtmlHead head;
};

// Linear in the page's length; memory is bounded by a small multiple of it. Any bytes give a tree.
HtmlTree parse_html(std::string_view html);

// What an element's markup says.
std::uint32_t hints_of(Tag tag, const Attributes& attributes);

}  // namespace chancery
