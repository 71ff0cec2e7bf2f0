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
#include <sstream>
#include <string>
#include <vector>

#include "conllu_reader.h"
#include "language/sentence_tagger.h"
#include "language/tagger.h"

namespace chancery::training {
namespace {

struct Settings {
  std::string pack, train, dev, out, text;
  int epochs = 12;
  int bits = 16;
  unsigned seed = 1;
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

// The model while it learns: weights as floats, with their running sums for the average.
class Learner {
 public:
  Learner(int bits, LaneMap lanes, float prior_rate)
      : bits_(bits),
        prior_rate_(prior_rate),
        lanes_(std::move(lanes)),
        weights_(kLanes << bits),
        sums_(kLanes << bits),
        priors_{},
        prior_sums_{} {}

  // Scores of the candidates.
  void score(const FeatureHashes& features, std::span<const LexiconReading> readings, std::vector<double>& out) const {
    double lanes[kLanes + 1] = {};
    for (const std::uint64_t hash : features) {
      const float* row = weights_.data() + (hash >> (64 - bits_)) * kLanes;
      for (std::size_t i = 0; i < kLanes; ++i) lanes[i] += static_cast<double>(row[i]);
    }
    const std::uint32_t total = total_of(readings);
    out.assign(readings.size(), 0);
    for (std::size_t r = 0; r < readings.size(); ++r) {
      out[r] = static_cast<double>(priors_[prior_bucket(readings[r].count, total)]);
      for (const std::uint8_t* lane = lanes_.lanes(readings[r].tag); *lane < kLanes; ++lane) out[r] += lanes[*lane];
    }
  }

  void update(const FeatureHashes& features, std::span<const LexiconReading> readings, std::size_t gold,
              std::size_t wrong) {
    float change[kLanes] = {};
    for (const std::uint8_t* lane = lanes_.lanes(readings[gold].tag); *lane < kLanes; ++lane) change[*lane] += 1;
    for (const std::uint8_t* lane = lanes_.lanes(readings[wrong].tag); *lane < kLanes; ++lane) change[*lane] -= 1;
    const auto now = static_cast<double>(step_);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (change[lane] == 0) continue;
      for (const std::uint64_t hash : features) {
        const std::size_t at = (hash >> (64 - bits_)) * kLanes + lane;
        weights_[at] += change[lane];
        sums_[at] += now * static_cast<double>(change[lane]);
      }
    }
    const std::uint32_t total = total_of(readings);
    move_prior(prior_bucket(readings[gold].count, total), prior_rate_, now);
    move_prior(prior_bucket(readings[wrong].count, total), -prior_rate_, now);
  }
  void tick() { ++step_; }

  // Average over all steps.
  std::vector<float> average(std::vector<float>& priors) const {
    std::vector<float> out(weights_.size());
    const auto steps = static_cast<double>(step_);
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<float>(static_cast<double>(weights_[i]) - sums_[i] / steps);
    priors.resize(kPriorBuckets);
    for (std::size_t i = 0; i < kPriorBuckets; ++i)
      priors[i] = static_cast<float>(static_cast<double>(priors_[i]) - prior_sums_[i] / steps);
    return out;
  }

 private:
  static std::uint32_t total_of(std::span<const LexiconReading> readings) {
    std::uint32_t total = 0;
    for (const LexiconReading& reading : readings) total += reading.count;
    return total;
  }
  void move_prior(std::size_t bucket, float by, double now) {
    priors_[bucket] += by;
    prior_sums_[bucket] += now * static_cast<double>(by);
  }

  int bits_;
  float prior_rate_;  // how much faster the weight of frequency moves than those of the features
  LaneMap lanes_;
  std::vector<float> weights_;
  std::vector<double> sums_;
  std::array<float, kPriorBuckets> priors_;
  std::array<double, kPriorBuckets> prior_sums_;
  std::uint64_t step_ = 1;
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
    remember(history, *tagger.view(i), readings[best].tag, tables);
  }
}

std::string file_of(const std::vector<float>& weights, const std::vector<float>& priors,
                    const std::vector<std::string>& lanes, const Settings& settings) {
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
  for (const float w : weights)
    body += static_cast<char>(static_cast<std::uint8_t>(128 + std::clamp(std::lround(w * scale), -127L, 127L)));
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
  Learner learner(settings.bits, LaneMap(lanes, tables.tags), settings.prior_rate);
  SentenceTagger tagger(tables);
  std::mt19937 random(settings.seed);
  for (int epoch = 1; epoch <= settings.epochs; ++epoch) {
    for (std::size_t i = train.size(); i > 1; --i) std::swap(train[i - 1], train[random() % i]);
    for (const Example& example : train) learn(learner, example, tagger, tables, settings.margin);
    if (epoch % 3 != 0 && epoch != settings.epochs) continue;
    std::vector<float> priors;
    const std::vector<float> weights = learner.average(priors);
    std::ofstream(settings.out, std::ios::binary) << file_of(weights, priors, lanes, settings);
    auto opened = Tagger::open(settings.out, tables.tags);
    if (!opened) {
      std::fprintf(stderr, "%s\n", opened.error().message().c_str());
      return 1;
    }
    tables.tagger = std::move(*opened);
    const Score score = measure(dev, tables, settings.errors && epoch == settings.epochs);
    const double n = static_cast<double>(score.words);
    std::printf("epoch %d: dev UPOS %.2f, tag %.2f, gold tag no candidate %.2f\n", epoch,
                100 * static_cast<double>(score.upos) / n, 100 * static_cast<double>(score.tags) / n,
                100 * static_cast<double>(score.absent) / n);
    std::fflush(stdout);
  }
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
  for (int i = 5; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--epochs") settings.epochs = std::stoi(value);
    if (key == "--bits") settings.bits = std::stoi(value);
    if (key == "--seed") settings.seed = static_cast<unsigned>(std::stoul(value));
    if (key == "--margin") settings.margin = std::stod(value);
    if (key == "--prior") settings.prior_rate = std::stof(value);
    if (key == "--clip") settings.clip = std::stod(value);
    if (key == "--errors") settings.errors = value == "yes";
    if (key == "--text") {
      std::ifstream in(value);
      std::ostringstream all;
      all << in.rdbuf();
      settings.text = all.str();
    }
  }
  return chancery::training::run(settings);
}
