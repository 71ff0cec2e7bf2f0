// The compiled knowledge: lookups as text cases, the mapped file against damage, user tables over ours.
#include "knowledge/knowledge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "knowledge/sources.h"
#include "support/case_file.h"
#include "support/data.h"
#include "text/fold.h"

namespace chancery {
namespace {

const Knowledge& shipped() {
  static const auto knowledge = Knowledge::open(test::data_directory() / "knowledge.bin");
  if (!knowledge) {
    ADD_FAILURE() << knowledge.error().message();
    std::abort();
  }
  return **knowledge;
}

std::string_view form_name(NameForm form) {
  switch (form) {
    case NameForm::name:
      return "name";
    case NameForm::surname:
      return "surname";
    case NameForm::adjective:
      return "adjective";
    case NameForm::demonym:
      return "demonym";
    case NameForm::metonym:
      return "metonym";
    case NameForm::title:
      return "title";
  }
  return "";
}

// A line of input is a name, with " @ day" where the day differs from the case's option `on`. A line of output: the
// name, then what it may mean, best first.
std::string dump_lookups(const test::Case& one, const std::string& language) {
  std::istringstream in(one.input);
  std::string line, out;
  const std::size_t most = static_cast<std::size_t>(std::stoi(one.option("most", "2")));
  while (std::getline(in, line)) {
    std::string day = one.option("on");
    if (const std::size_t at = line.find(" @ "); at != std::string::npos) {
      day = line.substr(at + 3);
      line.resize(at);
    }
    const auto interval = interval_from_iso(day);
    const Candidates found = shipped().lookup(line, interval ? *interval : Interval{});
    out += line + (day.empty() ? "" : " @ " + day) + "\n";
    for (std::size_t i = 0; i < std::min(most, found.size()); ++i)
      out += "  " + std::string(shipped()[found[i].thing].id) + " " + std::string(form_name(found[i].form)) + " (" +
             std::string(shipped().name(found[i].thing, language)) + ")\n";
    if (found.empty()) out += "  nothing\n";
  }
  return out;
}

const bool cases = test::register_cases("knowledge", dump_lookups);

Interval on(const char* day) { return *interval_from_iso(day); }

TEST(Knowledge, FindsThingsById) {
  const ThingId russia = shipped().find("state/RUS");
  ASSERT_TRUE(russia);
  EXPECT_EQ(shipped()[russia].id, "state/RUS");
  EXPECT_EQ(shipped()[russia].kind, ThingKind::state);
  EXPECT_EQ(shipped().name(russia, "fr"), "Russie");
  EXPECT_EQ(shipped().name(russia, "en"), "Russia");
  EXPECT_EQ(shipped().name(russia, "xx"), "Russia");
  EXPECT_FALSE(shipped().find("state/XXX"));
  EXPECT_FALSE(shipped().find(""));
}

TEST(Knowledge, EveryThingIsFoundAndNamed) {
  for (std::uint32_t i = 0; i < shipped().size(); ++i) {
    const Thing& thing = shipped()[ThingId(i)];
    EXPECT_EQ(shipped().find(thing.id), ThingId(i));
    EXPECT_FALSE(shipped().name(ThingId(i), "fr").empty()) << thing.id;
    EXPECT_GE(thing.weight, 0.0F) << thing.id;
    EXPECT_LE(thing.weight, 1.0F) << thing.id;
  }
}

TEST(Knowledge, WalksNamesWordByWord) {
  const Knowledge& knowledge = shipped();
  auto node = knowledge.step(knowledge.root(), "etats");
  ASSERT_NE(node, Knowledge::kNoNode);
  node = knowledge.step(node, "unis");
  ASSERT_NE(node, Knowledge::kNoNode);
  ASSERT_FALSE(knowledge.entries(node).empty());
  EXPECT_EQ(knowledge[knowledge.entries(node)[0].thing].id, "state/USA");
  EXPECT_EQ(knowledge.step(knowledge.root(), "zxqwv"), Knowledge::kNoNode);
  EXPECT_EQ(knowledge.step(node, "zxqwv"), Knowledge::kNoNode);
}

TEST(Knowledge, AcronymsWantCapitals) {
  const auto node = shipped().step(shipped().root(), "map");
  ASSERT_NE(node, Knowledge::kNoNode);
  for (const NameEntry& entry : shipped().entries(node)) EXPECT_TRUE(entry.acronym && entry.upper_only);
}

TEST(Knowledge, OfficesHaveRolesAndHolders) {
  const Knowledge& knowledge = shipped();
  const ThingId office = knowledge.office("foreign-minister", knowledge.find("state/RUS"));
  ASSERT_TRUE(office);
  EXPECT_EQ(knowledge[office].id, "office/foreign-minister/RUS");
  EXPECT_EQ(knowledge.role(office), "foreign-minister");
  EXPECT_EQ(knowledge.state_of(office), knowledge.find("state/RUS"));
  const auto holders = knowledge.holders(office, on("2003-06-01"));
  ASSERT_EQ(holders.size(), 1U);
  EXPECT_EQ(knowledge[holders[0].person].id, "person/igor-ivanov");
  EXPECT_EQ(knowledge.holders(office, on("2004")).size(), 2U);
  const auto held = knowledge.offices(knowledge.find("person/sergei-lavrov"), on("2000"));
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(knowledge[held[0].office].id, "office/un-representative/RUS");
}

TEST(Knowledge, NobodyBelongsToTwoDaysAtOnce) {
  // On the day between two holders both may be meant; three on one day would be a mistake of ours.
  const Knowledge& knowledge = shipped();
  for (const char* role : {"head-of-state", "head-of-government", "foreign-minister", "secretary-general"})
    for (std::uint32_t i = 0; i < knowledge.size(); ++i) {
      if (knowledge.role(ThingId(i)) != role || knowledge[ThingId(i)].kind != ThingKind::office) continue;
      if (knowledge[ThingId(i)].id == "office/head-of-state/BIH" ||
          knowledge[ThingId(i)].id == "office/head-of-state/SMR")
        continue;  // collective by law
      for (const Tenure& tenure : knowledge.holders(ThingId(i), Interval{})) {
        if (!tenure.interval.start) continue;
        EXPECT_LE(knowledge.holders(ThingId(i), interval_of(*tenure.interval.start)).size(), 2U)
            << knowledge[ThingId(i)].id << " " << tenure.interval.start->iso();
      }
    }
}

// Whom an office phrase meant, as tests/knowledge/offices*.tsv ask. Silence is nobody, one below a half, or two alike.
struct OfficeAnswers {
  int right = 0, wrong = 0, silent = 0;
  std::string misses;
};

ThingId answer(const std::string& phrase, const Interval& day) {
  ThingId best;
  float score = 0, second = 0;
  for (const Candidate& one : shipped().lookup(phrase, day)) {
    if (shipped()[one.thing].kind != ThingKind::person) continue;
    if (!best)
      best = one.thing, score = one.score;
    else
      second = std::max(second, one.score);
  }
  return score < 0.5F || score - second < 0.005F ? ThingId() : best;
}

bool is_named(ThingId person, const std::string& name) {
  const Candidates found = shipped().lookup(name, Interval{});
  return std::any_of(found.begin(), found.end(), [&](const Candidate& one) { return one.thing == person; }) ||
         shipped().name(person, "fr") == name || shipped().name(person, "en") == name;
}

OfficeAnswers ask_offices(const std::string& file) {
  std::ifstream in(test::source_directory() / "tests" / "knowledge" / file);
  OfficeAnswers all;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    const std::string holders = line.substr(second + 1);
    const ThingId person = answer(line.substr(0, first), on(line.substr(first + 1, second - first - 1).c_str()));
    bool right = false, may_be_silent = false;
    std::istringstream names(holders);
    for (std::string name; std::getline(names, name, '|');) {
      may_be_silent = may_be_silent || name == "-";
      right = right || (person && name != "-" && is_named(person, name));
    }
    right = right || (!person && may_be_silent);
    (right ? all.right : person ? all.wrong : all.silent) += 1;
    if (!right) all.misses += line + "\tsaid " + (person ? std::string(shipped()[person].id) : "nothing") + "\n";
  }
  return all;
}

TEST(Knowledge, AnswersOfficeQuestions) {
  for (const char* file : {"offices.tsv", "offices_far.tsv", "offices_varied.tsv"}) {
    const OfficeAnswers all = ask_offices(file);
    const int asked = all.right + all.wrong + all.silent;
    ASSERT_GT(asked, 200) << file;
    EXPECT_GE(100 * all.right, 98 * asked) << file << "\n" << all.misses;
    EXPECT_LE(100 * all.wrong, asked) << file << "\n" << all.misses;
  }
}

TEST(Knowledge, ThreadsShareIt) {
  const Interval day = on("2003-06-01");
  const Candidates alone = shipped().lookup("le ministre russe des Affaires étrangères", day);
  std::vector<std::thread> threads;
  std::atomic<int> alike = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 200; ++k) {
        const Candidates found = shipped().lookup("le ministre russe des Affaires étrangères", day);
        alike += found.size() == alone.size() && found.front().thing == alone.front().thing ? 1 : 0;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(alike, 800);
}

TEST(Knowledge, RefusesDamagedFiles) {
  std::ifstream in(test::data_directory() / "knowledge.bin", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const std::string good = text.str();
  ASSERT_TRUE(Knowledge::from_bytes(good));
  std::string changed = good;
  changed[good.size() / 2] = static_cast<char>(changed[good.size() / 2] ^ 1);
  EXPECT_EQ(Knowledge::from_bytes(changed).error().code, ErrorCode::malformed);
  EXPECT_EQ(Knowledge::from_bytes(good.substr(0, good.size() - 8)).error().code, ErrorCode::malformed);
  EXPECT_EQ(Knowledge::from_bytes("CHKN").error().code, ErrorCode::malformed);
  EXPECT_EQ(Knowledge::from_bytes("").error().code, ErrorCode::malformed);
  std::string newer = good;
  newer[8] = 99;
  EXPECT_EQ(Knowledge::from_bytes(newer).error().code, ErrorCode::unsupported);
  EXPECT_EQ(Knowledge::open("/nowhere/knowledge.bin").error().code, ErrorCode::not_found);
}

TEST(Knowledge, FastPathAgreesWithWholeNames) {
  // Whatever lookup() finds as a name is found by walking, word by word, and the other way round.
  for (const char* name :
       {"Organisation du traité de l'Atlantique nord", "La Haye", "N'Djamena", "Xi Jinping", "M23"}) {
    const NameWords words = split_name_words(name);
    Knowledge::Node node = shipped().root();
    for (std::size_t i = 0; i < words.words.size() && node != Knowledge::kNoNode; ++i)
      node = shipped().step(node, words.word(i));
    ASSERT_NE(node, Knowledge::kNoNode) << name;
    const auto entries = shipped().entries(node);
    const Candidates found = shipped().lookup(name, Interval{});
    ASSERT_FALSE(entries.empty()) << name;
    for (const NameEntry& entry : entries)
      EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Candidate& c) { return c.thing == entry.thing; }))
          << name;
  }
}

