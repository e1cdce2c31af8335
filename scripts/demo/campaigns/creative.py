"""What a campaign module exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kit import Canvas


@dataclass(frozen=True)
class Creative:
    """One picture: its file name, its drawing, its format."""

    name: str
    draw: Callable[[], Canvas]
    format: str = "jpg"
    shrink: float = 1.0
