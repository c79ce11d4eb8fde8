"""English words and names in plain spelling: ``shop``, ``online``, ``Facebook``.

They are read as Vietnamese say them, syllable by syllable: ``data/english.tsv`` has
the sounds of letters and digraphs.

* A final e behind a consonant is silent, and makes the vowel before it long (game:
  ghêm, like: lai); in a last syllable behind an open one i stays i (Caroline). Behind a
  consonant and l the two are ồ (Google: gồ).
* Inside a word the e of the first part of a compound is silent (face|book), no other.
* Long i and other vowels with a glide leave no room for a coda (site: xai); l behind a
  front vowel is a glide itself (mail: mêu), else n.
* A stop has the tone sắc, all else ngang, but for ồ.
* tion, sion at the end are sần.

A run shows what it is by a letter group that Vietnamese does not write (sh, ck, oo, ee,
wh, a final silent e …): `looks_english`. Words of three or more syllables that have the
shape of Japanese ones keep their e (karate).

Cut by the principle of `splitting`, never inside a digraph.
"""

from __future__ import annotations

import regex

from cjkv_phon.vietnamese.loanwords import loan_onset
from cjkv_phon.vietnamese.orthography import RIMES, SPELLINGS, Written
from cjkv_phon.vietnamese.phonology import HUYEN, NGANG, SAC, STOPS, Syllable
from cjkv_phon.vietnamese.splitting import LONGEST_RUN, cheapest
from cjkv_phon.vietnamese.tables import rows

_COMPOUND = frozenset(
    "bare base cake case code face fire game gate grape home house ice lake late life like line "
    "live lone love make male more name nine note one pine pipe place race rice safe side "
    "single size skate smile snow some space state stone store take time tube type wave "
    "white wide wine wire".split()
)
_MARKS = regex.compile(
    r"sh|ck|wh|ght|oo(?!ng|c)|ee|ou[dnpst]|ow(?![aeiouy])|ew(?![aeiouy])|[aeiouy].*tion$"
    r"|[aeiouy][^aeiouy]*[^aeiouyx]e$|(?:bb|dd|ff|gg|ll|nn|ss|tt|zz)$|mail$|[dmstr]eam|ea(?:ch|d|k|t|sh)s?$"
    rf"|^(?:{'|'.join(sorted(_COMPOUND))})[^aeiouy]"
    r"|^[^aeiouy]+(?:ea|ai|oa)[^aeiouy]+$|^[^aeiouy]{2,}y$"
)
_JAPANESE = regex.compile(
    r"(?!.*(?:ee|oo|ea|ck))(?:(?:[kgsztdnhbpmrw]|[kgnhbpmr]?y|sh|ch|ts|j|f)?[aiueo](?:n(?![aiueoy]))?){3,}"
)
_DIGRAPHS = frozenset(("sh", "ch", "th", "ph", "wh", "ck", "gh"))
_SYLLABLE = regex.compile(
    r"(?P<onset>(?:[^aeiouy]|(?<=q)u|(?<=^g)u(?=[ei])|^y(?=[aeou]))*)"
    r"(?P<nucleus>igh|(?:[aeo]|ie)w(?![aeiouy])|[aeiouy]+)"
    r"(?:(?P<coda>[^aeiouy]+)(?P<silent>es?)?)?"
)
_LE = regex.compile("[^aeiouyl]*les?")
_VOWELS = frozenset("aeiouy")
_HARD = ("gear", "geek", "get", "gift", "girl", "give")
_GLIDED = {spelling for spelling, (_, coda, _) in RIMES.items() if coda in ("i", "u")} | {
    "ia",
    "ua",
}
_TABLES: dict[str, dict[str, str]] = {}


def _table(part: str) -> dict[str, str]:
    if not _TABLES:
        _TABLES.update({kind: {} for kind, *_ in rows("english")})
        for kind, spelling, heard in rows("english"):
            _TABLES[kind][spelling] = heard
    return _TABLES[part]


def looks_english(run: str) -> bool:
    """Whether a run has letter groups of English that neither Vietnamese nor its loans have.

    Args:
        run: Lower-case text.

    Example:
        >>> looks_english("online"), looks_english("karate"), looks_english("corona")
        (True, False, False)
    """
    if len(run) > LONGEST_RUN or not run.isascii():
        return False
    return _MARKS.search(run) is not None and _JAPANESE.fullmatch(run) is None


