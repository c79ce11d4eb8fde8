"""Particles, auxiliaries and a few verbs by their place in the clause: a rule for each.

Each takes the place of a word of one character and returns its reading, None where
the rule does not apply. Sources as in `grammar`.

* 地 after an adverbial of manner, before what it modifies: de (慢慢地走).
* 得 between a verb and its complement: de (跑得很快, 看得见, 哭得稀里哗啦); after a
  subject, an adverb or a noun, or at the beginning of a clause, before a verb: děi
  (你得去, 得拿去修).
* 了, 着 after verb + 得 or 不: liǎo, zháo (吃得了, 找不着). 着 before 了: zháo, for the
  aspects exclude each other (猜着了).
* 不 between a verb and its complement is neutral (吃不完).
* 没 as a word: méi, but mò of water (没过膝盖). 为 before a person: wèi (为你高兴).
* 觉 after 睡: jiào. 长 before an aspect: zhǎng, but cháng for "too long" (裤子长了).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cjkv_phon.chinese.clauses import Place, classes, is_aspect


def _chang(place: Place) -> str | None:
    """Read 长 before an aspect: grow, unless it is too long (裤子长了一点)."""
    after = place.after
    if after[:1] == "了" and (_TOO_LONG.fullmatch(after) or after[1] in classes()["after length"]):
        return None
    return "zhang3" if is_aspect(after) else None


def _chong(place: Place) -> str | None:
    """Read 重 after 多: how heavy."""
    return "zhong4" if place.before == "多" else None


def _jiao(place: Place) -> str | None:
    """Read 觉 as the object of 睡."""
    clause = _CLAUSE_END.split(place.left)[-1]
    return "jiao4" if "睡" in clause or place.before in ("午", "个") else None


def _mei(place: Place) -> str | None:
    """Read 没 as a word: not, unless water covers something."""
    covered = place.before[-1:] in classes()["covers"] and place.after[:1] in ("过", "到")
    return "mo4" if covered else "mei2"


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
    result = place.after[:1]
    if verb not in known["takes a complement"] or verb == result:
        return None
    shown = known["result of saying" if verb in known["says or wishes"] else "result"]
    return "bu5" if result in shown else None


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
        return None if gained and before in known["also adverbs"] else "de5"
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

RULES: Mapping[str, Callable[[Place], str | None]] = {
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
