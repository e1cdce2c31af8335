"""Copperspoon: meal kits, United States. A bowl from above, bright produce, chunky type."""

from __future__ import annotations

from campaigns.creative import Creative
from campaigns.food import avocado, bowl, fork, leaf, tomato
from kit import Canvas, button, circle, ellipse, group, lines, rect, seal, text

COPPER, PLUM, BASIL, BUTTER, WHITE = "#C8663A", "#3B1530", "#2E7D4F", "#FFE9B8", "#FFFFFF"


def logo(x: float, y: float, colour: str, scale: float = 1) -> str:
    """A spoon and the name."""
    mark = ellipse(0, -12, 15, 20, COPPER) + rect(-3.5, 4, 7, 40, COPPER, 3.5) + ellipse(-5, -17, 4, 8, "#F3B08C")
    return group(mark + text(30, 16, "copperspoon", "lato-x", 44, colour, spacing=-1), x + 16 * scale, y, scale)


def _loose(c: Canvas, spots: list[tuple[str, float, float, float, float]]) -> None:
    """Produce scattered on the table: kind, place, scale, turn."""
    for kind, x, y, s, turn in spots:
        match kind:
            case "leaf":
                c.add(leaf(c, x, y, s, turn))
            case "tomato":
                c.add(tomato(c, x, y, 60 * s, turn))
            case _:
                c.add(avocado(c, x, y, s, turn))


def hero() -> Canvas:
    """Square hero: bowl, promise, price."""
    c = Canvas(1080, 1080)
    c.fill(c.radial([(0, "#FFD98F"), (0.7, "#FFC35E"), (1, "#F2A53A")], (0.6, 0.6), 0.8))
    c.add(bowl(c, 690, 725, 395), fork(c, 200, 830, 1.05, -14))
    _loose(c, [("leaf", 960, 190, 1.0, 30), ("leaf", 60, 640, 0.8, -30), ("tomato", 985, 1000, 1.0, 0)])
    c.add(logo(60, 96, PLUM, 1.05))
    c.add(lines(60, 236, ["Dinner’s at 7.", "Start at 6:35."], "lato-x", 98, PLUM, 1.02, spacing=-2))
    c.add(
        group(
            [
                seal(0, 0, 106, BASIL, 20, 0.08, c.shadow(6, 8, "#000", 0.3)),
                text(0, -30, "from", "lato-b", 28, WHITE, "middle"),
                text(0, 26, "$8.90", "lato-x", 60, WHITE, "middle"),
                text(0, 58, "a serving", "lato-b", 25, WHITE, "middle"),
            ],
            178,
            500,
            1,
            -8,
        )
    )
    c.add(button(60, 950, "Pick your meals", "lato-x", 36, PLUM, BUTTER))
    return c


def crowded() -> Canvas:
    """Portrait with a defect: a leaflet's worth of words."""
    c = Canvas(1080, 1350)
    c.fill(c.linear([(0, "#FFF6E0"), (1, "#FFE2A8")]))
    c.add(bowl(c, 884, 390, 280))
    c.add(logo(56, 84, PLUM, 0.95))
    c.add(lines(56, 186, ["Fresh meal kits", "for busy weeknights"], "lato-x", 58, PLUM, 1.08, spacing=-1))
    c.add(
        lines(
            56,
            306,
            [
                "Choose from 32 chef-made recipes every week,",
                "including vegetarian, low-carb, dairy-free,",
                "family-size and 15-minute options, delivered",
                "in an insulated box to 41 states.",
            ],
            "lato-b",
            25,
            PLUM,
            1.3,
        )
    )
    blocks = [
        (
            "How it works",
            [
                "1. Take the two-minute quiz and tell us what",
                "you like, what you avoid and who is eating.",
                "2. We send pre-portioned ingredients with",
                "step cards, on the day you choose.",
                "3. Cook, eat, rate. Skip any week until",
                "Wednesday at midnight, no fees.",
            ],
        ),
        (
            "What you get",
            [
                "Wild-caught salmon, pasture-raised eggs and",
                "produce picked within five days. Sauces and",
                "spice blends made in our own kitchen. Dinner",
                "for two from $8.90 a serving, for four from",
                "$7.60. Snacks, breakfasts and desserts can",
                "be added to any box.",
            ],
        ),
        (
            "Our promise",
            [
                "If a meal is not for you, we refund it. All",
                "packaging is recyclable curbside. We plan",
                "routes to cut miles and donate what is left",
                "over to local food banks every Friday.",
            ],
        ),
        (
            "This month only",
            [
                "50% off your first box, 25% off the next two,",
                "free shipping on boxes one to three and a free",
                "copper tasting spoon for the first 2,000",
                "new members. Use code FRESH50 when you",
                "check out.",
            ],
        ),
    ]
    for i, (title, body) in enumerate(blocks):
        x, y = 56 + (i % 2) * 500, 700 + (i // 2) * 278
        c.add(
            rect(x - 10, y - 44, 480, 264 if i < 2 else 206, WHITE, 14, 'opacity="0.7"'),
            text(x + 8, y - 8, title, "lato-x", 29, COPPER),
            lines(x + 8, y + 30, body, "lato", 22, PLUM, 1.38),
        )
    c.add(
        lines(
            56,
            1230,
            [
                "Offer for new members in the contiguous U.S. Plans renew weekly until cancelled. Prices exclude",
                "tax. Delivery days vary by ZIP code. Free spoon ships with the second box, while supplies last.",
            ],
            "lato",
            17,
            PLUM,
            1.35,
        )
    )
    c.add(
        text(48, 636, "50% off your first box · 25% off the next two", "lato-x", 32, BASIL),
        button(880, 1272, "Order now", "lato-x", 20, PLUM, BUTTER),
    )
    return c


def fridge() -> Canvas:
    """Story with a defect: a spelling mistake in the second line."""
    c = Canvas(1080, 1920)
    c.fill(c.linear([(0, "#2C8A55"), (1, "#155234")]))
    c.add(circle(540, 1050, 520, "#5CC085", 'opacity="0.3"'))
    _loose(
        c,
        [
            ("leaf", 60, 160, 1.2, 20),
            ("leaf", 900, 120, 1.1, 60),
            ("tomato", 130, 1690, 1.4, 0),
            ("avocado", 930, 1720, 1.1, 20),
            ("leaf", 480, 1760, 1.2, -10),
            ("leaf", 250, 1840, 0.9, 30),
        ],
    )
    c.add(bowl(c, 540, 1050, 385, 9), fork(c, 985, 1060, 1.15, 6))
    c.add(logo(370, 312, WHITE, 1.1))
    c.add(lines(540, 470, ["Empty fridge?", "Good."], "lato-x", 112, WHITE, 1.0, "middle", -2))
    c.add(text(540, 642, "Recieve four fresh dinners by Thursday", "lato-b", 42, BUTTER, "middle"))
    c.add(button(540, 1428, "Fill my week", "lato-x", 42, BUTTER, PLUM, True, more=c.shadow(8, 12, "#000", 0.45)))
    return c


CREATIVES = [
    Creative("copperspoon-01-dinner", hero),
    Creative("copperspoon-02-everything", crowded),
    Creative("copperspoon-03-fridge", fridge),
]
