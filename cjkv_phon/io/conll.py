"""CoNLL-style columns: a token a line, a blank line between sentences, any width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import ClassVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import FormatError
from cjkv_phon.io.base import BLANKS, Chunk, LineFormat, Record, Segment, Wanted
from cjkv_phon.types import TokenTranscription

DOCUMENT_START = "-DOCSTART-"
_FOREIGN = "#-"
"""What a line begins with that may be a comment or the start of a document."""

_WHITE_SPACE = re.compile(r"\s")
_LINE_SPACE = re.compile(r"[\t\n\r]")


@dataclass(frozen=True, slots=True)
class Conll(LineFormat):
    r"""Columns; ours come last, after the file's own delimiter.

    Untouched: blank lines, ``-DOCSTART-`` lines, and comments, which are lines
    that begin with ``#`` and have not the file's number of columns.

    Attributes:
        column: 0-based column of the token.
        delimiter: ``"\t"``, or ``" "`` for any run of spaces and tabs. In the
            latter case white space inside our cells becomes ``_``, and an empty
            cell ``_``, so that the columns stay columns.
        width: Usual number of columns, None where it is not known.
    """

    name: ClassVar[str] = "conll"
    blank_line_separated: ClassVar[bool] = True

    column: int = 0
    delimiter: str = "\t"
    width: int | None = None

    def parse(self, lines: Sequence[str], chunk: Chunk, segment: Segment) -> Iterator[Record]:
        """Find the sentences; a slot is (line index, offset where our columns go)."""
        column, delimiter = self.column, self.delimiter
        tokens: list[str] = []
        slots: list[tuple[int, int]] = []
        for index, line in enumerate(lines):
            if not line.strip(BLANKS):
                if tokens:
                    yield Record(Sentence(tuple(tokens)), slots)
                    tokens, slots = [], []
                continue
            if delimiter == "\t":
                text = line[:-1] if line[-1] == "\r" else line
                fields = text.split("\t", column + 1)
            else:
                text = line.rstrip(BLANKS)
                fields = cut_columns(text, delimiter)
            if text[0] in _FOREIGN and self._is_foreign(text):
                continue
            if len(fields) <= column:
                raise FormatError(
                    f"there is no column {column + 1}, the line has {len(fields)}; name the "
                    "token's column with --column, or the delimiter with --delimiter",
                    path=chunk.path, line=chunk.line + index, column=len(text) + 1,
                )  # fmt: skip
            tokens.append(fields[column])
            slots.append((index, len(text)))
        if tokens:
            yield Record(Sentence(tuple(tokens)), slots)

    def patch(
        self,
        lines: list[str],
        record: Record,
        tokens: Sequence[TokenTranscription],
        wanted: Wanted,
    ) -> None:
        """Insert the columns after the last one, before trailing blanks and the line end."""
        delimiter = self.delimiter
        cells = tab_cells if delimiter == "\t" else space_cells
        columns: list[list[str]] = []
        if wanted.ipa:
            columns.append(cells([token.ipa for token in tokens]))
        if wanted.romanization:
            columns.append(cells([token.romanization for token in tokens]))
        endings = map(delimiter.join, zip(repeat(""), *columns, strict=False))
        for (index, cut), ending in zip(record.slots, endings, strict=True):
            line = lines[index]
            lines[index] = line + ending if cut == len(line) else line[:cut] + ending + line[cut:]

    def _is_foreign(self, text: str) -> bool:
        if text.startswith("#"):
            width = len(cut_columns(text, self.delimiter))
            return self.width is not None and width != self.width
        return text.startswith(DOCUMENT_START)


def cut_columns(text: str, delimiter: str) -> list[str]:
    r"""Cut a line into its columns.

    Args:
        text: A line without its end.
        delimiter: ``"\t"``, or ``" "`` for any run of spaces and tabs.
    """
    if delimiter == "\t":
        return text.split("\t")
    return [field for field in text.replace("\t", " ").split(" ") if field]


def tab_cell(text: str) -> str:
    """Return a cell of a tab-separated line; tabs and line ends in it become spaces."""
    return text if text.isprintable() else _LINE_SPACE.sub(" ", text)


def tab_cells(texts: list[str]) -> list[str]:
    """Return a column of cells of tab-separated lines (see `tab_cell`)."""
    return texts if "".join(texts).isprintable() else [tab_cell(text) for text in texts]


def space_cells(texts: list[str]) -> list[str]:
    """Return a column of cells of space-separated lines (see `space_cell`)."""
    return [space_cell(text) for text in texts]


def space_cell(text: str) -> str:
    """Return a cell of a space-separated line: ``_`` for white space and for nothing."""
    return _WHITE_SPACE.sub("_", text) or "_"
