// The notation of frames is checked when it is loaded, and what the frames find stands in tests/cases/events.
#include "events/events.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "events/reader.h"
#include "support/case_file.h"
#include "support/data.h"

namespace chancery {
namespace {

const bool cases = test::register_cases("events", [](const test::Case& one, const std::string&) {
  const test::ReadPage read = test::EventReader::get().read(one.input, one.option("published"));
  return test::dump_events(read, test::EventReader::get().knowledge());
});

std::string problem_of(std::string_view frames) {
  const Result<EventRules> rules = EventRules::compile(frames);
  return rules ? "" : rules.error().message();
}

constexpr std::string_view kGood = R"([[frame]]
kind = "meet"
triggers = ["rencontrer:v"]
roles = { subject = "actor!", object = "actor:person" }
)";

TEST(Frames, AcceptsAGoodFrame) { EXPECT_EQ(problem_of(kGood), ""); }

struct Wrong {
  const char* what;
  const char* frames;
  const char* problem;
};

class WrongFrames : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongFrames, AreNamedWithTheirLine) {
  const std::string problem = problem_of(GetParam().frames);
  EXPECT_NE(problem.find("frames.toml:"), std::string::npos) << problem;
  EXPECT_NE(problem.find(GetParam().problem), std::string::npos) << problem;
}

INSTANTIATE_TEST_SUITE_P(
    Frames, WrongFrames,
    ::testing::Values(
        Wrong{"no TOML", "[[frame]\n", "frames.toml:1"},
        Wrong{"unknown section", "[frames]\na = 1\n", "unknown section"},
        Wrong{"unknown kind", "[[frame]]\nkind = \"dance\"\ntriggers = [\"danser:v\"]\n",
              "frames.toml:2: unknown kind"},
        Wrong{"no kind", "[[frame]]\ntriggers = [\"danser:v\"]\n", "a frame needs a kind"},
        Wrong{"no triggers", "[[frame]]\nkind = \"meet\"\n", "a frame needs triggers"},
        Wrong{"unknown class", "[[frame]]\nkind = \"meet\"\ntriggers = [\"danser:z\"]\n",
              "frames.toml:3: unknown word class"},
        Wrong{"gap first", "[[frame]]\nkind = \"meet\"\ntriggers = [\"~ danser:v\"]\n", "a pattern begins with a word"},
        Wrong{"gap last", "[[frame]]\nkind = \"meet\"\ntriggers = [\"danser:v ~\"]\n", "does not end in a gap"},
        Wrong{"unclosed mark", "[[frame]]\nkind = \"meet\"\ntriggers = [\"<danser:v ~ bal\"]\n", "never closed"},
        Wrong{"unknown role", "[[frame]]\nkind = \"meet\"\ntriggers = [\"voir\"]\nroles = { subject = \"hero\" }\n",
              "frames.toml:4: unknown role"},
        Wrong{"unknown thing",
              "[[frame]]\nkind = \"meet\"\ntriggers = [\"voir\"]\nroles = { subject = \"actor:cat\" }\n",
              "unknown sort of thing"},
        Wrong{"unknown valency", "[[frame]]\nkind = \"meet\"\ntriggers = [\"voir\"]\nvalency = \"none\"\n",
              "unknown valency"},
        Wrong{"unknown key", "[[frame]]\nkind = \"meet\"\ntriggers = [\"voir\"]\ncolour = 1\n", "unknown key"},
        Wrong{"unknown status", "[cues.maybe]\nmodifiers = [\"peut-être\"]\n", "unknown status"},
        Wrong{"unknown position", "[cues.planned]\nsomewhere = [\"prévu\"]\n", "unknown position"},
        Wrong{"unknown list", "[grammar]\ncolours = [\"bleu\"]\n", "unknown list of words"},
        Wrong{"unknown confidence", "[confidence]\ndoubt = 0.5\n", "frames.toml:2: unknown confidence"},
        Wrong{"points that fall", "[confidence]\npoints = [[0.5, 0.5], [0.6, 0.4]]\n", "points rise"},
        Wrong{"announced as what", "[[frame]]\nkind = \"meet\"\ntriggers = [\"voir\"]\nannounced = \"soon\"\n",
              "unknown status"},
        Wrong{"strength", "[[frame]]\nkind = \"meet\"\ntriggers = [\"voir\"]\nstrength = 2\n", "strength lies"}),
    [](const ::testing::TestParamInfo<Wrong>& one) {
      std::string id;
      for (const char* c = one.param.what; *c != '\0'; ++c) id += *c == ' ' ? '_' : *c;
      return id;
    });

