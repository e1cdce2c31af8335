"""Receipts, documents, screens: pictures that are mostly text."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image, ImageFilter

from . import words
from .backgrounds import BLACK, WHITE, Photos, against, color, icon, paper
from .canvas import Canvas, Ink, veil
from .fonts import Fonts, sized
from .products import product


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
        code = f"{r.randint(1, 12)} x " if r.random() < 0.4 else f"{r.randint(10**5, 10**6)} " if r.random() < 0.2 else ""
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
            big = size if r.random() < 0.8 else min(round(size * 1.6), round(size * (w - 2 * m) / max(1, font.getlength(row[0]))))
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
        y = c.block((m, y, w - m, h * 0.2), words.sentence(r, c.lang, 2, 7), path, ink, round(size * r.uniform(1.4, 2.6)), 9, r.choice(("left", "center"))) + size
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
                at = c.block((left, at, left + cw - (12 if columns > 1 else 0), min(h - m, at + r.uniform(3, 14) * size * 1.3)), words.paragraph(r, c.lang, r.randint(2, 9)), path, ink, size, size, "left", r.uniform(1.15, 1.5)) + size  # fmt: skip


def web_page(c: Canvas, photos: Photos) -> None:
    """A site's page: bar, picture, cards, paragraphs."""
    r = c.r
    w, h = c.size
    dark = r.random() < 0.2
    ground = color(r, "dark") if dark else r.choice((WHITE, WHITE, (246, 247, 249), color(r, "light")))
    c.picture.paste(ground, (0, 0, w, h))
    path, bold = c.fonts.pick(r, "sans"), c.fonts.pick(r, r.choice(("sans", "display", "serif")))
    ink, accent = Ink((225,) * 3 if dark else (r.randint(10, 80),) * 3), color(r, "strong")
    size, y = max(7, round(w / r.uniform(46, 80))), 0.0
    if r.random() < 0.3:  # browser
        c.draw.rectangle((0, 0, w, size * 2.4), (222, 225, 230))
        for i in range(3):
            c.draw.ellipse((8 + i * 14, size * 0.8, 17 + i * 14, size * 0.8 + 9), color(r, "strong"))
        c.draw.rounded_rectangle((60, size * 0.4, w * 0.8, size * 2), size * 0.8, WHITE)
        c.line(70, size * 1.55, words.address(r), path, size, Ink((90,) * 3))
        y = size * 2.4
    bar = size * r.uniform(2.6, 4)
    c.draw.rectangle((0, y, w, y + bar), r.choice((ground, accent, (35, 38, 45))))
    top = Ink(against(r, c.shade((0, y, w, y + bar)), 0))
    c.line(w * 0.03, y + bar / 2 + size * 0.5, words.brand(r), bold, round(size * 1.4), top)
    x = w * 0.97
    for _ in range(r.randint(2, 5)):
        x -= c.line(x, y + bar / 2 + size * 0.36, words.menu(r, c.lang), path, size, top, "right") + size * 1.5
        if x < w * 0.45:
            break
    y += bar
    if r.random() < 0.7:
        tall = h * r.uniform(0.2, 0.45)
        box = (0, y, w, y + tall)
        c.picture.paste(photos.filling(r, w, round(tall)) if r.random() < 0.6 else Image.new("RGB", (w, round(tall)), color(r)), (0, round(y)))
        under = Ink(against(r, c.shade(box), 0))
        left = r.choice((w * 0.06, w * 0.2))
        below = c.block((left, y + tall * 0.2, w * 0.9, y + tall * 0.6), words.headline(r, c.lang), bold, under, round(tall * 0.18), 9, "left", 1.1, 2)
        below = c.block((left, below + 3, w * 0.8, y + tall * 0.8), words.line(r, c.lang), path, under, size, 6, "left", 1.2, 2)
        text = words.button(r, c.lang)
        if below + size * 2.5 < y + tall:
            wide = c.width(text, sized(path, size)) + size * 2
            c.draw.rounded_rectangle((left, below + size * 0.6, left + wide, below + size * 2.6), r.choice((0, 4, size)), accent)
            c.line(left + wide / 2, below + size * 1.95, text, path, size, Ink(against(r, accent, 0)), "center")
        y += tall
    while y < h - size * 3:
        y += size * 1.5
        if r.random() < 0.55:
            n = r.randint(2, 4) if w > 330 else r.randint(1, 2)
            cw, tall = (w * 0.94) / n, min(h - y, w / n * r.uniform(0.7, 1.2))
            for i in range(n):
                left = w * 0.03 + i * cw
                c.draw.rounded_rectangle((left + 3, y, left + cw - 3, y + tall), 5, None if r.random() < 0.5 else against(r, ground, 1), (205,) * 3)
                picture = (round(left + 7), round(y + 5), round(left + cw - 7), round(y + tall * 0.5))
                roll = r.random()
                if picture[3] - picture[1] > 16 and roll < 0.75:
                    if roll < 0.5:
                        c.picture.paste(photos.filling(r, picture[2] - picture[0], picture[3] - picture[1], False), picture[:2])
                    else:
                        product(c, picture, False)
                here = Ink(against(r, c.shade((left + 8, y + tall * 0.6, left + cw - 8, y + tall * 0.9)), 0))
                at = c.block((left + 8, y + tall * 0.55, left + cw - 8, y + tall * 0.75), words.good(r, c.lang), bold, here, size, 7, "left", 1.2, 1)
                c.block((left + 8, at + 2, left + cw - 8, y + tall - 3), words.price(r) if r.random() < 0.5 else words.sentence(r, c.lang), path, here, max(6, size - 1), 6)
            y += tall
        else:
            if r.random() < 0.6:
                y = c.block((w * 0.05, y, w * 0.95, y + size * 4), words.sentence(r, c.lang, 2, 6), bold, ink, round(size * 1.5), 8, "left", 1.2, 2) + size * 0.5
            y = c.block((w * 0.05, y, w * r.uniform(0.6, 0.95), min(h - 4, y + r.uniform(2, 9) * size * 1.4)), words.paragraph(r, c.lang, r.randint(2, 8)), path, ink, size, size, "left", 1.4)


