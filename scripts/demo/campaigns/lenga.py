"""Refugios Lenga: mountain cabins, Argentina. Layered ridges, lake, lit windows."""

from __future__ import annotations

import random

from campaigns.creative import Creative
from kit import Canvas, button, circle, ellipse, group, lines, path, rect, stroke, text

WHITE, NIGHT, AMBER, PINE = "#FFFFFF", "#0D1B2E", "#FFB84D", "#12332F"


def logo(x: float, y: float, colour: str, scale: float = 1) -> str:
    """A roof over a leaf, and the name."""
    mark = stroke("M-30 8 L0 -24 L30 8", colour, 6) + path("M0 26 C-16 14 -16 -2 0 -12 C16 -2 16 14 0 26Z", colour)
    return group(
        mark + text(46, 4, "Refugios", "slab", 24, colour) + text(46, 37, "LENGA", "slab-b", 34, colour, spacing=4),
        x,
        y,
        scale,
    )


def ridge(
    seed: int, width: float, base: float, height: float, rough: float, steps: int = 7
) -> list[tuple[float, float]]:
    """Midpoint displacement between two ends: a mountain's line."""
    rng = random.Random(seed)
    points = [
        (-20.0, base - height * rng.uniform(0.3, 0.7)),
        (width * rng.uniform(0.35, 0.65), base - height),
        (width + 20.0, base - height * rng.uniform(0.2, 0.6)),
    ]
    sway = height * rough
    for _ in range(steps):
        grown = [points[0]]
        for a, b in zip(points, points[1:], strict=False):
            grown += [
                (
                    (a[0] + b[0]) / 2 + rng.uniform(-0.1, 0.1) * (b[0] - a[0]),
                    (a[1] + b[1]) / 2 + rng.uniform(-sway, sway),
                ),
                b,
            ]
        points, sway = grown, sway * 0.54
    return points


def mountain(
    c: Canvas,
    points: list[tuple[float, float]],
    base: float,
    top: str,
    foot: str,
    snow: float | None = None,
    seed: int = 0,
) -> str:
    """A ridge filled to its base, with snow and a shadowed flank when asked."""
    line = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    shape = f"M{line} L{points[-1][0]:.1f} {base} L{points[0][0]:.1f} {base}Z"
    parts = [path(shape, c.linear([(0, top), (1, foot)]))]
    if snow is not None:
        rng = random.Random(seed)
        clip = c.clip(path(shape, "#000"))
        peak = min(y for _, y in points)
        edge = []
        x = points[0][0]
        while x < points[-1][0]:
            edge.append((x, peak + snow * rng.uniform(0.45, 1.0)))
            x += rng.uniform(9, 26)
        cap = (
            f"M{points[0][0]} {peak - 20} L"
            + " L".join(f"{a:.0f} {b:.0f}" for a, b in edge)
            + f" L{points[-1][0]} {peak - 20}Z"
        )
        flank = []
        for (x0, y0), (x1, y1) in zip(points[::5], points[5::5], strict=False):
            if y1 > y0:
                flank.append(
                    f"M{x0:.0f} {y0:.0f} L{x1:.0f} {y1:.0f} L{x1 - 30:.0f} {y1 + 130:.0f} L{x0 - 12:.0f} {y0 + 60:.0f}Z"
                )
        parts.append(
            f"<g {clip}>"
            + path(cap, c.linear([(0, "#fff"), (1, "#E8EEF8")]), 'opacity="0.93"')
            + path(" ".join(flank), "#1c2f55", 'opacity="0.17"')
            + "</g>"
        )
    return "".join(parts)


def pine(x: float, y: float, h: float, dark: str, light: str) -> str:
    """One conifer, its foot at (x, y)."""
    parts = [rect(-h * 0.02, -h * 0.1, h * 0.04, h * 0.1, "#1c120c")]
    for i in range(5):
        w, y0 = h * (0.21 - i * 0.034), -h * (0.07 + i * 0.17)
        parts.append(
            path(
                f"M{-w:.1f} {y0:.1f} Q{-w * 0.4:.1f} {y0 + h * 0.03:.1f} 0 {y0 + h * 0.015:.1f} Q{w * 0.4:.1f} {y0 + h * 0.03:.1f} {w:.1f} {y0:.1f} L0 {y0 - h * 0.27:.1f}Z",
                dark,
            )
        )
        parts.append(
            path(
                f"M0 {y0 + h * 0.015:.1f} Q{w * 0.4:.1f} {y0 + h * 0.03:.1f} {w:.1f} {y0:.1f} L0 {y0 - h * 0.27:.1f}Z",
                light,
                'opacity="0.4"',
            )
        )
    return group(parts, round(x, 1), round(y, 1))


