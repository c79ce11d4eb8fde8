"""何: なん before the sounds t d n and before counters, なに elsewhere; 何時 なんじ and いつ.

A counter sounds after 何 as after 三: 何匹 なんびき, 何本 なんぼん, 何階 なんがい.
"""

from __future__ import annotations

from collections.abc import Sequence

from cjkv_phon.japanese.counting import remade
from cjkv_phon.japanese.numerals import counters, read_counted
from cjkv_phon.japanese.words import Word

# なに before these words. Before でもだったのとなら it is なん: 何で, 何と, 何の, 何だ.
_PLAIN = frozenset("が を も は か より から まで へ やら しろ".split())
# 何に is なに, 何にも なんにも.
_TO = "に"
# Counters that are nouns after it: 何色 is a colour, なにいろ.
_NOUNS = frozenset(("色", "味", "目", "つ"))
# 何か月, 何か国: か is the beginning of a counter.
_COUNTED_BY_KA = frozenset("月 国 所 条 年 月間 国語".split())
_COURTEOUS = frozenset(("よろしく", "宜しく"))
_AT_ANY_TIME = frozenset(("も", "でも", "しか", "ぞや", "し"))
_EVER = frozenset((("まで", "も"), ("に", "無く"), ("に", "なく")))
# 何時か分からない is なんじ, 何時か行く いつ.
_ASKED = (
    *("わか", "分か", "判", "知", "教", "聞", "き", "言", "見", "覚", "です"),
    *("、", "。", "？", "?"),
)


def asked(words: list[Word], index: int, foreign: bool) -> None:
    """Read 何, in place, and the counter after it."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None:
        return
    counter = None if after.text in _NOUNS else counters().get(after.text)
    if counter is not None:
        if after.text == "分" and _text(words, index + 2) in _COURTEOUS:
            words[index], words[index + 1] = remade(word, "なに"), remade(after, "ぶん")
            return
        counted = read_counted("三", counter._replace(whole={}))
        words[index] = remade(word, "なん")
        if counted is not None and counted.counter != after.reading:
            words[index + 1] = remade(after, counted.counter)
    elif _is_plain(words, index + 1) and word.reading != "なに":
        words[index] = remade(word, "なに")


def _is_plain(words: Sequence[Word], index: int) -> bool:
    after = words[index].text
    if after == _TO:
        return _text(words, index + 1) != "も"
    if after == "か":
        return _text(words, index + 1) not in _COUNTED_BY_KA
    return after in _PLAIN


def at_what_time(words: list[Word], index: int, foreign: bool) -> None:
    """Read 何時, in place: 何時に なんじ; 何時も, 何時か and 何時の間に いつ."""
    after, then = _text(words, index + 1), _text(words, index + 2)
    some_day = after == "か" and bool(then) and not then.startswith(_ASKED)
    while_ = after == "の" and then.startswith("間")
    ever = after in _AT_ANY_TIME or (after, then) in _EVER
    words[index] = remade(words[index], "いつ" if some_day or while_ or ever else "なんじ")


def _text(words: Sequence[Word], index: int) -> str:
    return words[index].text if index < len(words) else ""
