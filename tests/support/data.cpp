#include "support/data.h"

namespace chancery::test {

std::filesystem::path data_directory() { return CHANCERY_TEST_DATA; }
std::filesystem::path source_directory() { return CHANCERY_SOURCE; }
std::filesystem::path shared_directory() {
  const std::filesystem::path beside = source_directory() / ".." / "shared";
  return std::filesystem::exists(beside / "data") ? beside : std::filesystem::path();
}

}  // namespace chancery::test
