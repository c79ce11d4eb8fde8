"""Vowel length: §6–7.

A vowel is long only in the first syllable of a word. Length is a property of
morphemes that the spelling does not show, so it is looked up: Sino-Korean
morphemes by the two syllables they stand in, native ones by themselves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.reading import hanja, initial_sound
from cjkv_phon.korean.tables import rows


class Lengths(NamedTuple):
    """The compiled table.

    Attributes:
        usual: Sino-Korean syllables that may be long, to whether they usually are.
        sino: All Sino-Korean syllables, with and without the initial sound rule.
        words: Whole words whose first vowel is long.
        beginnings: Native morphemes and the first two syllables of Sino-Korean words, to
            ``long``, ``short``, or ``stem`` for stems that are long before a consonant.
    """

    usual: dict[str, bool]
    sino: frozenset[str]
    words: frozenset[str]
    beginnings: dict[str, str]


@lru_cache(maxsize=1)
def lengths() -> Lengths:
    """Load the table."""
    beginnings: dict[str, str] = {}
    usual: dict[str, bool] = {}
    lists: dict[str, list[str]] = {"word": [], "begin": [], "stem": []}
    for kind, reading, *rest in rows("length.tsv"):
        if kind in lists:
            lists[kind].extend(rest[0].split())
        elif kind == "sino":
            usually, others = rest
            usual[reading] = usually == "long"
            other = "short" if usually == "long" else "long"
            beginnings.update((reading + second, other) for second in others)
    readings = set(hanja().values())
    sino = readings | {initial_sound(reading, "") for reading in readings}
    beginnings.update((item, "stem") for item in lists["stem"] if not item.endswith("="))
    for item in lists["begin"]:
        beginnings[item.rstrip("=")] = "short" if item.endswith("=") else "long"
    return Lengths(usual, frozenset(sino), frozenset(lists["word"]), beginnings)


# Endings that begin with a consonant, as far as they show a stem (§7): not 기, which may be the
# suffix that shortens it (감기다), nor 자 지 소, which end nouns too.
_ENDING = regex.compile(
    "네요?|게|겠.*|(?:다|고|거나|거든|던|더라|든|습니|는|니|도록|지[만는도])[^자]*"
)
_PARTICLE = regex.compile("[은는을를에]|에[서게는도]|으로|까지|부터|보다|처럼|마다|뿐|이다|들")


def is_long(word: str) -> bool:
    """Say whether the first vowel of a word is long.

    눈보라 [눈ː보라], 많다 [만ː타], 가공 [가ː공]; but 첫눈 [천눈], 감아 [가마].

    Example:
        >>> is_long("눈보라"), is_long("감다"), is_long("감아"), is_long("현재")
        (True, True, False, True)
    """
    table = lengths()
    if len(word) == 1:
        return word in table.words
    beginnings = table.beginnings
    for size in (4, 3, 2, 1):
        kind = beginnings.get(word[:size])
        if kind == "stem":
            if _ENDING.fullmatch(word[size:]):
                return True
        elif kind is not None:
            return kind == "long"
    if word[0] in table.words and _PARTICLE.fullmatch(word[1:]):
        return True
    if word[0] in table.usual and word[1] in table.sino:
        return table.usual[word[0]]
    first = DECOMPOSED[word[0]]
    # Most native morphemes in ㅐ and ㅙ are long: 개 새 매다, 왜.
    return first.nucleus in "ㅐㅙ" and not first.coda
