"""How well the shipped prior names the better of two headlines, through `gancho score`.

    python scripts/eval/headline_pairs.py --gancho target/release/gancho --publisher upworthy \\
        --pairs ../shared/data/text/upworthy/pairs_validation.csv.gz
    python scripts/eval/headline_pairs.py --gancho target/release/gancho \\
        --pairs ../shared/data/text/headlines/ars_pairs_validation.csv

Every pair becomes a campaign of two creatives that have a headline and nothing else; the score is then an
expected percentile among the two: 25 + 50 p, with p the chance to win. So p = 0.5 + (score_a - score_b) / 100.
`--publisher` writes a `gancho.toml` that says whose copy it is: only then does the prior count in full.
Ties, and pairs from weeks with broken randomisation, are left out. "Decided": |z| > 1.96, or in a set without z a
confidence of 95 by the publisher's own rule. Intervals: bootstrap over groups of related tests, never over pairs.
Coverage: how often the observed place of a headline (25 or 75 of two) lies in its interval. Slope: the log-odds
of winning for one unit of log-odds of p; 1 where p is right, above 1 where it is too careful.
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


def calibration_error(score: np.ndarray, wins: np.ndarray, bins: int = 10) -> float:
    chance = 0.5 + score / 100
    at = np.minimum((chance * bins).astype(int), bins - 1)
    off = [abs((chance[at == b] - wins[at == b]).sum()) for b in range(bins)]
    return float(sum(off) / len(wins))


def slope(score: np.ndarray, wins: np.ndarray) -> float:
    chance = np.clip(0.5 + score / 100, 1e-6, 1 - 1e-6)
    odds, beta = np.log(chance / (1 - chance)), 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-beta * odds))
        beta += ((wins - p) * odds).sum() / max((p * (1 - p) * odds**2).sum(), 1e-9)
    return float(beta)


def read(path: Path) -> list[dict[str, str]]:
    opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else open(path, encoding="utf-8", newline="")
    with opened as file:
        return [p for p in csv.DictReader(file) if p.get("sound_randomisation", "1") == "1" and p["a_wins"] != "-1"]


def scored(gancho: Path, pairs: list[dict[str, str]], publisher: str | None) -> dict[str, dict]:
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / "pairs.csv"
        with open(manifest, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "campaign", "headline"])
            for p in pairs:
                writer.writerow([p["pair_id"] + "a", p["pair_id"], p["headline_a"]])
                writer.writerow([p["pair_id"] + "b", p["pair_id"], p["headline_b"]])
        if publisher:
            (Path(folder) / "gancho.toml").write_text(f"[prior]\npublisher = {json.dumps(publisher)}\n", encoding="utf-8")
        call = [gancho, "score", manifest, "--format", "jsonl", "--cache", "off", "--device", "cpu", "--quiet"]
        output = subprocess.run(list(map(str, call)), check=True, capture_output=True, text=True).stdout
    records = map(json.loads, output.splitlines())
    return {r["id"]: r for r in records if r["schema"] == "gancho.score/1"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--publisher", help="whose copy it is, as gancho.toml would say")
    args = parser.parse_args()
    pairs = read(args.pairs)
    by_id = scored(args.gancho, pairs, args.publisher)
    score = np.array([by_id[p["pair_id"] + "a"]["score"] - by_id[p["pair_id"] + "b"]["score"] for p in pairs])
    wins = np.array([p["a_wins"] == "1" for p in pairs])
    groups = np.array([p["group_id"] for p in pairs])
    sure = [abs(float(p["z"])) > 1.96 if "z" in p else float(p["confidence"] or 0) >= 95 for p in pairs]
    for name, chosen in (("all", np.ones(len(pairs), bool)), ("decided", np.array(sure))):
        s, w, g = score[chosen], wins[chosen], groups[chosen]
        print(json.dumps({
            "pairs": name, "count": int(chosen.sum()), "groups": len(np.unique(g)),
            "auc": round(auc(s, w), 4), "auc95": interval(g, s, w, auc),
            "accuracy": round(accuracy(s, w), 4), "accuracy95": interval(g, s, w, accuracy),
            "ece": round(calibration_error(s, w), 4), "slope": round(slope(s, w), 3),
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
