// Builds the row of phrases of each sentence, left to right, once.
#include "events/phrases.h"

#include <algorithm>

namespace chancery::frames {
namespace {

class Chunker {
 public:
  Chunker(const PageView& view, const Matches& matches, Phrases& out)
      : view_(view), tokens_(view.analysis.tokens), rules_(view.rules), matches_(matches), out_(out) {
    mention_of_.assign(tokens_.size(), kNoToken);
    adjective_of_.assign(tokens_.size(), kNoToken);
    time_of_.assign(tokens_.size(), kNoToken);
    mark_mentions();
    mark_times();
    out_.phrase_of.assign(tokens_.size(), kNoPhrase);
  }

  void run() {
    const std::vector<std::uint8_t> wanted = wanted_sentences();
    for (std::size_t index = 0; index < wanted.size(); ++index) {
      const Sentence& sentence = view_.analysis.sentences[index];
      begin_ = static_cast<std::uint32_t>(out_.phrases.size());
      out_.begin.push_back(begin_);
      if (wanted[index] == 0) continue;
      end_ = sentence.last;
      preposition_ = 0;
      negation_ = false;
      verb_seen_ = false;
      for (std::uint32_t token = sentence.first; token < end_;) token = std::max(step(token), token + 1);
      join_noun_phrases();
      for (std::uint32_t i = begin_; i < out_.phrases.size(); ++i)
        for (std::uint32_t token = out_.phrases[i].first; token < out_.phrases[i].last; ++token)
          out_.phrase_of[token] = i;
    }
    out_.begin.push_back(static_cast<std::uint32_t>(out_.phrases.size()));
  }

 private:
  // Only sentences that hold a trigger, or a time that the story may stand on, are ever asked about.
  std::vector<std::uint8_t> wanted_sentences() const {
    std::vector<std::uint8_t> wanted(view_.analysis.sentences.size(), 0);
    std::size_t sentence = 0;
    for (const Match& match : matches_.triggers) {
      while (sentence + 1 < wanted.size() && view_.analysis.sentences[sentence].last <= match.first) ++sentence;
      wanted[sentence] = 1;
    }
    for (const TimeMention& time : view_.times.mentions)
      if (time.sentence < wanted.size()) wanted[time.sentence] = 1;
    return wanted;
  }

  // For each token that a mention begins at: the longest such mention; adjectives apart.
  void mark_mentions() {
    const auto& rows = view_.entities.mentions.rows();
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const Mention& mention = rows[i];
      if (mention.first_token >= tokens_.size() || mention.last_token <= mention.first_token) continue;
      if (is_owned_elsewhere(mention)) continue;
      std::uint32_t& slot = mention.form == MentionForm::adjective ? adjective_of_[mention.first_token]
                                                                   : mention_of_[mention.first_token];
      if (mention.form == MentionForm::adjective && slot != kNoToken)
        continue;  // « russo-américain »: the first of two
      if (slot == kNoToken || rows[slot].last_token < mention.last_token) slot = i;
    }
  }

  // « ses troupes du Liban »: a possessive owns them, so what stands behind is where from, not whose.
  bool is_owned_elsewhere(const Mention& mention) const {
    if (mention.form != MentionForm::nominal || !mention.entity || mention.last_token - mention.first_token < 2)
      return false;
    if (view_.entities.entities[mention.entity].kind != ThingKind::state) return false;
    std::uint32_t before = mention.first_token;  // « ses derniers soldats du Mali »
    while (before > 0 && (tokens_[before - 1].upos == Upos::ADJ || tokens_[before - 1].upos == Upos::NUM)) --before;
    return before > 0 && (flags(before - 1) & kPossessive) != 0;
  }

  void mark_times() {
    std::size_t token = 0;
    for (std::uint32_t i = 0; i < view_.times.mentions.size(); ++i) {
      const Span span = view_.times.mentions[i].span;
      while (token < tokens_.size() && tokens_[token].span.end <= span.begin) ++token;
      for (std::size_t t = token; t < tokens_.size() && tokens_[t].span.begin < span.end; ++t) time_of_[t] = i;
    }
  }

  std::uint64_t flags(std::uint32_t token) const {
    return rules_.flag(out_.words[token]) | rules_.flag(out_.forms[token]);
  }

  Phrase& add(PhraseKind kind, std::uint32_t first, std::uint32_t last) {
    Phrase phrase;
    phrase.kind = kind;
    phrase.first = first;
    phrase.last = last;
    phrase.preposition = preposition_;
    phrase.preposition_token = preposition_ != 0 ? preposition_token_ : kNoToken;
    preposition_ = 0;
    out_.phrases.push_back(phrase);
    return out_.phrases.back();
  }

  void take_preposition(WordId word, std::uint32_t token) {
    if (preposition_ == 0) preposition_token_ = token;
    // « jusqu'en septembre »: the first of two says how far.
    if (preposition_ == 0 || (rules_.flag(preposition_) & kDeadlinePreposition) == 0) preposition_ = word;
  }

