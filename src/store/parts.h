// The inside of the store: what its files share.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/matching.h"
#include "store/forest.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace chancery {

struct PreparedMention {
  std::string signature;
  std::string body;
};

struct PreparedPage::Parts {
  DocumentFact document;
  std::string words;  // index_words()
  std::int64_t digest = 0;
  std::string signature;
  std::string body;
  std::string text;
  std::vector<PreparedMention> events, statements;
};

struct Store::Parts {
  std::string location;
  std::unique_ptr<Database> database;
  std::unique_ptr<Forest<EventRule>> events;
  std::unique_ptr<Forest<StatementRule>> statements;
  std::unique_ptr<Forest<TextRule>> texts;
  // What follows from the facts is kept in temporary tables: the file is read-only, or another day is asked for.
  bool aside = false;
  std::string day;                // of an as-of view; empty for the present
  std::int64_t data_version = 0;  // by which SQLite tells that another process has written

  // Pages saved since the last commit: `together` of them share one transaction. Their words go into the index last,
  // because every statement behind a change of that index makes it write out what it has gathered.
  std::unique_ptr<Transaction> batch;
  std::vector<std::pair<std::int64_t, std::string>> new_words;  // document and its words
  std::size_t batched = 0;
  std::size_t together = 1;

  ~Parts() { (void)commit_batch(); }
  Result<void> commit_batch();
  void drop_batch();
  // The words under which a stored page stands in the index.
  std::optional<std::string> stored_words(std::int64_t document);

  Database& db() { return *database; }
  // Facts are only ever written to the file itself.
  const char* begin() const { return aside ? "BEGIN" : "BEGIN IMMEDIATE"; }

  // Makes everything that queries read.
  Result<void> freshen();
  Result<void> settle(const std::function<void(std::uint64_t, std::uint64_t)>& progress);
  Result<void> merge_touched();
  void take_out(std::int64_t document);
  void notice_others();
  void forget_nodes();

  // Rows to values. Events get their id and origins, documents their twin.
  std::optional<RecordedEvent> event_of(std::string_view id, std::int64_t root);
  std::optional<RecordedEvent> event_with_root(std::int64_t root);
  std::optional<RecordedEvent> merged_event(std::int64_t root);  // without id and origins
  std::optional<RecordedStatement> statement_with_root(std::int64_t root);
  RecordedDocument document_of(std::int64_t number, DocumentFact fact);
  std::optional<Facts> facts_of(std::int64_t number);
  std::optional<std::int64_t> document_number(std::string_view id);
  std::string last_day();
  bool is_borne_out(const RecordedEvent& event);
  Commitment with_outcome(Commitment commitment);

  // Ids of the entities that a filter's name may mean.
  std::set<std::string> named(std::string_view name);
  // Those and the persons and places of the states among them.
  std::set<std::string> named_with_members(std::string_view name);
};

// Mentions are numbered within their document.
inline constexpr std::int64_t kMentionsOfPage = std::int64_t{1} << 20;
inline std::int64_t mention_number(std::int64_t document, std::size_t position) {
  return document * kMentionsOfPage + static_cast<std::int64_t>(position);
}

// By which a changed text is noticed; no defence against somebody who can compute it too.
std::int64_t text_digest(std::string_view text);

// The different folded words of a page, in the order of their first appearance, one space between them: what the index
// is given, and must be given again to forget the page.
std::string index_words(std::string_view title, std::string_view text);

// A name as filters compare it: its folded words, one space between them.
std::string plain_name(std::string_view name);

}  // namespace chancery
