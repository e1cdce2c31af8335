"""Writes a trained network as gancho ships it: matrices as signed bytes with one scale a row, the rest in half precision.

Temperatures (Guo et al. 2017, arXiv:1706.04599) are chosen here on texts that were not trained on, and divided into the
last layer of each head, so that the program has nothing to apply.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch.nn import functional as F

from corpora import HEADS, UNKNOWN, Row
from network import Language

# What the expected calibration error of known kinds of text may be.
KNOWN_ERROR = 0.05


@torch.no_grad()
def logits_of(network: Language, tokenizer, rows: list[Row]) -> dict[str, torch.Tensor]:
    network.eval()
    ids = [it.ids for it in tokenizer.encode_batch([row.text for row in rows])]
    ids = [it if len(it) <= 128 else it[:127] + it[-1:] for it in ids]
    result = {head: torch.zeros(len(rows), len(classes)) for head, classes in HEADS.items()}
    order = np.argsort([len(it) for it in ids], kind="stable")
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        longest = max(len(ids[at]) for at in part)
        _, logits = network(torch.tensor([ids[at] + [0] * (longest - len(ids[at])) for at in part]))
        for head, values in logits.items():
            result[head][torch.from_numpy(part.copy())] = values
    return result


def fit(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> tuple[float, torch.Tensor]:
    """The temperature and, for several classes, the shifts with the smallest weighted cross-entropy."""
    several = logits.shape[1] > 1
    log_temperature = torch.zeros((), requires_grad=True)
    shifts = torch.zeros(logits.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([log_temperature, shifts] if several else [log_temperature], max_iter=200)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scaled = logits / log_temperature.clamp(-1.0, 1.5).exp() + shifts
        if several:
            each = F.cross_entropy(scaled, labels, reduction="none")
        else:
            each = F.binary_cross_entropy_with_logits(scaled[:, 0], labels.float(), reduction="none")
        total = (each * weights).sum() / weights.sum()
        total.backward()
        return total

    optimizer.step(loss)
    return float(log_temperature.detach().clamp(-1.0, 1.5).exp()), (shifts - shifts.mean()).detach()


def calibration_error(probabilities: torch.Tensor, labels: torch.Tensor) -> float:
    """Expected calibration error of the likeliest class, 15 bins of equal width."""
    confidence, found = probabilities.max(1)
    hit = (found == labels).float()
    bins = (confidence * 15).long().clamp(max=14)
    parts = [bins == it for it in bins.unique()]
    return float(sum((hit[it].mean() - confidence[it].mean()).abs() * it.float().mean() for it in parts))


def softest(logits: torch.Tensor, labels: torch.Tensor, start: float) -> float:
    """The largest temperature at which texts of a known kind stay within `KNOWN_ERROR`.

    On a kind of text that it was not trained on a network is surer than it is right, and which kind a user has is not
    known. So it is made as unsure as the known kinds can bear.
    """
    bearable = [it for it in np.arange(start, 3, 0.02) if calibration_error(torch.softmax(logits / it, 1), labels) <= KNOWN_ERROR]
    return float(max(bearable, default=start))


def calibrate(network: Language, tokenizer, rows: list[Row], known: list[Row]) -> dict[str, float]:
    """Divides the logits of each head by the temperature that fits `rows`, where every source counts the same.

    Sentiment is shifted too, every class of a source counting the same: what is common in one place is rare in another.
    Its temperature is then the softest that `known` bears.
    """
    logits = logits_of(network, tokenizer, rows)
    of_known = logits_of(network, tokenizer, known)["sentiment"]
    found = {}
    for head in HEADS:
        kept = [at for at, row in enumerate(rows) if row.labels.get(head, UNKNOWN) != UNKNOWN]
        labels = torch.tensor([rows[at].labels[head] for at in kept])
        parts = [(rows[at].source, rows[at].lang, rows[at].labels[head] if head == "sentiment" else 0) for at in kept]
        counts = Counter(parts)
        weights = torch.tensor([1 / counts[it] for it in parts])
        found[head], shifts = fit(logits[head][kept], labels, weights)
        if head == "sentiment":
            right = torch.tensor([row.labels[head] for row in known])
            # The shifts were fitted at the first temperature: they grow less with the logits.
            softer = softest(of_known + shifts * found[head], right, found[head])
            shifts, found[head] = shifts * found[head] / softer, softer
        outer = network.heads[head].outer
        with torch.no_grad():
            outer.weight /= found[head]
            outer.bias /= found[head]
            if head == "sentiment":
                outer.bias += shifts
    return found


def bytes_of(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as signed bytes, and what each is multiplied with."""
    scale = np.abs(matrix).max(1) / 127
    scale[scale == 0] = 1
    # The scale as it will be read, so that its rounding is part of the rounding of the row.
    scale = scale.astype(np.float16).astype(np.float32)
    return np.clip(np.round(matrix / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float16)


def write(network: Language, tokenizer, folder: Path) -> None:
    """Writes language.safetensors and language.tokenizer.json."""
    tensors = {}
    for name, value in network.state_dict().items():
        values = value.numpy()
        if values.ndim == 2 and name != "positions.weight" and values.shape[0] > 8:
            tensors[name], tensors[f"{name}.scale"] = bytes_of(values)
        else:
            tensors[name] = values.astype(np.float16)
    save_file(tensors, folder / "language.safetensors")
    tokenizer.save(str(folder / "language.tokenizer.json"), pretty=False)


def read_back(network: Language, folder: Path) -> None:
    """Fills a network with what was written, so that it computes what the program computes."""
    from safetensors.numpy import load_file

    stored = load_file(folder / "language.safetensors")
    state = {}
    for name, values in stored.items():
        if name.endswith(".scale"):
            continue
        if values.dtype == np.int8:
            values = values.astype(np.float32) * stored[f"{name}.scale"].astype(np.float32)[:, None]
        state[name] = torch.from_numpy(values.astype(np.float32))
    network.load_state_dict(state)
