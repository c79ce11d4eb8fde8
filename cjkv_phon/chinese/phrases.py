"""The phrase table: which sequences of characters are words, and how they read."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache

from cjkv_phon.chinese.characters import Characters, characters
from cjkv_phon.chinese.tables import read_bytes

Readings = tuple[str, ...]


class PhraseTable:
    """Phrases by their first character; a character's phrases are parsed when first needed.

    Args:
        lines: First character to the rest of its line in ``data/phrases.tsv.gz``:
            the rests of its phrases, tab-separated, each with ``:readings``
            where some character does not have its usual reading.
        chars: Usual readings.
    """

    def __init__(self, lines: Mapping[str, str], chars: Characters) -> None:
        self._rests = _Rests(lines)
        self._chars = chars

    def ends(self, text: str, start: int, stop: int) -> list[int]:
        """Return where the phrases that start at ``start`` end, at most at ``stop``.

        Args:
            text: Any text.
            start: Offset of the first character.
            stop: No phrase reaches beyond it.

        Returns:
            Ends in ascending order; a single character is no phrase.
        """
        rests, longest = self._rests[text[start]]
        last = min(stop, start + longest)
        return [end for end in range(start + 2, last + 1) if text[start + 1 : end] in rests]

    def __contains__(self, phrase: str) -> bool:
        return len(phrase) > 1 and phrase[1:] in self._rests[phrase[0]][0]

    def readings(self, phrase: str) -> Readings | None:
        """Return one numbered syllable a character, None if it is no phrase.

        Example:
            >>> phrases().readings("银行"), phrases().readings("上海")
            (('yin2', 'hang2'), ('shang4', 'hai3'))
        """
        if len(phrase) < 2:
            return None
        odd = self._rests[phrase[0]][0].get(phrase[1:])
        if odd is None:
            return None
        return tuple(odd.split(" ")) if odd else tuple(map(self._chars.usual, phrase))


class _Rests(dict[str, tuple[dict[str, str], int]]):
    """First character to (rest to odd readings, length of the longest phrase)."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        super().__init__()
        self._lines = lines

    def __missing__(self, first: str) -> tuple[dict[str, str], int]:
        line = self._lines.get(first)
        if line is None:
            return _NONE
        rests: dict[str, str] = {}
        for entry in line.split("\t"):
            rest, _, odd = entry.partition(":")
            rests[rest] = odd
        found = self[first] = (rests, 1 + max(map(len, rests)))
        return found


_NONE: tuple[dict[str, str], int] = ({}, 0)


@lru_cache(maxsize=1)
def phrases() -> PhraseTable:
    """Return the phrase table that ships with the package."""
    text = gzip.decompress(read_bytes("phrases.tsv.gz")).decode("utf-8")
    lines = {line[0]: line[2:] for line in text.split("\n") if line and line[0] != "#"}
    return PhraseTable(lines, characters())
