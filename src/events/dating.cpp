// When: the time mention of the trigger's own clause; else, for what the page tells as its news, the day that its story
// stands on; else nothing. Background gets a day only from its own words.
#include <algorithm>

#include "events/draft.h"

namespace chancery::frames {
namespace {

// What a page tells without a day further down is background more often than news: of the deeds of forty annotated
// pages that got the page's day in the first nine sentences three in four had it right, behind them one in three. What
// is said and who meets stays news longer.
constexpr std::uint32_t kNews = 9;
constexpr std::int32_t kTheseDays = 3;  // how far from its own day a page that tells news names a day, at least once
constexpr std::uint32_t kHead = 2;      // sentences that tell why the page was written
constexpr std::size_t kBrief = 6;       // a page of so few sentences tells nothing but news

class DateReader {
 public:
  DateReader(const PageView& view, const Phrases& phrases, const Clauses& clauses)
      : view_(view), phrases_(phrases), clauses_(clauses) {
    if (view.times.day && view.times.day->is_day()) page_day_ = view.times.day;
    speaks_of_its_days_ = page_day_ && (view.analysis.sentences.size() <= kBrief ||
                                        std::any_of(view.times.mentions.begin(), view.times.mentions.end(),
                                                    [&](const TimeMention& one) { return is_of_these_days(one); }));
  }

  void run(std::vector<Draft>& drafts) {
    owner_.assign(phrases_.phrases.size(), kNoPhrase);
    for (const Draft& draft : drafts)
      if (!draft.verbal) owner_[draft.phrase_last] = draft.phrase_last;
    std::size_t next = 0;
    for (std::uint32_t sentence = 0; sentence < view_.analysis.sentences.size(); ++sentence) {
      const std::uint32_t reported = follow_story(sentence);
      follow_episode(sentence);
      for (; next < drafts.size() && drafts[next].sentence == sentence; ++next) date(drafts[next], reported);
      remember_day(sentence);
    }
  }

 private:
  const Phrase& at(std::uint32_t phrase) const { return phrases_.phrases[phrase]; }

  // « mardi », « aujourd'hui », a dateline: what tells the news names its days. A feature, a portrait or a history that
  // names none tells nothing of the day on which it was published.
  bool is_of_these_days(const TimeMention& one) const {
    if (one.type != TimexType::date && one.type != TimexType::time) return false;
    if (!one.interval || !one.interval->is_day()) return false;
    const std::int32_t distance = one.interval->start->value - page_day_->start->value;
    return distance >= -kTheseDays && distance <= kTheseDays;
  }

  const TimeMention* mention_of(std::uint32_t phrase) const {
    const TimeMention& one = view_.times.mentions[at(phrase).time];
    const bool dated = one.type == TimexType::date || one.type == TimexType::time;
    return dated && one.interval && one.interval->known() ? &one : nullptr;
  }

  bool has_flag(std::uint32_t phrase, WordFlag flag) const {
    return at(phrase).preposition != 0 && (view_.rules.flag(at(phrase).preposition) & flag) != 0;
  }

  // « le sommet du 5 juin », of which the article may have become a word of its own
  bool is_of_noun(std::uint32_t time) const {
    if (at(time).preposition != 0) return at(time).preposition == view_.rules.of;
    std::uint32_t token = at(time).first;
    if (token > 0 && (view_.rules.flag(phrases_.words[token - 1]) & kDefinite) != 0) --token;
    return token > 0 && phrases_.words[token - 1] == view_.rules.of;
  }

  // The day that the story stands on once this sentence is read: a day of the last week that a finite verb in the past
  // names. Returns the time phrase, or none.
  std::uint32_t follow_story(std::uint32_t sentence) {
    std::uint32_t found = kNoPhrase;
    if (has_open_date(sentence)) story_.reset();
    for (std::uint32_t i = clauses_.begin(sentence); i < clauses_.end(sentence); ++i) {
      if (at(i).kind != PhraseKind::time || is_of_noun(i)) continue;
      if (has_flag(i, kDeadlinePreposition) || has_flag(i, kSincePreposition)) continue;
      const TimeMention* time = mention_of(i);
      if (time == nullptr || !time->interval->is_day()) continue;
      if (!is_recent(*time->interval) || !in_told_clause(i, sentence)) continue;
      found = i;
      story_ = *time->interval;
      story_sentence_ = sentence;
      break;
    }
    return found;
  }

  // A day further back, or before the story: « Le 5 octobre, A et B reprennent … », « Samedi, A avait … ». What the
  // next words tell in the same tense without a time of their own belongs to it.
  void follow_episode(std::uint32_t sentence) {
    for (std::uint32_t i = clauses_.begin(sentence); i < clauses_.end(sentence); ++i) {
      if (at(i).kind != PhraseKind::time || is_of_noun(i) || is_of_beginning(i, sentence)) continue;
      if (has_flag(i, kDeadlinePreposition) || has_flag(i, kSincePreposition)) continue;
      const TimeMention* time = mention_of(i);
      if (time == nullptr || !time->interval->is_day()) continue;
      const std::uint32_t verb = told_verb(i, sentence);
      if (verb == kNoPhrase) continue;
      episode_ = *time->interval;
      episode_sentence_ = sentence;
      episode_tense_ = told_tense(verb);
    }
  }

  // « pour la première fois depuis la reprise des combats, le 27 avril »
  bool is_of_beginning(std::uint32_t time, std::uint32_t sentence) const {
    for (std::uint32_t i = time; i-- > clauses_.begin(sentence) && time - i < 5;) {
      if (at(i).kind != PhraseKind::noun && at(i).kind != PhraseKind::comma) return false;
      if (at(i).kind == PhraseKind::noun && has_flag(i, kSincePreposition)) return true;
    }
    return false;
  }

