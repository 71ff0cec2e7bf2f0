// What stands around each name: the preposition that governs it, a word of courtesy or rank before it, whether it
// stands as a subject stands. The tree would say it better; where a pack has no parser the words before and behind do.
#include <algorithm>

#include "entities/draft.h"

namespace chancery::entities {
namespace {

class Surroundings {
 public:
  explicit Surroundings(PageEntities& page) : page_(page), words_(page.words), rules_(page.rules) {}

  void run() {
    ends_.assign(words_.size() + 1, kNone);
    std::uint32_t taken = 0;  // words before this belong to drafts before
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i) {
      Draft& draft = page_.drafts[i];
      if (draft.dropped || draft.kind == DraftKind::adjective || draft.kind == DraftKind::possessive) continue;
      ends_[draft.last] = i;
      if (draft.kind == DraftKind::name || draft.kind == DraftKind::unknown) find_courtesy(draft);
      if (draft.courtesy_first < taken) draft.courtesy_first = kNone;
      taken = std::max(taken, draft.last);
      const std::uint32_t begin = phrase_begin(draft);
      find_governor(draft, begin);
      const bool pronoun = draft.kind == DraftKind::pronoun && !draft.last_named;
      draft.subject = draft.governor == kNone && !draft.oblique && (pronoun || stands_as_subject(draft, begin));
    }
  }

 private:
  bool is_verb(std::uint32_t i) const { return page_.upos(i) == Upos::VERB || page_.upos(i) == Upos::AUX; }
  bool is_saying(std::uint32_t i) const { return is_verb(i) && rules_.is_saying(page_.token(i)); }

  // « M. », « Mme », « le général »: one or two words right before the name.
  void find_courtesy(Draft& draft) const {
    const std::uint32_t first = draft.first;
    for (std::uint32_t length = 1; length <= 2 && first >= length; ++length) {
      const std::uint32_t begin = first - length;
      if (words_.words[begin].sentence != words_.words[first].sentence) return;
      const Gap gap = words_.words[first].gap;
      if (gap != Gap::space && gap != Gap::period) return;
      if (!words_.is(begin, kOpensCourtesy)) continue;
      const auto match = page_.match(rules_.courtesy, begin);
      if (!match || match.last != first) continue;
      const PhraseForm& form = rules_.phrases[match.values->front()];
      // « m » is a metre unless it has its capital; a rank is no abbreviation and has no full stop.
      if (form.rank ? gap == Gap::period : (words_.words[begin].folded_size <= 2 && !words_.words[begin].upper))
        continue;
      draft.courtesy = true;
      draft.courtesy_gender = form.gender;
      draft.courtesy_plural = form.number == Number::plur;
      if (!form.rank) draft.courtesy_first = begin;
      return;
    }
  }

  // The first word of the whole phrase: determiners and adjectives before the draft belong to it.
  std::uint32_t phrase_begin(const Draft& draft) const {
    std::uint32_t begin = draft.courtesy_first != kNone ? draft.courtesy_first : draft.first;
    for (int steps = 0; steps < 5 && begin > 0 && words_.joined(begin); ++steps) {
      const std::uint32_t before = begin - 1;
      // A name beside its title is governed as the title is.
      if (ends_[begin] != kNone && words_.words[begin].gap == Gap::space && tells_title(page_.drafts[ends_[begin]])) {
        begin = page_.drafts[ends_[begin]].first;
        continue;
      }
      const bool determiner = words_.is(before, kArticle | kPossessive | kDemonstrative | kFormer);
      const bool number = words_.words[before].id != kNoWord && rules_.words.info(words_.words[before].id).number != 0;
      const bool rank = draft.courtesy && draft.courtesy_first == kNone && begin == draft.first;
      if (!determiner && !number && !rank && page_.upos(before) != Upos::ADJ) break;
      begin = before;
      if (determiner) break;
    }
    return begin;
  }

  static bool tells_title(const Draft& draft) {
    return draft.kind == DraftKind::title || draft.kind == DraftKind::counterpart || draft.kind == DraftKind::nominal;
  }
  static bool is_named(const Draft& draft) { return draft.kind <= DraftKind::title; }

