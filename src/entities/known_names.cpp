// Names that the knowledge has: one walk over the words, the longest match wins. What a name means is decided later
// (link.cpp); here we only decide whether the words are a name at all, which in the press is a matter of capitals.
#include <algorithm>

#include "entities/draft.h"
#include "text/fold.h"

namespace chancery::entities {
namespace {

constexpr std::uint32_t kLongestName = 16;  // words

class KnownNames {
 public:
  explicit KnownNames(PageEntities& page) : page_(page), words_(page.words), root_(page.knowledge.root()) {}

  void run() {
    page_.name_at.assign(words_.size(), kNone);
    page_.title_at.assign(words_.size(), kNone);
    std::uint32_t i = 0;
    while (i < words_.size()) {
      if (words_.is(i, kBodyAdjective)) adjectives_.push_back(i);
      const std::uint32_t end = match_at(i);
      i = end > i ? end : i + 1;
    }
    bodies_adjectives();
    drop_parts_of_unknown_names();
  }

 private:
  struct Found {
    std::uint32_t first = 0, last = 0;
    std::span<const NameEntry> entries;
  };

  // Whether a name may go on from word i - 1 to word i.
  bool goes_on(std::uint32_t i) const {
    if (words_.joined(i)) return true;
    // « St. », « J. D. », « Washington D.C. »: a full stop behind an abbreviation does not end a name.
    return i < words_.size() && words_.words[i].gap == Gap::period && words_.words[i - 1].folded_size <= 2 &&
           words_.words[i - 1].upper;
  }

  Found walk(Knowledge::Node node, std::uint32_t first, std::uint32_t next) const {
    Found best;
    for (std::uint32_t end = next; node != Knowledge::kNoNode; ++end) {
      const auto entries = page_.knowledge.entries(node);
      if (!entries.empty() && acceptable(entries, first, end)) best = {first, end, entries};
      if (end - first >= kLongestName || !goes_on(end)) break;
      node = page_.knowledge.step(node, words_.text(end), words_.words[end].hash);
    }
    return best;
  }

  // Adds the longest name at word i and returns the word behind it, or i.
  std::uint32_t match_at(std::uint32_t i) {
    // A little word opens a name only before a capital, « La Haye »; this spares half of all look-ups.
    if (words_.is(i, kLittleWords) && !words_.words[i].capitals && !(goes_on(i + 1) && words_.words[i + 1].upper))
      return i;
    const Knowledge::Node node = page_.knowledge.step(root_, words_.text(i), words_.words[i].hash);
    Found best;
    if (node != Knowledge::kNoNode) best = walk(node, i, i + 1);
    if (words_.is(i, kContraction) && goes_on(i + 1) && words_.words[i + 1].upper) {
      const WordId contraction = page_.rules.words.info(words_.words[i].id).contraction;
      // « au Caire »: the article of the name is inside the contraction, the mention is what stands behind it.
      const auto article = page_.knowledge.step(root_, page_.rules.words.text(contraction));
      if (article != Knowledge::kNoNode) {
        const Found inside =
            walk(page_.knowledge.step(article, words_.text(i + 1), words_.words[i + 1].hash), i + 1, i + 2);
        if (inside.last > best.last) best = inside;
      }
    }
    if (best.last == 0) return i;
    add(best);
    return best.last;
  }

  void add(const Found& found) {
    Draft draft;
    draft.kind = is_adjective(found) ? DraftKind::adjective : DraftKind::name;
    draft.first = found.first;
    draft.last = found.last;
    draft.entries = found.entries;
    // « les Vingt-Sept »: a small article is no part of the mention.
    if (draft.kind == DraftKind::name && found.last - found.first > 1 && words_.is(found.first, kDefinite) &&
        (!words_.words[found.first].upper || words_.words[found.first].opening) && !printed_with_article(found))
      ++draft.first;
    const bool office = std::all_of(found.entries.begin(), found.entries.end(), [&](const NameEntry& e) {
      return page_.knowledge[e.thing].kind == ThingKind::office;
    });
    if (office) {
      draft.kind = DraftKind::title;
      draft.titles = &page_.rules.no_titles;
      page_.title_at[found.first] = page_.add(draft);
      return;
    }
    if (called_after(draft)) {
      draft.kind = DraftKind::unknown;
      draft.entries = {};
      draft.unknown_kind = ThingKind::place;
      draft.clued = true;
      draft.confidence = 0.97F;
    }
    const std::uint32_t first = draft.first;
    page_.name_at[first] = page_.add(std::move(draft));
  }

