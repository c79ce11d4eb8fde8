"""Cut many transcriptions into segments at once, as numbers.

The same cut as `segmentation.segments`, which defines it: characters are
classed once, and whether a character belongs to the segment before it follows
from its class and its neighbours', for all words in a few array operations.
Words with anything unusual are cut one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from cjkv_phon.phones.segmentation import BOUNDARY, LETTER, MODIFIER, segments

Ids = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class NumberedWords(NamedTuple):
    """Words as numbers of segments.

    Attributes:
        alphabet: The segments.
        flat: Their numbers, word after word.
        lengths: How many segments each word has.
    """

    alphabet: list[str]
    flat: Ids
    lengths: Ids


# Classes of characters. A character may be of several.
_LETTER, _MODIFIER, _TIE, _TONE, _BOUNDARY, _HARD = (1 << bit for bit in range(6))
_STOP, _RETROFLEX_STOP, _FRICATIVE, _RETROFLEX, _INSIDE, _GLOTTAL = (1 << b for b in range(6, 12))
_MEMBERS = (
    ("͜͡", _TIE),
    ("˥˦˧˨˩", _TONE),
    ("td", _STOP),
    ("ʈɖ", _RETROFLEX_STOP),
    ("szʃʒɕʑʂʐ", _FRICATIVE),
    ("ʂʐ", _RETROFLEX),
    ("͈̪̺̻̠̟", _INSIDE),
    ("ˀʔ˞", _GLOTTAL),
)
_IS_LETTER = regex.compile(LETTER, regex.V1)
_IS_MODIFIER = regex.compile(MODIFIER, regex.V1)
_IS_BOUNDARY = regex.compile(f"[{BOUNDARY}]", regex.V1)
_END = "\n"
# Keys of segments have to fit into 64 bits.
_KEY_BITS = 62


def number_words(words: Sequence[str]) -> NumberedWords:
    """Cut words into numbered segments.

    Args:
        words: Transcriptions.

    Returns:
        What `segments` gives for each, as numbers.

    Example:
        >>> found = number_words(["t͡ɕa", "ak̚"])
        >>> [found.alphabet[n] for n in found.flat], found.lengths.tolist()
        (['t͡ɕ', 'a', 'a', 'k̚'], [2, 2])
    """
    text = _END.join(words) + _END
    if text.count(_END) != len(words):
        return _one_by_one(words)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    table = np.zeros(int(codes.max()) + 1, dtype=np.intp)
    table[codes] = 1
    chars = [chr(code) for code in np.flatnonzero(table)]
    table[[ord(char) for char in chars]] = np.arange(len(chars))
    index = table[codes]
    kind = np.array([_class(c) for c in chars], dtype=np.int16)[index]
    ends = index == chars.index(_END)
    joins, hard = _joins(kind)
    word = np.cumsum(ends) - ends
    is_hard = np.bincount(word[hard], minlength=len(words)) > 0
    starts = np.flatnonzero(~joins & (kind & _BOUNDARY == 0) & ~is_hard[word])
    stops = np.append(np.flatnonzero(~joins), len(codes))
    sizes = stops[np.searchsorted(stops, starts, side="right")] - starts
    base = len(chars) + 1
    longest = int(sizes.max(initial=0))
    if longest * base.bit_length() > _KEY_BITS:
        return _one_by_one(words)
    # A single character is its own number; only longer segments need sorting.
    flat = index[starts]
    longer = np.flatnonzero(sizes > 1)
    begins, left = starts[longer], sizes[longer]
    keys = np.zeros(len(longer), dtype=np.int64)
    for step in range(longest):
        inside = left > step
        keys[inside] = keys[inside] * base + index[begins[inside] + step] + 1
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    flat[longer] = len(chars) + inverse
    alphabet = chars + [text[begins[k] : begins[k] + left[k]] for k in first]
    lengths = np.bincount(word[starts], minlength=len(words))
    found = _without_unused(NumberedWords(alphabet, flat, lengths.astype(np.intp)))
    return _with_hard(found, words, np.flatnonzero(is_hard)) if is_hard.any() else found


def _without_unused(found: NumberedWords) -> NumberedWords:
    """Leave out of the alphabet what no word has (marks, boundaries)."""
    used = np.bincount(found.flat, minlength=len(found.alphabet)) > 0
    renumbered = np.cumsum(used) - 1
    alphabet = [found.alphabet[k] for k in np.flatnonzero(used)]
    return NumberedWords(alphabet, renumbered[found.flat], found.lengths)


def _class(char: str) -> int:
    if char == _END or _IS_BOUNDARY.fullmatch(char):
        return _BOUNDARY
    kind = sum(bit for members, bit in _MEMBERS if char in members)
    if _IS_LETTER.fullmatch(char):
        kind |= _LETTER
    elif _IS_MODIFIER.fullmatch(char):
        kind |= _MODIFIER
    return kind if kind & (_LETTER | _MODIFIER | _TIE | _TONE) else kind | _HARD


def _joins(kind: npt.NDArray[np.int16]) -> tuple[Flags, Flags]:
    """Say which characters belong to the segment before them, and which words need care.

    The text begins after a boundary: what cannot begin a segment is hard there.
    """

    def has(bits: int) -> Flags:
        flags: Flags = (kind & bits) != 0
        return flags

    def before(flags: Flags, steps: int = 1, start: bool = False) -> Flags:
        moved = np.full(len(flags), start)
        moved[steps:] = flags[:-steps]
        return moved

    letter, modifier, tie, tone = has(_LETTER), has(_MODIFIER), has(_TIE), has(_TONE)
    after_boundary = before(has(_BOUNDARY), start=True)
    after_tie, after_tone = before(tie), before(tone)
    tied = letter & after_tie
    # An affricate without a tie: the stop begins a segment, one mark may stand between.
    inside = before(has(_INSIDE))
    joined = np.zeros(len(kind), dtype=bool)
    for stop_bit, fricative_bit in ((_STOP, _FRICATIVE), (_RETROFLEX_STOP, _RETROFLEX)):
        stop = has(stop_bit) & ~after_tie
        joined |= has(fricative_bit) & (before(stop) | (inside & before(stop, 2)))
    joins = modifier | tie | tied | joined | (tone & after_tone)
    followed_by_letter = np.append(letter[1:], False)
    hard = has(_HARD)
    hard |= (modifier | tie) & after_boundary
    hard |= tie & ~followed_by_letter
    hard |= after_tone & (has(_GLOTTAL) | modifier | tie)
    hard |= inside & before(has(_INSIDE), 2) & has(_FRICATIVE)
    return joins, hard


def _with_hard(found: NumberedWords, words: Sequence[str], hard: Ids) -> NumberedWords:
    """Put the words that were left out into their places."""
    cut = [segments(words[k]) for k in hard]
    places = {segment: place for place, segment in enumerate(found.alphabet)}
    numbers = [[places.setdefault(s, len(places)) for s in word] for word in cut]
    lengths = found.lengths.copy()
    lengths[hard] = [len(word) for word in cut]
    # Where the segments of each word begin in what there is.
    at = np.concatenate([[0], np.cumsum(found.lengths)])[hard]
    flat = np.insert(
        found.flat,
        np.repeat(at, lengths[hard]),
        np.fromiter(chain.from_iterable(numbers), dtype=np.intp),
    )
    return NumberedWords(list(places), flat, lengths)


def _one_by_one(words: Sequence[str]) -> NumberedWords:
    cut = [segments(word) for word in words]
    return number_segments(cut)


def number_segments(words: Sequence[Sequence[str]]) -> NumberedWords:
    """Number the segments of words that are cut already."""
    places = {s: n for n, s in enumerate(dict.fromkeys(chain.from_iterable(words)))}
    lengths = np.array([len(word) for word in words], dtype=np.intp)
    flat = np.fromiter(
        map(places.__getitem__, chain.from_iterable(words)),
        dtype=np.intp,
        count=int(lengths.sum()) if len(words) else 0,
    )
    return NumberedWords(list(places), flat, lengths)


def joined(one: NumberedWords, other: NumberedWords) -> NumberedWords:
    """Return the words of both, numbered by one alphabet."""
    if not len(other.lengths):
        return one
    places = {segment: place for place, segment in enumerate(one.alphabet)}
    moved = np.array([places.setdefault(s, len(places)) for s in other.alphabet], dtype=np.intp)
    return NumberedWords(
        list(places),
        np.concatenate([one.flat, moved[other.flat]]),
        np.concatenate([one.lengths, other.lengths]),
    )
