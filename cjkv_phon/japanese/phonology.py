"""Kana morae to syllables: long vowels, the moraic nasal, the sokuon.

A syllable here is what cannot be cut without cutting a sound: a mora, or a mora
with the vowel kana that lengthens it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.japanese.kana import LONG, NASAL, SOKUON, mora_table, morae

# Which vowel kana lengthens which vowel. う after お and い after え are spelling
# conventions of Modern Kana Usage (1986); each holds only inside a morpheme.
LENGTHENERS = {
    "a": ("あ", "ぁ"),
    "i": ("い", "ぃ"),
    "u": ("う", "ぅ"),
    "e": ("え", "ぇ", "い", "ぃ"),
    "o": ("お", "ぉ", "う", "ぅ"),
}
_LENGTHENING = frozenset({LONG}.union(*LENGTHENERS.values()))


class Syllable(NamedTuple):
    """A mora, or a mora and what lengthens it.

    Attributes:
        kana: As read, in hiragana.
        onset: Broad IPA segments of the onset.
        vowel: ``a i u e o``; empty for ん and っ.
        length: The lengthening kana (``う``, ``ー`` …), empty for a short vowel.
        mora: The first mora, without what lengthens it; ん and っ for themselves.
    """

    kana: str
    onset: tuple[str, ...] = ()
    vowel: str = ""
    length: str = ""
    mora: str = ""


def syllables(hiragana: str, cuts: Iterable[int] = (), *, long_ei: bool = True) -> list[Syllable]:
    """Cut the reading of a stretch of text into syllables.

    Args:
        hiragana: Kana; anything else in it is left out.
        cuts: Offsets where a morpheme begins: no vowel is lengthened across.
        long_ei: Whether えい inside a morpheme is long e.

    Returns:
        The syllables, in order; ー with no vowel before it has none of its own.

    Example:
        >>> [s.kana for s in syllables("とうきょう")]
        ['とう', 'きょう']
        >>> [s.kana for s in syllables("おもう", cuts=[2])]
        ['お', 'も', 'う']
    """
    short = _short_syllables()
    barriers = frozenset(cuts)
    out: list[Syllable] = []
    offset = 0
    last: Syllable | None = None
    for kana in morae(hiragana):
        at, offset = offset, offset + len(kana)
        if (
            last is not None
            and kana in _LENGTHENING
            and last.vowel
            and _lengthens(kana, last, at in barriers, long_ei)
        ):
            out[-1] = last = last._replace(kana=last.kana + kana, length=last.length + kana)
        elif kana != LONG:
            last = short[kana]
            out.append(last)
        elif last is not None:
            out[-1] = last = last._replace(kana=last.kana + kana)
    return out


@lru_cache(maxsize=1)
def _short_syllables() -> dict[str, Syllable]:
    """Return the syllable of every mora, ん and っ included."""
    found = {
        kana: Syllable(kana, mora.onset, mora.vowel, "", kana)
        for kana, mora in mora_table().items()
    }
    return found | {kana: Syllable(kana, mora=kana) for kana in (NASAL, SOKUON)}


def _lengthens(kana: str, last: Syllable, barrier: bool, long_ei: bool) -> bool:
    """Say whether a kana lengthens the vowel before it."""
    if kana == LONG:
        return True
    if barrier or last.length or kana not in LENGTHENERS[last.vowel]:
        return False
    return long_ei or last.vowel != "e" or kana not in ("い", "ぃ")
