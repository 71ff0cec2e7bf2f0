// The subject is the nearest mention that no preposition and no other verb governs. An unknown noun in its place (« un
// haut gradé ») is a subject too: then the speaker is unknown, which is better than the next name to the left.
#include "statements/speakers.h"

#include <algorithm>

namespace chancery::speech {

namespace {

constexpr std::uint32_t kLongestSubjectSearch = 90;  // words to the left
constexpr std::uint32_t kLongestName = 8;            // words

bool can_speak(const Scan& scan, const Mention& mention) {
  if (!mention.entity) return mention.form == MentionForm::pronoun;
  const Entity& entity = scan.entities.entities[mention.entity];
  return entity.kind != ThingKind::place || mention.metonym;
}

std::uint32_t mention_begin(const Scan& scan, std::uint32_t i) {
  const std::uint32_t mention = scan.words[i].mention;
  while (i > 0 && scan.words[i - 1].mention == mention) --i;
  return i;
}

std::uint32_t mention_end(const Scan& scan, std::uint32_t i) {
  const std::uint32_t mention = scan.words[i].mention;
  while (i < scan.size() && scan.words[i].mention == mention) ++i;
  return i;
}

void add_mention(const Scan& scan, std::uint32_t index, Speaker& speaker) {
  const Mention& mention = scan.mention(index);
  speaker.found = true;
  speaker.span = speaker.span ? cover(*speaker.span, mention.span) : mention.span;
  if (mention.form == MentionForm::pronoun) {
    speaker.how = SpeakerHow::pronoun;
  } else if (speaker.how == SpeakerHow::unknown) {
    speaker.how = SpeakerHow::named;
  }
  if (mention.gender != Gender::none) speaker.gender = mention.gender;
  if (!mention.entity) return;
  speaker.outlet = scan.entities.entities[mention.entity].outlet;
  for (const EntityId id : scan.entities.expand(mention.entity))
    if (std::find(speaker.entities.begin(), speaker.entities.end(), id) == speaker.entities.end())
      speaker.entities.push_back(id);
}

bool person(const Scan& scan, const Mention& mention) {
  return mention.entity && scan.entities.entities[mention.entity].kind == ThingKind::person;
}

// The token before the words that belong to a noun group beginning at i: determiners, adjectives, numbers.
std::uint32_t before_group(const Scan& scan, std::uint32_t i, std::uint32_t first) {
  while (i > first) {
    const Token& token = scan.token(i - 1);
    const bool within = token.upos == Upos::DET || (token.upos == Upos::ADJ && !scan.noun(i - 1)) ||
                        token.upos == Upos::NUM ||
                        (scan.words[i - 1].adverbial && i > first + 1 && scan.token(i).upos == Upos::ADJ &&
                         scan.token(i - 2).upos == Upos::DET) ||
                        (scan.is(i - 1, kIndefinitePronoun | kSame) && scan.noun(i)) ||
                        (scan.is(i - 1, kPossessive) && token.upos != Upos::PRON) ||
                        (token.upos == Upos::PROPN && scan.words[i - 1].mention == kNoIndex);
    if (!within || scan.quoted(i - 1) || scan.words[i - 1].punctuation == Punctuation::comma) break;
    --i;
  }
  return i == first ? kNoIndex : i - 1;
}

}  // namespace

namespace {

// Whether the word stands in no mention of whom or what the knowledge holds.
bool known_to_nobody(const Scan& scan, std::uint32_t i) {
  if (scan.words[i].mention == kNoIndex) return !scan.token(i).known || scan.token(i).upos == Upos::PROPN;
  const Mention& mention = scan.mention(scan.words[i].mention);
  if (mention.form == MentionForm::office) return true;  // « le palais de Y », into which a name may have run
  return !mention.entity || !scan.entities.entities[mention.entity].thing;
}

}  // namespace

std::uint32_t name_begin(const Scan& scan, std::uint32_t last_word, std::uint32_t first) {
  std::uint32_t begin = last_word;
  const auto name = [&](std::uint32_t i) { return scan.unknown_name(i) && !scan.quoted(i) && !scan.punctuation(i); };
  while (begin > first && last_word - begin < kLongestName) {
    if (name(begin - 1)) {
      --begin;
    } else if (begin > first + 1 && scan.is(begin - 1, kNameConnector) && !scan.quoted(begin - 1) &&
               scan.token(begin - 2).capitalised && name(begin - 2)) {
      begin -= 2;
    } else {
      break;
    }
  }
  return begin;
}

namespace {

// « , ministre russe … » behind a name, « le président » before a name: the name says more.
std::uint32_t prefer_name(const Scan& scan, std::uint32_t begin, std::uint32_t first) {
  const Mention& mention = scan.mention(scan.words[begin].mention);
  if (mention.form == MentionForm::name && person(scan, mention)) return begin;
  if (mention.form == MentionForm::pronoun) return begin;
  // « Dans l'affaire X, la Cour a dit »: a body with its article is no apposition to a person.
  if (mention.form == MentionForm::name && begin > first && scan.is(begin - 1, kDefinite) && mention.entity &&
      scan.entities.entities[mention.entity].thing)
    return begin;
  std::uint32_t before = before_group(scan, begin, first);
  bool comma = false;
  if (before != kNoIndex && scan.words[before].punctuation == Punctuation::comma) {
    comma = true;
    before = before > first ? before - 1 : kNoIndex;
  }
  if (before == kNoIndex || !comma || scan.words[before].mention == kNoIndex) return begin;
  const Mention& other = scan.mention(scan.words[before].mention);
  if (other.form != MentionForm::name || !person(scan, other)) return begin;
  return mention_begin(scan, before);
}

// « ce dernier », « l'intéressé »: a pronoun of several words that begins at token i.
bool take_long_pronoun(const Scan& scan, std::uint32_t i, Speaker& speaker) {
  const std::uint32_t index = scan.words[i].mention;
  if (index == kNoIndex || scan.mention(index).form != MentionForm::pronoun || mention_end(scan, i) < i + 2)
    return false;
  const Mention& mention = scan.mention(index);
  speaker.begin = i;
  speaker.end = mention_end(scan, i);
  speaker.span.reset();
  add_mention(scan, index, speaker);
  speaker.speakerless = false;
  speaker.person_pronoun = true;
  speaker.gender = mention.gender;
  speaker.number = mention.number;
  speaker.how = SpeakerHow::pronoun;
  speaker.fixed = !speaker.entities.empty();
  return true;
}

void take_pronoun(const Scan& scan, std::uint32_t i, Speaker& speaker) {
  if (take_long_pronoun(scan, i, speaker)) return;
  speaker.found = true;
  speaker.begin = i;
  speaker.end = i + 1;
  speaker.span = scan.token(i).span;
  speaker.how = SpeakerHow::pronoun;
  if (scan.is(i, kSpeakerlessPronoun)) {
    speaker.speakerless = true;
    return;
  }
  speaker.person_pronoun = true;
  speaker.gender = scan.is(i, kFemininePronoun)    ? Gender::fem
                   : scan.is(i, kMasculinePronoun) ? Gender::masc
                                                   : Gender::none;
  speaker.number = scan.is(i, kPluralPronoun) ? Number::plur : Number::sing;
  if (scan.words[i].mention != kNoIndex && scan.mention(scan.words[i].mention).form == MentionForm::pronoun)
    add_mention(scan, scan.words[i].mention, speaker);
  if (speaker.number == Number::sing && speaker.entities.size() > 1) speaker.entities.clear();
  speaker.how = SpeakerHow::pronoun;
}

// « Le premier », « la seconde » before a verb or the end of a clause, not « la première fois ».
bool one_of_two(const Scan& scan, std::uint32_t i) {
  if (!scan.is(i, kDefinite) || i + 1 >= scan.size() || scan.quoted(i) || scan.token(i + 1).upos == Upos::VERB)
    return false;
  if (i + 2 < scan.size() && !scan.verb(i + 2) && !scan.punctuation(i + 2) && !scan.is(i + 2, kClitic | kNegation))
    return false;
  return scan.phrase_at(scan.tables.former_of_two, i) == 2 || scan.phrase_at(scan.tables.latter_of_two, i) == 2;
}

// Walks left from a verb to its subject.
class SubjectSearch {
 public:
  SubjectSearch(const Scan& scan, std::uint32_t from, std::uint32_t first, Number number)
      : scan_(scan), from_(from), i_(from), first_(first), number_(number) {}

