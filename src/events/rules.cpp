// Loads languages/<code>/frames.toml and compiles it. Every mistake is named with its line: a linguist who adds a frame
// hears of an unknown kind, slot, role or class at once, not by a silence in the output.
#include "events/rules.h"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <optional>

#include "language/hash.h"

namespace chancery::frames {
namespace {

constexpr std::string_view kFile = "frames.toml";

}  // namespace

Vocabulary::Vocabulary() : slots_(1024) {
  begins_.push_back(0);
  sizes_.push_back(0);
}

WordId Vocabulary::find(std::string_view word) const { return word.empty() ? 0 : find(hash_bytes(word)); }

WordId Vocabulary::add(std::string_view word) {
  if (word.empty()) return 0;
  if (const WordId known = find(word); known != 0) return known;
  if (begins_.size() * 4 > slots_.size()) grow();
  const WordId id = size();
  begins_.push_back(static_cast<std::uint32_t>(pool_.size()));
  sizes_.push_back(static_cast<std::uint32_t>(word.size()));
  pool_ += word;
  insert(hash_bytes(word), id);
  return id;
}

std::string_view Vocabulary::text(WordId id) const { return std::string_view(pool_).substr(begins_[id], sizes_[id]); }

void Vocabulary::insert(std::uint64_t hash, WordId id) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].id != 0) at = (at + 1) & mask;
  slots_[at] = Slot{hash, id};
}

void Vocabulary::grow() {
  slots_.assign(slots_.size() * 2, Slot{});
  for (WordId id = 1; id < size(); ++id) insert(hash_bytes(text(id)), id);
}

