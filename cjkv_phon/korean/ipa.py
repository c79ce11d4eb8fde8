"""IPA of spoken syllables, broad and narrow.

Broad: one symbol a phoneme, three series of obstruents (plain, tense ``k͈``,
aspirated ``kʰ``), ㅐ and ㅔ kept apart. Narrow: the conventions of English
Wiktionary, allophones and length included.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.korean.tables import rows

Segments = tuple[str, ...]

VOICED = {"ㄱ": "ɡ", "ㄷ": "d", "ㅂ": "b", "ㅈ": "d͡ʑ"}
SONORANTS = frozenset(("", "ㄴ", "ㄹ", "ㅁ", "ㅇ"))
PALATALS = frozenset("ㅈㅉㅊ")

# ㅅ ㅆ ㅎ ㄴ ㄹ before a palatal: what they are, and whether a glide melts into them.
BEFORE_I = {"ㅅ": "ɕʰ", "ㅆ": "ɕ͈"}
BEFORE_J = {"ㅅ": "ɕʰ", "ㅆ": "ɕ͈", "ㄴ": "ɲ"}
BEFORE_WI = {"ㅅ": "ʃʰ", "ㅆ": "ʃ͈"}

# ㅎ by the first segment of what follows: after a pause, and between voiced sounds.
HIEUT = {
    "i": ("ç", "ʝ"), "iː": ("ç", "ʝ"), "j": ("ç", "ʝ"), "w": ("ɸ", "β"),
    "o̞": ("ɸʷ", "β"), "o̞ː": ("ɸʷ", "β"), "u": ("ɸʷ", "β"), "uː": ("ɸʷ", "β"),
    "ɯ": ("x", "ɣ"), "ɯː": ("x", "ɣ"),
}  # fmt: skip


class Surroundings(NamedTuple):
    """A spoken syllable and what its allophones depend on.

    Attributes:
        onset: Its onset.
        nucleus: Its nucleus.
        coda: Its coda.
        before: Coda of the syllable before it (``""`` after a vowel), None at the start.
        after: Onset of the syllable after it, ``""`` at the end.
        palatal_after: Whether the syllable after it has i or a glide j.
        long: Whether its vowel is long.
    """

    onset: str
    nucleus: str
    coda: str
    before: str | None = None
    after: str = ""
    palatal_after: bool = False
    long: bool = False


class Phonemes(NamedTuple):
    """The table of letters for one level of detail."""

    onsets: dict[str, Segments]
    nuclei: dict[str, Segments]
    long_nuclei: dict[str, Segments]
    codas: dict[str, Segments]


@lru_cache(maxsize=2)
def phonemes(detail: str) -> Phonemes:
    """Load the table for ``broad`` or ``narrow``."""
    table = Phonemes({}, {}, {}, {"": ()})
    for kind, letter, broad, narrow, long in rows("phonemes.tsv"):
        segments = tuple((broad if detail == "broad" else narrow).split())
        if kind == "onset":
            table.onsets[letter] = segments
        elif kind == "coda":
            table.codas[letter] = segments
        else:
            table.nuclei[letter] = segments
            table.long_nuclei[letter] = tuple(long.split())
    return table


def broad(syllable: Surroundings) -> Segments:
    """Return the phonemes of a syllable; its neighbours do not matter.

    Example:
        >>> broad(Surroundings("ㄲ", "ㅕ", "ㄹ"))
        ('k͈', 'j', 'ʌ', 'l')
    """
    table = phonemes("broad")
    return (
        *table.onsets[syllable.onset], *table.nuclei[syllable.nucleus], *table.codas[syllable.coda]
    )  # fmt: skip


def narrow(syllable: Surroundings) -> Segments:
    """Return the sounds of a syllable among its neighbours.

    Example:
        >>> narrow(Surroundings("ㄱ", "ㅣ", "ㅁ", before=""))
        ('ɡ', 'i', 'm')
        >>> narrow(Surroundings("ㅎ", "ㅗ", "ㄴ", after="ㅈ", long=True))
        ('ɸʷ', 'o̞ː', 'ɲ')
    """
    table = phonemes("narrow")
    nuclei = table.long_nuclei if syllable.long else table.nuclei
    vowel = nuclei[syllable.nucleus]
    return (*_narrow_onset(syllable, vowel, table), *_narrow_coda(syllable, table))


def _narrow_onset(syllable: Surroundings, vowel: Segments, table: Phonemes) -> Segments:
    onset, before = syllable.onset, syllable.before
    if onset in VOICED:
        voiced = before is not None and before in SONORANTS
        return (VOICED[onset] if voiced else table.onsets[onset][0], *vowel)
    first = vowel[0]
    if onset == "ㅎ":
        pair = HIEUT.get(first, ("h", "ɦ"))
        sound = pair[before is not None]
        return (sound, *(vowel[1:] if first == "j" else vowel))
    if onset == "ㅋ" and first in ("ɯ", "ɯː"):
        return ("k", "x", *vowel)
    if first == "j":
        if onset == "ㄹ" and before == "ㄹ":
            return ("ʎ", *vowel[1:])
        if onset in BEFORE_J:
            return (BEFORE_J[onset], *vowel[1:])
    elif first in ("i", "iː"):
        if onset in BEFORE_I:
            return (BEFORE_I[onset], *vowel)
        if onset == "ㄹ" and before == "ㄹ":
            return ("ʎ", *vowel)
    elif first == "ɥ" and onset in BEFORE_WI:
        return (BEFORE_WI[onset], *vowel)
    if onset == "ㄹ" and before == "ㄹ":
        return ("ɭ", *vowel)
    return (*table.onsets[onset], *vowel)


def _narrow_coda(syllable: Surroundings, table: Phonemes) -> Segments:
    coda, after = syllable.coda, syllable.after
    if after == "ㅆ" and coda in "ㄱㄷㅂ":
        # A stop is released into the fricative. A syllable without a coda has none.
        return phonemes("broad").codas[coda]
    if coda == "ㄴ" and after in PALATALS:
        return ("ɲ",)
    if coda == "ㄹ":
        if after in PALATALS or (after == "ㄹ" and syllable.palatal_after):
            return ("ʎ",)
        if after == "ㅎ":
            return ("ɾ",)
    return table.codas[coda]
