// See html_tokens.h. Names are compared in lower case through small hash tables made once.
#include "page/html_tokens.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::array<std::pair<std::string_view, Tag>, 103> kTags = {{
    {"a", Tag::a},
    {"abbr", Tag::abbr},
    {"address", Tag::address},
    {"article", Tag::article},
    {"aside", Tag::aside},
    {"audio", Tag::audio},
    {"b", Tag::b},
    {"base", Tag::base},
    {"blockquote", Tag::blockquote},
    {"body", Tag::body},
    {"br", Tag::br},
    {"button", Tag::button},
    {"canvas", Tag::canvas},
    {"caption", Tag::caption},
    {"cite", Tag::cite},
    {"code", Tag::code},
    {"col", Tag::col},
    {"colgroup", Tag::colgroup},
    {"center", Tag::div},
    {"dd", Tag::dd},
    {"del", Tag::del},
    {"details", Tag::details},
    {"dialog", Tag::dialog},
    {"div", Tag::div},
    {"dl", Tag::dl},
    {"dt", Tag::dt},
    {"em", Tag::em},
    {"embed", Tag::embed},
    {"fieldset", Tag::fieldset},
    {"figcaption", Tag::figcaption},
    {"figure", Tag::figure},
    {"font", Tag::font},
    {"footer", Tag::footer},
    {"form", Tag::form},
    {"frame", Tag::frame},
    {"h1", Tag::h1},
    {"h2", Tag::h2},
    {"h3", Tag::h3},
    {"h4", Tag::h4},
    {"h5", Tag::h5},
    {"h6", Tag::h6},
    {"head", Tag::head},
    {"header", Tag::header},
    {"hr", Tag::hr},
    {"html", Tag::html},
    {"i", Tag::i},
    {"iframe", Tag::iframe},
    {"img", Tag::img},
    {"input", Tag::input},
    {"label", Tag::label},
    {"legend", Tag::legend},
    {"li", Tag::li},
    {"link", Tag::link},
    {"listing", Tag::listing},
    {"main", Tag::main},
    {"map", Tag::map},
    {"mark", Tag::mark},
    {"math", Tag::math},
    {"menu", Tag::menu},
    {"meta", Tag::meta},
    {"nav", Tag::nav},
    {"noembed", Tag::noembed},
    {"noframes", Tag::noframes},
    {"noscript", Tag::noscript},
    {"object", Tag::object},
    {"ol", Tag::ol},
    {"optgroup", Tag::optgroup},
    {"option", Tag::option},
    {"p", Tag::p},
    {"param", Tag::param},
    {"picture", Tag::picture},
    {"plaintext", Tag::plaintext},
    {"pre", Tag::pre},
    {"q", Tag::q},
    {"s", Tag::s},
    {"script", Tag::script},
    {"section", Tag::section},
    {"select", Tag::select},
    {"small", Tag::small},
    {"source", Tag::source},
    {"span", Tag::span},
    {"strong", Tag::strong},
    {"style", Tag::style},
    {"sub", Tag::sub},
    {"summary", Tag::summary},
    {"sup", Tag::sup},
    {"svg", Tag::svg},
    {"table", Tag::table},
    {"tbody", Tag::tbody},
    {"td", Tag::td},
    {"template", Tag::template_},
    {"textarea", Tag::textarea},
    {"tfoot", Tag::tfoot},
    {"th", Tag::th},
    {"thead", Tag::thead},
    {"time", Tag::time},
    {"title", Tag::title},
    {"tr", Tag::tr},
    {"track", Tag::track},
    {"u", Tag::u},
    {"ul", Tag::ul},
    {"video", Tag::video},
    {"xmp", Tag::xmp},
}};

constexpr std::array<std::pair<std::string_view, Attribute>, 21> kAttributes = {{
    {"class", Attribute::class_},
    {"id", Attribute::id},
    {"style", Attribute::style},
    {"hidden", Attribute::hidden},
    {"role", Attribute::role},
    {"itemprop", Attribute::itemprop},
    {"itemtype", Attribute::itemtype},
    {"href", Attribute::href},
    {"rel", Attribute::rel},
    {"name", Attribute::name},
    {"property", Attribute::property},
    {"content", Attribute::content},
    {"datetime", Attribute::datetime},
    {"type", Attribute::type},
    {"lang", Attribute::lang},
    {"charset", Attribute::charset},
    {"http-equiv", Attribute::http_equiv},
    {"aria-hidden", Attribute::aria_hidden},
    {"pubdate", Attribute::pubdate},
    {"data-testid", Attribute::data_testid},
    {"title", Attribute::title},
}};

