// Whom the words that name nobody mean. The page is walked once in the order of its text; each figure remembers where
// it was last spoken of and where it was last a subject, and a pronoun or nominal takes the fittest of those near.
// Where two fit alike, none is taken: an empty answer is better than a wrong one.
#include <algorithm>
#include <array>

#include "entities/draft.h"

namespace chancery::entities {
namespace {

constexpr float kRival = 1.5F;       // nearness of a person beside whom no body is meant
constexpr float kUnnamed = 0.7F;     // by how much an unnamed person is farther
constexpr std::uint32_t kReach = 4;  // sentences back for a pronoun
constexpr std::uint32_t kMostFigures = 256;
constexpr std::size_t kMostRecent = 24;  // figures kept in view; more are out of mind
constexpr std::size_t kLongestList = 8;
constexpr std::uint32_t kReachOfTwo = 10;  // sentences back for « les deux hommes »

class Resolver {
 public:
  explicit Resolver(PageEntities& page) : page_(page), words_(page.words), rules_(page.rules) {}

  void run() {
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i) {
      Draft& draft = page_.drafts[i];
      if (draft.dropped || draft.kind == DraftKind::adjective) continue;
      if (draft.kind == DraftKind::possessive) {
        possessive(draft);
        continue;
      }
      resolve(draft, i);
      if (draft.kind == DraftKind::name && draft.entity != kNone && names_one_man(draft)) man_of_state(draft);
      if (draft.dropped || draft.entity == kNone) continue;
      note_speaker(draft);
      nested_ = draft.last <= outer_end_;
      outer_end_ = std::max(outer_end_, draft.last);
      notice(draft);
      last_noticed_ = &draft;
    }
    link_first_persons();
  }

 private:
  std::uint32_t sentence_of(const Draft& draft) const { return words_.words[draft.first].sentence; }
  const Entity& entity(std::uint32_t figure) const { return page_.roster.figures[figure].entity; }
  bool is_person(std::uint32_t figure) const { return entity(figure).kind == ThingKind::person; }
  bool is_state(std::uint32_t figure) const { return entity(figure).kind == ThingKind::state; }

  void resolve(Draft& draft, std::uint32_t index) {
    switch (draft.kind) {
      case DraftKind::pronoun:
        return pronoun(draft);
      case DraftKind::nominal:
        return nominal(draft, index);
      case DraftKind::title:
        return draft.entity == kNone ? bare_title(draft) : void();
      case DraftKind::counterpart:
        return counterpart(draft, index);
      case DraftKind::group:
        return group(draft);
      case DraftKind::source:
        return source(draft);
      default:
        return;
    }
  }

  // What has been spoken of becomes near and salient.
  void notice(const Draft& draft) {
    if (draft.entity == kNone) return;
    const std::uint32_t sentence = sentence_of(draft);
    // « Selon X, … », « Pour X, … »: he speaks, as a subject does.
    const bool speaks = draft.governor != kNone && words_.is(draft.governor, kObliqueAfter) &&
                        is_person(draft.entity) && draft.kind != DraftKind::pronoun;
    see(draft.entity, sentence, draft.subject || speaks);
    page_.figure(draft.entity).last_governed = draft.governor != kNone && !speaks;
    learn_gender(draft);
    if (draft.subject) last_subject_ = names_people(draft) ? nullptr : &draft;
    if (!entity(draft.entity).members.empty()) {
      last_group_ = draft.entity;
      last_group_sentence_ = sentence;
      last_group_subject_ = draft.subject;
    }
    if (draft.movement) page_.figure(draft.entity).movement = true;
    if (draft.kind == DraftKind::title && is_state(draft.entity)) govern(draft);
    note_unnamed(draft, sentence);
    if (entity(draft.entity).kind == ThingKind::place) last_place_ = draft.entity, last_place_sentence_ = sentence;
    act(draft, sentence);
    note_pair(draft, sentence);
    note_list(draft);
    note_two(sentence);
  }

  // « la Russie », « du Conseil »: the article tells the gender of a state or body.
  void learn_gender(const Draft& draft) {
    if ((draft.kind != DraftKind::name && draft.kind != DraftKind::unknown) || !speaks(draft.entity) ||
        draft.first == 0 || !words_.joined(draft.first))
      return;
    if (!words_.is(draft.first - 1, kDefinite) || names_people(draft)) return;
    const Gender gender = gender_told(draft);
    if (gender == Gender::none) return;
    if (genders_.size() <= draft.entity) genders_.resize(draft.entity + 1, Gender::none);
    genders_[draft.entity] = gender;
  }
  // « le gouvernement allemand … Il »: the title's gender is in force, not the state's.
  void govern(const Draft& draft) {
    last_governing_ = draft.entity;
    if (draft.gender == Gender::none) return;
    if (genders_.size() <= draft.entity) genders_.resize(draft.entity + 1, Gender::none);
    genders_[draft.entity] = draft.gender;
  }
  // « l'Ukraine », « l'Union »: where the article is elided the name itself tells.
  Gender gender_told(const Draft& draft) const {
    const Gender article = page_.token(draft.first - 1).morph.gender;
    if (article != Gender::none || words_.words[draft.first].gap != Gap::apostrophe) return article;
    if (!is_state(draft.entity))
      return page_.upos(draft.first) == Upos::NOUN ? page_.token(draft.first).morph.gender : Gender::none;
    const std::string_view name = words_.text(draft.first);
    const bool feminine = std::any_of(rules_.feminine_endings.begin(), rules_.feminine_endings.end(),
                                      [&](const std::string& ending) { return name.ends_with(ending); });
    if (rules_.feminine_endings.empty()) return Gender::none;
    return feminine ? Gender::fem : Gender::masc;
  }
  // « le Russe » is a man of the state, not the state.
  bool names_people(const Draft& draft) const {
    return std::any_of(draft.entries.begin(), draft.entries.end(), [&](const NameEntry& entry) {
      return entry.form == NameForm::demonym && entry.thing == entity(draft.entity).thing;
    });
  }
  // « le Russe », « la Française »: with its article, and one.
  bool names_one_man(const Draft& draft) const {
    return draft.number == Number::sing && draft.first > 0 && words_.joined(draft.first) && is_state(draft.entity) &&
           words_.is(draft.first - 1, kDefinite) && !words_.is(draft.first - 1, kOf) &&
           page_.token(draft.first - 1).morph.number == Number::sing && names_people(draft) && draft.governor == kNone;
  }
  // He is whom the page has told of last among those of the state.
  void man_of_state(Draft& draft) {
    const ThingId state = entity(draft.entity).thing;
    const Best best = nearest(sentence_of(draft), [&](std::uint32_t f) {
      return is_person(f) && entity(f).state == state && agrees(entity(f).gender, draft.gender);
    });
    if (best.clear()) take(draft, best.figure, 0.65F);
  }
  Gender gender_of(std::uint32_t figure) const {
    const Gender own = entity(figure).gender;
    return own != Gender::none || figure >= genders_.size() ? own : genders_[figure];
  }

  // Whether the state does something here, or is only spoken of: « en Ukraine » is a place, « avec Moscou » a partner.
  void act(const Draft& draft, std::uint32_t sentence) {
    const bool partner = draft.governor != kNone && !words_.is(draft.governor, kOf | kLocative);
    const float weight = draft.subject || partner ? 1.0F : draft.locative ? 0.1F : 0.4F;
    const Entity& one = entity(draft.entity);
    if (is_party(draft.entity)) acted(draft.entity, weight, sentence);
    if (one.kind != ThingKind::person || !one.state) return;
    const auto state = page_.roster.by_thing.find(one.state.value);
    if (state != page_.roster.by_thing.end()) acted(state->second, 0.5F * weight, sentence);
  }
  void acted(std::uint32_t state, float weight, std::uint32_t sentence) {
    Figure& figure = page_.figure(state);
    figure.acting += weight;
    if (weight >= 0.3F) figure.acted_sentence = sentence;
  }

