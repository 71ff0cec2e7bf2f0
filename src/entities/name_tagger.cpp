// Scores, and the best sequence with its margins.
#include "entities/name_tagger.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace chancery::entities {
namespace {

using LabelScores = std::array<std::int32_t, kNameLabels>;
constexpr std::int32_t kNever = -(1 << 28);

class Chain {
 public:
  Chain(const PageEntities& page, const NameModel& model) : page_(page), model_(model), features_(page, model) {
    covered_.assign(page.words.size(), 0);
    for (std::uint32_t i = 0; i < page.drafts.size(); ++i) {
      const Draft& draft = page.drafts[i];
      if (draft.dropped || draft.kind == DraftKind::adjective) continue;
      std::fill(covered_.begin() + draft.first, covered_.begin() + draft.last, i + 1);
    }
  }

  std::vector<TaggedName> run() {
    for (NameFeatures::Island island = features_.next_island(0); island.first < island.last;
         island = features_.next_island(island.last)) {
      if (settled(island)) continue;
      score(island);
      if (scores_.size() == 1) {
        read_single(island);
        continue;
      }
      forward();
      trace();
      if (std::all_of(labels_.begin(), labels_.end(), [](std::size_t label) { return label == kOutside; })) continue;
      backward();
      read_names(island);
    }
    return std::move(names_);
  }

 private:
  // Whether all capitals of the island belong to known names and titles: nothing can come of it, unless two of them
  // stand side by side and are one.
  bool settled(NameFeatures::Island island) const {
    const std::vector<Word>& words = page_.words.words;
    for (std::uint32_t i = island.first; i < island.last; ++i) {
      if (covered_[i] == 0 && words[i].upper) return false;
      const bool beside = i > island.first && covered_[i] != covered_[i - 1] && words[i].gap == Gap::space;
      if (beside && words[i].upper && words[i - 1].upper) return false;
    }
    return true;
  }

  // The sum of the rows of a word's features, those that have one. Eight numbers of two bytes hold a row, and each the
  // weights of two labels: the lower byte is widened by shifting it up and down again.
  void add_rows(const NameFeatureList& features, LabelScores& scores) const {
    using Eight = std::int16_t __attribute__((vector_size(kNameRow)));
    alignas(kNameRow) static constexpr std::int8_t kNothing[kNameRow] = {};
    Eight even{}, odd{};
    for (const std::uint32_t feature : features) {
      const std::int8_t* row = model_.row(feature);
      std::uint16_t owner;
      std::memcpy(&owner, row + kNameRow - 2, 2);
      row = owner == NameModel::check(feature, model_.row_bits()) ? row : kNothing;
      Eight pairs;
      std::memcpy(&pairs, row, kNameRow);
      even += (pairs << 8) >> 8;
      odd += pairs >> 8;
    }
    for (std::size_t label = 0; label < kNameLabels; ++label)
      scores[label] = label % 2 == 0 ? even[label / 2] : odd[label / 2];
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

  // An island of one word needs no chain: the best label that may begin, and by how much it beats the second.
  void read_single(NameFeatures::Island island) {
    const std::int16_t* edges = model_.edges(edges_[0], kNameLabels);
    std::int32_t best = scores_[0][kOutside] + edges[kOutside], second = kNever;
    std::size_t label = kOutside;
    for (std::size_t one = kOutside + 1; one < kNameLabels; one += 2) {
      const std::int32_t sum = scores_[0][one] + edges[one];
      second = std::max(second, std::min(sum, best));
      if (sum > best) best = sum, label = one;
    }
    if (label != kOutside) add_name(island.first, island.first + 1, kind_of(label), best - second);
  }

  // « 500 FCFA », « 20 MW »: letters right behind a number are a unit or a currency.
  bool is_unit(std::uint32_t first, std::uint32_t last) const {
    const Word& word = page_.words.words[first];
    if (last - first != 1 || !word.capitals || word.gap != Gap::space || first == 0) return false;
    const std::string_view before = page_.words.text(first - 1);
    return !before.empty() && before.back() >= '0' && before.back() <= '9';
  }

  void add_name(std::uint32_t first, std::uint32_t last, NameKind kind, int margin) {
    if (is_unit(first, last)) return;
    TaggedName name;
    name.first = first;
    name.last = last;
    name.kind = kind;
    name.margin = margin;
    name.confidence = model_.confidence(kind, margin);
    names_.push_back(name);
  }

  void forward() {
    forward_.resize(scores_.size());
    for (std::size_t to = 0; to < kNameLabels; ++to)
      forward_[0][to] = scores_[0][to] + (is_further(to) ? kNever : model_.edges(edges_[0], kNameLabels)[to]);
    for (std::size_t i = 1; i < scores_.size(); ++i) {
      LabelScores best;
      best.fill(kNever);
      for (std::size_t from = 0; from < kNameLabels; ++from) {
        const std::int16_t* edges = model_.edges(edges_[i], from);
        for (std::size_t to = 0; to < kNameLabels; to += to == kOutside ? 1 : 2)
          best[to] = std::max(best[to], forward_[i - 1][from] + edges[to]);
        if (from == kOutside) continue;
        const std::size_t further = is_further(from) ? from : from + 1;
        best[further] = std::max(best[further], forward_[i - 1][from] + edges[further]);
      }
      for (std::size_t to = 0; to < kNameLabels; ++to) forward_[i][to] = best[to] + scores_[i][to];
    }
  }

  void backward() {
    backward_.resize(scores_.size());
    backward_.back().fill(0);
    for (std::size_t i = scores_.size() - 1; i-- > 0;) {
      LabelScores behind;
      for (std::size_t to = 0; to < kNameLabels; ++to) behind[to] = scores_[i + 1][to] + backward_[i + 1][to];
      for (std::size_t from = 0; from < kNameLabels; ++from) {
        const std::int16_t* edges = model_.edges(edges_[i + 1], from);
        std::int32_t best = kNever;
        for (std::size_t to = 0; to < kNameLabels; to += to == kOutside ? 1 : 2)
          best = std::max(best, edges[to] + behind[to]);
        if (from != kOutside) {
          const std::size_t further = is_further(from) ? from : from + 1;
          best = std::max(best, edges[further] + behind[further]);
        }
        backward_[i][from] = best;
      }
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
    for (std::size_t i = 0; i < labels_.size();) {
      if (labels_[i] == kOutside) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      int least = margin(i);
      for (; end < labels_.size() && is_further(labels_[end]); ++end) least = std::min(least, margin(end));
      add_name(island.first + static_cast<std::uint32_t>(i), island.first + static_cast<std::uint32_t>(end),
               kind_of(labels_[i]), least);
      i = end;
    }
  }

  const PageEntities& page_;
  const NameModel& model_;
  NameFeatures features_;
  std::vector<std::uint32_t> covered_;  // for each word one more than the draft of the known name or title that has it
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
