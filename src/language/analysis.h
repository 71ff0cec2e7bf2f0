// A page's sentences and words with what is known of each: class, lemma, features and, where the pack has a parser,
// the tree. Words are syntactic words of Universal Dependencies: « du » is two of them (de, le) that share one span.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/morphology.h"
#include "page/page.h"
#include "text/span.h"

namespace chancery {

class LanguagePack;

struct Token {
  Span span;  // the surface token, in the page's text
  Upos upos = Upos::X;
  Morph morph;
  std::uint8_t part = 0;                        // 0: a token of its own; 1, 2, …: the n-th word of a multiword token
  bool space_before = true;                     // white space (or a block's start) stands before it
  bool capitalised = false;                     // begins with an upper-case letter
  bool known = false;                           // the lexicon has it
  std::uint32_t form_begin = 0, form_size = 0;  // in Analysis::strings: the folded-case form (lower case, accents
                                                // kept, apostrophe U+0027), for a part of a multiword token that
                                                // word's own form
  std::uint32_t lemma_begin = 0, lemma_size = 0;  // likewise
  std::uint32_t head = kNoHead;  // index of the head word in Analysis::tokens; kNoHead: root or no parser
  std::uint16_t tag = 0;         // index into the pack's tags: LanguagePack::tag_features
  std::uint8_t deprel = 0;       // index into LanguagePack's relations; 0: none
  // hash_bytes() (language/hash.h) of form and lemma, so that no room that looks words up has to read them again.
  std::uint64_t form_hash = 0, lemma_hash = 0;

  static constexpr std::uint32_t kNoHead = 0xFFFFFFFF;
};

struct Sentence {
  Span span;                          // in the page's text, without white space around it
  std::uint32_t first = 0, last = 0;  // tokens [first, last)
  std::uint32_t block = 0;            // index of the block in Page::blocks; sentences never cross blocks
};

struct Analysis {
  std::vector<Token> tokens;        // in text order
  std::vector<Sentence> sentences;  // in text order
  std::string strings;              // forms and lemmas of this page, end to end
  bool parsed = false;              // whether heads are filled in

  std::string_view form(const Token& t) const { return std::string_view(strings).substr(t.form_begin, t.form_size); }
  std::string_view lemma(const Token& t) const { return std::string_view(strings).substr(t.lemma_begin, t.lemma_size); }
  std::string_view form(std::size_t i) const { return form(tokens[i]); }
  std::string_view lemma(std::size_t i) const { return lemma(tokens[i]); }
  // The sentence that holds the byte `offset`; sentences.size() if none does.
  std::size_t sentence_at(std::uint32_t offset) const;
  // The first token whose span ends behind the byte `offset`; tokens.size() if none does.
  std::size_t token_at(std::uint32_t offset) const;
};

struct AnalyseOptions {
  bool tree = false;  // fill in head and deprel too, where the pack has a parser; costs several times the rest
};

// Splits the article blocks (never boilerplate) into sentences and words and describes each word. Pure.
Analysis analyse(const Page& page, const LanguagePack& pack, const AnalyseOptions& options = {});

// Fills in head and deprel of an analysis that has none, where the pack has a parser. Pure.
void add_trees(Analysis& analysis, const LanguagePack& pack);

}  // namespace chancery
