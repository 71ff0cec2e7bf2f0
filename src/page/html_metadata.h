// What a page says about itself in its head: JSON-LD, OpenGraph and other meta elements, microdata.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "page/dates.h"
#include "page/html_tree.h"
#include "page/page.h"

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
  // Where each was found.
  Witness title_in = Witness::none, byline_in = Witness::none, outlet_in = Witness::none, url_in = Witness::none,
          language_in = Witness::none, published_in = Witness::none, modified_in = Witness::none;
};

// Pure; what is malformed is passed over.
HtmlMetadata read_metadata(const HtmlHead& head);

// The outlet that a head's title names behind (or before) the page's own title: « Le titre | Le Courrier »; empty if
// it names none.
std::string outlet_of_title(const HtmlHead& head, std::string_view page_title);

}  // namespace chancery
