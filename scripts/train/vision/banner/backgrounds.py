"""What lies behind and beside the text: colours, shapes, photographs, products, and things like letters.

Nothing drawn here is text.
"""

from __future__ import annotations

import colorsys
import math
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from .canvas import Color, gradient

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def color(r: Random, tone: str = "any") -> Color:
    """tone: any | light | dark | strong."""
    hue = r.random()
    saturation, value = {
        "any": lambda: (r.uniform(0, 1), r.uniform(0.1, 1)),
        "light": lambda: (r.uniform(0, 0.25) ** 1.3, r.uniform(0.85, 1)),
        "dark": lambda: (r.uniform(0.1, 0.9), r.uniform(0.04, 0.35)),
        "strong": lambda: (r.uniform(0.65, 1), r.uniform(0.6, 1)),
    }[tone]()
    return tuple(round(255 * c) for c in colorsys.hsv_to_rgb(hue, saturation, value))


def luminance(c: Color) -> float:
    return (0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]) / 255


def against(r: Random, under: Color, faint: float = 0.06) -> Color:
    """A colour for letters that can be read on another; now and then only just."""
    light = luminance(under)
    if r.random() < faint:
        step = r.choice((-1, 1)) * r.randint(28, 60)
        return tuple(min(255, max(0, v + step)) for v in under)
    for _ in range(12):
        choice = r.choice((WHITE, WHITE, BLACK, (30, 30, 35), color(r, "strong"), color(r, "dark"), color(r, "light")))
        if abs(luminance(choice) - light) > 0.35:
            return choice
    return WHITE if light < 0.5 else BLACK


