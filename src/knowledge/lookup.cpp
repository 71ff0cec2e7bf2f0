// What a whole name may mean. First as a name of the tables, then as a title with its state (« ministre russe des
// Affaires étrangères », « chef de la diplomatie de l'UE »), then as a title before a person's name (« le président
// Truman »). Titles and the words that join their parts come from the packs' titles.tsv; no language stands here.
#include <algorithm>

#include "knowledge/mapped.h"

namespace chancery {
namespace {

constexpr std::int32_t kRecent = 2 * 365;  // days
constexpr std::size_t kMostWords = 24;     // longer "names" are sentences
constexpr std::size_t kMostStates = 4096;  // of the search through one title

float form_factor(NameForm form) {
  switch (form) {
    case NameForm::name:
      return 1.0F;
    case NameForm::title:
      return 1.0F;
    case NameForm::metonym:
      return 0.65F;
    case NameForm::demonym:
      return 0.8F;
    case NameForm::adjective:
      return 0.75F;
    case NameForm::surname:
      return 0.7F;
  }
  return 0.5F;
}

Interval widened(const Interval& day, std::int32_t days) {
  Interval wide = day;
  if (wide.start) wide.start = Day{wide.start->value - days};
  if (wide.end) wide.end = Day{wide.end->value + days};
  return wide;
}

}  // namespace

// One lookup.
class NameLookup {
 public:
  NameLookup(const Knowledge& knowledge, const Knowledge::Mapped& mapped, const NameWords& words, const Interval& day)
      : knowledge_(knowledge), mapped_(mapped), words_(words), day_(day) {
    for (std::size_t i = 0; i < words.words.size(); ++i) numbers_.push_back(mapped.word(words.word(i)));
  }

  Candidates run() {
    if (numbers_.empty() || numbers_.size() > kMostWords) return {};
    add_names(0, numbers_.size());
    std::size_t first = 0;
    while (first < numbers_.size() && has_flag(first, image::kArticle)) {
      ++first;
      if (first < numbers_.size()) add_names(first, numbers_.size());
    }
    for (std::size_t start = 0; start <= first && start < numbers_.size(); ++start) add_titles(start);
    std::stable_sort(found_.begin(), found_.end(), [&](const Candidate& a, const Candidate& b) {
      return a.score != b.score ? a.score > b.score : a.thing < b.thing;
    });
    return std::move(found_);
  }

 private:
  // A point in the search through a title: the node reached, the next word, and the owner that the words named.
  struct State {
    std::uint32_t node;
    std::size_t at;
    ThingId owner;
  };

  bool has_flag(std::size_t at, std::uint32_t flag) const {
    return numbers_[at] != image::kNone && (mapped_.words[numbers_[at]].flags & flag) != 0;
  }

  std::span<const NameEntry> entries_of(std::size_t begin, std::size_t end) const {
    std::uint32_t node = mapped_.header.root;
    for (std::size_t i = begin; i < end && node != image::kNone; ++i) node = mapped_.step(node, numbers_[i]);
    return node == image::kNone ? std::span<const NameEntry>{} : knowledge_.entries(node);
  }

  // A person counts most while in office, a state while it exists.
  float day_factor(ThingId thing) const {
    if (!day_.known()) return 1;
    const ThingKind kind = knowledge_[thing].kind;
    if (kind != ThingKind::person) return knowledge_.existed(thing).overlaps(day_) ? 1.0F : 0.3F;
    if (!knowledge_.offices(thing, day_).empty()) return 1;
    if (!knowledge_.offices(thing, widened(day_, kRecent)).empty()) return 0.8F;
    return knowledge_.offices(thing, Interval{}).empty() ? 0.7F : 0.5F;
  }

  void add(ThingId thing, NameForm form, float score) {
    for (Candidate& known : found_) {
      if (known.thing != thing) continue;
      if (score > known.score) known = {thing, form, score};
      return;
    }
    found_.push_back({thing, form, score});
  }

  // Whether the words are written as the entry asks.
  bool written_so(const NameEntry& entry, std::size_t begin) const {
    return !entry.upper_only || words_.words[begin].upper;
  }

