// Pages in, merged record out: the cases of tests/cases/record, and the promise that order does not matter.
#include "record/record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "record/checking.h"
#include "record/differences.h"
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

std::string shown_differences(std::string_view first, std::string_view second) {
  std::string out;
  for (const WordRun& run : word_differences(first, second)) {
    const char* mark = run.in == Wording::both ? "" : run.in == Wording::first_only ? "-" : "+";
    out += (out.empty() ? "" : " | ") + (mark + run.words);
  }
  return out;
}

TEST(Differences, AreShownWordByWord) {
  EXPECT_EQ(shown_differences("Nous attendons une réponse écrite", "Nous attendions, une réponse claire"),
            "Nous | -attendons | +attendions, | une réponse | -écrite | +claire");
  EXPECT_EQ(shown_differences("La paix !", "la Paix"), "la Paix");
  EXPECT_EQ(shown_differences("", "oui"), "+oui");
  EXPECT_EQ(shown_differences("", ""), "");
}

TEST(Checking, NamesWhatDoesNotStandInTheText) {
  Facts facts;
  facts.text = "« Non », a dit Durand à Genève.";
  facts.document.length = 31;
  StatementFact said;
  said.span = {2, 5};
  said.text = "Non";
  facts.statements = {said};
  EventFact told;
  told.trigger = {11, 14};
  told.trigger_text = "dit";
  told.sentence = {0, 31};
  told.sentence_text = facts.text;
  facts.events = {told};
  EXPECT_TRUE(faults_of(facts).empty());
  facts.text = "« Oui », a dit Durand à Genève.";
  EXPECT_EQ(faults_of(facts).size(), 2U);
  facts.statements[0].span = {2, 500};
  facts.statements[0].text = "Oui";
  facts.events.clear();
  EXPECT_EQ(faults_of(facts).size(), 1U);
}

TEST(Reprints, AreKnownByTheirOwnWordsAndNotByTheirQuotations) {
  const std::string quote =
      "« Nous n'avons jamais été aussi près d'un texte que chacun puisse défendre chez soi, et il n'y aura pas "
      "d'accord "
      "tant que les inspecteurs resteront à la porte du dépôt »";
  const auto page = [&](const char* name, const std::string& words) {
    return std::string("page ") + name + " 2025-02-18\ntext " + words + "\n";
  };
  const std::string wire =
      "Les délégations des deux pays ont ouvert mardi à Vienne des discussions sur le partage des eaux du fleuve, "
      "après "
      "huit mois de silence. La séance a duré six heures. Un document de quarante pages circule entre les capitales, "
      "mais "
      "personne ne l'a signé. Les experts doivent encore examiner la ligne ferroviaire du nord.";
  const std::string other =
      "C'est dans un hôtel du centre que les négociateurs se sont assis autour d'une table ronde. Dehors, quelques "
      "militants brandissaient des pancartes sous la pluie. Aucun calendrier n'a été annoncé pour la suite, et les "
      "voisins suivent l'affaire de loin. La Bourse n'a presque pas bougé dans la soirée.";
  const std::string cut =
      "Discussions à Vienne : un document de quarante pages circule entre les capitales, mais personne ne l'a encore "
      "signé. Les délégations des deux pays ont ouvert mardi à Vienne des discussions sur le partage des eaux du "
      "fleuve.";
  const Record record =
      build_record(pages(page("wire", wire + " " + quote) + page("other", other + " " + quote) + page("cut", cut)));
  ASSERT_EQ(record.documents.size(), 3U);
  std::map<std::string, std::string> same;
  for (const RecordedDocument& one : record.documents) same[one.fact.id] = one.same_text_as;
  EXPECT_EQ(same["sha256:other"], "");
  EXPECT_NE(same["sha256:wire"] + same["sha256:cut"], "");
}

bool finds(const EventTraits& a, const EventTraits& b) {
  const std::vector<StandingKey> keys = EventRule::keys(b);
  for (const Probe& probe : EventRule::probes(a))
    for (const StandingKey& key : keys)
      if (key.hash == probe.hash && probe.first <= key.day && key.day <= probe.last) return true;
  return false;
}

TEST(Match, IsFoundByItsKeysFromBothSides) {
  const auto all = pages(
      "page a 2025-02-17\n"
      "event expel happened; actors RUS; targets USA; date 2025-02-16\n"
      "event expel happened; actors RUS; targets USA\n"
      "event ceasefire happened; actors *front@COD; date 2025-02-16\n"
      "event ceasefire happened; actors *front@COD\n"
      "event meet planned; actors RUS USA; place riyadh@SAU\n"
      "event recall happened; actors FRA; targets MLI; place bamako@MLI\n"
      "page b 2025-02-19\n"
      "event expel happened; actors RUS; targets USA; date 2025-02-17\n"
      "event expel happened; actors RUS; targets USA\n"
      "event ceasefire happened; actors *front@COD; date 2025-02-15\n"
      "event ceasefire happened; actors *front@COD\n"
      "event negotiate happened; actors RUS USA; date 2025-02\n"
      "event recall happened; actors FRA; targets MLI; date 2025-02-18\n");
  std::vector<EventTraits> traits;
  for (const Facts& page : all)
    for (std::uint32_t i = 0; i < page.events.size(); ++i) traits.push_back(event_traits(page, i));
  int matches = 0;
  for (std::size_t a = 0; a < traits.size(); ++a) {
    for (std::size_t b = 0; b < traits.size(); ++b) {
      if (a == b || EventRule::score(traits[a], traits[b]) < 0) continue;
      EXPECT_TRUE(finds(traits[a], traits[b])) << traits[a].kind << " " << a << " " << b;
      ++matches;
    }
  }
  EXPECT_EQ(matches, 26);
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
