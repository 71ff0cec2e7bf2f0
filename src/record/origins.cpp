// Who told it first: pages that print one text, that come from one outlet, or that name one first teller are joined,
// and what is left over is counted.
#include <algorithm>
#include <map>
#include <numeric>

#include "record/record.h"
#include "text/fold.h"

namespace chancery {
namespace {

class Groups {
 public:
  std::size_t add(const std::string& label) {
    const auto [at, fresh] = numbers_.try_emplace(label, parents_.size());
    if (fresh) parents_.push_back(parents_.size());
    return at->second;
  }
  void join(std::size_t a, std::size_t b) { parents_[root(a)] = root(b); }
  std::size_t root(std::size_t at) {
    while (parents_[at] != at) at = parents_[at] = parents_[parents_[at]];
    return at;
  }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::size_t> parents_;
};

std::string teller(std::string_view name) { return "teller " + fold(name); }

// A page that vouches for itself is known by its outlet, one that names a teller by the first that it names.
std::string label_of(const Evidence& evidence, const OriginPage& page) {
  if (!evidence.attributed_to.empty()) return teller(evidence.attributed_to.front().name);
  return page.outlet.empty() ? "text " + page.same_text_as : teller(page.outlet);
}

}  // namespace

std::uint32_t count_origins(std::span<const Evidence> evidence, std::span<const OriginPage> pages) {
  Groups groups;
  std::vector<std::size_t> used;
  for (const Evidence& one : evidence) {
    const auto page = std::lower_bound(pages.begin(), pages.end(), one.document,
                                       [](const OriginPage& a, const std::string& id) { return a.document < id; });
    if (page == pages.end() || page->document != one.document) continue;
    const std::size_t text = groups.add("text " + page->same_text_as);
    groups.join(text, groups.add(label_of(one, *page)));
    used.push_back(text);
  }
  for (std::size_t& one : used) one = groups.root(one);
  std::sort(used.begin(), used.end());
  return static_cast<std::uint32_t>(std::unique(used.begin(), used.end()) - used.begin());
}

}  // namespace chancery
