"""Trains the quality model on features that gancho itself measured, and writes weights/quality.safetensors.

    cargo run --release --example distortion_features < LIST > FEATURES.csv
    python train.py --work WORK --features FEATURES.csv --out weights/quality.safetensors

Loss: within a ladder each rung below the one before (logistic, on the logit of the whole and of the parts that the
ladder lowers), plus the distance of all five outputs from their targets. Prints the share of validation pairs in order.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

TARGETS = ["overall", "blur", "noise", "compression", "exposure"]
COMPLEXITY = {"jpeg_bits", "gray_bits", "edge_density", "segments", "color_entropy"}


def load(work: Path, features: list[Path]):
    measured = {}
    for path in features:
        for row in csv.DictReader(path.open(newline="")):
            if None not in row.values():
                measured[Path(row["file"]).name] = row
    names = [it for it in next(iter(measured.values())) if it != "file" and it not in COMPLEXITY]
    rows = [it for it in csv.DictReader((work / "ladders.csv").open(newline="")) if it["file"] in measured]
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
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--features", type=Path, nargs="+", required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--steps", type=int, default=600)
    options.add_argument("--hidden", type=int, nargs="*", default=[], help="sizes of the hidden layers")
    options.add_argument("--decay", type=float, default=2e-2, help="weight decay")
    options.add_argument("--noise", type=float, default=0.05, help="deviation of the noise on standardized features")
    given = options.parse_args()
    torch.manual_seed(20261121)
    torch.set_num_threads(1)
    names, rows, x, y = load(given.work, given.features)
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
