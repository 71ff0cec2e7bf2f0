// From the cue's own word outwards: the words of its pattern to the right, auxiliary, pronouns and negation to the
// left. Tags may be wrong, so auxiliaries are known by their forms as well.
#include "statements/cues.h"

namespace chancery::speech {

namespace {

constexpr std::uint32_t kLongestPatternGap = 3;    // adverbs inside « fait également savoir »
constexpr std::uint32_t kLongestAuxiliaryGap = 8;  // words between auxiliary and participle

bool is_inverted_pronoun(const Scan& scan, std::uint32_t i) {
  if (!scan.is(i, kInvertedPronoun)) return false;
  const std::string_view form = scan.analysis.form(i);
  // Behind the verb a pronoun is hung with a hyphen; without one it is the subject of what follows.
  return !form.empty() && (form[0] == '-' || (i > 0 && !scan.token(i).space_before));
}

class GroupParser {
 public:
  GroupParser(const Scan& scan, std::uint32_t head) : scan_(scan), head_(head) {}

  std::optional<VerbGroup> parse() {
    const Sentence& sentence = scan_.sentence_of(head_);
    first_ = sentence.first;
    last_ = sentence.last;
    for (const std::uint16_t number : scan_.tables.cue_lists[scan_.words[head_].cues - 1]) {
      const Cue& cue = scan_.tables.cues[number];
      if (cue.word_class != CueClass::verb) continue;
      if (std::optional<VerbGroup> group = parse_as(number, cue)) return group;
    }
    return std::nullopt;
  }

 private:
  std::optional<VerbGroup> parse_as(std::uint16_t number, const Cue& cue) {
    group_ = VerbGroup{};
    group_.cue = number;
    group_.head = head_;
    reflexive_ = false;
    if (!match_pattern(cue)) return std::nullopt;
    if (!find_form()) return std::nullopt;
    take_left();
    take_right();
    if (reflexive_ != cue.reflexive || (!cue.clitic.empty() && !clitic_before(cue))) return std::nullopt;
    if ((cue.flags & kDenied) != 0) {
      if (!group_.negated) return std::nullopt;
      group_.negated = false;
      while (group_.end < last_ && scan_.is(group_.end, kNegationComplement)) ++group_.end;
    }
    if (passive_ && !reflexive_ && (cue.flags & kBeing) == 0) return std::nullopt;
    if (group_.form == GroupForm::participle && (agrees() || !coordinated())) return std::nullopt;
    if (group_.form == GroupForm::infinitive && !find_lead()) return std::nullopt;
    return group_;
  }

  bool clitic_before(const Cue& cue) const {
    for (std::uint32_t i = group_.begin; i < group_.head; ++i)
      if (scan_.analysis.form(i) == cue.clitic) return true;
    return false;
  }

  // « les ambassadeurs, rappelés en janvier, »: a participle that agrees with a noun shares no auxiliary.
  bool agrees() const {
    const Morph& morph = scan_.token(head_).morph;
    return scan_.verb(head_) && morph.is_participle() && (morph.number == Number::plur || morph.gender == Gender::fem);
  }

  // A bare participle is a verb only where it shares an auxiliary: « a dit A et ajouté que B ».
  bool coordinated() const { return coordinated_at(group_.begin); }
  bool coordinated_at(std::uint32_t i) const {
    while (i > first_ && scan_.words[i - 1].adverbial) --i;
    return i > first_ && (scan_.is(i - 1, kCoordinator) || scan_.words[i - 1].punctuation == Punctuation::comma);
  }

  // The further words of « faire savoir », by lemma or form.
  bool match_pattern(const Cue& cue) {
    std::uint32_t at = head_ + 1;
    for (std::size_t w = 1; w < cue.words.size(); ++w) {
      const std::uint32_t limit = at + kLongestPatternGap;
      while (at < last_ && at < limit && scan_.analysis.form(at) != cue.words[w] &&
             scan_.analysis.lemma(at) != cue.words[w] &&
             (scan_.words[at].adverbial || scan_.is(at, kInvertedPronoun) || before_noun(at)))
        ++at;
      if (at >= last_ || (scan_.analysis.form(at) != cue.words[w] && scan_.analysis.lemma(at) != cue.words[w]))
        return false;
      ++at;
    }
    group_.end = at;
    return true;
  }

  // « exprimer sa profonde conviction »: what stands before the pattern's noun.
  bool before_noun(std::uint32_t i) const {
    const Upos upos = scan_.token(i).upos;
    return (upos == Upos::DET || upos == Upos::ADJ || scan_.is(i, kPossessive)) && !scan_.quoted(i) &&
           scan_.words[i].mention == kNoIndex;
  }

  // Whether token i is an auxiliary that may carry the participle.
  bool auxiliary(std::uint32_t i) const {
    return scan_.is(i, kPerfectAuxiliary) || (scan_.is(i, kAuxiliaryLemma) && scan_.verb(i));
  }

  bool may_stand_inside(std::uint32_t i) const {
    return scan_.words[i].adverbial || scan_.words[i].in_time || scan_.is(i, kNegationComplement) ||
           scan_.words[i].punctuation == Punctuation::comma || is_inverted_pronoun(scan_, i);
  }

