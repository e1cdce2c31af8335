"""Writes a library of JPEGs of the sizes that ad platforms take, from any folder of pictures.

    python benches/pictures/make_library.py SOURCE OUT --count 2000

Every file differs (its number is drawn into it), so that no cache or content key joins two of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image, ImageDraw

SIZES = ((1080, 1080), (1080, 1350), (1080, 1920), (1200, 628))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    args = parser.parse_args()
    sources = sorted(p for p in args.source.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    if not sources:
        raise SystemExit(f"no pictures below {args.source}")
    args.out.mkdir(parents=True, exist_ok=True)
    for n in range(args.count):
        path = args.out / f"ad-{n:06}.jpg"
        if path.exists():
            continue
        picture = Image.open(sources[n % len(sources)]).convert("RGB").resize(SIZES[n % 4], Image.Resampling.BICUBIC)
        ImageDraw.Draw(picture).text((24, 24), f"{n:06}", fill="white", stroke_width=2, stroke_fill="black")
        picture.save(path, quality=85)


if __name__ == "__main__":
    main()
