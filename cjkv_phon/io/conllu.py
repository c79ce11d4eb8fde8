r"""CoNLL-U: ten columns; a word gains ``Translit=`` and ``Ipa=`` in MISC, nothing else changes.

``Translit`` is the key that Universal Dependencies register for a
transliteration of the form. Values are escaped as in ``SpacesAfter``: ``\p``
for ``|``, ``\\``, ``\t``, ``\n``, ``\r``, and ``\s`` for a space where a plain
one is not allowed (at either end, or after another).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import FormatError
from cjkv_phon.io.base import BLANKS, Chunk, LineFormat, Record, Segment, Wanted, body
from cjkv_phon.types import TokenTranscription

ROMANIZATION_KEY = "Translit"
IPA_KEY = "Ipa"

_COLUMNS = 10
_ID = re.compile(r"([0-9]+)(?:-([0-9]+)|(\.[0-9]+))?")
_ESCAPES = str.maketrans({"\\": "\\\\", "|": "\\p", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_BAD_SPACE = re.compile(r"^ | $|(?<= ) ")


@dataclass(frozen=True, slots=True)
class Conllu(LineFormat):
    """CoNLL-U; multiword token ranges, empty nodes and comments stay untouched."""

    name: ClassVar[str] = "conllu"
    blank_line_separated: ClassVar[bool] = True

    def parse(self, lines: Sequence[str], chunk: Chunk, segment: Segment) -> Iterator[Record]:
        """Find the sentences; a slot is the index of a word's line."""
        words = _Words()
        for index, line in enumerate(lines):
            if not line.strip(BLANKS):
                if words.tokens:
                    yield words.record()
                    words = _Words()
            elif not line.startswith("#"):
                words.add(index, line, chunk)
        if words.tokens:
            yield words.record()

    def patch(
        self,
        lines: list[str],
        record: Record,
        tokens: Sequence[TokenTranscription],
        wanted: Wanted,
    ) -> None:
        """Set the keys in column 10."""
        for index, token in zip(record.slots, tokens, strict=True):
            line = lines[index]
            text = body(line)
            head, _, misc = text.rpartition("\t")
            if wanted.romanization:
                misc = with_key(misc, ROMANIZATION_KEY, token.romanization)
            if wanted.ipa:
                misc = with_key(misc, IPA_KEY, token.ipa)
            lines[index] = f"{head}\t{misc}{line[len(text) :]}"


class _Words:
    """The words of one sentence as they come."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.spaces: list[bool] = []
        self.slots: list[int] = []
        self._range_end = 0
        self._space_after_range = True

    def add(self, index: int, line: str, chunk: Chunk) -> None:
        """Take one line that is neither blank nor a comment."""
        fields = body(line).split("\t")
        number = chunk.line + index
        if len(fields) != _COLUMNS:
            raise FormatError(
                f"CoNLL-U has {_COLUMNS} columns with tabs between, this line has {len(fields)}; "
                "for other columns type --format conll --column N",
                path=chunk.path, line=number, column=len(line) + 1,
            )  # fmt: skip
        match = _ID.fullmatch(fields[0])
        if match is None:
            raise FormatError(
                f"{fields[0]!r} is no word number such as 3, 3-4 or 3.1; for other columns type "
                "--format conll --column N",
                path=chunk.path, line=number, column=1,
            )  # fmt: skip
        if match[3]:
            return
        space = "SpaceAfter=No" not in fields[9].split("|")
        if match[2]:
            self._range_end, self._space_after_range = _number(match[2]), space
            return
        word = _number(match[1])
        if word < self._range_end:
            space = False
        elif word == self._range_end:
            space = space and self._space_after_range
        self.tokens.append(fields[1])
        self.spaces.append(space)
        self.slots.append(index)

    def record(self) -> Record:
        """Return the sentence."""
        return Record(Sentence(tuple(self.tokens), tuple(self.spaces)), self.slots)


def _number(digits: str) -> int:
    # A number of thousands of digits is no word number; int() would refuse it.
    return int(digits[:18])


def escape(value: str) -> str:
    r"""Return a value as MISC can hold it.

    Example:
        >>> print(escape("a|b\\c "))
        a\pb\\c\s
    """
    return _BAD_SPACE.sub(r"\\s", value.translate(_ESCAPES))


def with_key(misc: str, key: str, value: str) -> str:
    """Set a key in a MISC column, in its place if it is there, else as the last one.

    An empty value takes the key away, since UD allows none.

    Example:
        >>> with_key("SpaceAfter=No", "Ipa", "koŋ")
        'SpaceAfter=No|Ipa=koŋ'
    """
    start = f"{key}="
    items = [] if misc in ("_", "") else misc.split("|")
    places = [place for place, item in enumerate(items) if item.startswith(start)]
    new = [start + escape(value)] if value else []
    if places:
        kept = [item for item in items[places[0] :] if not item.startswith(start)]
        items = items[: places[0]] + new + kept
    else:
        items += new
    return "|".join(items) or (misc and "_")
