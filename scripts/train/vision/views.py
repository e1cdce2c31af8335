"""Augmented views of the distillation pictures, with the teacher's embedding of each.

The teacher sees every view at 224 pixels, the student the same view as its trunk would get it.
Views are drawn from a seed of their own (picture, view), so that the cache can be filled in any order
and a killed run goes on where it stopped.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image, ImageEnhance, ImageFilter

from network import POOL

ROOT = Path(__file__).resolve().parents[3]
RECIPE = tomllib.loads((ROOT / "models/vision/preprocess.toml").read_text())
TEACHER_SIDE = 224


def open_pictures(folder: Path) -> list[Path]:
    """Pictures whose licence lets weights trained on them be given away."""
    with open(folder / "index.csv", newline="", encoding="utf-8") as file:
        return [folder / row["file"] for row in csv.DictReader(file) if row["open_licence"] == "yes"]


def stretched(picture: Image.Image, side: int) -> Image.Image:
    """The whole picture at side x side by the recipe's filter.

    Across first, then down, as in Rust: which pass Pillow does first depends on its version and on the
    sizes, and shows at hard edges, where values are cut to 0..255 in between.
    """
    assert RECIPE["fit"] == "stretch" and RECIPE["filter"] == "bicubic"
    across = picture.convert("RGB").resize((side, picture.height), Image.Resampling.BICUBIC)
    return across.resize((side, side), Image.Resampling.BICUBIC)


def pooled(picture: Image.Image, side: int) -> np.ndarray:
    """What the trunk sees of a picture at an input of `POOL * side`: u8 [side, side, 3]."""
    fine = np.asarray(stretched(picture, POOL * side), np.float32)
    return np.round(fine.reshape(side, POOL, side, POOL, 3).mean((1, 3))).astype(np.uint8)


def as_input(pixels: np.ndarray) -> np.ndarray:
    """u8 [..., h, w, 3] to normalised f32 [..., 3, h, w]."""
    mean = np.array(RECIPE["mean"], np.float32)
    deviation = np.array(RECIPE["deviation"], np.float32)
    scaled = (pixels.astype(np.float32) / 255 - mean) / deviation
    return np.moveaxis(scaled, -1, -3)


def augmented(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A crop of 30 to 100 % of the area, perhaps mirrored, recoloured, blurred."""
    width, height = picture.size
    area, aspect = rng.uniform(0.3, 1.0), np.exp(rng.uniform(-0.35, 0.35))
    w = min(width, max(16, round(np.sqrt(area * width * height * aspect))))
    h = min(height, max(16, round(np.sqrt(area * width * height / aspect))))
    left, top = rng.integers(0, width - w + 1), rng.integers(0, height - h + 1)
    view = picture.crop((left, top, left + w, top + h))
    if rng.random() < 0.5:
        view = view.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        view = enhance(view).enhance(rng.uniform(0.65, 1.35))
    if rng.random() < 0.15:
        view = view.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.5)))
    return view


class Views:
    """Memory-mapped trunk pixels u8 [n, side, side, 3] and teacher embeddings f16 [n, 512].

    Rows are ordered view by view: rows `v * pictures .. (v + 1) * pictures` are view v; view 0 is the
    picture itself. The teacher's answers do not depend on the student's side and are kept for all of them.
    """

    def __init__(self, data: Path, cache: Path, count: int, threads: int, seed: int, side: int) -> None:
        self.files = open_pictures(data / "vision/distill")
        self.count, self.seed, self.side = count, seed, side
        rows = count * len(self.files)
        key = hashlib.sha256(f"{[f.name for f in self.files]}{seed}".encode()).hexdigest()[:12]
        cache.mkdir(parents=True, exist_ok=True)
        self.pixels = _map(cache / f"pixels-{key}-{count}-{side}.npy", (rows, side, side, 3), np.uint8)
        self._rendered = _map(cache / f"rendered-{key}-{count}-{side}.npy", (rows,), np.uint8)
        self.targets = _map(cache / f"targets-{key}-{count}.npy", (rows, 512), np.float16)
        self._answered = _map(cache / f"answered-{key}-{count}.npy", (rows,), np.uint8)
        self._teacher_path, self._threads = data / "vision/teacher/teacher.onnx", threads
        self._teacher: ort.InferenceSession | None = None

    def fill(self, view: int, batch: int = 16) -> None:
        """Renders one view of every picture and asks the teacher about it, where that is not done yet."""
        start = view * len(self.files)
        todo = [r for r in range(start, start + len(self.files)) if not (self._rendered[r] and self._answered[r])]
        with ThreadPoolExecutor(self._threads) as renderers:
            for begin in range(0, len(todo), batch):
                rows = todo[begin : begin + batch]
                large = np.stack(list(renderers.map(lambda row: self._render(view, row), rows)))
                self._rendered[rows] = 1
                unanswered = [i for i, row in enumerate(rows) if not self._answered[row]]
                if unanswered:
                    inputs = np.moveaxis(large[unanswered].astype(np.float32) / 255, -1, -3)
                    answer = self.teacher.run(["embedding512"], {"input": np.ascontiguousarray(inputs)})[0]
                    self.targets[[rows[i] for i in unanswered]] = answer
                    self._answered[rows] = 1

    def _render(self, view: int, row: int) -> np.ndarray:
        index = row - view * len(self.files)
        picture = Image.open(self.files[index]).convert("RGB")
        if view:
            picture = augmented(picture, np.random.default_rng((self.seed, view, index)))
        self.pixels[row] = pooled(picture, self.side)
        return np.asarray(stretched(picture, TEACHER_SIDE))

    @property
    def teacher(self) -> ort.InferenceSession:
        if self._teacher is None:
            options = ort.SessionOptions()
            options.intra_op_num_threads = self._threads
            self._teacher = ort.InferenceSession(str(self._teacher_path), options, ["CPUExecutionProvider"])
        return self._teacher


def _map(path: Path, shape: tuple[int, ...], dtype: type) -> np.memmap:
    mode = "r+" if path.exists() else "w+"
    return np.lib.format.open_memmap(path, mode=mode, dtype=dtype, shape=shape)
