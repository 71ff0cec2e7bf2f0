// timeline, statements, commitments, show, search: questions to a record, answered as a table or as JSON lines.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/phrases.h"
#include "cli/terminal.h"
#include "store/store.h"
#include "wire/record_json.h"

namespace chancery {
namespace {

int refuse(const Error& error) {
  say(error);
  return kWrongUse;
}

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// Opens the record, asks it, and prints each row as JSON or hands all rows to `people`.
// `names` are those that were asked for: where nothing is found, whoever is in no page at all is named.
template <class Ask, class ToJson, class ForPeople>
int answer(const std::string& record, bool json, Ask ask, ToJson to_json, ForPeople for_people,
           const std::vector<std::string>& names = {}) {
  auto store = Store::open(record, StoreMode::read_only);
  if (!store) return refuse(store.error());
  auto rows = ask(*store);
  if (!rows) return refuse(rows.error());
  if (json) {
    for (const auto& row : *rows) put(to_json(row) + "\n");
  } else if (rows->empty()) {
    say("nothing in the record matches");
    for (const std::string& name : names)
      if (!name.empty() && !store->show(name)) say(fmt::format("nobody and nothing in it is called '{}'", name));
  } else {
    for_people(*rows);
  }
  return kDone;
}

std::vector<std::string> timeline_row(const RecordedEvent& event) {
  return {date_phrase(event.date),
          event.kind,
          status_phrase(event),
          parties_phrase(event),
          event.place ? printable(event.place->name) : "",
          sources_phrase(event) + (event.conflicts.empty() ? "" : " ≠"),
          event.id};
}

// What an act is about stands behind its row, as far as the line has room for it.
std::string with_contents(const std::string& rows, const std::vector<RecordedEvent>& events) {
  constexpr std::size_t kLeast = 24, kMostInPipes = 100;
  const std::size_t width = output_width();
  std::string out;
  std::size_t at = 0;
  for (const RecordedEvent& event : events) {
    const std::size_t end = rows.find('\n', at);
    const std::string row = rows.substr(at, end - at);
    at = end + 1;
    const std::size_t used = columns(row) + 2;
    const std::size_t room = width == 0 ? kMostInPipes : width > used ? width - used : 0;
    out += row;
    if (!event.content.empty() && room >= kLeast) out += "  " + dim(one_line(event.content, room));
    out += '\n';
  }
  return out;
}

// A line of titles above a table, for people on a terminal only.
void title(std::vector<std::vector<std::string>>& rows, std::vector<std::string> names) {
  if (is_terminal()) rows.insert(rows.begin(), std::move(names));
}

// "12 commitments: 8 open, 4 kept", for people on a terminal only.
void say_counts(const std::vector<Commitment>& all) {
  if (!is_terminal()) return;
  std::string parts;
  for (const char* status : {"open", "kept", "broken", "withdrawn", "lapsed"}) {
    const auto count =
        std::count_if(all.begin(), all.end(), [&](const Commitment& one) { return one.status == status; });
    if (count > 0) parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", count, status);
  }
  say(fmt::format("{} commitment{}: {}", all.size(), all.size() == 1 ? "" : "s", parts));
}

std::string quoted(const std::string& text, std::size_t width) { return one_line(text, width); }

// One evidence: the page, then the sentence in its own words.
std::string evidence_lines(Store& store, const std::string& document_id, const std::string& text,
                           const std::string& note) {
  std::string out;
  auto document = store.document(document_id);
  if (document) {
    const DocumentFact& fact = document->fact;
    out +=
        fmt::format("  {}{}\n", bold(document_phrase(fact)), fact.published ? " (" + fact.published->value + ")" : "");
    out += dim(fmt::format("  {}", printable(fact.uri))) + "\n";
  }
  return out + fmt::format("    {}{}\n", quoted(text, 0), note.empty() ? "" : "  [" + note + "]");
}

std::string differing(const std::vector<Conflict>& conflicts) {
  std::string out;
  for (const Conflict& conflict : conflicts)
    for (const ConflictValue& value : conflict.values)
      out += fmt::format("  {}: {} ({} page{})\n", conflict.field, printable(value.value), value.documents.size(),
                         value.documents.size() == 1 ? "" : "s");
  return out.empty() ? out : "\nwhere the sources differ\n" + out;
}

std::string shown(Store& store, const RecordedEvent& event) {
  std::string out = bold(event.id) + "\n";
  std::vector<std::vector<std::string>> rows = {{"kind", event.kind + " (" + event.plover_type + ")"},
                                                {"date", date_phrase(event.date)},
                                                {"status", status_phrase(event)},
                                                {"actors", names_phrase(event.actors)}};
  if (!event.targets.empty()) rows.push_back({"targets", names_phrase(event.targets)});
  if (!event.mediators.empty()) rows.push_back({"mediators", names_phrase(event.mediators)});
  if (event.place) rows.push_back({"place", printable(event.place->name)});
  if (!event.content.empty()) rows.push_back({"about", quoted(event.content, 0)});
  if (event.deadline.known()) rows.push_back({"deadline", date_phrase(event.deadline)});
  if (!event.attributed_to.empty()) rows.push_back({"according to", names_phrase(event.attributed_to)});
  rows.push_back({"confidence", fmt::format("{:.2f}", event.confidence)});
  rows.push_back({"sources", sources_phrase(event)});
  out += table(rows, {12, 0});
  if (event.history.size() > 1) {
    out += "\nhistory\n";
    for (const HistoryEntry& entry : event.history)
      out += fmt::format("  {}  {}\n", entry.as_of.empty() ? "undated   " : entry.as_of, entry.status);
  }
  if (event.plan) out += "\nplan\n  " + plan_phrase(event) + "\n";
  out += differing(event.conflicts);
  out += "\nevidence\n";
  for (const Evidence& one : event.evidence)
    out += evidence_lines(store, one.document, one.sentence_text, one.status == "happened" ? "" : one.status);
  return out;
}

std::string shown(Store& store, const RecordedStatement& statement) {
  std::string out = bold(statement.id) + "\n";
  std::vector<std::vector<std::string>> rows = {
      {"speaker", names_phrase(statement.speakers)}, {"date", date_phrase(statement.date)}, {"mode", statement.mode}};
  if (!statement.addressees.empty()) rows.push_back({"to", names_phrase(statement.addressees)});
  if (!statement.via.empty()) rows.push_back({"via", names_phrase(statement.via)});
  out += table(rows, {12, 0}) + differing(statement.conflicts) + "\n";
  for (const Variant& variant : statement.variants) {
    const std::string differences = variant_phrase(statement.text, variant.text);
    out += evidence_lines(store, variant.document, differences.empty() ? variant.text : differences, variant.mode);
  }
  return out;
}

std::string shown(Store& store, const Commitment& commitment) {
  std::string out = bold(commitment.id) + "\n";
  out += table({{"kind", commitment.kind},
                {"by", names_phrase(commitment.by)},
                {"to", names_phrase(commitment.to)},
                {"content", quoted(commitment.content, 0)},
                {"made", commitment.made},
                {"deadline", commitment.deadline.empty() ? "none" : commitment.deadline},
                {"status", commitment.status}},
               {12, 0});
  for (const std::string& id : commitment.settled_by) out += "by          " + id + "\n";
  out += "\nevidence\n";
  for (const Evidence& one : commitment.evidence) out += evidence_lines(store, one.document, one.sentence_text, "");
  return out;
}

std::string shown(Store& store, const RecordedEntity& entity) {
  std::string out = bold(printable(entity.name)) + "  " + entity.kind + "  " + entity.id;
  if (!entity.wikidata.empty()) out += "  " + entity.wikidata;
  out += fmt::format("\nnamed in {} page{}\n", entity.documents, entity.documents == 1 ? "" : "s");
  EventFilter filter;
  filter.actor = entity.id;
  if (auto events = store.timeline(filter); events && !events->empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const RecordedEvent& event : *events) rows.push_back(timeline_row(event));
    out += "\nevents\n" + table(rows, {0, 0, 0, 48, 20, 0, 0});
  }
  StatementFilter by;
  by.by = entity.id;
  if (auto statements = store.statements(by); statements && !statements->empty()) {
    out += "\nstatements\n";
    for (const RecordedStatement& one : *statements)
      out += fmt::format("  {}  {}\n", date_phrase(one.date), quoted(one.text, 100));
  }
  return out;
}

std::string shown(Store& store, const RecordedDocument& document) {
  const DocumentFact& fact = document.fact;
  std::string out = bold(document_phrase(fact)) + "\n";
  out += table({{"id", fact.id},
                {"address", printable(fact.uri)},
                {"published", fact.published ? fact.published->value + " (" + fact.published->how + ")" : "unknown"},
                {"language", fact.language},
                {"length", fmt::format("{} characters", fact.length)}},
               {12, 0});
  auto facts = store.facts(fact.id);
  if (!facts) return out;
  out += fmt::format("\n{} events, {} statements\n", facts->events.size(), facts->statements.size());
  for (const EventFact& event : facts->events)
    out += fmt::format("  {}  {}  {}\n", event.kind, date_phrase(event.date), quoted(event.sentence_text, 90));
  return out;
}

struct ShownJson {
  std::string operator()(const RecordedEvent& row) const { return event_json(row); }
  std::string operator()(const RecordedStatement& row) const { return statement_json(row); }
  std::string operator()(const Commitment& row) const { return commitment_json(row); }
  std::string operator()(const RecordedEntity& row) const { return entity_json(row); }
  std::string operator()(const RecordedDocument& row) const { return document_json(row); }
};

}  // namespace

