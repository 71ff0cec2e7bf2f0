// Where what is said begins behind its cue, and where it ends. There is no parser: a small scanner knows commas,
// brackets, quotation marks, the little words that open clauses, and finite verbs.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "statements/cues.h"
#include "statements/scan.h"

namespace chancery::speech {

// How a statement is built; docs/statements.md shows each.
enum class Shape : std::uint8_t {
  clause,             // X déclare que A
  question,           // X explique comment A
  infinitive,         // X dit avoir …
  marked_infinitive,  // X conseille de …
  quotation,          // X déclare « A »; X déclare : « A »
  attribute,          // X qualifie Y de « … »
  object,             // X dénonce « … »
  incise,             // A, a déclaré X
  according_to,       // selon X, A
  in_force,           // « A » without a cue
};

struct Complement {
  Shape shape = Shape::clause;
  std::uint32_t begin = 0;  // its first token
  std::uint32_t end = 0;    // fragments only: behind their last token
  std::uint32_t quotation = kNoIndex;
  bool colon = false;
};

// All words of saying of the page with what follows them.
struct Cues {
  std::vector<VerbGroup> groups;
  std::vector<std::optional<Complement>> complements;  // parallel to groups
  std::vector<std::uint32_t> at;                       // for each token 1 + the group that begins there; 0: none
};
Cues find_cues(const Scan& scan);

// The token behind the last word of the reported clause that begins at `begin`. Inside a relative clause (« X, qui
// affirme que A, est attendu ») a comma before a finite verb leads back to the sentence around it.
// Behind « que » (or in an infinitive) a « mais » that takes it up again goes on with what is said; one that does not
// is the writer's. In a subordinate clause that opens its sentence (« Si X affirme que A, Y le nie ») a comma before
// the main clause ends it. Behind a gerund a coordinated verb goes on with the verb before it (« critique X en
// affirmant que A, et le compare à Y »).
struct ClausePlace {
  bool in_relative = false;
  bool behind_complementiser = false;
  bool in_subordinate = false;
  bool in_gerund = false;
  bool verbless = false;  // an infinitive or a predicate: « se dit ravi et a salué Y »
};
std::uint32_t clause_end(const Scan& scan, const Cues& cues, std::uint32_t begin, ClausePlace place = {});

// The first token of the clause that ends before token `end`: the start of the sentence or of the quotation that
// reaches into it, or `floor`, or what follows a semicolon.
std::uint32_t clause_begin(const Scan& scan, std::uint32_t end, std::uint32_t floor);

// « Si X affirme que A, … », « Alors que X assure A, … »: whether a conjunction opens the sentence and the verb at
// token i is the first of its clause.
bool opens_subordinate(const Scan& scan, std::uint32_t i);

// Whether a finite verb stands in [begin, end), quotations included.
bool has_finite_verb(const Scan& scan, std::uint32_t begin, std::uint32_t end);

// Whether the quotation reads as a sentence: some words, a finite verb.
bool sentence_like(const Scan& scan, std::uint32_t quotation);

// « a rappelé « pour consultations » ses ambassadeurs », « a déclaré « persona non grata » trois diplomates »: whether
// the marks hold a circumstance or a predicate and the verb's own object follows.
bool adjunct_quotation(const Scan& scan, std::uint32_t quotation);

// Where a word group (an object, an addressee) that begins at `i` ends; a prepositional phrase if a preposition does.
std::uint32_t skip_phrase(const Scan& scan, std::uint32_t i, std::uint32_t last);

}  // namespace chancery::speech
