"""Articulatory features of segments: PanPhon's 24, and three for tone."""

from __future__ import annotations

import csv
import unicodedata
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import regex

from cjkv_phon.errors import MissingDependencyError
from cjkv_phon.memo import Memo

FEATURES = (
    "syl", "son", "cons", "cont", "delrel", "lat", "nas", "strid", "voi", "sg", "cg", "ant",
    "cor", "distr", "lab", "hi", "lo", "back", "round", "velaric", "tense", "long", "hitone",
    "hireg",
)  # fmt: skip
"""PanPhon's features in PanPhon's order: 1 present, −1 absent, 0 not applicable."""

TONE_FEATURES = ("tone_start", "tone_middle", "tone_end")
"""Pitch at three points of a tone, Chao's levels 1–5 as −1 to 1; 0 where there is no tone."""

ALL_FEATURES = FEATURES + TONE_FEATURES

Vector = npt.NDArray[np.float64]
SoundClass = Literal["vowel", "glide", "consonant", "tone", "other"]

_INDEX = {name: place for place, name in enumerate(FEATURES)}
_LEVEL = {"˩": 1, "˨": 2, "˧": 3, "˦": 4, "˥": 5} | {
    digit: value for value in range(1, 6) for digit in (str(value), "⁰¹²³⁴⁵"[value])
}
_TONE = regex.compile(r"[˥˦˧˨˩⁰¹²³⁴⁵⁶⁷⁸⁹1-5][˥˦˧˨˩⁰¹²³⁴⁵⁶⁷⁸⁹1-5ˀʔ˞]*")
_TIE = regex.compile("[͜͡]")
# Letters in common use for the symbol of the IPA; affricates written without a tie.
_SAME = str.maketrans({"g": "ɡ", "ʦ": "t͡s", "ʣ": "d͡z", "ʧ": "t͡ʃ", "ʤ": "d͡ʒ", "ʨ": "t͡ɕ",
                       "ʥ": "d͡ʑ", "ɚ": "ə˞", "ɝ": "ɜ˞", "ȵ": "ɲ", "ȶ": "c", "͜": "͡",
                       "ɿ": "ɹ̩", "ʅ": "ɻ̩"})  # fmt: skip
_UNTIED = regex.compile(r"(?<=[tdʈɖ])([͈̪̺̻̠̟]*)(?=[szʃʒɕʑʂʐ])")


def is_tone(segment: str) -> bool:
    """Say whether a segment is the tone of a syllable.

    Example:
        >>> is_tone("˧˥"), is_tone("k̚")
        (True, False)
    """
    return _TONE.fullmatch(segment) is not None


def features(segment: str) -> Vector | None:
    """Return the features of one segment.

    Known combinations come from PanPhon's table. Others are computed: the
    longest known base, changed by its diacritics (``phones/data/modifiers.tsv``);
    an affricate takes place and stridency from its fricative, a doubly
    articulated segment every articulation of both halves; the tone of a
    syllable takes the mean of its letters' features.

    Args:
        segment: One segment, as `segments` cuts it.

    Returns:
        A read-only vector of ``len(FEATURES + TONE_FEATURES)`` numbers, or None
        for what is not IPA.

    Example:
        >>> vector = features("p͈")
        >>> float(vector[FEATURES.index("cg")]), float(vector[FEATURES.index("voi")])
        (1.0, -1.0)
        >>> features("語") is None
        True
    """
    return _VECTOR[segment]


def feature_matrix(segments: tuple[str, ...] | list[str], tones: bool = True) -> Vector:
    """Stack the features of segments.

    Args:
        segments: Segments, in order.
        tones: Add `TONE_FEATURES` to `FEATURES`.

    Returns:
        An array of shape (segments, 27), or (segments, 24) without tones; a row
        of zeros for what is not IPA.
    """
    width = len(ALL_FEATURES) if tones else len(FEATURES)
    matrix = np.zeros((len(segments), width))
    for row, segment in enumerate(segments):
        vector = _VECTOR[segment]
        if vector is not None:
            matrix[row] = vector[:width]
    return matrix


