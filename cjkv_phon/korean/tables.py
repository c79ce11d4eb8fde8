"""Reading the tables of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_DATA = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[list[str]]:
    """Read a table of ``data/``: tab-separated fields, ``#`` begins a comment line.

    Args:
        name: File name, such as ``phonemes.tsv``.

    Yields:
        The fields of each line that is neither empty nor a comment.
    """
    text = (_DATA / name).read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")
