// Opening checks the file as a whole and finds its sections; parsing is matrix products over the words of a sentence.
#include "language/parser.h"

#include <algorithm>
#include <cstring>

#include "language/lexicon.h"
#include "language/parser_kernels.h"
#include "language/tables.h"

namespace chancery {
namespace {

using kernels::kOne;
using kernels::kUnitBits;

constexpr std::uint32_t kMaxWidth = 1024;
// A mark of punctuation governs nothing, unless there is nothing else.
constexpr std::int32_t kForbidden = 1 << 28;

std::int32_t rounded(std::int32_t sum, int bits) { return (sum + (1 << (bits - 1))) >> bits; }

}  // namespace

bool Parser::lay_out(std::string_view sections) {
  std::size_t at = 0;
  const auto take = [&](std::size_t bytes) -> const char* {
    const std::size_t begin = at;
    if (bytes > sections.size() || begin > sections.size() - bytes) return nullptr;
    at = align64(begin + bytes);
    return sections.data() + begin;
  };
  const auto matrix = [&](std::size_t inputs, std::size_t outputs, ParserMatrix& out) {
    out.bias = reinterpret_cast<const std::int32_t*>(take(outputs * sizeof(std::int32_t)));
    out.weights = reinterpret_cast<const std::int16_t*>(take(inputs * outputs * sizeof(std::int16_t)));
    return out.bias != nullptr && out.weights != nullptr;
  };
  const std::size_t width = header_.width, hidden = 2 * (std::size_t{header_.arc} + header_.relation);
  slots_ = reinterpret_cast<const Slot*>(take(header_.slots * sizeof(Slot)));
  shifts_ = reinterpret_cast<const std::uint8_t*>(take(header_.rows));
  const auto* rows = reinterpret_cast<const std::int8_t*>(take(header_.rows * width));
  if (slots_ == nullptr || shifts_ == nullptr || rows == nullptr) return false;
  layers_.resize(header_.layers);
  for (auto& layer : layers_)
    for (ParserMatrix& direction : layer)
      if (!matrix(width, width / 2 * 3, direction)) return false;
  if (!matrix(width, hidden, hidden_) || !matrix(header_.arc, header_.arc, arcs_)) return false;
  distances_ = reinterpret_cast<const std::int16_t*>(take(kDistances * header_.arc * sizeof(std::int16_t)));
  if (distances_ == nullptr || !matrix(header_.relation, header_.relations, out_)) return false;
  if (at != align64(sections.size())) return false;
  for (std::uint64_t i = 0; i < header_.slots; ++i)
    if (slots_[i].row > header_.rows) return false;
  for (std::uint64_t i = 0; i < header_.rows; ++i)
    if (shifts_[i] > 4) return false;
  rows_ = rows;
  return true;
}

void Parser::read_text(std::string_view text) {
  std::string_view join;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with("relation: ")) relations_.emplace_back(line.substr(10));
    if (line.starts_with("join: ")) join = line.substr(6);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  for (std::size_t i = 1; i < relations_.size() && i < 256; ++i)
    if (relations_[i] == join) join_ = static_cast<std::uint8_t>(i);
}

Result<Parser> Parser::open(const std::filesystem::path& path) {
  auto mapped = MappedFile::open(path);
  if (!mapped) return tl::unexpected<Error>(mapped.error());
  Parser parser;
  parser.file_ = std::move(*mapped);
  const std::string_view bytes = parser.file_.bytes();
  ParserHeader& header = parser.header_;
  if (bytes.size() < sizeof(header)) return fail(ErrorCode::malformed, path.string() + " is too short for a parser");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kParserMagic, sizeof(header.magic)) != 0)
    return fail(ErrorCode::malformed, path.string() + " is no parser");
  if (header.version != kVersion)
    return fail(ErrorCode::unsupported, path.string() + " is a parser of version " + std::to_string(header.version) +
                                            ", this program reads version " + std::to_string(kVersion));
  const auto in_range = [](std::uint64_t value, std::uint64_t step, std::uint64_t most) {
    return value > 0 && value % step == 0 && value <= most;
  };
  const bool sizes = header.header_size == sizeof(header) && header.file_size == bytes.size() &&
                     header.text_size <= bytes.size() && in_range(header.slots, 1, 1 << 24) &&
                     (header.slots & (header.slots - 1)) == 0 && in_range(header.rows, 1, 1 << 22) &&
                     in_range(header.width, 32, kMaxWidth) && in_range(header.layers, 1, 16) &&
                     in_range(header.arc, 16, 128) && in_range(header.relation, 16, 256) &&
                     in_range(header.relations, 16, 256) && in_range(header.weight_bits, 1, 14);
  const std::size_t text_at = align64(sizeof(header));
  const std::size_t sections_at = align64(text_at + header.text_size);
  if (!sizes || sections_at > bytes.size())
    return fail(ErrorCode::malformed, path.string() + " has not the size that its header tells");
  if (checksum_of(bytes.substr(sizeof(header))) != header.checksum)
    return fail(ErrorCode::malformed, path.string() + " is damaged: its checksum is wrong");
  parser.read_text(bytes.substr(text_at, header.text_size));
  if (parser.relations_.size() > header.relations || !parser.lay_out(bytes.substr(sections_at)))
    return fail(ErrorCode::malformed, path.string() + " has not the sections that its header tells");
  for (std::size_t kind = 0; kind < kParserRows; ++kind)
    parser.unknown_[kind] = parser.find(unknown_key(static_cast<ParserRow>(kind)));
  parser.root_ = parser.find(kRootKey);
  parser.common_ = parser.find(kCommonKey);
  return parser;
}

