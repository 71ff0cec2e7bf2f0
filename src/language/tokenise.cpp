// One pass over the bytes of a block cuts the tokens; a second one over the tokens marks the ends of sentences, because
// whether a full stop ends one depends on what follows. What a language does differently stands in the pack's tables;
// here are only the shapes that all languages in Latin script share (numbers, initials, addresses, closing marks).
//
// Most tokens are a run of Latin letters or a single mark. Those are cut without looking at one character after the
// other (quick_word()); whatever is not plain goes the long way (cut_word()), which gives the same for plain words too.
#include "language/tokenise.h"

#include <algorithm>
#include <array>
#include <bit>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "language/sentence_starts.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery {
namespace {

enum class CharClass : std::uint8_t { letter, digit, space, apostrophe, hyphen, other };

constexpr bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

CharClass class_of(char32_t c) {
  if (is_letter(c)) return CharClass::letter;
  if (is_digit(c)) return CharClass::digit;
  if (is_hyphen(c)) return CharClass::hyphen;
  if (is_space(c)) return CharClass::space;
  if (is_apostrophe(c)) return CharClass::apostrophe;
  return CharClass::other;
}

constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_closer(char32_t c) { return c == 0xBB || c == 0x201D || c == 0x203A || c == ')' || c == ']'; }
constexpr bool is_opener(char32_t c) {
  return c == 0xAB || c == 0x201C || c == 0x201E || c == 0x2039 || c == '(' || c == '[';
}
constexpr std::uint32_t kSoftHyphen = 0xAD;
constexpr std::size_t kLongestHyphenated = 48;  // bytes of a form that is searched for enclitics
constexpr std::size_t kLongestWhole = 32;       // bytes that are looked ahead for a form that stays whole

bool is_ascii_symbol(char32_t c) {
  return c < 0x80 && std::string_view("#$%&*+/<=>@^`|~\\_").find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_punctuation_mark(char32_t c) {
  if (c < 0x80) return !is_ascii_symbol(c);
  return (c >= 0x2010 && c <= 0x205E) || is_quote(c) || c == 0xA1 || c == 0xBF || c == 0xB7 || is_apostrophe(c) ||
         (c >= 0x3001 && c <= 0x3011);
}

void append_lower(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  } else if (c != kSoftHyphen) {
    append_code_point(out, is_apostrophe(c) ? U'\'' : is_hyphen(c) ? U'-' : to_lower(c));
  }
}

// Whether a form's likeliest reading is of a closed class: one of the little words that begin sentences rather than
// names.
bool is_function_reading(const LanguagePack::Tables& tables, std::span<const LexiconReading> readings) {
  if (readings.empty() || readings.front().count < 3) return false;
  return is_closed_class(tables.tags[readings.front().tag].upos);
}

constexpr std::size_t kPadding = 32;  // bytes behind the text's lower-case copy, the longest quick word

// What a token may begin with, by its first byte.
enum class Start : std::uint8_t { other, space, letter, mark };

constexpr Start start_of(int c) {
  if (c == ' ' || (c >= 9 && c <= 13)) return Start::space;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0xC3) return Start::letter;
  if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '"') return Start::mark;
  return Start::other;
}

constexpr std::array<Start, 256> make_starts() {
  std::array<Start, 256> table{};
  for (int c = 0; c < 256; ++c) table[static_cast<std::size_t>(c)] = start_of(c);
  return table;
}
constexpr std::array<Start, 256> kStarts = make_starts();

// Whether a word of letters alone surely ends before this byte.
constexpr bool ends_plain_word(unsigned char c) {
  return c < 0x80 && !(c >= '0' && c <= '9') && c != '\'' && c != '`' && c != '-' && c != '.' && c != '@' && c != '_' &&
         c != ':';
}

constexpr std::size_t kLongestElision = 8;           // letters of « jusqu' »
constexpr std::string_view kCurly = "\xE2\x80\x99";  // the apostrophe that printers use

constexpr std::uint32_t kBlock = 16;  // bytes that are looked at together

// Sixteen bytes at a glance, a bit a byte: a to z, the first bytes of Latin-1 letters (U+00C0 … U+00FF), the second
// bytes of the two signs there that are no letters, and those where the text differs from its lower case.
struct Glance {
  std::uint32_t plain = 0, wide = 0, signs = 0, upper = 0;
};

#ifdef __SSE2__
Glance glance_at(const char* text, const char* lower) {
  const auto bits = [](__m128i v) { return static_cast<std::uint32_t>(_mm_movemask_epi8(v)); };
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(lower));
  const __m128i written = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const auto are = [&](int c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(c))); };
  const __m128i shifted = _mm_add_epi8(bytes, _mm_set1_epi8(127 - 'z'));  // z is the greatest number now
  return {bits(_mm_cmpgt_epi8(shifted, _mm_set1_epi8(127 - 26))), bits(are(0xC3)),
          bits(_mm_or_si128(are(0x97), are(0xB7))), ~bits(_mm_cmpeq_epi8(bytes, written)) & 0xFFFF};
}
#else
Glance glance_at(const char* text, const char* lower) {
  Glance glance;
  for (std::uint32_t i = 0; i < kBlock; ++i) {
    const auto c = static_cast<unsigned char>(lower[i]);
    const std::uint32_t bit = 1U << i;
    if (c >= 'a' && c <= 'z') glance.plain |= bit;
    if (c == 0xC3) glance.wide |= bit;
    if (c == 0x97 || c == 0xB7) glance.signs |= bit;
    if (text[i] != lower[i]) glance.upper |= bit;
  }
  return glance;
}
#endif

