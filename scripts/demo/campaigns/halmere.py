"""Halmere: skin care, United Kingdom. A cream jar on stone, soft light, serif type."""

from __future__ import annotations

from campaigns.creative import Creative
from kit import Canvas, button, ellipse, group, lines, path, rect, stroke, text

SAGE, FOREST, SAND, BLUSH, WHITE = "#A9B8A0", "#27382E", "#F3EBDF", "#EAC9B8", "#FFFFFF"


def logo(x: float, y: float, colour: str, scale: float = 1) -> str:
    """The name in spaced capitals, centred."""
    return group(
        text(0, 0, "HALMERE", "garamond", 46, colour, "middle", 12)
        + stroke("M-16 20 L16 20", colour, 1.5)
        + text(0, 48, "Northumberland", "garamond-i", 22, colour, "middle", 1),
        x,
        y,
        scale,
    )


def jar(c: Canvas, x: float, y: float, s: float) -> str:
    """A frosted glass jar with a wooden lid, 460 by 400, its foot at (x, y)."""
    glass = c.linear(
        [(0, "#C9B7A6"), (0.1, "#F5ECE2"), (0.28, "#FFFDFA"), (0.6, "#F0E4D8"), (0.88, "#D5C1AF"), (1, "#B19C8A")],
        (0, 0, 1, 0),
    )
    wood = c.linear(
        [(0, "#6F4A2D"), (0.18, "#C08F5F"), (0.35, "#DDB382"), (0.65, "#B98557"), (1, "#61401F")], (0, 0, 1, 0)
    )
    top = c.linear([(0, "#E9C79B"), (1, "#C3945F")], (0, 0, 1, 0))
    shade = c.linear([(0, "#5b4230", 0), (0.7, "#5b4230", 0.05), (1, "#5b4230", 0.4)])
    body = "M-226 -232 C-232 -242 -220 -250 -206 -250 L206 -250 C220 -250 232 -242 226 -232 L226 -50 C226 -16 190 0 150 2 L-150 2 C-190 0 -226 -16 -226 -50Z"
    grain = "".join(
        stroke(
            f"M-236 {-300 + i * 13} C-120 {-294 + i * 13} 60 {-290 + i * 12} 236 {-304 + i * 14}",
            "#5A3A1E",
            1.6,
            'opacity="0.3"',
        )
        for i in range(4)
    )
    return group(
        [
            ellipse(26, 4, 265, 26, "#3c2a1c", f'opacity="0.5" {c.blur(14)}'),
            path(body, glass),
            path(body, shade),
            rect(-198, -240, 22, 200, WHITE, 11, f'opacity="0.9" {c.blur(4)}'),
            rect(176, -236, 14, 180, WHITE, 7, f'opacity="0.5" {c.blur(4)}'),
            rect(-214, -256, 428, 12, "#8E7763", 4, f'opacity="0.7" {c.blur(2)}'),
            path("M-240 -262 L-240 -330 C-240 -350 240 -350 240 -330 L240 -262 C240 -244 -240 -244 -240 -262Z", wood),
            grain,
            ellipse(0, -331, 240, 19, top),
            ellipse(-40, -334, 150, 9, WHITE, f'opacity="0.35" {c.blur(4)}'),
            text(0, -150, "HALMERE", "garamond", 40, FOREST, "middle", 9),
            stroke("M-30 -130 L30 -130", FOREST, 1.5),
            text(0, -98, "oat barrier cream", "garamond-i", 29, FOREST, "middle"),
            text(0, -50, "50 ml  ℮  1.7 fl oz", "garamond", 18, "#5E6B60", "middle", 1),
        ],
        x,
        y,
        s,
    )


def sprig(
    c: Canvas,
    x: float,
    y: float,
    s: float,
    turn: float,
    tint: tuple[str, str] = ("#8FA184", "#4C6350"),
    blur: float = 0,
) -> str:
    """An oat-like sprig with paired leaves."""
    leaf = c.linear([(0, tint[0]), (1, tint[1])], (0, 0, 1, 1))
    parts = [stroke("M0 0 C10 -140 -10 -280 20 -420", tint[1], 5)]
    for i in range(7):
        y0 = -50 - i * 54
        size = round(1 - i * 0.07, 2)
        blade = path("M0 0 C26 -34 66 -44 104 -34 C82 2 36 14 0 0Z", leaf) + stroke(
            "M4 -2 C30 -16 60 -26 92 -31", "#E4ECDD", 1.5, 'opacity="0.6"'
        )
        parts.append(f'<g transform="translate({2 + i} {y0 + 20}) scale({-size} {size}) rotate(-24)">{blade}</g>')
        parts.append(group(blade, 4 + i, y0, size, -24))
    return group(parts, x, y, s, turn, c.blur(blur) if blur else "")


def swatch(c: Canvas, x: float, y: float, s: float) -> str:
    """A swirl of cream."""
    cream = c.linear([(0, "#FFFFFF"), (0.5, "#FBF1E4"), (1, "#DDC8B2")], (0, 0, 0.4, 1))
    return group(
        [
            path(
                "M-170 20 C-190 -50 -90 -86 -10 -70 C60 -110 180 -60 176 10 C186 66 70 92 -20 78 C-90 96 -160 74 -170 20Z",
                cream,
                c.shadow(8, 8, "#4d3622", 0.35),
            ),
            stroke(
                "M-120 12 C-90 -44 20 -54 60 -12 C84 20 20 50 -20 30 C-46 14 -10 -14 18 2",
                "#D2BBA3",
                7,
                'opacity="0.75"',
            ),
            stroke("M-128 4 C-96 -52 24 -62 68 -18", WHITE, 7, 'opacity="0.95"'),
            path("M-18 -20 C-6 -60 36 -66 40 -96 C58 -60 40 -20 10 -4Z", cream),
        ],
        x,
        y,
        s,
    )


