"""How kanji are read in the words of the dictionary, by their place in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import NamedTuple

import regex

KANJI = regex.compile(r"[\p{Han}々〆〇]")
# Cost of the rarest reading of a kanji, in nats.
_RAREST = 7.0


class KanjiReading(NamedTuple):
    """One reading of a kanji and how often the dictionary uses it, by place.

    Attributes:
        kana: The reading in hiragana.
        alone: 1 where the kanji by itself is a word read so.
        initial: Count before another kanji at the start of a general word.
        medial: Count between kanji.
        final: Count at the end of a word.
        before_kana: Count before okurigana at the start of a word.
        before_kana_later: Count before okurigana elsewhere.
        prefix: Count before a word that stands by itself.
        suffix: Count after a word that stands by itself.
        names: Count in names of people and places.
    """

    kana: str
    alone: int
    initial: int
    medial: int
    final: int
    before_kana: int
    before_kana_later: int
    prefix: int
    suffix: int
    names: int

    @property
    def general(self) -> int:
        """Count in general words."""
        return sum(self[1:7])


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    text = files("cjkv_phon.japanese").joinpath("data/kanji.tsv").read_text(encoding="utf-8")
    return {line[0]: line[2:] for line in text.split("\n") if line and line[0] != "#"}


@cache
def kanji_readings(kanji: str) -> tuple[KanjiReading, ...]:
    """Return the readings of a kanji in general words and names, the commonest first.

    Example:
        >>> [r.kana for r in kanji_readings("校")]
        ['こう']
    """
    found: list[KanjiReading] = []
    counted = _lines().get(kanji, "").partition("\t")[0]
    for entry in filter(None, counted.split(" ")):
        kana, _, counts = entry.partition("=")
        found.append(KanjiReading(kana, *map(int, counts.split(","))))
    return tuple(found)


def costs(readings: Sequence[KanjiReading]) -> dict[str, float]:
    """Return what each reading of a kanji costs: minus the logarithm of its share."""
    weights = [r.general + 0.1 * r.names for r in readings]
    total = sum(weights) + 1
    return {
        r.kana: min(_RAREST, -log((weight + 0.01) / total))
        for r, weight in zip(readings, weights, strict=True)
    }


@cache
def cost_of(kanji: str) -> dict[str, float]:
    """Return the readings of a kanji with their costs (see `costs`), as stored."""
    counted, _, prices = _lines().get(kanji, "").partition("\t")
    names = [entry[: entry.index("=")] for entry in counted.split(" ")] if counted else ()
    return dict(zip(names, map(float, prices.split()), strict=True))
