"""Where a word stands: what its neighbours say of it, and which of them are analysed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from cjkv_phon.japanese import lexicon
from cjkv_phon.japanese.kana import is_kana, to_hiragana
from cjkv_phon.japanese.words import PARTICLE_SOUNDS

LONGEST_PLACED = 2
"""Words of so many characters may be settled in a place, if not everywhere."""
NEIGHBOURS = 2
"""How many tokens on either side are analysed with one that is not settled."""
# What stands behind a word that ends where its token does: particles and the copula, not
# the endings of verbs (得|て).
_FOLLOWERS = frozenset(
    "が を に は の と も で へ や から まで より だけ など しか さえ だ です である".split()
)
# Kanji, katakana, Latin letters, digits; not hiragana.
_BINDING = regex.compile(r"[[\p{L}\p{N}]--\p{Hiragana}]", regex.VERSION1)


def place_of(cells: Sequence[str], at: int) -> str:
    """Return the place of a token among its neighbours, empty for none of the three.

    Example:
        >>> place_of(["この", "国", "は"], 1), place_of(["民主", "国", "は"], 1)
        ('·', '-')
        >>> place_of(["2020", "年", "に"], 1), place_of(["国", "民", "の"], 0)
        ('#', '')
        >>> place_of(["花", "は", "赤い"], 1), place_of(["は", "な", "び"], 0)
        ('·', '')
        >>> place_of(["を", "得", "て"], 1)
        ''
    """
    before = cells[at - 1] if at else ""
    after = cells[at + 1] if at + 1 < len(cells) else ""
    if cells[at] in PARTICLE_SOUNDS:
        # Before a kana by itself it may be a piece of a word: は|な|び.
        return "" if len(after) == 1 and is_kana(to_hiragana(after)) else lexicon.FREE
    if after[:1].isalnum() and (after not in _FOLLOWERS or _is_piece(cells, at + 2)):
        return ""
    if before[-1:].isdecimal():
        return lexicon.AFTER_DIGITS
    if not _binds(before[-1:]):
        return lexicon.FREE
    # One kanji after another: they may be pieces of a word.
    return "" if len(before) == len(cells[at]) == 1 else lexicon.SUFFIX


def _is_piece(cells: Sequence[str], at: int) -> bool:
    """Say whether a token is a kana, but no particle: given in pieces, 曲がっ is 曲 が っ."""
    token = cells[at] if at < len(cells) else ""
    return len(token) == 1 and token not in _FOLLOWERS and is_kana(to_hiragana(token))


@lru_cache(maxsize=10_000)
def _binds(char: str) -> bool:
    """Say whether a character beside a word may belong to a longer one."""
    return _BINDING.match(char) is not None


def windows(words: Sequence[object]) -> Iterator[tuple[int, int, list[int]]]:
    """Find what must be analysed: the tokens that are not known, with their neighbours.

    Yields:
        Start and end of a stretch of tokens, and the places in it of those not known.

    Example:
        >>> list(windows([None, "a", "b", "c", "d", "e", None]))
        [(0, 3, [0]), (4, 7, [6])]
    """
    places = [place for place, word in enumerate(words) if word is None]
    start = end = 0
    inside: list[int] = []
    for place in places:
        if inside and place - NEIGHBOURS > end:
            yield start, end, inside
            inside = []
        if not inside:
            start = max(0, place - NEIGHBOURS)
        inside.append(place)
        end = min(len(words), place + NEIGHBOURS + 1)
    if inside:
        yield start, end, inside
