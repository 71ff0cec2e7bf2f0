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

// The day that the page shows: labels, <time> elements, dates beside the title.
std::optional<CalendarDate> visible_date(const HtmlTree& tree, const HtmlArticle& article, const PageCues::Tables& cues,
                                         bool labelled) {
  LineJudge judge(tree.text, cues);
  VisibleDates dates;
  const std::uint32_t last = article.blocks.empty() ? 0 : article.blocks.back().block;
  for (std::uint32_t i = 0; i < tree.blocks.size(); ++i) {
    const HtmlBlock& block = tree.blocks[i];
    if (block.span.size() > 200 || (tree.nodes[block.node].hints & (kTalk | kHidden)) != 0) continue;
    std::vector<Span> cuts;
    const JudgedLine line = judge.judge(block.span, cuts);
    const bool head = !article.blocks.empty() && i < article.blocks.front().block + 3;
    judge.collect_dates(line, head && (tree.nodes[block.node].hints & kSuspect) == 0, dates);
    if (i > last + 40) break;
  }
  const auto& chosen = labelled ? dates.published : dates.bare ? dates.bare : dates.updated;
  return chosen ? date_from_value(chosen->value) : std::nullopt;
}

std::optional<CalendarDate> date_of_time(const HtmlTree& tree, const TimeElement& time, const PageCues::Tables& cues) {
  if (auto date = date_from_value(decoded(time.datetime))) return date;
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

std::optional<PageDate> find_date(const HtmlTree& tree, const HtmlArticle& article, const HtmlMetadata& metadata,
                                  const PageCues::Tables& cues, std::string_view uri) {
  if (metadata.published) return PageDate{metadata.published->iso(), DateHow::metadata, std::nullopt};
  if (const auto date = date_of_times(tree, article, cues, true))
    return PageDate{date->iso(), DateHow::metadata, std::nullopt};
  if (const auto date = visible_date(tree, article, cues, true))
    return PageDate{date->iso(), DateHow::text, std::nullopt};
  for (const std::string_view url : {std::string_view(metadata.canonical_url), uri})
    if (const auto date = date_from_url(url); date && date->is_day())
      return PageDate{date->iso(), DateHow::url, std::nullopt};
  if (const auto date = date_of_times(tree, article, cues, false))
    return PageDate{date->iso(), DateHow::metadata, std::nullopt};
  if (const auto date = visible_date(tree, article, cues, false))
    return PageDate{date->iso(), DateHow::text, std::nullopt};
  if (metadata.modified) return PageDate{metadata.modified->iso(), DateHow::metadata, std::nullopt};
  return std::nullopt;
}

std::string detect_language(const Page& page, const PageCues::Tables& cues) {
  LineJudge judge(page.text.bytes(), cues);
  for (const Block& block : page.blocks) {
    std::vector<Span> cuts;
    judge.judge(block.span, cuts);
    judge.count_languages();
  }
  return judge.language();
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
  if (article.title != HtmlArticle::kNone) {
    const Span span = tree.blocks[article.title].span;
    page.title = tree.text.substr(span.begin, span.size());
  }
  std::replace(page.title.begin(), page.title.end(), '\n', ' ');
  page.byline = metadata.byline;
  page.outlet = metadata.outlet;
  page.canonical_url = metadata.canonical_url;
  Assembly assembly(tree, page);
  assembly.add(page.title, BlockKind::title);
  const bool body_is_hidden = metadata.article_body.size() > 500 && article.bytes * 3 < metadata.article_body.size();
  if (body_is_hidden) {
    add_known_body(metadata.article_body, assembly);
  } else {
    if (article.blocks.empty()) return fail(ErrorCode::no_article, "no running text");
    for (const ArticleBlock& block : article.blocks) assembly.add(tree.blocks[block.block], block.kind);
  }
  assembly.finish();
  page.published = find_date(tree, article, metadata, cues, options.uri);
  page.language = detect_language(page, cues);
  if (page.language.empty()) page.language = metadata.language;
  return {};
}

}  // namespace chancery
