// The entities room: its cases as text, and what holds for every page.
#include "entities/entities.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <memory>

#include "support/case_file.h"
#include "support/data.h"

namespace chancery {
namespace {

// Everything that reading needs, loaded once for each language.
struct Loaded {
  std::shared_ptr<const LanguagePack> pack;
  std::shared_ptr<const Knowledge> knowledge;
  std::unique_ptr<EntityRules> rules;
};

const Loaded& loaded(const std::string& language) {
  static std::map<std::string, Loaded> all;
  const auto found = all.find(language);
  if (found != all.end()) return found->second;
  Loaded& one = all[language];
  auto pack = LanguagePack::load(test::data_directory() / "languages" / language);
  if (!pack) throw std::runtime_error(pack.error().message());
  one.pack = *pack;
  auto knowledge = Knowledge::open(test::data_directory() / "knowledge.bin");
  if (!knowledge) throw std::runtime_error(knowledge.error().message());
  one.knowledge = *knowledge;
  auto rules = EntityRules::compile(*one.pack);
  if (!rules) throw std::runtime_error(rules.error().message());
  one.rules = std::make_unique<EntityRules>(std::move(*rules));
  return one;
}

struct Found {
  Page page;
  Analysis analysis;
  Entities entities;
};

Found entities_of(std::string_view text, const std::string& language, const std::string& day) {
  const Loaded& parts = loaded(language);
  PageOptions options;
  options.language = language;
  auto page = read_page(text, options);
  if (!page) throw std::runtime_error(page.error().message());
  Found out{std::move(*page), {}, {}};
  out.analysis = analyse(out.page, *parts.pack);
  Times times;
  times.day = interval_from_iso(day);
  out.entities = find_entities(out.page, out.analysis, times, *parts.knowledge, *parts.rules);
  return out;
}

const char* name_of(MentionForm form) {
  switch (form) {
    case MentionForm::name:
      return "name";
    case MentionForm::office:
      return "office";
    case MentionForm::nominal:
      return "nominal";
    case MentionForm::pronoun:
      return "pronoun";
    case MentionForm::adjective:
      return "adjective";
  }
  return "?";
}

// A line a mention: what the page says, how, and whom it means. "@place" where the words name a place too.
std::string dump(const test::Case& one, const std::string& language) {
  const Found found = entities_of(one.input, language, one.option("published"));
  const Knowledge& knowledge = *loaded(language).knowledge;
  std::string out;
  for (const Mention& mention : found.entities.mentions) {
    if (mention.form == MentionForm::adjective && one.option("adjectives") != "yes") continue;
    out += std::string(found.page.text[mention.span]) + " | " + name_of(mention.form) + " | ";
    if (!mention.entity) {
      out += "?";
    } else {
      const Entity& entity = found.entities.entities[mention.entity];
      out += entity.id;
      for (std::size_t i = 0; i < entity.members.size(); ++i)
        out += (i == 0 ? " = " : " + ") + found.entities.entities[entity.members[i]].id;
      if (entity.kind == ThingKind::person && entity.state) out += " (" + std::string(knowledge[entity.state].id) + ")";
    }
    if (mention.metonym) out += " metonym";
    if (mention.as_place && knowledge[mention.as_place].kind == ThingKind::place)
      out += " @" + std::string(knowledge[mention.as_place].id);
    out += "\n";
  }
  if (one.option("possessives") == "yes")
    for (const Mention& mention : found.entities.possessives)
      out += std::string(found.page.text[mention.span]) + " | of | " + found.entities.entities[mention.entity].id + "\n";
  return out;
}

[[maybe_unused]] const bool cases = test::register_cases("entities", dump);

void expect_sound(const Found& found) {
  const Entities& all = found.entities;
  const Mention* before = nullptr;
  for (const Mention& mention : all.mentions) {
    ASSERT_LT(mention.span.begin, mention.span.end);
    ASSERT_LE(mention.span.end, found.page.text.size());
    ASSERT_TRUE(found.page.text.is_boundary(mention.span.begin));
    ASSERT_TRUE(found.page.text.is_boundary(mention.span.end));
    ASSERT_LT(mention.first_token, mention.last_token);
    ASSERT_LE(mention.last_token, found.analysis.tokens.size());
    ASSERT_GT(mention.confidence, 0);
    ASSERT_LE(mention.confidence, 1);
    ASSERT_TRUE(!mention.entity || mention.entity.value < all.entities.size());
    ASSERT_TRUE(before == nullptr || before->span.begin <= mention.span.begin);
    before = &mention;
  }
  for (const Mention& mention : all.possessives) {
    ASSERT_LT(mention.entity.value, all.entities.size());
    ASSERT_LT(mention.span.begin, mention.span.end);
    ASSERT_LE(mention.span.end, found.page.text.size());
  }
  // Mentions nest and never cross.
  for (std::uint32_t i = 0; i < all.mentions.size(); ++i)
    for (std::uint32_t k = i + 1; k < all.mentions.size(); ++k) {
      const Span a = all.mentions[MentionId(i)].span, b = all.mentions[MentionId(k)].span;
      if (b.begin >= a.end) break;
      ASSERT_TRUE(a.contains(b)) << found.page.text[a] << " / " << found.page.text[b];
    }
  std::vector<std::string> ids;
  for (const Entity& entity : all.entities) {
    ids.push_back(entity.id);
    ASSERT_FALSE(entity.name.empty());
    for (const EntityId member : entity.members) ASSERT_LT(member.value, all.entities.size());
  }
  std::sort(ids.begin(), ids.end());
  ASSERT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

RC_GTEST_PROP(Entities, any_words_in_any_order_give_sound_mentions, ()) {
  static const std::vector<std::string> kWords = {
      "le",         "la",           "les",        "l'",        "ministre",
      "président",  "russe",        "américain",  "des",       "Affaires",
      "étrangères", "de",           "Russie",     "Moscou",    "à",
      "M.",         "MM.",          "Mme",        "Lavrov",    "Sergueï",
      "Poutine",    "et",           ",",          ".",         "«",
      "»",          "\"",           "il",         "elle",      "ils",
      "a",          "déclaré",      "son",        "homologue", "deux",
      "hommes",     "pays",         "les deux",   "Il",        "Le",
      "son",        "je",         "Durand",     "Paul",         "États-Unis", "(",         ")",
      "ancien",     "selon",        "lui",        "-",         "ce dernier",
      "du Kremlin", "porte-parole", "É",          "ONU",       "Union européenne"};
  const auto picks = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kWords.size())));
  std::string text = "Paris";
  for (const int pick : picks) text += " " + kWords[static_cast<std::size_t>(pick)];
  expect_sound(entities_of(text, "fr", "2012-03-01"));
  RC_ASSERT(!::testing::Test::HasFatalFailure());
}

}  // namespace
}  // namespace chancery
