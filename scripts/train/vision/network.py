"""The trunk: MobileNetV2 1.0 with batch normalisation folded in, and a projection to 512.

Sandler et al. 2018 (arXiv:1801.04381), table 2. The Rust twin is models/vision/src/trunk.rs;
parameter names are the same in both and in the safetensors file.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EMBEDDING_LEN = 512
TRUNK_LEN = 1280
# expansion t, output channels c, repeats n, stride s of the first repeat
ROWS = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))


def conv3x3(x: Tensor, conv: nn.Conv2d) -> Tensor:
    """A 3x3 convolution; with stride 2 only the right and the bottom are padded, as in TensorFlow."""
    pad = (0, 1, 0, 1) if conv.stride[0] == 2 else (1, 1, 1, 1)
    return conv(F.pad(x, pad))


class InvertedResidual(nn.Module):
    """Expand (1x1), filter each channel (3x3 depthwise), project (1x1, linear), add when shapes allow."""

    def __init__(self, channels_in: int, channels_out: int, expansion: int, stride: int) -> None:
        super().__init__()
        hidden = channels_in * expansion
        if expansion != 1:
            self.expand = nn.Conv2d(channels_in, hidden, 1)
        self.depthwise = nn.Conv2d(hidden, hidden, 3, stride, groups=hidden)
        self.project = nn.Conv2d(hidden, channels_out, 1)
        self.residual = stride == 1 and channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu6(self.expand(x)) if hasattr(self, "expand") else x
        y = self.project(F.relu6(conv3x3(y, self.depthwise)))
        return x + y if self.residual else y


class Trunk(nn.Module):
    """Pictures [n, 3, side, side], prepared by preprocess.toml, to unit embeddings [n, 512]."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 3, 2)
        blocks, width = [], 32
        for t, c, n, s in ROWS:
            for i in range(n):
                blocks.append(InvertedResidual(width, c, t, s if i == 0 else 1))
                width = c
        self.blocks = nn.ModuleList(blocks)
        self.last = nn.Conv2d(width, TRUNK_LEN, 1)
        self.projection = nn.Linear(TRUNK_LEN, EMBEDDING_LEN)

    def pooled(self, x: Tensor) -> Tensor:
        x = F.relu6(conv3x3(x, self.stem))
        for block in self.blocks:
            x = block(x)
        return F.relu6(self.last(x)).mean((2, 3))  # [n, 1280]

    def forward(self, x: Tensor) -> Tensor:
        return F.normalize(self.projection(self.pooled(x)), dim=1)


def from_teacher(path: str) -> Trunk:
    """A trunk with the weights of the teacher's network A, whose tensors lie in forward order."""
    import onnx
    from onnx import numpy_helper

    stored = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}

    def tensor(kind: str, index: int) -> Tensor:
        name = f"a_{kind}{index}"
        array = stored[name] if name in stored else stored[f"{name}_h"]
        return torch.from_numpy(array.astype("float32"))

    trunk = Trunk()
    convs = [m for m in trunk.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        for index, conv in enumerate(convs):
            weight = tensor("w", index)
            assert conv.weight.shape == weight.shape, (index, conv.weight.shape, weight.shape)
            conv.weight.copy_(weight)
            conv.bias.copy_(tensor("b", index))
    return trunk