std::uint32_t Parser::find(std::uint64_t key) const {
  const auto check = static_cast<std::uint32_t>(key >> 32);
  for (std::uint64_t i = key & (header_.slots - 1), tries = 0; tries < 64; ++tries, i = (i + 1) & (header_.slots - 1)) {
    if (slots_[i].row == 0) return kNoRow;
    if (slots_[i].check == check) return slots_[i].row - 1;
  }
  return kNoRow;
}

void SentenceParser::add_row(std::uint32_t row, std::int16_t* sums) const {
  if (row == Parser::kNoRow) return;
  const std::size_t width = tables_.parser.header_.width;
  const std::int8_t* numbers = tables_.parser.rows_ + std::size_t{row} * width;
  const auto scale = static_cast<std::int16_t>(1 << tables_.parser.shifts_[row]);
  for (std::size_t j = 0; j < width; ++j) sums[j] = static_cast<std::int16_t>(sums[j] + numbers[j] * scale);
}

// The root and then each word as the sum of its rows, clipped.
void SentenceParser::add_rows(const Analysis& analysis, std::uint32_t first, std::uint32_t last,
                              std::uint32_t sentence_first) {
  const Parser& parser = tables_.parser;
  const std::size_t width = parser.header_.width, positions = last - first + 1;
  keys_.clear();
  for (std::uint32_t i = first; i < last; ++i) {
    const Token& token = analysis.tokens[i];
    keys_.push_back(parser_keys(token, analysis.form(token), i == sentence_first, tables_.facts[token.tag].hash));
    for (const std::uint64_t key : keys_.back()) __builtin_prefetch(parser.slot_of(key));
  }
  states_.assign(positions * width, 0);
  add_row(parser.root_, states_.data());
  add_row(parser.common_, states_.data());
  for (std::size_t i = 1; i < positions; ++i) {
    std::int16_t* sums = states_.data() + i * width;
    for (std::size_t kind = 0; kind < kParserRows; ++kind) {
      const std::uint32_t row = parser.find(keys_[i - 1][kind]);
      add_row(row == Parser::kNoRow ? parser.unknown_[kind] : row, sums);
    }
    add_row(parser.common_, sums);
  }
  for (std::int16_t& state : states_) state = static_cast<std::int16_t>(std::clamp<std::int32_t>(state, -kOne, kOne));
}

void SentenceParser::run_layers(std::size_t positions) {
  const Parser& parser = tables_.parser;
  const kernels::Set& run = kernels::best();
  const std::size_t width = parser.header_.width, half = width / 2, gates = 3 * half;
  const int bits = static_cast<int>(parser.header_.weight_bits);
  sums_.resize(positions * gates);
  next_.resize(positions * width);
  for (const auto& layer : parser.layers_) {
    for (std::size_t direction = 0; direction < 2; ++direction) {
      const ParserMatrix& matrix = layer[direction];
      run.multiply(positions, width, gates, states_.data(), width, matrix.weights, matrix.bias, sums_.data());
      cells_.assign(half, 0);
      for (std::size_t t = 0; t < positions; ++t) {
        const std::size_t i = direction == 0 ? t : positions - 1 - t, at = i * width + direction * half;
        run.step(half, bits, sums_.data() + i * gates, states_.data() + at, cells_.data(), next_.data() + at);
      }
    }
    states_.swap(next_);
  }
}