namespace {

struct FlagName {
  std::string_view name;
  WordFlag flag;
};
constexpr FlagName kFlagNames[] = {
    {"reflexive", kReflexive},
    {"negation", kNegation},
    {"negators", kNegator},
    {"relatives", kRelative},
    {"subject_relatives", kRelativeSubject},
    {"subject_pronouns", kSubjectPronoun},
    {"first_person", kPronounFirst},
    {"object_pronouns", kObjectPronoun},
    {"agents", kAgentNoun},
    {"parties", kBroadNoun},
    {"light_verbs", kLightVerb},
    {"occurrence_verbs", kOccurrenceVerb},
    {"speech_verbs", kSpeechVerb},
    {"intending_verbs", kIntendingVerb},
    {"passive_auxiliaries", kPassiveAuxiliary},
    {"active_with_passive_auxiliary", kEtreVerb},
    {"demonstratives", kDemonstrative},
    {"possessives", kPossessive},
    {"definites", kDefinite},
    {"indefinites", kIndefinite},
    {"no_determiners", kNoDeterminer},
    {"distinct", kDistinct},
    {"coordinators", kCoordinator},
    {"place_prepositions", kPlacePreposition},
    {"deadline_prepositions", kDeadlinePreposition},
    {"since_prepositions", kSincePreposition},
    {"same_time_prepositions", kSameTimePreposition},
    {"auxiliaries", kAuxiliaryVerb},
    {"partitives", kPartitive},
    {"verbs_with_of", kTakesOf},
    {"topic_prepositions", kTopicPreposition},
    {"host_verbs", kHostVerb},
    {"announcing_verbs", kAnnouncingVerb},
    {"governing_nouns", kGoverningNoun},
    {"naming_prepositions", kNamingPreposition},
    {"place_relatives", kPlaceRelative},
    {"round_nouns", kRoundNoun},
    {"side_nouns", kSideNoun},
    {"source_prepositions", kSourcePreposition},
    {"ending_verbs", kEndingVerb},
    {"sequels", kSequel},
    {"counted_sides", kCountedSide},
    {"then_words", kThenWord},
    {"when_words", kWhenWord},
    {"not_only", kNotOnly},
    {"cause_verbs", kCauseVerb},
    {"gathering_verbs", kGatheringVerb},
    {"presupposing_verbs", kPresupposingVerb},
    {"saying_verbs", kSayingVerb},
    {"place_nouns", kPlaceNoun},
    {"home_nouns", kHomeNoun},
    {"pact_nouns", kPactNoun},
    {"object_relatives", kObjectRelative},
    {"side_pronouns", kSidePronoun},
    {"quantity_words", kQuantityWord},
    {"measure_nouns", kMeasureNoun},
    {"object_clitics", kObjectClitic},
    {"group_nouns", kGroupNoun},
    {"place_pronouns", kPlacePronoun},
    {"after_prepositions", kAfterPreposition},
    {"before_prepositions", kBeforePreposition},
    {"next_day_prepositions", kNextDayPreposition},
    {"eve_prepositions", kEvePreposition},
};

constexpr bool share_no_bit() {
  std::uint64_t taken = 0;
  for (const FlagName& one : kFlagNames) {
    if ((taken & one.flag) != 0) return false;
    taken |= one.flag;
  }
  return true;
}
static_assert(share_no_bit(), "two classes of words have the same bit");

struct RoleName {
  std::string_view name;
  Role role;
};
constexpr RoleName kRoleNames[] = {{"none", Role::none},         {"actor", Role::actor}, {"target", Role::target},
                                   {"mediator", Role::mediator}, {"place", Role::place}, {"host", Role::host},
                                   {"content", Role::content}};
struct SlotName {
  std::string_view name;
  Slot slot;
};
constexpr SlotName kSlotNames[] = {{"subject", Slot::subject},       {"object", Slot::object},
                                   {"adjective", Slot::adjective},   {"name", Slot::name},
                                   {"possessive", Slot::possessive}, {"governor", Slot::governor}};
struct ThingName {
  std::string_view name;
  std::uint8_t things;
};
constexpr ThingName kThingNames[] = {{"person", kPerson},  {"state", kState}, {"organisation", kOrganisation},
                                     {"place", kPlace},    {"group", kGroup}, {"office", kOffice},
                                     {"actor", kAnyActor}, {"any", 0xFF}};
struct ClassName {
  std::string_view name;
  WordClass word_class;
};
constexpr ClassName kClassNames[] = {{"v", WordClass::verb},        {"vr", WordClass::reflexive_verb},
                                     {"vx", WordClass::plain_verb}, {"n", WordClass::noun},
                                     {"a", WordClass::adjective},   {"r", WordClass::adverb},
                                     {"num", WordClass::number}};
struct FillerName {
  std::string_view name;
  Filler filler;
};
constexpr FillerName kFillerNames[] = {{"@number", Filler::number},         {"@state", Filler::state},
                                       {"@person", Filler::person},         {"@organisation", Filler::organisation},
                                       {"@place", Filler::place},           {"@actor", Filler::actor},
                                       {"@infinitive", Filler::infinitive}, {"@time", Filler::time}};

// The row of a name table with this name; null if there is none.
template <class Row, std::size_t N>
const Row* row_named(const Row (&rows)[N], std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(by), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

class Compiler {
 public:
  explicit Compiler(Tables& tables) : tables_(tables) {}

  Result<void> run(std::string_view source) {
    toml::table root;
    try {
      root = toml::parse(source, kFile);
    } catch (const toml::parse_error& error) {
      return fail(ErrorCode::malformed, place(error.source()) + std::string(error.description()));
    }
    tables_.other = word("<preposition>");
    tables_.adverbial = word("<adverbial>");
    tables_.coordination = word("<coordination>");
    tables_.flags[tables_.coordination] |= kCoordinator;
    for (const auto& [key, node] : root)
      if (key != "grammar" && key != "cues" && key != "valency" && key != "frame" && key != "context" &&
          key != "nothing" && key != "confidence")
        complain(node, "unknown section « " + std::string(key.str()) + " »");
    if (const auto* table = root["grammar"].as_table()) grammar(*table);
    if (const auto* table = root["cues"].as_table()) cues(*table);
    if (const auto* table = root["valency"].as_table()) valencies(*table);
    if (const auto* table = root["confidence"].as_table()) confidence(*table);
    if (const auto* list = root["nothing"].as_array()) patterns(*list, Purpose::nothing, 0, false);
    if (const auto* list = root["context"].as_array())
      for (const toml::node& node : *list) context(node);
    if (const auto* list = root["frame"].as_array())
      for (const toml::node& node : *list) frame(node);
    if (tables_.frames.empty()) complain(root, "no [[frame]] at all");
    if (!problem_.empty()) return fail(ErrorCode::malformed, problem_);
    index();
    return {};
  }

 private:
  static std::string place(const toml::source_region& region) {
    return std::string(kFile) + ":" + std::to_string(region.begin.line) + ": ";
  }
  // Keeps the first problem; the rest is read on, which does no harm.
  void complain(const toml::node& node, const std::string& what) {
    if (problem_.empty()) problem_ = place(node.source()) + what;
  }

  WordId word(std::string_view text) {
    const WordId id = tables_.words.add(text);
    if (id >= tables_.flags.size()) {
      tables_.flags.resize(id + 1, 0);
      tables_.cues.resize(id + 1);
      tables_.contexts_of.resize(id + 1, 0);
      tables_.ordinals.resize(id + 1, 0);
      tables_.numbers.resize(id + 1, 0);
    }
    return id;
  }

  template <class Visit>
  void each_string(const toml::node& node, Visit visit) {
    const toml::array* list = node.as_array();
    if (list == nullptr) return complain(node, "a list of strings is wanted here");
    for (const toml::node& item : *list) {
      const auto text = item.value<std::string_view>();
      if (!text || text->empty())
        complain(item, "a string is wanted here");
      else
        visit(item, *text);
    }
  }

  void grammar(const toml::table& table) {
    if (const auto* spelled = table["spelled"].as_table())
      for (const auto& [form, words] : *spelled) spelled_[std::string(form.str())] = words.value_or(std::string());
    for (const auto& [key, node] : table) {
      if (key == "spelled") continue;
      if (key == "prepositions") {
        if (const auto* named = node.as_table())
          prepositions(*named);
        else
          complain(node, "[grammar.prepositions] is a table");
        continue;
      }
      if (key == "ordinals") {
        ordinals(node, tables_.ordinals);
        continue;
      }
      if (key == "numbers") {
        ordinals(node, tables_.numbers);
        continue;
      }
      if (key == "against_prefixes") {
        each_string(node, [&](const toml::node&, std::string_view text) { tables_.against.emplace_back(text); });
        continue;
      }
      const FlagName* row = row_named(kFlagNames, key.str());
      if (row == nullptr) {
        complain(node, "unknown list of words « " + std::string(key.str()) + " »");
        continue;
      }
      const WordFlag flag = row->flag;
      each_string(node, [&](const toml::node&, std::string_view text) {
        const WordId id = word(text);
        tables_.flags[id] |= flag;
      });
    }
  }

  // Words in the order of what they count: the first is « premier ».
  void ordinals(const toml::node& node, std::vector<std::uint8_t>& numbers) {
    std::uint8_t number = 0;
    each_string(node, [&](const toml::node&, std::string_view text) {
      if (number < 99) ++number;
      for (const std::string_view one : split(text, '|')) {
        const WordId id = word(one);
        numbers[id] = number;
      }
    });
  }

  void confidence(const toml::table& table) {
    ConfidenceRules& rules = tables_.confidence;
    for (const auto& [key, node] : table) {
      if (key == "points") {
        points(node);
        continue;
      }
      float* const slot = key == "unnamed"      ? &rules.unnamed
                          : key == "one_sided"  ? &rules.one_sided
                          : key == "repeated"   ? &rules.repeated
                          : key == "both_sides" ? &rules.both_sides
                          : key == "collective" ? &rules.collective
                          : key == "home"       ? &rules.home
                          : key == "unsided"    ? &rules.unsided
                          : key == "alone"      ? &rules.alone
                          : key == "least"      ? &rules.least
                                                : nullptr;
      const auto value = node.value<double>();
      if (slot == nullptr)
        complain(node, "unknown confidence « " + std::string(key.str()) + " »");
      else if (!value || *value <= 0 || *value > 2)
        complain(node, "a confidence lies between 0 and 2");
      else
        *slot = static_cast<float>(*value);
    }
  }

  // [[from, to], …]: both rising, within 0 … 1.
  void points(const toml::node& node) {
    const toml::array* list = node.as_array();
    if (list == nullptr) return complain(node, "points are a list of pairs");
    auto& points = tables_.confidence.points;
    for (const toml::node& item : *list) {
      const toml::array* pair = item.as_array();
      const auto from = pair != nullptr && pair->size() == 2 ? (*pair)[0].value<double>() : std::nullopt;
      const auto to = from ? (*pair)[1].value<double>() : std::nullopt;
      if (!to) return complain(item, "a point is a pair of numbers");
      const bool rises = points.empty() || (*from > points.back().first && *to >= points.back().second);
      if (!rises || *from < 0 || *from > 1 || *to < 0 || *to > 1) return complain(item, "points rise from 0 to 1");
      points.emplace_back(static_cast<float>(*from), static_cast<float>(*to));
    }
  }

  void prepositions(const toml::table& table) {
    for (const auto& [key, node] : table) {
      if (key == "phrases") {
        each_string(node, [&](const toml::node& item, std::string_view text) { preposition(item, text); });
        continue;
      }
      if (key == "adverbials") {
        each_string(node,
                    [&](const toml::node& item, std::string_view text) { phrase(item, text, tables_.adverbial); });
        continue;
      }
      if (key == "coordinations") {
        each_string(node,
                    [&](const toml::node& item, std::string_view text) { phrase(item, text, tables_.coordination); });
        continue;
      }
      const auto text = node.value<std::string_view>();
      WordId* const slot = key == "of"        ? &tables_.of
                           : key == "by"      ? &tables_.by
                           : key == "between" ? &tables_.between
                           : key == "to"      ? &tables_.to
                           : key == "with"    ? &tables_.with
                                              : nullptr;
      if (slot == nullptr || !text)
        complain(node, "unknown preposition « " + std::string(key.str()) + " »");
      else
        *slot = word(*text);
    }
  }

  // A preposition of several words. Its name is the phrase itself.
  void preposition(const toml::node& item, std::string_view text) { phrase(item, text, word(text)); }

  void phrase(const toml::node& item, std::string_view text, WordId id) {
    std::string pattern_text;
    for (const std::string_view part : split(text, ' ')) {
      // An elided word is a token of its own; a contraction is the words it stands for: « à l'issue du sommet ».
      const std::size_t behind = part.find('\'');
      const bool elided = behind != std::string_view::npos && behind + 1 < part.size();
      append_spelled(pattern_text, elided ? part.substr(0, behind + 1) : part);
      if (elided) append_spelled(pattern_text, part.substr(behind + 1));
    }
    add_pattern(item, pattern_text, Purpose::preposition, id, false);
  }

  void append_spelled(std::string& pattern, std::string_view part) const {
    if (!pattern.empty()) pattern += ' ';
    const auto found = spelled_.find(std::string(part));
    pattern += found == spelled_.end() ? std::string(part) : found->second;
  }

  std::optional<EventStatus> status(const toml::node& node) {
    const auto text = node.value<std::string_view>();
    const auto found = text ? event_status_from(*text) : std::nullopt;
    if (!found) complain(node, "unknown status");
    return found;
  }

  void cues(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto status = event_status_from(key.str());
      const toml::table* places = node.as_table();
      if (!status || places == nullptr) {
        complain(node, "unknown status « " + std::string(key.str()) + " »");
        continue;
      }
      for (const auto& [where, list] : *places) cue_list(where.str(), list, *status);
    }
  }

  void cue_list(std::string_view where, const toml::node& list, EventStatus status) {
    const auto code = static_cast<std::uint8_t>(status);
    if (where == "governors") return patterns_of(list, Purpose::governor, code, false);
    if (where == "addressing_governors") return patterns_of(list, Purpose::governor, code, true);
    std::uint8_t WordCues::*const field = where == "modifiers"       ? &WordCues::modifier
                                          : where == "predicates"    ? &WordCues::predicate
                                          : where == "openers"       ? &WordCues::opener
                                          : where == "subordinators" ? &WordCues::subordinator
                                                                     : nullptr;
    if (field == nullptr) return complain(list, "unknown position of a cue « " + std::string(where) + " »");
    each_string(list, [&](const toml::node& item, std::string_view text) {
      const WordId id = word(text);
      tables_.cues[id].*field = code;
      if (where == "openers" && text.find(' ') != std::string_view::npos && !has_preposition(id))
        preposition(item, text);
    });
  }

  bool has_preposition(WordId id) const {
    return std::any_of(tables_.patterns.begin(), tables_.patterns.end(), [&](const Pattern& pattern) {
      return pattern.purpose == Purpose::preposition && pattern.target == id;
    });
  }

  void patterns_of(const toml::node& node, Purpose purpose, std::uint32_t target, bool object_control) {
    each_string(node, [&](const toml::node& item, std::string_view text) {
      add_pattern(item, text, purpose, target, object_control);
    });
  }
  void patterns(const toml::array& list, Purpose purpose, std::uint32_t target, bool object_control) {
    patterns_of(list, purpose, target, object_control);
  }

  void add_pattern(const toml::node& item, std::string_view text, Purpose purpose, std::uint32_t target,
                   bool object_control) {
    Pattern pattern;
    pattern.purpose = purpose;
    pattern.target = target;
    pattern.object_control = object_control;
    bool marking = false;
    bool has_mark = false;
    for (std::string_view part : split(text, ' ')) {
      if (part.starts_with('<')) {
        part.remove_prefix(1);
        marking = has_mark = true;
      }
      const bool closes = part.ends_with('>');
      if (closes) part.remove_suffix(1);
      auto one = element(item, part);
      if (!one) return;
      one->either = one->either || purpose == Purpose::preposition;
      one->marked = marking;
      pattern.elements.push_back(std::move(*one));
      if (closes) marking = false;
    }
    if (marking) return complain(item, "« < » is never closed");
    if (pattern.elements.empty() || pattern.elements.front().words.empty())
      return complain(item, "a pattern begins with a word");
    if (pattern.elements.size() > 8) return complain(item, "a pattern has at most eight elements");
    if (pattern.elements.back().filler == Filler::gap) return complain(item, "a pattern does not end in a gap");
    if (!has_mark)
      for (PatternElement& one : pattern.elements) one.marked = true;
    tables_.patterns.push_back(std::move(pattern));
  }

  std::optional<PatternElement> element(const toml::node& item, std::string_view text) {
    PatternElement one;
    if (text.starts_with('(') && text.ends_with(')')) {
      one.optional = true;
      text = text.substr(1, text.size() - 2);
    }
    if (text == "~" || text == "~~" || text == "~~~") {
      one.filler = Filler::gap;
      one.any_word = text.size() > 1;
      one.anything = text.size() > 2;
      one.gap = one.anything ? 25 : one.any_word ? 8 : 5;
      return one;
    }
    if (text.starts_with('@')) {
      const FillerName* row = row_named(kFillerNames, text);
      if (row == nullptr) return refuse(item, "unknown filler « " + std::string(text) + " »");
      one.filler = row->filler;
      return one;
    }
    if (text.starts_with('=')) {
      one.by_form = true;
      text.remove_prefix(1);
    }
    if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
      const ClassName* row = row_named(kClassNames, text.substr(colon + 1));
      if (row == nullptr) return refuse(item, "unknown word class in « " + std::string(text) + " »");
      one.word_class = row->word_class;
      text = text.substr(0, colon);
    }
    for (std::string_view alternative : split(text, '|')) {
      const bool as_written = alternative.starts_with('=');  // « excuse|=excuses »
      if (as_written) alternative.remove_prefix(1);
      one.either = one.either || (as_written && !one.by_form);
      one.words.push_back(word(alternative));
    }
    std::sort(one.words.begin(), one.words.end());  // they are searched by halves
    one.words.erase(std::unique(one.words.begin(), one.words.end()), one.words.end());
    if (one.words.empty()) return refuse(item, "an empty element");
    return one;
  }