  // The last day that the sentence names, whatever it tells of it.
  void remember_day(std::uint32_t sentence) {
    for (std::uint32_t i = clauses_.begin(sentence); i < clauses_.end(sentence); ++i) {
      if (at(i).kind != PhraseKind::time) continue;
      const TimeMention* time = mention_of(i);
      if (time == nullptr || !time->interval->is_day()) continue;
      then_ = *time->interval;
      then_sentence_ = sentence;
    }
  }

  // « s'étaient alors rendus à Kiev »: on the day named right before.
  bool points_to_day_before(std::uint32_t verb, const Draft& draft) const {
    if (!then_ || draft.sentence - then_sentence_ > 1) return false;
    for (std::uint32_t token = at(verb).first; token < at(verb).last; ++token)
      if ((view_.rules.flag(phrases_.forms[token]) & kThenWord) != 0) return true;
    return false;
  }

  // « À Rome, où il recevait X, Y a averti … »: on the day of what the clause goes with.
  bool goes_with_news(std::uint32_t verb, const Draft& draft) const {
    const bool place_told = is_contact(draft.kind) && at(verb).shape == VerbShape::finite && at(verb).imperfect &&
                            !at(verb).compound && at(verb).mood == Mood::ind;
    if (!place_told) return false;
    const std::uint32_t relative = clauses_.relative_of(verb, draft.sentence);
    if (relative == kNoPhrase || (view_.rules.flag(at(relative).word) & kPlaceRelative) == 0) return false;
    for (std::uint32_t i = verb + 1; i < clauses_.end(draft.sentence) && i - verb < 20; ++i) {
      if (at(i).kind == PhraseKind::stop) return false;
      if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::finite) return tells(i) && !at(i).imperfect;
    }
    return false;
  }

  // The finite verb whose clause a time stands in: the nearest before it, else the next.
  std::uint32_t told_verb(std::uint32_t time, std::uint32_t sentence) const {
    for (std::uint32_t i = time; i-- > clauses_.begin(sentence) && time - i < 12;) {
      if (at(i).kind == PhraseKind::verb) return at(i).shape == VerbShape::finite ? i : kNoPhrase;
      if (at(i).kind == PhraseKind::relative || at(i).kind == PhraseKind::stop) break;
    }
    for (std::uint32_t i = time + 1; i < clauses_.end(sentence) && i - time < 12; ++i)
      if (at(i).kind == PhraseKind::verb) return at(i).shape == VerbShape::finite ? i : kNoPhrase;
    return kNoPhrase;
  }

  enum class Told : std::uint8_t { other, present, past, before };
  Told told_tense(std::uint32_t verb) const {
    const Phrase& one = at(verb);
    if (one.mood != Mood::ind || one.tense == VerbTime::future) return Told::other;
    if (one.compound && one.imperfect) return Told::before;
    return one.tense == VerbTime::past ? Told::past : Told::present;
  }

  // Whether the verb goes on telling what the last day told of, and not the page's own news.
  bool goes_on(std::uint32_t verb, const Draft& draft) const {
    if (!episode_ || draft.sentence - episode_sentence_ > 1) return false;
    if (!in_one_paragraph(draft.sentence, episode_sentence_) || at(verb).shape != VerbShape::finite) return false;
    const Told tense = told_tense(verb);
    if (tense == Told::other || tense != episode_tense_ || !in_main_clause(verb, draft.sentence)) return false;
    return tense != Told::before && page_day_ && !is_recent(*episode_) && *episode_->start < *page_day_->start;
  }

  bool in_one_paragraph(std::uint32_t one, std::uint32_t other) const {
    return view_.analysis.sentences[one].block == view_.analysis.sentences[other].block;
  }

  // Whether the sentence names a date whose year nobody knows: « le 26 octobre » on a page without a day. The story has
  // moved on, but not to a day that could be given.
  bool has_open_date(std::uint32_t sentence) const {
    const auto& mentions = view_.times.mentions;
    auto one = std::lower_bound(mentions.begin(), mentions.end(), sentence,
                                [](const TimeMention& mention, std::uint32_t at) { return mention.sentence < at; });
    for (; one != mentions.end() && one->sentence == sentence; ++one)
      if (one->type == TimexType::date && !one->interval && one->value.starts_with("XXXX")) return true;
    return false;
  }

  bool is_recent(const Interval& day) const {
    if (!page_day_) return true;
    const std::int32_t distance = page_day_->start->value - day.start->value;
    return distance >= 0 && distance <= 7;
  }

  // Whether the clause of the time phrase tells with a finite verb in the past or present.
  bool in_told_clause(std::uint32_t time, std::uint32_t sentence) const {
    for (std::uint32_t i = time; i-- > clauses_.begin(sentence) && time - i < 12;) {
      if (at(i).kind == PhraseKind::verb) return tells(i);
      if (at(i).kind == PhraseKind::relative || at(i).kind == PhraseKind::stop) break;
    }
    for (std::uint32_t i = time + 1; i < clauses_.end(sentence) && i - time < 12; ++i)
      if (at(i).kind == PhraseKind::verb) return tells(i);
    return false;
  }

  bool tells(std::uint32_t verb) const {
    const Phrase& one = at(verb);
    return one.shape == VerbShape::finite && one.mood == Mood::ind && one.tense != VerbTime::future &&
           !(one.compound && one.imperfect);
  }

  void date(Draft& draft, std::uint32_t reported) {
    draft.before = goes_before(draft);
    const auto counted = counted_from_clause(draft, reported);
    const std::uint32_t own = counted ? kNoPhrase : own_time(draft);
    if (counted) {
      draft.date = counted;
    } else if (own != kNoPhrase) {
      const TimeMention* time = mention_of(own);
      const auto counted_day = counted_from(own);
      draft.date = counted_day ? counted_day : time->range ? time->range : time->interval;
      draft.date_span = time->span;
      if (contradicts_tense(draft)) {
        draft.date.reset();
        draft.date_span.reset();
        if (is_verbal_act(draft.kind)) default_day(draft, reported);
      }
    } else {
      default_day(draft, reported);
    }
    settle_status(draft);
  }

