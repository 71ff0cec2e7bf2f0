// The parser's network in floating point, with its gradients: rows added up for each word, recurrent layers in both
// directions, and two scorers, of arcs and of relations. src/language/parser.cpp runs the same network in integers.
//
// A recurrent layer is the simple recurrent unit of Lei et al. 2018 (Simple Recurrent Units for Highly Parallelizable
// Recurrence) with functions that integers can compute exactly: sigmoid is clip(x/4 + 1/2, 0, 1), tanh is clip(x, -1,
// 1). Arcs are scored as in Dozat and Manning 2017 (Deep Biaffine Attention), relations by one hidden layer over both
// words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace chancery::training {

struct Shape {
  int rows = 0;     // of the table
  int vector = 0;   // width of the word vectors, 0: none
  int width = 128;  // of a word, both directions together; a multiple of 32
  int layers = 3;
  int arc = 64;  // hidden units of the arc scorer, of the relation scorer
  int relation = 64;
  int relations = 48;  // a multiple of 16
};

// The words of some sentences, end to end, each sentence opened by its root.
struct Batch {
  struct Word {
    std::vector<std::uint32_t> rows;
    const float* vector = nullptr;
    int head = -1;  // position within the sentence, -1: not learnt
    int relation = -1;
    float weight = 1;
  };
  std::vector<Word> words;
  std::vector<int> begins;  // where each sentence's root stands, and the end
};

struct Scores {
  std::vector<std::vector<float>> arcs;        // a sentence: [dependent][head], words + 1 squared
  std::vector<float> hidden_head, hidden_dep;  // [word][relation units]
};

class Network {
 public:
  Network(const Shape& shape, unsigned seed);
  const Shape& shape() const { return shape_; }

  // One step of learning; gives the mean loss of a word.
  double learn(const Batch& batch, float rate, float dropout, std::mt19937& random);
  Scores score(const Batch& batch);
  // Scores of the relations between a word and its head, by their numbers in the batch.
  void score_relations(const Scores& scores, std::size_t dep, std::size_t head, std::vector<float>& out) const;

  void save(const std::string& path) const;
  bool load(const std::string& path);

  // Parameters by name, for quantising. Matrices are [inputs][outputs].
  const float* table() const { return table_.data(); }
  std::vector<float>& table_floats() { return table_; }
  const float* at(std::size_t offset) const { return dense_.data() + offset; }
  std::size_t projection = 0;                   // [vector][width]
  std::vector<std::size_t> matrix[2], bias[2];  // a direction and layer: [width][3 * width/2]
  std::size_t hidden = 0, hidden_bias = 0;      // [width][2 arc + 2 relation]: head, dep, head, dep
  std::size_t bilinear = 0, bilinear_bias = 0;  // [arc][arc]: dep to head
  std::size_t distance = 0;                     // [distance class][arc]
  std::size_t out = 0, out_bias = 0;            // [relation][relations]

 private:
  struct Layer {
    std::vector<float> input, gates[2], cells[2];
  };
  void forward(const Batch& batch, float dropout, std::mt19937* random);
  void backward(const Batch& batch);
  void run_layer(const Batch& batch, int layer);
  void run_layer_back(const Batch& batch, int layer, std::vector<float>& d_input);
  void adam(float rate);

  Shape shape_;
  std::vector<float> table_, table_grad_, table_m_, table_v_;
  std::vector<float> dense_, grad_, m_, v_;
  std::vector<std::uint32_t> touched_;
  std::vector<char> is_touched_;
  long step_ = 0;

  // Of the batch at hand.
  std::vector<float> sums_, states_, hidden_out_, keys_, masks_, hidden_mask_, vectors_;
  std::vector<float> d_hidden_, d_states_;
  std::vector<Layer> layers_;
};

}  // namespace chancery::training
