#!/usr/bin/env python3
"""Score the events that `chancery read` finds against the stand-off gold of tests/gold/events.

usage: events_accuracy.py CHANCERY [--half development|held-out] [--shared FOLDER] [--list]

The gold holds no text: its pages are cut from the news and treebanks of the shared folder (../shared beside the
checkout). An event is found when kind (or its family) and trigger fit, by the rules of ../shared/tools/score.py; whole
when every slot is right. Gold events marked optional are neither missed nor false. --list prints what was missed and
what was false, for the development half only: the held-out half is measured and left alone.
"""
import argparse, hashlib, importlib.util, json, pathlib, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent


def load_scorer(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(shared, data, key, cache={}):
    """The text that a gold line stands on: a news article or a treebank sentence."""
    if data not in cache:
        texts, folder = {}, shared / "data"
        if data.startswith("news/"):
            for line in open(folder / (data + ".jsonl"), encoding="utf-8"):
                row = json.loads(line)
                texts[row["id"]] = row["text"]
        else:
            sentence = None
            for line in open(folder / (data + ".conllu"), encoding="utf-8"):
                if line.startswith("# sent_id = "):
                    sentence = line[12:].strip()
                elif line.startswith("# text = "):
                    texts[sentence] = line[9:].strip()
        cache[data] = texts
    return cache[data].get(key)


def pages_of(gold, shared):
    for line in open(gold, encoding="utf-8"):
        row = json.loads(line)
        text = (text_of(shared, row["data"], row["id"]) or "")[: row["length"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            sys.exit(f"the text of {row['id']} is another one than was annotated")
        yield row, text


def read_all(chancery, texts):
    """Readings of all texts, in one run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, text in enumerate(texts):
            paths.append(pathlib.Path(folder) / f"{number:04}.txt")
            paths[-1].write_text(text, encoding="utf-8")
        out = subprocess.run([chancery, "read", *map(str, paths)], capture_output=True, text=True).stdout
    readings = [json.loads(line) for line in out.splitlines()]
    return {pathlib.Path(one["document"]["uri"]).name[:4]: one for one in readings}


def same_event(score, g, f):
    """Optional gold forgives a find by any of its mentions; what its slots are does not matter."""
    full = {**g, "actors": [], "targets": [], "place": None, "date": None, "status": None}
    return max(score.event_score({**full, "trigger": mention}, f) for mention in g["mentions"])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("chancery")
    arguments.add_argument("--half", default="development", choices=["development", "held-out"])
    arguments.add_argument("--shared", default=HERE.parent.parent / "shared", type=pathlib.Path)
    arguments.add_argument("--list", action="store_true")
    options = arguments.parse_args()
    if not (options.shared / "data" / "news").is_dir():
        print(f"skipped: {options.shared}/data/news is not here")
        return
    score = load_scorer(options.shared)
    rows = list(pages_of(HERE.parent / "tests" / "gold" / "events" / f"{options.half}.jsonl", options.shared))
    readings = read_all(options.chancery, [text for _, text in rows])
    listed = options.list and options.half == "development"
    gold_count = found_count = hit = whole = status = 0
    slots, judged = {}, []
    for number, (row, text) in enumerate(rows):
        gold = [e for e in row["events"] if not e.get("optional")]
        optional = [e for e in row["events"] if e.get("optional")]
        found = readings[f"{number:04}"]["events"]
        pairs = score.pair(gold, found, score.event_score)
        taken = [id(f) for _, f in pairs]
        rest = [f for f in found if id(f) not in taken]
        forgiven = [id(f) for _, f in score.pair(optional, rest, lambda g, f: same_event(score, g, f))]
        false = [f for f in rest if id(f) not in forgiven]
        gold_count += len(gold)
        found_count += len(pairs) + len(false)
        hit += len(pairs)
        for g, f in pairs:
            right = score.slots(g, f)
            whole += all(right.values())
            status += right["status"]
            judged.append((f["confidence"], right["kind"] and right["actors"]))
            for name, value in right.items():
                slots[name] = slots.get(name, 0) + value
            if listed and not all(right.values()):
                print(f"{row['id']}: {g['kind']} «{text[slice(*g['trigger'])]}» wrong in",
                      ", ".join(f"{n} {f.get(n)}" if n != "actors" else
                                f"actors {score.names(f['actors'])} {score.names(f['targets'])}"
                                for n, v in right.items() if not v))
        judged += [(f["confidence"], False) for f in false]
        if listed:
            matched = [id(g) for g, _ in pairs]
            for g in gold:
                if id(g) not in matched:
                    print(f"{row['id']}: missed {g['kind']} {g['status']} «{text[slice(*g['trigger'])]}»")
            for f in false:
                print(f"{row['id']}: false {f['kind']} {f['status']} «{text[slice(*f['trigger'])]}»",
                      score.names(f["actors"]), score.names(f["targets"]), f["confidence"])
    print(json.dumps({"half": options.half, "pages": len(rows), "events": score.f1(hit, gold_count, found_count),
                      "whole": score.f1(whole, gold_count, found_count), "status": f"{status}/{hit}",
                      "slots": {name: f"{value}/{hit}" for name, value in slots.items()}}))
    for low, high in ((0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = [right for confidence, right in judged if low <= confidence < high]
        if inside:
            print(f"confidence {low:.1f}-{min(high, 1):.1f}: {sum(inside)} of {len(inside)} right")


if __name__ == "__main__":
    main()