  // « un diplomate »: « il » and « ce diplomate » may mean him.
  void note_unnamed(const Draft& draft, std::uint32_t sentence) {
    const bool one = draft.number == Number::sing && !entity(draft.entity).thing;
    const bool source = draft.kind == DraftKind::source && !draft.form.state && !draft.apposed;
    const bool office = draft.kind == DraftKind::title && entity(draft.entity).kind == ThingKind::office;
    if (!one || (!source && !office)) return;
    page_.figure(draft.entity).unnamed = true;
    unnamed_ = draft.entity;
    // « un haut responsable » is « ce responsable ».
    unnamed_first_ = draft.first;
    unnamed_last_ = std::min(draft.last, draft.first + 2);
    unnamed_sentence_ = sentence;
  }
  bool may_be_he(std::uint32_t figure) const { return is_person(figure) || page_.roster.figures[figure].unnamed; }

  // A state, a movement or a body that may be one of the parties to something.
  bool is_party(std::uint32_t figure) const {
    const Entity& one = entity(figure);
    if (one.kind == ThingKind::group) return one.thing || page_.roster.figures[figure].movement;
    return one.kind == ThingKind::state || (one.kind == ThingKind::organisation && !one.outlet);
  }
  bool is_movement(std::uint32_t figure) const {
    const Entity& one = entity(figure);
    return page_.roster.figures[figure].movement ||
           (one.kind == ThingKind::group && one.thing && !page_.knowledge[one.thing].circle);
  }

  // « A, B et C »: lists of states that stand side by side, for « les trois pays ».
  void note_list(const Draft& draft) {
    const bool state = is_state(draft.entity);
    bool goes_on = state && !list_.empty() && draft.first >= list_end_ && draft.first - list_end_ <= 4;
    bool conjunction = false;
    for (std::uint32_t i = list_end_; goes_on && i <= draft.first; ++i) {
      if (i > 0 && !words_.continues(i)) goes_on = false;
      if (i == draft.first) continue;
      if (words_.is(i, kAnd)) conjunction = true;
      goes_on = goes_on && words_.is(i, kAnd | kArticle | kOf | kPreposition);
    }
    if (goes_on && !conjunction && words_.joined(list_end_)) goes_on = words_.words[draft.first].gap == Gap::comma;
    if (!goes_on) list_.clear();
    if (!state) return;
    if (std::find(list_.begin(), list_.end(), draft.entity) == list_.end()) list_.push_back(draft.entity);
    list_end_ = draft.last;
    if (list_.size() >= 3) lists_[std::min<std::size_t>(list_.size(), kLongestList)] = list_;
  }
  // « les trois pays »: the last three that the page lists; else the members of a body of three of which it speaks.
  bool take_list(Draft& draft) {
    if (draft.count < 3 || draft.count > kLongestList) return false;
    std::vector<std::uint32_t> members = lists_[draft.count];
    for (std::size_t i = recent_.size(); i-- > 0 && members.empty();) {
      const Entity& body = entity(recent_[i]);
      if (!body.thing || body.kind == ThingKind::state || body.kind == ThingKind::person) continue;
      const std::vector<ThingId> states = page_.knowledge.members(body.thing);
      if (states.size() != draft.count) continue;
      for (const ThingId state : states) members.push_back(page_.figure_of(state));
    }
    if (members.empty()) return false;
    take(draft, page_.group_figure(std::move(members)), 0.75F);
    return true;
  }

  // « A et B »: two who act together are whom « ils » and « les deux pays » point at.
  void note_pair(const Draft& draft, std::uint32_t sentence) {
    std::uint32_t i = draft.first;
    for (int steps = 0; steps < 3 && i > 0 && words_.joined(i) && !words_.is(i - 1, kAnd); ++steps) --i;
    if (i == 0 || !words_.joined(i) || !words_.is(i - 1, kAnd)) return;
    const Draft* other = last_noticed_;
    if (other == nullptr || other->last > i - 1 || i - 1 - other->last > 1 || other->entity == draft.entity) return;
    if (other->entity == kNone) return;
    const bool alike = entity(other->entity).kind == entity(draft.entity).kind;
    if (!alike && !(is_party(other->entity) && is_party(draft.entity))) return;
    pair_ = {other->entity, draft.entity};
    pair_sentence_ = sentence;
    pair_subject_ = other->subject || draft.subject;
  }
  void see(std::uint32_t figure, std::uint32_t sentence, bool subject) {
    Figure& one = page_.figure(figure);
    ++one.count;
    if (one.last_sentence != sentence) one.earlier_sentence = one.last_sentence;
    one.last_sentence = sentence;
    if (subject && one.subject_sentence != sentence) one.earlier_subject = one.subject_sentence;
    if (subject) one.subject_sentence = sentence;
    const auto found = std::find(recent_.begin(), recent_.end(), figure);
    if (found != recent_.end())
      recent_.erase(found);
    else if (recent_.size() == kMostRecent)
      recent_.erase(recent_.begin());
    // « le maître du Kremlin »: whoever holds the phrase is the last one spoken of, not what it names.
    recent_.insert(nested_ && !recent_.empty() ? recent_.end() - 1 : recent_.end(), figure);
  }

  static bool agrees(Gender a, Gender b) { return a == Gender::none || b == Gender::none || a == b; }

  // How near a figure is to a sentence; `before` leaves out what the sentence itself has said so far.
  float nearness(std::uint32_t figure, std::uint32_t sentence, bool before) const {
    const Figure& one = page_.roster.figures[figure];
    float score = 0;
    const std::uint32_t subject =
        before && one.subject_sentence == sentence ? one.earlier_subject : one.subject_sentence;
    const std::uint32_t seen = before && one.last_sentence == sentence ? one.earlier_sentence : one.last_sentence;
    if (subject != kNone && sentence - subject < kReach) score = 4.0F - 1.1F * static_cast<float>(sentence - subject);
    if (seen != kNone && sentence - seen < kReach)
      score = std::max(score, (one.last_governed ? 1.8F : 2.3F) - 0.5F * static_cast<float>(sentence - seen));
    // Pages come back to those whom they name sooner than to those whom they do not.
    if (one.unnamed) score -= kUnnamed;
    return score > 0 ? score + 0.05F * static_cast<float>(std::min(one.count, 6U)) : 0;
  }

  struct Best {
    std::uint32_t figure = kNone;
    float score = 0, second = 0;
    bool clear() const { return figure != kNone && score - second >= 0.5F; }
  };
  template <class Fits>
  Best nearest(std::uint32_t sentence, Fits fits, bool before = false) const {
    Best best;
    for (const std::uint32_t figure : recent_) {
      if (!fits(figure)) continue;
      const float score = nearness(figure, sentence, before);
      if (score <= 0) continue;
      if (score > best.score) {
        best.second = best.score;
        best.figure = figure;
        best.score = score;
      } else {
        best.second = std::max(best.second, score);
      }
    }
    return best;
  }

  bool before_saying(const Draft& draft) const {
    const auto saying = [&](std::uint32_t k) {
      const Upos upos = page_.upos(k);
      return (upos == Upos::VERB || upos == Upos::AUX) && rules_.is_saying(page_.token(k));
    };
    for (std::uint32_t k = draft.last, steps = 0; k < words_.size() && words_.joined(k) && steps < 4; ++k, ++steps)
      if (saying(k)) return true;
    for (std::uint32_t k = draft.first, steps = 0; k-- > 0 && steps < 2; ++steps)
      if (words_.words[k].sentence == words_.words[draft.first].sentence && saying(k)) return true;
    return false;
  }

  // « Une délégation doit se rendre à Taipei, où elle rencontrera X »: the noun that is the subject of its own
  // sentence, whom nobody knows.
  bool means_thing_before(const Draft& draft) const {
    if (draft.inverted || draft.oblique || draft.last_named || draft.number != Number::sing) return false;
    const std::uint32_t sentence = sentence_of(draft);
    if (last_subject_ != nullptr && sentence_of(*last_subject_) == sentence) return false;
    std::uint32_t noun = kNone, verbs = 0;
    for (std::uint32_t i = words_.sentence_first[sentence]; i < draft.first; ++i) {
      const Upos upos = page_.upos(i);
      if (noun == kNone) {
        if (words_.is(i, kPreposition | kLocative) || upos == Upos::PRON || page_.name_at[i] != kNone) return false;
        if (upos == Upos::NOUN) noun = i;
        continue;
      }
      if ((upos == Upos::VERB || upos == Upos::AUX) && page_.token(i).morph.is_finite()) ++verbs;
    }
    if (noun == kNone || verbs == 0 || before_saying(draft)) return false;
    const Morph& morph = page_.token(noun).morph;
    return morph.gender == draft.gender && morph.number != Number::plur;
  }

