#!/usr/bin/env python3
"""Score `chancery read` on whole press pages against the gold of tests/gold/stories.

usage: stories_accuracy.py CHANCERY [--half development|held-out] [--page NAME] [--differences]
       stories_accuracy.py CHANCERY --pages FOLDER [--page NAME] [--differences]

Each page is read alone; where its text does not fix its day, the day is given. A statement is found when its span and
one of the gold share over half of their union, attributed when its speakers are the gold's, all and no other. An event
is found when its kind is the gold's or of the same family and a mention stands within 80 characters of the gold's
trigger; its slots are judged one by one, and it is whole when all of them are right. The second table tells what the
confidences are worth: a statement counts as right when found with its speakers, an event when found with its kind and
actors. Without --half both halves are measured. --differences lists what was missed, false or wrong, for the
development half alone: nobody looks at the other one. --pages takes the pages of another folder, annotated alike.
"""
import argparse
import json
import pathlib
import re
import subprocess
import unicodedata

GOLD = pathlib.Path(__file__).resolve().parent.parent / "tests" / "gold" / "stories"
HALVES = ("development", "held-out")
NEAR = 80  # characters between two triggers of one event, at most
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
SURE = 0.8
# Kinds that a careful reader may confuse: to find one where the gold has its neighbour is a find with a wrong kind.
FAMILIES = ("meet call negotiate visit mediate", "agree promise propose", "reject accuse",
            "sanction expel restrict-mission recall", "restore-mission lift-sanction", "exchange release",
            "detain convict", "deploy attack threaten", "ceasefire withdraw")
FAMILY = {kind: kinds for kinds in FAMILIES for kind in kinds.split()}
# Last words of the names of states: they are no surnames, so « Corée » alone or « Sud » alone names nobody.
NO_SURNAMES = {"congo", "guinee", "soudan", "israel", "niger", "coree", "unis", "nord", "sud", "ouest", "est", "arabie"}


# ---- names

def plain(name):
    """Lower case, without accents, signs and the article at the beginning."""
    letters = "".join(c for c in unicodedata.normalize("NFD", name or "") if c.isascii())
    words = re.findall("[a-z0-9]+", letters.lower())
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("le", "la", "les", "l", "the") else words)


def read_equal_names():
    rows = (line.rstrip("\n").split("\t") for line in open(GOLD / "names.tsv", encoding="utf-8") if line[0] not in "#\n")
    return {plain(name): plain(equal) for name, equal in rows}


EQUAL = read_equal_names()


def same_name(one, other):
    """Equal by the table, or one of them is the bare surname of the other."""
    one, other = (EQUAL.get(plain(name), plain(name)) for name in (one, other))
    if not one or not other or one == other:
        return bool(one) and one == other
    short, full = sorted((one.split(), other.split()), key=len)
    return len(short) == 1 and short[0] == full[-1] and short[0] not in NO_SURNAMES


def among(names, others):
    """How many of the names stand among the others."""
    return sum(any(same_name(name, other) for other in others) for name in names)


def names_of(actors):
    return [actor["name"] for actor in actors or []]


def same_names(gold, found):
    return among(gold, found) == len(gold) and among(found, gold) == len(found)


# ---- judging one pair

def shared_part(gold, found):
    """Share of their union that two statements have in common; 0 where that is not over half."""
    (a, b), (c, d) = gold["span"], found["span"]
    inside = max(0, min(b, d) - max(a, c))
    union = (b - a) + (d - c) - inside
    return inside / union if inside * 2 > union else 0


def first_day(event):
    return (event["date"] or {}).get("start") or None


def judge(gold, found):
    """Which slots of an event are right."""
    wanted = gold["actors"] + gold["targets"]
    given = names_of(found["actors"]) + names_of(found["targets"])
    definite = [name for name in wanted if name[:1].isupper()]  # collectives in lower case may be left out
    if definite:  # half of those wanted are given, and half of those given are wanted
        actors = 2 * among(definite, given) >= len(definite) and 2 * among(given, wanted) >= len(given)
    else:
        actors = not given or among(given, wanted) > 0
    day, found_day = gold["date"] or None, first_day(found)
    place = found["place"]["name"] if found["place"] else None
    return {"kind": gold["kind"] == found["kind"],
            "actors": actors,
            # a year or month of the gold is met by any day within
            "date": day == found_day or bool(day and found_day and len(day) < 10 and found_day.startswith(day)),
            "place": same_name(gold["place"], place) if gold["place"] or place else True,
            "status": gold["status"] == found["status"]}


