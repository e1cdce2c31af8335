"""Ventoa: electric bicycles, Spain. A step-through bike, a city at dawn, clean grotesque type."""

from __future__ import annotations

import random
from math import cos, pi, sin

from campaigns.creative import Creative
from kit import Canvas, button, circle, ellipse, group, lines, path, rect, seal, stroke, text

TEAL, NAVY, LEMON, WHITE, CORAL = "#0F8B8D", "#10243E", "#FFE04A", "#FFFFFF", "#FF6B57"


def logo(x: float, y: float, colour: str, scale: float = 1) -> str:
    """A gust and the name."""
    mark = stroke("M-34 -8 L6 -8 C24 -8 24 -32 8 -32 M-44 6 L26 6 M-34 20 L2 20 C18 20 18 40 4 40", colour, 6)
    return group(mark + text(44, 18, "ventoa", "display-x", 50, colour, spacing=-1.5), x + 44 * scale, y, scale)


def _wheel(c: Canvas, x: float, y: float, r: float) -> str:
    spokes = "".join(
        f'<line x1="{x + 12 * cos(a + 0.5):.1f}" y1="{y + 12 * sin(a + 0.5):.1f}" x2="{x + (r - 16) * cos(a):.1f}" y2="{y + (r - 16) * sin(a):.1f}" stroke="#8C97A6" stroke-width="1.6"/>'
        for a in (2 * pi * i / 28 for i in range(28))
    )
    tyre = c.linear([(0, "#4A4F58"), (0.4, "#22262C"), (1, "#0D0F13")])
    return (
        f'<circle cx="{x}" cy="{y}" r="{r - 7}" fill="none" stroke="{tyre}" stroke-width="17"/>'
        f'<circle cx="{x}" cy="{y}" r="{r - 1}" fill="none" stroke="#6b717b" stroke-width="1.5" opacity="0.6"/>'
        f'<circle cx="{x}" cy="{y}" r="{r - 18}" fill="none" stroke="#C9D0DA" stroke-width="6"/>' + spokes
    )


def _tube(c: Canvas, d: str, paint: tuple[str, str, str], width: float) -> str:
    return (
        stroke(d, paint[2], width)
        + stroke(d, paint[1], width * 0.82, 'transform="translate(-1 -1.5)"')
        + stroke(d, paint[0], width * 0.22, f'transform="translate(-2 {-width * 0.2})" opacity="0.85"')
    )


