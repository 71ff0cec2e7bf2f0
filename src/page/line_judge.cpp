// One line by itself: phrases at its head, the classes of its words, credits, bread crumbs, consent. Each rule asks for
// evidence that an article's sentence does not give; what is doubtful is left to the neighbours (furniture.cpp).
#include <algorithm>
#include <bit>

#include "page/dates.h"
#include "page/furniture.h"
#include "text/unicode.h"

namespace chancery {
namespace {

// Words of a line that are looked at; a consent wall is shorter, a longer line is article or nothing we know.
constexpr std::size_t kMaxWords = 1500;
constexpr std::size_t kShortSentence = 12;  // words of a sentence that may be a label or a greeting
constexpr std::size_t kCaptionWords = 45;
constexpr std::size_t kShortLine = 10;  // words that a line of a date and names may have
constexpr std::size_t kLongLine = 25;   // words; a longer line is no label and no list of links
constexpr std::size_t kMaxCreditWords = 40;

bool is_closing(char32_t c) { return is_quote(c) || is_apostrophe(c) || c == ')' || c == ']' || is_space(c); }

constexpr std::string_view kCopyrightSign = "\xC2\xA9";

// « 18h40 »
bool is_clock(std::string_view word) {
  const std::size_t hour = word.find_first_not_of("0123456789");
  return hour != std::string_view::npos && hour >= 1 && hour <= 2 && word[hour] == 'h' &&
         word.find_first_not_of("0123456789", hour + 1) == std::string_view::npos && word.size() <= 5;
}

bool has(std::string_view gap, std::string_view mark) { return gap.find(mark) != std::string_view::npos; }

// The marks that part the items of a line: a middle dot, a bullet.
bool has_dot(std::string_view gap) { return has(gap, "\xC2\xB7") || has(gap, "\xE2\x80\xA2"); }

bool has_dash(std::string_view gap) {
  for (std::uint32_t at = 0; at < gap.size();)
    if (is_dash(next_code_point(gap, at))) return true;
  return false;
}

bool is_bullet(char32_t c) { return c == U'•' || c == U'·' || c == U'▪' || c == U'►' || c == U'‣' || c == U'*'; }

bool is_crumb_mark(char32_t c) { return c == '>' || c == U'›' || c == U'»' || c == U'→'; }

}  // namespace

Span trim(std::string_view text, Span span) {
  while (span.begin < span.end) {
    std::uint32_t at = span.begin;
    if (!is_space(next_code_point(text, at))) break;
    span.begin = at;
  }
  while (span.end > span.begin) {
    std::uint32_t at = span.end;
    if (!is_space(previous_code_point(text, at))) break;
    span.end = at;
  }
  return span;
}

Span LineJudge::trimmed(Span span) const { return trim(text_, span); }

void LineJudge::split_words(Span span) {
  words_.clear();
  tables_.split(text_, span, kMaxWords, words_);
  class_counts_.fill(0);
  classes_ = 0;
  for (const LineWord& word : words_) {
    std::uint32_t classes = tables_.classes(word);
    classes_ |= classes;
    for (; classes != 0; classes &= classes - 1) ++class_counts_[static_cast<std::size_t>(std::countr_zero(classes))];
  }
}

std::size_t LineJudge::count(std::uint32_t classes) const {
  if ((classes_ & classes) == 0) return 0;
  if (std::has_single_bit(classes)) return class_counts_[static_cast<std::size_t>(std::countr_zero(classes))];
  std::size_t number = 0;
  for (const LineWord& word : words_) number += static_cast<std::size_t>((tables_.classes(word) & classes) != 0);
  return number;
}

std::string_view LineJudge::gap_before(std::size_t word) const {
  const std::uint32_t begin = words_[word - 1].span.end;
  return text_.substr(begin, words_[word].span.begin - begin);
}

bool LineJudge::followed_by_colon(std::size_t word) const {
  std::uint32_t at = words_[word].span.end;
  while (at < text_.size()) {
    const char32_t c = next_code_point(text_, at);
    if (c == ':') return true;
    if (!is_space(c) || c == '\n') return false;
  }
  return false;
}

namespace {

struct Ending {
  bool terminal = false;
  bool ellipsis = false;
};

Ending ending_of(std::string_view text, Span span, std::size_t words) {
  std::uint32_t at = span.end;
  bool closed = false;
  while (at > span.begin) {
    const char32_t c = previous_code_point(text, at);
    if (is_closing(c)) {
      closed = closed || is_quote(c);
      continue;
    }
    const bool ellipsis = c == U'…' || (c == '.' && at >= span.begin + 2 && text[at - 1] == '.' && text[at - 2] == '.');
    const bool full_stop = c == '.' || c == '!' || c == '?' || c == U'…' || c == ':' || c == ';';
    return Ending{full_stop || (closed && words >= 12), ellipsis};
  }
  return {};
}

}  // namespace

JudgedLine LineJudge::judge(Span span, std::vector<Span>& cuts) {
  split_words(span);
  JudgedLine line;
  line.span = span;
  line.words = static_cast<std::uint32_t>(words_.size());
  const Ending ending = ending_of(text_, span, words_.size());
  line.terminal = ending.terminal;
  line.ellipsis = ending.ellipsis;
  std::uint32_t first = span.begin;
  line.bullet = is_bullet(next_code_point(text_, first));
  line.outlet = words_.size() >= 4 && count(kOutlet) >= 3 && count(kOutlet) * 12 >= words_.size();
  if (words_.empty() || is_count()) {
    line.mark = LineMark::furniture;
    return line;
  }
  if (words_.size() <= 8) {
    const auto whole = [&](PhraseKind kind) { return tables_.match(kind, words_, 0) == words_.size(); };
    line.contents = whole(PhraseKind::contents);
    line.box = whole(PhraseKind::box);
    line.box_end = whole(PhraseKind::box_end);
  }
  line.mark = line.contents ? LineMark::furniture : judge_phrases(line, cuts);
  if (line.mark != LineMark::none) return line;
  if (is_row_of_labels() || is_arrow(line) || is_slug(line) || is_dated_label(line) || is_stamped_label() ||
      is_date_line() || stamp(line) || is_menu(line) || is_site(line)) {
    line.mark = LineMark::furniture;
  } else if (const std::size_t known = cuts.size(); is_labelled_credit(line, cuts) || is_credit(line, cuts)) {
    line.caption = true;
    line.mark = LineMark::furniture;
  } else if (cuts.size() > known) {
    line.caption = line.words <= kCaptionWords;  // a sentence, and who took the picture of it
  } else if (is_breadcrumb(line, cuts) || is_consent(line.mark) || is_share_or_nav(line.mark)) {
    if (line.mark == LineMark::none) line.mark = LineMark::furniture;
  } else if (is_byline(line)) {
    line.mark = LineMark::byline;
  } else if (!cut_date_head(line, cuts, line.mark)) {
    line.dateline = is_dateline(line);
    cut_inline_labels(span, cuts);
  }
  return line;
}

LineMark LineJudge::judge_phrases(const JudgedLine& line, std::vector<Span>& cuts) const {
  // Behind a phrase that must be the whole line, numbers may stand, and one before it: « 12 commentaires », « Vues 81
  // ».
  const auto is_whole = [&](PhraseKind kind) {
    const std::size_t begin = words_.size() > 1 && words_[0].number ? 1 : 0;
    std::size_t end = words_.size();
    while (end > begin + 1 && words_[end - 1].number) --end;
    const std::size_t taken = tables_.match(kind, words_, begin);
    return taken != 0 && begin + taken == end;
  };
  if (tables_.match(PhraseKind::end, words_, 0) != 0 && words_.size() <= 2 * kLongLine) return LineMark::end;
  if (words_.size() <= 8 && is_whole(PhraseKind::comments)) return LineMark::comments;
  if (words_.size() <= 8 && is_whole(PhraseKind::links)) return LineMark::links;
  // « Oui. » is an answer.
  const bool answer = words_.size() == 1 && text_[line.span.end - 1] == '.';
  if (words_.size() <= 10 && !answer && is_whole(PhraseKind::whole)) return LineMark::furniture;
  // A sentence may begin like a label; a label is short, or ends like no sentence, or has a colon, or speaks to the
  // reader.
  // « 07h12 – Bonjour et bienvenue dans ce direct »: a ticker's clock may stand first.
  std::size_t clock = 0;
  while (clock < std::min<std::size_t>(3, words_.size()) &&
         (words_[clock].number || is_clock(text_.substr(words_[clock].span.begin, words_[clock].span.size()))))
    ++clock;
  std::size_t opener = tables_.match(PhraseKind::opener, words_, 0);
  if (opener == 0 && clock != 0 && clock < words_.size()) {
    opener = tables_.match(PhraseKind::opener, words_, clock);
    if (opener != 0) opener += clock;
  }
  if (opener != 0 && words_.size() <= 60) {
    const bool like_label =
        words_.size() <= 12 || !line.terminal || followed_by_colon(opener - 1) || count(kReader) > 0;
    if (like_label) return LineMark::furniture;
    const bool cut = cut_sentence(clock == 0 ? line.span.begin : words_[clock].span.begin, opener, cuts);
    if (!cut && opener >= 4) return LineMark::furniture;
  }
  cut_last_sentence(line.span, cuts);
  // « Mis à jour à 14h30 »: a clock without a date.
  if (words_.size() <= 8 && tables_.match(PhraseKind::updated, words_, 0) != 0 && has_number())
    return LineMark::furniture;
  if (is_clock_line()) return LineMark::furniture;
  const std::size_t label = tables_.match(PhraseKind::label, words_, 0);
  if (label != 0 && followed_by_colon(label - 1) && (words_.size() <= kLongLine || !line.terminal))
    return LineMark::furniture;
  return LineMark::none;
}

// « 12h40 • Bonjour et bienvenue dans ce direct. Le président … »: the sentence that the words of a label begin, if it
// is short and another one follows.
bool LineJudge::cut_sentence(std::uint32_t begin, std::size_t opener, std::vector<Span>& cuts) const {
  for (std::size_t i = opener; i < std::min(words_.size(), opener + kShortSentence); ++i) {
    const std::size_t stop = gap_before(i).find_first_of(".!?");
    if (stop == std::string_view::npos || !words_[i].upper) continue;
    cuts.push_back(Span{begin, words_[i - 1].span.end + static_cast<std::uint32_t>(stop) + 1});
    return true;
  }
  return false;
}

// « … dans la nuit. Merci de nous avoir suivis, et bonne nuit ! »
void LineJudge::cut_last_sentence(Span line, std::vector<Span>& cuts) const {
  if (words_.size() < kShortSentence || words_.size() >= kMaxWords) return;
  for (std::size_t i = words_.size() - 1; i > 0 && words_.size() - i <= kShortSentence; --i) {
    if (!words_[i].upper || gap_before(i).find_first_of(".!?") == std::string_view::npos) continue;
    if (words_.size() - i >= 3 && tables_.match(PhraseKind::opener, words_, i) != 0)
      cuts.push_back(Span{words_[i].span.begin, line.end});
    return;
  }
}

bool LineJudge::has_number() const {
  return std::any_of(words_.begin(), words_.end(), [this](const LineWord& word) {
    return text_[word.span.begin] >= '0' && text_[word.span.begin] <= '9';
  });
}

// « 81 », « 1,2 K », « 03:41 », « 12 min »: numbers and nothing to read.
bool LineJudge::is_count() const {
  if (words_.size() > 8) return false;
  bool number = false;
  for (const LineWord& word : words_) {
    const bool clock = is_clock(text_.substr(word.span.begin, word.span.size()));
    number = number || word.number || clock;
    if (!word.number && !clock && word.span.size() > 1) return false;
  }
  const bool letters =
      words_.size() > 1 && std::all_of(words_.begin(), words_.end(), [this](const LineWord& word) {
        return word.upper && word.span.size() == 1 && text_[word.span.begin] == text_[words_[0].span.begin];
      });
  if (letters) return true;  // « A A A »: the sizes of the letters
  // A lone year or a lone letter with nothing else is as little to read as a count.
  return number || words_.size() == 1;
}

bool LineJudge::is_consent(LineMark& mark) const {
  const std::size_t strong = count(kConsentStrong), weak = count(kConsentWeak), reader = count(kReader);
  const std::size_t words = words_.size();
  if (words <= 12) {
    if (words <= 2 && strong + weak == words) mark = LineMark::perhaps;
    if (strong != 0 && (strong + weak + reader) * 5 >= words * 2 && words >= 2) return true;
    if (weak >= 2 && (weak + reader) * 2 >= words) mark = LineMark::perhaps;
    return mark == LineMark::perhaps;
  }
  if (strong != 0 && reader != 0 && (strong * 3 + weak) * 10 >= words + 20) return true;
  if (weak >= 8 && reader >= 3 && weak * 5 >= words) return true;
  if (weak >= 4 && reader != 0 && weak * 8 >= words) mark = LineMark::perhaps;
  return mark == LineMark::perhaps;
}

// « Le ministre à son arrivée © AFP », « (Photo : X/AFP) », « Jean Dupont / Reuters ». Behind a whole paragraph only
// the credit itself goes.
bool LineJudge::is_credit(const JudgedLine& line, std::vector<Span>& cuts) const {
  const std::string_view bytes = text_.substr(line.span.begin, line.span.size());
  const std::size_t sign = bytes.rfind(kCopyrightSign);
  if (sign != std::string_view::npos && words_.size() < kMaxWords) {
    const auto at = static_cast<std::uint32_t>(line.span.begin + sign);
    const auto before = static_cast<std::size_t>(
        std::count_if(words_.begin(), words_.end(), [at](const LineWord& word) { return word.span.begin < at; }));
    const std::size_t behind = words_.size() - before;
    if (before == 0 && behind <= kMaxCreditWords) return true;
    if (behind <= 10) {
      const bool sentence_before = ending_of(text_, trimmed(Span{line.span.begin, at}), before).terminal;
      if (before <= kMaxCreditWords && !sentence_before) return true;
      cuts.push_back(Span{at, line.span.end});
      return false;
    }
  }
  if (cut_credit_tail(line, cuts)) return false;
  if (line.terminal || words_.size() > kMaxCreditWords || words_.size() < 2) return false;
  if ((tables_.classes(words_[0]) & kCredit) != 0 && (bytes[0] == '(' || bytes[0] == '[')) return true;
  if ((tables_.classes(words_[0]) & kCredit) != 0 &&  // « PHOTO JEANNE MOREL, ASSOCIATED PRESS »
      std::all_of(words_.begin(), words_.end(), [this](const LineWord& word) { return is_all_upper(word.span); }))
    return true;
  const LineWord& last = words_.back();
  if ((tables_.classes(last) & kAgency) == 0 || !last.upper) return false;
  const std::string_view gap = gap_before(words_.size() - 1);
  return has(gap, "/") || has(gap, "|");
}

// « Une patrouille sur le fleuve. PHOTO ARCHIVES », « … [Photo d'agence] », « … AP - Jeanne M. »: what a caption's last
// full stop leaves, if it is a few words that say who took the picture.
bool LineJudge::cut_credit_tail(const JudgedLine& line, std::vector<Span>& cuts) const {
  constexpr std::size_t kTail = 6;
  if (words_.size() < 4 || words_.size() > kCaptionWords || count(kCredit | kAgency) == 0) return false;
  for (std::size_t i = words_.size() - 1; i > 2 && words_.size() - i <= kTail; --i) {
    const std::string_view gap = gap_before(i);
    const bool ends = gap.find_first_of(".!?") != std::string_view::npos;
    const bool bracket = gap.find_first_of("[(") != std::string_view::npos;
    if (!ends && !bracket) continue;
    const std::uint32_t classes = tables_.classes(words_[i]);
    const bool credit = (classes & kCredit) != 0 && (bracket || is_all_upper(words_[i].span));
    const bool agency = ends && (classes & kAgency) != 0 && is_all_upper(words_[i].span) &&
                        (i + 1 == words_.size() || has(gap_before(i + 1), "/") || has_dash(gap_before(i + 1)));
    if (!credit && !agency) continue;
    std::uint32_t begin = words_[i].span.begin;
    while (begin > words_[i - 1].span.end && (text_[begin - 1] == '[' || text_[begin - 1] == '(')) --begin;
    cuts.push_back(Span{begin, line.span.end});
    return true;
  }
  return false;
}

// Whether the word before words_[colon] names a credit and begins a clause: « … en 2018. Crédit photo : », « (Photo :
// », but not « La guerre des images : ».
bool LineJudge::begins_credit(Span line, std::size_t colon) const {
  std::size_t first = colon;
  while (first > 0 && (tables_.classes(words_[first - 1]) & kCredit) != 0) --first;
  if (first == colon) return false;
  if (first == 0) return true;
  const std::string_view gap = gap_before(first);
  return line.begin < words_[first].span.begin && gap.find_first_of(".!?(|-[") != std::string_view::npos;
}

// Of a caption that is a sentence only the credit goes; false where no sentence stands before it.
bool LineJudge::cut_behind_sentence(Span line, std::size_t colon, std::vector<Span>& cuts) const {
  std::size_t first = colon;
  while (first > 0 && (tables_.classes(words_[first - 1]) & kCredit) != 0) --first;
  if (first < 2 || gap_before(first).find_first_of(".!?") == std::string_view::npos) return false;
  std::uint32_t begin = words_[first].span.begin;
  while (text_[begin - 1] == '(' || text_[begin - 1] == '[') --begin;
  cuts.push_back(Span{begin, line.end});
  return true;
}

// « Une patrouille sur le fleuve. Crédits : Jeanne Morel », « AFP/Archives - JEANNE MOREL »
bool LineJudge::is_labelled_credit(const JudgedLine& line, std::vector<Span>& cuts) const {
  if (line.terminal || words_.size() > kMaxCreditWords || words_.size() < 2) return false;
  const std::string_view bytes = text_.substr(line.span.begin, line.span.size());
  if (const std::size_t colon = bytes.rfind(':'); colon != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(line.span.begin + colon);
    std::size_t before = 0;
    while (before < words_.size() && words_[before].span.begin < at) ++before;
    const std::size_t behind = words_.size() - before;
    if (before > 0 && behind >= 1 && behind <= 6 && words_[before].upper && begins_credit(line.span, before))
      return !cut_behind_sentence(line.span, before, cuts);
  }
  if (words_.size() > 8 || bytes.find('/') == std::string_view::npos || count(kAgency) == 0) return false;
  return std::all_of(words_.begin(), words_.end(), [](const LineWord& word) { return word.upper || word.number; });
}

// « Tout accepter   Tout refuser   Personnaliser », « OK | S'abonner »: labels one behind the other, parted by bars,
// dashes or wide spaces; of three and more one may be another.
bool LineJudge::is_row_of_labels() const {
  if (words_.size() < 2 || words_.size() > 20) return false;
  std::size_t rows = 0, known = 0;
  for (std::size_t begin = 0, end = 0; begin < words_.size(); begin = end) {
    for (end = begin + 1; end < words_.size(); ++end) {
      const std::string_view gap = gap_before(end);
      if (has(gap, "|") || has(gap, "  ") || has(gap, "\t") || has_dot(gap) || (has(gap, " ") && has_dash(gap))) break;
    }
    if (end - begin > 6) return false;
    ++rows;
    scratch_.assign(words_.begin() + static_cast<std::ptrdiff_t>(begin),
                    words_.begin() + static_cast<std::ptrdiff_t>(end));
    const bool label = tables_.match(PhraseKind::whole, scratch_, 0) == scratch_.size();
    known += static_cast<std::size_t>(
        label || std::all_of(scratch_.begin(), scratch_.end(), [this](const LineWord& word) {
          return (tables_.classes(word) & (kNav | kSection | kHome | kShare | kNetwork | kGlue)) != 0;
        }));
  }
  return rows >= 2 && (known == rows || (rows >= 4 && known + 1 == rows));
}

// « ← Les ponts coupés », « Petite histoire des consuls → »: to the next page and back.
bool LineJudge::is_arrow(const JudgedLine& line) const {
  if (words_.size() > 16) return false;
  std::uint32_t first = line.span.begin, last = line.span.end;
  const char32_t begin = next_code_point(text_, first), end = previous_code_point(text_, last);
  return begin == U'←' || end == U'→';
}

// What agencies put at the end: « bur-abc/def/gh », « AFP 121024 GMT MAR 19 ».
bool LineJudge::is_slug(const JudgedLine& line) const {
  if (words_.size() < 2 || words_.size() > 10) return false;
  const std::string_view bytes = text_.substr(line.span.begin, line.span.size());
  const bool initials =
      bytes.find_first_of(" .,") == std::string_view::npos && bytes.find('/') != std::string_view::npos;
  if (initials && std::all_of(words_.begin(), words_.end(), [this](const LineWord& word) {
        const bool agency = (tables_.classes(word) & (kAgency | kBylineWord)) != 0;
        return agency || (!word.upper && !word.number && word.span.size() <= 4);
      }))
    return true;
  std::size_t agencies = 0, numbers = 0;
  for (const LineWord& word : words_) {
    const bool agency = (tables_.classes(word) & kAgency) != 0;
    const bool dating = tables_.month(word) != 0 || (tables_.classes(word) & (kDateLineWord | kWeekday)) != 0;
    if (!agency && !dating && !word.number) return false;
    agencies += static_cast<std::size_t>(agency);
    numbers += static_cast<std::size_t>(word.number);
  }
  return agencies != 0 && numbers >= 2;
}

// « Le Courrier | Publié le 3 mai 2021 à 10h »: a label with its day behind a bar or a dash, and nothing else to read.
bool LineJudge::is_dated_label(const JudgedLine& line) const {
  if (line.terminal || words_.size() > 20) return false;
  for (std::size_t i = 1; i + 1 < words_.size() && i < 8; ++i) {
    const std::string_view gap = gap_before(i);
    if (!has(gap, "|") && !has(gap, " - ") && !has(gap, "\xE2\x80\x93") && !has_dot(gap)) continue;
    const std::size_t label =
        std::max(tables_.match(PhraseKind::published, words_, i), tables_.match(PhraseKind::updated, words_, i));
    if (label == 0) continue;
    const std::size_t end = date_line_extent(i + label);
    if (end > i + label && words_.size() <= end + 4) return true;
  }
  return false;
}

// « 2025-06-05 · Asie-Pacifique · Lecture 2 min. », « Dakar, mardi 18 juillet 2023 - N° 4 318 - Prix : 200 F CFA »:
// short items between dots, bars or two dashes and more, one of them with a date.
bool LineJudge::is_stamped_label() const {
  constexpr std::size_t kWords = 18, kItemWords = 4;
  if (words_.size() < 3 || words_.size() > kWords) return false;
  bool dated = false;
  std::size_t marks = 0, dashes = 0;
  for (std::size_t begin = 0, end = 0; begin < words_.size(); begin = end) {
    bool has_date = false;
    std::size_t long_words = 0;
    for (end = begin; end < words_.size(); ++end) {
      if (end > begin) {
        const std::string_view gap = gap_before(end);
        const bool mark = has(gap, "|") || has_dot(gap), dash = has(gap, " ") && has_dash(gap);
        marks += static_cast<std::size_t>(mark);
        dashes += static_cast<std::size_t>(dash);
        if (mark || dash) break;
      }
      has_date = has_date || date_at(text_, words_, end, tables_) || is_month_of_year(end);
      long_words += static_cast<std::size_t>(!words_[end].number && words_[end].span.size() > 2);
    }
    const bool by = tables_.match(PhraseKind::byline, words_, begin) != 0;
    if (long_words > (has_date || by ? kItemWords + 2 : kItemWords)) return false;
    dated = dated || has_date;
  }
  return dated && (marks != 0 || dashes >= 2 || (dashes == 1 && has_issue_number()));
}

// « mars 2021 »
bool LineJudge::is_month_of_year(std::size_t at) const {
  return at + 1 < words_.size() && tables_.month(words_[at]) != 0 && words_[at + 1].number &&
         words_[at + 1].span.size() == 4;
}

// « n° 12 »: a single letter before the sign and its number.
bool LineJudge::has_issue_number() const {
  for (std::size_t i = 1; i < words_.size(); ++i)
    if (words_[i].number && words_[i - 1].span.size() == 1 && has(gap_before(i), "\xC2\xB0")) return true;
  return false;
}

// « INTERNATIONAL RUSSIE FRANCE OPINIONS VIDÉOS », « Accueil | Archives | Contact »: short items between bars or wide
// spaces, all in capitals or a third of them words of menus.
bool LineJudge::is_menu(const JudgedLine& line) const {
  constexpr std::size_t kItems = 3, kItemWords = 4;
  if (line.terminal || words_.size() < 2 || words_.size() > 2 * kLongLine) return false;
  std::size_t items = 1, length = 1, capitals = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    capitals += static_cast<std::size_t>(is_all_upper(words_[i].span));
    if (i == 0) continue;
    const std::string_view gap = gap_before(i);
    const bool parted = has(gap, "|") || has(gap, "  ") || has(gap, "\t") || has_dot(gap) || has(gap, " \xE2\x80\x93 ");
    length = parted ? 1 : length + 1;
    items += static_cast<std::size_t>(parted);
    if (length > kItemWords) return false;
  }
  const bool loud = capitals == words_.size();
  const std::size_t known = count(kNav | kSection | kHome);
  if (items < (loud || known >= 2 ? 2 : kItems)) return false;
  return known * 3 >= words_.size() || (known != 0 && loud);
}

