"""Everything that has to be known about the words of a phrase before it is spoken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cjkv_phon.korean import lexicon, morphology
from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.juncture import INSERT, IOTATED, TENSE
from cjkv_phon.korean.length import is_long
from cjkv_phon.memo import Memo

CLUES: Memo[str, int] = Memo(lambda character: morphology.clue(character) | lexicon.clue(character))


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
        return Facts(*_word(words[0]), is_long(words[0]))
    found: dict[int, str] = {}
    apart: set[int] = set()
    offset = 0
    for number, word in enumerate(words):
        marks, kept = _word(word)
        found.update((offset + index, mark) for index, mark in marks.items())
        apart.update(offset + index for index in kept)
        if number:
            found[offset] = morphology.phrase_mark(words[number - 1], word)
        offset += len(word)
    return Facts(found, frozenset(apart), is_long(words[0]))


def _word(word: str) -> tuple[dict[int, str], frozenset[int]]:
    clues = 0
    for character in word:
        clues |= CLUES[character]
    found: dict[int, str] = {}
    if clues & morphology.LATERAL:
        found.update(morphology.sino_marks(word))
        found.update(morphology.ending_marks(word))
    if clues & morphology.STEM:
        found.update(morphology.stem_marks(word))
    lexicon.mark(word, found, bool(clues & lexicon.HEAD))
    half = len(word) // 2
    if half > 1 and word[:half] == word[half : 2 * half]:
        found = _doubled(word, half, found)
    return found, morphology.nouns_hieut(word) if clues & morphology.HIEUT else _NONE


_NONE: frozenset[int] = frozenset()


def _doubled(word: str, half: int, found: dict[int, str]) -> dict[int, str]:
    """Mark a mimetic word: 가물가물 is no compound with 물가, 이죽이죽 takes ㄴ (§29)."""
    found = {index: mark for index, mark in found.items() if mark != TENSE}
    middle = DECOMPOSED[word[half]]
    if middle.onset == "ㅇ" and middle.nucleus in IOTATED and DECOMPOSED[word[half - 1]].coda:
        found[half] = INSERT
    return found
