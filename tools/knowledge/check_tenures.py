#!/usr/bin/env python3
"""Compares knowledge/tenures.tsv with what REIGN and Wikidata's holders say and prints the differences.

usage: check_tenures.py KNOWLEDGE_FOLDER REIGN.csv CODES.csv WIKIDATA_FOLDER [DAYS]
"""
import csv
import datetime
import re
import sys
import unicodedata


def fold(text):
    text = text.replace("ł", "l").replace("ø", "o").replace("ı", "i").replace("đ", "d").replace("Đ", "D")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()
    return re.sub(r"[^a-z]+", " ", text).strip()


def first_day(date):
    parts = [int(p) for p in date.split("-")] + [1, 1]
    return datetime.date(*parts[:3])


def slack(date):
    return {4: 366, 7: 31}.get(len(date), 0)


folder, reign, codes, holders = sys.argv[1:5]
limit = int(sys.argv[5]) if len(sys.argv) > 5 else 20
names = {}
for row in csv.DictReader((l for l in open(folder + "/persons.tsv", encoding="utf-8") if l[0] != "#"), delimiter="\t"):
    names[row["id"]] = {w for n in (row["names_fr"] + "|" + row["names_en"] + "|" + row["surnames"]).split("|") for w in fold(n).split() if len(w) > 2}
tenures = {}
for row in csv.DictReader((l for l in open(folder + "/tenures.tsv", encoding="utf-8") if l[0] != "#"), delimiter="\t"):
    tenures.setdefault(row["office"], []).append(row)

COW = {"UKG": "GBR", "FRN": "FRA", "SPN": "ESP", "GMY": "DEU", "GFR": "DEU", "GDR": "DDR", "RUM": "ROU", "YPR": "YMD", "DRC": "COD", "CON": "COG",
       "SWZ": "CHE", "SWD": "SWE", "DEN": "DNK", "NTH": "NLD", "POR": "PRT", "AUS": "AUT", "AUL": "AUS", "NEW": "NZL", "GRC": "GRC", "BUL": "BGR",
       "CRO": "HRV", "SLV": "SVN", "SAL": "SLV", "SLO": "SVK", "CZR": "CZE", "CZE": "CSK", "LAT": "LVA", "LIT": "LTU", "MLD": "MDA", "GRG": "GEO",
       "TAJ": "TJK", "KYR": "KGZ", "MON": "MNG", "ROK": "KOR", "DRV": "VNM", "CAM": "KHM", "THI": "THA", "MAL": "MYS", "SIN": "SGP", "INS": "IDN",
       "PHI": "PHL", "BNG": "BGD", "SRI": "LKA", "NEP": "NPL", "LEB": "LBN", "KUW": "KWT", "BAH": "BHR", "UAE": "ARE", "OMA": "OMN", "ALG": "DZA",
       "MOR": "MAR", "LIB": "LBY", "SUD": "SDN", "CHA": "TCD", "CDI": "CIV", "BFO": "BFA", "TOG": "TGO", "CAO": "CMR", "NIG": "NGA", "NIR": "NER",
       "CEN": "CAF", "ANG": "AGO", "ZAM": "ZMB", "ZIM": "ZWE", "MAW": "MWI", "SAF": "ZAF", "LES": "LSO", "BOT": "BWA", "SWA": "SWZ", "MAG": "MDG",
       "MAS": "MUS", "GAM": "GMB", "GUI": "GIN", "EQG": "GNQ", "SIE": "SLE", "TAZ": "TZA", "HON": "HND", "COS": "CRI", "HAI": "HTI", "PAR": "PRY",
       "URU": "URY", "MAC": "MKD", "KOS": "XKX", "IRE": "IRL", "ICE": "ISL", "AAB": "ATG", "MAA": "MRT"}
