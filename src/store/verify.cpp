// A record held against itself: texts against their digests, facts against texts, signatures against facts.
#include "record/checking.h"
#include "store/codec.h"
#include "store/parts.h"

namespace chancery {
namespace {

std::vector<std::string> faults_in_rows(Database& db, const char* sql, std::int64_t document,
                                        const std::vector<PreparedMention>& made, const char* what) {
  std::vector<std::string> faults;
  std::size_t rows = 0;
  Query query = db.query(sql, mention_number(document, 0), mention_number(document + 1, 0));
  for (; query.next(); ++rows) {
    const auto position = static_cast<std::size_t>(query.number(0) % kMentionsOfPage);
    if (position < made.size() && query.bytes(1) == made[position].signature) continue;
    faults.push_back(std::string(what) + " " + std::to_string(position + 1) + " does not bear its own signature");
  }
  if (rows != made.size()) faults.push_back("of its " + std::string(what) + "s some are missing");
  return faults;
}

std::vector<std::string> faults_of_page(Store::Parts& parts, std::int64_t number) {
  const auto facts = parts.facts_of(number);
  if (!facts) {
    parts.db().forget_fault();
    return {"the stored page is damaged"};
  }
  std::vector<std::string> faults = faults_of(*facts);
  {
    Query query = parts.db().query("SELECT digest FROM document WHERE number = ?", number);
    if (query.next() && query.number(0) != text_digest(facts->text))
      faults.emplace_back("the text is not what was read");
  }
  const PreparedPage page(*facts);
  for (auto& one :
       faults_in_rows(parts.db(), "SELECT number, signature FROM event_mention WHERE number >= ? AND number < ?",
                      number, page.parts().events, "event"))
    faults.push_back(std::move(one));
  for (auto& one :
       faults_in_rows(parts.db(), "SELECT number, signature FROM statement_mention WHERE number >= ? AND number < ?",
                      number, page.parts().statements, "statement"))
    faults.push_back(std::move(one));
  return faults;
}

}  // namespace

std::int64_t text_digest(std::string_view text) { return static_cast<std::int64_t>(hash_of(text)); }

Result<Store::Verified> Store::verify(const std::function<bool(const std::string&, const std::string&)>& take) {
  Verified out;
  if (const auto done = parts_->commit_batch(); !done) return tl::unexpected(done.error());
  Database& db = parts_->db();
  std::vector<std::pair<std::int64_t, std::string>> pages;
  {
    Query query = db.query("SELECT number, uri FROM document ORDER BY id");
    while (query.next()) pages.emplace_back(query.number(0), query.text(1));
  }
  if (const auto done = db.result(); !done) return tl::unexpected(done.error());
  for (const auto& [number, uri] : pages) {
    ++out.pages;
    for (const std::string& fault : faults_of_page(*parts_, number)) {
      ++out.faults;
      if (!take(uri, fault)) return out;
    }
  }
  if (const auto done = db.result(); !done) return tl::unexpected(done.error());
  return out;
}

}  // namespace chancery
