// Matrix products by small tiles that the compiler turns into vector code; everything else is plain loops.
#include "parser_network.h"

#include "language/parser_features.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace chancery::training {
namespace {

using Lane = float __attribute__((vector_size(64)));
constexpr int kLane = 16;

Lane load(const float* p) {
  Lane v;
  std::memcpy(&v, p, sizeof(v));
  return v;
}
void store(float* p, Lane v) { std::memcpy(p, &v, sizeof(v)); }

template <int kRows>
void tile(int columns, int depth, const float* a, std::size_t row_step, std::size_t depth_step, const float* b,
          std::size_t b_step, float* c, std::size_t c_step) {
  for (int j = 0; j < columns; j += 2 * kLane) {
    const bool two = j + kLane < columns;
    Lane left[kRows], right[kRows];
    for (int r = 0; r < kRows; ++r) {
      left[r] = load(c + static_cast<std::size_t>(r) * c_step + j);
      right[r] = two ? load(c + static_cast<std::size_t>(r) * c_step + j + kLane) : Lane{};
    }
    for (int k = 0; k < depth; ++k) {
      const float* row = b + static_cast<std::size_t>(k) * b_step + j;
      const Lane b0 = load(row), b1 = two ? load(row + kLane) : Lane{};
      const float* column = a + static_cast<std::size_t>(k) * depth_step;
      for (int r = 0; r < kRows; ++r) {
        const float x = column[static_cast<std::size_t>(r) * row_step];
        left[r] += x * b0;
        right[r] += x * b1;
      }
    }
    for (int r = 0; r < kRows; ++r) {
      store(c + static_cast<std::size_t>(r) * c_step + j, left[r]);
      if (two) store(c + static_cast<std::size_t>(r) * c_step + j + kLane, right[r]);
    }
  }
}

// C += A·B; A's element (i, k) stands at i * row_step + k * depth_step; columns is a multiple of 16.
void multiply(std::size_t rows, int columns, std::size_t depth, const float* a, std::size_t row_step,
              std::size_t depth_step, const float* b, std::size_t b_step, float* c, std::size_t c_step) {
  constexpr std::size_t kDepth = 256;  // so that a strip of B stays in the first-level cache
  for (std::size_t k = 0; k < depth; k += kDepth) {
    const int d = static_cast<int>(std::min(kDepth, depth - k));
    const float* bk = b + k * b_step;
    std::size_t i = 0;
    for (; i + 8 <= rows; i += 8)
      tile<8>(columns, d, a + i * row_step + k * depth_step, row_step, depth_step, bk, b_step, c + i * c_step, c_step);
    for (; i < rows; ++i)
      tile<1>(columns, d, a + i * row_step + k * depth_step, row_step, depth_step, bk, b_step, c + i * c_step, c_step);
  }
}

std::vector<float> transposed(const float* m, int rows, int columns) {
  std::vector<float> out(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      out[static_cast<std::size_t>(j) * static_cast<std::size_t>(rows) + static_cast<std::size_t>(i)] =
          m[static_cast<std::size_t>(i) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(j)];
  return out;
}

float clip(float x) { return std::clamp(x, -1.0F, 1.0F); }
float gate(float x) { return std::clamp(0.25F * x + 0.5F, 0.0F, 1.0F); }
// The gradient through a clipped function: where it is flat, only what leads back into the slope. `d` is the way of
// descent, against the gradient.
float through(float x, float bound, float d) {
  const bool stuck = ((x > bound) & (d > 0)) | ((x < -bound) & (d < 0));
  return stuck ? 0.0F : d;
}

// One word's step of a recurrent layer: g holds its half units thrice (value, forget gate, output gate). Apart, so that
// the compiler knows that nothing overlaps.
void step(std::size_t half, const float* __restrict g, const float* __restrict before, const float* __restrict skip,
          float* __restrict c, float* __restrict h) {
  for (std::size_t j = 0; j < half; ++j) {
    const float f = gate(g[half + j]), o = gate(g[2 * half + j]);
    const float cell = f * before[j] + (1 - f) * clip(g[j]);
    c[j] = cell;
    h[j] = o * cell + (1 - o) * skip[j];
  }
}

void step_back(std::size_t half, const float* __restrict g, const float* __restrict before, const float* __restrict c,
               const float* __restrict skip, const float* __restrict dh, float* __restrict dg, float* __restrict ds,
               float* __restrict d_cell) {
  for (std::size_t j = 0; j < half; ++j) {
    const float x = clip(g[j]), f = gate(g[half + j]), o = gate(g[2 * half + j]);
    const float dc = d_cell[j] + dh[j] * o;
    ds[j] += dh[j] * (1 - o);
    dg[j] = -through(g[j], 1, -dc * (1 - f));
    dg[half + j] = -0.25F * through(g[half + j], 2, -dc * (before[j] - x));
    dg[2 * half + j] = -0.25F * through(g[2 * half + j], 2, -dh[j] * (c[j] - skip[j]));
    d_cell[j] = dc * f;
  }
}

}  // namespace

Network::Network(const Shape& shape, unsigned seed) : shape_(shape) {
  std::size_t size = 0;
  const auto take = [&size](int a, int b) {
    const std::size_t at = size;
    size += static_cast<std::size_t>(a) * static_cast<std::size_t>(b);
    return at;
  };
  const int gates = shape.width / 2 * 3;
  projection = take(shape.vector, shape.width);
  for (int layer = 0; layer < shape.layers; ++layer)
    for (int direction = 0; direction < 2; ++direction) {
      matrix[direction].push_back(take(shape.width, gates));
      bias[direction].push_back(take(1, gates));
    }
  const int units = 2 * shape.arc + 2 * shape.relation;
  hidden = take(shape.width, units);
  hidden_bias = take(1, units);
  bilinear = take(shape.arc, shape.arc);
  bilinear_bias = take(1, shape.arc);
  distance = take(static_cast<int>(kDistances), shape.arc);
  out = take(shape.relation, shape.relations);
  out_bias = take(1, shape.relations);
  dense_.assign(size, 0);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, 1);
  const auto fill = [&](std::size_t at, int inputs, int outputs, float gain) {
    const float scale = gain / std::sqrt(static_cast<float>(inputs));
    for (std::size_t i = 0; i < static_cast<std::size_t>(inputs) * static_cast<std::size_t>(outputs); ++i)
      dense_[at + i] = scale * normal(random);
  };
  fill(projection, shape.vector, shape.width, 0.5F);
  for (int layer = 0; layer < shape.layers; ++layer)
    for (int direction = 0; direction < 2; ++direction) {
      fill(matrix[direction][static_cast<std::size_t>(layer)], shape.width, gates, 1.5F);
      for (int i = shape.width / 2; i < shape.width; ++i)
        dense_[bias[direction][static_cast<std::size_t>(layer)] + static_cast<std::size_t>(i)] = 0.5F;
    }
  fill(hidden, shape.width, units, 1.5F);
  fill(bilinear, shape.arc, shape.arc, 0.3F);
  fill(out, shape.relation, shape.relations, 1);
  grad_.assign(size, 0);
  m_ = v_ = grad_;
  table_.resize(static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.width));
  for (float& x : table_) x = 0.2F * normal(random);
  table_grad_.assign(table_.size(), 0);
  table_m_ = table_v_ = table_grad_;
  is_touched_.assign(static_cast<std::size_t>(shape.rows), 0);
  layers_.resize(static_cast<std::size_t>(shape.layers));
}

