// See languages.h. A passage is called foreign only if CLD2 is sure, it is long enough to tell, and hardly a word of
// the page's own language stands in it: names alone look like anything.
#include "page/languages.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "page/furniture.h"
#include "text/unicode.h"

namespace chancery {
namespace {

constexpr std::size_t kSample = std::size_t{4} << 10;
constexpr std::uint32_t kEnoughWords = 4000;  // a page's language shows before
constexpr std::uint32_t kSureWords = 24;
constexpr std::size_t kShortPassage = 120;  // words

// Codes that CLD2 knows by an older name, or with a script.
std::string modern_code(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"iw", "he"}, {"jw", "jv"}, {"zh-Hant", "zh"}, {"mo", "ro"}, {"sh", "sr"}, {"nb", "no"}, {"tl", "fil"}};
  for (const auto& [old_name, name] : kNames)
    if (code == old_name) return std::string(name);
  return code == "un" || code == "xxx" || code.size() > 3 ? std::string() : std::string(code);
}

std::string_view sample_of(std::string_view text) {
  if (text.size() <= kSample) return text;
  std::size_t end = kSample;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

std::string detect_language(std::string_view text) {
  text = sample_of(text);
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {0, 0, 0};
  double scores[3] = {0, 0, 0};
  int bytes = 0, valid = 0;
  bool reliable = false;
  const CLD2::CLDHints none = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language found =
      CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &none, 0, languages,
                                              percents, scores, nullptr, &bytes, &reliable, &valid);
  if (!reliable || found != languages[0]) return {};
  return modern_code(CLD2::LanguageCode(found));
}

std::uint64_t LanguageCounts::add(const std::vector<LineWord>& words) {
  if (words_ >= kEnoughWords) return 0;
  counts_.resize(tables_.languages.size());
  std::uint64_t once = 0, twice = 0;
  for (const LineWord& word : words) {
    if (word.number) continue;
    ++words_;
    if (word.known == kUnknownWord) continue;
    std::uint64_t languages = tables_.words[word.known].languages;
    if (std::has_single_bit(languages)) {
      twice |= once & languages;
      once |= languages;
    }
    for (; languages != 0; languages &= languages - 1) ++counts_[static_cast<std::size_t>(std::countr_zero(languages))];
  }
  // In a long passage two words may be a quotation's.
  return words.size() <= kShortPassage ? twice : 0;
}

std::uint64_t LanguageCounts::add(std::string_view text, Span passage) {
  if (words_ >= kEnoughWords) return 0;
  scratch_.clear();
  tables_.split(text, passage, kEnoughWords - words_, scratch_);
  return add(scratch_);
}

std::size_t LanguageCounts::best() const {
  return static_cast<std::size_t>(std::max_element(counts_.begin(), counts_.end()) - counts_.begin());
}

std::string LanguageCounts::likely() const {
  if (counts_.empty()) return {};
  const std::size_t first = best();
  if (counts_[first] < 2 || counts_[first] * 4 < words_) return {};
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (i != first && words_ < 8 && counts_[i] == counts_[first]) return {};
  return tables_.languages[first];
}

bool LanguageCounts::speak_against(std::string_view language) const {
  if (counts_.empty()) return false;
  std::uint32_t shown = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (tables_.languages[i] == language) shown = counts_[i];
  return counts_[best()] >= 3 && counts_[best()] > 2 * shown;
}

std::string LanguageCounts::sure() const {
  if (counts_.empty() || words_ < kSureWords) return {};
  const std::size_t first = best();
  if (counts_[first] * 10 < words_ * 3) return {};
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (i != first && counts_[i] * 5 > counts_[first] * 3) return {};
  return tables_.languages[first];
}

std::string language_of(std::string_view text, const std::vector<Block>& blocks, const LanguageCounts& counts) {
  if (std::string sure = counts.sure(); !sure.empty()) return sure;
  std::string sample;
  for (const Block& block : blocks) {
    if (block.kind == BlockKind::boilerplate) continue;
    if (sample.size() >= kSample) break;
    sample += sample_of(text.substr(block.span.begin, block.span.size()));
    sample += '\n';
  }
  std::string detected = detect_language(sample);
  const std::string likely = counts.likely();
  // Of a sentence or two names are the most, and they look like anything: « L'Union africaine a suspendu le Gabon … ».
  const bool names_alone = !likely.empty() && counts.speak_against(detected);
  return detected.empty() || names_alone ? likely : detected;
}

// ---- foreign passages -----------------------------------------------------------------------------------------------

namespace {

class ForeignFinder {
 public:
  ForeignFinder(const PageCues::Tables& tables, const std::vector<std::uint64_t>& shown, Page& page)
      : tables_(tables), shown_(shown), page_(page), text_(page.text.bytes()) {
    const auto known = std::find(tables.languages.begin(), tables.languages.end(), page.language);
    if (known != tables.languages.end())
      native_ = std::uint64_t{1} << static_cast<std::size_t>(known - tables.languages.begin());
  }

  void run() {
    if (native_ == 0) return;  // without words of its own language nothing in a page can be called foreign to it
    std::vector<Block> kept;
    kept.reserve(page_.blocks.size());
    for (std::size_t i = 0; i < page_.blocks.size(); ++i)
      if (!take_block(page_.blocks[i], i < shown_.size() && (shown_[i] & native_) != 0))
        kept.push_back(page_.blocks[i]);
    // A page with next to nothing of its own language was taken for the wrong one: then nothing is foreign.
    if (foreign_bytes_ * 2 > native_bytes_) {
      page_.foreign.clear();
      return;
    }
    page_.blocks = std::move(kept);
  }

