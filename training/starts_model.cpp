// Training in floating point, in an order that a seed fixes.
#include "starts_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "language/flat_text.h"
#include "language/sentence_starts.h"

namespace chancery::training {
namespace {

template <class T>
void shuffle(std::vector<T>& items, std::mt19937& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random() % i]);
}

// Where the list of (i, j) stands among those of all pairs.
constexpr std::size_t pair_at(std::size_t i, std::size_t j) { return j * (j - 1) / 2 + i; }

}  // namespace

Drawn all_of(const std::vector<GoldSentence>& sentences) {
  Drawn drawn;
  for (const GoldSentence& sentence : sentences) drawn.push_back(&sentence);
  return drawn;
}

Drawn draw_of(const std::vector<GoldSentence>& sentences, std::mt19937& random, double share) {
  constexpr double kNumbers = 4294967296.0;
  Drawn drawn;
  for (const GoldSentence& sentence : sentences)
    if (static_cast<double>(random()) < share * kNumbers) drawn.push_back(&sentence);
  return drawn;
}

Line::Line(const Drawn& sentences, const LanguagePack::Tables& tables) {
  for (const GoldSentence* sentence : sentences) {
    begins.insert(static_cast<std::uint32_t>(text.size()));
    text += sentence->text + " ";
  }
  begin_strings(text, strings);
  tokenise(text, Span{0, static_cast<std::uint32_t>(text.size())}, tables, tokens, strings);
}

void add_paragraphs(const Drawn& sentences, const LanguagePack::Tables& tables, std::vector<Example>& out) {
  constexpr std::size_t kLine = 30;
  for (std::size_t s = 0; s < sentences.size(); s += kLine) {
    const auto from = sentences.begin() + static_cast<std::ptrdiff_t>(s);
    const auto to = sentences.begin() + static_cast<std::ptrdiff_t>(std::min(s + kLine, sentences.size()));
    const Line line(Drawn(from, to), tables);
    StartFinder finder(line.tokens, line.text, line.strings, tables);
    std::size_t first = 0;
    for (std::size_t i = 0; i < line.tokens.size(); ++i) {
      if (finder.may_start(first, i)) {
        const bool start = line.begins.contains(line.tokens[i].span.begin);
        const auto features = finder.features(first, i);
        out.push_back({{features.begin(), features.end()}, start});
        if (start) first = i;
      }
      if (line.tokens[i].ends_sentence) first = i + 1;
    }
  }
}

void Weights::number(const std::unordered_map<std::uint64_t, std::uint32_t>& seen, std::uint32_t rare) {
  for (const auto& [feature, n] : seen)
    if (n >= rare) features.push_back(feature);
  std::sort(features.begin(), features.end());
  for (std::size_t f = 0; f < features.size(); ++f) numbers[features[f]] = static_cast<std::uint32_t>(f);
  weights.resize(features.size());
}

void Weights::append(const std::vector<std::uint64_t>& keys, std::vector<std::uint32_t>& out) const {
  for (const std::uint64_t feature : keys) {
    const auto found = numbers.find(feature);
    if (found != numbers.end()) out.push_back(found->second);
  }
}

void Weights::set_threshold(std::uint64_t feature, double threshold) {
  const auto found = numbers.find(feature);
  if (found != numbers.end()) weights[found->second] -= threshold;
}

void Weights::write(std::ostream& out, long least) const {
  char line[64];
  for (std::size_t i = 0; i < features.size(); ++i) {
    const long whole = std::lround(weights[i] * 1000);
    if (std::abs(whole) < least) continue;
    std::snprintf(line, sizeof(line), "%016llx\t%ld\n", static_cast<unsigned long long>(features[i]), whole);
    out << line;
  }
}

ParagraphModel::ParagraphModel(const std::vector<Example>& train, std::uint32_t rare, double decay) {
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  for (const Example& example : train)
    for (const std::uint64_t feature : example.features) ++seen[feature];
  number(seen, rare);
  std::vector<Indexed> examples = index(train);
  constexpr int kEpochs = 20;
  std::mt19937 random(2);
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    shuffle(examples, random);
    const double rate = 0.05 / (1 + epoch * 0.3);
    for (const Indexed& example : examples) {
      const double error = (example.begins ? 1 : 0) - 1 / (1 + std::exp(-sum_of(example)));
      for (const std::uint32_t feature : example.features)
        weights[feature] += rate * (error - decay * weights[feature]);
    }
  }
}

