// The search for statements on one page, in its order: words of saying with what follows or precedes them
// (finder_verbs.cpp); sources behind « selon » (finder_sources.cpp); quotations and answers that neither claimed
// (finder_quotations.cpp). Then, in text order, each statement gets its speaker, because a pronoun or a bare quotation
// goes on with the speaker in force (finder_speakers.cpp). Internal to the room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "statements/cues.h"
#include "statements/scan.h"
#include "statements/sources.h"
#include "statements/speakers.h"
#include "statements/statements.h"

namespace chancery::speech {

// A statement on its way.
struct Draft {
  Span span;
  StatementMode mode = StatementMode::indirect;
  Shape shape = Shape::clause;
  std::uint32_t first = 0, last = 0;  // tokens of the content
  std::uint32_t order = 0;            // token that decides the order in which speakers are resolved
  std::uint32_t group = kNoIndex;     // index into Cues::groups
  std::uint16_t cue = 0;
  bool has_cue = false;
  std::uint32_t open_verb = kNoIndex;         // a verb that only its place makes one of saying
  std::uint32_t cue_first = 0, cue_last = 0;  // tokens
  std::uint32_t quotation = kNoIndex;
  std::uint32_t previous = kNoIndex;  // the draft added before it for the same quotation
  std::uint32_t same_as = kNoIndex;   // draft whose speaker this one shares (a cut quotation)
  bool inset = false;                 // its cue stands inside the marks
  bool follows_speech = false;        // it goes on straight behind words of an unknown speaker
  bool follows_next = false;          // its speaker is told behind the next quotation
  bool embedded = false;
  std::uint32_t turn_around = kNoIndex;  // the draft of the turn that holds it
  bool turn = false;                     // somebody's turn in an interview, which may hold words of others
  bool act = false;                      // a bare demand or promise: an event, which only tells who spoke last
  bool colon = false;
  bool dropped = false;
  Speaker speaker;
  std::vector<EntityId> addressees, via;
  std::optional<Interval> date;
};

// Finds the statements of one page. Used once, by one thread.
class Finder {
 public:
  Finder(const Page& page, const Analysis& analysis, const Times& times, Entities& entities,
         const StatementRules::Tables& tables);
  Statements run();

 private:
  // « la ministre X »: the article tells more than the noun.
  void note_article(const Mention& mention);
  // « des experts »: several, whom no « il » means.
  void note_number(EntityId entity, Number number);
  const Cue& cue_of(std::uint32_t g) const { return scan_.tables.cues[cues_.groups[g].cue]; }
  bool comma(std::uint32_t i) const { return scan_.words[i].punctuation == Punctuation::comma; }

  // --- verbs ---

