"""Everything that has to be known about the words of a phrase before it is spoken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cjkv_phon.korean import lexicon, morphology
from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.juncture import INSERT, IOTATED, TENSE
from cjkv_phon.korean.length import is_long


class Facts(NamedTuple):
    """What is known about a phrase.

    Attributes:
        marks: What lies before a syllable, by its index (see `juncture`).
        apart: Syllables whose ㅎ the romanizations keep.
        long: Whether the first vowel is long.
    """

    marks: dict[int, str]
    apart: frozenset[int]
    long: bool


def facts(words: Sequence[str]) -> Facts:
    """Collect the facts about the words of one phrase.

    Marks of the lexicon win over those that grammar suggests.

    Example:
        >>> facts(["꽃", "위"]).marks
        {1: '+'}
    """
    if len(words) == 1:
        word = words[0]
        return Facts(_marks(word), morphology.nouns_hieut(word), is_long(word))
    found: dict[int, str] = {}
    apart: set[int] = set()
    offset = 0
    for number, word in enumerate(words):
        for index, mark in _marks(word).items():
            found[offset + index] = mark
        apart.update(offset + index for index in morphology.nouns_hieut(word))
        if number:
            found[offset] = morphology.phrase_mark(words[number - 1], word)
        offset += len(word)
    return Facts(found, frozenset(apart), is_long(words[0]))


def _marks(word: str) -> dict[int, str]:
    found = {
        **morphology.sino_marks(word),
        **morphology.stem_marks(word),
        **morphology.ending_marks(word),
        **lexicon.marks(word),
    }
    half = len(word) // 2
    if half > 1 and word[:half] == word[half : 2 * half]:
        return _doubled(word, half, found)
    return found


def _doubled(word: str, half: int, found: dict[int, str]) -> dict[int, str]:
    """Mark a mimetic word: 가물가물 is no compound with 물가, 이죽이죽 takes ㄴ (§29)."""
    found = {index: mark for index, mark in found.items() if mark != TENSE}
    middle = DECOMPOSED[word[half]]
    if middle.onset == "ㅇ" and middle.nucleus in IOTATED and DECOMPOSED[word[half - 1]].coda:
        found[half] = INSERT
    return found
