"""XTREME's TSV (UDPOS ``token⇥label``, PANX ``lang:token⇥label``) and PhoneXL's four columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import FormatError
from cjkv_phon.io.base import BLANKS, Chunk, LineFormat, Record, Segment, Wanted, body
from cjkv_phon.io.conll import tab_cell
from cjkv_phon.types import TokenTranscription

_LABELLED = 2
_TRANSCRIBED = 4


@dataclass(frozen=True, slots=True)
class Xtreme(LineFormat):
    """``token⇥label`` becomes ``token⇥label⇥ipa⇥romanization``.

    A file that has the four columns already is transcribed again from its
    tokens. The layout is fixed: a column that was not asked for keeps what it
    held, or is empty.

    Attributes:
        prefix: What stands before every token, such as ``ko:``; it is dropped.
    """

    name: ClassVar[str] = "xtreme"
    blank_line_separated: ClassVar[bool] = True

    prefix: str = ""

    def parse(self, lines: Sequence[str], chunk: Chunk, segment: Segment) -> Iterator[Record]:
        """Find the sentences; a slot is (line index, its fields)."""
        tokens: list[str] = []
        slots: list[tuple[int, list[str]]] = []
        prefix = self.prefix
        for index, line in enumerate(lines):
            if not line.strip(BLANKS):
                if tokens:
                    yield Record(Sentence(tuple(tokens)), slots)
                    tokens, slots = [], []
                continue
            fields = body(line).split("\t")
            if len(fields) == _LABELLED:
                fields += ["", ""]
            elif len(fields) != _TRANSCRIBED:
                raise FormatError(
                    f"token⇥label or token⇥label⇥ipa⇥romanization is expected, this line has "
                    f"{len(fields)} columns; for any other number type --format conll",
                    path=chunk.path, line=chunk.line + index, column=len(fields[0]) + 1,
                )  # fmt: skip
            if prefix:
                fields[0] = fields[0].removeprefix(prefix)
            tokens.append(fields[0])
            slots.append((index, fields))
        if tokens:
            yield Record(Sentence(tuple(tokens)), slots)

    def patch(
        self,
        lines: list[str],
        record: Record,
        tokens: Sequence[TokenTranscription],
        wanted: Wanted,
    ) -> None:
        """Write the four columns."""
        for (index, fields), token in zip(record.slots, tokens, strict=True):
            if wanted.ipa:
                fields[2] = tab_cell(token.ipa)
            if wanted.romanization:
                fields[3] = tab_cell(token.romanization)
            end = "\r" if lines[index].endswith("\r") else ""
            lines[index] = "\t".join(fields) + end