  Speaker run() {
    for (std::uint32_t steps = 0; i_ > first_ && steps < kLongestSubjectSearch && !done_; ++steps) {
      --i_;
      step();
    }
    return speaker_;
  }

 private:
  void step() {
    if (scan_.quoted(i_)) {
      i_ = std::max(first_, scan_.quotation_first[scan_.words[i_].quotation]);
      past_verb_ = past_verb_ || i_ > first_;
      return;
    }
    const Word& word = scan_.words[i_];
    if (word.punctuation == Punctuation::close_bracket) {
      while (i_ > first_ && scan_.words[i_].punctuation != Punctuation::open_bracket) --i_;
      return;
    }
    if (word.punctuation == Punctuation::semicolon || word.punctuation == Punctuation::colon || run_in()) {
      done_ = true;
      return;
    }
    if (word.punctuation == Punctuation::dash && scan_.token(i_).space_before) {
      skip_between_dashes();
      return;
    }
    if (word.punctuation == Punctuation::comma) {
      comma_ = true;
      if (skip_relative()) return;
      return;
    }
    if (!past_verb_ && scan_.is(i_, kIndefinitePronoun) && indefinite_subject()) {
      speaker_.found = true;
      speaker_.span = scan_.token(i_).span;
      done_ = true;
      return;
    }
    if (i_ > first_ && !past_verb_ && one_of_two(scan_, i_ - 1)) {
      speaker_ = Speaker{};
      speaker_.found = true;
      speaker_.begin = --i_;
      speaker_.end = i_ + 2;
      speaker_.number = Number::sing;
      speaker_.span = Span{scan_.token(i_).span.begin, scan_.token(i_ + 1).span.end};
      done_ = true;
      return;
    }
    if (word.in_time || (word.adverbial && word.mention == kNoIndex)) return;
    if (word.mention != kNoIndex && scan_.mention(word.mention).form != MentionForm::pronoun) return at_mention();
    if (word.mention != kNoIndex && scan_.mention(word.mention).form == MentionForm::pronoun &&
        !scan_.is(i_, kSubjectPronoun))
      return at_long_pronoun();
    // « La médiation, elle, assure »: between commas the pronoun only takes the subject up.
    if (scan_.is(i_, kSubjectPronoun) && comma_ && i_ + 1 < from_ && i_ > first_ &&
        scan_.words[i_ + 1].punctuation == Punctuation::comma && scan_.words[i_ - 1].punctuation == Punctuation::comma)
      return;
    if (scan_.is(i_, kSubjectPronoun) && pronoun_subject()) {
      take_pronoun(scan_, i_, speaker_);
      done_ = true;
      return;
    }
    if (scan_.is(i_, kSubjectRelative) && !antecedent_ && !past_verb_) {
      antecedent_ = true;
      relative_ = i_;
      return;
    }
    if (scan_.is(i_, kComplementiser | kConditionalConjunction) && !scan_.is(i_, kReflexive)) {
      // The clause of the cue begins here.
      if (!(i_ > first_ && scan_.is(i_ - 1, kConjunctionLead))) done_ = true;
      return;
    }
    if (scan_.verb(i_) && scan_.token(i_).morph.is_finite()) {
      past_verb_ = true;
      return;
    }
    if (scan_.noun(i_)) at_noun();
  }

  // « … voiture de X Le président a dit »: the page ran a heading into the sentence; what stands before the article
  // with a capital is another sentence. The article itself has been passed, so it is looked for behind.
  bool run_in() const { return opens_sentence(i_ + 1) && !scan_.punctuation(i_); }

  bool opens_sentence(std::uint32_t k) const {
    return k < scan_.size() && scan_.token(k).capitalised && scan_.is(k, kDefinite) &&
           scan_.token(k).upos == Upos::DET && scan_.token(k).space_before && scan_.words[k].mention == kNoIndex;
  }

  // « X — qui … — a dit »: back to the dash before.
  void skip_between_dashes() {
    for (std::uint32_t k = i_, steps = 0; k > first_ && steps < 40; ++steps) {
      --k;
      if (scan_.words[k].punctuation != Punctuation::dash || !scan_.token(k).space_before) continue;
      i_ = k;
      return;
    }
  }

  // « X, qui …, a dit »: from the comma back over the relative clause.
  bool skip_relative() {
    std::uint32_t k = i_;
    for (std::uint32_t steps = 0; k > first_ && steps < 40; ++steps) {
      --k;
      if (scan_.quoted(k)) {
        k = std::max(first_, scan_.quotation_first[scan_.words[k].quotation]);
        continue;
      }
      if (scan_.is(k, kSubjectRelative) && k > first_ &&
          (scan_.words[k - 1].punctuation == Punctuation::comma || scan_.words[k - 1].mention != kNoIndex)) {
        i_ = k;
        return true;
      }
      // « X, pour qui …, a dit »
      if (scan_.is(k, kSubjectRelative) && k > first_ + 1 && scan_.preposition(k - 1) &&
          scan_.words[k - 2].punctuation == Punctuation::comma) {
        i_ = k - 1;
        return true;
      }
      if (scan_.words[k].punctuation == Punctuation::comma && steps > 0) return false;
    }
    return false;
  }