  // Reads what begins at `token`; returns the token behind it.
  std::uint32_t step(std::uint32_t token) {
    if (time_of_[token] != kNoToken) return time(token);
    if (is_adverbial(token)) return matches_.preposition_end[token];
    if (const std::uint32_t behind = behind_quantity(token); behind != token) return behind;
    if (joins(token)) {
      add(PhraseKind::coordinator, token, matches_.preposition_end[token]).word = rules_.coordination;
      return matches_.preposition_end[token];
    }
    if (matches_.preposition_end[token] != 0 && matches_.preposition[token] != rules_.coordination &&
        !runs_into_time(token, matches_.preposition_end[token])) {
      take_preposition(matches_.preposition[token], token);
      return matches_.preposition_end[token];
    }
    const Token& one = tokens_[token];
    if (mention_of_[token] != kNoToken && one.upos != Upos::PRON) return noun(token);
    switch (one.upos) {
      case Upos::ADP:
        if (is_partitive(token)) return noun(token + 1);
        // A word that no list names is a preposition all the same: it hides its noun from subject and object.
        take_preposition(out_.words[token] != 0 ? out_.words[token] : rules_.other, token);
        return token + 1;
      case Upos::PUNCT:
        return punctuation(token);
      case Upos::CCONJ:
        add(PhraseKind::coordinator, token, token + 1).word = out_.words[token];
        return token + 1;
      case Upos::SCONJ:
        if (opens_relative(token)) return pronoun(token);
        add(PhraseKind::subordinator, token, token + 1).word = out_.words[token];
        return token + 1;
      case Upos::AUX:
      case Upos::VERB:
        return verb(token, token);
      case Upos::PRON:
        return pronoun(token);
      case Upos::ADV:
        if ((flags(token) & kNegation) != 0) negation_ = true;
        if ((flags(token) & kPlaceRelative) != 0) return pronoun(token);
        return token + 1;
      case Upos::DET:
      case Upos::NUM:
      case Upos::ADJ:
      case Upos::NOUN:
      case Upos::PROPN:
      case Upos::X:
      case Upos::SYM:
        return noun(token);
      default:
        return token + 1;
    }
  }

  // « de nouveau », « une nouvelle fois »: passed over wherever they stand.
  bool is_adverbial(std::uint32_t token) const {
    return matches_.preposition_end[token] != 0 && matches_.preposition[token] == rules_.adverbial;
  }

  // « plus de 150 diplomates », « près de vingt pays »: what measures a number is no preposition of its own. The token
  // itself where nothing is measured.
  std::uint32_t behind_quantity(std::uint32_t token) const {
    if ((flags(token) & kQuantityWord) == 0 || token + 2 >= end_ || out_.words[token + 1] != rules_.of) return token;
    return tokens_[token + 2].upos == Upos::NUM ? token + 2 : token;
  }

  // « A ainsi que B », not « ainsi que l'a dit B ».
  bool joins(std::uint32_t token) const {
    const std::uint32_t behind = matches_.preposition_end[token];
    if (behind == 0 || behind >= end_ || matches_.preposition[token] != rules_.coordination) return false;
    const Upos upos = tokens_[behind].upos;
    return upos != Upos::PRON && upos != Upos::VERB && upos != Upos::AUX;
  }

  // « à la fin du mois »: the words of a time are no preposition.
  bool runs_into_time(std::uint32_t token, std::uint32_t behind) const {
    for (std::uint32_t i = token + 1; i < behind; ++i)
      if (time_of_[i] != kNoToken) return true;
    return false;
  }

  std::uint32_t time(std::uint32_t token) {
    const std::uint32_t which = time_of_[token];
    std::uint32_t last = token;
    while (last < end_ && time_of_[last] == which) ++last;
    Phrase& phrase = add(PhraseKind::time, token, last);
    phrase.time = which;
    return last;
  }

  std::uint32_t punctuation(std::uint32_t token) {
    const std::string_view form = view_.analysis.form(token);
    if (form == "(")
      if (const std::uint32_t behind = behind_parenthesis(token); behind != token) return behind;
    if (form == ",") {
      if (const std::uint32_t behind = behind_adverbial_aside(token); behind != token) return behind;
      add(PhraseKind::comma, token, token + 1);
    } else if (form == ";" || form == ":" || form == "(" || form == ")" || form == "–" || form == "—" || form == "-" ||
               form == "…") {
      add(PhraseKind::stop, token, token + 1);
    }
    return token + 1;  // quotation marks part nothing
  }

  // « a rappelé, avec effet immédiat, son ambassadeur »: an adverbial between commas is passed over with them. The
  // token itself where none stands.
  std::uint32_t behind_adverbial_aside(std::uint32_t comma) const {
    if (comma + 1 >= end_ || !is_adverbial(comma + 1)) return comma;
    const std::uint32_t behind = matches_.preposition_end[comma + 1];
    return behind < end_ && view_.analysis.form(behind) == "," ? behind + 1 : comma;
  }

