"""A small drawing kit: an SVG canvas, fonts that can be measured, and the parts every ad needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import cos, pi, sin
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import ImageFont

FONT_ROOT = Path("/usr/share/fonts")


@dataclass(frozen=True)
class Face:
    """One font file, and how SVG names it."""

    family: str
    weight: int
    path: str
    style: str = "normal"


FACES: dict[str, Face] = {
    "inter": Face("Inter", 400, "opentype/inter/Inter-Regular.otf"),
    "inter-m": Face("Inter", 500, "opentype/inter/Inter-Medium.otf"),
    "inter-sb": Face("Inter", 600, "opentype/inter/Inter-SemiBold.otf"),
    "inter-b": Face("Inter", 700, "opentype/inter/Inter-Bold.otf"),
    "display-b": Face("Inter Display", 700, "opentype/inter/InterDisplay-Bold.otf"),
    "display-x": Face("Inter Display", 800, "opentype/inter/InterDisplay-ExtraBold.otf"),
    "display-bi": Face("Inter Display", 900, "opentype/inter/InterDisplay-BlackItalic.otf", "italic"),
    "lato": Face("Lato", 400, "truetype/lato/Lato-Regular.ttf"),
    "lato-b": Face("Lato", 700, "truetype/lato/Lato-Bold.ttf"),
    "lato-x": Face("Lato", 900, "truetype/lato/Lato-Black.ttf"),
    "spartan-b": Face("League Spartan", 700, "opentype/league-spartan/LeagueSpartan-Bold.otf"),
    "spartan-m": Face("League Spartan", 500, "opentype/league-spartan/LeagueSpartan-Medium.otf"),
    "quick-b": Face("Quicksand", 700, "truetype/quicksand/Quicksand-Bold.ttf"),
    "slab-b": Face("Roboto Slab", 700, "opentype/roboto/slab/RobotoSlab-Bold.otf"),
    "slab": Face("Roboto Slab", 400, "opentype/roboto/slab/RobotoSlab-Regular.otf"),
    "garamond": Face("EB Garamond", 400, "opentype/ebgaramond/EBGaramond12-Regular.otf"),
    "garamond-i": Face("EB Garamond", 400, "opentype/ebgaramond/EBGaramond12-Italic.otf", "italic"),
}


def font_files() -> list[str]:
    """Every font file of the kit, in a fixed order."""
    return [str(FONT_ROOT / face.path) for face in FACES.values()]


@cache
def _measure(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_ROOT / FACES[face].path), 200)


def text_width(text: str, face: str, size: float, spacing: float = 0.0) -> float:
    """Width in pixels of one line of text."""
    return _measure(face).getlength(text) * size / 200 + spacing * len(text)


Stop = tuple[float, str] | tuple[float, str, float]


@dataclass
class Canvas:
    """An SVG document under construction; gradients and filters get their own ids."""

    width: int
    height: int
    body: list[str] = field(default_factory=list)
    defs: list[str] = field(default_factory=list)

    def _id(self) -> str:
        return f"d{len(self.defs)}"

    def add(self, *parts: str) -> None:
        """Append markup, back to front."""
        self.body.extend(parts)

    def linear(self, stops: Iterable[Stop], angle: tuple[float, float, float, float] = (0, 0, 0, 1)) -> str:
        """A linear gradient over the shape's box, as a paint."""
        x1, y1, x2, y2 = angle
        name = self._id()
        self.defs.append(
            f'<linearGradient id="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{_stops(stops)}</linearGradient>'
        )
        return f"url(#{name})"

    def radial(self, stops: Iterable[Stop], centre: tuple[float, float] = (0.5, 0.5), radius: float = 0.5) -> str:
        """A radial gradient over the shape's box, as a paint."""
        name = self._id()
        self.defs.append(
            f'<radialGradient id="{name}" cx="{centre[0]}" cy="{centre[1]}" r="{radius}">{_stops(stops)}</radialGradient>'
        )
        return f"url(#{name})"

    def blur(self, deviation: float) -> str:
        """A Gaussian blur, as an attribute."""
        name = self._id()
        self.defs.append(
            f'<filter id="{name}" x="-100%" y="-100%" width="300%" height="300%">'
            f'<feGaussianBlur stdDeviation="{deviation}"/></filter>'
        )
        return f'filter="url(#{name})"'

    def shadow(self, dy: float, deviation: float, colour: str = "#000", opacity: float = 0.3, dx: float = 0) -> str:
        """A drop shadow, as an attribute."""
        name = self._id()
        self.defs.append(
            f'<filter id="{name}" x="-40%" y="-40%" width="180%" height="180%">'
            f'<feDropShadow dx="{dx}" dy="{dy}" stdDeviation="{deviation}" '
            f'flood-color="{colour}" flood-opacity="{opacity}"/></filter>'
        )
        return f'filter="url(#{name})"'

    def clip(self, shape: str) -> str:
        """A clip path, as an attribute."""
        name = self._id()
        self.defs.append(f'<clipPath id="{name}">{shape}</clipPath>')
        return f'clip-path="url(#{name})"'

    def fill(self, paint: str) -> None:
        """Paint the whole canvas."""
        self.add(rect(0, 0, self.width, self.height, paint))

    def svg(self) -> str:
        """The finished document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}"><defs>{"".join(self.defs)}</defs>{"".join(self.body)}</svg>'
        )


def _stops(stops: Iterable[Stop]) -> str:
    parts = []
    for stop in stops:
        opacity = stop[2] if len(stop) == 3 else 1
        parts.append(f'<stop offset="{stop[0]}" stop-color="{stop[1]}" stop-opacity="{opacity}"/>')
    return "".join(parts)


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, more: str = "") -> str:
    """A rectangle, with round corners if asked."""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}" {more}/>'


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """A circle."""
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" {more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    """An ellipse."""
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}" {more}/>'


def path(d: str, fill: str = "none", more: str = "") -> str:
    """A path."""
    return f'<path d="{d}" fill="{fill}" {more}/>'


def stroke(d: str, colour: str, width: float, more: str = "") -> str:
    """An open line with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round" {more}/>'
    )


