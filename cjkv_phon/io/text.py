"""Plain text: one sentence a line; the line stays and gains columns after a tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cjkv_phon.errors import FormatError, InvalidTextError
from cjkv_phon.io.base import Chunk, LineFormat, Record, Segment, Wanted, body
from cjkv_phon.io.conll import tab_cell
from cjkv_phon.types import TokenTranscription


@dataclass(frozen=True, slots=True)
class Text(LineFormat):
    """``line`` becomes ``line⇥ipa⇥romanization``; blank lines stay blank.

    Tokens are those of `Transcriber.segment`. In the columns the white space of
    the line is kept (a tab becomes a space), and a space separates words that
    the script writes together.
    """

    name: ClassVar[str] = "text"

    def parse(self, lines: Sequence[str], chunk: Chunk, segment: Segment) -> Iterator[Record]:
        """Take every line that is not blank; a slot is the line index."""
        for index, line in enumerate(lines):
            text = body(line)
            if text and not text.isspace():
                try:
                    yield Record(segment(text), (index,))
                except InvalidTextError as error:  # pragma: no cover - UTF-8 holds none
                    raise FormatError(
                        str(error), path=chunk.path, line=chunk.line + index
                    ) from None

    def patch(
        self,
        lines: list[str],
        record: Record,
        tokens: Sequence[TokenTranscription],
        wanted: Wanted,
    ) -> None:
        """Append the columns to the line."""
        (index,) = record.slots
        line = lines[index]
        text = body(line)
        gaps = token_gaps(text, tokens)
        columns = ""
        if wanted.ipa:
            columns += "\t" + tab_cell(running_text([t.ipa for t in tokens], gaps))
        if wanted.romanization:
            columns += "\t" + tab_cell(running_text([t.romanization for t in tokens], gaps))
        lines[index] = text + columns + line[len(text) :]


def token_offsets(text: str, tokens: Sequence[str]) -> list[int]:
    """Return where each token starts in the text that it was cut from.

    A token that is not in the text (a segmenter may have changed it) starts
    where the one before it ended.
    """
    offsets: list[int] = []
    end = 0
    for token in tokens:
        found = text.find(token, end)
        start = end if found < 0 else found
        offsets.append(start)
        end = start if found < 0 else start + len(token)
    return offsets


def token_gaps(text: str, tokens: Sequence[TokenTranscription]) -> list[str]:
    """Return what stands between each token and the next when they are printed.

    The white space of the text; where there is none, a space between two words
    that were read (Chinese and Japanese write them together) and nothing next
    to punctuation.
    """
    gaps: list[str] = []
    starts = token_offsets(text, [token.text for token in tokens])
    for token, start, following, next_start in zip(
        tokens, starts, tokens[1:], starts[1:], strict=False
    ):
        gap = text[start + len(token.text) : next_start]
        both_read = token.status != "passthrough" and following.status != "passthrough"
        gaps.append(gap or (" " if both_read else ""))
    return gaps


def running_text(pieces: Sequence[str], gaps: Sequence[str]) -> str:
    """Join the tokens' transcriptions with the gaps between them; no tokens are no text."""
    out = list(pieces[:1])
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        out += (gap, piece)
    return "".join(out)