// The run of Latin letters at the beginning of a text.
struct LetterRun {
  std::uint32_t size = 0;             // bytes; kPadding: too long to tell
  std::uint32_t upper = 0, wide = 0;  // a bit for each upper-case letter, and for the first byte of each of two bytes
  bool capitalised() const { return (upper & (wide & 1U ? 2U : 1U)) != 0; }
  // Two upper-case letters or more and no other.
  bool all_capitals() const {
    if ((upper & (upper - 1)) == 0) return false;
    const std::uint32_t inside = (1U << size) - 1;
    return upper == (inside & ~wide);  // of a letter of two bytes the second one tells
  }
};

// `lower` is the lower case of `text`; kPadding bytes of both may be read.
LetterRun letter_run(const char* text, const char* lower) {
  Glance all = glance_at(text, lower);
  const std::uint32_t whole = all.plain | all.wide | all.wide << 1;
  if ((whole & 0xFFFF) == 0xFFFF) {
    const Glance more = glance_at(text + kBlock, lower + kBlock);
    all = {all.plain | more.plain << kBlock, all.wide | more.wide << kBlock, all.signs | more.signs << kBlock,
           all.upper | more.upper << kBlock};
  }
  const std::uint32_t wide = all.wide & ~(all.signs >> 1);
  const std::uint32_t run = all.plain | wide | wide << 1;
  if (run == 0xFFFFFFFF) return {kPadding, 0, 0};
  const auto size = static_cast<std::uint32_t>(std::countr_one(run));
  const std::uint32_t inside = (1U << size) - 1;
  return {size, all.upper & inside, wide & inside};
}

// A closing mark, dots, or a word that ends with a full stop.
Mark mark_of(std::string_view form, SurfaceKind kind) {
  if (form.empty()) return Mark::none;  // a token of marks that folding drops, such as a soft hyphen
  const char c = form[0];
  if (kind == SurfaceKind::word) return form.back() == '.' ? Mark::stop : Mark::none;
  if (kind != SurfaceKind::punctuation) return Mark::none;
  if (form == "\"") return Mark::straight_quote;
  return c == '.' || c == '!' || c == '?' || form == "…" || form == "‽" ? Mark::stop : Mark::none;
}

class Cutter {
 public:
  Cutter(std::string_view text, Span block, const LanguagePack::Tables& tables, std::vector<Surface>& tokens,
         std::string& strings)
      : text_(text.substr(0, block.end)),
        readable_(text.size()),
        begin_(block.begin),
        end_(block.end),
        tables_(tables),
        rules_(tables.rules),
        tokens_(tokens),
        strings_(strings) {}

  void run() {
    std::uint32_t at = begin_;
    while (at < end_) {
      const Start start = kStarts[static_cast<unsigned char>(text_[at])];
      if (start == Start::space) {
        space_ = true;
        ++at;
        continue;
      }
      if (const std::uint32_t done = start == Start::letter ? quick_word(at)
                                     : start == Start::mark ? quick_mark(at)
                                                            : 0;
          done != 0) {
        at = done;
        continue;
      }
      std::uint32_t next = at;
      const char32_t c = next_code_point(text_, next);
      switch (class_of(c)) {
        case CharClass::space:
          space_ = true;
          at = next;
          break;
        case CharClass::letter:
        case CharClass::digit:
          at = cut_word(at);
          break;
        case CharClass::hyphen:
          at = starts_negative(at, next) ? cut_word(at) : cut_mark(at, c, next);
          break;
        default:
          at = is_tag(c, next) ? cut_tag(at, c, next) : cut_mark(at, c, behind_degree(c, next));
      }
    }
  }

 private:
  char32_t peek(std::uint32_t at) const {
    if (at >= end_) return 0;
    return next_code_point(text_, at);
  }
  CharClass class_at(std::uint32_t at) const { return at < end_ ? class_of(peek(at)) : CharClass::space; }
  char byte(std::uint32_t at) const { return at < end_ ? text_[at] : '\0'; }

  // A word whose letters are all Latin ones and that surely ends behind them, or an elided one: returns its end, or 0
  // if the word must go the long way.
  std::uint32_t quick_word(std::uint32_t at) {
    if (readable_ - at < kPadding) return 0;
    const LetterRun run = letter_run(text_.data() + at, strings_.data() + at);
    const std::uint32_t end = at + run.size;
    if (run.size == 0 || run.size >= kPadding || end > end_) return 0;
    if (!ends_word(end)) return quick_elision(run, at, end);
    Surface& token = add_token({at, end}, at, run.size, SurfaceKind::word);
    token.capitalised = run.capitalised();
    token.all_capitals = run.all_capitals();
    return end;
  }

  // Whether a word of letters alone surely ends at `at`: before a space, a comma and their like, or a guillemet.
  bool ends_word(std::uint32_t at) const {
    const auto c = static_cast<unsigned char>(byte(at));
    if (c != 0xC2) return ends_plain_word(c);
    const auto next = static_cast<unsigned char>(byte(at + 1));
    return next == 0xA0 || next == 0xAB || next == 0xBB;
  }

