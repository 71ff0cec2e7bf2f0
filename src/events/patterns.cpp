// Matches the patterns of frames, cues and prepositions against the words of a page. Each word asks the index once;
// only the patterns that begin with it are tried, each at most over a few dozen words, so the pass is linear.
#include <algorithm>
#include <array>

#include "events/phrases.h"
#include "text/unicode.h"

namespace chancery::frames {
namespace {

// Where a gap goes on behind a token, and whether it must end there.
struct Step {
  std::uint32_t behind = kNoToken;  // kNoToken: not asked yet
  bool stops = false;
};

class Matcher {
 public:
  Matcher(const PageView& view, const Phrases& phrases) : view_(view), phrases_(phrases) {
    temporal_.assign(view.analysis.tokens.size(), 0);
    std::size_t token = 0;
    for (const TimeMention& time : view.times.mentions) {
      while (token < temporal_.size() && view.analysis.tokens[token].span.end <= time.span.begin) ++token;
      for (; token < temporal_.size() && view.analysis.tokens[token].span.begin < time.span.end; ++token)
        temporal_[token] = 1;
    }
  }

  // Prepares to match within a sentence: what stands at each of its words and behind it.
  void enter(const Sentence& sentence) {
    first_ = sentence.first;
    const std::size_t size = sentence.last - sentence.first;
    here_.assign(size + 2, 0);
    behind_.assign(size + 1, 0);
    behind_second_.assign(size + 1, 0);
    std::uint64_t second = 0;
    for (auto& steps : steps_) steps.assign(size + 1, Step());
    for (std::size_t i = size; i-- > 0;) {
      const std::size_t token = first_ + i;
      here_[i] = view_.rules.bits[phrases_.words[token]] | view_.rules.bits[phrases_.forms[token]];
      behind_[i] = behind_[i + 1] | here_[i + 1];
      behind_second_[i] = second;
      second |= view_.rules.second_bits[phrases_.words[token]] | view_.rules.second_bits[phrases_.forms[token]];
    }
  }

  // Whether a pattern may begin at the token, as far as a glance tells: its next words, and one further on.
  bool may_start(const PatternStart& start, std::uint32_t token, std::uint64_t next, std::uint64_t third) const {
    return (start.next & next) != 0 && (start.third & third) != 0 &&
           (start.later & (behind_[token - first_] | kAnyWordBit)) != 0 &&
           (start.later_second & (behind_second_[token - first_] | kAnyWordBit)) != 0 &&
           of_class(start.word_class, token);
  }

  // Whether none of a block of patterns begins at the token.
  bool starts_none(const StartBlock& block, std::uint32_t token, std::uint64_t next, std::uint64_t third) const {
    return (block.next & next) == 0 || (block.third & third) == 0 ||
           (block.later & (behind_[token - first_] | kAnyWordBit)) == 0 ||
           (block.later_second & (behind_second_[token - first_] | kAnyWordBit)) == 0;
  }

  // Tries a pattern at token `at`, within [at, end).
  bool match(const Pattern& pattern, std::uint32_t at, std::uint32_t end, Match& out) const {
    // The index has led here by the first word, so only its class is open.
    const PatternElement& first = pattern.elements.front();
    if (!of_class(first.word_class, at)) return false;
    out.first = at;
    out.trigger_first = kNoToken;
    take(first, at, 1, out);
    return match_rest(pattern, 1, at + 1, end, out) && out.trigger_first != kNoToken;
  }

  // The filter bits of the `distance`-th word behind the token; all where a time stands on the way, for patterns look
  // behind it.
  std::uint64_t next_words(std::uint32_t token, std::uint32_t distance, std::uint32_t end) const {
    if (token + distance >= end) return ~std::uint64_t{0};
    for (std::uint32_t i = token + 1; i <= token + distance + 1 && i < end; ++i)
      if (temporal_[i] != 0) return ~std::uint64_t{0};
    return kAnyWordBit | here_[token + distance - first_];
  }

