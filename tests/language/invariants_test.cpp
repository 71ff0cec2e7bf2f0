// What holds for every text: spans lie in the text, on code point boundaries and in order, nothing that is no white
// space is left out, sentences partition the words, and the same text gives the same analysis.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "language/analysis.h"
#include "language/conllu.h"
#include "support.h"
#include "text/unicode.h"

namespace chancery {
namespace {

using test::pack_of;
using test::page_of;

// Pieces that have tripped tokenisers before; any order of them is a text.
rc::Gen<std::string> strange_text() {
  static const std::vector<std::string> pieces = {
      "a",        "l",      "L",    "le",    "du",  "des", "M",      "J",      "C",      "est",    "donne", "aujourd",
      "hui",      "quelqu", "un",   "É",     "œ",   "ſ",   "İ",      "中",     "1",      "12",     "123",   "000",
      "h",        "km",     "'",    "’",     "-",   "‑",   "–",      ".",      "...",    "…",      ",",     ":",
      "/",        "@",      "#",    "_",     "°",   "%",   "«",      "»",      "\"",     "“",      "”",     "(",
      ")",        "!",      "?",    " ",     " ",   " ",   "\u00A0", "\u202F", "\u00AD", "\u0301", "\n",    "\t",
      "http://x", "www.",   "t-il", "-t-il", "-là", "etc", "art",    "Mme",    "😀",      "\uFFFD", "\u200B"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                      [](const std::vector<std::string>& chosen) {
                        std::string text;
                        for (const std::string& piece : chosen) text += piece;
                        return text;
                      });
}

void check_spans(const Page& page, const Analysis& analysis) {
  std::uint32_t at = 0;
  for (const Token& token : analysis.tokens) {
    RC_ASSERT(token.span.begin < token.span.end && token.span.end <= page.text.size());
    RC_ASSERT(page.text.is_boundary(token.span.begin) && page.text.is_boundary(token.span.end));
    if (token.part > 1) {
      RC_ASSERT(token.span.end == at);
      continue;
    }
    RC_ASSERT(token.span.begin >= at);
    while (at < token.span.begin) RC_ASSERT(is_space(next_code_point(page.text.bytes(), at)));
    at = token.span.end;
  }
  while (at < page.text.size()) RC_ASSERT(is_space(next_code_point(page.text.bytes(), at)));
}

void check_sentences(const Page& page, const Analysis& analysis) {
  std::uint32_t next = 0;
  for (const Sentence& sentence : analysis.sentences) {
    RC_ASSERT(sentence.first == next && sentence.last > sentence.first);
    RC_ASSERT(sentence.block < page.blocks.size());
    RC_ASSERT(page.blocks[sentence.block].span.contains(sentence.span));
    RC_ASSERT(sentence.span.begin == analysis.tokens[sentence.first].span.begin);
    RC_ASSERT(sentence.span.end == analysis.tokens[sentence.last - 1].span.end);
    next = sentence.last;
  }
  RC_ASSERT(next == analysis.tokens.size());
}

// One root a sentence, no head outside of it, no cycle.
void check_trees(const Analysis& analysis) {
  for (const Sentence& sentence : analysis.sentences) {
    std::size_t roots = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      roots += analysis.tokens[i].head == Token::kNoHead ? 1 : 0;
      std::uint32_t at = i;
      for (std::uint32_t steps = 0; analysis.tokens[at].head != Token::kNoHead; ++steps) {
        at = analysis.tokens[at].head;
        RC_ASSERT(at >= sentence.first && at < sentence.last);
        RC_ASSERT(steps <= sentence.last - sentence.first);
      }
    }
    RC_ASSERT(roots == 1);
  }
}

RC_GTEST_PROP(Analysis, BuildsTrees, ()) {
  const Page page = page_of(*strange_text());
  const Analysis analysis = analyse(page, pack_of("fr"), AnalyseOptions{.tree = true});
  RC_ASSERT(analysis.parsed);
  check_trees(analysis);
  Analysis later = analyse(page, pack_of("fr"));
  RC_ASSERT(!later.parsed);
  add_trees(later, pack_of("fr"));
  RC_ASSERT(to_conllu(page, later, &pack_of("fr")) == to_conllu(page, analysis, &pack_of("fr")));
}

RC_GTEST_PROP(Analysis, KeepsItsPromises, ()) {
  const std::string text = *strange_text();
  const Page page = page_of(text);
  const Analysis analysis = analyse(page, pack_of("fr"));
  check_spans(page, analysis);
  check_sentences(page, analysis);
  for (const Token& token : analysis.tokens) {
    RC_ASSERT(token.form_begin + token.form_size <= analysis.strings.size());
    RC_ASSERT(token.lemma_begin + token.lemma_size <= analysis.strings.size());
  }
}

// Words near the end of a text are cut the long way, because no whole vector can be read there; the others mostly the
// quick way. Both must find the same.
RC_GTEST_PROP(Analysis, DoesNotDependOnWhatFollowsItsBlock, ()) {
  const std::string text = *strange_text();
  const Page alone = page_of(text);
  Page followed;
  followed.text = Text(text + std::string(64, 'x'));
  followed.blocks.push_back({Span{0, static_cast<std::uint32_t>(text.size())}, BlockKind::paragraph});
  Page cut = alone;
  cut.blocks = followed.blocks;
  const Analysis one = analyse(cut, pack_of("fr")), other = analyse(followed, pack_of("fr"));
  RC_ASSERT(one.tokens.size() == other.tokens.size());
  for (std::size_t i = 0; i < one.tokens.size(); ++i) {
    const Token &a = one.tokens[i], &b = other.tokens[i];
    RC_ASSERT(a.span == b.span && a.tag == b.tag && a.part == b.part && a.form_hash == b.form_hash);
    RC_ASSERT(one.form(i) == other.form(i) && one.lemma(i) == other.lemma(i) && a.lemma_hash == b.lemma_hash);
    RC_ASSERT(a.capitalised == b.capitalised && a.space_before == b.space_before && a.known == b.known);
  }
}

RC_GTEST_PROP(Analysis, IsTheSameTwice, ()) {
  const Page page = page_of(*strange_text());
  const LanguagePack& pack = pack_of("fr");
  RC_ASSERT(to_conllu(page, analyse(page, pack), &pack) == to_conllu(page, analyse(page, pack), &pack));
}

RC_GTEST_PROP(Conllu, IsReadBack, ()) {
  const Page page = page_of(*strange_text());
  const LanguagePack& pack = pack_of("fr");
  const Analysis analysis = analyse(page, pack);
  const auto again = analyse_conllu(to_conllu(page, analysis, &pack), pack);
  RC_ASSERT(again.has_value());
  const std::string printed = to_conllu(page, analysis, &pack);
  RC_ASSERT(std::count(again->begin(), again->end(), '\n') == std::count(printed.begin(), printed.end(), '\n'));
}

TEST(Analysis, FindsTokensAndSentencesByOffset) {
  const Page page = page_of("Il part. Elle reste.");
  const Analysis analysis = analyse(page, pack_of("fr"));
  ASSERT_EQ(analysis.sentences.size(), 2U);
  EXPECT_EQ(analysis.sentence_at(0), 0U);
  EXPECT_EQ(analysis.sentence_at(8), 2U);  // the space between
  EXPECT_EQ(analysis.sentence_at(9), 1U);
  EXPECT_EQ(analysis.token_at(0), 0U);
  EXPECT_EQ(analysis.form(analysis.token_at(9)), "elle");
  EXPECT_EQ(analysis.token_at(100), analysis.tokens.size());
}

TEST(Analysis, LeavesBoilerplateAlone) {
  Page page = page_of("Lire aussi\nIl part.");
  page.blocks[0].kind = BlockKind::boilerplate;
  const Analysis analysis = analyse(page, pack_of("fr"));
  ASSERT_EQ(analysis.sentences.size(), 1U);
  EXPECT_EQ(analysis.sentences[0].block, 1U);
}

// Long lines of one kind of character must not cost more than their length.
TEST(Analysis, IsLinearInHostileText) {
  for (const std::string piece : {"a-", "a.", "1 111 ", "l'", "«", "a'", ".", "A.-", "_", "aujourd'", "é"}) {
    std::string text;
    while (text.size() < 300000) text += piece;
    const Page page = page_of(text);
    EXPECT_FALSE(analyse(page, pack_of("fr")).tokens.empty()) << piece;
  }
}

TEST(Conllu, KeepsWhatIsGiven) {
  const std::string given =
      "# sent_id = a\n# text = Il parle du traité.\n"
      "1\tIl\t_\t_\tx\t_\t_\t_\t_\t_\n2\tparle\t_\t_\t_\t_\t_\t_\t_\t_\n3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n"
      "3\tde\t_\t_\t_\t_\t_\t_\t_\t_\n4\tle\t_\t_\t_\t_\t_\t_\t_\t_\n"
      "5\ttraité\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n6\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
  const auto out = analyse_conllu(given, pack_of("fr"));
  ASSERT_TRUE(out);
  EXPECT_NE(out->find("# sent_id = a\n"), std::string::npos);
  EXPECT_NE(out->find("3-4\tdu\t_\t_"), std::string::npos);
  EXPECT_NE(out->find("3\tde\tde\tADP"), std::string::npos) << *out;
  EXPECT_NE(out->find("5\ttraité\ttraité\tNOUN\t_\tGender=Masc|Number=Sing"), std::string::npos) << *out;
  EXPECT_NE(out->find("SpaceAfter=No"), std::string::npos);
}

TEST(Conllu, RefusesWhatIsNone) {
  for (const std::string bad : {"1\tIl\n\n", "2\tIl\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "1-9\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
                                "x\tIl\t_\t_\t_\t_\t_\t_\t_\t_\n\n"}) {
    const auto out = analyse_conllu(bad, pack_of("fr"));
    ASSERT_FALSE(out) << bad;
    EXPECT_EQ(out.error().code, ErrorCode::malformed);
  }
  EXPECT_EQ(analyse_conllu("\xFF", pack_of("fr")).error().code, ErrorCode::not_text);
}

}  // namespace
}  // namespace chancery
