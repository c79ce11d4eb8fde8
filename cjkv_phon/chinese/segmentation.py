"""Words in running characters: the fewest words of the phrase table.

Of all ways to cut a run of characters into phrases of the table and single
characters, the one with the fewest words is taken (maximal matching over the
whole run, not greedily from one side); among equals the one whose words are
most unequal in length, for a long word says more than two middling ones, and
then the one whose first words are longest.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from cjkv_phon.chinese.phrases import PhraseTable

# A word counts 1, a single character a little more; the square of the length
# only decides between equals.
_WORD = 1000
_SINGLE = 1100

HAN_RUN = regex.compile(r"(?:[\p{Han}々〇]\p{M}*)+")

# Raw text: a run of Han, a word of another script with inner marks, or one
# other character that is no white space.
TEXT_PIECE = regex.compile(
    r"(?P<han>(?:[\p{Han}々〇]\p{M}*)+)"
    r"|(?:(?!\p{Han})[\p{L}\p{N}_]\p{M}*)+(?:[-'’.,·](?:(?!\p{Han})[\p{L}\p{N}_]\p{M}*)+)*"
    r"|\S\p{M}*"
)


class Word(NamedTuple):
    """Characters ``start`` to ``end`` of a text, one word."""

    start: int
    end: int


def cut(text: str, folded: str, start: int, stop: int, table: PhraseTable) -> list[Word]:
    """Cut characters ``start`` to ``stop`` of a text into words.

    Args:
        text: The text as it is written.
        folded: The text in simplified characters, of the same length.
        start: Where to begin.
        stop: Where to end.
        table: The words.

    Returns:
        Words that tile the span.

    Example:
        >>> from cjkv_phon.chinese.phrases import phrases
        >>> [("银行行长")[a:b] for a, b in cut("银行行长", "银行行长", 0, 4, phrases())]
        ['银行', '行长']
    """
    if stop - start == 1:
        return [Word(start, stop)]
    length = stop - start
    cost = [0] * (length + 1)
    back = [0] * (length + 1)
    ends: list[list[int]] = []
    for i in range(start, stop):
        found = table.ends(folded, i, stop)
        if text[i:stop] != folded[i:stop]:
            found = sorted({*found, *table.ends(text, i, stop)})
        ends.append(found)
    for i in range(length, 0, -1):
        # From the right, so that `back` leads from the left.
        at = i - 1
        best, choice = cost[at + 1] + _SINGLE, at + 1
        for end in ends[at]:
            to = end - start
            total = cost[to] + _WORD - (to - at) ** 2
            if total <= best:
                best, choice = total, to
        cost[at], back[at] = best, choice
    words = []
    at = 0
    while at < length:
        words.append(Word(start + at, start + back[at]))
        at = back[at]
    return words