  // « l' », « qu’ ».
  std::uint32_t quick_elision(const LetterRun& run, std::uint32_t at, std::uint32_t end) {
    const bool plain = byte(end) == '\'';
    if (run.size > kLongestElision ||
        (!plain && text_.substr(std::min<std::size_t>(end, text_.size()), kCurly.size()) != kCurly))
      return 0;
    std::array<char, kLongestElision + 8> form{};
    std::copy_n(strings_.data() + at, run.size, form.data());
    form[run.size] = '\'';
    const std::uint64_t hash = hash_padded(form.data(), run.size + 1);
    if (rules_.elisions.find(hash) != TokenRules::kPlain) return 0;
    std::uint32_t begin = at;
    if (!plain) {
      begin = static_cast<std::uint32_t>(strings_.size());
      strings_.append(form.data(), run.size + 1);
    }
    const std::uint32_t behind = end + (plain ? 1 : static_cast<std::uint32_t>(kCurly.size()));
    Surface& token = add_token({at, behind}, begin, run.size + 1, SurfaceKind::word, hash);
    token.capitalised = run.capitalised();
    token.all_capitals = run.all_capitals();
    return behind;
  }

  // A mark of ASCII that stands alone, whatever follows.
  std::uint32_t quick_mark(std::uint32_t at) {
    add_token({at, at + 1}, at, 1, SurfaceKind::punctuation).mark =
        text_[at] == '"' ? Mark::straight_quote : Mark::none;
    return at + 1;
  }

  Surface& add_token(Span span, std::uint32_t form_begin, std::uint32_t form_size, SurfaceKind kind) {
    return add_token(span, form_begin, form_size, kind, hash_padded(strings_.data() + form_begin, form_size));
  }
  Surface& add_token(Span span, std::uint32_t form_begin, std::uint32_t form_size, SurfaceKind kind,
                     std::uint64_t hash) {
    tables_.lexicon.prefetch(hash);
    Surface& token = tokens_.emplace_back();
    token.span = span;
    token.form_begin = form_begin;
    token.form_size = form_size;
    token.hash = hash;
    token.kind = kind;
    token.space_before = space_;
    space_ = false;
    return token;
  }

  // The token whose form is the end of the strings from `form_begin` on.
  Surface& emit(Span span, std::uint32_t form_begin, SurfaceKind kind) {
    const std::string_view form = std::string_view(strings_).substr(form_begin);
    const auto size = static_cast<std::uint32_t>(form.size());
    const Mark mark = mark_of(form, kind);
    Surface& token = add_token(span, form_begin, size, kind, hash_bytes(form));
    token.mark = mark;
    token.capitalised = is_upper(peek(span.begin));
    return token;
  }

  // « -5 » after a space, but not the dash of « 2-5 » nor of a list.
  bool starts_negative(std::uint32_t at, std::uint32_t next) const {
    return space_ && is_ascii_digit(byte(next)) && byte(at) == '-';
  }

  bool is_tag(char32_t c, std::uint32_t next) const {
    return (c == '#' || c == '@') && class_at(next) == CharClass::letter;
  }
  std::uint32_t cut_tag(std::uint32_t at, char32_t c, std::uint32_t next) {
    while (next < end_) {
      std::uint32_t after = next;
      const char32_t d = next_code_point(text_, after);
      const CharClass cls = class_of(d);
      if (cls != CharClass::letter && cls != CharClass::digit && d != '_') break;
      next = after;
    }
    const auto form = static_cast<std::uint32_t>(strings_.size());
    append_form(text_.substr(at, next - at), strings_);
    emit({at, next}, form, c == '#' ? SurfaceKind::hashtag : SurfaceKind::mention);
    return next;
  }

  // « °C » is one token.
  std::uint32_t behind_degree(char32_t c, std::uint32_t next) const {
    if (c != 0xB0 || class_at(next) != CharClass::letter) return next;
    std::uint32_t after = next;
    std::string form = "\xC2\xB0";
    append_lower(next_code_point(text_, after), form);
    return class_at(after) != CharClass::letter && rules_.wholes.find(form) != WordTable::kNone ? after : next;
  }

  // A mark, or a run of the same kind of mark (« ... », « ?! », « -- »).
  std::uint32_t cut_mark(std::uint32_t at, char32_t c, std::uint32_t next) {
    const std::string_view run = c == '.'               ? "."
                                 : c == '!' || c == '?' ? "!?"
                                 : c == '-'             ? "-"
                                 : c == '*'             ? "*"
                                 : c == '_'             ? "_"
                                 : c == '='             ? "="
                                                        : "";
    while (next < end_ && run.find(text_[next]) != std::string_view::npos) ++next;
    const auto form = static_cast<std::uint32_t>(strings_.size());
    append_form(text_.substr(at, next - at), strings_);
    emit({at, next}, form, is_punctuation_mark(c) ? SurfaceKind::punctuation : SurfaceKind::symbol);
    return next;
  }