std::vector<Indexed> ParagraphModel::index(const std::vector<Example>& examples) const {
  std::vector<Indexed> out;
  for (const Example& example : examples) {
    out.push_back({{}, example.features.front(), example.begins});
    append(example.features, out.back().features);
  }
  return out;
}

double ParagraphModel::sum_of(const Indexed& example) const {
  double sum = 0;
  for (const std::uint32_t feature : example.features) sum += weights[feature];
  return sum;
}

namespace {

template <class Keys>
void append_keys(const Keys& keys, std::vector<std::uint64_t>& out) {
  out.insert(out.end(), keys.begin(), keys.end());
}

Stretch stretch_of(FlatText& flat, std::span<const Surface> tokens, const std::set<std::uint32_t>& begins) {
  std::vector<std::size_t> nodes{0};
  nodes.insert(nodes.end(), flat.places().begin(), flat.places().end());
  nodes.push_back(tokens.size());
  Stretch out;
  out.nodes = nodes.size();
  for (std::size_t j = 0; j < nodes.size(); ++j) {
    const bool place = j > 0 && j + 1 < nodes.size();
    out.begins.push_back(!place || begins.contains(tokens[nodes[j]].span.begin));
    out.places.emplace_back();
    if (place) append_keys(flat.place(nodes[j]), out.places.back());
    for (std::size_t i = 0; i < j; ++i) {
      out.pieces.emplace_back();
      append_keys(flat.piece(nodes[i], nodes[j]), out.pieces.back());
      if (place) append_keys(flat.cut(nodes[i], nodes[j]), out.pieces.back());
    }
  }
  return out;
}

}  // namespace

void add_flat_text(const Drawn& sentences, const LanguagePack::Tables& tables, std::vector<Stretch>& out) {
  constexpr std::size_t kMostPlaces = 60;
  const Line line(sentences, tables);
  const std::span<const Surface> tokens = line.tokens;
  SentenceTagger tagger(tables);
  FlatText flat(line.text, tables, tagger);
  flat.survey(tokens);
  for (std::size_t first = 0, i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].ends_sentence) continue;
    const std::span<const Surface> stretch = tokens.subspan(first, i + 1 - first);
    first = i + 1;
    flat.begin(stretch, line.strings);
    if (!flat.places().empty() && flat.places().size() <= kMostPlaces)
      out.push_back(stretch_of(flat, stretch, line.begins));
  }
}

namespace {

// Lists of numbers one behind the other.
struct Lists {
  std::vector<std::uint32_t> numbers, begins{0};
  std::span<const std::uint32_t> operator[](std::size_t i) const {
    return std::span(numbers).subspan(begins[i], begins[i + 1] - begins[i]);
  }
  void add(const std::vector<std::vector<std::uint64_t>>& keys, const Weights& weights) {
    for (const std::vector<std::uint64_t>& list : keys) {
      weights.append(list, numbers);
      begins.push_back(static_cast<std::uint32_t>(numbers.size()));
    }
  }
};

// A stretch with its features as indices into the weights.
struct Numbered {
  Lists places, pieces;
  std::vector<bool> begins;
};

double log_sum(double a, double b) {
  if (a < b) std::swap(a, b);
  return a + std::log1p(std::exp(b - a));
}

// Moves the weights towards the true parting of one stretch, away from what they think of all others.
class Learner {
 public:
  Learner(std::vector<double>& weights, double decay) : weights_(weights), decay_(decay) {}
  void learn(const Numbered& stretch, double rate);

 private:
  void score(const Numbered& stretch);
  double sum(std::span<const std::uint32_t> features) const {
    double sum = 0;
    for (const std::uint32_t feature : features) sum += weights_[feature];
    return sum;
  }
  void move(std::span<const std::uint32_t> features, double error, double rate) {
    for (const std::uint32_t feature : features) weights_[feature] += rate * (error - decay_ * weights_[feature]);
  }

