// Words that point back without naming: pronouns, « le ministre », « son homologue », « les deux hommes », « le pays ».
// Here they are only found; whom they mean is decided in resolve.cpp, in the order of the text.
#include <algorithm>

#include "entities/draft.h"

namespace chancery::entities {
namespace {

class References {
 public:
  explicit References(PageEntities& page) : page_(page), words_(page.words), rules_(page.rules) {}

  void run() {
    collect_callings();
    for (std::uint32_t i = 0; i < words_.size(); ++i) pair(i);
    for (std::uint32_t i = 0; i < words_.size();) {
      if (words_.is(i, kPossessive)) possessive(i);
      const bool opens = words_.is(i, kOpensReference);
      const std::uint32_t end = !opens                       ? i
                                : rule(i) > i                ? last_
                                : page_.title_at[i] != kNone ? source(i)
                                                             : reference_at(i);
      i = end > i ? end : i + 1;
    }
  }

 private:
  bool definite_before(std::uint32_t i) const {
    return i > 0 && words_.joined(i) && words_.is(i - 1, kDefinite | kDemonstrative);
  }

  struct Finder {
    std::uint16_t openers;
    std::uint32_t (References::*find)(std::uint32_t);
  };
  std::uint32_t reference_at(std::uint32_t i) {
    static constexpr Finder kFinders[] = {{kOpensLastNamed, &References::last_named},
                                          {kOpensGroup, &References::group},
                                          {kOpensCounterpart, &References::counterpart},
                                          {kOpensPronoun, &References::subject_pronoun},
                                          {kOpensOblique, &References::oblique_pronoun},
                                          {kOpensPerson, &References::person},
                                          {kOpensPerson, &References::movement},
                                          {kOpensThing, &References::place},
                                          {kOpensThing, &References::thing},
                                          {kOpensStaff, &References::staff},
                                          {kOpensSource, &References::source},
                                          {kOpensPerson | kOpensSource, &References::called}};
    const std::uint16_t openers = rules_.words.info(words_.words[i].id).references;
    for (const Finder& one : kFinders) {
      if ((openers & one.openers) == 0) continue;
      const std::uint32_t end = (this->*one.find)(i);
      if (end > i) return end;
    }
    return i;
  }

  Draft draft_of(DraftKind kind, std::uint32_t first, const PageEntities::Match& match) const {
    Draft draft;
    draft.kind = kind;
    draft.first = first;
    draft.last = match.last;
    draft.form = rules_.phrases[match.values->front()];
    draft.gender = draft.form.gender;
    draft.number = draft.form.number;
    return draft;
  }

  // « l'administration X », « le régime de X »: the state that X rules, not X. Returns the word behind it, or i.
  std::uint32_t rule(std::uint32_t i) {
    last_ = i;
    if ((rules_.words.info(words_.words[i].id).references & kOpensRule) == 0 || !definite_before(i)) return i;
    const auto match = page_.match(rules_.rules, i);
    if (!match || !words_.joined(match.last)) return i;
    std::uint32_t name = match.last;
    if (words_.is(name, kOf) && words_.joined(name + 1)) ++name;
    if (!is_name(name) || words_.words[name].gap == Gap::hyphen) return i;
    if (page_.title_at[i] != kNone) {
      Draft& title = page_.drafts[page_.title_at[i]];
      if (title.last > name || title.owner) return i;
      title.dropped = true;
      page_.title_at[i] = kNone;
    }
    Draft draft = draft_of(DraftKind::nominal, i, match);
    draft.rule = true;
    draft.calling = name;
    draft.last = page_.drafts[page_.name_at[name]].last;
    page_.add(draft);
    return last_ = draft.last;
  }

  // « son »; inside quotations the speaker says it of somebody beyond us.
  void possessive(std::uint32_t i) {
    const Word& word = words_.words[i];
    if (word.quoted || !words_.joined(i + 1)) return;
    const bool plural = rules_.plural_possessives.holds(word.hash);
    if (!plural && !rules_.possessives.holds(word.hash)) return;
    Draft draft;
    draft.kind = DraftKind::possessive;
    draft.first = i;
    draft.last = i + 1;
    draft.number = plural ? Number::plur : Number::sing;
    page_.add(draft);
  }