void Network::forward(const Batch& batch, float dropout, std::mt19937* random) {
  const auto width = static_cast<std::size_t>(shape_.width);
  const std::size_t n = batch.words.size();
  sums_.assign(n * width, 0);
  if (shape_.vector > 0) {
    const auto v = static_cast<std::size_t>(shape_.vector);
    vectors_.assign(n * v, 0);
    for (std::size_t i = 0; i < n; ++i)
      if (batch.words[i].vector != nullptr) std::copy_n(batch.words[i].vector, v, vectors_.data() + i * v);
    multiply(n, shape_.width, v, vectors_.data(), v, 1, at(projection), width, sums_.data(), width);
  }
  for (std::size_t i = 0; i < n; ++i)
    for (const std::uint32_t row : batch.words[i].rows)
      for (std::size_t j = 0; j < width; ++j) sums_[i * width + j] += table_[row * width + j];
  // One mask a sentence for each layer's input and the last output: the same units are dropped at every word.
  masks_.clear();
  const auto states = static_cast<std::size_t>(shape_.layers + 1);
  if (random != nullptr) {
    masks_.resize((batch.begins.size() - 1) * states * width);
    const float keep = 1 / (1 - dropout);
    for (float& m : masks_) m = static_cast<float>((*random)()) < dropout * 4294967296.0F ? 0 : keep;
  }
  const auto drop = [&](std::vector<float>& x, std::size_t state) {
    if (masks_.empty()) return;
    for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
      const float* mask = masks_.data() + (s * states + state) * width;
      for (auto i = static_cast<std::size_t>(batch.begins[s]); i < static_cast<std::size_t>(batch.begins[s + 1]); ++i)
        for (std::size_t j = 0; j < width; ++j) x[i * width + j] *= mask[j];
    }
  };
  layers_[0].input.resize(n * width);
  for (std::size_t i = 0; i < n * width; ++i) layers_[0].input[i] = clip(sums_[i]);
  drop(layers_[0].input, 0);
  for (int layer = 0; layer < shape_.layers; ++layer) {
    run_layer(batch, layer);
    drop(layer + 1 < shape_.layers ? layers_[static_cast<std::size_t>(layer) + 1].input : states_,
         static_cast<std::size_t>(layer) + 1);
  }
  const auto units = static_cast<std::size_t>(2 * shape_.arc + 2 * shape_.relation);
  hidden_out_.resize(n * units);
  for (std::size_t i = 0; i < n; ++i) std::copy_n(at(hidden_bias), units, hidden_out_.data() + i * units);
  multiply(n, static_cast<int>(units), width, states_.data(), width, 1, at(hidden), units, hidden_out_.data(), units);
}

