"""Comments per second: `gancho comments`, the Hugging Face pipeline, and ONNX Runtime, in one run on the same texts.

    python benches/comments/run.py --gancho target/release/gancho

All three run the shipped encoder on the CPU with two threads. The pipeline gets a plain classifier on it, as transformers
has no heads like ours (theirs is the cheaper one); ONNX Runtime gets the whole network with all heads, exported from the
PyTorch program, batches of texts sorted by length, tokens by the same `tokenizers` library. gancho also detects languages
and writes its records to a file. The texts are those of datasets/ad-comments, each once; each program is run
twice and the better time counts; loading is not counted for the peers, and shown apart for gancho.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/train/language"))
THREADS = 2


def texts() -> list[str]:
    found = []
    for path in sorted((ROOT / "datasets/ad-comments").glob("*/*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            found += [" ".join(row["text"].split()) for row in csv.DictReader(file)]
    return list(dict.fromkeys(found))


def best(run, times: int = 2) -> float:
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def gancho(program: str, lines: list[str], folder: Path) -> tuple[float, float, int]:
    """Seconds for all texts, seconds of a run over one text, peak memory in KiB."""
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": it}) + "\n" for it in lines), encoding="utf-8")
    one = folder / "one.jsonl"
    one.write_text(json.dumps({"text": lines[0]}) + "\n", encoding="utf-8")

    def run(file: Path):
        call = [program, "comments", str(file), "--device", "cpu", "--threads", str(THREADS), "--format", "jsonl"]
        subprocess.run([*call, "--output", str(folder / "out.jsonl"), "--quiet"], check=True)

    start = best(lambda: run(one))
    return best(lambda: run(path)), start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def network():
    from tokenizers import Tokenizer

    from export import read_back
    from network import Language

    tokenizer = Tokenizer.from_file(str(ROOT / "weights/language.tokenizer.json"))
    model = Language(tokenizer.get_vocab_size()).eval()
    read_back(model, ROOT / "weights")
    return tokenizer, model


def pipeline(lines: list[str], tokenizer, model) -> dict[str, float]:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, TextClassificationPipeline

    torch.set_num_threads(THREADS)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=384, num_hidden_layers=6, num_attention_heads=12,
        intermediate_size=1536, max_position_embeddings=128, type_vocab_size=1, num_labels=3,
    )  # fmt: skip
    bert = BertForSequenceClassification(config).eval()
    bert.bert.embeddings.word_embeddings.weight.data.copy_(model.tokens.weight.data)
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", model_max_length=128
    )
    pipe = TextClassificationPipeline(model=bert, tokenizer=wrapped, device=-1)
    ordered = sorted(lines, key=len)
    with torch.inference_mode():
        default = best(lambda: [pipe(it, truncation=True) for it in lines], 1)
        batched = best(lambda: pipe(ordered, truncation=True, batch_size=32))
    return {"Hugging Face pipeline, one by one": default, "Hugging Face pipeline, sorted batches of 32": batched}


def onnx(lines: list[str], tokenizer, model, folder: Path) -> float:
    import numpy as np
    import onnxruntime
    import torch

    path = folder / "language.onnx"

    class Flat(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, ids):
            embedding, logits = self.model(ids)
            return torch.cat([embedding, *logits.values()], 1)

    torch.onnx.export(
        Flat().eval(), (torch.ones(2, 9, dtype=torch.long),), str(path), input_names=["ids"], output_names=["out"],
        dynamic_axes={"ids": {0: "batch", 1: "length"}}, dynamo=False, opset_version=17,
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run():
        ids = [it.ids[:128] for it in tokenizer.encode_batch(lines)]
        order = sorted(range(len(ids)), key=lambda it: len(ids[it]))
        for begin in range(0, len(order), 32):
            part = [ids[it] for it in order[begin : begin + 32]]
            batch = np.zeros((len(part), max(map(len, part))), np.int64)
            for row, it in enumerate(part):
                batch[row, : len(it)] = it
            session.run(None, {"ids": batch})

    return best(run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gancho", required=True)
    parser.add_argument("--count", type=int, default=4000)
    args = parser.parse_args()
    lines = texts()[: args.count]
    print(f"{len(lines)} texts, {THREADS} threads", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        seconds, start, memory = gancho(args.gancho, lines, Path(folder))
        ours = len(lines) / (seconds - start)
        print(f"{'gancho comments':<46} {ours:8.0f}/s   (start {start:.2f} s, peak {memory / 1024:.0f} MiB)", flush=True)
        tokenizer, model = network()
        peers = pipeline(lines, tokenizer, model) | {"ONNX Runtime, sorted batches of 32": onnx(lines, tokenizer, model, Path(folder))}
        for name, taken in peers.items():
            print(f"{name:<46} {len(lines) / taken:8.0f}/s   gancho is {ours * taken / len(lines):.2f} of it", flush=True)


if __name__ == "__main__":
    main()
