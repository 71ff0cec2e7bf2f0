// Which lines of a text are article and which are furniture, and what the text says about its own day, title, author
// and language. Works on lines alone, so it serves pasted text and, for what the structure leaves in, HTML.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "page/cue_tables.h"
#include "page/page.h"
#include "text/span.h"
#include "text/text.h"

namespace chancery {

struct CleanText {
  std::vector<Block> blocks;
  std::string title;
  std::string byline;
  std::string outlet;
  std::string language;
  std::optional<PageDate> published;
  std::optional<PageDate> modified;
  std::vector<std::uint64_t> shown;  // for each block, as LanguageCounts::add() says
};

// What the lines of a text are placed by, for those who learn the weights.
struct LineLayout {
  Span span;
  std::uint32_t zones = 0;  // bits of Zone: those that the line may stand in
  std::uint64_t signs = 0;
  std::uint64_t places = 0;
};
std::vector<LineLayout> layout_of(const Text& text, const PageCues::Tables& tables);

// Every line of `text` becomes a block or, where a line is partly furniture, several. Linear in the text's length.
CleanText clean_text(const Text& text, const PageCues::Tables& tables);

// One line judged by itself.
enum class LineMark : std::uint8_t {
  none,
  furniture,
  perhaps,   // furniture if its neighbours are
  links,     // the heading of a list of links
  comments,  // what follows is readers' talk
  end,       // closes the article
  byline,
};

struct JudgedLine {
  Span span;
  LineMark mark = LineMark::none;
  bool terminal = false;  // ends as a sentence does
  bool ellipsis = false;  // ends in three full stops or more
  bool blank_before = false;
  bool outlet = false;  // thick with the words of author boxes
  bool bullet = false;
  bool caption = false;     // a caption with its credit
  bool dateline = false;    // says where and when, and nothing else
  bool contents = false;    // the heading of a table of contents
  bool box = false;         // begins a box that invites the reader to subscribe
  bool box_end = false;     // and may end one
  bool placed = false;      // furniture by its place on the page, and not by itself
  std::uint64_t shown = 0;  // as LanguageCounts::add() says
  std::uint32_t words = 0;  // capped
  std::uint64_t signs = 0;  // bits of LineSign
};

// The date lines of a page, in the order of how far they are to be believed.
struct VisibleDates {
  std::optional<PageDate> published;  // « Publié le … »
  std::optional<PageDate> updated;    // « Mis à jour le … »
  std::optional<PageDate> bare;       // a line of nothing but a date, or the dateline of an agency
  std::optional<PageDate> address;    // the page's address on a line of its own
  std::optional<PageDate> foot;       // a line of nothing but a date, right below the article
};

// Judges lines one after the other. Keeps the words of the current line only.
class LineJudge {
 public:
  LineJudge(std::string_view text, const PageCues::Tables& tables) : text_(text), tables_(tables) {}

  // Judges the line; furniture inside an article line is appended to `cuts`, in order.
  JudgedLine judge(Span span, std::vector<Span>& cuts);
  // The signs of the line just judged, as bits of LineSign.
  std::uint64_t signs(const JudgedLine& line) const;
  // Dates that the line just judged prints about the page. `head`: no paragraph of the article has come yet.
  void collect_dates(const JudgedLine& line, bool head, VisibleDates& dates) const;
  // The day of the line just judged, if it is nothing but a date.
  std::optional<PageDate> lone_date(const JudgedLine& line) const;
  const std::vector<LineWord>& words() const { return words_; }

 private:
  LineMark judge_phrases(const JudgedLine& line, std::vector<Span>& cuts) const;
  bool cut_sentence(std::uint32_t begin, std::size_t opener, std::vector<Span>& cuts) const;
  void cut_last_sentence(Span line, std::vector<Span>& cuts) const;
  bool is_consent(LineMark& mark) const;
  bool is_credit(const JudgedLine& line, std::vector<Span>& cuts) const;
  bool cut_credit_tail(const JudgedLine& line, std::vector<Span>& cuts) const;
  bool is_labelled_credit(const JudgedLine& line, std::vector<Span>& cuts) const;
  bool cut_behind_sentence(Span line, std::size_t colon, std::vector<Span>& cuts) const;
  bool begins_credit(Span line, std::size_t colon) const;
  bool is_row_of_labels() const;
  bool is_arrow(const JudgedLine& line) const;
  bool is_slug(const JudgedLine& line) const;
  bool is_dated_label(const JudgedLine& line) const;
  bool is_stamped_label() const;
  bool is_month_of_year(std::size_t at) const;
  bool has_issue_number() const;
  bool is_share_or_nav(LineMark& mark) const;
  bool is_menu(const JudgedLine& line) const;
  bool is_all_upper(Span word) const;
  bool tells_who_writes() const;
  static bool has_quote(std::string_view bytes);
  static bool has_bar(std::string_view bytes);
  bool is_site(const JudgedLine& line) const;
  bool is_breadcrumb(const JudgedLine& line, std::vector<Span>& cuts) const;
  bool is_byline(const JudgedLine& line) const;
  bool is_date_line() const;
  bool is_clock_line() const;
  bool is_dateline(const JudgedLine& line) const;
  std::optional<PageDate> stamp(const JudgedLine& line) const;
  bool closes_dateline(std::size_t last, const JudgedLine& line) const;
  bool signs(std::size_t at) const;
  bool is_of_dateline(const LineWord& word) const;
  bool is_count() const;
  bool has_number() const;
  std::size_t date_line_extent(std::size_t at) const;
  bool cut_date_head(const JudgedLine& line, std::vector<Span>& cuts, LineMark& mark) const;
  void cut_inline_labels(Span span, std::vector<Span>& cuts) const;
  std::string_view gap_before(std::size_t word) const;  // what stands between the word and the one before it
  bool followed_by_colon(std::size_t word) const;
  std::size_t count(std::uint32_t classes) const;
  Span trimmed(Span span) const;

  std::string_view text_;
  const PageCues::Tables& tables_;
  void split_words(Span span);

  std::vector<LineWord> words_;
  std::array<std::uint16_t, 32> class_counts_{};  // of the words of the line, by bit of WordClass
  std::uint32_t classes_ = 0;                     // all classes of the line's words
  mutable std::vector<LineWord> scratch_;
};

// `span` without the white space at its ends.
Span trim(std::string_view text, Span span);

// A name out of what stands in an author's element or a byline: without « Par », up to the line's end, a mark or a
// date, and only if it reads like one; empty otherwise.
std::string signature(std::string_view text, Span span, const PageCues::Tables& cues);

}  // namespace chancery
