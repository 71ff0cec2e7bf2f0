#!/usr/bin/env python3
"""Coreference against gold chains (CoNLL-U Plus as of DEMOCRAT in CorefUD's older form): MUC, B³, CEAF-e, their
average, and the accuracy of anaphors.

usage: coreference_accuracy.py CHANCERY FILE.conll [--errors] [--keep FOLDER]    or: coreference_accuracy.py --check

The texts are put together from the words, read by CHANCERY, and its mentions are laid on the gold ones. Chancery's
mentions are names, titles and pronouns without articles and complements, the gold ones are whole noun phrases, so two
are the same when they have the same head (the word whose governor, in the file's tree, lies outside the mention; the
widest gold mention of that head is taken, the possessive determiner of a phrase is a mention of its own). Chains of
one mention are left out on both sides, as CoNLL-2012 does.

Printed for all chains, and for chains that have a name of a person, place or body in them (the file's own named-entity
column): those are all that Chancery sets out to resolve; newspaper text has many more, of fissures, rooms and matches.

Anaphors are mentions of the gold that are not the first of their chain and no names: pronouns of the third person,
possessives, and nominals (a noun with le, la, ce, cette, son …). An anaphor counts as resolved when Chancery gives it
an entity of which an earlier mention of the text is another mention; it is right when the last such earlier mention
that lies on a gold mention belongs to the anaphor's chain. Accuracy is right of the resolved, as coreferee counts its
own; coverage is resolved of all. --check scores a worked example (Luo 2005, and the scorer's own TC-A cases).
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

FORMS = {"name", "office", "nominal", "pronoun"}


# --- the metrics, over lists of sets of mentions -----------------------------------------------------------------
def muc(one, other):
    """Recall of the links of `one` as `other` has them: (found, all)."""
    found = total = 0
    place = {m: i for i, chain in enumerate(other) for m in chain}
    for chain in one:
        parts = {place.get(m, ("alone", m)) for m in chain}
        found += len(chain) - len(parts)
        total += len(chain) - 1
    return found, total


def b_cubed(one, other):
    place = {m: chain for chain in other for m in chain}
    found = total = 0
    for chain in one:
        for mention in chain:
            found += len(chain & place.get(mention, set())) / len(chain)
            total += 1
    return found, total


def assignment(weights):
    """The best one-to-one assignment of rows to columns (Kuhn and Munkres, O(n³)); its total weight."""
    if not weights or not weights[0]:
        return 0.0
    rows, columns = len(weights), len(weights[0])
    if rows > columns:
        return assignment([list(column) for column in zip(*weights)])
    high = max(map(max, weights))
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        match[0], column = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[column] = True
            at, delta, following = match[column], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                cost = high - weights[at - 1][j - 1] - u[at] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return sum(weights[match[j] - 1][j - 1] for j in range(1, columns + 1) if match[j])


def ceaf_e(gold, found):
    weights = [[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold]
    return assignment(weights)


class Score:
    def __init__(self):
        self.parts = collections.defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])  # name → right, of gold, right, of found

    def add(self, gold, found):
        for name, metric in (("MUC", muc), ("B³", b_cubed)):
            for at, pair in ((0, metric(gold, found)), (2, metric(found, gold))):
                self.parts[name][at] += pair[0]
                self.parts[name][at + 1] += pair[1]
        best = ceaf_e(gold, found)
        for at, value in enumerate((best, len(gold), best, len(found))):
            self.parts["CEAF-e"][at] += value

    def f1(self, name):
        a, b, c, d = self.parts[name]
        recall, precision = (a / b if b else 0), (c / d if d else 0)
        both = 2 * recall * precision / (recall + precision) if recall + precision else 0
        return recall, precision, both

    def show(self, title):
        line = []
        for name in ("MUC", "B³", "CEAF-e"):
            recall, precision, both = self.f1(name)
            line.append(f"{name} R {recall:.3f} P {precision:.3f} F {both:.3f}")
        mean = sum(self.f1(name)[2] for name in ("MUC", "B³", "CEAF-e")) / 3
        print(f"{title}: " + " · ".join(line) + f" · CoNLL {mean:.3f}")


def check():
    """Luo's example: gold {1..5} {6,7} {8,9,A,B,C}; the response joins the last two."""
    gold = [set("12345"), set("67"), set("89ABC")]
    score = Score()
    score.add(gold, [set("12345"), set("6789ABC")])
    assert [round(x, 3) for x in score.f1("MUC")] == [1.0, 0.9, 0.947], score.f1("MUC")
    assert [round(x, 3) for x in score.f1("B³")] == [1.0, 0.762, 0.865], score.f1("B³")
    assert [round(x, 3) for x in score.f1("CEAF-e")] == [0.611, 0.917, 0.733], score.f1("CEAF-e")
    score = Score()  # the scorer's case TC-A-4
    score.add([set("ab"), set("cde")], [set("ab"), set("cde"), set("fgh")])
    assert [round(x, 3) for x in score.f1("B³")] == [1.0, 0.625, 0.769], score.f1("B³")
    print("the worked examples are right")