  // « Ce dernier a affirmé que »
  void at_long_pronoun() {
    const std::uint32_t end = i_ + 1, begin = std::max(mention_begin(scan_, i_), first_);
    i_ = begin;
    const std::uint32_t before = before_group(scan_, begin, first_);
    if (end - begin < 2 || (before != kNoIndex && (scan_.preposition(before) || behind_verb(before)))) return;
    take_long_pronoun(scan_, begin, speaker_);
    done_ = true;
  }

  // « beaucoup ont dit », not « beaucoup d'experts », « certains experts ».
  bool indefinite_subject() const {
    const std::uint32_t next = i_ + 1;
    return scan_.token(i_).upos != Upos::DET && scan_.token(i_).upos != Upos::NOUN && next < scan_.size() &&
           !scan_.is(next, kOfMarker) && !scan_.noun(next) &&
           !(i_ > first_ && scan_.preposition(i_ - 1) && !scan_.is(i_ - 1, kOfMarker));
  }

  bool pronoun_subject() const {
    // « nous », « vous » and the articles' twins are subjects only where a verb or clitic follows.
    const Upos upos = scan_.token(i_).upos;
    // « X nous a tenu ce langage »: a verb of the third person has another subject.
    if (scan_.is(i_, kSpeakerlessPronoun) && scan_.is(i_, kClitic) && i_ > first_ && i_ + 1 < scan_.size() &&
        scan_.finite(i_ + 1) && scan_.token(i_ + 1).morph.person == 3)
      return false;
    return upos == Upos::PRON || (upos != Upos::DET && !scan_.is(i_, kClitic));
  }

  bool governed(std::uint32_t begin) const {
    if (complement_of_noun(begin)) return true;
    // « avec le président russe X »: what governs the title governs the name.
    if (begin > first_ && scan_.words[begin - 1].mention != kNoIndex &&
        scan_.mention(scan_.words[begin].mention).form == MentionForm::name &&
        scan_.mention(scan_.words[begin - 1].mention).form == MentionForm::office) {
      const std::uint32_t title = std::max(first_, mention_begin(scan_, begin - 1));
      const std::uint32_t lead = before_group(scan_, title, first_);
      if (lead != kNoIndex && scan_.preposition(lead)) return !straight_before_relative();
    }
    const std::uint32_t before = before_group(scan_, begin, first_);
    if (before == kNoIndex) return false;
    if (quantified(before)) return false;
    if (named_body(before, begin)) {
      const std::uint32_t of_noun = before_group(scan_, before, first_);
      return of_noun != kNoIndex && scan_.preposition(of_noun) && !straight_before_relative();
    }
    if (scan_.is(before, kAsLead) && i_ + 1 == from_) return false;  // « comme X l'a dit »
    if (scan_.preposition(before))
      return !(straight_before_relative() && (!scan_.is(before, kOfMarker) || of_a_thing(before)));
    // The object of another verb.
    return behind_verb(before) && !antecedent_ && !scan_.quoted(before);
  }

  // « cité par l'agence X »: what governs the body's noun governs its name.
  bool named_body(std::uint32_t noun, std::uint32_t begin) const {
    return noun + 1 == begin && scan_.is(noun, kOutletNoun | kBodyNoun) && scan_.noun(noun) &&
           scan_.words[noun].mention == kNoIndex && !person(scan_, scan_.mention(scan_.words[begin].mention));
  }

  // A verb at the token, or before the adverbs that stand there: « réclament toujours | le versement ».
  bool behind_verb(std::uint32_t i) const {
    while (i > first_ && scan_.token(i).upos == Upos::ADV && !scan_.quoted(i) && !scan_.words[i].in_time) --i;
    return scan_.verb(i);
  }

  // « les accusations de X, qui affirme »: things do not speak, so X does.
  bool of_a_thing(std::uint32_t of) const {
    return of > first_ && scan_.token(of - 1).upos == Upos::NOUN && !scan_.is(of - 1, kSourceNoun) &&
           scan_.words[of - 1].mention == kNoIndex && !scan_.token(of - 1).capitalised;
  }

  // « la plupart des X »: the « de » at the token governs nothing of its own.
  bool quantified(std::uint32_t of) const {
    return of > first_ && scan_.is(of, kOfMarker) && scan_.is(of - 1, kQuantifier);
  }

  // « avec X, qui a dit »: whatever governs X, he is meant.
  bool straight_before_relative() const {
    if (relative_ == kNoIndex || relative_ == 0) return false;
    const std::uint32_t before = relative_ - 1;
    return i_ == before ||
           (before > first_ && i_ == before - 1 && scan_.words[before].punctuation == Punctuation::comma);
  }

  // « la coalition pro-X », « l'affaire X »: a bare name straight behind a noun that is nobody's title.
  bool complement_of_noun(std::uint32_t begin) const {
    if (begin <= first_ || scan_.words[begin - 1].mention != kNoIndex || scan_.quoted(begin - 1)) return false;
    if (!scan_.token(begin).space_before && scan_.token(begin - 1).span.end == scan_.token(begin).span.begin &&
        !scan_.is(begin - 1, kPreposition) && scan_.token(begin - 1).upos != Upos::DET && !scan_.punctuation(begin - 1))
      return true;
    const bool one_word = mention_end(scan_, begin) == begin + 1;
    return one_word && scan_.token(begin - 1).upos == Upos::NOUN && !scan_.is(begin - 1, kSourceNoun);
  }

  void at_mention() {
    const Mention& mention = scan_.mention(scan_.words[i_].mention);
    std::uint32_t begin = std::max(mention_begin(scan_, i_), first_);
    const bool free = !governed(begin);
    const bool sure = can_speak(scan_, mention);
    if (free && sure && agrees(mention, begin)) {
      begin = std::max(first_, prefer_name(scan_, begin, first_));
      take(begin, i_ + 1);
      return;
    }
    if (free && !sure && !past_verb_) {
      // A place or an unknown thing as the subject.
      speaker_.found = true;
      speaker_.span = mention.span;
      if (!mention.entity) {
        speaker_.begin = begin;
        speaker_.end = i_ + 1;
      } else if (!comma_ && i_ + 1 == from_) {
        take(begin, i_ + 1);  // a place straight before the verb of saying stands for its people
      }
      if (!comma_) done_ = true;
    }
    i_ = begin;
  }

