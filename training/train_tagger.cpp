// Trains the tagger of one pack: a linear model over tagger_features(), an averaged structured perceptron that tags
// each training sentence greedily with its own history and moves the weights wherever the best-scoring candidate is not
// the gold one. Each word is learnt with its own place in the counts left out, so rare words are met as unknown ones,
// as they will be in the press. The weights are then quantised to a byte and written for the engine to map.
//
// usage: train_tagger PACK_FOLDER TRAIN.conllu DEV.conllu OUT.bin [--epochs N] [--bits N] [--seed N] [--text LINES]
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "conllu_reader.h"
#include "language/sentence_tagger.h"
#include "language/tagger.h"
#include "options.h"

namespace chancery::training {
namespace {

struct Settings {
  std::string pack, train, dev, out, text;
  int epochs = 12;
  int bits = 16;
  unsigned seed = 1;
  int runs = 1;         // models of as many seeds are averaged
  bool errors = false;  // prints the last epoch's wrong classes
  double margin = 1.0;
  float prior_rate = 6;
  double clip = 0.9995;  // share of weights that quantisation keeps unclipped
};

// A sentence ready to be tagged: surfaces with their forms, and the gold tag of each.
struct Example {
  std::vector<Surface> surfaces;
  std::string strings;
  std::vector<std::uint16_t> gold;
  std::vector<std::vector<std::string>> upos;  // of each token's words, for scoring
};

std::uint16_t tag_of(const GoldToken& token, const std::vector<LexiconTag>& tags,
                     std::map<std::string, std::uint16_t>& index) {
  std::string name;
  for (const GoldWord& word : token.words) name += (name.empty() ? "" : "+") + word.upos;
  const std::string features = token.words.size() == 1 ? token.words[0].features : "_";
  if (index.empty())
    for (std::size_t t = 0; t < tags.size(); ++t)
      index[tags[t].name + "\t" + tags[t].features] = static_cast<std::uint16_t>(t);
  const auto found = index.find(name + "\t" + features);
  return found == index.end() ? std::uint16_t{0xFFFF} : found->second;
}

std::vector<Example> examples_of(const std::string& path, const LanguagePack::Tables& tables) {
  std::vector<Example> out;
  std::map<std::string, std::uint16_t> index;
  for (const GoldSentence& sentence : read_conllu(path)) {
    Example example;
    for (const GoldToken& token : sentence.tokens) {
      example.surfaces.push_back(surface_of(token.form, example.strings));
      example.gold.push_back(tag_of(token, tables.tags, index));
      std::vector<std::string> upos;
      for (const GoldWord& word : token.words) upos.push_back(word.upos);
      example.upos.push_back(std::move(upos));
    }
    out.push_back(std::move(example));
  }
  return out;
}

// Which rows of the table belong to which feature. While the features are being chosen every feature has the row that
// its hash names in a large table; afterwards only the chosen ones have one in the small table, one owner a row.
class Rows {
 public:
  explicit Rows(int bits) : bits_(bits) {}
  Rows(int bits, std::vector<std::uint64_t> owners) : bits_(bits), owners_(std::move(owners)) {}
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t find(std::uint64_t feature) const {
    const std::size_t row = feature >> (64 - bits_);
    return owners_.empty() || owners_[row] == feature ? row : kNone;
  }
  std::size_t size() const { return std::size_t{1} << bits_; }
  int bits() const { return bits_; }
  const std::vector<std::uint64_t>& owners() const { return owners_; }

 private:
  int bits_;
  std::vector<std::uint64_t> owners_;
};

// The model while it learns: weights as floats, with their running sums for the average.
class Learner {
 public:
  Learner(Rows rows, LaneMap lanes, float prior_rate)
      : rows_(std::move(rows)),
        prior_rate_(prior_rate),
        lanes_(std::move(lanes)),
        weights_(rows_.size() * kRowBytes),
        sums_(rows_.size() * kRowBytes),
        priors_{},
        prior_sums_{} {}

  // Scores of the candidates.
  void score(const FeatureHashes& features, std::span<const LexiconReading> readings, std::vector<double>& out) const {
    float lanes[kRowBytes] = {};
    for (const std::uint64_t feature : features) {
      const std::size_t at = rows_.find(feature);
      if (at == Rows::kNone) continue;
      const float* row = weights_.data() + at * kRowBytes;
      for (std::size_t i = 0; i < kRowBytes; ++i) lanes[i] += row[i];
    }
    out.assign(readings.size(), 0);
    for (std::size_t r = 0; r < readings.size(); ++r) {
      out[r] = static_cast<double>(priors_[readings[r].bucket]);
      for (const std::uint8_t* lane = lanes_.lanes(readings[r].tag); *lane < kLanes; ++lane)
        out[r] += static_cast<double>(lanes[*lane]);
    }
  }

