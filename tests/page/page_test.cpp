// What holds of every page: its blocks, its identity, its dates, and bad bytes.
#include "page/page.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "page/cue_tables.h"
#include "page/dates.h"
#include "page/page_support.h"
#include "text/unicode.h"

namespace chancery {
namespace {

PageOptions with_cues() {
  PageOptions options;
  options.cues = &test::page_cues();
  return options;
}

// Blocks are ordered, disjoint, on code points, not empty, trimmed, and with the foreign paragraphs leave nothing but
// white space uncovered.
std::string broken_rule(const Page& page) {
  std::vector<Span> spans;
  for (const Block& block : page.blocks) spans.push_back(block.span);
  for (const ForeignPassage& passage : page.foreign) {
    const bool quoted = std::any_of(page.blocks.begin(), page.blocks.end(), [&](const Block& block) {
      return block.span.begin <= passage.span.begin && passage.span.end <= block.span.end;
    });
    if (passage.language.empty()) return "no language";
    if (!quoted) spans.push_back(passage.span);
  }
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
  std::uint32_t end = 0;
  const auto is_blank = [&](Span span) {
    for (std::uint32_t at = span.begin; at < span.end;)
      if (!is_space(next_code_point(page.text.bytes(), at))) return false;
    return true;
  };
  for (const Span span : spans) {
    if (span.empty() || span.begin < end || span.end > page.text.size()) return "order";
    if (!page.text.is_boundary(span.begin) || !page.text.is_boundary(span.end)) return "boundary";
    if (!is_blank(Span{end, span.begin})) return "uncovered text";
    std::uint32_t first = span.begin, last = span.end;
    if (is_space(next_code_point(page.text.bytes(), first))) return "not trimmed";
    if (is_space(previous_code_point(page.text.bytes(), last))) return "not trimmed";
    end = span.end;
  }
  return is_blank(Span{end, page.text.size()}) ? "" : "uncovered text";
}

TEST(Page, BlocksCoverAnyTextOnCodePointBoundaries) {
  const std::vector<std::string> pieces = {"Lire aussi :",
                                           "Le ministre est arrivé à Genève.",
                                           "\n",
                                           "\n\n",
                                           "\r\n",
                                           " ",
                                           "\u00A0",
                                           "© AFP",
                                           "81",
                                           "Accueil",
                                           "Monde",
                                           "Publié le 3 mai 2021",
                                           "à 10h",
                                           "cookies",
                                           "Tout accepter",
                                           "vous",
                                           "«",
                                           "»",
                                           ".",
                                           "…",
                                           ":",
                                           "(",
                                           ")",
                                           "Partager sur Facebook",
                                           "Article suivant",
                                           "2 commentaires",
                                           "date 2025-02",
                                           "É",
                                           "🕊",
                                           ">",
                                           "surTelegram",
                                           "Par Anne Martin"};
  EXPECT_TRUE(rc::check("blocks of plain text", [&] {
    const auto chosen = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size()));
    std::string text = "Texte";
    for (const std::size_t i : chosen) text += pieces[i] + (i % 3 == 0 ? " " : "");
    const auto page = read_page(text, with_cues());
    RC_ASSERT(page.has_value());
    RC_ASSERT(page->text.bytes() == text);
    RC_ASSERT(broken_rule(*page) == "");
  }));
}

TEST(Page, KeepsPlainTextCharacterForCharacter) {
  const std::string text = "  Un titre\r\n\r\n\tUn paragraphe qui est assez long pour en être un, dit-on.\n\n";
  const auto page = read_page(text, with_cues());
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->text.bytes(), text);
}

