// The slow and obvious way from pages to the record: every node is compared with every other. The store does the same
// by standing keys; what both print must be equal.
#include "record/record.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "record/matching.h"

namespace chancery {
namespace {

// --- Pages -----------------------------------------------------------------------------------------------------------

const std::string& published(const Facts& facts) {
  static const std::string kNone;
  return facts.document.published ? facts.document.published->value : kNone;
}

// The canonical one of two copies of the same bytes is the one that appeared first, then the one of the first address.
bool stands_before(const Facts& a, const Facts& b) { return canonical_copy(a.document) < canonical_copy(b.document); }

std::vector<const Facts*> canonical_pages(std::span<const Facts> pages, std::string_view as_of) {
  std::map<std::string_view, const Facts*> by_id;
  for (const Facts& one : pages) {
    const Facts*& copy = by_id[one.document.id];
    if (copy == nullptr || stands_before(one, *copy)) copy = &one;
  }
  std::vector<const Facts*> out;
  for (const auto& [id, facts] : by_id)
    if (as_of.empty() || appeared_by(published(*facts), as_of)) out.push_back(facts);
  return out;
}

// --- Forests ---------------------------------------------------------------------------------------------------------

bool finds(const std::vector<Probe>& probes, const std::vector<StandingKey>& keys) {
  return std::any_of(probes.begin(), probes.end(), [&](const Probe& probe) {
    return std::any_of(keys.begin(), keys.end(), [&](const StandingKey& key) {
      return key.hash == probe.hash && probe.first <= key.day && key.day <= probe.last;
    });
  });
}

// The signature of each node's root.
template <class Rule>
std::map<std::string, std::string> roots(const std::set<std::string>& signatures) {
  using Traits = typename Rule::Traits;
  const std::vector<std::string> all(signatures.begin(), signatures.end());
  std::vector<Traits> traits;
  std::vector<std::vector<StandingKey>> keys;
  for (const std::string& one : all) {
    traits.push_back(Rule::decode(one));
    keys.push_back(Rule::keys(traits.back()));
  }
  std::vector<std::size_t> parents(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::vector<Probe> probes = Rule::probes(traits[i]);
    std::vector<Standing<Traits>> candidates;
    std::vector<std::size_t> numbers;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j || !finds(probes, keys[j])) continue;
      candidates.push_back({&traits[j], all[j]});
      numbers.push_back(j);
    }
    const Choice choice = choose_parent<Rule>({&traits[i], all[i]}, candidates);
    parents[i] = choice.parent ? numbers[*choice.parent] : i;
  }
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t at = i;
    while (parents[at] != at) at = parents[at];
    out[all[i]] = all[at];
  }
  return out;
}

// Mentions by the signature of their root.
template <class Rule, class Mention, class SignatureOf, class MentionOf, class CountOf>
std::map<std::string, std::vector<Mention>> gather(const std::vector<const Facts*>& pages, SignatureOf signature_of,
                                                   MentionOf mention_of, CountOf count_of) {
  std::set<std::string> signatures;
  for (const Facts* page : pages)
    for (std::uint32_t i = 0; i < count_of(*page); ++i) signatures.insert(signature_of(*page, i));
  const auto root_of = roots<Rule>(signatures);
  std::map<std::string, std::vector<Mention>> out;
  for (const Facts* page : pages)
    for (std::uint32_t i = 0; i < count_of(*page); ++i)
      out[root_of.at(signature_of(*page, i))].push_back(mention_of(*page, i));
  return out;
}

// --- The parts of the record -----------------------------------------------------------------------------------------

std::vector<RecordedDocument> documents_of(const std::vector<const Facts*>& pages) {
  std::set<std::string> signatures;
  for (const Facts* page : pages) signatures.insert(text_signature(*page));
  const auto root_of = roots<TextRule>(signatures);
  std::vector<RecordedDocument> out;
  for (const Facts* page : pages) {
    RecordedDocument one{page->document, TextRule::decode(root_of.at(text_signature(*page))).document};
    if (one.same_text_as == page->document.id) one.same_text_as.clear();
    out.push_back(std::move(one));
  }
  std::sort(out.begin(), out.end(),
            [](const RecordedDocument& a, const RecordedDocument& b) { return document_order(a) < document_order(b); });
  return out;
}

std::vector<OriginPage> origin_pages(const std::vector<RecordedDocument>& documents) {
  std::vector<OriginPage> out;
  for (const RecordedDocument& one : documents)
    out.push_back({one.fact.id, one.same_text_as.empty() ? one.fact.id : one.same_text_as, one.fact.outlet});
  std::sort(out.begin(), out.end(), [](const OriginPage& a, const OriginPage& b) { return a.document < b.document; });
  return out;
}

// Among events with one base id the most definite bears it alone, the others bear their mark.
void give_ids(std::vector<std::pair<std::string, RecordedEvent>>& events) {
  const auto standing = [](const std::string& signature) {
    return std::make_pair(-EventRule::rank(EventRule::decode(signature)),
                          static_cast<std::int64_t>(hash_of(signature)));
  };
  std::map<std::string, std::pair<int, std::int64_t>> first;
  for (const auto& [signature, event] : events) {
    const auto own = standing(signature);
    const auto [at, fresh] = first.try_emplace(base_id(event), own);
    if (!fresh) at->second = std::min(at->second, own);
  }
  for (auto& [signature, event] : events) {
    const std::string base = base_id(event);
    event.id = first.at(base) == standing(signature) ? base : marked_id(base, hash_of(signature));
  }
}

