"""What a sound change looks at: the place where two syllables meet.

Every consonant rule of the Standard Pronunciation (표준발음법, National
Institute of Korean Language, 2017) sees the coda of one syllable, the onset and
nucleus of the next, and what kind of boundary lies between them. A rule is a
function from such a `Juncture` to a `Juncture`.
"""

from __future__ import annotations

from typing import NamedTuple

from cjkv_phon.korean.hangul import COMPOSED, decompose

# What lies between two syllables. Only the lexicon and the spelling (spaces) know.
INSIDE = ""
"""Inside a morpheme, or before a particle, an ending or a suffix."""
WORD = "+"
"""Before a lexical morpheme: the second half of a compound, the next word."""
TENSE = "'"
"""The lenis onset after it is tense (§24–28)."""
INSERT = "~"
"""As `WORD`, and ㄴ is inserted before 이 야 여 요 유 (§29)."""
NASAL = ":"
"""Before a Sino-Korean suffix that keeps a preceding ㄴ: ㄴㄹ is ㄴㄴ (§20)."""
PLAIN = "="
"""No tensing here, although a general rule asks for it (여덟도, 살 + 지)."""

LENIS_TO_TENSE = dict(zip("ㄱㄷㅂㅅㅈ", "ㄲㄸㅃㅆㅉ", strict=True))
LENIS_TO_ASPIRATE = dict(zip("ㄱㄷㅂㅈ", "ㅋㅌㅍㅊ", strict=True))
TENSE_TO_LENIS = {tense: lenis for lenis, tense in LENIS_TO_TENSE.items()}
IOTATED = frozenset("ㅣㅑㅕㅛㅠㅒㅖ")


class Juncture(NamedTuple):
    """The place where two syllables meet.

    Attributes:
        coda: Coda of the syllable on the left.
        onset: Onset of the syllable on the right, ``ㅇ`` where it has none.
        nucleus: Nucleus of the syllable on the right.
        mark: What lies between: one of the constants of this module.
        left: The syllable on the left where a rule names it (밟, 귿), else empty.
    """

    coda: str
    onset: str
    nucleus: str
    mark: str = INSIDE
    left: str = ""

    def __str__(self) -> str:
        return f"{self.coda}|{COMPOSED[self.onset, self.nucleus, '']}"


def between(left: str, right: str, mark: str = INSIDE) -> Juncture:
    """Return the juncture of two written syllables.

    Example:
        >>> str(between("국", "물"))
        'ㄱ|무'
    """
    syllable = decompose(right)
    return Juncture(decompose(left).coda, syllable.onset, syllable.nucleus, mark, left)
