#!/usr/bin/env python3
"""How well article text and dates are found, on the benchmark pages that lie beside the checkout.

usage: bench/page_accuracy.py PAGE_TOOL [articles] [segments] [dates] [--worst N]

PAGE_TOOL is the built bench/page_tool.cpp. The pages may only be measured on; without them the script says so and
ends well. Articles: F1 of 4-word shingles, each page weighing the same. Segments: sentences that must and must not be
in the text. Dates: the right day, and how often a wrong one was given.
"""
import collections, gzip, json, os, re, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = os.path.join(HERE, "..", "..", "shared", "data", "pages")


def read_pages(tool, pages):
    """pages: {key: (url, path)} -> {key: row}; gzipped pages are unpacked first."""
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        names, arguments = {}, []
        for number, (key, (url, path)) in enumerate(sorted(pages.items())):
            plain = path
            if path.endswith(".gz"):
                plain = os.path.join(folder, "%06d.html" % number)
                with gzip.open(path) as packed, open(plain, "wb") as out:
                    out.write(packed.read())
            name = url if "://" in url else "local://page/%d" % number  # a page whose address is not known
            names.setdefault(name, key)
            arguments.append(name + "=" + plain)
        run = subprocess.run([tool, os.path.join(HERE, "..", "languages"), *arguments], capture_output=True, check=True)
        for line in filter(None, run.stdout.decode().split("\n")):
            row = json.loads(line)
            rows[names[row["uri"]]] = row
    return rows


def shingles(text, n=4):
    words = re.findall(r"\w+", text or "")
    return collections.Counter(tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words[i:i + n])


def ratio(tp, other, missing):
    return 1.0 if other == missing == 0 else tp / (tp + other) if tp else 0.0


def articles(tool, worst):
    base = os.path.join(PAGES, "article-extraction")
    truth = json.load(open(os.path.join(base, "ground-truth.json")))
    found = read_pages(tool, {k: (v["url"] + "#" + k, os.path.join(base, "html", k + ".html.gz")) for k, v in truth.items()})
    rows = []
    for key, true in truth.items():
        t, f = shingles(true["articleBody"]), shingles(found[key].get("text", ""))
        tp = sum((t & f).values())
        fp, fn = sum(f.values()) - tp, sum(t.values()) - tp
        rows.append((key, true["url"], ratio(tp, fp, fn), ratio(tp, fn, fp), fp, fn))
    p = statistics.mean(r[2] for r in rows)
    r = statistics.mean(r[3] for r in rows)
    print("articles: %d pages  P %.4f  R %.4f  F1 %.4f" % (len(rows), p, r, 2 * p * r / (p + r)))
    for row in sorted(rows, key=lambda row: row[2] + row[3])[:worst]:
        print("  P %.3f R %.3f  +%d -%d  %s %s" % (row[2], row[3], row[4], row[5], row[0][:12], row[1][:90]))


def segments(tool, worst):
    base = os.path.join(PAGES, "segments")
    truth = json.load(open(os.path.join(base, "ground-truth.json")))
    found = read_pages(tool, {u: (u, first_existing(base, v["file"])) for u, v in truth.items()})
    tp = fp = fn = tn = 0
    rows = []
    for url, true in truth.items():
        text = " ".join(found.get(url, {}).get("text", "").split())
        title = found.get(url, {}).get("title", "")
        has = lambda segment: " ".join(segment.split()) in text or (segment == title)
        hit = sum(map(has, true["with"]))
        bad = sum(map(has, true["without"]))
        tp, fn, fp, tn = tp + hit, fn + len(true["with"]) - hit, fp + bad, tn + len(true["without"]) - bad
        rows.append((len(true["with"]) - hit, bad, true["file"], url))
    p, r = tp / (tp + fp), tp / (tp + fn)
    print("segments: %d pages  P %.4f  R %.4f  F %.4f  accuracy %.4f" % (len(rows), p, r, 2 * p * r / (p + r), (tp + tn) / (tp + tn + fp + fn)))
    for row in sorted(rows, key=lambda row: -row[0] - row[1])[:worst]:
        print("  missing %d, wrong %d  %s %s" % row)


def dates(tool, worst):
    base = os.path.join(PAGES, "dates")
    truth = json.load(open(os.path.join(base, "ground-truth.json")))
    found = read_pages(tool, {u: (u, first_existing(base, v["file"])) for u, v in truth.items()})
    right = wrong = none = 0
    rows = []
    for url, true in truth.items():
        date = found.get(url, {}).get("date", "")
        right += date == true["date"]
        none += not date
        wrong += bool(date) and date != true["date"]
        if date != true["date"]:
            rows.append((true["date"], date, true["file"], url))
    print("dates: %d pages  right %.4f  wrong %d  none %d" % (len(truth), right / len(truth), wrong, none))
    for row in rows[:worst]:
        print("  %s found %-10s %s %s" % row)


def first_existing(base, name):
    for path in (os.path.join(base, "html", name), os.path.join(base, "html", name + ".gz")):
        if os.path.exists(path):
            return path
    raise SystemExit("no such page: " + name)


def main():
    arguments = sys.argv[1:]
    worst = 0
    if "--worst" in arguments:
        at = arguments.index("--worst")
        worst = int(arguments[at + 1])
        del arguments[at:at + 2]
    if not arguments:
        raise SystemExit(__doc__)
    if not os.path.isdir(PAGES):
        print("the benchmark pages are not here (%s); nothing measured" % os.path.normpath(PAGES))
        return
    wanted = arguments[1:] or ["articles", "segments", "dates"]
    for name, measure in (("articles", articles), ("segments", segments), ("dates", dates)):
        if name in wanted:
            measure(arguments[0], worst)


if __name__ == "__main__":
    main()
