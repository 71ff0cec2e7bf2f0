// The record's events in the formats of other programs. Each writer takes the events one after the other, in canonical
// order, and gives the text to write; equal records give equal bytes. What a format cannot hold is left out of it, as
// its comment says: the whole record is in the JSON.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "record/record.h"

namespace chancery {

// What is known of those who take part, by id.
using KnownEntities = std::map<std::string, RecordedEntity>;

class EventWriter {
 public:
  virtual ~EventWriter() = default;
  virtual std::string head() { return {}; }
  virtual std::string event(const RecordedEvent& event) = 0;
  virtual std::string foot() { return {}; }
};

// PLOVER (manual of 2021), one JSON object a line. What has no day bears that of its first page, and says so; what has
// neither is left out. Plans, proposals and denials bear the auxiliary modes future, hypothetical and negation.
std::unique_ptr<EventWriter> plover_writer(KnownEntities entities);
// iCalendar (RFC 5545): whole days, plans tentative, what was called off or denied cancelled. Without undated events
// and those known to no less than a month. DTSTAMP is the day of the last page, because a clock would make each file
// differ.
std::unique_ptr<EventWriter> calendar_writer();
// TimelineJS 3. Without undated events.
std::unique_ptr<EventWriter> timeline_writer(std::string title);
// GEXF 1.2: who had to do with whom. An edge for each pair and kind, its weight the number of events that happened or
// go on; from actor to target; among those who act
// together it is marked as mutual, since one graph of GEXF's readers has either directed edges or none.
std::unique_ptr<EventWriter> graph_writer(KnownEntities entities);
// RDF in Turtle: events of the Simple Event Model (SEM), evidence as Web Annotations with TextPositionSelectors.
std::unique_ptr<EventWriter> turtle_writer(KnownEntities entities);

}  // namespace chancery
