// A known word has the lexicon's readings, less names where it is not capitalised and plus a name where it is; an
// unknown one those of its ending, or of its last part behind a hyphen.
#include "language/readings.h"

#include <algorithm>

#include "text/unicode.h"

namespace chancery {
namespace {

LexiconReading plain(std::uint16_t tag, bool keep_case) {
  LexiconReading reading;
  reading.tag = tag;
  reading.keep_case = keep_case ? 1 : 0;
  return reading;
}

bool has_tag(const Candidates& out, std::size_t n, std::uint16_t tag) {
  return std::any_of(out.own.begin(), out.own.begin() + static_cast<std::ptrdiff_t>(n),
                     [&](const LexiconReading& r) { return r.tag == tag; });
}

std::uint16_t fixed_tag(SurfaceKind kind, const LanguagePack::Tables& tables) {
  switch (kind) {
    case SurfaceKind::url:
      return tables.url;
    case SurfaceKind::email:
      return tables.email;
    case SurfaceKind::hashtag:
      return tables.hashtag;
    case SurfaceKind::mention:
      return tables.mention;
    case SurfaceKind::symbol:
      return tables.symbol;
    case SurfaceKind::punctuation:
      return tables.punctuation;
    default:
      return tables.number;
  }
}

bool is_name(const LexiconReading& reading, const LanguagePack::Tables& tables) {
  return tables.tags[reading.tag].upos == Upos::PROPN;
}

void add_known(std::span<const LexiconReading> found, const Surface& token, bool first,
               const LanguagePack::Tables& tables, Candidates& out) {
  const bool names = std::any_of(found.begin(), found.end(), [&](const auto& r) { return is_name(r, tables); });
  if (!names && (!token.capitalised || first)) {
    out.readings = found;
    return;
  }
  if (names && token.capitalised) {
    out.readings = found.first(std::min(found.size(), Candidates::kMost));
    return;
  }
  std::size_t n = 0;
  for (const LexiconReading& reading : found)
    if (token.capitalised || !is_name(reading, tables)) out.add(reading, n);
  if (n == 0 || token.capitalised)
    for (const std::uint16_t tag : token.capitalised ? tables.unknown_capitalised : tables.unknown)
      out.add(plain(tag, true), n);
  out.readings = std::span<const LexiconReading>(out.own.data(), n);
}

void add_unknown(const Surface& token, std::string_view form, const LanguagePack::Tables& tables, Candidates& out) {
  std::size_t n = 0;
  if (token.capitalised)
    for (const std::uint16_t tag : tables.unknown_capitalised) out.add(plain(tag, true), n);
  std::span<const LexiconReading> found;
  if (token.has_hyphen) {
    const std::size_t hyphen = form.rfind('-');
    if (hyphen != std::string_view::npos) found = tables.lexicon.find(form.substr(hyphen + 1));
  }
  if (found.empty()) found = tables.lexicon.guess(form);
  for (const LexiconReading& reading : found)
    if (!is_name(reading, tables) && !has_tag(out, n, reading.tag) && tables.tags[reading.tag].parts == 1)
      out.add(reading, n);
  for (const std::uint16_t tag : tables.unknown)
    if (!has_tag(out, n, tag)) out.add(plain(tag, true), n);
  out.readings = std::span<const LexiconReading>(out.own.data(), n);
}

}  // namespace

void find_candidates(const Surface& token, std::string_view form, bool first, const LanguagePack::Tables& tables,
                     Candidates& out) {
  out.known = false;
  std::span<const LexiconReading> found;
  const bool word = token.kind == SurfaceKind::word;
  if (word || token.kind == SurfaceKind::punctuation || token.kind == SurfaceKind::symbol)
    found = tables.lexicon.find(token.hash);
  const bool digits =
      word && found.empty() && std::any_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (token.kind == SurfaceKind::number || digits) found = tables.lexicon.find_shape(form);
  if (!found.empty()) {
    out.known = true;
    if (word && !digits) return add_known(found, token, first, tables, out);
    out.readings = found.first(std::min(found.size(), Candidates::kMost));
    return;
  }
  if (word) return add_unknown(token, form, tables, out);
  out.own[0] = plain(fixed_tag(token.kind, tables), true);
  out.readings = std::span<const LexiconReading>(out.own.data(), 1);
}

void append_lemma(const LexiconReading& reading, std::string_view form, std::string_view surface,
                  const Lexicon& lexicon, std::string& out) {
  const std::size_t begin = out.size();
  if (reading.keep_case != 0) {
    for (std::uint32_t at = 0; at < surface.size();) {
      const char32_t c = next_code_point(surface, at);
      if (is_apostrophe(c)) {
        out += '\'';
      } else if (c != 0xAD) {
        append_code_point(out, c);
      }
    }
  } else {
    out += form;
  }
  const std::size_t size = out.size() - begin;
  out.resize(out.size() - std::min<std::size_t>(reading.cut, size));
  out += lexicon.append_of(reading);
}

}  // namespace chancery
