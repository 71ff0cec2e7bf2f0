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

// Whether the name word that would begin or end here is cut by a byte that belongs to no word.
bool is_border(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return true;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 && !is_letter(byte) && !is_digit(byte);
}

// Whether a form is a to z alone: then it is a name word as it stands, folding changes nothing.
bool is_plain(std::string_view form) {
  const auto size = static_cast<std::uint32_t>(form.size());
  return plain_end(form, 0, size) == size;
}

// Walks the tokens and the text between them. Most tokens are name words with the same letters; what is not, and what
// stands between, is split as the knowledge's names are.
class Reader {
 public:
  Reader(const Page& page, const Analysis& analysis, const EntityRules::Tables& rules)
      : text_(page.text.bytes()), analysis_(analysis), rules_(rules) {
    out_.words.reserve(analysis.tokens.size());
    out_.sentence_first.reserve(analysis.sentences.size() + 1);
    out_.folded.reserve(text_.size());
  }

  PageWords run() {
    std::uint32_t block = Token::kNoHead;
    for (std::uint32_t s = 0; s < analysis_.sentences.size(); ++s) {
      if (analysis_.sentences[s].block != block) quotes_ = {};
      block = analysis_.sentences[s].block;
      out_.sentence_first.push_back(out_.size());
      read(analysis_.sentences[s], s);
    }
    out_.sentence_first.push_back(out_.size());
    return std::move(out_);
  }

 private:
  void read(const Sentence& sentence, std::uint32_t number) {
    previous_ = sentence.span.begin;
    first_ = true;
    number_ = number;
    std::uint32_t at = sentence.span.begin;
    for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
      const Token& token = analysis_.tokens[t];
      if (token.span.begin < at || !stands_alone(token)) continue;
      split(at, token.span.begin);
      add_plain(token);
      at = token.span.end;
    }
    split(at, sentence.span.end);
    read_between(text_, previous_, sentence.span.end, quotes_);
  }

  bool stands_alone(const Token& token) const {
    return token.part == 0 && token.form_size == token.span.size() && is_plain(analysis_.form(token)) &&
           is_border(text_, token.span.end) && (token.span.begin == 0 || is_border(text_, token.span.begin - 1));
  }

  void add_plain(const Token& token) {
    const auto folded = static_cast<std::uint32_t>(out_.folded.size());
    out_.folded += analysis_.form(token);
    add(token.span, {folded, static_cast<std::uint32_t>(out_.folded.size())},
        is_upper(static_cast<unsigned char>(text_[token.span.begin])), rules_.words.find(token.form_hash));
  }

  void split(std::uint32_t begin, std::uint32_t end) {
    if (begin >= end || (end == begin + 1 && text_[begin] == ' ')) return;
    split_name_words(text_, Span{begin, end}, split_);
    const auto base = static_cast<std::uint32_t>(out_.folded.size());
    out_.folded += split_.folded;
    for (std::size_t i = 0; i < split_.words.size(); ++i) {
      const NameWord& found = split_.words[i];
      add(found.span, {base + found.folded_begin, base + found.folded_end}, found.upper,
          rules_.words.find(split_.word(i)));
    }
  }

  void add(Span span, Span folded, bool upper, WordId id) {
    const Between between = read_between(text_, previous_, span.begin, quotes_);
    previous_ = span.end;
    while (token_ + 1 < analysis_.tokens.size() && analysis_.tokens[token_].span.end <= span.begin) ++token_;
    const std::string_view written = text_.substr(span.begin, span.size());
    Word word;
    word.span = span;
    word.folded_begin = folded.begin;
    word.folded_size = folded.size();
    word.id = id;
    if (id != kNoWord) word.classes = classes_of(rules_.words.info(id), written, upper);
    word.token = token_;
    word.sentence = number_;
    word.gap = first_ ? Gap::start : between.gap;
    word.upper = upper;
    word.capitals = upper && all_capitals(written);
    word.opening = first_ || between.opening;
    word.quoted = quotes_.open();
    first_ = false;
    out_.words.push_back(word);
  }

  std::string_view text_;
  const Analysis& analysis_;
  const EntityRules::Tables& rules_;
  PageWords out_;
  NameWords split_;
  Quotes quotes_;
  std::uint32_t token_ = 0, previous_ = 0, number_ = 0;
  bool first_ = true;
};

}  // namespace

PageWords read_words(const Page& page, const Analysis& analysis, const EntityRules::Tables& rules) {
  return Reader(page, analysis, rules).run();
}

}  // namespace chancery::entities