  bool agrees(const Mention& mention, std::uint32_t begin) const {
    if (number_ == Number::none || mention.number == Number::none || mention.number == number_) return true;
    // « les talibans »: the words are plural where the name is one.
    if (number_ == Number::plur)
      return scan_.token(i_).morph.number == Number::plur || plural_article(begin) || coordinated(begin) != kNoIndex;
    return true;
  }

  bool plural_article(std::uint32_t begin) const {
    return begin > first_ && scan_.token(begin - 1).upos == Upos::DET &&
           scan_.token(begin - 1).morph.number == Number::plur;
  }

  // The last token of the mention that « et » joins to the one that begins at `begin`.
  std::uint32_t coordinated(std::uint32_t begin) const {
    std::uint32_t before = before_group(scan_, begin, first_);
    // « A, B et C »: behind one « et » the commas join as well.
    const bool comma =
        speaker_.entities.size() > 1 && before != kNoIndex && scan_.words[before].punctuation == Punctuation::comma;
    if (before == kNoIndex || !(comma || scan_.is(before, kCoordinator)) || before == first_) return kNoIndex;
    if (!comma && scan_.words[before - 1].punctuation == Punctuation::comma) before = before_apposition(before - 1);
    if (before == kNoIndex || before == first_) return kNoIndex;
    return scan_.words[before - 1].mention != kNoIndex ? before - 1 : kNoIndex;
  }

  // « X, de l'université de Y, et Z »: from the comma back to the one behind X.
  std::uint32_t before_apposition(std::uint32_t comma) const {
    for (std::uint32_t k = comma, steps = 0; k > first_ && steps < 14; ++steps) {
      --k;
      if (scan_.quoted(k) || scan_.finite(k)) return kNoIndex;
      if (scan_.words[k].punctuation == Punctuation::comma) return k;
    }
    return kNoIndex;
  }

  void take(std::uint32_t begin, std::uint32_t end) {
    speaker_ = Speaker{};
    speaker_.begin = begin;
    speaker_.end = end;
    std::uint32_t at = begin;
    add_mention(scan_, scan_.words[at].mention, speaker_);
    speaker_.number = scan_.mention(scan_.words[at].mention).number;
    while (number_ != Number::sing) {
      const std::uint32_t other = coordinated(at);
      if (other == kNoIndex || (number_ == Number::none && speaker_.number == Number::plur)) break;
      at = mention_begin(scan_, other);
      if (!can_speak(scan_, scan_.mention(scan_.words[other].mention))) break;
      add_mention(scan_, scan_.words[other].mention, speaker_);
      speaker_.begin = at;
    }
    // Names before names in the order of the page.
    if (speaker_.entities.size() > 1) std::reverse(speaker_.entities.begin(), speaker_.entities.end());
    done_ = true;
  }

  // A name that nobody knows, straight behind a noun in apposition or on its own.
  bool at_unknown_name() {  // always true, so that callers may return it
    const std::uint32_t begin = name_begin(scan_, i_, first_);
    const bool several = begin < i_;
    std::uint32_t before = before_group(scan_, begin, first_);
    const bool behind_noun = before != kNoIndex && before + 1 == begin && scan_.noun(before);
    // « du laboratoire X »: what governs the noun governs its name.
    if (behind_noun && scan_.words[before].mention == kNoIndex) {
      const std::uint32_t of_noun = before_group(scan_, before, first_);
      if (of_noun != kNoIndex && scan_.preposition(of_noun) && !several) before = of_noun;
    }
    const bool meant = straight_before_relative() && before != kNoIndex && !scan_.is(before, kOfMarker);
    if (before != kNoIndex && ((scan_.preposition(before) && !meant) || (scan_.verb(before) && !antecedent_) ||
                               (behind_noun && !several && !scan_.is(before, kSourceNoun)))) {
      i_ = begin;
      return true;
    }
    if (comma_ && past_verb_) {
      i_ = begin;
      return true;
    }
    speaker_ = Speaker{};
    speaker_.found = true;
    speaker_.begin = begin;
    speaker_.end = i_ + 1;
    speaker_.span = Span{scan_.token(begin).span.begin, scan_.token(i_).span.end};
    done_ = true;
    return true;
  }

  void at_noun() {
    if (scan_.unknown_name(i_) && at_unknown_name()) return;
    if (i_ > first_ && scan_.token(i_ - 1).upos == Upos::NUM && !scan_.is(i_, kSourceNoun)) return;  // « 58 ans »
    std::uint32_t before = before_group(scan_, i_, first_);
    const bool determined = i_ > first_ && before != i_ - 1;
    std::uint32_t begin = before == kNoIndex ? first_ : before + 1;
    if (before != kNoIndex && opens_sentence(begin)) before = kNoIndex;
    const bool meant = straight_before_relative() && scan_.is(i_, kSourceNoun);
    const bool many = before != kNoIndex && quantified(before);
    if (before != kNoIndex && !meant && !many && (scan_.preposition(before) || scan_.noun(before))) return;
    if (before != kNoIndex && !many && scan_.is(before, kOfMarker)) return;
    if (before != kNoIndex && behind_verb(before) && !antecedent_) return;
    if (!determined && before != kNoIndex && scan_.words[before].punctuation == Punctuation::comma) {
      take_name_before(before);
      return;
    }
    if (!determined && before != kNoIndex && !many) return;
    if (comma_ && !scan_.is(i_, kSourceNoun) && past_verb_) return;
    // « X, le ministre du Y, a dit », « X, ministre du Y, qui a dit »: the name before the apposition.
    if (take_name_before(before)) return;
    // « X, qui souffre de Y, une maladie de Z, a dit »: between commas stands an apposition to a thing.
    if (comma_ && before != kNoIndex && scan_.words[before].punctuation == Punctuation::comma &&
        !scan_.is(i_, kSourceNoun)) {
      i_ = before + 1;
      return;
    }
    // A subject that is no mention.
    speaker_ = Speaker{};
    speaker_.found = true;
    speaker_.begin = begin;
    speaker_.end = i_ + 1;
    speaker_.span = Span{scan_.token(speaker_.begin).span.begin, scan_.token(i_).span.end};
    done_ = true;
  }

  bool take_name_before(std::uint32_t before) {
    if (before == kNoIndex || before == first_ || scan_.words[before].punctuation != Punctuation::comma) return false;
    const std::uint32_t index = scan_.words[before - 1].mention;
    if (index == kNoIndex && before >= first_ + 2 && scan_.unknown_name(before - 1) && scan_.unknown_name(before - 2)) {
      // « X, directrice du Y, a dit », a name of two words or more that nobody knows
      i_ = before - 1;
      return at_unknown_name();
    }
    if (index == kNoIndex || scan_.mention(index).form != MentionForm::name || !person(scan_, scan_.mention(index)))
      return false;
    const std::uint32_t begin = std::max(first_, mention_begin(scan_, before - 1));
    if (!antecedent_ && (governed(begin) || !comma_)) return false;
    take(begin, before);
    return true;
  }