std::size_t hash_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash ^ hash >> 15;
}

template <class Value, std::size_t Slots>
class NameTable {
 public:
  template <std::size_t N>
  explicit NameTable(const std::array<std::pair<std::string_view, Value>, N>& names) {
    static_assert(Slots >= 2 * N);
    for (const auto& entry : names) {
      std::size_t slot = hash_of(entry.first) % Slots;
      while (!slots_[slot].first.empty()) slot = (slot + 1) % Slots;
      slots_[slot] = entry;
    }
  }
  const Value* find(std::string_view name) const {
    for (std::size_t slot = hash_of(name) % Slots; !slots_[slot].first.empty(); slot = (slot + 1) % Slots)
      if (slots_[slot].first == name) return &slots_[slot].second;
    return nullptr;
  }

 private:
  std::array<std::pair<std::string_view, Value>, Slots> slots_{};
};

bool is_html_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::size_t kLongestName = 16;  // of the names that anybody asks for

// The name in lower case, in a buffer that holds all names we know; longer ones are nobody's.
class LowerName {
 public:
  explicit LowerName(std::string_view name) : size_(std::min(name.size(), kLongestName)) {
    std::transform(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(size_), bytes_, lower);
    if (name.size() > kLongestName) size_ = 0;
  }
  std::string_view view() const { return std::string_view(bytes_, size_); }

 private:
  char bytes_[kLongestName];
  std::size_t size_;
};

bool has_raw_text(Tag tag) {
  return tag == Tag::script || tag == Tag::style || tag == Tag::xmp || tag == Tag::iframe || tag == Tag::noembed ||
         tag == Tag::noframes || tag == Tag::title || tag == Tag::textarea;
}

struct Entity {
  std::string_view name;
  std::string_view meaning;
  bool without_semicolon;
};
constexpr Entity kEntities[] = {
#include "page/html_entities.inc"
};
constexpr std::size_t kLongestEntity = 32;

const Entity* find_entity(std::string_view name) {
  const auto* end = std::end(kEntities);
  const auto* found =
      std::lower_bound(std::begin(kEntities), end, name,
                       [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
  return found != end && found->name == name ? found : nullptr;
}

// What Windows-1252 holds at 0x80 … 0x9F: browsers read numeric references so.
constexpr std::array<char16_t, 32> kC1 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                          0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char32_t referenced(std::uint32_t number) {
  if (number >= 0x80 && number < 0xA0) return kC1[number - 0x80];
  const bool control = number < 0x20 && number != '\t' && number != '\n' && number != '\f' && number != '\r';
  if (number == 0 || control || (number >= 0xD800 && number < 0xE000) || number > 0x10FFFF) return 0xFFFD;
  return number;
}

int digit_value(char c, int base) {
  if (c >= '0' && c <= '9') return c - '0';
  if (base == 16 && lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

std::size_t append_numeric(std::string_view raw, std::size_t at, std::string& out) {
  std::size_t walk = at + 2;
  int base = 10;
  if (walk < raw.size() && lower(raw[walk]) == 'x') {
    base = 16;
    ++walk;
  }
  const std::size_t first = walk;
  std::uint32_t number = 0;
  while (walk < raw.size() && digit_value(raw[walk], base) >= 0) {
    number =
        std::min(number * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_value(raw[walk], base)),
                 0x200000U);
    ++walk;
  }
  if (walk == first) return 0;
  if (walk < raw.size() && raw[walk] == ';') ++walk;
  append_code_point(out, referenced(number));
  return walk - at;
}

std::size_t append_named(std::string_view raw, std::size_t at, std::string& out) {
  std::size_t end = at + 1;
  while (end < raw.size() && end - at <= kLongestEntity &&
         (is_ascii_letter(raw[end]) || (raw[end] >= '0' && raw[end] <= '9')))
    ++end;
  const std::string_view name = raw.substr(at + 1, end - at - 1);
  if (end < raw.size() && raw[end] == ';') {
    if (const Entity* entity = find_entity(name)) {
      out += entity->meaning;
      return end + 1 - at;
    }
  }
  // Old names count without their semicolon, the longest that fits.
  for (std::size_t size = std::min<std::size_t>(name.size(), 6); size >= 2; --size) {
    const Entity* entity = find_entity(name.substr(0, size));
    if (entity != nullptr && entity->without_semicolon) {
      out += entity->meaning;
      return size + 1;
    }
  }
  return 0;
}

}  // namespace

Tag tag_of(std::string_view lower_case_name) {
  static const NameTable<Tag, 256> table(kTags);
  const Tag* tag = table.find(lower_case_name);
  return tag == nullptr ? Tag::other : *tag;
}

std::size_t append_reference(std::string_view raw, std::size_t at, std::string& out) {
  if (at + 1 >= raw.size()) return 0;
  if (raw[at + 1] == '#') return append_numeric(raw, at, out);
  return is_ascii_letter(raw[at + 1]) ? append_named(raw, at, out) : 0;
}

void append_decoded(std::string_view raw, std::string& out) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t reference = std::min(raw.find('&', at), raw.size());
    out.append(raw, at, reference - at);
    at = reference;
    if (at == raw.size()) return;
    const std::size_t length = append_reference(raw, at, out);
    if (length == 0) out += '&';
    at += std::max<std::size_t>(1, length);
  }
}

