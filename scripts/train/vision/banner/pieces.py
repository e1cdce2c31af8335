"""Parts that many layouts share: letters that stand out, buttons, logos, columns of text, badges."""

from __future__ import annotations

from . import words
from .backgrounds import BLACK, WHITE, Photos, against, color, icon, star
from .canvas import Box, Canvas, Ink, veil
from .fonts import sized


def ink_for(c: Canvas, box: Box, big: bool = True) -> Ink:
    """Letters that stand out from what is under the box, with the effects designers use."""
    r = c.r
    under = c.shade(box)
    fill = against(r, under)
    ink = Ink(fill)
    roll = r.random()
    if not big:
        ink.alpha = 255 if roll < 0.8 else r.randint(140, 235)
    elif roll < 0.12:
        ink.stroke, ink.stroke_fill = r.randint(1, 4), against(r, fill, 0)
    elif roll < 0.3:
        ink.shadow = (
            r.randint(-3, 4),
            r.randint(1, 5),
            r.choice((0, 1, 2, 4)),
            r.choice((BLACK, BLACK, color(r, "dark"))),
        )
    elif roll < 0.38:
        ink.second = color(r, "light" if sum(fill) > 380 else "strong")
    elif roll < 0.44:
        ink.alpha = r.randint(110, 220)
    elif roll < 0.52:
        ink.tracking = r.randint(1, 8)
    elif roll < 0.56:
        ink.stroke, ink.stroke_fill, ink.shadow = 2, against(r, fill, 0), (2, 3, 0, color(r, "dark"))
    return ink


def small_size(c: Canvas) -> int:
    return c.r.choice((6, 7, 7, 8, 8, 9, 10, 11, 12))


def button(c: Canvas, x: float, y: float, height: float, align: str = "left", text: str | None = None) -> Box:
    r = c.r
    path, size = c.fonts.pick(r, r.choice(("sans", "sans", "display"))), max(6, round(height * r.uniform(0.36, 0.52)))
    text = text or words.button(r, c.lang)
    width = c.width(text, sized(path, size)) + height * r.uniform(0.6, 1.6)
    left = x - {"left": 0, "center": width / 2, "right": width}[align]
    box = (left, y, left + width, y + height)
    paint, radius = color(r, r.choice(("strong", "dark", "light"))), r.choice((0, height / 6, height / 2))
    if r.random() < 0.2:
        ink = Ink(against(r, c.shade(box), 0))
        c.draw.rounded_rectangle(box, radius, None, ink.fill, r.randint(1, 3))
    else:
        ink = Ink(against(r, paint, 0.03))
        c.draw.rounded_rectangle(box, radius, paint)
    c.line(left + width / 2, y + height / 2 + size * 0.36, text, path, size, ink, "center")
    return box


def logo(c: Canvas, x: float, y: float, size: int, align: str = "left") -> None:
    """A maker's name, often with a sign before it."""
    r = c.r
    path, text = c.fonts.pick(r, r.choice(("display", "sans", "serif", "hand"))), words.brand(r)
    paint = against(r, c.shade((x - size, y, x + size, y + size)))
    width = c.width(text, sized(path, size))
    left = x - {"left": 0, "center": width / 2, "right": width}[align]
    if r.random() < 0.4 and left > size * 1.3:
        icon(r, c.draw, left - size * 1.2, y, size, paint)
    c.line(left, y + size * 0.85, text, path, size, Ink(paint, tracking=r.choice((0, 0, 0, 2, 5))))


