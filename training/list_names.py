#!/usr/bin/env python3
"""The lists that the name tagger knows: names of places, people, bodies and of nothing of these, with their kinds.

usage: list_names.py SHARED_DATA OUT.tsv

Columns: the name as its source writes it, and its kinds, one letter each: P person, L place, O body, X other (peoples,
inhabitants, works, events, products). Sources: Prolex-Unitex 1.2 (LGPL-LR) and GeoNames (CC BY 4.0), both beside the
checkout.
"""
import csv
import lzma
import os
import re
import sys


def prolex(data):
    path = os.path.join(data, "knowledge", "prolex", "Prolex-Unitex_1_2.dic.xz")
    for line in lzma.open(path, "rt", encoding="utf-8"):
        form, _, rest = line.strip().replace("\\,", "\u00a7").partition(",")
        form = form.strip()
        if not form[:1].isupper() or "\\" in form or "\u00a7" in form:
            continue
        features = rest.rpartition(".")[2]
        if "+Hum" in features or features.startswith("N") and "+PR" not in features:
            yield form, "X"
        elif "+PR" not in features:
            continue
        elif "+Toponyme" in features:
            yield form, "X" if "Astronyme" in features else "L"
        elif "+Celebrite" in features:
            yield form, "P"
        elif "+Groupement" in features:
            yield form, "O"
        else:
            yield form, "X"


def geonames(data):
    path = os.path.join(data, "knowledge", "cities", "cities_fr_en.tsv")
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t"):
        for name in [row["name_fr"], row["name_en"], row["ascii"]]:
            if name[:1].isupper():
                yield name, "L"
        for name in row["altnames_fr"].split("|"):
            if re.fullmatch(r"[A-Z\u00c0-\u017d][\w' -]{3,30}", name) and ord(max(name)) < 0x180 and not name.isupper():
                yield name, "l"


def main(data, out):
    kinds = {}
    for name, kind in list(prolex(data)) + list(geonames(data)):
        kinds.setdefault(name, set()).add(kind)
    with open(out, "w", encoding="utf-8") as f:
        for name, found in sorted(kinds.items()):
            if found != {"l"}:
                f.write(name + "\t" + "".join(sorted(k.upper() for k in found)) + "\n")
    print(len(kinds))


if __name__ == "__main__":
    main(*sys.argv[1:3])
