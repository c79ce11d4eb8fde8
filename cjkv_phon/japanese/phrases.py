"""Fixed expressions with a numeral: 一期一会 is いちごいちえ, 七転び八起き ななころびやおき.

The analyser takes a numeral for a number, and what follows for a counter (一 期 一会); a
word that its dictionary has as a whole, or that ``data/phrases.tsv`` has, is read as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import regex

from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.kana import is_kana, to_hiragana
from cjkv_phon.japanese.numerals import KANJI_DIGITS, counters, value

_WRITTEN = regex.compile(r"[\p{Han}々\p{Hiragana}\p{Katakana}ー]+")
_KANJI = regex.compile(r"\p{Han}")
_COUNTED = regex.compile(r"[何〇零一二三四五六七八九十百千万億兆]+(.+)")
_SHORTEST = 3
_LONGEST = 24
_LONG_NAME = 4
EXPRESSION = ("名詞", "普通名詞", "副詞可能", "*", "*", "*")
"""Part of speech of an expression: a noun that need not be part of a compound."""
MOST_WORDS = 6
"""No expression is cut into more."""
# Classes whose words have one form.
_UNINFLECTED = frozenset(("名詞", "形状詞", "副詞", "代名詞"))


@lru_cache(maxsize=1)
def phrases() -> dict[str, str]:
    """Return the readings of ``data/phrases.tsv``."""
    text = files("cjkv_phon.japanese").joinpath("data/phrases.tsv").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    for line in text.split("\n"):
        if line and line[0] != "#":
            expression, reading = line.split("\t")
            table[expression] = reading
    return table


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Return what a phrase of the table begins with."""
    return frozenset(phrase[:end] for phrase in phrases() for end in range(1, len(phrase)))


def begins_phrase(text: str) -> bool:
    """Say whether a word may be the first of a phrase.

    Example:
        >>> begins_phrase("一昨"), begins_phrase("三"), begins_phrase("一般")
        (True, True, False)
    """
    return text in _beginnings() or (text[:1] in KANJI_DIGITS and value(text) is not None)


@lru_cache(maxsize=10_000)
def phrase(text: str) -> str:
    """Return the reading in hiragana of an expression; empty where it is none.

    Example:
        >>> phrase("一期一会"), phrase("十人十色"), phrase("三本"), phrase("三百")
        ('いちごいちえ', 'じゅうにんといろ', '', '')
    """
    if len(text) < _SHORTEST or text[0] not in KANJI_DIGITS:
        return phrases().get(text, "")
    return next(iter(entire(text)), "")


@lru_cache(maxsize=10_000)
def entire(text: str) -> tuple[str, ...]:
    """Return the readings in hiragana of a word as a whole; none for a number and its counter.

    Example:
        >>> entire("二日酔い"), entire("十八番"), entire("羽生")
        (('ふつかよい',), (), ())
    """
    if text in phrases():
        return (phrases()[text],)
    if len(text) > _LONGEST or not (_WRITTEN.fullmatch(text) and _KANJI.search(text)):
        return ()
    counted = _COUNTED.fullmatch(text)
    if counted is not None and counted.group(1) in counters():
        return ()
    found: dict[bool, list[str]] = {False: [], True: []}
    for reading, pos in sudachi.readings(text):
        kana = to_hiragana(reading)
        if pos[0] in _UNINFLECTED and pos[1] != "数詞" and is_kana(kana):
            found[pos[1] == "固有名詞"].append(kana)
    # A long name has one reading: 平家物語.
    names = found[True] if len(text) >= _LONG_NAME else []
    return tuple(found[False] or names)


def size_of_phrase(texts: Sequence[str]) -> int:
    """Return how many of some words, from the first on, are one expression; 0 for none.

    Example:
        >>> size_of_phrase(["一", "期", "一会", "の"]), size_of_phrase(["三", "本"])
        (3, 0)
    """
    for end in range(min(len(texts), MOST_WORDS), 1, -1):
        if phrase("".join(texts[:end])):
            return end
    return 0


def with_phrases(texts: Sequence[str]) -> list[str]:
    """Join the words of each expression in a text.

    Example:
        >>> with_phrases(["一", "期", "一会", "の", "出会い"])
        ['一期一会', 'の', '出会い']
    """
    out: list[str] = []
    at = 0
    while at < len(texts):
        size = size_of_phrase(texts[at : at + MOST_WORDS]) if begins_phrase(texts[at]) else 0
        out.append("".join(texts[at : at + (size or 1)]))
        at += size or 1
    return out
