// Events as sem:Event, participants as sem:Actor, places as sem:Place; what SEM lacks is in a namespace of our own.
#include <array>
#include <set>

#include "wire/escape.h"
#include "wire/formats.h"

namespace chancery {
namespace {

std::string iri(std::string_view id) { return "<urn:chancery:" + iri_escaped(id) + ">"; }
std::string text(std::string_view value) { return "\"" + turtle_escaped(value) + "\""; }
std::string day(const std::string& value) {
  const char* type = value.size() == 10 ? "date" : value.size() == 7 ? "gYearMonth" : "gYear";
  return text(value) + "^^xsd:" + type;
}

class TurtleWriter : public EventWriter {
 public:
  explicit TurtleWriter(KnownEntities entities) : entities_(std::move(entities)) {}

  std::string head() override {
    return "@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .\n@prefix oa: <http://www.w3.org/ns/oa#> .\n"
           "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
           "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix c: <urn:chancery:term:> .\n\n";
  }

  std::string event(const RecordedEvent& event) override {
    std::string out = iri(event.id) + " a sem:Event ;\n  c:kind " + text(event.kind) + " ;\n  c:plover " +
                      text(event.plover_type) + " ;\n  c:status " + text(event.status);
    const auto all = [&](const char* property, const std::vector<Named>& names) {
      for (const Named& one : names) {
        out += std::string(" ;\n  ") + property + " " + iri(one.id);
        names_[one.id] = one.name;
      }
    };
    all("c:actor", event.actors);
    all("c:target", event.targets);
    all("c:mediator", event.mediators);
    all("c:accordingTo", event.attributed_to);
    if (event.place) {
      out += " ;\n  sem:hasPlace " + iri(event.place->id);
      names_[event.place->id] = event.place->name;
      places_.insert(event.place->id);
    }
    if (!event.date.start.empty()) out += " ;\n  sem:hasBeginTimeStamp " + day(event.date.start);
    if (!event.date.end.empty()) out += " ;\n  sem:hasEndTimeStamp " + day(event.date.end);
    out += " .\n";
    for (const Evidence& one : event.evidence) {
      out += "[] a oa:Annotation ; oa:hasBody " + iri(event.id) + " ; c:status " + text(one.status) +
             " ;\n  oa:hasTarget [ oa:hasSource " + iri(one.document) +
             " ; oa:hasSelector [ a oa:TextPositionSelector ; oa:start " + std::to_string(one.sentence.begin) +
             " ; oa:end " + std::to_string(one.sentence.end) + " ] ,\n    [ a oa:TextQuoteSelector ; oa:exact " +
             text(one.sentence_text) + " ] ] .\n";
    }
    return out + "\n";
  }

  std::string foot() override {
    std::string out;
    for (const auto& [id, name] : names_) {
      out += iri(id) + " a " + (places_.contains(id) ? "sem:Place" : "sem:Actor") + " ; rdfs:label " + text(name);
      const auto known = entities_.find(id);
      if (known != entities_.end() && !known->second.wikidata.empty())
        out += " ; owl:sameAs <http://www.wikidata.org/entity/" + iri_escaped(known->second.wikidata) + ">";
      if (known != entities_.end() && !known->second.state.empty() && known->second.state != id)
        out += " ; c:actsFor " + iri(known->second.state);
      out += " .\n";
    }
    return out;
  }

 private:
  KnownEntities entities_;
  std::map<std::string, std::string> names_;
  std::set<std::string> places_;
};

}  // namespace

std::unique_ptr<EventWriter> turtle_writer(KnownEntities entities) {
  return std::make_unique<TurtleWriter>(std::move(entities));
}

}  // namespace chancery
