// Which thing a name means. Full names first, because they decide what the short ones mean; then surnames, places that
// are also states' words, homonyms. What the page itself says (its other names, its states, its day) comes before fame.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "entities/draft.h"
#include "text/fold.h"

namespace chancery::entities {
namespace {

constexpr std::size_t kLongSurname = 5;           // bytes; shorter ones are a letter away from too many
constexpr float kKnownToAll = 0.6F;               // weight of those whose name may be misspelt
constexpr float kEnoughForSurname = 0.75F;        // without any word of courtesy or full name on the page
constexpr std::uint32_t kLongestSpelledOut = 16;  // words
constexpr std::uint32_t kReachOfGift = 6;         // words
constexpr std::size_t kMostSlips = 64;            // persons of a page that are compared for slips of the pen
constexpr float kMargin = 0.1F;                   // between the best and the second

struct Choice {
  const NameEntry* entry = nullptr;
  float score = -10;
};

// Whether two words differ by a slip of the hand: at most `most` letters more, less or other.
bool near_words(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most || b.size() > 32) return false;
  std::uint8_t row[33], next[33];
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = static_cast<std::uint8_t>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      next[j] = static_cast<std::uint8_t>(std::min({change, row[j] + 1, next[j - 1] + 1}));
    }
    std::copy(next, next + b.size() + 1, row);
  }
  return row[b.size()] <= most;
}

constexpr std::uint32_t kMostBodies = 256;  // figures among which a body is looked for

class Linker {
 public:
  explicit Linker(PageEntities& page) : page_(page), words_(page.words) {}

