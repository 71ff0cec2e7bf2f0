// chancery verify: every fact against the characters of its page.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "store/store.h"

namespace chancery {

int run_verify(const VerifyOptions& options) {
  auto store = Store::open(options.record, StoreMode::read_only);
  if (!store) {
    say(store.error());
    return kWrongUse;
  }
  const auto checked = store->verify([&](const std::string& uri, const std::string& fault) {
    if (!fault.empty()) {
      const std::string line = printable(uri + ": " + fault) + "\n";
      std::fwrite(line.data(), 1, line.size(), stdout);
    }
    return true;
  });
  if (!checked) {
    say(checked.error());
    return kSomePagesFailed;
  }
  const std::uint64_t pages = checked->pages;
  if (checked->faults == 0) {
    say(fmt::format("every fact of {} page{} stands in its text", pages, pages == 1 ? "" : "s"));
    return kDone;
  }
  say(fmt::format("{} fault{} in {} page{}", checked->faults, checked->faults == 1 ? "" : "s", pages,
                  pages == 1 ? "" : "s"));
  return kSomePagesFailed;
}

}  // namespace chancery
