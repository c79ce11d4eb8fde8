"""Loans in Vietnamese spelling: ``ôzôn``, ``axit``, ``Komodo``, ``Krông``.

They are read as they are spelled, syllable by syllable, by a looser grammar
than that of native words:

* initials may be f j p w z and clusters (kr, pl, tr …), c g before e i y are x gi,
  a plain d is đ, as the letters of the source languages are read;
* e in an open syllable but the last is ê, o is ô but before a final n or ng
  that is not the last (on at the end is ông: ``electron``);
* the last letter of a closed syllable may be any that is read as a coda
  (l as n, r not at all, s as t, x k as c, and c after i e as ch);
* a stop without a tone mark has the tone sắc, all else ngang.

Of several cuts, that with the fewest syllables, then empty onsets, then the
longest onsets is taken. What the grammar does not derive stays unread.
"""

from __future__ import annotations

import regex

from cjkv_phon.vietnamese.orthography import RIMES, Written, untone
from cjkv_phon.vietnamese.phonology import NGANG, SAC, STOPS, Syllable
from cjkv_phon.vietnamese.splitting import is_vowel

LONGEST_RUN = 32
_ONSETS = {
    "b": "b", "c": "c", "ch": "ch", "d": "đ", "đ": "đ", "f": "f", "g": "g", "gh": "g",
    "gi": "gi", "h": "h", "j": "j", "k": "c", "kh": "kh", "l": "l", "m": "m", "n": "n",
    "ng": "ng", "ngh": "ng", "nh": "nh", "p": "p", "ph": "ph", "qu": "c", "r": "r", "s": "s",
    "t": "t", "th": "th", "tr": "tr", "v": "v", "w": "w", "x": "x", "z": "z", "dz": "z",
}  # fmt: skip
_FIRST = {"b": "b", "c": "c", "k": "c", "d": "đ", "đ": "đ", "f": "f", "ph": "ph", "g": "g",
          "p": "p", "s": "s", "x": "s", "t": "t"}  # fmt: skip
_LATER = {"b": "lr", "c": "lr", "k": "lr", "d": "r", "đ": "r", "f": "lr", "ph": "lr", "g": "lr",
          "p": "lr", "s": "cklmnpt", "x": "cklmnpt", "t": "w"}  # fmt: skip
CLUSTERS = {
    first + later: f"{onset}+{'c' if later == 'k' else later}"
    for first, onset in _FIRST.items()
    for later in _LATER[first]
} | {"str": "s+t+r", "xtr": "s+t+r", "spr": "s+p+r", "scr": "s+c+r"}
_CODAS = {
    "": "", "m": "m", "n": "n", "ng": "ng", "nh": "nh", "p": "p", "b": "p", "t": "t", "s": "t",
    "d": "t", "đ": "t", "c": "c", "k": "c", "x": "c", "g": "c", "ch": "ch", "l": "n", "r": "",
}  # fmt: skip
_NUCLEI = (
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu",
    "oa", "oe", "oi", "ôi", "ơi", "oo", "iê", "ia", "ua", "ưa", "ươ", "uô", "uy",
)  # fmt: skip
_FRONT = frozenset("eêiy")
_SYLLABLE = regex.compile(
    r"(?P<onset>[^aăâeêioôơuưy]*(?:(?<=q)u|(?<=g)i(?=[aăâoôơuư]))?)"
    r"(?P<nucleus>[aăâeêioôơuưy]+)(?P<coda>[^aăâeêioôơuưy]*)"
)
_NATIVE = regex.compile("[ăâơư]|[aouâ]y|[aâiêơ]u|ao|iê|yê|uô|kh|gh|ng|nh|ph|th|gi|qu|tr")


def looks_native(run: str) -> bool:
    """Whether a run has what Vietnamese words have and loans in plain spelling do not.

    That is a tone mark other than sắc, a vowel or a consonant that only the
    native spelling writes.

    Args:
        run: Lower-case text in NFC.

    Example:
        >>> looks_native("thamgia"), looks_native("corona")
        (True, False)
    """
    untoned = untone(run)
    return untoned is None or untoned[1] != NGANG or _NATIVE.search(run) is not None


def read_loan(run: str) -> tuple[Written, ...]:
    """Read a loan.

    Args:
        run: Lower-case text in NFC.

    Returns:
        Its syllables, which tile the run; none where the grammar does not derive it.

    Example:
        >>> [written.normalized for written in read_loan("axetic")]
        ['a', 'xe', 'tic']
    """
    if len(run) > LONGEST_RUN or not any(map(is_vowel, run)):
        return ()
    best: list[tuple[tuple[int, int, int], tuple[str, ...]] | None] = [((0, 0, 0), ())]
    for end in range(1, len(run) + 1):
        best.append(None)
        for start in range(max(end - 7, 0), end):
            before = best[start]
            if before is None or _syllable(run[start:end], False) is None:
                continue
            initial = next(i for i, c in enumerate(run[start:]) if is_vowel(c))
            count, empty, filled = before[0]
            cost = (count + 1, empty + (initial == 0 and start > 0), filled - initial)
            known = best[end]
            if known is None or cost < known[0]:
                best[end] = (cost, (*before[1], run[start:end]))
    found = best[-1]
    if found is None:
        return ()
    pieces = found[1]
    syllables = [_syllable(piece, i == len(pieces) - 1) for i, piece in enumerate(pieces)]
    return tuple(
        Written(syllable, False, piece)
        for syllable, piece in zip(syllables, pieces, strict=True)
        if syllable is not None
    )


def _syllable(text: str, last: bool) -> Syllable | None:
    """Read one syllable of a loan."""
    untoned = untone(text)
    if untoned is None:
        return None
    letters, tone, _ = untoned
    match = _SYLLABLE.fullmatch(letters)
    if match is None:
        return None
    spelled, vowels, final = match["onset"], match["nucleus"], match["coda"]
    onset = _onset(spelled, vowels)
    if onset is None or vowels not in _NUCLEI or final not in _CODAS:
        return None
    medial = "u" if spelled == "qu" else ""
    if vowels in ("oa", "oe", "uy"):
        medial, vowels = "u", vowels[1:]
    coda = _CODAS[final]
    if vowels in ("e", "i", "y", "ê") and coda == "c":
        coda = "ch" if vowels != "e" or final == "x" else "c"
    rime = _vowel(vowels, coda, last) + coda
    if rime == "ôn" and vowels == "o" and last and final == "n":
        rime = "ông"
    elif rime == "ech":
        rime = "êch"
    known = RIMES.get(rime)
    if known is None:
        return None
    nucleus, coda, _ = known
    if tone == NGANG and coda in STOPS:
        tone = SAC
    return Syllable(onset, medial, nucleus, coda, tone)


def _onset(spelled: str, vowels: str) -> str | None:
    if not spelled:
        return ""
    if vowels[0] in _FRONT and spelled in ("c", "g"):
        return "x" if spelled == "c" else "gi"
    return _ONSETS.get(spelled) or CLUSTERS.get(spelled)


def _vowel(vowels: str, coda: str, last: bool) -> str:
    if vowels == "y":
        return "i"
    if vowels == "e" and not coda and not last:
        return "ê"
    if vowels == "o" and (coda not in ("n", "ng") or last):
        return "ô"
    return vowels
