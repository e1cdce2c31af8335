"""Write the fixtures of tests/parity.rs: what LightGBM and shap say about fixed made-up tables.

    python crates/gancho-boosting/tests/parity/make.py

needs numpy, lightgbm and shap. Columns have fewer distinct values than bins, and labels and weights are numbers of
single precision, so that both programs see the same; what is left to differ:

- LightGBM keeps gradients in single precision, and sigmoids for ranking in a table.
- It estimates the rows of a bin from their second derivatives where those differ, and gives up where the estimates
  exceed a leaf's rows. Such cases limit leaves by second derivatives alone, and strictly enough that this comes first.
- It never tries a column again below a leaf where no split of it gained. With a penalty or monotone columns a gain can
  be below zero and such a column can gain further down, so most cases have no penalty, and monotone ones few rounds.
- Splits of equal gain are frequent for quantiles, whose gradients have two values, and chosen by rounding: few leaves,
  and large ones.
- In a gap without training rows a threshold may lie anywhere, and a leaf without missing values may send one to either
  side. Margins are therefore compared on training rows, and contributions on LightGBM's own trees in our file format.
"""

import json
from pathlib import Path

import lightgbm as lgb
import numpy as np
import shap

ROWS, ROUNDS, CONTRIBUTIONS = 400, 25, 24
HERE = Path(__file__).parent


def single(numbers: np.ndarray) -> np.ndarray:
    return numbers.astype(np.float32).astype(np.float64)


def make_table() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(20260101)
    table = np.stack(
        [
            rng.integers(0, 120, ROWS) / 8,
            rng.integers(-60, 60, ROWS) / 16,
            np.where(rng.random(ROWS) < 0.2, np.nan, rng.integers(0, 50, ROWS) / 4),
            rng.integers(0, 3, ROWS) * 1.0,
            np.where(rng.random(ROWS) < 0.5, np.nan, rng.normal(0, 1, ROWS).round(1)),
            np.full(ROWS, 3.0),
            (rng.normal(0, 20, ROWS).round() / 2),
        ],
        axis=1,
    ).astype(np.float32)  # [rows, columns]
    assert max(len(np.unique(column)) for column in table.T) < 200
    hole = np.isnan(table[:, 2])
    signal = (
        0.12 * table[:, 0]
        + np.where(hole, 0.9, -0.08 * np.nan_to_num(table[:, 2]))
        + np.where(table[:, 1] > 0.5, 0.5 * table[:, 3], -0.4)
        + 0.3 * np.sin(table[:, 6] / 6)
    )
    signal = signal - signal.mean()
    noise = rng.random(ROWS)
    rate = np.exp(signal) * (0.25 + 1.5 * noise)
    return {
        "table": table,
        "real": single(signal + rng.normal(0, 0.4, ROWS)),
        "click": (rng.random(ROWS) < 1 / (1 + np.exp(-2 * signal))) * 1.0,
        "share": single(1 / (1 + np.exp(-signal - noise + 0.5))),
        "count": rng.poisson(np.exp(signal + 0.5)) * 1.0,
        "amount": single(rate),
        "spend": np.where(rng.random(ROWS) < 0.4, 0, single(rate)),
        "grade": np.digitize(signal + rng.normal(0, 0.5, ROWS), [-0.8, 0.0, 0.8, 1.6]) * 1.0,
        "weight": rng.integers(1, 13, ROWS) / 4,
        "offset": rng.integers(-16, 17, ROWS) / 16,
    }


