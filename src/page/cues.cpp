// Compiles page.toml into words and phrases. All words of all languages share one hash table; a phrase hangs on its
// first word.
#include "page/cues.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "page/cue_tables.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery {
namespace {

std::uint64_t hash_of(std::string_view folded) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash ^ hash >> 29;
}

constexpr std::array<std::pair<std::string_view, std::uint32_t>, 9> kClassNames = {{{"credit", kCredit},
                                                                                    {"issuer", kIssuer},
                                                                                    {"network", kNetwork},
                                                                                    {"share", kShare},
                                                                                    {"glue", kGlue},
                                                                                    {"section", kSection},
                                                                                    {"nav", kNav},
                                                                                    {"home", kHome},
                                                                                    {"agency", kAgency}}};

constexpr std::array<std::pair<std::string_view, PhraseKind>, 11> kLineKinds = {{{"whole", PhraseKind::whole},
                                                                                 {"contents", PhraseKind::contents},
                                                                                 {"box", PhraseKind::box},
                                                                                 {"box_end", PhraseKind::box_end},
                                                                                 {"opener", PhraseKind::opener},
                                                                                 {"label", PhraseKind::label},
                                                                                 {"inline", PhraseKind::inline_label},
                                                                                 {"links", PhraseKind::links},
                                                                                 {"bio", PhraseKind::bio},
                                                                                 {"comments", PhraseKind::comments},
                                                                                 {"end", PhraseKind::end}}};

// Reads one language's page.toml into the tables.
class Compiler {
 public:
  Compiler(PageCues::Tables& tables, std::string_view language) : tables_(tables), language_(language) {}

  Result<void> compile(std::string_view source) {
    try {
      const toml::table root = toml::parse(source);
      read(root);
    } catch (const toml::parse_error& error) {
      const auto line = error.source().begin.line;
      return fail(ErrorCode::malformed, "page.toml of " + language_ + ", line " + std::to_string(line) + ": " +
                                            std::string(error.description()));
    }
    if (!problem_.empty()) return fail(ErrorCode::malformed, "page.toml of " + language_ + ": " + problem_);
    return {};
  }

 private:
  using Words = std::vector<std::string>;

  Words split(std::string_view text) const {
    Words words;
    const NameWords split = split_name_words(text);
    for (std::size_t i = 0; i < split.words.size(); ++i) words.emplace_back(split.word(i));
    return words;
  }

  void read(const toml::table& root) {
    if (std::find(tables_.languages.begin(), tables_.languages.end(), language_) == tables_.languages.end())
      tables_.languages.push_back(language_);
    tables_.supported.push_back(language_);
    read_function_words(language_, root["function_words"].value_or(std::string_view()));
    if (const toml::table* others = root["other_languages"].as_table())
      for (const auto& [code, words] : *others)
        read_function_words(std::string(code.str()), words.value_or(std::string_view()));
    read_dates(root);
    if (const toml::table* others = root["other_dates"].as_table())
      for (const auto& [code, dates] : *others)
        if (const toml::table* table = dates.as_table()) read_other_dates(*table);
    add_class(root["byline_words"].value_or(std::string_view()), kBylineWord);
    add_phrases(root["bylines"], PhraseKind::byline);
    for (const auto& [name, bit] : kClassNames) add_class(root["classes"][name].value_or(std::string_view()), bit);
    for (const auto& [name, kind] : kLineKinds) add_phrases(root["lines"][name], kind);
    add_class(root["consent"]["strong"].value_or(std::string_view()), kConsentStrong);
    add_class(root["consent"]["weak"].value_or(std::string_view()), kConsentWeak);
    add_class(root["consent"]["reader"].value_or(std::string_view()), kReader);
    add_class(root["consent"]["address"].value_or(std::string_view()), kAddress);
    add_class(root["outlet"]["words"].value_or(std::string_view()), kOutlet);
    add_class(root["outlet"]["names"].value_or(std::string_view()), kPress);
    add_class(root["outlet"]["copyright"].value_or(std::string_view()), kCopyright);
    add_phrases(root["outlet"]["rights"], PhraseKind::rights);
    add_phrases(root["outlet"]["is_published"], PhraseKind::of_outlet);
    add_phrases(root["outlet"]["with_agencies"], PhraseKind::with_agencies);
    for (std::string& ending : split(root["command_endings"].value_or(std::string_view())))
      tables_.command_endings.push_back(std::move(ending));
    if (const toml::table* layout = root["layout"].as_table()) read_layout(*layout);
  }

