// From tables and byte spans to plain values and code points.
#include "record/facts.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace chancery {
namespace {

class Facter {
 public:
  Facter(const Reading& reading, const Knowledge& knowledge) : reading_(reading), knowledge_(knowledge) {}

  Facts all() {
    Facts facts;
    facts.text = std::string(text().bytes());
    facts.document = document();
    for (const Sentence& sentence : reading_.analysis.sentences) facts.sentences.push_back(range(sentence.span));
    for (const TimeMention& mention : reading_.times.mentions) facts.times.push_back(time(mention));
    for (const Statement& one : reading_.statements) facts.statements.push_back(statement(one));
    for (const Event& one : reading_.events) facts.events.push_back(event(one));
    facts.entities = entities();
    return facts;
  }

 private:
  const Text& text() const { return reading_.page.text; }
  TextRange range(Span span) const { return {text().code_point(span.begin), text().code_point(span.end)}; }
  std::optional<TextRange> range(const std::optional<Span>& span) const {
    if (!span) return std::nullopt;
    return range(*span);
  }
  std::string words(Span span) const { return std::string(text()[span]); }

  // Two decimals, so that the number prints alike on every machine.
  static double rounded(float confidence) { return std::round(static_cast<double>(confidence) * 100.0) / 100.0; }

  static DateRange dates(const std::optional<Interval>& interval) {
    DateRange range;
    if (!interval) return range;
    if (interval->start) range.start = interval->start->iso();
    if (interval->end) range.end = interval->end->iso();
    return range;
  }

  // The entities by id and name, plural ones expanded, each once, in the order given.
  std::vector<Named> named(const std::vector<EntityId>& ids) {
    std::vector<Named> out;
    for (EntityId id : ids) {
      for (EntityId member : reading_.entities.expand(id)) {
        const Entity& entity = reading_.entities.entities[member];
        used_.insert(member.value);
        Named one{entity.id, entity.name};
        if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
      }
    }
    return out;
  }

  TextRange sentence(std::uint32_t index) const {
    if (index >= reading_.analysis.sentences.size()) return {};
    return range(reading_.analysis.sentences[index].span);
  }

  DocumentFact document() const {
    const Page& page = reading_.page;
    DocumentFact fact{page.id,       page.uri,        page.title,   page.byline, page.outlet,
                      page.language, text().length(), std::nullopt, {}};
    const auto& published = reading_.times.published ? reading_.times.published : page.published;
    if (published) fact.published = PublishedFact{published->value, how(published->how), range(published->evidence)};
    for (const Block& block : page.blocks)
      if (!is_article(block.kind)) fact.boilerplate.push_back(range(block.span));
    return fact;
  }

  static std::string how(DateHow how) {
    switch (how) {
      case DateHow::metadata:
        return "metadata";
      case DateHow::url:
        return "url";
      case DateHow::text:
        return "text";
      case DateHow::given:
        return "given";
      case DateHow::inferred:
        return "inferred";
    }
    return "given";
  }

  TimeFact time(const TimeMention& mention) const {
    static constexpr const char* kTypes[] = {"DATE", "TIME", "DURATION", "SET"};
    return {range(mention.span), kTypes[static_cast<int>(mention.type)], mention.value, mention.mod};
  }

  StatementFact statement(const Statement& one) {
    static constexpr const char* kModes[] = {"direct", "indirect", "mixed"};
    static constexpr const char* kStances[] = {"neutral",   "asserting",   "denying",  "demanding",
                                               "promising", "threatening", "conceding"};
    StatementFact fact;
    fact.span = range(one.span);
    fact.text = words(one.span);
    fact.mode = kModes[static_cast<int>(one.mode)];
    fact.speakers = named(one.speakers);
    fact.speaker_span = range(one.speaker_span);
    fact.cue_lemma = one.cue_lemma;
    fact.cue_span = range(one.cue_span);
    fact.stance = kStances[static_cast<int>(one.stance)];
    fact.addressees = named(one.addressees);
    fact.date = dates(one.date);
    fact.via = named(one.via);
    fact.sentence = sentence(one.sentence);
    fact.confidence = rounded(one.confidence);
    return fact;
  }

  EventFact event(const Event& one) {
    EventFact fact;
    fact.kind = name(one.kind);
    fact.plover_type = plover(one.kind).type;
    fact.plover_mode = plover(one.kind).mode;
    fact.trigger = range(one.trigger);
    fact.trigger_text = words(one.trigger);
    for (Span mention : one.mentions) fact.mentions.push_back(range(mention));
    fact.actors = named(one.actors);
    fact.targets = named(one.targets);
    fact.mediators = named(one.mediators);
    if (one.place) {
      fact.place =
          Named{std::string(knowledge_[one.place].id), std::string(knowledge_.name(one.place, reading_.page.language))};
    }
    fact.date = dates(one.date);
    fact.deadline = dates(one.deadline);
    fact.status = name(one.status);
    fact.attributed_to = named(one.attributed_to);
    fact.sentence = sentence(one.sentence);
    if (one.sentence < reading_.analysis.sentences.size())
      fact.sentence_text = words(reading_.analysis.sentences[one.sentence].span);
    if (one.content) fact.content = words(*one.content);
    fact.confidence = rounded(one.confidence);
    return fact;
  }

  // « son », « leur », and « je », « nous » in quotations: mentions of those whom another mention shows already.
  void add_possessives(std::vector<EntityFact>& facts) const {
    for (const Mention& mention : reading_.entities.possessives) {
      if (!mention.entity || facts[mention.entity.value].mentions.empty()) continue;
      auto& mentions = facts[mention.entity.value].mentions;
      const MentionFact one{range(mention.span), "pronoun"};
      const auto at = std::upper_bound(mentions.begin(), mentions.end(), one,
                                       [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
      mentions.insert(at, one);
    }
  }

  // Entities that readers can see: those with a mention that is more than an adjective, and those a fact names.
  std::vector<EntityFact> entities() const {
    static constexpr const char* kForms[] = {"name", "office", "nominal", "pronoun", "adjective"};
    const auto& table = reading_.entities.entities;
    std::vector<EntityFact> facts(table.size());
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const Entity& entity = table[EntityId(i)];
      facts[i] = {entity.id, std::string(name(entity.kind)), entity.name, entity.wikidata, {}, entity.outlet, {}};
      if (entity.state) facts[i].state = knowledge_[entity.state].id;
    }
    for (const Mention& mention : reading_.entities.mentions) {
      if (!mention.entity || mention.form == MentionForm::adjective) continue;
      facts[mention.entity.value].mentions.push_back({range(mention.span), kForms[static_cast<int>(mention.form)]});
    }
    add_possessives(facts);
    std::vector<EntityFact> seen;
    for (std::uint32_t i = 0; i < facts.size(); ++i)
      if (!facts[i].mentions.empty() || used_.contains(i)) seen.push_back(std::move(facts[i]));
    return seen;
  }

  const Reading& reading_;
  const Knowledge& knowledge_;
  std::set<std::uint32_t> used_;  // entities that a statement or event names
};

}  // namespace

Facts facts_of(const Reading& reading, const Knowledge& knowledge) { return Facter(reading, knowledge).all(); }

}  // namespace chancery