  bool of_class(WordClass word_class, std::uint32_t token) const {
    const Token& one = view_.analysis.tokens[token];
    switch (word_class) {
      case WordClass::any:
        return true;
      case WordClass::verb:
        return one.upos == Upos::VERB || one.upos == Upos::AUX;
      case WordClass::reflexive_verb:
        return (one.upos == Upos::VERB || one.upos == Upos::AUX) && is_reflexive(token);
      case WordClass::plain_verb:
        return (one.upos == Upos::VERB || one.upos == Upos::AUX) && !is_reflexive(token);
      case WordClass::noun:
        return one.upos == Upos::NOUN || one.upos == Upos::PROPN;
      case WordClass::adjective:
        return one.upos == Upos::ADJ || (one.upos == Upos::VERB && one.morph.is_participle());
      case WordClass::adverb:
        return one.upos == Upos::ADV;
      case WordClass::number:
        return one.upos == Upos::NUM;
    }
    return false;
  }

 private:
  // Matches the elements from `i` on at the token. As deep as a pattern is long, which the notation bounds.
  bool match_rest(const Pattern& pattern, std::size_t i, std::uint32_t token, std::uint32_t end, Match& out) const {
    for (; i < pattern.elements.size(); ++i) {
      const PatternElement& element = pattern.elements[i];
      if (element.filler == Filler::gap) return match_behind_gap(pattern, i, token, end, out);
      std::uint32_t size = token < end ? width(element, token, end) : 0;
      if (size == 0) {  // « a signé mardi un traité »: a time may stand anywhere
        const std::uint32_t behind = behind_time(token, end);
        size = behind < end ? width(element, behind, end) : 0;
        if (size > 0) token = behind;
      }
      if (size == 0 && !element.optional) return false;
      if (size == 0) continue;
      const bool looked_at = element.filler == Filler::infinitive && i + 1 == pattern.elements.size();
      if (!looked_at) take(element, token, size, out);
      token += size;
    }
    return true;
  }

  // Behind a gap the nearest word that the element after it wants, or the next such word, if the rest does not match
  // there: « seize ans <de> camp <de> prison ».
  bool match_behind_gap(const Pattern& pattern, std::size_t gap, std::uint32_t token, std::uint32_t end,
                        Match& out) const {
    const Match before = out;
    const std::uint32_t from = token;
    for (std::uint32_t step = 0; step <= pattern.elements[gap].gap && token < end; ++step, ++token) {
      if (width(pattern.elements[gap + 1], token, end) > 0) {
        if (match_rest(pattern, gap + 1, token, end, out)) return true;
        out = before;
      }
      const Step& step_here = step_at(token, end, pattern.elements[gap].any_word);
      const std::uint32_t behind = step_here.behind;
      if (behind > token) {
        // « infliger vingt <ans> de prison »: what is wanted may stand inside a time.
        for (std::uint32_t inside = token + 1; inside < behind; ++inside) {
          if (temporal_[inside] == 0 || width(pattern.elements[gap + 1], inside, end) == 0) continue;
          if (match_rest(pattern, gap + 1, inside, end, out)) return true;
          out = before;
        }
        token = behind - 1;
        continue;
      }
      if (pattern.elements[gap].anything) continue;
      if (step_here.stops) break;
    }
    // The gap goes with what it led to.
    return pattern.elements[gap + 1].optional && match_rest(pattern, gap + 2, from, end, out);
  }

  // How a gap goes on from the token: the same for every pattern, so it is found once.
  const Step& step_at(std::uint32_t token, std::uint32_t end, bool any_word) const {
    Step& one = steps_[any_word ? 1 : 0][token - first_];
    if (one.behind != kNoToken) return one;
    one.behind =
        std::max({behind_time(token, end), behind_place(token, end), any_word ? behind_name(token, end) : token});
    one.stops = one.behind == token && (!passable(token, any_word) || joins_verb(token, end));
    return one;
  }

  static void take(const PatternElement& element, std::uint32_t token, std::uint32_t size, Match& out) {
    if (element.marked) {
      if (out.trigger_first == kNoToken) out.trigger_first = token;
      out.trigger_last = token + size;
    }
    out.last = token + size;
  }

