// The search in its order: words of saying with what follows or precedes them; sources behind « selon »; quotations
// that neither claimed. Then, in text order, each statement gets its speaker, because a pronoun or a bare quotation
// goes on with the speaker in force.
#include "statements/statements.h"

#include <algorithm>
#include <string_view>

#include "statements/clauses.h"
#include "statements/cues.h"
#include "statements/scan.h"
#include "statements/sources.h"
#include "statements/speakers.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace chancery {

using namespace speech;

namespace {

constexpr std::size_t kLongestQuestion = 400;  // bytes of an interviewer's question
constexpr std::uint32_t kLongestLedge = 14;    // words between a cut quotation's cue and its second half

// A statement on its way.
struct Draft {
  Span span;
  StatementMode mode = StatementMode::indirect;
  Shape shape = Shape::clause;
  std::uint32_t first = 0, last = 0;  // tokens of the content
  std::uint32_t order = 0;            // token that decides the order in which speakers are resolved
  std::uint32_t group = kNoIndex;     // index into Cues::groups
  std::uint16_t cue = 0;
  bool has_cue = false;
  std::uint32_t cue_first = 0, cue_last = 0;  // tokens
  std::uint32_t quotation = kNoIndex;
  std::uint32_t previous = kNoIndex;  // the draft added before it for the same quotation
  std::uint32_t same_as = kNoIndex;   // draft whose speaker this one shares (a cut quotation)
  bool inset = false;                 // its cue stands inside the marks
  bool follows_speech = false;        // it goes on straight behind words of an unknown speaker
  bool follows_next = false;          // its speaker is told behind the next quotation
  bool embedded = false;
  std::uint32_t turn_around = kNoIndex;  // the draft of the turn that holds it
  bool turn = false;                     // somebody's turn in an interview, which may hold words of others
  bool act = false;                      // a bare demand or promise: an event, which only tells who spoke last
  bool colon = false;
  bool dropped = false;
  Speaker speaker;
  std::vector<EntityId> addressees, via;
  std::optional<Interval> date;
};

class Finder {
 public:
  Finder(const Page& page, const Analysis& analysis, const Times& times, Entities& entities,
         const StatementRules::Tables& tables)
      : scan_(page, analysis, times, entities, tables), cues_(find_cues(scan_)), sources_(scan_, entities) {
    used_.assign(scan_.quotations.size(), false);
    last_of_quotation_.assign(scan_.quotations.size(), kNoIndex);
    for (const Mention& mention : entities.mentions) {
      if (!mention.entity) continue;
      if (mention.form == MentionForm::nominal) note_number(mention.entity, mention.number);
      note_article(mention);
    }
  }

  Statements run() {
    for (std::uint32_t g = 0; g < cues_.groups.size(); ++g) take_group(g);
    take_insets();
    take_sources();
    take_free_quotations();
    take_dialogue();
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    drop_embedded();
    resolve_speakers();
    drop_speakerless();
    drop_repeated_headings();
    sources_.finish();
    return finish();
  }

 private:
  // « la ministre X »: the article tells more than the noun.
  void note_article(const Mention& mention) {
    if (scan_.entities.entities[mention.entity].kind != ThingKind::person || mention.form == MentionForm::pronoun)
      return;
    std::uint32_t i = mention.first_token;
    for (int steps = 0; i > 0 && steps < 3; ++steps, --i) {
      const Token& before = scan_.token(i - 1);
      if (before.upos == Upos::DET) {
        if (mention.form == MentionForm::name && steps == 0) return;  // « la Panenka » is a kick
        if (before.morph.gender != Gender::fem || before.morph.number == Number::plur) return;
        if (feminine_.size() <= mention.entity.value) feminine_.resize(mention.entity.value + 1, false);
        feminine_[mention.entity.value] = true;
        return;
      }
      if ((!scan_.is(i - 1, kSourceNoun) || scan_.is(i - 1, kBodyNoun | kTextNoun)) && before.upos != Upos::ADJ) return;
    }
  }

  // « des experts »: several, whom no « il » means.
  void note_number(EntityId entity, Number number) {
    if (plural_.size() <= entity.value) plural_.resize(entity.value + 1, false);
    plural_[entity.value] = number == Number::plur;
  }

  const Cue& cue_of(std::uint32_t g) const { return scan_.tables.cues[cues_.groups[g].cue]; }
  bool comma(std::uint32_t i) const { return scan_.words[i].punctuation == Punctuation::comma; }

  // --- verbs -----------------------------------------------------------------------------------------------------

  void take_group(std::uint32_t g) {
    const VerbGroup& group = cues_.groups[g];
    const Cue& cue = cue_of(g);
    if (group.negated && cue.stance != Stance::denying && cue.stance != Stance::promising) return;
    if (take_as_said(g)) return;
    if (take_incise(g)) return;
    if (cues_.complements[g]) {
      take_complement(g, *cues_.complements[g]);
      return;
    }
    take_subject_first(g);
  }

  // The token before the group, over the comma or dash that parts it from what was said; kNoIndex if the group is not
  // parted so.
  std::uint32_t said_before(std::uint32_t begin) const {
    if (begin == 0) return kNoIndex;
    std::uint32_t i = begin - 1;
    const std::uint32_t block = block_of(begin);
    if (block_of(i) != block) return kNoIndex;
    while (scan_.words[i].adverbial && !scan_.quoted(i) && i > 0 && block_of(i - 1) == block && begin - i < 4) --i;
    if (scan_.quoted(i)) return i;
    if (!comma(i) && scan_.words[i].punctuation != Punctuation::dash && scan_.words[i].punctuation != Punctuation::stop)
      return kNoIndex;
    if (i == 0 || block_of(i - 1) != block) return kNoIndex;
    if (scan_.words[i].punctuation == Punctuation::stop && !scan_.quoted(i - 1)) return kNoIndex;
    return i - 1;
  }

  std::uint32_t block_of(std::uint32_t i) const { return scan_.sentence_of(i).block; }

  // « A », a déclaré X. / A, a-t-il dit.
  bool take_incise(std::uint32_t g) {
    const VerbGroup& group = cues_.groups[g];
    const Cue& cue = cue_of(g);
    if (group.form != GroupForm::finite || (cue.constructions & (kQuote | kIncise)) == 0) return false;
    const std::uint32_t end_of_said = said_before(group.begin);
    if (end_of_said == kNoIndex) return false;
    const bool quoted = scan_.quoted(end_of_said);
    if (!quoted && (cue.constructions & kIncise) == 0) return false;
    Speaker speaker = subject_behind(scan_, group);
    if (!speaker.found) return false;
    if (group.inverted_pronoun == kNoIndex && !inverted_here(g, speaker, quoted)) return false;
    const std::uint32_t said_end = end_of_said + 1;
    std::uint32_t said_begin = clause_begin(scan_, said_end, floor_for(said_end));
    // « A, indique une étude, a annoncé X »: both are what X announced.
    if (!quoted && said_begin < said_end && behind_inner_cue(said_begin) &&
        !has_finite_verb(scan_, said_begin, said_end))
      said_begin = clause_begin(scan_, said_end, 0);
    if (said_begin >= said_end) return false;
    if (!quoted && only_relative(said_begin, said_end)) return false;
    // « il serait naïf, prévient X, de relâcher »
    const std::uint32_t behind = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
    if (!quoted && behind + 2 < scan_.size() && comma(behind) && infinitive_behind_of(behind + 1) &&
        take_inserted(g, speaker, behind_introduction(said_begin, said_end, speaker)))
      return true;
    if (!quoted && !has_finite_verb(scan_, said_begin, said_end)) {
      // « Le sommet, a-t-il précisé, aura lieu mardi »: the cue stands inside the clause.
      return take_inserted(g, speaker, said_begin);
    }
    if (relays(g, speaker, said_begin, said_end)) return true;
    if (!quoted || !scan_.quoted(said_begin)) said_begin = behind_introduction(said_begin, said_end, speaker);
    Draft draft = draft_of(g, Shape::incise, said_begin, said_end);
    draft.speaker = speaker;
    draft.addressees = addressees_between(scan_, group, sentence_last(group.head), speaker);
    add(draft);
    take_second_half(g, draft);
    return true;
  }

  // « Le colonel est plus sec : A, dit-il »: the words before the colon tell of him who says A. The first token of A.
  std::uint32_t behind_introduction(std::uint32_t begin, std::uint32_t end, Speaker& speaker) const {
    bool cue = false;
    for (std::uint32_t i = begin; i + 1 < end && !scan_.quoted(i); ++i) {
      cue = cue || cues_.at[i] != 0;
      if (scan_.words[i].punctuation != Punctuation::colon) continue;
      if (!speaker.person_pronoun) return cue ? i + 1 : begin;  // « X met en garde : A, prévient le chef de Y »
      const Speaker subject = first_subject(scan_, i);
      if (subject.entities.empty() || !compatible(speaker, subject.entities) || !has_finite_verb(scan_, begin, i))
        return begin;
      if (scan_.entities.entities[subject.entities[0]].kind != ThingKind::person) return begin;
      speaker.entities = subject.entities;
      speaker.fixed = true;
      return i + 1;
    }
    return begin;
  }

  // « A, comme l'a dit X », « Comme X l'a dit, A », « A, ce qu'a reconnu X »
  bool take_as_said(std::uint32_t g) {
    const VerbGroup& group = cues_.groups[g];
    if (group.form != GroupForm::finite || (cue_of(g).constructions & (kClause | kIncise)) == 0) return false;
    const Sentence& sentence = scan_.sentence_of(group.head);
    if (group.begin == sentence.first || cue_of(g).stance == Stance::denying) return false;
    bool pronoun = false;
    for (std::uint32_t i = group.begin; i < group.head; ++i) pronoun = pronoun || scan_.is(i, kObjectClitic);
    Speaker speaker;
    std::uint32_t lead = lead_before(group.begin, sentence.first, pronoun);
    if (lead != kNoIndex) {
      speaker = subject_behind(scan_, group);
    } else if (may_have_lead(sentence, group.begin)) {
      speaker = subject_before(scan_, group);
      if (!speaker.found || speaker.begin == kNoIndex || speaker.begin <= sentence.first) return false;
      // The title stands before the name: « comme le capitaine X l'a écrit ».
      for (std::uint32_t i = speaker.begin, steps = 0; i > sentence.first && steps < 5 && lead == kNoIndex; ++steps) {
        lead = lead_before(i, sentence.first, pronoun);
        const Upos upos = scan_.token(--i).upos;
        if (upos != Upos::DET && upos != Upos::NOUN && upos != Upos::ADJ && upos != Upos::PROPN) break;
      }
    }
    if (lead == kNoIndex || !speaker.found || speaker.speakerless || scan_.quoted(lead)) return false;
    std::uint32_t first = sentence.first;
    while (first < lead && scan_.punctuation(first) && !scan_.quoted(first)) ++first;
    if (lead > first && !comma(lead - 1)) return false;
    std::uint32_t begin = 0, end = 0;
    if (lead == first) {
      begin = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
      while (begin < sentence.last && !comma(begin)) ++begin;
      if (begin + 1 >= sentence.last) return false;
      end = clause_end(scan_, cues_, ++begin);
    } else if (const std::uint32_t behind = goes_on_behind(group, speaker, lead, sentence.last); behind != 0) {
      begin = behind;
      end = clause_end(scan_, cues_, begin);
    } else {
      end = lead - 1;
      begin = clause_begin(scan_, end, floor_for(end));
    }
    if (begin >= end || !has_finite_verb(scan_, begin, end)) return false;
    Draft draft = draft_of(g, Shape::incise, begin, end);
    draft.speaker = speaker;
    add(draft);
    return true;
  }

  // « … confirmer, comme X l'a dit, que A », « même si, comme X l'a dit, A »: the first token of an A that stands
  // behind the cue; 0 if it stands before.
  std::uint32_t goes_on_behind(const VerbGroup& group, const Speaker& speaker, std::uint32_t lead,
                               std::uint32_t last) const {
    std::uint32_t i = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
    while (i < last && !comma(i) && !scan_.quoted(i) && !scan_.finite(i)) ++i;
    if (i + 1 >= last || !comma(i)) return 0;
    if (scan_.is(i + 1, kComplementiser)) return i + 2;
    return lead > 1 && scan_.is(lead - 2, kConditionalConjunction | kComplementiser | kRelative) ? i + 1 : 0;
  }

