// Names that the knowledge does not have: runs of capitalised words, with particles between them. A run alone says
// little; what stands around it says whether it is a person, a body or a place: a given name or a title before it, a
// preposition of place, a verb of saying. Where the pack has a name tagger, its names come first and it types what has
// no clue. A run without any of these is kept only to be found again by its surname.
#include <algorithm>
#include <array>

#include "entities/draft.h"
#include "entities/name_tagger.h"

namespace chancery::entities {
namespace {

constexpr std::uint32_t kLongestRun = 10;         // words
constexpr std::uint32_t kLongestSpelledOut = 14;  // words
constexpr std::uint32_t kLongestAcronym = 8;      // bytes

// How sure the tagger must be of a person, a place, a body: to name it; to take the words of a known name into it.
// Bodies have the rarest names, so that half a doubt is little; chosen on text that the figures are not of
// (names_accuracy.py).
constexpr std::array<float, 3> kEnoughToName = {0.5F, 0.44F, 0.3F}, kEnoughToTake = {0.5F, 0.5F, 0.3F};
float enough(const std::array<float, 3>& of, NameKind kind) { return of[static_cast<std::size_t>(kind)]; }

ThingKind thing_kind(NameKind kind) {
  return kind == NameKind::person  ? ThingKind::person
         : kind == NameKind::place ? ThingKind::place
                                   : ThingKind::organisation;
}

class UnknownNames {
 public:
  explicit UnknownNames(PageEntities& page) : page_(page), words_(page.words), rules_(page.rules) {}

  void run() {
    mark_taken();
    read_tags();
    for (const std::uint32_t i : words_.brackets)
      if (i >= 2 && words_.words[i].upper) spelled_out(i);
    for (std::uint32_t i = 0; i < words_.size();) {
      if (tag_at(i) != nullptr && i < tag_at(i)->last) {
        add_tagged(*tag_at(i));
        i = tag_at(i)->last;
        continue;
      }
      const std::uint32_t end = may_begin(i) ? run_end(i) : i;
      if (end > i) add(i, end);
      i = end > i ? end : i + 1;
    }
    extend_known_places();
  }

 private:
  // « Confédération des ports du nord (CPN) »: the letters in the bracket say that the words before it are a name, and
  // where it begins.
  void spelled_out(std::uint32_t acronym) {
    const Word& letters = words_.words[acronym];
    if (letters.folded_size < 3 || letters.folded_size > kLongestAcronym || words_.joined(acronym + 1)) return;
    for (std::uint32_t k = acronym; k-- > 0 && acronym - k <= kLongestSpelledOut;) {
      std::uint32_t title = kNone;
      if (tag_at(k) != nullptr || (taken_[k] != 0 && (title = title_with_portfolio(k)) == kNone)) return;
      const Upos upos = page_.upos(k);
      if (upos == Upos::VERB || upos == Upos::AUX || upos == Upos::PRON) return;
      if (words_.words[k].upper && acronym - k >= 2 && are_initials(words_, acronym, k, acronym)) {
        Draft draft;
        draft.kind = DraftKind::unknown;
        draft.first = k;
        draft.last = acronym;
        draft.unknown_kind = ThingKind::organisation;
        draft.clued = true;
        draft.confidence = 0.8F;
        if (title != kNone) cut_portfolio(title);
        std::fill(taken_.begin() + k, taken_.begin() + acronym, 1);
        page_.name_at[k] = page_.add(draft);
        return;
      }
      if (!words_.joined(k)) return;
    }
  }

  // « la présidence de la Confédération … »: what was taken for a portfolio is the name.
  std::uint32_t title_with_portfolio(std::uint32_t word) const {
    for (std::uint32_t k = word; k-- > 0 && word - k <= kLongestSpelledOut;) {
      if (page_.title_at[k] == kNone) continue;
      const Draft& title = page_.drafts[page_.title_at[k]];
      return title.last > word && title.portfolio <= word ? page_.title_at[k] : kNone;
    }
    return kNone;
  }
  void cut_portfolio(std::uint32_t index) {
    Draft& title = page_.drafts[index];
    title.last = title.portfolio;
    title.portfolio = kNone;
    if (!title.titles->empty()) return;
    title.dropped = true;
    page_.title_at[title.first] = kNone;
  }

