// Field names are those of the table "PLOVER JSON" of the manual.
#include <array>
#include <utility>

#include "wire/formats.h"
#include "wire/json_parts.h"

namespace chancery {
namespace {

using namespace wire;

int quad_code(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, int>, 16> kQuads = {{{"AGREE", 1},
                                                                               {"CONSULT", 1},
                                                                               {"SUPPORT", 1},
                                                                               {"CONCEDE", 1},
                                                                               {"COOPERATE", 2},
                                                                               {"AID", 2},
                                                                               {"RETREAT", 2},
                                                                               {"REQUEST", 3},
                                                                               {"ACCUSE", 3},
                                                                               {"REJECT", 3},
                                                                               {"THREATEN", 3},
                                                                               {"PROTEST", 4},
                                                                               {"SANCTION", 4},
                                                                               {"MOBILIZE", 4},
                                                                               {"COERCE", 4},
                                                                               {"ASSAULT", 4}}};
  for (const auto& [name, code] : kQuads)
    if (name == type) return code;
  return 0;
}

std::string_view auxiliary_mode(std::string_view status) {
  if (status == "planned") return "future";
  if (status == "proposed" || status == "conditional") return "hypothetical";
  if (status == "denied" || status == "cancelled") return "negation";
  return {};
}

class PloverWriter : public EventWriter {
 public:
  explicit PloverWriter(KnownEntities entities) : entities_(std::move(entities)) {}

  std::string event(const RecordedEvent& event) override {
    std::string day = event.date.start.empty() ? event.date.end : event.date.start;
    const bool dated = !day.empty();
    if (!dated) day = first_page(event);
    if (day.size() != 10) return {};
    Json modes = Json::array();
    if (!event.plover_mode.empty()) modes.push_back(event.plover_mode);
    if (const auto mode = auxiliary_mode(event.status); !mode.empty()) modes.push_back(mode);
    Json texts = Json::array();
    for (const Evidence& one : event.evidence) texts.push_back(one.sentence_text);
    Json out = {{"id", event.id}, {"date", day}};
    if (dated && !event.date.end.empty() && event.date.end != day) out["enddate"] = event.date.end;
    out["actor"] = entities(event.actors);
    if (!event.targets.empty()) out["recipient"] = entities(event.targets);
    out["event"] = Json::array({event.plover_type});
    if (event.place) out["event_loc"] = {{"name", event.place->name}, {"id", event.place->id}};
    out["event_text"] = texts;
    if (const int quad = quad_code(event.plover_type)) out["quad_code"] = quad;
    if (!modes.empty()) out["mode"] = modes;
    out["coder"] = "chancery";
    out["comment"] = std::string("status: ") + event.status + (dated ? "" : "; no day is told: the first page's");
    return line(out) + "\n";
  }

 private:
  static std::string first_page(const RecordedEvent& event) {
    for (const Evidence& one : event.evidence)
      if (one.published.size() == 10) return one.published;
    return {};
  }
  Json entities(const std::vector<Named>& all) const {
    Json out = Json::array();
    for (const Named& one : all) {
      Json entity = {{"entity_name", one.name}, {"id", one.id}};
      const auto known = entities_.find(one.id);
      if (known != entities_.end() && !known->second.wikidata.empty()) entity["wikidata_id"] = known->second.wikidata;
      const std::string state = known == entities_.end() || known->second.state.empty() ? one.id : known->second.state;
      constexpr std::string_view kState = "state/";
      if (state.rfind(kState, 0) == 0) entity["code"] = state.substr(kState.size());
      out.push_back(std::move(entity));
    }
    return out;
  }

  KnownEntities entities_;
};

}  // namespace

std::unique_ptr<EventWriter> plover_writer(KnownEntities entities) {
  return std::make_unique<PloverWriter>(std::move(entities));
}

}  // namespace chancery
