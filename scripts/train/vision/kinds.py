"""Which kind of picture a row of the distillation set shows, and which rows training must not see.

Only kinds whose name settles the question are labelled; the rest is None and trains nothing.

| kind in index.csv | label | why |
| --- | --- | --- |
| photo_object, mixed_web | photo | photographs of things and scenes (Caltech-101; a few drawings among them) |
| product_clothing | photo | snapshots of clothes on floors, hangers and people, not cut out |
| product_packaging_food | None | cartons and fruit photographed in shops: half packshot, half snapshot |
| ad_composed_*, ad_creative, poster | design | layouts with type, shapes and pictures |
| web_banner_stock | None | headers, stock photographs and icons of page templates, mixed |
| social_post | None | meme templates: most are photographs without their words |
| screenshot_page | screenshot | captures of web pages |
| logo, product_shot, packaging_boxart | logo_or_packshot | marks, cut-out products, flat box covers |

Rows that may not be trained on (open_licence = no) have labels too: evaluation uses them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

KINDS = ("photo", "design", "screenshot", "logo_or_packshot")
UNLABELED = 255  # in arrays of labels
HELD_OUT = 0.2

_LABELS = {
    "photo_object": "photo",
    "mixed_web": "photo",
    "product_clothing": "photo",
    "ad_creative": "design",
    "poster": "design",
    "screenshot_page": "screenshot",
    "logo": "logo_or_packshot",
    "product_shot": "logo_or_packshot",
    "packaging_boxart": "logo_or_packshot",
}


def kind_of(row: Mapping[str, str]) -> str | None:
    """One of KINDS, or None where the row's kind does not settle it."""
    kind = row["kind"]
    return "design" if kind.startswith("ad_composed_") else _LABELS.get(kind)


def group_of(row: Mapping[str, str]) -> str:
    """What must stay on one side of the split: a picture, and what was composed of it.

    Composed ads name the pictures they use and stand with the first of them, or alone. Marks of one topic
    and shots of one product share a folder in their source, which is their group.
    """
    if row["kind"].startswith("ad_composed_"):
        return row["original_path"].split("+")[0] or row["file"]
    if row["kind"] in ("logo", "product_shot"):
        return row["original_path"].rpartition("/")[0]
    return row["file"]


def held_out(row: Mapping[str, str]) -> bool:
    """Whether the row belongs to the fifth of the groups kept for evaluation."""
    digest = hashlib.sha256(f"kinds/{group_of(row)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < HELD_OUT


def for_evaluation(row: Mapping[str, str]) -> bool:
    """Held out, or never trained on because its licence forbids."""
    return row["open_licence"] != "yes" or held_out(row)
