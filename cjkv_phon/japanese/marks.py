"""Kana with a voicing mark of its own: か゚, わ゙, ト゚, which no single character writes.

か゚ き゚ く゚ け゚ こ゚ are the nasal g of dictionaries of pronunciation, ツ゚ ト゚ セ゚ and ㇷ゚
the *tu*, *tse* and *p* of Ainu (JIS X 0213). The analyser knows none of them and cuts
words at the mark; here it goes back to its kana. A mark that makes no sound of its own
with a kana (あ゙ ら゚) leaves it what it is. Either way one unit has both characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias
from unicodedata import normalize

import regex

from cjkv_phon.japanese.kana import LONG, NASAL, SOKUON, mora_table, to_hiragana
from cjkv_phon.japanese.phonology import syllables
from cjkv_phon.types import Status

# A future unit: start, end, kana, status, sound.
Fields: TypeAlias = "tuple[int, int, str, Status, str]"

_MARKS = regex.compile(r"[\u3099-\u309C]+")
_COMBINING = str.maketrans("\u309b\u309c", "\u3099\u309a")


def has_marks(text: str) -> bool:
    r"""Say whether a text has a voicing mark that is a character by itself.

    Example:
        >>> has_marks("か\u309a"), has_marks("がぱ")
        (True, False)
    """
    return _MARKS.search(text) is not None


def with_marks(text: str, parts: Sequence[Fields], *, long_ei: bool = True) -> list[Fields]:
    r"""Give the voicing marks of a token back to what stands before them.

    Args:
        text: The token.
        parts: Its future units, some of which are, or begin with, a mark.
        long_ei: Whether えい is long e.

    Returns:
        Future units that tile the same characters.

    Example:
        >>> with_marks("か\u309aく", [(0, 1, "か", "ok", "か"), (1, 2, "", "passthrough", ""),
        ...                       (2, 3, "く", "ok", "く")])[0][:2]
        (0, 2)
    """
    out: list[Fields] = []
    run: list[Fields] = []
    for part in parts:
        if _is_kana(text, part) or (run and _is_mark(text, part)):
            run.append(part)
            continue
        out += _resounded(text, run, long_ei)
        run = []
        if out and _is_mark(text, part) and out[-1][4]:
            start, _, kana, status, sound = out[-1]
            out[-1] = (start, part[1], kana, status, sound)
        else:
            out.append(part)
    return out + _resounded(text, run, long_ei)


def _is_mark(text: str, part: Fields) -> bool:
    return _MARKS.fullmatch(text, part[0], part[1]) is not None


def _is_kana(text: str, part: Fields) -> bool:
    """Say whether a part is kana that are said one by one."""
    start, end, _, status, sound = part
    return (
        status == "ok"
        and len(sound) == end - start
        and all(_sounds(char) for char in to_hiragana(text[start:end]))
    )


def _sounds(kana: str) -> bool:
    return kana in (NASAL, SOKUON, LONG) or kana in mora_table()


def _resounded(text: str, run: list[Fields], long_ei: bool) -> list[Fields]:
    """Cut a run of kana and marks into syllables once more."""
    if not any(_is_mark(text, part) for part in run):
        return run
    sound = ""
    places: list[int] = []  # for each character of the sound, its offset in the token
    cuts: list[int] = []
    marked = True
    for part in run:
        start, end = part[:2]
        if _is_mark(text, part):
            mark = text[start].translate(_COMBINING)
            if sound[-1:] + mark in mora_table():
                sound += mark
                places.append(start)
            marked = True
            continue
        if not marked:
            cuts.append(len(sound))
        sound += part[4]
        places += range(start, end)
        marked = False
    found = syllables(sound, cuts, long_ei=long_ei)
    if sum(len(syllable.kana) for syllable in found) != len(sound):
        return run  # ー with no vowel before it
    ends: list[int] = []
    at = 0
    for syllable in found:
        at += len(syllable.kana)
        ends.append(places[at] if at < len(places) else run[-1][1])
    starts = [run[0][0], *ends[:-1]]
    return [
        (start, end, _spelled(text[start:end]), "ok", syllable.kana)
        for start, end, syllable in zip(starts, ends, found, strict=True)
    ]


def _spelled(text: str) -> str:
    """Return kana with combining marks, where they combine."""
    return normalize("NFC", text.translate(_COMBINING))
