"""Measures every head of the language model on texts that were not trained on, through `gancho`.

    python scripts/eval/text.py --gancho target/release/gancho --data ../shared/data/text

`--data` is the folder of text sets. Intervals are 95 % bootstraps over texts, over newspapers for clickbait. With
`--errors FILE` it writes what was read wrongly, to be read by a person.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
CLASSES = ["negative", "neutral", "positive"]
VALIDATION_TOPICS = {"mobile-plan", "mattress", "coffee", "video-game", "hotel-travel", "perfume"}


def read(gancho: str, texts: list[str], options: list[str]) -> pd.DataFrame:
    """What `gancho comments` says of each text, in order."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}) + "\n")
        file.flush()
        call = [gancho, "comments", file.name, "--format", "jsonl", "--quiet", *options]
        done = subprocess.run(call, stdout=subprocess.PIPE, check=True)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(rows) == len(texts), f"{len(rows)} answers for {len(texts)} texts"
    nothing = {"label": "neutral", "negative": 0.0, "neutral": 1.0, "positive": 0.0}
    for row in rows:
        row["sentiment"] = row["sentiment"] or nothing
        row["intent"] = (row["intent"] or {"label": "other"})["label"]
    table = pd.DataFrame(rows)
    table["label"] = [it["label"] for it in table.sentiment]
    for name in CLASSES:
        table[name] = [it[name] for it in table.sentiment]
    for name in ("toxicity", "spam", "irony", "clickbait"):
        table[name] = table[name].astype(float).fillna(0.0)
    return table


def auc(score, positive) -> float:
    score, positive = np.asarray(score, float), np.asarray(positive, bool)
    ranks = pd.Series(score).rank().to_numpy()
    count = positive.sum()
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(score) - count)))


def macro_recall(found, right) -> float:
    found, right = np.asarray(found), np.asarray(right)
    return float(np.mean([(found[right == it] == it).mean() for it in np.unique(right)]))


def calibration_error(table: pd.DataFrame, right) -> float:
    """Expected calibration error of the likeliest class, 15 bins of equal width (Guo et al. 2017)."""
    confidence = table[CLASSES].to_numpy().max(1)
    hit = table.label.to_numpy() == np.asarray(right)
    bins = np.minimum((confidence * 15).astype(int), 14)
    return float(sum(abs(hit[bins == it].mean() - confidence[bins == it].mean()) * (bins == it).mean() for it in np.unique(bins)))


def f1(found, right) -> float:
    found, right = np.asarray(found, bool), np.asarray(right, bool)
    return float(2 * (found & right).sum() / max(1, found.sum() + right.sum()))


def interval(metric, *columns, groups=None, count=500) -> str:
    """`value [low, high]`."""
    columns = [np.asarray(it) if not isinstance(it, pd.DataFrame) else it for it in columns]
    groups = np.arange(len(columns[0])) if groups is None else pd.factorize(np.asarray(groups))[0]
    members = [np.flatnonzero(groups == it) for it in range(groups.max() + 1)]
    rng, values = np.random.default_rng(1), []
    for _ in range(count):
        rows = np.concatenate([members[it] for it in rng.integers(0, len(members), len(members))])
        values.append(metric(*[it.iloc[rows] if isinstance(it, pd.DataFrame) else it[rows] for it in columns]))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return f"{metric(*columns):.3f} [{low:.3f}, {high:.3f}]"


def load(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, dtype=str)


