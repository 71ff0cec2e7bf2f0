// Trains the parser of one pack: the network of parser_network.h on sentences that the engine has tagged, with taggers
// that have not learnt from them where such are given (--folds), so that the parser meets the errors it will meet.
//
// usage: train_parser PACK_FOLDER VECTORS TRAIN.conllu[,MORE.conllu] DEV.conllu OUT.bin [--epochs N] [--seed N] …
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "language/lexicon.h"
#include "language/parser.h"
#include "language/parser_kernels.h"
#include "language/parser_tree.h"
#include "options.h"
#include "parser_data.h"

namespace chancery::training {
namespace {

struct Settings {
  std::string pack, vectors, train, dev, out, text, folds, floats, silver;
  int epochs = 30;
  unsigned seed = 1;
  Shape shape;
  float rate = 0.002F, dropout = 0.25F, drop = 1, silver_weight = 0.5F;
  std::size_t batch = 24;  // sentences a step
};

struct Counts {
  std::size_t words = 0, heads = 0, relations = 0;
};

std::string without_subtype(const std::string& relation) { return relation.substr(0, relation.find(':')); }

// Heads and relations of a sentence by the network.
void parse(Network& network, const Batch& batch, int relations_known,
           std::vector<std::vector<std::pair<int, int>>>& out) {
  TreeFinder finder;
  const Scores scores = network.score(batch);
  std::vector<float> relations;
  for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
    const auto first = static_cast<std::size_t>(batch.begins[s]);
    const std::size_t size = static_cast<std::size_t>(batch.begins[s + 1]) - first;
    std::vector<std::int32_t> arcs(size * size);
    for (std::size_t i = 0; i < arcs.size(); ++i) arcs[i] = static_cast<std::int32_t>(scores.arcs[s][i] * 4096);
    const std::vector<std::uint32_t>& heads = finder.find(arcs, static_cast<std::uint32_t>(size - 1));
    std::vector<std::pair<int, int>> tree(size);
    for (std::size_t d = 1; d < size; ++d) {
      network.score_relations(scores, first + d, first + heads[d], relations);
      const auto best = std::max_element(relations.begin() + 1, relations.begin() + relations_known);
      tree[d] = {static_cast<int>(heads[d]), static_cast<int>(best - relations.begin())};
    }
    out.push_back(std::move(tree));
  }
}

Counts measure(Network& network, const std::vector<ParsedSentence>& sentences, const RowIndex& rows,
               const WordVectors& vectors, const Relations& names) {
  Counts counts;
  for (std::size_t i = 0; i < sentences.size(); i += 32) {
    Batch batch;
    const std::size_t end = std::min(i + 32, sentences.size());
    for (std::size_t j = i; j < end; ++j) {
      ParsedSentence sentence = sentences[j];
      sentence.bank = 0;
      add_to(batch, sentence, rows, vectors, 0, nullptr);
    }
    std::vector<std::vector<std::pair<int, int>>> trees;
    parse(network, batch, names.size(), trees);
    for (std::size_t j = i; j < end; ++j)
      for (std::size_t w = 0; w < sentences[j].words.size(); ++w) {
        const ParsedWord& gold = sentences[j].words[w];
        const auto& [head, relation] = trees[j - i][w + 1];
        ++counts.words;
        if (head != gold.head) continue;
        ++counts.heads;
        if (head == 0 ||
            (gold.relation >= 0 && without_subtype(names.name(relation)) == without_subtype(names.name(gold.relation))))
          ++counts.relations;
      }
  }
  return counts;
}

// A new batch order each epoch: shuffled, then sorted by length within stretches, so that batches are of like lengths.
std::vector<std::vector<std::size_t>> batches_of(const std::vector<ParsedSentence>& sentences, std::size_t size,
                                                 std::mt19937& random) {
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  std::vector<std::vector<std::size_t>> out;
  for (std::size_t i = 0; i < order.size(); i += size)
    out.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(i),
                     order.begin() + static_cast<std::ptrdiff_t>(std::min(i + size, order.size())));
  return out;
}

std::vector<ParsedSentence> load(const std::vector<GoldSentence>& gold, LanguagePack::Tables& tables,
                                 const WordVectors& vectors, const Relations& relations, std::vector<Tagger>* folds) {
  std::vector<ParsedSentence> out;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (folds != nullptr && !folds->empty()) std::swap(tables.tagger, (*folds)[i % folds->size()]);
    ParsedSentence sentence = parsed(gold[i], tables, vectors, relations);
    if (folds != nullptr && !folds->empty()) std::swap(tables.tagger, (*folds)[i % folds->size()]);
    if (!sentence.words.empty() && sentence.words.size() < 250) out.push_back(std::move(sentence));
  }
  return out;
}

