#!/usr/bin/env python3
"""Turns successions (who followed whom in an office, our own writing of plain facts, checked against REIGN, the Factbook
and Wikidata's holders by check_tenures.py) into knowledge/persons.tsv, tenures.tsv and offices.tsv.

usage: successions.py OUTPUT_FOLDER SUCCESSIONS.txt…

A succession is a line `office | holder | holder …`, the office written as its id without "office/":

    foreign-minister/RUS | 1996-01-09 Evgueni Primakov = Yevgeny Primakov | 1998-09-11 Igor Ivanov | 2004-03-09 Sergueï Lavrov
    secretary-general/UN = secrétaire général de l'ONU = UN Secretary-General | 1997-01-01 Kofi Annan | … | 2020-01-01 -

A holder starts on the date and ends where the next one starts; `-` for nobody; `2001-05..2002-08-01 Name` gives both
ends. A date is as precise as it is known. `French name = English name, another name` on first mention; `*` before the
surname where it is not the last word; `(f)` for a woman, `(Q…)` for the Wikidata item, `(state GEO)` where the office does not tell
whom the person acts for. `@` lines name persons without office: `@ RUS | Name = Name …`. Lines that begin with # are comments.
"""
import re
import sys
import unicodedata

# Ways to write one given name; a person called by one of them may be called by the others.
GIVEN = """Sergueï Sergei Sergey Serguei Serge
Evgueni Yevgeny Evgeny Evgueny Yevgeni Evgeni
Dmitri Dmitry Dimitri Dmitrii
Mikhaïl Mikhail Mickhail Mikhael
Alexandre Alexander Aleksandr Alexandr Oleksandr Aliaksandr Aleksander
Andreï Andrei Andrey Andreï
Nikolaï Nikolai Nikolay Nicolas
Edouard Eduard Édouard
Iouri Yuri Youri Yury Yuriy
Vladimir Wladimir
Volodymyr Volodimir Vladimir
Viktor Victor
Viatcheslav Vyacheslav
Vitali Vitaly Vitaliy Vitaliï
Guennadi Gennady Gennadi
Anatoli Anatoly Anatoliy
Alexeï Alexei Alexey Aleksei Aleksey
Valeri Valery Valeriy
Oleg Oleh
Dmytro Dmitro
Mykhaïlo Mykhailo Mykhaylo
Mykola Nikolaï
Petro Piotr
Ioulia Yulia Ioulya Julia
Iulia Yulia
Mohammed Mohamed Muhammad Mohammad Mohamad
Ahmed Ahmad
Bachar Bashar
Hassan Hasan
Hossein Hussein Hossain
Abdallah Abdullah Abdulla
Mahmoud Mahmud
Ibrahim Ebrahim
Nouri Nuri
Farouk Faruq Farouq
Omar Umar
Oussama Osama
Walid Waleed
Youssef Yousef Yusuf
Saoud Saud
Khaled Khalid
Fayçal Faisal Faysal
Ismaïl Ismail Ismael
Abdelaziz Abdul-Aziz
Noursoultan Nursultan
Heydar Haydar
Chavkat Shavkat
Charles Karl
Benjamin Binyamin Benyamin
Shimon Shimon
Yitzhak Itzhak Isaac
Franz-Walter Frank-Walter
Antony Anthony
Guiorgui Giorgi Georgi
Édouard Eduard
Zourab Zurab
Mikheil Mikhaïl
Nikol Nicol
Ilham Ilkham
Islam Islom
Recep Reccep"""


def fold(text):
    text = text.replace("œ", "oe").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("ı", "i").replace("đ", "d").replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


SAME = {}
for group in GIVEN.splitlines():
    for name in group.split():
        SAME.setdefault(fold(name), [])
        SAME[fold(name)] += [n for n in group.split() if fold(n) != fold(name)]


class Person:
    def __init__(self):
        self.french, self.english, self.surnames = [], [], []
        self.woman, self.item, self.state, self.weight = False, "", "", 0.0


def spelled(name):
    """'*Xi Jinping' → name and surname; without a star the last word is the surname."""
    name = name.strip()
    if "*" in name:
        before, after = name.split("*", 1)
        if before == "":  # surname first: Xi Jinping, Kim Jong-un
            return after, after.split(" ")[0]
        return before + after, after
    return name, name.split(" ")[-1]


TITLES = ("roi", "reine", "pape", "cheikh", "sultan", "mollah", "King", "Queen", "Pope", "Mullah")
# Persons known by one name that nobody else bears; other single names are printed but not looked for.
SINGLE = {"hirohito", "akihito", "naruhito", "suharto", "sukarno", "hemedti", "mbs", "mbz", "lula", "prachanda", "turkmenbachi",
          "sugiono", "qabous", "salmane"}
