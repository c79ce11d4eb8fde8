"""The phrase table: which sequences of characters are words, and how they read.

Two files make it: ``phrases.tsv``, and over it the layer ``cedict.tsv``, what
CC-CEDICT adds or reads otherwise. The layer has a licence of its own and may be
left out (see ``data/NOTICE.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import inf
from sys import intern
from typing import NamedTuple

from cjkv_phon.chinese.characters import Characters, characters
from cjkv_phon.chinese.tables import is_there, read_bytes
from cjkv_phon.memo import Memo

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


Beginning = tuple[dict[str, Entry], int]
"""The words that begin with two characters: what follows these to entry, and the length
of the longest word."""


class PhraseTable:
    """Words by their first two characters.

    The files stay as they are, lines of bytes by their first character; what begins
    with two characters is searched for in the line, and parsed, when it is first
    needed, and remembered within bounds.

    Args:
        layers: Tables as they stand in the files; a later table's word replaces an
            earlier one's.
        chars: Usual readings.
    """

    def __init__(self, layers: Sequence[bytes], chars: Characters) -> None:
        self._layers = [
            {line.partition(b"\t")[0]: line for line in layer.split(b"\n")} for layer in layers
        ]
        self._usual: Memo[str, str] = Memo(chars.usual)
        self._beginnings: Memo[str, Beginning] = Memo(self._beginning, _HELD)
        self._singles: Memo[str, float] = Memo(self._single)

    def words(self, text: str, start: int, stop: int) -> list[tuple[int, float]]:
        """Return the words that start at an offset: where each ends, and its cost.

        Args:
            text: Any text.
            start: Offset of the first character.
            stop: No word reaches beyond it.

        Returns:
            At least the single character, in the order of the ends.
        """
        found = [(start + 1, self._singles[text[start]])]
        after = start + 2
        if after <= stop:
            rests, longest = self._beginnings[text[start:after]]
            for end in range(after, min(stop, start + longest) + 1):
                entry = rests.get(text[after:end])
                if entry is not None:
                    found.append((end, entry[1]))
        return found

    def readings(self, phrase: str) -> Readings | None:
        """Return one numbered syllable a character, None if the table does not know.

        Example:
            >>> phrases().readings("银行"), phrases().readings("上海")
            (('yin2', 'hang2'), ('shang4', 'hai3'))
        """
        if len(phrase) < 2:
            return None
        entry = self._beginnings[phrase[:2]][0].get(phrase[2:])
        if entry is None or entry.odd == "?":
            return None
        if entry.odd:
            return tuple(map(intern, entry.odd.split(" ")))
        return self._usual.of_all(phrase)

    def cost(self, phrase: str) -> float:
        """Return how surprising a phrase is in running text, infinite if it is not known."""
        entry = self._beginnings[phrase[:2]][0].get(phrase[2:])
        return inf if entry is None else entry.cost

    def _single(self, char: str) -> float:
        """Return the cost of a single character: the second field of its line."""
        first = char.encode()
        for layer in reversed(self._layers):
            level = layer.get(first, b"")[len(first) + 1 : len(first) + 2]
            if level.isalpha():
                return _COSTS[level.decode()]
        return UNKNOWN

    def _beginning(self, pair: str) -> Beginning:
        """Parse the fields that begin with the second character, see the head of the file."""
        first, second = pair[0].encode(), b"\t" + pair[1].encode()
        rests: dict[str, Entry] = {}
        for layer in self._layers:
            line = layer.get(first, b"")
            start = line.find(second, len(first) + 1)  # behind the level of the first alone
            if start < 0:
                continue
            start += len(second)
            end = line.find(b"\t", start)
            block = line[start : end if end >= 0 else None].decode()
            if block.isalpha():  # one word with the usual readings
                rests[block[:-1]] = _PLAIN[block[-1]]
                continue
            for item in block.split(","):
                rest, _, readings = item.partition(":")
                if rest[-1] == "?":
                    rests[rest[:-2]] = _BARE[rest[-2]]
                elif readings:
                    rests[rest[:-1]] = Entry(readings, _COSTS[rest[-1]])
                else:
                    rests[rest[:-1]] = _PLAIN[rest[-1]]
        return (rests, 2 + max(map(len, rests))) if rests else _NONE


_HELD = 50_000
"""Beginnings remembered: some 400 bytes each."""

_CORPUS = 18.0
"""Natural logarithm of the words of jieba's corpus (6·10⁷)."""

UNKNOWN = _CORPUS + 4
LEVELS = "abcdefghijklmnop"
NOT_CUT = "z"
"""Level of a phrase that no text is cut into."""
_COSTS = {
    name: _CORPUS - level + 0.5 if level else _CORPUS + 1 for level, name in enumerate(LEVELS)
}
_COSTS[NOT_CUT] = inf
_PLAIN = {name: Entry("", cost) for name, cost in _COSTS.items()}
_BARE = {name: Entry("?", cost) for name, cost in _COSTS.items()}
_NONE: Beginning = ({}, 0)


BASE = "phrases.tsv"
LAYER = "cedict.tsv"
LAYER_VERSION = "cedict-0.9.0"
"""What signatures call the layer: CC-CEDICT as of this version of pypinyin-dict."""


def layer_version() -> tuple[str, ...]:
    """Return the name and version of the layer, nothing if it is not installed."""
    return (LAYER_VERSION,) if is_there(LAYER) else ()


@lru_cache(maxsize=1)
def phrases() -> PhraseTable:
    """Return the phrase table that ships with the package, with the layer if it is there."""
    names = [BASE, LAYER] if is_there(LAYER) else [BASE]
    return PhraseTable([read_bytes(name) for name in names], characters())
