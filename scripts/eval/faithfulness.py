"""Whether the word that an explanation names first is the one that matters, through `gancho score`.

    python scripts/eval/faithfulness.py --gancho target/release/gancho --pairs ../shared/data/text/upworthy/pairs_validation.csv.gz

Every headline is explained with `--explain all`. Then its campaign is scored again, whole, with that headline changed
in one place: once without the word named first (the largest effect, whatever its sign), once without another word
drawn at random. The deletion is made here, by plain slicing, not by the program's own. An explanation is faithful when
the first deletion moves the score more than the second: a share above one half, a ratio above 1. Intervals: bootstrap
over campaigns (demo) or groups of related tests (Upworthy), never over words.

Without --pairs, or where that file is missing, only the demo library is measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SEED = 7

Creative = dict[str, str]


def scored(gancho: Path, creatives: list[Creative], flags: list[str]) -> dict[str, dict]:
    """Records by id of a manifest of copy alone."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / "headlines.csv"
        with open(manifest, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["id", "campaign", "headline", "primary_text"])
            writer.writeheader()
            writer.writerows(creatives)
        call = [gancho, "score", manifest, "--format", "jsonl", "--cache", "off", "--device", "cpu", "--quiet", *flags]
        output = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    records = [json.loads(line) for line in output.splitlines()]
    return {r["id"]: r for r in records if r["schema"] == "gancho.score/1"}


def without(text: str, start: int, end: int) -> str:
    return " ".join((text[:start] + text[end:]).split())


def measure(gancho: Path, creatives: list[Creative], groups: dict[str, str], rng: np.random.Generator) -> dict:
    """Moves of the score by the word named first and by another, for every headline with two words."""
    before = scored(gancho, creatives, ["--explain", "all"])
    campaigns: dict[str, list[Creative]] = {}
    for creative in creatives:
        campaigns.setdefault(creative["campaign"], []).append(creative)
    variants, trials = [], []
    for creative in creatives:
        words = before[creative["id"]]["explanation"]["words"]
        words = [w for w in words if w["field"] == "headline" and w["kind"] != "sentence"]
        # Offsets that do not cut the text out would make all of this meaningless.
        assert all(creative["headline"][w["start"] : w["end"]] == w["text"] for w in words)
        if len(words) < 2:
            continue
        words.sort(key=lambda w: (-abs(w["effect"]), w["start"]))
        other = words[1 + int(rng.integers(len(words) - 1))]
        for name, word in (("first", words[0]), ("other", other)):
            campaign = f"{creative['campaign']} {creative['id']} {name}"
            for member in campaigns[creative["campaign"]]:
                changed = dict(member, id=f"{campaign} {member['id']}", campaign=campaign)
                if member is creative:
                    changed["headline"] = without(creative["headline"], word["start"], word["end"])
                variants.append(changed)
            trials.append((creative, name, word, f"{campaign} {creative['id']}"))
    after = scored(gancho, variants, [])
    moves: dict[str, dict] = {}
    for creative, name, word, variant in trials:
        of = moves.setdefault(creative["id"], {"group": groups[creative["id"]]})
        of[name] = before[creative["id"]]["score"] - after[variant]["score"]
        of[f"{name}_said"] = word["effect"]
    return moves


def figures(moves: dict) -> None:
    group = np.array([m["group"] for m in moves.values()])
    first = np.abs([m["first"] for m in moves.values()])
    other = np.abs([m["other"] for m in moves.values()])
    said = np.array([m[f"{n}_said"] for m in moves.values() for n in ("first", "other")])
    moved = np.array([m[n] for m in moves.values() for n in ("first", "other")])
    members = [np.flatnonzero(group == g) for g in np.unique(group)]
    rng = np.random.default_rng(SEED)

    def interval(metric) -> str:
        draws = []
        for _ in range(1000):
            chosen = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
            draws.append(metric(chosen))
        low, high = np.quantile(draws, [0.025, 0.975])
        return f"[{low:.3f}, {high:.3f}]"

    def share(i) -> float:
        return float(np.where(first[i] == other[i], 0.5, first[i] > other[i]).mean())

    def ratio(i) -> float:
        return float(first[i].mean() / max(other[i].mean(), 1e-12))

    everything = np.arange(len(first))
    print(f"  headlines {len(first)}, groups {len(members)}")
    print(f"  the first named moves the score more: {share(everything):.3f} {interval(share)}")
    print(f"  mean move, first named {first.mean():.2f} points, another {other.mean():.2f}; ratio {ratio(everything):.2f} {interval(ratio)}")
    print(f"  effect as stated against the move when scored again: correlation {np.corrcoef(said, moved)[0, 1]:.3f}")


def demo() -> tuple[list[Creative], dict[str, str]]:
    with open(ROOT / "datasets/demo/library.csv", encoding="utf-8", newline="") as file:
        keys = ["id", "campaign", "headline", "primary_text"]
        creatives = [{k: row[k] for k in keys} for row in csv.DictReader(file)]
    return creatives, {c["id"]: c["campaign"] for c in creatives}


def upworthy(path: Path, most: int) -> tuple[list[Creative], dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        pairs = [p for p in csv.DictReader(file) if p["sound_randomisation"] == "1"][:most]
    creatives, groups = [], {}
    for at, pair in enumerate(pairs):
        for side in "ab":
            id = f"{at}{side}"
            creatives.append({"id": id, "campaign": f"p{at}", "headline": pair[f"headline_{side}"], "primary_text": ""})
            groups[id] = pair["group_id"]
    return creatives, groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--most", type=int, default=500, help="pairs of Upworthy headlines")
    args = parser.parse_args()
    sets = {"demo library": demo()}
    if args.pairs and args.pairs.exists():
        sets[f"Upworthy, {args.pairs.name}"] = upworthy(args.pairs, args.most)
    for name, (creatives, groups) in sets.items():
        print(name)
        figures(measure(args.gancho, creatives, groups, np.random.default_rng(SEED)))


if __name__ == "__main__":
    main()
