"""Files of tokens and text: read as a stream, written back with columns added.

`read_sentences` gives the sentences of a file in any of the formats;
`pipeline.transcribe_files` is what ``cjkv-phon transcribe`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cjkv_phon.engine import Sentence, cut_words
from cjkv_phon.io.base import Layout
from cjkv_phon.io.detection import AUTO, NAMES, detect
from cjkv_phon.io.source import Source

__all__ = ["AUTO", "NAMES", "Layout", "read_sentences"]


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