  void pronoun(Draft& draft) {
    // Inside a quotation he is somebody of whom its speaker speaks, and that is beyond us.
    if (words_.words[draft.first].quoted) return;
    if (draft.number == Number::plur) return plural_pronoun(draft);
    const std::uint32_t sentence = sentence_of(draft);
    if (means_thing_before(draft)) return;
    if (draft.last_named) return last_named(draft);
    if (const std::uint32_t body = body_that_says(draft); body != kNone) return take(draft, body, 0.7F);
    // « …, a-t-il dit » is whoever spoke before, not somebody of whom he speaks.
    const auto fits = [&](std::uint32_t f) { return may_be_he(f) && agrees(entity(f).gender, draft.gender); };
    // « X se tait : rien ne presse, dit-il »: the subject of the sentence outside the quotation.
    if (draft.inverted && last_subject_ != nullptr && sentence_of(*last_subject_) == sentence &&
        !words_.words[last_subject_->first].quoted && last_subject_->entity != kNone && fits(last_subject_->entity))
      return take(draft, last_subject_->entity, 0.75F);
    const Best best = nearest(
        sentence, [&](std::uint32_t f) { return is_person(f) && fits(f); }, draft.inverted);
    const Best unnamed = nearest(
        sentence, [&](std::uint32_t f) { return !is_person(f) && fits(f); }, draft.inverted);
    if (unnamed.score > best.score) {
      if (unnamed.clear() && unnamed.score - best.score >= 0.5F) take(draft, unnamed.figure, 0.6F);
      return;
    }
    // The only one in view needs no nearness.
    const bool alone = best.second == 0 && best.score >= 0.7F;
    if (best.figure != kNone &&
        (alone || (best.score >= 1.2F && (best.score - best.second >= 0.3F || best.score >= 2.8F)))) {
      take(draft, best.figure, best.clear() && best.score >= 2.5F ? 0.8F : 0.6F);
      return;
    }
    if (best.score >= kRival) return;
    // No person near: a body or state that spoke, « elle a annoncé ».
    // One whom only the page knows must say something: « elle » is a thing as often.
    const bool says = before_saying(draft);
    const Best body = nearest(sentence, [&](std::uint32_t f) {
      return (acts(f) || is_movement(f)) && (entity(f).thing || says) && gender_of(f) == draft.gender;
    });
    if (body.clear() && body.score >= 2.5F) take(draft, body.figure, 0.55F);
  }
  // The one who says something in a sentence, outside its quotations; nobody where two do.
  void note_speaker(const Draft& draft) {
    if (!draft.subject || words_.words[draft.first].quoted || !(is_person(draft.entity) || acts(draft.entity))) return;
    if (!says_there(draft)) return;
    const std::uint32_t sentence = sentence_of(draft);
    if (speakers_.size() <= sentence) speakers_.resize(sentence + 1, kNone);
    std::uint32_t& speaker = speakers_[sentence];
    speaker = speaker == kNone || speaker == draft.entity ? draft.entity : kSeveral;
  }
  // A verb of saying right behind, or right before as in « a dit X ».
  bool says_there(const Draft& draft) const {
    const auto says = [&](std::uint32_t k) {
      return rules_.is_saying(page_.token(k)) && !rules_.is_weak_saying(page_.token(k));
    };
    for (std::uint32_t k = draft.last, steps = 0; words_.continues(k) && steps < 4 && words_.joined(k); ++k, ++steps)
      if (page_.upos(k) == Upos::VERB) return says(k);
    for (std::uint32_t k = draft.first, steps = 0; k > 0 && words_.joined(k) && steps < 4; --k, ++steps)
      if (page_.upos(k - 1) == Upos::VERB) return says(k - 1);
    return false;
  }
  // « Je pars », a dit X: whoever speaks in the sentence of the quotation, or where it began.
  void link_first_persons() {
    std::uint32_t running = kNone;  // the speaker of the quotation that is open
    for (std::uint32_t s = 0; s + 1 < words_.sentence_first.size(); ++s) {
      const std::uint32_t begin = words_.sentence_first[s], end = words_.sentence_first[s + 1];
      if (begin == end) continue;
      const std::uint32_t own = s < speakers_.size() ? speakers_[s] : kNone;
      const bool goes_on = words_.words[begin].quoted && begin > 0 && words_.words[begin - 1].quoted;
      const std::uint32_t speaker = own != kNone ? own : goes_on ? running : kNone;
      running = words_.words[end - 1].quoted ? speaker : kNone;
      if (speaker == kNone || speaker == kSeveral) continue;
      for (std::uint32_t i = begin; i < end; ++i)
        if (words_.words[i].quoted && rules_.first_person.holds(words_.words[i].hash)) add_first_person(i, speaker);
    }
  }
  void add_first_person(std::uint32_t word, std::uint32_t speaker) {
    Draft draft;
    draft.kind = DraftKind::possessive;
    draft.first = word;
    draft.last = word + 1;
    draft.entity = speaker;
    draft.confidence = 0.75F;
    page_.add(draft);
  }

  // « X et son frère », « X, sa femme », « X a vendu sa maison »: whoever stands right before it, or is the subject of
  // its clause.
  void possessive(Draft& draft) {
    const bool plural = draft.number == Number::plur;
    const auto fits = [&](std::uint32_t f) {
      const bool many = !entity(f).members.empty() || (entity(f).kind == ThingKind::group && !entity(f).thing);
      return plural ? many : !many && (may_be_he(f) || acts(f) || is_movement(f));
    };
    if (last_noticed_ != nullptr && sentence_of(*last_noticed_) == sentence_of(draft) &&
        last_noticed_->entity != kNone && is_person(last_noticed_->entity) && fits(last_noticed_->entity) &&
        draft.first > 0 && words_.is(draft.first - 1, kAnd) && last_noticed_->last + 1 == draft.first)
      return take(draft, last_noticed_->entity, 0.8F);
    if (last_subject_ == nullptr) return;
    if (opens_sentence(draft)) {  // « Sa femme … »: of whoever has been the subject and has no rival
      const Best best = nearest(sentence_of(draft), [&](std::uint32_t f) { return fits(f) && is_person(f); });
      if (best.score >= 2.9F && best.score - best.second >= 1.0F) take(draft, best.figure, 0.65F);
      return;
    }
    if (sentence_of(*last_subject_) != sentence_of(draft)) return;
    if (last_subject_->entity == kNone || last_subject_->last > draft.first || !fits(last_subject_->entity)) return;
    if (words_.words[last_subject_->first].quoted || !same_clause(last_subject_->last, draft.first)) return;
    take(draft, last_subject_->entity, 0.75F);
  }
  bool opens_sentence(const Draft& draft) const { return words_.words[draft.first].gap == Gap::start; }
  // One finite verb and no other clause stand between a subject and a word.
  bool same_clause(std::uint32_t first, std::uint32_t last) const {
    int verbs = 0;
    for (std::uint32_t i = first; i < last; ++i) {
      const Upos upos = page_.upos(i);
      const Morph& morph = page_.token(i).morph;
      if (upos == Upos::SCONJ || words_.words[i].gap == Gap::other) return false;
      if (upos == Upos::PRON && words_.is(i, kClauseOpener)) return false;
      const bool finite = (upos == Upos::VERB || upos == Upos::AUX) && !morph.is_infinitive() && !morph.is_participle();
      // « il a pris et vendu », « il prend, vend et perd »: the same subject.
      const bool goes_on = i > first && (page_.upos(i - 1) == Upos::CCONJ || words_.words[i].gap == Gap::comma);
      if (finite && ++verbs > 1 && !goes_on) return false;
    }
    return verbs >= 1;
  }

