// What a line shows by itself, for the layout of the page: its length and end, how much of it is grammar, capitals,
// numbers and words of the trade, whom it speaks to.
#include <algorithm>

#include "page/furniture.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kMeasuredWords = 40;  // a longer line is running text
constexpr std::uint32_t kClasses = kNav | kSection | kShare | kNetwork | kHome;

LineSign length_sign(std::size_t words) {
  if (words <= 1) return LineSign::one_word;
  if (words == 2) return LineSign::two_words;
  if (words == 3) return LineSign::three_words;
  if (words <= 6) return LineSign::words_to_6;
  if (words <= 10) return LineSign::words_to_10;
  if (words <= 15) return LineSign::words_to_15;
  if (words <= 25) return LineSign::words_to_25;
  return words <= kMeasuredWords ? LineSign::words_to_40 : LineSign::long_line;
}

bool is_clock(std::string_view word) {
  const std::size_t mark = word.find_first_not_of("0123456789");
  return mark != std::string_view::npos && mark >= 1 && mark <= 2 && (word[mark] == 'h' || word[mark] == 'H') &&
         word.find_first_not_of("0123456789", mark + 1) == std::string_view::npos;
}

bool is_year(std::string_view word) { return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")); }

bool ends_in(std::string_view word, std::string_view ending) {
  if (word.size() < ending.size() + 2) return false;
  return std::equal(ending.begin(), ending.end(), word.end() - static_cast<std::ptrdiff_t>(ending.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b); });
}

}  // namespace

