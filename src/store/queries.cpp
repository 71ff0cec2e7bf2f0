// Questions to a record. Names are first turned into the ids that they may mean; the rest is selection by the indices
// of the merged tables, and a last look at the rows themselves.
#include <algorithm>
#include <map>

#include "store/codec.h"
#include "store/parts.h"
#include "text/fold.h"
#include "text/text.h"
#include "time/time.h"

namespace chancery {
namespace {

using Values = std::vector<std::string>;

template <class Value>
Result<Value> with_fault(const Database& db, Value value) {
  if (const auto done = db.result(); !done) return tl::unexpected(done.error());
  return value;
}

std::string last_part(std::string_view id) { return std::string(id.substr(id.rfind('/') + 1)); }

// "(?, ?, ?)" for the values, which are added to `all`.
std::string in_list(const std::set<std::string>& values, Values& all) {
  std::string sql = "(";
  for (const std::string& value : values) {
    sql += sql.size() > 1 ? ", ?" : "?";
    all.push_back(value);
  }
  return sql + ")";
}

// The first day of "2025", "2025-02" or a day, for `from`; the last for `to`.
Result<std::string> first_day_of(const std::string& value) {
  const auto interval = interval_from_iso(value);
  if (!interval || !interval->start) return fail(ErrorCode::wrong_use, "'" + value + "' is no date");
  return interval->start->iso();
}
Result<std::string> last_day_of(const std::string& value) {
  const auto interval = interval_from_iso(value);
  if (!interval || !interval->end) return fail(ErrorCode::wrong_use, "'" + value + "' is no date");
  return interval->end->iso();
}

// "AND day <= … AND last >= …"
Result<std::string> between(const std::string& from, const std::string& to, Values& values) {
  std::string sql;
  if (from.empty() && to.empty()) return sql;
  sql += " AND last <> ''";
  if (!from.empty()) {
    auto day = first_day_of(from);
    if (!day) return tl::unexpected(day.error());
    sql += " AND last >= ?";
    values.push_back(std::move(*day));
  }
  if (!to.empty()) {
    auto day = last_day_of(to);
    if (!day) return tl::unexpected(day.error());
    sql += " AND day <= ?";
    values.push_back(std::move(*day));
  }
  return sql;
}

bool names_one(const std::vector<Named>& all, const std::set<std::string>& ids) {
  return std::any_of(all.begin(), all.end(), [&](const Named& one) { return ids.contains(one.id); });
}

// Whether every word stands in the text; words of four letters and more may be the beginning of one.
bool has_words(std::string_view text, const NameWords& wanted) {
  constexpr std::size_t kPrefix = 4;
  const NameWords words = split_name_words(text);
  for (std::size_t i = 0; i < wanted.words.size(); ++i) {
    const std::string_view want = wanted.word(i);
    bool found = false;
    for (std::size_t k = 0; k < words.words.size() && !found; ++k) {
      const std::string_view word = words.word(k);
      found = word == want || (want.size() >= kPrefix && word.substr(0, want.size()) == want);
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace

// --- Rows to values --------------------------------------------------------------------------------------------------

std::optional<std::int64_t> Store::Parts::document_number(std::string_view id) {
  Query query = db().query("SELECT number FROM document WHERE id = ?", id);
  if (!query.next()) return std::nullopt;
  return query.number(0);
}

RecordedDocument Store::Parts::document_of(std::int64_t number, DocumentFact fact) {
  RecordedDocument out{std::move(fact), {}};
  Query query = db().query(
      "SELECT d.id FROM text_node n JOIN document d ON d.number = n.root WHERE n.number = ?1 AND n.root <> ?1", number);
  if (query.next()) out.same_text_as = query.text(0);
  return out;
}

namespace {

// The root and all nodes below it.
std::vector<std::int64_t> tree(Database& db, const char* children, std::int64_t root) {
  std::vector<std::int64_t> nodes = {root};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Query query = db.query(children, nodes[i]);
    while (query.next()) nodes.push_back(query.number(0));
  }
  return nodes;
}

}  // namespace

std::optional<RecordedEvent> Store::Parts::merged_event(std::int64_t root) {
  std::vector<EventMention> mentions;
  for (const std::int64_t node : tree(db(), "SELECT number FROM event_node WHERE parent = ?", root)) {
    Query query = db().query(
        "SELECT m.number, m.published, d.id, m.body FROM event_member e JOIN event_mention m ON m.number = e.mention"
        " JOIN document d ON d.number = m.document WHERE e.node = ?",
        node);
    while (query.next()) {
      auto mention = decode_event_mention(query.bytes(3));
      if (!mention) {
        db().fault("a stored event is damaged");
        return std::nullopt;
      }
      mention->evidence.position = static_cast<std::uint32_t>(query.number(0) % kMentionsOfPage);
      mention->evidence.published = query.text(1);
      mention->evidence.document = query.text(2);
      mentions.push_back(std::move(*mention));
    }
  }
  if (mentions.empty()) db().fault("an event without mentions");
  if (!db().ok()) return std::nullopt;
  return merge_event(std::move(mentions));
}

std::optional<RecordedStatement> Store::Parts::statement_with_root(std::int64_t root) {
  std::vector<StatementMention> mentions;
  for (const std::int64_t node : tree(db(), "SELECT number FROM statement_node WHERE parent = ?", root)) {
    Query query = db().query(
        "SELECT m.number, m.published, d.id, m.body FROM statement_member e JOIN statement_mention m ON m.number ="
        " e.mention JOIN document d ON d.number = m.document WHERE e.node = ?",
        node);
    while (query.next()) {
      auto mention = decode_statement_mention(query.bytes(3));
      if (!mention) {
        db().fault("a stored statement is damaged");
        return std::nullopt;
      }
      mention->variant.position = static_cast<std::uint32_t>(query.number(0) % kMentionsOfPage);
      mention->variant.published = query.text(1);
      mention->variant.document = query.text(2);
      mentions.push_back(std::move(*mention));
    }
  }
  std::int64_t mark = 0;
  {
    Query query = db().query("SELECT hash FROM statement_node WHERE number = ?", root);
    if (query.next()) mark = query.number(0);
  }
  if (mentions.empty()) db().fault("a statement without mentions");
  if (!db().ok()) return std::nullopt;
  return merge_statement(std::move(mentions), static_cast<std::uint64_t>(mark));
}

std::optional<RecordedEvent> Store::Parts::event_of(std::string_view id, std::int64_t root) {
  std::optional<RecordedEvent> event = merged_event(root);
  if (!event) return std::nullopt;
  event->id = id;
  std::map<std::string, OriginPage> pages;
  for (const Evidence& one : event->evidence) {
    const auto [at, fresh] = pages.try_emplace(one.document);
    if (!fresh) continue;
    Query query = db().query("SELECT number, outlet FROM document WHERE id = ?", one.document);
    if (!query.next()) continue;
    DocumentFact fact;
    fact.id = one.document;
    const RecordedDocument document = document_of(query.number(0), std::move(fact));
    at->second = {one.document, document.same_text_as.empty() ? one.document : document.same_text_as, query.text(1)};
  }
  std::vector<OriginPage> sorted;
  for (auto& [document, page] : pages) sorted.push_back(std::move(page));
  event->origins = count_origins(event->evidence, sorted);
  judge_plan(*event, last_day());
  if (event->plan && event->plan->outcome == "unreported" && is_borne_out(*event)) event->plan->outcome = "held";
  return event;
}

// Whether another event of the record bears the plan out.
bool Store::Parts::is_borne_out(const RecordedEvent& event) {
  const auto days = planned_days(event);
  if (!days) return false;
  Values values = {days->first, days->second};
  const std::string parties = in_list({event.parties.begin(), event.parties.end()}, values);
  std::vector<std::int64_t> roots;
  {
    Query query = db().query_once(
        "SELECT root FROM event WHERE day BETWEEN ? AND ? AND (SELECT count(*) FROM event_party WHERE event_party.root "
        "= event.root AND party IN " +
            parties + ") >= 2",
        values);
    while (query.next()) roots.push_back(query.number(0));
  }
  return std::any_of(roots.begin(), roots.end(), [&](std::int64_t root) {
    const auto other = merged_event(root);
    return other && bears_out(*other, event);
  });
}

// Up to which the record tells: the day that is asked for, or that of the last page.
std::string Store::Parts::last_day() {
  if (!day.empty()) return day;
  Query query = db().query("SELECT max(published) FROM document");
  return query.next() ? query.text(0) : std::string();
}

std::optional<RecordedEvent> Store::Parts::event_with_root(std::int64_t root) {
  std::string id;
  {
    Query query = db().query("SELECT id FROM event WHERE root = ?", root);
    if (!query.next()) return std::nullopt;
    id = query.text(0);
  }
  return event_of(id, root);
}

std::optional<Facts> Store::Parts::facts_of(std::int64_t number) {
  std::optional<Facts> facts;
  {
    Query query = db().query("SELECT body, text FROM document WHERE number = ?", number);
    if (!query.next()) return std::nullopt;
    facts = decode_page(query.bytes(0));
    if (facts) facts->text = query.text(1);
  }
  bool whole = facts.has_value();
  const std::int64_t first = mention_number(number, 0);
  const std::int64_t last = mention_number(number + 1, 0);
  {
    Query query =
        db().query("SELECT body FROM event_mention WHERE number >= ? AND number < ? ORDER BY number", first, last);
    while (whole && query.next()) {
      auto mention = decode_event_mention(query.bytes(0));
      whole = mention.has_value();
      if (whole) facts->events.push_back(std::move(mention->fact));
    }
  }
  {
    Query query =
        db().query("SELECT body FROM statement_mention WHERE number >= ? AND number < ? ORDER BY number", first, last);
    while (whole && query.next()) {
      auto mention = decode_statement_mention(query.bytes(0));
      whole = mention.has_value();
      if (whole) facts->statements.push_back(std::move(mention->fact));
    }
  }
  if (whole) return facts;
  db().fault("a stored page is damaged");
  return std::nullopt;
}

Commitment Store::Parts::with_outcome(Commitment commitment) {
  std::vector<RecordedEvent> abouts;
  for (const Evidence& one : commitment.evidence) {
    if (one.leads_to.empty()) continue;
    const auto number = document_number(one.document);
    if (!number) continue;
    for (const std::uint32_t position : one.leads_to) {
      std::int64_t root = 0;
      {
        Query query =
            db().query("SELECT n.root FROM event_member m JOIN event_node n ON n.number = m.node WHERE m.mention = ?",
                       mention_number(*number, position));
        if (query.next()) root = query.number(0);
      }
      if (auto about = event_with_root(root)) abouts.push_back(std::move(*about));
    }
  }
  settle_commitment(commitment, abouts, day);
  return commitment;
}

// --- Names -----------------------------------------------------------------------------------------------------------

std::set<std::string> Store::Parts::named(std::string_view name) {
  std::set<std::string> out;
  const std::string plain = plain_name(name);
  std::string slug = plain;
  std::replace(slug.begin(), slug.end(), ' ', '-');
  Query query = db().query(
      "SELECT DISTINCT id FROM entity_form WHERE id = ?1 OR folded = ?2"
      " OR substr(folded, -length(?2) - 1) = ' ' || ?2"
      " OR lower(substr(id, instr(id, '/') + 1)) = ?3",
      name, plain, slug);
  while (query.next()) out.insert(query.text(0));
  return out;
}

std::set<std::string> Store::Parts::named_with_members(std::string_view name) {
  std::set<std::string> out = named(name);
  const std::set<std::string> states = out;
  for (const std::string& state : states) {
    if (state.rfind("state/", 0) != 0) continue;
    Query query = db().query("SELECT DISTINCT id FROM entity_form WHERE state = ?", state);
    while (query.next()) out.insert(query.text(0));
  }
  return out;
}

// --- Timeline --------------------------------------------------------------------------------------------------------

namespace {

std::string party_sql(const std::set<std::string>& ids, Values& values) {
  return " AND root IN (SELECT root FROM event_party WHERE party IN " + in_list(ids, values) + ")";
}

bool stands_at(const RecordedEvent& event, const std::set<std::string>& places, const std::string& plain) {
  if (!event.place) return false;
  return places.contains(event.place->id) || plain_name(event.place->name) == plain ||
         fold(last_part(event.place->id)) == fold(plain);
}

}  // namespace

Result<std::vector<RecordedEvent>> Store::timeline(const EventFilter& filter) {
  if (!filter.as_of.empty()) {
    auto past = as_of(filter.as_of);
    if (!past) return tl::unexpected(past.error());
    EventFilter rest = filter;
    rest.as_of.clear();
    return past->timeline(rest);
  }
  if (const auto done = parts_->freshen(); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  Values values;
  std::string sql = "SELECT id, root FROM event WHERE 1";
  for (const std::string* name : {&filter.actor, &filter.with})
    if (!name->empty()) sql += party_sql(parts_->named(*name), values);
  if (!filter.kind.empty()) {
    sql += " AND kind = ?";
    values.push_back(filter.kind);
  }
  const auto days = between(filter.from, filter.to, values);
  if (!days) return tl::unexpected(days.error());
  sql += *days + " ORDER BY day, id";
  const auto places = filter.place.empty() ? std::set<std::string>() : parts_->named_with_members(filter.place);
  const std::string place = plain_name(filter.place);
  std::vector<RecordedEvent> out;
  Query query = db.query_once(sql, values);
  while (query.next()) {
    auto event = parts_->event_of(query.bytes(0), query.number(1));
    if (event && (filter.place.empty() || stands_at(*event, places, place))) out.push_back(std::move(*event));
    if (filter.limit != 0 && out.size() == filter.limit) break;
  }
  return with_fault(db, std::move(out));
}

// --- Statements ------------------------------------------------------------------------------------------------------

Result<std::vector<RecordedStatement>> Store::statements(const StatementFilter& filter) {
  if (!filter.as_of.empty()) {
    auto past = as_of(filter.as_of);
    if (!past) return tl::unexpected(past.error());
    StatementFilter rest = filter;
    rest.as_of.clear();
    return past->statements(rest);
  }
  if (const auto done = parts_->freshen(); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  Values values;
  std::string sql = "SELECT root FROM statement WHERE 1";
  if (!filter.by.empty())
    sql += " AND root IN (SELECT root FROM statement_party WHERE party IN " +
           in_list(parts_->named_with_members(filter.by), values) + ")";
  const auto days = between(filter.from, filter.to, values);
  if (!days) return tl::unexpected(days.error());
  sql += *days + " ORDER BY day, id";
  const NameWords about = split_name_words(filter.about);
  std::vector<RecordedStatement> out;
  Query query = db.query_once(sql, values);
  while (query.next()) {
    auto statement = parts_->statement_with_root(query.number(0));
    if (!statement) break;
    if (has_words(statement->text, about)) out.push_back(std::move(*statement));
    if (filter.limit != 0 && out.size() == filter.limit) break;
  }
  return with_fault(db, std::move(out));
}

// --- Commitments -----------------------------------------------------------------------------------------------------

Result<std::vector<Commitment>> Store::commitments(const CommitmentFilter& filter) {
  if (!filter.as_of.empty() && parts_->day.empty()) {
    auto past = as_of(filter.as_of);
    if (!past) return tl::unexpected(past.error());
    CommitmentFilter rest = filter;
    rest.as_of.clear();
    return past->commitments(rest);
  }
  std::vector<Commitment> out;
  if (const auto done = parts_->freshen(); !done) return tl::unexpected(done.error());
  const auto by = filter.by.empty() ? std::set<std::string>() : parts_->named_with_members(filter.by);
  const auto to = filter.to.empty() ? std::set<std::string>() : parts_->named_with_members(filter.to);
  const auto done = each_commitment([&](Commitment&& one) {
    const bool wanted = (filter.by.empty() || names_one(one.by, by)) && (filter.to.empty() || names_one(one.to, to)) &&
                        (filter.status.empty() || filter.status == one.status);
    if (wanted) out.push_back(std::move(one));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return out;
}

// --- Show ------------------------------------------------------------------------------------------------------------

namespace {

std::vector<RecordedEntity> entities_where(Database& db, const std::string& condition, const Values& values) {
  std::vector<RecordedEntity> out;
  std::vector<std::pair<EntityForm, std::uint32_t>> forms;
  Query query = db.query_once(
      "SELECT id, kind, name, wikidata, state, outlet, pages FROM entity_form " + condition + " ORDER BY id", values);
  while (query.next()) {
    EntityForm form{query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), query.number(5) != 0};
    if (!forms.empty() && forms.front().first.id != form.id) out.push_back(merge_entity(std::exchange(forms, {})));
    forms.emplace_back(std::move(form), static_cast<std::uint32_t>(query.number(6)));
  }
  if (!forms.empty()) out.push_back(merge_entity(std::move(forms)));
  return out;
}

}  // namespace

Result<Shown> Store::show(std::string_view id) {
  if (const auto done = parts_->freshen(); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  const std::string commitment = "commitment/";
  const bool committed = id.rfind(commitment, 0) == 0;
  const std::string event_id = committed ? "event/" + std::string(id.substr(commitment.size())) : std::string(id);
  {
    Query query = db.query("SELECT id, root FROM event WHERE id = ?", event_id);
    if (query.next()) {
      auto event = parts_->event_of(query.bytes(0), query.number(1));
      if (event && !committed) return Shown(std::move(*event));
      auto one = event ? commitment_of(*event, parts_->day) : std::nullopt;
      if (one) return Shown(parts_->with_outcome(std::move(*one)));
    }
  }
  {
    Query query = db.query("SELECT root FROM statement WHERE id = ?", id);
    if (query.next())
      if (auto statement = parts_->statement_with_root(query.number(0))) return Shown(std::move(*statement));
  }
  if (auto found = document(id)) return Shown(std::move(*found));
  const std::set<std::string> named = parts_->named(id);
  Values values;
  const std::string list = in_list(named, values);
  auto entities = entities_where(db, "WHERE id IN " + list, values);
  if (const auto done = db.result(); !done) return tl::unexpected(done.error());
  if (entities.empty()) return fail(ErrorCode::not_found, std::string(id));
  // Of several that the name may mean, the one that most pages name.
  return Shown(
      *std::max_element(entities.begin(), entities.end(),
                        [](const RecordedEntity& a, const RecordedEntity& b) { return a.documents < b.documents; }));
}

Result<RecordedDocument> Store::document(std::string_view id) {
  if (const auto done = parts_->settle(nullptr); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  for (const char* sql : {"SELECT number, body FROM document WHERE id = ?",
                          "SELECT number, body FROM document WHERE uri = ? ORDER BY id LIMIT 1"}) {
    Query query = db.query(sql, id);
    if (!query.next()) continue;
    if (auto facts = decode_page(query.bytes(1)))
      return with_fault(db, parts_->document_of(query.number(0), std::move(facts->document)));
  }
  if (const auto done = db.result(); !done) return tl::unexpected(done.error());
  return fail(ErrorCode::not_found, std::string(id));
}

Result<std::string> Store::text(std::string_view document) {
  Database& db = parts_->db();
  Query query = db.query("SELECT text FROM document WHERE id = ?", document);
  if (query.next()) return query.text(0);
  if (const auto done = db.result(); !done) return tl::unexpected(done.error());
  return fail(ErrorCode::not_found, std::string(document));
}

Result<Facts> Store::facts(std::string_view document) {
  const auto number = parts_->document_number(document);
  auto facts = number ? parts_->facts_of(*number) : std::nullopt;
  if (const auto done = parts_->db().result(); !done) return tl::unexpected(done.error());
  if (!facts) return fail(ErrorCode::not_found, std::string(document));
  return std::move(*facts);
}

Result<StoreCounts> Store::counts() {
  if (const auto done = parts_->freshen(); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  StoreCounts counts;
  Query query = db.query(
      "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM event), (SELECT count(*) FROM statement),"
      " (SELECT count(DISTINCT id) FROM entity_form)");
  if (query.next())
    counts = {static_cast<std::uint64_t>(query.number(0)), static_cast<std::uint64_t>(query.number(1)),
              static_cast<std::uint64_t>(query.number(2)), static_cast<std::uint64_t>(query.number(3))};
  return with_fault(db, counts);
}

// --- Search ----------------------------------------------------------------------------------------------------------

namespace {

// Each word quoted, so that nothing of it is taken for an operator; all must stand in the page.
std::string match_expression(const NameWords& words) {
  std::string out;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    if (!out.empty()) out += ' ';
    out += '"';
    out += words.word(i);
    out += '"';
  }
  return out;
}

std::vector<TextRange> hits_in(const Text& text, const NameWords& wanted) {
  std::vector<TextRange> out;
  const NameWords words = split_name_words(text.bytes());
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    bool hit = false;
    for (std::size_t k = 0; k < wanted.words.size() && !hit; ++k) hit = words.word(i) == wanted.word(k);
    const Span span = words.words[i].span;
    if (hit) out.push_back({text.code_point(span.begin), text.code_point(span.end)});
  }
  return out;
}

bool touches(TextRange a, TextRange b) { return a.begin < b.end && b.begin < a.end; }

bool has_hit(TextRange range, const std::vector<TextRange>& hits) {
  return std::any_of(hits.begin(), hits.end(), [&](TextRange hit) { return touches(range, hit); });
}

std::string words_of(const Text& text, TextRange range) {
  return std::string(text[Span{text.byte(range.begin), text.byte(range.end)}]);
}

std::int64_t root_of(Database& db, const char* sql, std::int64_t mention) {
  Query query = db.query(sql, mention);
  return query.next() ? query.number(0) : 0;
}

}  // namespace

Result<std::vector<Found>> Store::search(std::string_view words, std::size_t limit) {
  if (const auto done = parts_->freshen(); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  const NameWords wanted = split_name_words(words);
  std::vector<Found> out;
  if (wanted.words.empty()) return out;
  std::vector<std::int64_t> numbers;
  {
    Query query = db.query(
        "SELECT d.number FROM document_words w JOIN document d ON d.number = w.rowid WHERE document_words MATCH ?"
        " ORDER BY rank, d.id LIMIT ?",
        match_expression(wanted), static_cast<std::int64_t>(limit));
    while (query.next()) numbers.push_back(query.number(0));
  }
  for (const std::int64_t number : numbers) {
    const auto facts = parts_->facts_of(number);
    if (!facts) break;
    const Text text(facts->text);
    Found found;
    found.document = parts_->document_of(number, facts->document);
    found.hits = hits_in(text, wanted);
    for (const TextRange sentence : facts->sentences)
      if (has_hit(sentence, found.hits)) found.sentences.push_back(words_of(text, sentence));
    std::set<std::int64_t> told;
    for (std::size_t i = 0; i < facts->events.size(); ++i) {
      if (!has_hit(facts->events[i].sentence, found.hits)) continue;
      const std::int64_t root =
          root_of(db, "SELECT n.root FROM event_member m JOIN event_node n ON n.number = m.node WHERE m.mention = ?",
                  mention_number(number, i));
      if (!told.insert(root).second) continue;
      if (auto event = parts_->event_with_root(root)) found.events.push_back(std::move(*event));
    }
    told.clear();
    for (std::size_t i = 0; i < facts->statements.size(); ++i) {
      if (!has_hit(facts->statements[i].span, found.hits)) continue;
      const std::int64_t root = root_of(
          db, "SELECT n.root FROM statement_member m JOIN statement_node n ON n.number = m.node WHERE m.mention = ?",
          mention_number(number, i));
      if (!told.insert(root).second) continue;
      if (auto statement = parts_->statement_with_root(root)) found.statements.push_back(std::move(*statement));
    }
    out.push_back(std::move(found));
  }
  return with_fault(db, std::move(out));
}

// --- Streams ---------------------------------------------------------------------------------------------------------

Result<void> Store::each_event(const std::function<bool(RecordedEvent&&)>& take) {
  if (const auto done = parts_->freshen(); !done) return done;
  Query query = parts_->db().query("SELECT id, root FROM event ORDER BY day, id");
  while (query.next()) {
    auto event = parts_->event_of(query.bytes(0), query.number(1));
    if (!event || !take(std::move(*event))) break;
  }
  return parts_->db().result();
}

Result<void> Store::each_statement(const std::function<bool(RecordedStatement&&)>& take) {
  if (const auto done = parts_->freshen(); !done) return done;
  Query query = parts_->db().query("SELECT root FROM statement ORDER BY day, id");
  while (query.next()) {
    auto statement = parts_->statement_with_root(query.number(0));
    if (!statement || !take(std::move(*statement))) break;
  }
  return parts_->db().result();
}

// The order of events is that of their commitments: same day, same id behind the first slash.
Result<void> Store::each_commitment(const std::function<bool(Commitment&&)>& take) {
  if (const auto done = parts_->freshen(); !done) return done;
  Query query = parts_->db().query(
      "SELECT id, root FROM event WHERE kind IN ('promise', 'agree', 'request', 'threaten') ORDER BY day, id");
  while (query.next()) {
    const auto event = parts_->event_of(query.bytes(0), query.number(1));
    if (!event) break;
    auto one = commitment_of(*event, parts_->day);
    if (one && !take(parts_->with_outcome(std::move(*one)))) break;
  }
  return parts_->db().result();
}

Result<void> Store::each_entity(const std::function<bool(RecordedEntity&&)>& take) {
  if (const auto done = parts_->freshen(); !done) return done;
  std::vector<std::pair<EntityForm, std::uint32_t>> forms;
  Query query =
      parts_->db().query("SELECT id, kind, name, wikidata, state, outlet, pages FROM entity_form ORDER BY id");
  while (query.next()) {
    EntityForm form{query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), query.number(5) != 0};
    if (!forms.empty() && forms.front().first.id != form.id)
      if (!take(merge_entity(std::exchange(forms, {})))) return parts_->db().result();
    forms.emplace_back(std::move(form), static_cast<std::uint32_t>(query.number(6)));
  }
  if (!forms.empty()) take(merge_entity(std::move(forms)));
  return parts_->db().result();
}

Result<void> Store::each_document(const std::function<bool(RecordedDocument&&)>& take) {
  if (const auto done = parts_->freshen(); !done) return done;
  for (const char* sql : {"SELECT number, body FROM document WHERE published > '' ORDER BY published, id",
                          "SELECT number, body FROM document WHERE published = '' ORDER BY id"}) {
    Query query = parts_->db().query(sql);
    while (query.next()) {
      auto facts = decode_page(query.bytes(1));
      if (!facts) parts_->db().fault("a stored page is damaged");
      if (!facts || !take(parts_->document_of(query.number(0), std::move(facts->document)))) {
        return parts_->db().result();
      }
    }
  }
  return parts_->db().result();
}

}  // namespace chancery
