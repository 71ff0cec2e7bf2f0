// The record on disk: SQLite. A page is saved as a whole or not at all, as facts that are never changed again; the
// merged events and statements are derived from them, incrementally, by the pure functions of record/. Killing the
// program loses nothing that was saved, and what was not yet merged is merged at the next opening: the result is the
// same.
//
// A Store is used by one thread at a time. Several processes may read one record while one writes it (WAL).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "record/facts.h"
#include "record/record.h"

namespace chancery {

enum class StoreMode : std::uint8_t {
  read_only,   // the record must exist; what is not yet merged is merged in memory
  read_write,  // the record must exist
  create,      // read_write, and an empty record is made where there is none
};

// A page made ready for saving: the costly, pure part of saving, for the threads that read.
class PreparedPage {
 public:
  explicit PreparedPage(const Facts& facts);
  PreparedPage(PreparedPage&&) noexcept;
  PreparedPage& operator=(PreparedPage&&) noexcept;
  ~PreparedPage();
  struct Parts;
  const Parts& parts() const { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

enum class Saved : std::uint8_t {
  added,     // the page is new
  known,     // the record has this very page already: nothing changed
  replaced,  // the record has the same bytes from elsewhere, or with another date: the canonical one of the two stays
};

// Names are matched without regard to case and accents, against ids and names, whole or by their last words: "russie",
// "state/RUS", "lavrov", "Sergueï Lavrov". Days are ISO 8601, both included; an empty field filters nothing.
struct EventFilter {
  std::string actor;  // takes part in any role
  std::string with;   // another participant
  std::string place;
  std::string kind;
  std::string from, to;  // events whose date overlaps; undated ones are left out if either is given
  std::string as_of;
  std::size_t limit = 0;  // at most so many, the first ones; 0: all
};

struct StatementFilter {
  std::string by;
  std::string about;  // words that must stand in it
  std::string from, to;
  std::string as_of;
  std::size_t limit = 0;  // as above
};

struct CommitmentFilter {
  std::string by;
  std::string to;
  std::string status;  // open, kept, withdrawn, lapsed
  std::string as_of;   // also the day as of which a deadline has passed
};

// One page found by search, with the facts that stand in the sentences where the words are.
struct Found {
  RecordedDocument document;
  std::vector<TextRange> hits;         // of the words, in code points of the page's text
  std::vector<std::string> sentences;  // the sentences that hold them, in order, each once
  std::vector<RecordedEvent> events;   // told there
  std::vector<RecordedStatement> statements;
};

// What an id names.
using Shown = std::variant<RecordedEvent, RecordedStatement, Commitment, RecordedEntity, RecordedDocument>;

struct StoreCounts {
  std::uint64_t documents = 0, events = 0, statements = 0, entities = 0;
};

class Store {
 public:
  // `location` is a path; PostgreSQL URLs are recognised and refused (unsupported). Fails with not_found, io, storage
  // (damaged), or unsupported (made by a newer version). Older records are migrated.
  static Result<Store> open(const std::string& location, StoreMode mode);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // --- Writing ---
  // Whether the record has a page with this id ("sha256:…"), so that its bytes need not be read again.
  Result<bool> has(std::string_view document);
  // On failure nothing of the page is kept, nor of those that share its transaction.
  Result<Saved> save(const PreparedPage& page);
  Result<Saved> save(const Facts& facts);
  // From now on so many saves share one transaction (one, unless told): quicker, but whoever kills the program then
  // loses up to that many pages, and has to add them again. Settling and every query commit what was saved before.
  void save_together(std::size_t pages);
  // Merges what has been saved since the last time. Every query does so by itself; `add` calls it at its end.
  // `progress` is told the pages merged and to be merged; may be null.
  Result<void> settle(const std::function<void(std::uint64_t, std::uint64_t)>& progress = nullptr);

  // --- Reading, always in canonical order ---
  Result<std::vector<RecordedEvent>> timeline(const EventFilter& filter);
  Result<std::vector<RecordedStatement>> statements(const StatementFilter& filter);
  Result<std::vector<Commitment>> commitments(const CommitmentFilter& filter);
  // Fails with not_found. An entity or document may also be named by its name or address.
  Result<Shown> show(std::string_view id);
  // At most `limit` pages, best first.
  Result<std::vector<Found>> search(std::string_view words, std::size_t limit = 50);
  // Events and statements that name the entity, for `show`.
  Result<RecordedDocument> document(std::string_view id);
  // The page's text as it was read; for evidence and for verify.
  Result<std::string> text(std::string_view document);
  // Everything that was understood of the page when it was saved.
  Result<Facts> facts(std::string_view document);
  Result<StoreCounts> counts();

  // Streams, for export, in memory that does not grow with the record. `take` returns false to stop.
  Result<void> each_event(const std::function<bool(RecordedEvent&&)>& take);
  Result<void> each_statement(const std::function<bool(RecordedStatement&&)>& take);
  Result<void> each_commitment(const std::function<bool(Commitment&&)>& take);
  Result<void> each_entity(const std::function<bool(RecordedEntity&&)>& take);
  Result<void> each_document(const std::function<bool(RecordedDocument&&)>& take);

  // Holds every fact against the text of its page, the signature of each against what it is made of. `take` is told the
  // page's address and what does not hold, one by one; it returns false to stop. Goes on where a page is damaged.
  struct Verified {
    std::uint64_t pages = 0, faults = 0;
  };
  Result<Verified> verify(const std::function<bool(const std::string& uri, const std::string& fault)>& take);

  // The record as it stood at the end of `day`, for any query. Read-only.
  Result<Store> as_of(std::string_view day);

  struct Parts;  // the inside: store/parts.h
  Parts& parts_for_test() { return *parts_; }

 private:
  Store();
  std::unique_ptr<Parts> parts_;
};

}  // namespace chancery