void Network::run_layer(const Batch& batch, int number) {
  const auto width = static_cast<std::size_t>(shape_.width), half = width / 2, gates = 3 * half;
  const std::size_t n = batch.words.size();
  Layer& layer = layers_[static_cast<std::size_t>(number)];
  std::vector<float>& output =
      number + 1 < shape_.layers ? layers_[static_cast<std::size_t>(number) + 1].input : states_;
  output.resize(n * width);
  const std::vector<float> none(half, 0.0F);
  for (std::size_t direction = 0; direction < 2; ++direction) {
    std::vector<float>& z = layer.gates[direction];
    z.resize(n * gates);
    for (std::size_t i = 0; i < n; ++i)
      std::copy_n(at(bias[direction][static_cast<std::size_t>(number)]), gates, z.data() + i * gates);
    multiply(n, static_cast<int>(gates), width, layer.input.data(), width, 1,
             at(matrix[direction][static_cast<std::size_t>(number)]), gates, z.data(), gates);
    layer.cells[direction].resize(n * half);
    for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
      const int first = batch.begins[s], last = batch.begins[s + 1];
      const float* before = none.data();
      for (int t = 0; t < last - first; ++t) {
        const auto i = static_cast<std::size_t>(direction == 0 ? first + t : last - 1 - t);
        float* c = layer.cells[direction].data() + i * half;
        step(half, z.data() + i * gates, before, layer.input.data() + i * width + direction * half, c,
             output.data() + i * width + direction * half);
        before = c;
      }
    }
  }
}

// Takes the gradient of the layer's output from d_states_ and leaves that of its input there.
void Network::run_layer_back(const Batch& batch, int number, std::vector<float>& d_input) {
  const auto width = static_cast<std::size_t>(shape_.width), half = width / 2, gates = 3 * half;
  const std::size_t n = batch.words.size();
  Layer& layer = layers_[static_cast<std::size_t>(number)];
  d_input.assign(n * width, 0);
  std::vector<float> d_gates(n * gates), d_cells(half);
  const std::vector<float> none(half, 0.0F);
  for (std::size_t direction = 0; direction < 2; ++direction) {
    const std::vector<float>& z = layer.gates[direction];
    const std::vector<float>& cells = layer.cells[direction];
    for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
      const int first = batch.begins[s], last = batch.begins[s + 1];
      std::fill(d_cells.begin(), d_cells.end(), 0.0F);
      for (int t = last - first - 1; t >= 0; --t) {
        const auto i = static_cast<std::size_t>(direction == 0 ? first + t : last - 1 - t);
        const float* c = cells.data() + i * half;
        const float* before = t == 0 ? none.data() : direction == 0 ? c - half : c + half;
        step_back(half, z.data() + i * gates, before, c, layer.input.data() + i * width + direction * half,
                  d_states_.data() + i * width + direction * half, d_gates.data() + i * gates,
                  d_input.data() + i * width + direction * half, d_cells.data());
      }
    }
    const std::size_t w = matrix[direction][static_cast<std::size_t>(number)];
    float* db = grad_.data() + bias[direction][static_cast<std::size_t>(number)];
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < gates; ++j) db[j] += d_gates[i * gates + j];
    multiply(width, static_cast<int>(gates), n, layer.input.data(), 1, width, d_gates.data(), gates, grad_.data() + w,
             gates);
    const std::vector<float> back = transposed(at(w), shape_.width, static_cast<int>(gates));
    multiply(n, shape_.width, gates, d_gates.data(), gates, 1, back.data(), width, d_input.data(), width);
  }
}

