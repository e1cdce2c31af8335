"""Draws plain designs: flat colors, words, buttons and sometimes a photograph, as clean as a drawing program saves them.

They teach the model that white paper is not blown highlights and that flat color is not compression or blur.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WORDS = "Nuevo Sale Oferta Summer Envío gratis today only 29,95 € Compra now menos es más Fresh -20 % Prueba".split()
SIZES = [(512, 512), (410, 512), (512, 300), (360, 600)]


def color(rng: np.random.Generator) -> tuple[int, int, int]:
    kind = rng.random()
    if kind < 0.35:
        return (255, 255, 255)
    if kind < 0.45:
        return (0, 0, 0)
    return tuple(int(it) for it in rng.integers(0, 256, 3))


def draw(rng: np.random.Generator, photographs: list[Path], fonts: Path) -> np.ndarray:
    """Pixels (height, width, 3) of one design."""
    width, height = SIZES[rng.integers(len(SIZES))]
    back = color(rng)
    image = Image.new("RGB", (width, height), back)
    if rng.random() < 0.3:  # a gradient
        end = np.array(color(rng), np.float32)
        ramp = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        ground = (1 - ramp) * np.array(back, np.float32) + ramp * end
        image = Image.fromarray(np.broadcast_to(np.round(ground), (height, width, 3)).astype(np.uint8))
    if photographs and rng.random() < 0.5:
        photo = Image.open(photographs[rng.integers(len(photographs))]).convert("RGB")
        w = int(width * rng.uniform(0.4, 0.9))
        photo = photo.resize((w, round(w * photo.height / photo.width)), Image.Resampling.LANCZOS)
        image.paste(photo, (int(rng.integers(0, width - w + 1)), int(rng.integers(0, height // 2))))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.integers(0, 4)):
        x, y = rng.integers(0, width), rng.integers(0, height)
        w, h = rng.integers(20, width // 2), rng.integers(20, height // 3)
        box = [int(x), int(y), int(x + w), int(y + h)]
        [pen.rectangle, pen.ellipse, lambda it, fill: pen.rounded_rectangle(it, 12, fill=fill)][rng.integers(3)](box, fill=color(rng))
    faces = [fonts / "dejavu/DejaVuSans-Bold.ttf", fonts / "dejavu/DejaVuSerif.ttf", fonts / "dejavu/DejaVuSans.ttf"]
    faces = [it for it in faces if it.exists()]
    for _ in range(rng.integers(1, 7)):
        size = int(rng.integers(12, 56))
        font = ImageFont.truetype(str(faces[rng.integers(len(faces))]), size) if faces else ImageFont.load_default(size)
        text = " ".join(rng.choice(WORDS, rng.integers(1, 6)))
        pen.text((int(rng.integers(0, width // 2)), int(rng.integers(0, height - 20))), text, font=font, fill=color(rng))
    return np.asarray(image, np.float32)
