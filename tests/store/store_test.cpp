// The store against the slow, obvious record; and everything that may befall a file.
#include "store/store.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "record/dump.h"
#include "record/notation.h"
#include "record/random_pages.h"
#include "store/parts.h"

namespace chancery::test {
namespace {

namespace fs = std::filesystem;

// A record's file that is gone when the test is.
class TemporaryRecord {
 public:
  TemporaryRecord() {
    static int count = 0;
    // In memory where that is at hand: the tests make hundreds of records, and disks take their time to be sure.
    const fs::path folder = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    path_ = folder / ("chancery-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".db");
    remove();
  }
  ~TemporaryRecord() { remove(); }
  std::string path() const { return path_.string(); }

 private:
  void remove() {
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm"}) fs::remove(path_.string() + tail, ignored);
  }
  fs::path path_;
};

Store open(const TemporaryRecord& file, StoreMode mode = StoreMode::create) {
  auto store = Store::open(file.path(), mode);
  EXPECT_TRUE(store) << store.error().message();
  return std::move(*store);
}

Record all_of(Store& store) {
  Record record;
  const auto take = [](auto& rows) {
    return [&rows](auto&& row) {
      rows.push_back(std::move(row));
      return true;
    };
  };
  for (const Result<void>& done :
       {store.each_event(take(record.events)), store.each_statement(take(record.statements)),
        store.each_commitment(take(record.commitments)), store.each_document(take(record.documents)),
        store.each_entity(take(record.entities))})
    EXPECT_TRUE(done) << done.error().message();
  return record;
}

// Everything, the marks of ids too, which dump() leaves out.
std::string print(const Record& record) {
  std::string out = dump(record);
  for (const auto& one : record.statements) out += one.id + "\n";
  for (const auto& one : record.documents) out += one.fact.id + " " + one.fact.uri + "\n";
  return out;
}

void save(Store& store, const Facts& page) {
  const auto saved = store.save(page);
  ASSERT_TRUE(saved) << saved.error().message();
}

RC_GTEST_PROP(Store, KeepsTheRecordThatAllPagesMakeInAnyOrderAndAnyRuns, ()) {
  std::vector<Facts> pages = random_pages(12);
  const std::string expected = print(build_record(pages));
  for (std::size_t i = pages.size(); i > 1; --i) std::swap(pages[i - 1], pages[*rc::gen::inRange<std::size_t>(0, i)]);
  const TemporaryRecord file;
  std::optional<Store> store = open(file);
  for (const Facts& page : pages) {
    save(*store, page);
    if (chance(20)) RC_ASSERT(store->settle().has_value());
    if (chance(15)) RC_ASSERT(store->timeline({}).has_value());
    if (chance(15)) {
      store.reset();
      store = open(file);
    }
  }
  RC_ASSERT(print(all_of(*store)) == expected);
}

RC_GTEST_PROP(Store, KnowsTheRecordOfAnyDay, ()) {
  const std::vector<Facts> pages = random_pages(10);
  const TemporaryRecord file;
  Store store = open(file);
  for (const Facts& page : pages) save(store, page);
  const std::string day = one_of({"2025-02-15", "2025-02-17", "2025-02-18", "2025-03-01"});
  // The store keeps the canonical copy of each page; so does the record that is compared.
  std::vector<Facts> kept;
  for (const Facts& page : pages) {
    const auto facts = store.facts(page.document.id);
    RC_ASSERT(facts.has_value());
    kept.push_back(*facts);
  }
  auto past = store.as_of(day);
  RC_ASSERT(past.has_value());
  RC_ASSERT(print(all_of(*past)) == print(build_record(kept, day)));
}

const char* const kTwoPages =
    "page announces 2025-02-16 outlet Matin\n"
    "event negotiate planned; actors RUS USA; place riyadh@SAU; date 2025-02-18; sentence Des pourparlers auront lieu\n"
    "page tells 2025-02-18 outlet Soir\n"
    "event negotiate happened; actors lavrov@RUS rubio@USA RUS USA; place riyadh@SAU; date 2025-02-18\n"
    "says lavrov@RUS; date 2025-02-18; text Nous nous sommes écoutés et entendus pendant plus de quatre heures\n";

TEST(Store, SavesAPageOnce) {
  const TemporaryRecord file;
  Store store = open(file);
  const auto all = pages(kTwoPages);
  EXPECT_EQ(*store.save(all[0]), Saved::added);
  EXPECT_EQ(*store.save(all[0]), Saved::known);
  EXPECT_EQ(*store.save(all[1]), Saved::added);
  const std::string once = print(all_of(store));
  EXPECT_EQ(*store.save(all[1]), Saved::known);
  EXPECT_EQ(print(all_of(store)), once);
  EXPECT_TRUE(*store.has("sha256:tells"));
  EXPECT_FALSE(*store.has("sha256:other"));
  EXPECT_EQ(store.counts()->documents, 2U);
}

TEST(Store, ReplacesACopyByTheEarlierOne) {
  const TemporaryRecord file;
  Store store = open(file);
  const auto all = pages(
      "page same 2025-02-19 uri late\nevent meet happened; actors RUS USA; place geneva@CHE\n"
      "page same 2025-02-18 uri early\nevent meet happened; actors RUS USA; place geneva@CHE\n");
  EXPECT_EQ(*store.save(all[0]), Saved::added);
  ASSERT_TRUE(store.timeline({}));
  EXPECT_EQ(*store.save(all[1]), Saved::replaced);
  EXPECT_EQ(*store.save(all[0]), Saved::known);
  EXPECT_EQ(print(all_of(store)), print(build_record(all)));
  EXPECT_EQ(store.document("sha256:same")->fact.uri, "early");
}

TEST(Store, GivesBackTheFactsAsTheyWere) {
  const TemporaryRecord file;
  Store store = open(file);
  auto all = pages(kTwoPages);
  all[1].text = "Riyad, mardi. Les pourparlers se sont achevés.";
  all[1].sentences = {{0, 13}, {14, 45}};
  all[1].times = {{{7, 12}, "DATE", "2025-02-18", ""}};
  all[1].document.boilerplate = {{0, 5}};
  save(store, all[1]);
  const auto facts = store.facts("sha256:tells");
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->text, all[1].text);
  EXPECT_EQ(facts->sentences, all[1].sentences);
  EXPECT_EQ(facts->times[0].value, "2025-02-18");
  EXPECT_EQ(facts->document.boilerplate, all[1].document.boilerplate);
  EXPECT_EQ(facts->events[0].actors, all[1].events[0].actors);
  EXPECT_EQ(facts->statements[0].text, all[1].statements[0].text);
  EXPECT_EQ(facts->entities.size(), all[1].entities.size());
  EXPECT_EQ(*store.text("sha256:tells"), all[1].text);
}

// What is left when a process dies: whatever was committed, and nothing else.
TEST(Store, LosesNothingThatWasSavedWhenItsTransactionIsAbandoned) {
  const TemporaryRecord file;
  const auto all = pages(kTwoPages);
  {
    Store store = open(file);
    save(store, all[0]);
    ASSERT_TRUE(store.settle());
    auto& db = store.parts_for_test().db();
    db.run("BEGIN IMMEDIATE");
    db.run("DELETE FROM event_mention");
    db.run("UPDATE settled SET number = 99");
  }
  Store store = open(file);
  save(store, all[1]);
  EXPECT_EQ(print(all_of(store)), print(build_record(all)));
}

TEST(Store, GoesOnWhereSettlingWasCutOff) {
  const TemporaryRecord file;
  const auto all = pages(kTwoPages);
  {
    Store store = open(file);
    save(store, all[0]);
    ASSERT_TRUE(store.timeline({}));
    save(store, all[1]);
    ASSERT_TRUE(store.settle());  // joined, but not yet merged
  }
  Store store = open(file, StoreMode::read_only);
  EXPECT_EQ(print(all_of(store)), print(build_record(all)));
}

TEST(Store, IsReadWhereItCannotBeWritten) {
  const TemporaryRecord file;
  const auto all = pages(kTwoPages);
  {
    Store store = open(file);
    for (const Facts& page : all) save(store, page);
    store.parts_for_test().db().script("PRAGMA journal_mode = DELETE");
  }
  ::chmod(file.path().c_str(), 0444);
  const bool root = ::geteuid() == 0;  // who may write everything, so somebody else tries
  if (root) {
    ASSERT_EQ(::seteuid(65534), 0);
  }
  EXPECT_FALSE(Store::open(file.path(), StoreMode::read_write));
  {
    Store store = open(file, StoreMode::read_only);
    EXPECT_EQ(print(all_of(store)), print(build_record(all)));
    EXPECT_FALSE(store.save(all[0]));
  }
  if (root) {
    ASSERT_EQ(::seteuid(0), 0);
  }
}

TEST(Store, MakesAnewWhatOtherRulesDerived) {
  const TemporaryRecord file;
  const auto all = pages(kTwoPages);
  {
    Store store = open(file);
    for (const Facts& page : all) save(store, page);
    ASSERT_TRUE(store.timeline({}));
    auto& db = store.parts_for_test().db();
    db.run("UPDATE settled SET number = 0 WHERE what = 'rules'");
    db.run("UPDATE event_mention SET signature = 'old'");
    db.run("DELETE FROM event");
    ASSERT_TRUE(db.result());
  }
  Store store = open(file, StoreMode::read_only);
  EXPECT_EQ(print(all_of(store)), print(build_record(all)));
}

TEST(Store, NamesWhatIsWrongWithAFile) {
  const TemporaryRecord missing;
  auto store = Store::open(missing.path(), StoreMode::read_only);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::not_found);

