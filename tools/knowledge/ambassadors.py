#!/usr/bin/env python3
"""Writes successions (see successions.py) of the ambassadors between the United States and other states, from the
Factbook's history (public domain), for states whose weight is 0.3 or more and posts that no other file tells.

usage: ambassadors.py HISTORY.tsv COUNTRY_CODES.csv KNOWLEDGE_FOLDER OTHER_SUCCESSIONS… > successions_ambassadors.txt
"""
import csv
import datetime
import re
import sys
import unicodedata

history, codes, folder, *others = sys.argv[1:]
TITLES = re.compile(r"^(Ambassador|Appointed Ambassador|Ambassador-designate|Ambassador-Designate|Dr\.|Mr\.|Mrs\.|Ms\.|General|Gen\.|Lt\.|Col\.|Ret\.|Sir|Prince|Princess|Sheikh)\s+")


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()


def day(text):
    for form, out in (("%d %B %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.datetime.strptime(text.strip(), form).strftime(out)
        except ValueError:
            pass
    return ""


def name_of(text):
    text = re.sub(r"\(.*?\)|,.*$|\b(Jr|Sr|II|III)\b\.?", "", text)
    while TITLES.match(text):
        text = TITLES.sub("", text)
    words = [w for w in text.split() if not re.fullmatch(r"[A-Z]\.?", w)]
    if len(words) < 2 or len(words) > 4 or any("." in w for w in words) or not any(w.isupper() and len(w) > 1 for w in words):
        return ""
    return " ".join("-".join(p.capitalize() if w.isupper() else p for p in w.split("-")) for w in words)


states = {}
for row in csv.DictReader((l for l in open(folder + "/states.tsv", encoding="utf-8") if l[0] != "#"), delimiter="\t"):
    states[row["id"][6:]] = row
told = {line.split(" ")[0] for path in others for line in open(path, encoding="utf-8")}
gec = {row["FIPS"].lower(): row["ISO3166-1-Alpha-3"] for row in csv.DictReader(open(codes, encoding="utf-8"))}
gec.update({"ri": "SRB", "kv": "XKX"})


def of(state):
    name, article = states[state]["names_fr"].split("|")[0], states[state]["article"]
    if article == "les":
        return "des " + name
    if article == "le":
        return "du " + name
    return ("d'" if fold(name)[0] in "aeiouh" and state != "HUN" and article == "l'" or fold(name)[0] in "aeiou" else "de ") + name


def at(state):
    name, article = states[state]["names_fr"].split("|")[0], states[state]["article"]
    if state in ("ISR", "HTI"):
        return "en " + name
    return {"les": "aux ", "le": "au ", "": "à "}.get(article, "en ") + name


def the(state):
    name = states[state]["names_en"].split("|")[0].lstrip("!")
    return "the " + name if states[state]["article"] == "les" or " of " in name or name.startswith(("United", "Czech Rep", "Dominican Rep")) else name


posts = {}
for row in csv.DictReader(open(history, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
    state = gec.get(row["gec"])
    if not row["role"].startswith("ambassador") or state not in states or state == "USA" or float(states[state]["weight"]) < 0.3:
        continue
    if "harg" in row["title_and_name"] or states[state]["end"]:
        continue
    start, name = day(row["since"] or ""), name_of(row["title_and_name"])
    if not start or not name:
        continue
    post = f"ambassador/USA/{state}" if row["role"] == "ambassador of US" else f"ambassador/{state}/USA"
    holders = posts.setdefault(post, {})
    known = holders.get(start[:7])
    if known is None or len(known[1]) > len(name):
        holders[start[:7]] = [start, name, max(row["last_seen"], known[2] if known else "")]
    else:
        known[2] = max(known[2], row["last_seen"])
print("# Derived from the Factbook (public domain) by ambassadors.py.")
for post in sorted(posts):
    if post in told:
        continue
    _, sender, receiver = post.split("/")
    line = [f"{post} = ambassadeur {of(sender)} {at(receiver)} = {states[sender]['adjectives_en'].split('|')[0]} ambassador to {the(receiver)}"]
    surnames = set()
    holders = sorted(posts[post].values())
    opposite = {holder[1] for holder in posts.get(f"ambassador/{receiver}/{sender}", {}).values()}
    for index, (start, name, seen) in enumerate(holders):
        if name in opposite:
            continue  # entered on the wrong side of the source
        if fold(name.split(" ")[-1]) in surnames:
            continue  # the same person under another date
        surnames.add(fold(name.split(" ")[-1]))
        end = seen[:7] if seen < "2025-12" else ""
        if end and end < start[:7]:
            continue
        if index + 1 < len(holders) and holders[index + 1][0][:7] < (end or "9999"):
            end = holders[index + 1][0][:7]
        line.append(f"{start}..{end} {name} (quiet)" if end else f"{start} {name} (quiet)")
    if len(line) > 1:
        print(" | ".join(line))
