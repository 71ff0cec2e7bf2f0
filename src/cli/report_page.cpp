// Written front to back into one string; each part of the page is one function.
#include "cli/report_page.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "cli/http_server.h"
#include "cli/phrases.h"
#include "cli/terminal.h"
#include "record/differences.h"
#include "text/text.h"
#include "time/time.h"
#include "wire/escape.h"

namespace chancery {

namespace embedded {
extern const std::string_view report_css;
extern const std::string_view report_js;
}  // namespace embedded

namespace {

// The four colours of the chronology.
std::string_view family(std::string_view kind) {
  static const std::map<std::string_view, std::string_view> kFamilies = {{"meet", "talk"},
                                                                         {"call", "talk"},
                                                                         {"negotiate", "talk"},
                                                                         {"visit", "talk"},
                                                                         {"mediate", "talk"},
                                                                         {"propose", "talk"},
                                                                         {"appoint", "talk"},
                                                                         {"vote", "talk"},
                                                                         {"agree", "accord"},
                                                                         {"promise", "accord"},
                                                                         {"lift-sanction", "accord"},
                                                                         {"restore-mission", "accord"},
                                                                         {"exchange", "accord"},
                                                                         {"release", "accord"},
                                                                         {"ceasefire", "accord"},
                                                                         {"withdraw", "accord"},
                                                                         {"aid", "accord"},
                                                                         {"other-cooperate", "accord"},
                                                                         {"request", "tension"},
                                                                         {"reject", "tension"},
                                                                         {"accuse", "tension"},
                                                                         {"threaten", "tension"},
                                                                         {"sanction", "tension"},
                                                                         {"expel", "tension"},
                                                                         {"recall", "tension"},
                                                                         {"restrict-mission", "tension"},
                                                                         {"protest", "tension"},
                                                                         {"other-conflict", "tension"}};
  const auto found = kFamilies.find(kind);
  return found == kFamilies.end() ? "force" : found->second;
}

std::string sha256_base64(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  CHECK(EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
  std::array<unsigned char, 45> encoded{};
  EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
  return reinterpret_cast<const char*>(encoded.data());
}

// A link only where the address is one that a browser may safely follow.
std::string address(const std::string& uri) {
  if (uri.starts_with("https://") || uri.starts_with("http://"))
    return fmt::format(R"(<a class="uri" rel="noreferrer noopener" href="{0}">{0}</a>)", escaped(uri));
  return fmt::format(R"(<span class="uri">{}</span>)", escaped(uri));
}

std::string plural(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

// Our style and our script, by their hashes, and nothing else.
std::string policy(std::string_view forms) {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action {}",
      sha256_base64(embedded::report_css), sha256_base64(embedded::report_js), forms);
}

class ReportWriter {
 public:
  explicit ReportWriter(const ReportInput& input) : input_(input), record_(input.record) {
    for (const RecordedDocument& document : record_.documents) documents_[document.fact.id] = &document;
  }

  std::string write() {
    head();
    top();
    strip();
    if (!record_.events.empty()) {
      filters();
      events();
    }
    plans();
    commitments();
    statements();
    pages();
    out_ += "<footer class=\"note\">Every line leads back to the words it comes from. Written by Chancery.</footer>\n";
    out_ += fmt::format("<script>{}</script>\n</body>\n</html>\n", embedded::report_js);
    return std::move(out_);
  }

 private:
  void head() {
    out_ += fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
        policy(served() ? "'self'" : "'none'"), escaped(input_.title), embedded::report_css);
  }

  void top() {
    std::set<std::string> origins;
    for (const RecordedDocument& one : record_.documents)
      origins.insert(one.same_text_as.empty() ? one.fact.id : one.same_text_as);
    std::string counts;
    for (const auto& [count, word] : {std::pair<std::size_t, std::string_view>{record_.events.size(), "event"},
                                      {record_.statements.size(), "statement"},
                                      {record_.commitments.size(), "commitment"}})
      if (count > 0 || !served()) counts += (counts.empty() ? "" : ", ") + plural(count, word);
    out_ += fmt::format("<header class=\"top\"><h1>{}</h1><p class=\"counts\">{}{}{}, {}</p></header>\n<main>\n",
                        escaped(input_.title), counts, counts.empty() ? "" : " from ",
                        plural(record_.documents.size(), "page"), plural(origins.size(), "different text"));
    out_ += input_.navigation;
  }

  // One dot for each dated event, four rows, years below.
  void strip() {
    std::vector<std::pair<Day, std::size_t>> dated;
    for (std::size_t i = 0; i < record_.events.size(); ++i)
      if (const auto day = Day::parse(record_.events[i].date.start)) dated.emplace_back(*day, i);
    if (dated.size() < 2) return;
    const auto [low, high] = std::minmax_element(dated.begin(), dated.end());
    const Day first = low->first, last = high->first;
    const double days = std::max(1, last.value - first.value);
    constexpr double kLeft = 70, kWidth = 910, kRow = 26;
    const auto x = [&](Day day) { return kLeft + kWidth * (day.value - first.value) / days; };
    out_ += "<svg class=\"strip\" viewBox=\"0 0 1000 150\" role=\"img\" aria-label=\"Events over time\">\n";
    const std::array<std::string_view, 4> rows = {"talk", "accord", "tension", "force"};
    const std::array<std::string_view, 4> labels = {"talks", "accords", "tensions", "force"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double y = 20 + kRow * static_cast<double>(row);
      out_ += fmt::format("<line x1=\"{0}\" y1=\"{1}\" x2=\"990\" y2=\"{1}\"/><text x=\"0\" y=\"{2}\">{3}</text>\n",
                          kLeft - 8, y, y + 4, labels[row]);
    }
    const int years = last.civil().year - first.civil().year + 1;
    const int step = std::max(1, (years + 14) / 15);
    for (int year = first.civil().year; year <= last.civil().year; year += step) {
      const auto day = Day::from_civil(year, 1, 1);
      const double at = day && *day > first ? x(*day) : kLeft;
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"130\">{}</text>\n", at, year);
    }
    for (const auto& [day, index] : dated) {
      const RecordedEvent& event = record_.events[index];
      const auto row = static_cast<double>(std::find(rows.begin(), rows.end(), family(event.kind)) - rows.begin());
      out_ += fmt::format(
          "<a id=\"dot-e{0}\" href=\"#e{0}\"><circle class=\"{1}{2}\" cx=\"{3:.1f}\" cy=\"{4}\" "
          "r=\"{5}\"><title>{6}</title></circle></a>\n",
          index, family(event.kind), event.status == "happened" || event.status == "ongoing" ? "" : " planned", x(day),
          20 + kRow * row, std::min(9U, 4 + event.documents),
          escaped(date_phrase(event.date) + " " + event.kind + ": " + parties_phrase(event)));
    }
    out_ += "</svg>\n";
  }

