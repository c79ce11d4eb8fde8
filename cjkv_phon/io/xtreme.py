"""XTREME's TSV (UDPOS ``token⇥label``, PANX ``lang:token⇥label``) and PhoneXL's four columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import FormatError
from cjkv_phon.io.base import BLANKS, Chunk, LineFormat, Record, Segment, Wanted
from cjkv_phon.io.conll import tab_cells
from cjkv_phon.types import TokenTranscription

_TABS_AFTER_LABEL = 2  # of a line that has IPA and romanization already


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
        """Find the sentences; a slot is a line index."""
        tokens: list[str] = []
        slots: list[int] = []
        prefix = self.prefix
        for index, line in enumerate(lines):
            token, tab, rest = line.partition("\t")
            if not line or not line.strip(BLANKS):
                if tokens:
                    yield Record(Sentence(tuple(tokens)), slots)
                    tokens, slots = [], []
                continue
            if not tab or ("\t" in rest and rest.count("\t") != _TABS_AFTER_LABEL):
                raise FormatError(
                    "token⇥label or token⇥label⇥ipa⇥romanization is expected, this line has "
                    f"{1 + line.count(tab or chr(9))} columns; for any other number type "
                    "--format conll",
                    path=chunk.path, line=chunk.line + index, column=len(token) + 1,
                )  # fmt: skip
            tokens.append(token.removeprefix(prefix) if prefix else token)
            slots.append(index)
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
        prefix = self.prefix
        ipa, romanization = columns(tokens, wanted)
        for index, ipa_cell, romanization_cell in zip(record.slots, ipa, romanization, strict=True):
            line = lines[index].removeprefix(prefix)
            end = "\r" if line[-1] == "\r" else ""
            text = line[:-1] if end else line
            if "\t" in text.partition("\t")[2]:
                token, label, old_ipa, old_romanization = text.split("\t")
                text = f"{token}\t{label}"
                ipa_cell = ipa_cell if wanted.ipa else old_ipa
                romanization_cell = romanization_cell if wanted.romanization else old_romanization
            lines[index] = f"{text}\t{ipa_cell}\t{romanization_cell}{end}"


def columns(
    tokens: Sequence[TokenTranscription], wanted: Wanted
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the cells of both columns, empty ones for a column that is not wanted."""
    empty = [""] * len(tokens)
    return (
        tab_cells([token.ipa for token in tokens]) if wanted.ipa else empty,
        tab_cells([token.romanization for token in tokens]) if wanted.romanization else empty,
    )
