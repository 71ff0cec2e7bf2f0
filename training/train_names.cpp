// Trains the name tagger: silver sentences become islands of features with the engine's own code, a linear chain is
// trained on them to maximum likelihood (AdaGrad), first over a large table to see which features are worth a row of
// the model, then from nothing with those alone. Same data, same settings, same bytes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "entities/draft.h"
#include "entities/name_features.h"
#include "entities/name_model.h"
#include "entities/name_tagger.h"
#include "language/hash.h"
#include "language/lexicon.h"
#include "options.h"
#include "text/fold.h"

namespace chancery::training {
namespace {

using namespace entities;

struct Settings {
  std::string pack, knowledge, silver, vectors, clusters, leanings, lists, out, text;
  int epochs = 4, choose_epochs = 2, row_bits = 17, word_bits = 19, list_bits = 18, frequent = 60000;
  float rate = 0.15F, decay = 1e-6F, hidden = 0;
  unsigned seed = 1, runs = 1;
  std::size_t most = 1U << 30;
  double scale = 24;
};

constexpr int kLargeBits = 22;
constexpr std::size_t kMeansAnEpoch = 8;

// A hash table of the file: open addressing, an entry is a fingerprint over some low bits.
class Slots {
 public:
  Slots(int bits, int low_bits) : slots_(std::size_t{1} << bits), low_bits_(low_bits) {}
  void add(std::uint64_t key, std::uint32_t low) {
    const auto fingerprint = static_cast<std::uint32_t>(key >> (32 + low_bits_));
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::uint32_t>(key) & mask;
    while (slots_[at] != 0 && slots_[at] >> low_bits_ != fingerprint) at = (at + 1) & mask;
    if (slots_[at] == 0 && ++used_ * 10 > slots_.size() * 9) {
      std::fprintf(stderr, "a table is full\n");
      std::exit(1);
    }
    slots_[at] = fingerprint << low_bits_ | low;
  }
  std::string bytes() const { return {reinterpret_cast<const char*>(slots_.data()), slots_.size() * 4}; }
  std::size_t used() const { return used_; }