  void filters() {
    std::map<std::string, std::pair<std::size_t, std::string>> actors;  // id → events, name
    std::map<std::string, std::size_t> kinds, statuses;
    for (const RecordedEvent& event : record_.events) {
      ++kinds[event.kind];
      ++statuses[event.status];
      for (const auto* slot : {&event.actors, &event.targets, &event.mediators})
        for (const Named& one : *slot) {
          ++actors[one.id].first;
          actors[one.id].second = one.name;
        }
    }
    std::vector<std::pair<std::string, std::pair<std::size_t, std::string>>> sorted(actors.begin(), actors.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
    out_ +=
        "<h2>Chronology</h2>\n<form class=\"filters\" id=\"filters\" hidden>\n<label>Actor <select "
        "id=\"by-actor\"><option value=\"\">everybody</option>";
    for (const auto& [id, named] : sorted)
      out_ +=
          fmt::format("<option value=\"{}\">{} ({})</option>", escaped(token(id)), escaped(named.second), named.first);
    out_ += "</select></label>\n<label>Status <select id=\"by-status\"><option value=\"\">every status</option>";
    for (const auto& [status, count] : statuses)
      out_ += fmt::format("<option value=\"{0}\">{0} ({1})</option>", escaped(status), count);
    out_ += "</select></label>\n<label>Kind <select id=\"by-kind\"><option value=\"\">every kind</option>";
    for (const auto& [kind, count] : kinds)
      out_ += fmt::format("<option value=\"{0}\">{0} ({1})</option>", escaped(kind), count);
    out_ +=
        "</select></label>\n<label>Words <input id=\"by-words\" type=\"search\"></label>\n"
        "<label class=\"check\"><input id=\"only-differs\" type=\"checkbox\"> only where sources differ</label>\n"
        "<span id=\"shown\" class=\"note\" role=\"status\"></span>\n</form>\n";
  }

  // An id without spaces, for the space-separated data-actors.
  static std::string token(std::string id) {
    std::replace(id.begin(), id.end(), ' ', '_');
    return id;
  }

  void events() {
    std::string year = "none yet";
    for (std::size_t i = 0; i < record_.events.size(); ++i) {
      const RecordedEvent& event = record_.events[i];
      const std::string& known = event.date.start.empty() ? event.date.end : event.date.start;
      const std::string of_event = known.substr(0, 4);
      if (of_event != year) {
        if (i > 0) out_ += "</section>\n";
        year = of_event;
        out_ += fmt::format("<section class=\"year-group\"><h3 class=\"year\">{}</h3>\n",
                            year.empty() ? "undated" : escaped(year));
      }
      one_event(event, i);
    }
    if (!record_.events.empty()) out_ += "</section>\n";
  }

  void one_event(const RecordedEvent& event, std::size_t index) {
    std::string actors;
    for (const auto* slot : {&event.actors, &event.targets, &event.mediators})
      for (const Named& one : *slot) actors += (actors.empty() ? "" : " ") + token(one.id);
    out_ += fmt::format(
        "<details class=\"event\" id=\"e{}\" data-actors=\"{}\" data-kind=\"{}\" data-status=\"{}\" "
        "data-differs=\"{}\">\n",
        index, escaped(actors), escaped(event.kind), escaped(event.status), event.conflicts.empty() ? 0 : 1);
    out_ += fmt::format(
        "<summary><span class=\"when\">{}</span><span class=\"kind k-{}\">{}</span><span "
        "class=\"who\">{}{}</span><span>",
        escaped(date_phrase(event.date)), family(event.kind), escaped(event.kind), escaped(parties_phrase(event)),
        event.place ? " <span class=\"note\">· " + escaped(event.place->name) + "</span>" : "");
    if (event.status != "happened" || status_phrase(event) != event.status)
      out_ += fmt::format("<span class=\"badge status\">{}</span> ", escaped(status_phrase(event)));
    if (!event.conflicts.empty()) out_ += "<span class=\"badge differs\">sources differ</span> ";
    out_ += fmt::format(
        "<span class=\"badge\">{}</span></span><span class=\"gist\">{}</span></summary>\n<div class=\"inside\">\n",
        escaped(sources_phrase(event)), escaped(gist_phrase(event, 160)));
    slots(event);
    sources(event.evidence);
    out_ += "</div>\n</details>\n";
  }

  void slot(std::string_view label, const std::string& value) {
    out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", label, escaped(value));
  }

  bool served() const { return !input_.navigation.empty(); }
  std::string page_of(const std::string& id, const std::string& html) const {
    return served() ? fmt::format("<a href=\"/show?id={}\">{}</a>", url_escaped(id), html) : html;
  }
  void id_slot(const std::string& id) { out_ += "<dt>id</dt><dd>" + page_of(id, escaped(id)) + "</dd>\n"; }

  void slots(const RecordedEvent& event) {
    out_ += "<dl class=\"slots\">\n";
    slot("status", event.status);
    if (!event.content.empty()) slot("about", event.content);
    if (!event.mediators.empty()) slot("mediators", names_phrase(event.mediators));
    if (event.deadline.known()) slot("deadline", date_phrase(event.deadline));
    if (!event.attributed_to.empty()) slot("according to", names_phrase(event.attributed_to));
    slot("confidence", fmt::format("{:.2f}", event.confidence));
    if (event.history.size() > 1) {
      std::string steps;
      for (const HistoryEntry& entry : event.history)
        steps += fmt::format("{}{}: {}", steps.empty() ? "" : " → ", entry.as_of.empty() ? "undated" : entry.as_of,
                             entry.status);
      slot("history", steps);
    }
    if (event.plan) slot("plan", plan_phrase(event));
    slot("sources", plural(event.documents, "page") + ", " + plural(event.origins, "independent origin"));
    out_ += "</dl>\n";
    conflicts(event.conflicts);
    out_ += "<dl class=\"slots\">\n";
    id_slot(event.id);
    out_ += "</dl>\n";
  }

  // One row for each value that the sources give, with the pages that give it.
  void conflicts(const std::vector<Conflict>& all) {
    if (all.empty()) return;
    out_ += "<table class=\"conflicts\"><caption>Where the sources differ</caption><tbody>\n";
    for (const Conflict& conflict : all) {
      for (const ConflictValue& value : conflict.values) {
        std::string pages;
        for (const std::string& id : value.documents) {
          const auto found = documents_.find(id);
          if (found == documents_.end()) continue;
          pages += (pages.empty() ? "" : "; ") + document_phrase(found->second->fact);
        }
        out_ += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n", escaped(conflict.field),
                            escaped(value.value), escaped(pages));
      }
    }
    out_ += "</tbody></table>\n";
  }

