#!/usr/bin/env python3
"""Learn the weights of the layout of plain-text pages (src/page/layout.h) and write them into a pack's page.toml.

usage: train_layout.py LIST_LINES LANGUAGES PAGES... [--stories FOLDER] [--write PAGE_TOML] [--folds N]

LIST_LINES is the built list_lines.cpp. PAGES are files in the notation of tests/gold/layout: `# name | outlet | day`, then
lines that begin with F (furniture), B (who wrote it), T (the title) or A (article). --stories takes pages of
tests/gold/stories, whose titles are not marked: what is article there is title or article, as the weights have it.

Method: a linear chain over six zones, trained by stochastic gradient on the likelihood of what the gold allows, with a
price on mistakes inside the model (softmax margin), so that to lose a line of the article costs more than to keep a line
of furniture. Pages are few, so they are multiplied: head, article and tail of three pages make a new one, as do a page
without its furniture, without its blank lines, with blank lines everywhere. --folds tells how good that is on pages left
out of the training (whole files of stories stay together), and writes nothing.
"""
import argparse
import json
import math
import pathlib
import random
import re
import subprocess
import tempfile

ZONES = ("above", "title", "under", "article", "inside", "tail")
TOLD = (1, 3)
N = len(ZONES)
LOST, KEPT = 3.0, 1.0  # the prices of a line of the article that is lost, of one of furniture that is kept
MIXED = 12  # new pages made of each page
SCALE = 100
# Zones that may follow each other.
FOLLOW = {0: (0, 1, 3), 1: (2, 3, 4), 2: (2, 3), 3: (3, 4, 5), 4: (3, 4, 1), 5: (5,)}
FIRST = (0, 1, 3)
LAST = (1, 3, 5)


def read_made(path):
    pages = []
    for page in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _, body = page.partition("\n")
        lines = [(line[:1] or "A", re.sub("[‹›]", "", line[2:])) for line in body.rstrip("\n").split("\n")]
        name = head.split("|")[0].strip()
        pages.append((name, name, lines))
    return pages


def read_cases(path):
    """The plain-text pages among tests/cases/page."""
    pages = []
    for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        name, _, rest = case.partition("\n")
        text, _, expected = rest.partition("\n--- expected\n")
        text = text.partition("--- input\n")[2]
        rows = [row.partition(" | ") for row in expected.splitlines() if " | " in row]
        kinds, at = ["A"] * len(text), 0
        for kind, _, piece in rows:
            found = text.find(piece, at)
            if found < 0:
                break
            letter = {"furniture": "F", "byline": "B", "dateline": "F", "title": "T"}.get(kind, "A")
            kinds[found:found + len(piece)] = letter * len(piece)
            at = found + len(piece)
        else:
            lines, at = [], 0
            for line in text.split("\n"):
                held = [kinds[i] for i in range(at, at + len(line)) if not text[i].isspace()]
                lines.append((max("TAFB", key=held.count) if held else "A", line))
                at += len(line) + 1
            if any(kind == "A" and line for kind, line in lines) and not text.lstrip().startswith("<"):
                pages.append((name, name, lines))
    return pages


def read_story(path):
    text = path.read_bytes().decode("utf-8")
    gold = json.loads(path.with_name(path.stem + ".gold.json").read_text(encoding="utf-8"))
    places = {place for begin, end in gold["boilerplate"] for place in range(begin, end)}
    lines, at = [], 0
    for line in text.split("\n"):
        held = [place in places for place in range(at, at + len(line)) if not text[place].isspace()]
        lines.append(("F" if held and sum(held) * 2 > len(held) else "S", line))
        at += len(line) + 1
    return (path.stem, re.sub(r"\d+$", "", path.stem), lines)


def parts_of(lines):
    """Head, article and tail: the article reaches from the first to the last of its lines."""
    told = [i for i, (kind, line) in enumerate(lines) if kind in "TAS" and line.strip()]
    return lines[:told[0]], lines[told[0]:told[-1] + 1], lines[told[-1] + 1:]


def variants(page, others, dice):
    """New pages out of this one's article."""
    head, body, tail = parts_of(page[2])
    made = [[row for row in page[2] if row[0] in "TAS"], [row for row in page[2] if row[1].strip()],
            [new for row in page[2] for new in (row, ("A", ""))], body, head + body, body + tail]
    for _ in range(MIXED):
        above, below = (parts_of(dice.choice(others)[2]) for _ in "ab")
        cut = lambda part: part[dice.randrange(len(part)):] if part and dice.random() < 0.3 else part
        made.append(cut(above[0]) + body + below[2][:dice.randrange(len(below[2]) + 1) if dice.random() < 0.4 else None])
    return made


