// The file of the name tagger: what is cut or altered is refused, and a pack without one reads as before.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "entities/name_model.h"
#include "entities/rules.h"
#include "language/pack.h"
#include "support/data.h"

namespace chancery::entities {
namespace {

class NameModelTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ifstream in(test::data_directory() / "languages" / "fr" / "names.model", std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    bytes_ = all.str();
    ASSERT_GT(bytes_.size(), sizeof(NameModelHeader));
  }
  Result<NameModel> read(std::size_t size) {
    blocks_.resize(bytes_.size() / sizeof(NameBytes::Block) + 1);
    std::memcpy(blocks_.data(), bytes_.data(), size);
    return NameModel::read({reinterpret_cast<const char*>(blocks_.data()), size});
  }
  std::string bytes_;
  std::vector<NameBytes::Block> blocks_;
};

TEST_F(NameModelTest, ReadsWhatShips) {
  const auto model = read(bytes_.size());
  ASSERT_TRUE(model) << model.error().message();
  EXPECT_TRUE(model->loaded());
  EXPECT_GT(model->word(name_word_key("Paris")).vector, 0U);
  EXPECT_NE(model->word(name_word_key("Paris")).leaning, model->word(name_word_key("Jean")).leaning);
  EXPECT_EQ(model->word(name_word_key("Zzyxqwv")).vector, 0U);
  EXPECT_NE(bytes_.find("Licence:"), std::string::npos);
}

TEST_F(NameModelTest, RefusesWhatIsCut) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, sizeof(NameModelHeader), bytes_.size() - 64})
    EXPECT_FALSE(read(size)) << size;
}

TEST_F(NameModelTest, RefusesWhatIsAltered) {
  bytes_[bytes_.size() / 2] = static_cast<char>(bytes_[bytes_.size() / 2] ^ 1);
  const auto altered = read(bytes_.size());
  ASSERT_FALSE(altered);
  EXPECT_EQ(altered.error().code, ErrorCode::malformed);
}

TEST_F(NameModelTest, RefusesAnotherVersion) {
  bytes_[offsetof(NameModelHeader, version)] = 99;
  const auto other = read(bytes_.size());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unsupported);
}

TEST_F(NameModelTest, ConfidenceGrowsWithTheMargin) {
  const auto model = read(bytes_.size());
  ASSERT_TRUE(model);
  for (std::size_t kind = 0; kind < kNameKinds; ++kind)
    for (int margin = 0; margin < 600; margin += kMarginStep)
      EXPECT_LE(model->confidence(static_cast<NameKind>(kind), margin),
                model->confidence(static_cast<NameKind>(kind), margin + kMarginStep));
}

}  // namespace
}  // namespace chancery::entities