  void add_names(std::size_t begin, std::size_t end) {
    const auto entries = entries_of(begin, end);
    const std::size_t count = entries.size();
    for (std::size_t i = 0; i < count; ++i) {
      const NameEntry& entry = entries[i];
      const float written = written_so(entry, begin) ? 1.0F : 0.5F;
      // Entries lie best first: a user's own come before heavier ones of ours, so their place counts too.
      const float place = 1.0F - 0.02F * static_cast<float>(std::min<std::size_t>(i, 10));
      const float weight = 0.5F + 0.5F * knowledge_[entry.thing].weight;
      const float score = form_factor(entry.form) * weight * written * place * day_factor(entry.thing);
      add(entry.thing, entry.form, score);
      if (entry.form == NameForm::title) add_holders(entry.thing, false, 0.95F * score);
    }
  }

  // Walks every way in which the words may be a title, an owner standing in its slot or behind it.
  void add_titles(std::size_t start) {
    std::vector<State> open{{mapped_.header.title_root, start, {}}};
    std::size_t visited = 0;
    while (!open.empty() && ++visited < kMostStates) {
      const State state = open.back();
      open.pop_back();
      end_of_title(state);
      if (state.at < numbers_.size()) {
        const std::uint32_t next = mapped_.step(state.node, numbers_[state.at]);
        if (next != image::kNone) open.push_back({next, state.at + 1, state.owner});
      }
      const std::uint32_t slot = mapped_.step(state.node, mapped_.header.slot);
      if (slot == image::kNone) continue;
      open.push_back({slot, state.at, state.owner});
      if (state.owner) continue;
      for (std::size_t end = state.at + 1; end <= std::min(numbers_.size(), state.at + 3); ++end)
        for (const NameEntry& entry : entries_of(state.at, end))
          if (entry.form == NameForm::adjective) open.push_back({slot, end, entry.thing});
      // « représentant permanent de la Russie auprès de l'ONU »
      for (std::size_t at = state.at; at < numbers_.size() && has_flag(at, image::kOf); ++at)
        for (std::size_t end = at + 2; end <= std::min(numbers_.size(), at + 6); ++end)
          for (const NameEntry& entry : entries_of(at + 1, end))
            if (entry.form == NameForm::name && knowledge_[entry.thing].kind == ThingKind::state)
              open.push_back({slot, end, entry.thing});
    }
  }

  // What stands behind the title: nothing, the owner, the post's place, or a person.
  void end_of_title(const State& state) {
    const std::uint32_t begin = mapped_.nodes[state.node].titles, end = mapped_.nodes[state.node + 1].titles;
    if (begin == end) return;
    const auto titles = mapped_.titles.subspan(begin, end - begin);
    if (state.at == numbers_.size()) return add_offices(titles, state.owner, {});
    add_person(titles, state.owner, state.at);
    std::size_t at = state.at;
    if (!state.owner) {
      for (std::size_t stop = at + 1; stop <= std::min(numbers_.size(), at + 3); ++stop)
        for (const NameEntry& entry : entries_of(at, stop))
          if (entry.form == NameForm::adjective) behind_owner(titles, entry.thing, stop);
      if (!has_flag(at, image::kOf)) return behind_owner(titles, {}, at);
      while (at < numbers_.size() && has_flag(at, image::kOf)) {
        ++at;
        for (std::size_t stop = at + 1; stop <= numbers_.size(); ++stop)
          for (const NameEntry& entry : entries_of(at, stop)) {
            if (entry.form != NameForm::name && entry.form != NameForm::metonym) continue;
            const ThingKind kind = knowledge_[entry.thing].kind;
            if (kind != ThingKind::state && kind != ThingKind::organisation && kind != ThingKind::group) continue;
            behind_owner(titles, entry.thing, stop);
          }
      }
      return;
    }
    behind_owner(titles, state.owner, at);
  }

