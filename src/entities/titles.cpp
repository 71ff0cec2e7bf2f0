// Titles and the words that say whose: « le ministre russe des Affaires étrangères », « la présidente de la Commission
// européenne », « l'ambassadeur de Russie aux États-Unis ». The adjective of the state may stand wherever a noun of the
// title ends, so a title is matched with at most one adjective skipped, and the owner may follow behind it. Collectives
// (« la délégation américaine ») are read the same way.
#include "entities/draft.h"

namespace chancery::entities {
namespace {

constexpr std::uint32_t kLongestTitle = 24;  // words

class Titles {
 public:
  explicit Titles(PageEntities& page) : page_(page), words_(page.words), rules_(page.rules) {}

  void run() {
    for (std::uint32_t i = 0; i < words_.size();) {
      if (page_.title_at[i] != kNone) {  // the knowledge knows the whole of it
        i = page_.drafts[page_.title_at[i]].last;
        continue;
      }
      const std::uint32_t end = !words_.is(i, kOpensTitle) || !may_begin(i) ? i
                                : body_at(i) > i                            ? body_at(i)
                                                                            : title_at(i);
      i = end > i ? end : i + 1;
    }
  }

 private:
  struct Owners {
    ThingId first, second;
    std::uint32_t last = 0;  // the word behind them
  };
  struct Found {
    std::uint32_t last = 0;  // behind the title proper
    const std::vector<std::uint16_t>* titles = nullptr;
    Owners owners;  // named inside it
  };

  // Behind a hyphen only « ex- » leaves a title what it is: « vice-président » is another office.
  bool may_begin(std::uint32_t i) const {
    if (words_.words[i].gap == Gap::hyphen) return i > 0 && words_.is(i - 1, kFormer);
    // « l'hôtel Président Wilson », « l'avenue Président Kennedy »: a title inside a name.
    return !(words_.words[i].upper && words_.joined(i) && page_.upos(i - 1) == Upos::NOUN);
  }

  // « la présidence ukrainienne » as the knowledge has it is a name; the word behind it, or i.
  std::uint32_t body_at(std::uint32_t i) const {
    const Draft* name = name_at(i);
    return name != nullptr && name->last - i > 1 && !words_.words[i].upper ? name->last : i;
  }

  const Draft* adjective_at(std::uint32_t i) const {
    if (i >= words_.size() || page_.name_at[i] == kNone) return nullptr;
    const Draft& draft = page_.drafts[page_.name_at[i]];
    return draft.kind == DraftKind::adjective ? &draft : nullptr;
  }
  const Draft* name_at(std::uint32_t i) const {
    if (i >= words_.size() || page_.name_at[i] == kNone) return nullptr;
    const Draft& draft = page_.drafts[page_.name_at[i]];
    return draft.kind == DraftKind::name && !draft.dropped ? &draft : nullptr;
  }

  ThingId adjective_owner(const Draft& draft) const {
    if (draft.owner) return draft.owner;
    ThingId best;
    float weight = -1;
    for (const NameEntry& entry : draft.entries) {
      if (entry.form != NameForm::adjective) continue;
      const float own = page_.knowledge[entry.thing].weight;
      if (own > weight) best = entry.thing, weight = own;
    }
    return best;
  }

  // « russe », « russe et ukrainien », « russo-américain ».
  Owners adjectives(std::uint32_t i) const {
    Owners owners;
    const Draft* one = adjective_at(i);
    if (one == nullptr) return owners;
    owners.first = adjective_owner(*one);
    owners.last = one->last;
    list_of_adjectives(owners);
    if (owners.second) return owners;
    const bool joined_by_and = owners.last + 1 < words_.size() && words_.joined(owners.last) &&
                               words_.is(owners.last, kAnd) && words_.joined(owners.last + 1);
    const std::uint32_t next = joined_by_and ? owners.last + 1 : owners.last;
    if (!words_.joined(next) || (next == owners.last && words_.words[next].gap != Gap::hyphen)) return owners;
    if (const Draft* other = adjective_at(next)) {
      owners.second = adjective_owner(*other);
      owners.last = other->last;
    }
    return owners;
  }

