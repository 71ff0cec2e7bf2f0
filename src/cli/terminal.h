// What a person sees while a command runs: messages, colour and progress, the last two on a terminal only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace chancery {

// Whether standard output may be coloured: it is a terminal and NO_COLOR is not set.
bool colour_output();
// Whether standard output is a terminal, and how many columns it has (0 where it is none).
bool is_terminal();
std::size_t output_width();

// "chancery: message" on standard error. Control characters of `message` (a page's name may hold any) are replaced.
void say(std::string_view message);
void say(const Error& error);

// Text from a page made fit for a terminal: control characters, which could drive it, become U+FFFD.
std::string printable(std::string_view text);

// How many columns `text` takes (one for each code point; wide characters are not told apart).
std::size_t columns(std::string_view text);
// `text` cut to `width` columns, with "…" where something was cut.
std::string cut(std::string_view text, std::size_t width);

// As cut(), on one line and at the end of a word: white space of any kind becomes one space.
std::string one_line(std::string_view text, std::size_t width);

// A progress bar on standard error, drawn only on a terminal and at most ten times a second.
class Progress {
 public:
  explicit Progress(std::string label);
  ~Progress();
  // `done` of `total` bytes (total 0: unknown) and `pages` so far.
  void update(std::uint64_t done, std::uint64_t total, std::uint64_t pages);
  void clear();

 private:
  std::string label_;
  bool shown_ = false;
  bool active_ = false;
  std::int64_t last_ms_ = 0;
};

// The number of threads to use: `asked`, or one for each core when it is 0.
unsigned job_count(unsigned asked);

}  // namespace chancery
