#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace chancery {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "chancery: internal error at %s:%d: %s does not hold\n", file, line, condition);
  std::abort();
}

}  // namespace chancery
