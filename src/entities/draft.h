// A page while its entities are being found: drafts of mentions, and the roster of who has been met so far. The finders
// fill it in turn, each reading what those before it left; entities.cpp names their order and prints the result.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "entities/entities.h"
#include "entities/rules.h"
#include "entities/words.h"

namespace chancery::entities {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

enum class DraftKind : std::uint8_t {
  name,         // a name of the knowledge
  unknown,      // a run of capitalised words that the knowledge does not have
  title,        // an office, with or without the state
  collective,   // « la partie russe »
  nominal,      // « la diplomate », « le pays »
  counterpart,  // « son homologue américain »
  group,        // « les deux hommes », « MM. A et B »
  source,       // « des chercheurs », « un porte-parole »: those who speak and are not named
  pronoun,
  possessive,  // « son »
  adjective,   // « russe », also inside the others
};

struct Draft {
  DraftKind kind = DraftKind::name;
  std::uint32_t first = 0, last = 0;   // words [first, last)
  std::span<const NameEntry> entries;  // of names and adjectives: what the knowledge says the words may mean
  const std::vector<std::uint16_t>* titles = nullptr;  // of titles: indices into Tables::title_forms
  ThingId owner, second_owner;      // of titles, collectives, counterparts: the state or body named with it
  PhraseForm form;                  // of nominals, groups, pronouns, collectives
  std::uint8_t count = 0;           // of groups: how many
  std::uint32_t portfolio = kNone;  // of titles: first word of what the list does not have, « de l'Intérieur »
  Gender gender = Gender::none;
  Number number = Number::sing;
  ThingKind unknown_kind = ThingKind::person;  // of unknown names: what the clues say
  bool clued = false;                          // of unknown names: whether there is any clue
  bool speaks = false;                         // of unknown names of one word: a verb of saying beside it
  bool courtesy = false;                       // M., Mme, or a rank stands before
  bool former = false;                         // « ancien », « ex- »
  bool locative = false;                       // behind « à », « en », …: a place
  bool oblique = false;                        // of pronouns: behind « selon », not a subject
  bool last_named = false;                     // of pronouns: « ce dernier »
  bool inverted = false;                       // of pronouns: « a-t-il »
  bool pair = false;                           // of groups: « MM. A et B », its members stand inside
  bool dropped = false;                        // no mention after all
  bool metonym = false;
  bool subject = false;            // stands as a subject does: no preposition before, a finite verb near
  std::uint32_t governor = kNone;  // the word of the preposition before
  ThingId as_place;
  std::uint32_t entity = kNone;          // index into Roster::people
  std::uint32_t partner = kNone;         // the draft beside it that tells of the same one: title and name
  std::uint32_t calling = kNone;         // of nominals: first word of the last name that the page called so
  bool rule = false;                     // of nominals: « l'administration X », its last words the name
  bool staff = false;                    // of nominals: « son bureau »
  bool apposed = false;                  // of sources: the one of that name, which stands beside it
  bool movement = false;                 // of names: the page calls it a movement, « le mouvement X »
  bool place = false;                    // of nominals: « la capitale russe », « cette ville »
  std::uint32_t courtesy_first = kNone;  // first word of « M. » and the like before it
  Gender courtesy_gender = Gender::none;
  bool courtesy_plural = false;
  float confidence = 1;
};

struct HeldRole {
  std::string_view role;
  ThingId owner;
};

// Somebody or something met on the page.
struct Figure {
  Entity entity;
  std::vector<HeldRole> roles;
  std::string_view surname;  // folded; of persons. In PageWords::folded or the knowledge
  std::uint32_t count = 0;   // mentions so far
  std::uint32_t last_sentence = kNone;
  bool last_governed = false;                                       // the last time behind a preposition
  std::uint32_t subject_sentence = kNone;                           // where it last was a subject
  std::uint32_t earlier_sentence = kNone, earlier_subject = kNone;  // the same, of the sentences before that one
  float acting = 0;  // of states: how much it acts on the page so far, by itself or its people
  std::uint32_t acted_sentence = kNone;
  bool mentioned = false;
  bool movement = false;  // fights a state: known as such, or called so by the page
  bool unnamed = false;   // one person whom the page does not name, « un diplomate »
};

struct Roster {
  std::vector<Figure> figures;
  std::unordered_map<std::uint32_t, std::uint32_t> by_thing;  // ThingId::value → figure; never iterated
  std::unordered_map<std::string, std::uint32_t> by_id;       // likewise
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_surname;  // likewise; persons named in full
  std::unordered_map<std::uint32_t, std::uint32_t> state_votes;  // ThingId::value → how often the page speaks of it
};

struct PageEntities {
  PageEntities(const Page& page_, const Analysis& analysis_, const Knowledge& knowledge_,
               const EntityRules::Tables& rules_, Interval day_)
      : page(page_), analysis(analysis_), knowledge(knowledge_), rules(rules_), day(day_) {}

