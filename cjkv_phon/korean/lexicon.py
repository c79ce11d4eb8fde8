"""What belongs to words and not to their letters: a stub."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Facts(NamedTuple):
    """What the lexicon knows about a phrase.

    Attributes:
        marks: What lies before a syllable, by its index (see `juncture`).
        apart: Syllables whose ㅎ the romanizations keep.
        long: Whether the first vowel is long.
    """

    marks: dict[int, str]
    apart: frozenset[int]
    long: bool


def facts(words: Sequence[str]) -> Facts:
    """Look up the words of one phrase."""
    return Facts({}, frozenset(), False)
