#!/usr/bin/env python3
"""Reprints found among 2,000 generated pages, beside plain MinHash on the same pages in one run.

The pages are put together here from facts and templates of our own, from a seed. Stories of one topic share actors,
places, quotations and a paragraph of background; each is told by one wire text. Outlets reprint wire texts with a new
headline, cuts, paragraphs in another order, words replaced, sentences of their own, quotations left out; and they tell
the same stories in texts of their own, with the same quotations. What counts as one is a wire text and its reprints.

Prints the adjusted Rand index of both, and whether the record is the same in another order.

usage: record_reprints.py CHANCERY [--seed N] [--pages N] [--keep FOLDER]
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import zlib

NAMES = ["Aldric Morvan", "Solène Castagnier", "Ioan Petrasc", "Mirela Dobran", "Tomas Hallgren", "Ingvild Sorensen",
         "Rafik Belhadj", "Nadia Oukili", "Kwame Ofordu", "Aminata Sarr-Diop", "Lorenzo Vettori", "Giulia Santafede",
         "Henrik Valdemar", "Katarzyna Wolniak", "Stefan Ruhmann", "Beate Lindauer", "Paulo Quintela", "Inês Barroca",
         "Arman Petrossi", "Leyla Hasanova", "Viktor Ustenko", "Oksana Derevko", "Marek Hlinka", "Zuzana Kralik"]
STATES = [("la Norvège", "norvégien"), ("le Portugal", "portugais"), ("la Pologne", "polonais"), ("le Ghana", "ghanéen"),
          ("l'Italie", "italien"), ("la Hongrie", "hongrois"), ("le Maroc", "marocain"), ("la Finlande", "finlandais"),
          ("le Chili", "chilien"), ("la Jordanie", "jordanien"), ("le Vietnam", "vietnamien"), ("le Kenya", "kényan"),
          ("la Bulgarie", "bulgare"), ("le Pérou", "péruvien"), ("l'Albanie", "albanais"), ("le Sénégal", "sénégalais")]
CITIES = ["Oslo", "Lisbonne", "Cracovie", "Accra", "Turin", "Budapest", "Rabat", "Helsinki", "Valparaíso", "Amman",
          "Hanoï", "Nairobi", "Sofia", "Lima", "Tirana", "Dakar", "Vienne", "Genève", "Montréal", "Bruxelles"]
MATTERS = ["la pêche en haute mer", "le transit du gaz", "les droits de douane sur l'acier", "le partage des eaux du fleuve",
           "la réouverture des consulats", "l'échange de détenus", "la dette du port franc", "les vols de nuit",
           "le déminage de la frontière", "les visas des étudiants", "la ligne ferroviaire du nord",
           "les quotas de blé", "la surveillance du détroit", "les câbles sous-marins", "le retour des réfugiés",
           "la taxe sur le carbone", "l'accès aux archives", "le statut de l'île"]
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre"]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
OUTLETS = [f"Le {a} {b}" for a in ("Courrier", "Quotidien", "Messager", "Journal", "Progrès") for b in
           ("du Nord", "de l'Ouest", "des Alpes", "du Littoral", "des Deux Rives", "de la Plaine")]

# Each line says one thing in several ways; « | » parts them, {x} is a fact of the story.
NARRATIVE = [
    "{A} et {B} ont ouvert {day} à {city} des discussions sur {matter}.|Des délégations venues de {a} et de {b} se sont "
    "assises {day} à la même table, à {city}, pour parler de {matter}.|À {city}, {matter} a occupé {day} les envoyés des "
    "deux pays.|C'est {matter} qui a réuni {day} à {city} les représentants {adja} et {adjb}.",
    "Les entretiens ont duré {n} heures, selon un participant.|Il aura fallu {n} heures pour un premier tour de table, "
    "raconte un membre d'une délégation.|La séance, commencée tôt le matin, s'est achevée {n} heures plus tard.|Après {n} "
    "heures passées à huis clos, les diplomates sont sortis sans un mot.",
    "Le ministre {adja} des Affaires étrangères, {X}, conduisait la délégation.|{X} dirigeait les négociateurs {adja}s."
    "|Du côté {adja}, c'est {X} qui menait les débats.|À la tête de la partie {adja}e, {X} avait préparé seul le dossier.",
    "En face, {Y} représentait la partie {adjb}e.|{Y}, son homologue, avait fait le voyage la veille.|Son interlocuteur "
    "{adjb}, {Y}, est arrivé avec une heure de retard.|{Y}, pour le camp {adjb}, n'était accompagné que de deux conseillers.",
    "Un texte de {n} pages circule entre les capitales.|Le projet, long de {n} pages, n'a pas été rendu public.|Un document "
    "de {n} pages sert de base au travail des experts.|Les juristes ont rempli {n} pages, que personne n'a signées.",
    "Aucune date n'a été fixée pour la suite.|La prochaine séance reste à fixer.|Personne n'a voulu dire quand les travaux "
    "reprendraient.|Le calendrier de la suite demeure ouvert.",
    "Un second groupe se penchera sur {matter2}.|Les experts doivent encore examiner {matter2}.|Reste {matter2}, que les "
    "deux camps préfèrent traiter à part.|Quant à {matter2}, le sujet a été renvoyé à une commission.",
    "À {a}, l'opposition réclame un débat au parlement.|Des députés {adja}s veulent entendre le ministre dès son retour.|Le "
    "parlement {adja} sera saisi avant la fin du mois.|La presse {adja}e parle d'une concession sans contrepartie.",
    "Les syndicats de {city} avaient appelé à manifester devant le bâtiment.|Quelques centaines de personnes s'étaient "
    "rassemblées dehors, sous la pluie.|La police avait bouclé le quartier dès l'aube.|Devant l'hôtel, une poignée de "
    "militants brandissaient des pancartes.",
    "Un observateur de l'ONU assistait aux échanges.|Les Nations unies avaient dépêché un médiateur.|Un émissaire de "
    "l'ONU a fait la navette entre les deux salles.|L'ONU, présente comme témoin, n'a pas fait de commentaire.",
    "Les deux pays avaient rompu le dialogue il y a {n} mois.|Depuis {n} mois, les deux capitales ne se parlaient plus que "
    "par courrier.|Le fil était coupé depuis {n} mois.|Il s'agit du premier contact direct en {n} mois.",
    "Sur le marché, les cours ont peu bougé.|La Bourse de {city} a clôturé sans grand changement.|Les investisseurs, eux, "
    "attendent de voir.|Le cours de la monnaie a gagné {n} centimes dans la soirée.",
    "Une déclaration commune de trois paragraphes a été lue dans la soirée.|Un bref communiqué est tombé vers minuit.|Les "
    "porte-parole se sont contentés de lire quelques lignes.|Pour toute conclusion, une feuille a été distribuée à la presse.",
    "Des désaccords demeurent sur le contrôle.|La question du contrôle bloque encore.|Qui vérifiera, et comment : là est "
    "l'obstacle.|Les deux camps butent sur les modalités de vérification.",
    "Un diplomate européen se dit prudent.|Dans les chancelleries européennes, on reste sur la réserve.|À Bruxelles, on se "
    "garde de tout optimisme.|Les voisins, eux, suivent l'affaire de loin.",
    "Le précédent accord, signé à {city2}, n'a jamais été appliqué.|Un texte paraphé à {city2} il y a des années est resté "
    "lettre morte.|On se souvient de l'échec de {city2}.|L'ombre de la conférence de {city2} planait sur la salle.",
    "Les familles attendent des nouvelles.|Sur place, les habitants n'espèrent plus grand-chose.|Les riverains disent "
    "n'avoir été consultés par personne.|Pour les habitants, rien n'a changé.",
    "Trois réunions techniques suivront.|Il y aura d'abord un travail d'experts, en {month}.|Les techniciens prendront le "
    "relais en {month}.|Un comité mixte se réunira au mois de {month}.",
]
QUOTES = ["Nous n'avons jamais été aussi près d'un texte que chacun puisse défendre chez soi",
          "Il n'y aura pas d'accord tant que les inspecteurs resteront à la porte du dépôt",
          "Je suis venu écouter, et j'ai entendu des choses que je n'attendais pas",
          "Ce qui se joue ici dépasse de loin la question des tarifs et des tonnages",
          "Nous demandons simplement que la parole donnée l'an dernier soit tenue cette année",
          "Le temps travaille contre tout le monde, et surtout contre ceux qui vivent là-bas",
          "On ne négocie pas une frontière comme on négocie le prix d'un tapis",
          "Mon gouvernement signera le jour où les deux drapeaux flotteront à la même hauteur"]
SAYING = ["a déclaré {P} à la presse", "a dit {P}", "a résumé {P} en quittant la salle", "a expliqué {P}",
          "a lancé {P} devant les caméras", "a confié {P}"]
BACKGROUND = ["Le différend remonte à une trentaine d'années, quand le tracé des eaux avait été fixé sans consulter les riverains. "
              "Deux commissions ont siégé depuis, sans résultat.",
              "Les deux pays entretiennent des relations tendues depuis la fermeture des ambassades. Leur commerce a été "
              "divisé par deux en dix ans.",
              "Ce dossier empoisonne les rapports entre les voisins depuis l'indépendance. Les tentatives de médiation "
              "ont toutes tourné court, la dernière au printemps."]
OWN = ["Notre rédaction a joint plusieurs habitants de la région.", "Dans nos colonnes, un ancien ambassadeur appelait déjà à la "
       "patience.", "La section locale d'une association organise une veillée samedi.", "Un débat aura lieu à la médiathèque "
       "jeudi soir.", "Plusieurs entreprises d'ici suivent le dossier de près.", "Notre correspondant décrit une ville calme.",
       "Les lecteurs peuvent réagir sur notre site.", "Une exposition retrace ces trente ans au musée.",
       "Le maire a fait savoir qu'il écrirait au ministre.", "Rien de neuf, donc, pour les frontaliers d'ici."]
FOREIGN = ["Les partis de la coalition n'ont pas encore pris position.", "Une conférence de presse est annoncée pour demain.",
           "Le gouvernement voisin n'a pas souhaité réagir.", "Des images de la rencontre ont été diffusées par la télévision.",
           "Un groupe d'anciens négociateurs a publié une tribune.", "Les marchés de matières premières restent nerveux."]
SYNONYMS = {"discussions": "pourparlers", "délégations": "équipes", "heures": "h", "document": "papier", "séance": "session",
            "prochaine": "suivante", "capitales": "gouvernements", "experts": "spécialistes", "habitants": "riverains",
            "bref": "court", "soirée": "nuit", "réunions": "rencontres", "long": "gros", "dossier": "sujet",
            "parlement": "Assemblée", "obstacle": "problème", "diplomate": "responsable", "texte": "projet", "fixée": "arrêtée",
            "premier": "tout premier", "personne": "nul", "accord": "compromis", "presse": "télévision", "deux": "2",
            "encore": "toujours", "Depuis": "Voilà", "dehors": "à l'extérieur", "quelques": "plusieurs"}


def story(dice, topic):
    """The facts of a story; those of one topic share people, states, the matter, quotations and background."""
    facts = dict(topic)
    facts.update(day=dice.choice(DAYS), n=dice.randint(3, 40), matter2=dice.choice(MATTERS), city2=dice.choice(CITIES),
                 month=dice.choice(MONTHS), published=topic["day0"] + dice.randint(0, 6))
    return facts


def topic(dice):
    (a, adja), (b, adjb) = dice.sample(STATES, 2)
    x, y = dice.sample(NAMES, 2)
    return {"A": a[0].upper() + a[1:], "a": a, "adja": adja, "B": b, "b": b, "adjb": adjb, "X": x, "Y": y,
            "city": dice.choice(CITIES), "matter": dice.choice(MATTERS), "quotes": dice.sample(QUOTES, 3),
            "background": dice.choice(BACKGROUND), "day0": dice.randint(0, 300)}


def text_of(dice, facts):
    """One text of its own: paragraphs, each a list of sentences; quotations are marked by their kind."""
    lines = dice.sample(NARRATIVE, dice.randint(9, 14))
    sentences = [("told", dice.choice(line.split("|")).format(**facts)) for line in lines]
    for quote in dice.sample(facts["quotes"], dice.randint(1, 3)):
        said = dice.choice(SAYING).format(P=dice.choice([facts["X"], facts["Y"]]))
        sentences.insert(dice.randint(1, len(sentences)), ("quoted", f"« {quote} », {said}."))
    if dice.random() < 0.6:
        sentences.append(("background", facts["background"]))
    for other in dice.sample(FOREIGN, dice.randint(0, 2)):
        sentences.insert(dice.randint(2, len(sentences)), ("told", other))
    paragraphs, at = [], 0
    while at < len(sentences):
        size = dice.randint(1, 3)
        paragraphs.append(sentences[at:at + size])
        at += size
    return paragraphs


def headline(dice, facts):
    return dice.choice(["{A} et {B} reprennent langue", "{matter} au menu à {city}", "Rencontre à {city}", "À {city}, un "
                        "dialogue difficile", "{X} et {Y} face à face", "Ce que l'on sait des discussions de {city}",
                        "{matter} : le dialogue reprend"]).format(**facts)


def edit(dice, words, share):
    """Replaces, drops or moves single words, as a subeditor does."""
    out = []
    for word in words.split(" "):
        bare = word.strip(".,;:«»")
        if bare in SYNONYMS and dice.random() < share * 5:
            word = word.replace(bare, SYNONYMS[bare])
        elif dice.random() < share * 0.35:
            continue
        elif dice.random() < share * 0.35:
            word = word + " " + dice.choice(["aussi", "ainsi", "hier", "notamment", "ce jour-là"])
        out.append(word)
    return " ".join(out)


def reprint(dice, paragraphs, facts):
    """A wire text as an outlet prints it."""
    kept = [list(one) for one in paragraphs]
    if dice.random() < 0.6:  # cut from the end, as subeditors do
        kept = kept[:max(2, round(len(kept) * dice.uniform(0.45, 0.95)))]
    if dice.random() < 0.35 and len(kept) > 3:  # another order behind the lead
        rest = kept[1:]
        dice.shuffle(rest)
        kept = kept[:1] + rest
    if dice.random() < 0.3:  # quotations left out
        kept = [[one for one in paragraph if one[0] != "quoted"] for paragraph in kept]
    share = dice.choice([0.0, 0.02, 0.05, 0.1])
    kept = [[(kind, edit(dice, words, share)) for kind, words in paragraph] for paragraph in kept if paragraph]
    if dice.random() < 0.5:  # sentences of its own
        for own in dice.sample(OWN, dice.randint(1, 5)):
            kept.insert(dice.randint(1, len(kept)), [("own", own)])
    return kept


def pages(seed, count):
    dice = random.Random(seed)
    out = []
    number = 0
    while len(out) < count:
        shared = topic(dice)
        for _ in range(dice.randint(1, 4)):  # stories of one topic
            facts = story(dice, shared)
            wire = text_of(dice, facts)
            texts = []
            if dice.random() < 0.75:
                texts.append((f"w{number}", wire, facts["published"]))
            for _ in range(dice.choice([0, 1, 2, 3, 5, 9])):
                texts.append((f"w{number}", reprint(dice, wire, facts), facts["published"] + dice.choice([0, 0, 1, 2])))
            for own in range(dice.choice([0, 1, 2])):  # the same story in words of their own
                texts.append((f"o{number}-{own}", text_of(dice, facts), facts["published"] + dice.choice([0, 1])))
            for origin, paragraphs, day in texts:
                title = headline(dice, facts)
                body = "\n\n".join(" ".join(words for _, words in paragraph) for paragraph in paragraphs if paragraph)
                out.append({"id": f"p{len(out)}", "origin": origin, "title": title, "text": title + "\n\n" + body,
                            "published": f"{2021 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02}",
                            "url": f"https://outlet{len(out) % 30}.example/{len(out)}"})
            number += 1
    dice.shuffle(out)
    return out[:count]


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def adjusted_rand(truth, found):
    both = pairs(collections.Counter(zip(truth, found)).values())
    a, b = pairs(collections.Counter(truth).values()), pairs(collections.Counter(found).values())
    expected = a * b / (len(truth) * (len(truth) - 1) / 2)
    return (both - expected) / ((a + b) / 2 - expected)


def components(count, edges):
    parent = list(range(count))

    def root(one):
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for a, b in edges:
        parent[root(a)] = root(b)
    return [root(one) for one in range(count)]


def minhash(texts, permutations=64):
    """Signatures of runs of three words; all pairs are compared, so no banding loses any. Returns similar pairs by
    estimated Jaccard similarity, in steps of 0.05."""
    dice = random.Random(7)
    prime = (1 << 61) - 1
    factors = [(dice.randrange(1, prime), dice.randrange(prime)) for _ in range(permutations)]
    signatures = []
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        hashes = {zlib.crc32(" ".join(words[i:i + 3]).encode()) for i in range(max(1, len(words) - 2))}
        signatures.append([min((a * one + b) % prime for one in hashes) for a, b in factors])
    buckets = collections.defaultdict(list)
    for number, signature in enumerate(signatures):
        for i, value in enumerate(signature):
            buckets[i, value].append(number)
    equal = collections.Counter()
    for members in buckets.values():
        for i, a in enumerate(members):
            for b in members[i + 1:]:
                equal[a, b] += 1
    return {pair: n / permutations for pair, n in equal.items()}


def clusters_of_record(chancery, found, folder, name):
    source = folder / f"{name}.jsonl"
    source.write_text("".join(json.dumps({k: v for k, v in one.items() if k != "origin"}) + "\n" for one in found))
    record = folder / f"{name}.chancery"
    record.unlink(missing_ok=True)
    subprocess.run([chancery, "add", record, source], check=True, stderr=subprocess.DEVNULL)
    export = subprocess.run([chancery, "export", record], check=True, capture_output=True).stdout
    by_uri = {one["uri"]: one["same_text_as"] or one["id"] for one in json.loads(export)["documents"]}
    return by_uri


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("chancery")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--keep")
    options = parser.parse_args()
    found = pages(options.seed, options.pages)
    truth = [one["origin"] for one in found]
    sizes = collections.Counter(truth)
    print(f"{len(found)} pages, {len(sizes)} origins, {sum(1 for n in sizes.values() if n > 1)} of them reprinted, "
          f"{sum(len(one['text'].split()) for one in found) // len(found)} words a page")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(exist_ok=True)
        ours = clusters_of_record(options.chancery, found, folder, "straight")
        labels = [ours.get(one["url"], one["url"]) for one in found]
        print(f"record: ARI {adjusted_rand(truth, labels):.3f}, {len(set(labels))} origins, {len(ours)} pages kept")
        other = found[:]
        random.Random(options.seed + 1).shuffle(other)
        print("in another order:", "the same" if clusters_of_record(options.chancery, other, folder, "other") == ours
              else "DIFFERENT")
        if options.keep:
            (folder / "truth.json").write_text(json.dumps([dict(one, label=label) for one, label in zip(found, labels)]))
    similar = minhash([one["text"] for one in found])
    best = max(((adjusted_rand(truth, components(len(found), [p for p, s in similar.items() if s >= t / 20])), t / 20)
                for t in range(4, 19)))
    fixed = adjusted_rand(truth, components(len(found), [p for p, s in similar.items() if s >= 0.5]))
    print(f"MinHash: ARI {fixed:.3f} at 0.5; best threshold, chosen knowing the answer: ARI {best[0]:.3f} at {best[1]}")


if __name__ == "__main__":
    sys.exit(main())
