// Each loop is written once, as plain code, and compiled for several processors; the matrix product, where it matters
// most, by hand for those with 256- and 512-bit vectors. Which one runs is found out once.
#include "language/parser_kernels.h"

#include <algorithm>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace chancery::kernels {
namespace {

#define CHANCERY_INLINE inline __attribute__((always_inline))

CHANCERY_INLINE void step_body(std::size_t half, int shift, const std::int32_t* __restrict gates,
                               const std::int16_t* __restrict skip, std::int32_t* __restrict cell,
                               std::int16_t* __restrict out) {
  const std::int32_t round = 1 << (shift - 1), gate_round = 1 << (shift + 1);
  for (std::size_t j = 0; j < half; ++j) {
    const std::int32_t value = std::clamp((gates[j] + round) >> shift, -kOne, kOne);
    const std::int32_t forget = std::clamp(((gates[half + j] + gate_round) >> (shift + 2)) + kOne / 2, 0, kOne);
    const std::int32_t open = std::clamp(((gates[2 * half + j] + gate_round) >> (shift + 2)) + kOne / 2, 0, kOne);
    const std::int32_t kept = (forget * cell[j] + (kOne - forget) * (value * (1 << kCellBits)) + kOne / 2) >> kUnitBits;
    cell[j] = kept;
    out[j] = static_cast<std::int16_t>(
        (open * kept + (kOne - open) * (skip[j] * (1 << kCellBits)) + (1 << (kUnitBits + kCellBits - 1))) >>
        (kUnitBits + kCellBits));
  }
}

CHANCERY_INLINE void products_body(std::size_t rows, std::size_t size, const std::int16_t* __restrict a,
                                   const std::int16_t* __restrict b, std::size_t step, std::int32_t* __restrict out) {
  for (std::size_t i = 0; i < rows; ++i) {
    std::int32_t sum = 0;
    const std::int16_t* row = b + i * step;
    for (std::size_t k = 0; k < size; ++k) sum += std::int32_t{a[k]} * row[k];
    out[i] = sum;
  }
}

void multiply_plain(std::size_t rows, std::size_t inputs, std::size_t outputs, const std::int16_t* in,
                    std::size_t in_step, const std::int16_t* weights, const std::int32_t* bias, std::int32_t* out) {
  for (std::size_t i = 0; i < rows; ++i) {
    std::int32_t* sums = out + i * outputs;
    std::memcpy(sums, bias, outputs * sizeof(std::int32_t));
    for (std::size_t k = 0; k < inputs; k += 2) {
      const std::int32_t x = in[i * in_step + k], y = in[i * in_step + k + 1];
      const std::int16_t* pair = weights + k * outputs;
      for (std::size_t o = 0; o < outputs; ++o) sums[o] += x * pair[2 * o] + y * pair[2 * o + 1];
    }
  }
}
void step_plain(std::size_t half, int shift, const std::int32_t* gates, const std::int16_t* skip, std::int32_t* cell,
                std::int16_t* out) {
  step_body(half, shift, gates, skip, cell, out);
}
void products_plain(std::size_t rows, std::size_t size, const std::int16_t* a, const std::int16_t* b, std::size_t step,
                    std::int32_t* out) {
  products_body(rows, size, a, b, step, out);
}

#if defined(__x86_64__)

// A tile of kRows words by kVectors vectors of outputs stays in registers while the inputs go by in pairs.
// Small loops are unrolled at once, so that the sums live in registers.
#if defined(__clang__)
#define CHANCERY_UNROLL _Pragma("unroll")
#else
#define CHANCERY_UNROLL _Pragma("GCC unroll 8")
#endif
#define CHANCERY_TILE(NAME, TARGET, VECTOR, LANES, LOAD, STORE, BROADCAST, MULTIPLY_ADD)                        \
  template <int kRows, int kVectors>                                                                            \
  __attribute__((target(TARGET))) inline void NAME##_tile(                                                      \
      std::size_t inputs, std::size_t outputs, const std::int16_t* in, std::size_t in_step,                     \
      const std::int16_t* weights, const std::int32_t* bias, std::int32_t* out) {                               \
    VECTOR sums[kRows][kVectors];                                                                               \
    CHANCERY_UNROLL                                                                                             \
    for (int r = 0; r < kRows; ++r) CHANCERY_UNROLL                                                             \
    for (int v = 0; v < kVectors; ++v) sums[r][v] = LOAD(reinterpret_cast<const VECTOR*>(bias + v * LANES));    \
    for (std::size_t k = 0; k < inputs; k += 2) {                                                               \
      const std::int16_t* row = weights + k * outputs;                                                          \
      VECTOR pairs[kVectors];                                                                                   \
      CHANCERY_UNROLL                                                                                           \
      for (int v = 0; v < kVectors; ++v) pairs[v] = LOAD(reinterpret_cast<const VECTOR*>(row + v * LANES * 2)); \
      CHANCERY_UNROLL                                                                                           \
      for (int r = 0; r < kRows; ++r) {                                                                         \
        int both;                                                                                               \
        std::memcpy(&both, in + static_cast<std::size_t>(r) * in_step + k, sizeof(both));                       \
        const VECTOR x = BROADCAST(both);                                                                       \
        CHANCERY_UNROLL                                                                                         \
        for (int v = 0; v < kVectors; ++v) sums[r][v] = MULTIPLY_ADD(sums[r][v], x, pairs[v]);                  \
      }                                                                                                         \
    }                                                                                                           \
    CHANCERY_UNROLL                                                                                             \
    for (int r = 0; r < kRows; ++r) CHANCERY_UNROLL                                                             \
    for (int v = 0; v < kVectors; ++v)                                                                          \
      STORE(reinterpret_cast<VECTOR*>(out + static_cast<std::size_t>(r) * outputs + v * LANES), sums[r][v]);    \
  }                                                                                                             \
  template <int kVectors>                                                                                       \
  __attribute__((target(TARGET))) inline void NAME##_strip(                                                     \
      std::size_t rows, std::size_t inputs, std::size_t outputs, const std::int16_t* in, std::size_t in_step,   \
      const std::int16_t* weights, const std::int32_t* bias, std::int32_t* out) {                               \
    std::size_t i = 0;                                                                                          \
    for (; i + 6 <= rows; i += 6)                                                                               \
      NAME##_tile<6, kVectors>(inputs, outputs, in + i * in_step, in_step, weights, bias, out + i * outputs);   \
    const std::int16_t* rest = in + i * in_step;                                                                \
    std::int32_t* to = out + i * outputs;                                                                       \
    if (rows - i == 5) NAME##_tile<5, kVectors>(inputs, outputs, rest, in_step, weights, bias, to);             \
    if (rows - i == 4) NAME##_tile<4, kVectors>(inputs, outputs, rest, in_step, weights, bias, to);             \
    if (rows - i == 3) NAME##_tile<3, kVectors>(inputs, outputs, rest, in_step, weights, bias, to);             \
    if (rows - i == 2) NAME##_tile<2, kVectors>(inputs, outputs, rest, in_step, weights, bias, to);             \
    if (rows - i == 1) NAME##_tile<1, kVectors>(inputs, outputs, rest, in_step, weights, bias, to);             \
  }