  // « russe, turc et iranien »: three and more.
  void list_of_adjectives(Owners& owners) const {
    std::uint32_t at = owners.last;
    ThingId second;
    for (int steps = 0; steps < 8 && words_.continues(at); ++steps) {
      const bool conjunction = words_.joined(at) && words_.is(at, kAnd) && words_.joined(at + 1);
      if (!conjunction && words_.words[at].gap != Gap::comma) return;
      const Draft* next = adjective_at(conjunction ? at + 1 : at);
      if (next == nullptr) return;
      if (!second) second = adjective_owner(*next);
      at = next->last;
      if (!conjunction) continue;
      if (steps == 0) return;
      owners.second = second;
      owners.last = at;
      return;
    }
  }

  // A state or body that a name may stand for as an owner.
  ThingId owner_named(const Draft& draft) const {
    ThingId best;
    float best_score = -1;
    for (const NameEntry& entry : draft.entries) {
      const Thing& thing = page_.knowledge[entry.thing];
      const bool owns =
          thing.kind == ThingKind::state || thing.kind == ThingKind::organisation || thing.kind == ThingKind::group;
      if (!owns) continue;
      if (entry.form == NameForm::demonym || entry.form == NameForm::surname) continue;
      const float score = thing.weight + (entry.form == NameForm::name ? 0.2F : 0.0F);
      if (score > best_score) best = entry.thing, best_score = score;
    }
    return best;
  }

  // « de Russie », « de la Fédération de Russie », « du Kremlin », « de l'UE ».
  Owners owner_behind(std::uint32_t i) const {
    Owners owners;
    if (!words_.joined(i) || !words_.is(i, kOf)) return owners;
    std::uint32_t at = i + 1;
    if (words_.joined(at) && words_.is(at, kArticle) && name_at(at) == nullptr) ++at;
    if (!words_.joined(at)) return owners;
    const Draft* draft = name_at(at);
    if (draft == nullptr) return owners;
    owners.first = owner_named(*draft);
    if (owners.first) owners.last = draft->last;
    return owners;
  }

  // « de la Russie, de la Turquie et de l'Iran » behind a plural.
  void list_of_owners(Owners& owners) const {
    std::uint32_t at = owners.last;
    ThingId second;
    for (int steps = 0; steps < 8 && words_.continues(at); ++steps) {
      const bool conjunction = words_.joined(at) && words_.is(at, kAnd);
      if (!conjunction && words_.words[at].gap != Gap::comma) return;
      std::uint32_t of = conjunction ? at + 1 : at;
      if (of >= words_.size() || (conjunction && !words_.joined(of)) || !words_.is(of, kOf)) return;
      ++of;
      if (words_.joined(of) && words_.is(of, kArticle) && name_at(of) == nullptr) ++of;
      const Draft* draft = words_.joined(of) ? name_at(of) : nullptr;
      const ThingId next = draft == nullptr ? ThingId() : owner_named(*draft);
      if (!next) return;
      if (!second) second = next;
      at = draft->last;
      if (!conjunction) continue;
      owners.second = second;
      owners.last = at;
      return;
    }
  }

  // Walks the title trie, passing over one adjective of a state and a few modifiers.
  Found match_title(std::uint32_t first) const {
    Found best;
    PhraseTrie::Node node = rules_.titles.root();
    Owners owners;
    std::uint32_t at = first, skipped = 0;
    while (at < words_.size() && at - first < kLongestTitle) {
      if (at > first && !words_.joined(at)) break;
      const PhraseTrie::Node next = rules_.titles.step(node, words_.words[at].id);
      if (next != PhraseTrie::kNone) {
        node = next;
        ++at;
        if (!rules_.titles.values(node).empty()) best = {at, &rules_.titles.values(node), owners};
        continue;
      }
      if (at == first || owners.first || ++skipped > 2) break;
      const Owners named = adjectives(at);
      if (!named.first) break;
      owners = named;
      at = named.last;
    }
    return best;
  }

