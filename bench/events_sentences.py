#!/usr/bin/env python3
"""Score `chancery read` on sentences, each read alone as of Wednesday 12 June 2024.

usage: events_sentences.py CHANCERY [sentences|leads] [--half development|held-out] [--list]

tests/gold/events/sentences.tsv (plain ones, what is scored unless told) and leads.tsv (as dense as an agency's first
paragraph) hold one sentence a line, then its events, each as `kind;status;actors;targets;place;date` (or `none`). Odd
lines are for development, even lines held out. An event is found when its kind is the gold's or of the same family;
slots are judged as stories_accuracy.py judges them. --list shows what was missed, false or wrong, for the development
half alone.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import stories_accuracy as stories

GOLD = pathlib.Path(__file__).resolve().parent.parent / "tests" / "gold" / "events"
DAY = "2024-06-12"
SLOTS = ("kind", "actors", "date", "place", "status")


def names(column):
    return [name.strip() for name in column.split(",") if name.strip()]


def read_gold(name, half):
    """Sentences of the half with their events."""
    lines = open(GOLD / f"{name}.tsv", encoding="utf-8")
    rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and line[0] != "#"]
    wanted = 0 if half == "development" else 1
    for number, (sentence, *events) in enumerate(rows):
        if number % 2 != wanted:
            continue
        gold = []
        for event in events:
            if event.strip() in ("", "none"):
                continue
            kind, status, actors, targets, place, date = (event.split(";") + [""] * 6)[:6]
            gold.append({"kind": kind.strip(), "status": status.strip(), "actors": names(actors),
                         "targets": names(targets), "place": place.strip() or None, "date": date.strip() or None,
                         "trigger": [0, len(sentence)]})
        yield sentence, gold


def read_all(chancery, sentences):
    rows = "".join(json.dumps({"id": str(i), "text": text, "published": DAY}, ensure_ascii=False) + "\n"
                   for i, text in enumerate(sentences))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(rows)
        file.flush()
        run = subprocess.run([chancery, "read", file.name, "--language", "fr"], stdout=subprocess.PIPE, check=True)
    readings = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert len(readings) == len(sentences), "a sentence was not read"
    return readings


def likeness(gold, found):
    if stories.FAMILY.get(gold["kind"], gold["kind"]) != stories.FAMILY.get(found["kind"], found["kind"]):
        return 0
    right = stories.judge(gold, found)
    return 1 + 1000 * right["kind"] + 100 * sum(right.values())


def told(event):
    return event["kind"] + ": " + ", ".join(stories.told(event, slot) for slot in SLOTS if slot != "kind")


def measure(chancery, name, half, listed):
    sentences = list(read_gold(name, half))
    events, whole = stories.Share(), stories.Share()
    slots = dict.fromkeys(SLOTS, 0)
    for (sentence, gold), reading in zip(sentences, read_all(chancery, [text for text, _ in sentences])):
        pairs, missed, false = stories.pairs_of(gold, reading["events"], likeness)
        judged = [(g, f, stories.judge(g, f)) for g, f in pairs]
        for _, _, right in judged:
            for slot in SLOTS:
                slots[slot] += right[slot]
        events.add(len(pairs), len(gold), len(reading["events"]))
        whole.add(sum(all(right.values()) for _, _, right in judged), len(gold), len(reading["events"]))
        lines = [f"  missed  {told(g)}" for g in missed] + [f"  false   {told(f)}" for f in false]
        lines += [f"  slots   {told(g)}  found  {told(f)}" for g, f, right in judged if not all(right.values())]
        if listed and lines:
            print("\n".join([sentence, *lines]))
    print(f"== {name}, {half} half: {len(sentences)}")
    print(f"events        {events}\nwhole events  {whole}")
    print("slots         " + ", ".join(f"{slot} {count} of {events.hit}" for slot, count in slots.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chancery")
    parser.add_argument("name", nargs="?", choices=("sentences", "leads"), default="sentences")
    parser.add_argument("--half", choices=stories.HALVES)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list and options.half == "held-out":
        parser.error("the held-out half is measured alone")
    for half in [options.half] if options.half else stories.HALVES[:1] if options.list else stories.HALVES:
        measure(options.chancery, options.name, half, options.list)


if __name__ == "__main__":
    main()