  void update(const FeatureHashes& features, std::span<const LexiconReading> readings, std::size_t gold,
              std::size_t wrong) {
    float change[kRowBytes] = {};
    for (const std::uint8_t* lane = lanes_.lanes(readings[gold].tag); *lane < kLanes; ++lane) change[*lane] += 1;
    for (const std::uint8_t* lane = lanes_.lanes(readings[wrong].tag); *lane < kLanes; ++lane) change[*lane] -= 1;
    const auto now = static_cast<float>(step_);
    for (const std::uint64_t feature : features) {
      const std::size_t at = rows_.find(feature);
      if (at == Rows::kNone) continue;
      float* row = weights_.data() + at * kRowBytes;
      float* sum = sums_.data() + at * kRowBytes;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        if (change[lane] == 0) continue;
        row[lane] += change[lane];
        sum[lane] += now * change[lane];
      }
    }
    move_prior(readings[gold].bucket, prior_rate_);
    move_prior(readings[wrong].bucket, -prior_rate_);
  }
  void tick() { step_ += 1.0 / 4096; }  // the unit keeps the sums exact enough for floats
  const Rows& rows() const { return rows_; }

  // Average over all steps.
  std::vector<float> average(std::vector<float>& priors) const {
    std::vector<float> out(weights_.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = weights_[i] - sums_[i] / static_cast<float>(step_);
    priors.resize(kPriorBuckets);
    for (std::size_t i = 0; i < kPriorBuckets; ++i)
      priors[i] = static_cast<float>(static_cast<double>(priors_[i]) - prior_sums_[i] / step_);
    return out;
  }

 private:
  void move_prior(std::size_t bucket, float by) {
    priors_[bucket] += by;
    prior_sums_[bucket] += step_ * static_cast<double>(by);
  }

  Rows rows_;
  float prior_rate_;  // how much faster the weight of frequency moves than those of the features
  LaneMap lanes_;
  std::vector<float> weights_;
  std::vector<float> sums_;
  std::array<float, kPriorBuckets> priors_;
  std::array<double, kPriorBuckets> prior_sums_;
  double step_ = 0;
};

std::vector<std::string> choose_lanes(const std::vector<Example>& train, const std::vector<LexiconTag>& tags) {
  std::map<std::string, std::size_t> counts;
  for (const Example& example : train)
    for (const std::uint16_t tag : example.gold)
      if (tag != 0xFFFF)
        for (const std::string& atom : LaneMap::atoms(tags[tag])) ++counts[atom];
  std::vector<std::pair<std::size_t, std::string>> best;
  for (const auto& [atom, n] : counts) best.emplace_back(n, atom);
  std::sort(best.begin(), best.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::vector<std::string> names;
  for (const auto& [n, atom] : best)
    if (names.size() < kLanes) names.push_back(atom);
  for (std::size_t i = kLanes; i < best.size(); ++i)
    std::printf("no lane for %s (%zu)\n", best[i].second.c_str(), best[i].first);
  return names;
}

std::size_t index_of(std::span<const LexiconReading> readings, std::uint16_t tag) {
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (readings[i].tag == tag) return i;
  return readings.size();
}

void learn(Learner& learner, const Example& example, SentenceTagger& tagger, const LanguagePack::Tables& tables,
           double margin) {
  tagger.prepare(example.surfaces, example.strings, example.gold.data());
  TaggerHistory history;
  std::vector<double> scores;
  for (std::size_t i = 0; i < example.surfaces.size(); ++i) {
    learner.tick();
    const auto readings = tagger.candidates()[i];
    std::size_t best = 0;
    if (readings.size() > 1) {
      FeatureHashes features;
      tagger_features(tagger.view(i), history, features);
      learner.score(features, readings, scores);
      const std::size_t gold = index_of(readings, example.gold[i]);
      best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
      if (gold < readings.size()) {
        std::size_t rival = gold == 0 ? 1 : 0;
        for (std::size_t r = 0; r < readings.size(); ++r)
          if (r != gold && scores[r] > scores[rival]) rival = r;
        if (scores[gold] < scores[rival] + margin) learner.update(features, readings, gold, rival);
      }
    }
    remember(history, *tagger.view(i), tables.facts[readings[best].tag]);
  }
}

// How often each feature of the training text occurs, on the way that the gold tags lead.
std::unordered_map<std::uint64_t, std::uint32_t> count_features(const std::vector<Example>& train,
                                                                const LanguagePack::Tables& tables) {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  SentenceTagger tagger(tables);
  for (const Example& example : train) {
    tagger.prepare(example.surfaces, example.strings, example.gold.data());
    TaggerHistory history;
    for (std::size_t i = 0; i < example.surfaces.size(); ++i) {
      FeatureHashes features;
      tagger_features(tagger.view(i), history, features);
      if (tagger.candidates()[i].size() > 1)
        for (const std::uint64_t feature : features) ++counts[feature];
      const std::size_t gold = index_of(tagger.candidates()[i], example.gold[i]);
      const auto readings = tagger.candidates()[i];
      remember(history, *tagger.view(i), tables.facts[readings[gold < readings.size() ? gold : 0].tag]);
    }
  }
  return counts;
}

// The features that matter most, one for each row of the small table: those with heavy weights that occur often.
Rows choose_rows(const Learner& learner, const std::unordered_map<std::uint64_t, std::uint32_t>& counts, int bits) {
  std::vector<float> priors;
  const std::vector<float> weights = learner.average(priors);
  std::vector<std::uint64_t> owners(std::size_t{1} << bits, 0);
  std::vector<float> worth(owners.size(), 0);
  std::size_t wanted = 0, kept = 0;
  for (const auto& [feature, n] : counts) {
    if (n < 2) continue;
    ++wanted;
    const float* row = weights.data() + learner.rows().find(feature) * kRowBytes;
    float heavy = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) heavy += row[lane] * row[lane];
    heavy = std::sqrt(heavy) * std::sqrt(static_cast<float>(n - 1));
    const std::size_t at = feature >> (64 - bits);
    if (heavy < worth[at] || (heavy == worth[at] && feature < owners[at])) continue;
    worth[at] = heavy;
    owners[at] = feature;
  }
  for (const std::uint64_t owner : owners) kept += owner != 0 ? 1 : 0;
  std::printf("%zu features, %zu of them more than once, %zu kept\n", counts.size(), wanted, kept);
  return Rows(bits, std::move(owners));
}

std::string file_of(const std::vector<float>& weights, const std::vector<float>& priors,
                    const std::vector<std::string>& lanes, const Rows& rows, const Settings& settings) {
  std::vector<float> sizes;
  for (const float w : weights)
    if (w != 0) sizes.push_back(std::abs(w));
  std::sort(sizes.begin(), sizes.end());
  const float top = sizes[static_cast<std::size_t>(static_cast<double>(sizes.size() - 1) * settings.clip)];
  const float scale = 127.0F / top;
  std::string text = settings.text;
  for (const std::string& lane : lanes) text += "lane: " + lane + "\n";
  TaggerHeader header{};
  std::memcpy(header.magic, kTaggerMagic, sizeof(header.magic));
  header.version = Tagger::kVersion;
  header.header_size = sizeof(header);
  header.text_size = text.size();
  header.row_bits = static_cast<std::uint64_t>(settings.bits);
  for (std::size_t i = 0; i < kPriorBuckets; ++i)
    header.priors[i] = static_cast<std::int16_t>(std::lround(priors[i] * scale));
  std::string body(align64(sizeof(header)), '\0');
  body += text;
  body.resize(align64(body.size()), '\0');
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const long weight = std::clamp(std::lround(weights[row * kRowBytes + lane] * scale), -127L, 127L);
      body += static_cast<char>(static_cast<std::uint8_t>(128 + weight));
    }
    const std::uint64_t owner = rows.owners()[row];
    body += static_cast<char>(row_check(owner, rows.bits()));
  }
  header.file_size = body.size();
  header.checksum = checksum_of(std::string_view(body).substr(sizeof(header)));
  std::memcpy(body.data(), &header, sizeof(header));
  return body;
}

