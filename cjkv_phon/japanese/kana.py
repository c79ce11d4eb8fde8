"""Kana: hiragana and katakana as one, iteration marks, morae.

Everything inside this package works on hiragana: katakana is folded to it
character by character, so offsets stay what they were.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import lookup, name, normalize

import regex

LONG = "ー"
NASAL = "ん"
SOKUON = "っ"

# ァ … ヶ lie 0x60 above ぁ … ゖ. The voiced ワ row (ヷ ヸ ヹ ヺ) has no hiragana;
# the 1991 notice on foreign words writes its sounds ヴァ ヴィ ヴェ ヴォ.
_KATAKANA = regex.compile(r"[\p{Katakana}--[ーｰ\p{M}]]", regex.VERSION1)
_FOLD = {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}
_FOLD |= {ord("ヽ"): "ゝ", ord("ヾ"): "ゞ", ord("ｰ"): LONG, ord("〜"): LONG, ord("～"): LONG}
_UNFOLD = {ord(hiragana): chr(code) for code, hiragana in _FOLD.items() if code < ord("ー")}

# Kana that are read as others are, by their names: the small kana of Ainu, which Japanese
# says with their vowel (ㇰ く), archaic kana and hentaigana.
_NAMED = regex.compile(
    r"(?:HIRAGANA|KATAKANA) LETTER (?:SMALL (?P<kana>[A-Z]+)|ARCHAIC [WY]?(?P<kana>[AEIOU]))"
    r"|HENTAIGANA LETTER (?P<kana>[A-Z]+)-[A-Z0-9-]+"
)
_NAMED_BLOCKS = (range(0x31F0, 0x3200), range(0x1B000, 0x1B170))


def _named() -> dict[int, str]:
    """Return the hiragana of the kana that are known by their names."""
    found: dict[int, str] = {}
    for code in (code for block in _NAMED_BLOCKS for code in block):
        match = _NAMED.fullmatch(name(chr(code), ""))
        if match is not None:
            found[code] = lookup(f"HIRAGANA LETTER {match['kana']}")
    return found


_FOLD |= _named()

_KANA_ONLY = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+")

_VOICED = dict(
    zip(
        "かきくけこさしすせそたちつてとはひふへほう",
        "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ",
        strict=True,
    )
)
_UNVOICED = {voiced: plain for plain, voiced in _VOICED.items()}
_HALF_VOICED = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_UNVOICED_H = {p: h for h, p in _HALF_VOICED.items()}


class Mora(NamedTuple):
    """What a kana mora stands for.

    Attributes:
        onset: Broad IPA segments of the onset, none to two.
        vowel: ``a i u e o``.
        hepburn: Latin spelling in modified Hepburn.
        kunrei: Latin spelling in Kunrei (ISO 3602).
        wapuro: Latin spelling as typed, Hepburn consonants.
    """

    onset: tuple[str, ...]
    vowel: str
    hepburn: str
    kunrei: str
    wapuro: str


def to_hiragana(text: str) -> str:
    """Fold katakana to hiragana, one character for one character.

    Example:
        >>> to_hiragana("コーヒー豆ヶ")
        'こーひー豆ゖ'
        >>> to_hiragana("アトゥㇱ")
        'あとぅし'
    """
    return text.translate(_FOLD)


def to_katakana(text: str) -> str:
    """Turn hiragana into katakana, one character for one character.

    Example:
        >>> to_katakana("ゔぁいおりん")
        'ヴァイオリン'
    """
    return text.translate(_UNFOLD)


@lru_cache(maxsize=100_000)
def is_kana(text: str) -> bool:
    """Say whether a text is kana (and ー) and nothing else."""
    return _KANA_ONLY.fullmatch(text) is not None


def voiced(kana: str) -> str:
    """Return a reading with its first kana voiced, unchanged where it has no voiced partner.

    Example:
        >>> voiced("くつ"), voiced("まえ")
        ('ぐつ', 'まえ')
    """
    return _VOICED.get(kana[:1], kana[:1]) + kana[1:]


def unvoiced(kana: str) -> str:
    """Return a reading with its first kana without ゛ and ゜.

    Example:
        >>> unvoiced("ぐつ"), unvoiced("ぽん")
        ('くつ', 'ほん')
    """
    first = kana[:1]
    return _UNVOICED.get(first, _UNVOICED_H.get(first, first)) + kana[1:]


def half_voiced(kana: str) -> str:
    """Return a reading with は … ほ at its start turned into ぱ … ぽ.

    Example:
        >>> half_voiced("ほん")
        'ぽん'
    """
    return _HALF_VOICED.get(kana[:1], kana[:1]) + kana[1:]


def expand_iteration(text: str) -> str:
    """Write out ゝ and ゞ: the kana before them, plain or voiced.

    Args:
        text: Hiragana among any other text.

    Returns:
        A text of the same length; a mark with no kana before it stays.

    Example:
        >>> expand_iteration("いすゞ"), expand_iteration("たゞの、ゝ")
        ('いすず', 'ただの、ゝ')
    """
    if "ゝ" not in text and "ゞ" not in text:
        return text
    out: list[str] = []
    for char in text:
        before = out[-1] if out else ""
        if char not in "ゝゞ" or not before or not is_kana(before) or before == LONG:
            out.append(char)
        elif char == "ゝ":
            out.append(_UNVOICED.get(before, before))
        else:
            out.append(_VOICED.get(before, before))
    return "".join(out)


@lru_cache(maxsize=1)
def mora_table() -> dict[str, Mora]:
    """Return every mora of ``data/morae.tsv`` by its hiragana.

    Those with ゛ or ゜ stand there with a combining mark too; a kana that the mark does
    not change (あ゙ ら゚) is what it is without.
    """
    table: dict[str, Mora] = {}
    text = files("cjkv_phon.japanese").joinpath("data/morae.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        kana, onset, vowel, hepburn, kunrei, wapuro = line.split("\t")
        segments = () if onset == "-" else tuple(onset.split(" "))
        table[kana] = Mora(segments, vowel, hepburn, kunrei, wapuro)
    single = [kana for kana in table if len(kana) == 1]
    table |= {normalize("NFD", kana): mora for kana, mora in table.items()}
    for kana in single:
        for mark in "\u3099\u309a":
            table.setdefault(kana + mark, table[kana])
    return table


@lru_cache(maxsize=1)
def mora_pattern() -> str:
    """Return a regular expression for a mora, ん, っ and ー included; the longest matches.

    Kana that may be followed by the same ones share an alternative: three hundred, one a
    mora, are tried ten times as long.
    """
    tails: dict[str, set[str]] = {}
    for kana in mora_table():
        tails.setdefault(kana[0], set()).add(kana[1:])
    firsts: dict[str, str] = {}
    for first, found in tails.items():
        long = sorted((tail for tail in found if len(tail) > 1), key=len, reverse=True)
        short = "".join(sorted(tail for tail in found if len(tail) == 1))
        key = "|".join([*long, *([f"[{short}]"] if short else [])])
        firsts[key] = firsts.get(key, "") + first
    shared = [f"[{first}](?:{tail})?" if tail else f"[{first}]" for tail, first in firsts.items()]
    return "|".join([*shared, f"[{NASAL}{SOKUON}{LONG}]"])


@lru_cache(maxsize=1)
def _mora_finder() -> re.Pattern[str]:
    return re.compile(mora_pattern())


def morae(hiragana: str) -> list[str]:
    """Cut hiragana into morae; what is no kana is left out.

    Example:
        >>> morae("きょうはふぃんらんど")
        ['きょ', 'う', 'は', 'ふぃ', 'ん', 'ら', 'ん', 'ど']
    """
    return _mora_finder().findall(hiragana)


@lru_cache(maxsize=50_000)
def first_mora(hiragana: str) -> str | None:
    """Return the first mora of a text, None where there is none.

    Example:
        >>> first_mora("きょう"), first_mora("")
        ('きょ', None)
    """
    found = _mora_finder().search(hiragana)
    return found.group() if found else None
