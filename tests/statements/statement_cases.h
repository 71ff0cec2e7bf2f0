// Reads a case's text through all stages below statements and prints what was said, one line a statement, so that a
// person can check it.
#pragma once

#include <memory>
#include <string>

#include "entities/entities.h"
#include "knowledge/knowledge.h"
#include "page/cues.h"
#include "statements/statements.h"
#include "time/time.h"

namespace chancery::test {

struct StatementStages {
  static const StatementStages& of(const std::string& language);

  std::shared_ptr<const LanguagePack> pack;
  std::shared_ptr<const Knowledge> knowledge;
  PageCues cues;
  TimeRules times;
  EntityRules entities;
  StatementRules statements;
};

struct StatementReading {
  Page page;
  Analysis analysis;
  Times times;
  Entities entities;
  Statements statements;
};

// Reads plain text; `published` may be empty.
StatementReading read_statements(const std::string& text, const std::string& language,
                                 const std::string& published = {});
// « direct · X · déclarer · words », with stance, addressees, via and day where they say something.
std::string dump_statements(const StatementReading& reading, bool with_days);
std::string dump_quotations(const Page& page);

}  // namespace chancery::test
