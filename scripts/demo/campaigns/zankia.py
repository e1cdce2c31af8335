"""Zankia: running shoes, United States. Saturated colour, speed lines, big italics."""

from __future__ import annotations

import random

from campaigns.creative import Creative
from kit import Canvas, button, circle, ellipse, group, lines, path, rect, stroke, text

NIGHT, LIME, CORAL, WHITE = "#0E1230", "#D6FF3D", "#FF5A4E", "#FFFFFF"

UPPER = (
    "M-392 -100 C-412 -160 -404 -232 -390 -276 C-384 -298 -352 -302 -338 -284 C-320 -262 -288 -250 -250 -252 "
    "C-214 -254 -192 -270 -168 -296 C-154 -310 -138 -306 -126 -294 C-60 -236 20 -196 120 -176 "
    "C240 -154 372 -146 414 -92 C300 -64 200 -84 60 -94 C-100 -106 -250 -116 -392 -100Z"
)
MIDSOLE = (
    "M-404 -112 C-440 -70 -440 -24 -384 -14 C-200 8 100 8 250 -4 C340 -12 410 -34 440 -82 "
    "C446 -100 428 -106 412 -100 C300 -70 200 -90 60 -100 C-100 -112 -260 -130 -404 -112Z"
)


def logo(x: float, y: float, colour: str, scale: float = 1) -> str:
    """A folded Z and the name."""
    return group(
        path("M0 -28 L52 -28 L30 0 L58 0 L50 14 L-8 14 L16 -14 L-8 -14Z", colour)
        + text(70, 14, "ZANKIA", "display-bi", 42, colour, spacing=1),
        x,
        y,
        scale,
    )