  bool starts_url(std::uint32_t at) const {
    const char c = byte(at);
    if (c != 'h' && c != 'w' && c != 'H' && c != 'W') return false;
    std::array<char, 8> head{};
    for (std::uint32_t i = 0; i < 8; ++i) head[i] = static_cast<char>(byte(at + i) | 0x20);
    const std::string_view start(head.data(), head.size());
    return start.starts_with("http:") || start.starts_with("https:") ||
           (start.starts_with("www") && byte(at + 3) == '.');
  }
  // An address runs to the next space or bracket, less the marks that belong to the sentence.
  std::uint32_t cut_address(std::uint32_t at, std::uint32_t from, SurfaceKind kind) {
    std::uint32_t next = from;
    while (next < end_) {
      std::uint32_t after = next;
      const char32_t c = next_code_point(text_, after);
      if (is_space(c) || is_quote(c) || c == '<' || c == '>' || c == ')' || c == ']') break;
      if (kind == SurfaceKind::email && !is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '_') break;
      next = after;
    }
    while (next > from && std::string_view(".,;:!?'").find(text_[next - 1]) != std::string_view::npos) --next;
    const auto form = static_cast<std::uint32_t>(strings_.size());
    append_form(text_.substr(at, next - at), strings_);
    emit({at, next}, form, kind);
    return next;
  }

  // What has been read of a word so far.
  struct Word {
    std::uint32_t begin = 0, form = 0;  // in the text, in the strings
    std::uint32_t letters = 0;          // in the segment since the last stop or hyphen
    std::uint32_t digits = 0;           // likewise
    std::uint32_t lower = 0, upper = 0;
    bool only_digits = true;  // but for separators of numbers
    bool hyphen = false, dotted = false, apostrophe = false;
  };

  std::uint32_t cut_word(std::uint32_t at) {
    if (starts_url(at)) return cut_address(at, at, SurfaceKind::url);
    Word word;
    word.begin = at;
    word.form = static_cast<std::uint32_t>(strings_.size());
    for (at = take_plain(word, at); at < end_; at = take_plain(word, at)) {
      std::uint32_t next = at;
      const char32_t c = next_code_point(text_, next);
      const CharClass cls = class_of(c);
      if (cls == CharClass::letter) {
        take_letter(word, c);
      } else if (cls == CharClass::digit) {
        ++word.digits;
        append_lower(c, strings_);
      } else if (cls == CharClass::apostrophe) {
        if (ends_elision(word, next)) {
          strings_ += '\'';
          finish(word, next);
          return next;
        }
        if (class_at(next) != CharClass::letter || word.only_digits) break;
        word.apostrophe = true;
        strings_ += '\'';
      } else if (c == '@' && class_at(next) == CharClass::letter) {
        strings_.resize(word.form);
        return cut_address(word.begin, next, SurfaceKind::email);
      } else if (const std::uint32_t join = joins(word, at, c, next); join != 0) {
        append_form(text_.substr(at, join - at), strings_);
        next = join;
      } else {
        break;
      }
      at = next;
    }
    at = take_stop(word, at);
    finish(word, at);
    return at;
  }

  // A run of a to z, which most words are, taken at once; returns its end.
  std::uint32_t take_plain(Word& word, std::uint32_t at) {
    const std::uint32_t end = plain_end(text_, at, end_);
    if (end == at) return at;
    word.letters += end - at;
    word.lower += end - at;
    word.only_digits = false;
    strings_.append(text_.substr(at, end - at));
    return end;
  }

  void take_letter(Word& word, char32_t c) {
    ++word.letters;
    word.only_digits = false;
    const std::size_t before = strings_.size();
    append_lower(c, strings_);
    const bool changed = c < 0x80 ? c <= 'Z' : strings_.size() != before && is_upper(c);
    ++(changed ? word.upper : word.lower);
  }

  // Whether the mark at `at` goes on with the word; where it ends then, else 0.
  std::uint32_t joins(Word& word, std::uint32_t at, char32_t c, std::uint32_t next) {
    const CharClass after = class_at(next);
    if (is_hyphen(c)) {
      if (at == word.begin) return next;  // a negative number
      if (after != CharClass::letter && after != CharClass::digit) return 0;
      word.hyphen = true;
      word.letters = word.digits = 0;
      if (after == CharClass::letter) word.only_digits = false;
      return next;
    }
    if (c == '_') return next;
    if (word.only_digits && word.digits > 0) return joins_number(word, c, next);
    if (c == '.' && word.letters > 0 && word.digits == 0) return joins_acronym(word, next);
    if (c == 0xB0 && word.letters <= 3 && !word.hyphen && after != CharClass::letter && is_whole_with_degree(word))
      return next;
    return 0;
  }

  bool is_whole_with_degree(const Word& word) const {
    std::string form(strings_, word.form);
    form += "\xC2\xB0";
    return rules_.wholes.find(form) != WordTable::kNone;
  }

