// A reading as JSON: the shape of docs/record.md, one object, one line. Keys stand in the order of the document,
// numbers and strings print alike everywhere, so equal facts give equal bytes.
#pragma once

#include <string>

#include "record/facts.h"

namespace chancery {

// Without a line end. Text that is no character (U+FFFD for broken bytes) stays as it is.
std::string reading_json(const Facts& facts);

}  // namespace chancery
