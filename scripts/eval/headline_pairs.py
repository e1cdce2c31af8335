"""How well the shipped prior names the better of two headlines, through `gancho score`.

    python scripts/eval/headline_pairs.py --gancho target/release/gancho --pairs ../shared/data/text/upworthy/pairs_validation.csv.gz

Every pair becomes a campaign of two creatives that have a headline and nothing else; the score is then an
expected percentile among the two. Pairs from weeks with broken randomisation and ties are left out.
Intervals: bootstrap over groups of related tests, never over pairs. Coverage: how often the observed
place of a headline (0.25 or 0.75 of two) lies in its interval.
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


def auc(score: np.ndarray, wins: np.ndarray) -> float:
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    values, first, counts = np.unique(score[order], return_index=True, return_counts=True)
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positive = wins.sum()
    return float((ranks[wins].sum() - positive * (positive + 1) / 2) / (positive * (len(wins) - positive)))


def accuracy(score: np.ndarray, wins: np.ndarray) -> float:
    return float(np.where(score == 0, 0.5, (score > 0) == wins).mean())


def interval(groups: np.ndarray, score: np.ndarray, wins: np.ndarray, metric, count: int = 500) -> list[float]:
    rng = np.random.default_rng(1)
    members = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    draws = []
    for _ in range(count):
        chosen = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        draws.append(metric(score[chosen], wins[chosen]))
    return [round(float(v), 3) for v in np.quantile(draws, [0.025, 0.975])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--pairs", type=Path, required=True)
    args = parser.parse_args()
    with gzip.open(args.pairs, "rt", encoding="utf-8", newline="") as file:
        pairs = [p for p in csv.DictReader(file) if p["sound_randomisation"] == "1" and p["a_wins"] != "-1"]
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / "pairs.csv"
        with open(manifest, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "campaign", "headline"])
            for p in pairs:
                writer.writerow([p["pair_id"] + "a", p["pair_id"], p["headline_a"]])
                writer.writerow([p["pair_id"] + "b", p["pair_id"], p["headline_b"]])
        call = [args.gancho, "score", manifest, "--format", "jsonl", "--cache", "off", "--device", "cpu", "--quiet"]
        output = subprocess.run(list(map(str, call)), check=True, capture_output=True, text=True).stdout
    records = [r for r in map(json.loads, output.splitlines()) if r["schema"] == "gancho.score/1"]
    by_id = {r["id"]: r for r in records}
    score = np.array([by_id[p["pair_id"] + "a"]["score"] - by_id[p["pair_id"] + "b"]["score"] for p in pairs])
    wins = np.array([p["a_wins"] == "1" for p in pairs])
    groups = np.array([p["group_id"] for p in pairs])
    decided = np.array([abs(float(p["z"])) > 1.96 for p in pairs])
    for name, chosen in (("all", np.ones(len(pairs), bool)), ("decided", decided)):
        s, w, g = score[chosen], wins[chosen], groups[chosen]
        print(json.dumps({
            "pairs": name, "count": int(chosen.sum()), "groups": len(np.unique(g)),
            "auc": round(auc(s, w), 4), "auc95": interval(g, s, w, auc),
            "accuracy": round(accuracy(s, w), 4), "accuracy95": interval(g, s, w, accuracy),
        }))
    inside = []
    for pair, won in zip(pairs, wins, strict=True):
        for side, first in (("a", won), ("b", not won)):
            bounds = by_id[pair["pair_id"] + side]["interval"]
            if bounds:
                inside.append(bounds["low"] <= (75 if first else 25) <= bounds["high"])
    print(json.dumps({"interval_level": 0.8, "coverage": round(float(np.mean(inside)), 4), "intervals": len(inside)}))


if __name__ == "__main__":
    main()
