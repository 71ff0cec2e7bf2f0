#!/usr/bin/env python3
"""The day of a page by its own text: pages whose day is known, with all metadata taken off.

usage: page_dates.py CHANCERY SHARED [--development | --rest] [--errors]

CHANCERY is the program, SHARED the folder of material beside the checkout. Each page is given as bare text (the shipped
samples: without head, scripts and attributes) under a name that says nothing. Five sets: the shipped samples; the three
seeds; French Wikinews with and without its dateline; the French TimeBank without its document times. Every third page
of the last three is the development part, on which the clues were written. Right: the day. Coarser: a month or year
that holds the day. Wrong: a day, month or year that does not hold it. The rest is left undated.
"""
import glob, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as tree

HERE = os.path.dirname(os.path.abspath(__file__))
MONTHS = {m: i + 1 for i, m in enumerate(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())}
DATELINE = re.compile(r"(?m)^\s*(?:\w+ )?(\d{1,2})(?:er)? (%s) (20\d\d)\s*(?:\([^)]*\))?\s*\.?\s*[-–—]?\s*" % "|".join(MONTHS))
# The samples' days: of their metadata where they have any, else what their text fixes.
SAMPLES = {"01": "1985-07-04", "02": "1985-11-22", "03": "1985-11-21", "04": "1986-09-30", "05": "1986-10-13", "06": "1986-10",
           "07": "1987-10-31", "08": "1987-12-09", "09": "1988-06-02", "10": "1989-12-04", "11": "1991-01-29",
           "12": "1991-08-01", "13": "1991-10"}
# The seeds' days; the text of the first fixes it, that of the second its month, that of the third nothing.
SEEDS = {"000": "2025-04-11", "002": "2025-02-18", "003": "2022-01-21"}


def without_metadata(page):
    page = re.sub(r"(?is)<head.*?</head>|<script.*?</script>|<!--.*?-->", "", page)
    return re.sub(r"(?s)<([a-zA-Z][a-zA-Z0-9]*)\s[^>]*>", r"<\1>", page)


def samples():
    for path in sorted(glob.glob(os.path.join(HERE, "../examples/arms-talks/*"))):
        day = SAMPLES.get(os.path.basename(path)[:2])
        if day:
            raw = open(path, "rb").read()
            text = raw.decode("cp1252" if b"windows-1252" in raw else "utf-8")
            yield (without_metadata(text) if path.endswith("html") else text), day


def seeds(shared):
    for name, day in SEEDS.items():
        path = os.path.join(shared, "seeds", name + ".txt")
        if os.path.exists(path):
            yield open(path, encoding="utf-8").read(), day


def wikinews(shared, hide):
    path = os.path.join(shared, "data/news/wikinews-2012.jsonl")
    if not os.path.exists(path):
        return
    for line in open(path, encoding="utf-8"):
        text = json.loads(line)["text"]
        found = DATELINE.search(text)
        if not found:
            yield None
            continue
        day, month, year = found.groups()
        if hide:
            text = text[:found.start()] + "\n\n" + text[found.end():]
        yield text, f"{year}-{MONTHS[month]:02}-{int(day):02}"


def timebank(shared):
    for path in sorted(glob.glob(os.path.join(shared, "data/time/french-timebank/*.tml"))):
        root = tree.parse(path).getroot()
        yield "".join(root.find("TEXT").itertext()), root.find("DCT/TIMEX3").get("value")


def read(chancery, texts):
    """What is published by each text."""
    days = []
    with tempfile.TemporaryDirectory() as scratch:
        names = []
        for i, text in enumerate(texts):
            names.append(os.path.join(scratch, f"p{i}.html" if text.lstrip().startswith("<") else f"p{i}.txt"))
            with open(names[-1], "w", encoding="utf-8", newline="") as out:
                out.write(text)
        out = subprocess.run([chancery, "read", "--json", "--language", "fr", *names], capture_output=True, check=True, text=True).stdout
        readings = {reading["document"]["uri"]: reading for reading in map(json.loads, out.splitlines())}
        for name in names:
            reading = readings[name]
            published = reading["document"]["published"]
            days.append((published["value"], published["evidence"], reading) if published else None)
    return days


def measure(title, pages, chancery, arguments, split):
    pages = list(pages)
    if not pages:
        return print(f"{title}: skipped: the material is not here")
    if split and "--development" in arguments:
        pages = pages[::3]
    if split and "--rest" in arguments:
        pages = [page for i, page in enumerate(pages) if i % 3]
    pages = [page for page in pages if page]
    right = coarser = wrong_day = wrong = 0
    for (text, day), found in zip(pages, read(chancery, [page[0] for page in pages])):
        if not found:
            continue
        value, evidence, reading = found
        good = day.startswith(value) or value.startswith(day)
        right += value == day and len(day) == 10
        coarser += good and (value != day or len(day) < 10)
        wrong += not good
        wrong_day += not good and len(value) == 10
        if "--errors" in arguments and value != day:
            said = reading["text"][slice(*evidence)] if evidence and "text" in reading else ""
            print("    ", day, value, said, "|", " ".join(text.split())[:70])
    n = len(pages)
    print(f"{title}: {n} pages, right {right / n:.3f}, coarser {coarser / n:.3f}, wrong day {wrong_day / n:.3f}, wrong month or year {(wrong - wrong_day) / n:.3f}, undated {(n - right - coarser - wrong) / n:.3f}")


def main(arguments):
    chancery, shared = arguments[:2]
    measure("samples", samples(), chancery, arguments, False)
    measure("seeds", seeds(shared), chancery, arguments, False)
    measure("Wikinews, dateline in the text", wikinews(shared, False), chancery, arguments, True)
    measure("Wikinews, dateline taken out", wikinews(shared, True), chancery, arguments, True)
    measure("French TimeBank", timebank(shared), chancery, arguments, True)


if __name__ == "__main__":
    main(sys.argv[1:])
