"""Words of one character whose reading their place in the clause decides.

The network has read an encyclopedia; these are rules of grammar for what people
say, and a rule that applies is believed outright. They ask only about the words
next to it, so that they hold in the shortest clause. Sources: Chao, *A Grammar of
Spoken Chinese* (1968), ch. 4, 6 and 8; Lü Shuxiang (ed.), 现代汉语八百词 (1999),
under the words themselves; the word classes are in ``data/grammar.tsv``.

* 地 after an adverbial of manner, before what it modifies: de (慢慢地走).
* 得 between a verb and its complement: de (跑得很快, 看得见); between a subject
  or an adverb and a verb: děi (你得去).
* 了, 着 after verb + 得 or 不: liǎo, zháo (吃得了, 找不着). 着 before 了: zháo, for the
  aspects exclude each other (猜着了).
* An adverb of degree asks for the adjective (很重 zhòng), a numeral or a
  demonstrative for the classifier (两只 zhī), an aspect particle, a repetition
  (数一数) or an object of its own (还钱) for the verb; no adverb ends a clause
  (要还 huán).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.chinese.tables import read_words


class Place(NamedTuple):
    """A word of one character and what stands next to it, in simplified characters.

    Attributes:
        before: The word before it, empty at the beginning of a clause.
        earlier: The word before that, empty likewise.
        after: The next characters of the clause.
        left: The characters before it, punctuation included.
    """

    before: str
    earlier: str
    after: str
    left: str = ""


@lru_cache(maxsize=1)
def classes() -> Mapping[str, frozenset[str]]:
    """Return the word classes of ``data/grammar.tsv``."""
    return read_words("grammar.tsv")


@lru_cache(maxsize=1)
def _readings() -> Mapping[str, Mapping[str, str]]:
    """Return, for each class of readings, character to reading."""
    return {
        name: dict(member.split(":") for member in members)
        for name, members in classes().items()
        if any(":" in member for member in members)
    }


@lru_cache(maxsize=1)
def governed() -> frozenset[str]:
    """Return the characters that there are rules for."""
    return frozenset(_PARTICLES).union(
        member[0] for readings in _readings().values() for member in readings
    )


def structural(char: str, place: Place) -> str | None:
    """Return the reading that a rule gives to a word of one character.

    Args:
        char: The character, simplified.
        place: What stands next to it.

    Returns:
        A numbered syllable, None if no rule applies.

    Example:
        >>> structural("得", Place("跑", "他", "很快")), structural("得", Place("你", "", "去"))
        ('de5', 'dei3')
        >>> structural("重", Place("很", "包", ""))
        'zhong4'
    """
    rule = _PARTICLES.get(char)
    found = rule(place) if rule is not None else None
    return found or _by_neighbour(char, place)


def _by_neighbour(char: str, place: Place) -> str | None:
    known, readings = classes(), _readings()
    before, after = place.before, place.after
    coordinate = before == "又" and (after[:1] == "又" or "又" in place.left[:-1])
    if before in known["degree"] or coordinate:
        found = readings["adjective"].get(char)
        if found:
            return found
    if _counts(before):
        found = readings["classifier"].get(char)
        if found and after[:1] not in known["predicate"]:
            return found
    if after[:1].isdecimal() or after[:1] in known["numeral"]:
        found = readings["measured"].get(char)
        if found:
            return found
    if _shows_a_verb(char, after):
        found = readings["verb"].get(char)
        if found:
            return found
    if not after:
        return readings["predicate at the end"].get(char)
    fixed = readings["collocation"]
    for length in (1, 2, 3):
        if char + after[:length] in fixed:
            return fixed[char + after[:length]]
    return None


def _counts(before: str) -> bool:
    """Say whether a classifier may follow: after a numeral, a demonstrative, 有 (有只鸟)."""
    known = classes()
    if not before:
        return False
    return (
        before[-1] in known["numeral"]
        or before in known["demonstrative"]
        or before in known["indefinite"]
    )


def _shows_a_verb(char: str, after: str) -> bool:
    """Say whether what follows shows a verb: an aspect, a complement, a repetition."""
    first = after[:1]
    if first in classes()["aspect"] or (first == "得" and char != "还"):
        return True
    return first == "一" and after[1:2] == char


def _chang(place: Place) -> str | None:
    """Read 长 before an aspect: grow, unless it is too long (裤子长了一点)."""
    after = place.after
    if after[:1] in ("着", "过") or (after[:1] == "了" and not _TOO_LONG.fullmatch(after)):
        return "zhang3"
    return None


def _chong(place: Place) -> str | None:
    """Read 重 after 多: how heavy."""
    return "zhong4" if place.before == "多" else None


def _jiao(place: Place) -> str | None:
    """Read 觉 as the object of 睡."""
    clause = _CLAUSE_END.split(place.left)[-1]
    return "jiao4" if "睡" in clause or place.before in ("午", "个") else None


def _mei(place: Place) -> str | None:
    """Read 没 as a word: not, unless water covers something."""
    covered = place.before[-1:] in classes()["covers"] and place.after[:1] in ("过", "到", "了")
    return None if covered else "mei2"


def _wei(place: Place) -> str | None:
    """Read 为 before whom something is done for."""
    known, after = classes(), place.after
    if not after or "的" in after or "所" in after or place.before in known["also says"]:
        return None
    if after[0] in known["pronoun"]:
        return None if after[1:2] in known["of us"] else "wei4"
    return "wei4" if after[:2] in known["beneficiary"] else None


def _bu(place: Place) -> str | None:
    """Read 不 between a verb and its complement."""
    known, verb = classes(), place.before
    if verb not in known["takes a complement"] or verb in known["says or wishes"]:
        return None
    return "bu5" if place.after[:1] in known["result"] else None


def _di(place: Place) -> str | None:
    before, after = place.before, place.after
    known = classes()
    if len(before) < 2 or not after:
        return None
    if len(before) == 4 and before[0] == before[1] and before[2] == before[3]:
        return "de5"
    if after[0] in known["after noun"]:
        return None
    repeated = len(set(before)) < len(before)
    if repeated or before in known["manner"] or before[-1] in known["manner"]:
        return "de5"
    return None


def _de(place: Place) -> str | None:
    before, after = place.before, place.after
    known = classes()
    if not after:
        return None
    gained = after[0] in known["after gain"] or after[0] in known["numeral"]
    if not before:
        must = after[0] in known["takes a complement"] or after[0] in known["after must"]
        return "dei3" if must and not gained else None
    if before in known["subject"] or before in known["adverb"]:
        return None if gained else "dei3"
    if before in known["takes a complement"]:
        return "de5"
    if len(before) > 1 and before[-1] in known["noun ending"]:
        must = after[0] in known["takes a complement"] or after[0] in known["after must"]
        return "dei3" if must and not gained else None
    if after[0] in known["complement"] or (len(before) > 1 and not gained):
        return "de5"
    return None


def _le(place: Place) -> str | None:
    before, after = place.before, place.after
    if not place.earlier:
        return None
    if before == "不":
        return "liao3"
    known = classes()
    if before == "得" and place.earlier not in known["subject"]:
        return "liao3" if not after or after[0] in known["final"] else None
    return None


def _zhe(place: Place) -> str | None:
    if place.after[:1] == "了" or (place.earlier and place.before in ("不", "得")):
        return "zhao2"
    return None


_TOO_LONG = re.compile("了(?:一?[点些]儿?)?[吗呢吧啊的]?")
_CLAUSE_END = re.compile(r"\W")

_PARTICLES: Mapping[str, Callable[[Place], str | None]] = {
    "地": _di,
    "得": _de,
    "了": _le,
    "着": _zhe,
    "不": _bu,
    "没": _mei,
    "为": _wei,
    "觉": _jiao,
    "重": _chong,
    "长": _chang,
}
