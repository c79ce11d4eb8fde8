"""Files of tokens and text: read as a stream, written back with columns added.

`read_sentences` gives the sentences of a file in any of the formats, `read_lines`
and `numbered_lines` the lines of a text file;
`pipeline.transcribe_files` is what ``cjkv-phon transcribe`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cjkv_phon.engine import Sentence, cut_words
from cjkv_phon.io.base import CHUNK_BYTES, Layout, body, decoded_lines
from cjkv_phon.io.detection import AUTO, NAMES, detect
from cjkv_phon.io.source import Source

__all__ = ["AUTO", "NAMES", "Layout", "numbered_lines", "read_lines", "read_sentences"]


def read_sentences(
    path: str,
    format: str = AUTO,
    *,
    layout: Layout | None = None,
    segment: Callable[[str], Sentence] = cut_words,
) -> Iterator[Sentence]:
    """Read the sentences of a file, lazily.

    Args:
        path: A path, or ``-`` for standard input; compressed or not.
        format: One of `NAMES`, or ``auto``.
        layout: Where the tokens are, where that is not plain.
        segment: Cuts raw text into tokens, such as `Transcriber.segment`;
            by default at white space and around punctuation.

    Yields:
        Sentences, in order, with ``spaces`` where the format says them.

    Raises:
        FormatError: If the file is not what it should be, with line and column.
    """
    with Source(path) as source:
        chosen = detect(source, format, layout or Layout())
        for chunk in chosen.chunks(source):
            yield from chosen.sentences(chunk, segment)


def numbered_lines(path: str) -> Iterator[tuple[int, str]]:
    """Read the lines of a text file without their ends, lazily, each with its number from 1.

    Args:
        path: A path, or ``-`` for standard input; compressed or not.

    Raises:
        FormatError: If the file cannot be read or is not UTF-8, with the place.
    """
    with Source(path) as source:
        for chunk in source.chunks(CHUNK_BYTES, blank_lines=False):
            lines, _ = decoded_lines(chunk)
            if not lines[-1]:  # the end of the last line, not one more
                lines.pop()
            yield from enumerate(map(body, lines), start=chunk.line)


def read_lines(path: str) -> Iterator[str]:
    """Read the lines of a text file, as `numbered_lines` does, without their numbers."""
    for _, line in numbered_lines(path):
        yield line
