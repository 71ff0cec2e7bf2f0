#!/usr/bin/env python3
"""Agreement with Recognizers-Text's French date cases, on those that are French as a French person writes it.

usage: time_cases.py TOOL DATA CASES.jsonl [--left-out] [--errors]

Most of those cases were translated word by word and are not French. A case is left out for one of the reasons below,
the first that applies; --left-out lists them. A case agrees when what was found where the expected text stands has the
same words (articles, prepositions and range words at its edges aside: the conventions differ) and, where the case gives
a value that can be compared, the same value.
"""
import collections, json, os, re, subprocess, sys, tempfile

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
# Why a case is no French, or not about what a page says.
LEFT_OUT = [
    ("English clock (am, pm)", r"\b[ap]\.? ?m\b|\d[ap]m\b"),
    ("English word order or figures (month first, dots, spaced dashes)",
     r"3-7-07|\d\.\d|\b(" + "|".join(MONTHS) + r"|sept?|oct|jan|nov|d[ée]c)\b[ /.-]*\d{1,2}\b(?![ /]*\d{3})|(" + "|".join(MONTHS) +
     r") (vingt|seconde|deuxi|trente|dix)|\b\d{4}\.\d|\d{4} *[/-] *\d{1,2}(?!\d)(?!-)|\d ?[/-] +\d|\d +[/-] ?\d|\b9-18|\b\d{4}/sep|"
     r"septembre\.1|\b20\d\d le tr|\d [0-9]{2} \d{4}|/\d+, ?20|4/22|4-22"),
    ("accents or letters missing", r"\b(apres|annee|journee|matinee|soiree|debut|fetes?|jusqu'?a|derniere|dixieme|troisieme|deuxieme|"
     r"aout|fevrier|decembre|revenier|vai|connes|plusieur|quel ques|noel|recontr\w*|demi-annee|coursdu|tot|peu pres|vouz|reveindrai|reviendri|reviendai|retourne)\b| a \d"),
    ("wrong gender or number", r"\bcette (" + "|".join(DAYS + MONTHS) + r"|\w{3}\b|matin|été|soir|l'|de)|\bce (nuit|soirée|l')|"
     r"toute le|le nuit|dimanche dernière|semaines? (dernier|prochain)\b|dans le (soirée|matinée)|chaque trois|chaque deux|"
     r"semaines prochaine|la matin|du (soirée|matinée|tard)|tot du|un heure|le été|troisieme quart|l'annee dernier"),
    ("abbreviation that French does not use", r"\b(jan|janv|f[eé]v|mar|avr|jun|jul|sept?|oct|nov|d[ée]c|ven|hrs|mins|sec)\b(?!\.)|janv,"),
    ("a bare number for a day or an hour", r"(retourne|reviendrai|serai|sorti|dehors|partir|vais|sortir)( pour| en| à| de| depuis| entre)?( le)? "
     r"(\d+|cinq|sept|huit|quinze|vingt)( ?e\b|er\b)?( (au|à|et|jusqu'à|-) (\d+|sept))?( ?!| \.| \?| ce| du| de| mois| trente| demain| dimanche|, ce| tous|$)|le vingt deux|le second|27e|20e|"
     r"\b(huit|sept|8|9|20|10|11|cinq) (et (demie|quart|trois)|dans|du|de|ce)|sur (la )?1?5\b|5 (au|à) (6|sept)|16 - 17|vers 7|à 15 tous|à (7|19)$|\b(7|cinq trente) d(u|ans)|deux trente|4-23|06/06 12|à sept|15/4|alarm"),
    ("no article or preposition where French needs one", r"(serai|partir|dehors|été?) (" + "|".join(MONTHS) + r"|été)$|dans (mars|mai|août)|"
     r"(fin|début|tard|tôt) (nuit|soir|soirée|matin)|nuit 5 mai|lendemain \d|prochaine nuit|dernier jour|seconde dimanche|1er dimanche|"
     r"dans tôt|dans mai|fin de demain|la fin de dimanche|demain du|au \d:00 lendemain|avant lendemain|mardi ce soir|\bprochain (quelques|\d)|dernier \d|semaine de septembre|dimanche la semaine|vendredi la semaine|3-min|30-min|heures et demi$|deux et demi|demi heure|peu près|milieu du matin|matin 7:00|4:00 au 7|dans le matin|un et demi|partir été|sur (le )?nouvel|sur (fete|dimanche)|fin de soir mardi|mardi fin"),
    ("a number given to « quelques »", r"quelques (heures|semaines|minutes)$"),
    ("nothing that the press writes (dès que possible, la journée alone)", r"dès que possible|^la journée|reste du jour|bihebdo|yuandan|thanks|nouvel an chinois|réveillon|\b30/2|2016-2-30"),
]
EDGE = re.compile(r"^((pour|en|dans|de|du|les|le|la|entre|à|chaque|sur|ce|cette|vers|depuis|avant|après|tous|jusqu'à)\b *|[ld]')*")