std::uint64_t LineJudge::signs(const JudgedLine& line) const {
  std::uint64_t bits = 0;
  const auto set = [&](LineSign sign, bool value = true) {
    bits |= static_cast<std::uint64_t>(value) << static_cast<unsigned>(sign);
  };
  const std::size_t words = words_.size();
  set(length_sign(words));
  const char last = text_[line.span.end - 1];
  const bool question = last == '?', call = last == '!', colon = last == ':';
  set(LineSign::ends_sentence, line.terminal && !question && !call && !colon && words <= 10);
  set(LineSign::ends_long_sentence, line.terminal && !question && !call && !colon && words > 10);
  set(LineSign::ends_question, question);
  set(LineSign::ends_call, call);
  set(LineSign::ends_colon, colon);
  set(LineSign::ends_ellipsis, line.ellipsis);
  set(LineSign::bullet, line.bullet);
  set(LineSign::perhaps, line.mark == LineMark::perhaps);
  set(LineSign::caption, line.caption);
  set(LineSign::dateline, line.dateline);
  set(LineSign::box, line.box);
  set(LineSign::outlet, line.outlet);
  set(LineSign::to_reader, count(kAddress) != 0);
  set(LineSign::of_ours, count(kReader) > count(kAddress));
  if (words == 0 || words > kMeasuredWords) return bits;

  std::size_t grammar = 0, capitals = 0, numbers = 0, cues = 0, labels = 0, loud = 0, trade = 0, dates = 0, clocks = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const LineWord& word = words_[i];
    const std::string_view letters = text_.substr(word.span.begin, word.span.size());
    const bool of_grammar = word.known != kUnknownWord && tables_.words[word.known].languages != 0;
    const std::uint32_t classes = tables_.classes(word);
    const bool numeral = letters[0] >= '0' && letters[0] <= '9';
    grammar += static_cast<std::size_t>(of_grammar);
    capitals += static_cast<std::size_t>(word.upper || numeral);
    numbers += static_cast<std::size_t>(numeral);
    cues += static_cast<std::size_t>((classes & kCueWord) != 0 && !of_grammar);
    labels += static_cast<std::size_t>((classes & kClasses) != 0);
    trade += static_cast<std::size_t>((classes & (kOutlet | kBylineWord)) != 0 && !of_grammar);
    dates += static_cast<std::size_t>(tables_.month(word) != 0 || (numeral && is_year(letters)));
    clocks += static_cast<std::size_t>(numeral && is_clock(letters));
    loud += static_cast<std::size_t>(is_all_upper(word.span) || numeral);
  }
  const std::size_t plain = words - grammar;
  set(LineSign::no_grammar, grammar == 0);
  set(LineSign::some_grammar, grammar != 0 && grammar * 3 < words);
  set(LineSign::much_grammar, grammar * 3 >= words);
  set(LineSign::all_capitals, words >= 2 && capitals == words);
  set(LineSign::most_capitals, words >= 2 && capitals < words && capitals >= plain);
  set(LineSign::loud, loud == words && numbers < words);
  set(LineSign::has_number, numbers != 0);
  set(LineSign::many_numbers, numbers * 3 >= words);
  set(LineSign::no_cue, cues == 0);
  set(LineSign::few_cues, cues != 0 && cues * 3 < plain);
  set(LineSign::many_cues, cues * 3 >= plain && cues < plain && cues != 0);
  set(LineSign::all_cues, cues == plain && cues != 0);
  set(LineSign::many_labels, labels * 2 >= words);
  set(LineSign::trade, trade != 0);
  set(LineSign::dated, dates != 0);
  set(LineSign::clock, clocks != 0);
  set(LineSign::agency, count(kAgency) != 0);
  set(LineSign::credit, (tables_.classes(words_[0]) & kCredit) != 0);
  set(LineSign::issuer, (tables_.classes(words_[0]) & kIssuer) != 0);
  set(LineSign::bare_label, !line.terminal && words <= 3 && grammar == 0 && words_[0].upper);

  const std::string_view bytes = text_.substr(line.span.begin, line.span.size());
  std::uint32_t at = line.span.begin;
  const char32_t first = next_code_point(text_, at);
  set(LineSign::starts_number, first >= '0' && first <= '9');
  set(LineSign::starts_lower, is_lower(first));
  set(LineSign::starts_quote, is_quote(first));
  set(LineSign::starts_bracket, first == '(' || first == '[');
  set(LineSign::starts_sign, !line.bullet && !is_letter(first) && !is_digit(first) && !is_quote(first) && first != '(');
  const bool quoted = has_quote(bytes);
  set(LineSign::holds_quote, quoted);
  set(LineSign::holds_bar, has_bar(bytes));
  set(LineSign::holds_colon, !colon && bytes.find(':') != std::string_view::npos);
  set(LineSign::holds_address, bytes.find('@') != std::string_view::npos ||
                                   bytes.find("www.") != std::string_view::npos ||
                                   bytes.find("http") != std::string_view::npos);
  set(LineSign::ends_item, last == ';' || last == ',');
  set(LineSign::holds_semicolon,
      bytes.find(" ;") != std::string_view::npos || bytes.find("; ") != std::string_view::npos);
  set(LineSign::who_writes, tells_who_writes());
  set(LineSign::of_press, count(kIssuer | kPress) != 0);
  set(LineSign::holds_copyright, bytes.find("\xC2\xA9") != std::string_view::npos);
  const std::string_view head = text_.substr(words_[0].span.begin, words_[0].span.size());
  const bool command = std::any_of(tables_.command_endings.begin(), tables_.command_endings.end(),
                                   [head](const std::string& ending) { return ends_in(head, ending); });
  set(LineSign::command, command);
  set(LineSign::plain_sentence, line.terminal && last != ':' && words >= 5 && grammar * 4 >= words &&
                                    cues * 4 < plain && !command && count(kReader) == 0);
  return bits;
}

// « Jeanne Morel est chercheuse à … », « Le Fleuve est édité par … »
bool LineJudge::tells_who_writes() const {
  constexpr std::size_t kNames = 12;
  for (std::size_t i = 0; i < std::min(kNames, words_.size()); ++i)
    if (tables_.match(PhraseKind::bio, words_, i) != 0 || tables_.match(PhraseKind::of_outlet, words_, i) != 0)
      return true;
  return false;
}

bool LineJudge::has_quote(std::string_view bytes) {
  return bytes.find("\xC2\xAB") != std::string_view::npos || bytes.find("\xE2\x80\x9C") != std::string_view::npos ||
         bytes.find('"') != std::string_view::npos;
}

bool LineJudge::has_bar(std::string_view bytes) {
  return bytes.find('|') != std::string_view::npos || bytes.find(" > ") != std::string_view::npos ||
         bytes.find(" / ") != std::string_view::npos || bytes.find("\xC2\xB7") != std::string_view::npos ||
         bytes.find("\xE2\x80\xBA") != std::string_view::npos || bytes.find("\xE2\x80\xA2") != std::string_view::npos ||
         bytes.find("  ") != std::string_view::npos;
}

}  // namespace chancery