# --- the gold --------------------------------------------------------------------------------------------------
class Token:
    def __init__(self, number, form, cells, sentence):
        self.number, self.form, self.sentence = number, form, sentence
        self.upos, self.features, self.head = cells[3], cells[5], cells[6]
        self.name = "(" in cells[-3] or "PER" in cells[-3] or "ORG" in cells[-3] or "LOC" in cells[-3]
        self.chains, self.begin, self.end = cells[-1], 0, 0
        self.lemma = cells[2]


def documents(path):
    """Yields (name, tokens of sentences)."""
    name, sentences, tokens, hidden = None, [], [], {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#begin"):
            name, sentences, tokens = line, [], []
        elif line.startswith("#end"):
            if tokens:
                sentences.append(tokens)
            yield name, sentences
            sentences, tokens = [], []
        elif not line.strip():
            if tokens:
                sentences.append(tokens)
            tokens, hidden = [], {}
        elif not line.startswith("#"):
            cells = line.split("\t")
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                for number in range(first, last + 1):
                    hidden[number] = cells[1] if number == first else ""
                continue
            if not cells[0].isdigit():
                continue
            number = int(cells[0])
            tokens.append(Token(number, hidden.get(number, cells[1]), cells, len(sentences)))


NO_SPACE_BEFORE = {",", ".", ")", "]", "...", "…", "-", "%"}
NO_SPACE_AFTER = {"(", "["}


def text_of(sentences):
    """The text, each token knowing its place in it. Sentences that end without a mark are paragraphs (titles)."""
    out, size = [], 0

    def put(piece):
        nonlocal size
        out.append(piece)
        size += len(piece)

    for sentence in sentences:
        before = None
        for token in sentence:
            if token.form == "":
                token.begin = token.end = size
                continue
            glued = before is None or token.form in NO_SPACE_BEFORE and token.form != "-" or before in NO_SPACE_AFTER \
                or before.endswith(("'", "’")) or token.form.startswith("-") and len(token.form) > 1
            if not glued:
                put(" ")
            token.begin = size
            put(token.form)
            token.end = size
            before = token.form
        put("\n\n" if before not in (".", "!", "?", "...", "…", "»", "\"") else " ")
    return "".join(out)


class Mention:
    def __init__(self, chain, tokens):
        self.chain, self.tokens = chain, tokens
        inside = {token.number for token in tokens}
        heads = [t for t in tokens if not t.head.isdigit() or int(t.head) not in inside]
        self.head = heads[0] if heads else tokens[0]
        if len(tokens) == 1:
            self.head = tokens[0]


def gold_mentions(sentences):
    mentions = []
    for sentence in sentences:
        open_at = collections.defaultdict(list)
        for at, token in enumerate(sentence):
            if token.chains in ("_", "-", "*"):
                continue
            for piece in token.chains.split("|"):
                chain = piece.strip("()")
                if piece.startswith("("):
                    open_at[chain].append(at)
                if piece.endswith(")") and open_at[chain]:
                    mentions.append(Mention(chain, sentence[open_at[chain].pop():at + 1]))
    return mentions


POINTING = {"le", "la", "les", "l'", "l’", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"}


def kind_of(mention):
    token = mention.head
    if "Poss=Yes" in token.features and len(mention.tokens) == 1:
        return "possessive"
    if token.upos == "PRON":
        if "PronType=Rel" in token.features:
            return None
        return "pronoun" if token.form.lower().strip("-") in {
            "il", "elle", "ils", "elles", "lui", "eux", "t-il", "t-elle", "t-ils", "t-elles", "celui-ci", "celle-ci",
            "ceux-ci", "celles-ci", "l'", "le", "la", "les", "leur", "se", "s'"} else None
    if token.upos == "NOUN" and mention.tokens[0].form.lower() in POINTING:
        return "nominal"
    return None


# --- a reading laid on it --------------------------------------------------------------------------------------
def read(chancery, text, keep):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(keep or folder, "page.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        done = subprocess.run([chancery, "read", "--json", "--language", "fr", path], capture_output=True, text=True,
                              check=False)
    if done.returncode != 0 or not done.stdout.strip():
        sys.exit(f"{chancery} failed: {done.stderr}")
    return json.loads(done.stdout.splitlines()[0])


def found_mentions(reading, sentences):
    """[(begin, end, entity id, head token)] in text order; the pronoun part of a group stands for the group."""
    tokens = [t for sentence in sentences for t in sentence if t.form]
    found = []
    for entity in reading["entities"]:
        for mention in entity["mentions"]:
            begin, end = mention["span"]
            inside = [t for t in tokens if t.begin < end and t.end > begin]
            if not inside or mention["form"] not in FORMS:
                continue
            found.append((begin, end, entity["id"], Mention("", inside).head))
    return sorted(found, key=lambda m: (m[0], -m[1]))


def main():
    if "--check" in sys.argv:
        return check()
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) < 2:
        sys.exit(__doc__)
    chancery, path = arguments[:2]
    if not os.path.exists(path):
        print(f"skipped: {path} is not here")
        return 0
    everything, named = Score(), Score()
    counts = collections.Counter()
    for name, sentences in documents(path):
        text = text_of(sentences)
        gold = gold_mentions(sentences)
        by_head = {}
        for mention in gold:  # the widest of a head
            key = (mention.head.begin, mention.head.end, mention.head.form)
            if key not in by_head or len(mention.tokens) > len(by_head[key].tokens):
                by_head[key] = mention
        reading = read(chancery, text, None)
        found, place = [], {}
        for begin, end, entity, head in found_mentions(reading, sentences):
            mention = by_head.get((head.begin, head.end, head.form))
            key = id(mention) if mention else ("found", begin, end)
            if key in place:  # a title and a name with one gold head: one mention
                continue
            place[key] = entity
            found.append((begin, entity, mention, key))
        gold_chains, named_ids = collections.defaultdict(set), set()
        for mention in gold:
            key = (mention.head.begin, mention.head.end, mention.head.form)
            if by_head[key] is mention:
                gold_chains[mention.chain].add(id(mention))
                if mention.head.upos == "PROPN" or any(t.name for t in mention.tokens if t is mention.head):
                    named_ids.add(mention.chain)
        chains = collections.defaultdict(set)
        for _, entity, _, key in found:
            chains[entity].add(key)
        gold_sets = [c for c in gold_chains.values() if len(c) > 1]
        found_sets = [c for c in chains.values() if len(c) > 1]
        everything.add(gold_sets, found_sets)
        keep = [c for i, c in gold_chains.items() if i in named_ids and len(c) > 1]
        of_named = set().union(*keep) if keep else set()
        named.add(keep, [c for c in found_sets if c & of_named or not any(isinstance(m, int) for m in c)])
        anaphors(gold, by_head, found, named_ids, counts, text, "--errors" in sys.argv)
    everything.show("all chains")
    named.show("chains with a name")
    for group in ("all", "named"):
        for kind in ("pronoun", "possessive", "nominal", "total"):
            total, resolved, right = (counts[group, kind, what] for what in ("total", "resolved", "right"))
            print(f"{group:6} {kind:10} {total:5} anaphors, {resolved:4} resolved "
                  f"({100 * resolved / max(1, total):.0f} %), accuracy {right / max(1, resolved):.3f}")
    return 0


def anaphors(gold, by_head, found, named_ids, counts, text, show):
    entity_of = {key: entity for _, entity, _, key in found}
    seen = set()
    for mention in sorted(gold, key=lambda m: (m.tokens[0].begin, -len(m.tokens))):
        key = (mention.head.begin, mention.head.end, mention.head.form)
        if by_head[key] is not mention:
            continue
        first = mention.chain not in seen
        seen.add(mention.chain)
        kind = kind_of(mention)
        if kind is None or first:
            continue
        groups = ["all"] + (["named"] if mention.chain in named_ids else [])
        entity = entity_of.get(id(mention))
        begin = mention.head.begin
        before = [m for at, e, m, k in found if e == entity and at < begin and m is not None and m is not mention]
        for group in groups:
            for one in (kind, "total"):
                counts[group, one, "total"] += 1
                if entity is not None and before:
                    counts[group, one, "resolved"] += 1
                    counts[group, one, "right"] += before[-1].chain == mention.chain
        if show and entity is not None and before and before[-1].chain != mention.chain:
            words = " ".join(t.form for t in mention.tokens)
            print(f"wrong {kind} « {words} » taken for {entity} (« {' '.join(t.form for t in before[-1].tokens)} »): "
                  f"…{text[max(0, begin - 160):begin + 60]!r}")
        elif show and kind in ("pronoun", "possessive") and mention.chain in named_ids and entity is None:
            print(f"open {kind} « {mention.head.form} »: …{text[max(0, begin - 120):begin + 50]!r}")


if __name__ == "__main__":
    sys.exit(main())
