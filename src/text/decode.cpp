// Bytes to text. The order of belief: a byte-order mark, well-formed UTF-8, the declared charset, what the bytes look
// like, Windows-1252. Legacy charsets are converted by ICU under the names and equivalences that browsers use, where
// "iso-8859-1" means Windows-1252.
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "text/text.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace chancery {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 30;
constexpr std::size_t kSample = std::size_t{64} << 10;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// ---- binaries ---------------------------------------------------------------------------------------------------

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr std::array<Magic, 14> kMagics = {{{"\x1F\x8B", "a gzip file"},
                                            {"PK\x03\x04", "a zip file"},
                                            {"\x89PNG", "a PNG image"},
                                            {"\xFF\xD8\xFF", "a JPEG image"},
                                            {"GIF8", "a GIF image"},
                                            {"%PDF-", "a PDF file"},
                                            {"\x7F"
                                             "ELF",
                                             "a program"},
                                            {"MZ\x90", "a program"},
                                            {"\xD0\xCF\x11\xE0", "an old Office file"},
                                            {"BZh9", "a bzip2 file"},
                                            {"\xFD"
                                             "7zXZ",
                                             "an xz file"},
                                            {"\x28\xB5\x2F\xFD", "a zstd file"},
                                            {"SQLite format 3", "a SQLite database"},
                                            {"Rar!\x1A", "a RAR file"}}};

std::string_view binary_kind(std::string_view raw) {
  for (const Magic& magic : kMagics)
    if (raw.substr(0, magic.bytes.size()) == magic.bytes) return magic.what;
  return {};
}

constexpr bool is_control(unsigned char c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r') || c == 0x7F;
}
constexpr bool is_replaced_control(unsigned char c) { return c != 0x7F && is_control(c); }

// ---- UTF-16 and UTF-32 --------------------------------------------------------------------------------------------

struct Mark {
  std::string_view bytes;
  const char* charset;
};
// The longer marks first: UTF-32's begins with UTF-16's.
constexpr std::array<Mark, 5> kMarks = {{{std::string_view("\xFF\xFE\x00\x00", 4), "UTF-32LE"},
                                         {std::string_view("\x00\x00\xFE\xFF", 4), "UTF-32BE"},
                                         {"\xEF\xBB\xBF", "UTF-8"},
                                         {"\xFF\xFE", "UTF-16LE"},
                                         {"\xFE\xFF", "UTF-16BE"}}};

// UTF-16 without a mark shows by the NUL in every other byte of its ASCII; nullptr if it is none.
const char* guess_utf16(std::string_view raw) {
  const std::size_t size = std::min(raw.size(), kSample) / 2 * 2;
  if (size < 8 || std::memchr(raw.data(), 0, size) == nullptr) return nullptr;
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    even += static_cast<std::size_t>(raw[i] == 0);
    odd += static_cast<std::size_t>(raw[i + 1] == 0);
  }
  const std::size_t units = size / 2;
  if (odd * 2 > units && even * 20 < units) return "UTF-16LE";
  if (even * 2 > units && odd * 20 < units) return "UTF-16BE";
  return nullptr;
}

// ---- legacy charsets ----------------------------------------------------------------------------------------------

// Lower case letters, digits and nothing else, so "ISO_8859-1" and "iso-8859-1" are one name.
std::string charset_key(std::string_view name) {
  std::string key;
  for (const char c : name.substr(0, 64)) {
    if (c >= 'A' && c <= 'Z')
      key += static_cast<char>(c + 32);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      key += c;
  }
  return key;
}

struct Alias {
  std::string_view key;
  const char* charset;  // as ICU names it
};
constexpr std::array<Alias, 20> kAliases = {
    {{"iso88591", "windows-1252"},   {"latin1", "windows-1252"},   {"l1", "windows-1252"},
     {"usascii", "windows-1252"},    {"ascii", "windows-1252"},    {"ansi", "windows-1252"},
     {"cp1252", "windows-1252"},     {"xcp1252", "windows-1252"},  {"iso88599", "windows-1254"},
     {"latin5", "windows-1254"},     {"iso885911", "windows-874"}, {"tis620", "windows-874"},
     {"ksc56011987", "windows-949"}, {"euckr", "windows-949"},     {"uhc", "windows-949"},
     {"gb2312", "gb18030"},          {"gbk", "gb18030"},           {"shiftjis", "windows-31j"},
     {"macintosh", "macintosh"},     {"xmacroman", "macintosh"}}};

std::string icu_name(std::string_view declared) {
  const std::string key = charset_key(declared);
  for (const Alias& alias : kAliases)
    if (alias.key == key) return alias.charset;
  return std::string(declared.substr(0, 64));
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : Converter();
}

