// Any bytes as an HTML page, and as plain text: the first byte chooses. The page that comes out is walked.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include "page/cues.h"
#include "page_rules.h"

namespace {

const chancery::PageCues& cues() {
  static const chancery::PageCues loaded = [] {
    chancery::PageCues made;
    for (const char* language : {"fr", "en"}) {
      std::ifstream in(std::string(CHANCERY_SOURCE "/languages/") + language + "/page.toml", std::ios::binary);
      std::ostringstream toml;
      toml << in.rdbuf();
      CHECK(made.add(language, toml.str()).has_value());
    }
    return made;
  }();
  return loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  chancery::PageOptions options;
  options.cues = (data[0] & 2) != 0 ? nullptr : &cues();
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if ((data[0] & 1) == 0) bytes = "<html>" + bytes;
  const auto page = chancery::read_page(bytes, options);
  if (page) chancery::check_page(*page);
  return 0;
}