  const Scan& scan_;
  std::uint32_t from_;
  std::uint32_t i_;
  std::uint32_t first_;
  Number number_;
  bool done_ = false;
  bool comma_ = false;
  bool past_verb_ = false;
  bool antecedent_ = false;
  std::uint32_t relative_ = kNoIndex;  // the pronoun, « qui »
  Speaker speaker_;
};

bool nominal_at(const Scan& scan, std::uint32_t i) {
  return i < scan.size() && scan.words[i].mention != kNoIndex &&
         scan.mention(scan.words[i].mention).form == MentionForm::nominal;
}

// « l'attaché de presse à Londres, X »: the comma behind the place where somebody is; `i` itself if none stands there.
std::uint32_t behind_place(const Scan& scan, std::uint32_t i, std::uint32_t last) {
  if (!scan.preposition(i) || scan.is(i, kOfMarker) || scan.quoted(i)) return i;
  for (std::uint32_t k = i + 1; k < last && k < i + 7; ++k) {
    if (scan.words[k].punctuation == Punctuation::comma) return k;
    if (scan.quoted(k) || scan.verb(k) || scan.punctuation(k)) return i;
  }
  return i;
}

// « la France, l'Allemagne et le Royaume-Uni »: names joined by commas behind token `end`, the last by « et »; what a
// verb follows is the next clause's subject.
bool enumerated(const Scan& scan, std::uint32_t end, std::uint32_t last) {
  constexpr int kLongestList = 8;
  for (int names = 0; end < last && names < kLongestList; ++names) {
    const bool joined = scan.is(end, kCoordinator);
    if (!joined && scan.words[end].punctuation != Punctuation::comma) return false;
    std::uint32_t k = end + 1;
    while (k < last && k < end + 4 && scan.token(k).upos == Upos::DET && scan.words[k].mention == kNoIndex) ++k;
    if (k >= last || scan.words[k].mention == kNoIndex || scan.quoted(k)) return false;
    const Mention& next = scan.mention(scan.words[k].mention);
    if (next.form != MentionForm::name || !can_speak(scan, next)) return false;
    end = mention_end(scan, k);
    if (joined) return names > 0 && !(end < last && (scan.finite(end) || scan.is(end, kClitic | kNegation)));
  }
  return false;
}

// From a mention on: further ones joined by « et », and a name in apposition.
void extend_behind(const Scan& scan, std::uint32_t end, std::uint32_t last, bool plural, Speaker& speaker) {
  bool listed = false;
  bool named = false;  // a name in apposition has been passed
  for (;;) {
    if (end >= last) break;
    std::uint32_t k = behind_place(scan, end, last);
    listed = listed || (plural && k == end && enumerated(scan, end, last));
    const bool joined = scan.is(k, kCoordinator) || (listed && scan.words[k].punctuation == Punctuation::comma);
    const bool comma = !joined && scan.words[k].punctuation == Punctuation::comma;
    if (comma || joined) ++k;
    // « , le capitaine X »: the title before the name
    while (k < last && scan.words[k].mention == kNoIndex &&
           (scan.token(k).upos == Upos::DET || scan.token(k).upos == Upos::ADJ ||
            (comma && scan.is(k, kSourceNoun) && scan.token(k).upos == Upos::NOUN)))
      ++k;
    if (k >= last || scan.words[k].mention == kNoIndex || scan.quoted(k)) break;
    const Mention& next = scan.mention(scan.words[k].mention);
    if (next.form == MentionForm::pronoun || !can_speak(scan, next)) break;
    const std::uint32_t next_end = mention_end(scan, k);
    // « Selon les procureurs, X a payé »: what has a verb of its own is no apposition.
    if (comma && next_end < last && (scan.finite(next_end) || scan.is(next_end, kClitic | kNegation))) break;
    if (joined) {
      const bool one_person = speaker.entities.size() == 1 && !plural;
      if (one_person && next_end < last && scan.verb(next_end)) break;  // the next clause's subject
      add_mention(scan, scan.words[k].mention, speaker);
    } else {
      // Apposition: the person's name wins over office or nominal; the same entity only widens the span.
      const bool same = speaker.entities.size() == 1 && next.entity == speaker.entities[0];
      const bool name = next.form == MentionForm::name && person(scan, next);
      const bool was_person_name = speaker.how == SpeakerHow::named && speaker.begin != kNoIndex &&
                                   scan.words[speaker.begin].mention != kNoIndex &&
                                   scan.mention(scan.words[speaker.begin].mention).form == MentionForm::name;
      // « Selon le porte-parole, X, le président Y a dit »: behind a name another's title is the next subject.
      const bool was_named = (named || was_person_name) && next.entity && !same;
      named = named || name;
      if (same) {
        speaker.span = cover(*speaker.span, next.span);
      } else if (!comma && next.form == MentionForm::name && next.entity && nominal_at(scan, speaker.begin)) {
        // « l'agence de presse X »
        speaker.entities = scan.entities.expand(next.entity);
        speaker.span = cover(*speaker.span, next.span);
        speaker.outlet = scan.entities.entities[next.entity].outlet;
      } else if (name && !was_person_name) {
        speaker.entities.assign(1, next.entity);
        speaker.span = cover(*speaker.span, next.span);
        speaker.gender = next.gender;
      } else if (next.form == MentionForm::office && comma && !was_named) {
        speaker.end = next_end;
      } else {
        break;
      }
    }
    speaker.end = next_end;
    end = next_end;
  }
}

// « Au Quai d'Orsay, on répète que »: the place at the head of the sentence is who « on » is.
Speaker anybody_before(const Scan& scan, std::uint32_t pronoun, std::uint32_t first) {
  if (pronoun < first + 3 || scan.words[pronoun - 1].punctuation != Punctuation::comma) return {};
  std::uint32_t i = first;
  while (i < pronoun && (scan.is(i, kCoordinator) || scan.words[i].adverbial || scan.punctuation(i))) ++i;
  if (scan.quoted(i) || !scan.preposition(i) || scan.is(i, kOfMarker)) return {};
  Speaker speaker = source_at(scan, i + 1);
  if (!speaker.found || speaker.speakerless || speaker.person_pronoun || speaker.end == kNoIndex) return {};
  if (speaker.entities.empty() && !scan.is(speaker.end - 1, kSourceNoun)) return {};
  return speaker.end + 4 >= pronoun ? speaker : Speaker{};
}

}  // namespace

namespace {

// « Moscou, par la voix de X, a précisé que », « a précisé Moscou par la voix de X »: between tokens `from` and `to`.
Speaker voice_between(const Scan& scan, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t i = from; i < to && i < from + 3 && !scan.quoted(i); ++i) {
    if (const std::uint32_t length = scan.phrase_at(scan.tables.voices, i); length > 0 && i + length < to) {
      Speaker voice = source_at(scan, i + length, false);
      return voice.entities.size() == 1 && !voice.person_pronoun ? voice : Speaker{};
    }
    if (scan.words[i].punctuation != Punctuation::comma) break;
  }
  return {};
}

Speaker subject_of_group(const Scan& scan, const VerbGroup& group);

}  // namespace

