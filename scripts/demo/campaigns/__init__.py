"""The demo campaigns, one module each."""

from campaigns import brasal, copperspoon, halmere, lenga, morralito, ventoa, zankia
from campaigns.creative import Creative

ALL: list[Creative] = [
    *brasal.CREATIVES,
    *zankia.CREATIVES,
    *morralito.CREATIVES,
    *halmere.CREATIVES,
    *lenga.CREATIVES,
    *ventoa.CREATIVES,
    *copperspoon.CREATIVES,
]

__all__ = ["ALL", "Creative"]
