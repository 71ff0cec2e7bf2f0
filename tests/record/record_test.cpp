// Pages in, merged record out: the cases of tests/cases/record, and the promise that order does not matter.
#include "record/record.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "record/dump.h"
#include "record/matching.h"
#include "record/notation.h"
#include "support/case_file.h"

namespace chancery::test {
namespace {

// Events always, the rest where the case asks for it: "show: statements commitments documents".
std::string dump_case(const Case& one, const std::string&) {
  const std::vector<Facts> all = pages(one.input);
  const Record record = build_record(all, one.option("as_of"));
  const std::string show = one.option("show", "events");
  const auto wanted = [&](const char* what) { return show.find(what) != std::string::npos; };
  std::string out;
  if (wanted("events"))
    for (const auto& event : record.events) out += dump(event);
  if (wanted("statements"))
    for (const auto& statement : record.statements) out += dump(statement);
  if (wanted("commitments"))
    for (const auto& commitment : record.commitments) out += dump(commitment);
  if (wanted("documents"))
    for (const auto& document : record.documents) out += dump(document);
  return out;
}

const bool cases = register_cases("record", dump_case);

TEST(Record, OfNoPagesIsEmpty) {
  const Record record = build_record({});
  EXPECT_TRUE(record.events.empty());
  EXPECT_TRUE(record.documents.empty());
}

TEST(Record, TakesTheEarlierOfTwoCopiesOfTheSameBytes) {
  std::vector<Facts> all =
      pages("page same 2025-03-02 uri b\npage same 2025-03-01 uri c\npage same 2025-03-01 uri a\n");
  const Record record = build_record(all);
  ASSERT_EQ(record.documents.size(), 1U);
  EXPECT_EQ(record.documents[0].fact.uri, "a");
  EXPECT_EQ(record.documents[0].fact.published->value, "2025-03-01");
}

TEST(AsOf, NeedsADayThatIsSurelyOver) {
  EXPECT_TRUE(appeared_by("2025-02-18", "2025-02-18"));
  EXPECT_FALSE(appeared_by("2025-02-18", "2025-02-17"));
  EXPECT_FALSE(appeared_by("2025-02", "2025-02-20"));
  EXPECT_TRUE(appeared_by("2025-02", "2025-03-01"));
  EXPECT_FALSE(appeared_by("", "2025-03-01"));
}

TEST(Match, SaysWhy) {
  const auto all = pages(
      "page a 2025-02-17\nevent negotiate planned; actors RUS USA; place riyadh@SAU; date 2025-02-18\n"
      "page b 2025-02-18\nevent meet happened; actors lavrov@RUS rubio@USA; date 2025-02-18\n");
  const Match match = EventRule::explain(event_traits(all[0], 0), event_traits(all[1], 0));
  EXPECT_GT(match.score, 0);
  std::string why;
  for (const MatchReason& reason : match.reasons)
    why += std::string(reason.field) + ": " + std::string(reason.why) + "; ";
  EXPECT_EQ(why, "kind: kinds of one family; participants: the same participants; date: the same day; ");
}

TEST(Match, IsReadBackFromItsSignature) {
  const auto all = pages(
      "page a 2025-02-17\nevent accuse happened; actors RUS; targets UKR ?meier; place SAU; content violer la trêve\n");
  const std::string signature = event_signature(all[0], 0);
  const EventTraits traits = EventRule::decode(signature);
  EXPECT_EQ(traits.kind, "accuse");
  EXPECT_EQ(traits.targets, (std::vector<std::string>{"local/meier", "state/UKR"}));
  EXPECT_EQ(traits.words.size(), 2U);
  EXPECT_EQ(traits.form, TimeForm::undated);
}

}  // namespace
}  // namespace chancery::test
