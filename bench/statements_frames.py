#!/usr/bin/env python3
"""Statements against the French FrameNet annotations of Sequoia's training part: speaker and message of each target.

usage: statements_frames.py CHANCERY [--failures]

Frames of verbal communication only, and only annotated targets: the annotation is not exhaustive, so nothing that we
find beside it is wrong. Each sentence is read alone, as a page. A speaker is found when the words that name the speaker
of our statement overlap an annotated one; a message is matched when our span and the annotated message, from its first
word to its last, share over half of their union.

Most annotated messages are none in the sense of docs/record.md: noun phrases (« souligner le besoin de prévention »),
passives (« sont rapportés », « étant précisé »), things to be said (« informez votre médecin »), the writer's own words
(« je dois dire que »), bare infinitives that are asked for (« demande de faire »: a request, which is an event). Three
figures are printed: all targets; those where a speaker in the third person stands by a verb or « selon » that is told as
said and whose message is a clause: with a finite verb (« il y a quelques jours » is none), an infinitive at its head, or
quotation marks; and of these the ones outside the leaflets of the European Medicines Agency, which report nobody. Which
sentences are from leaflets is read from the names of the treebank's sentences beside the checkout.

A message that the annotators began with its own speaker and target (« la dirigeante disait vouloir partir ») begins behind
them; the halves of a quotation that its cue cuts are taken together, as they are annotated.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

FRAMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "data", "frames",
                      "frames-sequoia-train.jsonl")
TREEBANK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "data", "treebanks", "Sequoia",
                        "fr_sequoia-ud-%s.conllu")
# Frames of asking somebody to act.
ASKING = {"FR_Request", "FR_Attempt_suasion.to_do"}
# The role that holds what is said, by frame.
MESSAGE = {
    "FR_Statement-manner-noise": "Message", "FR_Telling": "Message", "Telling": "Message",
    "Reveal_secret": "Information", "Communication_response": "Message", "Convey_importance": "Message",
    "FR_Request": "Eventuality", "FR_Attributed_information": "Proposition",
    "FR_Expressing_truth_of_proposition": "Proposition", "FR_Commitment.veracity": "Message",
    "FR_Attempt_suasion.to_do": "Action", "Bragging": "Message",
}
SPEAKER = {"Speaker", "Source", "Persuader", "Informational_content", "Medium"}
NOT_THIRD = {"je", "j'", "m'", "me", "moi", "nous", "vous", "on", "-on", "-je", "tu", "notre", "nos", "mon", "ma", "mes",
             "votre", "vos", "-nous", "-vous"}


def joined(text):
    """The sentence as it was typed, from tokens with spaces between, and the place of each of its characters in it."""
    out, place, open_mark = [], [], False
    for i, c in enumerate(text):
        place.append(len(out))
        if c == '"':
            open_mark = not open_mark
        if c == " " and (text[i + 1:i + 2] == '"' and open_mark or text[i - 1] == '"' and open_mark):
            continue
        if c == " " and (text[i - 1] == "'" or text[i + 1:i + 2] in (",", ".", ")", "]")
                         or text[i + 1:i + 3] in ("-t", "-i", "-e") or text[i - 1] in "(["):
            continue
        out.append(c)
    place.append(len(out))
    return "".join(out), place


def words_of(conllu, text):
    """(begin, end, class, features) of the words of a page printed as CoNLL-U, found again in the text in order."""
    at, found, part_of = 0, [], None
    for line in conllu.split("\n"):
        columns = line.split("\t")
        if len(columns) < 6:
            continue
        if "-" in columns[0]:
            part_of = (columns[0].split("-")[1], columns[1])
            begin = text.find(columns[1], at)
            span = (begin, begin + len(columns[1]))
            at = span[1]
            continue
        if part_of is not None:
            found.append((*span, columns[3], columns[5], columns[2]))
            if columns[0] == part_of[0]:
                part_of = None
            continue
        begin = text.find(columns[1], at)
        if begin < 0:
            continue
        at = begin + len(columns[1])
        found.append((begin, at, columns[3], columns[5], columns[2]))
    return found


def told_as_said(target, words):
    """A verb in a form that tells of something said (no infinitive, future, conditional, imperative), or a preposition."""
    inside = [w for w in words if w[0] < target[1] and target[0] < w[1]]
    if not inside:
        return False
    if all(w[2] in ("ADP", "ADV", "SCONJ") for w in inside):
        return True
    verbs = [w for w in inside if w[2] in ("VERB", "AUX")]
    if not verbs:
        return False
    features = verbs[-1][3]
    if "VerbForm=Inf" in features or "Fut" in features or "Imp" in features.replace("Tense=Imp", "") or "Cnd" in features:
        return False
    if "Part" in features and "Tense=Past" in features:  # an auxiliary of the active voice stands near before it
        before = [w for w in words if w[1] <= verbs[-1][0]][-6:]
        auxiliaries = [i for i, w in enumerate(before) if w[2] == "AUX"]
        if not auxiliaries:
            return False
        first = next((i for i in auxiliaries if before[i][4] == "être"), None)
        if first is None:
            return True
        # A reflexive stands straight before its auxiliary: « s'est félicité » is no passive.
        return first > 0 and before[first - 1][4] in ("se", "soi", "s'")
    return True


def clausal(span, text, words):
    inside = [w for w in words if span[0] <= w[0] and w[1] <= span[1]]
    if re.match(r'["«“]', text[span[0]:span[1]]) and len(inside) > 3:
        return True
    inside = without_there_is(inside)
    verbs = [w for w in inside if w[2] in ("VERB", "AUX")]
    if any("VerbForm=Fin" in w[3] for w in verbs) and not relative_only(inside):
        return True
    return bool(inside) and any("VerbForm=Inf" in w[3] for w in inside[:3])


def without_there_is(inside):
    """Without « il y a » behind other words, which tells how long ago."""
    kept = []
    for i, w in enumerate(inside):
        if i > 2 and w[4] == "avoir" and inside[i - 1][4] == "y" and inside[i - 2][4] in ("il", "lui"):
            continue
        kept.append(w)
    return kept


def bare_infinitive(span, text, words):
    """An infinitive at the head, and no quotation marks."""
    inside = [w for w in words if span[0] <= w[0] and w[1] <= span[1]]
    return any("VerbForm=Inf" in w[3] for w in inside[:3]) and not re.search(r'["«“]', text[span[0]:span[1]])


def leaflets():
    """The sentences of medicine leaflets, without white space."""
    found = set()
    for part in ("train", "dev", "test"):
        if not os.path.exists(TREEBANK % part):
            continue
        leaflet = False
        for line in open(TREEBANK % part, encoding="utf-8"):
            if line.startswith("# sent_id"):
                leaflet = "emea" in line
            elif line.startswith("# text =") and leaflet:
                found.add(re.sub(r"\s", "", line.split("=", 1)[1]))
    return found


def behind_own_target(span, target, speakers):
    """A message that begins with its speaker and target begins behind them."""
    heads = [s for s in speakers if span[0] <= s[0] <= span[0] + 2 and s[1] <= target[0]]
    return (target[1] + 1, span[1]) if heads and target[1] + 1 < span[1] else span


def relative_only(inside):
    """A noun phrase whose only finite verbs stand behind a relative pronoun."""
    relative = False
    for w in inside:
        relative = relative or "PronType=Rel" in w[3]
        if "VerbForm=Fin" in w[3]:
            return relative
    return False


def union(spans):
    return min(s[0] for s in spans), max(s[1] for s in spans)


def iou(a, b):
    inter = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return inter / ((a[1] - a[0]) + (b[1] - b[0]) - inter or 1)


class Count:
    def __init__(self):
        self.speakers = self.speakers_found = self.messages = self.messages_found = 0

    def line(self, title):
        return "%-34s speaker found %d/%d = %.3f   message overlap %d/%d = %.3f" % (
            title, self.speakers_found, self.speakers, self.speakers_found / max(1, self.speakers),
            self.messages_found, self.messages, self.messages_found / max(1, self.messages))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chancery")
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args()
    if not os.path.exists(FRAMES):
        print("skipped: ../shared/data/frames is not here")
        return
    rows, seen = [], set()
    for line in open(FRAMES, encoding="utf-8"):
        row = json.loads(line)
        key = (row["sent"], row["text"], tuple(map(tuple, row["target"])))
        if row["frame"] in MESSAGE and key not in seen:
            seen.add(key)
            rows.append(row)
    texts = sorted({row["text"] for row in rows})
    readings = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            path = os.path.join(folder, "%04d.txt" % number)
            with open(path, "wb") as out:
                out.write(joined(text)[0].encode())
        paths = [os.path.join(folder, "%04d.txt" % number) for number in range(len(texts))]
        for begin in range(0, len(paths), 500):
            out = subprocess.run([options.chancery, "read", "--language", "fr", *paths[begin:begin + 500]],
                                 stdout=subprocess.PIPE, check=True).stdout.decode()
            for text, line in zip(texts[begin:begin + 500], out.splitlines()):
                readings[text] = [json.loads(line)]
        for text, path in zip(texts, paths):
            out = subprocess.run([options.chancery, "read", "--language", "fr", "--conllu", path],
                                 stdout=subprocess.PIPE, check=True).stdout.decode()
            readings[text].append(words_of(out, joined(text)[0]))
    every, clauses, press = Count(), Count(), Count()
    leaflet = leaflets()
    for row in rows:
        text, place = joined(row["text"])
        reading, words = readings[row["text"]]
        target = union([(place[a], place[b]) for a, b in row["target"]])
        speakers = [(place[a], place[b]) for name, a, b in row["roles"] if name in SPEAKER and b > a]
        messages = [(place[a], place[b]) for name, a, b in row["roles"] if name == MESSAGE[row["frame"]] and b > a]
        # « le », « l' » stand for a message told elsewhere.
        messages = [m for m in messages if m[1] - m[0] > 3]
        near = [s for s in reading["statements"] if s["cue"] and s["cue"]["span"][0] < target[1]
                and target[0] < s["cue"]["span"][1]]
        third = bool(speakers) and not any(text[a:b].lower() in NOT_THIRD for a, b in speakers)
        inner = behind_own_target(union(messages), target, speakers) if messages else None
        strict = (third and inner and told_as_said(target, words) and clausal(inner, text, words)
                  and not (row["frame"] in ASKING and bare_infinitive(inner, text, words)))
        found_speaker = any(s["speaker_span"] and any(s["speaker_span"][0] < b and a < s["speaker_span"][1]
                                                     for a, b in speakers) for s in near)
        spans = [s["span"] for s in near] + ([union([s["span"] for s in near])] if near else [])
        found_message = bool(inner) and any(iou(s, inner) > 0.5 for s in spans)
        counts = [every]
        if strict:
            counts += [clauses] if re.sub(r"\s", "", row["text"]) in leaflet else [clauses, press]
        for count in counts:
            if speakers:
                count.speakers += 1
                count.speakers_found += found_speaker
            if messages:
                count.messages += 1
                count.messages_found += found_message
        if options.failures and strict and not (found_speaker and found_message):
            print("%s [%s] speaker %s message %s" % (row["frame"], text[target[0]:target[1]], found_speaker, found_message))
            print("   ", text)
            print("    message:", text[inner[0]:inner[1]], "| speakers:", [text[a:b] for a, b in speakers])
            for s in near:
                print("    found:", text[s["span"][0]:s["span"][1]], [x["name"] for x in s["speakers"]])
    print(every.line("all annotated targets"))
    print(clauses.line("clauses told as said by a third"))
    print(press.line("the same, without leaflets"))


if __name__ == "__main__":
    sys.exit(main())
