#!/usr/bin/env python3
"""Makes the training material out of the treebanks: one convention of features, no sentence of the test parts, and the
table of forms that the lexicon ships.

usage: prepare.py TREEBANKS OUT_FOLDER LEXICON.tsv [--all]

TREEBANKS holds Sequoia/, GSD/, FQB/ (CoNLL-U). Writes OUT_FOLDER/{train,dev}.conllu: train is Sequoia train, GSD dev and
FQB; dev is Sequoia dev. GSD and FQB are brought to Sequoia's way of annotating features, because one tagger cannot learn
two. LEXICON.tsv gets form, class, features, lemma, count of the train part. --all: once the settings have been chosen on
dev, its sentences are learnt from too, so train and the lexicon hold them as well. No test sentence is ever in either.
"""
import collections
import os
import sys


def sentences(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("# global") and not line.startswith("# newdoc"):
            rows.append(line)
    if rows:
        yield rows


def text_of(rows):
    return next((r[9:] for r in rows if r.startswith("# text = ")), "")


def features(cell):
    return {} if cell == "_" else dict(p.split("=", 1) for p in cell.split("|"))


def cell_of(feats):
    return "|".join(f"{k}={v}" for k, v in sorted(feats.items(), key=lambda p: p[0].lower())) or "_"


def own_convention(cells):
    """Sequoia's own: only what is noise for everybody goes."""
    feats = features(cells[5])
    for key in ("Typo", "Gender[ctxt]", "Number[ctxt]"):
        feats.pop(key, None)
    cells[5] = cell_of(feats)


def other_convention(cells, closed, lemmas=None):
    """GSD and FQB brought to Sequoia's convention; FQB's lemmas of pronouns, too."""
    feats = features(cells[5])
    for key in ("Number[psor]", "Person[psor]", "Typo", "Gender[ctxt]", "Number[ctxt]"):
        feats.pop(key, None)
    if cells[3] == "DET" and "Poss" in feats:
        feats.pop("PronType", None)
    if feats.get("Voice") == "Act":
        feats.pop("Voice")
    if cells[3] == "NUM":
        feats = {"NumType": "Card"}
    if feats.get("Reflex") == "Yes":
        feats.pop("Emph", None)
    own = closed.get((cells[1].lower(), cells[3]))
    if own is not None and "ExtPos" not in feats:
        feats = features(own)
    cells[5] = cell_of(feats)
    if lemmas is not None:
        cells[2] = lemmas.get((cells[1].lower(), cells[3]), cells[2])


def closed_forms(rows_of_all, column, share, at_least):
    """Forms of closed classes whose features (column 5) or lemma (column 2) are nearly always the same."""
    seen = collections.defaultdict(collections.Counter)
    for rows in rows_of_all:
        for row in rows:
            cells = row.split("\t")
            if len(cells) == 10 and cells[0].isdigit() and cells[3] in ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV"):
                seen[cells[1].lower(), cells[3]][cells[column]] += 1
    out = {}
    for key, counts in sorted(seen.items()):
        best, n = counts.most_common(1)[0]
        if n >= share * sum(counts.values()) and sum(counts.values()) >= at_least:
            out[key] = best
    return out


def convert(rows, change):
    out = []
    for row in rows:
        cells = row.split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            change(cells)
            row = "\t".join(cells)
        out.append(row)
    return out


def surface(rows):
    """(form, words, space after) of each surface token; several words where the treebank splits it."""
    tokens, skip_to = [], 0
    for row in rows:
        cells = row.split("\t")
        if len(cells) != 10:
            continue
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            tokens.append((cells[1], []))
            skip_to = last
        elif cells[0].isdigit():
            if int(cells[0]) <= skip_to:
                tokens[-1][1].append(cells)
            else:
                tokens.append((cells[1], [cells]))
    return tokens


def write_lexicon(sentences_seen, path):
    """The table of forms that the lexicon ships; how many lines it has."""
    counts = collections.Counter()
    for s in sentences_seen:
        for form, words in surface(s):
            upos = "+".join(w[3] for w in words)
            feats = words[0][5] if len(words) == 1 else "_"
            lemma = "+".join(w[2] for w in words)
            if upos in ("_", "X") and form != form.lower():
                continue
            form = form.lower().replace("\u2019", "'")
            if any(c.isspace() for c in form) and not form[0].isdigit():
                continue
            counts[form, upos, feats, lemma] += 1
    with open(path, "w", encoding="utf-8") as f:
        f.write("# Forms of the French treebanks UD Sequoia (train and dev), GSD (dev) and FQB, made by training/prepare.py: form, class,\n"
                "# features, lemma, how often. Sequoia and FQB: LGPL-LR. GSD: CC BY-SA 4.0. See NOTICE.txt.\n")
        for (form, upos, feats, lemma), n in sorted(counts.items()):
            f.write(f"{form}\t{upos}\t{feats}\t{lemma}\t{n}\n")
    return len(counts)


def main(treebanks, out, lexicon, everything=False):
    path = lambda *p: os.path.join(treebanks, *p)
    tests = {text_of(s) for f in (("Sequoia", "fr_sequoia-ud-test.conllu"), ("GSD", "fr_gsd-ud-test.conllu"))
             for s in sentences(path(*f))}
    keep = lambda rows: text_of(rows) not in tests
    sequoia = [convert(s, own_convention) for s in sentences(path("Sequoia", "fr_sequoia-ud-train.conllu")) if keep(s)]
    dev = [convert(s, own_convention) for s in sentences(path("Sequoia", "fr_sequoia-ud-dev.conllu")) if keep(s)]
    closed = closed_forms(sequoia, 5, 0.95, 3)
    other = lambda cells: other_convention(cells, closed)
    gsd = [convert(s, other) for s in sentences(path("GSD", "fr_gsd-ud-dev.conllu")) if keep(s)]
    closed = {**closed_forms(sequoia + gsd, 5, 0.8, 1), **closed}
    lemmas = closed_forms(sequoia + gsd, 2, 0.7, 1)
    fqb = [convert(s, lambda cells: other_convention(cells, closed, lemmas)) for s in sentences(path("FQB", "fr_fqb-ud-test.conllu")) if keep(s)]
    dev_texts = {text_of(s) for s in dev}
    train = [s for s in sequoia + gsd + fqb if text_of(s) not in dev_texts]
    if everything:
        train = dev + train
    os.makedirs(out, exist_ok=True)
    for name, part in (("train", train), ("dev", dev)):
        with open(os.path.join(out, name + ".conllu"), "w", encoding="utf-8") as f:
            for s in part:
                f.write("\n".join(s) + "\n\n")
    lines = write_lexicon(train, lexicon)
    print(f"train {len(train)} sentences, dev {len(dev)}, lexicon {lines} lines")


if __name__ == "__main__":
    main(*sys.argv[1:4], everything="--all" in sys.argv[4:])
