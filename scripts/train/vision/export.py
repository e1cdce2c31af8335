"""Writes networks as half-precision safetensors, the form that gancho ships, and reads them back."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from network import Eye, Trunk


def write(network: nn.Module, path: Path) -> None:
    tensors = {k: v.detach().cpu().to(torch.float16).contiguous() for k, v in network.state_dict().items()}
    partial = path.with_suffix(".part")
    save_file(tensors, partial)
    partial.replace(path)


def read_trunk(path: Path) -> Trunk:
    return _filled(Trunk(), path)


def read_eye(path: Path) -> Eye:
    return _filled(Eye(), path)


def _filled(network: nn.Module, path: Path) -> nn.Module:
    network.load_state_dict({k: v.float() for k, v in load_file(path).items()})
    return network.eval()
