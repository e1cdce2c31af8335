"""The language network: MiniLM's encoder with a bilingual vocabulary, a sentence embedding and heads.

`models/language` is the same network in Rust; its parity test compares the two.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from corpora import HEADS

WIDTH, LAYERS, ATTENTION_HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 128
HIDDEN = 96
EPSILON = 1e-12


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each followed by the sum with its input and a layer norm."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, bias: Tensor, dropout: float) -> Tensor:
        batch, length, _ = x.shape

        def split(it: Tensor) -> Tensor:
            return it.view(batch, length, ATTENTION_HEADS, -1).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=bias
        )
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.attention_norm(x + F.dropout(mixed, dropout, self.training))
        return self.norm(x + F.dropout(self.outer(F.gelu(self.inner(x))), dropout, self.training))


class Head(nn.Module):
    """One question about a text: looks over its tokens by a query of its own, then a small net to logits."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, 1, bias=False)
        self.inner, self.outer = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, classes)

    def forward(self, tokens: Tensor, bias: Tensor, dropout: float) -> Tensor:
        weights = torch.softmax(self.query(tokens) + bias.unsqueeze(-1), dim=1)
        pooled = (weights * tokens).sum(1)
        hidden = F.dropout(F.gelu(self.inner(pooled)), dropout, self.training)
        return self.outer(hidden)


class Language(nn.Module):
    """Token ids `[batch, length]`, 0 being padding, to a unit embedding `[batch, 384]` and logits by head."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({name: Head(len(labels)) for name, labels in HEADS.items()})

    def encode(self, ids: Tensor, dropout: float = 0.1) -> tuple[Tensor, Tensor]:
        """Last hidden states `[batch, length, 384]`, and 0 for tokens and -1e4 for padding `[batch, length]`."""
        bias = torch.zeros(ids.shape, device=ids.device).masked_fill(ids == 0, -1e4)
        x = self.norm(self.tokens(ids) + self.positions.weight[: ids.shape[1]])
        x = F.dropout(x, dropout, self.training)
        for layer in self.layers:
            x = layer(x, bias[:, None, None, :], dropout)
        return x, bias

    def forward(self, ids: Tensor, dropout: float = 0.1) -> tuple[Tensor, dict[str, Tensor]]:
        states, bias = self.encode(ids, dropout)
        real = (bias == 0).float().unsqueeze(-1)
        embedding = F.normalize((states * real).sum(1) / real.sum(1), dim=-1)
        return embedding, {name: head(states, bias, dropout) for name, head in self.heads.items()}


def from_minilm(weights: dict[str, Tensor], embeddings: Tensor) -> Language:
    """The network with MiniLM's layers and positions and the given first embeddings `[vocabulary, 384]`."""
    network = Language(len(embeddings))
    layer = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm": "output.LayerNorm",
    }
    state = {
        "tokens.weight": embeddings,
        # There is one kind of token here: its embedding is part of each position's.
        "positions.weight": weights["embeddings.position_embeddings.weight"][:POSITIONS]
        + weights["embeddings.token_type_embeddings.weight"][0],
    }
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for at in range(LAYERS):
            for ours, theirs in layer.items():
                state[f"layers.{at}.{ours}.{kind}"] = weights[f"encoder.layer.{at}.{theirs}.{kind}"]
    rest = {name: value for name, value in network.state_dict().items() if name.startswith("heads.")}
    network.load_state_dict(state | rest)
    return network
