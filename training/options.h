// The options of a trainer's command line, « --epochs 20 », behind its positional arguments. What a trainer does not
// ask for is passed over; a value that is no number ends the program.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <type_traits>

namespace chancery::training {

class Options {
 public:
  // The pairs from argv[first] on.
  Options(int argc, char** argv, int first) : argc_(argc), argv_(argv), first_(first) {}

  // Sets `into` to the last value given for `name`, if there is one; a bool to whether it is "yes".
  template <typename T>
  void read(const std::string& name, T& into) const {
    for (int i = first_; i + 1 < argc_; i += 2)
      if (name == argv_[i]) into = value_of<T>(argv_[i + 1]);
  }

  // Likewise the contents of the file that is given for `name`; nothing if it cannot be read.
  void read_file(const std::string& name, std::string& into) const {
    std::string path;
    read(name, path);
    if (path.empty()) return;
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    into = all.str();
  }

 private:
  template <typename T>
  static T value_of(const std::string& value) {
    if constexpr (std::is_same_v<T, bool>)
      return value == "yes";
    else if constexpr (std::is_same_v<T, float>)
      return std::stof(value);
    else if constexpr (std::is_same_v<T, double>)
      return std::stod(value);
    else if constexpr (std::is_unsigned_v<T>)
      return static_cast<T>(std::stoul(value));
    else if constexpr (std::is_integral_v<T>)
      return static_cast<T>(std::stoi(value));
    else
      return value;
  }

  int argc_;
  char** argv_;
  int first_;
};

}  // namespace chancery::training
