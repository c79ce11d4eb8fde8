"""Reading files: plain or compressed, from a path or from standard input."""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from cjkv_phon.errors import FormatError, require
from cjkv_phon.io.base import Chunk

STDIN = "-"
HEAD_BYTES = 1 << 16
_BUFFER_BYTES = 1 << 16

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPED = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # a frame without data, as pzstd begins
COMPRESSED = (".gz", ".zst")

_BLANK_LINE = re.compile(rb"\n[ \t\r]*\n")


class Source:
    """A file opened for reading, decompressed on the way.

    gzip and Zstandard are known by their first bytes, whatever the name says.

    Args:
        path: A path, or ``-`` for standard input.

    Raises:
        FormatError: If it cannot be a data file: it does not exist or is a
            directory.
        MissingDependencyError: If it is compressed with Zstandard and the
            extra ``zstd`` is not installed.

    Attributes:
        path: As given, for messages.
        size: Bytes on disk, None where that is not known.
        head: The first bytes, for detection; they are read again by `chunks`.
        is_plain_file: Whether it is uncompressed on disk, which Parquet needs.
        share_read: Share of the file that has been read, set by a format that
            reads it in another way than by `read`.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = _open(path)
        # A pipe (a FIFO, <(zcat …)) has neither size nor position.
        is_file = path != STDIN and self._file.seekable()
        self.size = os.fstat(self._file.fileno()).st_size if is_file else None
        self.share_read: float | None = None
        try:
            self._begin(is_file)
        except BaseException:
            self.close()
            raise

    def _begin(self, is_file: bool) -> None:
        magic = self._file.read(len(ZSTD_MAGIC))
        raw = _Chained(magic, self._file)
        self._stream: _Readable = raw
        if magic.startswith(GZIP_MAGIC):
            self._stream = gzip.GzipFile(fileobj=raw, mode="rb")  # type: ignore[call-overload]
        elif magic == ZSTD_MAGIC or _ZSTD_SKIPPED.match(magic):
            self._stream = io.BufferedReader(_ZstdReader(raw))
        self.is_plain_file = is_file and self._stream is raw
        self.head = self.read(HEAD_BYTES)

    @property
    def name(self) -> str:
        """Lower-case file name without the ending of the compression."""
        name = Path(self.path).name.lower()
        for ending in COMPRESSED:
            name = name.removesuffix(ending)
        return name

    def position(self) -> int:
        """Return how many bytes of the file on disk have been read."""
        if self.size is None:
            return 0
        return self._file.tell() if self.share_read is None else round(self.share_read * self.size)

    def read(self, size: int) -> bytes:
        """Read exactly ``size`` bytes, fewer only at the end of the file.

        Raises:
            FormatError: If the compressed data is damaged or ends too early.
        """
        pieces: list[bytes] = []
        try:
            while size > 0 and (piece := self._stream.read(size)):
                pieces.append(piece)
                size -= len(piece)
        except EOFError:
            raise FormatError(
                "the compressed file ends too early; copy or download it again", path=self.path
            ) from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise FormatError(
                f"the compressed data is damaged ({error}); copy or download it again",
                path=self.path,
            ) from None
        return b"".join(pieces)

    def chunks(self, size: int, *, blank_lines: bool) -> Iterator[Chunk]:
        """Cut the text into chunks of at least ``size`` bytes that end with a record.

        Args:
            size: Bytes.
            blank_lines: Cut after blank lines only, not after any line.
        """
        line = 1
        data = self.head
        searched = 0
        is_end = False
        while not is_end:
            # What holds no boundary is doubled, so a long record is not copied over and over.
            missing = size - len(data) if len(data) < size else len(data) if searched else 0
            more = self.read(missing)
            is_end = len(more) < missing
            data += more
            cut = 0 if is_end else _last_boundary(data, searched, blank_lines)
            searched = 0 if cut else len(data)
            if cut:
                yield Chunk(self.path, line, data[:cut])
                line += data.count(b"\n", 0, cut)
                data = data[cut:]
        if data:
            yield Chunk(self.path, line, data)

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self.path != STDIN:
            self._file.close()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _open(path: str) -> BinaryIO:
    if path == STDIN:
        if sys.stdin is None:  # closed by the shell: <&-
            raise FormatError("standard input is closed; name a file", path=path)
        return sys.stdin.buffer
    try:
        return open(path, "rb", buffering=_BUFFER_BYTES)
    except FileNotFoundError:
        raise FormatError("there is no such file", path=path) from None
    except IsADirectoryError:
        raise FormatError(
            f"this is a directory; name the files in it: {path.rstrip('/')}/*", path=path
        ) from None
    except PermissionError:
        hint = "this is a directory" if Path(path).is_dir() else "permission denied"
        raise FormatError(hint, path=path) from None


def _last_boundary(data: bytes, searched: int, blank_lines: bool) -> int:
    """Return the offset after the last record that ends in data, 0 for none."""
    if not blank_lines:
        return data.rfind(b"\n", searched) + 1
    # A blank line may straddle what was searched before; step back over it.
    start = max(0, len(data[:searched].rstrip(b" \t\r\n")))
    cut = 0
    for match in _BLANK_LINE.finditer(data, start):
        cut = match.end()
    return cut


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Chained:
    """A file whose first bytes were read already; pipes cannot give them back."""

    def __init__(self, first: bytes, file: BinaryIO) -> None:
        self._first = first
        self._file = file

    def read(self, size: int) -> bytes:
        if self._first:
            piece, self._first = self._first[:size], self._first[size:]
            return piece
        return self._file.read(size)


class _ZstdReader(io.RawIOBase):
    """Decompress any number of frames; unlike zstandard's own, notice a missing end."""

    def __init__(self, file: _Readable) -> None:
        super().__init__()
        self._zstandard = require("zstandard", extra="zstd")
        self._file = file
        self._frame = self._zstandard.ZstdDecompressor().decompressobj()
        self._started = False
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            if not self._fill():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _fill(self) -> bool:
        data = b""
        if self._frame.eof:
            data = self._frame.unused_data
            self._frame = self._zstandard.ZstdDecompressor().decompressobj()
            self._started = False
        data = data or self._file.read(_BUFFER_BYTES)
        if not data:
            if self._started:
                raise EOFError
            return False
        self._started = True
        try:
            self._ready = memoryview(self._frame.decompress(data))
        except self._zstandard.ZstdError as error:
            raise zlib.error(f"Zstandard: {error}") from None
        return True