# A case: name, our loss, value, LightGBM's parameters, and what else the fit is given.
SQUARED, BINOMIAL, POISSON, GAMMA = ({"name": it} for it in ["squared", "binomial", "poisson", "gamma"])
TWEEDIE, QUANTILE = {"name": "tweedie", "power": 1.25}, {"name": "quantile", "level": 0.75}
RANK = {"name": "lambda-rank", "truncation": 6}
GRADES = {"objective": "lambdarank", "lambdarank_truncation_level": 6, "label_gain": [0, 1, 3, 7, 15]}
QUANTILES = {"objective": "quantile", "alpha": 0.75, "num_leaves": 5, "min_data_in_leaf": 40}
CASES = [
    ("squared", SQUARED, "real", {"objective": "regression"}, {"model"}),
    ("squared-penalty", SQUARED, "real", {"objective": "regression", "lambda_l2": 0.5}, {}),
    ("squared-weighted", SQUARED, "real", {"objective": "regression"}, {"weight"}),
    ("squared-deep", SQUARED, "real", {"objective": "regression", "num_leaves": 60, "max_depth": 7}, {}),
    ("binomial", BINOMIAL, "click", {"objective": "binary"}, {}),
    ("binomial-trials", BINOMIAL, "share", {"objective": "cross_entropy"}, {"weight"}),
    ("binomial-offset", BINOMIAL, "share", {"objective": "cross_entropy"}, {"weight", "offset"}),
    ("poisson", POISSON, "count", {"objective": "poisson"}, {"model"}),
    ("poisson-offset", POISSON, "count", {"objective": "poisson"}, {"weight", "offset"}),
    ("gamma", GAMMA, "amount", {"objective": "gamma"}, {}),
    ("gamma-offset", GAMMA, "amount", {"objective": "gamma"}, {"weight", "offset"}),
    ("tweedie", TWEEDIE, "spend", {"objective": "tweedie", "tweedie_variance_power": 1.25}, {}),
    ("quantile", QUANTILE, "real", QUANTILES, {}),
    ("lambdarank", RANK, "grade", GRADES, {"group"}),
    ("monotone", SQUARED, "real", {"objective": "regression"}, {"monotone"}),
    ("monotone-binomial", BINOMIAL, "click", {"objective": "binary"}, {"monotone"}),
]
# Falls with the first column, whose effect rises, and with the last, which does both. Columns with missing values stay
# free: whether a value is missing has no order, so we split on it either way, which LightGBM does not.
MONOTONE = [-1, 1, 0, 1, 0, 0, -1]


def start_of(loss: str, value: np.ndarray, weight: np.ndarray, offset: np.ndarray) -> float:
    """The best constant besides the offsets, by Newton's steps: LightGBM has none where there are offsets."""
    start = 0.0
    for _ in range(100):
        margin = offset + start
        if loss == "binomial":
            share = 1 / (1 + np.exp(-margin))
            first, second = share - value, share * (1 - share)
        elif loss == "poisson":
            first, second = np.exp(margin) - value, np.exp(margin)
        else:  # gamma
            first, second = 1 - value * np.exp(-margin), value * np.exp(-margin)
        start -= (weight * first).sum() / (weight * second).sum()
    return float(start)


