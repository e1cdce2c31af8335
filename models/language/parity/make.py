"""Writes what transformers makes of two small seeded classifiers, for the parity test.

    python models/language/parity/make.py

Each lies in a folder as it would on the hub: a RoBERTa with vocab.json, merges.txt and a pickle of weights, an XLM-R
with a SentencePiece model and safetensors. expected.json holds texts with their ids and logits.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import sentencepiece
import torch
from safetensors.torch import save_file
from tokenizers import ByteLevelBPETokenizer
from transformers import (
    RobertaConfig,
    RobertaForSequenceClassification,
    RobertaTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
)

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SIZES = dict(
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=64,
    max_position_embeddings=66,
    type_vocab_size=1,
    pad_token_id=1,
    bos_token_id=0,
    eos_token_id=2,
    layer_norm_eps=1e-5,
)
TEXTS = [
    "¡Me encanta este café!",
    "no me llegó el pedido y nadie responde 😡",
    "When does it ship to Ireland? 👩‍👩‍👧 ❤️",
    "  two  blanks,\ttab\nand a line ",
    "ﬁne print ① ½ ＦＵＬＬ width",
    "<s> literal </s> and <mask> marks",
    "",
    "a" * 300,
    "palabra " * 90,
    "שלום مرحبا 你好 e\u0301",
]


def corpus() -> list[str]:
    lines = []
    for lang in ("es", "en"):
        for path in sorted((ROOT / "datasets/ad-comments" / lang).glob("*.csv")):
            lines += path.read_text(encoding="utf-8").splitlines()[1:]
    return lines


def randomized(network: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Larger weights than a fresh network has, so that its answers differ."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in network.named_parameters():
        spread = 0.1 if "bias" in name or "LayerNorm" in name else 0.3
        noise = torch.randn(value.shape, generator=generator) * spread
        value.data = noise + (1.0 if "LayerNorm.weight" in name else 0.0)
    return network.eval()


@torch.no_grad()
def expected(network, tokenizer, prepare=lambda it: it) -> list[dict]:
    rows = []
    for text in TEXTS:
        ids = tokenizer(prepare(text), truncation=True, max_length=64)["input_ids"]
        logits = network(input_ids=torch.tensor([ids])).logits[0]
        rows.append({"text": text, "ids": ids, "logits": [float(it) for it in logits]})
    return rows


def roberta() -> list[dict]:
    folder = HERE / "roberta"
    folder.mkdir(exist_ok=True)
    bpe = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    bpe.train_from_iterator(corpus(), vocab_size=700, special_tokens=special, show_progress=False)
    bpe.save_model(str(folder))
    # Read back as the world reads these two files.
    vocabulary = json.loads((folder / "vocab.json").read_text())
    merges = [tuple(it.split(" ")) for it in (folder / "merges.txt").read_text().splitlines() if not it.startswith("#version")]
    tokenizer = RobertaTokenizerFast(vocab=vocabulary, merges=merges)
    config = RobertaConfig(
        vocab_size=len(tokenizer),
        id2label={0: "POS", 1: "NEG", 2: "NEU"},
        label2id={"POS": 0, "NEG": 1, "NEU": 2},
        architectures=["RobertaForSequenceClassification"],
        **SIZES,
    )
    network = randomized(RobertaForSequenceClassification(config), 5)
    (folder / "config.json").write_text(json.dumps(config.to_dict(), indent=1, default=str))
    buffer = io.BytesIO()
    torch.save(network.state_dict(), buffer)
    (folder / "pytorch_model.bin").write_bytes(buffer.getvalue())
    return expected(network, tokenizer)


def xlmr() -> list[dict]:
    folder = HERE / "xlmr"
    folder.mkdir(exist_ok=True)
    model = folder / "sentencepiece.bpe.model"
    buffer = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()),
        model_writer=buffer,
        vocab_size=800,
        model_type="unigram",
        character_coverage=0.999,
        normalization_rule_name="nmt_nfkc",
        num_threads=1,
        minloglevel=2,
    )
    model.write_bytes(buffer.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    config = XLMRobertaConfig(
        vocab_size=len(processor) + 2,
        id2label={0: "negative", 1: "neutral", 2: "positive"},
        label2id={"negative": 0, "neutral": 1, "positive": 2},
        architectures=["XLMRobertaForSequenceClassification"],
        **SIZES,
    )
    network = randomized(XLMRobertaForSequenceClassification(config), 6)
    (folder / "config.json").write_text(json.dumps(config.to_dict(), indent=1, default=str))
    state = {name: value.half() for name, value in network.state_dict().items()}
    save_file(state, folder / "model.safetensors")
    network.load_state_dict({name: value.float() for name, value in state.items()})

    class Reference:
        """Ids by the sentencepiece library, shifted as XLM-R shifts them."""

        def __call__(self, text, truncation, max_length):
            ids = [it + 1 if it >= 3 else 3 for it in processor.encode(text)]
            return {"input_ids": [0] + ids[: max_length - 2] + [2]}

    # Marks typed into a text are special to transformers and not to this library: RoBERTa's rows cover them.
    return [it for it in expected(network, Reference()) if "<s>" not in it["text"]]


def main() -> None:
    results = {"roberta": roberta(), "xlmr": xlmr()}
    (HERE / "expected.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