TEST(Knowledge, HostileNamesEndSoon) {
  std::string many;
  for (int i = 0; i < 20000; ++i) many += "de la ministre ";
  EXPECT_TRUE(shipped().lookup(many, Interval{}).empty());
  EXPECT_TRUE(shipped().lookup("", Interval{}).empty());
  EXPECT_TRUE(shipped().lookup("' - …", Interval{}).empty());
  shipped().lookup("le président de la de la de la de la de la de la de la de la de la Russie", on("2001"));
}

std::string refusal(const std::string& table) {
  Sources sources;
  const auto added = sources.add_table(table, "mine.tsv");
  if (!added) return added.error().detail;
  const auto bytes = sources.compile();
  return bytes ? "accepted" : bytes.error().detail;
}

TEST(Sources, RefusesBadRowsByFileAndLine) {
  EXPECT_EQ(refusal(""), "mine.tsv: no line of columns");
  EXPECT_EQ(refusal("colour\tshape\n"), "mine.tsv:1: no table has these columns");
  EXPECT_EQ(refusal("office\tperson\tcolour\n"), "mine.tsv:1: a table of tenures has no column colour");
  EXPECT_EQ(refusal("id\tnames_fr\tsurnames\nperson/a\tA\tA\nperson/a\tA\tA\n"),
            "mine.tsv:3: the id stands twice: person/a");
  EXPECT_EQ(refusal("id\tnames_fr\tsurnames\nstate/A\tA\tA\n"), "mine.tsv:2: no id of the form person/…: state/A");
  EXPECT_EQ(refusal("id\tnames_fr\tsurnames\nperson/a\t\tA\n"), "mine.tsv:2: no name");
  EXPECT_EQ(refusal("id\tnames_fr\tsurnames\nperson/a\tA\tA\tB\n"), "mine.tsv:2: more cells than columns");
  EXPECT_EQ(refusal("office\tperson\tstart\tend\noffice/x/A\tperson/a\t2001-13-01\t\n"),
            "mine.tsv:2: start is no date: 2001-13-01");
  EXPECT_EQ(refusal("office\tperson\tstart\tend\noffice/x/A\tperson/a\t2001-02-30\t\n"),
            "mine.tsv:2: start is no date: 2001-02-30");
  EXPECT_EQ(refusal("office\tperson\tstart\tend\noffice/x/A\tperson/a\t\t12/03/2001\n"),
            "mine.tsv:2: end is no date: 12/03/2001");
  EXPECT_EQ(refusal("office\tperson\tstart\tend\noffice/x/A\tperson/a\t2002\t2001\n"),
            "mine.tsv:2: it ends before it starts");
  EXPECT_EQ(refusal("office\tperson\tstart\tend\noffice/x/A\tperson/a\t2001\t2002\n"),
            "mine.tsv:2: no such office: office/x/A");
  EXPECT_EQ(refusal("id\tnames_fr\tlatitude\tlongitude\nplace/a\tA\t91\t0\n"), "mine.tsv:2: latitude is out of range");
  EXPECT_EQ(refusal("id\tnames_fr\tlatitude\tstate\nplace/a\tA\t9\tstate/X\n"),
            "mine.tsv:2: place/a refers to what does not exist: state/X");
  EXPECT_EQ(refusal("id\tflags\tnames_fr\towner\norg/a\t\tA\torg/b\norg/b\t\tB\torg/a\n"),
            "mine.tsv:2: org/a belongs to itself, by way of others");
  EXPECT_EQ(refusal("metonym\tlanguage\tthing\nX\tfr\tstate/X\n"), "mine.tsv:2: no such thing: state/X");
}

