// Whether the facts of a page still hold against its text: every span lies in it, and the words that a fact was kept
// with are the characters that stand there.
#pragma once

#include <string>
#include <vector>

#include "record/facts.h"

namespace chancery {

// One sentence for each fact that does not hold, naming it by its place in the page; empty if all hold. Pure.
std::vector<std::string> faults_of(const Facts& facts);

}  // namespace chancery