std::string found_json(const Found& found) {
  std::string out = R"({"document":)" + document_json(found.document) + R"(,"hits":[)";
  for (std::size_t i = 0; i < found.hits.size(); ++i)
    out += fmt::format("{}[{},{}]", i == 0 ? "" : ",", found.hits[i].begin, found.hits[i].end);
  out += R"(],"events":[)";
  for (std::size_t i = 0; i < found.events.size(); ++i) out += (i == 0 ? "" : ",") + event_json(found.events[i]);
  out += R"(],"statements":[)";
  for (std::size_t i = 0; i < found.statements.size(); ++i)
    out += (i == 0 ? "" : ",") + statement_json(found.statements[i]);
  return out + "]}";
}

std::string shown_json(const Shown& shown) { return std::visit(ShownJson(), shown); }

int run_timeline(const TimelineOptions& options) {
  return answer(
      options.record, options.json, [&](Store& store) { return store.timeline(options.filter); }, event_json,
      [](const std::vector<RecordedEvent>& events) {
        std::vector<std::vector<std::string>> rows;
        for (const RecordedEvent& event : events) rows.push_back(timeline_row(event));
        const std::vector<std::size_t> limits = {0, 0, 0, 64, 24, 0, 0};
        const std::string plain = with_contents(table(rows, limits), events);
        put(plain);
        if (is_terminal()) say(fmt::format("{} event{}", events.size(), events.size() == 1 ? "" : "s"));
      },
      {options.filter.actor, options.filter.with, options.filter.place});
}

