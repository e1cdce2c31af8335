"""Trains the quality model, from clean pictures to weights/quality.safetensors.

    python scripts/train/quality/train.py --data ../shared/data --work .cache/train-quality

Makes the ladders of distortions (ladders.py), has gancho itself measure each rung (the example
`distortion_features`), and fits the model to the measures. Goes on where it was stopped.

Loss: within a ladder each rung below the one before (logistic, on the logit of the whole and of the parts that the
ladder lowers), plus the distance of all five outputs from their targets. Prints the share of validation pairs in order.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

import ladders

TARGETS = ["overall", "blur", "noise", "compression", "exposure"]
COMPLEXITY = {"jpeg_bits", "edge_density", "segments", "color_entropy", "complexity"}
ROOT = Path(__file__).resolve().parents[3]


def measure(pictures: list[Path], table: Path) -> dict[str, dict]:
    """What gancho measures on each picture, by its name; only what the table lacks is measured."""
    rows = list(csv.DictReader(table.open(newline=""))) if table.exists() else []
    measured = {Path(row["file"]).name: row for row in rows if None not in row.values()}
    todo = [it for it in pictures if it.name not in measured]
    call = ["cargo", "run", "--release", "--workspace", "--example", "distortion_features"]
    for begin in range(0, len(todo), 2000):
        listed = "".join(f"{it.resolve()}\n" for it in todo[begin : begin + 2000])
        out = subprocess.run(call, cwd=ROOT, input=listed, stdout=subprocess.PIPE, text=True, check=True).stdout
        found = list(csv.DictReader(out.splitlines()))
        measured |= {Path(row["file"]).name: row for row in found}
        with table.open("a", newline="") as file:
            writer = csv.DictWriter(file, list(found[0]))
            if not rows and begin == 0:
                writer.writeheader()
            writer.writerows(found)
        print(f"measured {begin + len(found)} of {len(todo)}", flush=True)
    return measured


def load(table: Path, measured: dict[str, dict]):
    names = [it for it in next(iter(measured.values())) if it != "file" and it not in COMPLEXITY]
    rows = [it for it in csv.DictReader(table.open(newline="")) if it["file"] in measured]
    x = np.array([[float(measured[it["file"]][name]) for name in names] for it in rows], np.float32)
    y = np.array([[float(it[name]) for name in TARGETS] for it in rows], np.float32)
    return names, rows, x, y


def pairs(rows: list[dict], y: np.ndarray, part: str, adjacent: bool):
    """(better, worse, output) of rungs of one ladder, for the whole and for the parts whose target falls."""
    ladders: dict[tuple, list[int]] = {}
    for i, row in enumerate(rows):
        if row["part"] == part:
            ladders.setdefault((row["base"], row["ladder"]), []).append(i)
    found = []
    for ladder in ladders.values():
        ladder.sort(key=lambda it: int(rows[it]["rung"]))
        for a in range(len(ladder)):
            for b in range(a + 1, min(a + 2, len(ladder)) if adjacent else len(ladder)):
                i, j = ladder[a], ladder[b]
                found.append((i, j, 0))
                found += [(i, j, k) for k in range(1, 5) if y[j, k] < y[i, k]]
    return torch.tensor(found)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, default=ROOT / ".cache/train-quality")
    options.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/truetype"))
    options.add_argument("--out", type=Path, default=ROOT / "weights/quality.safetensors")
    options.add_argument("--steps", type=int, default=600)
    options.add_argument("--hidden", type=int, nargs="*", default=[], help="sizes of the hidden layers")
    options.add_argument("--decay", type=float, default=2e-2, help="weight decay")
    options.add_argument("--noise", type=float, default=0.05, help="deviation of the noise on standardized features")
    given = options.parse_args()
    torch.manual_seed(20261121)
    torch.set_num_threads(1)
    table = ladders.write(given.data, given.work, given.fonts)
    pictures = [given.work / "pictures" / row["file"] for row in csv.DictReader(table.open(newline=""))]
    names, rows, x, y = load(table, measure(pictures, given.work / "features.csv"))
    train = np.array([it["part"] == "train" for it in rows])
    center, scale = x[train].mean(0), np.maximum(x[train].std(0), 1e-3)
    inputs = torch.tensor(np.clip((x - center) / scale, -4, 4))
    target = torch.tensor(y)
    # A part that the ladder does not lower may still suffer (JPEG blurs): such targets count less.
    weight = torch.where(target < 1, 1.0, 0.3)
    layers, width = [], len(names)
    for hidden in given.hidden:
        layers += [nn.Linear(width, hidden), nn.ReLU()]
        width = hidden
    net = nn.Sequential(*layers, nn.Linear(width, 5))
    optimizer = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=given.decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, given.steps)
    chosen = torch.tensor(train)
    order = pairs(rows, y, "train", adjacent=True)
    for step in range(given.steps):
        noisy = inputs + given.noise * torch.randn_like(inputs)
        logits = net(noisy)
        gap = logits[order[:, 0], order[:, 2]] - logits[order[:, 1], order[:, 2]]
        rank = nn.functional.softplus(4 * (0.3 - gap)).mean() / 4
        miss = (weight * (torch.sigmoid(logits) - target) ** 2)[chosen].mean()
        loss = rank + 6 * miss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    net.eval()
    with torch.no_grad():
        logits = net(inputs)
    for part in ("train", "validation"):
        for adjacent in (True, False):
            it = pairs(rows, y, part, adjacent)
            right = (logits[it[:, 0], it[:, 2]] > logits[it[:, 1], it[:, 2]]).float()
            shares = [f"{name} {right[it[:, 2] == k].mean():.4f} of {(it[:, 2] == k).sum()}" for k, name in enumerate(TARGETS)]
            print(part, "adjacent" if adjacent else "all", "; ".join(shares))
            if part == "validation" and adjacent:
                for kind in sorted({row["ladder"] for row in rows}):
                    of = torch.tensor([rows[i]["ladder"] == kind for i in it[:, 0]]) & (it[:, 2] == 0)
                    print("  ", kind, f"{right[of].mean():.3f} of {of.sum()}")
    tensors = {"center": torch.tensor(center), "scale": torch.tensor(scale)}
    for n, layer in enumerate(it for it in net if isinstance(it, nn.Linear)):
        tensors |= {f"layers.{n}.weight": layer.weight.detach().contiguous(), f"layers.{n}.bias": layer.bias.detach().contiguous()}
    save_file(tensors, given.out, metadata={"format": "gancho.quality/1", "features": ",".join(names)})


if __name__ == "__main__":
    main()
