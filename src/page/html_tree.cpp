// The builder keeps the stack of open elements and closes them as browsers do where it decides what text belongs
// together: paragraphs end before blocks, items before items, cells before cells, and a stray end tag closes nothing
// outside its table cell. The stack is no deeper than browsers let it grow, and every walk along it is bounded.
#include "page/html_tree.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kMaxDepth = 512;
constexpr std::size_t kMaxWalk = 100;
constexpr std::size_t kMaxNodes = 1'000'000;
constexpr std::size_t kMaxBlocks = 250'000;  // beyond, text is no longer parted
constexpr std::size_t kMaxTimes = 500;
constexpr std::size_t kMaxAuthors = 60;
constexpr std::size_t kMaxMetas = 400;
constexpr std::size_t kMaxJsonLd = 40;

enum TagProperty : std::uint8_t {
  kBlock = 1,
  kVoid = 2,
  kSilent = 4,   // its text is never the article's
  kSpecial = 8,  // an inline end tag does not reach through it
  kCell = 16,    // the boundary of a table's cell
  kHeadingTag = 32,
  kBold = 64,
};

std::uint8_t properties_of(Tag tag) {
  switch (tag) {
    case Tag::address:
    case Tag::article:
    case Tag::aside:
    case Tag::blockquote:
    case Tag::body:
    case Tag::dd:
    case Tag::details:
    case Tag::dialog:
    case Tag::div:
    case Tag::dl:
    case Tag::dt:
    case Tag::fieldset:
    case Tag::figcaption:
    case Tag::figure:
    case Tag::footer:
    case Tag::form:
    case Tag::header:
    case Tag::legend:
    case Tag::li:
    case Tag::listing:
    case Tag::main:
    case Tag::menu:
    case Tag::nav:
    case Tag::ol:
    case Tag::p:
    case Tag::pre:
    case Tag::section:
    case Tag::summary:
    case Tag::table:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
    case Tag::tr:
    case Tag::ul:
    case Tag::html:
      return kBlock | kSpecial;
    case Tag::custom:
      return kBlock;
    case Tag::td:
    case Tag::th:
    case Tag::caption:
      return kBlock | kSpecial | kCell;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
      return kBlock | kSpecial | kHeadingTag;
    case Tag::hr:
      return kBlock | kVoid;
    case Tag::base:
    case Tag::br:
    case Tag::col:
    case Tag::embed:
    case Tag::frame:
    case Tag::img:
    case Tag::input:
    case Tag::link:
    case Tag::meta:
    case Tag::param:
    case Tag::source:
    case Tag::track:
      return kVoid;
    case Tag::svg:
    case Tag::math:
    case Tag::select:
    case Tag::template_:
    case Tag::noscript:
    case Tag::object:
    case Tag::video:
    case Tag::audio:
    case Tag::canvas:
    case Tag::button:
    case Tag::map:
      return kSilent | kBlock;
    case Tag::iframe:
    case Tag::script:
    case Tag::style:
    case Tag::textarea:
    case Tag::noembed:
    case Tag::noframes:
    case Tag::xmp:
    case Tag::title:
      return kSilent;
    case Tag::b:
    case Tag::strong:
      return kBold;
    default:
      return 0;
  }
}

class PropertyTable {
 public:
  PropertyTable() {
    for (std::size_t i = 0; i < table_.size(); ++i) table_[i] = properties_of(static_cast<Tag>(i));
  }
  std::uint8_t operator[](Tag tag) const { return table_[static_cast<std::size_t>(tag)]; }

 private:
  std::array<std::uint8_t, static_cast<std::size_t>(Tag::count)> table_{};
};

// Starting one of these ends an open paragraph.
bool ends_paragraph(Tag tag, std::uint8_t properties) {
  return (properties & kBlock) != 0 && (properties & (kSilent | kCell)) == 0 && tag != Tag::custom && tag != Tag::tr &&
         tag != Tag::tbody && tag != Tag::thead && tag != Tag::tfoot && tag != Tag::legend && tag != Tag::body &&
         tag != Tag::html;
}

std::string lower_case(std::string_view text) {
  std::string low(text.substr(0, 100));
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return low;
}

bool is_html_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