  std::uint32_t skip_modifiers(std::uint32_t at) const {
    for (int i = 0; i < 2 && words_.joined(at); ++i) {
      const auto match = page_.match(rules_.modifiers, at);
      if (!match) break;
      at = match.last;
    }
    return at;
  }

  // Owners behind the title proper; moves `at` behind them.
  Owners owners_behind(std::uint32_t& at, bool plural) const {
    const std::uint32_t begin = skip_modifiers(at);
    if (!words_.joined(begin)) return {};
    Owners owners = adjectives(begin);
    if (!owners.first) {
      owners = owner_behind(begin);
      if (owners.first && plural) list_of_owners(owners);
    }
    if (!owners.first && begin == at) return {};
    if (!owners.first) return {};
    at = skip_modifiers(owners.last);
    return owners;
  }

  // « ministre des Affaires étrangères *et de la Communauté nationale à l'étranger*, X »: up to the comma or the verb.
  std::uint32_t second_portfolio(std::uint32_t last) const {
    if (!words_.joined(last) || !words_.is(last, kAnd) || !words_.joined(last + 1) || !words_.is(last + 1, kOf))
      return last;
    std::uint32_t i = last + 2;
    while (words_.joined(i) && words_.is(i, kArticle | kOf) && i < last + 4) ++i;
    if (!words_.joined(i) || !words_.words[i].upper) return last;
    const Draft* name = name_at(i);  // « et des Sénégalais de l'extérieur »
    if (name != nullptr && std::none_of(name->entries.begin(), name->entries.end(),
                                        [](const NameEntry& entry) { return entry.form == NameForm::demonym; }))
      return last;
    for (std::uint32_t steps = 0; words_.joined(i) && steps < 10; ++i, ++steps) {
      const Upos upos = page_.upos(i);
      if (upos != Upos::NOUN && upos != Upos::ADJ && upos != Upos::PROPN &&
          !words_.is(i, kAnd | kOf | kArticle | kAt | kPreposition))
        break;
    }
    if (!words_.continues(i)) return last;
    const Upos upos = page_.upos(i);
    return words_.words[i].gap == Gap::comma || upos == Upos::VERB || upos == Upos::AUX ? i : last;
  }

  // « ministre russe *de l'Intérieur* »: a portfolio that the list of titles does not have. Returns the word behind it.
  std::uint32_t portfolio(std::uint32_t at) const {
    if (!words_.joined(at) || !words_.is(at, kOf | kAt)) return at;
    std::uint32_t i = at + 1;
    while (words_.joined(i) && words_.is(i, kArticle | kOf) && i < at + 3) ++i;
    if (!words_.joined(i) || name_at(i) != nullptr || !words_.words[i].upper) return at;
    std::uint32_t last = at;
    for (std::uint32_t steps = 0; words_.joined(i) && steps < 10; ++i, ++steps) {
      const bool content = words_.words[i].upper || page_.upos(i) == Upos::ADJ;
      if (content && page_.name_at[i] == kNone)
        last = i + 1;
      else if (!words_.is(i, kAnd | kOf | kArticle))
        break;
    }
    return last;
  }

  // « aux États-Unis », « à l'ONU », « en France »: where an ambassador or envoy is posted.
  std::uint32_t post(std::uint32_t at) const {
    if (!words_.joined(at) || !words_.is(at, kAt)) return at;
    std::uint32_t i = at + 1;
    while (words_.joined(i) && words_.is(i, kArticle | kOf) && name_at(i) == nullptr && i < at + 4) ++i;
    const Draft* draft = words_.joined(i) ? name_at(i) : nullptr;
    return draft == nullptr ? at : draft->last;
  }

  bool is_posted(const Draft& draft) const {
    for (const std::uint16_t title : *draft.titles)
      if (rules_.role_fits(rules_.posted, rules_.roles[rules_.title_forms[title].role])) return true;
    return false;
  }

