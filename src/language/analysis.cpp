// The way through the room: blocks are cut into surface tokens, a sentence at a time is tagged, and each token is
// unfolded into the words that it stands for.
#include "language/analysis.h"

#include <algorithm>

#include "language/analyser.h"
#include "language/flat_text.h"
#include "language/hash.h"
#include "language/readings.h"

namespace chancery {

Analyser::Analyser(std::string_view text, const LanguagePack::Tables& tables, const AnalyseOptions& options)
    : text_(text), tables_(tables), tagger_(tables), parser_(tables) {
  analysis_.parsed = options.tree && tables.parser.loaded();
  analysis_.tokens.reserve(text.size() / 5 + 16);
  analysis_.strings.reserve(text.size() * 2 + 256);
}

void Analyser::add_block(Span span, std::uint32_t block) {
  surfaces_.clear();
  if (analysis_.strings.empty()) begin_strings(text_, analysis_.strings);
  tokenise(text_, span, tables_, surfaces_, analysis_.strings);
  FlatText flat(text_, tables_, tagger_);
  const bool lost_lines = surfaces_.size() > kFlatTextTokens && !tables_.starts.empty();
  const std::span<Surface> surfaces(surfaces_);
  if (lost_lines) flat.survey(surfaces);
  for (std::size_t first = 0, i = 0; i < surfaces.size(); ++i) {
    if (!surfaces[i].ends_sentence) continue;
    const std::span<Surface> stretch = surfaces.subspan(first, i + 1 - first);
    first = i + 1;
    if (!lost_lines) {
      add_sentence(stretch, block);
    } else if (!part_stretch(flat, analysis_.strings, tables_.starts, stretch)) {
      add_tagged(stretch, block);
    } else {
      add_parts(stretch, block);
    }
  }
}

// The sentences into which a stretch has been parted.
void Analyser::add_parts(std::span<const Surface> stretch, std::uint32_t block) {
  for (std::size_t first = 0, i = 0; i < stretch.size(); ++i) {
    if (!stretch[i].ends_sentence) continue;
    add_sentence(stretch.subspan(first, i + 1 - first), block);
    first = i + 1;
  }
}

void Analyser::add_sentence(std::span<const Surface> surfaces, std::uint32_t block) {
  tagger_.tag(surfaces, analysis_.strings);
  add_tagged(surfaces, block);
}

void Analyser::add_tagged(std::span<const Surface> surfaces, std::uint32_t block) {
  Sentence sentence;
  sentence.first = static_cast<std::uint32_t>(analysis_.tokens.size());
  for (std::size_t i = 0; i < surfaces.size(); ++i) unfold(surfaces[i], tagger_.chosen(i), tagger_.known(i));
  sentence.last = static_cast<std::uint32_t>(analysis_.tokens.size());
  sentence.span = Span{surfaces.front().span.begin, surfaces.back().span.end};
  sentence.block = block;
  if (analysis_.parsed) parser_.parse(analysis_, sentence);
  analysis_.sentences.push_back(sentence);
}

void Analyser::set_tag(Token& token, std::uint16_t tag) const {
  token.tag = tag;
  token.upos = tables_.facts[tag].upos;
  token.morph = tables_.facts[tag].morph;
}

// The lemma that has just been appended to the strings, from `begin` on.
void Analyser::set_lemma(Token& token, std::size_t begin) const {
  const std::string_view lemma = std::string_view(analysis_.strings).substr(begin);
  token.lemma_begin = static_cast<std::uint32_t>(begin);
  token.lemma_size = static_cast<std::uint32_t>(lemma.size());
  token.lemma_hash = hash_bytes(lemma);
}

void Analyser::set_lemma(Token& token, const Surface& surface, const LexiconReading& reading) {
  std::string& strings = analysis_.strings;
  // Whether the form is the text as it stands there, but for capitals.
  const bool in_place = surface.form_begin == surface.span.begin && surface.form_size == surface.span.size();
  if (reading.keep_case == 0 && reading.append_size == 0) {  // the form or its beginning
    token.lemma_begin = token.form_begin;
    token.lemma_size = token.form_size - std::min<std::uint32_t>(reading.cut, token.form_size);
    token.lemma_hash = reading.cut == 0
                           ? token.form_hash
                           : hash_bytes(std::string_view(strings).substr(token.lemma_begin, token.lemma_size));
    return;
  }
  const std::size_t begin = strings.size();
  if (reading.keep_case == 0) {
    const std::uint32_t kept = surface.form_size - std::min<std::uint32_t>(reading.cut, surface.form_size);
    strings.append(strings, surface.form_begin, kept).append(tables_.lexicon.append_of(reading));
  } else if (in_place && reading.cut == 0 && reading.append_size == 0) {
    strings.append(text_, surface.span.begin, surface.span.size());
  } else {
    scratch_.assign(form_of(surface));
    append_lemma(reading, scratch_, text_.substr(surface.span.begin, surface.span.size()), tables_.lexicon, strings);
  }
  set_lemma(token, begin);
}

void Analyser::unfold(const Surface& surface, const LexiconReading& reading, bool known) {
  Token& token = analysis_.tokens.emplace_back();
  token.span = surface.span;
  token.space_before = surface.space_before;
  token.capitalised = surface.capitalised;
  token.known = known;
  token.form_begin = surface.form_begin;
  token.form_size = surface.form_size;
  token.form_hash = surface.hash;
  if (tables_.facts[reading.tag].parts > 1) {
    const std::uint32_t entry = tables_.multiwords.find(surface.hash);
    if (entry != WordTable::kNone) return unfold_parts(tables_.multiword_parts[entry]);
  }
  set_tag(token, reading.tag);
  set_lemma(token, surface, reading);
}

// The last token becomes the first of its parts, the others follow.
void Analyser::unfold_parts(const std::vector<MultiwordPart>& parts) {
  std::string& strings = analysis_.strings;
  Token token = analysis_.tokens.back();
  analysis_.tokens.pop_back();
  for (const MultiwordPart& part : parts) {
    ++token.part;
    set_tag(token, part.tag);
    token.form_begin = static_cast<std::uint32_t>(strings.size());
    token.form_size = static_cast<std::uint32_t>(part.form.size());
    token.form_hash = part.form_hash;
    strings += part.form;
    token.lemma_begin = static_cast<std::uint32_t>(strings.size());
    token.lemma_size = static_cast<std::uint32_t>(part.lemma.size());
    token.lemma_hash = part.lemma_hash;
    strings += part.lemma;
    analysis_.tokens.push_back(token);
    token.space_before = false;
    token.capitalised = false;
  }
}

std::size_t Analysis::sentence_at(std::uint32_t offset) const {
  const auto found = std::upper_bound(sentences.begin(), sentences.end(), offset,
                                      [](std::uint32_t at, const Sentence& s) { return at < s.span.end; });
  return found != sentences.end() && found->span.contains(offset) ? static_cast<std::size_t>(found - sentences.begin())
                                                                  : sentences.size();
}

std::size_t Analysis::token_at(std::uint32_t offset) const {
  const auto found = std::upper_bound(tokens.begin(), tokens.end(), offset,
                                      [](std::uint32_t at, const Token& t) { return at < t.span.end; });
  return static_cast<std::size_t>(found - tokens.begin());
}

Analysis analyse(const Page& page, const LanguagePack& pack, const AnalyseOptions& options) {
  Analyser analyser(page.text.bytes(), pack.tables(), options);
  for (std::uint32_t b = 0; b < page.blocks.size(); ++b)
    if (is_told(page.blocks[b].kind)) analyser.add_block(page.blocks[b].span, b);
  return analyser.take();
}

void add_trees(Analysis& analysis, const LanguagePack& pack) {
  if (analysis.parsed || !pack.tables().parser.loaded()) return;
  SentenceParser parser(pack.tables());
  for (const Sentence& sentence : analysis.sentences) parser.parse(analysis, sentence);
  analysis.parsed = true;
}

}  // namespace chancery
