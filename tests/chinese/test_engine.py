"""The engine's promises: units, statuses, totality, batches."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber
from cjkv_phon.engine import Sentence

TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "一不了的儿子个行长好花玩乾著隻々〇龘銀行，。 aＡ1１\u0301\ufe0f\U000e0100ㄅの가"
        ),
        st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=8,
)
BROAD = Transcriber("zh")
NARROW = Transcriber("zh", detail="narrow", romanization="zhuyin", tones="numbers")


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, max_size=6), st.booleans())
def test_any_text_is_tiled_by_its_units(tokens: list[str], spaced: bool) -> None:
    for transcriber in (BROAD, NARROW):
        result = transcriber(tokens, spaces=[spaced] * len(tokens))
        assert result.text == tokens
        for token in result:
            offset = 0
            for unit in token.units:
                assert unit.start == offset < unit.end
                offset = unit.end
            assert offset == len(token.text)
            assert token.ipa == "".join(unit.ipa for unit in token.units)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(TEXT, max_size=4), max_size=4))
def test_a_batch_is_its_sentences(sentences: list[list[str]]) -> None:
    alone = [Transcriber("zh")(tokens).tokens for tokens in sentences]
    batch = [Sentence(tuple(tokens)) for tokens in sentences]
    assert [r.tokens for r in Transcriber("zh").transcribe_batch(batch)] == alone


def test_a_unit_a_character_and_a_unit_a_foreign_run() -> None:
    units = BROAD(["用iPhone15打电话"])[0].units
    assert [(u.start, u.end, u.status) for u in units] == [
        (0, 1, "ok"),
        (1, 9, "passthrough"),
        (9, 10, "ok"),
        (10, 11, "ok"),
        (11, 12, "ok"),
    ]


def test_segments_are_whole_sounds() -> None:
    assert BROAD(["中"])[0].units[0].segments == ("ʈ͡ʂ", "ʊ", "ŋ", "˥˥")
    assert NARROW(["好玩儿"])[0].units[2].segments == ("ɻ", "2")


def test_punctuation_and_latin_pass_through() -> None:
    result = BROAD(["，", "OK", "", "😀"])
    assert result.status == ["passthrough"] * 4
    assert result.ipa == ["，", "OK", "", "😀"]


def test_a_character_without_a_reading_is_unknown() -> None:
    assert BROAD(["\U00030000"]).status == ["unknown"]


def test_variation_selectors_stay_with_their_character() -> None:
    units = BROAD(["好\ufe00吗"])[0].units
    assert [(u.start, u.end, u.reading) for u in units] == [(0, 2, "hao3"), (2, 3, "ma5")]