Scores Network::score(const Batch& batch) {
  forward(batch, 0, nullptr);
  Scores scores;
  const auto arc = static_cast<std::size_t>(shape_.arc), relation = static_cast<std::size_t>(shape_.relation);
  const std::size_t units = 2 * arc + 2 * relation, n = batch.words.size();
  std::vector<float> heads(n * arc), deps(n * arc), keys(n * arc);
  scores.hidden_head.resize(n * relation);
  scores.hidden_dep.resize(n * relation);
  for (std::size_t i = 0; i < n; ++i) {
    const float* h = hidden_out_.data() + i * units;
    for (std::size_t j = 0; j < arc; ++j) {
      heads[i * arc + j] = clip(h[j]);
      deps[i * arc + j] = clip(h[arc + j]);
    }
    std::copy_n(h + 2 * arc, relation, scores.hidden_head.data() + i * relation);
    std::copy_n(h + 2 * arc + relation, relation, scores.hidden_dep.data() + i * relation);
    std::copy_n(at(bilinear_bias), arc, keys.data() + i * arc);
  }
  multiply(n, shape_.arc, arc, deps.data(), arc, 1, at(bilinear), arc, keys.data(), arc);
  for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
    const auto first = static_cast<std::size_t>(batch.begins[s]), last = static_cast<std::size_t>(batch.begins[s + 1]);
    const std::size_t size = last - first;
    std::vector<float> arcs(size * size);
    for (std::size_t d = 0; d < size; ++d)
      for (std::size_t h = 0; h < size; ++h) {
        float sum = 0;
        const float* far = at(distance) + distance_class(d, h) * arc;
        for (std::size_t j = 0; j < arc; ++j)
          sum += keys[(first + d) * arc + j] * (heads[(first + h) * arc + j] + far[j]);
        arcs[d * size + h] = sum;
      }
    scores.arcs.push_back(std::move(arcs));
  }
  return scores;
}

void Network::score_relations(const Scores& scores, std::size_t dep, std::size_t head,
                              std::vector<float>& result) const {
  const auto relation = static_cast<std::size_t>(shape_.relation),
             relations = static_cast<std::size_t>(shape_.relations);
  result.assign(at(out_bias), at(out_bias) + relations);
  for (std::size_t j = 0; j < relation; ++j) {
    const float x = clip(scores.hidden_dep[dep * relation + j] + scores.hidden_head[head * relation + j]);
    const float* row = at(out) + j * relations;
    for (std::size_t r = 0; r < relations; ++r) result[r] += x * row[r];
  }
}