  // « son bureau », « ses services ».
  std::uint32_t staff(std::uint32_t i) {
    const auto match = page_.match(rules_.staff, i);
    if (!match || i == 0 || !words_.joined(i) || !words_.is(i - 1, kPossessive) || complement_behind(match.last))
      return i;
    Draft draft = draft_of(DraftKind::nominal, i, match);
    draft.staff = true;
    page_.add(draft);
    return match.last;
  }

  std::uint32_t last_named(std::uint32_t i) {
    const auto match = page_.match(rules_.last_named, i);
    // « ce dernier » alone; « ce dernier point » is something else.
    if (!match || (words_.joined(match.last) && page_.upos(match.last) == Upos::NOUN)) return i;
    Draft draft = draft_of(DraftKind::pronoun, i, match);
    draft.last_named = true;
    page_.add(draft);
    return match.last;
  }

  std::uint32_t subject_pronoun(std::uint32_t i) {
    const auto match = page_.match(rules_.pronouns, i);
    if (!match) return i;
    if (i > 0 && words_.joined(i) && words_.is(i - 1, kPreposition)) return i;
    if (!has_verb(i) || impersonal(i)) return i;
    Draft draft = draft_of(DraftKind::pronoun, i, match);
    draft.inverted = inverted(i);
    page_.add(draft);
    return match.last;
  }

  bool is_verb(std::uint32_t i) const { return page_.upos(i) == Upos::VERB || page_.upos(i) == Upos::AUX; }
  bool inverted(std::uint32_t i) const { return i > 0 && words_.words[i].gap == Gap::hyphen; }

  // The verb of a subject pronoun: before its hyphen, or behind the clitics.
  std::uint32_t verb_of(std::uint32_t i) const {
    if (inverted(i)) {
      for (std::uint32_t k = i; k-- > 0 && i - k <= 2;)
        if (is_verb(k)) return k;
      return kNone;
    }
    for (std::uint32_t k = i + 1, steps = 0; k < words_.size() && words_.continues(k) && steps < 6; ++k, ++steps)
      if (is_verb(k)) return k;
    return kNone;
  }
  bool has_verb(std::uint32_t i) const { return verb_of(i) != kNone; }

  bool clause_behind(std::uint32_t verb, std::uint32_t reach) const {
    for (std::uint32_t k = verb + 1, steps = 0; k < words_.size() && words_.continues(k) && steps < reach; ++k, ++steps)
      if (words_.is(k, kClauseOpener)) return true;
    return false;
  }

  // « que », or « de » and an infinitive.
  bool opens_clause(std::uint32_t i) const {
    if (!words_.joined(i) || !words_.is(i, kClauseOpener)) return false;
    if (page_.upos(i) == Upos::SCONJ) return true;
    return words_.is(i, kOf) && words_.joined(i + 1) && is_verb(i + 1) && page_.token(i + 1).morph.is_infinitive();
  }

  // « il y a », « il faut », « il s'agit de », « il est clair que »: nobody is meant.
  bool impersonal(std::uint32_t i) const {
    const std::uint32_t verb = verb_of(i);
    const std::uint32_t begin = inverted(i) ? (verb > 0 ? verb - 1 : verb) : i + 1;
    for (std::uint32_t k = begin; k < verb; ++k)
      if (words_.is(k, kExistential)) return true;
    if (rules_.impersonal_verbs.holds(page_.token(verb).lemma_hash)) return true;
    if (rules_.impersonal_clause_verbs.holds(page_.token(verb).lemma_hash) && (inverted(i) || clause_behind(verb, 3)))
      return true;
    if (page_.upos(verb) != Upos::AUX) return false;
    for (std::uint32_t k = verb + 1, steps = 0; k < words_.size() && words_.continues(k) && steps < 4; ++k, ++steps) {
      const Token& token = page_.token(k);
      // A verb behind an auxiliary: « il a fallu », « il avait semblé que ».
      if (is_verb(k) && rules_.impersonal_verbs.holds(token.lemma_hash)) return true;
      // A passive of saying before its clause: « il a été décidé que ».
      if (k > verb + 1 && page_.upos(k - 1) == Upos::AUX && is_verb(k) && rules_.is_saying(token))
        return opens_clause(k + 1);
      const bool predicate =
          rules_.impersonal_predicates.holds(token.form_hash) || rules_.impersonal_predicates.holds(token.lemma_hash);
      if (predicate) return clause_behind(k, 3) || !words_.continues(k + 1);
    }
    return false;
  }

