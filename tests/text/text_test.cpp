// Spans, decoding and folding. Every offset map is checked against counting by hand, on random text too.
#include "text/text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "text/fold.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace chancery {
namespace {

std::string text_of(std::string_view raw, std::string_view declared = {}) {
  const auto text = decode(raw, declared);
  return text ? std::string(text->bytes()) : "error: " + text.error().message();
}

// Random text with a good share of what French pages hold: accents, typographic marks, a few wide code points.
rc::Gen<std::string> utf8_text() {
  const auto code_point =
      rc::gen::weightedOneOf<char32_t>({{6, rc::gen::cast<char32_t>(rc::gen::inRange(0x20, 0x7F))},
                                        {3, rc::gen::cast<char32_t>(rc::gen::inRange(0xA0, 0x180))},
                                        {1, rc::gen::cast<char32_t>(rc::gen::inRange(0x2010, 0x2040))},
                                        {1, rc::gen::cast<char32_t>(rc::gen::inRange(0x250, 0xD800))},
                                        {1, rc::gen::cast<char32_t>(rc::gen::inRange(0x1F300, 0x1F600))}});
  return rc::gen::map(rc::gen::container<std::vector<char32_t>>(code_point), [](const std::vector<char32_t>& points) {
    std::string out;
    // Repeated, so that texts often span several steps of the offset map.
    for (int i = 0; i < 5; ++i)
      for (const char32_t c : points) append_code_point(out, c);
    return out;
  });
}

TEST(Text, MapsBetweenBytesAndCodePoints) {
  const Text text("été à l’Élysée 🕊");
  EXPECT_EQ(text.length(), 16U);
  EXPECT_EQ(text.size(), 26U);
  EXPECT_EQ(text.byte(1), 2U);
  EXPECT_EQ(text.code_point(2), 1U);
  EXPECT_EQ(text.byte(15), 22U);
  EXPECT_EQ(text.byte(99), 26U);
  EXPECT_FALSE(text.is_boundary(1));
  EXPECT_TRUE(text.is_boundary(26));
  EXPECT_FALSE(text.is_boundary(27));
}

TEST(Text, RoundTripsEveryCodePointOfAnyText) {
  EXPECT_TRUE(rc::check("code point and byte are inverse", [] {
    const Text text(*utf8_text());
    std::uint32_t at = 0, index = 0;
    while (at < text.size()) {
      RC_ASSERT(text.is_boundary(at));
      RC_ASSERT(text.code_point(at) == index);
      RC_ASSERT(text.byte(index) == at);
      next_code_point(text.bytes(), at);
      ++index;
    }
    RC_ASSERT(index == text.length());
    RC_ASSERT(text.code_point(text.size()) == text.length());
  }));
}

TEST(Unicode, WalksBackAsItWalksForth) {
  EXPECT_TRUE(rc::check("previous_code_point undoes next_code_point", [] {
    const std::string text = *utf8_text();
    std::uint32_t at = 0;
    while (at < text.size()) {
      std::uint32_t back = at;
      const char32_t forward = next_code_point(text, at);
      std::uint32_t end = at;
      RC_ASSERT(previous_code_point(text, end) == forward);
      RC_ASSERT(end == back);
      std::string again;
      append_code_point(again, forward);
      RC_ASSERT(again == text.substr(back, at - back));
    }
  }));
}

TEST(Unicode, KnowsTheClassesOfThePress) {
  for (const char32_t c : {U'é', U'Œ', U'ł', U'Ж', U'ع', U'\u0301', U'\u00AD'}) EXPECT_TRUE(is_letter(c)) << int(c);
  for (const char32_t c : {U'«', U'“', U'”', U'„', U'"', U'‹'}) EXPECT_TRUE(is_quote(c)) << int(c);
  for (const char32_t c : {U'\'', U'’', U'ʼ', U'‘', U'´', U'`'}) EXPECT_TRUE(is_apostrophe(c)) << int(c);
  for (const char32_t c : {U' ', U'\u00A0', U'\u202F', U'\u2009', U'\u200B', U'\uFEFF'}) EXPECT_TRUE(is_space(c));
  for (const char32_t c : {U'-', U'–', U'—', U'\u2011', U'−'}) EXPECT_TRUE(is_dash(c));
  EXPECT_FALSE(is_letter(U'×'));
  EXPECT_FALSE(is_quote(U'’'));
  EXPECT_TRUE(is_upper(U'É') && is_upper(U'Ш') && !is_upper(U'é'));
  EXPECT_EQ(to_lower(U'É'), U'é');
  EXPECT_EQ(to_lower(U'Œ'), U'œ');
}

TEST(Decode, BelievesAByteOrderMarkFirst) {
  EXPECT_EQ(text_of("\xEF\xBB\xBFné"), "né");
  EXPECT_EQ(text_of(std::string_view("\xFF\xFEn\0\xE9\0", 6)), "né");
  EXPECT_EQ(text_of(std::string_view("\xFE\xFF\0n\0\xE9", 6), "windows-1252"), "né");
}

TEST(Decode, RecognisesUtf16WithoutAMark) {
  std::string raw;
  for (const char c : std::string_view("Le ministre est parti.")) raw += std::string{c, '\0'};
  EXPECT_EQ(text_of(raw), "Le ministre est parti.");
}

TEST(Decode, BelievesUtf8BeforeAWrongDeclaration) { EXPECT_EQ(text_of("né à Évian", "iso-8859-1"), "né à Évian"); }

TEST(Decode, ReadsDeclaredLegacyCharsets) {
  EXPECT_EQ(text_of("\x93\x45t\xE9\x94 \x80", "ISO-8859-1"), "“Eté” €");  // a browser's Latin-1 is Windows-1252
  EXPECT_EQ(text_of("\xA4", "iso-8859-15"), "€");
  EXPECT_EQ(text_of("\xCC\xEE\xF1\xEA\xE2\xE0", "windows-1251"), "Москва");
}

TEST(Decode, GuessesUndeclaredLegacyCharsets) {
  EXPECT_EQ(text_of("Le n\xE9gociateur a quitt\xE9 la conf\xE9rence \xE0 Gen\xE8ve"),
            "Le négociateur a quitté la conférence à Genève");
  EXPECT_EQ(text_of("\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5 \xE4\xE5\xEB "
                    "\xEF\xF0\xE8\xE1\xFB\xEB \xE2 \xCC\xEE\xF1\xEA\xE2\xF3 \xE4\xEB\xFF "
                    "\xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xEE\xE2"),
            "Министр иностранных дел прибыл в Москву для переговоров");
  EXPECT_EQ(text_of("caf\xE9", "no-such-charset"), "café");
}

TEST(Decode, MendsBrokenUtf8InsteadOfTakingItForLatin1) {
  EXPECT_EQ(text_of("Élysée, Évian, Genève, coup\xC3"), "Élysée, Évian, Genève, coup\uFFFD");
  // Called UTF-8 by its page, and Latin-1 by every one of its accents.
  EXPECT_EQ(text_of("un caf\xE9 tr\xE8s serr\xE9", "utf-8"), "un café très serré");
  EXPECT_EQ(text_of("un petit caf\xC3", "utf-8"), "un petit caf\uFFFD");
}

TEST(Decode, ReplacesControlsOneForOne) {
  EXPECT_EQ(text_of(std::string_view("Un texte avec un\0NUL et du reste\r\n\tencore", 41)),
            "Un texte avec un\uFFFDNUL et du reste\r\n\tencore");
}

TEST(Decode, RefusesWhatIsNoText) {
  EXPECT_EQ(decode("").error().code, ErrorCode::empty_input);
  EXPECT_EQ(decode(" \n\t\xC2\xA0").error().code, ErrorCode::empty_input);
  EXPECT_EQ(decode("\x89PNG\r\n\x1a\n and more").error().code, ErrorCode::not_text);
  EXPECT_EQ(decode("PK\x03\x04zip").error().code, ErrorCode::not_text);
  EXPECT_EQ(decode(std::string(1000, '\x01')).error().code, ErrorCode::not_text);
}

TEST(Decode, NeverFailsOnValidTextAndKeepsItWhole) {
  EXPECT_TRUE(rc::check("decode of valid UTF-8 is the identity", [] {
    const std::string text = "a " + *utf8_text();
    const auto decoded = decode(text);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(decoded->bytes() == text);
  }));
}

TEST(Decode, GivesValidUtf8ForAnyBytesAndAnyDeclaration) {
  EXPECT_TRUE(rc::check("decode of anything is valid or an error", [] {
    const auto raw = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const auto declared = *rc::gen::element<std::string>("", "utf-8", "iso-8859-1", "utf-16", "gbk", "x");
    const auto decoded = decode(raw, declared);
    if (decoded) RC_ASSERT(is_valid_utf8(decoded->bytes()));
  }));
}

TEST(Fold, MakesNamesComparable) {
  EXPECT_EQ(fold("L’Élysée — ŒUVRE"), "l'elysee - oeuvre");
  EXPECT_EQ(fold("Wałęsa Straße ÇA Ğül"), "walesa strasse ca gul");
  EXPECT_EQ(fold("e\u0301te\u0301"), "ete");
  EXPECT_EQ(fold("pre\u00ADmier"), "premier");
  EXPECT_EQ(fold("à\u00A0Kyïv\u202F!"), "a kyiv !");
  EXPECT_EQ(fold("МОСКВА Йошкар"), "москва иошкар");
  EXPECT_EQ(fold("ﬁn ２０"), "fin 20");
}

TEST(Fold, IsIdempotentForEveryCodePoint) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string one;
    append_code_point(one, c);
    const std::string once = fold(one);
    ASSERT_EQ(fold(once), once) << "U+" << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Fold, MapsEachFoldedByteToItsOrigin) {
  EXPECT_TRUE(rc::check("the map is ordered, on boundaries, and agrees with fold()", [] {
    const std::string text = *utf8_text();
    const FoldedText folded = fold_with_map(text);
    RC_ASSERT(folded.bytes == fold(text));
    RC_ASSERT(folded.origin.size() == folded.bytes.size() + 1);
    RC_ASSERT(folded.origin.back() == text.size());
    const Text whole(text);
    for (std::size_t i = 0; i + 1 < folded.origin.size(); ++i) {
      RC_ASSERT(folded.origin[i] <= folded.origin[i + 1]);
      RC_ASSERT(whole.is_boundary(folded.origin[i]));
    }
  }));
}