 private:
  std::vector<std::uint32_t> slots_;
  int low_bits_;
  std::size_t used_ = 0;
};

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  if (lines.empty()) std::fprintf(stderr, "%s is empty\n", path.c_str());
  return lines;
}

// What the model holds besides weights.
struct KnownWords {
  std::string words, lists, coarse, fine;
  std::uint32_t vectors = 0;
};

KnownWords read_known_words(const Settings& settings) {
  KnownWords known;
  Slots words(settings.word_bits, kVectorBits + kLeaningBits);
  std::unordered_map<std::string, std::uint32_t> leanings;
  for (const std::string& line : lines_of(settings.leanings)) {
    const std::size_t tab = line.rfind('\t');
    leanings[line.substr(0, tab)] = static_cast<std::uint32_t>(std::stoul(line.substr(tab + 1))) % kLeanings;
  }
  int rank = 0;
  for (const std::string& line : lines_of(settings.vectors)) {
    const std::size_t tab = line.rfind('\t');
    const std::string word = line.substr(0, tab);
    const bool upper =
        !word.empty() && split_name_words(word).words.size() > 0 && split_name_words(word).words[0].upper;
    ++rank;
    if (!upper && rank > settings.frequent) continue;
    const auto leaning = leanings.find(word);
    words.add(name_word_key(word), (leaning == leanings.end() ? 0 : leaning->second << kVectorBits) |
                                       (static_cast<std::uint32_t>(std::stoul(line.substr(tab + 1))) + 1));
  }
  std::vector<std::uint16_t> fine;
  for (const std::string& line : lines_of(settings.clusters)) {
    const std::size_t tab = line.find('\t');
    known.coarse += static_cast<char>(std::stoi(line.substr(0, tab)));
    fine.push_back(static_cast<std::uint16_t>(std::stoi(line.substr(tab + 1))));
  }
  known.vectors = static_cast<std::uint32_t>(fine.size());
  known.fine.assign(reinterpret_cast<const char*>(fine.data()), fine.size() * 2);
  std::unordered_map<std::uint64_t, std::uint32_t> lists;
  for (const std::string& line : lines_of(settings.lists)) {
    const std::size_t tab = line.find('\t');
    const NameWords split = split_name_words(std::string_view(line).substr(0, tab));
    std::uint32_t kinds = 0;
    for (const char c : line.substr(tab + 1))
      kinds |= c == 'P' ? 1U : c == 'L' ? 2U : c == 'O' ? 4U : c == 'X' ? 8U : 0U;
    std::uint64_t key = kListRoot;
    for (std::size_t i = 0; i < split.words.size() && split.words.size() <= 6; ++i) {
      key = list_key(key, hash_bytes(split.word(i)));
      lists[key] |= i + 1 < split.words.size() ? kListedOn : kinds;
    }
  }
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted(lists.begin(), lists.end());
  std::sort(sorted.begin(), sorted.end());
  Slots slots(settings.list_bits, 5);
  for (const auto& [key, bits] : sorted) slots.add(key, bits);
  std::printf("%zu words with vectors, %zu beginnings of listed names\n", words.used(), slots.used());
  known.words = words.bytes();
  known.lists = slots.bytes();
  return known;
}

struct Weights {
  std::string rows;  // the file's
  std::int16_t edges[kEdgeClasses][kNameLabels + 1][kNameLabels] = {};
  std::uint8_t confidence[kNameKinds][kMarginSteps] = {};
};

std::string file_of(const KnownWords& known, const Weights& weights, const Settings& settings) {
  NameModelHeader header{};
  std::memcpy(header.magic, kNameModelMagic, sizeof(header.magic));
  header.version = NameModel::kVersion;
  header.header_size = sizeof(header);
  header.text_size = static_cast<std::uint32_t>(settings.text.size());
  header.row_bits = static_cast<std::uint32_t>(settings.row_bits);
  header.word_bits = static_cast<std::uint32_t>(settings.word_bits);
  header.list_bits = static_cast<std::uint32_t>(settings.list_bits);
  header.vectors = known.vectors;
  std::memcpy(header.edges, weights.edges, sizeof(header.edges));
  std::memcpy(header.confidence, weights.confidence, sizeof(header.confidence));
  std::string body(align64(sizeof(header)), '\0');
  for (const std::string* part :
       {&settings.text, &weights.rows, &known.words, &known.lists, &known.coarse, &known.fine}) {
    body += *part;
    body.resize(align64(body.size()), '\0');
  }
  header.file_size = body.size();
  header.checksum = checksum_of(std::string_view(body).substr(sizeof(header)));
  std::memcpy(body.data(), &header, sizeof(header));
  return body;
}

// Islands of all sentences, end to end.
struct Material {
  std::vector<std::uint32_t> features;  // kNameFeatures a word
  std::vector<std::uint8_t> labels, edges;
  std::vector<std::uint32_t> begins;  // of islands, in words
  std::size_t words() const { return labels.size(); }
};

struct GoldName {
  std::uint32_t begin = 0, end = 0;  // bytes
  NameKind kind = NameKind::other;
};

std::vector<GoldName> gold_of(const std::string& cell, const Text& text) {
  std::vector<GoldName> names;
  std::istringstream in(cell);
  for (std::string one; std::getline(in, one, ';');) {
    std::istringstream fields(one);
    std::uint32_t begin = 0, end = 0;
    std::string kind;
    fields >> begin >> end >> kind;
    GoldName name{text.byte(begin), text.byte(end), NameKind::other};
    if (kind == "PER") name.kind = NameKind::person;
    if (kind == "LOC") name.kind = NameKind::place;
    if (kind == "ORG") name.kind = NameKind::organisation;
    names.push_back(name);
  }
  return names;
}

struct Engine {
  std::shared_ptr<const LanguagePack> pack;
  std::shared_ptr<const Knowledge> knowledge;
  std::unique_ptr<EntityRules> rules;
};

// Calls use(page, gold) for a sentence whose text the engine reads as it stands.
template <class Use>
void with_page(const Engine& engine, const std::string& line, Use use) {
  const std::size_t tab = line.find('\t');
  PageOptions options;
  options.language = std::string(engine.pack->code());
  const auto page = read_page(std::string_view(line).substr(0, tab), options);
  if (!page || page->text.bytes() != std::string_view(line).substr(0, tab)) return;
  const Analysis analysis = analyse(*page, *engine.pack);
  PageEntities found(*page, analysis, *engine.knowledge, engine.rules->tables(), Interval{});
  found.words = read_words(*page, analysis, engine.rules->tables());
  find_known_names(found);
  find_titles(found);
  use(found, gold_of(line.substr(tab + 1), page->text));
}

void add_islands(const PageEntities& page, const std::vector<GoldName>& gold, const NameModel& model, Material& out) {
  std::vector<std::uint8_t> labels(page.words.size(), kOutside);
  for (const GoldName& name : gold) {
    bool first = true;
    for (std::uint32_t i = 0; i < page.words.size(); ++i) {
      const Span span = page.words.words[i].span;
      if (span.begin < name.begin || span.end > name.end) continue;
      if (first && !page.words.words[i].upper) continue;  // « mer Noire » begins at its capital
      labels[i] = static_cast<std::uint8_t>(first_label(name.kind) + (first ? 0 : 1));
      first = false;
    }
  }
  NameFeatures features(page, model);
  NameFeatureList list;
  for (auto island = features.next_island(0); island.first < island.last; island = features.next_island(island.last)) {
    features.enter(island);
    out.begins.push_back(static_cast<std::uint32_t>(out.words()));
    for (std::uint32_t i = island.first; i < island.last; ++i) {
      features.features(i, list);
      out.features.insert(out.features.end(), list.begin(), list.end());
      std::uint8_t label = labels[i];
      if (i == island.first && is_further(label)) label = kOutside;
      if (i > island.first && !may_follow(out.labels.back(), label)) label = kOutside;
      out.labels.push_back(label);
      out.edges.push_back(static_cast<std::uint8_t>(features.edge_class(i)));
    }
  }
}

// The chain in floating point, with its gradient steps.
class Learner {
 public:
  using Labels = std::array<float, kNameLabels>;
  // `hidden`: the share of features that each word is learnt without, drawn anew each time, so that none is relied
  // upon.
  Learner(std::size_t rows, float hidden)
      : weights_(rows * kNameLabels),
        squares_(rows * kNameLabels),
        hidden_(static_cast<std::uint32_t>(hidden * 65536.0F)),
        scale_(1.0F / (1.0F - hidden)) {}

