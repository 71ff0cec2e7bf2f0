#!/usr/bin/env python3
"""Time expressions beside chrono-node and Recognizers-Text, run live on the same texts.

usage: time_peers.py TOOL DATA SHARED NODE_MODULES

TOOL is bench_time_tool, DATA the build's data folder, SHARED the folder of material beside the checkout, NODE_MODULES
where `npm install chrono-node @microsoft/recognizers-text-date-time` put the packages. Three questions: who is right on
the French TimeBank (F1 of spans that overlap, of spans that are the same, of values; the peers' values to the day and
clock time that they give, and any one of several readings counts for them); how often a peer means the same day as we
do where both find something; and how fast each is, in processor time, on the same texts. Then the date cases, as
bench/time_cases.py judges them.
"""
import json, os, re, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import time_accuracy
import time_cases


def peers(node_modules, texts, scratch):
    path = os.path.join(scratch, "texts.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(texts, out)
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "time_peers.js")
    try:
        out = subprocess.run(["node", script, path], capture_output=True, check=True, text=True,
                             env={**os.environ, "NODE_PATH": node_modules}).stdout
    except FileNotFoundError:
        return {}
    return {name: result for name, result in json.loads(out).items() if result}


def ours(tool, data, texts, scratch):
    found = []
    for i, one in enumerate(texts):
        path = os.path.join(scratch, f"{i}.txt")
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(one["text"])
        reading = subprocess.run([tool, data, "--published", one["day"], path], capture_output=True, check=True, text=True).stdout
        found.append([dict(span=f["span"], values=[f["value"]]) for f in json.loads(reading)["times"]])
    return found


def f1(found, texts):
    """Relaxed, strict and value F1 over all texts."""
    gold_count = found_count = relaxed = strict = value = 0
    for one, expressions in zip(texts, found):
        gold_count += len(one["gold"])
        found_count += len(expressions)
        used = set()
        for gold in one["gold"]:
            best, at = max(((min(gold["span"][1], f["span"][1]) - max(gold["span"][0], f["span"][0]), i)
                            for i, f in enumerate(expressions) if i not in used), default=(0, -1))
            if best <= 0:
                continue
            used.add(at)
            relaxed += 1
            strict += list(expressions[at]["span"]) == gold["span"]
            value += gold["value"] in expressions[at]["values"]
    return [200 * n / max(1, gold_count + found_count) for n in (relaxed, strict, value)]


def days_of(values):
    return {v[:10] for v in values if re.match(r"\d{4}-\d\d-\d\d", v)}


def agreement(mine, theirs):
    """Where both find something that overlaps and give a day: how often it is the same day."""
    both = same = 0
    for some, others in zip(mine, theirs):
        for one in some:
            other = next((o for o in others if o["span"][0] < one["span"][1] and one["span"][0] < o["span"][1]), None)
            if other is None or not days_of(one["values"]) or not days_of(other["values"]):
                continue
            both += 1
            same += bool(days_of(one["values"]) & days_of(other["values"]))
    return both, same


def speed_of_ours(tool, data, texts, scratch):
    """MB/s of the whole time room with what it needs analysed beforehand, and the bytes timed."""
    path = os.path.join(scratch, "all.txt")
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("\n".join(one["text"] for one in texts))
    out = subprocess.run([tool, data, "--published", texts[0]["day"], "--speed", path], capture_output=True, check=True, text=True).stdout
    return float(out.split()[0])


def main(arguments):
    tool, data, shared, node_modules = arguments[:4]
    folder = os.path.join(shared, "data/time/french-timebank")
    if not os.path.isdir(folder):
        return print("skipped: the French TimeBank is not here")
    texts = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".tml"):
            text, day, gold = time_accuracy.read(os.path.join(folder, name))
            texts.append(dict(text=text, day=day, gold=gold))
    cases = [json.loads(line) for line in open(os.path.join(shared, "data/time/cases/recognizers-fr.jsonl"), encoding="utf-8")]
    cases = [case for case in cases if not time_cases.reason(case)]
    inputs = [dict(text=case["input"], day=(case["ref"] or "2016-11-07")[:10]) for case in cases]
    with tempfile.TemporaryDirectory() as scratch:
        on_texts = peers(node_modules, texts, scratch)
        if not on_texts:
            return print("skipped: node, chrono-node and @microsoft/recognizers-text-date-time are not here")
        mine = ours(tool, data, texts, scratch)
        size = sum(len(one["text"].encode()) for one in texts) / 1e6
        print(f"French TimeBank, {len(texts)} texts, {size:.2f} MB: relaxed, strict, value F1; MB/s")
        rows = [("Chancery", mine, speed_of_ours(tool, data, texts, scratch))]
        rows += [(name, one["found"], size / one["seconds"]) for name, one in on_texts.items()]
        for name, found, speed in rows:
            print(f"  {name:18}", *(f"{x:5.1f}" for x in f1(found, texts)), f"{speed:8.2f} MB/s")
        for name, one in on_texts.items():
            both, same = agreement(mine, one["found"])
            print(f"  {name} gives our day in {same} of {both} places where both give one: {same / max(1, both):.3f}")
        on_cases = peers(node_modules, inputs, scratch)
        found_on_cases = {"Chancery": ours(tool, data, inputs, scratch), **{n: o["found"] for n, o in on_cases.items()}}
        print(f"date cases, {len(cases)} that are French: agreement")
        for name, found in found_on_cases.items():
            agree = 0
            for case, expressions in zip(cases, found):
                readings = [[dict(span=f["span"], value=v) for f in expressions for v in [pick(f["values"], k)]] for k in range(3)]
                agree += any(time_cases.agrees(case, reading) for reading in readings)
            print(f"  {name:18} {agree} of {len(cases)}: {agree / len(cases):.3f}")


def pick(values, at):
    return values[min(at, len(values) - 1)] if values else ""


if __name__ == "__main__":
    main(sys.argv[1:])
