"""Syllables in IPA: broad or narrow, in the sounds of a variety."""

from __future__ import annotations

from cjkv_phon.vietnamese.phonology import Sound, Syllable, variety


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

    def __call__(self, syllable: Syllable) -> tuple[str, ...]:
        """Return the segments; the tone comes last, in one segment."""
        sounds = self._variety
        segments = self._chosen(sounds.onset(syllable)) + self._chosen(sounds.rime(syllable))
        if self._tones == "letters":
            return segments + self._chosen(sounds.tone(syllable))
        if self._tones == "numbers":
            return (*segments, str(sounds.tone_number(syllable)))
        return segments

    def _chosen(self, sound: Sound) -> tuple[str, ...]:
        return sound.narrow if self._narrow else sound.broad
