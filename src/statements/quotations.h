// Where a page's quotation marks stand and which belong together: « », “ ”, „ “, ‹ ›, ‘ ’, ", '' and ', nested,
// mixed, left open, closed twice, carried over paragraphs. Pure characters: what a quotation means (words said, a
// title, irony) is decided elsewhere.
#pragma once

#include <cstdint>
#include <vector>

#include "page/page.h"
#include "text/span.h"

namespace chancery::speech {

struct Quotation {
  Span outer;  // with its marks; without the closing one if the page forgot it
  Span inner;  // between the marks, without white space
  std::uint32_t first_block = 0, last_block = 0;
  std::uint8_t depth = 0;  // 0: not inside another quotation
  bool repaired = false;   // a mark was missing or wrong
};

struct QuotationOptions {
  std::uint32_t max_paragraphs = 6;  // over which a quotation may go on
};

// In text order of their openings; quotations of depth 0 are disjoint. Linear in the length of the page.
std::vector<Quotation> find_quotations(const Page& page, const QuotationOptions& options = {});

}  // namespace chancery::speech
