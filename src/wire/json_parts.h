// The pieces of JSON that a reading and the record share. Private to the room: it shows the JSON library.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "record/facts.h"

namespace chancery::wire {

using Json = nlohmann::ordered_json;

inline Json or_null(const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); }
inline Json range(TextRange one) { return Json::array({one.begin, one.end}); }
inline Json or_null(const std::optional<TextRange>& one) { return one ? range(*one) : Json(nullptr); }
inline Json named(const Named& one) { return {{"id", one.id}, {"name", one.name}}; }
inline Json or_null(const std::optional<Named>& one) { return one ? named(*one) : Json(nullptr); }

// An array of what `print` makes of each.
template <class Fact, class Print>
Json all(const std::vector<Fact>& facts, Print print) {
  Json out = Json::array();
  for (const Fact& fact : facts) out.push_back(print(fact));
  return out;
}

inline Json named(const std::vector<Named>& many) {
  return all(many, [](const Named& one) { return named(one); });
}
inline Json ranges(const std::vector<TextRange>& many) { return all(many, range); }

inline Json dates(const DateRange& one) {
  if (!one.known()) return nullptr;
  return {{"start", or_null(one.start)}, {"end", or_null(one.end)}};
}

inline Json published(const std::optional<PublishedFact>& fact) {
  if (!fact) return nullptr;
  return {{"value", fact->value}, {"how", fact->how}, {"evidence", or_null(fact->evidence)}};
}

// PLOVER's name of an event, and the slots that an event has in a reading and in the record alike.
template <class Event>
Json plover(const Event& event) {
  return {{"type", event.plover_type}, {"mode", or_null(event.plover_mode)}};
}
template <class Event>
void put_slots(Json& out, const Event& event) {
  out["actors"] = named(event.actors);
  out["targets"] = named(event.targets);
  out["mediators"] = named(event.mediators);
  out["place"] = or_null(event.place);
  out["date"] = dates(event.date);
  out["deadline"] = dates(event.deadline);
  out["status"] = event.status;
  out["attributed_to"] = named(event.attributed_to);
}

// One line; bytes that are no UTF-8 (there are none in a Text) would become U+FFFD.
inline std::string line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace chancery::wire
