// Loading: what the pack gives, and that bad files are refused with a clear word.
#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "language/lexicon.h"
#include "language/pack.h"
#include "language/parser.h"
#include "language/tagger.h"
#include "support.h"
#include "support/data.h"

namespace chancery {
namespace {

std::filesystem::path french() { return test::data_directory() / "languages" / "fr"; }

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// A copy of the French pack, to be spoilt.
class SpoiltPack : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("chancery-pack-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder_ / "models");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(french()))
      if (entry.is_regular_file())  // a link to a source that is gone is none
        std::filesystem::copy_file(entry.path(), folder_ / entry.path().lexically_relative(french()));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& bytes) {
    std::filesystem::remove(folder_ / name);
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  Error error() const {
    const auto pack = LanguagePack::load(folder_);
    return pack ? Error{ErrorCode::wrong_use, "the pack was loaded"} : pack.error();
  }
  std::filesystem::path folder_;
};

TEST(Pack, GivesItsFiles) {
  const LanguagePack& pack = test::pack_of("fr");
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

TEST_F(SpoiltPack, LoadsUnspoilt) { EXPECT_EQ(error().detail, "the pack was loaded"); }

TEST_F(SpoiltPack, WorksWithoutATagger) {
  std::filesystem::remove(folder_ / "models" / "tagger.bin");
  EXPECT_EQ(error().detail, "the pack was loaded");
}

TEST_F(SpoiltPack, RefusesADamagedLexicon) {
  std::string bytes = slurp(french() / "lexicon.bin");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] + 1);
  write("lexicon.bin", bytes);
  EXPECT_EQ(error().code, ErrorCode::malformed);
  EXPECT_NE(error().detail.find("checksum"), std::string::npos);
}

TEST_F(SpoiltPack, RefusesALexiconCutShort) {
  const std::string bytes = slurp(french() / "lexicon.bin");
  write("lexicon.bin", bytes.substr(0, bytes.size() / 2));
  EXPECT_EQ(error().code, ErrorCode::malformed);
  write("lexicon.bin", "");
  EXPECT_EQ(error().code, ErrorCode::malformed);
}

TEST_F(SpoiltPack, RefusesANewerLexicon) {
  std::string bytes = slurp(french() / "lexicon.bin");
  const std::uint32_t newer = Lexicon::kVersion + 1;
  std::memcpy(bytes.data() + offsetof(LexiconHeader, version), &newer, sizeof(newer));
  write("lexicon.bin", bytes);
  EXPECT_EQ(error().code, ErrorCode::unsupported);
  EXPECT_NE(error().detail.find("version 2"), std::string::npos);
}

TEST_F(SpoiltPack, RefusesADamagedOrNewerTagger) {
  const std::string bytes = slurp(french() / "models" / "tagger.bin");
  std::string damaged = bytes;
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  write("models/tagger.bin", damaged);
  EXPECT_EQ(error().code, ErrorCode::malformed);
  std::string newer = bytes;
  newer[offsetof(TaggerHeader, version)] = static_cast<char>(Tagger::kVersion + 1);
  write("models/tagger.bin", newer);
  EXPECT_EQ(error().code, ErrorCode::unsupported);
}

TEST_F(SpoiltPack, WorksWithoutAParser) {
  std::filesystem::remove(folder_ / "models" / "parser.bin");
  EXPECT_EQ(error().detail, "the pack was loaded");
}

TEST_F(SpoiltPack, RefusesADamagedOrNewerOrShortParser) {
  const std::string bytes = slurp(french() / "models" / "parser.bin");
  std::string damaged = bytes;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write("models/parser.bin", damaged);
  EXPECT_EQ(error().code, ErrorCode::malformed);
  EXPECT_NE(error().detail.find("checksum"), std::string::npos) << error().detail;
  std::string newer = bytes;
  newer[offsetof(ParserHeader, version)] = static_cast<char>(Parser::kVersion + 1);
  write("models/parser.bin", newer);
  EXPECT_EQ(error().code, ErrorCode::unsupported);
  write("models/parser.bin", bytes.substr(0, bytes.size() / 3));
  EXPECT_EQ(error().code, ErrorCode::malformed);
  // Sizes that the file does not have, under a checksum that holds.
  std::string wider = bytes;
  wider[offsetof(ParserHeader, layers)] = static_cast<char>(wider[offsetof(ParserHeader, layers)] + 1);
  write("models/parser.bin", wider);
  EXPECT_EQ(error().code, ErrorCode::malformed);
}

TEST_F(SpoiltPack, NamesTheLineOfABadTable) {
  write("tokens.tsv", "elision\tl'\nelision\n");
  EXPECT_EQ(error().code, ErrorCode::malformed);
  EXPECT_NE(error().detail.find("tokens.tsv, line 2"), std::string::npos) << error().detail;
  write("tokens.tsv", "");
  write("sentence-starts.tsv", "# comment\n0123456789abcdef\t12\nxyz\t3\n");
  EXPECT_NE(error().detail.find("sentence-starts.tsv, line 3"), std::string::npos) << error().detail;
  write("sentence-starts.tsv", "");
  write("abbreviations.tsv", "# comment\n\nm.\tsometimes\n");
  EXPECT_NE(error().detail.find("abbreviations.tsv, line 3"), std::string::npos) << error().detail;
  write("abbreviations.tsv", "");
  write("multiword.tsv", "du\tde ADP _ de\tle\n");
  EXPECT_NE(error().detail.find("multiword.tsv, line 1"), std::string::npos) << error().detail;
}

TEST_F(SpoiltPack, RefusesANewerFormat) {
  write("pack.toml", "format = 2\ncode = \"fr\"\n");
  EXPECT_EQ(error().code, ErrorCode::unsupported);
  write("pack.toml", "format = 1\ncode = [\n");
  EXPECT_EQ(error().code, ErrorCode::malformed);
}

TEST(Lexicon, KnowsFormsAndTheirLemmas) {
  const auto lexicon = Lexicon::open(french() / "lexicon.bin");
  ASSERT_TRUE(lexicon);
  bool found = false;
  for (const LexiconReading& reading : lexicon->find("négociaient")) {
    const LexiconTag& tag = lexicon->tags()[reading.tag];
    if (tag.upos != Upos::VERB) continue;
    found = true;
    EXPECT_EQ(std::string("négociaient").substr(0, std::strlen("négociaient") - reading.cut) +
                  std::string(lexicon->append_of(reading)),
              "négocier");
    EXPECT_EQ(tag.morph.tense, Tense::imp);
    EXPECT_EQ(tag.morph.number, Number::plur);
  }
  EXPECT_TRUE(found);
  EXPECT_TRUE(lexicon->find("négociaientx").empty());
  EXPECT_TRUE(lexicon->find("").empty());
}

TEST(Lexicon, GuessesByTheEnding) {
  const auto lexicon = Lexicon::open(french() / "lexicon.bin");
  ASSERT_TRUE(lexicon);
  const auto readings = lexicon->readings_of(lexicon->guess("recyclarisation"));
  ASSERT_FALSE(readings.empty());
  EXPECT_EQ(lexicon->tags()[readings.front().tag].upos, Upos::NOUN);
  EXPECT_EQ(lexicon->tags()[readings.front().tag].morph.gender, Gender::fem);
}

}  // namespace
}  // namespace chancery
