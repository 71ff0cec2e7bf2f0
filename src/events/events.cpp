// The way from words to events: look up the words, match the patterns, read the phrases, give each trigger its roles,
// status and date, and put the mentions of one event together.
#include "events/events.h"

#include <algorithm>

#include "events/draft.h"

namespace chancery {
namespace frames {

bool is_contact(EventKind kind) {
  return kind == EventKind::meet || kind == EventKind::call || kind == EventKind::negotiate ||
         kind == EventKind::mediate;
}

bool is_verbal_act(EventKind kind) {
  return kind == EventKind::agree || kind == EventKind::promise || kind == EventKind::propose ||
         kind == EventKind::request || kind == EventKind::reject || kind == EventKind::accuse ||
         kind == EventKind::threaten;
}

namespace {

// Counts the words of contexts (sport, show business) that make some kinds unlikely.
class ContextCounter {
 public:
  ContextCounter(const PageView& view, const Phrases& phrases) : view_(view), phrases_(phrases) {
    for (const WordId word : phrases.words) count(word, page_);
  }

  // The kinds that the contexts of this sentence, or of the page as a whole, block.
  std::uint32_t blocked(const Sentence& sentence) const {
    std::array<std::uint32_t, 32> here{};
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) count(phrases_.words[token], here);
    std::uint32_t kinds = 0;
    for (std::size_t i = 0; i < view_.rules.contexts.size(); ++i)
      if (here[i] >= view_.rules.contexts[i].in_sentence || page_[i] >= view_.rules.contexts[i].in_page)
        kinds |= view_.rules.contexts[i].kinds;
    return kinds;
  }

 private:
  void count(WordId word, std::array<std::uint32_t, 32>& counts) const {
    const std::uint32_t contexts = view_.rules.contexts_of[word];
    if (contexts == 0) return;
    for (std::size_t i = 0; i < view_.rules.contexts.size(); ++i)
      if ((contexts & (1U << i)) != 0) ++counts[i];
  }

  const PageView& view_;
  const Phrases& phrases_;
  std::array<std::uint32_t, 32> page_{};
};

// Drafts from the triggers of the whole page, in text order.
class Drafter {
 public:
  Drafter(const PageView& view, const Phrases& phrases, const Matches& matches)
      : view_(view), phrases_(phrases), matches_(matches), clauses_(view, phrases, matches), contexts_(view, phrases) {}

  std::vector<Draft> run() {
    std::vector<Draft> drafts;
    std::uint32_t sentence = 0;
    std::uint32_t blocked = 0;
    bool counted = false;
    for (const Match& match : matches_.triggers) {
      while (match.first >= view_.analysis.sentences[sentence].last) {
        ++sentence;
        counted = false;
      }
      if (!counted) blocked = contexts_.blocked(view_.analysis.sentences[sentence]);
      counted = true;
      draft_first(match, sentence, blocked, drafts);
    }
    link_acts(drafts);
    attribute_accusations(drafts);
    share_participants(drafts);
    lend_sides_of_threats(drafts);
    inherit_participants(drafts);
    for (Draft& draft : drafts) take_states_of_sentence(draft);
    add_mediations(drafts);
    add_sequels(view_, phrases_, clauses_, drafts);
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const Draft& a, const Draft& b) { return a.trigger.begin < b.trigger.begin; });
    read_dates(view_, phrases_, clauses_, drafts);
    lend_encounters(drafts);
    lend_dateline(drafts);
    return drafts;
  }

 private:
  // What a trigger means: the longest pattern whose frame finds those that it wants. Of patterns of one length, frames
  // that ask what heads their subject or object come first: « quitter » of an ambassador, of troops.
  void draft_first(const Match& match, std::uint32_t sentence, std::uint32_t blocked, std::vector<Draft>& drafts) {
    candidates_.assign(1, match);
    candidates_.insert(candidates_.end(), matches_.others.begin() + match.others_begin,
                       matches_.others.begin() + match.others_end);
    const auto asks = [&](const Match& one) {
      const Frame& frame = view_.rules.frames[view_.rules.patterns[one.pattern].target];
      return !frame.subject_words.empty() || !frame.object_words.empty() || frame.negated;
    };
    std::optional<Draft> incomplete;  // what finds not all that its frame needs, unless nothing else is meant
    for (auto first = candidates_.begin(); first != candidates_.end();) {
      const auto last = std::find_if(first, candidates_.end(), [&](const Match& one) {
        return one.first != first->first || one.last != first->last;
      });
      std::stable_partition(first, last, asks);
      for (; first != last; ++first) {
        std::optional<Draft> draft = draft_of(*first, sentence, blocked);
        if (draft && has_what_it_needs(*draft)) return drafts.push_back(std::move(*draft));
        if (draft && !incomplete) incomplete = std::move(draft);
      }
    }
    if (incomplete) drafts.push_back(std::move(*incomplete));
  }

  static bool has_what_it_needs(const Draft& draft) {
    return !(draft.frame->needs_actor && draft.actors.empty()) && !(draft.frame->needs_target && draft.targets.empty());
  }

  std::optional<Draft> draft_of(const Match& match, std::uint32_t sentence, std::uint32_t blocked) {
    const Frame& frame = view_.rules.frames[view_.rules.patterns[match.pattern].target];
    if ((blocked >> static_cast<unsigned>(frame.kind) & 1U) != 0) return std::nullopt;
    return make(match, frame, sentence);
  }

