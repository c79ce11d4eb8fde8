"""A table of words read beforehand: what the analyser and our rules make of them.

To read a word that was never met costs thirty times what a look-up costs: it is
analysed, its reading is shared out over its characters, and those are cut into
syllables. For the words of the dictionary that is done when the table is made
(``tools/make_japanese_lexicon.py``). The table says of each

* what its units sound like when it stands alone;
* whether it is *settled*: read so whatever stands around it. 図書館 is settled, 上手 is
  not (じょうず, かみて, うわて);
* of short words that are not, how they are read in a place: 国 is くに between particles,
  こく after a noun; 年 is ねん after digits.

Pairs of settled words that are read otherwise together have a table of their own.
"""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

_UNSETTLED = "~"
FREE, SUFFIX, AFTER_DIGITS = "·", "-", "#"
"""Places of a word that is not settled, each read alike: with kana or punctuation on both
sides; after kanji, katakana or Latin letters; after digits."""
PLACES = frozenset((FREE, SUFFIX, AFTER_DIGITS))


def find(word: str) -> str | None:
    r"""Return the row of a word, or of a word in a place with the mark of that before it.

    Example:
        >>> find("図書館"), find("上手")
        ('と しょ かん', '~じょうず\t2')
        >>> find("-国"), find("今日の天気")
        ('こく', None)
    """
    if "\t" in word or "\n" in word:  # what is between columns and rows is in no word
        return None
    heads, found = pages()
    page = found[bisect_right(heads, word)]
    start = page.find(f"\n{word}\t")
    if start < 0:
        return None
    start += len(word) + 2
    return page[start : page.index("\n", start)]


def is_settled(row: str) -> bool:
    """Say whether a row holds in every context."""
    return row[0] != _UNSETTLED


def alone(row: str) -> str:
    """Return a row without the mark of what is not settled."""
    return row.removeprefix(_UNSETTLED)


def columns(row: str) -> tuple[list[str], list[int]]:
    r"""Return what each unit sounds like, and how many characters it has.

    Example:
        >>> columns("~じょうず\t2")
        (['じょうず'], [2])
    """
    text, _, widths = alone(row).partition("\t")
    sounds = text.split(" ")
    return sounds, [int(width) for width in widths] if widths else [1] * len(sounds)


def row_of(sounds: Sequence[str], widths: Sequence[int], *, settled: bool) -> str:
    """Write a row.

    Example:
        >>> row_of(["と", "しょ", "かん"], [1, 1, 1], settled=True)
        'と しょ かん'
    """
    row = ("" if settled else _UNSETTLED) + " ".join(sounds)
    return row if set(widths) == {1} else f"{row}\t{''.join(map(str, widths))}"


@lru_cache(maxsize=1)
def pairs() -> frozenset[tuple[str, str]]:
    """Return the pairs of words of which one is read otherwise beside the other."""
    return frozenset(
        (first, second)
        for line in _text("pairs.tsv.gz").split("\n")
        if line and line[0] != "#"
        for first, second in (line.split("\t"),)
    )


@lru_cache(maxsize=1)
def pages() -> tuple[list[str], list[str]]:
    """Return the first word of each page of the sorted table, and the pages.

    The page of a word is that of the last first word not after it, behind an empty one.
    Pages are searched, not taken apart: as many strings as there are words would take ten
    times the memory and a quarter of a second.
    """
    _, *found = _text("lexicon.tsv.gz").split("\n\n")
    return [page[: page.index("\t")] for page in found], ["", *(f"\n{p}\n" for p in found)]


def _text(name: str) -> str:
    data = files("cjkv_phon.japanese").joinpath(f"data/{name}").read_bytes()
    return gzip.decompress(data).decode("utf-8")