std::string decoded(std::string_view raw) {
  std::string out;
  append_decoded(raw, out);
  return out;
}

void HtmlTokenizer::skip_space() {
  while (at_ < html_.size() && is_html_space(html_[at_])) ++at_;
}

void HtmlTokenizer::skip_to_close() {
  const std::size_t close = html_.find('>', at_);
  at_ = close == std::string_view::npos ? html_.size() : close + 1;
}

// at_ stands behind "<!--".
void HtmlTokenizer::skip_comment() {
  if (html_.substr(at_, 1) == ">") {
    ++at_;
    return;
  }
  if (html_.substr(at_, 2) == "->") {
    at_ += 2;
    return;
  }
  for (std::size_t dash = at_;;) {
    dash = html_.find("--", dash);
    if (dash == std::string_view::npos) {
      at_ = html_.size();
      return;
    }
    std::size_t behind = dash + 2;
    if (behind < html_.size() && html_[behind] == '!') ++behind;
    if (behind < html_.size() && html_[behind] == '>') {
      at_ = behind + 1;
      return;
    }
    ++dash;
  }
}

// Whether an end (or, with `open` "<", a start) tag of this name stands at `at`, closed or parted from its attributes.
bool HtmlTokenizer::is_tag_at(std::size_t at, std::string_view open, Tag tag) const {
  if (html_.substr(at, open.size()) != open) return false;
  const std::size_t name = at + open.size();
  std::size_t end = name;
  while (end < html_.size() && is_ascii_letter(html_[end])) ++end;
  if (end == html_.size() || !(is_html_space(html_[end]) || html_[end] == '/' || html_[end] == '>')) return false;
  return tag_of(LowerName(html_.substr(name, end - name)).view()) == tag;
}

std::size_t HtmlTokenizer::end_of_raw_text(std::size_t from, Tag tag) const {
  for (std::size_t end = html_.find("</", from); end != std::string_view::npos; end = html_.find("</", end + 2))
    if (is_tag_at(end, "</", tag)) return end;
  return html_.size();
}

// A script may hold a comment that holds a script: « <!-- <script></script> --> » does not end it.
std::size_t HtmlTokenizer::end_of_script(std::size_t from) const {
  const std::size_t plain = end_of_raw_text(from, Tag::script);
  if (html_.substr(from, plain - from).find("<!--") == std::string_view::npos) return plain;
  enum class Inside : std::uint8_t { script, comment, script_in_comment } inside = Inside::script;
  std::size_t comment = 0;
  for (std::size_t at = from; at < html_.size(); ++at) {
    at = html_.find_first_of("<-", at);
    if (at == std::string_view::npos) break;
    if (html_[at] == '-') {
      // « <!--> » is a whole comment.
      const bool closes = inside != Inside::script && html_.substr(at, 3) == "-->" && at >= comment;
      if (closes) inside = Inside::script;
    } else if (inside == Inside::script && html_.substr(at, 4) == "<!--") {
      inside = Inside::comment;
      comment = at + 2;
      ++at;  // the dashes may be the closing ones too
    } else if (is_tag_at(at, "</", Tag::script)) {
      if (inside != Inside::script_in_comment) return at;
      inside = Inside::comment;
    } else if (inside == Inside::comment && is_tag_at(at, "<", Tag::script)) {
      inside = Inside::script_in_comment;
    }
  }
  return html_.size();
}

