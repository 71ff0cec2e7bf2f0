// From checked rows to the image. Things are numbered in the order of their ids, words in the order of their bytes,
// nodes in the order of the names that first need them, so the same tables give the same bytes on every machine.
#include <algorithm>
#include <set>
#include <tuple>

#include "base/check.h"
#include "knowledge/image.h"
#include "knowledge/sources.h"
#include "text/fold.h"

namespace chancery {
namespace {

// Stands for the adjective inside a title; no folded word holds a control character.
const std::string kSlot = "\x01";

template <class RowType>
void append_rows(std::string& out, const std::vector<RowType>& rows) {
  static_assert(std::is_trivially_copyable_v<RowType>);
  out.append(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(RowType));
  while (out.size() % 8 != 0) out.push_back('\0');
}

}  // namespace

// One compilation. Its steps run in the order of run().
class Compiler {
 public:
  explicit Compiler(const Sources& sources) : sources_(sources), things_(sources.things_), names_(sources.names_) {}

  Result<std::string> run() {
    generate_offices();
    number_things();
    for (const auto step : {&Compiler::fill_things, &Compiler::fill_capitals, &Compiler::fill_names,
                            &Compiler::fill_titles, &Compiler::fill_tenures, &Compiler::fill_members})
      if (const auto done = (this->*step)(); !done) return tl::unexpected(done.error());
    fill_offices();
    return bytes();
  }

 private:
  using Where = Sources::Where;
  struct Node {
    std::map<std::uint32_t, std::uint32_t> next;
    std::vector<std::pair<std::uint32_t, NameEntry>> entries;  // with the layer
    std::vector<image::TitleRow> titles;
  };

  tl::unexpected<Error> refuse(Where where, const std::string& reason) const {
    const std::string file = where.file < sources_.files_.size() ? sources_.files_[where.file] : "knowledge";
    return fail(ErrorCode::malformed, file + ":" + std::to_string(where.line) + ": " + reason);
  }

  image::Run intern(std::string_view text) {
    if (text.empty()) return {};
    const auto found = interned_.find(text);
    if (found != interned_.end()) return found->second;
    const image::Run run{static_cast<std::uint32_t>(strings_.size()), static_cast<std::uint32_t>(text.size())};
    strings_ += text;
    interned_.emplace(std::string(text), run);
    return run;
  }

  // The title that an office is called by: the first one, in the order of the table, that the owner may bear and that
  // has room for the owner's adjective; else the first that belongs to the owner alone.
  const Sources::TitleSource* primary_title(const std::string& role, const std::string& language,
                                            const std::string& owner) const {
    const Sources::TitleSource* own = nullptr;
    for (const Sources::TitleSource& title : sources_.titles_) {
      if (title.role != role || title.language != language || title.number != "s") continue;
      const bool owned = std::find(title.owners.begin(), title.owners.end(), owner) != title.owners.end();
      if (barred(title, owner) || (!owned && !title.owners.empty() && !all_but(title))) continue;
      if (title.text.find('*') != std::string::npos) return &title;
      if (owned && own == nullptr) own = &title;
    }
    return own;
  }

  // Owners written with `!` are those who do not bear the title; all others do.
  static bool all_but(const Sources::TitleSource& title) {
    return !title.owners.empty() && title.owners.front().starts_with('!');
  }
  static bool barred(const Sources::TitleSource& title, const std::string& owner) {
    return std::find(title.owners.begin(), title.owners.end(), "!" + owner) != title.owners.end();
  }

  // « ministre * des Affaires étrangères » and « russe » give « ministre russe des Affaires étrangères ».
  static std::string office_name(const Sources::TitleSource& title, const Sources::ThingSource& state) {
    std::string adjective;
    if (const auto found = state.adjectives.find(title.language); found != state.adjectives.end()) {
      const auto& forms = found->second;
      if (!forms.empty()) adjective = title.gender == "f" && forms.size() > 1 ? forms[1] : forms[0];
    }
    std::string name = title.text;
    const std::size_t slot = name.find('*');
    if (!adjective.empty() && slot != std::string::npos) return name.replace(slot, 1, adjective);
    if (slot != std::string::npos) name.replace(slot, slot + 1 < name.size() ? 2 : 1, "");
    while (name.ends_with(' ')) name.pop_back();
    const auto own = state.names.find(title.language);
    if (own != state.names.end()) name += " (" + own->second + ")";
    return name;
  }