  // `rows`: for each word kNameFeatures numbers of rows, kNoRow where the model has none.
  static constexpr std::uint32_t kNoRow = 0xFFFFFFFF;
  double learn(const std::uint32_t* all_rows, const std::uint8_t* labels, const std::uint8_t* edges, std::size_t n,
               float rate, float decay) {
    refresh();
    seen_.assign(all_rows, all_rows + n * kNameFeatures);
    for (std::uint32_t& row : seen_)
      if (hidden_ != 0 && draw() < hidden_) row = kNoRow;
    const std::uint32_t* rows = seen_.data();
    emit(rows, n);
    const double loss = marginals(labels, edges, n);
    for (std::size_t i = 0; i < n; ++i) {
      Labels gradient;
      for (std::size_t y = 0; y < kNameLabels; ++y)
        gradient[y] = scale_ * (marginal_[i][y] - (labels[i] == y ? 1.0F : 0.0F));
      for (std::size_t f = 0; f < kNameFeatures; ++f) {
        const std::uint32_t row = rows[i * kNameFeatures + f];
        if (row != kNoRow) step(std::size_t{row} * kNameLabels, gradient, rate, decay);
      }
    }
    return loss;
  }

  // Adds the weights as they stand to a sum; settle() puts the mean of all that was added in their place.
  void add_to_mean() {
    sums_.resize(weights_.size());
    for (std::size_t i = 0; i < weights_.size(); ++i) sums_[i] += weights_[i];
    for (std::size_t c = 0; c < kEdgeClasses; ++c)
      for (std::size_t a = 0; a <= kNameLabels; ++a)
        for (std::size_t b = 0; b < kNameLabels; ++b) edge_sums_[c][a][b] += edge_weights_[c][a][b];
    ++added_;
  }
  // Forgets all but that sum.
  void restart() {
    std::fill(weights_.begin(), weights_.end(), 0.0F);
    std::fill(squares_.begin(), squares_.end(), 0.0F);
    std::memset(edge_weights_, 0, sizeof(edge_weights_));
    std::memset(edge_squares_, 0, sizeof(edge_squares_));
    ticks_ = 0;
  }
  void settle() {
    if (added_ == 0) return;
    const float share = 1.0F / static_cast<float>(added_);
    for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] = sums_[i] * share;
    for (std::size_t c = 0; c < kEdgeClasses; ++c)
      for (std::size_t a = 0; a <= kNameLabels; ++a)
        for (std::size_t b = 0; b < kNameLabels; ++b) edge_weights_[c][a][b] = edge_sums_[c][a][b] * share;
  }