  // « 3,5 », « 1.200 », « 14:30 », « 23/12/2006 », « 10 000 ».
  std::uint32_t joins_number(Word& word, char32_t c, std::uint32_t next) {
    const bool digit_next = is_ascii_digit(byte(next));
    if ((c == '.' || c == ',' || c == '/') && digit_next) {
      word.digits = 0;
      return next;
    }
    if (c == ':' && digit_next && word.digits <= 2 && is_ascii_digit(byte(next + 1)) && !is_ascii_digit(byte(next + 2)))
      return next;
    const bool thin = c == 0xA0 || c == 0x202F || c == 0x2009;
    if ((c == ' ' || thin) && word.digits <= 3 && strings_.size() - word.form <= 24 && byte(word.begin) != '0' &&
        !word.hyphen && digit_next && is_ascii_digit(byte(next + 1)) && is_ascii_digit(byte(next + 2)) &&
        !is_ascii_digit(byte(next + 3)) &&
        std::string_view(strings_).substr(word.form).find_first_of("/:,.") == std::string_view::npos) {
      word.digits = 0;
      return next;
    }
    return 0;
  }

  // « U.S.A. », « J.-C. », « bbc.com », but not « fin.Le » nor « M.Dupont ».
  std::uint32_t joins_acronym(Word& word, std::uint32_t next) {
    if (word.letters == 1) {
      std::uint32_t letter = next;
      if (byte(letter) == '-') ++letter;
      std::uint32_t behind = letter;
      if (letter >= end_ || !is_letter(next_code_point(text_, behind))) return 0;
      if (class_at(behind) == CharClass::letter) return 0;
      word.dotted = true;
      word.hyphen = word.hyphen || letter != next;
      word.letters = 0;
      return letter;
    }
    const char after = byte(next);
    if (word.dotted || after < 'a' || after > 'z' || word.apostrophe) return 0;
    word.letters = 0;
    return next;
  }

  // The full stop of an abbreviation or initial belongs to the word.
  std::uint32_t take_stop(Word& word, std::uint32_t at) {
    if (byte(at) != '.' || byte(at + 1) == '.') return at;
    if (word.dotted && word.letters == 1) return add_stop(at);
    if (word.only_digits || strings_.size() - word.form > 12) return at;
    strings_ += '.';
    const std::uint32_t kind = rules_.abbreviations.find(std::string_view(strings_).substr(word.form));
    strings_.pop_back();
    std::uint32_t next = at + 1;
    while (next < end_ && is_space(peek(next))) next_code_point(text_, next);
    const char32_t c = peek(next);
    switch (kind) {
      case TokenRules::kInside:
      case TokenRules::kEither:
        return add_stop(at);
      case TokenRules::kBeforeNumber:
        return is_digit(c) || is_roman(next) ? add_stop(at) : at;
      case TokenRules::kBeforeName:
        return (is_upper(c) && (word.upper == 0 || !begins_with_function_word(next))) ||
                       (word.upper > 0 && begins_with_linked_name(next))
                   ? add_stop(at)
                   : at;
      default:
        break;
    }
    const bool initial = word.letters == 1 && word.upper == 1 && !word.hyphen && !word.apostrophe && word.digits == 0;
    if (initial && (is_upper(c) || byte(at + 1) == '-') && !(after_plain_word() && begins_with_function_word(next)))
      return add_stop(at);
    return at;
  }
  std::uint32_t add_stop(std::uint32_t at) {
    strings_ += '.';
    return at + 1;
  }
  bool is_roman(std::uint32_t at) const {
    std::uint32_t n = 0;
    while (at + n < end_ && n < 8 && std::string_view("IVXLC").find(text_[at + n]) != std::string_view::npos) ++n;
    return n > 0 && class_at(at + n) != CharClass::letter;
  }
  bool after_plain_word() const {
    return !tokens_.empty() && tokens_.back().kind == SurfaceKind::word && !tokens_.back().capitalised &&
           tokens_.back().span.begin >= begin_;
  }
  // Whether the word at `at` is one of the little words that begin sentences rather than names.
  bool begins_with_function_word(std::uint32_t at) const {
    std::string form;
    while (at < end_ && form.size() < 16) {
      const char32_t c = next_code_point(text_, at);
      if (is_apostrophe(c)) {
        form += '\'';
        break;
      }
      if (!is_letter(c)) break;
      append_lower(c, form);
    }
    return is_function_reading(tables_, tables_.lexicon.find(form));
  }

  // « de la Tour », « van der Berg »: one to three links of names (tokens.tsv) before a capital.
  bool begins_with_linked_name(std::uint32_t at) const {
    for (int links = 0; links <= 3 && at < end_; ++links) {
      if (is_upper(peek(at))) return links > 0;
      std::string form;
      while (at < end_ && form.size() < 8) {
        const char32_t c = peek(at);
        if (!is_letter(c) && !is_apostrophe(c)) break;
        append_lower(next_code_point(text_, at), form);
        if (form.back() == '\'') break;
      }
      if (rules_.links.find(form) == WordTable::kNone) return false;
      while (at < end_ && is_space(peek(at))) next_code_point(text_, at);
    }
    return false;
  }

  bool ends_elision(const Word& word, std::uint32_t next) {
    if (word.hyphen || word.apostrophe || word.dotted || word.only_digits || word.lower + word.upper > kLongestElision)
      return false;
    strings_ += '\'';
    const std::uint32_t kind = rules_.elisions.find(std::string_view(strings_).substr(word.form));
    const bool whole = kind == TokenRules::kMayBeWhole && is_whole(word, next);
    strings_.pop_back();
    return kind != WordTable::kNone && !whole;
  }
  // Whether the strings since word.form and what follows at `next` are a form that stays whole.
  bool is_whole(const Word& word, std::uint32_t next) const {
    std::string form(strings_, word.form);
    while (next < end_ && form.size() < kLongestWhole) {
      const char32_t c = next_code_point(text_, next);
      if (!is_letter(c) && !is_hyphen(c) && !is_apostrophe(c)) break;
      append_lower(c, form);
    }
    return rules_.wholes.find(form) != WordTable::kNone;
  }

