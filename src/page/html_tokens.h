// HTML to tags and text, as the HTML standard's tokenizer does for everything that decides where text begins and ends:
// comments, raw text of scripts, attributes in any quoting, character references. It never fails, never looks back,
// and keeps nothing but its place.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

// Elements that the tree treats in their own way; all others are `other`.
enum class Tag : std::uint8_t {
  other,
  a,
  abbr,
  address,
  article,
  aside,
  audio,
  b,
  base,
  blockquote,
  body,
  br,
  button,
  canvas,
  caption,
  cite,
  code,
  col,
  colgroup,
  custom,
  dd,
  del,
  details,
  dialog,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  form,
  frame,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hr,
  html,
  i,
  iframe,
  img,
  input,
  label,
  legend,
  li,
  link,
  listing,
  main,
  map,
  mark,
  math,
  menu,
  meta,
  nav,
  noembed,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  p,
  param,
  picture,
  plaintext,
  pre,
  q,
  s,
  script,
  section,
  select,
  small,
  source,
  span,
  strong,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  time,
  title,
  tr,
  track,
  u,
  ul,
  video,
  wbr,
  xmp,
  count
};
Tag tag_of(std::string_view lower_case_name);

enum class Attribute : std::uint8_t {
  class_,
  id,
  style,
  hidden,
  role,
  itemprop,
  itemtype,
  href,
  rel,
  name,
  property,
  content,
  datetime,
  type,
  lang,
  charset,
  http_equiv,
  aria_hidden,
  pubdate,
  data_testid,
  title,
  count
};

// A tag's attributes that anybody asks for, raw (character references undecoded); the first of a name counts.
class Attributes {
 public:
  bool has(Attribute attribute) const { return (present_ & bit(attribute)) != 0; }
  std::string_view operator[](Attribute attribute) const {
    return has(attribute) ? values_[static_cast<std::size_t>(attribute)] : std::string_view();
  }
  void set(Attribute attribute, std::string_view value) {
    if (has(attribute)) return;
    present_ |= bit(attribute);
    values_[static_cast<std::size_t>(attribute)] = value;
  }
  void clear() { present_ = 0; }

 private:
  static std::uint32_t bit(Attribute attribute) { return 1U << static_cast<unsigned>(attribute); }
  std::uint32_t present_ = 0;
  std::array<std::string_view, static_cast<std::size_t>(Attribute::count)> values_;
};

struct HtmlToken {
  enum class Kind : std::uint8_t { text, start, end, done } kind = Kind::done;
  Tag tag = Tag::other;
  bool self_closing = false;
  bool raw = false;  // text in which character references mean nothing (scripts)
  std::string_view text;
  Attributes attributes;
};

class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view html) : html_(html) {}
  // Moves to the next token; token.kind is `done` at the end.
  void next(HtmlToken& token);

 private:
  bool read_markup(HtmlToken& token);
  void read_tag(HtmlToken& token);
  bool read_attributes(HtmlToken& token);
  void skip_comment();
  void skip_to_close();
  bool read_raw_text(HtmlToken& token);
  bool is_tag_at(std::size_t at, std::string_view open, Tag tag) const;
  std::size_t end_of_raw_text(std::size_t from, Tag tag) const;
  std::size_t end_of_script(std::size_t from) const;
  void skip_space();

  std::string_view html_;
  std::size_t at_ = 0;
  Tag raw_text_of_ = Tag::other;
};

// Appends `raw` with its character references decoded.
void append_decoded(std::string_view raw, std::string& out);
std::string decoded(std::string_view raw);
// The reference that begins at raw[at] == '&': appends what it means and returns its length; 0 if it is none.
std::size_t append_reference(std::string_view raw, std::size_t at, std::string& out);

}  // namespace chancery
