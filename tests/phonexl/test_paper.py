"""Scheme ``paper``: what section 5.1 of the paper says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cjkv_phon import Transcriber

Get = Callable[..., Transcriber]

FACTS = {
    "zh": [
        ("然而", "rán'ér", "ʐan˧˥ ɑɻ˧˥"),
        ("電子", "diànzǐ", "tjɛn˥˩ tsɯ˧˩˧"),
        ("3月", "3yuè", "3ɥœ˥˩"),
        ("ABC", "ABC", "ABC"),
    ],
    "ja": [
        ("4月", "4gatsu", "4ɡætsu"),  # all segments are kept
        ("電子産業", "denshisangyou", "dɛnʃisæŋju"),
        ("。", ".", "."),
        ("'", "'", "'"),
    ],
    "ko": [("전자", "jeonja", "d͡ʒɛənjə"), ("'", "'", "'")],
    "vi": [
        ("Việt Nam", "Việt Nam", "viət˨˩ˀ nam˧"),
        ("điện_tử", "điện_tử", "diən˨˩ˀ_tɯ˧˩˨"),
        ("phở", "phở", "fɤ˧˩˨"),
        ("hảiquân", "hảiquân", "hảiquân"),  # viphoneme wants its syllables apart
        ("2024", "2024", "2024"),
    ],
}


@pytest.mark.parametrize(
    ("lang", "token", "romanization", "ipa"),
    [(lang, *fact) for lang, facts in FACTS.items() for fact in facts],
)
def test_a_token_is_as_the_paper_says(
    get: Get, lang: str, token: str, romanization: str, ipa: str
) -> None:
    read = get(lang, "paper")([token])[0]
    assert (read.romanization, read.ipa) == (romanization, ipa)


@pytest.mark.parametrize(
    ("lang", "token", "pieces"),
    [
        ("zh", "西安", [("西", "ɕi˥ "), ("安", "an˥")]),
        ("ja", "4月", [("4", "4"), ("月", "ɡætsu")]),
        ("vi", "điện_tử", [("điện", "diən˨˩ˀ"), ("_", "_"), ("tử", "tɯ˧˩˨")]),
    ],
)
def test_units_are_as_fine_as_the_engine_allows(
    get: Get, lang: str, token: str, pieces: list[tuple[str, str]]
) -> None:
    units = get(lang, "paper")([token])[0].units
    assert [(token[unit.start : unit.end], unit.ipa) for unit in units] == pieces


def test_dragonmapper_is_followed_to_the_letter_where_it_reads_han(get: Get) -> None:
    hanzi = pytest.importorskip("dragonmapper.hanzi")
    for token in ("然而", "西安", "哪儿", "绿色", "一会儿", "重慶市", "銀行長"):
        read = get("zh", "paper")([token])[0]
        assert (read.romanization, read.ipa) == (hanzi.to_pinyin(token), hanzi.to_ipa(token))


@pytest.mark.parametrize(
    ("tones", "ipa"),
    [
        ("letters", ["ma˧", "ma˧˨", "ma˧ˀ˥"]),
        ("numbers", ["ma1", "ma2", "ma3"]),
        ("none", ["ma"] * 3),
    ],
)
def test_vietnamese_tones_are_letters_numbers_or_none(get: Get, tones: str, ipa: list[str]) -> None:
    assert get("vi", "paper", tones)(["ma", "mà", "mã"]).ipa == ipa


def test_vietnamese_numbers_are_what_viphoneme_prints(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = get("vi", "paper", "numbers")
    viphoneme: Any = sys.modules["viphoneme"]
    monkeypatch.setattr(sys, "path", list(sys.path))  # T2IPA appends to it
    for word in "nghiêng quốc gì giếng khuya hoà thuở ngoằn ưu sách xoong quý".split():
        assert numbers([word])[0].ipa == viphoneme.T2IPA(word)


def test_decomposed_vietnamese_is_read_like_composed(get: Get) -> None:
    read = get("vi", "paper")
    assert read(["vie\u0323\u0302t"])[0].ipa == read(["việt"])[0].ipa


def test_chinese_without_tones_has_no_tone_letters(get: Get) -> None:
    assert get("zh", "paper", "none")(["電子"])[0].ipa == "tjɛn tsɯ"


def test_viphoneme_leaves_nothing_behind(get: Get) -> None:
    read = get("vi", "paper")
    path = list(sys.path)
    with ThreadPoolExecutor(4) as pool:
        tokens = [f"x{'á' * n} quốc" for n in range(50)]
        results = list(pool.map(lambda token: read([token])[0].ipa, tokens * 4))
    assert results == results[:50] * 4
    assert sys.path == path
    for name in ("vinorm", "underthesea", "eng_to_ipa"):
        assert not hasattr(sys.modules.get(name), "_stand_in")
        assert name not in sys.modules or sys.modules[name].__spec__ is not None
