// Placeholder until the HTML reader lands: recognises HTML and says that it is not read yet.
#include "page/html.h"

namespace chancery {
bool looks_like_html(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  return head.find("<html") != std::string_view::npos || head.find("<!DOCTYPE") != std::string_view::npos ||
         head.find("<!doctype") != std::string_view::npos || head.find("<HTML") != std::string_view::npos;
}
std::string charset_of_html(std::string_view) { return {}; }
Result<void> read_html(std::string_view, const PageOptions&, Page&) { return fail(ErrorCode::unsupported, "HTML"); }
}  // namespace chancery