  // « la rue Patrice Lumumba », « l'aéroport Charles de Gaulle »: a place that bears somebody's name.
  bool called_after(const Draft& draft) const {
    return draft.last - draft.first >= 2 && draft.first > 0 && words_.joined(draft.first) &&
           words_.words[draft.first].gap == Gap::space && words_.is(draft.first - 1, kPlaceHead) &&
           std::all_of(draft.entries.begin(), draft.entries.end(),
                       [&](const NameEntry& entry) { return page_.knowledge[entry.thing].kind == ThingKind::person; });
  }

  // « La Haye », « Le Caire ».
  bool printed_with_article(const Found& found) const {
    const std::string_view name = page_.knowledge.name(found.entries.front().thing, page_.rules.language);
    const std::string_view article = words_.text(found.first);
    return name.size() > article.size() && fold(name.substr(0, article.size())) == article;
  }

  bool is_adjective(const Found& found) const {
    if (words_.words[found.first].upper && !words_.words[found.first].opening) return false;
    return std::any_of(found.entries.begin(), found.entries.end(),
                       [](const NameEntry& e) { return e.form == NameForm::adjective; }) &&
           std::none_of(found.entries.begin(), found.entries.end(), [&](const NameEntry& e) {
             return e.form != NameForm::adjective && acceptable_as(e, found.first, found.last);
           });
  }

  bool acceptable(std::span<const NameEntry> entries, std::uint32_t first, std::uint32_t last) const {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const NameEntry& e) { return acceptable_as(e, first, last); });
  }

  bool acceptable_as(const NameEntry& entry, std::uint32_t first, std::uint32_t last) const {
    std::uint32_t content = first;
    while (content + 1 < last && words_.is(content, kArticle | kOf)) ++content;
    const bool capital = words_.words[content].upper;
    // « la Croix-Rouge » is no newspaper.
    if (page_.knowledge[entry.thing].outlet && words_.joined(last) && words_.words[last].gap == Gap::hyphen)
      return false;
    if (entry.form == NameForm::adjective) return !words_.words[first].upper || words_.words[first].opening;
    const bool group = page_.knowledge[entry.thing].kind == ThingKind::group;
    // « les talibans », « les rebelles houthis »: groups that the tables have in small letters.
    if (last - first == 1) return (capital && single_word_fits(entry, first)) || (group && !entry.upper_only);
    if (entry.upper_only) return capital;
    const bool any =
        std::any_of(words_.words.begin() + first, words_.words.begin() + last, [](const Word& w) { return w.upper; });
    // « union européenne », « département d'État »: bodies of several words are recognised by their words alone.
    return any || group || page_.knowledge[entry.thing].kind == ThingKind::organisation;
  }