TEST(Sources, RefusesTitlesThatBelongAndDoNot) {
  Sources sources;
  ASSERT_TRUE(sources.add_table("role\tkind\tevery_state\tweight\nking\toffice\t\t\n", "roles.tsv"));
  ASSERT_TRUE(sources.add_table("id\tcapital\tnames_fr\nstate/A\t\tA\nstate/B\t\tB\n", "states.tsv"));
  ASSERT_TRUE(sources.add_table("role\towners\tgender\tnumber\ttitle\nking\tstate/A !state/B\tm\ts\troi *\n",
                                "titles.tsv", "fr"));
  const auto bytes = sources.compile();
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().detail, "titles of fr: owners and owners barred for one title: roi *");
}

TEST(Sources, SameRowsSameBytes) {
  const std::string places = "id\tnames_fr\tlatitude\tlongitude\nplace/b\tBé\t1\t2\nplace/a\tA\t3\t4\n";
  Sources one, two;
  ASSERT_TRUE(one.add_table(places, "x.tsv"));
  ASSERT_TRUE(two.add_table(places, "y.tsv"));
  EXPECT_EQ(*one.compile(), *two.compile());
}

class UserTables : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::path(::testing::TempDir()) / ("chancery_" + name);
    std::ofstream(path, std::ios::binary) << text;
    paths_.push_back(path);
    return path;
  }
  void TearDown() override {
    for (const auto& path : paths_) std::filesystem::remove(path);
  }
  std::vector<std::filesystem::path> paths_;
};