  void run() {
    mark_titles();
    for (Draft& draft : page_.drafts) vote(draft);
    note_speakers();
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i) link_full(page_.drafts[i]);
    for (Draft& draft : page_.drafts) {
      link_rest(draft);
      if (draft.entity == kNone) continue;
      if (last_named_.size() <= draft.entity) last_named_.resize(page_.roster.figures.size(), 0);
      last_named_[draft.entity] = draft.first + 1;
    }
    repair_spelling();
  }

 private:
  // « la société X »: the noun says that it is a body.
  void note_bodies() {
    for (const Draft& draft : page_.drafts) {
      if (draft.dropped || draft.kind != DraftKind::unknown || draft.last - draft.first != 1 || draft.first == 0)
        continue;
      if (words_.words[draft.first].gap == Gap::space && words_.is(draft.first - 1, kOrganisationHead | kBodyNoun))
        bodies_.insert(last_word(draft));
    }
  }
  // A surname that speaks alone somewhere on the page makes a person of the full name that ends with it.
  void note_speakers() {
    for (const Draft& draft : page_.drafts)
      if (!draft.dropped && draft.kind == DraftKind::unknown && draft.speaks) speaking_.insert(last_word(draft));
    if (speaking_.empty()) return;
    note_bodies();
    for (Draft& draft : page_.drafts) {
      if (draft.dropped || draft.kind != DraftKind::unknown || draft.last - draft.first < 2) continue;
      if (!speaking_.contains(last_word(draft))) continue;
      full_names_.insert(last_word(draft));
      const Word& head = words_.words[draft.first];
      const bool article = draft.first > 0 && words_.joined(draft.first) && words_.is(draft.first - 1, kArticle);
      const bool common = page_.token(draft.first).known && page_.upos(draft.first) != Upos::PROPN;
      if (draft.clued || draft.last - draft.first > 4 || head.capitals || article || draft.locative || common) continue;
      draft.clued = true;
      draft.unknown_kind = ThingKind::person;
      draft.confidence = 0.6F;
    }
  }

  // Whoever speaks by one word: a given name is a person, as is the surname of a full name of the page; letters that
  // are all capitals are a body. Of others the page does not say whether a person or a body speaks.
  void link_single_speaker(Draft& draft) {
    if (!draft.speaks || draft.clued || draft.last - draft.first != 1) return;
    const bool given = words_.is(draft.first, kFirstName);
    const Token& token = page_.token(draft.first);
    if (!given && token.known && token.upos != Upos::PROPN) return;
    draft.clued = true;
    draft.confidence = 0.55F;
    const bool person = given || full_names_.contains(last_word(draft));
    const bool body = words_.words[draft.first].capitals || bodies_.contains(last_word(draft));
    draft.unknown_kind = person ? ThingKind::person : body ? ThingKind::organisation : ThingKind::group;
  }

  // A full name that the knowledge has not, a letter away from somebody whom the page names in full, is he.
  void repair_spelling() {
    std::vector<std::pair<std::uint32_t, ThingId>> slips;
    for (const Draft& draft : page_.drafts) {
      if (slips.size() >= kMostSlips) break;
      if (draft.dropped || draft.kind != DraftKind::unknown || draft.entity == kNone || draft.last - draft.first < 2)
        continue;
      for (std::uint32_t i = 0; i < page_.roster.figures.size() && i < kMostSlips; ++i) {
        const Entity& known = page_.figure(i).entity;
        if (known.kind == ThingKind::person && known.thing && misspells(page_, draft, known.thing))
          slips.emplace_back(draft.entity, known.thing);
      }
    }
    for (const auto& [figure, thing] : slips)
      for (Draft& draft : page_.drafts)
        if (draft.entity == figure) {
          draft.entity = page_.figure_of(thing);
          draft.gender = page_.figure(draft.entity).entity.gender;
          draft.confidence = 0.8F;
        }
  }

  const Thing& thing(const NameEntry& entry) const { return page_.knowledge[entry.thing]; }

  // Words that can mean one state only say which states the page is about.
  void vote(const Draft& draft) {
    if (draft.dropped || (draft.kind != DraftKind::name && draft.kind != DraftKind::adjective)) return;
    if (draft.owner) return page_.vote(draft.owner);
    ThingId state;
    for (const NameEntry& entry : draft.entries) {
      const ThingId one = page_.knowledge.state_of(entry.thing);
      if (!one || (state && state != one)) return;
      state = one;
    }
    if (state) page_.vote(state);
  }

  bool in_office(ThingId person) const {
    return page_.day.known() && !page_.knowledge.offices(person, page_.day).empty();
  }
  bool on_page(ThingId id) const { return page_.roster.by_thing.contains(id.value); }

  bool possible(const Draft& draft, const NameEntry& entry) const {
    const bool adjective = draft.kind == DraftKind::adjective;
    if (adjective != (entry.form == NameForm::adjective)) return false;
    const Thing& one = thing(entry);
    if (one.kind == ThingKind::person) {
      if (draft.courtesy_gender == Gender::fem && !one.woman) return false;
      if (draft.courtesy_gender == Gender::masc && one.woman) return false;
      if (entry.form == NameForm::surname && !initial_fits(draft, entry.thing)) return false;
    } else if (draft.courtesy_first != kNone) {
      return false;  // « M. Congo » is a person
    }
    return true;
  }

  // « B. Obama » is no other Obama.
  bool initial_fits(const Draft& draft, ThingId person) const {
    if (draft.first == 0 || words_.words[draft.first].gap != Gap::period) return true;
    const Word& before = words_.words[draft.first - 1];
    if (!before.upper || before.folded_size != 1 || draft.courtesy) return true;
    for (const std::string_view language : {std::string_view(page_.rules.language), std::string_view("en")})
      if (fold(page_.knowledge.name(person, language)).starts_with(words_.text(draft.first - 1))) return true;
    return false;
  }

  static float form_score(NameForm form) {
    switch (form) {
      case NameForm::name:
        return 0.5F;
      case NameForm::title:
        return 0.5F;
      case NameForm::adjective:
        return 0.5F;
      case NameForm::demonym:
        return 0.45F;
      case NameForm::metonym:
        return 0.4F;
      case NameForm::surname:
        return 0.2F;
    }
    return 0;
  }

  bool stands_for_a_place(const Draft& draft) const {
    if (draft.locative) return !addressed(draft);
    if (draft.governor == kNone) return is_dateline(draft);
    if (is_way(draft)) return true;
    // « la banlieue de Moscou » is in the town; « la position de Moscou » is the state's.
    if (draft.governor == 0 || !words_.is(draft.governor, kOf) || !words_.joined(draft.governor)) return false;
    const std::uint32_t before = draft.governor - 1;
    // « revient de Moscou », « l'Institut africain de Dakar » are places too.
    const Upos upos = page_.upos(before);
    return words_.is(before, kPlaceNoun) || upos == Upos::VERB || upos == Upos::ADV || words_.words[before].upper;
  }

  // « De Moscou à Washington, … »: a way opens the clause.
  bool is_way(const Draft& draft) const {
    return words_.is(draft.governor, kOf) && !words_.joined(draft.governor) && words_.joined(draft.last) &&
           words_.is(draft.last, kAt) && words_.joined(draft.last + 1) && words_.words[draft.last + 1].upper;
  }

  // « a répondu à Washington », « a demandé à Moscou »: one speaks to somebody.
  bool addressed(const Draft& draft) const {
    if (draft.governor == kNone || draft.governor == 0 || !words_.continues(draft.governor)) return false;
    const Token& before = page_.token(draft.governor - 1);
    if (words_.is(draft.governor, kAt) && before.upos == Upos::VERB && page_.rules.is_saying(before)) return true;
    // « estime-t-on à Paris »: those of Paris.
    const std::uint32_t on = draft.governor - 1;
    if (words_.is(draft.governor, kAt) && words_.words[on].gap == Gap::hyphen &&
        page_.rules.anybody.holds(words_.words[on].hash))
      return true;
    return given(draft.governor);
  }
  // « livrer des armes à Kiev », « un soutien sans faille à Moscou »: one gives something to somebody.
  bool given(std::uint32_t preposition) const {
    for (std::uint32_t i = preposition; i-- > 0 && preposition - i <= kReachOfGift;) {
      const Gap gap = words_.words[i + 1].gap;
      if (gap == Gap::start || gap == Gap::comma || gap == Gap::period || gap == Gap::parenthesis) return false;
      const Token& token = page_.token(i);
      if (token.upos == Upos::NOUN && words_.is(i, kPlaceNoun)) return false;
      if (token.upos == Upos::NOUN && page_.rules.giving_nouns.holds(token.lemma_hash)) return true;
      if (token.upos == Upos::VERB) return page_.rules.giving.holds(token.lemma_hash);
      const bool other = i + 1 < preposition && words_.is(i, kLocative) && !words_.is(i, kOf);
      if (other || token.upos == Upos::SCONJ) return false;
    }
    return false;
  }

  // « Moscou (AFP) - », « GENÈVE, 3 mars »: a name that opens its block and is cut off at once.
  bool is_dateline(const Draft& draft) const {
    if (words_.words[draft.first].gap != Gap::start || draft.last >= words_.size()) return false;
    const std::uint32_t sentence = words_.words[draft.first].sentence;
    const auto& sentences = page_.analysis.sentences;
    if (sentence > 0 && sentences[sentence - 1].block == sentences[sentence].block) return false;
    const Word& behind = words_.words[draft.last];
    return behind.gap == Gap::parenthesis || (behind.gap == Gap::comma && page_.upos(draft.last) == Upos::NUM);
  }

  float score(const Draft& draft, const NameEntry& entry, bool place) const {
    const Thing& one = thing(entry);
    float total = 0.5F * one.weight + form_score(entry.form);
    if (on_page(entry.thing)) total += 0.5F;
    const ThingId state = page_.knowledge.state_of(entry.thing);
    if (state && page_.votes(state) > 0) total += 0.15F;
    // In 1985 Moscow spoke for the Soviet Union.
    if (one.kind == ThingKind::state && page_.day.known() && !page_.knowledge.existed(entry.thing).overlaps(page_.day))
      total -= 0.5F;
    if (one.kind == ThingKind::person) {
      if (in_office(entry.thing)) total += 0.3F;
      if (const Draft* title = title_beside(draft)) total += held(entry.thing, *title) ? 0.7F : -0.2F;
      total += draft.courtesy ? 1.0F : draft.locative ? -0.8F : 0.0F;
    } else if (one.kind == ThingKind::place) {
      total += place ? 0.6F : -0.3F;
    } else if (entry.form == NameForm::metonym) {
      // A seat of power that has a body of its own is that body; a capital is its state.
      total += place || has_body(draft) ? -0.6F : 0.3F;
    }
    return total;
  }

  // « le président Reagan »: the title right before a name.
  const Draft* title_beside(const Draft& draft) const {
    if (titles_.empty() || titles_[draft.first] == kNone || words_.words[draft.first].gap != Gap::space) return nullptr;
    return &page_.drafts[titles_[draft.first]];
  }
  bool held(ThingId person, const Draft& title) const {
    const ThingId state = title.owner ? page_.knowledge.state_of(title.owner) : ThingId();
    for (const Tenure& tenure : page_.knowledge.offices(person, Interval{})) {
      if (state && page_.knowledge.state_of(tenure.office) != state) continue;
      const std::string_view role = page_.knowledge.role(tenure.office);
      for (const std::uint16_t index : *title.titles)
        if (page_.rules.roles[page_.rules.title_forms[index].role] == role) return true;
    }
    return false;
  }
  void mark_titles() {
    titles_.assign(words_.size() + 1, kNone);
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i)
      if (page_.drafts[i].kind == DraftKind::title && !page_.drafts[i].titles->empty())
        titles_[page_.drafts[i].last] = i;
  }

  bool has_body(const Draft& draft) const {
    return std::any_of(draft.entries.begin(), draft.entries.end(), [&](const NameEntry& entry) {
      return entry.form == NameForm::name && thing(entry).kind == ThingKind::organisation;
    });
  }

  // The best and second best meanings; the second is of another thing.
  std::array<Choice, 2> choose(const Draft& draft) const {
    std::array<Choice, 2> best;
    const bool place = stands_for_a_place(draft);
    for (const NameEntry& entry : draft.entries) {
      if (!possible(draft, entry)) continue;
      const Choice one{&entry, score(draft, entry, place)};
      if (one.score > best[0].score) {
        if (best[0].entry != nullptr && best[0].entry->thing != entry.thing) best[1] = best[0];
        best[0] = one;
      } else if (best[0].entry->thing != entry.thing && one.score > best[1].score) {
        best[1] = one;
      }
    }
    return best;
  }

  void set_place(Draft& draft) const {
    float weight = -1;
    for (const NameEntry& entry : draft.entries) {
      const Thing& one = thing(entry);
      const bool place = one.kind == ThingKind::place || (one.kind == ThingKind::state && entry.form == NameForm::name);
      if (place && one.weight > weight) draft.as_place = entry.thing, weight = one.weight;
    }
  }

  void assign(Draft& draft, const NameEntry& entry, float confidence) {
    draft.entity = page_.figure_of(entry.thing);
    draft.metonym = entry.form == NameForm::metonym;
    draft.confidence = confidence;
    set_place(draft);
    if (entry.form == NameForm::demonym) draft.number = plural_demonym(draft) ? Number::plur : Number::sing;
    const Figure& figure = page_.figure(draft.entity);
    if (figure.entity.kind == ThingKind::person) draft.gender = figure.entity.gender;
  }

  bool plural_demonym(const Draft& draft) const {
    return page_.token(draft.first).morph.number == Number::plur || words_.text(draft.last - 1).ends_with('s');
  }

  std::string_view last_word(const Draft& draft) const { return words_.text(draft.last - 1); }

  void register_surname(const Draft& draft) {
    register_surname(last_word(draft), draft.entity);
    // « Kim Jong-un »: surnames that come first.
    const Knowledge::Node node = draft.kind == DraftKind::name
                                     ? page_.knowledge.step(page_.knowledge.root(), words_.text(draft.first))
                                     : Knowledge::kNoNode;
    if (node == Knowledge::kNoNode) return;
    const ThingId person = page_.figure(draft.entity).entity.thing;
    for (const NameEntry& entry : page_.knowledge.entries(node))
      if (entry.thing == person && entry.form == NameForm::surname)
        register_surname(words_.text(draft.first), draft.entity);
  }
  void register_surname(std::string_view word, std::uint32_t figure) {
    auto& list = page_.roster.by_surname[word];
    if (std::find(list.begin(), list.end(), figure) == list.end()) list.push_back(figure);
  }

  void link_full(Draft& draft) {
    if (draft.dropped) return;
    if (draft.kind == DraftKind::unknown && draft.clued && draft.last - draft.first >= 2) return link_unknown(draft);
    if (draft.kind != DraftKind::name || draft.last - draft.first < 2) return;
    const auto best = choose(draft);
    if (best[0].entry == nullptr || thing(*best[0].entry).kind != ThingKind::person) return;
    if (best[0].entry->form != NameForm::name) return;
    assign(draft, *best[0].entry, best[0].score - best[1].score < kMargin ? 0.6F : 0.97F);
    register_surname(draft);
  }

  void link_rest(Draft& draft) {
    if (draft.dropped || draft.entity != kNone) return;
    if (draft.kind == DraftKind::adjective) return link_adjective(draft);
    if (draft.kind == DraftKind::unknown) return link_unknown(draft);
    if (draft.kind == DraftKind::name) link_name(draft);
  }

  void link_adjective(Draft& draft) {
    if (draft.owner) {
      draft.entity = page_.figure_of(draft.owner);
      return;
    }
    const auto best = choose(draft);
    if (best[0].entry != nullptr) assign(draft, *best[0].entry, best[0].score - best[1].score < kMargin ? 0.5F : 0.95F);
  }

  // « M. Hu » of « Hu Wenbo »: where surnames come first. One person alone of the page may begin so.
  bool link_to_first_word(Draft& draft) {
    if (draft.last - draft.first != 1 || draft.courtesy_first == kNone) return false;
    const std::string begin = std::string(words_.text(draft.first)) + "-";
    std::uint32_t found = kNone;
    for (const auto& [name, figure] : local_persons_) {
      if (!name.starts_with(begin) || !agrees_with(draft, figure)) continue;
      if (found != kNone && found != figure) return false;
      found = figure;
    }
    if (found == kNone) return false;
    draft.entity = found;
    draft.gender = page_.figure(found).entity.gender;
    draft.confidence = 0.8F;
    return true;
  }
  bool agrees_with(const Draft& draft, std::uint32_t figure) const {
    const Gender gender = page_.figure(figure).entity.gender;
    return draft.courtesy_gender == Gender::none || gender == Gender::none || gender == draft.courtesy_gender;
  }

  // A surname of somebody whom the page names in full wins over whoever is famous.
  bool link_to_page_surname(Draft& draft) {
    const auto found = page_.roster.by_surname.find(last_word(draft));
    if (found == page_.roster.by_surname.end()) return false;
    std::uint32_t best = kNone;
    for (const std::uint32_t one : found->second) {
      const Gender gender = page_.figure(one).entity.gender;
      if (draft.courtesy_gender != Gender::none && gender != Gender::none && gender != draft.courtesy_gender) continue;
      if (best != kNone) {  // two of one name: the one last named before
        draft.confidence = 0.6F;
        if (last_named(one) <= last_named(best)) continue;
      }
      best = one;
    }
    if (best == kNone) return false;
    draft.entity = best;
    if (page_.figure(best).entity.gender == Gender::none) page_.figure(best).entity.gender = draft.courtesy_gender;
    draft.gender = page_.figure(best).entity.gender;
    return true;
  }
  std::uint32_t last_named(std::uint32_t figure) const { return figure < last_named_.size() ? last_named_[figure] : 0; }

  bool is_person_name(const NameEntry& entry) const { return thing(entry).kind == ThingKind::person; }

  void link_name(Draft& draft) {
    if (aliases_.contains(last_word(draft)) && link_to_spelled_out(draft)) return;
    const bool may_be_person =
        std::any_of(draft.entries.begin(), draft.entries.end(), [&](const NameEntry& e) { return is_person_name(e); });
    if (may_be_person && draft.last - draft.first <= 2 && !draft.locative && link_to_page_surname(draft)) return;
    const auto best = choose(draft);
    if (best[0].entry == nullptr) return to_unknown(draft);
    const NameEntry& entry = *best[0].entry;
    const float margin = best[0].score - std::max(best[1].score, 0.0F);
    if (entry.form == NameForm::surname || (is_person_name(entry) && draft.last - draft.first == 1)) {
      // A surname that is a given name too, « le colonel Ali », needs « M. » or somebody in office whom all know.
      const float fame = thing(entry).weight;
      const Draft* title = title_beside(draft);
      const bool titled = title != nullptr && held(entry.thing, *title);
      const bool known = words_.is(draft.last - 1, kFirstName)
                             ? draft.courtesy_first != kNone || (in_office(entry.thing) && fame >= kEnoughForSurname)
                             : draft.courtesy || in_office(entry.thing) || fame >= kEnoughForSurname;
      if ((!known && !titled) || margin < kMargin) return to_unknown(draft);
      assign(draft, entry, draft.courtesy ? 0.85F : 0.75F);
      return;
    }
    assign(draft, entry, margin < kMargin ? 0.6F : 0.95F);
    // « une Française »: somebody whom the page does not name, who acts for no state.
    const bool one = draft.first > 0 && words_.joined(draft.first) && words_.is(draft.first - 1, kArticle) &&
                     !words_.is(draft.first - 1, kDefinite | kOf);
    if (entry.form == NameForm::demonym && draft.number == Number::sing && one) {
      draft.entity = page_.local_figure(ThingKind::person, written(draft), folded_name(draft));
      draft.gender = page_.token(draft.first - 1).morph.gender;
      page_.figure(draft.entity).entity.gender = draft.gender;
      draft.as_place = {};
    }
    // « la présidence russe du Conseil »: Russia in the chair.
    const std::string_view role = page_.knowledge.role(entry.thing);
    if (!role.empty() && !words_.words[draft.first].upper && words_.joined(draft.last) && words_.is(draft.last, kOf) &&
        page_.rules.presided != 0 && page_.rules.role_fits(page_.rules.presided, role) && thing(entry).state)
      draft.entity = page_.figure_of(thing(entry).state);
  }

  void to_unknown(Draft& draft) {
    draft.kind = DraftKind::unknown;
    draft.unknown_kind = ThingKind::person;
    draft.clued = draft.courtesy;
    link_unknown(draft);
  }

  std::string written(const Draft& draft) const {
    return std::string(page_.page.text[words_.span(draft.first, draft.last)]);
  }
  std::string folded_name(const Draft& draft) const {
    std::string out;
    for (std::uint32_t i = draft.first; i < draft.last; ++i) {
      if (i > draft.first) out += '-';
      out += words_.text(i);
    }
    return out;
  }

  // « Ana Pastor » of « Ana Pastor García », « Abou Rida » of « Hani Abou Rida »: a part of a name read before.
  bool link_to_longer_name(Draft& draft) {
    if (draft.last - draft.first < 2) return false;
    const std::string name = folded_name(draft);
    for (const auto& [longer, figure] : local_persons_) {
      if (longer.size() <= name.size()) continue;
      const bool head = longer.starts_with(name) && longer[name.size()] == '-';
      const bool tail = longer.ends_with(name) && longer[longer.size() - name.size() - 1] == '-';
      if (!head && !tail) continue;
      draft.entity = figure;
      draft.gender = page_.figure(figure).entity.gender;
      draft.confidence = 0.85F;
      register_surname(draft);
      return true;
    }
    return false;
  }

  // « B. Obama »: the one of that surname whose given name begins so and who is in office, or whom all know.
  bool link_to_initial(Draft& draft) {
    const Word& initial = words_.words[draft.first];
    if (draft.last - draft.first != 2 || initial.folded_size != 1 || !initial.upper) return false;
    const Knowledge::Node node = page_.knowledge.step(page_.knowledge.root(), last_word(draft));
    if (node == Knowledge::kNoNode) return false;
    ThingId found;
    for (const NameEntry& entry : page_.knowledge.entries(node)) {
      if (!is_person_name(entry) || (!in_office(entry.thing) && thing(entry).weight < kEnoughForSurname)) continue;
      if (!fold(page_.knowledge.name(entry.thing, page_.rules.language)).starts_with(words_.text(draft.first)))
        continue;
      if (found && found != entry.thing) return false;
      found = entry.thing;
    }
    if (!found) return false;
    draft.kind = DraftKind::name;
    draft.entity = page_.figure_of(found);
    draft.gender = page_.figure(draft.entity).entity.gender;
    draft.confidence = 0.85F;
    register_surname(draft);
    return true;
  }

  // « Vladimir Purtin »: all but the surname is a known person's, and that is one letter off. Only somebody whom all
  // know and who is in office on the day; never a surname that others bear, and nobody where two are as near.
  ThingId near_name(const Draft& draft) const {
    if (draft.last - draft.first < 2 || !page_.day.known() || draft.former) return {};
    const std::string_view surname = words_.text(draft.last - 1);
    if (surname.size() < kLongSurname) return {};
    Knowledge::Node node = page_.knowledge.root();
    for (std::uint32_t i = draft.first; i + 1 < draft.last; ++i) {
      node = page_.knowledge.step(node, words_.text(i));
      if (node == Knowledge::kNoNode) return {};
    }
    if (page_.knowledge.step(page_.knowledge.root(), surname) != Knowledge::kNoNode) return {};
    ThingId found;
    for (const auto& [word, following] : page_.knowledge.following(node)) {
      if (word.size() < kLongSurname || !near_words(word, surname, 1)) continue;
      for (const NameEntry& entry : page_.knowledge.entries(following)) {
        const Thing& thing = page_.knowledge[entry.thing];
        if (thing.kind != ThingKind::person || entry.form != NameForm::name || thing.weight < kKnownToAll) continue;
        if (page_.knowledge.offices(entry.thing, page_.day).empty()) continue;
        if (found && found != entry.thing) return {};
        found = entry.thing;
      }
    }
    return found;
  }
  bool link_to_near_name(Draft& draft) {
    const ThingId person = near_name(draft);
    if (!person) return false;
    draft.kind = DraftKind::name;
    draft.entity = page_.figure_of(person);
    draft.gender = page_.figure(draft.entity).entity.gender;
    draft.confidence = 0.75F;
    return true;
  }

  // « Conseil national de la paix (CNP) »: the letters are the name before them, here and on the rest of the page.
  bool link_to_spelled_out(Draft& draft) {
    if (draft.last - draft.first != 1 || !words_.words[draft.first].upper) return false;
    const auto found = aliases_.find(words_.text(draft.first));
    std::uint32_t figure = found == aliases_.end() ? kNone : found->second;
    if (figure == kNone) figure = spelled_out_before(draft);
    if (figure == kNone) return false;
    aliases_.emplace(words_.text(draft.first), figure);
    draft.clued = true;
    draft.kind = DraftKind::unknown;
    draft.entity = figure;
    draft.confidence = 0.9F;
    return true;
  }
  std::uint32_t spelled_out_before(const Draft& draft) const {
    const std::uint32_t i = draft.first;
    if (i == 0 || words_.words[i].gap != Gap::parenthesis || words_.joined(draft.last)) return kNone;
    for (std::uint32_t k = i; k-- > 0 && i - k <= kLongestSpelledOut;) {
      if (page_.name_at[k] == kNone) continue;
      const Draft& name = page_.drafts[page_.name_at[k]];
      if (name.last != i) continue;
      const bool body = name.entity != kNone && !name.dropped && name.last - name.first >= 2 &&
                        page_.figure(name.entity).entity.kind != ThingKind::person;
      return body && are_initials(words_, i, name.first, name.last) ? name.entity : kNone;
    }
    return kNone;
  }
  // A filter of the first words of those names that have become somebody of the page.
  std::uint32_t first_bit(const Draft& draft) const {
    return static_cast<std::uint32_t>(words_.words[draft.first].hash % (64 * local_first_.size()));
  }
  bool may_be_local(const Draft& draft) const {
    return (local_first_[first_bit(draft) / 64] >> (first_bit(draft) % 64) & 1) != 0;
  }
  // « le Conseil » behind « le Conseil de sécurité »: the body of the page whose name begins so and that was named
  // last.
  bool link_to_body_named_before(Draft& draft) {
    if (draft.last - draft.first != 1 || !words_.is(draft.first, kOrganisationHead) || draft.first == 0) return false;
    const Word& head = words_.words[draft.first];
    if (!head.upper || head.capitals || !words_.joined(draft.first) || !words_.is(draft.first - 1, kDefinite))
      return false;
    if (words_.joined(draft.last) && (words_.is(draft.last, kOf) || page_.upos(draft.last) == Upos::ADJ)) return false;
    std::uint32_t best = kNone;
    bool two = false;  // named in one sentence, and nothing tells which
    for (std::uint32_t f = 0; f < last_named_.size() && f < kMostBodies; ++f) {
      const Entity& body = page_.roster.figures[f].entity;
      if (last_named_[f] == 0 || body.kind != ThingKind::organisation || body.outlet) continue;
      const NameWords name = split_name_words(body.name);
      if (name.words.size() < 2 || name.word(0) != words_.text(draft.first)) continue;
      two = best != kNone && words_.words[last_named_[f] - 1].sentence == words_.words[last_named_[best] - 1].sentence;
      if (best == kNone || last_named_[f] > last_named_[best]) best = f;
    }
    if (best == kNone || two) return false;
    draft.entity = best;
    draft.confidence = 0.8F;
    return true;
  }

  void link_unknown(Draft& draft) {
    if (link_to_body_named_before(draft)) return;
    if (link_to_spelled_out(draft)) return;
    const bool person = draft.unknown_kind == ThingKind::person;
    if (person && (link_to_longer_name(draft) || link_to_initial(draft) || link_to_near_name(draft))) return;
    if (draft.last - draft.first == 1 && (person || !draft.clued) && link_to_page_surname(draft)) return;
    if (draft.courtesy && person && link_to_first_word(draft)) return;
    if (draft.courtesy && person) draft.clued = true;
    link_single_speaker(draft);
    if (!draft.clued && may_be_local(draft) && page_.roster.by_id.contains("local/" + folded_name(draft)))
      draft.clued = true;
    if (!draft.clued) {
      draft.dropped = true;
      return;
    }
    local_first_[first_bit(draft) / 64] |= std::uint64_t{1} << (first_bit(draft) % 64);
    draft.entity = page_.local_figure(draft.unknown_kind, written(draft), folded_name(draft));
    Figure& figure = page_.figure(draft.entity);
    const Gender gender = draft.courtesy_gender != Gender::none ? draft.courtesy_gender : draft.gender;
    if (figure.entity.gender == Gender::none) figure.entity.gender = gender;
    draft.gender = figure.entity.gender;
    if (draft.unknown_kind != ThingKind::person) return;
    register_surname(draft);
    if (draft.last - draft.first >= 2 && local_persons_.size() < kMostSlips)
      local_persons_.emplace_back(folded_name(draft), draft.entity);
  }

  PageEntities& page_;
  const PageWords& words_;
  std::unordered_map<std::string_view, std::uint32_t> aliases_;  // acronyms that the page spells out; never iterated
  std::unordered_set<std::string_view> speaking_, full_names_, bodies_;  // surnames; never iterated
  std::vector<std::pair<std::string, std::uint32_t>> local_persons_;     // folded name, figure
  std::array<std::uint64_t, 16> local_first_{};
  std::vector<std::uint32_t> titles_;      // for each word the title that ends before it
  std::vector<std::uint32_t> last_named_;  // for each figure one more than the word where it was last named
};

}  // namespace