  // The « comme » or the « ce » of « ce que » that stands right before token i; « comme » asks for a pronoun that
  // stands for what is said. kNoIndex if neither does.
  std::uint32_t lead_before(std::uint32_t i, std::uint32_t first, bool pronoun) const {
    if (i <= first) return kNoIndex;
    if (pronoun && scan_.is(i - 1, kAsLead)) return i - 1;
    const bool what =
        i > first + 2 && scan_.is(i - 1, kComplementiser) && scan_.is(i - 2, kFreeRelativeHead) && comma(i - 3);
    return what ? i - 2 : kNoIndex;
  }

  // Whether such a word stands anywhere before the token, so that most verbs need no search for their subject.
  bool may_have_lead(const Sentence& sentence, std::uint32_t begin) const {
    for (std::uint32_t i = begin, steps = 0; i > sentence.first && steps < 12; ++steps)
      if (scan_.is(--i, kAsLead | kFreeRelativeHead)) return true;
    return false;
  }

  // Whether an incise of the same sentence ends before the token.
  bool behind_inner_cue(std::uint32_t begin) const {
    if (drafts_.empty()) return false;
    const Draft& inner = drafts_.back();
    return inner.shape == Shape::incise && inner.mode == StatementMode::indirect && inner.has_cue &&
           inner.cue_last <= begin && scan_.words[inner.cue_first].sentence == scan_.words[begin].sentence;
  }

  // Whether the noun behind the group is its subject: nothing else stands before it that could be, and no complement
  // follows.
  bool inverted_here(std::uint32_t g, const Speaker& speaker, bool quoted) const {
    const VerbGroup& group = cues_.groups[g];
    const bool known =
        !speaker.entities.empty() || (speaker.end != kNoIndex && speaker.end > 0 &&
                                      (scan_.is(speaker.end - 1, kSourceNoun) || scan_.unknown_name(speaker.end - 1)));
    if (!quoted && !known) return false;
    const std::uint32_t end = speaker.end == kNoIndex ? group.end : speaker.end;
    const std::uint32_t last = sentence_last(group.head);
    if (group.number == Number::plur && speaker.entities.size() == 1 && speaker.number == Number::sing) return false;
    if (!quoted && closes_apposition(group.begin)) return false;
    // « L'UE, qui a tout reçu, accuse la Russie »: a verb that takes people for its object has one here.
    const std::uint32_t constructions = cue_of(g).constructions;
    if (!quoted && (constructions & kClause) == 0 &&
        (constructions & (kObject | kOfQuoted | kToInfinitive | kAttributeMarked | kAttributeAs)) != 0)
      return false;
    if (!quoted && end < last) {
      // « Le président, X, a averti Moscou que … »
      if (cues_.complements[g] && cues_.complements[g]->shape != Shape::quotation) return false;
      if (scan_.is(end, kComplementiser)) return false;
    }
    return true;
  }

  // « Le chef du parti, X, a soutenu Y »: the comma before the group closes an apposition to its subject.
  bool closes_apposition(std::uint32_t begin) const {
    if (begin < 2 || !comma(begin - 1) || scan_.words[begin - 2].mention == kNoIndex) return false;
    const std::uint32_t mention = scan_.words[begin - 2].mention;
    std::uint32_t i = begin - 2;
    while (i > 0 && scan_.words[i - 1].mention == mention) --i;
    return i > 0 && comma(i - 1) && scan_.mention(mention).form == MentionForm::name;
  }

  // What has already been told may not be told again: the content begins behind the last statement or cue of the
  // same sentence.
  std::uint32_t floor_for(std::uint32_t end) const {
    std::uint32_t floor = 0;
    for (auto it = drafts_.rbegin(); it != drafts_.rend() && drafts_.rend() - it > 0; ++it) {
      const Draft& draft = *it;
      // What another cue tells to its right may itself be told: « X a promis de venir, a dit Y ».
      if (draft.last > end || (draft.shape != Shape::incise && draft.shape != Shape::according_to)) continue;
      const std::uint32_t behind = std::max(draft.last, draft.cue_last);
      floor = std::max(floor, behind);
      if (it - drafts_.rbegin() > 4) break;
    }
    while (floor < end && (scan_.punctuation(floor) && !scan_.quoted(floor))) ++floor;
    return floor;
  }

  std::uint32_t sentence_last(std::uint32_t i) const { return scan_.sentence_of(i).last; }

  // « , rapporte Reuters » behind a statement names the way, not the speaker.
  bool relays(std::uint32_t g, const Speaker& speaker, std::uint32_t begin, std::uint32_t end) {
    // An outlet that nobody knows is on the way all the same; it only cannot be named.
    if ((cue_of(g).flags & kRelaying) == 0 || (!speaker.outlet && !speaker.entities.empty())) return false;
    if (speaker.entities.empty() && speaker.end != kNoIndex && !scan_.unknown_name(speaker.end - 1)) return false;
    return add_via(speaker, begin, end);
  }

  bool add_via(const Speaker& speaker, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t sentence = scan_.words[end - 1].sentence;
    bool found = false;
    for (auto it = drafts_.rbegin(); it != drafts_.rend() && it - drafts_.rbegin() < 6; ++it) {
      Draft& draft = *it;
      if (draft.dropped || draft.first >= end) continue;
      if (draft.last <= begin && scan_.words[draft.first].sentence != sentence &&
          scan_.words[draft.last - 1].sentence != sentence)
        continue;
      for (const EntityId id : speaker.entities)
        if (std::find(draft.via.begin(), draft.via.end(), id) == draft.via.end()) draft.via.push_back(id);
      found = true;
    }
    return found;
  }

  // « Son successeur, qui prend ses fonctions lundi »: the only verb stands behind a relative pronoun and a comma.
  bool only_relative(std::uint32_t begin, std::uint32_t end) const {
    bool relative = false, closed = false;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (scan_.quoted(i)) return false;
      if (i > begin && scan_.is(i, kSubjectRelative) && comma(i - 1)) relative = true;
      if (relative && comma(i)) closed = true;
      if (scan_.finite(i) && (!relative || closed)) return false;
    }
    return relative;
  }

  bool take_inserted(std::uint32_t g, const Speaker& speaker, std::uint32_t begin) {
    const VerbGroup& group = cues_.groups[g];
    std::uint32_t behind = speaker.end == kNoIndex ? group.end : std::max(group.end, speaker.end);
    const std::uint32_t last = sentence_last(group.head);
    while (behind < last && !comma(behind)) ++behind;
    if (behind + 1 >= last) return false;
    const std::uint32_t end = clause_end(scan_, cues_, behind + 1);
    if (!has_finite_verb(scan_, behind + 1, end) && !infinitive_behind_of(behind + 1)) return false;
    // « Faute de quoi, prévient-il, « A » »: his words are A alone.
    const bool adverbial = scan_.words[begin].adverbial || scan_.preposition(begin);
    if (adverbial && scan_.opens_quotation(behind + 1) && sentence_like(scan_, scan_.words[behind + 1].quotation))
      begin = behind + 1;
    Draft draft = draft_of(g, Shape::incise, begin, end);
    draft.speaker = speaker;
    add(draft);
    return true;
  }

  // « il serait naïf, prévient X, de relâcher »
  bool infinitive_behind_of(std::uint32_t i) const {
    return i + 1 < scan_.size() && scan_.is(i, kOfMarker) && scan_.infinitive(i + 1);
  }

  // « A », a dit X, « B » / : « B »
  void take_second_half(std::uint32_t g, const Draft& first) {
    const VerbGroup& group = cues_.groups[g];
    std::uint32_t i = first.speaker.end == kNoIndex ? group.end : std::max(group.end, first.speaker.end);
    const std::uint32_t limit = std::min(sentence_last(group.head), i + kLongestLedge);
    for (; i < limit; ++i) {
      if (scan_.opens_quotation(i)) break;
      if (cues_.at[i] != 0 || scan_.finite(i) || scan_.is(i, kRelative)) return;
    }
    if (i >= limit || !scan_.opens_quotation(i) || i == 0) return;
    if (!comma(i - 1) && scan_.words[i - 1].punctuation != Punctuation::colon &&
        scan_.words[i - 1].punctuation != Punctuation::dash)
      return;
    const std::uint32_t q = scan_.words[i].quotation;
    if (used_[q]) return;
    Draft draft = draft_of(g, Shape::quotation, i, scan_.quotation_last[q]);
    draft.speaker = first.speaker;
    draft.addressees = first.addressees;
    draft.same_as = first.group;
    add(draft);
  }

  void take_complement(std::uint32_t g, const Complement& complement) {
    const VerbGroup& group = cues_.groups[g];
    const Cue& cue = cue_of(g);
    Speaker speaker = subject_before(scan_, group);
    if (!speaker.found && group.form == GroupForm::finite && complement.shape == Shape::quotation)
      speaker = subject_behind(scan_, group);
    // « ce qu'a dit X : A »
    if (complement.colon && group.form == GroupForm::finite && group.begin > 0 &&
        scan_.is(group.begin - 1, kComplementiser))
      speaker = subject_behind(scan_, group);
    // Chains without a subject need someone to go on for.
    if (speaker.speakerless || (speaker.inherit && of_a_thing(group))) return;
    if (!speaker.found && !speaker.inherit) {
      speaker.inherit = group.form == GroupForm::finite;
      if (complement.shape != Shape::quotation) {
        if (!sentence_initial(group)) return;
      }
    }
    if ((cue.flags & kOpinion) != 0 && speaker.entities.empty() && !speaker.inherit && !speaker.person_pronoun &&
        !named_source(speaker))
      return;
    std::uint32_t end = complement.end;
    const bool in_relative = group.begin > 0 && scan_.is(group.begin - 1, kSubjectRelative);
    const bool behind_complementiser = complement.shape == Shape::clause || complement.shape == Shape::infinitive ||
                                       complement.shape == Shape::marked_infinitive;
    if (end == 0) end = clause_end(scan_, cues_, complement.begin, ClausePlace{in_relative, behind_complementiser});
    if (end <= complement.begin) return;
    if (complement.shape == Shape::quotation && !complement.colon) end = quotation_clause_end(complement);
    Draft draft = draft_of(g, complement.shape, complement.begin, end);
    draft.colon = complement.colon;
    draft.speaker = speaker;
    draft.addressees = addressees_between(scan_, group, complement.begin, speaker);
    if (complement.shape == Shape::attribute || complement.shape == Shape::object) fragment_mode(complement, draft);
    draft.act = (cue.flags & kAct) != 0 && complement.shape == Shape::marked_infinitive &&
                draft.mode == StatementMode::indirect;
    if (complement.shape == Shape::marked_infinitive && draft.mode == StatementMode::direct) {
      // « conseille de « patienter » »: the fragment with its marks is the clause.
      draft.mode = StatementMode::mixed;
      draft.span = scan_.quotations[draft.quotation].outer;
    }
    add(draft);
    // « … que A : « B » »
    if (end < scan_.size() && scan_.words[end].punctuation == Punctuation::colon && end + 1 < scan_.size() &&
        scan_.opens_quotation(end + 1) && sentence_like(scan_, scan_.words[end + 1].quotation)) {
      Draft more = draft_of(g, Shape::quotation, end + 1, scan_.quotation_last[scan_.words[end + 1].quotation]);
      more.speaker = speaker;
      more.addressees = draft.addressees;
      more.colon = true;
      add(more);
    }
  }

  // « une offre l'invitant à venir »: a gerund straight behind a noun is the noun's, and things do not speak.
  bool of_a_thing(const VerbGroup& group) const {
    if (group.form != GroupForm::gerund || group.begin == 0 || scan_.is(group.begin, kGerundLead)) return false;
    std::uint32_t i = group.begin - 1;
    if (i > 0 && scan_.is(i, kClitic)) --i;  // a pronoun that the tagger took for an article
    while (i > 0 && scan_.words[i].mention == kNoIndex &&
           (scan_.token(i).upos == Upos::ADJ ||
            (scan_.token(i).upos == Upos::NOUN && scan_.token(i - 1).upos == Upos::NOUN)))
      --i;
    return !scan_.quoted(i) && scan_.token(i).upos == Upos::NOUN && scan_.words[i].mention == kNoIndex &&
           !scan_.is(i, kSourceNoun | kChannelNoun) &&
           scan_.sentence_of(i).first == scan_.sentence_of(group.head).first;
  }

