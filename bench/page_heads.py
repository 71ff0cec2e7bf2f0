#!/usr/bin/env python3
"""How many ways of printing a page's day at its head `chancery read` understands.

usage: page_heads.py CHANCERY

Each head is set above the same article, as plain text, in the manner of agencies, dailies, radios, blogs and archives. A
page is right when its day is 2019-03-12, wrong with any other day, and undated otherwise. Two heads tell no day that can
be known (a day without its year, « il y a 3 jours ») and must stay undated. The heads were written and read by those who
wrote the rules: a list of what is covered, and no measure of unseen pages. Those not understood are printed.
"""
import json
import subprocess
import sys

TITLE = "Deux ministres face à la crise"
BODY = """Les deux ministres se sont entretenus mardi à Genève des suites de la crise frontalière, ont indiqué leurs services. \
Ils doivent se revoir la semaine prochaine.

« Nous avons bien travaillé », a déclaré une porte-parole, Jeanne Morelle. Aucune date n'a été fixée pour la suite des \
discussions."""
DAY = "2019-03-12"
NO_DAY = {"{t}\\nDakar, 12 mars (APS)", "{t}\\nil y a 3 jours"}
# One a line; \\n parts the lines of a head, {t} is the title.
HEADS = r"""
{t}\n12/03/2019 10:15
{t}\n12-03-2019 10:15
{t}\nLe 12 mars 2019 à 10h15
{t}\nMardi 12 mars 2019
{t}\nmar. 12 mars 2019
{t}\nPar Jean Morvan\n12.03.2019
{t}\nPar Jean Morvan - 12/03/2019
{t}\nPar Jean Morvan | 12 mars 2019 | 10:15
{t}\nJean Morvan, le 12 mars 2019
{t}\nJean Morvan\n12 mars 2019, 10:15 GMT
{t}\nRédaction Afrique 12 mars 2019
{t}\nPosté le 12 mars 2019 par admin
{t}\nMis en ligne le 12/03/2019 à 10:15 - Modifié le 13/03/2019 à 08:00
{t}\nParu dans l'édition du 12 mars 2019
{t}\nPublié le : 12/03/2019 - 10:15 Modifié le : 12/03/2019 - 18:20
{t}\nTemps de lecture 3 min. Publié le 12 mars 2019
12 mars 2019\n{t}
{t}\n(Agence Ecofin) - 12 mars 2019
{t}\nAFP | 12/03/2019 10h15
{t}\n(AFP) - 12/03/2019
{t}\nLE MONDE | 12.03.2019 à 10h15 | Par Jean Morvan
{t}\nLe Monde avec AFP Publié le 12 mars 2019 à 10h15
{t}\n2019-03-12T10:15:00+01:00
{t}\n2019-03-12
{t}\n12 Mars 2019
{t}\n12 MARS 2019
{t}\nDakar, 12 mars (APS)
{t}\nDakar, le 12 mars 2019
{t}\nActualités > Afrique > 12 mars 2019
{t}\n12 mars 2019 · 3 min de lecture
{t}\nTV5MONDE (avec AFP) 12 MAR 2019 Mise à jour 12.03.2019 à 10:15 par TV5MONDE
{t}\nCréé le 12 mars 2019
{t}\nPublication : 12 mars 2019
{t}\nMarch 12, 2019
{t}\nhttps://www.exemple.example/2019/03/12/deux-ministres.html
{t}\nle 12/03/19
{t}\n12 mars 2019 0 commentaires
{t}\nInternational - 12 mars 2019
{t} (12 mars 2019)
Le Quotidien du Fleuve, mardi 12 mars 2019\n{t}
Le Quotidien du Fleuve n° 4512 du mardi 12 mars 2019\n{t}
N°4512 – 12 mars 2019\n{t}
{t}\nÀ Genève, Jean Morvan\n12 mars 2019 à 06:00
{t}\nArticle publié le : mardi 12 mars 2019 - Dernière modification le : mercredi 13 mars 2019
{t}\nPar\nJean Morvan\nPublié\n12 mars 2019
{t}\n22 h 15, le 12 mars 2019
{t}\nDate : 12 mars 2019
{t}\nDernière mise à jour : 12 mars 2019
{t}\nmardi 12 mars 2019 à 10 h 15 min
{t}\nil y a 3 jours
{t}\nGenève, Suisse | AFP | mardi 12/03/2019 - 10:15 UTC
Genève | AFP | mardi 12/03/2019\n{t}
{t}\n12 mars 2019 Jean Morvan Diplomatie
{t}\nDiplomatie 12 mars 2019
{t}\nPar Jean Morvan, à Pékin, 12 mars 2019, 14h GMT
{t}\nDe notre envoyé spécial à Doha, mardi 12 mars 2019
{t}\nPar Jean Morvan (à Genève), publié le 12 mars 2019
{t}\nJean Morvan, Genève, 12 mars 2019 -
{t}\nPar Jean Morvan, avec AFP, le 12 mars 2019 à 10h12, mis à jour à 12h
{t}\nPar notre correspondant à Genève Jean Morvan — 12 mars 2019, 18 h 45
{t}\n\nGenève, 12 mars 2019 (Agence).
{t}\nGENÈVE, 12 mars 2019 (Xinhua) --
{t}\nmardi 12 mars 2019, par Jean Morvan
{t}\n12 mars 2019 par Jean Morvan
{t}\nAvec nos envoyés spéciaux à Genève, mardi 12 mars 2019 au soir
{t}\nÉdition du soir, mardi 12 mars 2019
{t}\nLe journal de 20 heures, mardi 12 mars 2019 – transcription
Journal de 20 heures du mardi 12 mars 2019\n{t}
{t}\nRadio du Fleuve, 12 mars 2019, 07:00 TU
{t}\nUn article de Jean Morvan, publié le 12 mars 2019 dans Le Fleuve
{t}\nBillet n° 212 · 12 mars 2019 · Moyen-Orient
{t}\nPublié par Jean Morvan le 12 mars 2019 dans Analyses
{t}\nle mardi 12 mars 2019 à 18:45 TU, par Jean Morvan, à Genève
{t}\nDirect du 12 mars 2019
{t}\nSuivi en direct – mardi 12 mars 2019
{t} – 12 mars 2019\nPar Jean Morvan
""".strip().splitlines()


def day_of(program, text):
    run = subprocess.run([program, "read", "-"], input=text, capture_output=True, text=True, check=True)
    published = json.loads(run.stdout)["document"]["published"]
    return published and published["value"]


def main(program):
    right = wrong = 0
    for head in HEADS:
        day = day_of(program, head.replace("{t}", TITLE).replace("\\n", "\n") + "\n\n" + BODY + "\n")
        expected = None if head in NO_DAY else DAY
        right += day == expected
        wrong += day is not None and day != expected
        if day != expected:
            print(f"{day}: {head}")
    print(f"{len(HEADS)} heads, {right} right, {wrong} with a wrong day")


if __name__ == "__main__":
    main(sys.argv[1])
