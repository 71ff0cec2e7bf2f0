// Keys in the order of docs/record.md.
#include "wire/record_json.h"

#include "wire/json_parts.h"

namespace chancery {
namespace {

using namespace wire;

Json history(const HistoryEntry& entry) { return {{"as_of", or_null(entry.as_of)}, {"status", entry.status}}; }

Json evidence(const Evidence& one) {
  return {{"document", one.document},
          {"sentence", range(one.sentence)},
          {"trigger", range(one.trigger)},
          {"status", one.status},
          {"published", or_null(one.published)},
          {"text", one.sentence_text},
          {"attributed_to", named(one.attributed_to)}};
}

Json conflict(const Conflict& one) {
  return {{"field", one.field}, {"values", all(one.values, [](const ConflictValue& value) {
                                   return Json{{"value", or_null(value.value)}, {"documents", value.documents}};
                                 })}};
}

Json plan(const Plan& one) {
  return {{"announced", or_null(one.announced)}, {"date", dates(one.date)}, {"outcome", one.outcome}};
}

Json variant(const Variant& one) {
  return {{"document", one.document},
          {"span", range(one.span)},
          {"mode", one.mode},
          {"text", one.text},
          {"published", or_null(one.published)},
          {"cue", or_null(one.cue_lemma)},
          {"via", named(one.via)}};
}

}  // namespace

std::string event_json(const RecordedEvent& event) {
  Json out = {{"id", event.id}, {"kind", event.kind}, {"plover", plover(event)}};
  put_slots(out, event);
  out["content"] = or_null(event.content);
  out["confidence"] = event.confidence;
  out["history"] = all(event.history, history);
  out["plan"] = event.plan ? plan(*event.plan) : Json(nullptr);
  out["evidence"] = all(event.evidence, evidence);
  out["sources"] = {{"documents", event.documents}, {"origins", event.origins}};
  out["conflicts"] = all(event.conflicts, conflict);
  return line(out);
}

std::string statement_json(const RecordedStatement& statement) {
  return line({{"id", statement.id},
               {"speakers", named(statement.speakers)},
               {"addressees", named(statement.addressees)},
               {"date", dates(statement.date)},
               {"text", statement.text},
               {"mode", statement.mode},
               {"stance", statement.stance},
               {"via", named(statement.via)},
               {"confidence", statement.confidence},
               {"variants", all(statement.variants, variant)},
               {"conflicts", all(statement.conflicts, conflict)}});
}

std::string commitment_json(const Commitment& commitment) {
  return line({{"id", commitment.id},
               {"kind", commitment.kind},
               {"by", named(commitment.by)},
               {"to", named(commitment.to)},
               {"content", or_null(commitment.content)},
               {"made", or_null(commitment.made)},
               {"deadline", or_null(commitment.deadline)},
               {"status", commitment.status},
               {"event", commitment.event},
               {"settled_by", commitment.settled_by},
               {"evidence", all(commitment.evidence, evidence)}});
}

std::string entity_json(const RecordedEntity& entity) {
  return line({{"id", entity.id},
               {"kind", entity.kind},
               {"name", entity.name},
               {"wikidata", or_null(entity.wikidata)},
               {"state", or_null(entity.state)},
               {"documents", entity.documents}});
}

std::string document_json(const RecordedDocument& document) {
  const DocumentFact& fact = document.fact;
  return line({{"id", fact.id},
               {"uri", fact.uri},
               {"title", or_null(fact.title)},
               {"byline", or_null(fact.byline)},
               {"outlet", or_null(fact.outlet)},
               {"language", or_null(fact.language)},
               {"length", fact.length},
               {"published", published(fact.published)},
               {"same_text_as", or_null(document.same_text_as)}});
}

}  // namespace chancery
