"""What the heads of the vision network are worth, measured through `gancho see`.

    python scripts/eval/vision.py --data ../shared/data/vision --gancho target/release/gancho
    python scripts/eval/vision.py --data ../shared/data/vision --only attention,text --json vision.json

One row a head, part of the data and measure, with a 95 % bootstrap interval over pictures:

embedding   accuracy of the nearest neighbor on Caltech-101, by caltech_1nn.py
attention   AUC-Judd, NSS, CC, SIM, KL against eye fixations (saliency val) and against fixations and clicks
            on pages and designs (design val), by saliency/eval_saliency.py; beside them the same of a
            Gaussian in the middle (sigma .22 of each side)
text        area precision, recall, F1 of the boxes (text val) by text/eval_text.py; on drawn pictures of a
            seed not trained on (scripts/train/vision/banners.py) also the error of `text.area` in points, beside
            it that of always answering 0
faces       F1, recall, precision at the program's own threshold and AP, at IoU .4 (faces val) by
            faces/eval_faces.py; the teacher's boxes under .7 count neither way
complexity  Pearson with people's ratings within each category of Savoias
quality     Pearson with people's opinions (BIQ2021); with --ladders, the share of validation pairs in order
kind        accuracy on the rows of distill kept from training, and on drawn pictures

Pictures stay what they are; only their names are changed for the run.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/train/vision"))

import caltech_1nn  # noqa: E402

HEADS = ("embedding", "attention", "text", "faces", "complexity", "quality", "kind")
PARTS = ("overall", "blur", "noise", "compression", "exposure")
UNSEEN_SEED = 1_000_003
IOU, TEACHER_SURE = 0.4, 0.7


@dataclass
class Row:
    head: str
    part: str
    measure: str
    pictures: int
    value: float
    low: float
    high: float
    baseline: float | None = None


class Bench:
    """The program under test, the data, and the rows so far."""

    def __init__(self, gancho: Path, data: Path, device: str, resamples: int) -> None:
        self.gancho, self.data, self.device, self.resamples = gancho, data, device, resamples
        self.rows: list[Row] = []
        self.absent: dict[str, int] = {}

    def see(self, pictures: Sequence[Path]) -> list[dict | None]:
        """The record of each picture; None for those the program left out."""
        with tempfile.TemporaryDirectory() as folder:
            for i, picture in enumerate(pictures):
                shutil.copy(picture, Path(folder) / f"{i:06d}{picture.suffix}")
            call = [self.gancho, "see", folder, "--format", "jsonl", "--cache", "off", "--device", self.device]
            output = subprocess.run(list(map(str, call)), check=True, stdout=subprocess.PIPE, text=True).stdout
        records: list[dict | None] = [None] * len(pictures)
        for line in output.splitlines():
            record = json.loads(line)
            if record["schema"] == "gancho.sight/1":
                records[int(Path(record["path"]).stem)] = record
        return records

    def answered(self, head: str, truths: Sequence[dict], folder: Path) -> list[tuple[dict, dict]]:
        """Rows of an index with their records; `file` is relative to the folder."""
        records = self.see([folder / truth["file"] for truth in truths])
        pairs = [(truth, record) for truth, record in zip(truths, records, strict=True) if record is not None]
        if len(pairs) < len(truths):
            self.absent[head] = self.absent.get(head, 0) + len(truths) - len(pairs)
        return pairs

    def add(
        self,
        head: str,
        part: str,
        measure: str,
        count: int,
        statistic: Callable[[np.ndarray], float],
        baseline: float | None = None,
    ) -> None:
        """`statistic` takes the indices of pictures, each as often as it was drawn."""
        if not count:
            return
        rng = np.random.default_rng(1)
        drawn = [statistic(rng.integers(0, count, count)) for _ in range(self.resamples)]
        low, high = np.nanquantile(drawn, [0.025, 0.975])
        self.rows.append(
            Row(head, part, measure, count, statistic(np.arange(count)), float(low), float(high), baseline)
        )


def module(path: Path) -> ModuleType:
    """The metric code that lies beside the data."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def index(path: Path, split: str | None = "val") -> list[dict]:
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row for row in rows if split in (None, row.get("split"))]


def parts(pairs: Sequence, source: Callable, whole: bool = True) -> Iterable[tuple[str, list]]:
    """The pairs by source, then all of them where there are several sources."""
    names = sorted({source(pair) for pair in pairs})
    for name in names:
        yield name, [pair for pair in pairs if source(pair) == name]
    if whole and len(names) > 1:
        yield "all", list(pairs)


