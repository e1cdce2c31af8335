"""Layouts of advertisements: each takes a canvas with its background drawn and writes on it."""

from __future__ import annotations

from random import Random

from PIL import Image

from . import words
from .backgrounds import BLACK, WHITE, Photos, against, color, icon, plain
from .canvas import Canvas, Ink, veil
from .fonts import sized
from .pieces import badge, button, column, corner, ink_for, small_size
from .products import product

FORMATS = [
    ((520, 520), 22),
    ((512, 640), 16),
    ((384, 682), 14),
    ((688, 360), 16),
    ((680, 383), 8),
    ((600, 450), 4),
    ((450, 600), 5),
    ((700, 87), 5),
    ((360, 300), 5),
    ((160, 600), 3),
    ((640, 160), 4),
    ((640, 100), 2),
    ((690, 250), 3),
]


def hero(c: Canvas, photos: Photos) -> None:
    """Text in one corner or the middle of a full picture."""
    r = c.r
    w, h = c.size
    margin = r.uniform(0.03, 0.09) * min(w, h)
    bw, bh = w * r.uniform(0.45, 0.9), h * r.uniform(0.4, 0.85)
    if h < 170:
        bw, bh = w * r.uniform(0.35, 0.6), h - 2 * margin
    left = r.choice((margin, (w - bw) / 2, w - margin - bw))
    top = r.choice((margin, (h - bh) / 2, h - margin - bh))
    align = "left" if left == margin else r.choice(("left", "center", "right"))
    if r.random() < 0.35:
        dark, ramp = r.choice((BLACK, color(r, "dark"))), r.randint(120, 240)
        mask = Image.linear_gradient("L").resize((w, h)).point([v * ramp // 255 for v in range(256)])
        c.picture.paste(dark, (0, 0), mask if top > margin else mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
    column(c, (left, top, left + bw, top + bh), align, r.random() < 0.3)
    corner(c)


def split(c: Canvas, photos: Photos) -> None:
    """A picture on one side, text on a colour on the other."""
    r = c.r
    w, h = c.size
    share, wide = r.uniform(0.35, 0.6), w > h * 1.1
    first = r.random() < 0.5
    side = plain(r, w, h)
    box = (0, 0, round(w * share), h) if wide else (0, 0, w, round(h * share))
    if not first:
        box = (w - box[2], 0, w, h) if wide else (0, h - box[3], w, h)
    c.picture.paste(side, (0, 0))
    bw, bh = box[2] - box[0], box[3] - box[1]
    if r.random() < 0.75:
        c.picture.paste(photos.filling(r, bw, bh), box[:2])
    else:
        product(c, (box[0] + bw * 0.2, bh * 0.1 + box[1], box[2] - bw * 0.2, box[3] - bh * 0.1), True)
    m = 0.05 * min(w, h)
    if wide:
        text = (box[2] + m, m, w - m, h - m) if first else (m, m, box[0] - m, h - m)
    else:
        text = (m, box[3] + m, w - m, h - m) if first else (m, m, w - m, box[1] - m)
    column(c, text, r.choice(("left", "left", "center")))


def poster(c: Canvas, photos: Photos) -> None:
    """One or two lines as wide as the picture, small lines at the foot."""
    r = c.r
    w, h = c.size
    path, m = c.fonts.pick(r, r.choice(("display", "display", "serif", "hand", "sans"))), w * r.uniform(0.03, 0.1)
    y = h * r.uniform(0.03, 0.5)
    for text in words.headline(r, c.lang).upper().split()[: r.randint(1, 4)]:
        size, lines = c.fit(text, path, (m, 0, w - m, h * 0.3), round(h * 0.28), 10, 1)
        if y + size > h * 0.82:
            break
        c.line(w / 2, y + size * 0.8, lines[0], path, size, ink_for(c, (m, y, w - m, y + size)), "center")
        y += size * 0.98
    body = c.fonts.pick(r, "sans")
    if r.random() < 0.7 and y < h * 0.75:
        y = c.block(
            (m, y + 4, w - m, h * 0.85),
            words.line(r, c.lang),
            body,
            ink_for(c, (m, y, w - m, y + 20), False),
            max(9, h // 28),
            7,
            "center",
        )
    if r.random() < 0.8:
        foot = (m, h * 0.88, w - m, h * 0.99)
        if c.free(foot):
            text = (
                words.small_print(r, c.lang, r.randint(1, 4))
                if r.random() < 0.6
                else f"{words.date(r)} · {words.address(r)} · {words.phone(r)}"
            )
            c.block(foot, text, body, ink_for(c, foot, False), small_size(c), 6, "center", 1.2, 4)


def strip(c: Canvas, photos: Photos) -> None:
    """Logo, headline and button side by side, as in 728 x 90."""
    r = c.r
    w, h = c.size
    x = h * 0.25
    if r.random() < 0.5:
        pw = round(h * r.uniform(0.8, 2))
        c.picture.paste(photos.filling(r, pw, h), (0, 0))
        x += pw
    if r.random() < 0.6:
        size = round(h * r.uniform(0.18, 0.32))
        path, text = c.fonts.pick(r, "display"), words.brand(r)
        x += c.line(x, h / 2 + size * 0.36, text, path, size, Ink(against(r, c.shade((x, 0, x + h, h))))) + h * 0.3
    text = words.button(r, c.lang)
    end = w - h * 0.2
    if r.random() < 0.8:
        end = button(c, end, h * 0.3, h * 0.4, "right", text)[0] - h * 0.2
    if end - x > h:
        column(c, (x, h * 0.1, end, h * 0.92), r.choice(("left", "center")), False, 1)


def catalogue(c: Canvas, photos: Photos) -> None:
    """A grid of goods with names and prices, as supermarkets print them."""
    r = c.r
    w, h = c.size
    c.picture.paste(r.choice((WHITE, color(r, "light"), color(r, "strong"))), (0, 0, w, h))
    top = round(h * r.uniform(0.1, 0.2))
    head = (w * 0.04, h * 0.02, w * 0.96, top)
    c.draw.rectangle((0, 0, w, top), color(r, "strong"))
    c.block(
        head,
        words.headline(r, c.lang),
        c.fonts.pick(r, "display"),
        ink_for(c, head),
        round(top * 0.7),
        8,
        r.choice(("left", "center")),
        1,
        1,
    )
    columns, rows = max(2, round(w / r.randint(120, 260))), max(1, round((h - top) / r.randint(130, 260)))
    cw, ch = w / columns, (h - top) / rows
    name, money = c.fonts.pick(r, "sans"), c.fonts.pick(r, "display")
    plate, paint = r.choice((WHITE, color(r, "light"))), color(r, "strong")
    for i in range(columns * rows):
        x, y = (i % columns) * cw, top + (i // columns) * ch
        box = (x + 4, y + 4, x + cw - 4, y + ch - 4)
        c.draw.rounded_rectangle(box, 6, plate)
        inner = (round(x + 8), round(y + 8), round(x + cw - 8), round(y + ch * 0.58))
        if r.random() < 0.6:
            c.picture.paste(photos.filling(r, inner[2] - inner[0], inner[3] - inner[1], False), inner[:2])
        else:
            product(c, inner, r.random() < 0.5)
        size = max(7, round(ch * 0.075))
        c.block(
            (x + 8, y + ch * 0.62, x + cw - 8, y + ch * 0.8),
            words.good(r, c.lang),
            name,
            Ink(against(r, plate, 0)),
            size,
            6,
            "left",
            1.15,
            2,
        )
        size = max(8, round(ch * r.uniform(0.11, 0.17)))
        c.block(
            (x + 8, y + ch * 0.79, x + cw - 8, y + ch * 0.98),
            words.price(r),
            money,
            Ink(paint),
            size,
            8,
            r.choice(("left", "right")),
            1,
            1,
        )


def information(c: Canvas, photos: Photos) -> None:
    """Numbered or signed points below a title."""
    r = c.r
    w, h = c.size
    m = w * 0.06
    y = c.block(
        (m, m, w - m, h * 0.28),
        words.headline(r, c.lang),
        c.fonts.pick(r),
        ink_for(c, (m, m, w - m, h * 0.2)),
        round(h * 0.09),
        9,
        r.choice(("left", "center")),
    )
    n, path, bold = r.randint(3, 6), c.fonts.pick(r, "sans"), c.fonts.pick(r, "display")
    step = (h - y - m) / n
    d = min(step * 0.7, w * 0.14)
    paint = color(r, "strong")
    for i in range(n):
        top = y + i * step
        if r.random() < 0.6:
            icon(r, c.draw, m, top + (step - d) / 2, d, paint)
        else:
            c.draw.ellipse((m, top + (step - d) / 2, m + d, top + (step + d) / 2), paint)
            size = round(d * 0.55)
            c.line(m + d / 2, top + step / 2 + size * 0.36, str(i + 1), bold, size, Ink(against(r, paint, 0)), "center")
        left = m + d * 1.4
        under = (left, top, w - m, top + step)
        size = max(8, round(min(step * 0.26, w * 0.045)))
        ink = Ink(against(r, c.shade(under)))
        c.line(left, top + step * 0.18 + size * 0.8, words.good(r, c.lang), bold, size, ink)
        c.block(
            (left, top + step * 0.2 + size * 1.15, w - m, top + step * 0.95),
            words.sentence(r, c.lang),
            path,
            ink,
            max(7, round(size * 0.72)),
            6,
        )


def meme(c: Canvas, photos: Photos) -> None:
    """White capitals with black edges at the top and the foot."""
    r = c.r
    w, h = c.size
    path = c.fonts.pick(r, "display")
    ink = Ink(WHITE, stroke=max(1, w // 200), stroke_fill=BLACK)
    for top in r.sample((0.02, 0.76), r.choice((1, 2, 2))):
        text = words.sentence(r, c.lang, 2, 6).upper()
        c.block(
            (w * 0.04, h * top, w * 0.96, h * (top + 0.23)),
            text,
            path,
            ink,
            round(h * r.uniform(0.07, 0.12)),
            9,
            "center",
            1.05,
        )


def quotation(c: Canvas, photos: Photos) -> None:
    r = c.r
    w, h = c.size
    m = 0.1 * w
    y = c.block(
        (m, h * 0.2, w - m, h * 0.75),
        "“" + words.paragraph(r, c.lang, r.randint(1, 3)) + "”",
        c.fonts.pick(r),
        ink_for(c, (m, h * 0.2, w - m, h * 0.7)),
        round(h * r.uniform(0.06, 0.12)),
        8,
        r.choice(("left", "center")),
    )
    size = max(8, h // 30)
    c.line(
        w / 2,
        y + size * 2,
        words.brand(r),
        c.fonts.pick(r, "sans"),
        size,
        ink_for(c, (m, y, w - m, y + 2 * size), False),
        "center",
    )


def turned_block(c: Canvas, photos: Photos) -> None:
    """Text on a slant or round a disc."""
    r = c.r
    w, h = c.size
    if r.random() < 0.5:
        bw, bh = w * r.uniform(0.5, 0.8), h * r.uniform(0.35, 0.6)
        under = c.shade((w * 0.2, h * 0.2, w * 0.8, h * 0.8))
        part = c.part(bw, bh, under, r.choice((0, 0, 255)))
        if part.picture.getpixel((0, 0))[3]:
            part.picture.paste((*color(r), 255), (0, 0, *part.size))
        else:
            part.picture.paste((*under, 1), (0, 0, *part.size))
        column(part, (bw * 0.06, bh * 0.06, bw * 0.94, bh * 0.94), r.choice(("left", "center")), False, 2)
        c.turned(part, (w * r.uniform(0.4, 0.6), h * r.uniform(0.4, 0.6)), r.uniform(-22, 22))
        return
    d = min(w, h) * r.uniform(0.4, 0.85)
    x, y = w * r.uniform(0.4, 0.6), h / 2
    paint = color(r)
    c.draw.ellipse((x - d / 2, y - d / 2, x + d / 2, y + d / 2), paint)
    ink, size = Ink(against(r, paint)), max(9, round(d * r.uniform(0.07, 0.13)))
    path = c.fonts.pick(r, r.choice(("sans", "display", "serif")))
    text = words.headline(r, c.lang).upper()
    while c.width(text, sized(path, size)) > 2.6 * d and size > 8:
        size -= 1
    c.arc((x, y), d / 2 - size * 1.3, text, path, size, ink, r.uniform(-0.3, 0.3))
    middle = (x - d * 0.25, y - d * 0.15, x + d * 0.25, y + d * 0.25)
    if r.random() < 0.7:
        c.block(middle, words.discount(r), c.fonts.pick(r, "display"), ink, round(d * 0.25), 8, "center", 1)
    else:
        icon(r, c.draw, x - d * 0.12, y - d * 0.12, d * 0.24, ink.fill)


def flyer(c: Canvas, photos: Photos) -> None:
    """Two or three columns of blocks, pictures and much small type."""
    r = c.r
    w, h = c.size
    columns = r.choice((1, 2, 2, 3)) if w > 300 else 1
    cw = w / columns
    for i in range(columns):
        y = h * 0.03
        while y < h * 0.85:
            part = (i * cw + 8, y, (i + 1) * cw - 8, min(h - 6, y + h * r.uniform(0.15, 0.45)))
            roll = r.random()
            if roll < 0.25:
                c.picture.paste(
                    photos.filling(r, round(part[2] - part[0]), round(part[3] - part[1])),
                    (round(part[0]), round(part[1])),
                )
            elif roll < 0.65:
                column(c, part, r.choice(("left", "center")), r.random() < 0.4, 3)
            else:
                ink = ink_for(c, part, False)
                c.block(
                    part,
                    words.paragraph(r, c.lang, 12),
                    c.fonts.pick(r, r.choice(("sans", "serif"))),
                    ink,
                    r.randint(7, 13),
                    7,
                    "left",
                    r.uniform(1.1, 1.5),
                )
            y = part[3] + h * 0.02


def asian(c: Canvas, photos: Photos) -> None:
    """Chinese selling lines, so that the map does not hold on to the Latin alphabet."""
    r = c.r
    w, h = c.size
    path, y = c.fonts.pick(r, "cjk"), h * r.uniform(0.04, 0.3)
    for _ in range(r.randint(2, 6)):
        size = round(min(h * r.choice((0.04, 0.06, 0.1, 0.14)), w * 0.16))
        if y + size * 1.2 > h:
            break
        text = words.cjk(r, 2, max(3, min(12, int(w * 0.9 / size))))
        box = (w * 0.06, y, w * 0.94, y + size)
        if r.random() < 0.3:
            veil(c.picture, box, color(r, "strong"), 230, 6)
        c.line(r.choice((w * 0.06, w * 0.2)), y + size * 0.88, text, path, max(9, size), ink_for(c, box))
        y += size * r.uniform(1.15, 1.8)
    if r.random() < 0.5 and y < h * 0.8:
        size = max(9, round(h * r.uniform(0.07, 0.15)))
        c.block(
            (w * 0.06, y, w * 0.94, h),
            words.price(r),
            c.fonts.pick(r, "display"),
            ink_for(c, (0, y, w, y + size)),
            size,
        )


LAYOUTS = [
    (hero, 26),
    (split, 14),
    (poster, 12),
    (catalogue, 9),
    (information, 6),
    (meme, 4),
    (quotation, 4),
    (turned_block, 8),
    (flyer, 7),
    (asian, 5),
]


def ad_size(r: Random) -> tuple[int, int]:
    ((w, h),) = r.choices([size for size, _ in FORMATS], [weight for _, weight in FORMATS])
    scale = r.uniform(0.72, 1)
    return round(w * scale), round(h * scale)


def advertisement(c: Canvas, photos: Photos) -> None:
    w, h = c.size
    r = c.r
    if h <= 170 and w > 2.5 * h:
        strip(c, photos) if r.random() < 0.75 else hero(c, photos)
        return
    (layout,) = r.choices([f for f, _ in LAYOUTS], [n for _, n in LAYOUTS])
    if layout in (hero, poster, turned_block) and r.random() < 0.2:
        product(c, (w * 0.3, h * 0.3, w * 0.7, h * 0.9), True)
    layout(c, photos)
    if r.random() < 0.25:
        badge(c, photos)
