"""Tokens → syllables: which sound does each stretch of letters stand for?

A token is cut into runs of letters and what stands between them (spaces,
hyphens, underscores, digits, anything), which passes through. A run is, in this
order: a letter (its name); a syllable; an acronym in capitals (letters by name);
several syllables written together (`splitting`); a bare initial (ch, ngh: read
with ờ); a loan (`loanwords`). What is none of these is unknown if it is in
Latin script, and passes through otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from cjkv_phon.memo import Memo
from cjkv_phon.types import Status
from cjkv_phon.vietnamese.loanwords import looks_native, read_loan
from cjkv_phon.vietnamese.orthography import ONSETS, Written, parse, spell
from cjkv_phon.vietnamese.phonology import HUYEN, Syllable
from cjkv_phon.vietnamese.splitting import is_vowel, split
from cjkv_phon.vietnamese.tables import rows

SCHWA = Syllable("", "", "ơ", "", HUYEN)
"""What a bare consonant is read with: b = bờ."""

_PIECE = regex.compile(r"(?:\p{Latin}\p{M}*)+|(?:(?!\p{Latin}).)+", regex.DOTALL)
_LATIN = regex.compile(r"\p{Latin}")
_INNER_CAPITAL = regex.compile(r"(?<=\p{Ll})\p{Lu}")


class Piece(NamedTuple):
    """A stretch of a token with its reading.

    Attributes:
        length: Characters of the token in NFC.
        syllables: How it sounds; none where it is not read.
        spelling: The stretch with the tone mark in its place, in its own case.
        reading: The syllables in quốc ngữ, lower case, apart by spaces.
        status: How it was handled.
    """

    length: int
    syllables: tuple[Syllable, ...]
    spelling: str
    reading: str
    status: Status


class Reader:
    """Reads tokens that are in NFC; keeps what it has parsed."""

    def __init__(self) -> None:
        self._parsed: Memo[str, Written | None] = Memo(parse)
        self._letters = {
            letter: tuple(self._syllable(name) for name in names.split())
            for letter, names in rows("letters")
        }
        self._names = dict(rows("letters"))

    def read(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces of a token, which tile it."""
        written = self._parsed[text] if text.islower() else None
        if written is not None and len(text) > 1:
            return (Piece(len(text), (written.syllable,), *_spelled(text, written), "ok"),)
        return tuple(
            piece for match in _PIECE.finditer(text) for piece in self._run(match.group())
        )

    def _run(self, run: str) -> tuple[Piece, ...]:
        if not _LATIN.match(run):
            return (Piece(len(run), (), run, "", "passthrough"),)
        low = run.lower()
        if len(low) != len(run):
            return (Piece(len(run), (), run, "", "unknown"),)
        if low in self._letters:
            return (self._letter(run, low),)
        written = self._parsed[low]
        capitals = run.isupper()
        if written is not None and (written.core or not capitals):
            return (Piece(len(run), (written.syllable,), *_spelled(run, written), "ok"),)
        found = self._several(run, low, capitals)
        if found:
            return found
        if capitals and all(letter in self._letters for letter in low):
            return tuple(self._letter(*pair) for pair in zip(run, low, strict=True))
        if low in ONSETS:
            syllable = SCHWA._replace(onset=ONSETS[low])
            return (Piece(len(run), (syllable,), run, low + "ờ", "ok"),)
        return (Piece(len(run), (), run, "", "unknown"),)

    def _several(self, run: str, low: str, capitals: bool) -> tuple[Piece, ...]:
        """Read syllables written together, of a native word or of a loan."""
        if not any(map(is_vowel, low)):
            return ()
        starts = [match.start() for match in _INNER_CAPITAL.finditer(run)]
        native = split(low, starts, self._parsed.__getitem__)
        if native and (looks_native(low) or starts):
            return _pieces(run, native)
        loan = read_loan(low)
        if capitals and len(loan) < 2:
            return ()
        return _pieces(run, loan or native)

    def _letter(self, letter: str, low: str) -> Piece:
        return Piece(1, self._letters[low], letter, self._names[low], "ok")

    def _syllable(self, text: str) -> Syllable:
        written = self._parsed[text]
        if written is None:
            raise ValueError(f"data/letters.tsv: {text!r} is no syllable")
        return written.syllable


def _pieces(run: str, syllables: tuple[Written, ...]) -> tuple[Piece, ...]:
    pieces = []
    start = 0
    for written in syllables:
        end = start + len(written.normalized)
        spelled = _spelled(run[start:end], written)
        pieces.append(Piece(end - start, (written.syllable,), *spelled, "ok"))
        start = end
    return tuple(pieces)


def _spelled(run: str, written: Written) -> tuple[str, str]:
    """Return the normalised spelling in the case of the run, and the reading."""
    spelling = written.normalized
    reading = spelling if written.core else spell(written.syllable)
    if run == spelling:
        return run, reading
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(run, spelling, strict=True)
    ), reading
