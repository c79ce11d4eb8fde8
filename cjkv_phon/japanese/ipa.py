"""Japanese syllables to IPA segments, broad and narrow.

Broad writes one symbol a phoneme: ``ʑ`` and ``z`` for the phonemes that are
affricates at the start of a word, ``ɴ`` for every ん, a doubled consonant for っ.

Narrow follows the conventions of English Wiktionary: ``ɯ̟ᵝ``, central ``ɨᵝ`` after
sibilants and palatalised consonants, palatalisation before i, the place of ん with
a nasalised vowel before it, devoiced ``i`` and ``u``, ``k̚k`` and ``sː`` for っ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cjkv_phon.japanese.kana import NASAL, SOKUON
from cjkv_phon.japanese.phonology import Syllable

VOICELESS = frozenset(("k", "kʲ", "s", "ɕ", "t", "tʲ", "t͡ɕ", "t͡s", "h", "ç", "ɸ", "ɸʲ", "p", "pʲ"))

_BROAD_VOWELS = {"a": "a", "i": "i", "u": "ɯ", "e": "e", "o": "o"}
_NARROW_VOWELS = {"a": "a̠", "i": "i", "u": "ɯ̟ᵝ", "e": "e̞", "o": "o̞"}
_NASALISED = {"a̠": "ã̠", "i": "ĩ", "ɯ̟ᵝ": "ɯ̟̃ᵝ", "ɨᵝ": "ɨ̃ᵝ", "e̞": "ẽ̞", "o̞": "õ̞"}
_DEVOICED = {"i": "i̥", "ɯ̟ᵝ": "ɯ̟̊ᵝ", "ɨᵝ": "ɨ̥ᵝ"}

# Onsets after which u is central.
_CENTRAL = frozenset("s z ɕ ʑ t͡s t͡ɕ kʲ ɡʲ ŋʲ tʲ dʲ ç bʲ pʲ mʲ ɾʲ ɸʲ".split())
_BEFORE_I = {
    "k": "kʲ", "ɡ": "ɡʲ", "ŋ": "ŋʲ", "t": "tʲ", "d": "dʲ", "n": "ɲ", "h": "ç", "b": "bʲ",
    "p": "pʲ", "m": "mʲ", "ɾ": "ɾʲ", "ɸ": "ɸʲ", "s": "sʲ", "z": "zʲ",
}  # fmt: skip
_NARROW_ONSETS = {"ɲ": "ɲ̟", "w": "ɰᵝ"}
# The phonemes that are stops at the start of a word and after ん or っ.
_AFFRICATED = {"ʑ": "d͡ʑ", "z": "d͡z", "zʲ": "d͡zʲ"}

# ん takes the place of what follows; before vowels and continuants it has none of its own.
_PLACE = {
    "k": "ŋ", "ɡ": "ŋ", "ŋ": "ŋ", "kʲ": "ŋʲ", "ɡʲ": "ŋʲ", "ŋʲ": "ŋʲ",
    "t": "n", "d": "n", "n": "n", "t͡s": "n", "z": "n", "ɾ": "n", "ɾʲ": "n",
    "tʲ": "n", "dʲ": "n", "zʲ": "n",
    "t͡ɕ": "ɲ̟", "ʑ": "ɲ̟", "ɲ": "ɲ̟",
    "p": "m", "b": "m", "m": "m", "pʲ": "m", "bʲ": "m", "mʲ": "m",
}  # fmt: skip
# ん and one of these are written as one long consonant.
_ABSORBED = frozenset(("n", "m", "mʲ"))
_WITHOUT_PLACE = "ɰ̃"

# っ holds the closure or the friction of the consonant after it.
_CLOSURE = {
    "k": "k̚", "kʲ": "k̚ʲ", "ɡ": "ɡ̚", "ɡʲ": "ɡ̚ʲ", "p": "p̚", "pʲ": "p̚ʲ", "b": "b̚", "bʲ": "b̚ʲ",
    "t": "t̚", "tʲ": "t̚", "t͡s": "t̚", "t͡ɕ": "t̚", "d": "d̚", "dʲ": "d̚", "z": "d̚", "zʲ": "d̚",
    "ʑ": "d̚",
}  # fmt: skip
_BROAD_CLOSURE = {"t͡s": "t", "t͡ɕ": "t", "ʑ": "d", "z": "d"}


_NASAL_G = {"ɡ": "ŋ", "ɡʲ": "ŋʲ"}


class Neighbours(NamedTuple):
    """What a syllable's pronunciation depends on beside itself.

    Attributes:
        before: ``""`` at a pause, ``ん``, ``っ``, anything else for a vowel.
        onset: First segment of the onset after it; ``""`` before a vowel, None
            where nothing follows.
        vowel: The vowel after that onset.
        nasal: Whether ん follows.
        quiet: Whether this syllable loses its voice.
    """

    before: str = ""
    onset: str | None = None
    vowel: str = ""
    nasal: bool = False
    quiet: bool = False


def broad(syllable: Syllable, near: Neighbours) -> tuple[str, ...]:
    """Return the phonemes of a syllable.

    Example:
        >>> broad(Syllable("きょう", ("kʲ",), "o", "う", "きょ"), Neighbours())
        ('kʲ', 'oː')
    """
    if syllable.mora == NASAL:
        return ("ɴ",)
    if syllable.mora == SOKUON:
        onset = near.onset
        return (_BROAD_CLOSURE.get(onset, onset.rstrip("ʲ")),) if onset else ("ʔ",)
    vowel = _BROAD_VOWELS[syllable.vowel]
    return (*syllable.onset, vowel + "ː" * bool(syllable.length))


def narrow(syllable: Syllable, near: Neighbours) -> tuple[str, ...]:
    """Return the sounds of a syllable as English Wiktionary writes them.

    Example:
        >>> narrow(Syllable("す", ("s",), "u", "", "す"), Neighbours(quiet=True))
        ('s', 'ɨ̥ᵝ')
    """
    if syllable.mora == NASAL:
        return _narrow_nasal(near)
    if syllable.mora == SOKUON:
        return _narrow_sokuon(near)
    onset = _before_vowel(syllable.onset, syllable.vowel)
    vowel = _NARROW_VOWELS[syllable.vowel]
    geminate = near.before == SOKUON and onset and onset[0] not in _CLOSURE
    doubled = near.before == NASAL and onset and onset[0] in _ABSORBED
    if syllable.vowel == "u" and onset and onset[-1] in _CENTRAL and not geminate:
        vowel = "ɨᵝ"
    if near.nasal:
        vowel = _NASALISED[vowel]
    elif near.quiet:
        vowel = _DEVOICED.get(vowel, vowel)
    if geminate or doubled:
        onset = onset[1:]
    elif onset and onset[0] in _AFFRICATED and near.before in ("", NASAL, SOKUON):
        onset = (_AFFRICATED[onset[0]], *onset[1:])
    sounds = tuple(_NARROW_ONSETS.get(segment, segment) for segment in onset)
    return (*sounds, vowel + "ː" * bool(syllable.length))


def _before_vowel(onset: tuple[str, ...], vowel: str) -> tuple[str, ...]:
    """Palatalise the last segment of an onset before i."""
    if vowel == "i" and onset and onset[-1] in _BEFORE_I:
        return (*onset[:-1], _BEFORE_I[onset[-1]])
    return onset


def _narrow_nasal(near: Neighbours) -> tuple[str, ...]:
    if near.onset is None:
        return ("ɴ",)
    (onset,) = _before_vowel((near.onset,), near.vowel)
    if onset in _ABSORBED:
        return (f"{_NARROW_ONSETS.get(onset, onset)}ː",)
    return (_PLACE.get(onset, _WITHOUT_PLACE),)


def _narrow_sokuon(near: Neighbours) -> tuple[str, ...]:
    if not near.onset:
        return ("ʔ",)
    (onset,) = _before_vowel((near.onset,), near.vowel)
    return (_CLOSURE.get(onset) or f"{_NARROW_ONSETS.get(onset, onset)}ː",)


def neighbours(before: str, after: Syllable | None, quiet: bool = False) -> Neighbours:
    """Sum up what stands around a syllable.

    Args:
        before: ``ん``, ``っ``, anything else for a vowel, empty at a pause.
        after: The syllable after it, None at a pause.
        quiet: Whether it loses its voice.
    """
    if after is None:
        return Neighbours(before, None, "", False, quiet)
    if not after.vowel:
        nasal = after.mora == NASAL
        return Neighbours(before, "n" if nasal else "", "", nasal, quiet)
    onset = after.onset[0] if after.onset else ""
    return Neighbours(before, onset, after.vowel if len(after.onset) < 2 else "", False, quiet)


def loses_voice(syllable: Syllable, ahead: Sequence[Syllable]) -> bool:
    """Say whether i or u stands between voiceless consonants.

    A short i or u after a voiceless consonant and before another in the next mora, or in
    the one after っ, whose closure is as voiceless (きっぷ as きた); of two such syllables in
    a row the first is devoiced (see `Speaker`). Before a pause it depends on the accent, and
    is not written.

    Args:
        syllable: The syllable.
        ahead: The syllables after it, as many as there are; two are looked at.
    """
    after = ahead[0] if ahead else None
    if after is not None and after.mora == SOKUON:
        after = ahead[1] if len(ahead) > 1 else None
    return bool(
        syllable.vowel in ("i", "u")
        and not syllable.length
        and syllable.onset
        and syllable.onset[-1] in VOICELESS
        and after is not None
        and after.onset
        and after.onset[0] in VOICELESS
    )


def nasalise_g(segments: tuple[str, ...], *, initial: bool) -> tuple[str, ...]:
    """Turn ɡ into ŋ but at the start of a word."""
    if initial:
        return segments
    return tuple(_NASAL_G.get(segment, segment) for segment in segments)
