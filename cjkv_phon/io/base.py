"""What every format shares: chunks of whole records in, the same chunks with columns out.

A file is cut into `Chunk`s, each of whole records; a `Format` turns one chunk
into bytes on its own, in whichever process. So memory is bounded by a chunk (or
by the longest record, where that is longer), several processes can share a
file, and an interrupted run can go on after the last chunk that was written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import FormatError

if TYPE_CHECKING:
    from cjkv_phon.io.output import Finish
    from cjkv_phon.io.source import Source
    from cjkv_phon.transcriber import Transcriber
    from cjkv_phon.types import TokenTranscription

CHUNK_BYTES = 1 << 17
"""Size from which a chunk ends at the next record: 128 KiB."""

BOM = "\ufeff"
BLANKS = " \t\r"

_ICONV = "this is {0}, not UTF-8. Type: iconv -f {0} -t UTF-8 FILE > NEW"
_UNPACK = "this is compressed with {0}, which is not read. Type: {1} FILE | cjkv-phon transcribe -"

# How files begin that are no UTF-8 but are known; longer beginnings first.
_OTHERS = {
    b"\xff\xfe\0\0": _ICONV.format("UTF-32"),
    b"\0\0\xfe\xff": _ICONV.format("UTF-32"),
    b"\xff\xfe": _ICONV.format("UTF-16"),
    b"\xfe\xff": _ICONV.format("UTF-16"),
    b"BZh": _UNPACK.format("bzip2", "bzcat"),
    b"\xfd7zXZ\0": _UNPACK.format("xz", "xzcat"),
    b"PK\x03\x04": _UNPACK.format("zip", "unzip -p"),
}

Segment = Callable[[str], Sentence]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a transcription adds to a file.

    Attributes:
        ipa: Add IPA.
        romanization: Add the romanization.
        units: Add the units with their offsets (JSONL and Parquet).
        joined: Take every token as joined to the next one (character-level data).
    """

    ipa: bool = True
    romanization: bool = True
    units: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the tokens are, as far as the user says; None leaves it to the content.

    Attributes:
        column: 1-based column of the token in CoNLL columns.
        delimiter: ``tab`` or ``space`` in CoNLL columns.
        field: Key or column of the tokens or the text in JSONL and Parquet.
    """

    column: int | None = None
    delimiter: str | None = None
    field: str | None = None


class Chunk(NamedTuple):
    """Whole records of a file, as they stand there.

    Attributes:
        path: Name of the file, for messages.
        line: 1-based number of the first line (of the first row in Parquet).
        data: The bytes.
    """

    path: str
    line: int
    data: bytes


class Converted(NamedTuple):
    """A chunk with its columns, and what was done."""

    data: bytes
    sentences: int
    tokens: int


class Record(NamedTuple):
    """One sentence of a chunk.

    Attributes:
        sentence: What to transcribe.
        slots: Where the results go; what they are is the format's own affair.
    """

    sentence: Sentence
    slots: Sequence[Any]


class Format(ABC):
    """One file format. Instances are small, immutable and picklable."""

    name: ClassVar[str]
    takes_units: ClassVar[bool] = False

    @abstractmethod
    def chunks(self, source: Source) -> Iterator[Chunk]:
        """Cut a file into chunks; where it is cut depends on the content only."""

    @abstractmethod
    def convert(self, chunk: Chunk, transcriber: Transcriber, wanted: Wanted) -> Converted:
        """Return the chunk with its columns added.

        Raises:
            FormatError: If it is not in this format.
        """

    @abstractmethod
    def sentences(self, chunk: Chunk, segment: Segment) -> Iterator[Sentence]:
        """Return the sentences of a chunk, in order.

        Raises:
            FormatError: If it is not in this format.
        """

    def finisher(self, source: str, wanted: Wanted) -> Finish | None:
        """Return what makes the file of the converted chunks, None where they are the file.

        Args:
            source: The input.
            wanted: What was added.
        """
        return None


class LineFormat(Format):
    r"""A format of text lines, which end in "\n" and in nothing else.

    Subclasses say where a chunk may be cut (`blank_line_separated`), which
    records it holds (`parse`) and how a line takes its columns (`patch`).
    """

    blank_line_separated: ClassVar[bool] = False

    @abstractmethod
    def parse(self, lines: Sequence[str], chunk: Chunk, segment: Segment) -> Iterator[Record]:
        r"""Find the records of a chunk.

        Args:
            lines: Its lines without the "\n" (a "\r" still stands), no byte
                order mark.
            chunk: Where they come from.
            segment: Cuts raw text into tokens.
        """

    @abstractmethod
    def patch(
        self,
        lines: list[str],
        record: Record,
        tokens: Sequence[TokenTranscription],
        wanted: Wanted,
    ) -> None:
        """Write the transcription of one record into its lines, in place."""

    def chunks(self, source: Source) -> Iterator[Chunk]:
        """Cut at lines, or at blank lines where sentences are separated by them."""
        return source.chunks(CHUNK_BYTES, blank_lines=self.blank_line_separated)

    def convert(self, chunk: Chunk, transcriber: Transcriber, wanted: Wanted) -> Converted:
        """Return the chunk with its columns added, every other byte as it was."""
        lines, mark = decoded_lines(chunk)
        records = list(self.parse(lines, chunk, transcriber.segment))
        sentences = [record.sentence for record in records]
        if wanted.joined:
            sentences = [joined(sentence) for sentence in sentences]
        results = transcriber.transcribe_batch(sentences)
        for record, result in zip(records, results, strict=True):
            self.patch(lines, record, result.tokens, wanted)
        data = (mark + "\n".join(lines)).encode("utf-8")
        return Converted(data, len(sentences), sum(map(len, results)))

    def sentences(self, chunk: Chunk, segment: Segment) -> Iterator[Sentence]:
        """Return the sentences of a chunk, in order."""
        lines, _ = decoded_lines(chunk)
        for record in self.parse(lines, chunk, segment):
            yield record.sentence


def joined(sentence: Sentence) -> Sentence:
    """Return the sentence with no white space after any token."""
    return Sentence(sentence.tokens, (False,) * len(sentence.tokens))


def decoded_lines(chunk: Chunk) -> tuple[list[str], str]:
    """Decode a chunk.

    Returns:
        Its lines, and the byte order mark that stood before the first (or "").

    Raises:
        FormatError: If it is not UTF-8, with line and column.
    """
    try:
        text = chunk.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(chunk, error) from None
    mark = BOM if chunk.line == 1 and text.startswith(BOM) else ""
    return text[len(mark) :].split("\n"), mark


def body(line: str) -> str:
    r"""Return a line without the "\r" of a CRLF line end."""
    return line[:-1] if line.endswith("\r") else line


def _not_utf8(chunk: Chunk, error: UnicodeDecodeError) -> FormatError:
    data, at = chunk.data, error.start
    start = data.rfind(b"\n", 0, at) + 1
    for beginning, reason in _OTHERS.items():
        if chunk.line == 1 and data.startswith(beginning):
            return FormatError(reason, path=chunk.path, line=1, column=1)
    return FormatError(
        f"byte 0x{data[at]:02x} is not UTF-8 ({error.reason}); convert the file first. Type: "
        "iconv -f ENCODING -t UTF-8 FILE > NEW, with GB18030, BIG5, SHIFT_JIS, EUC-JP, UHC, "
        "CP1258 or whatever it is in",
        path=chunk.path,
        line=chunk.line + data.count(b"\n", 0, at),
        column=len(data[start:at].decode("utf-8", "replace")) + 1,
    )
