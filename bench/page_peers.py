#!/usr/bin/env python3
"""Speed and accuracy of the page room beside trafilatura and htmldate, on the same benchmark pages, one thread.

usage: bench/page_peers.py PAGE_TOOL

Needs `pip install trafilatura htmldate lxml_html_clean` (in a virtual environment of yours); a peer that is not
installed is left out with a word. Times are processor time, so that other work on the machine does not count.
"""
import gzip, json, os, re, statistics, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import page_accuracy


def articles():
    base = os.path.join(page_accuracy.PAGES, "article-extraction")
    truth = json.load(open(os.path.join(base, "ground-truth.json")))
    return truth, {k: gzip.open(os.path.join(base, "html", k + ".html.gz")).read() for k in truth}


def f1(truth, found):
    rows = []
    for key, true in truth.items():
        t, f = page_accuracy.shingles(true["articleBody"]), page_accuracy.shingles(found[key])
        tp = sum((t & f).values())
        fp, fn = sum(f.values()) - tp, sum(t.values()) - tp
        rows.append((page_accuracy.ratio(tp, fp, fn), page_accuracy.ratio(tp, fn, fp)))
    p, r = statistics.mean(a for a, _ in rows), statistics.mean(b for _, b in rows)
    return 2 * p * r / (p + r)


def ours(tool, pages):
    with tempfile.TemporaryDirectory() as folder:
        for key, html in pages.items():
            open(os.path.join(folder, key + ".html"), "wb").write(html)
        run = subprocess.run([tool, os.path.join(page_accuracy.HERE, "..", "languages"), "--time", folder],
                             capture_output=True, check=True)
        print("chancery             " + run.stdout.decode().strip())
        print("chancery, all cores  %.0f MB/s, %.0f pages/s on %d cores" % (*all_cores(tool, folder), os.cpu_count()))


def all_cores(tool, folder):
    """(MB/s, pages/s) of one process on each core at the same time, added up; by processor time."""
    command = [tool, os.path.join(page_accuracy.HERE, "..", "languages"), "--time", folder]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
               for _ in range(os.cpu_count())]
    rates = [re.search(r"([0-9.]+) MB/s, ([0-9]+) pages/s", one.communicate()[0]) for one in running]
    return sum(float(r[1]) for r in rates), sum(float(r[2]) for r in rates)


def trafilatura_texts(texts):
    """{mode: ({page: text}, processor seconds)} for pages that are decoded already; empty without trafilatura."""
    try:
        import trafilatura
    except ImportError as problem:
        print("trafilatura is not here (%s); left out" % problem)
        return {}
    found = {}
    for name, options in (("standard", {}), ("fast", {"fast": True})):
        start = time.process_time()
        rows = {k: trafilatura.extract(html, **options) or "" for k, html in texts.items()}
        found["trafilatura %s %s" % (trafilatura.__version__, name)] = (rows, time.process_time() - start)
    return found


def trafilatura_runs(truth, pages):
    size = sum(map(len, pages.values())) / 1e6
    for name, (found, spent) in trafilatura_texts({k: html.decode("utf-8", "replace") for k, html in pages.items()}).items():
        print("%-27s F1 %.4f  %.1f MB/s, %.0f pages/s" % (name, f1(truth, found), size / spent, len(pages) / spent))


def htmldate_runs():
    try:
        import htmldate
    except ImportError as problem:
        print("htmldate is not here (%s); left out" % problem)
        return
    base = os.path.join(page_accuracy.PAGES, "dates")
    truth = json.load(open(os.path.join(base, "ground-truth.json")))
    pages = {u: gzip.open(page_accuracy.first_existing(base, v["file"])).read() for u, v in truth.items()}
    for name, extensive in (("extensive", True), ("fast", False)):
        start = time.process_time()
        right = 0
        for url, true in truth.items():
            try:
                right += htmldate.find_date(pages[url], extensive_search=extensive, original_date=True) == true["date"]
            except (ValueError, TypeError):
                pass
        spent = time.process_time() - start
        print("htmldate %-9s right %.4f  %.0f pages/s" % (name, right / len(truth), len(truth) / spent))


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    if not os.path.isdir(page_accuracy.PAGES):
        print("the benchmark pages are not here; nothing measured")
        return
    truth, pages = articles()
    ours(sys.argv[1], pages)
    page_accuracy.articles(sys.argv[1], 0)
    trafilatura_runs(truth, pages)
    page_accuracy.dates(sys.argv[1], 0)
    htmldate_runs()


if __name__ == "__main__":
    main()
