"""Speed and memory of `gancho embed` beside ONNX Runtime on the same network and pictures, in one run.

    python benches/pictures/run.py --gancho target/release/gancho --library LIBRARY --threads 2

The peer does the same work: it decodes each JPEG (Pillow, at reduced scale where that suffices), brings it
to the recipe's side, and runs the exported network; one process, `threads` workers of one thread each,
which is its quickest arrangement here too. Every figure is a ratio of this run; nothing is compared with
another day.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

import numpy as np
import onnxruntime as ort
from PIL import Image

import export_onnx  # also puts scripts/train/vision on the path
from views import RECIPE, as_input

ROOT = Path(__file__).resolve().parents[2]
THREAD = local()


def session(path: str) -> ort.InferenceSession:
    if not hasattr(THREAD, "session"):
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        THREAD.session = ort.InferenceSession(path, options, ["CPUExecutionProvider"])
    return THREAD.session


def prepared(path: Path) -> np.ndarray:
    side = RECIPE["side"]
    with Image.open(path) as picture:
        picture.draft("RGB", (512, 512))
        small = picture.convert("RGB").resize((side, side), Image.Resampling.BICUBIC)
    return as_input(np.asarray(small))[None]


def peer(onnx_path: str, pictures: list[Path], threads: int) -> dict[str, float]:
    """Pictures a second: end to end, and of the network alone on one prepared picture."""
    def embed(path: Path) -> np.ndarray:
        return session(onnx_path).run(None, {"input": prepared(path)})[0]

    def network_only(x: np.ndarray) -> None:
        session(onnx_path).run(None, {"input": x})

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(embed, pictures[: threads * 4]))
        began = time.perf_counter()
        list(pool.map(embed, pictures))
        whole = len(pictures) / (time.perf_counter() - began)
        one, count = prepared(pictures[0]), 200
        began = time.perf_counter()
        list(pool.map(network_only, [one] * count))
        network = count / (time.perf_counter() - began)
    return {"pictures_per_second": whole, "network_per_second": network}


def gancho(program: Path, library: Path, threads: int, command: str) -> dict[str, float]:
    """Runs the program once without a cache; time from outside, peak memory from the system."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out"
        call = [program, command, library, "--cache", "off", "--device", "cpu", "--threads", str(threads)]
        call += ["--format", "jsonl", "--output", output, "--verbose"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        began = time.perf_counter()
        ended = subprocess.run(["/usr/bin/env", "time", "-f", "peak_kib=%M", *call], capture_output=True, text=True)
        seconds = time.perf_counter() - began
        if ended.returncode:
            raise SystemExit(ended.stderr)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    peak = next(line for line in ended.stderr.splitlines() if line.startswith("peak_kib="))
    stages = [line for line in ended.stderr.splitlines() if "network" in line]
    return {"seconds": seconds, "cpu_seconds": used, "peak_mib": int(peak[9:]) / 1024, "stages": stages}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=ROOT / "weights/gancho-vision.safetensors")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    pictures = sorted(args.library.glob("*.jpg"))
    with tempfile.TemporaryDirectory() as folder:
        onnx_path = str(Path(folder) / "trunk.onnx")
        export_onnx.onnx.save(export_onnx.build(export_onnx.load_file(str(args.weights))), onnx_path)
        ours = {command: gancho(args.gancho, args.library, args.threads, command) for command in ("embed", "score")}
        theirs = peer(onnx_path, pictures, args.threads)
    rate = len(pictures) / ours["embed"]["seconds"]
    result = {
        "pictures": len(pictures),
        "threads": args.threads,
        "gancho": ours,
        "gancho_pictures_per_second": rate,
        "onnxruntime": theirs,
        "ratio_end_to_end": rate / theirs["pictures_per_second"],
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