  // The names of the tagger that stand: sure enough, of a kind that is an entity, and not across what is known.
  void read_tags() {
    tags_ = tag_names(page_, rules_.names);
    for (TaggedName& tag : tags_) {
      pass_courtesy(tag);
      pass_demonym(tag);
      cut_complement(tag);
    }
    std::erase_if(tags_, [&](const TaggedName& tag) { return !stands(tag); });
    tag_at_.assign(tags_.empty() ? 0 : words_.size(), 0);
    for (std::uint32_t i = 0; i < tags_.size(); ++i) {
      tag_at_[tags_[i].first] = i + 1;
      take(tags_[i]);
    }
  }
  // A known name where the longer one begins, or inside that of a person, is none: « Liverpool FC », « Anne Paris ».
  void take(const TaggedName& tag) {
    for (std::uint32_t k = tag.first; k < tag.last; ++k) {
      if (page_.name_at[k] == kNone || (k > tag.first && tag.kind != NameKind::person)) continue;
      page_.drafts[page_.name_at[k]].dropped = true;
      page_.name_at[k] = kNone;
    }
  }
  const TaggedName* tag_at(std::uint32_t i) const {
    return i < tag_at_.size() && tag_at_[i] != 0 ? &tags_[tag_at_[i] - 1] : nullptr;
  }

  bool stands(const TaggedName& tag) const {
    if (tag.kind == NameKind::other || tag.confidence < enough(kEnoughToName, tag.kind)) return false;
    if (tag.last - tag.first == 1 && words_.words[tag.first].folded_size < 2) return false;
    if (joins_known_names(tag)) return false;
    return tag.confidence >= enough(kEnoughToTake, tag.kind) ? holds_what_it_covers(tag) : is_free(tag);
  }
  // « Mme Duval »: the word of courtesy is no part of the name.
  void pass_courtesy(TaggedName& tag) const {
    if (!is_courtesy(tag.first)) return;
    const std::uint32_t behind = page_.match(rules_.courtesy, tag.first).last;
    if (behind < tag.last) tag.first = behind;
  }
  // « le Burkinabè X »: neither is the word for his people.
  void pass_demonym(TaggedName& tag) const {
    if (tag.kind != NameKind::person || tag.last - tag.first < 3 || page_.name_at[tag.first] == kNone) return;
    const Draft& name = page_.drafts[page_.name_at[tag.first]];
    const bool demonym = std::any_of(name.entries.begin(), name.entries.end(),
                                     [](const NameEntry& entry) { return entry.form == NameForm::demonym; });
    const bool behind_noun = tag.first > 0 && words_.joined(tag.first) && page_.upos(tag.first - 1) == Upos::NOUN;
    if (demonym && name.last == tag.first + 1 && tag.first > 0 &&
        (words_.is(tag.first - 1, kArticle) || behind_noun))  // « le constitutionnaliste Burkinabè X »
      ++tag.first;
  }
  // « déloger X de la Maison-Blanche »: a body that the knowledge has is no part of a person's name.
  void cut_complement(TaggedName& tag) const {
    if (tag.kind != NameKind::person) return;
    for (std::uint32_t i = tag.first + 1; i + 1 < tag.last; ++i) {
      if (!words_.is(i, kOf) || words_.words[i].upper) continue;
      std::uint32_t name = i + 1;
      if (words_.is(name, kArticle) && name + 1 < tag.last && page_.name_at[name] == kNone) ++name;
      if (page_.name_at[name] == kNone || page_.drafts[page_.name_at[name]].last != tag.last) continue;
      const std::span<const NameEntry> entries = page_.drafts[page_.name_at[name]].entries;
      const bool body = std::any_of(entries.begin(), entries.end(), [&](const NameEntry& entry) {
        return page_.knowledge[entry.thing].kind == ThingKind::organisation && entry.form == NameForm::name;
      });
      if (!body) continue;
      tag.last = i;
      return;
    }
  }
  // « Caracas-Washington », « Sommet Russie-Afrique »: known names that a hyphen joins are each its own.
  bool joins_known_names(const TaggedName& tag) const {
    for (std::uint32_t i = tag.first + 1; i < tag.last; ++i) {
      if (words_.words[i].gap != Gap::hyphen || page_.name_at[i] == kNone) continue;
      for (std::uint32_t k = i; k-- > tag.first;)
        if (page_.name_at[k] != kNone && page_.drafts[page_.name_at[k]].last == i) return true;
    }
    return false;
  }
  bool is_free(const TaggedName& tag) const {
    return std::none_of(taken_.begin() + tag.first, taken_.begin() + tag.last,
                        [](std::uint8_t one) { return one != 0; });
  }
  // Whether all that is known of the words lies wholly inside and is shorter: names, no titles.
  bool holds_what_it_covers(const TaggedName& tag) const {
    for (std::uint32_t i = tag.first; i < tag.last;) {
      if (taken_[i] == 0) {
        ++i;
        continue;
      }
      if (page_.name_at[i] == kNone || page_.title_at[i] != kNone) return false;
      const Draft& inner = page_.drafts[page_.name_at[i]];
      if (inner.last > tag.last || inner.last - inner.first == tag.last - tag.first) return false;
      if (is_outlet(inner)) return false;  // « BBC Afrique »: the outlet is what matters
      // « Le Japon »: an article before what is known makes no new name.
      if (i == tag.first + 1 && inner.last == tag.last && words_.is(tag.first, kArticle | kDefinite)) return false;
      i = inner.last;
    }
    return true;
  }