  std::optional<PatternElement> refuse(const toml::node& item, const std::string& what) {
    complain(item, what);
    return std::nullopt;
  }

  void valencies(const toml::table& table) {
    for (const auto& [key, node] : table) {
      if (const auto* roles = node.as_table())
        valencies_[std::string(key.str())] = role_rules(*roles);
      else
        complain(node, "a valency is a table of slots and roles");
    }
  }

  // A slot's role, or a list of roles of which the first that fits is taken.
  std::vector<RoleRule> role_rules(const toml::table& table) {
    std::vector<RoleRule> rules;
    for (const auto& [key, node] : table) {
      const std::string_view slot = key.str();
      if (node.is_array())
        each_string(node, [&](const toml::node& item, std::string_view text) { role_rule(slot, item, text, rules); });
      else if (const auto text = node.value<std::string_view>())
        role_rule(slot, node, *text, rules);
      else
        complain(node, "a role is a string such as « actor:person+state »");
    }
    return rules;
  }

  void role_rule(std::string_view slot, const toml::node& node, std::string_view text, std::vector<RoleRule>& rules) {
    std::optional<RoleRule> rule = role(node, text);
    if (!rule) return;
    if (const SlotName* row = row_named(kSlotNames, slot)) {
      rule->slot = row->slot;
      rules.push_back(*rule);
      return;
    }
    rule->slot = Slot::preposition;
    for (const std::string_view preposition : split(slot, '|')) {
      rule->preposition = word(preposition);
      rules.push_back(*rule);
    }
  }

