"""Reads every text that the language model may learn from, as rows with the labels each set has.

A set teaches only what it was labeled for: what it does not say is `UNKNOWN` and has no part in the loss. Tweets,
cases kept for evaluation and copyleft strings are not read here at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[3]
UNKNOWN = -1
HEADS = {
    "sentiment": ["negative", "neutral", "positive"],
    "intent": ["question", "purchase", "complaint", "praise", "other"],
    "toxicity": ["toxic"],
    "spam": ["spam"],
    "irony": ["irony"],
    "clickbait": ["clickbait"],
}
VALIDATION_TOPICS = {"mobile-plan", "mattress", "coffee", "video-game", "hotel-travel", "perfume"}
# By name in our own files, by number in the others.
SENTIMENTS = {name: at for at, name in enumerate(HEADS["sentiment"])} | {"0": 0, "1": 1, "2": 2}
# The older seed comments have three more intents.
SEED_INTENTS = {"objection": "complaint", "mention": "other", "spam": "other"}


@dataclass
class Row:
    """A text with what is known of it."""

    text: str
    lang: str
    source: str
    labels: dict[str, int] = field(default_factory=dict)
    # The same in English: its embedding by the teacher is what this row's embedding is drawn to.
    english: str = ""


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, dtype=str)


def _labeled(path: Path, column: str, head: str, lang: str, keep=lambda table: table) -> list[Row]:
    table = keep(_read(path))
    name = path.name.split(".")[0]
    rows = zip(table.text, table[column].astype(int), strict=True)
    return [Row(text, lang, name, {head: label}) for text, label in rows if label >= 0]


def _ad_comment(row, source: str, lang: str) -> Row:
    intent = SEED_INTENTS.get(row.intent, row.intent)
    labels = {
        "sentiment": SENTIMENTS[row.sentiment],
        "intent": HEADS["intent"].index(intent),
        "toxicity": int(row.toxic),
        "spam": int(row.spam),
        "irony": int(row.irony),
    }
    return Row(row.text, lang, source, labels)


def ad_comments(part: str) -> list[Row]:
    """The comments of datasets/ad-comments; `part` is "train" or "validation", by topic."""
    rows = []
    for lang in ("es", "en"):
        for path in sorted((ROOT / "datasets/ad-comments" / lang).glob("*.csv")):
            if (path.stem in VALIDATION_TOPICS) == (part == "validation"):
                rows += [_ad_comment(row, "ad-comments", lang) for row in _read(path).itertuples()]
    return rows


def difficult() -> list[Row]:
    """The comments of datasets/ad-comments/difficult: minimal pairs of what programs read wrongly."""
    rows = []
    for lang in ("es", "en"):
        table = _read(ROOT / f"datasets/ad-comments/difficult/{lang}.csv")
        rows += [_ad_comment(row, "difficult", lang) for row in table.itertuples()]
    return rows


def posts(part: str) -> list[Row]:
    """The posts of datasets/everyday-posts; every tenth is kept for validation."""
    rows = []
    for lang in ("es", "en"):
        for at, row in enumerate(_read(ROOT / f"datasets/everyday-posts/{lang}.csv").itertuples()):
            if (at % 10 == 9) == (part == "validation"):
                labels = {"sentiment": SENTIMENTS[row.sentiment], "irony": int(row.irony), "spam": 0}
                rows.append(Row(row.text, lang, "everyday-posts", labels))
    return rows


def renderings(data: Path) -> list[Row]:
    """Spanish renderings by hand of rows of the English sets, with their labels where they hold for the words."""
    sets = [
        (data / "sentiment/goemotions_train.csv.gz", "label", "sentiment"),
        (data / "sentiment/rated_snippets_en_train.csv.gz", "label", "sentiment"),
        (data / "sentiment/sentences_en_train.csv", "label", "sentiment"),
        (data / "comments/clickbait_en_train.csv", "clickbait", "clickbait"),
        (data / "comments/toxicity_en_train.csv", "toxic", "toxicity"),
    ]
    originals = {}
    for path, column, head in sets:
        table = _read(path)
        for key, text, label in zip(table.id, table.text, table[column], strict=True):
            originals[key] = (text, {head: int(label)} if int(label) >= 0 else {})
    rows = []
    for row in _read(ROOT / "datasets/renderings/es.csv").itertuples():
        if row.id in originals:
            english, labels = originals[row.id]
            labels = {} if row.doubtful == "1" else labels | {"spam": 0}
            rows.append(Row(row.es, "es", "renderings", labels, english))
    return rows


def parallel(data: Path) -> list[Row]:
    """Interface and marketing strings in both languages whose terms allow it (MIT, MPL-2.0, CC0)."""
    pairs = _read(data / "copy/pairs_en_es_train.csv")
    pairs = pairs[(pairs.ship != "no") & (pairs.placeholder != "1")]
    both = list(zip(pairs.en, pairs.es, strict=True))
    calls = _read(data / "copy/cta_en_es.csv")
    both += list(zip(calls.en, calls.es, strict=True))
    rows = [Row(es, "es", "copy", {}, en) for en, es in both]
    return rows + [Row(en, "en", "copy", {}, en) for en in sorted({en for en, _ in both})]


def training(data: Path) -> list[Row]:
    """Every labeled row that weights which ship may learn from; `data` is the folder of text sets."""
    sentiment, comments = data / "sentiment", data / "comments"
    rows = _labeled(sentiment / "goemotions_train.csv.gz", "label", "sentiment", "en")
    # People talk to each other there: none of it advertises.
    for row in rows:
        row.labels["spam"] = 0
    rows += _labeled(
        sentiment / "rated_snippets_en_train.csv.gz", "label", "sentiment", "en",
        lambda it: it[it.source != "vader_tweets"],
    )  # fmt: skip
    rows += _labeled(sentiment / "sentences_en_train.csv", "label", "sentiment", "en")
    rows += _labeled(comments / "toxicity_en_train.csv", "toxic", "toxicity", "en")
    spans = _read(comments / "toxic_spans_en_train.csv")
    rows += [Row(text, "en", "toxic_spans_en_train", {"toxicity": 1}) for text in spans.text]
    rows += _labeled(comments / "toxicity_es_train.csv", "toxic", "toxicity", "es")
    rows += _labeled(comments / "spam_youtube_train.csv", "spam", "spam", "en")
    rows += _labeled(comments / "clickbait_en_train.csv", "clickbait", "clickbait", "en")
    rows += _labeled(comments / "clickbait_es_train.csv", "clickbait", "clickbait", "es")
    seed = _read(comments / "comments_seed_es_train.csv")
    rows += [_ad_comment(row, "comments_seed_es", row.lang) for row in seed.itertuples()]
    for row in rows:
        row.text = row.text.replace("<br />", " ")
    return rows + ad_comments("train")


def known_kinds() -> list[Row]:
    """Comments and posts of the kinds that were trained on, from topics and rows that were not."""
    return ad_comments("validation") + posts("validation")


def calibration(data: Path) -> list[Row]:
    """Labeled rows that were not trained on: temperatures are chosen on them.

    Of sentiment they are of a kind that was never trained on (the tweets of the VADER release, MIT), since that is what
    a user's comments are too: on more of its own kind a network is surer than it should be elsewhere.
    """
    sentiment, comments = data / "sentiment", data / "comments"
    rows = []
    for part in ("train.csv.gz", "validation.csv"):
        rows += _labeled(
            sentiment / f"rated_snippets_en_{part}", "label", "sentiment", "en",
            lambda it: it[it.source == "vader_tweets"],
        )  # fmt: skip
    for row in ad_comments("validation") + posts("validation"):
        labels = {head: label for head, label in row.labels.items() if head != "sentiment"}
        rows.append(Row(row.text, row.lang, row.source, labels))
    for name, column, head, lang in [
        ("toxicity_en", "toxic", "toxicity", "en"),
        ("toxicity_es", "toxic", "toxicity", "es"),
        ("clickbait_en", "clickbait", "clickbait", "en"),
        ("clickbait_es", "clickbait", "clickbait", "es"),
    ]:
        rows += _labeled(comments / f"{name}_validation.csv", column, head, lang)[:800]
    return rows
