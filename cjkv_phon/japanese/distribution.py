"""Kanji–kana alignment: which character carries which part of a word's reading.

大学 read だいがく is 大 だい and 学 がく. A word whose reading cannot be divided
(今日 きょう, 大人 おとな: jukujikun) stays one group.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import regex

from cjkv_phon.japanese.kana import LONG, NASAL, SOKUON, is_kana, to_hiragana
from cjkv_phon.japanese.kanji import KANJI, cost_of
from cjkv_phon.japanese.sudachi import readings as dictionary_readings
from cjkv_phon.types import Status

# Costs of the alignment, in nats: a group is dearer than any chain of known readings,
# one kanji with an unheard-of reading dearer than a group of two.
_GROUP_CHARACTER = 5.0
_IRREGULAR = 12.0
# … but one that has the shape of a Sino-Japanese reading (咽 いん) is cheaper than that.
_IRREGULAR_SINO = 6.0
_SINO = regex.compile(r"(?:[か-ぽ][ゃゅょ]?|[あいえおや-わ])[んういくつ]")
# A group that the dictionary reads just so (日本 in 東日本).
_KNOWN_GROUP = 3.0
_LONGEST_WORD = 4
# What small or obsolete kana in a spelling are read as, beside themselves.
_KANA_READ_AS = {
    "ゖ": "かがこけ", "ゕ": "か", "は": "わ", "へ": "え", "を": "お", "ゐ": "い", "ゑ": "え",
    "ふ": "う", "ひ": "い", "ほ": "お", "ぢ": "じ", "づ": "ず", "つ": "っ", "い": "ゆ",
}  # fmt: skip
_KANJI_ONLY = regex.compile(r"[\p{Han}--々]+", regex.VERSION1)
_NOT_INITIAL = frozenset("ゃゅょぁぃぅぇぉゎ" + NASAL + SOKUON + LONG)


class Piece(NamedTuple):
    """Characters ``start`` to ``end`` of a text and how they are read.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last character.
        kana: Reading in hiragana, in the spelling of dictionaries (は for the particle).
        sound: What is said, in hiragana (わ for the particle); empty for "as ``kana``".
        status: ``ok``, ``passthrough`` for what is not Japanese script, ``unknown`` for
            kanji that no dictionary reads.
    """

    start: int
    end: int
    kana: str
    sound: str = ""
    status: Status = "ok"


def kana_pieces(kana: str, start: int = 0) -> tuple[Piece, ...]:
    """Return kana as pieces of one character each, from an offset on."""
    return tuple([_piece((at, at + 1, char, "", "ok")) for at, char in enumerate(kana, start)])


# Made in C: three times as fast as by its own constructor.
_piece: Callable[[tuple[int, int, str, str, Status]], Piece] = partial(tuple.__new__, Piece)


def distribute(text: str, reading: str) -> tuple[Piece, ...]:
    """Share a word's reading out among its characters.

    Args:
        text: A word, not empty.
        reading: Its reading in hiragana.

    Returns:
        Pieces that tile the word: kanji one by one where their readings are known to be
        divisible, groups otherwise; kana one by one. Every kana of the reading is in
        exactly one piece. One piece, where nothing fits.

    Example:
        >>> [(p.start, p.end, p.kana) for p in distribute("大学生", "だいがくせい")]
        [(0, 1, 'だい'), (1, 2, 'がく'), (2, 3, 'せい')]
        >>> [(p.start, p.end, p.kana) for p in distribute("今日", "きょう")]
        [(0, 2, 'きょう')]
    """
    if len(text) == 1:
        return (_piece((0, 1, reading, "", "ok")),)
    if _KANJI_ONLY.fullmatch(text) is not None:
        return _chain(text, reading) or _whole_word(text, reading)
    folded = to_hiragana(text)
    if folded == reading:
        return kana_pieces(reading)
    # Kana at either end stand for themselves.
    first, last = 0, len(text)
    at, stop = 0, len(reading)
    while (
        first < last - 1
        and at < stop - 1
        and folded[first] == reading[at]
        and is_kana(folded[first])
    ):
        first, at = first + 1, at + 1
    while (
        last - 1 > first
        and stop - 1 > at
        and folded[last - 1] == reading[stop - 1]
        and is_kana(folded[last - 1])
    ):
        last, stop = last - 1, stop - 1
    middle = _middle(folded[first:last], reading[at:stop])
    if not middle:
        return _whole_word(folded, reading)
    if not first and last == len(text):
        return middle
    return (
        *kana_pieces(folded[:first]),
        *[
            _piece((start + first, end + first, kana, "", "ok"))
            for start, end, kana, _, _ in middle
        ],
        *kana_pieces(folded[last:], last),
    )


def _chain(text: str, reading: str) -> tuple[Piece, ...]:
    """Divide the reading of a word in kanji into the likeliest chain of known readings."""
    size = len(reading)
    # By offset in the reading: the cost of the way there, and the offsets before.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    left = len(text)
    for kanji in text:
        left -= 1
        costs = cost_of(kanji)
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for at, (cost, path) in best.items():
            for stop in range(at + 1, size - left + 1) if left else (size,):
                price = costs.get(reading[at:stop])
                if price is not None and (
                    stop not in following or cost + price < following[stop][0]
                ):
                    following[stop] = (cost + price, (*path, at))
        best = following
    if not best:
        return ()
    starts = (*best[size][1], size)
    return tuple(
        [
            _piece((i, i + 1, reading[at:stop], "", "ok"))
            for i, (at, stop) in enumerate(pairwise(starts))
        ]
    )


def _middle(text: str, reading: str) -> tuple[Piece, ...]:
    """Divide what kana at the ends have left; nothing where no known readings fit."""
    if len(text) == 1:
        return (_piece((0, 1, reading, "", "ok")),)
    if _KANJI_ONLY.fullmatch(text) is not None:
        return _chain(text, reading)
    return _align(_spelled(text), reading, groups=False)


def _whole_word(folded: str, reading: str) -> tuple[Piece, ...]:
    """Divide a word that known readings do not fit: one piece, if all else fails."""
    spelled = _spelled(folded)
    found = _align(spelled, reading, groups=True)
    foreign = any(not is_kana(char) and not KANJI.match(char) for char in spelled)
    if foreign and any(
        piece.end == piece.start + 1
        and KANJI.match(spelled[piece.start])
        and piece.kana not in cost_of(spelled[piece.start])
        for piece in found
    ):
        found = ()  # ワールドカップ is W杯 as a whole
    return found or (Piece(0, len(folded), reading),)


def _spelled(folded: str) -> list[str]:
    """Return the characters of a word, 々 as the kanji that it repeats."""
    out: list[str] = []
    for char in folded:
        out.append(out[-1] if char == "々" and out else char)
    return out


def _align(spelled: list[str], reading: str, *, groups: bool) -> tuple[Piece, ...]:
    """Find the cheapest alignment; none without groups where a reading is irregular."""
    size = len(spelled)
    # k(ana), h(an) or o(ther): only kana has a reading of its own.
    kinds = ["k" if is_kana(char) else "h" if KANJI.match(char) else "o" for char in spelled]
    # best[i]: offset in the reading → (cost, start character, start offset)
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(size + 1)]
    best[0][0] = (0.0, 0, 0)
    for i, char in enumerate(spelled):
        for at, (cost, _, _) in best[i].items():
            if kinds[i] == "h":
                for kana, price in cost_of(char).items():
                    if reading.startswith(kana, at):
                        _offer(best[i + 1], at + len(kana), cost + price, i, at)
            elif (
                kinds[i] == "k"
                and at < len(reading)
                and (reading[at] == char or reading[at] in _KANA_READ_AS.get(char, ""))
            ):
                _offer(best[i + 1], at + 1, cost, i, at)
            if groups:
                _offer_groups(best, kinds, spelled, i, at, cost, reading)
    if len(reading) not in best[size]:
        return ()
    pieces: list[Piece] = []
    i, at = size, len(reading)
    while i:
        _, start, before = best[i][at]
        pieces.append(Piece(start, i, reading[before:at]))
        i, at = start, before
    return tuple(reversed(pieces))


def _offer_groups(
    best: list[dict[int, tuple[float, int, int]]],
    kinds: list[str],
    spelled: list[str],
    i: int,
    at: int,
    cost: float,
    reading: str,
) -> None:
    """Extend by groups of kanji (or one, or a run of anything but kana) with any reading."""
    if kinds[i] == "k":
        return
    for end in range(i + 1, len(kinds) + 1):
        if kinds[end - 1] != kinds[i]:
            break
        if kinds[i] == "h" and 2 <= end - i <= _LONGEST_WORD and end - i < len(spelled):
            for katakana, _ in dictionary_readings("".join(spelled[i:end])):
                kana = to_hiragana(katakana)
                if reading.startswith(kana, at):
                    _offer(best[end], at + len(kana), cost + _KNOWN_GROUP + 2 * (end - i), i, at)
        alone = end == i + 1
        price = _IRREGULAR if alone else _GROUP_CHARACTER * (end - i)
        for stop in range(at + 1, len(reading) + 1):
            if stop < len(reading) and reading[stop] in _NOT_INITIAL:
                continue
            sino = alone and kinds[i] == "h" and _SINO.fullmatch(reading, at, stop)
            _offer(best[end], stop, cost + (_IRREGULAR_SINO if sino else price), i, at)


def _offer(
    states: dict[int, tuple[float, int, int]], stop: int, cost: float, start: int, at: int
) -> None:
    if stop not in states or cost < states[stop][0]:
        states[stop] = (cost, start, at)