  const TemporaryRecord text;
  std::ofstream(text.path()) << std::string(5000, 'x');
  for (const StoreMode mode : {StoreMode::read_only, StoreMode::create}) {
    store = Store::open(text.path(), mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::unsupported);
    EXPECT_NE(store.error().message().find(text.path()), std::string::npos);
  }

  const TemporaryRecord other;
  {
    sqlite3* handle = nullptr;
    sqlite3_open(other.path().c_str(), &handle);
    sqlite3_exec(handle, "CREATE TABLE recipe (name TEXT)", nullptr, nullptr, nullptr);
    sqlite3_close(handle);
  }
  store = Store::open(other.path(), StoreMode::create);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::unsupported);

  const TemporaryRecord newer;
  { open(newer).parts_for_test().db().script("PRAGMA user_version = 99"); }
  store = Store::open(newer.path(), StoreMode::read_only);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::unsupported);

  store = Store::open("postgresql://host/base", StoreMode::read_only);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::unsupported);
  store = Store::open("/tmp", StoreMode::read_only);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::storage);
}

TEST(Store, SaysThatARowIsDamaged) {
  const TemporaryRecord file;
  Store store = open(file);
  for (const Facts& page : pages(kTwoPages)) save(store, page);
  store.parts_for_test().db().run("UPDATE event_mention SET body = substr(body, 1, 20)");
  const auto timeline = store.timeline({});
  ASSERT_FALSE(timeline);
  EXPECT_EQ(timeline.error().code, ErrorCode::storage);
}