  // Every state has the offices and bodies of roles.tsv, whether or not anybody is known to have held them.
  void generate_offices() {
    std::set<std::string> languages;
    for (const auto& title : sources_.titles_) languages.insert(title.language);
    std::vector<std::pair<std::string, Sources::ThingSource>> made;
    const auto make = [&](const std::string& id, const Sources::RoleSource& role, const std::string& owner_id) {
      const Sources::ThingSource& owner = things_.at(owner_id);
      Sources::ThingSource thing;
      thing.where = owner.where;
      thing.kind = role.body ? ThingKind::organisation : ThingKind::office;
      thing.role = role.role;
      thing.owner = owner_id;
      if (owner.kind == ThingKind::state) thing.state = owner_id;
      thing.body_of_state = role.body;
      thing.weight = role.weight * owner.weight;
      thing.start = owner.start;
      thing.end = owner.end;
      for (const std::string& language : languages)
        if (const auto* title = primary_title(role.role, language, owner_id))
          thing.names[language] = office_name(*title, owner);
      if (!thing.names.empty()) made.emplace_back(id, std::move(thing));
    };
    // A body with a name of its own (the Pentagon) is the ministry of its state.
    std::set<std::pair<std::string, std::string>> named;
    for (auto& [id, thing] : things_) {
      if (thing.kind != ThingKind::organisation || thing.role.empty()) continue;
      if (thing.owner.empty()) thing.owner = thing.state;
      named.emplace(thing.role, thing.owner);
    }
    for (const auto& [id, thing] : things_) {
      if (thing.kind != ThingKind::state) continue;
      for (const auto& [name, role] : sources_.roles_) {
        if (named.count({name, id}) != 0) continue;
        const std::string office = (role.body ? "org/" : "office/") + name + "/" + id.substr(6);
        if (role.every_state && things_.count(office) == 0) make(office, role, id);
      }
    }
    // Rarer offices (a supreme leader, the head of a party) exist where somebody held them.
    std::set<std::string> held;
    for (const auto& tenure : sources_.tenures_) held.insert(tenure.office);
    for (const std::string& id : held) {
      const std::size_t slash = id.find('/', 7);
      if (things_.count(id) != 0 || !id.starts_with("office/") || slash == std::string::npos) continue;
      const auto role = sources_.roles_.find(id.substr(7, slash - 7));
      if (role == sources_.roles_.end() || role->second.every_state) continue;
      for (const char* kind : {"state", "org"})
        if (things_.count(kind + id.substr(slash)) != 0) make(id, role->second, kind + id.substr(slash));
    }
    for (auto& [id, thing] : made) things_.emplace(id, std::move(thing));
  }

  void number_things() {
    std::uint32_t next = 0;
    for (const auto& [id, thing] : things_) number_.emplace(id, next++);
  }

  std::uint32_t number_of(const std::string& id) const {
    const auto found = number_.find(id);
    return found == number_.end() ? image::kNone : found->second;
  }

  Result<void> fill_things() {
    for (const auto& [id, thing] : things_) {
      image::ThingRow row;
      row.id = intern(id);
      row.wikidata = intern(thing.wikidata);
      row.role = intern(thing.role);
      row.kind = static_cast<std::uint8_t>(thing.kind);
      row.flags = static_cast<std::uint8_t>(
          (thing.woman ? image::kWoman : 0) | (thing.outlet ? image::kOutlet : 0) |
          (thing.body_of_state ? image::kBodyOfState : 0) | (thing.circle ? image::kCircle : 0) |
          (thing.capital ? image::kCapital : 0) | (thing.placed ? image::kPlaced : 0));
      row.weight = thing.weight;
      row.latitude = thing.latitude;
      row.longitude = thing.longitude;
      row.start = thing.start;
      row.end = thing.end;
      const std::string& owner = thing.owner.empty() && thing.kind == ThingKind::office ? thing.state : thing.owner;
      for (const auto& [reference, field] :
           {std::pair<const std::string*, std::uint32_t*>{&thing.state, &row.state}, {&owner, &row.owner}}) {
        if (reference->empty()) continue;
        *field = number_of(*reference);
        if (*field == image::kNone) return refuse(thing.where, id + " refers to what does not exist: " + *reference);
        if (*reference == id) return refuse(thing.where, id + " belongs to itself");
      }
      if (!thing.seat.empty()) row.seat = number_of(thing.seat);
      if (!thing.seat.empty() && row.seat == image::kNone)
        return refuse(thing.where, "no such place: " + thing.seat);
      if (row.state != image::kNone && !thing.state.starts_with("state/"))
        return refuse(thing.where, "no state: " + thing.state);
      if (row.owner != image::kNone && row.state == image::kNone && thing.owner.starts_with("state/"))
        row.state = row.owner;
      row.names.begin = static_cast<std::uint32_t>(primary_names_.size());
      for (const auto& [language, name] : thing.names) {
        image::NameRow name_row{{0, 0, 0, 0}, intern(name)};
        std::copy_n(language.begin(), std::min<std::size_t>(language.size(), 3), name_row.language);
        primary_names_.push_back(name_row);
      }
      row.names.size = static_cast<std::uint32_t>(primary_names_.size()) - row.names.begin;
      rows_.push_back(row);
    }
    return no_cycles();
  }

