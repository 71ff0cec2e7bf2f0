// From facts to what follows from them: pages saved since the last time join the three forests, a few hundred in a
// transaction; then the trees that changed are merged. A run that is killed between two transactions goes on from the
// last number that was settled.
#include <algorithm>
#include <map>

#include "store/codec.h"
#include "store/parts.h"
#include "text/fold.h"

namespace chancery {
namespace {

constexpr std::int64_t kPagesAtOnce = 1024;
constexpr std::int64_t kRootsAtOnce = 1024;

std::int64_t settled(Database& db) {
  Query query = db.query("SELECT number FROM settled WHERE what = 'document'");
  return query.next() ? query.number(0) : 0;
}

std::int64_t last_document(Database& db) {
  Query query = db.query("SELECT max(number) FROM document");
  return query.next() ? query.number(0) : 0;
}

std::uint64_t count_behind(Database& db, std::int64_t number) {
  Query query = db.query("SELECT count(*) FROM document WHERE number > ?", number);
  return query.next() ? static_cast<std::uint64_t>(query.number(0)) : 0;
}

// --- Entities --------------------------------------------------------------------------------------------------------

void count_entity(Database& db, const EntityForm& form, std::int64_t by) {
  db.run(
      "INSERT INTO entity_form (id, kind, name, wikidata, state, outlet, folded, pages) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET pages = pages + excluded.pages",
      form.id, form.kind, form.name, form.wikidata, form.state, std::int64_t{form.outlet ? 1 : 0},
      plain_name(form.name), by);
}

void forget_entity(Database& db, const EntityForm& form) {
  count_entity(db, form, -1);
  db.run("DELETE FROM entity_form WHERE id = ? AND pages = 0", form.id);
}

// --- Merged rows -----------------------------------------------------------------------------------------------------

std::string sort_day(const DateRange& date) {
  const std::string& day = date.start.empty() ? date.end : date.start;
  return day.empty() ? "9999-99" : day;
}
const std::string& last_day(const DateRange& date) { return date.end.empty() ? date.start : date.end; }

// Of events with one base id the most definite bears it alone.
void name_again(Database& db, const std::string& base) {
  struct Bearer {
    std::int64_t root, mark;
    std::string id;
  };
  std::vector<Bearer> bearers;
  {
    Query query = db.query("SELECT root, mark, id FROM event WHERE base = ? ORDER BY rank DESC, mark LIMIT 2", base);
    while (query.next()) bearers.push_back({query.number(0), query.number(1), query.text(2)});
    Query bare = db.query("SELECT root, mark, id FROM event WHERE id = ?1 AND base = ?1", base);
    while (bare.next()) bearers.push_back({bare.number(0), bare.number(1), bare.text(2)});
  }
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    const Bearer& one = bearers[i];
    const std::string id = one.root == bearers[0].root ? base : marked_id(base, static_cast<std::uint64_t>(one.mark));
    if (id != one.id) db.run("UPDATE event SET id = ? WHERE root = ?", id, one.root);
  }
}

void remove_event(Database& db, std::int64_t root) {
  std::string base;
  {
    Query query = db.query("SELECT base FROM event WHERE root = ?", root);
    if (!query.next()) return;
    base = query.text(0);
  }
  db.run("DELETE FROM event WHERE root = ?", root);
  db.run("DELETE FROM event_party WHERE root = ?", root);
  name_again(db, base);
}

void insert_parties(Database& db, const char* sql, std::int64_t root, const std::set<std::string>& parties) {
  for (const std::string& party : parties) db.run(sql, party, root);
}

struct Root {
  std::int64_t hash = 0;
  int rank = 0;
};

void list_event(Database& db, std::int64_t root, const Root& node, const RecordedEvent& event) {
  const std::string base = base_id(event);
  db.run("INSERT INTO event (root, id, base, rank, mark, day, last, kind, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
         root, marked_id(base, static_cast<std::uint64_t>(node.hash)), base, node.rank, node.hash, sort_day(event.date),
         last_day(event.date), event.kind, event.status);
  insert_parties(db, "INSERT INTO event_party (party, root) VALUES (?, ?)", root, all_parties(event));
  name_again(db, base);
}

void list_statement(Database& db, std::int64_t root, const RecordedStatement& statement) {
  db.run("INSERT INTO statement (root, id, day, last) VALUES (?, ?, ?, ?)", root, statement.id,
         sort_day(statement.date), last_day(statement.date));
  std::set<std::string> parties;
  for (const Named& one : statement.speakers) parties.insert(one.id);
  insert_parties(db, "INSERT INTO statement_party (party, root) VALUES (?, ?)", root, parties);
}

void touch_event(Store::Parts& parts, std::int64_t root) {
  Database& db = parts.db();
  remove_event(db, root);
  Root node;
  {
    Query query = db.query("SELECT hash, signature FROM event_node WHERE number = ?1 AND root = ?1", root);
    if (!query.next()) return;
    node = {query.number(0), EventRule::rank(EventRule::decode(query.bytes(1)))};
  }
  if (const auto event = parts.merged_event(root)) list_event(db, root, node, *event);
}

void touch_statement(Store::Parts& parts, std::int64_t root) {
  Database& db = parts.db();
  db.run("DELETE FROM statement WHERE root = ?", root);
  db.run("DELETE FROM statement_party WHERE root = ?", root);
  if (!db.query("SELECT 1 FROM statement_node WHERE number = ?1 AND root = ?1", root).next()) return;
  if (const auto statement = parts.statement_with_root(root)) list_statement(db, root, *statement);
}

std::vector<std::int64_t> numbers(Query query) {
  std::vector<std::int64_t> out;
  while (query.next()) out.push_back(query.number(0));
  return out;
}

}  // namespace