  std::optional<Draft> make(const Match& match, const Frame& frame, std::uint32_t sentence) {
    Draft draft;
    draft.frame = &frame;
    draft.kind = frame.kind;
    draft.sentence = sentence;
    draft.first = match.trigger_first;
    draft.last = match.trigger_last;
    draft.trigger = Span{view_.analysis.tokens[draft.first].span.begin, view_.analysis.tokens[draft.last - 1].span.end};
    if (!find_phrase(match, draft)) return std::nullopt;
    const Phrase& phrase = phrases_.phrases[draft.phrase];
    draft.determiner = draft.verbal ? Determiner::none : phrase.determiner;
    draft.distinct = !draft.verbal && phrase.distinct;
    if (!draft.verbal) {
      draft.governing = clauses_.governing(draft.phrase, sentence);
      const std::uint32_t verb = clauses_.relative_verb(draft.phrase_last, sentence);
      if (verb != kNoPhrase && (view_.rules.flag(phrases_.phrases[verb].word) & kLightVerb) != 0) draft.relative = verb;
    }
    if (draft.verbal && frame.finite && phrase.shape == VerbShape::participle && phrase.shared == kNoPhrase &&
        !has_agent(draft))
      return std::nullopt;
    // « un cessez-le-feu a été décidé »: the decision is no event beside what was decided.
    if (draft.verbal && frame.weak && frame.kind == EventKind::agree && phrase.voice == Voice::passive) {
      const std::uint32_t subject = clauses_.subject(draft.phrase, sentence);
      const bool pact =
          subject != kNoPhrase && subject > draft.phrase &&
          (view_.rules.flag(phrases_.phrases[subject].word) & kPactNoun) != 0;  // « Signé lundi, l'accord »
      if (subject != kNoPhrase && !pact && phrases_.event_noun[subject] != 0) return std::nullopt;
    }
    // What talks are about is their matter, told of for its own sake elsewhere.
    if (!draft.verbal && phrase.preposition != 0 && (view_.rules.flag(phrase.preposition) & kTopicPreposition) != 0 &&
        !is_agreed_upon(draft))
      return std::nullopt;
    // « considéré comme une attaque »: what something is called has not happened.
    if (!draft.verbal && (view_.rules.flag(phrase.preposition) & kNamingPreposition) != 0) return std::nullopt;
    // « ne s'étaient jamais rencontrés »: what had not been tells of no day.
    if (draft.verbal && is_contact(draft.kind) && phrase.negated && phrase.compound && phrase.imperfect)
      return std::nullopt;
    if (draft.kind == EventKind::call && names_its_object(draft)) return std::nullopt;
    if (!draft.verbal && is_contact(draft.kind)) draft.round = round_of(draft, match);
    draft.bare = !draft.verbal && is_bare(draft);
    if (draft.verbal && frame.affirmed && phrase.negated) return std::nullopt;
    // « a sommé l'ambassadeur de quitter le pays »: who is told to leave is not called home.
    if (draft.kind == EventKind::recall && draft.verbal && !frame.subject_words.empty() &&
        phrase.shape == VerbShape::infinitive && phrase.preposition == view_.rules.of)
      return std::nullopt;
    if (frame.passive && !(draft.verbal && phrase.voice == Voice::passive)) return std::nullopt;
    if (frame.negated && !(draft.verbal && phrase.negated)) return std::nullopt;
    read_roles(view_, phrases_, clauses_, draft);
    if (draft.missing) return std::nullopt;
    if (draft.kind == EventKind::withdraw && leaves_pact(draft)) draft.kind = EventKind::other_conflict;
    if (is_verbal_act(draft.kind) && is_between_nobodies(draft)) return std::nullopt;
    const bool placed = frame.place_enough && draft.place;
    if (frame.weak && sides(draft) < frame.participants && !placed && !draft.sides) return std::nullopt;
    read_status(view_, phrases_, clauses_, draft);
    attribute(draft);
    if (!draft.content && is_verbal_act(draft.kind)) draft.content = content(draft);
    draft.confidence = frame.strength;
    if (is_verbal_act(draft.kind) && stays_within(draft)) draft.confidence *= view_.rules.confidence.home;
    return draft;
  }

  // « Le président de la Cour a demandé au président de dissoudre le Parlement »: both sides are of one state, and no
  // other is named beside them.
  bool stays_within(const Draft& draft) const {
    ThingId home;
    for (const auto* list : {&draft.actors, &draft.targets}) {
      if (list->empty()) return false;
      for (const EntityId id : *list) {
        const Entity& one = view_.entities.entities[id];
        const ThingId state = one.kind == ThingKind::state ? one.thing : one.state;
        if (!state || (home && state != home)) return false;
        home = state;
      }
    }
    return true;
  }

  // « X, que Y appelait « le lion » »: to call by a name is no call.
  bool names_its_object(const Draft& draft) const {
    if (!draft.verbal || phrases_.phrases[draft.phrase].voice != Voice::active) return false;
    const std::uint32_t relative = clauses_.relative_of(draft.phrase, draft.sentence);
    if (relative != kNoPhrase) return (view_.rules.flag(phrases_.phrases[relative].word) & kObjectRelative) != 0;
    std::uint32_t conjunction = kNoPhrase;  // « Le virus, que les chercheurs appellent G4 »: no verb that it hangs on
    const std::uint32_t parent = clauses_.parent(draft.phrase, draft.sentence, &conjunction);
    return conjunction != kNoPhrase && parent == kNoPhrase &&
           (view_.rules.flag(phrases_.phrases[conjunction].word) & kObjectRelative) != 0;
  }

