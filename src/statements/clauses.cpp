// Complements are sought word by word from the cue to the right over what may stand between (adverbs, days, addressees,
// occasions); a finite verb or a bare object ends the search. Clause ends are sought likewise, over quotations as
// wholes.
#include "statements/clauses.h"

#include <algorithm>

namespace chancery::speech {

namespace {

constexpr std::uint32_t kLongestClause = 500;   // words, so that one endless sentence costs no square
constexpr std::uint32_t kShortestFragment = 3;  // words of a quoted attribute to an object
constexpr std::uint32_t kShortestObject = 4;    // words of a quoted object that is more than a term
constexpr std::uint32_t kChainSubject = 14;     // words between « et » and the next cue of another speaker

std::uint32_t words_between(const Scan& scan, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t count = 0;
  for (std::uint32_t i = begin; i < end; ++i)
    if (!scan.punctuation(i)) ++count;
  return count;
}

class ComplementSearch {
 public:
  ComplementSearch(const Scan& scan, const VerbGroup& group)
      : scan_(scan), group_(group), cue_(scan.tables.cues[group.cue]), last_(scan.sentence_of(group.head).last) {}

  std::optional<Complement> run() {
    std::uint32_t i = group_.end;
    const std::uint32_t limit = std::min(last_, group_.end + scan_.tables.cue_to_clause);
    while (i < limit) {
      if (std::optional<Complement> found = at(i)) return found;
      if (stop_) return std::nullopt;
      i = next(i);
    }
    return std::nullopt;
  }

 private:
  bool allows(std::uint32_t constructions) const { return (cue_.constructions & constructions) != 0; }

  std::optional<Complement> at(std::uint32_t i) {
    if (scan_.opens_quotation(i)) return quotation_at(i, false);
    if (scan_.words[i].punctuation == Punctuation::colon) return colon_at(i);
    if (allows(kClause) && i + 2 < last_ && scan_.is(i, kOfMarker | kToMarker) && scan_.is(i + 1, kFreeRelativeHead) &&
        scan_.is(i + 2, kComplementiser) && !object_seen_) {
      stop_ = true;  // « se félicite de ce que A »
      return Complement{Shape::clause, i + 3, 0, kNoIndex, false};
    }
    if (scan_.is(i, kComplementiser) && (!conjunction_before(i) || told_behind(i))) return clause_at(i);
    if (allows(kQuestion) && direct(i) && interrogative(i)) return Complement{Shape::question, i, 0, kNoIndex, false};
    if (allows(kInfinitive) && infinitive_follows(i)) return infinitive_at(i);
    if (allows(kOfInfinitive) && scan_.is(i, kOfMarker) && marked(i)) return marked_at(i);
    if (allows(kToInfinitive) && scan_.is(i, kToMarker) && marked(i)) return marked_at(i);
    // « demande à « toutes les parties de respecter l'accord » »
    if (allows(kOfInfinitive) && (cue_.flags & kAct) != 0 && scan_.is(i, kToMarker) && i + 1 < last_ &&
        scan_.opens_quotation(i + 1)) {
      const std::uint32_t q = scan_.words[i + 1].quotation;
      if (words_between(scan_, i + 1, scan_.quotation_last[q]) >= kShortestObject)
        return Complement{Shape::object, i + 1, scan_.quotation_last[q], q, false};
    }
    if (allows(kAttributeMarked | kOfQuoted) && scan_.is(i, kAttributeMarker)) return attribute_at(i);
    if (allows(kAttribute) && i == group_.end && predicate_of_object(i + 2)) {
      stop_ = true;
      return Complement{Shape::attribute, i + 2, i + 3, kNoIndex, false};
    }
    if (const std::uint32_t end = small_clause_end(i); end > i) {
      stop_ = true;
      return Complement{Shape::attribute, i, end, kNoIndex, false};
    }
    if (own_predicate(i)) {
      stop_ = true;
      return Complement{Shape::infinitive, i, 0, kNoIndex, false};
    }
    if (allows(kAttributeAs) && scan_.is(i, kAsMarker) && i + 1 < last_ && scan_.opens_quotation(i + 1))
      return fragment(i + 1);
    // « y voit | une victoire de X »
    if (allows(kPredicate) && !object_seen_ && !phrase_seen_ && scan_.is(i, kIndefinite) && i + 2 < last_ &&
        scan_.words[i + 1].mention == kNoIndex) {
      stop_ = true;
      return Complement{Shape::infinitive, i, 0, kNoIndex, false};
    }
    return std::nullopt;
  }

  // « a jugé l'annulation | regrettable |. »: an article, a noun, an adjective, and nothing else.
  bool predicate_of_object(std::uint32_t i) const {
    if (i >= last_ || cue_.reflexive || (cue_.flags & kOpinion) != 0 || !bare_object_before(i)) return false;
    const bool participle = scan_.verb(i) && scan_.token(i).morph.is_participle();  // « disproportionnée »
    if (!(participle || scan_.token(i).upos == Upos::ADJ) || scan_.token(i).capitalised ||
        scan_.words[i].mention != kNoIndex)
      return false;
    // « juge la décision belge | « inamicale » »: what stands under marks is the predicate.
    if (i + 1 < last_ && scan_.opens_quotation(i + 1)) return false;
    return i + 1 >= last_ || scan_.punctuation(i + 1) || scan_.is(i + 1, kCoordinator);
  }

