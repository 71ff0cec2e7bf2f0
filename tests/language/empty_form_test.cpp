// Words of which folding leaves nothing, such as lone soft hyphens, pass through the room.
#include <gtest/gtest.h>

#include "language/analysis.h"
#include "language/pack.h"
#include "support/data.h"

namespace chancery {
namespace {

TEST(EmptyForms, AreTokensLikeOthers) {
  const auto pack = LanguagePack::load(test::data_directory() / "languages" / "fr");
  ASSERT_TRUE(pack) << pack.error().message();
  Page page;
  page.text = Text("\u00AD \u00AD\u00AD. Le ministre \u00AD\u00AD part.");
  page.blocks.push_back({Span{0, page.text.size()}, BlockKind::paragraph});
  const Analysis analysis = analyse(page, **pack);
  for (const Token& token : analysis.tokens) EXPECT_FALSE(token.span.empty());
  ASSERT_FALSE(analysis.sentences.empty());
  EXPECT_EQ(analysis.form(analysis.tokens.back()), ".");
}

}  // namespace
}  // namespace chancery
