#include "base/result.h"

namespace chancery {

std::string_view describe(ErrorCode code) {
  switch (code) {
    case ErrorCode::empty_input:
      return "the page is empty";
    case ErrorCode::not_text:
      return "the page is no text";
    case ErrorCode::too_large:
      return "the page is too large";
    case ErrorCode::malformed:
      return "the input breaks its own format";
    case ErrorCode::unsupported:
      return "the format is not supported";
    case ErrorCode::no_article:
      return "the page holds no article";
    case ErrorCode::not_found:
      return "not found";
    case ErrorCode::io:
      return "reading or writing failed";
    case ErrorCode::storage:
      return "the record could not be read or written";
    case ErrorCode::wrong_use:
      return "wrong use";
  }
  return "unknown error";
}

std::string Error::message() const {
  std::string text(describe(code));
  if (!detail.empty()) {
    text += ": ";
    text += detail;
  }
  return text;
}

}  // namespace chancery