  // « l'Alliance a annoncé qu'elle »: the body that is the subject of the saying.
  std::uint32_t body_that_says(const Draft& draft) const {
    if (last_subject_ == nullptr || draft.inverted || draft.oblique || draft.first < 2) return kNone;
    if (sentence_of(*last_subject_) != sentence_of(draft) || last_subject_->last >= draft.first) return kNone;
    const std::uint32_t figure = last_subject_->entity;
    if (figure == kNone || !acts(figure) || !agrees(gender_of(figure), draft.gender)) return kNone;
    const std::uint32_t opener = draft.first - 1;
    if (!words_.joined(draft.first) || !words_.is(opener, kClauseOpener) || !words_.joined(opener)) return kNone;
    for (std::uint32_t i = opener; i-- > last_subject_->last && opener - i <= 3;)  // « a annoncé hier que »
      if (page_.upos(i) == Upos::VERB) return rules_.is_saying(page_.token(i)) ? figure : kNone;
    return kNone;
  }
  // States and bodies that do things; an outlet that is named most often only tells.
  bool acts(std::uint32_t figure) const {
    return speaks(figure) && entity(figure).kind != ThingKind::office && !entity(figure).outlet;
  }
  bool speaks(std::uint32_t figure) const {
    const ThingKind kind = entity(figure).kind;
    return kind == ThingKind::state || kind == ThingKind::organisation || kind == ThingKind::office;
  }
  void take(Draft& draft, std::uint32_t figure, float confidence) {
    draft.entity = figure;
    draft.confidence = confidence;
    if (draft.kind == DraftKind::pronoun && page_.figure(figure).entity.gender == Gender::none &&
        draft.gender != Gender::none && is_person(figure) && confidence >= 0.8F)
      page_.figure(figure).entity.gender = draft.gender;
  }

  // « ce dernier »: the last person or body named who agrees.
  void last_named(Draft& draft) {
    const bool concerned = draft.form.role_set != 0;  // « l'intéressé »: a person of whom something was told
    for (std::size_t i = recent_.size(); i-- > 0;) {
      const std::uint32_t figure = recent_[i];
      if (concerned && page_.roster.figures[figure].unnamed) continue;
      // Of a state or body the page must have told the gender.
      const bool fits = is_person(figure) ? agrees(entity(figure).gender, draft.gender)
                                          : !concerned && is_party(figure) && gender_of(figure) == draft.gender;
      // Not whoever is the subject already: « X a invité Y, et ce dernier … ».
      const bool subject = last_subject_ != nullptr && last_subject_->entity == figure &&
                           sentence_of(*last_subject_) == sentence_of(draft);
      if (!fits || subject) continue;
      const std::uint32_t seen = page_.figure(figure).last_sentence;
      if (sentence_of(draft) - seen <= (concerned ? kReach - 1 : 1)) take(draft, figure, 0.65F);
      return;
    }
  }

  void plural_pronoun(Draft& draft) {
    const std::uint32_t sentence = sentence_of(draft);
    const bool group_later = last_group_ != kNone && last_group_sentence_ >= pair_sentence_;
    if (pair_subject_ && sentence - pair_sentence_ <= 1 && !(group_later && last_group_subject_))
      return take(draft, page_.group_figure(pair_), 0.65F);
    if (last_group_ != kNone && sentence - last_group_sentence_ <= 1 &&
        (!entity(last_group_).members.empty() || agrees(entity(last_group_).gender, draft.gender)))
      return take(draft, last_group_, 0.65F);
  }

  bool plays(std::uint32_t figure, const Draft& draft) const {
    const Figure& one = page_.roster.figures[figure];
    const auto fits = [&](std::string_view role) {
      if (draft.kind == DraftKind::title && !draft.titles->empty() && draft.form.role_set == 0) {
        for (const std::uint16_t title : *draft.titles)
          if (rules_.roles[rules_.title_forms[title].role] == role) return true;
        return false;
      }
      return rules_.role_fits(draft.form.role_set, role);
    };
    for (const HeldRole& held : one.roles)
      if (fits(held.role)) return true;
    if (!one.entity.thing) return false;
    for (const Tenure& tenure : page_.knowledge.offices(one.entity.thing, page_.day))
      if (fits(page_.knowledge.role(tenure.office))) return true;
    return false;
  }

  // « le président a annoncé que l'Ukraine … »: the state that is the subject of what he says.
  ThingId state_of_clause(const Draft& draft) const {
    constexpr std::uint32_t kToClause = 7, kToSubject = 3;  // words
    std::uint32_t i = draft.last;
    while (words_.continues(i) && i < draft.last + kToClause && page_.upos(i) != Upos::SCONJ) ++i;
    if (i >= draft.last + kToClause || !words_.continues(i) || i == draft.last || words_.words[i].quoted) return {};
    if (!words_.is(i, kClauseOpener) || !before_saying(draft)) return {};
    for (std::uint32_t k = i + 1; words_.continues(k) && k <= i + kToSubject; ++k) {
      if (page_.name_at[k] == kNone) {
        if (!words_.is(k, kArticle)) return {};
        continue;
      }
      const Draft& name = page_.drafts[page_.name_at[k]];
      const bool acts = name.entity != kNone && !name.dropped && is_state(name.entity) && !name.locative;
      return acts && name.kind == DraftKind::name ? entity(name.entity).thing : ThingId();
    }
    return {};
  }

  // The last of fitting role who was spoken of, a subject before others of the same sentence.
  std::uint32_t last_playing(const Draft& draft) const {
    std::uint32_t best = kNone;
    const auto key = [&](std::uint32_t f) {
      const Figure& one = page_.roster.figures[f];
      const std::uint64_t subject = one.subject_sentence != kNone && one.subject_sentence == one.last_sentence ? 1 : 0;
      return (std::uint64_t{one.last_sentence} << 8) + (subject << 7) + std::min(one.count, 127U);
    };
    const ThingId told = state_of_clause(draft);
    for (const std::uint32_t figure : recent_) {
      if (!is_person(figure) || !agrees(entity(figure).gender, draft.gender) || !plays(figure, draft)) continue;
      if (told && entity(figure).state == told && page_.figure(figure).last_sentence != kNone) return figure;
    }
    for (const std::uint32_t figure : recent_) {
      if (!is_person(figure) || !agrees(entity(figure).gender, draft.gender) || !plays(figure, draft)) continue;
      if (draft.owner && page_.knowledge.state_of(draft.owner) != entity(figure).state) continue;
      if (best == kNone || key(figure) > key(best)) best = figure;
    }
    return best;
  }

  bool follows_of(std::uint32_t i) const { return words_.joined(i) && words_.is(i, kOf); }

  void bare_title(Draft& draft) {
    const auto generic = page_.match(rules_.persons, draft.first);
    if (generic && generic.last == draft.last) draft.form = rules_.phrases[generic.values->front()];
    if (take_of_possessor(draft) || take_spokesperson(draft)) return;
    // « le roi X II »: whoever is meant stands behind it.
    if (words_.joined(draft.last) && words_.words[draft.last].gap == Gap::space && words_.words[draft.last].upper) {
      draft.dropped = true;
      return;
    }
    const bool pointed =
        draft.first > 0 && words_.joined(draft.first) && words_.is(draft.first - 1, kDefinite | kDemonstrative);
    if (draft.former && take_former(draft)) return;
    if (pointed && take_home(draft)) return;
    if (!pointed || draft.former || follows_of(draft.last) || (draft.number == Number::plur)) {
      draft.dropped = true;
      return;
    }
    const std::uint32_t figure = page_.names_body(draft) ? body_of_story(draft) : last_playing(draft);
    draft.dropped = figure == kNone;
    if (figure != kNone) take(draft, figure, 0.75F);
  }

  // « l'ancien ministre de la Défense »: the nearest who held it once and does no longer.
  bool take_former(Draft& draft) {
    if (draft.number == Number::plur || follows_of(draft.last) || draft.portfolio != kNone) return false;
    std::uint32_t begin = draft.first;
    while (begin > 0 && words_.joined(begin) && words_.is(begin - 1, kFormer)) --begin;
    if (begin == 0 || !words_.joined(begin) || !words_.is(begin - 1, kDefinite | kDemonstrative)) return false;
    const auto held = [&](std::uint32_t f) {
      if (!is_person(f) || !entity(f).thing || !agrees(entity(f).gender, draft.gender)) return false;
      bool once = false;
      for (const Tenure& tenure : page_.knowledge.offices(entity(f).thing, Interval{})) {
        const std::string_view role = page_.knowledge.role(tenure.office);
        const bool of_title = std::any_of(draft.titles->begin(), draft.titles->end(), [&](std::uint16_t title) {
          return rules_.roles[rules_.title_forms[title].role] == role;
        });
        if (!of_title) continue;
        if (page_.day.known() && tenure.interval.overlaps(page_.day)) return false;
        once = true;
      }
      return once;
    };
    const Best best = nearest(sentence_of(draft), held);
    if (!best.clear()) return false;
    take(draft, best.figure, 0.7F);
    return true;
  }

