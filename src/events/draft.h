// One mention of an event while its slots are being read, before mentions of the same event are put together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/clauses.h"

namespace chancery::frames {

struct Draft {
  const Frame* frame = nullptr;
  EventKind kind = EventKind::meet;
  std::uint32_t sentence = 0;
  std::uint32_t phrase = kNoPhrase;       // the verb group or noun phrase of the trigger
  std::uint32_t phrase_last = kNoPhrase;  // the last phrase that the trigger reaches into
  bool verbal = false;                    // triggered by a verb
  std::uint32_t first = 0, last = 0;      // tokens of the trigger
  Span trigger;

  std::vector<EntityId> actors, targets, mediators;
  std::vector<EntityId> verbal_agents;  // who does it as the sentence says, without the states behind persons
  ThingId place;
  std::optional<Span> place_span;
  std::optional<Span> mediator_span;  // « par l'entremise de »: the words that say that somebody mediates
  std::uint32_t time = kNoPhrase;     // index into Times::mentions
  std::optional<Interval> date;
  std::optional<Span> date_span;
  std::optional<Interval> deadline;
  EventStatus status = EventStatus::happened;
  std::optional<Span> status_span;
  bool status_by_word = false;
  std::vector<EntityId> attributed_to;
  std::optional<Span> content;

  std::uint32_t number = 0;          // its place among the drafts in the order they were made
  std::uint32_t within = kNoPhrase;  // the number of the verbal act that it is what is demanded, promised, … by
  std::uint32_t round = 0;           // « deuxième cycle »
  Governing governing;
  std::uint32_t sequel = kNoPhrase;       // the phrase behind « puis » that it is read off
  std::uint32_t sequel_from = kNoPhrase;  // where the event that comes next begins: its days are not this one's
  std::uint32_t relative = kNoPhrase;     // the light verb whose object it is in a relative clause behind it
  Determiner determiner = Determiner::none;
  bool distinct = false;        // the page says that it is another one
  bool by_context = false;      // participants came from another mention or the page
  bool by_preposition = false;  // told by what leads its phrase: « à la demande de A »
  bool missing = false;         // a required role found nobody
  bool unnamed = false;  // done by somebody whom nothing names: « elle accuse A », « les dirigeants somment B »
  bool owned_target = false;  // the target owns what was hit: « deux avions indiens »
  bool foreign = false;       // its target is said to be of a state: « le journaliste français X »
  bool bare = false;  // a noun with nothing to tell it from others: « la trêve », not « la trêve de Noël »
  std::uint8_t side_count = 0;  // « les deux présidents »: so many of them
  bool sides = false;           // done by « les deux parties »: those of what the page tells beside it
  bool background = false;      // told as a circumstance, with no day of its own
  bool before = false;          // told in the pluperfect by the page itself: it went before the page's news
  float confidence = 0;
};

// Roles and place, from the frame and the phrases around the trigger.
void read_roles(const PageView& view, const Phrases& phrases, const Clauses& clauses, Draft& draft);
// Status and the words that decide it.
void read_status(const PageView& view, const Phrases& phrases, const Clauses& clauses, Draft& draft);
// « à Kiev, puis à Varsovie »: a draft more for each that comes next.
void add_sequels(const PageView& view, const Phrases& phrases, const Clauses& clauses, std::vector<Draft>& drafts);
// The time mention of each draft's own clause.
void read_dates(const PageView& view, const Phrases& phrases, const Clauses& clauses, std::vector<Draft>& drafts);
// The state that the page is about: named thrice at least and twice as often as any other, by itself or in those who
// act for it; none if no state is.
EntityId state_of_page(const PageView& view);
// Drafts of the same event become one event.
Events merge_drafts(const PageView& view, std::vector<Draft> drafts);

bool is_contact(EventKind kind);     // meet, call, negotiate, mediate
bool is_verbal_act(EventKind kind);  // agree … threaten

}  // namespace chancery::frames