Speaker subject_before(const Scan& scan, const VerbGroup& group) {
  const Speaker subject = subject_of_group(scan, group);
  if (!subject.found || subject.end == kNoIndex || subject.end + 2 >= group.begin) return subject;
  const Speaker voice = voice_between(scan, subject.end, group.begin);
  return voice.found ? voice : subject;
}

namespace {

Speaker subject_of_group(const Scan& scan, const VerbGroup& group) {
  const std::uint32_t first = scan.sentence_of(group.head).first;
  Speaker speaker;
  if (group.inverted_pronoun != kNoIndex) {
    take_pronoun(scan, group.inverted_pronoun, speaker);
    return speaker;
  }
  // « ajoutant que », « et affirmé que », « avant d'ajouter »: the speaker before goes on.
  if (group.form == GroupForm::gerund || group.form == GroupForm::participle) speaker.inherit = true;
  if (group.form == GroupForm::infinitive) {
    const std::uint32_t before = group.begin;
    if (before > first && scan.words[before - 1].mention != kNoIndex && scan.is(group.begin, kOfMarker)) {
      speaker = SubjectSearch(scan, before, first, Number::none).run();
      if (!speaker.entities.empty()) return speaker;
    }
    speaker = Speaker{};
    speaker.inherit = true;
    return speaker;
  }
  if (speaker.inherit) {
    // « la justice estimant que »: the gerund has a subject of its own straight before it.
    std::uint32_t at = group.begin;
    while (at > first + 1 && scan.token(at - 1).upos == Upos::ADJ && scan.words[at - 1].mention == kNoIndex) --at;
    if (group.form == GroupForm::gerund && at > first && !scan.quoted(at - 1) &&
        (scan.words[at - 1].mention != kNoIndex || (scan.noun(at - 1) && scan.is(at - 1, kSourceNoun))) &&
        !scan.is(at - 1, kChannelNoun) &&
        !(at > first + 1 && scan.words[at - 1].mention == kNoIndex && scan.token(at - 2).upos == Upos::NOUN)) {
      Speaker own = SubjectSearch(scan, at, first, Number::none).run();
      if (own.found && own.end != kNoIndex && own.end >= at && own.end <= group.begin) return own;
    }
    return speaker;
  }
  // « , a ajouté », « et a ajouté »: no subject stands directly before; the clause before lends its own.
  Speaker found = SubjectSearch(scan, group.begin, first, group.number).run();
  if (found.speakerless && found.begin != kNoIndex && scan.is(found.begin, kAnybody))
    if (Speaker known = anybody_before(scan, found.begin, first); known.found) return known;
  std::uint32_t before = group.begin;
  while (before > first && scan.words[before - 1].adverbial) --before;
  if (before > first && scan.is(before - 1, kCoordinator)) found.inherit = true;
  return found;
}

// « des sources diplomatiques »: the noun of a plural subject behind its verb, whose article looks like « de »;
// kNoIndex if none stands there.
std::uint32_t behind_partitive(const Scan& scan, const VerbGroup& group, std::uint32_t i, std::uint32_t last) {
  if (group.number != Number::plur || scan.token(i).part != 1 || !scan.is(i, kOfMarker)) return kNoIndex;
  std::uint32_t k = i + 1;
  while (k < last && k < i + 4 && scan.words[k].mention == kNoIndex &&
         (scan.token(k).upos == Upos::DET || (scan.token(k).upos == Upos::ADJ && !scan.noun(k))))
    ++k;
  if (k >= last || scan.quoted(k) || !scan.noun(k) || !scan.is(k, kSourceNoun)) return kNoIndex;
  return scan.token(k).morph.number == Number::plur ? k : kNoIndex;
}

// « au micro de notre correspondante X Y un diplomate »: behind a person's noun the name belongs to the phrase, where a
// subject follows. `i`: behind the noun.
std::uint32_t behind_name_of_phrase(const Scan& scan, std::uint32_t i, std::uint32_t last) {
  if (i >= last || i == 0 || scan.words[i].mention == kNoIndex || !scan.is(i - 1, kSourceNoun)) return i;
  if (scan.words[i - 1].mention != kNoIndex || !person(scan, scan.mention(scan.words[i].mention))) return i;
  const std::uint32_t end = mention_end(scan, i);
  return end + 1 < last && scan.is(end, kIndefinite) && scan.noun(end + 1) ? end : i;
}

// A run of words with capitals, tokens [begin, end).
struct Run {
  std::uint32_t begin = 0, end = 0;
};

// The run with which the prepositional phrase at i ends, three words or more: « du Beau-Rivage Kaveh Rostami ».
Run capitals_at(const Scan& scan, std::uint32_t i, std::uint32_t last) {
  Run run;
  for (std::uint32_t k = i; k < last && k < i + 14 && !scan.quoted(k) && !scan.punctuation(k) && !scan.verb(k); ++k) {
    if (!scan.token(k).capitalised || !known_to_nobody(scan, k)) {
      run = Run{};
    } else if (run.end != k) {
      run = Run{k, k + 1};
    } else {
      run.end = k + 1;
    }
  }
  return run.end - run.begin >= 3 ? run : Run{};
}

// « … du Beau-Rivage X Y, un conseiller de Z »: where no other subject stands, the last words of the run are its name,
// the first the place's. `i`: the comma or the end of the sentence behind the run.
bool cut_run(const Scan& scan, const Run& run, std::uint32_t i, Speaker& speaker) {
  const std::uint32_t size = run.end - run.begin;
  if (size < 3 || run.end != i) return false;
  std::uint32_t next = i + 1;
  if (next < scan.size() && scan.is(next, kIndefinite)) ++next;
  const bool apposition = next < scan.size() && scan.is(next, kSourceNoun);
  if (scan.words[i].punctuation == Punctuation::comma && !apposition) return false;
  speaker.found = true;
  speaker.cut_name = true;
  speaker.begin = run.begin + (size == 3 ? 1 : 2);
  speaker.end = run.end;
  speaker.span = Span{scan.token(speaker.begin).span.begin, scan.token(speaker.end - 1).span.end};
  return true;
}

// « assure-t-on à l'Élysée », « dit-on de source diplomatique »: who « on » is stands behind it.
Speaker anybody_behind(const Scan& scan, std::uint32_t i) {
  Speaker nobody;
  if (i + 1 >= scan.size() || scan.quoted(i)) return nobody;
  if (const std::uint32_t length = scan.phrase_at(scan.tables.prepositions, i);
      length > 1 && scan.is(i + length - 1, kSourceNoun))
    return source_at(scan, i + length - 1);
  if (!scan.preposition(i) || scan.is(i, kOfMarker)) return nobody;
  Speaker speaker = source_at(scan, i + 1);
  // « a-t-on répondu aux envoyés »: to whom, not who; a body is where.
  if (scan.is(i, kToMarker)) {
    for (const EntityId id : speaker.entities)
      if (const ThingKind kind = scan.entities.entities[id].kind; kind == ThingKind::person || kind == ThingKind::group)
        return nobody;
    const bool noun = speaker.entities.empty() && speaker.end != kNoIndex && speaker.end > 0;
    if (noun && !scan.is(speaker.end - 1, kBodyNoun | kChannelNoun)) return nobody;
  }
  const bool somebody = !speaker.entities.empty() || (speaker.end != kNoIndex && scan.is(speaker.end - 1, kSourceNoun));
  return speaker.found && !speaker.speakerless && somebody ? speaker : nobody;
}

}  // namespace

