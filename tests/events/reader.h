// The stages below the record, for tests of events: text in, events out, with everything that was read on the way.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "entities/entities.h"
#include "events/events.h"
#include "knowledge/knowledge.h"
#include "language/analysis.h"
#include "language/pack.h"
#include "page/cues.h"
#include "page/page.h"
#include "statements/statements.h"
#include "time/time.h"

namespace chancery::test {

struct ReadPage {
  Page page;
  Analysis analysis;
  Times times;
  Entities entities;
  Statements statements;
  Events events;
};

// Loads the pack and the knowledge of the build once; aborts the test program with a message if that fails.
class EventReader {
 public:
  static const EventReader& get();
  // With other rules for events than the pack's, where given.
  ReadPage read(const std::string& text, const std::string& published, const EventRules* rules = nullptr) const;
  const Knowledge& knowledge() const { return *knowledge_; }
  const EventRules& rules() const { return *events_; }

 private:
  EventReader();
  std::shared_ptr<const LanguagePack> pack_;
  std::shared_ptr<const Knowledge> knowledge_;
  PageCues cues_;
  std::unique_ptr<TimeRules> times_;
  std::unique_ptr<EntityRules> entities_;
  std::unique_ptr<StatementRules> statements_;
  std::unique_ptr<EventRules> events_;
};

// One event a block:  kind status « trigger » +mentions / who / where / when / by whose word.
std::string dump_events(const ReadPage& read, const Knowledge& knowledge);

}  // namespace chancery::test
