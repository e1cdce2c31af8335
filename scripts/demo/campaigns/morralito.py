"""Morralito: savings app, Mexico. A phone with the app's screen, coins, friendly flat colour."""

from __future__ import annotations

from campaigns.creative import Creative
from kit import Canvas, button, circle, group, lines, path, rect, stroke, text

GREEN, MINT, DEEP, SUN, PINK, WHITE = "#0BA37F", "#D8F7EA", "#063B36", "#FFC93C", "#FF6F91", "#FFFFFF"


def logo(x: float, y: float, colour: str, scale: float = 1) -> str:
    """A pouch with a coin slot, and the name."""
    mark = path("M-16 -22 L16 -22 L10 -12 C30 0 32 28 14 30 L-14 30 C-32 28 -30 0 -10 -12Z", colour) + rect(
        -9, 4, 18, 5, SUN, 2.5
    )
    return group(mark + text(40, 18, "morralito", "quick-b", 46, colour, spacing=-1), x, y, scale)


def coin(c: Canvas, x: float, y: float, s: float, turn: float = 0, squash: float = 1.0) -> str:
    """A gold coin with its edge."""
    face = c.linear([(0, "#FFE89A"), (0.45, "#FFC93C"), (1, "#E89A12")], (0, 0, 1, 1))
    inner = c.linear([(0, "#F0A91E"), (1, "#FFDB70")], (0, 0, 1, 1))
    return group(
        [
            f'<g transform="scale({squash} 1)">',
            circle(7, 5, 60, "#B8730A"),
            circle(0, 0, 60, face),
            circle(0, 0, 47, inner),
            circle(0, 0, 43, "#FFC93C"),
            text(0, 22, "$", "quick-b", 62, "#B8730A", "middle"),
            path("M-38 -34 C-20 -54 10 -56 30 -44 C8 -46 -16 -40 -30 -22Z", WHITE, 'opacity="0.65"'),
            "</g>",
        ],
        x,
        y,
        s,
        turn,
    )


def screen(c: Canvas) -> str:
    """The app: balance, a goal with its ring, last round-ups. 400 by 840."""
    head = c.linear([(0, "#0DBF93"), (1, "#067A66")], (0, 0, 1, 1))
    rows = [
        ("Café de la esquina", "Redondeo", "+ $6.50", SUN),
        ("Súper del martes", "Redondeo", "+ $13.20", PINK),
        ("Apartado fijo", "Automático", "+ $350.00", "#6C8CFF"),
    ]
    parts = [
        rect(0, 0, 400, 840, "#F4F8F6"),
        rect(0, 0, 400, 330, head),
        circle(350, 60, 150, WHITE, 'opacity="0.07"'),
        circle(40, 300, 110, WHITE, 'opacity="0.06"'),
        text(30, 46, "9:41", "inter-sb", 18, WHITE),
        rect(342, 33, 28, 13, "none", 4, 'stroke="#fff" stroke-width="2"'),
        rect(345, 36, 19, 7, WHITE, 2),
        text(30, 112, "Hola, Dani", "quick-b", 24, "#C9F5E6"),
        text(30, 152, "Llevas ahorrado", "inter-m", 18, "#C9F5E6"),
        text(28, 214, "$12,480.50", "quick-b", 58, WHITE, spacing=-1),
        rect(30, 240, 178, 38, "#ffffff", 19, 'opacity="0.2"'),
        text(119, 265, "+ $842 este mes", "inter-sb", 17, WHITE, "middle"),
        rect(24, 300, 352, 196, WHITE, 26, c.shadow(8, 12, "#0a4a3c", 0.18)),
        f'<circle cx="118" cy="398" r="62" fill="none" stroke="{MINT}" stroke-width="18"/>',
        f'<circle cx="118" cy="398" r="62" fill="none" stroke="{GREEN}" stroke-width="18" stroke-linecap="round" stroke-dasharray="265 400" transform="rotate(-90 118 398)"/>',
        text(118, 408, "68%", "quick-b", 30, DEEP, "middle"),
        text(206, 372, "Playa 2027", "quick-b", 25, DEEP),
        text(206, 402, "$12,480 de", "inter", 17, "#5E7A73"),
        text(206, 425, "$18,300", "inter", 17, "#5E7A73"),
        rect(206, 440, 128, 32, SUN, 16),
        text(270, 462, "Abonar", "inter-b", 16, DEEP, "middle"),
        text(30, 548, "Últimos movimientos", "quick-b", 22, DEEP),
    ]
    for i, (name, kind, sum_, tint) in enumerate(rows):
        y = 572 + i * 80
        parts += [
            rect(24, y, 352, 68, WHITE, 18),
            circle(62, y + 34, 20, tint),
            circle(62, y + 34, 8, WHITE, 'opacity="0.8"'),
            text(94, y + 31, name, "inter-sb", 17, DEEP),
            text(94, y + 52, kind, "inter", 14, "#7C948E"),
            text(362, y + 41, sum_, "inter-b", 16, GREEN, "end"),
        ]
    parts += [rect(0, 812, 400, 28, WHITE), rect(135, 822, 130, 6, "#173B35", 3)]
    return "".join(parts)


