// A known word has the lexicon's readings, less names where it is not capitalised and plus a name where it is; an
// unknown one those of its ending, or of its last part behind a hyphen.
#include "language/readings.h"

#include <algorithm>

#include "text/unicode.h"

namespace chancery {
namespace {

LexiconReading plain(std::uint16_t tag) {
  LexiconReading reading;
  reading.tag = tag;
  reading.keep_case = 1;
  return reading;
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

bool has_digit(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool CandidateLists::has_tag(const Entry& entry, std::uint16_t tag) const {
  const auto begin = pool_.begin() + static_cast<std::ptrdiff_t>(entry.begin);
  return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(entry.size),
                     [&](const LexiconReading& r) { return r.tag == tag; });
}

void CandidateLists::add_listed(std::span<const LexiconReading> found) {
  const auto size = static_cast<std::uint32_t>(std::min(found.size(), kMost));
  entries_.push_back({found.data(), 0, size, true});
}

void CandidateLists::add_word(std::span<const LexiconReading> found, const Surface& token, bool first,
                              const LanguagePack::Tables& tables) {
  const bool names = std::any_of(found.begin(), found.end(), [&](const auto& r) { return is_name(r, tables); });
  if (names ? token.capitalised : !token.capitalised || first) return add_listed(found);
  Entry entry = begin_made_up();
  entry.known = true;
  for (const LexiconReading& reading : found)
    if (token.capitalised || !is_name(reading, tables)) make_up(entry, reading);
  if (entry.size == 0 || token.capitalised)
    for (const std::uint16_t tag : token.capitalised ? tables.unknown_capitalised : tables.unknown)
      make_up(entry, plain(tag));
  entries_.push_back(entry);
}

void CandidateLists::add_unknown(const Surface& token, std::string_view form, const LanguagePack::Tables& tables) {
  Entry entry = begin_made_up();
  if (token.capitalised)
    for (const std::uint16_t tag : tables.unknown_capitalised) make_up(entry, plain(tag));
  std::span<const LexiconReading> found;
  const std::size_t hyphen = token.has_hyphen ? form.rfind('-') : std::string_view::npos;
  if (hyphen != std::string_view::npos) found = tables.lexicon.find(form.substr(hyphen + 1));
  if (found.empty()) found = tables.lexicon.guess(form);
  for (const LexiconReading& reading : found)
    if (!is_name(reading, tables) && tables.tags[reading.tag].parts == 1) make_up(entry, reading);
  if (found.empty() || token.capitalised)
    for (const std::uint16_t tag : tables.unknown)
      if (!has_tag(entry, tag)) make_up(entry, plain(tag));
  if (entry.size == 0) make_up(entry, plain(tables.unknown.front()));
  entries_.push_back(entry);
}

std::vector<LexiconReading> CandidateLists::counted_without(std::span<const LexiconReading> found,
                                                            std::uint16_t tag) const {
  std::vector<LexiconReading> left;
  for (LexiconReading reading : found) {
    if (reading.tag == tag && reading.count > 0) --reading.count;
    if (reading.count > 0 || reading.listed != 0) left.push_back(reading);
  }
  return left;
}

// Where the token is known to be one word or several, only readings of that kind stay.
void CandidateLists::keep_words(const Surface& token, const LanguagePack::Tables& tables) {
  const std::span<const LexiconReading> readings = (*this)[entries_.size() - 1];
  const auto fits = [&](const LexiconReading& r) { return (tables.tags[r.tag].parts > 1) == (token.words > 1); };
  if (std::all_of(readings.begin(), readings.end(), fits) || std::none_of(readings.begin(), readings.end(), fits))
    return;
  std::vector<LexiconReading> kept;
  std::copy_if(readings.begin(), readings.end(), std::back_inserter(kept), fits);
  Entry entry = begin_made_up();
  entry.known = entries_.back().known;
  for (const LexiconReading& reading : kept) make_up(entry, reading);
  entries_.back() = entry;
}

void CandidateLists::add(const Surface& token, std::string_view form, bool first, const LanguagePack::Tables& tables,
                         const std::uint16_t* without) {
  std::span<const LexiconReading> found;
  std::vector<LexiconReading> left;
  const bool word = token.kind == SurfaceKind::word;
  if (word || token.kind == SurfaceKind::punctuation || token.kind == SurfaceKind::symbol)
    found = tables.lexicon.find(token.hash);
  if (without != nullptr) {
    left = counted_without(found, *without);
    found = left;
  }
  const bool shaped = token.kind == SurfaceKind::number || (word && found.empty() && has_digit(form));
  if (shaped) found = tables.lexicon.find_shape(form);
  if (found.empty() && word) {
    add_unknown(token, form, tables);
  } else if (found.empty()) {
    Entry entry = begin_made_up();
    make_up(entry, plain(fixed_tag(token.kind, tables)));
    entries_.push_back(entry);
  } else if (word && !shaped) {
    add_word(found, token, first, tables);
  } else {
    add_listed(found);
  }
  if (!left.empty() && entries_.back().listed == left.data()) {  // left goes out of scope
    Entry entry = begin_made_up();
    entry.known = true;
    for (const LexiconReading& reading : left) make_up(entry, reading);
    entries_.back() = entry;
  }
  if (token.words != 0) keep_words(token, tables);
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
