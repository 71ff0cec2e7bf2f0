// The words of a page: the quick way, which takes most words from their tokens, against the plain one, which splits the
// text of each sentence as the names of the knowledge are split.
#include "entities/words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <memory>
#include <string>

#include "knowledge/image.h"
#include "language/hash.h"
#include "support/data.h"
#include "text/fold.h"

namespace chancery::entities {
namespace {

struct French {
  std::shared_ptr<const LanguagePack> pack;
  std::unique_ptr<EntityRules> rules;
};

const French& french() {
  static const French one = [] {
    French made;
    auto pack = LanguagePack::load(test::data_directory() / "languages" / "fr");
    if (!pack) throw std::runtime_error(pack.error().message());
    made.pack = *pack;
    auto rules = EntityRules::compile(*made.pack);
    if (!rules) throw std::runtime_error(rules.error().message());
    made.rules = std::make_unique<EntityRules>(std::move(*rules));
    return made;
  }();
  return one;
}

void expect_words_as_split(const std::string& text) {
  PageOptions options;
  options.language = "fr";
  const auto page = read_page(text, options);
  ASSERT_TRUE(page);
  const Analysis analysis = analyse(*page, *french().pack);
  const PageWords words = read_words(*page, analysis, french().rules->tables());
  std::uint32_t at = 0;
  for (const Sentence& sentence : analysis.sentences) {
    const NameWords plain = split_name_words(page->text.bytes(), sentence.span);
    for (std::size_t i = 0; i < plain.words.size(); ++i, ++at) {
      ASSERT_LT(at, words.size()) << text;
      const Word& word = words.words[at];
      EXPECT_EQ(word.span, plain.words[i].span) << text;
      EXPECT_EQ(words.text(at), plain.word(i)) << text;
      EXPECT_EQ(word.upper, plain.words[i].upper) << text;
      EXPECT_EQ(word.hash, hash_bytes(plain.word(i))) << text;
      EXPECT_TRUE(analysis.tokens[word.token].span.contains(word.span.begin)) << text;
    }
  }
  EXPECT_EQ(at, words.size()) << text;
}

TEST(Words, AreTheSplitOfTheText) {
  expect_words_as_split("L'Élysée a été prévenu : « l’État n'ira pas au Caire », dit-il à l’Œuvre du 1er mars 2019.");
  expect_words_as_split("Aujourd’hui, l’ex-premier ministre d'Aït‑Ben‑Haddou (A.B.C.) dîne au cœur du Sacré-Cœur…");
}

RC_GTEST_PROP(Words, AnyTextIsSplitAsNamesAre, ()) {
  static const std::array<std::string, 30> kPieces = {
      "le", "de", "du",  "aux",   "été", "à",  "États",     "MOSCOU", "président", "l'",
      "l’", "d'", "qu’", "œuvre", "1er", "ÿ÷", "e\u0301té", "ж",      "«",         "»",
      "…",  "-",  "—",   ".",     ",",   "(",  "\u00a0",    "\u00ad", "10",        "aujourd'hui"};
  std::string text = "Voici ";
  const auto picked =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, kPieces.size() * 2));
  for (const std::size_t one : picked) text += kPieces[one % kPieces.size()] + (one < kPieces.size() ? " " : "");
  expect_words_as_split(text);
}

RC_GTEST_PROP(Words, TheKnowledgeHashesAsTheLanguageDoes, (const std::string& word)) {
  RC_ASSERT(image::word_hash(word) == hash_bytes(word));
}

}  // namespace
}  // namespace chancery::entities
