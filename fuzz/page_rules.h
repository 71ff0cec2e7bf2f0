// What must hold of every page that read_page() gives, for the fuzz targets to check.
#pragma once

#include "base/check.h"
#include "page/page.h"
#include "text/unicode.h"

namespace chancery {

inline void check_blank(const Text& text, Span span) {
  for (std::uint32_t at = span.begin; at < span.end;) CHECK(is_space(next_code_point(text.bytes(), at)));
}

// Blocks ordered, disjoint, on code points, none empty; beside them and foreign paragraphs nothing but white space.
inline void check_page(const Page& page) {
  std::uint32_t end = 0;
  std::size_t foreign = 0;
  const auto check_span = [&](Span span) {
    CHECK(!span.empty());
    CHECK(span.begin >= end);
    CHECK(span.end <= page.text.size());
    CHECK(page.text.is_boundary(span.begin));
    CHECK(page.text.is_boundary(span.end));
    check_blank(page.text, Span{end, span.begin});
    end = span.end;
  };
  // A foreign passage is a paragraph before the block, or a quotation inside of it.
  const auto check_foreign = [&](Span block) {
    for (; foreign < page.foreign.size() && page.foreign[foreign].span.begin < block.end; ++foreign) {
      const Span span = page.foreign[foreign].span;
      CHECK(!page.foreign[foreign].language.empty());
      if (span.end <= block.begin)
        check_span(span);
      else
        CHECK(span.begin >= block.begin && span.end <= block.end);
    }
  };
  for (const Block& block : page.blocks) {
    check_foreign(block.span);
    check_span(block.span);
  }
  check_foreign(Span{page.text.size(), page.text.size()});
  check_blank(page.text, Span{end, page.text.size()});
  if (page.modified && page.published) CHECK(page.modified->value >= page.published->value);
  if (page.published && page.published->evidence) CHECK(page.published->evidence->end <= page.text.size());
  CHECK(page.id.size() == 71);
}

}  // namespace chancery
