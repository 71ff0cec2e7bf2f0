// The mapped image behind Knowledge, shared by knowledge.cpp and lookup.cpp. No part of the room's door.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "knowledge/image.h"
#include "knowledge/knowledge.h"

namespace chancery {

struct Knowledge::Mapped {
  Mapped() = default;
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  ~Mapped();

  // Either the file is mapped, or the bytes are owned.
  const char* data = nullptr;
  std::size_t size = 0;
  bool mapped = false;
  std::vector<std::uint64_t> owned;  // of eight bytes, so that rows are aligned

  image::Header header{};
  std::string_view strings;
  std::span<const image::ThingRow> thing_rows;
  std::span<const image::NameRow> names;
  std::span<const image::WordSlot> vocabulary;
  std::span<const image::WordRow> words;
  std::span<const image::NodeRow> nodes;
  std::span<const image::EdgeRow> edges;
  std::span<const NameEntry> entries;
  std::span<const image::TitleRow> titles;
  std::span<const image::TenureRow> tenures, by_person;
  std::span<const image::MemberRow> members;
  std::span<const image::OfficeRow> offices;
  std::vector<Thing> things;
  std::vector<ThingId> capitals;  // for each thing that is a state its capital
  // One bit for each hash with which some name begins, small enough to stay in the nearest cache: most words of a page
  // begin no name and are done after one look here.
  static constexpr std::uint32_t kFirstBits = 1U << 17;
  std::vector<std::uint64_t> first_words;

  std::string_view text(image::Run run) const { return strings.substr(run.begin, run.size); }
  std::uint32_t word(std::string_view folded) const;  // kNone if no name holds it
  std::uint32_t word(std::string_view folded, std::uint32_t hash) const;
  bool may_begin(std::uint32_t hash) const {
    const std::uint32_t bit = hash % kFirstBits;
    return ((first_words[bit / 64] >> (bit % 64)) & 1) != 0;
  }
  std::uint32_t step(std::uint32_t node, std::uint32_t word) const;
  // Lays out the sections and checks that nothing points outside.
  Result<void> lay_out();
};

Interval interval_of(const image::TenureRow& tenure);

}  // namespace chancery
