"""Tables of core words, the package's own and the user's.

A bilingual dictionary mined from text knows nouns and names; it leaves out the closed classes and
many of the commonest words, which are most of any sentence. And it does not know that Korean writes
particles and endings together with the word before them, where the segmentation of Japanese sets
them apart. A table of some hundred lines a pair says both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import regex

from cjkv_phon import FormatError, Transcriber
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.sources import pair_file, text_lines

BUILT_IN = "builtin"
"""What names the package's own tables."""

KINDS = ("word", "particle", "ending")
"""``word`` stands by itself. A ``particle`` is written together with the word before it, and so is
an ``ending``, which is part of a verb or an adjective: a word that is left in the source language
keeps its own endings, and nothing but endings follows a word directly if they do."""

FORMS = 3
CONSONANT, VOWEL, LIQUID = range(FORMS)
_CODAS = {"": VOWEL, "\N{HANGUL JONGSEONG RIEUL}": LIQUID}
_LETTERS = {
    **dict.fromkeys("んンﾝ", CONSONANT),
    **dict.fromkeys("036", CONSONANT),  # yeong, sam, yuk
    **dict.fromkeys("178", LIQUID),  # il, chil, pal
    **dict.fromkeys("bcdfghjkmnpqrstvxz", CONSONANT),
    "l": LIQUID,
}


class Form(NamedTuple):
    """A core word of the target.

    Attributes:
        spellings: After a consonant, after a vowel, after a liquid.
        sounds: Their phonemes; empty strings where the model reads none.
    """

    spellings: tuple[str, str, str]
    sounds: tuple[str, str, str]


class Entry(NamedTuple):
    """What a sequence of source words is in the target.

    Attributes:
        kind: One of `KINDS`.
        forms: One is drawn where there are several.
    """

    kind: str
    forms: tuple[Form, ...]

    @property
    def followed_by(self) -> tuple[str, ...]:
        """Kinds that may be attached behind it: after a particle no ending."""
        return ("ending", "particle") if self.kind == "ending" else ("particle",)

    def drawn(self, after: int, generator: np.random.Generator) -> tuple[str, str]:
        """Draw a form, as it is spelled and sounds after what `final` says."""
        number = int(generator.integers(len(self.forms))) if len(self.forms) > 1 else 0
        form = self.forms[number]
        return form.spellings[after], form.sounds[after]


class CoreWords(NamedTuple):
    """The table of one language pair.

    Attributes:
        source: Language code.
        target: Language code.
        entries: Kind → source words → entry.
        longest: Source words that the longest line has.
    """

    source: str
    target: str
    entries: dict[str, dict[tuple[str, ...], Entry]]
    longest: int

    def find(
        self, tokens: tuple[str, ...], place: int, kinds: Iterable[str]
    ) -> tuple[Entry | None, int]:
        """Return the longest entry that begins at a place, and the words it takes."""
        for size in range(min(self.longest, len(tokens) - place), 0, -1):
            for kind in kinds:
                entry = self.entries[kind].get(tokens[place : place + size])
                if entry is not None:
                    return entry, size
        return None, 0

    def sounds(self) -> Iterator[str]:
        """Yield every sound, for the vocabulary."""
        for form in self._forms():
            yield from form.sounds

    def spellings(self) -> Iterator[str]:
        """Yield every spelling, for the vocabulary."""
        for form in self._forms():
            yield from form.spellings

    def _forms(self) -> Iterator[Form]:
        for table in self.entries.values():
            for entry in table.values():
                yield from entry.forms


@lru_cache(maxsize=1)
def built_in() -> dict[tuple[str, str], str]:
    """Return the pairs that the package has a table for, with the text of each."""
    found = {}
    for file in sorted(files(__package__).iterdir(), key=lambda item: item.name):
        name, _, ending = file.name.partition(".")
        source, dash, target = name.partition("-")
        if ending == "tsv" and dash:
            found[source, target] = file.read_text(encoding="utf-8")
    return found