double Network::learn(const Batch& batch, float rate, float dropout, std::mt19937& random) {
  forward(batch, dropout, &random);
  const auto arc = static_cast<std::size_t>(shape_.arc), relation = static_cast<std::size_t>(shape_.relation);
  const auto relations = static_cast<std::size_t>(shape_.relations), width = static_cast<std::size_t>(shape_.width);
  const std::size_t units = 2 * arc + 2 * relation, n = batch.words.size();
  // Hidden units are dropped word by word, in the scorers alone.
  std::vector<float> mask(n * units), x(n * units), d_x(n * units, 0);
  const float keep = 1 / (1 - dropout);
  for (float& m : mask) m = static_cast<float>(random()) < dropout * 4294967296.0F ? 0 : keep;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < units; ++j)
      x[i * units + j] =
          (j < 2 * arc ? clip(hidden_out_[i * units + j]) : hidden_out_[i * units + j]) * mask[i * units + j];
  std::vector<float> keys(n * arc), d_keys(n * arc, 0);
  for (std::size_t i = 0; i < n; ++i) std::copy_n(at(bilinear_bias), arc, keys.data() + i * arc);
  multiply(n, shape_.arc, arc, x.data() + arc, units, 1, at(bilinear), arc, keys.data(), arc);
  double loss = 0, total = 0;
  for (const Batch::Word& word : batch.words) total += word.head >= 0 ? static_cast<double>(word.weight) : 0;
  if (total == 0) return 0;
  const float share = static_cast<float>(1 / total);
  std::vector<float> p, act(relation), d_act(relation);
  for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
    const auto first = static_cast<std::size_t>(batch.begins[s]), last = static_cast<std::size_t>(batch.begins[s + 1]);
    for (std::size_t d = first + 1; d < last; ++d) {
      const Batch::Word& word = batch.words[d];
      if (word.head < 0) continue;
      const float scale = share * word.weight;
      p.assign(last - first, -1e9F);
      float top = -1e9F;
      for (std::size_t h = first; h < last; ++h) {
        if (h == d) continue;
        float sum = 0;
        const float* far = at(distance) + distance_class(d - first, h - first) * arc;
        for (std::size_t j = 0; j < arc; ++j) sum += keys[d * arc + j] * (x[h * units + j] + far[j]);
        p[h - first] = sum;
        top = std::max(top, sum);
      }
      float sum = 0;
      for (float& value : p) sum += value = value < -1e8F ? 0 : std::exp(value - top);
      const auto gold = static_cast<std::size_t>(word.head);
      loss -= static_cast<double>(word.weight) * std::log(static_cast<double>(p[gold] / sum) + 1e-12);
      for (std::size_t h = first; h < last; ++h) {
        if (h == d) continue;
        const float g = scale * (p[h - first] / sum - (h - first == gold ? 1 : 0));
        if (std::abs(g) < 1e-9F) continue;
        const std::size_t class_at = distance_class(d - first, h - first) * arc;
        const float* far = at(distance) + class_at;
        float* d_far = grad_.data() + distance + class_at;
        for (std::size_t j = 0; j < arc; ++j) {
          d_keys[d * arc + j] += g * (x[h * units + j] + far[j]);
          d_x[h * units + j] += g * keys[d * arc + j];
          d_far[j] += g * keys[d * arc + j];
        }
      }
      if (word.relation < 0) continue;
      const std::size_t h = first + gold;
      const float* from_head = x.data() + h * units + 2 * arc;
      const float* from_dep = x.data() + d * units + 2 * arc + relation;
      p.assign(at(out_bias), at(out_bias) + relations);
      for (std::size_t j = 0; j < relation; ++j) {
        act[j] = clip(from_head[j] + from_dep[j]);
        for (std::size_t r = 0; r < relations; ++r) p[r] += act[j] * at(out)[j * relations + r];
      }
      top = *std::max_element(p.begin(), p.end());
      sum = 0;
      for (float& value : p) sum += value = std::exp(value - top);
      const auto label = static_cast<std::size_t>(word.relation);
      loss -= static_cast<double>(word.weight) * std::log(static_cast<double>(p[label] / sum) + 1e-12);
      for (std::size_t r = 0; r < relations; ++r) {
        p[r] = scale * (p[r] / sum - (r == label ? 1 : 0));
        grad_[out_bias + r] += p[r];
      }
      for (std::size_t j = 0; j < relation; ++j) {
        float g = 0;
        for (std::size_t r = 0; r < relations; ++r) {
          g += p[r] * at(out)[j * relations + r];
          grad_[out + j * relations + r] += act[j] * p[r];
        }
        g = -through(from_head[j] + from_dep[j], 1, -g);
        d_x[h * units + 2 * arc + j] += g;
        d_x[d * units + 2 * arc + relation + j] += g;
      }
    }
  }
  // Keys to dependents.
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < arc; ++j) grad_[bilinear_bias + j] += d_keys[i * arc + j];
  multiply(arc, shape_.arc, n, x.data() + arc, 1, units, d_keys.data(), arc, grad_.data() + bilinear, arc);
  const std::vector<float> bilinear_back = transposed(at(bilinear), shape_.arc, shape_.arc);
  multiply(n, shape_.arc, arc, d_keys.data(), arc, 1, bilinear_back.data(), arc, d_x.data() + arc, units);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < units; ++j) {
      float g = d_x[i * units + j] * mask[i * units + j];
      if (j < 2 * arc) g = -through(hidden_out_[i * units + j], 1, -g);
      d_x[i * units + j] = g;
      grad_[hidden_bias + j] += g;
    }
  multiply(width, static_cast<int>(units), n, states_.data(), 1, width, d_x.data(), units, grad_.data() + hidden,
           units);
  const std::vector<float> hidden_back = transposed(at(hidden), shape_.width, static_cast<int>(units));
  d_states_.assign(n * width, 0);
  multiply(n, shape_.width, units, d_x.data(), units, 1, hidden_back.data(), width, d_states_.data(), width);
  backward(batch);
  adam(rate);
  return loss / total;
}

