"""Drawn goods: bottles, boxes, tins, tubes, jars, pouches, with or without a label."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import words
from .backgrounds import against, color, icon
from .canvas import Box, Canvas, Ink


def product(c: Canvas, box: Box, labelled: bool) -> None:
    """One thing in the box, shaded and with a shadow under it; with words on its label if asked."""
    r = c.r
    left, top, right, bottom = box
    w, h = max(12, round(right - left)), max(16, round(bottom - top))
    form = r.choice(("bottle", "box", "tin", "tube", "jar", "pouch", "phone"))
    narrow = {"bottle": 0.42, "tube": 0.36, "tin": 0.6, "jar": 0.75, "phone": 0.5}.get(form, 0.8)
    w = max(10, round(min(w, h * narrow * r.uniform(0.85, 1.2))))
    left = (left + right - w) / 2
    outline = Image.new("L", (w, h))
    d = ImageDraw.Draw(outline)
    if form == "bottle":
        neck, shoulder = r.uniform(0.3, 0.5) * w, r.uniform(0.2, 0.4) * h
        d.rounded_rectangle((0, shoulder, w - 1, h - 1), w * 0.12, 255)
        d.polygon(
            [
                ((w - neck) / 2, h * 0.1),
                ((w + neck) / 2, h * 0.1),
                (w - 1, shoulder + w * 0.15),
                (0, shoulder + w * 0.15),
            ],
            255,
        )
        d.rectangle(((w - neck) / 2, 0, (w + neck) / 2, h * 0.12), 255)
    elif form == "tube":
        d.polygon([(0, 0), (w - 1, 0), (w * 0.85, h * 0.85), (w * 0.15, h * 0.85)], 255)
        d.rectangle((w * 0.28, h * 0.85, w * 0.72, h - 1), 255)
    elif form == "jar":
        d.rounded_rectangle((0, h * 0.18, w - 1, h - 1), w * 0.15, 255)
        d.rectangle((w * 0.06, 0, w * 0.94, h * 0.17), 255)
    elif form == "pouch":
        d.polygon(
            [(w * 0.06, 0), (w * 0.94, 0), (w - 1, h * 0.15), (w * 0.97, h - 1), (w * 0.03, h - 1), (0, h * 0.15)], 255
        )
    else:
        d.rounded_rectangle((0, 0, w - 1, h - 1), {"tin": w * 0.08, "phone": w * 0.14}.get(form, 1), 255)
    paint = np.array(color(r, r.choice(("strong", "light", "dark", "any"))), np.float32)
    across = np.linspace(-1, 1, w)
    shade = (
        1 - 0.45 * np.abs(across) ** r.uniform(1.5, 4)
        if form not in ("box", "phone")
        else 1 - 0.08 * (across > r.uniform(-0.2, 0.9))
    )
    shine = 90 * np.exp(-(((across - r.uniform(-0.6, 0.2)) / 0.12) ** 2)) * (r.random() < 0.6)
    body = (paint[None, None] * shade[None, :, None] + shine[None, :, None]).clip(0, 255)
    body = np.repeat(body, h, 0)
    lid = round(h * r.uniform(0.08, 0.2))
    if form in ("bottle", "jar", "tin"):
        body[:lid] = body[:lid] * 0.4 + np.array(color(r)) * 0.6 * shade[None, :, None]
    at = (round(left), round(top))
    ground = Image.new("L", (round(w * 1.5), max(4, round(h * 0.1))))
    ImageDraw.Draw(ground).ellipse((w * 0.2, ground.height * 0.3, w * 1.3, ground.height * 0.8), 120)
    ground = ground.filter(ImageFilter.GaussianBlur(max(1, h // 60)))
    c.picture.paste((20, 20, 25), (round(left - w * 0.25), round(top + h - ground.height * 0.6)), ground)
    c.picture.paste(Image.fromarray(body.astype(np.uint8)), at, outline)
    plate = (left + w * 0.08, top + h * r.uniform(0.36, 0.45), left + w * 0.92, top + h * r.uniform(0.75, 0.92))
    if form == "phone":
        plate = (left + w * 0.05, top + h * 0.05, left + w * 0.95, top + h * 0.95)
    if form == "phone" or r.random() < 0.6:
        c.draw.rectangle(plate, color(r, r.choice(("light", "dark", "strong"))))
    pw, ph = plate[2] - plate[0], plate[3] - plate[1]
    if not labelled:
        if r.random() < 0.6:
            size = min(pw, ph) * 0.5
            icon(r, c.draw, plate[0] + (pw - size) / 2, plate[1] + (ph - size) / 2, size, color(r))
        return
    name, fine = c.fonts.pick(r, r.choice(("display", "serif", "hand", "sans"))), c.fonts.pick(r, "sans")
    ink = Ink(against(r, c.shade(plate)))
    y = c.block(
        (plate[0] + 2, plate[1] + ph * 0.05, plate[2] - 2, plate[1] + ph * 0.5),
        words.brand(r),
        name,
        ink,
        round(ph * 0.35),
        7,
        "center",
        1.0,
        2,
    )
    if r.random() < 0.5:
        icon(r, c.draw, plate[0] + pw * 0.4, y + ph * 0.03, min(pw, ph) * 0.2, ink.fill)
        y += ph * 0.26
    for _ in range(r.randint(0, 3)):
        if y > plate[3] - 8:
            break
        y = c.block(
            (plate[0] + 3, y, plate[2] - 3, plate[3]),
            words.good(r, c.lang),
            fine,
            ink,
            max(7, round(ph * 0.1)),
            6,
            "center",
            1.15,
            2,
        )