def forest(seed: int, x0: float, x1: float, y: float, h: tuple[float, float], count: int, dark: str, light: str) -> str:
    """A row of conifers."""
    rng = random.Random(seed)
    return "".join(
        pine(
            x0 + (x1 - x0) * (i + rng.uniform(-0.4, 0.4)) / count, y + rng.uniform(-6, 12), rng.uniform(*h), dark, light
        )
        for i in range(count + 1)
    )


def cabin(c: Canvas, x: float, y: float, s: float) -> str:
    """An A-frame with lit windows and a deck, 420 wide, its foot at (x, y)."""
    roof = c.linear([(0, "#3A2A24"), (1, "#1A120F")])
    wood = c.linear([(0, "#B87843"), (1, "#7A4723")])
    glow = c.linear([(0, "#FFE9A8"), (0.6, "#FFC35A"), (1, "#F0922B")])
    halo = c.radial([(0, "#FFC76A", 0.75), (1, "#FFC76A", 0)])
    planks = "".join(
        stroke(f"M{-150 + i * 25} 0 L{-150 + i * 25} -330", "#4b2a14", 2, 'opacity="0.4"') for i in range(13)
    )
    tri = c.clip(path("M0 -330 L-168 0 L168 0Z", "#000"))
    return group(
        [
            circle(0, -110, 400, halo),
            path("M8 -392 L236 -356 L424 6 L404 14 L196 20Z", roof),
            path("M8 -392 L236 -356 L246 -338 L20 -372Z", "#fff", 'opacity="0.22"'),
            path("M0 -330 L-168 0 L168 0Z", wood),
            f"<g {tri}>{planks}</g>",
            path("M0 -262 L-66 -136 L66 -136Z", glow),
            stroke("M0 -262 L0 -136 M-36 -192 L36 -192", "#4a2b14", 6),
            rect(-104, -112, 76, 112, glow, 3),
            stroke("M-66 -112 L-66 0", "#4a2b14", 5),
            rect(8, -108, 54, 108, "#5C3318", 3),
            circle(52, -52, 4, AMBER),
            rect(78, -92, 46, 50, glow, 3),
            stroke("M101 -92 L101 -42", "#4a2b14", 4),
            path("M20 -396 L-204 20 L-170 20 L0 -300 L172 20 L206 20Z", roof),
            path("M20 -396 L-204 20 L-196 20 L14 -372Z", "#fff", 'opacity="0.35"'),
            rect(-230, 0, 480, 18, "#8A5730"),
            rect(-230, 18, 480, 10, "#4d2d16"),
            rect(228, -400, 30, 90, "#4a3a35"),
            path(
                "M243 -410 C215 -460 275 -480 250 -540 C300 -490 280 -460 262 -410Z",
                "#fff",
                f'opacity="0.35" {c.blur(9)}',
            ),
        ],
        x,
        y,
        s,
    )