  // « X et Y s'étaient rencontrés à Z », and not what somebody said in the past that they had done.
  bool goes_before(const Draft& draft) const {
    std::uint32_t verb = draft.verbal ? draft.phrase : draft.governing.verb;
    if (verb == kNoPhrase || at(verb).kind != PhraseKind::verb) return false;
    if (!draft.verbal && (view_.rules.flag(at(verb).word) & kLightVerb) == 0) return false;
    return at(verb).shape == VerbShape::finite && told_tense(verb) == Told::before &&
           !is_reported(verb, draft.sentence);
  }

  // « prévu en février, le sommet avait été reporté »: what the pluperfect tells of is not next year's February.
  bool contradicts_tense(const Draft& draft) const {
    const std::uint32_t verb = draft.verbal ? draft.phrase : draft.governing.verb;
    if (verb == kNoPhrase || !page_day_ || !draft.date->start || *draft.date->start <= *page_day_->end) return false;
    const Phrase& group = at(verb);
    if (group.kind != PhraseKind::verb || group.mood != Mood::ind) return false;
    if (draft.verbal && is_verbal_act(draft.kind) && group.tense == VerbTime::present) return true;
    if (!group.compound) return false;
    // « a demandé la réunion, le 4 avril, du Conseil »: nor does what has been said lie ahead.
    return group.imperfect || (draft.verbal && is_verbal_act(draft.kind) && group.tense == VerbTime::past);
  }

  // « puis mardi à Varsovie », « puis à Varsovie mardi »: the day beside it; two meetings in one breath share theirs.
  std::uint32_t time_of_sequel(Draft& draft) {
    const std::uint32_t next = draft.sequel + 1;
    if (next < clauses_.end(draft.sentence) && usable(draft, next, true)) return next;
    if (at(draft.sequel - 1).kind == PhraseKind::time && at(draft.sequel - 1).first > draft.first &&
        usable(draft, draft.sequel - 1, true))
      return draft.sequel - 1;
    const std::uint32_t of_first = draft.verbal ? time_of_verb(draft, draft.phrase, false) : kNoPhrase;
    if (draft.kind == EventKind::visit && of_first != kNoPhrase) draft.background = true;
    return draft.kind == EventKind::visit ? kNoPhrase : of_first;
  }

  // « s'est rendu lundi à Nuku'alofa, avant de gagner Apia »: another day, unless it says so; what is said is said
  // there.
  bool comes_later(const Draft& draft) const {
    const Phrase& verb = at(draft.phrase);
    if (!draft.verbal || is_verbal_act(draft.kind) || verb.shape != VerbShape::infinitive) return false;
    return verb.preposition != 0 &&
           view_.rules.cues[verb.preposition].opener == static_cast<std::uint8_t>(EventStatus::happened);
  }

  std::uint32_t own_time(Draft& draft) {
    if (draft.sequel != kNoPhrase) return time_of_sequel(draft);
    if (comes_later(draft)) {
      draft.background = true;
      return behind(draft, draft.phrase, true);
    }
    if (draft.verbal) {
      const bool participle = at(draft.phrase).shape == VerbShape::participle;
      std::uint32_t found = time_of_verb(draft, draft.phrase, participle);
      if (found == kNoPhrase) found = time_of_modal(draft);
      if (found == kNoPhrase && participle && is_contact(draft.kind)) found = time_that_opens(draft);
      if (found == kNoPhrase) found = time_of_antecedent(draft, draft.phrase);
      return found != kNoPhrase ? found : time_of_circumstance(draft, draft.phrase);
    }
    const std::uint32_t beside = behind(draft, draft.phrase_last, false);
    if (beside != kNoPhrase) return beside;
    const std::uint32_t told_apart = time_of_aside(draft);
    const bool moved =
        draft.status == EventStatus::planned && draft.governing.relation == Relation::subject &&
        behind(draft, draft.governing.verb, true) != kNoPhrase;  // « prévue jeudi, a été reportée au 10 »
    if (told_apart != kNoPhrase && !moved) return told_apart;
    if (draft.relative != kNoPhrase) {
      const std::uint32_t told = behind(draft, draft.relative, true, true);
      if (told != kNoPhrase) return told;
    }
    const Governing& up = draft.governing;
    if (up.verb == kNoPhrase || at(up.verb).kind != PhraseKind::verb) return kNoPhrase;
    if (!shares_time(draft)) return kNoPhrase;
    std::uint32_t found = time_of_verb(draft, up.verb, false);
    const std::uint32_t carried = clauses_.carried(up.verb, draft.sentence);
    if (found == kNoPhrase && carried != up.verb) found = behind(draft, carried, true);
    return found != kNoPhrase ? found : time_of_antecedent(draft, up.verb);
  }

  // « Le 9 février, X et Y, réunis à Z, ont décidé … »
  std::uint32_t time_that_opens(Draft& draft) {
    const std::uint32_t first = clauses_.begin(draft.sentence);
    const std::uint32_t who = clauses_.described(draft.phrase, draft.sentence);
    if (who == kNoPhrase || who < first + 1 || who > first + 4) return kNoPhrase;
    return usable(draft, first, true) ? first : kNoPhrase;
  }

  // « En novembre, à Bruxelles, X devait rencontrer Y »
  std::uint32_t time_of_modal(Draft& draft) {
    if (at(draft.phrase).shape != VerbShape::infinitive || at(draft.phrase).preposition != 0) return kNoPhrase;
    const std::uint32_t modal = draft.phrase - 1;
    if (draft.phrase == clauses_.begin(draft.sentence) || at(modal).kind != PhraseKind::verb) return kNoPhrase;
    return at(modal).shape == VerbShape::finite ? time_of_verb(draft, modal, false) : kNoPhrase;
  }

