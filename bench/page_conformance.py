#!/usr/bin/env python3
"""How far the HTML tokenizer follows the standard, by the public html5lib-tests.

usage: bench/page_conformance.py TOKENS_TOOL TOKENIZER-FOLDER [--show N]

TOKENS_TOOL is the built bench/page_tokens_tool.cpp; TOKENIZER-FOLDER holds the *.test files (they are in the html5lib
source package, html5lib/tests/testdata/tokenizer). Compared is what a reader of pages needs: where text begins and
ends, with its references decoded; the tags in order; the attributes that anybody asks for. Comments, doctypes and
errors leave no trace in our tokens and are left out. A test that begins inside a title, a style or a script is begun by such a tag;
those that begin elsewhere (CDATA, PLAINTEXT) are counted as not comparable.
"""
import glob, json, os, re, subprocess, sys

BEGIN = {"Data state": "", "RCDATA state": "<%s>", "RAWTEXT state": "<%s>", "Script data state": "<%s>"}
RAW = {"RCDATA state": ("title", "textarea"), "RAWTEXT state": ("style", "xmp", "iframe", "noembed", "noframes"),
       "Script data state": ("script",)}
ATTRIBUTES = ("class", "id", "style", "href", "name", "title", "type", "lang")


def unescaped(value):
    if isinstance(value, str):
        return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), value)
    if isinstance(value, list):
        return [unescaped(one) for one in value]
    return {unescaped(k): unescaped(v) for k, v in value.items()} if isinstance(value, dict) else value


def plain(text):
    # Line ends are one; NUL is replaced before a page is tokenized; so is what is no character.
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def cases(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.test"))):
        for test in json.load(open(path, encoding="utf-8")).get("tests", []):
            if test.get("doubleEscaped"):
                test = {**test, "input": unescaped(test["input"]), "output": unescaped(test["output"])}
            for state in test.get("initialStates", ["Data state"]):
                yield os.path.basename(path), state, test


def main(arguments):
    show = int(arguments[arguments.index("--show") + 1]) if "--show" in arguments else 0
    if len(arguments) < 2 or not glob.glob(os.path.join(arguments[1], "*.test")):
        print("skipped: the tokenizer tests are not here" if len(arguments) >= 2 else __doc__)
        return
    rows, skipped = [], 0
    for name, state, test in cases(arguments[1]):
        begin = BEGIN.get(state)
        if begin:
            tag = test.get("lastStartTag") or RAW[state][0]
            begin = begin % tag if tag in RAW[state] else None
        if begin is None:
            skipped += 1
            continue
        rows.append((name, state, test, begin, plain(test["input"])))
    names = sorted({t[1].lower() for r in rows for t in r[2]["output"] if t[0] in ("StartTag", "EndTag")})
    lines = [json.dumps({"tag": plain(n)}) for n in names] + [json.dumps({"html": r[3] + r[4]}) for r in rows]
    out = subprocess.run([arguments[0]], input="\n".join(lines) + "\n", capture_output=True, check=True, text=True).stdout.split("\n")
    tags = dict(zip(names, map(int, out)))
    by_file, failures = {}, []
    for row, got in zip(rows, out[len(names):]):
        name, state, test, begin, _ = row
        found = json.loads(got)
        if begin:
            found = found[1:]
        wanted, text = [], ""
        for token in test["output"]:
            if token[0] == "Character":
                text += plain(token[1])
            elif token[0] in ("StartTag", "EndTag"):
                if text:
                    wanted.append(["text", text])
                text = ""
                kind = "start" if token[0] == "StartTag" else "end"
                attributes = {k: plain(v) for k, v in (token[2] if kind == "start" else {}).items() if k in ATTRIBUTES}
                wanted.append([kind, tags[token[1].lower()], attributes])
        if text:
            wanted.append(["text", text])
        # A name with a dash is an element of the page's own making; which number it has is no matter.
        for token in found:
            if token[0] != "text" and token[1] not in tags.values():
                token[1] = 0
        good = by_file.setdefault(name, [0, 0])
        good[1] += 1
        if found == wanted:
            good[0] += 1
        else:
            failures.append((name, state, test["description"], test["input"], wanted, found))
    right, all_ = sum(g[0] for g in by_file.values()), sum(g[1] for g in by_file.values())
    for name, (a, b) in sorted(by_file.items()):
        print("%-32s %5d of %5d" % (name, a, b))
    print("all: %d of %d right (%.2f %%), %d not comparable" % (right, all_, 100 * right / all_, skipped))
    for failure in failures[:show]:
        print(*failure, sep=" | ")


if __name__ == "__main__":
    main(sys.argv[1:])
