// Texts that have lost their line ends: one block of many sentences, among which titles and items stand without a mark.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "language/analysis.h"
#include "language/tokenise.h"
#include "support.h"

namespace chancery {
namespace {

using test::pack_of;
using test::page_of;

// Plain sentences of more tokens than a paragraph has, so that the block is taken for a flat text.
std::string filling() {
  std::string text;
  for (std::size_t tokens = 0; tokens <= kFlatTextTokens; tokens += 12)
    text += "Le conseil de la ville a discuté hier du nouveau pont. ";
  return text;
}

std::vector<std::string> sentences_of(const std::string& text) {
  const Page page = page_of(text);
  const Analysis analysis = analyse(page, pack_of("fr"));
  std::vector<std::string> out;
  for (const Sentence& sentence : analysis.sentences)
    out.emplace_back(page.text.bytes().substr(sentence.span.begin, sentence.span.size()));
  return out;
}

// The sentences behind the filling.
std::vector<std::string> behind_filling(const std::string& text) {
  std::vector<std::string> all = sentences_of(filling() + text);
  std::vector<std::string> out;
  for (std::string& sentence : all)
    if (!sentence.starts_with("Le conseil de la ville a discuté")) out.push_back(std::move(sentence));
  return out;
}

TEST(FlatText, AParagraphIsNone) {
  EXPECT_EQ(sentences_of("Voir aussi - Affaire des fiches - Affaire des décorations").size(), 1U);
}

TEST(FlatText, ATitleBeforeASentenceIsOneOfItsOwn) {
  EXPECT_EQ(
      behind_filling("Les origines de la crise Le gouvernement a rejeté la demande des syndicats."),
      (std::vector<std::string>{"Les origines de la crise", "Le gouvernement a rejeté la demande des syndicats."}));
}

TEST(FlatText, ItemsOfAListAreSentences) {
  EXPECT_EQ(behind_filling("Voir aussi - Affaire des fiches - Affaire des décorations Le procès a commencé en 1887."),
            (std::vector<std::string>{"Voir aussi", "- Affaire des fiches", "- Affaire des décorations",
                                      "Le procès a commencé en 1887."}));
}

TEST(FlatText, WhatStandsBetweenDashesStaysInItsSentence) {
  const std::string text = "Les ports du nord - les plus anciens du pays - ont été fermés pendant trois jours.";
  EXPECT_EQ(behind_filling(text), std::vector<std::string>{text});
}

TEST(FlatText, NamesAndTheirArticlesStayInTheirSentence) {
  const std::string text = "Le ministre a répondu au journal Le Monde et à la chaîne France Culture.";
  EXPECT_EQ(behind_filling(text), std::vector<std::string>{text});
}

TEST(FlatText, AClauseBehindASemicolonStaysInItsSentence) {
  const std::string text = "Le port a été fermé lundi ; les pêcheurs attendent toujours une réponse.";
  EXPECT_EQ(behind_filling(text), std::vector<std::string>{text});
}

TEST(FlatText, DotsBeforeASmallLetterStayInTheirSentence) {
  const std::string text = "Il a hésité longtemps... puis il a signé le contrat.";
  EXPECT_EQ(behind_filling(text), std::vector<std::string>{text});
}

TEST(FlatText, NothingBeginsBehindAnOpeningMark) {
  const std::string text = "Le maire a écrit hier : « Le pont sera ouvert au printemps ».";
  EXPECT_EQ(behind_filling(text), std::vector<std::string>{text});
}

TEST(FlatText, ASmallLetterBehindAFullStopBeginsASentence) {
  EXPECT_EQ(
      behind_filling("La ville a vendu ses deux parcs. les habitants ont protesté devant la mairie."),
      (std::vector<std::string>{"La ville a vendu ses deux parcs.", "les habitants ont protesté devant la mairie."}));
}

TEST(FlatText, SeveralTitlesInARowAreParted) {
  EXPECT_EQ(behind_filling("Une histoire mouvementée Les premiers habitants La ville a été fondée en 1412 par des "
                           "marchands venus de la côte."),
            (std::vector<std::string>{"Une histoire mouvementée", "Les premiers habitants",
                                      "La ville a été fondée en 1412 par des marchands venus de la côte."}));
}

TEST(FlatText, TheFillingIsCutAtItsMarks) {
  for (const std::string& sentence : sentences_of(filling()))
    EXPECT_EQ(sentence, "Le conseil de la ville a discuté hier du nouveau pont.");
}

}  // namespace
}  // namespace chancery
