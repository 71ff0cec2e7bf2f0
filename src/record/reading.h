// One page understood. This is the only file (with reading.cpp) that knows the order of the stages.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entities/entities.h"
#include "events/events.h"
#include "knowledge/knowledge.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/cues.h"
#include "page/page.h"
#include "statements/statements.h"
#include "time/time.h"

namespace chancery {

// Everything that the engine understood from one page alone. Immutable once made.
struct Reading {
  Page page;
  Analysis analysis;
  Times times;
  Entities entities;
  Statements statements;
  Events events;
};

// Holds the packs and the knowledge, all immutable after open(), so one Reader serves any number of threads.
class Reader {
 public:
  // `data` holds knowledge.bin and languages/<code>/. Fails with the first error of a pack or the knowledge, named.
  static Result<std::shared_ptr<const Reader>> open(const std::filesystem::path& data,
                                                    const std::vector<std::filesystem::path>& knowledge_files = {});
  ~Reader();

  // Options with the cues of all loaded packs, to be filled in further.
  PageOptions page_options() const;
  // The stages in order. A page in a language without a pack is recorded but not analysed.
  Reading read(Page page) const;
  const Knowledge& knowledge() const;
  // The pack of a language; null if there is none.
  const LanguagePack* pack(std::string_view language) const;

 private:
  Reader();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace chancery
