// Where the program finds its data: CHANCERY_DATA if set, else beside the program, so that an installed tree can be
// moved as a whole.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/reading.h"

namespace chancery {

// The first that holds knowledge.bin: $CHANCERY_DATA, <program's folder>/data (build tree),
// <program's folder>/../share/chancery (installed). Fails with not_found, naming the places.
Result<std::filesystem::path> find_data();

// The reader over that data, with the user's own knowledge files (TSV) on top.
Result<std::shared_ptr<const Reader>> open_reader(const std::vector<std::string>& knowledge_files);

}  // namespace chancery
