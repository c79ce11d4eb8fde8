"""Digits that are read, where they are more than a number: decimals, money, telephones.

3.5 is さんてんご, ¥1000 せんえん, 090-1234 ぜろきゅうぜろ いちにさんよん. Only with
``foreign="read"``; else digits pass through.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from cjkv_phon.japanese.counting import changed_word
from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.numerals import Counter, counters, read_counted, read_digits
from cjkv_phon.japanese.words import Word

_DECIMAL = regex.compile(r"(\p{Nd}+(?:[,，]\p{Nd}{3})*)[.．](\p{Nd}+)")
_FIGURES = regex.compile(r"\p{Nd}+")
_POINT = Counter("てん", "t", {}, {})
_ZERO = "れい"
# A sign of money is silent, and what it stands for is said after the number.
_MONEY = {"¥": "えん", "￥": "えん", "$": "どる", "＄": "どる", "€": "ゆーろ", "£": "ぽんど"}
_HYPHENS = frozenset("-－‐‑−")
_NUMERAL = ("名詞", "数詞", "*", "*", "*", "*")


def is_decimal(text: str) -> bool:
    """Say whether a text is a decimal fraction.

    Example:
        >>> is_decimal("3.5"), is_decimal("1,234.5"), is_decimal("3.")
        (True, True, False)
    """
    return _DECIMAL.fullmatch(text) is not None


def read_decimal(words: list[Word], index: int, foreign: bool) -> None:
    """Read a decimal fraction, in place."""
    match = _DECIMAL.fullmatch(words[index].text)
    if match is None or not foreign:
        return
    whole, places = match.groups()
    counted = read_counted(whole, _POINT) if whole.strip("0０") else None
    before = "".join(piece.kana for piece in counted.number) if counted is not None else _ZERO
    words[index] = _said(words[index].text, before + "てん" + read_digits(places))


def read_figures(words: list[Word], index: int, number: str) -> bool:
    """Read a number in digits as money or one by one, in place, if it is that.

    Returns:
        Whether it is.
    """
    if _is_telephone(words, index, number):
        words[index] = _said(number, read_digits(number))
        return True
    unit = _MONEY.get(words[index - 1].text) if index else None
    if unit is None:
        return False
    counter = counters()["円"] if unit == "えん" else Counter(unit, "-", {}, {})
    counted = read_counted(number, counter)
    if counted is None:
        return False
    sign = words[index - 1].text
    words[index - 1] = changed_word(sign, words[index - 1].pos, "", (_silent(sign),))
    figures = "".join(piece.kana for piece in counted.number)
    words[index] = _said(number, figures + counted.counter)
    return True


def _is_telephone(words: Sequence[Word], index: int, number: str) -> bool:
    """Say whether a number is part of a chain with hyphens that begins with a zero."""
    if words[index].text != number or _FIGURES.fullmatch(number) is None:
        return False
    first = index
    while (
        first > 1
        and words[first - 1].text in _HYPHENS
        and _FIGURES.fullmatch(words[first - 2].text)
    ):
        first -= 2
    text = words[first].text
    if len(text) < 2 or text[0] not in "0０":
        return False
    return index + 1 == len(words) or words[index + 1].text not in counters()


def _silent(text: str) -> Piece:
    return Piece(0, len(text), "", "", "passthrough")


def _said(text: str, kana: str) -> Word:
    return changed_word(text, _NUMERAL, kana, (Piece(0, len(text), kana),))