  void finish(const Word& word, std::uint32_t end) {
    const SurfaceKind kind = word.only_digits ? SurfaceKind::number : SurfaceKind::word;
    const std::size_t first = tokens_.size();
    if (!word.only_digits && is_ascii_digit(strings_[word.form]) && !word.hyphen && cut_unit(word, end)) return;
    Surface& token = emit({word.begin, end}, word.form, kind);
    token.has_hyphen = word.hyphen;
    token.all_capitals = word.upper >= 2 && word.lower == 0;
    if (word.hyphen && kind == SurfaceKind::word && !word.dotted) cut_enclitics(first);
  }

  std::string_view form_of(const Surface& token) const {
    return std::string_view(strings_).substr(token.form_begin, token.form_size);
  }

  // « 14h30 » is 14, h, 30; « 50km » is 50, km.
  bool cut_unit(const Word& word, std::uint32_t end) {
    const std::string form(strings_, word.form);
    if (form.size() != end - word.begin) return false;
    std::size_t unit = 0;
    while (unit < form.size() && (is_ascii_digit(form[unit]) || form[unit] == ',' || form[unit] == '.')) ++unit;
    std::size_t rest = unit;
    while (rest < form.size() && !is_ascii_digit(form[rest])) ++rest;
    if (letters_after(form, rest) ||
        rules_.units.find(std::string_view(form).substr(unit, rest - unit)) == WordTable::kNone)
      return false;
    strings_.resize(word.form);
    emit_piece(form, 0, unit, word.begin, SurfaceKind::number);
    emit_piece(form, unit, rest, word.begin, SurfaceKind::word);
    if (rest < form.size()) emit_piece(form, rest, form.size(), word.begin, SurfaceKind::number);
    return true;
  }
  static bool letters_after(const std::string& form, std::size_t rest) {
    return !std::all_of(form.begin() + static_cast<std::ptrdiff_t>(rest), form.end(), is_ascii_digit);
  }
  void emit_piece(const std::string& form, std::size_t from, std::size_t to, std::uint32_t begin, SurfaceKind kind) {
    const auto at = static_cast<std::uint32_t>(strings_.size());
    strings_.append(form, from, to - from);
    emit({begin + static_cast<std::uint32_t>(from), begin + static_cast<std::uint32_t>(to)}, at, kind);
  }

  // « a-t-il » is a, -t-il; « donne-le-moi » is donne, -le, -moi; « jour-là » is jour, -là. A form that the lexicon
  // knows whole (« rendez-vous ») stays whole.
  void cut_enclitics(std::size_t index) {
    for (int cuts = 0; cuts < 3; ++cuts) {
      const Surface token = tokens_[index];
      const std::string_view form = form_of(token);
      if (form.size() > kLongestHyphenated) return;
      if (rules_.wholes.find(token.hash) != WordTable::kNone || !tables_.lexicon.find(token.hash).empty()) return;
      const std::size_t cut = enclitic_in(form);
      if (cut == 0) return;
      cut_before(index, cut);
    }
  }
  // Where the enclitic at the end of the form begins; 0 if there is none.
  std::size_t enclitic_in(std::string_view form) const {
    for (std::size_t hyphen = form.find('-', 1); hyphen != std::string_view::npos;
         hyphen = form.find('-', hyphen + 1)) {
      const std::string_view tail = form.substr(hyphen);
      if (tail.size() > 12) continue;
      const auto stem = tables_.lexicon.find(form.substr(0, hyphen));
      if (rules_.enclitics.find(tail) != WordTable::kNone &&
          (has_verb(stem) || ends_in_enclitic(form.substr(0, hyphen))))
        return hyphen;
      if (rules_.particles.find(tail) != WordTable::kNone && !stem.empty()) return hyphen;
    }
    return 0;
  }
  bool ends_in_enclitic(std::string_view form) const {
    const std::size_t hyphen = form.rfind('-');
    return hyphen != std::string_view::npos && hyphen > 0 &&
           rules_.enclitics.find(form.substr(hyphen)) != WordTable::kNone &&
           has_verb(tables_.lexicon.find(form.substr(0, hyphen)));
  }
  bool has_verb(std::span<const LexiconReading> readings) const {
    return std::any_of(readings.begin(), readings.end(), [&](const LexiconReading& r) {
      const LexiconTag& tag = tables_.tags[r.tag];
      return (tag.upos == Upos::VERB || tag.upos == Upos::AUX) && tag.morph.is_finite();
    });
  }
  // Parts the token at byte `cut` of its form.
  void cut_before(std::size_t index, std::size_t cut) {
    Surface head = tokens_[index];
    const std::uint32_t middle = text_offset(head, cut);
    Surface tail = head;
    head.span.end = middle;
    head.form_size = static_cast<std::uint32_t>(cut);
    head.hash = hash_bytes(form_of(head));
    head.has_hyphen = form_of(head).find('-') != std::string_view::npos;
    tail.span.begin = middle;
    tail.form_begin += head.form_size;
    tail.form_size -= head.form_size;
    tail.hash = hash_bytes(form_of(tail));
    tail.space_before = tail.capitalised = tail.all_capitals = false;
    tokens_[index] = head;
    tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(index) + 1, tail);
  }
  // The byte of the text where byte `cut` of the token's form comes from.
  std::uint32_t text_offset(const Surface& token, std::size_t cut) const {
    if (token.form_size == token.span.size()) return token.span.begin + static_cast<std::uint32_t>(cut);
    std::uint32_t at = token.span.begin;
    std::string form;
    while (at < token.span.end && form.size() < cut) append_lower(next_code_point(text_, at), form);
    return at;
  }

  std::string_view text_;  // up to the block's end
  std::size_t readable_;   // bytes of the whole text
  std::uint32_t begin_, end_;
  const LanguagePack::Tables& tables_;
  const TokenRules& rules_;
  std::vector<Surface>& tokens_;
  std::string& strings_;
  bool space_ = true;
};

