// Splitting is one pass over the bytes, then one over the raw words that puts numbers and expressions together. Look-up
// is an open-addressed hash table over the pack's few thousand forms.
#include "time/words.h"

#include <algorithm>
#include <array>

#include "language/hash.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery::time_rules {
namespace {

constexpr std::size_t kLongestNumber = 12;  // words of one number: mille neuf cent quatre-vingt-dix-neuf
constexpr std::size_t kLongestFigures = 9;  // longer runs of figures are no number to us
constexpr std::size_t kLongestPhrase = 8;

constexpr std::uint32_t kHashStart = 2166136261U;
constexpr std::uint32_t hash_step(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 16777619U;
}
constexpr std::uint32_t hash_end(std::uint32_t hash) { return hash ^ (hash >> 15); }

std::uint32_t hash_of(std::string_view word) {
  std::uint32_t hash = kHashStart;
  for (const char c : word) hash = hash_step(hash, c);
  return hash_end(hash);
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_figure(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

enum class Kind : std::uint8_t { letter, figure, space, apostrophe, other };

// The class of the code point at `at`, and `at` moved behind it.
Kind classify(std::string_view text, std::uint32_t& at) {
  const char c = text[at];
  if (static_cast<unsigned char>(c) < 0x80) {
    ++at;
    if (is_ascii_letter(c)) return Kind::letter;
    if (is_figure(c)) return Kind::figure;
    if (is_ascii_space(c)) return Kind::space;
    return c == '\'' ? Kind::apostrophe : Kind::other;
  }
  const char32_t code = next_code_point(text, at);
  if (code >= 0xC0 && code <= 0x17F) return code == 0xD7 || code == 0xF7 ? Kind::other : Kind::letter;
  if (is_letter(code)) return Kind::letter;
  if (is_space(code)) return Kind::space;
  return is_apostrophe(code) ? Kind::apostrophe : Kind::other;
}

std::int32_t figures_value(std::string_view figures) {
  if (figures.size() > kLongestFigures) return -1;
  std::int32_t value = 0;
  for (const char c : figures) value = value * 10 + (c - '0');
  return value;
}

bool is_plain_figures(const TimeWord& word) { return word.form == kFigures && word.number >= 0; }

// « 30,4 » and « 70.000 » are three raw words: figures, a mark, figures, with nothing between them.
bool is_glued_pair(const std::vector<TimeWord>& words, std::size_t at) {
  return at + 2 < words.size() && words[at + 1].glued && words[at + 2].glued && is_plain_figures(words[at + 2]);
}

// Letters alone, the last perhaps an elision's apostrophe: nothing within it that separates words or counts.
bool is_one_word(std::string_view form) {
  if (form.empty()) return false;
  if (form.back() == '\'') form.remove_suffix(1);
  bool letters = !form.empty();
  for (std::size_t i = 0; letters && i < form.size(); ++i) {
    if (is_ascii_letter(form[i])) continue;
    // Latin letters with accents are two bytes, the first C3 to C5; all else is looked at in full.
    const auto lead = static_cast<unsigned char>(form[i]);
    letters = lead >= 0xC3 && lead <= 0xC5 && ++i < form.size() &&
              !(lead == 0xC3 && (form[i] == '\x97' || form[i] == '\xB7'));
  }
  return letters;
}

}  // namespace

void lower_append(std::string_view text, std::string& out) {
  std::uint32_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      ++at;
      continue;
    }
    const char32_t code = next_code_point(text, at);
    append_code_point(out, is_apostrophe(code) ? U'\'' : to_lower(code));
  }
}

Vocabulary::Vocabulary() : entries(1), slots_(256), phrase_ends_(1, 0) {}

void Vocabulary::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.entry == 0) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].entry != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

void Vocabulary::insert(std::string_view word, std::uint32_t entry) {
  if ((used_ + 1) * 3 > slots_.size()) grow();
  const std::uint32_t hash = hash_of(word);
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].entry != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = Slot{hash, static_cast<std::uint32_t>(strings_.size()), entry, static_cast<std::uint16_t>(word.size())};
  strings_.append(word);
  if (word.size() == 1 && static_cast<unsigned char>(word[0]) < 0x80)
    marks_[static_cast<unsigned char>(word[0])] = entry;
  longest_ = std::max(longest_, word.size());
  ++used_;
}

// Most words of a page are letters of ASCII that no rule knows: their hash, taken while their end is looked for, finds
// an empty slot, and nothing is copied or folded.
std::uint32_t Vocabulary::find_ascii(std::string_view word, std::uint32_t hash) const {
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].entry != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash != hash || slot.size != word.size()) continue;
    const char* known = strings_.data() + slot.begin;
    if (std::equal(word.begin(), word.end(), known, [](char a, char b) { return ascii_lower(a) == b; }))
      return slot.entry;
  }
  return 0;
}

