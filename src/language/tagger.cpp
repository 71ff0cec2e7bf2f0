// Opening checks the file as a whole; choosing is two dozen cache lines added up.
#include "language/tagger.h"

#include <algorithm>
#include <cstring>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "language/lexicon.h"

namespace chancery {

std::vector<std::string> LaneMap::atoms(const LexiconTag& tag) {
  std::vector<std::string> out = {tag.name};
  const std::string prefix = tag.morph.is_finite() ? "Fin:" : "";
  std::string_view cell = tag.features;
  while (!cell.empty() && cell != "_") {
    const std::size_t bar = std::min(cell.find('|'), cell.size());
    out.push_back(prefix + std::string(cell.substr(0, bar)));
    cell.remove_prefix(std::min(bar + 1, cell.size()));
  }
  return out;
}

LaneMap::LaneMap(const std::vector<std::string>& names, const std::vector<LexiconTag>& tags) {
  lanes_.assign(tags.size() * kPerTag, static_cast<std::uint8_t>(kLanes));
  for (std::size_t t = 0; t < tags.size(); ++t) {
    std::size_t n = 0;
    for (const std::string& atom : atoms(tags[t])) {
      const auto lane = std::find(names.begin(), names.end(), atom);
      if (lane != names.end() && n + 1 < kPerTag)
        lanes_[t * kPerTag + n++] = static_cast<std::uint8_t>(lane - names.begin());
    }
  }
}

Result<Tagger> Tagger::open(const std::filesystem::path& path, const std::vector<LexiconTag>& tags) {
  auto mapped = MappedFile::open(path);
  if (!mapped) return tl::unexpected<Error>(mapped.error());
  Tagger tagger;
  tagger.file_ = std::move(*mapped);
  const std::string_view bytes = tagger.file_.bytes();
  TaggerHeader header{};
  if (bytes.size() < sizeof(header)) return fail(ErrorCode::malformed, path.string() + " is too short for a tagger");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kTaggerMagic, sizeof(header.magic)) != 0)
    return fail(ErrorCode::malformed, path.string() + " is no tagger");
  if (header.version != kVersion)
    return fail(ErrorCode::unsupported, path.string() + " is a tagger of version " + std::to_string(header.version) +
                                            ", this program reads version " + std::to_string(kVersion));
  if (header.header_size != sizeof(header) || header.file_size != bytes.size() || header.text_size > bytes.size() ||
      header.row_bits < 1 || header.row_bits > 24)
    return fail(ErrorCode::malformed, path.string() + " has not the size that its header tells");
  const std::size_t rows_at = align64(align64(sizeof(header)) + header.text_size);
  if (rows_at + (kRowBytes << header.row_bits) != bytes.size())
    return fail(ErrorCode::malformed, path.string() + " has not the size that its header tells");
  if (checksum_of(bytes.substr(sizeof(header))) != header.checksum)
    return fail(ErrorCode::malformed, path.string() + " is damaged: its checksum is wrong");
  std::vector<std::string> names;
  std::string_view text = bytes.substr(align64(sizeof(header)), header.text_size);
  while (!text.empty() && names.size() < kLanes) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (text.starts_with("lane: ")) names.emplace_back(text.substr(6, end - 6));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  tagger.rows_ = reinterpret_cast<const std::uint8_t*>(bytes.data() + rows_at);
  tagger.shift_ = 64 - static_cast<int>(header.row_bits);
  tagger.checks_.resize(std::size_t{1} << header.row_bits);
  for (std::size_t row = 0; row < tagger.checks_.size(); ++row)
    tagger.checks_[row] = tagger.rows_[row * kRowBytes + kLanes];
  tagger.priors_ = header.priors;
  tagger.lanes_ = LaneMap(names, tags);
  return tagger;
}

namespace {

// The lanes of all rows, added up. Bytes are kept with 128 added, so that widening them needs no sign; the surplus
// comes off first. Every way gives the same numbers. The last lane is of no use.
using Sums = std::array<std::int16_t, kRowBytes>;

void add_rows_plain(const TaggerRows& rows, Sums& sums) {
  sums.fill(static_cast<std::int16_t>(-128 * static_cast<int>(rows.size)));
  for (std::size_t r = 0; r < rows.size; ++r)
    for (std::size_t i = 0; i < kRowBytes; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + rows.rows[r][i]);
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void add_rows_avx2(const TaggerRows& rows, Sums& sums) {
  const __m256i surplus = _mm256_set1_epi16(static_cast<short>(-128 * static_cast<int>(rows.size)));
  __m256i a = surplus, b = surplus, c = surplus, d = surplus;
  for (std::size_t r = 0; r < rows.size; ++r) {
    const auto* row = reinterpret_cast<const __m128i*>(rows.rows[r]);
    a = _mm256_add_epi16(a, _mm256_cvtepu8_epi16(_mm_load_si128(row)));
    b = _mm256_add_epi16(b, _mm256_cvtepu8_epi16(_mm_load_si128(row + 1)));
    c = _mm256_add_epi16(c, _mm256_cvtepu8_epi16(_mm_load_si128(row + 2)));
    d = _mm256_add_epi16(d, _mm256_cvtepu8_epi16(_mm_load_si128(row + 3)));
  }
  auto* to = reinterpret_cast<__m256i*>(sums.data());
  _mm256_store_si256(to, a);
  _mm256_store_si256(to + 1, b);
  _mm256_store_si256(to + 2, c);
  _mm256_store_si256(to + 3, d);
}

// Which way this machine adds: asked once, the same answer for all threads.
const bool kHasAvx2 = __builtin_cpu_supports("avx2") != 0;

void add_rows(const TaggerRows& rows, Sums& sums) {
  if (kHasAvx2) return add_rows_avx2(rows, sums);
  add_rows_plain(rows, sums);
}
#else
void add_rows(const TaggerRows& rows, Sums& sums) { add_rows_plain(rows, sums); }
#endif

}  // namespace

std::size_t Tagger::choose(const TaggerRows& rows, std::span<const LexiconReading> readings) const {
  alignas(64) Sums sums;
  add_rows(rows, sums);
  sums[kLanes] = 0;
  std::size_t best = 0;
  int best_score = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const std::uint8_t* lane = lanes_.lanes(readings[i].tag);
    int score = priors_[readings[i].bucket] + sums[lane[0]] + sums[lane[1]] + sums[lane[2]] + sums[lane[3]];
    for (lane += 4; *lane < kLanes; ++lane) score += sums[*lane];
    if (i == 0 || score > best_score) {
      best = i;
      best_score = score;
    }
  }
  return best;
}

}  // namespace chancery
