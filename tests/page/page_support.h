// The cue words of all shipped languages, loaded once for the room's tests.
#pragma once

#include "page/cues.h"

namespace chancery::test {
const PageCues& page_cues();
}  // namespace chancery::test
