"""Food seen from above: a bowl, what goes in it, and a fork."""

from __future__ import annotations

import random
from math import cos, pi, sin

from kit import Canvas, circle, ellipse, group, path, stroke


def leaf(c: Canvas, x: float, y: float, s: float, turn: float, tint: tuple[str, str] = ("#6CC06A", "#1F6B3A")) -> str:
    """A basil leaf."""
    paint = c.linear([(0, tint[0]), (1, tint[1])], (0, 0, 1, 1))
    return group(
        path("M0 0 C20 -40 80 -52 130 -10 C96 36 30 40 0 0Z", paint, c.shadow(4, 4, "#0a2414", 0.35))
        + stroke(
            "M6 0 C46 -14 84 -14 122 -9 M40 -8 L58 -28 M66 -12 L84 -30 M42 -6 L62 12 M70 -10 L90 8",
            "#C7EBB0",
            2.2,
            'opacity="0.7"',
        ),
        x,
        y,
        s,
        turn,
    )


def tomato(c: Canvas, x: float, y: float, r: float, turn: float = 0) -> str:
    """Half a tomato, cut side up."""
    flesh = c.radial([(0, "#FF8A6B"), (0.75, "#EE3E2E"), (1, "#C11F1A")])
    seeds = "".join(
        group(
            ellipse(0, -r * 0.52, r * 0.2, r * 0.25, "#FFB38A")
            + ellipse(-r * 0.06, -r * 0.5, r * 0.05, r * 0.08, "#FFE9A8")
            + ellipse(r * 0.07, -r * 0.58, r * 0.05, r * 0.08, "#FFE9A8"),
            0,
            0,
            1,
            i * 72,
        )
        for i in range(5)
    )
    return group(
        [
            circle(0, 0, r, flesh, c.shadow(5, 5, "#400", 0.4)),
            seeds,
            path(
                f"M{-r * 0.7} {-r * 0.4} A{r * 0.8} {r * 0.8} 0 0 1 {r * 0.1} {-r * 0.82}",
                "none",
                f'stroke="#fff" stroke-width="{r * 0.09}" opacity="0.6" stroke-linecap="round"',
            ),
        ],
        x,
        y,
        1,
        turn,
    )


def avocado(c: Canvas, x: float, y: float, s: float, turn: float) -> str:
    """Half an avocado with its stone."""
    flesh = c.radial([(0, "#F4F0A0"), (0.6, "#CFE07A"), (1, "#8DBB4C")])
    return group(
        [
            path(
                "M0 -92 C44 -92 70 -20 66 30 C62 76 30 96 0 96 C-30 96 -62 76 -66 30 C-70 -20 -44 -92 0 -92Z",
                "#2F4A1F",
                c.shadow(5, 6, "#111", 0.4),
            ),
            path("M0 -84 C38 -84 62 -18 58 30 C54 70 28 88 0 88 C-28 88 -54 70 -58 30 C-62 -18 -38 -84 0 -84Z", flesh),
            circle(0, 30, 31, c.radial([(0, "#B97A48"), (1, "#5E3418")], (0.35, 0.3), 0.8)),
            ellipse(-10, 18, 9, 6, "#FFFFFF", 'opacity="0.5"'),
        ],
        x,
        y,
        s,
        turn,
    )


def _salmon(c: Canvas, x: float, y: float, s: float, turn: float) -> str:
    flesh = c.linear([(0, "#FFB58F"), (0.5, "#FF8A5E"), (1, "#E2603A")])
    ribs = "".join(
        stroke(
            f"M{-120 + i * 44} -44 C{-96 + i * 44} -16 {-96 + i * 44} 16 {-124 + i * 44} 46",
            "#FFE0CC",
            6,
            'opacity="0.85"',
        )
        for i in range(6)
    )
    sear = "".join(stroke(f"M{-100 + i * 60} -50 L{-60 + i * 60} 52", "#7A2E14", 9, 'opacity="0.5"') for i in range(4))
    return group(
        [
            path(
                "M-150 -34 C-90 -66 90 -62 146 -30 C160 6 150 40 128 50 C40 66 -80 64 -140 46 C-160 20 -162 -8 -150 -34Z",
                flesh,
                c.shadow(8, 8, "#3a1205", 0.5),
            ),
            ribs,
            sear,
            path(
                "M-130 -30 C-70 -54 70 -50 126 -26",
                "none",
                'stroke="#fff" stroke-width="6" opacity="0.5" stroke-linecap="round"',
            ),
        ],
        x,
        y,
        s,
        turn,
    )


