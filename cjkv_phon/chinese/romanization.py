"""Syllables to pinyin (tone marks or numbers) and Zhuyin.

Orthography: Basic rules of the Chinese phonetic alphabet orthography
(GB/T 16159-2012) and ISO 7098:2015: citation tones, no sandhi; the suffix 儿
adds ``r``; an apostrophe stands before a syllable inside a word that begins
with ``a``, ``e`` or ``o``, a hyphen between 第 and its number. No capitals are
written: what is a name is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from cjkv_phon.chinese.phonology import ERHUA, finals, initials, parse

ROMANIZATIONS = ("pinyin", "pinyin-numbered", "numbered", "zhuyin")

_MARKS = {
    "a": "āáǎàa",
    "e": "ēéěèe",
    "i": "īíǐìi",
    "o": "ōóǒòo",
    "u": "ūúǔùu",
    "ü": "ǖǘǚǜü",
    "ê": ("ê̄", "ế", "ê̌", "ề", "ê"),
    "m": ("m̄", "ḿ", "m̌", "m̀", "m"),
    "n": ("n̄", "ń", "ň", "ǹ", "n"),
}
_ZHUYIN_TONES = {1: "", 2: "ˊ", 3: "ˇ", 4: "ˋ"}


def pinyin(reading: str) -> str:
    """Write a numbered syllable with its tone mark.

    The mark stands over a, e or o (the first of them), else over the last vowel.

    Example:
        >>> [pinyin(s) for s in ("lve4", "gui4", "liu2", "er5", "r5", "ng2")]
        ['lüè', 'guì', 'liú', 'er', 'r', 'ńg']
    """
    letters, tone = reading[:-1].replace("v", "ü"), int(reading[-1])
    carrier = next((letter for letter in "aoeê" if letter in letters), "")
    if not carrier:
        carrier = next((letter for letter in reversed(letters) if letter in "iuü"), "")
    if not carrier:
        carrier = next((letter for letter in letters if letter in "nm"), "")
    if not carrier:
        return letters
    place = letters.rindex(carrier)
    return letters[:place] + _MARKS[carrier][tone - 1] + letters[place + 1 :]


def numbered(reading: str) -> str:
    """Write a syllable with its tone number and ü, the suffix 儿 as ``r5``."""
    return reading.replace("v", "ü")


def zhuyin(reading: str) -> str:
    """Write a numbered syllable in Zhuyin (Bopomofo), the neutral dot first.

    Example:
        >>> [zhuyin(s) for s in ("zhong1", "guo2", "de5", "zhi4", "nv3", "r5")]
        ['ㄓㄨㄥ', 'ㄍㄨㄛˊ', '˙ㄉㄜ', 'ㄓˋ', 'ㄋㄩˇ', 'ㄦ']
    """
    if reading == ERHUA:
        return "ㄦ"
    syllable = parse(reading)
    if syllable is None:
        return reading
    sounds = initials()[syllable.initial].zhuyin + finals()[syllable.final].zhuyin
    return "˙" + sounds if syllable.tone == 5 else sounds + _ZHUYIN_TONES[syllable.tone]


WRITERS: dict[str, Callable[[str], str]] = {
    "pinyin": pinyin,
    "pinyin-numbered": numbered,
    "numbered": numbered,
    "zhuyin": zhuyin,
}


def join_pinyin(pieces: Sequence[tuple[str, bool]]) -> str:
    """Join the pieces of one word with the apostrophes of the orthography.

    Args:
        pieces: Spellings, and whether each is a syllable.

    Example:
        >>> join_pinyin([("xī", True), ("ān", True)])
        "xī'ān"
    """
    text: list[str] = []
    after_syllable = False
    for piece, is_syllable in pieces:
        if after_syllable and is_syllable and piece[0] in _OPEN:
            text.append("'")
        text.append(piece)
        after_syllable = is_syllable
    return "".join(text)


def join_ordinal(pieces: Sequence[tuple[str, bool]]) -> str:
    """Join the pieces of an ordinal with 第, which a hyphen parts from its number.

    Example:
        >>> join_ordinal([("dì", True), ("èr", True)])
        'dì-èr'
    """
    return f"{pieces[0][0]}-{join_pinyin(pieces[1:])}"


def join_plain(pieces: Sequence[tuple[str, bool]]) -> str:
    """Join with nothing between: numbers already part the syllables."""
    return "".join(piece for piece, _ in pieces)


def join_spaced(pieces: Sequence[tuple[str, bool]]) -> str:
    """Join with a space between syllables, as Zhuyin is printed in a line.

    Example:
        >>> join_spaced([("ㄋㄧˇ", True), ("ㄏㄠˇ", True), ("!", False)])
        'ㄋㄧˇ ㄏㄠˇ!'
    """
    text: list[str] = []
    after_syllable = False
    for piece, is_syllable in pieces:
        if after_syllable and is_syllable:
            text.append(" ")
        text.append(piece)
        after_syllable = is_syllable
    return "".join(text)


_OPEN = frozenset("".join("".join(_MARKS[letter]) for letter in "aoe") + "ê")

_ORDINAL = regex.compile(r"第[零〇一二三四五六七八九十百千万亿几\d]")

Joiner = Callable[[Sequence[tuple[str, bool]]], str]
JOINERS: dict[str, Joiner] = {
    "pinyin": join_pinyin,
    "pinyin-numbered": join_plain,
    "numbered": join_plain,
    "zhuyin": join_spaced,
}


def joiner(usual: Joiner, text: str) -> Joiner:
    """Return what joins the syllables of a token: ordinals in pinyin have a hyphen."""
    if text[0] == "第" and usual is join_pinyin and _ORDINAL.match(text):
        return join_ordinal
    return usual
