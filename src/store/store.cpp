// Opening a record and saving pages. Settling is in settle.cpp, questions are in queries.cpp.
#include "store/store.h"

#include <algorithm>
#include <filesystem>

#include "schema_sql.h"
#include "store/codec.h"
#include "store/parts.h"
#include "text/fold.h"
#include "time/time.h"

namespace chancery {
namespace {

constexpr std::int64_t kSchemaVersion = 2;         // of the tables; PRAGMA user_version
constexpr std::int64_t kRulesVersion = 6;          // of signatures and merging; a change makes what is derived anew
constexpr std::int64_t kApplication = 0x43484359;  // "CHCY"

constexpr std::string_view kDerivedLine = "\n-- derived\n";

std::string facts_schema() {
  const std::string_view all = kSchemaSql;
  return std::string(all.substr(0, all.find(kDerivedLine)));
}
std::string derived_schema() {
  const std::string_view all = kSchemaSql;
  return std::string(all.substr(all.find(kDerivedLine)));
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// The derived tables in the temporary schema, where they hide those of the file.
std::string temporary_schema() {
  std::string sql = derived_schema();
  replace_all(sql, "CREATE TABLE ", "CREATE TEMP TABLE ");
  replace_all(sql, "CREATE INDEX ", "CREATE INDEX temp.");
  return sql;
}

std::int64_t pragma(Database& db, const char* sql) {
  Query query = db.query(sql);
  return query.next() ? query.number(0) : 0;
}

void set_up(Database& db) {
  db.script(
      "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
      "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 32768;");
}

void make_tables(Database& db) {
  Transaction transaction(db);
  if (pragma(db, "PRAGMA user_version") != 0) return;  // another process was faster
  db.script(facts_schema() + derived_schema());
  db.run("INSERT INTO settled (what, number) VALUES ('rules', ?)", kRulesVersion);
  db.script("PRAGMA application_id = " + std::to_string(kApplication) +
            "; PRAGMA user_version = " + std::to_string(kSchemaVersion));
  (void)transaction.commit();
}

bool has_tables(Database& db) { return db.query("SELECT 1 FROM sqlite_master LIMIT 1").next(); }

// Whether the file is a record of a version that we know.
Result<void> check(Database& db, const std::string& location) {
  const std::int64_t version = pragma(db, "PRAGMA user_version");
  if (!db.ok() && db.result().error().detail.find("not a database") != std::string::npos)
    return fail(ErrorCode::unsupported, location + " is no record");
  if (!db.ok()) return fail(ErrorCode::storage, location + ": " + db.result().error().detail);
  if (pragma(db, "PRAGMA application_id") != kApplication)
    return fail(ErrorCode::unsupported, location + " is no record");
  if (version > kSchemaVersion)
    return fail(ErrorCode::unsupported, location + " was made by a newer version of this program");
  if (version < kSchemaVersion)
    return fail(ErrorCode::unsupported, location + " was made by an earlier version: make it anew from its pages");
  return {};
}

bool is_url(std::string_view location) {
  return location.rfind("postgresql://", 0) == 0 || location.rfind("postgres://", 0) == 0;
}

Result<std::unique_ptr<Database>> open_file(const std::string& location, StoreMode mode) {
  const bool memory = location == ":memory:";
  std::error_code ignored;
  const bool there = memory || std::filesystem::exists(location, ignored);
  if (!there && mode != StoreMode::create) return fail(ErrorCode::not_found, location);
  if (there && !memory && std::filesystem::is_directory(location, ignored))
    return fail(ErrorCode::storage, location + " is a folder");
  const int writing = SQLITE_OPEN_READWRITE | (mode == StoreMode::create ? SQLITE_OPEN_CREATE : 0);
  auto database = Database::open(location, writing | SQLITE_OPEN_NOMUTEX);
  if (!database) return database;
  // A file that we may not write is opened by SQLite all the same, read-only.
  if ((*database)->read_only() && mode != StoreMode::read_only)
    return fail(ErrorCode::storage, location + " cannot be written");
  return database;
}

std::string appeared_sql(const std::string& day) {
  const std::string quoted = "'" + day + "'";
  return "published <> '' AND published <= " + quoted + " AND NOT (length(published) < 10 AND substr(" + quoted +
         ", 1, length(published)) = published)";
}

// Puts what is derived into temporary tables; of a `day`, the facts too are seen through views.
void set_aside(Database& db, const std::string& day) {
  db.script(temporary_schema());
  db.run("INSERT INTO temp.settled (what, number) VALUES ('rules', ?)", kRulesVersion);
  if (day.empty()) return;
  for (const char* table : {"document", "event_mention", "statement_mention"})
    db.script(std::string("CREATE TEMP VIEW ") + table + " AS SELECT * FROM main." + table + " WHERE " +
              appeared_sql(day));
}

void make_forests(Store::Parts& parts);

// Drops what is derived and makes it anew at the next settling, with new signatures.
void start_over(Database& db) {
  Transaction transaction(db);
  std::vector<std::string> tables;
  {
    Query query = db.query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE "
        "'document%' AND name NOT IN ('event_mention', 'statement_mention')");
    while (query.next()) tables.push_back(query.text(0));
  }
  for (const std::string& table : tables) db.script("DROP TABLE " + table);
  db.script(derived_schema());
  db.run("INSERT INTO settled (what, number) VALUES ('rules', ?)", kRulesVersion);
  (void)transaction.commit();
}

void sign_again(Store::Parts& parts, std::int64_t number) {
  Database& db = parts.db();
  const auto facts = parts.facts_of(number);
  if (!facts) return;
  const PreparedPage page(*facts);
  db.run("UPDATE document SET signature = ? WHERE number = ?", Blob{page.parts().signature}, number);
  for (std::size_t i = 0; i < page.parts().events.size(); ++i)
    db.run("UPDATE event_mention SET signature = ?, body = ? WHERE number = ?", Blob{page.parts().events[i].signature},
           Blob{page.parts().events[i].body}, mention_number(number, i));
  for (std::size_t i = 0; i < page.parts().statements.size(); ++i)
    db.run("UPDATE statement_mention SET signature = ?, body = ? WHERE number = ?",
           Blob{page.parts().statements[i].signature}, Blob{page.parts().statements[i].body},
           mention_number(number, i));
}

// A record whose signatures follow other rules is signed again, in one transaction.
Result<void> follow_rules(Store::Parts& parts) {
  Database& db = parts.db();
  if (pragma(db, "SELECT number FROM settled WHERE what = 'rules'") == kRulesVersion) return db.result();
  db.forget_fault();
  Transaction transaction(db);
  std::int64_t last = 0;
  while (db.ok()) {
    std::int64_t number = 0;
    {
      Query query = db.query("SELECT number FROM document WHERE number > ? ORDER BY number LIMIT 1", last);
      if (query.next()) number = query.number(0);
    }
    if (number == 0) break;
    sign_again(parts, number);
    last = number;
  }
  if (const auto done = transaction.commit(); !done) return done;
  start_over(db);
  return db.result();
}

}  // namespace

// --- Preparing -------------------------------------------------------------------------------------------------------

PreparedPage::PreparedPage(const Facts& facts) : parts_(std::make_unique<Parts>()) {
  parts_->document = facts.document;
  parts_->text = facts.text;
  parts_->digest = text_digest(facts.text);
  parts_->words = index_words(facts.document.title, facts.text);
  parts_->signature = text_signature(facts);
  parts_->body = encode_page(facts);
  const auto most = static_cast<std::size_t>(kMentionsOfPage);
  for (std::uint32_t i = 0; i < std::min(facts.events.size(), most); ++i)
    parts_->events.push_back({event_signature(facts, i), encode(event_mention(facts, i))});
  for (std::uint32_t i = 0; i < std::min(facts.statements.size(), most); ++i)
    parts_->statements.push_back({statement_signature(facts, i), encode(statement_mention(facts, i))});
}
PreparedPage::PreparedPage(PreparedPage&&) noexcept = default;
PreparedPage& PreparedPage::operator=(PreparedPage&&) noexcept = default;
PreparedPage::~PreparedPage() = default;

// --- Opening ---------------------------------------------------------------------------------------------------------

Store::Store() : parts_(std::make_unique<Parts>()) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

namespace {
void make_forests(Store::Parts& parts) {
  parts.events = std::make_unique<Forest<EventRule>>(parts.db(), kEventForest);
  parts.statements = std::make_unique<Forest<StatementRule>>(parts.db(), kStatementForest);
  parts.texts = std::make_unique<Forest<TextRule>>(parts.db(), kTextForest);
}
}  // namespace

Result<Store> Store::open(const std::string& location, StoreMode mode) {
  if (is_url(location)) return fail(ErrorCode::unsupported, "this build keeps records in files only");
  auto database = open_file(location, mode);
  if (!database) return tl::unexpected(database.error());
  Store store;
  Parts& parts = *store.parts_;
  parts.location = location;
  parts.database = std::move(*database);
  Database& db = parts.db();
  set_up(db);
  if (mode == StoreMode::create && db.ok() && !has_tables(db)) {
    db.script("PRAGMA journal_mode = WAL");
    make_tables(db);
  }
  if (const auto known = check(db, location); !known) return tl::unexpected(known.error());
  make_forests(parts);
  parts.aside = db.read_only();
  if (parts.aside) set_aside(db, {});
  if (!parts.aside)
    if (const auto done = follow_rules(parts); !done) return tl::unexpected(done.error());
  if (!db.ok()) return fail(ErrorCode::storage, location + ": " + db.result().error().detail);
  return store;
}

Result<Store> Store::as_of(std::string_view day) {
  const auto interval = interval_from_iso(day);
  if (!interval || !interval->end) return fail(ErrorCode::wrong_use, std::string(day) + " is no day");
  if (parts_->location == ":memory:") return fail(ErrorCode::wrong_use, "a record in memory has no past");
  if (const auto done = parts_->commit_batch(); !done) return tl::unexpected(done.error());
  auto database = Database::open(parts_->location, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX);
  if (!database) return tl::unexpected(database.error());
  Store store;
  Parts& parts = *store.parts_;
  parts.location = parts_->location;
  parts.database = std::move(*database);
  parts.aside = true;
  parts.day = interval->end->iso();
  set_up(parts.db());
  set_aside(parts.db(), parts.day);
  make_forests(parts);
  if (!parts.db().ok()) return tl::unexpected(parts.db().result().error());
  return store;
}

// --- Saving ----------------------------------------------------------------------------------------------------------

namespace {

std::string published_of(const DocumentFact& document) {
  return document.published ? document.published->value : std::string();
}

void insert(Store::Parts& parts, const PreparedPage::Parts& page) {
  Database& db = parts.db();
  const DocumentFact& fact = page.document;
  const std::string published = published_of(fact);
  db.run(
      "INSERT INTO document (id, uri, title, outlet, published, digest, signature, body, text) VALUES (?, ?, ?, ?, ?, "
      "?, ?, ?, ?)",
      fact.id, fact.uri, fact.title, fact.outlet, published, page.digest, Blob{page.signature}, Blob{page.body},
      page.text);
  const std::int64_t number = db.last_number();
  for (std::size_t i = 0; i < page.events.size(); ++i)
    db.run("INSERT INTO event_mention (number, document, published, signature, body) VALUES (?, ?, ?, ?, ?)",
           mention_number(number, i), number, published, Blob{page.events[i].signature}, Blob{page.events[i].body});
  for (std::size_t i = 0; i < page.statements.size(); ++i)
    db.run("INSERT INTO statement_mention (number, document, published, signature, body) VALUES (?, ?, ?, ?, ?)",
           mention_number(number, i), number, published, Blob{page.statements[i].signature},
           Blob{page.statements[i].body});
  parts.new_words.emplace_back(number, page.words);
}

}  // namespace

std::string index_words(std::string_view title, std::string_view text) {
  std::string all(title);
  all += '\n';
  all += text;
  const NameWords split = split_name_words(all);
  // Places of words in `split`, by their hash, in a table that is at most half full; 0 is an empty place.
  std::size_t size = 16;
  while (size < 2 * split.words.size()) size *= 2;
  std::vector<std::uint32_t> seen(size, 0);
  std::string out;
  out.reserve(all.size() / 2);
  for (std::uint32_t i = 0; i < split.words.size(); ++i) {
    const std::string_view word = split.word(i);
    std::size_t at = hash_of(word) & (size - 1);
    while (seen[at] != 0 && split.word(seen[at] - 1) != word) at = (at + 1) & (size - 1);
    if (seen[at] != 0) continue;
    seen[at] = i + 1;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

Result<void> Store::Parts::commit_batch() {
  if (!batch) return {};
  for (const auto& [document, words] : new_words)
    db().run("INSERT INTO document_words (rowid, words) VALUES (?, ?)", document, words);
  auto done = batch->commit();
  drop_batch();
  if (!done) forget_nodes();
  return done;
}

// What is not yet committed is rolled back.
void Store::Parts::drop_batch() {
  batch.reset();
  new_words.clear();
  batched = 0;
}

std::optional<std::string> Store::Parts::stored_words(std::int64_t document) {
  for (auto one = new_words.begin(); one != new_words.end(); ++one) {
    if (one->first != document) continue;
    new_words.erase(one);  // it never got there
    return std::nullopt;
  }
  Query query = db().query("SELECT title, text FROM document WHERE number = ?", document);
  if (!query.next()) return std::nullopt;
  return index_words(query.bytes(0), query.bytes(1));
}

Result<bool> Store::has(std::string_view document) {
  const bool found = parts_->document_number(document).has_value();
  if (const auto done = parts_->db().result(); !done) return tl::unexpected(done.error());
  return found;
}

void Store::save_together(std::size_t pages) { parts_->together = std::max<std::size_t>(pages, 1); }

Result<Saved> Store::save(const PreparedPage& page) {
  Parts& parts = *parts_;
  Database& db = parts.db();
  if (parts.aside) return fail(ErrorCode::wrong_use, "the record is open for reading");
  if (!parts.batch) parts.batch = std::make_unique<Transaction>(db);
  Saved saved = Saved::added;
  if (const auto known = parts.document_number(page.parts().document.id)) {
    const auto facts = parts.facts_of(*known);
    const bool stays = !facts || canonical_copy(facts->document) <= canonical_copy(page.parts().document);
    saved = stays ? Saved::known : Saved::replaced;
    if (saved == Saved::replaced) parts.take_out(*known);
  }
  if (saved != Saved::known) insert(parts, page.parts());
  if (!db.ok()) {
    const auto fault = db.result();
    parts.drop_batch();
    parts.forget_nodes();
    return tl::unexpected(fault.error());
  }
  if (++parts.batched >= parts.together)
    if (const auto done = parts.commit_batch(); !done) return tl::unexpected(done.error());
  return saved;
}

Result<Saved> Store::save(const Facts& facts) { return save(PreparedPage(facts)); }

Result<void> Store::settle(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return parts_->settle(progress);
}

}  // namespace chancery
