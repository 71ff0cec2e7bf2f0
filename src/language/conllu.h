// Universal Dependencies' ten columns: analyses printed, and treebank tokens analysed so that they can be scored.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/page.h"

namespace chancery {

// The analysis as CoNLL-U, with `# text`, multiword ranges and SpaceAfter=No. With the pack, features are printed in
// full and an analysis without trees gets them; without it, the features that Morph keeps, and no tree. Pure.
std::string to_conllu(const Page& page, const Analysis& analysis, const LanguagePack* pack = nullptr);

// Takes the tokens, words and sentences of a CoNLL-U text as given and fills in class, features, lemma and, if the pack
// has a parser, head and relation; comments and other columns stay. Fails with malformed, naming the line, or not_text.
Result<std::string> analyse_conllu(std::string_view conllu, const LanguagePack& pack);

}  // namespace chancery
