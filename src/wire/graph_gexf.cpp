// GEXF 1.2draft, which Gephi and networkx read. Pairs are counted while the events pass, and written at the end.
#include <array>
#include <set>
#include <tuple>

#include "wire/escape.h"
#include "wire/formats.h"

namespace chancery {
namespace {

class GraphWriter : public EventWriter {
 public:
  explicit GraphWriter(KnownEntities entities) : entities_(std::move(entities)) {}

  std::string event(const RecordedEvent& event) override {
    const bool told = event.status == "happened" || event.status == "ongoing";
    for (const auto* slot : {&event.actors, &event.targets, &event.mediators})
      for (const Named& one : *slot) names_[one.id] = one.name;
    if (!told) return {};
    for (std::size_t i = 0; i < event.actors.size(); ++i) {
      for (std::size_t j = i + 1; j < event.actors.size() && event.targets.empty(); ++j)
        join(event.actors[i].id, event.actors[j].id, event, false);
      for (const Named& target : event.targets) join(event.actors[i].id, target.id, event, true);
      for (const Named& mediator : event.mediators) join(mediator.id, event.actors[i].id, event, true);
    }
    return {};
  }

  std::string foot() override {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
        "<meta><creator>Chancery</creator></meta>\n<graph mode=\"static\" defaultedgetype=\"directed\">\n"
        "<attributes class=\"node\">\n<attribute id=\"kind\" title=\"kind\" type=\"string\"/>\n"
        "<attribute id=\"state\" title=\"state\" type=\"string\"/>\n</attributes>\n<attributes class=\"edge\">\n"
        "<attribute id=\"kind\" title=\"kind\" type=\"string\"/>\n<attribute id=\"first\" title=\"first\" "
        "type=\"string\"/>\n"
        "<attribute id=\"last\" title=\"last\" type=\"string\"/>\n<attribute id=\"mutual\" title=\"mutual\" "
        "type=\"boolean\"/>\n</attributes>\n<nodes>\n";
    for (const auto& [id, name] : names_) {
      const auto known = entities_.find(id);
      out += "<node id=\"" + escaped(id) + "\" label=\"" + escaped(name) + "\"><attvalues>" +
             value("kind", known == entities_.end() ? "" : known->second.kind) +
             value("state", known == entities_.end() ? "" : known->second.state) + "</attvalues></node>\n";
    }
    out += "</nodes>\n<edges>\n";
    std::size_t number = 0;
    for (const auto& [key, edge] : edges_) {
      const auto& [from, to, kind, directed] = key;
      out += "<edge id=\"" + std::to_string(number++) + "\" source=\"" + escaped(from) + "\" target=\"" + escaped(to) +
             "\" weight=\"" + std::to_string(edge.count) + "\"><attvalues>" + value("kind", kind) +
             value("first", edge.first) + value("last", edge.last) + value("mutual", directed ? "false" : "true") +
             "</attvalues></edge>\n";
    }
    return out + "</edges>\n</graph>\n</gexf>\n";
  }

 private:
  struct Edge {
    std::size_t count = 0;
    std::string first, last;
  };

  static std::string value(const char* name, const std::string& text) {
    return std::string("<attvalue for=\"") + name + "\" value=\"" + escaped(text) + "\"/>";
  }
  void join(const std::string& from, const std::string& to, const RecordedEvent& event, bool directed) {
    if (from == to) return;
    Edge& edge = edges_[{from, to, event.kind, directed}];
    ++edge.count;
    const std::string& day = event.date.start.empty() ? event.date.end : event.date.start;
    if (day.empty()) return;
    if (edge.first.empty() || day < edge.first) edge.first = day;
    if (edge.last.empty() || day > edge.last) edge.last = day;
  }

  KnownEntities entities_;
  std::map<std::string, std::string> names_;
  std::map<std::tuple<std::string, std::string, std::string, bool>, Edge> edges_;
};

}  // namespace

std::unique_ptr<EventWriter> graph_writer(KnownEntities entities) {
  return std::make_unique<GraphWriter>(std::move(entities));
}

}  // namespace chancery
