"""Words for corpora that were cut into characters (PAN-X in Chinese, Japanese, Korean).

The model then reads and tags words; its labels are dealt out to the characters
again before anything is scored, so rows with and without merging compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

import regex

from cjkv_phon import Transcriber
from cjkv_phon_train.sources import Record

Cutter = Callable[[str], list[str]]
"""Cuts text without white space into pieces that tile it."""

WITHOUT_SPACES = frozenset({"zh", "ja"})
"""Languages written without spaces, whose segmentation therefore finds words by itself."""

CHARACTER_LEVEL = 0.9
"""Share of tokens of one character from which on a sentence is taken for cut into characters."""

LONGEST = 10_000
"""Characters that SudachiPy is given at once; it refuses more than 49,149 bytes."""

_CHARACTER = regex.compile(r"\X")


def is_character(token: str) -> bool:
    """Say whether a token is one character, its marks included.

    Example:
        >>> is_character("東"), is_character("が"), is_character("東京"), is_character(" ")
        (True, True, False, False)
    """
    return _CHARACTER.fullmatch(token) is not None and not token.isspace()


def is_character_level(tokens: Sequence[str]) -> bool:
    """Say whether a sentence was cut into characters and not into words."""
    return sum(map(is_character, tokens)) >= CHARACTER_LEVEL * max(len(tokens), 1)


def joined_spaces(record: Record) -> tuple[bool, ...] | None:
    """Return where white space stands, none in a sentence cut into characters."""
    if record.spaces is None and is_character_level(record.tokens):
        return (False,) * len(record.tokens)
    return record.spaces


def word_sizes(record: Record, cutter: Cutter, at_entities: bool = False) -> list[int]:
    """Return how many tokens each word takes; they tile the sentence.

    Only runs of characters are merged: not across tokens of several characters,
    white space, or (as the cutter sees to it) punctuation.

    Args:
        record: A sentence.
        cutter: Cuts a run into words.
        at_entities: Cut also where an entity begins or ends: for training data,
            where a word must have one label.

    Example:
        >>> record = Record(tuple("東京に行く"), None, None, None, None, ())
        >>> word_sizes(record, lambda text: ["東京", "に", "行く"])
        [2, 1, 2]
    """
    tokens = record.tokens
    if not is_character_level(tokens):
        return [1] * len(tokens)
    borders = {0, len(tokens)}
    for start, end in _runs(record):
        borders.add(start)
        borders.add(end)
        begins: dict[int, int] = {}
        at = 0
        for index in range(start, end):
            begins[at] = index
            at += len(tokens[index])
        at = 0
        for word in cutter("".join(tokens[start:end])):
            # Where a cut falls inside a character (never, for words), it is left out.
            if at in begins:
                borders.add(begins[at])
            at += len(word)
    if at_entities and record.labels:
        pairs = pairwise(record.labels)
        borders |= {
            index for index, (left, right) in enumerate(pairs, 1) if right != continuation(left)
        }
    ordered = sorted(borders)
    return [right - left for left, right in pairwise(ordered)]


def continuation(label: str) -> str:
    """Return the label of a character that goes on with the word of one labelled so.

    Example:
        >>> continuation("B-LOC"), continuation("I-LOC"), continuation("O")
        ('I-LOC', 'I-LOC', 'O')
    """
    return f"I-{label[2:]}" if label.startswith("B-") else label


def dealt_out(labels: Sequence[str], sizes: Sequence[int]) -> tuple[str, ...]:
    """Give the labels of words to their characters.

    Example:
        >>> dealt_out(["B-LOC", "O"], [2, 1])
        ('B-LOC', 'I-LOC', 'O')
    """
    dealt: list[str] = []
    for label, size in zip(labels, sizes, strict=True):
        dealt.append(label)
        dealt.extend([continuation(label)] * (size - 1))
    return tuple(dealt)


def merged(record: Record, sizes: Sequence[int]) -> Record:
    """Return a sentence of words; a word's label is that of its first character."""
    ends = list(accumulate(sizes))
    starts = [end - size for end, size in zip(ends, sizes, strict=True)]
    spans = list(zip(starts, ends, strict=True))

    def together(column: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if column is None else tuple("".join(column[a:b]) for a, b in spans)

    return Record(
        tuple("".join(record.tokens[a:b]) for a, b in spans),
        None if record.labels is None else tuple(record.labels[a] for a in starts),
        together(record.ipa),
        together(record.romanization),
        None if record.spaces is None else tuple(record.spaces[b - 1] for _, b in spans),
        tuple(record.place[a] for a in starts) if record.place else (),
    )


def cutter_of(lang: str, tokenizer: Any = None) -> Cutter:
    """Return what finds the words of a language in a run of characters.

    Chinese: the segmentation of `cjkv_phon`. Japanese: the short units of
    SudachiDict, as its long ones swallow borders between entities (山口県岩国市; on
    PAN-X dev-ja gold labels survive merging with 94.9 F1 and not 90.5). Korean and
    Vietnamese have words by white space, which data cut into characters have lost: there the
    pieces of the backbone's tokenizer stand for words (it learnt them from text,
    knows no entity, and needs none), and without a tokenizer characters stay.
    """
    if lang == "ja":
        return short_units
    if lang in WITHOUT_SPACES:
        transcriber = _transcriber(lang)
        return lambda text: list(transcriber.segment(text).tokens)
    if tokenizer is None:
        return lambda text: list(_CHARACTER.findall(text))
    return lambda text: pieces(tokenizer, text)


def short_units(text: str) -> list[str]:
    """Cut Japanese into the short units of SudachiDict (its mode A).

    Example:
        >>> short_units("山口県岩国市")
        ['山口', '県', '岩国', '市']
    """
    from sudachipy import SplitMode

    tokenizer = _sudachi()
    slices = (text[start : start + LONGEST] for start in range(0, len(text), LONGEST))
    return [unit.surface() for part in slices for unit in tokenizer.tokenize(part, SplitMode.A)]


def pieces(tokenizer: Any, text: str) -> list[str]:
    """Cut text into the pieces of a fast tokenizer."""
    encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    ends = sorted({end for start, end in encoded["offset_mapping"] if end > start} | {len(text)})
    begins = [0, *ends[:-1]]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]


@lru_cache(maxsize=1)
def _sudachi() -> Any:
    from cjkv_phon.japanese.sudachi import dictionary

    book = dictionary()
    # Dictionary.create was renamed in SudachiPy 0.7.
    build = getattr(book, "tokenizer", None) or book.create
    # From these fields SudachiPy joins digits to numbers.
    return build(fields={"pos", "normalized_form"})


@lru_cache(maxsize=8)
def _transcriber(lang: str) -> Transcriber:
    return Transcriber(lang)


def _runs(record: Record) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of characters with no white space between them."""
    start = 0
    count = len(record.tokens)
    for index in range(count + 1):
        if index < count and is_character(record.tokens[index]):
            if record.spaces is None or index == start or not record.spaces[index - 1]:
                continue
            yield start, index
            start = index
            continue
        if index > start:
            yield start, index
        start = index + 1
