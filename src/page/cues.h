// The words that give furniture away, of all loaded languages at once, because a page is cleaned before its language
// is known: line openers such as « Lire aussi », consent phrases, « Publié le », month names, and the commonest words
// by which a language is recognised. Read from languages/<code>/page.toml; docs/language-pack.md gives the keys.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace chancery {

// Immutable after loading; may be shared between threads.
class PageCues {
 public:
  PageCues();
  ~PageCues();
  PageCues(PageCues&&) noexcept;
  PageCues& operator=(PageCues&&) noexcept;

  // Adds one language's page.toml, given its contents. Fails with malformed, naming the line.
  Result<void> add(std::string_view language, std::string_view toml);

  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  std::unique_ptr<Tables> tables_;
};

}  // namespace chancery