int run_statements(const StatementsOptions& options) {
  return answer(
      options.record, options.json, [&](Store& store) { return store.statements(options.filter); }, statement_json,
      [](const std::vector<RecordedStatement>& statements) {
        for (const RecordedStatement& one : statements) {
          put(fmt::format("{}  {}{}\n", date_phrase(one.date), bold(names_phrase(one.speakers)),
                          one.variants.size() > 1 ? fmt::format("  ({} pages)", one.variants.size()) : ""));
          put(fmt::format("    {}\n", one.mode == "direct" ? "« " + quoted(one.text, 0) + " »" : quoted(one.text, 0)));
        }
      },
      {options.filter.by});
}

int run_commitments(const CommitmentsOptions& options) {
  return answer(
      options.record, options.json, [&](Store& store) { return store.commitments(options.filter); }, commitment_json,
      [](const std::vector<Commitment>& commitments) {
        std::vector<std::vector<std::string>> rows;
        for (const Commitment& one : commitments) {
          rows.push_back({one.made.empty() ? "undated" : one.made, one.kind, one.status,
                          names_phrase(one.by) + (one.to.empty() ? "" : " → " + names_phrase(one.to)),
                          one.deadline.empty() ? "" : "by " + one.deadline, quoted(one.content, 100)});
        }
        title(rows, {"made", "kind", "status", "by → to", "deadline", "what"});
        put(table(rows, {0, 0, 0, 48, 0, 0}));
        say_counts(commitments);
      },
      {options.filter.by, options.filter.to});
}

int run_show(const ShowOptions& options) {
  auto store = Store::open(options.record, StoreMode::read_only);
  if (!store) return refuse(store.error());
  auto found = store->show(options.id);
  if (!found) return refuse(found.error());
  if (options.json) {
    put(shown_json(*found) + "\n");
  } else {
    put(std::visit([&](const auto& row) { return shown(*store, row); }, *found));
  }
  return kDone;
}

int run_search(const SearchOptions& options) {
  std::string words;
  for (const std::string& word : options.words) words += (words.empty() ? "" : " ") + word;
  return answer(
      options.record, options.json, [&](Store& store) { return store.search(words, options.limit); }, found_json,
      [](const std::vector<Found>& pages) {
        for (const Found& page : pages) {
          const DocumentFact& fact = page.document.fact;
          put(fmt::format("{}{}\n", bold(document_phrase(fact)),
                          fact.published ? "  " + fact.published->value : std::string()));
          put(dim(printable(fact.uri)) + "\n");
          for (const std::string& sentence : page.sentences) put("    " + quoted(sentence, 0) + "\n");
          for (const RecordedEvent& event : page.events)
            put(fmt::format("    → {} {} {}  {}\n", date_phrase(event.date), event.kind, parties_phrase(event),
                            event.id));
          for (const RecordedStatement& one : page.statements)
            put(fmt::format("    → {}: {}\n", names_phrase(one.speakers), quoted(one.text, 80)));
        }
      });
}

}  // namespace chancery