def _dusk(c: Canvas, lake: float, sun: tuple[float, float]) -> None:
    """Sky, ridges, lake with reflections."""
    w = c.width
    c.fill(c.linear([(0, "#2C3E7B"), (0.35, "#8C6BA8"), (0.55, "#F2977B"), (0.72, "#FFD49A")]))
    c.add(circle(*sun, 230, c.radial([(0, "#FFF3CF"), (0.25, "#FFE2A0", 0.8), (1, "#FFD08A", 0)])))
    h = c.height * 0.3
    far = [(w - x, y) for x, y in reversed(ridge(8, w, lake, h, 0.16))]
    mid = ridge(23, w, lake, h * 0.62, 0.2)
    c.add(mountain(c, far, lake, "#7A78B4", "#C99AAF"), mountain(c, mid, lake, "#474A86", "#7E6796"))
    c.add(rect(0, lake - 60, w, 70, c.linear([(0, "#FFE3C4", 0), (1, "#FFE3C4", 0.6)])))
    c.add(forest(6, -20, w + 20, lake + 2, (40, 95), int(w / 22), "#2A2F5B", "#4A4A7E"))
    c.add(rect(0, lake, w, c.height - lake, c.linear([(0, "#F7B58E"), (0.3, "#9A76A6"), (1, "#262F63")])))
    rng = random.Random(2)
    for _ in range(46):
        y = lake + rng.uniform(0, 1) ** 1.6 * (c.height - lake)
        c.add(
            rect(
                round(rng.uniform(0, w)),
                round(y),
                round(rng.uniform(30, 190)),
                rng.choice([1.5, 2, 3]),
                "#FFE9CF",
                2,
                f'opacity="{rng.uniform(0.08, 0.4):.2f}"',
            )
        )


def lake() -> Canvas:
    """Landscape hero: dusk over the lake."""
    c = Canvas(1200, 628)
    _dusk(c, 430, (760, 330))
    c.add(
        path("M560 628 C700 560 860 520 1200 500 L1200 628Z", PINE),
        forest(14, 1060, 1230, 560, (150, 260), 6, "#0E2724", "#1E4A42"),
    )
    c.add(cabin(c, 900, 556, 0.62), forest(19, 560, 760, 620, (70, 130), 5, "#0B1F1D", "#1E4A42"))
    c.add(rect(0, 0, 640, 628, c.linear([(0, "#141a3d", 0.72), (1, "#141a3d", 0)], (0, 0, 1, 0))))
    c.add(logo(84, 76, WHITE, 0.9))
    c.add(lines(58, 214, ["Silenciá todo.", "Menos el lago."], "slab-b", 72, WHITE, 1.1))
    c.add(text(60, 352, "Cabañas para dos frente al agua", "lato", 29, "#FFE9D2"))
    c.add(button(58, 478, "Reservá tu finde", "lato-x", 28, AMBER, NIGHT))
    return c


def stars() -> Canvas:
    """Story: night sky."""
    c = Canvas(1080, 1920)
    c.fill(c.linear([(0, "#070D22"), (0.5, "#16305C"), (0.72, "#3A6A8C"), (1, "#0A1A26")]))
    rng = random.Random(44)
    c.add(
        path(
            "M-100 900 C300 640 500 420 1200 60 L1200 330 C700 560 480 820 -100 1130Z",
            "#A9C4FF",
            f'opacity="0.16" {c.blur(60)}',
        )
    )
    for _ in range(420):
        y = rng.uniform(0, 1150)
        c.add(
            circle(
                round(rng.uniform(0, 1080)),
                round(y),
                round(rng.choice([1, 1, 1.4, 2, 2.8]), 1),
                WHITE,
                f'opacity="{rng.uniform(0.25, 1) * (1 - y / 1500):.2f}"',
            )
        )
    c.add(
        mountain(c, ridge(31, 1080, 1300, 480, 0.17), 1320, "#3C5C86", "#23405F", 150, 9),
        mountain(c, ridge(12, 1080, 1340, 280, 0.22), 1360, "#1B3450", "#122438"),
    )
    c.add(forest(5, -20, 1100, 1345, (80, 170), 34, "#0B1A28", "#183348"))
    c.add(rect(0, 1320, 1080, 600, c.linear([(0, "#14303D"), (0.4, "#0B1E27"), (1, "#050D14")])))
    c.add(cabin(c, 500, 1380, 0.9), ellipse(500, 1430, 330, 40, AMBER, f'opacity="0.25" {c.blur(30)}'))
    c.add(
        forest(8, -30, 230, 1470, (280, 430), 5, "#040D14", "#10303A"),
        forest(17, 860, 1110, 1480, (280, 470), 5, "#040D14", "#10303A"),
    )
    c.add(logo(450, 330, WHITE, 1.15))
    c.add(lines(540, 500, ["Hotel mil", "estrellas."], "slab-b", 122, WHITE, 1.04, "middle"))
    c.add(text(540, 716, "A 40 minutos de San Martín de los Andes", "lato", 40, "#CFE0F5", "middle"))
    c.add(
        button(540, 1424, "Mirá las fechas libres", "lato-x", 40, AMBER, NIGHT, True, more=c.shadow(8, 12, "#000", 0.6))
    )
    return c


