"""Pinyin with marks and numbers, Zhuyin: orthography."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber, UnsupportedOptionError

PINYIN = {
    "西安": "xī'ān",
    "第二": "dì-èr",
    "第十二": "dì-shí'èr",
    "第三者": "dì-sānzhě",
    "西安门第": "xī'ānméndì",
    "女儿": "nǚ'ér",
    "天安门": "tiān'ānmén",
    "绿": "lǜ",
    "略": "lüè",
    "贵": "guì",
    "流": "liú",
    "花儿": "huār",
    "一定": "yīdìng",
    "不对": "bùduì",
    "妈妈": "māma",
    "A股": "Agǔ",
}


@pytest.mark.parametrize(("word", "expected"), PINYIN.items())
def test_pinyin_follows_its_orthography(word: str, expected: str) -> None:
    assert Transcriber("zh")([word]).romanization == [expected]


def test_numbered_pinyin_by_either_name() -> None:
    for name in ("pinyin-numbered", "numbered"):
        result = Transcriber("zh", romanization=name)(["西安", "旅客", "花儿"])
        assert result.romanization == ["xi1an1", "lü3ke4", "hua1r5"]


ZHUYIN = {
    "你好": "ㄋㄧˇ ㄏㄠˇ",
    "中国": "ㄓㄨㄥ ㄍㄨㄛˊ",
    "知识": "ㄓ ˙ㄕ",
    "拥有": "ㄩㄥ ㄧㄡˇ",
    "波": "ㄅㄛ",
    "月": "ㄩㄝˋ",
    "翁": "ㄨㄥ",
    "二": "ㄦˋ",
}


@pytest.mark.parametrize(("word", "expected"), ZHUYIN.items())
def test_zhuyin(word: str, expected: str) -> None:
    assert Transcriber("zh", romanization="zhuyin")([word]).romanization == [expected]


def test_unknown_options_are_refused() -> None:
    with pytest.raises(UnsupportedOptionError, match="pinyin"):
        Transcriber("zh", romanization="wade")
    with pytest.raises(UnsupportedOptionError, match="putonghua"):
        Transcriber("zh", variety="hanoi")