  // « la Communauté d'Afrique de l'Est (EAC) », « six puissances (Chine, France, …) »: an aside in parentheses parts
  // nothing. It names who a noun phrase without names means. The token itself where a clause stands inside.
  std::uint32_t behind_parenthesis(std::uint32_t open) {
    std::uint32_t close = open + 1;
    for (; close < end_ && close < open + 40 && view_.analysis.form(close) != ")"; ++close) {
      const Token& one = tokens_[close];
      const bool verb = one.upos == Upos::VERB || one.upos == Upos::AUX;
      if (verb && !one.morph.is_participle() && !one.morph.is_infinitive()) return open;
    }
    if (close >= end_ || view_.analysis.form(close) != ")") return open;
    if (out_.phrases.size() > begin_) name_members(out_.phrases.back(), open + 1, close);
    for (std::uint32_t token = open + 1; token < close; ++token)
      if (time_of_[token] != kNoToken) token = std::max(time(token), token + 1) - 1;
    return close + 1;
  }

  void name_members(Phrase& phrase, std::uint32_t first, std::uint32_t last) {
    if (phrase.kind != PhraseKind::noun || phrase.pronoun || phrase.mention_begin != phrase.mention_end) return;
    while (first < last && tokens_[first].upos == Upos::DET) ++first;
    if (first == last || mention_of_[first] == kNoToken) return;  // « treize pays (plus le Vatican) »
    for (std::uint32_t token = first; token < last; ++token) {
      if (mention_of_[token] == kNoToken) continue;
      const Mention& mention = view_.entities.mentions.rows()[mention_of_[token]];
      if (!mention.entity) continue;
      const ThingKind kind = view_.entities.entities[mention.entity].kind;
      if (kind == ThingKind::state || kind == ThingKind::organisation) hold_mention(phrase, mention_of_[token]);
      token = std::max(mention.last_token, token + 1) - 1;
    }
  }

  // « a entamé des négociations »: the contraction behind a verb is an indefinite article, unless the verb takes « de
  // ».
  bool is_partitive(std::uint32_t token) const {
    if (out_.words[token] == rules_.of && is_negated_article(token)) return true;
    if (tokens_[token].part != 1 || token + 1 >= end_ || tokens_[token + 1].part != 2) return false;
    const WordId surface = rules_.words.find(view_.page.text[tokens_[token].span]);
    if (surface == 0 || (rules_.flag(surface) & kPartitive) == 0) return false;
    std::size_t i = out_.phrases.size();
    while (i > begin_ && (out_.phrases[i - 1].kind == PhraseKind::time || is_town(out_.phrases[i - 1]))) --i;
    if (i == begin_ || out_.phrases[i - 1].kind != PhraseKind::verb) return false;
    return (rules_.flag(out_.phrases[i - 1].word) & kTakesOf) == 0;
  }

  // « accueillir à Istanbul des pourparlers »: a town behind the verb.
  bool is_town(const Phrase& phrase) const {
    if (phrase.kind != PhraseKind::noun || phrase.mention_end != phrase.mention_begin + 1) return false;
    if ((rules_.flag(phrase.preposition) & kPlacePreposition) == 0 || phrase.determiner != Determiner::none)
      return false;
    return static_cast<bool>(view_.entities.mentions.rows()[out_.mentions[phrase.mention_begin]].as_place);
  }

  // « l'accord sur les céréales, que Moscou a dénoncé », not « a déclaré, mardi à Paris, que … »: nothing but a noun
  // and its complements stands before the comma, back to the verb.
  bool follows_named_thing() const {
    for (std::size_t i = out_.phrases.size() - 1; i-- > begin_;) {
      const Phrase& one = out_.phrases[i];
      if (one.kind == PhraseKind::noun && !one.pronoun) continue;
      return one.kind == PhraseKind::verb && i + 2 < out_.phrases.size() && (rules_.flag(one.word) & kSpeechVerb) == 0;
    }
    return false;
  }

  // « La visite que X devait effectuer … »: right behind the noun that opens a sentence there is nothing yet that could
  // govern a clause of words said.
  bool opens_relative(std::uint32_t token) const {
    if ((flags(token) & kRelative) == 0 || out_.phrases.size() <= begin_) return false;
    const Phrase& before = out_.phrases.back();
    if (before.kind == PhraseKind::comma && before.last == token) return follows_named_thing();
    if (before.kind != PhraseKind::noun || before.last != token) return false;
    if (!verb_seen_) return true;
    // « …, une demande que X a écartée »
    return before.preposition == 0 && before.determiner == Determiner::indefinite && out_.phrases.size() > begin_ + 1 &&
           out_.phrases[out_.phrases.size() - 2].kind == PhraseKind::comma;
  }

  // « n'imposera pas de sanctions »: right behind a negated verb « de » is the article.
  bool is_negated_article(std::uint32_t token) const {
    if (out_.phrases.size() <= begin_ || token + 1 >= end_ || tokens_[token + 1].upos == Upos::DET) return false;
    const Phrase& before = out_.phrases.back();
    if (before.kind != PhraseKind::verb || !before.negated || before.copula) return false;
    for (std::uint32_t i = before.last; i < token; ++i)
      if (tokens_[i].upos != Upos::ADV) return false;
    return (rules_.flag(before.word) & kTakesOf) == 0 && tokens_[token + 1].upos == Upos::NOUN;
  }

