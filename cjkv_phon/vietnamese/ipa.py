"""Syllables in IPA: broad or narrow, in the sounds of a variety."""

from __future__ import annotations

from cjkv_phon.memo import Memo
from cjkv_phon.vietnamese.phonology import Sound, Syllable, variety

Segments = tuple[str, ...]


class IpaPrinter:
    """Prints syllables as IPA segments.

    Args:
        name: The variety: ``hanoi``, ``hue`` or ``saigon``.
        detail: ``broad``: one symbol a phoneme, with the labialised (ŋʷ kʷ) and
            palatal (ɲ c) codas written; ``narrow``: the conventions of English
            Wiktionary.
        tones: ``letters`` (Chao), ``numbers`` (1 to 6, see `phonology.TONES`;
            merged tones share one) or ``none``.

    Example:
        >>> IpaPrinter("hanoi", "narrow", "letters")(Syllable("đ", "", "ô", "ng", 2))
        ('ʔ', 'ɗ', 'ə', 'w', 'ŋ͡m', '˨˩')
    """

    def __init__(self, name: str, detail: str, tones: str) -> None:
        self._variety = variety(name)
        self._narrow = detail == "narrow"
        self._tones = tones
        # Initials and rimes are few, syllables many.
        self._initials: Memo[tuple[str, str], Segments] = Memo(self._initial)
        self._rimes: Memo[Syllable, Segments] = Memo(self._rime)

    def __call__(self, syllable: Syllable) -> Segments:
        """Return the segments; the tone comes last, in one segment."""
        medial, rest = self.rest(syllable)
        return self._initials[syllable.onset, medial] + rest

    def initial(self, onset: str, medial: str) -> Segments:
        """Return the segments of an initial with the medial after it."""
        return self._initials[onset, medial]

    def rest(self, syllable: Syllable) -> tuple[str, Segments]:
        """Return the medial that sounds with the initial, and the segments after it."""
        _, medial, nucleus, coda, tone = syllable
        if not medial:
            return "", self._rimes[Syllable("", "", nucleus, coda, tone)]
        if (nucleus, coda) in self._variety.medial_rimes:
            medial = ""
        return medial, self._rimes[syllable]

    def _initial(self, part: tuple[str, str]) -> Segments:
        return self._chosen(self._variety.initial(*part))

    def _rime(self, syllable: Syllable) -> Segments:
        segments = self._chosen(self._variety.rime(syllable))
        if self._tones == "letters":
            return segments + self._chosen(self._variety.tone(syllable))
        if self._tones == "numbers":
            return (*segments, str(self._variety.tone_number(syllable)))
        return segments

    def _chosen(self, sound: Sound) -> Segments:
        return sound.narrow if self._narrow else sound.broad