def _egg(c: Canvas, x: float, y: float, s: float) -> str:
    return group(
        [
            path(
                "M-70 -20 C-70 -70 -10 -92 34 -74 C84 -60 92 0 70 40 C46 84 -20 84 -52 56 C-80 36 -70 10 -70 -20Z",
                c.radial([(0, "#fff"), (0.8, "#FFF9F0"), (1, "#E9DCCB")]),
                c.shadow(5, 6, "#222", 0.35),
            ),
            circle(4, -4, 38, c.radial([(0, "#FFD34D"), (0.7, "#FFA91F"), (1, "#E6820E")], (0.4, 0.35), 0.7)),
            ellipse(-8, -18, 11, 7, "#FFFFFF", 'opacity="0.7"'),
        ],
        x,
        y,
        s,
    )


def bowl(c: Canvas, x: float, y: float, r: float, seed: int = 4) -> str:
    """A salmon rice bowl seen from above."""
    rng = random.Random(seed)
    s = r / 380
    rim = c.linear([(0, "#4A6E86"), (0.5, "#2B475B"), (1, "#142836")], (0, 0, 1, 1))
    inner = c.radial([(0, "#20394A"), (0.85, "#1A3040"), (1, "#3E627A")])
    rice = "".join(
        f'<ellipse cx="{a * cos(t):.0f}" cy="{a * sin(t):.0f}" rx="10" ry="4.4" fill="{rng.choice(["#FFFDF6", "#F6EEDF", "#EADFCB"])}" transform="rotate({rng.uniform(0, 180):.0f} {a * cos(t):.0f} {a * sin(t):.0f})"/>'
        for a, t in ((290 * rng.random() ** 0.5, rng.uniform(0, 2 * pi)) for _ in range(620))
    )
    parts = [
        circle(16, 34, 384, "#1c0a05", f'opacity="0.5" {c.blur(22)}'),
        circle(0, 0, 380, rim),
        circle(0, 0, 352, "#6E93AB", 'opacity="0.55"'),
        circle(0, 0, 346, inner),
        circle(0, 4, 312, "#DDD0BA"),
        rice,
        "".join(leaf(c, 290 * cos(a), 290 * sin(a), 1.15, a * 57.3 + 130) for a in (2.5, 2.85, 3.2, 3.55, 3.9)),
        *[leaf(c, -210 + i * 40, -110 + i * 34, 0.95, -50 + i * 24, ("#8FD873", "#2E7D3F")) for i in range(4)],
        "".join(
            group(
                ellipse(0, 0, 46, 44, "#B5E08A", c.shadow(3, 4, "#123", 0.35))
                + ellipse(0, 0, 40, 38, "#E6F7CC")
                + "".join(ellipse(20 * cos(k), 19 * sin(k), 4, 2.4, "#B9D38F") for k in (0.2, 1.3, 2.4, 3.5, 4.6, 5.7)),
                -70 + i * 52,
                236 - i * 4,
            )
            for i in range(5)
        ),
        _salmon(c, 30, -20, 1.12, -18),
        _salmon(c, 50, 92, 1.05, -12),
        avocado(c, 212, -150, 0.98, 34),
        avocado(c, 120, -222, 0.9, 8),
        tomato(c, -196, 130, 58),
        tomato(c, -118, 206, 50, 30),
        tomato(c, -238, 36, 46, 12),
        _egg(c, -70, -204, 1.08),
        "".join(
            ellipse(
                rng.uniform(-180, 200),
                rng.uniform(-120, 150),
                6,
                3.4,
                rng.choice(["#2a1c12", "#F7E4B5"]),
                'transform="rotate(0)"',
            )
            for _ in range(60)
        ),
        "".join(
            group(
                '<circle r="11" fill="none" stroke="#4FA548" stroke-width="6"/>',
                rng.uniform(-110, 150),
                rng.uniform(-90, 120),
            )
            for _ in range(14)
        ),
        f'<path d="M-262 -232 A350 350 0 0 1 60 -345" fill="none" stroke="#fff" stroke-width="10" stroke-linecap="round" opacity="0.5" {c.blur(3)}/>',
    ]
    return group(parts, x, y, s)


def fork(c: Canvas, x: float, y: float, s: float, turn: float) -> str:
    """A copper fork."""
    metal = c.linear([(0, "#7A3A1C"), (0.35, "#E9A071"), (0.6, "#C8663A"), (1, "#6E3216")], (0, 0, 1, 0))
    return group(
        path(
            "M-30 -260 L-30 -170 C-30 -130 -10 -120 -9 -90 L-13 240 C-13 262 13 262 13 240 L9 -90 C10 -120 30 -130 30 -170 L30 -260 L22 -260 L20 -180 L13 -180 L12 -260 L4 -260 L3 -180 L-3 -180 L-4 -260 L-12 -260 L-13 -180 L-20 -180 L-22 -260Z",
            metal,
            c.shadow(8, 8, "#1c0a05", 0.45, 6),
        ),
        x,
        y,
        s,
        turn,
    )