std::string words_of(std::string_view text) {
  const NameWords words = split_name_words(text);
  std::string out;
  for (std::size_t i = 0; i < words.words.size(); ++i)
    out += std::string(words.word(i)) + (words.words[i].upper ? "^ " : " ");
  return out;
}

TEST(NameWords, PartAtApostrophesAndHyphens) {
  EXPECT_EQ(words_of("États-Unis"), "etats^ unis^ ");
  EXPECT_EQ(words_of("ETATS UNIS"), "etats^ unis^ ");
  EXPECT_EQ(words_of("l’Élysée, M. X…"), "l elysee^ m^ x^ ");
  EXPECT_EQ(words_of("G7 et A/RES/2202"), "g7^ et a^ res^ 2202 ");
}

TEST(NameWords, SpansCountFromTheStartOfTheText) {
  const std::string text = "à Paris, à Évian";
  const NameWords words = split_name_words(text, Span{3, static_cast<std::uint32_t>(text.size())});
  ASSERT_EQ(words.words.size(), 3U);
  EXPECT_EQ(text.substr(words.words[0].span.begin, words.words[0].span.size()), "Paris");
  EXPECT_EQ(text.substr(words.words[2].span.begin, words.words[2].span.size()), "Évian");
}

TEST(NameWords, LieOnBoundariesInOrder) {
  EXPECT_TRUE(rc::check("words are ordered, disjoint and fold to what fold() says", [] {
    const std::string text = *utf8_text();
    const Text whole(text);
    const NameWords words = split_name_words(text);
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < words.words.size(); ++i) {
      const Span span = words.words[i].span;
      RC_ASSERT(span.begin >= end && span.begin < span.end && span.end <= text.size());
      RC_ASSERT(whole.is_boundary(span.begin) && whole.is_boundary(span.end));
      RC_ASSERT(words.word(i) == fold(text.substr(span.begin, span.size())));
      end = span.end;
    }
  }));
}

}  // namespace
}  // namespace chancery
