"""Offsets for tokenizers that report none, by comparing pieces with the word."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import regex

from cjkv_phon.alignment.spans import Span

# What tokenizers write before or after a piece and what no word contains there.
_MARK = regex.compile(r"^(?:##|[▁Ġ]+)|(?:</w>|@@|[▁Ġ])$")


def piece_offsets(word: str, pieces: Sequence[str], unknown: str) -> list[Span]:
    """Find the characters of a word that each piece stands for.

    Byte-level pieces are read back as UTF-8. Other pieces lose their marks
    (``##``, ``▁``, ``</w>``) and are matched with the word under what
    tokenizers do to it: compatibility decomposition, lower-casing, accents
    removed. A piece that matches nothing (the unknown token) takes what its
    neighbours leave.

    Args:
        word: The word, as it was given to the tokenizer.
        pieces: What the tokenizer made of it.
        unknown: The unknown token.

    Returns:
        A span a piece, in order; they may leave gaps.

    Example:
        >>> piece_offsets("Ｃafé店", ["caf", "##e", "[UNK]"], "[UNK]")
        [(0, 3), (3, 4), (4, 5)]
    """
    spans = _from_bytes(word, pieces)
    if spans is None:
        spans = _from_text(word, pieces, unknown)
    return spans


def _from_bytes(word: str, pieces: Sequence[str]) -> list[Span] | None:
    """Offsets of byte-level pieces, None if they are not the bytes of this word."""
    tables = (_gpt2_bytes(), _plain_bytes())
    data = word.encode()
    for table in tables:
        if not all(character in table for piece in pieces for character in piece):
            continue
        found = [bytes(table[character] for character in piece) for piece in pieces]
        lead = len(b"".join(found)) - len(data)
        if lead < 0 or b"".join(found) != b" " * lead + data:
            continue
        place = [k for k, character in enumerate(word) for _ in character.encode()]
        spans: list[Span] = []
        at = -lead
        for piece in found:
            start, end = max(at, 0), max(at + len(piece), 0)
            at += len(piece)
            if start < end:
                spans.append((place[start], place[end - 1] + 1))
            else:
                here = place[start] if start < len(place) else len(word)
                spans.append((here, here))
        return spans
    return None


def _from_text(word: str, pieces: Sequence[str], unknown: str) -> list[Span]:
    folded = [(c, k) for k, character in enumerate(word) for c in _fold(character)]
    cut = ["" if piece == unknown else _fold(_MARK.sub("", piece)) for piece in pieces]
    owner = [number for number, piece in enumerate(cut) for _ in piece]
    matcher = SequenceMatcher(None, [c for c, _ in folded], "".join(cut), autojunk=False)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for ours, theirs, size in matcher.get_matching_blocks():
        for step in range(size):
            place = folded[ours + step][1]
            first.setdefault(owner[theirs + step], place)
            last[owner[theirs + step]] = place + 1
    spans: list[Span] = []
    for number in range(len(pieces)):
        if number in first:
            spans.append((first[number], last[number]))
            continue
        start = spans[-1][1] if spans else 0
        following = (first[k] for k in range(number + 1, len(pieces)) if k in first)
        end = next(following, len(word))
        # The first of several unmatched pieces takes the gap.
        spans.append((start, max(start, end) if _took_nothing(cut, number, first) else start))
    return spans


def _took_nothing(cut: Sequence[str], number: int, first: dict[int, int]) -> bool:
    """Say whether an unmatched piece may own characters: a bare mark (``▁``) may not."""
    following = number + 1 < len(cut)
    return not (cut[number] == "" and following and number == 0 and 1 in first and first[1] == 0)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and not c.isspace())
    return kept.casefold()


@lru_cache(maxsize=1)
def _gpt2_bytes() -> dict[str, int]:
    """GPT-2's alphabet: printable bytes are themselves, the others follow from U+0100."""
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {
        chr(0x100 + number): byte for number, byte in enumerate(others)
    }


@lru_cache(maxsize=1)
def _plain_bytes() -> dict[str, int]:
    """The alphabet of ByT5: every byte is the character of its number."""
    return {chr(byte): byte for byte in range(256)}
