// The record in words and columns for a person: dates, names, and one line for each kind of row. Everything that comes
// from a page goes through printable().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace chancery {

// "2025-02-18", "2025-02-17 – 02-18", "2025-02", "2025", "from 2022-02-24", "undated".
std::string date_phrase(const DateRange& date);
// "Russie, États-Unis, Sergueï Lavrov"; "–" for nobody.
std::string names_phrase(const std::vector<Named>& names);
// "Russie, États-Unis → Ukraine": actors, then targets if there are any.
std::string parties_phrase(const RecordedEvent& event);
// "happened"; "happened, moved" or "planned, never reported" where that became of a plan.
std::string status_phrase(const RecordedEvent& event);
// What it is about, in one line of the pages' own words: a verbal act's content, else the first
// source sentence that tells its status.
std::string gist_phrase(const RecordedEvent& event, std::size_t width);
// "3 pages, 2 origins".
std::string sources_phrase(const RecordedEvent& event);
// "announced 2025-02-16 for 2025-02-17, moved"; empty without a plan.
std::string plan_phrase(const RecordedEvent& event);
// "date: 2025-02-18 (2 pages) ≠ 2025-02-17 (1 page)".
std::string conflict_phrase(const Conflict& conflict);
// The variant's words, where it differs from the full wording: "{added}", "[left out]"; empty if it does not differ.
std::string variant_phrase(const std::string& full, const std::string& variant);
// What a person calls the page: its outlet and title, or its address.
std::string document_phrase(const DocumentFact& document);

// Left-aligned columns parted by two spaces; each as wide as its widest cell, at most `limits[i]` (0: no limit). The
// last column is never padded.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& limits);

// Bold, dim or colour on a terminal, nothing elsewhere.
std::string bold(std::string_view text);
std::string dim(std::string_view text);

}  // namespace chancery
