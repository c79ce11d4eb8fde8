"""Which reading a character has: words, context, neutral tones, 儿, traditional characters."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber, transcribe


@pytest.fixture(scope="module")
def zh() -> Transcriber:
    return Transcriber("zh")


def reading(zh: Transcriber, *tokens: str) -> str:
    return " ".join(unit.reading for token in zh(tokens) for unit in token.units if unit.reading)


WORDS = {
    "银行": "yin2 hang2",
    "行业": "hang2 ye4",
    "行走": "xing2 zou3",
    "音乐": "yin1 yue4",
    "快乐": "kuai4 le4",
    "长城": "chang2 cheng2",
    "校长": "xiao4 zhang3",
    "重庆": "chong2 qing4",
    "参差": "cen1 ci1",
    "便宜": "pian2 yi5",
    "觉得": "jue2 de5",
    "睡觉": "shui4 jiao4",
    "旅客": "lv3 ke4",
    "战略": "zhan4 lve4",
    "统一": "tong3 yi1",
    "一定": "yi1 ding4",
    "不对": "bu4 dui4",
}


@pytest.mark.parametrize(("word", "expected"), WORDS.items())
def test_words_read_as_in_the_dictionary(zh: Transcriber, word: str, expected: str) -> None:
    assert reading(zh, word) == expected


NEUTRAL = {
    "桌子": "zhuo1 zi5",
    "原子": "yuan2 zi3",
    "孔子": "kong3 zi3",
    "石头": "shi2 tou5",
    "我们": "wo3 men5",
    "什么": "shen2 me5",
    "爸爸": "ba4 ba5",
    "星星": "xing1 xing5",
    "衣服": "yi1 fu5",
    "葡萄酒": "pu2 tao5 jiu3",
    "三个": "san1 ge5",
    "个人": "ge4 ren2",
    "左边": "zuo3 bian5",
    "海边": "hai3 bian1",
    "前面": "qian2 mian5",
    "海面": "hai3 mian4",
    "妻子": "qi1 zi5",
    "夺得": "duo2 de2",
    "出来": "chu1 lai5",
    "便宜货": "pian2 yi5 huo4",
    "试试": "shi4 shi5",
    "常常": "chang2 chang2",
    "漂漂亮亮": "piao4 piao4 liang4 liang4",
    "爸爸妈妈": "ba4 ba5 ma1 ma5",
    "对不起": "dui4 bu5 qi3",
    "舍不得": "she3 bu5 de5",
    "来得及": "lai2 de5 ji2",
    "不得不": "bu4 de2 bu4",
    "要不是": "yao4 bu4 shi4",
}


@pytest.mark.parametrize(("word", "expected"), NEUTRAL.items())
def test_suffixes_and_known_words_are_neutral(zh: Transcriber, word: str, expected: str) -> None:
    assert reading(zh, word) == expected


ER = {
    "花儿": "hua1 r5",
    "哪儿": "na3 r5",
    "好玩儿": "hao3 wan2 r5",
    "小院儿": "xiao3 yuan4 r5",
    "小孩儿": "xiao3 hai2 r5",
    "儿童": "er2 tong2",
    "女儿": "nv3 er2",
    "婴儿": "ying1 er2",
    "托儿所": "tuo1 er2 suo3",
}


@pytest.mark.parametrize(("word", "expected"), ER.items())
def test_er_is_a_suffix_or_a_child(zh: Transcriber, word: str, expected: str) -> None:
    assert reading(zh, word) == expected


CONTEXT = [
    (("银行", "行长"), "yin2 hang2 hang2 zhang3"),
    (("他", "长", "得", "很", "高"), "ta1 zhang3 de5 hen3 gao1"),
    (("这", "条", "路", "很", "长"), "zhe4 tiao2 lu4 hen3 chang2"),
    (("大家", "都", "来", "了"), "da4 jia1 dou1 lai2 le5"),
    (("首都", "是", "北京"), "shou3 du1 shi4 bei3 jing1"),
    # The network prefers particles, full tones and the commoner reading of a character.
    (("问题", "的确", "很", "难", "回答"), "wen4 ti2 di2 que4 hen3 nan2 hui2 da2"),
    (("大家", "都", "很", "着急", "地", "等"), "da4 jia1 dou1 hen3 zhao2 ji2 de5 deng3"),
    (("他", "买", "了", "新", "裤子", "吗"), "ta1 mai3 le5 xin1 ku4 zi5 ma5"),
    (("你", "周末", "有空", "来", "吗"), "ni3 zhou1 mo4 you3 kong4 lai2 ma5"),
    (("她", "当成", "自己", "的", "弟弟"), "ta1 dang4 cheng2 zi4 ji3 de5 di4 di5"),
    (("他", "重新", "写", "了", "一", "遍"), "ta1 chong2 xin1 xie3 le5 yi1 bian4"),
]


@pytest.mark.parametrize(("tokens", "expected"), CONTEXT)
def test_context_decides_about_polyphones(
    zh: Transcriber, tokens: tuple[str, ...], expected: str
) -> None:
    assert reading(zh, *tokens) == expected


def test_characters_given_one_by_one_are_read_as_the_words_they_form(zh: Transcriber) -> None:
    assert zh(["行", "业"]).romanization == ["háng", "yè"]
    assert zh(list("银行行长")).romanization == ["yín", "háng", "háng", "zhǎng"]


def test_a_phrase_does_not_straddle_given_words(zh: Transcriber) -> None:
    # 都市 dūshì is a word; in 首都|市民 it is none.
    assert zh(["市民", "都", "市场", "见"]).romanization[1] == "dōu"
    assert zh(["都市"]).romanization == ["dūshì"]


def test_a_sentence_in_one_token_is_cut_inside(zh: Transcriber) -> None:
    assert reading(zh, "他在银行当行长") == "ta1 zai4 yin2 hang2 dang1 hang2 zhang3"


TRADITIONAL = {
    "銀行": "yin2 hang2",
    "頭髮": "tou2 fa5",
    "發展": "fa1 zhan3",
    "乾隆": "qian2 long2",
    "著名": "zhu4 ming2",
    "一隻": "yi1 zhi1",
    "皇后": "huang2 hou4",
    "以後": "yi3 hou4",
    "電子行業": "dian4 zi3 hang2 ye4",
    "著急": "zhao2 ji2",
    "著想": "zhuo2 xiang3",
    "意味著": "yi4 wei4 zhe5",
    "專著": "zhuan1 zhu4",
    "瞭解": "liao3 jie3",
    "瞭望": "liao4 wang4",
    "餅乾": "bing3 gan1",
}


@pytest.mark.parametrize(("word", "expected"), TRADITIONAL.items())
def test_traditional_characters_are_read_natively(
    zh: Transcriber, word: str, expected: str
) -> None:
    assert reading(zh, word) == expected


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("她 笑 著 說 不 去", "zhe5"),
        ("弟弟 在 床上 睡 著 了", "zhao2"),
        ("衣服 乾 了 可以 收 了", "gan1"),
    ],
)
def test_a_traditional_character_that_writes_two_words_is_read_in_its_place(
    zh: Transcriber, tokens: str, expected: str
) -> None:
    words = tokens.split()
    place = next(index for index, word in enumerate(words) if word in "著乾")
    assert zh(words)[place].units[0].reading == expected


def test_rare_characters_and_compatibility_forms_are_read(zh: Transcriber) -> None:
    assert reading(zh, "龘") == "da2"
    assert reading(zh, "龍") == reading(zh, "\uf9c4") == "long2"
    assert reading(zh, "人々") == "ren2 ren2"
    assert reading(zh, "二〇二四") == "er4 ling2 er4 si4"


def test_raw_text_is_cut_into_words() -> None:
    tokens = transcribe("他着急地问我，慢慢地走了", lang="zh").text
    assert tokens == "他 着急 地 问 我 ， 慢慢 地 走 了".split()
    result = transcribe("他在銀行當行長，用iPhone 15打電話。", lang="zh")
    assert result.text == "他 在 銀行 當 行長 ， 用 iPhone 15 打電話 。".split()
    assert result.romanization[2:5] == ["yínháng", "dāng", "hángzhǎng"]
    assert result.spaces is not None
    assert [place for place, space in enumerate(result.spaces) if space] == [7]
