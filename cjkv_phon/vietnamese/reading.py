"""Tokens → syllables: which sound does each stretch of letters stand for?

A token is cut into runs of letters and what stands between them (spaces, hyphens,
underscores, digits, anything), which passes through. Short forms that are known by
what stands beside them (10h, 50m2, GD&ĐT: `symbols`) are taken out first. A run is, in
this order: an initial before an apostrophe (M'Nông: read with ơ); an abbreviation that
is read in full (``data/abbreviations.tsv``); a letter (its name); a regular syllable; a
foreign name (`names`); parts that capitals open (VinFast); what is spelled as English is
(`english`); a syllable of loose spelling; a number in Roman numerals (it passes through,
as those in digits do); several syllables written together, native (`splitting`) or a
loan (`loanwords`), else English; a bare initial (ch, ngh: read with ờ); an acronym, in
capitals, without a vowel, or of three letters (letters by name). What is none of these
is unknown if it is in Latin script, and passes through otherwise.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

import regex

from cjkv_phon.memo import Memo
from cjkv_phon.types import Status
from cjkv_phon.vietnamese.english import looks_english, read_english
from cjkv_phon.vietnamese.loanwords import looks_native, read_loan
from cjkv_phon.vietnamese.names import names
from cjkv_phon.vietnamese.orthography import ONSETS, Written, parse, spell
from cjkv_phon.vietnamese.phonology import HUYEN, NGANG, Syllable
from cjkv_phon.vietnamese.splitting import is_vowel, split
from cjkv_phon.vietnamese.symbols import forms, pattern
from cjkv_phon.vietnamese.tables import rows

SCHWA = Syllable("", "", "ơ", "", NGANG)
"""What a consonant without a vowel is read with."""
SHORTEST_ACRONYM_READ_AS_WORD = 4
SHORTEST_NAME = 4
"""Letters of a name in capitals; a shorter one may be an acronym."""
LONGEST_SPELLED = 5
LONGEST_UNREADABLE = 3
"""Letters of a run that is no syllable and so an acronym in small letters (hiv, ibm)."""

# Letters with their marks, or anything else. Possessive, so that a run of megabytes
# leaves nothing to go back to.
_PIECE = r"\p{Latin}[\p{Latin}\p{M}]*+|(?:[^\p{Latin}°]|°(?![CF](?!\p{L})))++"
# Look-alikes of đ from other alphabets, common in older files.
_BARRED = str.maketrans({"ð": "đ", "ɖ": "đ"})
_APOSTROPHES = ("'", "’", "ʼ")
_LATIN = regex.compile(r"\p{Latin}")
_ROMAN_NUMBER = regex.compile(r"(?=[XVI]{2})X{0,3}(?:IX|IV|V?I{0,3})")
# iPhone, eBay, McDonald: what stands before a capital.
_PREFIXES = {"i": "ai", "e": "i", "Mc": "mắc", "Mac": "mác"}
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


class Named(NamedTuple):
    """A reading of something that is not spelled out."""

    syllables: tuple[Syllable, ...]
    reading: str


class Reader:
    """Reads tokens that are in NFC; keeps what it has parsed.

    Attributes:
        abbreviations: What is read in full whatever it is spelled like.
    """

    def __init__(self) -> None:
        self._parsed: Memo[str, Written | None] = Memo(parse)
        self._letters = {letter: self._full(name) for letter, name in rows("letters")}
        self._symbols = {form: self._full(full) for form, full in forms().items()}
        self._pieces = pattern(_PIECE).finditer
        self.abbreviations = {short: self._full(full) for short, full in rows("abbreviations")}
        self._in_capitals = {
            short.upper(): full for short, full in self.abbreviations.items() if short[0].isupper()
        }

    def read(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces of a token, which tile it."""
        low = text.lower()
        written = self._parsed[low] if len(low) > 1 and not text.isupper() else None
        if written is not None and written.core and text not in self.abbreviations:
            return (Piece(len(text), (written.syllable,), *_spelled(text, written), "ok"),)
        pieces: list[Piece] = []
        for match in self._pieces(text):
            form = match["form"]
            if form is not None:
                pieces.append(_named(form, self._symbols[form]))
                continue
            presyllable = text.startswith(_APOSTROPHES, match.end())
            pieces += self._run(match.group(), presyllable)
        return tuple(pieces)

    def _run(self, run: str, presyllable: bool) -> tuple[Piece, ...]:
        if not _LATIN.match(run):
            return (Piece(len(run), (), run, "", "passthrough"),)
        low = run.lower().translate(_BARRED)
        if len(low) != len(run):
            return (Piece(len(run), (), run, "", "unknown"),)
        if presyllable and low in ONSETS:
            return (_bare(run, low, SCHWA),)
        known = self.abbreviations.get(run) or self._letters.get(low)
        if known is not None:
            return (_named(run, known),)
        written = self._parsed[low]
        capitals = run.isupper()
        if written is None or not written.core:
            foreign = self._foreign(run, low, capitals)
            if foreign:
                return foreign
        if written is not None and (written.core or not capitals):
            return (Piece(len(run), (written.syllable,), *_spelled(run, written), "ok"),)
        if _ROMAN_NUMBER.fullmatch(run):
            return (Piece(len(run), (), run, "", "passthrough"),)
        found = self._several(run, low, capitals)
        if found:
            return found
        if low in ONSETS and not capitals:
            return (_bare(run, low, SCHWA._replace(tone=HUYEN)),)
        known = self._in_capitals.get(low.upper())
        if known is not None:
            return (_named(run, known),)
        if written is None and len(low) <= LONGEST_UNREADABLE:
            capitals = True
        if self._is_spelled(low, capitals):
            pairs = zip(run, low, strict=True)
            return tuple(_named(one, self._letters[letter]) for one, letter in pairs)
        if written is not None:
            return (Piece(len(run), (written.syllable,), *_spelled(run, written), "ok"),)
        return (Piece(len(run), (), run, "", "unknown"),)

    def _foreign(self, run: str, low: str, capitals: bool) -> tuple[Piece, ...]:
        """Read a name that is said by convention, or what is spelled as English is."""
        if capitals and len(low) < SHORTEST_NAME:
            return ()
        name = names().get(low)
        if name is not None:
            ends = tuple(accumulate(length for length, _ in name))
            parts = zip((0, *ends), ends, name, strict=False)
            return tuple(
                _named(run[start:end], self._full(said)) for start, end, (_, said) in parts
            )
        starts = [match.start() for match in _INNER_CAPITAL.finditer(run)]
        if starts:
            return self._capitalised(run, starts)
        return _pieces(run, read_english(low)) if looks_english(low) else ()

    def _capitalised(self, run: str, starts: list[int]) -> tuple[Piece, ...]:
        """Read each part that a capital opens by itself, if all of them can be read."""
        cuts = zip((0, *starts), (*starts, len(run)), strict=True)
        pieces: list[Piece] = []
        for start, end in cuts:
            part = run[start:end]
            if end - start < 2 and part not in _PREFIXES:
                return ()
            prefix = _PREFIXES.get(part) if start == 0 else None
            pieces += (_named(part, self._full(prefix)),) if prefix else self._run(part, False)
        return tuple(pieces) if all(piece.status == "ok" for piece in pieces) else ()

    def _is_spelled(self, low: str, capitals: bool) -> bool:
        """Whether a run is read letter by letter: capitals, or a few letters without a vowel."""
        if not all(letter in self._letters for letter in low):
            return False
        return capitals or (len(low) <= LONGEST_SPELLED and not any(map(is_vowel, low)))

    def _several(self, run: str, low: str, capitals: bool) -> tuple[Piece, ...]:
        """Read syllables written together, of a native word or of a loan."""
        if not any(map(is_vowel, low)):
            return ()
        starts = [match.start() for match in _INNER_CAPITAL.finditer(run)]
        likely = looks_native(low) or len(starts) > 0
        native = split(low, starts, self._parsed.__getitem__) if likely else ()
        if native and (starts or not low.isascii() or not _bare_count(native)):
            return _pieces(run, native)
        loan = read_loan(low) or (() if capitals else read_english(low))
        if capitals and (len(loan) < 2 or len(run) < SHORTEST_ACRONYM_READ_AS_WORD):
            return ()
        if native and (not loan or _bare_count(native) <= _bare_count(loan)):
            return _pieces(run, native)
        if loan or likely:
            return _pieces(run, loan)
        return _pieces(run, split(low, starts, self._parsed.__getitem__))

    def _full(self, names: str) -> Named:
        """Parse a reading of the tables."""
        found = [self._parsed[name] or read_loan(name) for name in names.split()]
        syllables = tuple(
            (one if isinstance(one, Written) else one[0]).syllable for one in found if one
        )
        if len(syllables) < len(found):
            raise ValueError(f"{names!r} in a table of vietnamese/data is not Vietnamese")
        return Named(syllables, names)


def _named(run: str, known: Named) -> Piece:
    return Piece(len(run), known.syllables, run, known.reading, "ok")


def _bare_count(syllables: tuple[Written, ...]) -> int:
    """Count the syllables without an initial, but for the first."""
    return sum(written.syllable.onset == "" for written in syllables[1:])


def _bare(run: str, low: str, vowel: Syllable) -> Piece:
    syllable = vowel._replace(onset=ONSETS[low])
    return Piece(len(run), (syllable,), run, spell(syllable), "ok")


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
