// Rows for people; programs ask for --json.
#include "cli/phrases.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/terminal.h"
#include "record/differences.h"
#include "time/time.h"

namespace chancery {
namespace {

// "2025-02" if the range is just that month, "2025" if that year; empty otherwise.
std::string as_whole(const DateRange& date) {
  for (const std::size_t length : {std::size_t{4}, std::size_t{7}}) {
    const std::string value = date.start.substr(0, length);
    const auto interval = interval_from_iso(value);
    if (interval && interval->start && interval->end && interval->start->iso() == date.start &&
        interval->end->iso() == date.end)
      return value;
  }
  return {};
}

std::string wrapped(std::string_view text, std::string_view code) {
  if (!colour_output()) return std::string(text);
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

}  // namespace

std::string date_phrase(const DateRange& date) {
  if (!date.known()) return "undated";
  if (date.end.empty()) return "from " + date.start;
  if (date.start.empty()) return "until " + date.end;
  if (date.start == date.end) return date.start;
  if (const std::string whole = as_whole(date); !whole.empty()) return whole;
  const bool same_year = date.start.compare(0, 5, date.end, 0, 5) == 0;
  return date.start + " – " + (same_year ? date.end.substr(5) : date.end);
}

std::string names_phrase(const std::vector<Named>& names) {
  if (names.empty()) return "–";
  std::string out;
  for (const Named& one : names) out += (out.empty() ? "" : ", ") + printable(one.name);
  return out;
}

std::string parties_phrase(const RecordedEvent& event) {
  std::string out = names_phrase(event.actors);
  if (!event.targets.empty()) out += " → " + names_phrase(event.targets);
  return out;
}

std::string status_phrase(const RecordedEvent& event) {
  if (!event.plan) return event.status;
  if (event.plan->outcome == "moved") return event.status + ", moved";
  return event.plan->outcome == "unreported" ? event.status + ", never reported" : event.status;
}

std::string gist_phrase(const RecordedEvent& event, std::size_t width) {
  if (!event.content.empty() || event.evidence.empty()) return one_line(event.content, width);
  auto told = std::find_if(event.evidence.begin(), event.evidence.end(),
                           [&](const Evidence& one) { return one.status == event.status; });
  if (told == event.evidence.end()) told = event.evidence.begin();
  return one_line(told->sentence_text, width);
}

std::string sources_phrase(const RecordedEvent& event) {
  std::string out = fmt::format("{} page{}", event.documents, event.documents == 1 ? "" : "s");
  if (event.documents > 1) out += fmt::format(", {} origin{}", event.origins, event.origins == 1 ? "" : "s");
  return out;
}

std::string plan_phrase(const RecordedEvent& event) {
  if (!event.plan) return {};
  std::string out = "announced";
  if (!event.plan->announced.empty()) out += " " + event.plan->announced;
  if (event.plan->date.known()) out += " for " + date_phrase(event.plan->date);
  const std::string& outcome = event.plan->outcome;
  return out + ", " + (outcome == "unreported" ? "and never reported" : outcome);
}

std::string conflict_phrase(const Conflict& conflict) {
  std::string out = conflict.field + ":";
  for (std::size_t i = 0; i < conflict.values.size(); ++i) {
    const ConflictValue& value = conflict.values[i];
    out += fmt::format("{} {} ({} page{})", i == 0 ? "" : " ≠", printable(value.value), value.documents.size(),
                       value.documents.size() == 1 ? "" : "s");
  }
  return out;
}

std::string variant_phrase(const std::string& full, const std::string& variant) {
  std::string out;
  bool differs = false;
  for (const WordRun& run : word_differences(full, variant)) {
    if (!out.empty()) out += ' ';
    const std::string words = printable(run.words);
    if (run.in == Wording::both) out += words;
    if (run.in == Wording::first_only) out += "[" + words + "]";
    if (run.in == Wording::second_only) out += "{" + words + "}";
    differs = differs || run.in != Wording::both;
  }
  return differs ? out : std::string();
}

std::string document_phrase(const DocumentFact& document) {
  if (document.title.empty()) return printable(document.uri);
  std::string out = printable(document.title);
  if (!document.outlet.empty()) out = printable(document.outlet) + ": " + out;
  return out;
}

std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& limits) {
  std::vector<std::size_t> widths(limits.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i]));
      if (limits[i] != 0) widths[i] = std::min(widths[i], limits[i]);
    }
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = i < limits.size() && limits[i] != 0 ? cut(row[i], limits[i]) : row[i];
      out += cell;
      if (i + 1 < row.size()) out.append(widths[i] - columns(cell) + 2, ' ');
    }
    out += '\n';
  }
  return out;
}

std::string bold(std::string_view text) { return wrapped(text, "1"); }
std::string dim(std::string_view text) { return wrapped(text, "2"); }

}  // namespace chancery