  // « le président de la République »: of the state of the story; else of the state whose press uses the words.
  bool take_home(Draft& draft) {
    const auto match = page_.match(rules_.home_titles, draft.first);
    if (!match || match.last != draft.last || !page_.day.known() || draft.titles->empty()) return false;
    const std::string_view role = rules_.roles[rules_.title_forms[draft.titles->front()].role];
    const std::uint32_t story = state_of_story();
    const ThingId home = page_.knowledge.find(rules_.home);
    const ThingId state = story != kNone ? entity(story).thing : home && page_.votes(home) > 0 ? home : ThingId();
    if (!state) return false;
    const ThingId office = page_.knowledge.office(role, state);
    if (!office) return false;
    const std::vector<Tenure> tenures = page_.knowledge.holders(office, page_.day);
    if (tenures.size() != 1) return false;
    take(draft, page_.figure_of(tenures.front().person), 0.7F);
    return true;
  }

  // « la Maison-Blanche … sa porte-parole », « le ministère … son porte-parole », « l'ONU … son porte-parole ».
  bool take_spokesperson(Draft& draft) {
    if (!possessed(draft) || draft.former || draft.number == Number::plur || draft.owner || follows_of(draft.last))
      return false;
    constexpr std::string_view kSpeaks = "spokesperson";
    const bool speaks = std::any_of(draft.titles->begin(), draft.titles->end(), [&](std::uint16_t title) {
      return rules_.roles[rules_.title_forms[title].role] == kSpeaks;
    });
    if (!speaks || last_subject_ == nullptr || sentence_of(draft) - sentence_of(*last_subject_) > 1) return false;
    const std::uint32_t whose = last_subject_->entity;
    if (whose == kNone || entity(whose).kind != ThingKind::organisation || !entity(whose).thing) return false;
    const ThingId body = entity(whose).thing;
    const std::string_view role = page_.knowledge.role(body);
    ThingId office = entity(whose).state && !role.empty()
                         ? page_.knowledge.office(std::string(role) + "-" + std::string(kSpeaks), entity(whose).state)
                         : page_.knowledge.office(kSpeaks, body);
    if (!office) return false;
    const std::vector<Tenure> tenures = page_.knowledge.holders(office, page_.day);
    const bool one = page_.day.known() && tenures.size() == 1;
    take(draft, page_.figure_of(one ? tenures.front().person : office), 0.7F);
    return true;
  }

  bool possessed(const Draft& draft) const {
    std::uint32_t i = draft.first;
    for (int steps = 0; steps < 2 && i > 0 && words_.joined(i); ++steps) {
      if (words_.is(i - 1, kPossessive)) return true;
      if (page_.upos(i - 1) != Upos::ADJ) return false;
      --i;
    }
    return false;
  }
  bool may_possess(std::uint32_t figure) const {
    return is_state(figure) || (is_person(figure) && entity(figure).state && !roles_of(figure).empty());
  }
  // Whose « son » is: the subject of the sentence, else whoever is clearly nearest.
  std::uint32_t possessor(const Draft& draft) const {
    if (last_subject_ != nullptr && sentence_of(*last_subject_) == sentence_of(draft))
      return may_possess(last_subject_->entity) ? last_subject_->entity : kNone;
    const Best best = nearest(sentence_of(draft), [&](std::uint32_t f) { return may_possess(f); });
    return best.clear() ? best.figure : kNone;
  }
  // « Emmanuel Macron et son ministre des Affaires étrangères »: the office in the possessor's state.
  bool take_of_possessor(Draft& draft) {
    if (!possessed(draft) || draft.former || draft.number == Number::plur || draft.portfolio != kNone) return false;
    if (draft.titles->empty() || follows_of(draft.last) || page_.names_body(draft)) return false;
    const std::uint32_t owner = possessor(draft);
    if (owner == kNone) return false;
    const ThingId state = is_state(owner) ? entity(owner).thing : entity(owner).state;
    std::string_view role;
    for (const std::uint16_t index : *draft.titles) {
      const TitleForm& form = rules_.title_forms[index];
      if (!form.owners.empty()) continue;
      if (!role.empty() && role != rules_.roles[form.role]) return false;
      role = rules_.roles[form.role];
    }
    if (role.empty() || rules_.role_fits(rules_.posted, role)) return false;
    for (const HeldRole& held : roles_of(owner))
      if (held.role == role) return false;
    const std::uint32_t figure = holder_for({{role, state}}, state);
    if (figure == kNone) return false;
    take(draft, figure, 0.7F);
    return true;
  }

  // « le gouvernement » is the one last spoken of, else that of the state which the page is about.
  std::uint32_t body_of_story(const Draft& draft) {
    if (draft.titles->empty()) return kNone;
    const TitleForm& form = rules_.title_forms[draft.titles->front()];
    const bool for_state = rules_.stand_for != 0 && rules_.role_fits(rules_.stand_for, rules_.roles[form.role]);
    const std::uint32_t last = for_state ? last_governing_ : last_body(draft);
    if (last != kNone) return last;
    const std::uint32_t state = state_of_story();
    if (state == kNone || other_state_in_sentence(state, draft)) return kNone;
    if (!form.owners.empty()) return kNone;
    const ThingId body = page_.knowledge.office(rules_.roles[form.role], entity(state).thing);
    return for_state ? state : body ? page_.figure_of(body) : kNone;
  }
  std::uint32_t last_body(const Draft& draft) const {
    for (std::size_t i = recent_.size(); i-- > 0;) {
      const Entity& one = entity(recent_[i]);
      if (one.kind != ThingKind::organisation || !one.thing) continue;
      const std::string_view role = page_.knowledge.role(one.thing);
      for (const std::uint16_t title : *draft.titles)
        if (!role.empty() && rules_.roles[rules_.title_forms[title].role] == role) return recent_[i];
    }
    return kNone;
  }

  std::uint32_t named_behind(const Draft& draft) const {
    std::uint32_t at = draft.last;
    if (!words_.continues(at) || (words_.words[at].gap != Gap::space && words_.words[at].gap != Gap::comma))
      return kNone;
    if (words_.is(at, kArticle) && words_.joined(at + 1) && words_.is(at + 1, kOpensCourtesy)) ++at;
    const auto courtesy = page_.match(rules_.courtesy, at);
    if (courtesy && words_.continues(courtesy.last)) at = courtesy.last;
    if (page_.title_at[at] != kNone) {  // « son homologue américain, le secrétaire d'État X »
      const Draft& title = page_.drafts[page_.title_at[at]];
      return title.partner;
    }
    if (page_.name_at[at] == kNone) return kNone;
    const Draft& name = page_.drafts[page_.name_at[at]];
    return name.entity != kNone && !name.dropped && is_person(name.entity) ? page_.name_at[at] : kNone;
  }

  // A name beside its nominal is governed as the nominal is.
  void join(std::uint32_t index, std::uint32_t name) {
    page_.drafts[name].partner = index;
    if (page_.drafts[index].governor == kNone || page_.drafts[name].governor != kNone) return;
    page_.drafts[name].governor = page_.drafts[index].governor;
    page_.drafts[name].subject = false;
  }

