#!/usr/bin/env python3
"""The numbers of [confidence] in speech.toml, counted on the development halves of tests/gold/statements and
tests/gold/stories.

usage: statements_confidence.py CHANCERY DATA [PAGES]

DATA is the data folder of the build (knowledge.bin, languages/). PAGES is a folder of further pages annotated as those of
tests/gold/stories are, which count with them. A confidence is the product of two numbers: one for how
the statement is built (« X déclare que A », « A », a dit X …) and one for how its speaker is named. Which ones belong to a
statement is learnt by reading the pages twice under marked numbers, so that the engine need not print it. A statement
is right when span and speaker are, as statements_accuracy.py and stories_accuracy.py judge. The two numbers are fitted in turns:

    construction = (right + K × prior) / (sum of the speakers' factors + K)
    speaker      = (right + K × mean × prior) / (sum of the constructions' numbers + K × mean)      1 for a named one

K = 8 imaginary statements keep what was seen twice near its prior: the mean of all, less RISKY for the constructions of
which other pages showed more errors (judged by reading, never counted), and PRIOR_SPEAKER. Nothing is given more than 0.97. The
held-out halves are not touched here: statements_accuracy.py --calibration and stories_accuracy.py show what the numbers are
worth there. Without the collections of news beside the checkout the stories alone are counted.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import statements_accuracy as accuracy  # noqa: E402
import stories_accuracy as stories  # noqa: E402

CONSTRUCTIONS = ["direct_beside_cue", "direct_colon", "direct_in_force", "mixed", "clause", "question", "infinitive",
                 "marked_infinitive", "incise", "according_to", "attribute", "object", "embedded"]
SPEAKERS = ["named", "source", "pronoun", "in_force", "unknown"]
K = 8
RISKY = {**dict.fromkeys(["direct_in_force", "question", "embedded"], 0.12),
         **dict.fromkeys(["marked_infinitive", "attribute", "object"], 0.2)}
PRIOR_SPEAKER = {"source": 0.95, "pronoun": 0.95, "in_force": 0.9, "unknown": 0.2}


def with_numbers(toml, numbers):
    for key, value in numbers.items():
        toml = re.sub(r"(?m)^%s = [0-9.]+" % key, "%s = %s" % (key, value), toml)
    return toml


def under_numbers(data, numbers, read):
    """What `read` gives under other numbers; the data folder is copied by links, and its speech.toml replaced."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "data")
        shutil.copytree(data, copy, copy_function=lambda a, b: os.symlink(os.path.abspath(a), b))
        path = os.path.join(copy, "languages", "fr", "speech.toml")
        text = open(path, encoding="utf-8").read()
        os.unlink(path)
        open(path, "w", encoding="utf-8").write(with_numbers(text, numbers))
        os.environ["CHANCERY_DATA"] = copy
        found = read()
        del os.environ["CHANCERY_DATA"]
    return found


def judged_pages(chancery, further):
    """(statements, for each whether it is right or None where it does not count) of every development page."""
    judged = []
    if os.path.isdir(os.path.join(accuracy.SHARED, "data", "news")):
        score = accuracy.load_scorer()
        rows = [json.loads(line) for line in open(os.path.join(accuracy.GOLD, "development.jsonl"), encoding="utf-8")]
        for row, reading in zip(rows, accuracy.read_pages(chancery, rows, accuracy.pages_of(rows))):
            pair_of = {id(f): g for g, f in score.pair(row["statements"], reading["statements"], score.statement_score)}
            right = []
            for f in reading["statements"]:
                g = pair_of.get(id(f))
                names = [speaker["name"] for speaker in f["speakers"]]
                right.append(None if g is not None and g.get("optional")
                             else g is not None and accuracy.speaker_right(score, g["speakers"], names))
            judged.append((reading["statements"], right))
    folders = [stories.GOLD / "development"] + [pathlib.Path(folder) for folder in further]
    for path in [path for folder in folders for path in sorted(folder.glob("*.txt"))]:
        gold = json.loads(path.with_name(path.stem + ".gold.json").read_text(encoding="utf-8"))
        reading = stories.read_page(chancery, path, gold["doc_date"])
        pairs, _, _ = stories.pairs_of(gold["statements"], reading["statements"], stories.shared_part)
        pair_of = {id(f): g for g, f in pairs}
        judged.append((reading["statements"],
                       [id(f) in pair_of and stories.same_names(pair_of[id(f)]["speaker"], stories.names_of(f["speakers"]))
                        for f in reading["statements"]]))
    return judged


def main(chancery, data, *further):
    ones = dict.fromkeys(CONSTRUCTIONS + SPEAKERS, 1.0)
    by_construction = under_numbers(data, {**ones, **{c: (i + 1) / 100 for i, c in enumerate(CONSTRUCTIONS)}},
                                    lambda: judged_pages(chancery, further))
    by_speaker = under_numbers(data, {**ones, **{s: (i + 1) / 10 for i, s in enumerate(SPEAKERS)}},
                               lambda: judged_pages(chancery, further))
    items = []
    for (statements, rights), (again, _) in zip(by_construction, by_speaker):
        for a, right, b in zip(statements, rights, again):
            if right is None:
                continue
            construction = CONSTRUCTIONS[round(a["confidence"] * 100) - 1]
            # Of a bare quotation the speaker is always the one in force, and its number counts him in.
            speaker = "named" if construction == "direct_in_force" else SPEAKERS[round(b["confidence"] * 10) - 1]
            items.append((construction, speaker, right))
    mean = sum(right for _, _, right in items) / len(items)
    construction = dict.fromkeys(CONSTRUCTIONS, mean)
    speaker = dict.fromkeys(SPEAKERS, 1.0)
    for _ in range(50):
        for key in CONSTRUCTIONS:
            mine = [(s, r) for c, s, r in items if c == key]
            prior = mean - RISKY.get(key, 0.0)
            construction[key] = min(0.97, (sum(r for _, r in mine) + K * prior) / (sum(speaker[s] for s, _ in mine) + K))
        for key in SPEAKERS[1:]:
            mine = [(c, r) for c, s, r in items if s == key]
            speaker[key] = min(1.0, (sum(r for _, r in mine) + K * mean * PRIOR_SPEAKER[key]) /
                               (sum(construction[c] for c, _ in mine) + K * mean))
    counts = defaultdict(lambda: [0, 0])
    for c, s, right in items:
        for key in (c, s):
            counts[key][0] += right
            counts[key][1] += 1
    print("# %d statements, %.3f of them right" % (len(items), mean))
    for key, value in {**construction, **speaker}.items():
        print("%-24s # %d of %d right" % ("%s = %.2f" % (key, value), *counts[key]))


if __name__ == "__main__":
    main(*sys.argv[1:4])
