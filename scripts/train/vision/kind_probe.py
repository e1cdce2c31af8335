"""The kind of a picture: a linear probe on the trunk's average, fitted in one go.

Multinomial logistic regression on the open pictures of the distillation set that kinds.py labels and does
not hold out, each seen at the network's full input, and on the rendered banners. Classes weigh the same.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from kinds import held_out, kind_of
from network import KINDS, POOL, Trunk
from train import as_tensor
from views import RECIPE, stretched

PENALTY = 3e-3  # of squared weights, on standardised features


def labelled(folder: Path) -> tuple[list[Path], np.ndarray]:
    with open(folder / "index.csv", newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["open_licence"] == "yes" and kind_of(r) and not held_out(r)]
    return [folder / r["file"] for r in rows], np.array([KINDS.index(kind_of(r)) for r in rows])


def averages(trunk: Trunk, files: list[Path], batch: int = 32) -> torch.Tensor:
    parts = []
    for begin in range(0, len(files), batch):
        pixels = np.stack([np.asarray(stretched(Image.open(f), RECIPE["side"])) for f in files[begin : begin + batch]])
        with torch.no_grad():
            parts.append(trunk.pooled(F.avg_pool2d(as_tensor(pixels, "cpu"), POOL)))
    return torch.cat(parts)


def fit(layer: torch.nn.Linear, trunk: Trunk, distill: Path, banners: torch.Tensor, banner_kinds: np.ndarray) -> float:
    """Fills `layer`; banners [n, 1280] are averages, kinds over 3 mean unknown. Returns the fit's accuracy."""
    files, kinds = labelled(distill)
    known = banner_kinds < len(KINDS)
    x = torch.cat([averages(trunk, files), banners[torch.from_numpy(known)]])
    y = torch.from_numpy(np.concatenate([kinds, banner_kinds[known].astype(np.int64)]))
    mean, deviation = x.mean(0), x.std(0).clamp(min=1e-3)
    z = (x - mean) / deviation
    balance = len(y) / (len(KINDS) * torch.bincount(y, minlength=len(KINDS)).float())
    weight = torch.zeros(len(KINDS), x.shape[1], requires_grad=True)
    bias = torch.zeros(len(KINDS), requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = F.cross_entropy(z @ weight.T + bias, y, weight=balance) + PENALTY * weight.square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    with torch.no_grad():
        layer.weight.copy_(weight / deviation)
        layer.bias.copy_(bias - (weight / deviation) @ mean)
        return (layer(x).argmax(1) == y).float().mean().item()