  // The first pack that brings weights has its way: they are of no language.
  void read_layout(const toml::table& layout) {
    if (tables_.layout.learnt) return;
    LayoutWeights& weights = tables_.layout;
    const auto read_row = [&](std::string_view name, LayoutWeights::Row& row) {
      const toml::array* numbers = layout[name].as_array();
      if (numbers == nullptr) return;
      for (std::size_t i = 0; i < std::min(kZones, numbers->size()); ++i) row[i] = (*numbers)[i].value_or(0);
    };
    for (std::size_t i = 0; i < kSigns; ++i) read_row(sign_name(i), weights.signs[i]);
    for (std::size_t i = 0; i < kZones; ++i) read_row("after_" + std::string(kZoneNames[i]), weights.follow[i]);
    read_row("page_begins", weights.first);
    read_row("page_ends", weights.last);
    weights.learnt = true;
  }

  void read_function_words(const std::string& language, std::string_view words) {
    const auto found = std::find(tables_.languages.begin(), tables_.languages.end(), language);
    const auto index = static_cast<std::size_t>(found - tables_.languages.begin());
    if (index >= 64) {
      problem_ = "more than 64 languages";
      return;
    }
    if (found == tables_.languages.end()) tables_.languages.push_back(language);
    for (const std::string& word : split(words)) tables_.words[tables_.add_word(word)].languages |= 1ULL << index;
  }

  void read_months(const toml::array* months) {
    std::uint8_t number = 0;
    if (months == nullptr) return;
    for (const toml::node& names : *months) {
      if (++number > 12) return;
      // The first language to claim a word keeps it.
      for (const std::string& word : split(names.value_or(std::string_view())))
        if (KnownWord& known = tables_.words[tables_.add_word(word)]; known.month == 0) known.month = number;
    }
  }

  void read_other_dates(const toml::table& dates) {
    read_months(dates["months"].as_array());
    add_class(dates["weekdays"].value_or(std::string_view()), kWeekday);
    add_class(dates["words"].value_or(std::string_view()), kDateLineWord);
    add_phrases(dates["published"], PhraseKind::published);
    add_phrases(dates["updated"], PhraseKind::updated);
  }

  void read_dates(const toml::table& root) {
    read_months(root["months"].as_array());
    add_class(root["weekdays"].value_or(std::string_view()), kWeekday);
    add_class(root["date_line_words"].value_or(std::string_view()), kDateLineWord);
    // One order for all packs, because a page is dated before its language is known: the month stands first only where
    // every pack says so.
    const bool day_first = root["date_order"].value_or(std::string_view("dmy")) != "mdy";
    tables_.day_first = day_first || (tables_.supported.size() > 1 && tables_.day_first);
    add_phrases(root["published"], PhraseKind::published);
    add_phrases(root["updated"], PhraseKind::updated);
    add_phrases(root["date_labels"], PhraseKind::date_label);
  }

  void add_class(std::string_view words, std::uint32_t bit) {
    for (const std::string& word : split(words)) tables_.words[tables_.add_word(word)].classes |= bit;
  }

  void add_phrases(toml::node_view<const toml::node> list, PhraseKind kind) {
    const toml::array* phrases = list.as_array();
    if (phrases == nullptr) return;
    for (const toml::node& phrase : *phrases) add_phrase(phrase.value_or(std::string_view()), kind);
  }

