"""Duplicates and same art with other words: recall and precision of `gancho similar`, and of imagededup's hashes.

    python scripts/eval/near_duplicates.py --gancho target/release/gancho --data ../shared/data/vision --work /tmp/near
    python scripts/eval/near_duplicates.py ... --part choose          the half on which thresholds were chosen

Makes transformed copies and designs with two offers (near_duplicates_set.py), asks the program for all pairs of the
set, and compares with what was made. Recall is of (original, copy) pairs by transformation; precision is over all
pairs that the program calls duplicate or same art, with every unrelated pair of the set in play. With
`--imagededup PYTHON` (a Python that has imagededup) its hashers run on the same pictures at their best threshold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from near_duplicates_set import TRANSFORMATIONS, Member, make

OFFERS = ("offer-all", "offer-headline", "offer-price")
COPIES = tuple(it for it in TRANSFORMATIONS if it not in ("mirror", "banner"))
HASHER = """
import json, sys
from imagededup.methods import PHash, DHash, AHash, WHash
found = {}
for method in (PHash, DHash, AHash, WHash):
    hasher = method()
    codes = hasher.encode_images(image_dir=sys.argv[1])
    found[method.__name__] = codes
json.dump(found, open(sys.argv[2], "w"))
"""


def relations(gancho: Path, folder: Path, cache: str) -> dict[frozenset[str], str]:
    """Relation by pair of files, as the program gives it."""
    call = [gancho, "similar", folder, "--format", "jsonl", "--top", 0, "--cache", cache, "--device", "cpu"]
    printed = subprocess.run(list(map(str, call)), check=True, capture_output=True, text=True).stdout
    records = [json.loads(line) for line in printed.splitlines()]
    return {frozenset((it["a"], it["b"])): it["relation"] for it in records if it["schema"] == "gancho.similar/1"}


def related(a: Member, b: Member) -> bool:
    """Whether two pictures show the same art: a design contains the photograph it was made of."""
    return a.group.removeprefix("design-") == b.group.removeprefix("design-")


def measure(members: list[Member], found: dict[frozenset[str], str]) -> dict:
    by_file = {it.file: it for it in members}
    originals = {it.group: it for it in members if it.kind == "original"}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for it in members:
        if it.kind != "original":
            relation = found.get(frozenset((it.file, originals[it.group].file)), "nothing")
            counts[it.kind][relation] += 1
            # Designs alone, for the question of other words.
            if it.group.startswith("design-"):
                counts[f"design {it.kind}"][relation] += 1
    share = lambda kind, *names: sum(counts[kind][it] for it in names) / max(sum(counts[kind].values()), 1)  # noqa: E731
    wrong = defaultdict(list)
    right: dict[str, int] = defaultdict(int)
    for pair, relation in found.items():
        a, b = (by_file[it] for it in pair)
        if related(a, b):
            right[relation] += 1
        else:
            wrong[relation].append(sorted(pair))
    precision = lambda name: right[name] / max(right[name] + len(wrong[name]), 1)  # noqa: E731
    texts = sum(counts[it]["same-art-other-text"] for it in OFFERS) / max(
        sum(sum(counts[it].values()) for it in OFFERS), 1
    )
    copies = [f"design {it}" for it in COPIES]
    same = sum(counts[it]["duplicate"] for it in copies) / max(sum(sum(counts[it].values()) for it in copies), 1)
    return {
        "pictures": len(members),
        "unrelated_pairs": sum(1 for a, b in combinations(members, 2) if not related(a, b)),
        "duplicate_recall": {it: round(share(it, "duplicate"), 4) for it in TRANSFORMATIONS},
        "either_recall": {it: round(share(it, "duplicate", "same-art-other-text"), 4) for it in TRANSFORMATIONS},
        "precision": {it: round(precision(it), 5) for it in ("duplicate", "same-art-other-text")},
        "offers": {it: dict(counts[it]) for it in OFFERS},
        "other_text_accuracy": {
            "offers_called_other_text": round(texts, 4),
            "copies_called_duplicate": round(same, 4),
            "balanced": round((texts + same) / 2, 4),
        },
        "wrong": {name: pairs[:20] for name, pairs in wrong.items()},
    }


def peer(python: Path, folder: Path, members: list[Member], work: Path) -> dict:
    """imagededup's hashers, each at the largest distance that keeps its precision at 0.99 (or its default of 10)."""
    output = work / "imagededup.json"
    subprocess.run([str(python), "-c", HASHER, str(folder), str(output)], check=True, capture_output=True)
    result = {}
    ordinary = [it for it in members if it.kind not in OFFERS]
    place = {it.group: index for index, it in enumerate(ordinary) if it.kind == "original"}
    art = np.array([it.group.removeprefix("design-") for it in ordinary])
    pairs = np.triu_indices(len(ordinary), 1)
    related_pairs = (art[:, None] == art[None])[pairs]
    for name, codes in json.loads(output.read_text()).items():
        bits = np.array([[int(bit) for bit in f"{int(codes[it.file], 16):064b}"] for it in ordinary], np.float32)
        ones = bits.sum(1)
        distance = np.rint(ones[:, None] + ones[None] - 2 * bits @ bits.T).astype(int)
        within = [np.bincount(distance[pairs][it], minlength=65).cumsum() for it in (related_pairs, ~related_pairs)]
        precise = [t / max(t + f, 1) for t, f in zip(*within)]
        best = max((limit for limit in range(65) if within[0][limit] and precise[limit] >= 0.99), default=None)
        for limit in sorted({10, best} - {None}):
            hits: dict[str, list[bool]] = defaultdict(list)
            for index, it in enumerate(ordinary):
                hits[it.kind].append(bool(distance[index, place[it.group]] <= limit))
            result[f"{name}, distance {limit}"] = {
                "precision": round(precise[limit], 5),
                "recall": {kind: round(sum(it) / len(it), 4) for kind, it in hits.items() if kind != "original"},
            }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for the pictures that are made")
    parser.add_argument("--part", choices=["choose", "report"], default="report")
    parser.add_argument("--cache", default="off")
    parser.add_argument("--imagededup", type=Path, help="python with imagededup installed")
    args = parser.parse_args()
    folder = args.work / args.part
    members = make(args.data, args.part, folder)
    result = {"part": args.part, **measure(members, relations(args.gancho, folder, args.cache))}
    if args.imagededup:
        result["imagededup"] = peer(args.imagededup, folder, members, args.work)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
