#!/usr/bin/env python3
"""Text and metadata beside readability.js on its own test pages, and speed beside it and trafilatura in one run.

usage: bench/page_readability.py PAGE_TOOL [--node FOLDER] [--worst N] [--speed]

FOLDER is where `npm install @mozilla/readability jsdom` was run; trafilatura is taken from the running Python. What is
not here is left out with a word. The expected texts are readability.js's own output, corrected by hand, so its figure is
an upper bound and no rival's. Texts: mean F1 of 4-word shingles. Metadata: how many of the expected values are found,
white space and case aside, a title with or without the outlet's name; a day is right if it is the day of the expected time. Times are processor time, one thread.
"""
import gzip, html.parser, json, os, re, statistics, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import page_accuracy
from page_peers import all_cores, trafilatura_texts

BASE = os.path.join(page_accuracy.PAGES, "readability")


class Words(html.parser.HTMLParser):
    """The text of a page, scripts and styles left out, elements parted by spaces where they are blocks."""
    INLINE = {"a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}

    def __init__(self):
        super().__init__()
        self.out, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ("script", "style")
        self.out.append("" if tag in self.INLINE else " ")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")
        self.out.append("" if tag in self.INLINE else " ")

    def handle_data(self, data):
        if not self.silent:
            self.out.append(data)


def words(markup):
    parser = Words()
    parser.feed(markup)
    return "".join(parser.out)


def f1(wanted, found):
    t, f = page_accuracy.shingles(wanted), page_accuracy.shingles(found)
    tp = sum((t & f).values())
    p, r = page_accuracy.ratio(tp, sum(f.values()) - tp, 0), page_accuracy.ratio(tp, sum(t.values()) - tp, 0)
    return 2 * p * r / (p + r) if p + r else 0.0


def plain(value):
    return " ".join((value or "").split()).lower()


def same(field, wanted, found):
    if field == "publishedTime":
        return bool(found) and found[:10] == wanted[:10]
    if field == "lang":
        return plain(found)[:2] == plain(wanted)[:2]
    a, b = plain(wanted), plain(found)
    if field == "byline":
        a, b = (re.sub(r"^(written by|by) ", "", x) for x in (a, b))
    if field == "title":  # the title as it is shown, or as the head has it, with the outlet behind or before
        return a == b or (len(b) >= 8 and (a.startswith(b) or a.endswith(b)))
    return a == b


def report(name, expected, rows, worst):
    scores = {k: f1(e["text"], rows.get(k, {}).get("text", "")) for k, e in expected.items()}
    line = "%-26s F1 %.4f  median %.4f" % (name, statistics.mean(scores.values()), statistics.median(scores.values()))
    for field in ("title", "byline", "lang", "siteName", "publishedTime"):
        if not any(field in row for row in rows.values()):
            continue
        wanted = {k: e[field] for k, e in expected.items() if e.get(field)}
        right = sum(same(field, v, rows.get(k, {}).get(field) or "") for k, v in wanted.items())
        line += "  %s %d/%d" % (field, right, len(wanted))
    print(line)
    for key in sorted(scores, key=scores.get)[:worst]:
        print("  %.3f %s" % (scores[key], key))
    if worst:
        for field in ("title", "byline", "siteName", "publishedTime"):
            for k, e in expected.items():
                if e.get(field) and not same(field, e[field], rows.get(k, {}).get(field) or ""):
                    print("  %s %s: %r, not %r" % (field, k, rows.get(k, {}).get(field), e[field]))


def main(arguments):
    def option(name, default=None):
        return arguments[arguments.index(name) + 1] if name in arguments else default

    if not arguments:
        raise SystemExit(__doc__)
    if not os.path.isdir(BASE):
        print("skipped: the readability pages are not here")
        return
    worst = int(option("--worst", 0))
    expected, pages = {}, {}
    for key in sorted(os.listdir(BASE)):
        folder = os.path.join(BASE, key)
        if not os.path.isdir(folder):
            continue
        read = lambda name: gzip.open(os.path.join(folder, name)).read().decode("utf-8", "replace")
        expected[key] = json.loads(read("expected-metadata.json.gz"))
        expected[key]["text"] = words(read("expected.html.gz"))
        pages[key] = read("source.html.gz")
    size = sum(len(p.encode()) for p in pages.values()) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for key, page in pages.items():
            paths[os.path.join(folder, key + ".html")] = key
            open(os.path.join(folder, key + ".html"), "w", encoding="utf-8").write(page)
        languages = os.path.join(page_accuracy.HERE, "..", "languages")
        run = subprocess.run([arguments[0], languages, folder], capture_output=True, check=True)
        rows = {}
        for row in map(json.loads, filter(None, run.stdout.decode().split("\n"))):
            rows[paths[row["uri"]]] = {"text": row.get("text", ""), "title": row.get("title"), "byline": row.get("byline"),
                                       "lang": row.get("language"), "siteName": row.get("outlet"),
                                       "publishedTime": row.get("date")}
        report("chancery", expected, rows, worst)
        times = {}
        for _ in range(3):
            out = subprocess.run([arguments[0], languages, "--time", folder], capture_output=True, check=True).stdout.decode()
            times["chancery"] = min(times.get("chancery", 1e9), float(re.search(r"in ([0-9.]+) s", out)[1]))
        node = option("--node")
        if node:
            listing = os.path.join(folder, "list")
            open(listing, "w").write("\n".join(paths))
            script = os.path.join(page_accuracy.HERE, "page_readability.js")
            run = subprocess.run(["node", script, os.path.abspath(node), listing], capture_output=True, check=True)
            rows = {}
            for row in map(json.loads, filter(None, run.stdout.decode().split("\n"))):
                if "seconds" in row:
                    times["readability.js"] = row["seconds"]
                else:
                    rows[paths[row["path"]]] = {**row, "text": words(row["content"])}
            report("readability.js", expected, rows, 0)
        for name, (texts, spent) in trafilatura_texts(pages).items():
            times[name] = spent
            report(name, expected, {k: {"text": v} for k, v in texts.items()}, 0)
        print("chancery, all cores        %.1f MB/s, %.0f pages/s on %d cores" %
              (*all_cores(arguments[0], folder), os.cpu_count()))
        for name, spent in times.items():
            print("%-26s %.0f pages/s, %.1f MB/s, %.1f × ours" % (name, len(pages) / spent, size / spent, spent / times["chancery"]))


if __name__ == "__main__":
    main(sys.argv[1:])
