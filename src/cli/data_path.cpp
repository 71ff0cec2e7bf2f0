// Asks the operating system where the program lies; a surface may, a stage may not.
#include "cli/data_path.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace chancery {

Result<std::filesystem::path> find_data() {
  std::vector<std::filesystem::path> places;
  if (const char* set = std::getenv("CHANCERY_DATA"); set != nullptr && *set != '\0') {
    places.emplace_back(set);
  } else {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error) {
      places.push_back(program.parent_path() / "data");
      places.push_back((program.parent_path() / ".." / "share" / "chancery").lexically_normal());
    }
  }
  std::string tried;
  for (const auto& place : places) {
    if (std::filesystem::exists(place / "knowledge.bin")) return place;
    tried += (tried.empty() ? "" : ", ") + place.string();
  }
  return fail(ErrorCode::not_found, "knowledge.bin in " + tried + " (set CHANCERY_DATA to the data folder)");
}

Result<std::shared_ptr<const Reader>> open_reader(const std::vector<std::string>& knowledge_files) {
  auto data = find_data();
  if (!data) return tl::unexpected(data.error());
  return Reader::open(*data, std::vector<std::filesystem::path>(knowledge_files.begin(), knowledge_files.end()));
}

}  // namespace chancery
