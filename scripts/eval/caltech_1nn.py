"""1-nearest-neighbour accuracy of the shipped embedding on Caltech-101, through the program.

    python scripts/eval/caltech_1nn.py --gancho target/release/gancho --data ../shared/data/vision/caltech101

Gallery: 15 pictures a class; queries: the validation part. Prints the accuracy with a 95 % bootstrap
interval over queries, and the weakest classes.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]


def embeddings(gancho: Path, index: Path) -> dict[str, np.ndarray]:
    """Unit vectors by file, as `gancho embed` writes them for a manifest."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "vectors.npy"
        call = [gancho, "embed", index, "--format", "npy", "--output", output, "--cache", "off", "--device", "cpu"]
        subprocess.run(list(map(str, call)), check=True)
        names = Path(f"{output}.names.txt").read_text().splitlines()
        return dict(zip(names, np.load(output), strict=True))


def hits(rows: list[dict], vectors: dict[str, np.ndarray], query: str = "val") -> np.ndarray:
    """Whether the nearest picture of the gallery is of the same class, for each query."""
    x = np.stack([vectors[row["file"]] for row in rows])
    label = np.array([row["class"] for row in rows])
    split = np.array([row["split"] for row in rows])
    gallery, asked = split == "gallery", split == query
    return label[gallery][(x[asked] @ x[gallery].T).argmax(1)] == label[asked]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--data", type=Path, required=True, help="folder with index.csv")
    parser.add_argument("--query", default="val")
    args = parser.parse_args()
    with open(args.data / "index.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    vectors = embeddings(args.gancho, args.data / "index.csv")
    hit = hits(rows, vectors, args.query)
    label, split = (np.array([row[column] for row in rows]) for column in ("class", "split"))
    gallery, query = split == "gallery", split == args.query
    rng = np.random.default_rng(1)
    boot = [hit[rng.integers(0, len(hit), len(hit))].mean() for _ in range(2000)]
    low, high = np.quantile(boot, [0.025, 0.975])
    classes = np.unique(label[query])
    weakest = sorted(classes, key=lambda c: hit[label[query] == c].mean())[:8]
    result = {
        "queries": int(query.sum()),
        "gallery": int(gallery.sum()),
        "top1": round(float(hit.mean()), 4),
        "interval95": [round(float(low), 4), round(float(high), 4)],
        "weakest": weakest,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
