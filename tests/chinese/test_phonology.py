"""Syllables, tones in connected speech, coloured rimes: pinyin facts and textbook examples."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.chinese.phonology import finals, parse
from cjkv_phon.chinese.sandhi import surface
from cjkv_phon.chinese.segmentation import Word

SYLLABLES = {
    "yi1": ("", "i"),
    "you3": ("", "iou"),
    "yuan2": ("", "üan"),
    "yong4": ("", "iong"),
    "weng1": ("", "ueng"),
    "er2": ("", "er"),
    "liu2": ("l", "iou"),
    "gui4": ("g", "uei"),
    "dun1": ("d", "uen"),
    "jun1": ("j", "ün"),
    "xue2": ("x", "üe"),
    "lv4": ("l", "ü"),
    "nve4": ("n", "üe"),
    "zhi1": ("zh", "-r"),
    "si4": ("s", "-i"),
    "bo1": ("b", "bo"),
    "o5": ("", "o"),
    "ng2": ("", "ng"),
}


@pytest.mark.parametrize(("reading", "parts"), SYLLABLES.items())
def test_pinyin_is_cut_into_initial_and_full_final(reading: str, parts: tuple[str, str]) -> None:
    syllable = parse(reading)
    assert syllable is not None
    assert (syllable.initial, syllable.final) == parts


@pytest.mark.parametrize("text", ["", "a", "7", "xyz1", "ma6", "bq3", "zh5", "ㄅ1"])
def test_what_is_no_syllable_is_none(text: str) -> None:
    assert parse(text) is None


def test_every_final_ends_in_the_colouring_when_coloured() -> None:
    assert all(final.narrow_erhua.endswith("ɻ") for final in finals().values())


@pytest.fixture(scope="module")
def narrow() -> Transcriber:
    return Transcriber("zh", detail="narrow")


def tones(narrow: Transcriber, *tokens: str) -> str:
    segments = [s for token in narrow(tokens) for s in token.segments]
    return " ".join(s for s in segments if s[0] in "˥˦˧˨˩")


SANDHI = [
    (("你好",), "˧˥ ˨˩˦"),
    (("展览馆",), "˧˥ ˧˥ ˨˩˦"),
    (("纸老虎",), "˨˩ ˧˥ ˨˩˦"),
    (("老师",), "˨˩ ˥˥"),
    (("再见",), "˥˧ ˥˩"),
    (("一定",), "˧˥ ˥˩"),
    (("一般",), "˥˩ ˥˥"),
    (("一起",), "˥˩ ˨˩˦"),
    (("一个",), "˧˥ ˧"),
    (("一", "个", "人"), "˧˥ ˧ ˧˥"),
    (("不对",), "˧˥ ˥˩"),
    (("不好",), "˥˩ ˨˩˦"),
    (("第一",), "˥˩ ˥˥"),
    (("星期一",), "˥˥ ˥˥ ˥˥"),
    (("统一",), "˨˩ ˥˥"),
    (("一九九一年",), "˥˥ ˧˥ ˨˩ ˥˥ ˧˥"),
    (("看一看",), "˥˩ ˩ ˥˩"),
    (("妈妈",), "˥˥ ˨"),
    (("爷爷",), "˧˥ ˧"),
    (("奶奶",), "˨˩ ˦"),
    (("爸爸",), "˥˩ ˩"),
    (("姐姐",), "˨˩ ˦"),
    (("想想",), "˧˥ ˧"),
    (("对不起",), "˥˩ ˩ ˨˩˦"),
    (("一楼",), "˥˥ ˧˥"),
    (("一年级",), "˥˥ ˧˥ ˧˥"),
    (("一年",), "˥˩ ˧˥"),
    (("很", "好"), "˧˥ ˨˩˦"),
    (("你", "，", "我"), "˨˩˦ ˨˩˦"),
    (("老师", "请", "你", "喝", "水"), "˨˩ ˥˥ ˧˥ ˨˩ ˥˥ ˨˩˦"),
    (("他的老板很有意思",), "˥˥ ˨ ˧˥ ˨˩ ˧˥ ˨˩ ˥˩ ˩"),
]


@pytest.mark.parametrize(("tokens", "expected"), SANDHI)
def test_tones_change_in_connected_speech(
    narrow: Transcriber, tokens: tuple[str, ...], expected: str
) -> None:
    assert tones(narrow, *tokens) == expected


def test_third_tones_pair_up_from_left_to_right_in_a_row_of_single_syllables() -> None:
    words = [Word(i, i + 1) for i in range(4)]
    assert [s.tone for s in surface("我买雨伞", [3, 3, 3, 3], words, words)] == [2, 3, 2, 3]


def test_a_single_syllable_before_a_word_reads_with_it() -> None:
    words = [Word(0, 1), Word(1, 3)]
    assert [s.tone for s in surface("买雨伞", [3, 3, 3], words, words)] == [3, 2, 3]


IPA = {
    "你好": ("ni˨˩˦xaw˨˩˦", "ni˧˥xɑʊ̯˨˩˦"),
    "中国": ("ʈ͡ʂʊŋ˥˥kwo˧˥", "ʈ͡ʂʊŋ˥˥ku̯ɔ˧˥"),
    "日": ("ɻɨ˥˩", "ʐ̩˥˩"),
    "四": ("sɨ˥˩", "sz̩˥˩"),
    "安": ("an˥˥", "ˀän˥˥"),
    "月": ("ɥɛ˥˩", "ɥɛ˥˩"),
    "波": ("pwo˥˥", "pu̯ɔ˥˥"),
    "花儿": ("xwaɻ˥˥", "xu̯ɑɻ˥˥"),
    "好玩儿": ("xaw˨˩˦wanɻ˧˥", "xɑʊ̯˨˩u̯ɑɻ˧˥"),
    "儿子": ("əɻ˧˥t͡sɨ", "ˀɑɻ˧˥t͡sz̩˧"),
}


@pytest.mark.parametrize(("word", "expected"), IPA.items())
def test_ipa(narrow: Transcriber, word: str, expected: tuple[str, str]) -> None:
    broad = Transcriber("zh")
    assert (broad([word]).ipa[0], narrow([word]).ipa[0]) == expected


def test_a_rime_is_coloured_across_tokens_and_keeps_its_tone(narrow: Transcriber) -> None:
    assert narrow(list("花儿")).ipa == ["xu̯ɑ˥˥", "ɻ"]


def test_tones_in_numbers_and_without() -> None:
    assert Transcriber("zh", tones="numbers")(["妈妈"]).ipa == ["ma1ma5"]
    assert Transcriber("zh", tones="none")(["妈妈"]).ipa == ["mama"]
    assert Transcriber("zh", tones="numbers", detail="narrow")(["你好"]).ipa == ["ni2xɑʊ̯3"]