def column(c: Canvas, box: Box, align: str, plate: bool = False, most: int = 5) -> None:
    """Headline, line, price, button, small print, from the top of the box down: what fits of it."""
    r = c.r
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    x = {"left": left, "center": (left + right) / 2, "right": right}[align]
    if plate:
        pad = min(w, h) * 0.06
        veil(
            c.picture,
            (left - pad, top - pad, right + pad, bottom + pad),
            r.choice((BLACK, WHITE, color(r, "dark"), color(r, "light"), color(r, "strong"))),
            r.randint(90, 255),
            r.choice((0, 0, 8, 20)),
        )
    path, body = c.fonts.pick(r), c.fonts.pick(r, r.choice(("sans", "sans", "serif", "hand")))
    gap = h * r.uniform(0.02, 0.06)
    if r.random() < 0.25 and h > 120:
        size = max(7, round(h * 0.045))
        c.line(
            x,
            top + size,
            words.word(r, c.lang).upper() if r.random() < 0.6 else words.brand(r),
            body,
            size,
            ink_for(c, (left, top, right, top + size), False),
            align,
        )
        top += size + gap
    y = c.block(
        (left, top, right, top + h * r.uniform(0.3, 0.55)),
        words.headline(r, c.lang),
        path,
        ink_for(c, (left, top, right, top + h * 0.3)),
        round(h * r.uniform(0.12, 0.38)),
        9,
        align,
        r.uniform(0.95, 1.25),
    )
    for part in r.sample(("line", "price", "button", "print", "list", "contact"), r.randint(1, most)):
        y += gap
        if bottom - y < 9:
            return
        here = (left, y, right, min(bottom, y + h * 0.25))
        if part == "line":
            y = c.block(
                here,
                words.line(r, c.lang),
                body,
                ink_for(c, here, False),
                max(9, round(h * r.uniform(0.035, 0.085))),
                7,
                align,
            )
        elif part == "price":
            size = round(min(bottom - y, h * r.uniform(0.08, 0.22)))
            size, lines = c.fit(words.price(r), path, (left, y, right, y + size * 1.1), size, 8, 1)
            c.line(x, y + size * 0.88, lines[0], path, size, ink_for(c, here), align)
            y += size
            if r.random() < 0.4 and bottom - y > 10:
                old, size = words.price(r), max(7, size // 2)
                ink = ink_for(c, (left, y, right, y + size), False)
                width = c.line(x, y + size, old, body, size, ink, align)
                start = x - {"left": 0, "center": width / 2, "right": width}[align]
                c.draw.line((start, y + size * 0.7, start + width, y + size * 0.7), ink.fill, max(1, size // 12))
                y += size * 1.2
        elif part == "button":
            height = min(bottom - y, max(16, h * r.uniform(0.07, 0.14)))
            if height > 11:
                y = button(c, x, y, height, align)[3]
        elif part == "print":
            y = c.block(
                (left, y, right, bottom),
                words.small_print(r, c.lang),
                body,
                ink_for(c, here, False),
                small_size(c),
                6,
                align,
                1.25,
                3,
            )
        elif part == "list":
            size = max(8, round(h * r.uniform(0.03, 0.05)))
            for _ in range(r.randint(2, 5)):
                if y + size * 1.5 > bottom:
                    break
                ink = ink_for(c, (left, y, right, y + size), False)
                if align == "left":
                    icon(r, c.draw, left, y + size * 0.15, size * 0.8, color(r, "strong"))
                    c.block(
                        (left + size * 1.4, y, right, y + size * 1.3),
                        words.line(r, c.lang),
                        body,
                        ink,
                        size,
                        size,
                        "left",
                        1.2,
                        1,
                    )
                else:
                    c.block(
                        (left, y, right, y + size * 1.3), words.line(r, c.lang), body, ink, size, size, align, 1.2, 1
                    )
                y += size * 1.5
        else:
            y = c.block(
                here, words.contact(r), body, ink_for(c, here, False), max(8, round(h * 0.05)), 7, align, 1.2, 1
            )


def badge(c: Canvas, photos: Photos) -> None:
    """A burst or disc with a discount, where no word lies yet."""
    r = c.r
    w, h = c.size
    d = r.uniform(0.16, 0.32) * min(w, h) if min(w, h) > 200 else 0.8 * min(w, h)
    for _ in range(8):
        x, y = r.uniform(d / 2, max(d / 2, w - d / 2)), r.uniform(d / 2, max(d / 2, h - d / 2))
        if not c.free((x - d / 2, y - d / 2, x + d / 2, y + d / 2)):
            continue
        paint = color(r, "strong")
        part = c.part(d, d, paint)
        if r.random() < 0.5:
            part.draw.polygon(star(d / 2, d / 2, d / 2, d * r.uniform(0.38, 0.47), r.randint(9, 24)), paint)
        else:
            part.draw.ellipse((0, 0, d - 1, d - 1), paint)
        text = words.discount(r) if r.random() < 0.7 else words.price(r)
        path, ink = c.fonts.pick(r, "display"), Ink(against(r, paint, 0))
        size, lines = c.fit(text, path, (d * 0.17, d * 0.2, d * 0.83, d * 0.8), round(d * 0.42), 7, 1.0)
        top = d / 2 - len(lines) * size / 2
        for i, text in enumerate(lines):
            part.line(d / 2, top + size * (i + 0.86), text, path, size, ink, "center")
        c.turned(part, (x, y), r.uniform(-25, 25) if r.random() < 0.7 else 0)
        return


def corner(c: Canvas) -> None:
    """A logo, an address or a handle in a free corner."""
    r = c.r
    w, h = c.size
    size = max(8, round(min(w, h) * r.uniform(0.025, 0.06)))
    for right in r.sample((False, True), 2):
        y = r.choice((size, h - 2.2 * size))
        x = w - size if right else size
        box = (w - size * 9 if right else 0, y, w if right else size * 9, y + size * 1.2)
        if c.free(box) and r.random() < 0.5:
            if r.random() < 0.6:
                logo(c, x, y, size, "right" if right else "left")
            else:
                c.line(
                    x,
                    y + size,
                    words.contact(r),
                    c.fonts.pick(r, "sans"),
                    max(7, size * 2 // 3),
                    Ink(against(r, c.shade(box))),
                    "right" if right else "left",
                )
