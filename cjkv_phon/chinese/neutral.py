"""Neutral tone (轻声), the suffix 儿 and the citation tones of 一 and 不 in words.

Dictionaries disagree about how much of this they write, so every word that is
looked up or put together goes through the same rules: when the phrase table is
compiled, and again for words that are not in it.

Readings are numbered pinyin as it is typed: tone 5 is neutral, ``r5`` is the
suffix 儿, ``v`` is ü.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.chinese.tables import read_words

_NUMERALS = frozenset("一二三四五六七八九十百千万亿零〇两几半数0123456789")
_CITATION = {("一", "yi2"): "yi1", ("一", "yi4"): "yi1", ("不", "bu2"): "bu4"}
_NEUTRAL_AFTER = {"们": "men5", "么": "me5"}


class _Words(NamedTuple):
    neutral: frozenset[str]
    kin: frozenset[str]
    meaning: frozenset[str]
    carried: frozenset[str]
    full_zi: frozenset[str]
    localizers: frozenset[str]
    doubled: frozenset[str]
    potential: frozenset[str]
    no_complement: frozenset[str]
    gain: frozenset[str]
    if_read: Mapping[str, str]
    child_before: frozenset[str]
    child_after: frozenset[str]


@lru_cache(maxsize=1)
def words() -> _Words:
    """Return the word classes of ``data/neutral.tsv`` and ``data/erhua.tsv``."""
    neutral = read_words("neutral.tsv")
    erhua = read_words("erhua.tsv")
    # A word with another reading beside it (便宜) is marked with that of its first character.
    if_read = dict(word.split(":") for word in neutral["word"] if ":" in word)
    listed = neutral["directional"].union(word.partition(":")[0] for word in neutral["word"])
    return _Words(
        listed,
        neutral["kin"],
        neutral["meaning"],
        (listed | neutral["kin"]) - neutral["meaning"],
        neutral["full子"],
        neutral["localizer"],
        neutral["doubled"],
        neutral["potential"],
        neutral["no complement"],
        neutral["gain"],
        if_read,
        erhua["before"],
        erhua["after"],
    )


def toneless(syllable: str) -> str:
    """Return a numbered syllable with the neutral tone.

    Example:
        >>> toneless("tou2")
        'tou5'
    """
    return syllable[:-1] + "5"


def apply_word_rules(word: str, readings: Sequence[str]) -> tuple[str, ...]:
    """Bring the readings of a word's characters to one convention.

    Citation tones for 一 and 不; the suffixes 子 们 么 边 面 and the classifier 个
    neutral where they are suffixes; 不 and 得 neutral before a complement; 儿 as
    ``r5`` where it colours a rime; words with a compulsory neutral tone.

    Args:
        word: The word, in simplified characters.
        readings: One numbered syllable a character.

    Returns:
        As many syllables.

    Example:
        >>> apply_word_rules("一个", ["yi2", "ge4"])
        ('yi1', 'ge5')
        >>> apply_word_rules("花儿", ["hua1", "er2"]), apply_word_rules("原子", ["yuan2", "zi3"])
        (('hua1', 'r5'), ('yuan2', 'zi3'))
    """
    result = [_CITATION.get(pair, pair[1]) for pair in zip(word, readings, strict=True)]
    for index in range(1, len(word)):
        rule = SUFFIXES.get(word[index])
        if rule is not None:
            result[index] = rule(word, index, result[index])
    known = words()
    if len(word) == 2:
        is_doubled = word[0] == word[1] and word[0] in known.doubled
        if is_doubled or word in known.kin or _is_neutral(word, known.neutral, result[0]):
            result[1] = toneless(result[1])
    else:
        for index in range(len(word) - 1):
            if _is_neutral(word[index : index + 2], known.carried, result[index]):
                result[index + 1] = toneless(result[index + 1])
        if len(word) == 3:
            _potential(word, result)
    return tuple(result)


def _is_neutral(pair: str, listed: frozenset[str], first: str) -> bool:
    return pair in listed and words().if_read.get(pair, first) == first


def _potential(word: str, result: list[str]) -> None:
    """Read 不 and 得 between a verb and its complement, and in V不V, in place."""
    verb, particle, complement = tuple(word)
    known = words()
    if particle == "不" and complement not in known.no_complement:
        if verb in known.potential or verb == complement:
            result[1] = "bu5"
            if complement == "得":
                result[2] = "de5"
    elif particle == "得" and verb in known.potential and result[1] == "de2":
        result[1] = "de5"


def _zi(word: str, index: int, reading: str) -> str:
    if index != len(word) - 1 or reading not in ("zi3", "zi5"):
        return reading
    return "zi3" if word[index - 1] in words().full_zi else "zi5"


def _er(word: str, index: int, reading: str) -> str:
    known = words()
    if index == len(word) - 1:
        return "er2" if word[index - 1] in known.child_before else "r5"
    full = word[index + 1] in known.child_after or word[index - 1] in known.child_before
    return "er2" if full else "r5"


def _ge(word: str, index: int, reading: str) -> str:
    before = word[index - 1]
    return "ge5" if before in _NUMERALS or before in "这那哪" else reading


def _bian(word: str, index: int, reading: str) -> str:
    return "bian5" if word[:index] in words().localizers else reading


def _de(word: str, index: int, reading: str) -> str:
    is_gained = index == len(word) - 1 and word[index - 1] in words().gain
    return "de2" if is_gained else reading


def _mian(word: str, index: int, reading: str) -> str:
    known = words().localizers
    return "mian5" if index == 1 and word[0] in known and word[0] not in "这那哪" else reading


def _suffix(word: str, index: int, reading: str) -> str:
    neutral = _NEUTRAL_AFTER[word[index]]
    return neutral if index == len(word) - 1 and reading[:-1] == neutral[:-1] else reading


SUFFIXES: dict[str, Callable[[str, int, str], str]] = {
    "子": _zi,
    "儿": _er,
    "个": _ge,
    "边": _bian,
    "面": _mian,
    "得": _de,
    "们": _suffix,
    "么": _suffix,
}
