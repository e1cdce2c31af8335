"""Writes what PyTorch makes of a few texts with the shipped weights, for the parity test of models/language.

    python scripts/train/language/parity.py
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpora import HEADS
from export import read_back
from network import Language

ROOT = Path(__file__).resolve().parents[3]
TEXTS = [
    "¡Me encanta este café!",
    "no me llegó el pedido y nadie responde 😡",
    "When does it ship to Ireland? 👩‍👩‍👧 ❤️",
    "GENIAL😍😍 jajajajaja buenísimooooo",
    "@ana mira https://tienda.example/oferta",
    "mañana " * 200,
    "",
    "[CLS] שלום",
]


@torch.no_grad()
def main() -> None:
    tokenizer = Tokenizer.from_file(str(ROOT / "weights/language.tokenizer.json"))
    network = Language(tokenizer.get_vocab_size()).eval()
    read_back(network, ROOT / "weights")
    rows = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        ids = ids if len(ids) <= 128 else ids[:127] + ids[-1:]
        embedding, logits = network(torch.tensor([ids]))
        flat = torch.cat([logits[head][0] for head in HEADS])
        row = {"text": text, "ids": ids, "embedding": embedding[0].tolist(), "logits": flat.tolist()}
        rows.append(row)
    path = ROOT / "models/language/parity/shipped.json"
    path.write_text(json.dumps(rows, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