  void sources(const std::vector<Evidence>& evidence) {
    out_ += "<div class=\"sources\">\n";
    for (const Evidence& one : evidence) {
      out_ += "<div class=\"source\">";
      source_head(one.document);
      if (one.status != "happened") out_ += fmt::format(" <span class=\"badge\">{}</span>", escaped(one.status));
      if (!one.attributed_to.empty())
        out_ += fmt::format("<div class=\"note\">according to {}</div>", escaped(names_phrase(one.attributed_to)));
      out_ += "<blockquote>" + in_context(one) + "</blockquote></div>\n";
    }
    out_ += "</div>\n";
  }

  void source_head(const std::string& id) {
    const auto found = documents_.find(id);
    if (found == documents_.end()) return;
    const DocumentFact& fact = found->second->fact;
    out_ += fmt::format("<h4>{}</h4>", page_of(fact.id, escaped(document_phrase(fact))));
    if (fact.published) out_ += fmt::format("<span class=\"note\">{}</span> ", escaped(fact.published->value));
    out_ += address(fact.uri);
  }

  // The sentence with the words before and behind it in its paragraph, the sentence and its trigger marked.
  std::string in_context(const Evidence& one) {
    const Text& text = text_of(one.document);
    if (one.sentence.end > text.length() || one.sentence.begin >= one.sentence.end) return escaped(one.sentence_text);
    constexpr std::uint32_t kAround = 240;
    const std::uint32_t begin = text.byte(one.sentence.begin), end = text.byte(one.sentence.end);
    const std::string_view bytes = text.bytes();
    std::uint32_t from = text.byte(one.sentence.begin > kAround ? one.sentence.begin - kAround : 0);
    std::uint32_t to = text.byte(one.sentence.end + kAround);
    if (const auto line = bytes.substr(from, begin - from).rfind('\n'); line != std::string_view::npos)
      from += static_cast<std::uint32_t>(line) + 1;
    if (const auto line = bytes.substr(end, to - end).find('\n'); line != std::string_view::npos)
      to = end + static_cast<std::uint32_t>(line);
    std::string out = escaped(bytes.substr(from, begin - from)) + "<span class=\"sentence\">";
    const bool marked = one.sentence.begin <= one.trigger.begin && one.trigger.end <= one.sentence.end;
    const std::uint32_t mark_begin = marked ? text.byte(one.trigger.begin) : end;
    const std::uint32_t mark_end = marked ? text.byte(one.trigger.end) : end;
    out += escaped(bytes.substr(begin, mark_begin - begin));
    if (marked) out += "<mark>" + escaped(bytes.substr(mark_begin, mark_end - mark_begin)) + "</mark>";
    out += escaped(bytes.substr(mark_end, end - mark_end)) + "</span>";
    return out + escaped(bytes.substr(end, to - end));
  }

