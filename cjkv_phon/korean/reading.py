"""From text to written syllables: Hangul in any encoding, lone jamo, Hanja.

A token is cut into `Piece`s that tile it. A piece is one written syllable, a
letter that is read as syllables of its own, or a run of something else.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from cjkv_phon.korean.hangul import CODAS, FIRST, LAST, ONSETS, Syllable, compose, decompose
from cjkv_phon.korean.juncture import IOTATED
from cjkv_phon.korean.tables import rows
from cjkv_phon.normalize import normalize

Kind = Literal["syllable", "space", "foreign", "unknown"]

SYLLABLES = regex.compile("[가-힣]+")
_HALF_WIDTH = regex.compile(r"(?=\p{Hangul})[\N{HALFWIDTH HANGUL FILLER}-\uFFDC]")
_HANGUL = regex.compile(r"\p{Hangul}")
_SPACE = regex.compile(r"\s")
_KOREAN = regex.compile(r"[\p{Hangul}\p{Han}]")
_HAN = regex.compile(r"\p{Han}")


class Piece(NamedTuple):
    """A stretch of a token.

    Attributes:
        start: Offset of its first code point in the token.
        end: Offset after its last.
        kind: ``syllable`` is read; ``space`` is white space between syllables,
            over which sounds change; ``foreign`` is copied; ``unknown`` is
            Hangul or Hanja that cannot be read.
        text: The syllables it is read as (one but for letters read by name).
    """

    start: int
    end: int
    kind: Kind
    text: str = ""

    @property
    def syllables(self) -> list[Syllable]:
        """The syllables it is read as, in letters."""
        return [decompose(character) for character in self.text]


class Letters(NamedTuple):
    """How lone letters are read.

    Attributes:
        sounds: Compatibility letter to the syllable it sounds like (ㅋ 크, ㅏ 아).
        names: The same to its name (ㄱ 기역), for consonants.
        modern: Other letters (conjoining, old) to compatibility letters.
    """

    sounds: dict[str, str]
    names: dict[str, str]
    modern: dict[str, str]


@lru_cache(maxsize=1)
def letters() -> Letters:
    """Load the table of letters."""
    table = Letters({}, {}, {})
    for letter, sound, name, variants in rows("jamo.tsv"):
        table.sounds[letter] = sound
        if name:
            table.names[letter] = name
        for variant in variants.split():
            table.modern[chr(int(variant, 16))] = letter
    return table


@lru_cache(maxsize=1)
def hanja() -> dict[str, str]:
    """Load the readings of Hanja."""
    return {character: sound for sound, characters in rows("hanja.tsv") for character in characters}


def is_hangul(character: str) -> bool:
    """Say whether a character is Hangul of any kind, or Hanja."""
    return FIRST <= character <= LAST or bool(_KOREAN.match(character))


def pieces(token: str) -> list[Piece]:
    """Cut a token into pieces that tile it.

    Example:
        >>> [(p.start, p.end, p.kind, p.text) for p in pieces("ㅋA 韓")]
        [(0, 1, 'syllable', '크'), (1, 3, 'foreign', ''), (3, 4, 'syllable', '한')]
    """
    found: list[Piece] = []
    characters = _characters(token)
    for index, (character, start, end) in enumerate(characters):
        kind, text = _read(character)
        if len(characters) == 1 and character in letters().names:
            kind, text = "syllable", letters().names[character]
        if kind == "space" and not _between_syllables(characters, index):
            kind = "foreign"
        if kind == "syllable" and _HAN.match(character):
            text = initial_sound(text, found[-1].text if found else "")
        if kind == "foreign" and found and found[-1].kind == "foreign":
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Piece(start, end, kind, text))
    return found


def initial_sound(reading: str, before: str) -> str:
    """Apply the initial sound rule (두음 법칙, 한글 맞춤법 §10–12) to the reading of a Hanja.

    At the beginning of a word 녀 뇨 뉴 니 and 랴 려 례 료 류 리 lose their onset, the other
    ㄹ become ㄴ; 렬 률 do so after a vowel and ㄴ too.

    Args:
        reading: Reading of the Hanja by itself.
        before: The syllable before it, empty at the beginning of a word.

    Example:
        >>> initial_sound("녀", ""), initial_sound("로", ""), initial_sound("률", "비")
        ('여', '노', '율')
    """
    syllable = decompose(reading)
    if before:
        loses = reading in ("렬", "률") and decompose(before[-1]).coda in ("", "ㄴ")
        return compose(syllable._replace(onset="ㅇ")) if loses else reading
    if syllable.onset in "ㄴㄹ" and syllable.nucleus in IOTATED:
        return compose(syllable._replace(onset="ㅇ"))
    return compose(syllable._replace(onset="ㄴ")) if syllable.onset == "ㄹ" else reading


def _characters(token: str) -> list[tuple[str, int, int]]:
    if _HALF_WIDTH.search(token):
        return _full_width(token)
    text, starts = normalize(token)
    merged: list[tuple[str, int, int]] = []
    for index, character in enumerate(text):
        start, end = starts[index], starts[index + 1]
        if start == end or (merged and merged[-1][2] > start):
            # One cluster that normalises to several characters: they share its span.
            before = merged.pop() if merged and merged[-1][1] == start else ("", start, start)
            merged.append((before[0] + character, start, max(end, before[2])))
        else:
            merged.append((character, start, end))
    return [(c, a, b) for c, a, b in merged if b > a] if merged else []


_LINEAR = regex.compile(
    r"(?P<onset>[ㄱ-ㅎ])?(?P<nucleus>[ㅏ-ㅣ])(?P<coda>[ㄱ-ㅎ](?![ㅏ-ㅣ]))?|.", regex.DOTALL
)


def _full_width(token: str) -> list[tuple[str, int, int]]:
    """Assemble half-width letters, which spell a syllable one after the other."""
    wide = "".join(
        _compatible(unicodedata.normalize("NFKC", c)) if _HALF_WIDTH.match(c) else c for c in token
    )
    found: list[tuple[str, int, int]] = []
    for match in _LINEAR.finditer(wide):
        text = match.group()
        if match["onset"] and match["nucleus"]:
            text = _assembled(match["onset"], match["nucleus"], match["coda"] or "")
        found.append((text, match.start(), match.end()))
    return found


def _compatible(letter: str) -> str:
    return letters().modern.get(letter, letter)


def _assembled(onset: str, nucleus: str, coda: str) -> str:
    if onset not in ONSETS or coda not in CODAS:
        return onset + nucleus + coda
    return compose((onset, nucleus, coda))


def _between_syllables(characters: list[tuple[str, int, int]], index: int) -> bool:
    return (
        0 < index < len(characters) - 1
        and SYLLABLES.fullmatch(characters[index - 1][0]) is not None
        and SYLLABLES.fullmatch(characters[index + 1][0]) is not None
    )


def _read(character: str) -> tuple[Kind, str]:
    base = character[0]
    if SYLLABLES.match(base):
        return "syllable", base
    if len(character) == 1 and _SPACE.match(character):
        return "space", ""
    if _HANGUL.match(base):
        sounds = [letters().sounds.get(_compatible(letter), "") for letter in character]
        text = "".join(sounds)
        return ("syllable", text) if text else ("unknown", "")
    if _HAN.match(base):
        sound = hanja().get(base, "")
        return ("syllable", sound) if sound else ("unknown", "")
    return "foreign", ""
