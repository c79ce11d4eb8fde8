"""Syllables, and how each variety sounds them.

A `Syllable` is what quốc ngữ spells: the distinctions of all varieties
together, each named by the letters that write it. A `Variety` merges and splits
them; its table in ``data/`` is its inventory.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.vietnamese.tables import rows

TONES = ("ngang", "huyền", "ngã", "hỏi", "sắc", "nặng")
"""Names of the tones, numbered from 1 as in Đoàn Thiện Thuật (1977)."""

NGANG, HUYEN, NGA, HOI, SAC, NANG = range(1, 7)
STOPS = frozenset(("p", "t", "c", "ch"))
CONSONANTS = STOPS | {"m", "n", "ng", "nh"}


class Syllable(NamedTuple):
    """One syllable, its parts named by their letters.

    Attributes:
        onset: Initial, such as ``ng`` or ``tr``; ``c`` for c, k and q; a
            cluster in a loan joins its parts with ``+``; empty for none.
        medial: ``u`` for the medial w (o or u in spelling), else empty.
        nucleus: A vowel: ``a ă â e ê i o oo ô ôô ơ u ư iê uô ươ``.
        coda: ``m n ng nh p t c ch``, the glides ``i u``, or empty.
        tone: 1 to 6, an index into `TONES` counted from 1.
    """

    onset: str
    medial: str
    nucleus: str
    coda: str
    tone: int

    @property
    def checked(self) -> bool:
        """Whether a stop closes it; then its tone is sắc or nặng."""
        return self.coda in STOPS


class Sound(NamedTuple):
    """The segments of one part of a syllable."""

    broad: tuple[str, ...]
    narrow: tuple[str, ...]


class Variety:
    """The sounds of one variety.

    Args:
        name: ``hanoi``, ``hue`` or ``saigon``: the name of its table.

    Attributes:
        name: The same.
        medial_rimes: Nucleus and coda → sound, where they absorb the medial
            (quốc as cuốc).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._sounds: dict[tuple[str, str], Sound] = {
            (kind, spelling): Sound(tuple(broad.split()), tuple(narrow.split()))
            for kind, spelling, broad, narrow, *_ in rows(name)
        }
        self._rimes = {
            (nucleus, coda): self._sounds["rime", spelling]
            for spelling, nucleus, coda, _ in rows("rimes")
        }
        self.medial_rimes = self._shaped("medial-rime")
        self._rimes_after_medial = self._rimes | self._shaped("rime-after-medial")
        self._rimes_after_q = self._rimes_after_medial | self._shaped("rime-after-q")
        # Merged tones get one number: that of the last of them.
        self._numbers = {self._sounds["tone", name].broad: i for i, name in enumerate(TONES, 1)}

    def _shaped(self, kind: str) -> dict[tuple[str, str], Sound]:
        return {
            (nucleus, coda): self._sounds[kind, spelling]
            for spelling, nucleus, coda, _ in rows("rimes")
            if (kind, spelling) in self._sounds
        }

    def initial(self, onset: str, medial: str) -> Sound:
        """Return the sound of an initial and the medial, either of which may be empty."""
        first = onset or "none"
        if medial:
            known = self._sounds.get(("medial", first))
            if known is not None:
                return known
            initial = self.initial(onset, "")
            return Sound((*initial.broad, "w"), (*initial.narrow, "w"))
        known = self._sounds.get(("onset", first))
        if known is not None:
            return known
        first, *others = onset.split("+")
        parts = [self._sounds["onset", first]]
        parts += [self._sounds.get(("cluster", o)) or self._sounds["onset", o] for o in others]
        return Sound(
            tuple(s for part in parts for s in part.broad),
            tuple(s for part in parts for s in part.narrow),
        )

    def rime(self, syllable: Syllable) -> Sound:
        """Return the sound of nucleus and coda, of the medial too where they absorb it."""
        key = (syllable.nucleus, syllable.coda)
        if not syllable.medial:
            return self._rimes[key]
        if key in self.medial_rimes:
            return self.medial_rimes[key]
        return (self._rimes_after_q if syllable.onset == "c" else self._rimes_after_medial)[key]

    def tone(self, syllable: Syllable) -> Sound:
        """Return the tone letters, those of a syllable in one segment."""
        name = TONES[syllable.tone - 1]
        if syllable.coda not in CONSONANTS:
            known = self._sounds.get(("open-tone", name))
            if known is not None:
                return known
        return self._sounds["tone", name]

    def tone_number(self, syllable: Syllable) -> int:
        """Return the number of the tone; tones that the variety merges share one.

        Example:
            >>> variety("saigon").tone_number(Syllable("m", "", "a", "", NGA)) == HOI
            True
        """
        return self._numbers[self._sounds["tone", TONES[syllable.tone - 1]].broad]


@lru_cache(maxsize=8)
def variety(name: str) -> Variety:
    """Return a variety, read once."""
    return Variety(name)
