"""Spellings of what was read: quốc ngữ itself, without its marks, or as it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from cjkv_phon.vietnamese.orthography import MARKS, VOWELS

ROMANIZATIONS = ("quoc-ngu", "plain", "telex")

# Telex: a doubled letter for the hat and the bar, w for breve and horn, and a
# letter after the syllable for its tone.
_TELEX_LETTERS = str.maketrans(
    {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
    | {"Ă": "Aw", "Â": "Aa", "Ê": "Ee", "Ô": "Oo", "Ơ": "Ow", "Ư": "Uw", "Đ": "Dd"}
)
_TELEX_TONES = dict(zip(MARKS, "frxsj", strict=True))
_TONE_OF_MARK = {mark: tone for tone, mark in MARKS.items()}
_PLAIN = str.maketrans(
    {
        marked: unicodedata.normalize("NFD", marked)[0]
        for vowel in VOWELS + VOWELS.upper()
        for marked in [
            vowel,
            *(unicodedata.normalize("NFC", vowel + mark) for mark in MARKS.values()),
        ]
    }
    | {"đ": "d", "Đ": "D"}
)


def quoc_ngu(spelling: str) -> str:
    """Return a syllable as it is."""
    return spelling


def plain(spelling: str) -> str:
    """Return a syllable without its diacritics.

    Example:
        >>> plain("Đường")
        'Duong'
    """
    return spelling.translate(_PLAIN)


def telex(spelling: str) -> str:
    """Return a syllable as the Telex input method has it typed.

    Example:
        >>> telex("Đường"), telex("khoẻ")
        ('Dduwowngf', 'khoer')
    """
    typed = ""
    letters = []
    for letter in unicodedata.normalize("NFD", spelling):
        tone = _TONE_OF_MARK.get(letter)
        if tone is None:
            letters.append(letter)
        else:
            typed = _TELEX_TONES[tone]
    return unicodedata.normalize("NFC", "".join(letters)).translate(_TELEX_LETTERS) + typed


PRINTERS: dict[str, Callable[[str], str]] = dict(
    zip(ROMANIZATIONS, (quoc_ngu, plain, telex), strict=True)
)