std::uint32_t Vocabulary::find(std::string_view word) const {
  if (word.size() > longest_) return 0;
  const std::uint32_t hash = hash_of(word);
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].entry != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && std::string_view(strings_).substr(slot.begin, slot.size) == word) return slot.entry;
  }
  return 0;
}

std::uint32_t Vocabulary::add(std::string_view word) {
  if (const std::uint32_t known = find(word)) return known;
  const auto entry = static_cast<std::uint32_t>(entries.size());
  entries.emplace_back();
  insert(word, entry);
  return entry;
}

std::vector<std::string> Vocabulary::words_of(std::string_view text) const {
  std::vector<TimeWord> words;
  split_raw(text, Span{0, static_cast<std::uint32_t>(text.size())}, false, words);
  std::vector<std::string> out;
  for (const TimeWord& word : words) {
    out.emplace_back();
    lower_append(text.substr(word.span.begin, word.span.size()), out.back());
  }
  return out;
}

std::uint32_t Vocabulary::find_phrase(std::string_view phrase) const {
  const std::vector<std::string> words = words_of(phrase);
  if (words.size() == 1) return find(words[0]);
  std::uint32_t node = 0;
  for (const std::string& word : words) {
    const std::uint32_t entry = find(word);
    node = entry == 0 ? 0 : step(node, entry);
    if (node == 0) return 0;
  }
  return phrase_ends_[node];
}

std::uint32_t Vocabulary::add_phrase(std::string_view phrase) {
  const std::vector<std::string> words = words_of(phrase);
  if (words.size() == 1) return add(words[0]);
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t entry = add(words[i]);
    if (i == 0) entries[entry].opens_phrase = true;
    const auto [place, is_new] =
        phrase_steps_.try_emplace(std::uint64_t{node} << 32 | entry, static_cast<std::uint32_t>(phrase_ends_.size()));
    if (is_new) phrase_ends_.push_back(0);
    node = place->second;
  }
  if (phrase_ends_[node] == 0) {
    phrase_ends_[node] = static_cast<std::uint32_t>(entries.size());
    phrases_.emplace_back(std::string(), phrase_ends_[node]);
    lower_append(phrase, phrases_.back().first);
    entries.emplace_back();
  }
  return phrase_ends_[node];
}

std::vector<std::pair<std::string_view, std::uint32_t>> Vocabulary::words() const {
  std::vector<std::pair<std::string_view, std::uint32_t>> out;
  for (const Slot& slot : slots_)
    if (slot.entry != 0) out.emplace_back(std::string_view(strings_).substr(slot.begin, slot.size), slot.entry);
  return out;
}

void Vocabulary::add_unaccented(const std::vector<std::string>& never) {
  std::vector<std::pair<std::string, std::uint32_t>> plain;
  for (const Slot& slot : slots_) {
    if (slot.entry == 0) continue;
    const std::string_view word = std::string_view(strings_).substr(slot.begin, slot.size);
    std::string folded = fold(word);
    if (folded == word || std::find(never.begin(), never.end(), folded) != never.end()) continue;
    // « Agé », « Eté »: a capital loses its accent more often than the rest of the word.
    std::uint32_t first = 0;
    next_code_point(word, first);
    plain.emplace_back(fold(word.substr(0, first)) + std::string(word.substr(first)), slot.entry);
    plain.emplace_back(std::move(folded), slot.entry);
  }
  std::sort(plain.begin(), plain.end());
  for (const auto& [word, entry] : plain)
    if (find(word) == 0) insert(word, entry);
}

void Vocabulary::settle() {
  std::size_t size = 256;
  while (size < 3 * std::size_t{used_}) size *= 2;
  by_hash_.assign(size, HashSlot{});
  for (const auto& [word, entry] : words()) {
    const std::uint64_t hash = hash_bytes(word);
    std::size_t at = hash & (size - 1);
    while (by_hash_[at].entry != 0) at = (at + 1) & (size - 1);
    by_hash_[at] = HashSlot{hash, entry};
  }
}

std::uint32_t Vocabulary::find_hash(std::uint64_t hash) const {
  const std::size_t last = by_hash_.size() - 1;
  for (std::size_t at = hash & last; by_hash_[at].entry != 0; at = (at + 1) & last)
    if (by_hash_[at].hash == hash) return by_hash_[at].entry;
  return 0;
}

