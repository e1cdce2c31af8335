"""Writes models/vision/parity/parity.safetensors: what PyTorch makes of three inputs, step by step.

    python scripts/train/vision/parity.py --weights weights/vision.safetensors

The Rust test models/vision/tests/parity.rs computes the same and compares every station. Run this again
whenever the weights, the network or preprocess.toml change, and commit the result.

Cases: `pattern` is an input made by a formula that both sides know; `0` and `1` are pictures. Tensors, C
being a case: picture.C u8 [h, w, 3] and sample.C [4096], values at equal steps of the input that Pillow
makes of it, in patches; embedding.C [512], unit length; attention.C [44, 44], sums to 1; text.C [88, 88], 0 to 1;
faces.C [5, 44, 44], as the network gives it; kind.C [4], sums to 1; and of `pattern` the stations stem,
block3, block12 and pooled, 64 values each, taken at equal steps from the activation laid out flat.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import save_file

from export import read_eye
from network import PATCH, POOL, Eye, Trunk
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


def pattern(side: int) -> torch.Tensor:
    """[1, 3, side, side], values in -1..1 without a symmetry that could hide a swapped axis."""
    values = (np.arange(3 * side * side, dtype=np.int64) * 37 % 1009).astype(np.float32) / 504.5 - 1
    return torch.from_numpy(values).view(1, 3, side, side)


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
    seen["pooled"] = spread(trunk.pooled(x)[:, :, None, None])
    for hook in hooks:
        hook.remove()
    return seen


def outputs(eye: Eye, x: torch.Tensor) -> dict[str, np.ndarray]:
    embedding, heads = eye(x)
    named = {
        "embedding": embedding[0],
        "attention": heads.attention[0].flatten().softmax(0).view(heads.attention.shape[2:]),
        "text": heads.text[0, 0].sigmoid(),
        "faces": heads.faces[0],
        "kind": heads.kind[0].softmax(0),
    }
    return {name: tensor.contiguous().numpy().copy() for name, tensor in named.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, default=ROOT / "weights/vision.safetensors")
    parser.add_argument("--output", type=Path, default=ROOT / "models/vision/parity/parity.safetensors")
    arguments = parser.parse_args()

    eye = read_eye(arguments.weights)
    tensors: dict[str, np.ndarray] = {}

    def store(case: str, named: dict[str, np.ndarray]) -> None:
        tensors.update({f"{name}.{case}": values for name, values in named.items()})

    with torch.no_grad():
        x = pattern(RECIPE["side"])
        store("pattern", outputs(eye, x))
        store("pattern", stations(eye.trunk, torch.nn.functional.avg_pool2d(x, POOL)))
        for n, (height, width) in enumerate(((90, 120), (200, 150))):
            pixels = picture(height, width, seed=n)
            square = np.asarray(stretched(Image.fromarray(pixels), RECIPE["side"]))
            values = np.ascontiguousarray(as_input(square), np.float32)
            patches = torch.nn.functional.pixel_unshuffle(torch.from_numpy(values), PATCH)
            flat = patches.numpy().reshape(-1)
            store(str(n), {"picture": pixels, "sample": flat[:: len(flat) // 4096][:4096].copy()})
            store(str(n), outputs(eye, torch.from_numpy(values)[None]))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, arguments.output)
    print(f"{arguments.output}: {len(tensors)} tensors, {arguments.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