// Marks the ends of sentences in tokens [first, …), all of one block.
class Splitter {
 public:
  Splitter(std::string_view text, const LanguagePack::Tables& tables, std::vector<Surface>& tokens, std::size_t first,
           const std::string& strings)
      : text_(text), tables_(tables), tokens_(tokens), first_(first), strings_(strings) {}

  void run() {
    bool straight_open = false;      // inside straight quotes
    std::size_t beginning = first_;  // of the sentence
    for (std::size_t i = first_; i < tokens_.size(); ++i) {
      if (tokens_[i].mark == Mark::none) continue;
      if (tokens_[i].mark == Mark::straight_quote) straight_open = !straight_open;
      if (!may_end(i) || (i == beginning + 1 && is_item_number(i - 1))) continue;
      std::size_t last = i;
      bool open = straight_open;
      while (last + 1 < tokens_.size() && closes(last + 1, open)) {
        ++last;
        if (tokens_[last].mark == Mark::straight_quote) open = !open;
      }
      if (last + 1 < tokens_.size() && begins(i, last + 1)) {
        tokens_[last].ends_sentence = true;
        straight_open = open;
        i = last;
        beginning = last + 1;
      }
    }
    if (tokens_.size() > first_) tokens_.back().ends_sentence = true;
    if (!tables_.starts.empty() && tokens_.size() - first_ <= kFlatTextTokens) part_titles();
  }

 private:
  // Whether token i is worth a second look: a capital, a mark that may be a dash, or what follows a stop.
  bool may_interest(std::size_t i) const {
    const Surface& token = tokens_[i];
    if (token.kind == SurfaceKind::punctuation)
      return token.space_before &&
             (text_[token.span.begin] == '-' || static_cast<unsigned char>(text_[token.span.begin]) >= 0x80);
    return token.capitalised || (i > first_ && tokens_[i - 1].mark == Mark::stop);
  }
  // Titles that run into the sentence behind them, and other beginnings that no mark tells.
  void part_titles() {
    const auto line = std::span<const Surface>(tokens_).subspan(first_);
    StartFinder finder(line, text_, strings_, tables_);
    std::size_t first = 0;
    for (std::size_t i = 0; first_ + i < tokens_.size(); ++i) {
      if (may_interest(first_ + i) && finder.may_start(first, i) && tables_.starts.begins(finder.features(first, i))) {
        tokens_[first_ + i - 1].ends_sentence = true;
        first = i;
      }
      if (tokens_[first_ + i].ends_sentence) first = i + 1;
    }
  }

  std::string_view form(std::size_t i) const {
    return std::string_view(strings_).substr(tokens_[i].form_begin, tokens_[i].form_size);
  }
  bool is(std::size_t i, std::string_view wanted) const { return form(i) == wanted; }
  char32_t first_char(std::size_t i) const {
    std::uint32_t at = tokens_[i].span.begin;
    return next_code_point(text_, at);
  }

