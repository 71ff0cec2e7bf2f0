// The .case files of the page room: a page goes in, its blocks, title, byline, language and date come out.
#include <fstream>
#include <sstream>

#include "page/cues.h"
#include "page/page.h"
#include "page/page_support.h"
#include "support/case_file.h"

namespace chancery {
namespace {

const char* name(BlockKind kind) {
  switch (kind) {
    case BlockKind::title:
      return "title";
    case BlockKind::heading:
      return "heading";
    case BlockKind::paragraph:
      return "paragraph";
    case BlockKind::list_item:
      return "list item";
    case BlockKind::caption:
      return "caption";
    case BlockKind::byline:
      return "byline";
    case BlockKind::dateline:
      return "dateline";
    case BlockKind::boilerplate:
      return "furniture";
  }
  return "?";
}

const char* name(DateHow how) {
  switch (how) {
    case DateHow::metadata:
      return "metadata";
    case DateHow::url:
      return "url";
    case DateHow::text:
      return "text";
    case DateHow::given:
      return "given";
    case DateHow::inferred:
      return "inferred";
  }
  return "?";
}

std::string in_words(const Page& page, const PageDate& date) {
  std::string out = date.value + " (" + name(date.how) + ")";
  if (date.evidence) out += " <" + std::string(page.text[*date.evidence]) + ">";
  return out + "\n";
}

std::string dump(const test::Case& one, const std::string&) {
  PageOptions options;
  options.cues = &test::page_cues();
  options.uri = one.option("uri");
  options.published = one.option("published");
  const auto page = read_page(one.input, options);
  if (!page) return "error: " + page.error().message();
  std::string out = "language: " + page->language + "\n";
  if (!page->title.empty()) out += "title: " + page->title + "\n";
  if (!page->byline.empty()) out += "byline: " + page->byline + "\n";
  if (!page->outlet.empty()) out += "outlet: " + page->outlet + "\n";
  if (!page->canonical_url.empty()) out += "url: " + page->canonical_url + "\n";
  if (page->published) out += "published: " + in_words(*page, *page->published);
  if (page->modified) out += "modified: " + in_words(*page, *page->modified);
  for (const ForeignPassage& passage : page->foreign)
    out += "in " + passage.language + ": " + std::string(page->text[passage.span]) + "\n";
  for (const Block& block : page->blocks)
    out += std::string(name(block.kind)) + " | " + std::string(page->text[block.span]) + "\n";
  return out;
}

const bool cases = test::register_cases("page", dump);

}  // namespace
}  // namespace chancery
