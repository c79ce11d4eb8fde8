"""Reading the tables that ship in ``data/``."""

from __future__ import annotations

import pkgutil
from functools import lru_cache


def read_bytes(name: str) -> bytes:
    """Return a data file as bytes.

    Raises:
        FileNotFoundError: If it is not installed.
    """
    table = pkgutil.get_data(__name__, f"data/{name}")
    if table is None:
        raise FileNotFoundError(f"{__package__} lacks data/{name}")
    return table


@lru_cache(maxsize=8)
def is_there(name: str) -> bool:
    """Say whether a data file that may be left out is installed."""
    try:
        read_bytes(name)
    except OSError:
        return False
    return True


@lru_cache(maxsize=32)
def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a TSV table, without the header lines that start with ``#``.

    Args:
        name: File name in ``data/``.
    """
    text = read_bytes(name).decode("utf-8")
    return tuple(
        tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#")
    )


def read_words(name: str) -> dict[str, frozenset[str]]:
    """Return a table ``class⇥words separated by spaces`` as sets by class."""
    words: dict[str, set[str]] = {}
    for row in read_rows(name):
        words.setdefault(row[0], set()).update(row[1].split())
    return {name: frozenset(members) for name, members in words.items()}