  // « a appelé X et l'a invité à … »: a second verb is no part of what the first governs.
  bool joins_verb(std::uint32_t token, std::uint32_t end) const {
    if (view_.analysis.tokens[token].upos != Upos::CCONJ) return false;
    for (std::uint32_t i = token + 1; i < end && i < token + 4; ++i) {
      const Token& one = view_.analysis.tokens[i];
      if (one.upos == Upos::AUX || one.upos == Upos::VERB)
        return !one.morph.is_participle() && !one.morph.is_infinitive();
      if (one.upos != Upos::PRON && one.upos != Upos::ADV) return false;
    }
    return false;
  }

  std::uint32_t behind_time(std::uint32_t token, std::uint32_t end) const {
    // « en février », « d'ici à la fin du mois », « à compter du 3 mai »
    std::uint32_t led = token;
    while (led < end && led < token + 4 && temporal_[led] == 0 && view_.analysis.tokens[led].upos == Upos::ADP) ++led;
    // « à partir de juillet »
    if (led == token + 1 && led + 2 < end && temporal_[led] == 0 && temporal_[led + 2] != 0 &&
        view_.analysis.tokens[led + 1].upos == Upos::ADP)
      led += 2;
    if (led < end && temporal_[led] != 0) token = led;
    while (token < end && temporal_[token] != 0) ++token;
    return token;
  }

  // Behind a name, which counts as one word however long it is.
  std::uint32_t behind_name(std::uint32_t token, std::uint32_t end) const {
    const MentionId id = view_.entities.mention_at(view_.analysis.tokens[token].span.begin);
    if (!id) return token;
    const Mention& mention = view_.entities.mentions[id];
    const bool named = mention.form == MentionForm::name || mention.form == MentionForm::office;
    return named && mention.first_token == token && mention.last_token <= end ? mention.last_token : token;
  }

  // Behind « à Washington », « en Suisse », « au Kremlin »; the token itself where no place stands.
  std::uint32_t behind_place(std::uint32_t token, std::uint32_t end) const {
    if ((view_.rules.flag(phrases_.words[token]) & kPlacePreposition) == 0) return token;
    std::uint32_t name = token + 1;
    if (name < end && view_.analysis.tokens[name].upos == Upos::DET) ++name;
    if (name >= end) return token;
    const MentionId id = view_.entities.mention_at(view_.analysis.tokens[name].span.begin);
    if (!id) return token;
    const Mention& mention = view_.entities.mentions[id];
    const bool fits = mention.first_token == name && mention.last_token <= end;
    return fits && (mention.as_place || is_seat(mention)) ? mention.last_token : token;
  }

  // « à la Maison-Blanche », « au Kremlin »: a body named behind a preposition of place is where it sits.
  bool is_seat(const Mention& mention) const {
    return mention.form == MentionForm::name && mention.entity &&
           view_.entities.entities[mention.entity].kind == ThingKind::organisation;
  }

  bool passable(std::uint32_t token, bool any_word) const {
    const Token& one = view_.analysis.tokens[token];
    switch (one.upos) {
      case Upos::DET:
      case Upos::ADJ:
      case Upos::ADV:
      case Upos::NUM:
      case Upos::AUX:
        return true;
      case Upos::PRON:
        return true;
      case Upos::VERB:
        return one.morph.is_participle();
      case Upos::PUNCT:
        return is_quote_mark(token);
      case Upos::ADP:
        return any_word || is_partitive(token) || counts_before(token);
      case Upos::NOUN:
        return any_word || (view_.rules.flag(phrases_.words[token]) & kMeasureNoun) != 0;
      case Upos::PROPN:
      case Upos::X:  // a foreign name
      case Upos::CCONJ:
        return any_word;
      default:
        return false;
    }
  }