  std::vector<double>& weights_;
  double decay_;
  std::vector<double> scores_;           // of each pair of nodes
  std::vector<double> before_, behind_;  // logarithms of the sums over all partings up to a node, and from it on
};

void Learner::score(const Numbered& stretch) {
  constexpr double kNever = -1e30;
  const std::size_t n = stretch.begins.size();
  scores_.resize(pair_at(0, n));
  before_.assign(n, kNever), behind_.assign(n, kNever);
  before_.front() = behind_.back() = 0;
  for (std::size_t j = 1; j < n; ++j) {
    const double place = sum(stretch.places[j]);
    for (std::size_t i = 0; i < j; ++i) {
      scores_[pair_at(i, j)] = place + sum(stretch.pieces[pair_at(i, j)]);
      before_[j] = log_sum(before_[j], before_[i] + scores_[pair_at(i, j)]);
    }
  }
  for (std::size_t j = n; j-- > 1;)
    for (std::size_t i = 0; i < j; ++i) behind_[i] = log_sum(behind_[i], behind_[j] + scores_[pair_at(i, j)]);
}

void Learner::learn(const Numbered& stretch, double rate) {
  constexpr double kNothing = 1e-4;
  score(stretch);
  const double all = before_.back();
  std::size_t first = 0;  // where the true sentence before node j begins
  for (std::size_t j = 1; j < stretch.begins.size(); ++j) {
    double likely = 0;
    for (std::size_t i = 0; i < j; ++i) {
      const std::size_t pair = pair_at(i, j);
      const double chance = std::exp(before_[i] + scores_[pair] + behind_[j] - all);
      const double error = (stretch.begins[j] && i == first ? 1 : 0) - chance;
      likely += chance;
      if (std::abs(error) > kNothing) move(stretch.pieces[pair], error, rate);
    }
    move(stretch.places[j], (stretch.begins[j] ? 1 : 0) - likely, rate);
    if (stretch.begins[j]) first = j;
  }
}

}  // namespace

void FlatSettings::read(const Options& options) {
  options.read("--flat", threshold);
  options.read("--flat-draws", draws);
  options.read("--flat-share", share);
  options.read("--flat-rare", rare);
  options.read("--flat-epochs", epochs);
  options.read("--flat-rate", rate);
  options.read("--flat-decay", decay);
  options.read("--least", least);
}

FlatModel::FlatModel(std::vector<Stretch>&& train, const FlatSettings& settings) {
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  std::set<std::uint64_t> sides;  // the first feature of each place tells what stands on either side and no more
  for (const Stretch& stretch : train) {
    for (const auto* lists : {&stretch.places, &stretch.pieces})
      for (const std::vector<std::uint64_t>& list : *lists)
        for (const std::uint64_t feature : list) ++seen[feature];
    for (std::size_t j = 1; j + 1 < stretch.nodes; ++j) sides.insert(stretch.places[j].front());
  }
  number(seen, static_cast<std::uint32_t>(settings.rare));
  std::vector<Numbered> examples;
  for (Stretch& stretch : train) {
    Numbered& example = examples.emplace_back();
    example.begins = stretch.begins;
    example.places.add(stretch.places, *this);
    example.pieces.add(stretch.pieces, *this);
    stretch = {};
  }
  Learner learner(weights, settings.decay);
  std::vector<double> mean(weights.size());
  std::mt19937 random(2);
  const int first = settings.epochs / 2;
  for (int epoch = 0; epoch < settings.epochs; ++epoch) {
    shuffle(examples, random);
    for (const Numbered& example : examples) learner.learn(example, settings.rate / (1 + epoch * 0.3));
    for (std::size_t f = 0; epoch >= first && f < weights.size(); ++f)
      mean[f] += weights[f] / (settings.epochs - first);
  }
  weights = mean;
  for (const std::uint64_t feature : sides) set_threshold(feature, settings.threshold);
}

}  // namespace chancery::training