  // A full stop, question or exclamation mark, dots, or an abbreviation that may stand last.
  bool may_end(std::size_t i) const {
    const Surface& token = tokens_[i];
    if (token.mark != Mark::stop) return false;
    if (token.kind == SurfaceKind::punctuation) return true;
    const std::uint32_t kind = tables_.rules.abbreviations.find(token.hash);
    if (kind != WordTable::kNone) return kind == TokenRules::kEither;
    return token.form_size > 3 && !token.has_hyphen && i + 1 < tokens_.size() && is_function_word(i + 1);  // « U.S.A. »
  }
  // « 2. Bloquer la ligne »: a number of one or two digits whose full stop follows at once.
  bool is_item_number(std::size_t i) const {
    return tokens_[i].kind == SurfaceKind::number && tokens_[i].form_size <= 2 && !tokens_[i + 1].space_before &&
           is(i + 1, ".");
  }
  bool is_function_word(std::size_t i) const {
    return is_function_reading(tables_, tables_.lexicon.find(tokens_[i].hash));
  }
  bool closes(std::size_t i, bool straight_open) const {
    const char32_t c = first_char(i);
    if (is_closer(c)) return true;
    if (c == '"') {
      // With a space before and none behind it opens, however many stood before.
      const bool opens = tokens_[i].space_before && i + 1 < tokens_.size() && !tokens_[i + 1].space_before;
      return !opens && (straight_open || !tokens_[i].space_before);
    }
    if (is_apostrophe(c) && tokens_[i].kind == SurfaceKind::punctuation) return !tokens_[i].space_before;
    const Surface& token = tokens_[i];
    return token.kind == SurfaceKind::punctuation && (c == '.' || c == '!' || c == '?' || c == 0x2026);
  }
  // Whether a sentence may begin at token i after the mark `stop`.
  bool begins(std::size_t stop, std::size_t i) const {
    const std::size_t next = behind_openers(i);
    if (next >= tokens_.size()) return tokens_[i].space_before;
    const Surface& token = tokens_[next];
    // « …fin. - si vous… »: an item of a list, whatever it begins with.
    if (next == i + 1 && is(stop, ".") && is_dash(first_char(i)) && tokens_[i].space_before && token.space_before)
      return true;
    if (token.kind == SurfaceKind::number || token.kind == SurfaceKind::url || token.kind == SurfaceKind::hashtag ||
        token.kind == SurfaceKind::mention)
      return tokens_[i].space_before;
    if (token.kind != SurfaceKind::word || !token.capitalised) return false;
    if (tokens_[i].space_before || i > stop + 1) return true;
    // « fin.Le »: the space is missing, if a word of lower case stands before the stop.
    return stop > first_ && tokens_[stop - 1].kind == SurfaceKind::word && !tokens_[stop - 1].capitalised &&
           tokens_[stop - 1].form_size > 1;
  }
  std::size_t behind_openers(std::size_t i) const {
    for (int n = 0; n < 4 && i < tokens_.size(); ++n, ++i) {
      const char32_t c = first_char(i);
      const bool straight = c == '"' || (is_apostrophe(c) && tokens_[i].kind == SurfaceKind::punctuation);
      const bool dash = is_dash(c) && tokens_[i].kind == SurfaceKind::punctuation;
      if (!is_opener(c) && !straight && !dash && c != 0x2022) return i;
    }
    return i;
  }

  std::string_view text_;
  const LanguagePack::Tables& tables_;
  std::vector<Surface>& tokens_;
  std::size_t first_;
  const std::string& strings_;
};

}  // namespace

void begin_strings(std::string_view text, std::string& strings) {
  strings.resize(text.size() + kPadding);
  std::fill(strings.end() - kPadding, strings.end(), '\0');
  const char* from = text.data();
  char* to = strings.data();
  if (!text.empty()) to[0] = static_cast<char>(from[0] + (from[0] >= 'A' && from[0] <= 'Z' ? 32 : 0));
  for (std::size_t i = 1; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(from[i]), before = static_cast<unsigned char>(from[i - 1]);
    const bool plain = static_cast<unsigned char>(c - 'A') < 26;
    const bool latin = before == 0xC3 && static_cast<unsigned char>(c - 0x80) < 0x1F && c != 0x97;
    to[i] = static_cast<char>(c + (plain || latin ? 32 : 0));
  }
}

void append_form(std::string_view word, std::string& out) {
  for (std::uint32_t at = 0; at < word.size();) append_lower(next_code_point(word, at), out);
}

Surface surface_of(std::string_view token, std::string& strings) {
  Surface surface;
  surface.form_begin = static_cast<std::uint32_t>(strings.size());
  append_form(token, strings);
  surface.form_size = static_cast<std::uint32_t>(strings.size()) - surface.form_begin;
  const std::string_view form = std::string_view(strings).substr(surface.form_begin);
  surface.hash = hash_bytes(form);
  bool letters = false, digits = false, punctuation = true;
  std::uint32_t upper = 0, lower = 0;
  for (std::uint32_t at = 0; at < token.size();) {
    const char32_t c = next_code_point(token, at);
    letters = letters || is_letter(c);
    digits = digits || is_digit(c);
    punctuation = punctuation && is_punctuation_mark(c);
    upper += is_upper(c) ? 1 : 0;
    lower += is_lower(c) ? 1 : 0;
  }
  std::uint32_t at = 0;
  surface.capitalised = !token.empty() && is_upper(next_code_point(token, at));
  surface.all_capitals = upper >= 2 && lower == 0;
  surface.has_hyphen = form.find('-', 1) != std::string_view::npos;
  const bool address = form.starts_with("http:") || form.starts_with("https:") || form.starts_with("www.");
  surface.kind = address       ? SurfaceKind::url
                 : letters     ? (form.starts_with('#')                         ? SurfaceKind::hashtag
                                  : form.starts_with('@')                       ? SurfaceKind::mention
                                  : form.find('@', 1) != std::string_view::npos ? SurfaceKind::email
                                                                                : SurfaceKind::word)
                 : digits      ? SurfaceKind::number
                 : punctuation ? SurfaceKind::punctuation
                               : SurfaceKind::symbol;
  return surface;
}

void tokenise(std::string_view text, Span block, const LanguagePack::Tables& tables, std::vector<Surface>& tokens,
              std::string& strings) {
  const std::size_t first = tokens.size();
  Cutter(text, block, tables, tokens, strings).run();
  Splitter(text, tables, tokens, first, strings).run();
}

}  // namespace chancery
