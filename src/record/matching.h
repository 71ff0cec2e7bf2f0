// Which mentions are one event, which quotations one statement, which pages one text.
//
// A mention is reduced to its traits, and mentions with equal traits stand together as one node. Every node points to
// at most one other node that says the same and says it more definitely: its parent, the best of its candidates. The
// trees that come of it are the events. A parent depends on the nodes alone, never on the order in which they came, and
// a new node can change the parents of its own candidates only: so a record grows at the cost of a neighbourhood.
// Since a vague node chooses one parent, or none if two would do equally well, it never glues two definite events.
//
// Candidates are found by standing keys: a node stands under a few keys, each with a day, and probes ranges of days
// under the keys where its candidates stand. Probing is mutual: if a's probes find b, b's probes find a.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/facts.h"
#include "record/words.h"

namespace chancery {

struct StandingKey {
  std::uint64_t hash = 0;
  std::int32_t day = 0;
};
struct Probe {
  std::uint64_t hash = 0;
  std::int32_t first = 0, last = 0;  // days, both included
};

// One reason for or against, for readers: {"place", 15, "both in place/geneva"}.
struct MatchReason {
  std::string_view field;
  int points = 0;
  std::string_view why;
};
// How well two nodes agree; below 0: they are not the same.
struct Match {
  int score = 0;
  std::vector<MatchReason> reasons;  // filled only if asked for
};
inline constexpr int kNoMatch = -1;

// --- Events ---

enum class TimeForm : std::uint8_t {
  day,       // the page gives a day
  span,      // an interval of at most a month
  wide,      // a season, a year, a decade
  undated,   // the page gives none, but has a date itself: a window before it for what happened, behind it for plans
  timeless,  // nothing
};

struct EventTraits {
  std::string kind;
  bool future = false;  // planned, proposed or conditional
  bool off = false;     // cancelled: without a day, it was to be soon after its page, or not long before
  TimeForm form = TimeForm::timeless;
  std::int32_t first = 0, last = 0;  // days, unless timeless
  std::int32_t reference = 0;        // the page's own day, for undated ones
  std::vector<std::string> actors;   // parties: states (for themselves and their officials), bodies, stateless persons;
                                     // of mutual kinds all participants. Sorted ids
  std::vector<std::string> targets;  // empty for mutual kinds
  std::vector<std::string> persons;  // all persons named, sorted ids
  std::string place, place_state;    // ids
  std::vector<std::uint32_t> words;  // of a verbal act: content words, sorted
  bool weak_words = false;           // taken from the sentence, for want of a content
  std::string salt;                  // document and position, where the traits are too few to tell events apart
};

// Whether events of the kind are told apart by what they are about: agree, promise, propose, request, reject, accuse,
// threaten.
bool is_verbal_act(std::string_view kind);
// Whether the content of a verbal act says what it is about: two words of content beside the names of who takes part.
// « le traité » and « par les États-Unis » do not.
bool says_what(const EventFact& event);

// The rules by which nodes are told apart or together, one class for each of the three forests.
struct EventRule {
  using Traits = EventTraits;
  static Traits decode(std::string_view signature);
  static std::vector<StandingKey> keys(const Traits& node);
  static std::vector<Probe> probes(const Traits& node);
  // Symmetric. kNoMatch if they are not the same.
  static int score(const Traits& a, const Traits& b);
  static Match explain(const Traits& a, const Traits& b);
  // How definite: parents are more definite than their children, or stand first by signature.
  static int rank(const Traits& node);
  static constexpr bool kOneEach = false;  // equal ones are one node
  static constexpr int kMargin = 5;        // rivals that come so near leave the choice open
};
// The signature of the event `position` of a page: equal traits, equal bytes.
std::string event_signature(const Facts& facts, std::uint32_t position);
EventTraits event_traits(const Facts& facts, std::uint32_t position);

// --- Statements ---

struct StatementTraits {
  std::vector<std::string> speakers;  // sorted ids
  std::vector<std::uint32_t> words;   // in order
  std::string salt;                   // of what is too short to be known again: day, or document and position
  std::vector<std::uint32_t> sorted;  // the words, sorted, each once; not part of the signature
};
struct StatementRule {
  using Traits = StatementTraits;
  static Traits decode(std::string_view signature);
  static std::vector<StandingKey> keys(const Traits& node);
  static std::vector<Probe> probes(const Traits& node);
  static int score(const Traits& a, const Traits& b);
  static int rank(const Traits& node);
  static constexpr bool kOneEach = false;
  static constexpr int kMargin = -1;  // no rivals: the best is taken
};
std::string statement_signature(const Facts& facts, std::uint32_t position);

// --- Texts ---

struct TextTraits {
  bool dated = false;
  std::int32_t day = 0;
  std::string document;
  std::uint32_t rate = 1;             // the sketch holds one in so many of its runs of three words
  std::vector<std::uint32_t> sketch;  // sorted
  std::vector<std::uint32_t> marks;   // a few of its runs of four words, those of the smallest hash first
};
struct TextRule {
  using Traits = TextTraits;
  static Traits decode(std::string_view signature);
  static std::vector<StandingKey> keys(const Traits& node);
  static std::vector<Probe> probes(const Traits& node);
  static int score(const Traits& a, const Traits& b);
  static int rank(const Traits& node);
  static constexpr bool kOneEach = true;  // a signature names its page
  static constexpr int kMargin = -1;
};
std::string text_signature(const Facts& facts);

// Whether two ids name one thing, as far as pages tell: equal, or one known to its page alone by the other's last word.
bool same_thing(std::string_view a, std::string_view b);

// --- Choosing ---

// Whether `a` comes before `b`, so that it can be its parent. A total order of distinct signatures.
template <class Rule>
bool precedes(const typename Rule::Traits& a, std::string_view a_signature, const typename Rule::Traits& b,
              std::string_view b_signature) {
  const int ranks[] = {Rule::rank(a), Rule::rank(b)};
  if (ranks[0] != ranks[1]) return ranks[0] > ranks[1];
  return a_signature < b_signature;
}

template <class Traits>
struct Standing {
  const Traits* traits = nullptr;
  std::string_view signature;
};
struct Choice {
  std::optional<std::size_t> parent;  // index into the candidates
  int best = kNoMatch;                // the best score, also where rivals left the choice open
};
// The parent of `node`. Candidates that do not precede it or do not match are passed over.
template <class Rule>
Choice choose_parent(const Standing<typename Rule::Traits>& node,
                     const std::vector<Standing<typename Rule::Traits>>& candidates) {
  Choice choice;
  std::vector<std::pair<int, std::size_t>> matching;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto& one = candidates[i];
    if (!precedes<Rule>(*one.traits, one.signature, *node.traits, node.signature)) continue;
    const int score = Rule::score(*node.traits, *one.traits);
    if (score < 0) continue;
    matching.emplace_back(score, i);
    const bool better =
        score > choice.best ||
        (score == choice.best && precedes<Rule>(*one.traits, one.signature, *candidates[*choice.parent].traits,
                                                candidates[*choice.parent].signature));
    if (!better) continue;
    choice.best = score;
    choice.parent = i;
  }
  if (!choice.parent || Rule::kMargin < 0) return choice;
  const auto& chosen = candidates[*choice.parent];
  for (const auto& [score, i] : matching) {
    if (i == *choice.parent || score < choice.best - Rule::kMargin) continue;
    if (Rule::score(*chosen.traits, *candidates[i].traits) >= 0) continue;
    choice.parent.reset();
    break;
  }
  return choice;
}

}  // namespace chancery
