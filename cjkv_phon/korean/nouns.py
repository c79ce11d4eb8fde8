"""Is a ㅎ after a stop in a noun or in a verb? The romanizations ask."""

from __future__ import annotations

from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.morphology import grammar


def nouns_hieut(word: str) -> frozenset[int]:
    """Return the syllables whose ㅎ the romanizations keep after a stop: those of nouns.

    Romanization of Korean, III.1.4 [다만]: 묵호 Mukho, 집현전 Jiphyeonjeon; but in
    verbs 좋고 joko, 잡혀 japyeo, 급하다 geupada.

    Example:
        >>> nouns_hieut("묵호"), nouns_hieut("급하다"), nouns_hieut("축하하다")
        (frozenset({1}), frozenset(), frozenset({1}))
    """
    found = []
    for index in range(1, len(word)):
        right = word[index]
        if DECOMPOSED[right].onset == "ㅎ" and DECOMPOSED[word[index - 1]].coda in _STOPS:
            if right in _PASSIVE:
                continue
            if right in _HADA and _is_hada(word, index):
                continue
            found.append(index)
    return frozenset(found)


_STOPS = frozenset("ㄱㄷㅂㅅㅌㅊ")
_PASSIVE = frozenset("히혀혔힌힐힘힙")
_HADA = frozenset("하해했한할함합")


def _is_hada(word: str, index: int) -> bool:
    """Say whether the syllable is a form of 하다 after a stem, not part of a noun."""
    right, rest = word[index], word[index + 1 :]
    lists = grammar().lists
    adjective = word[index - 1] in lists["adjective"]
    if right == "하":
        return rest.startswith(lists["hada"])
    if right == "했":
        return True
    if right == "합":
        return rest.startswith(("니", "시", "디"))
    if index == 1:
        return adjective
    return right != "할" or word[index - 1] != "역"
