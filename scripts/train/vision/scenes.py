"""Pictures with what the heads have to find in them, as the network gets them.

Sources, all of licences that let trained weights ship: people's fixations on photographs (saliency,
training part) with faces and text lines from two teachers; photographs with faces; grids of the
distillation pictures with faces from the teacher; crowds, which are parts of those photographs cut around
their faces at every size; banners with exact text (the set's own and those that banners.py renders). Everything is drawn from a seed of its own, so that an interrupted run goes on.
"""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from teachers import FaceTeacher, TextTeacher
from views import RECIPE, open_pictures, stretched

SIDE = RECIPE["side"]
ATTENTION_SIDE, TEXT_SIDE = SIDE // 8, SIDE // 4
MOST_FACES = 48
VIEWS = {"fixations": 10, "faces": 16, "synth": 4}
GRIDS = 2400
CROWDS = 6000
FACE_PIXELS = (9, 130)  # of a face in a crowd, as the network gets it
SHAPES = (4 / 3, 4 / 3, 3 / 2, 16 / 9, 1.0, 3 / 4, 4 / 5, 9 / 16)  # of pictures in use: they get stretched to a square
SOURCES = ("fixations", "faces", "synth", "grid", "crowd")


@dataclass
class Scene:
    """A picture with its truths, in shares of its width and height; None where nothing is known."""

    picture: Image.Image
    attention: np.ndarray | None = None  # a map of any size
    text: list[np.ndarray] | None = None  # quads [4, 2]
    faces: np.ndarray | None = None  # [n, 5]: x, y, width, height, score
    tags: dict = field(default_factory=dict)

    def cropped(self, x: float, y: float, w: float, h: float) -> Scene:
        """The part that begins at (x, y), all in shares of the whole; may reach beyond it (grey there)."""
        width, height = self.picture.size
        box = (round(x * width), round(y * height), round((x + w) * width), round((y + h) * height))
        grey = Image.new("RGB", (max(1, box[2] - box[0]), max(1, box[3] - box[1])), (127, 127, 127))
        grey.paste(self.picture, (-box[0], -box[1]))
        part = Scene(grey)
        if self.attention is not None:
            map_ = Image.fromarray(self.attention.astype(np.float32))
            part.attention = np.asarray(
                map_.transform(map_.size, Image.Transform.EXTENT,
                               (x * map_.width, y * map_.height, (x + w) * map_.width, (y + h) * map_.height),
                               Image.Resampling.BILINEAR)
            )
        if self.text is not None:
            part.text = [(quad - (x, y)) / (w, h) for quad in self.text]
        if self.faces is not None:
            part.faces = self.faces.copy()
            part.faces[:, :4] = (self.faces[:, :4] - (x, y, 0, 0)) / (w, h, w, h)
            centre = part.faces[:, :2] + part.faces[:, 2:4] / 2
            part.faces = part.faces[((centre > 0) & (centre < 1)).all(1)]
        return part

    def mirrored(self) -> Scene:
        other = Scene(self.picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
        if self.attention is not None:
            other.attention = self.attention[:, ::-1]
        if self.text is not None:
            other.text = [np.stack([1 - quad[:, 0], quad[:, 1]], 1) for quad in self.text]
        if self.faces is not None:
            other.faces = self.faces.copy()
            other.faces[:, 0] = 1 - self.faces[:, 0] - self.faces[:, 2]
        return other


def recoloured(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        picture = enhance(picture).enhance(rng.uniform(0.7, 1.3))
    if rng.random() < 0.2:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.2)))
    if rng.random() < 0.3:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=int(rng.integers(30, 90)))
        picture = Image.open(buffer).convert("RGB")
    if rng.random() < 0.1:
        picture = picture.convert("L").convert("RGB")
    return picture


def varied(scene: Scene, rng: np.random.Generator, least: float, most: float) -> Scene:
    """A part of `least` to `most` of the area (over 1: the picture on a larger grey ground), recoloured."""
    area, aspect = np.exp(rng.uniform(np.log(least), np.log(most))), np.exp(rng.uniform(-0.25, 0.25))
    w, h = np.sqrt(area * aspect), np.sqrt(area / aspect)
    part = scene.cropped(rng.uniform(min(0, 1 - w), max(0, 1 - w)), rng.uniform(min(0, 1 - h), max(0, 1 - h)), w, h)
    part = part.mirrored() if rng.random() < 0.5 and not scene.text else part
    part.picture = recoloured(part.picture, rng)
    return part


def text_mask(quads: list[np.ndarray]) -> np.ndarray:
    """Share of each cell that quads cover, u8 [TEXT_SIDE, TEXT_SIDE]."""
    fine = np.zeros((SIDE, SIDE), np.uint8)
    for quad in quads:
        cv2.fillPoly(fine, [np.round(quad * SIDE * 16 - 8).astype(np.int32)], 255, shift=4)
    return cv2.resize(fine, (TEXT_SIDE, TEXT_SIDE), interpolation=cv2.INTER_AREA)


