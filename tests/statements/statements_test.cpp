// What must hold of statements whatever the page: spans inside the text and on code points, order, hostile pages in
// time that grows with their length and not with its square.
#include "statements/statements.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ctime>
#include <set>
#include <string>

#include "statements/quotations.h"
#include "statements/statement_cases.h"

namespace chancery::test {
namespace {

const char* const kPieces[] = {"« ",
                               " »",
                               "“",
                               "”",
                               "\"",
                               "'",
                               "’",
                               "„",
                               "''",
                               "—",
                               ": ",
                               ", ",
                               ". ",
                               "; ",
                               "(",
                               ")",
                               "\n\n",
                               " ",
                               "Hélène Marchand ",
                               "Paul Verneuil ",
                               "Moscou ",
                               "le ministre ",
                               "il ",
                               "a déclaré ",
                               "dit ",
                               "a-t-il ajouté ",
                               "selon ",
                               "selon lui",
                               "que ",
                               "qu'",
                               "de ",
                               "à ",
                               "et ",
                               "qui ",
                               "ajoutant que ",
                               "avoir signé ",
                               "le traité ",
                               "sera signé ",
                               "mardi ",
                               "qualifie ",
                               "utile",
                               "Nous ",
                               "rapporte Reuters",
                               "\xF0\x9F\x95\x8A ",
                               "…",
                               "pour ",
                               "une habitante du quartier ",
                               "Ousvane Tirkalo ",
                               "la porte-parole ",
                               "l'étude ",
                               "Union of ",
                               "beaucoup d'",
                               "comme l'a ",
                               "Paul Verneuil : ",
                               "mais "};

std::string random_page(const std::vector<int>& choice) {
  std::string text = "Un texte. ";
  for (const int one : choice) text += kPieces[static_cast<std::size_t>(one) % std::size(kPieces)];
  return text;
}

void check(const StatementReading& reading) {
  const Text& text = reading.page.text;
  std::uint32_t before = 0;
  for (const Statement& s : reading.statements) {
    RC_ASSERT(s.span.begin < s.span.end);
    RC_ASSERT(s.span.end <= text.size());
    RC_ASSERT(text.is_boundary(s.span.begin) && text.is_boundary(s.span.end));
    RC_ASSERT(s.span.begin >= before);
    before = s.span.begin;
    RC_ASSERT(s.sentence < reading.analysis.sentences.size());
    RC_ASSERT(s.confidence > 0 && s.confidence <= 1);
    if (s.cue_span) RC_ASSERT(s.cue_span->begin < s.cue_span->end && s.cue_span->end <= text.size());
    if (s.speaker_span) RC_ASSERT(s.speaker_span->begin < s.speaker_span->end && s.speaker_span->end <= text.size());
    for (const EntityId id : s.speakers) RC_ASSERT(id.value < reading.entities.entities.size());
  }
}

RC_GTEST_PROP(StatementProperties, SpansLieInTheTextInOrder, (const std::vector<int>& seed)) {
  std::vector<int> choice;
  for (const int one : seed) choice.push_back(std::abs(one % 1000));
  check(read_statements(random_page(choice), "fr"));
}

RC_GTEST_PROP(StatementProperties, QuotationsNestAndHoldWords, (const std::vector<int>& seed)) {
  std::vector<int> choice;
  for (const int one : seed) choice.push_back(std::abs(one % 1000));
  const StatementReading reading = read_statements(random_page(choice), "fr");
  std::uint32_t end = 0;
  for (const speech::Quotation& q : speech::find_quotations(reading.page)) {
    RC_ASSERT(q.outer.contains(q.inner));
    RC_ASSERT(!q.inner.empty());
    if (q.depth == 0) RC_ASSERT(q.outer.begin >= end);
    if (q.depth == 0) end = q.outer.end;
    RC_ASSERT(reading.page.text.is_boundary(q.inner.begin) && reading.page.text.is_boundary(q.inner.end));
  }
}

// The entities grow by speakers whom the page calls by words of its own; their table stays what it promises to be.
RC_GTEST_PROP(StatementProperties, NamedSourcesStandInOrderAmongTheMentions, (const std::vector<int>& seed)) {
  std::vector<int> choice;
  for (const int one : seed) choice.push_back(std::abs(one % 1000));
  const StatementReading reading = read_statements(random_page(choice), "fr");
  std::set<std::string> ids;
  for (const Entity& entity : reading.entities.entities) RC_ASSERT(ids.insert(entity.id).second);
  const std::vector<Mention>& mentions = reading.entities.mentions.rows();
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    RC_ASSERT(!mentions[i].entity || mentions[i].entity.value < reading.entities.entities.size());
    RC_ASSERT(mentions[i].first_token < mentions[i].last_token);
    if (i == 0) continue;
    const Span before = mentions[i - 1].span, here = mentions[i].span;
    RC_ASSERT(before.begin <= here.begin);
    RC_ASSERT(before.end <= here.begin || before.contains(here));
  }
}

RC_GTEST_PROP(StatementProperties, TheSamePageGivesTheSameStatements, (const std::vector<int>& seed)) {
  std::vector<int> choice;
  for (const int one : seed) choice.push_back(std::abs(one % 1000));
  const std::string text = random_page(choice);
  RC_ASSERT(dump_statements(read_statements(text, "fr"), true) == dump_statements(read_statements(text, "fr"), true));
}

// Seconds of processor time that find_statements() takes for the text.
double seconds_for(const std::string& text) {
  StatementReading reading = read_statements(text, "fr");
  const StatementStages& stages = StatementStages::of("fr");
  const std::clock_t start = std::clock();
  const Statements found = find_statements(reading.page, reading.analysis, reading.times, reading.entities,
                                           *stages.knowledge, stages.statements);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text = "Paul Verneuil ";
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text + ".";
}

// Ten times the length may take ten times as long, with room for noise; a square would take a hundred times.
TEST(Statements, TakesTimeInProportionToTheLength) {
  for (const char* piece : {"dit que il ", "« ", "\" ", "« a » ", ", selon Moscou, ", "dit Paul, ajoutant que ", "(",
                            "' ", "qui dit ", "« Nous partons », a-t-il dit. ", "« Nous, a-t-il dit, partons » ",
                            "\"Nous partons, a-t-il dit. \"Non\", a dit Paul. ",
                            "une habitante a dit que le pont tenait. ", "Le joueur a dit que le pont tenait. ",
                            "Paul Verneuil : Nous partons.\n\n", "le pont tient, comme l'a dit Paul, "}) {
    const double small = seconds_for(repeated(piece, 800));
    const double large = seconds_for(repeated(piece, 8000));
    EXPECT_LT(large, 40 * small + 0.05) << piece;
  }
}

TEST(Statements, NothingIsSaidOnAnEmptyReading) {
  const StatementStages& stages = StatementStages::of("fr");
  Entities none;
  EXPECT_TRUE(find_statements(Page{}, Analysis{}, Times{}, none, *stages.knowledge, stages.statements).empty());
}

}  // namespace
}  // namespace chancery::test