  const float* row(std::size_t i) const { return weights_.data() + i * kNameLabels; }
  std::size_t rows() const { return weights_.size() / kNameLabels; }
  float edge(std::size_t c, std::size_t from, std::size_t to) const { return edge_weights_[c][from][to]; }

 private:
  // 16 bits of a linear congruence (Knuth's multiplier): the same on every machine.
  std::uint32_t draw() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 48);
  }
  void step(std::size_t at, const Labels& gradient, float rate, float decay) {
    for (std::size_t y = 0; y < kNameLabels; ++y) {
      const float g = gradient[y] + decay * weights_[at + y];
      squares_[at + y] += g * g;
      weights_[at + y] -= rate * g / std::sqrt(squares_[at + y] + 1e-3F);
    }
  }
  // Exponentials of the edges, which change slowly.
  void refresh() {
    if (ticks_++ % 64 != 0) return;
    for (std::size_t c = 0; c < kEdgeClasses; ++c)
      for (std::size_t a = 0; a <= kNameLabels; ++a)
        for (std::size_t b = 0; b < kNameLabels; ++b)
          edge_factors_[c][a][b] =
              may_follow(a == kNameLabels ? kOutside : a, b) ? std::exp(edge_weights_[c][a][b]) : 0;
  }
  void emit(const std::uint32_t* rows, std::size_t n) {
    factors_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      Labels sums{};
      for (std::size_t f = 0; f < kNameFeatures; ++f) {
        const std::uint32_t row = rows[i * kNameFeatures + f];
        if (row == kNoRow) continue;
        for (std::size_t y = 0; y < kNameLabels; ++y) sums[y] += weights_[std::size_t{row} * kNameLabels + y];
      }
      for (float& sum : sums) sum *= scale_;
      const float most = *std::max_element(sums.begin(), sums.end());
      for (std::size_t y = 0; y < kNameLabels; ++y) factors_[i][y] = std::exp(std::max(sums[y] - most, -30.0F));
    }
  }
  double marginals(const std::uint8_t* labels, const std::uint8_t* edges, std::size_t n) {
    forward_.resize(n);
    backward_.resize(n);
    marginal_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      float total = 0;
      for (std::size_t y = 0; y < kNameLabels; ++y) {
        float sum = 0;
        if (i == 0) {
          sum = edge_factors_[edges[0]][kNameLabels][y];
        } else {
          for (std::size_t x = 0; x < kNameLabels; ++x) sum += forward_[i - 1][x] * edge_factors_[edges[i]][x][y];
        }
        total += forward_[i][y] = sum * factors_[i][y];
      }
      for (float& one : forward_[i]) one /= total;
    }
    backward_[n - 1].fill(1);
    for (std::size_t i = n - 1; i-- > 0;) {
      float total = 0;
      for (std::size_t x = 0; x < kNameLabels; ++x) {
        float sum = 0;
        for (std::size_t y = 0; y < kNameLabels; ++y)
          sum += edge_factors_[edges[i + 1]][x][y] * factors_[i + 1][y] * backward_[i + 1][y];
        total += backward_[i][x] = sum;
      }
      for (float& one : backward_[i]) one /= total;
    }
    double loss = 0;
    for (std::size_t i = 0; i < n; ++i) {
      float total = 0;
      for (std::size_t y = 0; y < kNameLabels; ++y) total += marginal_[i][y] = forward_[i][y] * backward_[i][y];
      for (float& one : marginal_[i]) one /= total;
      loss -= std::log(std::max(marginal_[i][labels[i]], 1e-9F));
      learn_edges(i, labels, edges);
    }
    return loss;
  }
  void learn_edges(std::size_t i, const std::uint8_t* labels, const std::uint8_t* edges) {
    const std::size_t c = edges[i];
    if (i == 0) {
      for (std::size_t y = 0; y < kNameLabels; ++y)
        edge_step(c, kNameLabels, y, marginal_[0][y] - (labels[0] == y ? 1.0F : 0.0F));
      return;
    }
    float pairs[kNameLabels][kNameLabels];
    float total = 0;
    for (std::size_t x = 0; x < kNameLabels; ++x)
      for (std::size_t y = 0; y < kNameLabels; ++y)
        total += pairs[x][y] = forward_[i - 1][x] * edge_factors_[c][x][y] * factors_[i][y] * backward_[i][y];
    for (std::size_t x = 0; x < kNameLabels; ++x)
      for (std::size_t y = 0; y < kNameLabels; ++y)
        if (may_follow(x, y))
          edge_step(c, x, y, pairs[x][y] / total - (labels[i - 1] == x && labels[i] == y ? 1.0F : 0.0F));
  }
  void edge_step(std::size_t c, std::size_t a, std::size_t b, float gradient) {
    edge_squares_[c][a][b] += gradient * gradient;
    edge_weights_[c][a][b] -= 0.05F * gradient / std::sqrt(edge_squares_[c][a][b] + 1e-3F);
  }

  std::vector<float> weights_, squares_, sums_;
  std::uint32_t hidden_, added_ = 0;
  float scale_;
  std::uint64_t state_ = 1;
  std::vector<std::uint32_t> seen_;
  float edge_sums_[kEdgeClasses][kNameLabels + 1][kNameLabels] = {};
  float edge_weights_[kEdgeClasses][kNameLabels + 1][kNameLabels] = {};
  float edge_squares_[kEdgeClasses][kNameLabels + 1][kNameLabels] = {};
  float edge_factors_[kEdgeClasses][kNameLabels + 1][kNameLabels] = {};
  std::vector<Labels> factors_, forward_, backward_, marginal_;
  std::uint64_t ticks_ = 0;
};

