// Facts as bytes for the store, and back. One function names the fields of each type in order and
// serves both ways, so writing and reading cannot drift. The layout is that of the schema's version; a new field means
// a migration. Malformed bytes decode to nothing (nullopt), never past their end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/facts.h"
#include "record/record.h"

namespace chancery {

// A page's facts without its text, its events and its statements, which are stored beside.
std::string encode_page(const Facts& facts);
std::optional<Facts> decode_page(std::string_view bytes);

// Mentions without document, position and publication date, which their rows give.
std::string encode(const EventMention& mention);
std::optional<EventMention> decode_event_mention(std::string_view bytes);
std::string encode(const StatementMention& mention);
std::optional<StatementMention> decode_statement_mention(std::string_view bytes);

}  // namespace chancery
