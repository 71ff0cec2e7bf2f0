#!/usr/bin/env python3
"""Accuracy and speed of the language room, beside UDPipe 1 where it is at hand, in one run.

usage: language_accuracy.py LANGUAGE_TOOL PACK [--shared ../shared]

LANGUAGE_TOOL is the program built from bench/language_tool.cpp, PACK a built pack (build/release/data/languages/fr).
Needs the treebanks and news beside the checkout (--shared) and says so where they are not. UDPipe is measured when the
module ufal.udpipe can be imported and shared/peers holds its model, spaCy (speed only: its words are cut otherwise) when
spacy and fr_core_news_sm can be.

Raw text is what a treebank's sentences make when joined with spaces, on one line: a harder text than the press, where
titles and list items stand on lines of their own. "raw lines" is the same with an empty line behind each sentence that has
no closing mark. Words count as found with the right span (and, for parts of a multiword token, the right
form), sentences with the right first and last word.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time


def sentences(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            if "." not in cells[0]:
                rows.append(cells)
    if rows:
        yield rows


def text_of(path, lines):
    texts = [l[9:].strip() for l in open(path, encoding="utf-8") if l.startswith("# text = ")]
    return "".join(t + ("\n\n" if lines and t[-1] not in '.!?…"»' else " ") for t in texts)


def words_and_sentences(path):
    """Spans in characters that are no white space: they need no agreement on spaces."""
    at, words, ends = 0, [], []
    for rows in sentences(path):
        begin, range_end, span, first = at, 0, None, len(words)
        for cells in rows:
            size = len("".join(cells[1].split()))
            if "-" in cells[0]:
                range_end = int(cells[0].split("-")[1])
                span = (at, at + size)
                at += size
            elif int(cells[0]) <= range_end:
                words.append([*span, cells[1].lower(), cells, None])
            else:
                words.append([at, at + size, "", cells, None])
                at += size
        for word in words[first:]:  # the head as the word it is; none for the root
            head = word[3][6]
            word[4] = tuple(words[first + int(head) - 1][:3]) if head.isdigit() and head != "0" else None
        ends.append((begin, at))
    return words, ends


def f1(gold, found):
    right = len(set(gold) & set(found))
    return 100 * 2 * right / (len(gold) + len(found))


def raw_scores(gold_path, found_path):
    gold_words, gold_ends = words_and_sentences(gold_path)
    words, ends = words_and_sentences(found_path)
    key = lambda w: tuple(w[:3])
    found = {key(w): w[3] for w in words}
    heads = {key(w): w[4] for w in words}
    right = [w for w in gold_words if key(w) in found and heads[key(w)] == w[4] and found[key(w)][6].isdigit()]
    relation = lambda cells: cells[7].split(":")[0]
    las = sum(1 for w in right if relation(w[3]) == relation(found[key(w)]))
    total = len(gold_words) + len(words)
    upos = sum(1 for w in gold_words if key(w) in found and found[key(w)][3] == w[3][3])
    lemma = sum(1 for w in gold_words if key(w) in found and found[key(w)][2] == w[3][2])
    return (f"words {f1([key(w) for w in gold_words], list(found)):.2f}  sentences {f1(gold_ends, ends):.2f}  "
            f"UPOS {200 * upos / total:.2f}  lemma {200 * lemma / total:.2f}  UAS {200 * len(right) / total:.2f}  "
            f"LAS {200 * las / total:.2f}")


def gold_scores(gold_path, found_path):
    gold = [w for s in sentences(gold_path) for w in s if w[0].isdigit()]
    found = [w for s in sentences(found_path) for w in s if w[0].isdigit()]
    if [w[1] for w in gold] != [w[1] for w in found]:
        return "the tokens differ"
    share = lambda test: 100 * sum(map(test, gold, found)) / len(gold)
    features = lambda cell: set() if cell == "_" else set(cell.split("|"))
    head = lambda g, f: g[6] == f[6]
    return (f"UPOS {share(lambda g, f: g[3] == f[3]):.2f}  feats {share(lambda g, f: features(g[5]) == features(f[5])):.2f}  "
            f"lemma {share(lambda g, f: g[2] == f[2] or g[2] == '_'):.2f}  UAS {share(head):.2f}  "
            f"LAS {share(lambda g, f: head(g, f) and g[7].split(':')[0] == f[7].split(':')[0]):.2f}")


class Ours:
    name = "chancery"

    def __init__(self, tool, pack):
        self.tool, self.pack = tool, pack

    def run(self, mode, path, out):
        with open(out, "wb") as f:
            subprocess.run([self.tool, self.pack, mode, path], stdout=f, check=True)

    def given(self, path, out):
        self.run("conllu", path, out)

    def raw(self, path, out):
        self.run("raw", path, out)

    def speed(self, path):
        return subprocess.run([self.tool, self.pack, "trees", path], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()


class Udpipe:
    name = "udpipe 1"

    def __init__(self, module, model):
        self.module, self.model = module, model

    def process(self, pipeline, path, out):
        error = self.module.ProcessingError()
        result = pipeline.process(open(path, encoding="utf-8").read(), error)
        if error.occurred():
            sys.exit(error.message)
        open(out, "w", encoding="utf-8").write(result)

    def given(self, path, out):
        default = self.module.Pipeline.DEFAULT
        self.process(self.module.Pipeline(self.model, "conllu", default, default, "conllu"), path, out)

    def raw(self, path, out):
        default = self.module.Pipeline.DEFAULT
        self.process(self.module.Pipeline(self.model, "tokenize", default, default, "conllu"), path, out)

    def speed(self, path):
        default = self.module.Pipeline.DEFAULT
        pipeline = self.module.Pipeline(self.model, "tokenize", default, default, "conllu")
        begin = time.process_time()
        result = pipeline.process(open(path, encoding="utf-8").read(), self.module.ProcessingError())
        took = time.process_time() - begin
        words = sum(1 for l in result.split("\n") if l[:1].isdigit() and l.split("\t", 1)[0].isdigit())
        return f"{words} words, {words / took:.0f} words/s"


def spacy_speed(path):
    """One thread, tagger, parser and lemmatiser, without names."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        import fr_core_news_sm
    except ImportError:
        return "not installed"
    pipeline = fr_core_news_sm.load(exclude=["ner"])
    lines = [l for l in open(path, encoding="utf-8").read().split("\n") if l]
    begin = time.process_time()
    words = sum(len(document) for document in pipeline.pipe(lines, batch_size=64))
    took = time.process_time() - begin
    return f"{words} words, {words / took:.0f} words/s"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("tool")
    options.add_argument("pack")
    options.add_argument("--shared", default=os.path.join(os.path.dirname(__file__), "..", "..", "shared"))
    options = options.parse_args()
    banks = os.path.join(options.shared, "data", "treebanks")
    if not os.path.isdir(banks):
        print(f"skipped: there are no treebanks at {banks}")
        return
    systems = [Ours(options.tool, options.pack)]
    try:
        import ufal.udpipe
        model = ufal.udpipe.Model.load(os.path.join(options.shared, "peers", "udpipe1-fr.model"))
        if model:
            systems.append(Udpipe(ufal.udpipe, model))
    except ImportError:
        print("ufal.udpipe is not installed: no comparison")
    with tempfile.TemporaryDirectory() as folder:
        for bank in ("Sequoia/fr_sequoia", "GSD/fr_gsd"):
            gold = os.path.join(banks, bank + "-ud-test.conllu")
            raw, out = os.path.join(folder, "raw.txt"), os.path.join(folder, "out.conllu")
            for system in systems:
                system.given(gold, out)
                print(f"{bank.split('/')[0]} test, gold tokens, {system.name}: {gold_scores(gold, out)}")
            for lines in (False, True):
                open(raw, "w", encoding="utf-8").write(text_of(gold, lines) + "\n")
                for system in systems:
                    system.raw(raw, out)
                    kind = "raw lines" if lines else "raw text"
                    print(f"{bank.split('/')[0]} test, {kind}, {system.name}: {raw_scores(gold, out)}")
        news = os.path.join(folder, "news.txt")
        with open(news, "w", encoding="utf-8") as f:
            for line in open(os.path.join(options.shared, "data", "news", "bbc-afrique.jsonl"), encoding="utf-8"):
                f.write(json.loads(line)["text"] + "\n")
        text = open(news, encoding="utf-8").read()[:300000]
        open(news, "w", encoding="utf-8").write(text)
        for _ in range(2):  # twice in turn, because the machine may be busy
            for system in systems:
                print(f"speed with trees, the first 300,000 characters of news/bbc-afrique, {system.name}: {system.speed(news)}")
            print(f"the same, spaCy fr_core_news_sm: {spacy_speed(news)}")


if __name__ == "__main__":
    main()
