// See imprint.h.
#include "page/imprint.h"

#include <algorithm>
#include <optional>

#include "page/dates.h"
#include "page/furniture.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kLineWords = 30;  // a longer line is no imprint
constexpr std::size_t kNameWords = 8;
constexpr std::size_t kHeadLines = 4;      // lines in which a masthead stands
constexpr std::size_t kDatelineWords = 8;  // before the agency's bracket
constexpr std::size_t kMostLines = 400;    // of furniture that are looked at
constexpr std::uint32_t kMenu = kNav | kShare | kNetwork | kHome | kConsentStrong;

class Imprint {
 public:
  Imprint(std::string_view text, const std::vector<ImprintLine>& lines, const PageCues::Tables& tables,
          std::string_view byline)
      : text_(text), lines_(lines), tables_(tables), byline_(byline) {}

  std::string outlet() {
    collect_addresses();
    for (auto rule :
         {&Imprint::by_rights, &Imprint::by_masthead, &Imprint::by_day, &Imprint::by_dateline, &Imprint::by_agency})
      if (const Span name = (this->*rule)(); !name.empty()) return std::string(text_.substr(name.begin, name.size()));
    return {};
  }

 private:
  std::string_view bytes(Span span) const { return text_.substr(span.begin, span.size()); }
  std::uint32_t classes(const LineWord& word) const { return tables_.classes(word); }
  bool is_grammar(const LineWord& word) const {
    return word.known != kUnknownWord && tables_.words[word.known].languages != 0;
  }
  bool is_copyright(const LineWord& word) const { return (classes(word) & kCopyright) != 0; }

  void split(Span span, std::vector<LineWord>& words) const {
    words.clear();
    tables_.split(text_, span, kLineWords + 1, words);
  }

  std::string_view gap_before(const std::vector<LineWord>& words, std::size_t i) const {
    const std::uint32_t begin = i == 0 ? words[0].span.begin : words[i - 1].span.end;
    return text_.substr(begin, words[i].span.begin - begin);
  }

  // Whether a mark parts the word from the one before: a bar, a bullet, a full stop, a comma, a bracket, a lone dash.
  bool is_parted(const std::vector<LineWord>& words, std::size_t i) const {
    const std::string_view gap = gap_before(words, i);
    std::uint32_t at = 0;
    bool space = false, dash = false;
    while (at < gap.size()) {
      const char32_t c = next_code_point(gap, at);
      space = space || is_space(c);
      dash = dash || is_dash(c);
      if (!is_space(c) && !is_dash(c) && !is_apostrophe(c) && c != '.' && c != '&') return true;
      if (c == '.' && at < gap.size()) return true;
    }
    return (space && dash) || gap.find("  ") != std::string_view::npos;
  }

  bool is_dating(const std::vector<LineWord>& words, std::size_t i) const {
    return date_at(text_, words, i, tables_).has_value() || tables_.month(words[i]) != 0 ||
           (classes(words[i]) & kWeekday) != 0;
  }

  // The name that begins at word `from`, up to a mark, a number or a word that is of no name; empty if it is none.
  Span name_at(const std::vector<LineWord>& words, std::size_t from, std::size_t* end = nullptr) const {
    std::size_t last = from;
    // « Le Phare du golfe », « Radio des lacs »: behind such a word what is small belongs to the name.
    const std::size_t noun = from + static_cast<std::size_t>(is_grammar(words[from]) && from + 1 < words.size());
    const bool calls = (classes(words[noun]) & (kIssuer | kPress)) != 0;
    bool known = false;  // something to know it by: a word that is no menu's and no grammar's
    for (std::size_t i = from; i < std::min(words.size(), from + kNameWords); ++i) {
      const LineWord& word = words[i];
      if (i > from && is_parted(words, i)) break;
      if (is_dating(words, i) || word.number) break;
      if (i > from && tables_.match(PhraseKind::rights, words, i) != 0) break;
      const bool numbering = word.span.size() == 1 && i + 1 < words.size() && words[i + 1].number;  // « N° 12 »
      if (numbering) break;
      if (!word.upper && !is_grammar(word) && !(i > from && calls)) break;
      if (word.upper || !is_grammar(word)) last = i + 1;
      const bool article = i == from && is_grammar(word);
      known = known || (!article && word.upper && (classes(word) & (kMenu | kCueWord | kIssuer | kPress)) == 0) ||
              (i > from && !is_grammar(word) && calls && (classes(word) & (kMenu | kCueWord | kIssuer | kPress)) == 0);
    }
    if (end != nullptr) *end = last;
    if (last == from || !known || !words[from].upper) return {};
    if (!is_grammar(words[from]) && (classes(words[from]) & (kMenu | kCredit | kShare)) != 0) return {};
    return Span{words[from].span.begin, words[last - 1].span.end};
  }

