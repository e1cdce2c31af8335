"""What `gancho backtest` finds in real advertising data, beside LightGBM on the same folds and features.

    python scripts/eval/effectiveness.py --gancho target/release/gancho --data ../shared/data/metrics
    python scripts/eval/effectiveness.py --data ../shared/data/metrics --only gwwc-text,kag --minutes 2 --json FILE

For each data set the program runs once through its command line and writes the cases it judged (`--sample`): fold,
campaign, features, counts, and its own prediction out of fold. LightGBM then learns from the same rows of the same
folds: up to --trials settings drawn at random are compared by grouped cross-validation inside the training folds, for
at most --minutes a data set, and the best one judges the fold that was held out. Both are measured alike, in two ways,
and LightGBM is tuned for each: the share of deviance (Poisson) that the prediction explains beyond a campaign's mean
rate, and the mean rank correlation within campaigns (weighted by cases less one) between the prediction and the
observed ratio of a case. Ratios of few expected events lean towards the mean, so the second also pays for guessing
how often a case was shown.
Needs `lightgbm`, `numpy`, `pandas`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
MAPPINGS = Path(__file__).with_suffix("")
FIXED = ["case", "fold", "campaign", "creative", "day", "amount", "exposure", "context_margin", "content_margin"]

# name: files, further arguments
SETS: dict[str, tuple[list[str], list[str]]] = {
    "gwwc-text": (["gwwc/text_breakdown.csv"], ["--hold-out", "creative"]),
    "gwwc-video": (["gwwc/video_breakdown.csv"], ["--hold-out", "creative"]),
    "meta_es_ad_day": (["meta_es_ad_day/train.xlsx"], ["--hold-out", "creative"]),
    "kag": (["kag/train.csv"], ["--hold-out", "creative"]),
    "banner": (["banner/train.csv"], ["--hold-out", "creative"]),
    "facebook_posts": (["facebook_posts/train.csv"], []),
    "email_subjects": (["email_subjects/train.csv"], ["--hold-out", "creative"]),
    "meta_2017-device": (["meta_2017/ads_by_device.csv"], ["--hold-out", "creative"]),
    "meta_2017-age": (["meta_2017/ad_sets_age_gender.csv"], ["--hold-out", "creative"]),
    "ab_campaign": (["ab_campaign/control_group.csv", "ab_campaign/test_group.csv"], ["--hold-out", "creative"]),
    "open_bandit": (["open_bandit/men_random.parquet"], ["--hold-out", "creative"]),
    "hillstrom": (["hillstrom/train.parquet"], ["--hold-out", "creative"]),
}


def within(prediction: np.ndarray, effect: np.ndarray, group: np.ndarray) -> float:
    total = weight = 0.0
    for members in pd.Series(range(len(group))).groupby(group).indices.values():
        if len(members) < 2:
            continue
        a, b = (pd.Series(v[members]).rank().to_numpy() for v in (prediction, effect))
        if a.std() > 0 and b.std() > 0:
            total += (len(members) - 1) * np.corrcoef(a, b)[0, 1]
        weight += len(members) - 1
    return total / weight if weight else 0.0


def deviance(amount: np.ndarray, due: np.ndarray) -> float:
    log = np.where(amount > 0, amount * np.log(np.where(amount > 0, amount, 1.0) / np.clip(due, 1e-12, None)), 0.0)
    return float(2 * (log - (amount - due)).sum())


def explained(prediction: np.ndarray, sample: pd.DataFrame) -> float:
    """Share of deviance explained by log-ratios beyond the mean rate of each campaign, totals of campaigns given."""
    amount, exposure = sample.amount.to_numpy(), sample.exposure.to_numpy()
    group = sample.campaign.to_numpy()

    def due(raw: np.ndarray) -> np.ndarray:
        sums = pd.DataFrame({"raw": raw, "amount": amount}).groupby(group).transform("sum")
        return raw * (sums.amount / sums.raw.clip(lower=1e-12)).to_numpy()

    none = deviance(amount, due(exposure))
    return 1 - deviance(amount, due(exposure * np.exp(np.clip(prediction, -10, 10)))) / none if none > 0 else 0.0


def observed(sample: pd.DataFrame) -> np.ndarray:
    """Log-ratio of a case to its campaign's mean, half an event added to both sides."""
    sums = sample.groupby("campaign")[["amount", "exposure"]].transform("sum")
    due = sample.exposure * sums.amount / sums.exposure.clip(lower=1e-12)
    return np.log((sample.amount + 0.5) / (due + 0.5)).to_numpy()


def draw(rng: np.random.Generator) -> dict:
    return {
        "objective": str(rng.choice(["regression", "poisson"])),
        "learning_rate": float(rng.choice([0.02, 0.05, 0.1])),
        "num_leaves": int(rng.choice([3, 7, 15, 31])),
        "min_data_in_leaf": int(rng.choice([5, 10, 20, 50])),
        "lambda_l2": float(rng.choice([0.0, 1.0, 10.0])),
        "feature_fraction": float(rng.choice([0.3, 0.6, 1.0])),
        "bagging_fraction": float(rng.choice([0.7, 1.0])),
        "bagging_freq": 1,
        "trees": int(rng.choice([50, 150, 400])),
        "weight": str(rng.choice(["none", "root", "full"])),
        "verbose": -1,
        "num_threads": 1,  # threads that wait for each other cost more than they bring on tables of this size
        "seed": 1,
        "deterministic": True,
        "force_col_wise": True,
        "feature_pre_filter": False,
    }


