// Reading the notation: lines are joined where they are indented, then each is one of words, numbers, pattern, rule or
// unaccented. A pattern is parsed into a small tree, unfolded into sequences and entered into the trie.
#include "time/rules.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace chancery::time_rules {
namespace {

constexpr std::size_t kMostSequences = 20000;  // of one rule: more is a mistake in the rule
constexpr std::size_t kMostSteps = 24;
constexpr int kDeepestPattern = 16;

constexpr std::array<std::string_view, kFieldCount> kFieldNames = {
    "year",   "short-year", "month",  "day",    "weekday", "season",   "quarter", "half",
    "decade", "century",    "feast",  "easter", "shift",   "unit",     "anchor",  "direction",
    "part",   "hour",       "minute", "second", "zone",    "mod",      "amount",  "plus",
    "every",  "ref",        "range",  "back",   "generic", "weekday2", "ordinal", "aside"};

// One element of an unfolded pattern: a step, or the opening or closing of a bracket.
struct Element {
  enum class Kind : std::uint8_t { step, open, close } kind = Kind::step;
  Step step;
};
using Run = std::vector<Element>;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::int32_t> integer(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_class_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }) &&
         name.front() >= 'A' && name.front() <= 'Z';
}

class Compiler {
 public:
  Result<Rules> compile(std::string_view source) {
    for (const std::string_view code : kCodeNames) intern(code);
    std::string joined;
    std::uint32_t first_line = 0;
    std::uint32_t line_number = 0;
    while (!source.empty()) {
      const std::size_t end = source.find('\n');
      const std::string_view line = source.substr(0, end);
      source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
      ++line_number;
      const std::string_view text = trim(without_comment(line));
      if (text.empty()) continue;
      const bool continues = line.front() == ' ' || line.front() == '\t';
      if (!continues) {
        if (!statement(joined, first_line)) return error();
        joined.clear();
        first_line = line_number;
      }
      joined.append(joined.empty() ? "" : " ").append(text);
    }
    if (!statement(joined, first_line)) return error();
    if (!finish()) return error();
    return std::move(rules_);
  }

 private:
  static std::string_view without_comment(std::string_view line) {
    const std::size_t hash = line.find('#');
    return hash == std::string_view::npos ? line : line.substr(0, hash);
  }

  tl::unexpected<Error> error() const { return fail(ErrorCode::malformed, message_); }
  bool wrong(std::string_view what) {
    if (message_.empty()) message_ = fmt::format("time.txt, line {}: {}", line_, what);
    return false;
  }

  std::int32_t intern(std::string_view text) {
    const auto found = std::find(rules_.strings.begin(), rules_.strings.end(), text);
    if (found != rules_.strings.end()) return static_cast<std::int32_t>(found - rules_.strings.begin());
    rules_.strings.emplace_back(text);
    return static_cast<std::int32_t>(rules_.strings.size() - 1);
  }

  Symbol class_symbol(std::string_view name) {
    const auto [place, is_new] = classes_.try_emplace(std::string(name), rules_.symbols);
    if (is_new) ++rules_.symbols;
    return place->second;
  }

  Symbol literal_symbol(std::uint32_t entry) {
    const auto [place, is_new] = literals_.try_emplace(entry, rules_.symbols);
    if (is_new) {
      ++rules_.symbols;
      rules_.vocabulary.entries[entry].roles.push_back(Role{place->second, 0});
    }
    return place->second;
  }

  bool statement(std::string_view text, std::uint32_t line) {
    if (text.empty()) return true;
    line_ = line;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return wrong("a statement is a keyword, a name, a colon and what it says");
    const std::string_view head = trim(text.substr(0, colon));
    const std::string_view body = trim(text.substr(colon + 1));
    const std::size_t space = head.find(' ');
    const std::string_view keyword = head.substr(0, space);
    const std::string_view name = space == std::string_view::npos ? std::string_view() : trim(head.substr(space));
    if (keyword == "unaccented-never") {
      for (const std::string_view word : parts_of(body, ',')) never_unaccented_.emplace_back(word);
      return true;
    }
    if (name.empty()) return wrong("a name is missing");
    if (keyword == "words") return words(name, body);
    if (keyword == "numbers") return numbers(name, body);
    if (keyword == "pattern") {
      patterns_[std::string(name)] = body;
      return true;
    }
    if (keyword == "rule") return rule(name, body);
    return wrong(fmt::format("unknown keyword \"{}\"", keyword));
  }

