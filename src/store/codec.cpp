#include "store/codec.h"

#include <cmath>
#include <type_traits>
#include <vector>

#include "record/bytes.h"

namespace chancery {
namespace {

// The two directions. Each takes the fields of a value in turn.
class Encoding {
 public:
  static constexpr bool kReads = false;
  ByteWriter& bytes() { return bytes_; }

 private:
  ByteWriter bytes_;
};
class Decoding {
 public:
  static constexpr bool kReads = true;
  explicit Decoding(std::string_view bytes) : bytes_(bytes) {}
  ByteReader& bytes() { return bytes_; }

 private:
  ByteReader bytes_;
};

template <class Way>
void field(Way& way, std::string& value) {
  if constexpr (Way::kReads) {
    value = way.bytes().text();
  } else {
    way.bytes().text(value);
  }
}

template <class Way>
void field(Way& way, std::uint32_t& value) {
  if constexpr (Way::kReads) {
    value = static_cast<std::uint32_t>(way.bytes().number());
  } else {
    way.bytes().number(value);
  }
}

template <class Way>
void field(Way& way, bool& value) {
  if constexpr (Way::kReads) {
    value = way.bytes().flag();
  } else {
    way.bytes().flag(value);
  }
}

// A confidence: hundredths.
template <class Way>
void field(Way& way, double& value) {
  auto hundredths = static_cast<std::uint32_t>(std::lround(value * 100));
  field(way, hundredths);
  if constexpr (Way::kReads) value = hundredths / 100.0;
}

// Ends are written as lengths: they are small.
template <class Way>
void field(Way& way, TextRange& value) {
  std::uint32_t length = value.end - value.begin;
  field(way, value.begin);
  field(way, length);
  if constexpr (Way::kReads) value.end = value.begin + length;
}

template <class Way, class Value>
void field(Way& way, std::optional<Value>& value);
template <class Way, class Value>
void field(Way& way, std::vector<Value>& values);

template <class Way>
void field(Way& way, Named& value) {
  field(way, value.id);
  field(way, value.name);
}
template <class Way>
void field(Way& way, DateRange& value) {
  field(way, value.start);
  field(way, value.end);
}
template <class Way>
void field(Way& way, PublishedFact& value) {
  field(way, value.value);
  field(way, value.how);
  field(way, value.evidence);
}
template <class Way>
void field(Way& way, DocumentFact& value) {
  field(way, value.id);
  field(way, value.uri);
  field(way, value.title);
  field(way, value.byline);
  field(way, value.outlet);
  field(way, value.language);
  field(way, value.length);
  field(way, value.published);
  field(way, value.boilerplate);
}
template <class Way>
void field(Way& way, MentionFact& value) {
  field(way, value.span);
  field(way, value.form);
}
template <class Way>
void field(Way& way, EntityFact& value) {
  field(way, value.id);
  field(way, value.kind);
  field(way, value.name);
  field(way, value.wikidata);
  field(way, value.state);
  field(way, value.outlet);
  field(way, value.mentions);
}
template <class Way>
void field(Way& way, TimeFact& value) {
  field(way, value.span);
  field(way, value.type);
  field(way, value.value);
  field(way, value.mod);
}
template <class Way>
void field(Way& way, StatementFact& value) {
  field(way, value.span);
  field(way, value.text);
  field(way, value.mode);
  field(way, value.speakers);
  field(way, value.speaker_span);
  field(way, value.cue_lemma);
  field(way, value.cue_span);
  field(way, value.stance);
  field(way, value.addressees);
  field(way, value.date);
  field(way, value.via);
  field(way, value.sentence);
  field(way, value.confidence);
}
template <class Way>
void field(Way& way, EventFact& value) {
  field(way, value.kind);
  field(way, value.plover_type);
  field(way, value.plover_mode);
  field(way, value.trigger);
  field(way, value.trigger_text);
  field(way, value.mentions);
  field(way, value.actors);
  field(way, value.targets);
  field(way, value.mediators);
  field(way, value.place);
  field(way, value.date);
  field(way, value.deadline);
  field(way, value.status);
  field(way, value.attributed_to);
  field(way, value.sentence);
  field(way, value.sentence_text);
  field(way, value.content);
  field(way, value.confidence);
}
// A mention repeats in its evidence what its fact says already: only the rest is written.
template <class Way>
void field(Way& way, EventMention& value) {
  field(way, value.fact);
  field(way, value.actors);
  field(way, value.targets);
  field(way, value.place_state);
  field(way, value.evidence.leads_to);
  if constexpr (Way::kReads) {
    value.evidence.sentence = value.fact.sentence;
    value.evidence.sentence_text = value.fact.sentence_text;
    value.evidence.trigger = value.fact.trigger;
    value.evidence.status = value.fact.status;
    value.evidence.date = value.fact.date;
    value.evidence.place = value.fact.place;
    value.evidence.attributed_to = value.fact.attributed_to;
  }
}
template <class Way>
void field(Way& way, StatementMention& value) {
  field(way, value.fact);
  if constexpr (Way::kReads) {
    value.variant.span = value.fact.span;
    value.variant.text = value.fact.text;
    value.variant.mode = value.fact.mode;
    value.variant.cue_lemma = value.fact.cue_lemma;
    value.variant.sentence = value.fact.sentence;
    value.variant.via = value.fact.via;
  }
}

template <class Way, class Value>
void field(Way& way, std::optional<Value>& value) {
  bool there = value.has_value();
  field(way, there);
  if constexpr (Way::kReads) {
    if (there) value.emplace();
  }
  if (there) field(way, *value);
}

template <class Way, class Value>
void field(Way& way, std::vector<Value>& values) {
  if constexpr (Way::kReads) {
    values.resize(way.bytes().count());
  } else {
    way.bytes().number(values.size());
  }
  for (Value& value : values) field(way, value);
}

template <class Value>
std::string encoded(const Value& value) {
  Encoding way;
  field(way, const_cast<Value&>(value));  // Encoding changes nothing
  return way.bytes().take();
}

template <class Value>
std::optional<Value> decoded(std::string_view bytes) {
  Decoding way(bytes);
  Value value;
  field(way, value);
  if (!way.bytes().ok() || !way.bytes().at_end()) return std::nullopt;
  return value;
}

// The page's own part of Facts.
struct PageFacts {
  DocumentFact document;
  std::vector<TextRange> sentences;
  std::vector<EntityFact> entities;
  std::vector<TimeFact> times;
};
template <class Way>
void field(Way& way, PageFacts& value) {
  field(way, value.document);
  field(way, value.sentences);
  field(way, value.entities);
  field(way, value.times);
}

}  // namespace

std::string encode_page(const Facts& facts) {
  return encoded(PageFacts{facts.document, facts.sentences, facts.entities, facts.times});
}

std::optional<Facts> decode_page(std::string_view bytes) {
  std::optional<PageFacts> page = decoded<PageFacts>(bytes);
  if (!page) return std::nullopt;
  Facts facts;
  facts.document = std::move(page->document);
  facts.sentences = std::move(page->sentences);
  facts.entities = std::move(page->entities);
  facts.times = std::move(page->times);
  return facts;
}

std::string encode(const EventMention& mention) { return encoded(mention); }
std::optional<EventMention> decode_event_mention(std::string_view bytes) { return decoded<EventMention>(bytes); }
std::string encode(const StatementMention& mention) { return encoded(mention); }
std::optional<StatementMention> decode_statement_mention(std::string_view bytes) {
  return decoded<StatementMention>(bytes);
}
}  // namespace chancery