  void nominal(Draft& draft, std::uint32_t index) {
    if (draft.place) return place_nominal(draft);
    if (draft.rule) return rule_nominal(draft);
    if (draft.staff) return staff_nominal(draft);
    if (draft.form.ministry) return ministry_nominal(draft);
    if (draft.form.movement) return movement_nominal(draft);
    if (draft.form.power) return power_nominal(draft);
    if (draft.form.state) return state_nominal(draft);
    if (draft.form.body) return body_nominal(draft);
    const std::uint32_t name = named_behind(draft);
    if (name != kNone && words_.words[draft.last].gap == Gap::space) {
      draft.partner = name;
      join(index, name);
      return take(draft, page_.drafts[name].entity, 0.9F);
    }
    if (unnamed_ != kNone && draft.last == draft.first + 1 && sentence_of(draft) - unnamed_sentence_ <= 3)
      for (std::uint32_t i = unnamed_first_; i < unnamed_last_; ++i)
        if (words_.words[i].id == words_.words[draft.first].id) return take(draft, unnamed_, 0.75F);
    const std::uint32_t figure = draft.form.role_set != 0 ? last_playing(draft) : kNone;
    const std::uint32_t named = figure == kNone ? called(draft) : figure;
    if (named != kNone)
      take(draft, named, 0.75F);
    else
      draft.dropped = true;
  }

  // « l'avocat »: the one whom the page called so beside the name.
  std::uint32_t called(const Draft& draft) const {
    if (draft.calling == kNone || page_.name_at[draft.calling] == kNone) return kNone;
    const Draft& name = page_.drafts[page_.name_at[draft.calling]];
    if (name.dropped || name.entity == kNone || !is_person(name.entity)) return kNone;
    return agrees(entity(name.entity).gender, draft.gender) ? name.entity : kNone;
  }

  // « la capitale russe » is a town; « cette ville » the one last named.
  void place_nominal(Draft& draft) {
    if (draft.owner) {
      const ThingId town = page_.knowledge.capital(page_.knowledge.state_of(draft.owner));
      draft.dropped = !town;
      if (!town) return;
      draft.as_place = town;
      return take(draft, page_.figure_of(town), 0.85F);
    }
    draft.dropped = last_place_ == kNone || sentence_of(draft) - last_place_sentence_ > 2;
    if (draft.dropped) return;
    draft.as_place = entity(last_place_).thing;
    take(draft, last_place_, 0.7F);
  }

  // « l'administration X »: the state for which X acts, or which he once ruled.
  void rule_nominal(Draft& draft) {
    const std::uint32_t index = page_.name_at[draft.calling];
    draft.dropped = true;
    if (index == kNone) return;
    Draft& name = page_.drafts[index];
    if (name.dropped || name.entity == kNone || !is_person(name.entity) || !entity(name.entity).state) return;
    draft.dropped = false;
    name.dropped = true;
    take(draft, page_.figure_of(entity(name.entity).state), 0.85F);
  }

  // « son bureau »: a body of its own that is called after whoever is meant.
  void staff_nominal(Draft& draft) {
    const std::uint32_t owner = possessor(draft);
    draft.dropped = owner == kNone || !is_person(owner);
    if (draft.dropped) return;
    const std::string_view written = page_.page.text[words_.span(draft.first, draft.last)];
    const std::string& whose = entity(owner).name;
    const NameWords split = split_name_words(whose);
    const bool vowel =
        !split.words.empty() && std::string_view("aeiou").find(split.word(0).front()) != std::string_view::npos;
    const std::string name = std::string(written) + " " + (vowel ? rules_.elided_of : rules_.of_word + " ") + whose;
    std::string folded(words_.text(draft.first));
    for (std::size_t i = 0; i < split.words.size(); ++i) (folded += "-") += split.word(i);
    const ThingId state = entity(owner).state;
    const std::uint32_t figure = page_.local_figure(ThingKind::organisation, name, folded);
    page_.figure(figure).entity.state = state;
    take(draft, figure, 0.7F);
  }

  // « le ministère »: the one last spoken of, or that of the minister, or of his spokesman, last spoken of.
  void ministry_nominal(Draft& draft) {
    draft.dropped = true;
    for (std::size_t i = recent_.size(); i-- > 0;) {
      const std::uint32_t figure = recent_[i];
      if (sentence_of(draft) - page_.figure(figure).last_sentence > kReach) continue;
      const std::uint32_t found = ministry_of(figure, draft.form.role_set);
      if (found == kNone) continue;
      draft.dropped = false;
      return take(draft, found, 0.7F);
    }
  }
  // The role of the ministry to which a role belongs: « deputy-foreign-minister » and « foreign-ministry-spokesperson »
  // to « foreign-ministry ».
  static std::string ministry_role(std::string_view role) {
    constexpr std::string_view kDeputy = "deputy-";
    if (role.starts_with(kDeputy)) role.remove_prefix(kDeputy.size());
    const std::size_t at = role.find("-minist");
    return at == std::string_view::npos ? std::string() : std::string(role.substr(0, at)) + "-ministry";
  }
  std::uint32_t ministry_of(std::uint32_t figure, std::uint8_t ministries) {
    const Entity& one = entity(figure);
    if (one.kind == ThingKind::organisation) {
      const bool fits = one.thing && rules_.role_fits(ministries, page_.knowledge.role(one.thing)) && ministries != 0;
      return fits ? figure : kNone;
    }
    if (one.kind == ThingKind::office && one.thing) {
      const ThingId body = page_.knowledge.office(ministry_role(page_.knowledge.role(one.thing)), one.state);
      return body ? page_.figure_of(body) : kNone;
    }
    if (one.kind != ThingKind::person || !one.state) return kNone;
    const ThingId state = one.state;
    for (const HeldRole& held : roles_of(figure)) {
      const ThingId body = page_.knowledge.office(ministry_role(held.role), state);
      if (body) return page_.figure_of(body);
    }
    return kNone;
  }

  // « les rebelles »: the movement that is clearly nearest, or the only one of the page; else those who speak unnamed.
  void movement_nominal(Draft& draft) {
    // « le groupe X lutte contre les rebelles »: whom its own sentence names is another, unless they are its subject.
    const std::uint32_t sentence = sentence_of(draft);
    const Best best = nearest(sentence, [&](std::uint32_t f) {
      return is_movement(f) && (draft.subject || page_.roster.figures[f].last_sentence != sentence);
    });
    std::uint32_t found = best.clear() ? best.figure : kNone;
    if (best.figure == kNone) found = only_movement();
    if (found != kNone && !draft.subject && page_.figure(found).last_sentence == sentence) found = kNone;
    if (found != kNone) return take(draft, found, 0.7F);
    if (draft.speaks) return source(draft);
    draft.dropped = true;
  }
  std::uint32_t only_movement() const {
    std::uint32_t found = kNone;
    for (std::uint32_t i = 0; i < page_.roster.figures.size() && i < kMostFigures; ++i) {
      if (!is_movement(i)) continue;
      if (found != kNone) return kNone;
      found = i;
    }
    return found;
  }

  // « la junte », « les putschistes »: those who rule the state that the page is about.
  void power_nominal(Draft& draft) {
    const std::uint32_t state = state_of_story();
    if (state != kNone && !other_state_in_sentence(state, draft)) return take(draft, state, 0.65F);
    if (draft.speaks) return source(draft);
    draft.dropped = true;
  }
  bool other_state_in_sentence(std::uint32_t state, const Draft& draft) const {
    return std::any_of(recent_.begin(), recent_.end(), [&](std::uint32_t f) {
      return f != state && is_state(f) && page_.roster.figures[f].last_sentence == sentence_of(draft);
    });
  }
  // The state of which the page speaks far more than of any other; none where it is about several.
  std::uint32_t state_of_story() const {
    std::uint32_t best = kNone, most = 0, second = 0;
    for (std::uint32_t i = 0; i < page_.roster.figures.size() && i < kMostFigures; ++i) {
      if (!is_state(i)) continue;
      const std::uint32_t votes = page_.votes(entity(i).thing);
      if (votes > most) {
        second = most;
        most = votes;
        best = i;
      } else {
        second = std::max(second, votes);
      }
    }
    return most >= 3 && most >= 2 * second ? best : kNone;
  }

