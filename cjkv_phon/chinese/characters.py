"""Readings of single characters, and the simplified form of traditional ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from cjkv_phon.chinese.tables import read_bytes, read_rows


class Characters:
    """What is known of single characters.

    Args:
        readings: Character to its readings, numbered, the usual one first,
            separated by spaces.
        simplified: Traditional character to simplified.
        alone: Traditional characters that write two words (著: 着 and 著) to how they read
            as a word of their own after another.
    """

    def __init__(
        self,
        readings: Mapping[str, str],
        simplified: Mapping[str, str],
        alone: Mapping[str, str] | None = None,
    ) -> None:
        self._readings = readings
        self._simplified = {ord(old): new for old, new in simplified.items()}
        self.alone = alone or {}

    def readings(self, char: str) -> tuple[str, ...]:
        r"""Return every reading, the usual one first; none if none is known.

        Compatibility forms and radicals read as the characters they stand for.

        Example:
            >>> characters().readings("行")[:2], characters().readings("\uf9d1")
            (('xing2', 'hang2'), ('liu4', 'lu4'))
        """
        known = self._readings.get(char)
        if known is None:
            known = self._readings.get(unicodedata.normalize("NFKC", char), "")
        return tuple(known.split())

    def usual(self, char: str) -> str:
        """Return the usual reading, empty if none is known."""
        known = self._readings.get(char)
        if known is None:
            return "".join(self.readings(char)[:1])
        return known.partition(" ")[0]

    def simplify(self, text: str) -> str:
        """Write simplified characters for traditional ones, one for one.

        This is for look-up only: what a traditional character says about its
        own reading is kept by the caller.

        Example:
            >>> characters().simplify("銀行")
            '银行'
        """
        folded = text.translate(self._simplified)
        return text if folded == text else folded

    def kept(self, text: str, folded: str) -> str | None:
        """Return the simplified form with what writes two words as it stands, if there is any.

        Example:
            >>> characters().kept("論著", characters().simplify("論著"))
            '论著'
        """
        if text is folded or not any(char in text for char in self.alone):
            return None
        pairs = zip(text, folded, strict=True)
        return "".join([old if old in self.alone else new for old, new in pairs])


@lru_cache(maxsize=1)
def characters() -> Characters:
    """Return the characters that ship with the package."""
    readings: dict[str, str] = {}
    # The largest table that is read whole, so it is read without `read_rows`.
    for line in read_bytes("characters.tsv").decode("utf-8").split("\n"):
        key, _, chars = line.partition("\t")
        for char in chars:
            readings[char] = key
    ((old, new),) = read_rows("simplified.tsv")
    variants = read_rows("variants.tsv")
    simplified = dict(zip(old, new, strict=True)) | {char: fold for char, fold, _ in variants}
    return Characters(readings, simplified, {char: reading for char, _, reading in variants})
