// What the name tagger looks at. A page is read in islands: capitalised words and the words between and right behind
// them that may belong to the same name; whatever lies outside islands is no name and costs nothing. Each word of an
// island is described by what it is, what stands beside it, and whether lists or the knowledge have it. Shared by the
// engine and by training, so the two cannot drift.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "entities/draft.h"
#include "entities/name_model.h"

namespace chancery::entities {

inline constexpr std::size_t kNameFeatures = 50;
using NameFeatureList = std::array<std::uint32_t, kNameFeatures>;

class NameFeatures {
 public:
  NameFeatures(const PageEntities& page, const NameModel& model) : page_(page), words_(page.words), model_(model) {}

  // The next island at or behind word `from`: words [first, last) of one sentence; first == last: no more.
  struct Island {
    std::uint32_t first = 0, last = 0;
  };
  Island next_island(std::uint32_t from) const;
  // Describes an island; then the features of its words may be asked for.
  void enter(Island island);
  void features(std::uint32_t word, NameFeatureList& out) const;
  // What stands between a word and the one before it.
  std::size_t edge_class(std::uint32_t word) const;

 private:
  struct View {
    std::uint64_t form = 0;      // hash of the folded form
    std::uint64_t governor = 0;  // of the last noun before the capitalised words around it
    NameModel::Known word;
    std::uint32_t fine = 0, coarse = 0;
    std::uint32_t shape = 0;
    std::uint32_t listed = 0, known = 0, classes = 0;
    std::uint32_t upos = 0;
    std::uint32_t place = 0;  // in its run of capitalised words
    std::uint64_t head = 0;   // first word of the run
    std::uint32_t head_leaning = 0;
    std::uint32_t quotes = 0;  // marks right before and behind the run, and the island
  };
  static constexpr std::uint32_t kBeside = 2;  // words described on either side of an island

  bool begins(std::uint32_t word) const;
  bool goes_on(std::uint32_t word) const;
  View describe(std::uint32_t word) const;
  NameModel::Known word_of(std::uint32_t word) const;
  std::uint64_t key_of(std::uint32_t word) const;
  std::uint32_t known_kinds(std::uint32_t word) const;
  std::uint32_t class_bits(std::uint32_t word) const;
  std::uint32_t shape_of(std::uint32_t word) const;
  void mark_known();
  void mark_listed();
  void mark_runs();
  void mark_quotes();
  void find_topic();
  std::uint32_t quotes_around(std::uint32_t first, std::uint32_t last) const;
  View& view(std::uint32_t word) { return views_[word + kBeside - island_.first]; }
  const View& view(std::uint32_t word) const { return views_[word + kBeside - island_.first]; }

  const PageEntities& page_;
  const PageWords& words_;
  const NameModel& model_;
  Island island_;
  std::uint32_t topic_ = 0, topic_sentence_ = kNone;  // the cluster that most words of the sentence belong to
  std::vector<View> views_;
};

}  // namespace chancery::entities
