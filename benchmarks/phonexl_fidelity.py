"""Scheme ``phonexl`` against the released dataset: how many tokens are identical.

Only the token column goes in. The dictionaries are compared entry by entry.
Run it with ``python benchmarks/phonexl_fidelity.py``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from harness import data_folder, table

from cjkv_phon import MissingDependencyError, Transcriber
from cjkv_phon.phonexl.dictionary import dictionary_ipa

LANGUAGES = ("zh", "ja", "ko", "vi")


def lines(path: Path) -> list[list[str]]:
    """Return the columns of each line; an empty list for an empty line."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [line.split("\t") if line else [] for line in file.read().split("\n")]


def sentences(path: Path) -> Iterator[list[list[str]]]:
    sentence: list[list[str]] = []
    for columns in [*lines(path), []]:
        if columns:
            sentence.append((columns + [""] * 4)[:4])
        elif sentence:
            yield sentence
            sentence = []


def row(name: str, lang: str, pairs: dict[str, list[tuple[str, str]]]) -> list[object]:
    """Return a row: tokens, and for each column the share that is identical and the misses."""
    counts = {column: sum(a == b for a, b in both) for column, both in pairs.items()}
    total = max(len(both) for both in pairs.values())
    shares = [
        f"{100 * counts[column] / total:.4f} ({total - counts[column]})"
        if column in counts
        else "–"
        for column in ("romanization", "ipa")
    ]
    return [name, lang, f"{total:,}", *shares]


def corpus(path: Path, lang: str) -> list[object]:
    gold = list(sentences(path))
    transcriber = Transcriber(lang, scheme="phonexl")
    pairs: dict[str, list[tuple[str, str]]] = {"romanization": [], "ipa": []}
    texts = ([columns[0] for columns in sentence] for sentence in gold)
    for sentence, made in zip(gold, transcriber.pipe(texts), strict=True):
        for (_, _, ipa, romanization), token in zip(sentence, made, strict=True):
            pairs["romanization"].append((romanization, token.romanization))
            pairs["ipa"].append((ipa, token.ipa))
    return row(f"{path.parent.name}/{path.name}", lang, pairs)


def dictionary(path: Path, lang: str, column: int) -> list[object]:
    entries = [columns for columns in lines(path) if columns]
    made = dictionary_ipa(lang)([columns[column] for columns in entries])
    gold = [columns[column + 1] for columns in entries]
    return row(path.name, lang, {"ipa": list(zip(gold, made, strict=True))})


def rows(folder: Path) -> Iterator[list[object]]:
    for lang in LANGUAGES:
        try:
            for path in sorted(folder.glob(f"*/*-{lang}.tsv.gz")):
                yield corpus(path, lang)
            for path in sorted(folder.glob(f"*{lang}*-dict.txt.gz")):
                first, second = path.name.split("-")[:2]
                yield dictionary(path, lang, {first: 0, second: 2}[lang])
        except MissingDependencyError as error:
            yield ["skipped", lang, str(error), "", ""]


def main() -> None:
    """Print the table."""
    header = ["file", "", "tokens", "romanization identical % (misses)", "IPA identical % (misses)"]
    print(table(header, list(rows(data_folder() / "phonexl"))))


if __name__ == "__main__":
    main()