  void state_nominal(Draft& draft) {
    const Best best = nearest(sentence_of(draft), [&](std::uint32_t f) { return is_state(f); });
    // « ce pays » is the one just named.
    if (draft.first > 0 && words_.is(draft.first - 1, kDemonstrative)) {
      const auto last = std::find_if(recent_.rbegin(), recent_.rend(), [&](std::uint32_t f) { return is_state(f); });
      if (last != recent_.rend() && sentence_of(draft) - page_.figure(*last).last_sentence <= 1)
        return take(draft, *last, 0.65F);
    }
    // Where the page tells of one state, another that the same sentence names may be meant or not.
    const std::uint32_t story = state_of_story();
    const bool doubtful = best.figure != kNone && story != kNone && story != best.figure &&
                          page_.figure(best.figure).last_sentence == sentence_of(draft);
    if (best.clear() && !doubtful)
      take(draft, best.figure, 0.6F);
    else
      draft.dropped = true;
  }
  void body_nominal(Draft& draft) {
    const Best best = nearest(sentence_of(draft), [&](std::uint32_t f) {
      return entity(f).kind == ThingKind::organisation && !entity(f).outlet && !entity(f).state;
    });
    if (best.clear())
      take(draft, best.figure, 0.55F);
    else
      draft.dropped = true;
  }

  // Whoever has the same role for somebody else: of the subject so far, else of the last person with a role.
  void counterpart(Draft& draft, std::uint32_t index) {
    const std::uint32_t name = named_behind(draft);
    if (name != kNone) {
      draft.partner = name;
      join(index, name);
      return take(draft, page_.drafts[name].entity, 0.92F);
    }
    const std::uint32_t whose = whose_counterpart(draft);
    if (whose == kNone) return;
    const std::vector<HeldRole> roles = roles_of(whose);
    if (draft.number == Number::plur && draft.second_owner) {
      std::vector<std::uint32_t> members;
      std::vector<ThingId> owners = page_.owners_in(draft.first, draft.last);
      if (owners.size() < 2) owners = {draft.owner, draft.second_owner};
      for (const ThingId owner : owners) {
        const std::uint32_t one = holder_for(roles, owner);
        if (one == kNone) return;
        members.push_back(one);
      }
      return take(draft, page_.group_figure(std::move(members)), 0.75F);
    }
    if (draft.number == Number::plur) return;
    std::uint32_t figure = draft.owner ? holder_for(roles, draft.owner) : opposite(whose, roles);
    if (figure == kNone && draft.owner) figure = local_counterpart(draft);
    if (figure != kNone) take(draft, figure, draft.owner ? 0.8F : 0.65F);
  }
  // The subject of the sentence if it holds something, else the nearest who does; a body's office may be unnamed.
  std::uint32_t whose_counterpart(const Draft& draft) const {
    const auto holds = [&](std::uint32_t f) {
      return (is_person(f) && !roles_of(f).empty()) || entity(f).kind == ThingKind::office;
    };
    if (last_subject_ != nullptr && sentence_of(*last_subject_) == sentence_of(draft) &&
        !names_people(*last_subject_) && last_subject_->entity != kNone && holds(last_subject_->entity))
      return last_subject_->entity;
    return nearest(sentence_of(draft), holds).figure;
  }
  // « le ministre norvégien de l'Énergie … son homologue allemand »: nobody knows who, but of which state he is.
  std::uint32_t local_counterpart(const Draft& draft) {
    const ThingId state = page_.knowledge.state_of(draft.owner);
    if (!state) return kNone;
    std::string folded;
    for (std::uint32_t i = draft.first; i < draft.last; ++i) (folded += folded.empty() ? "" : "-") += words_.text(i);
    const std::string_view written = page_.page.text[words_.span(draft.first, draft.last)];
    const std::uint32_t figure = page_.local_figure(ThingKind::office, written, folded);
    page_.figure(figure).entity.state = state;
    return figure;
  }

  std::vector<HeldRole> roles_of(std::uint32_t figure) const {
    const Figure& one = page_.roster.figures[figure];
    std::vector<HeldRole> roles = one.roles;
    if (one.entity.thing && roles.empty())
      for (const Tenure& tenure : page_.knowledge.offices(one.entity.thing, page_.day))
        roles.push_back({page_.knowledge.role(tenure.office), page_.knowledge.state_of(tenure.office)});
    if (one.entity.kind == ThingKind::office && one.entity.thing && roles.empty())
      roles.push_back({page_.knowledge.role(one.entity.thing), one.entity.state});
    return roles;
  }

  std::uint32_t holder_for(const std::vector<HeldRole>& roles, ThingId owner) {
    const ThingId state = page_.knowledge.state_of(owner);
    for (const HeldRole& held : roles) {
      ThingId office = page_.knowledge.office(held.role, owner);
      if (!office && state) office = page_.knowledge.office(held.role, state);
      if (!office) continue;
      const std::vector<Tenure> tenures = page_.knowledge.holders(office, page_.day);
      if (page_.day.known() && tenures.size() == 1) return page_.figure_of(tenures.front().person);
      for (const Tenure& tenure : tenures) {
        const auto named = page_.roster.by_thing.find(tenure.person.value);
        if (named != page_.roster.by_thing.end()) return named->second;
      }
      return page_.figure_of(office);
    }
    return kNone;
  }

  // « son homologue » alone: the other one on the page with that role.
  std::uint32_t opposite(std::uint32_t figure, const std::vector<HeldRole>& roles) const {
    std::uint32_t found = kNone;
    for (const std::uint32_t one : recent_) {
      if (one == figure || !is_person(one)) continue;
      for (const HeldRole& theirs : roles_of(one))
        for (const HeldRole& ours : roles)
          if (theirs.role == ours.role && theirs.owner != ours.owner) found = one;
    }
    return found;
  }

  // Nobody knows who they are; the page's words are their name.
  void source(Draft& draft) {
    if (draft.apposed && take_apposed(draft)) return;
    if (page_.title_at[draft.first] != kNone) {  // « le gouvernement » of somebody, if the page says whose
      Draft title = page_.drafts[page_.title_at[draft.first]];
      if (title.entity == kNone && !title.dropped) bare_title(title);
      draft.dropped = title.entity != kNone;
      if (draft.dropped) return;
    }
    std::string folded;
    for (std::uint32_t i = draft.first; i < draft.last; ++i) (folded += folded.empty() ? "" : "-") += words_.text(i);
    const std::string_view written = page_.page.text[words_.span(draft.first, draft.last)];
    const std::uint32_t figure = page_.local_figure(ThingKind::group, written, folded);
    page_.figure(figure).entity.gender = draft.gender;
    take(draft, figure, 0.7F);
    if (draft.number != Number::plur) return;
    last_group_ = figure;
    last_group_sentence_ = sentence_of(draft);
    last_group_subject_ = true;
  }

  bool take_apposed(Draft& draft) {
    const std::uint32_t index = page_.name_at[draft.calling];
    if (index == kNone) return false;
    Draft& name = page_.drafts[index];
    if (name.dropped || name.entity == kNone || !is_person(name.entity)) {
      draft.dropped = true;
      return true;
    }
    take(draft, name.entity, 0.85F);
    draft.partner = index;
    if (name.first < draft.first) {
      draft.governor = name.governor;
      draft.subject = false;
      return true;
    }
    name.subject = name.subject || draft.subject;
    if (draft.governor != kNone && name.governor == kNone) {
      name.governor = draft.governor;
      name.subject = false;
    }
    if (name.partner == kNone) name.partner = static_cast<std::uint32_t>(&draft - page_.drafts.data());
    return true;
  }

  void pair_of_names(Draft& draft) {
    std::vector<std::uint32_t> members;
    for (std::uint32_t i = draft.first; i < draft.last; ++i) {
      if (page_.name_at[i] == kNone) continue;
      const Draft& name = page_.drafts[page_.name_at[i]];
      if (name.dropped || name.entity == kNone || !is_person(name.entity))
        draft.dropped = true;
      else
        members.push_back(name.entity);
    }
    if (members.size() < 2) draft.dropped = true;
    if (!draft.dropped) take(draft, page_.group_figure(members), 0.9F);
  }