// --- Questions ---

std::string ids(const Result<std::vector<RecordedEvent>>& events) {
  if (!events) return events.error().message();
  std::string out;
  for (const RecordedEvent& one : *events) out += (out.empty() ? "" : " ") + one.id.substr(6);
  return out;
}

class Questions : public ::testing::Test {
 protected:
  Questions() : store_(open(file_)) {
    for (const Facts& page :
         pages(std::string(kTwoPages) + "page third 2025-04-11 outlet Matin\n"
                                        "event meet happened; actors FRA DEU; place paris@FRA; date 2025-04\n"
                                        "event call planned; actors FRA RUS\n"
                                        "event promise happened; actors FRA; targets UKR; date 2025-04-10; deadline "
                                        "2025-05-01; content livrer des radars\n"
                                        "text Les États-Unis n'étaient pas là. Paris promet des radars.\n"))
      save(store_, page);
  }
  TemporaryRecord file_;
  Store store_;
};

TEST_F(Questions, TimelineIsInOrder) {
  EXPECT_EQ(ids(store_.timeline({})),
            "2025-02-18-negotiate-rus-usa 2025-04-meet-deu-fra 2025-04-10-promise-fra-ukr undated-call-fra-rus");
}

TEST_F(Questions, TimelineByActor) {
  EventFilter filter;
  filter.actor = "rus";
  EXPECT_EQ(ids(store_.timeline(filter)), "2025-02-18-negotiate-rus-usa undated-call-fra-rus");
  filter.with = "state/FRA";
  EXPECT_EQ(ids(store_.timeline(filter)), "undated-call-fra-rus");
  filter = {};
  filter.actor = "LAVROV";
  EXPECT_EQ(ids(store_.timeline(filter)), "2025-02-18-negotiate-rus-usa");
  filter.actor = "nobody";
  EXPECT_EQ(ids(store_.timeline(filter)), "");
}

