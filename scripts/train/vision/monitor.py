"""How the heads do on validation parts while they train. Only watched: nothing is chosen by the program.

The figures of the model card come from scripts/eval/vision.py through the shipped program instead.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import torch
from PIL import Image

from network import Eye
from train import as_tensor
from views import RECIPE, stretched


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def decode_faces(output: np.ndarray, least: float = 0.4, overlap: float = 0.4) -> np.ndarray:
    """[5, s, s] to boxes [n, 5]: x, y, width, height in shares, and the score; the twin is faces.rs."""
    score, side = 1 / (1 + np.exp(-output[0])), output.shape[1]
    padded = np.pad(score, 1)
    around = np.max([padded[i : i + side, j : j + side] for i in range(3) for j in range(3)], 0)
    found = []
    for row, column in zip(*np.nonzero((score >= least) & (score == around)), strict=True):
        dx, dy, lw, lh = output[1:, row, column]
        w, h = np.exp(lw) / side, np.exp(lh) / side
        found.append([(column + 0.5 + dx) / side - w / 2, (row + 0.5 + dy) / side - h / 2, w, h, score[row, column]])
    kept: list[list[float]] = []
    for face in sorted(found, key=lambda it: -it[4]):
        if all(_iou(face, other) < overlap for other in kept):
            kept.append(face)
    return np.array(kept).reshape(-1, 5)


def _iou(a: list[float], b: list[float]) -> float:
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return 0.0 if w <= 0 or h <= 0 else w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


class Monitor:
    def __init__(self, vision: Path) -> None:
        self.saliency = module(vision / "saliency/eval_saliency.py")
        self.text = module(vision / "text/eval_text.py")
        self.faces = module(vision / "faces/eval_faces.py")
        rows = lambda name: [json.loads(line) for line in (vision / name).read_text().splitlines()]
        self.gaze = [(vision / f, r) for f in ("saliency", "design") for r in rows(f"{f}/index.jsonl")
                     if r["split"] == "val" and r.get("fix")]
        self.banners = [(vision / "text", r) for r in rows("text/index.jsonl") if r["split"] == "val"]
        self.people = [(vision / "faces", r) for r in rows("faces/index.jsonl") if r["split"] == "val"]
        self._pixels: dict[Path, np.ndarray] = {}

    def outputs(self, eye: Eye, listed: list) -> list:
        for folder, row in listed:
            path = folder / row["file"]
            if path not in self._pixels:
                self._pixels[path] = np.asarray(stretched(Image.open(path), RECIPE["side"]))
        with torch.no_grad():
            return [eye(as_tensor(self._pixels[f / r["file"]][None], "cpu"))[1] for f, r in listed]

    def __call__(self, eye: Eye) -> dict[str, float]:
        result: dict[str, list[float] | float] = {}
        for (_, row), out in zip(self.gaze, self.outputs(eye, self.gaze), strict=True):
            map_ = out.attention[0].flatten().softmax(0).view(44, 44).numpy()
            scores = self.saliency.metrics(map_, self.saliency.fixmap(row))
            for metric in ("auc", "cc"):
                result.setdefault(f"{row['source']}_{metric}", []).append(scores[metric])
        result = {name: float(np.nanmean(values)) for name, values in result.items()}
        result |= self.text_f1(self.outputs(eye, self.banners))
        predicted = {}
        for (_, row), out in zip(self.people, self.outputs(eye, self.people), strict=True):
            boxes = decode_faces(out.faces[0].numpy(), least=0.05)
            size = np.array([row["width"], row["height"]] * 2)
            predicted[row["file"]] = ((boxes[:, :4] * size).tolist(), boxes[:, 4].tolist())
        truth = [row for _, row in self.people]
        best = max(
            (self._f1(self.faces.evaluate(truth, {k: self._over(v, t) for k, v in predicted.items()}, 0.4, 0.7, t)), t)
            for t in np.arange(0.15, 0.7, 0.05)
        )
        return result | {"face_f1": best[0], "face_at": float(best[1])}

    @staticmethod
    def _over(found: tuple, least: float) -> tuple:
        kept = [(b, s) for b, s in zip(*found, strict=True) if s >= least]
        return [b for b, _ in kept], [s for _, s in kept]

    @staticmethod
    def _f1(scores: dict) -> float:
        p, r = scores["precision"], scores["recall"]
        return 2 * p * r / max(p + r, 1e-9)

    def text_f1(self, outputs: list) -> dict[str, float]:
        """Best F1 of one threshold for all pictures, on the raster of the data folder's own measure."""
        cells: dict[str, list] = {}
        for (_, row), out in zip(self.banners, outputs, strict=True):
            ignored = row.get("ignore") or [False] * len(row["quads"])
            masks = [self.text.raster([q for q, i in zip(row["quads"], ignored) if i == which], row["width"], row["height"])
                     for which in (False, True)]
            map_ = self.saliency.resize(out.text[0, 0].sigmoid().numpy(), *masks[0].shape)
            for name in (row["source"], "all"):
                cells.setdefault(name, []).append((map_[~masks[1]], masks[0][~masks[1]]))
        best = {}
        for name, pairs in cells.items():
            p, t = (np.concatenate(part) for part in zip(*pairs, strict=True))
            best[f"text_{name}"] = max(
                2 * (t & (p >= level)).sum() / max((p >= level).sum() + t.sum(), 1) for level in np.arange(0.2, 0.8, 0.05)
            )
        return {name: float(value) for name, value in best.items()}
