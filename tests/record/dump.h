// A record as text, for tests: everything that the record says, one thing a paragraph.
#pragma once

#include <string>
#include <vector>

#include "record/record.h"

namespace chancery::test {

inline std::string page_name(const std::string& id) { return id.rfind("sha256:", 0) == 0 ? id.substr(7) : id; }

inline std::string names(const std::vector<Named>& all) {
  std::string out;
  for (const Named& one : all) out += (out.empty() ? "" : " ") + one.id;
  return out;
}

inline std::string dates(const DateRange& one) {
  if (!one.known()) return "";
  return one.start == one.end ? one.start : one.start + "/" + one.end;
}

inline void line(std::string& out, const char* key, const std::string& value) {
  if (!value.empty()) out += std::string("  ") + key + ": " + value + "\n";
}

inline void conflicts(std::string& out, const std::vector<Conflict>& all) {
  for (const Conflict& one : all) {
    std::string values;
    for (const ConflictValue& value : one.values) {
      values += (values.empty() ? "" : ", ") + value.value + " (";
      for (std::size_t i = 0; i < value.documents.size(); ++i)
        values += (i == 0 ? "" : " ") + page_name(value.documents[i]);
      values += ")";
    }
    line(out, ("conflict " + one.field).c_str(), values);
  }
}

inline std::string dump(const RecordedEvent& event) {
  std::string out = event.id + " " + event.status + "\n";
  line(out, "actors", names(event.actors));
  line(out, "targets", names(event.targets));
  line(out, "mediators", names(event.mediators));
  line(out, "place", event.place ? event.place->id : "");
  line(out, "date", dates(event.date));
  line(out, "deadline", dates(event.deadline));
  line(out, "according to", names(event.attributed_to));
  line(out, "content", event.content);
  std::string history;
  for (const HistoryEntry& one : event.history)
    history += (history.empty() ? "" : ", ") + (one.as_of.empty() ? "undated" : one.as_of) + " " + one.status;
  line(out, "history", history);
  std::string told;
  for (const Evidence& one : event.evidence) told += (told.empty() ? "" : " ") + page_name(one.document);
  line(out, "told by",
       told + ", " + std::to_string(event.documents) + " pages, " + std::to_string(event.origins) +
           (event.origins == 1 ? " origin" : " origins"));
  if (event.plan)
    line(out, "plan",
         event.plan->outcome + (event.plan->date == event.date ? "" : ", was for " + dates(event.plan->date)));
  conflicts(out, event.conflicts);
  return out;
}

inline std::string dump(const RecordedStatement& one) {
  std::string out = one.id.substr(0, one.id.rfind('-')) + "\n";  // without the mark, which says nothing to a reader
  line(out, "speakers", names(one.speakers));
  line(out, "text", one.text);
  for (const Variant& variant : one.variants) line(out, page_name(variant.document).c_str(), variant.text);
  conflicts(out, one.conflicts);
  return out;
}

inline std::string dump(const Commitment& one) {
  std::string out = one.id + " " + one.status + "\n";
  line(out, "by", names(one.by));
  line(out, "to", names(one.to));
  line(out, "content", one.content);
  line(out, "made", one.made);
  line(out, "deadline", one.deadline);
  std::string settled;
  for (const std::string& id : one.settled_by) settled += (settled.empty() ? "" : " ") + id;
  line(out, "settled by", settled);
  return out;
}

inline std::string dump(const RecordedDocument& one) {
  std::string out = "page " + page_name(one.fact.id);
  if (!one.same_text_as.empty()) out += " is the text of " + page_name(one.same_text_as);
  return out + "\n";
}

inline std::string dump(const RecordedEntity& one) {
  return "entity " + one.id + " " + one.name + " " + one.state + " " + std::to_string(one.documents) + "\n";
}

inline std::string dump(const Record& record) {
  std::string out;
  for (const auto& one : record.events) out += dump(one);
  for (const auto& one : record.statements) out += dump(one);
  for (const auto& one : record.commitments) out += dump(one);
  for (const auto& one : record.documents) out += dump(one);
  for (const auto& one : record.entities) out += dump(one);
  return out;
}

}  // namespace chancery::test
