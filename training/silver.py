#!/usr/bin/env python3
"""Draws sentences out of parsed text for the parser to learn from beside the treebanks.

usage: silver.py PARSED.conllu HOW_MANY OUT.conllu

PARSED.conllu is what `language_tool PACK raw` prints for press text. Takes sentences of 6 to 45 words that begin with a
capital and end with a mark, none twice, spread evenly over the text.
"""
import sys


def main(parsed, wanted, out):
    kept, seen = [], set()
    for block in open(parsed, encoding="utf-8").read().split("\n\n"):
        rows = [r.split("\t") for r in block.split("\n") if r and not r.startswith("#")]
        words = [r for r in rows if r[0].isdigit()]
        text = " ".join(r[1] for r in words)
        if 6 <= len(words) <= 45 and words[0][1][:1].isupper() and words[-1][1] in ".!?" and text not in seen:
            seen.add(text)
            kept.append(block)
    step = max(1, len(kept) / wanted)
    chosen = [kept[int(i * step)] for i in range(min(wanted, len(kept)))]
    with open(out, "w", encoding="utf-8") as f:
        f.write("".join(b.strip("\n") + "\n\n" for b in chosen))
    print(f"{len(kept)} sentences fit, {len(chosen)} taken")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