  std::optional<RoleRule> role(const toml::node& node, std::string_view text) {
    RoleRule rule;
    const std::size_t colon = std::min(text.find(':'), text.size());
    std::string_view role_name = text.substr(0, colon);
    if (role_name.ends_with('!')) {
      rule.required = true;
      role_name.remove_suffix(1);
    }
    const RoleName* row = row_named(kRoleNames, role_name);
    if (row == nullptr) {
      complain(node, "unknown role « " + std::string(text) + " »");
      return std::nullopt;
    }
    rule.role = row->role;
    if (rule.role == Role::place || rule.role == Role::host) rule.things = kPlace | kState;
    if (colon < text.size()) {
      rule.things = 0;
      for (const std::string_view thing : split(text.substr(colon + 1), '+')) {
        const ThingName* named = row_named(kThingNames, thing);
        if (named == nullptr) {
          complain(node, "unknown sort of thing « " + std::string(thing) + " »");
          return std::nullopt;
        }
        rule.things |= named->things;
      }
    }
    return rule;
  }

  // The frame's own roles stand before those of its valency and so win.
  void frame(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return complain(node, "[[frame]] is a table");
    Frame frame;
    bool has_kind = false;
    std::vector<RoleRule> inherited;
    for (const auto& [key, value] : *table) {
      if (key == "kind") {
        const auto text = value.value<std::string_view>();
        const auto kind = text ? event_kind_from(*text) : std::nullopt;
        if (!kind) return complain(value, "unknown kind");
        frame.kind = *kind;
        has_kind = true;
      } else if (key == "valency") {
        const auto found = valencies_.find(value.value_or(std::string()));
        if (found == valencies_.end()) return complain(value, "unknown valency");
        inherited = found->second;
      } else if (key == "roles") {
        const toml::table* roles = value.as_table();
        if (roles == nullptr) return complain(value, "roles is a table");
        frame.roles = role_rules(*roles);
      } else if (key == "needs") {
        each_string(value, [&](const toml::node& item, std::string_view text) { need(item, text, frame); });
      } else if (key == "strength") {
        const auto strength = value.value<double>();
        if (!strength || *strength <= 0 || *strength > 1) return complain(value, "strength lies between 0 and 1");
        frame.strength = static_cast<float>(*strength);
      } else if (key == "participants") {
        frame.participants = static_cast<std::uint8_t>(std::clamp<std::int64_t>(value.value_or(std::int64_t{1}), 0, 2));
      } else if (key == "complement") {
        frame.complement = status(value);
      } else if (key == "status") {
        frame.status = status(value);
      } else if (key == "durative") {
        frame.durative = value.value_or(false);
      } else if (key == "background") {
        frame.background = value.value_or(false);
      } else if (key == "weak") {
        frame.weak = value.value_or(false);
      } else if (key == "announced") {
        frame.announced = status(value);
      } else if (key == "place_enough") {
        frame.place_enough = value.value_or(false);
      } else if (key == "finite") {
        frame.finite = value.value_or(false);
      } else if (key == "negated") {
        frame.negated = value.value_or(false);
      } else if (key == "affirmed") {
        frame.affirmed = value.value_or(false);
      } else if (key == "passive") {
        frame.passive = value.value_or(false);
      } else if (key == "authority") {
        frame.authority = value.value_or(false);
      } else if (key == "stative") {
        frame.stative = value.value_or(false);
      } else if (key == "subjects") {
        each_string(value,
                    [&](const toml::node&, std::string_view text) { frame.subject_words.push_back(word(text)); });
      } else if (key == "objects") {
        each_string(value, [&](const toml::node&, std::string_view text) { frame.object_words.push_back(word(text)); });
      } else if (key == "addressing") {
        frame.object_control = value.value_or(false);
      } else if (key != "triggers") {
        return complain(value, "unknown key « " + std::string(key.str()) + " »");
      }
    }
    if (!has_kind) return complain(node, "a frame needs a kind");
    frame.roles.insert(frame.roles.end(), inherited.begin(), inherited.end());
    const auto index = static_cast<std::uint32_t>(tables_.frames.size());
    tables_.frames.push_back(std::move(frame));
    const toml::node* triggers = table->get("triggers");
    if (triggers == nullptr) return complain(node, "a frame needs triggers");
    patterns_of(*triggers, Purpose::trigger, index, false);
  }