NO_SURNAME = {"belgique", "luxembourg", "jordanie", "monaco", "arabie saoudite", "prince", "belgium", "jordan", "duke", "hamad",
              "said", "tariq", "tarek", "paul", "xvi", "jean", "le", "madrid", "nepal",
              "moi", "ma", "pere", "bonne", "he", "lu", "do", "ri", "bo", "to", "vo", "fu", "cartes", "perdue", "champagne",
              "king", "roman", "foot", "avril", "pires", "parts", "bio", "dam", "bot", "pierre", "richard", "martin", "joseph",
              "henry", "rene", "michel", "min", "ier", "montenegro", "scotland", "colombo", "muscat", "lagos", "medina", "franca", "bank"}


def is_surname(name, surname):
    """Whether the surname alone may stand for the person: not for kings, popes and those with one name."""
    if " " not in name or name.split(" ")[0] in TITLES:
        return False
    return not re.fullmatch(r"[IVX]+", surname) and fold(surname) not in NO_SURNAME


def marked(name):
    """As the tables write it: ~ for what may begin in lower case, ! for what is printed only."""
    if name[:1].islower():
        return "~" + name
    return name if " " in name or fold(name) in SINGLE else "!" + name


def with_given_variants(name):
    head, _, tail = name.partition(" ")
    out = [name]
    if tail:
        for other in SAME.get(fold(head), []):
            out.append(other + " " + tail)
    return out


PERSONS = {}   # id → Person
BY_NAME = {}   # name as a slug → id


def person(text, state, where):
    woman = "(f)" in text
    rare = "_more_" in where  # of whom the press speaks seldom: their surnames alone are more often somebody else's
    item = re.search(r"\((Q\d+)\)", text)
    quiet = "(quiet)" in text  # a name that counts only when written in full
    acting = re.search(r"\(state (\w+)\)", text)
    text = re.sub(r"\s*\((f|quiet|Q\d+|state \w+)\)", "", text).strip()
    french_part, _, english_part = text.partition(" = ")
    spellings = [spelled(n) for n in french_part.split(",")]
    english = [spelled(n) for n in english_part.split(",")] if english_part else []
    key = slug(spellings[0][0])
    ident = BY_NAME.get(key)
    if ident is None and english:
        ident = BY_NAME.get(slug(english[0][0]))
    if ident is None:
        base = english[0][0] if english else spellings[0][0]
        ident = "person/" + slug(base)
        if ident in PERSONS:
            sys.exit(f"{where}: two persons would be {ident}")
        PERSONS[ident] = Person()
    one = PERSONS[ident]
    for name, surname in spellings:
        known = fold(name) in {fold(n) for n in one.french + one.english}
        one.french.append(name)
        if not known and not quiet and not rare and is_surname(name, surname):
            one.surnames.append(surname)
        BY_NAME.setdefault(slug(name), ident)
    for name, surname in english:
        known = fold(name) in {fold(n) for n in one.french + one.english}
        one.english.append(name)
        if not known and not quiet and not rare and is_surname(name, surname):
            one.surnames.append(surname)
        BY_NAME.setdefault(slug(name), ident)
    one.woman = one.woman or woman
    one.item = one.item or (item.group(1) if item else "")
    if acting:
        one.state = acting.group(1)
    elif not one.state:
        one.state = state
    return ident


def weight_of(role, state, known_weights):
    base = {"head-of-state": .9, "head-of-government": .9, "foreign-minister": .8, "party-leader": .9, "supreme-leader": .9,
            "secretary-general": .8, "high-representative": .8, "president": .7, "defence-minister": .6, "crown-prince": .8,
            "national-security-adviser": .6, "presidency-spokesperson": .6, "foreign-ministry-spokesperson": .6}.get(role, .45)
    return base * (0.4 + 0.6 * known_weights.get(state, 0.3))


def unique(values):
    return "|".join(dict.fromkeys(v for v in values if v))


