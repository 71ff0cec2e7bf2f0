// A reading as plain values: what leaves the engine. Names are spelled out, spans count code points, nothing refers to
// tables any more. It is exactly the reading of docs/record.md; wire/ prints it, the store keeps it, the record merges
// it. Two readings of the same page have equal facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/reading.h"

namespace chancery {

// [begin, end) in code points of the page's text.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend auto operator<=>(const TextRange&, const TextRange&) = default;
};

// A thing by id and name: {"id": "state/RUS", "name": "Russie"}.
struct Named {
  std::string id;
  std::string name;
  friend auto operator<=>(const Named&, const Named&) = default;
};

// ISO 8601 days, either side empty if open; both empty is "no date" and is printed as null.
struct DateRange {
  std::string start;
  std::string end;
  friend auto operator<=>(const DateRange&, const DateRange&) = default;
  bool known() const { return !start.empty() || !end.empty(); }
};

struct PublishedFact {
  std::string value;
  std::string how;  // metadata, url, text, given, inferred
  std::optional<TextRange> evidence;
};

struct DocumentFact {
  std::string id;
  std::string uri;
  std::string title, byline, outlet, language;  // empty is printed as null
  std::uint32_t length = 0;                     // of the text, in code points
  std::optional<PublishedFact> published;
  std::vector<TextRange> boilerplate;
};

struct MentionFact {
  TextRange span;
  std::string form;  // name, office, nominal, pronoun
};

struct EntityFact {
  std::string id;
  std::string kind;  // person, office, state, organisation, place, group
  std::string name;
  std::string wikidata;
  std::string state;    // id of the state that a person or body acts for; empty if unknown. Not printed in a reading
  bool outlet = false;  // an agency or outlet. Not printed in a reading
  std::vector<MentionFact> mentions;
};

struct TimeFact {
  TextRange span;
  std::string type;  // DATE, TIME, DURATION, SET
  std::string value;
  std::string mod;  // empty is printed as null
};

struct StatementFact {
  TextRange span;
  std::string text;  // the words of the span. Not printed in a reading; the record and full text need them
  std::string mode;  // direct, indirect, mixed
  std::vector<Named> speakers;
  std::optional<TextRange> speaker_span;
  std::string cue_lemma;  // empty: no cue
  std::optional<TextRange> cue_span;
  std::string stance;
  std::vector<Named> addressees;
  DateRange date;
  std::vector<Named> via;
  TextRange sentence;
  double confidence = 0;  // rounded to two decimals, so that it prints alike everywhere
};

struct EventFact {
  std::string kind;
  std::string plover_type, plover_mode;  // mode empty is printed as null
  TextRange trigger;
  std::string trigger_text;  // not printed in a reading
  std::vector<TextRange> mentions;
  std::vector<Named> actors, targets, mediators;
  std::optional<Named> place;
  DateRange date;
  DateRange deadline;  // printed as null if unknown
  std::string status;
  std::vector<Named> attributed_to;
  TextRange sentence;
  std::string sentence_text;  // the evidence in the page's own words. Not printed in a reading
  std::string content;        // of a verbal act: what it is about. Not printed in a reading
  double confidence = 0;
};

struct Facts {
  DocumentFact document;
  std::string text;  // the page's text, UTF-8. Not printed in a reading; the record keeps it to lead back to
  std::vector<TextRange> sentences;
  std::vector<EntityFact> entities;
  std::vector<TimeFact> times;
  std::vector<StatementFact> statements;
  std::vector<EventFact> events;
};

// Pure.
Facts facts_of(const Reading& reading, const Knowledge& knowledge);

}  // namespace chancery