// Converts in pieces of fixed size, so that memory is the result and nothing else.
std::string convert(UConverter* converter, std::string_view raw) {
  std::string out;
  out.reserve(raw.size() + raw.size() / 8);
  constexpr int kUnits = 4096;
  UChar units[kUnits];
  char utf8[kUnits * 3];
  int held = 0;  // a high surrogate that waits for its other half
  const char* from = raw.data();
  const char* const end = from + raw.size();
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    UChar* to = units + held;
    ucnv_toUnicode(converter, &to, units + kUnits, &from, end, nullptr, 1, &status);
    int count = static_cast<int>(to - units);
    const bool more = status == U_BUFFER_OVERFLOW_ERROR;
    held = more && count > 0 && U16_IS_LEAD(units[count - 1]) ? 1 : 0;
    int32_t written = 0;
    UErrorCode utf8_status = U_ZERO_ERROR;
    u_strToUTF8WithSub(utf8, sizeof utf8, &written, units, count - held, 0xFFFD, nullptr, &utf8_status);
    if (U_SUCCESS(utf8_status)) out.append(utf8, static_cast<std::size_t>(written));
    if (held == 1) units[0] = units[count - 1];
    if (!more) return out;
  }
}

// ---- detection ----------------------------------------------------------------------------------------------------

// In Western European text the bytes above ASCII are mostly single accented letters between plain ones, or
// typographic marks; in Greek or Cyrillic they come in whole words. Detectors by frequency confuse the former with
// every Central European page, so this question comes first.
bool looks_western(std::string_view sample) {
  static constexpr std::string_view kFrequent =
      "\xE0\xE1\xE2\xE4\xE7\xE8\xE9\xEA\xEB\xED\xEE\xEF\xF1\xF3\xF4\xF6\xF9\xFA\xFB\xFC\xDF\xC0\xC9\xC8\xC7\xCE\xCA\xC2"
      "\xD4"
      "\x9C\x8C\xAB\xBB\xA0\xB0\x91\x92\x93\x94\x85\x96\x97\x80\xA9\xAE\xB7";
  std::size_t high = 0, frequent = 0, letters = 0, pairs = 0;
  bool previous_high = false;
  for (const char c : sample) {
    const bool is_high = static_cast<unsigned char>(c) >= 0x80;
    letters += static_cast<std::size_t>(is_high || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    high += static_cast<std::size_t>(is_high);
    pairs += static_cast<std::size_t>(is_high && previous_high);
    if (is_high && kFrequent.find(c) != std::string_view::npos) ++frequent;
    previous_high = is_high;
  }
  return frequent * 10 >= high * 9 && high * 5 <= letters && pairs * 4 <= high;
}

std::string detect_charset(std::string_view raw) {
  // The sample begins near the first byte beyond ASCII: a long ASCII head tells nothing.
  std::size_t first = 0;
  while (first < raw.size() && static_cast<unsigned char>(raw[first]) < 0x80) ++first;
  const std::string_view sample = raw.substr(first > 1024 ? first - 1024 : 0, 4 * kSample);
  if (looks_western(sample)) return "windows-1252";
  std::unique_ptr<std::remove_pointer_t<uchardet_t>, void (*)(uchardet_t)> detector(uchardet_new(), uchardet_delete);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

// ---- the whole ----------------------------------------------------------------------------------------------------

// Bytes of a sequence that the end of the page cuts off.
std::size_t cut_tail(std::string_view raw) {
  for (std::size_t back = 1; back <= 3 && back <= raw.size(); ++back) {
    const auto c = static_cast<unsigned char>(raw[raw.size() - back]);
    if (c >= 0xC2 && c < 0xF5) return back;
    if ((c & 0xC0) != 0x80) return 0;
  }
  return 0;
}

// UTF-8 that was cut or damaged here and there, and no legacy charset.
bool is_mostly_utf8(std::string_view raw) {
  const Utf8Census census = take_census(raw.substr(0, raw.size() - cut_tail(raw)));
  return census.wide >= 1 && census.malformed * 20 <= census.wide;
}

// A page that calls itself UTF-8 and is in a legacy charset has next to no sequence that is well formed.
bool is_wrongly_called_utf8(std::string_view raw) {
  const Utf8Census census = take_census(raw.substr(0, raw.size() - cut_tail(raw)));
  return census.malformed > census.wide;
}

bool names_utf8(std::string_view declared) {
  const std::string key = charset_key(declared);
  return key == "utf8" || key == "unicode11utf8";
}

std::string convert_legacy(std::string_view raw, std::string_view declared) {
  if (!declared.empty() && !names_utf8(declared))
    if (const Converter converter = open_converter(icu_name(declared))) return convert(converter.get(), raw);
  const std::string detected = detect_charset(raw);
  if (!detected.empty() && !names_utf8(detected))
    if (const Converter converter = open_converter(icu_name(detected))) return convert(converter.get(), raw);
  const Converter fallback = open_converter("windows-1252");
  return fallback ? convert(fallback.get(), raw) : mend_utf8(raw);
}

std::string to_utf8(std::string_view raw, std::string_view declared) {
  for (const Mark& mark : kMarks) {
    if (raw.substr(0, mark.bytes.size()) != mark.bytes) continue;
    raw.remove_prefix(mark.bytes.size());
    if (mark.charset == std::string_view("UTF-8")) return is_valid_utf8(raw) ? std::string(raw) : mend_utf8(raw);
    if (const Converter converter = open_converter(mark.charset)) return convert(converter.get(), raw);
  }
  if (const char* charset = guess_utf16(raw))
    if (const Converter converter = open_converter(charset)) return convert(converter.get(), raw);
  if (is_valid_utf8(raw)) return std::string(raw);
  if (is_mostly_utf8(raw) || (names_utf8(declared) && !is_wrongly_called_utf8(raw))) return mend_utf8(raw);
  return convert_legacy(raw, declared);
}

// Whether nothing of what is_binary() counts can stand there: without branches, so that it runs over many bytes at
// once.
bool is_clean(std::string_view sample) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(sample.data());
  unsigned char found = 0;
  for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
    const unsigned char c = bytes[i];
    const bool space = c == '\t' || c == '\n' || c == '\f' || c == '\r';
    found |= static_cast<unsigned char>(((c < 0x20) & !space) | (c == 0x7F) | ((c == 0xC2) & (bytes[i + 1] < 0xA0)));
  }
  if (found != 0 || (!sample.empty() && is_control(bytes[sample.size() - 1]))) return false;
  return sample.find(kReplacement) == std::string_view::npos;
}

