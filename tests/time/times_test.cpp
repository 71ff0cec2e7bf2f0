// What the time room finds: the .case files of tests/cases/time, the notation's mistakes, and properties that hold on
// any text. A case's text is one paragraph a line; the option "published" gives the page's day, and without it the dump
// begins with the day that the text fixes by itself; the option "within" (1989-01-20..1993-01-20) bounds it from
// outside.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "language/analysis.h"
#include "language/pack.h"
#include "support/case_file.h"
#include "support/data.h"
#include "time/match.h"
#include "time/rules.h"
#include "time/time.h"

namespace chancery {
namespace {

struct Loaded {
  std::shared_ptr<const LanguagePack> pack;
  TimeRules rules;
};

const Loaded& loaded(const std::string& language) {
  static std::map<std::string, Loaded> all;
  const auto found = all.find(language);
  if (found != all.end()) return found->second;
  auto pack = LanguagePack::load(test::data_directory() / "languages" / language);
  if (!pack) throw std::runtime_error(pack.error().message());
  auto rules = TimeRules::compile(**pack);
  if (!rules) throw std::runtime_error(rules.error().message());
  return all.emplace(language, Loaded{*pack, std::move(*rules)}).first->second;
}

Page page_of(const std::string& text, const std::string& published) {
  Page page;
  page.text = Text(text);
  page.language = "fr";
  if (!published.empty()) page.published = PageDate{published, DateHow::given, std::nullopt};
  std::uint32_t begin = 0;
  while (begin < text.size()) {
    const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()));
    if (end > begin) page.blocks.push_back(Block{Span{begin, end}, BlockKind::paragraph});
    begin = end + 1;
  }
  return page;
}

Times times_of(const Page& page, const std::string& language = "fr", std::span<const Interval> within = {}) {
  const Loaded& pack = loaded(language);
  return find_times(page, analyse(page, *pack.pack), pack.rules, within);
}

// "1989-01-20..1993-01-20, 2001-01-20.." to intervals.
std::vector<Interval> intervals_of(const std::string& text) {
  std::vector<Interval> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(", ", begin), text.size());
    const std::string one = text.substr(begin, end - begin);
    const std::size_t dots = one.find("..");
    out.push_back(Interval{Day::parse(one.substr(0, dots)), Day::parse(one.substr(dots + 2)), Granularity::other});
    begin = end + 2;
  }
  return out;
}

std::string days(const Interval& interval) {
  return (interval.start ? interval.start->iso() : "") + ".." + (interval.end ? interval.end->iso() : "");
}

std::string dump(const test::Case& one, const std::string& language) {
  static constexpr const char* kTypes[] = {"DATE", "TIME", "DURATION", "SET"};
  const Page page = page_of(one.input, one.option("published"));
  const Times times = times_of(page, language, intervals_of(one.option("within")));
  std::string out;
  if (!page.published) {
    out += "published: " + (times.published ? times.published->value : "nothing fixes it");
    const auto whole = times.published ? interval_from_iso(times.published->value) : std::nullopt;
    if (times.day && times.day != whole) out += ", left " + days(*times.day);
    out += "\n";
  }
  for (const TimeMention& mention : times.mentions) {
    out += "[" + std::string(page.text[mention.span]) + "] " + kTypes[static_cast<int>(mention.type)];
    out += " " + mention.value;
    if (!mention.mod.empty()) out += " " + mention.mod;
    if (mention.interval) out += " → " + days(*mention.interval);
    if (mention.range) out += ", range " + days(*mention.range);
    if (mention.bound == Bound::since) out += ", since";
    if (mention.bound == Bound::until) out += ", until";
    if (mention.bound == Bound::before) out += ", before";
    out += "\n";
  }
  return out;
}

const bool cases = test::register_cases("time", dump);

TEST(TimeRules, SayWhatIsWrongAndWhere) {
  const auto message = [](std::string_view source) {
    const auto rules = TimeRules::compile(source);
    return rules ? std::string("no error") : rules.error().detail;
  };
  EXPECT_EQ(message("words MONTH: mai = 5\nrule a: [m:MONTH] => DATE month=m"), "no error");
  EXPECT_EQ(message("rule a: [m:MONTH] => DATE month=m"), "time.txt, line 1: no class \"MONTH\"");
  EXPECT_EQ(message("\nwords MONTH: mai = 5\nrule a: [m:MONTH => DATE month=m"), "time.txt, line 3: a [ without its ]");
  EXPECT_EQ(message("rule a: [hier] => DATE moon=3"), "time.txt, line 1: unknown field \"moon\"");
  EXPECT_EQ(message("rule a: [hier] [demain] => DATE shift=1"),
            "time.txt, line 1: as many meanings after => as there are [ ]");
  EXPECT_EQ(message("rule a: [(hier] => DATE shift=1"), "time.txt, line 1: a ( without its )");
  EXPECT_EQ(message("pattern a: <b>\npattern b: <a>\nrule a: [<a>] => DATE shift=1"),
            "time.txt, line 3: patterns name each other in a circle");
  EXPECT_EQ(message("rules a: hier"), "time.txt, line 1: unknown keyword \"rules\"");
}

