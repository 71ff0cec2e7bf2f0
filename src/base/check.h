// CHECK is for our own bugs and stops the program with the place and the condition, in every build. Bad input is
// never a CHECK: it is a value of type Error (result.h).
#pragma once

namespace chancery {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition) ((condition) ? static_cast<void>(0) : ::chancery::check_failed(#condition, __FILE__, __LINE__))