void Network::backward(const Batch& batch) {
  const auto width = static_cast<std::size_t>(shape_.width);
  const auto states = static_cast<std::size_t>(shape_.layers + 1);
  const std::size_t n = batch.words.size();
  const auto drop = [&](std::vector<float>& x, std::size_t state) {
    for (std::size_t s = 0; s + 1 < batch.begins.size(); ++s) {
      const float* mask = masks_.data() + (s * states + state) * width;
      for (auto i = static_cast<std::size_t>(batch.begins[s]); i < static_cast<std::size_t>(batch.begins[s + 1]); ++i)
        for (std::size_t j = 0; j < width; ++j) x[i * width + j] *= mask[j];
    }
  };
  std::vector<float> d_input;
  for (int layer = shape_.layers; layer-- > 0;) {
    drop(d_states_, static_cast<std::size_t>(layer) + 1);
    run_layer_back(batch, layer, d_input);
    d_states_.swap(d_input);
  }
  drop(d_states_, 0);
  for (std::size_t i = 0; i < n * width; ++i) d_states_[i] = -through(sums_[i], 1, -d_states_[i]);
  if (shape_.vector > 0) {
    const auto v = static_cast<std::size_t>(shape_.vector);
    multiply(v, shape_.width, n, vectors_.data(), 1, v, d_states_.data(), width, grad_.data() + projection, width);
  }
  for (std::size_t i = 0; i < n; ++i)
    for (const std::uint32_t row : batch.words[i].rows) {
      if (is_touched_[row] == 0) {
        is_touched_[row] = 1;
        touched_.push_back(row);
      }
      for (std::size_t j = 0; j < width; ++j) table_grad_[row * width + j] += d_states_[i * width + j];
    }
}

// Adam (Kingma and Ba 2015); rows of the table move only when they occur.
void Network::adam(float rate) {
  constexpr float kBeta1 = 0.9F, kBeta2 = 0.98F, kSmall = 1e-8F;
  ++step_;
  double norm = 0;
  for (const float g : grad_) norm += static_cast<double>(g) * static_cast<double>(g);
  const float shrink = norm > 25 ? static_cast<float>(5 / std::sqrt(norm)) : 1;
  const float bias1 = 1 - std::pow(kBeta1, static_cast<float>(step_)),
              bias2 = 1 - std::pow(kBeta2, static_cast<float>(step_));
  const float scale = rate / bias1, root = 1 / std::sqrt(bias2);
  const auto move = [&](float* w, float* g, float* m, float* v, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      const float d = g[i] * shrink;
      m[i] = kBeta1 * m[i] + (1 - kBeta1) * d;
      v[i] = kBeta2 * v[i] + (1 - kBeta2) * d * d;
      w[i] -= scale * m[i] / (std::sqrt(v[i]) * root + kSmall);
      g[i] = 0;
    }
  };
  move(dense_.data(), grad_.data(), m_.data(), v_.data(), dense_.size());
  const auto width = static_cast<std::size_t>(shape_.width);
  for (const std::uint32_t row : touched_) {
    const std::size_t o = row * width;
    move(table_.data() + o, table_grad_.data() + o, table_m_.data() + o, table_v_.data() + o, width);
    is_touched_[row] = 0;
  }
  touched_.clear();
}

void Network::save(const std::string& path) const {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(table_.data()), static_cast<std::streamsize>(table_.size() * 4));
  file.write(reinterpret_cast<const char*>(dense_.data()), static_cast<std::streamsize>(dense_.size() * 4));
}

bool Network::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(table_.data()), static_cast<std::streamsize>(table_.size() * 4));
  file.read(reinterpret_cast<char*>(dense_.data()), static_cast<std::streamsize>(dense_.size() * 4));
  return file.good();
}

}  // namespace chancery::training