// More than a thirtieth of controls and replacements among the first characters is no text: random bytes, read as a
// legacy charset, have about a tenth.
bool is_binary(std::string_view utf8) {
  const std::string_view sample = utf8.substr(0, kSample);
  if (is_clean(sample)) return false;
  std::size_t characters = 0, bad = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto c = static_cast<unsigned char>(sample[i]);
    characters += static_cast<std::size_t>((c & 0xC0) != 0x80);
    bad += static_cast<std::size_t>(is_control(c));
    if (c == 0xEF && sample.substr(i, 3) == kReplacement) ++bad;
    if (c == 0xC2 && i + 1 < sample.size() && static_cast<unsigned char>(sample[i + 1]) < 0xA0) ++bad;  // C1 controls
  }
  return bad * 10 > characters || (bad > 8 && bad * 30 > characters);  // a short page may break a character or two
}

bool has_controls(std::string_view utf8) {
  unsigned char found = 0;
  for (const char one : utf8) {
    const auto c = static_cast<unsigned char>(one);
    const bool space = c == '\t' || c == '\n' || c == '\f' || c == '\r';
    found |= static_cast<unsigned char>((c < 0x20) & !space);
  }
  return found != 0;
}

std::string replace_controls(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + 64);
  for (const char c : utf8) {
    if (is_replaced_control(static_cast<unsigned char>(c)))
      out += kReplacement;
    else
      out += c;
  }
  return out;
}

bool is_blank(std::string_view utf8) {
  std::uint32_t at = 0;
  while (at < utf8.size())
    if (!is_space(next_code_point(utf8, at))) return false;
  return true;
}

}  // namespace

bool is_media_file(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::array<std::string_view, 15> kHeads = {
      "\x89PNG"sv, "\xFF\xD8\xFF"sv,     "GIF8"sv,     "RIFF"sv, "wOFF"sv, "wOF2"sv,
      "OTTO"sv,    "\0\1\0\0\0"sv,       "\0\0\1\0"sv, "OggS"sv, "ID3"sv,  "fLaC"sv,
      "FLV\1"sv,   "\x1A\x45\xDF\xA3"sv, "BM\0"sv};
  return (head.size() >= 8 && head.substr(4, 4) == "ftyp") ||
         std::any_of(kHeads.begin(), kHeads.end(), [&](std::string_view sign) { return head.starts_with(sign); });
}

Result<Text> decode(std::string_view raw, std::string_view declared_charset) {
  if (raw.empty()) return fail(ErrorCode::empty_input);
  if (raw.size() > kMaxBytes) return fail(ErrorCode::too_large, std::to_string(raw.size()) + " bytes");
  if (const std::string_view kind = binary_kind(raw); !kind.empty())
    return fail(ErrorCode::not_text, std::string(kind));
  std::string utf8 = to_utf8(raw, declared_charset);
  if (utf8.size() >= 0xFFFFFFFFULL) return fail(ErrorCode::too_large);
  if (is_blank(utf8)) return fail(ErrorCode::empty_input);
  if (is_binary(utf8)) return fail(ErrorCode::not_text, "binary data");
  if (has_controls(utf8)) utf8 = replace_controls(utf8);
  return Text(std::move(utf8));
}

}  // namespace chancery
