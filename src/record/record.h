// The record: what all pages say together. Each real-world event stands here once, with its history, every source and
// every disagreement; each statement once, with its variants; each promise, agreement, demand and threat with what
// became of it. Everything here is a pure function of the set of Facts: neither the order of the pages nor the number
// of runs can change a byte of it. docs/record-format.md tells the rules of matching and merging in words.
//
// The store keeps a record incrementally; build_record() below is the slow and obvious way to the same result, by
// which the store is checked.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "record/facts.h"

namespace chancery {

// What the pages of one day made of an event's status.
struct HistoryEntry {
  std::string as_of;  // the publication date of the pages; empty (null) if none of the event's pages is dated
  std::string status;
  friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

// One page's telling of an event. The page's text and address are those of the document.
struct Evidence {
  std::string document;
  std::uint32_t position = 0;  // index into the events of the page's Facts
  std::string published;       // of the page; empty if unknown
  TextRange sentence;
  std::string sentence_text;
  TextRange trigger;
  std::string status;
  DateRange date;              // as this page gives it
  std::optional<Named> place;  // likewise
  std::vector<Named> attributed_to;
  std::vector<std::uint32_t> leads_to;  // positions of the page's events that this one (a verbal act) is about
};

struct ConflictValue {
  std::string value;                   // a date as "start" or "start/end", a place's name, a status
  std::vector<std::string> documents;  // sorted
};
struct Conflict {
  std::string field;                  // "date", "place", "status"; of statements "speaker"
  std::vector<ConflictValue> values;  // the value that the event shows first
};

// What became of what had been announced.
struct Plan {
  std::string announced;  // the first day of publication that tells it as planned; empty if that page is undated
  DateRange date;         // for when, as first told
  // held, moved (held on another day than was first told), cancelled, unreported (its day passed and the record, which
  // goes on, tells no more of it) or pending
  std::string outcome;
};

struct RecordedEvent {
  std::string id;  // "event/2025-02-18-negotiate-rus-usa"
  std::string kind;
  std::string plover_type, plover_mode;
  std::vector<std::string> parties;               // ids of who stands behind actors, then targets: states for their
                                                  // officials. Not printed
  std::vector<Named> actors, targets, mediators;  // states, then organisations, then persons, each sorted by id
  std::optional<Named> place;                     // the narrowest that agrees with what most say
  DateRange date;                                 // the most precise that agrees with what most say
  DateRange deadline;
  std::string status;  // as of the last page
  std::vector<Named> attributed_to;
  std::string content;  // of a verbal act: what it is about, in the words of the earliest page that says it, else the
                        // sentence that tells the act
  double confidence = 0;
  std::vector<HistoryEntry> history;  // in order of days, changes only
  std::vector<Evidence> evidence;     // in canonical order
  std::uint32_t documents = 0;
  std::uint32_t origins = 0;  // independent first tellers
  std::vector<Conflict> conflicts;
  std::optional<Plan> plan;  // if any page tells it as planned, proposed or conditional
};

struct Variant {
  std::string document;
  std::uint32_t position = 0;  // index into the statements of the page's Facts
  std::string published;
  TextRange span;
  std::string text;
  std::string mode;
  std::string cue_lemma;
  TextRange sentence;
  std::vector<Named> via;
};

struct RecordedStatement {
  std::string id;  // "statement/2025-02-18-sergei-lavrov-1f3a90c2"
  std::vector<Named> speakers, addressees, via;
  DateRange date;
  std::string text;  // the fullest variant's words
  std::string mode;
  std::string stance;
  double confidence = 0;
  std::vector<Variant> variants;    // in canonical order
  std::vector<Conflict> conflicts;  // other speakers to whom pages give the words
};

struct Commitment {
  std::string id;     // "commitment/" and the rest of the event's id
  std::string event;  // id of the event that made it
  std::string kind;   // promise, agree, request, threaten
  std::vector<Named> by, to;
  std::string content;
  std::string made;                     // ISO 8601 day, or empty
  std::string deadline;                 // likewise
  std::string status;                   // open, kept, broken, withdrawn, lapsed
  std::vector<std::string> settled_by;  // ids of the events that kept, broke or withdrew it
  std::vector<Evidence> evidence;
};

struct RecordedDocument {
  DocumentFact fact;
  std::string same_text_as;  // id of the earliest page that tells the same text; empty if this one is the earliest
};

struct RecordedEntity {
  std::string id, kind, name, wikidata, state;
  bool outlet = false;
  std::uint32_t documents = 0;  // that mention it
};

// The whole record, in canonical order: events by date (undated last) and id, statements by date and id, commitments
// by day and id, documents by publication date and id, entities by id.
struct Record {
  std::vector<RecordedEvent> events;
  std::vector<RecordedStatement> statements;
  std::vector<Commitment> commitments;
  std::vector<RecordedEntity> entities;
  std::vector<RecordedDocument> documents;
};

// The record of the pages, compared all with all. For tests and for small sets: quadratic.
Record build_record(std::span<const Facts> pages);
// The record as it stood at the end of `day` (ISO 8601): the record of the pages published up to then. Pages without a
// publication date are left out, for nobody can say that they had appeared.
Record build_record(std::span<const Facts> pages, std::string_view as_of);

// --- The steps, as the store uses them -------------------------------------------------------------------------------

// Of two copies of the same bytes, the one whose key is smaller stands in the record: the one that appeared first, then
// the one whose address comes first.
std::tuple<std::string, std::string, std::string> canonical_copy(const DocumentFact& document);
// Whether a page published on `published` (as precise as is known) had surely appeared at the end of `day`.
bool appeared_by(std::string_view published, std::string_view day);

// The canonical orders: sort keys.
std::pair<std::string, std::string> event_order(const RecordedEvent& event);
std::pair<std::string, std::string> statement_order(const RecordedStatement& statement);
std::pair<std::string, std::string> commitment_order(const Commitment& commitment);
std::pair<std::string, std::string> document_order(const RecordedDocument& document);

// An entity as one page gives it. The record's entity is the form that most pages give.
struct EntityForm {
  std::string id, kind, name, wikidata, state;
  bool outlet = false;
  friend auto operator<=>(const EntityForm&, const EntityForm&) = default;
};
std::vector<EntityForm> entity_forms(const Facts& facts);  // sorted, each once
// `forms` are of one id, each with the number of pages that give it.
RecordedEntity merge_entity(std::vector<std::pair<EntityForm, std::uint32_t>> forms);

// What origin counting needs to know of a page.
struct OriginPage {
  std::string document;
  std::string same_text_as;  // id of its earliest twin, or its own
  std::string outlet;        // empty if unknown
};
// Independent first tellers among the evidence: pages with the same text, of the same outlet, or that name the same
// first teller are one. `pages` holds each document of `evidence` once, sorted by document.
std::uint32_t count_origins(std::span<const Evidence> evidence, std::span<const OriginPage> pages);

// One page's mention of an event, as merging needs it.
struct EventMention {
  Evidence evidence;
  EventFact fact;
  std::vector<std::string> actors, targets;  // the parties of its traits (matching.h)
  std::string place_state;
};
EventMention event_mention(const Facts& facts, std::uint32_t position);
// Everything but id, origins and whether a plan went unreported. The mentions may come in any order; there is at least
// one.
RecordedEvent merge_event(std::vector<EventMention> mentions);
// A plan of which nothing is told ten days after its day is unreported. `day`: up to which the record tells, ISO 8601.
void judge_plan(RecordedEvent& event, std::string_view day);
// Whether `other` shows that those who planned `event` came together on its days all the same: a contact, a visit or an
// agreement that happened between two of them at least. Then the plan was held, though nobody tells it in its own
// words.
bool bears_out(const RecordedEvent& other, const RecordedEvent& event);
// The first and the last day on which such an event begins; nothing if the plan is too vague or names too few.
std::optional<std::pair<std::string, std::string>> planned_days(const RecordedEvent& event);
// All who take part in any role, by id, and the states that they act for.
std::set<std::string> all_parties(const RecordedEvent& event);
// "event/2025-02-18-negotiate-rus-usa": what the id would be if no other event had the same.
std::string base_id(const RecordedEvent& event);
// The id of an event that must stand apart from others with the same base id; `mark` is the hash of its root node.
std::string marked_id(std::string_view base, std::uint64_t mark);

struct StatementMention {
  Variant variant;
  StatementFact fact;
  std::vector<std::string> states;  // for whom the speakers act; sorted ids
};
StatementMention statement_mention(const Facts& facts, std::uint32_t position);
RecordedStatement merge_statement(std::vector<StatementMention> mentions, std::uint64_t mark);

// The commitment that an event is, if it is one: a promise, agreement, request or threat that was made. Its status is
// open, or lapsed if `as_of` is given and the deadline has passed; settle_commitment() then says what became of it.
std::optional<Commitment> commitment_of(const RecordedEvent& event, std::string_view as_of);
// `about`: the events that the verbal act is about, as its own pages link them. Where the act itself has no deadline,
// the first one of theirs is the commitment's.
void settle_commitment(Commitment& commitment, std::span<const RecordedEvent> about, std::string_view as_of);

// Positions of the events of a page that its event `position`, a verbal act, is about.
std::vector<std::uint32_t> leads_to(const Facts& facts, std::uint32_t position);

}  // namespace chancery