  // Whether the token is a pronoun that leans on a verb behind it.
  bool is_clitic(std::uint32_t token) const {
    if (tokens_[token].upos != Upos::PRON || (flags(token) & kSubjectPronoun) != 0) return false;
    if ((flags(token) & (kObjectPronoun | kReflexive | kPronounFirst)) == 0) return false;
    for (std::uint32_t i = token + 1; i < end_ && i < token + 4; ++i) {
      if (tokens_[i].upos == Upos::VERB || tokens_[i].upos == Upos::AUX) return true;
      if (tokens_[i].upos != Upos::PRON && tokens_[i].upos != Upos::ADV) return false;
    }
    return false;
  }

  std::uint32_t pronoun(std::uint32_t token) {
    const std::uint64_t word_flags = flags(token);
    if (is_clitic(token) && !subject_before_clitic(token)) return verb(token, token);
    if ((word_flags & kRelative) != 0) {
      Phrase& phrase = add(PhraseKind::relative, token, token + 1);
      phrase.word = out_.forms[token];
      phrase.relative_subject = (word_flags & kRelativeSubject) != 0;
      return token + 1;
    }
    Phrase& phrase = add(PhraseKind::noun, token, token + 1);
    phrase.pronoun = true;
    phrase.head = token;
    phrase.word = out_.words[token];
    if (mention_of_[token] != kNoToken) hold_mention(phrase, mention_of_[token]);
    return token + 1;
  }

  // « nous nous » : the first of two is the subject. « nous » alone before its verb is the subject too.
  bool subject_before_clitic(std::uint32_t token) const {
    if ((flags(token) & kPronounFirst) == 0 || (flags(token) & kSubjectPronoun) == 0) return false;
    return token == 0 || (flags(token - 1) & kSubjectPronoun) == 0;
  }

  void hold_mention(Phrase& phrase, std::uint32_t mention) {
    if (phrase.mention_begin == phrase.mention_end)
      phrase.mention_begin = static_cast<std::uint32_t>(out_.mentions.size());
    out_.mentions.push_back(mention);
    phrase.mention_end = static_cast<std::uint32_t>(out_.mentions.size());
  }

  // A noun phrase: determiners, adjectives, numbers, nouns and the names in it.
  std::uint32_t noun(std::uint32_t token) {
    Phrase phrase;
    phrase.kind = PhraseKind::noun;
    phrase.first = token;
    std::vector<std::uint32_t> mentions, adjectives;
    bool content = false;
    std::uint32_t at = token;
    for (; at < end_; ++at) {
      if (time_of_[at] != kNoToken && at > token) break;
      if (mention_of_[at] != kNoToken && tokens_[at].upos != Upos::PRON) {
        const Mention& mention = view_.entities.mentions.rows()[mention_of_[at]];
        if (tokens_[at].upos == Upos::DET && mention.last_token <= at + 1) {  // a possessive that has been resolved
          read_determiner(phrase, at);
          continue;
        }
        if (content && mention.form != MentionForm::name && phrase.head != kNoToken && !mentions.empty()) break;
        if (follows_a_name(mentions, at) || follows_bare_noun(phrase, mention, at)) break;
        mentions.push_back(mention_of_[at]);
        read_words(phrase, at, std::min(mention.last_token, end_), adjectives);
        at = std::min(mention.last_token, end_) - 1;
        content = true;
        continue;
      }
      const Upos upos = tokens_[at].upos;
      if (adjective_of_[at] != kNoToken) {
        take_adjectives(at, adjectives);
        content = true;
        continue;
      }
      if (upos == Upos::DET) {
        if (content) break;
        read_determiner(phrase, at);
      } else if (upos == Upos::NUM || upos == Upos::ADJ || upos == Upos::X || upos == Upos::SYM) {
        if ((flags(at) & kDistinct) != 0) phrase.distinct = true;
      } else if (upos == Upos::NOUN || upos == Upos::PROPN) {
        if (matches_.preposition_end[at] != 0 && content) break;
        if (phrase.head == kNoToken) set_head(phrase, at);
        if ((flags(at) & kDistinct) != 0) phrase.distinct = true;
        content = true;
      } else if (upos == Upos::ADV) {
        if (!leads_to_adjective(at)) break;
      } else if (upos == Upos::PUNCT) {
        if (!joins_inside(at)) break;
      } else if (upos == Upos::VERB && content && is_named_adjective(at)) {
        continue;
      } else {
        break;
      }
    }
    if (at == token) return token + 1;
    phrase.last = at;
    phrase.preposition = preposition_;
    phrase.preposition_token = preposition_ != 0 ? preposition_token_ : kNoToken;
    preposition_ = 0;
    take_measure(phrase);
    phrase.mention_begin = static_cast<std::uint32_t>(out_.mentions.size());
    out_.mentions.insert(out_.mentions.end(), mentions.begin(), mentions.end());
    phrase.mention_end = phrase.adjective_begin = static_cast<std::uint32_t>(out_.mentions.size());
    out_.mentions.insert(out_.mentions.end(), adjectives.begin(), adjectives.end());
    phrase.adjective_end = static_cast<std::uint32_t>(out_.mentions.size());
    if (phrase.head == kNoToken) {
      phrase.head = at - 1;
      phrase.word = out_.words[at - 1];
    }
    out_.phrases.push_back(phrase);
    return at;
  }