void SentenceParser::score_arcs(const Analysis& analysis, std::uint32_t first, std::size_t positions) {
  const Parser& parser = tables_.parser;
  const kernels::Set& run = kernels::best();
  const std::size_t arc = parser.header_.arc, hidden = 2 * (arc + parser.header_.relation);
  const int bits = static_cast<int>(parser.header_.weight_bits);
  hidden_.resize(positions * hidden);
  run.multiply(positions, parser.header_.width, hidden, states_.data(), parser.header_.width, parser.hidden_.weights,
               parser.hidden_.bias, hidden_.data());
  heads_.resize(positions * arc);
  dependents_.resize(positions * arc);
  arc_keys_.resize(positions * arc);
  sums_.resize(std::max(sums_.size(), positions * arc));
  const auto clipped = [bits](std::int32_t sum) {
    return static_cast<std::int16_t>(std::clamp(rounded(sum, bits), -kOne, kOne));
  };
  for (std::size_t i = 0; i < positions; ++i)
    for (std::size_t j = 0; j < arc; ++j) {
      heads_[i * arc + j] = clipped(hidden_[i * hidden + j]);
      dependents_[i * arc + j] = clipped(hidden_[i * hidden + arc + j]);
    }
  run.multiply(positions, arc, arc, dependents_.data(), arc, parser.arcs_.weights, parser.arcs_.bias, sums_.data());
  for (std::size_t i = 0; i < positions * arc; ++i)
    arc_keys_[i] = static_cast<std::int16_t>(std::clamp(rounded(sums_[i], bits + 2), -8191, 8191));
  scores_.resize(positions * positions);
  std::int32_t far[kDistances];
  for (std::size_t d = 1; d < positions; ++d) {
    std::int32_t* row = scores_.data() + d * positions;
    run.products(positions, arc, arc_keys_.data() + d * arc, heads_.data(), arc, row);
    run.products(kDistances, arc, arc_keys_.data() + d * arc, parser.distances_, arc, far);
    for (std::size_t h = 0; h < positions; ++h) row[h] += far[distance_class(d, h)];
  }
  for (std::size_t h = 1; h < positions; ++h)
    if (analysis.tokens[first + h - 1].upos == Upos::PUNCT)
      for (std::size_t d = 1; d < positions; ++d) scores_[d * positions + h] -= kForbidden;
}

// The best relation of each word to the head that finder_ gave it (in Token::head, by positions).
void SentenceParser::choose_relations(Analysis& analysis, std::uint32_t first, std::size_t positions) {
  const Parser& parser = tables_.parser;
  const std::size_t arc = parser.header_.arc, units = parser.header_.relation, hidden = 2 * (arc + units);
  const std::size_t relations = parser.header_.relations;
  const int bits = static_cast<int>(parser.header_.weight_bits);
  active_.resize(positions * units);
  const auto part = [&](std::size_t position, std::size_t offset) {
    return std::clamp(rounded(hidden_[position * hidden + offset], bits), -32767, 32767);
  };
  for (std::size_t d = 1; d < positions; ++d) {
    const std::size_t h = analysis.tokens[first + d - 1].head;
    for (std::size_t j = 0; j < units; ++j)
      active_[d * units + j] =
          static_cast<std::int16_t>(std::clamp(part(h, 2 * arc + j) + part(d, 2 * arc + units + j), -kOne, kOne));
  }
  sums_.resize(std::max(sums_.size(), positions * relations));
  kernels::best().multiply(positions - 1, units, relations, active_.data() + units, units, parser.out_.weights,
                           parser.out_.bias, sums_.data() + relations);
  const std::size_t known = parser.relations_.size();
  for (std::size_t d = 1; d < positions; ++d) {
    const std::int32_t* row = sums_.data() + d * relations;
    std::size_t best = std::min<std::size_t>(1, known - 1);
    for (std::size_t r = 2; r < known; ++r)
      if (row[r] > row[best]) best = r;
    analysis.tokens[first + d - 1].deprel = static_cast<std::uint8_t>(best);
  }
}

// Parses the words [first, last); returns the one at the root.
std::uint32_t SentenceParser::parse_stretch(Analysis& analysis, std::uint32_t first, std::uint32_t last,
                                            std::uint32_t sentence_first) {
  const std::size_t positions = last - first + 1;
  add_rows(analysis, first, last, sentence_first);
  run_layers(positions);
  score_arcs(analysis, first, positions);
  const std::vector<std::uint32_t>& heads = finder_.find(scores_, last - first);
  for (std::uint32_t d = 1; d < positions; ++d) analysis.tokens[first + d - 1].head = heads[d];
  choose_relations(analysis, first, positions);
  std::uint32_t root = first;
  for (std::uint32_t i = first; i < last; ++i) {
    Token& token = analysis.tokens[i];
    if (token.head == 0) {
      token.head = Token::kNoHead;
      token.deprel = 0;
      root = i;
    } else {
      token.head = first + token.head - 1;
    }
  }
  return root;
}

void SentenceParser::parse(Analysis& analysis, const Sentence& sentence) {
  std::uint32_t root = Token::kNoHead;
  for (std::uint32_t first = sentence.first; first < sentence.last;) {
    std::uint32_t last = std::min(first + kLongest, sentence.last);
    // A long stretch ends behind a mark, if there is one in its last quarter.
    if (last < sentence.last)
      for (std::uint32_t i = last; i > last - kLongest / 4; --i)
        if (analysis.tokens[i - 1].upos == Upos::PUNCT) {
          last = i;
          break;
        }
    const std::uint32_t own = parse_stretch(analysis, first, last, sentence.first);
    if (root == Token::kNoHead) {
      root = own;
    } else {
      analysis.tokens[own].head = root;
      analysis.tokens[own].deprel = tables_.parser.join_;
    }
    first = last;
  }
}

}  // namespace chancery
