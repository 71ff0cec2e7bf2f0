#include "store/sqlite.h"

namespace chancery {

// --- Query -----------------------------------------------------------------------------------------------------------

Query::~Query() {
  if (statement_ != nullptr) database_->give_back(statement_, sql_);
}

bool Query::next() {
  if (statement_ == nullptr || !database_->ok()) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->check(code);
  return false;
}

std::string_view Query::bytes(int column) const {
  if (statement_ == nullptr) return {};
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

// --- Database --------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Database>> Database::open(const std::string& path, int flags) {
  constexpr int kPatience = 60000;  // milliseconds to wait for another process that writes
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) {
    const std::string why = handle != nullptr ? sqlite3_errmsg(handle) : "out of memory";
    return fail(ErrorCode::storage, path + ": " + why);
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kPatience);
  return database;
}

Database::~Database() {
  for (auto& [sql, statements] : stock_)
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

Result<void> Database::result() const {
  if (ok()) return {};
  return fail(ErrorCode::storage, fault_);
}

void Database::fault(std::string what) {
  if (fault_.empty()) fault_ = std::move(what);
}

void Database::check(int code) {
  if (code == SQLITE_OK) return;
  fault(sqlite3_errmsg(handle_));
}

void Database::script(const std::string& sql) {
  if (ok()) check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

sqlite3_stmt* Database::compile(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (ok()) check(sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  return statement;
}

Query Database::prepare(const char* sql) {
  auto& kept = stock_[sql];
  if (kept.empty()) return Query(this, compile(sql), sql);
  sqlite3_stmt* statement = kept.back();
  kept.pop_back();
  return Query(this, statement, sql);
}

Query Database::query_once(const std::string& sql, const std::vector<std::string>& values) {
  Query query(this, compile(sql.c_str()), nullptr);
  int index = 0;
  for (const std::string& value : values) bind(query, ++index, value);
  return query;
}

void Database::give_back(sqlite3_stmt* statement, const char* sql) {
  sqlite3_reset(statement);
  if (sql == nullptr) {
    sqlite3_finalize(statement);
    return;
  }
  sqlite3_clear_bindings(statement);
  stock_[sql].push_back(statement);
}

// SQLite copies the values, so they need not outlive the call.
void Database::bind(Query& query, int index, std::string_view value) {
  if (query.statement_ == nullptr) return;
  const char* data = value.data() == nullptr ? "" : value.data();
  check(sqlite3_bind_text64(query.statement_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Database::bind(Query& query, int index, Blob value) {
  if (query.statement_ == nullptr) return;
  const char* data = value.bytes.data() == nullptr ? "" : value.bytes.data();
  check(sqlite3_bind_blob64(query.statement_, index, data, value.bytes.size(), SQLITE_TRANSIENT));
}

// --- Transaction -----------------------------------------------------------------------------------------------------

Transaction::Transaction(Database& database, const char* begin) : database_(database) { database_.run(begin); }

Transaction::~Transaction() {
  if (!open_) return;
  // The failure that brought us here stays the one that is reported.
  const Result<void> before = database_.result();
  database_.forget_fault();
  database_.run("ROLLBACK");
  database_.forget_fault();
  if (!before) database_.fault(before.error().detail);
}

Result<void> Transaction::commit() {
  if (database_.ok()) database_.run("COMMIT");
  if (database_.ok()) open_ = false;
  return database_.result();
}

}  // namespace chancery
