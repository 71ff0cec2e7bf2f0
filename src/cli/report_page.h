// The report: one self-contained HTML file to send to somebody. All that comes from pages is escaped, there is no
// script but ours, and the file's own Content-Security-Policy allows that one only, by its hash.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace chancery {

struct ReportInput {
  std::string title;
  Record record;
  // The text of a page, by its id; empty if unknown. Asked for each page that gives evidence, pages in order.
  std::function<std::string(const std::string& document)> text;
  // Ours, trusted: what stands above the rest when the page is served; ids are then links to their own page.
  std::string navigation;
};

// Equal input, equal bytes.
std::string report_page(const ReportInput& input);

// The policy under which a served page stands: our style, our script, forms that lead back to us, nothing else.
std::string served_policy();

}  // namespace chancery