  bool former_before(std::uint32_t first) const {
    std::uint32_t i = first;
    for (int steps = 0; steps < 3 && i > 0 && words_.joined(i); ++steps) {
      --i;
      if (words_.is(i, kFormer)) return true;
      if (page_.upos(i) != Upos::ADJ) return false;
    }
    return false;
  }

  std::uint32_t title_at(std::uint32_t first) {
    Found found = match_title(first);
    const std::uint32_t collective = collective_at(first, found.last);
    if (collective > first) return collective;
    Draft draft;
    draft.kind = DraftKind::title;
    draft.first = first;
    if (found.titles == nullptr) {
      const auto head = page_.match(rules_.title_heads, first);
      if (!head) return first;
      found = {head.last, &rules_.no_titles, {}};
      draft.form = rules_.phrases[head.values->front()];
      draft.gender = draft.form.gender;
      draft.number = draft.form.number;
    }
    draft.titles = found.titles;
    std::uint32_t last = found.last;
    Owners owners = found.owners;
    const bool plural = is_plural(draft);
    if (!owners.first) owners = owners_behind(last, plural);
    const std::uint32_t with_portfolio = portfolio(last);
    if (with_portfolio > last) {
      draft.portfolio = last;
      last = with_portfolio;
      if (!owners.first) owners = owners_behind(last, plural);
    } else if (owners.first && is_posted(draft)) {
      last = post(last);
    }
    if (!plural && !draft.titles->empty()) last = second_portfolio(last);
    draft.owner = owners.first;
    draft.second_owner = owners.second;
    draft.last = last;
    draft.former = former_before(draft.first);
    if (!draft.titles->empty()) set_features(draft);
    // A head alone is a nominal, if anything.
    if (draft.titles->empty() && !draft.owner && draft.portfolio == kNone) return first;
    page_.title_at[first] = page_.add(draft);
    return last;
  }

  bool is_plural(const Draft& draft) const {
    return (draft.titles->empty() ? draft.number : rules_.title_forms[draft.titles->front()].number) == Number::plur;
  }

  void set_features(Draft& draft) const {
    const TitleForm& form = rules_.title_forms[draft.titles->front()];
    draft.number = form.number;
    draft.gender = form.gender;
    for (const std::uint16_t title : *draft.titles)
      if (rules_.title_forms[title].gender != draft.gender) draft.gender = Gender::none;
  }

  // « retirer les troupes d'Afghanistan »: without an article the name says whence as often as whose.
  bool whence(std::uint32_t i) const {
    const bool contracted =
        words_.words[i].id != kNoWord && rules_.words.info(words_.words[i].id).contraction != kNoWord;
    return words_.is(i, kOf) && !contracted && words_.joined(i + 1) && name_at(i + 1) != nullptr;
  }

  // Returns the word behind it, or `first` if there is none longer than the title that ends at `title_last`.
  std::uint32_t collective_at(std::uint32_t first, std::uint32_t title_last) {
    const auto match = page_.match(rules_.collectives, first);
    if (!match || match.last <= title_last) return first;
    std::uint32_t last = match.last;
    const PhraseForm& form = rules_.phrases[match.values->front()];
    const Owners owners = owners_behind(last, form.number == Number::plur);
    if (!owners.first) return first;
    // « les rebelles du X » are the movement's; « les rebelles syriens » are not the state.
    const bool of_movement = page_.knowledge[owners.first].kind == ThingKind::group;
    if (form.movement && !of_movement) return first;
    if (form.number == Number::plur && !of_movement && whence(match.last)) return first;
    Draft draft;
    draft.kind = DraftKind::collective;
    draft.first = first;
    draft.last = last;
    draft.form = rules_.phrases[match.values->front()];
    draft.owner = owners.first;
    draft.second_owner = owners.second;
    draft.gender = draft.form.gender;
    draft.number = draft.form.number;
    page_.title_at[first] = page_.add(draft);
    return last;
  }

  PageEntities& page_;
  const PageWords& words_;
  const EntityRules::Tables& rules_;
};

}  // namespace

void find_titles(PageEntities& page) { Titles(page).run(); }

}  // namespace chancery::entities