def sound_class(segment: str) -> SoundClass:
    """Return whether a segment is a vowel, a glide, a consonant or a tone.

    Syllabic consonants count as vowels: they are the nucleus.

    Example:
        >>> [sound_class(s) for s in ("i", "j", "k̚", "˥", "…")]
        ['vowel', 'glide', 'consonant', 'tone', 'other']
    """
    vector = _VECTOR[segment]
    if vector is None:
        return "other"
    if is_tone(segment):
        return "tone"
    if vector[_INDEX["syl"]] > 0:
        return "vowel"
    return "consonant" if vector[_INDEX["cons"]] > 0 or vector[_INDEX["son"]] < 0 else "glide"


def _vector(segment: str) -> Vector | None:
    if is_tone(segment):
        values: list[float] | None = _tone(segment)
    else:
        plain = unicodedata.normalize("NFD", segment.translate(_SAME))
        if "͡" not in plain:
            plain = _UNTIED.sub(r"\1͡", plain)
        found = _sound(unicodedata.normalize("NFD", plain))
        values = None if found is None else [*found, 0.0, 0.0, 0.0]
    if values is None:
        return None
    vector = np.asarray(values, dtype=np.float64)
    vector.setflags(write=False)
    return vector


_VECTOR: Memo[str, Vector | None] = Memo(_vector, entries=20_000)


def _tone(segment: str) -> list[float]:
    table = _table()
    levels = [_LEVEL[c] for c in segment if c in _LEVEL] or [3]
    letters = [table["˩˨˧˦˥"[level - 1]] for level in levels]
    mean = [sum(column) / len(letters) for column in zip(*letters, strict=True)]
    if any(c in "ˀʔ" for c in segment):
        mean[_INDEX["cg"]] = 1.0
    at = (
        levels[0],
        levels[len(levels) // 2] if len(levels) > 2 else sum(levels[:2]) / len(levels[:2]),
        levels[-1],
    )
    return [*mean, *((level - 3) / 2 for level in at)]


def _sound(plain: str) -> list[float] | None:
    """Features of a segment in NFD, from the table or computed."""
    known = _table().get(plain)
    if known is not None:
        return list(known)
    halves = _TIE.split(plain)
    if len(halves) > 1:
        return _joined(halves)
    modifiers = _modifiers()
    table = _table()
    for length in range(len(plain) - 1, 0, -1):
        for base, rest in ((plain[:length], plain[length:]), (plain[-length:], plain[:-length])):
            if base in table and all(mark in modifiers for mark in rest):
                values = list(table[base])
                for mark in rest:
                    for place, value in modifiers[mark]:
                        values[place] = value
                return values
    # Diacritics in another order than the table's: the bare base and every mark.
    if plain[:1] in table and any(mark in modifiers for mark in plain[1:]):
        values = list(table[plain[0]])
        for mark in plain[1:]:
            for place, value in modifiers.get(mark, ()):
                values[place] = value
        return values
    return None


def _joined(halves: list[str]) -> list[float] | None:
    """Features of segments joined by a tie: affricate or double articulation."""
    first, last = _sound(halves[0]), _sound(halves[-1])
    if first is None or last is None:
        return first if last is None else last
    if first[_INDEX["cont"]] < 0 < last[_INDEX["cont"]] and first[_INDEX["son"]] < 0:
        last[_INDEX["cont"]] = -1.0
        last[_INDEX["delrel"]] = 1.0
        last[_INDEX["cg"]] = max(first[_INDEX["cg"]], last[_INDEX["cg"]])
        return last
    return [max(a, b) for a, b in zip(first, last, strict=True)]


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[float, ...]]:
    """PanPhon's table of segments, read without importing PanPhon."""
    spec = find_spec("panphon")
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependencyError("panphon", "all")
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "ipa_all.csv"
    value = {"+": 1.0, "0": 0.0, "-": -1.0}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)[1:]
        order = [header.index(name) for name in FEATURES]
        return {
            unicodedata.normalize("NFD", row[0]): tuple(value[row[1 + place]] for place in order)
            for row in rows
        }


@lru_cache(maxsize=1)
def _modifiers() -> dict[str, tuple[tuple[int, float], ...]]:
    """Diacritic → which features become what."""
    text = files("cjkv_phon.phones").joinpath("data/modifiers.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            mark, _, changes = line.split("\t")
            found[mark] = tuple(
                (_INDEX[change[1:]], 1.0 if change[0] == "+" else -1.0)
                for change in changes.split()
            )
    return found