Speaker subject_behind(const Scan& scan, const VerbGroup& group) {
  Speaker speaker;
  if (group.inverted_pronoun != kNoIndex) {
    take_pronoun(scan, group.inverted_pronoun, speaker);
    if (speaker.speakerless && scan.is(group.inverted_pronoun, kAnybody))
      if (Speaker known = anybody_behind(scan, group.end); known.found) return known;
    return speaker;
  }
  const std::uint32_t last = scan.sentence_of(group.head).last;
  const std::uint32_t limit = std::min(last, group.end + scan.tables.cue_to_subject);
  std::uint32_t i = group.end;
  Run run;
  if (const std::uint32_t length = i < last ? scan.phrase_at(scan.tables.one_of_them, i) : 0; length > 0) {
    speaker.found = speaker.one_of_them = true;
    speaker.begin = i;
    speaker.end = i + length;
    speaker.span = Span{scan.token(i).span.begin, scan.token(i + length - 1).span.end};
    return speaker;
  }
  while (i < limit) {
    const Word& word = scan.words[i];
    if (scan.quoted(i) || scan.is(i, kComplementiser | kRelative)) break;
    // « a prévenu le même »
    if (scan.is(i, kSame) && i > group.end && scan.is(i - 1, kDefinite) && (i + 1 >= last || scan.punctuation(i + 1))) {
      speaker.found = speaker.inherit = true;
      speaker.span = scan.token(i).span;
      break;
    }
    if (word.adverbial || word.in_time) {
      ++i;
      continue;
    }
    if (word.punctuation == Punctuation::comma) {
      if (cut_run(scan, run, i, speaker)) return speaker;
      // « a dit, mardi, X »
      ++i;
      continue;
    }
    if (word.punctuation != Punctuation::none || scan.punctuation(i)) break;
    if (const std::uint32_t noun = behind_partitive(scan, group, i, last); noun != kNoIndex) {
      i = noun;
    } else if (scan.preposition(i)) {
      if (i + 1 < limit && scan.is(i, kOfMarker | kToMarker) && scan.infinitive(i + 1))
        break;  // « a refusé de commenter ces faits »
      run = capitals_at(scan, i, last);
      i = skip_phrase(scan, i, limit);
      // « à l'agence X »: the name belongs to the noun before it, unless it is the only one.
      if (i < limit && scan.noun(i - 1) && scan.words[i - 1].mention == kNoIndex && scan.is(i - 1, kOutletNoun) &&
          (scan.words[i].mention != kNoIndex || scan.unknown_name(i)))
        i = scan.words[i].mention != kNoIndex ? mention_end(scan, i) : i + 1;
      i = behind_name_of_phrase(scan, i, limit);
      continue;
    }
    if (scan.finite(i) && scan.words[i].mention == kNoIndex) break;
    if (scan.words[i].mention != kNoIndex) {
      const Mention& mention = scan.mention(scan.words[i].mention);
      if (!can_speak(scan, mention)) {
        speaker.found = true;
        speaker.span = mention.span;
        if (!mention.entity) {
          speaker.begin = i;
          speaker.end = mention_end(scan, i);
        }
        break;
      }
      speaker.begin = i;
      speaker.end = mention_end(scan, i);
      add_mention(scan, scan.words[i].mention, speaker);
      speaker.number = mention.number;
      extend_behind(scan, speaker.end, last, group.number == Number::plur, speaker);
      if (const Speaker voice = voice_between(scan, speaker.end, last); voice.found) return voice;
      return speaker;
    }
    if (scan.noun(i)) {
      // An unknown noun: « a dit un haut gradé ».
      speaker.found = true;
      std::uint32_t begin = i;
      // « un ancien sénateur »
      if (i + 1 < limit && scan.is(i, kSourceNoun) && scan.noun(i + 1) && scan.is(i + 1, kSourceNoun) &&
          scan.words[i + 1].mention == kNoIndex && !scan.token(i + 1).capitalised)
        ++i;
      while (begin > group.end && (scan.token(begin - 1).upos == Upos::DET || scan.token(begin - 1).upos == Upos::ADJ))
        --begin;
      speaker.begin = begin;
      speaker.end = i + 1;
      speaker.span = Span{scan.token(begin).span.begin, scan.token(i).span.end};
      // « a dit le porte-parole X »: a name in apposition.
      Speaker named = speaker;
      extend_behind(scan, i + 1, last, false, named);
      if (!named.entities.empty()) {
        named.how = SpeakerHow::named;
        return named;
      }
      return speaker;
    }
    ++i;
  }
  if (!speaker.found && run.end > 0 && run.end <= i && i < scan.size() &&
      scan.words[i].punctuation == Punctuation::stop)
    cut_run(scan, run, run.end, speaker);
  return speaker;
}