bool LineJudge::is_all_upper(Span word) const {
  for (std::uint32_t at = word.begin; at < word.end;)
    if (!is_upper(next_code_point(text_, at))) return false;
  return true;
}

// « ActuSahel.net »: an address alone.
bool LineJudge::is_site(const JudgedLine& line) const {
  if (words_.size() < 2 || words_.size() > 4) return false;
  const std::string_view bytes = text_.substr(line.span.begin, line.span.size());
  const std::size_t point = bytes.rfind('.');
  if (point == std::string_view::npos || bytes.find(' ') != std::string_view::npos) return false;
  const std::string_view top = bytes.substr(point + 1);
  return top.size() >= 2 && top.size() <= 6 &&
         std::all_of(top.begin(), top.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool LineJudge::is_share_or_nav(LineMark& mark) const {
  if (words_.size() > 40) return false;
  const std::size_t networks = count(kNetwork), share = count(kShare | kNetwork), nav = count(kNav | kSection | kHome);
  std::size_t known = 0, numbers = 0, plain = 0;
  for (const LineWord& word : words_) {
    const bool cue = (tables_.classes(word) & (kNetwork | kShare | kGlue | kNav | kSection | kHome)) != 0;
    known += static_cast<std::size_t>(cue || word.number);
    numbers += static_cast<std::size_t>(word.number);
    plain += static_cast<std::size_t>(!word.upper && !word.number);
  }
  if (known != words_.size()) {
    // Three networks and more in a short line are a share bar whatever stands between them; so are three sections and
    // more, all with capitals, a menu.
    if (nav >= 3 && plain == 0 && nav * 4 >= words_.size() * 3) return true;
    return networks >= 3 && networks * 2 >= words_.size();
  }
  if (networks != 0 && share + numbers >= 2) return true;
  if (networks != 0 || (share >= 2 && share * 2 >= words_.size())) {
    mark = words_.size() <= 4 ? LineMark::perhaps : LineMark::furniture;
    return true;
  }
  if (nav == 0) return false;
  // Names of sections one after the other are a menu; one alone may be a heading.
  mark = nav >= 3 && plain * 3 <= words_.size() ? LineMark::furniture : LineMark::perhaps;
  return true;
}

// « Accueil > Monde > Europe » whole; of « Accueil Monde Le titre » the crumbs alone.
bool LineJudge::is_breadcrumb(const JudgedLine& line, std::vector<Span>& cuts) const {
  if (words_.size() > 2 * kLongLine) return false;
  std::size_t marks = 0;
  std::uint32_t at = line.span.begin;
  while (at < line.span.end) {
    const std::uint32_t begin = at;
    // A guillemet that closes a quotation is none: a crumb's has space on both sides and follows no opening one.
    const char32_t c = next_code_point(text_, at);
    const bool slash = c == '/' && begin > line.span.begin && text_[begin - 1] == ' ';  // « Accueil / Monde / … »
    if ((is_crumb_mark(c) || slash) && begin > line.span.begin && at < line.span.end) ++marks;
  }
  const bool quotes = text_.substr(line.span.begin, line.span.size()).find("\xC2\xAB") != std::string_view::npos;
  const bool home = (tables_.classes(words_[0]) & kHome) != 0 && words_[0].upper;
  if (!quotes && !line.terminal && (marks >= 2 || (marks == 1 && home)) && words_.size() <= kLongLine) return true;
  if (!home) return false;
  std::size_t crumbs = 1;
  while (crumbs < words_.size() && words_[crumbs].upper && (tables_.classes(words_[crumbs]) & (kSection | kNav)) != 0)
    ++crumbs;
  if (crumbs == 1) return words_.size() == 1;
  if (crumbs == words_.size()) return true;
  if (!words_[crumbs].upper) return false;
  cuts.push_back(Span{line.span.begin, words_[crumbs - 1].span.end});
  return false;
}

// « Par Jeanne Morel, envoyée spéciale », with its day behind it or not: « Par Jeanne Morel — 19 janvier 2018 »,
// « De notre correspondant. 9 juillet 2018. »
bool LineJudge::is_byline(const JudgedLine& line) const {
  if (words_.size() < 2 || words_.size() > 18) return false;
  // « Bogotá, de notre correspondante »: a place or two may stand first.
  std::size_t first = 0;
  while (first < 3 && first + 1 < words_.size() && words_[first].upper &&
         tables_.match(PhraseKind::byline, words_, first) == 0)
    ++first;
  const std::size_t phrase = tables_.match(PhraseKind::byline, words_, first);
  if (phrase == 0) return false;
  const std::size_t opener = first + phrase;
  std::size_t end = words_.size();
  for (std::size_t i = opener; i < words_.size() && end == words_.size(); ++i)
    if (date_line_extent(i) == words_.size() && date_at(text_, words_, i, tables_)) end = i;
  const bool dated = end < words_.size();
  if ((line.terminal && !dated) || end > 14) return false;
  bool named = phrase >= 3 && (dated || opener == words_.size());
  for (std::size_t i = opener; i < end; ++i) {
    const bool trade_word = (tables_.classes(words_[i]) & kBylineWord) != 0;
    const bool before_date = dated && i + 2 >= end && (tables_.classes(words_[i]) & (kDateLineWord | kWeekday)) != 0;
    if (!words_[i].upper && !trade_word && !before_date) return false;
    named = named || (words_[i].upper && !before_date);
  }
  return named || (end - opener >= 2 && end == words_.size());  // « Par la rédaction internationale »
}

// The day of a line that is one time stamp in figures (« 2019-03-12T10:15:00+01:00 ») or one address that bears it.
std::optional<PageDate> LineJudge::stamp(const JudgedLine& line) const {
  constexpr std::uint32_t kStamp = 40, kAddress = 400;
  const std::string_view bytes = text_.substr(line.span.begin, std::min(line.span.size(), kAddress + 1));
  if (bytes.find(' ') != std::string_view::npos || bytes.size() > kAddress) return std::nullopt;
  const bool address = bytes.starts_with("http://") || bytes.starts_with("https://");
  if (!address && (bytes.size() > kStamp || bytes[0] < '0' || bytes[0] > '9')) return std::nullopt;
  const auto date = address ? date_from_url(bytes) : date_from_value(bytes);
  if (!date || !date->is_day()) return std::nullopt;
  return PageDate{date->iso(), address ? DateHow::url : DateHow::text, line.span,
                  address ? Witness::url : Witness::text};
}

// « Madrid, le 28 juin 2022 à 22h10 », « GENÈVE, 12 mars (AFP) »: a line that only says where and when it was written.
bool LineJudge::is_dateline(const JudgedLine& line) const {
  if (words_.size() < 3 || words_.size() > kShortLine || !words_[0].upper) return false;
  bool dated = false;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (!is_of_dateline(words_[i])) return false;
    dated = dated || date_at(text_, words_, i, tables_).has_value() ||
            (i + 1 < words_.size() && words_[i].number && tables_.month(words_[i + 1]) != 0);
  }
  return dated && (!line.terminal || text_[line.span.end - 1] == '.' || text_[line.span.end - 1] == ':');
}

// A line of nothing but a date, a clock and the words that go with them.
bool LineJudge::is_date_line() const {
  if (words_.size() > 20) return false;
  bool dated = false;
  for (std::size_t i = 0; i < words_.size();) {
    if (const auto date = date_at(text_, words_, i, tables_)) {
      dated = true;
      i += date->words;
      continue;
    }
    const std::string_view word = text_.substr(words_[i].span.begin, words_[i].span.size());
    const bool clock = word[0] >= '0' && word[0] <= '9' && word.size() <= 5;
    if (!clock && (tables_.classes(words_[i]) & (kDateLineWord | kWeekday)) == 0) return false;
    ++i;
  }
  return dated;
}

// « Publié lundi à 22:14 / Modifié mardi à 6:51 / Lecture : 3 min »: when, by the clock alone.
bool LineJudge::is_clock_line() const {
  if (words_.size() < 3 || words_.size() > 16 || !has_number()) return false;
  if (tables_.match(PhraseKind::published, words_, 0) == 0 && tables_.match(PhraseKind::updated, words_, 0) == 0)
    return false;
  return std::all_of(words_.begin(), words_.end(), [this](const LineWord& word) {
    return word.number || is_clock(text_.substr(word.span.begin, word.span.size())) ||
           (tables_.classes(word) & (kDateLineWord | kWeekday)) != 0;
  });
}

// Words from `at` on that a date line goes on with: dates, clocks, « mis à jour », « à ».
std::size_t LineJudge::date_line_extent(std::size_t at) const {
  std::size_t end = at;
  for (std::size_t i = at; i < words_.size();) {
    if (const auto date = date_at(text_, words_, i, tables_)) {
      i += date->words;
      end = i;
      continue;
    }
    const std::size_t label =
        std::max(tables_.match(PhraseKind::updated, words_, i), tables_.match(PhraseKind::published, words_, i));
    if (label != 0) {
      i += label;
      continue;
    }
    const std::string_view word = text_.substr(words_[i].span.begin, words_[i].span.size());
    if (word[0] >= '0' && word[0] <= '9' && word.size() <= 5) {
      end = ++i;
      continue;
    }
    if ((tables_.classes(words_[i]) & (kDateLineWord | kWeekday)) == 0 || words_[i].upper) break;
    ++i;  // « à », « le »: taken if a date or a clock follows
  }
  return end;
}

// « Publié le 3 mai 2021 à 10h Le ministre … » and « date 2025-02 Le ministre … »: the head goes, or the whole line.
bool LineJudge::cut_date_head(const JudgedLine& line, std::vector<Span>& cuts, LineMark& mark) const {
  std::size_t end = 0;
  const std::size_t label =
      std::max(tables_.match(PhraseKind::published, words_, 0), tables_.match(PhraseKind::updated, words_, 0));
  if (label != 0 && label < words_.size()) {
    end = date_line_extent(label);
    if (end == label) end = 0;
  }
  if (const std::size_t scrap = tables_.match(PhraseKind::date_label, words_, 0);
      end == 0 && scrap != 0 && scrap < words_.size() && words_[scrap].number) {
    const auto value = date_from_value(
        text_.substr(words_[scrap].span.begin, std::min<std::size_t>(32, line.span.end - words_[scrap].span.begin)));
    if (value) {
      end = scrap;
      while (end < words_.size() && words_[end].number) ++end;
    }
  }
  if (end == 0) return false;
  // A sentence that begins so (« Publié le 3 mai 2021 par X, le rapport … ») goes on in lower case.
  if (end < words_.size() && !words_[end].upper && words_.size() > kLongLine) return false;
  if (end == words_.size() || words_.size() <= end + 8) {
    if (end < words_.size() && line.terminal) return false;
    mark = LineMark::furniture;
  } else {
    cuts.push_back(Span{line.span.begin, words_[end - 1].span.end});
  }
  return true;
}

// « … fin de phrase. Lire aussi : … »: every colon is looked at with the few words before it.
void LineJudge::cut_inline_labels(Span span, std::vector<Span>& cuts) const {
  const std::string_view line = text_.substr(0, span.end);
  std::size_t colon = line.find(':', span.begin);
  for (; colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    // The words between the last end of a sentence and the colon, if they are few.
    std::uint32_t begin = static_cast<std::uint32_t>(colon);
    std::uint32_t stop = begin > span.begin + 48 ? begin - 48 : span.begin;
    while (
        !(static_cast<unsigned char>(text_[stop]) < 0x80 || (static_cast<unsigned char>(text_[stop]) & 0xC0) == 0xC0))
      ++stop;
    bool at_start = false;
    bool bracket = false;
    while (begin > stop && !at_start) {
      std::uint32_t before = begin;
      const char32_t c = previous_code_point(text_, before);
      bracket = c == '(' || c == '[';
      at_start = bracket || c == '.' || c == '!' || c == '?' || c == U'…' || c == U'»' || c == U'”';
      if (!at_start) begin = before;
    }
    if (!at_start) continue;  // at the line's own start the phrases of whole lines have had their say
    scratch_.clear();
    tables_.split(text_, Span{begin, static_cast<std::uint32_t>(colon)}, 12, scratch_);
    if (scratch_.empty() || !(scratch_[0].upper || bracket)) continue;
    const std::size_t taken = tables_.match(PhraseKind::inline_label, scratch_, 0);
    // « À lire aussi sur Le Courrier : »
    const bool named =
        std::all_of(scratch_.begin() + static_cast<std::ptrdiff_t>(taken), scratch_.end(),
                    [this](const LineWord& word) { return word.upper || (tables_.classes(word) & kGlue) != 0; });
    if (taken == 0 || !named) continue;
    // What follows is a link's title if it is the last thing in the line and ends like no sentence, or if brackets
    // hold it; otherwise the title is gone or cannot be told from the article.
    std::uint32_t end = static_cast<std::uint32_t>(colon) + 1;
    std::uint32_t start = scratch_[0].span.begin;
    if (bracket) {
      const std::size_t close = text_.substr(0, std::min<std::size_t>(span.end, end + 300)).find_first_of(")]", end);
      if (close == std::string_view::npos) continue;
      end = static_cast<std::uint32_t>(close) + 1;
      start = begin;
      std::uint32_t open = begin;
      if (previous_code_point(text_, open) == '(' || text_[open] == '[') start = open;
    } else if (span.end - end <= 300) {
      const std::string_view rest = text_.substr(end, span.end - end);
      if (rest.find_first_of(".!?") == std::string_view::npos) end = span.end;
    }
    cuts.push_back(Span{start, end});
  }
}

std::string signature(std::string_view text, Span span, const PageCues::Tables& cues) {
  span = trim(text, span);
  if (const std::size_t line = text.substr(span.begin, span.size()).find('\n'); line != std::string_view::npos)
    span.end = span.begin + static_cast<std::uint32_t>(line);
  std::vector<LineWord> words;
  cues.split(text, span, 16, words);
  // « Bogotá, de notre correspondante Jeanne Morel » names her; « Jeanne Morel, envoyée spéciale » does so before.
  std::size_t first = 0;
  while (first < std::min<std::size_t>(3, words.size()) && cues.match(PhraseKind::byline, words, first) == 0) ++first;
  if (first == words.size() || first == 3 || words[first].upper || words[first].span.size() > 3) first = 0;
  std::size_t opener = first + cues.match(PhraseKind::byline, words, first);
  // « De notre envoyée spéciale à Genève, Jeanne Morel »: the name behind the place, or none.
  if (opener > first + 1 && opener < words.size() && !words[opener].upper && words[opener].span.size() <= 4) {
    std::size_t name = opener + 1;
    while (name < words.size() && text[words[name - 1].span.end] != ',') ++name;
    opener = name;
  }
  if (opener >= words.size()) return {};
  std::size_t end = opener;
  bool named = false;
  while (end < words.size()) {
    const LineWord& word = words[end];
    const std::string_view gap = end == opener
                                     ? std::string_view()
                                     : text.substr(words[end - 1].span.end, word.span.begin - words[end - 1].span.end);
    const bool parted = gap.find_first_of("|/(@") != std::string_view::npos || has_dot(gap);
    const std::string_view letters = text.substr(word.span.begin, word.span.size());
    const bool numbered = letters.find_first_of("0123456789") != std::string_view::npos;
    const bool dated = cues.month(word) != 0 && end + 1 < words.size() && text[words[end + 1].span.begin] >= '0' &&
                       text[words[end + 1].span.begin] <= '9';
    const bool labelled = cues.match(PhraseKind::published, words, end) != 0 ||
                          cues.match(PhraseKind::updated, words, end) != 0 || (cues.classes(word) & kWeekday) != 0;
    if (end > opener && (parted || numbered || labelled || dated)) break;
    if (end == opener && (numbered || labelled)) return {};
    if (!word.upper && (cues.classes(word) & kBylineWord) == 0 && word.span.size() > 4) break;
    named = named || word.upper;
    ++end;
  }
  if (!named || end == opener || end - opener > 12) return {};
  while (end > opener + 1 && !words[end - 1].upper) --end;
  const std::uint32_t begin = words[opener].span.begin;
  std::uint32_t last = words[end - 1].span.end;
  if (last < span.end && text[last] == '.' && words[end - 1].span.size() == 1) ++last;
  return std::string(text.substr(begin, last - begin));
}

void LineJudge::collect_dates(const JudgedLine& line, bool head, VisibleDates& dates) const {
  if (words_.empty()) return;
  const std::size_t reach = words_.size() <= kLongLine && !line.terminal ? words_.size() : 1;
  const auto take = [&](std::optional<PageDate>& slot, const CalendarDate& date, std::size_t first, std::size_t last) {
    if (!slot)
      slot = PageDate{date.iso(), DateHow::text, Span{words_[first].span.begin, words_[last].span.end}, Witness::text};
  };
  for (std::size_t i = 0; i < reach; ++i) {
    for (const PhraseKind kind : {PhraseKind::published, PhraseKind::updated}) {
      const std::size_t label = tables_.match(kind, words_, i);
      if (label == 0) continue;
      for (std::size_t at = i + label; at < std::min(words_.size(), i + label + 5); ++at) {
        if (at > i + label && tables_.match(PhraseKind::updated, words_, at) != 0) break;
        if (const auto date = date_at(text_, words_, at, tables_)) {
          take(kind == PhraseKind::published ? dates.published : dates.updated, date->date, i, at + date->words - 1);
          break;
        }
      }
    }
  }
  if (!head) return;
  if (auto own = stamp(line)) {
    auto& slot = own->how == DateHow::url ? dates.address : dates.bare;
    if (!slot) slot = std::move(own);
    return;
  }
  const std::size_t scrap = tables_.match(PhraseKind::date_label, words_, 0);
  if (scrap != 0 && scrap < words_.size() && words_[scrap].number) {
    const std::uint32_t from = words_[scrap].span.begin;
    if (const auto date = date_from_value(text_.substr(from, std::min<std::uint32_t>(32, line.span.end - from)))) {
      std::size_t last = scrap;
      while (last + 1 < words_.size() && words_[last + 1].number && last < scrap + 2) ++last;
      take(dates.bare, *date, 0, last);
    }
  }
  // « GENÈVE, 21 janvier 2022 (AFP) – », « 22 mai 2012. – », « Xinhua | 15.05.2014 | 09:21 », a byline with its day,
  // and lines of a date alone.
  if (line.caption) return;  // the day of the picture
  const bool whole_line = line.mark == LineMark::furniture || line.mark == LineMark::byline;
  const std::size_t near = whole_line ? words_.size() : 10;
  for (std::size_t i = 0; i < std::min(near, words_.size()); ++i) {
    const auto date = date_at(text_, words_, i, tables_);
    if (!date) {
      if (!whole_line && !is_of_dateline(words_[i])) break;
      continue;
    }
    const std::size_t last = i + date->words - 1;
    if (is_date_line() || closes_dateline(last, line)) take(dates.bare, date->date, i, last);
    return;
  }
  // « Carnets d'un lecteur de dépêches – 16 juillet 2015 »
  if (line.terminal || words_.size() > 2 * kShortLine) return;
  for (std::size_t i = 1; i < words_.size(); ++i) {
    const auto date = date_at(text_, words_, i, tables_);
    if (!date) continue;
    const std::string_view gap = gap_before(i);
    if ((has(gap, "|") || has_dash(gap)) && i + date->words == words_.size())
      take(dates.bare, date->date, i, i + date->words - 1);
    return;
  }
}

// Whether what follows words_[last] shows that the date before it is the page's: the line's end, a dash, an agency in
// brackets, nothing but a clock, a bar; or names, counts and the words of a share bar (« 12 mars 2019 Jeanne Morel »).
bool LineJudge::closes_dateline(std::size_t last, const JudgedLine& line) const {
  if (last + 1 == words_.size()) return true;
  const LineWord& next = words_[last + 1];
  const std::string_view gap = gap_before(last + 1);
  if (has_dash(gap) || has_dot(gap)) return true;
  if (has(gap, "(") && ((tables_.classes(next) & kAgency) != 0 || signs(last + 1))) return true;
  if (line.mark == LineMark::furniture && has(gap, "|")) return true;
  if (line.terminal || words_.size() > kLongLine) return false;
  if (text_.substr(line.span.begin, line.span.size()).find('|') != std::string_view::npos) return true;
  if (has(gap, ":")) return false;
  std::size_t at = date_line_extent(last + 1);
  while (at < words_.size() && is_of_dateline(words_[at])) ++at;
  return at == words_.size();
}

// « (Agence Levant) – », « (AFP/Reuters) »: names in the bracket that words_[at] opens, and a dash behind it.
bool LineJudge::signs(std::size_t at) const {
  for (std::size_t end = at; end < std::min(at + 6, words_.size() - 1) && is_of_dateline(words_[end]); ++end) {
    const std::string_view gap = gap_before(end + 1);
    if (has(gap, ")")) return has_dash(gap);
  }
  return false;
}

// Names, numbers and the words of bylines, issues, menus and share bars; no sentence is made of them.
bool LineJudge::is_of_dateline(const LineWord& word) const {
  constexpr std::uint32_t kClasses =
      kDateLineWord | kBylineWord | kWeekday | kShare | kSection | kNav | kGlue | kIssuer;
  const std::string_view letters = text_.substr(word.span.begin, word.span.size());
  return word.upper || word.number || tables_.month(word) != 0 || is_clock(letters) ||
         (letters[0] >= '0' && letters[0] <= '9') || (tables_.classes(word) & kClasses) != 0;
}

std::optional<PageDate> LineJudge::lone_date(const JudgedLine& line) const {
  if (words_.empty() || words_.size() > kLongLine) return std::nullopt;
  // « Par Jeanne Morel, le 12/03/2019 », « Source : Le Fleuve, 12 mars 2019 »
  const bool sourced = line.mark == LineMark::furniture && words_.size() <= kShortLine &&
                       (tables_.classes(words_[0]) & kCredit) != 0 && followed_by_colon(0);
  if (line.mark != LineMark::byline && !sourced && (line.mark != LineMark::furniture || !is_date_line()))
    return std::nullopt;
  for (std::size_t i = 0; i < words_.size(); ++i)
    if (const auto date = date_at(text_, words_, i, tables_))
      return PageDate{date->date.iso(), DateHow::text, Span{words_[i].span.begin, words_[i + date->words - 1].span.end},
                      Witness::text};
  return std::nullopt;
}

}  // namespace chancery