  std::uint32_t oblique_pronoun(std::uint32_t i) {
    const auto match = page_.match(rules_.oblique, i);
    if (!match || i == 0 || !words_.joined(i) || !words_.is(i - 1, kObliqueAfter)) return i;
    Draft draft = draft_of(DraftKind::pronoun, i, match);
    draft.oblique = true;
    page_.add(draft);
    return match.last;
  }

  bool is_name(std::uint32_t i) const {
    if (i >= words_.size() || page_.name_at[i] == kNone) return false;
    const DraftKind kind = page_.drafts[page_.name_at[i]].kind;
    return kind == DraftKind::name || kind == DraftKind::unknown;
  }

  // « MM. A et B », « les présidents A, B et C »: the names behind a plural of courtesy or title.
  void pair(std::uint32_t i) {
    std::uint32_t at = kNone;
    if (page_.title_at[i] != kNone) {
      const Draft& title = page_.drafts[page_.title_at[i]];
      if (title.kind == DraftKind::title && title.number == Number::plur) at = title.last;
    } else if (words_.is(i, kOpensCourtesy)) {
      const auto match = page_.match(rules_.courtesy, i);
      if (match && rules_.phrases[match.values->front()].number == Number::plur) at = match.last;
    }
    if (at == kNone || !words_.continues(at) || !is_name(at)) return;
    const std::uint32_t first = at;
    std::uint32_t last = page_.drafts[page_.name_at[at]].last;
    bool closed = false;
    for (int members = 1; members < 6 && !closed && words_.continues(last); ++members) {
      const bool conjunction = words_.joined(last) && words_.is(last, kAnd);
      const std::uint32_t next = conjunction ? last + 1 : last;
      if (!words_.continues(next) || (!conjunction && words_.words[next].gap != Gap::comma) || !is_name(next)) break;
      last = page_.drafts[page_.name_at[next]].last;
      closed = conjunction;
    }
    if (!closed) return;
    Draft draft;
    draft.kind = DraftKind::group;
    draft.first = first;
    draft.last = last;
    draft.number = Number::plur;
    draft.pair = true;
    page_.add(draft);
  }

  // « deux hommes » behind les, ces, des, leurs.
  std::uint32_t group(std::uint32_t i) {
    const std::uint8_t count = rules_.words.info(words_.words[i].id).number;
    const bool bare = words_.is(i, kBarePlural) && definite_before(i);
    if (count == 0 && !bare) return i;
    if (i == 0 || !words_.joined(i) || !words_.is(i - 1, kDefinite | kDemonstrative | kPossessive)) return i;
    const std::uint32_t noun = bare ? i : i + 1;
    if (!bare && !words_.joined(noun)) return i;
    const auto match = page_.match(rules_.groups, noun);
    if (!match || complement_behind(match.last)) return i;
    // « les parties un et deux » of something.
    if (bare && words_.joined(match.last) && page_.upos(match.last) == Upos::NUM) return i;
    Draft draft = draft_of(DraftKind::group, i, match);
    draft.count = bare ? 2 : count;
    draft.number = Number::plur;
    add_owners(draft);
    page_.add(draft);
    return draft.last;
  }

  const Draft* adjective_at(std::uint32_t i) const {
    if (i >= words_.size() || page_.name_at[i] == kNone) return nullptr;
    const Draft& draft = page_.drafts[page_.name_at[i]];
    return draft.kind == DraftKind::adjective ? &draft : nullptr;
  }
  ThingId owner_of(const Draft& adjective) const {
    if (adjective.owner) return adjective.owner;
    ThingId best;
    float weight = -1;
    for (const NameEntry& entry : adjective.entries)
      if (entry.form == NameForm::adjective && page_.knowledge[entry.thing].weight > weight) {
        best = entry.thing;
        weight = page_.knowledge[entry.thing].weight;
      }
    return best;
  }
  // « russe », « russe et américain » behind the noun.
  void add_owners(Draft& draft) const {
    if (!words_.joined(draft.last)) return;
    const Draft* first = adjective_at(draft.last);
    if (first == nullptr) return;
    draft.owner = owner_of(*first);
    draft.last = first->last;
    if (draft.number == Number::plur && add_list(draft)) return;
    if (!words_.joined(draft.last) || !words_.is(draft.last, kAnd) || !words_.joined(draft.last + 1)) return;
    const Draft* second = adjective_at(draft.last + 1);
    if (second == nullptr) return;
    draft.second_owner = owner_of(*second);
    draft.last = second->last;
  }

