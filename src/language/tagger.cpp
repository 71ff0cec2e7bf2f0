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

std::size_t prior_bucket(std::uint32_t count, std::uint32_t total) {
  if (total == 0) return 0;
  const int seen = total < 4 ? 0 : total < 16 ? 1 : 2;  // how much the share is worth
  if (count == 0) return 1 + static_cast<std::size_t>(seen);
  std::size_t share = 0;  // 0: nearly always … 7: one in 128 or less
  while (share < 7 && std::uint64_t{count} << (share + 1) < total) ++share;
  if (share == 0 && std::uint64_t{count} * 10 >= std::uint64_t{total} * 9) return 4 + static_cast<std::size_t>(seen);
  return 7 + share * 3 + static_cast<std::size_t>(seen);
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
  tagger.priors_ = header.priors;
  tagger.lanes_ = LaneMap(names, tags);
  return tagger;
}

namespace {

// A row that counts nothing, for features without one.
alignas(64) constexpr std::array<std::uint8_t, kRowBytes> kNoRow = [] {
  std::array<std::uint8_t, kRowBytes> row{};
  for (std::uint8_t& weight : row) weight = 128;
  return row;
}();

// Without a branch, because whether a feature has a row is anyone's guess.
const std::uint8_t* row_of(const std::uint8_t* rows, int shift, std::uint64_t feature) {
  const std::uint8_t* row = rows + (feature >> shift) * kRowBytes;
  const auto own = reinterpret_cast<std::uintptr_t>(row), none = reinterpret_cast<std::uintptr_t>(kNoRow.data());
  const std::uintptr_t mask =
      std::uintptr_t{0} - static_cast<std::uintptr_t>(row[kLanes] == row_check(feature, 64 - shift));
  return reinterpret_cast<const std::uint8_t*>(none ^ ((own ^ none) & mask));
}

// The lanes of all features' rows, added up. Bytes are kept with 128 added, so that widening them needs no sign; the
// surplus comes off first. Every way gives the same numbers; the last lane is of no use.
using Sums = std::array<std::int16_t, kRowBytes>;

void add_rows_plain(const std::uint8_t* rows, int shift, std::span<const std::uint64_t> features, Sums& sums) {
  sums.fill(static_cast<std::int16_t>(-128 * static_cast<int>(features.size())));
  for (const std::uint64_t feature : features) {
    const std::uint8_t* row = row_of(rows, shift, feature);
    for (std::size_t i = 0; i < kRowBytes; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + row[i]);
  }
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void add_rows_avx2(const std::uint8_t* rows, int shift,
                                                   std::span<const std::uint64_t> features, Sums& sums) {
  const __m256i surplus = _mm256_set1_epi16(static_cast<short>(-128 * static_cast<int>(features.size())));
  __m256i a = surplus, b = surplus, c = surplus, d = surplus;
  for (const std::uint64_t feature : features) {
    const auto* row = reinterpret_cast<const __m128i*>(row_of(rows, shift, feature));
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

void add_rows(const std::uint8_t* rows, int shift, std::span<const std::uint64_t> features, Sums& sums) {
  if (kHasAvx2) return add_rows_avx2(rows, shift, features, sums);
  add_rows_plain(rows, shift, features, sums);
}
#else
void add_rows(const std::uint8_t* rows, int shift, std::span<const std::uint64_t> features, Sums& sums) {
  add_rows_plain(rows, shift, features, sums);
}
#endif

}  // namespace

void Tagger::prefetch(std::uint64_t feature) const { __builtin_prefetch(rows_ + (feature >> shift_) * kRowBytes); }

std::size_t Tagger::choose(std::span<const std::uint64_t> features, std::span<const LexiconReading> readings) const {
  alignas(64) Sums sums;
  add_rows(rows_, shift_, features, sums);
  std::uint32_t total = 0;
  for (const LexiconReading& reading : readings) total += reading.count;
  std::size_t best = 0;
  int best_score = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    int score = priors_[prior_bucket(readings[i].count, total)];
    for (const std::uint8_t* lane = lanes_.lanes(readings[i].tag); *lane < kLanes; ++lane) score += sums[*lane];
    if (i == 0 || score > best_score) {
      best = i;
      best_score = score;
    }
  }
  return best;
}

}  // namespace chancery
