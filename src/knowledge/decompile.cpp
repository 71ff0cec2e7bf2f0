// From the image back to rows, so that a user's tables can be laid over what the build compiled.
#include "knowledge/mapped.h"
#include "knowledge/sources.h"

namespace chancery {
namespace {

// Calls visit(node, words) for every node below `root`, in order, without recursion.
template <class Visit>
void walk_names(const Knowledge::Node root, std::span<const image::NodeRow> nodes,
                std::span<const image::EdgeRow> edges, const Visit& visit) {
  std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> open{{root, {}}};
  while (!open.empty()) {
    const auto [node, words] = std::move(open.back());
    open.pop_back();
    visit(node, words);
    for (std::uint32_t i = nodes[node].edges; i < nodes[node + 1].edges; ++i) {
      auto longer = words;
      longer.push_back(edges[i].word);
      open.emplace_back(edges[i].node, std::move(longer));
    }
  }
}

}  // namespace

Sources Sources::from(const Knowledge& knowledge) {
  const Knowledge::Mapped& mapped = *knowledge.mapped_;
  Sources sources;
  sources.files_.push_back("knowledge.bin");
  const auto id_of = [&](std::uint32_t thing) {
    return thing == image::kNone ? std::string() : std::string(mapped.things[thing].id);
  };
  for (std::uint32_t i = 0; i < mapped.things.size(); ++i) {
    const image::ThingRow& row = mapped.thing_rows[i];
    const Thing& thing = mapped.things[i];
    ThingSource source;
    source.kind = thing.kind;
    source.wikidata = thing.wikidata;
    source.role = mapped.text(row.role);
    source.state = id_of(row.state);
    source.owner = id_of(row.owner);
    source.seat = id_of(row.seat);
    source.woman = thing.woman;
    source.outlet = thing.outlet;
    source.body_of_state = thing.body_of_state;
    source.circle = thing.circle;
    source.capital = thing.capital;
    source.placed = (row.flags & image::kPlaced) != 0;
    source.start = row.start;
    source.end = row.end;
    source.weight = row.weight;
    source.latitude = row.latitude;
    source.longitude = row.longitude;
    for (std::uint32_t n = 0; n < row.names.size; ++n) {
      const image::NameRow& name = mapped.names[row.names.begin + n];
      source.names[name.language] = mapped.text(name.text);
    }
    sources.things_.emplace(std::string(thing.id), std::move(source));
  }
  walk_names(mapped.header.root, mapped.nodes, mapped.edges, [&](std::uint32_t node, const auto& words) {
    for (const NameEntry& entry : knowledge.entries(node)) {
      NameSource name{{}, id_of(entry.thing.value), {}, entry.form, entry.upper_only, entry.acronym};
      for (const std::uint32_t word : words) name.words.emplace_back(mapped.text(mapped.words[word].text));
      sources.names_.push_back(std::move(name));
    }
  });
  walk_names(mapped.header.title_root, mapped.nodes, mapped.edges, [&](std::uint32_t node, const auto& words) {
    for (std::uint32_t t = mapped.nodes[node].titles; t < mapped.nodes[node + 1].titles; ++t) {
      TitleSource title;
      title.role = mapped.text(mapped.titles[t].role);
      title.gender = (mapped.titles[t].flags & image::kFeminine) != 0 ? "f" : "c";
      for (const std::uint32_t word : words) {
        title.text += title.text.empty() ? "" : " ";
        title.text += word == mapped.header.slot ? std::string("*") : std::string(mapped.text(mapped.words[word].text));
      }
      const std::string mark = (mapped.titles[t].flags & image::kBarred) != 0 ? "!" : "";
      if (mapped.titles[t].owner != image::kNone) title.owners.push_back(mark + id_of(mapped.titles[t].owner));
      sources.roles_[title.role].role = title.role;
      sources.titles_.push_back(std::move(title));
    }
  });
  for (const image::WordRow& word : mapped.words)
    if (word.flags != 0) sources.joining_words_[std::string(mapped.text(word.text))] = word.flags;
  for (const image::TenureRow& row : mapped.tenures)
    sources.tenures_.push_back(
        {{}, id_of(row.office), id_of(row.person), row.start, row.end, static_cast<Granularity>(row.granularity)});
  for (const image::MemberRow& row : mapped.members)
    sources.members_.push_back({{}, id_of(row.organisation), id_of(row.member)});
  return sources;
}

}  // namespace chancery