  bool is_outlet(const Draft& draft) const {
    return std::any_of(draft.entries.begin(), draft.entries.end(),
                       [&](const NameEntry& entry) { return page_.knowledge[entry.thing].outlet; });
  }

  void mark_taken() {
    taken_.assign(words_.size(), 0);
    for (const Draft& draft : page_.drafts) {
      if (draft.dropped || draft.kind == DraftKind::adjective) continue;
      std::fill(taken_.begin() + draft.first, taken_.begin() + draft.last, 1);
    }
  }

  bool is_initial(std::uint32_t i) const { return words_.words[i].upper && words_.words[i].folded_size <= 2; }

  // The capital of the first word of a sentence, or of a quotation, is a rule of spelling and no sign of a name.
  bool may_begin(std::uint32_t i) const {
    const Word& word = words_.words[i];
    if (!word.upper || taken_[i] != 0) return false;
    if (words_.is(i, kArticle | kOf | kAt | kPreposition | kAnd | kPossessive | kDemonstrative) && !word.capitals)
      return false;
    if (is_courtesy(i)) return false;
    if (word.gap == Gap::apostrophe && i > 0 && !words_.is(i - 1, kArticle | kOf)) return false;
    if (!word.opening) return true;
    if (word.capitals && word.folded_size > 1) return true;
    const Upos upos = page_.upos(i);
    if (upos == Upos::PROPN || (word.classes & kFirstName) != 0) return true;
    return !page_.token(i).known && (upos == Upos::NOUN || upos == Upos::X || upos == Upos::ADJ);
  }

  bool is_courtesy(std::uint32_t i) const {
    if (!words_.is(i, kOpensCourtesy)) return false;
    const auto match = page_.match(rules_.courtesy, i);
    return match && !rules_.phrases[match.values->front()].rank && words_.continues(match.last) &&
           words_.words[match.last].upper;
  }

  bool joined(std::uint32_t i) const {
    if (words_.joined(i)) return true;
    return i < words_.size() && words_.words[i].gap == Gap::period && is_initial(i - 1);
  }

