"""PanPhon segments of a transcription.

PanPhon's inventory is read from its own data file, without importing PanPhon:
its import and its feature table cost a second that strings alone do not need.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from cjkv_phon.errors import MissingDependencyError
from cjkv_phon.memo import Memo

_TONES = frozenset("˥˦˧˨˩")


class Sound(NamedTuple):
    """IPA and its segments; no segments where nothing was read."""

    ipa: str
    segments: tuple[str, ...]


def copied(text: str) -> Sound:
    """Return a text in place of its sound."""
    return Sound(text, ())


def segments(ipa: str) -> tuple[str, ...]:
    """Cut a transcription into the longest segments that PanPhon knows.

    As ``FeatureTable.ipa_segs`` does, what is no segment is left out; the tone
    letters of a syllable are one segment.

    Example:
        >>> segments("t͡ʃɹ̩"), segments("2012njɛn˧˥")
        (('t͡ʃ', 'ɹ̩'), ('n', 'j', 'ɛ', 'n', '˧˥'))
    """
    return _memo[ipa]


def _cut(ipa: str) -> tuple[str, ...]:
    words = ipa.split()
    if len(words) > 1:
        return tuple(chain.from_iterable(map(segments, words)))
    text, inventory = unicodedata.normalize("NFD", ipa), _inventory()
    return tuple(unicodedata.normalize("NFC", segment) for segment in _longest(text, inventory))


_memo: Memo[str, tuple[str, ...]] = Memo(_cut)


def _longest(text: str, inventory: dict[str, Any]) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] in _TONES:
            end += 1
        if end == start:
            node, place = inventory, start
            while place < len(text) and text[place] in node:
                node = node[text[place]]
                place += 1
                if "" in node:
                    end = place
        if end > start:
            yield text[start:end]
        start = max(end, start + 1)


@lru_cache(maxsize=1)
def _inventory() -> dict[str, Any]:
    """Return PanPhon's segments as a trie; the key "" marks the end of one."""
    spec = find_spec("panphon")
    if spec is None or spec.origin is None:
        raise MissingDependencyError("panphon", "phonexl")
    trie: dict[str, Any] = {}
    path = Path(spec.origin).with_name("data") / "ipa_all.csv"
    with open(path, encoding="utf-8") as file:
        next(file)
        for row in file:
            node = trie
            for letter in unicodedata.normalize("NFD", row.partition(",")[0]):
                node = node.setdefault(letter, {})
            node[""] = True
    return trie