  const Text& text_of(const std::string& document) {
    const auto found = texts_.find(document);
    if (found != texts_.end()) return found->second;
    return texts_.emplace(document, Text(input_.text(document))).first->second;
  }

  // What had been announced and never came to be told, or came otherwise.
  void plans() {
    std::string rows;
    for (std::size_t i = 0; i < record_.events.size(); ++i) {
      const RecordedEvent& event = record_.events[i];
      if (!event.plan) continue;
      rows += fmt::format("<tr><td>{}</td><td>{}</td><td><a href=\"#e{}\">{}</a></td><td>{}</td></tr>\n",
                          escaped(event.plan->announced), escaped(date_phrase(event.plan->date)), i,
                          escaped(event.kind + ": " + parties_phrase(event)), escaped(event.plan->outcome));
    }
    if (rows.empty()) return;
    out_ +=
        "<h2 id=\"plans\">Plans and what became of them</h2>\n<table><thead><tr><th scope=\"col\">announced</th><th "
        "scope=\"col\">for</th><th scope=\"col\">what</th><th scope=\"col\">outcome</th></tr></thead><tbody>\n" +
        rows + "</tbody></table>\n";
  }

  void commitments() {
    if (record_.commitments.empty()) return;
    out_ +=
        "<h2>Commitments</h2>\n<table><thead><tr><th>made</th><th>kind</th><th>by → "
        "to</th><th>what</th><th>deadline</th><th>status</th></tr></thead><tbody>\n";
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < record_.events.size(); ++i) index[record_.events[i].id] = i;
    for (const Commitment& one : record_.commitments) {
      std::string what = one_line(one.content, 240);
      const auto event = index.find(one.event);
      what = event == index.end() ? page_of(one.id, escaped(what))
                                  : fmt::format("<a href=\"#e{}\">{}</a>", event->second, escaped(what));
      out_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                          escaped(one.made.empty() ? "undated" : one.made), escaped(one.kind),
                          escaped(names_phrase(one.by)), one.to.empty() ? "" : " → " + escaped(names_phrase(one.to)),
                          what, escaped(one.deadline), escaped(one.status));
    }
    out_ += "</tbody></table>\n";
  }

  void statements() {
    if (record_.statements.empty()) return;
    std::map<std::string, std::vector<const RecordedStatement*>> by_speaker;
    std::map<std::string, std::string> names;
    for (const RecordedStatement& one : record_.statements) {
      const std::string id = one.speakers.empty() ? "" : one.speakers.front().id;
      names[id] = one.speakers.empty() ? "speaker unknown" : one.speakers.front().name;
      by_speaker[id].push_back(&one);
    }
    std::vector<std::string> order;
    for (const auto& [id, said] : by_speaker) order.push_back(id);
    std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
      return by_speaker[a].size() > by_speaker[b].size();
    });
    out_ +=
        "<h2 id=\"statements\">Who said what</h2>\n<form class=\"filters\" id=\"said-filters\" hidden><label>Words "
        "<input id=\"said-words\" type=\"search\"></label> <span id=\"said-shown\" class=\"note\" "
        "role=\"status\"></span></form>\n";
    for (const std::string& id : order) {
      out_ += fmt::format(
          "<details class=\"speaker\"><summary>{} <span class=\"badge\">{}</span></summary><div class=\"said\">\n",
          escaped(names[id]), plural(by_speaker[id].size(), "statement"));
      for (const RecordedStatement* one : by_speaker[id]) one_statement(*one);
      out_ += "</div></details>\n";
    }
  }

  void one_statement(const RecordedStatement& one) {
    const bool direct = one.mode == "direct";
    out_ +=
        fmt::format("<p class=\"one-said\"><span class=\"when\">{}</span> {}{}{}<br>", escaped(date_phrase(one.date)),
                    direct ? "«&nbsp;" : "", escaped(one.text), direct ? "&nbsp;»" : "");
    for (const Variant& variant : one.variants) {
      const auto found = documents_.find(variant.document);
      if (found == documents_.end()) continue;
      out_ += fmt::format("<span class=\"note\">{}{}{}</span><br>", escaped(document_phrase(found->second->fact)),
                          variant.via.empty() ? "" : ", via " + escaped(names_phrase(variant.via)),
                          differences(one.text, variant.text));
    }
    for (const Conflict& conflict : one.conflicts)
      out_ += fmt::format("<span class=\"badge differs\">{}</span>", escaped(conflict_phrase(conflict)));
    out_ += "</p>\n";
  }

  // How the variant differs from the full wording, word by word; nothing if it does not.
  static std::string differences(const std::string& full, const std::string& variant) {
    std::string out;
    bool differs = false;
    for (const WordRun& run : word_differences(full, variant)) {
      const char* tag = run.in == Wording::both ? "" : run.in == Wording::first_only ? "del" : "ins";
      differs = differs || *tag != '\0';
      out += *tag == '\0' ? " " + escaped(run.words) : fmt::format(" <{0}>{1}</{0}>", tag, escaped(run.words));
    }
    return differs ? ":" + out : std::string();
  }

  void pages() {
    out_ +=
        "<h2>Pages</h2>\n<table><thead><tr><th>published</th><th>page</th><th>same text as</th></tr></thead><tbody>\n";
    for (const RecordedDocument& one : record_.documents) {
      const auto twin = documents_.find(one.same_text_as);
      out_ += fmt::format(
          "<tr><td>{}</td><td>{}<br>{}</td><td>{}</td></tr>\n",
          one.fact.published ? escaped(one.fact.published->value + " (" + one.fact.published->how + ")") : "unknown",
          page_of(one.fact.id, escaped(document_phrase(one.fact))), address(one.fact.uri),
          twin == documents_.end() ? "" : escaped(document_phrase(twin->second->fact)));
    }
    out_ += "</tbody></table>\n</main>\n";
  }

  const ReportInput& input_;
  const Record& record_;
  std::map<std::string, const RecordedDocument*> documents_;
  std::map<std::string, Text> texts_;
  std::string out_;
};

}  // namespace

std::string served_policy() { return policy("'self'") + "; frame-ancestors 'none'"; }

std::string report_page(const ReportInput& input) { return ReportWriter(input).write(); }

}  // namespace chancery
