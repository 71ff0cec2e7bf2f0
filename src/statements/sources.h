// Those who speak and whom the entities do not know: « une habitante du quartier », « l'enquête de la commission », a
// name that no list has. They become entities of the page under the words by which it calls them, so that no statement
// whose speaker stands in the text is left without one.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "statements/scan.h"
#include "statements/speakers.h"

namespace chancery::speech {

enum class Naming : std::uint8_t {
  named,
  nobody,       // the words are no source's
  told_before,  // « le joueur »: somebody who has been told of
  told_or_new,  // « le joueur argentin »: likely so
};

class Sources {
 public:
  // `entities` is the table that `scan` reads; it grows by those found here.
  Sources(const Scan& scan, Entities& entities) : scan_(scan), entities_(entities) {}

  // Gives the speaker the entity that his words name, making it if the page has not named it before. `any_noun`: the
  // cue is such that whoever does it speaks; else only nouns known as sources and names count. `new_one`: what points
  // back may be somebody new after all. `limit`: the token at which the words end at the latest.
  Naming name(Speaker& speaker, bool any_noun, std::uint32_t limit, bool new_one = false);

  // Whom the page has called by the noun at the token and whom it has no name for; none if there is nobody.
  EntityId called(std::uint32_t noun) const;

  // Puts the new mentions in text order beside the others. Nothing may be named afterwards.
  void finish();

 private:
  struct Phrase {
    std::uint32_t begin = 0, head = 0, end = 0;  // tokens
    bool adjective = false;                      // « russe »
    bool complement = false;                     // « du quartier »: says which one
    bool name = false;
    std::uint32_t known = kNoIndex;   // a mention in apposition that the entities know
    std::uint32_t author = kNoIndex;  // the mention whose text it is: « le rapport de X »
  };

  Phrase phrase_of(const Speaker& speaker, std::uint32_t limit) const;
  bool names_the_noun(std::uint32_t noun, const Mention& mention) const;
  void take_apposition(Phrase& phrase, std::uint32_t i, std::uint32_t last) const;
  std::uint32_t attachment_end(std::uint32_t i, std::uint32_t last) const;
  bool compound(std::uint32_t i) const;
  bool take_naming(Phrase& phrase, std::uint32_t last) const;
  void extend_noun(Phrase& phrase, std::uint32_t last) const;
  std::uint32_t author_noun(const Phrase& phrase, std::uint32_t last) const;
  void note_author(Phrase& phrase, std::uint32_t of) const;
  bool leads_complement(std::uint32_t i) const;
  bool placed(std::uint32_t i) const;
  std::uint32_t apposition_comma(std::uint32_t i, std::uint32_t last) const;
  std::uint32_t complement_end(std::uint32_t i, std::uint32_t last) const;
  std::uint32_t body_name_end(std::uint32_t head, std::uint32_t last) const;
  std::uint32_t name_end(std::uint32_t i, std::uint32_t last) const;
  bool name_word(std::uint32_t i) const;
  bool acronym(std::uint32_t i) const;
  EntityId told_before(const Phrase& phrase);
  EntityId person_called(std::uint32_t head) const;
  EntityId person_beside(std::uint32_t i) const;
  EntityId lengthened(const Phrase& phrase);
  EntityId make(const Phrase& phrase, bool definite);
  Gender gender_of(const Phrase& phrase) const;
  ThingKind kind_of(const Phrase& phrase, bool definite) const;
  void add_mention(const Phrase& phrase, EntityId entity);

  const Scan& scan_;
  Entities& entities_;
  std::unordered_map<std::string, EntityId> by_id_;    // filled at the first need
  std::unordered_map<std::string, EntityId> by_head_;  // lemma of the head → the one last made
  std::vector<Mention> mentions_;
};

}  // namespace chancery::speech
