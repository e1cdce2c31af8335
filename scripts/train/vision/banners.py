"""Training pictures with known text: drawn advertisements, receipts, screens, packshots, and none of these.

    python scripts/train/vision/banners.py --data ../shared/data --work .cache/train-vision/banners --count 6000

Each picture is drawn at up to about 700 pixels from (seed, index) alone, then stretched as the network's
input is. A fifth has no text. In --work: pixels.npy u8 [n, 352, 352, 3] (RGB); text.npy u8 [n, 88, 88], the
share of each cell that words cover, 0..255, with the spaces inside a line; kind.npy u8 [n], an index of
kinds.KINDS or 255 where the kind is open (scanned receipts, bare patterns); size.npy u16 [n, 2], the drawn
width and height. Rows done are kept, so a stopped run goes on.

Photographs behind the text: train rows of saliency, Kodak and clothing rows of clean, and open photo rows of
distill that are not held out for kinds (see kinds.py), all without text as PP-OCRv3 sees it. Fonts: see
banner/fonts.py.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import time
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime as ort
from banner import words
from banner.advertisements import ad_size, advertisement
from banner.backgrounds import WHITE, Photos, background, color
from banner.canvas import Canvas
from banner.fonts import Fonts
from banner.papers import document, receipt
from banner.pieces import logo
from banner.products import product
from banner.screens import screen, screen_size
from banner.textless import pattern, skeleton, wordless_design
from kinds import KINDS, UNLABELED, held_out, kind_of
from PIL import Image, ImageFilter
from views import ROOT, stretched

SIDE, CELLS = 352, 88
PHOTO, DESIGN, SCREENSHOT, PACKSHOT = range(len(KINDS))
SHARES = {
    "advertisement": 46, "receipt": 10, "document": 4, "screen": 13, "packshot": 5, "mark": 2, "photo": 8, "pattern": 4,
    "wordless": 3, "bare packshot": 3, "skeleton": 2,
}  # fmt: skip


@dataclass
class Drawn:
    picture: Image.Image  # RGB
    text: Image.Image  # L, CELLS x CELLS
    kind: int


class Banners:
    """Draws picture `index` of the endless series that belongs to a seed."""

    def __init__(self, data: Path, seed: int, work: Path, fonts: Path = Path("/usr/share/fonts")) -> None:
        self.seed, self.fonts, self.photos = seed, Fonts(fonts), Photos(wordless_photos(data / "vision", work))

    def __call__(self, index: int) -> Drawn:
        r = Random(f"banners/{self.seed}/{index}")
        (what,) = r.choices(list(SHARES), list(SHARES.values()))
        lang = r.choice(words.LANGUAGES)
        c, kind = self._draw(what, r, lang)
        return Drawn(camera(r, c.picture), c.cover(), kind)

    def _draw(self, what: str, r: Random, lang: str) -> tuple[Canvas, int]:
        if what == "receipt":
            c, photographed = receipt(r, self.fonts, self.photos, lang)
            return c, PHOTO if photographed else UNLABELED
        w, h = screen_size(r) if what in ("screen", "skeleton") else ad_size(r)
        if what in ("packshot", "bare packshot", "mark", "photo", "document"):
            w, h = r.choice(((480, 480), (480, 640), (640, 480), (400, 600)))
        if what == "photo":
            ground = self.photos.filling(r, w, h, False)
        elif what in ("packshot", "bare packshot", "mark"):
            ground = Image.new("RGB", (w, h), r.choice((WHITE, WHITE, color(r, "light"), color(r))))
        else:
            ground = background(r, self.photos, w, h, 0.55 if what == "advertisement" else 0.3)
        c = Canvas(ground, r, self.fonts, lang)
        if what == "advertisement":
            if r.random() < 0.08:
                pattern(c, self.photos)
            advertisement(c, self.photos)
            return c, DESIGN
        if what == "document":
            document(c, self.photos)
            return c, UNLABELED
        if what in ("screen", "skeleton"):
            screen(c, self.photos) if what == "screen" else skeleton(c)
            return c, SCREENSHOT
        if what == "photo":
            return c, PHOTO
        if what == "pattern":
            pattern(c, self.photos)
            return c, UNLABELED
        if what == "wordless":
            wordless_design(c, self.photos)
            return c, DESIGN
        if what == "mark":
            size = round(w * r.uniform(0.07, 0.16))
            logo(c, w / 2, h / 2 - size / 2, size, "center")
            return c, PACKSHOT
        several = r.choice((1, 1, 1, 2, 3))
        for i in range(several):
            m = w / several * 0.12
            product(c, (w * i / several + m, h * 0.12, w * (i + 1) / several - m, h * 0.88), what == "packshot")
        return c, PACKSHOT


def camera(r: Random, picture: Image.Image) -> Image.Image:
    """What happens to pictures on their way: smaller, softer, noisier, through JPEG."""
    picture = picture.convert("RGB")
    if r.random() < 0.1:
        picture = picture.filter(ImageFilter.GaussianBlur(r.uniform(0.3, 0.9)))
    if r.random() < 0.12:
        noise = np.random.default_rng(r.getrandbits(63)).standard_normal((picture.height, picture.width, 1), np.float32)
        picture = Image.fromarray((np.asarray(picture) + noise * r.uniform(1, 10)).clip(0, 255).astype(np.uint8))
    if r.random() < 0.6:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=r.randint(35, 95))
        picture = Image.open(stream).convert("RGB")
    return picture


def wordless_photos(vision: Path, work: Path) -> list[Path]:
    """Photographs that may be trained on and in which the text detector finds nothing; kept in --work."""
    kept = work / "photos.json"
    if not kept.exists():
        with open(vision / "saliency/index.jsonl", encoding="utf-8") as file:
            files = [f"saliency/{row['file']}" for row in map(json.loads, file) if row["split"] == "train"]
        with open(vision / "clean/index.csv", newline="", encoding="utf-8") as file:
            open_sources = ("MohamedBakrAli/Kodak", "alexeygrigorev/clothing")
            files += [f"clean/{row['file']}" for row in csv.DictReader(file) if row["source"].startswith(open_sources)]
        with open(vision / "distill/index.csv", newline="", encoding="utf-8") as file:
            rows = [
                r
                for r in csv.DictReader(file)
                if r["open_licence"] == "yes" and kind_of(r) == "photo" and not held_out(r)
            ]
            files += [f"distill/{row['file']}" for row in rows[::10]]
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        detector = ort.InferenceSession(str(vision / "text/ppocrv3_det.onnx"), options, ["CPUExecutionProvider"])
        work.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([f for f in files if _text_share(detector, vision / f) < 0.0005], indent=0))
    return [vision / f for f in json.loads(kept.read_text())]


def _text_share(detector: ort.InferenceSession, path: Path) -> float:
    """The share of the picture that PP-OCRv3 calls text, its longer side at about 480 pixels."""
    picture = Image.open(path).convert("RGB")
    scale = 480 / max(picture.size)
    picture = picture.resize(
        [max(32, round(side * scale / 32) * 32) for side in picture.size], Image.Resampling.BICUBIC
    )
    pixels = np.asarray(picture, np.float32)[..., ::-1] / 255
    normal = (pixels - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
    (answer,) = detector.run(None, {"x": np.moveaxis(normal, -1, 0)[None].astype(np.float32)})
    return float((answer > 0.5).mean())


def as_rows(drawn: Drawn) -> tuple[np.ndarray, np.ndarray, int, tuple[int, int]]:
    return np.asarray(stretched(drawn.picture, SIDE)), np.asarray(drawn.text), drawn.kind, drawn.picture.size


_series: Banners


def _start(*settings: object) -> None:
    global _series
    _series = Banners(*settings)


def _row(index: int) -> tuple[int, tuple]:
    return index, as_rows(_series(index))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds vision/")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache/train-vision/banners")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    wordless_photos(args.data / "vision", args.work)
    names = {
        "pixels": ((SIDE, SIDE, 3), np.uint8),
        "text": ((CELLS, CELLS), np.uint8),
        "kind": ((), np.uint8),
        "size": ((2,), np.uint16),
    }
    arrays = {}
    for name, (shape, dtype) in names.items():
        path = args.work / f"{name}.npy"
        mode = "r+" if path.exists() else "w+"
        arrays[name] = np.lib.format.open_memmap(path, mode, dtype, (args.count, *shape))
    todo = [i for i in range(args.count) if not arrays["size"][i, 0]]
    begun = time.monotonic()
    settings = (args.data, args.seed, args.work, args.fonts)
    if args.threads == 1:
        _start(*settings)
        rows = map(_row, todo)
    else:
        rows = Pool(args.threads, _start, settings).imap_unordered(_row, todo, 8)
    for done, (index, row) in enumerate(rows, 1):
        for array, value in zip(arrays.values(), row, strict=True):
            array[index] = value
        if done % 500 == 0:
            print(f"{done} of {len(todo)}, {done / (time.monotonic() - begun):.1f}/s", flush=True)


if __name__ == "__main__":
    main()