  // « les deux hommes »: the two of the kind who are nearest, together the most salient.
  void group(Draft& draft) {
    const std::uint32_t sentence = sentence_of(draft);
    if (draft.pair) return pair_of_names(draft);
    if (draft.owner && draft.second_owner) {
      std::vector<std::uint32_t> members;
      for (const ThingId owner : {draft.owner, draft.second_owner}) members.push_back(member_for(draft, owner));
      return take(draft, page_.group_figure(members), 0.8F);
    }
    const bool of_states = draft.form.state || draft.form.party;
    // Without a number only where they do something: « les parties ont convenu », « entre les parties ».
    const bool between = draft.governor != kNone && !words_.is(draft.governor, kOf);
    if (words_.is(draft.first, kBarePlural) && !draft.subject && !between) {
      draft.dropped = true;
      return;
    }
    if (draft.form.party && draft.count == 2 && (take_pair(draft) || take_states_of_pair(draft))) return;
    if (draft.form.state && draft.count == 2 && take_states_of_pair(draft)) return;
    if (draft.form.state && take_list(draft)) return;
    if (!of_states && draft.count == 2 && take_two(draft)) return;
    std::vector<std::pair<float, std::uint32_t>> fitting;
    for (const std::uint32_t figure : recent_) {
      const bool fits = draft.form.party   ? is_state(figure) || is_movement(figure)
                        : draft.form.state ? is_state(figure)
                                           : is_person(figure) && agrees(entity(figure).gender, draft.form.gender) &&
                                                 (draft.form.role_set == 0 || plays(figure, draft));
      const float near = !fits       ? 0
                         : of_states ? nearness_of_state(figure, sentence)
                                     : nearness_of_pair(figure, sentence);
      if (near > 0) fitting.emplace_back(near, figure);
    }
    if (fitting.size() < draft.count || draft.count > 5) {
      draft.dropped = true;
      return;
    }
    std::stable_sort(fitting.begin(), fitting.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::uint32_t> members;
    for (std::size_t i = 0; i < draft.count; ++i) members.push_back(fitting[i].second);
    const bool more = fitting.size() > draft.count;
    const bool clear = !more || fitting[draft.count - 1].first - fitting[draft.count].first >= 0.3F;
    draft.dropped = of_states && !clear;  // of states a page names too many to guess
    if (!draft.dropped) take(draft, page_.group_figure(members), clear ? 0.8F : 0.5F);
  }
  // The two persons who were last spoken of together, « A et B », « les deux dirigeants ».
  void note_two(std::uint32_t sentence) {
    const std::vector<std::uint32_t>* found = nullptr;
    std::vector<std::uint32_t> members;
    if (last_group_ != kNone && last_group_sentence_ == sentence && entity(last_group_).members.size() == 2) {
      for (const EntityId member : entity(last_group_).members) members.push_back(member.value);
      found = &members;
    } else if (pair_.size() == 2 && pair_sentence_ == sentence) {
      found = &pair_;
    }
    if (found == nullptr || !is_person(found->front()) || !is_person(found->back())) return;
    two_ = *found;
    two_sentence_ = sentence;
  }
  // « les deux hommes »: two who are named alone in the sentence before are nearer than they.
  bool take_two(Draft& draft) {
    const std::uint32_t sentence = sentence_of(draft);
    if (two_.size() != 2 || sentence - two_sentence_ > kReachOfTwo) return false;
    for (const std::uint32_t figure : two_)
      if (!agrees(entity(figure).gender, draft.form.gender) || (draft.form.role_set != 0 && !plays(figure, draft)))
        return false;
    // Whoever receives « les deux hommes » is none of them.
    const bool other = !draft.subject && last_subject_ != nullptr && sentence_of(*last_subject_) == sentence;
    const auto near = std::count_if(recent_.begin(), recent_.end(), [&](std::uint32_t f) {
      return is_person(f) && sentence - page_.figure(f).last_sentence <= 1 && !(other && f == last_subject_->entity);
    });
    const bool theirs = std::all_of(two_.begin(), two_.end(),
                                    [&](std::uint32_t f) { return sentence - page_.figure(f).last_sentence <= 1; });
    if (near >= 2 && !theirs) return false;
    take(draft, page_.group_figure(two_), 0.8F);
    return true;
  }

  // « A et B … entre les deux pays »: theirs.
  bool take_states_of_pair(Draft& draft) {
    if (pair_.size() != 2 || sentence_of(draft) - pair_sentence_ > 1) return false;
    if (!is_person(pair_[0]) || !is_person(pair_[1])) return false;
    const ThingId one = entity(pair_[0]).state, other = entity(pair_[1]).state;
    if (!one || !other || one == other) return false;
    const std::uint32_t first = page_.figure_of(one), second = page_.figure_of(other);
    take(draft, page_.group_figure({first, second}), 0.75F);
    return true;
  }
  // « les deux parties »: the two that were last named together, « entre A et B ».
  bool take_pair(Draft& draft) {
    if (pair_.size() != 2 || sentence_of(draft) - pair_sentence_ > 3) return false;
    if (!is_party(pair_[0]) || !is_party(pair_[1])) return false;
    // A state and its own government are one side.
    const auto side = [&](std::uint32_t f) { return entity(f).state ? entity(f).state : entity(f).thing; };
    if (!is_movement(pair_[0]) && !is_movement(pair_[1]) && side(pair_[0]) && side(pair_[0]) == side(pair_[1]))
      return false;
    take(draft, page_.group_figure(pair_), 0.75F);
    return true;
  }
  float nearness_of_state(std::uint32_t figure, std::uint32_t sentence) const {
    const Figure& one = page_.roster.figures[figure];
    if (one.acted_sentence == kNone || sentence - one.acted_sentence > 8) return 0;
    const bool paired = !pair_.empty() && sentence - pair_sentence_ <= 2 &&
                        std::find(pair_.begin(), pair_.end(), figure) != pair_.end();
    return 3.0F - 0.2F * static_cast<float>(sentence - one.acted_sentence) + 0.3F * std::min(one.acting, 6.0F) +
           (paired ? 0.6F : 0);
  }
  float nearness_of_pair(std::uint32_t figure, std::uint32_t sentence) const {
    const Figure& one = page_.roster.figures[figure];
    const std::uint32_t away = sentence - one.last_sentence;
    if (away > 8) return 0;
    return 3.0F - 0.35F * static_cast<float>(away) + 0.15F * static_cast<float>(std::min(one.count, 8U));
  }
  std::uint32_t member_for(const Draft& draft, ThingId owner) {
    if (!draft.form.state && !draft.form.party)
      for (const std::uint32_t figure : recent_)
        if (is_person(figure) && entity(figure).state == page_.knowledge.state_of(owner) &&
            (draft.form.role_set == 0 || plays(figure, draft)))
          return figure;
    return page_.figure_of(owner);
  }

  PageEntities& page_;
  const PageWords& words_;
  const EntityRules::Tables& rules_;
  std::vector<std::uint32_t> recent_;  // figures, last spoken of last
  std::uint32_t last_group_ = kNone, last_group_sentence_ = 0;
  std::uint32_t last_place_ = kNone, last_place_sentence_ = 0;
  std::uint32_t last_governing_ = kNone;  // the state whose government was last spoken of
  bool last_group_subject_ = false;
  static constexpr std::uint32_t kSeveral = kNone - 1;
  std::vector<std::uint32_t> speakers_;  // for each sentence whoever says something in it, kNone or kSeveral
  bool nested_ = false;                  // whether the draft that is being noticed lies in one before it
  std::uint32_t outer_end_ = 0;          // where those before it end
  std::uint32_t unnamed_ = kNone, unnamed_first_ = 0, unnamed_last_ = 0,
                unnamed_sentence_ = 0;  // the last unnamed person
  const Draft* last_noticed_ = nullptr;
  const Draft* last_subject_ = nullptr;
  std::vector<Gender> genders_;      // of states and bodies, by figure
  std::vector<std::uint32_t> pair_;  // the last two who were named together
  std::uint32_t pair_sentence_ = 0;
  std::vector<std::uint32_t> list_;                                 // states that stand side by side so far
  std::uint32_t list_end_ = 0;                                      // the word behind them
  std::array<std::vector<std::uint32_t>, kLongestList + 1> lists_;  // the last list of each length
  std::vector<std::uint32_t> two_;                                  // the two persons last spoken of together
  std::uint32_t two_sentence_ = 0;
  bool pair_subject_ = false;
};

}  // namespace

void resolve_references(PageEntities& page) { Resolver(page).run(); }

}  // namespace chancery::entities
