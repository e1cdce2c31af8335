"""Receipts, scanned flat or photographed, and pages of print."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image, ImageFilter

from . import words
from .backgrounds import BLACK, WHITE, Photos, paper
from .canvas import Canvas, Ink, veil
from .fonts import Fonts, sized


def receipt(r: Random, fonts: Fonts, photos: Photos, lang: str) -> tuple[Canvas, bool]:
    """A till receipt, scanned flat or photographed on something; the flag says which (True: photographed)."""
    w = r.randint(230, 430)
    path, size = fonts.pick(r, r.choice(("mono", "mono", "mono", "sans"))), round(w / r.uniform(22, 40))
    size = max(8, size)
    leading = r.uniform(1.1, 1.7)
    gray = r.randint(20, 110)
    ink = Ink((gray, gray, min(255, gray + r.choice((0, 0, 25)))))
    rows: list[tuple[str, ...]] = []
    rows += [(words.brand(r).upper(),), (words.address(r),), (words.phone(r),)][: r.randint(1, 3)]
    rows += [(words.sentence(r, lang, 2, 5).upper(),) for _ in range(r.randint(0, 3))] + [()]
    rows += [(words.date(r), f"#{r.randint(100, 99999)}"), ("-",)]
    upper = r.random() < 0.6
    for _ in range(r.randint(2, 16)):
        name = words.good(r, lang)[: r.randint(8, 22)]
        code = (
            f"{r.randint(1, 12)} x " if r.random() < 0.4 else f"{r.randint(10**5, 10**6)} " if r.random() < 0.2 else ""
        )
        rows.append((code + (name.upper() if upper else name), words.amount(r)))
    rows += [("-",)] + [(words.total(r, lang), words.amount(r)) for _ in range(r.randint(1, 5))] + [()]
    rows += [(words.sentence(r, lang, 2, 6).upper(),) for _ in range(r.randint(0, 4))]
    step = size * leading
    h = round(step * (len(rows) + 3))
    sheet = Canvas(paper(r, w, h), r, fonts, lang)
    m, y = w * r.uniform(0.04, 0.1), step * 1.5
    font = sized(path, size)
    for row in rows:
        y += step
        if row == ("-",):
            for x in range(round(m), round(w - m), max(4, size // 2)):
                sheet.draw.line((x, y - size * 0.3, x + size * r.choice((0.25, 0.3)), y - size * 0.3), ink.fill, 1)
        elif len(row) == 1:
            big = (
                size
                if r.random() < 0.8
                else min(round(size * 1.6), round(size * (w - 2 * m) / max(1, font.getlength(row[0]))))
            )
            text = row[0]
            while font.getlength(text) * big / size > w - 2 * m and " " in text:
                text = text.rpartition(" ")[0]
            sheet.line(w / 2, y, text, path, max(7, big), ink, "center")
        elif row:
            room = w - 2 * m - font.getlength(row[1]) - size
            text = row[0]
            while font.getlength(text) > room and len(text) > 3:
                text = text[:-1]
            sheet.line(m, y, text, path, size, ink)
            sheet.line(w - m, y, row[1], path, size, ink, "right")
    if r.random() < 0.3:
        barcode(sheet, m * 2, h - step * 1.3, w - 4 * m, step)
    worn(sheet)
    if r.random() < 0.55:
        out_w, out_h = round(w * r.uniform(1, 1.15)), round(h * r.uniform(1, 1.08))
        if max(out_w, out_h) > 760:
            out_h = max(out_w, 760)
        c = Canvas(paper(r, out_w, out_h, r.randint(120, 255)), r, fonts, lang)
        lay(c, sheet, r.uniform(-2.5, 2.5), 0.01)
        return c, False
    out_h = min(700, round(h * r.uniform(0.9, 1.2)))
    out_w = round(out_h * r.uniform(0.5, 1.1))
    c = Canvas(photos.filling(r, max(200, out_w), out_h), r, fonts, lang)
    lay(c, sheet, r.uniform(-12, 12), 0.05)
    return c, True


def worn(sheet: Canvas) -> None:
    """Dots of a needle printer, faded stripes, blur."""
    r = sheet.r
    w, h = sheet.size
    roll = r.random()
    if roll < 0.3:
        grid = np.zeros((h, w), np.uint8)
        grid[:: r.choice((2, 3))] = r.randint(60, 170)
        sheet.picture.paste(WHITE, (0, 0), Image.fromarray(grid))
    elif roll < 0.5:
        for _ in range(r.randint(1, 4)):
            x = r.uniform(0, w)
            veil(sheet.picture, (x, 0, x + r.uniform(3, 40), h), (240, 240, 240), r.randint(40, 150))
    if r.random() < 0.4:
        sheet.picture = sheet.picture.filter(ImageFilter.GaussianBlur(r.uniform(0.3, 0.9)))


def barcode(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    x, end, draw = round(x), x + w, c.draw
    while x < end:
        bar = c.r.choice((1, 1, 2, 3))
        draw.rectangle((x, y, x + bar - 1, y + h), BLACK)
        x += bar + c.r.choice((1, 1, 2, 3))


def lay(c: Canvas, sheet: Canvas, degrees: float, tilt: float) -> None:
    """Puts a sheet on the picture, turned and seen a little from the side, nearly filling it."""
    r = c.r
    w, h = c.size
    scale = min(w / sheet.size[0], h / sheet.size[1]) * r.uniform(0.86, 1.02)
    half = np.array(sheet.size) * scale / 2
    t = np.radians(degrees)
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    square += np.array([[r.uniform(-1, 1), r.uniform(-1, 1)] for _ in range(4)]) * tilt * half.min()
    rotation = np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]])
    picture = sheet.picture
    if scale < 0.8:  # the projective map does not average what it reduces
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        small = Canvas(picture.resize(size, Image.Resampling.BILINEAR), r, c.fonts, c.lang)
        for line in sheet.lines:
            small.lines.append(type(line)(line.size * scale, [quad * scale for quad in line.quads]))
        sheet = small
    sheet.picture = sheet.picture.convert("RGBA")
    c.place(sheet, square @ rotation + (w / 2 + r.uniform(-0.02, 0.02) * w, h / 2))


def document(c: Canvas, photos: Photos) -> None:
    """A page of paragraphs, perhaps with a title, columns, a table."""
    r = c.r
    w, h = c.size
    c.picture.paste(paper(r, w, h), (0, 0))
    path, m = c.fonts.pick(r, r.choice(("serif", "serif", "sans", "mono"))), w * r.uniform(0.05, 0.14)
    gray = r.randint(0, 90)
    ink, size, y = Ink((gray,) * 3), r.choice((7, 8, 9, 10, 11, 12, 14)), m
    if r.random() < 0.7:
        y = (
            c.block(
                (m, y, w - m, h * 0.2),
                words.sentence(r, c.lang, 2, 7),
                path,
                ink,
                round(size * r.uniform(1.4, 2.6)),
                9,
                r.choice(("left", "center")),
            )
            + size
        )
    columns = r.choice((1, 1, 2)) if w > 380 else 1
    cw = (w - 2 * m) / columns
    for i in range(columns):
        at = y
        while at < h - m - size:
            left = m + i * cw
            if r.random() < 0.15:
                n = r.randint(3, 7)
                for _ in range(n):
                    at += size * 1.5
                    if at > h - m:
                        break
                    c.draw.line((left, at + size * 0.3, left + cw - 10, at + size * 0.3), (190,) * 3)
                    c.line(left, at, words.good(r, c.lang), path, size, ink)
                    c.line(left + cw - 12, at, words.amount(r), path, size, ink, "right")
                at += size
            else:
                at = (
                    c.block(
                        (
                            left,
                            at,
                            left + cw - (12 if columns > 1 else 0),
                            min(h - m, at + r.uniform(3, 14) * size * 1.3),
                        ),
                        words.paragraph(r, c.lang, r.randint(2, 9)),
                        path,
                        ink,
                        size,
                        size,
                        "left",
                        r.uniform(1.15, 1.5),
                    )
                    + size
                )
