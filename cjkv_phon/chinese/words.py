"""What words say of a stretch of characters, whatever stands around it.

This is the first witness that `reading` hears. A stretch is read without its
sentence, so what is found for it is remembered.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from math import inf
from typing import NamedTuple

from cjkv_phon.chinese.characters import Characters
from cjkv_phon.chinese.neutral import SUFFIXES, apply_word_rules, words
from cjkv_phon.chinese.phonology import ERHUA
from cjkv_phon.chinese.phrases import PhraseTable, Readings
from cjkv_phon.chinese.segmentation import Word, cut
from cjkv_phon.memo import Memo

WORD_WEIGHT = 6.0
"""Log odds up to which a word is believed against the model: as if one word in
four hundred (e⁻⁶) stood wrong in the table or were no word in its place. On the
dev set of CPP any value from 3 to 8 is as good."""

_HELD = 50_000
"""Stretches remembered: some 2 KB each."""

LONGEST_COMPOUND = 6
"""Characters up to which a given token that is no phrase is still read as one word."""


class Stretch(NamedTuple):
    """A stretch of Han characters, read by its words.

    Attributes:
        folded: It in simplified characters.
        words: The words that tile it; offsets count from its beginning.
        readings: A numbered syllable for each character, empty for none.
        trust: For each character, the log odds up to which its reading stands
            against the model's: minus infinity where no word vouches for it.
        targets: Offsets of the characters that the model can read.
        leaning: Whether its first character may lean on what stands before it,
            as a suffix or an iteration mark.
    """

    folded: str
    words: tuple[Word, ...]
    readings: Readings
    trust: tuple[float, ...]
    targets: tuple[int, ...]
    leaning: bool


class WordReader:
    """Reads stretches of characters.

    Args:
        chars: Readings of characters.
        table: Phrases.
        targets: Characters that the model can read.
        seen: Characters that the model knows as they are.

    Attributes:
        tokens: Memo of stretches that a writer gave as one word.
        runs: Memo of stretches that may hold any number of words.
    """

    def __init__(
        self,
        chars: Characters,
        table: PhraseTable,
        targets: AbstractSet[str],
        seen: AbstractSet[str],
    ) -> None:
        self._chars = chars
        self._table = table
        self._targets = targets
        self._seen = seen
        self.tokens: Memo[str, Stretch] = Memo(lambda text: self._read(text, token=True), _HELD)
        self.runs: Memo[str, Stretch] = Memo(lambda text: self._read(text, token=False), _HELD)

    def known(self, text: str) -> Readings | None:
        """Return how a text reads that is a word of the table, None if it is none."""
        return self._known(text, self._chars.simplify(text))

    def inside(self, text: str, folded: str, word: Word) -> list[Word]:
        """Return what a word is put together of: two words or more, if it is long enough."""
        return cut(text, folded, *word, self._table, inside=True)

    def lean(self, before: str, readings: Readings, char: str, usual: str) -> str | None:
        """Return the reading of a character as the suffix of what stands before it.

        Args:
            before: The word before it, in simplified characters.
            readings: The readings of that word.
            char: The character, simplified.
            usual: Its usual reading.

        Returns:
            None if it is no suffix.
        """
        if char not in SUFFIXES:
            return None
        return apply_word_rules(before + char, [*readings, usual])[-1]

    def _read(self, text: str, token: bool) -> Stretch:
        folded = self._chars.simplify(text)
        known = self._known(text, folded)
        if known is not None:
            words = (Word(0, len(text)),)
            return Stretch(
                folded, words, known, _trust(known), self._readable(text, folded), leaning=False
            )
        parts = self._parts(text, folded)
        readings = [""] * len(text)
        trust = [-inf] * len(text)
        for index, part in enumerate(parts):
            self._read_word(
                text, folded, part, parts[index - 1] if index else None, readings, trust
            )
        if token and len(parts) > 1 and len(text) <= LONGEST_COMPOUND:
            self._read_compound(folded, parts, readings, trust)
        return Stretch(
            folded,
            tuple(parts),
            tuple(readings),
            tuple(trust),
            self._readable(text, folded),
            parts[0].end == 1 and (folded[0] in SUFFIXES or text[0] == "々"),
        )

    def _readable(self, text: str, folded: str) -> tuple[int, ...]:
        """Return the offsets of the characters that the model can read."""
        targets = self._targets
        if text is folded:
            return tuple([i for i, char in enumerate(text) if char in targets])
        seen = self._seen
        pairs = enumerate(zip(text, folded, strict=True))
        return tuple([i for i, (c, f) in pairs if (c if c in seen else f) in targets])

    def _parts(self, text: str, folded: str) -> list[Word]:
        """Cut a stretch that is no word of the table."""
        parts: list[Word] = []
        for part in cut(text, folded, 0, len(text), self._table):
            start, end = part
            if end - start > 1 and self._known(text[start:end], folded[start:end]) is None:
                # A word whose reading is not known is read by what it is made of.
                parts += self.inside(text, folded, part)
            else:
                parts.append(part)
        return parts

    def _known(self, text: str, folded: str) -> Readings | None:
        """Return what the table says of a word as it is written, else of its simplified form."""
        readings = self._table.readings(text)
        if readings is None and text != folded:
            readings = self._table.readings(folded)
        return readings

    def _read_word(
        self,
        text: str,
        folded: str,
        word: Word,
        previous: Word | None,
        readings: list[str],
        trust: list[float],
    ) -> None:
        start, end = word
        if end - start > 1:
            known = self._known(text[start:end], folded[start:end])
            if known is None:
                known = tuple(map(self._chars.usual, folded[start:end]))
            readings[start:end] = known
            trust[start:end] = _trust(known)
            return
        char = text[start]
        if char == "々" and start:
            readings[start] = readings[start - 1]
            return
        usual = self._chars.usual(char) or self._chars.usual(folded[start])
        readings[start] = usual
        if previous is not None:
            before = tuple(readings[previous.start : start])
            leaning = self.lean(folded[previous.start : start], before, folded[start], usual)
            if leaning is not None:
                readings[start] = leaning
                trust[start] = WORD_WEIGHT

    def _read_compound(
        self, folded: str, parts: list[Word], readings: list[str], trust: list[float]
    ) -> None:
        """Apply the rules for words to a token that is put together of several."""
        for start, end in parts:
            if folded[start:end] in words().meaning:
                readings[end - 1] = self._chars.usual(folded[end - 1])
        after = apply_word_rules(folded, readings)
        for offset, (old, new) in enumerate(zip(readings, after, strict=True)):
            if old != new:
                readings[offset] = new
                trust[offset] = WORD_WEIGHT


def _trust(known: Readings) -> tuple[float, ...]:
    """Return the log odds up to which the readings of a word stand against the model's."""
    if ERHUA not in known:
        return (WORD_WEIGHT,) * len(known)
    # The network has hardly met the suffix 儿, so words decide about it.
    return tuple([inf if one == ERHUA else WORD_WEIGHT for one in known])
