"""Syllables to IPA, broad and narrow.

Broad is phonemic: an onset, a glide, a vowel, a coda, each one symbol, and the
citation tone. Narrow is phonetic, in the symbols that English Wiktionary uses
for Mandarin, with the tones of connected speech and coloured rimes.
"""

from __future__ import annotations

from typing import NamedTuple

from cjkv_phon.chinese.phonology import Syllable, finals, initials
from cjkv_phon.chinese.sandhi import LETTERS, Surface

_COLOURING = "ɻ"
_GLOTTAL = "ˀ"
_OPEN_VOWELS = frozenset("aɑäəɤeoɔɛ")


class Sounds(NamedTuple):
    """What a unit sounds like: its transcription and the segments it consists of."""

    ipa: str
    segments: tuple[str, ...]


def broad(syllable: Syllable, tone: str) -> Sounds:
    """Transcribe a syllable phonemically.

    Args:
        syllable: The syllable.
        tone: What is written for its tone, may be empty.

    Example:
        >>> from cjkv_phon.chinese.phonology import parse
        >>> broad(parse("zhuan3"), "˨˩˦")
        Sounds(ipa='ʈ͡ʂwan˨˩˦', segments=('ʈ͡ʂ', 'w', 'a', 'n', '˨˩˦'))
    """
    final = finals()[syllable.final]
    parts = (syllable.onset, final.medial, final.nucleus, final.coda, tone)
    segments = tuple(part for part in parts if part)
    return Sounds("".join(segments), segments)


def narrow(syllable: Syllable, tone: str, coloured: bool) -> Sounds:
    """Transcribe a syllable phonetically.

    Args:
        syllable: The syllable.
        tone: What is written for its tone, may be empty.
        coloured: Whether the suffix 儿 follows; its own ɻ is left to it.

    Example:
        >>> from cjkv_phon.chinese.phonology import parse
        >>> narrow(parse("wan2"), "", coloured=True).ipa, narrow(parse("an1"), "˥˥", False).ipa
        ('u̯ɑ', 'ˀän˥˥')
    """
    final = finals()[syllable.final]
    rime = (final.narrow_erhua if coloured else final.narrow).split(" ")
    if coloured:
        rime = rime[:-1]
    onset = initials()[syllable.initial].narrow
    if syllable.initial == "r" and syllable.final == "-r" and not coloured:
        onset = ""
    if not syllable.initial and rime[0][0] in _OPEN_VOWELS:
        onset = _GLOTTAL
    segments = tuple(part for part in (onset, *rime, tone) if part)
    return Sounds("".join(segments), segments)


def colouring(tone: str) -> Sounds:
    """Transcribe the suffix 儿: it closes the syllable before it, whose tone it may carry."""
    segments = (_COLOURING, tone) if tone else (_COLOURING,)
    return Sounds("".join(segments), segments)


def tone_text(tone: Surface, notation: str) -> str:
    """Write a tone in a notation of `Options.tones`; a neutral tone has number 5.

    Example:
        >>> tone_text(Surface(3, "˨˩"), "numbers"), tone_text(Surface(3, "˨˩"), "letters")
        ('3', '˨˩')
    """
    if notation == "none":
        return ""
    return str(tone.tone) if notation == "numbers" else tone.letters


def citation(tone: int) -> Surface:
    """Return a citation tone as it is written in broad transcription; neutral has no pitch."""
    return Surface(tone, LETTERS[tone])
