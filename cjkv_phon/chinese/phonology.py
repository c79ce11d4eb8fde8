"""Numbered pinyin to syllables: onset, medial, nucleus, coda and tone."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from cjkv_phon.chinese.tables import read_rows

ERHUA = "r5"

_INITIAL = regex.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcs]")
_ZERO_ONSET = {
    "yi": "i",
    "yin": "in",
    "ying": "ing",
    "you": "iou",
    "yong": "iong",
    "yu": "ü",
    "yue": "üe",
    "yuan": "üan",
    "yun": "ün",
    "wu": "u",
    "wei": "uei",
    "wen": "uen",
    "weng": "ueng",
}
_CONTRACTED = {"iu": "iou", "ui": "uei", "un": "uen"}
_SYLLABIC = {"m": "m", "n": "n", "ng": "ng", "hm": "m", "hng": "ng"}


class Final(NamedTuple):
    """A final, as a row of ``data/finals.tsv``; segments are separated by spaces."""

    medial: str
    nucleus: str
    coda: str
    zhuyin: str
    narrow: str
    narrow_erhua: str


class Initial(NamedTuple):
    """An initial, as a row of ``data/initials.tsv``."""

    broad: str
    narrow: str
    zhuyin: str


class Syllable(NamedTuple):
    """A syllable of Standard Chinese.

    Attributes:
        reading: Numbered pinyin, as it came in.
        initial: Pinyin initial, empty for none.
        final: Pinyin final in its full form, a key of `finals`.
        tone: Citation tone, 1 to 4, or 5 for the neutral tone.
    """

    reading: str
    initial: str
    final: str
    tone: int

    @property
    def onset(self) -> str:
        """Broad IPA of the initial."""
        return initials()[self.initial].broad

    @property
    def medial(self) -> str:
        """Broad IPA of the glide before the nucleus."""
        return finals()[self.final].medial

    @property
    def nucleus(self) -> str:
        """Broad IPA of the vowel."""
        return finals()[self.final].nucleus

    @property
    def coda(self) -> str:
        """Broad IPA of what ends the syllable."""
        return finals()[self.final].coda


def _cell(text: str) -> str:
    return "" if text == "-" else text


@lru_cache(maxsize=1)
def initials() -> dict[str, Initial]:
    """Return every initial by its pinyin."""
    return {row[0]: Initial(*map(_cell, row[1:])) for row in read_rows("initials.tsv")}


@lru_cache(maxsize=1)
def finals() -> dict[str, Final]:
    """Return every final by its pinyin in full form."""
    return {row[0]: Final(*map(_cell, row[1:])) for row in read_rows("finals.tsv")}


def parse(reading: str) -> Syllable | None:
    """Cut a numbered syllable into initial and final.

    Hanyu Pinyin writes ``y w`` where a final stands alone, ``u`` for ü after
    ``j q x``, and shortens iou, uei, uen after an initial.

    Args:
        reading: Numbered pinyin; ``v`` (or ``u:``, ``ü``) for ü.

    Returns:
        The syllable, or None if it is none of Standard Chinese.

    Example:
        >>> parse("xiong2")
        Syllable(reading='xiong2', initial='x', final='iong', tone=2)
        >>> syllable = parse("zhuan3")
        >>> syllable.onset, syllable.medial, syllable.nucleus, syllable.coda
        ('ʈ͡ʂ', 'w', 'a', 'n')
    """
    if len(reading) < 2 or reading[-1] not in "12345":
        return None
    letters = reading[:-1].replace("v", "ü").replace("u:", "ü")
    tone = int(reading[-1])
    if letters in _SYLLABIC:
        return Syllable(reading, "h" if letters[0] == "h" else "", _SYLLABIC[letters], tone)
    initial, final = _split(letters)
    return Syllable(reading, initial, final, tone) if final in finals() else None


def _split(letters: str) -> tuple[str, str]:
    match = _INITIAL.match(letters)
    if match is None:
        if letters[0] == "y":
            return "", _ZERO_ONSET.get(letters, "i" + letters[1:])
        if letters[0] == "w":
            return "", _ZERO_ONSET.get(letters, "u" + letters[1:])
        return "", letters
    initial, final = match.group(), letters[match.end() :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    elif final == "i" and initial in ("z", "c", "s"):
        final = "-i"
    elif final == "i" and initial in ("zh", "ch", "sh", "r"):
        final = "-r"
    elif final == "o" and initial in ("b", "p", "m", "f"):
        final = "bo"
    return initial, _CONTRACTED.get(final, final)
