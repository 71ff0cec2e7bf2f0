// Whose a title is. A name beside it says it at once; else the office of its state had one holder on the page's day;
// else it stays an office of its state. A title without a state waits for resolve_references().
#include <algorithm>

#include "entities/draft.h"
#include "text/fold.h"

namespace chancery::entities {
namespace {

constexpr std::uint32_t kLongestComplement = 8;  // words

class TitleLinker {
 public:
  explicit TitleLinker(PageEntities& page) : page_(page), words_(page.words), rules_(page.rules) {}

  void run() {
    mark_ends();
    // Names beside their titles first: they say who holds what.
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i)
      if (page_.drafts[i].kind == DraftKind::title && page_.drafts[i].number != Number::plur) link_to_name(i);
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i) {
      if (page_.drafts[i].kind == DraftKind::title && page_.drafts[i].entity == kNone) link(i);
      if (page_.drafts[i].kind == DraftKind::collective) link_collective(page_.drafts[i]);
    }
  }

 private:
  struct Office {
    std::string_view role;
    ThingId owner, office;
  };

  void mark_ends() {
    ends_.assign(words_.size() + 1, kNone);
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i)
      if (is_person(page_.drafts[i])) ends_[page_.drafts[i].last] = i;
  }

  bool is_person(const Draft& draft) const {
    if (draft.dropped || draft.entity == kNone) return false;
    if (draft.kind != DraftKind::name && draft.kind != DraftKind::unknown) return false;
    return page_.roster.figures[draft.entity].entity.kind == ThingKind::person;
  }

  // A title of any state or body, or of all but some: « !state/GBR » has no « président ».
  static bool of_many(const TitleForm& form) { return form.owners.empty() || form.owners.front().starts_with('!'); }
  static bool may_belong(const TitleForm& form, std::string_view owner) {
    if (form.owners.empty()) return true;
    const bool barred = form.owners.front().starts_with('!');
    const std::size_t mark = barred ? 1 : 0;
    const bool named = std::any_of(form.owners.begin(), form.owners.end(),
                                   [&](const std::string& one) { return std::string_view(one).substr(mark) == owner; });
    return named != barred;
  }

  // The offices that the title may be, given its owner.
  std::vector<Office> offices_of(const Draft& title) const {
    std::vector<Office> out;
    for (const NameEntry& entry : title.entries)
      out.push_back({page_.knowledge.role(entry.thing), page_.knowledge.state_of(entry.thing), entry.thing});
    for (const std::uint16_t index : *title.titles) {
      const TitleForm& form = rules_.title_forms[index];
      const std::string& role = rules_.roles[form.role];
      if (title.portfolio != kNone) continue;  // « secrétaire d'État au Budget » is another office
      if (title.owner) {
        add_office(out, form, role, title.owner);
        const ThingId state = page_.knowledge.state_of(title.owner);
        if (state && state != title.owner) add_office(out, form, role, state);
      } else if (const ThingId owner = only_owner(title)) {
        add_office(out, form, role, owner);
      }
    }
    // What belongs to this owner alone says more than what any state has.
    return out;
  }

  void add_office(std::vector<Office>& out, const TitleForm& form, std::string_view role, ThingId owner) const {
    if (!owner) return;
    const std::string_view id = page_.knowledge[owner].id;
    if (!may_belong(form, id)) return;
    const ThingId office = page_.knowledge.office(role, owner);
    if (!office) return;
    for (const Office& one : out)
      if (one.office == office) return;
    const Office found{role, owner, office};
    if (of_many(form))
      out.push_back(found);
    else
      out.insert(out.begin(), found);
  }

  // « chef du Pentagone » has its owner in its words.
  ThingId only_owner(const Draft& title) const {
    if (title.titles->empty() || title.portfolio != kNone) return {};
    ThingId only;
    for (const std::uint16_t index : *title.titles) {
      // « dirigeant », « numéro un »: words that others have too are nobody's own.
      if (of_many(rules_.title_forms[index])) return {};
      for (const std::string& id : rules_.title_forms[index].owners) {
        const ThingId owner = page_.knowledge.find(id);
        // « le maître du Kremlin » was the Soviet Union's in 1985.
        const bool now = owner && (!page_.day.known() || page_.knowledge.existed(owner).overlaps(page_.day));
        if (!now || owner == only) continue;
        if (only) return {};
        only = owner;
      }
    }
    return only;
  }

  bool role_matches(const Draft& title, std::string_view role) const {
    for (const std::uint16_t index : *title.titles)
      if (rules_.roles[rules_.title_forms[index].role] == role) return true;
    for (const NameEntry& entry : title.entries)
      if (page_.knowledge.role(entry.thing) == role) return true;
    return title.titles->empty() && title.entries.empty() && rules_.role_fits(title.form.role_set, role);
  }

  // None for those who serve a movement: it fights the state where it is at home.
  ThingId owner_state(const Draft& title) const {
    if (!title.owner || page_.knowledge[title.owner].kind == ThingKind::group) return {};
    return page_.knowledge.state_of(title.owner);
  }

  // What the knowledge says of this person and this title: 1 he held it, -1 he acts for somebody else, 0 nothing.
  int agreement(const Draft& title, const Figure& figure) const {
    if (!figure.entity.thing) return 0;
    const ThingId state = owner_state(title);
    for (const Tenure& tenure : page_.knowledge.offices(figure.entity.thing, Interval{})) {
      const bool role = role_matches(title, page_.knowledge.role(tenure.office));
      const ThingId of = page_.knowledge.state_of(tenure.office);
      if (role && (!title.owner || of == state || page_.knowledge[tenure.office].state == title.owner)) return 1;
    }
    const ThingId own = page_.knowledge[figure.entity.thing].state;
    return state && own && own != state ? -1 : 0;
  }

  // The person named right behind: « le président Trump », « le ministre russe …, Sergueï Lavrov ».
  std::uint32_t name_behind(const Draft& title) const {
    std::uint32_t at = title.last;
    if (!words_.continues(at)) return kNone;
    const Gap gap = words_.words[at].gap;
    if (gap != Gap::space && gap != Gap::comma && gap != Gap::parenthesis) return kNone;
    // « un porte-parole de l'armée, le capitaine X ».
    const bool ranked = gap == Gap::comma && words_.is(at, kArticle) && words_.joined(at + 1);
    if (ranked && words_.is(at + 1, kOpensCourtesy)) ++at;
    const auto courtesy = page_.match(rules_.courtesy, at);
    if (courtesy && words_.continues(courtesy.last)) at = courtesy.last;
    if (page_.name_at[at] == kNone || !is_person(page_.drafts[page_.name_at[at]])) return kNone;
    const Draft& name = page_.drafts[page_.name_at[at]];
    const int agrees = agreement(title, page_.figure(name.entity));
    if (gap == Gap::space) return agrees < 0 && name.last - name.first == 1 ? kNone : page_.name_at[at];
    if (agrees < 0 || (agrees == 0 && !closes(name.last))) return kNone;
    return page_.name_at[at];
  }

  // « le président *du club*, X »: a complement that the knowledge does not have; it becomes part of the title.
  std::uint32_t name_behind_complement(Draft& title) const {
    if (!words_.joined(title.last) || !words_.is(title.last, kOf)) return kNone;
    std::uint32_t at = title.last + 1;
    while (words_.joined(at) && at - title.last < kLongestComplement) ++at;
    if (!words_.continues(at) || words_.words[at].gap != Gap::comma) return kNone;
    Draft longer = title;
    longer.last = at;
    const std::uint32_t name = name_behind(longer);
    if (name != kNone) title.last = at;
    return name;
  }

  // Behind an apposition the clause is cut: a comma, a bracket, the end, or the verb of which the title is the subject.
  bool closes(std::uint32_t i) const {
    if (!words_.continues(i)) return true;
    const Gap gap = words_.words[i].gap;
    if (gap == Gap::comma) return !(i + 1 < words_.size() && page_.name_at[i] != kNone);
    if (gap != Gap::space && gap != Gap::apostrophe) return true;
    return page_.upos(i) == Upos::VERB || page_.upos(i) == Upos::AUX || page_.upos(i) == Upos::PRON;
  }

  // The person named right before: « Dmitri Peskov, porte-parole du Kremlin ».
  std::uint32_t name_before(const Draft& title) const {
    std::uint32_t at = title.first;
    bool article = false;
    while (at > 0 && words_.joined(at) && (words_.is(at - 1, kFormer) || words_.is(at - 1, kArticle))) {
      article = article || words_.is(at - 1, kArticle);
      --at;
    }
    if (at == 0 || ends_[at] == kNone) return kNone;
    const Gap gap = words_.words[at].gap;
    if (gap != Gap::comma && gap != Gap::parenthesis) return kNone;
    const Draft& name = page_.drafts[ends_[at]];
    const int agrees = agreement(title, page_.figure(name.entity));
    if (agrees < 0) return kNone;
    // « X, le ministre de Y et Z »: with an article it may as well be the next in a list.
    if (agrees == 0 && article && !closes(title.last)) return kNone;
    return ends_[at];
  }

  void join(std::uint32_t title_index, std::uint32_t name_index) {
    Draft& title = page_.drafts[title_index];
    Draft& name = page_.drafts[name_index];
    title.entity = name.entity;
    title.partner = name_index;
    title.confidence = name.confidence;
    name.partner = title_index;
    name.subject = name.subject || title.subject;
    if (title.governor != kNone && name.governor == kNone) {
      name.governor = title.governor;
      name.subject = false;
    }
    Figure& figure = page_.figure(name.entity);
    if (title.former) return;
    for (const Office& one : offices_of(title)) add_role(figure, one.role, one.owner);
    if (title.titles->empty() == false && !title.owner)
      for (const std::uint16_t index : *title.titles) {
        const TitleForm& form = rules_.title_forms[index];
        if (of_many(form)) add_role(figure, rules_.roles[form.role], {});
      }
    if (!figure.entity.thing && !figure.entity.state) figure.entity.state = owner_state(title);
    if (!figure.entity.thing && figure.entity.gender == Gender::none) figure.entity.gender = title.gender;
  }

  static void add_role(Figure& figure, std::string_view role, ThingId owner) {
    for (const HeldRole& one : figure.roles)
      if (one.role == role && one.owner == owner) return;
    figure.roles.push_back({role, owner});
  }

  void repair_spelling(std::uint32_t name_index, ThingId holder) {
    Draft& name = page_.drafts[name_index];
    if (name.kind != DraftKind::unknown || !misspells(page_, name, holder)) return;
    const std::uint32_t before = name.entity, figure = page_.figure_of(holder);
    name.kind = DraftKind::name;
    for (Draft& draft : page_.drafts) {
      const bool same = before != kNone && draft.entity == before;
      if (!same && &draft != &name) continue;
      draft.entity = figure;
      draft.gender = page_.figure(figure).entity.gender;
      draft.confidence = 0.85F;
    }
  }

  // The one who held one of the offices on the day; none if nobody, or several whom the page does not tell apart.
  ThingId holder(const std::vector<Office>& offices) const {
    for (const Office& one : offices) {
      const std::vector<Tenure> tenures = page_.knowledge.holders(one.office, page_.day);
      if (tenures.empty()) continue;
      ThingId person;
      bool several = false;
      for (const Tenure& tenure : tenures) {
        if (person && person != tenure.person) several = true;
        person = tenure.person;
      }
      if (!several && page_.day.known()) return person;
      // Without a day, or on the day of a change, the page's own names decide.
      ThingId named;
      for (const Tenure& tenure : tenures) {
        if (!page_.roster.by_thing.contains(tenure.person.value) || named == tenure.person) continue;
        if (named) return {};
        named = tenure.person;
      }
      return named;
    }
    return {};
  }

  void link_to_name(std::uint32_t index) {
    Draft& title = page_.drafts[index];
    if (page_.names_body(title)) return;
    // « X, ministre de Y, le colonel Z a fui »: between two commas without an article it is the name's before it.
    const bool apposed = title.first > 0 && words_.words[title.first].gap == Gap::comma &&
                         words_.continues(title.last) && words_.words[title.last].gap == Gap::comma;
    std::uint32_t name = apposed ? name_before(title) : kNone;
    if (name == kNone) name = name_behind(title);
    if (name == kNone && !title.owner) name = name_behind_complement(title);
    if (name == kNone) name = name_before(title);
    if (name == kNone) return;
    const std::vector<Office> offices = offices_of(title);
    const ThingId on_day = offices.empty() ? ThingId() : holder(offices);
    if (on_day) repair_spelling(name, on_day);
    join(index, name);
  }

  // The one person of the page whom it gives one of the offices; kNone if nobody or several.
  std::uint32_t named_holder(const std::vector<Office>& offices) const {
    std::uint32_t found = kNone;
    for (std::uint32_t i = 0; i < page_.roster.figures.size() && i < 256; ++i) {
      const Figure& figure = page_.figure(i);
      if (figure.entity.kind != ThingKind::person) continue;
      for (const HeldRole& held : figure.roles)
        if (held.role == offices.front().role && held.owner && held.owner == offices.front().owner) {
          if (found != kNone && found != i) return kNone;
          found = i;
        }
    }
    return found;
  }

  void link(std::uint32_t index) {
    if (page_.drafts[index].number == Number::plur) return link_plural(page_.drafts[index]);
    const std::vector<Office> offices = offices_of(page_.drafts[index]);
    Draft& title = page_.drafts[index];
    if (!title.owner) title.owner = only_owner(title);
    if (title.former) return link_former(title);
    if (offices.empty()) return title.owner ? link_generic(title) : void();
    const Thing& office = page_.knowledge[offices.front().office];
    if (office.kind == ThingKind::organisation) {
      const bool presides = presides_something(title);
      const bool state = presides || stands_for_state(offices.front());
      title.entity = page_.figure_of(presides ? title.owner : state ? offices.front().owner : offices.front().office);
      title.confidence = presides ? 0.7F : 0.9F;
      return;
    }
    ThingId person = is_indefinite(title) ? ThingId() : holder(offices);
    std::uint32_t named = is_indefinite(title) ? kNone : named_holder(offices);
    // Whom the page itself calls so is meant, unless it names the knowledge's holder too.
    if (person && page_.roster.by_thing.contains(person.value)) named = kNone;
    if (named != kNone) person = {};
    title.entity = named != kNone ? named : page_.figure_of(person ? person : offices.front().office);
    title.confidence = person ? 0.9F : named != kNone ? 0.85F : 0.7F;
    if (person)
      for (const Office& one : offices) add_role(page_.figure(title.entity), one.role, one.owner);
  }

  // « la présidence russe du Conseil »: Russia in the chair, not its presidency.
  bool presides_something(const Draft& title) const {
    if (!title.owner || page_.knowledge[title.owner].kind != ThingKind::state || !words_.joined(title.last) ||
        !words_.is(title.last, kOf))
      return false;
    return rules_.presided != 0 && std::any_of(title.titles->begin(), title.titles->end(), [&](std::uint16_t index) {
             return rules_.role_fits(rules_.presided, rules_.roles[rules_.title_forms[index].role]);
           });
  }

  // « le gouvernement allemand » speaks and acts as its state.
  bool stands_for_state(const Office& office) const {
    return rules_.stand_for != 0 && office.owner && page_.knowledge[office.owner].kind == ThingKind::state &&
           rules_.role_fits(rules_.stand_for, office.role);
  }

  // « un porte-parole de la Maison-Blanche » is one of several, not the one who holds the office.
  bool is_indefinite(const Draft& title) const {
    return title.first > 0 && words_.joined(title.first) && words_.is(title.first - 1, kArticle) &&
           !words_.is(title.first - 1, kDefinite);
  }

  // « l'ancien président américain »: only somebody whom the page names, and who held it.
  void link_former(Draft& title) {
    std::uint32_t found = kNone;
    for (std::uint32_t i = 0; title.owner && i < page_.roster.figures.size() && i < 256; ++i) {
      const Figure& figure = page_.figure(i);
      if (figure.entity.kind != ThingKind::person || agreement(title, figure) <= 0) continue;
      if (found != kNone) {
        found = kNone;
        break;
      }
      found = i;
    }
    title.entity = found;
    title.confidence = 0.6F;
    // « l'ancien ministre russe de la Défense » whom nobody names: a person, who acts for no state any more.
    const bool pointed = title.first > 0 && words_.joined(title.first);
    if (found == kNone && title.owner && pointed && !title.titles->empty())
      make_local_office(title, {}, words_.is(title.first - 1, kFormer) ? title.first - 1 : title.first);
    if (found == kNone && title.entity != kNone) page_.figure(title.entity).entity.kind = ThingKind::person;
    title.dropped = title.entity == kNone && title.owner;
  }

  // « le ministre russe »: the one of the page who fits, else an office that only the page knows.
  void link_generic(Draft& title) {
    const ThingId state = owner_state(title);
    std::uint32_t found = kNone;
    bool several = false;
    // « un diplomate pakistanais » is somebody new, whoever fits.
    const bool somebody_new = is_indefinite(title) && title.partner == kNone;
    for (std::uint32_t i = 0; !somebody_new && title.portfolio == kNone && i < page_.roster.figures.size() && i < 256;
         ++i) {
      const Figure& figure = page_.figure(i);
      if (figure.entity.kind != ThingKind::person || !fits(title, figure, state)) continue;
      several = found != kNone;
      found = i;
    }
    if (found != kNone && !several) {
      title.entity = found;
      title.confidence = 0.75F;
      return;
    }
    // « la diplomatie européenne »: a collective whose body has no office of its own acts for its owner.
    if (found == kNone && page_.match(rules_.collectives, title.first)) {
      title.entity = page_.figure_of(title.owner);
      title.confidence = 0.85F;
      return;
    }
    // Several fit: the one last spoken of, which resolve_references() knows.
    if (found == kNone) make_local_office(title, state, title.first);
  }

  bool fits(const Draft& title, const Figure& figure, ThingId state) const {
    for (const HeldRole& held : figure.roles)
      if (role_matches(title, held.role) && held.owner && page_.knowledge.state_of(held.owner) == state) return true;
    if (!figure.entity.thing) return false;
    for (const Tenure& tenure : page_.knowledge.offices(figure.entity.thing, page_.day))
      if (role_matches(title, page_.knowledge.role(tenure.office)) && page_.knowledge.state_of(tenure.office) == state)
        return true;
    return false;
  }

  // Called as the page does from word `first` on.
  void make_local_office(Draft& title, ThingId state, std::uint32_t first) {
    std::string folded;
    for (std::uint32_t i = first; i < title.last; ++i) {
      if (!folded.empty()) folded += '-';
      folded += words_.text(i);
    }
    title.entity = page_.local_figure(ThingKind::office, page_.page.text[words_.span(first, title.last)], folded);
    page_.figure(title.entity).entity.state = state;
    // « un diplomate canadien »: the article tells.
    const bool article = title.first > 0 && words_.joined(title.first) && words_.is(title.first - 1, kArticle);
    if (title.gender == Gender::none && title.number == Number::sing && article)
      title.gender = page_.token(title.first - 1).morph.gender;
    page_.figure(title.entity).entity.gender = title.gender;
    title.confidence = 0.6F;
  }

  // « les présidents russe et américain », « les présidents Trump et Poutine ».
  void link_plural(Draft& title) {
    std::vector<std::uint32_t> members;
    if (title.owner && title.second_owner) {
      for (const ThingId owner : owners_of(title)) {
        Draft one = title;
        one.owner = owner;
        one.second_owner = {};
        const std::vector<Office> offices = offices_of(one);
        const ThingId person = offices.empty() ? ThingId() : holder(offices);
        // « les dirigeants russe et turc »: where the title is no office of theirs they act for their states.
        members.push_back(page_.figure_of(person ? person : offices.empty() ? owner : offices.front().office));
      }
    }
    if (members.size() >= 2) {
      title.entity = page_.group_figure(members);
      title.confidence = 0.8F;
      return;
    }
    if (title.owner && !title.second_owner) {  // « les diplomates russes » act for their state
      title.entity = page_.figure_of(title.owner);
      title.confidence = 0.8F;
    }
  }

  // Those whom a list behind a plural names, « russe, turc et iranien ».
  std::vector<ThingId> owners_of(const Draft& draft) const {
    std::vector<ThingId> owners = page_.owners_in(draft.first, draft.last);
    if (owners.size() < 2) owners = {draft.owner, draft.second_owner};
    return owners;
  }

  void link_collective(Draft& draft) {
    if (draft.second_owner) {
      std::vector<std::uint32_t> members;
      for (const ThingId owner : owners_of(draft)) members.push_back(page_.figure_of(owner));
      draft.entity = page_.group_figure(std::move(members));
    } else {
      draft.entity = page_.figure_of(draft.owner);
    }
    draft.confidence = 0.9F;
  }

  PageEntities& page_;
  const PageWords& words_;
  const EntityRules::Tables& rules_;
  std::vector<std::uint32_t> ends_;  // for each word the person's name that ends before it
};

}  // namespace

void link_titles(PageEntities& page) { TitleLinker(page).run(); }

}  // namespace chancery::entities
