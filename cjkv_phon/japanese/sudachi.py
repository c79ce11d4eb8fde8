"""SudachiPy as this package uses it: one dictionary a process, texts of any length.

SudachiPy and its dictionary are Apache-2.0. The dictionary is opened at the first
use and shared; tokenizers are not, so each thread has its own.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from typing import Any
from unicodedata import is_normalized

import regex

# SudachiPy refuses a text whose UTF-8 form exceeds 49,149 bytes. A character takes at
# most four bytes, and normalisation inside the engine may lengthen the text.
LONGEST_TEXT = 1500
# What SudachiPy may join to a number, in a text without compatibility characters: digits
# and the other numerals of its char.def. The standard library scans twice as fast.
_NUMERIC = re.compile(r"[\d〇一二三四五六七八九十百千万億兆\u2070-\u209F\u2150-\u218F]")
_CUT_AFTER = regex.compile(r"[\p{Z}\p{C}\p{P}\p{S}]+")
_LOCAL = threading.local()
_BUILDING = threading.Lock()


def versions() -> tuple[str, str]:
    """Return names and versions of the engine and its dictionary, for signatures."""
    return (f"sudachipy-{version('sudachipy')}", f"sudachidict-{version('sudachidict_core')}")


@lru_cache(maxsize=1)
def _open() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="core")


def dictionary() -> Any:
    """Return the dictionary, opened once a process (about 0.2 s)."""
    with _BUILDING:
        return _open()


def tokenizer() -> Any:
    """Return this thread's tokenizer, in mode C (longest words)."""
    found = getattr(_LOCAL, "tokenizer", None)
    if found is None:
        found = _LOCAL.tokenizer = _build(None)
    return found


def analysed(text: str) -> tuple[Any, list[int]]:
    """Analyse a short text.

    It is faster by what it does not load, and finds the same morphemes: the normalized
    forms, from which SudachiPy joins digits to numbers, are loaded where there are any.

    Returns:
        Morphemes, which know their part of speech and reading, and their numbers in the
        dictionary.
    """
    try:
        plain, numeric, identity = _LOCAL.lean
    except AttributeError:
        plain = _build({"pos", "reading_form"}).tokenize
        numeric = _build({"pos", "reading_form", "normalized_form"}).tokenize
        identity = _identity()
        _LOCAL.lean = plain, numeric, identity
    unjoined = _NUMERIC.search(text) is None and is_normalized("NFKC", text)
    found = plain(text) if unjoined else numeric(text)
    return found, list(map(identity, found))


def _build(fields: set[str] | None) -> Any:
    book = dictionary()
    # Dictionary.create was renamed in SudachiPy 0.7.
    build = getattr(book, "tokenizer", None) or book.create
    return build(fields=fields)


def normalized_form(text: str, number: int) -> str:
    """Return the normalized form of a word of the dictionary, by its number there."""
    for entry in dictionary().lookup(text):
        if entry.word_id() == number:
            return str(entry.normalized_form())
    # Longer than the dictionary looks up, or spelled in a way that only analysis undoes.
    for morpheme in tokenizer().tokenize(text):
        if morpheme.word_id() == number:
            return str(morpheme.normalized_form())
    return ""


@lru_cache(maxsize=1)
def _identity() -> Any:
    from sudachipy import Morpheme

    return Morpheme.word_id


def morphemes(text: str) -> Iterator[tuple[int, Any]]:
    """Analyse a text of any length.

    Texts of more than `LONGEST_TEXT` characters are cut, after punctuation or white
    space where there is any.

    Args:
        text: Any text without lone surrogates.

    Yields:
        For each morpheme its offset in the text and the morpheme of SudachiPy; together
        they cover the text.
    """
    analyse = tokenizer().tokenize
    for start, end in chunks(text):
        at = start
        for morpheme in analyse(text[start:end]):
            yield at, morpheme
            at += len(morpheme.surface())


def chunks(text: str, longest: int = LONGEST_TEXT) -> Iterator[tuple[int, int]]:
    """Cut a text into spans that the engine accepts.

    Example:
        >>> list(chunks("あい、うえお", longest=4))
        [(0, 3), (3, 6)]
    """
    start = 0
    while len(text) - start > longest:
        end = start + longest
        for match in _CUT_AFTER.finditer(text, start, end):
            end = match.end()
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


@lru_cache(maxsize=4096)
def readings(surface: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the dictionary's readings of a surface: (katakana, part of speech) each."""
    return tuple((m.reading_form(), m.part_of_speech()) for m in dictionary().lookup(surface))