  // « deux jours de discussions »: the measure of time is no phrase that the noun complements; the noun stands for
  // both.
  void take_measure(Phrase& phrase) const {
    if (phrase.preposition != rules_.of || out_.phrases.size() <= begin_) return;
    const Phrase& before = out_.phrases.back();
    if (before.kind != PhraseKind::time || before.last != phrase.preposition_token) return;
    if (view_.times.mentions[before.time].type != TimexType::duration) return;
    phrase.preposition = before.preposition;
    phrase.preposition_token = before.preposition_token;
  }

  // « mettre en garde Moscou »: behind a preposition and a noun without article a state or a town stands for itself.
  bool follows_bare_noun(const Phrase& phrase, const Mention& mention, std::uint32_t at) const {
    if (preposition_ == 0 || preposition_ == rules_.of || phrase.determiner != Determiner::none || phrase.agent)
      return false;
    if (phrase.head == kNoToken || phrase.head + 1 != at || phrase.first != phrase.head || !mention.entity)
      return false;
    const ThingKind kind = view_.entities.entities[mention.entity].kind;
    return tokens_[phrase.head].upos == Upos::NOUN && (kind == ThingKind::state || kind == ThingKind::place);
  }

  // « à Genève Mikhaïl Gorbatchev »: two names side by side are two phrases, unless a hyphen joins them.
  bool follows_a_name(const std::vector<std::uint32_t>& mentions, std::uint32_t at) const {
    if (mentions.empty() || at == 0) return false;
    const Mention& before = view_.entities.mentions.rows()[mentions.back()];
    return before.form == MentionForm::name && before.last_token == at && tokens_[at].space_before;
  }

  // The words inside a mention: its first noun is the head, its adjectives of states count for the phrase.
  void read_words(Phrase& phrase, std::uint32_t first, std::uint32_t last, std::vector<std::uint32_t>& adjectives) {
    for (std::uint32_t i = first; i < last; ++i) {
      if (phrase.head == kNoToken && (tokens_[i].upos == Upos::NOUN || tokens_[i].upos == Upos::PROPN))
        set_head(phrase, i);
      if (adjective_of_[i] != kNoToken) take_adjectives(i, adjectives);
    }
  }

  // The adjectives of states in one word: two in « russo-américain ».
  void take_adjectives(std::uint32_t token, std::vector<std::uint32_t>& adjectives) const {
    const auto& rows = view_.entities.mentions.rows();
    for (std::uint32_t i = adjective_of_[token]; i < rows.size() && rows[i].first_token == token; ++i)
      if (rows[i].form == MentionForm::adjective) adjectives.push_back(i);
  }

  void set_head(Phrase& phrase, std::uint32_t token) {
    phrase.head = token;
    phrase.word = out_.words[token];
    phrase.agent = (flags(token) & kAgentNoun) != 0;
  }

  void read_determiner(Phrase& phrase, std::uint32_t token) {
    const std::uint64_t word_flags = flags(token);
    if (phrase.determiner == Determiner::none)
      phrase.determiner = (word_flags & kDemonstrative) != 0  ? Determiner::demonstrative
                          : (word_flags & kPossessive) != 0   ? Determiner::possessive
                          : (word_flags & kNoDeterminer) != 0 ? Determiner::negative
                          : (word_flags & kIndefinite) != 0   ? Determiner::indefinite
                          : (word_flags & kDefinite) != 0     ? Determiner::definite
                                                              : Determiner::none;
    if ((word_flags & kDistinct) != 0) phrase.distinct = true;
  }

  // An adverb inside a noun phrase stands before its adjective.
  bool leads_to_adjective(std::uint32_t token) const {
    return token + 1 < end_ && tokens_[token + 1].upos == Upos::ADJ && (flags(token) & (kNegation | kNegator)) == 0;
  }

  bool is_quotation_mark(std::uint32_t token) const {
    const std::string_view form = view_.analysis.form(token);
    return form == "«" || form == "»" || form == "\"" || form == "“" || form == "”";
  }

  // Quotation marks, and hyphens between names, do not end a noun phrase.
  bool joins_inside(std::uint32_t token) const {
    const std::string_view form = view_.analysis.form(token);
    if (is_quotation_mark(token)) return true;
    return (form == "-" || form == "–" || form == "/") && token + 1 < end_ && !tokens_[token].space_before &&
           !tokens_[token + 1].space_before;
  }

  // A state's adjective that the tagger took for a verb (« allié »).
  bool is_named_adjective(std::uint32_t token) const { return adjective_of_[token] != kNoToken; }

