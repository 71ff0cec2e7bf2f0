#!/usr/bin/env python3
"""Statements, events, dates and furniture of the seed pages against their gold, by the scorer that lies beside the checkout.

usage: reading_accuracy.py CHANCERY

The seeds are development data: rules were written while looking at them. Without ../shared the script says so and ends.
"""
import os
import subprocess
import sys
import tempfile

SHARED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared")
SEEDS = os.path.join(SHARED, "seeds")


def main(chancery):
    if not os.path.isdir(SEEDS):
        print("skipped: ../shared/seeds is not here")
        return
    given = dict(line.split() for line in open(os.path.join(SEEDS, "dates.tsv")) if line[0] != "#")
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for name in sorted(n[:-4] for n in os.listdir(SEEDS) if n.endswith(".txt")):
            page = os.path.join(SEEDS, name + ".txt")
            options = ["--published", given[name]] if name in given else []
            found = os.path.join(folder, name + ".json")
            with open(found, "wb") as out:
                subprocess.run([chancery, "read", page, *options], stdout=out, check=True)
            pairs += [os.path.join(SEEDS, name + ".gold.json"), found]
        subprocess.run([sys.executable, os.path.join(SHARED, "tools", "score.py"), *pairs], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
