"""Trains the heads of gancho-vision on a finished trunk, which stays as it is.

    python scripts/train/vision/banners.py --data ../shared/data --work .cache/train-vision/banners --count 5000
    python scripts/train/vision/heads.py --data ../shared/data --trunk .cache/train-vision/trunk.safetensors

What the trunk says about each sample is computed once; an epoch trains the heads alone. Goes on from the
last checkpoint in --work. Ends by writing trunk and heads as one half-precision file, --out.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

import export
import kind_probe
import scenes
from losses import attention_loss, face_loss, text_loss
from monitor import Monitor
from network import POOL, Eye, Heads, Taps, Trunk
from scenes import ATTENTION_SIDE, TEXT_SIDE
from train import as_tensor
from views import ROOT

CONFIG = {
    "seed": 20261121,
    # All heads together, then what nothing but faces depends on, by itself: faces are rare and learn last.
    "stages": [
        {"epochs": 7, "learning_rate": 2e-3, "faces_only": False, "least_face": 6 / 352},
        {"epochs": 8, "learning_rate": 2e-3, "faces_only": True, "least_face": 20 / 352},
    ],
    "banners_per_epoch": 2500,  # text is learned long before faces are: half of the banners an epoch will do
    "batch": 32,
    "weight_decay": 1e-4,
    "warmup_steps": 200,
    "average": 0.998,
    "attention_weight": 1.0,
    "banner_attention_weight": 0.4,  # attention on rendered designs is a rule, not people: it counts less
    "text_weight": 2.0,
    "face_weight": 2.0,
}
TAP_SHAPES = ((24, 44, 44), (32, 22, 22), (96, 11, 11), (1280,))


class Tapped:
    """Pixels u8 [n, side, side, 3] with what the trunk says about them, computed once."""

    def __init__(self, pixels: np.ndarray, folder: Path, trunk: Trunk) -> None:
        self.pixels = pixels
        folder.mkdir(parents=True, exist_ok=True)
        named = zip(Taps._fields, TAP_SHAPES, strict=True)
        self.taps = [scenes._map(folder / f"{name}.npy", (len(pixels), *shape), np.float16) for name, shape in named]
        done = scenes._map(folder / "done.npy", (len(pixels),), np.uint8)
        todo = np.flatnonzero(done == 0)
        for begin in range(0, len(todo), 64):
            rows = todo[begin : begin + 64]
            with torch.no_grad():
                taps = trunk.taps(F.avg_pool2d(as_tensor(pixels[rows], "cpu"), POOL))
            for stored, tap in zip(self.taps, taps, strict=True):
                stored[rows] = tap.numpy()
            done[rows] = 1


class Samples:
    """Scenes and banners in one numbering, with the trunk's taps of each."""

    def __init__(self, work: Path, data: Path, trunk: Trunk, trunk_key: str, threads: int, banners: Path) -> None:
        self.scenes = scenes.render(data, work / "scenes", CONFIG["seed"], threads)
        self.banner_text = np.load(banners / "text.npy", mmap_mode="r")
        drawn = np.load(banners / "pixels.npy", mmap_mode="r")
        self.sources = [Tapped(self.scenes.pixels, work / f"taps-{trunk_key}-scenes", trunk),
                        Tapped(drawn, work / f"taps-{trunk_key}-banners", trunk)]
        self.split = len(self.scenes.pixels)
        self.count = self.split + len(drawn)
        y, x = (np.mgrid[:ATTENTION_SIDE, :ATTENTION_SIDE] + 0.5) / ATTENTION_SIDE
        # Readers of pages and designs begin at the upper left and stay in the upper two thirds.
        self.reading_prior = np.exp(-(((x - 0.45) / 0.38) ** 2 + ((y - 0.40) / 0.38) ** 2) / 2).astype(np.float32)

    def place(self, row: int) -> tuple[Tapped, int]:
        return (self.sources[0], row) if row < self.split else (self.sources[1], row - self.split)

    def designed_attention(self, text: np.ndarray) -> np.ndarray:
        """Text draws the eye, where reading begins most: the rule that scores 0.53 and 0.65 on designs."""
        share = cv2.resize(text.astype(np.float32), (ATTENTION_SIDE,) * 2, interpolation=cv2.INTER_AREA)
        return (cv2.GaussianBlur(share, (0, 0), 1.5) + 1.0) * self.reading_prior

    def batch(self, rows: np.ndarray, device: str) -> dict:
        rows = np.sort(rows)
        n = len(rows)
        attention, text = np.zeros((n, ATTENTION_SIDE, ATTENTION_SIDE), np.float32), np.zeros((n, TEXT_SIDE, TEXT_SIDE), np.float32)
        faces, weights = np.zeros((n, scenes.MOST_FACES, 5), np.float32), np.zeros((n, 3), np.float32)
        for i, row in enumerate(rows):
            if row < self.split:
                attention[i], text[i] = self.scenes.attention[row], self.scenes.text[row] / 255
                faces[i], weights[i] = self.scenes.faces[row], self.scenes.known[row]
            else:
                text[i] = self.banner_text[row - self.split] / 255
                if text[i].sum() > 0:
                    attention[i] = self.designed_attention(text[i] * 255)
                weights[i] = (CONFIG["banner_attention_weight"] * (text[i].sum() > 0), 1, 0)
        to = lambda array: torch.from_numpy(array).to(device)
        places = [self.place(row) for row in rows]
        taps = Taps(*(to(np.stack([s.taps[t][i] for s, i in places]).astype(np.float32)) for t in range(len(TAP_SHAPES))))
        pixels = np.stack([s.pixels[i] for s, i in places])
        return {"pictures": as_tensor(pixels, device), "taps": taps, "attention": to(attention),
                "text": to(text), "faces": to(faces), "weights": to(weights)}


