// compile_knowledge OUT TABLE… [--titles LANGUAGE TABLE]…
// Checks knowledge/*.tsv and the packs' titles and compiles them into the one file that Knowledge maps. A bad row stops
// the build, naming file, line and reason.
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "knowledge/sources.h"

namespace {

int stop(const std::string& message) {
  std::fprintf(stderr, "compile_knowledge: %s\n", message.c_str());
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return stop("usage: compile_knowledge OUT TABLE… [--titles LANGUAGE TABLE]…");
  chancery::Sources sources;
  for (int i = 2; i < count; ++i) {
    std::string language;
    if (std::string(arguments[i]) == "--titles") {
      if (i + 2 >= count) return stop("--titles wants a language and a table");
      language = arguments[i + 1];
      i += 2;
    }
    std::ifstream in(arguments[i], std::ios::binary);
    if (!in) return stop(std::string("cannot read ") + arguments[i]);
    std::ostringstream text;
    text << in.rdbuf();
    if (const auto added = sources.add_table(text.str(), arguments[i], language); !added)
      return stop(added.error().message());
  }
  const auto bytes = sources.compile();
  if (!bytes) return stop(bytes.error().message());
  std::ofstream out(arguments[1], std::ios::binary);
  out.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
  if (!out.flush()) return stop(std::string("cannot write ") + arguments[1]);
  return 0;
}