Speaker source_at(const Scan& scan, std::uint32_t i, bool words) {
  Speaker speaker;
  if (i >= scan.size()) return speaker;
  const std::uint32_t last = scan.sentence_of(i).last;
  std::uint32_t k = i;
  while (k < last && scan.words[k].mention == kNoIndex &&
         (scan.token(k).upos == Upos::DET || scan.token(k).upos == Upos::ADJ || scan.token(k).upos == Upos::NUM ||
          (scan.words[k].adverbial && k > i)) &&
         !scan.is(k, kObliquePronoun) && !(scan.is(k, kSame) && k + 1 < last && scan.punctuation(k + 1)))
    ++k;
  if (k >= last || scan.quoted(k)) return speaker;
  // « selon les propos de X », « selon ses propos »
  if (words && scan.is(k, kWordsNoun) && scan.words[k].mention == kNoIndex && k + 2 < last && scan.is(k + 1, kOfMarker))
    return source_at(scan, k + 2, false);
  // « d'après ses mémoires »: whose they are.
  if (words && scan.is(k, kWordsNoun) && scan.words[k].mention == kNoIndex && k > i && scan.is(k - 1, kPossessive)) {
    speaker.found = speaker.person_pronoun = true;
    speaker.how = SpeakerHow::pronoun;
    speaker.begin = i;
    speaker.end = k + 1;
    speaker.span = Span{scan.token(i).span.begin, scan.token(k).span.end};
    return speaker;
  }
  if (scan.words[k].mention != kNoIndex) {
    const Mention& mention = scan.mention(scan.words[k].mention);
    if (mention.form == MentionForm::pronoun) {
      take_pronoun(scan, k, speaker);
      return speaker;
    }
    speaker.begin = i;
    speaker.end = mention_end(scan, k);
    if (!can_speak(scan, mention)) return speaker;
    add_mention(scan, scan.words[k].mention, speaker);
    extend_behind(scan, speaker.end, last, true, speaker);
    return speaker;
  }
  if (scan.is(k, kObliquePronoun)) {
    take_pronoun(scan, k, speaker);
    return speaker;
  }
  // « selon le même »
  if (scan.is(k, kSame) && k > i && (k + 1 >= last || scan.punctuation(k + 1))) {
    speaker.found = speaker.inherit = true;
    speaker.begin = i;
    speaker.end = k + 1;
    speaker.span = Span{scan.token(i).span.begin, scan.token(k).span.end};
    return speaker;
  }
  if (scan.token(k).capitalised && (scan.token(k).upos == Upos::PROPN || !scan.token(k).known)) {
    // A name that nobody knows is a source all the same.
    std::uint32_t end = k + 1;
    while (end < last && scan.token(end).capitalised && scan.words[end].mention == kNoIndex && !scan.quoted(end)) ++end;
    speaker.found = true;
    speaker.begin = i;
    speaker.end = end;
    speaker.span = Span{scan.token(k).span.begin, scan.token(end - 1).span.end};
    return speaker;
  }
  // « selon le géologue X »: a name tells that the noun is a person's.
  const bool named_behind = scan.noun(k) && k > i && k + 1 < last && scan.words[k + 1].mention != kNoIndex &&
                            !scan.quoted(k + 1) && scan.mention(scan.words[k + 1].mention).form == MentionForm::name &&
                            person(scan, scan.mention(scan.words[k + 1].mention));
  if ((scan.is(k, kSourceNoun) || named_behind) && scan.noun(k)) {
    speaker.found = true;
    speaker.begin = i;
    speaker.end = k + 1;
    speaker.span = Span{scan.token(i).span.begin, scan.token(k).span.end};
    Speaker named = speaker;
    extend_behind(scan, k + 1, last, false, named);
    if (!named.entities.empty()) {
      named.how = SpeakerHow::named;
      return named;
    }
  }
  return speaker;
}

Speaker subject_of(const Scan& scan, std::uint32_t verb) {
  const std::uint32_t first = scan.sentence_of(verb).first;
  std::uint32_t begin = verb;
  while (begin > first && scan.is(begin - 1, kClitic | kNegation) && !scan.is(begin - 1, kSubjectPronoun)) --begin;
  return SubjectSearch(scan, begin, first, scan.token(verb).morph.number).run();
}

Speaker first_subject(const Scan& scan, std::uint32_t i) {
  const std::uint32_t first = scan.sentence_of(i).first;
  // The subject of the sentence's first finite verb.
  for (std::uint32_t k = first; k < i; ++k) {
    if (scan.quoted(k)) continue;
    if (k > first && scan.words[k - 1].punctuation == Punctuation::comma && scan.is(k, kRelative)) {
      // « une lettre, dont X a obtenu copie, … »: over the relative clause, where it closes.
      std::uint32_t close = k;
      while (close < i && scan.words[close].punctuation != Punctuation::comma) ++close;
      if (close < i) k = close;
    }
    if (scan.finite(k)) return subject_of(scan, k);
  }
  return SubjectSearch(scan, i, first, Number::none).run();
}

std::vector<EntityId> addressees_between(const Scan& scan, const VerbGroup& group, std::uint32_t end,
                                         const Speaker& speaker) {
  std::vector<EntityId> found;
  const Cue& cue = scan.tables.cues[group.cue];
  for (std::uint32_t i = group.end; i < end && i < scan.size(); ++i) {
    if (scan.quoted(i) || scan.is(i, kRelative)) break;
    const std::uint32_t index = scan.words[i].mention;
    if (index == kNoIndex) continue;
    const Mention& mention = scan.mention(index);
    const std::uint32_t begin = i;
    i = mention_end(scan, i) - 1;
    if (speaker.begin != kNoIndex && begin >= speaker.begin && begin < speaker.end) continue;
    if (!mention.entity || !can_speak(scan, mention)) continue;
    const std::uint32_t before = before_group(scan, begin, group.end);
    const bool object = before == kNoIndex || before < group.end;
    const bool to = !object && scan.is(before, kAddresseePreposition | kToMarker);
    if (to && mention.as_place) continue;  // « à Paris » is where, not to whom
    // « a dit un conseiller au Sénat »: behind a noun that is no name a body tells who he is.
    const Entity& entity = scan.entities.entities[mention.entity];
    if (to && speaker.found && speaker.entities.empty() && !speaker.person_pronoun && speaker.end != kNoIndex &&
        begin >= speaker.end && scan.is(speaker.end - 1, kSourceNoun) && scan.token(begin - 1).upos == Upos::DET &&
        entity.kind == ThingKind::organisation && !entity.outlet)
      continue;
    if (!to && !(object && (cue.flags & kObjectAddressee) != 0)) continue;
    for (const EntityId id : scan.entities.expand(mention.entity))
      if (std::find(found.begin(), found.end(), id) == found.end() &&
          std::find(speaker.entities.begin(), speaker.entities.end(), id) == speaker.entities.end())
        found.push_back(id);
  }
  return found;
}

}  // namespace chancery::speech
