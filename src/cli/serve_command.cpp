// chancery serve: the record in the browser, and as JSON for programs. The pages are the report's, made for what was
// asked; the record is only read, and each question sees what has been added meanwhile.
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/http_server.h"
#include "cli/phrases.h"
#include "cli/report_page.h"
#include "cli/terminal.h"
#include "store/store.h"
#include "wire/escape.h"
#include "wire/record_json.h"

namespace chancery {
namespace {

constexpr std::size_t kMostEvents = 500;  // on one page; programs get all
constexpr std::size_t kMostStatements = 500;
constexpr std::size_t kMostFound = 50;

struct Field {
  const char* name;
  const char* label;
};

// One question: its address, its fields, and where programs find it.
struct Way {
  const char* path;
  const char* label;
  std::vector<Field> fields;
};

const std::vector<Way>& ways() {
  static const std::vector<Way> kWays = {
      {"/",
       "Chronology",
       {{"actor", "actor"},
        {"with", "with"},
        {"place", "place"},
        {"kind", "kind"},
        {"from", "from"},
        {"to", "to"},
        {"as_of", "as of"}}},
      {"/statements",
       "Who said what",
       {{"by", "speaker"}, {"about", "words"}, {"from", "from"}, {"to", "to"}, {"as_of", "as of"}}},
      {"/commitments", "Commitments", {{"by", "by"}, {"to", "to"}, {"status", "status"}, {"as_of", "as of"}}},
      {"/search", "Search", {{"words", "words"}}}};
  return kWays;
}

int status_of(const Error& error) {
  return error.code == ErrorCode::not_found ? 404 : error.code == ErrorCode::wrong_use ? 400 : 500;
}

class Server {
 public:
  Server(Store& store, std::string title) : store_(store), title_(std::move(title)) {}

  HttpResponse answer(const HttpRequest& request) {
    request_ = &request;
    constexpr std::string_view kPrograms = "/api/";
    if (request.path.starts_with(kPrograms)) return answer_program(request.path.substr(kPrograms.size() - 1));
    return answer_person(request.path);
  }

 private:
  // --- What is asked ---

  std::string value(const char* name) const {
    const auto found = request_->query.find(name);
    return found == request_->query.end() ? std::string() : found->second;
  }
  template <typename Filter>
  Filter asked(std::initializer_list<std::pair<const char*, std::string Filter::*>> fields) const {
    Filter filter;
    for (const auto& [name, field] : fields) filter.*field = value(name);
    return filter;
  }
  EventFilter event_filter() const {
    using F = EventFilter;
    return asked<F>({{"actor", &F::actor},
                     {"with", &F::with},
                     {"place", &F::place},
                     {"kind", &F::kind},
                     {"from", &F::from},
                     {"to", &F::to},
                     {"as_of", &F::as_of}});
  }
  StatementFilter statement_filter() const {
    using F = StatementFilter;
    return asked<F>({{"by", &F::by}, {"about", &F::about}, {"from", &F::from}, {"to", &F::to}, {"as_of", &F::as_of}});
  }
  CommitmentFilter commitment_filter() const {
    using F = CommitmentFilter;
    return asked<F>({{"by", &F::by}, {"to", &F::to}, {"status", &F::status}, {"as_of", &F::as_of}});
  }

  // --- For programs ---

