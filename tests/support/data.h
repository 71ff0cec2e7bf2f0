// Where tests find things: the data that the build made, the sources, and the material that only some machines have.
#pragma once

#include <filesystem>

namespace chancery::test {

std::filesystem::path data_directory();    // the build's data/: knowledge.bin, languages/<code>/
std::filesystem::path source_directory();  // the repository
// The material beside the checkout (treebanks, benchmark pages); empty where there is none, and then a test that needs
// it must GTEST_SKIP() with a clear word.
std::filesystem::path shared_directory();

}  // namespace chancery::test