known = {row["ISO3166-1-Alpha-3"] for row in csv.DictReader(open(codes, encoding="utf-8"))} | {"SUN", "YUG", "DDR", "CSK", "YMD", "XKX", "DEU"}
missing = wrong = right = 0
for row in csv.DictReader(open(reign, encoding="utf-8", errors="replace")):
    state = COW.get(row["stateabb"], row["stateabb"])
    if state == "RUS" and int(row["syear"]) < 1991:
        state = "SUN"
    if not row["syear"] or int(row["syear"]) < 1985:
        continue
    start = datetime.date(int(row["syear"]), int(row["smonth"]), min(int(row["sdate"] or 1), 28) if int(row["smonth"]) == 2 else int(row["sdate"] or 1))
    leader = {w for w in fold(row["leader"]).split() if len(w) > 2}
    ours = [t for role in ("head-of-state", "head-of-government", "leader", "party-leader", "supreme-leader") for t in tenures.get(f"office/{role}/{state}", [])
            if names[t["person"]] & leader and t["start"]]
    if not ours:
        if state not in known:
            print("?", row["stateabb"])
        missing += 1
        print(f"missing {state} {start} {row['leader']}")
        continue
    gap = min(max(0, abs((first_day(t["start"]) - start).days) - slack(t["start"])) for t in ours)
    if gap > limit:
        wrong += 1
        print(f"differs {state} {start} {row['leader']}: " + ", ".join(t["office"].split("/")[1] + " " + t["start"] for t in ours))
    else:
        right += 1
print(f"REIGN: {right} agree, {wrong} differ, {missing} missing")

right = wrong = missing = 0
ROLES = {"france-cabinet": ("FRA", {"President": "head-of-state", "Prime Minister": "head-of-government", "Minister of Foreign Affairs": "foreign-minister", "Minister of the Armed Forces": "defence-minister", "Minister of Defence": "defence-minister"}),
         "russia-cabinet": ("RUS", {"President": "head-of-state", "Prime Minister": "head-of-government", "Minister of Foreign Affairs": "foreign-minister", "Foreign Minister": "foreign-minister", "Minister of Defence": "defence-minister"}),
         "us-cabinet": ("USA", {"President": "head-of-state", "Secretary of State": "foreign-minister", "Secretary of Defense": "defence-minister", "National Security Advisor": "national-security-adviser", "Ambassador to the United Nations": "un-representative"}),
         "united-kingdom-cabinet": ("GBR", {"Prime Minister": "head-of-government", "Foreign Secretary": "foreign-minister", "Secretary of State for Foreign and Commonwealth Affairs": "foreign-minister", "Secretary of State for Defence": "defence-minister"}),
         "ukraine-cabinet": ("UKR", {"President": "head-of-state", "Prime Minister": "head-of-government", "Minister of Foreign Affairs": "foreign-minister", "Minister of Defence": "defence-minister"}),
         "iran-ministers": ("IRN", {"President": "head-of-state", "Minister of Foreign Affairs": "foreign-minister", "Supreme Leader": "supreme-leader"}),
         "israel-ministers": ("ISR", {"President": "head-of-state", "Prime Minister": "head-of-government", "Minister of Foreign Affairs": "foreign-minister", "Minister of Defense": "defence-minister", "Foreign Minister": "foreign-minister", "Minister of Defence": "defence-minister"})}
for name, (state, roles) in ROLES.items():
    for row in csv.DictReader(open(f"{holders}/{name}.csv", encoding="utf-8")):
        role = roles.get(row["position"])
        if not role or not row["start"]:
            continue
        words = {w for w in fold(row["person"]).split() if len(w) > 2}
        ours = [t for t in tenures.get(f"office/{role}/{state}", []) if len(names[t["person"]] & words) >= min(1, len(words)) and t["start"]]
        if not ours:
            missing += 1
            print(f"missing {state} {role} {row['start']} {row['person']}")
            continue
        gap = min(max(0, abs((first_day(t["start"]) - first_day(row["start"])).days) - slack(t["start"]) - slack(row["start"])) for t in ours)
        if gap > limit:
            wrong += 1
            print(f"differs {state} {role} {row['start']} {row['person']}: " + ", ".join(t["start"] for t in ours))
        else:
            right += 1
print(f"Wikidata: {right} agree, {wrong} differ, {missing} missing")
