"""Everything that has to be known about the words of a phrase before it is spoken."""

from __future__ import annotations

from collections.abc import Sequence

from cjkv_phon.korean import lexicon, morphology
from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.juncture import INSERT, IOTATED, TENSE
from cjkv_phon.korean.length import is_long
from cjkv_phon.korean.nouns import nouns_hieut
from cjkv_phon.memo import Memo

CLUES: Memo[str, int] = Memo(lambda character: morphology.clue(character) | lexicon.clue(character))


Facts = tuple[dict[int, str], frozenset[int], bool]
"""What is known about a phrase: the marks before its syllables, by index (see `juncture`); the
syllables whose ㅎ the romanizations keep; whether its first vowel is long."""


def facts(words: Sequence[str], length: bool = True) -> Facts:
    """Collect the facts about the words of one phrase.

    Args:
        words: The words, between which sounds change as inside one.
        length: Whether to look up the length of the first vowel.

    Example:
        >>> facts(["꽃", "위"])[0]
        {1: '+'}
    """
    if len(words) == 1:
        return word_facts(words[0], length)
    found: dict[int, str] = {}
    apart: set[int] = set()
    offset = 0
    for number, word in enumerate(words):
        marks, kept, _ = word_facts(word, False)
        found.update((offset + index, mark) for index, mark in marks.items())
        apart.update(offset + index for index in kept)
        if number:
            found[offset] = morphology.phrase_mark(words[number - 1], word)
        offset += len(word)
    return found, frozenset(apart), length and is_long(words[0])


def word_facts(word: str, length: bool = True) -> Facts:
    """Collect the facts about one word; marks of the lexicon win over those of grammar.

    No word has as many syllables as `LONGEST_WORD`: a longer run is a text without spaces,
    and looked at in parts of that size, which takes time in proportion to its length.

    Example:
        >>> word_facts("물고기")
        ({1: "'"}, frozenset(), False)
    """
    if len(word) > LONGEST_WORD:
        return _in_parts(word, length)
    clues = 0
    for character in word:
        clues |= CLUES[character]
    found: dict[int, str] = {}
    if clues & morphology.LATERAL:
        found.update(morphology.sino_marks(word))
        found.update(morphology.ending_marks(word))
    if clues & morphology.STEM:
        found.update(morphology.stem_marks(word))
    if clues & lexicon.SEAM:
        lexicon.mark(word, found, bool(clues & lexicon.HEAD))
    half = len(word) // 2
    if half > 1 and word[:half] == word[half : 2 * half]:
        found = _doubled(word, half, found)
    apart = nouns_hieut(word) if clues & morphology.HIEUT else _NONE
    return found, apart, length and is_long(word)


def _in_parts(word: str, length: bool) -> Facts:
    found: dict[int, str] = {}
    apart: set[int] = set()
    for offset in range(0, len(word), LONGEST_WORD):
        marks, kept, _ = word_facts(word[offset : offset + LONGEST_WORD], False)
        found.update((offset + index, mark) for index, mark in marks.items())
        apart.update(offset + index for index in kept)
    return found, frozenset(apart), length and is_long(word[:LONGEST_WORD])


LONGEST_WORD = 64

_NONE: frozenset[int] = frozenset()


def _doubled(word: str, half: int, found: dict[int, str]) -> dict[int, str]:
    """Mark a mimetic word: 가물가물 is no compound with 물가, 이죽이죽 takes ㄴ (§29)."""
    found = {index: mark for index, mark in found.items() if mark != TENSE}
    middle = DECOMPOSED[word[half]]
    if middle.onset == "ㅇ" and middle.nucleus in IOTATED and DECOMPOSED[word[half - 1]].coda:
        found[half] = INSERT
    return found
