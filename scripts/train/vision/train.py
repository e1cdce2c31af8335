"""Trains the trunk of gancho-vision: distils the two-network teacher into network A plus a projection.

    python scripts/train/vision/train.py --data ../shared/data --work .cache/train-vision

Goes on from the last checkpoint in --work when there is one. Ends by writing trunk.safetensors (half
precision), on which heads.py goes on, and run.json beside the checkpoint.
Needs requirements.txt of this folder; CPU or GPU.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import export
from network import Trunk, from_teacher
from views import RECIPE, ROOT, Views

CONFIG = {
    "seed": 20261121,
    # A stage anneals by itself. The trunk trains at 160 pixels and is read at 176: a network reads better at
    # a somewhat larger side than it trained at (Touvron et al. 2019, arXiv:1906.06423). Rates are the trunk's;
    # the projection, fitted in closed form first, takes five times that. Epoch e of all uses view e, so that
    # no view is seen twice.
    "stages": [
        {"side": 160, "epochs": 6, "learning_rate": 2e-4},
    ],
    "views": 6,  # that the cache has room for: at least the epochs of all stages
    "batch": 32,
    "weight_decay": 1e-4,
    "warmup_steps": 100,
    "relation_weight": 2.0,
    "ridge": 3.0,
}


def as_tensor(pixels: np.ndarray, device: str) -> torch.Tensor:
    """u8 [n, side, side, 3] to the normalised input [n, 3, side, side], in channels-last memory as it is."""
    mean = torch.tensor(RECIPE["mean"], device=device).view(1, 3, 1, 1)
    deviation = torch.tensor(RECIPE["deviation"], device=device).view(1, 3, 1, 1)
    return (torch.from_numpy(np.array(pixels)).to(device).permute(0, 3, 1, 2).float() / 255 - mean) / deviation


def embed_all(trunk: Trunk, pixels: np.ndarray, device: str, what: str = "pooled", batch: int = 64) -> torch.Tensor:
    with torch.no_grad():
        call = trunk.pooled if what == "pooled" else trunk
        parts = [call(as_tensor(pixels[i : i + batch], device)).cpu() for i in range(0, len(pixels), batch)]
    return torch.cat(parts)


def fit_projection(trunk: Trunk, pixels: np.ndarray, targets: np.ndarray, device: str) -> None:
    """Ridge regression of the teacher's embedding on the pooled features: a start worth 80 % already."""
    x = embed_all(trunk, pixels, device).double()
    y = torch.from_numpy(targets.astype(np.float64))
    mean_x, mean_y = x.mean(0), y.mean(0)
    x, y = x - mean_x, y - mean_y
    gram = x.T @ x + CONFIG["ridge"] * x.var(0).mean() * len(x) ** 0.5 * torch.eye(x.shape[1], dtype=x.dtype)
    weight = torch.linalg.solve(gram, x.T @ y).T
    with torch.no_grad():
        trunk.projection.weight.copy_(weight.float())
        trunk.projection.bias.copy_((mean_y - weight @ mean_x).float())


def loss_of(student: torch.Tensor, teacher: torch.Tensor) -> tuple[torch.Tensor, float]:
    """1 - cosine to the teacher, and the squared error of all similarities within the batch."""
    cosine = 1 - (student * teacher).sum(1).mean()
    relation = F.mse_loss(student @ student.T, teacher @ teacher.T)
    return cosine + CONFIG["relation_weight"] * relation, cosine.item()


def learning_rate(step: int, steps: int) -> float:
    """Linear warm-up, then a half cosine to 2 %."""
    warm = min(1.0, (step + 1) / CONFIG["warmup_steps"])
    # A plain float: a NumPy scalar in the optimizer would make the checkpoint unreadable by weights_only.
    return float(warm * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(1.0, step / steps)))))


def optimizer_of(trunk: Trunk) -> torch.optim.Optimizer:
    parameters = [
        {"params": [p for n, p in trunk.named_parameters() if not n.startswith("projection")], "scale": 1.0},
        {"params": list(trunk.projection.parameters()), "scale": 5.0},
    ]
    return torch.optim.AdamW(parameters, weight_decay=CONFIG["weight_decay"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with vision/distill and vision/teacher")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache/train-vision", help="checkpoints and views")
    parser.add_argument("--out", type=Path, help="trunk.safetensors in --work unless given")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(CONFIG["seed"])

    stages = CONFIG["stages"]
    checkpoint = args.work / "checkpoint.pt"
    state = torch.load(checkpoint, weights_only=True) if checkpoint.exists() else None
    trunk = from_teacher(str(args.data / "vision/teacher/teacher.onnx"))
    trunk = trunk.to(args.device, memory_format=torch.channels_last)
    log: list[dict] = state["log"] if state else []
    if state:
        trunk.load_state_dict(state["trunk"])

    first_view = 0
    for number, stage in enumerate(stages):
        done = sum(entry["stage"] == number for entry in log)
        begin, first_view = first_view, first_view + stage["epochs"]
        if done == stage["epochs"]:
            continue
        views = Views(args.data, args.work, CONFIG["views"], args.threads, CONFIG["seed"], stage["side"])
        pictures = len(views.files)
        if not log:
            views.fill(0)
            fit_projection(trunk, views.pixels[:pictures], views.targets[:pictures], args.device)
            export.write(trunk, args.work / "start.safetensors")
        optimizer = optimizer_of(trunk)
        if done:
            optimizer.load_state_dict(state["optimizer"])
        per_epoch = pictures // CONFIG["batch"]
        for epoch in range(done, stage["epochs"]):
            began, view, total = time.time(), begin + epoch, 0.0
            views.fill(view)
            order = np.random.default_rng((CONFIG["seed"], view)).permutation(pictures) + view * pictures
            for i in range(per_epoch):
                rate = learning_rate(epoch * per_epoch + i, per_epoch * stage["epochs"])
                for group in optimizer.param_groups:
                    group["lr"] = stage["learning_rate"] * group["scale"] * rate
                rows = np.sort(order[i * CONFIG["batch"] : (i + 1) * CONFIG["batch"]])
                x = as_tensor(views.pixels[rows], args.device)
                y = F.normalize(torch.from_numpy(views.targets[rows].astype(np.float32)).to(args.device), dim=1)
                loss, cosine = loss_of(trunk(x), y)
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                total += cosine
            log.append({"stage": number, "epoch": epoch, "cosine_loss": total / per_epoch, "seconds": time.time() - began})
            print(json.dumps(log[-1]), flush=True)
            state = {"trunk": trunk.state_dict(), "optimizer": optimizer.state_dict(), "log": log}
            partial = checkpoint.with_suffix(".part")
            torch.save(state, partial)
            partial.replace(checkpoint)
            export.write(trunk, args.work / "latest.safetensors")
    export.write(trunk, args.out or args.work / "trunk.safetensors")
    run = {"config": CONFIG, "torch": torch.__version__, "device": args.device, "log": log}
    (args.work / "run.json").write_text(json.dumps(run, indent=1))


if __name__ == "__main__":
    main()
