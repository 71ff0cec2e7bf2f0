// Reading the file of the name tagger: every size is checked once, so that look-ups need not.
#include "entities/name_model.h"

#include <algorithm>
#include <cstring>

#include "language/lexicon.h"

namespace chancery::entities {
namespace {

constexpr std::uint32_t kFewestBits = 4, kMostBits = 24;
constexpr std::uint32_t kListBits = 5;

bool is_bits(std::uint32_t bits) { return bits >= kFewestBits && bits <= kMostBits; }

tl::unexpected<Error> bad(std::string_view why) {
  return fail(ErrorCode::malformed, "names.model: " + std::string(why));
}

}  // namespace

Result<NameModel> NameModel::read(std::string_view bytes) {
  NameModelHeader head;
  if (bytes.size() < sizeof(head)) return bad("too short");
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % 16 != 0) return bad("not aligned");
  std::memcpy(&head, bytes.data(), sizeof(head));
  if (std::memcmp(head.magic, kNameModelMagic, sizeof(head.magic)) != 0) return bad("no name model");
  if (head.version != kVersion || head.header_size != sizeof(head))
    return fail(ErrorCode::unsupported, "names.model has version " + std::to_string(head.version));
  if (head.file_size != bytes.size()) return bad("wrong size");
  if (!is_bits(head.row_bits) || !is_bits(head.word_bits) || !is_bits(head.list_bits) ||
      head.vectors >= 1U << kVectorBits || head.text_size > bytes.size())
    return bad("impossible sizes");
  if (checksum_of(bytes.substr(sizeof(head))) != head.checksum) return bad("wrong checksum");
  std::size_t at = align64(sizeof(head));
  const auto take = [&](std::size_t size) {
    const std::size_t begin = at;
    at = align64(at + size);
    return bytes.data() + begin;
  };
  take(head.text_size);
  NameModel model;
  const char* rows = take(kNameRow << head.row_bits);
  const char* words = take(std::size_t{4} << head.word_bits);
  const char* lists = take(std::size_t{4} << head.list_bits);
  const char* coarse = take(head.vectors);
  const char* fine = take(std::size_t{2} * head.vectors);
  if (at != bytes.size()) return bad("wrong size");
  model.header_ = reinterpret_cast<const NameModelHeader*>(bytes.data());
  model.row_bits_ = head.row_bits;
  model.word_mask_ = (1U << head.word_bits) - 1;
  model.list_mask_ = (1U << head.list_bits) - 1;
  model.rows_ = reinterpret_cast<const std::int8_t*>(rows);
  model.words_ = reinterpret_cast<const std::uint32_t*>(words);
  model.lists_ = reinterpret_cast<const std::uint32_t*>(lists);
  model.coarse_ = {reinterpret_cast<const std::uint8_t*>(coarse), head.vectors};
  model.fine_ = {reinterpret_cast<const std::uint16_t*>(fine), head.vectors};
  return model;
}

NameModel::Known NameModel::word(std::uint64_t key) const {
  const auto fingerprint = static_cast<std::uint32_t>(key >> (32 + kVectorBits + kLeaningBits));
  auto at = static_cast<std::uint32_t>(key) & word_mask_;
  for (std::uint32_t tries = 0; tries <= word_mask_ && words_[at] != 0; ++tries, at = (at + 1) & word_mask_) {
    if (words_[at] >> (kVectorBits + kLeaningBits) != fingerprint) continue;
    const std::uint32_t vector = words_[at] & ((1U << kVectorBits) - 1);
    if (vector > coarse_.size()) return {};
    return {vector, words_[at] >> kVectorBits & (kLeanings - 1)};
  }
  return {};
}

std::uint32_t NameModel::listed(std::uint64_t key) const {
  const auto fingerprint = static_cast<std::uint32_t>(key >> (32 + kListBits));
  auto at = static_cast<std::uint32_t>(key) & list_mask_;
  for (std::uint32_t tries = 0; tries <= list_mask_ && lists_[at] != 0; ++tries, at = (at + 1) & list_mask_)
    if (lists_[at] >> kListBits == fingerprint) return lists_[at] & ((1U << kListBits) - 1);
  return 0;
}

float NameModel::confidence(NameKind kind, int margin) const {
  const int step = std::clamp(margin / kMarginStep, 0, static_cast<int>(kMarginSteps) - 1);
  return static_cast<float>(header_->confidence[static_cast<std::size_t>(kind)][step]) / 100.0F;
}

}  // namespace chancery::entities