def bike(
    c: Canvas,
    x: float,
    y: float,
    s: float,
    paint: tuple[str, str, str] = ("#9BF0E4", "#16A5A3", "#0B6466"),
    shade: str = "#000",
) -> str:
    """A step-through e-bike facing right, 900 by 620, its ground at (x, y)."""
    steel, dark = ("#F4F7FA", "#AEB8C4", "#6F7A88"), ("#6A7280", "#2A2F38", "#14171C")
    rear, front, hub = (-270, -170), (290, -170), 168
    leather = c.linear([(0, "#C98A55"), (1, "#7A4522")])
    pack = c.linear([(0, "#3A414D"), (1, "#14181E")], (0, 0, 1, 1))
    parts = [
        ellipse(10, 2, 470, 18, shade, f'opacity="0.4" {c.blur(10)}'),
        _wheel(c, *rear, hub),
        _wheel(c, *front, hub),
        stroke("M-440 -196 C-430 -330 -300 -372 -180 -330", "#2A2F38", 10),
        stroke("M142 -250 C180 -352 330 -380 420 -300", "#2A2F38", 10),
        _tube(c, "M-30 -160 L-270 -170", dark, 14),
        _tube(c, "M-92 -396 L-270 -170", paint, 15),
        stroke("M-36 -134 L-270 -148 M-36 -190 L-270 -190", "#3A3F47", 4),
        circle(*rear, 34, c.radial([(0, "#9AA3AF"), (1, "#2A2F38")])),
        circle(*rear, 12, "#C9D0DA"),
        circle(*front, 16, "#C9D0DA"),
        circle(*front, 7, "#2A2F38"),
        _tube(c, "M200 -440 C222 -380 246 -320 290 -170", steel, 17),
        _tube(c, "M-110 -440 L-30 -160", paint, 24),
        _tube(c, "M190 -436 C120 -260 40 -180 -30 -160", paint, 34),
        group(
            rect(-96, -23, 192, 46, pack, 14)
            + rect(-84, -17, 168, 10, WHITE, 5, 'opacity="0.14"')
            + text(0, 12, "ventoa", "display-x", 24, WHITE, "middle")
            + "".join(circle(58 + i * 9, -2, 2.6, "#7CFF9B") for i in range(3)),
            92,
            -272,
            1,
            -57,
        ),
        _tube(c, "M180 -486 L204 -420", paint, 30),
        _tube(c, "M176 -500 L164 -556", steel, 13),
        stroke("M168 -556 C210 -580 236 -562 226 -530 C216 -508 180 -506 128 -512", "#2A2F38", 11),
        stroke("M176 -510 C150 -514 130 -512 112 -508", "#8A5027", 17),
        circle(236, -468, 24, dark[1]),
        path("M236 -492 C262 -490 268 -446 236 -444Z", "#FFF2B0"),
        path(
            "M254 -480 L420 -520 L420 -400 L254 -456Z", c.linear([(0, "#FFF2B0", 0.6), (1, "#FFF2B0", 0)], (0, 0, 1, 0))
        ),
        _tube(c, "M-110 -440 L-124 -494", steel, 13),
        path(
            "M-196 -512 C-160 -528 -110 -514 -40 -520 C-30 -516 -34 -502 -52 -500 C-100 -494 -110 -474 -140 -476 C-176 -478 -206 -494 -196 -512Z",
            leather,
        ),
        path("M-188 -512 C-150 -522 -110 -510 -48 -516", "none", 'stroke="#F3C79A" stroke-width="4" opacity="0.8"'),
        stroke("M-400 -392 L-170 -392 M-380 -392 L-300 -180 M-250 -392 L-282 -190", "#2A2F38", 8),
        rect(-392, -470, 190, 76, c.linear([(0, "#D9A869"), (1, "#A8743A")]), 12),
        "".join(
            stroke(f"M-384 {-454 + i * 15} L-210 {-454 + i * 15}", "#7c5222", 2.5, 'opacity="0.5"') for i in range(4)
        ),
        "".join(
            stroke(f"M{-374 + i * 22} -466 L{-374 + i * 22} -398", "#7c5222", 2.5, 'opacity="0.35"') for i in range(8)
        ),
        rect(-398, -476, 202, 14, "#8C5E2C", 7),
        rect(-448, -300, 16, 34, "#E5352B", 6),
        circle(-30, -160, 46, dark[1]),
        circle(-30, -160, 36, c.radial([(0, "#59616E"), (1, "#23272F")])),
        circle(-30, -160, 46, "none", 'stroke="#8C97A6" stroke-width="5" stroke-dasharray="5 4"'),
        _tube(c, "M-30 -160 L16 -84", steel, 13),
        rect(-14, -84, 70, 14, "#14171C", 6),
        circle(-30, -160, 11, "#C9D0DA"),
    ]
    return group(parts, x, y, s)