  // Who belongs to whom must end somewhere.
  Result<void> no_cycles() const {
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      std::uint32_t at = i, steps = 0;
      while (rows_[at].owner != image::kNone && ++steps <= 8) at = rows_[at].owner;
      if (steps > 8) {
        const auto& [id, thing] = *std::next(things_.begin(), i);
        return refuse(thing.where, id + " belongs to itself, by way of others");
      }
    }
    return {};
  }

  // A capital is marked, and its names stand for the state as well.
  Result<void> fill_capitals() {
    std::map<std::string, std::vector<std::string>> states_of;  // by capital
    for (const auto& [id, thing] : things_) {
      if (thing.kind != ThingKind::state || thing.capital_place.empty()) continue;
      const std::uint32_t place = number_of(thing.capital_place);
      if (place == image::kNone) return refuse(thing.where, "no such place: " + thing.capital_place);
      rows_[place].flags |= image::kCapital;
      states_of[thing.capital_place].push_back(id);
    }
    std::vector<Sources::NameSource> metonyms;
    for (const Sources::NameSource& name : names_) {
      if (name.form != NameForm::name) continue;
      const auto found = states_of.find(name.thing);
      if (found == states_of.end()) continue;
      for (const std::string& state : found->second) {
        metonyms.push_back(name);
        metonyms.back().thing = state;
        metonyms.back().form = NameForm::metonym;
      }
    }
    names_.insert(names_.end(), metonyms.begin(), metonyms.end());
    return {};
  }

  std::uint32_t word(const std::string& text) { return words_.emplace(text, 0).first->second; }

  // Words get their numbers before any node is made: edges are ordered by them.
  void number_words() {
    words_.emplace(kSlot, 0);
    for (const auto& name : names_)
      for (const std::string& text : name.words) words_.emplace(text, 0);
    for (const auto& words : title_words_)
      for (const std::string& text : words) words_.emplace(text, 0);
    for (const auto& [text, flags] : sources_.joining_words_) words_.emplace(text, 0);
    std::uint32_t next = 0;
    for (auto& [text, number] : words_) number = next++;
  }

  std::uint32_t walk(std::uint32_t node, const std::vector<std::string>& words) {
    for (const std::string& text : words) {
      const auto [found, fresh] = nodes_[node].next.emplace(word(text), static_cast<std::uint32_t>(nodes_.size()));
      node = found->second;
      if (fresh) nodes_.emplace_back();
    }
    return node;
  }

  Result<void> fill_names() {
    for (const auto& title : sources_.titles_) {
      std::vector<std::string> words;
      std::string_view left = title.text;
      while (!left.empty()) {
        const std::size_t slot = left.find('*');
        const NameWords piece = split_name_words(left.substr(0, slot));
        for (std::size_t i = 0; i < piece.words.size(); ++i) words.emplace_back(piece.word(i));
        if (slot == std::string_view::npos) break;
        words.push_back(kSlot);
        left.remove_prefix(slot + 1);
      }
      title_words_.push_back(std::move(words));
    }
    number_words();
    nodes_.resize(2);  // the roots of names and of titles
    for (const auto& name : names_) {
      const std::uint32_t thing = number_of(name.thing);
      if (thing == image::kNone) return refuse(name.where, "no such thing: " + name.thing);
      NameEntry entry;
      entry.thing = ThingId(thing);
      entry.form = name.form;
      entry.upper_only = name.upper_only;
      entry.acronym = name.acronym;
      add_entry(nodes_[walk(0, name.words)], name.where.layer, entry);
    }
    for (Node& node : nodes_)
      std::sort(node.entries.begin(), node.entries.end(), [&](const auto& a, const auto& b) {
        const auto key = [&](const auto& e) {
          return std::make_tuple(-static_cast<int>(e.first), -rows_[e.second.thing.value].weight, e.second.form,
                                 e.second.thing.value);
        };
        return key(a) < key(b);
      });
    return {};
  }