TEST_F(UserTables, WinOverOurs) {
  const auto persons = write("persons.tsv",
                             "id\tnames_fr\tsurnames\tstate\n"
                             "person/x-lavrov\tXavier Lavrov\tLavrov\tstate/RUS\n");
  const auto tenures = write("tenures.tsv",
                             "office\tperson\tstart\tend\n"
                             "office/foreign-minister/RUS\tperson/x-lavrov\t2005\t2006\n");
  const auto knowledge = Knowledge::open(test::data_directory() / "knowledge.bin", {persons, tenures});
  ASSERT_TRUE(knowledge) << knowledge.error().message();
  const Knowledge& merged = **knowledge;
  const auto node = merged.step(merged.root(), "lavrov");
  ASSERT_NE(node, Knowledge::kNoNode);
  EXPECT_EQ(merged[merged.entries(node)[0].thing].id, "person/x-lavrov");
  const auto holders = merged.holders(merged.find("office/foreign-minister/RUS"), on("2005-06-01"));
  ASSERT_EQ(holders.size(), 1U);
  EXPECT_EQ(merged[holders[0].person].id, "person/x-lavrov");
  // The rest stands as before.
  EXPECT_EQ(merged.size(), shipped().size() + 1);
  const Candidates minister = merged.lookup("le ministre russe des Affaires étrangères", on("2003-06-01"));
  ASSERT_GE(minister.size(), 2U);
  EXPECT_EQ(merged[minister[1].thing].id, "person/igor-ivanov");
}

TEST_F(UserTables, AreRefusedByFileAndLine) {
  const auto bad = write("bad.tsv", "office\tperson\tstart\tend\noffice/foreign-minister/RUS\tperson/nobody\t\t\n");
  const auto knowledge = Knowledge::open(test::data_directory() / "knowledge.bin", {bad});
  ASSERT_FALSE(knowledge);
  EXPECT_EQ(knowledge.error().detail, bad.string() + ":2: no such person: person/nobody");
}

TEST_F(UserTables, NothingLaidOverGivesTheSameAnswers) {
  const auto empty = write("empty.tsv", "organisation\tmembers\n");
  const auto again = Knowledge::open(test::data_directory() / "knowledge.bin", {empty});
  ASSERT_TRUE(again) << again.error().message();
  ASSERT_EQ((*again)->size(), shipped().size());
  for (const char* name : {"Moscou", "le président ukrainien", "Lavrov", "ONU", "secrétaire d'État américain"}) {
    const Candidates ours = shipped().lookup(name, on("2015-03-01")), theirs = (*again)->lookup(name, on("2015-03-01"));
    ASSERT_EQ(ours.size(), theirs.size()) << name;
    for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_EQ(ours[i].thing, theirs[i].thing) << name;
  }
}

}  // namespace
}  // namespace chancery