class Builder {
 public:
  explicit Builder(std::string_view html) : tokenizer_(html) {
    tree_.text.reserve(html.size() / 4);
    tree_.nodes.push_back(HtmlNode{0, Tag::html, 0, 0});
    open_.push_back(Open{Tag::html, 0, false, false, false, false, kNoTime, kNoTime});
  }

  HtmlTree build() {
    HtmlToken token;
    for (tokenizer_.next(token); token.kind != HtmlToken::Kind::done; tokenizer_.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::text:
          on_text(token);
          break;
        case HtmlToken::Kind::start:
          on_start(token);
          break;
        case HtmlToken::Kind::end:
          on_end(token.tag);
          break;
        case HtmlToken::Kind::done:
          break;
      }
    }
    ending_ = true;
    finish_block();
    return std::move(tree_);
  }

 private:
  struct Open {
    Tag tag;
    std::uint32_t node;
    bool silent;
    bool link;
    bool bold;
    bool block;
    std::uint32_t time;    // index into HtmlTree::times, if the element shows a day
    std::uint32_t author;  // likewise into HtmlTree::authors
  };
  static constexpr std::uint32_t kNoTime = 0xFFFFFFFF;

  std::uint32_t node() const { return open_.back().node; }

  // ---- text ------------------------------------------------------------------------------------------------------

  void on_text(const HtmlToken& token) {
    const Tag parent = open_.back().tag;
    if (parent == Tag::title && tree_.head.title.empty() && !in_silent_but_title()) {
      tree_.head.title = decoded(token.text.substr(0, 2000));
      return;
    }
    if (parent == Tag::script && json_ld_next_ && tree_.head.json_ld.size() < kMaxJsonLd)
      tree_.head.json_ld.push_back(token.text);
    if (token.raw || silent_ != 0) return;
    append_text(token.text);
  }

  bool in_silent_but_title() const { return silent_ > 1; }  // an <svg>'s title is not the page's

  void append_text(std::string_view raw) {
    const std::size_t before = tree_.text.size();
    std::size_t at = 0;
    while (at < raw.size()) {
      const char c = raw[at];
      if (is_html_space(c)) {
        pending_space_ = pending_space_ == '\n' || (pre_ != 0 && c == '\n') ? '\n' : ' ';
        ++at;
        continue;
      }
      put_space();
      if (c == '&') {
        const std::size_t length = append_reference(raw, at, tree_.text);
        if (length == 0) tree_.text += '&';
        at += std::max<std::size_t>(1, length);
        continue;
      }
      std::size_t end = at + 1;
      while (end < raw.size() && raw[end] != '&' && !is_html_space(raw[end])) ++end;
      tree_.text.append(raw, at, end - at);
      at = end;
    }
    const auto added = static_cast<std::uint32_t>(tree_.text.size() - before);
    if (links_ != 0) link_bytes_ += added;
    if (bold_ != 0) strong_bytes_ += added;
  }

  void put_space() {
    if (pending_space_ != 0 && tree_.text.size() > block_begin_) tree_.text += pending_space_;
    pending_space_ = 0;
  }

  void finish_block() {
    if (tree_.blocks.size() >= kMaxBlocks && !ending_) {
      pending_space_ = ' ';
      return;
    }
    pending_space_ = 0;
    Span span{block_begin_, static_cast<std::uint32_t>(tree_.text.size())};
    while (span.begin < span.end) {
      std::uint32_t at = span.begin;
      if (!chancery::is_space(next_code_point(tree_.text, at))) break;
      span.begin = at;
    }
    while (span.end > span.begin) {
      std::uint32_t at = span.end;
      if (!chancery::is_space(previous_code_point(tree_.text, at))) break;
      span.end = at;
    }
    if (!span.empty()) {
      tree_.blocks.push_back(
          HtmlBlock{span, node(), std::min(link_bytes_, span.size()), std::min(strong_bytes_, span.size())});
      tree_.text += '\n';  // so that no two blocks touch
    }
    block_begin_ = static_cast<std::uint32_t>(tree_.text.size());
    link_bytes_ = strong_bytes_ = 0;
    breaks_ = 0;
  }

  // ---- tags ------------------------------------------------------------------------------------------------------

  void on_start(const HtmlToken& token) {
    const std::uint8_t properties = properties_[token.tag];
    if (token.tag == Tag::br) return on_break();
    if (token.tag == Tag::meta) return on_meta(token.attributes);
    if (token.tag == Tag::link) return on_link(token.attributes);
    if (token.tag == Tag::html || token.tag == Tag::body) {
      if (token.attributes.has(Attribute::lang) && tree_.head.language.empty())
        tree_.head.language = lower_case(token.attributes[Attribute::lang]);
      return;
    }
    if (token.tag == Tag::script)
      json_ld_next_ = lower_case(token.attributes[Attribute::type]).find("ld+json") != std::string::npos;
    close_before(token.tag, properties);
    if ((properties & kBlock) != 0) finish_block();
    if ((properties & kVoid) != 0) return;
    if (token.self_closing && (token.tag == Tag::svg || token.tag == Tag::math || open_has(Tag::svg))) return;
    push(token, properties);
  }

  void on_break() {
    // Two in a row part paragraphs, and so does one behind a sentence; else one is a line's end.
    if (ends_long_sentence()) return finish_block_keeping_breaks();
    if (++breaks_ >= 2 && at_line_start()) return finish_block_keeping_breaks();
    if (!at_line_start()) breaks_ = 1;
    pending_space_ = '\n';
  }
  bool ends_long_sentence() const {
    if (tree_.text.size() < block_begin_ + 80 || pre_ != 0) return false;
    const std::string_view text = tree_.text;
    return text.ends_with('.') || text.ends_with("!") || text.ends_with("?") || text.ends_with("»") ||
           text.ends_with("”");
  }
  bool at_line_start() const { return pending_space_ == '\n' || tree_.text.size() == block_begin_; }
  void finish_block_keeping_breaks() {
    finish_block();
    breaks_ = 1;
  }

  void push(const HtmlToken& token, std::uint8_t properties) {
    if (open_.size() >= kMaxDepth) return;
    const bool silent = (properties & kSilent) != 0;
    const bool block = (properties & kBlock) != 0;
    // Outside of text nothing needs to be known; of inline elements only whether they are hidden.
    std::uint32_t index = node();
    bool inline_hidden = false;
    bool dated = false;
    std::uint32_t author = kNoTime;
    if (!silent && silent_ == 0 && has_hints(token, block)) {
      const std::uint32_t own = hints_of(token.tag, token.attributes);
      if (block)
        index = add_node(token.tag, own);
      else
        inline_hidden = (own & kHidden) != 0;
      if (!block) note_inline(token, own);
      dated = (own & kDateHint) != 0;
      if ((own & kBylineHint) != 0 || token.attributes.has(Attribute::rel)) author = note_author(token, index, own);
    }
    const std::uint32_t time = token.tag == Tag::time || dated ? note_time(token.attributes, index) : kNoTime;
    if (token.tag == Tag::a) drop_open_link();
    const bool link =
        token.tag == Tag::a && (token.attributes.has(Attribute::href) || token.attributes.has(Attribute::role));
    open_.push_back(
        Open{token.tag, index, silent || inline_hidden, link, (properties & kBold) != 0, block, time, author});
    silent_ += static_cast<std::size_t>(silent || inline_hidden);
    links_ += static_cast<std::size_t>(link);
    bold_ += static_cast<std::size_t>((properties & kBold) != 0);
    pre_ += static_cast<std::size_t>(token.tag == Tag::pre);
    ++counts_[static_cast<std::size_t>(token.tag)];
  }

  static bool has_hints(const HtmlToken& token, bool block) {
    return block || token.attributes.has(Attribute::class_) || token.attributes.has(Attribute::style) ||
           token.attributes.has(Attribute::hidden) || token.attributes.has(Attribute::aria_hidden) ||
           token.attributes.has(Attribute::itemprop) || (token.tag == Tag::a && token.attributes.has(Attribute::rel));
  }

  std::uint32_t note_author(const HtmlToken& token, std::uint32_t node_index, std::uint32_t own) {
    const std::string_view rel = token.attributes[Attribute::rel];
    const bool marked = rel == "author" || token.attributes[Attribute::itemprop] == "author";
    if ((!marked && (own & kBylineHint) == 0) || tree_.authors.size() >= kMaxAuthors) return kNoTime;
    const auto at = static_cast<std::uint32_t>(tree_.text.size());
    tree_.authors.push_back(AuthorElement{Span{at, at}, node_index, marked});
    return static_cast<std::uint32_t>(tree_.authors.size() - 1);
  }

  std::uint32_t add_node(Tag tag, std::uint32_t own) {
    if (tree_.nodes.size() >= kMaxNodes) return node();
    const std::uint32_t parent = node();
    if (links_ != 0) own |= kInLink;
    tree_.nodes.push_back(HtmlNode{parent, tag, own, own | (tree_.nodes[parent].hints & kInherited)});
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  // Microdata on inline elements: <span itemprop="datePublished" content="…">.
  void note_inline(const HtmlToken& token, std::uint32_t own) {
    if (!token.attributes.has(Attribute::itemprop)) return;
    const std::string property = lower_case(token.attributes[Attribute::itemprop]);
    if ((own & kDateHint) != 0 && token.attributes.has(Attribute::content))
      add_meta(property, token.attributes[Attribute::content]);
  }

  // A <time>, or an element that is named a date.
  std::uint32_t note_time(const Attributes& attributes, std::uint32_t node_index) {
    if (tree_.times.size() >= kMaxTimes || silent_ != 0) return kNoTime;
    const auto at = static_cast<std::uint32_t>(tree_.text.size());
    const std::string property = lower_case(attributes[Attribute::itemprop]);
    const std::string names = lower_case(attributes[Attribute::class_]);
    const bool published = attributes.has(Attribute::pubdate) || property == "datepublished" ||
                           names.find("published") != std::string::npos || names.find("pubdate") != std::string::npos;
    const bool updated = property == "datemodified" || names.find("updated") != std::string::npos ||
                         names.find("modified") != std::string::npos;
    const bool microdata = property == "datepublished" || property == "datemodified";
    const Attribute value = attributes.has(Attribute::datetime)  ? Attribute::datetime
                            : attributes.has(Attribute::content) ? Attribute::content
                                                                 : Attribute::title;
    tree_.times.push_back(
        TimeElement{attributes[value], Span{at, at}, node_index, published, updated && !published, microdata});
    return static_cast<std::uint32_t>(tree_.times.size() - 1);
  }

  // A link inside a link ends the outer one.
  void drop_open_link() {
    if (links_ == 0) return;
    for (std::size_t i = open_.size(), walked = 0; i-- > 0 && walked < kMaxWalk; ++walked) {
      if (!open_[i].link) continue;
      open_[i].link = false;
      --links_;
      return;
    }
  }

  void pop() {
    const Open top = open_.back();
    if (top.block) finish_block();
    if (top.time != kNoTime) tree_.times[top.time].text.end = static_cast<std::uint32_t>(tree_.text.size());
    if (top.author != kNoTime) tree_.authors[top.author].text.end = static_cast<std::uint32_t>(tree_.text.size());
    silent_ -= static_cast<std::size_t>(top.silent);
    links_ -= static_cast<std::size_t>(top.link);
    bold_ -= static_cast<std::size_t>(top.bold);
    pre_ -= static_cast<std::size_t>(top.tag == Tag::pre);
    --counts_[static_cast<std::size_t>(top.tag)];
    open_.pop_back();
  }

  bool open_has(Tag tag) const { return counts_[static_cast<std::size_t>(tag)] != 0; }

  // Pops through the innermost open element for which `wanted` holds, unless `stop` holds before.
  template <class Wanted, class Stop>
  void close_through(Wanted wanted, Stop stop) {
    std::size_t walked = 0;
    for (std::size_t i = open_.size(); i-- > 1 && walked < kMaxWalk; ++walked) {
      if (wanted(open_[i].tag)) {
        while (open_.size() > i) pop();
        return;
      }
      if (stop(open_[i].tag)) return;
    }
  }

  void close_before(Tag tag, std::uint8_t properties) {
    if (open_has(Tag::p) && ends_paragraph(tag, properties))
      close_through([](Tag t) { return t == Tag::p; }, [](Tag t) { return is_boundary(t) || t == Tag::button; });
    switch (tag) {
      case Tag::li:
        if (open_has(Tag::li))
          close_through([](Tag t) { return t == Tag::li; },
                        [this](Tag t) { return is_special(t) && t != Tag::div && t != Tag::p && t != Tag::address; });
        return;
      case Tag::dd:
      case Tag::dt:
        if (open_has(Tag::dd) || open_has(Tag::dt))
          close_through([](Tag t) { return t == Tag::dd || t == Tag::dt; },
                        [this](Tag t) { return is_special(t) && t != Tag::div && t != Tag::p && t != Tag::address; });
        return;
      case Tag::td:
      case Tag::th:
        close_through([](Tag t) { return t == Tag::td || t == Tag::th; },
                      [](Tag t) { return t == Tag::tr || t == Tag::table; });
        return;
      case Tag::tr:
        close_through([](Tag t) { return t == Tag::tr; }, [](Tag t) { return t == Tag::table; });
        return;
      case Tag::tbody:
      case Tag::thead:
      case Tag::tfoot:
        close_through([](Tag t) { return t == Tag::tbody || t == Tag::thead || t == Tag::tfoot; },
                      [](Tag t) { return t == Tag::table; });
        return;
      default:
        break;
    }
    if ((properties & kHeadingTag) != 0 && (properties_[open_.back().tag] & kHeadingTag) != 0) pop();
  }

  static bool is_boundary(Tag tag) {
    return tag == Tag::td || tag == Tag::th || tag == Tag::table || tag == Tag::caption || tag == Tag::object ||
           tag == Tag::template_;
  }
  bool is_special(Tag tag) const { return (properties_[tag] & kSpecial) != 0; }

  void on_end(Tag tag) {
    if (tag == Tag::br) return on_break();
    if (tag == Tag::html || tag == Tag::body || !open_has(tag)) return;
    const std::uint8_t properties = properties_[tag];
    if ((properties & kHeadingTag) != 0) {
      close_through([this](Tag t) { return (properties_[t] & kHeadingTag) != 0; }, is_boundary);
    } else if ((properties & kBlock) != 0) {
      const bool of_table =
          tag == Tag::table || tag == Tag::tr || tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot;
      if (of_table)
        close_through([tag](Tag t) { return t == tag; }, [tag](Tag t) { return tag != Tag::table && t == Tag::table; });
      else
        close_through([tag](Tag t) { return t == tag; }, is_boundary);
    } else {
      close_through([tag](Tag t) { return t == tag; }, [this](Tag t) { return is_special(t); });
    }
  }

  // ---- the head --------------------------------------------------------------------------------------------------

  void add_meta(std::string key, std::string_view content) {
    if (tree_.head.metas.size() >= kMaxMetas || key.empty() || content.empty()) return;
    tree_.head.metas.emplace_back(std::move(key), decoded(content.substr(0, 4000)));
  }

  void on_meta(const Attributes& attributes) {
    const std::string_view content = attributes[Attribute::content];
    if (attributes.has(Attribute::property)) add_meta(lower_case(attributes[Attribute::property]), content);
    if (attributes.has(Attribute::name)) add_meta(lower_case(attributes[Attribute::name]), content);
    if (attributes.has(Attribute::itemprop)) add_meta(lower_case(attributes[Attribute::itemprop]), content);
    if (attributes.has(Attribute::http_equiv)) add_meta(lower_case(attributes[Attribute::http_equiv]), content);
  }

  void on_link(const Attributes& attributes) {
    if (tree_.head.canonical.empty() && lower_case(attributes[Attribute::rel]) == "canonical")
      tree_.head.canonical = decoded(attributes[Attribute::href].substr(0, 4000));
  }

  HtmlTokenizer tokenizer_;
  PropertyTable properties_;
  HtmlTree tree_;
  std::vector<Open> open_;
  std::array<std::uint32_t, static_cast<std::size_t>(Tag::count)> counts_{};
  std::size_t silent_ = 0;
  std::size_t links_ = 0;
  std::size_t bold_ = 0;
  std::size_t pre_ = 0;
  std::uint32_t block_begin_ = 0;
  std::uint32_t link_bytes_ = 0;
  std::uint32_t strong_bytes_ = 0;
  std::size_t breaks_ = 0;
  char pending_space_ = 0;
  bool json_ld_next_ = false;
  bool ending_ = false;
};

}  // namespace

HtmlTree parse_html(std::string_view html) { return Builder(html).build(); }

}  // namespace chancery
