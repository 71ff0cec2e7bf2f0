#!/usr/bin/env python3
"""Silver text for the name tagger by vote, and the leanings of words.

usage: vote_names.py vote SILVER.tsv CORE.txt ROOM0.tsv ROOM1.tsv LISTS.tsv OUT.tsv
       vote_names.py halves SILVER.tsv HALF0.tsv HALF1.tsv
       vote_names.py room CHANCERY SILVER.tsv HALF OUT.tsv
       vote_names.py leanings CHANCES.tsv OUT.tsv

Three see names in each sentence of SILVER (label_names.py): spaCy, whose labels stand there; CoreNLP (CORE.txt, by
CoreNames.java); and this engine with a model that did not learn from that half of the sentences (`room` with
CHANCERY_DATA). Sentences that begin with the same words are in the same half, so that copies with other names are. A
person or a place needs two of them; a body CoreNLP, or both others, as spaCy alone sees too many. A single word that the
lists have as a people's alone is no place. `leanings` needs numpy: k-means over log odds, 31 classes.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib
from collections import Counter

WEIGHTS = {"spacy": (1.02, 0.6), "core": (1.01, 1.0), "room": (1.0, 0.6)}  # of bodies the second; ties by the first
ENOUGH = {"PER": 2, "LOC": 2, "MISC": 2, "ORG": 1}
OF_KIND = {"person": "PER", "state": "LOC", "place": "LOC", "organisation": "ORG", "group": "ORG"}
CLASSES = 31


def names_of(cell):
    return [(int(b), int(e), k) for b, e, k in (x.split(" ") for x in cell.strip().split(";") if x)]


def cell_of(names):
    return ";".join("%d %d %s" % name for name in names)


def joined(words):
    """CoreNLP's words with their labels as names."""
    names = []
    last = "O"
    for begin, end, label in words:
        if label != "O":
            if last[1:] == label[1:] and label[0] != "B":
                names[-1] = (names[-1][0], end, label[2:])
            else:
                names.append((begin, end, label[2:]))
        last = label
    return names


def elected(seen):
    votes = Counter()
    for voter, names in seen.items():
        for name in names:
            votes[name] += WEIGHTS[voter][name[2] == "ORG"] / ENOUGH[name[2]]
    names = []
    for name, share in sorted(votes.items(), key=lambda one: (-one[1], one[0])):
        if share >= 0.999 and all(name[1] <= other[0] or name[0] >= other[1] for other in names):
            names.append(name)
    return sorted(names)


def vote(silver, core, room0, room1, lists, out):
    kinds = dict(line.rstrip("\n").split("\t") for line in open(lists, encoding="utf-8"))
    room = {}
    for path in (room0, room1):
        for line in open(path, encoding="utf-8"):
            number, cell = line.rstrip("\n").split("\t")
            room[int(number)] = names_of(cell)
    with open(out, "w", encoding="utf-8") as f:
        for i, (line, other) in enumerate(zip(open(silver, encoding="utf-8"), open(core, encoding="utf-8"))):
            text, cell = line.rstrip("\n").split("\t")
            seen = {"spacy": names_of(cell), "core": joined(names_of(other)), "room": room.get(i, [])}
            names = [(b, e, "MISC" if k == "LOC" and kinds.get(text[b:e]) == "X" else k) for b, e, k in elected(seen)]
            f.write(text + "\t" + cell_of(names) + "\n")


def half_of(text):
    words = [w for w in re.findall(r"\w+", text) if w[0].islower() and len(w) > 3][:3]
    return zlib.crc32(" ".join(words).encode()) & 1


def halves(silver, *outs):
    files = [open(path, "w", encoding="utf-8") for path in outs]
    for line in open(silver, encoding="utf-8"):
        files[half_of(line.split("\t")[0])].write(line)


def room(chancery, silver, half, out):
    """The engine's names of the sentences that are not of the half that its model learnt from."""
    texts = [line.split("\t")[0].rstrip("\n") for line in open(silver, encoding="utf-8")]
    with tempfile.TemporaryDirectory() as folder, open(out, "w", encoding="utf-8") as f:
        pages = os.path.join(folder, "pages.jsonl")
        with open(pages, "w", encoding="utf-8") as p:
            for i, text in enumerate(texts):
                if half_of(text) != int(half):
                    p.write(json.dumps({"id": "s%d" % i, "text": text}, ensure_ascii=False) + "\n")
        run = subprocess.Popen([chancery, "read", pages, "--language", "fr", "--jobs", "1"], stdout=subprocess.PIPE)
        for line in run.stdout:
            reading = json.loads(line)
            found = sorted((m["span"][0], -m["span"][1], OF_KIND.get(e["kind"])) for e in reading["entities"]
                           for m in e["mentions"] if m["form"] == "name" and OF_KIND.get(e["kind"]))
            names, reached = [], 0
            for begin, end, kind in found:
                if begin >= reached:
                    names.append((begin, -end, kind))
                    reached = -end
            f.write("%s\t%s\n" % (reading["document"]["uri"].rsplit("s", 1)[1], cell_of(names)))


def leanings(chances, out):
    import numpy as np
    words, rows = [], []
    for line in open(chances, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        words.append(cells[0])
        row = []
        for cell in cells[1:]:
            odds = np.log(np.array([float(x) for x in cell.split(" ")][:4]) + 1.0)
            row += list(odds - odds.mean())
        rows.append(row)
    data = np.array(rows)
    centres = data[np.random.default_rng(7).choice(len(data), CLASSES, replace=False)]
    for _ in range(25):
        own = ((centres ** 2).sum(1)[None, :] - 2 * data @ centres.T).argmin(1)
        for c in range(CLASSES):
            if (own == c).any():
                centres[c] = data[own == c].mean(0)
    with open(out, "w", encoding="utf-8") as f:
        for word, c in zip(words, own):
            f.write("%s\t%d\n" % (word, c + 1))


if __name__ == "__main__":
    {"vote": vote, "halves": halves, "room": room, "leanings": leanings}[sys.argv[1]](*sys.argv[2:])
