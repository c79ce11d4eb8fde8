"""Readings that the place in the clause decides: particles, verbs, adjectives, classifiers."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.chinese.clauses import Place, classes
from cjkv_phon.chinese.grammar import governed, structural
from cjkv_phon.chinese.phonology import parse

CLAUSES = [
    ("慢慢 ▁地 走", "de5"),
    ("他 高兴 ▁地 说", "de5"),
    ("他 在 ▁地 里 干活", "di4"),
    ("这 块 ▁地 很 大", "di4"),
    ("他 跑 ▁得 很 快", "de5"),
    ("他 说 ▁得 对", "de5"),
    ("你 ▁得 去", "dei3"),
    ("他 ▁得 了 冠军", "de2"),
    ("吃 得 ▁了", "liao3"),
    ("吃 不 ▁了", "liao3"),
    ("我 吃 ▁了", "le5"),
    ("他 睡 ▁着 了", "zhao2"),
    ("他 睡 不 ▁着", "zhao2"),
    ("他 看 ▁着 我", "zhe5"),
    ("这个 包 太 ▁重 了", "zhong4"),
    ("这 条 路 真 ▁长", "chang2"),
    ("孩子 ▁长 大 了", "zhang3"),
    ("我 ▁还 书", "huan2"),
    ("他 把 车 ▁还 了", "huan2"),
    ("他 ▁还 没 来", "hai2"),
    ("两 ▁只 鸟", "zhi1"),
    ("我 ▁只 有 一 本", "zhi3"),
    ("我 ▁教 他 中文", "jiao1"),
    ("他 ▁数 了 数", "shu3"),
    ("我 看 ▁中 了 一 本 书", "zhong4"),
    ("我们 ▁都 去", "dou1"),
    ("行 不 ▁行", "xing2"),
    ("孩子 哭 ▁得 稀里哗啦", "de5"),
    ("他 高兴 ▁得 跳 起来", "de5"),
    ("车 坏 了 ， ▁得 拿 去 修", "dei3"),
    ("孩子 ▁得 早 睡", "dei3"),
    ("我们 班 ▁得 了 第一", "de2"),
    ("还 有 谁 ▁没 来", "mei2"),
    ("水 ▁没 过 了 膝盖", "mo4"),
    ("山上 ▁种 着 树", "zhong4"),
    ("他 ▁弹 得 一手 好 吉他", "tan2"),
    ("他 ▁还 着急 呢", "hai2"),
    ("现在 ▁差 五分 八点", "cha4"),
    ("箱子 ▁重 了 两 公斤", "zhong4"),
    ("你 去 ▁调 音量", "tiao2"),
    ("树上 有 ▁只 鸟", "zhi1"),
    ("我 睡 了 一个 好 ▁觉", "jiao4"),
    ("他 ▁长 了 一脸 胡子", "zhang3"),
    ("时间 ▁长 了 就 忘 了", "chang2"),
    ("头发 又 黑 又 ▁长", "chang2"),
    ("我 真 ▁为 你 高兴", "wei4"),
    ("我 给 他 ▁盛 了 一碗 汤", "cheng2"),
    ("这么 多 菜 我 吃 ▁不 完", "bu5"),
    ("他 说 ▁不 去", "bu4"),
    ("我 数 ▁着 钱", "zhe5"),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES)
@pytest.mark.parametrize("form", ["words", "characters", "one token"])
def test_short_clauses(clause: str, expected: str, form: str) -> None:
    tokens = clause.replace("▁", "").split()
    place = clause.replace(" ", "").index("▁")
    cut = {"words": tokens, "characters": list("".join(tokens)), "one token": ["".join(tokens)]}
    units = [unit for token in Transcriber("zh")(cut[form]) for unit in token.units]
    assert units[place].reading == expected


@pytest.mark.parametrize(
    ("char", "place"),
    [
        ("地", Place("北京", "", "铁")),
        ("地", Place("", "", "上")),
        ("得", Place("", "", "到")),
        ("得", Place("我", "", "三票")),
        ("了", Place("不", "", "解")),
        ("着", Place("看", "他", "我")),
        ("只", Place("这", "", "是")),
        ("好", Place("很", "", "")),
    ],
)
def test_where_no_rule_applies_none_is_given(char: str, place: Place) -> None:
    assert structural(char, place) is None


def test_traditional_clauses_follow_the_same_rules() -> None:
    units = [unit for token in Transcriber("zh")(["我", "還", "書"]) for unit in token.units]
    assert [unit.reading for unit in units] == ["wo3", "huan2", "shu1"]


def test_a_foreign_word_is_no_end_of_the_clause() -> None:
    assert Transcriber("zh")(["他", "还", "OK", "，"])[1].units[0].reading == "hai2"


def test_readings_in_the_classes_are_syllables_of_governed_characters() -> None:
    pairs = [member.split(":") for group in classes().values() for member in group if ":" in member]
    assert pairs
    for word, reading in pairs:
        assert parse(reading) is not None
        assert word[0] in governed()