def phone(c: Canvas, x: float, y: float, s: float, turn: float = 0) -> str:
    """A phone, 436 by 876, its middle at (x, y)."""
    rim = c.linear(
        [(0, "#5C6672"), (0.08, "#20262E"), (0.5, "#11151A"), (0.92, "#2A313A"), (1, "#6E7985")], (0, 0, 1, 0)
    )
    glare = c.linear([(0, "#fff", 0.28), (0.5, "#fff", 0.04), (1, "#fff", 0)], (0, 0, 1, 1))
    glass = c.clip(rect(0, 0, 400, 840, "#000", 46))
    return group(
        [
            rect(-218, -438, 436, 876, "#03211d", 66, f'opacity="0.5" transform="translate(22 38)" {c.blur(26)}'),
            rect(-222, -200, 8, 70, "#2A313A", 3),
            rect(214, -220, 8, 110, "#2A313A", 3),
            rect(-218, -438, 436, 876, rim, 66),
            rect(-210, -430, 420, 860, "#05070a", 58),
            group(
                f"<g {glass}>{screen(c)}{path('M0 0 L250 0 L60 840 L0 840Z', glare)}</g>"
                + rect(148, 12, 104, 28, "#05070a", 14),
                -200,
                -420,
            ),
        ],
        x,
        y,
        s,
        turn,
    )


def _badge(c: Canvas, x: float, y: float, turn: float, kicker: str, words: str) -> str:
    return group(
        [
            rect(-150, -52, 300, 104, WHITE, 30, c.shadow(10, 14, "#04352c", 0.3)),
            circle(-102, 0, 30, MINT),
            stroke("M-116 0 L-106 11 L-88 -11", GREEN, 8),
            text(-56, -7, kicker, "inter-m", 20, "#5E7A73"),
            text(-57, 27, words, "quick-b", 31, DEEP),
        ],
        x,
        y,
        1,
        turn,
    )


def goal() -> Canvas:
    """Portrait: phone, goal, coins."""
    c = Canvas(1080, 1350)
    c.fill("#FFD75E")
    c.add(circle(760, 980, 560, "#FFE694"), circle(760, 980, 400, "#FFF1BF"))
    c.add(path("M0 1190 C240 1110 520 1260 1080 1150 L1080 1350 L0 1350Z", GREEN))
    c.add(phone(c, 745, 890, 0.98, 7))
    c.add(
        coin(c, 430, 690, 0.95, -18),
        coin(c, 1000, 560, 0.7, 20, 0.6),
        coin(c, 350, 1190, 1.15, 8),
        coin(c, 480, 1240, 0.75, -25, 0.75),
    )
    c.add(_badge(c, 300, 930, -5, "Redondeo de hoy", "+ $19.70"))
    c.add(logo(92, 100, DEEP, 1.05))
    c.add(lines(66, 262, ["Tu cambio se va", "a la playa."], "quick-b", 108, DEEP, 1.02, spacing=-2))
    c.add(lines(70, 452, ["Redondea cada compra", "y ahorra sin sentirlo."], "inter-m", 36, "#4B4420", 1.3))
    c.add(button(66, 556, "Abre tu morralito", "quick-b", 34, DEEP, WHITE))
    return c


def start() -> Canvas:
    """Square with a defect: a spelling mistake in the headline."""
    c = Canvas(1080, 1080)
    c.fill(c.linear([(0, "#0A9474"), (1, "#046352")], (0, 0, 1, 1)))
    c.add(circle(860, 560, 470, WHITE, 'opacity="0.08"'), circle(860, 560, 340, WHITE, 'opacity="0.08"'))
    c.add(phone(c, 820, 610, 0.98, 9))
    c.add(coin(c, 560, 170, 0.75, -20, 0.8), coin(c, 540, 930, 1.0, 12), coin(c, 1010, 180, 0.65, 15))
    c.add(logo(92, 102, WHITE, 1.0))
    c.add(lines(64, 320, ["Empiesa", "a ahorrar", "hoy."], "quick-b", 112, WHITE, 1.0, spacing=-2))
    c.add(
        lines(68, 640, ["Desde $10 al día.", "Sin comisiones", "ni plazos forzosos."], "inter-m", 36, "#D6FBEF", 1.32)
    )
    c.add(button(64, 850, "Descarga la app", "quick-b", 36, SUN, DEEP))
    return c


def fortnight() -> Canvas:
    """Story: payday, quiet and clear."""
    c = Canvas(1080, 1920)
    c.fill(c.linear([(0, "#EF4F7B"), (0.55, "#E84A78"), (1, "#B92A5C")]))
    c.add(circle(540, 1180, 620, "#FF8FA8", 'opacity="0.55"'), circle(540, 1180, 430, "#FFB1C3", 'opacity="0.6"'))
    c.add(logo(400, 330, WHITE, 1.1))
    c.add(lines(540, 500, ["Que la quincena", "sí te alcance."], "quick-b", 112, WHITE, 1.02, "middle", -2))
    c.add(group(phone(c, 540, 1150, 0.96, -4), 0, 0))
    c.add(
        coin(c, 180, 930, 1.15, -16),
        coin(c, 905, 860, 0.9, 22, 0.7),
        coin(c, 930, 1300, 1.2, 10),
        coin(c, 160, 1340, 0.8, -30, 0.65),
    )
    c.add(_badge(c, 208, 1140, -8, "Apartado listo", "$350.00"))
    c.add(
        button(
            540, 1420, "Crea tu apartado gratis", "quick-b", 40, DEEP, WHITE, True, more=c.shadow(8, 12, "#6e0f30", 0.4)
        )
    )
    return c


CREATIVES = [
    Creative("morralito-01-playa", goal, "png"),
    Creative("morralito-02-empieza", start),
    Creative("morralito-03-quincena", fortnight),
]
