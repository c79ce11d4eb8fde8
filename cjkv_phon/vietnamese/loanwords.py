"""Loans in Vietnamese spelling: ``ôzôn``, ``axit``, ``Komodo``, ``Krông``.

They are read as they are spelled, syllable by syllable, by a looser grammar
than that of native words:

* initials may be f j p w z and clusters (kr, pl, str …); c and g before e i y
  are x and gi, a plain d is đ, s is x, y before a o u is d (Toyota), r is the trill of loans;
* e in an open syllable that is not the last is ê, er is ơ, o is ô but before a
  final n or ng inside the word (on at its end is ông: ``electron``); a word of
  one syllable has the vowels it is written with;
* a final letter that no native syllable has is read as the nearest coda: l as n,
  s as t, b as p, x and k as c, r not at all; c and x after a front vowel as ch;
* a stop without a tone mark has the tone sắc, all else ngang.

Cut by the principle of `splitting`. What the grammar does not derive is unread.
"""

from __future__ import annotations

import regex

from cjkv_phon.vietnamese.orthography import RIMES, Written, untone
from cjkv_phon.vietnamese.phonology import NGANG, SAC, STOPS, Syllable
from cjkv_phon.vietnamese.splitting import cheapest, is_vowel

_ONSETS = {
    "b": "b", "c": "c", "ch": "ch", "d": "đ", "đ": "đ", "f": "f", "g": "g", "gh": "g",
    "gi": "gi", "h": "h", "j": "j", "k": "c", "kh": "kh", "l": "l", "m": "m", "n": "n",
    "ng": "ng", "ngh": "ng", "nh": "nh", "p": "p", "ph": "ph", "qu": "c", "r": "rr", "s": "x",
    "t": "t", "th": "th", "tr": "tr", "v": "v", "w": "w", "x": "x", "z": "z", "dz": "z",
    "y": "d", "": "",
}  # fmt: skip
# First consonants of clusters, with those that may follow.
_CLUSTERS = {
    "b": "lr", "c": "lr", "k": "lr", "d": "r", "đ": "r", "f": "lr", "ph": "lrn", "g": "lr",
    "p": "lr", "s": "cklmnpt", "x": "cklmnpt",
}  # fmt: skip
_CLUSTER_ONSETS = {
    first + later: f"{_ONSETS[first]}+{_ONSETS[later] if later != 'r' else 'r'}"
    for first, others in _CLUSTERS.items()
    for later in others
} | {"str": "x+t+r", "xtr": "x+t+r", "spr": "x+p+r", "scr": "x+c+r"}
# Inside a word these are cut between their consonants: man|gan, bit|mut.
_ONLY_FIRST = frozenset(("ng", "ngh", "sl", "sm", "sn", "xl", "xm", "xn"))
_CODAS = {
    "": "", "m": "m", "n": "n", "ng": "ng", "nh": "nh", "p": "p", "b": "p", "t": "t", "s": "t",
    "d": "t", "đ": "t", "c": "c", "k": "c", "x": "c", "g": "c", "ch": "ch", "l": "n", "r": "",
}  # fmt: skip
_NUCLEI = frozenset(
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây oa oe oi ôi ơi oo iê ia ua ui ưa ươ uô uy".split()
)
_FRONT = frozenset("eêiy")
_SYLLABLE = regex.compile(
    r"(?P<onset>[^aăâeêioôơuưy]*(?:(?<=q)u|(?<=g)i(?=[aăâoôơuư])|^y(?=[aouôơ]))?)"
    r"(?P<nucleus>[aăâeêioôơuưy]+)(?P<coda>[^aăâeêioôơuưy]*)"
)
_NATIVE = regex.compile("[ăâơư]|[aouâ]y|[aâiêơ]u|ao|iê|yê|uô|kh|gh|ng|nh|ph|th|gi|hoa|qu|tr")


def looks_native(run: str) -> bool:
    """Whether a run has what native words have and loans in plain spelling have not.

    That is a tone mark, or a vowel or consonant that only the native spelling writes.

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
    if not any(map(is_vowel, run)):
        return ()

    known: dict[tuple[int, int], Syllable] = {}

    def derived(start: int, end: int) -> bool:
        found = _syllable(run[start:end], start == 0, end == len(run))
        if found is not None:
            known[start, end] = found
        return found is not None

    spans = cheapest(run, derived)
    return tuple(Written(known[span], False, run[slice(*span)]) for span in spans)


def _syllable(text: str, first: bool, last: bool) -> Syllable | None:
    """Read one syllable of a loan; None where the grammar does not derive it."""
    untoned = untone(text)
    match = _SYLLABLE.fullmatch(untoned[0]) if untoned is not None else None
    if untoned is None or match is None:
        return None
    spelled, vowels, final = match["onset"], match["nucleus"], match["coda"]
    onset = loan_onset(spelled, vowels)
    coda = _CODAS.get(final)
    if onset is None or coda is None or vowels not in _NUCLEI:
        return None
    if vowels == "ia" and spelled != "ch":
        return None
    if spelled in _ONLY_FIRST and not first:
        return None
    medial = "u" if spelled == "qu" else ""
    if vowels in ("oa", "oe", "uy"):
        medial, vowels = "u", vowels[1:]
    known = RIMES.get(_rime("i" if vowels == "y" else vowels, coda, final, first, last))
    if known is None:
        return None
    nucleus, coda, _ = known
    tone = SAC if untoned[1] == NGANG and coda in STOPS else untoned[1]
    return Syllable(onset, medial, nucleus, coda, tone)


def loan_onset(spelled: str, vowels: str) -> str | None:
    """Return the initial that letters before a vowel spell in a loan, None for none."""
    if vowels[0] in _FRONT and spelled in ("c", "g"):
        return "x" if spelled == "c" else "gi"
    return _ONSETS[spelled] if spelled in _ONSETS else _CLUSTER_ONSETS.get(spelled)


def _rime(vowels: str, coda: str, final: str, first: bool, last: bool) -> str:
    """Return the rime as the language spells what is heard."""
    if coda == "c" and (vowels in ("ê", "i") or (vowels == "e" and final == "x")):
        return ("ê" if vowels == "e" else vowels) + "ch"
    if first and last:
        return vowels + coda
    if vowels == "e" and not coda:
        return "ơ" if final == "r" else "e" if last else "ê"
    if vowels == "o" and coda in ("n", "ng"):
        return ("ông" if final == "n" else "ô" + coda) if last else "o" + coda
    return ("ô" if vowels == "o" else vowels) + coda
