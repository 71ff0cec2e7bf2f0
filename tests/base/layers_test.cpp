// src/layers.txt is the law: a room includes itself and the rooms named for it, nothing above.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/data.h"

namespace chancery::test {
namespace {

using Layers = std::map<std::string, std::set<std::string>>;

Layers read_layers() {
  Layers layers;
  std::ifstream in(source_directory() / "src" / "layers.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(':');
    const std::string room = line.substr(0, colon);
    layers[room].insert(room);
    std::istringstream below(line.substr(colon + 1));
    for (std::string name; below >> name;) layers[room].insert(name);
  }
  return layers;
}

// The room of `#include "room/file.h"`; empty for any other line.
std::string included_room(const std::string& line) {
  static const std::string kStart = "#include \"";
  if (line.rfind(kStart, 0) != 0) return {};
  const std::size_t slash = line.find('/', kStart.size());
  return slash == std::string::npos ? std::string() : line.substr(kStart.size(), slash - kStart.size());
}

// What `text`, a file of `room`, includes against the law.
std::vector<std::string> violations(const Layers& layers, const std::string& room, const std::string& text) {
  std::vector<std::string> found;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::string other = included_room(line);
    if (!other.empty() && !layers.at(room).contains(other)) found.push_back(line);
  }
  return found;
}

TEST(Layers, EachRoomIsNamedAndNamesOnlyRoomsAboveItInTheFile) {
  const Layers layers = read_layers();
  for (const auto& entry : std::filesystem::directory_iterator(source_directory() / "src")) {
    if (!entry.is_directory()) continue;
    EXPECT_TRUE(layers.contains(entry.path().filename().string())) << entry.path() << " is not in src/layers.txt";
  }
  std::set<std::string> seen;
  std::ifstream in(source_directory() / "src" / "layers.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::string room = line.substr(0, line.find(':'));
    for (const std::string& below : layers.at(room))
      EXPECT_TRUE(below == room || seen.contains(below)) << room << " may not use " << below << ", which stands later";
    seen.insert(room);
  }
}

TEST(Layers, NoFileIncludesUpward) {
  const Layers layers = read_layers();
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_directory() / "src")) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    ++files;
    const auto relative = std::filesystem::relative(entry.path(), source_directory() / "src");
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    for (const std::string& line : violations(layers, relative.begin()->string(), text.str()))
      ADD_FAILURE() << relative << " may not have: " << line;
  }
  EXPECT_GT(files, 20U);
}

TEST(Layers, AnUpwardIncludeWouldBeSeen) {
  EXPECT_EQ(violations(read_layers(), "text", "#include \"store/store.h\"\n#include \"base/id.h\"\n").size(), 1U);
}

}  // namespace
}  // namespace chancery::test
