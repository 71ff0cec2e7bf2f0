#!/usr/bin/env python3
"""How many ways of printing a page's day at its head, and of naming its outlet, `chancery read` understands.

usage: page_heads.py CHANCERY

Each head is set above the same article (a foot below it), as plain text, in the manner of agencies, dailies, radios, blogs and archives. A
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
Bruxelles, le 12 mars 2019\nBelga\n\n{t}
Bruxelles, le 12 mars 2019\n{t}
Bonjour, nous sommes le mardi 12 mars 2019\nMenu\n{t}
{t}\nby Jean M.  12 mars 2019  in Diplomatie
{t}\nPosted on 12 mars 2019 by admin
{t}\nPublié par admin | 12 mars 2019 | Monde | 0 |
{t}\nMARDI 12 MARS 2019 À 10:15
{t}\n12 mars 2019, 10:15 - Mis à jour 13 mars 2019, 08:00
{t}\nMis à jour : 12 mars 2019 10:15
{t}\nPublié le 12.03.2019 à 10h15, mis à jour le 13.03.2019 à 8h00
{t}\nPublié: 12.03.2019, 17h41
{t}\nModifié le 12 mars 2019 à 18:32
{t}\n12/03/2019 19:22, TUNIS/Tunisie
{t}\n12 Mars 2019 - 01:12
{t}\nmars 12, 2019
{t}\n12 mars, 2019
{t}\n12 mar. 2019 · 3 min
{t}\nPubliée le mardi 12 mars 2019 à 21h05min
{t}\nAjouté par : rédaction | mardi 12 mars 2019 | dans la rubrique Sécurité
{t}\nÉcrit par Jean Morvan le 12 mars 2019
{t}\nLe mardi 12 mars 2019 par Jean Morvan dans Monde
{t}\n#Diplomatie — 12 mars 2019
{t}\nPublié le mar 12/03/2019 - 19:40 | Modifié le mar 12/03/2019 - 19:41
{t}\nRadio du Fleuve - 12 mars 2019 - par Jean Morvan
{t}\nNuméro 312 – Mardi 12 mars 2019 – Prix : 200 F
{t}\nMis en ligne le mardi 12 mars 2019\nAuteur : Jean Morvan
{t}\nDate de publication : 12-03-2019
{t}\n[12/03/2019]
{t}\n(12 mars 2019)
{t}\nle 12 mars 2019 à 10:15 (mis à jour à 12:40)
{t}\n12 mars 2019 | Le Fleuve | Monde
{t}\nMonde | Publié 12 mars 2019
{t}\n2019/03/12 10:15
{t}\nGenève, le mardi douze mars 2019
{t}\nDu 12 mars 2019
{t}\nJean Morvan — Le 12 mars 2019 à 9 h 00, modifié à 10 h 12
Dépêche du 12 mars 2019\n{t}
COMMUNIQUÉ – 12 mars 2019\n{t}
Réf. : 2019-0312\nDate : 12/03/2019\nPage : 3\n{t}
Revue de presse du mardi 12 mars 2019\n{t}
Envoyé : mardi 12 mars 2019 10:15\nObjet : {t}
{t}\n\n{b}\nPar Jean Morvan, le 12/03/2019
{t}\n\n{b}\nSource : Le Fleuve, 12 mars 2019
{t}\n\n{b}\nLe 12 mars 2019
{t}\n\n{b}\nFait à Genève, le 12 mars 2019
{t}\n\n{b}\nLe Fleuve, n° 312, 12 mars 2019
{t}\n\n{b}\nGenève, 12 mars 2019. – Jean Morvan
""".strip().splitlines()