  template <class Rows, class Print>
  static HttpResponse json(const Result<Rows>& rows, Print print) {
    if (!rows) return json_error(rows.error());
    std::string body = "[";
    for (const auto& row : *rows) body += (body.size() == 1 ? "\n" : ",\n") + print(row);
    return {200, "application/json; charset=utf-8", body + "\n]\n", {}};
  }
  static HttpResponse json_error(const Error& error) {
    std::string text;
    for (const char c : error.message()) {
      if (c == '"' || c == '\\') text += '\\';
      text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return {status_of(error), "application/json; charset=utf-8", "{\"error\":\"" + text + "\"}\n", {}};
  }

  HttpResponse answer_program(const std::string& path) {
    if (path == "/timeline") return json(store_.timeline(event_filter()), event_json);
    if (path == "/statements") return json(store_.statements(statement_filter()), statement_json);
    if (path == "/commitments") return json(store_.commitments(commitment_filter()), commitment_json);
    if (path == "/search") return json(store_.search(value("words"), kMostFound), found_json);
    if (path != "/show") return json_error({ErrorCode::not_found, "/api" + path});
    const auto shown = store_.show(value("id"));
    if (!shown) return json_error(shown.error());
    return {200, "application/json; charset=utf-8", shown_json(*shown) + "\n", {}};
  }

  // --- For people ---

  HttpResponse answer_person(const std::string& path) {
    if (path == "/") return chronology();
    if (path == "/statements") return who_said();
    if (path == "/commitments") return ledger();
    if (path == "/search") return search();
    if (path == "/show") return show();
    return wrong({ErrorCode::not_found, path});
  }

  HttpResponse chronology() {
    EventFilter filter = event_filter();
    filter.limit = kMostEvents;
    auto events = store_.timeline(filter);
    if (!events) return wrong(events.error());
    const bool more = events->size() == kMostEvents;
    Record record;
    record.events = std::move(*events);
    return page(std::move(record), more ? "the first 500; ask for a person, a place or some days" : "");
  }
  HttpResponse who_said() {
    StatementFilter filter = statement_filter();
    filter.limit = kMostStatements;
    auto statements = store_.statements(filter);
    if (!statements) return wrong(statements.error());
    const bool more = statements->size() == kMostStatements;
    Record record;
    record.statements = std::move(*statements);
    return page(std::move(record), more ? "the first 500; ask for a speaker or some words" : "");
  }
  HttpResponse ledger() {
    auto commitments = store_.commitments(commitment_filter());
    if (!commitments) return wrong(commitments.error());
    Record record;
    record.commitments = std::move(*commitments);
    return page(std::move(record), "");
  }
  HttpResponse search() {
    Record record;
    const std::string words = value("words");
    if (words.empty()) return page(std::move(record), "");
    auto found = store_.search(words, kMostFound);
    if (!found) return wrong(found.error());
    std::set<std::string> seen;
    for (Found& one : *found) {
      for (RecordedEvent& event : one.events)
        if (seen.insert(event.id).second) record.events.push_back(std::move(event));
      for (RecordedStatement& statement : one.statements)
        if (seen.insert(statement.id).second) record.statements.push_back(std::move(statement));
      record.documents.push_back(std::move(one.document));
    }
    std::sort(record.events.begin(), record.events.end(),
              [](const RecordedEvent& a, const RecordedEvent& b) { return event_order(a) < event_order(b); });
    return page(std::move(record), "");
  }

  HttpResponse show() {
    auto shown = store_.show(value("id"));
    if (!shown) return wrong(shown.error());
    Record record;
    std::string below;
    std::visit([&](auto& one) { below = put(std::move(one), record); }, *shown);
    return page(std::move(record), "", below);
  }
  // Each kind of thing into the record that its page shows. Returns what stands above it.
  std::string put(RecordedEvent&& event, Record& record) {
    record.events.push_back(std::move(event));
    return {};
  }
  std::string put(RecordedStatement&& statement, Record& record) {
    record.statements.push_back(std::move(statement));
    return {};
  }
  std::string put(Commitment&& commitment, Record& record) {
    if (auto event = store_.show(commitment.event))
      if (auto* made = std::get_if<RecordedEvent>(&*event)) record.events.push_back(std::move(*made));
    record.commitments.push_back(std::move(commitment));
    return {};
  }
  std::string put(RecordedEntity&& entity, Record& record) {
    EventFilter events;
    events.actor = entity.id;
    events.limit = kMostEvents;
    if (auto found = store_.timeline(events)) record.events = std::move(*found);
    StatementFilter said;
    said.by = entity.id;
    said.limit = kMostStatements;
    if (auto found = store_.statements(said)) record.statements = std::move(*found);
    return fmt::format("<h2>{} <span class=\"badge\">{}</span></h2><p class=\"note\">{} {} named in {} page{}</p>",
                       escaped(entity.name), escaped(entity.kind), escaped(entity.id), escaped(entity.wikidata),
                       entity.documents, entity.documents == 1 ? "" : "s");
  }
  std::string put(RecordedDocument&& document, Record& record) {
    const std::string id = document.fact.id;
    record.documents.push_back(std::move(document));
    const auto text = store_.text(id);
    return fmt::format("<h2>{}</h2><p class=\"note\">{}</p><p class=\"page-text\">{}</p>",
                       escaped(document_phrase(record.documents.front().fact)), escaped(id),
                       text ? escaped(*text) : std::string());
  }

  // --- Pages ---

  // The pages that the record's facts lead back to.
  void add_documents(Record& record) {
    std::set<std::string> wanted, known;
    for (const RecordedEvent& event : record.events)
      for (const Evidence& one : event.evidence) wanted.insert(one.document);
    for (const RecordedStatement& statement : record.statements)
      for (const Variant& one : statement.variants) wanted.insert(one.document);
    for (const Commitment& commitment : record.commitments)
      for (const Evidence& one : commitment.evidence) wanted.insert(one.document);
    for (const RecordedDocument& one : record.documents) known.insert(one.fact.id);
    for (const std::string& id : wanted) {
      if (known.contains(id)) continue;
      if (auto document = store_.document(id)) record.documents.push_back(std::move(*document));
    }
    std::sort(
        record.documents.begin(), record.documents.end(),
        [](const RecordedDocument& a, const RecordedDocument& b) { return document_order(a) < document_order(b); });
  }

  std::string field(const Field& one) const {
    return fmt::format("<label>{0}<input name=\"{1}\" value=\"{2}\"></label> ", one.label, one.name,
                       escaped(value(one.name)));
  }
  std::string navigation(std::string_view note) const {
    const Way* here = nullptr;
    std::string out = "<div class=\"top\"><nav class=\"ways\">";
    for (const Way& way : ways()) {
      if (request_->path == way.path) here = &way;
      out += fmt::format("<a href=\"{}\"{}>{}</a>", way.path, here == &way ? " aria-current=\"page\"" : "", way.label);
    }
    out += "</nav>\n";
    if (here != nullptr) {
      out += fmt::format("<form class=\"ask\" action=\"{}\">", here->path);
      for (const Field& one : here->fields) out += field(one);
      out += "<button>Ask</button></form>\n";
    }
    if (!note.empty()) out += fmt::format("<p class=\"note\">{}</p>\n", escaped(note));
    return out;
  }

  HttpResponse page(Record&& record, std::string_view note, const std::string& below = {}, int status = 200) {
    add_documents(record);
    const auto text = [this](const std::string& document) { return store_.text(document).value_or(std::string()); };
    ReportInput input{title_, std::move(record), text, navigation(note) + below + "</div>\n"};
    return {status, "text/html; charset=utf-8", report_page(input), served_policy()};
  }
  HttpResponse wrong(const Error& error) { return page(Record(), error.message(), {}, status_of(error)); }

  Store& store_;
  std::string title_;
  const HttpRequest* request_ = nullptr;
};

}  // namespace

int run_serve(const ServeOptions& options) {
  auto store = Store::open(options.record, StoreMode::read_only);
  if (!store) {
    say(store.error());
    return kWrongUse;
  }
  std::string name = options.record.substr(options.record.find_last_of('/') + 1);
  Server server(*store, name.substr(0, name.find_last_of('.')));
  const auto served = serve_http(
      options.port,
      [&](std::uint16_t port) { say(fmt::format("{} is at http://localhost:{}/", options.record, port)); },
      [&](const HttpRequest& request) { return server.answer(request); });
  if (!served) say(served.error());
  return kWrongUse;
}

}  // namespace chancery