def attention(bench: Bench) -> None:
    code = module(bench.data / "saliency/eval_saliency.py")
    ys, xs = (np.mgrid[0:44, 0:44] + 0.5) / 44 - 0.5
    middle = np.exp(-(xs**2 + ys**2) / (2 * 0.22**2))
    for folder in ("saliency", "design"):
        truths = [row for row in index(bench.data / folder / "index.jsonl") if row.get("fix")]
        pairs = bench.answered("attention", truths, bench.data / folder)
        for part, chosen in parts(pairs, lambda pair: pair[0]["source"], whole=False):
            fixations = [code.fixmap(truth) for truth, _ in chosen]
            ours = [
                code.metrics(record["attention"]["map"], f) for (_, record), f in zip(chosen, fixations, strict=True)
            ]
            prior = [code.metrics(middle, f) for f in fixations]
            for measure in ("auc", "nss", "cc", "sim", "kl"):
                values = np.array([scores[measure] for scores in ours])
                beside = float(np.nanmean([scores[measure] for scores in prior]))
                bench.add(
                    "attention", part, measure, len(values), lambda at, v=values: float(np.nanmean(v[at])), beside
                )


def text(bench: Bench, drawn: int) -> None:
    code = module(bench.data / "text/eval_text.py")
    truths = [row for row in index(bench.data / "text/index.jsonl") if row["quads"] is not None]
    pairs = bench.answered("text", truths, bench.data / "text")
    for part, chosen in parts(pairs, lambda pair: pair[0]["source"]):
        sums = np.array([text_areas(code, truth, quads(record)) for truth, record in chosen])
        official = code.score_boxes([t for t, _ in chosen], {t["file"]: quads(r) for t, r in chosen})
        assert abs(f1(*sums.sum(0)) - official["area_f1"]) < 1e-9, "the sums are not those of eval_text.py"
        bench.add("text", part, "area F1", len(sums), lambda at, s=sums: f1(*s[at].sum(0)))
        bench.add("text", part, "area recall", len(sums), lambda at, s=sums: ratio(s[at, 0].sum(), s[at, 1].sum()))
        bench.add("text", part, "area precision", len(sums), lambda at, s=sums: ratio(s[at, 0].sum(), s[at, 2].sum()))
    if not drawn:
        return
    chosen = drawn_pictures(bench, "text", drawn)
    true = np.array([row["cover"].mean() / 255 for row, _ in chosen])
    told = np.array([record["text"]["area"] for _, record in chosen])
    sums = np.array([cover_areas(row["cover"], quads(record), row["size"]) for row, record in chosen])
    bench.add("text", "drawn", "area F1", len(sums), lambda at: f1(*sums[at].sum(0)))
    bench.add(
        "text",
        "drawn",
        "area error, points",
        len(true),
        lambda at: 100 * float(np.abs(told - true)[at].mean()),
        100 * float(true.mean()),
    )
    bench.add("text", "drawn", "area bias, points", len(true), lambda at: 100 * float((told - true)[at].mean()))
    bare = np.flatnonzero(true == 0)
    bench.add("text", "drawn, wordless", "area told, points", len(bare), lambda at: 100 * float(told[bare][at].mean()))


def quads(record: dict) -> list[list[float]]:
    return [box["quad"] for box in record["text"]["boxes"]]


def text_areas(code: ModuleType, truth: dict, boxes: list) -> tuple[float, float, float]:
    """Cells in both, in the truth, in the prediction, as eval_text.py counts them in one picture."""
    ignore = truth.get("ignore") or [False] * len(truth["quads"])
    ignored = [code.ccw(q) for q, skip in zip(truth["quads"], ignore, strict=True) if skip]
    wanted = [code.ccw(q) for q, skip in zip(truth["quads"], ignore, strict=True) if not skip]
    found = [code.ccw(q) for q in boxes]
    found = [p for p in found if not any(code.inter(p, i) > 0.5 * abs(code.area(p)) for i in ignored)]
    true, told = (code.raster(q, truth["width"], truth["height"]) for q in (wanted, found))
    if ignored:
        counted = ~code.raster(ignored, truth["width"], truth["height"])
        true, told = true & counted, told & counted
    return float((true & told).sum()), float(true.sum()), float(told.sum())


def cover_areas(cover: np.ndarray, boxes: list, size: tuple[int, int]) -> tuple[float, float, float]:
    """As `text_areas`, in shares of cells, against a drawn picture's coverage."""
    from PIL import Image, ImageDraw

    side, fine = len(cover), 8
    mask = Image.new("L", (side * fine, side * fine))
    scale = np.tile([side * fine / size[0], side * fine / size[1]], 4)
    for quad in boxes:
        ImageDraw.Draw(mask).polygon((np.array(quad) * scale).tolist(), 255)
    true, told = cover / 255, np.asarray(mask.reduce(fine)) / 255
    return float(np.minimum(true, told).sum()), float(true.sum()), float(told.sum())


