"""Tones in connected speech: what becomes of citation tones in a phrase.

Third tones, after Shih (1986) and Chen, *Tone Sandhi* (2000), ch. 9: a third
tone before a third tone is a second tone, obligatorily inside a prosodic foot.
A word of two or more syllables is a foot of its own (inside it, the words it is
put together of are read first: 展览|馆 2-2-3, 纸|老虎 3-2-3); single syllables
between such words pair up from left to right, and one that is left over joins
the word after it (很|有意思), or the foot before it at the end. Across feet nothing
changes, as in slow careful speech. A verb said twice keeps the sandhi of its neutral copy
(想想 2-0), a noun does not (姐姐 3-0). A third tone that stays is low (˨˩) unless a
pause follows.

一 is second before a fourth tone and fourth before the others, but keeps its
citation tone in numbers, as an ordinal (一楼) and at the end of a word; 不 is second
before a fourth tone. Between two copies of a verb both are neutral (看一看).

A neutral tone takes its pitch from the tone before it: low after the first and
fourth, mid after the second, half-high after the third. (Chao, *A Grammar of
Spoken Chinese*, 1968, §1.3.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cjkv_phon.chinese.neutral import words as word_classes
from cjkv_phon.chinese.segmentation import Word

HALF_THIRD = "˨˩"
LETTERS = {1: "˥˥", 2: "˧˥", 3: "˨˩˦", 4: "˥˩", 5: ""}
_NEUTRAL_PITCH = {1: "˨", 2: "˧", 3: "˦", 4: "˩", 5: "˩"}
_FOURTH_BEFORE_FOURTH = "˥˧"
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两第初")
_ORDINAL = re.compile("一(?:年级|等[奖功兵]|号[楼线]|楼)")
_COUNTED = frozenset("零〇一二三四五六七八九十月号")


class Surface(NamedTuple):
    """The tone of a syllable in connected speech.

    Attributes:
        tone: Category after sandhi, 1 to 5.
        letters: Its pitch in tone letters.
    """

    tone: int
    letters: str


def surface(
    chars: str,
    tones: Sequence[int],
    words: Sequence[Word],
    feet: Sequence[Word],
) -> list[Surface]:
    """Return the tones of a stretch between two pauses.

    Args:
        chars: The characters, one a syllable.
        tones: Citation tones, 1 to 5.
        words: Innermost words that tile the stretch.
        feet: Larger words that tile it: given tokens.

    Returns:
        As many surface tones.

    Example:
        >>> [s.letters for s in surface("你好", [3, 3], [Word(0, 2)], [Word(0, 2)])]
        ['˧˥', '˨˩˦']
        >>> [s.tone for s in surface("展览馆", [3, 3, 3], [Word(0, 2), Word(2, 3)], [Word(0, 3)])]
        [2, 2, 3]
    """
    changed = list(tones)
    doubled = word_classes().doubled
    _one_and_not(chars, tones, changed, words)
    for index, (one, other) in enumerate(pairwise(chars)):
        # A verb said twice has the sandhi of its full form.
        if one == other and one in doubled and tones[index] == 3 and tones[index + 1] == 5:
            changed[index] = 2
    for start, end in words:
        _third_tones(changed, start, end)
    for start, end in _group(feet):
        _third_tones(changed, start, end)
    result = []
    last = len(changed) - 1
    before = 0
    for index, tone in enumerate(changed):
        following = changed[index + 1] if index < last else 0
        if tone == 5:
            letters = _NEUTRAL_PITCH.get(before, "˧")
        elif tone == 3 and following:
            letters = HALF_THIRD
        elif tone == 4 and following == 4:
            letters = _FOURTH_BEFORE_FOURTH
        else:
            letters = LETTERS[tone]
        result.append(Surface(tone, letters))
        before = tone
    return result


def _third_tones(tones: list[int], start: int, end: int) -> None:
    for index in range(start, end - 1):
        if tones[index] == 3 and tones[index + 1] == 3:
            tones[index] = 2


def _group(words: Sequence[Word]) -> list[Word]:
    """Join single syllables to feet (see the head of this module)."""
    feet: list[Word] = []
    pending: Word | None = None
    for word in words:
        if word.end - word.start > 1:
            if pending is not None:
                word = Word(pending.start, word.end)
                pending = None
            feet.append(word)
        elif pending is None:
            pending = word
        else:
            feet.append(Word(pending.start, word.end))
            pending = None
    if pending is not None:
        if feet:
            feet[-1] = Word(feet[-1].start, pending.end)
        else:
            feet.append(pending)
    return feet


def _one_and_not(
    chars: str, citation: Sequence[int], tones: list[int], words: Sequence[Word]
) -> None:
    ends = {word.end for word in words if word.end - word.start > 1}
    for index, char in enumerate(chars[:-1]):
        if char not in "一不":
            continue
        before = chars[index - 1] if index else ""
        following = chars[index + 1]
        if before and before == following:
            tones[index] = 5
            continue
        # A neutral classifier calls the sandhi of the tone it has by itself: 一个.
        tone = 4 if following == "个" else citation[index + 1]
        if char == "不":
            if citation[index] == 4 and tone == 4:
                tones[index] = 2
        elif _ORDINAL.match(chars, index):
            continue
        elif before not in _NUMERALS and following not in _COUNTED and index + 1 not in ends:
            tones[index] = 2 if tone == 4 else 4