def run(data: dict[str, np.ndarray], case: tuple) -> dict:
    name, loss, value_name, objective, given = case
    table, value = data["table"], data[value_name]
    has_unit_hessian = loss["name"] in ("squared", "quantile") and "weight" not in given
    limits = {"min_data_in_leaf": 8, "min_sum_hessian_in_leaf": 1e-3}
    if not has_unit_hessian:
        least = {"squared": 20, "poisson": 40, "tweedie": 20, "lambda-rank": 0.5}.get(loss["name"], 4)
        limits = {"min_data_in_leaf": 0, "min_sum_hessian_in_leaf": least}
    rounds = 9 if "monotone" in given else ROUNDS
    params = {
        "num_leaves": 12,
        "max_depth": -1,
        "learning_rate": 0.125,
        "lambda_l2": 0.0,
        "max_bin": 255,
        "min_data_in_bin": 1,
        "feature_pre_filter": False,
        "enable_bundle": False,
        "is_enable_sparse": False,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 1,
        "verbose": -1,
        **limits,
        **objective,
    }
    if "monotone" in given:
        params |= {"monotone_constraints": MONOTONE, "monotone_constraints_method": "basic"}
    weight = data["weight"] if "weight" in given else None
    group, group_sizes, init = None, None, None
    start = 0.0
    if "group" in given:
        group_sizes = [8, 20, 12] * (ROWS // 40)
        group = np.repeat(np.arange(len(group_sizes)), group_sizes)
    if "offset" in given:
        start = start_of(loss["name"], value, np.ones(ROWS) if weight is None else weight, data["offset"])
        init = data["offset"] + start
    dataset = lgb.Dataset(table, value, weight=weight, group=group_sizes, init_score=init, params=params)
    booster = lgb.train(params, dataset, rounds)
    margins = booster.predict(table, raw_score=True) + start
    result = {
        "name": name,
        "loss": loss,
        "value": [params["label_gain"][int(it)] for it in value] if "group" in given else value.tolist(),
        "weight": None if weight is None else weight.tolist(),
        "offset": data["offset"].tolist() if "offset" in given else None,
        "group": None if group is None else group.tolist(),
        "leaves": params["num_leaves"],
        "depth": params["max_depth"] if params["max_depth"] > 0 else 64,
        "min_leaf_rows": max(1, params["min_data_in_leaf"]),
        "min_leaf_hessian": params["min_sum_hessian_in_leaf"],
        "monotone": MONOTONE if "monotone" in given else [],
        "rounds": rounds,
        "trees": booster.num_trees(),
        "margins": [float(f"{it:.12g}") for it in margins],
        "l2": params["lambda_l2"],
        "model": None,
        "contributions": None,
    }
    if "model" in given:
        contributions = booster.predict(table[:CONTRIBUTIONS], pred_contrib=True)
        explainer = shap.TreeExplainer(booster, feature_perturbation="tree_path_dependent")
        assert np.abs(explainer.shap_values(table[:CONTRIBUTIONS]) - contributions[:, :-1]).max() < 1e-9, name
        result["contributions"] = contributions.tolist()  # the expectation last
        result["model"] = convert(booster.dump_model(), loss)
    return result


def convert(dump: dict, loss: dict) -> dict:
    """LightGBM's trees in our file format."""
    columns = dump["max_feature_idx"] + 1
    head = {"format": "gancho.boosting/1", "loss": loss, "columns": columns, "start": 0.0}
    trees = [convert_tree(tree["tree_structure"]) for tree in dump["tree_info"]]
    return head | {"trees": trees, "gain": [0.0] * columns, "curve": []}


def convert_tree(root: dict) -> dict:
    lists = {it: [] for it in ["column", "threshold", "missing_left", "left", "right", "value", "cover"]}

    def visit(node: dict) -> int:
        if "leaf_value" in node:
            lists["value"].append(node["leaf_value"])
            lists["cover"].append(node["leaf_count"])
            return -len(lists["value"])
        at = len(lists["column"])
        lists["column"].append(node["split_feature"])
        lists["threshold"].append(float(single_below(node["threshold"])))
        lists["missing_left"].append(int(node["default_left"]))
        for side in ["left", "right"]:
            lists[side].append(0)
        for side in ["left", "right"]:
            lists[side][at] = visit(node[f"{side}_child"])
        return at

    visit(root)
    return lists


def single_below(threshold: float) -> np.float32:
    """The greatest number of single precision that is not above: it sends all others the same way."""
    if threshold > np.finfo(np.float32).max:
        return np.finfo(np.float32).max
    near = np.float32(threshold)
    return np.nextafter(near, np.float32(-np.inf)) if near > threshold else near


def main() -> None:
    data = make_table()
    columns = [[None if np.isnan(it) else float(it) for it in column] for column in data["table"].T]
    fixture = {
        "made_by": f"tests/parity/make.py with lightgbm {lgb.__version__} and shap {shap.__version__}",
        "learning_rate": 0.125,
        "columns": columns,
    }
    lines = [json.dumps(it, separators=(",", ":")) for it in [fixture, *(run(data, case) for case in CASES)]]
    (HERE / "lightgbm.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
