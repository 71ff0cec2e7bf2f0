#!/usr/bin/env python3
"""Statements of press pages against the stand-off gold of tests/gold/statements, and what their confidences are worth.

usage: statements_accuracy.py CHANCERY [--half development|held-out] [--errors] [--calibration]

The gold holds spans and speakers without the text; the pages themselves lie beside the checkout (../shared/data/news).
Two spans match when they share over half of their union, paired greedily, best first, as the scorer beside the checkout
does it. A speaker is right when all names of the gold are given and no other. Statements that the gold calls optional
count neither when they are found nor when they are missed. `--errors` prints what was missed, invented or given to the
wrong speaker: for the development half only, since looking at the other half would spoil it.
"""
import argparse
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared")
GOLD = os.path.join(HERE, "..", "tests", "gold", "statements")
MODES = ("direct", "indirect", "mixed")


def load_scorer():
    """The names and pairing of the scorer beside the checkout, so that both say the same."""
    path = os.path.join(SHARED, "tools", "score.py")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages_of(gold_rows):
    """The texts of the gold's pages by (data, id); a page whose text differs from the annotated one is an error."""
    wanted = {(row["data"], row["id"]): row for row in gold_rows}
    texts = {}
    for data in sorted({row["data"] for row in gold_rows}):
        for line in open(os.path.join(SHARED, "data", "news", data), encoding="utf-8"):
            page = json.loads(line)
            row = wanted.get((data, page["id"]))
            if row and hashlib.sha256(page["text"].encode()).hexdigest() == row["sha256"]:
                texts[data, page["id"]] = page["text"]
    missing = set(wanted) - set(texts)
    if missing:
        sys.exit("these pages are not as they were annotated: %s" % sorted(missing))
    return texts


def read_pages(chancery, gold_rows, texts):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, row in enumerate(gold_rows):
            path = os.path.join(folder, "%03d.txt" % number)
            with open(path, "wb") as out:
                out.write(texts[row["data"], row["id"]].encode())
            paths.append(path)
        out = subprocess.run([chancery, "read", *paths], stdout=subprocess.PIPE, check=True).stdout
    readings = [json.loads(line) for line in out.decode().splitlines()]
    assert len(readings) == len(gold_rows)
    return readings


def head_noun(name):
    """The word by which a source without a name is known: « un porte-parole des talibans » → porte-parole."""
    words = re.findall(r"[\w-]+", name.lower())
    while words and words[0] in ("un", "une", "des", "le", "la", "les", "l", "plusieurs", "certains", "de", "du"):
        words = words[1:]
    return words[0].rstrip("sx") if words else ""


def speaker_right(score, gold, found):
    """`gold` holds for each speaker the names he may be given; names in lower case are sources without a name."""
    def one(names, given):
        for name in names:
            if score.same(name, given):
                return True
            if name[:1].islower() and head_noun(name) and head_noun(name) == head_noun(given):
                return True
        return False
    return (all(any(one(names, given) for given in found) for names in gold) and
            all(any(one(names, given) for names in gold) for given in found))


def f1(hit, gold, found):
    precision = hit / found if found else 0.0
    recall = hit / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Tally:
    def __init__(self):
        self.gold = self.found = self.hit = self.attributed = self.mode = 0

    def line(self, title):
        spans = "P %.3f R %.3f F1 %.3f" % f1(self.hit, self.gold, self.found)
        speakers = "P %.3f R %.3f F1 %.3f" % f1(self.attributed, self.gold, self.found)
        return "%-24s gold %3d found %3d  spans %s  with speaker %s  mode %d/%d" % (
            title, self.gold, self.found, spans, speakers, self.mode, self.hit)


def score_pages(score, gold_rows, readings, texts, show):
    tallies = {}
    correct = []  # (confidence, right?) of each statement found
    for row, reading in zip(gold_rows, readings):
        text = texts[row["data"], row["id"]]
        gold, found = row["statements"], reading["statements"]
        pairs = score.pair(gold, found, score.statement_score)
        paired_gold = {id(g) for g, _ in pairs}
        pair_of = {id(f): g for g, f in pairs}
        for key in ("all", row["data"].split(".")[0]):
            tally = tallies.setdefault(key, Tally())
            tally.gold += sum(not g.get("optional") for g in gold)
        for g in gold:
            if not g.get("optional"):
                tallies.setdefault(g["mode"], Tally()).gold += 1
                if show and id(g) not in paired_gold:
                    print("MISSED  %s %s %s" % (row["id"][-14:], g["mode"], quoted(text, g["span"])))
        for f in found:
            g = pair_of.get(id(f))
            if g is not None and g.get("optional"):
                continue
            names = [speaker["name"] for speaker in f["speakers"]]
            right = g is not None and speaker_right(score, g["speakers"], names)
            correct.append((f["confidence"], right))
            for key in ("all", row["data"].split(".")[0], g["mode"] if g else f["mode"]):
                tally = tallies.setdefault(key, Tally())
                tally.found += 1
                tally.hit += g is not None
                tally.attributed += right
                tally.mode += g is not None and g["mode"] == f["mode"]
            if show and g is None:
                print("EXTRA   %s %s %s %s %.2f" % (row["id"][-14:], f["mode"], quoted(text, f["span"]), names, f["confidence"]))
            elif show and not right:
                print("SPEAKER %s %s gold %s found %s %.2f" % (row["id"][-14:], quoted(text, f["span"]), g["speakers"],
                                                           names, f["confidence"]))
            elif show and g["span"] != f["span"]:
                print("SPAN    %s gold %s found %s" % (row["id"][-14:], quoted(text, g["span"]), quoted(text, f["span"])))
    return tallies, correct


def quoted(text, span):
    words = text[span[0]:span[1]].replace("\n", "¶")
    return "[%s]" % (words if len(words) < 90 else words[:45] + " … " + words[-40:])


def reliability(correct):
    """Bins of the confidence against how many were right, and the expected calibration error."""
    print("confidence   statements   mean confidence   right")
    total = error = 0
    for low in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.0: 0.3, 0.3: 0.5, 0.9: 1.01}.get(low, low + 0.1)
        rows = [(c, r) for c, r in correct if low - 1e-9 <= c < high - 1e-9]
        if not rows:
            continue
        mean = sum(c for c, _ in rows) / len(rows)
        right = sum(r for _, r in rows) / len(rows)
        total += len(rows)
        error += abs(mean - right) * len(rows)
        print("%.1f – %.1f %12d %17.2f %7.2f" % (low, min(high, 1.0), len(rows), mean, right))
    print("expected calibration error %.3f over %d" % (error / max(total, 1), total))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chancery")
    parser.add_argument("--half", choices=("development", "held-out"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--calibration", action="store_true")
    options = parser.parse_args()
    if not os.path.isdir(os.path.join(SHARED, "data", "news")):
        print("skipped: ../shared/data/news is not here")
        return
    score = load_scorer()
    for half in ("development", "held-out"):
        path = os.path.join(GOLD, half + ".jsonl")
        if options.half not in (None, half) or not os.path.exists(path):
            continue
        rows = [json.loads(line) for line in open(path, encoding="utf-8")]
        texts = pages_of(rows)
        readings = read_pages(options.chancery, rows, texts)
        print("== %s half: %d pages" % (half, len(rows)))
        tallies, correct = score_pages(score, rows, readings, texts, options.errors and half == "development")
        for key in ("all", "bbc-afrique", "wikinews-2012", *MODES):
            if key in tallies:
                print(tallies[key].line(key))
        if options.calibration:
            reliability(correct)


if __name__ == "__main__":
    main()