  std::optional<std::uint32_t> find_auxiliary() const {
    std::uint32_t i = head_;
    for (std::uint32_t steps = 0; i > first_ && steps < kLongestAuxiliaryGap; ++steps) {
      --i;
      if (scan_.quoted(i)) return std::nullopt;
      if (auxiliary(i)) return i;
      if (!may_stand_inside(i)) return std::nullopt;
    }
    return std::nullopt;
  }

  bool find_form() {
    const Token& token = scan_.token(head_);
    passive_ = false;
    begin_ = head_;
    if (scan_.verb(head_) && token.morph.is_infinitive()) {
      group_.form = GroupForm::infinitive;
      return true;
    }
    const bool past_participle = scan_.verb(head_) && token.morph.is_participle() && token.morph.tense != Tense::pres;
    const bool gerund = scan_.verb(head_) && (token.morph.verb_form == VerbForm::ger ||
                                              (token.morph.is_participle() && token.morph.tense == Tense::pres));
    // « la qualifiant de »: behind a pronoun that looks like an article the tagger sees a noun.
    const bool behind_clitic = scan_.words[head_].maybe_gerund && !scan_.verb(head_) && head_ > first_ &&
                               scan_.is(head_ - 1, kClitic) && !scan_.quoted(head_ - 1);
    if (gerund || behind_clitic) {
      group_.form = GroupForm::gerund;
      return true;
    }
    if (const std::optional<std::uint32_t> at = find_auxiliary()) return take_auxiliary(*at);
    const Word& word = scan_.words[head_];
    if ((word.maybe_participle || word.maybe_finite) && !(word.maybe_finite && verb_place())) {
      if (!word.maybe_participle) return false;
      group_.form = GroupForm::participle;
      return coordinated_at(head_);
    }
    // « il fait savoir »: before an infinitive of its own a bare participle is a present.
    const bool present =
        past_participle && group_.end > head_ + 1 && verb_place() && !scan_.is(head_ - 1, kCoordinator);
    if (past_participle && !present) {
      group_.form = GroupForm::participle;
      return true;
    }
    group_.form = GroupForm::finite;
    if (!past_participle) group_.number = token.morph.number;
    return said(token);
  }

  // Whether a finite verb may stand at the head: a noun would have a determiner, a preposition or an adjective before.
  bool verb_place() const {
    if (head_ == first_) return false;
    const Token& before = scan_.token(head_ - 1);
    if (scan_.is(head_ - 1, kClitic) && before.upos != Upos::DET) return true;
    // « la centrale syndicale précise que »: a « que » straight behind is no adjective's.
    const bool told = before.upos == Upos::ADJ && head_ + 1 < last_ &&
                      (scan_.is(head_ + 1, kComplementiser) || scan_.infinitive(head_ + 1) ||
                       (head_ + 2 < last_ && scan_.is(head_ + 1, kClitic) && scan_.infinitive(head_ + 2)));
    return before.upos != Upos::DET && (before.upos != Upos::ADJ || told) && before.upos != Upos::NUM &&
           !scan_.preposition(head_ - 1);
  }

  bool take_auxiliary(std::uint32_t at) {
    const Token& token = scan_.token(at);
    begin_ = at;
    group_.number = token.morph.number;
    group_.form =
        token.morph.is_participle() || token.morph.verb_form == VerbForm::ger ? GroupForm::gerund : GroupForm::finite;
    passive_ = !scan_.is(at, kActiveAuxiliary) && !scan_.is(at, kActiveAuxiliaryLemma);
    group_.conditional = token.morph.mood == Mood::cnd;
    // « a été dit »: the auxiliary's own participle makes it passive.
    for (std::uint32_t i = at + 1; i < head_; ++i)
      if (is_inverted_pronoun(scan_, i)) group_.inverted_pronoun = i;
    if (token.morph.is_participle() && passive_) return false;
    return token.morph.mood != Mood::sub && !(token.morph.tense == Tense::fut && token.morph.is_finite());
  }

  // A future, a wish or a mere possibility tells of no words said.
  static bool said(const Token& token) {
    const Morph& morph = token.morph;
    if (!morph.is_finite()) return true;  // a tagger's miss: the context decides
    // « espérons que »: the writer's; in the singular the forms are those of others too.
    if (morph.number == Number::plur && (morph.person == 1 || morph.person == 2)) return false;
    return morph.tense != Tense::fut && morph.mood != Mood::cnd && morph.mood != Mood::imp &&
           (morph.mood != Mood::sub || morph.tense == Tense::pres);
  }

  // Pronouns and negation before the group.
  void take_left() {
    std::uint32_t i = begin_;
    while (i > first_) {
      const std::uint32_t before = i - 1;
      if (scan_.quoted(before) || scan_.punctuation(before)) break;
      if (scan_.is(before, kReflexive)) {
        reflexive_ = true;
      } else if (scan_.is(before, kNegation)) {
        group_.negated = true;
      } else if (!scan_.is(before, kClitic) || scan_.token(before).upos == Upos::DET) {
        break;
      } else if (scan_.is(before, kSubjectPronoun) && !subject_before(before)) {
        break;  // « nous affirmons »
      }
      i = before;
    }
    group_.begin = i;
    if (group_.begin > first_ && scan_.is(group_.begin - 1, kGerundLead) && group_.form == GroupForm::gerund)
      --group_.begin;
  }