TEST(Kinds, HaveNamesThatLeadBack) {
  for (int i = 0; i < kEventKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    EXPECT_EQ(event_kind_from(name(kind)), kind);
    EXPECT_FALSE(plover(kind).type.empty());
  }
  EXPECT_EQ(event_kind_from("dance"), std::nullopt);
}

TEST(Kinds, EachHasACaseThatShowsIt) {
  std::set<std::string> shown, statuses, not_happened;
  const auto folder = test::source_directory() / "tests" / "cases" / "events" / "fr";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    for (const test::Case& one : test::parse_case_file(text.str()).cases) {
      std::istringstream lines(one.expected);
      for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(' ')) continue;
        std::istringstream words(line);
        std::string kind, status;
        words >> kind >> status;
        shown.insert(kind);
        statuses.insert(status);
        if (status == "denied" || status == "cancelled") not_happened.insert(kind);
      }
    }
  }
  for (int i = 0; i < kEventKindCount; ++i) {
    const std::string kind(name(static_cast<EventKind>(i)));
    EXPECT_TRUE(shown.contains(kind)) << kind;
    EXPECT_TRUE(not_happened.contains(kind)) << kind << " as what has not happened";
  }
  for (const char* status : {"happened", "ongoing", "planned", "proposed", "conditional", "denied", "cancelled"})
    EXPECT_TRUE(statuses.contains(status)) << status;
}

constexpr std::string_view kCalibrated = R"(
[confidence]
least = 0.3
points = [[0.4, 0.2], [0.8, 0.6]]
)";

// The points of a pack lead what frames say to what was counted, on straight lines between them.
struct About {
  const char* text;
  const char* content;  // of the page's first event
};
class Content : public testing::TestWithParam<About> {};

TEST_P(Content, IsWhatAVerbalActIsAbout) {
  const test::ReadPage read = test::EventReader::get().read(GetParam().text, "1985-11-21");
  ASSERT_FALSE(read.events.empty());
  const Event& event = *read.events.begin();
  ASSERT_TRUE(event.content);
  EXPECT_EQ(std::string(read.page.text[*event.content]), GetParam().content);
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, Content,
    testing::Values(About{"La Finlande a accusé la Suède de pêcher dans ses eaux.", "de pêcher dans ses eaux"},
                    About{"La Finlande a signé lundi avec la Suède un traité sur la pêche.", "un traité sur la pêche"},
                    About{"La Finlande a catégoriquement refusé de livrer des armes au Maroc.",
                          "de livrer des armes au Maroc"},
                    About{"La Finlande a menacé mardi la Suède de fermer ses ports.", "de fermer ses ports"},
                    // Nothing but who and when: the trigger stands for it.
                    About{"Un accord a été signé jeudi entre la Finlande et la Suède.", "Un accord"}));

TEST(Confidence, FollowsThePointsOfThePack) {
  const auto points = EventRules::compile(std::string(kGood) + std::string(kCalibrated));
  ASSERT_TRUE(points) << points.error().message();
  const std::string text = "Ronald Reagan a rencontré mardi à Genève Mikhaïl Gorbatchev.";
  const test::ReadPage read = test::EventReader::get().read(text, "1985-11-20", &*points);
  ASSERT_EQ(read.events.size(), 1U);
  EXPECT_FLOAT_EQ(read.events.front().confidence, 0.6F);  // the frame's 0.8
}

// Every span lies in the text, in order, and every id names a row.
TEST(Events, HoldTheirInvariantsOnOddText) {
  for (const char* text :
       {"Réunion.", "« « « attaque à à à de de", "Rencontre entre et, avec, à Genève : visite de de la la.",
        "Moscou Moscou Moscou a a a attaqué attaqué Kiev Kiev", "qui que dont où réunion réunion si si"}) {
    const test::ReadPage read = test::EventReader::get().read(text, "2001-02-03");
    std::uint32_t last = 0;
    for (const Event& event : read.events) {
      EXPECT_LE(last, event.trigger.begin);
      last = event.trigger.begin;
      EXPECT_LT(event.trigger.begin, event.trigger.end);
      EXPECT_LE(event.trigger.end, read.page.text.size());
      EXPECT_FALSE(event.mentions.empty());
      for (const auto* list : {&event.actors, &event.targets, &event.mediators})
        for (const EntityId id : *list) EXPECT_LT(id.value, read.entities.entities.size());
    }
  }
}

}  // namespace
}  // namespace chancery
