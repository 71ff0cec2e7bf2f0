// A page as this room reads it: for each word its classes from the speech rules, whether it stands inside quotation
// marks, in a time expression or in a mention. Filled in one walk; everything after that asks by index.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "statements/quotations.h"
#include "statements/rules.h"
#include "statements/statements.h"

namespace chancery::speech {

constexpr std::uint32_t kNoIndex = 0xFFFFFFFF;

enum class Punctuation : std::uint8_t {
  none,
  comma,
  colon,
  semicolon,
  stop,
  dash,
  open_bracket,
  close_bracket,
  quote,
  other
};

struct Word {
  std::uint64_t classes = 0;           // WordClass bits of form and lemma
  std::uint32_t cues = 0;              // 1 + index into Tables::cue_lists, 0: no word of saying
  std::uint32_t quotation = kNoIndex;  // the outermost quotation around it, its marks included
  std::uint32_t mention = kNoIndex;    // the longest mention that holds it
  std::uint32_t sentence = 0;
  Punctuation punctuation = Punctuation::none;
  bool mark = false;       // an outer quotation mark
  bool adverbial = false;  // an adverb, or part of an adverbial phrase
  bool in_time = false;    // part of a time expression
  bool maybe_participle = false, maybe_finite = false,
       maybe_gerund = false;  // a cue by its form alone, whatever the tagger says
};

// Everything that the search needs, side by side.
class Scan {
 public:
  Scan(const Page& page_, const Analysis& analysis_, const Times& times_, const Entities& entities_,
       const StatementRules::Tables& tables_);

  const Page& page;
  const Analysis& analysis;
  const Times& times;
  const Entities& entities;
  const StatementRules::Tables& tables;
  std::vector<Quotation> quotations;                           // of depth 0
  std::vector<std::uint32_t> quotation_first, quotation_last;  // their tokens [first, last), marks included
  std::vector<Word> words;                                     // one for each token
  std::vector<std::uint32_t> cue_tokens, source_starts;  // where a word of saying stands, where a source may be led

  std::uint32_t size() const { return static_cast<std::uint32_t>(words.size()); }
  const Token& token(std::uint32_t i) const { return analysis.tokens[i]; }
  bool is(std::uint32_t i, std::uint64_t bits) const { return (words[i].classes & bits) != 0; }
  bool quoted(std::uint32_t i) const { return words[i].quotation != kNoIndex; }
  bool opens_quotation(std::uint32_t i) const {
    return words[i].quotation != kNoIndex && quotation_first[words[i].quotation] == i;
  }
  bool punctuation(std::uint32_t i) const {
    return words[i].punctuation != Punctuation::none || token(i).upos == Upos::PUNCT;
  }
  bool finite(std::uint32_t i) const {
    const Token& t = token(i);
    // A verb straight behind a determiner is a tagger's slip.
    return (t.upos == Upos::VERB || t.upos == Upos::AUX) && t.morph.is_finite() &&
           !(i > 0 && token(i - 1).upos == Upos::DET && token(i - 1).span.end <= t.span.begin);
  }
  bool verb(std::uint32_t i) const { return token(i).upos == Upos::VERB || token(i).upos == Upos::AUX; }
  bool noun(std::uint32_t i) const {
    // « Une Européenne »: with a capital an adjective is a noun.
    return token(i).upos == Upos::NOUN || token(i).upos == Upos::PROPN ||
           (token(i).upos == Upos::ADJ && (is(i, kSourceNoun) || token(i).capitalised) && i > 0 && !before_noun(i) &&
            (token(i - 1).upos == Upos::DET ||
             (i > 1 && (token(i - 1).upos == Upos::ADJ || is(i - 1, kSame)) && token(i - 2).upos == Upos::DET)));
  }
  // « une | jeune | femme »: straight before a noun an adjective is one.
  bool before_noun(std::uint32_t i) const {
    return i + 1 < size() && token(i + 1).upos == Upos::NOUN && !token(i + 1).capitalised &&
           is(i + 1, kSourceNoun) == is(i, kSourceNoun);
  }
  // A capitalised word that is no mention: a name that nobody knows.
  bool unknown_name(std::uint32_t i) const {
    return token(i).capitalised && words[i].mention == kNoIndex && (token(i).upos == Upos::PROPN || !token(i).known);
  }
  bool infinitive(std::uint32_t i) const { return verb(i) && token(i).morph.is_infinitive(); }
  bool preposition(std::uint32_t i) const {
    return ((is(i, kPreposition) && token(i).upos != Upos::DET) || token(i).upos == Upos::ADP) && !partitive_head(i);
  }
  // « Des élus ont dit »: at the head of a sentence the contraction is an article.
  bool partitive_head(std::uint32_t i) const {
    return token(i).part == 1 && is(i, kOfMarker) && i == sentence_of(i).first && i + 1 < size() &&
           token(i + 1).morph.number == Number::plur;
  }
  // The token behind the dateline that begins at token i: « NIAMEY, 23 décembre (Agence) -- »; i if none does.
  std::uint32_t behind_dateline(std::uint32_t i) const;
  const Sentence& sentence_of(std::uint32_t i) const { return analysis.sentences[words[i].sentence]; }
  const Mention& mention(std::uint32_t index) const { return entities.mentions[MentionId(index)]; }
  // The number of words that the longest phrase of the table has at token i; 0 if none stands there.
  // `which` is set to the phrase.
  std::uint32_t phrase_at(const SpeechPhrases& table, std::uint32_t i, std::uint32_t* which = nullptr) const;

 private:
  void classify();
  std::uint64_t classes_behind_hyphen(const Token& token) const;
  void mark_quotations();
  void mark_times();
  void mark_mentions();
  bool nameless_source(const Mention& mention) const;
  bool one_of_a_people(const Mention& mention) const;
  bool clock_word(std::uint32_t i) const;
  void mark_adverbials();

  std::vector<std::uint32_t> adverbial_starts_;
  std::vector<std::uint64_t> nameless_;  // lemmas of the nouns of sources without a name
};

}  // namespace chancery::speech
