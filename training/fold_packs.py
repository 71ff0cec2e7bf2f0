#!/usr/bin/env python3
"""Makes the folds from which sentence starts are learnt and cross-validated: text that neither lexicon nor tagger saw.

usage: fold_packs.py TRAIN.conllu DEV.conllu PACK LANGUAGE BUILD OUT

TRAIN and DEV are prepare.py's (--all), PACK a built pack, LANGUAGE its sources (languages/fr), BUILD where compile_lexicon
and training/train_tagger stand. Each sentence is in one of five folds, drawn by its name. Writes OUT/K.conllu, the
sentences of fold K, Sequoia's in the order of its texts and then the others; and packs whose lexicon and tagger
were made without fold K (OUT/packK) and without folds J and K (OUT/packJK).
"""
import itertools
import os
import random
import shutil
import subprocess
import sys

import prepare

FOLDS = 5


def name_of(rows):
    return next(r[12:] for r in rows if r.startswith("# sent_id = "))


def order_of(rows):
    other = name_of(rows).startswith(("FQB", "fr-ud"))
    return (1, "") if other else (0, name_of(rows))


def fold_of(rows):
    return random.Random("1 " + name_of(rows)).randrange(FOLDS)


def write(sentences, path):
    with open(path, "w", encoding="utf-8") as f:
        for rows in sentences:
            f.write("\n".join(rows) + "\n\n")


def make_pack(sentences, dev, pack, language, build, out):
    sources = out + ".sources"
    shutil.copytree(os.path.join(language, "lexicon"), sources, dirs_exist_ok=True)
    prepare.write_lexicon(sentences, os.path.join(sources, "treebanks.tsv"))
    shutil.copytree(pack, out, dirs_exist_ok=True)
    write(sentences, out + ".conllu")
    subprocess.run([os.path.join(build, "compile_lexicon"), sources, os.path.join(out, "lexicon.bin")], check=True)
    shutil.rmtree(os.path.join(out, "models"))  # they belong to another lexicon; a pack opens without any
    os.mkdir(os.path.join(out, "models"))
    subprocess.run([os.path.join(build, "training", "train_tagger"), out, out + ".conllu", dev,
                    os.path.join(out, "models", "tagger.bin"), "--epochs", "6", "--prior", "8", "--bits", "15",
                    "--runs", "2"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(sources)
    os.remove(out + ".conllu")


def main(train, dev, pack, language, build, out):
    sentences = sorted(prepare.sentences(train), key=order_of)
    os.makedirs(out, exist_ok=True)
    for fold in range(FOLDS):
        write([s for s in sentences if fold_of(s) == fold], os.path.join(out, f"{fold}.conllu"))
    left_out = [(k,) for k in range(FOLDS)] + list(itertools.combinations(range(FOLDS), 2))
    for folds in left_out:
        seen = [s for s in sentences if fold_of(s) not in folds]
        make_pack(seen, dev, pack, language, build, os.path.join(out, "pack" + "".join(map(str, folds))))


if __name__ == "__main__":
    main(*sys.argv[1:7])
