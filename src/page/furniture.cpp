// The page as a sequence of judged lines: what one line cannot tell, its place does. What stands behind the comments is
// comments, the titles below a heading of links are links; what no rule tells, the layout of the page does (layout.h).
// Rules go over the lines a fixed number of times.
#include "page/furniture.h"

#include <algorithm>
#include <numeric>

#include "page/dates.h"
#include "page/imprint.h"
#include "page/languages.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kMaxJudgedLines = 200'000;  // beyond, the page is no press page: its lines are plain paragraphs
constexpr std::uint32_t kWrappedLine = 50;        // bytes
constexpr std::uint32_t kTitleWords = 35;
constexpr std::uint32_t kHeadingWords = 22;
constexpr std::uint32_t kParagraphWords = 15;
constexpr std::uint32_t kSignatureWords = 6;
constexpr std::uint32_t kIssuerWords = 12;

bool is_line_end(char c) { return c == '\n' || c == '\r' || c == '\f'; }

// Lines without the white space around them; empty ones are left out.
struct RawLine {
  Span span;
  bool blank_before = false;
};

std::vector<RawLine> split_lines(std::string_view text) {
  std::vector<RawLine> lines;
  bool blank = true;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && !is_line_end(text[end])) ++end;
    const Span span = trim(text, Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    if (span.empty()) {
      // The line feed of CR LF parts nothing by itself.
      blank = blank || !(at > 0 && text[at - 1] == '\r' && end == at && at < text.size() && text[at] == '\n');
    } else {
      lines.push_back(RawLine{span, blank});
      blank = false;
    }
    at = end + 1;
  }
  return lines;
}

bool starts_lower(std::string_view text, Span span) {
  std::uint32_t at = span.begin;
  return is_lower(next_code_point(text, at));
}

bool ends_open(std::string_view text, Span span) {
  const char last = text[span.end - 1];
  return (static_cast<unsigned char>(last) >= 0x80 || (last >= 'a' && last <= 'z') || last == ',' || last == '-') &&
         !text.substr(0, span.end).ends_with("…") && !text.substr(0, span.end).ends_with("»") &&
         !text.substr(0, span.end).ends_with("”");
}

// Text set in lines of one width (an e-mail, an agency wire): lines of a run are all about as long, but the last,
// and break sentences.
bool is_wrapped_run(std::string_view text, const std::vector<RawLine>& lines, std::size_t first, std::size_t last) {
  if (last - first < 3) return false;
  std::uint32_t longest = 0;
  for (std::size_t i = first; i < last; ++i) longest = std::max(longest, lines[i].span.size());
  if (longest < 45 || longest > 120) return false;
  std::size_t goes_on = 0;  // lines that begin in the middle of a sentence
  for (std::size_t i = first; i < last; ++i) {
    if (i + 1 < last && lines[i].span.size() * 10 < longest * 7) return false;
    goes_on += static_cast<std::size_t>(i > first && starts_lower(text, lines[i].span));
  }
  return goes_on * 3 >= last - first - 1;
}

// An address, or a line that begins with a weekday and its number, is a line of its own.
bool begins_anew(std::string_view text, Span span, const PageCues::Tables& tables) {
  if (text.substr(span.begin, span.size()).starts_with("http")) return true;
  std::vector<LineWord> words;
  tables.split(text, span, 2, words);
  return words.size() == 2 && (tables.classes(words[0]) & kWeekday) != 0 && words[1].number;
}

// Joins the lines of one paragraph.
std::vector<RawLine> join_wrapped(std::string_view text, std::vector<RawLine> lines, const PageCues::Tables& tables) {
  std::vector<RawLine> joined;
  joined.reserve(lines.size());
  std::size_t at = 0;
  while (at < lines.size()) {
    std::size_t end = at + 1;
    while (end < lines.size() && !lines[end].blank_before) ++end;
    const bool wrapped = is_wrapped_run(text, lines, at, end);
    joined.push_back(lines[at]);
    for (std::size_t i = at + 1; i < end; ++i) {
      const bool goes_on = lines[i - 1].span.size() >= kWrappedLine && ends_open(text, lines[i - 1].span) &&
                           starts_lower(text, lines[i].span) && !begins_anew(text, lines[i].span, tables);
      if (wrapped || goes_on)
        joined.back().span.end = lines[i].span.end;
      else
        joined.push_back(lines[i]);
    }
    at = end;
  }
  return joined;
}

