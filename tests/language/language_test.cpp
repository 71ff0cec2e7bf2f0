// The language room as text: each case's input is a page of one paragraph a line, and the dump is one sentence a block,
// one word a line (form, class, lemma, features), or with `show: tokens` one sentence a line, its tokens between bars.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "language/analysis.h"
#include "language/pack.h"
#include "support/case_file.h"
#include "support/data.h"

namespace chancery {
namespace {

const LanguagePack& pack_of(const std::string& language) {
  static std::shared_ptr<const LanguagePack> pack;
  if (!pack) {
    auto loaded = LanguagePack::load(test::data_directory() / "languages" / language);
    if (!loaded) throw std::runtime_error(loaded.error().message());
    pack = *loaded;
  }
  return *pack;
}

Page page_of(const std::string& text) {
  Page page;
  page.text = Text(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at)
      page.blocks.push_back(
          {Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, BlockKind::paragraph});
    at = end + 1;
  }
  return page;
}

std::string dump_tokens(const Page& page, const Analysis& analysis) {
  std::string out;
  for (const Sentence& sentence : analysis.sentences) {
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = analysis.tokens[i];
      if (token.part > 1) {
        out += "+" + std::string(analysis.form(i));
        continue;
      }
      out += i == sentence.first ? "" : token.space_before ? " | " : "|";
      out += page.text[token.span];
      if (token.part == 1) out += "=" + std::string(analysis.form(i));
    }
    out += "\n";
  }
  return out;
}

std::string dump_words(const Analysis& analysis) {
  std::string out;
  for (const Sentence& sentence : analysis.sentences) {
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = analysis.tokens[i];
      out += std::string(analysis.form(i)) + "  " + std::string(name(token.upos)) + "  " +
             std::string(analysis.lemma(i)) + "  " + feats(token.morph) + (token.known ? "" : "  unknown") + "\n";
    }
    out += "\n";
  }
  return out;
}

std::string dump(const test::Case& one, const std::string& language) {
  const Page page = page_of(one.input);
  const Analysis analysis = analyse(page, pack_of(language));
  return one.option("show") == "tokens" ? dump_tokens(page, analysis) : dump_words(analysis);
}

[[maybe_unused]] const bool cases = test::register_cases("language", dump);

TEST(Pack, GivesItsFiles) {
  const LanguagePack& pack = pack_of("fr");
  EXPECT_EQ(pack.code(), "fr");
  ASSERT_TRUE(pack.file("pack.toml"));
  EXPECT_NE(pack.file("pack.toml")->find("code = \"fr\""), std::string_view::npos);
  EXPECT_EQ(pack.file("no-such-file.tsv").error().code, ErrorCode::not_found);
}

TEST(Pack, NamesAFolderThatIsNotThere) {
  const auto pack = LanguagePack::load("/no/such/folder");
  ASSERT_FALSE(pack);
  EXPECT_EQ(pack.error().code, ErrorCode::not_found);
  EXPECT_NE(pack.error().detail.find("/no/such/folder"), std::string::npos);
}

}  // namespace
}  // namespace chancery