  // « © 2020 Le Courrier. Tous droits réservés. », « L'Écho, tous droits réservés »: not in captions, and behind the
  // article or at the very head.
  Span by_rights() const {
    std::vector<LineWord> words;
    for (std::size_t i = lines_.size(); i-- > 0;) {
      const ImprintLine& line = lines_[i];
      if (!line.furniture || !(line.tail || i < 2) || line.span.size() > 400) continue;
      if (line.caption && !bytes(line.span).starts_with("\xC2\xA9")) continue;
      split(line.span, words);
      if (words.empty() || words.size() > kLineWords) continue;
      if (const Span name = holder(line.span, words); !name.empty() && bytes(name) != byline_) return name;
      std::size_t end = 0;
      if (const Span name = name_at(words, 0, &end);  // « Le Courrier du fleuve est édité par … »
          !name.empty() && tables_.match(PhraseKind::of_outlet, words, end) != 0)
        return name;
    }
    return {};
  }

  Span holder(Span line, const std::vector<LineWord>& words) const {
    std::size_t rights = words.size();
    for (std::size_t i = 0; i < words.size() && rights == words.size(); ++i)
      if (tables_.match(PhraseKind::rights, words, i) != 0) rights = i;
    const bool has_rights = rights < words.size();
    std::size_t sign = bytes(line).find("\xC2\xA9");
    if (sign == std::string_view::npos) sign = bytes(line).find("(C)");
    if (sign == std::string_view::npos) sign = bytes(line).find("(c)");
    const bool has_sign = sign != std::string_view::npos;
    const bool named = std::any_of(words.begin(), words.end(), [this](const LineWord& w) { return is_copyright(w); });
    if (!has_sign && !has_rights && !named) return {};
    // Behind the sign and its year.
    std::size_t from = 0;
    const auto sign_at = static_cast<std::uint32_t>(line.begin + (has_sign ? sign : 0));
    while (from < words.size() && has_sign && words[from].span.begin < sign_at) ++from;
    const std::size_t before = from;
    bool year = std::any_of(words.begin(), words.end(),
                            [](const LineWord& word) { return word.number && word.span.size() == 4; });
    while (from < words.size() && (words[from].number || is_copyright(words[from]) || words[from].span.size() == 1 ||
                                   (!words[from].upper && is_grammar(words[from]))))
      ++from;
    if ((has_sign || named) && from < words.size() && from != rights) {
      if (const Span name = name_at(words, from); !name.empty() &&
                                                  (year || has_rights || named || is_confirmed(name, line)) &&
                                                  (classes(words[from]) & kCredit) == 0)
        return name;
    }
    const std::size_t limit = has_rights ? rights : before;
    std::size_t end = 0;
    const Span name = limit == 0 ? Span{} : name_at(words, 0, &end);
    return end <= limit ? name : Span{};
  }

  // What stands at the very head: « Radio Médina FM », « Le Courrier de l'Alzette – L'actualité au Luxembourg ».
  Span by_masthead() const {
    std::vector<LineWord> words;
    for (std::size_t i = 0; i < lines_.size() && lines_[i].head; ++i) {
      const ImprintLine& line = lines_[i];
      if (!line.furniture || line.span.size() > 200) continue;
      split(line.span, words);
      if (words.empty() || words.size() > kLineWords) continue;
      if (i < kHeadLines && is_address(line.span)) return line.span;
      std::size_t end = 0;
      const Span name = name_at(words, 0, &end);
      if (name.empty()) continue;
      const bool alone = end == words.size() || is_parted(words, end) || is_dating(words, end) || words[end].number ||
                         words[end].span.size() == 1;
      if (!alone) continue;
      if (is_confirmed(name, line.span)) return name;
      if (i < kHeadLines && is_of_press(words, end)) return name;
    }
    return {};
  }