def _city(
    c: Canvas, seed: int, ground: float, colours: tuple[str, str], high: tuple[float, float], lit: str | None = None
) -> str:
    rng = random.Random(seed)
    paint, x, parts = c.linear([(0, colours[0]), (1, colours[1])]), -20.0, []
    while x < c.width:
        w, h = rng.uniform(70, 150), rng.uniform(*high)
        parts.append(rect(round(x), round(ground - h), round(w) + 1, round(h), paint))
        kind = rng.random()
        if kind < 0.25:
            parts.append(
                path(
                    f"M{x - 6:.0f} {ground - h:.0f} L{x + w / 2:.0f} {ground - h - 44:.0f} L{x + w + 6:.0f} {ground - h:.0f}Z",
                    colours[0],
                )
            )
        elif kind < 0.38:
            parts += [
                rect(round(x + w * 0.3), round(ground - h - 70), round(w * 0.4), 72, colours[0]),
                path(
                    f"M{x + w * 0.26:.0f} {ground - h - 68:.0f} L{x + w / 2:.0f} {ground - h - 130:.0f} L{x + w * 0.74:.0f} {ground - h - 68:.0f}Z",
                    colours[0],
                ),
            ]
        if lit:
            for row in range(int(h // 42)):
                for col in range(int(w // 30)):
                    if rng.random() < 0.5:
                        parts.append(
                            rect(
                                round(x + 12 + col * 30),
                                round(ground - h + 16 + row * 42),
                                13,
                                20,
                                lit,
                                2,
                                'opacity="0.55"',
                            )
                        )
        x += w
    return "".join(parts)


def _tree(c: Canvas, x: float, y: float, s: float, tint: tuple[str, str]) -> str:
    leaf = c.radial([(0, tint[0]), (1, tint[1])], (0.35, 0.3), 0.8)
    return group(
        [
            rect(-7, -120, 14, 120, "#6B4630"),
            circle(0, -190, 80, leaf),
            circle(-50, -150, 52, leaf),
            circle(54, -146, 54, leaf),
        ],
        x,
        y,
        s,
    )


def dawn() -> Canvas:
    """Landscape hero: the way to work."""
    c = Canvas(1200, 628)
    c.fill(c.linear([(0, "#FFB88A"), (0.5, "#FFD9A8"), (1, "#FFF0D2")]))
    c.add(circle(800, 330, 190, c.radial([(0, "#FFF7DC"), (0.8, "#FFE9AE"), (1, "#FFE2A0")])))
    c.add(
        _city(c, 5, 540, ("#F3A98A", "#FBCFA8"), (110, 300)),
        _city(c, 18, 545, ("#D97F74", "#F0A98C"), (50, 190), "#FFE9B0"),
    )
    c.add(_tree(c, 1130, 548, 0.9, ("#5FBF9A", "#1D7A6A")), _tree(c, 560, 548, 0.7, ("#5FBF9A", "#1D7A6A")))
    c.add(
        rect(0, 540, 1200, 88, c.linear([(0, "#35506B"), (1, NAVY)])),
        "".join(rect(20 + i * 170, 596, 90, 7, WHITE, 3, 'opacity="0.75"') for i in range(7)),
    )
    c.add(bike(c, 840, 578, 0.76, shade="#06101e"))
    c.add(logo(54, 72, NAVY, 0.85))
    c.add(lines(56, 200, ["Llega sin sudar.", "Y sin atasco."], "display-x", 66, NAVY, 1.08, spacing=-1.5))
    c.add(text(58, 330, "120 km por carga · 19 kg", "inter-m", 28, "#3F3A4A"))
    c.add(button(56, 372, "Pruébala 7 días", "inter-b", 27, NAVY, WHITE))
    return c


def offer() -> Canvas:
    """Almost square, with a defect: 1080 by 1000 fits no placement."""
    c = Canvas(1080, 1000)
    c.fill(c.linear([(0, "#0E8886"), (1, "#07575A")], (0, 0, 1, 1)))
    c.add(circle(560, 690, 345, LEMON), circle(560, 690, 345, c.linear([(0, "#FFF3A0"), (1, "#FFC933")])))
    c.add(rect(0, 880, 1080, 120, "#084A4C"))
    c.add(bike(c, 556, 906, 0.98, ("#FFC2B6", "#FF6B57", "#B8382A"), "#021e1f"))
    c.add(logo(60, 84, WHITE, 0.95))
    c.add(lines(60, 204, ["200 € menos", "si traes tu bici vieja"], "display-x", 74, WHITE, 1.06, spacing=-1.5))
    c.add(
        group(
            [
                seal(0, 0, 108, CORAL, 20, 0.07, c.shadow(6, 8, "#000", 0.3)),
                text(0, -26, "ahora", "inter-m", 28, WHITE, "middle"),
                text(0, 26, "1.490 €", "display-x", 50, WHITE, "middle"),
                text(0, 60, "antes 1.690 €", "inter-m", 22, WHITE, "middle", more='text-decoration="line-through"'),
            ],
            935,
            150,
            1,
            8,
        )
    )
    c.add(button(60, 914, "Pide tu valoración", "inter-b", 28, LEMON, NAVY))
    return c


def spec() -> Canvas:
    """Story, middling: a correct list of features with no hook and little hierarchy."""
    c = Canvas(1080, 1920)
    c.fill(c.linear([(0, "#EEF3F7"), (1, "#CFDBE6")]))
    c.add(rect(0, 1010, 1080, 910, c.linear([(0, "#DCE5EC"), (1, "#B9C8D6")])))
    c.add(bike(c, 540, 1060, 0.96, ("#A9C4FF", "#3C6FE0", "#1D3F94"), "#35485c"))
    c.add(logo(392, 340, NAVY, 1.05))
    c.add(text(540, 460, "Nueva Ventoa Urbana 3", "display-b", 62, NAVY, "middle", -1))
    for i, row in enumerate(
        [
            "Motor central de 60 Nm",
            "Batería extraíble de 504 Wh",
            "Frenos de disco hidráulicos",
            "Luces y guardabarros de serie",
        ]
    ):
        y = 1160 + i * 62
        c.add(
            circle(250, y - 13, 17, TEAL),
            stroke(f"M242 {y - 13} l6 7 l11 -13", WHITE, 4),
            text(288, y, row, "inter-m", 38, NAVY),
        )
    c.add(button(540, 1428, "Más información", "inter-b", 36, TEAL, WHITE, True, 14))
    return c


CREATIVES = [
    Creative("ventoa-01-sin-atasco", dawn),
    Creative("ventoa-02-plan-renove", offer),
    Creative("ventoa-03-urbana", spec),
]