  // « une dizaine de diplomates », « plusieurs milliers des hommes »: what only counts is no noun of its own.
  bool counts_before(std::uint32_t token) const {
    if (token == 0 || phrases_.words[token] != view_.rules.of) return false;
    return (view_.rules.flag(phrases_.words[token - 1]) & (kMeasureNoun | kQuantityWord)) != 0;
  }

  // The first half of « des »: in a gap, where nouns may not stand, it is an article.
  bool is_partitive(std::uint32_t token) const {
    if (view_.analysis.tokens[token].part != 1) return false;
    const WordId surface = view_.rules.words.find(view_.page.text[view_.analysis.tokens[token].span]);
    return surface != 0 && (view_.rules.flag(surface) & kPartitive) != 0;
  }

  bool is_quote_mark(std::uint32_t token) const {
    const std::string_view form = view_.analysis.form(token);
    return form == "«" || form == "»" || form == "\"" || form == "“" || form == "”";
  }

  // How many tokens the element takes at `token`; 0: it does not match.
  std::uint32_t width(const PatternElement& element, std::uint32_t token, std::uint32_t end) const {
    if (element.filler != Filler::none) return filler_width(element.filler, token, end);
    if ((element.bits & here_[token - first_]) == 0) return 0;
    const bool found = (element.by_form && names(element, phrases_.forms[token])) ||
                       (!element.by_form && names(element, phrases_.words[token])) ||
                       (element.either && names(element, phrases_.forms[token]));
    return found && of_class(element.word_class, token) ? 1 : 0;
  }

  static bool names(const PatternElement& element, WordId word) {
    return word != 0 && std::binary_search(element.words.begin(), element.words.end(), word);
  }

  // Whether a reflexive pronoun stands before the verb, with nothing but auxiliaries, adverbs and pronouns between.
  // « je me » and « nous nous » count too: an object pronoun of the first person behind its own subject.
  bool is_reflexive(std::uint32_t token) const {
    const std::uint32_t stop = token > 6 ? token - 6 : 0;
    for (std::uint32_t i = token; i-- > stop;) {
      const Token& one = view_.analysis.tokens[i];
      if (one.upos != Upos::AUX && one.upos != Upos::ADV && one.upos != Upos::PRON) return false;
      const std::uint64_t flags = view_.rules.flag(phrases_.forms[i]) | view_.rules.flag(phrases_.words[i]);
      if ((flags & kReflexive) != 0) return true;
      if ((flags & kPronounFirst) != 0 && i > 0 && (view_.rules.flag(phrases_.forms[i - 1]) & kPronounFirst) != 0)
        return true;
    }
    return false;
  }

  std::uint32_t filler_width(Filler filler, std::uint32_t token, std::uint32_t end) const {
    const Token& one = view_.analysis.tokens[token];
    if (filler == Filler::number) return one.upos == Upos::NUM ? 1 : 0;
    if (filler == Filler::time) {
      std::uint32_t behind = token;
      while (behind < end && temporal_[behind] != 0) ++behind;
      return behind - token;
    }
    if (filler == Filler::infinitive) return one.morph.is_infinitive() ? 1 : 0;
    const MentionId id = view_.entities.mention_at(one.span.begin);
    if (!id) return 0;
    const Mention& mention = view_.entities.mentions[id];
    if (!mention.entity || mention.first_token != token || mention.last_token > end) return 0;
    const ThingKind kind = view_.entities.entities[mention.entity].kind;
    const bool fits = filler == Filler::state          ? kind == ThingKind::state
                      : filler == Filler::person       ? kind == ThingKind::person || kind == ThingKind::office
                      : filler == Filler::organisation ? kind == ThingKind::organisation
                      : filler == Filler::place        ? kind == ThingKind::place || names_town(mention)
                                                       : kind != ThingKind::place;
    return fits && mention.last_token > token ? mention.last_token - token : 0;
  }

  // « a gagné Budapest »: a capital stays a place, also where the page has it stand for its state.
  bool names_town(const Mention& mention) const {
    return mention.as_place && view_.knowledge[mention.as_place].kind == ThingKind::place;
  }

