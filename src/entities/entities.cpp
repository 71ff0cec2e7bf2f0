// The order of the finders, and what they found as the tables of entities.h: mentions in text order, entities in the
// order of their first mention, nothing that no mention speaks of.
#include "entities/entities.h"

#include <algorithm>

#include "entities/draft.h"
#include "text/fold.h"

namespace chancery {
namespace entities {
namespace {

// The finders appended their drafts one after the other; from here on they stand as the text has them, the longer
// first.
void sort_drafts(PageEntities& page) {
  std::stable_sort(page.drafts.begin(), page.drafts.end(), [](const Draft& a, const Draft& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  });
  std::fill(page.name_at.begin(), page.name_at.end(), kNone);
  std::fill(page.title_at.begin(), page.title_at.end(), kNone);
  for (std::uint32_t i = 0; i < page.drafts.size(); ++i) {
    const Draft& draft = page.drafts[i];
    if (draft.dropped) continue;
    const bool name =
        draft.kind == DraftKind::name || draft.kind == DraftKind::unknown || draft.kind == DraftKind::adjective;
    const bool title = draft.kind == DraftKind::title || draft.kind == DraftKind::collective;
    if (name) page.name_at[draft.first] = i;
    if (title) page.title_at[draft.first] = i;
  }
}

MentionForm form_of(DraftKind kind) {
  switch (kind) {
    case DraftKind::title:
      return MentionForm::office;
    case DraftKind::collective:
    case DraftKind::nominal:
    case DraftKind::counterpart:
    case DraftKind::group:
    case DraftKind::source:
      return MentionForm::nominal;
    case DraftKind::pronoun:
    case DraftKind::possessive:
      return MentionForm::pronoun;
    case DraftKind::adjective:
      return MentionForm::adjective;
    default:
      return MentionForm::name;
  }
}

class Assembly {
 public:
  explicit Assembly(PageEntities& page) : page_(page), ids_(page.roster.figures.size()) {}

  Entities run() {
    order_.reserve(page_.drafts.size());
    for (std::uint32_t i = 0; i < page_.drafts.size(); ++i)
      if (shown(page_.drafts[i])) order_.push_back(i);
    std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Span one = span_of(page_.drafts[a]), other = span_of(page_.drafts[b]);
      return one.begin != other.begin ? one.begin < other.begin : one.end > other.end;
    });
    std::vector<Span> open;  // the mentions around the place reached, outermost first
    for (const std::uint32_t i : order_) {
      const Span span = span_of(page_.drafts[i]);
      if (page_.drafts[i].kind == DraftKind::possessive) {
        out_.possessives.push_back(mention_of(page_.drafts[i]));
        continue;
      }
      while (!open.empty() && open.back().end <= span.begin) open.pop_back();
      if (!open.empty() && !open.back().contains(span)) continue;  // it would cross
      if (!open.empty() && open.back() == span) continue;          // it says the same twice
      open.push_back(span);
      out_.mentions.add(mention_of(page_.drafts[i]));
    }
    add_silent();
    return std::move(out_);
  }

 private:
  static bool shown(const Draft& draft) {
    if (draft.dropped) return false;
    return draft.entity != kNone || draft.kind == DraftKind::pronoun || draft.kind == DraftKind::counterpart;
  }

  std::uint32_t first_word(const Draft& draft) const {
    return draft.courtesy_first != kNone && !draft.courtesy_plural ? draft.courtesy_first : draft.first;
  }
  Span span_of(const Draft& draft) const { return page_.words.span(first_word(draft), draft.last); }

  EntityId entity(std::uint32_t figure) {
    if (ids_[figure]) return ids_[figure];
    const Figure& from = page_.roster.figures[figure];
    ids_[figure] = out_.entities.add(from.entity);
    // Members of groups were kept as figures; groups have no groups within.
    std::vector<EntityId> members;
    for (const EntityId member : from.entity.members) members.push_back(entity(member.value));
    out_.entities[ids_[figure]].members = std::move(members);
    return ids_[figure];
  }

