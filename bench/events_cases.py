#!/usr/bin/env python3
"""Precision and calibration of events on the sentences of tests/cases/events, and on the development gold beside them.

usage: events_cases.py CHANCERY [--at 0.8] [--shared FOLDER] [--list]

Every case is read anew by the program. An event is right when its case expects one of the same kind, with the same
trigger, actors and targets: that is what an event's confidence is about. What a case does not expect is false, whatever
it is. The expectations are written and reviewed by people, but a build whose tests pass agrees with all of them, so on
the cases alone this guards more than it measures. The table of confidence therefore counts the development half of
tests/gold/events too, whose pages are annotated from the text; without ../shared it says so and counts the cases alone.
"""
import argparse, json, pathlib, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import events_accuracy  # noqa: E402


def cases_of(path):
    """(name, options, input, expected) of each case in a .case file."""
    one, part, cases = None, None, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            one, part = {"name": line[4:], "options": [], "input": [], "expected": []}, "options"
            cases.append(one)
        elif one is not None and line in ("--- input", "--- expected"):
            part = line[4:]
        elif one is not None:
            one[part].append(line)
    for one in cases:
        options = dict(option.split(": ", 1) for option in one["options"] if ": " in option)
        yield one["name"], options, "\n".join(one["input"]).strip("\n"), one["expected"]


def expected_events(lines):
    """(kind, trigger, actors and targets) of each event that a dump lists."""
    events = []
    for line in lines:
        if line.startswith("  "):
            key, _, value = line.strip().partition(": ")
            if key in ("actors", "targets"):
                events[-1][2].append((key, tuple(sorted(value.split(", ")))))
        elif " « " in line:
            kind = line.split(" ", 1)[0]
            trigger = line.split(" « ", 1)[1].rsplit(" »", 1)[0]
            events.append((kind, trigger, []))
    return [(kind, trigger, tuple(parties)) for kind, trigger, parties in events]


def found_event(text, event):
    parties = [(key, tuple(sorted(name for one in event[key] for name in one["name"].split(", "))))
               for key in ("actors", "targets") if event[key]]
    return event["kind"], text[slice(*event["trigger"])], tuple(parties)


def judge_cases(chancery, listed):
    """(confidence, right) of every event found in a case."""
    cases = []
    for path in sorted((HERE.parent / "tests" / "cases" / "events" / "fr").glob("*.case")):
        cases += [(path.stem, *one) for one in cases_of(path)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pages:
        for number, (_, _, options, text, _) in enumerate(cases):
            page = {"id": str(number), "text": text}
            if "published" in options:
                page["published"] = options["published"]
            pages.write(json.dumps(page, ensure_ascii=False) + "\n")
        pages.flush()
        run = [chancery, "read", "--language", "fr", "--jobs", "1", pages.name]
        readings = [json.loads(line) for line in subprocess.run(run, capture_output=True, text=True).stdout.splitlines()]
    if len(readings) != len(cases):
        sys.exit(f"{len(cases)} cases, but {len(readings)} readings")
    judged, wanted = [], 0
    for (file, name, _, text, expected), reading in zip(cases, readings):
        left = expected_events(expected)
        wanted += len(left)
        for event in reading["events"]:
            one = found_event(text, event)
            right = one in left
            if right:
                left.remove(one)
            elif listed:
                print(f"{file}/{name}: not expected {one} {event['confidence']}")
            judged.append((event["confidence"], right))
        if listed and left:
            print(f"{file}/{name}: missed {left}")
    return len(cases), wanted, judged


def judge_gold(chancery, shared):
    score = events_accuracy.load_scorer(shared)
    gold = HERE.parent / "tests" / "gold" / "events" / "development.jsonl"
    rows = list(events_accuracy.pages_of(gold, shared))
    readings = events_accuracy.read_all(chancery, [text for _, text in rows])
    judged = []
    for number, (row, _) in enumerate(rows):
        wanted = [e for e in row["events"] if not e.get("optional")]
        optional = [e for e in row["events"] if e.get("optional")]
        found = readings[f"{number:04}"]["events"]
        pairs = score.pair(wanted, found, score.event_score)
        for g, f in pairs:
            right = score.slots(g, f)
            judged.append((f["confidence"], right["kind"] and right["actors"]))
        rest = [f for f in found if id(f) not in [id(f) for _, f in pairs]]
        forgiven = [id(f) for _, f in score.pair(optional, rest, lambda g, f: events_accuracy.same_event(score, g, f))]
        judged += [(f["confidence"], False) for f in rest if id(f) not in forgiven]
    return judged


def print_table(judged):
    """Reliability by tenths, and the expected calibration error over them."""
    error = 0.0
    for low in range(4, 10):
        inside = [(c, right) for c, right in judged if low / 10 <= c < low / 10 + 0.1 or (low == 9 and c >= 1)]
        if not inside:
            continue
        mean = sum(c for c, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        error += abs(mean - share) * len(inside) / len(judged)
        print(f"  confidence {low / 10:.1f}-{low / 10 + 0.1:.1f}: {len(inside):4} events, mean {mean:.2f}, right {share:.2f}")
    print(f"  expected calibration error {error:.3f}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("chancery")
    arguments.add_argument("--at", default=0.8, type=float, help="the confidence from which precision is counted")
    arguments.add_argument("--shared", default=HERE.parent.parent / "shared", type=pathlib.Path)
    arguments.add_argument("--list", action="store_true", help="what was not expected, and what was missed")
    options = arguments.parse_args()
    count, wanted, judged = judge_cases(options.chancery, options.list)
    sure = [right for confidence, right in judged if confidence >= options.at]
    print(f"cases: {count} sentences, {wanted} events expected, {len(judged)} found, {sum(r for _, r in judged)} right")
    print(f"cases at {options.at} and up: {sum(sure)} of {len(sure)} right, {sum(sure) / max(len(sure), 1):.3f}")
    print_table(judged)
    if not (options.shared / "data" / "news").is_dir():
        print(f"development gold skipped: {options.shared}/data/news is not here")
        return
    gold = judge_gold(options.chancery, options.shared)
    print("development gold:")
    print_table(gold)
    print("both:")
    print_table(judged + gold)


if __name__ == "__main__":
    main()