  // The rest behind title and owner: nothing, « en Turquie » of an ambassador, or the person's name.
  void behind_owner(std::span<const image::TitleRow> titles, ThingId owner, std::size_t at) {
    if (at == numbers_.size()) return add_offices(titles, owner, {});
    if (owner) add_person(titles, owner, at);
    while (at < numbers_.size() && has_flag(at, image::kAt)) {
      ++at;
      while (at < numbers_.size() && has_flag(at, image::kOf | image::kArticle)) ++at;
      if (at >= numbers_.size()) return;
      for (const NameEntry& entry : entries_of(at, numbers_.size())) {
        const ThingKind kind = knowledge_[entry.thing].kind;
        if (kind == ThingKind::state || kind == ThingKind::organisation) add_offices(titles, owner, entry.thing);
      }
    }
  }

  // Whether the row only says who does not bear the title, or the owner is one of those.
  static bool barred(std::span<const image::TitleRow> titles, const image::TitleRow& title, ThingId owner) {
    if ((title.flags & image::kBarred) != 0) return true;
    if (title.owner != image::kNone || !owner) return false;
    return std::any_of(titles.begin(), titles.end(), [&](const image::TitleRow& other) {
      return (other.flags & image::kBarred) != 0 && other.owner == owner.value && other.role.begin == title.role.begin;
    });
  }

  // The office that a title means for an owner, or for a sender and the post.
  ThingId office_of(const image::TitleRow& title, ThingId owner, ThingId post) const {
    if (title.owner != image::kNone) {
      if (owner && owner.value != title.owner && knowledge_.state_of(owner).value != title.owner) return {};
      owner = ThingId(title.owner);
    }
    if (!owner) return {};
    const std::string_view role = mapped_.text(title.role);
    if (post) {
      const std::string_view from = knowledge_[owner].id, to = knowledge_[post].id;
      std::string full = "office/" + std::string(role);
      full += from.substr(from.find('/'));
      full += to.substr(to.find('/'));
      return knowledge_.find(full);
    }
    return knowledge_.office(role, owner);
  }

  void add_offices(std::span<const image::TitleRow> titles, ThingId owner, ThingId post) {
    for (const image::TitleRow& title : titles) {
      if (barred(titles, title, owner)) continue;
      const ThingId office = office_of(title, owner, post);
      if (!office) continue;
      const ThingId owned_by = knowledge_.owner(office);
      const float known = owned_by ? 0.9F + 0.1F * knowledge_[owned_by].weight : 1.0F;
      const float exists = day_factor(office) * known;
      add(office, NameForm::title, 0.95F * exists);
      add_holders(office, (title.flags & image::kFeminine) != 0, 0.9F * exists);
    }
  }

  // Who held the office on the day. « La chancelière » is a woman; « le ministre » may be one too.
  void add_holders(ThingId office, bool feminine, float score) {
    if (!day_.known()) return;
    const auto holders = knowledge_.holders(office, day_);
    for (const Tenure& tenure : holders) {
      const float gender = feminine && !knowledge_[tenure.person].woman ? 0.3F : 1.0F;
      add(tenure.person, NameForm::title, score * gender / static_cast<float>(holders.size()));
    }
  }

  // « le président Truman »: of the persons with that name those who held the office come first.
  void add_person(std::span<const image::TitleRow> titles, ThingId owner, std::size_t at) {
    for (const NameEntry& entry : entries_of(at, numbers_.size())) {
      if (knowledge_[entry.thing].kind != ThingKind::person || !written_so(entry, at)) continue;
      float best = 0.3F * form_factor(entry.form);
      for (const Tenure& tenure : knowledge_.offices(entry.thing, Interval{})) {
        const std::string_view role = knowledge_.role(tenure.office);
        for (const image::TitleRow& title : titles) {
          if (mapped_.text(title.role) != role) continue;
          if (owner && knowledge_.owner(tenure.office) != owner && knowledge_[tenure.office].state != owner) continue;
          best = std::max(best, tenure.interval.overlaps(day_) ? 0.95F : 0.7F);
        }
      }
      add(entry.thing, entry.form, best);
    }
  }

  const Knowledge& knowledge_;
  const Knowledge::Mapped& mapped_;
  const NameWords& words_;
  const Interval& day_;
  std::vector<std::uint32_t> numbers_;
  Candidates found_;
};

Candidates Knowledge::lookup(std::string_view name, const Interval& day) const {
  const NameWords words = split_name_words(name);
  return NameLookup(*this, *mapped_, words, day).run();
}

}  // namespace chancery