  // A verb group: pronouns, auxiliaries, adverbs, and the main verb or the predicate adjective.
  std::uint32_t verb(std::uint32_t token, std::uint32_t at) {
    Phrase phrase;
    phrase.kind = PhraseKind::verb;
    phrase.first = token;
    std::vector<std::uint32_t> clitics;
    std::uint32_t last_auxiliary = kNoToken;
    std::uint32_t auxiliaries = 0;
    bool reflexive = false;
    bool negator = false;
    for (; at < end_; ++at) {
      const Token& one = tokens_[at];
      const std::uint64_t word_flags = flags(at);
      if (auxiliaries > 0 && is_adverbial(at)) {  // « a une nouvelle fois écarté »
        at = matches_.preposition_end[at] - 1;
        continue;
      }
      if (time_of_[at] != kNoToken || matches_.preposition_end[at] != 0) {
        if (one.upos != Upos::AUX && one.upos != Upos::VERB) break;
      }
      if (one.upos == Upos::AUX || is_auxiliary(at)) {
        if (phrase.auxiliary == kNoToken) phrase.auxiliary = at;
        last_auxiliary = at;
        ++auxiliaries;
      } else if (one.upos == Upos::VERB) {
        if (auxiliaries > 0 && !one.morph.is_participle() && !may_be_participle(one)) break;
        phrase.head = at;
        ++at;
        break;
      } else if (one.upos == Upos::ADV) {
        negator = negator || (word_flags & kNegator) != 0;
        negation_ = negation_ || (word_flags & kNegation) != 0;
      } else if (one.upos == Upos::PRON) {
        if (auxiliaries > 0 && (word_flags & kSubjectPronoun) != 0) {  // « a-t-il »
          if (mention_of_[at] != kNoToken) phrase.inverted = mention_of_[at];
          continue;
        }
        if (!is_clitic(at)) break;
        if ((word_flags & kReflexive) != 0 || is_second_first_person(at)) reflexive = true;
        if (mention_of_[at] != kNoToken) clitics.push_back(mention_of_[at]);
      } else if (auxiliaries == 0 || !is_quotation_mark(at)) {
        break;
      }
    }
    if (phrase.head == kNoToken) {
      if (last_auxiliary == kNoToken) return std::max(at, token + 1);
      at = predicate(phrase, last_auxiliary, at);
    }
    for (std::uint32_t i = at; i < end_ && i < at + 2 && tokens_[i].upos == Upos::ADV; ++i)
      negator = negator || ((flags(i) & kNegator) != 0 && (negation_ || !counts(i)));
    if (at < end_ && (flags(at) & kNoDeterminer) != 0) negator = true;  // « n'acceptera aucune condition »
    at = inverted_subject(phrase, at);
    phrase.last = at;
    phrase.negated = negator && (negation_ || auxiliaries > 0);
    negation_ = false;
    verb_seen_ = true;
    shape(phrase, auxiliaries, last_auxiliary, reflexive);
    phrase.word = out_.words[phrase.head];
    if (phrase.shape == VerbShape::participle && auxiliaries == 0) share_auxiliary(phrase, at);
    phrase.preposition = preposition_;
    phrase.preposition_token = preposition_ != 0 ? preposition_token_ : kNoToken;
    preposition_ = 0;
    phrase.clitic_begin = static_cast<std::uint32_t>(out_.mentions.size());
    out_.mentions.insert(out_.mentions.end(), clitics.begin(), clitics.end());
    phrase.clitic_end = static_cast<std::uint32_t>(out_.mentions.size());
    out_.phrases.push_back(phrase);
    return at;
  }

  // « ont passé plus de quatre heures »: behind a verb that « ne » does not negate.
  bool counts(std::uint32_t adverb) const { return adverb + 1 < end_ && out_.words[adverb + 1] == rules_.of; }

  // « nie avoir attaqué »: the tagger may take an auxiliary for a verb of its own.
  bool is_auxiliary(std::uint32_t token) const {
    if (tokens_[token].upos != Upos::VERB || (flags(token) & kAuxiliaryVerb) == 0) return false;
    std::uint32_t next = token + 1;
    while (next < end_ && is_adverbial(next)) next = matches_.preposition_end[next];  // « a une nouvelle fois écarté »
    return next < end_ && tokens_[next].upos == Upos::VERB && tokens_[next].morph.is_participle();
  }

  // The tagger may take a participle for a finite form of the same spelling.
  static bool may_be_participle(const Token& token) { return token.morph.verb_form == VerbForm::none; }

  bool is_second_first_person(std::uint32_t token) const {
    return (flags(token) & kPronounFirst) != 0 && token > 0 && (flags(token - 1) & kPronounFirst) != 0;
  }

  // « est opposée », « est en visite »: an auxiliary without a verb. An adjective behind it is the predicate.
  std::uint32_t predicate(Phrase& phrase, std::uint32_t auxiliary, std::uint32_t at) {
    phrase.copula = true;
    phrase.head = auxiliary;
    if (at < end_ && tokens_[at].upos == Upos::ADJ && adjective_of_[at] == kNoToken &&
        !(at + 1 < end_ && tokens_[at + 1].upos == Upos::NOUN)) {
      phrase.head = at;
      return at + 1;
    }
    return std::max(at, auxiliary + 1);
  }

  // « annonce-t-il »: the pronoun behind a finite verb.
  std::uint32_t inverted_subject(Phrase& phrase, std::uint32_t at) {
    if (at >= end_ || tokens_[at].upos != Upos::PRON || tokens_[at].space_before) return at;
    if ((flags(at) & kSubjectPronoun) == 0) return at;
    if (mention_of_[at] != kNoToken) phrase.inverted = mention_of_[at];
    return at + 1;
  }