  // « LeBaobab.bf »
  bool is_address(Span line) const {
    const std::string_view whole = bytes(line);
    const std::size_t point = whole.rfind('.');
    if (point == std::string_view::npos || point < 4 || whole.find_first_of(" /@:") != std::string_view::npos)
      return false;
    const std::string_view top = whole.substr(point + 1);
    return top.size() >= 2 && top.size() <= 4 &&
           std::all_of(top.begin(), top.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  }

  // « Radio … », « Le Courrier de … », « … Infos »: a word that outlets are named with, at the head or the end.
  bool is_of_press(const std::vector<LineWord>& words, std::size_t end) const {
    const std::size_t first = end > 1 && is_grammar(words[0]) ? 1 : 0;
    if (end - first < 2) return false;
    return (classes(words[first]) & (kIssuer | kPress)) != 0 || (classes(words[end - 1]) & kPress) != 0;
  }

  // « LE LEVANT | 12.03.2019 », « Radio des Alpes - 26 août 2019 », « Le Fil avec AFP »: beside the day, or before the
  // agencies, above the text.
  Span by_day() const {
    std::vector<LineWord> words;
    for (std::size_t i = 0; i < std::min<std::size_t>(lines_.size(), 40) && !lines_[i].tail; ++i) {
      const ImprintLine& line = lines_[i];
      if (!line.furniture || line.caption || line.span.size() > 300) continue;
      split(line.span, words);
      if (words.size() < 2 || words.size() > kLineWords) continue;
      std::size_t begin = tables_.match(PhraseKind::byline, words, 0);
      if (begin >= words.size()) continue;
      std::size_t end = 0;
      Span name = name_at(words, begin, &end);
      const bool agencies = end < words.size() ? tables_.match(PhraseKind::with_agencies, words, end) != 0
                                               : i + 1 < lines_.size() && lines_[i + 1].furniture &&
                                                     draws_from_agencies(lines_[i + 1].span);
      // « Le Monde avec AFP »: of menus' words alone, and yet a name here.
      if (name.empty() && agencies && end == begin + 2 && is_grammar(words[begin]) && words[begin].upper)
        name = Span{words[begin].span.begin, words[end - 1].span.end};
      if (name.empty() || (end >= words.size() && !agencies)) continue;
      const std::string_view gap = end < words.size() ? gap_before(words, end) : std::string_view();
      const bool bar = gap.find('|') != std::string_view::npos || gap.find(" / ") != std::string_view::npos;
      const bool dated = end < words.size() && date_at(text_, words, end, tables_).has_value();
      const bool certain = is_grammar(words[begin]) || is_of_press(words, end);  // no person's name begins with « Le »
      if (agencies && certain) return name;
      if ((bar || dated) && (is_of_press(words, end) || is_confirmed(name, line.span))) return name;
      if (bar && is_grammar(words[begin]) && holds_day(words)) return name;
    }
    return {};
  }

  bool draws_from_agencies(Span line) const {
    std::vector<LineWord> words;
    if (line.size() > 60) return false;
    split(line, words);
    return tables_.match(PhraseKind::with_agencies, words, 0) != 0;
  }

  bool holds_day(const std::vector<LineWord>& words) const {
    for (std::size_t i = 0; i < words.size(); ++i)
      if (date_at(text_, words, i, tables_)) return true;
    return false;
  }

  // « DAKAR, 12 mars (APS) – », « Genève | AFP | mardi 12/03/2019 »: an agency's own text.
  Span by_dateline() const {
    std::vector<LineWord> words;
    for (std::size_t i = 0; i < std::min<std::size_t>(lines_.size(), 40) && !lines_[i].tail; ++i) {
      if (lines_[i].caption) continue;
      words.clear();
      tables_.split(text_, lines_[i].span, kDatelineWords + 4, words);
      for (std::size_t k = 0; k < std::min(words.size(), kDatelineWords + 1); ++k) {
        const LineWord& word = words[k];
        if (k > 0 && gap_before(words, k).find('(') != std::string_view::npos) {
          const Span name = bracketed(lines_[i].span, words, k);
          if (!name.empty()) return name;
        }
        if ((classes(word) & kAgency) != 0 && words.size() <= kDatelineWords + 3 && holds_day(words) &&
            (bars(words, k) || (k + 1 < words.size() && bars(words, k + 1))))
          return word.span;
        const bool of_dateline = word.upper || word.number || tables_.month(word) != 0 ||
                                 (classes(word) & (kDateLineWord | kWeekday)) != 0 ||
                                 (text_[word.span.begin] >= '0' && text_[word.span.begin] <= '9');
        if (!of_dateline) break;
      }
    }
    return {};
  }

  // « Belga », « (AFP) »: nothing but the agency.
  Span by_agency() const {
    constexpr std::uint32_t kBytes = 24;
    std::vector<LineWord> words;
    for (const ImprintLine& line : lines_) {
      if (line.caption || line.span.size() > kBytes) continue;
      split(line.span, words);
      if (words.size() == 1 && words[0].upper && (classes(words[0]) & kAgency) != 0) return words[0].span;
    }
    return {};
  }

  bool bars(const std::vector<LineWord>& words, std::size_t i) const {
    return i > 0 && gap_before(words, i).find('|') != std::string_view::npos;
  }

  // The first name in the bracket, if a dash, a colon or the line's end stands behind it, and it is an agency's or a
  // few capitals.
  Span bracketed(Span line, const std::vector<LineWord>& words, std::size_t k) const {
    const std::size_t close = text_.substr(0, line.end).find(')', words[k].span.end);
    if (close == std::string_view::npos || close > words[k].span.begin + 60) return {};
    std::uint32_t at = static_cast<std::uint32_t>(close) + 1;
    while (at < line.end && (text_[at] == ' ' || text_[at] == '.')) ++at;
    std::uint32_t behind = at;
    const bool closed = at >= line.end || text_[at] == ':' || is_dash(next_code_point(text_, behind));
    if (!closed) return {};
    std::size_t last = k;
    while (last + 1 < words.size() && words[last + 1].span.end <= close && !is_parted(words, last + 1)) ++last;
    const bool of_trade =
        (classes(words[k]) & kAgency) != 0 || (last > k && (classes(words[k]) & (kIssuer | kPress)) != 0);
    const bool initials = last == k && words[k].span.size() >= 2 && words[k].span.size() <= 6 && is_loud(words[k].span);
    // A date must stand before, or else the bracket may open a name: « Union africaine (UA) – ».
    bool dated = false;
    for (std::size_t i = 0; i < k; ++i) dated = dated || tables_.month(words[i]) != 0 || is_dating(words, i);
    const bool alone = k == 1 && (classes(words[k]) & kAgency) != 0;
    if (!(dated && (of_trade || initials)) && !alone) return {};
    return Span{words[k].span.begin, words[last].span.end};
  }

  bool is_loud(Span span) const {
    for (std::uint32_t at = span.begin; at < span.end;)
      if (!is_upper(next_code_point(text_, at))) return false;
    return true;
  }

  // Letters of what follows « www. », « http:// » and « @ » on the page, and of lines that are an address.
  void collect_addresses() {
    std::size_t seen = 0;
    for (const ImprintLine& line : lines_) {
      if (!line.furniture || line.span.size() > 400 || ++seen > kMostLines) continue;
      const std::string_view whole = bytes(line.span);
      if (whole.find('.') == std::string_view::npos) continue;
      const bool alone = whole.find(' ') == std::string_view::npos && whole.back() != '.';
      if (!alone && whole.find('@') == std::string_view::npos && whole.find("www.") == std::string_view::npos &&
          whole.find("http") == std::string_view::npos)
        continue;
      std::size_t at = 0;
      while (at < whole.size()) {
        const std::size_t end = std::min(whole.find(' ', at), whole.size());
        const std::string_view token = whole.substr(at, end - at);
        const bool address =
            token.find('.') != std::string_view::npos &&
            (alone || token.find('@') != std::string_view::npos || token.find("www.") != std::string_view::npos ||
             token.find("http") != std::string_view::npos);
        if (address) {
          addresses_ += ' ';
          append_letters(token, addresses_);
        }
        at = end + 1;
      }
    }
  }

  static void append_letters(std::string_view name, std::string& out) {
    const std::string folded = fold(name);
    for (std::uint32_t at = 0; at < folded.size();) {
      const std::uint32_t begin = at;
      const char32_t c = next_code_point(folded, at);
      if (is_letter(c) || is_digit(c)) out.append(folded, begin, at - begin);
    }
  }

  // An address of the page holds the name's words, with its article or without, or its grammar left out.
  bool is_confirmed(Span name, Span line) const {
    if (addresses_.empty() || line.empty()) return false;
    std::vector<LineWord> words;
    split(name, words);
    std::string all, plain;
    for (const LineWord& word : words) {
      append_letters(bytes(word.span), all);
      if (!is_grammar(word)) append_letters(bytes(word.span), plain);
    }
    const auto holds = [this](const std::string& letters) {
      return letters.size() >= 5 && addresses_.find(letters) != std::string::npos;
    };
    return holds(all) || holds(plain);
  }

  std::string_view text_;
  const std::vector<ImprintLine>& lines_;
  const PageCues::Tables& tables_;
  std::string_view byline_;
  std::string addresses_;
};

}  // namespace

std::string outlet_of(std::string_view text, const std::vector<ImprintLine>& lines, const PageCues::Tables& tables,
                      std::string_view byline) {
  return Imprint(text, lines, tables, byline).outlet();
}

}  // namespace chancery