  // « russe, turc et iranien » behind a plural.
  bool add_list(Draft& draft) const {
    std::uint32_t at = draft.last;
    ThingId second;
    for (int steps = 0; steps < 8 && words_.continues(at); ++steps) {
      const bool conjunction = words_.joined(at) && words_.is(at, kAnd) && words_.joined(at + 1);
      if (!conjunction && words_.words[at].gap != Gap::comma) return false;
      const Draft* next = adjective_at(conjunction ? at + 1 : at);
      if (next == nullptr) return false;
      if (!second) second = owner_of(*next);
      at = next->last;
      if (!conjunction) continue;
      draft.second_owner = second;
      draft.last = at;
      return true;
    }
    return false;
  }

  std::uint32_t counterpart(std::uint32_t i) {
    const auto match = page_.match(rules_.counterparts, i);
    if (!match) return i;
    Draft draft = draft_of(DraftKind::counterpart, i, match);
    if (draft.number == Number::none) draft.number = Number::sing;
    add_owners(draft);
    page_.add(draft);
    return draft.last;
  }

  // « le ministre *de tutelle* » is no one we know by « le ministre ».
  bool complement_behind(std::uint32_t i) const {
    if (!words_.joined(i)) return false;
    if (words_.is(i, kOf)) return true;
    if (page_.upos(i) == Upos::VERB && page_.token(i).morph.is_participle()) return true;
    return page_.upos(i) == Upos::ADJ && adjective_at(i) == nullptr && !page_.match(rules_.modifiers, i);
  }

  std::uint32_t person(std::uint32_t i) {
    const auto match = page_.match(rules_.persons, i);
    if (!match || !definite_before(i) || complement_behind(match.last)) return i;
    Draft draft = draft_of(DraftKind::nominal, i, match);
    // « le politologue X »: the name says it.
    if (draft.form.role_set == 0 && words_.joined(match.last) && is_name(match.last)) return i;
    draft.number = Number::sing;
    if (match.last == i + 1) draft.calling = called_so(i);
    page_.add(draft);
    return match.last;
  }

  // « les rebelles », « la guérilla », « la junte »; beside a name they say what the name is, « le mouvement X ».
  std::uint32_t movement(std::uint32_t i) {
    const auto match = page_.match(rules_.movements, i);
    if (!match || words_.words[i].gap == Gap::hyphen) return i;
    Draft draft = draft_of(DraftKind::nominal, i, match);
    if (draft.form.movement && tells_movement(i, match.last)) return i;
    if (!definite_before(i) || complement_behind(match.last) || adjective_at(match.last) != nullptr) return i;
    if (words_.joined(match.last) && is_name(match.last)) return i;
    draft.speaks = says_behind(match.last) || said_before(i - 1);
    // « un ministère », « les ministères » are others.
    if (draft.form.ministry && !words_.is(i - 1, kDefinite | kDemonstrative)) return i;
    page_.add(draft);
    return match.last;
  }
  // « le mouvement X », « les rebelles du X », « X, un groupe armé ».
  bool tells_movement(std::uint32_t i, std::uint32_t last) const {
    std::uint32_t at = last;
    if (words_.joined(at) && words_.is(at, kOf)) ++at;
    if (words_.joined(at) && words_.is(at, kArticle)) ++at;
    if (words_.joined(at) && is_name(at)) return page_.drafts[page_.name_at[at]].movement = true;
    const std::uint32_t name = name_ending_before(determined_from(i));
    if (name == kNone || page_.drafts[name].unknown_kind == ThingKind::person) return false;
    return page_.drafts[name].movement = true;
  }
  // The draft of the name that ends before a word, a comma between.
  std::uint32_t name_ending_before(std::uint32_t i) const {
    if (!words_.continues(i) || words_.words[i].gap != Gap::comma) return kNone;
    for (std::uint32_t k = i; k-- > 0 && i - k <= 6;)
      if (page_.name_at[k] != kNone)
        return is_name(k) && page_.drafts[page_.name_at[k]].last == i ? page_.name_at[k] : kNone;
    return kNone;
  }

