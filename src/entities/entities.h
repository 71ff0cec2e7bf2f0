// Who and what is mentioned: names, titles, offices, demonyms, nominals and pronouns of a page, grouped into entities,
// each linked to a Thing of the knowledge where one is meant, else local to the page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/table.h"
#include "knowledge/knowledge.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/page.h"
#include "text/span.h"
#include "time/time.h"

namespace chancery {

using EntityId = Id<struct EntityTag>;
using MentionId = Id<struct MentionTag>;

enum class MentionForm : std::uint8_t {
  name,       // Sergueï Lavrov, la Russie, l'ONU, Moscou
  office,     // le ministre russe des Affaires étrangères, le chef de la diplomatie russe
  nominal,    // la diplomate, les deux hommes, son homologue américain
  pronoun,    // il, elle, lui, ils; in Entities::possessives son, sa, ses, leur
  adjective,  // russe in « troupes russes »: no mention of its own for readers, but a clue for events
};

struct Mention {
  Span span;  // the whole phrase without its article: « ministre russe …, Sergueï Lavrov » is one
              // office mention and one name mention of the same entity, side by side
  MentionForm form = MentionForm::name;
  EntityId entity;                                // none: a mention that could not be resolved (a pronoun)
  std::uint32_t first_token = 0, last_token = 0;  // tokens [first, last)
  std::uint32_t sentence = 0;
  Gender gender = Gender::none;
  Number number = Number::none;
  static constexpr std::uint32_t kNoToken = 0xFFFFFFFF;
  std::uint32_t head_token = 0;       // the token that stands for the phrase: its noun, or the first word of its name
  std::uint32_t governor = kNoToken;  // the token of the preposition before it: « à » in « à Moscou »; of A and B in
                                      // « entre A et B » both have « entre ». kNoToken: none, a subject or an object
  bool subject = false;  // stands as a subject stands: no preposition, a finite verb behind or a verb of
                         // saying before. A guess where there is no tree
  bool quoted = false;   // inside quotation marks
  bool metonym = false;  // Moscou for Russia, le Kremlin: the entity is what is meant
  ThingId as_place;      // for « Moscou », « la Russie »: the place that the same words name, if any
  float confidence = 1;  // that the entity is the one meant
};

struct Entity {
  ThingKind kind = ThingKind::person;
  ThingId thing;     // none: local to the page
  std::string id;    // the thing's id, or "local/<folded-name>", unique in the page
  std::string name;  // in the page's language if the thing has it, else as the page writes it
  std::string wikidata;
  ThingId state;                  // the state that a person or body acts for on the page's day, if known
  ThingId body;                   // the organisation without a state that a person or office acts for: Otan, UE
  bool outlet = false;            // an agency or outlet
  std::vector<EntityId> members;  // of a plural mention (les deux hommes, MM. A et B): its members; else empty
  Gender gender = Gender::none;
};

struct Entities {
  // In order of first mention; then, without a mention, the states and bodies for which somebody acts.
  Table<EntityId, Entity> entities;
  Table<MentionId, Mention> mentions;  // in text order; may nest (the adjective in an office phrase), never cross
  // Whose « son », « sa », « ses », « leur » are, and, inside quotations, whom « je », « nous », « mon », « notre »
  // mean: their speaker. In text order, those alone of which it is clear. They are links of the chains of reference and
  // take part in nothing; the functions below pass them over.
  std::vector<Mention> possessives;

  // Mentions whose span lies within `span`, as a range of ids [first, last) of a superset in order: check spans.
  std::pair<std::uint32_t, std::uint32_t> mentions_between(std::uint32_t begin, std::uint32_t end) const;
  // The longest mention that holds the byte; none if there is none.
  MentionId mention_at(std::uint32_t offset) const;
  // The entity itself, or its members if it is a plural one.
  std::vector<EntityId> expand(EntityId id) const;

  // What statements and events ask of a sentence's words. All look at the sentence of the token alone, pass over
  // adjectives and unresolved pronouns, and take the outermost of nested mentions. None where there is none.
  //
  // The mention to which a token belongs, the noun phrase that it heads before any that it only lies in.
  MentionId head_mention(std::uint32_t token) const;
  // The nearest mention before (ending at or before) the token that stands as a subject.
  MentionId subject_before(const Analysis& analysis, std::uint32_t token) const;
  // The mention right behind the token, with nothing between them but determiners, adverbs, adjectives, nouns and
  // numbers of time: the subject of « a déclaré mardi le ministre ». None behind a preposition, a verb or a mark other
  // than a comma.
  MentionId mention_after(const Analysis& analysis, std::uint32_t token) const;
  // The nearest mention that the preposition at `token` governs.
  MentionId governed_by(std::uint32_t token) const;
  // The mention and those joined to it by commas and conjunctions, « A, B et C », in text order. A name beside its own
  // title counts once.
  std::vector<MentionId> coordinated(const Analysis& analysis, MentionId id) const;
  // The entities of those, plural ones expanded, each once, in text order.
  std::vector<EntityId> coordinated_entities(const Analysis& analysis, MentionId id) const;
};

// The compiled title, kinship and pronoun tables of one pack (languages/<code>/entities.toml and titles.tsv).
class EntityRules {
 public:
  static Result<EntityRules> compile(const LanguagePack& pack);
  EntityRules(EntityRules&&) noexcept;
  EntityRules& operator=(EntityRules&&) noexcept;
  ~EntityRules();
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  EntityRules();
  std::unique_ptr<Tables> tables_;
};

Entities find_entities(const Page& page, const Analysis& analysis, const Times& times, const Knowledge& knowledge,
                       const EntityRules& rules);

}  // namespace chancery