  // « se dit | satisfait du texte |. », « se disant | nanti de garanties | »: not « persuadé que », whose clause
  // follows.
  bool own_predicate(std::uint32_t i) const {
    if (!cue_.reflexive || !allows(kAttribute) || !allows(kClause) || object_seen_ || phrase_seen_) return false;
    const bool participle =
        scan_.verb(i) && scan_.token(i).morph.is_participle() && scan_.token(i).morph.tense != Tense::pres;
    if (!(participle || scan_.token(i).upos == Upos::ADJ) || scan_.quoted(i) || scan_.words[i].mention != kNoIndex)
      return false;
    return !(i + 1 < last_ && scan_.is(i + 1, kComplementiser));
  }

  // « juge | un tel sommet prématuré |. », « jugent | ces sanctions coûteuses pour l'Europe |, »: an article, a noun
  // that no preposition binds, its predicate with what belongs to it. `i` if none stands there.
  std::uint32_t small_clause_end(std::uint32_t i) const {
    if (!allows(kAttribute) || !allows(kClause) || cue_.reflexive || (cue_.flags & kOpinion) != 0) return i;
    if (object_seen_ || phrase_seen_ || scan_.token(i).upos != Upos::DET || scan_.words[i].mention != kNoIndex)
      return i;
    std::uint32_t k = i + 1;
    while (k < last_ && k < i + 3 && scan_.token(k).upos == Upos::ADJ) ++k;
    if (k + 1 >= last_ || scan_.token(k).upos != Upos::NOUN || scan_.words[k].mention != kNoIndex) return i;
    const bool plain = k == i + 1;
    const std::uint32_t predicate = ++k;
    const bool participle = scan_.verb(k) && scan_.token(k).morph.is_participle();
    if (!(participle || scan_.token(k).upos == Upos::ADJ) || scan_.token(k).capitalised ||
        scan_.words[k].mention != kNoIndex)
      return i;
    for (; k < last_ && k < predicate + 10; ++k) {
      if (scan_.quoted(k) || scan_.finite(k) || scan_.is(k, kComplementiser | kRelative)) return i;
      if (scan_.punctuation(k)) break;
    }
    if (k < last_ && !scan_.punctuation(k)) return i;
    return plain && k == predicate + 1 ? i : k;  // « juge la décision | regrettable | » is a fragment
  }

  // Nothing but adverbs, days and prepositional phrases stands between group and i.
  bool direct(std::uint32_t) const { return !object_seen_; }

  bool conjunction_before(std::uint32_t i) const { return i > group_.end && scan_.is(i - 1, kConjunctionLead); }

  // « avait annoncé peu avant que la liste était là »: an indicative, where the conjunction asks for a subjunctive.
  bool told_behind(std::uint32_t i) const {
    if (i < group_.end + 2 || scan_.token(i - 2).upos != Upos::ADV) return false;
    for (std::uint32_t k = i + 1; k < last_ && k < i + 14; ++k)
      if (scan_.finite(k)) return scan_.token(k).morph.mood == Mood::ind;
    return false;
  }

  std::optional<Complement> clause_at(std::uint32_t i) {
    stop_ = true;
    if (!allows(kClause)) return std::nullopt;
    if (object_seen_ && (cue_.flags & kObjectAddressee) == 0) return std::nullopt;  // a relative clause of the object
    if (i > group_.end && scan_.is(i - 1, kFreeRelativeHead)) return std::nullopt;  // « a dénoncé ce que X appelle Y »
    std::uint32_t begin = i + 1;
    while (begin < last_ && scan_.words[begin].punctuation == Punctuation::comma) ++begin;
    if (begin >= last_) return std::nullopt;
    return Complement{Shape::clause, begin, 0, kNoIndex, false};
  }

  bool interrogative(std::uint32_t i) const {
    if (scan_.is(i, kFreeRelativeHead) && i + 1 < last_ && scan_.is(i + 1, kRelative)) return true;
    if (!scan_.is(i, kInterrogative)) return false;
    // « s'est » is a reflexive, not « si »
    return !(scan_.is(i, kReflexive) && !(i + 1 < last_ && scan_.is(i + 1, kSubjectPronoun)));
  }

  // An infinitive at i, behind negation and clitics or an opening mark.
  bool infinitive_follows(std::uint32_t i) const {
    while (i < last_ && (scan_.is(i, kNegation | kNegationComplement | kClitic) || scan_.words[i].mark)) ++i;
    return i < last_ && scan_.infinitive(i);
  }

  // « conseille de « supporter » »: one bare quoted word that begins in lower case.
  bool quoted_word(std::uint32_t i) const {
    if (!scan_.opens_quotation(i)) return false;
    const std::uint32_t q = scan_.words[i].quotation;
    return i + 1 < last_ && !scan_.token(i + 1).capitalised && words_between(scan_, i, scan_.quotation_last[q]) == 1;
  }

  // An infinitive that the tagger took for a noun: no noun without a determiner has an object behind it.
  bool noun_like_infinitive(std::uint32_t i) const {
    return i + 1 < last_ && scan_.token(i).upos == Upos::NOUN && !scan_.token(i).capitalised &&
           scan_.token(i).morph.number != Number::plur &&
           ((scan_.token(i + 1).upos == Upos::DET && scan_.token(i + 1).part == 0) ||
            (scan_.words[i + 1].mention != kNoIndex && scan_.words[i].mention == kNoIndex));
  }