  // « le retrait de Moscou de l'accord »: no forces.
  bool leaves_pact(const Draft& draft) const {
    for (std::uint32_t i = draft.phrase_last + 1; i < clauses_.end(draft.sentence) && i < draft.phrase_last + 4; ++i) {
      const Phrase& one = phrases_.phrases[i];
      if (one.kind != PhraseKind::noun || one.preposition != view_.rules.of) return false;
      if ((view_.rules.flag(one.word) & kPactNoun) != 0) return true;
    }
    return false;
  }

  // « s'accordent sur une trêve »: what is agreed upon is to be.
  bool is_agreed_upon(const Draft& draft) const {
    if (draft.governing.verb == kNoPhrase || is_verbal_act(draft.kind)) return false;
    const Match* cue = clauses_.governor_cue(draft.governing.verb);
    if (cue == nullptr) return false;
    const Pattern& pattern = view_.rules.patterns[cue->pattern];
    const std::uint32_t last = cue->last - 1;  // « s'accorder sur »: the pattern ends in the preposition
    return pattern.elements.size() > 1 && last == phrases_.phrases[draft.phrase].preposition_token &&
           static_cast<EventStatus>(pattern.target) == EventStatus::planned;
  }

  // « des chercheurs proposent », « des études suggèrent »: words of those whom nobody can name are statements, if
  // anything, and no acts of diplomacy.
  bool is_between_nobodies(const Draft& draft) const {
    const auto nobody = [&](EntityId id) {
      const Entity& entity = view_.entities.entities[id];
      return entity.kind == ThingKind::group && !entity.thing && !entity.state && entity.members.empty();
    };
    if (draft.actors.empty()) return false;
    return std::all_of(draft.actors.begin(), draft.actors.end(), nobody) &&
           std::all_of(draft.targets.begin(), draft.targets.end(), nobody);
  }

  // « Reçu mardi à Genève, X a proposé … », « X a rencontré Y à Genève et lui a demandé … »: what somebody says where
  // he meets another lies there, and on that day, unless it is told otherwise.
  void lend_encounters(std::vector<Draft>& drafts) const {
    for (std::size_t i = 1; i < drafts.size(); ++i) {
      Draft& act = drafts[i];
      if (!act.verbal || !is_verbal_act(act.kind) || act.status != EventStatus::happened) continue;
      for (std::size_t k = i; k-- > 0 && drafts[k].sentence == act.sentence && i - k < 6;) {
        const Draft& encounter = drafts[k];
        if (!is_where_it_was_said(encounter, act)) continue;
        if (!act.place && encounter.kind != EventKind::call) {
          act.place = encounter.place;
          act.place_span = encounter.place_span;
        }
        if (!act.date_span && encounter.date_span) act.date = encounter.date;
        break;
      }
    }
  }

  bool is_where_it_was_said(const Draft& encounter, const Draft& act) const {
    const bool met_there = is_contact(encounter.kind) || encounter.kind == EventKind::visit;
    if (!met_there || !encounter.verbal || encounter.status != EventStatus::happened) return false;
    if (encounter.before != act.before || encounter.phrase >= act.phrase) return false;
    if (encounter.date_span && act.date_span && !(*encounter.date == *act.date)) return false;
    const Phrase& met = phrases_.phrases[encounter.phrase];
    const Phrase& said = phrases_.phrases[act.phrase];
    const bool aside = met.shape == VerbShape::participle;
    if (!aside && (met.shape != VerbShape::finite || met.mood != Mood::ind)) return false;
    if (said.shape != VerbShape::gerund && (said.shape != VerbShape::finite || said.mood != Mood::ind)) return false;
    if (!aside && said.shape == VerbShape::finite && said.tense != met.tense) return false;
    for (std::uint32_t p = encounter.phrase + 1; p < act.phrase; ++p) {
      const Phrase& between = phrases_.phrases[p];
      if (between.kind == PhraseKind::subordinator || between.kind == PhraseKind::stop) return false;
      const bool of_another =
          between.kind == PhraseKind::verb && between.shape == VerbShape::finite && said.shape == VerbShape::gerund;
      if (of_another) return false;
    }
    return std::any_of(act.actors.begin(), act.actors.end(), [&](EntityId id) {
      return std::find(encounter.actors.begin(), encounter.actors.end(), id) != encounter.actors.end();
    });
  }

  // « GENÈVE, 20 novembre (Agence) – »: where the writer stands the meeting is that the lead tells of, unless another
  // place is named there.
  void lend_dateline(std::vector<Draft>& drafts) const {
    std::uint32_t sentence = 0;
    const Mention* dateline = find_dateline(&sentence);
    if (dateline == nullptr) return;
    for (Draft& draft : drafts) {
      if (draft.sentence < sentence || draft.sentence > sentence + 1 || draft.place) continue;
      const bool there = (is_contact(draft.kind) && draft.kind != EventKind::mediate) ||
                         draft.kind == EventKind::vote || draft.kind == EventKind::agree;
      const bool told = draft.status == EventStatus::happened || draft.status == EventStatus::ongoing;
      if (!there || draft.kind == EventKind::call || !told || draft.background || !draft.date) continue;
      if (names_place(draft.sentence, *dateline)) continue;
      draft.place = dateline->as_place ? dateline->as_place : view_.entities.entities[dateline->entity].thing;
      draft.place_span = dateline->span;
    }
  }

