"""A picture under way that remembers where each word was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from .fonts import Fonts, sized

Color = tuple[int, int, int]
Box = tuple[float, float, float, float]
MARGIN = 1.2  # pixels around a word's ink that still count as text


@dataclass
class Ink:
    """How letters are filled. `shadow` is (dx, dy, blur, colour); `second` ends a vertical gradient."""

    fill: Color
    second: Color | None = None
    stroke: int = 0
    stroke_fill: Color | None = None
    shadow: tuple[int, int, int, Color] | None = None
    alpha: int = 255
    tracking: int = 0


@dataclass
class Line:
    """Quads f64 [4, 2] of the words of one line, in reading order, and the type's size in pixels."""

    size: float
    quads: list[np.ndarray] = field(default_factory=list)


class Canvas:
    """`picture` (RGB, or RGBA for a part to be placed on another) and the `lines` written on it."""

    def __init__(self, picture: Image.Image, r: Random, fonts: Fonts, lang: str) -> None:
        self.picture, self.r, self.fonts, self.lang = picture, r, fonts, lang
        self.lines: list[Line] = []

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.size

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.picture)

    def part(self, width: float, height: float, color: Color, alpha: int = 0) -> Canvas:
        """A canvas for something to be placed turned; `color` keeps its soft edges clean."""
        picture = Image.new("RGBA", (max(1, round(width)), max(1, round(height))), (*color, alpha))
        return Canvas(picture, self.r, self.fonts, self.lang)

    def shade(self, box: Box) -> Color:
        """The mean colour under a box."""
        left, top, right, bottom = (round(v) for v in box)
        clipped = (
            max(0, left),
            max(0, top),
            min(self.size[0], max(right, left + 1)),
            min(self.size[1], max(bottom, top + 1)),
        )
        if clipped[2] <= clipped[0] or clipped[3] <= clipped[1]:
            return (128, 128, 128)
        return self.picture.crop(clipped).convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))

    def free(self, box: Box) -> bool:
        """Whether no word lies in the box."""
        left, top, right, bottom = box
        for line in self.lines:
            for quad in line.quads:
                (x0, y0), (x1, y1) = quad.min(0), quad.max(0)
                if x0 < right and x1 > left and y0 < bottom and y1 > top:
                    return False
        return True

    def line(self, x: float, baseline: float, text: str, path: Path, size: int, ink: Ink, align: str = "left") -> float:
        """Writes one line with its left end, middle or right end at x; returns its width."""
        font = sized(path, size)
        width = self.width(text, font, ink.tracking) if align != "left" else 0
        x = begin = round(x - {"left": 0, "center": width / 2, "right": width}[align])
        baseline = round(baseline)
        pieces, boxes = [], []
        space = font.getlength(" ") + ink.tracking
        for word in text.split():
            start = x
            for piece in word if ink.tracking else (word,):
                pieces.append((x, piece))
                x += font.getlength(piece) + ink.tracking
            left, top, right, bottom = font.getbbox(word, anchor="ls", stroke_width=ink.stroke)
            right = max(right, x - ink.tracking - start) if ink.tracking else right
            if right > left and bottom > top:
                boxes.append((start + left, baseline + top, start + right, baseline + bottom))
            x += space
        if boxes:
            self._ink(pieces, baseline, font, ink, _union(boxes))
            self.lines.append(Line(size, [corners(box, MARGIN) for box in boxes]))
        return width if align != "left" else x - space - begin

    def _ink(self, pieces: list, baseline: int, font: ImageFont.FreeTypeFont, ink: Ink, around: Box) -> None:
        keywords = {"font": font, "anchor": "ls"}
        if ink.second is None and ink.alpha == 255 and not (ink.shadow and ink.shadow[2]):
            draw = self.draw
            for x, piece in pieces:
                if ink.shadow:
                    dx, dy, _, color = ink.shadow
                    draw.text((x + dx, baseline + dy), piece, color, **keywords, stroke_width=ink.stroke)
            for x, piece in pieces:
                draw.text(
                    (x, baseline), piece, ink.fill, **keywords, stroke_width=ink.stroke, stroke_fill=ink.stroke_fill
                )
            return
        pad = 3 + (ink.shadow[2] * 2 + 3 if ink.shadow else 0)
        left, top, right, bottom = (
            int(v) for v in (around[0] - pad, around[1] - pad, around[2] + pad, around[3] + pad)
        )
        w, h = right - left, bottom - top

        def mask(stroke: int) -> Image.Image:
            layer = Image.new("L", (w, h))
            draw = ImageDraw.Draw(layer)
            for x, piece in pieces:
                draw.text((x - left, baseline - top), piece, 255, **keywords, stroke_width=stroke)
            return layer

        if ink.shadow:
            dx, dy, blur, color = ink.shadow
            soft = mask(ink.stroke).filter(ImageFilter.GaussianBlur(blur))
            self._paste(Image.new("RGB", (w, h), color), (left + dx, top + dy), soft)
        if ink.stroke and ink.stroke_fill:
            self._paste(Image.new("RGB", (w, h), ink.stroke_fill), (left, top), mask(ink.stroke))
        body = mask(0 if ink.stroke_fill else ink.stroke)
        if ink.alpha < 255:
            body = body.point([v * ink.alpha // 255 for v in range(256)])
        fill = Image.new("RGB", (w, h), ink.fill) if ink.second is None else gradient(w, h, ink.fill, ink.second)
        self._paste(fill, (left, top), body)

    def _paste(self, fill: Image.Image, at: tuple[int, int], mask: Image.Image) -> None:
        if self.picture.mode == "RGBA":
            fill = fill.convert("RGBA")
            under = self.picture.crop((*at, at[0] + fill.width, at[1] + fill.height))
            fill.putalpha(mask)
            self.picture.paste(Image.alpha_composite(under, fill), at)
        else:
            self.picture.paste(fill, at, mask)

    @staticmethod
    def width(text: str, font: ImageFont.FreeTypeFont, tracking: int = 0) -> float:
        return font.getlength(text) + tracking * max(0, len(text) - 1)

    def wrap(self, text: str, path: Path, size: int, width: float) -> list[str]:
        lines: list[str] = []
        space, room = _advance(path, " ") * size, 0.0
        for word in text.split():
            length = _advance(path, word) * size
            if lines and room + space + length <= width:
                lines[-1] += f" {word}"
                room += space + length
            else:
                lines.append(word)
                room = length
        return lines

    def fit(self, text: str, path: Path, box: Box, largest: int, least: int, leading: float) -> tuple[int, list[str]]:
        """The largest size at which the wrapped text stays in the box, and its lines."""
        size = largest
        while True:
            lines = self.wrap(text, path, size, box[2] - box[0])
            longest = max(_advance(path, word) for word in text.split()) * size
            if size <= least or (len(lines) * size * leading <= box[3] - box[1] and longest <= box[2] - box[0]):
                return size, lines
            size = max(least, int(size * 0.88))

    def block(
        self, box: Box, text: str, path: Path, ink: Ink, largest: int, least: int = 6, align: str = "left",
        leading: float = 1.2, limit: int = 99,
    ) -> float:  # fmt: skip
        """Wrapped text from the top of the box; returns the y below it. Lines that don't fit are left out."""
        size, lines = self.fit(text, path, box, largest, least, leading)
        x = {"left": box[0], "center": (box[0] + box[2]) / 2, "right": box[2]}[align]
        y = box[1]
        font = sized(path, size)
        if ink.tracking and max(self.width(line, font, ink.tracking) for line in lines) > box[2] - box[0]:
            ink = replace(ink, tracking=0)
        for line in lines[:limit]:
            if y + size > box[3] + size * 0.4 or font.getlength(line) > 1.15 * (box[2] - box[0]):
                break
            self.line(x, y + size * 0.88, line, path, size, ink, align)
            y += size * leading
        return y

    def arc(
        self, center: tuple[float, float], radius: float, text: str, path: Path, size: int, ink: Ink, middle: float
    ) -> None:
        """Letters along a circle, upright at its top, centred at the angle `middle` (radians, 0 at the top)."""
        font = sized(path, size)
        angle = middle - self.width(text, font, ink.tracking) / 2 / radius
        line = Line(size)
        for letter in text:
            advance = font.getlength(letter) + ink.tracking
            turn = angle + advance / 2 / radius
            angle += advance / radius
            left, top, right, bottom = font.getbbox(letter, anchor="ls")
            if right <= left or letter == " ":
                continue
            around = 4 * (size // 2)
            stamp = Image.new("L", (around, around))
            ImageDraw.Draw(stamp).text((around / 2, around / 2), letter, 255, font, anchor="ms")
            stamp = stamp.rotate(-np.degrees(turn), Image.Resampling.BICUBIC)
            x, y = center[0] + radius * np.sin(turn), center[1] - radius * np.cos(turn)
            self._paste(Image.new("RGB", stamp.size, ink.fill), (round(x - around / 2), round(y - around / 2)), stamp)
            half = advance / 2
            box = corners((-half, top, half, bottom), MARGIN)
            rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
            line.quads.append(box @ rotation + (x, y))
        self.lines.append(line)

    def place(self, part: Canvas, target: Sequence[tuple[float, float]], soften: float = 0) -> None:
        """Lays a part over this picture, its corners (from the top left, clockwise) on the target's."""
        w, h = part.size
        goal = np.array(target, float)
        left, top = np.floor(goal.min(0)).astype(int)
        right, bottom = np.ceil(goal.max(0)).astype(int) + 1
        forward = homography(np.array([(0, 0), (w, 0), (w, h), (0, h)], float), goal)
        inverse = np.linalg.inv(forward @ np.eye(3)) @ np.array([[1, 0, left], [0, 1, top], [0, 0, 1]])
        inverse /= inverse[2, 2]
        frame = (int(right - left), int(bottom - top))
        over = part.picture.transform(
            frame, Image.Transform.PERSPECTIVE, inverse.ravel()[:8].tolist(), Image.Resampling.BICUBIC
        )
        if soften:
            over = over.filter(ImageFilter.GaussianBlur(soften))
        if self.picture.mode == "RGBA":
            self.picture.alpha_composite(
                over, (max(0, int(left)), max(0, int(top))), (max(0, int(-left)), max(0, int(-top)))
            )
        else:
            self.picture.paste(over, (int(left), int(top)), over)
        scale = float(np.sqrt(abs(np.linalg.det(forward[:2, :2]))))
        for line in part.lines:
            inside = [np.clip(quad, 0, (w, h)) for quad in line.quads]
            self.lines.append(Line(line.size * scale, [project(forward, quad) for quad in inside]))

    def turned(self, part: Canvas, center: tuple[float, float], degrees: float) -> None:
        w, h = part.size
        t = np.radians(degrees)
        rotation = np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]])
        square = np.array([(-w, -h), (w, -h), (w, h), (-w, h)]) / 2
        self.place(part, square @ rotation + center)

    def cover(self) -> Image.Image:
        """Text coverage 0..255 (mode L) of 88 x 88 cells over the whole picture.

        Words, and the spaces in a line narrower than half of its height.
        """
        fine = 704
        mask = Image.new("L", (fine, fine))
        draw = ImageDraw.Draw(mask)
        scale = np.array([fine / self.size[0], fine / self.size[1]])
        for line in self.lines:
            for i, quad in enumerate(line.quads):
                draw.polygon((quad * scale).ravel().tolist(), 255)
                if i:
                    before = line.quads[i - 1]
                    gap = np.linalg.norm((quad[0] + quad[3]) / 2 - (before[1] + before[2]) / 2)
                    if gap < 0.62 * line.size:  # half of a line height of 1.24 sizes
                        bridge = np.stack([before[1], quad[0], quad[3], before[2]])
                        draw.polygon((bridge * scale).ravel().tolist(), 255)
        return mask.reduce(8)


