#!/usr/bin/env python3
"""How well `chancery read` tells article from furniture, dates pages and names their outlets, on made-up pages.

usage: page_layout.py CHANCERY PAGES... [--differences]

PAGES are files in the notation of tests/gold/layout/README.md. Furniture is counted in characters without white space. The
layout's weights are learnt from those very files: `training/train_layout.py --folds` measures on pages left out.
"""
import json
import re
import subprocess
import sys


def read_pages(path):
    """Name, outlet, day, title, text and the places of furniture of each page."""
    for page in re.split(r"^# ", open(path, encoding="utf-8").read(), flags=re.M)[1:]:
        head, _, body = page.partition("\n")
        name, outlet, day = (part.strip() for part in head.split("|"))
        text, gold, title = "", set(), None
        for line in body.rstrip("\n").split("\n"):
            inside = line[:1] in ("F", "B")
            for piece in re.split("([‹›])", line[2:]):
                if piece in "‹›" and piece:
                    inside = piece == "‹"
                    continue
                if inside:
                    gold.update(i for i, c in enumerate(piece, len(text)) if not c.isspace())
                text += piece
            title = line[2:] if line[:1] == "T" else title
            text += "\n"
        yield name, outlet, day, title, text, gold


def letters(name):
    return re.sub(r"\W", "", name or "").lower()


def main(program, *arguments):
    hit = wanted = given = pages = 0
    right = dict.fromkeys(("days", "titles", "outlets"), 0)
    false_outlets = 0
    for path in (a for a in arguments if not a.startswith("--")):
        for name, outlet, day, title, text, gold in read_pages(path):
            run = subprocess.run([program, "read", "-"], input=text.encode(), capture_output=True, check=True)
            document = json.loads(run.stdout.decode())["document"]
            found = {i for a, b in document["boilerplate"] for i in range(a, b) if not text[i].isspace()}
            own = {"days": (document["published"] or {}).get("value") == day, "titles": document["title"] == title,
                   "outlets": bool(document["outlet"]) and any(letters(document["outlet"]) == letters(one) for one in outlet.split(" = "))}
            for what, value in own.items():
                right[what] += value
            false_outlets += bool(document["outlet"]) and not own["outlets"]
            hit, wanted, given, pages = hit + len(gold & found), wanted + len(gold), given + len(found), pages + 1
            if "--differences" not in arguments:
                continue
            print(f"-- {name}", *(f"no {what}" for what, value in own.items() if not value), document["outlet"])
            place = 0
            for line in text.split("\n"):
                span = range(place, place + len(line))
                missed = [i for i in span if i in gold and i not in found]
                false = [i for i in span if i in found and i not in gold]
                for what, places in (("missed", missed), ("false", false)):
                    if places:
                        print(f"   {what}  {text[places[0]:places[-1] + 1]}")
                place += len(line) + 1
    precision, recall = hit / (given or 1), hit / (wanted or 1)
    print(f"{pages} pages: furniture P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall or 1):.3f}; "
          + ", ".join(f"{what} {value}" for what, value in right.items()) + f", false outlets {false_outlets}")


if __name__ == "__main__":
    main(*sys.argv[1:])