def winter() -> Canvas:
    """Portrait, middling: pretty scene, but three messages compete."""
    c = Canvas(1080, 1350)
    c.fill(c.linear([(0, "#6FB7E8"), (0.6, "#D9EEFA"), (1, "#F3F9FD")]))
    c.add(circle(850, 190, 160, c.radial([(0, "#FFFBE6"), (0.35, "#FFF2B8", 0.9), (1, "#FFF2B8", 0)])))
    c.add(
        mountain(c, ridge(27, 1080, 860, 430, 0.16), 880, "#6F93BE", "#BBD3E8", 230, 6),
        mountain(c, ridge(37, 1080, 900, 220, 0.2), 930, "#4C7299", "#A9C6DE"),
    )
    c.add(forest(4, -20, 1100, 930, (90, 180), 30, "#1F4A4A", "#3E7A70"))
    c.add(path("M0 920 C300 860 700 960 1080 900 L1080 1350 L0 1350Z", c.linear([(0, "#FFFFFF"), (1, "#CFE2F1")])))
    c.add(cabin(c, 620, 1090, 0.86), forest(9, 20, 330, 1120, (200, 320), 5, "#163B3A", "#3E7A70"))
    c.add(logo(96, 92, NIGHT, 1.0))
    c.add(lines(66, 236, ["Vacaciones de invierno", "en la nieve"], "slab-b", 74, NIGHT, 1.08))
    c.add(
        group(
            [
                rect(0, 0, 330, 132, "#E5432F", 12),
                text(165, 56, "3 x 2 en noches", "lato-x", 38, WHITE, "middle"),
                text(165, 102, "domingo a jueves", "lato-b", 30, WHITE, "middle"),
            ],
            66,
            360,
            1,
            -4,
        )
    )
    c.add(
        rect(0, 1180, 1080, 170, NIGHT),
        text(66, 1252, "Desde $ 98.000 la noche", "slab-b", 46, WHITE),
        text(66, 1304, "6 cuotas sin interés · Desayuno incluido", "lato", 32, "#CFE0F5"),
    )
    c.add(button(748, 1224, "Reservá ya", "lato-x", 34, AMBER, NIGHT))
    return c


def cut() -> Canvas:
    """Landscape with a defect: the headline and the offer run out of the picture."""
    c = Canvas(1200, 628)
    c.fill(c.linear([(0, "#F3B27A"), (0.5, "#F7D7A6"), (1, "#EAD9B8")]))
    c.add(circle(260, 210, 170, c.radial([(0, "#FFF6DA"), (0.5, "#FFE7AE", 0.8), (1, "#FFE7AE", 0)])))
    c.add(
        mountain(c, ridge(61, 1200, 470, 300, 0.17), 480, "#9C6B63", "#DDA987", 120, 3),
        mountain(c, ridge(71, 1200, 500, 160, 0.2), 520, "#7A4A45", "#B27A5F"),
    )
    c.add(
        forest(3, -20, 1220, 505, (70, 130), 44, "#8E3B22", "#D9682F"),
        rect(0, 495, 1200, 133, c.linear([(0, "#B8623A"), (1, "#6B2E1C")])),
    )
    c.add(cabin(c, 250, 560, 0.6), forest(13, 430, 560, 600, (120, 190), 4, "#A8431F", "#F08A3C"))
    c.add(logo(940, 72, NIGHT, 0.85))
    c.add(lines(590, 220, ["El otoño dura poco.", "Que no te lo cuenten."], "slab-b", 76, NIGHT, 1.1))
    c.add(text(592, 380, "2 noches para 4 personas con leña incluida", "lato-b", 34, "#3A1D12"))
    c.add(button(592, 592, "Reservá tu cabaña", "lato-x", 30, NIGHT, WHITE))
    return c


CREATIVES = [
    Creative("lenga-01-lago", lake),
    Creative("lenga-02-estrellas", stars),
    Creative("lenga-03-invierno", winter, "webp"),
    Creative("lenga-04-otono", cut),
]