TEST(Page, IsNamedByItsBytes) {
  EXPECT_EQ(content_id("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Page, ReadsWithoutCues) {
  const auto page = read_page("Une phrase.\n\nUne autre phrase.", PageOptions{});
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->blocks.size(), 2U);
  EXPECT_EQ(page->language, "fr");
}

TEST(Page, RefusesBadBytesByName) {
  EXPECT_EQ(read_page("", with_cues()).error().code, ErrorCode::empty_input);
  EXPECT_EQ(read_page(" \n ", with_cues()).error().code, ErrorCode::empty_input);
  EXPECT_EQ(read_page("\x89PNG\r\n\x1A\n", with_cues()).error().code, ErrorCode::not_text);
  PageOptions small = with_cues();
  small.max_bytes = 10;
  EXPECT_EQ(read_page("plus de dix octets", small).error().code, ErrorCode::too_large);
}

TEST(Page, ReadsOneLineOfMegabytesAndManyLines) {
  std::string one_line;
  while (one_line.size() < 2'000'000) one_line += "Le ministre a déclaré que la réunion aurait lieu. ";
  const auto long_page = read_page(one_line, with_cues());
  ASSERT_TRUE(long_page.has_value());
  EXPECT_EQ(long_page->blocks.size(), 1U);
  std::string many;
  for (int i = 0; i < 300'000; ++i) many += "a\n\n";
  const auto many_page = read_page(many, with_cues());
  ASSERT_TRUE(many_page.has_value());
  EXPECT_EQ(many_page->blocks.size(), 300'000U);
}

// A page that fails must do so with a reason; one that is read must keep the rules.
void expect_sound(const std::string& html, const std::string& what) {
  const auto page = read_page(html, with_cues());
  if (page)
    EXPECT_EQ(broken_rule(*page), "") << what;
  else
    EXPECT_TRUE(page.error().code == ErrorCode::no_article || page.error().code == ErrorCode::empty_input ||
                page.error().code == ErrorCode::not_text)
        << what << ": " << page.error().message();
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

constexpr std::string_view kSentence =
    "<p>Le ministre est arrivé jeudi soir dans la capitale pour une visite de trois jours.</p>";

TEST(Html, SurvivesDepthAndWidth) {
  const std::string head = "<!doctype html><html><body>";
  const std::string sentence(kSentence);
  for (const char* tag : {"div", "b", "a href=x", "table><tr><td", "ul><li", "p", "font", "span class=x", "svg",
                          "blockquote", "li", "x-y"}) {
    expect_sound(head + repeated("<" + std::string(tag) + ">", 100'000) + sentence, tag);
    expect_sound(head + sentence + repeated("</" + std::string(tag) + ">", 100'000), tag);
    expect_sound(head + repeated("<" + std::string(tag) + ">x", 50'000) + sentence, tag);
  }
  std::string attributes = head + "<p";
  for (int i = 0; i < 200'000; ++i) attributes += " a" + std::to_string(i) + "=\"x\"";
  expect_sound(attributes + ">" + sentence, "attributes");
  expect_sound(head + "<div class='" + repeated("a b-c ", 200'000) + "'>" + sentence, "class names");
  expect_sound(head + repeated("<", 1'000'000) + sentence, "angles");
  expect_sound(head + repeated("&", 1'000'000) + sentence, "ampersands");
  expect_sound(head + repeated("<!--", 300'000) + sentence, "comments");
  expect_sound(head + repeated("<script>", 300'000) + sentence, "scripts");
  expect_sound(head + repeated("<br>", 300'000) + sentence, "breaks");
  expect_sound(head + repeated("<p>x</p>", 100'000) + sentence, "short paragraphs");
  expect_sound(head + "<script type='application/ld+json'>" + repeated("[", 100'000) + "</script>" + sentence, "JSON");
}

TEST(Html, DeepNestingStillGivesTheArticle) {
  const auto page = read_page("<html>" + repeated("<div>", 100'000) + std::string(kSentence), with_cues());
  ASSERT_TRUE(page.has_value()) << page.error().message();
  EXPECT_NE(page->text.bytes().find("Le ministre est arrivé"), std::string_view::npos);
}

TEST(Html, SurvivesBeingCutAnywhereAndNulBytes) {
  const std::string html =
      "<!doctype html><html lang=\"fr\"><head><title>Un titre &amp; un autre</title><script>if (a < b) {}</script>"
      "<meta name='date' content='1999-01-02'></head><body><!-- un mot --><p class=\"texte\">Le ministre est "
      "arrivé&nbsp;jeudi "
      "soir dans la capitale pour trois jours.<br><br>Il repart "
      "&#233;t&eacute;.</p><table><tr><td>x</table></body></html>";
  for (std::size_t size = 0; size <= html.size(); ++size) {
    expect_sound(html.substr(0, size), "cut at " + std::to_string(size));
    std::string holed = html;
    holed[std::min(size, html.size() - 1)] = '\0';
    expect_sound(holed, "NUL at " + std::to_string(size));
  }
}

TEST(Html, ReadsTheCharsetThatThePageDeclares) {
  const auto page = read_page(
      "<html><head><meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'></head><body><p>Premier "
      "ministre: Wa\xB3\xEAsa przyjecha\xB3 wczoraj do stolicy na dwudniow\xB1 wizyt\xEA "
      "oficjaln\xB1.</p></body></html>",
      with_cues());
  ASSERT_TRUE(page.has_value());
  EXPECT_NE(page->text.bytes().find("Wałęsa"), std::string_view::npos);
}

TEST(Html, GivesSoundBlocksForAnyMixOfTags) {
  const std::vector<std::string> pieces = {"<p>",
                                           "</p>",
                                           "<div>",
                                           "</div>",
                                           "<b>",
                                           "</b>",
                                           "<a href=x>",
                                           "</a>",
                                           "<li>",
                                           "<ul>",
                                           "</ul>",
                                           "<td>",
                                           "<table>",
                                           "</table>",
                                           "<br>",
                                           "<h2>",
                                           "</h2>",
                                           "<!--",
                                           "-->",
                                           "<script>",
                                           "</script>",
                                           "&eacute;",
                                           "&#x110000;",
                                           "&",
                                           "<",
                                           ">",
                                           "é",
                                           "\xFF",
                                           "Une phrase assez longue pour être gardée par le programme. ",
                                           " ",
                                           "\n",
                                           "<span class=share>",
                                           "</span>",
                                           "<article>",
                                           "<aside>",
                                           "</aside>",
                                           "<time datetime=2020-01-02>",
                                           "<figure>",
                                           "<pre>",
                                           "<title>",
                                           "</title>"};
  EXPECT_TRUE(rc::check("any mix of tags", [&] {
    const auto chosen = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size()));
    std::string html = "<html><body>";
    for (const std::size_t i : chosen) html += pieces[i];
    const auto page = read_page(html, with_cues());
    if (page) RC_ASSERT(broken_rule(*page) == "");
  }));
}

std::string date_in(std::string_view text) {
  const auto& tables = test::page_cues().tables();
  std::vector<LineWord> words;
  tables.split(text, Span{0, static_cast<std::uint32_t>(text.size())}, 50, words);
  const auto date = date_at(text, words, 0, tables);
  return date ? date->date.iso() : "none";
}

TEST(Dates, AreReadFromWords) {
  EXPECT_EQ(date_in("21 janvier 2022"), "2022-01-21");
  EXPECT_EQ(date_in("vendredi 1er avril 2022"), "2022-04-01");
  EXPECT_EQ(date_in("03/04/2022"), "2022-04-03");
  EXPECT_EQ(date_in("3.4.22"), "2022-04-03");
  EXPECT_EQ(date_in("2022-04-03"), "2022-04-03");
  EXPECT_EQ(date_in("April 3, 2022"), "2022-04-03");
  EXPECT_EQ(date_in("Mar 12, 2020"), "2020-03-12");
  EXPECT_EQ(date_in("mar. 12 mai 2020"), "2020-05-12");
  EXPECT_EQ(date_in("21 de enero de 2022"), "2022-01-21");
  EXPECT_EQ(date_in("31 février 2022"), "none");
  EXPECT_EQ(date_in("29 février 2023"), "none");
  EXPECT_EQ(date_in("21 janvier"), "none");
  EXPECT_EQ(date_in("2022"), "none");
}

std::string value_date(std::string_view value) {
  const auto date = date_from_value(value);
  return date ? date->iso() : "none";
}

TEST(Dates, OfPagesAreNotAfterTheirCapture) {
  const std::string page =
      "<html><head><meta property=\"article:published_time\" content=\"2031-05-03\"></head><body><article>"
      "<p>Le ministre est arrivé jeudi soir dans la capitale pour une visite de trois "
      "jours.</p></article></body></html>";
  PageOptions options = with_cues();
  EXPECT_EQ(read_page(page, options)->published->value, "2031-05-03");
  options.captured = "2031-05-02";  // where it is the third already
  EXPECT_EQ(read_page(page, options)->published->value, "2031-05-03");
  options.captured = "2019-03-12";
  EXPECT_FALSE(read_page(page, options)->published.has_value());
  options.uri = "https://courrier.test/2019/03/12/visite";
  EXPECT_EQ(read_page(page, options)->published->value, "2019-03-12");
}

TEST(Dates, AreReadFromMetadata) {
  EXPECT_EQ(value_date("2022-01-21T14:30:00+01:00"), "2022-01-21");
  EXPECT_EQ(value_date("20220121"), "2022-01-21");
  EXPECT_EQ(value_date("2022/1/5"), "2022-01-05");
  EXPECT_EQ(value_date("2022-01"), "2022-01");
  EXPECT_EQ(value_date("Fri, 21 Jan 2022 13:30:00 GMT"), "2022-01-21");
  EXPECT_EQ(value_date("January 21, 2022 2:30 PM"), "2022-01-21");
  EXPECT_EQ(value_date("2022-13-41"), "none");
  EXPECT_EQ(value_date("1642771800"), "none");
  EXPECT_EQ(value_date(""), "none");
}

std::string url_date(std::string_view url) {
  const auto date = date_from_url(url);
  return date ? date->iso() : "none";
}

TEST(Dates, AreReadFromAddresses) {
  EXPECT_EQ(url_date("https://exemple.test/2022/01/21/titre"), "2022-01-21");
  EXPECT_EQ(url_date("https://exemple.test/a/titre-2022-01-21.html"), "2022-01-21");
  EXPECT_EQ(url_date("https://exemple.test/a/20220121-titre"), "2022-01-21");
  EXPECT_EQ(url_date("https://exemple.test/2022/01/titre"), "2022-01");
  EXPECT_EQ(url_date("https://exemple.test/monde-63182609"), "none");
  EXPECT_EQ(url_date("https://exemple.test/?d=2022/01/21"), "none");
  EXPECT_EQ(url_date("/home/moi/2022/01/21/page.html"), "none");
}

}  // namespace
}  // namespace chancery
