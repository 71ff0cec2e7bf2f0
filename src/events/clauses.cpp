#include "events/clauses.h"

namespace chancery::frames {
namespace {

constexpr std::uint32_t kReach = 40;  // phrases that a walk passes over at most

bool is_finite(const Phrase& phrase) { return phrase.kind == PhraseKind::verb && phrase.shape == VerbShape::finite; }

bool is_adverbial(const Phrase& phrase) {
  return phrase.kind == PhraseKind::time || (phrase.kind == PhraseKind::noun && phrase.preposition != 0);
}

}  // namespace

const Match* Clauses::governor_cue(std::uint32_t phrase) const {
  const Phrase& one = at(phrase);
  if (one.head != kNoToken && one.head < matches_.governor.size() && matches_.governor[one.head] != 0)
    return &matches_.governors[matches_.governor[one.head] - 1];
  for (std::uint32_t token = one.first; token < one.last; ++token)
    if (matches_.governor[token] != 0) return &matches_.governors[matches_.governor[token] - 1];
  return nullptr;
}

std::uint32_t Clauses::previous_finite(std::uint32_t from, std::uint32_t first) const {
  for (std::uint32_t i = from; i-- > first && from - i < kReach;)
    if (is_finite(at(i))) return i;
  return kNoPhrase;
}

// « A a annoncé que B s'était retiré, accusant C »: behind a comma a gerund goes with the main clause, past reported
// and relative ones.
std::uint32_t Clauses::main_verb_before(std::uint32_t gerund, std::uint32_t first) const {
  std::uint32_t found = kNoPhrase;
  std::uint32_t nearest = kNoPhrase;
  for (std::uint32_t i = gerund; i-- > first && gerund - i < kReach;) {
    const Phrase& one = at(i);
    if (one.kind == PhraseKind::stop) break;
    if (is_finite(one)) {
      nearest = i;
      if (found == kNoPhrase) found = i;
    }
    const bool subordinate = one.kind == PhraseKind::relative || one.kind == PhraseKind::subordinator;
    if (subordinate && found == nearest) found = kNoPhrase;
  }
  return found;
}

// « X et Y jugent que Z est clair et demandent … »: of the finite verbs before, the one whose number and mood the verb
// shares is the one that it is joined to; the nearest if none does.
std::uint32_t Clauses::coordinated_verb(std::uint32_t verb, std::uint32_t from, std::uint32_t first) const {
  const auto number_of = [&](const Phrase& one) {
    const std::uint32_t bearer = one.auxiliary != kNoToken ? one.auxiliary : one.head;
    return view_.analysis.tokens[bearer].morph.number;
  };
  if (!is_finite(at(verb))) return previous_finite(from, first);
  for (std::uint32_t i = from; i-- > first && from - i < kReach;) {
    if (at(i).kind == PhraseKind::stop) break;
    if (is_finite(at(i)) && at(i).mood == at(verb).mood && number_of(at(i)) == number_of(at(verb))) return i;
  }
  return previous_finite(from, first);
}

// From the comma that closes a parenthesis (a relative clause, an apposition, a participle, an adverbial) back to the
// phrase before the comma that opens it; none if what lies between is no parenthesis.
std::uint32_t Clauses::before_parenthesis(std::uint32_t comma, std::uint32_t first) const {
  for (std::uint32_t i = comma; i-- > first && comma - i < kReach;) {
    if (at(i).kind != PhraseKind::comma && at(i).kind != PhraseKind::stop) continue;
    const Phrase& opening = at(i + 1);
    const bool relative = opening.kind == PhraseKind::relative;
    bool finite = false;
    for (std::uint32_t k = i + 1; k < comma; ++k) finite = finite || is_finite(at(k));
    if (relative || !finite) return i;
    return kNoPhrase;
  }
  return kNoPhrase;
}

// « …, a indiqué mercredi le porte-parole »: behind a comma the subject of a verb of saying stands behind it.
std::uint32_t Clauses::subject_behind(std::uint32_t verb, std::uint32_t sentence) const {
  if ((view_.rules.flag(at(verb).word) & kSayingVerb) == 0 || !is_finite(at(verb))) return kNoPhrase;
  if (verb == begin(sentence) || at(verb - 1).kind != PhraseKind::comma) return kNoPhrase;
  for (std::uint32_t i = verb + 1; i < end(sentence) && i < verb + 4; ++i) {
    if (at(i).kind == PhraseKind::time) continue;
    const bool named = at(i).kind == PhraseKind::noun && at(i).preposition == 0 && !at(i).pronoun;
    return named && (at(i).mention_begin < at(i).mention_end || at(i).agent) ? i : kNoPhrase;
  }
  return kNoPhrase;
}

std::uint32_t Clauses::next_finite(std::uint32_t from, std::uint32_t sentence) const {
  for (std::uint32_t i = from + 1; i < end(sentence) && i - from < kReach; ++i) {
    if (is_finite(at(i))) return i;
    if (at(i).kind == PhraseKind::stop || at(i).kind == PhraseKind::relative) break;
  }
  return kNoPhrase;
}

// « X à Pékin pour rencontrer Y »: no finite verb, and the name that opens the line is who does it.
bool Clauses::opens_headline(std::uint32_t verb, std::uint32_t first) const {
  if (at(first).kind != PhraseKind::noun || at(first).preposition != 0 || at(first).pronoun) return false;
  for (std::uint32_t i = first + 1; i < verb; ++i)
    if (at(i).kind != PhraseKind::noun || at(i).preposition == 0) return false;
  return verb > first && verb - first < 6;
}

// One step of the search: the subject, or in `follow` a verb whose subject it shares.
std::uint32_t Clauses::subject_once(std::uint32_t verb, std::uint32_t sentence, std::uint32_t* follow) const {
  const std::uint32_t first = begin(sentence);
  *follow = kNoPhrase;
  if (at(verb).shape == VerbShape::infinitive || at(verb).shape == VerbShape::gerund) {
    if (at(verb).shape == VerbShape::gerund && verb > first && at(verb - 1).kind == PhraseKind::comma) {
      *follow = main_verb_before(verb, first);
      return kNoPhrase;
    }
    const Governing up = governing(verb, sentence);
    if (up.verb == kNoPhrase && at(verb).compound && at(verb).shape == VerbShape::infinitive) {
      *follow = next_finite(verb, sentence);  // « Après avoir rencontré X, Y a … »
      return kNoPhrase;
    }
    if (up.verb == kNoPhrase) return opens_headline(verb, first) ? first : kNoPhrase;
    const Match* cue = governor_cue(up.verb);
    const bool addressing = cue != nullptr && view_.rules.patterns[cue->pattern].object_control;
    if (addressing && at(verb).shape == VerbShape::infinitive)
      for (std::uint32_t i = verb; i-- > up.verb + 1;)
        if (at(i).kind == PhraseKind::noun && at(i).coordinated == kNoPhrase &&
            (at(i).preposition == 0 || at(i).preposition == view_.rules.to))
          return i;
    *follow = addressing ? kNoPhrase : up.verb;
    return kNoPhrase;
  }
  if (const std::uint32_t behind = subject_behind(verb, sentence); behind != kNoPhrase) return behind;
  std::uint32_t i = verb;
  bool crossed_comma = false;
  while (i > first && verb - i < kReach) {
    --i;
    const Phrase& one = at(i);
    switch (one.kind) {
      case PhraseKind::noun: {
        std::uint32_t noun = i;
        while (at(noun).coordinated != kNoPhrase) noun = at(noun).coordinated;
        if (at(noun).preposition != 0) {
          i = noun;
          break;
        }
        // An aside is passed over; what stands behind an adverbial (« Pour mémoire, des ministres … ») is none.
        const bool aside = at(noun).apposed != kNoPhrase &&
                           (at(at(noun).apposed).preposition == 0 || at(noun).determiner == Determiner::none);
        if (aside && crossed_comma) {
          i = noun;
          break;
        }
        return noun;
      }
      case PhraseKind::relative:
        if (!one.relative_subject) return kNoPhrase;
        // The antecedent: the nearest noun phrase, whatever its preposition.
        for (std::uint32_t k = i; k-- > first;) {
          if (at(k).kind == PhraseKind::noun) {
            while (at(k).coordinated != kNoPhrase) k = at(k).coordinated;
            return k;
          }
          if (at(k).kind == PhraseKind::verb || at(k).kind == PhraseKind::stop) break;
        }
        return kNoPhrase;
      case PhraseKind::subordinator:
        return kNoPhrase;
      case PhraseKind::comma: {
        const std::uint32_t opening = i + 1 == verb ? before_parenthesis(i, first) : kNoPhrase;
        if (opening != kNoPhrase) {
          i = opening;  // the loop steps before it
          crossed_comma = true;
          break;
        }
        if (i + 1 == verb) {
          *follow = coordinated_verb(verb, i, first);
          return kNoPhrase;
        }
        crossed_comma = true;
        break;
      }
      case PhraseKind::coordinator:
        // « les ministres de la France et de l'Espagne »
        if (at(i + 1).kind == PhraseKind::noun && at(i + 1).preposition != 0 && i + 1 < verb) break;
        *follow = coordinated_verb(verb, i, first);
        return kNoPhrase;
      case PhraseKind::stop:
        return kNoPhrase;
      case PhraseKind::verb:
        if (is_finite(one)) {
          // « s'est dit disposé à discuter »: the participle tells of the verb's own subject.
          const bool of_itself = i + 1 == verb && one.voice == Voice::reflexive;
          *follow = at(verb).shape == VerbShape::participle && !of_itself ? kNoPhrase : i;
          return kNoPhrase;
        }
        break;
      case PhraseKind::time:
        break;
    }
  }
  return kNoPhrase;
}

std::uint32_t Clauses::subject(std::uint32_t verb, std::uint32_t sentence) const {
  if (at(verb).shared != kNoPhrase) verb = at(verb).shared;
  if (at(verb).shape == VerbShape::participle) return described(verb, sentence);
  for (int step = 0; step < 5; ++step) {
    std::uint32_t follow = kNoPhrase;
    const std::uint32_t found = subject_once(verb, sentence, &follow);
    if (found != kNoPhrase || follow == kNoPhrase) return found;
    verb = follow;
  }
  return kNoPhrase;
}

std::uint32_t Clauses::described(std::uint32_t participle, std::uint32_t sentence) const {
  const std::uint32_t first = begin(sentence);
  bool comma = false;
  for (std::uint32_t i = participle; i-- > first && participle - i < 4;) {
    const Phrase& one = at(i);
    comma = comma || one.kind == PhraseKind::comma;
    if (one.kind == PhraseKind::noun) {
      std::uint32_t noun = i;
      // « le roi X de Jordanie, reçu à … »: behind a comma it describes the whole.
      while (comma && noun > first && at(noun).preposition == view_.rules.of && at(noun - 1).kind == PhraseKind::noun)
        --noun;
      while (at(noun).apposed != kNoPhrase && at(noun).mention_begin == at(noun).mention_end) noun = at(noun).apposed;
      // « X et Y, réunis à Z »
      const bool many = view_.analysis.tokens[at(participle).head].morph.number == Number::plur;
      while (comma && many && at(noun).coordinated != kNoPhrase) noun = at(noun).coordinated;
      return noun;
    }
    if (one.kind != PhraseKind::comma && one.kind != PhraseKind::time) break;
  }
  // « Arrêté à Genève, X … »: the noun phrase behind the next comma.
  for (std::uint32_t i = participle + 1; i + 1 < end(sentence) && i - participle < 8; ++i) {
    if (at(i).kind == PhraseKind::comma && at(i + 1).kind == PhraseKind::noun && at(i + 1).preposition == 0 &&
        participle == first)
      return i + 1;
    if (at(i).kind == PhraseKind::verb) break;
  }
  return kNoPhrase;
}

Governing Clauses::governing(std::uint32_t phrase, std::uint32_t sentence) const {
  const std::uint32_t first = begin(sentence);
  const std::uint32_t last = end(sentence);
  Governing out;
  std::uint32_t p = phrase;
  while (at(p).kind == PhraseKind::noun && at(p).coordinated != kNoPhrase) p = at(p).coordinated;
  if (p > first && at(p - 1).kind == PhraseKind::noun && at(p).preposition != 0) out.noun = p - 1;
  const bool is_verb = at(p).kind == PhraseKind::verb;
  const auto next_is_verb = [&] {
    std::uint32_t k = phrase + 1;
    while (k < last && (at(k).kind == PhraseKind::time || (at(k).kind == PhraseKind::noun && at(k).preposition != 0) ||
                        (at(k).kind == PhraseKind::noun && at(k).coordinated != kNoPhrase) ||
                        (at(k).kind == PhraseKind::coordinator && k + 1 < last && at(k + 1).coordinated != kNoPhrase)))
      ++k;
    return k < last && is_finite(at(k)) ? k : kNoPhrase;
  };
  bool crossed = false;
  bool beyond = false;  // behind an adverbial between commas, whose participles govern nothing outside
  for (std::uint32_t i = p; i-- > first && p - i < kReach;) {
    const Phrase& one = at(i);
    if (beyond && one.kind == PhraseKind::verb && one.shape == VerbShape::participle) continue;
    // « s'engagent à ne pas soutenir X et à lever Y »: both hang on the same verb.
    if (is_verb && crossed && one.kind == PhraseKind::verb && one.shape == VerbShape::infinitive &&
        at(p).shape == VerbShape::infinitive && at(p).preposition != 0 && one.preposition == at(p).preposition)
      continue;
    if (one.kind == PhraseKind::verb) {
      if (!is_verb && at(p).preposition == 0 && crossed) {
        const std::uint32_t next = next_is_verb();
        if (next != kNoPhrase) {
          out.verb = next;
          out.relation = Relation::subject;
          return out;
        }
      }
      out.verb = i;
      out.relation = at(p).preposition == 0 ? Relation::object : Relation::oblique;
      return out;
    }
    if (one.kind == PhraseKind::coordinator) crossed = true;
    if (one.kind == PhraseKind::comma) {
      if (beyond) continue;  // the one that opens the adverbial
      if (is_verb && at(p).shape == VerbShape::infinitive && at(p).preposition != 0) continue;
      if (at(p).kind == PhraseKind::noun && (at(p).preposition != 0 || at(p).coordinated != kNoPhrase)) continue;
      // « ont conclu à Istanbul, en Turquie, leur cycle »: the object behind an adverbial between commas.
      if (at(p).kind == PhraseKind::noun && i > first && is_adverbial(at(i - 1)) && next_is_verb() == kNoPhrase) {
        beyond = true;
        continue;
      }
      break;
    }
    if (one.kind == PhraseKind::stop || one.kind == PhraseKind::relative || one.kind == PhraseKind::subordinator) break;
  }
  if (is_verb) return out;
  // No verb before it in its clause: the next finite one has it as subject or as opening adverbial.
  if (at(p).preposition == 0) {
    bool object_relative = false;
    for (std::uint32_t i = phrase + 1; i < last && i - phrase < kReach; ++i) {
      if (object_relative) {
        object_relative = false;
        i = behind_relative(i, last);
        if (i == kNoPhrase) break;
      }
      if (is_finite(at(i))) {
        out.verb = i;
        out.relation = Relation::subject;
        return out;
      }
      object_relative = at(i).kind == PhraseKind::relative && !at(i).relative_subject;
      if (object_relative) continue;
      if (at(i).kind == PhraseKind::relative || at(i).kind == PhraseKind::stop) break;
      // « les négociations visant à sauver l'accord reprendront »: what is aimed at parts them not.
      const bool aim = i > phrase + 1 && at(i).preposition != 0 && at(i - 1).kind == PhraseKind::verb &&
                       !is_finite(at(i - 1)) && at(i - 1).shape != VerbShape::infinitive;
      if (at(i).kind == PhraseKind::verb && at(i).shape == VerbShape::infinitive && !aim) break;
    }
    return out;
  }
  for (std::uint32_t i = phrase + 1; i < last && i - phrase < kReach; ++i) {
    if (is_finite(at(i))) {
      out.verb = i;
      out.relation = Relation::oblique;
      return out;
    }
    if (at(i).kind == PhraseKind::stop) break;
  }
  return out;
}

// From a phrase in a relative clause to the finite verb behind it, which belongs to the antecedent; none unless the
// clause is plain, without commas or clauses of its own.
std::uint32_t Clauses::behind_relative(std::uint32_t from, std::uint32_t last) const {
  bool own_verb = false;
  for (std::uint32_t i = from; i < last && i - from < kReach; ++i) {
    const Phrase& one = at(i);
    if (is_finite(one)) {
      if (own_verb) return i;
      own_verb = true;
      continue;
    }
    const bool joins = one.kind == PhraseKind::coordinator && !own_verb;
    const bool plain = one.kind == PhraseKind::noun || one.kind == PhraseKind::time || one.kind == PhraseKind::verb;
    const bool joins_times = one.kind == PhraseKind::coordinator && i + 1 < last && at(i + 1).kind == PhraseKind::time;
    if (!plain && !joins && !joins_times) return kNoPhrase;
  }
  return kNoPhrase;
}

std::uint32_t Clauses::relative_verb(std::uint32_t noun, std::uint32_t sentence) const {
  const std::uint32_t last = end(sentence);
  std::uint32_t i = noun + 1;
  while (i < last && i - noun < 4 && (is_adverbial(at(i)) || at(i).kind == PhraseKind::comma)) ++i;
  if (i >= last || at(i).kind != PhraseKind::relative || at(i).relative_subject) return kNoPhrase;
  for (++i; i < last && i - noun < kReach; ++i) {
    const PhraseKind kind = at(i).kind;
    if (is_finite(at(i))) {
      const bool carries = i + 1 < last && at(i + 1).kind == PhraseKind::verb &&
                           at(i + 1).shape == VerbShape::infinitive && at(i + 1).preposition == 0;
      return carries ? i + 1 : i;
    }
    if (kind != PhraseKind::noun && kind != PhraseKind::coordinator && kind != PhraseKind::time) return kNoPhrase;
  }
  return kNoPhrase;
}

std::uint32_t Clauses::carried(std::uint32_t verb, std::uint32_t sentence) const {
  const std::uint32_t next = verb + 1;
  if (next >= end(sentence) || at(verb).kind != PhraseKind::verb) return verb;
  const Phrase& one = at(next);
  const bool carries = one.kind == PhraseKind::verb && one.shape == VerbShape::infinitive && one.preposition == 0;
  return carries ? next : verb;
}

std::uint32_t Clauses::relative_of(std::uint32_t verb, std::uint32_t sentence) const {
  for (std::uint32_t i = verb; i-- > begin(sentence) && verb - i < kReach;) {
    const Phrase& one = at(i);
    if (one.kind == PhraseKind::relative) return i;
    if (one.kind == PhraseKind::subordinator || one.kind == PhraseKind::stop || is_finite(one)) return kNoPhrase;
  }
  return kNoPhrase;
}

std::uint32_t Clauses::cleft(std::uint32_t conjunction, std::uint32_t sentence) const {
  if ((view_.rules.flag(at(conjunction).word) & kObjectRelative) == 0) return conjunction;
  for (std::uint32_t i = conjunction; i-- > begin(sentence) && conjunction - i < 10;) {
    const Phrase& one = at(i);
    if (one.kind == PhraseKind::relative || one.kind == PhraseKind::subordinator || one.kind == PhraseKind::stop) break;
    if (one.kind != PhraseKind::verb) continue;
    if ((view_.rules.flag(one.word) & kPassiveAuxiliary) == 0 || one.first == 0) break;
    const std::uint32_t before = one.first - 1;
    const bool pointing =
        ((view_.rules.flag(phrases_.words[before]) | view_.rules.flag(phrases_.forms[before])) & kDemonstrative) != 0;
    return pointing ? i + 1 : conjunction;
  }
  return conjunction;
}

std::uint32_t Clauses::antecedent(std::uint32_t relative, std::uint32_t sentence) const {
  for (std::uint32_t i = relative; i-- > begin(sentence) && relative - i < 4;) {
    if (at(i).kind == PhraseKind::noun) return i;
    if (at(i).kind != PhraseKind::comma && at(i).kind != PhraseKind::time) break;
  }
  return kNoPhrase;
}

std::uint32_t Clauses::parent(std::uint32_t verb, std::uint32_t sentence, std::uint32_t* conjunction) const {
  const std::uint32_t first = begin(sentence);
  *conjunction = kNoPhrase;
  for (std::uint32_t i = verb; i-- > first && verb - i < kReach;) {
    const Phrase& one = at(i);
    if (one.kind == PhraseKind::subordinator) {
      *conjunction = i;
      for (std::uint32_t k = i; k-- > first && i - k < 12;) {
        if (at(k).kind == PhraseKind::verb) return k;
        if (at(k).kind == PhraseKind::noun && governor_cue(k) != nullptr) return k;
        if (at(k).kind == PhraseKind::stop || at(k).kind == PhraseKind::relative) break;
      }
      return kNoPhrase;
    }
    if (one.kind == PhraseKind::relative || one.kind == PhraseKind::stop) return kNoPhrase;
  }
  return kNoPhrase;
}

// « ont renversé, le 26 juillet à Niamey, le président »: from the comma that opens an adverbial aside to the one that
// closes it; the first if it is none.
std::uint32_t Clauses::behind_aside(std::uint32_t comma, std::uint32_t last) const {
  for (std::uint32_t i = comma + 1; i < last && i < comma + 6; ++i) {
    if (at(i).kind == PhraseKind::comma) return i > comma + 1 ? i : comma;
    if (!is_adverbial(at(i))) return comma;
  }
  return comma;
}

// « la rencontre, la première depuis mai, entre A et B »: what only the noun can have led to.
bool Clauses::is_own_preposition(WordId preposition) const {
  const Tables& rules = view_.rules;
  return preposition != 0 && (preposition == rules.of || preposition == rules.by || preposition == rules.between ||
                              preposition == rules.with);
}

std::uint32_t Clauses::behind_aside_of_noun(std::uint32_t comma, std::uint32_t last) const {
  const std::uint32_t close = behind_aside(comma, last);
  const bool leans = close != comma && close + 1 < last && at(close + 1).kind == PhraseKind::noun &&
                     is_own_preposition(at(close + 1).preposition);
  return leans ? close : comma;
}

std::vector<Argument> Clauses::arguments_behind(std::uint32_t phrase, std::uint32_t sentence, bool of_verb,
                                                std::uint32_t within) const {
  std::vector<Argument> out;
  const std::uint32_t last = end(sentence);
  bool has_object = false;
  bool behind_comma = false;
  bool behind_matter = false;
  std::uint32_t aside = phrase;  // where the last aside closed: what stood in it has no apposition behind it
  bool closed = false;           // another noun has come between: « de » and « par » are its own from here on
  for (std::uint32_t i = phrase + 1; i < last && i - phrase < kReach; ++i) {
    const Phrase& one = at(i);
    if (one.kind == PhraseKind::time || (i <= within && one.kind == PhraseKind::verb)) continue;
    if (one.kind == PhraseKind::comma) {
      std::uint32_t close = of_verb && !has_object ? behind_aside(i, last) : i;
      // « l'assassinat, le 4 mars à X, de Y »: a noun goes on behind an aside with what is its own.
      if (!of_verb && close == i && i == phrase + 1) close = behind_aside_of_noun(i, last);
      if (close != i)
        i = aside = close;
      else
        behind_comma = true;
      continue;
    }
    if (one.kind == PhraseKind::coordinator) {
      if (i + 1 < last && (at(i + 1).kind == PhraseKind::verb || at(i + 1).kind == PhraseKind::relative)) break;
      continue;
    }
    if (one.kind == PhraseKind::verb) {
      // A participle describes what stands before it and lets the row go on; any other verb opens a clause of its own.
      if (one.shape == VerbShape::participle && !of_verb && !behind_comma) continue;
      // « a reçu en audience privée le président »
      if (one.shape == VerbShape::participle && one.shared == kNoPhrase && !has_object && !behind_comma &&
          i + 1 < last && i > phrase + 1 && at(i - 1).kind == PhraseKind::noun && at(i + 1).kind == PhraseKind::noun &&
          at(i + 1).preposition == 0)
        continue;
      break;
    }
    if (one.kind != PhraseKind::noun) break;
    const bool named = one.mention_begin < one.mention_end;
    if (one.coordinated != kNoPhrase) {  // comes with its head
      if (!named && !of_verb) break;     // « les sanctions contre A et la politique de B »
      continue;
    }
    if (one.preposition == 0) {
      if ((one.apposed != kNoPhrase && one.apposed > aside) || behind_comma) {
        if (!of_verb) break;
        // « a rencontré X, son homologue » goes on; a new subject ends the clause.
        if (i + 1 < last && at(i + 1).kind == PhraseKind::verb && at(i + 1).shape == VerbShape::finite) break;
        continue;
      }
      if (!of_verb) break;
      if (has_object) break;
      has_object = i > within;
      out.push_back({Slot::object, 0, i, kNoToken});
      continue;
    }
    if (behind_comma && one.preposition == view_.rules.of) break;
    const bool leans = one.preposition == view_.rules.of || one.preposition == view_.rules.by;
    const bool agent = one.preposition == view_.rules.by && of_verb && at(phrase).voice == Voice::passive;
    if (leans && closed && !agent) continue;  // « accueilli à sa descente d'avion par X »
    // « la signature du traité sur les missiles par A et B »: a matter takes no « par » of its own.
    const bool matter = (view_.rules.flag(one.preposition) & kTopicPreposition) != 0;
    // « des pourparlers sur le programme de Téhéran »: nor is the owner of the matter theirs.
    if (behind_matter && one.preposition == view_.rules.of) continue;
    behind_matter = behind_matter || matter;
    if (i > within && !leans && !named && !matter) closed = true;
    out.push_back({Slot::preposition, one.preposition, i, kNoToken});
  }
  return out;
}

}  // namespace chancery::frames
