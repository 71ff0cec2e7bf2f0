// The three loops in which the parser spends its time, in whole numbers: each gives the same result on every processor,
// with and without vector instructions.
#pragma once

#include <cstddef>
#include <cstdint>

namespace chancery::kernels {

// out[i][o] = bias[o] + sum over k of in[i][k] * weights[k][o], for `rows` rows. `inputs` is even, `outputs` a multiple
// of 16. The weights stand in pairs of inputs: weights[(k / 2 * outputs + o) * 2 + k % 2]. Sums wrap at 32 bits; models
// are written so that none does. `in_step` is the distance of two rows of `in`.
using Multiply = void (*)(std::size_t rows, std::size_t inputs, std::size_t outputs, const std::int16_t* in,
                          std::size_t in_step, const std::int16_t* weights, const std::int32_t* bias,
                          std::int32_t* out);

// One word's step of a recurrent layer of `half` units: `gates` holds value, forget gate and output gate of each unit,
// scaled by 2^shift of the layer's weights; `cell` is read and written; `skip` is the layer's input. See parser.cpp.
using Step = void (*)(std::size_t half, int shift, const std::int32_t* gates, const std::int16_t* skip,
                      std::int32_t* cell, std::int16_t* out);

// The sum of a[k] * b[k] for each of `rows` rows of b, `step` apart.
using Products = void (*)(std::size_t rows, std::size_t size, const std::int16_t* a, const std::int16_t* b,
                          std::size_t step, std::int32_t* out);

struct Set {
  Multiply multiply;
  Step step;
  Products products;
};

// The quickest that this processor can run; `plain`: those for any processor, to compare with.
const Set& best();
const Set& plain();

// One as the states count it: they lie between -kOne and kOne.
inline constexpr int kUnitBits = 10;
inline constexpr std::int32_t kOne = 1 << kUnitBits;
// Cells keep four bits more, so that what is kept long is not rounded away.
inline constexpr int kCellBits = 4;

}  // namespace chancery::kernels
