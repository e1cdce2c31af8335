"""Makes ladders of distortions from clean pictures, with the quality that each rung should have.

Writes `WORK/pictures/` and `WORK/ladders.csv` (a row for each rung): file, base, source, part (train or validation),
ladder, rung (0 is the original), and the targets `overall`, `blur`, `noise`, `compression`, `exposure`, 0 to 1.
A target is the likeness to the original by a full-reference measure (`distort.likeness`), for a part that of this
part's distortion alone; exposure, which that measure hardly sees, is 2^(-stops / 2) times it. Pictures of one
original are all in one part. A second start goes on where the first one stopped.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

import designs
from distort import ENCODED, LADDERS, PART, PARTS, apply, encode, likeness, to_image

FIELDS = ["file", "base", "source", "part", "ladder", "rung", "overall", *PARTS]
VALIDATION_SHARE = 0.25
TRAIN_LADDERS = {"kodak": 9, "clothing": 9, "osie": 4, "design": 5}
OSIE = 320
DESIGNS = 48


def seed_of(*words: object) -> int:
    return int.from_bytes(hashlib.sha256("/".join(map(str, words)).encode()).digest()[:6], "big")


def read(path: Path, scale: float) -> np.ndarray:
    image = Image.open(path).convert("RGB")
    if scale != 1:
        image = image.resize([round(it * scale) for it in image.size], Image.Resampling.LANCZOS)
    return np.asarray(image, np.float32)


def bases(data: Path, fonts: Path):
    """Yields (name, source, part, pixels)."""
    rows = list(csv.DictReader((data / "vision/clean/index.csv").open(newline="")))
    groups: dict[str, dict[str, list[dict]]] = {}
    for row in rows:
        source = next((name for key, name in (("Kodak", "kodak"), ("clothing", "clothing")) if key in row["source"]), "wallpaper")
        groups.setdefault(source, {}).setdefault(row["original_path"].split("#")[0], []).append(row)
    photographs = []
    for source, paths in groups.items():
        order = sorted(paths, key=lambda it: seed_of("split", it))
        held = len(order) if source == "wallpaper" else round(len(order) * VALIDATION_SHARE)
        for i, path in enumerate(order):
            part = "validation" if i < held else "train"
            file = data / "vision/clean" / paths[path][0]["file"]
            yield Path(file).stem, source, part, read(file, 1)
            if part == "train":
                photographs.append(file)
                yield Path(file).stem + "-small", source, part, read(file, 0.6)
    osie = sorted((data / "vision/saliency/images").glob("osie*"), key=lambda it: seed_of("osie", it.name))
    for file in osie[:OSIE]:  # enlarged damage of JPEG q85 is hidden by reducing
        yield file.stem, "osie", "train", read(file, 0.75)
    for i in range(DESIGNS):
        rng = np.random.default_rng(seed_of("design", i))
        part = "validation" if i % 4 == 0 else "train"
        yield f"design-{i:02}", "design", part, designs.draw(rng, photographs, fonts)


def target(kind: str, strength: float, clean: np.ndarray, seed: int) -> float:
    """Quality left when only this step is done."""
    it = likeness(clean, apply(clean, (kind, strength), seed))
    return it * 2 ** (-strength / 2) if PART[kind] == "exposure" else it


def climb(base: str, source: str, part: str, clean: np.ndarray, ladder: str, folder: Path):
    """Writes one ladder; yields its rows."""
    seed = seed_of(base, ladder)
    # Half of all ladders that do not end in an encoding end in a good JPEG: nearly every picture in use has been one.
    last = int(np.random.default_rng(seed + 1).integers(86, 97)) if seed % 2 else None
    for rung, steps in enumerate([[], *LADDERS[ladder]]):
        levels, targets, overall = clean, dict.fromkeys(PARTS, 1.0), 1.0
        for kind, strength in steps:
            targets[PART[kind]] = target(kind, strength, clean, seed)
            final = kind in ENCODED
            if not final:
                levels = np.clip(apply(levels, (kind, strength), seed), 0, 255)
        if steps:
            whole = apply(levels, steps[-1], seed) if final else levels
            overall = likeness(clean, whole) * (targets["exposure"] / max(likeness(clean, whole), targets["exposure"]) if targets["exposure"] < 1 else 1)
            overall = min(overall, *targets.values())
        name = f"{base}_{ladder}_{rung}"
        if steps and final:
            path = folder / f"{name}.{steps[-1][0]}"
            path.write_bytes(encode(levels, *steps[-1], int(np.random.default_rng(seed).choice([0, 2]))))
        elif last and not any(it[-1][0] in ENCODED for it in LADDERS[ladder]):
            path = folder / f"{name}.jpeg"
            path.write_bytes(encode(levels, "jpeg", last, 2))
        else:
            path = folder / f"{name}.bmp"
            to_image(levels).save(path)
        yield dict(file=path.name, base=base, source=source, part=part, ladder=ladder, rung=rung,
                   overall=f"{overall:.4f}", **{key: f"{value:.4f}" for key, value in targets.items()})


def write(data: Path, work: Path, fonts: Path) -> Path:
    """Makes the ladders that are not yet there; gives their table."""
    folder, table = work / "pictures", work / "ladders.csv"
    folder.mkdir(parents=True, exist_ok=True)
    done = {row["base"] for row in csv.DictReader(table.open(newline=""))} if table.exists() else set()
    with table.open("a", newline="") as out:
        writer = csv.DictWriter(out, FIELDS)
        if not done:
            writer.writeheader()
        for base, source, part, clean in bases(data, fonts):
            if base in done:
                continue
            names = [it for it in LADDERS if source != "design" or not {"over", "under"} & {it.split("_")[0]}]
            if part == "train":
                rng = np.random.default_rng(seed_of("ladders", base))
                names = rng.permutation(names)[: TRAIN_LADDERS[source]].tolist()
            rows = [row for name in names for row in climb(base, source, part, clean, name, folder)]
            writer.writerows(rows)
            out.flush()
            print(base, source, part, len(rows), flush=True)
    return table
