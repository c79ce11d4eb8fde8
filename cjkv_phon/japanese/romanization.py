"""Japanese syllables to Latin letters: Hepburn, Kunrei, wapuro.

* ``hepburn``: modified Hepburn; ō ū ā ē and, for ー, ī; n' before vowels and y; tch.
* ``kunrei``: Kunrei-shiki, ISO 3602: si ti tu hu zi, circumflexes, n' as in Hepburn.
* ``wapuro``: Hepburn consonants, vowels as the kana spell them (toukyou), ー as a hyphen.
"""

from __future__ import annotations

from cjkv_phon.japanese.kana import LONG, NASAL, SOKUON, mora_table
from cjkv_phon.japanese.phonology import Syllable

ROMANIZATIONS = ("hepburn", "kunrei", "wapuro")

_MACRON = dict(zip("aiueo", "āīūēō", strict=True))
_CIRCUMFLEX = dict(zip("aiueo", "âîûêô", strict=True))


def romanize(syllable: Syllable, after: Syllable | None, system: str) -> str:
    """Spell one syllable.

    Args:
        syllable: The syllable.
        after: The syllable after it, None where none follows; ん and っ depend on it.
        system: One of `ROMANIZATIONS`.

    Example:
        >>> from cjkv_phon.japanese.phonology import syllables
        >>> to, kyo = syllables("とうきょう")
        >>> [romanize(to, kyo, system) for system in ROMANIZATIONS]
        ['tō', 'tô', 'tou']
    """
    if syllable.mora == NASAL:
        return "n'" if after is not None and _needs_apostrophe(after) else "n"
    if syllable.mora == SOKUON:
        return _sokuon(after, system)
    base = _mora_spelling(syllable, system)
    if not syllable.length:
        return base
    if system == "wapuro":
        return base + "".join("-" if kana == LONG else _vowel(kana) for kana in syllable.length)
    return base[:-1] + _long_vowel(syllable, system)


def _mora_spelling(syllable: Syllable, system: str) -> str:
    return str(getattr(mora_table()[syllable.mora], system))


def _long_vowel(syllable: Syllable, system: str) -> str:
    """Spell a long vowel: ei and (but for ー) ii are written out."""
    vowel, length = syllable.vowel, syllable.length
    if vowel == "e" and length[0] in "いぃ":
        return "ei"
    if vowel == "i" and length[0] != LONG and system == "hepburn":
        return "ii"
    return (_MACRON if system == "hepburn" else _CIRCUMFLEX)[vowel]


def _vowel(kana: str) -> str:
    return mora_table()[kana].vowel


def _needs_apostrophe(after: Syllable) -> bool:
    return bool(after.vowel) and (not after.onset or after.onset[0] == "j")


def _sokuon(after: Syllable | None, system: str) -> str:
    """Double the consonant that follows; an apostrophe where none does."""
    if after is None or not after.onset:
        return "'"
    first = _mora_spelling(after, system)[0]
    return "t" if first == "c" and system == "hepburn" else first
