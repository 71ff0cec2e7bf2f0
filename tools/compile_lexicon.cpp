// Compiles languages/<code>/lexicon/ into the one file that the engine maps (src/language/lexicon.h). Sources:
//   *.mlex.zst      a word list in the Lefff's form: form, category, lemma, features
//   tags.tsv        what its categories and features mean in Universal Dependencies
//   treebanks.tsv   forms of the treebanks with class, features, lemma and how often they stand there
//   extra.tsv       the same columns, written by hand; may be absent
//   prolex.tsv      the same columns, names of peoples and states; may be absent
// usage: compile_lexicon FOLDER OUT. The same sources give the same bytes.
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "language/lexicon.h"
#include "language/tag_facts.h"
#include "text/unicode.h"

namespace chancery {
namespace {

[[noreturn]] void die(const std::string& message) {
  std::fprintf(stderr, "compile_lexicon: %s\n", message.c_str());
  std::exit(1);
}

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) die("cannot read " + path.string());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string decompress(const std::string& bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size != ZSTD_CONTENTSIZE_ERROR && size != ZSTD_CONTENTSIZE_UNKNOWN) {
    std::string out(size, '\0');
    const std::size_t n = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(n)) die("damaged zstd frame");
    return out;
  }
  std::string out, chunk(ZSTD_DStreamOutSize(), '\0');
  ZSTD_DStream* stream = ZSTD_createDStream();
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  while (in.pos < in.size) {
    ZSTD_outBuffer to{chunk.data(), chunk.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(stream, &to, &in))) die("damaged zstd stream");
    out.append(chunk, 0, to.pos);
  }
  ZSTD_freeDStream(stream);
  return out;
}

// Calls `take` with the cells of each line that is no comment.
template <class Take>
void each_line(const std::string& text, Take take) {
  std::size_t at = 0;
  std::vector<std::string> cells;
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    if (end > at && text[at] != '#') {
      cells.clear();
      for (std::size_t from = at;;) {
        const std::size_t tab = std::min(text.find('\t', from), end);
        cells.emplace_back(text, from, tab - from);
        if (tab == end) break;
        from = tab + 1;
      }
      take(cells);
    }
    at = end + 1;
  }
}

// Lower case, apostrophe U+0027: the key under which the tokeniser asks.
std::string key_of(std::string_view form) {
  std::string out;
  for (std::uint32_t at = 0; at < form.size();) {
    const char32_t c = next_code_point(form, at);
    append_code_point(out, is_apostrophe(c) ? U'\'' : to_lower(c));
  }
  return out;
}

