#include "page/page_support.h"

#include <fstream>
#include <sstream>

#include "base/check.h"
#include "support/data.h"

namespace chancery::test {

const PageCues& page_cues() {
  static const PageCues cues = [] {
    PageCues loaded;
    for (const char* language : {"fr", "en"}) {
      std::ifstream in(source_directory() / "languages" / language / "page.toml", std::ios::binary);
      std::ostringstream source;
      source << in.rdbuf();
      CHECK(loaded.add(language, source.str()).has_value());
    }
    return loaded;
  }();
  return cues;
}

}  // namespace chancery::test