  // « … Amina Diallo Comment elle a réussi »: where a headline runs into a name, a little word with a capital is no
  // part of it.
  bool opens_a_clause(std::uint32_t i) const {
    const Word& word = words_.words[i];
    if (word.capitals || word.gap != Gap::space || (word.classes & (kParticle | kFirstName)) != 0) return false;
    if (!page_.token(i).known || word.folded_size < 2) return false;
    const Upos upos = page_.upos(i);
    return upos == Upos::ADV || upos == Upos::SCONJ || upos == Upos::PRON || upos == Upos::CCONJ || upos == Upos::ADP ||
           upos == Upos::AUX;
  }

  std::uint32_t run_end(std::uint32_t first) const {
    std::uint32_t last = first + 1;
    std::uint32_t i = last;
    while (i - first < kLongestRun && joined(i) && taken_[i] == 0 && tag_at(i) == nullptr) {
      if (words_.words[i].upper && !is_courtesy(i)) {
        if (opens_a_clause(i)) break;
        last = ++i;
        continue;
      }
      if (!words_.is(i, kParticle) || i - last >= 2) break;
      ++i;
    }
    return last;
  }

  const Draft* title_ending_at(std::uint32_t i) const {
    // Titles are at most a few dozen words; the one that ends here began in this sentence.
    for (std::uint32_t k = i; k-- > 0 && i - k <= 16;) {
      if (page_.title_at[k] != kNone) {
        const Draft& draft = page_.drafts[page_.title_at[k]];
        return draft.last == i && draft.kind == DraftKind::title ? &draft : nullptr;
      }
      if (words_.words[k].gap == Gap::start) break;
    }
    return nullptr;
  }
  bool title_begins_at(std::uint32_t i) const {
    while (i < words_.size() && words_.joined(i) && words_.is(i, kArticle | kFormer)) ++i;
    return i < words_.size() && page_.title_at[i] != kNone && page_.drafts[page_.title_at[i]].kind == DraftKind::title;
  }

  bool saying_at(std::uint32_t i) const {
    if (i >= words_.size() || !words_.continues(i)) return false;
    const Token& token = page_.token(i);
    return (token.upos == Upos::VERB || token.upos == Upos::AUX) && rules_.is_saying(token);
  }
  // The verb right behind, auxiliaries and adverbs passed over: « X a déclaré », « X, lui, a jugé ».
  bool saying_behind(std::uint32_t i) const {
    for (int steps = 0; steps < 4 && i < words_.size() && words_.joined(i); ++steps, ++i) {
      if (saying_at(i)) return true;
      const Upos upos = page_.upos(i);
      if (upos != Upos::AUX && upos != Upos::ADV && upos != Upos::PRON) return false;
    }
    return false;
  }
  // A single word needs more than a verb that may tell speech: « Noël fait oublier … » says nothing.
  bool plainly_says(std::uint32_t i) const {
    return saying_at(i) && !rules_.is_weak_saying(page_.token(i)) && !page_.token(i).morph.is_infinitive();
  }
  bool speaks_behind(std::uint32_t i) const {
    for (int steps = 0; steps < 4 && i < words_.size() && words_.joined(i); ++steps, ++i) {
      if (plainly_says(i)) return true;
      const Upos upos = page_.upos(i);
      if (upos != Upos::AUX && upos != Upos::ADV && upos != Upos::PRON) return false;
    }
    return false;
  }
  // « …, a déclaré X »: the verb opens its clause, so what follows is no object.
  bool spoken_before(std::uint32_t i) const {
    if (i == 0 || words_.words[i].gap != Gap::space || !plainly_says(i - 1)) return false;
    std::uint32_t begin = i - 1;
    while (begin > 0 && i - begin < 4 && words_.joined(begin) &&
           (page_.upos(begin - 1) == Upos::AUX || page_.upos(begin - 1) == Upos::PRON))
      --begin;
    return words_.words[begin].gap == Gap::comma || words_.words[begin].gap == Gap::other;
  }
  bool saying_before(std::uint32_t i) const { return i > 0 && words_.joined(i) && saying_at(i - 1); }

