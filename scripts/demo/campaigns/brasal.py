"""Tostadero Brasal: coffee roaster, Spain. Bag, beans and cup in warm clay colours."""

from __future__ import annotations

import random

from campaigns.creative import Creative
from kit import Canvas, button, circle, ellipse, group, lines, path, rect, seal, stroke, text, text_width

CREAM, INK, CLAY, EMBER = "#FBF1E3", "#2B1A12", "#B5482A", "#F2A33A"


def logo(x: float, y: float, colour: str, scale: float = 1, anchor: str = "start") -> str:
    """An ember in a ring, and the name."""
    mark = f'<circle cx="0" cy="0" r="26" fill="none" stroke="{colour}" stroke-width="4"/>' + path(
        "M0 -17 C10 -6 13 2 8 10 C6 14 2 16 0 16 C-2 16 -6 14 -8 10 C-12 3 -6 -2 -4 -8 C-1 -5 0 -3 0 1 C4 -5 2 -11 0 -17Z",
        colour,
    )
    word = text(42, 1, "BRASAL", "spartan-b", 34, colour, spacing=5) + text(
        43, 24, "tostadero de café", "spartan-m", 17, colour, spacing=1.2
    )
    shift = {"start": 26, "middle": -100, "end": -215}[anchor]
    return group(mark + word, x + shift * scale, y, scale)


def bean(c: Canvas, x: float, y: float, s: float, turn: float, blur: float = 0) -> str:
    """One roasted bean, about 60 wide at scale 1."""
    body = c.radial([(0, "#A9683C"), (0.5, "#6B3A1E"), (1, "#2E160B")], (0.35, 0.3), 0.75)
    more = c.blur(blur) if blur else ""
    return group(
        ellipse(0, 0, 40, 28, body)
        + stroke("M-36 4 C-18 -12 -8 10 8 -2 C18 -9 26 -6 36 -3", "#1D0D06", 5)
        + stroke("M-34 9 C-18 -6 -8 15 8 3 C18 -4 26 0 34 2", "#8C5431", 2, 'opacity="0.7"')
        + ellipse(-10, -15, 16, 5, "#fff", 'opacity="0.22" transform="rotate(-14 -10 -15)"'),
        x,
        y,
        s,
        turn,
        more,
    )


def bag(
    c: Canvas,
    x: float,
    y: float,
    s: float,
    label: str = "ETIOPÍA",
    notes: str = "jazmín · melocotón · miel",
    farm: str = "Guji · lavado · 1.950 m",
) -> str:
    """A 250 g pouch, 420 by 640, its foot at (x, y)."""
    outline = "M-196 -600 L196 -600 C200 -520 212 -470 210 -380 L204 -40 C204 -14 190 0 166 0 L-166 0 C-190 0 -204 -14 -204 -40 L-210 -380 C-212 -470 -200 -520 -196 -600Z"
    base = c.linear(
        [
            (0, "#0F1614"),
            (0.09, "#26352F"),
            (0.2, "#35493F"),
            (0.5, "#2C3D35"),
            (0.82, "#1E2B26"),
            (0.93, "#2A3A33"),
            (1, "#0C110F"),
        ],
        (0, 0, 1, 0),
    )
    foot = c.linear([(0, "#000", 0), (1, "#000", 0.55)])
    sheen = c.linear([(0, "#fff", 0), (0.5, "#fff", 0.28), (1, "#fff", 0)], (0, 0, 1, 0))
    paper = c.linear([(0, "#E9D9BF"), (0.3, "#FFF8EA"), (0.8, "#F3E5CB"), (1, "#D8C4A3")], (0, 0, 1, 0))
    band = c.linear([(0, "#8F351D"), (0.35, "#D0603A"), (0.8, "#B5482A"), (1, "#7C2B16")], (0, 0, 1, 0))
    soft = c.blur(9)
    crimps = "".join(
        f'<line x1="-194" x2="194" y1="{-632 + i * 7}" y2="{-632 + i * 7}" stroke="#000" stroke-opacity="0.28" stroke-width="2"/>'
        for i in range(5)
    )
    parts = [
        ellipse(10, 2, 230, 22, "#1a0a04", f'opacity="0.55" {c.blur(14)}'),
        path("M-192 -640 L192 -640 L198 -596 L-198 -596Z", base),
        crimps,
        path(outline, base),
        path("M-150 -596 C-120 -520 -150 -420 -172 -330 L-196 -330 L-196 -560Z", sheen, f'opacity="0.5" {soft}'),
        path("M150 -596 C120 -540 135 -470 176 -400 L150 -596Z", "#000", f'opacity="0.35" {soft}'),
        path(
            "M-130 -590 C-60 -560 60 -560 130 -590",
            "none",
            f'stroke="#fff" stroke-opacity="0.18" stroke-width="6" {c.blur(4)}',
        ),
        rect(-140, -428, 280, 330, paper, 6, c.shadow(4, 5, "#000", 0.45)),
        rect(-140, -428, 280, 70, band, 6),
        rect(-140, -372, 280, 14, band),
        text(0, -383, "BRASAL", "spartan-b", 36, "#FFF4E2", "middle", 7),
        stroke("M-70 -262 C-40 -330 40 -330 70 -262", "#B5482A", 3, 'opacity="0.55"'),
        stroke("M-50 -262 C-30 -310 30 -310 50 -262", "#B5482A", 3, 'opacity="0.75"'),
        path("M-32 -262 C-20 -294 20 -294 32 -262Z", "#B5482A"),
        stroke("M-92 -262 L92 -262", "#2B1A12", 3),
        text(0, -208, label, "spartan-b", 44, INK, "middle", 3),
        text(0, -176, farm, "spartan-m", 18, "#6B4A36", "middle", 0.5),
        stroke("M-60 -156 L60 -156", "#B5482A", 2),
        text(0, -128, notes, "garamond-i", 22, INK, "middle"),
        circle(0, -500, 17, "#15201C"),
        circle(0, -500, 17, "none", 'stroke="#5C756A" stroke-width="2"'),
        circle(-5, -500, 2.5, "#5C756A"),
        circle(5, -500, 2.5, "#5C756A"),
        text(0, -36, "250 g  ·  en grano", "spartan-m", 19, "#CFE0D6", "middle", 1),
        path(outline, foot, 'opacity="0.6"'),
        rect(-176, -590, 26, 560, sheen, 12, f'opacity="0.45" {c.blur(5)}'),
    ]
    return group(parts, x, y, s)