void Vocabulary::split_raw(std::string_view text, Span stretch, bool glued, std::vector<TimeWord>& out) const {
  std::uint32_t at = stretch.begin;
  bool in_letters_after_figures = false;
  std::string buffer;
  while (at < stretch.end) {
    const std::uint32_t begin = at;
    // A run of ASCII letters with nothing but ASCII behind it.
    std::uint32_t hash = kHashStart;
    while (at < stretch.end && is_ascii_letter(text[at])) hash = hash_step(hash, ascii_lower(text[at++]));
    const bool plain = at > begin && (at == stretch.end || static_cast<unsigned char>(text[at]) < 0x80);
    if (plain) {
      TimeWord word;
      word.glued = glued;
      word.capitalised = text[begin] <= 'Z';
      in_letters_after_figures = glued && !out.empty() && out.back().form == kFigures;
      if (at < stretch.end && text[at] == '\'') hash = hash_step(hash, text[at++]);
      word.span = Span{begin, at};
      if (word.span.size() <= longest_) word.entry = find_ascii(text.substr(begin, at - begin), hash_end(hash));
      out.push_back(word);
      glued = true;
      continue;
    }
    at = begin;
    const Kind kind = classify(text, at);
    if (kind == Kind::space) {
      glued = false;
      continue;
    }
    TimeWord word;
    word.glued = glued;
    const bool after_letters = glued && !out.empty() && out.back().span.end == begin && out.back().form == 0 &&
                               !in_letters_after_figures && is_ascii_letter(text[begin - 1]);
    if (kind == Kind::letter) {
      in_letters_after_figures = glued && !out.empty() && out.back().form == kFigures;
      std::uint32_t end = at;
      while (at < stretch.end && classify(text, at) == Kind::letter) end = at;
      // The apostrophe of an elision belongs to the word before it: « l' », « aujourd' ».
      std::uint32_t behind = end;
      if (behind < stretch.end && classify(text, behind) == Kind::apostrophe) end = behind;
      at = end;
      word.capitalised = text[begin] >= 'A' && text[begin] <= 'Z';
      if (!word.capitalised && static_cast<unsigned char>(text[begin]) >= 0x80) {
        std::uint32_t first = begin;
        word.capitalised = is_upper(next_code_point(text, first));
      }
    } else if (kind == Kind::figure) {
      while (at < stretch.end && is_figure(text[at])) ++at;
      word.figures = static_cast<std::uint8_t>(std::min<std::uint32_t>(at - begin, 255));
      // « G20 », « A10 »: a name, not a number. « 18h30 » is one.
      word.number = after_letters ? -1 : figures_value(text.substr(begin, at - begin));
      word.form = kFigures;
      in_letters_after_figures = false;
    } else {
      in_letters_after_figures = false;
    }
    word.span = Span{begin, at};
    if (kind == Kind::other && word.span.size() == 1) {
      word.entry = marks_[static_cast<unsigned char>(text[begin])];
    } else if (kind != Kind::figure && word.span.size() <= longest_ + 4) {
      buffer.clear();
      lower_append(text.substr(begin, at - begin), buffer);
      word.entry = find(buffer);
    }
    out.push_back(word);
    glued = true;
  }
}

std::uint32_t Vocabulary::step(std::uint32_t node, std::uint32_t entry) const {
  const auto found = phrase_steps_.find(std::uint64_t{node} << 32 | entry);
  return found == phrase_steps_.end() ? 0 : found->second;
}

