// The record's parts as JSON: the shapes of docs/record.md, one object each, one line each. Equal values give equal
// bytes. `export` strings them together; the commands print them under --json.
#pragma once

#include <string>

#include "record/record.h"

namespace chancery {

// Each without a line end.
std::string event_json(const RecordedEvent& event);
std::string statement_json(const RecordedStatement& statement);
std::string commitment_json(const Commitment& commitment);
std::string entity_json(const RecordedEntity& entity);
std::string document_json(const RecordedDocument& document);

}  // namespace chancery