void learn_all(Learner& learner, const Material& material, const std::vector<std::uint32_t>& rows, int epochs,
               unsigned seed, const Settings& settings) {
  std::vector<std::uint32_t> order(material.begins.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(seed);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    double loss = 0;
    std::size_t done = 0;
    for (const std::uint32_t island : order) {
      // The mean of the second half of the way is steadier than where it ends.
      if (epoch * 2 > epochs && done++ % (order.size() / kMeansAnEpoch + 1) == 0) learner.add_to_mean();
      const std::size_t begin = material.begins[island];
      const std::size_t end = island + 1 < material.begins.size() ? material.begins[island + 1] : material.words();
      loss += learner.learn(rows.data() + begin * kNameFeatures, material.labels.data() + begin,
                            material.edges.data() + begin, end - begin, settings.rate, settings.decay);
    }
    std::printf("epoch %d: loss a word %.4f\n", epoch, loss / static_cast<double>(material.words()));
    std::fflush(stdout);
  }
}

// One owner for each row of the model: the feature that is heavy and frequent.
std::vector<std::uint32_t> choose_owners(const Learner& large, const Material& material, const Settings& settings) {
  std::unordered_map<std::uint32_t, std::uint32_t> counts;
  counts.reserve(1U << 24);
  for (const std::uint32_t feature : material.features) ++counts[feature];
  std::vector<std::uint32_t> owners(std::size_t{1} << settings.row_bits);
  std::vector<float> worth(owners.size(), 0);
  std::size_t frequent = 0;
  for (const auto& [feature, n] : counts) {
    if (n < 3) continue;
    ++frequent;
    const float* row = large.row(feature >> (32 - kLargeBits));
    float heavy = 0;
    for (std::size_t y = 0; y < kNameLabels; ++y) heavy += row[y] * row[y];
    heavy = std::sqrt(heavy) * std::sqrt(static_cast<float>(n - 1));
    const std::size_t at = feature >> (32 - settings.row_bits);
    if (heavy < worth[at] || (heavy == worth[at] && feature < owners[at])) continue;
    worth[at] = heavy;
    owners[at] = feature;
  }
  std::printf("%zu features, %zu of them three times or more\n", counts.size(), frequent);
  return owners;
}