  // The states and bodies for which those of the page act, where it does not name them.
  void add_silent() {
    const std::uint32_t named = out_.entities.size();
    for (std::uint32_t i = 0; i < named; ++i)
      for (const ThingId thing : {out_.entities[EntityId(i)].state, out_.entities[EntityId(i)].body}) {
        if (!thing) continue;
        const std::uint32_t figure = page_.figure_of(thing);
        if (figure >= ids_.size()) ids_.resize(figure + 1);
        entity(figure);
      }
  }

  Mention mention_of(const Draft& draft) {
    const std::vector<Token>& tokens = page_.analysis.tokens;
    Mention mention;
    mention.span = span_of(draft);
    mention.form = form_of(draft.kind);
    if (draft.entity != kNone) mention.entity = entity(draft.entity);
    mention.first_token = page_.words.words[first_word(draft)].token;
    mention.last_token = page_.words.words[draft.last - 1].token + 1;
    while (mention.last_token < tokens.size() && tokens[mention.last_token].span == tokens[mention.last_token - 1].span)
      ++mention.last_token;
    mention.head_token = page_.words.words[draft.first].token;
    mention.sentence = page_.words.words[draft.first].sentence;
    mention.gender = draft.gender;
    mention.number = draft.number;
    if (draft.governor != kNone) mention.governor = page_.words.words[draft.governor].token;
    mention.subject = draft.subject;
    mention.quoted = page_.words.words[draft.first].quoted;
    mention.metonym = draft.metonym;
    mention.as_place = draft.as_place;
    mention.confidence = draft.confidence;
    return mention;
  }

  PageEntities& page_;
  std::vector<EntityId> ids_;  // for each figure the entity it became
  std::vector<std::uint32_t> order_;
  Entities out_;
};

}  // namespace

std::uint32_t PageEntities::add(Draft draft) {
  drafts.push_back(std::move(draft));
  return static_cast<std::uint32_t>(drafts.size() - 1);
}

PageEntities::Match PageEntities::match(const PhraseTrie& trie, std::uint32_t first) const {
  Match best;
  PhraseTrie::Node node = trie.root();
  for (std::uint32_t i = first; i < words.size(); ++i) {
    if (i > first && !words.joined(i)) break;
    node = trie.step(node, words.words[i].id);
    if (node == PhraseTrie::kNone) break;
    if (!trie.values(node).empty()) best = {i + 1, &trie.values(node)};
  }
  return best;
}

bool PageEntities::names_body(const Draft& title) const {
  if (title.titles == nullptr || title.titles->empty() || rules.bodies == 0) return false;
  return rules.role_fits(rules.bodies, rules.roles[rules.title_forms[title.titles->front()].role]);
}

// The state of a person's office on the day; none for whoever serves an organisation; else the state he comes from.
ThingId PageEntities::acts_for(ThingId person) const {
  const std::vector<Tenure> tenures = knowledge.offices(person, day);
  for (const Tenure& tenure : tenures) {
    const ThingId state = knowledge.state_of(tenure.office);
    if (state && day.known()) return state;
    if (state) return knowledge[person].state;
  }
  return tenures.empty() ? knowledge[person].state : ThingId();
}

ThingId PageEntities::serves(ThingId id) const {
  const auto body_of = [&](ThingId office) {
    const ThingId owner = knowledge.owner(office);
    const bool body = owner && knowledge[owner].kind == ThingKind::organisation && !knowledge[owner].state;
    return body ? owner : ThingId();
  };
  if (knowledge[id].kind == ThingKind::office) return body_of(id);
  if (!day.known()) return {};
  for (const Tenure& tenure : knowledge.offices(id, day))
    if (const ThingId body = body_of(tenure.office)) return body;
  return {};
}