TEST(Times, OfAnEmptyPageAreNone) {
  const Times times = times_of(page_of("", ""));
  EXPECT_TRUE(times.mentions.empty());
  EXPECT_FALSE(times.published);
  EXPECT_FALSE(times.day);
}

TEST(Times, OfBoilerplateAreNotRead) {
  Page page = page_of("Publié hier\nIl est parti hier.", "2021-03-09");
  page.blocks[0].kind = BlockKind::boilerplate;
  const Times times = times_of(page);
  ASSERT_EQ(times.mentions.size(), 1U);
  EXPECT_EQ(page.text[times.mentions[0].span], "hier");
  EXPECT_GT(times.mentions[0].span.begin, page.blocks[0].span.end);
}

TEST(Times, GivenDayWins) {
  const Times times = times_of(page_of("PARIS, 3 février 2012 (AFP) - Il neige.", "2012-02-04"));
  ASSERT_TRUE(times.published);
  EXPECT_EQ(times.published->value, "2012-02-04");
  EXPECT_EQ(times.published->how, DateHow::given);
}

// Words out of which random texts are made: whatever their order, the result keeps its promises.
RC_GTEST_PROP(Times, KeepTheirPromisesOnAnyText, ()) {
  static const std::vector<std::string> kWords = {
      "le",         "lundi",   "dernier", "14",       "mai", "2012",  "du",      "au",           "hier",
      "dans",       "la",      "nuit",    "de",       "à",   "18",    "h",       "30",           "il",
      "y",          "a",       "deux",    "ans",      ",",   ".",     "semaine", "à venir",      "l'année",
      "29",         "31",      "février", "99999999", "été", "fin",   "depuis",  "\n",           "’",
      "…",          "2/13/00", "–",       "le 30",    "0",   "mille", "cent",    "quatre-vingt", "1er",
      "XXe siècle", "en"};
  const auto picks = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, kWords.size()));
  std::string text;
  for (const std::size_t pick : picks) text += kWords[pick] + " ";
  const Page page = page_of(text, *rc::gen::element<std::string>("", "2020-02-29", "2021-06", "1999"));
  std::uint32_t behind = 0;
  for (const TimeMention& mention : times_of(page).mentions) {
    RC_ASSERT(mention.span.begin >= behind);
    RC_ASSERT(mention.span.end > mention.span.begin);
    RC_ASSERT(mention.span.end <= page.text.size());
    RC_ASSERT(page.text.is_boundary(mention.span.begin) && page.text.is_boundary(mention.span.end));
    RC_ASSERT(!mention.value.empty());
    if (mention.interval && mention.interval->start && mention.interval->end)
      RC_ASSERT(*mention.interval->start <= *mention.interval->end);
    behind = mention.span.end;
  }
}

// Passing over sentences in which nothing can stand loses nothing: the cases' own texts hold every kind of expression.
TEST(Times, OfSentencesPassedOverAreNone) {
  static const auto rules = time_rules::compile_rules(*loaded("fr").pack->file("time.txt"));
  std::size_t read = 0;
  for (const auto& path : std::filesystem::directory_iterator(test::source_directory() / "tests/cases/time/fr")) {
    std::ifstream file(path.path());
    std::stringstream text;
    text << file.rdbuf();
    for (const test::Case& one : test::parse_case_file(text.str()).cases) {
      const Page page = page_of(one.input, "2020-02-29");
      const auto quick = time_rules::match(page, analyse(page, *loaded("fr").pack), *rules);
      const auto slow = time_rules::match_all(page, *rules);
      ASSERT_EQ(quick.size(), slow.size()) << one.input;
      for (std::size_t i = 0; i < quick.size(); ++i) {
        EXPECT_EQ(quick[i].span, slow[i].span) << one.input;
        EXPECT_EQ(quick[i].fields, slow[i].fields) << one.input;
      }
      read += quick.size();
    }
  }
  EXPECT_GT(read, 300U);
}

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

// The steps that the automaton takes on a text; time itself is no measure on a busy machine.
std::uint64_t steps_for(const std::string& text) {
  static const auto rules = time_rules::compile_rules(*loaded("fr").pack->file("time.txt"));
  std::uint64_t steps = 0;
  time_rules::match_all(page_of(text, "2020-02-29"), *rules, &steps);
  return steps;
}

TEST(Times, AreLinearOnHostileText) {
  for (const char* piece : {"le lundi ", "le ", "de le ", "du 3 au ", "du 3 au 3 ", "deux mille ", "l'année ", "1 ",
                            "1.", "7", "nuit du lundi 3 ", "les 3, ", "fin mars-", "de la nuit "}) {
    const std::uint64_t small = steps_for(repeated(piece, 1 << 17));
    const std::uint64_t large = steps_for(repeated(piece, 1 << 20));
    EXPECT_LT(large, 9 * small + 100) << piece;  // eight times the text; quadratic would be 64 times the steps
    EXPECT_LT(large, std::uint64_t{16} << 20) << piece;
  }
}

}  // namespace
}  // namespace chancery
