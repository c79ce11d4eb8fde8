"""The tables in ``data/``: tab-separated lines under a header of ``#`` lines."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of ``data/<name>.tsv``, each as its columns.

    Example:
        >>> rows("rimes")[0]
        ('a', 'a', '', 'core')
    """
    table = resources.files(__package__) / "data" / f"{name}.tsv"
    return tuple(
        tuple(line.split("\t"))
        for line in table.read_text(encoding="utf-8").split("\n")
        if line and not line.startswith("#")
    )
