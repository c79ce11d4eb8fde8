"""Compressing what is written: every chunk a gzip member or a Zstandard frame of its own."""

from __future__ import annotations

import zlib
from pathlib import Path

from cjkv_phon.errors import require

_GZIP_WINDOW = 31  # zlib's number for "gzip, the widest window"; it writes no time stamp
_LEVEL = 6


def compression_of(path: str) -> str:
    """Return ``gzip``, ``zstd`` or the empty string, by the ending of a name.

    Raises:
        MissingDependencyError: If Zstandard is asked for and not installed.
    """
    ending = Path(path).suffix.lower()
    if ending == ".zst":
        require("zstandard", extra="zstd")
        return "zstd"
    return "gzip" if ending == ".gz" else ""


def compress(data: bytes, compression: str) -> bytes:
    """Compress to one complete member or frame; the same bytes give the same result."""
    if compression == "gzip":
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
        return packer.compress(data) + packer.flush()
    if compression == "zstd":
        zstandard = require("zstandard", extra="zstd")
        packed: bytes = zstandard.ZstdCompressor(write_checksum=True).compress(data)
        return packed
    return data
