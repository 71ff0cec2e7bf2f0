// The compiled time rules of a pack: languages/<code>/time.txt, whose notation docs/time.md specifies. Each rule's
// pattern is unfolded into the plain word sequences that it allows, and all sequences share one automaton (a trie over
// symbols). Sequences are bounded, so the work at each word of a page is bounded, whatever the page holds.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "time/keys.h"
#include "time/time.h"
#include "time/words.h"

namespace chancery::time_rules {

// What an action of a rule may say of an expression. docs/time.md gives each one's meaning.
enum class Field : std::uint8_t {
  year,
  short_year,
  month,
  day,
  weekday,
  season,
  quarter,
  half,
  decade,
  century,
  feast,
  easter,
  shift,
  unit,
  anchor,
  direction,
  part,
  hour,
  minute,
  second,
  zone,
  mod,
  amount,
  plus,
  every,
  ref,
  range,
  back,
  generic,
  weekday2,
  ordinal,
  aside
};
inline constexpr std::size_t kFieldCount = 32;
inline constexpr std::int32_t kAbsent = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int32_t kUnknownAmount = -1;

// Codes that the engine knows, in the order in which every Rules interns them.
enum class Code : std::int32_t {
  none,
  day,
  week,
  month,
  year,
  weekend,
  quarter,
  half,
  decade,
  century,
  hour,
  minute,
  second,
  page,
  told,
  past,
  future,
  nearest,
  unknown,
  named
};
inline constexpr std::array<std::string_view, 20> kCodeNames = {
    "",  "D",   "W", "M",    "Y",    "WE",   "Q",      "H",       "DE", "CE",
    "h", "min", "s", "page", "told", "past", "future", "nearest", "X",  "named"};

using Fields = std::array<std::int32_t, kFieldCount>;

enum class ActionKind : std::uint8_t { date, time, duration, set, nothing };

// One assignment of an action: a constant, or a slot's value, perhaps negated.
struct Assignment {
  Field field = Field::year;
  std::int32_t constant = 0;
  std::int32_t slot = -1;
  bool negated = false;
  bool code = false;  // the constant is a code, not a number
};

struct Action {
  ActionKind kind = ActionKind::date;
  std::vector<Assignment> assignments;
};

struct Rule {
  std::string name;
  std::uint32_t line = 0;
  std::vector<Action> actions;  // one for each bracketed stretch, in order
};

// One word of a sequence.
struct Step {
  Symbol symbol = kNoSymbol;
  std::int16_t slot = -1;
  bool lower = false;   // must not be capitalised
  bool upper = false;   // must be
  bool glued = false;   // no white space before it
  bool alone = false;   // a mark, a known word or a name must follow
  bool bare = false;    // what it could count must not follow
  bool closed = false;  // a mark, the end or a word of the class FUNCTION-WORD must follow
  bool common = false;  // no name may follow
  bool first = false;   // opens its block
};

struct Sequence {
  std::uint32_t rule = 0;
  std::vector<Step> steps;
  std::vector<std::pair<std::uint8_t, std::uint8_t>> stretches;  // [first step, behind the last step) of each bracket
};

struct Rules {
  Vocabulary vocabulary;
  std::vector<std::string> strings;  // codes; the engine's own first
  std::vector<Rule> rules;
  std::vector<Sequence> sequences;
  std::vector<std::vector<std::uint32_t>> ends;            // node → sequences that end there, best first
  std::unordered_map<std::uint64_t, std::uint32_t> edges;  // node << 32 | symbol → node
  std::vector<std::uint32_t> opens;                        // symbol → node behind it at the root, 0 if none
  std::vector<std::uint64_t> continues;   // node → which symbols may follow, one bit for every 64th symbol
  std::vector<std::uint8_t> begins;       // entry of a word that is no number → Beginning
  std::vector<std::uint64_t> follows;     // and which symbols may stand behind it, as in `continues`
  std::vector<std::uint64_t> symbols_of;  // entry → its symbols, one bit for every 64th
  KeyWords keys;
  Symbol symbols = 0;
  Symbol future_cue = kNoSymbol, past_cue = kNoSymbol, since = kNoSymbol, until = kNoSymbol, before = kNoSymbol;
  Symbol function_word = kNoSymbol, noun_like = kNoSymbol, perfect_verb = kNoSymbol, modal = kNoSymbol;
  Symbol updated_cue = kNoSymbol, beginning_cue = kNoSymbol, ending_cue = kNoSymbol;
  Symbol published_cue = kNoSymbol, perfect = kNoSymbol, reflexive = kNoSymbol;

  enum Beginning : std::uint8_t { kNothing = 0, kLonger = 1, kAlone = 2 };  // what sequences begin with a word

  std::uint32_t step(std::uint32_t node, Symbol symbol) const {
    if (((continues[node] >> (symbol % 64)) & 1) == 0) return 0;
    const auto found = edges.find(std::uint64_t{node} << 32 | symbol);
    return found == edges.end() ? 0 : found->second;
  }
};

// Fails with malformed, naming the line and what is wrong with it.
Result<Rules> compile_rules(std::string_view source);

}  // namespace chancery::time_rules
