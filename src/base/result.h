// The one list of errors, one sentence each, and the type that carries them. Failures that come from outside
// (pages, packs, files, databases) are values of this type; nothing throws across a room's door.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace chancery {

enum class ErrorCode : std::uint8_t {
  empty_input,  // the page holds no byte, or none but white space
  not_text,     // the bytes are no text in any charset we know
  too_large,    // the page is larger than the limit
  malformed,    // the bytes break the format that they claim to be in
  unsupported,  // the format or version is one that we do not read
  no_article,   // the page holds no article (an index, a tag page, a video list)
  not_found,    // the file, pack, record or id does not exist
  io,           // the operating system could not read or write
  storage,      // the database refused
  wrong_use,    // the request itself makes no sense
};

// A fixed sentence for each code, in English, without a full stop.
std::string_view describe(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::malformed;
  std::string detail;  // what exactly, naming the page or file where the caller knows it; may be empty

  // The sentence for the code, then the detail.
  std::string message() const;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail)});
}

}  // namespace chancery