TEST_F(Questions, TimelineByPlaceKindAndDay) {
  EventFilter filter;
  filter.place = "Riyadh";
  EXPECT_EQ(ids(store_.timeline(filter)), "2025-02-18-negotiate-rus-usa");
  filter.place = "SAU";
  EXPECT_EQ(ids(store_.timeline(filter)), "");
  filter = {};
  filter.kind = "call";
  EXPECT_EQ(ids(store_.timeline(filter)), "undated-call-fra-rus");
  filter = {};
  filter.from = "2025-04-20";
  EXPECT_EQ(ids(store_.timeline(filter)), "2025-04-meet-deu-fra");
  filter = {};
  filter.to = "2025-03";
  EXPECT_EQ(ids(store_.timeline(filter)), "2025-02-18-negotiate-rus-usa");
  filter.to = "yesterday";
  EXPECT_EQ(store_.timeline(filter).error().code, ErrorCode::wrong_use);
}

TEST_F(Questions, TimelineAsOfADay) {
  EventFilter filter;
  filter.as_of = "2025-02-16";
  auto then = store_.timeline(filter);
  ASSERT_TRUE(then);
  ASSERT_EQ(then->size(), 1U);
  EXPECT_EQ(then->front().status, "planned");
  filter.as_of = "2025-02-18";
  EXPECT_EQ(store_.timeline(filter)->front().status, "happened");
}

TEST_F(Questions, StatementsBySpeakerAndWords) {
  StatementFilter filter;
  filter.by = "RUS";
  EXPECT_EQ(store_.statements(filter)->size(), 1U);
  filter.about = "ecoutes HEURES";
  EXPECT_EQ(store_.statements(filter)->size(), 1U);
  filter.about = "radars";
  EXPECT_EQ(store_.statements(filter)->size(), 0U);
}

TEST_F(Questions, CommitmentsOpenAndLapsed) {
  CommitmentFilter filter;
  filter.by = "fra";
  filter.status = "open";
  EXPECT_EQ(store_.commitments(filter)->size(), 1U);
  filter.as_of = "2025-06-01";
  EXPECT_EQ(store_.commitments(filter)->size(), 0U);
  filter.status = "lapsed";
  EXPECT_EQ(store_.commitments(filter)->size(), 1U);
}

TEST_F(Questions, ShowFindsAllThatHasAnId) {
  EXPECT_TRUE(std::holds_alternative<RecordedEvent>(*store_.show("event/2025-02-18-negotiate-rus-usa")));
  EXPECT_TRUE(std::holds_alternative<Commitment>(*store_.show("commitment/2025-04-10-promise-fra-ukr")));
  EXPECT_TRUE(std::holds_alternative<RecordedDocument>(*store_.show("sha256:third")));
  EXPECT_TRUE(std::holds_alternative<RecordedDocument>(*store_.show("third.txt")));
  EXPECT_TRUE(std::holds_alternative<RecordedEntity>(*store_.show("person/lavrov")));
  EXPECT_TRUE(std::holds_alternative<RecordedEntity>(*store_.show("Lavrov")));
  const auto statements = store_.statements({});
  ASSERT_EQ(statements->size(), 1U);
  EXPECT_TRUE(std::holds_alternative<RecordedStatement>(*store_.show(statements->front().id)));
  EXPECT_EQ(store_.show("event/none").error().code, ErrorCode::not_found);
}

TEST_F(Questions, SearchIgnoresAccentsAndCase) {
  const auto found = store_.search("ETATS unis");
  ASSERT_TRUE(found) << found.error().message();
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().document.fact.id, "sha256:third");
  EXPECT_EQ(found->front().hits, (std::vector<TextRange>{{4, 9}, {10, 14}}));
  EXPECT_TRUE(store_.search("\"' OR *")->empty());
  EXPECT_TRUE(store_.search("")->empty());
}

}  // namespace
}  // namespace chancery::test