// The model's file out of the network's floats.
class Writer {
 public:
  Writer(const Network& network, const RowIndex& rows, const WordVectors& vectors, const Relations& relations)
      : network_(network), rows_(rows), vectors_(vectors), relations_(relations) {}

  std::string file(const std::string& text) {
    const Shape& shape = network_.shape();
    ParserHeader header{};
    std::memcpy(header.magic, kParserMagic, sizeof(header.magic));
    header.version = Parser::kVersion;
    header.header_size = sizeof(header);
    std::string lines = text;
    for (int i = 1; i < relations_.size(); ++i) lines += "relation: " + relations_.name(i) + "\n";
    header.text_size = lines.size();
    header.width = static_cast<std::uint32_t>(shape.width);
    header.layers = static_cast<std::uint32_t>(shape.layers);
    header.arc = static_cast<std::uint32_t>(shape.arc);
    header.relation = static_cast<std::uint32_t>(shape.relation);
    header.relations = static_cast<std::uint32_t>(shape.relations);
    header.weight_bits = kBits;
    add_rows();
    header.rows = shifts_.size();
    add_slots();
    header.slots = slots_.size();
    body_.assign(sizeof(header), '\0');
    section(lines.data(), lines.size());
    section(slots_.data(), slots_.size() * sizeof(slots_[0]));
    section(shifts_.data(), shifts_.size());
    section(numbers_.data(), numbers_.size());
    const int half = shape.width / 2 * 3, units = 2 * shape.arc + 2 * shape.relation;
    for (std::size_t layer = 0; layer < static_cast<std::size_t>(shape.layers); ++layer)
      for (std::size_t d = 0; d < 2; ++d)
        matrix(network_.at(network_.matrix[d][layer]), network_.at(network_.bias[d][layer]), shape.width, half);
    matrix(network_.at(network_.hidden), network_.at(network_.hidden_bias), shape.width, units);
    matrix(network_.at(network_.bilinear), network_.at(network_.bilinear_bias), shape.arc, shape.arc);
    std::vector<std::int16_t> far(kDistances * static_cast<std::size_t>(shape.arc));
    for (std::size_t i = 0; i < far.size(); ++i)
      far[i] = static_cast<std::int16_t>(std::clamp(
          std::lround(network_.at(network_.distance)[i] * static_cast<float>(kernels::kOne)), -32767L, 32767L));
    section(far.data(), far.size() * sizeof(far[0]));
    matrix(network_.at(network_.out), network_.at(network_.out_bias), shape.relation, shape.relations);
    body_.resize(align64(body_.size()), '\0');
    header.file_size = body_.size();
    header.checksum = checksum_of(std::string_view(body_).substr(sizeof(header)));
    std::memcpy(body_.data(), &header, sizeof(header));
    return std::move(body_);
  }

 private:
  static constexpr int kBits = 11;

  void section(const void* data, std::size_t size) {
    body_.resize(align64(body_.size()), '\0');
    body_.append(static_cast<const char*>(data), size);
  }

  // Writes a row of states as bytes and a shift: the smallest under which no number overflows much.
  std::uint32_t add_row(const std::vector<float>& row) {
    float top = 0;
    for (const float x : row) top = std::max(top, std::abs(x));
    int shift = 0;
    while (shift < 4 && top * static_cast<float>(kernels::kOne) > 127.5F * static_cast<float>(1 << shift)) ++shift;
    for (const float x : row) {
      const long n = std::lround(x * static_cast<float>(kernels::kOne) / static_cast<float>(1 << shift));
      numbers_.push_back(static_cast<std::int8_t>(std::clamp(n, -127L, 127L)));
    }
    shifts_.push_back(static_cast<std::uint8_t>(shift));
    return static_cast<std::uint32_t>(shifts_.size() - 1);
  }

  std::vector<float> projected(std::int32_t vector) const {
    const auto width = static_cast<std::size_t>(network_.shape().width);
    std::vector<float> out(width, 0.0F);
    const float* v = vectors_.vector(vector);
    for (std::size_t k = 0; k < static_cast<std::size_t>(vectors_.width()); ++k)
      for (std::size_t j = 0; j < width; ++j) out[j] += v[k] * network_.at(network_.projection)[k * width + j];
    return out;
  }
  std::vector<float> learnt(std::uint32_t row) const {
    const auto width = static_cast<std::ptrdiff_t>(network_.shape().width);
    const float* begin = network_.table() + row * width;
    return std::vector<float>(begin, begin + width);
  }