bool has_digit(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Entry {
  std::uint16_t tag;
  std::uint32_t count;
  std::string lemma;
  bool keep_case;
  bool listed;
  bool kept = false;  // written by hand: never left out
};
using Entries = std::vector<Entry>;

class Compiler {
 public:
  void read_tags(const std::string& text) {
    each_line(text, [&](const std::vector<std::string>& c) {
      if (c.size() < 5) die("tags.tsv: a line has fewer than five columns");
      meanings_[c[0] + "\t" + c[1]].push_back({tag_of(c[2], c[3]), c[4] == "unseen", c.size() > 5 ? c[5] : ""});
    });
  }

  void read_counted(const std::string& text, bool by_hand) {
    each_line(text, [&](const std::vector<std::string>& c) {
      if (c.size() != 5) die("treebanks.tsv, extra.tsv: a line has not five columns");
      if (c[3] == "_" && c[0] != "_") return;  // a misprint whose lemma the treebank leaves open
      add(key_of(c[0]), tag_of(c[1], c[2]), c[3], static_cast<std::uint32_t>(std::stoul(c[4])), by_hand);
    });
    for (auto& [form, entries] : words_) seen_[form] = true;
  }

  void read_word_list(const std::string& text) {
    std::unordered_map<std::string, std::string> participles;  // "lemma\tcategory:features" → form
    each_line(text, [&](const std::vector<std::string>& c) {
      if (c.size() >= 4 && c[1] == "v" && c[3] == "Kms") participles.emplace(c[2], c[0]);
    });
    each_line(text, [&](const std::vector<std::string>& c) {
      if (c.size() < 3 || c[0].empty() || c[0][0] == '_' || c[0].find(' ') != std::string::npos || has_digit(c[0]))
        return;
      const auto found = meanings_.find(c[1] + "\t" + (c.size() > 3 ? c[3] : ""));
      if (found == meanings_.end()) return;
      const std::string form = key_of(c[0]);
      for (const Meaning& meaning : found->second) {
        if (meaning.unseen_only && seen_.count(form) != 0) continue;
        std::string lemma = tags_[meaning.tag].first == "PROPN" ? c[0] : c[2];
        if (!meaning.lemma_of.empty()) {
          const auto participle = participles.find(c[2]);
          lemma = participle == participles.end() ? c[0] : participle->second;
        }
        if (lemma.empty() || lemma.find(' ') != std::string::npos || lemma.find('_') != std::string::npos) continue;
        add(form, meaning.tag, lemma, 0);
      }
    });
  }

  void write(const std::filesystem::path& path) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> words, endings;
    std::map<std::string, std::map<std::pair<std::uint16_t, std::string>, std::uint32_t>> by_ending;
    std::map<std::uint64_t, std::map<std::uint16_t, std::uint32_t>> by_shape;
    std::vector<const std::string*> forms;
    for (const auto& word : words_) forms.push_back(&word.first);
    std::sort(forms.begin(), forms.end(), [](auto a, auto b) { return *a < *b; });
    for (const std::string* form : forms) {
      Entries& entries = words_[*form];
      std::stable_sort(entries.begin(), entries.end(),
                       [](const Entry& a, const Entry& b) { return a.count > b.count; });
      if (has_digit(*form)) {
        for (const Entry& e : entries) by_shape[Lexicon::shape_hash(*form)][e.tag] += e.count;
        continue;
      }
      std::vector<LexiconReading> set;
      std::vector<bool> tag_taken(tags_.size(), false);
      std::uint32_t total = 0;
      for (const Entry& e : entries) total += e.count;
      for (const Entry& e : entries) {
        if (tag_taken[e.tag]) continue;  // one lemma for a tag: the one that the treebanks prefer
        if (!e.kept && is_slip(e.count, total)) continue;
        tag_taken[e.tag] = true;
        set.push_back(reading_of(*form, e));
      }
      words.emplace_back(hash_bytes(*form), set_number(set));
      count_endings(*form, set, by_ending);
    }
    for (const auto& [ending, rules] : by_ending) {
      const std::vector<LexiconReading> set = guess_set(ending, rules);
      if (!set.empty()) endings.emplace_back(Lexicon::ending_hash(ending), set_number(set));
    }
    for (const auto& [shape, tags] : by_shape) {
      std::vector<LexiconReading> set;
      for (const auto& [tag, n] : tags) {
        LexiconReading reading;
        reading.tag = tag;
        reading.count = static_cast<std::uint16_t>(std::min<std::uint32_t>(n, 65535));
        reading.keep_case = 1;
        set.push_back(reading);
      }
      std::stable_sort(set.begin(), set.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
      endings.emplace_back(shape, set_number(set));
    }
    save(path, words, endings);
  }

 private:
  struct Meaning {
    std::uint16_t tag;
    bool unseen_only;
    std::string lemma_of;
  };

  std::uint16_t tag_of(const std::string& name, const std::string& features) {
    const auto [at, fresh] = tag_numbers_.try_emplace(name + "\t" + features, static_cast<std::uint16_t>(tags_.size()));
    if (fresh) {
      tags_.emplace_back(name, features);
      facts_.push_back(facts_of(tag_from(name, features)));
    }
    return at->second;
  }

  void add(const std::string& form, std::uint16_t tag, const std::string& lemma, std::uint32_t count,
           bool by_hand = false) {
    std::uint32_t at = 0;
    const bool keep_case = tags_[tag].first == "PROPN" || (!lemma.empty() && is_upper(next_code_point(lemma, at)));
    Entries& entries = words_[form];
    for (Entry& e : entries) {
      if (e.tag == tag && (e.lemma == lemma || count == 0)) {
        e.count += count;
        e.kept = e.kept || by_hand;
        e.listed = e.listed || count == 0;
        return;
      }
    }
    entries.push_back({tag, count, lemma, keep_case, count == 0, by_hand});
  }

  LexiconReading reading_of(const std::string& form, const Entry& entry) {
    LexiconReading reading;
    reading.tag = entry.tag;
    reading.count = static_cast<std::uint16_t>(std::min<std::uint32_t>(entry.count, 65535));
    reading.keep_case = entry.keep_case ? 1 : 0;
    reading.listed = entry.listed ? 1 : 0;
    const std::string lemma = entry.keep_case ? key_of(entry.lemma) : entry.lemma;
    std::size_t same = 0;
    while (same < form.size() && same < lemma.size() && form[same] == lemma[same]) ++same;
    while (same > 0 && same < form.size() && (form[same] & 0xC0) == 0x80) --same;
    while (same > 0 && same < lemma.size() && (lemma[same] & 0xC0) == 0x80) --same;
    std::string tail = lemma.substr(same);
    // An ending that capitals keep: « ONU » and its like are all upper case, so nothing is appended to them.
    reading.cut = static_cast<std::uint8_t>(std::min<std::size_t>(form.size() - same, 255));
    reading.append_size = static_cast<std::uint8_t>(std::min<std::size_t>(tail.size(), 255));
    reading.append_begin = string_at(tail);
    return reading;
  }

  // Common words have readings that nobody means (« de » as a name, « doit » as a noun): leaving them out keeps such
  // words quick to tag.
  static bool is_slip(std::uint32_t count, std::uint32_t total) { return total >= 200 && count * 400 < total; }

  std::uint32_t string_at(const std::string& tail) {
    const auto [at, fresh] = string_numbers_.try_emplace(tail, static_cast<std::uint32_t>(strings_.size()));
    if (fresh) strings_ += tail;
    return at->second;
  }

  std::uint32_t set_number(std::vector<LexiconReading> set) {
    if (set.size() > Lexicon::kMostReadings) set.resize(Lexicon::kMostReadings);
    std::string key(reinterpret_cast<const char*>(set.data()), set.size() * sizeof(LexiconReading));
    const auto [at, fresh] = set_numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(sets_.size()));
    if (fresh) {
      sets_.push_back(set_of(set, facts_));
      sets_.back().first = static_cast<std::uint32_t>(readings_.size());
      readings_.insert(readings_.end(), set.begin(), set.end());
      set_buckets(std::span(readings_).subspan(sets_.back().first));
    }
    return at->second;
  }

  using EndingCounts = std::map<std::string, std::map<std::pair<std::uint16_t, std::string>, std::uint32_t>>;
  void count_endings(const std::string& form, const std::vector<LexiconReading>& set, EndingCounts& counts) {
    if (form.size() < 5 || form.find('-') != std::string::npos) return;
    for (std::size_t n = Lexicon::kShortestEnding; n <= Lexicon::kLongestEnding && n + 2 <= form.size(); ++n) {
      const std::string ending = form.substr(form.size() - n);
      if ((ending[0] & 0xC0) == 0x80) continue;
      for (const LexiconReading& reading : set) {
        const std::string& name = tags_[reading.tag].first;
        if (name != "NOUN" && name != "ADJ" && name != "VERB" && name != "ADV") continue;
        if (reading.cut > n || reading.keep_case != 0) continue;
        LexiconReading rule = reading;
        rule.count = 0;
        counts[ending][{reading.tag, std::string(reinterpret_cast<const char*>(&rule), sizeof(rule))}] += 1;
      }
    }
  }

  static std::vector<LexiconReading> guess_set(
      const std::string& ending, const std::map<std::pair<std::uint16_t, std::string>, std::uint32_t>& rules) {
    std::uint32_t total = 0;
    for (const auto& [rule, n] : rules) total += n;
    if (total < (ending.size() <= 3 ? 10u : 30u)) return {};
    std::vector<std::pair<std::uint32_t, LexiconReading>> best;
    for (const auto& [rule, n] : rules) {
      LexiconReading reading;
      std::memcpy(&reading, rule.second.data(), sizeof(reading));
      best.emplace_back(n, reading);
    }
    std::stable_sort(best.begin(), best.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<LexiconReading> set;
    for (const auto& [n, reading] : best) {
      if (set.size() >= 10 || n * 50 < total) break;
      const bool again =
          std::any_of(set.begin(), set.end(), [tag = reading.tag](const auto& r) { return r.tag == tag; });
      if (again) continue;
      set.push_back(reading);
      set.back().count =
          static_cast<std::uint16_t>(1 + 16 * n / total);  // a sixteenth is fine enough, and sets are shared
    }
    return set;
  }

  static std::vector<std::uint64_t> slots_of(const std::vector<std::pair<std::uint64_t, std::uint32_t>>& keys) {
    std::size_t buckets = 1;
    while (buckets * 8 * 90 / 100 < keys.size()) buckets *= 2;
    std::vector<std::uint64_t> slots(buckets * 8, 0);
    for (const auto& [hash, set] : keys) {
      std::size_t bucket = hash & (buckets - 1);
      for (bool placed = false; !placed; bucket = (bucket + 1) & (buckets - 1)) {
        for (std::size_t i = 0; i < 8 && !placed; ++i) {
          std::uint64_t& slot = slots[bucket * 8 + i];
          if (slot != 0 && slot >> kSetBits == fingerprint_of(hash)) die("two forms have one fingerprint");
          if (slot != 0) continue;
          slot = fingerprint_of(hash) << kSetBits | (set + 1);
          placed = true;
        }
      }
    }
    return slots;
  }

  template <class T>
  static void append_section(std::string& out, const T* data, std::size_t n) {
    out.append(reinterpret_cast<const char*>(data), n * sizeof(T));
    out.resize(align64(out.size()), '\0');
  }

  void save(const std::filesystem::path& path, const std::vector<std::pair<std::uint64_t, std::uint32_t>>& words,
            const std::vector<std::pair<std::uint64_t, std::uint32_t>>& endings) {
    const auto word_slots = slots_of(words), ending_slots = slots_of(endings);
    std::string tags;
    for (const auto& [name, features] : tags_) tags += name + "\t" + features + "\n";
    LexiconHeader header{};
    std::memcpy(header.magic, kLexiconMagic, sizeof(header.magic));
    header.version = Lexicon::kVersion;
    header.header_size = sizeof(header);
    header.word_buckets = word_slots.size() / 8;
    header.ending_buckets = ending_slots.size() / 8;
    header.words = words.size();
    header.endings = endings.size();
    header.sets = sets_.size();
    header.readings = readings_.size();
    header.tags_bytes = tags.size();
    header.strings_bytes = strings_.size();
    std::string body(align64(sizeof(header)), '\0');
    append_section(body, word_slots.data(), word_slots.size());
    append_section(body, ending_slots.data(), ending_slots.size());
    append_section(body, sets_.data(), sets_.size());
    append_section(body, readings_.data(), readings_.size());
    append_section(body, tags.data(), tags.size());
    append_section(body, strings_.data(), strings_.size());
    header.file_size = body.size();
    header.checksum = checksum_of(std::string_view(body).substr(sizeof(header)));
    std::memcpy(body.data(), &header, sizeof(header));
    std::filesystem::create_directories(path.parent_path());
    const std::filesystem::path draft = path.string() + ".new";
    std::ofstream(draft, std::ios::binary) << body;
    std::filesystem::rename(draft, path);
    std::printf("%s: %zu forms, %zu endings, %zu sets, %zu readings, %zu tags, %zu bytes\n", path.c_str(), words.size(),
                endings.size(), sets_.size(), readings_.size(), tags_.size(), body.size());
  }

  std::unordered_map<std::string, std::vector<Meaning>> meanings_;
  std::vector<std::pair<std::string, std::string>> tags_;
  std::unordered_map<std::string, std::uint16_t> tag_numbers_;
  std::unordered_map<std::string, Entries> words_;
  std::unordered_map<std::string, bool> seen_;
  std::string strings_;
  std::unordered_map<std::string, std::uint32_t> string_numbers_;
  std::vector<LexiconSet> sets_;
  std::vector<TagFacts> facts_;  // of each tag
  std::unordered_map<std::string, std::uint32_t> set_numbers_;
  std::vector<LexiconReading> readings_;
};

}  // namespace
}  // namespace chancery

int main(int argc, char** argv) {
  using namespace chancery;
  if (argc != 3) die("usage: compile_lexicon FOLDER OUT");
  const std::filesystem::path folder = argv[1];
  Compiler compiler;
  compiler.read_tags(slurp(folder / "tags.tsv"));
  if (std::filesystem::exists(folder / "extra.tsv")) compiler.read_counted(slurp(folder / "extra.tsv"), true);
  compiler.read_counted(slurp(folder / "treebanks.tsv"), false);
  if (std::filesystem::exists(folder / "prolex.tsv")) compiler.read_counted(slurp(folder / "prolex.tsv"), false);
  std::vector<std::filesystem::path> lists;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().string().ends_with(".mlex.zst")) lists.push_back(entry.path());
  std::sort(lists.begin(), lists.end());
  for (const auto& list : lists) compiler.read_word_list(decompress(slurp(list)));
  compiler.write(argv[2]);
}