def fit_predict(setting: dict, train: pd.DataFrame, test: pd.DataFrame, features: list[str]) -> np.ndarray:
    setting = dict(setting)
    trees, weighting = setting.pop("trees"), setting.pop("weight")
    weight = {"none": np.ones(len(train)), "root": np.sqrt(train.exposure), "full": train.exposure}[weighting]
    sums = train.groupby("campaign")[["amount", "exposure"]].transform("sum")
    rate = (sums.amount / sums.exposure.clip(lower=1e-12)).clip(lower=1e-12)
    if setting["objective"] == "poisson":
        label = (train.amount / (train.exposure * rate)).to_numpy()
    else:
        label = observed(train)
    data = lightgbm.Dataset(train[features].to_numpy(np.float32), label, weight=np.asarray(weight, float))
    found = lightgbm.train(setting, data, trees).predict(test[features].to_numpy(np.float32))
    return np.log(np.clip(found, 1e-6, None)) if setting["objective"] == "poisson" else found


def peer(sample: pd.DataFrame, features: list[str], minutes: float, trials: int) -> tuple[np.ndarray, float, float]:
    """Predictions out of fold (tuned for deviance, for ranks), seconds of tuning, seconds of one fit of every fold."""
    prediction = np.zeros((2, len(sample)))
    effect, group = observed(sample), sample.campaign.to_numpy()
    folds = sorted(sample.fold.unique())
    tuning = fitting = 0.0
    for fold in folds:
        test = sample[sample.fold == fold]
        # As the program does: a creative that is judged in one campaign teaches nothing from another.
        train = sample[(sample.fold != fold) & ~sample.creative.isin(test.creative)]
        if not len(train) or not len(test):
            continue
        rng = np.random.default_rng(1)
        began, best, chosen = time.time(), [-np.inf] * 2, [None] * 2
        for _ in range(trials):
            if time.time() - began > 60 * minutes / len(folds):
                break
            setting, inner = draw(rng), np.zeros(len(train))
            for held in train.fold.unique():
                inside = (train.fold == held).to_numpy()
                if inside.all():
                    continue
                inner[inside] = fit_predict(setting, train[~inside], train[inside], features)
            scores = [explained(inner, train), within(inner, effect[train.index], group[train.index])]
            for at, score in enumerate(scores):
                if score > best[at]:
                    best[at], chosen[at] = score, setting
        tuning += time.time() - began
        began = time.time()
        prediction[0][test.index] = fit_predict(chosen[0], train, test, features)
        fitting += time.time() - began
        prediction[1][test.index] = fit_predict(chosen[1], train, test, features)
    return prediction, tuning, fitting


def run(gancho: Path, data: Path, name: str, minutes: float, trials: int) -> dict:
    files, arguments = SETS[name]
    mapping = MAPPINGS / f"{name}.toml"
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "sample.csv"
        call = [gancho, "backtest", "--format", "json", "--sample", table, "--cache", "off", "--device", "cpu", "--quiet"]
        call += [item for file in files for item in ("--performance", data / file)]
        call += ["--mapping", mapping] if mapping.exists() else []
        began = time.time()
        done = subprocess.run(list(map(str, call + arguments)), capture_output=True, text=True, check=False)
        seconds = time.time() - began
        if done.returncode != 0:
            return {"set": name, "refused": done.stderr.strip().splitlines()[-1:], "status": done.returncode}
        record = json.loads(done.stdout)
        sample = pd.read_csv(table, low_memory=False, keep_default_na=True)
    sample = sample[sample.exposure > 0].reset_index(drop=True)
    sample["campaign"] = sample.campaign.astype(object).fillna("")
    features = [c for c in sample.columns if c not in FIXED]
    effect, group = observed(sample), sample.campaign.to_numpy()
    margin = (sample.context_margin + sample.content_margin).to_numpy()
    content = within(sample.content_margin.to_numpy(), effect, group)
    result = {
        "set": name, "cases": len(sample), "features": len(features), "verdict": record.get("verdict"),
        "explained": round(explained(margin, sample), 4), "rank": round(within(margin, effect, group), 3),
        "rank of content": round(content, 3), "seconds": round(seconds, 1),
    }
    if features:
        prediction, tuning, fitting = peer(sample, features, minutes, trials)
        result |= {
            "lightgbm explained": round(explained(prediction[0], sample), 4),
            "lightgbm rank": round(within(prediction[1], effect, group), 3),
            "tuning": round(tuning, 1), "fitting": round(fitting, 1),
        }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", type=Path, default=ROOT / "target/release/gancho")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--minutes", type=float, default=10.0, help="most time for tuning LightGBM, per data set")
    parser.add_argument("--trials", type=int, default=40, help="most settings of LightGBM, per fold")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    names = [n for n in args.only.split(",") if n] or list(SETS)
    results = []
    for name in names:
        results.append(run(args.gancho.resolve(), args.data, name, args.minutes, args.trials))
        print(json.dumps(results[-1]), flush=True)
    for figure in ("explained", "rank"):
        pairs = [(r[figure], r[f"lightgbm {figure}"]) for r in results if f"lightgbm {figure}" in r]
        if pairs:
            own, other = (round(float(np.median(v)), 4) for v in zip(*pairs, strict=True))
            better = round(float(np.median([a - b for a, b in pairs])), 4)
            print(json.dumps({"median": figure, "sets": len(pairs), "gancho": own, "lightgbm": other, "of differences": better}))
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