class Photos:
    """Photographs without words, read once, at most 700 pixels long."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files

    def pick(self, r: Random) -> Image.Image:
        return _photo(self.files[r.randrange(len(self.files))])

    def filling(self, r: Random, w: int, h: int, filters: bool = True) -> Image.Image:
        """A part of a photograph that fills w x h."""
        picture = self.pick(r)
        if r.random() < 0.5:
            picture = ImageOps.mirror(picture)
        share = r.uniform(0.55, 1)
        cw = min(picture.width, picture.height * w / h) * share
        ch = cw * h / w
        left, top = r.uniform(0, picture.width - cw), r.uniform(0, picture.height - ch)
        picture = picture.resize((w, h), Image.Resampling.BILINEAR, (left, top, left + cw, top + ch))
        if filters:
            roll = r.random()
            if roll < 0.12:
                picture = picture.filter(ImageFilter.BoxBlur(r.uniform(1, 8)))
            elif roll < 0.2:
                picture = ImageOps.grayscale(picture).convert("RGB")
            elif roll < 0.3:
                picture = Image.blend(picture, Image.new("RGB", (w, h), color(r)), r.uniform(0.15, 0.6))
            elif roll < 0.45:
                picture = ImageEnhance.Brightness(picture).enhance(r.uniform(0.4, 0.9))
            elif roll < 0.5:
                picture = ImageEnhance.Color(picture).enhance(r.uniform(1.2, 1.8))
        return picture


@lru_cache(450)
def _photo(path: Path) -> Image.Image:
    picture = Image.open(path).convert("RGB")
    picture.thumbnail((700, 700), Image.Resampling.BICUBIC)
    return picture


def plain(r: Random, w: int, h: int) -> Image.Image:
    """A solid colour, a gradient, or shapes."""
    roll = r.random()
    if roll < 0.35:
        return Image.new(
            "RGB", (w, h), r.choice((WHITE, color(r, "light"), color(r, "dark"), color(r, "strong"), color(r)))
        )
    tone = r.choice(("light", "dark", "strong", "any"))
    base = gradient(w, h, color(r, tone), color(r, tone), r.uniform(0, 6.3))
    return base if roll < 0.6 else shapes(r, base)


def shapes(r: Random, picture: Image.Image) -> Image.Image:
    """Discs, bands, waves, confetti, rays over a picture, in place."""
    w, h = picture.size
    draw = ImageDraw.Draw(picture, "RGBA")
    paint = lambda: (*color(r, r.choice(("light", "strong", "dark"))), r.randint(40, 255))  # noqa: E731
    form = r.choice(("discs", "bands", "waves", "confetti", "rays", "rings", "blocks", "triangles"))
    if form == "discs":
        for _ in range(r.randint(1, 7)):
            x, y, d = r.uniform(0, w), r.uniform(0, h), r.uniform(0.05, 0.6) * max(w, h)
            draw.ellipse((x - d / 2, y - d / 2, x + d / 2, y + d / 2), paint())
    elif form == "bands":
        slope, step, p = r.uniform(-0.6, 0.6), r.uniform(0.03, 0.3) * w, paint()
        x = -w
        while x < 2 * w:
            draw.polygon([(x, 0), (x + step / 2, 0), (x + step / 2 + slope * h, h), (x + slope * h, h)], p)
            x += step
    elif form == "waves":
        for _ in range(r.randint(1, 4)):
            y, a, k, f = r.uniform(0.3, 1) * h, r.uniform(0.02, 0.12) * h, r.uniform(1, 4) * 6.28 / w, r.uniform(0, 6)
            draw.polygon([(0, h), *((x, y + a * math.sin(k * x + f)) for x in range(0, w + 8, 8)), (w, h)], paint())
    elif form == "confetti":
        paints = [paint() for _ in range(5)]
        for _ in range(r.randint(20, 160)):
            x, y, d = r.uniform(0, w), r.uniform(0, h), r.uniform(2, 9)
            (draw.ellipse if r.random() < 0.5 else draw.rectangle)(
                (x, y, x + d, y + d * r.uniform(0.4, 1)), r.choice(paints)
            )
    elif form == "rays":
        n, p, cx, cy = r.randint(8, 24), paint(), r.uniform(0, w), r.uniform(0, h)
        for i in range(n):
            a, b, far = 6.283 * i / n, 6.283 * (i + 0.5) / n, 2 * max(w, h)
            draw.polygon(
                [
                    (cx, cy),
                    (cx + far * math.cos(a), cy + far * math.sin(a)),
                    (cx + far * math.cos(b), cy + far * math.sin(b)),
                ],
                p,
            )
    elif form == "rings":
        for _ in range(r.randint(1, 5)):
            x, y, d = r.uniform(0, w), r.uniform(0, h), r.uniform(0.05, 0.5) * max(w, h)
            draw.ellipse((x - d / 2, y - d / 2, x + d / 2, y + d / 2), None, paint(), r.randint(2, 16))
    elif form == "blocks":
        for _ in range(r.randint(1, 4)):
            x, y = r.uniform(-0.2, 0.8) * w, r.uniform(-0.2, 0.8) * h
            draw.rectangle((x, y, x + r.uniform(0.2, 0.9) * w, y + r.uniform(0.2, 0.9) * h), paint())
    else:
        for _ in range(r.randint(1, 5)):
            draw.polygon([(r.uniform(-0.2, 1.2) * w, r.uniform(-0.2, 1.2) * h) for _ in range(3)], paint())
    return picture


def paper(r: Random, w: int, h: int, value: int | None = None) -> Image.Image:
    """White or grey paper with stains of light and grain."""
    value = value or r.randint(190, 252)
    grain = np.random.default_rng(r.getrandbits(63))
    coarse = Image.fromarray((grain.random((5, 5)) * 255).astype(np.uint8)).resize((w, h), Image.Resampling.BICUBIC)
    levels = (
        value
        + (np.asarray(coarse, np.float32) - 128) * r.uniform(0, 0.2)
        + grain.normal(0, r.uniform(0.3, 5), (h, w)).astype(np.float32)
    )
    tint = np.array([0, r.uniform(-3, 1), r.uniform(-14, 3)], np.float32)
    return Image.fromarray((levels[..., None] + tint).clip(0, 255).astype(np.uint8))


def background(r: Random, photos: Photos, w: int, h: int, photo: float = 0.5) -> Image.Image:
    return photos.filling(r, w, h) if r.random() < photo else plain(r, w, h)


def icon(r: Random, draw: ImageDraw.ImageDraw, x: float, y: float, d: float, fill: Color) -> None:
    """A small sign of some kind in the d x d square at x, y."""
    form = r.choice(
        ("disc", "ring", "square", "star", "heart", "bars", "house", "play", "cross", "drop", "bag", "person")
    )
    thick = max(1, round(d / 9))
    if form == "disc":
        draw.ellipse((x, y, x + d, y + d), fill)
    elif form == "ring":
        draw.ellipse((x, y, x + d, y + d), None, fill, thick)
    elif form == "square":
        draw.rounded_rectangle((x, y, x + d, y + d), d / 5, None, fill, thick)
    elif form == "star":
        draw.polygon(star(x + d / 2, y + d / 2, d / 2, d / 4.6, 5), fill)
    elif form == "heart":
        draw.ellipse((x, y, x + d * 0.55, y + d * 0.55), fill)
        draw.ellipse((x + d * 0.45, y, x + d, y + d * 0.55), fill)
        draw.polygon([(x + d * 0.06, y + d * 0.42), (x + d * 0.94, y + d * 0.42), (x + d / 2, y + d)], fill)
    elif form == "bars":
        for i in range(3):
            draw.rectangle((x, y + d * (0.15 + 0.3 * i), x + d, y + d * (0.15 + 0.3 * i) + thick), fill)
    elif form == "house":
        draw.polygon([(x, y + d / 2), (x + d / 2, y), (x + d, y + d / 2)], fill)
        draw.rectangle((x + d * 0.2, y + d / 2, x + d * 0.8, y + d), fill)
    elif form == "play":
        draw.polygon([(x + d * 0.15, y), (x + d, y + d / 2), (x + d * 0.15, y + d)], fill)
    elif form == "cross":
        draw.line((x, y, x + d, y + d), fill, thick)
        draw.line((x, y + d, x + d, y), fill, thick)
    elif form == "drop":
        draw.polygon([(x + d / 2, y), (x + d * 0.8, y + d * 0.55), (x + d * 0.2, y + d * 0.55)], fill)
        draw.ellipse((x + d * 0.17, y + d * 0.35, x + d * 0.83, y + d), fill)
    elif form == "bag":
        draw.rectangle((x, y + d * 0.3, x + d, y + d), fill)
        draw.arc((x + d * 0.25, y, x + d * 0.75, y + d * 0.6), 180, 360, fill, thick)
    else:
        draw.ellipse((x + d * 0.28, y, x + d * 0.72, y + d * 0.45), fill)
        draw.pieslice((x, y + d * 0.5, x + d, y + d * 1.5), 180, 360, fill)


def star(cx: float, cy: float, outer: float, inner: float, points: int) -> list[tuple[float, float]]:
    corners = []
    for i in range(2 * points):
        reach, angle = (outer, inner)[i % 2], math.pi * i / points
        corners.append((cx + reach * math.sin(angle), cy - reach * math.cos(angle)))
    return corners
