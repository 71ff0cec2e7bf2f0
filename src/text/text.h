// The text of a page: valid UTF-8, and the map between its bytes and its code points. Inside the engine every offset
// is a byte; what leaves it counts code points, as W3C Web Annotation's TextPositionSelector does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/span.h"

namespace chancery {

// Immutable after construction, so it may be read from many threads.
class Text {
 public:
  Text() = default;
  // `utf8` must be valid UTF-8 (decode() makes it so) and shorter than 4 GiB; both are CHECKed.
  explicit Text(std::string utf8);

  std::string_view bytes() const { return bytes_; }
  std::string_view operator[](Span span) const { return std::string_view(bytes_).substr(span.begin, span.size()); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }  // in bytes
  std::uint32_t length() const { return length_; }                                  // in code points

  // Code points before the byte `offset`; `offset` must lie on a code point's first byte or at the end.
  std::uint32_t code_point(std::uint32_t offset) const;
  // The inverse: the byte at which code point number `index` begins; the end for `index` >= length().
  std::uint32_t byte(std::uint32_t index) const;
  // Whether `offset` lies on a boundary between code points.
  bool is_boundary(std::uint32_t offset) const;

 private:
  std::string bytes_;
  std::uint32_t length_ = 0;
  std::vector<std::uint32_t> marks_;  // code points before each 256th byte; see text.cpp
};

// Whether a file that begins so is an image, a font, a recording or a film, by the signs of their formats. 16 bytes are
// enough to tell.
bool is_media_file(std::string_view head);

// Bytes to text. A byte-order mark wins, then valid UTF-8, then `declared_charset` (a name from an HTTP header or a
// meta element; empty if unknown), then detection (uchardet), then Windows-1252. The byte-order mark is dropped, line
// ends stay, malformed sequences become U+FFFD. NUL and other C0 controls except tab, LF, FF, CR become U+FFFD one for
// one. Fails with empty_input for nothing or only white space, with not_text when more than a thirtieth of the
// first 64 KiB are controls or malformed (a binary), with too_large over 1 GiB.
Result<Text> decode(std::string_view raw, std::string_view declared_charset = {});

}  // namespace chancery
