"""Rule-based machine translation by Apertium, one line a text, kept in a folder between runs.

Apertium (Debian packages `apertium` and `apertium-eng-spa`, GPL) is a tool here: its dictionaries do not ship. What
it writes is stiff and now and then wrong, but it knows tens of thousands of words, and its sentences are read only
as neighbors of their originals.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

DIRECTIONS = {"en": "eng-spa", "es": "spa-eng"}
# Apertium marks what it does not know or cannot generate with these.
MARKS = re.compile(r"[*@#]+(?=\w)")


def translate(texts: list[str], source: str, folder: Path) -> list[str]:
    """Translates `texts` out of the language `source` ("en" or "es") into the other one.

    Line breaks inside texts become blanks. The result has one text for each given, in order; it is kept in
    `folder` under the hash of the input, so a second run reads it.
    """
    lines = [" ".join(text.split()) for text in texts]
    # A full stop of its own ends each line, so that no rule reaches across two texts.
    body = "".join(f"{line} .\n" for line in lines)
    kept = folder / f"{source}-{hashlib.sha256(body.encode()).hexdigest()[:16]}.txt"
    if not kept.exists():
        command = ["apertium", "-u", "-f", "txt", DIRECTIONS[source]]
        done = subprocess.run(command, input=body, capture_output=True, text=True, check=True)
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(done.stdout, encoding="utf-8")
    translated = kept.read_text(encoding="utf-8").split("\n")[: len(lines)]
    if len(translated) != len(lines):
        raise SystemExit(f"apertium answered {len(translated)} lines for {len(lines)}")
    return [MARKS.sub("", re.sub(r"\s*\.\s*$", "", line)).strip() for line in translated]
