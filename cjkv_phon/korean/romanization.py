"""Latin spelling of spoken syllables: Revised Romanization and McCune–Reischauer.

Both print the syllables that the IPA prints, so they cannot disagree with it,
but for what their rules leave out: tensing (압구정 Apgujeong) and, inside nouns,
the aspiration of a stop before ㅎ (묵호 Mukho).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.korean.tables import rows

ROMANIZATIONS = ("revised", "revised-hyphen", "mccune-reischauer")

# Letters that would be misread as one vowel if a syllable boundary did not part them.
AMBIGUOUS = frozenset(("ae", "eo", "eu", "oe", "ui", "ua", "uo"))


class Spelled(NamedTuple):
    """A syllable as a romanization sees it.

    Attributes:
        onset: Onset, without tensing.
        nucleus: Nucleus.
        coda: Coda.
        before: Coda of the syllable before it (``""`` after a vowel), None at the start.
        tensed: Whether the onset is spoken tense though it is not spelled so.
        after: Onset of the syllable after it, ``""`` at the end.
    """

    onset: str
    nucleus: str
    coda: str
    before: str | None = None
    tensed: bool = False
    after: str = ""


class Letters(NamedTuple):
    """The table of letters for one romanization."""

    onsets: dict[str, str]
    voiced: dict[str, str]
    nuclei: dict[str, str]
    codas: dict[str, str]


@lru_cache(maxsize=2)
def letters(mccune_reischauer: bool) -> Letters:
    """Load the letters of one of the two romanizations."""
    table = Letters({}, {}, {}, {"": ""})
    for kind, letter, revised, mccune, voiced in rows("letters.tsv"):
        plain = mccune if mccune_reischauer else revised
        if kind == "onset":
            table.onsets[letter] = plain
            table.voiced[letter] = voiced
        elif kind == "coda":
            table.codas[letter] = plain
        else:
            table.nuclei[letter] = plain
    return table


def revised(syllable: Spelled) -> str:
    """Spell a syllable in the Revised Romanization (국어의 로마자 표기법, 2000).

    Example:
        >>> revised(Spelled("ㄹ", "ㅏ", "", before="ㄹ"))
        'la'
    """
    table = letters(False)
    lateral = syllable.onset == "ㄹ" and syllable.before == "ㄹ"
    onset = "l" if lateral else table.onsets[syllable.onset]
    return onset + table.nuclei[syllable.nucleus] + table.codas[syllable.coda]


def mccune_reischauer(syllable: Spelled) -> str:
    """Spell a syllable in McCune–Reischauer (1939).

    Example:
        >>> mccune_reischauer(Spelled("ㄱ", "ㅡ", "ㄹ", before="ㄴ"))
        'ʼgŭl'
    """
    table = letters(True)
    onset, nucleus, before = syllable.onset, table.nuclei[syllable.nucleus], syllable.before
    if onset == "ㄹ":
        initial = "l" if before == "ㄹ" else "r"
    elif onset == "ㅅ" and syllable.nucleus == "ㅟ":
        initial = "sh"
    elif before in ("", "ㄴ", "ㄹ", "ㅁ", "ㅇ") and not syllable.tensed:
        initial = ("ʼ" if before == "ㄴ" and onset == "ㄱ" else "") + table.voiced[onset]
    else:
        initial = table.onsets[onset]
    coda = "r" if syllable.coda == "ㄹ" and syllable.after == "ㅎ" else table.codas[syllable.coda]
    return initial + nucleus + coda


def speller(name: str) -> Callable[[Spelled], str]:
    """Return the function that spells a syllable in a romanization."""
    return mccune_reischauer if name == "mccune-reischauer" else revised


def adjuster(name: str) -> Callable[[Sequence[str]], list[str]] | None:
    """Return what a romanization changes in syllables that stand together, if anything."""
    return diaeresis if name == "mccune-reischauer" else None


def joiner(name: str) -> Callable[[Sequence[str]], str] | None:
    """Return how a romanization joins syllables, None for no separator."""
    return hyphenate if name == "revised-hyphen" else None


def diaeresis(syllables: Sequence[str]) -> list[str]:
    """Write 에 after ㅏ and ㅗ as ``ë``, which McCune–Reischauer tells from 애 and 외 so.

    Example:
        >>> diaeresis(["ko", "e"])
        ['ko', 'ë']
    """
    return [
        "ë" + syllable[1:] if before[-1:] in ("a", "o") and syllable[:1] == "e" else syllable
        for before, syllable in zip(("", *syllables), syllables, strict=False)
    ]


def hyphenate(syllables: Sequence[str]) -> str:
    """Join syllables with a hyphen wherever they could be read otherwise.

    Romanization of Korean, III.2: 중앙 Jung-ang, 반구대 Ban-gudae, 세운 Se-un,
    해운대 Hae-undae.

    Example:
        >>> hyphenate(["hae", "un", "dae"]), hyphenate(["ban", "gu", "dae"])
        ('hae-undae', 'ban-gudae')
    """
    joined: list[str] = []
    end = ""
    for syllable in syllables:
        if end and syllable and _ambiguous(end, syllable):
            joined.append("-")
            end = "-"
        joined.append(syllable)
        end = (end + syllable)[-2:]
    return "".join(joined)


def _ambiguous(left: str, right: str) -> bool:
    if left.endswith("ng"):
        return right[0] in "aeiouwy"
    if left.endswith("n"):
        return right.startswith("g")
    return left[-1] + right[0] in AMBIGUOUS