  // Whether the words of the speaker are a name or a noun of those who speak.
  bool named_source(const Speaker& speaker) const {
    return speaker.found && speaker.end != kNoIndex && speaker.end > 0 && speaker.end <= scan_.size() &&
           (scan_.is(speaker.end - 1, kSourceNoun) || scan_.unknown_name(speaker.end - 1));
  }

  bool sentence_initial(const VerbGroup& group) const {
    std::uint32_t i = group.begin;
    const std::uint32_t first = scan_.sentence_of(group.head).first;
    while (i > first && (scan_.words[i - 1].adverbial || scan_.is(i - 1, kCoordinator) || scan_.punctuation(i - 1)))
      --i;
    return i == first;
  }

  // « a dit "vouloir" la paix »: a quoted word that goes on unquoted is part of a clause.
  std::uint32_t quotation_clause_end(const Complement& complement) const {
    const std::uint32_t end = complement.end;
    if (sentence_like(scan_, complement.quotation) || end >= scan_.size()) return end;
    if (scan_.punctuation(end) || scan_.words[end].sentence != scan_.words[complement.begin].sentence) return end;
    if (complement.begin + 1 < scan_.size() && scan_.infinitive(complement.begin + 1))
      return clause_end(scan_, cues_, complement.begin);
    return end;
  }

  void fragment_mode(const Complement& complement, Draft& draft) const {
    if (complement.quotation == kNoIndex) {
      draft.mode = StatementMode::indirect;
      return;
    }
    draft.span = scan_.quotations[complement.quotation].inner;
    draft.mode = StatementMode::direct;
    if (complement.begin > 0 && scan_.is(complement.begin - 1, kAttributeMarker | kAsMarker))
      draft.mode = StatementMode::mixed;
  }

  // « A », X explique. The subject stands before the cue, the quotation before the subject.
  void take_subject_first(std::uint32_t g) {
    const VerbGroup& group = cues_.groups[g];
    if (group.form != GroupForm::finite || (cue_of(g).constructions & kQuote) == 0) return;
    Speaker speaker = subject_before(scan_, group);
    if (!speaker.found || speaker.begin == kNoIndex || speaker.begin == 0 || speaker.speakerless) return;
    std::uint32_t begin = speaker.begin;
    while (begin > 0 && scan_.token(begin - 1).upos == Upos::DET && !scan_.quoted(begin - 1)) --begin;
    const std::uint32_t end_of_said = said_before(begin);
    if (end_of_said == kNoIndex || !scan_.quoted(end_of_said)) return;
    // Behind a full stop the subject may begin a sentence of its own; then the cue must be all of it.
    const std::uint32_t last = sentence_last(group.head);
    std::uint32_t behind = group.end;
    while (behind < last && (scan_.words[behind].adverbial || scan_.words[behind].in_time)) ++behind;
    if (behind < last && !scan_.punctuation(behind)) return;
    const std::uint32_t said_end = end_of_said + 1;
    if (used_[scan_.words[end_of_said].quotation]) return;
    const std::uint32_t said_begin = clause_begin(scan_, said_end, floor_for(said_end));
    if (said_begin >= said_end) return;
    Draft draft = draft_of(g, Shape::incise, said_begin, said_end);
    draft.speaker = speaker;
    add(draft);
  }

  // --- cues inside the marks -------------------------------------------------------------------------------------

  // « A, a déclaré X, B »: the page closed no mark before the cue. Commas on both sides, a verb of saying with a
  // third person behind or hung to it, and nothing else between them.
  void take_insets() {
    for (const std::uint32_t i : scan_.cue_tokens)
      if (i > 0 && i + 1 < scan_.size() && scan_.quoted(i) && !scan_.words[i].mark) take_inset(i);
  }

  void take_inset(std::uint32_t head) {
    const Cue* cue = nullptr;
    std::uint16_t number = 0;
    for (const std::uint16_t candidate : scan_.tables.cue_lists[scan_.words[head].cues - 1]) {
      const Cue& one = scan_.tables.cues[candidate];
      if (one.word_class != CueClass::verb || one.words.size() > 1 || (one.constructions & kQuote) == 0) continue;
      cue = &one;
      number = candidate;
      break;
    }
    if (cue == nullptr) return;
    const std::uint32_t q = scan_.words[head].quotation;
    const std::uint32_t q_first = scan_.quotation_first[q], q_last = scan_.quotation_last[q];
    // Left: the verb's own words up to a comma or a stop.
    std::uint32_t begin = head;
    std::uint32_t pronoun = kNoIndex;
    bool auxiliary = false;
    while (begin > q_first + 1 && head - begin < 5) {
      const std::uint32_t k = begin - 1;
      if (scan_.is(k, kPerfectAuxiliary) || scan_.is(k, kReflexive) || scan_.words[k].adverbial) {
        auxiliary = auxiliary || scan_.is(k, kPerfectAuxiliary);
      } else if (hung_pronoun(k)) {
        pronoun = k;
      } else {
        break;
      }
      begin = k;
    }
    if (begin <= q_first + 1) return;
    const Punctuation before = scan_.words[begin - 1].punctuation;
    if (before != Punctuation::comma && before != Punctuation::stop && before != Punctuation::dash) return;
    std::uint32_t end = head + 1;
    if (pronoun == kNoIndex && end < q_last && hung_pronoun(end)) pronoun = end++;
    if (!auxiliary && pronoun == kNoIndex && !scan_.finite(head)) return;
    Speaker speaker = inset_speaker(pronoun, end, q_last);
    if (!speaker.found || speaker.speakerless) return;
    if (speaker.end != kNoIndex) end = std::max(end, speaker.end);
    // Right: a comma, a stop or the closing mark, a few words of day or place away.
    std::uint32_t after = end;
    while (after < q_last && after < end + 5 && !scan_.punctuation(after)) ++after;
    if (after >= q_last || !scan_.punctuation(after)) return;
    used_[q] = true;
    // « "A, a-t-il dit. "B", a dit Y: the first mark was never closed, and B is Y's.
    if (scan_.words[after].punctuation == Punctuation::stop && after + 1 < q_last &&
        scan_.words[after + 1].punctuation == Punctuation::quote) {
      cut_unclosed(q, after + 2);
      add_inset(number, head, speaker, std::max(q_first, inset_floor(q_first, begin)), begin, false);
      return;
    }
    add_inset(number, head, speaker, std::max(q_first, inset_floor(q_first, begin)), begin);
    // « …, explique X, directeur de Y, B »: the apposition is the writer's.
    std::uint32_t next = after + 1;
    while (next < q_last && !scan_.punctuation(next) && !scan_.finite(next) && next < after + 16) ++next;
    if (pronoun == kNoIndex && next < q_last && comma(next) && appositive(after + 1, next)) after = next;
    if (!scan_.words[after].mark) add_inset(number, head, speaker, after + 1, q_last);
  }

  bool hung_pronoun(std::uint32_t i) const {
    return scan_.is(i, kInvertedPronoun) && !scan_.token(i).space_before && !scan_.is(i, kSpeakerlessPronoun);
  }

  Speaker inset_speaker(std::uint32_t pronoun, std::uint32_t end, std::uint32_t q_last) const {
    VerbGroup group;
    group.head = group.begin = end - 1;
    group.end = end;
    group.inverted_pronoun = pronoun;
    if (pronoun != kNoIndex) return subject_behind(scan_, group);
    Speaker speaker;
    std::uint32_t i = end;
    while (i < q_last && i < end + 4 &&
           (scan_.token(i).upos == Upos::DET || scan_.words[i].in_time || scan_.words[i].adverbial) &&
           scan_.words[i].mention == kNoIndex)
      ++i;
    if (i >= q_last || scan_.words[i].mention == kNoIndex) return speaker;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (!mention.entity || mention.form == MentionForm::pronoun) return speaker;
    speaker.found = true;
    speaker.begin = i;
    speaker.end = i;
    while (speaker.end < q_last && scan_.words[speaker.end].mention == scan_.words[i].mention) ++speaker.end;
    speaker.entities = scan_.entities.expand(mention.entity);
    speaker.span = mention.span;
    speaker.how = SpeakerHow::named;
    return speaker;
  }

  // Behind an earlier inset of the same quotation its second half is cut anew.
  std::uint32_t inset_floor(std::uint32_t q_first, std::uint32_t begin) {
    for (auto it = drafts_.rbegin(); it != drafts_.rend() && it->inset && it - drafts_.rbegin() < 8; ++it)
      if (it->first >= q_first && it->first < begin && it->last > begin) {
        const std::uint32_t first = it->first;
        drafts_.erase(std::next(it).base());
        return first;
      }
    return q_first;
  }

  // What was told of the quotation is told of its words from token `begin` on.
  void cut_unclosed(std::uint32_t q, std::uint32_t begin) {
    if (begin >= scan_.size()) return;
    for (std::uint32_t d = last_of_quotation_[q]; d != kNoIndex; d = drafts_[d].previous) {
      Draft& draft = drafts_[d];
      if (draft.inset || draft.first >= begin || draft.last <= begin) continue;
      draft.first = begin;
      draft.span.begin = scan_.token(begin).span.begin;
    }
  }

  void add_inset(std::uint16_t cue, std::uint32_t head, const Speaker& speaker, std::uint32_t begin, std::uint32_t end,
                 bool all_of_it = true) {
    while (begin < end && (scan_.words[begin].mark || scan_.punctuation(begin))) ++begin;
    while (end > begin && (scan_.words[end - 1].mark || scan_.words[end - 1].punctuation == Punctuation::comma)) --end;
    if (begin >= end) return;
    Draft draft;
    draft.shape = Shape::incise;
    draft.cue = cue;
    draft.has_cue = true;
    draft.inset = true;
    draft.cue_first = head;
    draft.cue_last = head + 1;
    draft.first = begin;
    draft.last = end;
    draft.order = head;
    draft.mode = StatementMode::direct;
    draft.quotation = scan_.words[head].quotation;
    draft.span = Span{scan_.token(begin).span.begin, scan_.token(end - 1).span.end};
    draft.speaker = speaker;
    // What was told of the whole quotation is told of its halves now.
    const Span whole = scan_.quotations[draft.quotation].outer;
    for (std::uint32_t d = last_of_quotation_[draft.quotation]; d != kNoIndex; d = drafts_[d].previous)
      if (Draft& other = drafts_[d];
          all_of_it && !other.inset && other.mode == StatementMode::direct && whole.contains(other.span))
        other.dropped = true;
    drafts_.push_back(draft);
  }

  // --- sources ---------------------------------------------------------------------------------------------------

  void take_sources() {
    std::uint32_t behind = 0;
    for (const std::uint32_t i : scan_.source_starts) {
      if (i < behind || scan_.quoted(i)) continue;
      std::uint32_t which = 0;
      const std::uint32_t length = scan_.phrase_at(scan_.tables.prepositions, i, &which);
      if (length == 0) continue;
      take_source(i, length, scan_.tables.preposition_cues[which]);
      behind = i + length;
    }
  }

  void take_source(std::uint32_t i, std::uint32_t length, std::uint16_t cue_number) {
    const Cue& cue = scan_.tables.cues[cue_number];
    if (i + length < scan_.size() && scan_.is(i + length, kRelative) && (cue.constructions & kSourceAfter) != 0) {
      if (scan_.is(i + length, kPersonRelative)) {
        take_antecedent(i, length, cue_number);
      } else if ((cue.flags & kPersonOnly) == 0) {
        take_content_of_noun(i, length, cue_number);
      }
      return;
    }
    // « de source diplomatique »: the phrase holds its noun.
    const bool holds_noun = length > 1 && scan_.is(i + length - 1, kSourceNoun);
    Speaker speaker = (cue.flags & kHoldsPronoun) != 0 ? pronoun_inside(i, length, cue)
                                                       : source_at(scan_, holds_noun ? i + length - 1 : i + length);
    if (!speaker.found || speaker.speakerless) return;
    if (speaker.end == kNoIndex) return;
    const Sentence& sentence = scan_.sentence_of(i);
    if ((cue.constructions & kViaAfter) != 0) {
      if (speaker.outlet && i > sentence.first) add_via(speaker, sentence.first, i);
      return;
    }
    std::uint32_t first = sentence.first;
    while (first < i && (scan_.is(first, kCoordinator) || scan_.words[first].adverbial ||
                         (scan_.punctuation(first) && !scan_.quoted(first))))
      ++first;
    // A capital tells that a sentence begins here, whatever the page has run into it.
    const bool initial = first == i || scan_.token(i).capitalised ||
                         scan_.words[i - 1].punctuation == Punctuation::open_bracket ||
                         scan_.words[i - 1].punctuation == Punctuation::colon;
    // « Malheureusement pour X » is no opinion of his.
    const bool leads = i == sentence.first || !scan_.is(i - 1, kEvaluative);
    if ((cue.flags & kPersonOnly) != 0 && !(initial && leads && (person_speaks(speaker) || body_speaks(speaker))))
      return;
    if (initial) {
      take_source_before(i, length, cue_number, speaker);
    } else {
      take_source_behind(i, length, cue_number, speaker);
    }
  }

