"""The phrase table: which sequences of characters are words, and how they read.

Two files make it: ``phrases.tsv.gz``, and over it the layer ``cedict.tsv.gz``,
what CC-CEDICT adds or reads otherwise. The layer has a licence of its own and
may be left out (see ``data/NOTICE.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from cjkv_phon.chinese.characters import Characters, characters
from cjkv_phon.chinese.tables import is_there, read_lines

Readings = tuple[str, ...]


class Entry(NamedTuple):
    """What the table says of a word.

    Attributes:
        odd: Readings separated by spaces; empty where every character has its
            usual one, ``?`` where they are not known.
        cost: How surprising the word is in running text: minus its log probability.
    """

    odd: str
    cost: float


class PhraseTable:
    """Words by their first character; a character's words are parsed when first needed.

    Args:
        layers: For each table, first character to the rest of its line; a later
            table's word replaces an earlier one's.
        chars: Usual readings.
    """

    def __init__(self, layers: Sequence[Mapping[str, str]], chars: Characters) -> None:
        self._rests = _Rests(layers)
        self._chars = chars

    def words(self, text: str, start: int, stop: int) -> list[tuple[int, float]]:
        """Return the words that start at an offset: where each ends, and its cost.

        Args:
            text: Any text.
            start: Offset of the first character.
            stop: No word reaches beyond it.

        Returns:
            At least the single character, in the order of the ends.
        """
        rests, longest = self._rests[text[start]]
        entry = rests.get("")
        found = [(start + 1, entry.cost if entry is not None else UNKNOWN)]
        for end in range(start + 2, min(stop, start + longest) + 1):
            entry = rests.get(text[start + 1 : end])
            if entry is not None:
                found.append((end, entry.cost))
        return found

    def readings(self, phrase: str) -> Readings | None:
        """Return one numbered syllable a character, None if the table does not know.

        Example:
            >>> phrases().readings("银行"), phrases().readings("上海")
            (('yin2', 'hang2'), ('shang4', 'hai3'))
        """
        if len(phrase) < 2:
            return None
        entry = self._rests[phrase[0]][0].get(phrase[1:])
        if entry is None or entry.odd == "?":
            return None
        if entry.odd:
            return tuple(map(intern, entry.odd.split(" ")))
        return tuple(map(self._chars.usual, phrase))


class _Rests(dict[str, tuple[dict[str, Entry], int]]):
    """First character to (rest to entry, length of the longest word)."""

    def __init__(self, layers: Sequence[Mapping[str, str]]) -> None:
        super().__init__()
        self._layers = layers
        self._plain = [Entry("", _cost(level)) for level in range(_LEVELS)]
        self._bare = [Entry("?", _cost(level)) for level in range(_LEVELS)]

    def __missing__(self, first: str) -> tuple[dict[str, Entry], int]:
        lines = [layer[first] for layer in self._layers if first in layer]
        if not lines:
            return _NONE
        rests: dict[str, Entry] = {}
        for group in "|".join(lines).split("|"):
            usual, odd, bare = group.split(";")
            level, *plain = usual.split("\t")
            entry = self._plain[int(level)]
            rests.update(dict.fromkeys(plain, entry))
            if odd:
                for item in odd.split("\t"):
                    rest, _, readings = item.partition(":")
                    rests[rest] = Entry(readings, entry.cost)
            if bare:
                rests.update(dict.fromkeys(bare.split("\t"), self._bare[int(level)]))
        found = self[first] = (rests, 1 + max(map(len, rests)))
        return found


_LEVELS = 16
_CORPUS = 18.0
"""Natural logarithm of the words of jieba's corpus (6·10⁷)."""

UNKNOWN = _CORPUS + 4


def _cost(level: int) -> float:
    return _CORPUS + 1 if level == 0 else _CORPUS - level + 0.5


_NONE: tuple[dict[str, Entry], int] = ({}, 0)


BASE = "phrases.tsv.gz"
LAYER = "cedict.tsv.gz"
LAYER_VERSION = "cedict-0.9.0"
"""What signatures call the layer: CC-CEDICT as of this version of pypinyin-dict."""


def layer_version() -> tuple[str, ...]:
    """Return the name and version of the layer, nothing if it is not installed."""
    return (LAYER_VERSION,) if is_there(LAYER) else ()


@lru_cache(maxsize=1)
def phrases() -> PhraseTable:
    """Return the phrase table that ships with the package, with the layer if it is there."""
    layers = [read_lines(BASE)]
    if is_there(LAYER):
        layers.append(read_lines(LAYER))
    return PhraseTable(layers, characters())
