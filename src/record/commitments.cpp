// Promises, agreements, demands and threats, and what became of them. We say that one was kept only when the event that
// its own page names as its matter is told later, by another page, as something that happened, and that it was broken
// only when a page behind the deadline tells that it did not; silence settles nothing.
#include <algorithm>
#include <array>

#include "record/record.h"

namespace chancery {
namespace {

constexpr std::array<std::string_view, 4> kCommitting = {"promise", "agree", "request", "threaten"};
constexpr std::array<std::string_view, 5> kLeading = {"promise", "agree", "request", "threaten", "propose"};

template <std::size_t N>
bool one_of(std::string_view value, const std::array<std::string_view, N>& values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool is_open(std::string_view status) { return status == "planned" || status == "proposed" || status == "conditional"; }

// The last day of a range, else its first.
const std::string& last_day(const DateRange& range) { return range.end.empty() ? range.start : range.end; }

std::string first_published(const std::vector<Evidence>& evidence) {
  std::string first;
  for (const Evidence& one : evidence)
    if (!one.published.empty() && (first.empty() || one.published < first)) first = one.published;
  return first;
}

// Whether the event is told with `status` by a page that appeared after the commitment was first told.
bool told_later(const RecordedEvent& about, std::string_view status, const std::string& since) {
  if (since.empty()) return false;
  return std::any_of(about.evidence.begin(), about.evidence.end(), [&](const Evidence& one) {
    return one.status == status && !one.published.empty() && one.published > since;
  });
}

std::string status_of_silence(const Commitment& one, std::string_view as_of) {
  return !as_of.empty() && !one.deadline.empty() && one.deadline < as_of ? "lapsed" : "open";
}

// The deadline of what was promised is that of the promise.
void take_deadline(Commitment& commitment, std::span<const RecordedEvent> about) {
  if (!commitment.deadline.empty()) return;
  for (const RecordedEvent& one : about) {
    const std::string& day = last_day(one.deadline);
    if (!day.empty() && (commitment.deadline.empty() || day < commitment.deadline)) commitment.deadline = day;
  }
}

// What was called off in time was withdrawn; what a page behind the deadline tells as called off or as not done was
// broken. One matter that came about weighs more than another that did not.
void keep_or_withdraw(Commitment& commitment, const RecordedEvent& about) {
  const std::string since = first_published(commitment.evidence);
  const std::string& deadline = commitment.deadline;
  const bool kept = about.status == "happened" && told_later(about, "happened", since);
  const bool off = (about.status == "cancelled" && told_later(about, "cancelled", since)) ||
                   (about.status == "denied" && told_later(about, "denied", since));
  const bool broken = off && !deadline.empty() && told_later(about, about.status, std::max(since, deadline));
  const bool withdrawn = !broken && about.status == "cancelled" && off;
  if (!kept && !broken && !withdrawn) return;
  const std::string status = kept ? "kept" : broken ? "broken" : "withdrawn";
  const auto weight = [](std::string_view one) {
    static constexpr std::array<std::string_view, 3> kOrder = {"withdrawn", "broken", "kept"};
    return std::find(kOrder.begin(), kOrder.end(), one) == kOrder.end()
               ? -1
               : static_cast<int>(std::find(kOrder.begin(), kOrder.end(), one) - kOrder.begin());
  };
  if (weight(status) > weight(commitment.status)) commitment.status = status;
  auto& settled = commitment.settled_by;
  if (std::find(settled.begin(), settled.end(), about.id) == settled.end()) settled.push_back(about.id);
  std::sort(settled.begin(), settled.end());
}

}  // namespace

std::optional<Commitment> commitment_of(const RecordedEvent& event, std::string_view as_of) {
  if (!one_of(event.kind, kCommitting)) return std::nullopt;
  if (event.status != "happened" && event.status != "ongoing") return std::nullopt;
  Commitment one;
  one.id = "commitment" + event.id.substr(event.id.find('/'));
  one.event = event.id;
  one.kind = event.kind;
  one.by = event.actors;
  one.to = event.targets;
  one.content = event.content;
  one.made = event.date.start.empty() ? event.date.end : event.date.start;
  one.deadline = last_day(event.deadline);
  one.evidence = event.evidence;
  one.status = status_of_silence(one, as_of);
  return one;
}

void settle_commitment(Commitment& commitment, std::span<const RecordedEvent> about, std::string_view as_of) {
  take_deadline(commitment, about);
  commitment.status = status_of_silence(commitment, as_of);
  for (const RecordedEvent& one : about) keep_or_withdraw(commitment, one);
}

std::vector<std::uint32_t> leads_to(const Facts& facts, std::uint32_t position) {
  const EventFact& act = facts.events[position];
  std::vector<std::uint32_t> out;
  if (!one_of(act.kind, kLeading)) return out;
  for (std::uint32_t i = 0; i < facts.events.size(); ++i) {
    const EventFact& other = facts.events[i];
    if (i == position || other.sentence != act.sentence || !is_open(other.status)) continue;
    const bool inside = act.content.empty()
                            ? other.trigger.begin >= act.trigger.end
                            : !other.trigger_text.empty() && act.content.find(other.trigger_text) != std::string::npos;
    if (inside) out.push_back(i);
  }
  return out;
}

}  // namespace chancery
