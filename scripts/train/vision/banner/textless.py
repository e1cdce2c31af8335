"""Pictures without words that a text map likes to fall for: grids, fences, foliage, keys, bars, signs."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from .backgrounds import WHITE, Photos, against, color, icon, plain, shapes
from .canvas import Canvas, gradient
from .products import product


def lattice(c: Canvas) -> None:
    """A fence, a grid, window blinds, a chessboard, perhaps over a photograph."""
    r = c.r
    w, h = c.size
    step, thick, paint, slope = r.uniform(6, 60), r.randint(1, 6), color(r), r.choice((0, 0, 1, -1, 0.5))
    draw = c.draw
    for k in range(int(-h / step) - 1, int((w + h) / step) + 1):
        draw.line((k * step, 0, k * step + slope * h, h), paint, thick)
        if r.random() < 0.97 and slope != 0.5:
            if slope:
                draw.line((k * step, 0, k * step - slope * h, h), paint, thick)
            else:
                draw.line((0, k * step, w, k * step), paint, thick)


def bricks(c: Canvas) -> None:
    r = c.r
    w, h = c.size
    bw = r.uniform(14, 90)
    bh, base, joint = bw * r.uniform(0.25, 0.6), color(r), max(1, round(bw * 0.05))
    c.picture.paste(against(r, base), (0, 0, w, h))
    for j in range(int(h / bh) + 1):
        for i in range(-1, int(w / bw) + 1):
            x, y, f = (i + 0.5 * (j % 2)) * bw, j * bh, r.uniform(0.75, 1.15)
            c.draw.rectangle((x, y, x + bw - joint, y + bh - joint), tuple(min(255, int(v * f)) for v in base))


def foliage(c: Canvas) -> None:
    """Many small strokes: leaves, grass, gravel, feathers."""
    r = c.r
    w, h = c.size
    c.picture.paste(gradient(w, h, color(r), color(r, "dark")), (0, 0))
    size, spread, base, draw = r.uniform(3, 22), r.uniform(0.1, 3.2), r.uniform(0, 6.3), c.draw
    paints = [color(r) for _ in range(6)]
    for _ in range(int(min(1500, 2.5 * w * h / size**2))):
        x, y, a, d = r.uniform(0, w), r.uniform(0, h), base + r.uniform(-spread, spread), size * r.uniform(0.5, 1.5)
        dx, dy = d * math.cos(a), d * math.sin(a)
        draw.polygon(
            [
                (x, y),
                (x + dx / 2 - dy * 0.2, y + dy / 2 + dx * 0.2),
                (x + dx, y + dy),
                (x + dx / 2 + dy * 0.2, y + dy / 2 - dx * 0.2),
            ],
            r.choice(paints),
        )


def keys(c: Canvas) -> None:
    """Rows of blank keys, windows or tiles, some lit."""
    r = c.r
    w, h = c.size
    ground, paint, lit, size = color(r), color(r), color(r, "light"), r.uniform(10, 50)
    c.picture.paste(ground, (0, 0, w, h))
    y = size * 0.3
    while y < h:
        x = r.uniform(-0.5, 0.3) * size
        while x < w:
            kw = size * r.choice((1, 1, 1, 1.5, 2))
            c.draw.rounded_rectangle(
                (x, y, x + kw - size * 0.15, y + size * 0.85), size * 0.12, lit if r.random() < 0.12 else paint
            )
            x += kw
        y += size


def signs(c: Canvas) -> None:
    """Icons in a grid, as on a sheet of signs."""
    r = c.r
    w, h = c.size
    step = r.uniform(24, 120)
    for j in range(int(h / step)):
        for i in range(int(w / step)):
            x, y = (i + 0.2) * step, (j + 0.2) * step
            icon(r, c.draw, x, y, step * 0.6, against(r, c.shade((x, y, x + step, y + step)), 0))


def skeleton(c: Canvas) -> None:
    """A page before it has loaded: bars where lines will be, blocks for pictures."""
    r = c.r
    w, h = c.size
    c.picture.paste(r.choice((WHITE, (248, 248, 250), (30, 32, 38))), (0, 0, w, h))
    paint, bar, y = against(r, c.shade((0, 0, w, h)), 1), r.uniform(4, 18), 8.0
    while y < h:
        if r.random() < 0.25:
            tall = h * r.uniform(0.1, 0.3)
            c.draw.rounded_rectangle((w * 0.05, y, w * r.uniform(0.3, 0.95), y + tall), 6, paint)
            y += tall
        for _ in range(r.randint(1, 6)):
            y += bar * 1.7
            c.draw.rounded_rectangle((w * 0.05, y, w * r.uniform(0.3, 0.95), y + bar), bar * r.choice((0, 0.5)), paint)
        y += bar * 2


def waves(c: Canvas) -> None:
    """Fine stripes, rings and moire."""
    r = c.r
    w, h = c.size
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    a, k = r.uniform(0, 6.3), 6.283 / r.uniform(4, 60)
    along = (
        xs * math.cos(a) + ys * math.sin(a)
        if r.random() < 0.6
        else np.hypot(xs - r.uniform(0, w), ys - r.uniform(0, h))
    )
    level = np.sin(k * along + r.uniform(0, 3) * np.sin(ys * r.uniform(0.005, 0.05)))
    share = ((level > r.uniform(-0.6, 0.6)) if r.random() < 0.5 else level / 2 + 0.5).astype(np.float32)[..., None]
    first, second = (np.array(color(r), np.float32) for _ in range(2))
    c.picture.paste(Image.fromarray((first * share + second * (1 - share)).astype(np.uint8)), (0, 0))


def stitches(c: Canvas) -> None:
    """Short strokes in rows: stitches, rails, teeth of a comb, railings, dots."""
    r = c.r
    w, h = c.size
    row, gap, y = r.uniform(8, 60), r.uniform(3, 16), r.uniform(0, 20)
    paint, thick, dots, lean = color(r), r.randint(1, 4), r.random() < 0.4, r.uniform(-0.5, 0.5)
    while y < h:
        tall = row * r.uniform(0.3, 0.7)
        for k in range(int(w / gap) + 1):
            x = k * gap
            if dots:
                c.draw.ellipse((x, y, x + gap * 0.6, y + gap * 0.6), paint)
            else:
                c.draw.line((x, y, x + lean * tall, y + tall), paint, thick)
        y += row


PATTERNS = (lattice, bricks, foliage, keys, signs, waves, stitches, lattice, signs)


def pattern(c: Canvas, photos: Photos) -> None:
    """A pattern over the whole picture or over part of it."""
    r = c.r
    w, h = c.size
    draw = r.choice(PATTERNS)
    if r.random() < 0.5:
        draw(c)
        return
    part = Canvas(
        plain(r, max(8, round(w * r.uniform(0.2, 0.7))), max(8, round(h * r.uniform(0.2, 0.7)))), r, c.fonts, c.lang
    )
    draw(part)
    c.picture.paste(part.picture, (r.randint(0, w - part.size[0]), r.randint(0, h - part.size[1])))


def wordless_design(c: Canvas, photos: Photos) -> None:
    """An advertisement's picture before its words: shapes, photographs in frames, goods."""
    r = c.r
    w, h = c.size
    shapes(r, c.picture)
    for _ in range(r.randint(0, 3)):
        pw, ph = max(12, round(w * r.uniform(0.2, 0.6))), max(12, round(h * r.uniform(0.2, 0.6)))
        c.picture.paste(photos.filling(r, pw, ph), (r.randint(0, w - pw), r.randint(0, h - ph)))
    if r.random() < 0.5:
        product(c, (w * 0.25, h * 0.15, w * 0.75, h * 0.85), False)
    for _ in range(r.randint(0, 4)):
        d = min(w, h) * r.uniform(0.05, 0.25)
        icon(r, c.draw, r.uniform(0, w - d), r.uniform(0, h - d), d, color(r))
