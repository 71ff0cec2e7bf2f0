// Who said what: direct, indirect and mixed quotations, each with its speaker, cue, addressee, day and channel, as
// docs/record.md defines them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "entities/entities.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/page.h"
#include "text/span.h"
#include "time/time.h"

namespace chancery {

enum class StatementMode : std::uint8_t { direct, indirect, mixed };

// What the cue does, from the language pack: « affirmer » asserts, « nier » denies.
enum class Stance : std::uint8_t { neutral, asserting, denying, demanding, promising, threatening, conceding };

struct Statement {
  Span span;  // as record.md says: a direct one without its outer marks, …
  StatementMode mode = StatementMode::direct;
  std::vector<EntityId> speakers;    // empty: the page does not say, or we do not know
  std::optional<Span> speaker_span;  // the words that name the speaker for this statement
  std::optional<Span> cue_span;
  std::string cue_lemma;  // déclarer; "selon"; empty without a cue
  Stance stance = Stance::neutral;
  std::vector<EntityId> addressees;
  std::optional<Interval> date;  // the day of speaking
  std::vector<EntityId> via;     // outlets and agencies, first teller first
  std::uint32_t sentence = 0;    // where it begins
  float confidence = 0;          // calibrated: that span and speaker are right
};

using Statements = std::vector<Statement>;  // in text order of their spans

class StatementRules {
 public:
  static Result<StatementRules> compile(const LanguagePack& pack);  // languages/<code>/speech.toml, speech-cues.tsv
  StatementRules(StatementRules&&) noexcept;
  StatementRules& operator=(StatementRules&&) noexcept;
  ~StatementRules();
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  StatementRules();
  std::unique_ptr<Tables> tables_;
};

// `entities` grows by the speakers whom it does not hold and whom the page calls by some words of its own (« une
// habitante », a name that no list has): they come last in its table of entities, their mentions in text order.
Statements find_statements(const Page& page, const Analysis& analysis, const Times& times, Entities& entities,
                           const Knowledge& knowledge, const StatementRules& rules);

}  // namespace chancery