  void add_phrase(std::string_view source, PhraseKind kind) {
    Phrase phrase{kind, {}};
    std::size_t at = 0;
    while (at < source.size()) {
      const std::size_t space = std::min(source.find(' ', at), source.size());
      if (!add_element(source.substr(at, space - at), phrase)) {
        problem_ = "cannot read the phrase \"" + std::string(source) + "\"";
        return;
      }
      at = space + 1;
    }
    if (phrase.elements.empty()) return;
    const auto index = static_cast<std::uint32_t>(tables_.phrases.size());
    const PhraseElement& first = phrase.elements.front();
    if (first.kind == PhraseElement::Kind::word)
      tables_.words[first.value].phrases.push_back(index);
    else if (first.kind == PhraseElement::Kind::number)
      tables_.number_phrases.push_back(index);
    else
      problem_ = "a phrase must begin with a word or {number}: \"" + std::string(source) + "\"";
    tables_.phrases.push_back(std::move(phrase));
  }

  static bool is_furniture(PhraseKind kind) {
    return kind == PhraseKind::whole || kind == PhraseKind::opener || kind == PhraseKind::links ||
           kind == PhraseKind::comments || kind == PhraseKind::end || kind == PhraseKind::box ||
           kind == PhraseKind::box_end || kind == PhraseKind::label;
  }

  bool add_element(std::string_view piece, Phrase& phrase) {
    using Kind = PhraseElement::Kind;
    if (piece == "*") {
      phrase.elements.push_back({Kind::gap, 0});
    } else if (piece == "{number}") {
      phrase.elements.push_back({Kind::number, 0});
    } else if (piece.starts_with('{')) {
      for (const auto& [name, bit] : kClassNames)
        if (piece.substr(1, piece.size() - 2) == name) {
          phrase.elements.push_back({Kind::word_class, bit});
          return true;
        }
      return false;
    } else {
      for (const std::string& word : split(piece)) {
        const std::uint32_t index = tables_.add_word(word);
        if (is_furniture(phrase.kind)) tables_.words[index].classes |= kCueWord;
        phrase.elements.push_back({Kind::word, index});
      }
    }
    return true;
  }

  PageCues::Tables& tables_;
  std::string language_;
  std::string problem_;
};

bool is_plain(char32_t c) { return c >= 'a' && c <= 'z'; }
bool parts_word(char32_t before, char32_t after) { return is_upper(after) && (is_lower(before) || is_digit(before)); }

}  // namespace

std::uint32_t PageCues::Tables::find(std::string_view folded) const {
  if (slots.empty()) return kUnknownWord;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t slot = hash_of(folded) & mask;; slot = (slot + 1) & mask) {
    if (slots[slot] == kUnknownWord || words[slots[slot]].folded == folded) return slots[slot];
  }
}

std::uint32_t PageCues::Tables::add_word(std::string_view folded) {
  const std::uint32_t found = find(folded);
  if (found != kUnknownWord) return found;
  words.push_back(KnownWord{std::string(folded), 0, 0, 0, {}});
  if (words.size() * 2 > slots.size()) {
    slots.assign(std::max<std::size_t>(64, slots.size() * 2), kUnknownWord);
    for (std::uint32_t i = 0; i + 1 < words.size(); ++i) {
      std::size_t slot = hash_of(words[i].folded) & (slots.size() - 1);
      while (slots[slot] != kUnknownWord) slot = (slot + 1) & (slots.size() - 1);
      slots[slot] = i;
    }
  }
  std::size_t slot = hash_of(folded) & (slots.size() - 1);
  while (slots[slot] != kUnknownWord) slot = (slot + 1) & (slots.size() - 1);
  return slots[slot] = static_cast<std::uint32_t>(words.size() - 1);
}

