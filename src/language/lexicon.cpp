// Opening checks everything that look_up() will trust: sizes, checksum, the order of the sets. After that a lookup is a
// hash, one cache line and a span.
#include "language/lexicon.h"

#include <algorithm>
#include <array>

namespace chancery {
namespace {

struct Layout {
  std::size_t words, endings, sets, readings, tags, strings, end;
};

// Where each section lies; all zero if the header's numbers cannot be true for a file of this size.
Layout layout_of(const LexiconHeader& header, std::size_t size) {
  const std::uint64_t limit = size;
  if (header.word_buckets > limit || header.ending_buckets > limit || header.sets > limit || header.readings > limit ||
      header.tags_bytes > limit || header.strings_bytes > limit)
    return {};
  Layout at{};
  at.words = align64(sizeof(LexiconHeader));
  at.endings = at.words + header.word_buckets * 64;
  at.sets = at.endings + header.ending_buckets * 64;
  at.readings = align64(at.sets + header.sets * sizeof(LexiconSet));
  at.tags = align64(at.readings + header.readings * sizeof(LexiconReading));
  at.strings = align64(at.tags + header.tags_bytes);
  at.end = align64(at.strings + header.strings_bytes);
  return at;
}

bool is_power_of_two(std::uint64_t n) { return n != 0 && (n & (n - 1)) == 0; }

// "NOUN\tGender=Masc\n…"
bool read_tags(std::string_view text, std::vector<LexiconTag>& tags) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || tags.size() >= 0xFFFF) return false;
    const auto name = line.substr(0, tab);
    if (!upos_from(name.substr(0, name.find('+')))) return false;
    tags.push_back(tag_from(name, line.substr(tab + 1)));
  }
  return true;
}

}  // namespace

LexiconTag tag_from(std::string_view name, std::string_view features) {
  LexiconTag tag;
  tag.name = std::string(name);
  tag.features = std::string(features);
  tag.upos = upos_from(name.substr(0, name.find('+'))).value_or(Upos::X);
  tag.parts = static_cast<std::uint8_t>(1 + std::count(name.begin(), name.end(), '+'));
  tag.morph = morph_from(features);
  return tag;
}

std::uint8_t prior_bucket(std::uint32_t count, std::uint32_t total) {
  if (total == 0) return 0;
  const int seen = total < 4 ? 0 : total < 16 ? 1 : 2;  // how much the share is worth
  if (count == 0) return static_cast<std::uint8_t>(1 + seen);
  int share = 0;  // 0: nearly always … 7: one in 128 or less
  while (share < 7 && std::uint64_t{count} << (share + 1) < total) ++share;
  if (share == 0 && std::uint64_t{count} * 10 >= std::uint64_t{total} * 9) return static_cast<std::uint8_t>(4 + seen);
  return static_cast<std::uint8_t>(7 + share * 3 + seen);
}

void set_buckets(std::span<LexiconReading> readings) {
  std::uint32_t total = 0;
  for (const LexiconReading& reading : readings) total += reading.count;
  for (LexiconReading& reading : readings) reading.bucket = prior_bucket(reading.count, total);
}

std::uint64_t checksum_of(std::string_view bytes) {
  std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data() + at, 32);
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = std::rotl((lanes[i] ^ words[i]) * 0x9FB21C651E98DF25ULL, 31);
  }
  std::uint64_t sum = hash_bytes(bytes.substr(at), bytes.size());
  for (const std::uint64_t lane : lanes) sum = mix(sum ^ lane);
  return sum;
}

Result<Lexicon> Lexicon::open(const std::filesystem::path& path) {
  auto mapped = MappedFile::open(path);
  if (!mapped) return tl::unexpected<Error>(mapped.error());
  Lexicon lexicon;
  lexicon.file_ = std::move(*mapped);
  const std::string_view bytes = lexicon.file_.bytes();
  LexiconHeader header{};
  if (bytes.size() < sizeof(header)) return fail(ErrorCode::malformed, path.string() + " is too short for a lexicon");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kLexiconMagic, sizeof(header.magic)) != 0)
    return fail(ErrorCode::malformed, path.string() + " is no lexicon");
  if (header.version != kVersion)
    return fail(ErrorCode::unsupported, path.string() + " is a lexicon of version " + std::to_string(header.version) +
                                            ", this program reads version " + std::to_string(kVersion));
  const Layout at = layout_of(header, bytes.size());
  if (header.header_size != sizeof(header) || header.file_size != bytes.size() || at.end != bytes.size() ||
      !is_power_of_two(header.word_buckets) || !is_power_of_two(header.ending_buckets))
    return fail(ErrorCode::malformed, path.string() + " has not the size that its header tells");
  if (checksum_of(bytes.substr(sizeof(header))) != header.checksum)
    return fail(ErrorCode::malformed, path.string() + " is damaged: its checksum is wrong");
  const char* base = bytes.data();
  lexicon.words_ = {reinterpret_cast<const std::uint64_t*>(base + at.words), header.word_buckets - 1};
  lexicon.endings_ = {reinterpret_cast<const std::uint64_t*>(base + at.endings), header.ending_buckets - 1};
  lexicon.sets_ = {reinterpret_cast<const LexiconSet*>(base + at.sets), header.sets};
  lexicon.readings_ = {reinterpret_cast<const LexiconReading*>(base + at.readings), header.readings};
  lexicon.strings_ = bytes.substr(at.strings, header.strings_bytes);
  if (!read_tags(bytes.substr(at.tags, header.tags_bytes), lexicon.tags_))
    return fail(ErrorCode::malformed, path.string() + " names a tag that is none");
  if (!lexicon.is_sound()) return fail(ErrorCode::malformed, path.string() + " points outside itself");
  return lexicon;
}

bool Lexicon::is_sound() const {
  for (const LexiconSet& set : sets_)
    if (set.size == 0 || set.size > kMostReadings || set.likely >= set.size ||
        std::uint64_t{set.first} + set.size > readings_.size())
      return false;
  for (const LexiconReading& reading : readings_)
    if (reading.tag >= tags_.size() || reading.bucket >= kPriorBuckets ||
        std::uint64_t{reading.append_begin} + reading.append_size > strings_.size())
      return false;
  return true;
}

const LexiconSet* Lexicon::guess(std::string_view form) const {
  for (std::size_t n = std::min(kLongestEnding, form.size()); n >= kShortestEnding; --n) {
    const std::string_view ending = form.substr(form.size() - n);
    if (const LexiconSet* found = look_up(endings_, ending_hash(ending)); found != nullptr) return found;
  }
  return nullptr;
}

std::uint64_t Lexicon::shape_hash(std::string_view form) {
  // Digits become one '0' for each up to four, so a year keeps its shape; other bytes stay.
  char shape[16];
  std::size_t size = 0, run = 0;
  for (const char c : form) {
    const bool digit = c >= '0' && c <= '9';
    run = digit ? run + 1 : 0;
    if (run > 5 || size >= sizeof(shape)) continue;
    shape[size++] = digit ? '0' : c;
  }
  return hash_bytes(std::string_view(shape, size), 0x7B1FA2C4D98E6355ULL);
}

const LexiconSet* Lexicon::find_shape(std::string_view form) const { return look_up(endings_, shape_hash(form)); }

std::uint16_t Lexicon::tag(std::string_view name, std::string_view features) const {
  for (std::size_t i = 0; i < tags_.size(); ++i)
    if (tags_[i].name == name && tags_[i].features == features) return static_cast<std::uint16_t>(i);
  return static_cast<std::uint16_t>(tags_.size());
}

}  // namespace chancery
