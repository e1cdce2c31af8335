"""Makes the pictures that near_duplicates.py measures on: transformed copies, and designs with two offers.

Every picture is made from a seed that depends on its name alone, so the set is the same on every machine with
the same Pillow and fonts. Originals are read from the evaluation data, never written to it.
"""

from __future__ import annotations

import csv
import json
import random
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

# Debian: fonts-dejavu-core, fonts-liberation, fonts-lato. The first of each pair that exists is taken.
FONTS = {
    "bold": [
        "/usr/share/fonts/truetype/lato/Lato-Black.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    ],
    "plain": [
        "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    ],
    "serif": [
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf",
    ],
}
# Classes with near-identical frames or crops of the same photographs (see the card of the data).
CLONED_CLASSES = {"Faces", "Faces_easy", "car_side", "Leopards", "airplanes", "Motorbikes"}
SHAPES = [(1080, 1080), (1080, 1350), (1200, 628), (1080, 1920)]
HEADLINES = [
    "Rebajas de verano", "Hasta el domingo", "Fresh every morning", "Tu primera semana gratis", "Made to last",
    "El regalo que faltaba", "New season, same comfort", "Menos es más", "Free returns, always", "Vuelve el clásico",
    "Duerme mejor hoy", "Taste the weekend", "Listo en cinco minutos", "Built for the rain", "Solo esta semana",
]  # fmt: skip
LINES = [
    "Envío gratis a partir de 30 €", "Two for one on everything", "Código HOLA20 en tu primera compra",
    "Join 40,000 happy customers", "Devolución gratuita en 60 días", "Order by 6 pm, delivered tomorrow",
    "Reserva ahora, paga después", "No subscription, no small print", "Hecho a mano en Teruel",
]  # fmt: skip
BUTTONS = ["Comprar ahora", "Shop now", "Ver la colección", "Learn more", "Reservar", "Get yours", "Pruébalo"]
OFFERS = ["-20 %", "-50 %", "29,90 €", "$19", "2x1", "Desde 9 €", "-35 %", "49 €", "$8.50", "3x2"]


@dataclass(frozen=True)
class Member:
    """One picture of the set: `kind` is `original`, a transformation, or `offer` (other words over the same art)."""

    file: str
    group: str
    kind: str


def seeded(name: str) -> random.Random:
    return random.Random(zlib.crc32(name.encode()))


def font(kind: str, size: int) -> ImageFont.FreeTypeFont:
    path = next(it for it in FONTS[kind] if Path(it).exists())
    return ImageFont.truetype(path, max(size, 8))


# --- transformations -------------------------------------------------------------------------------------------------


def crop(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Keeps 90 % of each side, at a random place."""
    width, height = picture.size
    w, h = round(width * 0.9), round(height * 0.9)
    left, top = rng.randint(0, width - w), rng.randint(0, height - h)
    return picture.crop((left, top, left + w, top + h))


def border(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A frame of one color, 3 to 8 % of the longer side."""
    wide = round(max(picture.size) * rng.uniform(0.03, 0.08))
    color = rng.choice(["white", "black", "#d0d0d0", "#c8102e", "#10457f"])
    return ImageOps.expand(picture, wide, color)


def banner(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A band of text over 12 to 20 % of the height, at the top, the bottom or between."""
    out = picture.copy()
    width, height = out.size
    high = round(height * rng.uniform(0.12, 0.20))
    top = rng.choice([0, height - high, rng.randint(0, height - high)])
    ink, paper = rng.choice([("white", "#c8102e"), ("black", "#ffd400"), ("white", "black"), ("#10457f", "white")])
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, top, width, top + high), fill=paper)
    text = rng.choice(HEADLINES)
    size = high
    while size > 8 and draw.textlength(text, font("bold", size)) > width * 0.9:
        size -= 1
    draw.text((width / 2, top + high / 2), text, ink, font("bold", min(size, round(high * 0.7))), anchor="mm")
    return out


def color(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Gains of the channels by up to 15 %, brightness, contrast and saturation by up to 20 to 40 %."""
    gains = [rng.uniform(0.85, 1.15) for _ in range(3)]
    out = Image.merge("RGB", [band.point(lambda it, g=g: round(it * g)) for band, g in zip(picture.split(), gains)])
    out = ImageEnhance.Brightness(out).enhance(rng.uniform(0.85, 1.15))
    out = ImageEnhance.Contrast(out).enhance(rng.uniform(0.8, 1.2))
    return ImageEnhance.Color(out).enhance(rng.uniform(0.6, 1.4))


def half(picture: Image.Image, _: random.Random) -> Image.Image:
    return picture.resize((max(picture.width // 2, 1), max(picture.height // 2, 1)), Image.Resampling.LANCZOS)


TRANSFORMATIONS = {
    "jpeg30": lambda picture, _: picture,
    "half": half,
    "crop": crop,
    "border": border,
    "banner": banner,
    "color": color,
    "mirror": lambda picture, _: ImageOps.mirror(picture),
}


# --- designs ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    headline: str
    line: str
    button: str
    offer: str


def words(rng: random.Random) -> Words:
    return Words(rng.choice(HEADLINES), rng.choice(LINES), rng.choice(BUTTONS), rng.choice(OFFERS))


def other_words(first: Words, change: str, rng: random.Random) -> Words:
    """Other words: everything, only the headline, or only the price."""
    pick = lambda options, old: rng.choice([it for it in options if it != old])  # noqa: E731
    headline, offer = pick(HEADLINES, first.headline), pick(OFFERS, first.offer)
    if change == "headline":
        return Words(headline, first.line, first.button, first.offer)
    if change == "price":
        return Words(first.headline, first.line, first.button, offer)
    return Words(headline, pick(LINES, first.line), pick(BUTTONS, first.button), offer)


def design(art: Image.Image, said: Words, layout: str, size: tuple[int, int], palette: tuple[str, str]) -> Image.Image:
    """An ad: the art full-bleed under a scrim, in a panel beside the words, or above a band of words."""
    width, height = size
    ink, paper = palette
    tall = height >= width
    if layout == "split":
        out = Image.new("RGB", size, paper)
        box = (width, round(height * 0.55)) if tall else (round(width * 0.55), height)
        out.paste(ImageOps.fit(art, box), (0, 0))
        at = (round(width * 0.07), box[1] + round(height * 0.05)) if tall else (box[0] + 40, round(height * 0.12))
        room = width - at[0] - 40
    elif layout == "band":
        out = ImageOps.fit(art, size)
        top = round(height * 0.70)
        ImageDraw.Draw(out).rectangle((0, top, width, height), fill=paper)
        at, room = (round(width * 0.05), top + round(height * 0.03)), round(width * 0.9)
    else:
        out = ImageOps.fit(art, size)
        scrim = Image.linear_gradient("L").resize(size).point(lambda it: round(it * 0.7))
        out.paste(Image.new("RGB", size, "black"), (0, 0), scrim)
        ink, at, room = "white", (round(width * 0.06), round(height * 0.62)), round(width * 0.88)
    draw = ImageDraw.Draw(out)
    unit = round((width * height) ** 0.5 / 20)
    x, y = at
    for text, kind, scale in ((said.headline, "bold", 1.5), (said.line, "plain", 0.75)):
        size_px = round(unit * scale)
        while size_px > 10 and draw.textlength(text, font(kind, size_px)) > room:
            size_px -= 1
        draw.text((x, y), text, ink, font(kind, size_px))
        y += round(unit * scale * 1.35)
    label = font("bold", round(unit * 0.7))
    wide = draw.textlength(said.button, label)
    draw.rounded_rectangle((x, y, x + wide + unit, y + unit * 1.3), unit * 0.3, fill="#e4572e")
    draw.text((x + (wide + unit) / 2, y + unit * 0.65), said.button, "white", label, anchor="mm")
    # The price in a round badge on the art.
    radius = unit * 1.9
    cx, cy = width - radius * 1.4, radius * 1.5
    draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill="#ffd400")
    size_px = round(unit)
    while draw.textlength(said.offer, font("bold", size_px)) > radius * 1.7:
        size_px -= 1
    draw.text((cx, cy), said.offer, "black", font("bold", size_px), anchor="mm")
    return out


# --- the set ---------------------------------------------------------------------------------------------------------


def originals(data: Path) -> list[tuple[str, Path]]:
    """Name and file of every original: validation parts only, without classes that hold clones."""
    found: list[tuple[str, Path]] = []
    with open(data / "caltech101/index.csv", newline="", encoding="utf-8") as file:
        rows = [it for it in csv.DictReader(file) if it["split"] == "val" and it["class"] not in CLONED_CLASSES]
    by_class: dict[str, list[str]] = {}
    for row in rows:
        by_class.setdefault(row["class"], []).append(row["file"])
    # Two of each class: pictures of one class are the hard unrelated pairs.
    found += [(f"caltech-{Path(it).stem}-{label}", data / "caltech101" / it)
              for label, files in sorted(by_class.items()) for it in sorted(files)[:2]]  # fmt: skip
    for line in open(data / "saliency/index.jsonl", encoding="utf-8"):
        row = json.loads(line)
        if row["split"] == "val":
            found.append((f"saliency-{Path(row['file']).stem}", data / "saliency" / row["file"]))
    for line in open(data / "text/index.jsonl", encoding="utf-8"):
        row = json.loads(line)
        if row["source"] == "synth" and row["split"] == "val":
            found.append((f"banner-{Path(row['file']).stem}", data / "text" / row["file"]))
    with open(data / "clean/index.csv", newline="", encoding="utf-8") as file:
        # Different cuts of one wallpaper overlap: the first one only.
        rows = [it for it in csv.DictReader(file) if not it["original_path"].endswith(("#part2", "#part3", "#part4"))]
    found += [(f"clean-{Path(it['file']).stem}", data / "clean" / it["file"]) for it in rows[::2]]
    found += [(f"ad-{it.stem}", it) for it in sorted((data / "samples/files").glob("ad_*_*"))]
    return found


def part_of(name: str) -> str:
    """Thresholds are chosen on one half, figures reported on the other."""
    return "choose" if zlib.crc32(f"part {name}".encode()) % 2 else "report"


def load(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB")


def make(data: Path, part: str, folder: Path) -> list[Member]:
    """Writes the pictures of one part and returns what each is."""
    folder.mkdir(parents=True, exist_ok=True)
    members: list[Member] = []

    def keep(picture: Image.Image, group: str, kind: str, quality: int) -> None:
        file = f"{group}.{kind}.jpg"
        picture.save(folder / file, quality=quality)
        members.append(Member(file, group, kind))

    chosen = [it for it in originals(data) if part_of(it[0]) == part]
    for name, path in chosen:
        picture = load(path)
        keep(picture, name, "original", 92)
        for kind, change in TRANSFORMATIONS.items():
            keep(change(picture, seeded(f"{kind} {name}")), name, kind, 30 if kind == "jpeg30" else 85)
    arts = [it for it in chosen if it[0].startswith(("clean-", "saliency-osie"))]
    for index, (name, path) in enumerate(arts):
        rng = seeded(f"design {name}")
        first, group, size = words(rng), f"design-{name}", rng.choice(SHAPES)
        layout = ("hero", "split", "band")[index % 3]
        palette = rng.choice([("#111111", "#f4efe6"), ("white", "#10457f"), ("#222222", "white"), ("white", "#1d1d1f")])
        art = load(path)
        plain = design(art, first, layout, size, palette)
        keep(plain, group, "original", 92)
        for kind, change in TRANSFORMATIONS.items():
            keep(change(plain, seeded(f"{kind} {group}")), group, kind, 30 if kind == "jpeg30" else 85)
        for change in ("all", "headline", "price"):
            other = design(art, other_words(first, change, rng), layout, size, palette)
            # Every second one was exported at another size.
            keep(half(other, rng) if rng.random() < 0.5 else other, group, f"offer-{change}", 85)
    return members
