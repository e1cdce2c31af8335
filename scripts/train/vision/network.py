"""The network: a MobileNetV2 trunk with its projection to 512, and the heads that read it in the same pass.

Trunk: Sandler et al. 2018 (arXiv:1801.04381), table 2, batch normalisation folded in. Heads: a detail
branch at the full input beside the trunk, which sees the input at half its side (the two-branch idea of
BiSeNet, Yu et al. 2018, arXiv:1808.00897), joined top down (FPN, Lin et al. 2017, arXiv:1612.03144).
The Rust twins are models/vision/src/trunk.rs and heads.rs; parameter names are the same in both and in
the safetensors file.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EMBEDDING_LEN = 512
TRUNK_LEN = 1280
POOL = 2  # the trunk sees the input averaged over POOL x POOL pixels
PATCH = 4  # the detail branch sees the input in patches of PATCH x PATCH pixels
KINDS = ("photo", "design", "screenshot", "logo_or_packshot")
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


TAPPED = (2, 5, 12)  # blocks


class Taps(NamedTuple):
    """What the heads read of the trunk, at strides 8, 16 and 32 of the network's input, and its average."""

    fine: Tensor  # [n, 24, side / 8, side / 8]
    middle: Tensor  # [n, 32, side / 16, side / 16]
    coarse: Tensor  # [n, 96, side / 32, side / 32]
    pooled: Tensor  # [n, 1280]


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

    def taps(self, x: Tensor) -> Taps:
        """The one walk through the trunk: its average, and what the heads read on the way."""
        seen = []
        x = F.relu6(conv3x3(x, self.stem))
        for index, block in enumerate(self.blocks):
            x = block(x)
            if index in TAPPED:
                seen.append(x)
        return Taps(*seen, F.relu6(self.last(x)).mean((2, 3)))

    def pooled(self, x: Tensor) -> Tensor:
        return self.taps(x).pooled  # [n, 1280]

    def forward(self, x: Tensor) -> Tensor:
        return F.normalize(self.projection(self.pooled(x)), dim=1)


class Separable(nn.Module):
    """A depthwise 3x3 and a pointwise convolution, each followed by ReLU."""

    def __init__(self, channels_in: int, channels_out: int, stride: int = 1) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(channels_in, channels_in, 3, stride, groups=channels_in)
        self.pointwise = nn.Conv2d(channels_in, channels_out, 1)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.pointwise(F.relu(conv3x3(x, self.depthwise))))


class Outputs(NamedTuple):
    """What the heads say, before the last step of each (softmax, sigmoid, decoding)."""

    attention: Tensor  # [n, 1, 44, 44] logits; softmax over the map
    text: Tensor  # [n, 1, 88, 88] logits; sigmoid
    faces: Tensor  # [n, 5, 44, 44]: logit, then centre x and y within the cell, log width and height in cells
    kind: Tensor  # [n, 4] logits; softmax


def doubled(x: Tensor) -> Tensor:
    """Each cell becomes 2 x 2 equal cells."""
    return x.repeat_interleave(2, 2).repeat_interleave(2, 3)


def quarters(x: Tensor) -> Tensor:
    """Each square of 2 x 2 cells becomes one cell of four times the channels, corner by corner."""
    return torch.cat([x[..., row::2, column::2] for row in (0, 1) for column in (0, 1)], 1)


class Heads(nn.Module):
    """Input [n, 3, 352, 352] and the trunk's taps to the outputs of all heads."""

    def __init__(self, side: int = 352) -> None:
        super().__init__()
        self.patch = nn.Conv2d(3 * PATCH * PATCH, 32, 1)  # [n, 32, side / 4, side / 4]
        self.detail4 = Separable(32, 24)  # [n, 24, side / 4, side / 4]
        self.detail8 = Separable(24, 48, 2)  # [n, 48, side / 8, side / 8]
        self.context = nn.Linear(TRUNK_LEN, 64)
        self.coarse = nn.Conv2d(96, 64, 1)
        self.middle = nn.Conv2d(32, 64, 1)
        self.fuse16 = Separable(64, 48)
        self.fine = nn.Conv2d(24, 48, 1)
        self.fuse8 = Separable(48, 48)
        self.attention_hidden = nn.Conv2d(48, 16, 1)
        self.attention = nn.Conv2d(16, 1, 1)
        self.centre_prior = nn.Parameter(torch.zeros(1, 1, side // 8, side // 8))
        self.face_join = nn.Conv2d(48 + 4 * 24, 64, 1)
        self.face_hidden = Separable(64, 64)
        self.face_deep = Separable(64, 64)
        self.face = nn.Conv2d(64, 5, 1)
        self.text_down = nn.Conv2d(48, 24, 1)
        self.text_hidden = Separable(24, 24)
        self.text = nn.Conv2d(24, 1, 1)
        self.kind = nn.Linear(TRUNK_LEN, len(KINDS))
        with torch.no_grad():  # faces and text are rare: begin by saying so
            self.face.bias[0] = -4.6
            self.text.bias.fill_(-2.0)

    def forward(self, pictures: Tensor, taps: Taps) -> Outputs:
        detail4 = self.detail4(F.relu(self.patch(F.pixel_unshuffle(pictures, PATCH))))
        context = self.context(taps.pooled)[:, :, None, None]
        x = F.relu(self.coarse(taps.coarse) + context)  # [n, 64, 11, 11]
        x = self.fuse16(F.relu(doubled(x) + self.middle(taps.middle)))  # [n, 48, 22, 22]
        x = self.fuse8(F.relu(doubled(x) + self.fine(taps.fine) + self.detail8(detail4)))  # [n, 48, 44, 44]
        attention = self.attention(F.relu(self.attention_hidden(x))) + self.centre_prior
        text = self.text(self.text_hidden(F.relu(doubled(self.text_down(x)) + detail4)))
        # Faces need detail that the joined map has averaged away.
        y = F.relu(self.face_join(torch.cat([x, quarters(detail4)], 1)))
        y = self.face_hidden(y)
        return Outputs(attention, text, self.face(y + self.face_deep(y)), self.kind(taps.pooled))

    def of_faces(self) -> dict[str, nn.Parameter]:
        """The parameters that nothing but faces depends on."""
        return {k: v for k, v in self.named_parameters() if k.startswith("face")}


class Eye(nn.Module):
    """The whole network: pictures [n, 3, 352, 352], prepared by preprocess.toml."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = Trunk()
        self.heads = Heads()

    def forward(self, pictures: Tensor) -> tuple[Tensor, Outputs]:
        taps = self.trunk.taps(F.avg_pool2d(pictures, POOL))
        embedding = F.normalize(self.trunk.projection(taps.pooled), dim=1)
        return embedding, self.heads(pictures, taps)


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
