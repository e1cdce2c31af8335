"""Count the character trigrams of twelve languages for gancho-copy's language detector.

Reads a checkout of the shop software Bagisto (MIT; interface and mail texts in many languages) and, for
Spanish and English, headline files with columns `text` (MIT). Writes `lexicon/trigrams.txt`: per trigram one
score for each language, ten times the natural logarithm of its floored probability, above the mean
of the languages. Words are lower-cased and padded with `_`; texts that hold placeholders are stripped of them.

    python3 scripts/train/language_trigrams.py --bagisto REPO --es FILE.csv --en FILE.csv > lexicon/trigrams.txt
"""

import argparse
import collections
import csv
import math
import re
import subprocess
import sys

LANGUAGES = ["es", "en", "pt", "fr", "it", "de", "ca", "nl", "pl", "ro", "tr", "id"]
FOLDERS = {"pt": "pt_BR"}
PACKAGES = ["Shop", "Admin"]
SIZE = 4000
MIN_COUNT = 12
# The same floor for every language: with add-one counts a small corpus would look likelier for rare trigrams.
FLOOR = 1e-5

VALUE = re.compile(r"=>\s*'((?:[^'\\]|\\.)*)'")
PLACEHOLDER = re.compile(r":\w+|\{[^}]*\}|%\w|<[^>]*>|https?://\S+|@\w+|#\w+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def bagisto_texts(repository: str, language: str) -> set[str]:
    texts = set()
    for package in PACKAGES:
        path = f"packages/Webkul/{package}/src/Resources/lang/{FOLDERS.get(language, language)}/app.php"
        command = ["git", "-C", repository, "show", f"HEAD:{path}"]
        source = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        texts.update(match.replace("\\'", "'") for match in VALUE.findall(source))
    return texts


def csv_texts(path: str) -> set[str]:
    with open(path, newline="", encoding="utf-8") as file:
        return {row["text"] for row in csv.DictReader(file)}


def trigrams(text: str) -> list[str]:
    found = []
    for word in WORD.findall(PLACEHOLDER.sub(" ", text).lower()):
        padded = f"_{word.replace('’', chr(39))}_"
        found.extend(padded[i : i + 3] for i in range(len(padded) - 2))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bagisto", required=True)
    parser.add_argument("--es", action="append", default=[])
    parser.add_argument("--en", action="append", default=[])
    args = parser.parse_args()

    counts = {language: collections.Counter() for language in LANGUAGES}
    english = bagisto_texts(args.bagisto, "en")
    for language in LANGUAGES:
        texts = bagisto_texts(args.bagisto, language)
        # Untranslated strings are English, whatever file they stand in.
        for text in sorted(texts if language == "en" else texts - english):
            counts[language].update(trigrams(text))
        extra = {"es": args.es, "en": args.en}.get(language, [])
        for path in extra:
            for text in sorted(csv_texts(path)):
                counts[language].update(trigrams(text))
        print(language, sum(counts[language].values()), "trigrams", file=sys.stderr)

    shares = collections.Counter()
    for language in LANGUAGES:
        total = sum(counts[language].values())
        for trigram, count in counts[language].items():
            if count >= MIN_COUNT:
                shares[trigram] += count / total
    kept = sorted(t for t, _ in sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:SIZE])

    print("# Character trigrams and their log-probabilities in " + ", ".join(LANGUAGES) + ".")
    print("# Unit: a tenth of a natural logarithm, relative to the mean of the languages; `_` is a word's edge.")
    print("# Counted by scripts/train/language_trigrams.py from the interface texts of Bagisto (MIT, Webkul")
    print("# Software) and, for es and en, the headlines of TA1C (MIT) and Chakraborty et al. 2016 (MIT).")
    for trigram in kept:
        logs = []
        for language in LANGUAGES:
            total = sum(counts[language].values())
            logs.append(math.log(counts[language][trigram] / total + FLOOR))
        mean = sum(logs) / len(logs)
        print(trigram, *(round(10 * (value - mean)) for value in logs))


if __name__ == "__main__":
    main()
