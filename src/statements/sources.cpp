// The phrase is the noun with its adjectives and its complements, or the run of capitalised words. A name in apposition
// wins over its noun. A bare « le joueur » names nobody: who is meant has been told before.
#include "statements/sources.h"

#include <algorithm>

#include "text/fold.h"

namespace chancery::speech {

namespace {

constexpr std::uint32_t kLongestLookBack = 600;  // words to a noun's first mention
constexpr std::uint32_t kLongestName = 8;        // words

constexpr std::string_view kLocal = "local/";

std::string folded_id(std::string_view words) {
  std::string id(kLocal);
  const NameWords split = split_name_words(words);
  for (std::size_t i = 0; i < split.words.size(); ++i) {
    if (i > 0) id += '-';
    id += split.word(i);
  }
  return id;
}

}  // namespace

bool Sources::name_word(std::uint32_t i) const {
  return scan_.unknown_name(i) && !scan_.quoted(i) && !scan_.punctuation(i);
}

// « SUD » behind « le syndicat »: capitals throughout.
bool Sources::acronym(std::uint32_t i) const {
  const std::string_view word = scan_.page.text[scan_.token(i).span];
  return word.size() >= 2 && scan_.words[i].mention == kNoIndex && !scan_.quoted(i) &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The token behind the name that begins at i; capitals joined by little words such as « of ».
std::uint32_t Sources::name_end(std::uint32_t i, std::uint32_t last) const {
  std::uint32_t end = i;
  while (end < last && end - i < kLongestName) {
    if (name_word(end) || (end == i && acronym(i)) ||
        (end > i && scan_.token(end).capitalised && scan_.words[end].mention == kNoIndex && !scan_.quoted(end) &&
         !scan_.punctuation(end))) {
      ++end;
    } else if (end > i && scan_.is(end, kNameConnector) && end + 1 < last && scan_.token(end + 1).capitalised &&
               scan_.words[end + 1].mention == kNoIndex && !scan_.quoted(end + 1)) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

// « une source à Lomé »: behind one who is new and has no name, a town tells which one.
bool Sources::placed(std::uint32_t i) const {
  if (i < 2 || scan_.words[i + 1].mention == kNoIndex || scan_.quoted(i + 1)) return false;
  const Mention& mention = scan_.mention(scan_.words[i + 1].mention);
  if (mention.form != MentionForm::name || !mention.entity) return false;
  if (!mention.as_place && entities_.entities[mention.entity].kind != ThingKind::place) return false;
  std::uint32_t k = i;
  while (k > 0 && i - k < 3 && (scan_.token(k - 1).upos == Upos::ADJ || scan_.is(k - 1, kSourceNoun))) --k;
  return k < i && k > 0 && scan_.is(k - 1, kIndefinite) && !scan_.words[i + 1].in_time;
}

// « du quartier », « en santé publique », « à la présidence »; not « en poste » nor « à la presse ».
bool Sources::leads_complement(std::uint32_t i) const {
  if (scan_.is(i, kOfMarker)) return true;
  if (i + 1 >= scan_.size()) return false;
  if (scan_.is(i, kGerundLead)) return !scan_.is(i + 1, kStateLead);
  if (scan_.is(i, kToMarker) && placed(i)) return true;
  const bool near = scan_.is(i, kAddresseePreposition) && scan_.is(i + 1, kOfMarker);  // « auprès de l'UE »
  if (!near && (!scan_.is(i, kToMarker) || scan_.token(i + 1).upos != Upos::DET)) return false;
  std::uint32_t k = i + 2;
  while (near && k < scan_.size() && scan_.token(k).upos == Upos::DET && scan_.words[k].mention == kNoIndex) ++k;
  while (k < scan_.size() && k < i + 4 && scan_.token(k).upos == Upos::ADJ && scan_.words[k].mention == kNoIndex) ++k;
  if (k >= scan_.size() || scan_.quoted(k) || scan_.is(k, kAudience)) return false;
  const std::uint32_t mention = scan_.words[k].mention;
  if (mention == kNoIndex) return scan_.token(k).upos == Upos::NOUN && !scan_.words[k].in_time;
  const Mention& other = scan_.mention(mention);
  return other.entity && entities_.entities[other.entity].kind == ThingKind::organisation &&
         !entities_.entities[other.entity].outlet;
}

// The token behind « du quartier », « de l'hôpital central », « en santé publique » at i; i if none stands there.
std::uint32_t Sources::complement_end(std::uint32_t i, std::uint32_t last) const {
  if (i >= last || scan_.quoted(i) || !leads_complement(i)) return i;
  std::uint32_t k = i + 1;
  while (k < last && !scan_.quoted(k) && scan_.words[k].mention == kNoIndex &&
         (scan_.is(k, kOfMarker) || scan_.token(k).upos == Upos::DET ||
          (scan_.token(k).upos == Upos::NUM && !scan_.token(k).capitalised) ||
          (scan_.token(k).upos == Upos::ADJ && !scan_.noun(k))))
    ++k;
  if (k >= last || scan_.quoted(k)) return i;
  if (const std::uint32_t mention = scan_.words[k].mention; mention != kNoIndex) {
    if (scan_.mention(mention).form == MentionForm::pronoun) return i;
    while (k < last && scan_.words[k].mention == mention) ++k;
    return k;
  }
  if (name_word(k)) return name_end(k, last);
  if (scan_.token(k).upos == Upos::NUM) return k + 1;  // « des Six »
  if (!scan_.noun(k)) return i;
  return scan_.token(k).capitalised ? body_name_end(k, last) : k + 1;
}

// « du Mouvement patriotique pour le salut »: the name of a body that nobody knows goes on in small letters.
std::uint32_t Sources::body_name_end(std::uint32_t head, std::uint32_t last) const {
  constexpr std::uint32_t kLongestBody = 12;  // words
  std::uint32_t end = head + 1;
  for (std::uint32_t k = end; k < last && k < head + kLongestBody && !scan_.quoted(k) && !scan_.punctuation(k); ++k) {
    if (scan_.words[k].mention != kNoIndex || scan_.words[k].in_time || scan_.verb(k)) break;
    const Upos upos = scan_.token(k).upos;
    if (upos == Upos::ADJ || upos == Upos::NOUN || upos == Upos::PROPN) {
      end = k + 1;
    } else if (upos != Upos::ADP && upos != Upos::DET && upos != Upos::CCONJ) {
      break;
    }
  }
  return end;
}

// « le professeur X », « l'agence X »: a person's name behind a person's noun, a body's behind a body's.
bool Sources::names_the_noun(std::uint32_t noun, const Mention& mention) const {
  const ThingKind kind = entities_.entities[mention.entity].kind;
  if (kind == ThingKind::person) return !scan_.is(noun, kBodyNoun | kTextNoun);
  return kind == ThingKind::organisation && scan_.is(noun, kBodyNoun);
}

// The comma at i, or the one behind a place where somebody is: « un conseiller au Sénat, X », « en poste à Y, X ».
std::uint32_t Sources::apposition_comma(std::uint32_t i, std::uint32_t last) const {
  if (i >= last || !scan_.preposition(i) || scan_.quoted(i)) return i;
  for (std::uint32_t k = i + 1; k < last && k < i + 8; ++k) {
    if (scan_.words[k].punctuation == Punctuation::comma) return k;
    if (scan_.quoted(k) || scan_.verb(k) || scan_.punctuation(k)) return i;
  }
  return i;
}

// « un manifestant, X Y, »: a name in apposition behind the comma at i.
void Sources::take_apposition(Phrase& phrase, std::uint32_t i, std::uint32_t last) const {
  i = apposition_comma(i, last);
  if (i + 1 >= last || scan_.words[i].punctuation != Punctuation::comma || scan_.quoted(i)) return;
  if (scan_.is(phrase.head, kBodyNoun | kTextNoun) || scan_.token(phrase.head).morph.number == Number::plur) return;
  std::uint32_t end = i + 1;
  // « un porte-parole de l'armée, le capitaine X »
  while (end + 1 < last && end < i + 4 && scan_.words[end].mention == kNoIndex &&
         (scan_.token(end).upos == Upos::DET || (scan_.noun(end) && scan_.is(end, kSourceNoun))))
    ++end;
  const std::uint32_t name = end;
  const std::uint32_t mention = scan_.words[end].mention;
  if (mention != kNoIndex) {
    const Mention& other = scan_.mention(mention);
    if (other.form != MentionForm::name || !other.entity || !names_the_noun(phrase.head, other)) return;
    while (end < last && scan_.words[end].mention == mention) ++end;
  } else {
    end = name_end(name, last);
    if (end < name + 2) return;  // two words at least
  }
  if (end < last && !scan_.punctuation(end) && !scan_.preposition(end)) return;
  phrase.end = end;
  if (mention != kNoIndex) {
    phrase.known = mention;
  } else {
    phrase.begin = phrase.head = name;
    phrase.name = true;
  }
}

// « pro-démocratie » behind « les groupes »: a word with a hyphen that no lexicon has.
bool Sources::compound(std::uint32_t i) const {
  return !scan_.token(i).known && !scan_.token(i).capitalised && scan_.words[i].mention == kNoIndex &&
         scan_.page.text[scan_.token(i).span].find('-', 1) != std::string_view::npos;
}

// The token behind « associé aux travaux de la délégation », « concernée par la mesure » at i; i if none stands there.
std::uint32_t Sources::attachment_end(std::uint32_t i, std::uint32_t last) const {
  const std::uint32_t length = scan_.phrase_at(scan_.tables.attachments, i);
  if (length == 0 || i + length + 1 >= last || !scan_.preposition(i + length)) return i;
  std::uint32_t end = skip_phrase(scan_, i + length, last);
  if (end < last && scan_.is(end, kOfMarker) && !scan_.quoted(end)) end = skip_phrase(scan_, end, last);
  while (end < last && scan_.token(end).upos == Upos::ADJ && !scan_.quoted(end) && scan_.words[end].mention == kNoIndex)
    ++end;
  return end;
}

// « un commandant qui se fait appeler X », « un habitant prénommé X »
bool Sources::take_naming(Phrase& phrase, std::uint32_t last) const {
  if (phrase.end >= last || scan_.is(phrase.head, kTextNoun)) return false;
  std::uint32_t i = phrase.end;
  if (scan_.words[i].punctuation == Punctuation::comma) ++i;
  const std::uint32_t length = i < last ? scan_.phrase_at(scan_.tables.namings, i) : 0;
  std::uint32_t begin = i + length;
  if (length == 0 || begin >= last) return false;
  if (scan_.words[begin].mark && begin + 1 < last) ++begin;  // « qui se fait appeler « X » »
  const std::uint32_t mention = scan_.words[begin].mention;
  std::uint32_t end = begin;
  if (mention != kNoIndex) {
    if (scan_.mention(mention).form != MentionForm::name || !scan_.mention(mention).entity) return false;
    while (end < last && scan_.words[end].mention == mention) ++end;
    phrase.known = mention;
    phrase.end = end;
    return true;
  }
  while (end < last && end < begin + kLongestName && scan_.token(end).capitalised && !scan_.punctuation(end)) ++end;
  if (end == begin) return false;
  phrase.begin = phrase.head = begin;
  phrase.end = end;
  phrase.name = true;
  return true;
}

void Sources::extend_noun(Phrase& phrase, std::uint32_t last) const {
  std::uint32_t k = phrase.end;
  for (int steps = 0; steps < 8 && k < last; ++steps) {
    if (scan_.quoted(k) || scan_.punctuation(k)) break;
    if (const std::uint32_t mention = scan_.words[k].mention; mention != kNoIndex) {
      const Mention& other = scan_.mention(mention);
      if (other.form == MentionForm::name && other.entity && names_the_noun(phrase.head, other)) {
        phrase.known = mention;
        while (k < last && scan_.words[k].mention == mention) ++k;
        phrase.end = k;
      }
      break;
    }
    if (name_word(k) || acronym(k)) {
      phrase.begin = phrase.head = k;
      phrase.end = name_end(k, last);
      phrase.name = true;
      break;
    }
    if (const std::uint32_t length = scan_.is(phrase.head, kBodyNoun) ? scan_.phrase_at(scan_.tables.standings, k) : 0;
        length > 0) {
      k += length;
      phrase.end = k;
      phrase.complement = true;
      continue;
    }
    if (const std::uint32_t end = attachment_end(k, last); end > k) {
      phrase.end = end;
      phrase.complement = true;
      break;
    }
    if (scan_.token(k).upos == Upos::ADJ || compound(k)) {
      if (scan_.is(k, kStateLead)) break;  // « un avocat présent sur place »
      ++k;
      phrase.adjective = true;
    } else if (phrase.adjective && scan_.is(k, kCoordinator) && k + 1 < last && scan_.token(k + 1).upos == Upos::ADJ &&
               scan_.words[k + 1].mention == kNoIndex) {
      k += 2;  // « des sources sécuritaires et humanitaires »
    } else {
      // One person at a place: « un conseiller à la présidence »; not « des fabricants aux hôpitaux ».
      const bool one =
          scan_.token(phrase.head).morph.number != Number::plur && !scan_.is(phrase.head, kBodyNoun | kTextNoun);
      if (scan_.is(k, kToMarker | kAddresseePreposition) && !one) break;
      const std::uint32_t end = complement_end(k, last);
      if (end == k) break;
      if (phrase.author == kNoIndex && !phrase.complement) note_author(phrase, k);
      const bool descriptive = scan_.is(end - 1, kDescriptive);
      k = end;
      phrase.complement = phrase.complement || !descriptive;
      phrase.adjective = phrase.adjective || descriptive;
    }
    phrase.end = k;
  }
}

// « le rapport de l'organisation X », « la lettre du ministre Y »: a text has its author's voice.
void Sources::note_author(Phrase& phrase, std::uint32_t of) const {
  if (!scan_.is(phrase.head, kTextNoun) || !scan_.is(of, kOfMarker)) return;
  std::uint32_t k = of + 1;
  while (k < scan_.size() && k < of + 3 && scan_.token(k).upos == Upos::DET && scan_.words[k].mention == kNoIndex) ++k;
  if (k >= scan_.size() || scan_.words[k].mention == kNoIndex || scan_.quoted(k)) return;
  const Mention& mention = scan_.mention(scan_.words[k].mention);
  if (!mention.entity || mention.form == MentionForm::pronoun) return;
  const ThingKind kind = entities_.entities[mention.entity].kind;
  const bool issues = kind == ThingKind::state && scan_.is(phrase.head, kChannelNoun);  // « un communiqué de Kigali »
  if (kind == ThingKind::person || kind == ThingKind::organisation || issues) phrase.author = scan_.words[k].mention;
}

Sources::Phrase Sources::phrase_of(const Speaker& speaker, std::uint32_t limit) const {
  Phrase phrase;
  phrase.begin = speaker.begin;
  phrase.head = speaker.end - 1;
  phrase.end = speaker.end;
  const std::uint32_t sentence_last = scan_.sentence_of(phrase.head).last;
  const std::uint32_t last = std::min(sentence_last, std::max(limit, phrase.end));
  if (speaker.cut_name) {
    phrase.head = phrase.begin;
    phrase.name = true;
    return phrase;
  }
  if (name_word(phrase.head)) {
    phrase.name = true;
    const std::uint32_t first = scan_.sentence_of(phrase.head).first;
    phrase.begin = name_begin(scan_, phrase.head, first);
    phrase.end = name_end(phrase.begin, last);
    return phrase;
  }
  // « la Vestrian Union of Pilots »: a name whose last word so far is a common one.
  for (std::uint32_t i = phrase.begin; i < phrase.head; ++i) {
    if (!name_word(i) || !scan_.token(phrase.head).capitalised || name_end(i, last) <= phrase.head) continue;
    phrase.name = true;
    phrase.begin = i;
    phrase.end = name_end(i, last);
    return phrase;
  }
  extend_noun(phrase, last);
  // « l'ancien footballeur d'origine X » points back as « le footballeur » does.
  if (phrase.head > phrase.begin && scan_.is(phrase.head - 1, kSourceNoun) && phrase.complement) {
    phrase.complement = false;
  }
  if (!phrase.name && phrase.known == kNoIndex && !take_naming(phrase, sentence_last))
    take_apposition(phrase, phrase.end, last);
  return phrase;
}

// The person whose name stands beside the noun at i: « le professeur X », « X, professeur ».
EntityId Sources::person_beside(std::uint32_t i) const {
  const auto person_at = [&](std::uint32_t k) -> EntityId {
    if (k >= scan_.size() || scan_.words[k].mention == kNoIndex || scan_.quoted(k)) return {};
    const Mention& mention = scan_.mention(scan_.words[k].mention);
    if (mention.form != MentionForm::name || !mention.entity) return {};
    return entities_.entities[mention.entity].kind == ThingKind::person ? mention.entity : EntityId{};
  };
  std::uint32_t k = i + 1;
  while (k < scan_.size() && k < i + 4 && scan_.token(k).upos == Upos::ADJ && scan_.words[k].mention == kNoIndex) ++k;
  if (const EntityId found = person_at(k)) return found;
  k = i;
  while (k > 0 && i - k < 4 && (scan_.token(k - 1).upos == Upos::DET || scan_.token(k - 1).upos == Upos::ADJ)) --k;
  if (k < 2 || scan_.words[k - 1].punctuation != Punctuation::comma) return {};
  return person_at(k - 2);
}

// Whom the page has called by this noun before.
EntityId Sources::person_called(std::uint32_t head) const {
  const std::string_view lemma = scan_.analysis.lemma(head);
  std::uint32_t steps = 0;
  for (std::uint32_t i = head; i > 0 && steps < kLongestLookBack; ++steps) {
    --i;
    if (!(scan_.token(i).upos == Upos::NOUN || (scan_.token(i).upos == Upos::ADJ && scan_.is(i, kSourceNoun))) ||
        scan_.analysis.lemma(i) != lemma)
      continue;
    if (const EntityId found = person_beside(i)) return found;
    if (scan_.words[i].mention == kNoIndex) continue;
    const Mention& mention = scan_.mention(scan_.words[i].mention);
    const bool called_so = (mention.form == MentionForm::nominal && mention.head_token == i) ||
                           mention.form == MentionForm::office;  // « haut responsable » has two heads
    if (called_so && mention.entity && scan_.token(i).morph.number != Number::plur && mention.number != Number::plur &&
        !entities_.entities[mention.entity].thing)
      return mention.entity;
  }
  return {};
}

ThingKind Sources::kind_of(const Phrase& phrase, bool definite) const {
  if (!phrase.name) {
    const bool one = scan_.token(phrase.head).morph.number == Number::sing;
    const bool person = scan_.is(phrase.head, kSourceNoun) && !scan_.is(phrase.head, kBodyNoun | kTextNoun);
    return one && person ? ThingKind::person : ThingKind::group;
  }
  const std::string_view text = scan_.page.text.bytes();
  const Span span = scan_.token(phrase.begin).span;
  const bool letters = std::all_of(text.begin() + span.begin, text.begin() + span.end, [](char c) { return c < 'a'; });
  return definite || letters ? ThingKind::organisation : ThingKind::person;
}

void Sources::add_mention(const Phrase& phrase, EntityId entity) {
  const Span span{scan_.token(phrase.begin).span.begin, scan_.token(phrase.end - 1).span.end};
  for (std::uint32_t i = phrase.begin; i < phrase.end; ++i)
    if (scan_.words[i].mention != kNoIndex && !span.contains(scan_.mention(scan_.words[i].mention).span)) return;
  Mention mention;
  mention.span = span;
  mention.form = phrase.name ? MentionForm::name : MentionForm::nominal;
  mention.entity = entity;
  mention.first_token = phrase.begin;
  mention.last_token = phrase.end;
  mention.sentence = scan_.words[phrase.begin].sentence;
  mention.gender = phrase.name ? Gender::none : gender_of(phrase);
  mention.number = phrase.name ? Number::sing : scan_.token(phrase.head).morph.number;
  mention.head_token = phrase.head;
  mention.subject = true;
  mention.confidence = 0.6F;
  mentions_.push_back(mention);
}

// « une porte-parole »: the article says more than the noun.
Gender Sources::gender_of(const Phrase& phrase) const {
  if (phrase.head > 0)
    for (std::uint32_t i = phrase.head; i > 0 && phrase.head - i < 3; --i)
      if (scan_.token(i - 1).upos == Upos::DET && scan_.token(i - 1).morph.gender != Gender::none)
        return scan_.token(i - 1).morph.gender;
  return scan_.token(phrase.head).morph.gender;
}

// « un diplomate turc » of the entities is « un diplomate turc en poste à X »: he keeps his entity and gets all his
// words.
EntityId Sources::lengthened(const Phrase& phrase) {
  if (phrase.name || scan_.words[phrase.head].mention != kNoIndex) return {};
  const std::uint32_t at = scan_.token(phrase.head).span.begin;
  const std::vector<Mention>& all = entities_.mentions.rows();
  auto it = std::partition_point(all.begin(), all.end(), [&](const Mention& one) { return one.span.begin <= at; });
  for (int steps = 0; it != all.begin() && steps < 4; ++steps) {
    --it;
    if (!it->span.contains(scan_.token(phrase.head).span) || !it->entity) continue;
    if (it->form != MentionForm::office && it->form != MentionForm::name) continue;
    Entity& entity = entities_.entities[it->entity];
    if (entity.thing || !entity.members.empty()) return {};
    const Span span{scan_.token(phrase.begin).span.begin, scan_.token(phrase.end - 1).span.end};
    if (entity.name.size() < span.size()) entity.name = scan_.page.text[span];
    entity.kind = ThingKind::person;
    return it->entity;
  }
  return {};
}

EntityId Sources::make(const Phrase& phrase, bool definite) {
  if (const EntityId known = lengthened(phrase); known) {
    by_head_[std::string(scan_.analysis.lemma(phrase.head))] = known;
    return known;
  }
  if (by_id_.empty())
    for (std::uint32_t i = 0; i < entities_.entities.size(); ++i)
      if (const std::string& id = entities_.entities[EntityId(i)].id; id.rfind(kLocal, 0) == 0)
        by_id_.try_emplace(id, EntityId(i));
  const Span span{scan_.token(phrase.begin).span.begin, scan_.token(phrase.end - 1).span.end};
  const std::string_view words = scan_.page.text[span];
  const std::string id = folded_id(words);
  if (id == kLocal) return {};
  const auto [place, fresh] = by_id_.try_emplace(id, EntityId{});
  if (fresh) {
    Entity entity;
    entity.kind = kind_of(phrase, definite);
    entity.id = id;
    entity.name = words;
    if (phrase.begin < phrase.head &&
        (scan_.tables.demonstratives.find(scan_.token(phrase.begin).form_hash).classes & kQuantifier) != 0)
      entity.name = scan_.page.text[Span{scan_.token(phrase.begin + 1).span.begin, span.end}];
    if (!phrase.name && entity.kind == ThingKind::person) entity.gender = gender_of(phrase);
    place->second = entities_.entities.add(std::move(entity));
  }
  if (!phrase.name) by_head_[std::string(scan_.analysis.lemma(phrase.head))] = place->second;
  add_mention(phrase, place->second);
  return place->second;
}

// « un communiqué du ministère »: the body behind a text that the entities do not know.
std::uint32_t Sources::author_noun(const Phrase& phrase, std::uint32_t last) const {
  if (phrase.name || !scan_.is(phrase.head, kTextNoun) || phrase.author != kNoIndex) return kNoIndex;
  std::uint32_t k = phrase.head + 1;
  while (k < last && scan_.token(k).upos == Upos::ADJ && scan_.words[k].mention == kNoIndex) ++k;
  if (k + 1 >= last || !scan_.is(k, kOfMarker) || scan_.quoted(k)) return kNoIndex;
  for (++k; k < last && scan_.token(k).upos == Upos::DET && scan_.words[k].mention == kNoIndex;) ++k;
  if (k >= last || scan_.quoted(k) || scan_.words[k].mention != kNoIndex || !scan_.noun(k)) return kNoIndex;
  return scan_.is(k, kBodyNoun) && !scan_.is(k, kTextNoun) ? k : kNoIndex;
}

Naming Sources::name(Speaker& speaker, bool any_noun, std::uint32_t limit, bool new_one) {
  Phrase phrase = phrase_of(speaker, limit);
  if (const std::uint32_t body = author_noun(phrase, scan_.sentence_of(phrase.head).last); body != kNoIndex) {
    Speaker author = speaker;
    author.begin = body;
    author.end = body + 1;
    const Naming naming = name(author, any_noun, limit, new_one);
    if (naming != Naming::named) return naming;
    by_head_[std::string(scan_.analysis.lemma(phrase.head))] = author.entities[0];
    speaker.entities = author.entities;
    speaker.how = SpeakerHow::source;
    return naming;
  }
  const std::uint32_t noun = speaker.end - 1;
  if (!phrase.name && phrase.known == kNoIndex && !any_noun && !scan_.is(noun, kSourceNoun)) return Naming::nobody;
  std::uint32_t first = std::min(phrase.begin, speaker.begin);
  while (first > scan_.sentence_of(noun).first && scan_.token(first - 1).upos == Upos::DET && !scan_.quoted(first - 1))
    --first;
  const bool definite = scan_.is(first, kDefinite);
  EntityId entity;
  if (phrase.known != kNoIndex) {
    entity = scan_.mention(phrase.known).entity;
  } else if (phrase.author != kNoIndex) {
    entity = scan_.mention(phrase.author).entity;
    by_head_[std::string(scan_.analysis.lemma(phrase.head))] = entity;
  } else {
    while (phrase.begin < phrase.head && !scan_.is(phrase.begin, kPossessive) &&
           (scan_.token(phrase.begin).upos == Upos::DET || scan_.is(phrase.begin, kIndefinitePronoun)))
      ++phrase.begin;
    const bool pointed =
        (scan_.tables.demonstratives.find(scan_.token(first).form_hash).classes & kDefinite) != 0 && first < noun;
    if (!phrase.name && definite && (!phrase.complement || pointed) && !new_one) {
      entity = told_before(phrase);
      const bool person = scan_.is(phrase.head, kSourceNoun) && !scan_.is(phrase.head, kBodyNoun | kTextNoun) &&
                          scan_.token(phrase.head).morph.number != Number::plur;
      if (!entity && person) return phrase.adjective ? Naming::told_or_new : Naming::told_before;
    }
    if ((scan_.tables.demonstratives.find(scan_.token(first).form_hash).classes & kPossessive) != 0 && first < noun)
      entity = told_before(phrase);
    if (!entity) entity = make(phrase, definite && phrase.name);
  }
  if (!entity) return Naming::nobody;
  speaker.entities.assign(1, entity);
  speaker.span = Span{scan_.token(std::min(first, phrase.begin)).span.begin, scan_.token(phrase.end - 1).span.end};
  speaker.how = SpeakerHow::source;
  return Naming::named;
}

EntityId Sources::called(std::uint32_t noun) const {
  const auto found = by_head_.find(std::string(scan_.analysis.lemma(noun)));
  return found == by_head_.end() ? EntityId{} : found->second;
}

// Whom the page has called by the same noun.
EntityId Sources::told_before(const Phrase& phrase) {
  if (scan_.token(phrase.head).morph.number == Number::plur) return {};
  const auto before = by_head_.find(std::string(scan_.analysis.lemma(phrase.head)));
  if (before != by_head_.end()) {
    add_mention(phrase, before->second);
    return before->second;
  }
  return scan_.is(phrase.head, kBodyNoun | kTextNoun) ? EntityId{} : person_called(phrase.head);
}

void Sources::finish() {
  if (mentions_.empty()) return;
  std::vector<Mention>& all = entities_.mentions.rows();
  const auto before = [](const Mention& a, const Mention& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  };
  std::stable_sort(mentions_.begin(), mentions_.end(), before);
  mentions_.erase(std::unique(mentions_.begin(), mentions_.end(),
                              [](const Mention& a, const Mention& b) { return a.span == b.span; }),
                  mentions_.end());
  std::vector<Mention> merged;
  merged.reserve(all.size() + mentions_.size());
  std::merge(all.begin(), all.end(), mentions_.begin(), mentions_.end(), std::back_inserter(merged), before);
  all = std::move(merged);
}

}  // namespace chancery::speech
