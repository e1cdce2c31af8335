"""The bilingual vocabulary, and where its embeddings start.

English keeps the wordpieces of MiniLM, Spanish brings its own, emoji have one each. How text is prepared stands in
the `tokenizer.json` that this writes: the programs in Rust and in Python read the same file.

A Spanish word starts where its English translation lies in MiniLM, an emoji where the words of its Unicode name lie;
the rest of the network then has to learn the order of words rather than their meaning.
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections import Counter

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
MAX_TOKENS = 128
ENGLISH_BY_RANK = 9_000  # the vocabulary of MiniLM is in order of frequency
SPANISH_WORDS = 10_600
SPANISH_PIECES = 3_500
ENYE = "\ue000"
EMOJI_RANGES = [(0x1F1E6, 0x1F1FF), (0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF)]
EMOJI_CHARACTERS = "☀☁☎☔☕☘☝☠☢☹☺♥♦♻⚠⚡⚽⚾⛔✂✅✈✉✊✋✌✍✔✖✨❄❌❓❗❣❤➕➡⬆⬇⭐⭕™©®"
EMOJI = r"[\x{1F1E6}-\x{1F1FF}\x{1F300}-\x{1F64F}\x{1F680}-\x{1F6FF}\x{1F900}-\x{1FAFF}" + EMOJI_CHARACTERS + "]"


def normalizer() -> normalizers.Normalizer:
    """Lower case, no accents but the tilde of the enye, one form for laughter, links, names and drawn-out letters."""
    replace = [
        (r"[\x{FE0E}\x{FE0F}\x{200D}\x{1F3FB}-\x{1F3FF}\x{20E3}]|[\x{2640}\x{2642}]\x{FE0F}?", ""),
        (r"https?://\S+|www\.\S+", " http "),
        (r"(?<![\w.])@[\w.]+", " @user "),
        ("[’‘´`]", "'"),
        ("[“”«»]", '"'),
    ]
    after = [(r"\b(?:j+[aeiou]+){2,}j*\b|\b(?:j+s+){2,}j*\b", "jaja"), (r"\b(?:h+[ae]+){2,}h*\b", "haha")]
    after += [(f"[{letter}]{{3,}}", letter * 2) for letter in "aeiouhjklmnrstyz!?."]
    steps = [normalizers.NFC()]
    steps += [normalizers.Replace(Regex(pattern), to) for pattern, to in replace]
    steps += [normalizers.Lowercase(), normalizers.Replace("ñ", ENYE)]
    steps += [normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=False)]
    steps += [normalizers.Replace(ENYE, "ñ")]
    steps += [normalizers.Replace(Regex(pattern), to) for pattern, to in after]
    return normalizers.Sequence(steps)


def pre_tokenizer() -> pre_tokenizers.PreTokenizer:
    """Words, marks, and emoji one by one, even where they are glued to a word."""
    emoji = pre_tokenizers.Split(Regex(EMOJI), "isolated")
    return pre_tokenizers.Sequence([emoji, pre_tokenizers.BertPreTokenizer()])


def emoji() -> list[str]:
    """The emoji with a token of their own."""
    spans = [chr(code) for low, high in EMOJI_RANGES for code in range(low, high + 1)]
    skin = {chr(code) for code in range(0x1F3FB, 0x1F400)}
    return [it for it in spans if unicodedata.name(it, "") and it not in skin] + list(EMOJI_CHARACTERS)


def words(texts: list[str]) -> tuple[Counter, dict[str, str]]:
    """How often each prepared word occurs, and its most frequent spelling before preparation."""
    prepare, cut = normalizer(), pre_tokenizer()
    counts, spellings = Counter(), {}
    for text in texts:
        for word, _ in cut.pre_tokenize_str(prepare.normalize_str(text)):
            counts[word] += 1
        for raw, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(text.lower()):
            spellings.setdefault(prepare.normalize_str(raw).strip(), Counter())[raw] += 1
    return counts, {word: found.most_common(1)[0][0] for word, found in spellings.items()}


def translated_words(spellings: list[str]) -> list[str]:
    """English for single Spanish words; empty where Apertium does not know the word."""
    body = "".join(f"{word}\n.\n" for word in spellings)
    done = subprocess.run(
        ["apertium", "-f", "txt", "spa-eng"], input=body, capture_output=True, text=True, check=True
    )
    found = done.stdout.split("\n.\n")[: len(spellings)]
    assert len(found) == len(spellings), "one answer a word"
    return ["" if "*" in it else it.strip().lower().replace("#", "").replace("@", "") for it in found]


def build(english: list[str], spanish: list[str], parent: Tokenizer) -> tuple[Tokenizer, list[str], dict[str, str]]:
    """The tokenizer, its vocabulary in order, and the Spanish words with their spelling."""
    known = parent.get_vocab()
    by_rank = sorted(known, key=known.get)
    in_english, _ = words(english)
    in_spanish, spellings = words(spanish)
    used = Counter()
    for word, count in in_english.items():
        for piece in parent.encode(word, add_special_tokens=False).tokens:
            used[piece] += count
    pieces = {it for it in by_rank[1_000 : 1_000 + ENGLISH_BY_RANK] if it.lstrip("#").isascii()}
    pieces |= {it for it, count in used.items() if count >= 3 and it not in ("[UNK]",)}
    pieces |= {it for it in by_rank if len(it.removeprefix("##")) == 1 and it.isascii()}
    chosen = [it for it, count in in_spanish.most_common(SPANISH_WORDS) if count >= 2 and len(it) > 1]
    trainer = trainers.WordPieceTrainer(vocab_size=SPANISH_PIECES, show_progress=False, special_tokens=[])
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    learner.train_from_iterator([" ".join([word] * min(count, 50)) for word, count in in_spanish.items()], trainer)
    letters = [mark + letter for letter in "abcdefghijklmnopqrstuvwxyzñ0123456789" for mark in ("", "##")]
    marks = [it for it in "¿¡!?.,;:()[]{}<>'\"-–—…/\\|@#$%&*+=_~^€£°·•" if it]
    latin = [it for it in learner.get_vocab() if all(c.isalnum() and ord(c) < 0x250 for c in it.removeprefix("##"))]
    latin = sorted(it for it in latin if it.removeprefix("##"))
    pictures = emoji()
    order = list(dict.fromkeys(SPECIAL + letters + marks + sorted(pieces) + latin + chosen + pictures))
    vocabulary = {token: at for at, token in enumerate(order)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer(), pre_tokenizer()
    ends = [(it, vocabulary[it]) for it in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    spelled = {it: spellings.get(it, it) for it in chosen}
    return tokenizer, order, spelled


def start(order: list[str], spelled: dict[str, str], parent: Tokenizer, embeddings: np.ndarray) -> np.ndarray:
    """First embeddings, `[vocabulary, width]`."""
    known = parent.get_vocab()
    width = float(np.median(np.linalg.norm(embeddings, axis=1)))

    def of_text(text: str) -> np.ndarray | None:
        ids = [it for it in parent.encode(text, add_special_tokens=False).ids if it != known["[UNK]"]]
        if not ids:
            return None
        mean = embeddings[ids].mean(0)
        return mean * width / np.linalg.norm(mean)

    # A word that only Spanish has is its translation; one that both have is mixed, since both will read it.
    english = dict(zip(spelled, translated_words(list(spelled.values())), strict=True))
    result = np.zeros((len(order), embeddings.shape[1]), np.float32)
    done = np.zeros(len(order), bool)
    for at, token in enumerate(order):
        translation = of_text(english[token]) if english.get(token) else None
        if token in known:
            result[at] = embeddings[known[token]]
            if translation is not None and english[token] != token and len(token) > 2:
                result[at] = (result[at] + translation) / 2
        elif translation is not None:
            result[at] = translation
        elif len(token) == 1 and not token.isalnum():
            name = unicodedata.name(token, "").lower().replace("-", " ")
            result[at] = first if (first := of_text(name)) is not None else 0
        elif token in spelled and (own := of_text(token)) is not None:
            result[at] = own
        done[at] = bool(np.any(result[at]))
    # Pieces start at the mean of the words that contain them, at random where there is none.
    generator = np.random.default_rng(7)
    whole = [(token, at) for at, token in enumerate(order) if done[at] and token in spelled]
    for at in np.flatnonzero(~done):
        piece = order[at].removeprefix("##")
        inside = [other for token, other in whole if piece in token][:40] if len(piece) > 1 else []
        if inside:
            mean = result[inside].mean(0)
            result[at] = mean * width / np.linalg.norm(mean)
        else:
            noise = generator.normal(size=result.shape[1])
            result[at] = noise * width / np.linalg.norm(noise) / 2
    return result