  const PageView& view_;
  const Phrases& phrases_;
  std::vector<std::uint8_t> temporal_;              // by token: whether a time mention holds it
  std::uint32_t first_ = 0;                         // of the sentence
  std::vector<std::uint64_t> here_, behind_;        // by token of the sentence: filter bits of it, and of all behind it
  std::vector<std::uint64_t> behind_second_;        // likewise of the second filter
  mutable std::array<std::vector<Step>, 2> steps_;  // by token of the sentence; of gaps without and with nouns
};

// Whether a governor match wins over the one that covers the token: it is longer, begins later, or stands behind it in
// the pack.
bool is_outdone(const Matches& matches, std::uint32_t token, const Match& one) {
  if (matches.governor[token] == 0) return true;
  const Match& match = matches.governors[matches.governor[token] - 1];
  const std::uint32_t size = match.last - match.first;
  return size != one.last - one.first ? size < one.last - one.first
                                      : match.pattern < one.pattern || match.first < one.first;
}

std::string uncapitalised(std::string_view word) {
  std::uint32_t rest = 0;
  std::string out;
  append_code_point(out, to_lower(next_code_point(word, rest)));
  return out.append(word.substr(rest));
}

constexpr std::size_t kCandidates = 12;  // patterns that may be meant by the same words, at most

// The longer first; of two of one length that which the pack names first.
bool is_longer(const Match& a, const Match& b) {
  const std::uint32_t size_a = a.last - a.first;
  const std::uint32_t size_b = b.last - b.first;
  return size_a != size_b ? size_a > size_b : a.pattern < b.pattern;
}

}  // namespace

void look_up_words(const PageView& view, Phrases& phrases) {
  const Analysis& analysis = view.analysis;
  const Vocabulary& words = view.rules.words;
  phrases.words.resize(analysis.tokens.size());
  phrases.forms.resize(analysis.tokens.size());
  constexpr std::size_t kAhead = 8;  // tokens; by then the places of its words have come
  for (std::size_t i = 0; i < analysis.tokens.size(); ++i) {
    if (i + kAhead < analysis.tokens.size()) {
      words.prefetch(analysis.tokens[i + kAhead].lemma_hash);
      words.prefetch(analysis.tokens[i + kAhead].form_hash);
    }
    const Token& token = analysis.tokens[i];
    const Upos upos = token.upos;
    const bool plain =
        token.lemma_hash == token.form_hash || upos == Upos::PUNCT || upos == Upos::PROPN || upos == Upos::NUM;
    phrases.words[i] = token.lemma_size == 0 ? 0 : words.find(token.lemma_hash);
    phrases.forms[i] = plain ? phrases.words[i] : words.find(token.form_hash);
    if (token.lemma_size == 0) phrases.words[i] = phrases.forms[i];
  }
  // « Libération de deux otages »: before a preposition the word that opens a headline is no name.
  for (const Sentence& sentence : analysis.sentences) {
    if (sentence.first + 1 >= sentence.last) continue;
    const Token& first = analysis.tokens[sentence.first];
    if (first.upos != Upos::PROPN || analysis.tokens[sentence.first + 1].upos != Upos::ADP) continue;
    if (const WordId word = words.find(uncapitalised(analysis.form(first)))) phrases.words[sentence.first] = word;
  }
}

Matches match_patterns(const PageView& view, const Phrases& phrases) {
  const Tables& rules = view.rules;
  const std::size_t count = view.analysis.tokens.size();
  Matches out;
  out.governor.assign(count, 0);
  out.preposition_end.assign(count, 0);
  out.preposition.assign(count, 0);
  std::vector<std::uint32_t> nothing(count, 0);  // by token: how long a phrase of another meaning covers it
  Matcher matcher(view, phrases);
  std::vector<Match> candidates;  // the triggers that begin at a token
  const auto begins_none = [&](WordId word) { return rules.pattern_begin[word] == rules.pattern_begin[word + 1]; };
  for (const Sentence& sentence : view.analysis.sentences) {
    std::uint32_t taken = sentence.first;  // triggers do not overlap
    matcher.enter(sentence);
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) {
      if (begins_none(phrases.words[token]) && begins_none(phrases.forms[token])) continue;
      const std::uint64_t next = matcher.next_words(token, 1, sentence.last);
      const std::uint64_t third = matcher.next_words(token, 2, sentence.last);
      const auto attempt = [&](WordId word) {
        if (word == 0) return;
        const std::uint32_t begin = rules.pattern_begin[word], last = rules.pattern_begin[word + 1];
        for (std::uint32_t i = begin; i < last; ++i) {
          if ((i - begin) % StartBlock::kSize == 0 &&
              matcher.starts_none(rules.start_blocks[rules.block_begin[word] + (i - begin) / StartBlock::kSize], token,
                                  next, third)) {
            i += StartBlock::kSize - 1;
            continue;
          }
          const PatternStart& start = rules.pattern_starts[i];
          if (!matcher.may_start(start, token, next, third)) continue;
          if (start.by_form != (word != phrases.words[token]) && phrases.words[token] != phrases.forms[token]) continue;
          const Pattern& pattern = rules.patterns[start.pattern];
          Match one;
          one.pattern = start.pattern;
          if (!matcher.match(pattern, token, sentence.last, one)) continue;
          const std::uint32_t size = one.last - one.first;
          if (pattern.purpose == Purpose::preposition) {
            if (token + size > out.preposition_end[token]) {
              out.preposition_end[token] = token + size;
              out.preposition[token] = pattern.target;
            }
          } else if (pattern.purpose == Purpose::governor) {
            out.governors.push_back(one);
            for (std::uint32_t covered = one.first; covered < one.last; ++covered)
              if (is_outdone(out, covered, one))
                out.governor[covered] = static_cast<std::uint32_t>(out.governors.size());
          } else if (pattern.purpose == Purpose::nothing) {
            for (std::uint32_t covered = one.first; covered < one.last; ++covered)
              nothing[covered] = std::max(nothing[covered], size);
          } else if (candidates.size() < kCandidates) {
            candidates.push_back(one);
          }
        }
      };
      candidates.clear();
      attempt(phrases.words[token]);
      if (phrases.forms[token] != phrases.words[token]) attempt(phrases.forms[token]);
      if (candidates.empty()) continue;
      std::stable_sort(candidates.begin(), candidates.end(), is_longer);
      // The gap of a light verb may hold other triggers; only the marked part is taken. What begins inside it is meant
      // only where it is not itself: « des inconnus ont mené une attaque ».
      const bool inside = token < taken;
      if (!inside) {
        taken = candidates.front().trigger_last;
        out.triggers.push_back(candidates.front());
        out.triggers.back().others_begin = out.triggers.back().others_end =
            static_cast<std::uint32_t>(out.others.size());
      }
      for (std::size_t i = inside ? 0 : 1; i < candidates.size(); ++i) {
        Match& trigger = out.triggers.back();
        if (trigger.others_end - trigger.others_begin == kCandidates) break;
        out.others.push_back(candidates[i]);
        ++trigger.others_end;
      }
    }
  }
  // What is a longer phrase of another meaning is no trigger: « appel d'offres », even as what somebody launches.
  const auto is_nothing = [&](const Match& match) {
    std::uint32_t covered = 0;
    for (std::uint32_t token = match.trigger_first; token < match.trigger_last; ++token)
      covered = std::max(covered, nothing[token]);
    return covered >= match.trigger_last - match.trigger_first && covered > 0 &&
           (covered >= match.last - match.first || match.trigger_last - match.trigger_first == 1);
  };
  out.triggers.erase(std::remove_if(out.triggers.begin(), out.triggers.end(), is_nothing), out.triggers.end());
  for (Match& trigger : out.triggers) {
    const auto first = out.others.begin() + trigger.others_begin;
    const auto kept = std::remove_if(first, out.others.begin() + trigger.others_end, is_nothing);
    trigger.others_end = static_cast<std::uint32_t>(kept - out.others.begin());
  }
  return out;
}

}  // namespace chancery::frames
