// Who publishes a page of plain text, by what the page prints of it: the line of rights, the masthead, the line that
// dates it, the agency of its dateline. A name is believed only with such evidence; a topic above a title looks alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/cue_tables.h"
#include "text/span.h"

namespace chancery {

struct ImprintLine {
  Span span;
  bool furniture = false;  // or a byline
  bool head = false;       // above the title
  bool tail = false;       // behind the article
  bool caption = false;
};

// Empty where the page does not tell. Who wrote the page (`byline`) is no outlet, though the rights may be his.
std::string outlet_of(std::string_view text, const std::vector<ImprintLine>& lines, const PageCues::Tables& tables,
                      std::string_view byline);

}  // namespace chancery
