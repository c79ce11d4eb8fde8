"""Common foreign words and names as they are said in Vietnam: ``data/names.tsv``."""

from __future__ import annotations

from functools import lru_cache

from cjkv_phon.vietnamese.tables import rows


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the parts of each name: how many letters, and how they are read.

    Raises:
        ValueError: Where a line has not as many readings as parts.

    Example:
        >>> names()["facebook"]
        ((4, 'phây'), (4, 'búc'))
    """
    found = {}
    for spelling, said in rows("names"):
        parts = zip(spelling.split(" "), said.split(" "), strict=True)
        found[spelling.replace(" ", "")] = tuple((len(part), one) for part, one in parts)
    return found