  std::optional<Complement> infinitive_at(std::uint32_t i) {
    if (object_seen_ || (i > group_.end && scan_.preposition(i - 1))) return std::nullopt;
    stop_ = true;
    // « ce qu'ils disent être A »: what is said so is told before.
    const std::uint32_t first = scan_.sentence_of(group_.head).first;
    if (group_.begin > first + 2 && scan_.is(group_.begin - 1, kSubjectPronoun) &&
        scan_.is(group_.begin - 2, kComplementiser) &&
        (scan_.is(group_.begin - 3, kFreeRelativeHead) ||
         (scan_.token(group_.begin - 3).upos == Upos::NOUN && scan_.is(i, kInfinitiveCopula))))
      return std::nullopt;
    Complement found{Shape::infinitive, i, 0, kNoIndex, false};
    // « dit être persuadé que A »: A is what is said.
    std::uint32_t k = i;
    while (k < last_ && !scan_.infinitive(k)) ++k;
    if (k < last_ && scan_.is(k, kInfinitiveCopula)) {
      if (const std::uint32_t begin = behind_conviction(k + 1))
        found = Complement{Shape::clause, begin, 0, kNoIndex, false};
    }
    return found;
  }

  // The token behind « persuadé que », 0 if no such thing stands at k.
  std::uint32_t behind_conviction(std::uint32_t k) const {
    for (std::uint32_t steps = 0; k + 1 < last_ && steps < 4; ++steps, ++k)
      if (scan_.is(k, kConviction) && scan_.is(k + 1, kComplementiser)) return k + 2;
    return 0;
  }

  // « de » or « à » before an infinitive, which may be quoted.
  bool marked(std::uint32_t i) const {
    if (object_seen_ && (cue_.flags & kObjectAddressee) == 0) return false;
    return i + 1 < last_ && (infinitive_follows(i + 1) || noun_like_infinitive(i + 1) || quoted_word(i + 1));
  }

  std::optional<Complement> marked_at(std::uint32_t i) {
    stop_ = true;
    return Complement{Shape::marked_infinitive, i + 1, 0, kNoIndex, false};
  }

  std::optional<Complement> attribute_at(std::uint32_t i) {
    if (i + 1 >= last_) return std::nullopt;
    // « parle d'un « moment historique » »
    if (i == group_.end && allows(kOfQuoted) && i + 2 < last_ && scan_.is(i + 1, kIndefinite) &&
        scan_.opens_quotation(i + 2) &&
        words_between(scan_, i + 2, scan_.quotation_last[scan_.words[i + 2].quotation]) >= 2)
      return fragment(i + 2);
    if (scan_.opens_quotation(i + 1)) {
      const std::uint32_t q = scan_.words[i + 1].quotation;
      if (allows(kObject) && words_between(scan_, i + 1, scan_.quotation_last[q]) < kShortestObject)
        return std::nullopt;
      return fragment(i + 1);
    }
    if (!allows(kAttributeMarked) || (i == group_.end && !object_before())) return std::nullopt;
    // « qualifié ces entretiens d'utiles »
    if (!predicate(i + 1)) return std::nullopt;
    for (std::uint32_t k = i + 2; k + 1 < last_ && k < i + 12 && !scan_.punctuation(k) && !scan_.finite(k); ++k)
      if (scan_.is(k, kAttributeMarker) && !scan_.is(k - 1, kCoordinator) &&
          (scan_.opens_quotation(k + 1) || predicate(k + 1)))
        return std::nullopt;
    std::uint32_t end = i + 1;
    while (end < last_ &&
           (predicate(end) || scan_.words[end].adverbial ||
            (scan_.is(end, kCoordinator) && end + 1 < last_ &&
             (predicate(end + 1) || (end + 2 < last_ && scan_.is(end + 1, kAttributeMarker) && predicate(end + 2)))) ||
            (scan_.is(end, kAttributeMarker) && scan_.is(end - 1, kCoordinator))))
      ++end;
    stop_ = true;
    return Complement{Shape::attribute, i + 1, end, kNoIndex, false};
  }

  // « le qualifiant de »: the object stands before the verb.
  bool object_before() const {
    for (std::uint32_t i = group_.begin; i < group_.head; ++i)
      if (scan_.is(i, kClitic) && !scan_.is(i, kReflexive | kSubjectPronoun)) return true;
    if (group_.head > 0 && scan_.words[group_.head].maybe_gerund && scan_.is(group_.head - 1, kClitic)) return true;
    // « qu'il a qualifiés de »
    const std::uint32_t first = scan_.sentence_of(group_.head).first;
    return group_.begin > first + 1 && scan_.is(group_.begin - 1, kSubjectPronoun) &&
           scan_.is(group_.begin - 2, kComplementiser);
  }

  // A bare adjective or noun, as « qualifier X de » takes it.
  bool predicate(std::uint32_t i) const {
    const Token& token = scan_.token(i);
    return (token.upos == Upos::ADJ || token.upos == Upos::NOUN) && !token.capitalised &&
           scan_.words[i].mention == kNoIndex;
  }

  Complement fragment(std::uint32_t i) {
    stop_ = true;
    const std::uint32_t q = scan_.words[i].quotation;
    return Complement{Shape::attribute, i, scan_.quotation_last[q], q, false};
  }

