// chancery add: pages into a record, a few hundred in a transaction, so a run can be stopped at any moment and
// repeated: pages that the record has are recognised by their bytes and skipped.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

#include "cli/commands.h"
#include "cli/data_path.h"
#include "cli/pipeline.h"
#include "cli/terminal.h"
#include "page/source.h"
#include "record/facts.h"
#include "store/store.h"

namespace chancery {
namespace {

struct Tally {
  std::uint64_t added = 0;
  std::uint64_t known = 0;
  std::uint64_t unreadable = 0;
};

// The message that ends a run: what was done, what was not.
std::string summary(const Tally& tally, const std::string& record) {
  std::string text = fmt::format("{} page{} added to {}", tally.added, tally.added == 1 ? "" : "s", record);
  if (tally.known > 0) text += fmt::format(", {} known already", tally.known);
  if (tally.unreadable > 0) text += fmt::format(", {} could not be read", tally.unreadable);
  return text;
}

}  // namespace

int run_add(const AddOptions& options) {
  auto reader = open_reader(options.input.knowledge);
  if (!reader) {
    say(reader.error());
    return kWrongUse;
  }
  auto store = Store::open(options.record, StoreMode::create);
  if (!store) {
    say(store.error());
    return kWrongUse;
  }
  // Standard input may keep us waiting with pages in hand; files do not.
  constexpr std::size_t kTogether = 512;
  const auto& inputs = options.input.pages;
  if (std::find(inputs.begin(), inputs.end(), "-") == inputs.end()) store->save_together(kTogether);
  auto source = open_pages(options.input.pages);
  Tally tally;
  Progress progress("Reading");
  std::optional<Error> broken;  // the record itself: going on would lose pages

  const std::function<PreparedPage(Reading)> make = [&](Reading reading) {
    return PreparedPage(facts_of(reading, (*reader)->knowledge()));
  };
  const Consume<PreparedPage> consume = [&](const PipelineItem& item, Result<PreparedPage> page) {
    if (!page) {
      progress.clear();
      say(page.error());
      ++tally.unreadable;
      return true;
    }
    auto saved = store->save(*page);
    if (!saved) {
      broken = saved.error();
      return false;
    }
    ++(*saved == Saved::known ? tally.known : tally.added);
    progress.update(item.bytes_done, item.bytes_total, tally.added + tally.known);
    return true;
  };
  run_pipeline<PreparedPage>(*source, **reader, pipeline_options(options.input), make, consume);
  progress.clear();
  if (!broken) {
    Progress merging("Merging");
    const auto settled =
        store->settle([&](std::uint64_t done, std::uint64_t total) { merging.update(done, total, done); });
    if (!settled) broken = settled.error();
  }
  if (broken) {
    say(*broken);
    return kSomePagesFailed;
  }
  say(summary(tally, options.record));
  return tally.unreadable == 0 ? kDone : kSomePagesFailed;
}

}  // namespace chancery
