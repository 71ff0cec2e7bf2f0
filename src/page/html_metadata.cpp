// JSON-LD is believed first, because it says of which object it speaks; then OpenGraph, then the many names that meta
// elements have had. Each list is in the order of belief.
#include "page/html_metadata.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "page/html_tokens.h"
#include "text/unicode.h"

namespace chancery {
namespace {

using simdjson::dom::element;

constexpr std::size_t kMaxObjects = 2000;  // JSON-LD objects looked at
constexpr std::size_t kMaxJson = std::size_t{4} << 20;

constexpr std::array<std::string_view, 24> kPublishedNames = {"article:published_time",
                                                              "og:published_time",
                                                              "datepublished",
                                                              "og:article:published_time",
                                                              "article:published",
                                                              "publishdate",
                                                              "publish-date",
                                                              "publish_date",
                                                              "published",
                                                              "pubdate",
                                                              "parsely-pub-date",
                                                              "sailthru.date",
                                                              "dcterms.created",
                                                              "dc.date.issued",
                                                              "dcterms.issued",
                                                              "dcterms.date",
                                                              "dc.date",
                                                              "date",
                                                              "cxenseparse:recs:publishtime",
                                                              "article.published",
                                                              "article_date_original",
                                                              "originalpublicationdate",
                                                              "citation_publication_date",
                                                              "dc.date.created"};
constexpr std::array<std::string_view, 6> kStrongNames = {"article:published_time", "og:published_time",
                                                          "datepublished",          "og:article:published_time",
                                                          "article:published",      "parsely-pub-date"};
constexpr std::array<std::string_view, 8> kModifiedNames = {"article:modified_time", "og:updated_time",  "datemodified",
                                                            "dcterms.modified",      "dc.date.modified", "lastmod",
                                                            "last-modified",         "revised"};
constexpr std::array<std::string_view, 5> kTitleNames = {"og:title", "twitter:title", "dc.title", "headline",
                                                         "parsely-title"};
constexpr std::array<std::string_view, 5> kBylineNames = {"author", "article:author", "dc.creator", "parsely-author",
                                                          "sailthru.author"};
constexpr std::array<std::string_view, 4> kOutletNames = {"og:site_name", "application-name", "dc.publisher",
                                                          "publisher"};

bool is_article_type(std::string_view type) {
  return type.find("Article") != std::string_view::npos || type == "BlogPosting" || type == "Report" ||
         type == "LiveBlogPosting" || type == "AnalysisNewsArticle";
}

std::string clean(std::string_view raw) {
  // One line: white space collapsed, references decoded (they hide in JSON too).
  const std::string text = decoded(raw);
  std::string out;
  for (std::uint32_t at = 0; at < text.size();) {
    const std::uint32_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (!is_space(c))
      out.append(text, begin, at - begin);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::optional<CalendarDate> checked_date(std::string_view value) {
  const auto date = date_from_value(value);
  // The epoch and the year 1 are what programs print for « unknown ».
  if (!date || (date->year == 1970 && date->month == 1 && date->day <= 1) || date->year < 1800) return std::nullopt;
  return date;
}

bool is_universal_time(std::string_view value) {
  return value.find('T') != std::string_view::npos &&
         (value.ends_with("Z") || value.ends_with("+00:00") || value.ends_with("+0000") || value.ends_with("GMT"));
}

class JsonLd {
 public:
  explicit JsonLd(HtmlMetadata& metadata) : metadata_(metadata) {}

  void read(std::string_view raw) {
    std::string json(raw.substr(0, kMaxJson));
    for (char& c : json)
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';  // line ends inside strings are common and no JSON
    element root;
    if (parser_.parse(json).get(root) != simdjson::SUCCESS) return;
    std::vector<element> waiting{root};
    for (std::size_t seen = 0; !waiting.empty() && seen < kMaxObjects; ++seen) {
      const element one = waiting.back();
      waiting.pop_back();
      simdjson::dom::array array;
      if (one.get(array) == simdjson::SUCCESS) {
        std::vector<element> members(array.begin(), array.end());
        waiting.insert(waiting.end(), members.rbegin(), members.rend());
      } else {
        read_object(one, waiting);
      }
    }
  }

 private:
  static std::string_view string_at(element object, const char* key) {
    std::string_view value;
    return object[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
  }

  static bool is_article(element object) {
    std::string_view type;
    element types;
    if (object["@type"].get(types) != simdjson::SUCCESS) return false;
    if (types.get(type) == simdjson::SUCCESS) return is_article_type(type);
    simdjson::dom::array array;
    if (types.get(array) != simdjson::SUCCESS) return false;
    for (const element one : array)
      if (one.get(type) == simdjson::SUCCESS && is_article_type(type)) return true;
    return false;
  }

  void read_object(element object, std::vector<element>& waiting) {
    if (!object.is_object()) return;
    element inner;
    for (const char* key : {"mainEntity", "mainEntityOfPage", "@graph"})
      if (object[key].get(inner) == simdjson::SUCCESS && (inner.is_object() || inner.is_array()))
        waiting.push_back(inner);
    const std::string_view published = string_at(object, "datePublished");
    if (!is_article(object)) {
      if (!other_published_ && !published.empty()) {
        other_published_ = checked_date(published);
        if (!metadata_.modified) set_modified(object);
      }
      return;
    }
    if (found_) return;
    found_ = true;
    metadata_.is_article = true;
    metadata_.canonical_url = address_of(object);
    metadata_.title = clean(string_at(object, "headline"));
    metadata_.published = checked_date(published.empty() ? string_at(object, "dateCreated") : published);
    metadata_.in_universal_time = is_universal_time(published);
    set_modified(object);
    metadata_.language = std::string(string_at(object, "inLanguage").substr(0, 8));
    metadata_.article_body = decoded(string_at(object, "articleBody"));
    if (object["author"].get(inner) == simdjson::SUCCESS) metadata_.byline = names(inner);
    if (object["publisher"].get(inner) == simdjson::SUCCESS) metadata_.outlet = names(inner);
  }

  void set_modified(element object) {
    metadata_.modified = checked_date(string_at(object, "dateModified"));
    metadata_.modified_in = Witness::json_ld;
  }

  // The article's own address: "mainEntityOfPage", or "url".
  static std::string address_of(element object) {
    element page;
    std::string_view address;
    if (object["mainEntityOfPage"].get(page) == simdjson::SUCCESS && page.get(address) != simdjson::SUCCESS)
      address = page.is_object() ? string_at(page, "@id") : std::string_view();
    if (address.find("://") == std::string_view::npos) address = string_at(object, "url");
    return address.find("://") == std::string_view::npos ? std::string() : std::string(address.substr(0, 2000));
  }

  // A name, an object with a name, or a list of either.
  static std::string names(element value) {
    std::string_view name;
    if (value.get(name) == simdjson::SUCCESS)
      return name.find("://") == std::string_view::npos ? clean(name) : std::string();
    if (value.is_object()) return clean(string_at(value, "name"));
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return {};
    std::string joined;
    std::size_t count = 0;
    for (const element one : array) {
      if (++count > 20) break;
      std::string next;
      if (one.get(name) == simdjson::SUCCESS)
        next = clean(name);
      else if (one.is_object())
        next = clean(string_at(one, "name"));
      if (next.empty()) continue;
      joined += joined.empty() ? next : ", " + next;
    }
    return joined;
  }

 public:
  const std::optional<CalendarDate>& other_published() const { return other_published_; }

 private:
  HtmlMetadata& metadata_;
  simdjson::dom::parser parser_;
  std::optional<CalendarDate> other_published_;  // of a web page or a video, if no article says
  bool found_ = false;
};

Witness witness_of(std::string_view meta_name) {
  return meta_name.starts_with("og:") || meta_name.starts_with("article:") ? Witness::open_graph : Witness::meta;
}

template <std::size_t N>
std::string_view first_meta(const HtmlHead& head, const std::array<std::string_view, N>& names,
                            Witness* witness = nullptr) {
  for (const std::string_view name : names)
    for (const auto& [key, content] : head.metas)
      if (key == name) {
        if (witness != nullptr) *witness = witness_of(name);
        return content;
      }
  return {};
}

template <std::size_t N>
std::optional<CalendarDate> first_date(const HtmlHead& head, const std::array<std::string_view, N>& names,
                                       Witness& witness) {
  for (const std::string_view name : names)
    for (const auto& [key, content] : head.metas)
      if (key == name)
        if (auto date = checked_date(content)) {
          witness = witness_of(name);
          return date;
        }
  return std::nullopt;
}

// « Le titre | Le Courrier » without the outlet.
std::string without_outlet(const std::string& title, const std::string& outlet) {
  for (const std::string_view separator : {" | ", " – ", " — ", " - ", " » ", " :: "}) {
    const std::size_t at = title.rfind(separator);
    if (at == std::string::npos || at < 15) continue;
    const std::string_view tail = std::string_view(title).substr(at + separator.size());
    if (tail == outlet || (tail.size() <= 30 && tail.size() * 3 <= title.size() && separator != " - ") ||
        (tail.size() <= 25 && tail.size() * 3 <= title.size()))
      return title.substr(0, at);
  }
  return title;
}

std::string primary_language(std::string_view tag) {
  std::string code;
  for (const char c : tag) {
    if (c >= 'A' && c <= 'Z')
      code += static_cast<char>(c + 32);
    else if (c >= 'a' && c <= 'z')
      code += c;
    else
      break;
  }
  return code.size() == 2 ? code : std::string();
}

}  // namespace

namespace {

void read_names(const HtmlHead& head, HtmlMetadata& metadata) {
  metadata.outlet_in = metadata.outlet.empty() ? Witness::none : Witness::json_ld;
  Witness witness = Witness::none;
  if (const std::string named = clean(first_meta(head, kOutletNames, &witness)); !named.empty()) {
    metadata.outlet = named;
    metadata.outlet_in = witness;
  }
  metadata.title_in = Witness::json_ld;
  if (metadata.title.empty()) {
    metadata.title = without_outlet(clean(first_meta(head, kTitleNames, &witness)), metadata.outlet);
    metadata.title_in = witness;
  }
  if (metadata.title.empty()) {
    metadata.title = without_outlet(clean(head.title), metadata.outlet);
    metadata.title_in = Witness::markup;
  }
  metadata.byline_in = Witness::json_ld;
  if (metadata.byline.empty()) {
    metadata.byline = clean(first_meta(head, kBylineNames, &witness));
    metadata.byline_in = witness;
  }
  if (metadata.byline.find("://") != std::string::npos || metadata.byline.size() > 200) metadata.byline.clear();
}

void read_address(const HtmlHead& head, HtmlMetadata& metadata) {
  const auto is_address = [](std::string_view url) { return url.find("://") != std::string_view::npos; };
  const std::string_view of_graph = first_meta(head, std::array<std::string_view, 1>{"og:url"});
  metadata.url_in = metadata.canonical_url.empty() ? Witness::none : Witness::json_ld;
  if (is_address(head.canonical)) {
    metadata.canonical_url = head.canonical;
    metadata.url_in = Witness::markup;
  } else if (is_address(of_graph)) {
    metadata.canonical_url = std::string(of_graph);
    metadata.url_in = Witness::open_graph;
  }
}

void read_language(const HtmlHead& head, HtmlMetadata& metadata) {
  metadata.language_in = head.language.empty() ? Witness::json_ld : Witness::markup;
  metadata.language = primary_language(head.language.empty() ? metadata.language : head.language);
  if (metadata.language.empty())
    metadata.language = primary_language(first_meta(
        head, std::array<std::string_view, 3>{"og:locale", "content-language", "language"}, &metadata.language_in));
}

void read_dates(const HtmlHead& head, const JsonLd& json_ld, HtmlMetadata& metadata) {
  metadata.published_in = Witness::json_ld;
  if (!metadata.published) {
    metadata.published = first_date(head, kPublishedNames, metadata.published_in);
    metadata.in_universal_time = is_universal_time(first_meta(head, kPublishedNames));
    metadata.is_weak = first_meta(head, kStrongNames).empty();
  }
  for (const std::string_view name : kPublishedNames)
    for (const auto& [key, content] : head.metas)
      if (const auto date = key == name ? checked_date(content) : std::nullopt;
          date && metadata.other_published.size() < 16)
        metadata.other_published.push_back(*date);
  if (!metadata.published) {
    metadata.published = json_ld.other_published();
    metadata.published_in = Witness::json_ld;
  }
  if (!metadata.modified) metadata.modified = first_date(head, kModifiedNames, metadata.modified_in);
}

}  // namespace

HtmlMetadata read_metadata(const HtmlHead& head) {
  HtmlMetadata metadata;
  JsonLd json_ld(metadata);
  for (const std::string_view raw : head.json_ld) json_ld.read(raw);
  read_names(head, metadata);
  if (first_meta(head, std::array<std::string_view, 1>{"og:type"}) == "article") metadata.is_article = true;
  read_address(head, metadata);
  read_language(head, metadata);
  read_dates(head, json_ld, metadata);
  return metadata;
}

std::string outlet_of_title(const HtmlHead& head, std::string_view page_title) {
  const std::string whole = clean(head.title);
  if (page_title.size() < 8 || whole.size() <= page_title.size() + 3) return {};
  const bool in_front = whole.starts_with(page_title);
  if (!in_front && !whole.ends_with(page_title)) return {};
  std::string_view rest = whole;
  rest = in_front ? rest.substr(page_title.size()) : rest.substr(0, rest.size() - page_title.size());
  for (const std::string_view separator : {" | ", " – ", " — ", " - ", " » ", " :: ", " • ", " · "}) {
    const bool parts = in_front ? rest.starts_with(separator) : rest.ends_with(separator);
    if (!parts) continue;
    rest = in_front ? rest.substr(separator.size()) : rest.substr(0, rest.size() - separator.size());
    // Of several parts (section, outlet) the outlet is the last, or the first in front.
    const std::size_t other = in_front ? rest.rfind(separator) : rest.find(separator);
    if (other != std::string_view::npos)
      rest = in_front ? rest.substr(other + separator.size()) : rest.substr(0, other);
    return rest.size() <= 60 ? std::string(rest) : std::string();
  }
  return {};
}

}  // namespace chancery
