// The language room as text: each case's input is a page of one paragraph a line, and the dump is one sentence a block,
// one word a line (form, class, lemma, features), or with `show: tokens` one sentence a line, its tokens between bars,
// or with `show: tree` one word a line with its relation and its head.
#include <gtest/gtest.h>

#include <string>

#include "language/analysis.h"
#include "language/pack.h"
#include "support.h"
#include "support/case_file.h"

namespace chancery {
namespace {

using test::pack_of;
using test::page_of;

std::string dump_tokens(const Page& page, const Analysis& analysis) {
  std::string out;
  for (const Sentence& sentence : analysis.sentences) {
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = analysis.tokens[i];
      if (token.part > 1) {
        out += "+" + std::string(analysis.form(i));
        continue;
      }
      out += i == sentence.first ? "" : token.space_before ? " | " : "|";
      out += page.text[token.span];
      if (token.part == 1) out += "=" + std::string(analysis.form(i));
    }
    out += "\n";
  }
  return out;
}

std::string dump_words(const Analysis& analysis) {
  std::string out;
  for (const Sentence& sentence : analysis.sentences) {
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = analysis.tokens[i];
      out += std::string(analysis.form(i)) + "  " + std::string(name(token.upos)) + "  " +
             std::string(analysis.lemma(i)) + "  " + feats(token.morph) + (token.known ? "" : "  unknown") + "\n";
    }
    out += "\n";
  }
  return out;
}

std::string dump_trees(const Analysis& analysis, const LanguagePack& pack) {
  std::string out;
  for (const Sentence& sentence : analysis.sentences) {
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = analysis.tokens[i];
      out += std::string(analysis.form(i)) + "  ";
      out += token.head == Token::kNoHead
                 ? std::string("root")
                 : std::string(pack.relation(token.deprel)) + "  " + std::string(analysis.form(token.head));
      out += "\n";
    }
    out += "\n";
  }
  return out;
}

std::string dump(const test::Case& one, const std::string& language) {
  const Page page = page_of(one.input);
  if (one.option("show") == "tree")
    return dump_trees(analyse(page, pack_of(language), AnalyseOptions{.tree = true}), pack_of(language));
  const Analysis analysis = analyse(page, pack_of(language));
  return one.option("show") == "tokens" ? dump_tokens(page, analysis) : dump_words(analysis);
}

[[maybe_unused]] const bool cases = test::register_cases("language", dump);

}  // namespace
}  // namespace chancery
