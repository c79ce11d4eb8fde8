"""Hangul syllables and their letters.

A modern syllable is an onset, a nucleus and a coda, each written with the
letters of the compatibility block (ㄱ, ㅏ, ㄳ) so that rules can be read. The
onset ㅇ is silent; a syllable without a coda has the coda ``""``.
"""

from __future__ import annotations

from typing import NamedTuple

from cjkv_phon.memo import Memo

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
NUCLEI = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

FIRST, LAST = "가", "힣"


class Syllable(NamedTuple):
    """One syllable, as written or as spoken.

    Example:
        >>> str(Syllable("ㄷ", "ㅏ", "ㄺ"))
        '닭'
    """

    onset: str
    nucleus: str
    coda: str = ""

    def __str__(self) -> str:
        return COMPOSED[self]


def is_syllable(character: str) -> bool:
    """Say whether a character is a precomposed modern syllable."""
    return FIRST <= character <= LAST


def decompose(character: str) -> Syllable:
    """Cut a precomposed syllable into its letters.

    Example:
        >>> decompose("값")
        Syllable(onset='ㄱ', nucleus='ㅏ', coda='ㅄ')
    """
    index = ord(character) - ord(FIRST)
    rest, coda = divmod(index, len(CODAS))
    onset, nucleus = divmod(rest, len(NUCLEI))
    return Syllable(ONSETS[onset], NUCLEI[nucleus], CODAS[coda])


def compose(syllable: tuple[str, str, str]) -> str:
    """Write a syllable as one character.

    Example:
        >>> compose(("ㅎ", "ㅏ", "ㄴ"))
        '한'
    """
    onset, nucleus, coda = syllable
    index = ONSETS.index(onset) * len(NUCLEI) + NUCLEI.index(nucleus)
    return chr(ord(FIRST) + index * len(CODAS) + CODAS.index(coda))


def parse(text: str) -> tuple[Syllable, ...]:
    """Cut a string of precomposed syllables into syllables.

    Example:
        >>> [syllable.coda for syllable in parse("넓다")]
        ['ㄼ', '']
    """
    return tuple(DECOMPOSED[character] for character in text)


DECOMPOSED: Memo[str, Syllable] = Memo(decompose)
COMPOSED: Memo[tuple[str, str, str], str] = Memo(compose)
