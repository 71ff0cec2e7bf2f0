// HTML pages: recognising them, and putting together what the tree, the article and the metadata say.
#include "page/html.h"

#include <algorithm>

#include "page/cue_tables.h"
#include "page/dates.h"
#include "page/furniture.h"
#include "page/html_article.h"
#include "page/html_metadata.h"
#include "page/html_tokens.h"
#include "page/html_tree.h"
#include "page/languages.h"
#include "text/unicode.h"

namespace chancery {
namespace {

// Elements that plain text does not mention by their tags.
bool is_telling(Tag tag) {
  switch (tag) {
    case Tag::html:
    case Tag::head:
    case Tag::body:
    case Tag::div:
    case Tag::p:
    case Tag::meta:
    case Tag::title:
    case Tag::article:
    case Tag::section:
    case Tag::main:
    case Tag::h1:
    case Tag::h2:
    case Tag::table:
    case Tag::script:
    case Tag::link:
    case Tag::style:
    case Tag::span:
    case Tag::header:
    case Tag::base:
      return true;
    default:
      return false;
  }
}

// A page's own day is not before there were web pages, except in archives, whose metadata say so.
bool is_of_the_web(const CalendarDate& date) { return date.year >= 1990; }

// Puts the chosen blocks end to end.
class Assembly {
 public:
  Assembly(const HtmlTree& tree, Page& page) : tree_(tree), page_(page) {}

  void add(std::string_view text, BlockKind kind) {
    if (text.empty()) return;
    if (!out_.empty()) out_ += "\n\n";
    const auto begin = static_cast<std::uint32_t>(out_.size());
    out_ += text;
    page_.blocks.push_back(Block{Span{begin, static_cast<std::uint32_t>(out_.size())}, kind});
  }
  void add(const HtmlBlock& block, BlockKind kind) {
    add(std::string_view(tree_.text).substr(block.span.begin, block.span.size()), kind);
  }
  bool empty() const { return out_.empty(); }
  void finish() { page_.text = Text(std::move(out_)); }