#define CHANCERY_MADD256(sum, x, w) _mm256_add_epi32(sum, _mm256_madd_epi16(x, w))
CHANCERY_TILE(avx2, "avx2", __m256i, 8, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32, CHANCERY_MADD256)

__attribute__((target("avx2"))) void multiply_avx2(std::size_t rows, std::size_t inputs, std::size_t outputs,
                                                   const std::int16_t* in, std::size_t in_step,
                                                   const std::int16_t* weights, const std::int32_t* bias,
                                                   std::int32_t* out) {
  for (std::size_t o = 0; o < outputs; o += 16)
    avx2_strip<2>(rows, inputs, outputs, in, in_step, weights + o * 2, bias + o, out + o);
}
__attribute__((target("avx2"))) void step_avx2(std::size_t half, int shift, const std::int32_t* gates,
                                               const std::int16_t* skip, std::int32_t* cell, std::int16_t* out) {
  step_body(half, shift, gates, skip, cell, out);
}
__attribute__((target("avx2"))) void products_avx2(std::size_t rows, std::size_t size, const std::int16_t* a,
                                                   const std::int16_t* b, std::size_t step, std::int32_t* out) {
  products_body(rows, size, a, b, step, out);
}

#define CHANCERY_LOAD512(p) _mm512_loadu_si512(p)
#define CHANCERY_STORE512(p, v) _mm512_storeu_si512(p, v)
CHANCERY_TILE(avx512, "avx512f,avx512bw,avx512vl,avx512vnni", __m512i, 16, CHANCERY_LOAD512, CHANCERY_STORE512,
              _mm512_set1_epi32, _mm512_dpwssd_epi32)

__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))) void multiply_avx512(
    std::size_t rows, std::size_t inputs, std::size_t outputs, const std::int16_t* in, std::size_t in_step,
    const std::int16_t* weights, const std::int32_t* bias, std::int32_t* out) {
  std::size_t o = 0;
  for (; o + 64 <= outputs; o += 64)
    avx512_strip<4>(rows, inputs, outputs, in, in_step, weights + o * 2, bias + o, out + o);
  for (; o < outputs; o += 16) avx512_strip<1>(rows, inputs, outputs, in, in_step, weights + o * 2, bias + o, out + o);
}
__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))) void step_avx512(std::size_t half, int shift,
                                                                                 const std::int32_t* gates,
                                                                                 const std::int16_t* skip,
                                                                                 std::int32_t* cell,
                                                                                 std::int16_t* out) {
  step_body(half, shift, gates, skip, cell, out);
}
__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))) void products_avx512(std::size_t rows, std::size_t size,
                                                                                     const std::int16_t* a,
                                                                                     const std::int16_t* b,
                                                                                     std::size_t step,
                                                                                     std::int32_t* out) {
  products_body(rows, size, a, b, step, out);
}

#endif

Set choose() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vnni"))
    return {multiply_avx512, step_avx512, products_avx512};
  if (__builtin_cpu_supports("avx2")) return {multiply_avx2, step_avx2, products_avx2};
#endif
  return plain();
}

}  // namespace

const Set& plain() {
  static constexpr Set set{multiply_plain, step_plain, products_plain};
  return set;
}

const Set& best() {
  static const Set set = choose();
  return set;
}

}  // namespace chancery::kernels