  bool has_digit(std::uint32_t i) const {
    const std::string_view text = words_.text(i);
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  bool single_word_fits(const NameEntry& entry, std::uint32_t i) const {
    const Word& word = words_.words[i];
    const ThingKind kind = page_.knowledge[entry.thing].kind;
    if (kind == ThingKind::organisation && word.folded_size <= 3 && !word.capitals && !has_digit(i)) {  // « G7 »
      // An acronym; three letters may be written « Onu », but not where every word has a capital.
      return word.folded_size == 3 && !word.opening && entry.form == NameForm::name;
    }
    if (!word.opening || word.capitals) return true;
    // The first word of a sentence has its capital by rule; it is a name if it is no ordinary word.
    if (kind == ThingKind::state || entry.form == NameForm::demonym) return true;
    const Upos upos = page_.upos(i);
    return upos == Upos::PROPN || !page_.token(i).known;
  }

  // « européenne »: adjectives of bodies, which the pack names.
  void bodies_adjectives() {
    for (const std::uint32_t i : adjectives_) {
      const Word& word = words_.words[i];
      if (word.upper || page_.name_at[i] != kNone) continue;
      const std::uint32_t index = page_.rules.words.info(word.id).adjective_of;
      if (inside_a_name(i)) continue;
      const ThingId thing = page_.knowledge.find(page_.rules.adjective_things[index]);
      if (!thing) continue;
      Draft draft;
      draft.kind = DraftKind::adjective;
      draft.first = i;
      draft.last = i + 1;
      draft.owner = thing;
      page_.name_at[i] = page_.add(draft);
    }
  }
  // « Union européenne » has its adjective already.
  bool inside_a_name(std::uint32_t i) const {
    for (std::uint32_t k = i; k-- > 0 && i - k < kLongestName && words_.words[k].sentence == words_.words[i].sentence;)
      if (page_.name_at[k] != kNone) return page_.drafts[page_.name_at[k]].last > i;
    return false;
  }

  bool is_name(std::uint32_t i) const { return i < words_.size() && page_.name_at[i] != kNone; }

  // A capitalised word right beside a one-word name makes another name of the two: « Air France », « James Brown »,
  // « Paris Match ». Words that open a sentence and titles do not.
  bool stranger_before(const Draft& draft) const {
    const std::uint32_t i = draft.first;
    if (i == 0 || !words_.joined(i)) return false;
    const Word& before = words_.words[i - 1];
    if (words_.words[i].gap == Gap::hyphen && !before.upper) return !words_.is(i - 1, kFormer);
    if (words_.words[i].gap == Gap::apostrophe || !before.upper || ends_name(i)) return false;
    if (words_.is(i - 1, kArticle | kOf | kAt | kPreposition | kAnd | kPossessive | kDemonstrative)) return false;
    if (page_.match(page_.rules.courtesy, i - 1) || page_.match(page_.rules.titles, i - 1)) return false;
    if (before.opening && page_.token(i - 1).known && page_.upos(i - 1) != Upos::PROPN &&
        (before.classes & kFirstName) == 0)
      return false;
    return !ends_title(i);
  }
  bool ends_name(std::uint32_t i) const { return i > 0 && ends_[i] != 0; }
  bool ends_title(std::uint32_t i) const {
    // « Premier ministre », « Secrétaire général »: a capitalised title of two words.
    return i >= 2 && static_cast<bool>(page_.match(page_.rules.titles, i - 2));
  }
  bool stranger_behind(const Draft& draft) const {
    const std::uint32_t i = draft.last;
    if (i >= words_.size() || !words_.joined(i) || words_.words[i].gap == Gap::apostrophe) return false;
    const Word& behind = words_.words[i];
    // « Ahmed ould Sidi »: a given name before a particle is not somebody's surname.
    if (words_.is(i, kParticle) && words_.is(i - 1, kFirstName) && words_.joined(i + 1) && words_.words[i + 1].upper)
      return true;
    if (!behind.upper || is_name(i) || behind.capitals != words_.words[i - 1].capitals) return false;
    return !static_cast<bool>(page_.match(page_.rules.titles, i));
  }

  // « George Washington »: a given name that is a name of its own, before another name, makes a person of both.
  Draft* other_half(const Draft& draft) const {
    const std::uint32_t i = draft.last;
    if (!words_.is(i - 1, kFirstName) || !words_.joined(i) || words_.words[i].gap != Gap::space || !is_name(i))
      return nullptr;
    Draft& other = page_.drafts[page_.name_at[i]];
    return other.kind == DraftKind::name && other.last - other.first == 1 ? &other : nullptr;
  }

  void drop_parts_of_unknown_names() {
    ends_.assign(words_.size() + 1, 0);
    for (const Draft& draft : page_.drafts) ends_[draft.last] = 1;
    bool any = false;
    for (Draft& draft : page_.drafts) {
      any = any || draft.dropped;
      if (draft.kind != DraftKind::name || draft.last - draft.first != 1) continue;
      if (words_.words[draft.first].capitals && words_.words[draft.first].folded_size > 1) continue;
      if (stranger_before(draft) || stranger_behind(draft)) draft.dropped = true;
      if (Draft* other = other_half(draft)) draft.dropped = other->dropped = true;
      any = any || draft.dropped;
    }
    if (!any) return;
    for (std::uint32_t& at : page_.name_at)
      if (at != kNone && page_.drafts[at].dropped) at = kNone;
  }

  PageEntities& page_;
  const PageWords& words_;
  const Knowledge::Node root_;
  std::vector<std::uint8_t> ends_;         // whether a name ends before a word
  std::vector<std::uint32_t> adjectives_;  // words that may be the adjective of a body
};

}  // namespace

void find_known_names(PageEntities& page) { KnownNames(page).run(); }

}  // namespace chancery::entities