  bool place_before(std::uint32_t first) const {
    if (first == 0 || !words_.joined(first)) return false;
    std::uint32_t i = first - 1;
    if (words_.is(i, kOf | kArticle) && i > 0 && words_.joined(i)) --i;
    return words_.is(i, kPlaceHead);
  }

  bool article_before(std::uint32_t first) const {
    return first > 0 && words_.joined(first) && words_.is(first - 1, kArticle | kDefinite);
  }

  // « … à Radio Y Jeanne Z »: nothing but a space between two names, so the first word may belong to the one before.
  bool behind_a_name(std::uint32_t first) const {
    return first > 0 && words_.words[first].gap == Gap::space && taken_[first - 1] != 0 &&
           words_.words[first - 1].upper && title_ending_at(first) == nullptr;
  }
  // Nothing governs the word: it opens its sentence or clause.
  bool stands_free(std::uint32_t first) const {
    if (first == 0 || !words_.joined(first)) return true;
    const Upos upos = page_.upos(first - 1);
    return !words_.words[first - 1].upper && words_.words[first].gap == Gap::space &&
           (upos == Upos::SCONJ || upos == Upos::ADV || upos == Upos::CCONJ);
  }
  // « … United Marcus Blanc », « Mundo Simon Noir »: a name that the knowledge has, or the rest of one, and a person
  // behind it; he begins with his given name.
  std::uint32_t person_begin(std::uint32_t first, std::uint32_t last) const {
    if (last - first < 3 || (words_.words[first].classes & (kFirstName | kOrganisationHead)) != 0) return first;
    bool named = behind_a_name(first);
    if (!named) {
      const auto node = page_.knowledge.step(page_.knowledge.root(), words_.text(first));
      if (node == Knowledge::kNoNode) return first;
      for (const NameEntry& entry : page_.knowledge.entries(node))
        named = named || page_.knowledge[entry.thing].kind != ThingKind::person;
    }
    for (std::uint32_t i = first + 1; named && i + 1 < last; ++i)
      if (words_.is(i, kFirstName) && words_.words[i].upper && words_.words[i].gap == Gap::space) return i;
    return first;
  }

  // « … à l'Agence Nord Marcus Blanc, un conseiller … »: what stands behind the comma is of a person, so a name that
  // goes on with a given name after another word is two.
  std::uint32_t person_within(std::uint32_t first, std::uint32_t last, bool body) const {
    if (last - first < 3 || words_.is(first, kFirstName)) return first;
    if (!words_.continues(last) || words_.words[last].gap != Gap::comma || !calling_at(last)) return first;
    for (std::uint32_t i = first + 1; i + 1 < last; ++i)
      if (words_.is(i, kFirstName) && words_.words[i].upper && words_.words[i].gap == Gap::space &&
          words_.words[i - 1].upper)
        // One strange word alone may be a surname that stands first, one head of a body « Fondation Marcus Blanc ».
        return i - first >= 2 || (!words_.is(first, kOrganisationHead) && (body || page_.token(first).known)) ? i
                                                                                                              : first;
    return first;
  }
  // « avocate », « un conseiller », « membre de la délégation »: a noun for persons, in small letters.
  bool calling_at(std::uint32_t i) const {
    if (words_.is(i, kArticle) && words_.joined(i + 1)) ++i;
    if (!words_.is(i, kOpensReference) || words_.words[i].upper || page_.upos(i) != Upos::NOUN) return false;
    for (const PhraseTrie* trie : {&rules_.sources, &rules_.persons}) {
      const auto match = page_.match(*trie, i);
      if (!match) continue;
      const PhraseForm& form = rules_.phrases[match.values->front()];
      if (form.number == Number::sing && !form.state) return true;
    }
    return false;
  }

