#!/usr/bin/env python3
"""Time expressions against the French TimeBank, in the manner of TempEval-3.

usage: time_accuracy.py TOOL DATA TIMEBANK [--held-out | --seen] [--read] [--errors]

With --read the texts go through the whole reading of a page, furniture and all. TOOL is bench_time_tool, DATA the build's data folder, TIMEBANK a folder of .tml files. Every third file (in order of
name) is the held-out part, on which no rule was written. Strict: same span; relaxed: spans overlap; value and type: of
the relaxed matches. All are F1 over gold and found expressions.
"""
import glob, json, os, subprocess, sys, tempfile
import xml.etree.ElementTree as tree


def read(path):
    """The text without its tags, its day, and its expressions with spans."""
    root = tree.parse(path).getroot()
    day = root.find("DCT/TIMEX3").get("value")
    out, times = [], []

    def walk(node):
        start = sum(map(len, out))
        if node.text:
            out.append(node.text)
        for child in node:
            walk(child)
            if child.tail:
                out.append(child.tail)
        if node.tag == "TIMEX3":
            end = sum(map(len, out))
            if end > start:
                times.append(dict(span=[start, end], value=node.get("value"), type=node.get("type")))

    walk(root.find("TEXT"))
    return "".join(out), day, times


def count(gold, found, total):
    """Adds one document to the counts; yields what differs."""
    total["gold"] += len(gold)
    total["found"] += len(found)
    used = set()
    for g in gold:
        best, index = max(
            ((min(g["span"][1], f["span"][1]) - max(g["span"][0], f["span"][0]), i)
             for i, f in enumerate(found) if i not in used), default=(0, -1))
        if best <= 0:
            yield "missed", g, None
            continue
        used.add(index)
        f = found[index]
        total["relaxed"] += 1
        for key in ("span", "value", "type"):
            same = f[key] == g[key]
            total["strict" if key == "span" else key] += same
            if not same:
                yield key, g, f
    for i, f in enumerate(found):
        if i not in used:
            yield "spurious", None, f


def f1(total, key):
    return 200 * total[key] / max(1, total["gold"] + total["found"])


def worked_example():
    """Two gold, three found: one exact with wrong value, one overlapping with right value and wrong type, one spurious."""
    total = dict.fromkeys(("gold", "found", "strict", "relaxed", "value", "type"), 0)
    gold = [dict(span=[0, 5], value="a", type="DATE"), dict(span=[10, 20], value="b", type="DATE")]
    found = [dict(span=[0, 5], value="x", type="DATE"), dict(span=[12, 20], value="b", type="TIME"),
             dict(span=[30, 35], value="c", type="DATE")]
    list(count(gold, found, total))
    assert [f1(total, k) for k in ("strict", "relaxed", "value", "type")] == [40, 80, 40, 40], total


def main(arguments):
    worked_example()
    tool, data, folder = arguments[:3]
    paths = sorted(glob.glob(os.path.join(folder, "*.tml")))
    if "--held-out" in arguments:
        paths = paths[::3]
    if "--seen" in arguments:
        paths = [p for i, p in enumerate(paths) if i % 3]
    total = dict.fromkeys(("gold", "found", "strict", "relaxed", "value", "type"), 0)
    with tempfile.TemporaryDirectory() as scratch:
        for path in paths:
            text, day, gold = read(path)
            plain = os.path.join(scratch, "page.txt")
            with open(plain, "w", encoding="utf-8", newline="") as out:
                out.write(text)
            found = json.loads(subprocess.run([tool, data, *(["--read"] if "--read" in arguments else []), "--published", day, plain], capture_output=True, check=True).stdout)
            for what, g, f in count(gold, found["times"], total):
                if "--errors" not in arguments:
                    continue
                span = (g or f)["span"]
                around = text[max(0, span[0] - 45):span[1] + 30].replace("\n", " ")
                print(f"{os.path.basename(path)[:14]:15}{what:9}", *(
                    f'[{text[slice(*x["span"])]}] {x["type"]} {x["value"]} ' if x else "-" for x in (g, f)), "|", around)
    print(f'{len(paths)} files, {total["gold"]} gold, {total["found"]} found',
          *(f"{k} {f1(total, k):.2f}" for k in ("strict", "relaxed", "value", "type")), sep="  ")


if __name__ == "__main__":
    main(sys.argv[1:])