def own(lang: str) -> pd.DataFrame:
    tables = [load(it).assign(lang=lang) for it in sorted((ROOT / "datasets/ad-comments" / lang).glob("*.csv")) if it.stem in VALIDATION_TOPICS]
    return pd.concat(tables, ignore_index=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--own", action="store_true", help="only the texts of this repository")
    parser.add_argument("options", nargs="*", help="more options of gancho comments, after --")
    args = parser.parse_args()
    errors: list[dict] = []

    def say(name: str, value: str) -> None:
        print(f"{name:<58} {value}", flush=True)

    def sentiment(name: str, texts: list[str], right: list[str], ece: bool = True) -> pd.DataFrame:
        table = read(args.gancho, texts, args.options)
        say(f"{name}: sentiment, macro recall, {len(texts)} texts", interval(macro_recall, table.label, right))
        if ece:
            say(f"{name}: expected calibration error", interval(calibration_error, table, right))
        for row, truth in zip(table.itertuples(), right, strict=True):
            if row.label != truth:
                sure = getattr(row, row.label)
                errors.append({"set": name, "text": row.text, "right": truth, "found": row.label, "probability": sure})
        return table

    if args.data and not args.own:
        sets = args.data / "sentiment"
        for name, file in [("TweetEval", "tweeteval"), ("UMSAB Spanish", "umsab_es"), ("UMSAB English", "umsab_en"), ("GoEmotions", "goemotions")]:
            table = load(sets / f"{file}_validation.csv")
            table = table[table.label.astype(int) >= 0]
            sentiment(name, table.text.tolist(), [CLASSES[int(it)] for it in table.label])
        comments = args.data / "comments"
        table = load(comments / "spam_youtube_validation.csv")
        found = read(args.gancho, table.text.str.replace("<br />", " ").tolist(), args.options).spam
        say(f"YouTube spam, unseen video: F1 at 0.5, {len(table)} texts", interval(f1, found >= 0.5, table.spam == "1"))
        for name, file, column, head in [
            ("toxicity Spanish", "toxicity_es_validation", "toxic", "toxicity"),
            ("toxicity English", "toxicity_en_validation", "toxic", "toxicity"),
            ("HateCheck Spanish", "hatecheck_es_validation", "hateful", "toxicity"),
            ("clickbait Spanish", "clickbait_es_validation", "clickbait", "clickbait"),
            ("clickbait English", "clickbait_en_validation", "clickbait", "clickbait"),
            ("irony English", "irony_en_validation", "irony", "irony"),
        ]:
            table = load(comments / f"{file}.csv")
            table = table[table[column].astype(int) >= 0]
            found = read(args.gancho, table.text.tolist(), args.options)[head]
            say(f"{name}: AUC, {len(table)} texts", interval(auc, found, table[column] == "1"))
        pairs = load(args.data / "copy/pairs_en_es_validation.csv")
        pairs = pairs.drop_duplicates("en").reset_index(drop=True)
        with tempfile.TemporaryDirectory() as folder:
            vectors = {}
            for lang in ("en", "es"):
                path = Path(folder) / f"{lang}.txt"
                path.write_text("".join(" ".join(it.split()) + "\n" for it in pairs[lang]), encoding="utf-8")
                out = Path(folder) / f"{lang}.npy"
                call = [args.gancho, "embed", "--text", str(path), "--format", "npy", "--output", str(out), "--quiet"]
                subprocess.run(call, check=True)
                # What cannot be read has no row; it is nobody's neighbor.
                names = Path(f"{out}.names.txt").read_text(encoding="utf-8").splitlines()
                rows = dict(zip(names, np.load(out).astype(np.float32), strict=True))
                nothing = np.zeros(384, np.float32)
                vectors[lang] = np.stack([rows.get(" ".join(it.split()), nothing) for it in pairs[lang]])
        likeness = vectors["en"] @ vectors["es"].T
        # A translation that two strings share counts for both.
        same = pairs.es.to_numpy()[likeness.argmax(1)] == pairs.es.to_numpy()
        back = pairs.en.to_numpy()[likeness.argmax(0)] == pairs.en.to_numpy()
        say(f"translation nearest, English to Spanish, {len(pairs)} strings", interval(lambda it: float(np.mean(it)), same))
        say("translation nearest, Spanish to English", interval(lambda it: float(np.mean(it)), back))
        challenge = load(comments / "comments_challenge_validation.csv")
        sentiment("challenge comments", challenge.text.tolist(), [CLASSES[int(it)] for it in challenge.sentiment], ece=False)

    for lang in ("es", "en"):
        table = own(lang)
        found = sentiment(f"ad comments {lang}", table.text.tolist(), table.sentiment.tolist())
        intents = float(np.mean(found.intent.to_numpy() == table.intent.to_numpy()))
        say(f"ad comments {lang}: intent, accuracy; macro recall", f"{intents:.3f}; {macro_recall(found.intent, table.intent):.3f}")
        for head, column in [("toxicity", "toxic"), ("spam", "spam"), ("irony", "irony")]:
            say(f"ad comments {lang}: {head}, AUC", interval(auc, found[head], table[column] == "1"))
    hard = load(ROOT / "datasets/ad-comments/hard-lines.csv")
    found = read(args.gancho, hard.text.tolist(), args.options)
    right = found.label.to_numpy() == hard.sentiment.to_numpy()
    for lang in ("es", "en"):
        part = (hard.lang == lang).to_numpy()
        say(f"hard lines {lang}: sentiment right", f"{right[part].sum()} of {part.sum()}")
    say("hard lines: sentiment right", f"{right.mean():.3f}")
    rest = np.flatnonzero(~right)
    for at in rest:
        print(f"  {hard.sentiment[at]} read as {found.label[at]}: {' '.join(hard.text[at].split())}  ({hard.why[at]})")
    if args.errors:
        with args.errors.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["set", "text", "right", "found", "probability"])
            writer.writeheader()
            writer.writerows(errors)


if __name__ == "__main__":
    main()