std::string plain_name(std::string_view name) {
  const NameWords words = split_name_words(name);
  std::string out;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    if (!out.empty()) out += ' ';
    out += words.word(i);
  }
  return out;
}

// Nodes are remembered between transactions; what another process has written makes them stale.
void Store::Parts::notice_others() {
  Query query = db().query("PRAGMA data_version");
  const std::int64_t version = query.next() ? query.number(0) : 0;
  if (version != data_version) forget_nodes();
  data_version = version;
}

void Store::Parts::forget_nodes() {
  events->forget();
  statements->forget();
  texts->forget();
}

// --- Settling --------------------------------------------------------------------------------------------------------

Result<void> Store::Parts::settle(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  if (const auto committed = commit_batch(); !committed) return committed;
  std::int64_t done = settled(db());
  if (last_document(db()) <= done) return db().result();
  const std::uint64_t all = progress ? count_behind(db(), done) : 0;
  std::uint64_t pages = 0;
  while (db().ok()) {
    Transaction transaction(db(), begin());
    notice_others();
    done = settled(db());  // another process may have settled meanwhile
    const std::vector<std::int64_t> documents =
        numbers(db().query("SELECT number FROM document WHERE number > ? ORDER BY number LIMIT ?", done, kPagesAtOnce));
    if (documents.empty()) break;
    std::map<EntityForm, std::int64_t> forms;
    for (const std::int64_t document : documents) {
      Query query = db().query("SELECT signature, body FROM document WHERE number = ?", document);
      if (!query.next()) break;
      texts->add(document, query.bytes(0));
      const auto facts = decode_page(query.bytes(1));
      if (!facts) {
        db().fault("a stored page is damaged");
        break;
      }
      for (EntityForm& form : entity_forms(*facts)) ++forms[std::move(form)];
    }
    const std::int64_t first = mention_number(documents.front(), 0);
    const std::int64_t last = mention_number(documents.back() + 1, 0);
    {
      Query query =
          db().query("SELECT number, signature FROM event_mention WHERE number >= ? AND number < ?", first, last);
      while (query.next()) events->add(query.number(0), query.bytes(1));
    }
    {
      Query query =
          db().query("SELECT number, signature FROM statement_mention WHERE number >= ? AND number < ?", first, last);
      while (query.next()) statements->add(query.number(0), query.bytes(1));
    }
    texts->grow();
    events->grow();
    statements->grow();
    for (const auto& [form, count] : forms) count_entity(db(), form, count);
    db().run("INSERT OR REPLACE INTO settled (what, number) VALUES ('document', ?)", documents.back());
    if (const auto committed = transaction.commit(); !committed) {
      forget_nodes();
      return committed;
    }
    pages += documents.size();
    if (progress) progress(pages, all);
  }
  return db().result();
}

// The page with its mentions leaves the record, and everything that followed from it. Part of a transaction.
void Store::Parts::take_out(std::int64_t document) {
  const bool joined = document <= settled(db());
  const std::int64_t first = mention_number(document, 0);
  const std::int64_t last = mention_number(document + 1, 0);
  if (joined) {
    notice_others();
    const auto page = facts_of(document);
    if (page)
      for (const EntityForm& form : entity_forms(*page)) forget_entity(db(), form);
    texts->remove(document);
    for (const std::int64_t number :
         numbers(db().query("SELECT number FROM event_mention WHERE number >= ? AND number < ?", first, last)))
      events->remove(number);
    for (const std::int64_t number :
         numbers(db().query("SELECT number FROM statement_mention WHERE number >= ? AND number < ?", first, last)))
      statements->remove(number);
    texts->grow();
    events->grow();
    statements->grow();
  }
  if (const auto words = stored_words(document))
    db().run("INSERT INTO document_words (document_words, rowid, words) VALUES ('delete', ?, ?)", document, *words);
  db().run("DELETE FROM event_mention WHERE number >= ? AND number < ?", first, last);
  db().run("DELETE FROM statement_mention WHERE number >= ? AND number < ?", first, last);
  db().run("DELETE FROM document WHERE number = ?", document);
}

// --- Merging ---------------------------------------------------------------------------------------------------------

Result<void> Store::Parts::merge_touched() {
  while (db().ok()) {
    const bool none =
        !db().query("SELECT 1 FROM event_touched UNION ALL SELECT 1 FROM statement_touched LIMIT 1").next();
    if (none) break;
    Transaction transaction(db(), begin());
    for (const std::int64_t root : numbers(db().query("SELECT root FROM event_touched LIMIT ?", kRootsAtOnce))) {
      touch_event(*this, root);
      db().run("DELETE FROM event_touched WHERE root = ?", root);
    }
    for (const std::int64_t root : numbers(db().query("SELECT root FROM statement_touched LIMIT ?", kRootsAtOnce))) {
      touch_statement(*this, root);
      db().run("DELETE FROM statement_touched WHERE root = ?", root);
    }
    if (const auto committed = transaction.commit(); !committed) return committed;
  }
  return db().result();
}

Result<void> Store::Parts::freshen() {
  if (const auto done = settle(nullptr); !done) return done;
  return merge_touched();
}

}  // namespace chancery