  void take_group(std::uint32_t g);
  // The token before the group, over the comma or dash that parts it from what was said; kNoIndex if the group is not
  // parted so.
  std::uint32_t said_before(std::uint32_t begin) const;
  std::uint32_t block_of(std::uint32_t i) const { return scan_.sentence_of(i).block; }
  // « A », a déclaré X. / A, a-t-il dit.
  bool take_incise(std::uint32_t g);
  // « Pas question de céder, a dit X. »: words without a verb that are all the sentence.
  bool exclaimed(std::uint32_t begin, std::uint32_t g, const Speaker& speaker) const;
  // « Le colonel est plus sec : A, dit-il »: the words before the colon tell of him who says A. The first token of A.
  std::uint32_t behind_introduction(std::uint32_t begin, std::uint32_t end, Speaker& speaker) const;
  // « A, comme l'a dit X », « Comme X l'a dit, A », « A, ce qu'a reconnu X »
  bool take_as_said(std::uint32_t g);
  // « … confirmer, comme X l'a dit, que A », « même si, comme X l'a dit, A »: the first token of an A that stands
  // behind the cue; 0 if it stands before.
  std::uint32_t goes_on_behind(const VerbGroup& group, const Speaker& speaker, std::uint32_t lead,
                               std::uint32_t last) const;
  // The « comme » or the « ce » of « ce que » that stands right before token i; « comme » asks for a pronoun that
  // stands for what is said. kNoIndex if neither does.
  std::uint32_t lead_before(std::uint32_t i, std::uint32_t first, bool pronoun) const;
  // Whether such a word stands anywhere before the token, so that most verbs need no search for their subject.
  bool may_have_lead(const Sentence& sentence, std::uint32_t begin) const;
  // Whether an incise of the same sentence ends before the token.
  bool behind_inner_cue(std::uint32_t begin) const;
  // « si A, prévient-il, B »: B is his as well.
  void take_main_clause(std::uint32_t g, const Draft& first);
  // Whether the noun behind the group is its subject: nothing else stands before it that could be, and no complement
  // follows.
  bool inverted_here(std::uint32_t g, const Speaker& speaker, bool quoted) const;
  // « Le chef du parti, X, a soutenu Y »: the comma before the group closes an apposition to its subject.
  bool closes_apposition(std::uint32_t begin) const;
  // « La France rappelle son ambassadeur, X, a annoncé Y »: a main verb stands before, so the apposition is none to the
  // group's subject.
  bool told_of_another(std::uint32_t begin) const;
  // A person, named or not: « ce responsable » may mean him.
  bool one_voice(EntityId id) const;
  // What has already been told may not be told again: the content begins behind the last statement or cue of the
  // same sentence.
  std::uint32_t floor_for(std::uint32_t end) const;
  std::uint32_t sentence_last(std::uint32_t i) const { return scan_.sentence_of(i).last; }
  // « , rapporte Reuters » behind a statement names the way, not the speaker.
  bool relays(std::uint32_t g, const Speaker& speaker, std::uint32_t begin, std::uint32_t end);
  bool add_via(const Speaker& speaker, std::uint32_t begin, std::uint32_t end);
  // « Son successeur, qui prend ses fonctions lundi »: the only verb stands behind a relative pronoun and a comma.
  bool only_relative(std::uint32_t begin, std::uint32_t end) const;
  bool take_inserted(std::uint32_t g, const Speaker& speaker, std::uint32_t begin);
  // « il serait naïf, prévient X, de relâcher »
  bool infinitive_behind_of(std::uint32_t i) const;
  // « A », a dit X, « B » / : « B »
  void take_second_half(std::uint32_t g, const Draft& first);
  // « A, a prévenu X : B », without marks
  void take_explanation(std::uint32_t g, const Draft& first);
  void take_complement(std::uint32_t g, const Complement& complement);
  // « X dit qu'il a déclaré : « A » »: whether a word of saying before the colon has the words behind it.
  bool quoted_within(std::uint32_t begin, std::uint32_t colon) const;
  // « une offre l'invitant à venir »: a gerund straight behind a noun is the noun's, and things do not speak.
  bool of_a_thing(const VerbGroup& group) const;
  // Whether the words of the speaker are a name or a noun of those who speak.
  bool named_source(const Speaker& speaker) const;
  bool sentence_initial(const VerbGroup& group) const;
  // « a dit "vouloir" la paix »: a quoted word that goes on unquoted is part of a clause.
  std::uint32_t quotation_clause_end(const Complement& complement) const;
  void fragment_mode(const Complement& complement, Draft& draft) const;
  // « A », X explique. The subject stands before the cue, the quotation before the subject.
  void take_subject_first(std::uint32_t g);

  // --- cues inside the marks ---

  // « A, a déclaré X, B »:
  // the page closed no mark before the cue. Commas on both sides, a verb of saying with a third person behind or hung
  // to it, and nothing else between them.
  void take_insets();
  void take_inset(std::uint32_t head);
  bool hung_pronoun(std::uint32_t i) const;
  Speaker inset_speaker(std::uint32_t pronoun, std::uint32_t end, std::uint32_t q_last) const;
  // Behind an earlier inset of the same quotation its second half is cut anew.
  std::uint32_t inset_floor(std::uint32_t q_first, std::uint32_t begin);
  // What was told of the quotation is told of its words from token `begin` on.
  void cut_unclosed(std::uint32_t q, std::uint32_t begin);
  void add_inset(std::uint16_t cue, std::uint32_t head, const Speaker& speaker, std::uint32_t begin, std::uint32_t end,
                 bool all_of_it = true);

  // --- sources ---

