"""Measures technical quality and complexity through the `gancho` program.

    gancho see --format jsonl PICTURES > SEEN.jsonl
    python scripts/eval/quality.py SEEN.jsonl --ladders WORK/ladders.csv
    python scripts/eval/quality.py SEEN.jsonl --predictions quality.overall > PRED.csv   # for eval_scores.py
    python scripts/eval/quality.py SEEN.jsonl --predictions complexity > PRED.csv

Reads records of schema `gancho.sight/1`. With `--ladders` prints the share of validation pairs in order.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path

PARTS = ["overall", "blur", "noise", "compression", "exposure"]


def name(record: dict) -> str:
    found = record.get("picture") or record.get("file") or record.get("path") or record.get("id")
    if not isinstance(found, str):
        raise SystemExit(f"a record names no picture: {sorted(record)}")
    return Path(found).name


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("seen", type=Path)
    options.add_argument("--ladders", type=Path)
    options.add_argument("--predictions", metavar="FIELD")
    given = options.parse_args()
    records = [json.loads(line) for line in given.seen.read_text(encoding="utf-8").splitlines()]
    seen = {name(it): it for it in records if "quality" in it}
    if given.predictions:
        for file, record in seen.items():
            value = record
            for key in given.predictions.split("."):
                value = value[key]
            print(f"{file},{value}")
    if given.ladders:
        ladders = defaultdict(list)
        for row in csv.DictReader(given.ladders.open(newline="")):
            if row["part"] == "validation" and row["file"] in seen:
                ladders[row["base"], row["ladder"]].append(row)
        for adjacent in (True, False):
            right, total = dict.fromkeys(PARTS, 0), dict.fromkeys(PARTS, 0)
            for ladder in ladders.values():
                ladder.sort(key=lambda it: int(it["rung"]))
                for i, better in enumerate(ladder):
                    for worse in ladder[i + 1 : i + 2 if adjacent else None]:
                        for part in PARTS:
                            if part == "overall" or float(worse[part]) < float(better[part]):
                                a, b = (seen[it["file"]]["quality"][part] for it in (better, worse))
                                right[part] += a > b
                                total[part] += 1
            shares = (f"{it} {right[it] / max(total[it], 1):.4f} of {total[it]}" for it in PARTS)
            print("adjacent" if adjacent else "all", "; ".join(shares))


if __name__ == "__main__":
    main()