Weights quantise(const Learner& learner, const std::vector<std::uint32_t>& owners, const Settings& settings) {
  Weights out;
  out.rows.assign(owners.size() * kNameRow, '\0');
  const auto whole = [&](float w, long most) {
    return std::clamp(std::lround(static_cast<double>(w) * settings.scale), -most, most);
  };
  for (std::size_t row = 0; row < owners.size(); ++row) {
    char* at = out.rows.data() + row * kNameRow;
    for (std::size_t y = 0; y < kNameLabels; ++y) at[y] = static_cast<char>(whole(learner.row(row)[y], 127));
    const std::uint16_t check = NameModel::check(owners[row], static_cast<std::uint32_t>(settings.row_bits));
    at[kNameRow - 2] = static_cast<char>(check & 0xFF);
    at[kNameRow - 1] = static_cast<char>(check >> 8);
  }
  for (std::size_t c = 0; c < kEdgeClasses; ++c)
    for (std::size_t a = 0; a <= kNameLabels; ++a)
      for (std::size_t b = 0; b < kNameLabels; ++b)
        out.edges[c][a][b] = static_cast<std::int16_t>(whole(learner.edge(c, a, b), 2000));
  return out;
}

// Agreement with the silver names by kind and margin, on sentences held out.
void calibrate(const Engine& engine, const std::vector<std::string>& held, const NameModel& model, Weights& weights) {
  std::size_t seen[kNameKinds][kMarginSteps] = {}, right[kNameKinds][kMarginSteps] = {}, gold_names[kNameKinds] = {};
  for (const std::string& line : held)
    with_page(engine, line, [&](const PageEntities& page, const std::vector<GoldName>& gold) {
      for (const GoldName& one : gold) ++gold_names[static_cast<std::size_t>(one.kind)];
      for (const TaggedName& name : tag_names(page, model)) {
        const Span span = page.words.span(name.first, name.last);
        const auto kind = static_cast<std::size_t>(name.kind);
        const int step = std::clamp(name.margin / kMarginStep, 0, static_cast<int>(kMarginSteps) - 1);
        ++seen[kind][step];
        for (const GoldName& one : gold)
          if (one.begin <= span.begin && one.end == span.end && one.kind == name.kind) {
            ++right[kind][step];
            break;
          }
      }
    });
  for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
    std::size_t all = 0, good = 0;
    // The teacher errs too; its own precision bounds what agreement with it is worth.
    const double teacher = kind == 0 ? 0.93 : kind == 1 ? 0.9 : 0.8;
    double below = 0;
    for (std::size_t step = 0; step < kMarginSteps; ++step) {
      all += seen[kind][step];
      good += right[kind][step];
      const double share = (static_cast<double>(right[kind][step]) + 0.5) / (static_cast<double>(seen[kind][step]) + 1);
      below = std::max(below, seen[kind][step] >= 20 ? share : below);
      weights.confidence[kind][step] = static_cast<std::uint8_t>(std::lround(100 * below * teacher));
    }
    std::printf("kind %zu: agreement P %.3f R %.3f of %zu; confidences", kind, static_cast<double>(good) / all,
                static_cast<double>(good) / gold_names[kind], gold_names[kind]);
    for (const std::uint8_t one : weights.confidence[kind]) std::printf(" %d", one);
    std::printf("\n");
  }
}

struct Aligned {
  explicit Aligned(const std::string& bytes) : blocks((bytes.size() + 63) / 64), size(bytes.size()) {
    std::memcpy(blocks.data(), bytes.data(), bytes.size());
  }
  struct alignas(64) Block {
    char bytes[64];
  };
  std::vector<Block> blocks;
  std::size_t size;
  std::string_view view() const { return {reinterpret_cast<const char*>(blocks.data()), size}; }
};

