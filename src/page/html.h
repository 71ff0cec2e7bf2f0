// HTML to the text of its article, and what its head says of it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "page/page.h"

namespace chancery {

// Whether the bytes (decoded, or at least ASCII-compatible) begin as an HTML page does.
bool looks_like_html(std::string_view bytes);
// The charset that a meta element of the first 4 KiB declares; empty if none.
std::string charset_of_html(std::string_view bytes);

// Fills text, blocks, title, byline, outlet, canonical_url, language and published from the page's markup. Fails with
// no_article when nothing of it is one.
Result<void> read_html(std::string_view html, const PageOptions& options, Page& page);

}  // namespace chancery