# Heads and feet, and the outlet that the page names: head, {b} the body, foot, then the outlet behind a tab; none where
# a reader could not be sure.
OUTLETS = r"""
{t}\nPublié le 12 mars 2019\n\n{b}\n© 2019 Le Fleuve Libre. Tous droits réservés.	Le Fleuve Libre
{t}\n12 mars 2019\n\n{b}\nCopyright © 2019 Kisantu Actualités	Kisantu Actualités
{t}\n12 mars 2019\n\n{b}\nLe Moniteur de Boké - Tous droits réservés	Le Moniteur de Boké
{t}\n12 mars 2019\n\n{b}\nTous droits réservés © Horizons du Sahel 2019	Horizons du Sahel
{t}\n12 mars 2019\n\n{b}\n(c) Sahel Matin, 2019	Sahel Matin
{t}\n12 mars 2019\n\n{b}\nLa Voix des lacs est un média indépendant fondé en 2004.	La Voix des lacs
Le Phare du golfe\nlundi 11 mars 2019\nPolitique\n{t}\n\n{b}	Le Phare du golfe
RADIO LUMIÈRES\nÉcouter le direct\n{t}\n12 mars 2019\n\n{b}	RADIO LUMIÈRES
Gazette de Moursal – L'information au quotidien\nAccueil\n{t}\n12 mars 2019\n\n{b}	Gazette de Moursal
Agence Kouilou Presse\n{t}\n12 mars 2019\n\n{b}	Agence Kouilou Presse
MoursalInfo.net\nAccueil\nContact\n{t}\n12 mars 2019\n\n{b}	MoursalInfo.net
Tazerzaït Plus\nAccueil\n{t}\n12 mars 2019\n\n{b}\nÉcrivez-nous : redaction@tazerzaitplus.example	Tazerzaït Plus
{t}\nLe Fleuve avec AFP\nPublié le 12 mars 2019\n\n{b}	Le Fleuve
{t}\nPar Le Fleuve avec agences\n12 mars 2019\n\n{b}	Le Fleuve
{t}\nLE FLEUVE | 12.03.2019 à 10h15 | Par Jean Morvan\n\n{b}	LE FLEUVE
{t}\nRadio Kisantu - 12 mars 2019\n\n{b}	Radio Kisantu
{t}\nDAKAR, 12 mars 2019 (APS) – {b}	APS
{t}\nGENÈVE, 12 mars 2019 (Xinhua) -- {b}	Xinhua
{t}\nGenève, 12 mars 2019 (AFP) - {b}	AFP
{t}\n(Agence Kouilou Presse) - 12 mars 2019\n\n{b}	Agence Kouilou Presse
{t}\nGenève, Suisse | AFP | mardi 12/03/2019 - 10:15 UTC\n\n{b}	AFP
{t}\nLes deux ministres à Genève. © AFP 2019\nPar Jean Morvan\n12 mars 2019\n\n{b}	-
{t}\nLes deux ministres à Genève, le 11 mars 2019. © Jean Morvan / Reuters\n12 mars 2019\n\n{b}	-
{t}\nJean Morvan - 12 mars 2019\n\n{b}	-
{t}\nPar Jean Morvan avec AFP\n12 mars 2019\n\n{b}	-
{t}\nGenève - 12 mars 2019\n\n{b}	-
Guerre en Ukraine\n{t}\n12 mars 2019\n\n{b}\nTags : Guerre en Ukraine, Genève	-
Union européenne\n{t}\n12 mars 2019\n\n{b}	-
République du Congo\nPolitique\n{t}\n12 mars 2019\n\n{b}	-
Revue de presse\n{t}\n12 mars 2019\n\n{b}	-
Le journal de 20 heures\n{t}\n12 mars 2019\n\n{b}	-
Accueil\nInternational\n{t}\nPublié le 12 mars 2019\n\n{b}\nTous droits réservés	-
{t}\n12 mars 2019\n\n{b}\n© 2019	-
{t}\n12 mars 2019\n\n{b}\n(Avec AFP)	-
{t}\n12 mars 2019\n\nL'Union africaine (UA) – qui siège à Addis-Abeba – suit la rencontre. {b}	-
{t}\n12 mars 2019\n\n{b}\n© Jean Morvan	-
""".strip().splitlines()


def document_of(program, text):
    run = subprocess.run([program, "read", "-"], input=text, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)["document"]


def day_of(program, text):
    published = document_of(program, text)["published"]
    return published and published["value"]


def score_outlets(program):
    right = wrong = 0
    for row in OUTLETS:
        page, _, expected = row.partition("\t")
        text = page.replace("\\n", "\n").replace("{t}", TITLE).replace("{b}", BODY)
        found = document_of(program, text + "\n")["outlet"] or "-"
        right += found == expected
        wrong += found not in ("-", expected)
        if found != expected:
            print(f"{found}: {row}")
    print(f"{len(OUTLETS)} heads and feet, {right} with the right outlet or rightly none, {wrong} with a wrong one")


def page_of(head):
    """The page of a head, or of a page whose body has its place in it."""
    text = head.replace("{t}", TITLE).replace("\\n", "\n")
    return text.replace("{b}", BODY) + "\n" if "{b}" in text else text + "\n\n" + BODY + "\n"


def main(program):
    right = wrong = 0
    for head in HEADS:
        day = day_of(program, page_of(head))
        expected = None if head in NO_DAY else DAY
        right += day == expected
        wrong += day is not None and day != expected
        if day != expected:
            print(f"{day}: {head}")
    print(f"{len(HEADS)} heads, {right} right, {wrong} with a wrong day")
    score_outlets(program)


if __name__ == "__main__":
    main(sys.argv[1])
