"""The tables in ``data/``: tab-separated lines under a header of ``#`` lines."""

from __future__ import annotations

import pkgutil
from functools import lru_cache


@lru_cache(maxsize=8)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of ``data/<name>.tsv``, each as its columns.

    Example:
        >>> rows("rimes")[0]
        ('a', 'a', '', 'core')
    """
    table = pkgutil.get_data(__name__, f"data/{name}.tsv")
    if table is None:
        raise FileNotFoundError(f"{__package__} lacks data/{name}.tsv")
    return tuple(
        tuple(line.split("\t"))
        for line in table.decode("utf-8").split("\n")
        if line and not line.startswith("#")
    )