def losses(heads: Heads, batch: dict, stage: dict) -> dict[str, torch.Tensor]:
    out = heads(batch["pictures"], batch["taps"])
    weights = batch["weights"]
    of_faces = face_loss(out.faces, batch["faces"], weights[:, 2], stage["least_face"])
    found = {"faces": CONFIG["face_weight"] * of_faces}
    if stage["faces_only"]:
        return found
    return found | {
        "attention": CONFIG["attention_weight"] * attention_loss(out.attention[:, 0], batch["attention"], weights[:, 0]),
        "text": CONFIG["text_weight"] * text_loss(out.text[:, 0], batch["text"], weights[:, 1]),
    }


def rate_at(step: int, steps: int) -> float:
    return float(min(1.0, (step + 1) / CONFIG["warmup_steps"]) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * step / steps))))


def stage_of(epoch: int) -> tuple[dict, int]:
    """The stage that an epoch belongs to, and its number within that; each stage anneals by itself."""
    for stage in CONFIG["stages"]:
        if epoch < stage["epochs"]:
            return stage, epoch
        epoch -= stage["epochs"]
    raise IndexError(epoch)


def drawn_order(epoch: int, samples: Samples) -> np.ndarray:
    """All scenes and some of the banners, mixed; for faces only the scenes whose faces are known."""
    rng = np.random.default_rng((CONFIG["seed"], epoch))
    if stage_of(epoch)[0]["faces_only"]:
        return rng.permutation(np.flatnonzero(samples.scenes.known[:, 2]))
    banners = samples.count - samples.split
    chosen = samples.split + rng.choice(banners, min(CONFIG["banners_per_epoch"], banners), replace=False)
    return rng.permutation(np.concatenate([np.arange(samples.split), chosen]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--trunk", type=Path, required=True, help="what train.py wrote")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache/train-vision")
    parser.add_argument("--banners", type=Path, help="what banners.py wrote; banners in --work unless given")
    parser.add_argument("--out", type=Path, default=ROOT / "weights/vision.safetensors")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(CONFIG["seed"])

    eye = Eye()
    eye.trunk.load_state_dict(export.read_trunk(args.trunk).state_dict())
    key = hashlib.sha256(args.trunk.read_bytes()).hexdigest()[:10]
    samples = Samples(args.work, args.data, eye.trunk.eval(), key, args.threads, args.banners or args.work / "banners")
    monitor = Monitor(args.data / "vision")
    heads = eye.heads.to(args.device, memory_format=torch.channels_last)
    average = copy.deepcopy(heads)
    checkpoint, log = args.work / f"heads-{key}.pt", []
    optimizer, kept = None, torch.load(checkpoint, weights_only=True) if checkpoint.exists() else None
    if kept:
        heads.load_state_dict(kept["heads"])
        average.load_state_dict(kept["average"])
        log = kept["log"]
    for epoch in range(len(log), sum(stage["epochs"] for stage in CONFIG["stages"])):
        began, totals, (stage, within) = time.time(), {}, stage_of(epoch)
        faces = heads.of_faces()
        for name, parameter in heads.named_parameters():
            parameter.requires_grad_(name in faces or not stage["faces_only"])
        if within == 0:  # what is trained goes on from the average that the stage before has reached
            heads.load_state_dict(average.state_dict())
        if within == 0 or optimizer is None:
            trained = [it for it in heads.parameters() if it.requires_grad]
            optimizer = torch.optim.AdamW(trained, weight_decay=CONFIG["weight_decay"])
            if within:
                optimizer.load_state_dict(kept["optimizer"])
        order = drawn_order(epoch, samples)
        per_epoch = len(order) // CONFIG["batch"]
        for i in range(per_epoch):
            for group in optimizer.param_groups:
                group["lr"] = stage["learning_rate"] * rate_at(within * per_epoch + i, per_epoch * stage["epochs"])
            batch = samples.batch(order[i * CONFIG["batch"] : (i + 1) * CONFIG["batch"]], args.device)
            parts = losses(heads, batch, stage)
            optimizer.zero_grad(set_to_none=True)
            sum(parts.values()).backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 5.0)
            optimizer.step()
            with torch.no_grad():
                for mean, current in zip(average.parameters(), heads.parameters(), strict=True):
                    mean.lerp_(current, 1 - CONFIG["average"])
            for name, value in parts.items():
                totals[name] = totals.get(name, 0.0) + value.item() / per_epoch
            if i % 50 == 0:
                print(f"epoch {epoch} step {i}/{per_epoch} {({k: round(v.item(), 3) for k, v in parts.items()})}", flush=True)
        eye.heads = copy.deepcopy(average).cpu()
        log.append({"epoch": epoch, **totals, **monitor(eye.eval()), "seconds": time.time() - began})
        print(json.dumps(log[-1]), flush=True)
        partial = checkpoint.with_suffix(".part")
        state = {"heads": heads.state_dict(), "average": average.state_dict()}
        torch.save(state | {"optimizer": optimizer.state_dict(), "log": log}, partial)
        partial.replace(checkpoint)
        export.write(eye, args.work / "eye.safetensors")
    eye.heads = copy.deepcopy(average).cpu()
    pooled = torch.from_numpy(np.array(samples.sources[1].taps[3], np.float32))
    kinds = np.load((args.banners or args.work / "banners") / "kind.npy")
    accuracy = kind_probe.fit(eye.heads.kind, eye.trunk, args.data / "vision/distill", pooled, kinds)
    print(f"kinds of the pictures that the probe was fitted on: {accuracy:.3f}")
    export.write(eye, args.out)
    run = {"config": CONFIG, "torch": torch.__version__, "device": args.device, "log": log}
    (args.work / "run-heads.json").write_text(json.dumps(run, indent=1))


if __name__ == "__main__":
    main()