def shoe(
    c: Canvas,
    x: float,
    y: float,
    s: float,
    turn: float = 0,
    hue: tuple[str, str, str] = ("#FF8A5C", "#FF4E50", "#C7264B"),
    ground: bool = True,
) -> str:
    """A running shoe from the side, toe to the right, 860 wide, its sole on (x, y)."""
    light, main, deep = hue
    knit = c.linear([(0, light), (0.45, main), (1, deep)], (0.3, 0, 0.6, 1))
    foam = c.linear([(0, "#FFFFFF"), (0.45, "#F1F3F8"), (0.8, "#C9CFDE"), (1, "#99A2BA")])
    heel = c.linear([(0, "#2B3166"), (1, "#11163A")])
    clip = c.clip(path(UPPER, "#000"))
    clip_sole = c.clip(path(MIDSOLE, "#000"))
    mesh = "".join(
        f'<ellipse cx="{-30 + i * 17 + (j % 2) * 8}" cy="{-190 + j * 11}" rx="4.6" ry="2.6" fill="#000" opacity="0.13"/>'
        for i in range(26)
        for j in range(10)
    )
    laces = "".join(
        stroke(
            f"M{-150 + i * 40} {-248 + i * 18} C{-128 + i * 40} {-272 + i * 15} {-112 + i * 40} {-270 + i * 15} {-98 + i * 41} {-262 + i * 17}",
            "#000",
            13,
            'opacity="0.25" transform="translate(0 5)"',
        )
        + stroke(
            f"M{-150 + i * 40} {-248 + i * 18} C{-128 + i * 40} {-272 + i * 15} {-112 + i * 40} {-270 + i * 15} {-98 + i * 41} {-262 + i * 17}",
            WHITE,
            10,
        )
        for i in range(6)
    )
    parts = [
        ellipse(10, 20, 440, 26, "#000", f'opacity="0.5" {c.blur(16)}') if ground else "",
        # the far side of the collar, and the tongue
        path(
            "M-386 -276 C-360 -330 -330 -300 -300 -286 C-250 -270 -200 -290 -168 -300 L-180 -240 L-360 -240Z", "#1A1030"
        ),
        path(
            "M-196 -268 C-190 -330 -176 -368 -150 -372 C-128 -374 -118 -352 -112 -322 L-96 -262 L-160 -236Z",
            c.linear([(0, light), (1, deep)], (0, 0, 1, 1)),
        ),
        path("M-168 -352 C-158 -364 -140 -364 -132 -350 L-122 -318 L-166 -314Z", heel),
        path(UPPER, knit),
        f"<g {clip}>",
        mesh,
        path("M-420 -90 L-420 -300 L-350 -300 C-330 -220 -280 -160 -200 -100Z", heel, 'opacity="0.96"'),
        path("M270 -60 C280 -120 330 -150 420 -150 L440 -60Z", deep, 'opacity="0.75"'),
        stroke("M268 -72 C276 -124 326 -150 400 -152", light, 3, 'opacity="0.8"'),
        path("M-230 -90 L-96 -236 L-36 -212 L-120 -122 L96 -150 L52 -84Z", WHITE, c.shadow(3, 3, "#3a0016", 0.35)),
        path("M-126 -300 C-60 -236 20 -196 130 -174 L110 -150 C0 -170 -90 -210 -160 -262Z", deep, 'opacity="0.85"'),
        path(
            "M-400 -100 C-250 -130 -100 -118 60 -106 C200 -96 300 -76 420 -104 L420 -80 L-400 -80Z",
            "#3a0016",
            f'opacity="0.55" {c.blur(9)}',
        ),
        path(
            "M-60 -250 C20 -200 140 -184 260 -160 C330 -146 380 -128 400 -110 C330 -140 200 -150 120 -166 C40 -184 -40 -214 -60 -250Z",
            WHITE,
            f'opacity="0.45" {c.blur(7)}',
        ),
        "</g>",
        laces,
        stroke(
            "M-388 -276 C-382 -300 -352 -302 -338 -284 C-320 -262 -288 -250 -250 -252 C-214 -254 -192 -270 -168 -296",
            light,
            12,
        ),
        stroke("M-384 -282 C-376 -300 -352 -302 -338 -286 C-320 -264 -288 -252 -250 -254", WHITE, 3, 'opacity="0.6"'),
        stroke("M-398 -262 C-424 -284 -420 -318 -396 -322", heel, 12),
        text(-352, -150, "Z", "display-bi", 54, LIME, "middle"),
        path(MIDSOLE, foam),
        f"<g {clip_sole}>",
        path("M-450 -60 C-300 -76 -100 -20 120 -46 C260 -62 360 -50 450 -70 L450 30 L-450 30Z", main, 'opacity="0.92"'),
        path("M-450 -60 C-300 -76 -100 -20 120 -46 C260 -62 360 -50 450 -70", "none", 'stroke="#fff" stroke-width="5"'),
        "".join(stroke(f"M{-360 + i * 56} {-44 + i * 1.5} l22 20", WHITE, 5, 'opacity="0.35"') for i in range(12)),
        path("M-450 -8 C-200 14 150 14 300 -10 L460 -60 L460 40 L-450 40Z", "#000", f'opacity="0.35" {c.blur(8)}'),
        "</g>",
        path(
            "M-384 -16 C-200 6 100 6 250 -4 C340 -12 402 -32 434 -74 C430 -34 380 6 250 12 C100 20 -200 20 -360 6 C-374 4 -384 -6 -384 -16Z",
            "#171A38",
        ),
        "".join(rect(-340 + i * 46, 6 + (4 if 3 < i < 11 else 0), 30, 9, "#0B0D22", 4) for i in range(14)),
    ]
    return group(parts, x, y, s, turn)


def _speed(c: Canvas, seed: int, count: int, colour: str, low: float, high: float) -> None:
    rng = random.Random(seed)
    for _ in range(count):
        y, x, n = rng.uniform(low, high), rng.uniform(-100, c.width * 0.8), rng.uniform(140, 520)
        paint = c.linear([(0, colour, 0), (1, colour, rng.uniform(0.25, 0.8))], (0, 0, 1, 0))
        c.add(rect(round(x), round(y), round(n), rng.choice([3, 4, 6, 9]), paint, 4))


def banner() -> Canvas:
    """Landscape hero on coral."""
    c = Canvas(1200, 628)
    c.fill(c.linear([(0, "#2B1E8F"), (0.5, "#4A2BD6"), (1, "#7B3BFF")], (0, 0, 1, 1)))
    c.add(path("M620 0 L1200 0 L1200 628 L420 628Z", c.linear([(0, "#E4FF6A"), (1, "#B8EE1C")])))
    c.add(path("M700 0 L760 0 L560 628 L500 628Z", WHITE, 'opacity="0.25"'))
    _speed(c, 5, 12, WHITE, 400, 480)
    c.add(
        ellipse(850, 545, 270, 14, "#2d4a00", f'opacity="0.45" {c.blur(10)}'), shoe(c, 838, 500, 0.74, -9, ground=False)
    )
    c.add(logo(64, 84, WHITE, 0.95))
    c.add(lines(60, 218, ["Easy days,", "faster."], "display-bi", 88, WHITE, 1.0))
    c.add(text(62, 356, "Dayrunner 2 · 8.1 oz · 36 mm foam", "inter-m", 25, "#DCD5FF"))
    c.add(button(60, 500, "Shop Dayrunner 2", "inter-b", 26, LIME, NIGHT))
    c.add(group([rect(0, 0, 176, 66, NIGHT, 33), text(88, 45, "$120", "display-bi", 38, WHITE, "middle")], 988, 44))
    return c