  // « des Émirats arabes unis », « de la France ».
  const Draft* state_behind(std::uint32_t i) const {
    if (!words_.joined(i) || !words_.is(i, kOf)) return nullptr;
    std::uint32_t name = i + 1;
    if (words_.joined(name) && words_.is(name, kArticle) && !is_name(name)) ++name;
    if (!words_.joined(name) || !is_name(name)) return nullptr;
    const Draft& draft = page_.drafts[page_.name_at[name]];
    return state_named(draft) ? &draft : nullptr;
  }
  ThingId state_named(const Draft& name) const {
    for (const NameEntry& entry : name.entries)
      if (entry.form == NameForm::name && page_.knowledge[entry.thing].kind == ThingKind::state) return entry.thing;
    return {};
  }

  // « la capitale russe », « cette ville », « la même ville ».
  std::uint32_t place(std::uint32_t i) {
    if (!words_.is(i, kCapitalNoun | kPlaceNominal) || i == 0 || !words_.joined(i)) return i;
    Draft draft;
    draft.kind = DraftKind::nominal;
    draft.first = i;
    draft.last = i + 1;
    draft.place = true;
    draft.gender = page_.token(i).morph.gender;
    draft.number = Number::sing;
    const Draft* adjective = words_.joined(i + 1) ? adjective_at(i + 1) : nullptr;
    const Draft* state = state_behind(i + 1);
    if (words_.is(i, kCapitalNoun) && state != nullptr && definite_before(i)) {
      draft.owner = state_named(*state);
      draft.last = state->last;
    } else if (words_.is(i, kCapitalNoun) && adjective != nullptr && definite_before(i)) {
      draft.owner = owner_of(*adjective);
      draft.last = adjective->last;
    } else {
      const bool same = i >= 2 && definite_before(i - 1) && page_.match(rules_.same, i - 1).last == i;
      if (!words_.is(i, kPlaceNominal) || !(same || words_.is(i - 1, kDemonstrative))) return i;
      if (complement_behind(i + 1)) return i;
    }
    page_.add(draft);
    return draft.last;
  }

  // Nouns that tell what somebody is, in the pack's lists of those who speak or hold something.
  bool is_calling(std::uint32_t i) const {
    if (!words_.is(i, kOpensReference) || words_.words[i].upper ||
        (page_.upos(i) != Upos::NOUN && page_.upos(i) != Upos::ADJ))
      return false;
    for (const PhraseTrie* trie : {&rules_.sources, &rules_.persons}) {
      const auto match = page_.match(*trie, i);
      if (!match || match.last != i + 1) continue;
      const PhraseForm& form = rules_.phrases[match.values->front()];
      if (form.number == Number::sing && !form.state) return true;
    }
    return false;
  }
  // « l'avocat X », « X, avocat de »: what the page calls those whom it names.
  void collect_callings() {
    for (const Draft& name : page_.drafts) {
      const std::uint32_t i = name.first, last = name.last;
      if (name.dropped || !is_name(i) || &page_.drafts[page_.name_at[i]] != &name) continue;
      std::uint32_t behind = last;
      if (words_.continues(last) && words_.words[last].gap == Gap::comma && words_.is(last, kArticle)) ++behind;
      if (words_.continues(last) && words_.words[last].gap == Gap::comma && behind < words_.size() &&
          (behind == last || words_.joined(behind)) && is_calling(behind))
        callings_.push_back({behind, i});
      if (i > 0 && words_.words[i].gap == Gap::space && is_calling(i - 1)) callings_.push_back({i - 1, i});
    }
    std::sort(callings_.begin(), callings_.end(), [](const Calling& a, const Calling& b) { return a.noun < b.noun; });
  }
  // The first word of the name before word `i` that is called as the word says; none if two names are.
  std::uint32_t called_so(std::uint32_t i) const {
    std::uint32_t found = kNone;
    for (const Calling& one : callings_) {
      if (one.noun >= i) break;
      if (words_.words[one.noun].id != words_.words[i].id) continue;
      if (found != kNone && last_word(found) != last_word(one.name)) return kNone;
      found = one.name;
    }
    return found;
  }
  std::string_view last_word(std::uint32_t name) const {
    return words_.text(page_.drafts[page_.name_at[name]].last - 1);
  }
  // « l'avocat » of whom the page has spoken by name.
  std::uint32_t called(std::uint32_t i) {
    if (callings_.empty() || !is_calling(i) || !definite_before(i) || complement_behind(i + 1)) return i;
    if (words_.joined(i + 1) && (is_name(i + 1) || adjective_at(i + 1) != nullptr)) return i;
    Draft draft;
    draft.kind = DraftKind::nominal;
    draft.first = i;
    draft.last = i + 1;
    draft.number = Number::sing;
    draft.gender = page_.token(i - 1).morph.gender;
    draft.calling = called_so(i);
    if (draft.calling == kNone) return i;
    page_.add(draft);
    return draft.last;
  }