int run(const Settings& settings) {
  Engine engine;
  auto pack = LanguagePack::load(settings.pack);
  auto knowledge = Knowledge::open(settings.knowledge);
  if (!pack || !knowledge) {
    std::fprintf(stderr, "the pack or the knowledge cannot be opened\n");
    return 1;
  }
  engine.pack = *pack;
  engine.knowledge = *knowledge;
  auto rules = EntityRules::compile(**pack);
  if (!rules) {
    std::fprintf(stderr, "%s\n", rules.error().message().c_str());
    return 1;
  }
  engine.rules = std::make_unique<EntityRules>(std::move(*rules));
  const KnownWords known = read_known_words(settings);
  Weights empty;
  empty.rows.assign(kNameRow << settings.row_bits, '\0');
  const Aligned first(file_of(known, empty, settings));
  const auto model = NameModel::read(first.view());
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message().c_str());
    return 1;
  }
  Material material;
  std::vector<std::string> lines = lines_of(settings.silver), held;
  if (lines.size() > settings.most) lines.resize(settings.most);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i % 40 == 0) {
      held.push_back(lines[i]);
      continue;
    }
    with_page(engine, lines[i], [&](const PageEntities& page, const std::vector<GoldName>& gold) {
      add_islands(page, gold, *model, material);
    });
  }
  std::printf("%zu sentences, %zu islands, %zu words in them\n", lines.size(), material.begins.size(),
              material.words());
  std::fflush(stdout);
  std::vector<std::uint32_t> owners;
  {
    Learner large(std::size_t{1} << kLargeBits, settings.hidden);
    std::vector<std::uint32_t> rows = material.features;
    for (std::uint32_t& row : rows) row >>= 32 - kLargeBits;
    learn_all(large, material, rows, settings.choose_epochs, settings.seed, settings);
    large.settle();
    owners = choose_owners(large, material, settings);
  }
  Learner learner(owners.size(), settings.hidden);
  for (std::uint32_t& feature : material.features) {
    const std::uint32_t row = feature >> (32 - settings.row_bits);
    const auto bits = static_cast<std::uint32_t>(settings.row_bits);
    feature = NameModel::check(feature, bits) == NameModel::check(owners[row], bits) ? row : Learner::kNoRow;
  }
  for (unsigned one = 0; one < settings.runs; ++one) {
    learner.restart();
    learn_all(learner, material, material.features, settings.epochs, settings.seed + one, settings);
  }
  learner.settle();
  Weights weights = quantise(learner, owners, settings);
  const Aligned second(file_of(known, weights, settings));
  calibrate(engine, held, *NameModel::read(second.view()), weights);
  std::ofstream(settings.out, std::ios::binary) << file_of(known, weights, settings);
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  chancery::training::Settings settings;
  if (argc < 9) {
    std::fprintf(
        stderr,
        "usage: train_names PACK_FOLDER KNOWLEDGE.bin SILVER.tsv VECTORS.tsv CLUSTERS.tsv LEANINGS.tsv LISTS.tsv "
        "OUT "
        "[--epochs N] [--rows BITS] ...\n");
    return 2;
  }
  settings.pack = argv[1];
  settings.knowledge = argv[2];
  settings.silver = argv[3];
  settings.vectors = argv[4];
  settings.clusters = argv[5];
  settings.leanings = argv[6];
  settings.lists = argv[7];
  settings.out = argv[8];
  const chancery::training::Options options(argc, argv, 9);
  options.read("--epochs", settings.epochs);
  options.read("--choose", settings.choose_epochs);
  options.read("--rows", settings.row_bits);
  options.read("--rate", settings.rate);
  options.read("--decay", settings.decay);
  options.read("--hidden", settings.hidden);
  options.read("--scale", settings.scale);
  options.read("--seed", settings.seed);
  options.read("--runs", settings.runs);
  options.read("--most", settings.most);
  options.read("--frequent", settings.frequent);
  options.read_file("--text", settings.text);
  return chancery::training::run(settings);
}
