// Eight ASCII bytes are passed at a time; everything else is checked sequence by sequence.
#include "text/utf8.h"

#include <cstdint>
#include <cstring>

namespace chancery {
namespace {

bool is_ascii_word(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return (word & 0x8080808080808080ULL) == 0;
}

std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
  while (at + 8 <= bytes.size() && is_ascii_word(bytes.data() + at)) at += 8;
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

bool in(unsigned char c, unsigned char low, unsigned char high) { return c >= low && c <= high; }

struct Lead {
  std::size_t length;
  unsigned char low, high;  // what the second byte may be
};

Lead describe_lead(unsigned char c) {
  if (in(c, 0xC2, 0xDF)) return {2, 0x80, 0xBF};
  if (c == 0xE0) return {3, 0xA0, 0xBF};
  if (c == 0xED) return {3, 0x80, 0x9F};
  if (in(c, 0xE1, 0xEF)) return {3, 0x80, 0xBF};
  if (c == 0xF0) return {4, 0x90, 0xBF};
  if (in(c, 0xF1, 0xF3)) return {4, 0x80, 0xBF};
  if (c == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// How many bytes of the sequence at `at` are well-formed, from 1; the sequence is whole if that is its length.
std::size_t well_formed_prefix(std::string_view bytes, std::size_t at, const Lead& lead) {
  std::size_t have = 1;
  while (have < lead.length && at + have < bytes.size()) {
    const auto c = static_cast<unsigned char>(bytes[at + have]);
    const bool fits = have == 1 ? in(c, lead.low, lead.high) : in(c, 0x80, 0xBF);
    if (!fits) break;
    ++have;
  }
  return have;
}

}  // namespace

std::size_t utf8_sequence(std::string_view bytes, std::size_t at) {
  const auto c = static_cast<unsigned char>(bytes[at]);
  if (c < 0x80) return 1;
  const Lead lead = describe_lead(c);
  return lead.length != 0 && well_formed_prefix(bytes, at, lead) == lead.length ? lead.length : 0;
}

bool is_valid_utf8(std::string_view bytes) {
  std::size_t at = skip_ascii(bytes, 0);
  while (at < bytes.size()) {
    const std::size_t length = utf8_sequence(bytes, at);
    if (length == 0) return false;
    at = skip_ascii(bytes, at + length);
  }
  return true;
}

Utf8Census take_census(std::string_view bytes) {
  Utf8Census census;
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    const Lead lead = describe_lead(static_cast<unsigned char>(bytes[at]));
    const std::size_t have = lead.length == 0 ? 1 : well_formed_prefix(bytes, at, lead);
    if (lead.length != 0 && have == lead.length)
      ++census.wide;
    else
      ++census.malformed;
    at += have;
  }
  return census;
}

std::string mend_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 16);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t ascii = skip_ascii(bytes, at);
    out.append(bytes, at, ascii - at);
    at = ascii;
    if (at == bytes.size()) break;
    const Lead lead = describe_lead(static_cast<unsigned char>(bytes[at]));
    const std::size_t have = lead.length == 0 ? 1 : well_formed_prefix(bytes, at, lead);
    if (lead.length != 0 && have == lead.length)
      out.append(bytes, at, have);
    else
      out += "\xEF\xBF\xBD";
    at += have;
  }
  return out;
}

}  // namespace chancery
