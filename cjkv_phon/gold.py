"""What transcriptions are measured against: gold lexicons and folding tables.

A gold lexicon says how words are pronounced: one line a pronunciation, the word
and its segments with a tab between them, as WikiPron writes it; a word may have
several lines. A folding table turns one notation into another.
"""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import regex

from cjkv_phon import schemes
from cjkv_phon.errors import FormatError, UnsupportedOptionError

Lexicon = Mapping[str, tuple[str, ...]]
"""Words with all their gold pronunciations, in the order of the file."""


class Rule(NamedTuple):
    """One line of a folding table: what is found, and what it becomes."""

    pattern: regex.Pattern[str]
    replacement: str


def read_lexicon(lines: Iterable[str], path: str = "-") -> dict[str, tuple[str, ...]]:
    r"""Read a gold lexicon.

    Args:
        lines: Lines ``word⇥pronunciation``; further columns are ignored, and
            so are blank lines.
        path: Name for error messages.

    Returns:
        Words in the order of their first line, with their pronunciations.

    Raises:
        FormatError: On a line without two filled columns, or when there is no
            line at all.

    Example:
        >>> read_lexicon(["sa\ts aː", "sa\tʂ aː"])
        {'sa': ('s aː', 'ʂ aː')}
    """
    lexicon: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        word, tab, rest = line.rstrip("\r\n").partition("\t")
        gold = rest.partition("\t")[0].strip()
        if not tab:
            raise FormatError("no tab: expected word⇥pronunciation", path=path, line=number)
        if not word or not gold:
            column = 1 if not word else len(word) + 2
            raise FormatError("the column is empty", path=path, line=number, column=column)
        lexicon.setdefault(word, []).append(gold)
    if not lexicon:
        raise FormatError("the lexicon holds no word", path=path)
    return {word: tuple(golds) for word, golds in lexicon.items()}


def read_folding(lines: Iterable[str], path: str = "-") -> tuple[Rule, ...]:
    """Read a folding table: ordered lines ``regex⇥replacement⇥comment``.

    Lines that start with ``#`` are the header; patterns are those of the
    package `regex`; the replacement may be empty.

    Raises:
        FormatError: On a line without a tab or with a pattern that does not compile.
    """
    rules = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, tab, rest = line.rstrip("\r\n").partition("\t")
        if not tab:
            raise FormatError("no tab: expected regex⇥replacement", path=path, line=number)
        try:
            compiled = regex.compile(unicodedata.normalize("NFD", pattern))
        except regex.error as error:
            raise FormatError(f"bad pattern: {error}", path=path, line=number) from error
        rules.append(Rule(compiled, unicodedata.normalize("NFD", rest.partition("\t")[0])))
    return tuple(rules)


@lru_cache(maxsize=16)
def folding_table(lang: str) -> tuple[Rule, ...]:
    """Return the folding table of a language: ``data/folding.tsv`` beside its ``standard`` engine.

    It turns narrow notation into broad phonemes, so that transcriptions that
    write the same phonemes compare equal.

    Raises:
        UnsupportedOptionError: If the language has none.
    """
    module = schemes.registry().get((schemes.DEFAULT_SCHEME, lang), "").partition(":")[0]
    package = module.rpartition(".")[0]
    if package:
        table = resources.files(importlib.import_module(package)) / "data" / "folding.tsv"
        if table.is_file():
            lines = table.read_text(encoding="utf-8").split("\n")
            return read_folding(lines, path=f"{package}/data/folding.tsv")
    raise UnsupportedOptionError(f"lang={lang!r} has no folding table; compare without folding")