  // « attendu mercredi à Moscou, où il doit rencontrer X », « le 31 janvier à Harare, où la SADC tenait un sommet »:
  // the day of the place.
  std::uint32_t time_of_antecedent(Draft& draft, std::uint32_t verb) {
    if (at(verb).shape == VerbShape::infinitive) {
      if (draft.within != kNoPhrase) return kNoPhrase;  // « où il a promis de libérer … »
      const std::uint32_t up = clauses_.governing(verb, draft.sentence).verb;
      if (up != kNoPhrase) verb = up;
    }
    const std::uint32_t relative = clauses_.relative_of(verb, draft.sentence);
    if (relative == kNoPhrase) return kNoPhrase;
    const bool there = (view_.rules.flag(at(relative).word) & kPlaceRelative) != 0;
    if (!there && !has_flag(relative, kSameTimePreposition)) return kNoPhrase;
    for (std::uint32_t i = relative; i-- > clauses_.begin(draft.sentence) && relative - i < 8;) {
      if (at(i).kind == PhraseKind::stop) break;
      if (at(i).kind == PhraseKind::verb)  // « Samedi, X s'est envolé pour Y, où Z l'a reçu »
        return shares_tense(i, verb) ? time_of_verb(draft, i, false) : kNoPhrase;
      if (usable(draft, i, true)) return i;
    }
    return kNoPhrase;
  }

  bool shares_tense(std::uint32_t one, std::uint32_t other) const {
    const bool finite = at(one).shape == VerbShape::finite && at(other).shape == VerbShape::finite;
    return finite && told_tense(one) != Told::other && told_tense(one) == told_tense(other);
  }

  // « Le 8 mars, lorsque X avait accepté l'invitation, Y … »: what goes with a clause has the day of that clause.
  std::uint32_t time_of_circumstance(Draft& draft, std::uint32_t verb) {
    std::uint32_t conjunction = kNoPhrase;
    std::uint32_t parent = clauses_.parent(verb, draft.sentence, &conjunction);
    if (conjunction == kNoPhrase || (view_.rules.flag(at(conjunction).word) & kWhenWord) == 0) return kNoPhrase;
    for (std::uint32_t i = conjunction; i-- > clauses_.begin(draft.sentence) && conjunction - i < 4;) {
      if (usable(draft, i, true)) return i;
      if (at(i).kind == PhraseKind::verb) break;
    }
    for (std::uint32_t i = verb + 1; parent == kNoPhrase && i < clauses_.end(draft.sentence); ++i) {
      if (at(i).kind == PhraseKind::relative || at(i).kind == PhraseKind::stop) return kNoPhrase;
      if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::finite) parent = i;
    }
    if (parent == kNoPhrase || at(parent).kind != PhraseKind::verb) return kNoPhrase;
    return time_of_verb(draft, parent, false);
  }

  // « Le retrait, achevé le 15 février, … », « La trêve, qui devait entrer en vigueur mardi, … »: what an aside tells
  // of the course of the noun's event.
  std::uint32_t time_of_aside(Draft& draft) {
    std::uint32_t i = draft.phrase_last + 1;
    const std::uint32_t last = clauses_.end(draft.sentence);
    while (i < last && i - draft.phrase_last < 6 &&
           (at(i).kind == PhraseKind::coordinator ||
            (at(i).kind == PhraseKind::noun && (at(i).preposition != 0 || at(i).coordinated != kNoPhrase))))
      ++i;
    if (i < last && at(i).kind == PhraseKind::comma) ++i;
    const bool relative = i < last && at(i).kind == PhraseKind::relative && at(i).relative_subject;
    if (relative) ++i;
    if (i >= last || at(i).kind != PhraseKind::verb) return kNoPhrase;
    if (at(i).shape != (relative ? VerbShape::finite : VerbShape::participle)) return kNoPhrase;
    const std::uint32_t course = clauses_.carried(i, draft.sentence);
    if (!tells_course(course) || !agrees(draft, i)) return kNoPhrase;
    // « des renforts qui ont été mis en avant en mai »: light verbs say little of a course in a clause of their own.
    const bool light = (view_.rules.flag(at(course).word) & (kOccurrenceVerb | kLightVerb)) == kLightVerb;
    if (relative && light && draft.kind != EventKind::agree) return kNoPhrase;
    return behind(draft, course, true, true);
  }

  // « trois jours après une rencontre », « au lendemain de l'expulsion », « un mois après que X eut signé »: so far
  // from the day of the clause.
  std::optional<Interval> counted_from_clause(Draft& draft, std::uint32_t reported) {
    std::uint32_t verb = kNoPhrase;
    const std::uint32_t opening = opening_of(draft, &verb);
    if (opening == kNoPhrase || at(opening).preposition == 0 || verb == kNoPhrase) return std::nullopt;
    if (at(verb).kind != PhraseKind::verb) return std::nullopt;
    Distance distance;
    if (has_flag(opening, kNextDayPreposition)) {
      distance.days = -1;
    } else if (has_flag(opening, kEvePreposition)) {
      distance.days = 1;
    } else {
      const bool after = has_flag(opening, kAfterPreposition);
      if (!after && !has_flag(opening, kBeforePreposition)) return std::nullopt;
      if (opening == clauses_.begin(draft.sentence) || at(opening - 1).kind != PhraseKind::time) return std::nullopt;
      const TimeMention& span = view_.times.mentions[at(opening - 1).time];
      const auto length = span.type == TimexType::duration ? length_of(span.value) : std::nullopt;
      if (!length) return std::nullopt;
      const int way = after ? -1 : 1;
      distance = {way * length->days, way * length->months};
    }
    // « trois jours après l'attaque du 5 mai »
    if (behind(draft, draft.verbal ? draft.phrase : draft.phrase_last, draft.verbal, true) != kNoPhrase)
      return std::nullopt;
    const std::optional<Interval> day = day_of_clause(verb, draft, reported);
    if (!day || !day->start || !day->end) return std::nullopt;
    return moved(*day, distance);
  }

