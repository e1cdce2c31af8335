"""Screens: web pages, chats, feeds, tables, code."""

from __future__ import annotations

from random import Random

from PIL import Image

from . import words
from .backgrounds import WHITE, Photos, against, color, icon
from .canvas import Canvas, Ink
from .fonts import sized
from .products import product


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
        c.picture.paste(
            photos.filling(r, w, round(tall)) if r.random() < 0.6 else Image.new("RGB", (w, round(tall)), color(r)),
            (0, round(y)),
        )
        under = Ink(against(r, c.shade(box), 0))
        left = r.choice((w * 0.06, w * 0.2))
        below = c.block(
            (left, y + tall * 0.2, w * 0.9, y + tall * 0.6),
            words.headline(r, c.lang),
            bold,
            under,
            round(tall * 0.18),
            9,
            "left",
            1.1,
            2,
        )
        below = c.block(
            (left, below + 3, w * 0.8, y + tall * 0.8), words.line(r, c.lang), path, under, size, 6, "left", 1.2, 2
        )
        text = words.button(r, c.lang)
        if below + size * 2.5 < y + tall:
            wide = c.width(text, sized(path, size)) + size * 2
            c.draw.rounded_rectangle(
                (left, below + size * 0.6, left + wide, below + size * 2.6), r.choice((0, 4, size)), accent
            )
            c.line(left + wide / 2, below + size * 1.95, text, path, size, Ink(against(r, accent, 0)), "center")
        y += tall
    while y < h - size * 3:
        y += size * 1.5
        if r.random() < 0.55:
            n = r.randint(2, 4) if w > 330 else r.randint(1, 2)
            cw, tall = (w * 0.94) / n, min(h - y, w / n * r.uniform(0.7, 1.2))
            for i in range(n):
                left = w * 0.03 + i * cw
                c.draw.rounded_rectangle(
                    (left + 3, y, left + cw - 3, y + tall),
                    5,
                    None if r.random() < 0.5 else against(r, ground, 1),
                    (205,) * 3,
                )
                picture = (round(left + 7), round(y + 5), round(left + cw - 7), round(y + tall * 0.5))
                roll = r.random()
                if picture[3] - picture[1] > 16 and roll < 0.75:
                    if roll < 0.5:
                        c.picture.paste(
                            photos.filling(r, picture[2] - picture[0], picture[3] - picture[1], False), picture[:2]
                        )
                    else:
                        product(c, picture, False)
                here = Ink(against(r, c.shade((left + 8, y + tall * 0.6, left + cw - 8, y + tall * 0.9)), 0))
                at = c.block(
                    (left + 8, y + tall * 0.55, left + cw - 8, y + tall * 0.75),
                    words.good(r, c.lang),
                    bold,
                    here,
                    size,
                    7,
                    "left",
                    1.2,
                    1,
                )
                c.block(
                    (left + 8, at + 2, left + cw - 8, y + tall - 3),
                    words.price(r) if r.random() < 0.5 else words.sentence(r, c.lang),
                    path,
                    here,
                    max(6, size - 1),
                    6,
                )
            y += tall
        else:
            if r.random() < 0.6:
                y = (
                    c.block(
                        (w * 0.05, y, w * 0.95, y + size * 4),
                        words.sentence(r, c.lang, 2, 6),
                        bold,
                        ink,
                        round(size * 1.5),
                        8,
                        "left",
                        1.2,
                        2,
                    )
                    + size * 0.5
                )
            y = c.block(
                (w * 0.05, y, w * r.uniform(0.6, 0.95), min(h - 4, y + r.uniform(2, 9) * size * 1.4)),
                words.paragraph(r, c.lang, r.randint(2, 8)),
                path,
                ink,
                size,
                size,
                "left",
                1.4,
            )


def chat(c: Canvas, photos: Photos) -> None:
    r = c.r
    w, h = c.size
    c.picture.paste(r.choice(((236, 229, 221), WHITE, (20, 26, 32), color(r, "light"))), (0, 0, w, h))
    path, size = c.fonts.pick(r, "sans"), max(8, round(w / r.uniform(24, 36)))
    head, mine = color(r, r.choice(("strong", "dark"))), color(r, r.choice(("strong", "light")))
    c.draw.rectangle((0, 0, w, size * 3.2), head)
    c.draw.ellipse((size * 0.7, size * 0.6, size * 2.7, size * 2.6), color(r))
    c.line(
        size * 3.4,
        size * 2,
        f"{words.invented(r).capitalize()} {words.invented(r).capitalize()}",
        path,
        round(size * 1.1),
        Ink(against(r, head, 0)),
    )
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
    y = c.block(
        (size, size * 4.6, w - size, h * 0.3),
        words.paragraph(r, c.lang, r.randint(1, 3)),
        path,
        ink,
        size,
        size,
        "left",
        1.35,
    )
    foot = h - size * r.uniform(3, 6)
    if foot - y > 40:
        pw, ph = round(w - (0 if r.random() < 0.5 else 2 * size)), round(foot - y - size)
        c.picture.paste(photos.filling(r, pw, ph), ((w - pw) // 2, round(y + size * 0.5)))
    for i in range(3):
        icon(r, c.draw, size + i * w * 0.3, foot + size * 0.5, size * 1.1, ink.fill)
        c.line(
            size * 2.6 + i * w * 0.3,
            foot + size * 1.45,
            r.choice((str(r.randint(1, 9999)), words.menu(r, c.lang))),
            path,
            max(7, size - 1),
            ink,
        )


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
                c.line(
                    x + 4 if i == 0 else x + w / n - 4,
                    y + step * 0.5 + size * 0.36,
                    text,
                    path,
                    size,
                    ink,
                    "left" if i == 0 else "right",
                )
        c.draw.line((0, y + step, w, y + step), (210,) * 3)
        y += step


SCREENS = [(web_page, 10), (chat, 3), (feed, 3), (table, 3)]


def screen_size(r: Random) -> tuple[int, int]:
    w, h = r.choice(((680, 420), (680, 383), (640, 480), (360, 680), (330, 690), (560, 640), (500, 375)))
    scale = r.uniform(0.75, 1)
    return round(w * scale), round(h * scale)


def screen(c: Canvas, photos: Photos) -> None:
    (layout,) = c.r.choices([f for f, _ in SCREENS], [n for _, n in SCREENS])
    layout(c, photos)
