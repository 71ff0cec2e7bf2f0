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
// is the writer's.
struct ClausePlace {
  bool in_relative = false;
  bool behind_complementiser = false;
};
std::uint32_t clause_end(const Scan& scan, const Cues& cues, std::uint32_t begin, ClausePlace place = {});

// The first token of the clause that ends before token `end`: the start of the sentence or of the quotation that
// reaches into it, or `floor`, or what follows a semicolon.
std::uint32_t clause_begin(const Scan& scan, std::uint32_t end, std::uint32_t floor);

// Whether a finite verb stands in [begin, end), quotations included.
bool has_finite_verb(const Scan& scan, std::uint32_t begin, std::uint32_t end);

// Whether the quotation reads as a sentence: some words, a finite verb.
bool sentence_like(const Scan& scan, std::uint32_t quotation);

// Where a word group (an object, an addressee) that begins at `i` ends; a prepositional phrase if a preposition does.
std::uint32_t skip_phrase(const Scan& scan, std::uint32_t i, std::uint32_t last);

}  // namespace chancery::speech