class Cleaner {
 public:
  Cleaner(std::string_view text, const PageCues::Tables& tables)
      : text_(text), tables_(tables), judge_(text, tables), counts_(tables) {}

  CleanText clean() {
    const std::vector<RawLine> raw = join_wrapped(text_, split_lines(text_), tables_);
    if (raw.size() > kMaxJudgedLines) return as_paragraphs(raw);
    judge_all(raw);
    close_article();
    take_links();
    take_boxes();
    take_contents();
    if (tables_.layout.learnt) settle_layout();
    choose_title();
    settle_head();
    return finish();
  }

  std::vector<LineLayout> layout() {
    measured_ = true;
    const std::vector<RawLine> raw = join_wrapped(text_, split_lines(text_), tables_);
    judge_all(raw);
    close_article();
    take_links();
    take_boxes();
    take_contents();
    const std::vector<std::uint64_t> places = place_signs(lines_, repeated());
    std::vector<LineLayout> result;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      std::uint32_t zones = 0;
      for (std::uint32_t zone = 0; zone < kZones; ++zone)
        zones |= static_cast<std::uint32_t>(may_be(lines_[i], static_cast<Zone>(zone))) << zone;
      result.push_back(LineLayout{lines_[i].span, zones, lines_[i].signs, places[i]});
    }
    return result;
  }

 private:
  // Whether the same line stands on the page once more.
  std::vector<bool> repeated() const {
    std::vector<std::size_t> order(lines_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto line = [this](std::size_t i) { return text_.substr(lines_[i].span.begin, lines_[i].span.size()); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return line(a) < line(b); });
    std::vector<bool> again(lines_.size());
    for (std::size_t i = 1; i < order.size(); ++i)
      if (line(order[i]) == line(order[i - 1])) again[order[i]] = again[order[i - 1]] = true;
    return again;
  }

  void settle_layout() {
    const std::vector<std::uint64_t> places = place_signs(lines_, repeated());
    const std::vector<Zone> zones = lay_out(lines_, places, tables_.layout);
    const bool trusted = keeps_sentences(zones);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      JudgedLine& line = lines_[i];
      if (zones[i] == Zone::title) take_title(i);
      if (line.mark == LineMark::byline || !is_lost(line, places[i], zones[i]) || (!trusted && is_sentence(line)))
        continue;
      line.placed = line.mark != LineMark::furniture;
      line.mark = LineMark::furniture;
    }
    for (std::size_t i = 0; i < lines_.size() && !is_paragraph(lines_[i]); ++i)
      if (lines_[i].placed) collect_placed_date(i);
  }

  // No page has more sentences outside of its article than a third of those in it: then the layout is mistaken.
  bool keeps_sentences(const std::vector<Zone>& zones) const {
    std::uint64_t kept = 0, lost = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!is_sentence(lines_[i])) continue;
      (zones[i] == Zone::title || zones[i] == Zone::article ? kept : lost) += lines_[i].words;
    }
    return lost * 3 <= kept;
  }

  // « Rédaction – ce 4 octobre 2019, en ligne »: the day in a line that only its place shows to be none of the article.
  void collect_placed_date(std::size_t i) {
    constexpr std::size_t kWords = 25;
    if (dates_.published || dates_.bare) return;
    std::vector<LineWord> words;
    tables_.split(text_, lines_[i].span, kWords, words);
    for (std::size_t at = 0; at < words.size(); ++at) {
      const auto date = date_at(text_, words, at, tables_);
      if (!date || !date->date.is_day()) continue;
      const Span span{words[at].span.begin, words[at + date->words - 1].span.end};
      dates_.bare = PageDate{date->date.iso(), DateHow::text, span, Witness::text};
      bare_line_ = i;
      return;
    }
  }

  CleanText as_paragraphs(const std::vector<RawLine>& raw) const {
    CleanText result;
    result.blocks.reserve(raw.size());
    for (const RawLine& line : raw) result.blocks.push_back(Block{line.span, BlockKind::paragraph});
    return result;
  }

  void judge_all(const std::vector<RawLine>& raw) {
    lines_.reserve(raw.size());
    bool head = true;
    bool talk = false;  // behind the end of the article: no date there is the page's
    for (const RawLine& one : raw) {
      JudgedLine line = judge_.judge(one.span, cuts_);
      line.blank_before = one.blank_before;
      if (tables_.layout.learnt || measured_) line.signs = judge_.signs(line);
      const bool dated = dates_.bare.has_value();
      if (!talk) judge_.collect_dates(line, head, dates_);
      if (!dated && dates_.bare) bare_line_ = lines_.size();
      if (is_article(line)) {
        line.shown = counts_.add(judge_.words());
        article_words_ += line.words;
        if (line.words >= kParagraphWords && line.terminal) head = false;
      }
      if (line.mark == LineMark::end || (line.mark == LineMark::comments && !head)) talk = true;
      collect_foot(line, head || talk);
      lines_.push_back(line);
    }
  }

  // The day that stands alone, or with who wrote it, right below the last paragraph; a second one, or more to read
  // below it, and it is none.
  void collect_foot(const JudgedLine& line, bool elsewhere) {
    const bool told = line.mark == LineMark::none;
    if (told || line.mark == LineMark::links) foot_open_ = told;
    if (told && line.words > kSignatureWords) dates_.foot.reset();
    if (elsewhere || !foot_open_) return;
    auto date = judge_.lone_date(line);
    if (!date) return;
    dates_.foot = std::move(date);
    foot_open_ = false;
  }

  static bool is_article(const JudgedLine& line) {
    return line.mark == LineMark::none || line.mark == LineMark::byline;
  }
  static bool is_paragraph(const JudgedLine& line) {
    return line.mark == LineMark::none && line.words >= kParagraphWords && line.terminal;
  }
  static bool is_title_like(const JudgedLine& line) {
    return line.words <= kTitleWords && (!line.terminal || line.words <= 12);
  }

  // What follows the comments, or « article précédent », is no article, if enough of the article came before.
  void close_article() {
    std::uint64_t before = 0;
    std::size_t paragraphs = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const LineMark mark = lines_[i].mark;
      const bool enough = before * 2 >= article_words_ && paragraphs >= 1;
      const bool closes = mark == LineMark::end ? enough : mark == LineMark::comments && (enough || paragraphs >= 4);
      if (closes) {
        for (std::size_t j = i; j < lines_.size(); ++j) lines_[j].mark = LineMark::furniture;
        return;
      }
      if (is_article(lines_[i])) before += lines_[i].words;
      paragraphs += static_cast<std::size_t>(is_paragraph(lines_[i]));
    }
    for (JudgedLine& line : lines_)
      if (line.mark == LineMark::end || line.mark == LineMark::comments) line.mark = LineMark::furniture;
  }

  // The titles below a heading such as « Articles similaires »: all of them at the end of the page, one inside it.
  void take_links() {
    std::size_t last_paragraph = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (is_paragraph(lines_[i])) last_paragraph = i;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].mark != LineMark::links) continue;
      lines_[i].mark = LineMark::furniture;
      std::size_t budget = i > last_paragraph ? lines_.size() : 1;
      // A heading of links before any paragraph is part of a menu; what follows may be the title.
      if (i < last_paragraph && !any_paragraph_before(i)) budget = 0;
      for (std::size_t j = i + 1; j < lines_.size() && budget > 0; ++j, --budget) {
        if (lines_[j].mark == LineMark::links || lines_[j].mark == LineMark::furniture) break;
        if (!is_title_like(lines_[j]) || (lines_[j].terminal && i < last_paragraph) || is_sentence(lines_[j])) break;
        lines_[j].mark = LineMark::furniture;
      }
    }
  }

  // What stands between the heading of a box for subscribers and the button that ends it.
  void take_boxes() {
    constexpr std::size_t kLines = 5;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_[i].box) continue;
      for (std::size_t j = i + 1; j < std::min(lines_.size(), i + kLines); ++j) {
        if (lines_[j].words > 25 || (lines_[j].words > 15 && lines_[j].terminal)) break;
        if (!lines_[j].box_end) continue;
        for (std::size_t k = i; k <= j; ++k) lines_[k].mark = LineMark::furniture;
        break;
      }
    }
  }

  // The entries of a table of contents: they are numbered, or stand again in the text as headings.
  void take_contents() {
    constexpr std::size_t kEntries = 40;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_[i].contents) continue;
      for (std::size_t j = i + 1; j < std::min(lines_.size(), i + kEntries); ++j) {
        const JudgedLine& line = lines_[j];
        if (line.words > 20 || (line.terminal && line.words > 12)) break;
        const char first = text_[line.span.begin];
        const bool numbered = first >= '0' && first <= '9';
        if (!numbered && !stands_again(j)) break;
        lines_[j].mark = LineMark::furniture;
      }
    }
  }

  bool stands_again(std::size_t i) const {
    const std::string_view entry = text_.substr(lines_[i].span.begin, lines_[i].span.size());
    const std::size_t end = std::min(lines_.size(), i + 400);
    for (std::size_t j = i + 1; j < end; ++j)
      if (text_.substr(lines_[j].span.begin, lines_[j].span.size()) == entry) return true;
    return false;
  }

  bool any_paragraph_before(std::size_t index) const {
    return std::any_of(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(index), is_paragraph);
  }

  // « Jean Dupont », « J. D. avec AFP »: words with capitals alone.
  bool is_signature(const JudgedLine& line) const {
    if (line.words == 0 || line.words > 6) return false;
    std::uint32_t at = line.span.begin;
    bool start = true;
    std::size_t capitals = 0;
    while (at < line.span.end) {
      const char32_t c = next_code_point(text_, at);
      if (is_space(c) || is_dash(c) || is_apostrophe(c)) {
        start = true;
      } else {
        if (start && is_upper(c)) ++capitals;
        if (start && is_digit(c)) return false;
        start = false;
      }
    }
    return capitals * 3 >= line.words * 2 && line.words >= 2;
  }

  bool is_titled(const JudgedLine& line) const {
    const bool colon = text_[line.span.end - 1] == ':';
    return line.words >= 2 && line.words <= kTitleWords && !colon && !line.bullet && ends_as_title(line);
  }

  // « Bruxelles, le 2 mars 2022 » above what could be the title as well.
  bool is_dateline_above(std::size_t i) const { return lines_[i].dateline && is_kicker(i); }

  void take_title(std::size_t i) {
    if (!is_titled(lines_[i]) || !article_below(i) || is_dateline_above(i)) return;
    title_ = i;
    // A bread crumb that repeats the title cuts it; the next line has it whole.
    if (lines_[i].ellipsis && i + 1 < lines_.size() && begins_like(i + 1, i)) title_ = i + 1;
  }

  void choose_title() {
    if (title_ != kNoTitle) return;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const JudgedLine& line = lines_[i];
      if (line.mark == LineMark::furniture || line.mark == LineMark::perhaps || line.mark == LineMark::byline ||
          is_dateline_above(i))
        continue;
      if (!line.terminal && (line.words <= 3 || names_outlet(line) || is_masthead(i)) && is_kicker(i)) continue;
      take_title(i);
      return;
    }
  }

  bool is_loud(Span span) const {
    std::uint32_t at = span.begin;
    while (at < span.end)
      if (is_lower(next_code_point(text_, at))) return false;
    return true;
  }

  // « Le Matin du fleuve »: a few words at the very head, and the day right below them.
  bool is_masthead(std::size_t i) const { return i < 2 && lines_[i].words <= 5 && bare_line_ == i + 1; }

  // A line of a few words above a longer one that could be the title as well: a land, a section, the outlet.
  bool is_kicker(std::size_t i) const {
    for (std::size_t j = i + 1; j < std::min(lines_.size(), i + 8); ++j) {
      const JudgedLine& next = lines_[j];
      if (next.mark != LineMark::none || next.dateline) continue;
      if (next.words <= 3 && !next.terminal && next.words < lines_[i].words + 2) continue;
      return next.words >= std::max(4U, std::min(5U, lines_[i].words + 2)) && next.words <= kHeadingWords &&
             !next.terminal && !next.bullet;
    }
    return false;
  }

  // « L'Orient du matin », « Ministère des affaires étrangères », « Sputnik Afrique, 28.07.2023 »: who publishes it, in
  // names, with an issuer's word ahead, or with the day behind.
  bool names_outlet(const JudgedLine& line) const {
    if (line.words > kIssuerWords ||
        text_.substr(line.span.begin, line.span.size()).find(':') != std::string_view::npos)
      return false;
    std::vector<LineWord> words;
    tables_.split(text_, line.span, kIssuerWords, words);
    if (words.empty() || !words[0].upper) return false;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, words.size()); ++i)
      if ((tables_.classes(words[i]) & kIssuer) != 0) return true;
    std::size_t end = words.size();
    for (std::size_t i = 1; i < words.size() && end == words.size(); ++i)
      if (const auto date = date_at(text_, words, i, tables_); date && i + date->words == words.size()) end = i;
    const bool dated = end < words.size();
    if (!dated && words.size() > kSignatureWords) return false;
    for (std::size_t i = 0; i < end; ++i)
      if (!words[i].upper && !words[i].number && words[i].span.size() > 3) return false;
    return true;
  }

  bool ends_as_title(const JudgedLine& line) const {
    if (line.ellipsis) return line.words <= 25;
    if (!line.terminal) return true;
    const char last = text_[line.span.end - 1];
    return last != '.' && last != ';' && line.words <= 25;
  }

  bool article_below(std::size_t i) const {
    for (std::size_t j = i + 1; j < lines_.size() && j < i + 30; ++j)
      if (is_article(lines_[j]) && lines_[j].words >= 8) return true;
    return false;
  }

  Span article_part(std::size_t i) const {
    Span span = lines_[i].span;
    for (const Span cut : cuts_)
      if (cut.begin == span.begin && cut.end < span.end) span.begin = cut.end;
    return trim(text_, span);
  }

  bool begins_like(std::size_t longer, std::size_t shorter) const {
    const Span a = article_part(longer), b = article_part(shorter);
    const std::uint32_t head = std::min<std::uint32_t>(b.size(), 24);
    return head >= 12 && a.size() >= head && text_.substr(a.begin, head) == text_.substr(b.begin, head);
  }

  // Labels of sections above the title.
  void settle_head() {
    const std::size_t end = title_ == kNoTitle ? 0 : title_;
    for (std::size_t i = 0; i < end; ++i) {
      const bool outlet = lines_[i].mark == LineMark::none && !lines_[i].terminal &&
                          ((names_outlet(lines_[i]) && !is_loud(lines_[i].span)) || is_masthead(i));
      if (outlet || lines_[i].mark == LineMark::perhaps || lines_[i].mark == LineMark::links)
        lines_[i].mark = LineMark::furniture;
    }
    if (title_ == kNoTitle) return;
    // The first line may be a lone section that nothing above confirms.
    for (std::size_t i = title_ + 1; i < lines_.size() && lines_[i].words < kParagraphWords; ++i) {
      JudgedLine& line = lines_[i];
      const JudgedLine& above = lines_[i - 1];
      const bool signed_above = above.mark == LineMark::byline || text_[above.span.end - 1] == ':';
      if (line.mark == LineMark::perhaps) line.mark = LineMark::furniture;
      // « Par : » and the name below it, « LA PRESSE » below the name
      if (line.mark == LineMark::none && signed_above && !line.terminal && line.words <= 3 && is_loud(line.span))
        line.mark = LineMark::furniture;
    }
  }

  BlockKind kind_of(std::size_t i) const {
    const JudgedLine& line = lines_[i];
    if (line.placed && line.dateline) return BlockKind::dateline;
    if (line.placed && (is_tail_signature(i) || is_head_signature(i))) return BlockKind::byline;
    if (line.mark == LineMark::furniture) return BlockKind::boilerplate;
    if (line.mark == LineMark::byline) return BlockKind::byline;
    if (i == title_) return BlockKind::title;
    if (line.caption) return BlockKind::caption;
    if (line.dateline) return BlockKind::dateline;
    if (line.bullet) return BlockKind::list_item;
    if (is_tail_signature(i) || is_head_signature(i)) return BlockKind::byline;
    const bool heading = line.words <= kHeadingWords && (!line.terminal || line.ellipsis) && i + 1 < lines_.size() &&
                         line.words > 0 && !starts_lower(text_, line.span) && next_is_article(i);
    return heading ? BlockKind::heading : BlockKind::paragraph;
  }

  // « Jeanne Morel (Dakar, envoyée spéciale) »: a name and the words that go with it.
  bool is_named(std::size_t i) const {
    if (lines_[i].words < 2 || lines_[i].words > 12) return false;
    std::vector<LineWord> words;
    tables_.split(text_, lines_[i].span, 12, words);
    std::size_t trade = 0;
    for (const LineWord& word : words) {
      const bool of_trade = (tables_.classes(word) & kBylineWord) != 0;
      if (word.number || (!word.upper && !of_trade)) return false;
      trade += static_cast<std::size_t>(of_trade && !word.upper);
    }
    return words.size() >= 2 && words[0].upper && words[1].upper && trade > 0;
  }

  bool next_is_article(std::size_t i) const {
    for (std::size_t j = i + 1; j < std::min(lines_.size(), i + 4); ++j)
      if (is_article(lines_[j])) return lines_[j].words > 2;
    return false;
  }

  bool is_tail_signature(std::size_t i) const {
    if (i == 0 || lines_[i].terminal || !(is_signature(lines_[i]) || is_named(i))) return false;
    for (std::size_t j = i + 1; j < lines_.size(); ++j)
      if (is_article(lines_[j])) return false;
    return true;
  }

  // « Jeanne Morel », « Le Fleuve avec des agences »: above the line that dates the page, or below it, and below the
  // title.
  bool is_head_signature(std::size_t i) const {
    if (title_ == kNoTitle || i <= title_ || lines_[i].terminal || lines_[i].words < 2 || lines_[i].words > 5)
      return false;
    if (bare_line_ != i + 1 && bare_line_ + 1 != i && !(dates_.published && dated_beside(i))) return false;
    return is_signature(lines_[i]) || is_named(i);
  }

  // Whether the line above or below says when the page was published.
  bool dated_beside(std::size_t i) const {
    const std::uint32_t at = dates_.published->evidence ? dates_.published->evidence->begin : 0;
    const auto holds = [&](std::size_t k) {
      return k < lines_.size() && lines_[k].span.begin <= at && at < lines_[k].span.end;
    };
    return holds(i + 1) || holds(i - 1);
  }

  bool has_word(Span span) const {
    std::uint32_t at = span.begin;
    while (at < std::min(span.end, span.begin + 16)) {
      const char32_t c = next_code_point(text_, at);
      if (is_letter(c) || is_digit(c)) return true;
    }
    return at < span.end;
  }

  // The line's blocks: its cuts are furniture, what they leave is what the line is.
  void emit(std::size_t i, std::size_t& cut, std::vector<Block>& blocks) const {
    const Span line = lines_[i].span;
    const BlockKind kind = kind_of(i);
    std::uint32_t at = line.begin;
    const auto push = [&](Span span, BlockKind block_kind) {
      span = trim(text_, span);
      if (!span.empty()) blocks.push_back(Block{span, block_kind});
    };
    while (cut < cuts_.size() && cuts_[cut].begin < line.end) {
      Span furniture = cuts_[cut++];
      // A full stop that is left alone goes with the furniture before it.
      if (!has_word(Span{furniture.end, line.end})) furniture.end = line.end;
      if (kind == BlockKind::boilerplate || furniture.begin < at) continue;
      push(Span{at, furniture.begin}, kind);
      push(furniture, BlockKind::boilerplate);
      at = furniture.end;
    }
    push(Span{at, line.end}, kind);
  }

  // « Conférence de Yalta, 11 février 1945 »: a title's day may be that of its story, unless the page was changed in
  // the same days.
  bool is_updated_soon() const {
    constexpr std::int64_t kDays = 31;
    if (!dates_.updated || !dates_.bare) return false;
    const auto from = date_from_value(dates_.bare->value), to = date_from_value(dates_.updated->value);
    return from && to && from->is_day() && to->is_day() && days_between(*from, *to) >= 0 &&
           days_between(*from, *to) <= kDays;
  }

  std::vector<ImprintLine> imprint_lines() const {
    std::size_t last = lines_.size();
    while (last > 0 && !is_article(lines_[last - 1])) --last;
    std::vector<ImprintLine> result;
    result.reserve(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const JudgedLine& line = lines_[i];
      const bool furniture = line.mark == LineMark::furniture || line.mark == LineMark::byline || is_head_signature(i);
      result.push_back(ImprintLine{line.span, furniture, i < title_ && i < last, i >= last, line.caption});
    }
    return result;
  }

  CleanText finish() {
    CleanText result;
    result.blocks.reserve(lines_.size() + cuts_.size() * 2);
    std::size_t cut = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      emit(i, cut, result.blocks);
      result.shown.resize(result.blocks.size(), lines_[i].shown);
    }
    if (title_ != kNoTitle) {
      const Span title = article_part(title_);
      result.title = std::string(text_.substr(title.begin, title.size()));
    }
    for (const Block& block : result.blocks)
      if (block.kind == BlockKind::byline && result.byline.empty()) {
        result.byline = signature(text_, block.span, tables_);
        const std::string_view whole = text_.substr(block.span.begin, block.span.size());
        if (result.byline.empty() && whole.find_first_of("0123456789") == std::string_view::npos) result.byline = whole;
      }
    result.outlet = outlet_of(text_, imprint_lines(), tables_, result.byline);
    result.language = language_of(text_, result.blocks, counts_);
    result.modified = dates_.updated;
    if (bare_line_ == title_ && !is_updated_soon()) dates_.bare.reset();
    for (const auto* slot : {&dates_.published, &dates_.bare, &dates_.foot, &dates_.address, &dates_.updated})
      if (!result.published) result.published = *slot;
    return result;
  }

  static constexpr std::size_t kNoTitle = static_cast<std::size_t>(-1);

  std::string_view text_;
  const PageCues::Tables& tables_;
  LineJudge judge_;
  LanguageCounts counts_;
  std::vector<JudgedLine> lines_;
  std::vector<Span> cuts_;
  VisibleDates dates_;
  bool measured_ = false;   // the signs of the lines are wanted
  bool foot_open_ = false;  // nothing but furniture since the article's last line
  std::uint64_t article_words_ = 0;
  std::size_t title_ = kNoTitle;
  std::size_t bare_line_ = kNoTitle;  // the line that dates_.bare is from
};

}  // namespace

std::vector<LineLayout> layout_of(const Text& text, const PageCues::Tables& tables) {
  return Cleaner(text.bytes(), tables).layout();
}

CleanText clean_text(const Text& text, const PageCues::Tables& tables) { return Cleaner(text.bytes(), tables).clean(); }

}  // namespace chancery
