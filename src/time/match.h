// Running the automaton over a page: which rule holds where, and what it says, before anything is resolved.
#pragma once

#include <string_view>
#include <vector>

#include "language/analysis.h"
#include "page/page.h"
#include "time/rules.h"

namespace chancery::time_rules {

// One expression as its rule read it.
struct Found {
  Span span;
  ActionKind kind = ActionKind::date;
  Fields fields;
  std::uint32_t rule = 0;
  std::uint32_t block = 0;   // of the page
  std::uint32_t word = 0;    // its first word, counted from the start of its block
  bool opens_range = false;  // the next expression closes the range that this one opens
  bool future_cue = false;   // a word of FUTURE-CUE stands shortly before it; likewise the others
  bool past_cue = false;
  bool since = false;
  bool until = false;
  bool before = false;
  bool published_cue = false;
  bool updated_cue = false;
  bool beginning_cue = false;
  bool ending_cue = false;

  std::int32_t operator[](Field field) const { return fields[static_cast<std::size_t>(field)]; }
  bool has(Field field) const { return (*this)[field] != kAbsent; }
};

// Whether the expression counts from the page's own day or names it: « hier », « ce matin », a bare weekday.
bool is_of_page_day(const Found& one);

// In text order, disjoint. Linear in the length of the page: each word starts at most one bounded walk. Passes over the
// sentences in which nothing can stand.
std::vector<Found> match(const Page& page, const Analysis& analysis, const Rules& rules);

// The same of every sentence, which a test holds the other to. `steps`, if not null, grows by the steps that the
// automaton took, which a test holds to what is linear.
std::vector<Found> match_all(const Page& page, const Rules& rules, std::uint64_t* steps = nullptr);

}  // namespace chancery::time_rules