  void need(const toml::node& item, std::string_view text, Frame& frame) {
    if (text == "actor")
      frame.needs_actor = true;
    else if (text == "target")
      frame.needs_target = true;
    else
      complain(item, "a frame can need « actor » or « target »");
  }

  void context(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return complain(node, "[[context]] is a table");
    if (tables_.contexts.size() == 32) return complain(node, "at most 32 contexts");
    const std::uint32_t bit = 1U << tables_.contexts.size();
    Context context;
    for (const auto& [key, value] : *table) {
      if (key == "words")
        each_string(value, [&](const toml::node&, std::string_view text) {
          const WordId id = word(text);
          tables_.contexts_of[id] |= bit;
        });
      else if (key == "blocks")
        each_string(value, [&](const toml::node& item, std::string_view text) {
          const auto kind = event_kind_from(text);
          if (!kind) return complain(item, "unknown kind");
          context.kinds |= 1U << static_cast<unsigned>(*kind);
        });
      else if (key == "in_sentence")
        context.in_sentence =
            static_cast<std::uint8_t>(std::clamp<std::int64_t>(value.value_or(std::int64_t{1}), 1, 99));
      else if (key == "in_page")
        context.in_page = static_cast<std::uint8_t>(std::clamp<std::int64_t>(value.value_or(std::int64_t{3}), 1, 255));
      else if (key != "name")
        complain(value, "unknown key « " + std::string(key.str()) + " »");
    }
    tables_.contexts.push_back(std::move(context));
  }