// The text of a script, style, title … up to its end tag, which is left for the next token.
bool HtmlTokenizer::read_raw_text(HtmlToken& token) {
  const Tag tag = std::exchange(raw_text_of_, Tag::other);
  const std::size_t end = tag == Tag::script ? end_of_script(at_) : end_of_raw_text(at_, tag);
  if (end == at_) return false;
  token.kind = HtmlToken::Kind::text;
  token.text = html_.substr(at_, end - at_);
  token.raw = tag != Tag::title && tag != Tag::textarea;
  at_ = end;
  return true;
}

// False if the page ends within the tag.
bool HtmlTokenizer::read_attributes(HtmlToken& token) {
  static const NameTable<Attribute, 64> table(kAttributes);
  for (;;) {
    while (at_ < html_.size() && (is_html_space(html_[at_]) || html_[at_] == '/')) {
      token.self_closing = html_[at_] == '/';
      ++at_;
    }
    if (at_ >= html_.size()) return false;
    if (html_[at_] == '>') {
      ++at_;
      return true;
    }
    token.self_closing = false;
    const std::size_t name_begin = at_++;  // a leading '=' is part of the name
    while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' &&
           html_[at_] != '=')
      ++at_;
    const std::string_view name = html_.substr(name_begin, at_ - name_begin);
    skip_space();
    std::string_view value;
    if (at_ < html_.size() && html_[at_] == '=') {
      ++at_;
      skip_space();
      if (at_ >= html_.size()) return false;
      const char quote = html_[at_];
      if (quote == '"' || quote == '\'') {
        const std::size_t close = std::min(html_.find(quote, at_ + 1), html_.size());
        value = html_.substr(at_ + 1, close - at_ - 1);
        at_ = std::min(close + 1, html_.size());
      } else {
        const std::size_t begin = at_;
        while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '>') ++at_;
        value = html_.substr(begin, at_ - begin);
      }
    }
    if (const Attribute* attribute = table.find(LowerName(name).view())) token.attributes.set(*attribute, value);
  }
}

// at_ stands on the first letter of the name.
void HtmlTokenizer::read_tag(HtmlToken& token) {
  const std::size_t begin = at_;
  while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') ++at_;
  const std::string_view name = html_.substr(begin, at_ - begin);
  token.tag = tag_of(LowerName(name).view());
  if (token.tag == Tag::other && name.find('-') != std::string_view::npos) token.tag = Tag::custom;
  if (!read_attributes(token))
    token.kind = HtmlToken::Kind::done;  // a tag that the page's end cuts off is none
  else if (token.kind == HtmlToken::Kind::start && has_raw_text(token.tag))
    raw_text_of_ = token.tag;
}

// Reads the markup at '<'; false if the sign is text.
bool HtmlTokenizer::read_markup(HtmlToken& token) {
  const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  if (is_ascii_letter(next)) {
    token.kind = HtmlToken::Kind::start;
    ++at_;
    read_tag(token);
    return true;
  }
  if (next == '/') {
    if (at_ + 2 < html_.size() && is_ascii_letter(html_[at_ + 2])) {
      token.kind = HtmlToken::Kind::end;
      at_ += 2;
      read_tag(token);
      return true;
    }
    if (at_ + 2 >= html_.size()) return false;
    at_ += 2;
    skip_to_close();
    return true;
  }
  if (next == '!' && html_.substr(at_ + 2, 2) == "--") {
    at_ += 4;
    skip_comment();
    return true;
  }
  if (next == '!' || next == '?') {
    at_ += 2;
    skip_to_close();
    return true;
  }
  return false;
}

void HtmlTokenizer::next(HtmlToken& token) {
  token.attributes.clear();
  token.self_closing = false;
  token.raw = false;
  token.tag = Tag::other;
  if (raw_text_of_ != Tag::other && read_raw_text(token)) return;
  while (at_ < html_.size()) {
    token.kind = HtmlToken::Kind::done;
    const std::size_t begin = at_;
    if (html_[at_] == '<' && read_markup(token)) {
      if (token.kind != HtmlToken::Kind::done) return;
      continue;  // a comment
    }
    // Text up to the next '<'; the first sign was '<' only if it opened nothing.
    const std::size_t end = std::min(html_.find('<', begin + 1), html_.size());
    token.kind = HtmlToken::Kind::text;
    token.text = html_.substr(begin, end - begin);
    at_ = end;
    return;
  }
  token.kind = HtmlToken::Kind::done;
}

}  // namespace chancery
