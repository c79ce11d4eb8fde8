"""What words say of a stretch of characters, whatever stands around it.

This is the first witness that `reading` hears. A stretch is read without its
sentence, so what is found for it is remembered.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from math import inf
from typing import NamedTuple

from cjkv_phon.chinese.characters import Characters
from cjkv_phon.chinese.grammar import collocations
from cjkv_phon.chinese.neutral import SUFFIXES, apply_word_rules, words
from cjkv_phon.chinese.phrases import PhraseTable, Readings
from cjkv_phon.chinese.segmentation import Word, cut
from cjkv_phon.memo import Memo

WORD_WEIGHT = 6.0
"""Log odds up to which a rare word is believed against the model: as if one in four
hundred (e⁻⁶) stood wrong in the table or were no word in its place."""

FREQUENT = 13.0
GROWTH = 5.5
"""A word whose cost is below the first (it occurs more than some 150 times in jieba's corpus) is
believed the more, by the second a unit of cost: the table errs in rare words, the network in
those of everyday, which its encyclopedia seldom has."""

_PARTICLES = frozenset("着的了地得为还都没空当")
"""What the network knows best as particles and adverbs: inside a word, that they are
none is not news to the table; nor is the falling tone of 空 and 当 (有空, 当成)."""

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
            trusted = self._trust(text, folded, known)
            return Stretch(
                folded, words, known, trusted, self._readable(text, folded), leaning=False
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
        kept = self._chars.kept(text, folded)
        for part in cut(text, folded, 0, len(text), self._table, kept=kept):
            start, end = part
            if end - start > 1 and self._known(text[start:end], folded[start:end]) is None:
                # A word whose reading is not known is read by what it is made of.
                parts += self.inside(text, folded, part)
            else:
                parts.append(part)
        return parts

    def _known(self, text: str, folded: str) -> Readings | None:
        """Return what the table says of a word as it is written, else of its simplified forms."""
        readings = self._table.readings(text)
        if readings is None and text is not folded:
            kept = self._chars.kept(text, folded)
            if kept is not None:
                readings = self._table.readings(kept)
            if readings is None:
                readings = self._table.readings(folded)
        if len(folded) > 1 and folded[0] == folded[1]:
            return self._doubled(folded, readings)
        return readings

    def _doubled(self, folded: str, known: Readings | None) -> Readings | None:
        """Read AABB with the full tones of AB (漂漂亮亮), a verb said twice as such (试试)."""
        if len(folded) == 2 and known is None and folded[0] in words().doubled:
            return apply_word_rules(folded, (self._chars.usual(folded[0]),) * 2)
        if len(folded) != 4 or folded[2] != folded[3]:
            return known
        single = self._table.readings(folded[0] + folded[2])
        if single is None or folded[:2] in words().kin:
            return known
        first, second = map(self._full, (folded[0], folded[2]), single)
        return (first, first, second, second)

    def _full(self, char: str, reading: str) -> str:
        """Return the full tone of a neutral syllable."""
        if reading[-1] != "5":
            return reading
        full = [one for one in self._chars.readings(char) if one[:-1] == reading[:-1]]
        return min(full, key=lambda one: one[-1] == "5", default=reading)

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
            trust[start:end] = self._trust(text[start:end], folded[start:end], known)
            return
        char = text[start]
        if char == "々" and start:
            readings[start] = readings[start - 1]
            return
        usual = self._chars.usual(char) or self._chars.usual(folded[start])
        if start and char in self._chars.alone:
            usual = self._chars.alone[char]
        readings[start] = usual
        if previous is not None:
            before = tuple(readings[previous.start : start])
            leaning = self.lean(folded[previous.start : start], before, folded[start], usual)
            if leaning is not None:
                readings[start] = leaning
                trust[start] = WORD_WEIGHT

    def _trust(self, text: str, folded: str, known: Readings) -> tuple[float, ...]:
        """Return the log odds up to which the readings of a word stand against the model's."""
        if len(folded) == 4 and folded[0] == folded[1] and folded[2] == folded[3]:
            return (inf,) * 4
        cost = self._table.cost(folded)
        if text is not folded:
            cost = min(cost, self._table.cost(text))
        weight = WORD_WEIGHT + max(0.0, FREQUENT - cost) * GROWTH
        result = [
            inf if one[-1] == "5" or char in _PARTICLES else weight
            for char, one in zip(folded, known, strict=True)
        ]
        if collocations().get(folded) == known[0]:
            result[0] = inf
        return tuple(result)

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