  // words MONTH: janvier = 1, février = 2
  bool words(std::string_view name, std::string_view body) {
    if (!is_class_name(name)) return wrong("class names are written in capitals");
    const Symbol symbol = class_symbol(name);
    for (const std::string_view item : parts_of(body, ',')) {
      if (item.empty()) continue;
      const std::size_t equals = item.find('=');
      const std::string_view form = trim(item.substr(0, equals));
      const std::string_view value =
          equals == std::string_view::npos ? std::string_view() : trim(item.substr(equals + 1));
      const std::uint32_t entry_index = rules_.vocabulary.add_phrase(form);
      Entry& entry = rules_.vocabulary.entries[entry_index];
      const auto number = integer(value);
      if (name == "NUMBER" || name == "MULTIPLIER") {
        if (!number) return wrong(fmt::format("\"{}\" needs a number", form));
        entry.number = *number;
        entry.multiplies = name == "MULTIPLIER";
      } else if (name == "NUMBER-JOIN") {
        entry.joins = true;
      } else if (name == "ORDINAL-SUFFIX") {
        entry.ordinal_suffix = true;
      } else {
        entry.roles.push_back(Role{symbol, number ? *number : intern(value)});
      }
    }
    return true;
  }

  // numbers DAY: 1..31 figures words; 1..1 ordinal
  bool numbers(std::string_view name, std::string_view body) {
    if (!is_class_name(name)) return wrong("class names are written in capitals");
    const Symbol symbol = class_symbol(name);
    for (const std::string_view item : parts_of(body, ';')) {
      const auto tokens = parts_of(item, ' ');
      const std::size_t dots = tokens[0].find("..");
      if (dots == std::string_view::npos) return wrong("a range is written 1..31");
      const auto least = integer(tokens[0].substr(0, dots));
      const auto most = integer(tokens[0].substr(dots + 2));
      if (!least || !most) return wrong("a range is written 1..31");
      NumberClass numbers{symbol, *least, *most, 0, 0};
      for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i].empty()) continue;
        if (tokens[i] == "figures")
          numbers.forms |= kFigures;
        else if (tokens[i] == "words")
          numbers.forms |= kWords;
        else if (tokens[i] == "ordinal")
          numbers.forms |= kOrdinal;
        else if (tokens[i] == "decimal")
          numbers.forms |= kDecimal;
        else if (const auto digits = integer(tokens[i]))
          numbers.figures = static_cast<std::uint8_t>(*digits);
        else
          return wrong(fmt::format("unknown form of a number \"{}\"", tokens[i]));
      }
      rules_.vocabulary.number_classes.push_back(numbers);
    }
    return true;
  }

  // Replaces <name> by the pattern of that name, as often as it stands there.
  bool expand_names(std::string& text) {
    for (int rounds = 0; rounds < 200; ++rounds) {
      const std::size_t open = text.find('<');
      if (open == std::string::npos) return true;
      const std::size_t close = text.find('>', open);
      if (close == std::string::npos) return wrong("a < without its >");
      const auto found = patterns_.find(text.substr(open + 1, close - open - 1));
      if (found == patterns_.end()) return wrong("no pattern of the name " + text.substr(open, close - open + 1));
      text.replace(open, close - open + 1, "(" + found->second + ")");
    }
    return wrong("patterns name each other in a circle");
  }

  bool rule(std::string_view name, std::string_view body) {
    const std::size_t arrow = body.rfind("=>");
    if (arrow == std::string_view::npos) return wrong("a rule needs => and what it means");
    std::string pattern(trim(body.substr(0, arrow)));
    if (!expand_names(pattern)) return false;
    slots_.clear();
    rest_ = pattern;
    std::vector<Run> runs;
    if (!alternatives(runs, 0)) return false;
    if (!rest_.empty()) return wrong("a bracket too many");
    Rule compiled;
    compiled.name = name;
    compiled.line = line_;
    for (const std::string_view action : parts_of(body.substr(arrow + 2), ';'))
      if (!add_action(action, compiled)) return false;
    const auto index = static_cast<std::uint32_t>(rules_.rules.size());
    const std::size_t actions = compiled.actions.size();
    rules_.rules.push_back(std::move(compiled));
    for (const Run& run : runs)
      if (!add_sequence(run, index, actions)) return false;
    return true;
  }

  bool add_action(std::string_view text, Rule& rule) {
    Action action;
    bool first = true;
    for (const std::string_view word : parts_of(text, ' ')) {
      if (word.empty()) continue;
      if (first) {
        first = false;
        if (word == "DATE")
          action.kind = ActionKind::date;
        else if (word == "TIME")
          action.kind = ActionKind::time;
        else if (word == "DURATION")
          action.kind = ActionKind::duration;
        else if (word == "SET")
          action.kind = ActionKind::set;
        else if (word == "NOTHING")
          action.kind = ActionKind::nothing;
        else
          return wrong(fmt::format("unknown meaning \"{}\"", word));
        continue;
      }
      const std::size_t equals = word.find('=');
      if (equals == std::string_view::npos) return wrong(fmt::format("\"{}\" is no field=value", word));
      const auto field = std::find(kFieldNames.begin(), kFieldNames.end(), word.substr(0, equals));
      if (field == kFieldNames.end()) return wrong(fmt::format("unknown field \"{}\"", word.substr(0, equals)));
      Assignment assignment;
      assignment.field = static_cast<Field>(field - kFieldNames.begin());
      std::string_view value = word.substr(equals + 1);
      if (const auto number = integer(value)) {
        assignment.constant = *number;
      } else {
        if (value.starts_with('-')) {
          assignment.negated = true;
          value.remove_prefix(1);
        }
        const auto slot = std::find(slots_.begin(), slots_.end(), value);
        if (slot != slots_.end())
          assignment.slot = static_cast<std::int32_t>(slot - slots_.begin());
        else {
          assignment.constant = intern(value);
          assignment.code = true;
        }
      }
      action.assignments.push_back(assignment);
    }
    if (first) return wrong("an empty meaning");
    rule.actions.push_back(std::move(action));
    return true;
  }

  void skip_space() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  static bool concatenate(std::vector<Run>& left, const std::vector<Run>& right) {
    if (left.size() * right.size() > kMostSequences) return false;
    if (right.size() == 1) {
      for (Run& run : left) run.insert(run.end(), right[0].begin(), right[0].end());
      return true;
    }
    std::vector<Run> out;
    out.reserve(left.size() * right.size());
    for (const Run& a : left)
      for (const Run& b : right) {
        out.push_back(a);
        out.back().insert(out.back().end(), b.begin(), b.end());
      }
    left = std::move(out);
    return true;
  }

  // alternatives = sequence { "|" sequence }
  bool alternatives(std::vector<Run>& out, int depth) {
    if (depth > kDeepestPattern) return wrong("brackets within brackets within …");
    out.clear();
    while (true) {
      std::vector<Run> sequence;
      if (!sequence_of(sequence, depth)) return false;
      out.insert(out.end(), sequence.begin(), sequence.end());
      if (out.size() > kMostSequences) return wrong("the pattern allows too many sequences");
      skip_space();
      if (rest_.empty() || rest_.front() != '|') return true;
      rest_.remove_prefix(1);
    }
  }

  bool sequence_of(std::vector<Run>& out, int depth) {
    out.assign(1, Run());
    while (true) {
      skip_space();
      if (rest_.empty() || rest_.front() == '|' || rest_.front() == ')') return true;
      std::vector<Run> next;
      if (rest_.front() == '[' || rest_.front() == ']') {
        Element mark;
        mark.kind = rest_.front() == '[' ? Element::Kind::open : Element::Kind::close;
        next.assign(1, Run(1, mark));
        rest_.remove_prefix(1);
      } else if (rest_.front() == '(') {
        rest_.remove_prefix(1);
        if (!alternatives(next, depth + 1)) return false;
        if (rest_.empty() || rest_.front() != ')') return wrong("a ( without its )");
        rest_.remove_prefix(1);
      } else if (!item(next)) {
        return false;
      }
      if (!rest_.empty() && rest_.front() == '?') {
        rest_.remove_prefix(1);
        next.emplace_back();  // the longer reading stands first
      }
      if (!concatenate(out, next)) return wrong("the pattern allows too many sequences");
    }
  }

  // item = [ "~" ] [ "^" ] [ slot ":" ] ( CLASS | word ) { "%" condition }
  bool item(std::vector<Run>& out) {
    Element element;
    if (rest_.front() == '^') {
      element.step.first = true;
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && rest_.front() == '~') {
      element.step.glued = true;
      rest_.remove_prefix(1);
    }
    std::size_t end = 0;
    while (end < rest_.size() && std::string_view(" |()[]?").find(rest_[end]) == std::string_view::npos) ++end;
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    for (std::size_t percent = text.rfind('%'); percent != std::string_view::npos && percent > 0;
         percent = text.rfind('%')) {
      const std::string_view condition = text.substr(percent + 1);
      if (condition == "lower")
        element.step.lower = true;
      else if (condition == "alone")
        element.step.alone = true;
      else if (condition == "bare")
        element.step.bare = true;
      else if (condition == "upper")
        element.step.upper = true;
      else if (condition == "closed")
        element.step.closed = true;
      else if (condition == "common")
        element.step.common = true;
      else
        return wrong(fmt::format("unknown condition \"{}\"", condition));
      text = text.substr(0, percent);
    }
    const std::size_t colon = text.size() > 1 ? text.find(':') : std::string_view::npos;
    if (colon != std::string_view::npos && colon + 1 < text.size() && colon > 0) {
      const std::string_view slot = text.substr(0, colon);
      auto found = std::find(slots_.begin(), slots_.end(), slot);
      if (found == slots_.end()) found = slots_.insert(slots_.end(), std::string(slot));
      element.step.slot = static_cast<std::int16_t>(found - slots_.begin());
      text.remove_prefix(colon + 1);
    }
    if (text.empty()) return wrong("an empty item");
    if (is_class_name(text)) {
      if (classes_.find(std::string(text)) == classes_.end()) return wrong(fmt::format("no class \"{}\"", text));
      element.step.symbol = class_symbol(text);
    } else {
      std::string words(text);
      std::replace(words.begin(), words.end(), '_', ' ');
      literal(words, element, out);
      return true;
    }
    out.assign(1, Run(1, element));
    return true;
  }

  // An expression that a class holds as one word is one step; any other literal is a step for each of its words.
  void literal(const std::string& text, const Element& element, std::vector<Run>& out) {
    Vocabulary& vocabulary = rules_.vocabulary;
    Run run(1, element);
    if (const std::uint32_t known = vocabulary.find_phrase(text)) {
      run[0].step.symbol = literal_symbol(known);
    } else {
      run.clear();
      for (const std::string& word : vocabulary.words_of(text)) {
        run.push_back(element);
        run.back().step.symbol = literal_symbol(vocabulary.add(word));
        if (run.size() > 1) run.back().step.first = false;
      }
    }
    out.assign(1, run);
  }

  bool add_sequence(const Run& run, std::uint32_t rule, std::size_t actions) {
    Sequence sequence;
    sequence.rule = rule;
    bool open = false;
    std::uint8_t opened = 0;
    for (const Element& element : run) {
      const auto at = static_cast<std::uint8_t>(sequence.steps.size());
      if (element.kind == Element::Kind::open) {
        if (open) return wrong("a [ within a [");
        open = true;
        opened = at;
      } else if (element.kind == Element::Kind::close) {
        if (!open || opened == at) return wrong("an empty [ ]");
        open = false;
        sequence.stretches.emplace_back(opened, at);
      } else {
        sequence.steps.push_back(element.step);
      }
    }
    if (open || sequence.steps.empty()) return wrong("a [ without its ]");
    if (sequence.steps.size() > kMostSteps) return wrong("a pattern that is too long");
    if (sequence.stretches.size() != actions) return wrong("as many meanings after => as there are [ ]");
    std::uint32_t node = 0;
    for (const Step& step : sequence.steps) {
      const auto [place, is_new] = rules_.edges.try_emplace(std::uint64_t{node} << 32 | step.symbol,
                                                            static_cast<std::uint32_t>(rules_.ends.size()));
      if (is_new) {
        rules_.ends.emplace_back();
        rules_.continues.push_back(0);
      }
      rules_.continues[node] |= std::uint64_t{1} << (step.symbol % 64);
      node = place->second;
    }
    rules_.ends[node].push_back(static_cast<std::uint32_t>(rules_.sequences.size()));
    rules_.sequences.push_back(std::move(sequence));
    return true;
  }

  std::uint8_t beginning_of(const Entry& entry) const {
    std::uint8_t beginning = Rules::kNothing;
    for (const Role& role : entry.roles) {
      const std::uint32_t node = rules_.opens[role.symbol];
      if (node == 0) continue;
      beginning = std::max<std::uint8_t>(beginning, rules_.ends[node].empty() ? Rules::kLonger : Rules::kAlone);
    }
    return beginning;
  }

  bool finish() {
    rules_.vocabulary.add_unaccented(never_unaccented_);
    rules_.vocabulary.settle();
    rules_.opens.assign(rules_.symbols, 0);
    for (const Sequence& sequence : rules_.sequences) {
      const Symbol first = sequence.steps.front().symbol;
      rules_.opens[first] = rules_.step(0, first);
    }
    for (const Entry& entry : rules_.vocabulary.entries) {
      rules_.begins.push_back(beginning_of(entry));
      std::uint64_t follows = 0;
      std::uint64_t symbols = 0;
      for (const Role& role : entry.roles) {
        symbols |= std::uint64_t{1} << (role.symbol % 64);
        if (const std::uint32_t node = rules_.opens[role.symbol]) follows |= rules_.continues[node];
      }
      rules_.follows.push_back(follows);
      rules_.symbols_of.push_back(symbols);
    }
    const auto named = [&](const char* name) {
      const auto found = classes_.find(name);
      return found == classes_.end() ? kNoSymbol : found->second;
    };
    rules_.future_cue = named("FUTURE-CUE");
    rules_.past_cue = named("PAST-CUE");
    rules_.since = named("SINCE");
    rules_.until = named("UNTIL");
    rules_.noun_like = named("NOUN-LIKE");
    rules_.before = named("BEFORE");
    rules_.perfect_verb = named("PERFECT-VERB");
    rules_.modal = named("MODAL");
    rules_.perfect = named("PERFECT");
    rules_.reflexive = named("REFLEXIVE");
    rules_.published_cue = named("PUBLISHED-CUE");
    rules_.updated_cue = named("UPDATED-CUE");
    rules_.beginning_cue = named("BEGINNING-CUE");
    rules_.ending_cue = named("ENDING-CUE");
    rules_.function_word = named("FUNCTION-WORD");
    rules_.keys = key_words(rules_, rules_.function_word);
    return true;
  }

  Rules rules_;
  std::map<std::string, Symbol> classes_;
  std::unordered_map<std::uint32_t, Symbol> literals_;
  std::map<std::string, std::string> patterns_;
  std::vector<std::string> never_unaccented_;
  std::vector<std::string> slots_;
  std::string_view rest_;
  std::string message_;
  std::uint32_t line_ = 0;

 public:
  Compiler() {
    rules_.ends.emplace_back();
    rules_.continues.push_back(0);
  }
};

}  // namespace

Result<Rules> compile_rules(std::string_view source) { return Compiler().compile(source); }

}  // namespace chancery::time_rules
