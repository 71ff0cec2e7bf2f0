#!/usr/bin/env python3
"""Makes languages/fr/lexicon/prolex.tsv out of Prolex-Unitex: adjectives and names of peoples, of states and of regions,
which the Lefff has only in part.

usage: extract_prolex.py Prolex-Unitex_1_2.dic.xz OUT.tsv
"""
import lzma
import sys

GENDER = {"m": "Gender=Masc", "f": "Gender=Fem"}
NUMBER = {"s": "Number=Sing", "p": "Number=Plur"}
KINDS = ("Toponyme+Territoire+Pays", "Toponyme+Territoire+Region", "Anthroponyme+Collectif+Ethnonyme",
         "Toponyme+Supranational")


def main(source, out):
    rows = set()
    for line in lzma.open(source, "rt", encoding="utf-8", errors="replace"):
        line = line.strip()
        form, comma, rest = line.partition(",")
        lemma, dot, codes = rest.rpartition(".")
        grammar, *agreements = codes.split(":")
        if not comma or not dot or " " in form or not any(k in grammar for k in KINDS):
            continue
        for agreement in agreements:
            feats = "|".join([GENDER[c] for c in agreement if c in GENDER] + [NUMBER[c] for c in agreement if c in NUMBER])
            if grammar.startswith("A+"):
                rows.add((form, "ADJ", feats or "_", lemma))
            elif grammar.startswith("N+Hum"):
                rows.add((form, "NOUN", feats or "_", lemma))
            elif grammar.startswith("N+PR"):
                rows.add((form, "PROPN", "_", lemma))
    with open(out, "w", encoding="utf-8") as f:
        f.write("# From Prolex-Unitex 1.2 (LGPL-LR), by training/extract_prolex.py: form, class, features, lemma, count.\n")
        for row in sorted(rows):
            f.write("\t".join(row) + "\t0\n")
    print(len(rows), "readings")


if __name__ == "__main__":
    main(*sys.argv[1:3])