class Scenes:
    """Memory-mapped samples: pixels, attention, text and faces, with a flag where each is known."""

    def __init__(self, folder: Path, count: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        make = lambda name, shape, dtype: _map(folder / f"{name}.npy", (count, *shape), dtype)
        self.pixels = make("pixels", (SIDE, SIDE, 3), np.uint8)
        self.attention = make("attention", (ATTENTION_SIDE, ATTENTION_SIDE), np.float16)
        self.text = make("text", (TEXT_SIDE, TEXT_SIDE), np.uint8)
        self.faces = make("faces", (MOST_FACES, 5), np.float32)
        self.known = make("known", (3,), np.uint8)  # attention, text, faces
        self.done = make("done", (), np.uint8)

    def put(self, row: int, scene: Scene) -> None:
        self.pixels[row] = np.asarray(stretched(scene.picture, SIDE))
        self.known[row] = [scene.attention is not None, scene.text is not None, scene.faces is not None]
        if scene.attention is not None:
            map_ = cv2.resize(scene.attention.astype(np.float32), (ATTENTION_SIDE,) * 2, interpolation=cv2.INTER_AREA)
            self.attention[row] = map_ / max(map_.max(), 1e-6)
            self.known[row, 0] = map_.sum() > 0
        if scene.text is not None:
            self.text[row] = text_mask(scene.text)
        self.faces[row] = 0
        if scene.faces is not None:
            kept = scene.faces[np.argsort(-scene.faces[:, 4])][:MOST_FACES]
            self.faces[row, : len(kept)] = kept
        self.done[row] = 1


def _map(path: Path, shape: tuple[int, ...], dtype: type) -> np.memmap:
    return np.lib.format.open_memmap(path, mode="r+" if path.exists() else "w+", dtype=dtype, shape=shape)


class Recipe:
    """Every sample by its number."""

    def __init__(self, data: Path, seed: int, threads: int) -> None:
        self.vision, self.seed = data / "vision", seed
        self.face_teacher = FaceTeacher(self.vision / "faces/yunet_n_dynamic.onnx", threads)
        self.text_teacher = TextTeacher(self.vision / "text/ppocrv3_det.onnx", threads)
        rows = lambda name: [json.loads(line) for line in (self.vision / name).read_text().splitlines()]
        faces = {row["file"]: row for row in rows("faces/index.jsonl") if row["split"] == "train"}
        self.fixations = [
            (self.vision / "saliency" / row["file"], self.vision / "saliency" / row["map"],
             faces[f"../saliency/{row['file']}"])
            for row in rows("saliency/index.jsonl") if row["split"] == "train"
        ]
        self.photographs = [(self.vision / "faces" / f, row) for f, row in faces.items() if row["source"] == "osie"]
        self.synth = [row for row in rows("text/index.jsonl") if row["source"] == "synth" and row["split"] == "train"]
        self.distill = open_pictures(self.vision / "distill")
        # Found before the threads begin: each picture is asked about once.
        self.jobs = (
            [("fixations", i, v) for i in range(len(self.fixations)) for v in range(VIEWS["fixations"])]
            + [("faces", i, v) for i in range(len(self.photographs)) for v in range(VIEWS["faces"])]
            + [("synth", i, v) for i in range(len(self.synth)) for v in range(VIEWS["synth"])]
            + [("grid", i, 0) for i in range(GRIDS)]
            + [("crowd", i, 0) for i in range(CROWDS)]
        )
        sure = lambda row: [i for i, s in enumerate(row["scores"]) if s >= 0.7]
        known = self.photographs + [(path, row) for path, _, row in self.fixations]
        self.portraits = [(path, row, sure(row)) for path, row in known if sure(row)]
        self.faceless = [path for path, row in known if not row["boxes"]]
        self._lines: dict[Path, list[np.ndarray]] = {}
        self._faces: dict[Path, np.ndarray] = {}

    def lines(self, path: Path, picture: Image.Image) -> list[np.ndarray]:
        if path not in self._lines:
            self._lines[path] = [quad / picture.size for quad in self.text_teacher(picture)]
        return self._lines[path]

    def found_faces(self, path: Path, picture: Image.Image) -> np.ndarray:
        if path not in self._faces:
            found = self.face_teacher(picture, 480)
            found[:, :4] /= (*picture.size, *picture.size)
            self._faces[path] = found
        return self._faces[path]

    def scene(self, job: tuple[str, int, int]) -> Scene:
        source, index, view = job
        rng = np.random.default_rng((self.seed, SOURCES.index(source), index, view))
        if source == "fixations":
            path, map_, row = self.fixations[index]
            scene = self.photograph(path, row)
            scene.attention = np.asarray(Image.open(map_), np.float32)
            if view == 0:
                return scene
            part = varied(scene, rng, 0.55, 1.0)
            if rng.random() < 0.5 and part.text:  # the attention of a mirrored sign is that of the sign
                part = part.mirrored()
            return part
        if source == "faces":
            scene = self.photograph(*self.photographs[index])
            return scene if view == 0 else varied(scene, rng, 0.12, 2.5)
        if source == "synth":
            row = self.synth[index]
            picture = Image.open(self.vision / "text" / row["file"]).convert("RGB")
            quads = [np.array(q, float).reshape(4, 2) / (row["width"], row["height"]) for q in row["quads"]]
            scene = Scene(picture, text=quads)
            return scene if view == 0 else varied(scene, rng, 0.3, 1.5)
        return self.grid(rng) if source == "grid" else self.crowd(rng)

    def photograph(self, path: Path, row: dict, lines: bool = True) -> Scene:
        picture = Image.open(path).convert("RGB")
        boxes = np.array([[*b, s] for b, s in zip(row["boxes"], row["scores"])], np.float32).reshape(-1, 5)
        boxes[:, :4] /= (row["width"], row["height"], row["width"], row["height"])
        return Scene(picture, text=self.lines(path, picture) if lines else None, faces=boxes)

    def grid(self, rng: np.random.Generator) -> Scene:
        """1, 4 or 9 distillation pictures side by side, each at about its own size."""
        across = int(rng.choice([1, 2, 2, 3]))
        cell = SIDE // across
        canvas, faces = Image.new("RGB", (cell * across, cell * across)), []
        for place in range(across * across):
            path = self.distill[int(rng.integers(len(self.distill)))]
            picture = Image.open(path).convert("RGB")
            found = self.found_faces(path, picture)
            part = varied(Scene(picture, faces=found), rng, 0.45, 1.2)
            x, y = place % across, place // across
            canvas.paste(part.picture.resize((cell, cell), Image.Resampling.BICUBIC), (x * cell, y * cell))
            placed = part.faces.copy()
            placed[:, :4] = (placed[:, :4] + (x, y, 0, 0)) / across
            faces.append(placed)
        return Scene(canvas, faces=np.concatenate(faces))


    def crowd(self, rng: np.random.Generator) -> Scene:
        """1, 4 or 9 parts of photographs, each chosen to hold a face of a drawn size; some hold none."""
        across = int(rng.choice([1, 2, 2, 3, 3]))
        cell = SIDE // across
        canvas, faces = Image.new("RGB", (SIDE, SIDE), tuple(rng.integers(0, 256, 3).tolist())), []
        for place in range(across * across):
            if rng.random() < 0.2:
                path = self.faceless[int(rng.integers(len(self.faceless)))]
                part = varied(Scene(Image.open(path).convert("RGB"), faces=np.zeros((0, 5), np.float32)), rng, 0.1, 1.0)
            else:
                part = self.around_a_face(rng, cell)
            x, y = place % across, place // across
            canvas.paste(part.picture.resize((cell, cell), Image.Resampling.BICUBIC), (x * cell, y * cell))
            placed = part.faces.copy()
            placed[:, :4] = (placed[:, :4] + (x, y, 0, 0)) * cell / SIDE
            faces.append(placed)
        return Scene(canvas, faces=np.concatenate(faces))

    def around_a_face(self, rng: np.random.Generator, cell: int) -> Scene:
        path, row, sure = self.portraits[int(rng.integers(len(self.portraits)))]
        whole = self.photograph(path, row, lines=False)
        x, y, w, h = whole.faces[sure[int(rng.integers(len(sure)))], :4]
        tall = h * whole.picture.height
        # No face is enlarged more than twice: what is not in the picture cannot be learned from it.
        least, most = FACE_PIXELS
        drawn = np.exp(rng.uniform(np.log(least), np.log(max(least, min(most, 0.75 * cell, 2 * tall)))))
        aspect = SHAPES[int(rng.integers(len(SHAPES)))] * np.exp(rng.uniform(-0.15, 0.15))
        height = h * cell / drawn
        width = height * whole.picture.height / whole.picture.width * aspect
        left = x + w / 2 - width * rng.uniform(0.1, 0.9)
        top = y + h / 2 - height * rng.uniform(0.1, 0.9)
        # Within the picture where it is large enough; grey shows beyond it.
        left = min(max(left, 0), 1 - width) if width <= 1 else left
        top = min(max(top, 0), 1 - height) if height <= 1 else top
        part = whole.cropped(left, top, width, height)
        part = part.mirrored() if rng.random() < 0.5 else part
        part.picture = recoloured(part.picture, rng)
        return part


def render(data: Path, folder: Path, seed: int, threads: int) -> Scenes:
    recipe = Recipe(data, seed, threads)
    scenes = Scenes(folder, len(recipe.jobs))
    todo = [i for i in range(len(recipe.jobs)) if not scenes.done[i]]
    with ThreadPoolExecutor(threads) as pool:
        for count, _ in enumerate(pool.map(lambda i: scenes.put(i, recipe.scene(recipe.jobs[i])), todo)):
            if count % 1000 == 0:
                print(f"scenes: {count} of {len(todo)}", flush=True)
    return scenes
