"""Readings that are preferred to the dictionary's first, in any context."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from cjkv_phon.japanese.kana import to_hiragana
from cjkv_phon.japanese.phrases import phrases


@lru_cache(maxsize=1)
def preferences() -> dict[tuple[str, str], str]:
    """Return the readings of ``data/preferences.tsv``: (text, dictionary's) to usual."""
    table: dict[tuple[str, str], str] = {}
    text = files("cjkv_phon.japanese").joinpath("data/preferences.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            word, given, usual = line.split("\t")[:3]
            table[word, given] = usual
    return table


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(word for word, _ in preferences()) | frozenset(phrases())


def preferred(text: str, reading: str, pos: tuple[str, ...]) -> str:
    """Return the usual reading where the dictionary prefers another.

    Args:
        text: The word.
        reading: The dictionary's reading, in katakana.
        pos: Part of speech.
    """
    if text in _words():
        usual = phrases().get(text) or preferences().get((text, to_hiragana(reading)))
        if usual is not None:
            return usual
    if len(text) > 2 and "日本" in text and "ニッポン" in reading and pos[1] != "固有名詞":
        return reading.replace("ニッポン", "ニホン")
    if len(text) > 3 and text.endswith("会社") and reading.endswith("カイシャ"):
        return reading[:-4] + "ガイシャ"
    return reading