def read_files(files, weights, tenures, offices):
    # Whoever is introduced with more than a bare name comes first, wherever that stands.
    for sign in (" = ", "*", ","):
        for path in files:
            for number, line in enumerate(open(path, encoding="utf-8"), 1):
                head, *holders = [part.strip() for part in line.strip().split("|")]
                owner = head.lstrip("@ ").split(" = ")[0].split("/")
                state = owner[min(1, len(owner) - 1)].strip()
                for holder in holders if not line.startswith("#") else ():
                    name = holder if head.startswith("@") else holder.partition(" ")[2]
                    if sign in name:
                        person(name, state if state in weights else "", f"{path}:{number}")
    for path in files:
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.strip()
            where = f"{path}:{number}"
            if not line or line.startswith("#"):
                continue
            head, *holders = [part.strip() for part in line.split("|")]
            if head.startswith("@"):
                state = head[1:].strip()
                for holder in holders:
                    one = PERSONS[person(holder, state, where)]
                    one.weight = max(one.weight, .35)
                continue
            office, *names = [part.strip() for part in head.split(" = ")]
            role, owner = office.split("/")[:2]
            state = owner if owner in weights else ""
            if names:
                offices.append((office, role, owner, names))
            spans = []
            quiet = "(quiet)" in line
            for holder in sorted(holders, key=lambda h: "" if h[0] == "?" else h):
                dates, _, name = holder.partition(" ")
                start, _, end = dates.partition("..")
                if not re.fullmatch(r"\d{4}(-\d\d){0,2}|\?", start) or (end and not re.fullmatch(r"\d{4}(-\d\d){0,2}", end)):
                    sys.exit(f"{where}: no date: {holder}")
                if spans and not spans[-1][1]:
                    spans[-1][1] = start
                spans.append([start, end, name.strip()])
            for start, end, name in spans:
                if name in ("-", ""):
                    continue
                ident = person(name, state, where)
                one = PERSONS[ident]
                one.weight = max(one.weight, .15 if quiet else weight_of(role, state, weights))
                tenures.append(("office/" + office, ident, "" if start == "?" else start, end, "own"))


def without_contained(tenures):
    """Two files may tell the same tenure, one more precisely: the wider one stands."""
    of = {}
    for one in sorted(set(tenures)):
        of.setdefault(one[:2], []).append(one)

    def contains(wide, one):
        return (wide[2] or "0") <= (one[2] or "0") and (not wide[3] or (one[3] and one[3] <= wide[3] + "-99"))

    return [one for group in of.values() for one in group if not any(o != one and contains(o, one) for o in group)]


def main():
    folder, *files = sys.argv[1:]
    weights = {}
    for line in open(folder + "/states.tsv", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("state/"):
            weights[cells[0][6:]] = float(cells[-1])
    tenures, offices = [], []
    # The files of those of whom the press speaks seldom come last, so that they take nothing from the others.
    for rare in (False, True):
        read_files([path for path in files if ("_more_" in path) == rare], weights, tenures, offices)
    tenures = without_contained(tenures)
    with open(folder + "/persons.tsv", "w", encoding="utf-8") as out:
        print("# Persons. Our own writing of plain facts. See README.md.", file=out)
        print("\t".join(["id", "names_fr", "names_en", "surnames", "state", "woman", "wikidata", "weight"]), file=out)
        for ident in sorted(PERSONS):
            one = PERSONS[ident]
            french, english = list(dict.fromkeys(one.french)), list(dict.fromkeys(one.english))
            variants = [v for n in french + english for v in with_given_variants(n)]
            known = {fold(n) for n in french + english}
            extra = []
            for v in variants:
                if fold(v) not in known:
                    known.add(fold(v))
                    extra.append(v)
            print("\t".join([ident, unique(marked(n) for n in french + extra), unique(marked(n) for n in english or french), unique(one.surnames),
                             "state/" + one.state if one.state else "", "yes" if one.woman else "", one.item,
                             f"{one.weight:.2f}".lstrip("0")]), file=out)
    with open(folder + "/tenures.tsv", "w", encoding="utf-8") as out:
        print("# Who held which office when. Dates as precise as known; own: our own writing of plain facts. See README.md.", file=out)
        print("\t".join(["office", "person", "start", "end", "source"]), file=out)
        for row in sorted(set(tenures)):
            print("\t".join(row), file=out)
    with open(folder + "/offices.tsv", "w", encoding="utf-8") as out:
        print("# Offices with names of their own; those that every state has follow from roles.tsv. See README.md.", file=out)
        print("\t".join(["id", "role", "owner", "names_fr", "names_en", "weight"]), file=out)
        seen = set()
        for office, role, owner, names in sorted(offices):
            if office in seen:
                continue
            seen.add(office)
            full = ("state/" if owner in weights else "org/") + owner
            french, english = names[0], names[1] if len(names) > 1 else names[0]
            mark = lambda text: "|".join("~" + n.strip() for n in text.split(";"))
            print("\t".join(["office/" + office, role, full, mark(french), mark(english), ".5"]), file=out)


main()
