"""Time gancho-boosting beside LightGBM on the same made-up tables.

    cargo build --release -p gancho-boosting --example bench
    python benches/boosting/run.py --bench target/release/examples/bench

needs numpy and lightgbm. Both programs read the same file, cut columns into 255 bins, grow 300 trees of 31 leaves on
half of the rows and predict the other half: mean squared error, or mean log loss of whether the target is above zero.
Runs take turns, so that a busy machine slows both; the table shows medians and their ratios.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

SIZES = [(2_000, 60), (20_000, 600)]
ROUNDS = 300


def write_table(path: Path, rows: int, columns: int) -> None:
    """Smooth effects, interactions, effects of missing values, columns with few values, and noise."""
    rng = np.random.default_rng(rows)
    table = rng.normal(size=(columns, 2 * rows)).astype(np.float32)  # [columns, rows]
    table[1::5] = np.round(table[1::5] * 2)
    table[2::5] = (table[2::5] > 0.5).astype(np.float32)
    table[3::5][rng.random(table[3::5].shape) < 0.3] = np.nan
    known = np.nan_to_num(table)
    effects = rng.normal(size=20) / np.sqrt(20)
    target = 2 * effects @ known[:20] + np.sin(2 * known[5]) * known[0] + np.where(known[7] > 0, known[10], known[15])
    target += 0.7 * np.isnan(table[3]) + rng.normal(size=2 * rows)
    with path.open("wb") as file:
        table.tofile(file)
        target.astype(np.float32).tofile(file)


def run_peer(path: Path, loss: str, rows: int, columns: int, threads: int) -> None:
    """One run of LightGBM, in a process of its own."""
    import resource

    import lightgbm as lgb

    values = np.fromfile(path, np.float32).reshape(columns + 1, 2 * rows)
    table, target = np.ascontiguousarray(values[:-1].T), values[-1]  # [rows, columns], [rows]
    if loss == "binomial":
        target = (target > 0).astype(np.float32)
    params = {
        "objective": {"squared": "regression", "binomial": "binary"}[loss],
        "num_leaves": 31,
        "learning_rate": 0.05,
        "min_data_in_leaf": 20,
        "max_bin": 255,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": threads,
        "verbose": -1,
    }
    start = time.perf_counter()
    dataset = lgb.Dataset(table[:rows], target[:rows], params=params).construct()
    binned = time.perf_counter()
    cpu_before = time.process_time()
    booster = lgb.train(params, dataset, ROUNDS)
    fitted, fit_cpu = time.perf_counter(), time.process_time() - cpu_before
    margins = booster.predict(table, raw_score=True)
    done = time.perf_counter()
    margins, target = margins[rows:], target[rows:].astype(np.float64)
    errors = np.logaddexp(0, margins) - target * margins if loss == "binomial" else (margins - target) ** 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    result = {"bin_s": binned - start, "fit_s": fitted - binned, "fit_cpu_s": fit_cpu, "predict_s": done - fitted}
    print(json.dumps(result | {"error": errors.mean(), "peak_mb": peak}))


def run(command: list[str]) -> dict[str, float]:
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare(bench: Path, path: Path, loss: str, rows: int, columns: int, threads: int, repeats: int) -> None:
    ours = [str(bench), str(path), loss, str(2 * rows), str(columns), str(threads), str(ROUNDS)]
    peer = [sys.executable, __file__, "--peer", str(path), loss, str(rows), str(columns), str(threads)]
    turns = [(run(ours), run(peer)) for _ in range(repeats)]
    cells = []
    for key in ["bin_s", "fit_s", "fit_cpu_s", "predict_s", "error", "peak_mb"]:
        mine, other = (statistics.median(turn[side][key] for turn in turns) for side in (0, 1))
        cells.append(f"{mine:8.4g} /{other:8.4g} = {mine / other:5.3f}")
    total = statistics.median((a["bin_s"] + a["fit_s"]) / (b["bin_s"] + b["fit_s"]) for a, b in turns)
    print(f"{loss:8} {rows:6} x {columns:3} {threads:8}  " + "  ".join(cells) + f"  {total:5.3f}", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--peer"]:
        return run_peer(Path(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:7]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the built example")
    parser.add_argument("--losses", nargs="+", default=["squared"], choices=["squared", "binomial"])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--small", action="store_true", help="the small table only")
    args = parser.parse_args()
    names = ["bin s", "fit s", "fit CPU s", "predict s", "test error", "peak MB"]
    print("loss     rows x columns  threads  " + "  ".join(f"{it:^26}" for it in names) + "  (bin + fit) ratio")
    with tempfile.TemporaryDirectory() as folder:
        for rows, columns in SIZES[:1] if args.small else SIZES:
            path = Path(folder) / "table.f32"
            write_table(path, rows, columns)
            for loss, threads in itertools.product(args.losses, args.threads):
                compare(args.bench, path, loss, rows, columns, threads, args.repeats)


if __name__ == "__main__":
    main()
