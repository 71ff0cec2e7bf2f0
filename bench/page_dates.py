#!/usr/bin/env python3
"""The day of a page by its own text: French Wikinews articles, whose datelines say it.

usage: page_dates.py TOOL DATA wikinews.jsonl [--read] [--errors]

Two figures: with the dateline as the only clue beside the text (nothing but the text is given), and with the dateline
taken out, so that the day must come from the story alone. Right and wrong are of all pages; the rest is left undated.
"""
import json, os, re, subprocess, sys, tempfile

MONTHS = {m: i + 1 for i, m in enumerate(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())}
DATELINE = re.compile(r"(?m)^\s*(?:\w+ )?(\d{1,2})(?:er)? (%s) (20\d\d)\s*(?:\([^)]*\))?\s*\.?\s*[-–—]?\s*" % "|".join(MONTHS))


def main(arguments):
    tool, data, path = arguments[:3]
    for title, hide in (("dateline in the text", False), ("dateline taken out", True)):
        days, files = {}, []
        with tempfile.TemporaryDirectory() as scratch:
            for line in open(path, encoding="utf-8"):
                row = json.loads(line)
                text = row["text"]
                found = DATELINE.search(text)
                if not found:
                    continue
                day, month, year = found.groups()
                if hide:
                    text = text[:found.start()] + "\n\n" + text[found.end():]
                name = os.path.join(scratch, row["id"] + ".txt")
                with open(name, "w", encoding="utf-8") as out:
                    out.write(text)
                days[name] = f"{year}-{MONTHS[month]:02}-{int(day):02}"
                files.append(name)
            out = subprocess.run([tool, data, *(["--read"] if "--read" in arguments else []), *files], capture_output=True, check=True, text=True).stdout
        right = wrong = 0
        for line in out.splitlines():
            reading = json.loads(line)
            value = reading["published"]
            right += value == days[reading["file"]]
            if value and not days[reading["file"]].startswith(value):
                wrong += 1
                if "--errors" in arguments:
                    print(os.path.basename(reading["file"]), days[reading["file"]], value, reading.get("evidence"))
        print(f"{title}: {len(days)} pages, right {right / len(days):.3f}, wrong {wrong / len(days):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
