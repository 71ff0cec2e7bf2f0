// Pages for tests, in a line or two each. A page is its facts; whatever is not said is empty.
//
//   page NAME [DATE] [outlet OUTLET] [uri URI]     the pages that follow each other
//   event KIND STATUS; actors …; targets …; mediators …; place …; date …; deadline …; by …; content …; sentence …
//   says SPEAKERS; text …; date …; mode …; via …
//   text …                                         more words of the page's text
//
// Participants: RUS is a state, lavrov@RUS a person who acts for it, ?meier a person known to this page alone,
// ??soldats people without a name, =nato an organisation, !afp an agency or outlet, *m23@COD a movement that is at home
// in a state. Places: riyadh@SAU, geneva, or a state. Dates: a day, 2025-02, 2025, or START/END. Events of one line
// `sentence` share their sentence with the event before if it is the word "same".
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "record/facts.h"
#include "time/time.h"

namespace chancery::test {

class PagesReader {
 public:
  explicit PagesReader(std::string_view notation) {
    std::istringstream lines{std::string(notation)};
    for (std::string line; std::getline(lines, line);) read(line);
  }
  std::vector<Facts> take() { return std::move(pages_); }

 private:
  void read(const std::string& line) {
    const std::string first = word(line, 0);
    if (first.empty() || first[0] == '#') return;
    if (first == "page") {
      begin_page(line);
    } else if (first == "event") {
      event(fields(line));
    } else if (first == "says" || first == "says;") {  // by nobody that the page names
      statement(fields(line));
    } else if (first == "text") {
      page().text += line.substr(line.find("text") + 5) + "\n";
    }
  }

  Facts& page() { return pages_.back(); }