def cup(c: Canvas, x: float, y: float, s: float) -> str:
    """A cup of black coffee on its saucer, 360 wide."""
    glaze = c.linear([(0, "#D9C8B1"), (0.25, "#FFFDF8"), (0.7, "#F0E4D2"), (1, "#B9A386")], (0, 0, 1, 0))
    coffee = c.radial([(0, "#8A4B22"), (0.6, "#4A230F"), (1, "#261107")], (0.45, 0.4), 0.6)
    steam = c.linear([(0, "#fff", 0), (0.5, "#fff", 0.55), (1, "#fff", 0)])
    return group(
        [
            ellipse(8, 12, 215, 26, "#1a0a04", f'opacity="0.5" {c.blur(12)}'),
            ellipse(0, 0, 200, 26, glaze),
            ellipse(0, -5, 130, 12, "#BCA98D"),
            path("M130 -150 C215 -160 215 -50 100 -46", "none", f'stroke="{glaze}" stroke-width="24"'),
            path("M-140 -170 C-140 -70 -100 -8 -60 -4 L60 -4 C100 -8 140 -70 140 -170Z", glaze),
            ellipse(0, -170, 140, 28, "#FFF9EF"),
            ellipse(0, -167, 126, 22, coffee),
            ellipse(-40, -170, 46, 6, "#D8935A", 'opacity="0.55"'),
            path("M-40 -200 C-90 -260 0 -300 -40 -380 C10 -310 -60 -270 -10 -200Z", steam, c.blur(9)),
            path("M40 -200 C0 -270 80 -310 40 -410 C100 -320 30 -280 70 -200Z", steam, c.blur(9)),
        ],
        x,
        y,
        s,
    )


def _warm(c: Canvas, horizon: float) -> None:
    """A clay wall with a sun disc, and a wooden table."""
    c.fill(c.radial([(0, "#E9824C"), (0.55, "#C6532D"), (1, "#7E2A17")], (0.62, 0.42), 0.85))
    table = c.linear([(0, "#8A4A28"), (0.12, "#6E3519"), (1, "#32150A")])
    c.add(rect(0, horizon, c.width, c.height - horizon, table))
    for i in range(6):
        y = horizon + 22 + i * i * 7 + i * 12
        c.add(
            stroke(
                f"M0 {y} C{c.width * 0.3} {y + 6} {c.width * 0.6} {y - 6} {c.width} {y + 3}",
                "#1f0c05",
                2,
                'opacity="0.25"',
            )
        )
    c.add(rect(0, horizon, c.width, 3, "#E0A070", 0, 'opacity="0.5"'))


def _beans(
    c: Canvas,
    seed: int,
    box: tuple[float, float, float, float],
    count: int,
    sizes: tuple[float, float],
    blur: float = 0,
) -> None:
    rng = random.Random(seed)
    for _ in range(count):
        c.add(
            bean(
                c,
                rng.uniform(box[0], box[2]),
                rng.uniform(box[1], box[3]),
                rng.uniform(*sizes),
                rng.uniform(0, 360),
                blur,
            )
        )