  void shape(Phrase& phrase, std::uint32_t auxiliaries, std::uint32_t last_auxiliary, bool reflexive) {
    const Token& main = tokens_[phrase.head];
    const Token& tense_bearer = phrase.auxiliary != kNoToken ? tokens_[phrase.auxiliary] : main;
    const Morph& morph = tense_bearer.morph;
    phrase.shape = morph.is_infinitive()              ? VerbShape::infinitive
                   : morph.verb_form == VerbForm::ger ? VerbShape::gerund
                   : morph.is_participle() ? (morph.tense == Tense::pres ? VerbShape::gerund : VerbShape::participle)
                                           : VerbShape::finite;
    phrase.mood = morph.mood;
    phrase.imperfect = morph.tense == Tense::imp;
    phrase.compound = auxiliaries > 0 && !phrase.copula;
    phrase.tense = morph.tense == Tense::fut                                 ? VerbTime::future
                   : morph.tense == Tense::past || morph.tense == Tense::imp ? VerbTime::past
                   : phrase.compound && (auxiliaries > 1 || !only_passive(phrase, last_auxiliary, reflexive))
                       ? VerbTime::past
                       : VerbTime::present;
    phrase.voice = Voice::active;
    if (reflexive)
      phrase.voice = Voice::reflexive;
    else if (phrase.shape == VerbShape::participle && auxiliaries == 0)
      phrase.voice = Voice::passive;
    else if (only_passive(phrase, last_auxiliary, reflexive))
      phrase.voice = Voice::passive;
  }

  // « a assuré que …, dénoncé X et reproché à Y », « a à son tour menacé »: a participle that another verb's « avoir »
  // serves. It stands in the masculine singular and has an object of its own behind it.
  void share_auxiliary(Phrase& phrase, std::uint32_t behind) {
    const std::uint32_t count = static_cast<std::uint32_t>(out_.phrases.size());
    if (count == begin_ || tokens_[phrase.head].morph.gender == Gender::fem ||
        tokens_[phrase.head].morph.number == Number::plur)
      return;
    const std::uint32_t near = count - 1;
    for (std::uint32_t i = count; i-- > begin_ && count - i < 8;) {  // « a, à son tour, menacé »
      const Phrase& one = out_.phrases[i];
      if (one.kind == PhraseKind::verb) {
        // « a, mardi dans un communiqué, menacé »: further off only around an aside.
        const bool aside = count - i < 4 || (out_.phrases[i + 1].kind == PhraseKind::comma &&
                                             out_.phrases[near].kind == PhraseKind::comma);
        if (aside && (one.copula || is_bare_auxiliary(one))) take_auxiliary(phrase, i, false);
        break;
      }
      if (one.kind == PhraseKind::noun && one.preposition == 0) break;
    }
    if (phrase.shared != kNoPhrase) return;
    if (out_.phrases[near].kind != PhraseKind::comma && out_.phrases[near].kind != PhraseKind::coordinator) return;
    if (!has_object_behind(behind)) return;
    // « a gracié X, condamné à mort à Y »: behind a comma alone it describes whom it stands beside.
    const bool oblique = out_.words[behind] == rules_.to || out_.words[behind] == rules_.of;
    if (oblique && out_.phrases[near].kind == PhraseKind::comma) return;
    std::uint32_t reported = kNoPhrase;
    bool in_clause = false;
    for (std::uint32_t i = count; i-- > begin_ && count - i < 30;) {
      const Phrase& one = out_.phrases[i];
      if (one.kind == PhraseKind::stop) break;
      if (one.kind == PhraseKind::subordinator || one.kind == PhraseKind::relative) in_clause = true;
      if (one.kind != PhraseKind::verb || !one.compound || one.voice != Voice::active || one.auxiliary == kNoToken)
        continue;
      if (reported == kNoPhrase) reported = i;
      if (in_clause) {
        reported = i;  // the verb that governs the clause tells on
        break;
      }
    }
    if (reported != kNoPhrase) take_auxiliary(phrase, reported, true);
  }

  bool is_bare_auxiliary(const Phrase& phrase) const {
    return !phrase.compound && (rules_.flag(phrase.word) & kAuxiliaryVerb) != 0;
  }

  void take_auxiliary(Phrase& phrase, std::uint32_t from, bool coordinated) {
    const Phrase& one = out_.phrases[from];
    if (one.shape != VerbShape::finite) return;
    phrase.shared = from;
    phrase.shape = VerbShape::finite;
    phrase.voice = !coordinated && (rules_.flag(one.word) & kPassiveAuxiliary) != 0 ? Voice::passive : Voice::active;
    phrase.tense = VerbTime::past;
    phrase.mood = one.mood;
    phrase.compound = true;
    phrase.imperfect = one.imperfect;
    phrase.auxiliary = one.auxiliary != kNoToken ? one.auxiliary : one.head;
    phrase.negated = phrase.negated || (!coordinated && one.negated);
  }

  bool has_object_behind(std::uint32_t token) const {
    if (token >= end_) return false;
    const Upos upos = tokens_[token].upos;
    return upos == Upos::DET || upos == Upos::PROPN || upos == Upos::SCONJ || upos == Upos::NUM ||
           out_.words[token] == rules_.to || out_.words[token] == rules_.of;
  }

