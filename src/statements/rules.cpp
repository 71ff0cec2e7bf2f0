// Reads speech.toml and speech-cues.tsv. A mistake in either is an error that names the line: a pack is data that
// people edit, and a cue that is silently dropped would be missed by nobody.
#include "statements/rules.h"

#include <toml++/toml.h>
#include <algorithm>
#include <sstream>
#include <utility>

namespace chancery {

using namespace speech;

namespace {

struct NamedBit {
  std::string_view name;
  std::uint64_t bit;
};

constexpr NamedBit kConstructions[] = {
    {"clause", kClause},
    {"question", kQuestion},
    {"infinitive", kInfinitive},
    {"of-infinitive", kOfInfinitive},
    {"to-infinitive", kToInfinitive},
    {"quote", kQuote},
    {"incise", kIncise},
    {"object", kObject},
    {"of-quoted", kOfQuoted},
    {"attribute", kAttribute},
    {"attribute-marked", kAttributeMarked},
    {"attribute-as", kAttributeAs},
    {"source", kSource},
    {"channel", kChannel},
    {"source-after", kSourceAfter},
    {"via-after", kViaAfter},
    {"fragment", kFragment},
    {"predicate", kPredicate},
    {"none", 0},
};

constexpr NamedBit kFlags[] = {
    {"continuing", kContinuing},
    {"relaying", kRelaying},
    {"opinion", kOpinion},
    {"agreeing", kAgreeing},
    {"asking", kAsking},
    {"object-addressee", kObjectAddressee},
    {"naming", kNaming},
    {"person-only", kPersonOnly},
    {"inanimate", kInanimate},
    {"body", kBody},
    {"text", kText},
    {"words", kWords},
    {"act", kAct},
    {"being", kBeing},
    {"pronoun", kHoldsPronoun},
    {"several", kSeveral},
    {"denied", kDenied},
    {"reply", 0},
    {"-", 0},
};

constexpr NamedBit kStances[] = {
    {"neutral", static_cast<std::uint64_t>(Stance::neutral)},
    {"asserting", static_cast<std::uint64_t>(Stance::asserting)},
    {"denying", static_cast<std::uint64_t>(Stance::denying)},
    {"demanding", static_cast<std::uint64_t>(Stance::demanding)},
    {"promising", static_cast<std::uint64_t>(Stance::promising)},
    {"threatening", static_cast<std::uint64_t>(Stance::threatening)},
    {"conceding", static_cast<std::uint64_t>(Stance::conceding)},
};

constexpr NamedBit kFormClasses[] = {
    {"complementisers", kComplementiser},
    {"interrogatives", kInterrogative},
    {"free_relative_heads", kFreeRelativeHead},
    {"relatives", kRelative},
    {"subject_relatives", kSubjectRelative},
    {"subject_pronouns", kSubjectPronoun},
    {"speakerless_pronouns", kSpeakerlessPronoun},
    {"masculine_pronouns", kMasculinePronoun},
    {"feminine_pronouns", kFemininePronoun},
    {"plural_pronouns", kPluralPronoun},
    {"inverted_pronouns", kInvertedPronoun},
    {"oblique_pronouns", kObliquePronoun},
    {"clitics", kClitic},
    {"reflexives", kReflexive},
    {"possessives", kPossessive},
    {"negations", kNegation},
    {"negation_complements", kNegationComplement},
    {"coordinators", kCoordinator},
    {"prepositions", kPreposition},
    {"addressee_prepositions", kAddresseePreposition},
    {"perfect_auxiliaries", kPerfectAuxiliary},
    {"active_auxiliaries", kActiveAuxiliary},
    {"infinitive_leads", kInfinitiveLead},
    {"gerund_leads", kGerundLead},
    {"infinitive_of", kOfMarker},
    {"infinitive_to", kToMarker},
    {"attribute_markers", kAttributeMarker},
    {"attribute_as_markers", kAsMarker},
    {"conditional_conjunctions", kConditionalConjunction},
    {"conjunction_leads", kConjunctionLead},
    {"name_connectors", kNameConnector},
    {"definites", kDefinite},
    {"adversatives", kAdversative},
    {"as_leads", kAsLead},
    {"object_clitics", kObjectClitic},
    {"indefinite_pronouns", kIndefinitePronoun},
    {"quantifiers", kQuantifier},
    {"evaluatives", kEvaluative},
    {"indefinites", kIndefinite},
    {"pair_numbers", kPair},
    {"person_relatives", kPersonRelative},
    {"same_words", kSame},
    {"anybody_pronouns", kAnybody},
    {"subordinators", kSubordinator},
};

constexpr NamedBit kLemmaClasses[] = {
    {"light_verbs", kLightVerb},
    {"light_verbs_past", kLightVerbPast},
    {"light_verbs_denied", kLightVerbPast},  // these are no light verbs otherwise
    {"auxiliary_lemmas", kAuxiliaryLemma},
    {"active_auxiliary_lemmas", kActiveAuxiliaryLemma},
    {"infinitive_copulas", kInfinitiveCopula},
    {"convictions", kConviction},
    {"named_things", kNamedThing},
    {"outlet_nouns", kOutletNoun},
    {"nouns_of_state", kStateLead},
    {"presenters", kPresenter},
    {"audiences", kAudience},
    {"descriptive_nouns", kDescriptive},
};

template <std::size_t N>
const NamedBit* find_name(const NamedBit (&table)[N], std::string_view name) {
  for (const NamedBit& entry : table)
    if (entry.name == name) return &entry;
  return nullptr;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Words as the tokeniser makes them: cut at spaces and behind apostrophes.
std::vector<std::string> words_of(std::string_view phrase) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : phrase) {
    if (c != ' ') word += c;
    if ((c == ' ' || c == '\'') && !word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

Error cue_error(std::size_t line, std::string_view what) {
  return Error{ErrorCode::malformed, "speech-cues.tsv, line " + std::to_string(line) + ": " + std::string(what)};
}

Result<Cue> read_cue(std::string_view row, std::size_t line) {
  const std::vector<std::string_view> columns = split(row, '\t');
  if (columns.size() != 5) return tl::unexpected(cue_error(line, "five columns are wanted"));
  Cue cue;
  cue.lemma = columns[0];
  // Words hung to the one before are words of their own in phrases: « peut -on lire dans ».
  for (std::size_t at; (at = cue.lemma.find(" -")) != std::string::npos;) cue.lemma.erase(at, 1);
  cue.words = words_of(columns[0]);
  if (cue.words.empty()) return tl::unexpected(cue_error(line, "no lemma"));
  if (columns[1] == "verb") {
    cue.word_class = CueClass::verb;
  } else if (columns[1] == "noun") {
    cue.word_class = CueClass::noun;
  } else if (columns[1] == "preposition") {
    cue.word_class = CueClass::preposition;
  } else {
    return tl::unexpected(cue_error(line, "the class is verb, noun or preposition"));
  }
  if (cue.word_class == CueClass::verb && cue.words.size() > 1 && (cue.words[0] == "se" || cue.words[0] == "s'")) {
    cue.reflexive = true;
    cue.words.erase(cue.words.begin());
  }
  if (cue.word_class == CueClass::verb && cue.words.size() > 1 && cue.words[0].size() == 1) {
    cue.clitic = cue.words[0];
    cue.words.erase(cue.words.begin());
  }
  for (std::string_view name : split(columns[2], ',')) {
    const NamedBit* construction = find_name(kConstructions, name);
    if (construction == nullptr) return tl::unexpected(cue_error(line, "unknown construction " + std::string(name)));
    cue.constructions |= static_cast<std::uint32_t>(construction->bit);
  }
  const NamedBit* stance = find_name(kStances, columns[3]);
  if (stance == nullptr) return tl::unexpected(cue_error(line, "unknown stance " + std::string(columns[3])));
  cue.stance = static_cast<Stance>(stance->bit);
  for (std::string_view name : split(columns[4], ',')) {
    const NamedBit* flag = find_name(kFlags, name);
    if (flag == nullptr) return tl::unexpected(cue_error(line, "unknown flag " + std::string(name)));
    cue.flags |= static_cast<std::uint32_t>(flag->bit);
  }
  return cue;
}

void index_cue(StatementRules::Tables& tables, std::uint16_t number) {
  const Cue& cue = tables.cues[number];
  if (cue.word_class == CueClass::preposition) {
    tables.prepositions.add(cue.words);
    tables.preposition_cues.push_back(number);
    return;
  }
  SpeechWord& head = tables.lemmas.at(cue.words[0]);
  if (head.list == 0) {
    tables.cue_lists.emplace_back();
    head.list = static_cast<std::uint32_t>(tables.cue_lists.size());
  }
  tables.cue_lists[head.list - 1].push_back(number);
  if ((cue.constructions & kSource) != 0) head.classes |= kSourceNoun;
  if ((cue.constructions & kChannel) != 0) head.classes |= kChannelNoun;
  if ((cue.flags & kBody) != 0) head.classes |= kBodyNoun;
  if ((cue.flags & kText) != 0) head.classes |= kTextNoun;
  if ((cue.flags & kWords) != 0) head.classes |= kWordsNoun;
}

Result<void> read_cues(std::string_view text, StatementRules::Tables& tables) {
  std::size_t line = 0;
  for (std::string_view row : split(text, '\n')) {
    ++line;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty() || row.front() == '#') continue;
    Result<Cue> cue = read_cue(row, line);
    if (!cue) return tl::unexpected(cue.error());
    tables.cues.push_back(std::move(*cue));
    index_cue(tables, static_cast<std::uint16_t>(tables.cues.size() - 1));
  }
  for (auto& list : tables.cue_lists)
    std::stable_sort(list.begin(), list.end(), [&](std::uint16_t a, std::uint16_t b) {
      const Cue &one = tables.cues[a], &other = tables.cues[b];
      if (one.words.size() != other.words.size()) return one.words.size() > other.words.size();
      return one.clitic.size() > other.clitic.size();
    });
  for (auto& list : tables.prepositions.by_first)
    std::stable_sort(list.begin(), list.end(), [&](std::uint32_t a, std::uint32_t b) {
      return tables.prepositions.phrases[a].size() > tables.prepositions.phrases[b].size();
    });
  return {};
}

template <std::size_t N>
void read_classes(const toml::table& words, const NamedBit (&classes)[N], SpeechWords& table) {
  for (const NamedBit& entry : classes) {
    const toml::array* list = words[entry.name].as_array();
    if (list == nullptr) continue;
    for (const toml::node& item : *list)
      if (const auto word = item.value<std::string>()) table.at(*word).classes |= entry.bit;
  }
}

void mark_starts(const SpeechPhrases& phrases, std::uint64_t bit, SpeechWords& forms) {
  for (const std::vector<std::uint64_t>& phrase : phrases.phrases) forms.at(phrase[0]).classes |= bit;
}

void read_phrases(const toml::table& root, std::string_view key, SpeechPhrases& table) {
  const toml::array* list = root["phrases"][key].as_array();
  if (list == nullptr) return;
  for (const toml::node& item : *list)
    if (const auto phrase = item.value<std::string>()) table.add(words_of(*phrase));
  for (auto& same : table.by_first)
    std::stable_sort(same.begin(), same.end(), [&](std::uint32_t a, std::uint32_t b) {
      return table.phrases[a].size() > table.phrases[b].size();
    });
}

Result<void> read_forms(std::string_view text, StatementRules::Tables& tables) {
  std::size_t line = 0;
  for (std::string_view row : split(text, '\n')) {
    ++line;
    if (row.empty() || row.front() == '#') continue;
    const std::vector<std::string_view> columns = split(row, '\t');
    const std::uint32_t kind = columns.size() != 3          ? 0
                               : columns[2] == "participle" ? kParticipleForm
                               : columns[2] == "gerund"     ? kGerundForm
                               : columns[2] == "finite"     ? kFiniteForm
                                                            : 0;
    if (kind == 0)
      return fail(ErrorCode::malformed,
                  "speech-forms.tsv, line " + std::to_string(line) + ": form, lemma, kind of form");
    const std::uint32_t list = tables.lemmas.find(columns[1]).list;
    if (list == 0) continue;
    SpeechWord& form = tables.forms.at(columns[0]);
    if ((form.list & kListBits) != 0 && (form.list & kListBits) != list) continue;  // the first of two lemmas
    form.list |= list | kind;
  }
  return {};
}

void read_confidence(const toml::table& root, Confidence& c) {
  const auto at = [&](std::string_view key) { return root["confidence"][key].value_or(0.5); };
  c.direct_beside_cue = at("direct_beside_cue");
  c.direct_colon = at("direct_colon");
  c.direct_in_force = at("direct_in_force");
  c.mixed = at("mixed");
  c.clause = at("clause");
  c.question = at("question");
  c.infinitive = at("infinitive");
  c.marked_infinitive = at("marked_infinitive");
  c.incise = at("incise");
  c.according_to = at("according_to");
  c.attribute = at("attribute");
  c.object = at("object");
  c.embedded = at("embedded");
  c.named = at("named");
  c.source = at("source");
  c.pronoun = at("pronoun");
  c.in_force = at("in_force");
  c.unknown = at("unknown");
}

Result<void> read_words(std::string_view text, StatementRules::Tables& tables) {
  toml::table root;
  try {
    root = toml::parse(text, std::string("speech.toml"));
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::malformed, "speech.toml, line " + std::to_string(error.source().begin.line) + ": " +
                                          std::string(error.description()));
  }
  if (const toml::table* words = root["words"].as_table()) {
    read_classes(*words, kFormClasses, tables.forms);
    read_classes(*words, kLemmaClasses, tables.lemmas);
    constexpr NamedBit kDemonstratives[] = {
        {"demonstratives", kDefinite}, {"first_possessives", kPossessive}, {"others", kQuantifier}};
    read_classes(*words, kDemonstratives, tables.demonstratives);
  }
  read_phrases(root, "additions", tables.additions);
  read_phrases(root, "adverbials", tables.adverbials);
  read_phrases(root, "hearings", tables.hearings);
  read_phrases(root, "topics", tables.topics);
  read_phrases(root, "attachments", tables.attachments);
  read_phrases(root, "namings", tables.namings);
  read_phrases(root, "voices", tables.voices);
  read_phrases(root, "standings", tables.standings);
  read_phrases(root, "afterwords", tables.afterwords);
  read_phrases(root, "one_of_them", tables.one_of_them);
  read_phrases(root, "former_of_two", tables.former_of_two);
  read_phrases(root, "latter_of_two", tables.latter_of_two);
  mark_starts(tables.adverbials, kAdverbialStart, tables.forms);
  mark_starts(tables.prepositions, kSourceStart, tables.forms);
  mark_starts(tables.additions, kAdditionStart, tables.forms);
  read_confidence(root, tables.confidence);
  tables.cue_to_clause = root["limits"]["cue_to_clause"].value_or(24U);
  tables.cue_to_subject = root["limits"]["cue_to_subject"].value_or(12U);
  tables.paragraphs_unclosed = root["limits"]["paragraphs_unclosed"].value_or(6U);
  return {};
}

}  // namespace

SpeechWord& speech::SpeechWords::at(std::uint64_t hash) {
  if ((used_ + 1) * 3 > slots_.size()) grow();
  filter_[(hash >> 6) % kFilterWords] |= std::uint64_t{1} << (hash & 63);
  std::size_t i = first_slot(hash);
  while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & (slots_.size() - 1);
  if (slots_[i].hash == 0) ++used_;
  slots_[i].hash = hash;
  return slots_[i].word;
}

void speech::SpeechWords::grow() {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(64, slots_.size() * 2)));
  for (const Slot& slot : old) {
    if (slot.hash == 0) continue;
    std::size_t i = first_slot(slot.hash);
    while (slots_[i].hash != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

void speech::SpeechPhrases::add(const std::vector<std::string>& words) {
  if (words.empty()) return;
  std::vector<std::uint64_t> hashes;
  for (const std::string& word : words) hashes.push_back(hash_bytes(word));
  SpeechWord& head = first.at(hashes[0]);
  if (head.list == 0) {
    by_first.emplace_back();
    head.list = static_cast<std::uint32_t>(by_first.size());
  }
  by_first[head.list - 1].push_back(static_cast<std::uint32_t>(phrases.size()));
  phrases.push_back(std::move(hashes));
}

StatementRules::StatementRules() : tables_(std::make_unique<Tables>()) {}
StatementRules::StatementRules(StatementRules&&) noexcept = default;
StatementRules& StatementRules::operator=(StatementRules&&) noexcept = default;
StatementRules::~StatementRules() = default;

Result<StatementRules> StatementRules::compile(const LanguagePack& pack) {
  const Result<std::string_view> cues = pack.file("speech-cues.tsv");
  if (!cues) return tl::unexpected(cues.error());
  const Result<std::string_view> words = pack.file("speech.toml");
  if (!words) return tl::unexpected(words.error());
  StatementRules rules;
  if (Result<void> read = read_cues(*cues, *rules.tables_); !read) return tl::unexpected(read.error());
  // The forms only help where the tagger errs; a pack may do without.
  if (const Result<std::string_view> forms = pack.file("speech-forms.tsv"))
    if (Result<void> read = read_forms(*forms, *rules.tables_); !read) return tl::unexpected(read.error());
  if (Result<void> read = read_words(*words, *rules.tables_); !read) return tl::unexpected(read.error());
  return rules;
}

}  // namespace chancery