  std::optional<Complement> colon_at(std::uint32_t i) {
    stop_ = true;
    if (!allows(kQuote | kClause)) return std::nullopt;
    if (i + 1 < scan_.size() && scan_.opens_quotation(i + 1) &&
        scan_.analysis.sentences[scan_.words[i + 1].sentence].block == scan_.sentence_of(i).block) {
      const std::uint32_t q = scan_.words[i + 1].quotation;
      return Complement{Shape::quotation, i + 1, scan_.quotation_last[q], q, true};
    }
    if (bare_words_follow(i + 1)) return Complement{Shape::clause, i + 1, 0, kNoIndex, true};
    return std::nullopt;
  }

  bool object_clitic() const {
    for (std::uint32_t i = group_.begin; i < group_.head; ++i)
      if (scan_.is(i, kObjectClitic)) return true;
    return false;
  }

  // « Il ajoute : nous irons jusqu'au bout. », « ce qu'a dit X : la loi passera »: words told without marks.
  bool bare_words_follow(std::uint32_t i) const {
    if (!allows(kQuote) || group_.form != GroupForm::finite || i >= last_ || scan_.quoted(i)) return false;
    if (object_clitic()) return false;  // « l'a communiquée : … »
    // « a mis en garde à Vienne : A aurait « … » »: behind a phrase only with words of his own.
    bool marks = false;
    for (std::uint32_t k = i; k < last_ && phrase_seen_ && !marks; ++k) marks = scan_.quoted(k);
    if (phrase_seen_ && !marks) return false;
    if (scan_.punctuation(i) || scan_.token(i).upos == Upos::SYM) return false;
    const bool what_x_said = group_.begin > scan_.sentence_of(group_.head).first + 1 &&
                             scan_.is(group_.begin - 1, kComplementiser) &&
                             scan_.is(group_.begin - 2, kFreeRelativeHead);
    return (!object_seen_ || what_x_said) && has_finite_verb(scan_, i, last_);
  }

  // A quotation met while looking: right beside the cue it is what was said, behind other words it is only if a
  // comma parts them (« a déclaré X, « A » ») or it is the predicate of an opinion.
  std::optional<Complement> quotation_at(std::uint32_t i, bool) {
    const std::uint32_t q = scan_.words[i].quotation;
    if (allows(kAttribute) && (object_seen_ || fragment_like(q))) return fragment(i);
    if (allows(kPredicate) && !object_seen_ && !sentence_like(scan_, q)) return fragment(i);
    if (allows(kInfinitive) && !object_seen_ && !phrase_seen_ && infinitive_follows(i) && !sentence_like(scan_, q))
      return infinitive_at(i);
    if (adjunct_quotation(scan_, q)) {
      stop_ = true;
      return std::nullopt;
    }
    const bool parted = i > group_.end && scan_.words[i - 1].punctuation == Punctuation::comma;
    // « a incité l'« Agence de sûreté » »: behind a determiner stands a name or a term.
    if (i > group_.end && scan_.token(i - 1).upos == Upos::DET && !sentence_like(scan_, q) && !allows(kObject)) {
      stop_ = true;
      return std::nullopt;
    }
    // « a menacé d'une réponse « ferme » »: a fragment behind other words is part of them.
    if (phrase_seen_ && !parted && !sentence_like(scan_, q)) {
      stop_ = true;
      return std::nullopt;
    }
    if (object_seen_ && !parted) {
      stop_ = true;
      // « a dénoncé un projet « politisé et provocateur » »
      if (allows(kObject) && bare_object_before(i) &&
          words_between(scan_, i, scan_.quotation_last[q]) >= kShortestFragment)
        return Complement{Shape::object, i, scan_.quotation_last[q], q, false};
      return std::nullopt;
    }
    if (i > group_.end && scan_.preposition(i - 1) && !parted) {
      stop_ = true;
      // « met en garde contre « une escalade régionale » »
      if (allows(kObject) && i == group_.end + 1 &&
          words_between(scan_, i, scan_.quotation_last[q]) >= kShortestFragment)
        return Complement{Shape::object, i, scan_.quotation_last[q], q, false};
      return std::nullopt;
    }
    // What outlets and authors publish under marks is a title, unless it is a sentence.
    if (allows(kQuote) && allows(kClause | kIncise) && (cue_.flags & (kNaming | kRelaying)) == 0 && !allows(kObject) &&
        (!parted || sentence_like(scan_, q)))
      return Complement{Shape::quotation, i, scan_.quotation_last[q], q, false};
    if (sentence_like(scan_, q) && allows(kQuote))
      return Complement{Shape::quotation, i, scan_.quotation_last[q], q, false};
    if (allows(kObject) && words_between(scan_, i, scan_.quotation_last[q]) >= kShortestObject) {
      stop_ = true;
      return Complement{Shape::object, i, scan_.quotation_last[q], q, false};
    }
    stop_ = true;
    return std::nullopt;
  }

  // An article and a noun stand straight behind the group and end before i.
  bool bare_object_before(std::uint32_t i) const {
    return i == group_.end + 2 && scan_.token(group_.end).upos == Upos::DET && scan_.noun(group_.end + 1) &&
           scan_.words[group_.end + 1].mention == kNoIndex;
  }

  bool fragment_like(std::uint32_t q) const { return !sentence_like(scan_, q); }