struct Score {
  std::size_t words = 0, upos = 0, tags = 0, absent = 0;
};

Score measure(const std::vector<Example>& examples, const LanguagePack::Tables& tables, bool errors) {
  SentenceTagger tagger(tables);
  Score score;
  for (const Example& example : examples) {
    std::vector<Surface> surfaces = example.surfaces;
    for (std::size_t i = 0; i < surfaces.size(); ++i)
      surfaces[i].words = static_cast<std::uint8_t>(example.upos[i].size());
    tagger.tag(surfaces, example.strings);
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
      score.words += example.upos[i].size();
      const LexiconTag& tag = tables.tags[tagger.chosen(i).tag];
      std::string gold;
      for (const std::string& u : example.upos[i]) gold += (gold.empty() ? "" : "+") + u;
      if (tag.name == gold) score.upos += example.upos[i].size();
      if (errors && tag.name != gold)
        std::printf("%s %s>%s\n", std::string(example.strings, surfaces[i].form_begin, surfaces[i].form_size).c_str(),
                    gold.c_str(), tag.name.c_str());
      if (tagger.chosen(i).tag == example.gold[i]) score.tags += example.upos[i].size();
      if (index_of(tagger.candidates()[i], example.gold[i]) == tagger.candidates()[i].size()) ++score.absent;
    }
  }
  return score;
}