def list_lines(arguments, pages):
    """What the engine sees of the pages: for each line its kinds and signs."""
    with tempfile.TemporaryDirectory() as folder:
        paths, texts = [], []
        for number, lines in enumerate(pages):
            path = pathlib.Path(folder) / f"{number:06d}.txt"
            texts.append("\n".join(line for _, line in lines) + "\n")
            path.write_text(texts[-1], encoding="utf-8")
            paths.append(str(path))
        out = b"".join(subprocess.run([arguments.list_lines, str(arguments.languages), *paths[i:i + 500]],
                                      stdout=subprocess.PIPE, check=True).stdout for i in range(0, len(paths), 500))
    return [page_of(lines, text, json.loads(row)) for lines, text, row in zip(pages, texts, out.decode().splitlines())]


def page_of(lines, text, rows):
    kinds = "".join(kind * (len(line) + 1) for kind, line in lines)
    page = []
    for begin, end, zones, *signs in rows:
        inside = [kinds[i] for i in range(begin, end) if not text[i].isspace()]
        kind = max("TSAFB", key=inside.count)
        free = [zone for zone in range(N) if zones >> zone & 1]
        allowed = {"T": [1], "A": [3], "S": list(TOLD)}.get(kind, [0, 2, 4, 5])
        gold = [zone for zone in allowed if zone in free] or free
        page.append((free, gold, signs, text[begin:end], kind))
    return page


def score_of(weights, signs):
    row = [0.0] * N
    for sign in signs:
        own = weights.get(sign)
        if own:
            for zone in range(N):
                row[zone] += own[zone]
    return row


def log_sum(values):
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values)) if top > -1e8 else -1e9


class Model:
    def __init__(self):
        self.signs = {}
        self.follow = [[0.0 if to in FOLLOW[zone] else -1e9 for to in range(N)] for zone in range(N)]
        self.squares = {}

    def scores(self, page, priced):
        rows = []
        for free, gold, signs, text, kind in page:
            row = score_of(self.signs, signs)
            if priced:
                for zone in range(N):
                    if kind in "TAS" and zone not in TOLD:
                        row[zone] += LOST + min(4, len(text) / 30)
                    elif kind in "FB" and zone in TOLD:
                        row[zone] += KEPT
            rows.append([row[zone] if zone in free else -1e9 for zone in range(N)])
        return rows

    def marginals(self, rows):
        """Forward and backward: the chance of each zone of each line, and of each pair."""
        count = len(rows)
        ahead = [[rows[0][z] if z in FIRST else -1e9 for z in range(N)]]
        for i in range(1, count):
            ahead.append([rows[i][to] + log_sum([ahead[-1][z] + self.follow[z][to] for z in range(N)])
                          if rows[i][to] > -1e8 else -1e9 for to in range(N)])
        back = [[0.0 if z in LAST else -1e9 for z in range(N)]]
        for i in range(count - 1, 0, -1):
            back.append([log_sum([self.follow[z][to] + rows[i][to] + back[-1][to] for to in range(N)]) for z in range(N)])
        back.reverse()
        total = log_sum([a + b for a, b in zip(ahead[-1], back[-1])])
        if total < -1e7:
            return None
        single = [[math.exp(a + b - total) if a + b > -1e7 else 0.0 for a, b in zip(x, y)] for x, y in zip(ahead, back)]
        pairs = [[0.0] * N for _ in range(N)]
        for i in range(count - 1):
            for z in range(N):
                if single[i][z] < 1e-6:
                    continue
                for to in FOLLOW[z]:
                    value = ahead[i][z] + self.follow[z][to] + rows[i + 1][to] + back[i + 1][to] - total
                    if value > -30:
                        pairs[z][to] += math.exp(value)
        return single, pairs

    def step(self, page, rate, decay):
        rows = self.scores(page, True)
        free = self.marginals(rows)
        plain = self.scores(page, False)
        gold = self.marginals([[plain[i][z] if z in page[i][1] else -1e9 for z in range(N)] for i in range(len(page))])
        if free is None or gold is None:
            return
        change = {}
        for i, (_, _, signs, _, _) in enumerate(page):
            delta = [gold[0][i][z] - free[0][i][z] for z in range(N)]
            if max(map(abs, delta)) < 1e-4:
                continue
            for sign in signs:
                row = change.setdefault(sign, [0.0] * N)
                for z in range(N):
                    row[z] += delta[z]
        for sign, delta in change.items():
            row = self.signs.setdefault(sign, [0.0] * N)
            squares = self.squares.setdefault(sign, [1.0] * N)
            for z in range(N):
                slope = delta[z] - decay * row[z]
                squares[z] += slope * slope
                row[z] += rate * slope / math.sqrt(squares[z])
        for z in range(N):
            squares = self.squares.setdefault(z, [1.0] * N)
            for to in FOLLOW[z]:
                slope = gold[1][z][to] - free[1][z][to] - decay * self.follow[z][to]
                squares[to] += slope * slope
                self.follow[z][to] += rate * slope / math.sqrt(squares[to])

    def best(self, page):
        rows = self.scores(page, False)
        ways, best = [], [rows[0][z] if z in FIRST else -1e9 for z in range(N)]
        for row in rows[1:]:
            came = [max(range(N), key=lambda z: best[z] + self.follow[z][to]) for to in range(N)]
            best = [best[came[to]] + self.follow[came[to]][to] + row[to] for to in range(N)]
            ways.append(came)
        zone = max(LAST, key=lambda z: best[z])
        zones = [zone]
        for came in reversed(ways):
            zones.append(zone := came[zone])
        return zones[::-1]