  // The token behind the word or phrase at i; notes objects and stops at what no complement can stand behind.
  std::uint32_t next(std::uint32_t i) {
    const Word& word = scan_.words[i];
    if (word.adverbial || word.in_time || word.punctuation == Punctuation::comma) return i + 1;
    if (word.punctuation == Punctuation::open_bracket) return skip_bracket(i);
    if (word.punctuation != Punctuation::none || scan_.punctuation(i)) {
      if (word.punctuation != Punctuation::dash) stop_ = true;
      return i + 1;
    }
    if (scan_.is(i, kRelative) || scan_.is(i, kCoordinator) || (scan_.finite(i) && word.mention == kNoIndex)) {
      if (!coordinated_addressee(i)) stop_ = true;
      return i + 1;
    }
    if (scan_.is(i, kSourceStart) && source_phrase(i)) {
      stop_ = true;  // « qui répond, selon X, « A » »: the source rules
      return i + 1;
    }
    if (scan_.preposition(i)) {
      // « a fait part de sa crainte que »: what follows « de » straight behind the cue is its object.
      if (!phrase_seen_ && i == group_.end && scan_.is(i, kOfMarker)) object_seen_ = true;
      phrase_seen_ = true;
      phrase_end_ = skip_phrase(scan_, i, last_);
      return phrase_end_;
    }
    if (scan_.noun(i) || word.mention != kNoIndex) {
      // « à l'agence de presse X que »: a name straight behind the phrase belongs to it.
      if (i != phrase_end_) object_seen_ = true;
      const std::uint32_t end = skip_phrase(scan_, i, last_);
      if (i == phrase_end_) phrase_end_ = end;
      return end;
    }
    return i + 1;
  }

  bool source_phrase(std::uint32_t i) const {
    std::uint32_t which = kNoIndex;
    if (scan_.phrase_at(scan_.tables.prepositions, i, &which) == 0 || which == kNoIndex) return false;
    const Cue& source = scan_.tables.cues[scan_.tables.preposition_cues[which]];
    return (source.flags & (kPersonOnly | kRelaying)) == 0;
  }

  // « a dit à Paris et à Berlin que », « avec X et Y »
  bool coordinated_addressee(std::uint32_t i) const {
    return scan_.is(i, kCoordinator) && i + 1 < last_ &&
           (scan_.preposition(i + 1) || scan_.words[i + 1].mention != kNoIndex ||
            (i + 2 < last_ && scan_.token(i + 1).upos == Upos::DET && scan_.noun(i + 2))) &&
           group_.end < i;
  }

  std::uint32_t skip_bracket(std::uint32_t i) const {
    while (i < last_ && scan_.words[i].punctuation != Punctuation::close_bracket) ++i;
    return i + 1;
  }

