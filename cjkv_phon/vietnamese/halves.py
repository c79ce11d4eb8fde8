"""Syllables by their halves: a written initial, and what follows it.

Some hundred and fifty rimes with their tones follow some twenty-five initials, in
thousands of syllables. Each half is parsed and printed once, by `orthography` and `ipa`,
and a syllable is a look-up of two halves. That holds for regular core syllables with an
initial that does not change what follows: not q and g, which share letters with the
rime. Whatever else there is goes the way of `reading`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cjkv_phon.memo import Memo
from cjkv_phon.vietnamese.ipa import IpaPrinter, Segments
from cjkv_phon.vietnamese.orthography import FRONT, ONSETS, parse, untone

_NEUTRAL = "b"
"""An initial that is spelled the same before every rime."""
_BEFORE_FRONT = {"k": True, "ngh": True, "c": False, "ng": False}
"""Initials that stand before e ê i y only, or before other letters only."""

_SPELLINGS = sorted((one for one in ONSETS if one[0] != "g"), key=len, reverse=True)
_HALVES = re.compile(f"({'|'.join(_SPELLINGS)})(.+)")


class Half(NamedTuple):
    """What follows an initial.

    Attributes:
        normalized: How it is written, the tone mark on the nucleus.
        front: Whether it begins with e ê i y.
        medial: The medial that sounds with the initial, if any.
        glided: Whether a medial is written.
        segments: What it sounds like, but for that medial; the tone is the last.
        ipa: The same as one string.
    """

    normalized: str
    front: bool
    medial: str
    glided: bool
    segments: Segments
    ipa: str


Whole = tuple[str, Segments, str]
"""How a syllable is written, its segments, and its IPA as one string."""


class HalvesReader:
    """Reads regular syllables.

    Args:
        printer: What prints them.

    Example:
        >>> HalvesReader(IpaPrinter("hanoi", "broad", "letters"))("thúy")
        ('thuý', ('tʰ', 'w', 'i', '˧˦'), 'tʰwi˧˦')
    """

    def __init__(self, printer: IpaPrinter) -> None:
        self._printer = printer
        self._initials: Memo[str, tuple[Segments, str]] = Memo(self._initial)
        self._rests: Memo[str, Half | None] = Memo(self._rest)

    def __call__(self, text: str) -> Whole | None:
        """Read a syllable, None where it is not one of the regular ones.

        Args:
            text: Lower-case text.
        """
        match = _HALVES.fullmatch(text)
        if match is None:
            return None
        initial, rest = match.groups()
        half = self._rests[rest]
        if half is None:
            return None
        normalized, front, medial, glided, segments, sound = half
        if _BEFORE_FRONT.get(initial, front) != front or (glided and initial in ("c", "k")):
            return None
        before, opening = self._initials[initial + medial]
        return initial + normalized, before + segments, opening + sound

    def _initial(self, spelling: str) -> tuple[Segments, str]:
        """Print an initial, with the medial after it if one is written behind it."""
        onset = ONSETS.get(spelling)
        if onset is None:
            segments = self._printer.initial(ONSETS[spelling[:-1]], spelling[-1])
        else:
            segments = self._printer.initial(onset, "")
        return segments, "".join(segments)

    def _rest(self, rest: str) -> Half | None:
        written = parse(_NEUTRAL + rest)
        untoned = untone(rest)
        if written is None or not written.core or untoned is None:
            return None
        medial, segments = self._printer.rest(written.syllable)
        return Half(
            written.normalized[1:], untoned[0][0] in FRONT, medial,
            written.syllable.medial != "", segments, "".join(segments),
        )  # fmt: skip