  void take_sources();
  void take_source(std::uint32_t i, std::uint32_t length, std::uint16_t cue_number);
  bool comma_before(std::uint32_t i) const { return i > scan_.sentence_of(i).first && comma(i - 1); }
  // « A, mais selon X, B »: the source leads the clause behind it.
  bool behind_coordinator(std::uint32_t i, std::uint32_t end) const;
  // « à l'en croire »
  Speaker pronoun_inside(std::uint32_t i, std::uint32_t length, const Cue& cue) const;
  // « X, pour qui A, … », « …, a dit X, selon qui A »: the person told last before the relative.
  void take_antecedent(std::uint32_t i, std::uint32_t length, std::uint16_t cue);
  bool names_person(std::uint32_t i) const;
  bool no_other_person(std::uint32_t begin, std::uint32_t end) const;
  // « son opinion selon laquelle A », « la thèse de X selon laquelle A »: whose noun it is. A noun that is nobody's
  // tells of no speaker.
  void take_content_of_noun(std::uint32_t i, std::uint32_t length, std::uint16_t cue);
  // The token of the second finite verb behind `begin`, where its clause is a plain one; `begin` if there is none.
  std::uint32_t before_second_verb(std::uint32_t begin) const;
  // « Pour le Kremlin, A »: a body that is known, parted from A by a comma.
  bool body_speaks(const Speaker& speaker) const;
  // « Pour ce spécialiste de la région, A »
  bool noun_speaks(const Speaker& speaker) const;
  // « il confirme la position selon laquelle A »: who asserts a noun that is nobody's says what it holds.
  Speaker who_vouches(std::uint32_t i) const;
  bool person_speaks(const Speaker& speaker) const;
  Draft source_draft(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker,
                     std::uint32_t begin, std::uint32_t end);
  // The token behind what belongs to a noun that ends before i: « source | proche du dossier |».
  std::uint32_t behind_noun(std::uint32_t i, std::uint32_t last) const;
  // Selon X, A.
  void take_source_before(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker);
  // « De source sûre, on indique que A »: the first token of A; `begin` itself where no such « on » stands there.
  std::uint32_t behind_anybody(std::uint32_t begin) const;
  // The token behind the comma that closes the relative clause at `begin`; `begin` itself if none does.
  std::uint32_t behind_relative(std::uint32_t begin, std::uint32_t last) const;
  bool appositive(std::uint32_t begin, std::uint32_t end) const;
  bool content_has_verb(std::uint32_t begin, std::uint32_t end) const;
  // « X cherche "une issue" »: behind a name and before an article the tagger's noun is a verb.
  bool bare_verb(std::uint32_t begin, std::uint32_t end) const;
  // « A, a-t-on appris de source X »: what nobody in particular learnt ends before the verb.
  std::uint32_t before_anybody(std::uint32_t end, std::uint32_t first) const;
  // « selon plusieurs sources [4] »: the token behind the number in brackets.
  std::uint32_t behind_footnote(std::uint32_t i, std::uint32_t last) const;
  // « Neuf morts, tous étrangers, selon X. »: words without a verb that are all the sentence.
  bool bare_headline(std::uint32_t begin, std::uint32_t end) const;
  bool closes_all(std::uint32_t i) const;
  // What somebody demands or promises to do is part of what a source behind it tells.
  bool bare_act(const Draft& draft) const;
  // « un texte qui, selon X, « A » »: what stands under marks is his.
  void take_fragment_behind(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker,
                            std::uint32_t behind);
  // « un acte qui constitue, selon X, une « agression » », without the commas: what is quoted behind is his, the rest
  // is the clause's around it.
  bool take_judgement(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker);
  // A, selon X. / A, selon X, B.
  void take_source_behind(std::uint32_t i, std::uint32_t length, std::uint16_t cue, const Speaker& speaker);

  // --- quotations that no cue claimed ---

