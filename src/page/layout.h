// How a page of plain text is laid out: what stands above the title, the title, what is set between title and text, the
// article, what is set into it, and what follows it. One line tells little of that, so all lines are placed at once:
// each has signs, each sign has a weight for each zone, zones follow each other at a price, and the cheapest sequence
// is taken. The signs are of any language; the weights are learnt (training/train_layout.py) and stand in page.toml.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace chancery {

struct JudgedLine;

enum class Zone : std::uint8_t { above, title, under, article, inside, tail };
inline constexpr std::size_t kZones = 6;
inline constexpr std::array<std::string_view, kZones> kZoneNames = {"above",   "title",  "under",
                                                                    "article", "inside", "tail"};

// What a line shows by itself; measured while it is judged, when its words are at hand.
enum class LineSign : std::uint8_t {
  one_word,
  two_words,
  three_words,
  words_to_6,
  words_to_10,
  words_to_15,
  words_to_25,
  words_to_40,
  long_line,
  ends_sentence,
  ends_long_sentence,
  ends_question,
  ends_call,
  ends_colon,
  ends_ellipsis,
  no_grammar,
  some_grammar,
  much_grammar,
  all_capitals,
  most_capitals,
  loud,
  has_number,
  many_numbers,
  starts_number,
  starts_lower,
  starts_quote,
  starts_bracket,
  starts_sign,
  bullet,
  holds_quote,
  holds_bar,
  holds_colon,
  holds_address,
  holds_copyright,
  to_reader,
  of_ours,
  command,
  no_cue,
  few_cues,
  many_cues,
  all_cues,
  many_labels,
  dated,
  clock,
  agency,
  credit,
  trade,
  issuer,
  plain_sentence,
  bare_label,
  perhaps,
  caption,
  dateline,
  box,
  outlet,
  ends_item,
  holds_semicolon,
  who_writes,
  of_press,
  count_
};
inline constexpr std::size_t kLineSigns = static_cast<std::size_t>(LineSign::count_);
static_assert(kLineSigns <= 64);

// What its place shows.
enum class PlaceSign : std::uint8_t {
  every_line,
  first,
  second,
  third,
  last,
  furniture_above,
  furniture_below,
  short_above,
  short_below,
  sentence_above,
  sentence_below,
  between_sentences,
  heads_sentence,
  heading,
  follows_question,
  many_questions,
  run_of_three,
  run_of_six,
  blank_above,
  blank_below,
  before_text,
  next_to_text,
  near_text,
  far_from_text,
  behind_text,
  right_behind_text,
  soon_behind_text,
  long_behind_text,
  behind_furniture,
  stands_again,
  clean_page,
  cluttered_page,
  label_behind_text,
  sentence_behind_text,
  reader_behind_text,
  text_goes_on,
  count_
};
inline constexpr std::size_t kPlaceSigns = static_cast<std::size_t>(PlaceSign::count_);
static_assert(kPlaceSigns <= 64);
inline constexpr std::size_t kSigns = kLineSigns + kPlaceSigns;

// « words_to_6 », « run_of_three » …: line signs first.
std::string_view sign_name(std::size_t sign);

struct LayoutWeights {
  using Row = std::array<std::int32_t, kZones>;
  std::array<Row, kSigns> signs{};
  std::array<Row, kZones> follow{};  // [from][to]
  Row first{};
  Row last{};
  bool learnt = false;
};

// The signs of every line's place as bits of PlaceSign. `again`: the same line stands on the page twice.
std::vector<std::uint64_t> place_signs(const std::vector<JudgedLine>& lines, const std::vector<bool>& again);

// What an article says in a line of its own, long or short.
bool is_sentence(const JudgedLine& line);

// Whether the line may stand in the zone at all.
bool may_be(const JudgedLine& line, Zone zone);
// Whether a line of that zone is furniture. An article's line that is lost costs facts: what may well be one is kept,
// wherever the layout has put it, unless it stands behind everything else.
bool is_lost(const JudgedLine& line, std::uint64_t places, Zone zone);

// The zone of every line. Lines that are furniture are in none of the article's zones, captions and bylines as they
// may be.
std::vector<Zone> lay_out(const std::vector<JudgedLine>& lines, const std::vector<std::uint64_t>& places,
                          const LayoutWeights& weights);

}  // namespace chancery
