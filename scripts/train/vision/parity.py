"""Writes models/vision/parity/parity.safetensors: what PyTorch makes of two pictures, step by step.

    python scripts/train/vision/parity.py --weights weights/vision.safetensors

The Rust test models/vision/tests/parity.rs begins at the same pixels and compares every station.
Run this again whenever the weights, the network or preprocess.toml change, and commit the result.

Tensors, N being 0 and 1: picture.N u8 [h, w, 3]; input.N f32 [3, side, side], by Pillow;
pooled.N [1280]; embedding.N [512], unit length; and of picture 0 the stations stem.0, block3.0 and
block12.0, 64 values each, taken at equal steps from the activation laid out flat.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import save_file

from export import read
from network import Trunk
from views import RECIPE, ROOT, as_input, stretched

STATION_VALUES = 64


def picture(height: int, width: int, seed: int) -> np.ndarray:
    """A colour gradient with discs, stripes and a little noise: smooth areas and hard edges."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([255 * x / (width - 1), 255 * y / (height - 1), 255 - 255 * x / (width - 1)], axis=-1)
    for _ in range(5):
        cy, cx, radius = rng.uniform(0, height), rng.uniform(0, width), rng.uniform(8, 30)
        pixels[(y - cy) ** 2 + (x - cx) ** 2 < radius**2] = rng.uniform(0, 255, 3)
    pixels[height // 2 : height // 2 + 24][:, (np.arange(width) // 4) % 2 == 0] = 250
    pixels += rng.normal(0, 4, pixels.shape)
    return np.clip(np.round(pixels), 0, 255).astype(np.uint8)


def spread(activation: torch.Tensor) -> np.ndarray:
    """64 values at equal steps from a flat [channels, height, width]."""
    flat = activation[0].flatten()
    return flat[:: len(flat) // STATION_VALUES][:STATION_VALUES].numpy().copy()


def stations(trunk: Trunk, x: torch.Tensor) -> dict[str, np.ndarray]:
    """Activations on the way, at the places that the Rust test looks at."""
    seen: dict[str, np.ndarray] = {}

    def keep(module: torch.nn.Module, name: str, activation=lambda output: output):
        return module.register_forward_hook(lambda _m, _i, output: seen.update({name: spread(activation(output))}))

    hooks = [
        keep(trunk.stem, "stem", torch.nn.functional.relu6),
        keep(trunk.blocks[3], "block3"),
        keep(trunk.blocks[12], "block12"),
    ]
    trunk.pooled(x)
    for hook in hooks:
        hook.remove()
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, default=ROOT / "weights/vision.safetensors")
    parser.add_argument("--output", type=Path, default=ROOT / "models/vision/parity/parity.safetensors")
    arguments = parser.parse_args()

    trunk = read(arguments.weights)
    tensors: dict[str, np.ndarray] = {}
    with torch.no_grad():
        for n, (height, width) in enumerate(((90, 120), (200, 150))):
            pixels = picture(height, width, seed=n)
            square = np.asarray(stretched(Image.fromarray(pixels), RECIPE["side"]))
            values = np.ascontiguousarray(as_input(square), np.float32)
            x = torch.from_numpy(values)[None]
            tensors[f"picture.{n}"] = pixels
            tensors[f"input.{n}"] = values
            tensors[f"pooled.{n}"] = trunk.pooled(x)[0].numpy()
            tensors[f"embedding.{n}"] = trunk(x)[0].numpy()
            if n == 0:
                tensors |= {f"{name}.0": kept for name, kept in stations(trunk, x).items()}
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, arguments.output)
    print(f"{arguments.output}: {len(tensors)} tensors, {arguments.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