  // A name of the tagger. The clues around it are asked too; of two kinds the surer wins.
  void add_tagged(const TaggedName& tag) {
    const std::uint32_t person = person_within(tag.first, tag.last, tag.kind != NameKind::person);
    if (person != tag.first) {
      TaggedName before = tag, behind = tag;
      before.last = behind.first = person;
      behind.kind = NameKind::person;
      if (before.kind == NameKind::person) before.kind = NameKind::organisation;
      add_tagged(before);
      return add_tagged(behind);
    }
    Draft draft;
    draft.kind = DraftKind::unknown;
    draft.first = tag.first;
    draft.last = tag.last;
    extend_over_hyphen(draft);
    classify(draft);
    if (!draft.clued || draft.confidence < tag.confidence) {
      if (!draft.clued || draft.unknown_kind != thing_kind(tag.kind)) draft.confidence = tag.confidence;
      draft.clued = true;
      draft.unknown_kind = thing_kind(tag.kind);
    }
    if (draft.unknown_kind != ThingKind::person)
      draft.first = name_begin(draft.first, draft.unknown_kind == ThingKind::place ? kPlaceNameHead : kBodyNameHead);
    std::fill(taken_.begin() + draft.first, taken_.begin() + draft.last, 1);
    page_.name_at[draft.first] = page_.add(draft);
  }

  // « mer Noire », « golfe de Guinée », « université de Fribourg »: the noun is part of the name. The word where the
  // name begins with it, or `first`.
  std::uint32_t name_begin(std::uint32_t first, std::uint32_t heads) const {
    std::uint32_t i = first;
    for (int little = 0; little < 2 && i > 0 && words_.joined(i) && words_.is(i - 1, kOf | kArticle); ++little) --i;
    if (i == 0 || !words_.joined(i) || !words_.is(i - 1, heads) || taken_[i - 1] != 0) return first;
    return i - 1;
  }

  // « le canal de Suez »: the known place inside is another one.
  void extend_known_places() {
    if (!rules_.names.loaded()) return;
    const std::size_t known = page_.drafts.size();
    for (std::size_t d = 0; d < known; ++d) {
      const Draft& inner = page_.drafts[d];
      if (inner.dropped || inner.kind != DraftKind::name) continue;
      const std::uint32_t first = name_begin(inner.first, kPlaceNameHead | kBodyNameHead);
      if (first == inner.first) continue;
      const bool place = std::any_of(inner.entries.begin(), inner.entries.end(), [&](const NameEntry& entry) {
        const ThingKind kind = page_.knowledge[entry.thing].kind;
        return kind == ThingKind::place || kind == ThingKind::state;
      });
      if (!place) continue;
      Draft outer;
      outer.kind = DraftKind::unknown;
      outer.first = first;
      outer.last = inner.last;
      outer.clued = true;
      outer.confidence = 0.85F;
      outer.unknown_kind = words_.is(first, kPlaceNameHead) ? ThingKind::place : ThingKind::organisation;
      taken_[first] = 1;
      page_.name_at[first] = page_.add(outer);
    }
  }

  // « Yoon Chang-ha »: what hangs on the last word by a hyphen belongs to it, though small.
  void extend_over_hyphen(Draft& draft) const {
    const std::uint32_t last = draft.last;
    if (last < words_.size() && words_.words[last].gap == Gap::hyphen && taken_[last] == 0 &&
        words_.words[last].token == words_.words[last - 1].token)
      ++draft.last;
  }

  void add(std::uint32_t run_first, std::uint32_t last) {
    std::uint32_t first = person_begin(run_first, last);
    if (first == run_first) first = person_within(run_first, last, false);
    std::fill(taken_.begin() + run_first, taken_.begin() + first, 1);
    Draft draft;
    draft.kind = DraftKind::unknown;
    draft.first = first;
    draft.last = last;
    extend_over_hyphen(draft);
    classify(draft);
    std::fill(taken_.begin() + first, taken_.begin() + draft.last, 1);
    page_.name_at[first] = page_.add(draft);
  }