// A number that begins at `at`: how many raw words it takes, and the word it makes; 0 if there is none.
std::size_t Vocabulary::merge_number(const std::vector<TimeWord>& words, std::size_t at, std::string_view text,
                                     TimeWord& merged) const {
  merged = words[at];
  if (is_plain_figures(words[at])) {
    // Ordinals: « 1er », « 2e ».
    if (at + 1 < words.size() && words[at + 1].glued && entries[words[at + 1].entry].ordinal_suffix) {
      merged.form = kOrdinal;
      merged.span.end = words[at + 1].span.end;
      return 2;
    }
    std::size_t used = 1;
    std::int64_t value = merged.number;
    // Thousands: « 70.000 », « 10 000 ».
    while (value > 0 && value < 1000000 && words[at].figures <= 3 && at + used < words.size()) {
      const bool dotted = is_glued_pair(words, at + used - 1) && words[at + used + 1].figures == 3 &&
                          text[words[at + used].span.begin] == '.' && words[at + used].span.size() == 1;
      const bool spaced =
          is_plain_figures(words[at + used]) && words[at + used].figures == 3 && !words[at + used].glued;
      if (!dotted && !spaced) break;
      used += dotted ? 2 : 1;
      value = value * 1000 + words[at + used - 1].number;
      merged.figures = 255;
    }
    if (used == 1 && is_glued_pair(words, at) && text[words[at + 1].span.begin] == ',' && words[at + 2].figures <= 3 &&
        value < 100000) {
      std::int32_t thousandths = words[at + 2].number;
      for (std::uint8_t i = words[at + 2].figures; i < 3; ++i) thousandths *= 10;
      merged.number = static_cast<std::int32_t>(value) * 1000 + thousandths;
      merged.form = kDecimal;
      merged.span.end = words[at + 2].span.end;
      return 3;
    }
    if (used == 1) return 0;
    merged.number = value > 2000000000 ? -1 : static_cast<std::int32_t>(value);
    merged.span.end = words[at + used - 1].span.end;
    return used;
  }
  // Number words: units add up below what they stand behind, multipliers multiply it.
  std::int64_t total = 0;
  std::int64_t current = 0;
  std::size_t used = 0;
  std::size_t next = at;
  while (next < words.size() && next - at < kLongestNumber) {
    const Entry& entry = entries[words[next].entry];
    if (entry.number < 0) break;
    if (entry.multiplies) {
      current = std::max<std::int64_t>(current, 1) * entry.number;
      if (entry.number >= 1000) {
        total += current;
        current = 0;
      }
    } else if (current % 100 == 4 && entry.number == 20) {
      current += 76;  // quatre-vingts
    } else if (used == 0 || current % 100 == 0 || (current % 100 >= 20 && entry.number < 10 && current % 10 == 0) ||
               ((current % 100 == 60 || current % 100 == 80) && entry.number < 20)) {
      current += entry.number;
    } else {
      break;
    }
    used = next + 1 - at;
    ++next;
    if (next < words.size() && entries[words[next].entry].joins) ++next;
  }
  if (used == 0 || total + current > 2000000000) return 0;
  merged.number = static_cast<std::int32_t>(total + current);
  merged.form = kWords;
  if (used == 1) return 1;  // a single number word keeps its own entry: « un » is an article, too
  merged.entry = 0;
  merged.span.end = words[at + used - 1].span.end;
  return used;
}

void Vocabulary::split(std::string_view text, Span stretch, std::vector<TimeWord>& raw,
                       std::vector<TimeWord>& out) const {
  raw.clear();
  raw.reserve(stretch.size() / 5 + 4);
  split_raw(text, stretch, false, raw);
  join(text, raw, out);
}

void Vocabulary::split(std::string_view text, const Analysis& analysis, std::uint32_t first, std::uint32_t last,
                       std::vector<TimeWord>& raw, std::vector<TimeWord>& out) const {
  raw.clear();
  const auto& tokens = analysis.tokens;
  for (std::uint32_t i = first; i < last; ++i) {
    const Token& token = tokens[i];
    if (token.part > 1) continue;  // the first word of « du » stands for the whole
    const std::string_view form = analysis.form(token);
    if (token.part == 0 && is_one_word(form)) {
      TimeWord word;
      word.span = token.span;
      word.glued = !token.space_before;
      word.capitalised = token.capitalised;
      word.entry = find_hash(token.form_hash);
      raw.push_back(word);
      continue;
    }
    Span span = token.span;
    // « 18h30 » may be several tokens, and each says how the next is to be read.
    while (token.part == 0 && i + 1 < last && !tokens[i + 1].space_before && tokens[i + 1].part == 0)
      span.end = tokens[++i].span.end;
    split_raw(text, span, !token.space_before, raw);
  }
  join(text, raw, out);
}

void Vocabulary::join(std::string_view text, const std::vector<TimeWord>& raw, std::vector<TimeWord>& out) const {
  out.reserve(out.size() + raw.size());
  const std::size_t first = out.size();
  for (std::size_t at = 0; at < raw.size();) {
    const TimeWord& word = raw[at];
    if (entries[word.entry].opens_phrase) {
      std::uint32_t node = 0;
      std::size_t end = 0;
      std::uint32_t whole = 0;
      for (std::size_t i = at; i < raw.size() && i - at < kLongestPhrase; ++i) {
        node = raw[i].entry == 0 ? 0 : step(node, raw[i].entry);
        if (node == 0) break;
        if (phrase_ends_[node] != 0) {
          whole = phrase_ends_[node];
          end = i + 1;
        }
      }
      if (whole != 0) {
        TimeWord phrase = word;
        phrase.entry = whole;
        phrase.span.end = raw[end - 1].span.end;
        if (entries[whole].number >= 0) {
          phrase.number = entries[whole].number;
          phrase.form = kWords;
        }
        out.push_back(phrase);
        at = end;
        continue;
      }
    }
    if (word.form == kFigures || entries[word.entry].number >= 0) {
      TimeWord merged;
      if (const std::size_t used = merge_number(raw, at, text, merged)) {
        out.push_back(merged);
        at += used;
        continue;
      }
    }
    out.push_back(word);
    ++at;
  }
  if (first < out.size()) out[first].block_start = true;
}

}  // namespace chancery::time_rules