  void find_governor(Draft& draft, std::uint32_t begin) const {
    if (begin == 0) return;
    const std::uint32_t before = begin - 1;
    if (words_.joined(begin) && words_.is(before, kPreposition | kLocative) && !is_verb(before)) {
      draft.governor = before;
      draft.locative = words_.is(before, kLocative);
      return;
    }
    if (words_.joined(begin) && words_.is(before, kLocative)) draft.locative = true;  // « quitter Moscou »
    if (!words_.joined(begin) || !words_.is(before, kAnd)) return;
    // « entre Moscou et Washington » governs both; of « avec la Russie et l'Iran » the second is as likely.
    const std::uint32_t other = ends_[before];
    if (other == kNone || is_named(page_.drafts[other]) != is_named(draft)) return;
    const std::uint32_t shared = page_.drafts[other].governor;
    if (shared != kNone && !words_.is(shared, kOf)) draft.governor = shared;
  }

  // « …, a déclaré »: the verb with its auxiliary right behind a comma, a quotation or a full stop. Elsewhere what
  // follows it is its object, « a accusé l'Ukraine ».
  bool opens_its_clause(std::uint32_t verb) const {
    if (page_.token(verb).morph.is_infinitive()) return false;
    std::uint32_t i = verb;
    for (int steps = 0; steps < 4 && i > 0 && words_.joined(i); ++steps) {
      const Upos upos = page_.upos(i - 1);
      if (upos != Upos::AUX && upos != Upos::ADV && upos != Upos::PRON) return false;
      --i;
    }
    return true;
  }

  bool stands_as_subject(const Draft& draft, std::uint32_t begin) const {
    if (words_.words[begin].gap == Gap::parenthesis) return false;
    if (begin > 0 && words_.continues(begin)) {
      // Right behind a verb stands an object, unless the verb tells speech: « …, a déclaré le ministre ».
      std::uint32_t before = begin - 1;
      for (int steps = 0; steps < 3 && before > 0 && words_.continues(before); ++steps, --before) {
        if (is_verb(before)) return is_saying(before) && opens_its_clause(before);
        const Upos upos = page_.upos(before);
        const bool passes = upos == Upos::ADV || (upos == Upos::NOUN && !words_.is(before - 1, kArticle | kOf | kAt));
        if (!passes) break;
      }
    }
    // Before a finite verb stands a subject.
    for (std::uint32_t i = draft.last, steps = 0; i < words_.size() && words_.continues(i) && steps < 30; ++i, ++steps)
      if (is_verb(i) && !page_.token(i).morph.is_infinitive() && !page_.token(i).morph.is_participle())
        return !has_its_subject_behind(i);
    return false;
  }
  // « …, a annoncé mardi le ministère »: whoever stands before the comma is not the subject.
  bool has_its_subject_behind(std::uint32_t verb) const {
    const Gap gap = words_.words[verb].gap;
    if (gap != Gap::comma && gap != Gap::other) return false;
    std::uint32_t i = verb;
    bool saying = false;
    for (int steps = 0; steps < 4 && i < words_.size() && words_.continues(i) && (i == verb || words_.joined(i));
         ++steps, ++i) {
      const Upos upos = page_.upos(i);
      if (is_verb(i))
        saying = saying || is_saying(i);
      else if (upos != Upos::ADV && upos != Upos::PRON)
        break;
    }
    if (!saying) return false;
    for (int steps = 0; steps < 4 && words_.joined(i); ++steps, ++i) {
      if (words_.is(i, kDefinite) && !words_.is(i, kPreposition)) return true;
      const Upos upos = page_.upos(i);
      if (upos == Upos::PROPN) return true;
      if (upos != Upos::NOUN && upos != Upos::ADV && upos != Upos::ADJ) return false;
    }
    return false;
  }

  PageEntities& page_;
  const PageWords& words_;
  const EntityRules::Tables& rules_;
  std::vector<std::uint32_t> ends_;  // for each word the draft that ends before it
};

}  // namespace

void find_surroundings(PageEntities& page) { Surroundings(page).run(); }

}  // namespace chancery::entities