def portrait() -> Canvas:
    """Portrait: shoe over a giant word."""
    c = Canvas(1080, 1350)
    c.fill(c.linear([(0, "#EE5A2A"), (1, "#DD2450")], (0, 0, 0.4, 1)))
    c.add(text(540, 700, "BOUNCE", "display-bi", 262, "#fff", "middle", -8, 'opacity="0.22"'))
    c.add(text(540, 920, "BOUNCE", "display-bi", 262, "#fff", "middle", -8, 'opacity="0.13"'))
    c.add(circle(560, 800, 360, c.radial([(0, "#FFE7B8", 0.9), (1, "#FFB36B", 0)])))
    _speed(c, 9, 12, WHITE, 640, 960)
    c.add(shoe(c, 555, 985, 1.1, -13, ("#8DF5E4", "#12BFC0", "#0B6E93"), False))
    c.add(ellipse(540, 1088, 330, 20, "#7a0f2c", f'opacity="0.45" {c.blur(14)}'))
    c.add(logo(70, 110, WHITE, 1.1))
    c.add(lines(66, 276, ["Your slow run", "just got fun."], "display-bi", 116, WHITE, 1.0))
    c.add(button(66, 1180, "Find your size", "inter-b", 38, NIGHT, WHITE))
    c.add(
        text(1014, 1246, "$120", "display-bi", 84, WHITE, "end"),
        text(1014, 1288, "free 60-day returns", "inter-m", 28, WHITE, "end"),
    )
    return c


def story() -> Canvas:
    """Story with a defect: logo and headline at the very top, button at the very bottom."""
    c = Canvas(1080, 1920)
    c.fill(c.linear([(0, "#0E1230"), (0.6, "#2B1E8F"), (1, "#6A2BE0")]))
    c.add(path("M0 1500 L1080 1060 L1080 1920 L0 1920Z", c.linear([(0, LIME), (1, "#9FDB10")])))
    _speed(c, 15, 22, "#B9A6FF", 640, 1300)
    c.add(shoe(c, 545, 1240, 1.14, -22, ("#FFD36B", "#FF8A3D", "#E2433C"), False))
    c.add(logo(64, 84, WHITE, 1.0))
    c.add(lines(60, 246, ["26 miles.", "Same legs."], "display-bi", 140, WHITE, 0.98))
    c.add(text(66, 480, "Dayrunner 2 returns 74% of every step.", "inter-m", 42, "#D9D2FF"))
    c.add(text(64, 1660, "From $120", "display-bi", 84, NIGHT))
    c.add(button(64, 1760, "Shop now", "inter-b", 44, NIGHT, WHITE))
    return c


def small() -> Canvas:
    """Square with a defect: the offer is set far too small."""
    c = Canvas(1080, 1080)
    c.fill(c.radial([(0, "#FFFFFF"), (0.7, "#E9EDF6"), (1, "#CBD3E6")], (0.5, 0.45), 0.75))
    c.add(circle(540, 520, 380, c.linear([(0, "#D6FF3D"), (1, "#9BE01B")])))
    c.add(
        ellipse(540, 775, 340, 18, "#1c3300", f'opacity="0.4" {c.blur(12)}'),
        shoe(c, 540, 690, 1.06, -8, ("#6E7BFF", "#3C3FE0", "#1F1E8F"), False),
    )
    c.add(logo(404, 120, NIGHT, 1.0))
    c.add(text(540, 880, "Trade in any pair, get $30 off the Dayrunner 2", "inter-m", 17, NIGHT, "middle"))
    c.add(
        text(
            540,
            910,
            "Bring worn shoes of any brand to a Zankia store or mail them in with the prepaid label. One credit per pair.",
            "inter",
            12,
            "#3A4163",
            "middle",
        )
    )
    c.add(text(540, 930, "Ends December 15. Not combinable with other offers.", "inter", 12, "#3A4163", "middle"))
    c.add(button(540, 966, "See how it works", "inter-sb", 15, NIGHT, WHITE, True))
    return c


CREATIVES = [
    Creative("zankia-01-easy-days", banner),
    Creative("zankia-02-bounce", portrait),
    Creative("zankia-03-26-miles", story),
    Creative("zankia-04-trade-in", small, "png"),
]