def group(
    parts: Iterable[str] | str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, more: str = ""
) -> str:
    """Parts moved, scaled and turned together."""
    inner = parts if isinstance(parts, str) else "".join(parts)
    return f'<g transform="translate({x} {y}) rotate({turn}) scale({scale})" {more}>{inner}</g>'


def text(
    x: float,
    y: float,
    words: str,
    face: str,
    size: float,
    fill: str,
    anchor: str = "start",
    spacing: float = 0,
    more: str = "",
) -> str:
    """One line of text on its baseline."""
    f = FACES[face]
    return (
        f'<text x="{x}" y="{y}" font-family="{f.family}" font-weight="{f.weight}" font-style="{f.style}" '
        f'font-size="{size}" letter-spacing="{spacing}" fill="{fill}" text-anchor="{anchor}" {more}>{escape(words)}</text>'
    )


def lines(
    x: float,
    y: float,
    rows: Sequence[str],
    face: str,
    size: float,
    fill: str,
    leading: float = 1.1,
    anchor: str = "start",
    spacing: float = 0,
    more: str = "",
) -> str:
    """Several lines; `y` is the first baseline."""
    return "".join(
        text(x, y + i * size * leading, row, face, size, fill, anchor, spacing, more) for i, row in enumerate(rows)
    )


def button(
    x: float,
    y: float,
    label: str,
    face: str,
    size: float,
    fill: str,
    ink: str,
    centre: bool = False,
    radius: float | None = None,
    more: str = "",
) -> str:
    """A call to action; `x` is its left edge, or its middle when `centre`."""
    wide = text_width(label, face, size) + size * 2.2
    high = size * 2.35
    left = x - wide / 2 if centre else x
    r = high / 2 if radius is None else radius
    return rect(left, y, wide, high, fill, r, more) + text(
        left + wide / 2, y + high / 2 + size * 0.355, label, face, size, ink, "middle"
    )


def seal(x: float, y: float, r: float, fill: str, points: int = 18, depth: float = 0.09, more: str = "") -> str:
    """A starburst badge."""
    spots = []
    for i in range(points * 2):
        reach = r if i % 2 == 0 else r * (1 - depth)
        a = pi * i / points
        spots.append(f"{x + reach * cos(a):.1f},{y + reach * sin(a):.1f}")
    return f'<polygon points="{" ".join(spots)}" fill="{fill}" stroke="{fill}" stroke-width="{r * 0.05}" stroke-linejoin="round" {more}/>'