def read_english(run: str) -> tuple[Written, ...]:
    """Read an English word.

    Args:
        run: Lower-case text.

    Returns:
        Its syllables, which tile the run; none where the grammar does not derive it.

    Example:
        >>> from cjkv_phon.vietnamese.orthography import spell
        >>> [spell(written.syllable) for written in read_english("facebook")]
        ['phết', 'búc']
    """
    if not run.isascii():
        return ()
    known: dict[tuple[int, int], Syllable] = {}

    def derived(start: int, end: int) -> bool:
        found = _syllable(run, start, end)
        if found is not None:
            known[start, end] = found
        return found is not None

    spans = cheapest(run, derived)
    return tuple(Written(known[span], False, run[slice(*span)]) for span in spans)


def _syllable(run: str, start: int, end: int) -> Syllable | None:
    text, last = run[start:end], end == len(run)
    if run[end - 1 : end + 1] in _DIGRAPHS:
        return None
    if last and start and text in ("tion", "sion"):
        return Syllable("s", "", "â", "n", HUYEN)
    if last and start and _LE.fullmatch(text):
        onset = _onset(text, text.partition("l")[0], "o")
        if onset and "+" not in onset:
            return Syllable(onset, "", "ô", "", HUYEN)
        if run[start - 1] not in _VOWELS:
            return None
    if start and text.startswith(("sl", "sm", "sn")):
        return None
    match = _SYLLABLE.fullmatch(text)
    if match is None:
        return None
    spelled, vowels, coda, silent = match.group("onset", "nucleus", "coda", "silent")
    if silent and not last and (start or text not in _COMPOUND):
        return None
    onset = _onset(text, spelled, vowels)
    rime = _rime(vowels, coda or "", silent, run[:start], last)
    parts = RIMES.get(rime) if rime is not None else None
    if onset is None or parts is None:
        return None
    nucleus, coda, _ = parts
    if (nucleus, coda) not in SPELLINGS:
        return None
    medial = "u" if spelled.endswith("qu") else ""
    return Syllable(onset, medial, nucleus, coda, SAC if coda in STOPS else NGANG)


def _onset(text: str, spelled: str, vowels: str) -> str | None:
    """Return the initial; g before e and i is hard in a closed class (get, gift)."""
    if vowels[0] in "eiy":
        if spelled == "sc":
            return "x"
        if spelled == "g" and text.startswith(_HARD):
            return "g"
    if spelled == "squ":
        return "x+c"
    return _table("onset").get(spelled) or loan_onset(spelled, vowels)


def _rime(vowels: str, coda: str, silent: str | None, before: str, last: bool) -> str | None:
    """Return the rime in quốc ngữ, None for none.

    Args:
        vowels: The vowel letters.
        coda: The consonants behind them.
        silent: What is silent at the end.
        before: The run up to the syllable.
        last: Whether it is the last of the run.
    """
    written = vowels + coda + ("e" if silent else "")
    known = _table("ending").get(written) if before and last else None
    known = known or (_table("rime").get(written) if last or silent else None)
    if known is not None:
        return known
    if not coda:
        if not before and last and vowels in ("e", "y"):
            return "i" if vowels == "e" else "ai"
        if last and vowels == "e":
            return "e"
        return _table("open").get(vowels) or _table("vowel").get(vowels)
    closing = _closing(coda, silent)
    if coda[0] == "r":
        vowel, closing = _table("before-r").get(vowels), _closing(coda[1:], silent)
    elif silent and (len(coda) == 1 or coda in _DIGRAPHS) and not _is_short(vowels, before):
        vowel = _table("long").get(vowels) or _table("vowel").get(vowels)
    else:
        vowel = _table("vowel").get(vowels)
    return None if vowel is None or closing is None else _closed(vowel, closing, coda)


def _closing(coda: str, silent: str | None) -> str | None:
    """Return the coda that is heard, empty for none; None where there is no such coda."""
    if not coda:
        return ""
    if silent:
        soft = {"c": "t", "g": "t", "v": "p", "dg": "t", "rv": "p"}.get(coda)
        if soft is not None:
            return soft
    return _table("coda").get(coda)


def _is_short(vowels: str, before: str) -> bool:
    """Whether a and i stay short before a silent e: after an open syllable (Caroline)."""
    return vowels in ("a", "i") and before != "" and before[-1] in _VOWELS


def _closed(vowel: str, closing: str, coda: str) -> str:
    """Put a vowel and a coda together as the language allows it."""
    if not closing or vowel in _GLIDED:
        return vowel
    if coda[0] == "l" and closing == "n" and vowel in ("e", "ê"):
        return vowel + ("o" if vowel == "e" else "u")
    if closing in ("c", "ch"):
        if vowel in ("i", "ê") or (vowel == "e" and coda in ("x", "ch", "ck", "tch")):
            return ("ê" if vowel == "e" else vowel) + "ch"
        return vowel + ("c" if closing == "c" else "ch" if vowel == "a" else "t")
    if closing == "nh":
        return vowel + ("nh" if vowel in ("a", "i") else "ng")
    return vowel + closing
