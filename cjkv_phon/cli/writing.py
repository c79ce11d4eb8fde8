"""Writing what a command makes: to a file whole or not at all, or to a stream."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from cjkv_phon.io.compression import compress, compression_of
from cjkv_phon.io.output import (
    STDOUT,
    FileOutput,
    Finish,
    Output,
    SpooledOutput,
    StreamOutput,
    is_stream,
)

Write = Callable[[str], None]


@contextmanager
def writing(path: str, finish: Finish | None = None) -> Iterator[Write]:
    """Open an output; give a function that writes text to it.

    Args:
        path: A file, ``-`` for standard output; ``.gz`` and ``.zst`` compress.
        finish: What makes the final file of the rows, such as Parquet.
    """
    compression = "" if finish is not None else compression_of(path)
    output: Output
    if is_stream(path):
        output = StreamOutput(path) if finish is None else SpooledOutput(path)
    else:
        output = FileOutput(path)
    try:
        yield lambda text: output.write(compress(text.encode("utf-8"), compression))
        output.commit(finish)
    except BaseException:
        output.abort()
        raise


def refuse_overwriting(output: str, *inputs: str) -> None:
    """Stop before an output replaces a file that it is made of.

    Raises:
        UsageError: If it is one of the inputs, under whatever name.
    """
    written = identity(output, sys.stdout)
    if written is not None and written in [identity(path, sys.stdin) for path in inputs]:
        raise click.UsageError(f"{output}: the output would overwrite the input")


def identity(path: str, stream: TextIO | None) -> tuple[int, int] | None:
    """Return what a regular file is known by under all its names, None for what is none."""
    try:
        if path == STDOUT:
            found = os.fstat(stream.fileno()) if stream is not None else None
        else:
            found = Path(path).stat()
    except (OSError, ValueError):
        return None
    is_file = found is not None and stat.S_ISREG(found.st_mode)
    return (found.st_dev, found.st_ino) if found is not None and is_file else None
