// Splitting sentences into name words, one pass over the text of the sentences.
#include "entities/words.h"

#include <algorithm>

#include "text/fold.h"
#include "text/unicode.h"

namespace chancery::entities {
namespace {

// Which quotation marks are open; « and “ know which side they are, " does not.
struct Quotes {
  int depth = 0;
  bool straight = false;
  bool open() const { return depth > 0 || straight; }
  // Returns whether the mark opens.
  bool pass(char32_t c) {
    if (c == U'"') {
      straight = !straight;
      return straight;
    }
    const bool opens = c == U'«' || c == U'“' || c == U'„' || c == U'‹';
    if (opens && depth < 8) ++depth;
    if (!opens && depth > 0) --depth;
    return opens;
  }
};

struct Between {
  Gap gap = Gap::space;
  bool opening = false;
};

Gap gap_of(char32_t c) {
  if (is_apostrophe(c)) return Gap::apostrophe;
  if (c == U'.') return Gap::period;
  if (c == U',') return Gap::comma;
  if (c == U'(') return Gap::parenthesis;
  if (is_dash(c)) return Gap::hyphen;
  return Gap::other;
}

// Reads what stands between two words and keeps count of the quotation marks.
Between read_between(std::string_view text, std::uint32_t begin, std::uint32_t end, Quotes& quotes) {
  if (end == begin + 1 && text[begin] == ' ') return {};
  Between between;
  bool spaced = false, marked = false;
  std::uint32_t at = begin;
  while (at < end) {
    const char32_t c = next_code_point(text, at);
    if (is_space(c)) {
      spaced = true;
      continue;
    }
    if (is_quote(c)) between.opening = quotes.pass(c);
    if (c == U':') between.opening = true;
    between.gap = marked ? Gap::other : gap_of(c);
    marked = true;
  }
  // A dash between spaces parts phrases; a hyphen joins words.
  if (between.gap == Gap::hyphen && spaced) between.gap = Gap::other;
  if (!marked && !spaced) between.gap = Gap::other;
  return between;
}

bool all_capitals(std::string_view word) {
  std::uint32_t at = 0, letters = 0;
  while (at < word.size()) {
    const char32_t c = next_code_point(word, at);
    if (is_lower(c)) return false;
    if (is_letter(c)) ++letters;
  }
  return letters >= 2;
}

// A little word is itself only with its own accents; a capital may have lost them.
std::uint32_t classes_of(const WordInfo& info, std::string_view word, bool upper) {
  if ((info.accented_classes | (info.classes & kLittleWords)) == 0) return info.classes;
  const bool ascii = std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (upper) return info.classes | info.accented_classes;
  return ascii ? info.classes : (info.classes & ~kLittleWords) | info.accented_classes;
}

}  // namespace

PageWords read_words(const Page& page, const Analysis& analysis, const EntityRules::Tables& rules) {
  PageWords out;
  const std::string_view text = page.text.bytes();
  out.words.reserve(analysis.tokens.size());
  out.sentence_first.reserve(analysis.sentences.size() + 1);
  Quotes quotes;
  std::uint32_t block = Token::kNoHead;
  std::uint32_t token = 0;
  for (std::uint32_t s = 0; s < analysis.sentences.size(); ++s) {
    const Sentence& sentence = analysis.sentences[s];
    if (sentence.block != block) quotes = {};
    block = sentence.block;
    out.sentence_first.push_back(out.size());
    const NameWords split = split_name_words(text, sentence.span);
    const auto base = static_cast<std::uint32_t>(out.folded.size());
    out.folded += split.folded;
    std::uint32_t previous = sentence.span.begin;
    for (std::size_t i = 0; i < split.words.size(); ++i) {
      const NameWord& found = split.words[i];
      Between between = read_between(text, previous, found.span.begin, quotes);
      previous = found.span.end;
      while (token + 1 < analysis.tokens.size() && analysis.tokens[token].span.end <= found.span.begin) ++token;
      Word word;
      word.span = found.span;
      word.folded_begin = base + found.folded_begin;
      word.folded_size = found.folded_end - found.folded_begin;
      word.id = rules.words.find(split.word(i));
      if (word.id != kNoWord)
        word.classes =
            classes_of(rules.words.info(word.id), text.substr(word.span.begin, word.span.size()), found.upper);
      word.token = token;
      word.sentence = s;
      word.gap = i == 0 ? Gap::start : between.gap;
      word.upper = found.upper;
      word.capitals = found.upper && all_capitals(text.substr(found.span.begin, found.span.size()));
      word.opening = i == 0 || between.opening;
      word.quoted = quotes.open();
      out.words.push_back(word);
    }
    read_between(text, previous, sentence.span.end, quotes);
  }
  out.sentence_first.push_back(out.size());
  return out;
}

}  // namespace chancery::entities