  const Scan& scan_;
  const VerbGroup& group_;
  const Cue& cue_;
  std::uint32_t last_;
  bool object_seen_ = false;
  bool phrase_seen_ = false;
  std::uint32_t phrase_end_ = 0;  // behind the last prepositional phrase
  bool stop_ = false;
};

}  // namespace

std::uint32_t skip_phrase(const Scan& scan, std::uint32_t i, std::uint32_t last) {
  std::uint32_t k = i;
  while (k < last &&
         (scan.preposition(k) || scan.token(k).upos == Upos::DET || scan.token(k).upos == Upos::ADJ ||
          scan.token(k).upos == Upos::NUM || (k > i && scan.words[k].adverbial)) &&
         scan.words[k].mention == kNoIndex)
    ++k;
  if (k < last && scan.words[k].mention != kNoIndex) {
    const std::uint32_t mention = scan.words[k].mention;
    while (k < last && scan.words[k].mention == mention) ++k;
    return std::max(k, i + 1);
  }
  if (k < last && (scan.noun(k) || scan.token(k).upos == Upos::PRON)) ++k;
  while (k < last && (scan.token(k).upos == Upos::ADJ || scan.token(k).upos == Upos::PROPN) &&
         scan.words[k].mention == kNoIndex)
    ++k;
  return std::max(k, i + 1);
}

Cues find_cues(const Scan& scan) {
  Cues cues;
  cues.groups = find_verb_groups(scan);
  cues.at.assign(scan.size(), 0);
  for (std::uint32_t g = 0; g < cues.groups.size(); ++g) {
    cues.at[cues.groups[g].begin] = g + 1;
    cues.complements.push_back(ComplementSearch(scan, cues.groups[g]).run());
  }
  return cues;
}

namespace {

// Whether a cue with an auxiliary of its own stands before token i in its sentence.
bool composite_before(const Scan& scan, std::uint32_t i) {
  const std::uint32_t first = scan.sentence_of(i).first;
  for (std::uint32_t k = first; k + 1 < i; ++k) {
    if (scan.quoted(k) || !scan.is(k, kActiveAuxiliary)) continue;
    std::uint32_t head = k + 1;
    while (head + 1 < i && (scan.words[head].adverbial || scan.words[head].punctuation == Punctuation::comma)) ++head;
    if (scan.words[head].cues != 0) return true;
  }
  return false;
}

// Whether an object begins at i: « dénoncé Y », not « révélé il y a un an ».
bool has_object(const Scan& scan, std::uint32_t i) {
  while (i < scan.size() && scan.words[i].adverbial) ++i;
  return i < scan.size() && (scan.token(i).upos == Upos::DET || scan.words[i].mention != kNoIndex || scan.quoted(i) ||
                             scan.is(i, kOfMarker | kToMarker | kComplementiser));
}

// Whether the words from i on are the next link of a chain: « ajoutant que », « a-t-il dit », « et a précisé que »,
// « rapporte Reuters ».
bool chain_link(const Scan& scan, const Cues& cues, std::uint32_t i, bool coordinated) {
  std::uint32_t k = i;
  while (k < scan.size() && scan.words[k].adverbial) ++k;
  if (k >= scan.size() || cues.at[k] == 0) return false;
  const VerbGroup& group = cues.groups[cues.at[k] - 1];
  if (group.inverted_pronoun != kNoIndex) return true;
  if (group.form == GroupForm::infinitive) return !coordinated;
  if (cues.complements[cues.at[k] - 1]) return true;
  // « n'avait jamais menacé X, dénoncé Y et reproché … »: the auxiliary of the first cue goes on.
  if (group.form == GroupForm::participle && scan.token(group.head).upos == Upos::VERB && has_object(scan, group.end) &&
      composite_before(scan, i))
    return true;
  // « , rapporte Reuters »: a finite cue straight behind a comma has its subject behind it.
  if (coordinated || group.form != GroupForm::finite || group.end >= scan.size()) return false;
  std::uint32_t subject = group.end;
  while (subject < scan.size() &&
         (scan.words[subject].adverbial || scan.words[subject].in_time || scan.token(subject).upos == Upos::DET))
    ++subject;
  if (subject >= scan.size()) return false;
  // « , avaient imaginé une liste »: what is thought of is no subject.
  const bool opinion = (scan.tables.cues[group.cue].flags & kOpinion) != 0;
  return scan.words[subject].mention != kNoIndex || scan.unknown_name(subject) ||
         (scan.is(subject, kSourceNoun) && !(opinion && scan.is(subject, kTextNoun)));
}

// « , et le ministre a ajouté que »: behind a coordinator another subject takes a cue with a clause of its own.
bool other_speaker(const Scan& scan, const Cues& cues, std::uint32_t i, std::uint32_t last) {
  const std::uint32_t limit = std::min(last, i + kChainSubject);
  for (std::uint32_t k = i; k < limit; ++k) {
    if (scan.quoted(k) || scan.is(k, kComplementiser | kRelative)) return false;
    if (cues.at[k] != 0 && k > i) {
      const VerbGroup& group = cues.groups[cues.at[k] - 1];
      return group.form == GroupForm::finite && cues.complements[cues.at[k] - 1].has_value();
    }
    if (scan.finite(k)) return false;
  }
  return false;
}

// « , X ajoutant que B »: a name straight before a gerund that has a clause of its own.
bool gerund_of_another(const Scan& scan, const Cues& cues, std::uint32_t i, std::uint32_t last) {
  while (i < last && scan.token(i).upos == Upos::DET && scan.words[i].mention == kNoIndex && !scan.quoted(i)) ++i;
  if (i >= last || scan.quoted(i) || (scan.words[i].mention == kNoIndex && !scan.is(i, kSourceNoun))) return false;
  const std::uint32_t limit = std::min(last, i + 8);
  for (++i; i < limit && !scan.quoted(i) && !scan.punctuation(i); ++i) {
    if (cues.at[i] == 0) continue;
    const VerbGroup& group = cues.groups[cues.at[i] - 1];
    return group.form == GroupForm::gerund && cues.complements[cues.at[i] - 1].has_value();
  }
  return false;
}

// « A, ce que X a démenti »: somebody else's answer to A.
bool answered_behind(const Scan& scan, const Cues& cues, std::uint32_t i, std::uint32_t last) {
  if (i + 1 >= last || !scan.is(i + 1, kComplementiser)) return false;
  for (std::uint32_t k = i + 2; k < last && k < i + kChainSubject && !scan.quoted(k); ++k)
    if (cues.at[k] != 0) return cues.groups[cues.at[k] - 1].form == GroupForm::finite;
  return false;
}

// « A, qu'il a qualifiés de coûteux »: what is called so is another statement.
bool called_behind(const Scan& scan, const Cues& cues, std::uint32_t i, std::uint32_t last) {
  for (std::uint32_t k = i + 1; k < last && k < i + 4 && !scan.quoted(k); ++k)
    if (cues.at[k] != 0) {
      const std::optional<Complement>& complement = cues.complements[cues.at[k] - 1];
      return complement && complement->shape == Shape::attribute;
    }
  return false;
}

// « … un prêt affirmant l'avoir remboursé »: only a person says to have done something, so no noun before it does.
bool says_to_have(const Cues& cues, std::uint32_t i) {
  const std::optional<Complement>& complement = cues.complements[cues.at[i] - 1];
  return cues.groups[cues.at[i] - 1].form == GroupForm::gerund && complement && complement->shape == Shape::infinitive;
}

bool whole_sentence(const Scan& scan, std::uint32_t quotation) {
  const std::uint32_t first = scan.quotation_first[quotation];
  const std::uint32_t last = scan.quotation_last[quotation];
  const bool behind_stop = first == 0 || scan.words[first - 1].punctuation == Punctuation::stop;
  for (std::uint32_t i = first; i < last; ++i) {
    if (scan.words[i].mark) continue;
    if (!scan.token(i).capitalised) return false;
    return behind_stop || (words_between(scan, first, last) >= 6 && has_finite_verb(scan, first, last));
  }
  return false;
}

// A finite verb with its clitics and nothing else before it.
bool verb_follows(const Scan& scan, std::uint32_t i, std::uint32_t last) {
  while (i < last && (scan.is(i, kClitic | kNegation) || scan.words[i].adverbial)) ++i;
  return i < last && scan.finite(i);
}

// « , mais le groupe n'a rien dit »: a clause with a verb of its own that no « que » and no preposition opens.
bool main_clause(const Scan& scan, std::uint32_t i, std::uint32_t last) {
  if (i < last && scan.preposition(i)) return false;
  for (std::uint32_t k = i; k < last && k < i + kChainSubject && !scan.quoted(k); ++k) {
    if (scan.is(k, kComplementiser | kRelative) || scan.punctuation(k) || scan.infinitive(k)) return false;
    if (scan.finite(k)) return k > i;
  }
  return false;
}

// A capital behind a colon that is no name's, or the point of a list: the page has lost the list that stood there.
bool new_sentence(const Scan& scan, std::uint32_t i) {
  if (scan.token(i).upos == Upos::PUNCT || scan.token(i).upos == Upos::SYM)
    return scan.words[i].punctuation == Punctuation::none || scan.words[i].punctuation == Punctuation::dash;
  return scan.token(i).capitalised && scan.words[i].mention == kNoIndex && scan.token(i).upos != Upos::PROPN;
}

}  // namespace

std::uint32_t clause_end(const Scan& scan, const Cues& cues, std::uint32_t begin, ClausePlace place) {
  if (begin >= scan.size()) return begin;
  std::uint32_t last = scan.sentence_of(begin).last;
  const std::uint32_t limit =
      static_cast<std::uint32_t>(std::min<std::size_t>(scan.size(), begin + std::size_t{kLongestClause}));
  std::uint32_t depth = 0;
  std::uint32_t i = begin;
  while (i < last && i < limit) {
    if (scan.quoted(i)) {
      // A quotation goes whole, with what of its sentence stands behind it.
      const std::uint32_t q = scan.words[i].quotation;
      i = std::max(i + 1, scan.quotation_last[q]);
      if (i > last)
        last = i < scan.size() && !scan.quoted(i) && scan.words[i - 1].sentence == scan.words[i].sentence
                   ? scan.sentence_of(i).last
                   : i;
      // « que « A » mais a refusé de … »: the verb goes on with the speaker.
      if (place.behind_complementiser && begin == scan.quotation_first[q] && i + 1 < last && scan.is(i, kCoordinator) &&
          verb_follows(scan, i + 1, last))
        return i;
      // « … » évoquant des « … »: a chain without a comma
      if (i < last && cues.at[i] != 0 && cues.groups[cues.at[i] - 1].form == GroupForm::gerund &&
          cues.complements[cues.at[i] - 1])
        return i;
      continue;
    }
    const Word& word = scan.words[i];
    switch (word.punctuation) {
      case Punctuation::open_bracket:
        ++depth;
        break;
      case Punctuation::close_bracket:
        if (depth == 0) return i;
        --depth;
        break;
      case Punctuation::stop:
        if (i + 1 < last && scan.opens_quotation(i + 1) && whole_sentence(scan, scan.words[i + 1].quotation)) return i;
        // « … traité".Le ministre »: the page forgot the space.
        if (i > begin && i + 1 < last && scan.quoted(i - 1) && scan.token(i + 1).capitalised) return i;
        break;
      case Punctuation::semicolon:
        if (depth == 0 && !(i + 1 < last && scan.is(i + 1, kComplementiser))) return i;
        break;
      case Punctuation::colon:
        if (depth == 0 && i + 1 < scan.size() && (scan.opens_quotation(i + 1) || new_sentence(scan, i + 1))) return i;
        break;
      case Punctuation::comma: {
        if (depth != 0 || i + 1 >= last) break;
        const bool coordinated = scan.is(i + 1, kCoordinator);
        const std::uint32_t next = i + 1 + (coordinated ? 1 : 0);
        if (next >= last) break;
        if (scan.is(next, kFreeRelativeHead) && answered_behind(scan, cues, next, last)) return i;
        if (scan.is(next, kComplementiser) && i > begin && called_behind(scan, cues, next, last)) return i;
        // « … « A », convoqué à la hâte »: what follows the quotation is the writer's.
        if (i > begin && scan.quoted(i - 1) && cues.at[next] == 0 && scan.verb(next) &&
            scan.token(next).morph.is_participle() && scan.token(next).morph.tense != Tense::pres)
          return i;
        // « A, offre dont il a parlé »: a bare noun with its relative clause is the writer's apposition.
        if (!coordinated && next + 1 < last && scan.token(next).upos == Upos::NOUN && !scan.token(next).capitalised &&
            scan.words[next].mention == kNoIndex && scan.is(next + 1, kRelative) && has_finite_verb(scan, begin, i))
          return i;
        if (place.in_relative && !coordinated && verb_follows(scan, next, last)) return i;
        if (place.in_gerund && coordinated && verb_follows(scan, next, last)) return i;
        if (!coordinated && gerund_of_another(scan, cues, next, last)) return i;
        if (place.in_subordinate && !coordinated && has_finite_verb(scan, begin, i) && main_clause(scan, next, last))
          return i;
        if (place.verbless && !has_finite_verb(scan, begin, i) && main_clause(scan, next, last)) return i;
        if (place.behind_complementiser && scan.is(i + 1, kAdversative) && main_clause(scan, next, last)) return i;
        if (!coordinated && scan.is(next, kAdditionStart) && scan.phrase_at(scan.tables.additions, next) > 0) return i;
        if (!coordinated && scan.is(next, kSourceStart)) {
          std::uint32_t which = kNoIndex;
          scan.phrase_at(scan.tables.prepositions, next, &which);
          if (which != kNoIndex && (scan.tables.cues[scan.tables.preposition_cues[which]].flags & kPersonOnly) == 0)
            return i;
        }
        if (chain_link(scan, cues, next, coordinated)) return i;
        if (coordinated && other_speaker(scan, cues, next, last)) return i;
        break;
      }
      case Punctuation::none:
        if (depth == 0 && i > begin && scan.is(i, kCoordinator) && i + 1 < last && chain_link(scan, cues, i + 1, true))
          return i;
        if (place.verbless && depth == 0 && i > begin && scan.is(i, kCoordinator) && verb_follows(scan, i + 1, last) &&
            !has_finite_verb(scan, begin, i))
          return i;
        if (depth == 0 && i > begin && cues.at[i] != 0 && says_to_have(cues, i)) return i;
        break;
      default:
        break;
    }
    ++i;
  }
  return std::min(i, last);
}

std::uint32_t clause_begin(const Scan& scan, std::uint32_t end, std::uint32_t floor) {
  if (end == 0) return 0;
  std::uint32_t first = std::max(scan.sentence_of(end - 1).first, floor);
  std::uint32_t i = end;
  std::uint32_t steps = 0;
  while (i > first && ++steps < kLongestClause) {
    --i;
    if (scan.quoted(i)) {
      const std::uint32_t q_first = scan.quotation_first[scan.words[i].quotation];
      // A whole sentence in quotation marks is told by itself, even where the page runs it into the one before.
      if (q_first >= floor && whole_sentence(scan, scan.words[i].quotation)) return q_first;
      if (q_first < first) {
        // The quotation began in an earlier sentence; what stands before it there belongs to the clause too, unless
        // the quotation opens its sentence or follows a colon.
        if (q_first <= floor) return std::max(q_first, floor);
        const std::uint32_t q_sentence_first = scan.sentence_of(q_first).first;
        if (q_first == q_sentence_first || scan.words[q_first - 1].punctuation == Punctuation::colon) return q_first;
        first = std::max(q_sentence_first, floor);
      }
      i = std::max(q_first, first);
      if (i > first && scan.words[i - 1].punctuation == Punctuation::colon) return i;
      continue;
    }
    if (scan.words[i].punctuation == Punctuation::semicolon) return i + 1;
  }
  return std::min(scan.behind_dateline(i), end);
}

bool opens_subordinate(const Scan& scan, std::uint32_t i) {
  const Sentence& sentence = scan.sentence_of(i);
  std::uint32_t k = sentence.first;
  while (k < i && (scan.is(k, kCoordinator) || (scan.punctuation(k) && !scan.quoted(k)))) ++k;
  if (k >= i) return k == i && scan.verb(k) && scan.token(k).morph.is_participle();  // « Estimant que A, X a refusé »
  if (!scan.is(k, kSubordinator)) {
    const std::uint32_t length = scan.is(k, kAdditionStart) ? scan.phrase_at(scan.tables.additions, k) : 0;
    if (length < 2 || !scan.is(k + length - 1, kComplementiser)) return false;
  }
  return !has_finite_verb(scan, k, i);
}

bool has_finite_verb(const Scan& scan, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end; ++i)
    if (scan.finite(i)) return true;
  return false;
}