  const Page& page;
  const Analysis& analysis;
  const Knowledge& knowledge;
  const EntityRules::Tables& rules;
  Interval day;  // the page's; unknown on both sides if nothing fixes it
  PageWords words;
  std::vector<Draft> drafts;
  std::vector<std::uint32_t> name_at;   // for each word the name or adjective draft that begins there, or kNone
  std::vector<std::uint32_t> title_at;  // likewise for titles and collectives
  Roster roster;

  std::uint32_t add(Draft draft);
  const Token& token(std::uint32_t word) const { return analysis.tokens[words.words[word].token]; }
  Upos upos(std::uint32_t word) const { return analysis.tokens.empty() ? Upos::X : token(word).upos; }
  std::string_view folded(std::uint32_t word) const { return words.text(word); }

  // The longest phrase of a trie that begins at a word: the word behind it and its values; nothing if there is none.
  struct Match {
    std::uint32_t last = 0;
    const std::vector<std::uint16_t>* values = nullptr;
    explicit operator bool() const { return values != nullptr; }
  };
  Match match(const PhraseTrie& trie, std::uint32_t first) const;

  ThingId acts_for(ThingId person) const;
  // The organisation that a person heads or speaks for on the day, or that an office belongs to, if it is no state's.
  ThingId serves(ThingId person_or_office) const;
  // The states and bodies whose names and adjectives stand in words [first, last), linked, each once, in text order:
  // « russe, turc et iranien ».
  std::vector<ThingId> owners_in(std::uint32_t first, std::uint32_t last) const;
  // Whether a title is of a body, « le gouvernement », not of a person.
  bool names_body(const Draft& title) const;
  // The figure for a thing or a local name, made if it is new.
  std::uint32_t figure_of(ThingId thing);
  std::uint32_t local_figure(ThingKind kind, std::string_view name, std::string_view folded_name);
  // The figure of several together; the same members are the same group.
  std::uint32_t group_figure(std::vector<std::uint32_t> members);
  Figure& figure(std::uint32_t i) { return roster.figures[i]; }
  void vote(ThingId thing);
  std::uint32_t votes(ThingId thing) const;
};

// Whether the letters of word `acronym` begin words of [first, last), in order, and the first one begins it.
bool are_initials(const PageWords& words, std::uint32_t acronym, std::uint32_t first, std::uint32_t last);

// Whether a name of at least two words is a person's own but for a letter or two of the surname.
bool misspells(const PageEntities& page, const Draft& name, ThingId person);

// The finders, in the order in which they run. Each is linear in the length of the page.
void find_known_names(PageEntities& page);
void find_titles(PageEntities& page);
void find_unknown_names(PageEntities& page);
void find_references(PageEntities& page);
void find_surroundings(PageEntities& page);
void link_names(PageEntities& page);
void link_titles(PageEntities& page);
void resolve_references(PageEntities& page);

}  // namespace chancery::entities
