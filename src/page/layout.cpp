// See layout.h.
#include "page/layout.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "page/furniture.h"

namespace chancery {
namespace {

constexpr std::uint32_t kParagraph = 15;  // words of a line that is a paragraph
constexpr std::uint32_t kShort = 8;

constexpr std::array<std::string_view, kSigns> kSignNames = {"one_word",
                                                             "two_words",
                                                             "three_words",
                                                             "words_to_6",
                                                             "words_to_10",
                                                             "words_to_15",
                                                             "words_to_25",
                                                             "words_to_40",
                                                             "long_line",
                                                             "ends_sentence",
                                                             "ends_long_sentence",
                                                             "ends_question",
                                                             "ends_call",
                                                             "ends_colon",
                                                             "ends_ellipsis",
                                                             "no_grammar",
                                                             "some_grammar",
                                                             "much_grammar",
                                                             "all_capitals",
                                                             "most_capitals",
                                                             "loud",
                                                             "has_number",
                                                             "many_numbers",
                                                             "starts_number",
                                                             "starts_lower",
                                                             "starts_quote",
                                                             "starts_bracket",
                                                             "starts_sign",
                                                             "bullet",
                                                             "holds_quote",
                                                             "holds_bar",
                                                             "holds_colon",
                                                             "holds_address",
                                                             "holds_copyright",
                                                             "to_reader",
                                                             "of_ours",
                                                             "command",
                                                             "no_cue",
                                                             "few_cues",
                                                             "many_cues",
                                                             "all_cues",
                                                             "many_labels",
                                                             "dated",
                                                             "clock",
                                                             "agency",
                                                             "credit",
                                                             "trade",
                                                             "issuer",
                                                             "plain_sentence",
                                                             "bare_label",
                                                             "perhaps",
                                                             "caption",
                                                             "dateline",
                                                             "box",
                                                             "outlet",
                                                             "ends_item",
                                                             "holds_semicolon",
                                                             "who_writes",
                                                             "of_press",
                                                             "every_line",
                                                             "first",
                                                             "second",
                                                             "third",
                                                             "last",
                                                             "furniture_above",
                                                             "furniture_below",
                                                             "short_above",
                                                             "short_below",
                                                             "sentence_above",
                                                             "sentence_below",
                                                             "between_sentences",
                                                             "heads_sentence",
                                                             "heading",
                                                             "follows_question",
                                                             "many_questions",
                                                             "run_of_three",
                                                             "run_of_six",
                                                             "blank_above",
                                                             "blank_below",
                                                             "before_text",
                                                             "next_to_text",
                                                             "near_text",
                                                             "far_from_text",
                                                             "behind_text",
                                                             "right_behind_text",
                                                             "soon_behind_text",
                                                             "long_behind_text",
                                                             "behind_furniture",
                                                             "stands_again",
                                                             "clean_page",
                                                             "cluttered_page",
                                                             "label_behind_text",
                                                             "sentence_behind_text",
                                                             "reader_behind_text",
                                                             "text_goes_on"};

bool has(const JudgedLine& line, LineSign sign) { return (line.signs >> static_cast<unsigned>(sign) & 1) != 0; }

bool is_furniture(const JudgedLine& line) { return line.mark == LineMark::furniture; }
bool is_short(const JudgedLine& line) { return !line.terminal && line.words <= kShort; }
bool is_paragraph(const JudgedLine& line) {
  return line.mark == LineMark::none && line.terminal && line.words >= kParagraph && !has(line, LineSign::to_reader);
}

bool asks(const JudgedLine& line) { return line.mark == LineMark::none && has(line, LineSign::ends_question); }

bool has(std::uint64_t places, PlaceSign sign) { return (places >> static_cast<unsigned>(sign) & 1) != 0; }

// Words enough to be a title or a topic, and nothing in them of a menu, an address, an outlet or a word to the reader.
bool is_wordy(const JudgedLine& line) {
  constexpr std::uint32_t kWordy = 7, kTopic = 4;
  const bool topic = line.words >= kTopic && !has(line, LineSign::no_grammar) && !has(line, LineSign::of_press) &&
                     !has(line, LineSign::most_capitals);
  const bool names = has(line, LineSign::all_capitals) && !has(line, LineSign::loud);
  return (line.words >= kWordy || topic) && has(line, LineSign::no_cue) && !has(line, LineSign::to_reader) &&
         !has(line, LineSign::holds_bar) && !has(line, LineSign::holds_address) && !has(line, LineSign::dated) &&
         !has(line, LineSign::holds_copyright) && !names && !has(line, LineSign::many_labels);
}

// Longer than any label, and most of it neither the trade's words nor names: a lead without its full stop.
bool is_prose(const JudgedLine& line) {
  constexpr std::uint32_t kProse = 14;
  return line.words >= kProse && !has(line, LineSign::no_grammar) && !has(line, LineSign::some_grammar) &&
         !has(line, LineSign::many_cues) && !has(line, LineSign::all_cues) && !has(line, LineSign::to_reader) &&
         !has(line, LineSign::of_ours) && !has(line, LineSign::holds_address) &&
         !has(line, LineSign::holds_copyright) && !has(line, LineSign::command);
}

}  // namespace

bool is_sentence(const JudgedLine& line) {
  return line.mark == LineMark::none &&
         (has(line, LineSign::plain_sentence) || (line.terminal && line.words >= kParagraph));
}

bool may_be(const JudgedLine& line, Zone zone) {
  const bool told = zone == Zone::title || zone == Zone::article;
  if (is_furniture(line)) return !told;
  if (line.mark == LineMark::byline) return zone != Zone::title;
  return told || zone == Zone::tail || !is_paragraph(line);
}

bool is_lost(const JudgedLine& line, std::uint64_t places, Zone zone) {
  if (zone == Zone::title || zone == Zone::article) return false;
  if (zone == Zone::tail && has(places, PlaceSign::behind_furniture)) return true;
  if (zone == Zone::tail && has(line, LineSign::who_writes)) return true;
  if (is_sentence(line) || is_prose(line)) return false;
  if (zone == Zone::tail) return true;
  return !is_wordy(line) && !(has(line, LineSign::starts_quote) && line.words >= 5);
}

std::string_view sign_name(std::size_t sign) { return kSignNames[sign]; }

std::vector<std::uint64_t> place_signs(const std::vector<JudgedLine>& lines, const std::vector<bool>& again) {
  const std::size_t count = lines.size();
  std::size_t first_text = count, last_text = count, furniture = 0, questions = 0;
  for (std::size_t i = 0; i < count; ++i) {
    furniture += static_cast<std::size_t>(is_furniture(lines[i]));
    questions += static_cast<std::size_t>(asks(lines[i]));
    if (!is_paragraph(lines[i])) continue;
    first_text = std::min(first_text, i);
    last_text = i;
  }
  std::vector<std::uint64_t> signs(count);
  std::size_t run_end = 0, run = 0;
  bool furniture_since_text = false, goes_on = true;
  for (std::size_t i = 0; i < count; ++i) {
    const auto set = [&](PlaceSign sign, bool value = true) {
      signs[i] |= static_cast<std::uint64_t>(value) << static_cast<unsigned>(sign);
    };
    const JudgedLine& line = lines[i];
    if (i >= run_end) {
      run_end = i;
      while (run_end < count && is_short(lines[run_end])) ++run_end;
      run = run_end - i;
      run_end = std::max(run_end, i + 1);
    }
    set(PlaceSign::every_line);
    set(PlaceSign::first, i == 0);
    set(PlaceSign::second, i == 1);
    set(PlaceSign::third, i == 2);
    set(PlaceSign::last, i + 1 == count);
    if (i > 0) {
      set(PlaceSign::furniture_above, is_furniture(lines[i - 1]));
      set(PlaceSign::short_above, is_short(lines[i - 1]));
      set(PlaceSign::sentence_above, is_sentence(lines[i - 1]));
      set(PlaceSign::follows_question, asks(lines[i - 1]));
    }
    if (i + 1 < count) {
      set(PlaceSign::furniture_below, is_furniture(lines[i + 1]));
      set(PlaceSign::short_below, is_short(lines[i + 1]));
      const bool below = is_sentence(lines[i + 1]), label = is_short(line) && !has(line, LineSign::all_cues);
      set(PlaceSign::sentence_below, below);
      set(PlaceSign::heads_sentence, below && label && lines[i + 1].words > line.words);
      const bool between = below && i > 0 && is_sentence(lines[i - 1]);
      set(PlaceSign::between_sentences, between);
      set(PlaceSign::heading, between && label && has(line, LineSign::no_cue) && !has(line, LineSign::command) &&
                                  !has(line, LineSign::starts_sign) && !has(line, LineSign::to_reader));
      set(PlaceSign::blank_below, lines[i + 1].blank_before);
    }
    set(PlaceSign::run_of_three, run >= 3 && run < 6);
    set(PlaceSign::run_of_six, run >= 6);
    set(PlaceSign::blank_above, line.blank_before);
    set(PlaceSign::stands_again, again[i]);
    set(PlaceSign::many_questions, questions >= 3);
    set(PlaceSign::clean_page, furniture == 0);
    set(PlaceSign::cluttered_page, furniture * 3 >= count);
    if (first_text == count) continue;
    if (i < first_text) {
      set(PlaceSign::before_text);
      set(PlaceSign::next_to_text, i + 1 == first_text);
      set(PlaceSign::near_text, i + 1 < first_text && i + 4 >= first_text);
      set(PlaceSign::far_from_text, i + 4 < first_text);
    } else if (i > last_text) {
      set(PlaceSign::behind_text);
      set(PlaceSign::right_behind_text, i == last_text + 1);
      set(PlaceSign::soon_behind_text, i > last_text + 1 && i <= last_text + 3);
      set(PlaceSign::long_behind_text, i > last_text + 3);
      set(PlaceSign::behind_furniture, furniture_since_text);
      set(PlaceSign::label_behind_text, is_short(line));
      set(PlaceSign::sentence_behind_text, has(line, LineSign::plain_sentence));
      set(PlaceSign::reader_behind_text, has(line, LineSign::to_reader));
      goes_on = goes_on && line.mark == LineMark::none && is_sentence(line);
      set(PlaceSign::text_goes_on, goes_on);
      furniture_since_text = furniture_since_text || is_furniture(line);
    }
  }
  return signs;
}

std::vector<Zone> lay_out(const std::vector<JudgedLine>& lines, const std::vector<std::uint64_t>& places,
                          const LayoutWeights& weights) {
  using Row = LayoutWeights::Row;
  constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::min() / 2;
  const std::size_t count = lines.size();
  std::vector<Zone> zones(count);
  std::vector<std::array<std::uint8_t, kZones>> from(count);
  Row best = weights.first;
  for (std::size_t i = 0; i < count; ++i) {
    Row own{};
    const auto add = [&](const Row& row) {
      for (std::size_t zone = 0; zone < kZones; ++zone) own[zone] += row[zone];
    };
    for (std::uint64_t bits = lines[i].signs; bits != 0; bits &= bits - 1)
      add(weights.signs[static_cast<std::size_t>(std::countr_zero(bits))]);
    for (std::uint64_t bits = places[i]; bits != 0; bits &= bits - 1)
      add(weights.signs[kLineSigns + static_cast<std::size_t>(std::countr_zero(bits))]);
    Row next{};
    std::int32_t highest = kNever;
    for (std::size_t to = 0; to < kZones; ++to) {
      std::int32_t value = best[to];
      std::uint8_t source = 0;
      for (std::size_t zone = 0; i > 0 && zone < kZones; ++zone) {
        const std::int32_t candidate = best[zone] + weights.follow[zone][to];
        if (zone == 0 || candidate > value) {
          value = candidate;
          source = static_cast<std::uint8_t>(zone);
        }
      }
      from[i][to] = source;
      next[to] = may_be(lines[i], static_cast<Zone>(to)) ? value + own[to] : kNever;
      highest = std::max(highest, next[to]);
    }
    // Only differences count: without this a long page's sums would grow out of their type.
    for (std::size_t zone = 0; zone < kZones; ++zone) best[zone] = std::max(kNever / 2, next[zone] - highest);
  }
  std::size_t zone = 0;
  for (std::size_t to = 1; to < kZones; ++to)
    if (best[to] + weights.last[to] > best[zone] + weights.last[zone]) zone = to;
  for (std::size_t i = count; i-- > 0;) {
    zones[i] = static_cast<Zone>(zone);
    zone = from[i][zone];
  }
  return zones;
}

}  // namespace chancery
