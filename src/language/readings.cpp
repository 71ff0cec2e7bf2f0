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
  return tables.facts[reading.tag].upos == Upos::PROPN;
}

bool has_digit(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool CandidateLists::has_tag(std::uint16_t tag) const {
  return std::any_of(pool_.begin() + static_cast<std::ptrdiff_t>(begin_), pool_.end(),
                     [&](const LexiconReading& r) { return r.tag == tag; });
}

void CandidateLists::add_made_up(bool known, const LanguagePack::Tables& tables) {
  const std::span<LexiconReading> readings = std::span(pool_).subspan(begin_);
  set_buckets(readings);
  Entry entry;
  entry.set = set_of(readings, tables.facts);
  entry.set.first = static_cast<std::uint32_t>(begin_);
  entry.known = known;
  entries_.push_back(entry);
}

void CandidateLists::add_word(const LexiconSet& set, std::span<const LexiconReading> found, const Surface& token,
                              bool first, const LanguagePack::Tables& tables) {
  if (set.has_name != 0 ? token.capitalised : !token.capitalised || first) return add_listed(set, found);
  begin_made_up();
  for (const LexiconReading& reading : found)
    if (token.capitalised || !is_name(reading, tables)) make_up(reading);
  if (pool_.size() == begin_ || token.capitalised)
    for (const std::uint16_t tag : token.capitalised ? tables.unknown_capitalised : tables.unknown) make_up(plain(tag));
  add_made_up(true, tables);
}

void CandidateLists::add_unknown(const Surface& token, std::string_view form, const LanguagePack::Tables& tables) {
  begin_made_up();
  if (token.capitalised)
    for (const std::uint16_t tag : tables.unknown_capitalised) make_up(plain(tag));
  const LexiconSet* found = nullptr;
  const std::size_t hyphen = token.has_hyphen ? form.rfind('-') : std::string_view::npos;
  if (hyphen != std::string_view::npos) found = tables.lexicon.find_set(hash_bytes(form.substr(hyphen + 1)));
  if (found == nullptr) found = tables.lexicon.guess(form);
  for (const LexiconReading& reading : tables.lexicon.readings_of(found))
    if (!is_name(reading, tables) && tables.facts[reading.tag].parts == 1) make_up(reading);
  if (found == nullptr || token.capitalised)
    for (const std::uint16_t tag : tables.unknown)
      if (!has_tag(tag)) make_up(plain(tag));
  if (pool_.size() == begin_) make_up(plain(tables.unknown.front()));
  add_made_up(false, tables);
}

// Where the token is known to be one word or several, only readings of that kind stay.
void CandidateLists::keep_words(const Surface& token, const LanguagePack::Tables& tables) {
  const std::span<const LexiconReading> readings = (*this)[entries_.size() - 1];
  const auto fits = [&](const LexiconReading& r) { return (tables.facts[r.tag].parts > 1) == (token.words > 1); };
  if (std::all_of(readings.begin(), readings.end(), fits) || std::none_of(readings.begin(), readings.end(), fits))
    return;
  std::vector<LexiconReading> kept;
  std::copy_if(readings.begin(), readings.end(), std::back_inserter(kept), fits);
  const bool known = entries_.back().known;
  entries_.pop_back();
  begin_made_up();
  for (const LexiconReading& reading : kept) make_up(reading);
  add_made_up(known, tables);
}

// The readings when one place in the treebanks is not counted.
std::vector<LexiconReading> CandidateLists::counted_without(std::span<const LexiconReading> found,
                                                            std::uint16_t tag) const {
  std::vector<LexiconReading> left;
  for (LexiconReading reading : found) {
    if (reading.tag == tag && reading.count > 0) --reading.count;
    if (reading.count > 0 || reading.listed != 0) left.push_back(reading);
  }
  set_buckets(left);
  return left;
}

void CandidateLists::add(const Surface& token, std::string_view form, bool first, const LanguagePack::Tables& tables,
                         const std::uint16_t* without) {
  const bool word = token.kind == SurfaceKind::word;
  const LexiconSet* set = nullptr;
  if (word || token.kind == SurfaceKind::punctuation || token.kind == SurfaceKind::symbol)
    set = tables.lexicon.find_set(token.hash);
  std::vector<LexiconReading> left;
  LexiconSet set_left;
  if (without != nullptr && set != nullptr) {
    left = counted_without(tables.lexicon.readings_of(set), *without);
    set_left = set_of(left, tables.facts);
    set = left.empty() ? nullptr : &set_left;
  }
  const bool shaped = token.kind == SurfaceKind::number || (word && set == nullptr && has_digit(form));
  if (shaped) set = tables.lexicon.find_shape(form);
  const std::span<const LexiconReading> found =
      set == &set_left ? std::span<const LexiconReading>(left) : tables.lexicon.readings_of(set);
  if (set == nullptr && word) {
    add_unknown(token, form, tables);
  } else if (set == nullptr) {
    begin_made_up();
    make_up(plain(fixed_tag(token.kind, tables)));
    add_made_up(false, tables);
  } else if (word && !shaped) {
    add_word(*set, found, token, first, tables);
  } else {
    add_listed(*set, found);
  }
  if (set == &set_left && entries_.back().listed != nullptr) {  // what is left goes out of scope
    entries_.pop_back();
    begin_made_up();
    for (const LexiconReading& reading : left) make_up(reading);
    add_made_up(true, tables);
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