  // The same name of the same thing in two languages is one entry, as lenient as either.
  static void add_entry(Node& node, std::uint32_t layer, const NameEntry& entry) {
    for (auto& [known_layer, known] : node.entries) {
      if (known.thing != entry.thing || known.form != entry.form) continue;
      known.upper_only = known.upper_only && entry.upper_only;
      known.acronym = known.acronym && entry.acronym;
      known_layer = std::max(known_layer, layer);
      return;
    }
    node.entries.emplace_back(layer, entry);
  }

  Result<void> fill_titles() {
    for (std::size_t i = 0; i < sources_.titles_.size(); ++i) {
      const auto& title = sources_.titles_[i];
      Node& node = nodes_[walk(1, title_words_[i])];
      if (sources_.roles_.count(title.role) == 0)
        return fail(ErrorCode::malformed, "titles of " + title.language + ": no such role: " + title.role);
      const auto add = [&](std::uint32_t owner, std::uint32_t flags) {
        image::TitleRow row;
        row.role = intern(title.role);
        row.owner = owner;
        row.flags = flags | (title.gender == "f" ? image::kFeminine : 0);
        for (auto& known : node.titles)
          if (known.role.begin == row.role.begin && known.owner == owner &&
              ((known.flags ^ flags) & image::kBarred) == 0) {
            known.flags &= row.flags;
            return;
          }
        node.titles.push_back(row);
      };
      if (title.owners.empty() || all_but(title)) add(image::kNone, 0);
      for (const std::string& owner : title.owners) {
        if (owner.starts_with('!') != all_but(title))
          return fail(ErrorCode::malformed,
                      "titles of " + title.language + ": owners and owners barred for one title: " + title.text);
        const std::uint32_t number = number_of(owner.substr(all_but(title) ? 1 : 0));
        if (number == image::kNone)
          return fail(ErrorCode::malformed, "titles of " + title.language + ": no such owner: " + owner);
        add(number, all_but(title) ? image::kBarred : 0);
      }
    }
    return {};
  }

  Result<void> fill_tenures() {
    // A user's tenure of an office cuts away what lower layers say of the same days.
    std::vector<const Sources::TenureSource*> kept;
    for (const auto& tenure : sources_.tenures_) {
      const bool beaten = std::any_of(sources_.tenures_.begin(), sources_.tenures_.end(), [&](const auto& other) {
        return other.where.layer > tenure.where.layer && other.office == tenure.office && other.start <= tenure.end &&
               tenure.start <= other.end;
      });
      if (!beaten) kept.push_back(&tenure);
    }
    for (const auto* tenure : kept) {
      image::TenureRow row;
      row.office = number_of(tenure->office);
      row.person = number_of(tenure->person);
      if (row.office == image::kNone || !tenure->office.starts_with("office/"))
        return refuse(tenure->where, "no such office: " + tenure->office);
      if (row.person == image::kNone || !tenure->person.starts_with("person/"))
        return refuse(tenure->where, "no such person: " + tenure->person);
      row.start = tenure->start;
      row.end = tenure->end;
      row.granularity = static_cast<std::uint32_t>(tenure->granularity);
      tenures_.push_back(row);
    }
    const auto by_office = [](const image::TenureRow& t) {
      return std::make_tuple(t.office, t.start, t.person, t.end);
    };
    const auto by_person = [](const image::TenureRow& t) {
      return std::make_tuple(t.person, t.start, t.office, t.end);
    };
    std::sort(tenures_.begin(), tenures_.end(),
              [&](const auto& a, const auto& b) { return by_office(a) < by_office(b); });
    by_person_ = tenures_;
    std::sort(by_person_.begin(), by_person_.end(),
              [&](const auto& a, const auto& b) { return by_person(a) < by_person(b); });
    return {};
  }