  // The phrase whose preposition says how far, a noun, an infinitive or the conjunction of a verb's clause, and the
  // verb from whose day it counts.
  std::uint32_t opening_of(const Draft& draft, std::uint32_t* verb) const {
    if (!draft.verbal) {
      *verb = draft.governing.verb;
      return draft.phrase;
    }
    if (at(draft.phrase).shape == VerbShape::infinitive) {
      *verb = clauses_.governing(draft.phrase, draft.sentence).verb;
      for (std::uint32_t i = draft.phrase + 1; *verb == kNoPhrase && i < clauses_.end(draft.sentence); ++i)
        if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::finite) *verb = i;
      return draft.phrase;
    }
    std::uint32_t conjunction = kNoPhrase;
    *verb = clauses_.parent(draft.phrase, draft.sentence, &conjunction);
    return conjunction;
  }

  std::optional<Interval> day_of_clause(std::uint32_t verb, Draft& draft, std::uint32_t reported) {
    const std::uint32_t own = time_of_verb(draft, verb, false);
    if (own != kNoPhrase) return mention_of(own)->interval;
    if (reported != kNoPhrase) return mention_of(reported)->interval;
    if (!is_news(verb, draft)) return std::nullopt;
    return story_ && draft.sentence - story_sentence_ <= 3 ? story_ : page_day_;
  }

  struct Distance {
    std::int32_t days = 0, months = 0;
  };

  // « Un mois après le 11 septembre »: what a length of time before « après » or « avant » and a date leads to.
  std::optional<Interval> counted_from(std::uint32_t time) const {
    const bool after = has_flag(time, kAfterPreposition);
    if ((!after && !has_flag(time, kBeforePreposition)) || time == 0) return std::nullopt;
    if (at(time - 1).kind != PhraseKind::time || at(time).first - at(time - 1).last > 2) return std::nullopt;
    const TimeMention& span = view_.times.mentions[at(time - 1).time];
    const auto length = span.type == TimexType::duration ? length_of(span.value) : std::nullopt;
    if (!length) return std::nullopt;
    const int way = after ? 1 : -1;
    return moved(*mention_of(time)->interval, {way * length->days, way * length->months});
  }

  // « P3D », « P2W », « PT5H », « P7M », « P2Y »
  static std::optional<Distance> length_of(std::string_view value) {
    if (value.starts_with("PT") && value.ends_with("H")) return Distance{};
    if (value.size() < 3 || value.size() > 6 || value[0] != 'P') return std::nullopt;
    std::int32_t number = 0;
    for (const char digit : value.substr(1, value.size() - 2)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      number = number * 10 + (digit - '0');
    }
    if (value.back() == 'D') return Distance{number, 0};
    if (value.back() == 'W') return Distance{number * 7, 0};
    if (value.back() == 'M') return Distance{0, number};
    if (value.back() == 'Y') return Distance{0, number * 12};
    return std::nullopt;
  }

  // So many days from a day are a day, so many months from it a month, and years a year.
  static std::optional<Interval> moved(const Interval& from, Distance distance) {
    if (distance.months == 0)
      return from.is_day() ? std::optional(interval_of(Day{from.start->value + distance.days})) : std::nullopt;
    const auto civil = from.start->civil();
    if (distance.months % 12 == 0) return interval_from_iso(std::to_string(civil.year + distance.months / 12));
    const bool month_known = from.end->value - from.start->value < 31;
    if (!month_known) return std::nullopt;
    const std::int32_t months = civil.year * 12 + civil.month - 1 + distance.months;
    const std::int32_t month = months % 12 + 1;
    return interval_from_iso(std::to_string(months / 12) + (month < 10 ? "-0" : "-") + std::to_string(month));
  }

  bool shares_time(const Draft& draft) const {
    const Governing& up = draft.governing;
    if (draft.within != kNoPhrase && up.relation != Relation::subject)
      return false;  // the day of the word is not its own
    const std::uint64_t flags = view_.rules.flag(at(clauses_.carried(up.verb, draft.sentence)).word);
    // « intervient au lendemain de la nomination »: another day than the verb's.
    if (up.relation == Relation::oblique && (flags & kLightVerb) == 0 && (flags & kOccurrenceVerb) != 0 &&
        !has_flag(draft.phrase, kSameTimePreposition))
      return false;
    // « Après l'invasion du Koweït, le Conseil a adopté … »: nor is what went before on the verb's day.
    const bool apart = up.relation == Relation::oblique && !is_contact(draft.kind) && draft.kind != EventKind::visit &&
                       (has_flag(draft.phrase, kAfterPreposition) || has_flag(draft.phrase, kBeforePreposition));
    if (apart) return false;
    if ((flags & (kLightVerb | kOccurrenceVerb | kHostVerb)) != 0) return true;
    if (up.relation == Relation::object && (flags & kAnnouncingVerb) != 0 && draft.frame->announced)
      return draft.status == EventStatus::happened;  // « a annoncé lundi la rupture »: the word is the act
    if (up.relation == Relation::oblique)
      return draft.kind == EventKind::call || ((is_contact(draft.kind) || draft.kind == EventKind::visit) &&
                                               has_flag(draft.phrase, kSameTimePreposition));
    if (up.relation == Relation::subject && at(up.verb).voice == Voice::passive &&
        (draft.status_by_word || (flags & kIntendingVerb) != 0))
      return true;
    if (up.relation == Relation::subject) return is_contact(draft.kind) && (flags & kSpeechVerb) == 0;
    return (flags & kSpeechVerb) == 0 && draft.status == EventStatus::happened && !draft.status_by_word;
  }

  std::uint32_t time_of_verb(Draft& draft, std::uint32_t verb, bool only_behind) {
    const std::uint32_t found = behind(draft, verb, true, !only_behind);
    if (found != kNoPhrase || only_behind) return found;
    for (std::uint32_t i = verb; i-- > clauses_.begin(draft.sentence) && verb - i < 30;) {
      const PhraseKind kind = at(i).kind;
      if (kind == PhraseKind::subordinator || kind == PhraseKind::relative) {
        const std::uint32_t told = time_in_cleft(draft, i);
        if (told != kNoPhrase) return told;
      }
      if (kind == PhraseKind::relative || kind == PhraseKind::subordinator || kind == PhraseKind::stop) break;
      if (kind == PhraseKind::verb && at(i).shape == VerbShape::finite) break;
      if (usable(draft, i, true) && !ends_another_clause(i, draft.sentence)) return i;
    }
    return behind(draft, verb, true);
  }

  // « C'est à Genève, le 4 juin, que X et Y ont signé … »
  std::uint32_t time_in_cleft(Draft& draft, std::uint32_t conjunction) {
    for (std::uint32_t i = clauses_.cleft(conjunction, draft.sentence); i < conjunction; ++i)
      if (usable(draft, i, true)) return i;
    return kNoPhrase;
  }

  // « X, qui avait envahi Y en 1990, a demandé … »: the time stands behind a finite verb of a clause of its own.
  bool ends_another_clause(std::uint32_t time, std::uint32_t sentence) const {
    for (std::uint32_t i = time; i-- > clauses_.begin(sentence) && time - i < 12;) {
      if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::finite)
        return clauses_.relative_of(i, sentence) != kNoPhrase;
      // « X, arrêté le 24 mai, a été libéré »; not « reçu mardi à Washington, il a demandé », and not « dans une lettre
      // envoyée mardi », where it is said
      if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::participle) {
        const bool aside = i == clauses_.begin(sentence) || at(i - 1).kind == PhraseKind::comma;
        return aside && (view_.rules.flag(at(i).word) & kGatheringVerb) == 0;
      }
      if (at(i).kind == PhraseKind::comma || at(i).kind == PhraseKind::stop) return false;
    }
    return false;
  }

  // The first time phrase behind, within the clause; `near`: before its first comma.
  std::uint32_t behind(Draft& draft, std::uint32_t from, bool of_verb, bool near = false) {
    const std::uint32_t last = clauses_.end(draft.sentence);
    for (std::uint32_t i = from + 1; i < last && i - from < 30 && i < draft.sequel_from; ++i) {
      const Phrase& one = at(i);
      if (one.kind == PhraseKind::relative || one.kind == PhraseKind::subordinator) break;
      if (one.kind == PhraseKind::verb && (of_verb || one.shape != VerbShape::participle)) break;
      if (one.kind == PhraseKind::noun && has_flag(i, kSincePreposition)) break;  // « depuis celui de juin »
      if (one.kind == PhraseKind::coordinator && i + 1 < last && at(i + 1).kind == PhraseKind::verb) break;
      const bool time_next = i + 1 < last && at(i + 1).kind == PhraseKind::time;
      if (one.kind == PhraseKind::comma && (near || !of_verb) && !time_next) break;
      if (!of_verb) {
        if (one.kind == PhraseKind::noun && one.preposition == 0 && one.coordinated == kNoPhrase) break;
        if (one.kind == PhraseKind::stop) break;
      }
      if (usable(draft, i, of_verb)) return i;
    }
    return kNoPhrase;
  }

  bool usable(Draft& draft, std::uint32_t phrase, bool of_verb) {
    if (at(phrase).kind != PhraseKind::time) return false;
    const TimeMention* time = mention_of(phrase);
    if (time == nullptr) {
      if (of_verb && has_flag(phrase, kSincePreposition)) hold(draft);  // « réclame depuis des années »
      return false;
    }
    if (of_verb && is_of_noun(phrase)) return false;
    const bool counted = counted_from(phrase).has_value();
    if (!counted && (has_flag(phrase, kDeadlinePreposition) || time->bound == Bound::until)) {
      if (!draft.deadline) draft.deadline = time->interval;
      return false;
    }
    if (!counted && has_flag(phrase, kAfterPreposition)) return false;
    if (belongs_to_other(draft, phrase) || stands_in_aside(draft, phrase)) return false;
    if (!has_flag(phrase, kSincePreposition)) return true;
    if (!lasts(draft)) {
      if (is_verbal_act(draft.kind) && of_verb) hold(draft);
      draft.background = draft.background || !is_verbal_act(draft.kind);
      return false;
    }
    if (draft.status == EventStatus::happened && !draft.status_by_word && in_present(draft))
      draft.status = EventStatus::ongoing;
    return true;
  }

  // « X accuse Y depuis la guerre »: held since then, and not said today.
  void hold(Draft& draft) const {
    if (!draft.verbal || draft.status_by_word || !in_present(draft) || at(draft.phrase).compound) return;
    if (!is_verbal_act(draft.kind) && !lasts(draft)) return;
    draft.status = EventStatus::ongoing;
    draft.background = true;
  }

  // What is told by the day since which it lasts.
  static bool lasts(const Draft& draft) {
    return draft.kind == EventKind::sanction || draft.kind == EventKind::ceasefire || draft.kind == EventKind::detain ||
           draft.kind == EventKind::negotiate || draft.kind == EventKind::deploy;
  }

  // « retiennent depuis mercredi », « détenu depuis juin »
  bool in_present(const Draft& draft) const {
    const std::uint32_t verb = draft.verbal ? draft.phrase : draft.governing.verb;
    if (verb == kNoPhrase || at(verb).kind != PhraseKind::verb) return false;
    if (at(verb).shape == VerbShape::participle) return draft.kind == EventKind::detain;
    return at(verb).shape == VerbShape::finite && at(verb).tense == VerbTime::present;
  }

  // « L'attaque, revendiquée mardi par X, a fait douze morts »: what an aside tells of the noun is another act, unless
  // it tells of its course.
  bool stands_in_aside(const Draft& draft, std::uint32_t time) const {
    if (draft.verbal || draft.governing.relation != Relation::subject || time > draft.governing.verb) return false;
    for (std::uint32_t i = draft.phrase_last + 1; i < time; ++i)
      if (at(i).kind == PhraseKind::verb && i > draft.phrase_last + 1 && at(i - 1).kind == PhraseKind::comma)
        return !tells_course(i);
    return false;
  }

  // « les négociations pour un accord, entamées en 2008 »: the aside is of what it agrees with.
  bool agrees(const Draft& draft, std::uint32_t verb) const {
    const Phrase& one = at(verb);
    const std::uint32_t noun = at(draft.phrase).head;
    const std::uint32_t bearer = one.auxiliary != kNoToken ? one.auxiliary : one.head;
    if (noun == kNoToken || bearer == kNoToken) return true;
    const Morph& of_noun = view_.analysis.tokens[noun].morph;
    const Morph& of_verb = view_.analysis.tokens[bearer].morph;
    const bool numbers =
        of_noun.number == Number::none || of_verb.number == Number::none || of_noun.number == of_verb.number;
    const bool genders = one.shape != VerbShape::participle || of_noun.gender == Gender::none ||
                         of_verb.gender == Gender::none || of_noun.gender == of_verb.gender;
    return numbers && genders;
  }

  // « achevé », « tenu », « prévu »
  bool tells_course(std::uint32_t verb) const {
    const Phrase& one = at(verb);
    return (view_.rules.flag(one.word) & (kOccurrenceVerb | kLightVerb)) != 0 ||
           view_.rules.cues[one.word].modifier != kNoStatus ||
           (one.head != kNoToken && view_.rules.cues[phrases_.forms[one.head]].modifier != kNoStatus);
  }

  // « condamner l'invasion de l'Ukraine en février »: the time right behind an event's noun and its complements is its
  // own, unless the two share their day.
  bool belongs_to_other(const Draft& draft, std::uint32_t time) const {
    for (std::uint32_t i = time; i-- > draft.phrase + 1 && time - i < 6;) {
      if (at(i).kind != PhraseKind::noun) return false;
      if (owner_[i] != kNoPhrase) return !has_flag(i, kSameTimePreposition) && owner_[i] != draft.phrase_last;
      if (at(i).preposition == 0 && at(i).coordinated == kNoPhrase) return false;
    }
    return false;
  }

  // --- without words of its own ---

  void default_day(Draft& draft, std::uint32_t reported) {
    if (draft.background || draft.frame->background) return;
    if (draft.status != EventStatus::happened && draft.status != EventStatus::ongoing) return;
    if (draft.status == EventStatus::ongoing && !is_verbal_act(draft.kind)) return;
    std::uint32_t verb = draft.verbal ? draft.phrase : kNoPhrase;
    if (!draft.verbal) {
      const Governing& up = draft.governing;
      if (up.verb == kNoPhrase || at(up.verb).kind != PhraseKind::verb || draft.status_by_word) return;
      if (!shares_time(draft)) return;
      verb = up.verb;
    }
    if (goes_on(verb, draft)) {
      draft.date = episode_;
      return;
    }
    if (points_to_day_before(verb, draft)) {
      draft.date = then_;
      // « remonte à jeudi »: the weekday of what is over lies behind.
      const bool ahead = page_day_ && *then_->start > *page_day_->end && told_tense(verb) != Told::present;
      if (ahead) draft.date = interval_of(Day{then_->start->value - 7});
      return;
    }
    if (!is_news(verb, draft) && !goes_with_news(verb, draft)) return;
    if (reported == kNoPhrase && is_stance(verb, draft)) return;
    if (reported != kNoPhrase) {
      const TimeMention* time = mention_of(reported);
      draft.date = time->interval;
      draft.date_span = time->span;
    } else if (story_goes_on(draft)) {
      draft.date = story_;
    } else if (may_be_of_page_day(verb, draft)) {
      draft.date = page_day_;
    }
  }

  // A story of some days back ends with its paragraph; that of today or yesterday is the page's.
  bool story_goes_on(const Draft& draft) const {
    if (!story_ || draft.sentence - story_sentence_ > 3) return false;
    if (in_one_paragraph(draft.sentence, story_sentence_) || !page_day_) return true;
    return page_day_->start->value - story_->start->value <= 1;
  }

  bool may_be_of_page_day(std::uint32_t verb, const Draft& draft) const {
    const Phrase& one = at(verb);  // « accepta »: the tense of histories; « dit » alone may be a present
    const bool long_page = view_.analysis.sentences.size() > kBrief;
    if (long_page && one.shape == VerbShape::finite && one.tense == VerbTime::past && !one.compound && !one.imperfect)
      return false;
    if (!page_day_ || (!speaks_of_its_days_ && draft.sentence >= kHead)) return false;
    return draft.sentence < kNews || is_told_late(draft.kind);
  }

  static bool is_told_late(EventKind kind) {
    return is_verbal_act(kind) || is_contact(kind) || kind == EventKind::visit;
  }

  // « Kinshasa accuse Kigali », « Téhéran exige »: in the present, behind the lead, what is held and not what was said
  // today.
  bool is_stance(std::uint32_t verb, const Draft& draft) const {
    const bool held = draft.kind == EventKind::accuse || draft.kind == EventKind::request ||
                      draft.kind == EventKind::reject || draft.kind == EventKind::propose;
    if (!held || draft.sentence < 3) return false;
    const Phrase& one = at(verb);
    return one.shape == VerbShape::finite && one.tense == VerbTime::present && !one.compound && one.mood == Mood::ind;
  }

  // A finite verb that tells, or an infinitive or gerund that hangs on one.
  bool is_news(std::uint32_t verb, const Draft& draft) const {
    for (int step = 0; step < 3; ++step) {
      const Phrase& one = at(verb);
      if (one.shape == VerbShape::finite) {
        if (one.mood != Mood::ind || one.tense == VerbTime::future) return false;
        if (one.imperfect && !(one.compound && is_reported(verb, draft.sentence))) return false;
        return in_main_clause(verb, draft.sentence);
      }
      if (one.shape == VerbShape::participle) return false;
      if (one.shape == VerbShape::gerund && one.compound) return false;  // « ayant repoussé l'ultimatum »
      const Governing up = clauses_.governing(verb, draft.sentence);
      if (up.verb == kNoPhrase || up.verb >= verb) return one.shape == VerbShape::gerund;
      verb = up.verb;
    }
    return false;
  }

  // « a rapporté que X avaient signé »: the news of a reported clause.
  bool is_reported(std::uint32_t verb, std::uint32_t sentence) const {
    std::uint32_t conjunction = kNoPhrase;
    const std::uint32_t parent = clauses_.parent(verb, sentence, &conjunction);
    return parent != kNoPhrase && at(parent).kind == PhraseKind::verb &&
           (view_.rules.flag(at(parent).word) & kSpeechVerb) != 0;
  }

  // Relative clauses tell what went before.
  bool in_main_clause(std::uint32_t verb, std::uint32_t sentence) const {
    for (std::uint32_t i = verb; i-- > clauses_.begin(sentence) && verb - i < 20;) {
      if (at(i).kind == PhraseKind::relative) return false;
      if (at(i).kind == PhraseKind::verb || at(i).kind == PhraseKind::stop || at(i).kind == PhraseKind::subordinator)
        return true;
    }
    return true;
  }

  // What is to come has not happened yet.
  void settle_status(Draft& draft) const {
    if (!page_day_ || !draft.date || !draft.date->start) return;
    look_ahead(draft);
    if (is_told_for_today(draft)) draft.status = EventStatus::planned;
    if (draft.status == EventStatus::happened && *draft.date->start > *page_day_->end)
      draft.status = EventStatus::planned;
  }

  // « a annoncé qu'il appellerait X jeudi », « Rencontre jeudi à Vienne »: the weekday of what is planned lies ahead.
  void look_ahead(Draft& draft) const {
    if (!draft.date_span || !draft.date->is_day() || !is_recent(*draft.date) || !is_one_word(*draft.date_span)) return;
    const std::int32_t days = page_day_->start->value - draft.date->start->value;
    if (days <= 0) return;
    const std::uint32_t verb = draft.verbal ? draft.phrase : draft.governing.verb;
    const bool headline = verb == kNoPhrase && draft.sentence < 2 && !draft.status_by_word && is_contact(draft.kind) &&
                          draft.status == EventStatus::happened && days > 3;
    const bool arranged =
        draft.frame->status == EventStatus::planned && !draft.before;  // « se sont donné rendez-vous mercredi »
    const bool to_come = arranged || is_to_come(verb, draft);
    if (!headline && !(draft.status == EventStatus::planned && to_come)) return;
    draft.date = interval_of(Day{draft.date->start->value + 7});
  }

  // « X reçoit cet après-midi Y », « se réunissent mardi »: in the present, with the page's own day, it is announced.
  bool is_told_for_today(const Draft& draft) const {
    if (!draft.verbal || !is_contact(draft.kind) || draft.status != EventStatus::happened || draft.status_by_word)
      return false;
    if (!draft.date_span || !(*draft.date == *page_day_)) return false;
    const Phrase& verb = at(draft.phrase);
    return verb.shape == VerbShape::finite && verb.tense == VerbTime::present && !verb.compound &&
           verb.mood == Mood::ind;
  }

  // Whether the verb looks ahead from the day of the page, or of words told on it, and not from a day long past.
  bool is_to_come(std::uint32_t verb, const Draft& draft) const {
    if (verb == kNoPhrase || at(verb).kind != PhraseKind::verb) return false;
    if (at(verb).shape == VerbShape::infinitive && verb > clauses_.begin(draft.sentence) &&
        at(verb - 1).kind == PhraseKind::verb)
      --verb;
    const Phrase& one = at(verb);
    if (one.shape != VerbShape::finite) return false;
    return one.tense == VerbTime::future ||
           ((one.imperfect || one.mood == Mood::cnd) && is_reported(verb, draft.sentence));
  }

  bool is_one_word(Span span) const {
    const std::string_view words = view_.page.text[span];
    return words.find(' ') == std::string_view::npos && words.size() < 12;
  }

  const PageView& view_;
  const Phrases& phrases_;
  const Clauses& clauses_;
  std::optional<Interval> page_day_;
  bool speaks_of_its_days_ = false;
  std::vector<std::uint32_t> owner_;  // by phrase: itself where an event's noun ends there
  std::optional<Interval> story_;
  std::uint32_t story_sentence_ = 0;
  std::optional<Interval> episode_;
  std::uint32_t episode_sentence_ = 0;
  std::optional<Interval> then_;
  std::uint32_t then_sentence_ = 0;
  Told episode_tense_ = Told::other;
};

}  // namespace

void read_dates(const PageView& view, const Phrases& phrases, const Clauses& clauses, std::vector<Draft>& drafts) {
  DateReader(view, phrases, clauses).run(drafts);
}

}  // namespace chancery::frames
