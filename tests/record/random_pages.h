// Random pages from a small world, so that their facts meet often: a few states, persons, places and days, plans and
// deeds, quotations cut from a few speeches, texts cut from a few reports.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "record/notation.h"

namespace chancery::test {

inline std::string one_of(const std::vector<std::string>& values) { return *rc::gen::elementOf(values); }
inline bool chance(int percent) { return *rc::gen::inRange(0, 100) < percent; }

inline std::string random_event() {
  static const std::vector<std::string> kKinds = {"meet",   "negotiate", "mediate", "call",  "visit",
                                                  "accuse", "agree",     "release", "attack"};
  static const std::vector<std::string> kParties = {"RUS",       "USA",    "UKR",   "FRA", "lavrov@RUS",
                                                    "rubio@USA", "?rubio", "=nato", "CHN", "DEU"};
  static const std::vector<std::string> kPlaces = {"riyadh@SAU", "SAU", "geneva@CHE", "CHE", "vienna@AUT"};
  static const std::vector<std::string> kDates = {"2025-02-17", "2025-02-18", "2025-02-19",           "2025-02",
                                                  "2025",       "2025-03-05", "2025-02-18/2025-02-20"};
  static const std::vector<std::string> kStatuses = {"happened", "happened",  "planned", "proposed",
                                                     "denied",   "cancelled", "ongoing"};
  static const std::vector<std::string> kContents = {
      "violer la trêve énergétique", "violer la trêve sur les installations énergétiques",
      "libérer tous les prisonniers civils", "une rencontre au sommet à Genève"};
  std::string out = "event " + one_of(kKinds) + " " + one_of(kStatuses) + "; actors";
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) out += " " + one_of(kParties);
  if (chance(40)) out += "; targets " + one_of(kParties);
  if (chance(60)) out += "; place " + one_of(kPlaces);
  if (chance(70)) out += "; date " + one_of(kDates);
  if (chance(40)) out += "; content " + one_of(kContents);
  if (chance(20)) out += "; by " + one_of({"!afp", "!reuters", "RUS"});
  if (chance(30)) out += "; sentence same";
  return out + "\n";
}

// A run of words of one of a few speeches.
inline std::string random_cut(int least) {
  static const std::vector<std::string> kSpeeches = {
      "nous attendons de nos partenaires une réponse claire et écrite avant la fin du mois prochain car le temps "
      "presse",
      "la délégation quittera la table si rien ne bouge avant la fin du mois prochain et chacun devra en répondre",
      "rien ne sera signé tant que les deux ambassades resteront fermées et que leurs comptes resteront gelés ici"};
  std::istringstream in(one_of(kSpeeches));
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  const int size = *rc::gen::inRange(least, static_cast<int>(words.size()) + 1);
  const int from = *rc::gen::inRange(0, static_cast<int>(words.size()) - size + 1);
  std::string out;
  for (int i = from; i < from + size; ++i) out += words[static_cast<std::size_t>(i)] + " ";
  return out;
}

inline std::string random_statement() {
  std::string out = "says";
  if (chance(90)) out += " " + one_of({"lavrov@RUS", "rubio@USA", "?rubio", "RUS"});
  out += "; text " + random_cut(3);
  if (chance(60)) out += "; date " + one_of({"2025-02-18", "2025-02-19"});
  return out + "\n";
}

// Most pages differ in their bytes; some are copies from another address, or of another day.
inline std::vector<Facts> random_pages(int most) {
  std::string notation;
  const int count = *rc::gen::inRange(1, most + 1);
  for (int i = 0; i < count; ++i) {
    const bool copy = i > 0 && chance(10);
    notation += "page p" + std::to_string(copy ? i - 1 : i);
    if (chance(80)) notation += " " + one_of({"2025-02-16", "2025-02-18", "2025-02-19", "2025-02", "2025-03-10"});
    if (chance(50)) notation += " outlet " + one_of({"Matin", "Soir", "afp"});
    if (copy) notation += " uri copy" + std::to_string(i);
    notation += "\n";
    for (int k = *rc::gen::inRange(0, 4); k > 0; --k) notation += random_event();
    for (int k = *rc::gen::inRange(0, 3); k > 0; --k) notation += random_statement();
    if (chance(50)) notation += "text " + random_cut(8) + random_cut(8) + "\n";
  }
  return pages(notation);
}

}  // namespace chancery::test
