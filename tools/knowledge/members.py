#!/usr/bin/env python3
"""Writes knowledge/members.tsv: who belongs to which organisation today, by the Factbook's lists (public domain), and
below where its list is silent or out of date.

usage: members.py FACTBOOK_STATES.tsv COUNTRY_CODES.csv KNOWLEDGE_FOLDER > knowledge/members.tsv
"""
import csv
import re
import sys

factbook, codes, folder = sys.argv[1:4]
IDS = {"UN": "UN", "UNESCO": "UNESCO", "WHO": "WHO", "IAEA": "IAEA", "ICCt": "ICC", "OPCW": "OPCW", "IMF": "IMF", "WTO": "WTO", "FAO": "FAO",
       "ILO": "ILO", "IOM": "IOM", "Interpol": "interpol", "EU": "EU", "CE": "council-of-europe", "NATO": "NATO", "OSCE": "OSCE", "CIS": "CIS",
       "CSTO": "CSTO", "EAEU": "EAEU", "SCO": "SCO", "BRICS": "BRICS", "G-7": "G7", "G-20": "G20", "G-77": "G77", "OECD": "OECD",
       "OPEC": "OPEC", "LAS": "LAS", "GCC": "GCC", "OIC": "OIC", "AMU": "AMU", "AU": "AU", "ECOWAS": "ECOWAS", "WAEMU": "WAEMU",
       "SADC": "SADC", "EAC": "EAC", "IGAD": "IGAD", "OIF": "OIF", "C": "commonwealth", "ASEAN": "ASEAN", "APEC": "APEC",
       "SAARC": "SAARC", "ADB": "ADB", "AfDB": "AfDB", "EBRD": "EBRD", "EIB": "EIB", "OAS": "OAS", "Mercosur": "mercosur", "CELAC": "CELAC",
       "Caricom": "CARICOM", "NAM": "NAM", "EFTA": "EFTA", "Arctic Council": "arctic-council", "GUAM": "GUAM", "BIS": "BIS", "IEA": "IEA",
       "ECCAS": "ECCAS"}
# Whole lists that win over the Factbook's.
OWN = {
    "NATO": "ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MNE NLD MKD NOR POL PRT ROU SVK SVN ESP SWE TUR GBR USA",
    "EU": "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE",
    "CIS": "ARM AZE BLR KAZ KGZ MDA RUS TJK UZB", "CSTO": "ARM BLR KAZ KGZ RUS TJK", "EAEU": "ARM BLR KAZ KGZ RUS",
    "SCO": "BLR CHN IND IRN KAZ KGZ PAK RUS TJK UZB", "BRICS": "BRA RUS IND CHN ZAF EGY ETH IRN ARE IDN",
    "G7": "CAN FRA DEU ITA JPN GBR USA",
    "ECOWAS": "BEN CPV CIV GMB GHA GIN GNB LBR NGA SEN SLE TGO", "AES": "MLI BFA NER",
    "EAC": "BDI COD KEN RWA SOM SSD TZA UGA", "GCC": "BHR KWT OMN QAT SAU ARE", "AMU": "DZA LBY MRT MAR TUN",
    "CEMAC": "CMR CAF TCD COG GAB GNQ", "ASEAN": "BRN KHM IDN LAO MYS MMR PHL SGP THA VNM TLS", "AUKUS": "AUS GBR USA", "visegrad": "POL CZE SVK HUN",
    "UN-security-council": "CHN FRA GBR RUS USA", "warsaw-pact": "SUN POL DDR CSK HUN ROU BGR", "mercosur": "ARG BRA PRY URY BOL",
    "quad": "USA JPN IND AUS", "P5-plus-1": "CHN DEU FRA GBR RUS USA", "normandy-format": "DEU FRA RUS UKR", "E3": "DEU FRA GBR",
    "turkic-states": "AZE KAZ KGZ TUR UZB",
    "SADC": "AGO BWA COM COD SWZ LSO MDG MWI MUS MOZ NAM SYC ZAF TZA ZMB ZWE",
    "council-of-europe": "ALB AND ARM AUT AZE BEL BIH BGR HRV CYP CZE DNK EST FIN FRA GEO DEU GRC HUN ISL IRL ITA LVA LIE LTU LUX MLT MDA MCO MNE NLD MKD NOR POL PRT ROU SMR SRB SVK SVN ESP SWE CHE TUR UKR GBR",
}
states = {line.split("\t")[0][6:] for line in open(folder + "/states.tsv", encoding="utf-8") if line.startswith("state/")}
gec = {row["FIPS"].lower(): row["ISO3166-1-Alpha-3"] for row in csv.DictReader(open(codes, encoding="utf-8"))}
gec.update({"ri": "SRB", "kv": "XKX"})
members = {name: set(line.split()) for name, line in OWN.items()}
for row in csv.DictReader(open(factbook, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
    state = gec.get(row["gec"])
    if state not in states:
        continue
    for entry in re.split(r",\s*(?![^()]*\))", row["igo_membership"] or ""):
        name, _, remark = entry.partition(" (")
        if name in IDS and IDS[name] not in OWN and (not remark or "NGO" in remark or "suspended" in remark or "national committees" in remark):
            members.setdefault(IDS[name], set()).add(state)
for name, extra in {"AU": "GIN ESH", "LAS": "PSE", "OIC": "PSE GIN"}.items():
    members[name] |= set(extra.split())
print("# Which states belong to which organisations today. Factbook (public domain), and our own writing. See README.md.")
print("organisation\tmembers")
for name in sorted(members):
    print("org/" + name + "\t" + " ".join(sorted(members[name])))