bool are_initials(const PageWords& words, std::uint32_t acronym, std::uint32_t first, std::uint32_t last) {
  const std::string_view letters = words.text(acronym);
  std::size_t at = 0;
  for (std::uint32_t i = first; i < last && at < letters.size(); ++i) {
    if (words.text(i).front() == letters[at])
      ++at;
    else if (i == first)
      return false;
  }
  return letters.size() >= 2 && at == letters.size();
}

bool misspells(const PageEntities& page, const Draft& name, ThingId person) {
  if (name.last - name.first < 2) return false;
  for (const std::string_view language : {std::string_view(page.rules.language), std::string_view("en")}) {
    const NameWords known = split_name_words(page.knowledge.name(person, language));
    if (known.words.size() != name.last - name.first) continue;
    const std::string_view surname = known.word(known.words.size() - 1), given = page.words.text(name.first);
    if (known.word(0) != given) {
      // « Dimitro Kuleba »: the surname is right, the given name begins alike.
      if (surname == page.words.text(name.last - 1) && surname.size() >= kLongSurname && given.size() >= kLongSurname &&
          known.word(0).front() == given.front() && near_words(known.word(0), given, 2))
        return true;
      continue;
    }
    const std::size_t most = surname.size() >= 8 ? 2 : 1;
    if (surname.size() >= 4 && near_words(surname, page.words.text(name.last - 1), most)) return true;
  }
  return false;
}

void link_names(PageEntities& page) { Linker(page).run(); }

}  // namespace chancery::entities
