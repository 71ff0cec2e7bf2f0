// Scores, and the best sequence with its margins.
#include "entities/name_tagger.h"

#include <algorithm>
#include <array>

namespace chancery::entities {
namespace {

using LabelScores = std::array<std::int32_t, kNameLabels>;
constexpr std::int32_t kNever = -(1 << 28);

class Chain {
 public:
  Chain(const PageEntities& page, const NameModel& model) : model_(model), features_(page, model) {}

  std::vector<TaggedName> run() {
    for (NameFeatures::Island island = features_.next_island(0); island.first < island.last;
         island = features_.next_island(island.last)) {
      score(island);
      forward();
      backward();
      read_names(island);
    }
    return std::move(names_);
  }

 private:
  // The sum of the rows of a word's features, those that have one.
  void add_rows(const NameFeatureList& features, LabelScores& scores) const {
    std::array<std::int16_t, kNameRow> sums{};
    for (const std::uint32_t feature : features) {
      const std::int8_t* row = model_.row(feature);
      const auto owner = static_cast<std::uint16_t>(static_cast<std::uint8_t>(row[kNameRow - 2]) |
                                                    static_cast<std::uint8_t>(row[kNameRow - 1]) << 8);
      const std::int16_t mine = owner == NameModel::check(feature, model_.row_bits()) ? -1 : 0;
      for (std::size_t i = 0; i < kNameRow; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + (row[i] & mine));
    }
    for (std::size_t label = 0; label < kNameLabels; ++label) scores[label] = sums[label];
  }

  void score(NameFeatures::Island island) {
    features_.enter(island);
    const std::size_t n = island.last - island.first;
    lists_.resize(n);
    scores_.resize(n);
    edges_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      const auto word = island.first + static_cast<std::uint32_t>(i);
      features_.features(word, lists_[i]);
      for (const std::uint32_t feature : lists_[i]) __builtin_prefetch(model_.row(feature));
      edges_[i] = features_.edge_class(word);
      if (i > 0) add_rows(lists_[i - 1], scores_[i - 1]);
    }
    add_rows(lists_[n - 1], scores_[n - 1]);
  }

  void forward() {
    forward_.resize(scores_.size());
    for (std::size_t i = 0; i < scores_.size(); ++i)
      for (std::size_t to = 0; to < kNameLabels; ++to) {
        std::int32_t best = kNever;
        if (i == 0) {
          if (!is_further(to)) best = model_.edges(edges_[0], kNameLabels)[to];
        } else {
          for (std::size_t from = 0; from < kNameLabels; ++from)
            if (may_follow(from, to)) best = std::max(best, forward_[i - 1][from] + model_.edges(edges_[i], from)[to]);
        }
        forward_[i][to] = best + scores_[i][to];
      }
  }

  void backward() {
    backward_.resize(scores_.size());
    backward_.back().fill(0);
    for (std::size_t i = scores_.size() - 1; i-- > 0;)
      for (std::size_t from = 0; from < kNameLabels; ++from) {
        std::int32_t best = kNever;
        for (std::size_t to = 0; to < kNameLabels; ++to)
          if (may_follow(from, to))
            best = std::max(best, model_.edges(edges_[i + 1], from)[to] + scores_[i + 1][to] + backward_[i + 1][to]);
        backward_[i][from] = best;
      }
  }

  // The best label of the last word, then of each before it given the one behind.
  void trace() {
    labels_.resize(scores_.size());
    std::size_t label = static_cast<std::size_t>(std::max_element(forward_.back().begin(), forward_.back().end()) -
                                                 forward_.back().begin());
    for (std::size_t i = scores_.size(); i-- > 0;) {
      labels_[i] = label;
      if (i == 0) break;
      std::size_t best = kOutside;
      std::int32_t best_score = kNever * 2;
      for (std::size_t from = 0; from < kNameLabels; ++from) {
        const std::int32_t sum = forward_[i - 1][from] + model_.edges(edges_[i], from)[label];
        if (may_follow(from, label) && sum > best_score) best = from, best_score = sum;
      }
      label = best;
    }
  }

  // How far the best sequence that gives the word another label falls behind.
  int margin(std::size_t i) const {
    std::int32_t own = kNever, other = kNever;
    for (std::size_t label = 0; label < kNameLabels; ++label) {
      const std::int32_t sum = forward_[i][label] + backward_[i][label];
      (label == labels_[i] ? own : other) = std::max(label == labels_[i] ? own : other, sum);
    }
    return own - other;
  }

  void read_names(NameFeatures::Island island) {
    trace();
    for (std::size_t i = 0; i < labels_.size();) {
      if (labels_[i] == kOutside) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      int least = margin(i);
      for (; end < labels_.size() && is_further(labels_[end]); ++end) least = std::min(least, margin(end));
      TaggedName name;
      name.first = island.first + static_cast<std::uint32_t>(i);
      name.last = island.first + static_cast<std::uint32_t>(end);
      name.kind = kind_of(labels_[i]);
      name.margin = least;
      name.confidence = model_.confidence(name.kind, least);
      names_.push_back(name);
      i = end;
    }
  }

  const NameModel& model_;
  NameFeatures features_;
  std::vector<NameFeatureList> lists_;
  std::vector<LabelScores> scores_, forward_, backward_;
  std::vector<std::size_t> edges_, labels_;
  std::vector<TaggedName> names_;
};

}  // namespace

std::vector<TaggedName> tag_names(const PageEntities& page, const NameModel& model) {
  if (!model.loaded()) return {};
  return Chain(page, model).run();
}

}  // namespace chancery::entities
