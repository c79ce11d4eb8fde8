"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from cjkv_phon.errors import FormatError

STDOUT = "-"


class Finish(Protocol):
    """Makes the final file from the rows that were written."""

    def __call__(self, rows: Path, target: Path) -> None:
        """Read ``rows`` and write ``target``."""


class Output:
    """Where converted chunks go. Bytes appear under the final name in `commit` only."""

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        raise NotImplementedError

    def commit(self, finish: Finish | None) -> None:
        """Put everything in its place.

        Args:
            finish: What makes the final file of the rows, where they are not it.
        """
        raise NotImplementedError

    def abort(self) -> None:
        """Leave nothing behind. Does nothing after `commit`."""


class StreamOutput(Output):
    """Standard output, a pipe or a device: written as it comes, without a temporary file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file: BinaryIO = _stdout() if path == STDOUT else open(path, "wb")  # noqa: SIM115

    def write(self, data: bytes) -> None:
        """Pass the bytes on at once."""
        self._file.write(data)
        self._file.flush()

    def commit(self, finish: Finish | None) -> None:
        """Close the stream, unless it is standard output."""
        if self.path != STDOUT:
            self._file.close()


class SpooledOutput(StreamOutput):
    """A stream whose content has to be finished as a file first."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._folder = tempfile.TemporaryDirectory(prefix="cjkv-phon-")
        self._rows = Path(self._folder.name) / "rows"
        self._spool = open(self._rows, "wb")  # noqa: SIM115

    def write(self, data: bytes) -> None:
        """Keep the rows."""
        self._spool.write(data)

    def commit(self, finish: Finish | None) -> None:
        """Finish the file and pass it on."""
        self._spool.close()
        whole = self._rows.with_name("whole")
        if finish is not None:
            finish(self._rows, whole)
        with open(whole, "rb") as file:
            while data := file.read(1 << 20):
                self._file.write(data)
        self._file.flush()
        super().commit(None)
        self._folder.cleanup()

    def abort(self) -> None:
        """Remove the spooled rows."""
        self._spool.close()
        self._folder.cleanup()


class FileOutput(Output):
    """A temporary file beside the target, renamed to it in the end.

    Args:
        path: The target. A symbolic link is followed, so it stays a link.

    Raises:
        FormatError: If the target cannot be written.
    """

    def __init__(self, path: str) -> None:
        self.target = writable_target(path)
        # A name may have 255 bytes, and 60 characters no more than 240.
        prefix = f".{self.target.name[:60]}."
        try:
            handle, name = tempfile.mkstemp(dir=self.target.parent, prefix=prefix, suffix=".part")
        except OSError as error:
            raise FormatError(
                f"nothing can be written in {self.target.parent} ({error.strerror}); name "
                "another place with -o",
                path=path,
            ) from None
        self.part = Path(name)
        self._file = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> None:
        """Append to the temporary file."""
        self._file.write(data)

    def commit(self, finish: Finish | None) -> None:
        """Give the temporary file its name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        put_in_place(self.part, self.target, finish)

    def abort(self) -> None:
        """Remove the temporary file."""
        with suppress(OSError):
            self._file.close()
        self.part.unlink(missing_ok=True)


def put_in_place(part: Path, target: Path, finish: Finish | None) -> None:
    """Rename a finished file to its target, with the permissions that it should have."""
    if finish is not None:
        whole = part.with_name(part.name + ".whole")
        try:
            finish(part, whole)
            with open(whole, "rb") as file:
                os.fsync(file.fileno())
            _set_mode(whole, target)
            whole.replace(target)
        finally:
            whole.unlink(missing_ok=True)
        part.unlink()
    else:
        _set_mode(part, target)
        part.replace(target)


def _stdout() -> BinaryIO:
    if sys.stdout is None:  # closed by the shell: >&-
        raise FormatError("standard output is closed; name the output with -o", path=STDOUT)
    return sys.stdout.buffer


def is_stream(path: str) -> bool:
    """Whether a target is standard output, or a pipe or device that exists."""
    if path == STDOUT:
        return True
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def writable_target(path: str) -> Path:
    """Return the file that a path names.

    Raises:
        FormatError: If it is a directory, read-only, or in a folder that does
            not exist.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise FormatError("the output is a directory; name a file in it", path=path)
    if not target.parent.is_dir():
        raise FormatError(
            f"there is no directory {target.parent}. Type: mkdir -p {target.parent}", path=path
        )
    if target.exists() and not target.stat().st_mode & 0o222:
        raise FormatError(
            "the output exists and is read-only; remove it or name another with -o", path=path
        )
    return target


def _set_mode(file: Path, target: Path) -> None:
    if target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    file.chmod(mode)