def _square(head: list[str], sub: list[str], badge: tuple[str, str, str], action: str) -> Canvas:
    """The square layout: words left, bag right. Two creatives share this art."""
    c = Canvas(1080, 1080)
    _warm(c, 870)
    c.add(circle(760, 470, 330, c.radial([(0, "#FFD08A"), (0.7, "#F6A650"), (1, "#EE8F3E")]), 'opacity="0.9"'))
    c.add(bag(c, 760, 950, 1.14))
    _beans(c, 7, (500, 950, 1060, 1020), 9, (0.55, 0.85))
    c.add(logo(70, 104, CREAM, 1.15))
    size = min(92, 92 * 372 / max(text_width(row, "spartan-b", 92) for row in head))
    c.add(lines(70, 300, head, "spartan-b", size, CREAM, 1.02))
    c.add(lines(72, 310 + len(head) * size, sub, "spartan-m", 33, "#FFE3C4", 1.25))
    c.add(button(70, 880, action, "spartan-b", 34, EMBER, INK, more=c.shadow(6, 8, "#000", 0.35)))
    top, big, low = badge
    c.add(
        group(
            [
                seal(0, 0, 104, CREAM, more=c.shadow(6, 8, "#000", 0.35)),
                text(0, -34, top, "spartan-m", 25, INK, "middle"),
                text(0, 24, big, "spartan-b", 58, CLAY, "middle"),
                text(0, 56, low, "spartan-m", 23, INK, "middle"),
            ],
            958,
            236,
            1,
            8,
        )
    )
    return c


def monday() -> Canvas:
    """Hero: bag and price."""
    return _square(
        ["El lunes", "huele", "mejor."],
        ["Café de especialidad", "recién tostado en Burgos."],
        ("250 g", "9,90 €", "envío gratis"),
        "Pide tu bolsa",
    )


def first_order() -> Canvas:
    """The same art with the offer instead of the mood."""
    return _square(
        ["Tu primera", "bolsa, con", "descuento."],
        ["Usa el código BRASAL20", "hasta el 30 de noviembre."],
        ("solo nuevos", "−20 %", "primer pedido"),
        "Quiero mi 20 %",
    )


def fresh() -> Canvas:
    """Portrait: freshness promise, cream ground, cup and bag."""
    c = Canvas(1080, 1350)
    c.fill(c.linear([(0, "#FFF8EC"), (1, "#F0DCC0")]))
    c.add(path("M0 900 C300 820 700 960 1080 850 L1080 1350 L0 1350Z", c.linear([(0, "#C65A33"), (1, "#8D3219")])))
    c.add(circle(700, 830, 300, "#F4B860", 'opacity="0.55"'))
    c.add(
        bag(c, 700, 1210, 0.98, "HUILA", "cacao · panela · naranja", "Pitalito · lavado · 1.700 m"),
        cup(c, 300, 1215, 0.92),
    )
    _beans(c, 21, (80, 1240, 1000, 1310), 12, (0.5, 0.9))
    c.add(logo(70, 108, INK, 1.1))
    c.add(lines(70, 290, ["Tostado el martes.", "En tu casa el jueves."], "spartan-b", 96, INK, 1.02))
    c.add(text(72, 470, "Sin almacenes ni meses de estantería.", "spartan-m", 38, "#6B4A36"))
    c.add(button(70, 530, "Elige tu café", "spartan-b", 36, CLAY, "#FFF8EC", more=c.shadow(6, 9, "#7C2B16", 0.35)))
    return c


def ritual() -> Canvas:
    """Story: falling beans, everything that matters inside the safe zone."""
    c = Canvas(1080, 1920)
    c.fill(c.linear([(0, "#1F120C"), (0.55, "#4A2413"), (1, "#1A0D07")]))
    c.add(circle(540, 1060, 430, c.radial([(0, "#F2A33A", 0.75), (0.6, "#C6532D", 0.35), (1, "#C6532D", 0)])))
    _beans(c, 3, (40, 60, 1040, 240), 7, (0.9, 1.5), 5)
    _beans(c, 11, (60, 650, 330, 1330), 7, (0.7, 1.2))
    _beans(c, 12, (780, 650, 1030, 1330), 7, (0.7, 1.2))
    c.add(lines(540, 480, ["Cinco minutos", "solo tuyos."], "spartan-b", 116, CREAM, 1.0, "middle"))
    c.add(text(540, 676, "Suscripción flexible desde 8,40 € la bolsa", "spartan-m", 40, "#F6CF9A", "middle"))
    c.add(bag(c, 540, 1385, 0.98, "SIDAMO", "arándano · bergamota", "Bensa · natural · 2.050 m"))
    c.add(
        button(
            540, 1425, "Empieza cuando quieras", "spartan-b", 38, EMBER, INK, True, more=c.shadow(8, 12, "#000", 0.5)
        )
    )
    c.add(logo(540, 330, CREAM, 1.1, "middle"))
    _beans(c, 31, (60, 1760, 1020, 1900), 9, (1.2, 1.8), 7)
    return c


CREATIVES = [
    Creative("brasal-01-lunes", monday),
    Creative("brasal-02-fresco", fresh),
    Creative("brasal-03-ritual", ritual),
    Creative("brasal-04-primer-pedido", first_order),
]