  PatternStart start_of(std::uint32_t number) const {
    const Pattern& pattern = tables_.patterns[number];
    const PatternElement& first = pattern.elements.front();
    PatternStart start;
    start.next = words_at(pattern, 1);
    start.third = (start.next & kAnyWordBit) != 0 ? kAnyWordBit : words_at(pattern, 2);
    start.later = start.later_second = kAnyWordBit;
    if (const PatternElement* rarest = rarest_element(pattern)) {
      start.later = rarest->bits;
      start.later_second = rarest->second;
    }
    start.pattern = number;
    start.word_class = first.optional ? WordClass::any : first.word_class;
    start.by_form = first.by_form;
    return start;
  }

  static bool is_wanted_word(const PatternElement& one) { return !one.optional && !one.words.empty(); }

  // The words that may stand at this place of a pattern; any where a gap, a filler or nothing stands there.
  static std::uint64_t words_at(const Pattern& pattern, std::size_t place) {
    if (pattern.elements.size() <= place || pattern.elements[0].optional) return kAnyWordBit;
    const PatternElement& one = pattern.elements[place];
    return is_wanted_word(one) ? one.bits : kAnyWordBit;
  }

  // Of the words that a pattern wants behind its first, those that the fewest patterns know: few sentences hold them.
  const PatternElement* rarest_element(const Pattern& pattern) const {
    const PatternElement* rarest = nullptr;
    std::uint32_t least = ~std::uint32_t{0};
    for (std::size_t i = 1; i < pattern.elements.size(); ++i) {
      const PatternElement& one = pattern.elements[i];
      if (!is_wanted_word(one)) continue;
      std::uint32_t uses = 0;
      for (const WordId word : one.words) uses += uses_[word];
      if (uses >= least) continue;
      least = uses;
      rarest = &one;
    }
    return rarest;
  }