  bool comma_before(std::uint32_t i) const { return i > scan_.sentence_of(i).first && comma(i - 1); }

  // « à l'en croire »
  Speaker pronoun_inside(std::uint32_t i, std::uint32_t length, const Cue& cue) const {
    Speaker speaker;
    speaker.found = speaker.person_pronoun = true;
    speaker.how = SpeakerHow::pronoun;
    speaker.number = (cue.flags & kSeveral) != 0 ? Number::plur : Number::sing;
    speaker.begin = i;
    speaker.end = i + length;
    speaker.span = Span{scan_.token(i).span.begin, scan_.token(i + length - 1).span.end};
    return speaker;
  }

  // « X, pour qui A, … », « …, a dit X, selon qui A »: the person told last before the relative.
  void take_antecedent(std::uint32_t i, std::uint32_t length, std::uint16_t cue) {
    if (!comma_before(i)) return;
    const Sentence& sentence = scan_.sentence_of(i);
    Speaker speaker;
    for (auto it = drafts_.rbegin(); it != drafts_.rend() && it - drafts_.rbegin() < 6 && !speaker.found; ++it)
      if (it->speaker.found && it->speaker.end != kNoIndex && it->speaker.end < i &&
          it->speaker.begin >= sentence.first && no_other_person(it->speaker.end, i))
        speaker = it->speaker;
    for (std::uint32_t k = i - 1; k > sentence.first && i - k < 14 && !speaker.found;) {
      --k;
      if (scan_.quoted(k) || scan_.verb(k)) break;
      if (scan_.words[k].mention == kNoIndex || !names_person(k)) continue;
      speaker = source_at(scan_, k);
    }
    if (!speaker.found || speaker.speakerless) return;
    const std::uint32_t begin = i + length + 1;
    const std::uint32_t end = clause_end(scan_, cues_, begin, ClausePlace{true, false});
    if (end <= begin || !content_has_verb(begin, end)) return;
    add(source_draft(i, length, cue, speaker, begin, end));
  }

  bool names_person(std::uint32_t i) const {
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    return mention.form == MentionForm::name && mention.entity &&
           scan_.entities.entities[mention.entity].kind == ThingKind::person &&
           (i == 0 || scan_.words[i - 1].mention != scan_.words[i].mention);
  }