bool adjunct_quotation(const Scan& scan, std::uint32_t quotation) {
  constexpr std::uint32_t kLongestTerm = 4;  // « persona non grata »
  const std::uint32_t end = scan.quotation_last[quotation];
  std::uint32_t i = scan.quotation_first[quotation] + 1;
  if (i > 1 && scan.token(i - 2).upos == Upos::DET) return false;  // « dénonce une « détérioration » des relations »
  if (sentence_like(scan, quotation) && words_between(scan, i, end) > kLongestTerm) return false;
  if (i + 1 < end && scan.preposition(i) && !scan.infinitive(i + 1)) return true;
  if (end + 1 >= scan.size() || scan.words[end].sentence != scan.words[end - 1].sentence) return false;
  if (i < end && scan.infinitive(i)) return false;
  const Upos upos = scan.token(end).upos;
  return (upos == Upos::DET || upos == Upos::NUM) && scan.token(end).part == 0 && !scan.quoted(end);
}

bool sentence_like(const Scan& scan, std::uint32_t quotation) {
  const std::uint32_t begin = scan.quotation_first[quotation];
  const std::uint32_t end = scan.quotation_last[quotation];
  const std::uint32_t words = words_between(scan, begin, end);
  if (words >= 3 && has_finite_verb(scan, begin, end)) return true;
  // A short exclamation counts by its own end mark.
  if (words >= 2 && end > begin + 1) {
    for (std::uint32_t i = begin; i < end; ++i)
      if (!scan.words[i].mark && scan.words[i].punctuation == Punctuation::stop && scan.token(begin + 1).capitalised)
        return true;
  }
  return words >= 8;
}

}  // namespace chancery::speech