  void count_uses() {
    uses_.assign(tables_.words.size(), 0);
    for (Pattern& pattern : tables_.patterns)
      for (PatternElement& one : pattern.elements)
        for (const WordId word : one.words) {
          ++uses_[word];
          one.bits |= word_bit(word);
          one.second |= second_bit(word);
        }
  }

  // Sums up the starts of one word, from `begin` to the last, by blocks.
  void add_blocks(std::size_t begin) {
    tables_.block_begin.push_back(static_cast<std::uint32_t>(tables_.start_blocks.size()));
    for (std::size_t i = begin; i < tables_.pattern_starts.size(); ++i) {
      if ((i - begin) % StartBlock::kSize == 0) tables_.start_blocks.emplace_back();
      StartBlock& block = tables_.start_blocks.back();
      block.next |= tables_.pattern_starts[i].next;
      block.third |= tables_.pattern_starts[i].third;
      block.later |= tables_.pattern_starts[i].later;
      block.later_second |= tables_.pattern_starts[i].later_second;
    }
  }

  // Lists the patterns of each first word one behind the other.
  void index() {
    const std::uint32_t words = tables_.words.size();
    count_uses();
    for (WordId word = 0; word < words; ++word) {
      tables_.bits.push_back(word_bit(word));
      tables_.second_bits.push_back(second_bit(word));
    }
    std::vector<std::vector<std::uint32_t>> lists(words);
    for (std::uint32_t i = 0; i < tables_.patterns.size(); ++i)
      for (const WordId first : tables_.patterns[i].elements.front().words) lists[first].push_back(i);
    tables_.pattern_begin.reserve(words + 1);
    tables_.block_begin.reserve(words);
    for (const auto& list : lists) {
      tables_.pattern_begin.push_back(static_cast<std::uint32_t>(tables_.pattern_starts.size()));
      const std::size_t begin = tables_.pattern_starts.size();
      for (const std::uint32_t pattern : list) tables_.pattern_starts.push_back(start_of(pattern));
      // What wants the same words stands together, so that whole blocks are passed over.
      std::stable_sort(tables_.pattern_starts.begin() + static_cast<std::ptrdiff_t>(begin),
                       tables_.pattern_starts.end(), [](const PatternStart& a, const PatternStart& b) {
                         return a.next != b.next ? a.next < b.next : a.later < b.later;
                       });
      add_blocks(begin);
    }
    tables_.pattern_begin.push_back(static_cast<std::uint32_t>(tables_.pattern_starts.size()));
    tables_.flags.resize(words, 0);
    tables_.cues.resize(words);
    tables_.contexts_of.resize(words, 0);
    tables_.ordinals.resize(words, 0);
    tables_.numbers.resize(words, 0);
  }

  Tables& tables_;
  std::map<std::string, std::vector<RoleRule>> valencies_;
  std::map<std::string, std::string> spelled_;  // a contraction: the lemmas of the words that it stands for
  std::vector<std::uint32_t> uses_;             // by WordId: how often patterns name it
  std::string problem_;
};

}  // namespace

Result<void> compile_frames(std::string_view source, Tables& tables) { return Compiler(tables).run(source); }

}  // namespace chancery::frames

namespace chancery {

EventRules::EventRules() : tables_(std::make_unique<Tables>()) {}
EventRules::EventRules(EventRules&&) noexcept = default;
EventRules& EventRules::operator=(EventRules&&) noexcept = default;
EventRules::~EventRules() = default;

Result<EventRules> EventRules::compile(const LanguagePack& pack) {
  const Result<std::string_view> source = pack.file(frames::kFile);
  if (!source) return tl::unexpected<Error>(source.error());
  return compile(*source);
}

Result<EventRules> EventRules::compile(std::string_view source) {
  EventRules rules;
  if (const Result<void> compiled = frames::compile_frames(source, *rules.tables_); !compiled)
    return tl::unexpected<Error>(compiled.error());
  return rules;
}

}  // namespace chancery
