"""Writes the size and SHA-256 of every weights file into weights/manifest.toml.

    python scripts/train/seal.py

Run it after a training program has written a file; `cargo xtask tidy` fails until manifest and files agree.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

WEIGHTS = Path(__file__).resolve().parents[2] / "weights"


def main() -> None:
    manifest = WEIGHTS / "manifest.toml"
    blocks = re.split(r"(?m)^(?=\[\[models\]\])", manifest.read_text(encoding="utf-8"))
    for i, block in enumerate(blocks[1:], start=1):
        name = re.search(r'(?m)^file = "([^"]+)"', block)
        if not name:
            raise SystemExit(f"{manifest}: an entry names no file")
        data = (WEIGHTS / name[1]).read_bytes()
        block = re.sub(r"(?m)^bytes = .*$", f"bytes = {len(data)}", block)
        blocks[i] = re.sub(r"(?m)^sha256 = .*$", f'sha256 = "{hashlib.sha256(data).hexdigest()}"', block)
        print(f"{name[1]}: {len(data)} bytes")
    manifest.write_text("".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
