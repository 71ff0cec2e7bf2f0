// The way through the room: blocks are cut into surface tokens, a sentence at a time is tagged, and each token is
// unfolded into the words that it stands for.
#include "language/analysis.h"

#include <algorithm>

#include "language/readings.h"
#include "language/sentence_tagger.h"
#include "language/tables.h"
#include "language/tokenise.h"

namespace chancery {
namespace {

class Analyser {
 public:
  Analyser(const Page& page, const LanguagePack& pack)
      : text_(page.text.bytes()), page_(page), tables_(pack.tables()), tagger_(tables_) {
    analysis_.tokens.reserve(text_.size() / 5);
    analysis_.strings.reserve(text_.size() * 2);
  }

  Analysis run() {
    for (std::uint32_t b = 0; b < page_.blocks.size(); ++b) {
      if (page_.blocks[b].kind == BlockKind::boilerplate) continue;
      surfaces_.clear();
      tokenise(text_, page_.blocks[b].span, tables_, surfaces_, analysis_.strings);
      std::size_t first = 0;
      for (std::size_t i = 0; i < surfaces_.size(); ++i) {
        if (!surfaces_[i].ends_sentence) continue;
        add_sentence(first, i + 1, b);
        first = i + 1;
      }
    }
    return std::move(analysis_);
  }

 private:
  void add_sentence(std::size_t first, std::size_t last, std::uint32_t block) {
    Sentence sentence;
    sentence.first = static_cast<std::uint32_t>(analysis_.tokens.size());
    tagger_.tag(std::span<const Surface>(surfaces_).subspan(first, last - first), analysis_.strings);
    for (std::size_t i = first; i < last; ++i)
      unfold(surfaces_[i], tagger_.chosen(i - first), tagger_.known(i - first));
    sentence.last = static_cast<std::uint32_t>(analysis_.tokens.size());
    sentence.span = Span{surfaces_[first].span.begin, surfaces_[last - 1].span.end};
    sentence.block = block;
    analysis_.sentences.push_back(sentence);
  }

  std::string_view form_of(const Surface& surface) const {
    return std::string_view(analysis_.strings).substr(surface.form_begin, surface.form_size);
  }

  Token word_of(const Surface& surface, bool known) const {
    Token token;
    token.span = surface.span;
    token.space_before = surface.space_before;
    token.capitalised = surface.capitalised;
    token.known = known;
    token.form_begin = surface.form_begin;
    token.form_size = surface.form_size;
    return token;
  }

  void set_tag(Token& token, std::uint16_t tag) const {
    token.tag = tag;
    token.upos = tables_.tags[tag].upos;
    token.morph = tables_.tags[tag].morph;
  }

  void unfold(const Surface& surface, const LexiconReading& reading, bool known) {
    Token token = word_of(surface, known);
    if (tables_.tags[reading.tag].parts > 1) {
      const std::uint32_t entry = tables_.multiwords.find(surface.hash);
      if (entry != WordTable::kNone) return unfold_parts(token, tables_.multiword_parts[entry]);
    }
    set_tag(token, reading.tag);
    std::string& strings = analysis_.strings;
    const std::string_view surface_text = text_.substr(surface.span.begin, surface.span.size());
    if (reading.cut == 0 && reading.append_size == 0 && reading.keep_case == 0) {
      token.lemma_begin = token.form_begin;
      token.lemma_size = token.form_size;
    } else {
      scratch_.clear();
      append_lemma(reading, form_of(surface), surface_text, tables_.lexicon, scratch_);
      token.lemma_begin = static_cast<std::uint32_t>(strings.size());
      token.lemma_size = static_cast<std::uint32_t>(scratch_.size());
      strings += scratch_;
    }
    analysis_.tokens.push_back(token);
  }

  void unfold_parts(Token token, const std::vector<MultiwordPart>& parts) {
    std::string& strings = analysis_.strings;
    for (const MultiwordPart& part : parts) {
      ++token.part;
      set_tag(token, part.tag);
      token.form_begin = static_cast<std::uint32_t>(strings.size());
      token.form_size = static_cast<std::uint32_t>(part.form.size());
      strings += part.form;
      token.lemma_begin = static_cast<std::uint32_t>(strings.size());
      token.lemma_size = static_cast<std::uint32_t>(part.lemma.size());
      strings += part.lemma;
      analysis_.tokens.push_back(token);
      token.space_before = false;
      token.capitalised = false;
    }
  }

  std::string_view text_;
  const Page& page_;
  const LanguagePack::Tables& tables_;
  Analysis analysis_;
  std::vector<Surface> surfaces_;
  SentenceTagger tagger_;
  std::string scratch_;
};

}  // namespace

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

Analysis analyse(const Page& page, const LanguagePack& pack) { return Analyser(page, pack).run(); }

}  // namespace chancery