  // The place with which one of the first sentences opens, before a dash; null if none does.
  const Mention* find_dateline(std::uint32_t* sentence) const {
    const auto& sentences = view_.analysis.sentences;
    for (*sentence = 0; *sentence < sentences.size() && *sentence < 8; ++*sentence) {
      const Sentence& one = sentences[*sentence];
      const MentionId id = view_.entities.mention_at(view_.analysis.tokens[one.first].span.begin);
      if (!id || view_.entities.mentions[id].first_token != one.first) continue;
      const Mention& mention = view_.entities.mentions[id];
      if (mention.form != MentionForm::name || !is_town(mention)) continue;
      for (std::uint32_t token = mention.last_token; token < one.last && token < mention.last_token + 16; ++token) {
        if (view_.analysis.tokens[token].upos == Upos::VERB || view_.analysis.tokens[token].upos == Upos::AUX) break;
        if (is_dash(view_.analysis.form(token))) return &mention;
      }
    }
    return nullptr;
  }

  bool is_town(const Mention& mention) const {
    const ThingId place = mention.as_place ? mention.as_place
                          : mention.entity ? view_.entities.entities[mention.entity].thing
                                           : ThingId();
    return place && view_.knowledge[place].kind == ThingKind::place;
  }

  static bool is_dash(std::string_view form) {
    return form == "-" || form == "–" || form == "—" || form == "--" || form == ".-" || form == ".–";
  }

  bool names_place(std::uint32_t sentence, const Mention& dateline) const {
    const Span span = view_.analysis.sentences[sentence].span;
    const auto [first, last] = view_.entities.mentions_between(span.begin, span.end);
    for (std::uint32_t i = first; i < last; ++i) {
      const Mention& one = view_.entities.mentions.rows()[i];
      if (&one == &dateline || !span.contains(one.span) || one.governor == Mention::kNoToken) continue;
      const bool behind = (view_.rules.flag(phrases_.words[one.governor]) & kPlacePreposition) != 0;
      if (behind && (one.as_place || is_town(one))) return true;
    }
    return false;
  }

  // Bodies of many members count as two, where they meet among themselves.
  std::size_t sides(const Draft& draft) const {
    std::size_t count = draft.targets.size() + draft.mediators.size();
    const Phrase& phrase = phrases_.phrases[draft.phrase];
    const bool among = draft.verbal && (phrase.voice == Voice::reflexive || phrase.shape == VerbShape::participle ||
                                        are_gathered(draft, phrase));
    for (const EntityId id : draft.actors) {
      const ThingKind kind = view_.entities.entities[id].kind;
      count += among && (kind == ThingKind::organisation || kind == ThingKind::group) ? 2 : 1;
    }
    return count;
  }

  // « Les ministres de l'Otan sont réunis », « sont en conclave », « ont décidé de »
  bool are_gathered(const Draft& draft, const Phrase& verb) const {
    const bool met = draft.kind == EventKind::meet && (verb.voice == Voice::passive || verb.copula);
    if (!met && draft.kind != EventKind::agree) return false;
    const std::uint32_t subject = clauses_.subject(draft.phrase, draft.sentence);
    return subject != kNoPhrase && phrases_.phrases[subject].head != kNoToken &&
           view_.analysis.tokens[phrases_.phrases[subject].head].morph.number == Number::plur;
  }

  bool has_agent(const Draft& draft) const {
    for (const Argument& argument : clauses_.arguments_behind(draft.phrase, draft.sentence, true))
      if (argument.preposition == view_.rules.by) return true;
    return false;
  }