 private:
  const HtmlTree& tree_;
  Page& page_;
  std::string out_;
};

void add_known_body(std::string_view body, Assembly& assembly) {
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    const Span line = trim(body, Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    assembly.add(body.substr(line.begin, line.size()), BlockKind::paragraph);
    at = end + 1;
  }
}

// A date that stands in a short block near the title or right below the article.
std::optional<CalendarDate> date_near_article(const HtmlTree& tree, const HtmlArticle& article,
                                              const PageCues::Tables& cues) {
  if (article.blocks.empty()) return std::nullopt;
  const auto blocks = static_cast<std::uint32_t>(tree.blocks.size());
  const std::uint32_t first = article.blocks.front().block;
  const std::uint32_t last = article.blocks.back().block;
  const std::uint32_t title = article.title != HtmlArticle::kNone && article.title < first ? article.title : first;
  std::vector<LineWord> words;
  const auto date_in = [&](std::uint32_t i) -> std::optional<CalendarDate> {
    const HtmlBlock& block = tree.blocks[i];
    if ((tree.nodes[block.node].hints & (kTalk | kHidden)) != 0) return std::nullopt;
    words.clear();
    cues.split(tree.text, block.span, 40, words);
    for (std::size_t at = 0; at < words.size(); ++at)
      if (const auto date = date_at(tree.text, words, at, cues); date && is_of_the_web(date->date)) return date->date;
    return std::nullopt;
  };
  constexpr std::uint32_t kAbove = 10, kBelow = 15, kShort = 200;
  const std::uint32_t end = std::min(blocks, first + 2);
  for (std::uint32_t i = title; i < end && i < title + 25; ++i)
    if (tree.blocks[i].span.size() <= kShort || i == first)
      if (auto date = date_in(i)) return date;
  for (std::uint32_t i = title; i-- > 0 && i + kAbove >= title;)
    if (tree.blocks[i].span.size() <= kShort / 2)
      if (auto date = date_in(i)) return date;
  const auto is_signed = [&](std::uint32_t i) {
    const std::uint32_t hints = tree.nodes[tree.blocks[i].node].hints;
    return (hints & kSuspect) == 0 || (hints & (kMetaHint | kDateHint | kBylineHint)) != 0;
  };
  for (std::uint32_t i = first + 1; i < std::min(last, first + 8); ++i)
    if (tree.blocks[i].span.size() <= kShort / 4)
      if (auto date = date_in(i)) return date;
  for (std::uint32_t i = last + 1; i < std::min(blocks, last + kBelow); ++i)
    if (tree.blocks[i].span.size() <= kShort / 2 && is_signed(i))
      if (auto date = date_in(i)) return date;
  return std::nullopt;
}

// The day that the page shows behind a label of publication (or, `updated`, of its last change).
std::optional<CalendarDate> labelled_date(const HtmlTree& tree, const HtmlArticle& article,
                                          const PageCues::Tables& cues, bool updated) {
  LineJudge judge(tree.text, cues);
  VisibleDates dates;
  bool label_before = false;
  const std::uint32_t last = article.blocks.empty() ? 0 : article.blocks.back().block;
  for (std::uint32_t i = 0; i < tree.blocks.size() && i < last + 40; ++i) {
    const HtmlBlock& block = tree.blocks[i];
    if (block.span.size() > 200 || (tree.nodes[block.node].hints & (kTalk | kHidden)) != 0) continue;
    std::vector<Span> cuts;
    const JudgedLine line = judge.judge(block.span, cuts);
    judge.collect_dates(line, false, dates);
    // A label in a block of its own, the date in the next: tables and lists of facts.
    if (label_before && !dates.published)
      if (const auto date = date_at(tree.text, judge.words(), 0, cues))
        dates.published = PageDate{date->date.iso(), DateHow::text, std::nullopt, Witness::text};
    label_before =
        !judge.words().empty() && cues.match(PhraseKind::published, judge.words(), 0) == judge.words().size();
  }
  const auto& chosen = updated ? dates.updated : dates.published;
  return chosen ? date_from_value(chosen->value) : std::nullopt;
}

std::optional<CalendarDate> date_of_time(const HtmlTree& tree, const TimeElement& time, const PageCues::Tables& cues) {
  if (auto date = date_from_value(decoded(time.datetime))) return date;
  if (time.text.size() > 200) return std::nullopt;
  std::vector<LineWord> words;
  cues.split(tree.text, time.text, 12, words);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (const auto date = date_at(tree.text, words, i, cues)) return date->date;
  return std::nullopt;
}

// The <time> that its markup calls the publication's, or the first one of the article's head.
std::optional<CalendarDate> date_of_times(const HtmlTree& tree, const HtmlArticle& article,
                                          const PageCues::Tables& cues, bool marked) {
  const std::uint32_t end = article.blocks.empty() ? static_cast<std::uint32_t>(tree.text.size())
                                                   : tree.blocks[article.blocks.back().block].span.end;
  for (const TimeElement& time : tree.times) {
    if ((tree.nodes[time.node].hints & (kTalk | kSuspect | kHidden)) != 0 || (marked && !time.published)) continue;
    if (!marked && time.text.begin > end) continue;
    if (const auto date = date_of_time(tree, time, cues); date && date->is_day()) return date;
  }
  return std::nullopt;
}

// Metadata often count days in universal time, an address in the outlet's own; and an article that is published anew
// keeps its first address. So an address that is not later is the better witness.
bool is_better_witness(const CalendarDate& of_url, const CalendarDate& of_metadata) {
  return of_url.is_day() && of_metadata.is_day() && days_between(of_metadata, of_url) <= 1;
}

PageDate dated(const CalendarDate& date, DateHow how, Witness witness) {
  return PageDate{date.iso(), how, std::nullopt, witness};
}
PageDate of_text(const CalendarDate& date) { return dated(date, DateHow::text, Witness::text); }
PageDate of_markup(const CalendarDate& date) { return dated(date, DateHow::metadata, Witness::markup); }
PageDate of_address(const CalendarDate& date) { return dated(date, DateHow::url, Witness::url); }
PageDate of_head_published(const HtmlMetadata& metadata) {
  return dated(*metadata.published, DateHow::metadata, metadata.published_in);
}

std::optional<CalendarDate> shown_date(const HtmlTree& tree, const HtmlArticle& article, const PageCues::Tables& cues) {
  const auto date = date_of_times(tree, article, cues, false);
  return date ? date : date_near_article(tree, article, cues);
}

// What the head says, against what the page shows: where the head contradicts itself, what is shown decides; and a head
// that counts in universal time, or dates a printed edition, may be a day off.
PageDate reconciled(const CalendarDate& of_head, const HtmlMetadata& metadata, const HtmlTree& tree,
                    const HtmlArticle& article, const PageCues::Tables& cues) {
  const auto differs = [&](const CalendarDate& other) { return other.iso() != of_head.iso(); };
  const auto shown = shown_date(tree, article, cues);
  if (!shown || !shown->is_day() || !of_head.is_day() || !differs(*shown)) return of_head_published(metadata);
  for (const CalendarDate& other : metadata.other_published)
    if (other.iso() == shown->iso()) return dated(*shown, DateHow::metadata, Witness::meta);
  const std::int64_t apart = days_between(of_head, *shown);
  // Some systems put there the day on which a page was begun.
  constexpr std::int64_t kSeason = 90;
  const bool begun_before = metadata.is_weak && apart > 0 && apart <= kSeason;
  if (begun_before && date_of_times(tree, article, cues, false)) return of_text(*shown);
  // Rewritten after a month or more and shown as of that day: it is another article.
  constexpr std::int64_t kMonth = 30;
  if (metadata.modified && metadata.modified->is_day() && days_between(*metadata.modified, *shown) == 0 &&
      apart >= kMonth)
    return dated(*shown, DateHow::metadata, metadata.modified_in);
  if (apart == -1 || (apart == 1 && metadata.in_universal_time)) return of_text(*shown);
  return of_head_published(metadata);
}

std::optional<PageDate> find_date(const HtmlTree& tree, const HtmlArticle& article, const HtmlMetadata& metadata,
                                  const PageCues::Tables& cues, std::string_view uri) {
  std::optional<CalendarDate> of_url = date_from_url(metadata.canonical_url);
  if (!of_url || !of_url->is_day())
    if (const auto own = date_from_url(uri); own && (own->is_day() || !of_url)) of_url = own;
  const bool url_day = of_url && of_url->is_day();
  if (metadata.published) {
    if (url_day && is_better_witness(*of_url, *metadata.published)) {
      const bool same = days_between(*of_url, *metadata.published) == 0;
      const auto shown = same ? std::nullopt : shown_date(tree, article, cues);
      const bool confirmed =
          shown && shown->iso() == metadata.published->iso() && days_between(*of_url, *metadata.published) == 1;
      return same || confirmed ? of_head_published(metadata) : of_address(*of_url);
    }
    return reconciled(*metadata.published, metadata, tree, article, cues);
  }
  if (const auto date = date_of_times(tree, article, cues, true)) return of_markup(*date);
  if (url_day) return of_address(*of_url);
  if (const auto date = labelled_date(tree, article, cues, false)) return of_text(*date);
  if (const auto date = date_of_times(tree, article, cues, false)) return of_markup(*date);
  if (const auto date = date_near_article(tree, article, cues)) return of_text(*date);
  if (const auto date = labelled_date(tree, article, cues, true)) return of_text(*date);
  if (metadata.modified) return dated(*metadata.modified, DateHow::metadata, metadata.modified_in);
  if (of_url) return of_address(*of_url);
  return std::nullopt;
}

// Blocks between a little above the title and a little below the article's beginning, where a page dates and signs
// itself.
struct HeadBlocks {
  std::uint32_t begin = 0, end = 0;
};
HeadBlocks head_blocks(const HtmlTree& tree, const HtmlArticle& article) {
  if (article.blocks.empty()) return {};
  const std::uint32_t first = article.blocks.front().block;
  const std::uint32_t title = article.title != HtmlArticle::kNone && article.title < first ? article.title : first;
  const auto blocks = static_cast<std::uint32_t>(tree.blocks.size());
  return {title - std::min<std::uint32_t>(title, 6), std::min({blocks, first + 6, title + 40})};
}

// « Mis à jour le 22 janvier 2022 à 9h » near the title.
std::optional<CalendarDate> shown_update(const HtmlTree& tree, const HtmlArticle& article,
                                         const PageCues::Tables& cues) {
  const HeadBlocks head = head_blocks(tree, article);
  std::vector<LineWord> words;
  for (std::uint32_t i = head.begin; i < head.end; ++i) {
    const HtmlBlock& block = tree.blocks[i];
    if (block.span.size() > 200 || (tree.nodes[block.node].hints & (kTalk | kHidden)) != 0) continue;
    words.clear();
    cues.split(tree.text, block.span, 30, words);
    for (std::size_t at = 0; at < words.size(); ++at) {
      const std::size_t label = cues.match(PhraseKind::updated, words, at);
      for (std::size_t date = at + label; label != 0 && date < std::min(words.size(), at + label + 5); ++date)
        if (const auto found = date_at(tree.text, words, date, cues)) return found->date;
    }
  }
  return std::nullopt;
}

std::optional<PageDate> find_modified(const HtmlTree& tree, const HtmlArticle& article, const HtmlMetadata& metadata,
                                      const PageCues::Tables& cues) {
  if (metadata.modified) return dated(*metadata.modified, DateHow::metadata, metadata.modified_in);
  for (const TimeElement& time : tree.times) {
    if (!time.updated || (tree.nodes[time.node].hints & (kTalk | kSuspect | kHidden)) != 0) continue;
    if (const auto date = date_of_time(tree, time, cues); date && date->is_day())
      return dated(*date, DateHow::metadata, time.microdata ? Witness::microdata : Witness::markup);
  }
  if (const auto date = shown_update(tree, article, cues)) return of_text(*date);
  return std::nullopt;
}

// ---- who signs -----------------------------------------------------------------------------------------------------

// What the head calls the author, without the « Par » that some put there.
std::string without_opener(const std::string& byline, const PageCues::Tables& cues) {
  const Span whole{0, static_cast<std::uint32_t>(byline.size())};
  std::vector<LineWord> words;
  cues.split(byline, whole, 4, words);
  if (cues.match(PhraseKind::byline, words, 0) == 0) return byline;
  return signature(byline, whole, cues);
}

std::string shown_byline(const HtmlTree& tree, const HtmlArticle& article, const PageCues::Tables& cues) {
  if (article.blocks.empty()) return {};
  const HeadBlocks head = head_blocks(tree, article);
  const std::uint32_t begin = tree.blocks[head.begin].span.begin;
  const std::uint32_t end = tree.blocks[article.blocks.back().block].span.end + 600;
  for (const bool marked : {true, false})
    for (const AuthorElement& author : tree.authors) {
      if (author.marked != marked || author.text.begin < begin || author.text.begin > end) continue;
      if (author.text.size() > 300 || (tree.nodes[author.node].hints & (kTalk | kHidden)) != 0) continue;
      if (std::string name = signature(tree.text, author.text, cues); name.size() >= 3) return name;
    }
  std::vector<LineWord> words;
  for (std::uint32_t i = head.begin; i < head.end; ++i) {
    const HtmlBlock& block = tree.blocks[i];
    if (block.span.size() > 120 || (tree.nodes[block.node].hints & (kTalk | kHidden)) != 0) continue;
    words.clear();
    cues.split(tree.text, block.span, 4, words);
    if (cues.match(PhraseKind::byline, words, 0) == 0) continue;
    if (std::string name = signature(tree.text, block.span, cues); name.size() >= 3) return name;
  }
  return {};
}

void settle_language(const HtmlMetadata& metadata, const PageCues::Tables& cues, Page& page) {
  LanguageCounts counts(cues);
  std::vector<std::uint64_t> shown;
  for (const Block& block : page.blocks) shown.push_back(counts.add(page.text.bytes(), block.span));
  page.language = language_of(page.text.bytes(), page.blocks, counts);
  page.witness.language = page.language.empty() ? metadata.language_in : Witness::words;
  if (page.language.empty()) page.language = metadata.language;
  part_foreign(cues, shown, page);
}

bool is_section_name(const std::string& name, const PageCues::Tables& cues) {
  std::vector<LineWord> words;
  cues.split(name, Span{0, static_cast<std::uint32_t>(name.size())}, 8, words);
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](const LineWord& word) {
    return (cues.classes(word) & (kSection | kNav | kHome | kShare)) != 0;
  });
}