def faces(bench: Bench) -> None:
    code = module(bench.data / "faces/eval_faces.py")
    pairs = bench.answered("faces", index(bench.data / "faces/index.jsonl"), bench.data / "faces")
    for part, chosen in parts(pairs, lambda pair: pair[0]["source"]):
        found = {t["file"]: ([f["box"] for f in r["faces"]], [f["score"] for f in r["faces"]]) for t, r in chosen}
        truths = [truth for truth, _ in chosen]
        evaluate = partial(code.evaluate, pred=found, thr_iou=IOU, min_score=TEACHER_SURE, thr=0)
        counts = []
        for truth in truths:  # true faces found, faces, false boxes
            one = evaluate([truth])
            counts.append((one["recall"] * one["faces"], one["faces"], one["false_per_picture"]))
        sums = np.array(counts)
        if not sums[:, 1].sum():
            bench.add("faces", part, "false boxes a picture", len(sums), lambda at, s=sums: float(s[at, 2].mean()))
            continue
        bench.add(
            "faces",
            part,
            "F1",
            len(sums),
            lambda at, s=sums: f1(s[at, 0].sum(), s[at, 1].sum(), s[at, 0].sum() + s[at, 2].sum()),
        )
        bench.add("faces", part, "recall", len(sums), lambda at, s=sums: ratio(s[at, 0].sum(), s[at, 1].sum()))
        bench.add(
            "faces",
            part,
            "precision",
            len(sums),
            lambda at, s=sums: ratio(s[at, 0].sum(), s[at, 0].sum() + s[at, 2].sum()),
        )
        bench.add(
            "faces", part, "AP", len(sums), lambda at, t=truths, e=evaluate: average_precision(e([t[i] for i in at]))
        )


def average_precision(scores: dict) -> float:
    return scores["ap"] if scores["faces"] else float("nan")


def complexity(bench: Bench) -> None:
    code = module(bench.data / "complexity/eval_scores.py")
    pairs = bench.answered("complexity", index(bench.data / "complexity/index.jsonl", None), bench.data / "complexity")
    pairs = [pair for pair in pairs if pair[1].get("complexity") is not None]
    for part, chosen in parts(pairs, lambda pair: pair[0]["category"], whole=False):
        true = np.array([truth["score"] for truth, _ in chosen])
        told = np.array([record["complexity"] for _, record in chosen])
        bench.add("complexity", part, "Pearson", len(true), lambda at, a=true, b=told: code.pear(a[at], b[at]))


def quality(bench: Bench, ladders: Path | None) -> None:
    code = module(bench.data / "quality/eval_scores.py")
    pairs = bench.answered("quality", index(bench.data / "quality/index.jsonl", None), bench.data / "quality")
    people = np.array([truth["mos"] for truth, _ in pairs])
    for part in PARTS:
        told = np.array([record["quality"][part] for _, record in pairs])
        bench.add("quality", "BIQ2021", f"Pearson, {part}", len(told), lambda at, b=told: code.pear(people[at], b[at]))
    if ladders:
        rungs(bench, ladders)