  // « il nous a dit »: a pronoun that could be subject or object is object where a subject stands before it.
  bool subject_before(std::uint32_t i) const {
    return i > first_ && (scan_.is(i - 1, kSubjectPronoun) || scan_.words[i - 1].mention != kNoIndex ||
                          scan_.is(i - 1, kSubjectRelative) || scan_.noun(i - 1));
  }

  void take_right() {
    if (group_.end < last_ && is_inverted_pronoun(scan_, group_.end)) {
      group_.inverted_pronoun = group_.end;
      ++group_.end;
    }
  }

  // An infinitive counts behind a light verb (« a tenu à souligner ») or as a chain (« avant d'ajouter »).
  bool find_lead() {
    std::uint32_t i = group_.begin;
    if (i > first_ && scan_.preposition(i - 1)) {
      --i;
      group_.lead = i;
    }
    std::uint32_t before = i;
    while (before > first_ && before + 4 > i &&
           (scan_.words[before - 1].adverbial || is_inverted_pronoun(scan_, before - 1))) {
      --before;
      if (is_inverted_pronoun(scan_, before)) group_.inverted_pronoun = before;
    }
    if (before > first_ && (scan_.is(before - 1, kLightVerb | kLightVerbPast) && scan_.verb(before - 1)))
      return take_light_verb(before - 1);
    if (group_.lead == kNoIndex) return false;
    // « avant d'ajouter »: two leads.
    if (i > first_ && scan_.is(i - 1, kInfinitiveLead) && !scan_.is(i - 1, kCoordinator)) {
      group_.begin = i - 1;
      return true;
    }
    // « et X d'ajouter », « et d'ajouter »
    if (!scan_.is(group_.lead, kOfMarker)) return false;
    group_.begin = group_.lead;
    return narrative(i);
  }

  // The infinitive of narration stands in a clause without a finite verb that begins with a coordinator.
  bool narrative(std::uint32_t i) const {
    bool comma = false;
    for (std::uint32_t steps = 0; i > first_ && steps < 14; ++steps) {
      --i;
      if (scan_.is(i, kCoordinator) && (!comma || i == first_)) return true;
      comma = comma || scan_.words[i].punctuation == Punctuation::comma;
      // « Et l'homme, cigare éteint, de répondre »: an apposition, at the head of a sentence only.
      if (scan_.finite(i) || (scan_.punctuation(i) && scan_.words[i].punctuation != Punctuation::comma)) return false;
      if (scan_.preposition(i) && scan_.words[i].mention == kNoIndex) return false;
    }
    return false;
  }

  bool take_light_verb(std::uint32_t at) {
    const Token& token = scan_.token(at);
    group_.form = GroupForm::finite;
    group_.number = token.morph.number;
    begin_ = at;
    const std::uint32_t head = head_;
    head_ = at;
    const std::optional<std::uint32_t> auxiliary_at = find_auxiliary();
    head_ = head;
    if (auxiliary_at) {
      begin_ = *auxiliary_at;
      group_.number = scan_.token(*auxiliary_at).morph.number;
      for (std::uint32_t i = *auxiliary_at + 1; i < at; ++i)
        if (is_inverted_pronoun(scan_, i)) group_.inverted_pronoun = i;
    } else if (token.morph.is_finite()) {
      const bool past = token.morph.tense == Tense::past || token.morph.tense == Tense::imp;
      if (scan_.is(at, kLightVerbPast) && scan_.is(at, kLightVerb) && !past) return false;
      if (!said(token)) return false;
    } else if (token.morph.is_participle() && token.morph.tense == Tense::pres) {
      group_.form = GroupForm::gerund;
    } else {
      return false;
    }
    const bool reflexive = reflexive_;
    take_left();
    reflexive_ = reflexive;           // the light verb's own pronoun: « s'est empressé d'ajouter »
    if (!scan_.is(at, kLightVerb)) {  // « n'a pas hésité à dire »
      if (!group_.negated) return false;
      group_.negated = false;
    }
    return true;
  }

  const Scan& scan_;
  std::uint32_t head_;
  std::uint32_t first_ = 0, last_ = 0;
  std::uint32_t begin_ = 0;
  bool reflexive_ = false;
  bool passive_ = false;
  VerbGroup group_;
};

}  // namespace

std::vector<VerbGroup> find_verb_groups(const Scan& scan) {
  std::vector<VerbGroup> groups;
  for (const std::uint32_t i : scan.cue_tokens) {
    if (scan.quoted(i)) continue;
    if (std::optional<VerbGroup> group = GroupParser(scan, i).parse()) {
      if (!groups.empty() && groups.back().end > group->begin && groups.back().head < group->begin) continue;
      groups.push_back(*group);
    }
  }
  return groups;
}

}  // namespace chancery::speech