 private:
  static constexpr std::uint32_t kShortest = 48;   // bytes of a paragraph that can be told
  static constexpr std::uint32_t kQuotation = 32;  // and of a quotation
  static constexpr std::size_t kGlance = 10;       // words looked at first
  static constexpr std::size_t kMaxWords = 400;
  static constexpr std::uint32_t kMaxQuotation = 2000;

  // Whether the block is foreign, and noted; else its quotations are looked at.
  bool take_block(const Block& block, bool native) {
    const bool running = block.kind == BlockKind::paragraph || block.kind == BlockKind::list_item;
    if (!running || block.span.size() < kShortest) return false;
    const std::string language = native || looks_native(block.span) ? std::string() : foreign_language(block.span);
    if (!language.empty() && !frames_quotations(block.span)) {
      page_.foreign.push_back(ForeignPassage{block.span, language});
      foreign_bytes_ += block.span.size();
      return true;
    }
    native_bytes_ += block.span.size();
    take_quotations(block.span);
    return false;
  }

  void split(Span span, std::size_t limit) {
    words_.clear();
    tables_.split(text_, span, limit, words_);
  }
  // Words of the page's language …
  std::size_t native_words() const {
    return static_cast<std::size_t>(std::count_if(words_.begin(), words_.end(), [this](const LineWord& word) {
      return word.known != kUnknownWord && (tables_.words[word.known].languages & native_) != 0;
    }));
  }
  // … and those that no other language has whose words we know.
  std::size_t own_words(Span span, std::size_t limit) {
    split(span, limit);
    return static_cast<std::size_t>(std::count_if(words_.begin(), words_.end(), [this](const LineWord& word) {
      return word.known != kUnknownWord && tables_.words[word.known].languages == native_;
    }));
  }

  bool looks_native(Span span) { return own_words(span, kGlance) >= 2 || own_words(span, 3 * kGlance) >= 4; }

  // The language of a passage that is surely not the page's; empty otherwise.
  std::string foreign_language(Span span) {
    split(span, kMaxWords);
    const std::size_t native = native_words();
    const bool wordless = words_.size() < 5 && span.size() >= 3 * kQuotation;  // scripts that do not part words
    if ((words_.size() < 6 && !wordless) || native * 6 > words_.size()) return {};
    const std::size_t capitals = static_cast<std::size_t>(
        std::count_if(words_.begin(), words_.end(), [](const LineWord& w) { return w.upper; }));
    if (capitals * 2 > words_.size() && words_.size() < 40) return {};  // a list of names
    const std::string_view passage = text_.substr(span.begin, span.size());
    if (words_.size() < 25 && passage.find("://") != std::string_view::npos) return {};  // an address is in no language
    std::string language = detect_language(passage);
    if (language == page_.language) return {};
    // Where the language's own words are known, more of them than of the page's must stand there.
    const auto known = std::find(tables_.languages.begin(), tables_.languages.end(), language);
    if (known == tables_.languages.end()) return native == 0 || native * 12 <= words_.size() ? language : std::string();
    const std::uint64_t theirs = std::uint64_t{1} << static_cast<std::size_t>(known - tables_.languages.begin());
    const auto own = std::count_if(words_.begin(), words_.end(), [&](const LineWord& word) {
      return word.known != kUnknownWord && (tables_.words[word.known].languages & theirs) != 0;
    });
    return static_cast<std::size_t>(own) > native ? language : std::string();
  }

  // A paragraph that is foreign but for the page's own words around a quotation is the page's own.
  bool frames_quotations(Span span) {
    std::size_t native = 0, all = 0;
    std::uint32_t at = span.begin;
    const auto count_outside = [&](std::uint32_t end) {
      split(Span{at, end}, kMaxWords);
      native += native_words();
      all += words_.size();
    };
    for (const Span quotation : quotations(span)) {
      count_outside(quotation.begin);
      at = quotation.end;
    }
    if (at == span.begin) return false;
    count_outside(span.end);
    return all >= 2 && native * 5 >= all;
  }

  void take_quotations(Span span) {
    for (const Span quotation : quotations(span)) {
      if (quotation.size() < kQuotation || looks_native(quotation)) continue;
      const std::string language = foreign_language(quotation);
      if (!language.empty()) page_.foreign.push_back(ForeignPassage{quotation, language});
    }
  }

  // What stands between a mark and the next one that closes it.
  std::vector<Span> quotations(Span span) const {
    std::vector<Span> found;
    std::uint32_t at = span.begin, open = 0;
    char32_t closing = 0;
    // The marks are « " », U+00AB, U+00BB, U+201C … U+201E: all other bytes are passed over without being read as
    // signs.
    const auto may_begin_mark = [](char c) { return c == '"' || c == '\xC2' || c == '\xE2'; };
    while (at < span.end) {
      if (!may_begin_mark(text_[at])) {
        ++at;
        continue;
      }
      const std::uint32_t mark = at;
      const char32_t c = next_code_point(text_, at);
      if (closing != 0 && (c == closing || mark - open > kMaxQuotation)) {
        if (c == closing) found.push_back(trim(text_, Span{open, mark}));
        closing = 0;
      } else if (closing == 0 && (c == '"' || c == U'«' || c == U'“' || c == U'„')) {
        closing = c == '"' ? U'"' : c == U'«' ? U'»' : U'”';
        open = at;
      }
    }
    return found;
  }

  const PageCues::Tables& tables_;
  const std::vector<std::uint64_t>& shown_;
  Page& page_;
  std::string_view text_;
  std::uint64_t native_ = 0;  // the bit of the page's language
  std::uint64_t foreign_bytes_ = 0, native_bytes_ = 0;
  std::vector<LineWord> words_;
};

}  // namespace

void part_foreign(const PageCues::Tables& tables, const std::vector<std::uint64_t>& shown, Page& page) {
  ForeignFinder(tables, shown, page).run();
}

}  // namespace chancery