  static std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> out;
    for (std::string one; in >> one;) out.push_back(one);
    return out;
  }
  static std::string word(const std::string& text, std::size_t index) {
    const auto all = words(text);
    return index < all.size() ? all[index] : "";
  }
  // "event meet planned; actors A B" → {"event meet planned", "actors A B"}
  static std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> out;
    std::istringstream in(line);
    for (std::string one; std::getline(in, one, ';');) {
      one.erase(0, one.find_first_not_of(' '));
      out.push_back(one);
    }
    return out;
  }

  void begin_page(const std::string& line) {
    const auto all = words(line);
    Facts facts;
    facts.document.id = "sha256:" + all.at(1);
    facts.document.uri = all[1] + ".txt";
    facts.document.language = "fr";
    std::size_t at = 2;
    if (at < all.size() && all[at][0] >= '0' && all[at][0] <= '9')
      facts.document.published = PublishedFact{all[at++], "given", std::nullopt};
    for (; at + 1 < all.size(); at += 2) {
      if (all[at] == "outlet") facts.document.outlet = all[at + 1];
      if (all[at] == "uri") facts.document.uri = all[at + 1];
    }
    pages_.push_back(std::move(facts));
    offset_ = 0;
  }

  Named name(const std::string& note) {
    EntityFact entity;
    entity.name = note;
    const std::string bare = note.substr(1);
    const std::size_t at = note.find('@');
    if (note[0] == '=' || note[0] == '!') {
      entity = {"organisation/" + bare, "organisation", bare, "", "", note[0] == '!', {}};
    } else if (note[0] == '*') {
      const std::string id = bare.substr(0, bare.find('@'));
      entity = {"org/" + id, "group", id, "", "", false, {}};
      if (at != std::string::npos) entity.state = "state/" + note.substr(at + 1);
    } else if (note[0] == '?') {
      // ?meier is a name, ??militaires are people without one.
      const bool nameless = bare[0] == '?';
      std::string written = nameless ? bare.substr(1) : bare;
      entity = {"local/" + written, "person", written, "", "", false, {}};
      if (!nameless) entity.name[0] = static_cast<char>(entity.name[0] - 'a' + 'A');
    } else if (note[0] >= 'A' && note[0] <= 'Z') {
      entity = {"state/" + note, "state", note, "", "state/" + note, false, {}};
    } else {
      const std::string id = note.substr(0, at);
      entity = {"person/" + id, "person", id, "", "", false, {}};
      if (at != std::string::npos) entity.state = "state/" + note.substr(at + 1);
    }
    return add(std::move(entity));
  }
  Named place(const std::string& note) {
    if (note[0] >= 'A' && note[0] <= 'Z') return name(note);
    const std::size_t at = note.find('@');
    EntityFact entity{"place/" + note.substr(0, at), "place", note.substr(0, at), "", "", false, {}};
    if (at != std::string::npos) entity.state = "state/" + note.substr(at + 1);
    return add(std::move(entity));
  }
  Named add(EntityFact entity) {
    Named named{entity.id, entity.name};
    auto& all = page().entities;
    if (std::none_of(all.begin(), all.end(), [&](const EntityFact& one) { return one.id == entity.id; }))
      all.push_back(std::move(entity));
    return named;
  }

  static DateRange date(const std::string& note) {
    const std::size_t slash = note.find('/');
    if (slash != std::string::npos) return {note.substr(0, slash), note.substr(slash + 1)};
    const auto interval = interval_from_iso(note);
    return {interval->start->iso(), interval->end->iso()};
  }

  void event(const std::vector<std::string>& all) {
    EventFact one;
    one.kind = word(all[0], 1);
    one.status = word(all[0], 2);
    one.plover_type = "CONSULT";
    one.confidence = 0.9;
    one.trigger_text = one.kind;
    const bool same = std::find(all.begin(), all.end(), "sentence same") != all.end();
    if (!same) offset_ += 100;
    one.sentence = {offset_, offset_ + 90};
    const auto order = static_cast<std::uint32_t>(page().events.size() % 8);
    one.trigger = {offset_ + 10 * order, offset_ + 10 * order + 5};
    for (std::size_t i = 1; i < all.size(); ++i) slot(one, all[i]);
    one.mentions = {one.trigger};
    page().events.push_back(std::move(one));
  }
  void slot(EventFact& one, const std::string& note) {
    const std::string key = word(note, 0);
    const std::string rest = note.size() > key.size() ? note.substr(key.size() + 1) : "";
    for (const std::string& value : words(rest)) {
      if (key == "actors") one.actors.push_back(name(value));
      if (key == "targets") one.targets.push_back(name(value));
      if (key == "mediators") one.mediators.push_back(name(value));
      if (key == "by") one.attributed_to.push_back(name(value));
      if (key == "place") one.place = place(value);
      if (key == "date") one.date = date(value);
      if (key == "deadline") one.deadline = date(value);
      if (key == "trigger") one.trigger_text = value;
    }
    if (key == "content") one.content = rest;
    if (key == "sentence" && rest != "same") one.sentence_text = rest;
  }

  void statement(const std::vector<std::string>& all) {
    StatementFact one;
    offset_ += 100;
    one.span = {offset_, offset_ + 80};
    one.sentence = {offset_, offset_ + 90};
    one.mode = "direct";
    one.stance = "neutral";
    one.confidence = 0.9;
    const auto speakers = words(all[0]);
    for (std::size_t i = 1; i < speakers.size(); ++i) one.speakers.push_back(name(speakers[i]));
    for (std::size_t i = 1; i < all.size(); ++i) {
      const std::string key = word(all[i], 0);
      const std::string rest = all[i].substr(key.size() + 1);
      if (key == "text") one.text = rest;
      if (key == "mode") one.mode = rest;
      if (key == "date") one.date = date(rest);
      if (key == "via")
        for (const std::string& value : words(rest)) one.via.push_back(name(value));
    }
    page().statements.push_back(std::move(one));
  }

  std::vector<Facts> pages_;
  std::uint32_t offset_ = 0;
};

inline std::vector<Facts> pages(std::string_view notation) { return PagesReader(notation).take(); }

}  // namespace chancery::test
