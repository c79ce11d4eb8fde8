"""An output that can go on where a killed run stopped.

Beside the target stand ``OUT.part`` (what is done) and ``OUT.journal``: a JSON
line that says what is being done, then one for each finished chunk with the
checksums of what went in and what came out. The next run cuts the same input
into the same chunks; those whose input matches the journal and whose output is
whole in ``OUT.part`` are not done again. A torn last line or a part that lost
its end costs the chunks concerned, nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from cjkv_phon.errors import FormatError
from cjkv_phon.io.base import Chunk
from cjkv_phon.io.output import Finish, Output, put_in_place, writable_target

_VERSION = 1
PART, JOURNAL = ".part", ".journal"


class Entry(NamedTuple):
    """One finished chunk."""

    digest: str
    size: int
    checksum: int
    sentences: int
    tokens: int


class JournaledOutput(Output):
    """``OUT.part`` with its journal.

    Args:
        path: The target.
        settings: Everything that the output depends on but the input; a journal
            with other settings is refused.

    Raises:
        FormatError: If the target cannot be written, another run is writing it,
            or the journal belongs to another run.
    """

    def __init__(self, path: str, settings: dict[str, Any]) -> None:
        self.target = writable_target(path)
        self.part = self.target.with_name(self.target.name + PART)
        self.journal = self.target.with_name(self.target.name + JOURNAL)
        self._settings = json.loads(json.dumps(settings))
        self._log = open(self.journal, "a+b")  # noqa: SIM115
        try:
            _lock(self._log.fileno(), self.journal)
            self.is_complete = False
            self._done = self._read_journal()
            self._to_match = iter(self._done)
            self._file: Any = open(os.devnull if self.is_complete else self.part, "ab")  # noqa: SIM115
        except BaseException:
            self._log.close()
            raise
        if not self.is_complete:
            self._file.truncate(sum(entry.size for entry in self._done))

    @property
    def _removal(self) -> str:
        return shlex.join(["rm", str(self.journal), str(self.part)])

    def finished(self, chunk: Chunk) -> Entry | None:
        """Return the entry of the next chunk if an earlier run finished it.

        Raises:
            FormatError: If the input has changed since.
        """
        entry = next(self._to_match, None)
        changed = self.is_complete if entry is None else entry.digest != digest(chunk.data)
        if changed:
            raise FormatError(
                f"the input has changed since {self.journal} was written; to start again type: "
                f"{self._removal}",
                path=chunk.path, line=chunk.line,
            )  # fmt: skip
        return entry

    def all_matched(self, path: str) -> None:
        """Say that the input has ended.

        Raises:
            FormatError: If the journal knows of more.
        """
        if next(self._to_match, None) is not None:
            raise FormatError(
                f"the input is shorter than when {self.journal} was written; to start again "
                f"type: {self._removal}",
                path=path,
            )

    def add(self, data: bytes, chunk_digest: str, sentences: int, tokens: int) -> None:
        """Append a finished chunk, then note it down."""
        self._file.write(data)
        self._file.flush()
        self._note([chunk_digest, len(data), zlib.crc32(data), sentences, tokens])

    def write(self, data: bytes) -> None:
        """Append bytes that belong to no chunk."""
        self._file.write(data)

    def commit(self, finish: Finish | None) -> None:
        """Put the output in its place; the journal stays until `forget`."""
        if not self.is_complete:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._note("complete")
        self._file.close()
        if self.part.exists():
            put_in_place(self.part, self.target, finish)
        self._log.close()
        self._done = []

    def forget(self) -> None:
        """Remove the journal of an output that is in its place."""
        self.journal.unlink(missing_ok=True)

    def abort(self) -> None:
        """Stop, leaving what is done for the next run."""
        with suppress(OSError):
            self._file.close()
        self._log.close()

    def _note(self, entry: object) -> None:
        self._log.write(json.dumps(entry).encode("ascii") + b"\n")
        self._log.flush()

    def _read_journal(self) -> list[Entry]:
        """Return the entries whose output is whole; drop the rest from the journal."""
        self._log.seek(0)
        header, *lines = self._log.read().split(b"\n")
        if not lines:  # nothing there, or a header without its end
            return self._begin()
        self._check(header)
        entries = list(_entries(lines[:-1]))  # what follows the last line end is torn
        is_noted = any(entry is None for _, entry in entries)
        if not self.part.exists() and is_noted and self.target.exists():
            self.is_complete = True
            return [entry for _, entry in entries if entry is not None]
        if not self.part.exists():
            return self._begin()
        done: list[Entry] = []
        kept = len(header) + 1
        with open(self.part, "rb") as file:
            for line, entry in entries:
                if entry is None:
                    self.is_complete = True
                elif _is_whole(file.read(entry.size), entry):
                    done.append(entry)
                else:
                    break
                kept += len(line) + 1
        self._log.truncate(kept)
        return done

    def _begin(self) -> list[Entry]:
        self._log.truncate(0)
        self.part.unlink(missing_ok=True)
        self._note({"version": _VERSION, "settings": self._settings})
        return []

    def _check(self, header: bytes) -> None:
        try:
            found = dict(json.loads(header)["settings"])
        except (ValueError, KeyError, TypeError):
            raise FormatError(
                "this is no journal of cjkv-phon; to start again type: "
                + shlex.join(["rm", str(self.journal)]),
                path=str(self.journal),
            ) from None
        keys = dict.fromkeys([*self._settings, *found])
        differing = [key for key in keys if found.get(key) != self._settings.get(key)]
        if differing:
            was = ", ".join(f"{key}={found.get(key)!r}" for key in differing)
            raise FormatError(
                f"it was begun with other settings ({was}); use the same ones, or to start again "
                f"type: {self._removal}",
                path=str(self.journal),
            )


def digest(data: bytes) -> str:
    """Return the checksum by which a chunk of the input is known again."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _is_whole(data: bytes, entry: Entry) -> bool:
    return len(data) == entry.size and zlib.crc32(data) == entry.checksum


def _entries(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Entry | None]]:
    for line in lines:
        try:
            value = json.loads(line)
            entry = None if value == "complete" else Entry(*value)
        except (ValueError, TypeError):
            return
        yield line, entry


def _lock(handle: int, journal: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once are the user's to avoid
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise FormatError("another run is writing this output", path=str(journal)) from None