  // « le pays », « l'organisation ».
  std::uint32_t thing(std::uint32_t i) {
    if (!words_.is(i, kStateNominal | kOrganisationNominal) || !definite_before(i)) return i;
    if (complement_behind(i + 1) || adjective_at(i + 1) != nullptr) return i;
    if (words_.is(i - 1, kDefinite) && page_.token(i - 1).morph.number == Number::plur) return i;
    Draft draft;
    draft.kind = DraftKind::nominal;
    draft.first = i;
    draft.last = i + 1;
    draft.form.state = words_.is(i, kStateNominal);
    draft.form.body = !draft.form.state;
    page_.add(draft);
    return i + 1;
  }

  bool says(std::uint32_t i) const { return is_verb(i) && rules_.is_saying(page_.token(i)); }
  bool says_behind(std::uint32_t i) const {
    for (int steps = 0; steps < 4 && words_.joined(i); ++steps, ++i) {
      if (says(i)) return !page_.token(i).morph.is_infinitive();
      const Upos upos = page_.upos(i);
      if (upos != Upos::AUX && upos != Upos::ADV && upos != Upos::PRON) return false;
    }
    return false;
  }
  // « …, ont indiqué des témoins »: the verb opens its clause behind a comma or a quotation.
  bool said_before(std::uint32_t begin) const {
    if (begin == 0 || !words_.joined(begin) || !says(begin - 1)) return false;
    std::uint32_t verb = begin - 1;
    while (verb > 0 && begin - verb < 4 && words_.joined(verb) &&
           (page_.upos(verb - 1) == Upos::AUX || page_.upos(verb - 1) == Upos::PRON))
      --verb;
    return words_.words[verb].gap == Gap::comma || words_.words[verb].gap == Gap::other;
  }
  // The determiner of a noun, adjectives between passed over; the noun itself if there is none.
  std::uint32_t determined_from(std::uint32_t noun) const {
    std::uint32_t i = noun;
    for (int steps = 0; steps < 3 && i > 0 && words_.joined(i); ++steps) {
      --i;
      if (words_.is(i, kArticle | kDefinite | kPossessive | kDemonstrative) || page_.upos(i) == Upos::DET) return i;
      if (page_.upos(i) != Upos::ADJ && page_.upos(i) != Upos::NUM) break;
    }
    return noun;
  }
  // « de l'université », « de Human Rights Watch », adjectives: what belongs to the noun.
  std::uint32_t source_end(std::uint32_t i) const {
    for (int steps = 0; steps < 2 && words_.joined(i) && page_.upos(i) == Upos::ADJ; ++steps) ++i;
    for (int steps = 0; steps < 2 && words_.joined(i) && words_.is(i, kOf); ++steps) {
      std::uint32_t noun = i + 1;
      if (words_.joined(noun) && words_.is(noun, kArticle)) ++noun;
      if (!words_.joined(noun)) break;
      if (page_.name_at[noun] != kNone && !page_.drafts[page_.name_at[noun]].dropped)
        i = page_.drafts[page_.name_at[noun]].last;
      else if (page_.upos(noun) == Upos::NOUN)
        i = noun + 1;
      else
        break;
      for (int more = 0; more < 2 && words_.joined(i) && page_.upos(i) == Upos::ADJ; ++more) ++i;
    }
    return i;
  }
  // Those who speak without a name. One alone with « le » is somebody whom the page has named; that is not guessed
  // here.
  std::uint32_t source(std::uint32_t i) {
    const auto match = page_.match(rules_.sources, i);
    if (!match || words_.words[i].gap == Gap::hyphen) return i;
    const std::uint32_t begin = determined_from(i);
    Draft draft = draft_of(DraftKind::source, i, match);
    // « un diplomate », « une diplomate »: the article tells.
    if (draft.gender == Gender::none && draft.number == Number::sing && begin < i)
      draft.gender = page_.token(begin).morph.gender;
    if (apposed(draft, begin)) {
      page_.add(draft);
      return draft.last;
    }
    if (begin == i) return i;
    const bool single_person = draft.number == Number::sing && !draft.form.state;
    if (single_person && words_.is(begin, kDefinite | kDemonstrative | kPossessive)) return i;
    const std::uint32_t last = source_end(match.last);
    const bool named_behind = words_.joined(last) && page_.name_at[last] != kNone;
    if (named_behind && page_.drafts[page_.name_at[last]].kind != DraftKind::adjective) return i;
    const bool according = begin > 0 && words_.joined(begin) && words_.is(begin - 1, kObliqueAfter);
    if (!according && !says_behind(last) && !said_before(begin)) return i;
    draft.last = last;
    page_.add(draft);
    return last;
  }