def chat(c: Canvas, photos: Photos) -> None:
    r = c.r
    w, h = c.size
    c.picture.paste(r.choice(((236, 229, 221), WHITE, (20, 26, 32), color(r, "light"))), (0, 0, w, h))
    path, size = c.fonts.pick(r, "sans"), max(8, round(w / r.uniform(24, 36)))
    head, mine = color(r, r.choice(("strong", "dark"))), color(r, r.choice(("strong", "light")))
    c.draw.rectangle((0, 0, w, size * 3.2), head)
    c.draw.ellipse((size * 0.7, size * 0.6, size * 2.7, size * 2.6), color(r))
    c.line(size * 3.4, size * 2, f"{words.invented(r).capitalize()} {words.invented(r).capitalize()}", path, round(size * 1.1), Ink(against(r, head, 0)))
    y = size * 4
    while y < h - size * 4.5:
        right, width = r.random() < 0.5, w * r.uniform(0.4, 0.75)
        paint = mine if right else r.choice((WHITE, (235,) * 3))
        lines = c.wrap(words.sentence(r, c.lang, 1, 14), path, size, width - size * 1.4)
        wide = max(c.width(line, sized(path, size)) for line in lines) + size * 1.4
        left = w - wide - size * 0.7 if right else size * 0.7
        tall = len(lines) * size * 1.3 + size
        if y + tall > h - size * 3:
            break
        c.draw.rounded_rectangle((left, y, left + wide, y + tall), size * 0.7, paint)
        for i, line in enumerate(lines):
            c.line(left + size * 0.7, y + size * (1.35 + 1.3 * i), line, path, size, Ink(against(r, paint, 0)))
        y += tall + size * r.uniform(0.4, 1.4)
    c.draw.rounded_rectangle((size, h - size * 2.6, w - size * 4, h - size * 0.6), size, WHITE, (200,) * 3)
    icon(r, c.draw, w - size * 3, h - size * 2.4, size * 1.7, head)


