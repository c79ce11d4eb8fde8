"""Writing what a command makes: to a file whole or not at all, or to a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cjkv_phon.io.compression import compress, compression_of
from cjkv_phon.io.output import FileOutput, Finish, Output, SpooledOutput, StreamOutput, is_stream

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
