"""Losses of the heads. `weights` [n] is 0 where a sample does not know the answer."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def weighted(values: Tensor, weights: Tensor) -> Tensor:
    return (values * weights).sum() / weights.sum().clamp(min=1e-6)


def attention_loss(logits: Tensor, truth: Tensor, weights: Tensor) -> Tensor:
    """Kullback-Leibler divergence of the map from people's, and one minus their correlation. [n, h, w]"""
    log_map = F.log_softmax(logits.flatten(1), 1)
    people = truth.flatten(1)
    people = people / people.sum(1, keepdim=True).clamp(min=1e-9)
    divergence = (people * (torch.log(people + 1e-9) - log_map)).sum(1)
    a = log_map.exp() - log_map.exp().mean(1, keepdim=True)
    b = people - people.mean(1, keepdim=True)
    correlation = (a * b).sum(1) / (a.norm(dim=1) * b.norm(dim=1)).clamp(min=1e-9)
    return weighted(divergence + (1 - correlation), weights)


def text_loss(logits: Tensor, truth: Tensor, weights: Tensor) -> Tensor:
    """Cross entropy per cell and the Dice loss of the whole map. [n, h, w]"""
    cells = F.binary_cross_entropy_with_logits(logits, truth, reduction="none").mean((1, 2))
    probability = logits.sigmoid()
    both = (probability * truth).sum((1, 2))
    dice = 1 - (2 * both + 20) / (probability.sum((1, 2)) + truth.sum((1, 2)) + 20)
    return weighted(2 * cells + 0.5 * dice, weights)


def face_targets(faces: Tensor, side: int, least: float) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Heat [n, side, side], geometry [n, 4, side, side], its weight, and where nothing is judged.

    faces [n, k, 5]: x, y, width, height in shares, and the teacher's score; rows of zeros are padding.
    Unsure faces (score under 0.7) and those whose longer side is under `least` of the picture's are neither face
    nor ground.
    """
    n = len(faces)
    centres = torch.arange(side, device=faces.device) + 0.5
    column, row = centres.view(1, 1, 1, side), centres.view(1, 1, side, 1)
    x, y, w, h, score = (faces[:, :, i, None, None] for i in range(5))
    cx, cy, w, h = (x + w / 2) * side, (y + h / 2) * side, w * side, h * side
    there = score > 0
    longer = torch.maximum(w, h) / side
    sure = (score >= 0.7) & (longer >= least)
    # A Gaussian of a sixth of the box, and exactly 1 in the cell that holds the centre.
    sx, sy = (w / 6).clamp(min=0.45), (h / 6).clamp(min=0.45)
    across, down = torch.exp(-((column - cx) ** 2) / (2 * sx**2)), torch.exp(-((row - cy) ** 2) / (2 * sy**2))
    centre = (column.floor() == cx.floor()) & (row.floor() == cy.floor())
    gauss = torch.where(centre, 1.0, across * down) * (sure & there)
    heat, owner = gauss.max(1)
    inside = ((column - cx).abs() < w / 2 + 0.5) & ((row - cy).abs() < h / 2 + 0.5)
    unjudged = (inside & (there & ~sure)).any(1) & (heat < 0.5)
    boxes = torch.stack([it[:, :, 0, 0] for it in (cx, cy, w.clamp(min=0.05), h.clamp(min=0.05))], 1)  # [n, 4, k]
    boxes = boxes.gather(2, owner.flatten(1)[:, None].expand(n, 4, side * side)).view(n, 4, side, side)
    geometry = torch.stack([boxes[:, 0] - column[:, 0], boxes[:, 1] - row[:, 0], boxes[:, 2].log(), boxes[:, 3].log()], 1)
    return heat, geometry, (heat > 0.6) * heat, unjudged


def face_loss(outputs: Tensor, faces: Tensor, weights: Tensor, least: float) -> Tensor:
    """Focal loss on the heat and L1 on the boxes, as in "Objects as Points" (Zhou et al. 2019). [n, 5, h, w]"""
    faces = faces[:, : max(1, int((faces[:, :, 4] > 0).sum(1).max()))]  # padding comes last
    heat, geometry, trust, unjudged = face_targets(faces, outputs.shape[-1], least)
    logit = outputs[:, 0]
    p = logit.sigmoid().clamp(1e-5, 1 - 1e-5)
    positive = -((1 - p) ** 2) * p.log() * (heat == 1)
    negative = -((1 - heat) ** 4) * p**2 * (1 - p).log() * (heat < 1)
    focal = ((positive + negative) * ~unjudged).sum((1, 2))
    error = (outputs[:, 1:] - geometry).abs()
    boxes = ((error[:, :2].sum(1) * 0.5 + error[:, 2:].sum(1)) * trust).sum((1, 2))
    total = ((focal + 0.5 * boxes) * weights).sum()
    found = ((heat == 1).sum((1, 2)) * weights).sum()
    return total / found.clamp(min=4.0)