def feed(c: Canvas, photos: Photos) -> None:
    """A post in a feed: name, words, picture, counts."""
    r = c.r
    w, h = c.size
    ground = r.choice((WHITE, WHITE, (18, 18, 20)))
    c.picture.paste(ground, (0, 0, w, h))
    path, bold, size = c.fonts.pick(r, "sans"), c.fonts.pick(r, "sans"), max(8, round(w / r.uniform(28, 42)))
    ink = Ink(against(r, ground, 0))
    c.draw.ellipse((size, size, size * 3.6, size * 3.6), color(r))
    c.line(size * 4.3, size * 2.1, words.brand(r), bold, size, ink)
    c.line(size * 4.3, size * 3.4, words.address(r), path, max(7, round(size * 0.8)), Ink((130,) * 3))
    y = c.block((size, size * 4.6, w - size, h * 0.3), words.paragraph(r, c.lang, r.randint(1, 3)), path, ink, size, size, "left", 1.35)
    foot = h - size * r.uniform(3, 6)
    if foot - y > 40:
        pw, ph = round(w - (0 if r.random() < 0.5 else 2 * size)), round(foot - y - size)
        c.picture.paste(photos.filling(r, pw, ph), ((w - pw) // 2, round(y + size * 0.5)))
    for i in range(3):
        icon(r, c.draw, size + i * w * 0.3, foot + size * 0.5, size * 1.1, ink.fill)
        c.line(size * 2.6 + i * w * 0.3, foot + size * 1.45, r.choice((str(r.randint(1, 9999)), words.menu(r, c.lang))), path, max(7, size - 1), ink)


def table(c: Canvas, photos: Photos) -> None:
    """A spreadsheet, a dashboard or code."""
    r = c.r
    w, h = c.size
    code = r.random() < 0.35
    ground = (24, 26, 34) if code and r.random() < 0.7 else WHITE
    c.picture.paste(ground, (0, 0, w, h))
    path, size = c.fonts.pick(r, "mono" if code else "sans"), r.randint(7, 13)
    step, y = size * r.uniform(1.3, 2.2), 0.0
    if code:
        indent = 0
        while y < h - step:
            y += step
            if r.random() < 0.15:
                continue
            indent = min(5, max(0, indent + r.choice((-1, 0, 0, 1))))
            x = 12 + indent * size * 2
            for _ in range(r.randint(1, 6)):
                text = r.choice(("{}", "{}()", "{}:", "= {}", "{};", '"{}"')).format(words.word(r, c.lang))
                x += c.line(x, y, text, path, size, Ink(against(r, ground, 0))) + size * 0.6
                if x > w * 0.85:
                    break
        return
    n = max(2, round(w / r.randint(60, 130)))
    while y < h - step:
        head = y == 0
        if head or r.random() < 0.1:
            c.draw.rectangle((0, y, w, y + step), color(r, "light") if not head else color(r, "strong"))
        ink = Ink(against(r, c.shade((0, y, w, y + step)), 0))
        for i in range(n):
            x = i * w / n
            c.draw.line((x, y, x, y + step), (210,) * 3)
            if r.random() < 0.85:
                text = words.menu(r, c.lang) if head else words.good(r, c.lang)[:10] if i == 0 else words.amount(r)
                c.line(x + 4 if i == 0 else x + w / n - 4, y + step * 0.5 + size * 0.36, text, path, size, ink, "left" if i == 0 else "right")
        c.draw.line((0, y + step, w, y + step), (210,) * 3)
        y += step


SCREENS = [(web_page, 10), (chat, 3), (feed, 3), (table, 3)]


def screen_size(r: Random) -> tuple[int, int]:
    w, h = r.choice(((680, 420), (680, 383), (640, 480), (360, 680), (330, 690), (560, 640), (500, 375)))
    scale = r.uniform(0.75, 1)
    return round(w * scale), round(h * scale)


def screen(c: Canvas, photos: Photos) -> None:
    layout, = c.r.choices([f for f, _ in SCREENS], [n for _, n in SCREENS])
    layout(c, photos)