  // A form's row is what was learnt for it, or for unknown forms, and its projected vector.
  void add_rows() {
    std::unordered_map<std::uint64_t, std::int32_t> vector_of;
    for (const auto& [word, vector] : vectors_.words()) vector_of[form_key(hash_bytes(word))] = vector;
    for (const auto& [key, row] : rows_.rows()) {
      std::vector<float> numbers = learnt(row);
      const auto vector = vector_of.find(key);
      if (vector != vector_of.end()) add(numbers, projected(vector->second));
      entries_.emplace_back(key, add_row(numbers));
    }
    std::map<std::int32_t, std::uint32_t> shared;
    const std::vector<float> unknown = learnt(rows_.find(unknown_key(ParserRow::form)));
    for (const auto& [word, vector] : vectors_.words()) {
      const std::uint64_t key = form_key(hash_bytes(word));
      if (rows_.find(key) != RowIndex::kNone || !is_plain(word)) continue;
      if (!shared.contains(vector)) {
        std::vector<float> numbers = projected(vector);
        add(numbers, unknown);
        shared[vector] = add_row(numbers);
      }
      entries_.emplace_back(key, shared[vector]);
    }
  }
  // Whether a word may stand in the press: no marks but hyphen and apostrophe, no monsters.
  static bool is_plain(const std::string& word) {
    return word.size() <= 24 && std::none_of(word.begin(), word.end(), [](char c) {
             return static_cast<unsigned char>(c) < 0x80 && c != '-' && c != '\'' && (c < 'a' || c > 'z') &&
                    (c < '0' || c > '9');
           });
  }
  static void add(std::vector<float>& a, const std::vector<float>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  }

  void add_slots() {
    std::size_t size = 1024;
    while (size * 4 < entries_.size() * 5) size *= 2;
    slots_.assign(size, {0, 0});
    std::size_t homeless = 0;
    for (const auto& [key, row] : entries_) {
      std::size_t at = key & (size - 1), tries = 0;
      while (slots_[at].second != 0 && tries < 63) at = (at + 1) & (size - 1), ++tries;
      if (slots_[at].second == 0)
        slots_[at] = {static_cast<std::uint32_t>(key >> 32), row + 1};
      else
        ++homeless;
    }
    std::printf("%zu keys, %zu rows, %zu keys left out\n", entries_.size(), shifts_.size(), homeless);
  }

  void matrix(const float* weights, const float* bias, int inputs, int outputs) {
    const auto n = static_cast<std::size_t>(outputs);
    std::vector<std::int32_t> own_bias(n);
    std::vector<std::int16_t> own(static_cast<std::size_t>(inputs) * n);
    float clipped = 0;
    for (std::size_t o = 0; o < n; ++o) {
      own_bias[o] = static_cast<std::int32_t>(std::lround(bias[o] * static_cast<float>(kernels::kOne << kBits)));
      double most = std::abs(static_cast<double>(own_bias[o]));
      for (std::size_t k = 0; k < static_cast<std::size_t>(inputs); ++k) {
        const float w = weights[k * n + o] * static_cast<float>(1 << kBits);
        clipped = std::max(clipped, std::abs(w) - 32767);
        const auto whole = static_cast<std::int16_t>(std::clamp(std::lround(w), -32767L, 32767L));
        own[(k / 2 * n + o) * 2 + k % 2] = whole;
        most += std::abs(static_cast<double>(whole)) * kernels::kOne;
      }
      if (most > 2147483647.0) std::printf("a sum may overflow\n");
    }
    if (clipped > 0) std::printf("a weight is clipped by %f\n", static_cast<double>(clipped));
    section(own_bias.data(), own_bias.size() * sizeof(own_bias[0]));
    section(own.data(), own.size() * sizeof(own[0]));
  }

  const Network& network_;
  const RowIndex& rows_;
  const WordVectors& vectors_;
  const Relations& relations_;
  std::string body_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> entries_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> slots_;
  std::vector<std::uint8_t> shifts_;
  std::vector<std::int8_t> numbers_;
};

