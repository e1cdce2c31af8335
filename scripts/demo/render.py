"""Render the demo creatives: `python scripts/demo/render.py [id …] [--out DIR]`. Same input, same bytes."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import resvg_py
from PIL import Image

from campaigns import ALL, Creative
from kit import font_files

ROOT = Path(__file__).resolve().parents[2]


def rasterise(creative: Creative) -> Image.Image:
    """Draw one creative; `shrink` loses detail on purpose, for the blurry one."""
    canvas = creative.draw()
    png = resvg_py.svg_to_bytes(svg_string=canvas.svg(), skip_system_fonts=True, font_files=font_files())
    picture = Image.open(io.BytesIO(bytes(png))).convert("RGB")
    if creative.shrink != 1.0:
        size = picture.size
        small = (round(size[0] * creative.shrink), round(size[1] * creative.shrink))
        picture = picture.resize(small, Image.Resampling.BILINEAR).resize(size, Image.Resampling.BICUBIC)
    return picture


def save(picture: Image.Image, target: Path) -> None:
    """Write the format that the name asks for."""
    match target.suffix:
        case ".jpg":
            picture.save(target, quality=85, optimize=True, progressive=False, subsampling=0)
        case ".png":
            picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG).save(
                target, optimize=True
            )
        case ".webp":
            picture.save(target, quality=86, method=6)
        case other:
            raise ValueError(f"no writer for {other}")


def main() -> None:
    """Render all creatives, or the named ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", help="only these creatives")
    parser.add_argument("--out", type=Path, default=ROOT / "datasets" / "demo" / "images")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for creative in ALL:
        if args.ids and not any(creative.name.startswith(i) for i in args.ids):
            continue
        target = args.out / f"{creative.name}.{creative.format}"
        save(rasterise(creative), target)
        print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
