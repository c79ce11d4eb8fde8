"""Any Unicode text in, as many tokens out, nothing lost, no exception: every scheme."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber, Transcription

# Letters that the engines do something with, and everything else.
_OURS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3040, max_codepoint=0x30FF),
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
    st.characters(min_codepoint=0x3130, max_codepoint=0x318F),
    st.characters(min_codepoint=0xFF61, max_codepoint=0xFFDC),
    st.sampled_from("aăâeêioôơuưyđbcghklmnpqrstvxAĐ đáàảãạếềểễệ 一二三十百々〇ーヶ儿不はへをん"),
    st.sampled_from(
        ["\u0301", "\u0300", "\u0309", "\u0303", "\u0323", "\u3099", "\u309a", "\u200d", "\ufe0f"]
    ),
)
_ANY = st.characters(exclude_categories=("Cs",))
TOKENS = st.lists(st.text(st.one_of(_OURS, _ANY), max_size=8), max_size=8)

# Text that has broken other programs, written down as facts about Unicode.
INVISIBLE = [
    *["", " ", "\t", "\n", "\r\n", "\x00", "\x1b[0m", "\ufeff", "\u200b", "\u2028", "\u2029"],
    *["\u3000", "\u202eabc", "\U000e0001", "\ufffd", "\uffff", "\U0010ffff", "\ue000"],
    *["\u0301", "\u0301\u0302\u0303", "a\u0300\u0301\u0302", "\u3099", "\uff9e", "e\u20e3"],
]
VISIBLE = [
    *"None null NaN -1e999 C3PO 5月 4th 3,000 １２３ ٣ ½ 1.5 TP.HCM ﬁ ß İ ſ Ω ﷺ".split(),
    *"हिन्दी ไทย ไ שלום Z̵a̵l 😀 👨‍👩‍👧 🇰🇷 ⿰氵青 ㈱ ① 〡〢〣 ㍿ ㌔ ㊗".split(),
    *"ㄱ ㅏ ᆨ ᄀ ᄀᆨ ᅡ 각 ㄳ ㅋㅋㅋ ﾡ ￦ ﾊﾟ ｶﾞｷﾞｸﾞ".split(),
    *"々 々々 ー ーー っ んん ッー ゝゞ ヽヾ ヶ 〆 〇 〻 ゟ ヿ 𛀀".split(),
    *"儿 儿儿 不不 一一一 𠮷 𪚥 豈 兀 龘 Đ đ ǵ ngh gi qu ệ hảiquân q ươ".split(),
]
DECOMPOSED = [unicodedata.normalize("NFD", word) for word in ("닭갈비", "nghiệp", "がぎぐ")]
REPEATED = [char * 300 for char in "x가日ệン"]
NAUGHTY = [*INVISIBLE, *VISIBLE, *DECOMPOSED, *REPEATED]


def check(result: Transcription, tokens: Sequence[str]) -> None:
    assert result.text == list(tokens)
    for token in result:
        end = 0
        for unit in token.units:
            assert unit.start == end < unit.end
            end = unit.end
        assert end == len(token.text)
        assert isinstance(token.ipa, str)
        assert isinstance(token.romanization, str)
        assert token.status in {"ok", "passthrough", "unknown"}


COMMON = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@COMMON
@given(tokens=TOKENS)
def test_any_tokens(transcriber: Transcriber, tokens: list[str]) -> None:
    check(transcriber(tokens), tokens)


@COMMON
@given(tokens=TOKENS)
def test_any_tokens_in_narrow_detail(narrow: Transcriber, tokens: list[str]) -> None:
    check(narrow(tokens), tokens)


@COMMON
@given(data=st.data(), tokens=TOKENS)
def test_any_tokens_with_any_spaces(
    transcriber: Transcriber, data: st.DataObject, tokens: list[str]
) -> None:
    count = len(tokens)
    spaces = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    check(transcriber(tokens, spaces=spaces), tokens)


@COMMON
@given(text=st.text(st.one_of(_OURS, _ANY), max_size=30))
def test_raw_text_keeps_everything_but_white_space(transcriber: Transcriber, text: str) -> None:
    result = transcriber.transcribe_text(text)
    check(result, result.text)
    assert "".join("".join(result.text).split()) == "".join(text.split())


def test_naughty_strings_alone_and_together(transcriber: Transcriber) -> None:
    check(transcriber(NAUGHTY), NAUGHTY)
    check(transcriber(NAUGHTY, spaces=[False] * len(NAUGHTY)), NAUGHTY)
    for token in NAUGHTY:
        check(transcriber([token]), [token])


@pytest.mark.parametrize("lang", ["zh", "ja", "ko", "vi"])
@pytest.mark.parametrize(
    "piece", ["가나", "日本", "かな", "việt", "中国", "x", "\u0301", "漢字かな交じり"]
)
def test_a_token_of_a_million_characters(lang: str, piece: str) -> None:
    token = piece * (1_000_000 // len(piece))
    check(Transcriber(lang)([token]), [token])


@pytest.mark.parametrize("lang", ["zh", "ja", "ko", "vi"])
def test_a_sentence_of_a_hundred_thousand_tokens(lang: str) -> None:
    tokens = ["日本", "독립", "điện", "的", "."] * 20_000
    check(Transcriber(lang)(tokens), tokens)


@pytest.mark.parametrize(
    "tokens",
    [["アン", "ーの"], ["ん", "ー"], ["っ", "ーー"], ["体人", "ーの"], ["ー", "ー"]],
    ids="|".join,
)
def test_a_token_may_begin_with_what_lengthens_the_one_before(
    transcriber: Transcriber, tokens: list[str]
) -> None:
    check(transcriber(tokens), tokens)


def test_threads_agree_with_one_thread(transcriber: Transcriber) -> None:
    sentences = [
        [f"{word}{n % 7}", word, "한국말", "日本語", "điện tử"]
        for n in range(40)
        for word in ("nước", "銀行", "값이", "は")
    ]
    alone = [transcriber(s) for s in sentences]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(transcriber, sentences))
    assert together == alone


def test_the_same_input_gives_the_same_output_in_any_batch(transcriber: Transcriber) -> None:
    sentences = [NAUGHTY[n : n + 5] for n in range(0, len(NAUGHTY), 5)]
    alone = [transcriber(s) for s in sentences]
    assert list(transcriber.pipe(sentences, batch_size=3)) == alone