  void classify(Draft& draft) const {
    const std::uint32_t first = draft.first, last = draft.last;
    const Word& head = words_.words[first];
    const std::uint32_t length = last - first;
    const auto clue = [&](ThingKind kind, float confidence) {
      draft.unknown_kind = kind;
      draft.clued = true;
      draft.confidence = confidence;
    };
    const Draft* title = title_ending_at(first);
    const bool title_beside =
        title != nullptr && (words_.words[first].gap == Gap::space || words_.words[first].gap == Gap::comma);
    // « l'aéroport X Y », « avenue X Y »: called after somebody.
    if (place_before(first) && words_.words[first].gap == Gap::space && !words_.is(first - 1, kOf | kArticle))
      return clue(ThingKind::place, 0.97F);
    if (length >= 2 && (head.classes & kFirstName) != 0 && !head.capitals) {
      draft.gender = rules_.words.info(head.id).first_name;
      return clue(ThingKind::person, 0.85F);
    }
    if (length >= 2 && (head.classes & kOrganisationHead) != 0) return clue(ThingKind::organisation, 0.75F);
    if (title_beside && title->number == Number::sing && (words_.words[first].gap == Gap::space || length >= 2))
      return clue(ThingKind::person, 0.85F);
    if (place_before(first)) return clue(ThingKind::place, 0.7F);
    if (length >= 2 && !head.capitals && words_.continues(last) && words_.words[last].gap == Gap::comma &&
        (title_begins_at_comma(last) || calling_or_age_at(last)))
      return clue(ThingKind::person, 0.8F);
    if (length >= 2 && !head.capitals && !article_before(first) && !behind_a_name(first) &&
        (saying_behind(last) || saying_before(first)))
      return clue(ThingKind::person, 0.7F);
    if (length == 1 && !head.capitals && first_name_alone(first, last)) return clue(ThingKind::person, 0.95F);
    draft.speaks =
        length == 1 && head.folded_size >= 2 && ((stands_free(first) && speaks_behind(last)) || spoken_before(first));
    if (length == 1 && head.capitals && head.folded_size >= 2 && article_before(first))
      return clue(ThingKind::organisation, 0.6F);
  }

  // « raconte Awa, 34 ans », « dit Oumou, une commerçante »: whom the page calls by one name alone.
  bool first_name_alone(std::uint32_t first, std::uint32_t last) const {
    if (!words_.continues(last) || words_.words[last].gap != Gap::comma || first == 0 || !words_.joined(first))
      return false;
    if (words_.is(first - 1, kPreposition | kAt | kOf | kArticle) || !calling_or_age_at(last)) return false;
    return page_.upos(last) == Upos::NUM || spoken_before(first);
  }

  bool title_begins_at_comma(std::uint32_t i) const {
    if (page_.title_at[i] != kNone) return true;
    return words_.is(i, kArticle | kFormer) && title_begins_at(i + 1);
  }

  // « X, avocate … », « X, 17 ans, »: a calling or an age in apposition.
  bool calling_or_age_at(std::uint32_t i) const {
    if (words_.is(i, kOpensCourtesy)) {
      const auto match = page_.match(rules_.courtesy, i);
      return match && rules_.phrases[match.values->front()].rank && !words_.words[i].upper;
    }
    if (calling_at(i)) return true;
    return page_.upos(i) == Upos::NUM && words_.joined(i + 1) && words_.is(i + 1, kYears);
  }

  PageEntities& page_;
  const PageWords& words_;
  const EntityRules::Tables& rules_;
  std::vector<std::uint8_t> taken_;
  std::vector<TaggedName> tags_;
  std::vector<std::uint32_t> tag_at_;  // for each word one more than the index of the tag that begins there; 0: none
};

}  // namespace

void find_unknown_names(PageEntities& page) { UnknownNames(page).run(); }

}  // namespace chancery::entities
