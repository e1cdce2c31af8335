"""Writes what other programs make of project-made pictures: PDQ, difference hash and resampling.

Run: python scripts/corpus/media_goldens.py
     python scripts/corpus/media_goldens.py PICTURES_FOLDER COUNT > pdq-of-folder.csv

The second form hashes pictures that are not part of the repository; name the file in GANCHO_PDQ_GOLDEN and
the folder's root in GANCHO_SHARED to run the same comparison on them.
Needs Pillow, numpy and pdqhash (written with 13.0.0, 2.4.6 and 0.2.8).
"""

import sys
from pathlib import Path

import numpy as np
import pdqhash
from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "crates/gancho-media/tests/golden"
SIZES = [(160, 160), (213, 160), (160, 284), (512, 268), (300, 300), (512, 512)]
FILTERS = {"bicubic": Image.Resampling.BICUBIC, "lanczos3": Image.Resampling.LANCZOS,
           "bilinear": Image.Resampling.BILINEAR, "box": Image.Resampling.BOX}


def triangle(t, period):
    return np.abs(t % (2 * period) - period) * 255 // period


def synthetic(seed, width, height):
    """Crossed triangle waves with blocks laid over them; integers only, so that Rust draws the same."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    channels = []
    for channel in range(3):
        a, b = 1 + (seed * 7 + channel) % 5, 1 + (seed * 3 + channel * 2) % 4
        wave = triangle(x * a + y * b, 37 + seed % 11 * 5)
        cross = triangle(x * b + (height - y) * a, 53 + seed % 7 * 6 + channel)
        block = ((x * 6 // width + y * (4 + seed % 3) // height + seed) % 4) * 60
        channels.append((wave + cross + block) * 255 // 690)
    return np.stack(channels, -1).astype(np.uint8)


def pdq(pixels):
    bits, quality = pdqhash.compute(np.ascontiguousarray(pixels))
    return np.packbits(bits).tobytes().hex(), quality


def dhash(pixels):
    """The bits of the ImageHash package, without needing it."""
    small = np.asarray(Image.fromarray(pixels).convert("L").resize((9, 8), Image.Resampling.LANCZOS))
    return np.packbits(small[:, 1:] > small[:, :-1]).tobytes().hex()


def write_hashes():
    lines = ["seed,width,height,pdq,pdq_quality,dhash"]
    for seed in range(30):
        width, height = SIZES[seed % len(SIZES)]
        pixels = synthetic(seed, width, height)
        hash_, quality = pdq(pixels)
        lines.append(f"{seed},{width},{height},{hash_},{quality},{dhash(pixels)}")
    (FOLDER / "hashes.csv").write_text("\n".join(lines) + "\n")


def write_resized():
    lines = ["filter,seed,width,height,new_width,new_height,rgb"]
    for name, resampling in FILTERS.items():
        for width, height, new_width, new_height in [(61, 47, 16, 11), (23, 17, 40, 24), (97, 31, 12, 24)]:
            image = Image.fromarray(synthetic(5, width, height)).resize((new_width, new_height), resampling)
            lines.append(f"{name},5,{width},{height},{new_width},{new_height},{image.tobytes().hex()}")
    (FOLDER / "resized.csv").write_text("\n".join(lines) + "\n")


def print_folder(folder, count):
    print("file,pdq,pdq_quality")
    files = sorted(it for it in Path(folder).rglob("*") if it.suffix in {".webp", ".jpg", ".png"})
    for path in files[:: max(1, len(files) // count)][:count]:
        hash_, quality = pdq(np.asarray(Image.open(path).convert("RGB")))
        print(f"{path.relative_to(folder)},{hash_},{quality}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print_folder(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        write_hashes()
        write_resized()