  Result<void> fill_members() {
    for (const auto& source : sources_.members_) {
      const image::MemberRow row{number_of(source.member), number_of(source.organisation)};
      if (row.member == image::kNone) return refuse(source.where, "no such state: " + source.member);
      if (row.organisation == image::kNone) return refuse(source.where, "no such organisation: " + source.organisation);
      members_.push_back(row);
    }
    const auto key = [](const image::MemberRow& m) { return std::make_pair(m.member, m.organisation); };
    std::sort(members_.begin(), members_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    members_.erase(
        std::unique(members_.begin(), members_.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
        members_.end());
    return {};
  }

  void fill_offices() {
    std::vector<std::tuple<std::string, std::uint32_t, std::uint32_t>> offices;
    std::uint32_t number = 0;
    for (const auto& [id, thing] : things_) {
      // Posts abroad (office/ambassador/RUS/USA) are found by id: their role and owner name several.
      const bool post = std::count(id.begin(), id.end(), '/') > 2;
      if (!thing.role.empty() && rows_[number].owner != image::kNone && !post)
        offices.emplace_back(thing.role, rows_[number].owner, number);
      ++number;
    }
    std::sort(offices.begin(), offices.end());
    for (const auto& [role, owner, office] : offices) offices_.push_back({intern(role), owner, office});
  }

  std::string bytes() {
    std::vector<image::WordRow> words(words_.size());
    std::vector<image::WordSlot> vocabulary(64);
    while (vocabulary.size() < 2 * words.size() + 2) vocabulary.resize(2 * vocabulary.size());
    for (const auto& [text, number] : words_) {
      words[number].text = intern(text);
      if (const auto first = nodes_[0].next.find(number); first != nodes_[0].next.end())
        words[number].first_node = first->second;
      if (const auto flags = sources_.joining_words_.find(text); flags != sources_.joining_words_.end())
        words[number].flags = flags->second;
      const std::uint32_t hash = image::slot_hash(image::word_hash(text));
      std::size_t slot = hash & (vocabulary.size() - 1);
      while (vocabulary[slot].word != image::kNone) slot = (slot + 1) & (vocabulary.size() - 1);
      vocabulary[slot] = {hash, number};
    }
    std::vector<image::NodeRow> nodes;
    std::vector<image::EdgeRow> edges;
    std::vector<NameEntry> entries;
    std::vector<image::TitleRow> titles;
    const auto mark = [&] {
      nodes.push_back({static_cast<std::uint32_t>(edges.size()), static_cast<std::uint32_t>(entries.size()),
                       static_cast<std::uint32_t>(titles.size())});
    };
    for (const Node& node : nodes_) {
      mark();
      for (const auto& [text, next] : node.next) edges.push_back({text, next});
      for (const auto& [layer, entry] : node.entries) entries.push_back(entry);
      titles.insert(titles.end(), node.titles.begin(), node.titles.end());
    }
    mark();  // the end of the last node

    image::Header header{};
    std::copy_n(image::kMagic, sizeof header.magic, header.magic);
    header.version = image::kVersion;
    header.sections = static_cast<std::uint32_t>(image::SectionId::count);
    header.root = 0;
    header.title_root = 1;
    header.slot = word(kSlot);
    std::string out(sizeof header, '\0');
    const auto section = [&](image::SectionId id, const auto& rows) {
      header.section[static_cast<std::size_t>(id)] = {static_cast<std::uint32_t>(out.size()),
                                                      static_cast<std::uint32_t>(rows.size())};
      append_rows(out, rows);
    };
    section(image::SectionId::things, rows_);
    section(image::SectionId::names, primary_names_);
    section(image::SectionId::vocabulary, vocabulary);
    section(image::SectionId::words, words);
    section(image::SectionId::nodes, nodes);
    section(image::SectionId::edges, edges);
    section(image::SectionId::entries, entries);
    section(image::SectionId::titles, titles);
    section(image::SectionId::tenures, tenures_);
    section(image::SectionId::by_person, by_person_);
    section(image::SectionId::members, members_);
    section(image::SectionId::offices, offices_);
    section(image::SectionId::strings, std::vector<char>(strings_.begin(), strings_.end()));
    header.size = out.size();
    header.checksum = image::hash_bytes(std::string_view(out).substr(sizeof header));
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

  const Sources& sources_;
  std::map<std::string, Sources::ThingSource> things_;
  std::vector<Sources::NameSource> names_;
  std::map<std::string, std::uint32_t> number_;
  std::map<std::string, image::Run, std::less<>> interned_;
  std::map<std::string, std::uint32_t> words_;
  std::vector<std::vector<std::string>> title_words_;
  std::vector<Node> nodes_;
  std::vector<image::ThingRow> rows_;
  std::vector<image::NameRow> primary_names_;
  std::vector<image::TenureRow> tenures_, by_person_;
  std::vector<image::MemberRow> members_;
  std::vector<image::OfficeRow> offices_;
  std::string strings_;
};

Result<std::string> Sources::compile() const { return Compiler(*this).run(); }

}  // namespace chancery