  // Whether the last auxiliary makes a passive: « être » with a verb that does not take it in the active.
  bool only_passive(const Phrase& phrase, std::uint32_t last_auxiliary, bool reflexive) const {
    if (reflexive || last_auxiliary == kNoToken || phrase.copula) return false;
    return (flags(last_auxiliary) & kPassiveAuxiliary) != 0 && (rules_.flag(out_.words[phrase.head]) & kEtreVerb) == 0;
  }

  // Coordination and apposition between the noun phrases of the sentence.
  void join_noun_phrases() {
    auto& phrases = out_.phrases;
    for (std::uint32_t i = begin_; i + 2 < phrases.size(); ++i) {
      if (phrases[i].kind != PhraseKind::noun) continue;
      if (phrases[i + 2].kind == PhraseKind::coordinator) join_behind_apposition(i);
      if (phrases[i + 2].kind != PhraseKind::noun) continue;
      Phrase& right = phrases[i + 2];
      const bool same_preposition = right.preposition == 0 || right.preposition == phrases[i].preposition;
      if (phrases[i + 1].kind == PhraseKind::coordinator && same_preposition &&
          (rules_.flag(phrases[i + 1].word) & kCoordinator) != 0) {
        right.coordinated = i;
        join_list(i, i + 3 < phrases.size() && phrases[i + 3].kind == PhraseKind::verb);
      } else if (phrases[i + 1].kind == PhraseKind::comma && right.preposition == 0) {
        right.apposed = i;
      }
    }
    for (std::uint32_t i = begin_; i < phrases.size(); ++i)
      if (phrases[i].coordinated != kNoPhrase && phrases[i].preposition == 0) {
        phrases[i].preposition = phrases[phrases[i].coordinated].preposition;
        phrases[i].preposition_token = phrases[phrases[i].coordinated].preposition_token;
      }
  }

  // « le président, X, et le ministre, Y »: behind an apposition between commas, « et » joins to what it stands beside.
  void join_behind_apposition(std::uint32_t last) {
    auto& phrases = out_.phrases;
    if (last + 3 >= phrases.size() || phrases[last + 1].kind != PhraseKind::comma) return;
    Phrase& right = phrases[last + 3];
    if (right.kind != PhraseKind::noun || right.preposition != 0) return;
    if ((rules_.flag(phrases[last + 2].word) & kCoordinator) == 0) return;
    std::uint32_t one = last;
    while (one > begin_ && phrases[one].preposition != 0 && phrases[one - 1].kind == PhraseKind::noun) --one;
    const std::uint32_t head = phrases[one].apposed;
    if (head == kNoPhrase || opens_clause(last + 3, head)) return;
    right.coordinated = head;
  }

  // « A a reçu B, ministre, et C a protesté »: behind a verb of its own, what stands right before the next is a
  // subject.
  bool opens_clause(std::uint32_t phrase, std::uint32_t head) const {
    const auto& phrases = out_.phrases;
    if (phrase + 1 >= phrases.size() || phrases[phrase + 1].kind != PhraseKind::verb) return false;
    for (std::uint32_t i = head; i-- > begin_ && head - i < 30;)
      if (phrases[i].kind == PhraseKind::verb) return true;
    return false;
  }

  // « A, B et C »: what looked like an apposition before « et » was a list; not so « Selon A, B et C ont … », where the
  // comma ends an adverbial.
  void join_list(std::uint32_t last, bool before_verb) {
    for (std::uint32_t i = last; out_.phrases[i].apposed != kNoPhrase;) {
      Phrase& phrase = out_.phrases[i];
      if (before_verb && heads_adverbial(phrase.apposed)) {
        phrase.apposed = kNoPhrase;
        return;
      }
      phrase.coordinated = phrase.apposed;
      i = phrase.apposed;
      phrase.apposed = kNoPhrase;
    }
  }

  // Whether a preposition stands before the phrase, or before what it is listed with.
  bool heads_adverbial(std::uint32_t phrase) const {
    if (out_.phrases[phrase].preposition == rules_.between) return false;  // « entre A, B et C » wants them all
    while (out_.phrases[phrase].preposition == 0) {
      if (out_.phrases[phrase].apposed != kNoPhrase)
        phrase = out_.phrases[phrase].apposed;
      else if (out_.phrases[phrase].coordinated != kNoPhrase)
        phrase = out_.phrases[phrase].coordinated;
      else
        return false;
    }
    return true;
  }

  const PageView& view_;
  const std::vector<Token>& tokens_;
  const Tables& rules_;
  const Matches& matches_;
  Phrases& out_;
  std::vector<std::uint32_t> mention_of_, adjective_of_, time_of_;
  std::uint32_t begin_ = 0, end_ = 0;
  WordId preposition_ = 0;
  std::uint32_t preposition_token_ = kNoToken;
  bool negation_ = false;
  bool verb_seen_ = false;  // in the sentence so far
};

}  // namespace

void find_phrases(const PageView& view, const Matches& matches, Phrases& phrases) {
  Chunker(view, matches, phrases).run();
  phrases.event_noun.assign(phrases.phrases.size(), 0);
  for (const Match& match : matches.triggers) {
    const std::uint32_t phrase = phrases.phrase_of[match.trigger_first];
    if (phrase != kNoPhrase && phrases.phrases[phrase].kind == PhraseKind::noun) phrases.event_noun[phrase] = 1;
  }
}

}  // namespace chancery::frames
