"""A word of one character in its clause, and the word classes that rules of grammar ask about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.chinese.tables import read_words


class Place(NamedTuple):
    """A word of one character and what stands next to it, in simplified characters.

    Attributes:
        before: The word before it, empty at the beginning of a clause.
        earlier: The word before that, empty likewise.
        after: The next characters of the clause.
        left: The characters before it, punctuation included.
    """

    before: str
    earlier: str
    after: str
    left: str = ""


@lru_cache(maxsize=1)
def classes() -> Mapping[str, frozenset[str]]:
    """Return the word classes of ``data/grammar.tsv``."""
    return read_words("grammar.tsv")


def is_aspect(after: str) -> bool:
    """Say whether what follows begins with a particle of aspect, not a word like 着急.

    Example:
        >>> is_aspect("了一只"), is_aspect("了解")
        (True, False)
    """
    known = classes()
    if after[:1] not in known["aspect"]:
        return False
    return after[:2] not in known["no aspect"] and after[:3] not in known["no aspect"]