def stone(c: Canvas, x: float, y: float, w: float, h: float, light: str, dark: str) -> str:
    """A round plinth; its top's middle is at (x, y)."""
    side = c.linear([(0, dark), (0.3, light), (0.55, light), (1, dark)], (0, 0, 1, 0))
    return group(
        [
            ellipse(18, h, w * 0.53, w * 0.06, "#4a3626", f'opacity="0.35" {c.blur(10)}'),
            path(
                f"M{-w / 2} 0 L{-w / 2} {h} C{-w / 2} {h + w * 0.09} {w / 2} {h + w * 0.09} {w / 2} {h} L{w / 2} 0Z",
                side,
            ),
            ellipse(0, 0, w / 2, w * 0.075, light),
            ellipse(0, 0, w / 2 - 3, w * 0.072, WHITE, 'opacity="0.28"'),
        ],
        x,
        y,
    )


def _window(c: Canvas, opacity: float = 0.35) -> None:
    """Late light through a window, on the wall."""
    soft = c.blur(14)
    for i in range(2):
        x = c.width * 0.40 + i * 250
        c.add(
            path(
                f"M{x} -40 L{x + 210} -40 L{x - 30} {c.height * 0.62} L{x - 240} {c.height * 0.62}Z",
                "#FFF6E3",
                f'opacity="{opacity}" {soft}',
            )
        )


def calm() -> Canvas:
    """Portrait: jar on a plinth, window light."""
    c = Canvas(1080, 1350)
    c.fill(c.linear([(0, "#C4CDBA"), (1, "#9DAE95")]))
    _window(c)
    c.add(sprig(c, 930, 1080, 1.35, 14, blur=2), sprig(c, 170, 1110, 1.15, -16, ("#7E927A", "#3F5645")))
    c.add(rect(0, 1110, 1080, 240, c.linear([(0, "#E8DCCB"), (1, "#CDBBA4")])))
    c.add(stone(c, 540, 1050, 660, 110, "#F4EADC", "#C3AE96"), jar(c, 540, 1056, 1.12), swatch(c, 890, 1240, 0.8))
    c.add(logo(540, 130, FOREST, 1.05))
    c.add(lines(540, 330, ["Calm comes", "in a small jar."], "garamond", 106, FOREST, 1.0, "middle", -1))
    c.add(text(540, 518, "Barrier cream for skin that reacts to everything.", "lato", 32, "#33463A", "middle"))
    c.add(button(340, 1210, "Try the 15 ml, £9", "lato-b", 34, FOREST, SAND, True, 6))
    return c


def pale() -> Canvas:
    """Square with a defect: pale words on a pale wall."""
    c = Canvas(1080, 1080)
    c.fill(c.linear([(0, "#F7EFE6"), (1, "#EFE1D2")]))
    _window(c, 0.6)
    c.add(rect(0, 860, 1080, 220, c.linear([(0, "#F1E4D4"), (1, "#E2CFB9")])))
    c.add(sprig(c, 960, 900, 1.2, 18, ("#C9CDB6", "#A2AB90"), 2))
    c.add(stone(c, 650, 890, 560, 70, "#FBF4EA", "#DAC7B1"), jar(c, 650, 896, 0.98))
    c.add(logo(540, 110, "#DCCBB8", 1.0))
    c.add(lines(76, 290, ["Winter skin,", "softened."], "garamond", 104, "#E4D3BF", 1.0))
    c.add(lines(80, 470, ["Colloidal oat, squalane,", "nothing that stings."], "lato", 34, "#E0CFBB", 1.3))
    c.add(button(76, 930, "Shop the cream", "lato-b", 32, "#F8F0E6", "#E3D2BE", radius=6))
    return c


def bundle() -> Canvas:
    """Landscape with a defect: exported small and blown up, hence blurry."""
    c = Canvas(1200, 628)
    c.fill(c.linear([(0, "#E9C6B4"), (1, "#D9A58E")], (0, 0, 1, 1)))
    _window(c, 0.3)
    c.add(rect(0, 500, 1200, 128, c.linear([(0, "#F1DDCF"), (1, "#D8B8A3")])))
    c.add(sprig(c, 1120, 540, 0.95, 10, ("#9FAE8F", "#5C7259")), stone(c, 850, 500, 500, 60, "#FBEFE4", "#CFAF99"))
    c.add(jar(c, 790, 506, 0.78), jar(c, 1010, 530, 0.5), swatch(c, 590, 560, 0.55))
    c.add(group(text(0, 0, "HALMERE", "garamond", 36, FOREST, spacing=10), 64, 84))
    c.add(lines(62, 210, ["Two jars.", "One calm face."], "garamond", 82, FOREST, 1.0))
    c.add(text(64, 358, "Day and night set, £38 instead of £46", "lato", 27, FOREST))
    c.add(button(64, 420, "Shop the set", "lato-b", 27, FOREST, SAND, radius=5))
    return c


CREATIVES = [
    Creative("halmere-01-calm", calm),
    Creative("halmere-02-winter", pale),
    Creative("halmere-03-set", bundle, shrink=0.24),
]