std::vector<ThingId> PageEntities::owners_in(std::uint32_t first, std::uint32_t last) const {
  std::vector<ThingId> out;
  for (std::uint32_t i = first; i < last; ++i) {
    if (name_at[i] == kNone) continue;
    const Draft& draft = drafts[name_at[i]];
    if (draft.dropped || draft.entity == kNone || draft.kind == DraftKind::unknown) continue;
    const Entity& entity = roster.figures[draft.entity].entity;
    if (!entity.thing || entity.kind == ThingKind::person || entity.kind == ThingKind::place) continue;
    if (std::find(out.begin(), out.end(), entity.thing) == out.end()) out.push_back(entity.thing);
  }
  return out;
}

std::uint32_t PageEntities::figure_of(ThingId id) {
  const auto [place, fresh] = roster.by_thing.try_emplace(id.value, static_cast<std::uint32_t>(roster.figures.size()));
  if (!fresh) return place->second;
  const Thing& thing = knowledge[id];
  Figure one;
  one.entity.kind = thing.kind;
  one.entity.thing = id;
  one.entity.id = thing.id;
  one.entity.name = knowledge.name(id, rules.language);
  one.entity.wikidata = thing.wikidata;
  one.entity.outlet = thing.outlet;
  one.entity.state = knowledge.state_of(id);
  if (thing.kind == ThingKind::person || thing.kind == ThingKind::office) one.entity.body = serves(id);
  if (thing.kind == ThingKind::person) {
    one.entity.gender = thing.woman ? Gender::fem : Gender::masc;
    one.entity.state = acts_for(id);
  }
  const std::uint32_t index = place->second;
  roster.figures.push_back(std::move(one));
  if (thing.circle) {
    std::vector<EntityId> members;
    for (const ThingId member : knowledge.members(id)) members.emplace_back(figure_of(member));
    roster.figures[index].entity.kind = ThingKind::group;
    roster.figures[index].entity.members = std::move(members);
  }
  return index;
}

std::uint32_t PageEntities::local_figure(ThingKind kind, std::string_view name, std::string_view folded_name) {
  std::string id = "local/";
  id += folded_name;
  const auto [place, fresh] = roster.by_id.try_emplace(id, static_cast<std::uint32_t>(roster.figures.size()));
  if (!fresh) return place->second;
  Figure one;
  one.entity.kind = kind;
  one.entity.id = std::move(id);
  one.entity.name = name;
  roster.figures.push_back(std::move(one));
  return place->second;
}

std::uint32_t PageEntities::group_figure(std::vector<std::uint32_t> members) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  if (members.size() == 1) return members.front();
  std::string key = "group";
  for (const std::uint32_t member : members) key += "/" + std::to_string(member);
  const auto [place, fresh] = roster.by_id.try_emplace(key, static_cast<std::uint32_t>(roster.figures.size()));
  if (!fresh) return place->second;
  Figure one;
  one.entity.kind = ThingKind::group;
  std::string folded;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i > 0) one.entity.name += i + 1 == members.size() ? " " + rules.and_word + " " : ", ";
    one.entity.name += roster.figures[members[i]].entity.name;
    one.entity.members.emplace_back(members[i]);  // figures here; Assembly makes them entities
  }
  const NameWords split = split_name_words(one.entity.name);
  for (std::size_t i = 0; i < split.words.size(); ++i) (folded += i == 0 ? "" : "-") += split.word(i);
  one.entity.id = "local/" + folded;
  one.entity.gender = roster.figures[members.front()].entity.gender;
  roster.figures.push_back(std::move(one));
  return place->second;
}

void PageEntities::vote(ThingId thing) {
  if (thing) ++roster.state_votes[thing.value];
}

std::uint32_t PageEntities::votes(ThingId thing) const {
  const auto found = roster.state_votes.find(thing.value);
  return found == roster.state_votes.end() ? 0 : found->second;
}

}  // namespace entities