int run(Settings& settings) {
  auto pack = LanguagePack::load(settings.pack);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().message().c_str()), 1;
  auto& tables = const_cast<LanguagePack::Tables&>((*pack)->tables());
  WordVectors vectors;
  if (settings.vectors != "-" && !vectors.open(settings.vectors)) return std::fprintf(stderr, "no vectors\n"), 1;
  std::vector<Tagger> folds;
  for (int i = 0; !settings.folds.empty() && i < 5; ++i) {
    auto tagger = Tagger::open(settings.folds + std::to_string(i) + ".bin", tables.tags);
    if (!tagger) return std::fprintf(stderr, "%s\n", tagger.error().message().c_str()), 1;
    folds.push_back(std::move(*tagger));
  }
  const std::vector<GoldSentence> gold_train = read_conllu(settings.train);
  Relations relations;
  relations.count(gold_train, 5);
  std::vector<ParsedSentence> train = load(gold_train, tables, vectors, relations, &folds);
  if (!settings.silver.empty())
    for (ParsedSentence& sentence : load(read_conllu(settings.silver), tables, vectors, relations, nullptr)) {
      sentence.weight = settings.silver_weight;
      train.push_back(std::move(sentence));
    }
  const std::vector<ParsedSentence> dev = load(read_conllu(settings.dev), tables, vectors, relations, nullptr);
  RowIndex rows;
  for (const ParsedSentence& sentence : train) rows.count(sentence);
  rows.close();
  settings.shape.rows = static_cast<int>(rows.rows().size());
  settings.shape.vector = vectors.width();
  settings.shape.relations = (relations.size() + 15) / 16 * 16;
  std::printf("%zu sentences, %d rows, %d relations\n", train.size(), settings.shape.rows, relations.size());
  Network network(settings.shape, settings.seed);
  if (settings.epochs == 0 && !network.load(settings.floats)) return std::fprintf(stderr, "no floats\n"), 1;
  std::mt19937 random(settings.seed);
  const double steps = static_cast<double>(settings.epochs) *
                       std::ceil(static_cast<double>(train.size()) / static_cast<double>(settings.batch));
  double step = 0;
  for (int epoch = 1; epoch <= settings.epochs; ++epoch) {
    double loss = 0, n = 0;
    for (const std::vector<std::size_t>& members : batches_of(train, settings.batch, random)) {
      Batch batch;
      for (const std::size_t m : members) add_to(batch, train[m], rows, vectors, settings.drop, &random);
      const double warm = std::min(1.0, (step + 1) / 200);
      const double rate = static_cast<double>(settings.rate) * warm * (1 - step / steps);
      loss += network.learn(batch, static_cast<float>(rate), settings.dropout, random);
      ++n;
      ++step;
    }
    if (epoch % 5 == 0 || epoch == settings.epochs || epoch <= 2) {
      const Counts c = measure(network, dev, rows, vectors, relations);
      std::printf("epoch %d loss %.4f dev UAS %.2f LAS %.2f\n", epoch, loss / n,
                  100.0 * static_cast<double>(c.heads) / static_cast<double>(c.words),
                  100.0 * static_cast<double>(c.relations) / static_cast<double>(c.words));
      std::fflush(stdout);
    }
  }
  if (!settings.floats.empty()) network.save(settings.floats);
  std::ofstream(settings.out, std::ios::binary) << Writer(network, rows, vectors, relations).file(settings.text);
  auto opened = Parser::open(settings.out);
  if (!opened) return std::fprintf(stderr, "%s\n", opened.error().message().c_str()), 1;
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  chancery::training::Settings settings;
  if (argc < 6) {
    std::fprintf(stderr, "usage: train_parser PACK_FOLDER VECTORS TRAIN.conllu DEV.conllu OUT.bin [--epochs N] ...\n");
    return 2;
  }
  settings.pack = argv[1];
  settings.vectors = argv[2];
  settings.train = argv[3];
  settings.dev = argv[4];
  settings.out = argv[5];
  const chancery::training::Options options(argc, argv, 6);
  options.read("--epochs", settings.epochs);
  options.read("--seed", settings.seed);
  options.read("--width", settings.shape.width);
  options.read("--layers", settings.shape.layers);
  options.read("--arc", settings.shape.arc);
  options.read("--relation", settings.shape.relation);
  options.read("--rate", settings.rate);
  options.read("--dropout", settings.dropout);
  options.read("--drop", settings.drop);
  options.read("--batch", settings.batch);
  options.read("--folds", settings.folds);
  options.read("--floats", settings.floats);
  options.read("--silver", settings.silver);
  options.read("--silver-weight", settings.silver_weight);
  options.read_file("--text", settings.text);
  return chancery::training::run(settings);
}