void learn_all(Learner& learner, std::vector<Example>& train, int epochs, const LanguagePack::Tables& tables,
               const Settings& settings) {
  SentenceTagger tagger(tables);
  std::mt19937 random(settings.seed);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    for (std::size_t i = train.size(); i > 1; --i) std::swap(train[i - 1], train[random() % i]);
    for (const Example& example : train) learn(learner, example, tagger, tables, settings.margin);
  }
}

int run(const Settings& settings) {
  auto pack = LanguagePack::load(settings.pack);
  if (!pack) {
    std::fprintf(stderr, "%s\n", pack.error().message().c_str());
    return 1;
  }
  auto& tables = const_cast<LanguagePack::Tables&>((*pack)->tables());
  std::vector<Example> train = examples_of(settings.train, tables);
  const std::vector<Example> dev = examples_of(settings.dev, tables);
  const std::vector<std::string> lanes = choose_lanes(train, tables.tags);
  const LaneMap lane_map(lanes, tables.tags);
  Rows rows(settings.bits);
  {
    Learner chooser(Rows(20), lane_map, settings.prior_rate);
    learn_all(chooser, train, 3, tables, settings);
    rows = choose_rows(chooser, count_features(train, tables), settings.bits);
  }
  std::vector<float> weights(rows.size() * kRowBytes), priors(kPriorBuckets);
  for (int run = 0; run < settings.runs; ++run) {
    Settings own = settings;
    own.seed = settings.seed + static_cast<unsigned>(run);
    Learner learner(rows, lane_map, settings.prior_rate);
    learn_all(learner, train, settings.epochs, tables, own);
    std::vector<float> own_priors;
    const std::vector<float> own_weights = learner.average(own_priors);
    for (std::size_t w = 0; w < weights.size(); ++w) weights[w] += own_weights[w] / static_cast<float>(settings.runs);
    for (std::size_t w = 0; w < priors.size(); ++w) priors[w] += own_priors[w] / static_cast<float>(settings.runs);
  }
  std::ofstream(settings.out, std::ios::binary) << file_of(weights, priors, lanes, rows, settings);
  auto opened = Tagger::open(settings.out, tables.tags);
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message().c_str());
    return 1;
  }
  tables.tagger = std::move(*opened);
  const Score score = measure(dev, tables, settings.errors);
  const double n = static_cast<double>(score.words);
  std::printf("epoch %d: dev UPOS %.2f, tag %.2f, gold tag no candidate %.2f\n", settings.epochs,
              100 * static_cast<double>(score.upos) / n, 100 * static_cast<double>(score.tags) / n,
              100 * static_cast<double>(score.absent) / n);
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  chancery::training::Settings settings;
  if (argc < 5) {
    std::fprintf(stderr,
                 "usage: train_tagger PACK_FOLDER TRAIN.conllu DEV.conllu OUT.bin [--epochs N] [--bits N] ...\n");
    return 2;
  }
  settings.pack = argv[1];
  settings.train = argv[2];
  settings.dev = argv[3];
  settings.out = argv[4];
  const chancery::training::Options options(argc, argv, 5);
  options.read("--epochs", settings.epochs);
  options.read("--bits", settings.bits);
  options.read("--seed", settings.seed);
  options.read("--runs", settings.runs);
  options.read("--margin", settings.margin);
  options.read("--prior", settings.prior_rate);
  options.read("--clip", settings.clip);
  options.read("--errors", settings.errors);
  options.read_file("--text", settings.text);
  return chancery::training::run(settings);
}