def reason(case):
    for why, pattern in LEFT_OUT:
        if re.search(pattern, case["input"], re.IGNORECASE):
            return why
    if any(" ".join(x["text"].lower().split()) not in " ".join(case["input"].lower().split()) + " " or
           x["text"].strip() + "s" in case["input"] for x in case["results"]):
        return "the expected text is cut wrongly"
    return None


def same_value(wanted, found):
    """A value with open places agrees with any that fills them."""
    first, last = found[0]["value"], found[-1]["value"]
    if wanted.startswith("("):
        start, end = wanted[1:-1].split(",")[:2]
        return same_value(start, found[:1]) and same_value(end, found[-1:])
    if wanted.startswith("XXXX-WXX-"):
        day = re.match(r"\d{4}-\d\d-\d\d", first)
        if first.startswith("XXXX-WXX-"):
            return first == wanted
        import datetime
        return bool(day) and datetime.date.fromisoformat(day.group()).isoweekday() == int(wanted[9])
    if wanted.startswith("T"):
        time = last.partition("T")[2]
        return bool(time) and (time.startswith(wanted[1:]) or ("T" + time) == wanted + ":00")
    if wanted.startswith("XXXX-"):
        return first[5:] == wanted[5:]
    if wanted in ("SU", "WI", "SP", "FA"):
        return first.endswith(wanted)
    return wanted in (first, last) or any(f["value"].startswith(wanted) for f in found)


def agrees(case, found):
    text = case["input"]
    if not case["results"]:
        return not found
    for wanted in case["results"]:
        expected = wanted["text"].strip().lower()
        at = text.lower().find(expected)
        here = [f for f in found if f["span"][0] < at + len(expected) and at < f["span"][1]]
        if not here:
            return False
        stands = text[min(f["span"][0] for f in here):max(f["span"][1] for f in here)].strip().lower()
        if EDGE.sub("", stands) != EDGE.sub("", expected):
            return False
        values = [v for v in (wanted.get("timex"),) if isinstance(v, str)] or [v for v in wanted.get("timex") or [] if v]
        if values and not any(same_value(v, here) for v in values):
            return False
    return True


def main(arguments):
    tool, data, path = arguments[:3]
    cases = [json.loads(line) for line in open(path, encoding="utf-8")]
    left = collections.defaultdict(list)
    kept = []
    for case in cases:
        why = reason(case)
        (left[why] if why else kept).append(case)
    with tempfile.TemporaryDirectory() as scratch:
        for day in sorted({(c["ref"] or "2016-11-07")[:10] for c in kept}):
            files = {}
            for i, case in enumerate(kept):
                if (case["ref"] or "2016-11-07")[:10] == day:
                    name = os.path.join(scratch, f"{i}.txt")
                    with open(name, "w", encoding="utf-8") as out:
                        out.write(case["input"])
                    files[name] = case
            out = subprocess.run([tool, data, "--published", day, *files], capture_output=True, check=True, text=True).stdout
            for line in out.splitlines():
                reading = json.loads(line)
                files[reading["file"]]["found"] = reading["times"]
    agree = 0
    for case in kept:
        good = agrees(case, case.get("found", []))
        agree += good
        if not good and "--errors" in arguments:
            print("-", case["input"], "|", [(x["text"], x.get("timex")) for x in case["results"]], "|",
                  [(case["input"][slice(*f["span"])], f["value"]) for f in case.get("found", [])])
    for why, out in left.items():
        print(f"left out {len(out):3}: {why}")
        if "--left-out" in arguments:
            for case in out:
                print("    ", case["input"])
    print(f"{len(cases)} cases, {len(kept)} kept, {agree} agree: {agree / len(kept):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