def corners(box: Box, margin: float = 0) -> np.ndarray:
    left, top, right, bottom = box
    left, top, right, bottom = left - margin, top - margin, right + margin, bottom + margin
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)


def homography(source: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """The 3 x 3 projective map of four points onto four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, goal, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(values)), 1).reshape(3, 3)


def project(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    mapped = np.c_[points, np.ones(len(points))] @ matrix.T
    return mapped[:, :2] / mapped[:, 2:]


def gradient(w: int, h: int, first: Color, second: Color, angle: float = np.pi / 2) -> Image.Image:
    side = 32
    ys, xs = np.mgrid[0:side, 0:side] / (side - 1) - 0.5
    along = xs * np.cos(angle) + ys * np.sin(angle)
    share = ((along - along.min()) / (along.max() - along.min()))[..., None]
    ramp = np.array(first) * (1 - share) + np.array(second) * share
    return Image.fromarray(ramp.round().astype(np.uint8)).resize((max(1, w), max(1, h)), Image.Resampling.BICUBIC)


def veil(picture: Image.Image, box: Box, color: Color, alpha: int, radius: int = 0) -> None:
    """A half-transparent plate on the picture, in place."""
    left, top, right, bottom = (round(v) for v in box)
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius, alpha)
    if picture.mode == "RGBA":
        mask = ImageChops.lighter(mask, mask)
    picture.paste(color, (left, top), mask)


@lru_cache(100_000)
def _advance(path: Path, text: str) -> float:
    """The text's length at size 1, for trying sizes out."""
    return sized(path, 48).getlength(text) / 48


def _union(boxes: Sequence[Box]) -> Box:
    array = np.array(boxes)
    return (*array[:, :2].min(0), *array[:, 2:].max(0))
