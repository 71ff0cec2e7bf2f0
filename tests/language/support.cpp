#include "support.h"

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>

#include "support/data.h"

namespace chancery::test {

const LanguagePack& pack_of(const std::string& language) {
  static std::map<std::string, std::shared_ptr<const LanguagePack>> packs;
  std::shared_ptr<const LanguagePack>& pack = packs[language];
  if (!pack) {
    auto loaded = LanguagePack::load(data_directory() / "languages" / language);
    if (!loaded) throw std::runtime_error(loaded.error().message());
    pack = *loaded;
  }
  return *pack;
}

Page page_of(const std::string& text) {
  Page page;
  page.text = Text(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const Span line{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    if (end > at) page.blocks.push_back({line, BlockKind::paragraph});
    at = end + 1;
  }
  return page;
}

}  // namespace chancery::test
