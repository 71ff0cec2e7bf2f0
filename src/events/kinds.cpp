// The names of kinds and statuses, and what PLOVER calls each kind.
#include <algorithm>

#include "events/events.h"

namespace chancery {
namespace {

struct KindRow {
  std::string_view name;
  Plover plover;
};

constexpr std::array<KindRow, kEventKindCount> kKinds{{
    {"meet", {"CONSULT", ""}},
    {"call", {"CONSULT", "phone"}},
    {"negotiate", {"CONSULT", ""}},
    {"visit", {"CONSULT", "visit"}},
    {"mediate", {"CONSULT", "third-party"}},
    {"agree", {"AGREE", ""}},
    {"promise", {"AGREE", ""}},
    {"propose", {"AGREE", ""}},
    {"request", {"REQUEST", ""}},
    {"reject", {"REJECT", ""}},
    {"accuse", {"ACCUSE", ""}},
    {"threaten", {"THREATEN", ""}},
    {"sanction", {"SANCTION", "discontinue"}},
    {"lift-sanction", {"CONCEDE", ""}},
    {"expel", {"SANCTION", "expel"}},
    {"recall", {"SANCTION", "withdraw"}},
    {"restrict-mission", {"SANCTION", "withdraw"}},
    {"restore-mission", {"SUPPORT", ""}},
    {"appoint", {"SUPPORT", ""}},
    {"exchange", {"RETREAT", "release"}},
    {"release", {"RETREAT", "release"}},
    {"detain", {"COERCE", "arrest"}},
    {"convict", {"SANCTION", "convict"}},
    {"deploy", {"MOBILIZE", ""}},
    {"attack", {"ASSAULT", ""}},
    {"ceasefire", {"RETREAT", "ceasefire"}},
    {"withdraw", {"RETREAT", "withdraw"}},
    {"aid", {"AID", ""}},
    {"vote", {"SUPPORT", ""}},
    {"protest", {"PROTEST", ""}},
    {"other-cooperate", {"COOPERATE", ""}},
    {"other-conflict", {"COERCE", ""}},
}};

constexpr std::array<std::string_view, 7> kStatuses{"happened",    "ongoing", "planned",  "proposed",
                                                    "conditional", "denied",  "cancelled"};

}  // namespace

std::string_view name(EventKind kind) { return kKinds[static_cast<std::size_t>(kind)].name; }

std::optional<EventKind> event_kind_from(std::string_view name) {
  const auto* const found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& row) { return row.name == name; });
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<EventKind>(found - kKinds.begin());
}

Plover plover(EventKind kind) { return kKinds[static_cast<std::size_t>(kind)].plover; }

std::string_view name(EventStatus status) { return kStatuses[static_cast<std::size_t>(status)]; }

std::optional<EventStatus> event_status_from(std::string_view name) {
  const auto* const found = std::find(kStatuses.begin(), kStatuses.end(), name);
  if (found == kStatuses.end()) return std::nullopt;
  return static_cast<EventStatus>(found - kStatuses.begin());
}

}  // namespace chancery
