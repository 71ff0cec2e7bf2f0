// chancery report: the record as one page to send to somebody.
#include <fstream>
#include <string>
#include <utility>

#include "cli/commands.h"
#include "cli/report_page.h"
#include "cli/terminal.h"
#include "store/store.h"

namespace chancery {
namespace {

Result<Record> whole_record(Store& store) {
  Record record;
  const auto into = [](auto& rows) {
    return [&rows](auto&& row) {
      rows.push_back(std::forward<decltype(row)>(row));
      return true;
    };
  };
  Result<void> done = store.each_event(into(record.events));
  if (done) done = store.each_statement(into(record.statements));
  if (done) done = store.each_commitment(into(record.commitments));
  if (done) done = store.each_document(into(record.documents));
  if (!done) return tl::unexpected(done.error());
  return record;
}

std::string title_of(const ReportOptions& options) {
  if (!options.title.empty()) return options.title;
  std::string name = options.record.substr(options.record.find_last_of('/') + 1);
  return name.substr(0, name.find_last_of('.'));
}

}  // namespace

int run_report(const ReportOptions& options) {
  auto store = Store::open(options.record, StoreMode::read_only);
  if (!store) {
    say(store.error());
    return kWrongUse;
  }
  auto record = whole_record(*store);
  if (!record) {
    say(record.error());
    return kSomePagesFailed;
  }
  const auto text = [&](const std::string& document) { return store->text(document).value_or(std::string()); };
  std::ofstream out(options.output, std::ios::binary);
  out << report_page({title_of(options), std::move(*record), text, {}});
  out.close();
  if (!out) {
    say(Error{ErrorCode::io, options.output});
    return kWrongUse;
  }
  say("report written to " + options.output);
  return kDone;
}

}  // namespace chancery
