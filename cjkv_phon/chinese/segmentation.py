"""Words in running characters: the likeliest way to cut them.

Of all ways to cut a run of characters into words of the phrase table and single
characters, the one whose words are likeliest together is taken, each word by its
frequency (a unigram model, as in jieba, whose counts these are).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import regex

from cjkv_phon.chinese.phrases import PhraseTable
from cjkv_phon.engine import Sentence

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


def cut(
    text: str,
    folded: str,
    start: int,
    stop: int,
    table: PhraseTable,
    inside: bool = False,
    kept: str | None = None,
) -> list[Word]:
    """Cut characters ``start`` to ``stop`` of a text into words.

    Args:
        text: The text as it is written.
        folded: The text in simplified characters, of the same length.
        start: Where to begin.
        stop: Where to end.
        table: The words.
        inside: Whether the whole span may not be a word: what is it made of?
        kept: The text as `Characters.kept` has it.

    Returns:
        Words that tile the span.

    Example:
        >>> from cjkv_phon.chinese.phrases import phrases
        >>> text = "银行行长很好"
        >>> [text[a:b] for a, b in cut(text, text, 0, 6, phrases())]
        ['银行', '行长', '很', '好']
    """
    if stop - start == 1:
        return [Word(start, stop)]
    length = stop - start
    total = [0.0] * (length + 1)
    ends = [0] * length
    traditional = text[start:stop] != folded[start:stop]
    for at in range(stop - 1, start - 1, -1):
        best = inf
        choice = at + 1
        words = table.words(folded, at, stop)
        if traditional:
            words += table.words(text, at, stop)
            if kept is not None:
                words += table.words(kept, at, stop)
        for end, cost in words:
            if inside and end - at == length:
                continue
            cost += total[end - start]
            if cost < best:
                best, choice = cost, end
        total[at - start], ends[at - start] = best, choice
    result = []
    at = start
    while at < stop:
        end = ends[at - start]
        result.append(Word(at, end))
        at = end
    return result


def cut_text(text: str, folded: str, table: PhraseTable, kept: str | None = None) -> Sentence:
    """Cut raw text into words; white space is left out.

    Args:
        text: Any text.
        folded: The text in simplified characters, of the same length.
        table: The words.
        kept: The text as `Characters.kept` has it.
    """
    tokens: list[str] = []
    spaces: list[bool] = []
    for match in TEXT_PIECE.finditer(text):
        start, end = match.span()
        words = [Word(start, end)]
        if match["han"]:
            words = cut(text, folded, start, end, table, kept=kept)
        tokens.extend(text[a:b] for a, b in words)
        spaces.extend([False] * len(words))
        spaces[-1] = end < len(text) and text[end].isspace()
    return Sentence(tuple(tokens), tuple(spaces))


def join(sentence: Sentence) -> tuple[str, list[int]]:
    """Return the text of a sentence and where each token starts in it."""
    starts = []
    pieces = []
    offset = 0
    spaces = sentence.spaces or (False,) * len(sentence.tokens)
    for token, space in zip(sentence.tokens, spaces, strict=True):
        starts.append(offset)
        piece = token + " " if space else token
        pieces.append(piece)
        offset += len(piece)
    return "".join(pieces), starts


def within_tokens(
    runs: Sequence[tuple[int, int]], starts: Sequence[int], size: int
) -> list[tuple[int, int]]:
    """Cut runs where tokens meet."""
    ends = iter([*starts[1:], size])
    end = next(ends, size)
    pieces = []
    for start, stop in runs:
        while start < stop:
            while end <= start:
                end = next(ends)
            pieces.append((start, min(stop, end)))
            start = min(stop, end)
    return pieces