def rungs(bench: Bench, folder: Path) -> None:
    """Share of pairs of one ladder in order, by original; a part is asked only where its own target falls."""
    with open(folder / "ladders.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == "validation"]
    seen = bench.answered("quality", rows, folder / "pictures")
    ladders: dict[tuple[str, str], list[tuple[dict, dict]]] = {}
    for truth, record in seen:
        ladders.setdefault((truth["base"], truth["ladder"]), []).append((truth, record["quality"]))
    originals = sorted({base for base, _ in ladders})
    for name, reach in (("adjacent", 1), ("all", None)):
        for part in PARTS:
            counts = np.zeros((len(originals), 2))  # in order, pairs
            for (base, _), ladder in ladders.items():
                ladder.sort(key=lambda it: int(it[0]["rung"]))
                for i, (better, high) in enumerate(ladder):
                    for worse, low in ladder[i + 1 : i + 1 + reach if reach else None]:
                        if part == "overall" or float(worse[part]) < float(better[part]):
                            counts[originals.index(base)] += (high[part] > low[part], 1)
            measure = f"{name} pairs, {part}"
            bench.add("quality", "ladders", measure, len(originals), lambda at, c=counts: ratio(*c[at].sum(0)))


def embedding(bench: Bench) -> None:
    with open(bench.data / "caltech101/index.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    vectors = caltech_1nn.embeddings(bench.gancho, bench.data / "caltech101/index.csv")
    hit = caltech_1nn.hits(rows, vectors)
    bench.add("embedding", "Caltech-101", "1-NN accuracy", len(hit), lambda at: float(hit[at].mean()))


def kind(bench: Bench, drawn: int) -> None:
    from kinds import KINDS, for_evaluation, kind_of

    with open(bench.data / "distill/index.csv", newline="", encoding="utf-8") as file:
        truths = [row | {"label": kind_of(row)} for row in csv.DictReader(file) if kind_of(row) and for_evaluation(row)]
    pairs = bench.answered("kind", truths, bench.data / "distill")
    add_kinds(bench, "distill", [(truth["label"], record["kind"]["label"]) for truth, record in pairs])
    for source, chosen in parts(pairs, lambda pair: pair[0]["kind"].split("_composed_")[0], whole=False):
        hits = np.array([truth["label"] == record["kind"]["label"] for truth, record in chosen])
        bench.add("kind", f"distill, {source}", "accuracy", len(hits), lambda at, h=hits: float(h[at].mean()))
    if drawn:
        chosen = [pair for pair in drawn_pictures(bench, "kind", drawn) if pair[0]["kind"] < len(KINDS)]
        add_kinds(bench, "drawn", [(KINDS[truth["kind"]], record["kind"]["label"]) for truth, record in chosen])


def add_kinds(bench: Bench, part: str, answers: list[tuple[str, str]]) -> None:
    hits = np.array([true == told for true, told in answers])
    names = np.array([true for true, _ in answers])
    bench.add("kind", part, "accuracy", len(hits), lambda at: float(hits[at].mean()))
    for name in sorted(set(names)):
        of = hits[names == name]
        bench.add("kind", part, f"recall of {name}", len(of), lambda at, of=of: float(of[at].mean()))


_drawn: dict[int, list[tuple[dict, dict]]] = {}


def drawn_pictures(bench: Bench, head: str, count: int) -> list[tuple[dict, dict]]:
    """Drawn pictures of a seed no training uses, with their records, drawn and seen once."""
    if count not in _drawn:
        from banners import Banners

        with tempfile.TemporaryDirectory() as folder:
            series = Banners(bench.data.parent, UNSEEN_SEED, ROOT / ".cache/train-vision/banners")
            truths = []
            for i in range(count):
                picture = series(i)
                picture.picture.save(Path(folder) / f"{i}.png", compress_level=1)
                truths.append(
                    {
                        "file": f"{i}.png",
                        "cover": np.asarray(picture.text),
                        "kind": picture.kind,
                        "size": picture.picture.size,
                    }
                )
            _drawn[count] = bench.answered(head, truths, Path(folder))
    return _drawn[count]


def ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def f1(both: float, true: float, told: float) -> float:
    return float(2 * both / (true + told)) if true + told else float("nan")


def table(rows: Sequence[Row]) -> str:
    lines = [f"{'head':<11}{'part':<28}{'measure':<26}{'n':>5}  {'value':>7}  {'95 %':<18}{'beside':>7}"]
    before = ""
    for row in rows:
        name, before = row.head if row.head != before else "", row.head
        beside = "" if row.baseline is None else f"{row.baseline:7.3f}"
        between = f"[{row.low:.3f}, {row.high:.3f}]"
        figures = f"{row.pictures:>5}  {row.value:7.3f}  {between:<18}{beside:>7}"
        lines.append(f"{name:<11}{row.part:<28}{row.measure:<26}{figures}".rstrip())
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds saliency, design, text, faces, …")
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--only", default=",".join(HEADS), help=f"some of {','.join(HEADS)}")
    parser.add_argument("--drawn", type=int, default=300, help="drawn pictures for text and kind; 0 leaves them out")
    parser.add_argument("--ladders", type=Path, help="what scripts/train/quality/train.py made in its --work")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--json", type=Path, help="also write the rows here")
    args = parser.parse_args()
    heads = args.only.split(",")
    if unknown := set(heads) - set(HEADS):
        parser.error(f"no such head: {', '.join(sorted(unknown))}")
    bench = Bench(args.gancho, args.data.resolve(), args.device, args.resamples)
    with_drawn = {"text": text, "kind": kind}
    rated = partial(quality, ladders=args.ladders)
    alone = {"embedding": embedding, "attention": attention, "faces": faces, "complexity": complexity, "quality": rated}
    for head in heads:
        with_drawn[head](bench, args.drawn) if head in with_drawn else alone[head](bench)
    print(table(bench.rows))
    for head, count in bench.absent.items():
        print(f"{head}: {count} pictures have no record", file=sys.stderr)
    if args.json:
        rows = [{k: None if v != v else v for k, v in asdict(row).items()} for row in bench.rows]  # NaN is no JSON
        args.json.write_text(json.dumps({"rows": rows, "without_record": bench.absent}, indent=1) + "\n")


if __name__ == "__main__":
    main()
