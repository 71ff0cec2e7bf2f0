// What is known before reading: states, organisations, offices with their dated holders, persons, places, metonyms,
// outlets. The sources are TSV files in knowledge/; the build compiles them into one file that is mapped at start.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "text/fold.h"
#include "time/time.h"

namespace chancery {

using ThingId = Id<struct ThingTag>;

enum class ThingKind : std::uint8_t { person, office, state, organisation, place, group };
std::string_view name(ThingKind kind);  // as in record.md

// How a name stands for its thing.
enum class NameForm : std::uint8_t {
  name,       // the name, an alias, an acronym, a transliteration
  surname,    // a person's surname alone: weaker, needs context or a clear winner on the day
  adjective,  // of a state: russe, américaine
  demonym,    // people of a state: Russe(s), Américains
  metonym,    // stands for the thing by convention: le Kremlin → the presidency of Russia, Washington → the US
  title,  // of an office whose state is part of the name (chancelier allemand: no; Secrétaire général de l'ONU: yes)
};

struct Thing {
  std::string_view id;  // "state/RUS", "person/sergei-lavrov", "office/foreign-minister/RUS", "place/geneva"
  ThingKind kind = ThingKind::place;
  std::string_view wikidata;   // "Q58217" or empty
  ThingId state;               // of a person: the state that he acts for first; of a place or office: where it is;
                               // of an organisation: none, or the state for state bodies
  ThingId seat;                // of an organisation: the place where it sits, if known
  bool woman = false;          // persons only
  bool capital = false;        // places only: capital of `state`
  bool outlet = false;         // organisations only: an agency or outlet (a possible `via`)
  bool body_of_state = false;  // organisations only: speaks for `state` (a presidency, a ministry)
  bool circle = false;         // organisations only: states that act together without a body, « les Six »
  float weight = 0;  // how likely the thing is meant when only the name speaks, 0 … 1 (population, prominence)
};

// One way in which a name may be meant.
struct NameEntry {
  ThingId thing;
  NameForm form = NameForm::name;
  bool upper_only = false;  // counts only when written with a capital (Tours, Nice)
  bool acronym = false;     // counts only when written all in capitals (ONU, AP); upper_only is then set as well
};

struct Tenure {
  ThingId person;
  ThingId office;
  Interval interval;  // a side that is not known is open
};

// A candidate of lookup(), best first.
struct Candidate {
  ThingId thing;
  NameForm form = NameForm::name;
  float score = 0;  // 0 … 1
};
using Candidates = std::vector<Candidate>;

// Read-only, mapped; any number of threads may read.
class Knowledge {
 public:
  // Opens the compiled file. Fails with not_found, malformed (a bad checksum) or unsupported (another version).
  static Result<std::shared_ptr<const Knowledge>> open(const std::filesystem::path& file);
  // The same with the user's own tables laid over it, in order, each winning over what came before: TSV files with
  // the columns of one of the tables in knowledge/README.md. Fails with malformed, naming file, line and reason.
  static Result<std::shared_ptr<const Knowledge>> open(const std::filesystem::path& file,
                                                       const std::vector<std::filesystem::path>& tables);
  // From the bytes of a compiled file, which are copied.
  static Result<std::shared_ptr<const Knowledge>> from_bytes(std::string_view image);
  ~Knowledge();

  const Thing& operator[](ThingId id) const;
  std::uint32_t size() const;
  // The thing with this id ("state/RUS"); none if there is none.
  ThingId find(std::string_view id) const;
  // Its name in a language, falling back to English, then to any.
  std::string_view name(ThingId id, std::string_view language) const;

  // Walks the names word by word (NameWords of text/fold.h), for the longest match at a place:
  // start at root(), step() with each folded word, entries() where a name ends.
  using Node = std::uint32_t;
  static constexpr Node kNoNode = 0xFFFFFFFF;
  Node root() const;
  Node step(Node node, std::string_view folded_word) const;  // kNoNode: no name goes on so
  // The same by one who has hashed the word already, with hash_bytes() of language/hash.h.
  Node step(Node node, std::string_view folded_word, std::uint64_t word_hash) const;
  std::span<const NameEntry> entries(Node node) const;
  // The folded words with which names go on from a node, each with where it leads, in the order of the words' numbers;
  // the first `most` of them. For finding a name that is a letter away from one that is written.
  std::vector<std::pair<std::string_view, Node>> following(Node node, std::size_t most = 256) const;

  // All that a whole name may mean, best first; on `day` (unknown: any day) offices that exist and persons in office
  // on the day come first. Understands names, surnames, metonyms, adjectives and titles with a state
  // ("le ministre russe des Affaires étrangères" → office and, second, its holder on the day).
  Candidates lookup(std::string_view name, const Interval& day) const;

  // Who held the office on the day, or held it at any time in the interval; in order of start.
  std::vector<Tenure> holders(ThingId office, const Interval& day) const;
  // What the person held on the day.
  std::vector<Tenure> offices(ThingId person, const Interval& day) const;
  // The office of a role in a state or organisation: ("foreign-minister", state/RUS) → office/foreign-minister/RUS.
  ThingId office(std::string_view role, ThingId state_or_organisation) const;
  // The role of an office: "foreign-minister".
  std::string_view role(ThingId office) const;
  // The states that belong to it (today's membership), in the order of their ids.
  std::vector<ThingId> members(ThingId organisation) const;
  // The state that a thing stands for: itself, its state, or none.
  ThingId state_of(ThingId id) const;
  // Of an office or a state body: the state or organisation that it belongs to; none otherwise.
  ThingId owner(ThingId office) const;
  // The town where a state has its government; none if unknown.
  ThingId capital(ThingId state) const;
  // When a state that is no more existed, or an office; open sides where it has not ended.
  Interval existed(ThingId id) const;
  // Degrees of latitude and longitude of a place; nullopt if unknown.
  struct Coordinates {
    float latitude, longitude;
  };
  std::optional<Coordinates> coordinates(ThingId id) const;

 private:
  friend class Sources;
  friend class NameLookup;
  Knowledge();
  struct Mapped;
  std::unique_ptr<Mapped> mapped_;
};

}  // namespace chancery
