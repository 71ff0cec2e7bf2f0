// What the language room's tests share: the pack of a language, and pages made by hand.
#pragma once

#include <string>

#include "language/pack.h"
#include "page/page.h"

namespace chancery::test {

// Loaded once; the test fails hard where the build has made no data.
const LanguagePack& pack_of(const std::string& language);
// One paragraph a line.
Page page_of(const std::string& text);

}  // namespace chancery::test