  bool no_other_person(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t i = begin; i < end; ++i)
      if (scan_.words[i].mention != kNoIndex && names_person(i)) return false;
    return true;
  }

  // « son opinion selon laquelle A », « la thèse de X selon laquelle A »: whose noun it is. A noun that is nobody's
  // tells of no speaker.
  void take_content_of_noun(std::uint32_t i, std::uint32_t length, std::uint16_t cue) {
    const Sentence& sentence = scan_.sentence_of(i);
    Speaker speaker;
    for (std::uint32_t k = i; k > sentence.first && i - k < 12 && !speaker.found;) {
      --k;
      if (scan_.quoted(k) || scan_.verb(k)) break;
      if (scan_.is(k, kOfMarker) && k + 1 < i) speaker = source_at(scan_, k + 1);
      if (scan_.is(k, kPossessive)) {
        std::uint32_t verb = k;
        while (verb > sentence.first && !(scan_.finite(verb - 1) && !scan_.quoted(verb - 1))) --verb;
        if (verb == sentence.first) return;
        speaker = subject_of(scan_, verb - 1);
      }
    }
    if (!speaker.found) speaker = who_vouches(i);
    if (!speaker.found || speaker.speakerless || speaker.begin == kNoIndex) return;
    // As the subject of a sentence the noun has a verb behind the clause, and nothing tells which.
    if (!has_finite_verb(scan_, sentence.first, i)) return;
    const std::uint32_t begin = i + length + 1;
    const std::uint32_t end = clause_end(scan_, cues_, begin);
    if (end <= begin || !content_has_verb(begin, end)) return;
    add(source_draft(i, length, cue, speaker, begin, end));
  }

  // « Pour le Kremlin, A »: a body that is known, parted from A by a comma.
  bool body_speaks(const Speaker& speaker) const {
    if (speaker.entities.size() != 1 || speaker.end >= scan_.size() || !comma(speaker.end)) return false;
    const Entity& entity = scan_.entities.entities[speaker.entities[0]];
    return entity.kind == ThingKind::organisation && entity.thing;
  }

  // « il confirme la position selon laquelle A »: who asserts a noun that is nobody's says what it holds.
  Speaker who_vouches(std::uint32_t i) const {
    const Sentence& sentence = scan_.sentence_of(i);
    for (std::uint32_t k = i, steps = 0; k > sentence.first && steps < 8; ++steps) {
      --k;
      if (scan_.quoted(k)) continue;
      if (scan_.punctuation(k)) return {};
      if (cues_.at[k] == 0) continue;
      const VerbGroup& group = cues_.groups[cues_.at[k] - 1];
      const Cue& cue = scan_.tables.cues[group.cue];
      const bool asserts = cue.stance == Stance::asserting && (cue.constructions & kClause) != 0 && !group.negated;
      return asserts && group.form == GroupForm::finite ? subject_before(scan_, group) : Speaker{};
    }
    return {};
  }

  bool person_speaks(const Speaker& speaker) const {
    if (speaker.person_pronoun) return true;
    return !speaker.entities.empty() && scan_.entities.entities[speaker.entities[0]].kind == ThingKind::person;
  }

  Draft source_draft(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker,
                     std::uint32_t begin, std::uint32_t end) {
    Draft draft;
    draft.shape = Shape::according_to;
    draft.cue = cue;
    draft.has_cue = true;
    draft.cue_first = i;
    draft.cue_last = i + length;
    set_content(begin, end, draft);
    draft.speaker = speaker;
    return draft;
  }

  // The token behind what belongs to a noun that ends before i: « source | proche du dossier |».
  std::uint32_t behind_noun(std::uint32_t i, std::uint32_t last) const {
    for (int steps = 0; i < last && steps < 6 && !scan_.quoted(i); ++steps) {
      const bool of = scan_.is(i, kOfMarker);
      if (!of && (scan_.token(i).upos != Upos::ADJ || scan_.words[i].mention != kNoIndex)) break;
      i = of ? skip_phrase(scan_, i, last) : i + 1;
    }
    return i;
  }

  // Selon X, A.
  void take_source_before(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker) {
    const std::uint32_t last = sentence_last(i);
    std::uint32_t begin = speaker.entities.empty() ? behind_noun(speaker.end, last) : speaker.end;
    // The source may be longer than its mention: up to the comma, as long as no verb stands before it.
    const bool relative = begin < last && scan_.is(begin, kRelative);
    for (std::uint32_t k = begin; k < last && k < begin + 30; ++k) {
      if (scan_.quoted(k)) break;
      if (comma(k)) {
        // « Selon X, ministre de Y, A », « Selon X, qui cite Y, A »: an apposition goes with the source.
        begin = k + 1;
        if (begin < last && scan_.is(begin, kSubjectRelative)) {
          begin = behind_relative(begin, last);
          break;
        }
        std::uint32_t next = begin;
        while (next < last && !comma(next) && !scan_.finite(next) && !scan_.quoted(next) && next < begin + 14) ++next;
        if (next < last && comma(next) && appositive(begin, next)) begin = next + 1;
        break;
      }
      if (scan_.words[k].punctuation == Punctuation::colon) {
        begin = k + 1;
        break;
      }
      if (scan_.finite(k) && !relative) break;
    }
    if (begin >= last && !(begin < scan_.size() && scan_.quoted(begin))) return;
    const std::uint32_t end = clause_end(scan_, cues_, begin);
    if (end <= begin || !content_has_verb(begin, end)) return;
    add(source_draft(i, length, cue, speaker, begin, end));
  }

  // The token behind the comma that closes the relative clause at `begin`; `begin` itself if none does.
  std::uint32_t behind_relative(std::uint32_t begin, std::uint32_t last) const {
    bool verb = false;
    for (std::uint32_t i = begin; i < last && i < begin + 40 && !scan_.quoted(i); ++i) {
      verb = verb || scan_.finite(i);
      if (verb && comma(i)) return i + 1;
    }
    return begin;
  }

  bool appositive(std::uint32_t begin, std::uint32_t end) const {
    if (begin >= end) return false;
    // « Selon X, la Y, … » would need its verb; an apposition has none, and begins with a noun or a relative.
    const std::uint32_t k = begin;
    const bool participle = scan_.verb(k) && scan_.token(k).morph.is_participle();  // « , cité par Y, »
    return scan_.noun(k) || scan_.is(k, kSubjectRelative) || participle ||
           (scan_.words[k].mention != kNoIndex && scan_.mention(scan_.words[k].mention).form != MentionForm::pronoun &&
            scan_.token(k).upos != Upos::DET && !scan_.preposition(k));
  }

  bool content_has_verb(std::uint32_t begin, std::uint32_t end) const {
    return has_finite_verb(scan_, begin, end) || bare_verb(begin, end);
  }

  // « X cherche "une issue" »: behind a name and before an article the tagger's noun is a verb.
  bool bare_verb(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t i = begin + 1; i + 2 < end; ++i)
      if (scan_.token(i).upos == Upos::NOUN && !scan_.token(i).capitalised && scan_.words[i].mention == kNoIndex &&
          scan_.words[i - 1].mention != kNoIndex && scan_.token(i).known &&
          (scan_.token(i + 1).upos == Upos::DET || scan_.words[i + 1].mark) && !scan_.quoted(i) &&
          scan_.token(i).part == 0)
        return true;
    return false;
  }

  // « A, a-t-on appris de source X »: what nobody in particular learnt ends before the verb.
  std::uint32_t before_anybody(std::uint32_t end, std::uint32_t first) const {
    std::uint32_t i = end;
    bool anybody = false;
    while (i > first && end - i < 5 && !scan_.quoted(i - 1) && !comma(i - 1)) {
      --i;
      anybody = anybody || (scan_.is(i, kInvertedPronoun) && scan_.is(i, kSpeakerlessPronoun));
    }
    if (!anybody || i == first) return end;
    return comma(i - 1) ? i - 1 : scan_.quoted(i - 1) ? i : end;
  }

  // « selon plusieurs sources [4] »: the token behind the number in brackets.
  std::uint32_t behind_footnote(std::uint32_t i, std::uint32_t last) const {
    const bool note = i + 2 < last && scan_.words[i].punctuation == Punctuation::open_bracket &&
                      scan_.token(i + 1).upos == Upos::NUM &&
                      scan_.words[i + 2].punctuation == Punctuation::close_bracket;
    return note ? i + 3 : i;
  }

  // What somebody demands or promises to do is part of what a source behind it tells.
  bool bare_act(const Draft& draft) const {
    return draft.shape == Shape::marked_infinitive && (scan_.tables.cues[draft.cue].flags & kAct) != 0;
  }

  // « un texte qui, selon X, « A » »: what stands under marks is his.
  void take_fragment_behind(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker,
                            std::uint32_t behind) {
    const std::uint32_t begin = behind + 1;
    if (begin >= scan_.size() || !comma(behind) || !scan_.opens_quotation(begin)) return;
    const std::uint32_t q = scan_.words[begin].quotation;
    if (used_[q] || !has_finite_verb(scan_, begin, scan_.quotation_last[q])) return;
    add(source_draft(i, length, cue, speaker, begin, scan_.quotation_last[q]));
  }

  // A, selon X. / A, selon X, B.
  void take_source_behind(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker) {
    const Sentence& sentence = scan_.sentence_of(i);
    const std::uint32_t source_end = behind_footnote(speaker.end, sentence.last);
    std::uint32_t end = i;
    while (end > sentence.first && (comma(end - 1) || scan_.words[end - 1].punctuation == Punctuation::dash ||
                                    scan_.words[end - 1].punctuation == Punctuation::open_bracket))
      --end;
    end = before_anybody(end, sentence.first);
    const bool parted = end < i || (end > 0 && scan_.quoted(end - 1)) ||
                        (end > 0 && scan_.finite(end - 1) && source_end < sentence.last && scan_.verb(source_end));
    std::uint32_t behind = speaker.end;
    while (behind < sentence.last && !comma(behind) && !scan_.punctuation(behind) && behind < speaker.end + 16 &&
           !scan_.finite(behind))
      ++behind;
    const bool closes = behind >= sentence.last || scan_.punctuation(behind) || scan_.is(behind, kCoordinator);
    if (!parted && !(closes && behind - speaker.end <= 8)) return;
    // Inside what somebody else is reported to say, « selon lui » is part of it.
    for (const Draft& draft : drafts_) {
      if (draft.dropped || bare_act(draft)) continue;
      if (draft.first <= i && i < draft.last) return;
      if (scan_.words[draft.first].sentence == scan_.words[i].sentence && draft.has_cue &&
          draft.shape != Shape::according_to && (draft.last == end || draft.cue_last <= i)) {
        if (draft.last <= i && speaker.outlet) add_via(speaker, sentence.first, i);
        return;
      }
    }
    // « les failles qui, selon X, … »: part of a clause within the clause.
    if (end > 0 && scan_.is(end - 1, kRelative | kComplementiser)) {
      if (scan_.is(end - 1, kRelative)) take_fragment_behind(i, length, cue, speaker, behind);
      return;
    }
    std::uint32_t begin = clause_begin(scan_, end, floor_for(end));
    if (begin >= end) return;
    // « Elle l'a fait, selon X, « à la suite de … » »
    if (end < i && comma(behind) && behind + 1 < scan_.size() && scan_.opens_quotation(behind + 1) &&
        content_has_verb(begin, end)) {
      add(source_draft(i, length, cue, speaker, behind + 1, scan_.quotation_last[scan_.words[behind + 1].quotation]));
      return;
    }
    std::uint32_t content_end = end;
    const bool inside_group = end == i && end > begin && scan_.finite(end - 1) &&
                              scan_.token(end - 1).upos == Upos::AUX && source_end < sentence.last &&
                              scan_.verb(source_end);
    if (inside_group) {
      content_end = clause_end(scan_, cues_, source_end);  // « aurait selon X payé »
    } else if (behind + 1 < sentence.last && comma(behind) && end < i && scan_.finite(end - 1) &&
               ((scan_.verb(behind + 1) && !scan_.token(behind + 1).morph.is_finite()) ||
                scan_.token(end - 1).upos == Upos::AUX)) {
      // « une arme qui pourrait, selon lui, tout détruire »: the source stands inside the verb group.
      for (std::uint32_t k = end; k > begin; --k)
        if (!scan_.quoted(k - 1) && scan_.is(k - 1, kComplementiser)) {
          begin = k;
          break;
        }
      content_end = clause_end(scan_, cues_, behind + 1);
    } else if (!content_has_verb(begin, end)) {
      // « Le sommet, selon Moscou, aura lieu mardi »
      if (behind >= sentence.last || !comma(behind)) return;
      content_end = clause_end(scan_, cues_, behind + 1);
      if (!content_has_verb(begin, content_end)) return;
    }
    add(source_draft(i, length, cue, speaker, begin, content_end));
  }

  // --- quotations that no cue claimed ----------------------------------------------------------------------------

  void take_free_quotations() {
    for (std::uint32_t q = 0; q < scan_.quotations.size(); ++q) {
      if (used_[q] || scan_.quotation_first[q] == kNoIndex) continue;
      const std::uint32_t first = scan_.quotation_first[q];
      if (take_quoted_verb(q, first)) continue;
      if (!sentence_like(scan_, q)) continue;
      const bool after_colon = first > 0 && block_of(first - 1) == block_of(first) &&
                               scan_.words[first - 1].punctuation == Punctuation::colon;
      if (after_colon) {
        take_colon(q, first);
      } else if (const std::uint32_t name = name_behind_colon(q); name != kNoIndex) {
        Draft draft;
        draft.shape = Shape::quotation;
        draft.colon = true;
        set_content(first, scan_.quotation_last[q], draft);
        draft.speaker = source_at(scan_, name, false);
        add(draft);
      } else if (opens_sentence(first) && closes_sentence(q) && begins_upper(q)) {
        Draft draft;
        draft.shape = Shape::in_force;
        set_content(first, scan_.quotation_last[q], draft);
        draft.speaker.inherit = true;
        draft.follows_next = touches_next(q);
        add(draft);
      }
    }
  }

  // « « A » : X, porte-parole de Y, réclame »: the token of the person's name behind the colon.
  std::uint32_t name_behind_colon(std::uint32_t q) const {
    const std::uint32_t colon = scan_.quotation_last[q];
    if (colon + 1 >= scan_.size() || block_of(colon) != block_of(scan_.quotation_first[q]) || scan_.quoted(colon) ||
        scan_.words[colon].punctuation != Punctuation::colon || scan_.words[colon + 1].mention == kNoIndex)
      return kNoIndex;
    return names_person(colon + 1) ? colon + 1 : kNoIndex;
  }

  // « Y « condamne fermement » l'attaque »: the words quoted are the verb of the one before them.
  bool take_quoted_verb(std::uint32_t q, std::uint32_t first) {
    if (first == 0 || first + 1 >= scan_.size() || scan_.words[first - 1].mention == kNoIndex) return false;
    if (block_of(first - 1) != block_of(first) || !scan_.finite(first + 1)) return false;
    VerbGroup group;
    group.head = group.begin = first + 1;
    group.number = scan_.token(first + 1).morph.number;
    const Mention& mention = scan_.mention(scan_.words[first - 1].mention);
    if (!mention.entity || mention.form == MentionForm::pronoun) return false;
    const Entity& entity = scan_.entities.entities[mention.entity];
    if (!entity.thing && entity.kind != ThingKind::person) return false;
    group.begin = first;
    const Speaker speaker = subject_before(scan_, group);
    if (speaker.entities.empty() || speaker.end != first || speaker.speakerless) return false;
    const std::uint32_t end = clause_end(scan_, cues_, first);
    if (end <= scan_.quotation_last[q]) return false;
    Draft draft;
    draft.shape = Shape::object;
    set_content(first, end, draft);
    draft.speaker = speaker;
    add(draft);
    return true;
  }

  // Somebody's turn in an interview or a debate: the label, then his words.
  struct Turn {
    std::uint32_t begin = 0, colon = 0, last = 0;  // tokens
    EntityId speaker;
  };

  // Interviews and debates without marks: paragraphs that begin with somebody's name and a colon, two at least. What
  // several reporters tell somebody who leads a broadcast is news and no statement of theirs.
  void take_dialogue() {
    bool broadcast = false;
    const std::vector<Turn> turns = find_turns(broadcast);
    if (turns.size() < 2) return;
    const bool several = std::any_of(turns.begin(), turns.end(),
                                     [&](const Turn& turn) { return turn.speaker != turns.front().speaker; });
    if (broadcast && several) return;
    for (const Turn& turn : turns) {
      const std::uint32_t begin = turn.colon == kNoIndex ? turn.begin : turn.colon + 1;
      if (begin >= turn.last || scan_.quoted(begin) || !has_finite_verb(scan_, begin, turn.last)) continue;
      Draft draft;
      draft.shape = Shape::quotation;
      draft.colon = draft.turn = true;
      draft.first = draft.order = begin;
      draft.last = turn.last;
      draft.span = Span{scan_.token(begin).span.begin, scan_.token(turn.last - 1).span.end};
      draft.mode = StatementMode::direct;
      draft.speaker.found = true;
      draft.speaker.how = SpeakerHow::named;
      if (turn.colon != kNoIndex) {
        draft.speaker.begin = turn.begin;
        draft.speaker.end = turn.colon;
        draft.speaker.span = Span{scan_.token(turn.begin).span.begin, scan_.token(turn.colon - 1).span.end};
      }
      draft.speaker.entities.assign(1, turn.speaker);
      drafts_.push_back(draft);
    }
  }

  std::vector<Turn> find_turns(bool& broadcast) const {
    std::vector<Turn> turns;
    std::uint32_t block = kNoIndex;
    bool open = false;   // whether the paragraph is a turn
    bool asked = false;  // whether the one before is a question
    for (const Sentence& sentence : scan_.analysis.sentences) {
      if (sentence.first >= sentence.last) continue;
      if (sentence.block == block) {
        if (open) turns.back().last = sentence.last;
        continue;
      }
      block = sentence.block;
      broadcast = broadcast || led_by_presenter(sentence);
      open = false;
      const bool answers = asked;
      asked = question(sentence);
      if (const std::optional<Turn> turn = turn_of(sentence)) {
        turns.push_back(*turn);
        open = true;
      } else if (answers && !asked && !turns.empty()) {
        // « Et demain ? » and the answer, each a paragraph: he who was named at his first turn goes on.
        turns.push_back(Turn{sentence.first, kNoIndex, sentence.last, turns.front().speaker});
        open = true;
      }
    }
    const bool several = std::any_of(turns.begin(), turns.end(),
                                     [&](const Turn& turn) { return turn.speaker != turns.front().speaker; });
    if (several) std::erase_if(turns, [](const Turn& turn) { return turn.colon == kNoIndex; });
    return turns;
  }

  // Whether the paragraph that the sentence opens ends with a question mark.
  bool question(const Sentence& sentence) const {
    const Span span = scan_.page.blocks[sentence.block].span;
    const std::string_view text = scan_.page.text[span];
    return !text.empty() && text.back() == '?' && text.size() < kLongestQuestion;
  }

  std::optional<Turn> turn_of(const Sentence& sentence) const {
    Turn turn{sentence.first, behind_name(sentence), sentence.last, {}};
    if (turn.colon != kNoIndex) {
      turn.speaker = scan_.mention(scan_.words[sentence.first].mention).entity;
    } else {
      turn.colon = behind_initials(sentence, turn.speaker);
      if (turn.colon == kNoIndex) return std::nullopt;
      turn.last = std::max(turn.last, scan_.sentence_of(turn.colon).last);
    }
    if (scan_.entities.entities[turn.speaker].kind != ThingKind::person) return std::nullopt;
    return turn;
  }

  // « La présentatrice : »
  bool led_by_presenter(const Sentence& sentence) const {
    std::uint32_t i = sentence.first;
    if (scan_.token(i).upos == Upos::DET) ++i;
    return i + 1 < sentence.last && scan_.is(i, kPresenter) && scan_.words[i + 1].punctuation == Punctuation::colon;
  }

  // The colon behind the initials with which the paragraph begins, « P. V. : », and the one person of the page who has
  // them.
  std::uint32_t behind_initials(const Sentence& sentence, EntityId& speaker) const {
    std::string initials;
    std::uint32_t i = sentence.first;
    for (; i < scan_.size() && i < sentence.first + 8 && block_of(i) == sentence.block; ++i) {
      const std::string_view word = scan_.page.text[scan_.token(i).span];
      if (scan_.words[i].punctuation == Punctuation::colon) break;
      for (const char c : word) {
        if (c >= 'A' && c <= 'Z') initials += c;
        if (!(c >= 'A' && c <= 'Z') && c != '.' && c != '-') return kNoIndex;
      }
    }
    if (initials.size() < 2 || initials.size() > 4 || i >= scan_.size() || block_of(i) != sentence.block ||
        scan_.words[i].punctuation != Punctuation::colon)
      return kNoIndex;
    speaker = EntityId{};
    for (std::uint32_t e = 0; e < scan_.entities.entities.size(); ++e) {
      const Entity& entity = scan_.entities.entities[EntityId(e)];
      if (entity.kind != ThingKind::person || !has_initials(entity.name, initials)) continue;
      if (speaker) return kNoIndex;
      speaker = EntityId(e);
    }
    return speaker ? i : kNoIndex;
  }

  // Whether the words of the name, two letters or more each, begin with these capitals.
  static bool has_initials(std::string_view name, std::string_view initials) {
    const NameWords split = split_name_words(name);
    if (split.words.size() != initials.size()) return false;
    for (std::size_t i = 0; i < split.words.size(); ++i) {
      const std::string_view word = split.word(i);
      if (word.size() < 2 || word[0] != static_cast<char>(initials[i] + 32)) return false;
    }
    return true;
  }

  // The colon behind the name with which the sentence begins; kNoIndex if there is none.
  std::uint32_t behind_name(const Sentence& sentence) const {
    const std::uint32_t index = scan_.words[sentence.first].mention;
    if (index == kNoIndex) return kNoIndex;
    const Mention& mention = scan_.mention(index);
    if (mention.form != MentionForm::name || !mention.entity) return kNoIndex;
    std::uint32_t i = sentence.first;
    while (i < sentence.last && scan_.words[i].mention == index) ++i;
    return i < sentence.last && scan_.words[i].punctuation == Punctuation::colon ? i : kNoIndex;
  }

  // « Aux journalistes, X tient un tout autre langage : « A » »
  void take_colon(std::uint32_t q, std::uint32_t first) {
    Draft draft;
    draft.shape = Shape::quotation;
    draft.colon = true;
    set_content(first, scan_.quotation_last[q], draft);
    draft.speaker = first_subject(scan_, first - 1);
    // « Selon X, rien n'est décidé : « A » »
    for (auto it = drafts_.rbegin(); it != drafts_.rend() && it - drafts_.rbegin() < 6; ++it)
      if (it->shape == Shape::according_to && it->last + 1 >= first && it->last < first) draft.speaker = it->speaker;
    if (draft.speaker.speakerless) draft.speaker = Speaker{};
    if (draft.speaker.entities.empty() && !draft.speaker.person_pronoun && draft.speaker.found &&
        draft.speaker.begin != kNoIndex && !scan_.is(draft.speaker.end - 1, kSourceNoun))
      draft.speaker.inherit = false;
    draft.speaker.how = SpeakerHow::in_force;
    add(draft);
  }

  bool opens_sentence(std::uint32_t first) const {
    if (first == 0 || block_of(first - 1) != block_of(first)) return true;
    const Word& before = scan_.words[first - 1];
    if (before.punctuation == Punctuation::stop || before.punctuation == Punctuation::dash) return true;
    return scan_.sentence_of(first).first == first || scan_.quoted(first - 1);
  }

  // Nothing of the same sentence stands behind it.
  bool closes_sentence(std::uint32_t q) const {
    const std::uint32_t last = scan_.quotation_last[q];
    if (last >= scan_.size() || block_of(last) != scan_.sentence_of(last - 1).block) return true;
    if (scan_.sentence_of(last - 1).last <= last) return true;
    if (scan_.words[last].punctuation == Punctuation::stop) return true;
    if (scan_.quoted(last)) return true;
    // The splitter may have run the next sentence into this one.
    return scan_.token(last).capitalised && !scan_.punctuation(last);
  }

  bool begins_upper(std::uint32_t q) const {
    const std::string_view text = scan_.page.text.bytes();
    std::uint32_t at = scan_.quotations[q].inner.begin;
    while (at < scan_.quotations[q].inner.end) {
      const char32_t c = next_code_point(text, at);
      if (is_letter(c)) return is_upper(c);
      if (is_digit(c)) return true;
    }
    return false;
  }

  // Only white space and full stops part it from the next quotation.
  bool touches_next(std::uint32_t q) const {
    if (q + 1 >= scan_.quotations.size()) return false;
    const std::uint32_t last = scan_.quotation_last[q];
    const std::uint32_t next = scan_.quotation_first[q + 1];
    if (next == kNoIndex || block_of(next) != scan_.sentence_of(last - 1).block) return false;
    for (std::uint32_t i = last; i < next; ++i)
      if (!scan_.punctuation(i)) return false;
    return true;
  }

  // --- building --------------------------------------------------------------------------------------------------

  Draft draft_of(std::uint32_t g, Shape shape, std::uint32_t begin, std::uint32_t end) {
    const VerbGroup& group = cues_.groups[g];
    Draft draft;
    draft.shape = shape;
    draft.group = g;
    draft.cue = group.cue;
    draft.has_cue = true;
    draft.cue_first = group.head;
    draft.cue_last = group.end;
    set_content(begin, end, draft);
    return draft;
  }

  bool trimmed_behind(std::uint32_t i) const {
    if (scan_.quoted(i)) return false;
    const Punctuation p = scan_.words[i].punctuation;
    return p == Punctuation::comma || p == Punctuation::colon || p == Punctuation::semicolon ||
           p == Punctuation::stop || p == Punctuation::dash || scan_.is(i, kCoordinator);
  }

  bool trimmed_before(std::uint32_t i) const {
    if (scan_.quoted(i)) return false;
    const Punctuation p = scan_.words[i].punctuation;
    const bool dashes =
        scan_.token(i).upos == Upos::PUNCT && scan_.page.text.bytes()[scan_.token(i).span.begin] == '-';  // « -- »
    return dashes || p == Punctuation::comma || p == Punctuation::colon || p == Punctuation::stop ||
           p == Punctuation::dash || p == Punctuation::semicolon;
  }

  // « Mais A, a dit X »: the word that joins A to the sentence before is the writer's.
  bool joins(std::uint32_t i, Shape shape) const {
    return (shape == Shape::incise || shape == Shape::according_to) && scan_.is(i, kCoordinator) &&
           scan_.token(i).capitalised && !scan_.quoted(i);
  }

  // Sets span and mode from the tokens of the content.
  void set_content(std::uint32_t begin, std::uint32_t end, Draft& draft) const {
    while (begin < end && (trimmed_before(begin) || joins(begin, draft.shape))) ++begin;
    while (end > begin && trimmed_behind(end - 1)) --end;
    draft.first = begin;
    draft.last = end;
    if (begin >= end) return;
    draft.order = draft.has_cue ? draft.cue_first : begin;
    draft.span = Span{scan_.token(begin).span.begin, scan_.token(end - 1).span.end};
    draft.mode = StatementMode::indirect;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (!scan_.quoted(i)) continue;
      const std::uint32_t q = scan_.words[i].quotation;
      if (scan_.quotation_first[q] <= begin && scan_.quotation_last[q] >= end) {
        draft.mode = StatementMode::direct;
        draft.quotation = q;
        draft.span = scan_.quotations[q].inner;
        // Part of a longer quotation: as far as it is told here.
        if (scan_.quotation_first[q] < begin)
          draft.span.begin = std::max(draft.span.begin, scan_.token(begin).span.begin);
      } else {
        draft.mode = StatementMode::mixed;
        // The span holds whole quotations, marks and all.
        draft.span = cover(draft.span, scan_.quotations[q].outer);
      }
      break;
    }
  }

  void add(Draft draft) {
    if (draft.first >= draft.last || draft.span.empty()) return;
    for (std::uint32_t i = draft.first; i < draft.last; ++i) {
      if (!scan_.quoted(i)) continue;
      const std::uint32_t q = scan_.words[i].quotation;
      used_[q] = true;
      i = std::max(i, scan_.quotation_last[q] - 1);
    }
    if (draft.quotation != kNoIndex) {
      draft.previous = last_of_quotation_[draft.quotation];
      last_of_quotation_[draft.quotation] = static_cast<std::uint32_t>(drafts_.size());
    }
    drafts_.push_back(std::move(draft));
  }

  // --- choosing --------------------------------------------------------------------------------------------------

  // A statement inside another: kept where it is words said by somebody else, dropped where it is the content's own
  // agreement, promise or thought, or where two readings of the same words compete.
  void drop_embedded() {
    std::vector<std::uint32_t> around;
    for (std::uint32_t d = 0; d < drafts_.size(); ++d) {
      Draft& draft = drafts_[d];
      if (draft.dropped) continue;
      while (!around.empty() && drafts_[around.back()].span.end <= draft.span.begin) around.pop_back();
      if (!around.empty()) {
        const Draft& outer = drafts_[around.back()];
        draft.embedded = true;
        const bool crosses = draft.span.end > outer.span.end;
        const bool same = draft.span == outer.span;
        const Cue& cue = scan_.tables.cues[draft.cue];
        const bool words_said = draft.has_cue && cue.stance != Stance::promising && cue.stance != Stance::threatening &&
                                cue.stance != Stance::demanding && (cue.flags & (kAgreeing | kOpinion)) == 0 &&
                                draft.shape == Shape::clause && !draft.speaker.inherit &&
                                !draft.speaker.person_pronoun && draft.cue_first >= outer.first;
        const bool retold = outer.turn && draft.speaker.found && !draft.speaker.inherit && !draft.speaker.speakerless;
        // « X met en garde : A, prévient Y »: A is Y's.
        if (same && outer.colon && outer.shape == Shape::clause && draft.shape == Shape::incise) {
          drafts_[around.back()].dropped = true;
          around.back() = d;
          draft.embedded = false;
          continue;
        }
        if (outer.turn) draft.turn_around = around.back();
        if (crosses || same || !(words_said || retold) || draft.act) draft.dropped = true;
        if (draft.dropped) continue;
      }
      if (!draft.act) around.push_back(d);
    }
  }

  // --- speakers --------------------------------------------------------------------------------------------------

  struct InForce {
    std::vector<EntityId> entities;
    std::optional<Span> span;
    std::uint32_t token = 0;
    std::uint32_t block = kNoIndex;
    std::optional<Interval> date;
    bool known = false;
  };

  void resolve_speakers() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t d = 0; d < drafts_.size(); ++d)
      if (!drafts_[d].dropped) order.push_back(d);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return drafts_[a].order < drafts_[b].order; });
    for (std::size_t k = 0; k < order.size(); ++k) {
      Draft& draft = drafts_[order[k]];
      if (draft.shape == Shape::in_force) continue;
      settle(draft);
      // « Il m'a répondu que A »: he who tells it is not who said it.
      if (draft.turn_around != kNoIndex && draft.speaker.entities == drafts_[draft.turn_around].speaker.entities)
        draft.dropped = true;
      if (!draft.embedded) remember(draft);
    }
    // Bare quotations go on with what stands before them in the text; those that touch a later one wait for it.
    in_force_ = InForce{};
    std::vector<std::uint32_t> by_text(order);
    std::sort(by_text.begin(), by_text.end());
    for (const std::uint32_t d : by_text) {
      Draft& draft = drafts_[d];
      if (draft.shape == Shape::in_force) settle_free(d, by_text);
      if (!draft.embedded && (draft.shape != Shape::in_force || !draft.speaker.entities.empty())) remember(draft);
    }
  }

  void remember(const Draft& draft) {
    in_force_.entities = draft.speaker.entities;
    in_force_.span = draft.speaker.span;
    in_force_.token = std::max(draft.last, draft.has_cue ? draft.cue_last : 0U);
    in_force_.block = scan_.sentence_of(draft.last - 1).block;
    in_force_.known = !draft.speaker.entities.empty();
  }

  bool compatible(const Speaker& pronoun, const std::vector<EntityId>& entities) const {
    if (entities.empty()) return false;
    if (pronoun.number == Number::sing && entities.size() > 1) return false;
    if (pronoun.number == Number::plur && entities.size() < 2) {
      const ThingKind kind = scan_.entities.entities[entities[0]].kind;
      if (kind == ThingKind::person) return false;
    }
    const Entity& entity = scan_.entities.entities[entities[0]];
    if (pronoun.number == Number::sing && entities[0].value < plural_.size() && plural_[entities[0].value])
      return false;
    // « a-t-il dit » is said of a man sooner than of a state.
    if (pronoun.person_pronoun && entity.kind == ThingKind::state && entity.gender == Gender::none) return false;
    const bool feminine = entities[0].value < feminine_.size() && feminine_[entities[0].value];
    const Gender gender = feminine ? Gender::fem : entity.gender;
    return gender == Gender::none || pronoun.gender == Gender::none || gender == pronoun.gender;
  }

  bool near(std::uint32_t token) const {
    if (!in_force_.known) return false;
    const std::uint32_t block = block_of(token);
    return block >= in_force_.block && block - in_force_.block <= 2;
  }

  void settle(Draft& draft) {
    Speaker& speaker = draft.speaker;
    if (speaker.person_pronoun) {
      const bool in_force = near(draft.order) && compatible(speaker, in_force_.entities);
      const std::uint32_t own = draft.group != kNoIndex ? cues_.groups[draft.group].begin : draft.order;
      const bool unbroken = in_force && only_speech_between(in_force_.token, std::min(draft.first, own));
      // « A, a-t-il dit »: the pronoun goes on with who spoke; the names in A are not meant.
      if (speaker.fixed) return;
      const bool inserted = draft.shape == Shape::incise && speaker.begin != kNoIndex && draft.group != kNoIndex &&
                            cues_.groups[draft.group].inverted_pronoun == speaker.begin;
      // Straight behind the words of somebody whom nobody knows, the pronoun means him, and no name to the left.
      const bool unknown = !in_force_.known && in_force_.token > 0 && draft.shape == Shape::incise &&
                           in_force_.block == block_of(draft.order) &&
                           only_speech_between(in_force_.token, std::min(draft.first, draft.order));
      if (unknown) {
        speaker.entities.clear();
        return;
      }
      // Straight behind somebody's words « il » means him, whoever is named in them.
      if (unbroken) {
        speaker.entities = in_force_.entities;
      } else if (!inserted && take_own_subject(draft, own)) {
        return;
      } else if (inserted || speaker.entities.empty()) {
        take_subject_before(draft);
      }
      if (speaker.entities.empty() && in_force && in_force_.block == block_of(draft.order))
        speaker.entities = in_force_.entities;
      if (speaker.entities.empty()) look_up_pronoun(draft, block_of(draft.order));
      if (speaker.entities.empty() && in_force) speaker.entities = in_force_.entities;
      if (speaker.entities.empty()) look_up_pronoun(draft, 0);
      return;
    }
    if (take_pair(draft) || take_same(draft)) return;
    if (speaker.entities.empty() && !speaker.inherit && speaker.found) look_up_outlet(draft);
    if (speaker.entities.empty() && !speaker.inherit) name_source(draft);
    if (!speaker.entities.empty() && !(speaker.inherit && same_sentence(draft))) return;
    if (speaker.inherit && !speaker.found && gerund(draft) && take_nearest_subject(draft)) return;
    if (speaker.inherit && speaker.found && speaker.entities.empty() && !same_sentence(draft)) {
      name_source(draft);
      if (!speaker.entities.empty()) return;
    }
    const bool shares_clause = draft.group != kNoIndex && cues_.groups[draft.group].form != GroupForm::infinitive &&
                               cues_.groups[draft.group].form != GroupForm::finite;
    if (speaker.inherit && in_force_.known && near(draft.order) && (same_sentence(draft) || !shares_clause)) {
      // A coordinated cue with a subject of its own keeps it unless the statement before stands in its sentence.
      speaker.entities = in_force_.entities;
      if (!speaker.span) speaker.span = in_force_.span;
      speaker.how = same_sentence(draft) ? SpeakerHow::pronoun : SpeakerHow::in_force;
      return;
    }
    if (speaker.inherit && speaker.entities.empty()) {
      const Speaker subject = first_subject(scan_, draft.order);
      if (subject.speakerless) return;
      speaker.entities = subject.entities;
      speaker.span = subject.span;
      speaker.person_pronoun = subject.person_pronoun;
      speaker.gender = subject.gender;
      speaker.number = subject.number;
      speaker.found = subject.found;
      speaker.how = SpeakerHow::pronoun;
      if (speaker.entities.empty() && speaker.person_pronoun) look_up_pronoun(draft, 0);
      if (speaker.entities.empty() && !speaker.person_pronoun) {
        speaker.begin = subject.begin;
        speaker.end = subject.end;
        name_source(draft);
      }
      if (speaker.entities.empty() && !speaker.found && near(draft.order)) speaker.entities = in_force_.entities;
    }
  }

  // « X a regretté A ; il a dit B »: who the sentence itself is about.
  bool take_own_subject(Draft& draft, std::uint32_t own) const {
    if (draft.shape == Shape::according_to || draft.shape == Shape::incise) return false;
    const std::uint32_t first = scan_.sentence_of(own).first;
    for (std::uint32_t k = own; k > first;) {
      --k;
      if (scan_.quoted(k) || !scan_.finite(k)) continue;
      const Speaker subject = subject_of(scan_, k);
      if (subject.entities.size() != 1 || !compatible(draft.speaker, subject.entities)) return false;
      if (scan_.entities.entities[subject.entities[0]].kind != ThingKind::person) return false;
      if (in_force_.token > first && in_force_.known && in_force_.entities != subject.entities) return false;
      draft.speaker.entities = subject.entities;
      return true;
    }
    return false;
  }

  // « ont convenu les deux dirigeants »: the two persons of whom the sentences before tell together.
  bool take_pair(Draft& draft) const {
    const Speaker& speaker = draft.speaker;
    if (!speaker.found || speaker.begin == kNoIndex || speaker.end == kNoIndex) return false;
    const std::uint32_t from = speaker.begin > 0 ? speaker.begin - 1 : 0;
    bool pair = false;
    for (std::uint32_t i = from; i < speaker.end && i < scan_.size(); ++i) pair = pair || scan_.is(i, kPair);
    if (!pair) return false;
    for (const EntityId id : speaker.entities) {
      const Entity& entity = scan_.entities.entities[id];
      if (entity.kind != ThingKind::person && entity.thing) return false;
    }
    std::uint32_t sentence = scan_.words[std::min(draft.first, draft.order)].sentence;
    for (int steps = 0; sentence > 0 && steps < 6; ++steps) {
      const std::vector<EntityId> found = two_persons(scan_.analysis.sentences[--sentence]);
      if (found.size() != 2) continue;
      draft.speaker.entities = found;
      draft.speaker.how = SpeakerHow::pronoun;
      return true;
    }
    return false;
  }

  // « précise la même source »: who spoke last, however named.
  bool take_same(Draft& draft) const {
    Speaker& speaker = draft.speaker;
    if (!speaker.found || speaker.begin == kNoIndex || speaker.end == kNoIndex || !in_force_.known) return false;
    const std::uint32_t from = speaker.begin > 0 ? speaker.begin - 1 : 0;
    bool same = false;
    for (std::uint32_t i = from; i < speaker.end && i < scan_.size(); ++i) same = same || scan_.is(i, kSame);
    if (!same || !scan_.is(speaker.end - 1, kSourceNoun)) return false;
    const bool person = scan_.entities.entities[in_force_.entities[0]].kind == ThingKind::person;
    if (person && scan_.is(speaker.end - 1, kTextNoun)) return false;  // « les mêmes études » are none of his
    speaker.entities = in_force_.entities;
    speaker.how = SpeakerHow::pronoun;
    return true;
  }

  // The first two persons whom the sentence joins by « et », else the only two it names.
  std::vector<EntityId> two_persons(const Sentence& sentence) const {
    std::vector<EntityId> all;
    EntityId before;
    bool joined = false;
    for (std::uint32_t i = sentence.first; i < sentence.last && i < scan_.size(); ++i) {
      joined = joined || scan_.is(i, kCoordinator);
      if (scan_.finite(i) || scan_.words[i].punctuation == Punctuation::comma) joined = false, before = EntityId{};
      if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
      const Mention& mention = scan_.mention(scan_.words[i].mention);
      if (i > sentence.first && scan_.words[i - 1].mention == scan_.words[i].mention) continue;
      if (!mention.entity || scan_.entities.entities[mention.entity].kind != ThingKind::person) continue;
      if (before && joined && before != mention.entity) return {before, mention.entity};
      before = mention.entity;
      joined = false;
      if (std::find(all.begin(), all.end(), mention.entity) == all.end()) all.push_back(mention.entity);
    }
    return all;
  }

  bool gerund(const Draft& draft) const {
    return draft.group != kNoIndex && cues_.groups[draft.group].form == GroupForm::gerund;
  }

  // « A, mais X a refusé, affirmant que B »: the verb behind the last statement has a subject of its own.
  bool take_nearest_subject(Draft& draft) {
    const std::uint32_t floor =
        std::max(scan_.sentence_of(draft.order).first, same_sentence(draft) ? in_force_.token : 0U);
    for (std::uint32_t k = cues_.groups[draft.group].begin; k > floor;) {
      --k;
      if (scan_.quoted(k) || !scan_.finite(k)) continue;
      const Speaker subject = subject_of(scan_, k);
      if (!subject.found || subject.speakerless || (subject.begin != kNoIndex && subject.begin < floor)) return false;
      draft.speaker = subject;
      draft.speaker.inherit = false;
      settle(draft);
      return true;
    }
    return false;
  }

  // The words of the speaker name him where no entity does. « Le joueur » alone is who spoke before.
  void name_source(Draft& draft) {
    Speaker& speaker = draft.speaker;
    if (!speaker.found || speaker.speakerless || speaker.begin == kNoIndex || speaker.end == kNoIndex) return;
    if (speaker.begin >= speaker.end || speaker.end > scan_.size()) return;
    const std::uint16_t flags = draft.has_cue ? scan_.tables.cues[draft.cue].flags : std::uint16_t{kOpinion};
    const bool any_noun = (flags & (kInanimate | kOpinion)) == 0 && draft.shape != Shape::attribute &&
                          draft.shape != Shape::object && draft.shape != Shape::in_force;
    const std::uint32_t cue = draft.group != kNoIndex ? cues_.groups[draft.group].begin : draft.cue_first;
    const std::uint32_t limit = draft.has_cue && cue >= speaker.end ? cue : scan_.size();
    const Naming naming = sources_.name(speaker, any_noun, limit);
    if (naming == Naming::named && speaker.end - 1 < scan_.size() && !scan_.unknown_name(speaker.end - 1))
      note_number(speaker.entities[0], scan_.token(speaker.end - 1).morph.number);
    if (naming == Naming::named || naming == Naming::nobody) return;
    // « le joueur »: who spoke before, else the only person of whom the last sentences tell.
    Speaker like = speaker;
    like.number = Number::sing;
    like.gender = Gender::none;
    const bool goes_on = naming == Naming::told_before || only_speech_between(in_force_.token, draft.first);
    if (near(draft.order) && goes_on && compatible(like, in_force_.entities) &&
        scan_.entities.entities[in_force_.entities[0]].kind == ThingKind::person) {
      speaker.entities = in_force_.entities;
    } else {
      speaker.entities = only_person_before(draft);
    }
    speaker.how = SpeakerHow::pronoun;
    if (speaker.entities.empty() && naming == Naming::told_or_new) sources_.name(speaker, any_noun, limit, true);
  }

  // The only person named in the sentence of the cue and the two before it; nobody if there are several.
  std::vector<EntityId> only_person_before(const Draft& draft) const {
    const std::uint32_t sentence = scan_.words[draft.order].sentence;
    EntityId found;
    for (std::uint32_t i = draft.order, steps = 0; i > 0 && steps < 120; ++steps) {
      --i;
      if (scan_.words[i].sentence + 2 < sentence) break;
      if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
      const Mention& mention = scan_.mention(scan_.words[i].mention);
      if (!mention.entity || scan_.entities.entities[mention.entity].kind != ThingKind::person) continue;
      if (found && mention.entity != found) return {};
      found = mention.entity;
    }
    return found ? std::vector<EntityId>{found} : std::vector<EntityId>{};
  }

  bool same_sentence(const Draft& draft) const {
    return in_force_.known && in_force_.token > 0 &&
           scan_.words[std::min(in_force_.token, scan_.size()) - 1].sentence == scan_.words[draft.order].sentence;
  }

  // Who the sentence before is about, if the pronoun fits.
  void take_subject_before(Draft& draft) const {
    const std::uint32_t first = scan_.sentence_of(std::min(draft.first, draft.order)).first;
    if (first == 0 || block_of(first - 1) + 1 < block_of(first)) return;
    const Speaker subject = first_subject(scan_, first - 1);
    if (!subject.entities.empty() && compatible(draft.speaker, subject.entities))
      draft.speaker.entities = subject.entities;
  }

  // The last person named before who fits the pronoun, in the paragraph `block` or a later one.
  void look_up_pronoun(Draft& draft, std::uint32_t block) const {
    const std::uint32_t begin = scan_.token(draft.order).span.begin;
    std::uint32_t steps = 0;
    for (std::uint32_t i = draft.order; i > 0 && steps < 120; ++steps) {
      --i;
      if (scan_.words[i].mention == kNoIndex || scan_.quoted(i)) continue;
      if (block_of(i) < block) return;
      const Mention& mention = scan_.mention(scan_.words[i].mention);
      if (!mention.entity || mention.span.begin >= begin) continue;
      const Entity& entity = scan_.entities.entities[mention.entity];
      if (entity.kind != ThingKind::person) continue;
      const std::vector<EntityId> candidates = scan_.entities.expand(mention.entity);
      if (!compatible(draft.speaker, candidates)) continue;
      draft.speaker.entities = candidates;
      return;
    }
  }

  // « l'agence X », « l'agence de presse X »: the name that follows is the speaker's.
  bool named_behind(Speaker& speaker) const {
    std::uint32_t i = speaker.end;
    for (int steps = 0;
         steps < 2 && i < scan_.size() && (scan_.preposition(i) || scan_.noun(i)) && scan_.words[i].mention == kNoIndex;
         ++steps)
      ++i;
    if (i >= scan_.size() || scan_.words[i].mention == kNoIndex || scan_.quoted(i)) return false;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    if (mention.form != MentionForm::name || !mention.entity) return false;
    speaker.entities = scan_.entities.expand(mention.entity);
    speaker.span = cover(*speaker.span, mention.span);
    speaker.end = mention.last_token;
    speaker.outlet = scan_.entities.entities[mention.entity].outlet;
    return true;
  }

  // « la publication », « le quotidien »: the outlet named last.
  void look_up_outlet(Draft& draft) const {
    Speaker& speaker = draft.speaker;
    if (speaker.end == kNoIndex || speaker.end == 0 || !scan_.is(speaker.end - 1, kOutletNoun)) return;
    if (speaker.end - speaker.begin != 2) return;  // « un autre journal » is another one
    if (named_behind(speaker)) return;
    std::uint32_t steps = 0;
    for (std::uint32_t i = speaker.begin; i > 0 && steps < 250; ++steps) {
      --i;
      if (scan_.words[i].mention == kNoIndex) continue;
      const Mention& mention = scan_.mention(scan_.words[i].mention);
      if (!mention.entity || !scan_.entities.entities[mention.entity].outlet) continue;
      speaker.entities.assign(1, mention.entity);
      speaker.how = SpeakerHow::pronoun;
      speaker.outlet = true;
      return;
    }
  }

  // A bare quotation: the speaker told behind the next one, else who spoke before, else who the sentence before is
  // about.
  void settle_free(std::uint32_t d, const std::vector<std::uint32_t>& order) {
    Draft& draft = drafts_[d];
    draft.speaker.how = SpeakerHow::in_force;
    draft.follows_speech = in_force_.token > 0 && in_force_.block == block_of(draft.first) &&
                           draft.first <= in_force_.token + 16 && draft.first >= in_force_.token &&
                           only_speech_between(in_force_.token, draft.first);
    if (draft.follows_speech) {
      draft.speaker.entities = in_force_.entities;
      return;
    }
    if (draft.follows_next) {
      const auto at = std::upper_bound(order.begin(), order.end(), d);
      for (auto it = at; it != order.end(); ++it) {
        const Draft& next = drafts_[*it];
        if (next.dropped || next.embedded) continue;
        if (next.shape == Shape::in_force && next.follows_next) continue;
        if (next.shape == Shape::incise && block_of(next.first) == block_of(draft.first)) {
          draft.speaker.entities = next.speaker.entities;
          draft.speaker.span = next.speaker.span;
        }
        break;
      }
      if (!draft.speaker.entities.empty()) return;
    }
    const std::vector<EntityId> about = subject_of_sentence_before(draft.first);
    if (!about.empty()) {
      draft.speaker.entities = about;
      return;
    }
    if (near(draft.first)) draft.speaker.entities = in_force_.entities;
  }

  bool only_speech_between(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t i = begin; i < end; ++i)
      if (scan_.finite(i) && !scan_.quoted(i)) return false;
    return true;
  }

  std::vector<EntityId> subject_of_sentence_before(std::uint32_t first) const {
    if (first == 0) return {};
    const std::uint32_t sentence = scan_.words[first - 1].sentence;
    if (scan_.analysis.sentences[sentence].block + 1 < block_of(first)) return {};
    const Speaker subject = first_subject(scan_, first - 1);
    if (subject.entities.size() != 1 || scan_.quoted(first - 1)) return {};
    if (scan_.entities.entities[subject.entities[0]].kind != ThingKind::person) return {};
    return subject.entities;
  }

  // A thought or a finding without anybody whose it could be is no statement.
  void drop_speakerless() {
    for (Draft& draft : drafts_) {
      if (draft.dropped || !draft.speaker.entities.empty()) continue;
      if (draft.shape == Shape::in_force && !draft.follows_speech) draft.dropped = true;
      if (draft.shape == Shape::attribute || draft.shape == Shape::object) draft.dropped = true;
      const bool noun =
          draft.speaker.begin != kNoIndex && draft.speaker.end > 0 && draft.speaker.end <= scan_.size() &&
          (scan_.is(draft.speaker.end - 1, kSourceNoun) || scan_.token(draft.speaker.end - 1).upos == Upos::PROPN);
      const bool name = draft.speaker.end != kNoIndex && draft.speaker.end > 0 && draft.speaker.end <= scan_.size() &&
                        scan_.token(draft.speaker.end - 1).capitalised && !scan_.token(draft.speaker.end - 1).known;
      if (name) continue;
      const bool anybody = draft.speaker.found && draft.speaker.begin != kNoIndex && draft.has_cue &&
                           (scan_.tables.cues[draft.cue].flags & (kInanimate | kOpinion)) == 0 &&
                           draft.shape == Shape::clause;
      if (anybody) continue;
      const bool finding = draft.has_cue && (scan_.tables.cues[draft.cue].flags & kInanimate) != 0 &&
                           draft.mode == StatementMode::mixed && draft.shape == Shape::clause;
      if ((draft.mode == StatementMode::indirect || finding) && !noun && !draft.speaker.person_pronoun)
        draft.dropped = true;
    }
  }

  // --- headings --------------------------------------------------------------------------------------------------

  bool heading(const Draft& draft) const {
    const BlockKind kind = scan_.page.blocks[block_of(draft.first)].kind;
    return kind == BlockKind::title || kind == BlockKind::heading || kind == BlockKind::caption;
  }

  // The words of a span by which it is recognised elsewhere.
  std::vector<std::string> content_words(Span span) const {
    std::vector<std::string> found;
    const NameWords words = split_name_words(scan_.page.text.bytes(), span);
    for (std::size_t i = 0; i < words.words.size(); ++i)
      if (words.word(i).size() >= 4) found.emplace_back(words.word(i).substr(0, 6));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  // What a heading tells and the body tells again is one statement, and the body's words are the fuller ones.
  void drop_repeated_headings() {
    std::vector<std::vector<std::string>> body;
    bool gathered = false;
    for (Draft& draft : drafts_) {
      if (draft.dropped || !heading(draft)) continue;
      if (!gathered) {
        for (const Draft& other : drafts_)
          if (!other.dropped && !other.act && !heading(other)) body.push_back(content_words(other.span));
        gathered = true;
      }
      const std::vector<std::string> words = content_words(draft.span);
      for (const std::vector<std::string>& other : body) {
        std::size_t shared = 0;
        for (const std::string& word : words)
          if (std::binary_search(other.begin(), other.end(), word)) ++shared;
        if (shared * 2 >= words.size()) {
          draft.dropped = true;
          break;
        }
      }
    }
  }

  // --- the day ---------------------------------------------------------------------------------------------------

  std::optional<Interval> day_of(const Draft& draft) const {
    const std::optional<Interval>& page_day = scan_.times.day;
    if (draft.has_cue) {
      const Sentence& sentence = scan_.sentence_of(draft.cue_first);
      const TimeMention* best = nullptr;
      std::uint32_t best_distance = kNoIndex;
      const Span cue = scan_.token(draft.cue_first).span;
      auto it = std::lower_bound(scan_.times.mentions.begin(), scan_.times.mentions.end(), sentence.span.begin,
                                 [](const TimeMention& time, std::uint32_t at) { return time.span.end <= at; });
      for (; it != scan_.times.mentions.end() && it->span.begin < sentence.span.end; ++it) {
        if (!it->interval || it->interval->granularity != Granularity::day || !it->interval->is_day()) continue;
        if (draft.span.overlaps(it->span)) continue;
        if (page_day && page_day->end && *it->interval->start > *page_day->end) continue;
        if (in_other_content(it->span)) continue;
        const std::uint32_t distance =
            it->span.begin < cue.begin ? cue.begin - it->span.begin : it->span.begin - cue.begin;
        if (distance < best_distance) {
          best = &*it;
          best_distance = distance;
        }
      }
      if (best != nullptr && best_distance < 160) return best->interval;
      if (best != nullptr && best->span.begin < sentence.span.begin + 16) return best->interval;
    }
    if (page_day && page_day->is_day()) return page_day;
    return std::nullopt;
  }

  bool in_other_content(Span span) const {
    const std::uint32_t token = static_cast<std::uint32_t>(scan_.analysis.token_at(span.begin));
    if (token >= scan_.size()) return false;
    if (scan_.quoted(token)) return true;
    auto it = std::lower_bound(drafts_.begin(), drafts_.end(), span.begin,
                               [](const Draft& draft, std::uint32_t at) { return draft.span.begin <= at; });
    for (int steps = 0; it != drafts_.begin() && steps < 4; ++steps) {
      --it;
      if (!it->dropped && !it->act && it->span.contains(span)) return true;
    }
    return false;
  }

  // --- the end ---------------------------------------------------------------------------------------------------

  double base_confidence(const Draft& draft) const {
    const Confidence& c = scan_.tables.confidence;
    if (draft.embedded) return c.embedded;
    switch (draft.shape) {
      case Shape::clause:
        return draft.mode == StatementMode::mixed ? c.mixed : c.clause;
      case Shape::question:
        return c.question;
      case Shape::infinitive:
        return c.infinitive;
      case Shape::marked_infinitive:
        return c.marked_infinitive;
      case Shape::quotation:
        return draft.colon ? c.direct_colon : c.direct_beside_cue;
      case Shape::attribute:
        return c.attribute;
      case Shape::object:
        return c.object;
      case Shape::incise:
        return draft.mode == StatementMode::direct ? c.direct_beside_cue : c.incise;
      case Shape::according_to:
        return c.according_to;
      case Shape::in_force:
        return c.direct_in_force;
    }
    return 0.5;
  }

  float confidence_of(const Draft& draft) const {
    const Confidence& c = scan_.tables.confidence;
    double factor = c.unknown;
    if (!draft.speaker.entities.empty()) {
      factor = draft.speaker.how == SpeakerHow::named     ? c.named
               : draft.speaker.how == SpeakerHow::source  ? c.source
               : draft.speaker.how == SpeakerHow::pronoun ? c.pronoun
                                                          : c.in_force;
      if (draft.shape == Shape::in_force) factor = 1.0;  // its base counts the speaker in
    }
    return static_cast<float>(base_confidence(draft) * factor);
  }

  Statements finish() {
    Statements statements;
    for (const Draft& draft : drafts_) {
      if (draft.dropped || draft.act) continue;
      Statement s;
      s.span = draft.span;
      s.mode = draft.mode;
      s.speakers = draft.speaker.entities;
      s.speaker_span = draft.speaker.span;
      if (draft.has_cue) {
        const Cue& cue = scan_.tables.cues[draft.cue];
        s.cue_span = Span{scan_.token(draft.cue_first).span.begin, scan_.token(draft.cue_last - 1).span.end};
        if (draft.group != kNoIndex) s.cue_span = cue_words(draft);
        s.cue_lemma = cue.lemma;
        s.stance = cue.stance;
      }
      s.addressees = draft.addressees;
      s.date = day_of(draft);
      s.via = draft.via;
      s.sentence = scan_.words[draft.first].sentence;
      s.confidence = confidence_of(draft);
      statements.push_back(std::move(s));
    }
    return statements;
  }

  // The cue's own words, without the pronoun behind them.
  Span cue_words(const Draft& draft) const {
    const VerbGroup& group = cues_.groups[draft.group];
    std::uint32_t end = group.end;
    if (group.inverted_pronoun != kNoIndex && group.inverted_pronoun + 1 == end) --end;
    return Span{scan_.token(group.head).span.begin, scan_.token(std::max(end, group.head + 1) - 1).span.end};
  }

  Scan scan_;
  Cues cues_;
  Sources sources_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> last_of_quotation_;  // the draft added last for each; kNoIndex: none
  std::vector<bool> used_;                        // quotations that a statement holds
  std::vector<bool> plural_;                      // by entity: called by a plural
  std::vector<bool> feminine_;                    // by entity: called with a feminine article
  InForce in_force_;
};

}  // namespace

Statements find_statements(const Page& page, const Analysis& analysis, const Times& times, Entities& entities,
                           const Knowledge&, const StatementRules& rules) {
  if (analysis.tokens.empty()) return {};
  return Finder(page, analysis, times, entities, rules.tables()).run();
}

}  // namespace chancery