def likeness(gold, found):
    """How well an event fits: its kind, then its slots, then how near it stands; 0 where it is another one."""
    begin, end = gold["trigger"]
    gap = min(max(0, max(begin, a) - min(end, b)) for a, b in [found["trigger"], *found["mentions"]])
    if gap > NEAR or FAMILY.get(gold["kind"], gold["kind"]) != FAMILY.get(found["kind"], found["kind"]):
        return 0
    right = judge(gold, found)
    return 1000 * right["kind"] + 100 * sum(right.values()) + 100 - gap


def pairs_of(gold, found, fits):
    """One to one, the best fit first: places in the two lists."""
    scored = [(fits(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    left_gold, left_found, pairs = set(range(len(gold))), set(range(len(found))), []
    for fit, i, j in sorted((row for row in scored if row[0] > 0), reverse=True):
        if i in left_gold and j in left_found:
            left_gold.remove(i)
            left_found.remove(j)
            pairs.append((gold[i], found[j]))
    return pairs, [gold[i] for i in sorted(left_gold)], [found[j] for j in sorted(left_found)]


# ---- counting

class Share:
    """Hits among what the gold has and what was found."""
    def __init__(self):
        self.hit = self.gold = self.found = 0

    def add(self, hit, gold, found):
        self.hit, self.gold, self.found = self.hit + hit, self.gold + gold, self.found + found

    def __str__(self):
        precision, recall = self.hit / (self.found or 1), self.hit / (self.gold or 1)
        both = 2 * precision * recall / (precision + recall or 1)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}   ({self.hit} of {self.gold} gold, {self.found} found)"


class Tally:
    def __init__(self):
        self.pages = self.dated = self.mode = 0
        self.shares = {name: Share() for name in ("boilerplate", "statements", "attributed", "events", "whole events")}
        self.slots = dict.fromkeys(("kind", "actors", "date", "place", "status"), 0)
        self.sure = {"statements": [], "events": []}  # (confidence, right?) of all that was found

    def page(self, gold, reading, differences):
        found_day = (reading["document"]["published"] or {}).get("value")
        self.pages += 1
        self.dated += found_day == gold["doc_date"]["value"]
        if found_day != gold["doc_date"]["value"]:
            differences.append(f"DAY      gold {gold['doc_date']['value']}  found {found_day}")
        self.statements(gold["statements"], reading["statements"], differences)
        self.events(gold["events"], reading["events"], differences)
        wanted, given = ({place for begin, end in spans for place in range(begin, end)}
                         for spans in (gold["boilerplate"], reading["document"]["boilerplate"]))
        self.shares["boilerplate"].add(len(wanted & given), len(wanted), len(given))
        differences.boilerplate(wanted, given)

    def statements(self, gold, found, differences):
        pairs, missed, false = pairs_of(gold, found, shared_part)
        attributed = 0
        for g, f in pairs:
            right = same_names(g["speaker"], names_of(f["speakers"]))
            attributed += right
            self.mode += g["mode"] == f["mode"]
            self.sure["statements"].append((f["confidence"], right))
            if not right:
                differences.statement("speaker", f, f"gold {g['speaker']} found {names_of(f['speakers'])}")
        for g in missed:
            differences.statement("missed", g, f"{g['mode']} {g['speaker']} by {g['cue']}")
        for f in false:
            self.sure["statements"].append((f["confidence"], False))
            differences.statement("false", f, f"{f['mode']} {names_of(f['speakers'])} {(f['cue'] or {}).get('lemma')}")
        self.shares["statements"].add(len(pairs), len(gold), len(found))
        self.shares["attributed"].add(attributed, len(gold), len(found))

    def events(self, gold, found, differences):
        pairs, missed, false = pairs_of(gold, found, likeness)
        whole = 0
        for g, f in pairs:
            right = judge(g, f)
            whole += all(right.values())
            for slot, value in right.items():
                self.slots[slot] += value
            self.sure["events"].append((f["confidence"], right["kind"] and right["actors"]))
            if not all(right.values()):
                differences.event("slots", g, "; ".join(
                    f"{slot} {told(g, slot)}, found {told(f, slot)}" for slot in right if not right[slot]), f)
        for g in missed:
            differences.event("missed", g, ", ".join(told(g, slot) for slot in self.slots if slot != "kind"))
        for f in false:
            self.sure["events"].append((f["confidence"], False))
            differences.event("false", f, ", ".join(told(f, slot) for slot in self.slots if slot != "kind"), f)
        self.shares["events"].add(len(pairs), len(gold), len(found))
        self.shares["whole events"].add(whole, len(gold), len(found))

    def report(self, title):
        print(f"== {title}: {self.pages} pages, {self.dated} with the right day")
        for name, share in self.shares.items():
            print(f"{name:14}{share}")
        print(f"{'modes':14}{self.mode} of {self.shares['statements'].hit}")
        hit = self.shares["events"].hit
        print(f"{'slots':14}" + ", ".join(f"{slot} {value} of {hit}" for slot, value in self.slots.items()))
        print(f"{'confidence':14}{'statements: right of found':>28}{'mean':>7}{'events: right of found':>28}{'mean':>7}")
        for low, high in zip(BINS, BINS[1:]):
            line = f"{low:.1f} - {high:.1f}     "
            for judged in self.sure.values():
                inside = [(c, right) for c, right in judged if low <= c < high or c == high == 1]
                rate, mean = fraction([right for _, right in inside]), [c for c, _ in inside]
                line += f"{rate:>28}" + (f"{sum(mean) / len(mean):7.2f}" if mean else " " * 7)
            print(line.rstrip())
        for name, judged in self.sure.items():
            at_least = [right for confidence, right in judged if confidence >= SURE]
            print(f"{name} at {SURE} and over: {fraction(at_least)}")


def fraction(right):
    return f"{sum(right)} of {len(right)} = {sum(right) / len(right):.2f}" if right else "-"


# ---- differences

def told(event, slot):
    """A slot of an event as the gold or as the program gives it."""
    value = event[slot]
    if slot == "actors":
        sides = [[a if isinstance(a, str) else a["name"] for a in event[side]] for side in ("actors", "targets")]
        return " -> ".join(", ".join(side) or "-" for side in sides)
    if isinstance(value, dict):
        value = value["name"] if slot == "place" else first_day(event)
    return str(value or "-")


class Differences(list):
    """Lines to print for a page, with the words they are about."""
    def __init__(self, text):
        self.text = text

    def around(self, begin, end, before=60, after=60):
        cut = f"{self.text[max(0, begin - before):begin]}[{self.text[begin:end]}]{self.text[end:end + after]}"
        return re.sub(r"\s+", " ", cut)

    def statement(self, what, one, note):
        confidence = f" {one['confidence']:.2f}" if "confidence" in one else ""
        self.append(f"STATEMENT {what}{confidence}  {note}\n    {self.around(*one['span'], before=50)}")

    def event(self, what, one, note, found=None):
        confidence = f" {found['confidence']:.2f}" if found else ""
        self.append(f"EVENT {what}{confidence}  {one['kind']}: {note}\n    {self.around(*one['trigger'])}")

    def boilerplate(self, wanted, given):
        for what, places in (("missed", wanted - given), ("false", given - wanted)):
            begin = None
            for place in sorted(places):
                if begin is None:
                    begin = place
                if place + 1 not in places:
                    if re.search(r"\w", self.text[begin:place + 1]):
                        self.append(f"BOILERPLATE {what}\n    {self.around(begin, place + 1, 20, 20)}")
                    begin = None


# ---- reading

def read_page(chancery, page, doc_date):
    given = ["--published", doc_date["value"]] if doc_date["how"] == "given" else []
    run = subprocess.run([chancery, "read", str(page), *given], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout.decode())


def measure(chancery, folder, page, listed):
    tally = Tally()
    for gold_path in sorted(folder.glob(f"{page or '*'}.gold.json")):
        name = gold_path.name.removesuffix(".gold.json")
        page_path = gold_path.with_name(name + ".txt")
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        differences = Differences(page_path.read_bytes().decode("utf-8"))
        tally.page(gold, read_page(chancery, page_path, gold["doc_date"]), differences)
        if listed:
            print(f"-- {name}")
            print("\n".join(differences))
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chancery")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--pages", type=pathlib.Path, help="a folder of NAME.txt and NAME.gold.json instead of the two halves")
    parser.add_argument("--page", help="this page alone, by its name without ending")
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    if options.differences and options.half == "held-out":
        parser.error("the held-out half is measured alone, its differences are not shown")
    halves = [options.half] if options.half else HALVES[:1] if options.differences else HALVES
    folders = {options.pages.name: options.pages} if options.pages else {f"{half} half": GOLD / half for half in halves}
    tallies = {title: measure(options.chancery, folder, options.page, options.differences)
               for title, folder in folders.items()}
    if not any(tally.pages for tally in tallies.values()):
        parser.error(f"no page {options.page}")
    for title, tally in tallies.items():
        if tally.pages:
            tally.report(title + (f", {options.page}" if options.page else ""))


if __name__ == "__main__":
    main()
