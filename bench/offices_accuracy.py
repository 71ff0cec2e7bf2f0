#!/usr/bin/env python3
"""Asks `chancery who` whom an office phrase means on a day, and counts the answers.

usage: offices_accuracy.py CHANCERY [QUESTIONS.tsv] [--misses]

The questions (tests/knowledge/offices*.tsv) are phrase, day and holder, parted by tabs. `-` as holder asks for silence;
several holders parted by `|` are all right (`-` among them: silence is right too). They were written from general
knowledge of history, not from the tables that the tenures were checked against.

The answer is the first person that `who` lists; no person, one below 0.5 (a man for « la ministre »), or two with the
same score (two who held the office, on the day of a change) are silence. A question with a holder is right, wrong
or abstained; a question for silence is right or wrong. Printed: right and wrong of all that were answered, and what was
abstained from. Standard library only; one process a question.
"""
import csv
import os
import re
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))


def fold(text):
    text = unicodedata.normalize("NFD", text.replace("ı", "i").replace("ł", "l").replace("Ł", "L"))
    return " ".join(re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)).casefold()))


def person_names(folder):
    """id → folded names of all persons of the knowledge."""
    names = {}
    with open(os.path.join(folder, "persons.tsv"), encoding="utf-8") as table:
        rows = (line for line in table if not line.startswith("#"))
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells = [row["names_fr"], row["names_en"], row["surnames"]]
            names[row["id"]] = {fold(name.lstrip("~!")) for cell in cells for name in (cell or "").split("|") if name}
    return names


def ask(chancery, phrase, day):
    """The id and printed name of the person that is listed first, or (None, None)."""
    done = subprocess.run([chancery, "who", phrase, "--on", day], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{chancery} failed: {done.stderr}")
    persons = []
    for line in done.stdout.splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        ids = [cell.split()[0] for cell in cells if cell.startswith("person/")]
        if ids and len(cells) > 1:
            persons.append((float(cells[0]), ids[0], cells[1]))
    if not persons or persons[0][0] < 0.5 or (len(persons) > 1 and persons[1][0] >= persons[0][0] - 0.005):
        return None, None
    return persons[0][1:]


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if not arguments:
        sys.exit(__doc__)
    questions = arguments[1] if len(arguments) > 1 else os.path.join(HERE, "..", "tests", "knowledge", "offices.tsv")
    names = person_names(os.path.join(HERE, "..", "knowledge"))
    right = wrong = abstained = silent = silent_right = 0
    for line in open(questions, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        phrase, day, holder = line.rstrip("\n").split("\t")
        wanted = holder.split("|")
        person, printed = ask(arguments[0], phrase, day)
        wants_silence = wanted == ["-"]
        silent += wants_silence
        if person is None:
            if "-" in wanted:
                silent_right += wants_silence
                right += not wants_silence
                verdict = "right"
            else:
                abstained += 1
                verdict = "abstained"
        else:
            known = names.get(person, set()) | {fold(printed)}
            verdict = "right" if any(fold(name) in known for name in wanted if name != "-") else "wrong"
            right += verdict == "right"
            wrong += verdict == "wrong"
        if "--misses" in sys.argv and verdict != "right":
            print(f"{verdict}\t{phrase}\t{day}\twanted {holder}\tsaid {printed or '-'}")
    held = right + wrong + abstained + silent_right
    print(f"{held} questions: {right} rightly answered, {wrong} wrongly, {abstained} abstained from; "
          f"{silent_right} of {silent} that have no answer left unanswered")
    print(f"right of all: {100 * (right + silent_right) / held:.1f} %   "
          f"wrong of all: {100 * wrong / held:.1f} %   "
          f"right of the answered: {100 * right / max(1, right + wrong):.1f} %")


if __name__ == "__main__":
    main()
