// chancery export: the whole record, streamed in canonical order, so that equal records give equal bytes.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "store/store.h"
#include "wire/formats.h"
#include "wire/record_json.h"

namespace chancery {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdout) std::fclose(file);
  }
};

// Where the export goes. Remembers a failed write, so that it is reported once, at the end.
class Output {
 public:
  explicit Output(const std::string& path) : file_(path.empty() ? stdout : std::fopen(path.c_str(), "wb")) {}
  bool good() const { return file_ != nullptr && !failed_; }
  bool put(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) failed_ = true;
    return !failed_;
  }
  bool finish() { return good() && std::fflush(file_.get()) == 0; }

 private:
  std::unique_ptr<std::FILE, CloseFile> file_;
  bool failed_ = false;
};

// One array of the JSON document: "name": [ one object a line ].
template <class Row>
struct JsonArray {
  Output& out;
  std::string (*print)(const Row&);
  bool first = true;
  bool operator()(Row&& row) {
    out.put(first ? "\n" : ",\n");
    first = false;
    return out.put(print(row));
  }
};

Result<void> export_json(Store& store, Output& out) {
  out.put("{\"events\": [");
  Result<void> done = store.each_event(JsonArray<RecordedEvent>{out, event_json});
  if (done)
    out.put("],\n\"statements\": ["), done = store.each_statement(JsonArray<RecordedStatement>{out, statement_json});
  if (done)
    out.put("],\n\"commitments\": ["), done = store.each_commitment(JsonArray<Commitment>{out, commitment_json});
  if (done) out.put("],\n\"entities\": ["), done = store.each_entity(JsonArray<RecordedEntity>{out, entity_json});
  if (done)
    out.put("],\n\"documents\": ["), done = store.each_document(JsonArray<RecordedDocument>{out, document_json});
  out.put("]}\n");
  return done;
}

// One object a line, each with its "type" first.
template <class Row>
struct JsonLine {
  Output& out;
  const char* type;
  std::string (*print)(const Row&);
  bool operator()(Row&& row) {
    // The object's own brace is replaced by one that opens with the type.
    return out.put(fmt::format("{{\"type\":\"{}\",{}\n", type, std::string_view(print(row)).substr(1)));
  }
};

Result<void> export_jsonl(Store& store, Output& out) {
  Result<void> done = store.each_event(JsonLine<RecordedEvent>{out, "event", event_json});
  if (done) done = store.each_statement(JsonLine<RecordedStatement>{out, "statement", statement_json});
  if (done) done = store.each_commitment(JsonLine<Commitment>{out, "commitment", commitment_json});
  if (done) done = store.each_entity(JsonLine<RecordedEntity>{out, "entity", entity_json});
  if (done) done = store.each_document(JsonLine<RecordedDocument>{out, "document", document_json});
  return done;
}

// RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front, because pages are hostile.
std::string cell(std::string_view value) {
  std::string text(value);
  if (!text.empty() && (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@' || text[0] == '\t'))
    text.insert(text.begin(), '\'');
  if (text.find_first_of("\",\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string cells(const std::vector<std::string>& row) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + cell(row[i]);
  return out + "\r\n";
}

std::string names(const std::vector<Named>& all) {
  std::string out;
  for (const Named& one : all) out += (out.empty() ? "" : "; ") + one.name;
  return out;
}

// The events, a row each: what a person sorts and filters in a spreadsheet.
Result<void> export_csv(Store& store, Output& out) {
  out.put(cells({"id", "kind", "plover_type", "plover_mode", "status", "start", "end", "actors", "targets", "mediators",
                 "place", "according_to", "confidence", "documents", "origins", "conflicts", "document", "sentence"}));
  return store.each_event([&](RecordedEvent&& event) {
    std::string conflicts;
    for (const Conflict& one : event.conflicts) conflicts += (conflicts.empty() ? "" : "; ") + one.field;
    const bool told = !event.evidence.empty();
    return out.put(cells({event.id, event.kind, event.plover_type, event.plover_mode, event.status, event.date.start,
                          event.date.end, names(event.actors), names(event.targets), names(event.mediators),
                          event.place ? event.place->name : "", names(event.attributed_to),
                          fmt::format("{:.2f}", event.confidence), std::to_string(event.documents),
                          std::to_string(event.origins), conflicts, told ? event.evidence.front().document : "",
                          told ? event.evidence.front().sentence_text : ""}));
  });
}

Result<KnownEntities> known_entities(Store& store) {
  KnownEntities out;
  const auto done = store.each_entity([&](RecordedEntity&& one) {
    std::string id = one.id;
    out.emplace(std::move(id), std::move(one));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return out;
}

std::string title_of(const std::string& record) {
  const std::string name = record.substr(record.find_last_of('/') + 1);
  return name.substr(0, name.find_last_of('.'));
}

Result<std::unique_ptr<EventWriter>> writer_of(Store& store, const ExportOptions& options) {
  if (options.format == "ics") return calendar_writer();
  if (options.format == "timelinejs") return timeline_writer(title_of(options.record));
  auto entities = known_entities(store);
  if (!entities) return tl::unexpected(entities.error());
  if (options.format == "plover") return plover_writer(std::move(*entities));
  if (options.format == "gexf") return graph_writer(std::move(*entities));
  return turtle_writer(std::move(*entities));
}

// One of the formats of wire/formats.h.
Result<void> export_events(Store& store, Output& out, const ExportOptions& options) {
  auto writer = writer_of(store, options);
  if (!writer) return tl::unexpected(writer.error());
  out.put((*writer)->head());
  auto done = store.each_event([&](RecordedEvent&& event) { return out.put((*writer)->event(event)); });
  out.put((*writer)->foot());
  return done;
}

Result<void> export_as(Store& store, Output& out, const ExportOptions& options) {
  if (options.format == "json") return export_json(store, out);
  if (options.format == "jsonl") return export_jsonl(store, out);
  if (options.format == "csv") return export_csv(store, out);
  return export_events(store, out, options);
}

}  // namespace

int run_export(const ExportOptions& options) {
  auto store = Store::open(options.record, StoreMode::read_only);
  if (!store) {
    say(store.error());
    return kWrongUse;
  }
  Output out(options.output);
  if (!out.good()) {
    say(Error{ErrorCode::io, options.output});
    return kWrongUse;
  }
  const auto done = export_as(*store, out, options);
  if (!done) {
    say(done.error());
    return kSomePagesFailed;
  }
  if (!out.finish()) {
    say(Error{ErrorCode::io, options.output.empty() ? "standard output" : options.output});
    return kSomePagesFailed;
  }
  return kDone;
}

}  // namespace chancery