void PageCues::Tables::split(std::string_view text, Span within, std::size_t limit, std::vector<LineWord>& out) const {
  std::string folded;
  std::vector<std::uint32_t> seams;  // where a run of letters may be parted
  std::uint32_t at = within.begin;
  const std::size_t most = out.size() + limit;
  const auto look_up = [&](LineWord& word, bool plain) {
    if (word.number || word.span.size() > 32) return;
    const std::string_view form = text.substr(word.span.begin, word.span.size());
    if (plain) {
      word.known = find(form);
      return;
    }
    folded.clear();
    fold_append(form, folded);
    word.known = find(folded);
  };
  while (at < within.end && out.size() < most) {
    const std::uint32_t begin = at;
    char32_t c = next_code_point(text, at);
    if (!is_letter(c) && !is_digit(c)) continue;
    LineWord word{Span{begin, at}, kUnknownWord, is_upper(c), is_digit(c)};
    bool plain = is_plain(c);  // of nothing but a to z, and so folded already
    seams.clear();
    while (at < within.end) {
      if (is_plain(static_cast<unsigned char>(text[at]))) {
        word.number = false;
        while (at < within.end && is_plain(static_cast<unsigned char>(text[at]))) ++at;
        c = U'a';
        continue;
      }
      std::uint32_t next = at;
      const char32_t following = next_code_point(text, next);
      if (!is_letter(following) && !is_digit(following)) break;
      if (parts_word(c, following)) seams.push_back(at);
      word.number = word.number && is_digit(following);
      plain = false;
      c = following;
      at = next;
    }
    word.span.end = at;
    look_up(word, plain);
    if (word.known != kUnknownWord || seams.empty()) {  // « WhatsApp » is one word because it is known
      out.push_back(word);
      continue;
    }
    seams.push_back(at);
    for (const std::uint32_t seam : seams) {
      if (out.size() == most) break;
      word.span.end = seam;
      look_up(word, false);
      out.push_back(word);
      word = LineWord{Span{seam, seam}, kUnknownWord, true, false};
    }
  }
}

namespace {

constexpr std::size_t kLongestGap = 8;

bool fits(const PhraseElement& element, const LineWord& word, const PageCues::Tables& tables) {
  switch (element.kind) {
    case PhraseElement::Kind::word:
      return word.known == element.value;
    case PhraseElement::Kind::word_class:
      return (tables.classes(word) & element.value) != 0;
    case PhraseElement::Kind::number:
      return word.number;
    case PhraseElement::Kind::gap:
      return true;
  }
  return false;
}

// Words that the phrase takes at line[at]; 0 if it does not stand there. A gap takes as few words as it can.
std::size_t match_phrase(const Phrase& phrase, const std::vector<LineWord>& line, std::size_t at,
                         const PageCues::Tables& tables) {
  std::size_t word = at;
  std::size_t slack = 0;
  for (const PhraseElement& element : phrase.elements) {
    if (element.kind == PhraseElement::Kind::gap) {
      slack = kLongestGap;
      continue;
    }
    while (slack > 0 && word < line.size() && !fits(element, line[word], tables)) {
      ++word;
      --slack;
    }
    if (word >= line.size() || !fits(element, line[word], tables)) return 0;
    ++word;
    slack = 0;
  }
  return word - at;
}

}  // namespace

std::size_t PageCues::Tables::match(PhraseKind kind, const std::vector<LineWord>& line, std::size_t at) const {
  if (at >= line.size()) return 0;
  std::size_t longest = 0;
  const auto consider = [&](const std::vector<std::uint32_t>& candidates) {
    for (const std::uint32_t index : candidates)
      if (phrases[index].kind == kind) longest = std::max(longest, match_phrase(phrases[index], line, at, *this));
  };
  if (line[at].number)
    consider(number_phrases);
  else if (line[at].known != kUnknownWord)
    consider(words[line[at].known].phrases);
  return longest;
}

PageCues::PageCues() : tables_(std::make_unique<Tables>()) {}
PageCues::~PageCues() = default;
PageCues::PageCues(PageCues&&) noexcept = default;
PageCues& PageCues::operator=(PageCues&&) noexcept = default;

Result<void> PageCues::add(std::string_view language, std::string_view toml) {
  return Compiler(*tables_, language).compile(toml);
}

}  // namespace chancery
