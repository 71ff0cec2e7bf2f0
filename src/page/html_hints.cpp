// What class, id and role give away. The words are the trade's own English, as templates of every land use it; a name
// that only says what an element has or lacks (« has-sidebar ») says nothing of what it is.
#include <algorithm>
#include <array>

#include "page/html_tree.h"

namespace chancery {
namespace {

constexpr std::size_t kMaxNames = 40;      // class names looked at
constexpr std::size_t kMaxNameSize = 100;  // and their length
constexpr std::size_t kMaxWords = 8;

constexpr std::array<std::string_view, 85> kFurnitureWords = {
    "ad",          "ads",        "advert",      "advertisement", "advertising", "adslot",         "adunit",
    "banner",      "breadcrumb", "breadcrumbs", "carousel",      "consent",     "cookie",         "cookies",
    "copyright",   "cta",        "disclaimer",  "donate",        "donation",    "footer",         "gdpr",
    "latest",      "login",      "masthead",    "menu",          "modal",       "mostread",       "nav",
    "navbar",      "navigation", "newsletter",  "newsletters",   "noprint",     "outro",          "pager",
    "pagination",  "paginator",  "paywall",     "partners",      "poll",        "popular",        "popup",
    "printonly",   "privacy",    "promo",       "promoted",      "promotion",   "promotions",     "rating",
    "ratings",     "readmore",   "recirc",      "recirculation", "recommend",   "recommendation", "recommendations",
    "recommended", "register",   "related",     "relatedposts",  "share",       "sharebar",       "sharedaddy",
    "shares",      "sharing",    "sidebar",     "signin",        "signup",      "skiplink",       "slideshow",
    "social",      "socials",    "sponsor",     "sponsored",     "subscribe",   "subscription",   "taglist",
    "tags",        "teaser",     "teasers",     "ticker",        "toolbar",     "tooltip",        "trending",
    "jumplinks"};

constexpr std::array<std::string_view, 9> kTalkWords = {"comment",    "comments", "commentlist", "respond", "disqus",
                                                        "discussion", "replies",  "reactions",   "livefyre"};

constexpr std::array<std::string_view, 8> kHiddenNames = {
    "hidden", "hide", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader", "u-hidden"};

// A name that begins with one of these tells of the element's state or of what it holds.
constexpr std::array<std::string_view, 16> kModifiers = {"has",  "no",     "with",   "without", "is",     "not",
                                                         "show", "js",     "can",    "hide",    "single", "page",
                                                         "type", "format", "layout", "template"};

constexpr std::array<std::string_view, 8> kBodyOwners = {"article", "story", "post",     "entry",
                                                         "news",    "blog",  "articles", "content"};
constexpr std::array<std::string_view, 7> kBodyParts = {"body",     "content",  "text", "copy",
                                                        "bodytext", "contents", "texte"};
constexpr std::array<std::string_view, 10> kBodyNames = {"articlebody", "articletext", "articlecontent", "storybody",
                                                         "storytext",   "postcontent", "postbody",       "entrycontent",
                                                         "bodytext",    "bodycopy"};
constexpr std::array<std::string_view, 5> kListOwners = {"more", "other", "similar", "latest", "top"};
constexpr std::array<std::string_view, 10> kListParts = {"stories", "articles", "news",    "posts",   "story",
                                                         "article", "links",    "content", "reading", "headlines"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// A class name in words, in lower case: "ArticleBody__text-2" is article, body, text.
class NameWords {
 public:
  explicit NameWords(std::string_view name) {
    name = name.substr(0, kMaxNameSize);
    std::size_t begin = 0;
    char previous = '-';
    for (std::size_t i = 0; i <= name.size(); ++i) {
      const char c = i < name.size() ? name[i] : '-';
      const bool letter = is_upper(c) || is_lower(c);
      const bool seam = is_upper(c) && is_lower(previous);
      if ((!letter || seam) && size_ > begin && count_ < kMaxWords) {
        words_[count_++] = std::string_view(bytes_ + begin, size_ - begin);
        begin = size_;
      }
      if (letter) bytes_[size_++] = is_upper(c) ? static_cast<char>(c + 32) : c;
      previous = c;
    }
  }
  NameWords(const NameWords&) = delete;
  NameWords& operator=(const NameWords&) = delete;

  std::size_t size() const { return count_; }
  std::string_view operator[](std::size_t i) const { return words_[i]; }
  std::string_view joined() const { return std::string_view(bytes_, size_); }

 private:
  char bytes_[kMaxNameSize + 1];
  std::size_t size_ = 0;
  std::array<std::string_view, kMaxWords> words_;
  std::size_t count_ = 0;
};

bool has_pair(const NameWords& words, bool (*first)(std::string_view), bool (*second)(std::string_view)) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (first(words[i]) && second(words[i + 1])) return true;
  return false;
}

std::uint32_t hints_of_words(const NameWords& words) {
  std::uint32_t hints = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (contains(kFurnitureWords, word)) hints |= kSuspect;
    if (contains(kTalkWords, word)) hints |= kTalk;
    if (word == "byline" || word == "author" || word == "authors" || word == "auteur") hints |= kBylineHint;
    if (word == "date" || word == "time" || word == "published" || word == "pubdate" || word == "dateline" ||
        word == "timestamp" || word == "datetime" || word == "datum" || word == "fecha" || word == "publication")
      hints |= kDateHint;
    if (word == "meta" || word == "metadata") hints |= kMetaHint;
    if (word == "caption" || word == "figcaption" || word == "credit" || word == "credits" || word == "legend" ||
        word == "legende")
      hints |= kInCaption;
    if (word == "headline" || word == "title" || word == "titre") hints |= kTitleHint;
  }
  const bool body =
      contains(kBodyNames, words.joined()) || has_pair(
                                                  words, [](std::string_view w) { return contains(kBodyOwners, w); },
                                                  [](std::string_view w) { return contains(kBodyParts, w); });
  if (body) hints |= kBodyHint;
  if (has_pair(
          words, [](std::string_view w) { return contains(kListOwners, w); },
          [](std::string_view w) { return contains(kListParts, w); }))
    hints |= kSuspect;
  return hints;
}

std::uint32_t hints_of_name(std::string_view name) {
  if (contains(kHiddenNames, name)) return kHidden;
  const NameWords words(name);
  if (words.size() == 0) return 0;
  if (words.size() > 1 && contains(kModifiers, words[0])) return 0;
  return hints_of_words(words);
}

std::uint32_t hints_of_names(std::string_view names) {
  std::uint32_t hints = 0;
  std::size_t at = 0;
  for (std::size_t count = 0; at < names.size() && count < kMaxNames; ++count) {
    while (at < names.size() && is_space(names[at])) ++at;
    std::size_t end = at;
    while (end < names.size() && !is_space(names[end])) ++end;
    if (end > at) hints |= hints_of_name(names.substr(at, end - at));
    at = end;
  }
  return hints;
}

constexpr std::array<std::string_view, 12> kFurnitureRoles = {"navigation",  "banner",  "contentinfo", "complementary",
                                                              "search",      "menu",    "menubar",     "dialog",
                                                              "alertdialog", "toolbar", "tablist",     "button"};

bool hides(std::string_view style) {
  std::string plain;
  for (const char c : style.substr(0, 400))
    if (!is_space(c)) plain += is_upper(c) ? static_cast<char>(c + 32) : c;
  return plain.find("display:none") != std::string::npos || plain.find("visibility:hidden") != std::string::npos;
}

std::uint32_t hints_of_tag(Tag tag) {
  switch (tag) {
    case Tag::nav:
    case Tag::footer:
    case Tag::menu:
    case Tag::aside:
    case Tag::dialog:
      return kSuspect;
    case Tag::article:
    case Tag::main:
      return kArticleTag;
    case Tag::figcaption:
    case Tag::figure:
      return kInCaption;
    case Tag::blockquote:
      return kInQuote;
    case Tag::li:
    case Tag::dd:
    case Tag::dt:
      return kInList;
    case Tag::table:
      return kInTable;
    case Tag::pre:
    case Tag::listing:
      return kInPre;
    case Tag::header:
      return kInHeader;
    case Tag::address:
      return kBylineHint;
    default:
      return 0;
  }
}

}  // namespace

std::uint32_t hints_of(Tag tag, const Attributes& attributes) {
  std::uint32_t hints = hints_of_tag(tag);
  if (attributes.has(Attribute::class_)) hints |= hints_of_names(attributes[Attribute::class_]);
  if (attributes.has(Attribute::id)) hints |= hints_of_name(attributes[Attribute::id]);
  if (attributes.has(Attribute::role)) {
    const std::string_view role = attributes[Attribute::role];
    if (contains(kFurnitureRoles, role)) hints |= kSuspect;
    if (role == "main" || role == "article") hints |= kArticleTag;
  }
  if (attributes.has(Attribute::itemprop)) {
    const std::string_view property = attributes[Attribute::itemprop];
    if (property == "articleBody" || property == "text" || property == "reviewBody") hints |= kBodyHint;
    if (property == "author") hints |= kBylineHint;
    if (property == "datePublished" || property == "dateModified" || property == "dateCreated") hints |= kDateHint;
    if (property == "headline") hints |= kTitleHint;
    if (property == "comment") hints |= kTalk;
  }
  if (attributes.has(Attribute::hidden) || attributes[Attribute::aria_hidden] == "true" ||
      (attributes.has(Attribute::style) && hides(attributes[Attribute::style])))
    hints |= kHidden;
  // Templates name the whole page after what it may hold; what is named the article's text is no furniture.
  if (tag == Tag::html || tag == Tag::body || tag == Tag::main)
    hints &= ~static_cast<std::uint32_t>(kSuspect | kTalk | kHidden | kInCaption);
  if (tag == Tag::article) hints &= ~static_cast<std::uint32_t>(kInCaption);
  return hints;
}

}  // namespace chancery
