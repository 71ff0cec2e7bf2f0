// Printing walks the words; reading keeps each sentence's lines, lets the analyser see its tokens, and prints the lines
// again with the analysed columns replaced.
#include "language/conllu.h"

#include <array>
#include <charconv>
#include <vector>

#include "language/analyser.h"
#include "text/utf8.h"

namespace chancery {
namespace {

constexpr std::size_t kColumns = 10;
enum Column : std::size_t { kId, kForm, kLemma, kUpos, kXpos, kFeats, kHead, kRelation, kDeps, kMisc };

// Lines may not hold line ends or tabs.
void append_clean(std::string_view text, std::string& out) {
  for (const char c : text) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
}

// LEMMA to DEPREL of the word `i` of a sentence that begins with the word `first`.
void append_analysis(const Analysis& analysis, std::uint32_t i, std::uint32_t first, const LanguagePack* pack,
                     std::string_view xpos, std::string& out) {
  const Token& token = analysis.tokens[i];
  const std::string_view lemma = analysis.lemma(i);
  append_clean(lemma.empty() ? std::string_view("_") : lemma, out);
  out.append("\t").append(name(token.upos)).append("\t").append(xpos).append("\t");
  if (pack != nullptr)
    out += pack->tag_features(token.tag);
  else
    out += feats(token.morph);
  if (!analysis.parsed) {
    out += "\t_\t_";
  } else if (token.head == Token::kNoHead) {
    out += "\t0\troot";
  } else {
    const std::string_view relation = pack == nullptr ? std::string_view() : pack->relation(token.deprel);
    out += "\t" + std::to_string(token.head - first + 1) + "\t";
    out += relation.empty() ? std::string_view("dep") : relation;
  }
}

void print_sentence(const Page& page, const Analysis& analysis, const Sentence& sentence, const LanguagePack* pack,
                    std::string& out) {
  const std::string_view text = page.text.bytes();
  out += "# text = ";
  append_clean(page.text[sentence.span], out);
  out += '\n';
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    const Token& token = analysis.tokens[i];
    const std::uint32_t id = i - sentence.first + 1;
    std::uint32_t last = i;
    while (token.part == 1 && last + 1 < sentence.last && analysis.tokens[last + 1].part > 1) ++last;
    const bool glued = last + 1 < sentence.last && !analysis.tokens[last + 1].space_before;
    const std::string_view misc = glued ? "\t_\tSpaceAfter=No\n" : "\t_\t_\n";
    if (token.part == 1) {
      out += std::to_string(id) + "-" + std::to_string(last - sentence.first + 1) + "\t";
      append_clean(text.substr(token.span.begin, token.span.size()), out);
      out.append("\t_\t_\t_\t_\t_\t_").append(misc);
    }
    out += std::to_string(id) + "\t";
    append_clean(token.part == 0 ? text.substr(token.span.begin, token.span.size()) : analysis.form(i), out);
    out += '\t';
    append_analysis(analysis, i, sentence.first, pack, "_", out);
    out += token.part == 0 ? misc : "\t_\t_\n";
  }
  out += '\n';
}

// One line of a CoNLL-U sentence: a comment, a range, or a word.
struct Row {
  std::string_view line;
  std::array<std::string_view, kColumns> cells;
  std::uint32_t first = 0, last = 0;  // the words of a range or word; 0 for others
};

bool read_number(std::string_view text, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0;
}

bool read_row(std::string_view line, Row& row) {
  row.line = line;
  if (line.starts_with('#')) return true;
  for (std::size_t column = 0; column < kColumns; ++column) {
    const std::size_t tab = column + 1 < kColumns ? line.find('\t') : line.size();
    if (tab == std::string_view::npos) return false;
    row.cells[column] = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  const std::string_view id = row.cells[kId];
  if (id.find('.') != std::string_view::npos) return true;  // an empty node
  const std::size_t dash = id.find('-');
  if (dash == std::string_view::npos) return read_number(id, row.first) && (row.last = row.first) != 0;
  return read_number(id.substr(0, dash), row.first) && read_number(id.substr(dash + 1), row.last) &&
         row.first < row.last;
}

class TreebankReader {
 public:
  explicit TreebankReader(const LanguagePack& pack) : pack_(pack), tables_(pack.tables()) {}

  Result<std::string> run(std::string_view conllu) {
    for (std::size_t number = 1; !conllu.empty(); ++number) {
      const std::size_t end = std::min(conllu.find('\n'), conllu.size());
      std::string_view line = conllu.substr(0, end);
      conllu.remove_prefix(std::min(end + 1, conllu.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) {
        if (!add_sentence()) return broken(number);
        continue;
      }
      Row row;
      if (!read_row(line, row)) return broken(number);
      rows_.push_back(row);
    }
    if (!add_sentence()) return broken(0);
    return std::move(out_);
  }

 private:
  static tl::unexpected<Error> broken(std::size_t line) {
    return fail(ErrorCode::malformed, line == 0 ? std::string("the last sentence is no CoNLL-U")
                                                : "line " + std::to_string(line) + " is no CoNLL-U");
  }

  // Whether the words are numbered 1, 2, … and ranges lie among them.
  bool is_in_order() const {
    std::uint32_t words = 0, covered = 0;
    for (const Row& row : rows_) {
      if (row.first == 0) continue;
      if (row.first != words + 1) return false;
      if (row.first != row.last) {
        if (row.first <= covered) return false;
        covered = row.last;
      } else {
        ++words;
      }
    }
    return covered <= words;
  }

  // A range that the pack unfolds into as many words is one token; other words stand for themselves.
  bool is_known_range(const Row& row) const {
    std::string form;
    append_form(row.cells[kForm], form);
    const std::uint32_t entry = tables_.multiwords.find(form);
    return entry != WordTable::kNone && tables_.multiword_parts[entry].size() == row.last - row.first + 1;
  }

  void collect(std::string& text, std::string& strings, std::vector<Surface>& surfaces) const {
    std::uint32_t skip_to = 0;
    for (const Row& row : rows_) {
      if (row.first == 0 || row.first <= skip_to) continue;
      const bool range = row.first != row.last;
      if (range && !is_known_range(row)) continue;
      if (range) skip_to = row.last;
      Surface surface = surface_of(row.cells[kForm], strings);
      surface.words = static_cast<std::uint8_t>(range ? 2 : 1);
      surface.span.begin = static_cast<std::uint32_t>(text.size());
      text += row.cells[kForm];
      surface.span.end = static_cast<std::uint32_t>(text.size());
      surfaces.push_back(surface);
    }
  }

  bool add_sentence() {
    if (!is_in_order()) return false;
    std::string text;
    std::vector<Surface> surfaces;
    std::string strings;
    collect(text, strings, surfaces);
    if (surfaces.empty()) {
      print(Analysis{});
    } else {
      Analyser analyser(text, tables_, AnalyseOptions{.tree = true});
      analyser.strings() = std::move(strings);
      analyser.add_sentence(surfaces, 0);
      print(analyser.take());
    }
    rows_.clear();
    return true;
  }

  void print(const Analysis& analysis) {
    for (const Row& row : rows_) {
      if (row.first == 0 || row.first != row.last || row.first > analysis.tokens.size()) {
        out_.append(row.line).append("\n");
        continue;
      }
      out_.append(row.cells[kId]).append("\t").append(row.cells[kForm]).append("\t");
      append_analysis(analysis, row.first - 1, 0, &pack_, row.cells[kXpos], out_);
      out_.append("\t").append(row.cells[kDeps]).append("\t").append(row.cells[kMisc]).append("\n");
    }
    if (!rows_.empty()) out_ += '\n';
  }

  const LanguagePack& pack_;
  const LanguagePack::Tables& tables_;
  std::vector<Row> rows_;
  std::string out_;
};

}  // namespace

std::string to_conllu(const Page& page, const Analysis& analysis, const LanguagePack* pack) {
  std::string out;
  if (pack != nullptr && !analysis.parsed) {
    Analysis with_trees = analysis;
    add_trees(with_trees, *pack);
    for (const Sentence& sentence : analysis.sentences) print_sentence(page, with_trees, sentence, pack, out);
    return out;
  }
  for (const Sentence& sentence : analysis.sentences) print_sentence(page, analysis, sentence, pack, out);
  return out;
}

Result<std::string> analyse_conllu(std::string_view conllu, const LanguagePack& pack) {
  if (!is_valid_utf8(conllu)) return fail(ErrorCode::not_text, "CoNLL-U is UTF-8");
  if (conllu.size() > 0xF0000000) return fail(ErrorCode::too_large, "the CoNLL-U text");
  return TreebankReader(pack).run(conllu);
}

}  // namespace chancery