std::pair<std::uint32_t, std::uint32_t> Entities::mentions_between(std::uint32_t begin, std::uint32_t end) const {
  const auto& rows = mentions.rows();
  const auto first = std::lower_bound(rows.begin(), rows.end(), begin,
                                      [](const Mention& m, std::uint32_t at) { return m.span.begin < at; });
  const auto last =
      std::lower_bound(first, rows.end(), end, [](const Mention& m, std::uint32_t at) { return m.span.begin < at; });
  return {static_cast<std::uint32_t>(first - rows.begin()), static_cast<std::uint32_t>(last - rows.begin())};
}

namespace {

// Mentions are shorter than this, so whatever holds a byte begins not far before it.
constexpr std::uint32_t kLongestMention = 1024;

}  // namespace

MentionId Entities::mention_at(std::uint32_t offset) const {
  const std::uint32_t from = offset > kLongestMention ? offset - kLongestMention : 0;
  const auto [first, last] = mentions_between(from, offset + 1);
  MentionId best;
  for (std::uint32_t i = first; i < last; ++i) {
    const MentionId id(i);
    if (mentions[id].span.contains(offset) && (!best || mentions[id].span.size() > mentions[best].span.size()))
      best = id;
  }
  return best;
}

std::vector<EntityId> Entities::expand(EntityId id) const {
  if (!id) return {};
  return entities[id].members.empty() ? std::vector<EntityId>{id} : entities[id].members;
}

namespace {

bool speaks_for_reader(const Mention& mention) { return mention.form != MentionForm::adjective && mention.entity; }

// The mentions of a sentence, as a range of indices.
std::pair<std::uint32_t, std::uint32_t> of_sentence(const Entities& all, const Analysis& analysis,
                                                    std::uint32_t token) {
  if (token >= analysis.tokens.size()) return {0, 0};
  const std::size_t s = analysis.sentence_at(analysis.tokens[token].span.begin);
  if (s >= analysis.sentences.size()) return {0, 0};
  return all.mentions_between(analysis.sentences[s].span.begin, analysis.sentences[s].span.end);
}

bool nested(const Entities& all, std::uint32_t first, std::uint32_t i) {
  const Span span = all.mentions[MentionId(i)].span;
  for (std::uint32_t k = first; k < i; ++k)
    if (all.mentions[MentionId(k)].span.contains(span) && all.mentions[MentionId(k)].form != MentionForm::adjective)
      return true;
  return false;
}

}  // namespace

MentionId Entities::head_mention(std::uint32_t token) const {
  MentionId best;
  // Tokens and bytes grow together, so the mentions are sorted by first token too.
  const auto& rows = mentions.rows();
  auto at = std::upper_bound(rows.begin(), rows.end(), token,
                             [](std::uint32_t t, const Mention& m) { return t < m.first_token; });
  for (int steps = 0; at != rows.begin() && steps < 64; ++steps) {
    --at;
    if (!speaks_for_reader(*at) || at->last_token <= token) continue;
    const MentionId id(static_cast<std::uint32_t>(at - rows.begin()));
    const bool heads = at->head_token == token;
    if (!best || (heads && mentions[best].head_token != token) ||
        (heads == (mentions[best].head_token == token) && at->span.size() > mentions[best].span.size()))
      best = id;
  }
  return best;
}

MentionId Entities::subject_before(const Analysis& analysis, std::uint32_t token) const {
  const auto [first, last] = of_sentence(*this, analysis, token);
  for (std::uint32_t i = last; i-- > first;) {
    const Mention& mention = mentions[MentionId(i)];
    if (mention.last_token > token || !mention.subject || !speaks_for_reader(mention)) continue;
    if (!nested(*this, first, i)) return MentionId(i);
  }
  return {};
}

