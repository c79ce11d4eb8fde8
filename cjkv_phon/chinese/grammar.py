"""Words of one character whose reading their place in the clause decides.

The network has read an encyclopedia; these are rules of grammar for what people
say, and a rule that applies is believed outright. They ask only about the words
next to it, so that they hold in the shortest clause. Sources: Chao, *A Grammar of
Spoken Chinese* (1968), ch. 4, 6 and 8; Lü Shuxiang (ed.), 现代汉语八百词 (1999),
under the words themselves; the word classes are in ``data/grammar.tsv``.

* Particles and what has a rule of its own: see `particles`.
* An adverb of degree asks for the adjective (很重 zhòng), a numeral or a
  demonstrative for the classifier (两只 zhī), an aspect particle, a repetition
  (数一数) or an object of its own (还钱) for the verb; no adverb ends a clause
  (要还 huán).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cjkv_phon.chinese.clauses import Place, classes, is_aspect
from cjkv_phon.chinese.particles import RULES


@lru_cache(maxsize=1)
def _readings() -> Mapping[str, Mapping[str, str]]:
    """Return, for each class of readings, character to reading."""
    return {
        name: dict(member.split(":") for member in members)
        for name, members in classes().items()
        if any(":" in member for member in members)
    }


def collocations() -> Mapping[str, str]:
    """Return verbs with what shows their reading (盛饭) to the reading of the verb."""
    return _readings()["collocation"]


@lru_cache(maxsize=1)
def governed() -> frozenset[str]:
    """Return the characters that there are rules for."""
    return frozenset(RULES).union(
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
    rule = RULES.get(char)
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
    fixed = collocations()
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
    gained = after[:2] in ("得到", "得出", "得以", "得知")
    if is_aspect(after) or (after[:1] == "得" and char != "还" and not gained):
        return True
    return after[:1] == "一" and after[1:2] == char