  // « un conseiller de la majorité, X, », « X, membre de la délégation »: the noun and the name are one.
  bool apposed(Draft& draft, std::uint32_t begin) const {
    if (draft.number != Number::sing || draft.form.state || page_.title_at[draft.first] != kNone) return false;
    // « X, élu mardi, »: a participle that is no noun here.
    if (begin == draft.first && page_.token(draft.first).morph.is_participle()) return false;
    std::uint32_t end = draft.last;
    for (int steps = 0; steps < 16 && words_.joined(end) && !ends_phrase(end); ++steps) ++end;
    const bool cut = !words_.continues(end) || !words_.joined(end);
    if (!cut) return false;
    std::uint32_t name = kNone;
    const std::uint32_t named = behind_rank(end);
    const bool behind = begin < draft.first && words_.continues(end) && words_.words[end].gap == Gap::comma &&
                        names_person(named) && closes(page_.drafts[page_.name_at[named]].last);
    if (behind) {
      name = page_.name_at[named];
    } else {
      const std::uint32_t before = name_ending_before(begin);
      if (before == kNone || !names_person(page_.drafts[before].first)) return false;
      name = before;
    }
    draft.apposed = true;
    draft.calling = page_.drafts[name].first;
    draft.last = end;
    return true;
  }
  // « le capitaine X », « M. X »: the word of the name.
  std::uint32_t behind_rank(std::uint32_t i) const {
    if (words_.is(i < words_.size() ? i : 0, kArticle) && words_.joined(i + 1) && words_.is(i + 1, kOpensCourtesy)) ++i;
    const auto rank = i < words_.size() ? page_.match(rules_.courtesy, i) : PageEntities::Match();
    return rank && words_.continues(rank.last) ? rank.last : i;
  }
  bool ends_phrase(std::uint32_t i) const {
    const Upos upos = page_.upos(i);
    return upos == Upos::AUX || upos == Upos::PRON || upos == Upos::SCONJ ||
           (upos == Upos::VERB && !page_.token(i).morph.is_participle());
  }
  // A full name that may be a person's.
  bool names_person(std::uint32_t i) const {
    if (!is_name(i)) return false;
    const Draft& name = page_.drafts[page_.name_at[i]];
    if (name.dropped || name.last - name.first < 2) return false;
    if (name.kind == DraftKind::unknown) return name.unknown_kind == ThingKind::person;
    return std::any_of(name.entries.begin(), name.entries.end(),
                       [&](const NameEntry& entry) { return page_.knowledge[entry.thing].kind == ThingKind::person; });
  }
  // Behind a name in apposition the clause is cut, or goes on with its verb.
  bool closes(std::uint32_t i) const {
    if (!words_.continues(i)) return true;
    if (!words_.joined(i)) return true;
    return is_verb(i) || page_.upos(i) == Upos::PRON;
  }

  struct Calling {
    std::uint32_t noun, name;  // words
  };

  PageEntities& page_;
  const PageWords& words_;
  const EntityRules::Tables& rules_;
  std::vector<Calling> callings_;  // in text order
  std::uint32_t last_ = 0;         // the word behind the last rule()
};

}  // namespace

void find_references(PageEntities& page) { References(page).run(); }

}  // namespace chancery::entities
