// The common way of analyse() and analyse_conllu(): surface tokens in, sentences of words out. For the language room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/analysis.h"
#include "language/parser.h"
#include "language/sentence_tagger.h"
#include "language/tables.h"
#include "language/tokenise.h"

namespace chancery {

class Analyser {
 public:
  // `text` is what all spans count in, and must outlive the analyser.
  Analyser(std::string_view text, const LanguagePack::Tables& tables, const AnalyseOptions& options = {});

  // Cuts and adds the sentences of one block.
  void add_block(Span span, std::uint32_t block);
  // Adds one sentence of given tokens, whose forms are in strings().
  void add_sentence(std::span<const Surface> surfaces, std::uint32_t block);
  std::string& strings() { return analysis_.strings; }
  // What has been added so far; the analyser is spent.
  Analysis take() { return std::move(analysis_); }

 private:
  // A sentence that the tagger has just read.
  void add_tagged(std::span<const Surface> surfaces, std::uint32_t block);
  void add_parts(std::span<const Surface> stretch, std::uint32_t block);
  std::string_view form_of(const Surface& surface) const {
    return std::string_view(analysis_.strings).substr(surface.form_begin, surface.form_size);
  }
  void set_tag(Token& token, std::uint16_t tag) const;
  void unfold(const Surface& surface, const LexiconReading& reading, bool known);
  void unfold_parts(const std::vector<MultiwordPart>& parts);
  void set_lemma(Token& token, std::size_t begin) const;
  void set_lemma(Token& token, const Surface& surface, const LexiconReading& reading);

  std::string_view text_;
  const LanguagePack::Tables& tables_;
  Analysis analysis_;
  std::vector<Surface> surfaces_;
  SentenceTagger tagger_;
  SentenceParser parser_;
  std::string scratch_;
};

}  // namespace chancery
