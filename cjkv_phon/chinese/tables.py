"""Reading the tables that ship in ``data/``."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

_DATA = resources.files("cjkv_phon.chinese") / "data"


def read_bytes(name: str) -> bytes:
    """Return a data file as bytes."""
    return (_DATA / name).read_bytes()


def is_there(name: str) -> bool:
    """Say whether a data file that may be left out is installed."""
    return (_DATA / name).is_file()


def read_lines(name: str) -> dict[str, str]:
    """Return the lines of a compressed table of words: first character to what follows it."""
    text = gzip.decompress(read_bytes(name)).decode("utf-8")
    return {line[0]: line[2:] for line in text.split("\n") if line and line[0] != "#"}


@lru_cache(maxsize=32)
def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a TSV table, without the header lines that start with ``#``.

    Args:
        name: File name in ``data/``; ``.gz`` is decompressed.
    """
    raw = read_bytes(name)
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    return tuple(
        tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#")
    )


def read_words(name: str) -> dict[str, frozenset[str]]:
    """Return a table ``class⇥words separated by spaces`` as sets by class."""
    words: dict[str, set[str]] = {}
    for row in read_rows(name):
        words.setdefault(row[0], set()).update(row[1].split())
    return {name: frozenset(members) for name, members in words.items()}
