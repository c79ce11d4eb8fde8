"""Readings that hang on one neighbour: nouns by themselves, verbs with certain nouns.

箱 is はこ before a particle and ばこ in compounds; 開く is あく of a window and ひらく of a
meeting. Both tables hold classes of everyday words (``data/nouns.tsv``,
``data/collocations.tsv``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from cjkv_phon.japanese.kana import unvoiced
from cjkv_phon.japanese.words import Word

# A noun right after these is part of a compound.
_JOINING = frozenset(("名詞", "接頭辞", "接尾辞", "形状詞", "代名詞"))
# A noun right before these, too.
_JOINED = frozenset(("名詞", "接尾辞"))
_ENDINGS = "いくかきけこ"
# Forms of adjectives whose stem has no ending of those.
_ADJECTIVE = ("かっ", "けれ", "かろ")


class Collocation(NamedTuple):
    """One line of ``data/collocations.tsv``."""

    usual: str
    reading: str
    particles: tuple[str, ...]
    nouns: frozenset[str]
    ends: tuple[str, ...]


def _rows(name: str) -> list[list[str]]:
    text = files("cjkv_phon.japanese").joinpath(f"data/{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]


@lru_cache(maxsize=1)
def nouns() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the reading of each noun of the table, and the particles that must follow."""
    return {
        kanji: (reading, tuple(rest[0].split(" ")) if rest else ())
        for kanji, reading, *rest in _rows("nouns")
    }


@lru_cache(maxsize=1)
def collocations() -> dict[str, list[Collocation]]:
    """Return the collocations of each kanji of the table."""
    table: dict[str, list[Collocation]] = {}
    for kanji, usual, reading, particles, found in _rows("collocations"):
        listed = found.split(" ")
        ends = tuple(noun[1:] for noun in listed if noun[0] == "~")
        nouns = frozenset(noun.removeprefix("~") for noun in listed)
        row = Collocation(usual, reading, tuple(particles.split()), nouns, ends)
        table.setdefault(kanji, []).append(row)
    return table


@lru_cache(maxsize=1)
def verb_forms() -> tuple[str, ...]:
    """Return the forms of the verbs and adjectives of the table, up to their endings."""
    return tuple(stem + end for stem in collocations() for end in (*_ENDINGS, *_ADJECTIVE))


def noun_alone(words: Sequence[Word], index: int) -> str | None:
    """A noun that is in no compound has the reading of the table: 箱を開ける, but 本箱."""
    reading, particles = nouns()[words[index].text]
    after = words[index + 1] if index + 1 < len(words) else None
    if index and _joins(words[index - 1], words[index], reading):
        return None
    if particles and (after is None or after.text not in particles or _is_saying(words, index + 2)):
        return None
    return None if after is not None and after.pos[0] in _JOINED else reading


def _joins(before: Word, word: Word, reading: str) -> bool:
    """Say whether a noun makes a compound with what stands before it.

    With an adverb only if it is just voiced: 一日中 雨が降る, but 現代 版.
    """
    if before.pos[0] not in _JOINING or before.text == "お":
        return False
    return before.pos[2] != "副詞可能" or unvoiced(word.reading) == reading


def _is_saying(words: Sequence[Word], index: int) -> bool:
    """Say whether a verb of saying stands there: 実を言うと じつをいうと."""
    return index < len(words) and words[index].text[0] in "言い申"


def collocated(words: Sequence[Word], index: int) -> str | None:
    """A verb with its noun: 窓が開く あく, 会議を開く ひらく; 辛いカレー からい."""
    word = words[index]
    if word.pos[0] not in ("動詞", "形容詞"):
        return None
    for row in collocations()[word.text[0]]:
        if row.particles:
            joined = index > 1 and words[index - 1].text in row.particles
            noun = words[index - 2].text if joined else ""
        else:
            noun = words[index + 1].text if index + 1 < len(words) else ""
        listed = noun in row.nouns or noun.endswith(row.ends)
        if listed and word.reading.startswith(row.usual):
            return row.reading + word.reading[len(row.usual) :]
    return None