  // « A demande à B de retirer ses troupes », « une proposition de cessez-le-feu »: what an act is about hangs on it,
  // by way of light verbs or of a conjunction.
  void link_acts(std::vector<Draft>& drafts) const {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      drafts[i].number = static_cast<std::uint32_t>(i);
      std::uint32_t phrase = drafts[i].phrase;
      // « a demandé une faveur lors d'un appel »: the call is where, and not what was asked for.
      const bool occasion = !drafts[i].verbal && is_contact(drafts[i].kind) &&
                            (view_.rules.flag(phrases_.phrases[phrase].preposition) & kSameTimePreposition) != 0;
      if (occasion) continue;
      for (int step = 0; step < 4 && phrase != kNoPhrase && drafts[i].within == kNoPhrase; ++step) {
        const Governing up = clauses_.governing(phrase, drafts[i].sentence);
        drafts[i].within = act_at(drafts, i, up.noun);
        if (drafts[i].within == kNoPhrase && up.relation != Relation::subject)
          drafts[i].within = act_at(drafts, i, up.verb);
        const bool upwards = up.verb != kNoPhrase && up.relation != Relation::subject && up.verb < phrase;
        std::uint32_t conjunction = kNoPhrase;
        phrase = upwards ? up.verb
                 : phrases_.phrases[phrase].kind == PhraseKind::verb
                     ? clauses_.parent(phrase, drafts[i].sentence, &conjunction)
                     : kNoPhrase;
        if (!upwards) drafts[i].within = act_at(drafts, i, phrase);
      }
    }
  }

  // The number of the verbal act whose trigger stands in the phrase, not far from draft `i`.
  std::uint32_t act_at(const std::vector<Draft>& drafts, std::size_t i, std::uint32_t phrase) const {
    if (phrase == kNoPhrase) return kNoPhrase;
    const std::size_t from = i > 8 ? i - 8 : 0;
    for (std::size_t k = from; k < drafts.size() && k < i + 3; ++k) {
      const Draft& act = drafts[k];
      if (k == i || act.sentence != drafts[i].sentence || !is_verbal_act(act.kind)) continue;
      if (act.phrase <= phrase && phrase <= act.phrase_last) return static_cast<std::uint32_t>(k);
    }
    return kNoPhrase;
  }

  bool is_bare(const Draft& draft) const {
    const Phrase& noun = phrases_.phrases[draft.phrase];
    if (draft.phrase != draft.phrase_last || noun.last - noun.first > 2) return false;
    const std::uint32_t next = draft.phrase + 1;
    if (next >= clauses_.end(draft.sentence)) return true;
    const Phrase& behind = phrases_.phrases[next];
    const bool told_apart = (behind.kind == PhraseKind::noun || behind.kind == PhraseKind::time) &&
                            behind.preposition == view_.rules.of && behind.preposition != 0;
    return !told_apart && behind.kind != PhraseKind::relative;
  }

  // « deuxième cycle de pourparlers », « 3e session »
  std::uint32_t round_of(const Draft& draft, const Match& match) const {
    bool counted = false;
    std::uint32_t round = 0;
    const std::uint32_t first = phrases_.phrases[draft.phrase].first;
    for (std::uint32_t token = first; token < std::max(match.last, phrases_.phrases[draft.phrase].last); ++token) {
      const WordId word = phrases_.words[token];
      counted = counted || (view_.rules.flag(word) & kRoundNoun) != 0;
      const std::uint32_t by_word = std::max(view_.rules.ordinals[word], view_.rules.ordinals[phrases_.forms[token]]);
      if (round == 0) round = by_word != 0 ? by_word : counted_in_figures(view_.analysis.form(token));
    }
    return counted ? round : 0;
  }

  // « 3e », « 2ème », « 1er »: figures with letters behind them.
  static std::uint32_t counted_in_figures(std::string_view form) {
    std::uint32_t number = 0;
    std::size_t i = 0;
    for (; i < form.size() && i < 2 && form[i] >= '0' && form[i] <= '9'; ++i)
      number = number * 10 + static_cast<std::uint32_t>(form[i] - '0');
    const bool letters = i > 0 && i < form.size() && (form[i] < '0' || form[i] > '9') && form[i] != '-';
    return letters && form.size() <= i + 5 ? number : 0;
  }

  // « A accuse B d'avoir attaqué C », « … de l'attentat », « … d'être responsable de l'attentat »: A says so, the page
  // does not, and B has done it.
  void attribute_accusations(std::vector<Draft>& drafts) const {
    for (std::size_t i = 1; i < drafts.size(); ++i) {
      Draft& deed = drafts[i];
      if (is_verbal_act(deed.kind) && !deed.verbal) continue;
      if (deed.verbal && !deed.attributed_to.empty()) continue;
      if (deed.verbal && phrases_.phrases[deed.phrase].shape != VerbShape::infinitive) continue;
      const std::uint32_t verb = deed.verbal ? clauses_.governing(deed.phrase, deed.sentence).verb : blaming_verb(deed);
      for (std::size_t k = i; verb != kNoPhrase && k-- > 0 && i - k < 12 && drafts[k].sentence == deed.sentence;) {
        const Draft& act = drafts[k];
        if (act.kind != EventKind::accuse || !act.verbal || act.phrase != verb) continue;
        if (deed.attributed_to.empty()) deed.attributed_to = act.actors;
        if (!deed.verbal && deed.actors.empty()) deed.actors = act.targets;
        deed.background = true;
        break;
      }
    }
  }

  // The verb that blames somebody « de » the noun's deed, or « d'être responsable de » it.
  std::uint32_t blaming_verb(const Draft& deed) const {
    if (phrases_.phrases[deed.phrase].preposition != view_.rules.of) return kNoPhrase;
    const std::uint32_t verb = deed.governing.verb;
    if (verb == kNoPhrase || deed.governing.relation != Relation::oblique || verb > deed.phrase) return kNoPhrase;
    const bool to_be = phrases_.phrases[verb].shape == VerbShape::infinitive && phrases_.phrases[verb].copula;
    return to_be ? clauses_.governing(verb, deed.sentence).verb : verb;
  }

  // « menace X de sanctions », « menacé par X d'une intervention »: what is threatened, who threatens does to whom he
  // threatens. « demande à X le retrait »: who is asked is to do it.
  void lend_sides_of_threats(std::vector<Draft>& drafts) const {
    for (Draft& deed : drafts) {
      if (deed.verbal || is_verbal_act(deed.kind) || deed.within == kNoPhrase || deed.within >= drafts.size()) continue;
      const Draft& act = drafts[deed.within];
      if (!act.verbal || act.phrase != deed.governing.verb) continue;
      if (act.kind == EventKind::threaten && phrases_.phrases[deed.phrase].preposition == view_.rules.of) {
        if (deed.actors.empty()) deed.actors = act.actors;
        if (deed.targets.empty() && is_done_to_another(deed.kind)) deed.targets = act.targets;
      }
      const bool asked = act.kind == EventKind::request && deed.governing.relation == Relation::object;
      if (!asked || !deed.actors.empty() || !is_done_by_one(deed.kind)) continue;
      deed.actors = act.targets;
      if (deed.kind == EventKind::aid && deed.targets.empty()) deed.targets = act.actors;
    }
  }

  static bool is_done_to_another(EventKind kind) {
    return kind == EventKind::sanction || kind == EventKind::attack || kind == EventKind::expel ||
           kind == EventKind::restrict_mission || kind == EventKind::other_conflict;
  }

  // What one side alone does: forces moved, people freed.
  static bool is_done_by_one(EventKind kind) {
    return kind == EventKind::deploy || kind == EventKind::withdraw || kind == EventKind::release ||
           kind == EventKind::expel || kind == EventKind::recall || kind == EventKind::aid;
  }

  // « des expulsions de diplomates, des saisies et des gels »: nouns in a list have their participants together.
  void share_participants(std::vector<Draft>& drafts) const {
    for (std::size_t i = 1; i < drafts.size(); ++i) {
      const Draft& before = drafts[i - 1];
      Draft& draft = drafts[i];
      if (draft.verbal || before.verbal || draft.sentence != before.sentence || !draft.actors.empty() ||
          !draft.targets.empty() || draft.phrase <= before.phrase_last || draft.phrase - before.phrase_last > 4)
        continue;
      bool listed = false;
      bool broken = false;
      for (std::uint32_t p = before.phrase_last + 1; p < draft.phrase; ++p) {
        const PhraseKind kind = phrases_.phrases[p].kind;
        listed = listed || kind == PhraseKind::comma || kind == PhraseKind::coordinator;
        broken = broken || kind == PhraseKind::verb || kind == PhraseKind::relative || kind == PhraseKind::stop;
      }
      if (!listed || broken ||
          phrases_.phrases[draft.phrase].preposition != phrases_.phrases[before.phrase].preposition)
        continue;
      draft.actors = before.actors;
      draft.targets = before.targets;
    }
  }

  // Envoys and missions are matters of states: where their noun names none, the one or two states of its sentence do,
  // but for those who only speak of it and where it lies: « évoquée par le Canada », « selon la Norvège », « en France
  // ».
  void take_states_of_sentence(Draft& draft) const {
    const bool of_states = draft.kind == EventKind::expel || draft.kind == EventKind::recall ||
                           draft.kind == EventKind::restrict_mission || draft.kind == EventKind::exchange;
    if (!of_states || !draft.actors.empty() || !draft.targets.empty()) return;
    const Span sentence = view_.analysis.sentences[draft.sentence].span;
    std::vector<EntityId> states, owners;
    const auto [first, last] = view_.entities.mentions_between(sentence.begin, sentence.end);
    for (std::uint32_t i = first; i < last; ++i) {
      const Mention& mention = view_.entities.mentions.rows()[i];
      if (!mention.entity || !sentence.contains(mention.span)) continue;
      if (view_.entities.entities[mention.entity].kind != ThingKind::state) continue;
      if (mention.governor != Mention::kNoToken && names_no_side(phrases_.words[mention.governor])) continue;
      // « l'expulsion de diplomates russes »: whose they are, and not who does it.
      const bool owned = draft.kind == EventKind::expel && mention.form != MentionForm::name;
      std::vector<EntityId>& list = owned ? owners : states;
      if (std::find(list.begin(), list.end(), mention.entity) == list.end()) list.push_back(mention.entity);
    }
    std::erase_if(states, [&](EntityId id) { return std::find(owners.begin(), owners.end(), id) != owners.end(); });
    if (states.empty() || states.size() > 2 || owners.size() > 1) return;
    draft.actors = states;
    draft.targets = owners;
    draft.by_context = true;
  }

  bool names_no_side(WordId preposition) const {
    return preposition == view_.rules.by ||
           (view_.rules.flag(preposition) & (kPlacePreposition | kSourcePreposition)) != 0;
  }

  // « A et B se sont réunis sous l'égide de C »: C has brought the two together.
  void add_mediations(std::vector<Draft>& drafts) const {
    const auto& frames = view_.rules.frames;
    const auto mediates = [](const Frame& frame) { return frame.kind == EventKind::mediate; };
    const auto frame = std::find_if(frames.begin(), frames.end(), mediates);
    if (frame == frames.end()) return;
    const std::size_t count = drafts.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (!drafts[i].mediator_span || drafts[i].kind == EventKind::mediate) continue;
      Draft mediation = drafts[i];
      mediation.frame = &*frame;
      mediation.kind = EventKind::mediate;
      mediation.trigger = *mediation.mediator_span;
      mediation.targets = mediation.actors;
      mediation.actors = mediation.mediators;
      mediation.mediators.clear();
      std::erase_if(mediation.targets, [&](EntityId id) {
        return std::find(mediation.actors.begin(), mediation.actors.end(), id) != mediation.actors.end();
      });
      mediation.content.reset();
      mediation.number = static_cast<std::uint32_t>(drafts.size());
      mediation.within = kNoPhrase;
      mediation.confidence = frame->strength;
      drafts.push_back(std::move(mediation));
    }
  }

  // « a promis à X une aide militaire »: to whom it is promised, it is to be given.
  void lend_recipient(std::vector<Draft>& drafts, std::size_t i) const {
    Draft& aid = drafts[i];
    if (aid.kind != EventKind::aid || aid.verbal || !aid.targets.empty()) return;
    if (aid.governing.relation != Relation::object) return;
    for (std::size_t k = i; k-- > 0 && drafts[k].sentence == aid.sentence;) {
      const Draft& act = drafts[k];
      if (!act.verbal || act.phrase != aid.governing.verb || !is_verbal_act(act.kind)) continue;
      aid.targets = act.kind == EventKind::request ? act.actors : act.targets;  // who asks is to have it
      return;
    }
  }

  // « Sous médiation algérienne, A et B ont conclu … »: those who do so together.
  void lend_mediated(std::vector<Draft>& drafts, std::size_t i) const {
    Draft& mediation = drafts[i];
    if (mediation.kind != EventKind::mediate || mediation.verbal || !mediation.targets.empty()) return;
    if (mediation.governing.relation != Relation::oblique || mediation.actors.empty()) return;
    for (const Draft& act : drafts) {
      if (act.sentence != mediation.sentence || !act.verbal || act.phrase != mediation.governing.verb) continue;
      if (act.actors.size() < 2) continue;
      for (const EntityId id : act.actors)
        if (std::find(mediation.actors.begin(), mediation.actors.end(), id) == mediation.actors.end())
          mediation.targets.push_back(id);
      return;
    }
  }

  bool addresses_persons(const Draft& act) const {
    return std::any_of(act.targets.begin(), act.targets.end(),
                       [&](EntityId id) { return view_.entities.entities[id].kind == ThingKind::person; });
  }

  // « a proposé une trêve à l'Iran »: what two sides do together, told as the object of what one says to the other.
  void inherit_participants(std::vector<Draft>& drafts) const {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      Draft& draft = drafts[i];
      lend_recipient(drafts, i);
      lend_mediated(drafts, i);
      const bool mutual = is_contact(draft.kind) || draft.kind == EventKind::ceasefire ||
                          draft.kind == EventKind::exchange || draft.kind == EventKind::agree;
      const bool agreed = draft.governing.relation == Relation::oblique && draft.kind != EventKind::agree;
      if (draft.verbal || !mutual || !draft.actors.empty()) continue;
      // « A a exhorté B au dialogue lors d'un appel »: it was to B.
      const bool face_to_face = draft.kind == EventKind::meet && draft.determiner == Determiner::indefinite;
      const bool called = agreed && (draft.kind == EventKind::call || face_to_face) &&
                          (view_.rules.flag(phrases_.phrases[draft.phrase].preposition) & kSameTimePreposition) != 0;
      if (draft.governing.relation != Relation::object && !agreed) continue;
      for (std::size_t k = called ? std::min(drafts.size(), i + 4) : i;
           k-- > 0 && drafts[k].sentence >= draft.sentence;) {
        const Draft& act = drafts[k];
        if (!act.verbal || act.phrase != draft.governing.verb || act.sentence != draft.sentence) continue;
        if (act.targets.empty() && (act.kind != EventKind::agree || act.actors.size() < 2)) continue;
        // « invitée par A à un dialogue »
        const bool invited =
            act.kind == EventKind::propose && phrases_.phrases[draft.phrase].preposition == view_.rules.to;
        if (agreed && act.kind != EventKind::agree && !invited && !(called && is_verbal_act(act.kind))) continue;
        if (called && !invited && face_to_face && act.kind != EventKind::agree && !addresses_persons(act)) continue;
        draft.actors = act.actors;
        for (const EntityId id : act.targets)
          if (std::find(draft.actors.begin(), draft.actors.end(), id) == draft.actors.end()) draft.actors.push_back(id);
        break;
      }
    }
  }

  bool marks_verb(const Match& match) const {
    const auto& elements = view_.rules.patterns[match.pattern].elements;
    return std::any_of(elements.begin(), elements.end(), [](const PatternElement& one) {
      return one.marked && (one.word_class == WordClass::verb || one.word_class == WordClass::plain_verb ||
                            one.word_class == WordClass::reflexive_verb);
    });
  }

  std::uint32_t first_verb(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t token = first; token < last; ++token) {
      const std::uint32_t p = phrases_.phrase_of[token];
      if (p != kNoPhrase && phrases_.phrases[p].kind == PhraseKind::verb && phrases_.phrases[p].head == token) return p;
    }
    return kNoPhrase;
  }

  // The phrase that carries the trigger: the verb group of its first verb, else its first noun's phrase.
  bool find_phrase(const Match& match, Draft& draft) const {
    // « sanctions imposées … <levées> », « déclarer X <persona non grata> »: the verb that the pattern marks, else any.
    if (marks_verb(match)) draft.phrase = first_verb(draft.first, draft.last);
    if (draft.phrase == kNoPhrase) draft.phrase = first_verb(match.first, match.last);
    draft.verbal = draft.phrase != kNoPhrase;
    // « cycle de pourparlers »: determiner and adjectives of the whole stand with its first noun.
    if (draft.phrase == kNoPhrase) draft.phrase = phrases_.phrase_of[match.first];
    if (draft.phrase == kNoPhrase || phrases_.phrases[draft.phrase].kind != PhraseKind::noun)
      draft.phrase = draft.verbal ? draft.phrase : phrases_.phrase_of[draft.first];
    if (draft.phrase == kNoPhrase) return find_led_phrase(draft);
    if (!draft.verbal && phrases_.phrases[draft.phrase].kind != PhraseKind::noun) return false;
    const std::uint32_t behind = phrases_.phrase_of[match.last - 1];
    draft.phrase_last = behind == kNoPhrase ? draft.phrase : std::max(draft.phrase, behind);
    return true;
  }

  // « à la demande de Niamey »: the words are a preposition, and the phrase is whom it leads.
  bool find_led_phrase(Draft& draft) const {
    std::uint32_t token = draft.last;
    while (token < draft.last + 3 && token < phrases_.phrase_of.size() && phrases_.phrase_of[token] == kNoPhrase)
      ++token;
    if (token >= phrases_.phrase_of.size() || phrases_.phrase_of[token] == kNoPhrase) return false;
    const Phrase& led = phrases_.phrases[phrases_.phrase_of[token]];
    if (led.kind != PhraseKind::noun || led.preposition == 0 || led.preposition_token > draft.first) return false;
    const auto& roles = draft.frame->roles;
    if (std::none_of(roles.begin(), roles.end(),
                     [&](const RoleRule& rule) { return rule.preposition == led.preposition && rule.required; }))
      return false;
    draft.phrase = draft.phrase_last = phrases_.phrase_of[token];
    draft.by_preposition = true;
    return true;
  }

  // Who vouches for what stands inside a reported clause.
  void attribute(Draft& draft) const {
    // Spans stand in text order and nest a few deep at most, so a short look back is enough.
    const auto behind = std::upper_bound(
        view_.statements.begin(), view_.statements.end(), draft.trigger.begin,
        [](std::uint32_t offset, const Statement& statement) { return offset < statement.span.begin; });
    const std::ptrdiff_t reach = std::min<std::ptrdiff_t>(behind - view_.statements.begin(), 12);
    for (auto it = behind - reach; it != behind; ++it) {
      const Statement& statement = *it;
      if (!statement.span.contains(draft.trigger)) continue;
      draft.attributed_to = statement.speakers;
      for (const EntityId via : statement.via) draft.attributed_to.push_back(via);
      if (statement.stance == Stance::denying && statement.mode == StatementMode::indirect && !draft.status_by_word) {
        draft.status = EventStatus::denied;
        draft.status_span = statement.cue_span;
        draft.status_by_word = true;
      }
    }
  }

  // What a verbal act is about: the words behind its trigger up to the end of the clause, without who takes part, the
  // day and the adverbs that stand first there. Where nothing follows that could be it, the trigger alone.
  Span content(const Draft& draft) const {
    const std::uint32_t last = view_.analysis.sentences[draft.sentence].last;
    const std::uint32_t begin = skip_circumstances(draft, last);
    std::uint32_t end = begin;
    bool within = draft.verbal;  // inside a clause of its own, whose verb belongs to it
    for (; end < last && end < begin + kContent; ++end) {
      if (ends_clause(end) && end >= begin + kShortContent) break;
      const std::uint32_t own = phrases_.phrase_of[end];
      if (own == kNoPhrase) continue;
      const Phrase& phrase = phrases_.phrases[own];
      within = within || phrase.kind == PhraseKind::relative || phrase.kind == PhraseKind::subordinator;
      if (!within && phrase.kind == PhraseKind::verb && phrase.shape == VerbShape::finite) break;
    }
    while (end > begin && ends_clause(end - 1)) --end;
    if (end == begin) return draft.trigger;
    return Span{view_.analysis.tokens[begin].span.begin, view_.analysis.tokens[end - 1].span.end};
  }

  // The token at which the content may begin; `last` if none does.
  std::uint32_t skip_circumstances(const Draft& draft, std::uint32_t last) const {
    const Phrase& own = phrases_.phrases[draft.phrase_last];
    std::uint32_t at = draft.verbal ? draft.last : std::max(draft.last, own.last);
    while (at < last) {
      if (is_adverb(at)) {
        ++at;
        continue;
      }
      const std::uint32_t next = phrase_from(at);
      if (next == kNoPhrase) return ends_clause(at) ? last : at;
      const Phrase& phrase = phrases_.phrases[next];
      if (phrase.kind == PhraseKind::time || is_party(phrase, draft)) {
        at = phrase.last;
        continue;
      }
      return may_be_content(phrase, draft) ? at : last;
    }
    return last;
  }

  // The phrase that begins with this token, or behind the preposition or pronoun that stands here.
  std::uint32_t phrase_from(std::uint32_t token) const {
    constexpr std::uint32_t kBefore = 4;
    for (std::uint32_t i = token; i < token + kBefore && i < phrases_.phrase_of.size() && !ends_clause(i); ++i)
      if (phrases_.phrase_of[i] != kNoPhrase) return phrases_.phrase_of[i];
    return kNoPhrase;
  }

  bool is_adverb(std::uint32_t token) const { return view_.analysis.tokens[token].upos == Upos::ADV; }

  // Whether a noun phrase names nobody but those who take part, or where.
  bool is_party(const Phrase& phrase, const Draft& draft) const {
    if (phrase.kind != PhraseKind::noun || phrase.mention_begin == phrase.mention_end) return false;
    for (std::uint32_t m = phrase.mention_begin; m < phrase.mention_end; ++m) {
      const Mention& mention = view_.entities.mentions[MentionId(phrases_.mentions[m])];
      const auto has = [&](const std::vector<EntityId>& list) {
        return std::find(list.begin(), list.end(), mention.entity) != list.end();
      };
      const bool place = draft.place_span && draft.place_span->contains(mention.span);
      if (!place && !has(draft.actors) && !has(draft.targets) && !has(draft.mediators)) return false;
    }
    return true;
  }

  // A noun is completed with a preposition, an infinitive or a clause; a verb by an object too.
  static bool may_be_content(const Phrase& phrase, const Draft& draft) {
    switch (phrase.kind) {
      case PhraseKind::noun:
        return draft.verbal || phrase.preposition != 0;
      case PhraseKind::verb:
        return phrase.shape == VerbShape::infinitive;
      case PhraseKind::subordinator:
        return true;
      default:
        return false;
    }
  }

  bool ends_clause(std::uint32_t token) const {
    const std::string_view form = view_.analysis.form(token);
    return form == "." || form == ";" || form == "," || form == "?" || form == "!";
  }

  static constexpr std::uint32_t kContent = 40, kShortContent = 3;  // tokens; a comma does not end so short a one

  const PageView& view_;
  const Phrases& phrases_;
  const Matches& matches_;
  Clauses clauses_;
  ContextCounter contexts_;
  std::vector<Match> candidates_;
};

}  // namespace
}  // namespace frames

Events find_events(const Page& page, const Analysis& analysis, const Times& times, const Entities& entities,
                   const Statements& statements, const Knowledge& knowledge, const EventRules& rules) {
  const frames::PageView view{page, analysis, times, entities, statements, knowledge, rules.tables()};
  frames::Phrases phrases;
  frames::look_up_words(view, phrases);
  const frames::Matches matches = frames::match_patterns(view, phrases);
  if (matches.triggers.empty()) return {};
  frames::find_phrases(view, matches, phrases);
  frames::Drafter drafter(view, phrases, matches);
  return frames::merge_drafts(view, drafter.run());
}

}  // namespace chancery