void settle_names(const HtmlTree& tree, const HtmlArticle& article, const HtmlMetadata& metadata,
                  const PageCues::Tables& cues, Page& page) {
  page.outlet = metadata.outlet;
  page.witness.outlet = metadata.outlet_in;
  if (page.outlet.empty()) page.outlet = outlet_of_title(tree.head, page.title);
  if (is_section_name(page.outlet, cues)) page.outlet.clear();  // « DIRECT - Le titre »
  if (page.outlet.empty())
    page.witness.outlet = Witness::none;
  else if (metadata.outlet.empty())
    page.witness.outlet = Witness::markup;
  page.canonical_url = metadata.canonical_url;
  page.witness.canonical_url = metadata.url_in;
  page.byline = without_opener(metadata.byline, cues);
  page.witness.byline = page.byline.empty() ? Witness::none : metadata.byline_in;
  if (page.byline.empty() && !(page.byline = shown_byline(tree, article, cues)).empty())
    page.witness.byline = Witness::text;
}

}  // namespace

bool looks_like_html(std::string_view bytes) {
  // Among the first tags one that only HTML has, or a doctype; text may stand before it.
  bytes = bytes.substr(0, 8192);
  std::size_t at = 0;
  for (int tags = 0; tags < 40; ++tags) {
    at = bytes.find('<', at);
    if (at == std::string_view::npos) return false;
    std::string name;
    for (std::size_t i = at + 1; i < bytes.size() && name.size() < 12; ++i) {
      const char c = bytes[i];
      if (c == '!' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
        name += c;
      else if (c >= 'A' && c <= 'Z')
        name += static_cast<char>(c + 32);
      else
        break;
    }
    if (name == "!doctype" || is_telling(tag_of(name))) return bytes.find('>', at) != std::string_view::npos;
    ++at;
  }
  return false;
}

std::string charset_of_html(std::string_view bytes) {
  HtmlTokenizer tokenizer(bytes.substr(0, 4096));
  HtmlToken token;
  for (tokenizer.next(token); token.kind != HtmlToken::Kind::done; tokenizer.next(token)) {
    if (token.kind != HtmlToken::Kind::start || token.tag != Tag::meta) continue;
    if (token.attributes.has(Attribute::charset))
      return std::string(token.attributes[Attribute::charset].substr(0, 40));
    const std::string_view content = token.attributes[Attribute::content];
    const std::size_t at = content.find("charset=");
    if (at == std::string_view::npos || !token.attributes.has(Attribute::http_equiv)) continue;
    std::string_view name = content.substr(at + 8, 40);
    name = name.substr(0, name.find_first_of("; \"'"));
    return std::string(name);
  }
  return {};
}

Result<void> read_html(std::string_view html, const PageOptions& options, Page& page) {
  static const PageCues no_cues;
  const PageCues::Tables& cues = (options.cues != nullptr ? *options.cues : no_cues).tables();
  HtmlTree tree = parse_html(html);
  const HtmlMetadata metadata = read_metadata(tree.head);
  const HtmlArticle article =
      find_article(tree, metadata.title, metadata.article_body, options.cues != nullptr ? &cues : nullptr);
  page.title = metadata.title;
  page.witness.title = metadata.title.empty() ? Witness::none : metadata.title_in;
  if (article.title != HtmlArticle::kNone) {
    const Span span = tree.blocks[article.title].span;
    page.title = tree.text.substr(span.begin, span.size());
    page.witness.title = Witness::markup;
  }
  std::replace(page.title.begin(), page.title.end(), '\n', ' ');
  settle_names(tree, article, metadata, cues, page);
  Assembly assembly(tree, page);
  assembly.add(page.title, BlockKind::title);
  const bool body_is_hidden = metadata.article_body.size() > 500 && article.bytes * 3 < metadata.article_body.size();
  if (body_is_hidden) {
    add_known_body(metadata.article_body, assembly);
  } else {
    if (article.blocks.empty()) return fail(ErrorCode::no_article, "no running text");
    if (!metadata.is_article && is_index(article)) return fail(ErrorCode::no_article, "a list of links to other pages");
    for (const ArticleBlock& block : article.blocks) assembly.add(tree.blocks[block.block], block.kind);
  }
  assembly.finish();
  page.published = find_date(tree, article, metadata, cues, options.uri);
  page.modified = find_modified(tree, article, metadata, cues);
  settle_language(metadata, cues, page);
  return {};
}

}  // namespace chancery