def load_core_words(
    spec: str,
    sources: Iterable[str],
    targets: Iterable[str],
    phonemes: str = "ipa",
    scheme: str = "",
) -> list[CoreWords]:
    """Read ``builtin``, or ``ja-ko:PATH``.

    Args:
        spec: ``builtin`` stands for the package's tables of the sources and targets.
        sources: Source languages of the run.
        targets: Target languages of the run.
        phonemes: ``ipa``, ``romanization``, or empty for none.
        scheme: Transcribe with this scheme; empty: ``standard``, as the tables hold no sound.

    Raises:
        SettingsError: If the spec is written wrongly, or there is no table of the pair.
        FormatError: If a line is wrong or the file is empty.
    """
    if spec == BUILT_IN:
        tables = built_in()
        pairs = [(a, b) for a in sources for b in targets if (a, b) in tables]
        if not pairs:
            raise SettingsError(
                f"there is no built-in table of core words for {', '.join(sources)} and "
                f"{', '.join(targets)} (there are {', '.join(map('-'.join, tables))}): type "
                "--core-words SOURCE-TARGET:PATH to bring one, or leave the option out"
            )
        lines = (enumerate(tables[pair].splitlines(), 1) for pair in pairs)
        return [
            _table(*pair, _rows(numbered, "-".join(pair)), phonemes, scheme)
            for pair, numbered in zip(pairs, lines, strict=True)
        ]
    source, target, path = pair_file(
        "core-words", spec, f"{BUILT_IN}, or SOURCE-TARGET:PATH, such as ja-ko:words.tsv"
    )
    return [_table(source, target, _rows(text_lines(path), path), phonemes, scheme)]


_Row = tuple[tuple[str, ...], tuple[str, str, str], str]


def _rows(lines: Iterable[tuple[int, str]], path: str) -> list[_Row]:
    rows: list[_Row] = []
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[2] not in KINDS or not all(map(str.strip, cells)):
            raise FormatError(
                f"wanted source, target and one of {', '.join(KINDS)}, with tabs between",
                path=path,
                line=number,
            )
        words = tuple(cells[0].split())
        if cells[2] == "word" and len(words) > 1:
            raise FormatError(
                f"{cells[0]!r}: a word replaces one word of the source", path=path, line=number
            )
        forms = ["".join(form.split()) for form in cells[1].split("/")]
        if len(forms) > FORMS or not all(forms):
            raise FormatError(
                f"{cells[1]!r}: a form, or forms after a consonant/a vowel/a liquid",
                path=path,
                line=number,
            )
        after = (forms[0], forms[min(1, len(forms) - 1)], forms[2 if len(forms) == FORMS else 0])
        rows.append((words, after, cells[2]))
    if not rows:
        raise FormatError("the table of core words is empty", path=path)
    return rows


def _table(source: str, target: str, rows: list[_Row], phonemes: str, scheme: str) -> CoreWords:
    sounds: list[tuple[str, ...]] = [("",) * FORMS] * len(rows)
    if phonemes:
        transcriber = Transcriber(target, scheme=scheme or "standard")
        results = transcriber.pipe([row[1] for row in rows])
        sounds = [tuple(r.ipa if phonemes == "ipa" else r.romanization) for r in results]
    entries: dict[str, dict[tuple[str, ...], Entry]] = {kind: {} for kind in KINDS}
    for (words, spellings, kind), heard in zip(rows, sounds, strict=True):
        form = Form(spellings, (heard[0], heard[1], heard[2]))
        known = entries[kind].get(words)
        entries[kind][words] = Entry(kind, (*(known.forms if known else ()), form))
    return CoreWords(source, target, entries, max(len(words) for words, _, _ in rows))


def final(text: str) -> int:
    """Say what a word ends in: `CONSONANT`, `VOWEL` or `LIQUID`.

    Hangul by its coda, digits as Korean reads them, kana by ん, Latin by its last letter.
    What cannot be told ends in a vowel, as most words of Japanese do.

    Example:
        >>> [final(word) for word in ("학생", "나라", "서울", "ホン", "本屋", "3", "PC", "")]
        [0, 1, 2, 0, 1, 0, 0, 1]
    """
    last = unicodedata.normalize("NFD", text[-1:].lower())
    if regex.match(r"\p{Hangul}", last):
        return _CODAS.get(last[2:], CONSONANT)
    return _LETTERS.get(last[:1], VOWEL)