MentionId Entities::mention_after(const Analysis& analysis, std::uint32_t token) const {
  const auto [first, last] = of_sentence(*this, analysis, token);
  for (std::uint32_t i = first; i < last; ++i) {
    const Mention& mention = mentions[MentionId(i)];
    if (mention.first_token <= token || !speaks_for_reader(mention)) continue;
    if (mention.governor != Mention::kNoToken || mention.first_token - token > 8) return {};
    for (std::uint32_t t = token + 1; t < mention.first_token; ++t) {
      const Upos upos = analysis.tokens[t].upos;
      const bool mark = upos == Upos::PUNCT && analysis.form(t) != ",";
      if (mark || upos == Upos::VERB || upos == Upos::AUX || upos == Upos::ADP || upos == Upos::SCONJ) return {};
    }
    return MentionId(i);
  }
  return {};
}

MentionId Entities::governed_by(std::uint32_t token) const {
  const auto& rows = mentions.rows();
  auto at = std::upper_bound(rows.begin(), rows.end(), token,
                             [](std::uint32_t t, const Mention& m) { return t < m.first_token; });
  for (int steps = 0; at != rows.end() && steps < 16; ++at, ++steps)
    if (at->governor == token && speaks_for_reader(*at))
      return MentionId(static_cast<std::uint32_t>(at - rows.begin()));
  return {};
}

std::vector<MentionId> Entities::coordinated(const Analysis& analysis, MentionId id) const {
  const auto [first, last] = of_sentence(*this, analysis, mentions[id].first_token);
  // Commas and conjunctions, and the determiner or preposition that each member repeats.
  const auto joins = [&](const Mention& a, const Mention& b, bool& conjunction) {
    if (b.first_token < a.last_token || b.first_token - a.last_token > 4) return false;
    bool mark = false;
    for (std::uint32_t t = a.last_token; t < b.first_token; ++t) {
      const Token& token = analysis.tokens[t];
      conjunction = conjunction || token.upos == Upos::CCONJ;
      mark = mark || token.upos == Upos::CCONJ || analysis.form(t) == ",";
      const bool passes =
          token.upos == Upos::CCONJ || token.upos == Upos::DET || token.upos == Upos::ADP || analysis.form(t) == ",";
      if (!passes) return false;
    }
    return mark;
  };
  std::vector<MentionId> outer;
  std::size_t own = 0;
  for (std::uint32_t i = first; i < last; ++i) {
    const Mention& mention = mentions[MentionId(i)];
    if (!speaks_for_reader(mention) || nested(*this, first, i)) continue;
    if (!outer.empty() && mentions[outer.back()].entity == mention.entity && MentionId(i) != id) continue;
    if (MentionId(i) == id) own = outer.size();
    outer.push_back(MentionId(i));
  }
  if (outer.empty()) return {id};
  std::size_t begin = own, end = own + 1;
  bool conjunction = false;
  while (begin > 0 && joins(mentions[outer[begin - 1]], mentions[outer[begin]], conjunction)) --begin;
  while (end < outer.size() && joins(mentions[outer[end - 1]], mentions[outer[end]], conjunction)) ++end;
  // Commas alone make an apposition as often as a list.
  if (!conjunction) return {id};
  return {outer.begin() + static_cast<std::ptrdiff_t>(begin), outer.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::vector<EntityId> Entities::coordinated_entities(const Analysis& analysis, MentionId id) const {
  std::vector<EntityId> out;
  for (const MentionId one : coordinated(analysis, id))
    for (const EntityId entity : expand(mentions[one].entity))
      if (std::find(out.begin(), out.end(), entity) == out.end()) out.push_back(entity);
  return out;
}

Entities find_entities(const Page& page, const Analysis& analysis, const Times& times, const Knowledge& knowledge,
                       const EntityRules& rules) {
  entities::PageEntities found(page, analysis, knowledge, rules.tables(), times.day.value_or(Interval{}));
  found.words = entities::read_words(page, analysis, rules.tables());
  entities::find_known_names(found);
  entities::find_titles(found);
  entities::find_unknown_names(found);
  entities::find_references(found);
  entities::sort_drafts(found);
  entities::find_surroundings(found);
  entities::link_names(found);
  entities::link_titles(found);
  entities::resolve_references(found);
  return entities::Assembly(found).run();
}

}  // namespace chancery