def train(pages, arguments):
    dice = random.Random(1)
    texts = [lines for _, _, lines in pages]
    for page in pages:
        texts += variants(page, [other for other in pages if other[1] != page[1]], dice)
    weights = []
    examples = []
    for number, page in enumerate(list_lines(arguments, texts)):
        if page:
            examples += [page] * (4 if number < len(pages) else 1)
    model = Model()
    for epoch in range(arguments.epochs):
        dice.shuffle(examples)
        for page in examples:
            model.step(page, 0.3 / (1 + 0.3 * epoch), 0.002)
    return model


class Tally:
    def __init__(self):
        self.hit = self.gold = self.found = 0
        self.lines = []

    def add(self, name, page, zones):
        for (_, _, _, line, kind), zone in zip(page, zones):
            size = len("".join(line.split()))
            wanted, given = kind in "FB", zone not in TOLD
            self.hit += size * (wanted and given)
            self.gold += size * wanted
            self.found += size * given
            if wanted != given:
                self.lines.append(f"{'missed' if wanted else 'FALSE '} {name} {ZONES[zone]:8} {line[:150]}")

    def __str__(self):
        precision, recall = self.hit / (self.found or 1), self.hit / (self.gold or 1)
        return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall or 1):.3f}"


def write(model, path):
    text = path.read_text(encoding="utf-8")
    text = text[:text.index("\n[layout]\n")] if "\n[layout]\n" in text else text.rstrip("\n") + "\n"
    row = lambda values: "[" + ", ".join(str(max(-99999, round(value * SCALE))) for value in values) + "]"
    lines = ["", "[layout]", "# Written by training/train_layout.py: of each sign of a line or its place, what it speaks for or against each",
             f"# zone of a page ({', '.join(ZONES)}), in hundredths; then what it costs that one zone follows another."]
    lines += [f"{sign} = {row(values)}" for sign, values in sorted(model.signs.items())]
    lines += [f"after_{ZONES[z]} = {row(model.follow[z])}" for z in range(N)]
    lines += [f"page_begins = {row([0 if z in FIRST else -1e9 for z in range(N)])}"]
    lines += [f"page_ends = {row([0 if z in LAST else -1e9 for z in range(N)])}"]
    path.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list_lines")
    parser.add_argument("languages", type=pathlib.Path)
    parser.add_argument("pages", nargs="*", type=pathlib.Path)
    parser.add_argument("--stories", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--cases", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--test", type=pathlib.Path, action="append", default=[], help="folders of stories or files to score alone")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--list", action="store_true", help="the lines that are wrong")
    arguments = parser.parse_args()
    pages = [page for path in arguments.pages for page in read_made(path)]
    pages += [page for path in arguments.cases for page in read_cases(path)]
    pages += [read_story(path) for folder in arguments.stories for path in sorted(folder.glob("*.txt"))]
    if arguments.folds:
        groups = sorted({group for _, group, _ in pages})
        random.Random(2).shuffle(groups)
        tally = Tally()
        for fold in range(arguments.folds):
            out = set(groups[fold::arguments.folds])
            model = train([page for page in pages if page[1] not in out], arguments)
            test = [page for page in pages if page[1] in out]
            for (name, _, _), page in zip(test, list_lines(arguments, [lines for _, _, lines in test])):
                tally.add(name, page, model.best(page))
        print(f"{len(pages)} pages, left out in {arguments.folds} turns: {tally}")
        if arguments.list:
            print("\n".join(tally.lines))
        return
    model = train(pages, arguments)
    for place in [None, *arguments.test]:
        test = pages if place is None else read_made(place) if place.is_file() else [read_story(p) for p in sorted(place.glob("*.txt"))]
        tally = Tally()
        for (name, _, _), page in zip(test, list_lines(arguments, [lines for _, _, lines in test])):
            tally.add(name, page, model.best(page))
        print(f"{len(test)} pages {'learnt from' if place is None else place}: {tally}")
        if arguments.list and place is not None:
            print("\n".join(tally.lines))
    if arguments.write:
        write(model, arguments.write)


if __name__ == "__main__":
    main()