  // « accuse X de mener une « guerre du gaz » », « salue la mémoire d'un « ami » »: a few quoted words in the phrases
  // behind a word of saying are the speaker's.
  void take_fragments();
  // « Sahel : « A » (X) »: a state or place before the colon is what the words are about.
  bool topic_alone(std::uint32_t colon) const;
  EntityId outlet_called(std::uint32_t before) const;
  // Who is named in brackets at the token.
  Speaker signed_behind(std::uint32_t i) const;
  // « « A. » C'est par ces mots que X a conclu »: who is told behind the quotation.
  Speaker told_behind(std::uint32_t q) const;
  // The subject of the last finite verb before the token, in its sentence.
  Speaker last_subject(std::uint32_t i) const;
  // The group behind which the quotation stands, with nothing but phrases between; kNoIndex if there is none.
  std::uint32_t governor_of(std::uint32_t q) const;
  void take_free_quotations();
  // « « A », grince X »: behind a comma any verb with its subject behind it is one of saying.
  bool take_open_incise(std::uint32_t q);
  // The head of the verb group that begins at token i, with its auxiliary, and in `end` the token behind it; kNoIndex
  // if no finite verb of one or two words stands there.
  std::uint32_t open_verb(std::uint32_t i, std::uint32_t& end) const;
  // « « A » : X, porte-parole de Y, réclame »: the token of the person's name behind the colon.
  std::uint32_t name_behind_colon(std::uint32_t q) const;
  // « Y « condamne fermement » l'attaque »: the words quoted are the verb of the one before them.
  bool take_quoted_verb(std::uint32_t q, std::uint32_t first);
  // Somebody's turn in an interview or a debate: the label, then his words.
  struct Turn {
    std::uint32_t begin = 0, colon = 0, last = 0;  // tokens
    EntityId speaker;
  };
  // Interviews and debates without marks: paragraphs that begin with somebody's name and a colon, two at least. What
  // several reporters tell somebody who leads a broadcast is news and no statement of theirs.
  void take_dialogue();
  std::vector<Turn> find_turns(bool& broadcast) const;
  // Whether the paragraph that the sentence opens ends with a question mark.
  bool question(const Sentence& sentence) const;
  std::optional<Turn> turn_of(const Sentence& sentence) const;
  // « La présentatrice : »
  bool led_by_presenter(const Sentence& sentence) const;
  // The colon behind the initials with which the paragraph begins, « P. V. : », and the one person of the page who has
  // them.
  std::uint32_t behind_initials(const Sentence& sentence, EntityId& speaker) const;
  // Whether the words of the name, two letters or more each, begin with these capitals.
  static bool has_initials(std::string_view name, std::string_view initials);
  // The colon behind the name with which the sentence begins; kNoIndex if there is none.
  std::uint32_t behind_name(const Sentence& sentence) const;
  // « Aux journalistes, X tient un tout autre langage : « A » »
  void take_colon(std::uint32_t q, std::uint32_t first);
  // « La réponse de X n'a pas tardé : », « Écoutez X : »: whose words the ones before the colon announce.
  Speaker whose_words(std::uint32_t colon) const;
  bool opens_sentence(std::uint32_t first) const;
  // Nothing of the same sentence stands behind it.
  bool closes_sentence(std::uint32_t q) const;
  bool begins_upper(std::uint32_t q) const;
  // Only white space and full stops part it from the next quotation.
  bool touches_next(std::uint32_t q) const;

  // --- building ---

  Draft draft_of(std::uint32_t g, Shape shape, std::uint32_t begin, std::uint32_t end);
  bool trimmed_behind(std::uint32_t i) const;
  bool trimmed_before(std::uint32_t i) const;
  // « Mais A, a dit X »: the word that joins A to the sentence before is the writer's.
  bool joins(std::uint32_t i, Shape shape) const;
  // Sets span and mode from the tokens of the content.
  void set_content(std::uint32_t begin, std::uint32_t end, Draft& draft) const;
  void add(Draft draft);

  // --- choosing ---

  // A statement inside another: kept where it is words said by somebody else, dropped where it is the content's own
  // agreement, promise or thought, or where two readings of the same words compete.
  void drop_embedded();

  // --- speakers ---

