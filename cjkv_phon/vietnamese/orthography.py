"""Quốc ngữ: one written syllable ↔ its parts.

The grammar of a written syllable is *initial + rime + tone mark*. The initials
are the letters of `ONSETS`; c, k and q write one consonant (k before i e ê y,
q before the medial), as g gh and ng ngh do (gh ngh before i e ê); the i of gi
belongs to the rime too where no other vowel follows (gì, gìn, giếng = gi + iêng).
The medial is written o before a ă e and u elsewhere, always u after q. The
rimes are those of ``data/rimes.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from cjkv_phon.vietnamese.phonology import HOI, HUYEN, NANG, NGA, NGANG, SAC, STOPS, Syllable
from cjkv_phon.vietnamese.tables import rows

VOWELS = "aăâeêioôơuưy"
MARKS = {HUYEN: "\u0300", HOI: "\u0309", NGA: "\u0303", SAC: "\u0301", NANG: "\u0323"}
TONED: dict[str, tuple[str, int]] = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel in VOWELS
    for tone, mark in MARKS.items()
}
"""A vowel letter with a tone mark, taken apart."""

_TONED = re.compile(f"[{''.join(TONED)}]")

# Spelling of an initial → the initial. Longest first.
ONSETS = {
    "ngh": "ng", "ng": "ng", "nh": "nh", "gh": "g", "kh": "kh", "ph": "ph", "th": "th",
    "tr": "tr", "ch": "ch", "b": "b", "c": "c", "d": "d", "đ": "đ", "g": "g", "h": "h",
    "k": "c", "l": "l", "m": "m", "n": "n", "r": "r", "s": "s", "t": "t", "v": "v", "x": "x",
}  # fmt: skip
LOAN_ONSETS = {"p": "p", "f": "f", "j": "j", "w": "w", "z": "z", "dz": "z"}
MEDIAL_BEFORE = ("oa", "oă", "oe", "uê", "uy", "uơ", "uâ")
ROUNDED = ("o", "oo", "ô", "ôô", "u", "ư", "uô", "ươ")
FRONT = frozenset("ieêy")
RIMES: dict[str, tuple[str, str, bool]] = {
    spelling: (nucleus, coda, use == "core") for spelling, nucleus, coda, use in rows("rimes")
}
SPELLINGS = {(nucleus, coda): spelling for spelling, nucleus, coda, _ in rows("rimes")}
# Final letters of names and loans (Đắk Lắk, web, Đăng) → those of the language.
LOAN_CODAS = {"k": "c", "b": "p", "d": "t", "đ": "t", "g": "c", "l": "n"}


class Written(NamedTuple):
    """A written syllable that was understood.

    Attributes:
        syllable: Its parts.
        core: Whether the spelling is regular and the syllable one of the
            native system; else it is a loan, a rare rime or a loose spelling.
        normalized: The text with its tone mark on the nucleus (hòa → hoà).
    """

    syllable: Syllable
    core: bool
    normalized: str


def untone(text: str) -> tuple[str, int, int] | None:
    """Take the tone mark off a syllable.

    Args:
        text: Lower-case text in NFC.

    Returns:
        The letters, the tone, and the offset of the letter that bore the mark
        (-1 for none); None where there are two marks.

    Example:
        >>> untone("hoà")
        ('hoa', 2, 2)
    """
    match = _TONED.search(text)
    if match is None:
        return text, NGANG, -1
    place = match.start()
    if _TONED.search(text, place + 1):
        return None
    letter, tone = TONED[match.group()]
    return text[:place] + letter + text[place + 1 :], tone, place


def parse(text: str) -> Written | None:
    """Understand one written syllable.

    Tone marks may stand on any vowel (hoà, hòa). A syllable closed by a stop
    and written without a tone mark, as loans are (axit), has the tone sắc.

    Args:
        text: Lower-case text in NFC.

    Returns:
        The syllable, None where the grammar does not derive the text.

    Example:
        >>> parse("nghiêng").syllable
        Syllable(onset='ng', medial='', nucleus='iê', coda='ng', tone=1)
        >>> parse("khỏe").normalized
        'khoẻ'
        >>> parse("str") is None
        True
    """
    untoned = untone(text)
    if untoned is None:
        return None
    letters, tone, place = untoned
    found = _initial(letters, place)
    if found is None:
        return None
    onset, rest, core = found
    medial = "u" if letters.startswith("q") or rest[:2] in MEDIAL_BEFORE else ""
    rime = rest[len(medial) :]
    known = _rime(rime)
    if known is None:
        return None
    nucleus, coda, native = known
    # The medial stands before unrounded vowels only, but for quốc.
    if medial and nucleus in ROUNDED and (onset, rime) != ("c", "ôc"):
        native = False
    if coda in STOPS and tone not in (SAC, NANG):
        if tone != NGANG:
            return None
        tone, native = SAC, False
    # y for i follows the medial, opens a syllable, or is a whole rime (lý).
    if rime[:1] == "y" and onset and not medial and rime != "y":
        native = False
    if place >= 0:
        right = len(letters) - len(rime) + nucleus_place(rime)
        if place != right:
            # The older place, on the medial, is that of open rimes only (hòa, thúy).
            if not (medial and len(rime) == 1 and place == right - 1):
                native = False
            text = letters[:right] + _compose(letters[right], tone) + letters[right + 1 :]
    return Written(Syllable(onset, medial, nucleus, coda, tone), core and native, text)


def _initial(letters: str, place: int) -> tuple[str, str, bool] | None:
    """Return the initial, what the rime is read from, and whether it is spelled by the rules."""
    if letters.startswith("q"):
        return ("c", letters[1:], True) if letters[1:2] == "u" else None
    if letters.startswith("gi") or (letters == "gya" and place == 1):
        rest = letters[2:]
        if (
            not rest
            or rest[0] not in VOWELS
            or rest[0] == "ê" != rest
            or (rest == "a" and place == 1)
        ):
            rest = "i" + rest
        return "gi", rest, True
    for length in (3, 2, 1):
        onset = ONSETS.get(letters[:length])
        if onset is not None and len(letters) >= length:
            rest = letters[length:]
            return onset, rest, _regular(letters[:length], rest)
    for length in (2, 1):
        onset = LOAN_ONSETS.get(letters[:length])
        if onset is not None:
            return onset, letters[length:], False
    return "", letters, True


def _regular(spelling: str, rest: str) -> bool:
    front = rest[:1] in FRONT
    if spelling in ("k", "gh", "ngh"):
        return front
    return not (front and spelling in ("c", "g", "ng")) and rest[:1] != ""


def _rime(rime: str) -> tuple[str, str, bool] | None:
    """Return nucleus, coda and whether the rime is a core one."""
    if rime[:1] == "y":
        rime = "i" + rime[1:]
    known = RIMES.get(rime)
    if known is not None:
        return known
    if rime[-1:] in LOAN_CODAS:
        known = RIMES.get(rime[:-1] + LOAN_CODAS[rime[-1]])
    return None if known is None else (known[0], known[1], False)


def spell(syllable: Syllable) -> str:
    """Write a syllable in quốc ngữ, the tone mark on the nucleus (hoà, thuý).

    Example:
        >>> spell(Syllable("c", "u", "iê", "n", SAC)), spell(Syllable("gi", "", "i", "", HUYEN))
        ('quyến', 'gì')
    """
    onset, medial, nucleus, coda, tone = syllable
    rime = SPELLINGS[nucleus, coda]
    glide = ""
    if medial:
        glide = "o" if rime[0] in "aăe" and onset != "c" else "u"
    if (medial and rime[0] == "i") or (not onset and rime.startswith("iê")):
        rime = "y" + rime[1:]
    front = not medial and rime[0] in FRONT
    if onset == "c":
        onset = "q" if medial else "k" if front else "c"
    elif onset in ("g", "ng") and front:
        onset += "h"
    elif onset == "gi" and not medial and rime[0] == "i":
        onset = "g"
    place = nucleus_place(rime)
    rime = rime[:place] + _compose(rime[place], tone) + rime[place + 1 :]
    return onset.replace("+", "").replace("rr", "r") + glide + rime


def nucleus_place(rime: str) -> int:
    """Return the offset of the letter that bears the mark in a rime without its medial.

    A letter with a hat, breve or horn bears it, the last of two (ươ) but ư in
    ưa; else the last vowel letter before a final consonant, the first before none.

    Example:
        >>> [rime[nucleus_place(rime)] for rime in ("ươi", "ưa", "ia", "oong", "yên")]
        ['ơ', 'ư', 'i', 'o', 'ê']
    """
    for letters in ("ăâêôơ", "ư"):
        for place in range(len(rime) - 1, -1, -1):
            if rime[place] in letters:
                return place
    vowels = len(rime) - len(rime.lstrip(VOWELS))
    return vowels - 1 if vowels < len(rime) else 0


def _compose(letter: str, tone: int) -> str:
    return unicodedata.normalize("NFC", letter + MARKS[tone]) if tone != NGANG else letter
