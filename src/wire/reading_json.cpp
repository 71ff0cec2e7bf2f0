// nlohmann::ordered_json keeps the keys in the order in which they are written here.
#include "wire/reading_json.h"

#include "wire/json_parts.h"

namespace chancery {
namespace {

using namespace wire;

Json document(const DocumentFact& fact) {
  return {{"id", fact.id},
          {"uri", fact.uri},
          {"title", or_null(fact.title)},
          {"byline", or_null(fact.byline)},
          {"outlet", or_null(fact.outlet)},
          {"language", or_null(fact.language)},
          {"length", fact.length},
          {"published", published(fact.published)},
          {"boilerplate", ranges(fact.boilerplate)}};
}

Json entity(const EntityFact& fact) {
  Json mentions = Json::array();
  for (const MentionFact& one : fact.mentions) mentions.push_back({{"span", range(one.span)}, {"form", one.form}});
  return {{"id", fact.id},
          {"kind", fact.kind},
          {"name", fact.name},
          {"wikidata", or_null(fact.wikidata)},
          {"mentions", mentions}};
}

Json time(const TimeFact& fact) {
  return {{"span", range(fact.span)}, {"type", fact.type}, {"value", fact.value}, {"mod", or_null(fact.mod)}};
}

Json statement(const StatementFact& fact) {
  Json cue = nullptr;
  if (!fact.cue_lemma.empty()) cue = {{"lemma", fact.cue_lemma}, {"span", or_null(fact.cue_span)}};
  return {{"span", range(fact.span)},
          {"mode", fact.mode},
          {"speakers", named(fact.speakers)},
          {"speaker_span", or_null(fact.speaker_span)},
          {"cue", cue},
          {"addressees", named(fact.addressees)},
          {"date", dates(fact.date)},
          {"via", named(fact.via)},
          {"confidence", fact.confidence}};
}

Json event(const EventFact& fact) {
  Json out = {{"kind", fact.kind},
              {"plover", plover(fact)},
              {"trigger", range(fact.trigger)},
              {"mentions", ranges(fact.mentions)}};
  put_slots(out, fact);
  out["sentence"] = range(fact.sentence);
  out["confidence"] = fact.confidence;
  return out;
}

}  // namespace

std::string reading_json(const Facts& facts) {
  Json out = {{"schema", 1},
              {"document", document(facts.document)},
              {"sentences", ranges(facts.sentences)},
              {"entities", all(facts.entities, entity)},
              {"times", all(facts.times, time)},
              {"statements", all(facts.statements, statement)},
              {"events", all(facts.events, event)}};
  return line(out);
}

}  // namespace chancery
