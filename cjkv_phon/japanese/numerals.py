"""Numbers, and what they do to the counter after them.

三百 is さんびゃく, 一本 いっぽん, 二十日 はつか. The dictionary knows the common ones as
words; a number is any string, so the rest is arithmetic.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import regex

from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.kana import half_voiced, voiced

KANJI_DIGITS = frozenset("〇零一二三四五六七八九十百千万億兆")
KANJI_NUMBER = regex.compile(r"[〇零一二三四五六七八九十百千万億兆]+")
MIXED_NUMBER = regex.compile(
    r"(?:\p{Nd}+(?:[,，]\p{Nd}{3})*(?:[.．]\p{Nd}+)?[十百千万億兆]+)+(?:\p{Nd}+)?"
)
DIGITS = regex.compile(r"\p{Nd}+(?:[,，]\p{Nd}{3})*")

_DIGIT = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_NAMES = ("ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_ZERO = {"零": "れい"}  # 零時; 〇 is ぜろ
_NATIVE = {1: "ひと", 2: "ふた", 3: "み", 4: "よ"}
_UNITS = {"十": "じゅう", "百": "ひゃく", "千": "せん", "万": "まん", "億": "おく", "兆": "ちょう"}
_LARGE = "万億兆"
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_MIXED_PART = regex.compile(r"([\p{Nd},，.．]+)([十百千万億兆]*)")
# Before 百, 千 and 兆 the digits behave as before counters in h, s and t.
_UNIT_SOUNDS = {
    ("三", "百"): ("さん", "びゃく"), ("六", "百"): ("ろっ", "ぴゃく"),
    ("八", "百"): ("はっ", "ぴゃく"), ("三", "千"): ("さん", "ぜん"),
    ("八", "千"): ("はっ", "せん"), ("一", "千"): ("いっ", "せん"),
    ("一", "兆"): ("いっ", "ちょう"), ("八", "兆"): ("はっ", "ちょう"),
    ("十", "兆"): ("じゅっ", "ちょう"),
}  # fmt: skip
_GEMINATE = {
    "k": "一六八十百", "kg": "一六八十百", "h": "一六八十百", "hp": "一六八十百",
    "s": "一八十", "sz": "一八十", "t": "一八十",
}  # fmt: skip
_SOKUON = {"一": "いっ", "六": "ろっ", "八": "はっ", "十": "じゅっ", "百": "ひゃっ"}


class Counter(NamedTuple):
    """One line of ``data/counters.tsv``.

    Attributes:
        reading: The counter by itself.
        kind: Class, see the table.
        digits: Readings of 4, 7 and 9 where they are not よん, なな and きゅう.
        whole: Readings of number and counter together, by number.
    """

    reading: str
    kind: str
    digits: dict[str, str]
    whole: dict[int, str]


@lru_cache(maxsize=1)
def counters() -> dict[str, Counter]:
    """Return the counters of ``data/counters.tsv``."""
    table: dict[str, Counter] = {}
    text = files("cjkv_phon.japanese").joinpath("data/counters.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        name, reading, kind, *rest = line.split("\t")
        rest += [""] * (4 - len(rest))
        digits = {digit: kana for digit, kana in zip("四七九", rest, strict=False) if kana}
        pairs = (pair.split("=") for pair in rest[3].split(" ") if pair)
        table[name] = Counter(reading, kind, digits, {int(n): kana for n, kana in pairs})
    return table


LONGEST = 64
"""What is longer is no number that is said."""


@lru_cache(maxsize=10_000)
def value(text: str) -> int | None:
    """Return what a number is worth, None where it is none.

    Example:
        >>> value("三百六十五"), value("二〇一〇"), value("８,600"), value("6万8600"), value("百円")
        (365, 2010, 8600, 68600, None)
        >>> value("9" * 5000) is None  # no number that is said
        True
    """
    if len(text) > LONGEST:
        return None
    if MIXED_NUMBER.fullmatch(text):
        return _mixed_value(text)
    if DIGITS.fullmatch(text):
        return int("".join(str(unicodedata.decimal(c)) for c in text if c not in ",，"))
    if not KANJI_NUMBER.fullmatch(text):
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    total = part = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = digit * 10 + _DIGIT[char]
        elif char in _LARGE:
            total += ((part + digit) or 1) * 10 ** (4 * (_LARGE.index(char) + 1))
            part = digit = 0
        else:
            part += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + part + digit


def _mixed_value(text: str) -> int:
    total = 0
    for digits, units in _MIXED_PART.findall(text):
        folded = unicodedata.normalize("NFKC", digits).replace(",", "")
        size = 1
        for unit in units:
            size *= _SIZES[unit]
        total += round(float(folded) * size)
    return total


@lru_cache(maxsize=10_000)
def in_kanji(number: int) -> str:
    """Write a number below 10¹⁶ in kanji with units.

    Example:
        >>> in_kanji(20365), in_kanji(0)
        ('二万三百六十五', '〇')
    """
    if number == 0:
        return "〇"
    out = ""
    for large, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        group, number = divmod(number, size)
        part = ""
        for unit, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
            digit, group = divmod(group, worth)
            if digit:
                part += ("" if digit == 1 and unit else "〇一二三四五六七八九"[digit]) + unit
        if part:
            out += part + large
    return out


def read_kanji(text: str) -> list[str]:
    """Read a number in kanji, one reading a character.

    Example:
        >>> read_kanji("三百六十五"), read_kanji("二〇一〇")
        (['さん', 'びゃく', 'ろく', 'じゅう', 'ご'], ['に', 'ぜろ', 'いち', 'ぜろ'])
    """
    readings = [_UNITS.get(char) or _ZERO.get(char) or _NAMES[_DIGIT[char]] for char in text]
    for i, pair in enumerate(pairwise(text)):
        if pair in _UNIT_SOUNDS:
            readings[i], readings[i + 1] = _UNIT_SOUNDS[pair]
    return readings


def read_digits(text: str) -> str:
    """Read digits one by one.

    Example:
        >>> read_digits("090")
        'ぜろきゅうぜろ'
    """
    return "".join(_NAMES[unicodedata.decimal(char)] for char in text)


class Counted(NamedTuple):
    """A number and its counter, read: pieces of the number, reading of the counter."""

    number: tuple[Piece, ...]
    counter: str


def read_counted(number: str, counter: Counter) -> Counted | None:
    """Read a number before a counter.

    Args:
        number: In digits or kanji.
        counter: What follows.

    Returns:
        None where the number is too large to be read.

    Example:
        >>> [read_counted(n, counters()["本"]).counter for n in ("一", "2", "三", "10")]
        ['ぽん', 'ほん', 'ぼん', 'ぽん']
    """
    worth = value(number)
    if worth is None or worth >= 10**16:
        return None
    kanji = number if KANJI_NUMBER.fullmatch(number) else in_kanji(worth)
    if worth in counter.whole:
        return _split_whole(number, counter.whole[worth], counter)
    readings = read_kanji(kanji)
    last = kanji[-1]
    sound = counter.reading
    if counter.kind == "native" and worth in _NATIVE:
        readings = [_NATIVE[worth]]
    elif last in counter.digits:
        readings[-1] = counter.digits[last]
    elif last in _GEMINATE.get(counter.kind, ""):
        readings[-1] = _SOKUON[last]
        sound = half_voiced(sound)
    elif last in "三千" and readings[-1].endswith("ん"):
        if counter.kind in ("kg", "sz", "h") and last == "三":
            sound = voiced(sound)
        elif counter.kind == "hp" and last == "三":
            sound = half_voiced(sound)
    return Counted(_pieces(number, readings), sound)


def _pieces(number: str, readings: list[str]) -> tuple[Piece, ...]:
    if len(readings) == len(number) and KANJI_NUMBER.fullmatch(number):
        return tuple(Piece(i, i + 1, kana) for i, kana in enumerate(readings))
    return (Piece(0, len(number), "".join(readings)),)


def _split_whole(number: str, whole: str, counter: Counter) -> Counted:
    """Divide はつか among 二十 and 日: the counter gets its usual end."""
    tail = counter.reading
    for ending in (
        tail,
        "たち",
        "か",
        "かかん",
        "かめ",
        "り",
        "りめ",
        "ぷん",
        "ぷんかん",
        "ぱく",
        "ぱい",
        "ち",
    ):
        if whole.endswith(ending) and len(whole) > len(ending):
            tail = ending
            break
    head = whole[: len(whole) - len(tail)]
    if KANJI_NUMBER.fullmatch(number) and len(number) == 1:
        return Counted((Piece(0, 1, head),), tail)
    return Counted((Piece(0, len(number), head),), tail)
