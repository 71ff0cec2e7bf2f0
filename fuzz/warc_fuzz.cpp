// Any bytes as a WARC file, plain or gzipped. It must come to its end, and every page it gives must have bytes and a
// name.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>

#include "base/check.h"
#include "page/warc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto in = std::make_unique<std::istringstream>(std::string(reinterpret_cast<const char*>(data), size));
  chancery::WarcReader reader(std::move(in), "fuzz.warc");
  for (std::size_t i = 0;; ++i) {
    const auto page = reader.next();
    CHECK(i <= size);  // every step takes at least a byte
    if (!page) continue;
    if (!*page) break;
    CHECK(!(**page).bytes.empty());
    CHECK(!(**page).uri.empty());
  }
  return 0;
}