std::vector<RecordedEvent> events_of(const std::vector<const Facts*>& pages, const std::vector<OriginPage>& origins,
                                     std::string_view day) {
  std::vector<std::pair<std::string, RecordedEvent>> merged;
  for (auto& [signature, mentions] : gather<EventRule, EventMention>(
           pages, event_signature, event_mention,
           [](const Facts& page) { return static_cast<std::uint32_t>(page.events.size()); }))
    merged.emplace_back(signature, merge_event(std::move(mentions)));
  give_ids(merged);
  std::vector<RecordedEvent> out;
  for (auto& [signature, event] : merged) {
    event.origins = count_origins(event.evidence, origins);
    judge_plan(event, day);
    out.push_back(std::move(event));
  }
  for (RecordedEvent& event : out) {
    if (!event.plan || event.plan->outcome != "unreported") continue;
    const bool held =
        std::any_of(out.begin(), out.end(), [&](const RecordedEvent& other) { return bears_out(other, event); });
    if (held) event.plan->outcome = "held";
  }
  std::sort(out.begin(), out.end(),
            [](const RecordedEvent& a, const RecordedEvent& b) { return event_order(a) < event_order(b); });
  return out;
}

std::vector<RecordedStatement> statements_of(const std::vector<const Facts*>& pages) {
  std::vector<RecordedStatement> out;
  for (auto& [signature, mentions] : gather<StatementRule, StatementMention>(
           pages, statement_signature, statement_mention,
           [](const Facts& page) { return static_cast<std::uint32_t>(page.statements.size()); }))
    out.push_back(merge_statement(std::move(mentions), hash_of(signature)));
  std::sort(out.begin(), out.end(), [](const RecordedStatement& a, const RecordedStatement& b) {
    return statement_order(a) < statement_order(b);
  });
  return out;
}

std::vector<Commitment> commitments_of(const std::vector<RecordedEvent>& events, std::string_view as_of) {
  std::map<std::pair<std::string, std::uint32_t>, const RecordedEvent*> tellers;
  for (const RecordedEvent& event : events)
    for (const Evidence& one : event.evidence) tellers[{one.document, one.position}] = &event;
  std::vector<Commitment> out;
  for (const RecordedEvent& event : events) {
    std::optional<Commitment> one = commitment_of(event, as_of);
    if (!one) continue;
    std::vector<RecordedEvent> about;
    for (const Evidence& evidence : event.evidence)
      for (const std::uint32_t position : evidence.leads_to)
        about.push_back(*tellers.at({evidence.document, position}));
    settle_commitment(*one, about, as_of);
    out.push_back(std::move(*one));
  }
  std::sort(out.begin(), out.end(),
            [](const Commitment& a, const Commitment& b) { return commitment_order(a) < commitment_order(b); });
  return out;
}

std::vector<RecordedEntity> entities_of(const std::vector<const Facts*>& pages) {
  std::map<std::string, std::map<EntityForm, std::uint32_t>> forms;
  for (const Facts* page : pages)
    for (const EntityForm& form : entity_forms(*page)) ++forms[form.id][form];
  std::vector<RecordedEntity> out;
  for (const auto& [id, counts] : forms) out.push_back(merge_entity({counts.begin(), counts.end()}));
  return out;
}

}  // namespace

std::tuple<std::string, std::string, std::string> canonical_copy(const DocumentFact& document) {
  std::string day = document.published ? document.published->value : "9999-12-31";
  return {std::move(day), document.uri, document.published ? document.published->how : std::string()};
}

bool appeared_by(std::string_view published, std::string_view day) {
  // "2025-02" appeared by its last day; ISO 8601 dates compare as strings, a prefix only with its own days.
  if (published.empty()) return false;
  return published.size() < day.size() && day.substr(0, published.size()) == published ? false : published <= day;
}

std::pair<std::string, std::string> event_order(const RecordedEvent& event) {
  const std::string& day = event.date.start.empty() ? event.date.end : event.date.start;
  return {day.empty() ? "9999-99" : day, event.id};
}
std::pair<std::string, std::string> statement_order(const RecordedStatement& statement) {
  const std::string& day = statement.date.start.empty() ? statement.date.end : statement.date.start;
  return {day.empty() ? "9999-99" : day, statement.id};
}
std::pair<std::string, std::string> commitment_order(const Commitment& one) {
  return {one.made.empty() ? "9999-99" : one.made, one.id};
}
std::pair<std::string, std::string> document_order(const RecordedDocument& one) {
  return {one.fact.published ? one.fact.published->value : "9999-99", one.fact.id};
}

std::vector<EntityForm> entity_forms(const Facts& facts) {
  std::vector<EntityForm> out;
  for (const EntityFact& one : facts.entities)
    out.push_back({one.id, one.kind, one.name, one.wikidata, one.state, one.outlet});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

RecordedEntity merge_entity(std::vector<std::pair<EntityForm, std::uint32_t>> forms) {
  std::sort(forms.begin(), forms.end(),
            [](const auto& a, const auto& b) { return std::tie(b.second, a.first) < std::tie(a.second, b.first); });
  const EntityForm& first = forms.front().first;
  RecordedEntity out{first.id, first.kind, first.name, first.wikidata, first.state, first.outlet, 0};
  for (const auto& [form, count] : forms) out.documents += count;
  return out;
}

Record build_record(std::span<const Facts> pages, std::string_view as_of) {
  const std::vector<const Facts*> canonical = canonical_pages(pages, as_of);
  Record record;
  record.documents = documents_of(canonical);
  std::string day(as_of);
  if (day.empty())
    for (const Facts* page : canonical) day = std::max(day, published(*page));
  record.events = events_of(canonical, origin_pages(record.documents), day);
  record.statements = statements_of(canonical);
  record.commitments = commitments_of(record.events, as_of);
  record.entities = entities_of(canonical);
  return record;
}

Record build_record(std::span<const Facts> pages) { return build_record(pages, {}); }

}  // namespace chancery
