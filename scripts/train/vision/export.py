"""Writes a trunk as half-precision safetensors, the form that gancho ships, and reads it back."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from network import Trunk


def write(trunk: Trunk, path: Path) -> None:
    tensors = {k: v.detach().cpu().to(torch.float16).contiguous() for k, v in trunk.state_dict().items()}
    partial = path.with_suffix(".part")
    save_file(tensors, partial)
    partial.replace(path)


def read(path: Path) -> Trunk:
    trunk = Trunk()
    trunk.load_state_dict({k: v.float() for k, v in load_file(path).items()})
    return trunk.eval()
