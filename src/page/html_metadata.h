// What a page says about itself in its head: JSON-LD, OpenGraph and other meta elements, microdata.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "page/dates.h"
#include "page/html_tree.h"

namespace chancery {

struct HtmlMetadata {
  std::string title;
  std::string byline;
  std::string outlet;
  std::string canonical_url;
  std::string language;
  std::string article_body;  // JSON-LD's, as text
  std::optional<CalendarDate> published;
  std::vector<CalendarDate> other_published;  // other days that the head gives, if it contradicts itself
  std::optional<CalendarDate> modified;
  bool is_weak = false;     // whether `published` comes of a name that many systems fill with the day of creation
  bool is_article = false;  // whether the head calls the page an article
  bool in_universal_time = false;  // whether `published` counts days in UTC, not where the outlet is
};

// Pure; what is malformed is passed over.
HtmlMetadata read_metadata(const HtmlHead& head);

}  // namespace chancery