  struct InForce {
    std::vector<EntityId> entities;
    std::optional<Span> span;
    std::uint32_t token = 0;
    std::uint32_t block = kNoIndex;
    std::optional<Interval> date;
    bool known = false;
  };
  void resolve_speakers();
  void remember(const Draft& draft);
  bool compatible(const Speaker& pronoun, const std::vector<EntityId>& entities) const;
  bool near(std::uint32_t token) const;
  void settle(Draft& draft);
  // « Quant à X, il dit A »
  bool take_topic(Draft& draft) const;
  // « X a regretté A ; il a dit B »: who the sentence itself is about.
  bool take_own_subject(Draft& draft, std::uint32_t own) const;
  // « ont convenu les deux dirigeants »: the two persons of whom the sentences before tell together.
  bool take_pair(Draft& draft) const;
  // « Plusieurs diplomates … dit l'un d'eux »: those who were told of last.
  void take_one_of_them(Draft& draft) const;
  // « X et Y … Le premier a dit que »
  bool take_one_of_two(Draft& draft) const;
  // The two persons, else the two states, that the sentence names and no third.
  std::vector<EntityId> two_of_kind(const Sentence& sentence) const;
  // « a dit un haut responsable. … a insisté ce responsable »
  bool take_source_again(Draft& draft) const;
  // « a dit X dans un communiqué. … précise le communiqué »
  bool take_text_in_force(Draft& draft) const;
  // Gives the words of a text to the subject of the sentence that tells of it, else to who spoke before.
  bool issued_by(Draft& draft, const Speaker& issuer) const;
  // « le communiqué américain »: the state of the adjective at the token; none if none stands there.
  EntityId state_of_adjective(std::uint32_t i) const;
  // The body of the state that was last named before the token, else the state.
  EntityId body_of_state(EntityId state, std::uint32_t before) const;
  // « la responsable onusienne »: a title that nobody has held so far, of whoever spoke right before.
  bool take_title_again(Draft& draft, const Mention& mention) const;
  // « X et Y ont appelé au calme. Selon eux, A »
  void take_two_before(Draft& draft) const;
  // « précise la même source »: who spoke last, however named.
  bool take_same(Draft& draft) const;
  // The first two persons whom the sentence joins by « et », else the only two it names.
  std::vector<EntityId> two_persons(const Sentence& sentence, bool joined_only = false) const;
  bool gerund(const Draft& draft) const;
  // « A, mais X a refusé, affirmant que B »: the verb behind the last statement has a subject of its own.
  bool take_nearest_subject(Draft& draft);
  bool speak_by(Draft& draft, const Speaker& subject);
  // « Estimant que A, X a refusé »: the subject of the main clause behind.
  bool take_subject_behind(Draft& draft);
  // The words of the speaker name him where no entity does. « Le joueur » alone is who spoke before.
  void name_source(Draft& draft);
  // « Une source européenne a confirmé leur arrivée. « A », dit cette source »: named by the words that brought her in.
  void take_named_now(Draft& draft);
  // « indique son communiqué »: the owner of the text speaks, whoever that is.
  bool take_owner(Draft& draft);
  // The only person named in the sentence of the cue and the two before it; nobody if there are several.
  std::vector<EntityId> only_person_before(const Draft& draft) const;
  bool same_sentence(const Draft& draft) const;
  // Who the sentence before is about, if the pronoun fits.
  void take_subject_before(Draft& draft) const;
  // The last person named before who fits the pronoun, in the paragraph `block` or a later one.
  void look_up_pronoun(Draft& draft, std::uint32_t block) const;
  // « l'agence X », « l'agence de presse X »: the name that follows is the speaker's.
  bool named_behind(Speaker& speaker) const;
  // « la publication », « le quotidien »: the outlet named last.
  void look_up_outlet(Draft& draft) const;
  // A bare quotation: the speaker told behind the next one, else who spoke before, else who the sentence before is
  // about.
  void settle_free(std::uint32_t d, const std::vector<std::uint32_t>& order);
  bool only_speech_between(std::uint32_t begin, std::uint32_t end) const;
  std::vector<EntityId> subject_of_sentence_before(std::uint32_t first) const;
  // A thought or a finding without anybody whose it could be is no statement.
  void drop_speakerless();

  // --- headings ---

  bool heading(const Draft& draft) const;
  // The words of a span by which it is recognised elsewhere.
  std::vector<std::string> content_words(Span span) const;
  // What a heading tells and the body tells again is one statement, and the body's words are the fuller ones.
  void drop_repeated_headings();

  // --- the day ---

  std::optional<Interval> day_of(const Draft& draft) const;
  bool in_other_content(Span span) const;

  // --- the end ---

  double base_confidence(const Draft& draft) const;
  float confidence_of(const Draft& draft) const;
  Statements finish();
  // The cue's own words, without the pronoun behind them.
  Span cue_words(const Draft& draft) const;

  Scan scan_;
  Cues cues_;
  Sources sources_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> last_of_quotation_;  // the draft added last for each; kNoIndex: none
  std::vector<bool> used_;                        // quotations that a statement holds
  std::vector<bool> plural_;                      // by entity: called by a plural
  std::vector<bool> feminine_;                    // by entity: called with a feminine article
  InForce in_force_;
};

}  // namespace chancery::speech
