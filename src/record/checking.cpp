#include "record/checking.h"

#include "text/text.h"

namespace chancery {
namespace {

class Checker {
 public:
  explicit Checker(const Facts& facts) : facts_(facts), text_(facts.text) {}

  std::vector<std::string> all() {
    if (facts_.document.length != text_.length())
      faults_.push_back("the text has " + std::to_string(text_.length()) + " characters, " +
                        std::to_string(facts_.document.length) + " were read");
    each("sentence", facts_.sentences, [&](TextRange one) { return lies(one); });
    each("entity", facts_.entities, [&](const EntityFact& one) {
      for (const MentionFact& mention : one.mentions)
        if (!lies(mention.span)) return false;
      return true;
    });
    each("time", facts_.times, [&](const TimeFact& one) { return lies(one.span); });
    each("statement", facts_.statements, [&](const StatementFact& one) { return holds(one); });
    each("event", facts_.events, [&](const EventFact& one) { return holds(one); });
    return std::move(faults_);
  }

 private:
  bool lies(TextRange range) const { return range.begin <= range.end && range.end <= text_.length(); }
  bool lies(const std::optional<TextRange>& range) const { return !range || lies(*range); }
  std::string_view words(TextRange range) const { return text_[Span{text_.byte(range.begin), text_.byte(range.end)}]; }
  bool says(TextRange range, const std::string& kept) const { return lies(range) && words(range) == kept; }

  bool holds(const StatementFact& one) const {
    return says(one.span, one.text) && lies(one.speaker_span) && lies(one.cue_span) && lies(one.sentence);
  }
  bool holds(const EventFact& one) const {
    for (const TextRange mention : one.mentions)
      if (!lies(mention)) return false;
    if (!says(one.trigger, one.trigger_text)) return false;
    if (!one.sentence_text.empty() && !says(one.sentence, one.sentence_text)) return false;
    return one.content.empty() || text_.bytes().find(one.content) != std::string_view::npos;
  }

  template <class Fact, class Holds>
  void each(const char* what, const std::vector<Fact>& facts, Holds holds_true) {
    for (std::size_t i = 0; i < facts.size(); ++i)
      if (!holds_true(facts[i]))
        faults_.push_back(std::string(what) + " " + std::to_string(i + 1) + " is not what stands in the text" +
                          words_of(facts[i]));
  }
  static std::string words_of(const StatementFact& one) { return ": " + one.text; }
  static std::string words_of(const EventFact& one) { return ": " + one.kind + ", " + one.sentence_text; }
  template <class Fact>
  static std::string words_of(const Fact&) {
    return {};
  }

  const Facts& facts_;
  Text text_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_of(const Facts& facts) { return Checker(facts).all(); }

}  // namespace chancery
