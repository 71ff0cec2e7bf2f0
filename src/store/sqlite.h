// SQLite behind a small door. The first failure of a database is kept and everything after it does nothing, so code
// that runs many statements asks once, at its end, whether all went well.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace chancery {

struct Blob {
  std::string_view bytes;
};

class Database;

// A running statement. Goes back to the database's stock when it is destroyed.
class Query {
 public:
  Query(Query&& other) noexcept
      : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)), sql_(other.sql_) {}
  Query& operator=(Query&&) = delete;
  ~Query();

  // The next row; false at the end or after a failure.
  bool next();

  std::int64_t number(int column) const { return statement_ ? sqlite3_column_int64(statement_, column) : 0; }
  bool is_null(int column) const { return !statement_ || sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  // Valid until the next row.
  std::string_view bytes(int column) const;
  std::string text(int column) const { return std::string(bytes(column)); }

 private:
  friend class Database;
  Query(Database* database, sqlite3_stmt* statement, const char* sql)
      : database_(database), statement_(statement), sql_(sql) {}
  Database* database_;
  sqlite3_stmt* statement_;
  const char* sql_;
};

class Database {
 public:
  // `flags` as for sqlite3_open_v2.
  static Result<std::unique_ptr<Database>> open(const std::string& path, int flags);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  bool ok() const { return fault_.empty(); }
  Result<void> result() const;
  void forget_fault() { fault_.clear(); }
  // Keeps the first failure.
  void fault(std::string what);

  // Statements without values, one after the other.
  void script(const std::string& sql);

  // `sql` must live as long as the program: statements are kept by its address. Values are bound from 1 on.
  template <class... Values>
  Query query(const char* sql, const Values&... values) {
    Query query = prepare(sql);
    int index = 0;
    (bind(query, ++index, values), ...);
    return query;
  }
  // For statements that give no rows.
  template <class... Values>
  void run(const char* sql, const Values&... values) {
    query(sql, values...).next();
  }
  // As query(), for statements that are put together at run time.
  Query query_once(const std::string& sql, const std::vector<std::string>& values);
  std::int64_t last_number() const { return sqlite3_last_insert_rowid(handle_); }
  std::int64_t changes() const { return sqlite3_changes(handle_); }
  bool read_only() const { return sqlite3_db_readonly(handle_, "main") == 1; }

 private:
  friend class Query;
  explicit Database(sqlite3* handle) : handle_(handle) {}
  Query prepare(const char* sql);
  sqlite3_stmt* compile(const char* sql);
  void give_back(sqlite3_stmt* statement, const char* sql);
  void check(int code);

  void bind(Query& query, int index, std::int64_t value) { check(bind_number(query.statement_, index, value)); }
  void bind(Query& query, int index, std::int32_t value) { bind(query, index, std::int64_t{value}); }
  void bind(Query& query, int index, std::uint64_t value) { bind(query, index, static_cast<std::int64_t>(value)); }
  void bind(Query& query, int index, std::string_view value);
  void bind(Query& query, int index, const std::string& value) { bind(query, index, std::string_view(value)); }
  void bind(Query& query, int index, const char* value) { bind(query, index, std::string_view(value)); }
  void bind(Query& query, int index, Blob value);
  static int bind_number(sqlite3_stmt* statement, int index, std::int64_t value) {
    return statement ? sqlite3_bind_int64(statement, index, value) : SQLITE_OK;
  }

  sqlite3* handle_;
  std::unordered_map<const char*, std::vector<sqlite3_stmt*>> stock_;
  std::string fault_;
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database, const char* begin = "BEGIN IMMEDIATE");
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Result<void> commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace chancery
