// Terminals are asked what they are; nothing here touches the data.
#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "text/unicode.h"

namespace chancery {
namespace {

bool wants_colour() {
  const char* no_color = std::getenv("NO_COLOR");
  return no_color == nullptr || *no_color == '\0';
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Controls, and the marks that reorder text, which could make a line read as something else.
bool drives_terminal(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

bool colour_output() { return wants_colour() && is_terminal(); }

bool is_terminal() { return isatty(STDOUT_FILENO) == 1; }

std::size_t output_width() {
  constexpr std::size_t kUsual = 80;
  if (!is_terminal()) return 0;
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::uint32_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    append_code_point(out, drives_terminal(c) ? U'\uFFFD' : c);
  }
  return out;
}

void say(std::string_view message) { fmt::print(stderr, "chancery: {}\n", printable(message)); }
void say(const Error& error) { say(error.message()); }

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string cut(std::string_view text, std::size_t width) {
  if (columns(text) <= width || width == 0) return std::string(text);
  std::uint32_t at = 0;
  for (std::size_t i = 0; i + 1 < width; ++i) next_code_point(text, at);
  return std::string(text.substr(0, at)) + "…";
}

std::string one_line(std::string_view text, std::size_t width) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  line = printable(line);
  if (width == 0 || columns(line) <= width) return line;
  std::string out = cut(line, width);
  const std::size_t space = out.rfind(' ');
  return space == std::string::npos || space < out.size() / 2 ? out : out.substr(0, space) + "…";
}

Progress::Progress(std::string label) : label_(std::move(label)), active_(isatty(STDERR_FILENO) == 1) {}
Progress::~Progress() { clear(); }

void Progress::update(std::uint64_t done, std::uint64_t total, std::uint64_t pages) {
  if (!active_) return;
  const std::int64_t now = now_ms();
  if (shown_ && now - last_ms_ < 100) return;
  last_ms_ = now;
  shown_ = true;
  constexpr int kWidth = 30;
  std::string bar;
  if (total > 0) {
    const int full = static_cast<int>(std::min<std::uint64_t>(kWidth, done * kWidth / total));
    for (int i = 0; i < kWidth; ++i) bar += i < full ? "█" : "░";
    bar += fmt::format(" {:3d} %", std::min<std::uint64_t>(100, done * 100 / total));
  }
  fmt::print(stderr, "\r\033[K{} {} {} pages", label_, bar, pages);
  std::fflush(stderr);
}

void Progress::clear() {
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

unsigned job_count(unsigned asked) { return asked != 0 ? asked : std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace chancery
