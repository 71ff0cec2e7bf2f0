// What must hold of every page that read_page() gives, for the fuzz targets to check.
#pragma once

#include "base/check.h"
#include "page/page.h"
#include "text/unicode.h"

namespace chancery {

inline void check_blank(const Text& text, Span span) {
  for (std::uint32_t at = span.begin; at < span.end;) CHECK(is_space(next_code_point(text.bytes(), at)));
}

// Blocks ordered, disjoint, on code points, none empty; nothing but white space outside of them.
inline void check_page(const Page& page) {
  std::uint32_t end = 0;
  for (const Block& block : page.blocks) {
    CHECK(!block.span.empty());
    CHECK(block.span.begin >= end);
    CHECK(block.span.end <= page.text.size());
    CHECK(page.text.is_boundary(block.span.begin));
    CHECK(page.text.is_boundary(block.span.end));
    check_blank(page.text, Span{end, block.span.begin});
    end = block.span.end;
  }
  check_blank(page.text, Span{end, page.text.size()});
  if (page.published && page.published->evidence) CHECK(page.published->evidence->end <= page.text.size());
  CHECK(page.id.size() == 71);
}

}  // namespace chancery
