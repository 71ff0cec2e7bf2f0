#include "store/codec.h"

#include <cmath>
#include <tuple>
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

// The page's own part of Facts.
struct PageFacts {
  DocumentFact document;
  std::vector<TextRange> sentences;
  std::vector<EntityFact> entities;
  std::vector<TimeFact> times;
};

// The fields of each type, in the order in which they are written.
auto members(Named& v) { return std::tie(v.id, v.name); }
auto members(DateRange& v) { return std::tie(v.start, v.end); }
auto members(PublishedFact& v) { return std::tie(v.value, v.how, v.evidence); }
auto members(DocumentFact& v) {
  return std::tie(v.id, v.uri, v.title, v.byline, v.outlet, v.language, v.length, v.published, v.boilerplate);
}
auto members(MentionFact& v) { return std::tie(v.span, v.form); }
auto members(EntityFact& v) { return std::tie(v.id, v.kind, v.name, v.wikidata, v.state, v.outlet, v.mentions); }
auto members(TimeFact& v) { return std::tie(v.span, v.type, v.value, v.mod); }
auto members(StatementFact& v) {
  return std::tie(v.span, v.text, v.mode, v.speakers, v.speaker_span, v.cue_lemma, v.cue_span, v.stance, v.addressees,
                  v.date, v.via, v.sentence, v.confidence);
}
auto members(EventFact& v) {
  return std::tie(v.kind, v.plover_type, v.plover_mode, v.trigger, v.trigger_text, v.mentions, v.actors, v.targets,
                  v.mediators, v.place, v.date, v.deadline, v.status, v.attributed_to, v.sentence, v.sentence_text,
                  v.content, v.confidence);
}
// A mention repeats in its evidence or variant what its fact says already: only the rest is written.
auto members(EventMention& v) { return std::tie(v.fact, v.actors, v.targets, v.place_state, v.evidence.leads_to); }
auto members(StatementMention& v) { return std::tie(v.fact, v.states); }
auto members(PageFacts& v) { return std::tie(v.document, v.sentences, v.entities, v.times); }

template <class Value>
void complete(Value&) {}
void complete(EventMention& v) {
  v.evidence.sentence = v.fact.sentence;
  v.evidence.sentence_text = v.fact.sentence_text;
  v.evidence.trigger = v.fact.trigger;
  v.evidence.status = v.fact.status;
  v.evidence.date = v.fact.date;
  v.evidence.place = v.fact.place;
  v.evidence.attributed_to = v.fact.attributed_to;
}
void complete(StatementMention& v) {
  v.variant.span = v.fact.span;
  v.variant.text = v.fact.text;
  v.variant.mode = v.fact.mode;
  v.variant.cue_lemma = v.fact.cue_lemma;
  v.variant.sentence = v.fact.sentence;
  v.variant.via = v.fact.via;
}

// Takes values in one of the two ways. A class, so that its functions see each other.
template <class Way>
class Fields {
 public:
  explicit Fields(Way& way) : way_(way) {}

  void take(std::string& value) {
    if constexpr (Way::kReads) {
      value = way_.bytes().text();
    } else {
      way_.bytes().text(value);
    }
  }
  void take(std::uint32_t& value) {
    if constexpr (Way::kReads) {
      value = static_cast<std::uint32_t>(way_.bytes().number());
    } else {
      way_.bytes().number(value);
    }
  }
  void take(bool& value) {
    if constexpr (Way::kReads) {
      value = way_.bytes().flag();
    } else {
      way_.bytes().flag(value);
    }
  }
  // A confidence: hundredths.
  void take(double& value) {
    auto hundredths = static_cast<std::uint32_t>(std::lround(value * 100));
    take(hundredths);
    if constexpr (Way::kReads) value = hundredths / 100.0;
  }
  // Ends are written as lengths: they are small.
  void take(TextRange& value) {
    std::uint32_t length = value.end - value.begin;
    take(value.begin);
    take(length);
    if constexpr (Way::kReads) value.end = value.begin + length;
  }
  template <class Value>
  void take(std::optional<Value>& value) {
    bool there = value.has_value();
    take(there);
    if constexpr (Way::kReads) {
      if (there) value.emplace();
    }
    if (there) take(*value);
  }
  template <class Value>
  void take(std::vector<Value>& values) {
    if constexpr (Way::kReads) {
      values.resize(way_.bytes().count());
    } else {
      way_.bytes().number(values.size());
    }
    for (Value& value : values) take(value);
  }
  template <class Value>
  auto take(Value& value) -> decltype(members(value), void()) {
    std::apply([this](auto&... member) { (this->take(member), ...); }, members(value));
    if constexpr (Way::kReads) complete(value);
  }

 private:
  Way& way_;
};

template <class Value>
std::string encoded(const Value& value) {
  Encoding way;
  Fields<Encoding>(way).take(const_cast<Value&>(value));  // Encoding changes nothing
  return way.bytes().take();
}

template <class Value>
std::optional<Value> decoded(std::string_view bytes) {
  Decoding way(bytes);
  Value value;
  Fields<Decoding>(way).take(value);
  if (!way.bytes().ok() || !way.bytes().at_end()) return std::nullopt;
  return value;
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
